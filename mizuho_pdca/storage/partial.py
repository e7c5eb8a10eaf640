"""Read only the entries that a command needs: of all others a look at the bytes tells what they can't hold.

Whatever the need, read are also the entries that correct, withdraw or answer others, all that these refer to,
names that occur twice, and files that nobody can look into. So what is in force, and what is at fault among
what was read, is the same as if everything had been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from mizuho_pdca.domain.records.entries import Activity, Entry
from mizuho_pdca.domain.records.kinds import KINDS, Form, displaced, references
from mizuho_pdca.domain.records.paths import EntryPath, entry_at, name_at
from mizuho_pdca.storage.tree import Found, Tree

Take = Callable[[Found], "Entry | None"]
"""Reads an entry into the workspace, and returns it unless it is faulty."""


def words_of(*forms: Form) -> tuple[bytes, ...]:
    """Return the keys that hold one of the forms, as they stand in files."""
    return tuple({key.encode(): None for kind in KINDS.values() for key in kind.keys(*forms)})


_ALWAYS = (b"\\", b"\0", b"supersedes", *words_of("undone", "answered"))
"""What stands in files that are always read: they refer to others, or by an escape or another encoding hide a key."""

_FIGURES, _MEETING, _STATUS = words_of("figures", "reasons"), words_of("day"), words_of("status")
_RECORDED, _SAMPLE = b"\nrecorded:", b"sample"


@dataclass(frozen=True)
class Need:
    """Which entries are needed.

    ``of`` says it by the place of one: True, False, or words of which at least one must stand in it. ``newest``
    asks for the one that was recorded last, ``sample`` for one of a sample, where there is any; ``states`` for
    what the state of each initiative in a year goes back to.
    """

    of: Callable[[EntryPath], bool | Sequence[bytes]]
    years: tuple[int, ...] = ()
    newest: bool = False
    sample: bool = False
    states: int | None = None


def of_review(year: int, *, figures_of_all: bool = False) -> Need:
    """Return what the review of a year rests on: it, the year before, figures and opinions of the earlier ones.

    How figures came about is told with what later years say of them: ``figures_of_all``.
    """
    years = (year - 1, year)
    past = (*_FIGURES, *_MEETING)
    later = _FIGURES if figures_of_all else ()

    def of(place: EntryPath) -> bool | Sequence[bytes]:
        return place.year in years or (past if place.year < year else later)

    return Need(of, years, newest=True, sample=True, states=year)


class _Look(NamedTuple):
    """What was seen of a file that was not read yet."""

    found: Found
    place: EntryPath
    recorded: datetime
    has_status: bool
    has_sample: bool


def take_part(tree: Tree, files: Sequence[Found], part: Need, take: Take) -> None:
    """Take the entries of a part from among all files."""
    _Selection(tree, files, part, take).run()


class _Selection:
    """Takes what is needed, and then what that makes necessary."""

    def __init__(self, tree: Tree, files: Sequence[Found], part: Need, take: Take) -> None:
        self.tree = tree
        self.part = part
        self.take_file = take
        self.taken: dict[str, Entry | None] = {}
        self.looks: list[_Look] = []
        self.files = files
        self.by_name: defaultdict[str, list[Found]] = defaultdict(list)
        for found in files:
            self.by_name[name_at(found.path)].append(found)

    def run(self) -> None:
        for found in self.files:
            seen = self.look(found)
            if seen is None:
                self.take(found)
            else:
                self.looks.append(seen)
        self.take_references()
        if self.part.states is not None:
            self.take_states(self.part.states)
        if self.part.newest:
            self.take_newest()
        if self.part.sample:
            self.take_sample()

    def take(self, found: Found) -> Entry | None:
        if found.path not in self.taken:
            self.taken[found.path] = self.take_file(found)
        return self.taken[found.path]

    @property
    def plain(self) -> Iterator[Entry]:
        """Return what was taken and refers to nothing, so that nothing but its own file can be at fault."""
        return (entry for entry in self.taken.values() if entry is not None and not any(references(entry)))

    def look(self, found: Found) -> _Look | None:
        """Return what is seen of a file, None where it must be read."""
        place = entry_at(found.path)
        if place is None or found.outside or found.refusal is not None or len(self.by_name[place.name]) > 1:
            return None
        words = self.part.of(place)
        if words is True:
            return None
        try:
            raw = self.tree.read(found.path)
        except OSError:
            return None
        if _holds(raw, (*_ALWAYS, *(words or ()))):
            return None
        recorded = _recorded(raw)
        return None if recorded is None else _Look(found, place, recorded, _holds(raw, _STATUS), _SAMPLE in raw)

    def take_references(self) -> None:
        """Take all that entries refer to, and what that refers to."""
        waiting = [entry for entry in self.taken.values() if entry is not None]
        for entry in waiting:  # it grows while it is gone through
            for _, name in references(entry):
                new = [found for found in self.by_name.get(name, ()) if found.path not in self.taken]
                waiting += [one for one in map(self.take, new) if one is not None]

    def take_states(self, year: int) -> None:
        """Take the last status before a year of each initiative, with all others of its year."""
        gone = {name for entry in self.taken.values() if entry is not None for _, name in displaced(entry)}

        def settled(entries: Iterable[Entry | None]) -> set[tuple[int, str]]:
            known = (entry for entry in entries if isinstance(entry, Activity) and entry.status)
            return {(entry.year, entry.target) for entry in known if entry.id not in gone}

        known = settled(self.taken.values())
        waiting: defaultdict[int, defaultdict[str, list[_Look]]] = defaultdict(lambda: defaultdict(list))
        for look in self.looks:
            if look.has_status and look.place.year < year:
                waiting[look.place.year][look.place.target].append(look)
        for earlier in sorted(waiting, reverse=True):
            for target, looks in waiting[earlier].items():
                if not any((later, target) in known for later in range(earlier + 1, year + 1)):
                    known |= settled([self.take(look.found) for look in looks])

    def take_newest(self) -> None:
        last = max((entry.recorded for entry in self.plain), default=None)
        for look in sorted(self.looks, key=lambda look: look.recorded, reverse=True):
            if last is not None and look.recorded < last:
                break
            entry = self.take(look.found)
            if entry is not None:
                last = entry.recorded if last is None else max(last, entry.recorded)

    def take_sample(self) -> None:
        if not any(entry.sample for entry in self.plain):
            for look in self.looks:
                if look.has_sample and (entry := self.take(look.found)) is not None and entry.sample:
                    break


def _holds(raw: bytes, words: Iterable[bytes]) -> bool:
    return any(map(raw.__contains__, words))


def _recorded(raw: bytes) -> datetime | None:
    """Return when a file says that it was recorded, None where that can't be told for certain."""
    _, found, rest = raw.partition(_RECORDED)
    if not found or b"recorded" in rest:
        return None
    try:
        moment = datetime.fromisoformat(rest.partition(b"\n")[0].decode().strip())
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment
