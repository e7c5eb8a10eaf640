"""What the parts of a plan cost in the reviewed year, counted upward from where the indicators of money stand."""

from __future__ import annotations

from mizuho_pdca.domain.figures.money import Money, common_unit, money
from mizuho_pdca.domain.plan.money import unit_of
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.review.review import InitiativeRow, ReviewReport


def money_unit(report: ReviewReport) -> str | None:
    """Return the unit in which the papers count money, None where the plan of the year has none."""
    return common_unit(indicator for indicator, _ in report.plan.indicators.values())


def money_of(report: ReviewReport, place: Place | None, tag: str | None = None) -> Money:
    """Return what the plan (``place`` None), a part of it with all below it, or what has a tag costs in the report."""
    unit = money_unit(report)
    if unit is None:
        return Money()
    rows = (
        (row.indicator, row.value, row.result)
        for row in report.indicators
        if unit_of(row.indicator) is not None
        and (place is None or any(step.id == place.id for step in row.place.lineage))
        and (tag is None or tag in row.place.tags)
    )
    return money(rows, report.year, unit)


def money_of_listing(report: ReviewReport, row: InitiativeRow) -> Money:
    """Return what an initiative costs; a relisting never counts."""
    return Money() if row.is_relisting else money_of(report, row.place)
