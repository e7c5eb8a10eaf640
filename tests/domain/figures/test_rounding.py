from fractions import Fraction

import pytest

from mizuho_pdca.domain.figures.rounding import Share


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"), [(48, 60, "80.0"), (98, 800, "12.3"), (-2, 20, "-10.0"), (0, 3, "0.0")]
)
def test_a_share_is_printed_in_percent_with_one_decimal(numerator, denominator, percent):
    assert str(Share(Fraction(numerator), Fraction(denominator)).percent) == percent


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (2999, 3000, "99.97"),
        (3001, 3000, "100.03"),
        (999_999, 1_000_000, "99.9999"),
        (3000, 3000, "100.0"),
        (9994, 10_000, "99.9"),
        (-3001, 3000, "-100.0"),
    ],
)
def test_what_is_not_100_is_never_printed_as_100(numerator, denominator, percent):
    assert str(Share(Fraction(numerator), Fraction(denominator)).percent) == percent
