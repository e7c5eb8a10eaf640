"""Signs: what stands for nothing and for less than nothing, and texts of people made fit for a page."""

from __future__ import annotations

import re

NONE = "－"
"""Printed where there is nothing to print."""

NEGATIVE = "△"
"""Printed before a number below zero."""

_COMMA = re.compile("[、，､,](?![^（(]*[）)])")
"""A comma that parts names; within brackets it belongs to the name: 産業課（商工係、観光係）."""

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff{_NO_CHARACTERS}]")


def split_names(text: str) -> list[str]:
    """Return the names that a text lists, such as 産業課、企画課; ・ and blanks are parts of a name."""
    return [name for part in _COMMA.split(text) if (name := part.strip())]


def printable(text: str) -> str:
    """Return a text with line feeds for its breaks of any kind, and U+FFFD for what has no shape.

    Marks that turn the direction of what follows are left out: what is printed must read as it
    was recorded.
    """
    return _UNPRINTABLE.sub("\ufffd", _DIRECTION.sub("", _BREAK.sub("\n", text)))
