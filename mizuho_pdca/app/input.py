"""What people type, turned into values: days, figures, texts; every mistake gathered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TypeVar

from mizuho_pdca.app.names import find_indicator, find_place
from mizuho_pdca.app.years import fiscal_year_of
from mizuho_pdca.domain.calendar import Half, era_year, fiscal_year, parse_date
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.words import half_label
from mizuho_pdca.text import folded

T = TypeVar("T")

_SIGNS = re.compile("^[△▲−]")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


class Rejected(PdcaError):
    """What was typed can't be recorded; ``errors`` holds everything that is wrong with it."""

    exit_code = 2

    def __init__(self, errors: list[PdcaError]) -> None:
        """Take every error; the gravest gives the exit code."""
        super().__init__(N_("nothing was recorded"))
        self.errors = errors
        self.exit_code = max((error.exit_code for error in errors), default=self.exit_code)

    def text(self, t: Translate) -> str:
        """Return every error with its remedy."""
        return "\n".join([*(error.text(t) for error in self.errors), self.message.text(t)])


class Gathering:
    """Gathers what is wrong with one command, so that all of it is said at once."""

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self.errors: list[PdcaError] = []

    def take(self, make: Callable[[], T]) -> T | None:
        """Return what ``make`` returns, or None after noting why it can't."""
        try:
            return make()
        except PdcaError as exc:
            self.errors.append(exc)
            return None

    def stop_if_wrong(self) -> None:
        """Raise ``Rejected`` if anything was wrong."""
        if self.errors:
            raise Rejected(self.errors)


def typed_day(text: str | None, today: date) -> date:
    """Return the day that was typed, today if none was; raise ``UsageFault``."""
    if text is None:
        return today
    day = parse_date(text, today)
    if day is None:
        raise UsageFault(
            N_('"{value}" is not a date'),
            value=text,
            remedy=message(N_("Write it such as 2024-06-12, 2024/6/12, R6.6.12, 令和6年6月12日, 今日 or 昨日.")),
        )
    return day


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


def typed_value(plan: Plan, text: str, year: int, at: Place) -> tuple[str, Figure]:
    """Return the indicator's id and the figure of ``INDICATOR=VALUE`` typed for a node; raise ``UsageFault``."""
    name, sign, value = folded(text).removeprefix("=").partition("=")
    if not sign or not value.strip():
        raise UsageFault(
            N_('"{value}" is not of the form INDICATOR=VALUE'),
            value=text,
            remedy=message(N_("Write it such as -k company-visits=3 (pdca plan lists the indicators).")),
        )
    indicator, _ = find_indicator(plan, name, year, at)
    return indicator.id, typed_figure(indicator, value)


def typed_values(plan: Plan, texts: Sequence[str], year: int, at: Place, wrong: Gathering) -> dict[str, Figure]:
    """Return the figures by indicator; one given twice is wrong, for only one could be kept."""
    figures: dict[str, Figure] = {}
    for text in texts:
        found = wrong.take(partial(typed_value, plan, text, year, at))
        if found is not None and found[0] in figures:
            wrong.errors.append(
                UsageFault(
                    N_("{indicator} is given twice"),
                    indicator=found[0],
                    remedy=message(N_("Add the figures up, or record two activities.")),
                )
            )
        elif found is not None:
            figures[found[0]] = found[1]
    return figures


def typed_year(plan: Plan, text: int | str, today: date) -> int:
    """Return the fiscal year that was typed, if the plan covers it and it has begun; raise ``UsageFault``."""
    year = fiscal_year_of(str(text))
    if check_year(plan, year) > fiscal_year(today, plan.header.starts):
        raise UsageFault(
            N_("FY{year} has not begun yet"),
            year=year,
            remedy=message(N_("Record what has happened; correct the year.")),
        )
    return year


def typed_place(plan: Plan, text: str, year: int, wrong: Gathering) -> Place:
    """Return the node that was typed; after noting that there is none, any initiative.

    The stand-in lets the rest of what was typed be checked as well; nothing is written for it.
    """
    return wrong.take(partial(find_place, plan, text, year)) or any_initiative(plan)


def any_initiative(plan: Plan) -> Place:
    """Return what stands in for a node that is not known."""
    return next(place for place in plan.places.values() if place.is_initiative and place.node.original_id is None)


def typed_figure(indicator: Indicator, text: str) -> Figure:
    """Return the figure that was typed: full width, with commas, △ or the unit as well; raise ``UsageFault``.

    Commas stand between groups of three digits; anywhere else nobody knows whether 15 was meant
    or 1.5. What is no figure comes back as a word, for the entry's checks to name.
    """
    plain = folded(text)
    if indicator.method == "done":
        answer = indicator.read(plain)
        return answer if isinstance(answer, bool | str) else plain
    number = _SIGNS.sub("-", plain.removesuffix(folded(indicator.unit or "")).strip())
    if "," in number and not _GROUPED.fullmatch(number):
        raise UsageFault(
            N_('"{value}" is not clear: commas stand between groups of three digits only'),
            value=text,
            remedy=message(N_("Write 1,234 or 1234, and a decimal with a point: 1.5")),
        )
    try:
        figure = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return plain
    return figure if figure.is_finite() else plain


def check_year(plan: Plan, year: int) -> int:
    """Return the fiscal year if the plan covers it; raise ``UsageFault``."""
    period = plan.header.period
    if not period.since <= year <= period.until:
        raise UsageFault(
            N_("FY{year} is outside the plan's period (FY{since}-FY{until})"),
            year=year,
            since=period.since,
            until=period.until,
            remedy=message(
                N_("Give a fiscal year of the plan, such as {since} or {era}."),
                since=period.since,
                era=era_year(period.since),
            ),
        )
    return year
