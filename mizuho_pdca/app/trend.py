"""How ratings and figures went over the years."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.names import find_subject
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.review.trend import Trend, last_year, last_year_of, trend
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message


def make_trend(desk: Desk, target: str | None) -> Trend:
    """Return the ratings and values of all years, of the whole plan or of a part."""
    plan, workspace = open_workspace(desk)
    last = last_year(plan, workspace.ledger)
    subject = None if target is None else find_subject(plan, target, last)
    shown = last_year_of(plan, subject, last)
    if shown is None:
        raise UsageFault(
            N_('"{target}" is not in force in any year up to FY{year}'),
            target=target or "",
            year=last,
            remedy=message(N_("pdca plan lists the numbers.")),
        )
    return trend(plan, workspace.ledger, shown, subject, as_of=desk.git.as_of(), problems=workspace.problems)
