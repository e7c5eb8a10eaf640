"""One running ``git cat-file --batch``, which gives objects by name."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from typing import IO

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, message


class Batch:
    """A running process that gives objects."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take the process."""
        self._process = process
        self._is_late = False

    def get(self, name: str) -> tuple[str, bytes] | None:
        """Return the kind and the bytes of an object, None where git has none; raise ``EnvironmentFault``."""
        try:
            return _asked(self._process, name)
        except (OSError, ValueError) as exc:
            if self._is_late:
                raise EnvironmentFault(N_("git {command} did not end in time"), command="cat-file") from exc
            raise lost_object(name) from exc

    def stop_late(self) -> None:
        """End a process that takes too long."""
        self._is_late = True
        self._process.kill()

    def stop(self) -> None:
        """End the process and close its pipes, whatever state it is in."""
        self._process.kill()
        with suppress(OSError):
            self._process.communicate()


def lost_object(name: str) -> EnvironmentFault:
    """Return what to say of an object that git can't give."""
    return EnvironmentFault(
        N_("git has lost the object {name}"),
        name=name,
        remedy=message(N_("Look at the repository with git fsck, or clone it anew with its whole history.")),
    )


def _asked(process: subprocess.Popen[bytes], name: str) -> tuple[str, bytes] | None:
    source, target = _pipe(process.stdin), _pipe(process.stdout)
    source.write(name.encode() + b"\n")
    source.flush()
    words = target.readline().split()
    if words[1:] == [b"missing"]:
        return None
    size = int(words[2]) if len(words) > 2 else -1  # noqa: PLR2004 (name, kind, size)
    data = target.read(size + 1)
    if size < 0 or len(data) <= size:
        raise ValueError(name)
    return words[1].decode(), data[:size]


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError
    return stream
