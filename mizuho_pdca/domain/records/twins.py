"""Entries that were probably recorded twice: of one day and one place, with the same text or the same figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import KINDS

_TEXTS = {code: kind.keys("text") for code, kind in KINDS.items()}
_FIGURES = {code: kind.keys("figures") for code, kind in KINDS.items()}
_KEYS = {code: (*_TEXTS[code], *_FIGURES[code]) for code in KINDS}
_APART = {code: kind.keys("half", "answered", "evaluator", "indicator") for code, kind in KINDS.items()}
"""What tells entries apart, however much the rest of them is the same."""


class Twins(NamedTuple):
    """Entries that say the same, in their order; ``slug`` names the indicator where it is only a figure."""

    entries: tuple[Entry, ...]
    slug: str | None = None


def twins(entries: Iterable[Entry]) -> Iterator[Twins]:
    """Yield the entries, of those in force, that say the same of one day and place; each of them once."""
    together: defaultdict[tuple[str, date], list[Entry]] = defaultdict(list)
    for entry in entries:
        together[entry.target, entry.date].append(entry)
    for found in together.values():
        if len(found) > 1 and _may_be_alike(found):
            yield from _of_one_day(found)


def _may_be_alike(entries: Sequence[Entry]) -> bool:
    """Return whether any text or figure stands in several entries: one cheap look, for most days have none."""
    said: list[object] = []
    for entry in entries:
        for key in _KEYS[entry.kind]:
            held = getattr(entry, key)
            if held.__class__ is str:
                said.append(held.strip())
            elif held:
                said += held.items()
    return len(set(said)) < len(said)


def _of_one_day(entries: Sequence[Entry]) -> Iterator[Twins]:
    """Yield what has the same texts, then what has the same figure besides."""
    by_text: defaultdict[Hashable, list[Entry]] = defaultdict(list)
    by_figure: defaultdict[tuple[str, Hashable], list[Entry]] = defaultdict(list)
    for entry in entries:
        whose = (entry.kind, entry.year, *(getattr(entry, key) for key in _APART[entry.kind]))
        if any(said := tuple((getattr(entry, key) or "").strip() for key in _TEXTS[entry.kind])):
            by_text[whose, said].append(entry)
        for key in _FIGURES[entry.kind]:
            for slug, figure in getattr(entry, key).items():
                by_figure[slug, (whose, figure)].append(entry)
    told: list[set[str]] = []
    for slug, found in (*((None, one) for one in by_text.values()), *((key[0], one) for key, one in by_figure.items())):
        names = {entry.id for entry in found}
        if len(found) > 1 and not any(names <= before for before in told):
            told.append(names)
            yield Twins(tuple(found), slug)
