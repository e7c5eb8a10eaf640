"""Record an indicator's value of a year, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording
from mizuho_pdca.app.input.days import typed_half
from mizuho_pdca.app.input.figures import check_count, typed_figure
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.input.names import find_indicator
from mizuho_pdca.app.log import in_force_of, noting_twins
from mizuho_pdca.app.totals import with_totals
from mizuho_pdca.domain.calendar import Half, fiscal_year, half_of
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.text import cleaned


def record_actual(
    desk: Desk,
    indicator: str | None,
    value: str | None,
    *,
    year: int | str | None,
    missing: str | None = None,
    day: str | None = None,
    half: str | None = None,
    as_of: str | None = None,
    provisional: bool = False,
    source: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
    force: bool = False,
) -> Receipt:
    """Record an indicator's figure for a fiscal year, or why there is none.

    A correction keeps the figures of other indicators in the same entry, and its own where only
    the source or the day is another. It belongs to the half of the year that is typed, else to
    that of a day typed within the year. It is of the year's end unless ``as_of`` says when;
    ``provisional`` marks a first figure. ``force`` takes a count that can't be one.
    """
    making = Recording(desk, "actual", correction)
    old = making.old if isinstance(making.old, Actual) else None
    fiscal, when = making.year(year), making.day(day)
    found, place = _indicator(making, old, indicator, fiscal)
    part = _half(making, old, fiscal, None if day is None else when, half)
    values: dict[str, Figure] = dict(old.values) if old else {}
    reasons: dict[str, str] = dict(old.missing) if old else {}
    if value is not None or missing is not None:
        values.pop(found.id, None)
        reasons.pop(found.id, None)
    if value is not None:
        figure = making.wrong.take(partial(typed_figure, found, value))
        values[found.id] = Decimal(0) if figure is None else figure
        if not force:
            making.wrong.take(partial(check_count, found, values[found.id]))
    if missing is not None:
        reasons[found.id] = making.word(cleaned(missing), making.plan.scheme_at(fiscal).missing, "reasons")
    data = {"fiscal_year": fiscal, "values": values, "missing": reasons, "half": part}
    if old is not None and value is None and missing is None:  # the figure stays, and with it what is said of it
        as_of, provisional = as_of or old.as_of, provisional or bool(old.provisional)
    data |= {"as_of": as_of and cleaned(as_of), "provisional": provisional or None}
    data["source"] = source and cleaned(source)
    making.notes += _beside(found, [entry for entry in in_force_of(desk, fiscal, place) if entry != old])
    receipt = making.file(place.id if old is None else old.target, when, data, by=by)
    return with_totals(desk, noting_twins(desk, receipt))


def _half(making: Recording, old: Actual | None, fiscal: int, day: date | None, typed: str | None) -> Half | None:
    """Return the half that was typed, else that of a day typed within the year, else that of what is corrected."""
    if typed is not None:
        return making.wrong.take(partial(typed_half, making.plan, typed))
    if day is not None:
        starts = making.plan.header.starts
        return half_of(day, starts) if fiscal_year(day, starts) == fiscal else None
    return None if old is None else old.half


def _indicator(making: Recording, old: Actual | None, typed: str | None, year: int) -> tuple[Indicator, Place]:
    """Return the indicator that was typed, else the one that the corrected entry is about."""
    if typed is None and old is not None:
        typed = next(iter([*old.values, *old.missing]), None)
    if typed is None and making.is_lost:
        making.wrong.stop_if_wrong()
    found = making.wrong.take(partial(find_indicator, making.plan, typed or "", year))
    found = found or next(iter(making.plan.indicators.values()), None)
    if found is None:
        raise Rejected(making.wrong.errors)
    return found


_OF_ACTUAL = N_(
    "{entry} has a figure of this year as well: {value}. "
    "If the new one takes its place: pdca withdraw {entry} --reason …"
)
_OF_ACTIVITY = N_(
    "{entry}, an activity, has a figure of this year as well: {value}. If the new one includes it: "
    "pdca withdraw {entry} --reason …, and record the activity anew without -k"
)
_OF_REASON = N_("{entry} says of this year: {value}. If that is settled now: pdca withdraw {entry} --reason …")


def _beside(indicator: Indicator, entries: Sequence[Entry]) -> list[Message]:
    """Return a note for each entry of the year whose figure counts beside a new one."""
    notes = []
    for entry in entries:
        if isinstance(entry, Activity | Actual) and indicator.id in entry.values:
            words = _OF_ACTIVITY if isinstance(entry, Activity) else _OF_ACTUAL
            notes.append(message(words, entry=entry.id, value=str(entry.values[indicator.id])))
        elif isinstance(entry, Actual) and indicator.id in entry.missing and indicator.aggregate != "latest":
            notes.append(message(_OF_REASON, entry=entry.id, value=entry.missing[indicator.id]))
    return notes
