"""Record a rating: of an initiative, of any part of the plan or of the whole, of an indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording, recorded_for
from mizuho_pdca.app.input.days import typed_day
from mizuho_pdca.app.input.names import stand_in
from mizuho_pdca.app.input.rated import Rated, find_rated
from mizuho_pdca.app.log import in_force_at
from mizuho_pdca.app.same import take_over
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Scheme
from mizuho_pdca.domain.records.entries import Evaluation
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.review.ratings import level_of
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.words import print_evaluator, print_rating
from mizuho_pdca.text import cleaned


def evaluate(
    desk: Desk,
    target: str | None,
    *,
    year: int | str | None,
    rating: str | None,
    evaluator: str | None = None,
    meeting: str | None = None,
    day: str | None = None,
    progress: str | None = None,
    issues: str | None = None,
    by: str | None = None,
    same: bool = False,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record a rating for a fiscal year; ``same`` takes over what the same evaluator said the year before."""
    making = Recording(desk, "evaluation", correction)
    fiscal, when = making.year(year), making.day(day)
    about = _about(making, target, fiscal)
    scheme = making.plan.scheme_at(fiscal)
    whose = _evaluator(making, scheme, evaluator)
    data: dict[str, object] = {
        "fiscal_year": fiscal,
        "evaluator": whose,
        "indicator": about.indicator,
        "meeting": None if meeting is None else making.wrong.take(partial(typed_day, meeting, desk.today)),
        "rating": rating and making.word(rating, scheme.scale_of(whose).ratings, "rating"),
        "progress": progress and cleaned(progress),
        "issues": issues and cleaned(issues),
    }
    if same:
        take_over(making, about.target, fiscal, data)
    receipt = making.file(about.target, when, data, by=by)
    new = receipt.entry
    if desk.rehearsal or not isinstance(new, Evaluation):
        return receipt
    evaluations = (one for one in in_force_at(desk, fiscal, about.target) if isinstance(one, Evaluation))
    rated = [one for one in evaluations if _is_beside(scheme, new, one)]
    return replace(receipt, notes=(*_beside(making.plan.at(fiscal), new, rated), *receipt.notes))


def _is_beside(scheme: Scheme, new: Evaluation, other: Evaluation) -> bool:
    """Return whether a rating of the same year and target is the same evaluator's of the same thing."""
    whose = (scheme.evaluator(one.evaluator) for one in (new, other))
    return other.indicator == new.indicator and next(whose) == next(whose)


def _about(making: Recording, typed: str | None, year: int) -> Rated:
    """Return what was typed, else what the corrected entry is about; a stand-in after noting what is wrong.

    A note says where a relisting is recorded, and that a rating was taken where none is expected.
    """
    if typed is None and isinstance(making.old, Evaluation):
        return Rated(making.old.target, making.old.indicator)
    if typed is None and making.is_lost:
        return Rated(stand_in(making.plan, year, making.wrong).id)
    found = making.wrong.take(partial(find_rated, making.plan, typed or "", year))
    if found is None:
        return Rated(stand_in(making.plan, year, making.wrong).id)
    place = found.place
    if place is not None and (place.is_initiative or not making.plan.scheme_at(year).expects(level_of(place))):
        making.notes += recorded_for(making.plan, place)[1]
    return found


def _evaluator(making: Recording, scheme: Scheme, typed: str | None) -> str | None:
    """Return the code of who was typed, else of who rated in the corrected entry, else of the first one listed."""
    if typed is not None:
        return making.word(typed, scheme.evaluators, "evaluator")
    if isinstance(making.old, Evaluation) and making.old.evaluator is not None:
        return making.old.evaluator
    first = scheme.evaluator(None)
    return None if first is None else first.code


def _beside(plan: Plan, new: Evaluation, rated: Sequence[Evaluation]) -> Iterator[Message]:
    """Yield what becomes of the year's other ratings: the last one counts, which need not be the one just recorded."""
    at = [entry.id for entry in rated].index(new.id)
    yield from (_other(plan, entry, new.by, is_later=False) for entry in rated[:at])
    if at and new.supersedes is None:
        yield from _left_behind(new, rated[at - 1])
    yield from (_other(plan, entry, new.by, is_later=True) for entry in rated[at + 1 :])


def _left_behind(new: Evaluation, before: Evaluation) -> Iterator[Message]:
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


def _other(plan: Plan, entry: Evaluation, by: str, *, is_later: bool) -> Message:
    """Return which of two ratings counts, and whose the other is where that is somebody else's."""
    rating = print_rating(plan, entry.rating, entry.evaluator)
    if entry.by == by:
        words = N_("this rating takes the place of {entry} ({rating})")
        if is_later:
            words = N_("{entry} ({rating}) is later, and counts")
        return message(words, entry=entry.id, rating=rating)
    words = N_("{by} has already rated the year {rating} ({entry}); both are in force, and the last one counts")
    whose: Value = entry.by
    if len(plan.scheme.evaluators) > 1:
        whose = message(N_("{name} ({said})"), name=entry.by, said=print_evaluator(plan, entry.evaluator))
    return message(words, by=whose, entry=entry.id, rating=rating)
