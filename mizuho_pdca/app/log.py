"""Record what was done for a node of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording
from mizuho_pdca.app.input.figures import names_indicator, of_others, typed_values
from mizuho_pdca.app.input.names import find_place
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import ENDED
from mizuho_pdca.domain.records.entries import Activity, Entry
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.links import said_alike
from mizuho_pdca.domain.records.paths import entries_folder, is_data, name_at, year_folder
from mizuho_pdca.domain.records.twins import twins
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.loading import read_entry
from mizuho_pdca.text import cleaned


def log(
    desk: Desk,
    target: str | None,
    summary: str | None,
    *,
    status: str | None = None,
    day: str | None = None,
    values: Sequence[str] = (),
    links: Sequence[str] = (),
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
    like: Activity | None = None,
    force: bool = False,
) -> Receipt:
    """Record an activity for a node of the plan.

    A figure that is not given anew stays as in the entry that is corrected, or that this one is
    ``like``. ``day`` may be a period; ``force`` takes a count that can't be one.
    """
    making = Recording(desk, "activity", correction)
    when, until = making.period(day)
    year = fiscal_year(when, making.plan.header.starts)
    faults = len(making.wrong.errors)
    place = making.place(target, year)
    if len(making.wrong.errors) > faults:  # of what stands in for the place nobody typed a figure
        values = [text for text in values if names_indicator(text)]
    figures = typed_values(making.plan, values, year, place, making.wrong, force=force)
    making.notes += of_others(making.plan, figures, place)
    before = making.old if isinstance(making.old, Activity) else like
    if before is not None:
        figures = {**before.values, **figures}
        status = before.status if status is None else status
    if isinstance(making.old, Activity) and day is None:
        until = making.old.until
    data = {
        "until": until,
        "status": _status(making, place, year, status),
        "summary": summary if summary is None else cleaned(summary),
        "values": figures,
        "links": [cleaned(link) for link in links],
    }
    receipt = noting_twins(desk, making.file(place.id, when, data, by=by))
    if not figures:
        return receipt
    from mizuho_pdca.app.totals import with_totals

    return with_totals(desk, receipt)


def noting_twins(desk: Desk, receipt: Receipt) -> Receipt:
    """Return a receipt that says of each entry like the new one that it may have been recorded twice.

    Only where something else of the same day lies beside it are entries read.
    """
    new, (folder, _, _) = receipt.entry, receipt.path.rpartition("/")
    same_day = [found for found in desk.tree.below(folder) if name_at(found.path).startswith(new.date.isoformat())]
    if len(same_day) == 1:
        return receipt
    words = N_('the same day and {what} as {others}. If it was recorded twice: pdca withdraw {id} --reason "{reason}"')
    notes = []
    for found in twins(in_force_at(desk, new.year, new.target)):
        others = [entry.id for entry in found.entries if entry.id != new.id]
        if len(others) < len(found.entries):
            what, reason = said_alike(desk.plan, found), message(N_("recorded twice"))
            notes.append(message(words, what=what, others=others, id=new.id, reason=reason))
    return replace(receipt, notes=(*receipt.notes, *notes))


def initiatives_below(desk: Desk, target: str) -> list[tuple[str, str]]:
    """Return number and title of the initiatives that a broader number leaves to choose from."""
    plan = desk.plan
    chosen = find_place(plan, target, fiscal_year(desk.today, plan.header.starts))
    if chosen.is_initiative:
        return []
    return [
        (place.number, plan.title(place))
        for place in plan.places.values()
        if place.is_initiative and place.is_within(chosen)
    ]


def _status(making: Recording, place: Place, year: int, word: str | None) -> str | None:
    """Return the status to record: as given, else for an initiative as last given, with a note."""
    scheme = making.plan.scheme_at(year)
    if word is not None:
        return making.word(word, scheme.statuses, "status")
    if not place.is_initiative or not scheme.statuses:
        return None
    status = scheme.status(_last_status(making.desk, year, place) or "")
    if status is None and (ended := _ended(making, place, year)) is not None:
        words = N_("no status recorded: {name}, as in FY{year}, goes on (change it with -s)")
        making.notes.append(message(words, name=ended[0], year=ended[1]))
        return None
    status = status or scheme.status("in_progress")
    if status is None:
        return None
    words = N_("status: {name} (change it with -s)")
    if making.desk.origin is not None:
        in_form, in_table = N_("status: {name} (change it in the form)"), N_("status: {name} (change it in the table)")
        words = in_form if making.desk.origin.via == "form" else in_table
    making.notes.append(message(words, name=status.name))
    return status.code


def _ended(making: Recording, place: Place, year: int) -> tuple[str, int] | None:
    """Return how an initiative ended in an earlier year, and when, where it has no other status since."""
    for earlier in range(year - 1, making.plan.header.period.since - 1, -1):
        status = making.plan.scheme_at(earlier).status(_last_status(making.desk, earlier, place) or "")
        if status is not None:
            return (status.name, earlier) if status.code in ENDED else None
    return None


def _last_status(desk: Desk, year: int, place: Place) -> str | None:
    """Return the status that the year's last activity gave."""
    words = [entry.status for entry in in_force_of(desk, year, place) if isinstance(entry, Activity) and entry.status]
    return words[-1] if words else None


def in_force_of(desk: Desk, year: int, place: Place) -> list[Entry]:
    """Return the entries in force of one node and year, without loading the rest of the workspace."""
    return in_force_at(desk, year, place.id)


def in_force_at(desk: Desk, year: int, target: str) -> list[Entry]:
    """Return the entries in force of one target and year, which may be the plan as a whole."""
    if desk.known is not None:
        return desk.known.ledger.of(year, target)
    folder, starts = entries_folder(year, target), desk.plan.header.starts
    paths = [found.path for found in desk.tree.below(folder) if not found.outside and is_data(found.path)]
    entries = [entry for entry in (read_entry(desk.tree, path, starts) for path in paths) if entry is not None]
    corrections = _corrections_elsewhere(desk, year, folder, [entry.id for entry in entries]) if entries else []
    ledger = Ledger([*entries, *corrections])
    return [entry for entry in ledger.in_force if entry not in corrections]


def _corrections_elsewhere(desk: Desk, year: int, folder: str, names: Sequence[str]) -> list[Entry]:
    """Return entries of the year's other folders that correct one of this folder: work that was moved."""
    correcting = []
    for found in desk.tree.below(year_folder(year).rstrip("/")):
        if found.outside or found.path.startswith(f"{folder}/") or not is_data(found.path):
            continue
        if _mentions(desk, found.path, names):
            entry = read_entry(desk.tree, found.path, desk.plan.header.starts)
            if entry is not None and entry.supersedes in names:
                correcting.append(entry)
    return correcting


def _mentions(desk: Desk, path: str, names: Sequence[str]) -> bool:
    """Return whether a file corrects anything, and speaks of one of the names; far cheaper than parsing it."""
    with suppress(OSError):
        raw = desk.tree.read(path)
        return b"supersedes:" in raw and any(name.encode() in raw for name in names)
    return False
