"""Where a workspace's data lies: plan, entries, seals; paths are relative to its root, with forward slashes."""

from __future__ import annotations

import re

PLAN_PATH = "plan/measures.yaml"
RECORDS = "records"

ENTRY_PATH = re.compile(r"records/(?P<year>[0-9]{4})/(?P<target>(?![.~])[^/]+)/(?P<name>(?![.~])[^/]+)\.yaml")
_SEAL = re.compile(r"records/([0-9]{4})/closed\.yaml")
_PLACE = re.compile(rf"plan(/measures\.yaml)?|records(/[0-9]{{4}}(/(?![.~])[^/.]+)?)?|{_SEAL.pattern}")


def seal_path(year: int) -> str:
    """Return where the seals of a fiscal year lie."""
    return f"{RECORDS}/{year}/closed.yaml"


def sealed_year(path: str) -> int | None:
    """Return the fiscal year whose seals a file holds, or None for any other file."""
    match = _SEAL.fullmatch(path) if path.endswith("/closed.yaml") else None
    return None if match is None else int(match[1])


def is_entry(path: str) -> bool:
    """Return whether an entry's file lies at a path."""
    return ENTRY_PATH.fullmatch(path) is not None


def is_place(path: str) -> bool:
    """Return whether only a folder or a regular file may stand at a path: there lie the plan, seals and entries."""
    return is_entry(path) or _PLACE.fullmatch(path) is not None


def name_of(path: str) -> str:
    """Return the name of the entry whose file lies at a path."""
    return path.rpartition("/")[2].removesuffix(".yaml")
