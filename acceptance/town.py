# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""A plan of 40 measures with 120 initiatives and 60 indicators, and a year's entries for it, all of one rule."""

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import review
from tests.conftest import entry, plan

_RATINGS = "ABBCABCCD"
_STATUSES = ("in_progress", "done", "done", "preparing", "in_progress")
_SAID = "町内の事業者を訪ねて困りごとを聞き、相談の窓口と使える制度を案内した。"
_WHY = "担当が一人だけで、繁忙期と重なると手が回らない。次の年は分け方を見直す。"


def report():
    """Return the review of 2024."""
    policies = ", ".join(_policy(number) for number in range(1, 9))
    return review(
        plan(f"[{policies}]", plan="title: 四十の基本施策を持つ総合計画"), Ledger(map(entry, _entries())), 2024
    )


def _policy(number):
    measures = ", ".join(_measure(f"{number}-{count}") for count in range(1, 6))
    return f'{{id: "{number}", title: 基本方針{number} だれもが働き続けられる町づくり, measures: [{measures}]}}'


def _measure(place):
    initiatives = ", ".join(f"{{id: {place}-1-{n}, title: 取組{n} 相談と案内の充実}}" for n in range(1, 4))
    figures = (
        f"{{id: {_slug(place)}, name: 相談の件数 {place}, unit: 件, kind: outcome, direction: increase, method: ratio,"
        " aggregate: sum, baseline: {year: 2021, value: 1200000}, targets: {2022: 1250000, 2023: 1300000,"
        " 2024: 1350000, 2031: 2000000}, adopted: true}"
    )
    return (
        f"{{id: {place}, title: 基本施策{place} 事業者の支援, indicators: [{figures}],"
        f" submeasures: [{{id: {place}-1, title: 施策 相談, initiatives: [{initiatives}]}}]}}"
    )


def _slug(place):
    return f"i{place.replace('-', 'x')}"


def _entries():
    count = 0
    for policy in range(1, 9):
        for measure in range(1, 6):
            place = f"{policy}-{measure}"
            for year, value in ((2022, 1_240_000), (2023, 1_310_000), (2024, 1_300_000 + 9_000 * measure)):
                slug = _slug(place)
                yield (
                    f"id: f{year}{slug}, kind: actual, fiscal_year: {year}, target: {place}, date: {year}-12-01,"
                    f" values: {{{slug}: {value}}}"
                )
            yield f"id: o{place}, kind: opinion, target: {place}, date: 2025-08-20, meeting: 2025-08-20, text: {_SAID}"
            for number in range(1, 4):
                count += 1
                yield from _of_initiative(f"{place}-1-{number}", count)


def _of_initiative(target, count):
    if count % 17 == 0:
        return
    status, now = _STATUSES[count % len(_STATUSES)], _RATINGS[count % len(_RATINGS)]
    before = _RATINGS[(count * 7 + 3) % len(_RATINGS)]
    yield f"id: a{count}, target: {target}, date: 2024-06-12, status: {status}, summary: {_SAID * 2}"
    yield f"id: b{count}, target: {target}, date: 2024-11-12, summary: {_SAID}"
    yield f"id: p{count}, kind: evaluation, fiscal_year: 2023, target: {target}, date: 2024-04-10, rating: {before}"
    yield f"id: e{count}, kind: evaluation, target: {target}, date: 2025-04-10, rating: {now}, issues: {_WHY}"
    yield f"id: n{count}, kind: improvement, target: {target}, date: 2025-04-11, direction: 改善, next: {_WHY}"
