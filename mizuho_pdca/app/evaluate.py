"""Record the rating of an initiative."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording
from mizuho_pdca.app.log import in_force_of
from mizuho_pdca.domain.records.entries import Evaluation
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.text import cleaned


def evaluate(
    desk: Desk,
    target: str | None,
    *,
    year: int | str | None,
    rating: str | None,
    day: str | None = None,
    progress: str | None = None,
    issues: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record the rating of an initiative for a fiscal year."""
    making = Recording(desk, "evaluation", correction)
    fiscal, when = making.year(year), making.day(day)
    place = making.place(target, fiscal)
    scale = making.plan.scheme_at(fiscal).scale
    known = None if rating is None else scale.find(rating.strip()) or scale.find(rating.strip().upper())
    data = {
        "fiscal_year": fiscal,
        "rating": rating if known is None else known.code,
        "progress": progress and cleaned(progress),
        "issues": issues and cleaned(issues),
    }
    for entry in in_force_of(desk, fiscal, place):
        if isinstance(entry, Evaluation) and entry != making.old:
            making.notes.append(_replaced(entry, making.desk.person(by)))
    return making.file(place.id, when, data, by=by)


def _replaced(entry: Evaluation, by: str) -> Message:
    """Return the note that a rating no longer counts, and whose it is where that is somebody else's."""
    if entry.by == cleaned(by):
        words = N_("this rating takes the place of {entry} ({rating})")
        return message(words, entry=entry.id, rating=entry.rating)
    words = N_("{by} has already rated the year {rating} ({entry}); both are in force, and the last one counts")
    return message(words, by=entry.by, entry=entry.id, rating=entry.rating)
