"""Found a workspace: a folder with a plan and an empty place for records, under git."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from mizuho_pdca.app.opening import FaultyPlan
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault, os_reason
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.files import create
from mizuho_pdca.storage.git import Git
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.tree import PLAN_PATH, RECORDS, Memory
from mizuho_pdca.storage.workspace import GITATTRIBUTES, own_plan


@dataclass(frozen=True)
class Founded:
    """The new workspace, whether git keeps its history, and the number under which work can be recorded first."""

    root: Path
    under_git: bool
    first: str | None


def found_workspace(root: Path, plan: Path | None, draft: str | None = None) -> Founded:
    """Make a workspace in an empty or new folder: with the program's own plan, one in a file, or a draft's text."""
    if root.exists() and (not root.is_dir() or any(item.name != ".git" for item in root.iterdir())):
        raise Refused(
            N_("{folder} is not empty; nothing was written"),
            folder=str(root),
            remedy=message(N_("Name a new folder.")),
        )
    text = draft or (own_plan() if plan is None else _read(plan))
    usable, problems = load_plan(Memory({PLAN_PATH: text.encode()}))
    if usable is None:
        raise FaultyPlan(problems if plan is None else [replace(problem, file=str(plan)) for problem in problems])
    create(root / PLAN_PATH, text.encode())
    create(root / RECORDS / ".gitkeep", b"")
    create(root / ".gitattributes", GITATTRIBUTES.encode())
    git = Git(root)
    inside = git.ask("rev-parse", "--is-inside-work-tree") is not None
    under_git = inside or git.ask("init", "--quiet", "--initial-branch=main") is not None
    originals = (one.number for one in usable.places.values() if one.is_initiative and one.node.original_id is None)
    return Founded(root, under_git, next(originals, None))


def _read(plan: Path) -> str:
    try:
        return plan.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise EnvironmentFault(N_("{file} could not be read: {reason}"), file=str(plan), reason=os_reason(exc)) from exc
    except UnicodeDecodeError as exc:
        raise UsageFault(
            N_("{file} is not UTF-8 text"),
            file=str(plan),
            remedy=message(N_("Save it again with the encoding UTF-8 (Notepad: Save as, Encoding, UTF-8).")),
        ) from exc
