"""Git's objects, read by one process: commits, what they changed, and a workspace as it was.

Everything comes from ``git cat-file --batch``, which runs nothing that a repository's configuration
names. Source of the formats: git-cat-file(1), gitformat-index; objects as in "Git Internals".
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property, lru_cache
from stat import S_ISREG
from typing import NamedTuple

from mizuho_pdca.domain.history.commits import Change, Commit
from mizuho_pdca.domain.records.paths import IGNORED, PLAN_PATH, RECORDS
from mizuho_pdca.storage.git.program import Batch, Git, lost_object
from mizuho_pdca.storage.tree import Found

_MOMENT = re.compile(r" (?P<seconds>-?\d{1,18}) (?P<sign>[+-])(?P<hours>\d\d)(?P<minutes>\d\d)")
_FOLDER, _LINK, _MODULE = 0o040000, 0o120000, 0o160000
_SHA256_DIGITS = 64
_PLAN_FOLDER = PLAN_PATH.partition("/")[0]


DEEPEST = 64
"""Folders below each other that are followed: entries lie three deep, and a hostile tree may have thousands."""

_ENCODING = re.compile(rb"^encoding ([\w.:-]+)$", re.MULTILINE)


class Node(NamedTuple):
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


class Difference(NamedTuple):
    """What stands at a path in two commits; None where nothing does, or a folder."""

    path: str
    before: Node | None
    after: Node | None

    @property
    def change(self) -> Change | None:
        """Return what became of the file, None where there was and is none, or its contents stayed."""
        before, after = (node.id if node is not None and node.is_file else None for node in self[1:])
        return None if before == after else Change(self.path, before, after)


class Objects:
    """The objects of a repository; ``prefix`` is the workspace's folder within it, with a slash at its end."""

    def __init__(self, batch: Batch, prefix: str = "") -> None:
        """Take a running process and where the workspace lies."""
        self._batch = batch
        self._prefix = prefix
        self.folder = lru_cache(maxsize=4096)(self._folder)

    def commit(self, name: str, parents: Sequence[str] | None = None) -> Commit:
        """Return a commit by its full name; ``parents`` where the repository is not to be asked for them."""
        head, _, text = _text(self._get(name, "commit")).partition("\n\n")
        fields = [line.partition(" ") for line in head.split("\n")]
        known = {key: value for key, _, value in reversed(fields)}
        author, committer = _person(known.get("author", "")), _person(known.get("committer", ""))
        own = tuple(value for key, _, value in fields if key == "parent")
        if "tree" not in known:
            raise lost_object(name)
        return Commit(
            id=name,
            parents=own if parents is None else tuple(parents),
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

    def _folder(self, name: str) -> Mapping[str, Node]:
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
        node: Node | None = Node(_FOLDER, commit.tree)
        for part in self._prefix.split("/")[:-1]:
            node = None if node is None or not node.is_folder else self.folder(node.id).get(part)
        return node.id if node is not None and node.is_folder else None

    def at(self, commit: Commit, path: str) -> Node | None:
        """Return what stands at a path of the workspace at a commit."""
        found = self.root(commit)
        node = None if found is None else Node(_FOLDER, found)
        for part in path.split("/"):
            node = None if node is None or not node.is_folder else self.folder(node.id).get(part)
        return node

    def changes(self, commit: Commit, parent: Commit | None) -> Iterator[Change]:
        """Yield what became of the files of plan and records between a parent, or nothing at all, and a commit."""
        for difference in self.differences(commit, parent):
            if (change := difference.change) is not None:
                yield change

    def differences(self, commit: Commit, parent: Commit | None) -> Iterator[Difference]:
        """Yield what differs, links and other repositories as well, which are no files."""
        for top in (_PLAN_FOLDER, RECORDS):
            before = None if parent is None else self.at(parent, top)
            for found in self._differences(top, before, self.at(commit, top)):
                if top == RECORDS or found.path in (PLAN_PATH, _PLAN_FOLDER) or found.path.startswith(f"{PLAN_PATH}/"):
                    yield found

    def _differences(self, path: str, before: Node | None, after: Node | None) -> Iterator[Difference]:
        if before == after:
            return
        ends = [None if node is None or node.is_folder else node for node in (before, after)]
        if ends[0] != ends[1]:
            yield Difference(path, *ends)
        old, new = self._items(path, before), self._items(path, after)
        for name in sorted(name for name in {*old, *new} if old.get(name) != new.get(name)):
            yield from self._differences(f"{path}/{name}", old.get(name), new.get(name))

    def _items(self, path: str, node: Node | None) -> Mapping[str, Node]:
        """Return what is in a folder; nothing where it lies deeper than any entry of ours by far."""
        if node is None or not node.is_folder or path.count("/") > DEEPEST:
            return {}
        return self.folder(node.id)


def _text(raw: bytes) -> str:
    """Return a commit as text, in the encoding that it names, else UTF-8."""
    named = _ENCODING.search(raw.partition(b"\n\n")[0])
    try:
        return raw.decode(named[1].decode() if named is not None else "utf-8", "replace")
    except (LookupError, UnicodeError):
        return raw.decode(errors="replace")


def _nodes(raw: bytes, length: int) -> Iterator[tuple[str, Node]]:
    """Yield the items of a folder: mode, blank, name, NUL, ``length`` bytes of the object's name."""
    at = 0
    while at < len(raw):
        blank = raw.index(b" ", at)
        end = raw.index(b"\0", blank)
        name = raw[blank + 1 : end].decode(errors="replace")
        yield name, Node(int(raw[at:blank], 8), raw[end + 1 : end + 1 + length].hex())
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
    def _files(self) -> dict[str, Node]:
        return {
            path: node
            for top in (PLAN_PATH, RECORDS)
            for path, node in self._below(top, self.objects.at(self.commit, top))
        }

    def _below(self, path: str, node: Node | None) -> Iterator[tuple[str, Node]]:
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

    def _found(self, path: str, node: Node | None) -> Found:
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
