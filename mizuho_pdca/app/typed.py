"""What people type, turned into values: days, figures, texts; every mistake gathered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TypeVar

from mizuho_pdca.app.opening import check_year, find_indicator, find_place
from mizuho_pdca.core.calendar import fiscal_year, parse_date, parse_year
from mizuho_pdca.core.indicator import Indicator
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.core.shapes import Figure
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Translate, message

T = TypeVar("T")

_SIGNS = re.compile("^[△▲−]")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


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


def typed_value(plan: Plan, text: str) -> tuple[str, Figure]:
    """Return the indicator's id and the figure of ``INDICATOR=VALUE``; raise ``UsageFault``."""
    name, sign, value = unicodedata.normalize("NFKC", text).removeprefix("=").partition("=")
    if not sign or not value.strip():
        raise UsageFault(
            N_('"{value}" is not of the form INDICATOR=VALUE'),
            value=text,
            remedy=message(N_("Write it such as -k company-visits=3 (pdca plan lists the indicators).")),
        )
    indicator, _ = find_indicator(plan, name.strip())
    return indicator.id, typed_figure(indicator, value)


def typed_values(plan: Plan, texts: Sequence[str], wrong: Gathering) -> dict[str, Figure]:
    """Return the figures by indicator; one given twice is wrong, for only one could be kept."""
    figures: dict[str, Figure] = {}
    for text in texts:
        found = wrong.take(partial(typed_value, plan, text))
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
    year = parse_year(str(text))
    if year is None:
        raise UsageFault(
            N_('"{value}" is not a fiscal year'),
            value=str(text),
            remedy=message(N_("Write it such as 2024, R6 or 令和6年度.")),
        )
    if check_year(plan, year) > fiscal_year(today):
        raise UsageFault(
            N_("FY{year} has not begun yet"),
            year=year,
            remedy=message(N_("Record what has happened; correct the year.")),
        )
    return year


def typed_place(plan: Plan, text: str, wrong: Gathering) -> Place:
    """Return the node that was typed; after noting that there is none, any initiative.

    The stand-in lets the rest of what was typed be checked as well; nothing is written for it.
    """
    place = wrong.take(partial(find_place, plan, text))
    if place is not None:
        return place
    return next(place for place in plan.places.values() if place.is_initiative and place.node.original_id is None)


def typed_figure(indicator: Indicator, text: str) -> Figure:
    """Return the figure that was typed: full width, with commas, △ or the unit as well.

    What is no figure comes back as a word, for the entry's checks to name.
    """
    plain = plain_word(text)
    if indicator.method == "done":
        answer = indicator.read(plain)
        return answer if isinstance(answer, bool) else plain
    number = _SIGNS.sub("-", plain.removesuffix(plain_word(indicator.unit or "")).strip().replace(",", ""))
    try:
        figure = Decimal(number)
    except InvalidOperation:
        return plain
    return figure if figure.is_finite() else plain


def plain_word(text: str) -> str:
    """Return a word in half width where it has one, without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def clean_text(text: str) -> str:
    """Return a text without invisible control characters and without blank ends."""
    lines = _INVISIBLE.sub("", _BREAKS.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
