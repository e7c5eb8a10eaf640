# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Mails to departments: who is asked for what, and until when."""

from datetime import date

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.language import translator
from mizuho_pdca.papers.forms.mail import status_mails

JA = translator("ja")
DUE = date(2025, 4, 25)
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
      - id: 1-1-1-1
        title: 企業訪問
        department: [産業課, 会計課]
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio,
           aggregate: sum, targets: {2024: 60}, adopted: true}
      - {id: 1-1-1-2, title: 説明会}
"""
REPORTED = (
    "target: 1-1-1-1",
    "target: 1-1-1-1, kind: actual, fiscal_year: 2024, values: {visits: 5}",
    "target: 1-1-1-1, kind: evaluation, rating: B",
    "target: 1-1-1-2",
    "target: 1-1-1-2, kind: evaluation, rating: A",
)
OPINION = "kind: opinion, target: plan, date: 2025-08-28, fiscal_year: 2024, meeting: 2025-08-28, text: 数を増やして"


@pytest.fixture
def mails(make_plan, make_ledger):
    plan = make_plan(POLICIES)

    def written(*texts, scope=None, today=date(2025, 4, 10), due=DUE):
        named = (f"id: 2024-06-12-{at:06d}, {text}" for at, text in enumerate(texts))
        return status_mails(standing(review(plan, make_ledger(*named), 2024, scope=scope)), due, today, JA)

    return written


def test_each_department_gets_what_is_open_with_it(mails):
    second, first = mails().split("\n\n\n")
    assert first.splitlines()[:9] == [
        "======== 産業課 ========",
        "件名：【依頼】試験計画　令和6年度の進捗の入力について",
        "",
        "産業課 ご担当者様",
        "",
        "お疲れさまです。試験計画の事務局です。",
        "令和6年度の進捗について、まだそろっていないものが2件あります。",
        "お忙しいところ恐れ入りますが、令和7年4月25日までにご入力をお願いします。",
        "",
    ]
    assert "■ 報告がまだの取組（1件）\n・1-1①-1 企業訪問\n\n■ 実績値がまだの指標（1件）\n・1-1①-1 訪問件数" in first
    assert "pdca log 1-1①-1 -d 2025-03-31 -m" in first
    assert "pdca actual visits 値 --year 2024" in first
    assert second.startswith("======== 企画課 ========")
    assert "・1-1①-2 説明会" in second
    assert "企業訪問" not in second


def test_in_a_year_that_runs_no_day_is_told_and_after_the_deadline_it_is_soon(mails):
    running = mails(today=date(2025, 3, 1))
    assert 'pdca log 1-1①-1 -m "…"' in running
    assert "お忙しいところ恐れ入りますが、できるだけ早めにご入力をお願いします。" in mails(today=date(2025, 4, 26))
    assert "令和7年4月25日までに" in mails(today=DUE)


def test_ratings_and_opinions_are_asked_for_too(mails):
    office, _, text = mails(*REPORTED[:2], OPINION).split("\n\n\n")
    assert "■ 協議会の意見で、対応の記録がまだのもの（1件）" in office
    assert "■ 評価がまだのもの（1件）\n・1-1①-1 企業訪問" in text
    assert "pdca evaluate 1-1①-1 --year 2024 --rating" in text
    assert "調査票（Excel）" in text


def test_what_nobody_sees_to_is_the_offices(mails):
    text = mails(*REPORTED, OPINION)
    assert text.startswith("======== （担当課の記載なし） ========")
    assert "・計画全体 数を増やして（2024-06-12-000005）" in text
    assert "調査票" not in text


def test_one_department_alone_gets_all_that_it_takes_part_in(mails):
    text = mails(scope=Scope(department="会計課"))
    assert text.startswith("======== 会計課 ========")
    assert text.count("========\n") == 1
    assert "・1-1①-1 企業訪問" in text


def test_where_nothing_is_open_there_is_no_mail(mails):
    assert mails(*REPORTED) == ""
