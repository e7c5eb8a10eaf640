# mypy: allow-untyped-calls
import json
import re
import struct
import sys
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
from mizuho_pdca.render.charts import legend, png, spec, svg

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


def made_of(chart):
    """Return the spec of a chart, without a type."""
    return spec(chart)


def layers(chart, **marks):
    """Return the points of the layers whose marks have these properties."""
    return [
        [(point["year"], point["value"]) for point in layer["data"]["values"]]
        for layer in made_of(chart)["layer"]
        if marks.items() <= layer["mark"].items()
    ]


def labels(chart):
    """Return the labels: the text, at which point, and where from there."""
    found = {}
    for layer in made_of(chart)["layer"]:
        mark = layer["mark"]
        if mark["type"] == "text":
            (point,) = layer["data"]["values"]
            place = "beside" if "dx" in mark else "below" if mark["dy"] > 0 else "above"
            found[point["year"], point["value"]] = mark["text"], place
    return found


def axis(chart, name):
    return made_of(chart)["encoding"][name]["axis"]["values"]


def domain(chart, name):
    return made_of(chart)["encoding"][name]["scale"]["domain"]


# -- what is drawn ----------------------------------------------------------------------------


def test_every_sign_differs_in_form():
    assert layers(FULL, type="point", shape="circle") == [[(2022, 38), (2023, 52), (2024, 70)]]
    assert layers(FULL, type="point", shape="diamond") == [[(2024, 60), (2026, 120)]]
    assert layers(FULL, type="point", shape="square") == [[(2021, 40)]]
    assert layers(FULL, type="line", strokeDash=[4, 3]) == [[(2021, 40), (2024, 60), (2026, 120)]]
    assert layers(FULL, type="line", strokeWidth=2) == [[(2022, 38), (2023, 52), (2024, 70)]]


def test_a_gap_parts_the_line_and_is_no_zero():
    chart = drawn(38, None, 70, 71)
    assert layers(chart, type="line") == [[(2022, 38)], [(2024, 70), (2025, 71)]]
    assert layers(chart, shape="circle") == [[(2022, 38), (2024, 70), (2025, 71)]]


def test_what_there_is_not_is_not_drawn():
    chart = drawn(1)
    assert layers(chart, shape="square") == layers(chart, strokeWidth=1) == []
    assert layers(chart, shape="diamond") == [[]]


def test_a_chart_without_any_figure_is_an_empty_frame():
    chart = drawn(None, None, None)
    assert labels(chart) == {}
    assert "<svg" in svg(chart)


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
    assert labels(drawn(0, 0, 0, targets=((2024, 10),)))[2024, 0] == ("0", "beside")


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
    named = axis(drawn(1, targets=((last, 2),)), "x")
    assert 2024 in named
    assert len(named) <= 7
    assert len({later - earlier for earlier, later in pairwise(named)}) <= 1


def test_the_years_have_room_at_both_ends():
    assert domain(FULL, "x") == [2020.5, 2026.5]


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
    low, high = domain(chart, "y")
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
    low, high = domain(chart, "y")
    ticks = axis(chart, "y")
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
    narrow, wide = made_of(drawn(1, 2)), made_of(drawn(1_000_000_000, 2_000_000_000))
    assert wide["padding"]["left"] > narrow["padding"]["left"] + 40
    assert {made["width"] + made["padding"]["left"] + made["padding"]["right"] for made in (narrow, wide)} == {300}


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
    assert json.dumps(made_of(chart)) == json.dumps(made_of(drawn(1, 2, 3)))


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
    assert (float(root.get("width", 0)), float(root.get("height", 0))) == (300, 166)
    content = png(chart)
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (900, 498)


@pytest.mark.parametrize(
    ("t", "words"), [(EN, ["actual", "target", "baseline", "guide"]), (JA, ["実績値", "目標値", "基準値", "目安"])]
)
def test_the_legend_explains_every_sign(t, words):
    said = legend(t)
    assert all(word in said for word in words)
    assert all(sign in said for sign in ("●", "◇", "□", "- - -"))


@pytest.mark.parametrize("draw", [svg, png])
def test_the_package_that_is_missing_is_named(draw, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(EnvironmentFault) as caught:
        draw(FULL)
    assert "vl_convert" in caught.value.text(EN)
