"""Record: what was done, a figure, a rating; and take back what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.filing import Correction, Draft, Receipt, corrected, entry_in_force, file_entry
from mizuho_pdca.app.opening import find_indicator, find_place, open_plan
from mizuho_pdca.app.typed import (
    Gathering,
    Rejected,
    clean_text,
    plain_word,
    typed_day,
    typed_figure,
    typed_place,
    typed_values,
    typed_year,
)
from mizuho_pdca.core.calendar import fiscal_year
from mizuho_pdca.core.entries import Activity, Actual, Entry, Evaluation
from mizuho_pdca.core.indicator import Indicator
from mizuho_pdca.core.ledger import Ledger
from mizuho_pdca.core.paths import RECORDS
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.errors import EnvironmentFault, os_reason
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.storage.loading import read_entry

NOT_CORRECTED = Correction()


def log(
    desk: Desk,
    target: str,
    summary: str,
    *,
    status: str | None = None,
    day: str | None = None,
    values: Sequence[str] = (),
    links: Sequence[str] = (),
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record an activity for a node of the plan.

    A correction keeps the day, the status, the figures and the links of what it corrects where
    none are given.
    """
    plan = open_plan(desk)
    wrong = Gathering()
    place, notes = recorded_for(plan, typed_place(plan, target, wrong))
    old = corrected(desk, correction, Activity, wrong)
    when = wrong.take(partial(typed_day, day, desk.today if old is None else old.date)) or desk.today
    figures = typed_values(plan, values, wrong)
    if status is None and old is not None:
        status = old.status
    data = {
        "status": _status(desk, plan, place, fiscal_year(when), status, notes),
        "summary": clean_text(summary),
        "values": figures or (dict(old.values) if old else {}),
        "links": [clean_text(link) for link in links] or (list(old.links) if old else []),
    }
    draft = Draft("activity", place.id, when, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, replaced=old, reason=correction.reason)


def record_actual(
    desk: Desk,
    indicator: str,
    value: str | None,
    *,
    year: int | str,
    missing: str | None = None,
    day: str | None = None,
    source: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record an indicator's figure for a fiscal year, or why there is none."""
    plan = open_plan(desk)
    wrong = Gathering()
    stand_in = next(iter(plan.indicators.values()), None)
    pair = wrong.take(partial(find_indicator, plan, plain_word(indicator))) or stand_in
    fiscal = wrong.take(partial(typed_year, plan, year, desk.today)) or fiscal_year(desk.today)
    if pair is None:
        raise Rejected(wrong.errors)
    found, place = pair
    old = corrected(desk, correction, Actual, wrong)
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    known = None if missing is None else plan.scheme_at(fiscal).reason(missing)
    data = {
        "fiscal_year": fiscal,
        "values": {} if value is None else {found.id: typed_figure(found, value)},
        "missing": {} if missing is None else {found.id: clean_text(missing) if known is None else known.name},
        "source": source and clean_text(source),
    }
    notes = _beside(found, [entry for entry in _in_force(desk, fiscal, place) if entry != old])
    draft = Draft("actual", place.id, when, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, replaced=old, reason=correction.reason)


def evaluate(
    desk: Desk,
    target: str,
    *,
    year: int | str,
    rating: str,
    day: str | None = None,
    progress: str | None = None,
    issues: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record the rating of an initiative for a fiscal year."""
    plan = open_plan(desk)
    wrong = Gathering()
    place, notes = recorded_for(plan, typed_place(plan, target, wrong))
    fiscal = wrong.take(partial(typed_year, plan, year, desk.today)) or fiscal_year(desk.today)
    scale = plan.scheme_at(fiscal).scale
    known = scale.find(rating.strip()) or scale.find(rating.strip().upper())
    data = {
        "fiscal_year": fiscal,
        "rating": rating if known is None else known.code,
        "progress": progress and clean_text(progress),
        "issues": issues and clean_text(issues),
    }
    old = corrected(desk, correction, Evaluation, wrong)
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    for entry in _in_force(desk, fiscal, place):
        if isinstance(entry, Evaluation) and entry != old:
            words = N_("this rating takes the place of {entry} ({rating})")
            notes.append(message(words, entry=entry.id, rating=entry.rating))
    draft = Draft("evaluation", place.id, when, data, notes)
    return file_entry(desk, plan, draft, by=by, wrong=wrong, replaced=old, reason=correction.reason)


def withdraw(desk: Desk, entry: str, *, reason: str, by: str | None = None) -> Receipt:
    """Record that an entry no longer holds."""
    plan = open_plan(desk)
    mistaken = entry_in_force(desk, entry)
    data = {"fiscal_year": mistaken.year, "withdraws": mistaken.id}
    draft = Draft("withdrawal", mistaken.target, desk.today, data)
    return file_entry(desk, plan, draft, by=by, wrong=Gathering(), reason=reason)


def commit_entry(desk: Desk, receipt: Receipt, t: Translate) -> list[Message]:
    """Commit the file of one entry, and nothing else; return what is worth a note.

    Where that fails, say that the entry itself is saved.
    """
    from mizuho_pdca.app.commit_checks import detached_note
    from mizuho_pdca.app.committing import commit_files
    from mizuho_pdca.core.commit_message import Contents, commit_message

    try:
        commit_files(desk.git, [receipt.path], commit_message(receipt.plan, Contents((receipt.entry,)), t))
    except EnvironmentFault as exc:
        exc.remedy = _saved(exc.remedy)
        raise
    except OSError as exc:
        reason = os_reason(exc)
        raise EnvironmentFault(N_("the system refused: {reason}"), reason=reason, remedy=_saved(None)) from exc
    return list(detached_note(desk.git))


def _saved(remedy: Message | None) -> Message:
    """Return what to do where an entry is written and not committed."""
    words = N_("The record is saved; do not type it again. Remove the cause, then type pdca commit.")
    if remedy is None:
        return message(words)
    return message(N_("{remedy}\n  {saved}"), remedy=remedy, saved=message(words))


def initiatives_below(desk: Desk, target: str) -> list[tuple[str, str]]:
    """Return number and title of the initiatives that a broader number leaves to choose from."""
    plan = open_plan(desk)
    chosen = find_place(plan, target)
    if chosen.is_initiative:
        return []
    return [
        (place.number, plan.title(place))
        for place in plan.places.values()
        if place.is_initiative and any(step is chosen for step in place.lineage)
    ]


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


def _status(desk: Desk, plan: Plan, place: Place, year: int, word: str | None, notes: list[Message]) -> str | None:
    """Return the status to record: as given, else for an initiative as last given, with a note."""
    if word is not None:
        known = plan.scheme_at(year).status(word.strip())
        return word if known is None else known.code
    if not place.is_initiative:
        return None
    scheme = plan.scheme_at(year)
    status = scheme.status(_last_status(desk, year, place) or "") or scheme.status("in_progress")
    if status is None:
        return None
    notes.append(message(N_("status: {name} (change it with -s)"), name=status.name))
    return status.code


def _last_status(desk: Desk, year: int, place: Place) -> str | None:
    """Return the status that the year's last activity gave."""
    words = [entry.status for entry in _in_force(desk, year, place) if isinstance(entry, Activity) and entry.status]
    return words[-1] if words else None


def _in_force(desk: Desk, year: int, place: Place) -> list[Entry]:
    """Return the entries in force of one node and year, without loading the rest of the workspace."""
    folder = desk.root / RECORDS / str(year) / place.id
    paths = [path.relative_to(desk.root).as_posix() for path in sorted(folder.glob("*.yaml"))]
    entries = [entry for entry in (read_entry(desk.tree, path) for path in paths) if entry is not None]
    corrections = _corrections_elsewhere(desk, folder, [entry.id for entry in entries]) if entries else []
    ledger = Ledger([*entries, *corrections])
    return [entry for entry in ledger.in_force if entry not in corrections]


def _corrections_elsewhere(desk: Desk, folder: Path, names: Sequence[str]) -> list[Entry]:
    """Return entries of the year's other folders that correct one of this folder: work that was moved."""
    found = []
    for path in sorted(folder.parent.glob("*/*.yaml")):
        if path.parent != folder and _mentions(path, names):
            entry = read_entry(desk.tree, path.relative_to(desk.root).as_posix())
            if entry is not None and entry.supersedes in names:
                found.append(entry)
    return found


def _mentions(path: Path, names: Sequence[str]) -> bool:
    """Return whether a file corrects anything, and speaks of one of the names; far cheaper than parsing it."""
    with suppress(OSError):
        raw = path.read_bytes()
        return b"supersedes:" in raw and any(name.encode() in raw for name in names)
    return False


def _beside(indicator: Indicator, entries: Sequence[Entry]) -> list[Message]:
    """Return a note for each entry of the year whose figure counts beside a new one."""
    notes = []
    for entry in entries:
        if isinstance(entry, Activity | Actual) and indicator.id in entry.values:
            words = N_("{entry} has a figure of this year as well: {value}. To correct it: --supersedes {entry}")
            notes.append(message(words, entry=entry.id, value=str(entry.values[indicator.id])))
        elif isinstance(entry, Actual) and indicator.id in entry.missing:
            words = N_("{entry} says of this year: {value}. If that is settled now: --supersedes {entry}")
            notes.append(message(words, entry=entry.id, value=entry.missing[indicator.id]))
    return notes
