# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Who is asked to rate what: an office the parts of its plan, the council what the office rates."""

from datetime import UTC, datetime

import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.language import translator
from mizuho_pdca.papers.forms.book import year_form
from mizuho_pdca.papers.forms.council import council_form

JA = translator("ja")
MADE = datetime(2025, 6, 15, tzinfo=UTC)
TWO = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
POLICIES = """
- id: "1"
  title: 方針
  measures:
  - id: 1-1
    title: 施策
    department: 企画課
    submeasures:
    - id: 1-1-1
      title: 小施策
      initiatives:
      - {id: 1-1-1-1, title: 企業訪問, department: 産業課}
      - {id: 1-1-1-2, relisted_from: 1-1-1-1}
"""


@pytest.fixture
def make(make_plan, make_entry):
    """Make the form of a year, or of a meeting, by a plan's scheme and records."""

    def made(*texts, council=False, scope=None, scheme=TWO):
        named = (f"id: 2024-06-12-{at:06d}, {text}" for at, text in enumerate(texts))
        ledger, plan = Ledger(map(make_entry, named)), make_plan(POLICIES, scheme=scheme)
        report = review(plan, ledger, 2024, scope=scope)
        return council_form(report, MADE, JA) if council else year_form(report, ledger, MADE, JA)

    return made


def sheet_of(book, key):
    return next((sheet for sheet in book.sheets if sheet.key == key), None)


def headings(book, key):
    return {column.key: column.heading for column in sheet_of(book, key).columns}


def test_where_several_rate_the_heading_says_whose_rating_it_is(make):
    assert headings(make(), "answers")["rating"] == "評価（自己評価）"
    assert headings(make(scheme="evaluators: [{code: self, name: 自己評価}]"), "answers")["rating"] == "評価"
    assert headings(make(scheme=""), "answers")["rating"] == "評価"


def test_the_council_chooses_from_its_own_ratings_where_it_has_some(make):
    council = "{code: council, name: 外部評価, scale: {ranks: [{code: 有効, name: 有効}, {code: 無効, name: 無効}]}}"
    scheme = f"evaluators: [{{code: self, name: 自己評価}}, {council}]"
    book = make("kind: evaluation, evaluator: council, rating: 有効", scheme=scheme, council=True)
    (ask,) = [column.ask for column in sheet_of(book, "rated").asked if column.key == "rating"]
    assert [word.code for word in ask.words] == ["有効", "無効"]
    assert sheet_of(book, "rated").rows[0].cells["rating"] == "有効"
    assert "A 目標達成" in [
        word.shown for column in sheet_of(make(scheme=scheme), "answers").asked for word in column.ask.words
    ]


def test_only_the_own_rating_is_proposed_to_an_office(make):
    book = make("kind: evaluation, rating: A", "kind: evaluation, evaluator: council, rating: C, progress: 弱い。")
    (row,) = sheet_of(book, "answers").rows
    assert (row.cells["rating"], "progress" in row.cells) == ("A 目標達成", False)


def test_a_part_that_the_plan_rates_has_a_row(make):
    book = make(
        "kind: evaluation, fiscal_year: 2023, target: 1-1, rating: B, progress: 順調, issues: 人手",
        "kind: evaluation, fiscal_year: 2023, target: plan, progress: 全体に順調。",
        "kind: evaluation, target: 1-1, rating: A, progress: 進んだ。",
        scheme="rate: [plan, measure]",
    )
    assert [row.id for row in sheet_of(book, "parts").rows] == ["plan", "1-1"]
    whole, measure = sheet_of(book, "parts").rows
    assert whole.cells == {"title": "計画全体", "before": "全体に順調。"}
    assert measure.cells == {
        "number": "1-1",
        "title": "施策",
        "before": "【B】\n順調\n人手",
        "rating": "A 目標達成",
        "progress": "進んだ。",
    }
    assert (whole.entries, len(measure.entries)) == ((), 1)
    assert sheet_of(book, "parts").expected == ("rating",)
    assert "シート「施策等の評価」は、計画や施策をまとめて評価する欄です。" in book.guide
    assert len(book.guide) <= 10


def test_a_plan_that_rates_its_initiatives_alone_has_no_such_sheet(make):
    assert sheet_of(make(), "parts") is None


def test_where_initiatives_are_not_rated_nobody_is_asked_for_it(make):
    measures = "rate: [measure]"
    assert "rating" not in headings(make(scheme=measures), "answers")
    rated = make("kind: evaluation, rating: A", scheme=measures)
    assert "rating" in headings(rated, "answers")
    assert "rating" not in sheet_of(rated, "answers").expected


def test_a_department_is_asked_for_its_own_parts(make):
    rate = "rate: [plan, measure]"
    own, other = (make(scheme=rate, scope=Scope(department=name)) for name in ("企画課", "産業課"))
    assert [row.id for row in sheet_of(own, "parts").rows] == ["1-1"]
    assert sheet_of(other, "parts") is None


def test_the_council_rates_what_the_office_rates(make):
    book = make(
        "summary: 訪問した。",
        "kind: evaluation, rating: A, progress: 達成。",
        "kind: evaluation, evaluator: council, rating: B, progress: もう一歩。",
        "kind: evaluation, target: 1-1, rating: B",
        council=True,
    )
    assert headings(book, "rated") == {
        "number": "番号",
        "title": "対象",
        "summary": "当年度の取組",
        "own": "評価（自己評価）",
        "rating": "評価（外部評価）",
        "progress": "評価の説明（任意）",
    }
    measure, initiative = sheet_of(book, "rated").rows
    assert (measure.id, measure.cells["own"], "rating" in measure.cells) == ("1-1", "B おおむね順調", False)
    assert initiative.cells == {
        "number": "1-1①-1",
        "title": "企業訪問",
        "summary": "6月12日　訪問した。",
        "own": "A 目標達成\n達成。",
        "rating": "B おおむね順調",
        "progress": "もう一歩。",
    }
    assert len(initiative.entries) == 1
    assert not sheet_of(book, "rated").is_counted
    assert any("シート「評価」" in line for line in book.guide)
    assert book.words == ()


@pytest.mark.parametrize(
    "scheme",
    [
        "",
        "evaluators: [{code: self, name: 自己評価}, {code: chief, name: 部長評価}]",
        "evaluators: [{code: council, name: 外部評価}]",
        f"scale: {{ranks: [], states: []}}, {TWO}",
        f"rate: [], {TWO}",
    ],
)
def test_a_plan_whose_council_rates_nothing_has_no_sheet_for_it(make, scheme):
    book = make(council=True, scheme=scheme)
    assert [sheet.key for sheet in book.sheets] == ["heard"]
