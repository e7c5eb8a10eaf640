# mypy: allow-untyped-calls
"""Questions over many towns: what DuckDB answers is the sum of the towns' reviews, worked out in plain Python."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mizuho_pdca.app.across import across
from mizuho_pdca.app.collect import PENDING, file_of
from mizuho_pdca.domain.plan.scheme import STATUS_CODES
from mizuho_pdca.domain.plan.town_code import check_digit
from mizuho_pdca.domain.publication.answer import completion, implementation, met_rate, reporting
from mizuho_pdca.domain.publication.questions import QUESTIONS, Limits
from mizuho_pdca.domain.publication.table import Kind, Publication
from mizuho_pdca.domain.publication.tables import TABLES
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault
from mizuho_pdca.storage.tables import ask, parquet

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {{id: visits, name: 訪問件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true,
           family: company-visits, unit: 件, targets: {{2024: {target}}}}}
      - {{id: 1-1-1-2, title: 相談}}
      - {{id: 1-1-1-3, title: 発信}}
    - {{id: 1-1-2, title: 融資, initiatives: [{{id: 1-1-2-1, relisted_from: 1-1-1-1}}]}}
"""
TOWNS = [f"{prefecture:02}{number}" for prefecture in (1, 13) for number in (303, 304)]
CODES = [town + check_digit(town) for town in TOWNS]
STATUSES = [None, *STATUS_CODES]
RATINGS = [None, "A", "B", "D", "F"]


def entries(number, states):
    for place, (status, rating) in enumerate(states, start=1):
        target = f"1-1-1-{place}"
        if status is not None:
            yield f"id: s{number}{place}, target: {target}, status: {status}"
        if rating is not None:
            yield f"id: r{number}{place}, kind: evaluation, target: {target}, rating: {rating}"


def save(folder, publications):
    """Write publications as collect lays them, without its checks."""
    by_town: dict[tuple[str, int], list[Publication]] = {}
    for one in publications:
        by_town.setdefault((one.code, one.report.year), []).append(one)
    for (code, year), plans in by_town.items():
        for table in TABLES:
            path = folder / file_of(table.name, year, code)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(parquet(table.kinds, [row for plan in plans for row in table.rows(plan)]))


pytestmark = pytest.mark.slow

state = st.tuples(st.sampled_from(STATUSES), st.sampled_from(RATINGS))
town = st.tuples(st.sampled_from(CODES), st.lists(state, min_size=3, max_size=3), st.none() | st.integers(0, 9))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(towns=st.lists(town, min_size=1, max_size=4), target=st.integers(1, 9))
def test_across_is_the_sum_of_the_reviews(make_plan, make_ledger, towns, target):
    plan = make_plan(PLAN.format(target=target))
    published = []
    for number, (code, states, visits) in enumerate(towns):
        figures = [] if visits is None else [f"id: v{number}, target: 1-1-1-1, values: {{visits: {visits}}}"]
        report = review(plan, make_ledger(*entries(number, states), *figures), 2024)
        published.append(Publication(code, report))
    with TemporaryDirectory() as name:
        save(Path(name), [_named(one, f"plan-{n}") for n, one in enumerate(published)])
        asked = {key: across(name, question, _limits(key)) for key, question in QUESTIONS.items()}
    for code in {one.code[:2] for one in published}:
        reports = [one.report for one in published if one.code[:2] == code]
        (row,) = (row for row in asked["completion"].rows if row["prefecture"] == code)
        for rate, name in ((completion, "completion"), (implementation, "implementation"), (reporting, "reporting")):
            rates = [getattr(report.total.tally, name) for report in reports]
            known = [one for one in rates if one.is_known]
            assert (rate(row).numerator, rate(row).denominator) == (
                sum(one.numerator for one in known),
                sum(one.denominator for one in known),
            )
        (row,) = (row for row in asked["met"].rows if row["prefecture"] == code)
        for how in ("met", "near", "not_met", "unknown"):
            assert row[how] == sum(getattr(report.total.met, how) for report in reports)
    ranks = Counter({row["rank"]: row["n"] for row in asked["ratings"].rows if row["rank"]})
    scale = published[0].report.plan.scheme.scale
    wanted = Counter[int]()
    for one in published:
        for place, rank in enumerate(scale.ranks, start=1):
            wanted[place] += one.report.total.tally.rating.get(rank.code, 0)
    assert ranks == +wanted
    (row,) = asked["family"].rows
    values = [one.report.indicators[0].value.value for one in published]
    assert row["total"] == sum((value for value in values if value is not None), Decimal(0))
    assert (row["known"], row["indicators"]) == (sum(value is not None for value in values), len(values))
    (row,) = (row for row in asked["policies"].rows)
    assert completion(row).numerator == sum(one.report.total.tally.completion.numerator for one in published)


def _named(one, name):
    """Return a publication of another plan, so that a town may have several."""
    plan = one.report.plan
    header = plan.header.model_copy(update={"id": name})
    renamed = type(plan)(plan.file.model_copy(update={"plan": header}))
    return replace(one, report=replace(one.report, plan=renamed))


def _limits(question):
    return Limits(family="company-visits" if QUESTIONS[question].needs_family else None)


@pytest.fixture
def nation(make_plan, make_ledger, tmp_path):
    """Make a table of two towns, one of a prefecture with a leading zero."""
    plan = make_plan(PLAN.format(target=3))
    done = make_ledger("id: a, status: done", "id: b, values: {visits: 3}")
    save(tmp_path, [Publication(code, review(plan, done, 2024)) for code in (CODES[0], CODES[2])])
    save(tmp_path, [Publication(CODES[2], review(plan, make_ledger(), 2023))])
    return tmp_path


def test_keys_stay_text_with_their_zeros(nation):
    found = across(str(nation), QUESTIONS["met"], Limits(by="town"))
    assert [(row["code"], row["fiscal_year"], row["met"], row["unknown"]) for row in found.rows] == [
        (CODES[0], 2024, 1, 0),
        (CODES[2], 2023, 0, 1),
        (CODES[2], 2024, 1, 0),
    ]
    assert found.towns == {CODES[0]: "瑞穂町", CODES[2]: "瑞穂町"}
    assert [met_rate(row).percent for row in found.rows] == [Decimal(100), None, Decimal(100)]


@pytest.mark.parametrize(
    ("limits", "counted"),
    [
        (Limits(), 9),
        (Limits(prefecture="13"), 6),
        (Limits(since=2024), 6),
        (Limits(until=2023), 3),
        (Limits(since=2024, until=2024, prefecture="13"), 3),
        (Limits(prefecture="47"), 0),
    ],
)
def test_an_answer_is_limited_to_years_and_a_prefecture(nation, limits, counted):
    found = across(str(nation), QUESTIONS["completion"], limits)
    assert sum(row["counted"] for row in found.rows) == counted


def test_a_town_that_published_one_year_is_missed_in_the_other(nation, tmp_path):
    found = across(str(nation), QUESTIONS["unpublished"], Limits(), towns=None)
    assert [(row["code"], row["fiscal_year"]) for row in found.rows] == [(CODES[0], 2023)]
    towns = tmp_path / "towns.csv"
    towns.write_bytes(
        "団体コード,都道府県名,市区町村名\r\n130001,東京都,\r\n131016,東京都,千代田区\r\n".encode("cp932")
    )
    found = across(str(nation), QUESTIONS["unpublished"], Limits(prefecture="13"), towns=towns)
    assert [(row["code"], row["fiscal_year"]) for row in found.rows] == [("131016", 2023), ("131016", 2024)]
    assert found.towns["131016"] == "千代田区"


def test_with_a_list_of_towns_no_other_is_missed(nation, make_plan, make_ledger, tmp_path):
    sample = review(make_plan(PLAN.format(target=3)), make_ledger("id: a, status: done, sample: true"), 2024)
    save(nation, [Publication(code, sample) for code in (CODES[1], CODES[3])])
    towns = tmp_path / "towns.csv"
    towns.write_text(f"131016,千代田区\n{CODES[2]},瑞穂町\n{CODES[3]},\n", encoding="utf-8")
    found = across(str(nation), QUESTIONS["unpublished"], Limits(since=2024, until=2024), towns=towns)
    assert [(row["code"], row["sample_only"]) for row in found.rows] == [("131016", False), (CODES[3], True)]
    assert found.towns == {"131016": "千代田区", CODES[2]: "瑞穂町", CODES[3]: "瑞穂町"}


@pytest.mark.parametrize("text", [None, "名前\nだけ\n"])
def test_a_list_of_towns_without_any_is_named(nation, tmp_path, text):
    path = tmp_path / "list.txt"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageFault, match="file") as caught:
        across(str(nation), QUESTIONS["unpublished"], Limits(), towns=path)
    assert "list.txt" in caught.value.text(str)


def test_samples_stay_out_beside_others_and_answer_alone(nation, make_plan, make_ledger):
    found = across(str(nation), QUESTIONS["completion"], Limits())
    assert (found.sample, found.left_out) == (False, False)
    sample = review(make_plan(PLAN.format(target=3)), make_ledger("id: a, status: done, sample: true"), 2024)
    save(nation, [Publication(CODES[1], sample)])
    mixed = across(str(nation), QUESTIONS["completion"], Limits())
    assert (mixed.rows, mixed.left_out) == (found.rows, True)
    alone = nation / "alone"
    save(alone, [Publication(CODES[1], sample)])
    only = across(str(alone), QUESTIONS["completion"], Limits())
    assert (only.sample, only.left_out, only.rows[0]["completed"]) == (True, False, 1)


def test_columns_of_an_older_and_of_a_newer_schema_are_read(nation):
    whole = across(str(nation), QUESTIONS["completion"], Limits()).rows
    table = next(table for table in TABLES if table.name == "initiatives")
    newer = nation / file_of(table.name, 2024, CODES[0])
    newer.write_bytes(parquet({"tomorrow": "string"}, [], newer))
    assert across(str(nation), QUESTIONS["completion"], Limits()).rows == whole
    older = nation / file_of(table.name, 2024, CODES[2])
    kinds = {name: kind for name, kind in table.kinds.items() if name != "carried"}
    row: dict[str, Any] = {"code": CODES[2], "prefecture": "13", "plan": "old", "fiscal_year": "2024", "sample": False}
    row |= dict.fromkeys(("counted", "reported", "implemented", "pursued"), True) | {"completed": False}
    older.write_bytes(parquet(kinds, [row]))
    found = across(str(nation), QUESTIONS["completion"], Limits()).rows
    assert [row["counted"] for row in found] == [3, 3, 1]
    assert [row["carried"] for row in found] == [0, 0, 0]


@pytest.mark.parametrize("older", [CODES[:1], CODES[2:3], CODES])
def test_a_year_that_an_older_program_wrote_as_a_number_is_read(nation, older):
    asked = [(question, limits) for question in QUESTIONS.values() for limits in (Limits(), Limits(2024, 2024))]
    wanted = [across(str(nation), question, limits).rows for question, limits in asked]
    for path in nation.rglob("*.parquet"):
        if path.stem in older:
            (kinds,) = (table.kinds for table in TABLES if table.name == path.parts[-4])
            numbers: dict[str, Kind] = {**kinds, "fiscal_year": "integer"}
            path.write_bytes(parquet(numbers, ask([path], numbers, lambda frame: frame)))
    assert [across(str(nation), question, limits).rows for question, limits in asked] == wanted
    (first, second) = wanted[0][0]["fiscal_year"], wanted[2][-1]["fiscal_year"]
    assert (first, second) == (2024, 2024)


def test_a_file_that_is_no_table_is_named(nation):
    (nation / file_of("initiatives", 2024, CODES[0])).write_bytes(b"PAR1")
    with pytest.raises(EnvironmentFault) as caught:
        across(str(nation), QUESTIONS["completion"], Limits())
    assert CODES[0] in caught.value.text(str)


def test_where_there_is_no_table_that_is_said(tmp_path):
    with pytest.raises(UsageFault, match="no table"):
        across(str(tmp_path), QUESTIONS["completion"], Limits())
    with pytest.raises(UsageFault, match="no table"):
        across("s3://bucket/table", QUESTIONS["completion"], Limits())


def test_a_table_that_is_being_collected_is_not_asked(nation):
    (nation / PENDING).mkdir()
    with pytest.raises(Refused, match="cut off"):
        across(str(nation), QUESTIONS["completion"], Limits())
