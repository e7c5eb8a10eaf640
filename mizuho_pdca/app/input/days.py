"""Days, periods and halves of the year as a person types them.

A day without its year, or without its month, is the latest one that is past; 金曜 is today where
today is a Friday. Weeks begin on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from mizuho_pdca.domain.calendar import (
    Half,
    month_length,
    parse_date,
    parse_year,
    plain_day,
)
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.eras import era_day, era_of, era_short
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.words import half_label
from mizuho_pdca.text import folded

_WEEKDAYS = "月火水木金土日"
_MONTHS = 12

_AGO = r"(?P<count>\d{1,3}|[一二三四五六七八九十])(?P<unit>日|週間?|[かヶカケヵ箇]?月)前"
_WEEKDAY = rf"(?:今日の|(?P<week>今週|先週|先々週)の?)?(?P<day>[{_WEEKDAYS}])(?P<told>曜日?)?"
_WITH_WEEKDAY = (
    rf"(?P<plain>.*[\d日末])(?:\((?P<bracket>[{_WEEKDAYS}])(?:曜日?)?(?:・?祝)?\)|(?P<bare>[{_WEEKDAYS}])曜日?)"
)
_YEAR = (
    r"(?P<year>(?:令和|平成|昭和|令|平|昭|[RHSrhs])\.?(?:\d{1,2}|元)|\d{4}"
    r"|\d{1,2}(?=(?P<sign>年|[-/.])\d+(?:月|(?P=sign))))年?[-/.]?"
)
_SPOKEN = r"(?:(?P<spoken>今年|本年|昨年|去年|一昨年)の?)?"
_MONTH = r"(?P<month>\d{1,2})(?:月の?|[-/.])"
_DAY = r"(?:(?P<day>\d{1,2})日?|(?P<end>末)日?)"
_FORMS = (
    f"{_YEAR}{_MONTH}{_DAY}",
    rf"{_YEAR}(?P<month>\d{{1,2}})月?(?P<end>末)日?",
    f"{_SPOKEN}{_MONTH}{_DAY}",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    r"(?P<month>\d{1,2})月?(?P<end>末)日?",
    f"(?P<ago>今月|先月|前月|先々月)の?{_DAY}",
    r"(?P<day>\d{1,2})日",
)
"""Patterns of days; they are compiled where one is used, for most of what is typed has no day."""
_PERIOD = "(?P<first>.+?)(?:から|[~〜→])(?P<last>.+?)(?:まで)?"
_DASHED = "(?P<first>[^-]+)-(?P<last>[^-]+)"
_LAST_DAY = r"\d{1,2}日?$"

_KANJI = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_COMING = {"明日": 1, "あした": 1, "あす": 1, "tomorrow": 1, "明後日": 2, "あさって": 2, "来週": 7}
_WEEKS = {"今週": 0, "先週": 1, "先々週": 2}
_AGO_MONTHS = {"今月": 0, "先月": 1, "前月": 1, "先々月": 2}
_AGO_YEARS = {"今年": 0, "本年": 0, "昨年": 1, "去年": 1, "一昨年": 2}


class Days(NamedTuple):
    """A day, or the first and the last one of a period."""

    first: date
    last: date | None = None


def typed_day(text: str | None, today: date) -> date:
    """Return the day that was typed, today if none was; raise ``UsageFault``."""
    return today if text is None else _day(text, plain_day(text), today)


def coming_day(text: str, today: date) -> date:
    """Return the day that was typed, the next one where its year was not; raise ``UsageFault`` for one that is past."""
    plain = plain_day(text)
    comes_again = _comes_again(plain)
    later = (_read(plain, today + timedelta(days=days)) for days in range(366 if comes_again else 0))
    found = next((day for day in later if isinstance(day, date) and day >= today), None)
    day = found or _day(text, plain, today + timedelta(days=365) if comes_again else today)
    if day < today:
        raise UsageFault(N_('"{value}" is past'), value=text, remedy=message(N_("Give today or a day to come.")))
    return day


def typed_period(text: str | None, today: date) -> Days:
    """Return the day or the period that was typed, today if none was; raise ``UsageFault``."""
    if text is None:
        return Days(today)
    plain = plain_day(text)
    match = re.fullmatch(_PERIOD, plain)
    if match is None and _read(plain, today) is None:
        match = re.fullmatch(_DASHED, plain)
    if match is None:
        return Days(_day(text, plain, today))
    first, last = match["first"], match["last"]
    if last.removesuffix("日").isdecimal():  # 11月10日～12日, 11/10-12
        last = re.sub(_LAST_DAY, last, first)
    if _year_is_open(last) and not _year_is_open(first):  # 2024/11/10～11/12: the next such day
        begun = _day(text, first, today)
        end = _day(text, last, begun + timedelta(days=364))
    else:
        end = _day(text, last, today)
        begun = _day(text, first, end)
    if end < begun or (end.month == begun.month and end.year != begun.year):
        words = N_("Write the earlier day first, such as {first}～{last}.")
        raise UsageFault(
            N_('the period "{value}" ends before it begins'),
            value=text,
            remedy=message(words, first=f"{today.month}/1", last=f"{today.month}/{today.day}"),
        )
    return Days(begun, None if end == begun else end)


def _day(text: str, plain: str, today: date) -> date:
    """Return the day of a text, of which ``plain`` is the part that names it; raise ``UsageFault``."""
    found = _read(plain, today)
    if isinstance(found, date):
        return found
    if found is not None:
        raise UsageFault(N_('"{value}" is not a day: {why}'), value=text, why=found, remedy=_examples(today))
    raise UsageFault(N_('"{value}" is not a date'), value=text, remedy=_examples(today))


def _examples(today: date) -> Message:
    """Return how days are written, by this year's."""
    return message(
        N_("Write it such as {iso}, {short}, {era}, {spoken}, 金曜, 3日前 or 昨日."),
        iso=today.isoformat(),
        short=f"{today.month}/{today.day}",
        era=era_short(today),
        spoken=era_day(today),
    )


def _read(plain: str, today: date) -> date | Message | None:
    """Return the day that a text without blanks names, why there is no such day, or None for any other text."""
    if plain in _COMING:
        return today + timedelta(days=_COMING[plain])
    if plain.startswith("元年") and (era := era_of(today)) is not None:
        plain = era.name + plain
    if (day := parse_date(plain, today)) is not None:
        return day
    if (match := re.fullmatch(_AGO, plain)) is not None:
        return _before(today, _KANJI.get(match["count"]) or int(match["count"]), match["unit"])
    if (match := re.fullmatch(_WEEKDAY, plain)) is not None and (match["week"] or match["told"]):
        return _weekday(today, _WEEKDAYS.index(match["day"]), match["week"])
    if (match := re.fullmatch(_WITH_WEEKDAY, plain)) is not None:
        return _checked(_read(match["plain"], today), match["bracket"] or match["bare"])
    parts = _parts(plain)
    return None if parts is None else _made(parts, today)


def _parts(plain: str) -> dict[str, str | None] | None:
    """Return year, month and day of a text as typed, each as far as it was."""
    found = next((match for form in _FORMS if (match := re.fullmatch(form, plain)) is not None), None)
    return None if found is None else found.groupdict()


def _weekday(today: date, day: int, week: str | None) -> date:
    """Return the day of a week, counted from Monday; the latest one that is past where no week was named."""
    if week is None:
        return today - timedelta(days=(today.weekday() - day) % 7)
    return today - timedelta(days=today.weekday() - day + 7 * _WEEKS[week])


def _before(today: date, count: int, unit: str) -> date:
    if unit == "日":
        return today - timedelta(days=count)
    if unit.startswith("週"):
        return today - timedelta(weeks=count)
    year, month = _months_before(today, count)
    return date(year, month, min(today.day, month_length(year, month)))


def _months_before(day: date, count: int) -> tuple[int, int]:
    months = day.year * _MONTHS + day.month - 1 - count
    return months // _MONTHS, months % _MONTHS + 1


def _checked(day: date | Message | None, weekday: str) -> date | Message | None:
    """Return a day if it is that day of the week, else what it is."""
    if not isinstance(day, date) or _WEEKDAYS[day.weekday()] == weekday:
        return day
    return message(N_("{day} is a {weekday}"), day=era_day(day), weekday=f"{_WEEKDAYS[day.weekday()]}曜日")


def _made(parts: Mapping[str, str | None], today: date) -> date | Message | None:
    """Return the day of a year, month and day, of which the first ones may be left open."""
    candidates = list(_months(parts, today))
    for year, month in candidates:
        length = month_length(year, month)
        number = length if parts.get("end") else int(parts["day"] or 0)
        if 1 <= number <= length and (len(candidates) == 1 or date(year, month, number) <= today):
            return _of_era(date(year, month, number), parts.get("year"))
    if not candidates:
        return None
    year, month = candidates[0]
    words = N_("{month}/{year} has only {length} days")
    return message(words, year=year, month=month, length=month_length(year, month))


def _of_era(day: date, year: str | None) -> date | Message:
    """Return a day if it belongs to the era that its year was typed with, else what it is called."""
    if year is None or year.isdecimal() or parse_date(f"{year}.{day.month}.{day.day}", day) == day:
        return day
    return message(N_("it is {day}"), day=era_day(day))


def _months(parts: Mapping[str, str | None], today: date) -> Iterator[tuple[int, int]]:
    """Yield the months that may be meant, the latest first."""
    if (ago := parts.get("ago")) is not None:
        yield _months_before(today, _AGO_MONTHS[ago])
    elif parts.get("month") is None:
        yield from (_months_before(today, count) for count in range(3))
    elif 1 <= int(parts["month"] or 0) <= _MONTHS:
        yield from ((year, int(parts["month"] or 0)) for year in _years(parts, today))


def _years(parts: Mapping[str, str | None], today: date) -> Iterator[int]:
    if (spoken := parts.get("spoken")) is not None:
        yield today.year - _AGO_YEARS[spoken]
    elif (typed := parts.get("year")) is None:
        yield from (today.year, today.year - 1)
    elif typed.isdecimal() and len(typed) <= 2:  # noqa: PLR2004 (8.11.12: of the era, else of the century)
        era = era_of(today)
        counted = int(typed) + (0 if era is None else era.first_day.year - 1)
        yield counted if counted <= today.year or 2000 + int(typed) > today.year else 2000 + int(typed)
    elif (year := parse_year(typed)) is not None:
        yield year


def _year_is_open(plain: str) -> bool:
    """Return whether a day was typed without its year."""
    parts = _parts(plain)
    return parts is not None and parts.get("year") is None


def _comes_again(plain: str) -> bool:
    """Return whether a text names a day that comes every week, month or year."""
    dated = re.fullmatch(_WITH_WEEKDAY, plain)
    parts = _parts(plain if dated is None else dated["plain"])
    if parts is not None:
        return not any(parts.get(key) for key in ("year", "ago", "spoken"))
    weekday = re.fullmatch(_WEEKDAY, plain)
    return weekday is not None and weekday["week"] is None


_HALVES: Mapping[str, Half] = {
    **dict.fromkeys(("前期", "上期", "上半期", "前半", "first", "1"), "first"),
    **dict.fromkeys(("後期", "下期", "下半期", "後半", "second", "2"), "second"),
}


def typed_half(plan: Plan, text: str) -> Half:
    """Return the half of the plan's year that was typed; raise ``UsageFault``."""
    half = _HALVES.get(folded(text).lower())
    if half is None:
        raise UsageFault(
            N_('"{value}" is not a half of the year'),
            value=text,
            remedy=message(
                N_("Write 前期 ({first}) or 後期 ({second})."),
                first=half_label(plan, "first"),
                second=half_label(plan, "second"),
            ),
        )
    return half
