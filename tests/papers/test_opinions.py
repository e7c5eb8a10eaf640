# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.papers.office import office
from mizuho_pdca.papers.opinions import opinions

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      department: 産業課
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: false}
      - {id: 1-1-1-2, relisted_from: 1-1-1-1}
"""
OPINION = "kind: opinion, target: 1-1-1-1"
RESPONSE = "kind: response, responds: a"
DONE = ["id: x, status: done, values: {visits: 3}", "id: y, kind: evaluation, rating: B"]


@pytest.fixture(scope="session")
def report_of(make_plan, make_ledger):
    plan = make_plan(PLAN)
    return lambda *texts: review(plan, make_ledger(*texts), 2024)


def rows_of(paper):
    """Return the texts of a paper, row by row."""
    assert {len(row) for row in paper.rows} <= {5}
    return [tuple(cell.text for cell in row) for row in paper.rows]


@pytest.mark.parametrize(
    ("texts", "row"),
    [
        (
            [f"id: a, {OPINION}, meeting: 2025-10-01, text: ' 周知を。 '"],
            ("2025-10-01 this meeting", "1-1①-1 企業訪問", "周知を。", "not answered", "－"),
        ),
        (
            ["id: a, kind: opinion, target: plan, fiscal_year: 2023, meeting: 2024-10-01, text: 全体"],
            ("2024-10-01 last meeting", "the plan as a whole", "全体", "not answered", "－"),
        ),
        (
            [f"id: a, {OPINION}, fiscal_year: 2022, meeting: 2023-10-01, text: 周知を。"],
            ("2023-10-01 earlier, open", "1-1①-1 企業訪問", "周知を。", "not answered", "－"),
        ),
        (
            [
                f"id: a, {OPINION}, meeting: 2025-10-01, text: 周知を。",
                f"id: b, {RESPONSE}, date: 2025-11-01, state: considered, text: ' 検討する。 '",
                f"id: c, {RESPONSE}, date: 2025-12-01, state: 対応しない, text: 見送る。, reason: 予算がない",
            ],
            (
                "2025-10-01 this meeting",
                "1-1①-1 企業訪問",
                "周知を。",
                "対応しない",
                "2025-11-01 検討する。\n2025-12-01 見送る。 (reason: 予算がない)",
            ),
        ),
        (
            [
                f"id: a, {OPINION}, meeting: 2025-10-01, text: 周知を。",
                f"id: b, {RESPONSE}, date: 2025-11-01, state: 保留, text: 保留する。",
            ],
            ("2025-10-01 this meeting", "1-1①-1 企業訪問", "周知を。", "保留", "2025-11-01 保留する。"),
        ),
    ],
)
def test_an_opinion_stands_beside_what_became_of_it(report_of, texts, row):
    assert rows_of(opinions(report_of(*texts), str).paper) == [row]


def test_open_opinions_of_earlier_years_come_first_and_this_meetings_last(report_of):
    texts = [
        f"id: o{year}, {OPINION}, fiscal_year: {year}, meeting: {year + 1}-10-01, text: 意見"
        for year in (2024, 2023, 2022)
    ]
    rows = rows_of(opinions(report_of(*texts), str).paper)
    assert [row[0] for row in rows] == [
        "2023-10-01 earlier, open",
        "2024-10-01 last meeting",
        "2025-10-01 this meeting",
    ]


def test_without_opinions_there_is_no_paper(report_of):
    assert opinions(report_of("id: a"), str).paper.rows == ()


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        (
            [],
            [
                ("not reported", "1-1①-1", "企業訪問", "産業課", "－"),
                ("no figure", "1-1①-1", "企業訪問", "産業課", "訪問件数 (draft) (visits)"),
            ],
        ),
        (["id: x, values: {visits: 3}"], [("no status", "1-1①-1", "企業訪問", "産業課", "－")]),
        (DONE, []),
        (
            [*DONE, f"id: o, {OPINION}, meeting: 2025-10-01, text: 周知を。"],
            [("opinion not answered", "1-1①-1", "企業訪問", "産業課", "周知を。 (o)")],
        ),
        (
            [*DONE, "id: o, kind: opinion, target: plan, meeting: 2025-10-01, text: 全体"],
            [("opinion not answered", "whole plan", "試験計画", "－", "全体 (o)")],
        ),
        (
            [
                *DONE,
                f"id: a, {OPINION}, meeting: 2025-10-01, text: 周知を。",
                f"id: b, {RESPONSE}, state: 対応済, text: 済",
            ],
            [],
        ),
        (
            [*DONE, "id: z, date: 2023-06-12"],
            [("same text as last year", "1-1①-1", "企業訪問", "産業課", "activity")],
        ),
        (
            [
                *DONE,
                "id: i, kind: improvement, direction: 継続, next: 同じ",
                "id: j, kind: improvement, direction: 継続, next: 同じ, fiscal_year: 2023",
                "id: z, date: 2023-06-12",
            ],
            [("same text as last year", "1-1①-1", "企業訪問", "産業課", "plans for the next year, activity")],
        ),
    ],
)
def test_the_office_sees_what_is_due(report_of, texts, rows):
    assert rows_of(office(report_of(*texts), str).paper) == rows
