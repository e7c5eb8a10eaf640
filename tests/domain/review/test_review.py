# mypy: allow-untyped-calls
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.schema.faults import Fault, Problem

PLAN = """
- id: "1"
  title: 基盤
  department: 産業課
  indicators:
  - {id: firms, name: 事業所, kind: outcome, direction: increase, method: ratio, aggregate: latest, adopted: true}
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
        - {id: talks, name: 相談, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 10}, adopted: true}
      - {id: 1-1-1-2, title: 融資, department: 税務課}
      - {id: 1-1-1-3, title: 廃止した取組, until: 2023}
- id: "2"
  title: 革新
  measures:
  - id: 2-1
    title: 交流
    submeasures:
    - id: 2-1-1
      title: 事業者間
      initiatives:
      - {id: 2-1-1-1, relisted_from: 1-1-1-1}
      - {id: 2-1-1-2, title: 異業種交流}
  - id: 2-2
    title: 活用
    submeasures:
    - id: 2-2-1
      title: 工場
      initiatives: [{id: 2-2-1-1, relisted_from: 2-1-1-2}]
"""


@pytest.fixture(scope="session")
def report_of(make_plan, make_ledger):
    plan = make_plan(PLAN)

    def make(*texts, year=2024, **options):
        return review(plan, make_ledger(*texts), year, **options)

    return make


def row(report, node_id):
    (found,) = [row for row in report.initiatives if row.place.id == node_id]
    return found


def indicator(report, slug):
    (found,) = [row for row in report.indicators if row.indicator.id == slug]
    return found


def counts(summary):
    return (summary.tally.listed, summary.tally.relisted, summary.tally.distinct)


# -- counting ---------------------------------------------------------------------------------


def test_the_adopted_plan_counts_36_listed_6_relisted_30_distinct(adopted_plan):
    report = review(adopted_plan, Ledger([]), 2024)
    assert counts(report.total) == (36, 6, 30)
    assert report.total.submeasures == 27
    assert len(report.measures) == 13
    assert [counts(row) for row in report.policies] == [(16, 2, 14), (10, 2, 8), (6, 0, 6), (4, 2, 2)]
    assert report.total.tally.reporting == Rate(0, 30)


def test_measure_4_3_and_submeasure_2_2_5_hold_only_relistings(adopted_plan):
    report = review(adopted_plan, Ledger([]), 2024)
    only = [row.place and row.place.id for row in report.measures if row.tally.only_relisted]
    fifth = [row for row in report.initiatives if row.place.id.startswith("2-2-5-")]
    assert only == ["4-3"]
    assert [row.is_relisting for row in fifth] == [True, True]


@pytest.mark.parametrize(
    ("year", "rows"),
    [
        (2024, [("1", (2, 0, 2)), ("2", (3, 2, 1)), ("1-1", (2, 0, 2)), ("2-1", (2, 1, 1)), ("2-2", (1, 1, 0))]),
        (2023, [("1", (3, 0, 3)), ("2", (3, 2, 1)), ("1-1", (3, 0, 3)), ("2-1", (2, 1, 1)), ("2-2", (1, 1, 0))]),
    ],
)
def test_policies_and_measures_count_what_is_in_force(report_of, year, rows):
    report = report_of(year=year)
    assert [(row.place.id, counts(row)) for row in (*report.policies, *report.measures)] == rows
    assert report.total.submeasures == 3


def test_states_are_counted_once_and_with_their_original(report_of):
    report = report_of(
        "id: a, target: 2-1-1-2, status: done",
        "id: b, target: 2-1-1-2, kind: evaluation, rating: A",
        "id: c, target: '1'",
    )
    assert report.total.tally.status == {"done": 1}
    assert report.total.tally.rating == {"A": 1}
    assert report.total.tally.implementation == Rate(1, 3)
    by_measure = {row.place and row.place.id: row.tally.reported for row in report.measures}
    assert by_measure == {"1-1": 0, "2-1": 1, "2-2": 0}


# -- one initiative ---------------------------------------------------------------------------


def test_an_initiative_without_entries_is_not_reported(report_of):
    found = row(report_of(), "1-1-1-1")
    assert (found.state.reported, found.state.status, found.state.rating) == (False, None, None)
    assert (found.activities, found.evaluation, found.entries) == ((), None, 0)


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (["id: a, status: preparing", "id: b, date: 2024-06-13, status: in_progress"], "in_progress"),
        (["id: a, date: 2024-06-14, status: 実施中", "id: b, date: 2024-06-13, status: preparing"], "in_progress"),
        (["id: a, status: done", "id: b, date: 2024-06-13"], "done"),
        (["id: a, date: 2024-03-31, status: done"], None),
        (["id: a, status: 何か"], None),
        (["id: a"], None),
        (["id: a, kind: evaluation, rating: A"], None),
    ],
)
def test_the_status_of_a_year_is_the_last_one_given(report_of, texts, status):
    assert row(report_of(*texts), "1-1-1-1").state.status == status


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("kind: activity", True),
        ("kind: actual, values: {visits: 0}", True),
        ("kind: evaluation, rating: Z", True),
        ("kind: improvement, direction: 継続, next: 訪ねる", True),
        ("kind: actual, missing: {visits: 未調査}", False),
        ("kind: opinion, meeting: 2024-06-12, text: 周知を", False),
        ("kind: activity, date: 2024-03-31", False),
    ],
)
def test_an_entry_reports_if_the_office_says_what_it_did_or_how_it_rates_or_what_comes_next(report_of, text, reported):
    found = row(report_of(f"id: a, target: 1-1-1-2, {text}"), "1-1-1-2")
    assert found.state.reported is reported


@pytest.mark.parametrize(
    ("texts", "rating", "previous"),
    [
        ([], None, None),
        (["id: a, kind: evaluation, rating: B, fiscal_year: 2024"], "B", None),
        (["id: a, kind: evaluation, rating: B, fiscal_year: 2023"], None, "B"),
        (["id: a, kind: evaluation, rating: B, fiscal_year: 2022"], None, None),
        (
            [
                "id: a, kind: evaluation, rating: B",
                "id: b, kind: evaluation, rating: 目標達成, date: 2024-06-13",
                "id: c, kind: evaluation, rating: D, fiscal_year: 2023, date: 2023-07-01",
                "id: d, kind: evaluation, rating: 評価困難, fiscal_year: 2023, date: 2023-07-02",
            ],
            "A",
            "Z",
        ),
        (["id: a, kind: evaluation, rating: 秀"], None, None),
    ],
)
def test_the_rating_is_the_years_last_evaluation_beside_last_years(report_of, texts, rating, previous):
    found = row(report_of(*texts), "1-1-1-1")
    assert (found.state.rating, found.previous_rating) == (rating, previous)


def test_the_improvement_of_a_year_is_the_last_one(report_of):
    report = report_of(
        "id: a, kind: improvement, direction: 継続, next: 同じ",
        "id: b, kind: improvement, direction: 拡充, next: 広げる, date: 2024-06-13",
        "id: c, kind: improvement, direction: 廃止, next: やめる, fiscal_year: 2023, date: 2024-06-14",
    )
    assert row(report, "1-1-1-1").improvement.id == "b"
    assert row(report, "1-1-1-2").improvement is None


def test_the_rating_of_last_year_is_one_of_last_years_scale(make_plan, make_ledger):
    scale = "{ranks: [{code: 優, name: A, at_least: 50}, {code: 良, name: B}]}"
    plan = make_plan(PLAN, revisions=f"[{{from: 2024, scale: {scale}}}]")
    ledger = make_ledger(
        "id: a, kind: evaluation, rating: B, fiscal_year: 2023", "id: b, kind: evaluation, rating: B, fiscal_year: 2024"
    )
    found = row(review(plan, ledger, 2024), "1-1-1-1")
    assert (found.previous_rating, found.state.rating) == ("B", "良")


@pytest.mark.parametrize(
    ("previous", "rating", "change"),
    [("C", "A", "up"), ("B", "C", "down"), ("B", "B", "same"), ("B", "Z", None), ("F", "A", None)],
)
def test_a_rank_moves_up_or_down_between_two_years_that_hold_one(report_of, previous, rating, change):
    report = report_of(
        f"id: a, kind: evaluation, rating: {previous}, fiscal_year: 2023", f"id: b, kind: evaluation, rating: {rating}"
    )
    assert row(report, "1-1-1-1").change == change
    assert row(report, "1-1-1-2").change is None


def test_ranks_without_bounds_have_an_order_and_figures_suggest_none_of_them(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="scale: {ranks: [{code: ◎, name: 予定以上}, {code: ○, name: 予定どおり}]}")
    ledger = make_ledger(
        "id: a, kind: evaluation, rating: ◎, fiscal_year: 2023",
        "id: b, kind: evaluation, rating: ○",
        "id: c, kind: actual, values: {visits: 30}",
        "id: d, kind: actual, values: {visits: 3}, date: 2026-05-01",
    )
    found = row(review(plan, ledger, 2024), "1-1-1-1")
    assert (found.previous_rating, found.state.rating, found.change) == ("◎", "○", "down")
    assert (found.suggestion, found.hindrances) == (None, ())


def test_ranks_of_two_scales_are_not_compared(make_plan, make_ledger):
    plan = make_plan(
        PLAN, revisions="[{from: 2024, scale: {ranks: [{code: S, name: 秀, at_least: 90}, {code: A, name: 優}]}}]"
    )
    ledger = make_ledger("id: a, kind: evaluation, rating: A, fiscal_year: 2023", "id: b, kind: evaluation, rating: A")
    assert row(review(plan, ledger, 2024), "1-1-1-1").change is None


def test_what_was_promised_is_last_years_improvement(report_of):
    report = report_of(
        "id: a, kind: improvement, direction: 継続, next: 同じ, fiscal_year: 2023",
        "id: b, kind: improvement, direction: 拡充, next: 広げる, fiscal_year: 2023, date: 2024-06-13",
        "id: c, kind: improvement, direction: 継続, next: 同じ",
    )
    assert row(report, "1-1-1-1").promised.id == "b"
    assert row(report, "1-1-1-2").promised is None


@pytest.mark.parametrize(
    ("last", "this", "unchanged"),
    [
        (["summary: 訪問"], ["summary: ' 訪問 '"], ("summary",)),
        (["summary: 訪問"], ["summary: 訪問した"], ()),
        (["kind: evaluation, rating: B, progress: 順調"], ["summary: 順調"], ()),
        (["kind: improvement, direction: 継続, next: 訪ねる"], ["summary: 訪ねる"], ()),
        (["kind: evaluation, rating: B, issues: 人手"], ["kind: evaluation, rating: B, issues: 人手"], ("issues",)),
        (["kind: evaluation, rating: B"], ["kind: evaluation, rating: B"], ()),
        (
            ["kind: improvement, direction: 継続, next: 同じ", "kind: evaluation, rating: B, progress: 順調"],
            ["kind: improvement, direction: 拡充, next: 同じ", "kind: evaluation, rating: A, progress: 順調"],
            ("next", "progress"),
        ),
        (["kind: actual"], ["kind: actual"], ()),
    ],
)
def test_texts_that_were_taken_over_from_last_year_are_found(report_of, last, this, unchanged):
    before = [
        f"id: l{n}, date: 2023-06-12, {text}{', fiscal_year: 2023' * ('kind' in text)}" for n, text in enumerate(last)
    ]
    report = report_of(*before, *(f"id: t{n}, {text}" for n, text in enumerate(this)))
    assert row(report, "1-1-1-1").unchanged == unchanged


RATED, PLANNED = "kind: evaluation, rating: B, issues: 人手", "kind: improvement, direction: 継続, next: 同じ"


@pytest.mark.parametrize(
    ("last", "this", "is_same"),
    [
        ([RATED], [RATED], True),
        ([PLANNED], [PLANNED], True),
        ([RATED, PLANNED], [RATED, PLANNED], True),
        ([RATED, PLANNED], [RATED], True),
        ([RATED], [RATED, PLANNED], False),
        ([RATED, PLANNED], [RATED, "kind: improvement, direction: 拡充, next: 同じ"], False),
        ([RATED], ["kind: evaluation, rating: A, issues: 人手"], False),
        ([RATED], ["kind: evaluation, rating: B, issues: 人手, progress: 順調"], False),
        ([RATED], ["kind: evaluation, rating: B"], False),
        (["kind: evaluation, rating: B"], ["kind: evaluation, rating: B"], False),
        ([], [RATED], False),
        ([RATED], ["summary: 訪問"], False),
    ],
)
def test_the_same_words_and_the_same_rating_are_counted(report_of, last, this, is_same):
    before = [f"id: l{n}, date: 2023-06-12, {text}, fiscal_year: 2023" for n, text in enumerate(last)]
    report = report_of(*before, *(f"id: t{n}, {text}" for n, text in enumerate(this)))
    assert row(report, "1-1-1-1").is_same is is_same


@pytest.mark.parametrize(
    ("scope", "ids"), [(Scope(), ["a", "b", "c"]), (Scope(policy="1"), ["a", "c"]), (Scope(policy="2"), ["b", "c"])]
)
def test_a_scope_shows_the_opinions_on_its_part_and_on_the_whole(report_of, scope, ids):
    opinion = "kind: opinion, text: 意見, meeting: 2024-10-01"
    texts = [
        f"id: {one}, {opinion}, target: {target}" for one, target in zip("abc", ["1-1", "'2'", "plan"], strict=True)
    ]
    assert [found.opinion.id for found in report_of(*texts, scope=scope).opinions] == ids


def test_an_initiative_has_the_opinions_on_itself(report_of):
    opinion = "kind: opinion, text: 意見, meeting: 2024-10-01"
    report = report_of(f"id: a, {opinion}, target: 1-1-1-1", f"id: b, {opinion}, target: 1-1")
    assert [found.opinion.id for found in row(report, "1-1-1-1").opinions] == ["a"]
    assert [found.opinion.id for found in row(report, "2-1-1-1").opinions] == ["a"]


def test_a_relisting_shows_the_state_of_its_original(report_of):
    report = report_of("id: a, status: done, values: {visits: 60}", "id: b, kind: evaluation, rating: B")
    original, relisting = row(report, "1-1-1-1"), row(report, "2-1-1-1")
    assert (original.is_relisting, relisting.is_relisting) == (False, True)
    assert replace(relisting, place=original.place) == original
    assert relisting.title == "企業訪問"


@pytest.mark.parametrize(
    ("values", "rank"),
    [
        ("{}", None),
        ("{visits: 60}", None),
        ("{talks: 9}", None),
        ("{visits: 60, talks: 9}", "B"),
        ("{visits: 12, talks: 9}", "D"),
        ("{visits: 30, talks: 10}", "C"),
        ("{firms: 0}", None),
    ],
)
def test_the_suggestion_is_the_lowest_of_the_initiatives_own_indicators(report_of, values, rank):
    assert row(report_of(f"id: a, values: {values}"), "1-1-1-1").suggestion == rank


def test_a_manual_rating_stands_beside_the_suggestion_and_without_a_target(report_of):
    report = report_of(
        "id: a, values: {visits: 12, talks: 10}",
        "id: b, kind: evaluation, rating: B",
        "id: c, target: 1-1-1-2, kind: evaluation, rating: A",
    )
    found = row(report, "1-1-1-1")
    assert (found.state.rating, found.suggestion) == ("B", "D")
    assert (row(report, "1-1-1-2").state.rating, row(report, "1-1-1-2").suggestion) == ("A", None)


@pytest.mark.parametrize(
    ("values", "rank", "reasons"),
    [
        ("{visits: 60}", None, [("talks", "no_value")]),
        ("{visits: 60, talks: 10}", "A", []),
        ("{}", None, []),
    ],
)
def test_what_keeps_an_initiative_from_a_suggestion_is_named(report_of, values, rank, reasons):
    found = row(report_of(f"id: a, values: {values}"), "1-1-1-1")
    assert found.suggestion == rank
    assert [(one.indicator.id, one.reason) for one in found.hindrances] == reasons


def test_an_unmet_yes_or_no_keeps_an_initiative_from_a_suggestion(make_plan, make_ledger):
    plan = make_plan(
        PLAN.replace(
            "{id: talks, name: 相談, kind: output, direction: increase, method: ratio, aggregate: sum,\n"
            "           targets: {2024: 10}, adopted: true}",
            "{id: talks, name: 相談, kind: output, direction: increase, method: done, aggregate: latest,\n"
            "           targets: {2024: true}, adopted: true}",
        )
    )
    for answer, rank in (("true", "A"), ("false", None)):
        report = review(plan, make_ledger(f"id: a, values: {{visits: 60, talks: {answer}}}"), 2024)
        found = row(report, "1-1-1-1")
        assert (found.suggestion, [one.reason for one in found.hindrances]) == (rank, [] if rank else ["not_met"])


# -- a year that is running -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "running"),
    [
        ("2024-06-12T09:00:00+09:00", True),
        ("2025-03-31T23:59:00+09:00", True),
        ("2025-03-31T16:00:00+00:00", False),
        ("2025-04-01T00:00:00+09:00", False),
    ],
)
def test_a_year_runs_while_nothing_was_recorded_after_its_last_day_in_the_plans_days(report_of, recorded, running):
    report = report_of(f"id: a, values: {{visits: 30, talks: 10}}, recorded: '{recorded}'")
    assert report.is_running is running
    assert row(report, "1-1-1-1").suggestion == (None if running else "C")
    met = {one.indicator.id: one.result.met for one in report.indicators}
    assert (met["visits"], met["talks"]) == (None if running else False, True)


def test_an_entry_of_any_other_kind_and_year_ends_a_year_as_well(report_of):
    visits = "id: a, values: {visits: 30, talks: 10}, recorded: 2024-06-12T09:00:00+09:00"
    other = "id: b, target: 2-1-1-2, date: 2025-04-02, recorded: 2025-04-02T09:00:00+09:00"
    assert report_of(visits).is_running
    assert not report_of(visits, other).is_running


# -- halves -----------------------------------------------------------------------------------


def test_halves_come_from_activities_and_from_figures_that_name_one(report_of):
    report = report_of(
        "id: a, date: 2024-06-12, values: {visits: 3}",
        "id: b, date: 2025-02-10, values: {visits: 4}",
        "id: c, kind: actual, date: 2024-10-05, values: {visits: 50}",
        "id: d, kind: actual, date: 2025-05-05, half: first, values: {visits: 7}",
    )
    halves = next(one for one in report.indicators if one.indicator.id == "visits").halves
    assert (halves.first.value, halves.second.value, halves.neither.value) == (10, 4, 50)


# -- indicators -------------------------------------------------------------------------------


def test_an_indicator_has_this_year_last_year_and_its_history(report_of):
    report = report_of(
        "id: a, date: 2023-06-01, values: {visits: 40}",
        "id: b, values: {visits: 30}",
        "id: c, date: 2025-03-31, values: {visits: 18}",
        "id: d, date: 2025-04-01, values: {visits: 99}",
    )
    found = indicator(report, "visits")
    assert (found.previous.value, found.value.value) == (40, 48)
    assert found.result.rate is not None
    assert str(found.result.rate.percent) == "80.0"
    assert found.suggestion == "B"
    assert [(year, value.value) for year, value in found.history] == [(2022, None), (2023, 40), (2024, 48)]
    assert [item.entry for item in found.value.used] == ["b", "c"]


def test_a_reason_for_a_missing_figure_is_kept_and_is_no_zero(report_of):
    report = report_of("id: a, kind: actual, missing: {visits: 未調査}", "id: b, kind: evaluation, rating: Z")
    found = indicator(report, "visits")
    assert (found.value.value, found.value.missing) == (None, "未調査")
    assert (found.result.rate, found.result.met, found.suggestion) == (None, None, None)


def test_an_actual_and_an_activity_of_the_same_year_are_added(report_of):
    report = report_of("id: a, values: {visits: 3}", "id: b, kind: actual, target: '1', values: {visits: 5}")
    assert indicator(report, "visits").value.value == 8


@pytest.mark.parametrize(
    ("span", "in_force"), [("", True), ("from: 2025", False), ("until: 2023", False), ("until: 2024", True)]
)
def test_an_indicator_out_of_force_is_left_out_and_suggests_nothing(make_plan, make_ledger, span, in_force):
    given = ", ".join(filter(None, ["targets: {2024: 60}, adopted: true", span]))
    plan = make_plan(f"""
    - id: "1"
      title: 方針
      measures:
      - id: 1-1
        title: 基本施策
        submeasures:
        - id: 1-1-1
          title: 施策
          initiatives:
          - id: 1-1-1-1
            title: 訪問
            indicators:
            - {{id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, {given}}}
    """)
    report = review(plan, make_ledger("id: a, values: {visits: 60}"), 2024)
    assert [found.indicator.id for found in report.indicators] == ["visits"] * in_force
    assert row(report, "1-1-1-1").suggestion == ("A" if in_force else None)


def test_an_indicator_of_a_node_out_of_force_is_left_out(make_plan):
    visits = "{id: v, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}"
    plan = make_plan(f'[{{id: "1", title: 方針, until: 2023, measures: [], indicators: [{visits}]}}]')
    assert [len(review(plan, Ledger([]), year).indicators) for year in (2023, 2024)] == [1, 0]


# -- scope ------------------------------------------------------------------------------------


def test_an_indicator_from_elsewhere_is_shown_where_a_part_of_the_plan_lists_it_again(make_plan):
    visits = "{id: v, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}"
    plan = make_plan(f"""
    - {{id: "1", title: 基盤, measures: [], indicators: [{visits}]}}
    - {{id: "2", title: 発信, measures: [], relisted_indicators: [v]}}
    - {{id: "3", title: 交流, measures: [], relisted_indicators: [v]}}
    - {{id: "4", title: 観光, measures: []}}
    """)

    def shown(policy):
        report = review(plan, Ledger([]), 2024, scope=Scope(policy=policy))
        return [row.indicator.id for row in report.indicators], [row.indicator.id for row in report.relisted]

    assert [shown(policy) for policy in ("1", "2", "3", "4")] == [(["v"], []), ([], ["v"]), ([], ["v"]), ([], [])]


@pytest.mark.parametrize(
    ("scope", "listings", "summaries", "indicators"),
    [
        (Scope(), ["1-1-1-1", "1-1-1-2", "2-1-1-1", "2-1-1-2", "2-2-1-1"], ["1", "2", "1-1", "2-1", "2-2"], 3),
        (Scope(policy="2"), ["2-1-1-1", "2-1-1-2", "2-2-1-1"], ["2", "2-1", "2-2"], 0),
        (Scope(measure="2-1"), ["2-1-1-1", "2-1-1-2"], ["2", "2-1"], 0),
        (Scope(policy="1", measure="2-1"), [], [], 0),
        (Scope(department="産業課"), ["1-1-1-1", "2-1-1-1"], ["1", "2", "1-1", "2-1"], 3),
        (Scope(department="税務課"), ["1-1-1-2"], ["1", "1-1"], 0),
        (Scope(policy="2", department="産業課"), ["2-1-1-1"], ["2", "2-1"], 0),
    ],
)
def test_a_scope_shows_and_counts_its_part_only(report_of, scope, listings, summaries, indicators):
    report = report_of(scope=scope)
    assert [row.place.id for row in report.initiatives] == listings
    assert [row.place.id for row in (*report.policies, *report.measures)] == summaries
    assert len(report.indicators) == indicators
    assert report.total.tally.listed == len(listings)
    assert scope.is_whole is (scope == Scope())


def test_activities_for_a_whole_part_of_the_plan_are_shown_elsewhere(report_of):
    texts = [
        "id: b, target: '2'",
        "id: a, target: 1-1, date: 2024-06-13",
        "id: c, target: 1-1-1-1",
        "id: d, target: '1', date: 2024-03-31",
        "id: e, target: '1', kind: actual",
        "id: f, target: 9-9",
    ]
    assert [entry.id for entry in report_of(*texts).elsewhere] == ["a", "b"]
    assert [entry.id for entry in report_of(*texts, scope=Scope(policy="2")).elsewhere] == ["b"]


# -- the report as a whole --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "sample"),
    [([], False), (["id: a"], False), (["id: a", "id: b, sample: true"], True)],
)
def test_a_report_with_any_invented_entry_is_a_sample(report_of, texts, sample):
    assert report_of(*texts).sample is sample


def test_a_report_carries_its_year_its_state_and_the_problems_of_the_data(report_of):
    problem = Problem(Fault("E008"), "records/2024/1-1-1-1/x.yaml")
    report = report_of(as_of=AsOf("abc123", dirty=False), problems=[problem])
    assert (report.year, report.as_of, report.problems) == (2024, AsOf("abc123", dirty=False), (problem,))
    assert report_of().as_of == AsOf(None, None)


# -- whatever is recorded ---------------------------------------------------------------------

TARGETS = ["1-1-1-1", "1-1-1-2", "2-1-1-2", "'1'", "2-1"]
figures = st.dictionaries(st.sampled_from(["visits", "talks", "firms"]), st.integers(0, 80), max_size=2).map(
    lambda values: "{" + ", ".join(f"{slug}: {value}" for slug, value in values.items()) + "}"
)
activities = st.builds(
    "kind: activity, target: {}, date: {}, status: {}, values: {}".format,
    st.sampled_from(TARGETS),
    st.sampled_from(["2023-07-01", "2024-06-12", "2025-03-31"]),
    st.sampled_from(["preparing", "in_progress", "done", "suspended"]),
    figures,
)
actuals = st.builds(
    "kind: actual, target: {}, fiscal_year: {}, values: {}".format,
    st.sampled_from(TARGETS),
    st.integers(2023, 2024),
    figures,
)
evaluations = st.builds(
    "kind: evaluation, target: {}, fiscal_year: {}, rating: {}".format,
    st.sampled_from(TARGETS[:3]),
    st.integers(2023, 2024),
    st.sampled_from("ABCDFZ"),
)
records = st.one_of(activities, actuals, evaluations)


def named(texts):
    return [f"id: e{number}, {text}" for number, text in enumerate(texts)]


LATER = "id: later, date: 2025-05-01"
"""An entry of another year, so that the reviewed one is over with and without a withdrawal."""


def in_substance(report):
    """Return a report without the time of the last entry, which a withdrawal moves, and without what moved when."""
    return replace(report, made=None, initiatives=tuple(replace(one, moved=()) for one in report.initiatives))


@pytest.mark.slow
@given(st.lists(records, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(report_of, texts, random):
    shuffled = named(texts)
    random.shuffle(shuffled)
    assert report_of(*shuffled) == report_of(*named(texts))


@pytest.mark.slow
@given(st.lists(records, max_size=6), records)
def test_withdrawing_what_was_just_logged_restores_the_review(report_of, texts, news):
    before = [*named(texts), LATER]
    withdrawn = [*before, f"id: new, {news}", "id: end, kind: withdrawal, date: 2025-07-01, withdraws: new"]
    assert in_substance(report_of(*withdrawn)) == in_substance(report_of(*before))


@pytest.mark.slow
@given(st.lists(records, max_size=4), records, st.data())
def test_withdrawing_a_correction_restores_the_review(report_of, texts, older, data):
    kinds = {"activity": activities, "actual": actuals, "evaluation": evaluations}
    same = kinds[older.removeprefix("kind: ").partition(",")[0]]
    before = [*named(texts), LATER, f"id: old, {older}"]
    corrected = [*before, f"id: new, supersedes: old, reason: 誤記, {data.draw(same)}"]
    withdrawn = [*corrected, "id: end, kind: withdrawal, date: 2025-07-01, withdraws: new"]
    assert in_substance(report_of(*withdrawn)) == in_substance(report_of(*before))


@pytest.mark.slow
@given(st.lists(records, max_size=4), records, records)
def test_superseding_twice_is_superseding_once_with_the_last(report_of, texts, second, third):
    older = [*named(texts), "id: a, status: preparing, values: {visits: 7}"]
    once = report_of(*older, f"id: c, supersedes: a, reason: 誤記, {third}")
    second, third = f"id: b, supersedes: a, reason: 誤記, {second}", f"id: c, supersedes: b, reason: 誤記, {third}"
    assert judged(report_of(*older, second, third)) == judged(once)


@pytest.mark.slow
@given(st.lists(records, max_size=6), st.lists(st.sampled_from(["1-1-1-1", "1-1-1-2", "2-1-1-2"]), min_size=1))
def test_a_relisting_never_changes_a_total(make_plan, make_ledger, report_of, texts, originals):
    relistings = ", ".join(f"{{id: 3-1-1-{n}, relisted_from: {of}}}" for n, of in enumerate(originals, start=1))
    third = f"""
- id: "3"
  title: 再掲
  measures: [{{id: 3-1, title: 再掲, submeasures: [{{id: 3-1-1, title: 再掲, initiatives: [{relistings}]}}]}}]
"""
    without, beside = report_of(*named(texts)), review(make_plan(PLAN + third), make_ledger(*named(texts)), 2024)
    assert (beside.policies[:2], beside.measures[:3]) == (without.policies, without.measures)
    assert counts(beside.policies[2]) == (len(originals), len(originals), 0)
    assert beside.total.tally.listed == without.total.tally.listed + len(originals)
    before, after = without.total.tally, beside.total.tally
    assert replace(after, listed=before.listed, relisted=before.relisted) == before
    assert beside.indicators == without.indicators


def judged(report):
    """Return everything of a report but the entries themselves."""
    rows = [(row.state, row.previous_rating, row.suggestion, row.entries) for row in report.initiatives]
    values = [(row.value.value, row.previous.value, row.result, row.suggestion) for row in report.indicators]
    return report.total, report.policies, report.measures, rows, values, len(report.elsewhere)


# -- meetings ---------------------------------------------------------------------------------


def test_the_meeting_is_the_one_that_the_plan_names_else_those_of_its_opinions(make_plan, make_ledger):
    ledger = make_ledger(
        "id: a, kind: opinion, meeting: 2025-08-21, text: もっと。",
        "id: b, kind: opinion, meeting: 2025-05-21, text: もっと。",
        "id: c, kind: opinion, meeting: 2024-08-21, text: もっと。, fiscal_year: 2023",
    )
    named = make_plan(PLAN, plan="council: {name: 協議会, meetings: {2024: 2025-07-01}}")
    assert [day.isoformat() for day in review(named, ledger, 2024).meetings] == ["2025-07-01"]
    heard = review(make_plan(PLAN), ledger, 2024).meetings
    assert [day.isoformat() for day in heard] == ["2025-05-21", "2025-08-21"]
