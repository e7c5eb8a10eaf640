"""The Japanese font that comes with the papers, and what it can print."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from mizuho_pdca.extras import needed_for
from mizuho_pdca.text import printable

if TYPE_CHECKING:
    from typst import Fonts

FAMILY = "Noto Sans CJK JP"

GETA = "〓"
"""What Japanese print sets for a character that the font lacks."""

_UNSEEN = frozenset({0x0A, 0x200B, 0x200C, 0x200D})
_VARIANTS = (0xE0100, 0xE01EF)
_EMOJI_STYLE = {0xFE0E: None, 0xFE0F: None}


def folders() -> list[Path]:
    """Return the folders of the regular and the bold font."""
    return [path.parent for path in _files()]


def fonts() -> Fonts:
    """Return the fonts that pages are set in: these and no others."""
    import typst

    paths = [str(folder) for folder in folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


@cache
def _files() -> tuple[Path, Path]:
    with needed_for("PDF"):
        regular = files("noto_cjk_sans_jp_regular") / "NotoSansCJKjp-Regular.otf"
        bold = files("noto_cjk_sans_jp_bold") / "NotoSansCJKjp-Bold.otf"
    return Path(str(regular)), Path(str(bold))


class Font:
    """The characters that the font has."""

    def __init__(self) -> None:
        """Read the font's table of characters."""
        self._starts, self._ends = _covered()
        self._known: set[str] = set()

    def printable(self, text: str) -> str:
        """Return a text as it can be printed: 〓 for what the font lacks."""
        plain = printable(text).translate(_EMOJI_STYLE).replace("\t", " ")
        new = set(plain) - self._known
        lacking = {sign for sign in new if not self._has(ord(sign))}
        self._known |= new - lacking
        return plain.translate({ord(sign): GETA for sign in lacking}) if lacking else plain

    def _has(self, code: int) -> bool:
        if code in _UNSEEN or _VARIANTS[0] <= code <= _VARIANTS[1]:
            return True
        place = bisect_right(self._starts, code) - 1
        return place >= 0 and code <= self._ends[place]


@cache
def _covered() -> tuple[list[int], list[int]]:
    """Return the first and the last characters of every group in the font's ``cmap`` of format 12.

    Source: OpenType 1.9, chapters "otff" and "cmap".
    """
    data = _files()[0].read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    records = (
        struct.unpack_from(">HHI", data, cmap + 4 + 8 * n) for n in range(struct.unpack_from(">H", data, cmap + 2)[0])
    )
    subtable = next(cmap + offset for platform, kind, offset in records if (platform, kind) == (3, 10))
    length = struct.unpack_from(">I", data, subtable + 12)[0]
    groups = list(struct.iter_unpack(">III", data[subtable + 16 : subtable + 16 + 12 * length]))
    return [first for first, _, _ in groups], [last for _, last, _ in groups]
