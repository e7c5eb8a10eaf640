"""Targets as towns publish them: a figure, a word that may have a figure beside it, a range, the same every year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Final, TypeVar

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from mizuho_pdca.domain.schema.shapes import YEAR_KEY, Number, RawFigure, Shape, Text, year_of
from mizuho_pdca.message import N_, Message, message

T = TypeVar("T")

EVERY_YEAR: Final = 0
"""The year under which a target stands that is the same in every year of the plan."""

EVERY_YEAR_KEY: Final = "every_year"


class WordedTarget(Shape):
    """A target that is no single figure: words such as 維持, bounds that a figure is held against, or both."""

    text: Text | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    since: Number | None = Field(default=None, alias="from")
    until: Number | None = Field(default=None, alias="to")

    @property
    def low(self) -> Decimal | None:
        """Return the lowest figure that meets it, None where there is none."""
        return self.since if self.at_least is None else self.at_least

    @property
    def high(self) -> Decimal | None:
        """Return the highest figure that meets it, None where there is none."""
        return self.until if self.at_most is None else self.at_most

    def said(self, shown: Callable[[Decimal], str]) -> Message | str:
        """Return it in words, its figures as ``shown``: 維持（50以上）, 5～10."""
        low, high = (None if one is None else shown(one) for one in (self.low, self.high))
        if low is None and high is None:
            return self.text or ""
        words = N_("{low} to {high}")
        if high is None:
            words = N_("at least {low}")
        elif low is None:
            words = N_("at most {high}")
        bounds = message(words, low=low or "", high=high or "")
        return bounds if self.text is None else message(N_("{text} ({said})"), text=self.text, said=bounds)

    @property
    def has_figure(self) -> bool:
        """Return whether a figure can be held against it."""
        return not (self.low is None and self.high is None)

    @property
    def is_sound(self) -> bool:
        """Return whether it says something, each bound once, the lower one first."""
        is_twice = (self.since is None) != (self.until is None) or (
            self.since is not None and not (self.at_least is None and self.at_most is None)
        )
        is_turned = self.low is not None and self.high is not None and self.low > self.high
        return (self.has_figure or self.text is not None) and not is_twice and not is_turned


def _target_year(raw: object) -> int:
    return EVERY_YEAR if raw == EVERY_YEAR_KEY else year_of(raw)


TargetYear = Annotated[
    int,
    PlainValidator(_target_year),
    WithJsonSchema({"type": "string", "pattern": f"^({YEAR_KEY}|{EVERY_YEAR_KEY})$"}),
]
GivenTarget = Annotated[
    Annotated[RawFigure, Tag("(figure)")] | Annotated[WordedTarget, Tag("(worded)")],
    Discriminator(lambda raw: "(worded)" if isinstance(raw, dict | WordedTarget) else "(figure)"),
]
"""A target as the file has it."""

GivenTargets = dict[TargetYear, GivenTarget]


def by_each_year(targets: Mapping[int, T], since: int, until: int) -> dict[int, T]:
    """Return targets by fiscal year: that of every year stands in each that has none of its own."""
    every = dict.fromkeys(range(since, until + 1), targets[EVERY_YEAR]) if EVERY_YEAR in targets else {}
    return every | {year: target for year, target in targets.items() if year != EVERY_YEAR}


def chosen_year(targets: Mapping[int, object], year: int) -> int | None:
    """Return the year of the target that holds for a year: its own, else the next given, else the last."""
    return min((given for given in targets if given >= year), default=max(targets, default=None))
