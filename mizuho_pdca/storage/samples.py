"""Whether a workspace holds entries of a sample 見本: told by their bytes, for every command that records asks."""

from __future__ import annotations

import re
from contextlib import suppress

from mizuho_pdca.domain.records.paths import entry_at
from mizuho_pdca.storage.folder import Folder

_MARK = re.compile(rb"^sample: true\s*$", re.MULTILINE)


def holds_sample(tree: Folder, year: int) -> bool:
    """Return whether a sample lies among the entries: all of ``year`` are looked at, of other years one a node.

    A sample comes with many entries, and what is recorded beside it is marked like it, so that the
    first entry of a node tells of the rest. To open each of ten thousand would take longer than to record.
    """
    known: set[tuple[int, str]] = set()
    for found in tree.records():
        parts = entry_at(found.path)
        if parts is None or found.outside or found.refusal is not None:
            continue
        folder = (parts.year, parts.target)
        if parts.year != year and folder in known:
            continue
        known.add(folder)
        with suppress(OSError):
            if _MARK.search(tree.read(found.path)):
                return True
    return False
