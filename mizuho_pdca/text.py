"""Signs: what people type, what stands in files, and what may be printed. One rule each, for every floor.

Most patterns are compiled when they are first used: doing so here would lengthen every start.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NONE = "－"
"""Printed where there is nothing to print."""

NEGATIVE = "△"
"""Printed before a number below zero."""

_COMMA = "[、，､,](?![^（(]*[）)])"
"""A comma that parts names; within brackets it belongs to the name: 産業課（商工係、観光係）."""

DASHES = "-‐‑‒–—―−ー﹣－"
"""What people type for a dash."""

TO_HYPHENS = str.maketrans(dict.fromkeys(DASHES, "-"))
"""Makes a half-width hyphen of every dash."""

_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}

_TURNS = "未|不|無|非|否|外|なし|ない|せず|ぬ$|困難|見送|中止|休止|停止|廃止|延期|除"
"""What makes the opposite of a Japanese word when it stands before or behind it."""

_JOINED = "[・/／、]"
"""What joins two words of which either will do: 中止・廃止."""

BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What ends a line for one program or another."""

_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff"
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_DIRECTION = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_UNPRINTABLE = f"[{_CONTROL}\ufeff{_NO_CHARACTERS}]"
_WITHOUT_WIDTH = f"[{_CONTROL}\u200b\u2060\ufeff\ufffe\uffff]"
_UNSEEN = re.compile("[\u200b\u2060\ufe0e\ufe0f\ufeff]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NAMED = {"\t": "<TAB>", "\n": "<LF>", "\r": "<CR>"}


def folded(text: str) -> str:
    """Return a word in half width where it has one (NFKC), without signs that nobody sees or blanks around it."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).strip()


def without_kind(text: str) -> str:
    """Return a text without width, case, or a difference between the kana, to be compared."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA)


def cleaned(text: str) -> str:
    """Return a text as it is kept: its breaks as line feeds, no sign that nobody sees, no blank ends."""
    lines = re.sub(_WITHOUT_WIDTH, "", BREAK.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def is_turned(word: str, piece: str) -> bool:
    """Return whether a word says the opposite of a piece of it: 未着手 of 着手, 対応しない of 対応."""
    before, _, behind = word.partition(piece)
    own = (re.split(_JOINED, before)[-1], re.split(_JOINED, behind)[0])
    return any(re.search(_TURNS, part) for part in own)


def split_names(text: str) -> list[str]:
    """Return the names that a text lists, such as 産業課、企画課; ・ and blanks are parts of a name."""
    return [name for part in re.split(_COMMA, text) if (name := part.strip())]


def printable(text: str) -> str:
    """Return a text with line feeds for its breaks of any kind, and U+FFFD for what has no shape.

    Marks that turn the direction of what follows are left out: what is printed must read as it
    was recorded.
    """
    if text.isprintable():
        return text
    return re.sub(_UNPRINTABLE, "\ufffd", re.sub(_DIRECTION, "", BREAK.sub("\n", text)))


def one_line(text: str) -> str:
    """Return a text in one line, without signs that hide or turn what follows; blanks that meet are one."""
    return " ".join(re.sub(_DIRECTION, "", re.sub(_WITHOUT_WIDTH, " ", BREAK.sub(" ", text))).split())


def visible(text: str) -> str:
    """Return a text that names what could move the cursor or hide something on a terminal: ``<U+200B>``."""
    return text if text.isprintable() else "".join(map(shown, text))


def is_hidden(sign: str) -> bool:
    """Return whether a sign could move the cursor or hide something on a terminal."""
    return unicodedata.category(sign) in _HIDDEN


def shown(sign: str) -> str:
    """Return a sign, or its name where nobody would see it."""
    if not is_hidden(sign):
        return sign
    return _NAMED.get(sign) or f"<U+{ord(sign):04X}>"


def display_width(text: str) -> int:
    """Return how many half-width columns a text takes: two for a full-width sign, none for a mark on another."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(columns, text))


_HALF = ((" ", "~"), ("\u2460", "\u2473"))
_FULL = (
    ("\u3001", "\u3029"),
    ("\u3041", "\u3096"),
    ("\u30a1", "\u30ff"),
    ("\u4e00", "\u9fff"),
    ("\uff01", "\uff60"),
)
"""The first and the last of everyday signs, whose columns are known without loading the tables of ``wcwidth``."""


@lru_cache(maxsize=8192)
def columns(sign: str) -> int:
    """Return how many half-width columns one sign takes."""
    if any(first <= sign <= last for first, last in _HALF):
        return 1
    if any(first <= sign <= last for first, last in _FULL):
        return 2
    from wcwidth import wcwidth

    return max(0, wcwidth(sign))
