"""Figures with zeros at the end, such as 1.40: the reader makes a float of them and drops the zeros.

A town that publishes 1.40 wants 1.40 in print, so a text with such figures is read a second time
in which they are words: where the first reading has a float, the word says how it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mizuho_pdca.domain.digits import Typed

_ZEROS = re.compile(r"(?<![\w.])[-+]?\d+\.\d+0(?=[\s,\]}]|$)", re.ASCII)
_MARK = "x"
"""Makes a word of a number; it stands behind it."""


def as_typed(text: str, data: object, read: Callable[[str], object]) -> object:
    """Return the data of a text with its floats as they were typed; ``read`` has read it and reads it once more."""
    if "." not in text or not _ZEROS.search(text):
        return data
    try:
        marked = read(_ZEROS.sub(rf"\g<0>{_MARK}", text))
    except ValueError:
        return data
    return _told(data, marked)


def _told(data: object, marked: object) -> object:
    match data, marked:
        case dict(), dict():
            return dict(zip(data, _each(data.values(), marked.values()), strict=True))
        case list(), list():
            return list(_each(data, marked))
        case float(), str():
            return Typed(marked.removesuffix(_MARK))
        case _:
            return data


def _each(data: Iterable[object], marked: Iterable[object]) -> Iterable[object]:
    return (_told(one, other) for one, other in zip(data, marked, strict=True))
