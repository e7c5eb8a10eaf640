"""Show the plan, or a part of it."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.names import find_place
from mizuho_pdca.app.input.years import check_year
from mizuho_pdca.domain.plan.plan import Place, Plan


def show_plan(desk: Desk, target: str | None, year: int | None) -> tuple[Plan, list[Place]]:
    """Return the plan (of a year: as in force then), and the part asked for: a node with all below and above it."""
    plan = desk.plan
    if year is not None:
        plan = plan.at(check_year(plan, year))
    places = list(plan.places.values())
    if target is None:
        return plan, places
    chosen = find_place(plan, target, year)
    above = {place.id for place in chosen.lineage}
    return plan, [place for place in places if place.id in above or any(step.id == chosen.id for step in place.lineage)]
