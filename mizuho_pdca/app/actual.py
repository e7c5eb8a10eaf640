"""Record an indicator's value of a year, or why there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
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
from mizuho_pdca.app.totals import value_after, with_totals
from mizuho_pdca.domain.calendar import Half, fiscal_year, half_of
from mizuho_pdca.domain.figures.achievement import Observation, year_value
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.words import print_measured
from mizuho_pdca.text import cleaned


@dataclass(frozen=True)
class ToldFigure:
    """What is told of an indicator: its figure, or why there is none; where neither is, what was recorded stays."""

    indicator: str | None
    value: str | None = None
    missing: str | None = None


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
    more: Sequence[ToldFigure] = (),
    reckoned: Collection[str] = (),
) -> Receipt:
    """Record an indicator's figure for a fiscal year, or why there is none, and ``more`` in the same entry.

    A correction keeps the figures of other indicators in the same entry, and its own where only
    the source or the day is another. It belongs to the half of the year that is typed, else to
    that of a day typed within the year. It is of the year's end unless ``as_of`` says when;
    ``provisional`` marks a first figure. ``force`` takes a count that can't be one. A figure of the
    indicators ``reckoned`` is what others of the year leave of a total: it includes none of them.
    """
    making = Recording(desk, "actual", correction)
    old = making.old if isinstance(making.old, Actual) else None
    fiscal, when = making.year(year), making.day(day)
    told = (ToldFigure(indicator, value, missing), *more)
    named = [_indicator(making, old, one.indicator, fiscal) for one in told]
    part = _half(making, old, fiscal, None if day is None else when, half)
    values: dict[str, Figure] = dict(old.values) if old else {}
    reasons: dict[str, str] = dict(old.missing) if old else {}
    for one, (found, _) in zip(told, named, strict=True):
        _put(making, found, one, values, reasons, is_forced=force, year=fiscal)
    data = {"fiscal_year": fiscal, "values": values, "missing": reasons, "half": part}
    is_same = all(one.value is None and one.missing is None for one in told)
    if old is not None and is_same:  # the figure stays, and with it what is said of it
        as_of, provisional = as_of or old.as_of, provisional or bool(old.provisional)
    data |= {"as_of": as_of and cleaned(as_of), "provisional": provisional or None}
    data["source"] = source and cleaned(source)
    place = named[0][1]
    others = [entry for entry in in_force_of(desk, fiscal, place) if entry != old]
    receipt = making.file(place.id if old is None else old.target, when, data, by=by)
    notes = list[Message]()
    for found, _ in named:
        notes += _reasons(found, others) if found.id in reckoned else _beside(desk, found, others, receipt.entry)
    receipt = replace(receipt, notes=(*notes, *receipt.notes))
    return with_totals(desk, noting_twins(desk, receipt))


def _put(
    making: Recording,
    indicator: Indicator,
    told: ToldFigure,
    values: dict[str, Figure],
    reasons: dict[str, str],
    *,
    is_forced: bool,
    year: int,
) -> None:
    """Put what is told of an indicator in the place of what an entry had of it."""
    if told.value is None and told.missing is None:
        return
    (values if told.value is None else reasons).pop(indicator.id, None)
    if told.value is not None:
        figure = making.wrong.take(partial(typed_figure, indicator, told.value))
        values[indicator.id] = Decimal(0) if figure is None else figure
        if not is_forced:
            remedies = [] if making.desk.origin is None else [_by_hand(indicator, values[indicator.id], year)]
            making.wrong.take(partial(check_count, indicator, values[indicator.id], *remedies))
    if told.missing is not None:
        reasons[indicator.id] = making.word(cleaned(told.missing), making.plan.scheme_at(year).missing, "reasons")


def _by_hand(indicator: Indicator, figure: Figure, year: int) -> Message:
    """Return what to do about a figure in a file that can't be a count."""
    words = N_(
        "Correct the figure; if it is right, record it and import again: "
        "pdca actual {indicator} {value} --year {year} --force"
    )
    return message(words, indicator=indicator.id, value=str(figure), year=year)


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
    "{entry} has a figure of this year as well: {value}{more}. "
    "If the new one takes its place: pdca withdraw {entry} --reason …"
)
_OF_ACTIVITY = N_(
    "{entry}, an activity, has a figure of this year as well: {value}{more}. If the new one includes it: "
    "pdca withdraw {entry} --reason …, and record the activity anew without -k"
)
_OF_REASON = N_("{entry} says of this year: {value}. If that is settled now: pdca withdraw {entry} --reason …")
_USED = N_("{entry} has a figure of this year as well: {value}. From now on the new one is used")
_SAME = N_("the same figure of this year as in {entry}: {value}")
_STILL = N_(
    "{entry} has a figure of this year as well: {value}, which is still the one used. "
    "If the new one takes its place: pdca withdraw {entry} --reason …"
)


def _beside(desk: Desk, indicator: Indicator, entries: Sequence[Entry], new: Entry) -> list[Message]:
    """Return what the year's other figures mean for a new one: one note for those of a kind, naming the newest."""
    figures = [entry for entry in entries if isinstance(entry, Activity | Actual) and indicator.id in entry.values]
    if figures and indicator.aggregate in ("latest", "max") and isinstance(new, Actual) and indicator.id in new.values:
        return [*_instead(desk, indicator, figures, new), *_reasons(indicator, entries)]
    notes = []
    for kind, words in ((Actual, _OF_ACTUAL), (Activity, _OF_ACTIVITY)):
        known = [entry for entry in figures if isinstance(entry, kind)]
        if known:
            more = [message(N_(" (and {count} more)"), count=len(known) - 1)] if len(known) > 1 else []
            value = _printed(indicator, known[-1].values[indicator.id])
            notes.append(message(words, entry=known[-1].id, value=value, more=more))
    return [*notes, *_reasons(indicator, entries)]


def _instead(desk: Desk, indicator: Indicator, figures: Sequence[Activity | Actual], new: Actual) -> Iterator[Message]:
    """Yield which figure is used where only one is: the new one, or one that was there before."""

    def alone(entry: Activity | Actual) -> Measured | None:
        said = Observation(entry.id, indicator.read(entry.values[indicator.id]))
        return year_value(indicator, {new.year: [said]}, new.year).value

    used = value_after(desk, indicator, new)
    before, words = figures[-1], _STILL
    if alone(new) == used:
        words = _SAME if alone(before) == used else _USED
    else:
        before = next((entry for entry in reversed(figures) if alone(entry) == used), before)
    yield message(words, entry=before.id, value=_printed(indicator, before.values[indicator.id]))


def _reasons(indicator: Indicator, entries: Sequence[Entry]) -> Iterator[Message]:
    """Yield a note for each entry that says why there is no figure, where that counts beside one."""
    for entry in entries:
        if isinstance(entry, Actual) and indicator.id in entry.missing and indicator.aggregate != "latest":
            yield message(_OF_REASON, entry=entry.id, value=entry.missing[indicator.id])


def _printed(indicator: Indicator, figure: Figure) -> str:
    return f"{print_measured(indicator, indicator.read(figure))}{indicator.unit or ''}"
