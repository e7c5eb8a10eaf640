# mypy: allow-untyped-calls
from dataclasses import replace
from decimal import Decimal

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import translator
from mizuho_pdca.papers.chart import ActualPoint, Chart
from mizuho_pdca.papers.figures.charts import chart_of, indicator_charts
from mizuho_pdca.papers.indicators import indicator_anchor, indicators

JA = translator("ja")


@pytest.fixture(scope="session")
def report_of(make_plan, make_ledger):
    """Make a report on FY2024 of a plan with one initiative, given its indicators and entries."""

    def make(indicators, *entries):
        text = (
            '[{id: "1", title: 基盤, measures: [{id: 1-1, title: 経営, submeasures: [{id: 1-1-1, title: 訪問,'
            f" initiatives: [{{id: 1-1-1-1, title: 企業訪問, indicators: [{indicators}]}}]}}]}}]}}]"
        )
        return review(make_plan(text), make_ledger(*entries), 2024)

    return make


@pytest.fixture(scope="session")
def charts_of(report_of):
    """Return the charts of indicators, in English unless told otherwise."""

    def charts(indicators, *entries, t=str):
        report = report_of(indicators, *entries)
        return [chart_of(report, row, t) for row in report.indicators]

    return charts


def visits(more="", method="ratio", aggregate="sum"):
    """Return an indicator as it stands in a plan; ``more`` are keys that it has besides."""
    return (
        f"{{id: visits, name: 訪問件数, kind: output, direction: increase, method: {method}, aggregate: {aggregate},"
        f" adopted: true{more and ', '}{more}}}"
    )


FACILITY = (
    "{id: facility, name: 施設, kind: output, direction: increase, method: done, aggregate: latest,"
    " targets: {2031: true}, adopted: true}"
)
EMPTY = Chart("a", "1", "件数", "1 件数（件）", "件", 2024, (2022, 2023, 2024), (), (), (), None, "", ("", "", "", ""))
FULL = "unit: 件, baseline: {year: 2021, value: 40}, targets: {2024: 60, 2026: 80}"


def drawn(**more):
    """Return a chart of nothing but what is given."""
    return replace(EMPTY, **more)


def actuals(*values):
    """Return the actuals from 2022 on."""
    numbers = (None if value is None else Decimal(value) for value in values)
    return tuple(ActualPoint(2022 + count, str(value), value) for count, value in enumerate(numbers))


# -- what a chart shows -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ((), []),
        ((None, None), []),
        ((1, 2, 3), [((2022, 1), (2023, 2), (2024, 3))]),
        ((1, None, 3), [((2022, 1),), ((2024, 3),)]),
        ((None, 2, 3), [((2023, 2), (2024, 3))]),
        ((1, 2, None), [((2022, 1), (2023, 2))]),
        ((1, None, None, 4), [((2022, 1),), ((2025, 4),)]),
        ((0, None, 0), [((2022, 0),), ((2024, 0),)]),
    ],
)
def test_a_year_without_a_figure_parts_the_line(values, runs):
    assert list(drawn(actuals=actuals(*values)).runs) == runs


def test_the_guide_runs_from_the_baseline_through_the_targets():
    chart = drawn(baseline=(2021, 40), targets=((2024, 60), (2026, 80)), guide=((2022, 47), (2023, 53), (2025, 70)))
    assert chart.guide_line == ((2021, 40), (2024, 60), (2026, 80))


def test_the_guide_starts_at_the_first_target_where_there_is_no_baseline():
    chart = drawn(targets=((2024, 60), (2026, 80)), guide=((2025, 70),))
    assert chart.guide_line == ((2024, 60), (2026, 80))


def test_a_target_counts_where_the_baseline_is_of_the_same_year():
    chart = drawn(baseline=(2024, 40), targets=((2024, 60), (2026, 80)), guide=((2025, 70),))
    assert chart.guide_line == ((2024, 60), (2026, 80))


def test_without_a_guide_there_is_no_line():
    assert drawn(baseline=(2021, 40), targets=((2022, 60),)).guide_line == ()


def test_the_table_has_a_row_for_every_year():
    chart = drawn(actuals=actuals(5, None), targets=((2024, 60),), guide=((2023, 50),))
    one, two = chart.actuals
    assert list(chart.rows) == [(2022, one, None, None), (2023, two, None, 50), (2024, None, 60, None)]


# -- charts of a report -----------------------------------------------------------------------


def test_a_chart_names_its_indicator_and_the_row_that_it_belongs_to(report_of, charts_of):
    (chart,) = charts_of(visits(FULL))
    (row,) = report_of(visits(FULL)).indicators
    assert (chart.number, chart.title, chart.unit, chart.year) == ("1-1①-1", "訪問件数", "件", 2024)
    assert chart.anchor == indicator_anchor(row.indicator) == "indicator-visits"
    assert indicators(report_of(visits(FULL)), str).paper.anchors == (chart.anchor,)
    assert chart.headings == ("Fiscal year", "Actual", "Target", "Guide")


def test_what_is_only_done_or_not_has_no_chart(report_of):
    report = report_of(f"{FACILITY}, {visits()}", "id: a, values: {facility: true, visits: 3}")
    assert [chart.title for chart in indicator_charts(report, str, every=True)] == ["訪問件数"]


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        (["values: {visits: 60}"], 0),
        (["values: {visits: 59}"], 1),
        (["values: {visits: 60}", "date: 2023-06-12, values: {visits: 9}"], 1),
        (["values: {visits: 60}", "date: 2023-06-12, values: {visits: 50}"], 0),
        (["kind: actual, missing: {visits: 集計中}", "date: 2023-06-12, values: {visits: 9}"], 0),
    ],
)
def test_a_chart_matters_where_the_target_was_missed_or_the_judgement_changed(report_of, entries, count):
    texts = [f"id: {name}, {entry}" for name, entry in zip("ab", entries, strict=False)]
    report = report_of(visits("targets: {2023: 50, 2024: 60}"), *texts)
    assert len(list(indicator_charts(report, str))) == count
    assert len(list(indicator_charts(report, str, every=True))) == 1


def test_a_range_is_a_band_of_its_years(charts_of):
    (chart,) = charts_of("{id: ph, name: pH, unit: pH, kind: outcome, direction: maintain, method: maintain,"
                         " aggregate: latest, targets: {2024: {from: 7.8, to: 8.3}, 2026: {from: 8, to: 8.2}, 2025: 8},"
                         " tolerance: 1, adopted: true}")  # fmt: skip
    bands = {(2024, Decimal("7.8"), Decimal("8.3")), (2026, Decimal(8), Decimal("8.2")), (2025, Decimal(7), Decimal(9))}
    assert {*chart.tolerated} == bands
    assert chart.years[-1] == 2026
    assert "Target FY2024 7.8 to 8.3pH, FY2025 8pH, FY2026 8 to 8.2pH" in chart.description


def test_better_and_tolerance_are_told(charts_of):
    (chart,) = charts_of(visits())
    assert (chart.better, chart.tolerance) == ("up", None)
    (kept,) = charts_of("{id: a, name: 割合, kind: outcome, direction: maintain, method: maintain, aggregate: latest,"
                        " tolerance: 5, targets: {2024: 26}, adopted: true}")  # fmt: skip
    assert (kept.better, kept.tolerance) == ("", 5)
    assert list(kept.tolerated) == [(2024, 21, 31)]
    assert list(chart.tolerated) == []


@pytest.mark.parametrize(
    ("more", "entries", "count"),
    [
        ("", [], 0),
        ("", ["id: a, kind: actual, missing: {visits: 集計中}"], 0),
        ("", ["id: a, values: {visits: 0}"], 1),
        ("", ["id: a, date: 2022-06-01, values: {visits: 3}"], 1),
        ("targets: {2031: 60}", [], 0),
        ("baseline: {year: 2021, value: 40}", [], 0),
    ],
)
def test_a_chart_without_a_value_is_left_out(report_of, more, entries, count):
    assert len(list(indicator_charts(report_of(visits(more), *entries), str, every=True))) == count


@pytest.mark.parametrize(
    ("more", "entries", "english", "japanese"),
    [
        ("", ["values: {visits: 3}"], "1-1①-1 訪問件数", "1-1①-1 訪問件数"),
        ("unit: 件", ["values: {visits: 0}"], "1-1①-1 訪問件数 (件)", "1-1①-1 訪問件数（件）"),
        (FULL, [], "1-1①-1 訪問件数 (件), FY2024: not reported", "1-1①-1 訪問件数（件）　R6：未入力"),
        (
            FULL,
            ["kind: actual, missing: {visits: 集計中}"],
            "1-1①-1 訪問件数 (件), FY2024: 集計中",
            "1-1①-1 訪問件数（件）　R6：集計中",
        ),
        (
            FULL,
            ["date: 2023-06-01, values: {visits: 52}"],
            "1-1①-1 訪問件数 (件), FY2024: not reported",
            "1-1①-1 訪問件数（件）　R6：未入力",
        ),
        (
            FULL,
            ["kind: actual, values: {visits: 3}, missing: {visits: 集計中}"],
            "1-1①-1 訪問件数 (件)",
            "1-1①-1 訪問件数（件）",
        ),
    ],
)
def test_a_caption_has_number_title_unit_and_why_the_reviewed_year_has_no_actual(
    charts_of, more, entries, english, japanese
):
    texts = [f"id: {name}, {entry}" for name, entry in zip("ab", entries, strict=False)]
    for t, caption in ((str, english), (JA, japanese)):
        (chart,) = charts_of(visits(more), *texts, t=t)
        assert chart.caption == caption


def test_a_draft_is_marked_in_the_caption(charts_of):
    (chart,) = charts_of(visits(FULL).replace("adopted: true", "adopted: false"), "id: a, values: {visits: 3}", t=JA)
    assert chart.caption == "1-1①-1 訪問件数（案）（件）"


def test_the_years_go_from_the_baseline_to_the_last_target(charts_of):
    (chart,) = charts_of(visits(FULL))
    assert chart.years == tuple(range(2021, 2027))
    assert chart.baseline == (2021, 40)
    assert chart.targets == ((2024, 60), (2026, 80))


def test_without_baseline_and_targets_the_years_are_those_of_the_actuals(charts_of):
    (chart,) = charts_of(visits(), "id: a, values: {visits: 3}")
    assert chart.years == (2022, 2023, 2024)
    assert (chart.baseline, chart.targets, chart.guide, chart.unit) == (None, (), (), "")


def test_the_guide_has_the_years_between_alone(charts_of):
    (chart,) = charts_of(visits(FULL))
    assert [year for year, _ in chart.guide] == [2022, 2023, 2025]
    assert dict(chart.guide)[2025] == 70
    assert chart.guide_line == ((2021, 40), (2024, 60), (2026, 80))


def test_actuals_keep_their_gaps_and_the_reasons_for_them(charts_of):
    (chart,) = charts_of(
        visits(FULL),
        "id: a, date: 2022-06-01, values: {visits: 38}",
        "id: b, kind: actual, date: 2024-06-01, missing: {visits: 集計中}",
    )
    assert [(actual.year, actual.text, actual.value) for actual in chart.actuals] == [
        (2022, "38", 38),
        (2023, "－", None),
        (2024, "集計中", None),
    ]
    assert list(chart.runs) == [((2022, 38),)]


def test_zero_is_a_figure_and_no_gap(charts_of):
    (chart,) = charts_of(visits(), "id: a, date: 2023-06-01, values: {visits: 0}")
    assert list(chart.runs) == [((2023, 0),)]


def test_a_description_says_what_the_picture_shows(charts_of):
    entries = ["id: a, date: 2023-06-01, values: {visits: 52}", "id: b, date: 2024-06-01, values: {visits: 1200}"]
    (chart,) = charts_of(visits(FULL), *entries)
    assert chart.description == (
        "訪問件数 over the years; Baseline FY2021 40件; Actual FY2022 －, FY2023 52件, FY2024 1,200件;"
        " Target FY2024 60件, FY2026 80件"
    )


def test_a_description_leaves_out_what_there_is_not(charts_of):
    (chart,) = charts_of(visits(), "id: a, date: 2024-06-01, values: {visits: 5}")
    assert chart.description == "訪問件数 over the years; Actual FY2022 －, FY2023 －, FY2024 5"


def test_a_description_is_in_the_readers_language(charts_of):
    (chart,) = charts_of(visits("unit: 件, targets: {2026: 80}"), t=JA)
    assert chart.description.startswith("訪問件数の推移。実績値 令和4年度（2022年度）")
    assert chart.description.endswith("目標値 令和8年度（2026年度） 80件")
    assert chart.headings == ("年度", "実績値", "目標値", "目安")


def test_a_reference_indicator_is_marked_in_its_title(charts_of):
    (chart,) = charts_of(visits(FULL).replace("adopted: true", "adopted: false"))
    assert chart.title == "訪問件数 (draft)"
    assert chart.description.startswith("訪問件数 (draft) over the years")


# -- what is said of a value ------------------------------------------------------------------

FIRST = "as_of: R6.10末, provisional: true"


@pytest.mark.parametrize(
    ("figures", "printed", "data"),
    [
        ((FIRST,), "3（速報）（R6.10末）", ("速報", "R6.10末")),
        ((FIRST, ""), "6（一部速報）（一部はR6.10末）", ("一部速報", "一部はR6.10末")),
        (("as_of: R6.9末", "as_of: R6.10末"), "6（一部はR6.9末、R6.10末）", ("", "一部はR6.9末、R6.10末")),
        (("",), "3", ("", "")),
    ],
)
def test_a_sum_says_of_which_parts_it_is_provisional_or_of_another_day(report_of, figures, printed, data):
    said = [f"id: e{at}, kind: actual, values: {{visits: 3}}, {more}" for at, more in enumerate(figures)]
    made = indicators(report_of(visits("from: 2024, total: {2031: 50}"), *said), JA)
    (row,) = made.paper.rows
    at = {column.key: position for position, column in enumerate(made.paper.columns)}
    assert row[at["actual"]].text == printed
    assert row[at["total.actual"]].text == printed.split("（R")[0].split("（一部は")[0]
    records = dict(zip(made.columns, made.records[0], strict=True))
    assert (records["速報値"] or "", records["値の時点"] or "") == data
