# mypy: allow-untyped-calls
"""What is said of an entry at the command line, where it is not what one says of a file."""

import pytest

from mizuho_pdca.app.entry_fault import in_words
from mizuho_pdca.domain.schema.faults import Fault

PLAN = """
- id: "1"
  title: 方針
  measures:
  - id: 1-1
    title: 相談
    submeasures:
    - id: 1-1-1
      title: 窓口
      initiatives:
      - id: 1-1-1-1
        title: 電話相談
        until: 2024
        superseded_by: [1-1-1-2, 1-1-1-3]
        indicators: [{id: cost, name: 相談の事業費, unit: 千円, kind: input}]
      - {id: 1-1-1-2, title: 電話相談（金融）, from: 2025, until: 2026}
      - {id: 1-1-1-3, title: 電話相談（労務）, from: 2025, labels: [{from: 2026, label: 1-1①-1}]}
"""


@pytest.mark.parametrize(
    ("target", "year", "remedy"),
    [
        ("1-1-1-1", 2025, "What went on with it: 1-1①-2 電話相談（金融）, 1-1①-3 電話相談（労務）. Record it there,"),
        ("1-1-1-1", 2026, "What went on with it: 1-1①-2 電話相談（金融）, 1-1①-1 電話相談（労務）. Record it there,"),
        ("1-1-1-1", 2027, "What went on with it: 1-1①-1 電話相談（労務）. Record it there,"),
        ("1-1-1-1", 2021, "Record it for a year in which it is in force, or for the item that followed it."),
        ("1-1-1-3", 2024, "Record it for a year in which it is in force, or for the item that followed it."),
    ],
)
def test_what_went_on_with_what_has_ended_is_named(make_plan, target, year, remedy):
    fault = Fault("E212", ("date",), {"target": target, "year": year, "since": 2022, "until": 2024})
    assert remedy in in_words(make_plan(PLAN), fault).text(str)


def test_what_is_rated_in_the_place_of_money_is_told_without_a_line_of_a_file(make_plan):
    told = in_words(make_plan(PLAN), Fault("E229", ("indicator",), {"indicator": "cost"})).text(str)
    assert "相談の事業費" in told
    assert "write 1-1①-1" in told
    assert "indicator:" not in told


@pytest.mark.parametrize(
    ("unit", "remedy"), [("千円", "Write the figure alone, in 千円."), (None, "Write the figure alone.")]
)
def test_of_a_figure_the_unit_is_named_in_which_it_is_counted(make_plan, unit, remedy):
    plan = make_plan(PLAN if unit else PLAN.replace(", unit: 千円", ""))
    fault = Fault("E208", ("values", "cost"), {"indicator": "cost", "value": "多い", "expected": "a figure"})
    assert remedy in in_words(plan, fault).text(str)
