# mypy: allow-untyped-calls
"""What budgets and spending of a part of the plan come to, and when the sum lacks something."""

from decimal import Decimal
from fractions import Fraction

import pytest

from mizuho_pdca.domain.figures.achievement import Achievement, Observation, YearValue
from mizuho_pdca.domain.figures.money import Money, common_unit, money
from mizuho_pdca.domain.plan.targets import WordedTarget

YEAR = 2024


@pytest.fixture
def reckoned(make_indicator):
    """Return a function that adds up indicators: of each its unit, budget, spending and what else is known."""

    def reckon(*rows, unit="千円"):
        parts = []
        for own, budget, spent, known in rows:
            target = Decimal(budget) if isinstance(budget, str) else budget
            goal = Achievement(target, known.pop("target_year", None if target is None else YEAR))
            value = YearValue(Decimal(spent) if isinstance(spent, str) else spent, **known)
            parts.append((make_indicator(f"kind: input, unit: {own}"), value, goal))
        return money(parts, YEAR, unit)

    return reckon


Row = tuple[str, object, object, dict[str, object]]
BOTH: Row = ("千円", "100", "40", {})
NOTHING: Row = ("千円", None, None, {})


@pytest.mark.parametrize(
    ("rows", "budget", "spent", "is_partial"),
    [
        ([], None, None, False),
        ([BOTH], 100, 40, False),
        ([BOTH, BOTH], 200, 80, False),
        ([BOTH, NOTHING], 100, 40, False),
        ([BOTH, ("千円", "10", None, {})], 110, 40, True),
        ([BOTH, ("千円", None, "5", {})], 100, 45, True),
        ([("千円", None, "5", {})], None, 5, False),
        ([("千円", None, "5", {}), NOTHING], None, 5, False),
        ([("千円", "10", None, {})], 10, None, False),
        ([("千円", "10", None, {}), ("千円", None, "5", {})], 10, 5, True),
        ([BOTH, ("千円", None, None, {"missing": "pending"})], 100, 40, True),
        ([("千円", None, "5", {"partial": True})], None, 5, True),
        ([BOTH, ("千円", "60", "5", {"partial": True})], 160, 45, True),
        ([BOTH, ("千円", "60", "5", {"target_year": YEAR + 1})], 100, 45, True),
        ([("千円", "60", None, {"target_year": YEAR + 1}), BOTH], 100, 40, False),
        ([("千円", Fraction(5, 2), Fraction(1, 2), {})], Decimal("2.5"), Decimal("0.5"), False),
        ([BOTH, ("千円", WordedTarget(text="増やさない"), "5", {})], 100, 45, True),
        ([BOTH, ("千円", "10", True, {})], 110, 40, True),
        ([("百万円", "1", "0.5", {}), ("円", "500", "250", {})], Decimal("1000.5"), Decimal("500.25"), False),
    ],
)
def test_a_sum_is_partial_where_one_side_of_an_amount_is_not_known(reckoned, rows, budget, spent, is_partial):
    found = reckoned(*[(*row, dict(known)) for *row, known in rows])
    assert (found.budget, found.spent, found.is_partial) == (budget, spent, is_partial)


@pytest.mark.parametrize(
    ("firsts", "told"), [([False, False], None), ([True, False], "partly"), ([True, True], "all"), ([], None)]
)
def test_first_figures_make_the_sum_one(reckoned, firsts, told):
    one = Observation("x", Decimal(5))
    known = [{"used": (Observation("x", Decimal(5), provisional=True) if first else one,)} for first in firsts]
    unspent = ("千円", "1", None, {"used": (Observation("y", missing="pending", provisional=True),)})
    rows = [("千円", "5", "5", each) for each in known]
    assert reckoned(*rows, unspent).provisional == told


@pytest.mark.parametrize(
    ("sums", "share"),
    [
        (Money(Decimal(8), Decimal(6)), Fraction(75)),
        (Money(Decimal(8), Decimal(0)), Fraction(0)),
        (Money(Decimal(8), Decimal(6), is_partial=True), None),
        (Money(Decimal(8), None), None),
        (Money(None, Decimal(6)), None),
        (Money(Decimal(1), Decimal(1)), Fraction(100)),
        (Money(Decimal(0), Decimal(6)), None),
        (Money(Decimal(-1), Decimal(6)), None),
    ],
)
def test_what_was_carried_out_is_a_share_only_of_a_whole_budget(sums, share):
    assert (None if sums.execution is None else sums.execution.percent) == share


@pytest.mark.parametrize(
    ("units", "common"), [([], None), (["人"], None), (["億円", "千円", "人"], "千円"), (["百万円"], "百万円")]
)
def test_the_common_unit_is_the_smallest_of_money(make_indicator, units, common):
    assert common_unit(make_indicator(f"kind: input, unit: {unit}") for unit in units) == common
