"""What people type, turned into values: days, figures, texts; every mistake gathered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TypeVar

from mizuho_pdca.domain.calendar import era_year, fiscal_year, parse_date, parse_year
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.numbers import parse_node_id
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.schema.faults import guess
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.text import folded

T = TypeVar("T")

_SIGNS = re.compile("^[△▲−]")


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
    name, sign, value = folded(text).removeprefix("=").partition("=")
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
    plain = folded(text)
    if indicator.method == "done":
        answer = indicator.read(plain)
        return answer if isinstance(answer, bool) else plain
    number = _SIGNS.sub("-", plain.removesuffix(folded(indicator.unit or "")).strip().replace(",", ""))
    try:
        figure = Decimal(number)
    except InvalidOperation:
        return plain
    return figure if figure.is_finite() else plain


def find_place(plan: Plan, text: str) -> Place:
    """Return the node that a person's number means; raise ``UsageFault``.

    A number in its canonical form is an id and nothing else; a printed one may be that of two
    items where a revised plan prints other numbers, and is then refused.
    """
    if text in plan.places:
        return plan.places[text]
    node_id = parse_node_id(_without_level(plan, text))
    meant = [place for place in plan.places.values() if node_id is not None and node_id in _numbers(place)]
    meant = meant or [place for place in plan.places.values() if text and text == place.node.label]
    if len(meant) > 1:
        raise UsageFault(
            N_('"{target}" may mean {places}'),
            target=text,
            places=[f"{place.id} {plan.title(place)}" for place in meant],
            remedy=message(
                N_("Two items print the same number; write the number that stands first above, or the title.")
            ),
        )
    meant = meant or [place for place in plan.places.values() if text and text == place.node.heading]
    if meant:
        return meant[0]
    near = guess(node_id or text, plan.places)
    raise UsageFault(N_('there is no "{target}" in the plan'), target=text, remedy=_near(plan, near))


def _numbers(place: Place) -> set[str | None]:
    """Return the numbers that an item goes by, also those that a revised plan prints, in canonical form."""
    return {place.id, *(parse_node_id(label) for label in (place.number, *(one.label for one in place.node.labels)))}


def _without_level(plan: Plan, text: str) -> str:
    """Return a typed number without the plan's own word for its level: 事業1-1-1 is 1-1-1."""
    names = sorted((level.name for level in plan.header.levels or ()), key=len, reverse=True)
    typed = text.strip()
    return next((typed.removeprefix(name) for name in names if typed.startswith(name)), typed)


def _near(plan: Plan, near: str | None) -> Message:
    if near is None:
        return message(N_("pdca plan lists the numbers."))
    place = plan.places[near]
    return message(
        N_("Did you mean {number} {title}? pdca plan lists the numbers."), number=place.number, title=plan.title(place)
    )


def find_indicator(plan: Plan, text: str) -> tuple[Indicator, Place]:
    """Return the indicator that a person means by its id or its name; raise ``UsageFault``."""
    if text in plan.indicators:
        return plan.indicators[text]
    plain = folded(text)
    pairs = plan.indicators.values()
    named = next((pair for pair in pairs if folded(pair[0].name) == plain), None)
    if named is not None:
        return named
    near = guess(text, plan.indicators)
    if near is None:
        remedy = message(N_("pdca plan lists the indicators."))
    else:
        name = plan.indicators[near][0].name
        remedy = message(N_("Did you mean {id} ({name})? pdca plan lists the indicators."), id=near, name=name)
    raise UsageFault(N_('there is no indicator "{value}" in the plan'), value=text, remedy=remedy)


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
