"""A sparse checkout: git keeps files in the history that it leaves out of the folder.

A year whose entries are not all there counts too little and must not be closed. To ask git each time
would cost every command; a checkout is sparse only where git has a file with what belongs to it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, message

_GITDIR = "gitdir: "


def check_complete(root: Path) -> None:
    """Raise ``EnvironmentFault`` where git leaves files of the plan or the records out of a workspace's folder."""
    if not _may_be_sparse(root.absolute()):
        return
    from mizuho_pdca.storage.git.program import Git

    missing = Git(root).left_out(PLAN_PATH, RECORDS)
    if missing:
        raise EnvironmentFault(
            N_(
                "a sparse checkout leaves files of the plan and the records out of this folder: {count}, such as {file}"
            ),
            count=len(missing),
            file=missing[0],
            remedy=message(
                N_("Get all of them: git -C {folder} sparse-checkout disable. Nothing was counted or written."),
                folder=root.as_posix(),
            ),
        )


def _may_be_sparse(folder: Path) -> bool:
    for git in (place / ".git" for place in (folder, *folder.parents)):
        with suppress(OSError):  # what can't be read tells nothing
            if git.is_file():  # of a second work tree, or a repository that lies elsewhere
                named = git.read_text(encoding="utf-8", errors="replace").strip().removeprefix(_GITDIR)
                return (git.parent / named / "info" / "sparse-checkout").exists()
            if git.is_dir():
                return (git / "info" / "sparse-checkout").exists()
    return False
