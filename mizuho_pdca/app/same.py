"""What was said of something the year before, for whoever says the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mizuho_pdca.app.input.names import find_place
from mizuho_pdca.app.input.rated import find_rated
from mizuho_pdca.app.log import in_force_at
from mizuho_pdca.domain.records.entries import Entry, Evaluation, rated_by
from mizuho_pdca.domain.records.kinds import KINDS, Form
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.ratings import Ratings
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Value, message

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Recording
    from mizuho_pdca.domain.plan.plan import Plan

_TAKEN: tuple[Form, ...] = ("rating", "direction", "text")
"""What is taken over: not the day of a meeting."""


def last_year(desk: Desk, target: str, year: int, kind: str, evaluator: str | None = None) -> Entry | None:
    """Return what was said of something the year before, None where nothing was; raise ``UsageFault``."""
    if kind == "evaluation":
        rated = find_rated(desk.plan, target, year)
        return _rated(desk, rated.target, year, evaluator, rated.indicator)
    place = desk.plan.original(find_place(desk.plan, target, year))
    return _last(desk, place.id, year, kind)


def _rated(desk: Desk, target: str, year: int, evaluator: str | None, indicator: str | None) -> Entry | None:
    """Return what an evaluator said the year before, the first one's where none is named."""
    meant = desk.plan.scheme_at(year).evaluator(evaluator)
    ledger = Ledger(in_force_at(desk, year - 1, target))
    found = (one for one in Ratings(desk.plan, ledger, year).of(target, indicator) if one.evaluator == meant)
    return next((one.before for one in found), None)


def _last(desk: Desk, target: str, year: int, kind: str) -> Entry | None:
    found = [entry for entry in in_force_at(desk, year - 1, target) if entry.kind == kind]
    return found[-1] if found else None


def rates_alike(plan: Plan, last: Entry, year: int) -> bool:
    """Return whether a rating of the year before means the same in a year, by the scale of who gave it."""
    if not isinstance(last, Evaluation) or last.rating is None:
        return True
    scales = (plan.scheme_at(each).scale_of(rated_by(last)) for each in (last.year, year))
    then, now = (scale.find(last.rating) for scale in scales)
    return then is None or (now is not None and (now.code, now.name) == (then.code, then.name))


def take_over(making: Recording, target: str, year: int, data: dict[str, object]) -> None:
    """Fill what ``data`` leaves out with what was said the year before, and note from where it comes.

    Raise ``UsageFault`` where nothing was said then, and ``Rejected`` with what is wrong already: of
    which initiative and year that would be taken over is not known for certain then.
    """
    making.wrong.stop_if_wrong()
    last = _before(making, target, year, data)
    if last is None:
        raise _nothing(making, target, year, data)
    taken: list[Value] = []
    for field in KINDS[making.kind].fields:
        held = getattr(last, field.key)
        if field.form in _TAKEN and not data.get(field.key) and held:
            if field.form == "rating" and not rates_alike(making.plan, last, year):
                raise UsageFault(
                    N_("--same: the rating {rating} of FY{year} has another meaning since, or is none any more"),
                    rating=str(held),
                    year=last.year,
                    remedy=message(N_('Write --rating "…" beside --same.')),
                )
            data[field.key] = held
            taken.append(message(field.words))
    words = N_("as in FY{year} ({entry}): {fields}") if taken else N_("--same took nothing over: all of it was given")
    making.notes.append(message(words, year=year - 1, entry=last.id, fields=taken))


def _before(making: Recording, target: str, year: int, data: dict[str, object]) -> Entry | None:
    if making.kind != "evaluation":
        return _last(making.desk, target, year, making.kind)
    evaluator, indicator = (None if (held := data[key]) is None else str(held) for key in ("evaluator", "indicator"))
    return _rated(making.desk, target, year, evaluator, indicator)


def _nothing(making: Recording, target: str, year: int, data: dict[str, object]) -> UsageFault:
    """Return that there is nothing to take over, and the last year that would have something."""
    missing, options = _WITHOUT[making.kind]
    remedy = message(N_("Write {options} instead of --same."), options=options)
    for later in range(year - 1, making.plan.header.period.since, -1):
        older = _before(making, target, later, data)
        if older is not None:
            words = N_("Write {options} instead of --same; the last one is of FY{year}: {entry}")
            remedy = message(words, options=options, year=later - 1, entry=older.id)
            break
    places = making.plan.places
    number = places[target].number if target in places else target
    return UsageFault(missing, number=number, year=year - 1, remedy=remedy)


_WITHOUT = {
    "evaluation": (N_("--same: {number} has no evaluation of FY{year} that could be taken over"), '--rating "…"'),
    "improvement": (
        N_("--same: {number} has no improvement of FY{year} that could be taken over"),
        '--direction "…" --next "…"',
    ),
}
