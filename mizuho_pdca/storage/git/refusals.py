"""What to say where git is missing, finds no repository, or can't use the one that it finds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from mizuho_pdca.errors import EnvironmentFault, os_reason
from mizuho_pdca.message import N_, Message, message

_BROKEN_INDEX = re.compile("index file (?:smaller|corrupt)|bad index file")


class NoRepository(EnvironmentFault):
    """A folder is not under git."""


class UnusableRepository(EnvironmentFault):
    """A folder is under git, and git refuses to work there."""


def no_program(exc: OSError) -> EnvironmentFault:
    """Return what to say where there is no git, or none that the system lets run."""
    remedy = message(N_("Install git, or go on without it: everything but the audit trail works."))
    if isinstance(exc, FileNotFoundError):
        return EnvironmentFault(N_("the program git was not found"), remedy=remedy)
    return EnvironmentFault(N_("git could not be run: {reason}"), reason=os_reason(exc), remedy=remedy)


def _git_files(folder: Path) -> Iterator[Path]:
    """Yield where git looks for a repository, the nearest place first."""
    return (place / ".git" for place in (folder.absolute(), *folder.absolute().parents))


def no_repository(folder: Path, reason: str) -> EnvironmentFault:
    """Return what to say where git finds no repository that it can use, for the reason that it gives."""
    if "dubious ownership" in reason:
        return UnusableRepository(
            N_("git does not trust {folder}: it belongs to another user"),
            folder=str(folder),
            remedy=message(
                N_("If you know whose it is: git config --global --add safe.directory {folder}"),
                folder=folder.as_posix(),
            ),
        )
    if "not a git repository" in reason:
        lost = next((place for place in _git_files(folder) if os.path.lexists(place)), None)
        if lost is not None:
            return UnusableRepository(
                N_("{file} should lead to the history of {folder}, and git finds no repository there"),
                file=str(lost),
                folder=str(folder),
                remedy=message(
                    N_(
                        "Bring it back from a copy, or connect the drive that the repository lies on. To begin a new "
                        "history: put {file} elsewhere, then git init -b main and pdca commit"
                    ),
                    file=str(lost),
                ),
            )
        return NoRepository(
            N_("{folder} is not under git, so it has no history"),
            folder=str(folder),
            remedy=message(N_("Put it under git there: git init -b main, then pdca commit.")),
        )
    if "config" in reason:
        return UnusableRepository(
            N_("git can't read its settings: {reason}"),
            reason=reason.removeprefix("fatal: "),
            remedy=message(N_("Correct that line in a text editor, or ask whoever set up git.")),
        )
    return UnusableRepository(N_("git {command} failed: {reason}"), command="rev-parse", reason=reason)


def is_of_index(reason: str) -> bool:
    """Return whether git says that the file in which it notes what it has seen of the others is broken."""
    return _BROKEN_INDEX.search(reason) is not None


def without_index(file: str) -> Message:
    """Return how to go on where that file is broken."""
    return message(N_("Delete {file} and try again: git makes that file anew, and nothing is lost."), file=file)
