# mypy: allow-untyped-calls
import re
import struct
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.language import translator
from mizuho_pdca.papers.chart import ActualPoint, Chart
from mizuho_pdca.papers.review import papers
from mizuho_pdca.render.charts import Marks, legend, png, svg

EN, JA = translator("en"), translator("ja")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*values, targets=(), baseline=None, guide=(), years=None, year=2024, title="件数", unit="件"):
    """Return a chart whose actuals begin in 2022."""
    actuals = tuple(
        ActualPoint(2022 + count, str(value), None if value is None else Decimal(str(value)))
        for count, value in enumerate(values)
    )
    points = tuple((given, Decimal(str(value))) for given, value in targets)
    known = [2022, year, *(actual.year for actual in actuals), *(given for given, _ in points)]
    known += [] if baseline is None else [baseline[0]]
    return Chart(
        anchor="a",
        number="1",
        title=title,
        caption=f"1 {title}（{unit}）",
        unit=unit,
        year=year,
        years=years or tuple(range(min(known), max(known) + 1)),
        actuals=actuals,
        targets=points,
        guide=tuple((given, Decimal(str(value))) for given, value in guide),
        baseline=None if baseline is None else (baseline[0], Decimal(str(baseline[1]))),
        description="",
        headings=("", "", "", ""),
    )


FULL = drawn(38, 52, 70, baseline=(2021, 40), targets=((2024, 60), (2026, 120)), guide=((2025, 90),))


def paths(chart, **wanted):
    """Return what each path is made of whose attributes have these values."""
    elements = ET.fromstring(svg(chart)).iter(f"{SVG}path")  # noqa: S314 (our own)
    return [
        element.get("d")
        for element in elements
        if all(element.get(name.replace("_", "-")) == value for name, value in wanted.items())
    ]


def points(chart, steps):
    """Return the years and values that a line goes through."""
    frame = Marks(chart).frame
    found = [tuple(map(float, pair.split())) for pair in steps[1:].split("L")]
    return [
        (round(chart.years[0] - 0.5 + (x - frame.left) / (frame.x(1) - frame.x(0))), round(value_at(frame, y), 1))
        for x, y in found
    ]


def value_at(frame, y):
    low, high = frame.values
    return high - (y - frame.top) / (frame.height - frame.top - frame.bottom) * (high - low)


def labels(chart):
    """Return the labels: the text, at which point, and where from there."""
    return {(label.point[0], float(label.point[1])): (label.text, label.place) for label in Marks(chart).labels}


# -- what is drawn ----------------------------------------------------------------------------


def test_every_sign_differs_in_form():
    signs = [re.sub(r"^M[\d. ]+", "", steps) for steps in paths(FULL) if "Z" in steps]
    assert len(set(signs)) == 3, "circles, diamonds and a square"
    assert len(signs) == 3 + 2 + 1
    (actuals,) = paths(FULL, stroke_width="2")
    assert points(FULL, actuals) == [(2022, 38), (2023, 52), (2024, 70)]
    (guide,) = paths(FULL, stroke_dasharray="4 3")
    assert points(FULL, guide) == [(2021, 40), (2024, 60), (2026, 120)]


def test_a_gap_parts_the_line_and_is_no_zero():
    chart = drawn(38, None, 70, 71)
    assert Marks(chart).gaps == (2023,)
    one, other = paths(chart, stroke_width="2")
    assert "L" not in one
    assert points(chart, other) == [(2024, 70), (2025, 71)]
    assert len([steps for steps in paths(chart) if "m0 -6" in steps]) == 1, "a cross says that there is no figure"


def test_what_there_is_not_is_not_drawn():
    chart = drawn(1)
    assert paths(chart, stroke_dasharray="4 3") == []
    assert [steps for steps in paths(chart) if "Z" in steps and "a3.8" not in steps] == []


def test_a_chart_without_any_figure_is_an_empty_frame():
    chart = drawn(None, None, None)
    assert labels(chart) == {}
    assert "<svg" in svg(chart)


@pytest.mark.parametrize(("better", "tip"), [("up", "6"), ("down", "30")])
def test_an_arrow_says_where_better_is(better, tip):
    (arrow,) = [steps for steps in paths(replace(FULL, better=better)) if steps.startswith("M294 ")]
    assert f"L294 {tip}m" in arrow
    assert [steps for steps in paths(FULL) if steps.startswith("M294 ")] == []


def test_the_tolerance_is_a_band_around_the_target():
    chart = replace(drawn(24.9, unit="%", targets=((2024, 26.3),)), tolerance=Decimal(5))
    assert list(chart.tolerated) == [(2024, Decimal("21.3"), Decimal("31.3"))]
    assert svg(chart).count('fill="#767676" fill-opacity') == 1
    assert svg(FULL).count('fill="#767676" fill-opacity') == 0


def test_an_axis_that_does_not_begin_at_zero_is_marked_as_cut():
    cut, whole = drawn(38, 52, 70, unit="%"), drawn(38, 52, 70)
    assert [len([steps for steps in paths(chart) if "l-3 -3l6 -3" in steps]) for chart in (cut, whole)] == [1, 0]


# -- labels -----------------------------------------------------------------------------------


def test_the_reviewed_years_actual_and_the_targets_are_labelled():
    assert labels(FULL) == {(2024, 70): ("70", "above"), (2024, 60): ("60", "below"), (2026, 120): ("120", "above")}


def test_an_actual_below_its_target_is_labelled_below():
    assert labels(drawn(0, 30, 50, targets=((2024, 60),))) == {
        (2024, 60): ("60", "above"),
        (2024, 50): ("50", "below"),
    }


def test_an_actual_below_the_guide_is_labelled_below():
    chart = drawn(40, 50, 60, targets=((2031, 120),), guide=((2024, 70),))
    assert labels(chart)[2024, 60] == ("60", "below")


def test_a_target_that_is_met_exactly_is_labelled_once():
    assert labels(drawn(40, 50, 60, targets=((2024, 60),))) == {(2024, 60): ("60", "above")}


def test_a_label_that_has_no_room_below_stands_beside():
    assert labels(drawn(0, 0, 0, targets=((2024, 10),)))[2024, 0] == ("0", "right")


def test_a_year_without_an_actual_has_the_targets_label_alone():
    assert labels(drawn(40, 50, None, targets=((2024, 60),))) == {(2024, 60): ("60", "above")}


@pytest.mark.parametrize(
    ("value", "text"), [("1200000", "1,200,000"), ("26.30", "26.30"), ("100", "100"), ("0.5", "0.5"), ("-5", "−5")]
)
def test_a_label_has_the_digits_of_print(value, text):
    assert labels(drawn(None, None, value))[2024, float(value)][0] == text


# -- axes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", range(2024, 2060, 3))
def test_the_reviewed_year_is_always_named_and_years_do_not_touch(last):
    named = list(Marks(drawn(1, targets=((last, 2),))).years)
    assert 2024 in named
    assert len(named) <= 7
    assert len({later - earlier for earlier, later in pairwise(named)}) <= 1


def test_the_years_have_room_at_both_ends():
    assert Marks(FULL).frame.years == (2020.5, 2026.5)


@pytest.mark.parametrize(
    ("unit", "values", "starts_at_zero"),
    [
        ("件", (30, 52, 70), True),
        ("件", (38, 52, 70), True),
        ("件", (980, 1000), True),
        ("件", (-5, 5), False),
        ("%", (30, 52, 70), True),
        ("%", (35, 70), True),
        ("%", (38, 52, 70), False),
        ("％", (26.3, 24.9), False),
        ("%", (0, 1), True),
        ("%", (-5, 5), False),
        ("%", (0,), True),
        ("件", (7,), True),
    ],
)
def test_values_start_at_zero_unless_they_are_percentages_far_above(unit, values, starts_at_zero):
    chart = drawn(*values, unit=unit)
    low, high = Marks(chart).frame.values
    assert (low, high) == tuple(map(float, chart.span))
    assert (low == 0) == starts_at_zero
    assert low <= min(values) <= max(values) < high


@pytest.mark.parametrize(
    ("values", "unit", "words"),
    [((400_000, 1_200_000), "円", "500,000"), ((1200, 2400), "件", "1,000"), ((1.5, 5), "日", "2")],
)
def test_the_axis_has_thousands_separators(values, unit, words):
    texts = [text.text or "" for text in ET.fromstring(svg(drawn(*values, unit=unit))).iter(f"{SVG}text")]  # noqa: S314 (our own)
    assert words in texts
    assert {text for text in texts if re.search(r"\d{4}", text)} == {"2022", "2023", "2024"}


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=5))
def test_the_axis_has_a_few_round_values_between_its_ends(values):
    chart = drawn(*values)
    low, high = Marks(chart).frame.values
    ticks = list(Marks(chart).ticks)
    slack = (high - low) * 1e-9
    assert 2 <= len(ticks) <= 6
    assert ticks == sorted(set(ticks))
    assert all(low - slack <= tick <= high + slack for tick in ticks)
    assert all(low <= float(value) <= high for value in values)


def test_a_negative_value_has_the_same_sign_on_the_axis_as_in_its_label():
    words = [text.text or "" for text in ET.fromstring(svg(drawn(-4, -2, -4))).iter(f"{SVG}text")]  # noqa: S314 (our own)
    assert words.count("−4") == 2
    assert not any("-" in word for word in words)


def test_long_values_have_room_at_the_left():
    narrow, wide = (Marks(chart).frame for chart in (drawn(1, 2), drawn(1_000_000_000, 2_000_000_000)))
    assert wide.left > narrow.left + 40
    assert wide.width == narrow.width == 300


@given(
    st.lists(st.integers(0, 9_999_999), min_size=3, max_size=3),
    st.lists(st.tuples(st.integers(2022, 2031), st.integers(0, 9_999_999)), max_size=8, unique_by=lambda pair: pair[0]),
)
def test_no_label_lies_on_another_or_leaves_the_picture(values, targets):
    made = Marks(drawn(*values, targets=tuple(sorted(targets))))
    boxes = [made._box(label.point, label.text, label.place) for label in made.labels]  # noqa: SLF001
    assert boxes
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= 300
        assert 0 <= top < bottom <= 158
        for other in boxes[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


# -- pictures ---------------------------------------------------------------------------------


def test_a_picture_carries_digits_and_no_words(report):
    for chart in papers(report, JA).charts:
        words = [text.text or "" for text in ET.fromstring(svg(chart)).iter(f"{SVG}text")]  # noqa: S314 (our own)
        assert words
        assert [word for word in words if not re.fullmatch(r"[RHS]?[\d.,−]+", word)] == []
        assert [word for word in words if re.fullmatch(r"20\d\d", word)] == []
        assert chart.label(chart.years[0]) in words or chart.label(chart.years[1]) in words


def test_no_text_of_a_plan_reaches_the_picture(hostile):
    chart = drawn(1, 2, 3, title=hostile)
    assert svg(chart) == svg(drawn(1, 2, 3))


def test_a_picture_asks_for_nothing_from_elsewhere():
    made = svg(FULL)
    assert re.findall(r"(?:href|src)=|url\(http|<image|<script", made) == []


@pytest.mark.slow
def test_the_same_chart_gives_the_same_bytes():
    assert svg(FULL) == svg(FULL)
    assert png(FULL) == png(FULL)


@pytest.mark.slow
@pytest.mark.parametrize("chart", [FULL, drawn(10**9), drawn(None)], ids=["full", "large", "empty"])
def test_every_picture_has_the_same_size(chart):
    root = ET.fromstring(svg(chart))  # noqa: S314 (our own)
    assert (float(root.get("width", 0)), float(root.get("height", 0))) == (300, 158)
    content = png(chart)
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (900, 474)


@pytest.mark.parametrize(
    ("t", "words"), [(EN, ["actual", "target", "baseline", "guide"]), (JA, ["実績値", "目標値", "基準値", "目安"])]
)
def test_the_legend_explains_every_sign(t, words):
    said = legend(t)
    assert all(word in said for word in words)
    assert all(sign in said for sign in ("●", "◇", "□", "- - -"))


def test_the_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(EnvironmentFault) as caught:
        png(FULL)
    assert "vl_convert" in caught.value.text(EN)
