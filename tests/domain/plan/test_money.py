# mypy: allow-untyped-calls
"""Which figures of money are amounts."""

from decimal import Decimal

import pytest

from mizuho_pdca.domain.plan.money import is_amount


@pytest.mark.parametrize(
    ("unit", "figure", "is_one"),
    [
        ("円", "0", True),
        ("円", "1200000", True),
        ("円", "12.0", True),
        ("円", "12.5", False),
        ("円", "-1", False),
        ("千円", "1234.567", True),
        ("千円", "1234.5678", False),
        ("百万円", "0.000001", True),
        ("百万円", "-0.2", False),
        ("人", "-0.25", True),
    ],
)
def test_money_is_never_below_0_and_has_no_part_of_a_yen(make_indicator, unit, figure, is_one):
    assert is_amount(make_indicator(f"kind: input, unit: {unit}"), Decimal(figure)) is is_one


def test_what_is_no_money_and_no_figure_is_judged_elsewhere(make_indicator):
    assert is_amount(make_indicator("direction: increase, method: ratio, unit: 円"), Decimal("-0.5"))
    assert is_amount(make_indicator("kind: input, unit: 円"), "多数")
