"""The eras 元号 as offices print them; below every floor, because a message prints its years by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Era:
    """A 元号: its name, its letter and the first day that carried it."""

    name: str
    letter: str
    first_day: date


ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
)
"""The eras that the program knows, the newest first."""


def era_of(day: date) -> Era | None:
    """Return the era of a day, None for one before all eras."""
    return next((era for era in ERAS if day >= era.first_day), None)


def era_year(year: int) -> str:
    """Return the era's name and year of a fiscal year, as ``令和6`` or ``令和元``.

    A fiscal year takes the era in which it ended up: FY2019 is 令和元年度.
    """
    era = _era_of_year(year)
    return str(year) if era is None else f"{era.name}{_counted(year - era.first_day.year + 1)}"


def era_sign(year: int) -> str:
    """Return the era's letter and year of a fiscal year, as ``R6`` or ``R1``, for where room is short."""
    era = _era_of_year(year)
    return str(year) if era is None else f"{era.letter}{year - era.first_day.year + 1}"


def _era_of_year(year: int) -> Era | None:
    return next((era for era in ERAS if year >= era.first_day.year), None)


def era_day(day: date) -> str:
    """Return a day by its era, as ``令和7年8月28日``; one before all eras as it is in the West."""
    era = era_of(day)
    year = str(day.year) if era is None else f"{era.name}{_counted(day.year - era.first_day.year + 1)}"
    return f"{year}年{day.month}月{day.day}日"


def era_short(day: date) -> str:
    """Return a day by the letter of its era, as ``R7.8.28``; one before all eras as it is in the West."""
    era = era_of(day)
    return f"{day.year if era is None else f'{era.letter}{day.year - era.first_day.year + 1}'}.{day.month}.{day.day}"


def _counted(number: int) -> str:
    return "元" if number == 1 else str(number)
