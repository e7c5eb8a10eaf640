"""Entries that were probably recorded twice: of one day and one place, with the same text or the same figure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import KINDS, texts

_FIGURES = {code: kind.keys("figures") for code, kind in KINDS.items()}
_APART = {code: kind.keys("half", "answered") for code, kind in KINDS.items()}
"""What tells entries apart, however much the rest of them is the same."""


class Twin(NamedTuple):
    """An entry, the one before that says the same, and of which key and item of it that is so."""

    entry: Entry
    other: Entry
    at: tuple[str, ...]


def twins(entries: Iterable[Entry]) -> Iterator[Twin]:
    """Yield of entries in force, oldest first, those that say the same as one before them, each once."""
    first: dict[Hashable, Entry] = {}
    for entry in entries:
        found = None
        for at, key in _keys(entry):
            other = first.setdefault(key, entry)
            if other is not entry and found is None:
                found = Twin(entry, other, at)
        if found is not None:
            yield found


def _keys(entry: Entry) -> Iterator[tuple[tuple[str, ...], Hashable]]:
    """Yield what must not be the same twice, with where in the entry it stands: all its texts, each figure."""
    whose = (entry.kind, entry.year, entry.target, entry.date, *(getattr(entry, key) for key in _APART[entry.kind]))
    said = tuple(texts(entry))
    if said:
        yield said[0][:1], (whose, said)
    for key in _FIGURES[entry.kind]:
        for slug, figure in getattr(entry, key).items():
            yield (key, slug), (whose, slug, figure)
