from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.figures.rounding import Share, half_up

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
    ("numerator", "denominator", "percent"), [(48, 60, "80.0"), (98, 800, "12.3"), (-2, 20, "-10.0"), (0, 3, "0.0")]
)
def test_a_share_is_printed_in_percent_with_one_decimal(numerator, denominator, percent):
    assert str(Share(Fraction(numerator), Fraction(denominator)).percent) == percent
