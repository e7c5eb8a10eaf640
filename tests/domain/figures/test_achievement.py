# mypy: allow-untyped-calls
"""Worked cases of rates; the numbers are those of the table that the town's figures were checked against."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.figures.achievement import (
    Achievement,
    Halves,
    Observation,
    YearValue,
    achievement,
    half_years,
    is_met,
    met,
    year_value,
)
from mizuho_pdca.domain.figures.counting import Met
from mizuho_pdca.domain.figures.goals import guide_of, target_of
from mizuho_pdca.domain.plan.checks import check_plan
from mizuho_pdca.papers.words import print_measured, print_share

NONE = "－"
RATIO = "direction: increase, method: ratio"
UP = "direction: increase, method: progress"
DOWN = "direction: decrease, method: progress"


def observed(**by_year):
    """Make observations of ``y2022="3 5"``: figures of the year's entries; a word is a reason."""
    return {int(year[1:]): [observation(year, word) for word in words.split()] for year, words in by_year.items()}


def observation(year, word):
    if word[0].isdecimal() or word[0] == "-":
        return Observation(year, Decimal(word))
    return (
        Observation(year, {"設置": True, "なし": False}[word])
        if word in ("設置", "なし")
        else Observation(year, missing=word)
    )


@pytest.mark.parametrize(
    ("text", "actual", "rate", "met"),
    [
        pytest.param(f"{RATIO}, targets: {{2024: 60}}", "48", "80.0% (48/60)", False, id="1"),
        pytest.param(f"{RATIO}, targets: {{2024: 300}}", "351", "117.0% (351/300)", True, id="2"),
        pytest.param(
            f"{RATIO}, targets: {{2024: 40}}, baseline: {{year: 2021, value: 20}}", "32", "80.0% (32/40)", False, id="3"
        ),
        pytest.param(
            f"{UP}, targets: {{2024: 40}}, baseline: {{year: 2021, value: 20}}", "32", "60.0% (12/20)", False, id="4"
        ),
        pytest.param(
            f"{UP}, targets: {{2024: 40}}, baseline: {{year: 2021, value: 20}}", "18", "△10.0% (△2/20)", False, id="5"
        ),
        pytest.param(
            f"{DOWN}, targets: {{2024: 30}}, baseline: {{year: 2021, value: 50}}",
            "36",
            "70.0% (△14/△20)",
            False,
            id="6",
        ),
        pytest.param(
            f"{DOWN}, targets: {{2024: 30}}, baseline: {{year: 2021, value: 50}}", "54", "△20.0% (4/△20)", False, id="7"
        ),
        pytest.param(
            f"{DOWN}, targets: {{2024: 30}}, baseline: {{year: 2021, value: 50}}",
            "28",
            "110.0% (△22/△20)",
            True,
            id="8",
        ),
        pytest.param(
            f"{DOWN}, targets: {{2024: 0}}, baseline: {{year: 2021, value: 12}}", "3", "75.0% (△9/△12)", False, id="9"
        ),
        pytest.param(f"{RATIO}, targets: {{2024: 0}}", "5", NONE, True, id="11"),
        pytest.param(f"{UP}, targets: {{2024: 40}}, baseline: {{year: 2021, value: 40}}", "41", NONE, True, id="12"),
        pytest.param(
            f"{DOWN}, targets: {{2024: 40}}, baseline: {{year: 2021, value: 40}}", "41", NONE, False, id="12d"
        ),
        pytest.param(f"{RATIO}, baseline: {{year: 2021, value: 10}}", "12", NONE, None, id="13"),
        pytest.param(f"{RATIO}, targets: {{2024: 2}}", "0", "0.0% (0/2)", False, id="14"),
        pytest.param(f"{RATIO}, targets: {{2024: 2}}", "未調査", NONE, None, id="15"),
        pytest.param(f"{RATIO}, targets: {{2024: 1000}}", "799.6", "80.0% (799.6/1,000)", False, id="19"),
        pytest.param(f"{RATIO}, targets: {{2024: 800}}", "98", "12.3% (98/800)", False, id="20"),
        pytest.param("direction: decrease, method: maintain, targets: {2024: 10}", "9", NONE, True, id="21"),
        pytest.param(
            "direction: increase, method: done, aggregate: latest, targets: {2024: true}", "設置", NONE, True, id="22"
        ),
    ],
)
def test_rate_and_met(make_indicator, text, actual, rate, met):
    indicator = make_indicator(text)
    value = year_value(indicator, observed(y2024=actual), 2024)
    result = achievement(indicator, value, 2024)
    assert print_share(result.rate) == rate
    assert result.met is met


@pytest.mark.parametrize("case", [pytest.param("direction: decrease, method: ratio, targets: {2024: 30}", id="10")])
def test_a_decreasing_ratio_is_refused_when_the_plan_is_checked(make_plan_file, case):
    file = make_plan_file(f"""
    - id: "1"
      title: 方針
      measures: []
      indicators: [{{id: waste, name: 不良率, kind: outcome, aggregate: latest, adopted: true, {case}}}]
    """)
    (fault,) = check_plan(file)
    assert (fault.code, fault.at) == ("E116", ("policies", 0, "indicators", 0, "method"))
    assert "baseline" in fault.remedy.text(str)
    assert "maintain" in fault.remedy.text(str)


@pytest.mark.parametrize(
    ("entries", "rate", "partial"),
    [
        pytest.param(observed(y2022="3", y2023="5", y2024="0", y2025="4"), "60.0% (12/20)", False, id="16"),
        pytest.param(observed(y2025="3 5 0 4"), "60.0% (12/20)", False, id="16 within a year"),
        pytest.param(observed(y2022="3", y2023="未調査", y2024="0", y2025="4"), "35.0% (7/20)", True, id="17"),
        pytest.param(observed(y2022="3", y2024="0", y2025="4"), "35.0% (7/20)", True, id="17 nothing recorded"),
        pytest.param(observed(y2022="3", y2025="4", y2026="9"), "35.0% (7/20)", True, id="17 with a later year"),
    ],
)
def test_a_cumulative_rate(make_indicator, entries, rate, partial):
    indicator = make_indicator(f"{RATIO}, aggregate: cumulative, targets: {{2025: 20}}")
    value = year_value(indicator, entries, 2025)
    result = achievement(indicator, value, 2025)
    assert (print_share(result.rate), result.met, value.partial) == (rate, False, partial)


@pytest.mark.parametrize(
    ("year", "actual", "expected"), [pytest.param(2024, 23, ("15.0% (3/20)", 26, "50.0% (3/6)"), id="18")]
)
def test_rate_guide_and_pace_before_the_year_of_the_target(make_indicator, year, actual, expected):
    indicator = make_indicator(f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}")
    result = achievement(indicator, YearValue(Decimal(actual)), year)
    assert (print_share(result.rate), result.guide, print_share(result.pace)) == expected
    assert (result.target, result.target_year, result.met) == (40, 2031, None)


# -- a year's value ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aggregate", "figures", "value", "missing", "partial"),
    [
        ("sum", "3 5 0 4", 12, None, False),
        ("sum", "3 集計中 4", 7, None, True),
        ("sum", "0", 0, None, False),
        ("sum", "未調査 集計中", None, "集計中", False),
        ("cumulative", "未調査", None, "未調査", False),
        ("max", "3 5 0 4", 5, None, False),
        ("max", "なし 設置 なし", True, None, False),
        ("mean", "3 5 0 4", 3, None, False),
        ("mean", "10 未調査", 10, None, True),
        ("mean", "1 2 2", Fraction(5, 3), None, False),
        ("latest", "3 5 4", 4, None, False),
        ("latest", "3 集計中", 3, None, False),
        ("latest", "集計中 3", 3, None, False),
        ("latest", "なし 設置", True, None, False),
    ],
)
def test_a_years_value_is_made_of_its_entries(make_indicator, aggregate, figures, value, missing, partial):
    indicator = make_indicator(f"{RATIO}, aggregate: {aggregate}")
    found = year_value(indicator, observed(y2024=figures), 2024)
    assert (found.value, found.missing, found.partial) == (value, missing, partial)


@pytest.mark.parametrize("aggregate", ["sum", "cumulative", "latest", "max", "mean"])
def test_a_year_without_entries_has_no_value_and_no_reason(make_indicator, aggregate):
    found = year_value(make_indicator(f"{RATIO}, aggregate: {aggregate}"), observed(y2023="3"), 2024)
    assert (found.value, found.missing, found.used) == (None, None, ())


@pytest.mark.parametrize(
    ("aggregate", "used"),
    [("sum", ["y2024", "y2024"]), ("latest", ["y2024"]), ("cumulative", ["y2023", "y2024", "y2024"])],
)
def test_a_value_names_the_entries_that_it_is_made_of(make_indicator, aggregate, used):
    indicator = make_indicator(f"{RATIO}, aggregate: {aggregate}")
    found = year_value(indicator, observed(y2023="3", y2024="5 4", y2025="1"), 2024)
    assert [item.entry for item in found.used] == used


@given(st.dictionaries(st.integers(2022, 2031), st.lists(st.integers(0, 99), min_size=1), min_size=1))
def test_a_cumulative_value_is_the_sum_of_the_years_so_far(make_indicator, figures):
    entries = {year: [Observation("e", Fraction(figure)) for figure in given] for year, given in figures.items()}
    total, yearly = (make_indicator(f"{RATIO}, aggregate: {aggregate}") for aggregate in ("cumulative", "sum"))
    year = max(figures)
    parts = [Fraction(year_value(yearly, entries, known).value or 0) for known in figures]
    assert year_value(total, entries, year).value == sum(parts)


# -- targets, guide, pace ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "target"), [(2022, (2024, 60)), (2024, (2024, 60)), (2025, (2031, 120)), (2032, (2031, 120))]
)
def test_the_target_of_a_year_is_its_own_else_the_next_else_the_last(make_indicator, year, target):
    assert target_of(make_indicator(f"{RATIO}, targets: {{2031: 120, 2024: 60}}"), year) == target


@pytest.mark.parametrize(
    ("text", "year", "guide"),
    [
        ("targets: {2024: 60, 2031: 120}", 2023, None),
        ("targets: {2024: 60, 2031: 120}", 2024, None),
        ("targets: {2022: 30, 2024: 60}", 2024, None),
        ("targets: {2024: 60}, baseline: {year: 2021, value: 30}", 2024, None),
        ("targets: {2024: 60, 2031: 130}", 2027, 90),
        ("targets: {2024: 60, 2031: 120}", 2032, None),
        ("targets: {2024: 60, 2026: 70, 2031: 120}", 2027, 80),
        ("targets: {2024: 60}, baseline: {year: 2021, value: 30}", 2022, 40),
        ("targets: {2024: 60}, baseline: {year: 2022, value: 30}", 2022, None),
        ("targets: {2022: 30, 2024: 60}, baseline: {year: 2021, value: 0}", 2023, 45),
        ("targets: {2022: 30, 2024: 60}, baseline: {year: 2022, value: 0}", 2023, 45),
        ("targets: {2024: 60}, baseline: {year: 2021, value: 不明}", 2022, None),
        ("targets: {}", 2024, None),
    ],
)
def test_the_guide_is_the_straight_line_from_the_last_anchor_to_the_target(make_indicator, text, year, guide):
    assert guide_of(make_indicator(f"{RATIO}, {text}"), year) == guide


def test_what_is_done_or_not_has_no_guide(make_indicator):
    text = "direction: increase, method: done, baseline: {year: 2021, value: false}, targets: {2031: true}"
    result = achievement(make_indicator(text), YearValue(value=False), 2024)
    assert result == Achievement(target=True, target_year=2031, met=None)


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        (f"{RATIO}, baseline: {{year: 2021, value: 20}}", "88.5% (23/26)"),
        (f"{RATIO}, aggregate: latest, baseline: {{year: 2021, value: 273}}", "11.3% (23/203.1)"),
        (RATIO, NONE),
        (f"{UP}, baseline: {{year: 2021, value: 40}}", NONE),
        ("direction: increase, method: maintain, baseline: {year: 2021, value: 20}", NONE),
    ],
)
def test_pace_needs_a_baseline_and_a_way_to_go(make_indicator, text, pace):
    result = achievement(make_indicator(f"{text}, targets: {{2031: 40}}"), YearValue(Decimal(23)), 2024)
    assert print_share(result.pace) == pace


def test_a_missing_actual_leaves_target_and_guide(make_indicator):
    indicator = make_indicator(f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}")
    assert achievement(indicator, YearValue(), 2024) == Achievement(Fraction(40), 2031, Fraction(26))


# -- met --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "actual", "met"),
    [
        ("direction: increase, method: maintain", "10", True),
        ("direction: increase, method: maintain", "9.9", False),
        ("direction: decrease, method: maintain", "10", True),
        ("direction: decrease, method: maintain", "10.1", False),
        ("direction: maintain, method: maintain, tolerance: 0.5", "10.5", True),
        ("direction: maintain, method: maintain, tolerance: 0.5", "9.5", True),
        ("direction: maintain, method: maintain, tolerance: 0.5", "9.4", False),
        ("direction: maintain, method: maintain", "10", True),
        ("direction: maintain, method: maintain", "10.1", False),
    ],
)
def test_a_maintained_target_is_at_least_at_most_or_within(make_indicator, text, actual, met):
    indicator = make_indicator(f"{text}, targets: {{2024: 10}}")
    result = achievement(indicator, YearValue(Decimal(actual)), 2024)
    assert (result.met, result.rate) == (met, None)


@pytest.mark.parametrize(("target", "actual", "met"), [(True, True, True), (True, False, False), (False, False, True)])
def test_what_is_done_or_not_is_met_when_it_is_as_wanted(make_indicator, target, actual, met):
    assert is_met(make_indicator("direction: increase, method: done"), actual, target) is met


@given(*[st.integers(-1000, 1000)] * 3)
def test_progress_reaches_100_exactly_when_the_target_is_met(make_indicator, baseline, target, actual):
    direction = "increase" if target > baseline else "decrease"
    text = f"direction: {direction}, method: progress, baseline: {{year: 2021, value: {baseline}}}"
    result = achievement(make_indicator(f"{text}, targets: {{2024: {target}}}"), YearValue(Decimal(actual)), 2024)
    if result.rate is None:
        assert baseline == target
    else:
        assert result.met is (result.rate.exact >= 100)


# -- halves of a year -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aggregate", "figures", "expected"),
    [
        ("sum", "first:3 first:4 second:5 second:6", (7, 11, None)),
        ("cumulative", "first:3", (3, None, None)),
        ("sum", "first:未調査 second:2", (None, 2, None)),
        ("sum", "first:3 :40", (3, None, 40)),
        ("sum", ":3 :40", (None, None, None)),
        ("latest", "first:3", (None, None, None)),
        ("sum", "", (None, None, None)),
    ],
)
def test_halves_are_what_was_said_to_belong_to_them(make_indicator, aggregate, figures, expected):
    indicator = make_indicator(f"direction: increase, method: ratio, aggregate: {aggregate}")
    own = []
    for half, _, word in (figure.partition(":") for figure in figures.split()):
        own.append(replace(observation("e", word), half=half or None))
    found = half_years(indicator, {2024: own}, 2024)
    assert (found.first.value, found.second.value, found.neither.value) == expected


def test_a_year_of_which_nobody_said_when_has_no_halves(make_indicator):
    indicator = make_indicator("direction: increase, method: ratio, aggregate: sum")
    assert half_years(indicator, {2024: [Observation("a", Decimal(3))]}, 2024) == Halves()


# -- running totals ---------------------------------------------------------------------------

TOTAL = f"{RATIO}, aggregate: cumulative"


@pytest.mark.parametrize(
    ("text", "entries", "year", "printed", "pace"),
    [
        pytest.param(
            "baseline: {year: 2021, value: 35}, targets: {2031: 60}",
            observed(y2022="5", y2023="4"),
            2023,
            "73.3% (44/60)",
            "110.0% (44/40)",
            id="J4: from its baseline",
        ),
        pytest.param(
            "baseline: {year: 2022, value: 35}, targets: {2031: 60}",
            observed(y2021="7", y2022="5", y2023="4"),
            2023,
            "65.0% (39/60)",
            "103.2% (39/37.8)",
            id="J4: what the baseline holds is not added again",
        ),
        pytest.param(
            "from: 2022, targets: {2031: 60}",
            observed(y2022="5", y2023="4"),
            2023,
            "15.0% (9/60)",
            "75.0% (9/12)",
            id="J5: from 0 in the year before it begins",
        ),
        pytest.param(
            "from: 2022, targets: {2031: 60}",
            observed(y2023="9"),
            2023,
            "15.0% (9/60)",
            "75.0% (9/12)",
            id="J5: nothing known of the first year",
        ),
        pytest.param(
            "from: 2025, targets: {2031: 70}", observed(y2025="5"), 2025, "7.1% (5/70)", "50.0% (5/10)", id="J5: from"
        ),
    ],
)
def test_a_running_total_counts_from_where_it_begins(make_indicator, text, entries, year, printed, pace):
    indicator = make_indicator(f"{TOTAL}, {text}")
    result = achievement(indicator, year_value(indicator, entries, year), year)
    assert (print_share(result.rate), print_share(result.pace)) == (printed, pace)


def test_a_running_total_without_a_figure_of_its_year_has_no_value_but_that_of_the_years_before(make_indicator):
    indicator = make_indicator(f"{TOTAL}, targets: {{2024: 20}}")
    found = year_value(indicator, observed(y2022="3", y2023="5", y2024="集計中"), 2024)
    assert (found.value, found.missing, found.before) == (None, "集計中", 8)
    assert achievement(indicator, found, 2024).rate is None


def test_the_years_before_include_the_baseline(make_indicator):
    indicator = make_indicator(f"{TOTAL}, baseline: {{year: 2021, value: 35}}")
    found = year_value(indicator, observed(y2022="3", y2023="集計中"), 2023)
    assert (found.value, found.missing, found.before) == (None, "集計中", 38)


# -- a year without a target of its own -------------------------------------------------------

AHEAD = "targets: {2024: 60, 2031: 120}"


@pytest.mark.parametrize(
    ("aggregate", "rate", "pace"),
    [
        ("sum", NONE, "45.2% (31/68.6)"),
        ("max", NONE, "45.2% (31/68.6)"),
        ("mean", NONE, "45.2% (31/68.6)"),
        ("latest", "25.8% (31/120)", "45.2% (31/68.6)"),
        ("cumulative", "25.8% (31/120)", "45.2% (31/68.6)"),
    ],
)
def test_a_yearly_value_is_not_held_against_the_target_of_another_year(make_indicator, aggregate, rate, pace):
    indicator = make_indicator(f"{RATIO}, aggregate: {aggregate}, {AHEAD}")
    result = achievement(indicator, year_value(indicator, observed(y2025="31"), 2025), 2025)
    assert (print_share(result.rate), print_share(result.pace), result.met) == (rate, pace, None)
    assert (result.target, result.target_year) == (120, 2031)


def test_rate_and_pace_go_by_the_same_measure(make_indicator):
    indicator = make_indicator(
        f"{RATIO}, aggregate: latest, baseline: {{year: 2021, value: 273}}, targets: {{2031: 275}}"
    )
    result = achievement(indicator, YearValue(Decimal(245)), 2024)
    assert (print_share(result.rate), print_share(result.pace)) == ("89.1% (245/275)", "89.5% (245/273.6)")


@pytest.mark.parametrize(
    ("text", "year", "actual", "met"),
    [
        pytest.param("direction: decrease, method: maintain, targets: {2031: 0}", 2016, "3", False, id="J14"),
        pytest.param("direction: decrease, method: maintain, targets: {2031: 0}", 2016, "0", True, id="maintained"),
        pytest.param(f"{RATIO}, targets: {{2031: 60}}", 2024, "59", None, id="not yet"),
        pytest.param(f"{RATIO}, targets: {{2031: 60}}", 2024, "60", True, id="reached before its year"),
        pytest.param(f"{RATIO}, targets: {{2031: 60}}", 2031, "59", False, id="in its year"),
        pytest.param(f"{RATIO}, targets: {{2031: 60}}", 2032, "59", False, id="after its year"),
        pytest.param(
            f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}", 2024, "39", None, id="progress"
        ),
    ],
)
def test_what_is_not_reached_before_the_year_of_the_target_is_not_judged(make_indicator, text, year, actual, met):
    assert achievement(make_indicator(text), YearValue(Decimal(actual)), year).met is met


# -- a year that is running -------------------------------------------------------------------

AT_MOST = "direction: decrease, method: maintain"
WITHIN = "direction: maintain, method: maintain, tolerance: 2"


@pytest.mark.parametrize(
    ("text", "figures", "met"),
    [
        pytest.param(f"{RATIO}, aggregate: sum", "4 5", None, id="below"),
        pytest.param(f"{RATIO}, aggregate: sum", "4 6", True, id="reached"),
        pytest.param(f"{RATIO}, aggregate: sum", "14 -3", None, id="may fall again"),
        pytest.param(f"{RATIO}, aggregate: cumulative", "4 6", True, id="running total"),
        pytest.param(f"{RATIO}, aggregate: max", "4 10", True, id="highest"),
        pytest.param(f"{RATIO}, aggregate: latest", "10", None, id="last value"),
        pytest.param(f"{RATIO}, aggregate: mean", "10", None, id="mean"),
        pytest.param(f"{AT_MOST}, aggregate: sum", "4 5", None, id="at most: so far"),
        pytest.param(f"{AT_MOST}, aggregate: sum", "4 7", False, id="at most: exceeded"),
        pytest.param(f"{AT_MOST}, aggregate: latest", "12", None, id="at most: last value"),
        pytest.param(f"{WITHIN}, aggregate: sum", "10", None, id="within"),
        pytest.param(f"{WITHIN}, aggregate: sum", "4", None, id="within: still below"),
        pytest.param(f"{WITHIN}, aggregate: sum", "13", False, id="within: too much"),
    ],
)
def test_a_running_year_is_judged_only_where_nothing_can_change_it(make_indicator, text, figures, met):
    indicator = make_indicator(f"{text}, targets: {{2024: 10}}")
    value = year_value(indicator, observed(y2024=figures), 2024)
    result = achievement(indicator, value, 2024, running=True)
    assert (result.met, result.running) == (met, True)


@pytest.mark.parametrize(
    ("aggregate", "target", "figures", "met"),
    [
        ("latest", "true", "設置", None),
        ("max", "true", "設置", True),
        ("max", "true", "なし", None),
        ("max", "false", "設置", False),
        ("max", "false", "なし", None),
    ],
)
def test_yes_of_a_running_year_stays_only_where_the_highest_counts(make_indicator, aggregate, target, figures, met):
    text = f"direction: increase, method: done, aggregate: {aggregate}, targets: {{2024: {target}}}"
    indicator = make_indicator(text)
    value = year_value(indicator, observed(y2024=figures), 2024)
    assert achievement(indicator, value, 2024, running=True).met is met


# -- steps ------------------------------------------------------------------------------------

STEPS = "direction: increase, method: done, aggregate: latest, words: [未着手, 検討, 試行, 実施]"


@pytest.mark.parametrize(("actual", "met"), [("未着手", False), ("検討", True), ("試行", True), ("実施", True)])
def test_a_step_at_or_past_the_one_wanted_is_met(make_indicator, actual, met):
    indicator = make_indicator(f"{STEPS}, targets: {{2024: 検討}}")
    value = YearValue(indicator.read(actual))
    assert value.value == actual
    assert achievement(indicator, value, 2024).met is met


def test_the_highest_of_steps_is_the_furthest(make_indicator):
    indicator = make_indicator(STEPS.replace("latest", "max"))
    steps = [Observation("e", word) for word in ("検討", "試行", "未着手")]
    assert year_value(indicator, {2024: steps}, 2024).value == "試行"


@pytest.mark.parametrize("figures", ["18 集計中", "集計中 18"])
def test_a_figure_settles_what_was_missing_whatever_its_date(make_indicator, figures):
    indicator = make_indicator(f"{RATIO}, aggregate: latest")
    found = year_value(indicator, observed(y2024=figures), 2024)
    assert (found.value, found.missing, found.partial) == (18, None, False)


# -- digits in print --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figures", "value", "share", "met"),
    [
        pytest.param(
            f"{RATIO}, aggregate: mean, targets: {{2024: 4.3}}",
            "4.21 4.29 4.29",
            "4.263",
            "99.1% (4.263/4.3)",
            False,
            id="P1",
        ),
        pytest.param(
            f"{AT_MOST}, aggregate: mean, targets: {{2024: 0.04}}", "0.04 0.05 0.04", "0.043", NONE, False, id="P2"
        ),
        pytest.param(f"{RATIO}, targets: {{2024: 28.0}}", "5.0", "5.0", "17.9% (5.0/28.0)", False, id="P4"),
        pytest.param(f"{RATIO}, targets: {{2024: 3000}}", "2999", "2,999", "99.97% (2,999/3,000)", False, id="P5"),
        pytest.param(f"{RATIO}, targets: {{2024: 10}}", "1.25 2.5", "3.75", "37.5% (3.75/10)", False, id="sum"),
        pytest.param(f"{RATIO}, targets: {{2024: 10}}", "1.5 2.5", "4.0", "40.0% (4.0/10)", False, id="sum of tenths"),
        pytest.param(
            f"{RATIO}, aggregate: mean, targets: {{2024: 10}}", "4 6", "5", "50.0% (5/10)", False, id="no zeros"
        ),
        pytest.param(
            f"{RATIO}, aggregate: mean, targets: {{2024: 5}}",
            "4 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5",
            "4.96",
            "99.2% (4.96/5)",
            False,
            id="on its side of the target",
        ),
        pytest.param(
            f"{RATIO}, decimals: 1, targets: {{2024: 60}}", "48", "48.0", "80.0% (48.0/60.0)", False, id="decimals"
        ),
        pytest.param(
            f"{RATIO}, decimals: 0, aggregate: latest, targets: {{2024: 60}}",
            "48.25",
            "48",
            "80.4% (48/60)",
            False,
            id="fewer decimals",
        ),
        pytest.param(
            f"{RATIO}, decimals: 0, targets: {{2024: 2}}",
            "0.4 0.4 0.4",
            "1",
            "60.0% (1/2)",
            False,
            id="sum rounded last",
        ),
        pytest.param(
            f"{RATIO}, decimals: 1, aggregate: latest, targets: {{2024: 4.3}}",
            "4.26",
            "4.26",
            "99.1% (4.26/4.3)",
            False,
            id="typed, but on its side of the target",
        ),
        pytest.param(
            f"{RATIO}, decimals: 1, aggregate: mean, targets: {{2024: 4.3}}",
            "4.21 4.29 4.29",
            "4.26",
            "99.1% (4.26/4.3)",
            False,
            id="decimals, but on its side of the target",
        ),
    ],
)
def test_a_value_is_printed_with_the_decimals_that_it_has(make_indicator, text, figures, value, share, met):
    indicator = make_indicator(text)
    own = [Observation("e", indicator.read(Decimal(figure))) for figure in figures.split()]
    found = year_value(indicator, {2024: own}, 2024)
    result = achievement(indicator, found, 2024)
    assert (print_measured(indicator, found.value), print_share(result.rate), result.met) == (value, share, met)


def test_guide_and_difference_have_one_decimal_more_than_the_figures(make_indicator):
    indicator = make_indicator(
        f"{UP}, baseline: {{year: 2021, value: 1.25}}, targets: {{2028: 1.4}}, aggregate: latest"
    )
    result = achievement(indicator, YearValue(Decimal("1.28")), 2024)
    assert (print_measured(indicator, result.guide), print_share(result.pace)) == ("1.314", "46.7% (0.03/0.064)")
    assert print_share(result.rate) == "20.0% (0.03/0.15)"


@given(
    st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9),
    st.decimals(0, 100, places=1),
    st.sampled_from([RATIO, AT_MOST]),
)
def test_a_mean_in_print_is_on_its_side_of_the_target(make_indicator, figures, target, text):
    indicator = make_indicator(f"{text}, aggregate: mean, targets: {{2024: {target}}}")
    found = year_value(indicator, {2024: [Observation("e", figure) for figure in figures]}, 2024)
    printed = Decimal(print_measured(indicator, found.value))
    assert is_met(indicator, printed, target) is achievement(indicator, found, 2024).met


def test_indicators_are_counted_by_how_they_stand_to_their_targets(make_indicator):
    indicator = make_indicator(f"{RATIO}, targets: {{2024: 100}}")
    figures = ["100", "99.9", "80", "79.94", "10", "0", *[None] * 4]
    values = [YearValue(figure and Decimal(figure)) for figure in figures]
    results = [achievement(indicator, value, 2024) for value in values]
    assert met(results, Decimal(80)) == Met(met=1, near=2, not_met=3, unknown=4)
    assert met(results, Decimal("79.9")) == Met(met=1, near=3, not_met=2, unknown=4)
    unrated = achievement(make_indicator("direction: decrease, method: maintain, targets: {2024: 10}"), values[0], 2024)
    assert met([unrated], Decimal(0)) == Met(not_met=1)
