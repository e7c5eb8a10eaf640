"""概要: the year on one page, for whoever has a minute. All of it is reckoned or recorded, and stands in the papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.review.money import money_of, money_unit
from mizuho_pdca.domain.review.review import InitiativeRow, ReviewReport
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.opinions import print_state
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part
from mizuho_pdca.papers.words import (
    ARROWS,
    day_label,
    level_words,
    print_indicator,
    print_number,
    print_percentage,
    print_rating,
)
from mizuho_pdca.text import NONE

_LINE = 48
"""Characters of a text that stand in its line; the papers behind have the rest."""

_MOST_NAMES, _MOST_REASONS, _MOST_OPINIONS, _FEWER_OPINIONS = 14, 6, 9, 6
"""How many stand on the page by themselves; fewer opinions where many initiatives fell."""

_MOST_POLICIES, _LEAST_NAMED = 6, 3
"""How many policies leave room for all of these, and how many reasons and opinions are named however many there are."""

_A_FEW_MORE = 2
"""So many more names take no more room than their number would."""


def overview(report: ReviewReport, t: Translate) -> Iterator[Paper]:
    """Yield what the first page is made of: ratings as bars, what moved, what is behind and why, open opinions."""
    for paper in (_ratings(report, t), _remarks(report, t), _behind(report, t), _moved(report, t),
                  _targets(report, t), _opinions(report, t)):  # fmt: skip
        if paper.rows:
            yield paper


def lowest(report: ReviewReport) -> list[InitiativeRow]:
    """Return the initiatives that hold the lowest rank or a lower one than last year, the lowest first."""
    ranks = [rank.code for rank in report.plan.scheme.scale.ranks]
    held = [row for row in originals(report) if row.state.rating in ranks]
    behind = [row for row in held if row.state.rating == ranks[-1] or row.change == "down"]
    return sorted(behind, key=lambda row: -ranks.index(row.state.rating or ranks[0]))


def _room(report: ReviewReport, most: int) -> int:
    """Return how many of at most so many stand on the page: each further policy takes the place of one."""
    return max(_LEAST_NAMED, most - max(0, len(report.policies) - _MOST_POLICIES))


def moved(report: ReviewReport, change: str) -> list[InitiativeRow]:
    """Return the initiatives whose rank went up or down since last year."""
    return [row for row in originals(report) if row.change == change]


def originals(report: ReviewReport) -> list[InitiativeRow]:
    """Return the initiatives of a report, each once."""
    return [row for row in report.initiatives if not row.is_relisting]


def counted(plan: Plan, codes: Iterable[str | None]) -> tuple[int, ...]:
    """Return how many of the ratings are each rank, how many no rank, and how many there are not."""
    ranks = [rank.code for rank in plan.scheme.scale.ranks]
    states = {state.code for state in plan.scheme.scale.states}
    counts = Counter(NONE if code is None else "" if code in states else code for code in codes)
    return (*(counts[rank] for rank in ranks), counts[""], counts[NONE])


# -- its parts --------------------------------------------------------------------------------


def _ratings(report: ReviewReport, t: Translate) -> Paper:
    """Return the ratings of this year beside those of last year, and the indicators, by policy."""
    parts = (report.total, *(report.policies if len(report.policies) > 1 else ()))
    heading = level_words(report.plan, 0, N_("Part of the plan"), "{level}", t)
    columns = [Column(heading, 16, key="title")]
    is_rated = report.plan.scheme.has_ratings
    if is_rated:
        columns += [_bars(report.plan, report.year, t), _bars(report.previous_plan, report.year - 1, t)]
    columns += [
        Column(t(N_("Indicators met")), 10, key="met"),
        Column(t(N_("Not reported")), 6, number=True, parts=(Part(t(N_("Not reported")), "count"),), key="due"),
    ]
    if report.plan.scheme.statuses:
        columns.append(Column(t(N_("Implementation rate")), 13, key="implementation"))
    unit = money_unit(report)
    if unit is not None:
        columns.append(Column(t(N_("Spent / budget ({unit})")).format(unit=unit), 14, key="money"))
    rows = tuple(tuple(_counts(report, row, t, is_rated=is_rated)) for row in parts)
    return Paper("overview-ratings", t(N_("Ratings and indicators")), tuple(columns), rows)


def _bars(plan: Plan, year: int, t: Translate) -> Column:
    labels = (*(rank.code for rank in plan.scheme.scale.ranks), t(N_("other")), t(N_("none")))
    heading = message(N_("Ratings of FY{year}"), year=year).text(t)
    short = message(N_("{year:s}"), year=year).text(t)
    parts = tuple(Part(f"{short} {label}", "count") for label in labels)
    return Column(heading, 24, parts=parts, key=f"ratings-{year}", bars=labels)


def _counts(report: ReviewReport, row: SummaryRow, t: Translate, *, is_rated: bool) -> Iterator[Cell]:
    own = [one for one in originals(report) if row.place is None or row.place in one.place.lineage]
    yield Cell(f"{row.place.number} {row.place.node.heading}") if row.place else Cell(t(N_("Total")), tone="strong")
    if is_rated:
        for plan, codes in (
            (report.plan, [one.state.rating for one in own]),
            (report.previous_plan, [one.previous_rating for one in own]),
        ):
            counts = counted(plan, codes)
            labels = _bars(plan, report.year, t).bars
            text = " ".join(f"{label}{count}" for label, count in zip(labels, counts, strict=True) if count)
            yield Cell(text or NONE, tuple(map(Decimal, counts)))
    judged = row.met.met + row.met.near + row.met.not_met
    yield Cell(f"{row.met.met}/{judged}" if judged else NONE)
    due = row.tally.not_reported
    yield Cell(str(due), (Decimal(due),), tone="alert" if due else "plain")
    if report.plan.scheme.statuses:
        rate = row.tally.implementation
        yield Cell(print_percentage(rate.percent, Decimal(rate.numerator), Decimal(rate.denominator)))
    if money_unit(report) is not None:
        yield _money(report, row, t)


def _money(report: ReviewReport, row: SummaryRow, t: Translate) -> Cell:
    cost = money_of(report, row.place)
    spent, budget = (NONE if one is None else print_number(one) for one in (cost.spent, cost.budget))
    return Cell(f"{spent}/{budget}" + (t(N_(" (partly unknown)")) if cost.is_partial else ""))


def _remarks(report: ReviewReport, t: Translate) -> Paper:
    """Return what the office says of the plan as a whole and of its policies."""
    rows = [
        (Cell(_named(row.place, t)), Cell(one.progress.strip()))
        for row in report.rated
        if row.place is None or row.place.level == 0
        for one in (row.own.last,)
        if one is not None and one.progress
    ]
    columns = (Column(t(N_("About")), 12, key="about"), Column(t(N_("Text")), 40, key="text"))
    return Paper("overview-remarks", t(N_("The office's summing up")), columns, tuple(rows))


def _named(place: Place | None, t: Translate) -> str:
    return t(N_("the plan as a whole")) if place is None else f"{place.number} {place.node.heading}"


def _behind(report: ReviewReport, t: Translate) -> Paper:
    """Return the initiatives of the lowest rank and those that fell, with why and what comes next in a line each."""
    found = lowest(report)
    rows = tuple(tuple(_reasons(report, row, t)) for row in found[: _room(report, _MOST_REASONS)])
    columns = (
        Column(t(N_("No.")), 8, key="number"),
        Column(t(N_("Name")), 18, key="title"),
        Column(t(N_("Rating")), 9, key="rating"),
        Column(t(N_("Issues")), 26, key="issues"),
        Column(t(N_("From here on")), 26, key="next"),
    )
    return Paper("overview-behind", _title_behind(report, found, t), columns, rows, keys=3)


def _title_behind(report: ReviewReport, found: Sequence[InitiativeRow], t: Translate) -> str:
    ranks = report.plan.scheme.scale.ranks
    if not any(row.change == "down" for row in found):
        return t(N_("The lowest rank, and why"))
    if not any(row.state.rating == ranks[-1].code for row in found):
        return t(N_("What fell, and why"))
    return t(N_("Behind, and why"))


def _change(report: ReviewReport, row: InitiativeRow) -> str:
    before = print_rating(report.previous_plan, row.previous_rating)
    now = print_rating(report.plan, row.state.rating)
    return f"{before} → {now}" + ("" if row.change is None else f" {ARROWS[row.change]}")


def _reasons(report: ReviewReport, row: InitiativeRow, t: Translate) -> Iterator[Cell]:
    yield Cell(row.place.number, link=row.place.id)
    yield Cell(row.title)
    yield Cell(_change(report, row), tone="strong")
    yield Cell(one_line(row.evaluation.issues if row.evaluation else None) or t(N_("nothing recorded")))
    after = row.improvement
    said = ("", "") if after is None else (after.direction or "", one_line(after.next))
    yield Cell(t(N_(": ")).join(filter(None, said)) or t(N_("nothing recorded")))


def one_line(text: str | None) -> str:
    """Return the first sentence of a text, cut where it is long; … says that more follows in the papers."""
    whole = " ".join((text or "").split())
    first = whole[: whole.find("。") + 1] or whole
    if len(first) > _LINE:
        return first[:_LINE] + "…"
    return first if len(first) == len(whole) else f"{first}…"


def _moved(report: ReviewReport, t: Translate) -> Paper:
    """Return by name what else is behind, what got better, and what nobody has reported on."""
    found = lowest(report)
    others = [
        f"{row.place.number} {row.title}（{_change(report, row)}）" for row in found[_room(report, _MOST_REASONS) :]
    ]
    better, due = moved(report, "up"), [row for row in originals(report) if row.state.is_due]
    groups = [
        (t(N_("Others behind")), t(N_("Others")), len(others), t(N_(", ")).join(others)),
        (t(N_("What got better")), t(N_("{arrow} better")).format(arrow=ARROWS["up"]), len(better), _titles(better, t)),
        (t(N_("What nobody reported on")), t(N_("Not reported")), len(due), _titles(due, t)),
    ]
    held = [(heading, (name, n, names)) for heading, name, n, names in groups if n]
    rows = tuple(
        (Cell(t(N_("{name} ({n})")).format(name=name, n=n), tone="strong"), Cell(names)) for _, (name, n, names) in held
    )
    return Paper("overview-moved", t(N_("・")).join(heading for heading, _ in held), _named_columns(t), rows)


def _named_columns(t: Translate) -> tuple[Column, Column]:
    return Column(t(N_("What")), 12, key="what"), Column(t(N_("Names")), 60, key="names")


def _titles(rows: Sequence[InitiativeRow], t: Translate) -> str:
    return _joined([f"{row.place.number} {row.title}" for row in rows], t)


def _joined(names: Sequence[str], t: Translate) -> str:
    """Return names in a line; of many the number of the others."""
    more = len(names) - _MOST_NAMES
    if more <= _A_FEW_MORE:
        return t(N_(", ")).join(names)
    shown = t(N_(", ")).join(names[:_MOST_NAMES])
    return t(N_("{names} and {n} more")).format(names=shown, n=more)


def _targets(report: ReviewReport, t: Translate) -> Paper:
    """Return which indicators met their targets, which did not, and of which it can't be said."""
    near = report.plan.scheme.near
    all_drafts = not any(row.indicator.adopted for row in report.indicators)
    groups: dict[str, list[str]] = {"met": [], "not met": [], "unknown": []}
    for row in report.indicators:
        if not row.indicator.is_rated:
            continue
        name = row.indicator.name if all_drafts else print_indicator(row.indicator, t)
        groups["unknown" if row.result.met is None else "met" if row.result.met else "not met"].append(name)
    words = {"met": t(N_("met")), "not met": t(N_("not met")), "unknown": t(N_("can't be said"))}
    rows = tuple(
        (Cell(t(N_("{name} ({n})")).format(name=words[name], n=len(names)), tone="strong"), Cell(_joined(names, t)))
        for name, names in groups.items()
        if names
    )
    nearly = report.total.met.near
    title = t(N_("Targets of the indicators (all of them drafts)") if all_drafts else N_("Targets of the indicators"))
    if nearly:
        title += t(N_(" (of those not met, {n} reached {near}% or more)")).format(n=nearly, near=near)
    return Paper("overview-targets", title, _named_columns(t), rows)


def _opinions(report: ReviewReport, t: Translate) -> Paper:
    """Return the opinions that still wait for something, those that nobody answered first."""
    most = _MOST_OPINIONS if len(lowest(report)) <= _MOST_REASONS else _FEWER_OPINIONS
    waiting = sorted((row for row in report.opinions if row.is_open), key=lambda row: row.state is not None)
    rows = [
        (
            Cell(print_state(report, row, t), tone="alert" if row.state is None else "plain"),
            Cell(_named(row.place, t)),
            Cell(
                t(N_("{text} ({day})")).format(text=one_line(row.opinion.text), day=day_label(row.opinion.meeting, t))
            ),
        )
        for row in waiting[: _room(report, most)]
    ]
    more = len(waiting) - len(rows)
    if more:
        rows.append((Cell(t(N_("Others"))), Cell(t(N_("{n} more")).format(n=more)), Cell("")))
    columns = (
        Column(t(N_("State")), 8, key="state"),
        Column(t(N_("About")), 18, key="about"),
        Column(t(N_("Opinion")), 40, key="text"),
    )
    title = t(N_("Open opinions ({n})")).format(n=len(waiting))
    return Paper("overview-opinions", title, columns, tuple(rows), keys=2)
