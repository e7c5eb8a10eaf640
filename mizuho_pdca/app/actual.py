"""Record an indicator's value of a year, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Draft, Receipt, corrected, file_entry
from mizuho_pdca.app.input import (
    Gathering,
    Rejected,
    clean_text,
    find_indicator,
    plain_word,
    typed_day,
    typed_figure,
    typed_half,
    typed_year,
)
from mizuho_pdca.app.log import in_force_of
from mizuho_pdca.app.workspace import open_plan
from mizuho_pdca.domain.calendar import Half, fiscal_year, half_of
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry
from mizuho_pdca.message import N_, Message, message


def record_actual(
    desk: Desk,
    indicator: str,
    value: str | None,
    *,
    year: int | str,
    missing: str | None = None,
    day: str | None = None,
    half: str | None = None,
    source: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record an indicator's figure for a fiscal year, or why there is none.

    It belongs to the half of the year that is typed, else to that of a day typed within the year.
    """
    plan = open_plan(desk)
    wrong = Gathering()
    stand_in = next(iter(plan.indicators.values()), None)
    pair = wrong.take(partial(find_indicator, plan, plain_word(indicator))) or stand_in
    fiscal = wrong.take(partial(typed_year, plan, year, desk.today)) or fiscal_year(desk.today)
    if pair is None:
        raise Rejected(wrong.errors)
    found, place = pair
    old = corrected(desk, correction, Actual, wrong)
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    if half is not None:
        part: Half | None = wrong.take(partial(typed_half, half))
    else:
        part = half_of(when) if day is not None and fiscal_year(when) == fiscal else None
    known = None if missing is None else plan.scheme_at(fiscal).reason(missing)
    data = {
        "fiscal_year": fiscal,
        "values": {} if value is None else {found.id: typed_figure(found, value)},
        "missing": {} if missing is None else {found.id: clean_text(missing) if known is None else known.name},
        "half": part,
        "source": source and clean_text(source),
    }
    notes = _beside(found, [entry for entry in in_force_of(desk, fiscal, place) if entry != old])
    draft = Draft("actual", place.id, when, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, replaced=old, reason=correction.reason)


def _beside(indicator: Indicator, entries: Sequence[Entry]) -> list[Message]:
    """Return a note for each entry of the year whose figure counts beside a new one."""
    notes = []
    for entry in entries:
        if isinstance(entry, Activity | Actual) and indicator.id in entry.values:
            words = N_("{entry} has a figure of this year as well: {value}. To correct it: --supersedes {entry}")
            notes.append(message(words, entry=entry.id, value=str(entry.values[indicator.id])))
        elif isinstance(entry, Actual) and indicator.id in entry.missing and indicator.aggregate != "latest":
            words = N_("{entry} says of this year: {value}. If that is settled now: --supersedes {entry}")
            notes.append(message(words, entry=entry.id, value=entry.missing[indicator.id]))
    return notes
