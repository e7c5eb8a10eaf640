"""Numbers of a plan as people and Excel write them: circled, Roman, in brackets, or made a date of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from unicodedata import normalize

from mizuho_pdca.text import DASHES

_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M")
_DAYS = ("%m月%d日", "%d-%b", "%b-%d")
_SERIAL, _EPOCH = re.compile("[2-7][0-9]{4}"), datetime(1899, 12, 30)  # noqa: DTZ001 (Excel knows no zones)
"""Dates and days of a year as Excel shows them; one without its format, as days from 1900: 1954 to 2119."""

_TWO_DIGIT_YEARS = range(2001, 2013)
"""Years that Excel makes of the first part of 1-1-1."""

_RUNS = ((0x2460, 1, 20), (0x3251, 21, 15), (0x32B1, 36, 15), (0x2776, 1, 10))
_SIGNS = {sign + n: f"-○{number + n}-" for sign, number, count in _RUNS for n in range(count)}
"""Circled digits, set apart: of each run the first sign, its number, how many there are; and small Roman numbers."""

_SIGNS |= {0x2170 + n: normalize("NFKC", chr(0x2170 + n)) + ")" for n in range(12)}
_BRACKETS = dict.fromkeys(map(ord, "【】[]［］<>＜＞《》〈〉「」"))
_WORD = re.compile(r"\s*([ぁ-んァ-ヶ一-龠々]{2,})")
_PART = re.compile(
    r"(\(?)(?:(○?)0*([1-9][0-9]{0,2})(?![0-9])|([IVX]+(?![A-Za-z])|[ivx]+(?=\)))"
    r"|([A-Z](?![A-Za-z])|[a-z](?=\))|(?!の)[ぁ-んァ-ヶ](?![ぁ-んァ-ヶー])))(\)?)"
)
_DASH = re.escape(DASHES)
_JOINT = rf"[{_DASH}\s./、の]*"
_NUMBER = re.compile(rf"{_JOINT}(?:(?>{_PART.pattern}){_JOINT})+")  # an X is a number and a letter: not 2⁴⁰ ways
_TITLE_BEGINS = re.compile(
    rf"[.．]?[\s:：、，]+(?:[{_DASH}]\s*(?![0-9０-９]))?|(?<=[】\]］」])"
    r"|(?<=[0-9０-９)）①-⑳⑴-⒇❶-❿Ⅰ-ⅻ])[.．]?(?=[ァ-ヶ一-龠々「『〈])"
)
_TITLE = re.compile(rf"(?![{_DASH}]).*[^\W\d_]")


@dataclass(frozen=True)
class WrittenNumber:
    """A number as written: the word before it, its parts, and what to print where the id would read differently.

    A part is a style and a value; a letter or a kana has no value but its position and stands for itself.
    """

    word: str
    parts: Sequence[tuple[str, str]]
    label: str | None


def read_number(text: str) -> WrittenNumber | None:
    """Return the number of a text such as 基本目標１, 1-1①, 1.1.1, Ⅱ-1, （1） or ア; None where it is none."""
    bare = text.translate(_BRACKETS)
    word = _WORD.match(bare)
    rest = bare[word.end() :] if word else bare
    plain = normalize("NFKC", rest.translate(_SIGNS))
    if not _NUMBER.fullmatch(plain):
        return None
    parts = [_part(*found.groups("")) for found in _PART.finditer(plain)]
    is_usual = all(style in ("1", "○") for style, _ in parts)
    return WrittenNumber(word[1] if word else "", parts, None if is_usual else rest.strip(" 　.．、"))


def _part(*groups: str) -> tuple[str, str]:
    opened, circle, digits, roman, sign, closed = groups
    if roman:
        values = [{"I": 1, "V": 5, "X": 10}[one] for one in roman.upper()]
        sign = str(sum(-one if one < max(values[n:]) else one for n, one in enumerate(values)))
        return f"{opened}{'I' if roman.isupper() else 'i'}{closed}", sign
    style = (circle or "1") if digits else "A" if sign.isupper() else "a" if sign.isascii() else "ア"
    return f"{opened}{style}{closed}", digits or sign


def number_and_title(text: str) -> tuple[str, str] | None:
    """Return the two parts of a cell that holds a number and its title, as merged cells do; else None."""
    for found in _TITLE_BEGINS.finditer(text):
        number, title = text[: found.start()], text[found.end() :].strip()
        if read_number(number) is not None and _TITLE.match(title):
            return number, title
    return None


@lru_cache(maxsize=4096)
def meant_by_date(text: str) -> str | None:
    """Return the number that was probably typed where a cell holds a date; None where it holds none."""
    plain = normalize("NFKC", text)
    day = _EPOCH + timedelta(days=int(plain)) if _SERIAL.fullmatch(plain) else None
    for form, value in [*((form, plain) for form in _DATES), *((f"%Y {form}", f"2000 {plain}") for form in _DAYS)]:
        with suppress(ValueError):
            day = datetime.strptime(value, form)  # noqa: DTZ007 (the same)
    if day is None:
        return None
    return (f"{day.year % 100}-" if day.year in _TWO_DIGIT_YEARS else "") + f"{day.month}-{day.day}"
