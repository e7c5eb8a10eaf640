"""Collect what towns have published into one table: a file a town, year and kind of rows.

All files are made before one of them is in its place. They wait together in a folder of the table; whoever finds
that folder goes on with it, so that a table is never half of what was collected.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import cast

from mizuho_pdca.domain.publication.table import KEYS, Kind, Row
from mizuho_pdca.domain.publication.tables import PUBLICATIONS, TABLES
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.files import create, create_folder, move, read_named, remove_folder, try_lock
from mizuho_pdca.storage.publications import NEVER, TownYear, Unfit, find, moment, read_publication
from mizuho_pdca.storage.tables import ask, parquet

PENDING = ".pending"
"""The folder in a table that holds finished files, and where each belongs."""

_MOVES = "moves.json"
_LOCK = ".lock"
_MOST_BYTES = 64 * 1024 * 1024
_WAITING = re.compile(r"[0-9]{6,}\.parquet")
_PLACE = re.compile(rf"({'|'.join(each.name for each in TABLES)})/fy=[0-9]{{4}}/pref=P[0-9]{{2}}/[0-9]{{6}}\.parquet")


@dataclass(frozen=True)
class Compilation:
    """What was taken into a table, what was refused and why, and how many files of the table are others now."""

    taken: Sequence[TownYear]
    refused: Sequence[tuple[Path, Message]]
    changed: int


def collect(folders: Sequence[Path], table: Path) -> Compilation:
    """Take the publications in some folders into a table; raise ``UsageFault`` where there is none."""
    places = list(dict.fromkeys(chain.from_iterable(map(_places, folders))))
    taken, refused = _chosen(places)
    if not taken:
        return Compilation((), refused, 0)
    _check_table(table)
    if not (table / _LOCK).exists():
        create(table / _LOCK, b"", replace=True)
    with _locked(table):
        finish(table)
        taken, older = _newer(taken, table)
        refused += older
        made = dict(_files(taken, table))
        changed = {name: data for name, data in made.items() if not _holds(table / name, data)}
        if changed:
            _wait(table, changed)
            finish(table)
    return Compilation(taken, refused, len(changed))


def _places(folder: Path) -> Iterator[Path]:
    found = list(find(folder))
    if not found:
        raise UsageFault(
            N_("there is no publication in {folder}"),
            folder=str(folder),
            remedy=message(N_("Name folders that pdca publish made, or one that holds such folders.")),
        )
    yield from found


def _chosen(places: Sequence[Path]) -> tuple[list[TownYear], list[tuple[Path, Message]]]:
    """Return the publications to take, one a plan and year, and what is refused."""
    read, refused = [], []
    for place in places:
        try:
            read.append(read_publication(place))
        except Unfit as exc:
            refused.append((exc.file, exc.reason))
    same: defaultdict[tuple[str, str, int], list[TownYear]] = defaultdict(list)
    for one in read:
        same[one.code, one.plan, one.year].append(one)
    taken = []
    for each in same.values():
        newest = max(each, key=lambda one: one.until)
        rivals = [one for one in each if one.digest != newest.digest]
        if any(one.until == newest.until for one in rivals):
            words = N_("{folder} has the same plan and year with other figures, and neither is newer")
            for one in each:
                other = next(rival for rival in each if rival.digest != one.digest)
                refused.append((one.folder, message(words, folder=str(other.folder))))
            continue
        taken.append(newest)
        words = N_("{folder} has the same plan and year, and is newer")
        refused += [(one.folder, message(words, folder=str(newest.folder))) for one in rivals]
    return taken, refused


def _newer(taken: Sequence[TownYear], table: Path) -> tuple[list[TownYear], list[tuple[Path, Message]]]:
    """Return the publications that are not older than what a table has of their plan and year, and the others."""
    files = {table / file_of(PUBLICATIONS.name, one.year, one.code) for one in taken}
    known = sorted(path for path in files if path.exists())
    rows = ask(known, PUBLICATIONS.kinds, lambda frame: frame.select(*KEYS, "recorded_until")) if known else []
    held = {tuple(row[key] for key in KEYS): _moment(row["recorded_until"]) for row in rows}
    kept, older = [], []
    for one in taken:
        has = held.get((one.code, one.plan, str(one.year)), NEVER)
        if one.until < has:
            words = N_("{table} has newer figures of the same plan and year ({until}); for these, name a new table")
            older.append((one.folder, message(words, table=str(table), until=f"{has:%Y-%m-%d %H:%M}")))
        else:
            kept.append(one)
    return kept, older


def _moment(text: object) -> datetime:
    """Return the time that a table has; one that is none, taken by an older program, is before all others."""
    with suppress(ValueError):
        return moment(text)
    return NEVER


def _check_table(table: Path) -> None:
    if table.exists() and not table.is_dir():
        raise UsageFault(
            N_("{file} is no folder"), file=str(table), remedy=message(N_("Name a folder that does not exist yet."))
        )
    known = {each.name for each in TABLES}
    others = (
        [path.name for path in table.iterdir() if path.name not in known and not path.name.startswith(".")]
        if table.exists()
        else []
    )
    if others:
        raise Refused(
            N_("{folder} holds something else: {names}; nothing was written"),
            folder=str(table),
            names=sorted(others)[:5],
            remedy=message(N_("Name a folder that pdca collect made, or one that does not exist yet.")),
        )


@contextmanager
def _locked(table: Path) -> Iterator[None]:
    with (table / _LOCK).open("rb+") as stream:
        if not try_lock(stream):
            raise Refused(
                N_("somebody else is collecting into {folder}; nothing was written"),
                folder=str(table),
                remedy=message(N_("Try again when that is done.")),
            )
        yield


def _files(taken: Sequence[TownYear], table: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a table that some publications change, each as a whole."""
    towns: defaultdict[tuple[str, int], list[TownYear]] = defaultdict(list)
    for one in taken:
        towns[one.code, one.year].append(one)
    for (code, year), plans in towns.items():
        for each in TABLES:
            name = file_of(each.name, year, code)
            kinds: dict[str, Kind] = dict(each.kinds)
            for one in plans:
                kinds |= one.kinds.get(each.name, {})
            rows: Iterator[Row] = chain.from_iterable(one.rows.get(each.name, ()) for one in plans)
            older = table / name
            yield name, parquet(kinds, rows, older if older.exists() else None, [one.plan for one in plans])


def file_of(name: str, year: int, code: str) -> str:
    """Return where the rows of a town and year stand in a table: no part of the path is a bare number."""
    return f"{name}/fy={year}/pref=P{code[:2]}/{code}.parquet"


def _holds(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def _wait(table: Path, files: Mapping[str, bytes]) -> None:
    moves = {f"{number:06}.parquet": name for number, name in enumerate(files)}
    made = {short: files[name] for short, name in moves.items()}
    create_folder(table / PENDING, made | {_MOVES: json.dumps(moves).encode()})


def finish(table: Path) -> None:
    """Put the files in their places that wait for it, if there are any."""
    pending = table / PENDING
    if not pending.exists():
        return
    if (pending / _MOVES).exists():
        for short, name in _moves(pending).items():
            if (pending / short).exists():
                move(pending / short, table / name)
    remove_folder(pending)


def _moves(pending: Path) -> Mapping[str, str]:
    """Return where each waiting file belongs; raise ``Refused`` where somebody else has written that."""
    try:
        found = json.loads(read_named(pending / _MOVES, _MOST_BYTES))
        if all(_WAITING.fullmatch(short) and _PLACE.fullmatch(name) for short, name in found.items()):
            return cast("Mapping[str, str]", found)
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        pass
    raise Refused(
        N_("{file} does not say where the files of the table belong; nothing was written"),
        file=str(pending / _MOVES),
        remedy=message(N_("Delete the folder {folder}, and collect again."), folder=str(pending)),
    )
