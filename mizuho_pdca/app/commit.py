"""Commit what was recorded: the plan and the records alone, with a message that says what it holds.

Where a merge is under way and its conflicts are resolved, the commit ends it; git then takes the
whole merge, as it must.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Receipt
from mizuho_pdca.app.schema import EDITOR_FILES
from mizuho_pdca.app.workspace import FaultyData
from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS, is_data, path_of
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.errors import EnvironmentFault, Refused, os_reason
from mizuho_pdca.language import Language, translator
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.commit_message import ChangeKind, Contents, commit_message, contents, listing
from mizuho_pdca.storage.git.committing import commit_built
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.git.state import (
    PLAN_FOLDER,
    STATUS,
    check_conflicts,
    check_idle,
    check_no_repository_within,
    check_nothing_ignored,
    check_who,
    detached_note,
    fields,
    ignored_among,
    is_merging,
    named,
)
from mizuho_pdca.storage.loading import Workspace, load
from mizuho_pdca.storage.workspace import ATTRIBUTES, KEPT

_YEAR = f":(glob){RECORDS}/[0-9][0-9][0-9][0-9]"
_SEALS, _ENTRIES = f"{_YEAR}/closed.yaml", f"{_YEAR}/[!.~]*/[!.~]*.yaml"
"""Patterns, for git is slow with thousands of names."""

_LEFT = ("**/.[!g]*", "**/.[!g]*/**", "**/~*", "**/Thumbs.db", "**/desktop.ini")
"""What machines and editors leave: no data, as for the loader, and nothing to speak of."""

_DATA = (PLAN_FOLDER, RECORDS)
_LOOKED_AT = (
    *(ATTRIBUTES, *EDITOR_FILES, *_DATA),
    *(f":(exclude,glob){folder}/{pattern}" for folder in _DATA for pattern in _LEFT),
)
_DIFF = (
    "diff",
    "--cached",
    "--name-status",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
)
_CHANGES: dict[str, ChangeKind] = {"A": "new", "D": "deleted"}
_REWRITTEN, _STRANGERS = 5, 3
"""So many files are named; the rest is counted."""


class UnfitToCommit(FaultyData):
    """There are errors in what was to be committed; ``problems`` lists them."""

    def __init__(self, problems: Sequence[Problem], *, merging: bool) -> None:
        """Take every error, and whether a merge is under way."""
        super().__init__(
            N_("there are {count} errors in the plan and the records; nothing was committed"),
            problems,
            _remedy(problems) if merging else message(N_("Correct them; pdca validate lists them again.")),
        )


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


@dataclass(frozen=True)
class Committed:
    """What was committed: the commit's short name, its subject, a line for each thing that it holds.

    ``entries`` is how many entries are new with it.
    """

    id: str
    subject: str
    lines: tuple[str, ...]
    entries: int
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Unchanged:
    """There was nothing to commit."""

    notes: tuple[Message, ...] = ()


@dataclass
class _Status:
    """What git says of the workspace: which kinds of data changed, what it leaves out, and what is no data."""

    changed: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def commit(
    desk: Desk,
    language: Callable[[Language], Translate] = translator,
    subject: str | None = None,
    *,
    force: bool = False,
) -> Committed | Unchanged:
    """Commit the plan and the records, where they have changed; with ``force`` also entries that were rewritten.

    Raise ``UnfitToCommit`` where there are errors in them, ``Refused`` where committed entries were changed
    or deleted, ``EnvironmentFault`` where git can't.
    """
    directory = desk.git.directory()
    check_idle(directory)
    merging = is_merging(directory)
    workspace = load(desk.tree, desk.clock())
    plan = workspace.plan
    if plan is None or workspace.errors:
        raise UnfitToCommit(workspace.errors, merging=merging)
    status = _status(desk.git, merging=merging)
    check_no_repository_within(desk.git)
    check_nothing_ignored(status.ignored)
    check_conflicts(desk.git)
    left_out = tuple(_left_out(status))
    if not status.changed and not merging:
        return Unchanged(left_out)
    check_who(desk.git)
    t = language(plan.header.language)
    made: list[tuple[Contents, str, list[str]]] = []

    def build(git: Git) -> str | None:
        kinds = _status(git, merging=merging).changed
        if kinds:
            git.do("add", "-A", "--", *sorted(kinds))
        changes = _merged(git) if merging else _changes(git, kinds)
        if not changes and not merging:
            return None
        held = _contents(changes, workspace, merging=merging)
        if not force:
            _check_not_rewritten(held, merging=merging)
        made.append((held, commit_message(plan, held, t, subject), _staged_besides(git) if merging else []))
        return made[-1][1]

    name = commit_built(desk.git, build, healed=sorted(status.changed), merging=merging)
    if name is None:
        return Unchanged(left_out)
    held, text, others = made[-1]
    notes = (*_notes(workspace), *_went_in(others), *left_out, *detached_note(desk.git))
    return Committed(
        _short(desk.git, name), text.partition("\n")[0], tuple(listing(plan, held, t)), len(held.entries), notes
    )


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
    check_nothing_ignored(ignored_among(git, paths))
    check_who(git)

    def build(draft: Git) -> str:
        draft.do("add", "--", *paths)
        return text

    commit_built(git, build)


def _short(git: Git, name: str) -> str:
    return git.read("rev-parse", "--short", name).strip()


# -- what there is to commit ----------------------------------------------------------------------


def _pattern(path: str) -> str:
    """Return the pattern for all files of a file's kind; nothing where it is no data of ours."""
    if path in (PLAN_PATH, KEPT, ATTRIBUTES, *EDITOR_FILES):
        return path
    if not is_data(path):
        return ""
    _, _, *below_year = path.split("/")
    return _SEALS if len(below_year) == 1 else _ENTRIES


def _status(git: Git, *, merging: bool) -> _Status:
    prefix = git.prefix()
    result = _Status()
    for line in fields(git.read(*STATUS, *_LOOKED_AT)):
        code, path = line[:2], line[3:].removeprefix(prefix)
        if code == "!!":
            result.ignored += [path] if is_data(path) else []
        elif path in (ATTRIBUTES, *EDITOR_FILES) and "D" in code:
            continue
        elif pattern := _pattern(path):
            result.changed.add(pattern)
        elif not merging or code[0] in " ?":
            result.strangers.append(path)
    return result


def _changes(git: Git, kinds: set[str]) -> Mapping[str, ChangeKind]:
    """Return what the index changes in files of some kinds."""
    return {path: change for path, change in _differences(git).items() if _pattern(path) in kinds}


def _merged(git: Git) -> Mapping[str, ChangeKind]:
    """Return what the index has in a merge that neither side has as it is there, or lacks though neither deleted it."""
    ours, theirs = _differences(git), _differences(git, "MERGE_HEAD")
    found: dict[str, ChangeKind] = {}
    alone = []
    for path in filter(_pattern, ours.keys() | theirs.keys()):
        if path in ours and path in theirs:
            found[path] = ours[path] if ours[path] == theirs[path] else "edited"
        elif "deleted" in (ours.get(path), theirs.get(path)):
            alone.append(path)
    if alone:
        base = (git.ask("merge-base", "HEAD", "MERGE_HEAD") or "").split()
        before = _differences(git, *base) if base else {}
        found |= {path: "deleted" for path in alone if path not in before}
    return found


def _staged_besides(git: Git) -> list[str]:
    """Return files of the whole repository that a merge takes along, though they are no data and of neither side."""
    prefix = git.prefix()
    ours, theirs = (fields(git.read(*_DIFF, *side))[1::2] for side in ((), ("MERGE_HEAD",)))
    both = sorted(set(ours) & set(theirs))
    return [path for path in both if not (path.startswith(prefix) and _pattern(path.removeprefix(prefix)))]


def _differences(git: Git, *side: str) -> dict[str, ChangeKind]:
    found = fields(git.read(*_DIFF, "--relative", *side, "--", *_LOOKED_AT))
    return {path: _CHANGES.get(letter, "edited") for letter, path in zip(found[::2], found[1::2], strict=True)}


def _contents(changes: Mapping[str, ChangeKind], workspace: Workspace, *, merging: bool) -> Contents:
    entries = {path_of(entry): entry for entry in workspace.ledger.entries}
    closed = {year: file.seal is not None for year, file in workspace.seals.items()}
    return contents(changes, entries, closed, merge=merging)


def _check_not_rewritten(held: Contents, *, merging: bool) -> None:
    """Raise ``Refused`` where committed entries or seals are no longer as they were committed."""
    rewritten = sorted((*held.edited, *held.deleted))
    if rewritten:
        alone = N_(
            "To undo it: git restore -SW -- FILE. To correct an entry: "
            'pdca log … --supersedes ENTRY --reason "…"; to take it back: pdca withdraw ENTRY --reason "…". '
            "To commit them all the same: pdca commit --force"
        )
        in_merge = N_(
            "To undo it: git restore -SW -- FILE; for what the other side committed: "
            "git restore -SW -s MERGE_HEAD -- FILE. To undo the merge: git merge --abort. "
            "To commit them all the same: pdca commit --force"
        )
        words = in_merge if merging else alone
        raise Refused(
            N_("committed records were rewritten or deleted, so nothing was committed: {files}"),
            files=named(rewritten, _REWRITTEN),
            remedy=message(words),
        )


# -- what is worth a note -------------------------------------------------------------------------


def _notes(workspace: Workspace) -> Iterator[Message]:
    if workspace.problems:
        words = N_("{count} things are worth a look: pdca validate")
        yield message(words, count=len(workspace.problems))


def _went_in(others: Sequence[str]) -> Iterator[Message]:
    if others:
        words = N_("the merge took other staged files along: {files}")
        yield message(words, files=named(others, _STRANGERS))


def _left_out(status: _Status) -> Iterator[Message]:
    if status.strangers:
        words = N_("files that are no records were not committed: {files}")
        yield message(words, files=named(sorted(status.strangers), _STRANGERS))


def commit_entry(desk: Desk, receipt: Receipt, t: Translate) -> list[Message]:
    """Commit the file of one entry, and nothing else; return what is worth a note.

    Where that fails, say that the entry itself is saved.
    """
    try:
        commit_files(desk.git, [receipt.path], commit_message(receipt.plan, Contents((receipt.entry,)), t))
    except EnvironmentFault as exc:
        exc.remedy = _saved(exc.remedy)
        raise
    except OSError as exc:
        reason = os_reason(exc)
        raise EnvironmentFault(N_("the system refused: {reason}"), reason=reason, remedy=_saved(None)) from exc
    return list(detached_note(desk.git))


def _saved(remedy: Message | None) -> Message:
    """Return what to do where an entry is written and not committed."""
    words = N_("The record is saved; do not type it again. Remove the cause, then type pdca commit.")
    if remedy is None:
        return message(words)
    return message(N_("{remedy}\n  {saved}"), remedy=remedy, saved=message(words))
