"""Record what the council said of the plan, or of a part of it."""

from __future__ import annotations

from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording, recorded_for
from mizuho_pdca.app.input.days import typed_day
from mizuho_pdca.app.input.names import WHOLE_WORDS, typed_place
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.text import cleaned


def give_opinion(
    desk: Desk,
    target: str | None,
    *,
    year: int | str | None,
    meeting: str | None,
    text: str | None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record what the council said of the plan, or of a part of it."""
    making = Recording(desk, "opinion", correction)
    on = None if meeting is None else making.wrong.take(partial(typed_day, meeting, desk.today)) or desk.today
    fiscal = making.year(year)
    about = _about(making, target, fiscal)
    data = {"fiscal_year": fiscal, "meeting": on, "text": text if text is None else cleaned(text)}
    return making.file(about, making.day(None), data, by=by)


def _about(making: Recording, target: str | None, fiscal: int) -> str:
    """Return what an opinion is about, with a note where that is a relisting's original."""
    if target is None and making.old is not None:
        return making.old.target
    if (target or "").strip() in WHOLE_WORDS or (target is None and making.is_lost):
        return WHOLE_PLAN
    place = typed_place(making.plan, target or "", fiscal, making.wrong)
    original, notes = recorded_for(making.plan, place)
    making.notes += () if original is place else notes
    return original.id
