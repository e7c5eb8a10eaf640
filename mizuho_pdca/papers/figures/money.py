"""予算額・決算額・執行率: the columns of money, in every paper that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from mizuho_pdca.domain.figures.money import Money
from mizuho_pdca.domain.review.money import money_unit
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import Field, Meaning, field, number_cell, share_column, share_field
from mizuho_pdca.papers.paper import Cell, Column, Part
from mizuho_pdca.papers.words import PARTLY_PROVISIONAL, percentage, provisional_words, sum_marks

R = TypeVar("R")
"""What a row of a paper is made of."""

_FIGURES = ("activity", "actual")


def money_fields(
    report: ReviewReport, money: Callable[[R], Money], t: Translate, *, stacked: bool = False
) -> Iterator[Field[R]]:
    """Yield the columns of money, none where the plan has none; ``money`` is that of a row.

    On a page of A4 what was spent stands below the budget; where room is short all are ``stacked``.
    """
    unit = money_unit(report)
    if unit is None:
        return
    meaning = Meaning(t(N_("The budgets of the year, of this and of all below it.")), unit)
    yield field(
        "budget", _column(t(N_("Budget ({unit})")).format(unit=unit), ()), meaning, lambda row: money(row).budget
    )
    meaning = Meaning(t(N_("What was spent in the year, of this and of all below it.")), unit)
    column = replace(_column(t(N_("Spent ({unit})")).format(unit=unit), _FIGURES), under=True)
    yield field("spent", column, meaning, lambda row: money(row).spent, lambda row: _spent(money(row), t))
    partly = t(N_("partly unknown"))
    meaning = Meaning(t(N_("Marks money of which a part is missing.")), words=(partly,))
    heading = t(N_("Money partly unknown"))
    yield field("spent_partial", heading, meaning, lambda row: partly if money(row).is_partial else None)
    meaning = Meaning(t(N_("Marks money that may still change.")), words=tuple(map(t, PARTLY_PROVISIONAL.values())))
    heading = t(N_("Money provisional"))
    yield field("spent_provisional", heading, meaning, lambda row: provisional_words(money(row).provisional, t))
    column = replace(share_column(t(N_("Carried out")), 8, "value", t, essential=False), shows=_FIGURES, under=stacked)
    meaning = Meaning(t(N_("What was spent of the budget; none where a part of either is not known.")), unit)
    yield share_field("execution", column, meaning, lambda row: percentage(money(row).execution), t)


def _column(heading: str, shows: tuple[str, ...]) -> Column:
    return Column(heading, 8, number=True, essential=False, parts=(Part(heading, "value"),), shows=shows)


def _spent(money: Money, t: Translate) -> Cell:
    spent: Decimal | None = money.spent
    suffix = sum_marks(t, partial=money.is_partial, provisional=money.provisional)
    cell = number_cell(spent)
    return replace(cell, text=cell.text + suffix, suffix=suffix)
