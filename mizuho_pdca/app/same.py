"""What was said of an initiative the year before, for whoever says the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mizuho_pdca.app.input.names import find_place
from mizuho_pdca.app.log import in_force_of
from mizuho_pdca.domain.records.entries import Entry, Evaluation, Improvement
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Value, message

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Recording
    from mizuho_pdca.domain.plan.plan import Place

E = TypeVar("E", Evaluation, Improvement)


def last_of(desk: Desk, place: Place, year: int, kind: type[E]) -> E | None:
    """Return the entry of a kind that counts for a node in a fiscal year, None where there is none."""
    found = [entry for entry in in_force_of(desk, year, place) if isinstance(entry, kind)]
    return found[-1] if found else None


def last_year(desk: Desk, target: str, year: int, kind: str) -> Entry | None:
    """Return what was said of an initiative the year before, None where nothing was; raise ``UsageFault``."""
    place = desk.plan.original(find_place(desk.plan, target, year))
    found = [entry for entry in in_force_of(desk, year - 1, place) if entry.kind == kind]
    return found[-1] if found else None


def take_over(making: Recording, place: Place, year: int, kind: type[E], data: dict[str, object]) -> None:
    """Fill what ``data`` leaves out with what was said the year before, and note from where it comes.

    Raise ``UsageFault`` where nothing was said then, and ``Rejected`` with what is wrong already: of
    which initiative and year that would be taken over is not known for certain then.
    """
    making.wrong.stop_if_wrong()
    last = last_of(making.desk, place, year - 1, kind)
    if last is None:
        raise _nothing(making, place, year, kind)
    taken: list[Value] = []
    for field in KINDS[making.kind].fields:
        held = getattr(last, field.key)
        if not data.get(field.key) and held:
            data[field.key] = held
            taken.append(message(field.words))
    words = N_("as in FY{year} ({entry}): {fields}") if taken else N_("--same took nothing over: all of it was given")
    making.notes.append(message(words, year=year - 1, entry=last.id, fields=taken))


def _nothing(making: Recording, place: Place, year: int, kind: type[E]) -> UsageFault:
    """Return that there is nothing to take over, and the last year that would have something."""
    missing, options = _WITHOUT[making.kind]
    remedy = message(N_("Write {options} instead of --same."), options=options)
    for earlier in range(year - 2, making.plan.header.period.since - 1, -1):
        older = last_of(making.desk, place, earlier, kind)
        if older is not None:
            words = N_("Write {options} instead of --same; the last one is of FY{year}: {entry}")
            remedy = message(words, options=options, year=earlier, entry=older.id)
            break
    return UsageFault(missing, number=place.number, year=year - 1, remedy=remedy)


_WITHOUT = {
    "evaluation": (N_("--same: {number} has no evaluation of FY{year} that could be taken over"), '--rating "…"'),
    "improvement": (
        N_("--same: {number} has no improvement of FY{year} that could be taken over"),
        '--direction "…" --next "…"',
    ),
}
