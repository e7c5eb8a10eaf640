"""Digits of numbers: as typed, as worked out, as machines get them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.digits import exact_decimal, half_up, places_of, reckoned, shown

numbers = st.decimals(-(10**12), 10**12, places=8)


@pytest.mark.parametrize(
    ("number", "rounded"),
    [
        ("12.25", "12.3"),
        ("12.24999", "12.2"),
        ("-12.25", "-12.3"),
        ("0.05", "0.1"),
        ("-0.05", "-0.1"),
        ("-0.04", "0.0"),
        ("79.96", "80.0"),
        ("99.95", "100.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(number, rounded):
    assert str(half_up(Decimal(number))) == rounded


@given(numbers, st.integers(0, 6))
def test_half_up_agrees_with_decimal(number, places):
    expected = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    rounded = half_up(number, places)
    assert rounded == expected
    assert rounded.as_tuple().exponent == -places


@given(st.fractions(-(10**15), 10**15, max_denominator=10**6), st.integers(0, 4))
def test_a_rounded_fraction_is_at_most_half_a_step_off(number, places):
    assert abs(Fraction(half_up(number, places)) - number) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("exact", "places", "beside", "printed"),
    [
        ("12.79/3", 3, "4.3", "4.263"),
        ("0.13/3", 3, "0.04", "0.043"),
        ("4.2996", 1, "4.3", "4.2996"),
        ("4.2999999996", 1, "4.3", "4.3"),
        ("4.20", 3, None, "4.2"),
        ("100", 2, None, "100"),
        ("0.004", 1, None, "0"),
    ],
)
def test_what_was_worked_out_is_printed_short_but_on_its_side(exact, places, beside, printed):
    top, _, bottom = exact.partition("/")
    number = Fraction(top) / Fraction(bottom or 1)
    found = reckoned(number, places, None if beside is None else Decimal(beside))
    assert (str(found.shown), found) == (printed, number)


@pytest.mark.parametrize(
    ("number", "machine"),
    [
        (Fraction(13, 300), "0.0433333333333"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(1, 8), "0.125"),
        (Fraction(123456789, 1000), "123456.789"),
        (Decimal("5.0"), "5.0"),
        (reckoned(Fraction(13, 300), 3), "0.0433333333333"),
    ],
)
def test_machines_get_a_number_exactly_or_to_12_significant_digits(number, machine):
    assert f"{exact_decimal(number):f}" == machine


def test_a_number_for_machines_still_knows_its_digits_in_print():
    found = exact_decimal(reckoned(Fraction(13, 300), 3))
    assert (str(shown(found)), places_of(found)) == ("0.043", 3)
