# mypy: allow-untyped-calls
"""The reckoning of a year, held to the worked cases of counting, opinions and corrections."""

import ast
from copy import deepcopy
from pathlib import Path

import pytest
import ryaml

from tests.oracle.building import entries, one_indicator, plan
from tests.oracle.reckoning import reckon

HERE = Path(__file__).parent
RECKONING = ("rating.py", "reckoning.py", "measuring.py", "in_force.py", "plan_tree.py", "opinions.py")


@pytest.mark.slow
def test_the_reckoning_imports_nothing_of_the_package_nor_what_would():
    allowed = {f"tests.oracle.{name.removesuffix('.py')}" for name in RECKONING}
    for name in RECKONING:
        tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
        imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        known = {"__future__", "collections", "collections.abc", "dataclasses", "datetime", "fractions", "functools"}
        assert imported <= known | {"typing", "unicodedata", "zoneinfo"} | allowed, name


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


def test_s8_texts_are_held_against_texts_of_the_same_kind():
    given = [
        "kind: improvement, fiscal_year: 2023, direction: 継続, next: 月に一度訪ねる",
        "kind: evaluation, fiscal_year: 2023, rating: B, issues: 人手",
        "summary: 月に一度訪ねる",
        "kind: evaluation, rating: B, issues: 人手",
    ]
    assert reckon(plan(THREE), entries(*given), 2024)["initiatives"][0]["unchanged"] == ["issues"]


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
