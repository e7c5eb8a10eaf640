"""Close a fiscal year after the council with a seal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.days import typed_day
from mizuho_pdca.app.input.years import check_year
from mizuho_pdca.app.workspace import FaultyData
from mizuho_pdca.domain.calendar import first_day, last_day
from mizuho_pdca.domain.closing.checks import Changes, changes, reaching
from mizuho_pdca.domain.closing.facts import RULES, facts_of
from mizuho_pdca.domain.closing.seal import ALGORITHM, Seal, SealFile
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.paths import path_of, seal_path
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.standing import Standing, standing
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.loading import Workspace, load
from mizuho_pdca.storage.seals import add_seal, entry_digest, seals_of
from mizuho_pdca.text import cleaned


class UnfitToClose(FaultyData, Refused):
    """The data is not fit for a seal; ``problems`` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take every problem that stands in the way."""
        super().__init__(
            N_("there are {count} errors in the plan and the records; the year was not closed"),
            problems,
            message(N_("Correct them; pdca validate lists them again.")),
        )


@dataclass(frozen=True)
class Closing:
    """What was sealed: the seal, how the year stood, and how it differs from the seal before it."""

    plan: Plan
    seal: Seal
    path: str
    standing: Standing
    since_last: Changes | None
    notes: tuple[Message, ...]


def close_year(
    desk: Desk, year: int, *, meeting: str | None = None, allow_incomplete: bool = False, by: str | None = None
) -> Closing:
    """Seal a fiscal year; raise ``Refused`` where it is not over, not fit or not fully reported.

    A year that was closed by an older form of seal, or by older rules of counting, is sealed anew:
    what that seal says of its meeting and of who had not reported then goes on.
    """
    workspace = load(desk.tree, desk.clock())
    plan = workspace.plan
    if plan is None:
        raise UnfitToClose(workspace.errors)
    _check_over(check_year(plan, year), desk.today, plan.header.starts)
    day = _meeting(meeting, first_day(year, plan.header.starts), desk.today)
    file = workspace.seals.get(year)
    before = None if file is None else file.seal
    if before is not None and before.edition >= RULES:
        raise Refused(
            N_("FY{year} was closed already on {day} by {by}; nothing was written"),
            year=year,
            day=before.day,
            by=before.by,
            remedy=message(N_("To change it, reopen it first: pdca reopen {year} --reason …"), year=year),
        )
    if workspace.errors:
        raise UnfitToClose(workspace.errors)
    now = standing(review(plan, workspace.ledger, year))
    if not now.is_complete and not (allow_incomplete or (before is not None and before.allow_incomplete)):
        raise _incomplete(now)
    entries = _sealed(workspace, year)
    name, note = desk.person(by)
    item: dict[str, object] = {
        "state": "closed",
        "fiscal_year": year,
        "by": cleaned(name),
        "recorded": desk.moment,
        "meeting": day or (before and before.meeting),
        "algorithm": ALGORITHM,
        "allow_incomplete": not now.is_complete or None,
        "sample": desk.sample or any(entry.sample for entry in entries) or None,
        "rules": RULES,
        "facts": facts_of(plan, year).data(),
        "entries": {entry.id: entry_digest(desk.tree, path_of(entry)) for entry in entries},
    }
    add_seal(desk.tree, year, {key: value for key, value in item.items() if value is not None})
    seal = cast("SealFile", seals_of(desk.tree, year)).last_seal
    return Closing(
        plan,
        seal,
        seal_path(year),
        now,
        None if file is None else changes(file.last_seal, seal.entries),
        (*([] if note is None else [note]), *_notes(workspace, year)),
    )


def _check_over(year: int, today: date, starts: int) -> None:
    last = last_day(year, starts)
    if today <= last:
        raise Refused(
            N_("FY{year} is not over yet; nothing was written"),
            year=year,
            remedy=message(N_("Close it after {day}, once the council has met."), day=last.isoformat()),
        )


def _meeting(text: str | None, begins: date, today: date) -> date | None:
    if text is None:
        return None
    day = typed_day(text, today)
    if not begins <= day <= today:
        raise UsageFault(
            N_("the meeting of {day} can't have been about FY{year}"),
            day=day.isoformat(),
            year=begins.year,
            remedy=message(N_("Give the day of the council's meeting on that fiscal year.")),
        )
    return day


def _incomplete(now: Standing) -> Refused:
    parts = [now.report.plan.header.title if row.place is None else row.place.number for row in now.unrated_parts]
    if parts:
        return Refused(
            N_("of FY{year} are missing the reports or ratings of {numbers}; the year was not closed"),
            year=now.report.year,
            numbers=[*(row.place.number for row in now.missing), *parts],
            remedy=message(N_("Record them, or close the year as it is with --allow-incomplete.")),
        )
    return Refused(
        N_("{missing} of {total} initiatives are not reported for FY{year}: {numbers}; the year was not closed"),
        missing=len(now.missing),
        total=len(now.initiatives),
        year=now.report.year,
        numbers=[row.place.number for row in now.missing],
        remedy=message(N_("Record them, or close the year as it is with --allow-incomplete.")),
    )


def _sealed(workspace: Workspace, year: int) -> list[Entry]:
    """Return the entries that a seal of the year names, by name."""
    everything = workspace.ledger.entries
    own = [entry for entry in everything if entry.year == year]
    return sorted([*own, *reaching(everything, year)], key=lambda entry: entry.id)


def _notes(workspace: Workspace, year: int) -> list[Message]:
    """Return a note where figures of the year depend on one that is still open."""
    recorded = {entry.year for entry in workspace.ledger.entries if entry.year < year}
    still_open = sorted(known for known in recorded if not _is_closed(workspace.seals, known))
    if not still_open:
        return []
    words = N_("still open: FY{years}. What is recorded there may change figures of this year; close it as well")
    return [message(words, years=still_open)]


def _is_closed(seals: Mapping[int, SealFile], year: int) -> bool:
    return year in seals and seals[year].seal is not None
