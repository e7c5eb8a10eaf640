"""A closed year stays as it was sealed, unless it was duly reopened, even if both come in one commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mizuho_pdca.domain.closing.checks import sealed_state
from mizuho_pdca.domain.closing.digests import data_digest
from mizuho_pdca.domain.closing.seal import Reopening, Seal, SealFile
from mizuho_pdca.domain.history.audit import Finding
from mizuho_pdca.domain.history.commits import Change, is_entry
from mizuho_pdca.domain.history.rules.case import BlobReader, Case
from mizuho_pdca.domain.history.rules.seals import Lost, has_grown
from mizuho_pdca.domain.records.paths import PLAN_PATH, name_at, year_folder
from mizuho_pdca.message import N_, Message, message

_NO_DIGEST = "none"
"""Stands for the digest of data that has none, and differs from every digest."""

_BECAME = {
    "added": N_("added to FY{year}, which was closed on {day}"),
    "edited": N_("changed in FY{year}, which was closed on {day}"),
    "deleted": N_("taken out of FY{year}, which was closed on {day}"),
}


def closed_findings(case: Case, lost: Mapping[int, Lost], contents: BlobReader) -> Iterator[Finding]:
    """Yield what a commit changed in a year that is closed at a parent, and did not take over from another one."""
    reasons: defaultdict[str, dict[int, Message]] = defaultdict(dict)
    for at, before in enumerate(case.befores):
        for year, file in before.closings.items():
            seal = still_closes(file, case.after.closings.get(year))
            if seal is None or (year in lost and at in lost[year].duly):
                continue
            for path, change in case.by_parent[at].items():
                words = _broken(case, at, seal, change, contents)
                if words is not None:
                    reasons[path][year] = words
    for path, by_year in sorted(reasons.items()):
        yield Finding("closed", case.commit, path, tuple(by_year.values()))


def _broken(case: Case, at: int, seal: Seal, change: Change, contents: BlobReader) -> Message | None:
    """Return in words how a closed year is no longer as sealed by a change.

    None where it is, and where another parent has the file so, and the seal: then that side was named for it.
    """
    path, year = change.path, seal.year
    sides = [
        number
        for number, state in enumerate(case.befores)
        if number != at and year in state.closings and seal in state.closings[year].seals
    ]
    words: dict[str, str | int] = {"year": year, "day": seal.day}
    if path == PLAN_PATH:
        now = contents.plan_state(case.after.plan, seal)
        known = {contents.plan_state(case.befores[number].plan, seal) for number in (at, *sides)}
        if now in {None, sealed_state(seal), *known}:
            return None
        return message(N_("the plan of FY{year}, which was closed on {day}, was changed"), **words)
    if not is_entry(path) or any(path not in case.by_parent[number] for number in sides):
        return None
    data = contents.data(change.after)
    named = [data.get("supersedes"), data.get("withdraws")] if isinstance(data, dict) else []
    digest = None if change.after is None else (data_digest(data) or _NO_DIGEST)
    if not concerns(seal, path, named) or digest == seal.entries.get(name_at(path)):
        return None
    return message(_BECAME[change.kind], **words)


def still_closes(before: SealFile, after: SealFile | None) -> Seal | None:
    """Return the seal that a commit may not touch; None where the year was open, or was duly reopened.

    A seal that was only added, in today's form, reopens nothing.
    """
    added = after.seals[len(before.seals) :] if after is not None and has_grown(before, after) else ()
    return None if added and isinstance(added[0], Reopening) else before.seal


def concerns(seal: Seal, path: str, names: Sequence[object]) -> bool:
    """Return whether a change of an entry changes a closed year; ``names`` has those that the entry refers to."""
    return (
        path.startswith(year_folder(seal.year))
        or name_at(path) in seal.entries
        or any(isinstance(name, str) and name in seal.entries for name in names)
    )
