# mypy: allow-untyped-calls
"""Every kind of entry, indicator method, aggregate and format is described wherever one is: CONTRIBUTING's recipes.

mypy names the places that end in ``assert_never``; these tests name the others.
"""

import ast
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from mizuho_pdca.app.entry import KEPT
from mizuho_pdca.app.formats import FileFormat, draw
from mizuho_pdca.cli.formats import BINARY, Format, choose_format
from mizuho_pdca.cli.main import Root
from mizuho_pdca.cli.review import AnyFormat
from mizuho_pdca.domain.figures.achievement import Observation, year_value
from mizuho_pdca.domain.plan.indicator import DIRECTIONS_OF, Aggregate, Direction, Method
from mizuho_pdca.domain.records.kinds import KINDS, Form
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import translator
from mizuho_pdca.message import Message
from mizuho_pdca.papers.explain.explain import explain
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.words import METHODS, method_words
from mizuho_pdca.storage.yaml import plan_draft

ROOT = Path(__file__).parents[1]
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
DRAFT = Path(plan_draft.__file__).read_text(encoding="utf-8")

SHOWN_NOWHERE = {"withdrawal"}
"""Kinds of entries that no column shows: what they took back is gone."""

SEEN_TO_BY_THE_COMMAND = {
    "figures",
    "reasons",
    "half",
    "as_of",
    "provisional",
    "last_day",
    "answered",
    "undone",
    "grounds",
    "evaluator",
    "indicator",
}
"""What a correction takes over only as its command decides."""

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - {{id: 1-1, title: 経営, submeasures: [{{id: 1-1-1, title: 訪問, initiatives: [{{id: 1-1-1-1, title: 企業訪問,
      indicators: [{{id: visits, name: 訪問, kind: output, aggregate: max, adopted: true, method: {method},
                     direction: {direction}, {figures}}}]}}]}}]}}
"""
NO_RATE = "none: by this method an indicator is met or not"
RATES = {
    "ratio": "actual / target = 3 / 4",
    "progress": "(actual - baseline) / (target - baseline) = (3 - 2) / (4 - 2)",
    "maintain": NO_RATE,
    "done": NO_RATE,
    "inverse": "target / actual = 4 / 3",
}
"""How an actual of 3 is explained against a target of 4 and a baseline of 2."""

RATES_OF_0 = (
    RATES
    | {"ratio": "none: the target is 0", "progress": "none: target and baseline are the same"}
    | {"inverse": "none: the actual is not above 0"}
)
"""The same where all three are 0."""

PACES = {
    "ratio": "actual / guide = 3 / 3.2",
    "progress": "(actual - baseline) / (guide - baseline) = (3 - 2) / (3.2 - 2)",
    "maintain": NO_RATE,
    "done": "none: there is no guide",
    "inverse": "guide / actual = 3.2 / 3",
}
"""How an actual of 3 is explained against a baseline of 2 three years ago and a target of 4 in two."""

EXPLAINED = [
    ("rate", RATES, 3, "baseline: {year: 2021, value: 2}, targets: {2024: 4}"),
    ("rate", RATES_OF_0, 0, "baseline: {year: 2021, value: 0}, targets: {2024: 0}"),
    ("pace", PACES, 3, "baseline: {year: 2021, value: 2}, targets: {2026: 4}"),
]

OF_2_6_4 = {"sum": 12, "cumulative": 12, "latest": 4, "max": 6, "mean": 4}


# -- kinds of entries -------------------------------------------------------------------------


def test_every_kind_of_entry_is_made_by_a_use_case_of_a_command():
    made = {}
    for path in (ROOT / "mizuho_pdca" / "app").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Recording"), args=[_, ast.Constant(value=kind), *_]):
                    made[kind] = path.stem
    assert set(made) == set(KINDS)
    assert {code: kind.command for code, kind in KINDS.items() if made[code] != kind.command} == {}
    assert set(made.values()) <= set(Root.listed)


def test_every_kind_of_entry_is_shown_by_a_column(adopted_plan, make_ledger):
    opinion = "id: a, kind: opinion, fiscal_year: 2024, target: plan, meeting: 2024-06-12, text: 意見"
    shown = papers(review(adopted_plan, make_ledger(opinion), 2024), str)
    kinds = {kind for paper in shown.papers for column in paper.columns for kind in column.shows or ()}
    assert set(KINDS) - kinds == SHOWN_NOWHERE


def test_every_form_is_taken_over_by_a_correction_or_seen_to_by_its_command():
    assert set(KEPT) | SEEN_TO_BY_THE_COMMAND == set(get_args(Form))
    assert set(KEPT) & SEEN_TO_BY_THE_COMMAND == set()


# -- indicators -------------------------------------------------------------------------------


def test_every_method_says_for_which_directions_it_is():
    assert set(DIRECTIONS_OF) == set(get_args(Method))


@pytest.mark.parametrize(("method", "direction"), list(product(get_args(Method), get_args(Direction))))
def test_every_method_has_words_where_it_has_a_meaning(make_indicator, method, direction):
    if direction in DIRECTIONS_OF[method]:
        words = method_words(make_indicator(f"method: {method}, direction: {direction}"), translator("ja"))
        assert words.strip()
        assert words not in METHODS.values()


@pytest.mark.parametrize("case", EXPLAINED, ids=["rate", "rate of 0", "pace"])
@pytest.mark.parametrize("method", get_args(Method))
def test_every_method_is_explained(make_plan, make_ledger, case, method):
    key, wanted, actual, figures = case
    if method == "done":
        actual, figures = "yes", "targets: {2024: no}"
    plan = make_plan(PLAN.format(method=method, direction=DIRECTIONS_OF[method][0], figures=figures))
    ledger = make_ledger(f"id: a, kind: actual, date: 2025-04-01, fiscal_year: 2024, values: {{visits: {actual}}}")
    report = review(plan, ledger, 2024)
    found = explain(report, plan, ledger, report.plan.indicators["visits"][0])
    (said,) = [step.text for step in found.steps if step.key == key]
    assert isinstance(said, Message)
    assert said.text(str).startswith(wanted[method])


@pytest.mark.parametrize("aggregate", get_args(Aggregate))
def test_every_aggregate_makes_its_value_of_a_year(make_indicator, aggregate):
    counted = make_indicator(f"method: ratio, direction: increase, aggregate: {aggregate}")
    observed = [Observation(str(figure), counted.read(Decimal(figure))) for figure in (2, 6, 4)]
    assert year_value(counted, {2024: observed}, 2024).value == OF_2_6_4[aggregate]


@pytest.mark.parametrize("word", [*get_args(Method), *get_args(Aggregate)])
def test_every_method_and_aggregate_is_described_where_plans_are_written(word):
    assert f"`{word}`" in FORMATS
    assert f"{word} " in DRAFT


# -- formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", get_args(Format))
def test_every_format_is_named_on_the_help_page_and_in_the_documents(form):
    words = get_args(AnyFormat)[1].help
    assert form in words.replace(".", "").replace(",", "").split()
    assert f"`{form}`" in FORMATS


@pytest.mark.parametrize("form", get_args(FileFormat))
def test_every_file_format_is_chosen_by_its_ending(form):
    assert choose_format(None, f"r.{form}", get_args(Format)) == form


@pytest.mark.slow
@pytest.mark.parametrize("form", get_args(FileFormat))
def test_every_file_that_is_no_text_is_kept_from_a_screen(adopted_plan, make_ledger, form):
    drawn = draw(review(adopted_plan, make_ledger(), 2024), form, str)
    assert (b"\0" in drawn) == (form in BINARY)
