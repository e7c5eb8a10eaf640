"""What differs between two versions of a file, key by key, in words that people know.

``Comparison`` goes through two models of one shape; what keys are called and how their values are
printed is for ``plan_changes`` and ``entry_changes`` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar, cast

from mizuho_pdca.domain.calendar import era_year
from mizuho_pdca.domain.schema.shapes import Shape
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.steps import Words

WordTable = Mapping[type[Shape], Mapping[str, str]]
"""What the keys of each shape are called; an empty word where the keys of the value have their own."""

NESTED = ""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Part:
    """What a difference belongs to: its name in print, its numbers in the plan, its indicator."""

    of: Words
    nodes: tuple[str, ...] = ()
    indicator: str | None = None


PLAN = Part(message(N_("Plan")))


@dataclass(frozen=True)
class Difference:
    """One difference: of what, in what, and what stood there before and stands there after.

    ``kind`` says whether a value became another one, or whether an item of a list came or went.
    """

    part: Part
    what: Words
    before: Words | None
    after: Words | None
    kind: Literal["changed", "added", "removed"] = "changed"

    @property
    def told(self) -> Message:
        """Return the difference in one line, with what it belongs to unless that is the plan."""
        if self.part.of == PLAN.of:
            return self.told_within
        values: dict[str, Value] = {"of": self.part.of, **self._values}
        match self.kind:
            case "added":
                return Message(N_("{of}: {what} added: {after}"), values)
            case "removed":
                return Message(N_("{of}: {what} removed: {before}"), values)
            case _:
                return Message(N_("{of}: {what}: {before} → {after}"), values)

    @property
    def told_within(self) -> Message:
        """Return the difference in one line where it is plain what it belongs to."""
        match self.kind:
            case "added":
                return Message(N_("{what} added: {after}"), self._values)
            case "removed":
                return Message(N_("{what} removed: {before}"), self._values)
            case _:
                return Message(N_("{what}: {before} → {after}"), self._values)

    @property
    def heading(self) -> Words:
        """Return in what the difference is, without the values."""
        if self.part.of == PLAN.of:
            return self.what
        return message(N_("{of}: {what}"), of=self.part.of, what=self.what)

    @property
    def _values(self) -> dict[str, Value]:
        return {"what": self.what, "before": or_none(self.before), "after": or_none(self.after)}


def or_none(words: Words | None) -> Words:
    """Return a value as printed; （なし） where there is none."""
    return message(N_("(none)")) if words is None else words


def brief_year(year: int) -> Message:
    """Return 令和6年度, or FY2024 in English, when it is translated.

    The letter s only tells this text from the one that also gives the western year in Japanese.
    """
    return message(N_("FY{year:s}"), year=year, era=era_year(year))


def listed(items: Sequence[Value]) -> Words | None:
    """Return items joined in the way of the language, None where there are none."""
    return message("{items}", items=items) if items else None


class Side(Protocol):
    """One of two versions: how its values are printed."""

    def said(self, shape: type[Shape], key: str, value: object, item: object = None) -> Words | None:
        """Return a value as people see it, None where there is none; ``item`` is its key in a mapping."""

    def of_item(self, item: object) -> Words:
        """Return what the item of a mapping is called by its key: a fiscal year, an indicator."""

    def name(self, item: Shape) -> Words:
        """Return what an item of a list is called."""

    def whole(self, item: Shape) -> Words:
        """Return all of an item of a list in one line."""


def words_of(words: WordTable, shape: type[Shape]) -> dict[str, str]:
    """Return what the keys of a shape are called, those that it inherits as well."""
    return {key: word for each in shape.__mro__ for key, word in words.get(cast("type[Shape]", each), {}).items()}


@dataclass(frozen=True)
class Comparison:
    """Compares the models of one part of a file."""

    words: WordTable
    before: Side
    after: Side
    part: Part
    plain: Collection[type[Shape]] = ()
    """Shapes whose lists are printed as one value."""

    def of(self, old: Shape | None, new: Shape | None, above: Words | None = None) -> Iterator[Difference]:
        """Yield what differs, key by key; ``above`` names the item of a list that both are."""
        shapes = [type(model) for model in (old, new) if model is not None]
        for key, word in {key: word for shape in shapes for key, word in words_of(self.words, shape).items()}.items():
            pair = _Pair(shapes[-1], key, getattr(old, key, None), getattr(new, key, None))
            if pair.before != pair.after and not pair.is_empty:
                yield from self._of_value(pair, word, above)

    def _of_value(self, pair: _Pair, word: str, above: Words | None) -> Iterator[Difference]:
        match pair.example:
            case Shape():
                yield from self.of(cast("Shape | None", pair.before), cast("Shape | None", pair.after), above)
            case dict() if {type(pair.before), type(pair.after)} <= {dict, type(None)}:
                yield from self._of_mapping(pair, word, above)
            case tuple() as items if isinstance(items[0], Shape) and type(items[0]) not in self.plain:
                yield from self._of_list(pair, word, above)
            case _:
                yield from self._changed(pair, self._what(message(word), above))

    def _changed(self, pair: _Pair, what: Words, item: object = None) -> Iterator[Difference]:
        before = self.before.said(pair.shape, pair.key, pair.before, item)
        after = self.after.said(pair.shape, pair.key, pair.after, item)
        if before != after:
            yield Difference(self.part, what, before, after)

    def _of_mapping(self, pair: _Pair, word: str, above: Words | None) -> Iterator[Difference]:
        old = cast("Mapping[str, object]", pair.before or {})
        new = cast("Mapping[str, object]", pair.after or {})
        for item in sorted({*old, *new}):
            if old.get(item) != new.get(item):
                what = message(N_("{value} ({year})"), value=message(word), year=self.after.of_item(item))
                values = _Pair(pair.shape, pair.key, old.get(item), new.get(item))
                yield from self._changed(values, self._what(what, above), item)

    def _of_list(self, pair: _Pair, word: str, above: Words | None) -> Iterator[Difference]:
        old = _by_identity(cast("Sequence[Shape]", pair.before or ()))
        new = _by_identity(cast("Sequence[Shape]", pair.after or ()))
        what = self._what(message(word), above)
        for known, item in new.items():
            if known in old:
                yield from self.of(
                    old[known], item, message(N_("{list} {item}"), list=what, item=self.after.name(item))
                )
            else:
                yield Difference(self.part, what, None, self.after.whole(item), "added")
        for known, item in old.items():
            if known not in new:
                yield Difference(self.part, what, self.before.whole(item), None, "removed")
        yield from order(
            self.part,
            what,
            {known: self.before.name(item) for known, item in old.items()},
            {known: self.after.name(item) for known, item in new.items()},
        )

    @staticmethod
    def _what(word: Words, above: Words | None) -> Words:
        return word if above is None else message(N_("{part}: {key}"), part=above, key=word)


def order(part: Part, what: Words, old: Mapping[K, Words], new: Mapping[K, Words]) -> Iterator[Difference]:
    """Yield that what both lists have stands there in another order, if it does; values are the names."""
    before = [known for known in old if known in new]
    after = [known for known in new if known in old]
    if before != after:
        yield Difference(
            part,
            message(N_("order of {list}"), list=what),
            listed([old[known] for known in before]),
            listed([new[known] for known in after]),
        )


@dataclass(frozen=True)
class _Pair:
    """The values of a key in both versions."""

    shape: type[Shape]
    key: str
    before: object
    after: object

    @property
    def example(self) -> object:
        """Return a value that says what kind of values these are."""
        return self.before if self.after in _EMPTY else self.after

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing in either version, however that is written."""
        return self.example in _EMPTY


_EMPTY: tuple[object, ...] = (None, (), {})


def _by_identity(items: Sequence[Shape]) -> dict[Hashable, Shape]:
    """Return the items of a list by what makes each the same in another version of the list."""
    found: dict[Hashable, Shape] = {}
    for item in items:
        key = _identity(item)
        found[key, sum(known == key for known, _ in cast("Mapping[tuple[Hashable, int], Shape]", found))] = item
    return found


def _identity(item: Shape) -> Hashable:
    """Return an item's code, else its title, else the fiscal year from which on it holds."""
    names = ("code", "title", "since")
    return cast("Hashable", next(value for name in names if (value := getattr(item, name, None)) is not None))
