"""Cells of an outline as people and Excel leave them: numbers in any form, dates that were numbers, merged titles."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from mizuho_pdca.app.input import clean_text
from mizuho_pdca.storage.outline import Cell

_HIDDEN = frozenset({"Cc", "Cf", "Cs"})

_DASH = r"‐‑‒–—―−ー﹣－\-"
_SINGLE_SIGNS = "①-⑳㉑-㉟㊱-㊿⑴-⒇❶-❿Ⅰ-Ⅻ"
_RUNS = ((0x2460, 1, 20), (0x3251, 21, 15), (0x32B1, 36, 15), (0x2474, 1, 20), (0x2776, 1, 10), (0x2160, 1, 12))
"""Signs that are a number each: the first of a run, its number, how many there are."""

_SIGNS = {sign + n: f"-{number + n}-" for sign, number, count in _RUNS for n in range(count)}
_SIGNS |= dict.fromkeys(map(ord, "【】[]［］<>＜＞《》〈〉「」"), "")
_SIGNS |= dict.fromkeys(map(ord, "()（）.．／/"), "-")
_WORD = r"[ぁ-んァ-ヶ一-龠々]{2,}"
_LEADING_WORD = re.compile(rf"\s*({_WORD})")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_BETWEEN = re.compile(r"(?<=\d)の(?=\d)")

_DIGITS = r"[0-9０-９]+"
_SINGLE = rf"(?:[{_SINGLE_SIGNS}]|[(（]{_DIGITS}[)）])"
_STEP = rf"[{_DASH}.．]"
_MERGED = re.compile(
    rf"(?P<number>[【\[［「]?(?:{_WORD}\s*)?"
    rf"(?:{_DIGITS}(?:{_STEP}{_DIGITS})*(?:{_STEP}?{_SINGLE}(?:{_STEP}{_DIGITS})?)?|{_SINGLE})[】\]］」]?)"
    rf"[.．]?(?:[\s:：、，]+|(?<=[】\]］」])|(?=[ァ-ヶ一-龠々「『〈]))[\s{_DASH}]*(?P<title>(?=.*[^\W\d_]).+)"
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "|".join(_MONTHS)
_DATES = re.compile(
    r"(?P<year>\d{4})[-/年](?P<month>\d{1,2})[-/月](?P<day>\d{1,2})日?(?: 0?0:00(?::00)?)?"
    r"|(?P<month_ja>\d{1,2})月(?P<day_ja>\d{1,2})日"
    rf"|(?P<before>\d{{1,2}})-(?P<month_en>{_MONTH})|(?P<month_us>{_MONTH})-(?P<after>\d{{1,2}})",
    re.IGNORECASE,
)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Excel counts days from 1900: whole numbers between these are dates from 1954 to 2119 without their format."""

_EPOCH = date(1899, 12, 30)
_LONGEST = 40
_TWO_DIGIT_YEARS = range(2001, 2013)
"""Years that Excel makes of the first part of 1-1-1."""


def one_line(text: str) -> str:
    """Return a text in one line, without invisible characters; where two lines meet in Latin letters, with a blank."""
    shown = "".join(sign for sign in clean_text(text) if sign == "\n" or unicodedata.category(sign) not in _HIDDEN)
    return re.sub(r"\s*\n\s*", "", re.sub(r"(?<=[!-~])\s*\n\s*(?=[!-~])", " ", shown)).strip()


def shown(cell: Cell) -> str:
    """Return a cell as a person sees it in the sheet, or nearly so: 1 for 1.0, a date in ISO form."""
    match cell:
        case str():
            return one_line(cell)
        case bool():
            return str(cell).upper()
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def meant_by_date(cell: Cell) -> str | None:
    """Return the number that was probably typed where a cell holds a date; None where it holds none."""
    match cell:
        case date():
            return _meant(cell.year, cell.month, cell.day)
        case str():
            return _meant_by_text(unicodedata.normalize("NFKC", one_line(cell)))
        case bool() | time() | timedelta():
            return None
        case _ if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return meant_by_date(_EPOCH + timedelta(days=int(cell)))
        case _:
            return None


def _meant(year: int, month: int, day: int) -> str:
    return f"{year % 100}-{month}-{day}" if year in _TWO_DIGIT_YEARS else f"{month}-{day}"


def _meant_by_text(text: str) -> str | None:
    found = _DATES.fullmatch(text)
    if found is None:
        return None
    if found["year"]:
        return _meant(int(found["year"]), int(found["month"]), int(found["day"]))
    if found["month_ja"]:
        return f"{int(found['month_ja'])}-{int(found['day_ja'])}"
    month = _MONTHS.index((found["month_en"] or found["month_us"]).title()) + 1
    return f"{month}-{int(found['before'] or found['after'])}"


def set_apart(text: str) -> tuple[str, str]:
    """Return the word before a number (基本目標 of 基本目標１), and the number so that ``parse_node_id`` reads it."""
    plain = text.translate(_SIGNS)
    word = _LEADING_WORD.match(plain)
    rest = _BETWEEN.sub("-", plain[word.end() :] if word else plain)
    return (word[1] if word else ""), _LEADING_ZEROS.sub("", rest)


def number_and_title(text: str) -> tuple[str, str] | None:
    """Return the two parts of a cell that holds a number and its title, as merged cells do; else None."""
    found = _MERGED.fullmatch(text)
    return None if found is None else (found["number"], found["title"].strip())


def parts(text: str) -> list[str]:
    """Return the parts of what is digits and dashes alone, however many; none of anything else."""
    plain = unicodedata.normalize("NFKC", re.sub(rf"[\s{_DASH}]+", "-", text)).strip("-")
    return plain.split("-") if re.fullmatch(r"[0-9]+(?:-[0-9]+)*", plain) else []


def shorten(text: str) -> str:
    """Return a text as it is named in a message: its beginning if it is long."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def cell_name(row: int, column: int) -> str:
    """Return a cell's name in the sheet, such as A1 or AB12; row and column count from 0."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{row + 1}"
