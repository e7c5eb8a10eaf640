from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.digits import shown
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.papers.words import print_measured, print_number, print_share

figures = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Fraction(48), "48"),
        (Fraction(1200), "1,200"),
        (Fraction(-12), "△12"),
        (Fraction(-1234567), "△1,234,567"),
        (Fraction("26.3"), "26.3"),
        (Fraction("0.000001"), "0.000001"),
        (Fraction(10, 3), "3.3"),
        (Fraction(-5, 3), "△1.7"),
        (Fraction(-1, 30), "0.0"),
        (Fraction(0), "0"),
        (Decimal("12.30"), "12.30"),
        (Decimal("-10.0"), "△10.0"),
        (Decimal("1E+3"), "1,000"),
    ],
)
def test_numbers_are_printed_for_people(number, printed):
    assert print_number(number) == printed


@given(figures, st.integers(0, 6))
def test_a_figure_of_up_to_six_decimals_is_printed_exactly(digits, places):
    number = Fraction(digits, 10**places)
    assert Fraction(shown(number)) == number
    assert Fraction(print_number(number).replace("△", "-").replace(",", "")) == number


@given(st.fractions(-(10**15), 10**15, max_denominator=10**9))
def test_any_other_number_is_at_most_half_a_tenth_off(number):
    assert abs(Fraction(shown(number)) - number) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("method: ratio", Fraction(1200), "1,200"),
        ("method: ratio", None, "－"),
        ("method: done", True, "yes"),
        ("method: done", None, "－"),
        ("method: done, words: {yes: 設置, no: なし}", True, "設置"),
        ("method: done, words: {yes: 設置, no: なし}", False, "なし"),
    ],
)
def test_a_value_is_printed_in_the_words_of_its_indicator(make_indicator, text, value, printed):
    assert print_measured(make_indicator(f"direction: increase, {text}"), value) == printed


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (Share(Fraction(48), Fraction(60)), "80.0% (48/60)"),
        (Share(Fraction(-2), Fraction(20)), "△10.0% (△2/20)"),
        (Share(Fraction("799.6"), Fraction(1000)), "80.0% (799.6/1,000)"),
        (None, "－"),
    ],
)
def test_a_share_is_never_printed_without_its_parts(share, printed):
    assert print_share(share) == printed
