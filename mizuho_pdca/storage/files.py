"""Make files that appear whole or not at all, and take no other's place unasked."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from mizuho_pdca.errors import EnvironmentFault, Refused, os_reason
from mizuho_pdca.message import N_, message

_CAN_NOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What some network drives answer where a folder is to be written through."""


def create(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file: beside its place, flushed to the disk, then given its name in one step.

    Raise ``Refused`` if the name is taken (unless ``replace``), ``EnvironmentFault`` if the disk
    refuses; nothing half-written stays behind.
    """
    temporary = path.with_name(f".{os.urandom(6).hex()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(temporary, data)
        if replace:
            temporary.replace(path)
        else:
            _publish(temporary, path)
    except FileExistsError as exc:
        raise _taken(path) from exc
    except OSError as exc:
        raise _unwritten(path, exc) from exc
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """Write a new file through to the disk."""
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a power cut; where the system can't, or has no need to, do nothing."""
    if os.name == "nt":
        return
    with suppress(PermissionError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        except OSError as exc:
            if exc.errno not in _CAN_NOT_SYNC:
                raise
        finally:
            os.close(opened)


def try_lock(stream: IO[bytes]) -> bool:
    """Lock a file until it is closed or the process ends, however that ends; return whether nobody else had it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def remove(path: Path) -> None:
    """Remove a file if it is there; raise ``EnvironmentFault`` if the disk refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as exc:
        raise _unwritten(path, exc) from exc


def create_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of files: beside its place, then given its name in one step.

    Raise ``EnvironmentFault`` if the disk refuses; nothing half-written stays behind.
    """
    temporary = folder.with_name(f".{os.urandom(6).hex()}.tmp")
    try:
        temporary.mkdir(parents=True)
        for name, data in files.items():
            _write(temporary / name, data)
        temporary.rename(folder)
    except OSError as exc:
        raise _unwritten(folder, exc) from exc
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def refuse_taken(path: Path) -> None:
    """Raise ``Refused`` if there is such a file, before the work is done that it would be for."""
    if os.path.lexists(path):
        raise _taken(path)


def _taken(path: Path) -> Refused:
    return Refused(
        N_("{file} exists already; nothing was written"),
        file=str(path),
        remedy=message(N_("Name another file, or add --force to replace it.")),
    )


def _unwritten(path: Path, exc: OSError) -> EnvironmentFault:
    return EnvironmentFault(
        N_("{file} could not be written: {reason}"),
        file=str(path),
        reason=os_reason(exc),
        remedy=message(N_("Check the folder's name, the free space and your right to write there.")),
    )


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name; where the disk knows no hard links, rename it."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        temporary.rename(path)
