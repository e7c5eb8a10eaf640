"""Found a workspace: a folder with a plan and an empty place for records, under git."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal

from mizuho_pdca.app.commit import commit_files
from mizuho_pdca.app.schema import MODELINE, editor_files
from mizuho_pdca.app.workspace import FaultyPlan
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault, os_reason
from mizuho_pdca.language import Language, translator
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.commit_message import Contents, commit_message
from mizuho_pdca.storage.files import create, is_left_over, is_link, read_named
from mizuho_pdca.storage.git.hooks import install_hook
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.git.refusals import NoRepository
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.workspace import ATTRIBUTES, GITATTRIBUTES, KEPT, own_plan

_MOST_BYTES = 50_000_000
"""So much is read of what is named as a plan: enough to see what it is, and that it is larger than one may be."""

_TABLES, _WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv"), (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the name of a table ends, and how a workbook begins."""

History = Literal["committed", "uncommitted", "inside", "none"]
"""What became of the audit trail: the first commit was made, could not be made, is left to whoever
has the repository around the workspace, or there is no git."""


@dataclass(frozen=True)
class Founded:
    """The new workspace, what became of its history, and the number under which work can be recorded first.

    ``refusal`` says why the first commit could not be made.
    """

    root: Path
    history: History
    first: str | None
    refusal: EnvironmentFault | None = None

    @property
    def under_git(self) -> bool:
        """Return whether git keeps its history."""
        return self.history != "none"


def found_workspace(
    root: Path, plan: Path | None, draft: str | None = None, language: Callable[[Language], Translate] = translator
) -> Founded:
    """Make a workspace in an empty or new folder: with the program's own plan, one in a file, or a draft's text.

    ``language`` gives the words of the first commit.
    """
    above = workspace_above(root)
    if above is not None and root.resolve().relative_to(above).parts[0] in (RECORDS, PurePath(PLAN_PATH).parts[0]):
        raise Refused(
            N_("the folder above, {folder}, is the workspace; nothing was written"),
            folder=str(above),
            remedy=message(N_("Name a folder outside of its plan and its records.")),
        )
    text = draft or (own_plan() if plan is None else _read(plan, root))
    usable, problems = load_plan(Memory({PLAN_PATH: text.encode()}))
    if usable is None:
        raise FaultyPlan(problems if plan is None else [replace(problem, file=str(plan)) for problem in problems])
    made = {
        KEPT: b"",
        ATTRIBUTES: GITATTRIBUTES.encode(),
        **editor_files(usable, language(usable.header.language)),
        PLAN_PATH: (text if "yaml-language-server" in text else MODELINE + text).encode(),  # last: who has it is whole
    }
    if root.exists() and not (root.is_dir() and _is_unfinished(root, made)):
        raise Refused(
            N_("{folder} is not empty; nothing was written"),
            folder=str(root),
            remedy=message(N_("Name a new folder.")),
        )
    for path, data in made.items():
        if not (root / path).exists():
            create(root / path, data)
    history, refusal = _begin(Git(root), usable, tuple(made), language)
    originals = (one for one in usable.places.values() if one.is_initiative and one.node.original_id is None)
    first = next((one.id if one.node.label else one.number for one in originals), None)
    return Founded(root, history, first, refusal)


def _is_unfinished(root: Path, made: Mapping[str, bytes]) -> bool:
    """Return whether a folder is empty, or holds only what a run that was cut off here has made so far."""
    folders = [root, *{root / path for name in made for path in PurePath(name).parents[:-1]}]
    found = [item for folder in folders if folder.is_dir() for item in folder.iterdir()]
    known = {root / ".git", *filter(Path.is_dir, folders)}
    if not all(item in known or is_left_over(item.name) or _is_made(item, root, made) for item in found):
        return False
    if any(map(is_link, found)):
        return False
    is_whole = all((root / name).exists() for name in made)
    if not is_whole:
        return not is_workspace(root)
    return Git(root).ask("rev-parse", "--verify", "--quiet", "HEAD") is None


def _is_made(item: Path, root: Path, made: Mapping[str, bytes]) -> bool:
    data = made.get(item.relative_to(root).as_posix())
    return data is not None and item.is_file() and item.read_bytes() == data


def add_hook(root: Path, blocked: str) -> Path:
    """Let git check a workspace before every commit; ``blocked`` is what that says where it stops one."""
    try:
        return install_hook(Git(root), blocked)
    except NoRepository as exc:
        words = N_("Put it under git there: git init -b main, then pdca init . --hook again.")
        exc.remedy = message(words)
        raise


def check_not_inside(root: Path) -> None:
    """Raise ``Refused`` where the workspace is a folder further up: the hook belongs there."""
    above = workspace_above(root)
    if above is not None:
        raise Refused(
            N_("the folder above, {folder}, is the workspace; nothing was written"),
            folder=str(above),
            remedy=message(N_("There type pdca init . --hook")),
        )


def workspace_above(root: Path) -> Path | None:
    """Return the workspace that a folder lies in, None where it lies in none."""
    return next(filter(is_workspace, root.resolve().parents), None)


def is_workspace(root: Path) -> bool:
    """Return whether the folder holds a plan already."""
    return (root / PLAN_PATH).is_file()


def _begin(
    git: Git, plan: Plan, made: Sequence[str], language: Callable[[Language], Translate]
) -> tuple[History, EnvironmentFault | None]:
    """Put the workspace under git, and commit what it holds where the repository is its own and new."""
    if git.ask("rev-parse", "--is-inside-work-tree") is None:
        if git.ask("init", "--quiet", "--initial-branch=main") is None:
            return "none", None
    elif git.prefix() or git.ask("rev-parse", "--verify", "--quiet", "HEAD") is not None:
        return "inside", None
    text = commit_message(plan, Contents(plan="new"), language(plan.header.language))
    try:
        commit_files(git, made, text)
    except EnvironmentFault as exc:
        return "uncommitted", exc
    return "committed", None


def _read(plan: Path, root: Path) -> str:
    """Return the text of a plan's file; refuse a table, which is an outline."""
    try:
        raw = read_named(plan, _MOST_BYTES)
        if plan.suffix.lower() in _TABLES or raw.startswith(_WORKBOOKS):
            words = N_("To draft the plan from it: pdca init {folder} --outline {file}")
            raise UsageFault(
                N_("{file} is a table, not the file of a plan"),
                file=str(plan),
                remedy=message(words, folder=str(root), file=str(plan)),
            )
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as exc:
        raise EnvironmentFault(N_("{file} could not be read: {reason}"), file=str(plan), reason=os_reason(exc)) from exc
    except UnicodeDecodeError as exc:
        raise UsageFault(
            N_("{file} is not UTF-8 text"),
            file=str(plan),
            remedy=message(N_("Save it again with the encoding UTF-8 (Notepad: Save as, Encoding, UTF-8).")),
        ) from exc
