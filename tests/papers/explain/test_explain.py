# mypy: allow-untyped-calls
"""Explanations: every number is the review's, every printed calculation holds, and texts read as they should."""

import ast
import operator
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import ryaml

from mizuho_pdca.domain.records.entries import ENTRY_SHAPE
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.message import Message
from mizuho_pdca.papers.explain.explain import explain
from mizuho_pdca.papers.steps import cut
from mizuho_pdca.papers.words import print_number

ROOT = Path(__file__).parents[3]

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 60, 2031: 120}, adopted: true}
        - {id: talks, name: 相談, unit: 回, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 10}, adopted: false}
      - {id: 1-1-1-2, title: 融資}
      - {id: 1-1-1-3, title: 補助}
      - {id: 1-1-1-4, title: 休んでいる取組}
    - id: 1-1-2
      title: 再掲だけの施策
      initiatives: [{id: 1-1-2-1, relisted_from: 1-2-1-1}]
  - id: 1-2
    title: 交流
    submeasures:
    - {id: 1-2-1, title: 異業種, initiatives: [{id: 1-2-1-1, title: 交流会}]}
- id: "2"
  title: 再掲だけの方針
  measures:
  - id: 2-1
    title: 発信
    submeasures: [{id: 2-1-1, title: 再掲, initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]}]
"""


def english(words):
    return words.text(str) if isinstance(words, Message) else words


def outline(steps, indent=0):
    """Return steps as indented lines, an entry or the initiatives of a step below it."""
    lines = []
    for step in steps:
        text = english(step.text)
        lines.append("  " * indent + english(step.label) + (f": {text}" if text else ""))
        inner = "  " * (indent + 1)
        if step.initiatives:
            lines.append(inner + " ".join(place.id for place in step.initiatives))
        for item in step.entries:
            why = "" if item.why_not is None else f" <- {item.why_not.text(str)}"
            lines.append(f"{inner}{item.entry.id} {item.entry.date} {item.entry.by} {english(item.content)}{why}")
        lines += outline(step.steps, indent + 1)
    return lines


def every(steps):
    for step in steps:
        yield step
        yield from every(step.steps)


def text_of(found, key):
    return english(next(step for step in every(found.steps) if step.key == key).text)


@pytest.fixture(scope="session")
def explained(make_plan, make_ledger):
    """Explain a node, an indicator or the whole of the small plan in FY2024."""
    plan = make_plan(PLAN)

    def make(what, *texts, year=2024):
        ledger = make_ledger(*texts)
        report = review(plan, ledger, year)
        found = report.plan.indicators.get(what)
        return explain(report, plan, ledger, report.plan.places.get(what) if found is None else found[0])

    return make


@pytest.fixture(scope="session")
def of_indicator(make_plan, make_ledger):
    """Explain the only indicator of a plan in a year, with entries of one figure each: ``2024-06-12: 3``."""

    def make(text, figures, year=2024):
        defaults = "id: visits, name: 訪問件数, kind: output, adopted: true" + (
            "" if "aggregate" in text else ", aggregate: sum"
        )
        plan = make_plan(f"""
        - id: "1"
          title: 基盤
          measures:
          - {{id: 1-1, title: 経営, submeasures: [{{id: 1-1-1, title: 訪問, initiatives: [
              {{id: 1-1-1-1, title: 企業訪問, indicators: [{{{defaults}, {text}}}]}}]}}]}}
        """)
        entries = []
        for number, (day, figure) in enumerate(figures):
            fiscal = int(day[:4]) - (day[5:7] < "04")
            held = (
                f"missing: {{visits: {figure}}}" if figure in ("未調査", "集計中") else f"values: {{visits: {figure}}}"
            )
            entries.append(f"id: {day}-00000{number}, date: {day}, kind: actual, fiscal_year: {fiscal}, {held}")
        ledger = make_ledger(*entries)
        report = review(plan, ledger, year)
        return explain(report, plan, ledger, report.plan.indicators["visits"][0])

    return make


# -- an indicator, from its entries to the suggestion -----------------------------------------


def test_an_indicator_from_its_entries_to_the_suggestion(explained):
    found = explained(
        "visits",
        "id: a, date: 2024-06-12, values: {visits: 30}, by: 商工会",
        "id: b, date: 2024-07-01, values: {visits: 20}, supersedes: a, reason: '2件を\n 二重に数えた'",
        "id: c, date: 2025-02-01, values: {visits: 28}",
        "id: d, date: 2025-02-02, values: {visits: 5}",
        "id: e, kind: withdrawal, date: 2025-02-03, withdraws: d, reason: 誤記",
        "id: f, date: 2023-06-12, values: {visits: 40}",
        "id: g, date: 2024-08-01",
    )
    assert english(found.heading) == "1-1①-1 訪問件数 (visits)"
    assert outline(found.steps) == [
        f"How it is measured: output; {CHANGE}; achievement: actual / target; value of a year: sum of the year",
        "Entries used: 2 entries",
        "  b 2024-07-01 産業課 20件",
        "  c 2025-02-01 産業課 28件",
        "Entries of the year that are not used: 2 entries",
        "  a 2024-06-12 商工会 30件 <- superseded by b: 2件を 二重に数えた",
        "  d 2025-02-02 産業課 5件 <- withdrawn by e: 誤記",
        "Entries of other years, not used: 1 entries",
        "  f 2023-06-12 産業課 40件 <- belongs to FY2023",
        "Value of the year: 20 + 28 = 48件 (sum of the year)",
        "  April to September: 20件",
        "  October to March: 28件",
        "Target: 60件, given for FY2024 itself",
        "  All targets: 2024: 60, 2031: 120",
        "Guide: none: FY2024 has a target of its own",
        "Achievement: actual / target = 48 / 60 = 48/60 = 4/5 = 80%, rounded half up: 80.0%",
        "Met: not met: 48件 is below the target 60件",
        "Pace: none: there is no guide",
        f"Suggested rating: B: {BY_RATE}, 80.0%, which is at least 80% and less than 100%",
    ]
    assert found.notes == ()


def test_a_draft_indicator_is_marked_and_its_note_says_what_that_means(explained):
    found = explained("talks")
    assert english(found.heading) == "1-1①-1 相談 (draft) (talks)"
    assert [note.text(str)[:7] for note in found.notes] == ["(draft)"]


RATIO = "direction: increase, method: ratio"
UP = "direction: increase, method: progress"
DOWN = "direction: decrease, method: progress"
TODAY = "2024-06-12"
PROGRESS = "(actual - baseline) / (target - baseline)"
PACE = "(actual - baseline) / (guide - baseline)"
BY_RATE = "not met, so by the achievement as printed"
BY_PACE = "not met, and FY2024 has no target of its own, so by the pace as printed"
CHANGE = "direction of change: increase"
NO_PERCENT = "none: by this method an indicator is met or not, and has no percentage"

CASES = [
    pytest.param(
        f"{RATIO}, targets: {{2024: 60}}",
        [(TODAY, 48)],
        "actual / target = 48 / 60 = 48/60 = 4/5 = 80%, rounded half up: 80.0%",
        "not met: 48 is below the target 60",
        "B",
        id="1",
    ),
    pytest.param(
        f"{RATIO}, targets: {{2024: 300}}",
        [(TODAY, 351)],
        "actual / target = 351 / 300 = 351/300 = 117/100 = 117%, rounded half up: 117.0%",
        "met: 351 is at least the target 300",
        "A",
        id="2",
    ),
    pytest.param(
        f"{RATIO}, baseline: {{year: 2021, value: 20}}, targets: {{2024: 40}}",
        [(TODAY, 32)],
        "actual / target = 32 / 40 = 32/40 = 4/5 = 80%, rounded half up: 80.0%",
        "not met: 32 is below the target 40",
        "B",
        id="3",
    ),
    pytest.param(
        f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2024: 40}}",
        [(TODAY, 32)],
        f"{PROGRESS} = (32 - 20) / (40 - 20) = 12/20 = 3/5 = 60%, rounded half up: 60.0%",
        "not met: 32 is below the target 40",
        "C",
        id="4",
    ),
    pytest.param(
        f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2024: 40}}",
        [(TODAY, 18)],
        f"{PROGRESS} = (18 - 20) / (40 - 20) = △2/20 = △1/10 = △10%, rounded half up: △10.0%",
        "not met: 18 is below the target 40",
        "D",
        id="5",
    ),
    pytest.param(
        f"{DOWN}, baseline: {{year: 2021, value: 50}}, targets: {{2024: 30}}",
        [(TODAY, 36)],
        f"{PROGRESS} = (36 - 50) / (30 - 50) = △14/△20 = 7/10 = 70%, rounded half up: 70.0%",
        "not met: 36 is above the target 30",
        "C",
        id="6",
    ),
    pytest.param(
        f"{DOWN}, baseline: {{year: 2021, value: 50}}, targets: {{2024: 30}}",
        [(TODAY, 54)],
        f"{PROGRESS} = (54 - 50) / (30 - 50) = 4/△20 = △1/5 = △20%, rounded half up: △20.0%",
        "not met: 54 is above the target 30",
        "D",
        id="7",
    ),
    pytest.param(
        f"{DOWN}, baseline: {{year: 2021, value: 50}}, targets: {{2024: 30}}",
        [(TODAY, 28)],
        f"{PROGRESS} = (28 - 50) / (30 - 50) = △22/△20 = 11/10 = 110%, rounded half up: 110.0%",
        "met: 28 is at most the target 30",
        "A",
        id="8",
    ),
    pytest.param(
        f"{DOWN}, baseline: {{year: 2021, value: 12}}, targets: {{2024: 0}}",
        [(TODAY, 3)],
        f"{PROGRESS} = (3 - 12) / (0 - 12) = △9/△12 = 3/4 = 75%, rounded half up: 75.0%",
        "not met: 3 is above the target 0",
        "C",
        id="9",
    ),
    pytest.param(
        "direction: decrease, method: maintain, targets: {2024: 30}",
        [(TODAY, 36)],
        NO_PERCENT,
        "not met: 36 is above the target 30",
        None,
        id="10, which the plan may hold with another method only",
    ),
    pytest.param(
        f"{RATIO}, targets: {{2024: 0}}",
        [(TODAY, 5)],
        "none: the target is 0, and nothing can be divided by 0",
        "met: 5 is at least the target 0",
        "A",
        id="11",
    ),
    pytest.param(
        f"{UP}, baseline: {{year: 2021, value: 40}}, targets: {{2024: 40}}",
        [(TODAY, 41)],
        "none: target and baseline are the same, and nothing can be divided by 0",
        "met: 41 is at least the target 40",
        "A",
        id="12",
    ),
    pytest.param(RATIO, [(TODAY, 12)], "none: there is no target", "none: there is no target", None, id="13"),
    pytest.param(
        f"{RATIO}, targets: {{2024: 2}}",
        [(TODAY, 0)],
        "actual / target = 0 / 2 = 0/2 = 0%, rounded half up: 0.0%",
        "not met: 0 is below the target 2",
        "D",
        id="14",
    ),
    pytest.param(
        f"{RATIO}, targets: {{2024: 2}}",
        [(TODAY, "未調査")],
        "none: the year has no value",
        "none: the year has no value",
        None,
        id="15",
    ),
    pytest.param(
        f"{RATIO}, aggregate: cumulative, targets: {{2024: 20}}",
        [("2022-04-01", 3), ("2023-03-31", 5), ("2023-04-01", 0), ("2024-04-01", 4)],
        "actual / target = 12 / 20 = 12/20 = 3/5 = 60%, rounded half up: 60.0%",
        "not met: 12 is below the target 20",
        "C",
        id="16",
    ),
    pytest.param(
        f"{RATIO}, aggregate: cumulative, targets: {{2024: 20}}",
        [("2022-04-01", 3), ("2023-03-31", "集計中"), ("2023-04-01", 0), ("2024-04-01", 4)],
        "actual / target = 7 / 20 = 7/20 = 35%, rounded half up: 35.0%",
        "not met: 7 is below the target 20",
        "C",
        id="17",
    ),
    pytest.param(
        f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}",
        [(TODAY, 23)],
        f"{PROGRESS} = (23 - 20) / (40 - 20) = 3/20 = 15%, rounded half up: 15.0%",
        "not judged yet: 23 has not reached 40, the target of FY2031",
        "C",
        id="18",
    ),
    pytest.param(
        f"{RATIO}, targets: {{2024: 1000}}",
        [(TODAY, 799.6)],
        "actual / target = 799.6 / 1,000 = 799.6/1,000 = 1,999/2,500 = 79.96%, rounded half up: 80.0%",
        "not met: 799.6 is below the target 1,000",
        "B",
        id="19",
    ),
    pytest.param(
        f"{RATIO}, targets: {{2024: 800}}",
        [(TODAY, 98)],
        "actual / target = 98 / 800 = 98/800 = 49/400 = 12.25%, rounded half up: 12.3%",
        "not met: 98 is below the target 800",
        "D",
        id="20",
    ),
    pytest.param(
        "direction: decrease, method: maintain, targets: {2024: 10}",
        [(TODAY, 9)],
        NO_PERCENT,
        "met: 9 is at most the target 10",
        "A",
        id="21",
    ),
    pytest.param(
        'direction: increase, method: done, aggregate: latest, words: {"yes": 設置, "no": なし}, targets: {2024: true}',
        [(TODAY, "設置")],
        NO_PERCENT,
        'met: "設置" is what the target says ("設置")',
        "A",
        id="22",
    ),
]
"""Every row of the worked cases that the town's figures were checked against."""


@pytest.mark.parametrize(("text", "figures", "rate", "met", "suggestion"), CASES)
def test_the_worked_cases_are_explained(of_indicator, text, figures, rate, met, suggestion):
    found = of_indicator(text, figures)
    assert (text_of(found, "rate"), text_of(found, "met")) == (rate, met)
    assert next(step for step in found.steps if step.key == "suggestion").value == suggestion


def test_guide_and_pace_of_case_18(of_indicator):
    found = of_indicator(f"{UP}, baseline: {{year: 2021, value: 20}}, targets: {{2031: 40}}, unit: 件", [(TODAY, 23)])
    assert outline(found.steps)[-8:] == [
        "Baseline: 20件 (2021)",
        "Target: 40件 of FY2031, the next that is given: FY2024 has none of its own",
        "  All targets: 2031: 40",
        "Guide: straight line from the baseline 20 (2021) to the target 40 (2031): 20 + (40 - 20) × 3/10 = 26件",
        f"Achievement: {PROGRESS} = (23 - 20) / (40 - 20) = 3/20 = 15%, rounded half up: 15.0%",
        "Met: not judged yet: 23件 has not reached 40件, the target of FY2031",
        f"Pace: {PACE} = (23 - 20) / (26 - 20) = 3/6 = 1/2 = 50%, rounded half up: 50.0%",
        f"Suggested rating: C: {BY_PACE}, 50.0%, which is at least 30% and less than 80%",
    ]


def test_what_a_cumulative_value_leaves_out_is_named(of_indicator):
    missing = "entries without a figure: 2024-04-01-000001 (集計中)"
    figures = [("2022-04-01", 3), ("2024-04-01", "集計中"), ("2024-05-01", 4), ("2025-04-01", 9)]
    found = of_indicator(f"{RATIO}, aggregate: cumulative, targets: {{2024: 20}}", figures)
    assert outline(found.steps)[1:13] == [
        "Entries used: 3 entries",
        "  2022-04-01-000000 2022-04-01 産業課 3",
        "  2024-04-01-000001 2024-04-01 産業課 集計中",
        "  2024-05-01-000002 2024-05-01 産業課 4",
        "Entries of the year that are not used: none",
        "Entries of other years, not used: 1 entries",
        "  2025-04-01-000003 2025-04-01 産業課 9 <- belongs to FY2025",
        "Value of the year: 3 + 4 = 7 (sum since the beginning)",
        "  Where the count begins: 0 at the end of FY2021, before the indicator begins",
        f"  Partly unknown: left out of the value: {missing}, years without an entry: FY2023",
        "Target: 20, given for FY2024 itself",
        "  All targets: 2024: 20",
    ]


def test_a_year_without_an_entry_makes_a_cumulative_value_partial(of_indicator):
    found = of_indicator(f"{RATIO}, aggregate: cumulative", [("2022-04-01", 3), ("2024-04-01", 4)])
    assert text_of(found, "partial") == "left out of the value: years without an entry: FY2023"
    late = of_indicator(f"{RATIO}, aggregate: cumulative, baseline: {{year: 2021, value: 35}}", [("2024-04-01", 4)])
    assert text_of(late, "partial") == "left out of the value: years without an entry: FY2022, FY2023"


@pytest.mark.parametrize(
    ("aggregate", "figures", "text"),
    [
        ("sum", [], "none: nothing was recorded for FY2024"),
        ("sum", [("2023-04-01", 3)], "none: nothing was recorded for FY2024"),
        ("cumulative", [("2023-04-01", 3)], "none: nothing was recorded for FY2024"),
        ("sum", [(TODAY, "未調査")], "none: 未調査"),
        ("sum", [(TODAY, 5)], "5 (sum of the year)"),
        ("sum", [(TODAY, 5), (TODAY, -1.5)], "5 + △1.5 = 3.5 (sum of the year)"),
        ("latest", [(TODAY, 5), (TODAY, 7)], "7 (last value)"),
        ("max", [(TODAY, 5), (TODAY, 7), (TODAY, 1000)], "the highest of 5, 7, 1,000 = 1,000 (highest value)"),
        ("mean", [(TODAY, 5), (TODAY, 8)], "(5 + 8) / 2 = 6.5 (mean)"),
        ("mean", [(TODAY, 5), (TODAY, 7), (TODAY, 8)], "(5 + 7 + 8) / 3 = 20/3 = 6.666666… → 6.7 (mean)"),
    ],
)
def test_how_a_years_value_was_made(of_indicator, aggregate, figures, text):
    found = of_indicator(f"{RATIO}, aggregate: {aggregate}, targets: {{2024: 20}}", figures)
    assert text_of(found, "value") == text


def test_of_several_last_values_the_last_is_used(of_indicator):
    found = of_indicator(f"{RATIO}, aggregate: latest", [("2024-06-12", 5), ("2024-06-13", 7)])
    assert outline(found.steps)[1:5] == [
        "Entries used: 1 entries",
        "  2024-06-13-000001 2024-06-13 産業課 7",
        "Entries of the year that are not used: 1 entries",
        "  2024-06-12-000000 2024-06-12 産業課 5 <- a later entry gives the last value",
    ]


def test_a_reason_for_no_figure_is_not_used_where_another_entry_has_one(of_indicator):
    found = of_indicator(f"{RATIO}, aggregate: latest", [("2024-06-12", "集計中"), ("2024-06-13", 7)])
    assert "  2024-06-12-000000 2024-06-12 産業課 集計中 <- another entry has the figure" in outline(found.steps)


def test_what_the_baseline_holds_already_is_not_added_to_a_running_total(of_indicator):
    text = f"{UP}, aggregate: cumulative, baseline: {{year: 2023, value: 10}}, targets: {{2031: 30}}"
    found = of_indicator(text, [("2023-06-12", 4), ("2024-06-13", 7)])
    assert "  2023-06-12-000000 2023-06-12 産業課 4 <- belongs to FY2023, which the baseline holds already" in outline(
        found.steps
    )


def test_a_target_that_is_passed_by_far_is_banded_by_the_achievement(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="scale: {ranks: [{code: S, name: 秀, at_least: 120}, {code: A, name: 優}]}")
    ledger = make_ledger("id: e, values: {visits: 75}")
    found = explain(review(plan, ledger, 2024), plan, ledger, plan.indicators["visits"][0])
    assert text_of(found, "suggestion") == (
        "S: the target is met, and the achievement as printed is 125.0%, which is at least 120%"
    )


def test_a_yes_that_was_ever_given_is_the_highest_value(of_indicator):
    found = of_indicator(
        "direction: increase, method: done, aggregate: max, targets: {2024: true}", [(TODAY, "true"), (TODAY, "false")]
    )
    assert text_of(found, "value") == '"yes" (highest value)'
    assert text_of(found, "guide") == "none: the target is no number"


@pytest.mark.parametrize(
    ("text", "target", "guide", "pace", "suggestion"),
    [
        pytest.param(
            f"{RATIO}",
            "none: the plan gives the indicator no target",
            "none: there is no target",
            "none: there is no guide",
            "none: there is nothing to compare",
            id="no target",
        ),
        pytest.param(
            f"{RATIO}, targets: {{2031: 40}}",
            "40 of FY2031, the next that is given: FY2024 has none of its own",
            "none: there is neither a baseline nor an earlier target to start from",
            "none: there is no guide",
            "none: there is no pace",
            id="no anchor",
        ),
        pytest.param(
            f"{RATIO}, targets: {{2023: 40}}",
            "40 of FY2023, the last that is given: none is for FY2024 or later",
            "none: the last target is of an earlier year",
            "none: there is no guide",
            "none: there is no pace",
            id="a past target",
        ),
        pytest.param(
            f"{RATIO}, targets: {{2022: 10, 2029: 40}}",
            "40 of FY2029, the next that is given: FY2024 has none of its own",
            "straight line from the target 10 (2022) to the target 40 (2029): "
            "10 + (40 - 10) × 2/7 = 130/7 = 18.571428… → 18.6",
            "actual / guide = 12 / (130/7) = 42/65 = 64.615384…%, rounded half up: 64.6%",
            "C: not met, and FY2024 has no target of its own, so by the pace as printed, 64.6%, "
            "which is at least 30% and less than 80%",
            id="a line between two targets",
        ),
        pytest.param(
            f"{UP}, baseline: {{year: 2021, value: 30}}, targets: {{2031: 30}}",
            "30 of FY2031, the next that is given: FY2024 has none of its own",
            "straight line from the baseline 30 (2021) to the target 30 (2031): 30 + (30 - 30) × 3/10 = 30",
            "none: guide and baseline are the same, and nothing can be divided by 0",
            "none: there is no pace",
            id="a level line",
        ),
        pytest.param(
            "direction: increase, method: maintain, baseline: {year: 2021, value: 10}, targets: {2031: 30}",
            "30 of FY2031, the next that is given: FY2024 has none of its own",
            "straight line from the baseline 10 (2021) to the target 30 (2031): 10 + (30 - 10) × 3/10 = 16",
            NO_PERCENT,
            "none: there is no pace",
            id="no percentage",
        ),
        pytest.param(
            "direction: increase, method: maintain, targets: {2024: 30}",
            "30, given for FY2024 itself",
            "none: FY2024 has a target of its own",
            "none: there is no guide",
            "none: there is no achievement in percent",
            id="no percentage in the year of the target",
        ),
    ],
)
def test_why_something_is_not_there(of_indicator, text, target, guide, pace, suggestion):
    found = of_indicator(text, [(TODAY, 12)])
    shown = [text_of(found, key) for key in ("target", "guide", "pace", "suggestion")]
    assert shown == [target, guide, pace, suggestion]


def test_a_guide_of_nought_gives_no_pace(of_indicator):
    text = f"{RATIO}, baseline: {{year: 2021, value: 0}}, targets: {{2022: 0, 2031: 0}}"
    assert text_of(of_indicator(text, [(TODAY, 12)]), "pace") == (
        "none: the guide is not above 0, and nothing can be divided by it"
    )


def test_without_a_value_there_is_no_pace(of_indicator):
    text = f"{UP}, baseline: {{year: 2021, value: 10}}, targets: {{2031: 30}}"
    assert text_of(of_indicator(text, []), "pace") == "none: the year has no value"


@pytest.mark.parametrize(
    ("actual", "text"),
    [
        (24.9, "met: 24.9 differs from the target 26.3 by 1.4, within the tolerance of 5"),
        (21.2, "not met: 21.2 differs from the target 26.3 by 5.1, more than the tolerance of 5"),
    ],
)
def test_a_tolerance_is_shown_with_the_difference(of_indicator, actual, text):
    indicator = "direction: maintain, method: maintain, tolerance: 5, targets: {2024: 26.3}"
    assert text_of(of_indicator(indicator, [(TODAY, actual)]), "met") == text


@pytest.mark.parametrize(
    ("indicator", "figures", "text"),
    [
        ("direction: decrease", (0.04, 0.05, 0.04), "not met: 0.043 is above the target 0.04"),
        ("direction: increase", (0.04, 0.05, 0.04), "met: 0.043 is at least the target 0.04"),
        (
            "direction: maintain, tolerance: 0",
            (0.04, 0.05, 0.04),
            "not met: 0.043 differs from the target 0.04 by 0.003333…, more than the tolerance of 0",
        ),
        ("direction: decrease", (0.04, 0.05), "not met: 0.045 is above the target 0.04"),
    ],
)
def test_a_mean_without_end_is_judged_in_the_digits_of_papers(of_indicator, indicator, figures, text):
    mean = f"method: maintain, aggregate: mean, targets: {{2024: 0.04}}, {indicator}"
    assert text_of(of_indicator(mean, [(TODAY, figure) for figure in figures]), "met") == text


def test_what_was_not_done_is_not_met(of_indicator):
    indicator = "direction: increase, method: done, aggregate: latest, targets: {2024: true}"
    found = of_indicator(indicator, [(TODAY, "false")])
    assert text_of(found, "met") == 'not met: "no" is not what the target says ("yes")'
    assert text_of(found, "suggestion") == "none: there is no achievement in percent"


@pytest.mark.parametrize(
    ("actual", "text"),
    [
        (60, "A: the target is met, so it is at least the rank of 100%"),
        (59.99, "B: not met, so by the achievement as printed, 99.98%, which is at least 80% and less than 100%"),
        (17, "D: not met, so by the achievement as printed, 28.3%, which is less than 30%"),
    ],
)
def test_the_band_of_the_best_and_of_the_lowest_rank(of_indicator, actual, text):
    assert text_of(of_indicator(f"{RATIO}, targets: {{2024: 60}}", [(TODAY, actual)]), "suggestion") == text


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        ("{code: A, name: 順調}, {code: B, name: 遅れ}",
         "none: the plan's ranks have no bounds, so that people alone rate"),
        ("{code: A, name: 評価する}",
         "A: not met, so by the achievement as printed, 50.0%, which is in the only band"),
    ],
)  # fmt: skip
def test_where_no_rank_has_a_bound_figures_suggest_none_but_the_only_one(make_plan, make_ledger, ranks, said):
    plan = make_plan(PLAN, scheme=f"scale: {{ranks: [{ranks}]}}")
    ledger = make_ledger("id: a, values: {visits: 30}")
    report = review(plan, ledger, 2024)
    found = explain(report, plan, ledger, report.plan.indicators["visits"][0])
    assert text_of(found, "suggestion") == said


@pytest.mark.parametrize(("year", "before"), [(2024, None), (2026, "120"), (2025, None), (2027, "none")])
def test_a_revised_target_is_shown_with_what_it_was(of_indicator, year, before):
    text = (
        f"{RATIO}, targets: {{2025: 60, 2026: 120}}, "
        "revised_targets: [{from: 2026, targets: {2026: 100}}, {from: 2027, targets: {2028: 140}}]"
    )
    found = of_indicator(text, [(TODAY, 12)], year)
    steps = {step.key: english(step.text) for step in every(found.steps)}
    assert steps.get("unrevised") == before


def test_an_entry_with_a_figure_and_a_reason_is_seen_twice(explained):
    found = explained("visits", "id: a, kind: actual, target: '1', values: {visits: 3}, missing: {visits: 集計中}")
    lines = outline(found.steps)
    assert lines[1:4] == ["Entries used: 2 entries", "  a 2024-06-12 産業課 3件", "  a 2024-06-12 産業課 集計中"]


# -- an initiative ----------------------------------------------------------------------------


def test_an_initiative_from_its_entries_to_the_lowest_suggestion(explained):
    found = explained(
        "1-1-1-1",
        "id: a, status: preparing, values: {visits: 30, talks: 9}",
        "id: b, date: 2024-06-13, status: 実施中, supersedes: a, reason: 誤記",
        "id: c, date: 2024-06-14, values: {visits: 60, talks: 9}",
        "id: d, date: 2025-04-10, kind: evaluation, rating: C",
        "id: e, date: 2025-04-11, kind: evaluation, rating: おおむね順調",
        "id: f, date: 2025-04-12, kind: improvement, direction: 拡充, next: 広げる",
        "id: g, date: 2025-04-13, kind: actual, values: {talks: 0}, missing: {visits: 集計中}",
        "id: h, date: 2024-04-10, kind: evaluation, rating: Z, fiscal_year: 2023",
        "id: i, date: 2024-06-15, target: 1-1-1-2",
        "id: j, date: 2024-06-16",
        "id: k, kind: withdrawal, date: 2024-06-17, withdraws: j, reason: 取り違え",
        "id: l, kind: opinion, date: 2025-08-01, meeting: 2025-08-01, text: 訪問先を広げてほしい",
    )
    assert english(found.heading) == "1-1①-1 企業訪問"
    assert outline(found.steps) == [
        "Entries of the year in force: 6 entries",
        "  b 2024-06-13 産業課 an activity (実施中)",
        "  c 2024-06-14 産業課 an activity (訪問件数 60件, 相談 (draft) 9回)",
        "  d 2025-04-10 産業課 an evaluation (C)",
        "  e 2025-04-11 産業課 an evaluation (B)",
        "  f 2025-04-12 産業課 an improvement (拡充)",
        "  g 2025-04-13 産業課 an actual (相談 (draft) 0回, 訪問件数 集計中)",
        "Entries of the year out of force: 2 entries",
        "  a 2024-06-12 産業課 an activity (準備中, 訪問件数 30件, 相談 (draft) 9回) <- superseded by b: 誤記",
        "  j 2024-06-16 産業課 an activity <- withdrawn by k: 取り違え",
        "Other entries: nobody's report: 1 entries",
        "  l 2025-08-01 産業課 an opinion",
        "Report: reported: 6 entries in force",
        "Status: 実施中: from b, the last of 1 activities that give one",
        "Rating: B: from e, the last of 2 evaluations in force",
        "Rating last year: 評価困難",
        "Suggested rating: B: the lowest of A, B",
        "  訪問件数 (visits): A: the target is met, so it is at least the rank of 100%",
        f"  相談 (draft) (talks): B: {BY_RATE}, 90.0%, which is at least 80% and less than 100%",
    ]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ("{}", "none: no indicator suggests a rank"),
        ("{visits: 60}", "none, because of 相談 (draft): no value"),
        ("{visits: 12, talks: 10}", "D: the lowest of D, A"),
    ],
)
def test_the_suggestion_says_which_ranks_it_is_the_lowest_of(explained, values, text):
    assert text_of(explained("1-1-1-1", f"id: a, values: {values}"), "suggestion") == text


def test_an_initiative_without_entries(explained):
    assert outline(explained("1-1-1-2").steps) == [
        "Entries of the year in force: none",
        "Entries of the year out of force: none",
        "Report: not reported: no report in force",
        "Status: none: no activity in force gives a status",
        "Rating: none: nobody has evaluated the year",
        "Rating last year: none",
        "Suggested rating: none: the initiative has no indicator of its own",
    ]


def test_a_relisting_explains_its_original(explained):
    texts = ["id: a, status: done, values: {visits: 30}"]
    relisting, original = explained("2-1-1-1", *texts), explained("1-1-1-1", *texts)
    first, *rest = outline(relisting.steps)
    assert first == "Relisting: 2-1①-1 is listed again; its state is that of its original, 1-1①-1 企業訪問"
    assert rest == outline(original.steps)
    assert english(relisting.heading) == "2-1①-1 企業訪問"


# -- a part of the plan -----------------------------------------------------------------------

YEAR = (
    "id: a, target: 1-1-1-1, status: done",
    "id: b, target: 1-1-1-1, kind: evaluation, rating: A",
    "id: c, target: 1-1-1-2, status: in_progress",
    "id: d, target: 1-1-1-2, kind: evaluation, rating: C",
    "id: e, target: 1-1-1-4, status: suspended",
    "id: f, target: 1-1-1-4, kind: evaluation, rating: Y",
    "id: g, target: 1-2-1-1",
    "id: h, target: 1-1-1, summary: 全体の打合せ",
)


def test_a_policy_with_the_initiatives_of_every_group(explained):
    found = explained("1", *YEAR)
    assert english(found.heading) == "1 基盤"
    assert outline(found.steps) == [
        "Listed, relisted, distinct: 6 listed - 1 relisted = 5 distinct",
        "  Relisted (→ where it is counted): 1-1②-1 → 1-2①-1",
        "  Distinct: 5 initiatives",
        "    1-1-1-1 1-1-1-2 1-1-1-3 1-1-1-4 1-2-1-1",
        "Reports: 4 reported, 1 not reported",
        "  reported: 4 initiatives",
        "    1-1-1-1 1-1-1-2 1-1-1-4 1-2-1-1",
        "  not reported: 1 initiatives",
        "    1-1-1-3",
        "  Recorded for a whole part of the plan: nobody's report: 1 entries",
        "    h 2024-06-12 産業課 1-1①",
        "Status",
        "  実施中: 1 initiatives",
        "    1-1-1-2",
        "  実施済（当年度分）: 1 initiatives",
        "    1-1-1-1",
        "  休止: 1 initiatives",
        "    1-1-1-4",
        "  no status: 2 initiatives",
        "    1-1-1-3 1-2-1-1",
        "Rating",
        "  A 目標達成: 1 initiatives",
        "    1-1-1-1",
        "  C やや遅れ: 1 initiatives",
        "    1-1-1-2",
        "  Y 中止: 1 initiatives",
        "    1-1-1-4",
        "  not evaluated: 2 initiatives",
        "    1-1-1-3 1-2-1-1",
        "Implementation rate: numerator 2 / denominator 4 = 2/4 = 1/2 = 50%, rounded half up: 50.0%",
        "  numerator: 実施中, 実施済（当年度分）, 完了: 2 initiatives",
        "    1-1-1-1 1-1-1-2",
        "  denominator: all but 休止, 中止・廃止: 4 initiatives",
        "    1-1-1-1 1-1-1-2 1-1-1-3 1-2-1-1",
        "  of these not reported: they stay in the denominator: 1 initiatives",
        "    1-1-1-3",
        "  of these without a status: they stay in the denominator: 1 initiatives",
        "    1-2-1-1",
        "  left out: 休止, 中止・廃止: 1 initiatives",
        "    1-1-1-4",
        "Completion rate: numerator 1 / denominator 4 = 1/4 = 25%, rounded half up: 25.0%",
        "  numerator: 実施済（当年度分）, 完了: 1 initiatives",
        "    1-1-1-1",
        "  denominator: all but 休止, 中止・廃止: 4 initiatives",
        "    1-1-1-1 1-1-1-2 1-1-1-3 1-2-1-1",
        "  of these not reported: they stay in the denominator: 1 initiatives",
        "    1-1-1-3",
        "  of these without a status: they stay in the denominator: 1 initiatives",
        "    1-2-1-1",
        "  left out: 休止, 中止・廃止: 1 initiatives",
        "    1-1-1-4",
        "Share of A・B: numerator 1 / denominator 2 = 1/2 = 50%, rounded half up: 50.0%",
        "  numerator: A, B: 1 initiatives",
        "    1-1-1-1",
        "  denominator: A, B, C, D: 2 initiatives",
        "    1-1-1-1 1-1-1-2",
        "  left out: those without a rank: 3 initiatives",
        "    1-1-1-3 1-1-1-4 1-2-1-1",
        "Reporting rate: numerator 4 / denominator 5 = 4/5 = 80%, rounded half up: 80.0%",
        "  numerator: reported: 4 initiatives",
        "    1-1-1-1 1-1-1-2 1-1-1-4 1-2-1-1",
        "  denominator: all that had not ended before the year: 5 initiatives",
        "    1-1-1-1 1-1-1-2 1-1-1-3 1-1-1-4 1-2-1-1",
        "Targets met: none: no indicator can be judged",
        "  not judged: 訪問件数, 相談 (draft)",
    ]


def test_nothing_but_relistings_has_no_rates(explained):
    lines = outline(explained("2", *YEAR).steps)
    nothing = "none: everything listed here is counted with its original"
    assert lines[0:3] == [
        "Listed, relisted, distinct: 1 listed - 1 relisted = 0 distinct",
        "  Relisted (→ where it is counted): 2-1①-1 → 1-1①-1",
        "  Distinct: 0 initiatives",
    ]
    assert lines[6:] == [
        "Status: none",
        "Rating: none",
        f"Implementation rate: {nothing}",
        f"Completion rate: {nothing}",
        f"Share of A・B: {nothing}",
        f"Reporting rate: {nothing}",
    ]


def test_where_no_status_is_known_it_is_said_what_papers_print(explained):
    found = explained("1-2")
    assert text_of(found, "implementation") == "none: no status is known; papers print － (0/1)"
    assert text_of(found, "rating_share") == "none: nothing is counted, and nothing can be divided by 0"
    assert text_of(found, "relisted") == "none"


def test_a_submeasure_and_the_whole_plan(explained):
    submeasure, whole = explained("1-1-1", *YEAR), explained(None, *YEAR)
    assert text_of(submeasure, "counts") == "4 listed - 0 relisted = 4 distinct"
    assert text_of(submeasure, "reporting") == "numerator 3 / denominator 4 = 3/4 = 75%, rounded half up: 75.0%"
    assert text_of(whole, "counts") == "7 listed - 2 relisted = 5 distinct"
    assert whole.heading == "試験計画"


# -- every number against the review ----------------------------------------------------------


@pytest.fixture(scope="session")
def sample():
    """Return the sample records of the checkout."""
    paths = sorted(ROOT.glob("records/*/*/*.yaml"))
    assert paths
    return Ledger(ENTRY_SHAPE.validate_python(ryaml.loads(path.read_text(encoding="utf-8"))) for path in paths)


YEARS = [2022, 2023, 2024, 2025]


@pytest.fixture(scope="session")
def sample_report(adopted_plan, sample):
    reports = {year: review(adopted_plan, sample, year) for year in YEARS}
    return lambda year: reports[year]


def values(steps):
    return {step.key: step.value for step in steps}


def percent(share):
    return None if share is None or share.percent is None else str(share.percent)


@pytest.mark.parametrize("year", YEARS)
def test_every_indicator_has_the_numbers_of_the_review(adopted_plan, sample, sample_report, year):
    report = sample_report(year)
    for row in report.indicators:
        found = explain(report, adopted_plan, sample, row.indicator)
        given = values(found.steps)
        result = row.result
        assert given["value"] == row.value.value
        assert given["used"] == len(row.value.used)
        assert given["target"] == result.target
        assert given["guide"] == result.guide
        assert (given["rate"], given["pace"]) == (percent(result.rate), percent(result.pace))
        assert (given["met"], given["suggestion"]) == (result.met, row.suggestion)
        assert given.get("baseline") == row.indicator.baseline_value
        below = values(every(found.steps))
        assert below.get("partial", False) == row.value.partial
        halves = [below.get("april_to_september"), below.get("october_to_march")]
        assert halves == [*row.halves.values]
        listed = [item.entry.id for step in found.steps for item in step.entries]
        assert sorted(listed) == sorted(
            entry.id
            for entry in sample.entries
            if row.indicator.id in {**getattr(entry, "values", {}), **getattr(entry, "missing", {})}
        )


@pytest.mark.parametrize("year", YEARS)
def test_every_initiative_has_the_state_of_the_review(adopted_plan, sample, sample_report, year):
    report = sample_report(year)
    for row in report.initiatives:
        given = values(explain(report, adopted_plan, sample, row.place).steps)
        assert given["reported"] == row.state.reported
        assert given["in_force"] == row.entries
        assert (given["status"], given["rating"]) == (row.state.status, row.state.rating)
        assert (given["previous_rating"], given["suggestion"]) == (row.previous_rating, row.suggestion)


@pytest.mark.parametrize("year", YEARS)
def test_every_part_has_the_counts_and_rates_of_the_review(adopted_plan, sample, sample_report, year):
    report = sample_report(year)
    for row in (report.total, *report.policies, *report.measures):
        found = explain(report, adopted_plan, sample, row.place)
        tally = row.tally
        given = values(found.steps)
        groups = {step.key: values(step.steps) for step in found.steps}
        rates = {
            "implementation": tally.implementation,
            "completion": tally.completion,
            "rating_share": tally.rating_share,
            "reporting": tally.reporting,
        }
        assert (given["counts"], groups["counts"]["relisted"]) == (tally.distinct, tally.relisted)
        assert (given["reports"], groups["reports"]["not_reported"]) == (tally.reported, tally.not_reported)
        assert {key: n for key, n in groups["status"].items() if key != "none"} == tally.status
        assert {key: n for key, n in groups["rating"].items() if key != "none"} == tally.rating
        for key, rate in rates.items():
            if tally.only_relisted:
                assert (given[key], groups[key]) == (None, {})
                continue
            assert given[key] == percent(rate)
            assert (groups[key]["numerator"], groups[key]["denominator"]) == (rate.numerator, rate.denominator)
        for step in every(found.steps):
            assert step.value == len(step.initiatives) if step.initiatives else True


# -- every printed calculation holds ----------------------------------------------------------

_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def reckon(text):
    """Work out a printed formula with exact numbers."""
    source = text.replace(",", "").replace("△", "-").replace("×", "*")

    def work(node):
        match node:
            case ast.BinOp():
                return _OPERATORS[type(node.op)](work(node.left), work(node.right))
            case ast.UnaryOp():
                return -work(node.operand)
            case _:
                return Fraction(ast.get_source_segment(source, node) or "")

    return work(ast.parse(source, mode="eval").body)


NUMBERS = re.compile(r"[\d(△][\d,.△()+×/ -]*")


def printed_results(text):
    """Return what each part of a chain of = comes to, and the percentage before and after rounding."""
    shown, _, printed = text.partition(", rounded half up: ")
    parts = [part.strip().rstrip("%件社人回") for part in shown.rpartition(": ")[2].split(" = ")]
    before = parts.pop() if printed else None
    return [reckon(part) for part in parts if NUMBERS.fullmatch(part)], before, printed.removesuffix("%")


RATES = ("rate", "pace", "implementation", "completion", "rating_share", "reporting")


@pytest.mark.parametrize("year", YEARS)
def test_every_printed_calculation_holds(adopted_plan, sample, sample_report, year):
    report = sample_report(year)
    subjects = [row.indicator for row in report.indicators] + [row.place for row in (report.total, *report.measures)]
    checked = 0
    for subject in subjects:
        for step in explain(report, adopted_plan, sample, subject).steps:
            if step.value is None or step.key not in (*RATES, "guide"):
                continue
            text = re.sub("numerator |denominator ", "", english(step.text)).partition("; ")[0]
            results, before, printed = printed_results(text)
            assert results, text
            assert len(set(results)) == 1, text
            if step.key in RATES:
                assert (before, printed) == (cut(results[0] * 100), print_number(Decimal(str(step.value)))), text
            else:
                assert results[0] == step.value
            checked += 1
    assert checked > len(report.measures)


# -- several evaluators, and what is rated above the initiatives ------------------------------


@pytest.fixture(scope="session")
def explained_of_two(make_plan, make_ledger):
    """Explain something in FY2024 where the office and the council rate."""
    plan = make_plan(PLAN, scheme="evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]")
    said = "kind: evaluation, date: 2025-06-01"
    texts = [
        f"id: a, {said}, rating: B, evaluator: self",
        f"id: b, {said}, rating: C, evaluator: council",
        f"id: c, {said}, rating: A, indicator: visits",
        f"id: d, {said}, rating: A, target: 1-1",
        f"id: e, {said}, progress: 総括, target: plan",
    ]

    def make(what):
        ledger = make_ledger(*texts)
        report = review(plan, ledger, 2024)
        found = report.plan.indicators.get(what)
        return explain(report, plan, ledger, report.plan.places.get(what) if found is None else found[0])

    return make


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        ("1-1-1-1", ["自己評価: B: from a, the last of 1 evaluations in force",
                     "外部評価: C: from b, the last of 1 evaluations in force"]),
        ("visits", ["自己評価: A: from c, the last of 1 evaluations in force",
                    "外部評価: none: nobody has evaluated the year"]),
        ("1-1", ["自己評価: A: from d, the last of 1 evaluations in force",
                 "外部評価: none: nobody has evaluated the year"]),
        (None, ["自己評価: －: from e, the last of 1 evaluations in force",
                "外部評価: none: nobody has evaluated the year"]),
        ("1-2", []),
    ],
)  # fmt: skip
def test_each_evaluators_rating_is_a_step(explained_of_two, what, lines):
    assert [line for line in outline(explained_of_two(what).steps) if line[:4] in ("自己評価", "外部評価")] == lines


def test_what_an_evaluation_decides_names_who_rates_what(explained_of_two):
    said = [line.strip() for line in outline(explained_of_two("1-1-1-1").steps)]
    assert "a 2025-06-01 産業課 an evaluation (自己評価, B)" in said
    assert "c 2025-06-01 産業課 an evaluation (自己評価, 訪問件数, A)" in said
    council = next(number for number, line in enumerate(said) if line.startswith("Other entries: nobody's report"))
    assert said[council + 1] == "b 2025-06-01 産業課 an evaluation (外部評価, C)"


def test_a_rating_where_nobody_is_listed_is_a_step_of_no_name(explained):
    found = explained("1-1", "id: a, kind: evaluation, rating: B, target: 1-1, date: 2025-06-01")
    assert text_of(found, "own_rating") == "B: from a, the last of 1 evaluations in force"


def test_money_says_where_it_may_change_and_is_none_of_the_indicators_that_are_judged(make_plan, make_ledger):
    policies = """
    - id: "1"
      title: 基盤
      indicators:
      - {id: visits, name: 訪問件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
      - {id: cost, name: 事業費, unit: 円, kind: input, targets: {2024: 10}}
      - {id: staff, name: 人件費, unit: 円, kind: input, targets: {2024: 10}}
    """
    plan, of = make_plan(policies), "kind: actual, target: '1', values:"
    ledger = make_ledger(f"id: a, {of} {{cost: 9}}, provisional: true", f"id: b, {of} {{staff: 10}}")
    found = explain(review(plan, ledger, 2024), plan, ledger, plan.places["1"])
    assert text_of(found, "execution").startswith("spent / budget = 19 / 20 (円)")
    assert text_of(found, "provisional") == "partly provisional"
    assert text_of(found, "unknown") == "訪問件数"


def test_an_entry_says_of_when_its_figure_is_and_that_it_may_change(explained):
    figure = "id: {}, kind: actual, target: 1-1-1-1, values: {{visits: 3}}"
    found = explained("visits", f"{figure.format('a')}, provisional: true, as_of: ' R6.9末'", figure.format("b"))
    (used,) = [step for step in found.steps if step.key == "used"]
    assert [english(one.content) for one in used.entries] == ["3件 (provisional) (R6.9末)", "3件"]


def test_a_scale_without_ranks_suggests_none(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="scale: {states: [{code: a, name: 有効}]}")
    ledger = make_ledger("id: a, values: {visits: 3}")
    found = explain(review(plan, ledger, 2024), plan, ledger, plan.indicators["visits"][0])
    assert text_of(found, "suggestion") == "none: the plan's ratings have no ranks"
