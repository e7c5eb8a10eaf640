"""The workspace's files as they lie on the disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from mizuho_pdca.domain.records.paths import IGNORED, PLAN_PATH, RECORDS, seal_path
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.files import create, create_all, is_link, read_ordinary
from mizuho_pdca.storage.git.sparse import check_complete
from mizuho_pdca.storage.tree import Found
from mizuho_pdca.storage.yaml.reading import SIZE_LIMIT


@dataclass(frozen=True)
class Folder:
    """A workspace's files on the disk. Its own folder may be reached through a link; within it none is followed."""

    root: Path

    def read(self, path: str) -> bytes:
        """Return the bytes of an ordinary file, of a large one as many as show that it is; or raise ``OSError``."""
        return read_ordinary(f"{self.root}/{path}", SIZE_LIMIT)

    def write(self, path: str, data: bytes, *, replace: bool = False) -> None:
        """Write a file as ``create`` does; raise ``EnvironmentFault`` where a link would lead it elsewhere."""
        self._check_not_linked(path.rpartition("/")[0])
        create(self.root / path, data, replace=replace)

    def write_all(self, files: Mapping[str, bytes]) -> None:
        """Write new files as ``create_all`` does; raise ``EnvironmentFault`` where a link would lead one elsewhere."""
        for folder in dict.fromkeys(path.rpartition("/")[0] for path in files):
            self._check_not_linked(folder)
        create_all({self.root / path: data for path, data in files.items()})

    def _check_not_linked(self, folder: str) -> None:
        if self._is_linked(folder):
            raise EnvironmentFault(
                N_("{folder} is a symbolic link, which would lead out of the workspace; nothing was written"),
                folder=folder,
                remedy=message(N_("Put the file or folder itself here in its place.")),
            )

    def plan(self) -> Found:
        """Return the plan's file."""
        return Found(PLAN_PATH, self._is_linked(PLAN_PATH))

    def records(self) -> Iterator[Found]:
        """Yield all files under ``records/``, in order, links included.

        Raise ``EnvironmentFault`` where git left some of them out of the folder.
        """
        check_complete(self.root)
        yield from self.below(RECORDS)

    def below(self, folder: str) -> Iterator[Found]:
        """Yield all files under a folder of the workspace, in order; where a link stands in its place, that alone."""
        if self._is_linked(folder):
            yield Found(folder, outside=True)
        else:
            yield from self._below(folder)

    def nodes(self) -> Iterator[str]:
        """Return the folders of the entries of each year and node, in order; raise as ``records`` does."""
        check_complete(self.root)
        return (node for year in self._folders(RECORDS) for node in self._folders(year))

    def seals(self, year: int) -> Found | None:
        """Return the file of a fiscal year's seals as ``records`` does, or None where there is none."""
        path = seal_path(year)
        return self._unusual(path) if os.path.lexists(f"{self.root}/{path}") else None

    def _folders(self, folder: str) -> Iterator[str]:
        with suppress(OSError), os.scandir(f"{self.root}/{folder}") as listing:
            yield from sorted(f"{folder}/{item.name}" for item in listing if item.is_dir(follow_symlinks=False))

    def _below(self, folder: str) -> Iterator[Found]:
        try:
            with os.scandir(f"{self.root}/{folder}") as listing:
                items = sorted(listing, key=lambda item: item.name)
        except FileNotFoundError:
            return
        except NotADirectoryError:
            yield Found(folder)
            return
        except OSError as exc:
            yield Found(folder, refusal=exc)
            return
        for item in items:
            path = f"{folder}/{item.name}"
            if item.name.startswith(IGNORED):
                continue
            if item.is_dir(follow_symlinks=False) and not _is_junction(item):
                yield from self._below(path)
            elif item.is_file(follow_symlinks=False):
                yield Found(path)
            else:
                yield self._unusual(path)

    def _unusual(self, path: str) -> Found:
        """Return a link or a device; one that could keep a reader waiting for ever is refused."""
        full = self.root / path
        if self._is_linked(path):
            return Found(path, outside=True)
        waits = full.is_fifo() or full.is_socket() or full.is_char_device()
        return Found(path, refusal=OSError(errno.EINVAL, os.strerror(errno.EINVAL)) if waits else None)

    def _is_linked(self, path: str) -> bool:
        """Return whether a link stands at a path below the root, or in the place of a folder on the way to it."""
        return any(is_link(f"{self.root}/{part}") for part in accumulate(path.split("/"), "{}/{}".format))


def _is_junction(item: os.DirEntry[str]) -> bool:
    """Return whether a folder of Windows stands for another one; elsewhere there is no such thing, nor a look at it."""
    return os.name == "nt" and is_link(item.path)
