# mypy: allow-untyped-calls
"""Worked cases of rates; the numbers are those of the table that the town's figures were checked against."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.figures.achievement import (
    Achievement,
    Observation,
    YearValue,
    achievement,
    guide_of,
    half_years,
    is_met,
    suggested_rating,
    target_of,
    year_value,
)
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.checks import check_plan
from mizuho_pdca.papers.words import print_share

NONE = "－"
RATIO = "direction: increase, method: ratio"
UP = "direction: increase, method: progress"
DOWN = "direction: decrease, method: progress"


def observed(**by_year):
    """Make observations of ``y2022="3 5"``: figures of the year's entries; a word is a reason."""
    return {int(year[1:]): [observation(year, word) for word in words.split()] for year, words in by_year.items()}


def observation(year, word):
    if word[0].isdecimal() or word[0] == "-":
        return Observation(year, Fraction(word))
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
    result = achievement(indicator, value.value, 2024)
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
    result = achievement(indicator, value.value, 2025)
    assert (print_share(result.rate), result.met, value.partial) == (rate, False, partial)


@pytest.mark.parametrize(
    ("year", "actual", "expected"), [pytest.param(2024, 23, ("15.0% (3/20)", 26, "50.0% (3/6)"), id="18")]
)
def test_rate_guide_and_pace_before_the_year_of_the_target(make_indicator, year, actual, expected):
    indicator = make_indicator(f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}")
    result = achievement(indicator, Fraction(actual), year)
    assert (print_share(result.rate), result.guide, print_share(result.pace)) == expected
    assert (result.target, result.target_year, result.met) == (40, 2031, False)


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
        ("latest", "3 集計中", None, "集計中", False),
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
    parts = [year_value(yearly, entries, known).value for known in figures]
    assert year_value(total, entries, year).value == sum(part for part in parts if part is not None)


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
    result = achievement(make_indicator(text), actual=False, year=2024)
    assert result == Achievement(target=True, target_year=2031, met=False)


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        (f"{RATIO}, baseline: {{year: 2021, value: 20}}", "50.0% (3/6)"),
        (RATIO, NONE),
        (f"{UP}, baseline: {{year: 2021, value: 40}}", NONE),
        ("direction: increase, method: maintain, baseline: {year: 2021, value: 20}", NONE),
    ],
)
def test_pace_needs_a_baseline_and_a_way_to_go(make_indicator, text, pace):
    result = achievement(make_indicator(f"{text}, targets: {{2031: 40}}"), Fraction(23), 2024)
    assert print_share(result.pace) == pace


def test_a_missing_actual_leaves_target_and_guide(make_indicator):
    indicator = make_indicator(f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}")
    assert achievement(indicator, None, 2024) == Achievement(Fraction(40), 2031, Fraction(26))


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
    result = achievement(indicator, Fraction(actual), 2024)
    assert (result.met, result.rate) == (met, None)


@pytest.mark.parametrize(("target", "actual", "met"), [(True, True, True), (True, False, False), (False, False, True)])
def test_what_is_done_or_not_is_met_when_it_is_as_wanted(make_indicator, target, actual, met):
    assert is_met(make_indicator("direction: increase, method: done"), actual, target) is met


@given(*[st.integers(-1000, 1000)] * 3)
def test_progress_reaches_100_exactly_when_the_target_is_met(make_indicator, baseline, target, actual):
    direction = "increase" if target > baseline else "decrease"
    text = f"direction: {direction}, method: progress, baseline: {{year: 2021, value: {baseline}}}"
    result = achievement(make_indicator(f"{text}, targets: {{2024: {target}}}"), Fraction(actual), 2024)
    if result.rate is None:
        assert baseline == target
    else:
        assert result.met is (result.rate.numerator / result.rate.denominator >= 1)


# -- suggestion -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "actual", "rank"),
    [
        pytest.param(f"{RATIO}, targets: {{2024: 1000}}", "799.6", "B", id="19"),
        pytest.param(f"{RATIO}, targets: {{2024: 800}}", "98", "D", id="20"),
        pytest.param(f"{RATIO}, targets: {{2024: 1000}}", "999.6", "A", id="printed 100.0"),
        pytest.param(f"{RATIO}, targets: {{2024: 60}}", "18", "C", id="30.0"),
        pytest.param(f"{RATIO}, targets: {{2024: 0}}", "5", "A", id="met without a rate"),
        pytest.param("direction: decrease, method: maintain, targets: {2024: 10}", "9", "A", id="maintained"),
        pytest.param("direction: decrease, method: maintain, targets: {2024: 10}", "11", None, id="not maintained"),
        pytest.param(
            f"{UP}, baseline: {{year: 2021, value: 40}}, targets: {{2024: 40}}", "39", None, id="no way to go"
        ),
        pytest.param(
            f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}", "23", "C", id="18: pace, not rate"
        ),
        pytest.param(
            f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}", "40", "A", id="met years ahead"
        ),
        pytest.param(f"{RATIO}, targets: {{2031: 40}}", "32", None, id="neither own target nor pace"),
        pytest.param(
            f"{RATIO}, baseline: {{year: 2021, value: 0}}, targets: {{2022: 40}}", "32", None, id="after the last"
        ),
        pytest.param(f"{RATIO}, targets: {{2024: 60}}", "未調査", None, id="missing"),
        pytest.param(RATIO, "12", None, id="13: no target"),
    ],
)
def test_the_suggestion_of_a_year(make_indicator, make_plan, text, actual, rank):
    indicator = make_indicator(text)
    result = achievement(indicator, year_value(indicator, observed(y2024=actual), 2024).value, 2024)
    assert suggested_rating(make_plan("[]").scheme.scale, result, 2024) == rank


OSAKA = "scale: {ranks: [{code: A, name: 優, at_least: 110}, {code: B, name: 良, at_least: 80}, {code: C, name: 可}]}"


@pytest.mark.parametrize(
    ("result", "rank"),
    [
        pytest.param(
            Achievement(Fraction(100), 2024, rate=Share(Fraction(100), Fraction(100)), met=True), "A", id="met"
        ),
        pytest.param(Achievement(Fraction(200), 2024, rate=Share(Fraction(4), Fraction(100)), met=True), "A", id="4 %"),
        pytest.param(
            Achievement(Fraction(101), 2024, rate=Share(Fraction(100), Fraction(101)), met=False), "B", id="not"
        ),
    ],
)
def test_a_target_that_is_met_comes_before_any_band(make_plan, result, rank):
    assert suggested_rating(make_plan("[]", scheme=OSAKA).scheme.scale, result, 2024) == rank


def test_the_band_is_that_of_the_printed_rate(make_plan):
    rate = Share(Fraction("799.6"), Fraction(1000))
    assert rate.numerator / rate.denominator * 100 == Fraction("79.96")
    assert rate.percent == Decimal("80.0")
    result = Achievement(Fraction(1000), 2024, rate=rate, met=False)
    assert suggested_rating(make_plan("[]").scheme.scale, result, 2024) == "B"


@pytest.mark.parametrize(
    ("aggregate", "days", "expected"),
    [
        ("sum", {"2024-04-01": "3", "2024-09-30": "4", "2024-10-01": "5", "2025-03-31": "6"}, (7, 11)),
        ("cumulative", {"2024-06-12": "3"}, (3, None)),
        ("sum", {"2024-06-12": "未調査", "2025-01-10": "2"}, (None, 2)),
        ("sum", {"2024-06-12": "3", "2025-05-20": "40"}, (None, None)),
        ("latest", {"2024-06-12": "3"}, (None, None)),
        ("sum", {}, (None, None)),
    ],
)
def test_half_years_come_from_the_days_of_the_entries(make_indicator, aggregate, days, expected):
    indicator = make_indicator(f"direction: increase, method: ratio, aggregate: {aggregate}")
    own = [
        Observation(day, Fraction(word), date=date.fromisoformat(day))
        if word.isdecimal()
        else Observation(day, missing=word, date=date.fromisoformat(day))
        for day, word in days.items()
    ]
    first, second = half_years(indicator, {2024: own}, 2024)
    assert (first.value, second.value) == expected


def test_a_half_year_is_not_known_where_a_day_is_not(make_indicator):
    indicator = make_indicator("direction: increase, method: ratio, aggregate: sum")
    assert half_years(indicator, {2024: [Observation("a", Fraction(3))]}, 2024) == (YearValue(), YearValue())
