# mypy: allow-untyped-calls
"""Ratings above the initiatives and of indicators, an evaluator's each beside the others'."""

import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.office import office
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
      - {id: 1-1-1-2, title: 融資}
  - id: 1-2
    title: 交流
    department: 企画課
    submeasures: [{id: 1-2-1, title: 施策, initiatives: [{id: 1-2-1-1, relisted_from: 1-1-1-1}]}]
"""
TWO = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
MEASURES = "rate: [initiative, measure, plan]"
RATED = "kind: evaluation, rating"


@pytest.fixture
def report_of(make_plan, make_entry):
    def make(*texts, year=2024, scheme=f"{TWO}, {MEASURES}", revisions="[]", **options):
        names = (f"id: 2025-05-0{number}-aaaaaa, {text}" for number, text in enumerate(texts, 1))
        plan = make_plan(PLAN, scheme=scheme, revisions=revisions)
        return review(plan, Ledger(map(make_entry, names)), year, **options)

    return make


def initiative(report, number="1-1-1-1"):
    return next(row for row in report.initiatives if row.place.id == number)


def said(judgements):
    return [(one.evaluator and one.evaluator.code, one.rating, one.previous_rating) for one in judgements]


def rated(report):
    return [(row.place and row.place.id, row.is_expected, row.is_due, row.own.rating) for row in report.rated]


def kinds(report):
    return [(item.kind, item.place and item.place.id) for item in office(report) if "figure" not in item.kind]


def test_each_evaluator_keeps_a_rating_of_its_own(report_of):
    report = report_of(f"{RATED}: B", f"{RATED}: C, evaluator: council", f"{RATED}: A, evaluator: 自己評価")
    row = initiative(report)
    assert said(row.judgements) == [("self", "A", None), ("council", "C", None)]
    assert (row.state.rating, row.evaluation, len(row.evaluations)) == ("A", row.judgements[0].last, 2)
    assert report.total.tally.rating == {"A": 1}


def test_without_a_list_there_is_one_judgement_of_nobody_named(report_of):
    report = report_of(f"{RATED}: B", scheme="")
    assert said(initiative(report).judgements) == [(None, "B", None)]
    assert said(initiative(report, "1-1-1-2").judgements) == [(None, None, None)]
    assert initiative(report, "1-1-1-2").judgements[0].last is None


def test_the_rating_of_the_council_is_nobodys_report(report_of):
    report = report_of(f"{RATED}: C, evaluator: council, progress: 意見")
    assert not initiative(report).state.reported
    assert initiative(report).entries == 0
    assert report_of(f"{RATED}: C, evaluator: self")


@pytest.mark.parametrize(
    ("evaluator", "change"), [("evaluator: self", "up"), ("evaluator: council", "down"), ("by: x", "up")]
)
def test_last_years_rating_is_the_same_evaluators(report_of, evaluator, change):
    report = report_of(
        f"{RATED}: B, fiscal_year: 2023",
        f"{RATED}: A, fiscal_year: 2023, evaluator: council",
        f"{RATED}: A",
        f"{RATED}: B, evaluator: council",
    )
    found = [one for one in initiative(report).judgements if one.last and (one.last.evaluator or "self") in evaluator]
    assert [one.change for one in found] == ([change] if found else [])
    assert said(initiative(report).judgements) == [("self", "A", "B"), ("council", "B", "A")]


def test_the_first_evaluator_goes_on_from_the_years_before_there_was_a_list(report_of):
    later = f"[{{from: 2024, {TWO}}}]"
    report = report_of(f"{RATED}: B, fiscal_year: 2023", f"{RATED}: B", scheme=MEASURES, revisions=later)
    assert said(initiative(report).judgements) == [("self", "B", "B"), ("council", None, None)]
    assert initiative(report).is_same is False  # nobody has said anything in words


def test_a_rating_that_the_scale_of_its_year_does_not_know_is_none(report_of):
    assert said(initiative(report_of(f"{RATED}: Q")).judgements)[0] == ("self", None, None)


def test_what_is_expected_above_the_initiatives_is_due_until_the_first_evaluator_rates(report_of):
    assert rated(report_of()) == [(None, True, True, None), ("1-1", True, True, None), ("1-2", True, True, None)]
    council = report_of(f"{RATED}: A, evaluator: council, target: 1-1")
    assert rated(council)[1] == ("1-1", True, True, None)
    office_only = report_of(f"{RATED}: B, target: 1-1", "kind: evaluation, progress: 総括, target: plan")
    assert rated(office_only) == [(None, True, True, None), ("1-1", True, False, "B"), ("1-2", True, True, None)]


def test_what_is_rated_without_being_expected_is_there_all_the_same(report_of):
    report = report_of(f"{RATED}: B, target: 1-1-1", "kind: evaluation, progress: 総括, target: '1'", scheme="")
    assert rated(report) == [("1", False, False, None), ("1-1-1", False, False, "B")]
    assert report.total.tally.rating == {}
    assert report_of(scheme="").rated == ()


def test_without_a_scale_no_rating_is_expected(report_of):
    assert rated(report_of(scheme=f"scale: {{}}, {MEASURES}")) == []


def test_a_part_of_the_plan_has_its_own_ratings_alone(report_of):
    assert rated(report_of(scope=Scope(measure="1-2"))) == [("1-2", True, True, None)]
    assert [row[0] for row in rated(report_of(scope=Scope(department="企画課")))] == ["1-2"]


def test_an_indicator_has_a_rating_beside_that_of_its_initiative(report_of):
    report = report_of(
        f"{RATED}: B", f"{RATED}: D, indicator: visits", f"{RATED}: C, indicator: visits, evaluator: council"
    )
    assert said(initiative(report).judgements) == [("self", "B", None), ("council", None, None)]
    assert said(report.indicators[0].judgements) == [("self", "D", None), ("council", "C", None)]


def test_the_office_is_told_of_what_is_missing_and_of_two_who_rate_as_one(report_of):
    report = report_of(
        f"{RATED}: B, target: 1-1",
        f"{RATED}: C, target: 1-1, by: 税務課",
        f"{RATED}: C, target: 1-1, by: 協議会, evaluator: council",
        f"{RATED}: A, indicator: visits",
        f"{RATED}: B, indicator: visits, by: 税務課",
        f"{RATED}: A, evaluator: council",
        f"{RATED}: A, evaluator: council, by: 税務課",
    )
    assert kinds(report) == [
        ("not_reported", None),
        ("not_reported", "1-2"),
        ("not_reported", "1-1-1-2"),
        ("no_status", "1-1-1-1"),
        ("two_evaluations", "1-1-1-1"),
        ("two_evaluations", "1-1"),
        ("two_evaluations", "1-1-1-1"),
    ]


def test_the_standing_counts_what_is_expected(report_of):
    now = standing(report_of("kind: improvement, direction: 継続, next: 続ける", f"{RATED}: B, target: 1-1"))
    assert [row.place.id for row in now.unrated] == ["1-1-1-1"]
    assert [row.place and row.place.id for row in now.unrated_parts] == [None, "1-2"]
    assert not now.is_complete
    only = standing(report_of("kind: improvement, direction: 継続, next: 続ける", scheme="rate: [measure]"))
    assert only.unrated == ()


@pytest.mark.parametrize(
    ("scheme", "texts", "rates"),
    [
        ("", [], True),
        ("rate: [measure]", [], False),
        ("rate: [measure]", [f"{RATED}: B"], True),
        ("rate: []", [f"{RATED}: B, target: 1-1"], False),
        ("scale: {}", [], False),
    ],
)
def test_whether_the_initiatives_are_rated(report_of, scheme, texts, rates):
    assert report_of(*texts, scheme=scheme).rates_initiatives is rates


@pytest.mark.parametrize(
    ("said", "is_told"),
    [("rating: D", True), ("rating: D, issues: 人手", False), ("rating: D, issues: 人手, indicator: visits", False)],
)
def test_what_stands_in_the_way_may_be_said_of_the_indicator_itself(report_of, said, is_told):
    report = report_of("kind: actual, values: {visits: 3}", f"kind: evaluation, {said}")
    assert ("unmet_without_issue" in [item.kind for item in office(report)]) is is_told


# -- an evaluator's own words -----------------------------------------------------------------

OWN = """evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価, scale: {
  ranks: [{code: A, name: 妥当}, {code: B, name: 概ね妥当}], states: [{code: N, name: 対象外}]}}]"""


def test_an_evaluator_rates_by_its_own_words(report_of):
    report = report_of(
        f"{RATED}: D",
        f"{RATED}: 概ね妥当, evaluator: council",
        f"{RATED}: A, evaluator: council, fiscal_year: 2023",
        scheme=OWN,
    )
    own, council = initiative(report).judgements
    assert (own.rating, council.rating, council.previous_rating, council.change) == ("D", "B", "A", "down")


def test_a_rank_moves_within_one_scale_alone(report_of):
    said = (f"{RATED}: B, evaluator: council", f"{RATED}: A, evaluator: council, fiscal_year: 2023")
    before = f"[{{from: 2024, {OWN}}}]"
    _, council = initiative(report_of(*said, scheme=TWO, revisions=before)).judgements
    assert (council.rating, council.previous_rating, council.change) == ("B", "A", None)
