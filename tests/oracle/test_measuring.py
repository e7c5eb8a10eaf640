# mypy: allow-untyped-calls
"""The reckoning of an indicator's year, held to the worked cases of printing and judging."""

from fractions import Fraction

import pytest
import ryaml

from tests.oracle.building import actuals, entries, one_indicator
from tests.oracle.measuring import percent
from tests.oracle.reckoning import reckon


def measured(indicator, figures, year=2024, head=None):
    whole = one_indicator(indicator)
    if head is not None:
        whole["scheme"] |= ryaml.loads(head)
    return reckon(whole, actuals(figures), year)["indicators"][0]


# -- rates, case by case ----------------------------------------------------------------------

RATES = [
    (1, "targets: {2024: 60}", 48, "80.0", False),
    (2, "targets: {2024: 300}", 351, "117.0", True),
    (3, "baseline: {year: 2021, value: 20}, targets: {2024: 40}", 32, "80.0", False),
    (4, "method: progress, baseline: {year: 2021, value: 20}, targets: {2024: 40}", 32, "60.0", False),
    (5, "method: progress, baseline: {year: 2021, value: 20}, targets: {2024: 40}", 18, "-10.0", False),
    (
        6,
        "method: progress, direction: decrease, baseline: {year: 2021, value: 50}, targets: {2024: 30}",
        36,
        "70.0",
        False,
    ),
    (
        7,
        "method: progress, direction: decrease, baseline: {year: 2021, value: 50}, targets: {2024: 30}",
        54,
        "-20.0",
        False,
    ),
    (
        8,
        "method: progress, direction: decrease, baseline: {year: 2021, value: 50}, targets: {2024: 30}",
        28,
        "110.0",
        True,
    ),
    (
        9,
        "method: progress, direction: decrease, baseline: {year: 2021, value: 12}, targets: {2024: 0}",
        3,
        "75.0",
        False,
    ),
    (11, "targets: {2024: 0}", 5, None, True),
    (12, "method: progress, baseline: {year: 2021, value: 40}, targets: {2024: 40}", 41, None, True),
    (13, "targets: {}", 12, None, None),
    (14, "targets: {2024: 2}", 0, "0.0", False),
    (19, "targets: {2024: 1000}", 799.6, "80.0", False),
    (20, "targets: {2024: 800}", 98, "12.3", False),
    (21, "method: maintain, direction: decrease, targets: {2024: 10}", 9, None, True),
    (22, "method: done, aggregate: latest, words: {yes: 設置, no: なし}, targets: {2024: 設置}", "yes", None, True),
]


@pytest.mark.parametrize(
    ("indicator", "actual", "rate", "met"), [case[1:] for case in RATES], ids=[c[0] for c in RATES]
)
def test_rates_of_the_worked_cases(indicator, actual, rate, met):
    figures = entries(f"kind: actual, values: {{kpi: {actual}}}")
    row = reckon(one_indicator(indicator), figures, 2024)["indicators"][0]
    assert (row["rate"], row["met"]) == (rate, met)


def test_case_15_a_missing_figure_has_its_reason_and_no_rate():
    row = measured("targets: {2024: 60}", [(2024, "未調査")])
    assert (row["actual"], row["missing"], row["rate"], row["met"]) == (None, "未調査", None, None)


@pytest.mark.parametrize(
    ("second", "actual", "rate", "partial"), [(5, 12, "60.0", False), ("未調査", 7, "35.0", True)], ids=["16", "17"]
)
def test_cases_16_and_17_a_running_total(second, actual, rate, partial):
    figures = [(2022, 3), (2023, second), (2024, 0), (2025, 4)]
    row = measured("aggregate: cumulative, targets: {2025: 20}", figures, 2025)
    assert (row["actual"], row["rate"], row["partial"], row["met"]) == (actual, rate, partial, False)


def test_case_18_before_the_target_year_the_pace_tells():
    text = "method: progress, aggregate: latest, baseline: {year: 2021, value: 20}, targets: {2031: 40}"
    row = measured(text, [(2024, 23)])
    assert (row["rate"], row["guide"], row["pace"], row["met"]) == ("15.0", 26, "50.0", None)


def test_case_19_the_band_is_that_of_the_printed_rate():
    assert measured("targets: {2024: 1000}", [(2024, 799.6)])["rating_suggested"] == "B"


# -- printing ---------------------------------------------------------------------------------


def test_p1_a_mean_is_exact_and_99_1_percent_is_not_met():
    row = measured("aggregate: mean, targets: {2024: 4.3}", [(2024, 4.21), (2024, 4.29), (2024, 4.29)])
    assert (row["actual"], row["rate"], row["met"]) == (Fraction(1279, 300), "99.1", False)


def test_p2_a_small_mean_is_not_zero():
    text = "aggregate: mean, method: maintain, direction: decrease, targets: {2024: 0.04}"
    row = measured(text, [(2024, 0.04), (2024, 0.05), (2024, 0.04)])
    assert (row["actual"], row["met"]) == (Fraction(13, 300), False)


def test_p3_a_guide_is_exact_and_so_is_the_pace():
    text = "method: progress, aggregate: latest, baseline: {year: 2021, value: 1.25}, targets: {2028: 1.40}"
    row = measured(text, [(2024, 1.28)])
    assert (round(float(row["guide"]), 3), row["pace"]) == (1.314, "46.7")


def test_p5_what_is_not_100_never_prints_as_100():
    row = measured("targets: {2024: 3000}", [(2024, 2999)])
    assert (row["rate"], row["met"], row["rating_suggested"]) == ("99.97", False, "B")
    assert [percent(9999999, 10000000), percent(10001, 10000), percent(1, 1)] == ["99.99999", "100.01", "100.0"]


# -- judging ----------------------------------------------------------------------------------

S_TO_C = """
scale: {ranks: [{code: S, name: 卓越, at_least: 120}, {code: A, name: 達成, at_least: 100},
  {code: B, name: 順調, at_least: 60}, {code: C, name: 遅れ}]}
"""


@pytest.mark.parametrize(("actual", "rank"), [(60, "A"), (72, "S"), (71, "A"), (59, "B"), (20, "C")])
def test_j1_met_is_a_and_s_is_by_the_rate(actual, rank):
    assert measured("targets: {2024: 60}", [(2024, actual)], head=S_TO_C)["rating_suggested"] == rank


def test_j4_a_running_total_begins_at_its_baseline():
    text = "aggregate: cumulative, baseline: {year: 2021, value: 35}, targets: {2023: 60}"
    row = measured(text, [(2022, 5), (2023, 4)], 2023)
    assert (row["actual"], row["rate"], row["partial"]) == (44, "73.3", False)


def test_j5_a_running_total_without_a_baseline_begins_at_0_the_year_before():
    row = measured("aggregate: cumulative, targets: {2031: 20}", [(2022, 1), (2023, 2)], 2023)
    assert (row["guide"], row["pace"], row["met"]) == (4, "75.0", None)
    row = measured("aggregate: cumulative, from: 2024, targets: {2031: 16}", [(2024, 1)])
    assert (row["guide"], row["pace"], row["partial"]) == (2, "50.0", False)


def test_j6_a_total_whose_own_year_is_missing_is_missing():
    figures = [(2022, 3), (2023, 5), (2024, "集計中")]
    row = measured("aggregate: cumulative, targets: {2024: 20}", figures)
    assert (row["actual"], row["missing"], row["rate"], row["previous"]) == (None, "集計中", None, 8)


def test_j7_a_yearly_value_has_no_rate_towards_another_years_target():
    row = measured("targets: {2024: 60, 2031: 120}", [(2025, 31)], 2025)
    assert (row["rate"], row["target_year"], row["pace"], row["met"]) == (None, 2031, "45.2", None)
    assert (round(float(row["guide"]), 1), row["rating_suggested"]) == (68.6, "C")
    row = measured("aggregate: latest, targets: {2024: 60, 2031: 120}", [(2025, 31)], 2025)
    assert (row["rate"], row["met"]) == ("25.8", None)


def test_j8_the_pace_of_a_ratio_is_a_ratio():
    text = "aggregate: latest, baseline: {year: 2021, value: 273}, targets: {2025: 275}"
    row = measured(text, [(2024, 245)])
    assert (row["rate"], row["guide"], row["pace"]) == ("89.1", Fraction(549, 2), "89.3")


@pytest.mark.parametrize(
    ("indicator", "actual", "met"),
    [
        ("targets: {2024: 60}", 30, None),
        ("targets: {2024: 60}", 60, True),
        ("aggregate: latest, targets: {2024: 60}", 70, None),
        ("method: maintain, direction: decrease, targets: {2024: 10}", 2, None),
        ("method: maintain, direction: decrease, targets: {2024: 10}", 11, False),
        ("method: maintain, direction: maintain, tolerance: 2, targets: {2024: 10}", 12, None),
        ("method: maintain, direction: maintain, tolerance: 2, targets: {2024: 10}", 13, False),
        ("targets: {2031: 60}", 30, None),
        ("targets: {2031: 60}", 61, True),
    ],
)
def test_j9_a_running_year_is_judged_only_where_nothing_can_change_it(indicator, actual, met):
    half_way = entries(f"kind: actual, values: {{kpi: {actual}}}, recorded: 2025-03-31T23:59:00+09:00")
    review = reckon(one_indicator(indicator), half_way, 2024)
    assert review["running"] is True
    assert [(row["met"], row["rating_suggested"]) for row in review["indicators"]] == [(met, None)]
    assert review["initiatives"][0]["rating_suggested"] is None


@pytest.mark.parametrize(
    ("other", "figures", "suggested"),
    [
        ("id: done, method: done, aggregate: latest, targets: {2024: true}", [("done", "false")], None),
        ("id: done, method: done, aggregate: latest, targets: {2024: true}", [("done", "true")], "A"),
        ("id: done, method: done, aggregate: latest, targets: {2024: true}", [], None),
        ("id: done, method: done, aggregate: latest, targets: {2028: true}", [("done", "false")], "A"),
        ("id: free, targets: {}", [("free", "3")], "A"),
        ("id: free, targets: {}", [], "A"),
        ("id: weak, targets: {2024: 10}", [("weak", "5")], "C"),
        ("id: money, kind: input, targets: {2024: 10}", [], "A"),
    ],
)
def test_j10_no_suggestion_while_an_own_indicator_is_unmet_without_a_rank(other, figures, suggested):
    given = [f"kind: actual, values: {{{slug}: {figure}}}" for slug, figure in (("kpi", "60"), *figures)]
    review = reckon(one_indicator("targets: {2024: 60}", other), entries(*given), 2024)
    assert review["initiatives"][0]["rating_suggested"] == suggested


@pytest.mark.parametrize(("actual", "met"), [("未着手", False), ("検討", True), ("実施", True)])
def test_j11_ordered_words_at_or_past_the_target_are_met(actual, met):
    text = "method: done, aggregate: latest, words: [未着手, 検討, 試行, 実施], targets: {2024: 検討}"
    row = reckon(one_indicator(text), entries(f"kind: actual, values: {{kpi: {actual}}}"), 2024)["indicators"][0]
    assert (row["actual"], row["met"]) == (actual, met)


def test_j12_for_the_latest_a_figure_settles_a_missing_one_whatever_its_day():
    given = entries(
        "kind: actual, date: 2025-05-01, missing: {kpi: 集計中}", "kind: actual, date: 2025-03-31, values: {kpi: 18}"
    )
    row = reckon(one_indicator("aggregate: latest, targets: {2024: 20}"), given, 2024)["indicators"][0]
    assert (row["actual"], row["missing"], row["partial"]) == (18, None, False)
    row = reckon(one_indicator("aggregate: sum, targets: {2024: 20}"), given, 2024)["indicators"][0]
    assert (row["actual"], row["partial"]) == (18, True)


@pytest.mark.parametrize(
    ("second", "halves"),
    [
        ("date: 2024-10-05, summary: 訪問, values: {kpi: 4}", (3, 4)),
        ("kind: actual, date: 2024-10-05, values: {kpi: 4}", (3, None)),
        ("kind: actual, date: 2025-05-05, half: second, values: {kpi: 4}", (3, 4)),
    ],
)
def test_j13_an_actual_belongs_to_no_half_unless_it_says_so(second, halves):
    given = entries("date: 2024-09-30, summary: 訪問, values: {kpi: 3}", second)
    row = reckon(one_indicator("targets: {2024: 20}"), given, 2024)["indicators"][0]
    assert (row["april_to_september"], row["october_to_march"]) == halves


def test_j14_only_what_is_to_be_kept_is_judged_before_its_targets_year():
    at_most = "method: maintain, direction: decrease, targets: {2031: 0}"
    assert [measured(at_most, [(2024, figure)])["met"] for figure in (3, 0)] == [False, True]
    assert [measured("targets: {2031: 60}", [(2024, figure)])["met"] for figure in (3, 60)] == [None, True]
    assert measured("targets: {2023: 60}", [(2024, 3)])["met"] is False
