# mypy: allow-untyped-calls
"""The headings of the list: where they stand, and what they say of the part of the plan that they name."""

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.papers.council.headings import headings

POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - {id: 1-1-1, title: 訪問, initiatives: [{id: 1-1-1-1, title: 企業訪問}, {id: 1-1-1-2, title: 相談会}]}
    - {id: 1-1-2, title: 講座, initiatives: [{id: 1-1-2-1, title: 開く}]}
    indicators:
    - {id: visits, name: 訪問件数, unit: 件, kind: outcome, direction: increase, method: ratio, aggregate: sum,
       targets: {2024: 60}, adopted: true}
"""


@pytest.fixture(scope="module")
def found(make_plan, make_ledger):
    ledger = make_ledger(
        "id: a, target: 1-1, values: {visits: 30}",
        "id: b, kind: opinion, target: 1-1, date: 2025-08-20, meeting: 2025-08-20, text: 増やす",
        "id: c, kind: opinion, target: 1-1-2, date: 2025-08-20, meeting: 2025-08-20, text: 減らす",
        "id: d, kind: response, responds: c, date: 2025-09-01, text: 減らした, state: 対応済",
    )
    return list(headings(review(make_plan(POLICIES), ledger, 2024), str))


def test_each_part_of_the_plan_heads_the_first_of_its_rows(found):
    assert [(one.level, one.start, one.text) for one in found] == [
        (0, 0, "1 基盤"),
        (1, 0, "1-1 経営"),
        (2, 0, "1-1① 訪問"),
        (2, 2, "1-1② 講座"),
    ]


def test_its_indicators_and_opinions_stand_with_it(found):
    assert [one.notes for one in found] == [
        (),
        (
            "Indicator of 1-1: 訪問件数 30件 50.0% (30/60) actual / target",
            "Opinion on 1-1: 2025-08-20 増やす\n[not answered]",
        ),
        (),
        ("Opinion on 1-1②: 2025-08-20 減らす\n[対応済] 2025-09-01 減らした",),
    ]


def test_a_part_that_is_rated_says_how_and_what_was_said_of_it(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="rate: [policy, initiative]")
    ledger = make_ledger(
        "id: a, kind: evaluation, target: '1', fiscal_year: 2023, date: 2024-04-10, rating: C",
        "id: b, kind: evaluation, target: '1', date: 2025-04-10, rating: B, progress: 訪問が増えた。",
        "id: c, kind: evaluation, target: 1-1, date: 2025-04-10, rating: A",
    )
    policy, measure, *_ = headings(review(plan, ledger, 2024), str)
    assert (policy.text, policy.notes) == ("1 基盤  Rating: C → B", ("On 1 as a whole: 訪問が増えた。",))
    assert measure.text == "1-1 経営  Rating: A"


def test_every_evaluator_s_rating_is_named(make_plan, make_ledger):
    evaluators = "[{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
    plan = make_plan(POLICIES, scheme=f"rate: [policy], evaluators: {evaluators}")
    ledger = make_ledger(
        "id: a, kind: evaluation, target: '1', date: 2025-04-10, rating: B",
        "id: b, kind: evaluation, target: '1', date: 2025-04-10, rating: C, evaluator: council",
    )
    policy, *_ = headings(review(plan, ledger, 2024), str)
    assert policy.text == "1 基盤  Rating: 自己評価 B, 外部評価 C"
