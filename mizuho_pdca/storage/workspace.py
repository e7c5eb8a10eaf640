"""Where a workspace is and what belongs into a new one."""

from __future__ import annotations

from pathlib import Path

from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS
from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.git.sparse import check_complete

ATTRIBUTES = ".gitattributes"
KEPT = f"{RECORDS}/.gitkeep"
"""An empty file, for git keeps no empty folder."""

GITATTRIBUTES = """\
# Every file has the same bytes on every machine, whatever core.autocrlf says there.
* text=auto eol=lf
*.yaml text eol=lf diff
*.yml text eol=lf diff
*.md text eol=lf diff
# CSV for Excel ends its lines in CR LF and stays so to the byte, as its digest in a packet wants.
*.csv -text diff
*.xlsx binary
*.docx binary
*.pdf binary
*.png binary
*.zip binary
"""
"""Line feeds everywhere, so that a file has the same bytes on every machine; Japanese always has a diff."""


def find_workspace(named: Path | None, start: Path, stored: str | None = None) -> Path:
    """Return the named folder, else the nearest one upward from ``start`` that holds a plan, else the stored one."""
    if named is not None:
        if not (named / PLAN_PATH).is_file():
            _check_plan_not_lost(named)
            raise UsageFault(
                N_("{folder} is not a workspace: it holds no {plan}"),
                folder=str(named),
                plan=PLAN_PATH,
                remedy=message(
                    N_("Make one with pdca init {folder}, or name another folder with -C."), folder=str(named)
                ),
            )
        return named
    for folder in (start, *start.parents):
        if (folder / PLAN_PATH).is_file():
            return folder
    for folder in (start, *start.parents):
        _check_plan_not_lost(folder)
    if stored is not None:
        if (Path(stored) / PLAN_PATH).is_file():
            return Path(stored)
        raise UsageFault(
            N_("{folder}, set as the workspace, holds no {plan}"),
            folder=stored,
            plan=PLAN_PATH,
            remedy=message(N_("Set another folder: pdca config workspace DIR, or take it out: --unset workspace")),
        )
    raise UsageFault(
        N_("there is no workspace here: no {plan} in this folder or above it"),
        plan=PLAN_PATH,
        remedy=message(N_("Go to the workspace's folder, name it with -C, or make one with pdca init.")),
    )


def _check_plan_not_lost(folder: Path) -> None:
    """Raise ``UsageFault`` where a folder looks like a workspace whose plan was deleted, or left out by git."""
    check_complete(folder)
    records = folder / RECORDS
    if (folder / KEPT).exists() or any(records.glob("[0-9][0-9][0-9][0-9]/*/*.yaml")):
        raise UsageFault(
            N_("the plan's file is gone: {folder} holds records and no {plan}"),
            folder=str(folder),
            plan=PLAN_PATH,
            remedy=message(
                N_("To get it back: git -C {folder} restore -SW -- {plan}"), folder=str(folder), plan=PLAN_PATH
            ),
        )


def own_plan() -> str:
    """Return the plan that comes with the program: in the wheel, or beside a checkout."""
    from importlib import resources

    packaged = resources.files("mizuho_pdca") / "data" / "measures.yaml"
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    checkout = Path(__file__).parents[2] / PLAN_PATH
    if checkout.is_file():
        return checkout.read_text(encoding="utf-8")
    raise EnvironmentFault(
        N_("the program's own plan is missing from its installation"),
        remedy=message(N_("Install the program again, or name a plan with --from.")),
    )
