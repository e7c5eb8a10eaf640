"""Read a workspace for people: the review of a year, and how far its records have come."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.opening import check_year, find_place, open_plan, open_workspace
from mizuho_pdca.core.calendar import fiscal_year, last_day
from mizuho_pdca.core.overview import Standing, standing
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.core.review import ReviewReport, Scope, review
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

_LEVEL_OF = {"policy": 0, "measure": 1}


def make_review(
    desk: Desk,
    year: int,
    *,
    policy: str | None = None,
    measure: str | None = None,
    department: str | None = None,
    revision: str | None = None,
) -> ReviewReport:
    """Return the review of a fiscal year, of the whole plan or of a part, now or as of a revision or a day."""
    if revision is None:
        plan, workspace = open_workspace(desk)
        as_of = desk.git.as_of()
    else:
        from mizuho_pdca.app.looking_back import looking_back

        with looking_back(desk, revision) as past:
            plan, workspace = open_workspace(desk, past.tree)
            as_of = past.as_of
    scope = Scope(
        policy=None if policy is None else _at_level(plan, policy, "policy").id,
        measure=None if measure is None else _at_level(plan, measure, "measure").id,
        department=None if department is None else _department(plan, department),
    )
    return review(
        plan,
        workspace.ledger,
        check_year(plan, year),
        as_of=as_of,
        scope=scope,
        problems=workspace.problems,
    )


def make_standing(desk: Desk, year: int, department: str | None = None) -> Standing:
    """Return who has reported on a fiscal year and who has not."""
    return standing(make_review(desk, year, department=department))


def _at_level(plan: Plan, text: str, level: str) -> Place:
    place = find_place(plan, text)
    if place.level != _LEVEL_OF[level]:
        raise UsageFault(
            N_("{number} {title} is not on the level that --{level} takes"),
            number=place.number,
            title=plan.title(place),
            level=level,
            remedy=message(N_("pdca plan lists the numbers.")),
        )
    return place


def _department(plan: Plan, text: str) -> str:
    known = sorted({place.department for place in plan.places.values() if place.department})
    if text not in known:
        remedy = (
            message(N_("The plan names: {departments}."), departments=known)
            if known
            else message(N_("The plan names no department yet; add department: to its initiatives."))
        )
        raise UsageFault(N_('no initiative is seen to by "{department}"'), department=text, remedy=remedy)
    return text


def current_year(desk: Desk) -> tuple[int, bool]:
    """Return the fiscal year of today within the plan's period, and whether it is over."""
    period = open_plan(desk).header.period
    year = min(max(fiscal_year(desk.today), period.since), period.until)
    return year, desk.today > last_day(year)


def show_plan(desk: Desk, target: str | None, year: int | None) -> tuple[Plan, list[Place]]:
    """Return the plan (of a year: as in force then), and the part asked for: a node with all below and above it."""
    plan = open_plan(desk)
    if year is not None:
        plan = plan.at(check_year(plan, year))
    places = list(plan.places.values())
    if target is None:
        return plan, places
    chosen = find_place(plan, target)
    above = {place.id for place in chosen.lineage}
    return plan, [place for place in places if place.id in above or any(step.id == chosen.id for step in place.lineage)]
