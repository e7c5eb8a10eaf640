"""Where things lie in a workspace: the plan, entries and seals, and what their files are called.

Paths are relative to the workspace's root and have forward slashes, on every system.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple, Protocol

PLAN_PATH = "plan/measures.yaml"
RECORDS = "records"
SEAL_NAME = "closed.yaml"

IGNORED = (".", "~", "Thumbs.db", "desktop.ini")
"""Beginnings of names that machines and editors leave, and that are no data."""

ENTRY_ID = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9a-hjkmnp-tv-z]{6})")
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u, so that a name can be read out."""

TOKEN_LENGTH = 6

_ENTRY = re.compile(rf"{RECORDS}/([0-9]{{4}})/([^/]+)/([^/]+)\.yaml")
_SEAL = re.compile(rf"{RECORDS}/([0-9]{{4}})/{re.escape(SEAL_NAME)}")


class _Placed(Protocol):
    """What a path can be told of: an entry's name, what it is about, and its fiscal year."""

    @property
    def id(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def year(self) -> int: ...


class EntryPath(NamedTuple):
    """The parts of an entry's path; ``name`` is the file's without its ending."""

    year: int
    target: str
    name: str


def entry_id(day: date, token: str) -> str:
    """Return the name of an entry, made of its day and six random characters."""
    return f"{day.isoformat()}-{token}"


def token_of(name: str) -> str:
    """Return the random part of an entry's name, which alone tells it from all others."""
    return name[-TOKEN_LENGTH:]


def year_folder(year: int) -> str:
    """Return how the paths of all that lies in a fiscal year begin."""
    return f"{RECORDS}/{year}/"


def entries_folder(year: int, target: str) -> str:
    """Return where the entries about a node in a fiscal year lie."""
    return f"{year_folder(year)}{target}"


def path_of(entry: _Placed) -> str:
    """Return where an entry's file belongs."""
    return f"{RECORDS}/{entry.year}/{entry.target}/{entry.id}.yaml"


def path_at(place: EntryPath) -> str:
    """Return the path that ``entry_at`` told the parts of."""
    return f"{entries_folder(place.year, place.target)}/{place.name}.yaml"


def seal_path(year: int) -> str:
    """Return where the seals of a fiscal year lie."""
    return f"{year_folder(year)}{SEAL_NAME}"


def entry_at(path: str) -> EntryPath | None:
    """Return the parts of a path at which an entry lies, None for any other."""
    match = _ENTRY.fullmatch(path)
    return None if match is None else EntryPath(int(match[1]), match[2], match[3])


def sealed_year(path: str) -> int | None:
    """Return the fiscal year whose seals a file holds, or None for any other file."""
    match = _SEAL.fullmatch(path) if path.endswith(f"/{SEAL_NAME}") else None
    return None if match is None else int(match[1])


def name_at(path: str) -> str:
    """Return the name that an entry's file gives it."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def is_data(path: str) -> bool:
    """Return whether a path holds the plan, an entry or seals: what belongs into the history.

    Of a folder, whose path ends with a slash, return whether the loader looks for such files in it.
    """
    if path.endswith("/"):
        return path.startswith(f"{RECORDS}/") and not any(part.startswith(IGNORED) for part in path.split("/"))
    if path == PLAN_PATH or sealed_year(path) is not None:
        return True
    parts = entry_at(path)
    return parts is not None and not any(part.startswith(IGNORED) for part in parts[1:])
