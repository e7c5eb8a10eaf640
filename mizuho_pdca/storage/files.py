"""The one door to files: read what is an ordinary file, write whole or not at all, and outlast a power cut.

A new file is written beside its place and flushed to the disk, then gets its name in one step; its folder
is flushed too, for a name is a part of the folder. Nothing takes another file's place unasked.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import IO

from mizuho_pdca.errors import EnvironmentFault, Refused, os_reason
from mizuho_pdca.message import N_, message

_CAN_NOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM})
"""What some drives answer where a folder is to be flushed."""

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NAMED = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0)
_READ = _NAMED | getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_TEMPORARY = re.compile(r"\.[0-9a-f]{12}\.tmp")
_MAY_FOLLOW = not hasattr(os, "O_NOFOLLOW")
_JUNCTION = 0xA0000003
_WHILE_OPEN = (0.05, 0.2, 0.5)
"""After how many seconds each it is tried anew to replace a file that a program has open."""


def is_link(path: str | Path) -> bool:
    """Return whether a link stands at a path, or what Windows calls a junction."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def read_ordinary(path: str, most: int) -> bytes:
    """Return the bytes of a file, one more than ``most`` of a larger one; raise ``OSError``.

    What is no ordinary file is refused, also a link: it may lead anywhere, and a device never ends.
    """
    if _MAY_FOLLOW and is_link(path):
        raise _not_ordinary(path)
    try:
        opened = os.open(path, _READ)
    except OSError as exc:
        raise (_not_ordinary(path) if exc.errno in (errno.ELOOP, errno.ENXIO) else exc) from None
    try:
        found = os.fstat(opened)
        if S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not S_ISREG(found.st_mode):
            raise _not_ordinary(path)
        data = os.read(opened, min(found.st_size, most) + 1)
        while (lacking := min(found.st_size, most + 1) - len(data)) > 0 and (more := os.read(opened, lacking)):
            data += more
        return data
    finally:
        os.close(opened)


def read_named(path: Path, most: int) -> bytes:
    """Return the bytes of a file that somebody has named; raise ``OSError``, also where it is larger than ``most``.

    A link is followed, and what is piped in is read to its end; a pipe that nobody writes into is empty.
    """
    with os.fdopen(os.open(path, _NAMED), "rb") as stream:
        if hasattr(os, "set_blocking"):
            os.set_blocking(stream.fileno(), True)
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


def _not_ordinary(path: str) -> OSError:
    return OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)


# -- writing --------------------------------------------------------------------------------------


def create(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file whole or not at all.

    Raise ``Refused`` if the name is taken (unless ``replace``), ``EnvironmentFault`` if the disk refuses.
    """
    temporary = _beside(path)
    try:
        if replace:
            _check_no_device(path)
        _make_folder(path.parent)
        _write(temporary, data)
        if replace:
            _replace(temporary, path)
            _sync_after(path)
        else:
            _publish(temporary, path)
    except FileExistsError as exc:
        raise _taken(path) from exc
    except OSError as exc:
        raise _unwritten(path, exc, in_use=replace and isinstance(exc, PermissionError)) from exc
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _check_no_device(path: Path) -> None:
    """Raise ``OSError`` where a device or a pipe would be replaced, also behind a link: others rely on it."""
    try:
        found = os.stat(path).st_mode
    except OSError:
        return
    if not (S_ISREG(found) or S_ISDIR(found)):
        raise _not_ordinary(str(path))


def _replace(temporary: Path, path: Path) -> None:
    """Give a file another one's name. Windows refuses while a program has that open, a scanner for a moment only."""
    for pause in _WHILE_OPEN if os.name == "nt" else ():
        try:
            os.replace(temporary, path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.replace(temporary, path)


def _beside(path: Path) -> Path:
    """Return a name in the same folder that nobody else has, and that no one takes for data."""
    return path.with_name(f".{os.urandom(6).hex()}.tmp")


def is_left_over(name: str) -> bool:
    """Return whether a file's name is one under which a run that was killed has left what it was writing."""
    return _TEMPORARY.fullmatch(name) is not None


def _make_folder(folder: Path, sync: Callable[[Path], object] | None = None) -> None:
    """Make a folder, and those above it that are missing, each written through to the disk, or told to ``sync``."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, sync)
    try:
        os.mkdir(folder)
    except FileExistsError:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
    (sync or sync_folder)(folder.parent)


def _write(path: Path, data: bytes) -> None:
    """Write a new file through to the disk."""
    opened = os.open(path, _NEW, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(opened, rest) :]
        os.fsync(opened)
    finally:
        os.close(opened)


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name for good."""
    _name(temporary, path)
    try:
        sync_folder(path.parent)
    except OSError:  # what is called not written must not be there
        with suppress(OSError):
            os.unlink(path)
        raise


def _name(temporary: Path, path: Path) -> None:
    """Give a file a name that nobody has; where the disk knows no hard links, rename it."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.rename(temporary, path)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a power cut; Windows does by itself, and some drives can't."""
    if os.name == "nt":
        return
    try:
        opened = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(opened)
    except OSError as exc:
        if exc.errno not in _CAN_NOT_SYNC:
            raise
    finally:
        os.close(opened)


def _sync_after(path: Path) -> None:
    """Flush the folder of what has its name already; raise ``EnvironmentFault``, which says so, if that fails."""
    try:
        sync_folder(path.parent)
    except OSError as exc:
        raise EnvironmentFault(
            N_("{file} was written, but the disk did not confirm it ({reason}); a power cut now could undo it"),
            file=str(path),
            reason=os_reason(exc),
            remedy=message(N_("Look whether it is there, do not repeat it, and have the disk checked.")),
        ) from exc


def create_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of files: beside its place, then given its name in one step.

    Raise ``EnvironmentFault`` if the disk refuses; nothing half-written stays behind.
    """
    temporary = _beside(folder)
    try:
        _make_folder(temporary)
        for name, data in files.items():
            _write(temporary / name, data)
        sync_folder(temporary)
        os.rename(temporary, folder)
        _sync_after(folder)
    except OSError as exc:
        raise _unwritten(folder, exc) from exc
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def create_all(files: Mapping[Path, bytes]) -> None:
    """Write many files, each whole or not at all, and none where one can't be; raise as ``create`` does.

    All contents are on the disk before the first of them gets its name. A power cut between the
    names leaves some of the files, each of them whole.
    """
    beside = {path: _beside(path) for path in files}
    named: list[Path] = []
    path = next(iter(files), Path())
    try:
        holding: list[Path] = []
        for path in files:
            _make_folder(path.parent, holding.append)
        failed = _each(sync_folder, holding) or _each(lambda path: _write(beside[path], files[path]), files)
        for path, temporary in () if failed else beside.items():
            _name(temporary, path)
            named.append(path)
        if failed := failed or _each(sync_folder, [path.parent for path in files]):
            path, exc = failed
            raise exc
    except OSError as exc:
        for done in reversed(named):
            with suppress(OSError):
                os.unlink(done)
        raise (_taken(path) if isinstance(exc, FileExistsError) else _unwritten(path, exc)) from exc
    finally:
        for temporary in beside.values():
            with suppress(OSError):
                os.unlink(temporary)


_AT_ONCE, _FEW = 8, 16
"""A disk takes what is written at once in one go; for a few files that is not worth the threads."""


def _each(work: Callable[[Path], None], paths: Iterable[Path]) -> tuple[Path, OSError] | None:
    """Do a thing to each path, of many at once; return the first one that failed, and why."""

    def attempt(path: Path) -> OSError | None:
        try:
            work(path)
        except OSError as exc:
            return exc
        return None

    every = list(dict.fromkeys(paths))
    if len(every) <= _FEW:
        became = list(map(attempt, every))
    else:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            became = list(pool.map(attempt, every))
    return next(((path, exc) for path, exc in zip(every, became, strict=True) if exc is not None), None)


def move(source: Path, path: Path) -> None:
    """Put a finished file in its place, over what is there; raise ``EnvironmentFault`` if the disk refuses."""
    try:
        _check_no_device(path)
        _make_folder(path.parent)
        _replace(source, path)
        sync_folder(path.parent)
    except OSError as exc:
        raise _unwritten(path, exc, in_use=isinstance(exc, PermissionError)) from exc


def remove_folder(folder: Path) -> None:
    """Remove a folder with what is in it; raise ``EnvironmentFault`` if the disk refuses."""
    try:
        shutil.rmtree(folder)
        sync_folder(folder.parent)
    except OSError as exc:
        raise _unwritten(folder, exc) from exc


def remove(path: Path) -> None:
    """Remove a file if it is there; raise ``EnvironmentFault`` if the disk refuses."""
    try:
        with suppress(FileNotFoundError):
            os.unlink(path)
            sync_folder(path.parent)
    except OSError as exc:
        raise _unwritten(path, exc) from exc


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


def _unwritten(path: Path, exc: OSError, *, in_use: bool = False) -> EnvironmentFault:
    if in_use and os.name == "nt" and os.path.lexists(path):
        remedy = message(N_("Close it in the program that has it open, such as Excel, and try again."))
    else:
        remedy = message(N_("Check the folder's name, the free space and your right to write there."))
    return EnvironmentFault(
        N_("{file} could not be written: {reason}"),
        file=str(path),
        reason=os_reason(exc),
        remedy=remedy,
    )


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
