# mypy: allow-untyped-calls
"""The rank that figures suggest: bands, targets that are met, and what keeps an initiative from one."""

from decimal import Decimal
from fractions import Fraction

import pytest

from mizuho_pdca.domain.figures.achievement import Achievement, Observation, YearValue, achievement, year_value
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.figures.suggestion import hindrance, suggested_rating

RATIO = "direction: increase, method: ratio"
UP = "direction: increase, method: progress"
S = """scale: {ranks: [{code: S, name: 秀, at_least: 120}, {code: A, name: 優, at_least: 100},
        {code: B, name: 良, at_least: 60}, {code: C, name: 可}]}"""


def observed(word):
    item = Observation("e", Decimal(word)) if word[0].isdecimal() else Observation("e", missing=word)
    return {2024: [item]}


@pytest.mark.parametrize(
    ("target", "actual", "rank"),
    [
        ("100", "100", "A"),
        ("100", "119.9", "A"),
        ("100", "119.96", "S"),
        ("100", "120", "S"),
        ("100", "99.96", "B"),
        ("100", "59.9", "C"),
        ("0", "5", "A"),
    ],
)
def test_a_target_that_is_met_gives_the_rank_of_100_and_those_above_by_the_rate(
    make_indicator, make_plan, target, actual, rank
):
    indicator = make_indicator(f"{RATIO}, targets: {{2024: {target}}}")
    result = achievement(indicator, YearValue(Decimal(actual)), 2024)
    assert suggested_rating(make_plan("[]", scheme=S).scheme.scale, result, 2024) == rank


def test_a_target_that_is_met_without_a_rate_gives_the_rank_of_100_however_many_are_above(make_indicator, make_plan):
    more = S.replace("[{code: S,", "[{code: T, name: 特, at_least: 150}, {code: S,")
    result = achievement(make_indicator(f"{RATIO}, targets: {{2024: 0}}"), YearValue(Decimal(5)), 2024)
    assert suggested_rating(make_plan("[]", scheme=more).scheme.scale, result, 2024) == "A"


def test_a_year_that_is_running_suggests_nothing(make_indicator, make_plan):
    indicator = make_indicator(f"{RATIO}, targets: {{2024: 60}}")
    value = year_value(indicator, observed("70"), 2024)
    scale = make_plan("[]").scheme.scale
    assert suggested_rating(scale, achievement(indicator, value, 2024), 2024) == "A"
    assert suggested_rating(scale, achievement(indicator, value, 2024, running=True), 2024) is None


def test_a_yearly_value_is_banded_by_the_guide(make_indicator, make_plan):
    indicator = make_indicator(f"{RATIO}, targets: {{2022: 60, 2031: 120}}")
    result = achievement(indicator, year_value(indicator, observed("31"), 2024), 2024)
    assert suggested_rating(make_plan("[]").scheme.scale, result, 2024) == "C"


@pytest.mark.parametrize(
    ("text", "value", "suggestion", "reasons"),
    [
        (f"{RATIO}, targets: {{2024: 60}}", YearValue(), None, ["no_value"]),
        (f"{RATIO}, targets: {{2024: 60}}", YearValue(missing="集計中"), None, ["no_value"]),
        (f"{RATIO}, targets: {{2024: 60}}", YearValue(Decimal(6)), "D", []),
        ("direction: increase, method: done, targets: {2024: true}", YearValue(value=False), None, ["not_met"]),
        ("direction: increase, method: done, targets: {2031: true}", YearValue(value=False), None, []),
        ("direction: decrease, method: maintain, targets: {2031: 0}", YearValue(Decimal(3)), None, ["not_met"]),
        (RATIO, YearValue(Decimal(3)), None, []),
        (RATIO, YearValue(), None, []),
    ],
)
def test_no_value_or_unmet_without_a_rank_keeps_an_initiative_from_a_suggestion(
    make_indicator, text, value, suggestion, reasons
):
    indicator = make_indicator(text)
    found = hindrance(indicator, value, achievement(indicator, value, 2024), suggestion)
    assert [one.reason for one in found] == reasons


@pytest.mark.parametrize(
    ("text", "actual", "rank"),
    [
        pytest.param(f"{RATIO}, targets: {{2024: 1000}}", "799.6", "B", id="19"),
        pytest.param(f"{RATIO}, targets: {{2024: 800}}", "98", "D", id="20"),
        pytest.param(f"{RATIO}, targets: {{2024: 1000}}", "999.6", "B", id="99.96, not printed as 100"),
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
    result = achievement(indicator, year_value(indicator, observed(actual), 2024), 2024)
    assert suggested_rating(make_plan("[]").scheme.scale, result, 2024) == rank


OSAKA = "scale: {ranks: [{code: A, name: 優, at_least: 110}, {code: B, name: 良, at_least: 80}, {code: C, name: 可}]}"


@pytest.mark.parametrize(
    ("result", "rank"),
    [
        pytest.param(
            Achievement(Fraction(100), 2024, rate=Share(Fraction(100), Fraction(100)), met=True), "B", id="met"
        ),
        pytest.param(Achievement(Fraction(200), 2024, rate=Share(Fraction(4), Fraction(100)), met=True), "B", id="4 %"),
        pytest.param(
            Achievement(Fraction(100), 2024, rate=Share(Fraction(110), Fraction(100)), met=True), "A", id="above"
        ),
        pytest.param(
            Achievement(Fraction(101), 2024, rate=Share(Fraction(100), Fraction(101)), met=False), "B", id="not"
        ),
    ],
)
def test_a_target_that_is_met_comes_before_any_band(make_plan, result, rank):
    assert suggested_rating(make_plan("[]", scheme=OSAKA).scheme.scale, result, 2024) == rank


def test_the_band_is_that_of_the_printed_rate(make_plan):
    rate = Share(Fraction("799.6"), Fraction(1000))
    assert rate.exact == Fraction("79.96")
    assert rate.percent == Decimal("80.0")
    result = Achievement(Fraction(1000), 2024, rate=rate, met=False)
    assert suggested_rating(make_plan("[]").scheme.scale, result, 2024) == "B"
