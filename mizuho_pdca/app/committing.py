"""Commit what was recorded: the plan and the records alone, with a message that says what it holds.

Where a merge is under way and its conflicts are resolved, the commit ends it; git then takes the
whole merge, as it must.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.core.commit_message import Change, Contents, commit_message, contents, listing
from mizuho_pdca.core.entry_checks import path_of
from mizuho_pdca.core.faults import Problem
from mizuho_pdca.errors import EnvironmentFault, PdcaError
from mizuho_pdca.language import Language
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.storage.git import Git
from mizuho_pdca.storage.loading import Workspace, load
from mizuho_pdca.storage.tree import IGNORED, PLAN_PATH, RECORDS

_PLAN = PLAN_PATH.partition("/")[0]
_LEFT = ("**/.[!g]*", "**/.[!g]*/**", "**/~*", "**/Thumbs.db", "**/desktop.ini")
"""What machines and editors leave: no data, as for the loader; git's own .gitkeep and the like are taken."""

_NOT_LEFT = tuple(f":(exclude,glob){pattern}" for pattern in _LEFT)
_EVERYTHING = (_PLAN, RECORDS, *_NOT_LEFT)
_STATUS = ("status", "--porcelain", "-z", "--no-renames", "--ignore-submodules=all", "--untracked-files=all")
_DIFF = ("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative")
_CHANGES: dict[str, Change] = {"A": "new", "D": "deleted"}
_OURS_AND_THEIRS = {"2", "3"}
"""The stages that a file has in the index where both sides of a merge have changed it."""


class Unfit(PdcaError):
    """There are errors in what was to be committed; ``problems`` lists them."""

    def __init__(self, problems: Sequence[Problem], *, merging: bool) -> None:
        """Take every error, and whether a merge is under way."""
        super().__init__(
            N_("there are {count} errors in the plan and the records; nothing was committed"),
            count=len(problems),
            remedy=_remedy(problems) if merging else message(N_("Correct them; pdca validate lists them again.")),
        )
        self.problems = problems

    def text(self, t: Translate) -> str:
        """Return every error with its place, and that nothing was committed."""
        from mizuho_pdca.render.problem_text import problems

        return f"{problems(self.problems, t)}\n{super().text(t)}"


def _remedy(problems: Sequence[Problem]) -> Message:
    """Return how to go on in the middle of a merge; seals can't be joined line by line."""
    seals = next((problem.file for problem in problems if problem.fault.code == "E505"), None)
    if seals is None:
        return message(N_("Correct them; pdca commit then ends the merge. To undo it: git merge --abort"))
    words = N_(
        "Keep one side of {file} whole: git checkout --ours -- {file}. Correct the rest; pdca commit then ends the "
        "merge. To undo it: git merge --abort"
    )
    return message(words, file=seals)


class _NothingNew(Exception):
    """The index holds what the last commit holds."""


@dataclass(frozen=True)
class Committed:
    """What was committed: the commit's short name, its subject, a line for each thing that it holds."""

    id: str
    subject: str
    lines: tuple[str, ...]
    notes: tuple[Message, ...] = ()


@dataclass
class _Status:
    """What git says of the plan and the records: which of the two changed, and what it leaves out."""

    changed: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def commit(desk: Desk, language: Callable[[Language], Translate], subject: str | None = None) -> Committed | None:
    """Commit the plan and the records, or return None where nothing has changed.

    Raise ``Unfit`` where there are errors in them, ``EnvironmentFault`` where git can't.
    """
    directory = desk.git.directory()
    check_idle(directory)
    merging = is_merging(directory)
    workspace = load(desk.tree, desk.today)
    plan = workspace.plan
    if plan is None or workspace.errors:
        raise Unfit(workspace.errors, merging=merging)
    status = _status(desk.git)
    _check_nothing_ignored(status.ignored)
    _check_conflicts(desk.git)
    if not status.changed and not merging:
        return None
    check_who(desk.git)
    t = language(plan.header.language)
    try:
        with desk.git.keeping_index():
            if status.changed:
                desk.git.do("add", "-A", "--", *status.changed, *_NOT_LEFT)
            held = _contents(_changes(desk.git, merging=merging), workspace, merging=merging)
            text = commit_message(plan, held, t, subject)
            _make(desk.git, text, () if merging else ("--only", "--", *status.changed, *_NOT_LEFT))
    except _NothingNew:
        return None
    lines = tuple(listing(plan, held, t))
    return Committed(short_head(desk.git), text.partition("\n")[0], lines, tuple(_notes(desk.git, workspace)))


def commit_files(git: Git, paths: Sequence[str], text: str) -> None:
    """Commit some files and nothing else; raise ``EnvironmentFault``."""
    directory = git.directory()
    check_idle(directory)
    if is_merging(directory):
        raise EnvironmentFault(
            N_("a merge is under way; nothing was committed"),
            remedy=message(
                N_("Resolve what is left of it; pdca commit then ends the merge. To undo it: {command}"),
                command="git merge --abort",
            ),
        )
    check_who(git)
    with git.keeping_index():
        git.do("add", "--", *paths)
        _make(git, text, ("--only", "--", *paths))


def short_head(git: Git) -> str:
    """Return the short name of the last commit."""
    return git.read("rev-parse", "--short", "HEAD").strip()


def _make(git: Git, text: str, what: Sequence[str]) -> None:
    git.do("commit", "--quiet", "--cleanup=whitespace", "-F", "-", *what, text=text)


# -- whether git can ------------------------------------------------------------------------------


def is_merging(directory: Path) -> bool:
    """Return whether a merge is under way in the work tree of git's folder."""
    return (directory / "MERGE_HEAD").exists()


def check_idle(directory: Path) -> None:
    """Raise ``EnvironmentFault`` where git is busy, or stopped in the middle of something other than a merge."""
    if (directory / "index.lock").exists():
        raise EnvironmentFault(
            N_("another git is at work in this repository, or one was cut off; nothing was committed"),
            remedy=message(
                N_("Wait a moment and try again. If no git is running, delete {file}"),
                file=str(directory / "index.lock"),
            ),
        )
    operation = next((name for name, mark in _OPERATIONS if (directory / mark).exists()), None)
    if operation is not None:
        raise EnvironmentFault(
            N_("git {operation} has stopped half way; nothing was committed"),
            operation=operation,
            remedy=message(
                N_("Go on with git {operation} --continue, or undo it with git {operation} --abort; then pdca commit."),
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


def check_who(git: Git) -> None:
    """Raise ``EnvironmentFault`` where git does not know whose commit it would be."""
    if not git.knows_who():
        raise EnvironmentFault(
            N_("git does not know who commits; nothing was committed"),
            remedy=message(
                N_("Say it once: {name} and {email}"),
                name='git config --global user.name "…"',
                email='git config --global user.email "…@…"',
            ),
        )


def _check_nothing_ignored(ignored: Sequence[str]) -> None:
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


def _check_conflicts(git: Git) -> None:
    """Raise ``EnvironmentFault`` where a file is in conflict that the checks of the data say nothing about."""
    prefix = git.prefix()
    conflicts = set(_words(git.read("diff", "--name-only", "--diff-filter=U", "-z")))
    if not conflicts:
        return
    stages: dict[str, set[str]] = {}
    for line in _words(git.read("ls-files", "--unmerged", "-z", "--", _PLAN, RECORDS)):
        head, _, path = line.partition("\t")
        stages.setdefault(path, set()).add(head[-1])
    sound = {prefix + path for path, found in stages.items() if found >= _OURS_AND_THEIRS and _is_data(path)}
    if conflicts - sound:
        raise EnvironmentFault(
            N_("these files are still in conflict; nothing was committed: {files}"),
            files=sorted(conflicts - sound),
            remedy=message(N_("Make each as it should be and say so with git add, or git rm; then pdca commit.")),
        )


# -- what there is to commit ----------------------------------------------------------------------


def _status(git: Git) -> _Status:
    prefix = git.prefix()
    result = _Status()
    found = set()
    for line in _words(git.read(*_STATUS, "--ignored=traditional", "--", *_EVERYTHING)):
        path = line[3:].removeprefix(prefix)
        if not line.startswith("!!"):
            found.add(path.partition("/")[0])
        elif _is_data(path):
            result.ignored.append(path)
    result.changed = sorted(found)
    return result


def _is_data(path: str) -> bool:
    hidden = any(part.startswith(IGNORED) for part in path.split("/"))
    return path == PLAN_PATH or (path.startswith(f"{RECORDS}/") and path.endswith(".yaml") and not hidden)


def _changes(git: Git, *, merging: bool) -> Mapping[str, Change]:
    """Return what the index changes in plan and records; in a merge, what neither side has as it is there."""
    found = _differences(git)
    if merging:
        theirs = _differences(git, "MERGE_HEAD")
        return {path: change for path, change in found.items() if path in theirs}
    if not found:
        raise _NothingNew
    return found


def _differences(git: Git, *commit: str) -> dict[str, Change]:
    words = _words(git.read(*_DIFF, "--cached", *commit, "--", *_EVERYTHING))
    return {path: _CHANGES.get(letter, "edited") for letter, path in zip(words[::2], words[1::2], strict=True)}


def _words(told: str) -> list[str]:
    return told.split("\0")[:-1]


def _contents(changes: Mapping[str, Change], workspace: Workspace, *, merging: bool) -> Contents:
    entries = {path_of(entry): entry for entry in workspace.ledger.entries}
    closed = {year: file.seal is not None for year, file in workspace.seals.items()}
    return contents(changes, entries, closed, merge=merging)


def _notes(git: Git, workspace: Workspace) -> list[Message]:
    notes = []
    if workspace.problems:
        words = N_("{count} things are worth a look: pdca validate")
        notes.append(message(words, count=len(workspace.problems)))
    if git.ask("symbolic-ref", "--quiet", "HEAD") is None:
        words = N_("no branch holds this commit; keep it with git switch -c NAME")
        notes.append(message(words))
    return notes
