"""Targets as towns publish them."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from mizuho_pdca.domain.plan.targets import (
    EVERY_YEAR,
    GivenTargets,
    WordedTarget,
    by_each_year,
    chosen_year,
)
from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.message import Message

TARGETS: TypeAdapter[GivenTargets] = TypeAdapter(GivenTargets)


def worded(**given: Any) -> WordedTarget:
    return WordedTarget.model_validate(given)


def said(target: WordedTarget) -> str:
    found = target.said(lambda figure: f"{figure}件")
    return found.text(str) if isinstance(found, Message) else found


def test_targets_are_read_by_year_as_figures_words_and_ranges() -> None:
    given = {"every_year": 500, 2026: {"text": "維持", "at_least": 50}, 2027: "試行", 2028: {"from": 5, "to": 10}}
    found = read_shape(TARGETS, given)
    assert not isinstance(found, list)
    assert found == {
        EVERY_YEAR: Decimal(500),
        2026: worded(text="維持", at_least=50),
        2027: "試行",
        2028: worded(**{"from": 5, "to": 10}),
    }


def test_a_year_that_is_none_is_blamed_where_it_stands() -> None:
    (fault,) = read_shape(TARGETS, {"毎年": 500})
    assert isinstance(fault, Fault)
    assert fault.code == "E109"


@pytest.mark.parametrize(
    ("given", "low", "high", "words"),
    [
        ({"text": "維持"}, None, None, "維持"),
        ({"at_least": 50}, 50, None, "at least 50件"),
        ({"at_most": 50}, None, 50, "at most 50件"),
        ({"from": 5, "to": 10}, 5, 10, "5件 to 10件"),
        ({"at_least": 5, "at_most": 10}, 5, 10, "5件 to 10件"),
        ({"text": "増加", "at_least": 50}, 50, None, "増加 (at least 50件)"),
    ],
)
def test_what_a_target_in_words_says(given: Any, low: int | None, high: int | None, words: str) -> None:
    target = worded(**given)
    assert (target.low, target.high, said(target)) == (low, high, words)
    assert target.has_figure == (low is not None or high is not None)
    assert target.is_sound


def test_a_target_that_says_nothing_prints_nothing() -> None:
    assert said(worded()) == ""


@pytest.mark.parametrize(
    "given", [{}, {"from": 5}, {"to": 5}, {"from": 10, "to": 5}, {"from": 1, "to": 2, "at_least": 1}]
)
def test_what_is_no_target(given: Any) -> None:
    assert not worded(**given).is_sound


def test_the_target_of_every_year_stands_in_each_that_has_none_of_its_own() -> None:
    assert by_each_year({EVERY_YEAR: 5, 2023: 7, 2030: 9}, 2022, 2024) == {2022: 5, 2023: 7, 2024: 5, 2030: 9}
    assert by_each_year({2023: 7}, 2022, 2024) == {2023: 7}


@pytest.mark.parametrize(("year", "chosen"), [(2022, 2023), (2023, 2023), (2024, 2026), (2027, 2026)])
def test_the_target_of_a_year_is_its_own_else_the_next_else_the_last(year: int, chosen: int) -> None:
    assert chosen_year({2023: 1, 2026: 2}, year) == chosen


def test_where_there_is_no_target_none_is_chosen() -> None:
    assert chosen_year({}, 2024) is None
