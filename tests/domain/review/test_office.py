# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.review.office import KINDS, counts, office
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.review.standing import standing

PLAN = """
- id: "1"
  title: 基盤
  department: 産業課
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
        - {id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 60}, adopted: true}
      - {id: 1-1-1-2, title: 融資, department: 会計課}
      - {id: 1-1-1-3, relisted_from: 1-1-1-1}
"""
LATER = "id: later, kind: opinion, target: plan, fiscal_year: 2030, date: 2031-05-01, meeting: 2031-05-01, text: 意見"
QUIET = [
    "id: f, target: 1-1-1-2, status: done",
    "id: v, status: done, values: {visits: 60}",
    "id: e, kind: evaluation, rating: A, date: 2025-05-01",
]
"""Entries of a year that leave nothing to look at."""


@pytest.fixture(scope="session")
def items_of(make_plan, make_ledger):
    plan = make_plan(PLAN)
    return lambda *texts, **options: office(review(plan, make_ledger(*texts, LATER), 2024, **options))


def told(items):
    """Return the items by kind, place and entries."""
    return [(item.kind, item.place and item.place.id, " ".join(item.entries)) for item in items]


def test_where_all_is_in_order_there_is_nothing_to_look_at(items_of):
    assert items_of(*QUIET) == ()


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (QUIET[1:], [("not_reported", "1-1-1-2", "")]),
        (
            ["id: f, target: 1-1-1-2, kind: evaluation, rating: B", *QUIET[1:]],
            [("no_status", "1-1-1-2", "")],
        ),
        ([*QUIET[:2], "id: e, kind: evaluation, rating: B, date: 2025-05-01"], [("rating_differs", "1-1-1-1", "e")]),
        (
            [*QUIET, "id: g, kind: evaluation, rating: B, date: 2025-05-02"],
            [("rating_differs", "1-1-1-1", "g")],
        ),
        (
            [
                *QUIET,
                (
                    "id: w, supersedes: v, reason: 誤字, status: done, values: {visits: 60}, "
                    "recorded: 2025-05-02T09:00:00+09:00"
                ),
            ],
            [],
        ),
        (
            [
                QUIET[0],
                "id: v, status: done, values: {visits: 54}",
                "id: e, kind: evaluation, rating: A, date: 2024-07-01",
                "id: w, supersedes: v, reason: 届かず, status: done, values: {visits: 60}, date: 2024-08-02",
            ],
            [("figure_after_rating", "1-1-1-1", "e w")],
        ),
        (
            [
                *QUIET[:2],
                "id: u, values: {visits: 6}",
                "id: e, kind: evaluation, rating: A, date: 2024-07-01",
                "id: n, kind: withdrawal, date: 2024-08-02, withdraws: u",
            ],
            [("figure_after_rating", "1-1-1-1", "e n")],
        ),
        (
            [
                *QUIET,
                "id: m, kind: actual, date: 2025-05-02, values: {visits: 7}",
                "id: n, kind: withdrawal, date: 2025-05-03, withdraws: m",
            ],
            [],
        ),
        (
            [*QUIET, "id: g, kind: evaluation, rating: A, date: 2025-05-02, by: 企画課"],
            [("two_evaluations", "1-1-1-1", "e g")],
        ),
        ([*QUIET, "id: g, kind: evaluation, rating: A, date: 2025-05-02"], []),
        (
            [QUIET[0], "id: v, status: done, values: {visits: 30}", "id: w, kind: actual, values: {visits: 62}"],
            [("counted_twice", "1-1-1-1", "v w")],
        ),
        ([QUIET[0], "id: v, status: done"], [("no_figure", "1-1-1-1", "")]),
        (
            [QUIET[0], "id: v, status: done", "id: m, kind: actual, missing: {visits: 集計中}"],
            [("figure_pending", "1-1-1-1", "m")],
        ),
        ([QUIET[0], "id: v, status: done", "id: m, kind: actual, missing: {visits: 対象外}"], []),
        ([*QUIET, "id: o, date: 2023-06-12"], [("text_unchanged", "1-1-1-1", "v")]),
        (
            [
                *QUIET,
                "id: o, kind: opinion, target: plan, meeting: 2025-08-01, date: 2025-08-01, text: 周知を",
                "id: q, kind: opinion, target: 1-1-1-2, meeting: 2025-08-01, date: 2025-08-01, text: 周知を",
                "id: r, kind: response, target: plan, responds: o, state: 対応中, date: 2025-09-01, text: 調べる",
            ],
            [("opinion_open", None, "o r"), ("opinion_unanswered", "1-1-1-2", "q")],
        ),
        (
            ["id: f, target: 1-1-1-2, date: 2023-06-12, status: 完了", *QUIET[1:]],
            [("ended_before", "1-1-1-2", "")],
        ),
        (
            [QUIET[0], "id: v, status: done, values: {visits: 48}", "id: e, kind: evaluation, rating: B"],
            [("unmet_without_issue", "1-1-1-1", "e")],
        ),
        (
            [QUIET[0], "id: v, status: done, values: {visits: 48}", "id: e, kind: evaluation, rating: B, issues: 人手"],
            [],
        ),
    ],
)
def test_what_there_is_to_look_at(items_of, texts, found):
    assert told(items_of(*texts)) == found


def test_one_list_in_one_order_with_numbers_that_add_up(items_of):
    items = items_of("id: o, kind: opinion, target: plan, meeting: 2025-08-01, text: 周知を")
    assert told(items) == [
        ("not_reported", "1-1-1-2", ""),
        ("not_reported", "1-1-1-1", ""),
        ("no_figure", "1-1-1-1", ""),
        ("opinion_unanswered", None, "o"),
    ]
    assert counts(items) == {"not_reported": 2, "no_figure": 1, "opinion_unanswered": 1}
    assert sorted(map(KINDS.index, counts(items))) == list(map(KINDS.index, counts(items)))


def test_a_part_of_the_plan_has_its_own_items(items_of):
    assert told(items_of(scope=Scope(department="会計課"))) == [("not_reported", "1-1-1-2", "")]


def test_of_what_ended_before_the_year_no_figure_is_asked_for(make_plan, make_ledger):
    ended = make_ledger("id: a, date: 2023-06-12, status: 完了", QUIET[0])
    now = standing(review(make_plan(PLAN), ended, 2024))
    assert (now.missing, now.unvalued, now.reporting) == ((), (), Rate(1, 1))
    assert [item.kind for item in now.office] == ["ended_before"]


def test_a_plan_that_rates_nothing_and_knows_no_statuses_is_not_asked_for_them(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="statuses: [], scale: {}")
    now = standing(review(plan, make_ledger("id: a, values: {visits: 60}", "id: b, target: 1-1-1-2"), 2024))
    assert (now.office, now.unrated, now.reporting) == ((), (), Rate(2, 2))


def test_one_figure_after_the_rating_is_told_beside_others_that_stay(make_plan, make_ledger):
    calls = (
        "- {id: calls, name: 電話, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}\n"
    )
    two = PLAN.replace("        - {id: visits", f"        {calls}        - {{id: visits", 1)
    texts = [
        *("id: c, values: {calls: 3}", "id: v, status: done, values: {visits: 54}"),
        "id: e, kind: evaluation, rating: A, date: 2024-07-01",
        "id: w, supersedes: v, reason: 届かず, status: done, values: {visits: 60}, date: 2024-08-02",
    ]
    found = told(office(review(make_plan(two), make_ledger(*texts, LATER), 2024)))
    assert [item for item in found if item[0] == "figure_after_rating"] == [("figure_after_rating", "1-1-1-1", "e w")]
