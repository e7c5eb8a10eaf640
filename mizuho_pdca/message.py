"""A text for a person: an English msgid with its values, translated where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Union

from mizuho_pdca.eras import era_sign, era_year

Translate = Callable[[str], str]
"""Gives the text of an English msgid in the reader's language."""

Value = Union[str, int, "Message", Sequence["Value"]]


def N_(msgid: str) -> str:  # noqa: N802 (the name that gettext's extractors look for)
    """Mark a literal for translation and return it unchanged."""
    return msgid


@dataclass(frozen=True)
class Message:
    """An English msgid with ``{name}`` places and the values for them.

    A value may be a message itself, or a sequence, which is joined in the way of the language. A
    translation prints years as offices write them where it says ``{year:年度}``: 令和6年度; where
    room is short, ``{year:R}``: R6.
    """

    msgid: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, t: Translate) -> str:
        """Return the text in the language of ``t``."""
        return t(self.msgid).format_map({key: _Spelled(value, t) for key, value in self.values.items()})


@dataclass(frozen=True)
class _Spelled:
    """A value in its place, in the language of a translation, and as the place asks for it."""

    value: Value
    t: Translate

    def __format__(self, form: str) -> str:
        if form in _YEARS:
            return _spelled(_in_era(self.value, _YEARS[form]), self.t)
        return format(_spelled(self.value, self.t), form)


_YEARS: Mapping[str, Callable[[int], str]] = {"年度": lambda year: f"{era_year(year)}年度", "R": era_sign}
"""The forms of a place that holds a fiscal year, or several."""


def _in_era(value: Value, printed: Callable[[int], str]) -> Value:
    match value:
        case int():
            return printed(value)
        case str() | Message():
            return value
        case _:
            return [_in_era(item, printed) for item in value]


def _spelled(value: Value, t: Translate) -> str:
    match value:
        case str():
            return value
        case int():
            return str(value)
        case Message():
            return value.text(t)
        case _:
            return t(N_(", ")).join(_spelled(item, t) for item in value)


def message(msgid: str, **values: Value) -> Message:
    """Return a message with its values given by name."""
    return Message(msgid, values)
