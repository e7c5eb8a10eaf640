"""Record the rating of an initiative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording
from mizuho_pdca.app.log import in_force_of
from mizuho_pdca.domain.records.entries import Entry, Evaluation
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
    receipt = making.file(place.id, when, data, by=by)
    if desk.rehearsal:
        return receipt
    rated = [entry for entry in in_force_of(desk, fiscal, place) if isinstance(entry, Evaluation)]
    return replace(receipt, notes=(*_beside(receipt.entry, rated), *receipt.notes))


def _beside(new: Entry, rated: Sequence[Evaluation]) -> Iterator[Message]:
    """Yield what becomes of the year's other ratings: the last one counts, which need not be the one just recorded."""
    at = [entry.id for entry in rated].index(new.id)
    yield from (_other(entry, new.by, is_later=False) for entry in rated[:at])
    yield from (_other(entry, new.by, is_later=True) for entry in rated[at + 1 :])


def _other(entry: Evaluation, by: str, *, is_later: bool) -> Message:
    """Return which of two ratings counts, and whose the other is where that is somebody else's."""
    if entry.by == by:
        words = N_("this rating takes the place of {entry} ({rating})")
        if is_later:
            words = N_("{entry} ({rating}) is later, and counts")
        return message(words, entry=entry.id, rating=entry.rating)
    words = N_("{by} has already rated the year {rating} ({entry}); both are in force, and the last one counts")
    return message(words, by=entry.by, entry=entry.id, rating=entry.rating)
