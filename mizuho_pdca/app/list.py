"""What was recorded: the entries of a part of the plan, of a time, of a person, newest first."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.entries import that_may_be_meant
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.papers.entries.line import told_apart


def choices(desk: Desk, *, kinds: frozenset[str] | None = None, only_open: bool = False) -> list[tuple[str, str]]:
    """Return the entries in force to choose from, newest first: the id, and what a person knows it by.

    ``only_open`` leaves of the opinions those that have no final answer.
    """
    plan, workspace = open_workspace(desk)
    found = that_may_be_meant(plan, workspace.ledger, kinds, only_open=only_open)
    return [(entry.id, told_apart(plan, entry)) for entry in sorted(found, key=lambda one: one.order, reverse=True)]
