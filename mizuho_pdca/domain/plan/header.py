"""The head of a plan's file: what the plan says of itself."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, Tag

from mizuho_pdca.domain.calendar import APRIL, JAPAN, TOKYO
from mizuho_pdca.domain.plan.town_code import TownCode
from mizuho_pdca.domain.schema.shapes import Day, Shape, Text, Year, by_form


class Period(Shape):
    """The fiscal years that a plan covers, both included."""

    since: Year = Field(alias="from")
    until: Year

    def has_before(self, year: int) -> bool:
        """Return whether the year before one is of the plan as well, so that there is anything to hold it against."""
        return year > self.since


class Member(Shape):
    """A member of the council, and as what: 会長, 委員, 商工会."""

    name: Text
    role: Text | None = None


GivenMember = Annotated[
    Annotated[Text, Tag("(text)")] | Annotated[Member, Tag("(member)")], by_form("text", member=dict)
]


class Council(Shape):
    """The body with which the plan is evaluated every year; ``meetings`` has the day by reviewed fiscal year.

    Place, agenda and members are printed on the cover of the meeting's papers.
    """

    name: Text
    meetings: dict[Year, Day] = Field(default_factory=dict)
    place: Text | None = None
    agenda: tuple[Text, ...] = ()
    given_members: tuple[GivenMember, ...] = Field(default=(), alias="members")
    summary: Text | None = None
    source: Text | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        """Return the members, each with a name."""
        return tuple(Member(name=one) if isinstance(one, str) else one for one in self.given_members)


class RelatedPlan(Shape):
    """A plan above this one, beside it, or otherwise tied to it."""

    title: Text
    relation: Literal["parent", "sibling", "related"]
    period: Period
    source: Text | None = None


class Level(Shape):
    """What a level of the plan is called, from the top."""

    name: Text


class Revision(Shape):
    """A revision of the plan: from when on, by which decision, what changed."""

    since: Year = Field(alias="from")
    decision: Text
    date: Day | None = None
    summary: Text


class YearRule(Shape):
    """When the plan's years begin; ``starts`` is a month, 1 for calendar years."""

    starts: Annotated[int, Field(ge=1, le=12, strict=True)] = APRIL


class Header(Shape):
    """What the plan says of itself."""

    id: Text
    title: Text
    edition: Text | None = None
    municipality: Text
    code: TownCode | None = None
    office: Text | None = None
    language: Literal["ja", "en"] = "ja"
    period: Period
    vision: Text | None = None
    council: Council
    related: tuple[RelatedPlan, ...] = ()
    levels: Annotated[tuple[Level, ...], Field(min_length=3, max_length=4)] | None = None
    revisions: tuple[Revision, ...] = ()
    timezone: Text = TOKYO
    year: YearRule = YearRule()

    @property
    def starts(self) -> int:
        """Return the month with which the plan's years begin."""
        return self.year.starts

    @cached_property
    def zone(self) -> tzinfo:
        """Return the zone of the plan's days."""
        if self.timezone == TOKYO:
            return JAPAN
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)

    def day_of(self, moment: datetime) -> date:
        """Return the plan's day at a moment, whatever zone the moment is told in."""
        return moment.astimezone(self.zone).date()
