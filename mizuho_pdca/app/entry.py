"""File an entry: checked as ``pdca validate`` would check it, then written, never over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input import Gathering, Rejected, clean_text, plain_word
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.digits import Typed
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.checks import EntryCheck
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE, Activity, Actual, Entry, Evaluation, Improvement, Opinion
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.paths import ENTRY_ID, entry_id, path_of
from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.files import create
from mizuho_pdca.storage.loading import load, read_entry
from mizuho_pdca.storage.tree import RECORDS
from mizuho_pdca.storage.yaml.writing import to_text

K = TypeVar("K", Activity, Actual, Evaluation, Improvement, Opinion)

_TRIES = 5


class EntryFault(UsageFault):
    """One fault that the entry's checks found, in the words of the catalogue."""

    def __init__(self, fault: Fault) -> None:
        """Take the fault."""
        super().__init__(N_("{what} [{code}]"), what=fault.message, code=fault.code, remedy=fault.remedy)


@dataclass(frozen=True)
class Correction:
    """Which entry a new one takes the place of, and why."""

    supersedes: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Draft:
    """An entry as typed: where it belongs, when it happened, and the rest by key in file order."""

    kind: str
    target: str
    day: date
    data: Mapping[str, object]
    notes: Sequence[Message] = ()


@dataclass(frozen=True)
class Receipt:
    """What was recorded, where, and what the person should know about it."""

    plan: Plan
    entry: Entry
    path: str
    notes: tuple[Message, ...] = ()


def corrected(desk: Desk, correction: Correction, kind: type[K], wrong: Gathering) -> K | None:
    """Return the entry that is corrected, or None after noting why it can't be."""
    if correction.supersedes is None:
        return None
    entry = wrong.take(partial(entry_in_force, desk, correction.supersedes))
    if entry is None or isinstance(entry, kind):
        return entry
    wrong.errors.append(
        UsageFault(
            N_("the entry {entry} is {kind}; this command can't correct it"),
            entry=entry.id,
            kind=KINDS[entry.kind],
            remedy=message(N_("Withdraw it, and record anew: pdca withdraw {entry}"), entry=entry.id),
        )
    )
    return None


def file_entry(
    desk: Desk,
    plan: Plan,
    draft: Draft,
    *,
    by: str | None,
    wrong: Gathering,
    replaced: Entry | None = None,
    reason: str | None = None,
) -> Receipt:
    """Write the entry; raise ``Rejected`` with everything in ``wrong`` and all that the checks find.

    Raise ``Refused`` if it would change a closed year, which no other wording of it could mend.
    """
    _check_open(desk, draft, replaced)
    recorded = desk.clock()
    person = desk.person(by)
    for _ in range(_TRIES):
        whole: dict[str, object] = {
            "schema": 1,
            "id": entry_id(draft.day, desk.token()),
            "kind": draft.kind,
            "target": draft.target,
            "date": draft.day,
            **draft.data,
            "supersedes": None if replaced is None else replaced.id,
            "reason": reason and clean_text(reason),
            "by": clean_text(person),
            "recorded": recorded,
            "sample": desk.sample or None,
        }
        whole = {key: value for key, value in whole.items() if value not in (None, {}, [])}
        entry = _checked(whole, plan, desk.today, wrong)
        path = path_of(entry)
        try:
            create(desk.root / path, to_text(whole).encode())
        except Refused:
            continue
        return Receipt(plan, entry, path, tuple(draft.notes))
    raise Refused(N_("no free name was found for the entry; nothing was written"))


def _check_open(desk: Desk, draft: Draft, replaced: Entry | None) -> None:
    """Refuse an entry of a closed year, and one that changes what is in force there."""
    year = draft.data.get("fiscal_year")
    years = {year if isinstance(year, int) else fiscal_year(draft.day)}
    if (older := draft.data.get("withdraws") or (replaced and replaced.id)) is not None:
        years |= _years_behind(desk, str(older))
    for known in sorted(years):
        if desk.tree.seals(known) is not None:
            _check_not_sealed(desk, known)


def _check_not_sealed(desk: Desk, year: int) -> None:
    from mizuho_pdca.storage.seals import closing_seal

    seal = closing_seal(desk.tree, year)
    if seal is not None:
        raise Refused(
            N_("FY{year} was closed on {day} by {by}; nothing was recorded"),
            year=year,
            day=seal.day,
            by=seal.by,
            remedy=message(N_("To change it, reopen it first: pdca reopen {year} --reason …"), year=year),
        )


def _years_behind(desk: Desk, name: str) -> set[int]:
    """Return the years of an entry, and of those that it puts out of force or back into it."""
    from mizuho_pdca.domain.closing.seal import references

    years, names = set[int](), [name]
    for known in names:  # it grows while it is gone through
        found = (desk.root / RECORDS).glob(f"*/*/{known}.yaml") if ENTRY_ID.fullmatch(known) else ()
        for path in found:
            entry = read_entry(desk.tree, path.relative_to(desk.root).as_posix())
            if entry is not None:
                years.add(entry.year)
                names += [other for other in references(entry) if other not in names]
    return years


def _checked(data: Mapping[str, object], plan: Plan, today: date, wrong: Gathering) -> Entry:
    shaped = read_shape(ENTRY_SHAPE, {key: _as_read(value) for key, value in data.items()})
    if isinstance(shaped, list):
        raise Rejected([*wrong.errors, *map(EntryFault, shaped)])
    wrong.errors += map(EntryFault, EntryCheck(plan, today).faults(shaped, path_of(shaped)))
    wrong.stop_if_wrong()
    return shaped


def _as_read(value: object) -> object:
    """Return a value as the reader would give it back from the file."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _number_as_read(item) for key, item in value.items()}
    return value


def _number_as_read(item: object) -> object:
    if not isinstance(item, Decimal):
        return item
    text = f"{abs(item) if item.is_zero() else item:f}"
    return Typed(text) if "." in text else int(text)


def entry_in_force(desk: Desk, text: str) -> Entry:
    """Return the entry of that name, if it may still be superseded or withdrawn.

    Raise ``UsageFault`` if there is none, ``Refused`` if another has taken its place.
    """
    name = plain_word(text).replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    ledger = load(desk.tree, desk.today).ledger
    found = [entry for entry in ledger.entries if entry.id == name or entry.id.endswith(f"-{name}")]
    if len(found) > 1:
        raise UsageFault(
            N_('"{entry}" may mean {entries}'),
            entry=text,
            entries=[entry.id for entry in found],
            remedy=message(N_("Give the whole name.")),
        )
    if not found and any(path.rpartition("/")[2] == f"{name}.yaml" for path, *_ in desk.tree.records()):
        raise UsageFault(
            N_("the entry {entry} has a fault and can't be used"),
            entry=name,
            remedy=message(N_("pdca validate says what is wrong with it.")),
        )
    if not found:
        raise UsageFault(
            N_('there is no entry "{entry}"'),
            entry=text,
            remedy=message(N_("Give its name such as 2024-06-12-k7x3q9; it is the name of its file under records/.")),
        )
    entry = found[0]
    later = ledger.withdrawn_by.get(entry.id) or ledger.superseded_by.get(entry.id)
    if later is not None:
        raise Refused(
            N_("the entry {entry} is no longer in force; {later} took its place"),
            entry=entry.id,
            later=later.id,
            remedy=message(N_("Name the entry that is in force.")),
        )
    return entry


NOT_CORRECTED = Correction()


def recorded_for(plan: Plan, place: Place) -> tuple[Place, list[Message]]:
    """Return where work is recorded, with a note where that needs one: a relisting's original."""
    original = plan.original(place)
    if original is not place:
        note = message(
            N_("{number} is a relisting; recorded for its original {original}"),
            number=place.number,
            original=original.number,
        )
        return original, [note]
    if place.is_initiative:
        return place, []
    note = message(
        N_("recorded for {number} as a whole; it does not count as the report of an initiative below it"),
        number=place.number,
    )
    return place, [note]
