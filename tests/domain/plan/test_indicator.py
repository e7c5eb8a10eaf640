# mypy: disable-error-code="union-attr"
from decimal import Decimal
from fractions import Fraction

import pytest
import ryaml
from pydantic import TypeAdapter

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.papers.words import print_number

WORDS = "words: {yes: 設置, no: なし}"


@pytest.mark.parametrize(
    ("span", "years"),
    [
        ("", [2022, 2023, 2024, 2025]),
        ("from: 2023", [2023, 2024, 2025]),
        ("until: 2024", [2022, 2023, 2024]),
        ("from: 2023, until: 2024", [2023, 2024]),
    ],
)
def test_an_indicator_is_in_force_from_and_until_its_years_both_included(make_indicator, span, years):
    indicator = make_indicator(f"direction: increase, method: ratio, {span}")
    assert [year for year in range(2022, 2026) if indicator.in_force(year)] == years


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("method: ratio", Decimal("0.1"), Fraction(1, 10)),
        ("method: ratio", Decimal(0), Fraction(0)),
        ("method: ratio", "12件", None),
        ("method: ratio", "12", None),
        ("method: ratio", True, None),
        ("method: done", True, True),
        ("method: done", False, False),
        ("method: done", "yes", True),
        ("method: done", "はい", True),
        ("method: done", "no", False),
        ("method: done", "無", False),
        ("method: done", "設置", None),
        ("method: done", Decimal(1), None),
        (f"method: done, {WORDS}", "設置", True),
        (f"method: done, {WORDS}", "なし", False),
        (f"method: done, {WORDS}", "建設中", None),
        (f"method: done, {WORDS}", "済", True),
        ("method: done, words: [検討, 試行, 実施（１期）]", "試行", "試行"),
        ("method: done, words: [検討, 試行, 実施（１期）]", "実施(1期)", "実施（１期）"),
        ("method: done, words: [検討, 試行, 実施（１期）]", "はい", None),
        ("method: done, words: [検討, 試行, 実施（１期）]", True, None),
    ],
)
def test_what_a_figure_means_depends_on_the_method(make_indicator, text, figure, value):
    indicator = make_indicator(f"direction: increase, {text}")
    assert indicator.read(figure) is value or indicator.read(figure) == value
    assert indicator.accepts(figure) is (value is not None)


@pytest.mark.parametrize(
    "words",
    ["", WORDS, "words: {yes: とりまとめ済, no: 検討中}", "words: {yes: 無, no: 有}", "words: {yes: 未, no: 済}"],
)
@pytest.mark.parametrize("value", [True, False])
def test_the_word_that_is_printed_reads_back(make_indicator, words, value):
    indicator = make_indicator(f"direction: increase, method: done, {words}")
    assert indicator.read(indicator.spell(value)) is value


@pytest.mark.parametrize(("words", "printed"), [("", ["yes", "no"]), (WORDS, ["設置", "なし"])])
def test_yes_and_no_are_spelled_in_the_words_of_the_indicator(make_indicator, words, printed):
    indicator = make_indicator(f"direction: increase, method: done, {words}")
    assert [indicator.spell(value) for value in (True, False)] == printed


@pytest.mark.parametrize(
    ("text", "baseline", "targets"),
    [
        ("method: ratio", None, {}),
        ("method: ratio, targets: {2031: 120, 2024: 60}", None, {2024: 60, 2031: 120}),
        ("method: progress, baseline: {year: 2021, value: 26.3}", Fraction("26.3"), {}),
        (f"method: done, {WORDS}, targets: {{2031: 設置}}, baseline: {{year: 2021, value: なし}}", False, {2031: True}),
        ("method: ratio, targets: {2024: 多数, 2031: 5}, baseline: {year: 2021, value: 不明}", None, {2031: 5}),
    ],
)
def test_baseline_and_targets_are_exact_and_in_rising_order(make_indicator, text, baseline, targets):
    indicator = make_indicator(f"direction: increase, {text}")
    assert indicator.baseline_value == baseline
    assert list(indicator.target_values.items()) == list(targets.items())


@pytest.mark.parametrize(
    ("text", "figure", "printed"),
    [
        ("", "5.0", "5.0"),
        ("", "1234.50", "1,234.50"),
        ("decimals: 1", "5", "5.0"),
        ("decimals: 2", "5.0", "5.00"),
        ("decimals: 1", "4.25", "4.3"),
        ("decimals: 0", "4.5", "5"),
    ],
)
def test_a_typed_figure_is_printed_as_typed_or_with_the_decimals_of_the_indicator(
    make_indicator, text, figure, printed
):
    value = make_indicator(f"direction: increase, method: ratio, {text}").read(Decimal(figure))
    assert print_number(value) == printed
    assert value == Decimal(figure)


@pytest.mark.parametrize(
    ("key", "faults"),
    [
        ("decimals: 7", [("E103", ("decimals",), "a whole number from 0 to 6")]),
        ("decimals: -1", [("E103", ("decimals",), "a whole number from 0 to 6")]),
        ("decimals: 1.5", [("E103", ("decimals",), "a whole number from 0 to 6")]),
        ("words: 設置", [("E103", ("words",), "a mapping (key: value)")]),
        ("words: {yes: 設置}", [("E102", ("words",), None)]),
        ("words: [検討, 2]", [("E103", ("words", 1), "text")]),
        ("words: [検討, '']", [("E105", ("words", 1), None)]),
    ],
)
def test_a_shape_that_is_wrong_is_one_fault_in_its_place(key, faults):
    text = (
        f"{{id: a, name: 甲, kind: output, direction: increase, method: done, aggregate: latest, adopted: true, {key}}}"
    )
    found = read_shape(TypeAdapter(Indicator), ryaml.loads(text))
    assert isinstance(found, list)
    expected = [(one.code, one.at, one.values.get("expected")) for one in found]
    assert [(code, at, str(wanted and wanted.text(str)) if wanted else None) for code, at, wanted in expected] == faults


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("targets: {2024: 60}", 0),
        ("targets: {2024: 60.5, 2031: 7}", 1),
        ("targets: {2024: 60}, baseline: {year: 2021, value: 40.25}", 2),
        ("targets: {2024: 60.25}, decimals: 1", 1),
        ("targets: {2024: 60}, decimals: 2", 2),
        ("targets: {2024: {text: 維持, at_least: 0.125}}", 3),
        ("targets: {2024: {from: 0.5, to: 1.5}}", 0),
        ("targets: {2024: {text: 維持}}", 0),
        ("", 0),
    ],
)
def test_the_plan_s_own_figures_say_with_how_many_decimals_one_is_printed(make_indicator, text, places):
    assert make_indicator(f"direction: increase, method: ratio, {text}").places == places


def test_yes_and_no_have_no_decimals(make_indicator):
    assert make_indicator("direction: increase, method: done, targets: {2024: true}").places == 0
