"""What can be wrong in a file: a code, a place in the data, and words for a person.

A fault is a value that is collected, never an exception. ``catalogue`` is the one place
that gives a code its message and its remedy; ``docs/errors.md`` is made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mizuho_pdca.domain.schema.catalogue import CATALOGUE
from mizuho_pdca.message import N_, Message, Value
from mizuho_pdca.text import is_turned

At = tuple[str | int, ...]
"""A path in parsed YAML: keys and list positions; empty for the file as a whole."""

_UNSURE = frozenset({"E211"})
"""Codes whose guess is a number of the plan: near in spelling says little about what was meant."""

Severity = Literal["error", "warning", "note"]
"""A note is said, and stops nothing: what it is about is as it should be."""

_SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "N": "note"}


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one place of a file's data.

    ``guess`` is what was probably meant; ``first`` is an earlier place in the same file, whose
    line the message names; ``on_key`` marks the key rather than its value.
    """

    code: str
    at: At = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    guess: str | None = None
    first: At | None = None
    on_key: bool = False

    @property
    def severity(self) -> Severity:
        """Return whether the fault stops the data from being used."""
        return _SEVERITIES[self.code[0]]

    @property
    def message(self) -> Message:
        """Return what is wrong."""
        return Message(CATALOGUE[self.code].message, self.values)

    @property
    def remedy(self) -> Message:
        """Return what to do about it."""
        if self.guess is not None:
            words = N_("Did you mean {guess}?") if self.code in _UNSURE else N_("Write {guess}.")
            return Message(words, {"guess": self.guess})
        return Message(CATALOGUE[self.code].remedy, self.values)


MOST = 100
"""Faults of a file that are told; more of them help nobody, and a hostile file may have a hundred thousand."""


def bounded(faults: Sequence[Fault], count: int | None = None) -> list[Fault]:
    """Return at most so many faults, and one that says how many there are where that is more."""
    count = len(faults) if count is None else count
    if count <= MOST:
        return list(faults)
    return [Fault("E012", values={"count": count, "shown": MOST}, on_key=True), *faults[:MOST]]


@dataclass(frozen=True)
class Problem:
    """A fault with its place in a file: lines and columns count from 1, 0 where there is none.

    ``width`` is the length of the marked text in characters.
    """

    fault: Fault
    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""
    width: int = 1

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Return the key that lists problems by place."""
        return (self.file, self.line, self.column, self.fault.code)


def guess_word(word: str, known: Iterable[str]) -> str | None:
    """Return the word of a vocabulary that was probably meant, or None.

    Between Japanese words likeness of letters decides nothing: one must be a part of the other, and
    not its opposite (未実施 is not 実施中).
    """
    if word.isascii():
        return guess(word, known)
    pairs = ((each, *sorted((each, word), key=len)) for each in known)
    near = [each for each, piece, whole in pairs if piece and piece in whole and not is_turned(whole, piece)]
    return near[0] if len(near) == 1 else guess(word, near)


def guess(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    from difflib import get_close_matches

    choices = list(known)
    if word:
        begun = [choice for choice in choices if choice.startswith(word) or word.startswith(choice)]
        if len(begun) == 1:
            return begun[0]
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    return close[0] if close else None
