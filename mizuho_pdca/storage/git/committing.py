"""Commit beside the shared index: many may commit at once, also with plain git, and be cut off at any moment.

A commit is made through an index of its own. Its files then go into the shared index, where they are at
worst staged, and only then does HEAD move in one step from the commit that was built upon, or not at all:
whoever was slower builds anew upon what is there now.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mizuho_pdca.errors import EnvironmentFault, os_reason
from mizuho_pdca.message import N_
from mizuho_pdca.storage.files import sync_folder, try_lock
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.git.state import busy, fields, waits

_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
_TURN = "pdca-turn"
_OURS, _HOUR = "pdca-*.index*", 3600
"""What is left of an index of one's own where the program was killed, and after how many seconds it goes."""

Build = Callable[[Git], str | None]
"""Stages what is to be committed with the git that it is given, and returns the message, None for no commit."""


class _Item(NamedTuple):
    """A file of an index: mode, name of its contents, path."""

    mode: str
    id: str
    path: str


class _Line(NamedTuple):
    """A file that differs: mode and contents before and after, how, and where."""

    before: tuple[str, str]
    after: tuple[str, str]
    status: str
    path: str


def commit_built(git: Git, build: Build, *, healed: Sequence[str] = (), merging: bool = False) -> str | None:
    """Commit what ``build`` stages; return the commit's name, None where there was nothing to commit.

    Of files that match ``healed``, those that are staged as deleted and still there, or as new and gone, are
    so no longer. Raise ``EnvironmentFault`` where git can't; then the shared index is as it was.
    """
    directory = git.directory()
    with _in_turn(directory):
        return _commit(git, directory, build, healed, merging=merging)


@contextmanager
def _in_turn(directory: Path) -> Iterator[None]:
    """Let those who commit with this program go one after the other, as far as the system can; it only saves time."""
    with ExitStack() as stack:
        with suppress(OSError):
            opened = os.open(directory / _TURN, os.O_RDWR | os.O_CREAT, 0o666)  # which waits for nobody, as "ab" may
            stream = stack.enter_context(os.fdopen(opened, "wb"))
            for pause in waits():
                if try_lock(stream):
                    break
                time.sleep(pause)
        yield


def _commit(git: Git, directory: Path, build: Build, healed: Sequence[str], *, merging: bool) -> str | None:
    for pause in waits():
        head = _head(git)
        with _own_index(git, directory, head, merging=merging) as draft:
            text = build(draft)
            made = None if text is None else _made(draft, directory, text, head, merging=merging)
        if made is None or made == head:
            if head and healed:
                _stage(git, directory, _astray(git, head, healed))
            return None
        if _published(git, directory, head, made, healed, merging=merging):
            sync_folder(directory)
            return made
        time.sleep(pause)
    raise busy(directory)


@contextmanager
def _own_index(git: Git, directory: Path, head: str, *, merging: bool) -> Iterator[Git]:
    """Give git an index of its own that holds the last commit, or what a merge has staged."""
    _sweep(directory)
    index = directory / f"pdca-{os.urandom(6).hex()}.index"
    draft = replace(git, index=index)
    try:
        with suppress(FileNotFoundError):
            shutil.copy2(directory / "index", index)  # with its time: what changed in the same second is read again
        if not merging:  # with what it knows of the files, so that only those that changed are read
            draft.do("read-tree", *(("--reset", head) if head else ("--empty",)))
        yield draft
    except OSError as exc:
        raise EnvironmentFault(N_("the system refused: {reason}"), reason=os_reason(exc)) from exc
    finally:
        for left in (index, index.with_name(f"{index.name}.lock")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _sweep(directory: Path) -> None:
    """Remove what is left of killed runs."""
    for left in directory.glob(_OURS):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _HOUR:
                left.unlink()


def _made(draft: Git, directory: Path, text: str, head: str, *, merging: bool) -> str:
    """Return a commit of what is staged; the last one where that holds the same already."""
    tree = draft.do("write-tree").strip()
    if not merging and head and draft.read("rev-parse", f"{head}^{{tree}}").strip() == tree:
        return head
    others = (directory / "MERGE_HEAD").read_text(encoding="ascii").split() if merging else []
    parents = [word for name in dict.fromkeys([head, *others]) if name for word in ("-p", name)]
    is_signed = (draft.ask("config", "--type=bool", "--get", "commit.gpgSign") or "").strip() == "true"
    return draft.do("commit-tree", *(["-S"] if is_signed else []), tree, *parents, "-F", "-", text=text).strip()


def _published(git: Git, directory: Path, head: str, made: str, healed: Sequence[str], *, merging: bool) -> bool:
    """Make a commit the last one, unless another has become that meanwhile; return whether it is."""
    changed, undone = [], list[_Item]()
    if not merging:
        lines = _lines(git.read("diff-tree", "--root", "--no-commit-id", "-r", *_RAW, made))
        changed = [_Item(*one.after, one.path) for one in lines]
        paths = {one.path for one in lines}
        staged = _lines(git.read("diff-index", "--cached", *_RAW, made))
        undone = [_Item(*one.after, one.path) for one in staged if one.path in paths]
        if healed:
            changed += _astray(git, made, healed)
    try:
        _stage(git, directory, changed)
        git.do("update-ref", "-m", "commit", "HEAD", made, head or "0" * len(made))
    except BaseException as exc:
        if not _holds(git, made):  # whatever became of the git that was to bring it there
            has_moved = _head(git) != head
            if not has_moved:
                with suppress(EnvironmentFault):
                    _stage(git, directory, undone)
            if isinstance(exc, EnvironmentFault) and (has_moved or _is_locked(exc)):
                return False
            raise
    if merging:  # which was staged as a whole
        _again(directory, lambda: git.do("reset", "--quiet"))
    return True


def _holds(git: Git, made: str) -> bool:
    return git.ask("merge-base", "--is-ancestor", made, "HEAD") is not None


def _head(git: Git) -> str:
    """Return the name of the last commit, nothing where there is none."""
    return (git.ask("rev-parse", "--verify", "--quiet", "HEAD") or "").strip()


# -- the shared index -----------------------------------------------------------------------------


def _stage(git: Git, directory: Path, items: Iterable[_Item]) -> None:
    """Give files of the shared index their mode and contents; mode 0 takes one out."""
    told = "".join(f"{one.mode} {one.id}\t{one.path}\0" for one in items)
    if told:
        _again(directory, lambda: git.do("update-index", "-z", "--index-info", text=told))
        git.ask("update-index", "-q", "--refresh")


def _astray(git: Git, commit: str, paths: Sequence[str]) -> Iterator[_Item]:
    """Yield files that the shared index lacks though a commit holds them, or holds though nobody has them any more."""
    prefix = git.prefix()
    for one in _lines(git.read("diff-index", "--cached", *_RAW, commit, "--", *paths)):
        if one.status == "D":
            yield _Item(*one.before, one.path)
        elif one.status == "A" and not os.path.lexists(git.folder / one.path.removeprefix(prefix)):
            yield _Item("0", one.before[1], one.path)


def _lines(told: str) -> list[_Line]:
    words = fields(told)
    heads = (head.removeprefix(":").split() for head in words[::2])
    return [
        _Line((old, before), (new, after), status[:1], path)
        for (old, new, before, after, status), path in zip(heads, words[1::2], strict=True)
    ]


def _again(directory: Path, run: Callable[[], object]) -> None:
    """Run git again and again while another one holds the lock."""
    for pause in waits():
        try:
            run()
        except EnvironmentFault as exc:
            if not _is_locked(exc):
                raise
            time.sleep(pause)
        else:
            return
    raise busy(directory)


def _is_locked(exc: EnvironmentFault) -> bool:
    failed = exc.__cause__
    return isinstance(failed, subprocess.CalledProcessError) and ".lock'" in str(failed.stderr)
