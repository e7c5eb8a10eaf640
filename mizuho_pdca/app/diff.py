"""Compare two reviews of a year: as of a commit or a day, and as of another one or now."""

from __future__ import annotations

from mizuho_pdca.app.as_of import looking_back
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.years import check_year
from mizuho_pdca.app.review import edition_of
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import Language, translator
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.errata import Errata, Side, errata
from mizuho_pdca.storage.tree import Tree


def make_errata(desk: Desk, year: int, earlier: str, later: str | None, t: Translate | None = None) -> Errata:
    """Return what differs between the reviews of a fiscal year at two revisions, or at one and now.

    The papers are compared as printed in the language of ``t``, else in the plan's. Raise
    ``UsageFault`` where there is no such revision, ``EnvironmentFault`` without git.
    """
    with looking_back(desk, earlier) as past:
        before = _side(desk, year, past.tree, past.as_of)
    if later is None:
        after = _side(desk, year, desk.tree, desk.git.as_of())
    else:
        with looking_back(desk, later) as past:
            after = _side(desk, year, past.tree, past.as_of)
    language: Language = after.report.plan.header.language
    return errata(before, after, t or translator(language))


def _side(desk: Desk, year: int, tree: Tree, as_of: AsOf) -> Side:
    plan, workspace = open_workspace(desk, tree)
    checked = check_year(plan, year)
    edition = edition_of(workspace, checked, as_of)
    report = review(plan, workspace.ledger, checked, as_of=edition, problems=workspace.problems)
    return Side(report, plan, workspace.ledger)
