"""Seals only grow, are recorded when they come, and fit what the commit holds that brings them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from mizuho_pdca.domain.calendar import APRIL, JAPAN, first_day
from mizuho_pdca.domain.closing.seal import Reopening, Seal, SealFile
from mizuho_pdca.domain.history.audit import Finding
from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.domain.history.rules.case import Case, Dropped, Known
from mizuho_pdca.domain.history.rules.dated import SLACK, Dates
from mizuho_pdca.domain.records.paths import PLAN_PATH, name_at, seal_path, sealed_year
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.message import N_, Message, message

_FAULTS = frozenset({"E501", "E502", "E503", "E504", "E505"})
_IN_FILE = N_("{file}: {reason}")

Problems = Callable[[], Sequence[Problem]]
"""Gives all that is wrong with a workspace at a commit: it takes long, and few commits need it."""


class Lost(NamedTuple):
    """Whose seals of a year a commit lost, by number of the parent: by itself, or duly."""

    itself: tuple[int, ...]
    duly: tuple[int, ...]


def lost_seals(case: Case, known: Known) -> Mapping[int, Lost]:
    """Return by year which parents' seals a commit lost, itself or with a side on which they had been lost.

    All years whose file of seals it touches are there. What it lost is kept in mind.
    """
    years = {year for changes in case.by_parent for path in changes if (year := sealed_year(path)) is not None}
    result = {}
    for year in years:
        after = case.after.closings.get(year)
        befores = {
            at: before for at in range(len(case.parents)) if (before := _last(case, known, at, year)) is not None
        }
        gone = {at: before for at, before in befores.items() if not has_grown(before, after)}
        is_duly = is_duly_joined([*befores.values()], after)
        itself, duly = [], []
        for at, before in gone.items():
            drops = [drop for drop in known.dropped[year] if has_grown(before, drop.seals)]
            elsewhere = [drop for drop in drops if case.is_elsewhere([drop.commit], at)]
            if not elsewhere and not is_duly:
                itself.append(at)
            elif is_duly or all(drop.is_duly for drop in elsewhere):
                duly.append(at)
        known.dropped[year] += [Dropped(case.commit.id, before, is_duly) for before in gone.values()]
        result[year] = Lost(tuple(itself), tuple(duly))
    return result


def _last(case: Case, known: Known, at: int, year: int) -> SealFile | None:
    """Return the seals of a year at a parent; where it has none, those lost before that new ones must continue."""
    found = case.befores[at].closings.get(year)
    if found is not None or year not in case.after.closings:
        return found
    holds = case.ancestry.holds
    dropped = [drop.seals for drop in known.dropped[year] if holds(case.parents[at], drop.commit)]
    return dropped[-1] if dropped else None


def seal_findings(case: Case, lost: Mapping[int, Lost], problems: Problems) -> Iterator[Finding]:
    """Yield what is wrong with the seals that a commit brings, changes or loses."""
    for year, parted in sorted(lost.items()):
        path, after = seal_path(year), case.after.closings.get(year)
        reasons: list[Message] = []
        if path in case.odd:
            continue
        if year not in case.after.seals:
            if path in case.own or parted.itself:
                reasons.append(message(N_("the seals of FY{year} were deleted"), year=year))
        else:
            if parted.itself and (after is not None or path not in case.own):
                reasons.append(message(N_("older seals of FY{year} were changed or taken out"), year=year))
            if path in case.own:
                reasons += [] if after is None else _dated(case, year, after)
                if after is None or after.seal is not None:  # one that was reopened fits whatever there is
                    reasons += [_words(one, year) for one in problems() if _is_about(one, year)]
        if reasons:
            yield Finding("seal", case.commit, path, tuple(reasons))


def _dated(case: Case, year: int, after: SealFile) -> Iterator[Message]:
    befores = [before for state in case.befores if (before := state.closings.get(year)) is not None]
    kept = max((kept_seals(before, after) for before in befores), default=0)
    return seal_faults(after, kept, case.commit.committed, case.reached.committed, case.starts)


def head_findings(head: Commit, known: Known, findings: Sequence[Finding], problems: Problems) -> Iterator[Finding]:
    """Hold the last commit against all seals, and charge it with what no other one was charged with."""
    years = sorted({year for path in known.first if (year := sealed_year(path)) is not None})
    for year in years:
        path = seal_path(year)
        seals = [one for one in findings if one.kind == "seal" and one.path == path]
        told = [reason for one in seals for reason in one.reasons]
        reasons = [
            words
            for problem in problems()
            if _is_about(problem, year)
            and (words := _words(problem, year)) not in told
            and not (problem.fault.code == "E505" and seals)
            and not _was_named(problem, year, findings)
        ]
        if reasons:
            yield Finding("seal", head, path, tuple(reasons))


def _was_named(problem: Problem, year: int, findings: Sequence[Finding]) -> bool:
    """Return whether a commit was named for what became of a file of a closed year."""
    paths = [
        one.path or ""
        for one in findings
        if one.kind == "closed" and any(reason.values.get("year") == year for reason in one.reasons)
    ]
    match problem.fault.code:
        case "E502":
            return str(problem.fault.values["entry"]) in map(name_at, paths)
        case "E504":
            return PLAN_PATH in paths
        case _:
            return problem.file in paths


def _is_about(problem: Problem, year: int) -> bool:
    fault = problem.fault
    return fault.code in _FAULTS and (problem.file == seal_path(year) or fault.values.get("year") == year)


def _words(problem: Problem, year: int) -> Message:
    words = problem.fault.message
    return words if problem.file == seal_path(year) else message(_IN_FILE, file=problem.file, reason=words)


def has_grown(before: SealFile, after: SealFile | None) -> bool:
    """Return whether a file of seals was only added to, if at all."""
    return after is not None and after.seals[: len(before.seals)] == before.seals


def is_duly_joined(befores: Sequence[SealFile], after: SealFile | None) -> bool:
    """Return whether a merge that kept only one side's seals went on with a reopening of its own, which says why."""
    kept = [len(before.seals) for before in befores if has_grown(before, after)]
    return after is not None and bool(kept) and any(isinstance(item, Reopening) for item in after.seals[max(kept) :])


def kept_seals(before: SealFile, after: SealFile) -> int:
    """Return how many seals and reopenings are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before.seals, after.seals, strict=False)))


def seal_faults(
    file: SealFile, kept: int, committed: dt.datetime, reached: dt.datetime, starts: int = APRIL
) -> Iterator[Message]:
    """Yield why what stands behind the first ``kept`` seals can't have come at this time; samples are not judged."""
    is_sample = False
    for number, item in enumerate(file.seals):
        is_sample = item.sample if isinstance(item, Seal) else is_sample
        if number < kept or is_sample:
            continue
        yield from Dates(None, item.recorded).faults(committed, reached)
        words = {"recorded": item.recorded.isoformat()}
        if number and file.seals[number - 1].recorded - item.recorded > SLACK:
            yield message(N_("recorded {recorded}, before what it comes after"), **words)
        if isinstance(item, Seal) and item.recorded < dt.datetime.combine(
            first_day(item.year + 1, starts), dt.time(), JAPAN
        ):
            yield message(N_("recorded {recorded}, before FY{year} was over"), **words, year=item.year)
