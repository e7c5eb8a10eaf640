from fractions import Fraction

import pytest

from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.papers.steps import cut, exactly, rounded, share_text, term


@pytest.mark.parametrize(
    ("number", "exact", "before_rounding", "printed", "in_formula"),
    [
        ("12", "12", "12", "12", "12"),
        ("1234.5", "1,234.5", "1,234.5", "1,234.5", "1,234.5"),
        ("-1/8", "△0.125", "△0.125", "△0.125", "△0.125"),
        ("350/3", "350/3", "116.666666…", "350/3 = 116.666666… → 116.7", "(350/3)"),
        ("-20000/3", "△20,000/3", "△6,666.666666…", "△20,000/3 = △6,666.666666… → △6,666.7", "(△20,000/3)"),
        ("24499999999/2000000000", "12.2499999995", "12.2499999995", None, None),
        ("0.12345678", "0.12345678", "0.12345678", None, None),
    ],
)
def test_numbers_before_and_after_rounding(number, exact, before_rounding, printed, in_formula):
    value = Fraction(number)
    assert (exactly(value), cut(value)) == (exact, before_rounding)
    if printed is not None:
        assert (rounded(value), term(value)) == (printed, in_formula)


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (48, 60, "48/60 = 4/5 = 80%, rounded half up: 80.0%"),
        (13, 14, "13/14 = 92.857142…%, rounded half up: 92.9%"),
        (120, 60, "120/60 = 200%, rounded half up: 200.0%"),
        (Fraction(20, 3), 8, "5/6 = 83.333333…%, rounded half up: 83.3%"),
        (Fraction(20, 3), Fraction(20, 3), "100%, rounded half up: 100.0%"),
        (Fraction("-1.2"), 3, "△1.2/3 = △2/5 = △40%, rounded half up: △40.0%"),
        (Fraction("0.12345678"), 60, "0.12345678/60 = 0.2057613%, rounded half up: 0.2%"),
        (1, 2000, "1/2,000 = 0.05%, rounded half up: 0.1%"),
    ],
)
def test_a_share_with_its_fractions_and_the_percentage_before_and_after_rounding(numerator, denominator, text):
    share = Share(Fraction(numerator), Fraction(denominator))
    assert share_text("x", share).text(str) == f"x = {text}"
