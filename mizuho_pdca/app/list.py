"""What was recorded: the entries of a part of the plan, of a time, of a person, newest first."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.days import typed_day
from mizuho_pdca.app.input.entries import that_may_be_meant, typed_kind
from mizuho_pdca.app.input.gathering import Gathering
from mizuho_pdca.app.input.months import typed_month
from mizuho_pdca.app.input.names import find_subject, find_tag
from mizuho_pdca.app.input.years import check_year, fiscal_year_of
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.paths import EntryPath, entry_at, name_at, path_at, path_of, token_of
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.entries.line import told_apart
from mizuho_pdca.papers.entries.listed import EntryList, ListedEntry
from mizuho_pdca.papers.steps import Words, indicator_name
from mizuho_pdca.papers.words import brief_year
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.git.held import held_records
from mizuho_pdca.storage.loading import read_entry
from mizuho_pdca.storage.partial import Need
from mizuho_pdca.text import folded

_OFFERED = 30
"""So many names are offered at once: whoever wants an older one writes more of it."""

Test = Callable[[Entry], bool]
"""Tells whether an entry is asked for."""


def choices(desk: Desk, *, kinds: frozenset[str] | None = None, only_open: bool = False) -> list[tuple[str, str]]:
    """Return the entries in force to choose from, newest first: the id, and what a person knows it by.

    ``only_open`` leaves of the opinions those that have no final answer.
    """
    plan, workspace = open_workspace(desk)
    found = that_may_be_meant(plan, workspace.ledger, kinds, only_open=only_open)
    return [(entry.id, told_apart(plan, entry)) for entry in _newest_first(found)]


def newest_named(tree: Folder, starts: int, begun: str, kind: str | None = None) -> list[Entry]:
    """Return the newest entries of a kind whose names, or random parts, begin so; no more files than needed are read.

    Those among them that another one has put out of force are left out.
    """
    paths = {name_at(found.path): found.path for found in tree.records() if entry_at(found.path) is not None}
    names = sorted((name for name in paths if name.startswith(begun) or token_of(name).startswith(begun)), reverse=True)
    read = (entry for name in names if (entry := read_entry(tree, paths[name], starts)) is not None)
    wanted = (entry for entry in read if kind is None or entry.kind in (kind, "withdrawal"))
    return _newest_first(Ledger(islice(wanted, _OFFERED)).in_force)


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for, as typed; None and False ask for all."""

    target: str | None = None
    year: str | None = None
    month: str | None = None
    since: str | None = None
    until: str | None = None
    by: str | None = None
    mine: bool = False
    kind: str | None = None
    not_committed: bool = False
    tag: str | None = None


def list_entries(desk: Desk, wanted: Wanted) -> EntryList:
    """Return the entries that are asked for, newest first; raise ``Rejected`` where the asking is wrong."""
    held = held_records(desk.git)
    asking = _Asking(desk, wanted, held)
    plan, workspace = open_workspace(desk, part=asking.part)
    ledger = workspace.ledger
    asking.ask_who({entry.by for entry in ledger.entries})
    asking.wrong.stop_if_wrong(recording=False)
    if held is None and wanted.not_committed:
        desk.git.prefix()  # says why there is none
    rows = (
        listed(plan, ledger, entry, held)
        for entry in _newest_first(ledger.entries)
        if all(test(entry) for test in asking.tests)
    )
    return EntryList(
        plan,
        tuple(row for row in rows if not wanted.not_committed or not row.is_committed),
        tuple(asking.said),
        workspace.problems,
    )


def listed(plan: Plan, ledger: Ledger, entry: Entry, held: frozenset[str] | None) -> ListedEntry:
    """Return an entry with what became of it; ``held`` are the paths that git's last commit holds."""
    later = ledger.withdrawn_by.get(entry.id) or ledger.superseded_by.get(entry.id)
    return ListedEntry(entry, plan.places.get(entry.target), later, None if held is None else path_of(entry) in held)


def _newest_first(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.order, reverse=True)


class _Asking:
    """Understands what is asked for: a test for each thing, and how it is said.

    ``places`` and ``words`` are tests of where an entry lies and what must stand in it, for what need not be read.
    """

    def __init__(self, desk: Desk, wanted: Wanted, held: frozenset[str] | None) -> None:
        self.desk = desk
        self.plan = desk.plan
        self.wanted = wanted
        self.wrong = Gathering()
        self.said: list[Words] = []
        self.tests: list[Test] = []
        self.places: list[Callable[[EntryPath], bool]] = []
        self.words: tuple[bytes, ...] = ()
        if wanted.target is not None:
            self._take(partial(self._of, wanted.target))
        if wanted.year is not None:
            self._take(partial(self._in_year, wanted.year))
        if wanted.month is not None:
            self._take(partial(self._in_month, wanted.month))
        if wanted.since is not None or wanted.until is not None:
            self._take(partial(self._between, wanted.since, wanted.until))
        if wanted.kind is not None:
            self._take(partial(self._of_kind, wanted.kind))
        if wanted.tag is not None:
            self._take(partial(self._tagged, wanted.tag))
        if wanted.not_committed and held is not None:
            self.places.append(lambda place: path_at(place) not in held)

    @property
    def part(self) -> Need | None:
        """Return which entries are needed; None for all, as a name is sought among all who recorded anything."""
        if self.wanted.by is not None or self.wanted.mine or not (self.places or self.words):
            return None
        return Need(lambda place: all(fits(place) for fits in self.places) and (self.words or True))

    def ask_who(self, known: set[str]) -> None:
        """Take who must have recorded it, and say what comes last; ``known`` are those who recorded anything."""
        if self.wanted.by is not None or self.wanted.mine:
            self._take(partial(self._by, self.wanted.by, known))
        if self.wanted.not_committed:
            self.said.append(message(N_("not committed")))

    def _take(self, understood: Callable[[], tuple[Words, Test]]) -> None:
        found = self.wrong.take(understood)
        if found is not None:
            self.said.append(found[0])
            self.tests.append(found[1])

    def _of(self, text: str) -> tuple[Words, Test]:
        """Return what an entry must be about: a node or what is below it, an indicator, the plan as a whole."""
        found = find_subject(self.plan, text, fiscal_year(self.desk.today, self.plan.header.starts))
        if found is None:
            return message(N_("whole plan")), lambda _: True
        if isinstance(found, Indicator):
            slug = found.id
            self.words = (slug.encode(),)
            return indicator_name(found), lambda entry: _speaks_of(entry, slug)
        place = self.plan.original(found)
        below = f"{place.id}-"
        self.places.append(lambda at: at.target == place.id or at.target.startswith(below))
        words = f"{place.number} {self.plan.title(place)}"
        return words, lambda entry: entry.target == place.id or entry.target.startswith(below)

    def _in_year(self, text: str) -> tuple[Words, Test]:
        year = check_year(self.plan, fiscal_year_of(text, self.desk))
        self.places.append(lambda place: place.year == year)
        return brief_year(year), lambda entry: entry.year == year

    def _in_month(self, text: str) -> tuple[Words, Test]:
        year, month = typed_month(text, self.desk.today)
        words = message(N_("{month} of any year"), month=month) if year is None else f"{year}-{month:02}"
        return words, lambda entry: entry.date.month == month and year in (None, entry.date.year)

    def _between(self, since: str | None, until: str | None) -> tuple[Words, Test]:
        first = None if since is None else _edge(since, self.desk.today, is_last=False)
        last = None if until is None else _edge(until, self.desk.today, is_last=True)
        if first is not None and last is not None and first > last:
            raise UsageFault(
                N_("--since ({first}) is later than --until ({last})"),
                first=first.isoformat(),
                last=last.isoformat(),
                remedy=message(N_("Exchange the two days.")),
            )
        words = message(
            N_("{since} to {until}"),
            since="" if first is None else first.isoformat(),
            until="" if last is None else last.isoformat(),
        )
        return words, lambda entry: (first is None or first <= entry.date) and (last is None or entry.date <= last)

    def _of_kind(self, text: str) -> tuple[Words, Test]:
        code = typed_kind(text)
        self.words = self.words or (code.encode(),)
        return KINDS[code].name, lambda entry: entry.kind == code

    def _tagged(self, text: str) -> tuple[Words, Test]:
        """Return what has a tag, or belongs to what has it."""
        tag = find_tag(self.plan, text)
        tagged = {place.id for place in self.plan.places.values() if tag in place.tags}
        self.places.append(lambda at: at.target in tagged)
        return message(N_("tag {tag}"), tag=tag), lambda entry: entry.target in tagged

    def _by(self, text: str | None, known: set[str]) -> tuple[Words, Test]:
        """Return who must have recorded it: by the whole name, else by a part of it, where anybody has that."""
        name = self.desk.recorder(text)[0]
        same = {one for one in known if _plain(one) == _plain(name)}
        found = same or ({one for one in known if _plain(name) in _plain(one)} if text is not None else {name})
        if not found:
            raise UsageFault(
                N_('nothing was recorded by "{name}"'),
                name=name,
                remedy=message(N_("Entries were recorded by: {names}"), names=sorted(known))
                if known
                else message(N_("Nothing has been recorded yet.")),
            )
        return message(N_("recorded by {names}"), names=sorted(found)), lambda entry: entry.by in found


def _speaks_of(entry: Entry, slug: str) -> bool:
    """Return whether an entry holds a figure of an indicator, why there is none, or a rating of it."""
    kind = KINDS[entry.kind]
    held = any(slug in getattr(entry, key) for key in kind.keys("figures", "reasons"))
    return held or any(getattr(entry, key) == slug for key in kind.keys("indicator"))


def _plain(name: str) -> str:
    return "".join(folded(name).split()).casefold()


def _edge(text: str, today: date, *, is_last: bool) -> date:
    """Return the day that was typed, else the first or the last one of a month that was, the latest such month."""
    try:
        return typed_day(text, today)
    except UsageFault:
        with suppress(UsageFault):
            year, month = typed_month(text, today)
            year = year or today.year - (month > today.month)
            return date(year, month, monthrange(year, month)[1] if is_last else 1)
        raise
