"""What was recorded, to choose from."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.records.kinds import first_line


def choices(desk: Desk, *, kinds: frozenset[str] | None = None, only_open: bool = False) -> list[tuple[str, str]]:
    """Return the entries in force to choose from, newest first: the id, and what a person knows it by."""
    plan, workspace = open_workspace(desk)
    ledger = workspace.ledger
    answered = {getattr(entry, "responds", "") for entry in ledger.in_force} if only_open else set[str]()
    places = plan.places
    return [
        (one.id, f"{one.date}  {places[one.target].number if one.target in places else one.target}  {first_line(one)}")
        for one in sorted(ledger.in_force, key=lambda entry: entry.order, reverse=True)
        if (kinds is None or one.kind in kinds) and one.id not in answered
    ]
