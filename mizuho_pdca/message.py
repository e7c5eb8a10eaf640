"""A text for a person: an English msgid with its values, translated where it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Union

Translate = Callable[[str], str]
"""Gives the text of an English msgid in the reader's language."""

Value = Union[str, int, "Message", Sequence["Value"]]


def N_(msgid: str) -> str:  # noqa: N802 (the name that gettext's extractors look for)
    """Mark a literal for translation and return it unchanged."""
    return msgid


@dataclass(frozen=True)
class Message:
    """An English msgid with ``{name}`` places and the values for them.

    A value may be a message itself, or a sequence, which is joined in the way of the language.
    """

    msgid: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, t: Translate) -> str:
        """Return the text in the language of ``t``."""
        return t(self.msgid).format_map({k: _spelled(v, t) for k, v in self.values.items()})


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
