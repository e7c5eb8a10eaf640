"""Counts and rates of initiatives: a relisting is listed, but never counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.scheme import COMPLETED, IMPLEMENTED, SET_ASIDE

BEST_RANKS = 2
"""How many ranks, from the best, the rating share counts."""


@dataclass(frozen=True)
class Rate:
    """A share with its parts: never shown without them; None percent where there is nothing to divide by."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """Return the share in percent, rounded half up to one decimal place."""
        return Share(Fraction(self.numerator), Fraction(self.denominator)).percent if self.denominator else None


@dataclass(frozen=True)
class State:
    """What is known of one initiative in one year."""

    reported: bool = False
    status: str | None = None
    rating: str | None = None


@dataclass(frozen=True)
class Tally:
    """The counts of a part of the plan in a year: ``distinct`` = ``listed`` - ``relisted``."""

    listed: int
    relisted: int
    reported: int
    status: dict[str, int]
    rating: dict[str, int]
    ranks: tuple[str, ...]

    @property
    def distinct(self) -> int:
        """Return how many initiatives there are, each counted once."""
        return self.listed - self.relisted

    @property
    def not_reported(self) -> int:
        """Return how many initiatives have no entry in force in the year."""
        return self.distinct - self.reported

    @property
    def only_relisted(self) -> bool:
        """Return whether all that is listed is counted elsewhere (再掲のみ)."""
        return self.listed > 0 and self.distinct == 0

    @property
    def implementation(self) -> Rate:
        """Return 実施率: in progress, done or completed, of all not set aside."""
        return Rate(self._with(IMPLEMENTED), self._pursued)

    @property
    def completion(self) -> Rate:
        """Return 完了率: done or completed, of all not set aside."""
        return Rate(self._with(COMPLETED), self._pursued)

    @property
    def rating_share(self) -> Rate:
        """Return the share of the best two ranks among all that hold a rank."""
        ranked = [self.rating.get(code, 0) for code in self.ranks]
        return Rate(sum(ranked[:BEST_RANKS]), sum(ranked))

    @property
    def reporting(self) -> Rate:
        """Return 提出率: reported, of all."""
        return Rate(self.reported, self.distinct)

    @property
    def _pursued(self) -> int:
        return self.distinct - self._with(SET_ASIDE)

    def _with(self, codes: Collection[str]) -> int:
        return sum(count for code, count in self.status.items() if code in codes)


def tally(states: Iterable[State], relisted: int, ranks: tuple[str, ...]) -> Tally:
    """Return the counts of originals' states and of the relistings beside them."""
    originals = list(states)
    return Tally(
        listed=len(originals) + relisted,
        relisted=relisted,
        reported=sum(state.reported for state in originals),
        status=dict(Counter(state.status for state in originals if state.status is not None)),
        rating=dict(Counter(state.rating for state in originals if state.rating is not None)),
        ranks=ranks,
    )
