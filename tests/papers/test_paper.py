# mypy: allow-untyped-calls
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from mizuho_pdca.papers.chart import ActualPoint, Chart
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers, named_count

CHART = Chart(
    anchor="indicator-visits",
    number="1-1",
    title="訪問件数",
    caption="1-1 訪問件数（件）",
    unit="件",
    year=2024,
    years=(2024,),
    actuals=(),
    targets=(),
    guide=(),
    baseline=None,
    description="",
    headings=("", "", "", ""),
)


def papers(*some):
    """Return papers by name, each without rows unless its name ends in a digit."""
    made = tuple(
        Paper(
            name,
            name.title(),
            (Column("No."),),
            ((Cell("1"),),) if name[-1].isdigit() else (),
            internal="office" in name,
        )
        for name in some
    )
    return Papers("試験計画", (), None, made, (), charts=(CHART,))


def names(drawn):
    return [paper.name for paper in drawn.papers]


# -- cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number", "choice"),
    [
        (Cell("A"), None, "A"),
        (Cell("－ → A", key="A"), None, "A"),
        (Cell("－ → －", key=""), None, ""),
        (Cell("85.7% (6/7)", (Decimal("85.7"), Decimal(6), Decimal(7))), Decimal("85.7"), "85.7% (6/7)"),
        (Cell("－", (None, None)), None, "－"),
    ],
)
def test_a_cell_is_sorted_by_its_first_number_and_filtered_by_its_key(cell, number, choice):
    assert (cell.number, cell.choice) == (number, choice)


# -- one paper --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("under", "stacks"),
    [
        ([], ()),
        ([False], ((0,),)),
        ([False, False], ((0,), (1,))),
        ([False, True, True, False, True], ((0, 1, 2), (3, 4))),
    ],
)
def test_columns_stand_below_the_one_before_them_where_they_are_meant_to(under, stacks):
    paper = Paper("x", "X", tuple(Column("", under=one) for one in under), ())
    assert paper.stacks == stacks


# -- all papers -------------------------------------------------------------------------------


def test_the_council_does_not_get_what_is_the_offices_own():
    assert names(papers("summary", "office1").for_council) == ["summary"]


def test_papers_without_rows_can_be_left_out():
    assert names(papers("summary1", "opinions", "office1").filled) == ["summary1", "office1"]


def test_some_of_the_papers_carry_their_number_and_keep_their_order():
    drawn = papers("summary", "initiatives", "elsewhere").only(("elsewhere", "initiatives"), "資料2")
    assert (names(drawn), drawn.label) == (["initiatives", "elsewhere"], "資料2")
    assert papers("summary").only(("summary",)).label is None


def test_the_charts_go_with_the_indicators():
    assert papers("summary", "indicators").only(("indicators",)).charts == (CHART,)
    assert papers("summary", "indicators").only(("summary",)).charts == ()


def test_papers_carry_the_time_of_their_last_entry_and_never_the_clocks():
    made = datetime(2025, 6, 1, 9, tzinfo=timezone(timedelta(hours=9)))
    assert replace(papers("summary"), made=made).dated == datetime(2025, 6, 1, tzinfo=UTC)
    assert papers("summary").dated == papers("opinions").dated
    assert papers("summary").dated.utcoffset() == timedelta(0)


# -- charts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ([], []),
        ([None, None], []),
        ([1, 2], [[2022, 2023]]),
        ([None, 1, None, None, 2, 3, None], [[2023], [2026, 2027]]),
        ([1, None, 2], [[2022], [2024]]),
    ],
)
def test_actuals_that_follow_one_another_are_one_line(values, runs):
    actuals = tuple(
        ActualPoint(year, str(value), None if value is None else Decimal(value))
        for year, value in enumerate(values, 2022)
    )
    chart = replace(CHART, actuals=actuals)
    assert [[year for year, _ in run] for run in chart.runs] == runs


def test_the_line_of_the_guide_runs_from_the_baseline_through_the_targets():
    targets, guide = ((2026, Decimal(40)), (2031, Decimal(60))), ((2024, Decimal(32)),)
    chart = replace(CHART, years=(2021, 2024), targets=targets, guide=guide, baseline=(2021, Decimal(20)))
    assert chart.guide_line == ((2021, Decimal(20)), *targets)
    assert replace(chart, guide=()).guide_line == ()
    assert replace(chart, baseline=None).guide_line == targets
    assert list(chart.rows) == [(2021, None, None, None), (2024, None, None, Decimal(32))]


@pytest.mark.parametrize(
    ("unit", "values", "span"),
    [
        ("件", (), ("0", "1.08")),
        ("件", (50, 100), ("0", "108")),
        ("%", (50, 100), ("0", "108")),
        ("%", (90, 100), ("89.2", "100.8")),
        ("％", (90, 90), ("82.8", "97.2")),
        ("件", (90, 100), ("0", "108")),
        ("件", (-50, 50), ("-58", "58")),
        ("件", (0, 0), ("0", "0.08")),
    ],
)
def test_an_axis_begins_at_0_unless_percentages_lie_far_above_it(unit, values, span):
    actuals = tuple(ActualPoint(year, "", Decimal(value)) for year, value in enumerate(values, 2022))
    assert replace(CHART, unit=unit, actuals=actuals).span == tuple(map(Decimal, span))


def test_an_axis_reaches_to_targets_guide_and_baseline():
    chart = replace(CHART, targets=((2026, Decimal(40)),), baseline=(2021, Decimal(-10)), guide=((2024, Decimal(20)),))
    assert chart.span == (Decimal(-14), Decimal(44))


@pytest.mark.parametrize(
    ("name", "count", "shown"), [("A", 2, "A2"), ("他", 11, "他11"), ("5", 1, "5(1)"), ("①", 3, "①(3)"), ("", 1, "1")]
)
def test_a_count_is_told_from_the_rank_that_it_counts(name, count, shown):
    assert named_count(name, count) == shown
