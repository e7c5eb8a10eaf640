"""The reckoning itself, held to the worked cases: what makes it worth comparing with."""

import ast
from copy import deepcopy
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
import ryaml

from tests.oracle.measuring import percent
from tests.oracle.reckoning import reckon

HERE = Path(__file__).parent
RECKONING = ("reckoning.py", "measuring.py", "in_force.py", "plan_tree.py", "opinions.py")

HEAD = """
schema: 1
plan: {id: trial, title: 試験計画, municipality: 瑞穂町, period: {from: 2022, until: 2031}, council: {name: 協議会}}
scheme:
  statuses:
  - {code: not_started, name: 未着手}
  - {code: preparing, name: 準備中}
  - {code: in_progress, name: 実施中}
  - {code: done, name: 実施済（当年度分）}
  - {code: completed, name: 完了}
  - {code: suspended, name: 休止}
  - {code: discontinued, name: 中止・廃止}
  scale:
    ranks:
    - {code: A, name: 目標達成, at_least: 100}
    - {code: B, name: おおむね順調, at_least: 80}
    - {code: C, name: やや遅れ, at_least: 30}
    - {code: D, name: 遅れ}
    states: [{code: F, name: 完了}]
  directions: [{name: 継続}]
  missing: [{name: 未調査}, {name: 集計中}, {name: 対象外}]
"""


def plan(initiatives, head=HEAD, **more):
    data = ryaml.loads(head)
    listed = ryaml.loads(initiatives) if isinstance(initiatives, str) else initiatives
    submeasure = {"id": "1-1-1", "title": "訪問", "initiatives": listed}
    measure = {"id": "1-1", "title": "相談", "submeasures": [submeasure]}
    return data | {"policies": [{"id": "1", "title": "経営", "measures": [measure]}]} | more


def entries(*texts):
    """Make entries of ``key: value``: an activity for 1-1-1-1 on 2024-06-12, recorded after all years."""
    made = []
    for number, text in zip(count(1), texts):
        given = ryaml.loads(text if "\n" in text else "{" + text + "}")
        day = given.get("date", "2024-06-12")
        head = {"schema": 1, "kind": "activity", "target": "1-1-1-1", "date": day, "by": "産業課"}
        head |= {"id": f"{day}-{number:06d}", "recorded": "2033-06-01T09:00:00+09:00"}
        given = head | given
        if given["kind"] not in ("activity", "response"):
            given.setdefault("fiscal_year", 2024)
        made.append(given)
    return made


def one_indicator(text, *more):
    parts = {"name": "指標", "kind": "output", "direction": "increase", "method": "ratio", "aggregate": "sum"}
    indicators = [parts | {"id": "kpi", "adopted": True} | ryaml.loads("{" + text + "}")]
    indicators += [parts | {"id": "other", "adopted": True} | ryaml.loads("{" + item + "}") for item in more]
    return plan([{"id": "1-1-1-1", "title": "企業訪問", "indicators": indicators}])


def actuals(figures, slug="kpi"):
    """Make an actual for each ``(year, figure)``; a text is the reason why there is none."""
    made = []
    for year, figure in figures:
        what = f"missing: {{{slug}: {figure}}}" if isinstance(figure, str) else f"values: {{{slug}: {figure}}}"
        made.append(f"kind: actual, fiscal_year: {year}, date: {year + 1}-05-01, {what}")
    return entries(*made)


def measured(indicator, figures, year=2024, head=None):
    whole = one_indicator(indicator)
    if head is not None:
        whole["scheme"] |= ryaml.loads(head)
    return reckon(whole, actuals(figures), year)["indicators"][0]


def test_the_reckoning_imports_nothing_of_the_package_nor_what_would():
    allowed = {f"tests.oracle.{name.removesuffix('.py')}" for name in RECKONING}
    for name in RECKONING:
        tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        known = {"__future__", "collections", "collections.abc", "dataclasses", "datetime", "fractions", "functools"}
        assert imported <= known | {"typing", "unicodedata", "zoneinfo"} | allowed, name


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


def test_the_counts_of_the_plan_that_comes_with_the_program():
    adopted = ryaml.loads((HERE.parents[1] / "plan" / "measures.yaml").read_text(encoding="utf-8"))
    summary = reckon(adopted, [], 2024)["summary"]
    rows = [summary["total"], *summary["policies"]]
    assert [(row["listed"], row["relisted"], row["distinct"]) for row in rows] == [
        (36, 6, 30),
        (16, 2, 14),
        (10, 2, 8),
        (6, 0, 6),
        (4, 2, 2),
    ]
    only_relisted = next(row for row in summary["measures"] if row["id"] == "4-3")
    assert (only_relisted["distinct"], only_relisted["implementation"]["percent"]) == (0, None)


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
        ("kind: actual, date: 2024-10-05, values: {kpi: 4}", (None, None)),
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


# -- counting ---------------------------------------------------------------------------------

THREE = "[{id: 1-1-1-1, title: あ}, {id: 1-1-1-2, title: い}, {id: 1-1-1-3, title: う}]"


def total(given, year=2024, initiatives=THREE, **more):
    return reckon(plan(initiatives, **more), given, year)["summary"]["total"]


def shares(row):
    names = ("implementation", "completion", "reporting")
    return [(row[name]["numerator"], row[name]["denominator"], row[name]["percent"]) for name in names]


def test_c1_no_rate_where_no_status_is_known():
    rated = [f"kind: evaluation, target: 1-1-1-{n}, rating: A" for n in (1, 2, 3)]
    row = total(entries(*rated))
    assert (row["no_status"], row["implementation"]["percent"], row["rating_share"]["percent"]) == (3, None, "100.0")
    row = total(entries(*rated, "target: 1-1-1-1, summary: 訪問, status: done"))
    assert (row["no_status"], row["implementation"]["percent"]) == (2, "33.3")


ENDED = (
    "date: 2023-06-01, target: 1-1-1-1, summary: 終えた, status: completed",
    "date: 2023-06-01, target: 1-1-1-2, summary: やめた, status: 中止・廃止",
    "date: 2024-06-01, target: 1-1-1-3, summary: 訪問, status: done",
)


def test_c2_an_end_goes_on_until_something_new():
    row = total(entries(*ENDED))
    assert shares(row) == [(2, 2, "100.0"), (2, 2, "100.0"), (1, 1, "100.0")]
    assert [row[key] for key in ("distinct", "reported", "not_reported", "carried")] == [3, 1, 0, 2]
    row = total(entries(*ENDED, "date: 2024-07-01, summary: また始めた, status: in_progress"))
    assert shares(row) == [(2, 2, "100.0"), (1, 2, "50.0"), (2, 2, "100.0")]
    assert (row["carried"], row["status"]["completed"]) == (1, 0)


def test_c2_a_rating_alone_does_not_undo_a_completion():
    rated = "kind: evaluation, fiscal_year: 2024, target: 1-1-1-1, rating: 完了"
    assert total(entries(*ENDED, rated))["status"]["completed"] == 1
    assert total(entries(*ENDED, rated), 2025)["carried"] == 2


def test_c3_a_missing_figures_reason_is_no_report():
    whole, given = one_indicator("targets: {2024: 60}"), "kind: actual, missing: {kpi: 未調査}"
    row = reckon(whole, entries(given), 2024)
    assert (row["summary"]["total"]["reported"], row["initiatives"][0]["entries"]) == (0, 1)
    assert reckon(whole, entries("kind: actual, values: {kpi: 0}"), 2024)["summary"]["total"]["reported"] == 1


def test_c4_a_plan_without_statuses_and_scale_has_no_rates_of_them():
    row = total(entries("summary: 訪問"), scheme={"directions": [], "missing": []})
    assert (row["status"], row["rating"], row["reporting"]["percent"]) == ({}, {}, "33.3")
    assert (row["implementation"]["percent"], row["rating_share"]["percent"]) == (None, None)


MERGED = """
- {id: 1-1-1-1, title: あ, until: 2023, superseded_by: [1-1-1-3]}
- {id: 1-1-1-2, title: い, until: 2023}
- {id: 1-1-1-3, title: う, from: 2024}
"""


def test_c5_rating_and_promise_of_last_year_come_from_the_one_predecessor():
    given = entries(
        "kind: evaluation, fiscal_year: 2023, rating: B",
        "kind: improvement, fiscal_year: 2023, direction: 継続, next: 月に一度訪ねる",
        "kind: evaluation, target: 1-1-1-3, rating: A",
    )
    row = reckon(plan(MERGED), given, 2024)["initiatives"][0]
    assert [row[key] for key in ("id", "previous_rating", "change", "planned_last_year")] == [
        "1-1-1-3",
        "B",
        "up",
        "月に一度訪ねる",
    ]
    of_two = MERGED.replace("title: い, until: 2023", "title: い, until: 2023, superseded_by: [1-1-1-3]")
    assert reckon(plan(of_two), given, 2024)["initiatives"][0]["previous_rating"] is None


def test_c6_a_submeasure_whose_last_initiative_ended_still_counts():
    assert total([], initiatives="[{id: 1-1-1-1, title: あ, until: 2023}]")["submeasures"] == 1


def opinion_rows(given, year):
    return [(row["id"][-1], row["state"], row["open"]) for row in reckon(plan(THREE), given, year)["opinions"]]


def test_c8_an_opinion_stays_until_it_is_settled_and_old_papers_show_their_own_time():
    given = entries(
        "kind: opinion, fiscal_year: 2022, date: 2023-08-28, meeting: 2023-08-28, text: 効果は",
        "kind: response, date: 2023-10-01, responds: 2023-08-28-000001, state: 検討中, text: 検討する",
        "kind: response, date: 2025-10-01, responds: 2023-08-28-000001, state: in_hand, text: 調べている",
        "kind: response, date: 2026-06-01, responds: 2023-08-28-000001, state: 対応済, text: 調べた",
    )
    assert {year: opinion_rows(given, year) for year in range(2022, 2028)} == {
        2022: [("1", "considered", True)],
        2023: [("1", "considered", True)],
        2024: [("1", "in_hand", True)],
        2025: [("1", "answered", False)],
        2026: [],
        2027: [],
    }


# -- entries in force -------------------------------------------------------------------------


def rating_of(*texts):
    return reckon(plan(THREE), entries(*texts), 2024)["initiatives"][0]["rating"]


OLDER = "kind: evaluation, date: 2025-05-01, rating: C"
NEWER = "kind: evaluation, date: 2025-06-01, rating: B"


def test_r2_a_correction_stands_where_what_it_corrects_stood():
    correction = "kind: evaluation, date: 2025-07-01, rating: A, supersedes: 2025-05-01-000001, reason: 誤記"
    assert rating_of(OLDER, NEWER, correction) == "B"
    assert rating_of(NEWER, OLDER, correction.replace("05-01-000001", "06-01-000001")) == "A"


def test_taking_back_a_correction_brings_back_what_it_corrected():
    correction = "kind: evaluation, date: 2025-07-01, rating: A, supersedes: 2025-05-01-000001, reason: 誤記"
    back = "kind: withdrawal, date: 2025-07-02, withdraws: 2025-07-01-000002, reason: 正しかった"
    again = "kind: withdrawal, date: 2025-07-03, withdraws: 2025-07-02-000003, reason: 誤り"
    assert [rating_of(*[OLDER, correction, back, again][:last]) for last in (1, 2, 3, 4)] == ["C", "A", "C", "A"]


def test_of_a_chain_the_last_one_holds_although_the_middle_was_withdrawn():
    second = "kind: evaluation, date: 2025-07-01, rating: A, supersedes: 2025-05-01-000001, reason: 誤記"
    third = "kind: evaluation, date: 2025-07-02, rating: B, supersedes: 2025-07-01-000002, reason: 誤記"
    back = "kind: withdrawal, date: 2025-07-03, withdraws: 2025-07-01-000002, reason: 誤り"
    assert rating_of(OLDER, second, third, back) == "B"


@pytest.mark.parametrize(
    ("recorded", "running"),
    [
        ("2025-03-31T23:59:59+09:00", True),
        ("2025-04-01T00:00:00+09:00", False),
        ("2025-03-31T15:00:00+00:00", False),
        ("2025-04-25T10:00:00+09:00", False),
    ],
)
def test_s3_a_year_runs_while_the_last_entry_was_recorded_within_it(recorded, running):
    given = entries(f"date: 2025-03-31, summary: 訪問, recorded: {recorded}")
    assert reckon(plan(THREE), given, 2024)["running"] is running


def test_d3_a_year_may_begin_in_another_month():
    by_calendar = deepcopy(plan(THREE))
    by_calendar["plan"]["year"] = {"starts": 1}
    given = entries("date: 2024-03-31, summary: 訪問, status: done")
    assert [reckon(by_calendar, given, year)["initiatives"][0]["status"] for year in (2023, 2024)] == [None, "done"]
    assert [reckon(plan(THREE), given, year)["initiatives"][0]["status"] for year in (2023, 2024)] == ["done", None]
