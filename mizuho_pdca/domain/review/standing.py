"""Where the collection of a year's records stands."""

from __future__ import annotations

from dataclasses import dataclass

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.review.council import OpinionRow, due
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport


@dataclass(frozen=True)
class Standing:
    """Where the collection of a year's records stands."""

    report: ReviewReport
    initiatives: tuple[InitiativeRow, ...]
    unvalued: tuple[IndicatorRow, ...]

    @property
    def missing(self) -> tuple[InitiativeRow, ...]:
        """Return the initiatives that nobody has reported on."""
        return tuple(row for row in self.initiatives if not row.state.reported)

    @property
    def unrated(self) -> tuple[InitiativeRow, ...]:
        """Return the initiatives that are reported, but not evaluated."""
        return tuple(row for row in self.initiatives if row.state.reported and row.state.rating is None)

    @property
    def unanswered(self) -> list[OpinionRow]:
        """Return the opinions of the council that nobody has answered."""
        return due(self.report.opinions)

    @property
    def reporting(self) -> Rate:
        """Return 提出率."""
        return Rate(len(self.initiatives) - len(self.missing), len(self.initiatives))


def standing(report: ReviewReport) -> Standing:
    """Return who has and who has not reported, each initiative once."""
    originals = tuple(row for row in report.initiatives if not row.is_relisting)
    return Standing(report, originals, tuple(row for row in report.indicators if not row.value.used))
