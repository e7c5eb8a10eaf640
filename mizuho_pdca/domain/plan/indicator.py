"""An indicator (KPI) 指標: what it measures, from where, to where, and how a year is counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from mizuho_pdca.domain.digits import places_of, reckoned
from mizuho_pdca.domain.plan.families import FamilyCode
from mizuho_pdca.domain.schema.shapes import Figure, InForce, Number, RawFigure, Shape, Text, Year, by_form

Measured = Decimal | Fraction | bool | str
"""A value of an indicator: a number in its unit, as typed or worked out; yes/no or a word where it is ``done``."""

Direction = Literal["increase", "decrease", "maintain"]
Method = Literal["ratio", "progress", "maintain", "done"]
Aggregate = Literal["sum", "cumulative", "latest", "max", "mean"]

DIRECTIONS_OF: Mapping[Method, tuple[Direction, ...]] = {
    "ratio": ("increase",),
    "progress": ("increase", "decrease"),
    "maintain": ("increase", "decrease", "maintain"),
    "done": ("increase", "decrease", "maintain"),
}
"""For which directions a method has a meaning."""

_YES = {"yes", "true", "はい", "有", "済"}
_NO = {"no", "false", "いいえ", "無", "未"}


class Baseline(Shape):
    """A value before the plan, in the indicator's unit, with the section that gives it."""

    year: Year
    value: RawFigure
    source: Text | None = None


class Words(Shape):
    """What yes and no are called for this indicator, such as 設置 and なし."""

    yes: Text
    no: Text


Adoption = Annotated[Annotated[bool, Tag("(bool)")] | Annotated[Year, Tag("(year)")], by_form("bool", year=int)]
"""Whether the town adopted an indicator, or the fiscal year from which it is no draft 案 any more."""
StepsOrWords = Annotated[
    Annotated[Words, Tag("yes_no")] | Annotated[tuple[Text, ...], Tag("steps")],
    Discriminator(lambda raw: "steps" if isinstance(raw, list | tuple) else "yes_no"),
]
"""Words for yes and no, or for steps from the first to the last."""


class RevisedTargets(InForce):
    """Targets that take the place of those of the same years, in reviews from ``from`` on."""

    since: Year = Field(alias="from")
    targets: dict[Year, RawFigure]


class Indicator(InForce):
    """An indicator at the node that it measures; targets are by fiscal year, in its unit."""

    id: Text
    name: Text
    reading: Text | None = None
    unit: Text | None = None
    kind: Literal["output", "outcome"]
    direction: Direction
    method: Method
    aggregate: Aggregate
    baseline: Baseline | None = None
    targets: dict[Year, RawFigure] = Field(default_factory=dict)
    revised_targets: tuple[RevisedTargets, ...] = ()
    tolerance: Number | None = None
    words: StepsOrWords | None = None
    decimals: Annotated[int, Field(strict=True, ge=0, le=6)] | None = None
    source: Text | None = None
    note: Text | None = None
    family: FamilyCode | None = None
    given_adoption: Adoption = Field(alias="adopted")

    @property
    def adopted(self) -> bool:
        """Return whether the town adopted it: where no year was asked for, at last."""
        return self.given_adoption is not False

    def is_adopted(self, year: int) -> bool:
        """Return whether the town had adopted it by a fiscal year."""
        given = self.given_adoption
        return given if isinstance(given, bool) else given <= year

    def accepts(self, figure: Figure) -> bool:
        """Return whether a figure in a file means anything for this indicator."""
        return isinstance(figure, Decimal) if self.method != "done" else self.read(figure) is not None

    def read(self, figure: Figure) -> Measured | None:
        """Return what a figure in a file means for this indicator, or None if it means nothing."""
        if self.method != "done":
            return self._typed(figure) if isinstance(figure, Decimal) else None
        if isinstance(self.words, tuple):
            plain = unicodedata.normalize("NFKC", str(figure))
            return next((word for word in self.words if unicodedata.normalize("NFKC", word) == plain), None)
        if isinstance(figure, bool):
            return figure
        word = str(figure)
        if self.words is not None and word in (self.words.yes, self.words.no):
            return word == self.words.yes
        if word in _YES or word in _NO:
            return word in _YES
        return None

    def _typed(self, figure: Decimal) -> Decimal | Fraction:
        """Return a figure that prints as it was typed, or with the decimals that the indicator asks for."""
        if self.decimals is None:
            return figure
        fixed = reckoned(Fraction(figure), self.decimals, fixed=True)
        return fixed.shown if fixed.shown == figure else fixed

    def step(self, value: Measured) -> int:
        """Return how far a word or yes and no are from the first step."""
        if isinstance(value, str) and isinstance(self.words, tuple):
            return self.words.index(value)
        return int(bool(value))

    @cached_property
    def baseline_value(self) -> Measured | None:
        """Return the baseline in the indicator's unit."""
        return None if self.baseline is None else self.read(self.baseline.value)

    @property
    def target_values(self) -> dict[int, Measured]:
        """Return the targets by fiscal year, in rising order."""
        read = ((year, self.read(figure)) for year, figure in sorted(self.targets.items()))
        return {year: value for year, value in read if value is not None}

    @property
    def places(self) -> int:
        """Return the most decimals that a figure of the plan has: baseline and targets."""
        values = (self.baseline_value, *self.target_values.values())
        return max((places_of(value) for value in values if isinstance(value, Decimal | Fraction)), default=0)

    def spell(self, value: bool | str) -> str:  # noqa: FBT001 (the value itself is yes or no)
        """Return the indicator's own word for yes or no, or for a step."""
        if isinstance(value, str):
            return value
        if isinstance(self.words, Words):
            return self.words.yes if value else self.words.no
        return "yes" if value else "no"
