"""A committed entry never changes: none is rewritten, renamed, moved or deleted."""

from __future__ import annotations

from collections.abc import Mapping

from mizuho_pdca.domain.history.audit import Finding
from mizuho_pdca.domain.history.commits import Change, id_in, is_place, moves
from mizuho_pdca.domain.history.rules.case import BlobReader, Case, Known
from mizuho_pdca.message import N_, Message, message


def entry_findings(case: Case, known: Known, contents: BlobReader) -> tuple[list[Finding], list[str]]:
    """Return what a commit itself did to entries that were committed before, and the paths of those that are new."""
    commit, own = case.commit, case.entries
    gone = {path: change.before for path, change in own.items() if change.before and change.after is None}
    came = {path: change.after for path, change in own.items() if change.after and change.before is None}
    back = {blob for path, blob in came.items() if known.first.get(path) == blob}
    blobs = {**gone, **came}
    moved = moves(
        {path: blob for path, blob in gone.items() if blob not in back},
        {path: blob for path, blob in came.items() if known.first.get(path) != blob},
        lambda path: id_in(contents.data(blobs[path])),
    )
    other = (message(N_("it was deleted before, and came back with other contents")),)
    return [
        *(Finding("edited", commit, path) for path, change in own.items() if _is_edit(change, known)),
        *(Finding("renamed", commit, path, came_to=new) for path, new in moved.renamed.items()),
        *(Finding("deleted", commit, path) for path in moved.deleted),
        *(Finding("edited", commit, path, other) for path in moved.added if path in known.deleted),
    ], [path for path in moved.added if path not in known.deleted]


def _is_edit(change: Change, known: Known) -> bool:
    is_first = change.path in known.touched and known.first.get(change.path) == change.after
    return change.kind == "edited" and not is_first


def odd_places(by_parent: list[Mapping[str, bool]]) -> dict[str, Message]:
    """Return what a commit made a link (true) or another repository, where there should be a file or a folder."""
    return {
        path: message(
            N_("it is a symbolic link now, whose contents no commit keeps")
            if is_link
            else N_("it is another repository now, whose contents no commit of this one keeps")
        )
        for path, is_link in sorted(by_parent[0].items())
        if is_place(path) and all(path in others for others in by_parent[1:])
    }
