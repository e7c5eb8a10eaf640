"""What a node of the plan may give by fiscal year: it holds from each of those years until the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import Tag

from mizuho_pdca.domain.schema.shapes import Text, Year, by_form

T = TypeVar("T")

Names = tuple[Text, ...]
_Text = Annotated[Text, Tag("(text)")]
_List = Annotated[Names, Tag("(list)")]
Departments = Annotated[_Text | _List, by_form("text", list=list)]
GivenDepartment = Annotated[
    _Text | _List | Annotated[dict[Year, Departments], Tag("(years)")], by_form("text", list=list, years=dict)
]
"""Departments as the file has them: a text, a list that begins with the main one, or either by fiscal year."""

GivenPartners = Annotated[_List | Annotated[dict[Year, Names], Tag("(years)")], by_form("list", years=dict)]


def of_year(given: T | Mapping[int, T], year: int) -> T | None:
    """Return what was given for a fiscal year, or for the last one before it that has something of its own."""
    if not isinstance(given, Mapping):
        return given
    return next((given[since] for since in sorted(given, reverse=True) if since <= year), None)


def of_last_year(given: T | Mapping[int, T]) -> T | None:
    """Return what was given for the last fiscal year that has something of its own."""
    return of_year(given, max(given, default=0)) if isinstance(given, Mapping) else given
