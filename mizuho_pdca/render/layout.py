"""Line breaks in Japanese text (禁則).

A full-width character takes two columns. A line may break between any two of them, but no line
begins with a closing mark and none ends with an opening one; half-width words stay whole where
they fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mizuho_pdca.text import columns, display_width

_NEVER_FIRST = frozenset(" 、。，．・：；？！ー）」』】〕〉》％々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?:;)]}%")
_NEVER_LAST = frozenset("（「『【〔〈《([{")
_LEAST = 20
"""Columns that a text keeps, however far it is indented."""


def wrap(text: str, width: int) -> list[str]:
    """Return the text in lines of at most ``width`` columns; its own line breaks are kept."""
    if "\n" not in text and len(text) * 2 <= width:  # no sign takes more than two columns
        return [text.rstrip(" ")]
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


def hanging(mark: str, text: str, width: int, indent: int = 0, least: int = _LEAST) -> Iterator[str]:
    """Yield a text in lines, the first behind a mark, the others below it; it keeps ``least`` columns for itself."""
    margin = indent + display_width(mark)
    first, *rest = wrap(text, max(least, width - margin))
    yield " " * indent + mark + first
    yield from (" " * margin + line for line in rest)


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    if display_width(paragraph) <= width:
        yield paragraph.rstrip(" ")
        return
    line, used = "", 0
    for piece in _pieces(paragraph, width):
        wide = display_width(piece)
        if line and used + wide > width and used + display_width(piece.rstrip(" ")) > width:
            yield line.rstrip(" ")
            line = piece.lstrip(" ")
            used = display_width(line)
        else:
            line += piece
            used += wide
    yield line.rstrip(" ")


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield what stays together: a word with its marks, a full-width character with its marks."""
    parts = [sign == " " or columns(sign) > 1 for sign in text]
    begin = 0
    for place, (before, after) in enumerate(pairwise(text), start=1):
        may_break = parts[place - 1] or parts[place]
        if may_break and after not in _NEVER_FIRST and before not in _NEVER_LAST:
            yield from _cut(text[begin:place], width)
            begin = place
    yield from _cut(text[begin:], width)


def _cut(piece: str, width: int) -> Iterator[str]:
    """Yield a piece in parts that fit, however long it is."""
    if len(piece) * 2 <= width:
        yield piece
        return
    part = ""
    for character in piece:
        if part and display_width(part + character.rstrip(" ")) > width:
            yield part
            part = ""
        part += character
    if part:
        yield part
