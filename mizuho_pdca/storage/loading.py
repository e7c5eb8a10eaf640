"""Load a workspace: the plan, every entry, and everything that is wrong with them."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from mizuho_pdca.domain.calendar import APRIL
from mizuho_pdca.domain.plan.checks import check_plan
from mizuho_pdca.domain.plan.plan import PLAN_SHAPE, Plan
from mizuho_pdca.domain.records.checks import EntryCheck
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE, Entry, in_years_from
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.links import check_evaluators, check_figures, check_links, check_sums, check_twins
from mizuho_pdca.domain.records.paths import name_at, sealed_year
from mizuho_pdca.domain.schema.faults import Fault, Problem, bounded
from mizuho_pdca.domain.schema.shapes import T, read_known_keys, read_shape
from mizuho_pdca.storage.contents import contents, marked
from mizuho_pdca.storage.tree import Found, Tree
from mizuho_pdca.storage.yaml.reading import parse

if TYPE_CHECKING:
    from mizuho_pdca.domain.closing.seal import SealFile
    from mizuho_pdca.storage.seals import SealedYears

_DEPTH = 4
"""Parts of an entry's path: records, fiscal year, target, file."""


@dataclass(frozen=True)
class Workspace:
    """What a workspace holds; entries with a fault are left out and stand in ``problems``.

    Only what no longer fits a seal (E501, E503) is an error that leaves its entry in: the papers
    show the data as it is, and the error says that it is not what was sealed. ``seals`` has the
    files of seals that can be read, by fiscal year. ``notes`` say what is as it should be, but worth
    knowing; only ``validate`` tells them. ``entangled`` are the entries that were left out for what they
    refer to alone: they can still be withdrawn.
    """

    plan: Plan | None
    ledger: Ledger
    problems: tuple[Problem, ...]
    files: int
    seals: Mapping[int, SealFile] = field(default_factory=dict)
    notes: tuple[Problem, ...] = ()
    entangled: tuple[Entry, ...] = ()

    @cached_property
    def holds_sample(self) -> bool:
        """Return whether there is an entry of a sample."""
        return any(entry.sample for entry in self.ledger.entries)

    def with_entries(self, entries: Iterable[Entry]) -> Workspace:
        """Return what the workspace would hold with entries that are added."""
        return replace(self, ledger=Ledger([*self.ledger.entries, *entries]))

    @property
    def errors(self) -> list[Problem]:
        """Return the problems that keep data from being used."""
        return [problem for problem in self.problems if problem.fault.severity == "error"]


def load_plan(tree: Tree) -> tuple[Plan | None, list[Problem]]:
    """Return the plan, or None with every problem of its file."""
    found = tree.plan()
    shaped = _shaped(tree, found, PLAN_SHAPE)
    if isinstance(shaped, list):
        rest = _known_part(tree, found, PLAN_SHAPE, shaped)
        beyond = [] if rest is None else _located(tree, found.path, bounded(check_plan(rest)))
        return None, sorted([*shaped, *beyond], key=lambda problem: problem.order)
    problems = _located(tree, found.path, bounded(check_plan(shaped)))
    return (None, problems) if problems else (Plan(shaped), [])


def load(tree: Tree, today: date) -> Workspace:
    """Return the whole workspace, checked as of a day, or as of the plan's day at a moment."""
    with _without_collection():
        plan, problems = load_plan(tree)
        listing = list(tree.records())
        sealed = _sealed(tree, listing)
        closed, note = ((), None) if sealed is None else (sealed.closed, sealed.note)
        filed: list[tuple[str, Entry]] = []
        paths: list[str] = []
        starts = APRIL if plan is None else plan.header.starts
        check = None if plan is None else EntryCheck(plan, _day(plan, today))
        for found in listing:
            path = found.path
            if sealed is not None and sealed_year(path) is not None:
                continue
            if not _is_entry(found):
                problems.append(Problem(Fault("W402"), path))
                continue
            paths.append(path)
            shaped = _shaped(tree, found, ENTRY_SHAPE, note if path.startswith(closed) else None)
            if isinstance(shaped, list):
                problems += shaped
                rest = None if check is None else _known_part(tree, found, ENTRY_SHAPE, shaped)
                if check is not None and rest is not None:
                    problems += _located(tree, path, check.faults(in_years_from(rest, starts), path))
                continue
            in_years_from(shaped, starts)
            faults = [] if check is None else check.faults(shaped, path)
            if faults:
                problems += _located(tree, path, faults)
            else:
                filed.append((path, shaped))
        return _joined(tree, plan, filed, problems, paths, sealed)


def _sealed(tree: Tree, listing: Sequence[Found]) -> SealedYears | None:
    """Return the seals among the files, None where no year was ever closed: reckoning is loaded for them alone."""
    seals = [(found, year) for found in listing if (year := sealed_year(found.path)) is not None]
    if not seals:
        return None
    from mizuho_pdca.storage.seals import SealedYears

    sealed = SealedYears()
    for found, year in seals:
        sealed.read(tree, found, year)
    return sealed


def _day(plan: Plan, today: date) -> date:
    return plan.header.day_of(today) if isinstance(today, datetime) else today


def read_entry(tree: Tree, path: str, starts: int = APRIL) -> Entry | None:
    """Return one entry, or None if its file has a fault; years begin with the month ``starts``."""
    shaped = _shaped(tree, Found(path), ENTRY_SHAPE)
    return None if isinstance(shaped, list) else in_years_from(shaped, starts)


def _joined(
    tree: Tree,
    plan: Plan | None,
    filed: list[tuple[str, Entry]],
    problems: list[Problem],
    paths: list[str],
    sealed: SealedYears | None,
) -> Workspace:
    faulty = set()
    known_ids = frozenset(map(name_at, paths))
    for path, faults in _by_file(check_links(filed, known_ids)).items():
        problems += _located(tree, path, faults)
        faulty.add(path)
    ledger = Ledger(entry for path, entry in filed if path not in faulty)
    if plan is not None:
        together = [*check_sums(plan, ledger), *check_evaluators(plan, ledger), *check_figures(plan, ledger)]
        for path, faults in _by_file(together).items():
            problems += _located(tree, path, faults)
        problems += [Problem(fault, path) for path, fault in check_twins(plan, ledger)]
    if sealed is not None:
        problems += sealed.problems
        problems += sealed.check(tree, paths, filed, plan, problems)
    problems.sort(key=lambda problem: problem.order)
    return Workspace(
        plan,
        ledger,
        tuple(problem for problem in problems if problem.fault.severity != "note"),
        len(paths),
        {} if sealed is None else sealed.files,
        tuple(problem for problem in problems if problem.fault.severity == "note"),
        tuple(entry for path, entry in filed if path in faulty),
    )


def _is_entry(found: Found) -> bool:
    parts = found.path.split("/")
    return (
        found.outside
        or found.refusal is not None
        or (len(parts) == _DEPTH and parts[1].isdecimal() and parts[3].endswith(".yaml"))
    )


def _by_file(faults: Iterable[tuple[str, Fault]]) -> dict[str, list[Fault]]:
    result: defaultdict[str, list[Fault]] = defaultdict(list)
    for path, fault in faults:
        result[path].append(fault)
    return result


def _shaped(
    tree: Tree, found: Found, shape: TypeAdapter[T], note: Callable[[str, object], None] | None = None
) -> T | list[Problem]:
    """Return the model of one file, or all that is wrong with its bytes or its shape.

    ``note`` is told of the file's data before that is held against the shape.
    """
    held = contents(tree, found)
    if isinstance(held, list):
        return held
    raw, data = held
    if note is not None:
        note(found.path, data)
    shaped = read_shape(shape, data)
    return marked(found.path, raw, shaped) if isinstance(shaped, list) else shaped


def _known_part(tree: Tree, found: Found, shape: TypeAdapter[T], problems: Sequence[Problem]) -> T | None:
    """Return the model of a file that only has keys too many, so that its other faults are found too."""
    faults = [problem.fault for problem in problems]
    if any(fault.code != "E101" for fault in faults):
        return None
    return read_known_keys(shape, parse(tree.read(found.path)), faults)


def _located(tree: Tree, path: str, faults: Sequence[Fault]) -> list[Problem]:
    return marked(path, tree.read(path), faults) if faults else []


@contextmanager
def _without_collection() -> Iterator[None]:
    """Pause the cycle collector: thousands of frozen models only make it search in vain."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
