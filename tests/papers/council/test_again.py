# mypy: allow-untyped-calls
"""The tables that say again what others say: counts by status, and indicators over the years."""

from decimal import Decimal

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.papers.council.again import crossed, statuses, years
from mizuho_pdca.papers.review import papers

POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives: [{id: 1-1-1-1, title: 企業訪問}, {id: 1-1-1-2, title: 相談会}, {id: 1-1-1-3, title: 講座}]
  indicators:
  - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
     baseline: {year: 2021, value: 40}, targets: {2023: 50, 2031: 1200}, adopted: true}
  - {id: desk, name: 窓口, kind: output, direction: increase, method: done, aggregate: latest, adopted: true}
"""
ENTRIES = (
    "id: a, status: done, values: {visits: 70}",
    "id: b, kind: actual, date: 2023-06-01, fiscal_year: 2023, target: '1', missing: {visits: 未調査}",
    "id: c, target: 1-1-1-2, status: suspended",
)


@pytest.fixture(scope="module")
def made(make_plan, make_ledger):
    plan = make_plan(POLICIES)
    return lambda *entries: review(plan, make_ledger(*entries), 2024)


def texts(paper):
    return [[cell.text for cell in row] for row in paper.rows]


def headings(paper):
    return [column.heading for column in paper.columns]


def test_the_rates_can_be_reckoned_from_their_row(made):
    paper = statuses(made(*ENTRIES), str)
    total = dict(zip(headings(paper), texts(paper)[0], strict=True))
    assert total["Distinct"] == "3"
    assert (total["実施済（当年度分）"], total["休止"], total["Not reported"]) == ("1", "1", "1")
    assert total["Implementation rate"] == "50.0% (1/2)"
    assert [row[0] for row in texts(paper)] == ["", "1", "1-1"]


def test_ratings_stand_against_the_statuses(made):
    report = made(*ENTRIES, "id: d, kind: evaluation, target: 1-1-1-1, date: 2025-04-10, rating: B")
    paper = crossed(report, str)
    rows = {row[0]: dict(zip(headings(paper)[1:], row[1:], strict=True)) for row in texts(paper)}
    held = {name: {key: count for key, count in row.items() if count != "0"} for name, row in rows.items()}
    assert held["Total"] == {"Distinct": "3", "実施済（当年度分）": "1", "休止": "1", "Not reported": "1"}
    assert held["B おおむね順調"] == {"Distinct": "1", "実施済（当年度分）": "1"}
    assert held["not evaluated"] == {"Distinct": "2", "休止": "1", "Not reported": "1"}
    assert list(rows) == ["Total", "A 目標達成", "B おおむね順調", "C やや遅れ", "D 遅れ", "完了", "未着手", "中止",
                          "評価困難", "not evaluated"]  # fmt: skip
    assert paper.rows[0][1].number == 3


def test_ratings_without_a_status_are_counted_where_there_are_any(made):
    found = made(*ENTRIES, "id: d, kind: evaluation, target: 1-1-1-3, date: 2025-04-10, rating: 完了")
    paper = crossed(found, str)
    assert headings(paper)[-1] == "No status"
    assert [row[0] for row in texts(paper) if row[-1] == "1"] == ["Total", "完了"]
    assert "No status" not in headings(crossed(made(*ENTRIES), str))


@pytest.mark.parametrize("scheme", ["statuses: []", "scale: {}"])
def test_ratings_need_statuses_to_stand_against(make_plan, make_ledger, scheme):
    report = review(make_plan(POLICIES, scheme=scheme), make_ledger(), 2024)
    assert crossed(report, str).rows == ()
    (summary,) = [paper for paper in papers(report, str).papers if paper.name == "summary"]
    assert summary.beside == ()


def test_only_a_spreadsheet_has_ratings_against_statuses(made):
    (summary,) = [paper for paper in papers(made(*ENTRIES), str).papers if paper.name == "summary"]
    assert [paper.name for paper in summary.beside] == ["crossed"]
    assert [paper.name for paper in summary.also] == ["statuses"]


def test_what_has_no_status_is_counted_where_there_is_any(made):
    assert "No status" not in headings(statuses(made(*ENTRIES), str))
    paper = statuses(made(*ENTRIES, "id: d, target: 1-1-1-3"), str)
    assert texts(paper)[0][headings(paper).index("No status")] == "1"


def test_each_year_has_its_target_above_its_actual(made):
    visits, desk = texts(years(made(*ENTRIES), str))
    assert visits == ["1", "訪問件数 (件)", "40 (2021)", "－\n－", "50\n未調査", "－\n70", "1,200 (2031)"]
    assert desk == ["1", "窓口", "－", "－\n－", "－\n－", "－\n－", "－"]
    paper = years(made(*ENTRIES), str)
    assert paper.rows[0][4].numbers == (Decimal(50), None)
    assert [len(column.parts) for column in paper.columns] == [0, 0, 1, 2, 2, 2, 1]


def test_they_stand_below_their_papers(made):
    drawn = papers(made(*ENTRIES), str)
    names = [paper.name for paper in drawn.tables if not paper.name.startswith("overview")]
    assert names == ["summary", "statuses", "initiatives", "indicators", "years", "opinions", "office"]


def test_a_plan_without_statuses_has_no_table_of_them(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="statuses: []")
    assert statuses(review(plan, make_ledger(), 2024), str).rows == ()
