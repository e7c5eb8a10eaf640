"""Fiscal years and dates as Japanese offices write them.

A fiscal year 年度 runs from 1 April to 31 March and is an ``int``, named by its first year.
Data holds ISO dates; the era calendar 和暦 is for input and print only (デジタル庁 DS-441).
"""

from __future__ import annotations

import re
from datetime import date, timedelta, timezone
from typing import Literal

from mizuho_pdca.eras import ERAS, era_of
from mizuho_pdca.text import TO_HYPHENS, folded

JAPAN = timezone(timedelta(hours=9))
"""Where a day begins and ends unless a plan says otherwise."""

TOKYO = "Asia/Tokyo"

APRIL = 4
"""The month with which a year begins unless a plan says otherwise."""

MONTHS = 12
"""So many make a year."""

_EARLIEST, _LATEST = 1926, 2200


Half = Literal["first", "second"]
"""A half of a fiscal year: April to September, October to March."""


_BY_SIGN = {sign: era for era in ERAS for sign in (era.name, era.letter, era.name[0])}

_ERA = r"(?P<era>令和|平成|昭和|令|平|昭|R|H|S)\.?"
_YEAR = re.compile(
    rf"(?:{_ERA}(?P<era_year>\d{{1,2}}|元)|(?:FY)?(?P<year>\d{{4}}))(?:年度?)?", re.IGNORECASE | re.ASCII
)
_DATE = re.compile(
    rf"(?:{_ERA}(?P<era_year>\d{{1,2}}|元)|(?P<year>\d{{4}}))(?:年|[-/.])(?P<month>\d{{1,2}})"
    r"(?:月|[-/.])(?P<day>\d{1,2})日?",
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_RELATIVE = {
    **dict.fromkeys(("今日", "本日", "きょう", "今朝", "けさ", "today"), 0),
    **dict.fromkeys(("昨日", "きのう", "昨夜", "昨晩", "ゆうべ", "yesterday"), -1),
    **dict.fromkeys(("一昨日", "おととい", "おとつい"), -2),
    **dict.fromkeys(("一昨昨日", "一昨々日", "さきおととい"), -3),
}


_KANJI = {sign: number for number, sign in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = "([〇一二三四五六七八九]*)(?:(十)([一二三四五六七八九]?))?(?=[年月日])"


def fiscal_year(day: date, starts: int = APRIL) -> int:
    """Return the fiscal year that ``day`` belongs to, where years begin with the month ``starts``."""
    return day.year if day.month >= starts else day.year - 1


def half_of(day: date, starts: int = APRIL) -> Half:
    """Return the half of its fiscal year that ``day`` belongs to."""
    return "first" if (day.month - starts) % MONTHS < MONTHS // 2 else "second"


def half_months(half: Half, starts: int = APRIL) -> tuple[int, int]:
    """Return the first and the last month of a half of the fiscal year."""
    first = starts if half == "first" else starts + MONTHS // 2
    return (first - 1) % MONTHS + 1, (first + MONTHS // 2 - 2) % MONTHS + 1


def first_day(year: int, starts: int = APRIL) -> date:
    """Return the day on which the fiscal year begins: 1 April."""
    return date(year, starts, 1)


def last_day(year: int, starts: int = APRIL) -> date:
    """Return the day that ends the fiscal year: 31 March."""
    return first_day(year + 1, starts) - timedelta(days=1)


def month_length(year: int, month: int) -> int:
    """Return how many days a month has."""
    return (date(year + month // MONTHS, month % MONTHS + 1, 1) - timedelta(days=1)).day


def parse_year(text: str) -> int | None:
    """Return the fiscal year that a person wrote: 2024, R6, 令和6年度, 平成31年度; else None."""
    match = _YEAR.fullmatch(plain_day(text))
    return None if match is None else _western(match)


def parse_date(text: str, today: date) -> date | None:
    """Return the day that a person wrote: 2024-06-12, R6.6.12, 令和6年6月12日, 今日; else None.

    A day before its era began (令和元年4月1日) or after it ended (平成31年5月1日) did not exist.
    """
    plain = plain_day(text)
    if plain.lower() in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain.lower()])
    match = _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if match is None or (year := _western(match)) is None:
        return None
    try:
        day = date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    sign = match.groupdict().get("era")
    return day if sign is None or era_of(day) == _BY_SIGN[sign.upper()] else None


def plain_day(text: str) -> str:
    """Return a day or a year as it was typed: half width, in digits, without blanks, with one sign for all dashes."""
    plain = folded(text.translate(TO_HYPHENS)).replace(" ", "")
    return re.sub(_KANJI_NUMBER, _in_digits, plain)


def _in_digits(match: re.Match[str]) -> str:
    """Return a number in kanji, such as 二十三, in digits."""
    head, ten, tail = match.groups()
    digits = "".join(str(_KANJI[sign]) for sign in head)
    return str(int(digits or 1) * 10 + _KANJI.get(tail, 0)) if ten else digits


def _western(match: re.Match[str]) -> int | None:
    sign = match.groupdict().get("era")
    if sign is None:
        year = int(match["year"])
    else:
        number = 1 if match["era_year"] == "元" else int(match["era_year"])
        if number == 0:
            return None
        year = _BY_SIGN[sign.upper()].first_day.year + number - 1
    return year if _EARLIEST <= year <= _LATEST else None
