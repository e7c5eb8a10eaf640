"""Seals of closed years on the disk: read them, hold the workspace against them, add one.

``records/YEAR/closed.yaml`` is the one file that is written more than once, and only by adding at
its end: what stands there is history.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import indent
from typing import cast

from mizuho_pdca.domain.closing.checks import check_seal, reaching
from mizuho_pdca.domain.closing.digests import data_digest
from mizuho_pdca.domain.closing.seal import Seal, SealFile, read_seals, unreadable
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.paths import name_at, path_of, seal_path, year_folder
from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.errors import Refused
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.contents import contents, marked
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.tree import Found, Tree
from mizuho_pdca.storage.yaml.reading import SIZE_LIMIT, Unreadable, parse
from mizuho_pdca.storage.yaml.writing import to_text

_ITEM = re.compile(rb"^( *)- ", re.MULTILINE)
_UNREAD = frozenset({"E010", "E011"})
_HEAD = "schema: 1\nseals:\n"
_DEPTH = 2
"""How many mappings within each other have a line for each key: an indicator's facts stand in one."""


def seals_of(tree: Folder, year: int) -> SealFile | list[Problem] | None:
    """Return the seals of a fiscal year, None where there is no such file, or all that is wrong with it."""
    found = tree.seals(year)
    return None if found is None else _read(tree, found, year)


def closing_seal(tree: Folder, year: int) -> Seal | None:
    """Return the seal that closes a fiscal year, None where it is open.

    Raise ``Refused`` if its file can't be read: then nobody knows which of the two it is.
    """
    seals = seals_of(tree, year)
    if isinstance(seals, list):
        raise Refused(
            N_("{file} can't be read, so FY{year} may be closed; nothing was written"),
            file=seal_path(year),
            year=year,
            remedy=message(N_("pdca validate shows what is wrong with it; git has it as it was.")),
        )
    return None if seals is None else seals.seal


def entry_digest(tree: Tree, path: str) -> str | None:
    """Return the digest of a file's data, or None where it can't be told."""
    try:
        return data_digest(parse(tree.read(path)))
    except (OSError, Unreadable):
        return None


def _read(tree: Tree, found: Found, year: int) -> SealFile | list[Problem]:
    held = contents(tree, found)
    if isinstance(held, list):
        return [replace(problem, fault=unreadable(problem.fault)) for problem in held]
    raw, data = held
    seals = read_seals(data, year)
    return marked(found.path, raw, seals) if isinstance(seals, list) else seals


# -- while a workspace is loaded ------------------------------------------------------------------


@dataclass
class SealedYears:
    """The seals of a workspace; while it is loaded, the digests of the closed years' files.

    ``only`` are the years whose entries are all read, where others are not; None where all are.
    """

    only: Sequence[int] | None = None
    files: dict[int, SealFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _digests: dict[str, str | None] = field(default_factory=dict)

    def read(self, tree: Tree, found: Found, year: int) -> None:
        """Take the seals of one year."""
        seals = _read(tree, found, year)
        if isinstance(seals, SealFile):
            self.files[year] = seals
        else:
            self.problems += seals

    @property
    def closed(self) -> tuple[str, ...]:
        """Return the folders of the closed years."""
        return tuple(year_folder(year) for year, *_ in self._closed)

    @property
    def _closed(self) -> list[tuple[int, SealFile, Seal]]:
        """Return the closed years that can be held against their seals."""
        files = [(year, file, file.seal) for year, file in self.files.items() if file.seal is not None]
        return [each for each in files if self.only is None or each[0] in self.only]

    def note(self, path: str, data: object) -> None:
        """Keep the digest of a file of a closed year."""
        self._digests[path] = data_digest(data)

    def check(
        self,
        tree: Tree,
        paths: Sequence[str],
        filed: Sequence[tuple[str, Entry]],
        plan: Plan | None,
        problems: Sequence[Problem],
    ) -> list[Problem]:
        """Return what no longer fits the seals, and notes; ``paths`` names the files of all entries, good or not."""
        if not self.closed:
            return []
        unread = {problem.file for problem in problems if problem.fault.code in _UNREAD}
        by_name = {name_at(path): path for path in paths}
        entries = [entry for _, entry in filed]
        since = max(year for year, seals in self.files.items() if seals.seal is not None) + 1
        result: list[Problem] = []
        for year, seals, seal in self._closed:
            digests = {path: self._digests.get(path) for path in paths if path.startswith(year_folder(year))}
            others = [path_of(entry) for entry in reaching(entries, year)]
            others += [by_name[name] for name in seal.entries if name in by_name]
            digests |= {path: entry_digest(tree, path) for path in others if path not in digests}
            at_seal: list[Fault] = []
            for path, fault in check_seal(seals, digests, unread, plan, since):
                if path is not None:
                    result.append(Problem(fault, path))
                elif self.only is None or fault.severity != "note":  # who reads a part tells no notes
                    at_seal.append(fault)
            if at_seal:
                result += marked(seal_path(year), tree.read(seal_path(year)), at_seal)
        return result


# -- adding one -----------------------------------------------------------------------------------


def add_seal(tree: Folder, year: int, item: Mapping[str, object]) -> None:
    """Add a seal or a reopening at the end of a year's file, made if need be.

    Raise ``Refused`` if what is there does not go on with it: somebody else was faster, or the
    file was edited by hand.
    """
    path = seal_path(year)
    before = _HEAD.encode() if tree.seals(year) is None else tree.read(path)
    margin = _ITEM.search(before)
    text = indent(_item_text(item), "" if margin is None else margin[1].decode())
    after = before.rstrip() + b"\n" + text.encode()
    if len(after) > SIZE_LIMIT:
        raise Refused(
            N_("{file} would grow beyond {limit} bytes; nothing was written"),
            file=path,
            limit=SIZE_LIMIT,
            remedy=message(N_("The seals of more than about ten thousand entries do not fit into one file.")),
        )
    if not _goes_on(before, after, year):
        raise Refused(
            N_("{file} has changed meanwhile, or was edited by hand; nothing was written"),
            file=path,
            remedy=message(N_("pdca validate shows what is wrong with it; git has it as it was.")),
        )
    tree.write(path, after, replace=True)


def _item_text(item: Mapping[str, object]) -> str:
    """Return an item of the list of seals."""
    return f"- {indent(_lines(item, _DEPTH), '  ').removeprefix('  ')}"


def _lines(data: Mapping[str, object], depth: int) -> str:
    """Return a mapping with a line for each key; in it, long mappings have lines for theirs, others stand in one."""
    return "".join(
        f"{_key(key)}\n{indent(_lines(value, depth - 1), '  ')}"
        if isinstance(value, Mapping) and _is_long(value, depth)
        else to_text({key: value})
        for key, value in data.items()
    )


def _is_long(value: Mapping[str, object], depth: int) -> bool:
    parts = value.values()
    return bool(depth and value) and (depth == _DEPTH or any(isinstance(part, Mapping) for part in parts))


def _key(key: str) -> str:
    return to_text({key: 0}).removesuffix(" 0\n")


def _goes_on(before: bytes, after: bytes, year: int) -> bool:
    """Return whether a file reads as good seals, and as the same as before up to the last one."""
    try:
        old, new = parse(before), parse(after)
    except Unreadable:
        return False
    if not isinstance(old, dict) or isinstance(read_seals(new, year), list):
        return False
    seals = cast("dict[str, list[object]]", new)["seals"]
    return seals[:-1] == (old["seals"] or [])
