# mypy: allow-untyped-calls
"""What is rated in a year, level by level, in one form."""

import pytest

from mizuho_pdca.domain.review.rated import RatedThing, counted_levels, rated, rated_levels
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import SummaryRow

POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    tags: [重点]
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
  - id: 1-2
    title: 交流
    submeasures: [{id: 1-2-1, title: 再掲, initiatives: [{id: 1-2-1-1, relisted_from: 1-1-1-1}]}]
"""
INITIATIVE = "id: a, kind: evaluation, date: 2025-05-01, rating: B"
MEASURE = "id: b, target: 1-1, kind: evaluation, date: 2025-05-01, rating: A"
INDICATOR = "id: c, kind: evaluation, date: 2025-05-01, rating: C, indicator: visits"


@pytest.fixture
def report_of(make_plan, make_ledger):
    return lambda scheme, *entries: review(make_plan(POLICIES, scheme=scheme), make_ledger(*entries), 2024)


@pytest.mark.parametrize(
    ("scheme", "entries", "levels", "above"),
    [
        ("", (MEASURE,), ("initiative",), ()),
        ("rate: [measure]", (), ("measure",), ("measure",)),
        ("rate: [measure]", (INITIATIVE,), ("initiative", "measure"), ("measure",)),
        ("rate: [plan, policy, initiative]", (), ("initiative", "policy", "plan"), ("policy",)),
        ("rate: []", (INDICATOR,), ("indicator",), ()),
        ("scale: {}, rate: [measure]", (), (), ()),
    ],
)
def test_what_is_rated_follows_what_the_plan_expects_and_what_is_rated_all_the_same(
    report_of, scheme, entries, levels, above
):
    report = report_of(scheme, *entries)
    assert rated_levels(report) == levels
    assert counted_levels(report) == above


def test_each_level_yields_what_may_hold_a_rating_there_once(report_of):
    report = report_of("rate: [initiative, measure, plan]", INITIATIVE, MEASURE, INDICATOR)
    assert rated_levels(report) == ("initiative", "measure", "plan"), "indicators are counted where nothing else is"
    levels: tuple[RatedThing, ...] = (*rated_levels(report), "indicator")
    assert [[(one.id, one.title, one.own.rating) for one in rated(report, level)] for level in levels] == [
        [("1-1-1-1", "企業訪問", "B")],
        [("1-1", "経営", "A"), ("1-2", "交流", None)],
        [("plan", None, None)],
        [("visits", "訪問件数", "C")],
    ]


def test_a_row_counts_what_belongs_to_it(report_of):
    report = report_of("rate: [measure, plan]", MEASURE)
    (plan,), measures = rated(report, "plan"), [*rated(report, "measure")]
    tagged = SummaryRow(None, 0, report.total.tally, tag="重点")
    rows = [report.total, report.policies[0], report.measures[1], tagged]
    assert [plan.counts_in(row) for row in rows] == [True, False, False, False]
    assert [[one.id for one in measures if one.counts_in(row)] for row in rows] == [
        ["1-1", "1-2"],
        ["1-1", "1-2"],
        ["1-2"],
        ["1-1"],
    ]


def test_a_plan_without_initiatives_counts_the_ratings_of_its_indicators(make_plan, make_ledger):
    policies = """[{id: "1", title: 基盤, indicators: [{id: visits, name: 訪問, kind: output, direction: increase,
                  method: ratio, aggregate: sum, adopted: true}]}]"""
    rated = "id: a, target: '1', kind: evaluation, date: 2025-05-01, rating: B, indicator: visits"
    assert rated_levels(review(make_plan(policies), make_ledger(rated), 2024)) == ("indicator",)
    assert rated_levels(review(make_plan(policies), make_ledger(), 2024)) == ()
