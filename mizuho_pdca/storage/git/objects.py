"""Git's objects, read by one process: commits, folders, contents, and a workspace as it was.

Everything comes from ``git cat-file --batch``, which runs nothing that a repository's configuration
names. Source of the formats: git-cat-file(1); objects as in "Git Internals".
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property, lru_cache
from stat import S_ISREG
from typing import NamedTuple

from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.domain.records.paths import IGNORED, PLAN_PATH, RECORDS
from mizuho_pdca.storage.git.batch import Batch, lost_object
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.tree import Found

_MOMENT = re.compile(r" (?P<seconds>-?\d{1,18}) (?P<sign>[+-])(?P<hours>\d\d)(?P<minutes>\d\d)")
_FOLDER, _LINK, _MODULE = 0o040000, 0o120000, 0o160000
_SHA256_DIGITS = 64
DEEPEST = 64
"""Folders below each other that are followed: entries lie three deep, and a hostile tree may have thousands."""

_ENCODING = re.compile(rb"^encoding ([\w.:-]+)$", re.MULTILINE)


class TreeItem(NamedTuple):
    """An item of a folder in git: what it is, and the name of its contents."""

    mode: int
    id: str

    @property
    def is_folder(self) -> bool:
        """Return whether it is a folder."""
        return self.mode == _FOLDER

    @property
    def is_file(self) -> bool:
        """Return whether it is a regular file, and neither a link nor another repository."""
        return S_ISREG(self.mode)

    @property
    def is_link(self) -> bool:
        """Return whether it is a symbolic link."""
        return self.mode == _LINK


class Objects:
    """The objects of a repository; ``prefix`` is the workspace's folder within it, with a slash at its end."""

    def __init__(self, batch: Batch, prefix: str = "") -> None:
        """Take a running process and where the workspace lies."""
        self._batch = batch
        self.prefix = prefix
        self.folder = lru_cache(maxsize=4096)(self._folder)

    def moved_to(self, prefix: str) -> Objects:
        """Return the same objects, with the workspace in another folder."""
        return self if prefix == self.prefix else Objects(self._batch, prefix)

    def commit(self, name: str) -> Commit:
        """Return a commit by its full name."""
        head, _, text = _text(self._get(name, "commit")).partition("\n\n")
        fields = [line.partition(" ") for line in head.split("\n")]
        known = {key: value for key, _, value in reversed(fields)}
        author, committer = _person(known.get("author", "")), _person(known.get("committer", ""))
        if "tree" not in known:
            raise lost_object(name)
        return Commit(
            id=name,
            parents=tuple(value for key, _, value in fields if key == "parent"),
            tree=known["tree"],
            author=author[0],
            email=author[1],
            authored=author[2],
            committer=committer[0],
            committed=committer[2],
            message=text,
        )

    def blob(self, name: str) -> bytes:
        """Return the bytes of a file's contents."""
        return self._get(name, "blob")

    def _folder(self, name: str) -> Mapping[str, TreeItem]:
        try:
            return dict(_nodes(self._get(name, "tree"), len(name) // 2))
        except ValueError as exc:
            raise lost_object(name) from exc

    def _get(self, name: str, kind: str) -> bytes:
        """Return an object's bytes, which git itself does not hold against its name when it reads a loose one."""
        found = self._batch.get(name)
        if found is None or found[0] != kind:
            raise lost_object(name)
        data = found[1]
        made = hashlib.new(
            "sha256" if len(name) == _SHA256_DIGITS else "sha1",
            b"%s %d\0" % (kind.encode(), len(data)),
            usedforsecurity=False,
        )
        made.update(data)
        if made.hexdigest() != name:
            raise lost_object(name)
        return data

    def root(self, commit: Commit) -> str | None:
        """Return the folder that is the workspace at a commit, None where there is none."""
        node: TreeItem | None = TreeItem(_FOLDER, commit.tree)
        for part in self.prefix.split("/")[:-1]:
            node = None if node is None or not node.is_folder else self.folder(node.id).get(part)
        return node.id if node is not None and node.is_folder else None

    def at(self, commit: Commit, path: str) -> TreeItem | None:
        """Return what stands at a path of the workspace at a commit."""
        found = self.root(commit)
        node = None if found is None else TreeItem(_FOLDER, found)
        for part in path.split("/"):
            node = None if node is None or not node.is_folder else self.folder(node.id).get(part)
        return node


def _text(raw: bytes) -> str:
    """Return a commit as text, in the encoding that it names, else UTF-8."""
    named = _ENCODING.search(raw.partition(b"\n\n")[0])
    try:
        return raw.decode(named[1].decode() if named is not None else "utf-8", "replace")
    except (LookupError, UnicodeError):
        return raw.decode(errors="replace")


def _nodes(raw: bytes, length: int) -> Iterator[tuple[str, TreeItem]]:
    """Yield the items of a folder: mode, blank, name, NUL, ``length`` bytes of the object's name."""
    at = 0
    while at < len(raw):
        blank = raw.index(b" ", at)
        end = raw.index(b"\0", blank)
        name = raw[blank + 1 : end].decode(errors="replace")
        yield name, TreeItem(int(raw[at:blank], 8), raw[end + 1 : end + 1 + length].hex())
        at = end + 1 + length


def _person(text: str) -> tuple[str, str, datetime]:
    """Return name, address and time of ``name <address> seconds zone``, as far as they can be read."""
    name, _, rest = text.partition("<")
    email, _, moment = rest.rpartition(">")
    return name.strip(), email, _moment(moment)


def _moment(text: str) -> datetime:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return datetime.fromtimestamp(0, UTC)
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    try:
        zone = timezone(-offset if match["sign"] == "-" else offset)
        return datetime.fromtimestamp(int(match["seconds"]), zone)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


# -- a workspace as it was --------------------------------------------------------------------


@dataclass(frozen=True)
class Snapshot:
    """The plan and the records of a workspace at a commit, as ``load`` reads them."""

    objects: Objects
    commit: Commit

    @cached_property
    def _files(self) -> dict[str, TreeItem]:
        return {
            path: node
            for top in (PLAN_PATH, RECORDS)
            for path, node in self._below(top, self.objects.at(self.commit, top))
        }

    def _below(self, path: str, node: TreeItem | None) -> Iterator[tuple[str, TreeItem]]:
        if node is None:
            return
        if not node.is_folder:
            yield path, node
            return
        if path.count("/") > DEEPEST:
            return
        for name, item in sorted(self.objects.folder(node.id).items()):
            if not name.startswith(IGNORED):
                yield from self._below(f"{path}/{name}", item)

    def read(self, path: str) -> bytes:
        """Return a file's bytes, or raise ``OSError``."""
        node = self._files.get(path)
        if node is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self.objects.blob(node.id)

    def plan(self) -> Found:
        """Return the plan's file."""
        return self._found(PLAN_PATH, self._files.get(PLAN_PATH))

    def records(self) -> Iterator[Found]:
        """Yield all files under ``records/``, in order."""
        for path, node in self._files.items():
            if path != PLAN_PATH:
                yield self._found(path, node)

    def _found(self, path: str, node: TreeItem | None) -> Found:
        """Return a file; what git keeps instead of one, a link or another repository, can't be followed."""
        mode = 0 if node is None else node.mode
        refusal = OSError(errno.EISDIR, os.strerror(errno.EISDIR)) if mode == _MODULE else None
        return Found(path, mode == _LINK, refusal)


@contextmanager
def opened(git: Git) -> Iterator[Objects]:
    """Open the objects of a repository; raise ``EnvironmentFault`` where there is none."""
    prefix = git.prefix()
    with git.batch() as batch:
        yield Objects(batch, prefix)
