"""Look behind the figures of a year: how they came about."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.names import find_subject
from mizuho_pdca.app.input.years import check_year
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.explain.explain import Explanation, explain
from mizuho_pdca.storage.partial import of_review


def make_explanation(desk: Desk, target: str, year: int) -> Explanation:
    """Return how the figures of a node, an indicator or the whole plan came about in a fiscal year."""
    plan, workspace = open_workspace(desk, part=of_review(year, figures_of_all=True))
    report = review(plan, workspace.ledger, check_year(plan, year), as_of=desk.git.as_of(), problems=workspace.problems)
    subject = find_subject(plan, target, year)
    if subject is not None and not _holds(report.plan, subject):
        raise UsageFault(
            N_('"{target}" is not in force in FY{year}'),
            target=target,
            year=year,
            remedy=message(N_("pdca plan --year {year} lists what is."), year=year),
        )
    return explain(report, plan, workspace.ledger, subject)


def _holds(plan: Plan, subject: Place | Indicator) -> bool:
    return subject.id in (plan.places if isinstance(subject, Place) else plan.indicators)
