# mypy: allow-untyped-calls
"""Worked cases of what towns publish: targets in words, inverse, surveys, money, a plan's total."""

from decimal import Decimal
from fractions import Fraction

import pytest

from mizuho_pdca.domain.figures.achievement import (
    Observation,
    YearValue,
    achievement,
    is_met,
    unjudged,
    year_value,
)
from mizuho_pdca.domain.figures.goals import guide_of
from mizuho_pdca.domain.figures.money import Money, common_unit, money
from mizuho_pdca.domain.figures.plan_total import PlanTotal, plan_total
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.figures.suggestion import hindrance
from mizuho_pdca.domain.plan.money import unit_of
from mizuho_pdca.papers.words import print_share

UP = "direction: increase, method: ratio"
FALL = "direction: decrease, method: inverse"
DONE = "direction: increase, method: done, aggregate: latest"
MAINTAIN = "direction: maintain, method: maintain"
WATCHED = "direction: none, method: ratio"


def judged(make_indicator, text, actual, year=2024, *, running=False):
    """Return an indicator, its value and what that means; ``actual`` is None where nothing was recorded."""
    indicator = make_indicator(text)
    own = [] if actual is None else [Observation("a", indicator.read(actual))]
    value = year_value(indicator, {year: own}, year)
    return indicator, value, achievement(indicator, value, year, running=running)


@pytest.mark.parametrize(
    ("text", "actual", "rate", "met", "why"),
    [
        (f"{UP}, targets: {{2024: {{text: 維持, at_least: 50}}}}", 48, "96.0% (48/50)", False, None),
        (f"{UP}, targets: {{2024: {{text: 維持, at_least: 50}}}}", 50, "100.0% (50/50)", True, None),
        (f"{UP}, targets: {{2024: {{text: 維持}}}}", 48, "－", None, "worded"),
        (f"{UP}, targets: {{2024: {{at_most: 50}}}}", 48, "－", True, None),
        (f"{UP}, targets: {{2024: {{from: 5, to: 10}}}}", 10, "－", True, None),
        (f"{UP}, targets: {{2024: {{from: 5, to: 10}}}}", 11, "－", False, None),
        (f"{UP}, targets: {{2024: {{from: 5, to: 10}}}}", 4, "－", False, None),
        (f"{MAINTAIN}, targets: {{2024: {{from: 5, to: 10}}}}", 7, "－", True, None),
        (f"{MAINTAIN}, tolerance: 1, targets: {{2024: 5}}", 6, "－", True, None),
        (f"{MAINTAIN}, targets: {{2024: {{at_least: 5}}}}", 7, "－", True, None),
        (f"{FALL}, targets: {{2024: 8}}", 10, "80.0% (8/10)", False, None),
        (f"{FALL}, targets: {{2024: 8}}", 8, "100.0% (8/8)", True, None),
        (f"{FALL}, targets: {{2024: 8}}", 5, "160.0% (8/5)", True, None),
        (f"{FALL}, targets: {{2024: 8}}", 0, "－", True, None),
        (f"{FALL}, targets: {{2024: 0}}", 5, "0.0% (0/5)", False, None),
        (f"{FALL}, targets: {{2024: {{text: 減少, at_most: 8}}}}", 10, "80.0% (8/10)", False, None),
        (f"{FALL}, targets: {{2026: 8}}", 7, "－", True, None),
        (f"{FALL}, aggregate: latest, targets: {{2026: 8}}", 10, "80.0% (8/10)", None, "before_target"),
        (f"{WATCHED}, targets: {{2024: 8}}", 10, "－", None, "no_direction"),
        ("kind: input, targets: {2024: 2000}", 1900, "95.0% (1900/2000)", None, "not_rated"),
        ("kind: input, targets: {2024: 0}", 1900, "－", None, "not_rated"),
        (f"kind: input, {FALL}, targets: {{2024: 2000}}", 1000, "50.0% (1000/2000)", None, "not_rated"),
        ("kind: input, targets: {2025: 2000}", 1900, "－", None, "not_rated"),
        (f"kind: context, {UP}, targets: {{2024: 2000}}", 1000, "50.0% (1000/2000)", None, "not_rated"),
        (UP, 5, "－", None, "no_target"),
        (f"{UP}, targets: {{2024: 8}}", None, "－", None, "no_value"),
        (f"{UP}, surveyed: [2023], targets: {{2024: 8}}", None, "－", None, "not_due"),
        (f"{DONE}, targets: {{2024: {{text: 継続}}}}", True, "－", None, "worded"),
    ],
)  # fmt: skip
def test_rate_and_met_by_what_a_town_published(make_indicator, text, actual, rate, met, why):
    indicator, value, result = judged(
        make_indicator, text, actual if actual is None or actual is True else Decimal(actual)
    )
    assert (print_share(result.rate).replace(",", ""), result.met) == (rate, met)
    assert unjudged(indicator, value, result, 2024) == why


@pytest.mark.parametrize(
    ("text", "actual", "met"),
    [
        (f"{UP}, targets: {{2024: {{at_least: 50}}}}", 50, True),
        (f"{UP}, targets: {{2024: {{at_least: 50}}}}", 49, None),
        (f"{UP}, targets: {{2024: {{from: 5, to: 10}}}}", 7, None),
        (f"{UP}, targets: {{2024: {{from: 5, to: 10}}}}", 11, False),
        (f"{FALL}, targets: {{2024: 8}}", 7, None),
        (f"{FALL}, targets: {{2024: 8}}", 9, False),
        (f"{UP}, targets: {{2024: {{text: 維持}}}}", 9, None),
        (f"{UP}, targets: {{2024: {{at_least: 50}}}}", -1, None),
    ],
)
def test_while_a_year_runs_only_what_is_settled_is_judged(make_indicator, text, actual, met):
    indicator, value, result = judged(make_indicator, text, Decimal(actual), running=True)
    assert result.met is met
    assert (unjudged(indicator, value, result, 2024) == "running") == (met is None and "維持" not in text)


def test_pace_of_what_falls_is_the_guide_against_the_actual(make_indicator):
    text = f"{FALL}, aggregate: latest, baseline: {{year: 2020, value: 16}}, targets: {{2028: 8}}"
    _, _, result = judged(make_indicator, text, Decimal(15))
    assert (result.guide, print_share(result.pace)) == (12, "80.0% (12/15)")
    _, _, result = judged(make_indicator, text, Decimal(0))
    assert result.pace is None


@pytest.mark.parametrize("target", ["{text: 維持}", "{from: 5, to: 10}"])
def test_there_is_no_guide_to_what_is_no_figure(make_indicator, target):
    assert (
        guide_of(make_indicator(f"{UP}, baseline: {{year: 2020, value: 4}}, targets: {{2026: {target}}}"), 2024) is None
    )


@pytest.mark.parametrize("text", ["kind: input", f"kind: outcome, {WATCHED}"])
def test_there_is_no_guide_for_money_and_for_what_is_only_watched(make_indicator, text):
    assert guide_of(make_indicator(f"{text}, baseline: {{year: 2020, value: 4}}, targets: {{2026: 8}}"), 2024) is None


def test_a_target_in_words_is_no_anchor_of_the_guide(make_indicator):
    text = f"{UP}, baseline: {{year: 2020, value: 4}}, targets: {{2022: {{text: 維持}}, 2028: 12}}"
    assert guide_of(make_indicator(text), 2024) == 8


def test_what_has_no_direction_has_no_bounds(make_indicator):
    assert is_met(make_indicator(f"{WATCHED}, targets: {{2024: 5}}"), Decimal(1), Decimal(5)) is True


# -- surveys ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", [2022, 2023, 2024, 2025, 2026]),
        ("surveyed: [2024, 2027]", [2024]),
        ("every: 3, baseline: {year: 2020, value: 1}, targets: {2024: 5}", [2023, 2026]),
        ("every: 2, targets: {2023: 5}", [2023, 2025]),
        ("every: 2, from: 2022", [2022, 2024, 2026]),
        ("every: 2", [2022, 2023, 2024, 2025, 2026]),
    ],
)
def test_in_which_years_a_figure_is_due(make_indicator, text, years):
    indicator = make_indicator(f"{UP}, {text}")
    assert [year for year in range(2022, 2027) if indicator.is_due(year)] == years
    assert [year for year in range(2022, 2027) if year_value(indicator, {}, year).is_due] == years


def test_a_year_without_a_survey_is_no_gap_of_a_running_total(make_indicator):
    seen = {2022: [Observation("a", Decimal(3))], 2024: [Observation("b", Decimal(4))]}
    total = make_indicator(f"{UP}, aggregate: cumulative, from: 2022, every: 2")
    assert year_value(total, seen, 2024) == YearValue(Decimal(7), used=(*seen[2022], *seen[2024]))
    assert year_value(total.model_copy(update={"every": None}), seen, 2024).gaps == (2023,)


@pytest.mark.parametrize(
    ("text", "actual", "hinders"),
    [
        (f"{UP}, targets: {{2024: 5}}", None, ["no_value"]),
        (f"{UP}, surveyed: [2023], targets: {{2024: 5}}", None, []),
        (f"{UP}, targets: {{2024: {{text: 維持}}}}", None, []),
        (f"{UP}, targets: {{2024: {{from: 5, to: 7}}}}", 4, ["not_met"]),
        (f"{UP}, targets: {{2024: {{from: 5, to: 7}}}}", 6, []),
        (f"{WATCHED}, targets: {{2024: 5}}", None, []),
        ("kind: input, targets: {2024: 5}", None, []),
    ],
)
def test_what_keeps_an_initiative_from_a_suggestion(make_indicator, text, actual, hinders):
    indicator, value, result = judged(make_indicator, text, None if actual is None else Decimal(actual))
    assert [one.reason for one in hindrance(indicator, value, result, None)] == hinders


# -- money ------------------------------------------------------------------------------------


def spent(make_indicator, unit, budget, actual, year=2024):
    return judged(
        make_indicator, f"kind: input, unit: {unit}, targets: {{{year}: {budget}}}", actual and Decimal(actual)
    )


def test_money_is_added_up_in_its_smallest_unit(make_indicator):
    rows = [spent(make_indicator, "百万円", "1.5", "1.2"), spent(make_indicator, "千円", "500", "400")]
    assert common_unit(indicator for indicator, _, _ in rows) == "千円"
    found = money(rows, 2024, "千円")
    assert found == Money(Decimal(2000), Decimal(1600))
    assert print_share(found.execution) == "80.0% (1,600/2,000)"


def test_of_what_was_not_spent_or_not_budgeted_there_is_no_rate(make_indicator):
    known = spent(make_indicator, "円", "100", "80")
    without_spending = spent(make_indicator, "円", "50", None)
    without_budget = spent(make_indicator, "円", "50", "20", year=2025)
    assert money([known, without_spending], 2024, "円") == Money(Decimal(150), Decimal(80), is_partial=True)
    assert money([known, without_budget], 2024, "円") == Money(Decimal(100), Decimal(100), is_partial=True)
    assert money([without_spending], 2024, "円") == Money(Decimal(50), None)
    assert {one.execution for one in (money([known, without_spending], 2024, "円"), Money(Decimal(0), Decimal(0)))} == {
        None
    }
    assert money([], 2024, "円").execution is None


def test_people_are_no_money(make_indicator):
    assert unit_of(make_indicator("kind: input, unit: 人")) is None
    assert unit_of(make_indicator("kind: input")) is None
    assert unit_of(make_indicator(f"kind: output, {UP}, unit: 円")) is None
    assert unit_of(make_indicator('kind: input, unit: " 千円"')) == "千円"


# -- a plan's total ---------------------------------------------------------------------------


def history(*values):
    return [(2022 + n, YearValue(None if value is None else Decimal(value))) for n, value in enumerate(values)]


def test_the_years_of_a_plan_are_held_against_its_total(make_indicator):
    indicator = make_indicator(f"{UP}, total: {{2024: 40, 2031: 100}}")
    found = plan_total(indicator, history("10.0", "8", "7"), 2024)
    assert found == PlanTotal(Decimal(40), 2024, Fraction(25), Share(Decimal("25.0"), Decimal(40)))
    assert print_share(found.rate) == "62.5% (25.0/40)"
    assert plan_total(indicator, history(1, None, 2), 2024).partial
    assert plan_total(indicator, history(1, 1, 1, 1, 1, 1), 2027).target_year == 2031
    assert plan_total(indicator, history(None), 2022) == PlanTotal(Decimal(40), 2024)
    assert plan_total(make_indicator(UP), history(1), 2022) == PlanTotal()


def test_a_running_total_is_the_total_itself(make_indicator):
    indicator = make_indicator(f"{UP}, aggregate: cumulative, from: 2023, total: {{2031: 100}}")
    assert plan_total(indicator, history(99, 10, 30), 2024).actual == 30


def test_a_total_without_direction_or_above_nothing_has_no_rate(make_indicator):
    assert plan_total(make_indicator(f"{WATCHED}, total: {{2031: 100}}"), history(1), 2022).rate is None
    assert plan_total(make_indicator(f"{UP}, total: {{2031: 0}}"), history(1), 2022).rate is None


def test_a_total_of_means_is_exact(make_indicator):
    values = [(2022, YearValue(Fraction(1, 3))), (2023, YearValue(Fraction(1, 3)))]
    assert plan_total(make_indicator(f"{UP}, aggregate: mean, total: {{2031: 1}}"), values, 2023).actual == Fraction(
        2, 3
    )


# -- what is said of a figure -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "provisional", "as_of", "dates"),
    [
        ((("R6.10末 ", True), ("R6.10末", True)), "all", "R6.10末", ["R6.10末"]),
        ((("R6.10末", False), ("R6.10末", True)), "partly", "R6.10末", ["R6.10末"]),
        (((None, False), ("R6.10末", False)), None, None, ["R6.10末"]),
        ((("R6.9末", False), ("R6.10末", False)), None, None, ["R6.9末", "R6.10末"]),
        (((None, False),), None, None, []),
    ],
)
def test_a_value_knows_how_much_of_it_is_a_first_figure_and_of_when_all_of_it_is(
    make_indicator, marks, provisional, as_of, dates
):
    seen = [Observation(str(at), Decimal(3), as_of=day, provisional=first) for at, (day, first) in enumerate(marks)]
    value = year_value(make_indicator(UP), {2024: [*seen, Observation("x", missing="集計中", as_of="R7.1")]}, 2024)
    assert (value.provisional, value.as_of, value.dates) == (provisional, as_of, dates)


def test_of_a_running_total_the_years_before_are_parts_as_well(make_indicator):
    indicator = make_indicator(f"{UP}, aggregate: cumulative")
    seen = {
        2023: [Observation("a", Decimal(3))],
        2024: [Observation("b", Decimal(4), as_of="R6.10末", provisional=True)],
    }
    value = year_value(indicator, seen, 2024)
    assert (value.provisional, value.as_of, value.dates) == ("partly", None, ["R6.10末"])


def test_a_plan_s_total_and_a_sum_of_money_say_how_much_of_them_is_of_first_figures(make_indicator):
    final, first = (
        YearValue(Decimal(1), used=(Observation("a", Decimal(1)),)),
        YearValue(Decimal(2), used=(Observation("b", Decimal(2), provisional=True),)),
    )
    total = make_indicator(f"{UP}, total: {{2031: 9}}")
    assert plan_total(total, [(2023, final), (2024, first)], 2024).provisional == "partly"
    assert plan_total(total, [(2023, final)], 2023).provisional is None
    cost = make_indicator("kind: input, unit: 円")
    rows = [(cost, one, achievement(cost, one, 2024)) for one in (final, first, YearValue())]
    assert money(rows, 2024, "円").provisional == "partly"
    assert money(rows[1:], 2024, "円").provisional == "all"
    assert money(rows[:1], 2024, "円").provisional is None


def test_spending_that_is_still_to_come_makes_a_sum_partial_with_or_without_a_budget(make_indicator):
    indicator = make_indicator("kind: input, unit: 円")
    paid = (indicator, YearValue(Decimal(10)), achievement(indicator, YearValue(Decimal(10)), 2024))
    to_come = (indicator, YearValue(missing="集計中"), achievement(indicator, YearValue(missing="集計中"), 2024))
    nothing = (indicator, YearValue(), achievement(indicator, YearValue(), 2024))
    assert money([paid], 2024, "円") == Money(None, Decimal(10))
    assert money([paid, nothing], 2024, "円") == Money(None, Decimal(10))
    assert money([paid, to_come], 2024, "円") == Money(None, Decimal(10), is_partial=True)
    part = (indicator, YearValue(Decimal(10), partial=True), paid[2])
    assert money([part], 2024, "円") == Money(None, Decimal(10), is_partial=True)
    budgeted = make_indicator("kind: input, unit: 円, targets: {2024: 10}")
    spent = (budgeted, YearValue(Decimal(8)), achievement(budgeted, YearValue(Decimal(8)), 2024))
    assert money([spent, to_come], 2024, "円").execution is None
