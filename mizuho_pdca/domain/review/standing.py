"""Where the collection of a year's records stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.office import Item, is_awaited, office
from mizuho_pdca.domain.review.ratings import RatedRow
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport

Collecting = Literal["reported", "rated", "valued"]
"""What a year's collection is counted by."""


@dataclass(frozen=True)
class Standing:
    """Where the collection of a year's records stands.

    ``not_committed`` counts the entries of all years that git does not hold yet, None where there is no git.
    """

    report: ReviewReport
    initiatives: tuple[InitiativeRow, ...]
    unvalued: tuple[IndicatorRow, ...]
    not_committed: int | None = None

    @property
    def missing(self) -> tuple[InitiativeRow, ...]:
        """Return the initiatives whose report is still to come."""
        return tuple(row for row in self.initiatives if row.state.is_due)

    @property
    def counted(self) -> tuple[Collecting, Rate]:
        """Return what is collected mainly, and how far that has come.

        These are reports of initiatives; ratings, where what stands above alone is judged; in a plan of
        indicators alone their figures.
        """
        plan = self.report.plan
        if self.expected and not plan.scheme.asks_initiatives:
            return "rated", Rate(len(self.expected) - len(self.unrated_parts), len(self.expected))
        if plan.indicators and not (plan.initiatives and plan.scheme.asks_initiatives):
            return "valued", self.valued
        return "reported", self.reporting

    @property
    def valued(self) -> Rate:
        """Return how many indicators have a figure, or why there is none."""
        number = len(self.report.indicators)
        return Rate(number - len(self.unvalued), number)

    @property
    def unrated(self) -> tuple[InitiativeRow, ...]:
        """Return the initiatives that are reported, but not evaluated, where the plan expects that."""
        if not self.report.plan.scheme.expects("initiative"):
            return ()
        return tuple(row for row in self.initiatives if row.state.reported and row.state.rating is None)

    @property
    def expected(self) -> tuple[RatedRow, ...]:
        """Return the parts of the plan above the initiatives of which a rating is expected."""
        return tuple(row for row in self.report.rated if row.is_expected)

    @property
    def unrated_parts(self) -> tuple[RatedRow, ...]:
        """Return those of them whose rating is still to come: nothing else is reported of them."""
        return tuple(row for row in self.expected if row.is_due)

    @property
    def is_complete(self) -> bool:
        """Return whether everything is reported that a year can be closed with."""
        return not self.missing and not self.unrated_parts

    @property
    def is_collected(self) -> bool:
        """Return whether nobody has to report any more; in a plan of indicators alone, whether each has its figure."""
        return self.is_complete and (self.counted[0] != "valued" or not self.unvalued)

    @property
    def unchanged(self) -> tuple[InitiativeRow, ...]:
        """Return the initiatives whose rating and texts are those of the year before."""
        return tuple(row for row in self.initiatives if row.is_same)

    @property
    def unanswered(self) -> list[OpinionRow]:
        """Return the opinions of the council that nobody has answered."""
        return [row for row in self.report.opinions if row.state_now is None]

    @property
    def reporting(self) -> Rate:
        """Return 提出率."""
        return self.report.total.tally.reporting

    @cached_property
    def office(self) -> tuple[Item, ...]:
        """Return what the office must look at."""
        return office(self.report)


def standing(report: ReviewReport) -> Standing:
    """Return who has and who has not reported, each initiative once."""
    originals = tuple(row for row in report.initiatives if not row.is_relisting)
    return Standing(report, originals, tuple(row for row in report.indicators if is_awaited(report, row)))
