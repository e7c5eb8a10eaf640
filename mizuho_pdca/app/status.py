"""How far the records of a year have come."""

from __future__ import annotations

from dataclasses import replace

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.review import reviewed
from mizuho_pdca.domain.calendar import MONTHS, fiscal_year, last_day
from mizuho_pdca.domain.review.standing import Standing, standing
from mizuho_pdca.storage.git.held import not_committed

_TALLIED = 7
"""For so many months of a year, April to October, the papers of the one before are made."""


def make_standing(desk: Desk, year: int, department: str | None = None, tag: str | None = None) -> Standing:
    """Return who has reported on a fiscal year and who has not."""
    report, workspace = reviewed(desk, year, department=department, tag=tag, names_commit=False)
    return replace(standing(report), not_committed=not_committed(desk.git, workspace.paths))


def current_year(desk: Desk) -> tuple[int, bool]:
    """Return the fiscal year of today within the plan's period, and whether it is over."""
    header = desk.plan.header
    period = header.period
    year = min(max(fiscal_year(desk.today, header.starts), period.since), period.until)
    return year, desk.today > last_day(year, header.starts)


def due_year(desk: Desk) -> int:
    """Return the fiscal year whose papers are due: the last one while they are made and it is open, else this one."""
    header = desk.plan.header
    year, is_over = current_year(desk)
    last = year - 1
    is_time = (desk.today.month - header.starts) % MONTHS < _TALLIED
    if is_over or not is_time or last < header.period.since:
        return year
    if desk.tree.seals(last) is None:
        return last
    from mizuho_pdca.domain.closing.seal import SealFile
    from mizuho_pdca.storage.seals import seals_of

    seals = seals_of(desk.tree, last)
    return year if isinstance(seals, SealFile) and seals.seal is not None else last
