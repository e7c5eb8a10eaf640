# mypy: allow-untyped-calls
"""Figures that can't be counts, and those that only look like it."""

from decimal import Decimal

import pytest

from mizuho_pdca.app.input.figures import check_count, of_others, typed_value, typed_values
from mizuho_pdca.app.input.gathering import Gathering
from mizuho_pdca.errors import UsageFault

RATIO = "direction: increase, method: ratio, unit: 件"
AROUND = "direction: maintain, method: maintain, unit: 件"


@pytest.mark.parametrize(
    ("text", "figure", "why"),
    [
        (RATIO, "3", None),
        (RATIO, "0", None),
        (RATIO, "-1", "訪問件数 counts 件: -1 is less than nothing"),
        (RATIO, "1.5", "訪問件数 counts 件: 1.5 is no whole number"),
        (RATIO, "1.0", None),
        (RATIO.replace("件", "％"), "-1.5", None),
        (RATIO.replace("件", "箇所"), "1.5", "no whole number"),
        (f"{RATIO}, decimals: 1", "1.5", None),
        (f"{RATIO}, aggregate: mean", "1.5", None),
        (f"{RATIO}, baseline: {{year: 2021, value: 2.5}}", "1.5", None),
        (f"{RATIO}, baseline: {{year: 2021, value: -2}}", "-1", None),
        (f"{RATIO}, baseline: {{year: 2021, value: 0}}", "-1", "less than nothing"),
        (f"{RATIO}, targets: {{2024: -2}}", "-1", None),
        (f"{RATIO}, targets: {{2024: 2.5}}", "1.5", None),
        (f"{RATIO}, targets: {{2024: 2}}", "1.5", "no whole number"),
        (f"{AROUND}, tolerance: 1, targets: {{2024: 0}}", "-1", None),
        (f"{AROUND}, tolerance: 1, targets: {{2024: 1}}", "-1", "less than nothing"),
        (f"{AROUND}, tolerance: 1, targets: {{2024: 5}}", "-1", "less than nothing"),
    ],
)
def test_a_count_is_a_whole_number_of_things_unless_the_plan_shows_otherwise(make_indicator, text, figure, why):
    indicator = make_indicator(text)
    if why is None:
        assert check_count(indicator, Decimal(figure)) == Decimal(figure)
        return
    with pytest.raises(UsageFault) as caught:
        check_count(indicator, Decimal(figure))
    assert why in caught.value.text(str)
    assert "--force" in caught.value.text(str)


def test_yes_and_no_are_no_counts(make_indicator):
    assert check_count(make_indicator(RATIO), figure=True) is True


def test_a_figure_of_a_place_that_has_one_indicator_needs_no_name(adopted_plan):
    one = adopted_plan.places["1-1-2-1"]
    assert typed_value(adopted_plan, "３件", 2024, one) == ("company-visits", Decimal(3))
    assert typed_value(adopted_plan, "= 3", 2024, one) == ("company-visits", Decimal(3))
    with pytest.raises(UsageFault, match="not of the form"):
        typed_value(adopted_plan, "company-visits=", 2024, one)
    with pytest.raises(UsageFault) as caught:
        typed_value(adopted_plan, "多い", 2024, one)
    assert "-k company-visits=3" in caught.value.text(str)


BESIDE = """
- id: "1"
  title: 方針
  measures:
  - id: 1-1
    title: 基本施策
    submeasures:
    - id: 1-1-1
      title: 施策
      initiatives:
      - id: 1-1-1-1
        title: 訪問
        indicators:
        - id: visits
          name: 訪問件数
          unit: 件
          kind: output
          direction: increase
          method: ratio
          aggregate: sum
          adopted: true
        - {id: cost, name: 事業費, unit: 千円, kind: input}
"""


def test_the_unit_says_which_of_several_indicators_a_figure_is_of(make_plan):
    plan = make_plan(BESIDE)
    place = plan.places["1-1-1-1"]
    assert typed_value(plan, "３件", 2024, place) == ("visits", Decimal(3))
    assert typed_value(plan, "12千円", 2024, place) == ("cost", Decimal(12))
    assert typed_value(plan, "12万円", 2024, place) == ("cost", Decimal(120))
    with pytest.raises(UsageFault, match="which indicator"):
        typed_value(plan, "3", 2024, place)
    with pytest.raises(UsageFault, match="which indicator"):
        typed_value(plan, "3社", 2024, place)


def test_whose_a_figure_is_is_told_where_it_is_another_s(adopted_plan):
    elsewhere = adopted_plan.places["2-1-1-1"]
    figures = {"company-visits": Decimal(3)}
    (note,) = of_others(adopted_plan, figures, elsewhere)
    assert note.text(str) == "企業訪問件数 is an indicator of 1-1②-1 企業訪問活動の実施"
    assert list(of_others(adopted_plan, figures, adopted_plan.places["1-1-2-1"])) == []


def test_a_figure_that_is_given_twice_or_can_not_be_is_told_and_the_others_are_kept(adopted_plan):
    place, wrong = adopted_plan.places["1-1-2-1"], Gathering()
    assert typed_values(adopted_plan, ["3", "company-visits=4"], 2024, place, wrong) == {"company-visits": Decimal(3)}
    assert [str(error) for error in wrong.errors] == ["{indicator} is given twice"]
    wrong = Gathering()
    typed_values(adopted_plan, ["1.5"], 2024, place, wrong)
    assert [str(error) for error in wrong.errors] == ["{indicator} counts {unit}: {value} is no whole number"]
    wrong = Gathering()
    assert typed_values(adopted_plan, ["1.5"], 2024, place, wrong, force=True) == {"company-visits": Decimal("1.5")}
    assert wrong.errors == []
