"""Entries 記録: one thing that somebody recorded, one file each, never edited afterwards."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated, Literal, Union

from pydantic import Field, TypeAdapter

from mizuho_pdca.domain.calendar import Half, fiscal_year
from mizuho_pdca.domain.records.paths import ENTRY_ID
from mizuho_pdca.domain.schema.shapes import Day, Moment, RawFigure, Shape, Text, Year, of_form

EntryId = Annotated[Text, of_form(ENTRY_ID)]
Via = Literal["form", "import"]
"""How an entry came in where nobody typed it: a form that was sent out, a table that the town had."""


class Recorded(Shape):
    """What every entry carries: its name, what it is about, who recorded it and when.

    ``via`` says that it was read from a file, and ``digest`` is that file's (SHA-256).
    """

    schema_version: Literal[1] = Field(alias="schema")
    id: EntryId
    target: Text
    date: Day
    by: Text
    recorded: Moment
    sample: bool = False
    supersedes: EntryId | None = None
    reason: Text | None = None
    via: Via | None = None
    digest: Text | None = None

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str]:
        """Return the key that puts entries in the order in which things happened."""
        return (self.date, self.recorded, self.id)


class OfYear(Recorded):
    """An entry about a fiscal year as a whole, whenever it was made."""

    year: Year = Field(alias="fiscal_year")


class Activity(Recorded):
    """What was done for a node, with the figures that it yielded; ``until`` is the last day of a period."""

    kind: Literal["activity"]
    until: Day | None = None
    status: Text | None = None
    summary: Text
    values: dict[Text, RawFigure] = Field(default_factory=dict)
    links: tuple[Text, ...] = ()

    @cached_property
    def year(self) -> int:
        """Return the fiscal year of the day on which it was done."""
        return fiscal_year(self.date)


class Actual(OfYear):
    """実績値: values of indicators in a fiscal year, or why there is none.

    ``half`` says to which half of the year they belong; without it they belong to none. ``as_of`` is of
    when they are, ``provisional`` marks first figures 速報 that may still change.
    """

    kind: Literal["actual"]
    values: dict[Text, RawFigure] = Field(default_factory=dict)
    missing: dict[Text, Text] = Field(default_factory=dict)
    half: Half | None = None
    as_of: Text | None = None
    provisional: Annotated[bool, Field(strict=True)] | None = None
    source: Text | None = None


class Evaluation(OfYear):
    """評価: the rating of a part of the plan for a fiscal year, or of an ``indicator`` that stands there.

    Of a policy and of the plan itself a text may stand alone: what the office says of it as a whole.
    ``evaluator`` is who rates, ``meeting`` the day on which a council did.
    """

    kind: Literal["evaluation"]
    evaluator: Text | None = None
    indicator: Text | None = None
    meeting: Day | None = None
    rating: Text | None = None
    progress: Text | None = None
    issues: Text | None = None


class Improvement(OfYear):
    """改善: where an initiative goes from here, and what the next year does."""

    kind: Literal["improvement"]
    direction: Text
    next: Text


class Opinion(OfYear):
    """意見: what the council said of the plan or a part of it, at a meeting on a fiscal year."""

    kind: Literal["opinion"]
    meeting: Day
    text: Text


class Response(Recorded):
    """対応: what became of an opinion; it belongs to the year in which it is made."""

    kind: Literal["response"]
    responds: EntryId
    state: Text
    text: Text
    grounds: Text | None = None

    @property
    def refusal(self) -> str | None:
        """Return why nothing will be done; the reason of a correction is not that."""
        return self.grounds or (self.reason if self.supersedes is None else None)

    @cached_property
    def year(self) -> int:
        """Return the fiscal year of the day of the response."""
        return fiscal_year(self.date)


class Withdrawal(OfYear):
    """取消: says that another entry no longer holds."""

    kind: Literal["withdrawal"]
    withdraws: EntryId
    reason: Text


Entry = Union[Activity, Actual, Evaluation, Improvement, Opinion, Response, Withdrawal]  # noqa: UP007 (the alias is used at run time)

WHOLE_PLAN = "plan"
"""The target of what is said of the plan as a whole."""

ENTRY_SHAPE: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


_NONE_GIVEN: set[str] = set()


def in_years_from(entry: Entry, starts: int) -> Entry:
    """Return an entry that belongs to the year of its day, where years begin with the month ``starts``.

    Which keys were given is forgotten: nobody asks, and each entry would keep a set of them.
    """
    object.__setattr__(entry, "__pydantic_fields_set__", _NONE_GIVEN)
    if not isinstance(entry, OfYear):
        entry.__dict__["year"] = fiscal_year(entry.date, starts)  # where the property keeps it
    return entry


def rated_by(entry: Entry) -> str | None:
    """Return who gives the rating of an entry, where it is one and names anybody."""
    return entry.evaluator if isinstance(entry, Evaluation) else None
