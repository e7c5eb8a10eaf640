"""What a file of a workspace holds: its bytes and their data, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.errors import os_reason
from mizuho_pdca.storage.tree import Found, Tree
from mizuho_pdca.storage.yaml.reading import Unreadable, parse


def contents(tree: Tree, found: Found) -> tuple[bytes, object] | list[Problem]:
    """Return the bytes of a file with their data, or why there are none."""
    if found.outside:
        return [Problem(Fault("E010"), found.path)]
    try:
        if found.refusal is not None:
            raise found.refusal
        raw = tree.read(found.path)
    except OSError as exc:
        return [Problem(Fault("E011", values={"reason": os_reason(exc)}), found.path)]
    try:
        return raw, parse(raw)
    except Unreadable as exc:
        from mizuho_pdca.storage.yaml.marks import diagnose

        return diagnose(found.path, raw, str(exc))


def marked(path: str, raw: bytes, faults: Sequence[Fault]) -> list[Problem]:
    """Return faults of a file's data with their places in its bytes."""
    from mizuho_pdca.storage.yaml.marks import locate

    return locate(path, raw, faults)
