"""Record the rating of an initiative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording
from mizuho_pdca.app.log import in_force_of
from mizuho_pdca.app.same import take_over
from mizuho_pdca.domain.records.entries import Entry, Evaluation
from mizuho_pdca.domain.records.kinds import KINDS
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
    same: bool = False,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record the rating of an initiative for a fiscal year; ``same`` takes over what the year before said."""
    making = Recording(desk, "evaluation", correction)
    fiscal, when = making.year(year), making.day(day)
    place = making.place(target, fiscal)
    scale = making.plan.scheme_at(fiscal).scale
    data: dict[str, object] = {
        "fiscal_year": fiscal,
        "rating": rating and making.word(rating, scale.ratings, "rating"),
        "progress": progress and cleaned(progress),
        "issues": issues and cleaned(issues),
    }
    if same:
        take_over(making, place, fiscal, Evaluation, data)
    receipt = making.file(place.id, when, data, by=by)
    if desk.rehearsal:
        return receipt
    rated = [entry for entry in in_force_of(desk, fiscal, place) if isinstance(entry, Evaluation)]
    return replace(receipt, notes=(*_beside(receipt.entry, rated), *receipt.notes))


def _beside(new: Entry, rated: Sequence[Evaluation]) -> Iterator[Message]:
    """Yield what becomes of the year's other ratings: the last one counts, which need not be the one just recorded."""
    at = [entry.id for entry in rated].index(new.id)
    yield from (_other(entry, new.by, is_later=False) for entry in rated[:at])
    if at and new.supersedes is None:
        yield from _left_behind(new, rated[at - 1])
    yield from (_other(entry, new.by, is_later=True) for entry in rated[at + 1 :])


def _left_behind(new: Entry, before: Evaluation) -> Iterator[Message]:
    """Yield that texts of the rating before do not stand in a new one, which has none of its own."""
    lost = [field for field in _TEXTS if getattr(before, field.key) and not getattr(new, field.key)]
    if lost:
        words = N_(
            "the {fields} of {entry} are not taken over; to add them: "
            'pdca evaluate --supersedes {new} --reason "…" {options}'
        )
        fields, options = [message(field.words) for field in lost], " ".join(f'--{field.key} "…"' for field in lost)
        yield message(words, fields=fields, entry=before.id, new=new.id, options=options)


_TEXTS = [field for field in KINDS["evaluation"].fields if field.form == "text"]


def _other(entry: Evaluation, by: str, *, is_later: bool) -> Message:
    """Return which of two ratings counts, and whose the other is where that is somebody else's."""
    if entry.by == by:
        words = N_("this rating takes the place of {entry} ({rating})")
        if is_later:
            words = N_("{entry} ({rating}) is later, and counts")
        return message(words, entry=entry.id, rating=entry.rating)
    words = N_("{by} has already rated the year {rating} ({entry}); both are in force, and the last one counts")
    return message(words, by=entry.by, entry=entry.id, rating=entry.rating)
