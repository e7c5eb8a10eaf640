"""An indicator (KPI) 指標: what it measures, from where, to where, and how a year is counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, assert_never, cast

from pydantic import ConfigDict, Discriminator, Field, JsonValue, Tag, model_validator

from mizuho_pdca.domain.digits import places_of, reckoned
from mizuho_pdca.domain.plan.families import FamilyCode
from mizuho_pdca.domain.plan.numbers import SLUG
from mizuho_pdca.domain.plan.targets import GivenTargets, WordedTarget, by_each_year
from mizuho_pdca.domain.schema.shapes import Figure, InForce, Number, RawFigure, Shape, Text, Year, by_form, of_form

Measured = Decimal | Fraction | bool | str
"""A value of an indicator: a number in its unit, as typed or worked out; yes/no or a word where it is ``done``."""

Target = Measured | WordedTarget
"""A target: a value, or what words and bounds say."""

IndicatorKind = Literal["output", "outcome", "input", "context"]
Direction = Literal["increase", "decrease", "maintain", "none"]
Method = Literal["ratio", "progress", "maintain", "done", "inverse"]
Aggregate = Literal["sum", "cumulative", "latest", "max", "mean"]

DIRECTIONS_OF: Mapping[Method, tuple[Direction, ...]] = {
    "ratio": ("increase", "none"),
    "progress": ("increase", "decrease", "none"),
    "maintain": ("increase", "decrease", "maintain", "none"),
    "done": ("increase", "decrease", "maintain", "none"),
    "inverse": ("decrease", "none"),
}
"""For which directions a method has a meaning."""

UNRATED = ("input", "context")
"""Kinds that are never rated: what is put in, and what surrounds the plan."""

_OF_UNRATED = {"direction": "none", "method": "ratio", "aggregate": "sum", "adopted": True}
"""What an indicator that is never rated may leave out, and what it is then."""

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


IndicatorId = Annotated[Text, of_form(SLUG)]


class RevisedTargets(InForce):
    """Targets that take the place of those of the same years, in reviews from ``from`` on."""

    since: Year = Field(alias="from")
    targets: GivenTargets


def _optional_where_unrated(schema: dict[str, JsonValue]) -> None:
    """Say in a JSON Schema that what is never rated may leave out what ``_OF_UNRATED`` has."""
    required = cast("list[JsonValue]", schema["required"])
    schema["required"] = [key for key in required if key not in _OF_UNRATED]
    schema["if"] = {"properties": {"kind": {"enum": list(UNRATED)}}}
    schema["else"] = {"required": list(_OF_UNRATED)}


class Indicator(InForce):
    """An indicator at the node that it measures; targets are by fiscal year, in its unit.

    ``total`` are targets of the plan as a whole, for what its years add up to; ``every`` and ``surveyed``
    say in which years there is a figure at all; ``history`` are figures from before the plan.
    """

    model_config = ConfigDict(json_schema_extra=_optional_where_unrated)

    id: IndicatorId
    name: Text
    reading: Text | None = None
    unit: Text | None = None
    kind: IndicatorKind
    direction: Direction
    method: Method
    aggregate: Aggregate
    baseline: Baseline | None = None
    targets: GivenTargets = Field(default_factory=dict)
    revised_targets: tuple[RevisedTargets, ...] = ()
    total: dict[Year, Number] = Field(default_factory=dict)
    history: dict[Year, RawFigure] = Field(default_factory=dict)
    every: Annotated[int, Field(strict=True, ge=1)] | None = None
    surveyed: tuple[Year, ...] = ()
    tolerance: Number | None = None
    words: StepsOrWords | None = None
    decimals: Annotated[int, Field(strict=True, ge=0, le=6)] | None = None
    source: Text | None = None
    note: Text | None = None
    headline: bool = Field(default=False, strict=True)
    family: FamilyCode | None = None
    given_adoption: Adoption = Field(alias="adopted")

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, raw: object) -> object:
        """Give what is never rated a direction, a method and an aggregate."""
        return {**_OF_UNRATED, **raw} if isinstance(raw, dict) and raw.get("kind") in UNRATED else raw

    @property
    def is_rated(self) -> bool:
        """Return whether its figures are ever judged: not those of means and surroundings, nor without a direction."""
        return self.kind not in UNRATED and self.direction != "none"

    def is_due(self, year: int) -> bool:
        """Return whether a figure of a fiscal year is to be expected, by the rhythm of its survey.

        ``every`` counts from the baseline, else from the first target, else from its first year.
        """
        if self.surveyed:
            return year in self.surveyed
        if self.every is None:
            return True
        first = self.since if self.baseline is None else self.baseline.year
        first = min(self.targets, default=first) if self.baseline is None else first
        return first is None or (year - first) % self.every == 0

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
    def target_values(self) -> dict[int, Target]:
        """Return the targets by fiscal year, in rising order."""
        read = ((year, self.read_target(given)) for year, given in sorted(self.targets.items()))
        return {year: value for year, value in read if value is not None}

    @property
    def history_values(self) -> dict[int, Measured]:
        """Return the figures from before the plan by fiscal year, in rising order."""
        read = ((year, self.read(figure)) for year, figure in sorted(self.history.items()))
        return {year: value for year, value in read if value is not None}

    def read_target(self, given: Figure | WordedTarget) -> Target | None:
        """Return what a target in a file means for this indicator, or None if it means nothing."""
        return given if isinstance(given, WordedTarget) else self.read(given)

    def figure_of(self, target: Target) -> Measured | None:
        """Return what an actual is divided by: of bounds the one that the direction goes toward, None of a range."""
        if not isinstance(target, WordedTarget):
            return target
        if target.low is not None and target.high is not None:
            return None
        bound = target.low if self.direction == "increase" else target.high if self.direction == "decrease" else None
        return None if bound is None else self.read(bound)

    def bounds_of(self, target: Target) -> tuple[Fraction | None, Fraction | None]:
        """Return the lowest and the highest figure that meet a target, in the indicator's own direction."""
        if isinstance(target, WordedTarget):
            low, high = target.low, target.high
            return None if low is None else Fraction(low), None if high is None else Fraction(high)
        goal = Fraction(target)
        match self.direction:
            case "increase":
                return goal, None
            case "decrease":
                return None, goal
            case "maintain":
                return goal - Fraction(self.tolerance or 0), goal + Fraction(self.tolerance or 0)
            case "none":
                return None, None
            case _:
                assert_never(self.direction)

    def in_years(self, layers: Iterable[Mapping[int, Figure | WordedTarget]], since: int, until: int) -> Indicator:
        """Return the indicator with the targets of the last layer that has one for a year, while it is in force."""
        begins, ends = max(self.since or since, since), min(self.until or until, until)
        targets: dict[int, Figure | WordedTarget] = {}
        for layer in layers:
            targets |= by_each_year(layer, begins, ends)
        changes = {"targets": targets, "revised_targets": (), "since": begins}
        return self.model_copy(update=changes)

    @property
    def places(self) -> int:
        """Return the most decimals that a figure of the plan has: baseline and targets."""
        goals = (self.figure_of(target) for target in self.target_values.values())
        values = (self.baseline_value, *goals)
        return max((places_of(value) for value in values if isinstance(value, Decimal | Fraction)), default=0)

    def spell(self, value: bool | str) -> str:  # noqa: FBT001 (the value itself is yes or no)
        """Return the indicator's own word for yes or no, or for a step."""
        if isinstance(value, str):
            return value
        if isinstance(self.words, Words):
            return self.words.yes if value else self.words.no
        return "yes" if value else "no"
