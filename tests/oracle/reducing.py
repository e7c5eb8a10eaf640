"""Makes a workspace with a difference smaller, as long as the difference stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import ryaml

from tests.oracle.comparing import compare_workspace
from tests.oracle.generating import Workspace

_REFERENCES = ("supersedes", "withdraws", "responds")


def describe(workspace: Workspace, kind: str) -> str:
    """Return the differences of a kind and the files of the smallest workspace that shows one.

    A workspace that the program refuses stays as it is: anything refused would be smaller, and the refusal names
    file and line.
    """

    def differs(one: Workspace) -> bool:
        try:
            return any(found.kind == kind for found in compare_workspace(one).differences)
        except (LookupError, TypeError, ValueError, StopIteration):  # what is left is no plan any more
            return False

    least = workspace if kind.startswith("exit code") else smallest(workspace, differs)
    found = [str(one) for one in compare_workspace(least).differences if one.kind == kind]
    return "\n".join([*found, *(f"---\n{ryaml.dumps(part)}" for part in (least.plan, *least.entries))])


def smallest(workspace: Workspace, differs: Callable[[Workspace], bool]) -> Workspace:
    """Return what is left when no entry and no part of the plan can be left out without losing the difference."""
    alone = (replace(workspace, years=(year,)) for year in workspace.years)
    workspace, shrunk = next((one for one in alone if differs(one)), workspace), True
    while shrunk:
        shrunk = False
        for entry in list(workspace.entries):
            tried = replace(workspace, entries=_without(workspace.entries, entry["id"]))
            if entry in workspace.entries and differs(tried):
                workspace, shrunk = tried, True
        for path in list(_paths(workspace.plan, ())):
            if not _leads(workspace.plan, path):
                continue
            tried = replace(workspace, plan=_pruned(workspace.plan, path))
            if differs(tried):
                workspace, shrunk = tried, True
    return workspace


def _without(entries: list[dict[str, Any]], gone: str) -> list[dict[str, Any]]:
    """Return the entries without one and all that refer to it."""
    lost = {gone}
    while more := {e["id"] for e in entries if lost & {e.get(key) for key in _REFERENCES}} - lost:
        lost |= more
    return [entry for entry in entries if entry["id"] not in lost]


def _paths(part: object, at: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every key and item, the last items of a list first, the larger before the smaller."""
    keys = list(part) if isinstance(part, dict) else range(len(part))[::-1] if isinstance(part, list) else ()
    for key in keys:
        yield (*at, key)
        yield from _paths(part[key], (*at, key))  # type: ignore[index] # a dict's key or a list's place


def _leads(plan: Any, path: tuple[Any, ...]) -> bool:
    """Return whether a way still leads to something."""
    try:
        for step in path:
            plan = plan[step]
    except (KeyError, IndexError):
        return False
    return True


def _pruned(plan: Any, path: tuple[Any, ...]) -> Any:
    """Return a copy without what a way leads to."""
    plan = deepcopy(plan)
    within = plan
    for step in path[:-1]:
        within = within[step]
    del within[path[-1]]
    return plan
