# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""What a form asks, and what stands in it already, by plan and records."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.collection import Collected, FormCollection, FormQuestion, shares
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import translator
from mizuho_pdca.papers.forms.book import year_form
from mizuho_pdca.papers.forms.council import council_form
from mizuho_pdca.papers.forms.inbox import CameIn
from mizuho_pdca.papers.forms.mail import form_mails
from mizuho_pdca.papers.forms.sheet import as_text
from mizuho_pdca.papers.forms.status import form_papers, office_name
from mizuho_pdca.papers.forms.year import last_possible

JA = translator("ja")
MADE = datetime(2025, 6, 15, tzinfo=UTC)
OPINION = "kind: opinion, id: 2024-08-28-aaaaaa, date: 2024-08-28, fiscal_year: 2023, meeting: 2024-08-28"
POLICIES = """
- id: "1"
  title: 方針
  measures:
  - id: 1-1
    title: 施策
    submeasures:
    - id: 1-1-1
      title: 小施策
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        department: 産業課
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio,
           aggregate: cumulative, targets: {2026: 60}, adopted: false}
        - {id: place, name: 拠点, kind: output, direction: increase, method: done, aggregate: latest,
           words: [検討, 設置], adopted: true}
        - {id: kept, name: 減らさない, unit: 社, kind: output, direction: maintain, method: maintain, aggregate: latest,
           tolerance: 1, targets: {2024: 5}, adopted: true}
      - {id: 1-1-1-2, title: 説明会}
    - id: 1-1-2
      title: 次の施策
      initiatives: [{id: 1-1-2-1, relisted_from: 1-1-1-1}]
"""


@pytest.fixture
def make_ledger(make_entry):
    """Make a ledger of entries, which are given names where they have none."""

    def ledger(*texts):
        named = [text if "id: 2" in text else f"id: 2024-06-12-{at:06d}, {text}" for at, text in enumerate(texts)]
        return Ledger(map(make_entry, named))

    return ledger


@pytest.fixture
def made(make_plan, make_ledger):
    """Make the form of 2024 of entries; ``scheme`` and ``plan`` change the plan."""

    def form(*entries, policies=POLICIES, **changes):
        plan, ledger = make_plan(policies, **changes), make_ledger(*entries)
        return year_form(review(plan, ledger, 2024), ledger, MADE, JA)

    return form


def sheets(book):
    return {sheet.key: sheet for sheet in book.sheets}


def row(book, name, key="answers"):
    return next(row for row in sheets(book)[key].rows if row.id == name)


def test_an_initiative_has_one_row_however_often_it_is_listed(made):
    book = made()
    assert [row.id for row in sheets(book)["answers"].rows] == ["1-1-1-1", "1-1-1-2"]
    assert set(sheets(book)) == {"answers", "figures"}
    assert row(book, "1-1-1-2").cells == {"number": "1-1①-2", "title": "説明会"}
    assert len(book.guide) <= 10
    assert book.example is not None
    assert [example.cells["rating"] for example in book.example.rows] == ["A 目標達成", "X 未着手"]


def test_last_year_and_this_year_stand_in_their_cells(made):
    book = made(
        "date: 2023-06-01, summary: 42社を訪問。, status: done",
        "kind: evaluation, fiscal_year: 2023, rating: B, progress: 順調",
        "kind: improvement, fiscal_year: 2023, direction: 継続, next: 60社を訪問する。",
        "date: 2024-06-01, until: 2024-06-03, summary: 10社を訪問。, status: in_progress",
        "kind: evaluation, rating: 未着手, issues: 人手",
        "kind: improvement, direction: 拡充, next: 増やす。",
        f"{OPINION}, text: 増やしては。",
    )
    cells = row(book, "1-1-1-1").cells
    assert cells["before"] == "【B・継続】\n順調\n6月1日　42社を訪問。"
    assert cells["promise"] == "60社を訪問する。"
    assert cells["opinions"] == "令和6年8月28日　増やしては。"
    assert cells["summary"] == "6月1日～6月3日　10社を訪問。"
    assert (cells["status"], cells["rating"], cells["direction"]) == ("実施中", "X 未着手", "拡充")
    assert (cells["issues"], cells["next"]) == ("人手", "増やす。")
    assert len(row(book, "1-1-1-1").entries) == 3
    assert row(book, "2024-08-28-aaaaaa", "opinions").cells["place"] == "1-1①-1 企業訪問"


def test_last_year_may_have_a_rating_or_a_direction_alone(made):
    rated = made("kind: evaluation, fiscal_year: 2023, rating: B")
    assert row(rated, "1-1-1-1").cells["before"] == "【B】"
    planned = made("kind: improvement, fiscal_year: 2023, direction: 継続, next: 続ける。")
    assert row(planned, "1-1-1-1").cells["before"] == "【継続】"


def test_what_ended_is_not_asked_for(made):
    book = made("date: 2023-06-01, summary: 終えた。, status: completed")
    found = row(book, "1-1-1-1")
    assert (found.quiet, found.cells["before"]) == (True, "前の年度までに終わっています。記入は要りません。")


def test_a_plan_that_judges_by_less_asks_for_less(made):
    book = made(scheme="statuses: [], scale: {ranks: [], states: []}, directions: [], missing: []")
    assert [column.key for column in sheets(book)["answers"].asked] == ["summary"]
    assert [column.key for column in sheets(book)["figures"].asked] == ["value", "source"]
    assert [set(example.cells) & {"status", "rating", "direction"} for example in book.example.rows] == [set(), set()]


def test_a_rating_is_expected_where_the_plan_rates_initiatives(made):
    assert "rating" in sheets(made())["answers"].expected
    assert "rating" not in sheets(made(scheme="rate: [measure]"))["answers"].expected


def test_initiatives_may_say_something_where_what_stands_above_alone_is_judged(made, make_plan, make_ledger):
    book = made(scheme=ABOVE)
    answers = sheets(book)["answers"]
    assert [column.key for column in answers.asked if column.key not in ("rating", "progress", "issues")] == [
        "summary",
        "direction",
        "next",
    ]
    assert (answers.expected, answers.is_marked) == ((), False)
    assert sheets(book)["parts"].expected == ("rating",)
    found = shares(review(make_plan(POLICIES, scheme=ABOVE), make_ledger(), 2024))
    assert {name: [one.id for one in rows] for name, rows in found.items()} == {
        "産業課": ["visits", "place", "kept"],
        None: ["1-1"],
    }


ABOVE = "statuses: [], rate: [measure]"
"""A scheme by which measures are judged, and nothing is asked of initiatives."""


def test_an_indicator_has_its_target_its_last_value_and_its_own_words(made):
    book = made(
        "kind: actual, fiscal_year: 2023, values: {visits: 8}",
        "kind: actual, fiscal_year: 2023, missing: {place: 未調査}",
        "kind: actual, values: {visits: 3}, source: 台帳",
    )
    visits, place, kept = sheets(book)["figures"].rows
    assert visits.cells["name"] == "訪問件数（案）\n（計画開始からの累計）"
    assert (visits.cells["target"], visits.cells["before"]) == ("60（R8）", "8")
    assert as_text(visits.cells["value"]) == "11"
    assert len(visits.entries) == 1
    assert place.cells["before"] == "未調査"
    assert [word.shown for word in place.asks["value"].words] == ["検討", "設置"]
    assert (kept.cells["target"], "before" in kept.cells, "value" in kept.cells) == ("5", False, False)
    reason = row(made("kind: actual, missing: {kept: 集計中}"), "kept", "figures")
    assert (reason.cells["missing"], len(reason.entries)) == ("集計中", 1)


def test_a_figure_that_is_not_surveyed_this_year_is_not_asked_for(made):
    book = made(policies=POLICIES.replace("targets: {2024: 5}", "surveyed: [2023, 2026], targets: {2026: 5}"))
    assert {row.id: row.quiet for row in sheets(book)["figures"].rows} == {
        "visits": False,
        "place": False,
        "kept": True,
    }
    book = made("date: 2023-06-01, summary: 終えた。, status: completed")
    assert all(row.quiet for row in sheets(book)["figures"].rows)


def test_an_opinion_comes_with_its_last_answer(made):
    book = made(
        f"{OPINION}, target: plan, text: 示しては。",
        "kind: response, target: plan, date: 2024-09-28, responds: 2024-08-28-aaaaaa, state: in_hand, text: 示す。",
    )
    cells = row(book, "2024-08-28-aaaaaa", "opinions").cells
    assert (cells["place"], cells["reply"], cells["state"]) == ("計画全体", "示す。", "対応中")
    assert "意見" in " ".join(book.guide)


def test_words_of_which_something_is_said_stand_on_the_first_sheet(made):
    assert made().words == ()
    assert "▼の出る欄は、一覧から言葉を選んでください。" in made().guide
    book = made(scheme="directions: [{name: 継続, definition: 続ける。}, {name: 廃止}]")
    assert [(heading, [word.meaning for word in words]) for heading, words in book.words] == [
        ("今後の方向性", ["続ける。", ""])
    ]
    assert "▼の出る欄は、一覧から言葉を選んでください。意味は下の表にあります。" in book.guide


def test_a_plan_of_indicators_alone_has_a_form_of_them(made):
    policies = """
    - id: "1"
      title: 方針
      measures: []
      indicators:
      - {id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
    """
    book = made(policies=policies)
    assert set(sheets(book)) == {"figures"}
    assert book.example is None


def test_a_plan_without_indicators_has_no_sheet_of_them(made):
    policies = """
    - id: "1"
      title: 方針
      measures:
      - {id: 1-1, title: 施策, initiatives: [{id: 1-1-1, title: 取組}]}
    """
    book = made(policies=policies, plan="levels: [{name: 目標}, {name: 施策}, {name: 事業}]")
    assert set(sheets(book)) == {"answers"}
    assert sheets(book)["answers"].columns[1].heading == "事業"
    assert not any("実績値です" in line for line in book.guide)


@pytest.mark.parametrize(
    ("held", "text"), [("設置", "設置"), (Decimal("80.50"), "80.5"), (Decimal(100), "100"), (Decimal("1E+2"), "100")]
)
def test_what_a_cell_holds_is_told_as_a_text(held, text):
    assert as_text(held) == text


def test_a_file_with_faults_is_refused():
    assert (CameIn("a.xlsx").is_refused, CameIn("a.xlsx", faults=1).is_refused) == (False, True)


def test_a_sheet_knows_all_that_it_asks(made):
    figures = sheets(made())["figures"]
    assert {ask.kind for ask in figures.asks} == {"figure", "word", "text"}
    assert len(figures.asks) == len(figures.asked) + 1
    assert [column.key for column in figures.given][:2] == ["number", "title"]


def test_what_is_written_of_a_word_that_the_plan_does_not_know_stays(make_plan, make_entry):
    from mizuho_pdca.papers.forms.wording import said

    scheme = make_plan(POLICIES).scheme
    evaluation = make_entry("id: 2024-06-12-aaaaaa, kind: evaluation, rating: 優")
    improvement = make_entry("id: 2024-06-12-aaaaab, kind: improvement, direction: 充実, next: 続ける。")
    assert said(scheme, evaluation, improvement) == {
        "rating": "優",
        "progress": "",
        "issues": "",
        "direction": "充実",
        "next": "続ける。",
    }


def test_a_running_year_is_recorded_under_today():
    assert last_possible(date(2025, 3, 31), date(2024, 12, 1)) == date(2024, 12, 1)
    assert last_possible(date(2025, 3, 31), date(2025, 6, 1)) == date(2025, 3, 31)


# -- the meeting --------------------------------------------------------------------------------


def test_a_form_for_a_meeting_offers_every_part_and_has_what_was_said(make_plan, make_ledger):
    plan = make_plan(POLICIES, plan="council: {name: 協議会, meetings: {2024: 2025-08-28}}")
    ledger = make_ledger(
        "kind: opinion, id: 2025-08-28-aaaaaa, date: 2025-08-28, meeting: 2025-08-28, text: 増やしては。",
        "kind: response, date: 2025-09-28, responds: 2025-08-28-aaaaaa, state: in_hand, text: 増やす。",
        "kind: opinion, id: 2025-08-28-aaaaac, date: 2025-08-28, target: plan, meeting: 2025-08-28, text: 数字を。",
    )
    book = council_form(review(plan, ledger, 2024), MADE, JA)
    (sheet,) = book.sheets
    assert book.office == "2025-08-28"
    first, second, third = sheet.rows[:3]
    assert (first.cells["reply"], first.cells["state"]) == ("増やす。", "対応中")
    assert "reply" not in second.cells
    assert third.id == "new-3"
    words = next(column.ask.words for column in sheet.asked if column.key == "place" and column.ask)
    assert [word.code for word in words] == ["plan", "1", "1-1", "1-1-1", "1-1-1-1", "1-1-1-2", "1-1-2"]


def test_a_meeting_that_was_not_held_has_no_day(make_plan, make_ledger):
    assert council_form(review(make_plan(POLICIES), make_ledger(), 2024), MADE, JA).office is None


# -- how far the collection is ------------------------------------------------------------------


COMPLETE = (
    "summary: 訪問。, status: in_progress",
    "kind: evaluation, rating: B",
    "kind: improvement, direction: 継続, next: 続ける。",
)


def missing(found):
    """Return by department the names of what is not complete."""
    return {name: [one.id for one in rows if not one.is_complete] for name, rows in found.items()}


def test_each_department_has_its_share_and_what_is_missing(make_plan, make_ledger):
    plan = make_plan(POLICIES)
    found = shares(review(plan, make_ledger(*COMPLETE), 2024))
    assert {name: [one.id for one in rows] for name, rows in found.items()} == {
        "産業課": ["1-1-1-1"],
        None: ["1-1-1-2"],
    }
    assert missing(found) == {"産業課": [], None: ["1-1-1-2"]}
    ended = review(plan, make_ledger("date: 2023-06-01, summary: 終えた。, status: completed"), 2024)
    assert [(name, one.id) for name, rows in shares(ended).items() for one in rows] == [(None, "1-1-1-2")]


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_a_row_is_complete_with_all_that_the_form_expects(left_out, make_plan, make_ledger):
    texts = [text for at, text in enumerate(COMPLETE) if at != left_out]
    assert missing(shares(review(make_plan(POLICIES), make_ledger(*texts), 2024)))["産業課"] == ["1-1-1-1"]


def test_a_row_without_a_status_is_not_complete_where_there_are_any(make_plan, make_ledger):
    ledger = make_ledger("summary: 訪問。", *COMPLETE[1:])
    assert missing(shares(review(make_plan(POLICIES), ledger, 2024)))["産業課"] == ["1-1-1-1"]
    plan = make_plan(POLICIES, scheme="statuses: []")
    assert missing(shares(review(plan, ledger, 2024)))["産業課"] == []


def test_parts_that_the_plan_rates_are_asked_for_as_well(make_plan, make_ledger):
    plan = make_plan(
        POLICIES.replace("title: 施策", "title: 施策, department: 企画課".replace(", ", "\n    ")), scheme=RATE
    )
    unasked = "kind: evaluation, target: 1-1-1, rating: B"
    report = review(plan, make_ledger("kind: evaluation, target: 1-1, rating: B", unasked), 2024)
    assert {name: [(one.id, one.is_complete) for one in rows] for name, rows in shares(report).items()} == {
        "産業課": [("1-1-1-1", False)],
        "企画課": [("1-1-1-2", False), ("1-1", True)],
        None: [("plan", False)],
    }


RATE = "rate: [plan, measure]"
FIGURES_ALONE = """
- id: "1"
  title: 方針
  department: 企画課
  measures: []
  indicators:
  - {id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
  - {id: asked, name: 調査, kind: output, direction: increase, method: ratio, aggregate: latest, adopted: true,
     surveyed: [2023]}
  - {id: kept, name: 維持, kind: output, direction: increase, method: ratio, aggregate: latest, adopted: true}
"""


def test_who_sees_to_indicators_alone_is_asked_for_their_figures(make_plan, make_ledger):
    report = review(make_plan(FIGURES_ALONE), make_ledger("kind: actual, target: '1', missing: {kept: 集計中}"), 2024)
    (row,) = [Collected(name, "2025-04-01", None, rows) for name, rows in shares(report).items()]
    assert [(one.id, one.is_complete) for one in row.questions] == [("visits", False), ("kept", True)]
    assert (row.department, row.complete, row.asked) == ("企画課", 1, 2)
    now = FormCollection(report, (row,))
    assert form_papers(now, JA).papers[0].rows[0][-1].text == "訪問"
    assert "・訪問\n" in form_mails(now, JA)


def test_a_mail_begins_and_ends_as_mails_do_and_names_what_is_missing(make_plan, make_ledger):
    report = review(make_plan(POLICIES, scheme=RATE), make_ledger("summary: 訪問。, sample: true"), 2024)
    (one, *_), (other, part, *_) = shares(report).values()
    states = [
        Collected("産業課", "2025-04-01", None, (one,)),
        Collected(None, None, None, (other, part)),
        Collected("企画課", "2025-04-01", "2025-05-01", (one, FormQuestion(other.place, is_complete=True))),
    ]
    done = Collected("福祉課", None, None, (FormQuestion(None, is_complete=True),))
    now = FormCollection(report, (*states, done))
    assert [row.state for row in now.rows] == ["sent", "not_sent", "back", "complete"]
    first, second, third = form_mails(now, JA).split("\n\n\n")
    assert (
        first
        == """\
======== 産業課 ========
件名：【依頼】試験計画　令和6年度実績の調査票について

産業課 ご担当者様

お疲れさまです。試験計画の事務局です。
令和6年度実績の調査票がまだ届いていません（1行のうち1行）。
お忙しいところ恐れ入りますが、（　月　日）までにご提出をお願いします。
途中まででもかまいません。後からもう一度ご提出いただくこともできます。

■ まだそろっていないもの（1件）
・1-1①-1 企業訪問

行き違いでご提出済みの場合は、ご容赦ください。
よろしくお願いします。"""
    )
    assert second.startswith("======== （担当課の記載なし） ========")
    assert "\nご担当者様\n" in second
    assert "令和6年度実績の調査票をお送りします（2行あります）。" in second
    assert "■ まだそろっていないもの（2件）\n・1-1①-2 説明会\n・計画全体\n" in second
    assert "2行のうち1行に、まだ空いている欄があります。" in third
    papers = form_papers(now, JA)
    assert papers.banner is not None
    assert [row[1].text for row in papers.papers[0].rows] == [
        "まだ戻らない",
        "まだ配っていない",
        "戻り（未完）",
        "完了",
    ]
    assert papers.papers[0].rows[1][-1].text == "1-1①-2、計画全体"
    assert form_mails(FormCollection(report, (done,)), JA) == ""
    assert form_papers(FormCollection(review(make_plan(POLICIES), make_ledger(), 2024), ()), JA).banner is None
    assert office_name("産業課", JA) == "産業課"


def test_a_plan_that_rates_measures_alone_is_complete_without_ratings_of_initiatives(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="rate: [measure], directions: []")
    found = shares(review(plan, make_ledger(COMPLETE[0]), 2024))
    assert missing(found)["産業課"] == []
    assert missing(found)[None] == ["1-1-1-2", "1-1"]
