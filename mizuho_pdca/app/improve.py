"""Record where an initiative goes from here."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording
from mizuho_pdca.app.log import noting_twins
from mizuho_pdca.app.same import take_over
from mizuho_pdca.text import cleaned


def improve(
    desk: Desk,
    target: str | None,
    *,
    year: int | str | None,
    direction: str | None,
    next_year: str | None,
    day: str | None = None,
    by: str | None = None,
    same: bool = False,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record where an initiative goes, and what the next year does; ``same`` takes over what the year before said."""
    making = Recording(desk, "improvement", correction)
    fiscal, when = making.year(year), making.day(day)
    place = making.place(target, fiscal)
    words = making.plan.scheme_at(fiscal).directions
    data: dict[str, object] = {
        "fiscal_year": fiscal,
        "direction": direction and making.word(cleaned(direction), words, "direction"),
        "next": next_year and cleaned(next_year),
    }
    if same:
        take_over(making, place.id, fiscal, data)
    return noting_twins(desk, making.file(place.id, when, data, by=by))
