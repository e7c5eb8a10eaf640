"""Whether a workspace holds entries of a sample 見本: told by their bytes, for every command that records asks."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice

from mizuho_pdca.domain.records.paths import is_data, year_folder
from mizuho_pdca.storage.folder import Folder

_MARK = re.compile(rb"""(?:^|^\{(?:.*,)?\s*)["']?sample["']?:\s+(?:true|True|TRUE)\s*(?:[,}#].*)?$""", re.MULTILINE)
"""``sample: true`` in each way in which YAML takes it, at the beginning of a line or in braces."""


def holds_sample(tree: Folder, year: int) -> bool:
    """Return whether a sample lies among the entries: all of ``year`` are looked at, of other years one a node.

    A sample comes with many entries, and what is recorded beside it is marked like it, so that the
    first entry of a node tells of the rest. To look at each of ten thousand would take longer than to record.
    """
    for folder in tree.nodes():
        files = (one for one in tree.below(folder) if is_data(one.path) and not one.outside and one.refusal is None)
        for found in files if folder.startswith(year_folder(year)) else islice(files, 1):
            with suppress(OSError):
                if _MARK.search(tree.read(found.path)):
                    return True
    return False
