"""What people type, turned into values: days, figures, texts; every mistake gathered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from mizuho_pdca.app.opening import find_indicator
from mizuho_pdca.core.calendar import parse_date
from mizuho_pdca.core.indicator import Indicator
from mizuho_pdca.core.plan import Plan
from mizuho_pdca.core.shapes import Figure
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Translate, message

T = TypeVar("T")

_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


class Rejected(PdcaError):
    """What was typed can't be recorded; ``errors`` holds everything that is wrong with it."""

    exit_code = 2

    def __init__(self, errors: list[PdcaError]) -> None:
        """Take every error."""
        super().__init__(N_("nothing was recorded"))
        self.errors = errors

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


def typed_figure(indicator: Indicator, text: str) -> Figure:
    """Return the figure that was typed: full width, with commas, △ or the unit as well.

    What is no figure comes back as a word, for the entry's checks to name.
    """
    plain = plain_word(text)
    if indicator.method == "done":
        answer = indicator.read(plain)
        return answer if isinstance(answer, bool) else plain
    number = plain.removesuffix(indicator.unit or "").strip().replace(",", "").replace("△", "-").replace("▲", "-")
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
