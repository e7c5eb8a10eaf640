"""How far the records of a year have come."""

from __future__ import annotations

from dataclasses import replace

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.review import make_review
from mizuho_pdca.domain.calendar import fiscal_year, last_day
from mizuho_pdca.domain.review.standing import Standing, standing
from mizuho_pdca.storage.git.held import not_committed


def make_standing(desk: Desk, year: int, department: str | None = None) -> Standing:
    """Return who has reported on a fiscal year and who has not."""
    now = standing(make_review(desk, year, department=department))
    return replace(now, not_committed=not_committed(desk.git, desk.tree))


def current_year(desk: Desk) -> tuple[int, bool]:
    """Return the fiscal year of today within the plan's period, and whether it is over."""
    header = desk.plan.header
    period = header.period
    year = min(max(fiscal_year(desk.today, header.starts), period.since), period.until)
    return year, desk.today > last_day(year, header.starts)
