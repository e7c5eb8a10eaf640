"""Record: what was done, a figure, a rating; and take back what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.filing import Correction, Draft, Receipt, entry_in_force, file_entry
from mizuho_pdca.app.opening import check_year, find_indicator, find_place, open_plan
from mizuho_pdca.app.typed import Gathering, clean_text, plain_word, typed_day, typed_figure, typed_value
from mizuho_pdca.core.calendar import fiscal_year
from mizuho_pdca.core.entries import Activity
from mizuho_pdca.core.ledger import Ledger
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.storage.loading import read_entry
from mizuho_pdca.storage.tree import RECORDS

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
    """Record an activity for a node of the plan."""
    plan = open_plan(desk)
    place, notes = _own(plan, find_place(plan, target))
    wrong = Gathering()
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    figures = [wrong.take(partial(typed_value, plan, text)) for text in values]
    code = _status(desk, plan, place, fiscal_year(when), status, notes)
    data = {
        "status": code,
        "summary": clean_text(summary),
        "values": dict(figure for figure in figures if figure is not None),
        "links": [clean_text(link) for link in links],
    }
    draft = Draft("activity", place, when, data, notes)
    return file_entry(desk, plan, draft, by=by, correction=correction, wrong=wrong)


def record_actual(
    desk: Desk,
    indicator: str,
    value: str | None,
    *,
    year: int,
    missing: str | None = None,
    day: str | None = None,
    source: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record an indicator's figure for a fiscal year, or why there is none."""
    plan = open_plan(desk)
    found, place = find_indicator(plan, plain_word(indicator))
    wrong = Gathering()
    when = wrong.take(partial(typed_day, day, desk.today)) or desk.today
    data = {
        "fiscal_year": check_year(plan, year),
        "values": {} if value is None else {found.id: typed_figure(found, value)},
        "missing": {} if missing is None else {found.id: clean_text(missing)},
        "source": source and clean_text(source),
    }
    return file_entry(desk, plan, Draft("actual", place, when, data), by=by, correction=correction, wrong=wrong)


def evaluate(
    desk: Desk,
    target: str,
    *,
    year: int,
    rating: str,
    progress: str | None = None,
    issues: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record the rating of an initiative for a fiscal year."""
    plan = open_plan(desk)
    place, notes = _own(plan, find_place(plan, target))
    word = plain_word(rating)
    known = plan.scheme.scale.find(word) or plan.scheme.scale.find(word.upper())
    data = {
        "fiscal_year": check_year(plan, year),
        "rating": rating if known is None else known.code,
        "progress": progress and clean_text(progress),
        "issues": issues and clean_text(issues),
    }
    draft = Draft("evaluation", place, desk.today, data, notes)
    return file_entry(desk, plan, draft, by=by, correction=correction, wrong=Gathering())


def withdraw(desk: Desk, entry: str, *, reason: str, by: str | None = None) -> Receipt:
    """Record that an entry no longer holds."""
    plan = open_plan(desk)
    mistaken = entry_in_force(desk, entry)
    data = {"fiscal_year": mistaken.year, "withdraws": mistaken.id}
    draft = Draft("withdrawal", plan.places[mistaken.target], desk.today, data)
    return file_entry(desk, plan, draft, by=by, correction=Correction(reason=reason), wrong=Gathering())


def commit_entry(desk: Desk, receipt: Receipt, t: Translate) -> None:
    """Commit the file of one entry, and nothing else."""
    title = t(N_("Record {number} {title}")).format(
        number=receipt.place.number, title=receipt.plan.title(receipt.place)
    )
    trailers = f"Pdca-Entry: {receipt.entry.id}\nPdca-Year: {receipt.entry.year}"
    desk.git.do("add", "--", receipt.path)
    desk.git.do("commit", "--quiet", "-m", title, "-m", trailers, "--", receipt.path)


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


def _own(plan: Plan, place: Place) -> tuple[Place, list[Message]]:
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
        known = plan.scheme.status(plain_word(word)) or plan.scheme.status(word)
        return word if known is None else known.code
    if not place.is_initiative:
        return None
    status = plan.scheme.status(_last_status(desk, year, place) or "in_progress")
    if status is None:
        return None
    notes.append(message(N_("status: {name} (change it with -s)"), name=status.name))
    return status.code


def _last_status(desk: Desk, year: int, place: Place) -> str | None:
    """Return the status that the year's last activity gave."""
    folder = desk.root / RECORDS / str(year) / place.id
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    entries = (read_entry(desk.tree, path.relative_to(desk.root).as_posix()) for path in paths)
    ledger = Ledger(entry for entry in entries if entry is not None)
    words = [entry.status for entry in ledger.in_force if isinstance(entry, Activity) and entry.status]
    return words[-1] if words else None
