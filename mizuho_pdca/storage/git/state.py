"""Whether git can commit now: nothing else is under way or in conflict, and it knows who commits."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS, is_data
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.storage.git.program import Git

PLAN_FOLDER = PLAN_PATH.partition("/")[0]
STATUS = (
    "status", "--porcelain", "-z", "--no-renames", "--ignore-submodules=all", "--untracked-files=all",
    "--ignored=traditional", "--",
)  # fmt: skip
_OURS_AND_THEIRS = {"2", "3"}
"""The stages that a file has in the index where both sides of a merge have changed it."""
_FIRST_PAUSE, _LONGEST_PAUSE, _SECONDS, _STALE = 0.01, 1.0, 60, 10
"""After how many seconds a lock is looked at again, at first and at most, and for how long in all: most are
gone at once, and one that has stood so long already was left behind."""


def fields(told: str) -> list[str]:
    """Return what git has told with a zero byte after each word."""
    return told.split("\0")[:-1]


def named(paths: Sequence[str], most: int) -> Value:
    """Return some of the paths to name, with the number of the others."""
    if len(paths) <= most:
        return list(paths)
    return message(N_("{files} and {count} more"), files=list(paths[:most]), count=len(paths) - most)


def is_merging(directory: Path) -> bool:
    """Return whether a merge is under way in the work tree of git's folder."""
    return (directory / "MERGE_HEAD").exists()


def detached_note(git: Git) -> Iterator[Message]:
    """Yield how to keep the last commit where no branch holds it."""
    if git.ask("symbolic-ref", "--quiet", "HEAD") is None:
        yield message(N_("no branch holds this commit; keep it with git switch -c NAME"))


# -- another git, or one that stopped -------------------------------------------------------------


def check_idle(directory: Path) -> None:
    """Raise ``EnvironmentFault`` where git is busy, or stopped in the middle of something other than a merge."""
    for pause in waits():
        locks = _locks(directory)
        if not locks:
            break
        if all(abs(age) > _STALE for _, age in locks):  # of a lock of the future the clock was set back since
            raise busy(directory)
        time.sleep(pause)
    else:
        raise busy(directory)
    operation = next((name for name, mark in _OPERATIONS if (directory / mark).exists()), None)
    if operation is not None:
        raise EnvironmentFault(
            N_("git {operation} has stopped half way; nothing was committed"),
            operation=operation,
            remedy=message(
                N_(
                    "Check with pdca validate, type git add -- plan records, then git {operation} --continue. "
                    "To undo it: git {operation} --abort"
                ),
                operation=operation,
            ),
        )


_OPERATIONS = (
    ("am", "rebase-apply/applying"),
    ("rebase", "rebase-apply"),
    ("rebase", "rebase-merge"),
    ("cherry-pick", "CHERRY_PICK_HEAD"),
    ("revert", "REVERT_HEAD"),
)
"""What git can stop in the middle of, and the file that says so."""


def waits() -> Iterator[float]:
    """Yield growing pauses, each unlike those of others, until somebody would think that nothing happens."""
    pause, last = _FIRST_PAUSE, time.monotonic() + _SECONDS
    while time.monotonic() < last:
        yield pause * (1 + os.urandom(1)[0] / 255)
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def _locks(directory: Path) -> list[tuple[Path, float]]:
    """Return the locks that stop a commit, each with its age in seconds."""
    found = []
    for lock in (directory / "index.lock", directory / "HEAD.lock", *_locked_branches(directory)):
        with suppress(OSError):
            found.append((lock, time.time() - lock.stat().st_mtime))
    return found


def _locked_branches(directory: Path) -> Iterator[Path]:
    """Yield where the lock of the branch would be, and that of all branches that are kept in one file."""
    with suppress(OSError):
        head = (directory / "HEAD").read_text(encoding="utf-8", errors="replace").strip()
        common = directory
        if (directory / "commondir").is_file():
            common = directory / (directory / "commondir").read_text(encoding="utf-8").strip()
        if head.startswith("ref: "):
            yield common / f"{head.removeprefix('ref: ')}.lock"
        yield common / "packed-refs.lock"


def busy(directory: Path) -> EnvironmentFault:
    """Return what to say where another git is at work, or has left its locks behind."""
    locks = [
        message(N_("{file} ({minutes} minutes old)"), file=str(lock), minutes=max(0, int(age)) // 60)
        for lock, age in _locks(directory)
    ]
    again = N_("Wait a moment and try again.")
    words = N_("Wait a moment and try again. If no git is running, delete what one has left: {files}")
    return EnvironmentFault(
        N_("another git is at work in this repository, or one was cut off; nothing was committed"),
        remedy=message(words, files=locks) if locks else message(again),
    )


# -- who commits ----------------------------------------------------------------------------------

_NAME = 'git config --global user.name "瑞穂 花子"'
_ADDRESS = 'git config --global user.email "hanako@example.jp"'


def check_who(git: Git) -> None:
    """Raise ``EnvironmentFault`` where git does not know whose commit it would be."""
    if git.knows_who():
        return
    if _would_know(git, "user.name=x"):
        raise EnvironmentFault(
            N_("git does not know the name of who commits; nothing was committed"),
            remedy=message(N_("Say it once, for example: {command}"), command=_NAME),
        )
    if _would_know(git, "user.email=x@example.jp"):
        raise EnvironmentFault(
            N_("git does not know the e-mail address of who commits; nothing was committed"),
            remedy=message(N_("Say it once, for example: {command}"), command=_ADDRESS),
        )
    raise EnvironmentFault(
        N_("git does not know the name and the e-mail address of who commits; nothing was committed"),
        remedy=message(N_("Say both once, for example: {name} and {email}"), name=_NAME, email=_ADDRESS),
    )


def _would_know(git: Git, setting: str) -> bool:
    """Return whether one more setting is all that git lacks."""
    try:
        for role in ("AUTHOR", "COMMITTER"):
            git.do("-c", "user.useConfigOnly=true", "-c", setting, "var", f"GIT_{role}_IDENT")
    except EnvironmentFault:
        return False
    return True


# -- files ----------------------------------------------------------------------------------------


def check_nothing_ignored(ignored: Sequence[str]) -> None:
    """Raise ``EnvironmentFault`` where git would leave out what is to be committed."""
    if ignored:
        raise EnvironmentFault(
            N_(
                "a .gitignore keeps {count} files of the plan and the records out of the history, such as {file}; "
                "nothing was committed"
            ),
            count=len(ignored),
            file=ignored[0],
            remedy=message(N_("Take the line out that git check-ignore -v {file} names."), file=ignored[0]),
        )


def ignored_among(git: Git, paths: Iterable[str]) -> list[str]:
    """Return those of the files that a .gitignore keeps out."""
    prefix = git.prefix()
    return [line[3:].removeprefix(prefix) for line in fields(git.read(*STATUS, *paths)) if line.startswith("!!")]


def check_no_repository_within(git: Git) -> None:
    """Raise ``EnvironmentFault`` where another repository stands among the data.

    Of one that was added git would run what it names; of any other git does not see what it holds.
    """
    listed = fields(git.read("ls-files", "--stage", "-z", "--", PLAN_FOLDER, RECORDS))
    modules = [line.partition("\t")[2] for line in listed if line.startswith("160000 ")]
    if modules:
        remedy = message(N_("Take it out of the plan and the records: git rm --cached {file}"), file=modules[0])
        raise _repository_within(modules, remedy)
    prefix = git.prefix()
    found = [line[3:].removeprefix(prefix) for line in fields(git.read(*STATUS, PLAN_FOLDER, RECORDS))]
    if nested := [path for path in found if path.endswith("/") and is_data(path)]:
        raise _repository_within(nested, message(N_("Move the folder {file}.git elsewhere."), file=nested[0]))


def _repository_within(files: Sequence[str], remedy: Message) -> EnvironmentFault:
    return EnvironmentFault(
        N_("there is another repository among the data, so nothing was committed: {files}"),
        files=list(files),
        remedy=remedy,
    )


def check_conflicts(git: Git) -> None:
    """Raise ``EnvironmentFault`` where a file is in conflict that the checks of the data say nothing about."""
    prefix = git.prefix()
    unmerged = ("diff", "--name-only", "--diff-filter=U", "-z", "--no-relative", "--ignore-submodules=all")
    conflicts = set(fields(git.read(*unmerged)))
    if not conflicts:
        return
    stages: dict[str, set[str]] = {}
    for line in fields(git.read("ls-files", "--unmerged", "-z", "--", PLAN_FOLDER, RECORDS)):
        head, _, path = line.partition("\t")
        stages.setdefault(path, set()).add(head[-1])
    sound = {prefix + path for path, found in stages.items() if found >= _OURS_AND_THEIRS and is_data(path)}
    if conflicts - sound:
        raise EnvironmentFault(
            N_("these files are still in conflict; nothing was committed: {files}"),
            files=sorted(conflicts - sound),
            remedy=message(N_("Make each as it should be and say so with git add, or git rm; then pdca commit.")),
        )
