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
from mizuho_pdca.domain.records.checks import STAYS, EntryCheck
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE, Entry, in_years_from
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.links import check_evaluators, check_figures, check_links, check_sums, check_twins
from mizuho_pdca.domain.records.paths import name_at, sealed_year, year_folder
from mizuho_pdca.domain.schema.faults import Fault, Problem, bounded
from mizuho_pdca.domain.schema.shapes import T, read_known_keys, read_shape
from mizuho_pdca.storage.contents import contents, marked
from mizuho_pdca.storage.tree import Found, Tree
from mizuho_pdca.storage.yaml.reading import parse

if TYPE_CHECKING:
    from mizuho_pdca.domain.closing.seal import SealFile
    from mizuho_pdca.storage.partial import Need
    from mizuho_pdca.storage.seals import SealedYears

_DEPTH = 3
"""Parts of an entry's path below the records: fiscal year, target, file."""


@dataclass(frozen=True)
class Workspace:
    """What a workspace holds; entries with a fault are left out and stand in ``problems``.

    What no longer fits a seal (E501, E503) is an error that leaves its entry in: the papers show the
    data as it is, and the error says that it is not what was sealed. So is what ``STAYS`` lists, until
    something takes the entry's place or its year is closed. ``paths`` are those of
    all entries, good or not; ``seals`` has the files of seals that can be read, by fiscal year.
    ``notes`` say what is as it should be, but worth knowing; only ``validate`` tells them, and a part has none.
    ``entangled`` are the entries that were left out for what they refer to alone: they can still be withdrawn.
    """

    plan: Plan | None
    ledger: Ledger
    problems: tuple[Problem, ...]
    paths: tuple[str, ...]
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
    def files(self) -> int:
        """Return how many entries there are, good or not."""
        return len(self.paths)

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


def load(tree: Tree, today: date, part: Need | None = None, plan: Plan | None = None) -> Workspace:
    """Return the workspace, or a part of it, checked as of a day, or as of the plan's day at a moment.

    ``plan`` is its plan, where that was read already.
    """
    with _without_collection():
        loading = _Loading(tree, today, part, plan)
        if part is None:
            for found in loading.files:
                loading.take(found)
        else:
            from mizuho_pdca.storage.partial import take_part

            take_part(tree, loading.files, part, loading.take)
        return loading.workspace()


class _Loading:
    """A workspace while it is read: entries one by one, then together."""

    def __init__(self, tree: Tree, today: date, part: Need | None, plan: Plan | None) -> None:
        self.tree = tree
        self.part = part
        self.plan, self.problems = load_plan(tree) if plan is None else (plan, [])
        self.starts = APRIL if self.plan is None else self.plan.header.starts
        self.check = None if self.plan is None else EntryCheck(self.plan, _day(self.plan, today))
        listing = list(tree.records())
        self.sealed = _sealed(tree, listing, None if part is None else part.years)
        self.closed = () if self.sealed is None else self.sealed.closed
        self.files: list[Found] = []
        self.filed: dict[str, Entry] = {}
        self.staying: dict[str, list[Fault]] = {}
        for found in listing:
            if _is_entry(found):
                self.files.append(found)
            elif sealed_year(found.path) is None:
                self.problems.append(Problem(Fault("W402"), found.path))

    def take(self, found: Found) -> Entry | None:
        """Read an entry; one with a fault is left out, and None."""
        path, check = found.path, self.check
        note = self.sealed.note if self.sealed is not None and path.startswith(self.closed) else None
        shaped = _shaped(self.tree, found, ENTRY_SHAPE, note)
        if isinstance(shaped, list):
            self.problems += shaped
            rest = None if check is None else _known_part(self.tree, found, ENTRY_SHAPE, shaped)
            if check is not None and rest is not None:
                self.problems += _located(self.tree, path, check.faults(in_years_from(rest, self.starts), path))
            return None
        in_years_from(shaped, self.starts)
        faults = [] if check is None else check.faults(shaped, path)
        if not STAYS.issuperset(fault.code for fault in faults):
            self.problems += _located(self.tree, path, faults)
            return None
        if faults and note is None:
            self.staying[path] = faults
        self.filed[path] = shaped
        return shaped

    def workspace(self) -> Workspace:
        """Return what was read, with what is wrong between entries.

        What only all entries of a year can tell is told of the years that were read whole.
        """
        tree, plan, problems = self.tree, self.plan, self.problems
        paths = [found.path for found in self.files]
        filed = [(path, self.filed[path]) for path in paths if path in self.filed]
        faulty = set()
        for path, faults in _by_file(check_links(filed, frozenset(map(name_at, paths)))).items():
            problems += _located(tree, path, faults)
            faulty.add(path)
        ledger = Ledger(entry for path, entry in filed if path not in faulty)
        for path, faults in self.staying.items():
            if self.filed[path].id not in ledger.superseded_by.keys() | ledger.withdrawn_by.keys():
                problems += _located(tree, path, faults)
        whole = ("",) if self.part is None else tuple(map(year_folder, self.part.years))
        if plan is not None and whole:
            together = [*check_sums(plan, ledger), *check_evaluators(plan, ledger), *check_figures(plan, ledger)]
            for path, faults in _by_file(together).items():
                problems += _located(tree, path, faults) if path.startswith(whole) else []
            problems += [Problem(fault, path) for path, fault in check_twins(plan, ledger) if path.startswith(whole)]
        if self.sealed is not None:
            problems += self.sealed.problems
            problems += self.sealed.check(tree, paths, filed, plan, problems)
        problems.sort(key=lambda problem: problem.order)
        return Workspace(
            plan,
            ledger,
            tuple(problem for problem in problems if problem.fault.severity != "note"),
            tuple(paths),
            {} if self.sealed is None else self.sealed.files,
            tuple(problem for problem in problems if problem.fault.severity == "note"),
            tuple(entry for path, entry in filed if path in faulty),
        )


def _sealed(tree: Tree, listing: Sequence[Found], years: Sequence[int] | None) -> SealedYears | None:
    """Return the seals among the files, None where no year was ever closed: reckoning is loaded for them alone.

    Where only some years are read, later ones tell besides which year is the first open one.
    """
    seals = [(found, year) for found in listing if (year := sealed_year(found.path)) is not None]
    if years is not None:
        seals = [(found, year) for found, year in seals if years and year >= min(years)]
    if not seals:
        return None
    from mizuho_pdca.storage.seals import SealedYears

    sealed = SealedYears(only=years)
    for found, year in seals:
        sealed.read(tree, found, year)
    return sealed


def _day(plan: Plan, today: date) -> date:
    return plan.header.day_of(today) if isinstance(today, datetime) else today


def read_entry(tree: Tree, path: str, starts: int = APRIL) -> Entry | None:
    """Return one entry, or None if its file has a fault; years begin with the month ``starts``."""
    shaped = _shaped(tree, Found(path), ENTRY_SHAPE)
    return None if isinstance(shaped, list) else in_years_from(shaped, starts)


def _is_entry(found: Found) -> bool:
    _, *below = found.path.split("/")
    if len(below) == _DEPTH and below[0].isdecimal() and below[2].endswith(".yaml"):
        return True
    return (found.outside or found.refusal is not None) and sealed_year(found.path) is None


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
