"""What is rated in a year in one form: initiatives, what stands above them, indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import RatedLevel
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Improvement
from mizuho_pdca.domain.review.ratings import Judgement, level_of
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.domain.review.scope import SummaryRow

RatedThing = RatedLevel | Literal["indicator"]
"""What may be rated: a level of the plan, or the indicators."""

_LEVELS: tuple[RatedLevel, ...] = get_args(RatedLevel)

ABOVE: tuple[RatedLevel, ...] = ("submeasure", "measure", "policy")
"""The levels between the initiatives and the plan, the lowest first."""


@dataclass(frozen=True)
class RatedPart:
    """Something that is rated, with the first evaluator's judgement; ``place`` None for the plan itself.

    ``title`` is None where the plan's own stands for it.
    """

    level: RatedThing
    id: str
    place: Place | None
    title: str | None
    own: Judgement
    improvement: Improvement | None = None

    def counts_in(self, row: SummaryRow) -> bool:
        """Return whether it belongs to what a row counts: the plan, a part of it, what has a tag."""
        if self.place is None:
            return row.place is None and row.tag is None
        return (row.place is None or row.place in self.place.lineage) and (
            row.tag is None or row.tag in self.place.tags
        )


def rated_levels(report: ReviewReport) -> tuple[RatedThing, ...]:
    """Return of what papers count the ratings: where they are expected, and initiatives that are rated without that.

    Ratings of indicators are counted where there are no others.
    """
    found: list[RatedThing] = ["initiative"] if report.rates_initiatives and report.plan.initiatives else []
    found += [level for level in _LEVELS[1:] if report.plan.scheme.expects(level)]
    if not found and any(row.judgements[0].evaluations for row in report.indicators):
        found.append("indicator")
    return tuple(found)


def counted_levels(report: ReviewReport) -> tuple[RatedLevel, ...]:
    """Return the levels above the initiatives of which ratings are counted: not of the plan, which holds but one."""
    return tuple(level for level in ABOVE if report.plan.scheme.expects(level))


def rated(report: ReviewReport, level: RatedThing) -> Iterator[RatedPart]:
    """Yield what may hold a rating of a level; a relisting is its original."""
    if level == "indicator":
        for one in report.indicators:
            if one.indicator.is_rated or one.judgements[0].evaluations:
                yield RatedPart(level, one.indicator.id, one.place, one.indicator.name, one.judgements[0])
    elif level == "initiative":
        for row in report.initiatives:
            if not row.is_relisting:
                yield RatedPart(level, row.place.id, row.place, row.title, row.judgements[0], row.improvement)
    else:
        for place, own in ((part.place, part.own) for part in report.rated if level_of(part.place) == level):
            if place is None:
                yield RatedPart(level, WHOLE_PLAN, None, None, own)
            else:
                yield RatedPart(level, place.id, place, place.node.heading, own)
