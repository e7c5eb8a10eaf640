"""Make the review of a year, of the whole plan or a part of it, now or as it stood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.names import department_named, find_place, find_tag
from mizuho_pdca.app.input.years import check_year
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.review import ReviewReport, review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.loading import Workspace
from mizuho_pdca.storage.partial import Need, of_review

if TYPE_CHECKING:
    from mizuho_pdca.domain.review.years import YearsReport

_LEVEL_OF = {"policy": 0, "measure": 1}


def make_review(
    desk: Desk,
    year: int,
    *,
    policy: str | None = None,
    measure: str | None = None,
    department: str | None = None,
    tag: str | None = None,
    revision: str | None = None,
) -> ReviewReport:
    """Return the review of a fiscal year, of the whole plan or of a part, now or as of a revision or a day."""
    return reviewed(desk, year, policy=policy, measure=measure, department=department, tag=tag, revision=revision)[0]


def reviewed(
    desk: Desk,
    year: int,
    *,
    policy: str | None = None,
    measure: str | None = None,
    department: str | None = None,
    tag: str | None = None,
    revision: str | None = None,
    names_commit: bool = True,
) -> tuple[ReviewReport, Workspace]:
    """Return the review as ``make_review`` does, and what was read for it; git need not be asked for the commit."""
    plan, workspace, as_of = _opened(desk, revision, of_review(year), names_commit=names_commit)
    checked = check_year(plan, year)
    scope = _scope(plan, checked, policy=policy, measure=measure, department=department, tag=tag)
    edition = edition_of(workspace, checked, as_of)
    report = review(plan, workspace.ledger, checked, as_of=edition, scope=scope, problems=workspace.problems)
    return report, workspace


def make_years(
    desk: Desk,
    years: range,
    *,
    policy: str | None = None,
    measure: str | None = None,
    department: str | None = None,
    tag: str | None = None,
    revision: str | None = None,
) -> YearsReport:
    """Return the review of several fiscal years, as ``make_review`` does of one; parts are named as in the last."""
    from mizuho_pdca.domain.review.years import review_years

    plan, workspace, as_of = _opened(desk, revision)
    for year in (years[0], years[-1]):
        check_year(plan, year)
    scope = _scope(plan, years[-1], policy=policy, measure=measure, department=department, tag=tag)
    edition = edition_of(workspace, years[-1], as_of)
    return review_years(plan, workspace.ledger, years, as_of=edition, scope=scope, problems=workspace.problems)


def edition_of(workspace: Workspace, year: int, as_of: AsOf) -> AsOf:
    """Return the state of the data with which edition of a year's papers it makes."""
    file = workspace.seals.get(year)
    return as_of if file is None else replace(as_of, edition=file.confirmed)


def _opened(
    desk: Desk, revision: str | None, part: Need | None = None, *, names_commit: bool = True
) -> tuple[Plan, Workspace, AsOf]:
    """Return what is reviewed, now or as of a revision or a day."""
    if revision is None:
        return *open_workspace(desk, part=part), desk.git.as_of() if names_commit else AsOf()
    from mizuho_pdca.app.as_of import looking_back

    with looking_back(desk, revision) as past:
        return *open_workspace(desk, past.tree, part), past.as_of


def _scope(
    plan: Plan, year: int, *, policy: str | None, measure: str | None, department: str | None, tag: str | None
) -> Scope:
    return Scope(
        policy=None if policy is None else _at_level(plan, policy, "policy", year).id,
        measure=None if measure is None else _at_level(plan, measure, "measure", year).id,
        department=None if department is None else department_named(plan.at(year), department),
        tag=None if tag is None else find_tag(plan.at(year), tag),
    )


def _at_level(plan: Plan, text: str, level: str, year: int) -> Place:
    place = find_place(plan, text, year)
    if place.level != _LEVEL_OF[level]:
        raise UsageFault(
            N_("{number} {title} is not on the level that --{level} takes"),
            number=place.number,
            title=plan.title(place),
            level=level,
            remedy=message(N_("pdca plan lists the numbers.")),
        )
    return place
