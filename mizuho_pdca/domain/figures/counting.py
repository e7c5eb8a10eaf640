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
    """A share with its parts: never shown without them.

    The percent is None where there is nothing to divide by, or where nothing ``is_known`` of what is counted.
    """

    numerator: int
    denominator: int
    is_known: bool = True

    @property
    def percent(self) -> Decimal | None:
        """Return the share in percent, rounded half up to one decimal place."""
        if not self.denominator or not self.is_known:
            return None
        return Share(Fraction(self.numerator), Fraction(self.denominator)).percent


@dataclass(frozen=True)
class State:
    """What is known of one initiative in one year.

    ``ended`` is the earlier year that its status is of: completed or discontinued, it goes on. Where it
    is not ``asked`` for, nobody misses a report.
    """

    reported: bool = False
    status: str | None = None
    rating: str | None = None
    ended: int | None = None
    asked: bool = True

    @property
    def is_carried(self) -> bool:
        """Return whether it ended in an earlier year and nobody has anything to report."""
        return not self.reported and self.ended is not None

    @property
    def is_due(self) -> bool:
        """Return whether its report is still to come."""
        return self.asked and self.is_silent

    @property
    def is_silent(self) -> bool:
        """Return whether there is no report, and it had not ended."""
        return not self.reported and self.ended is None


@dataclass(frozen=True)
class Met:
    """How many indicators met the year's target, nearly met it, did not; ``unknown`` of the others."""

    met: int = 0
    near: int = 0
    not_met: int = 0
    unknown: int = 0

    @property
    def number(self) -> int:
        """Return how many indicators there are."""
        return self.met + self.near + self.not_met + self.unknown

    @property
    def share(self) -> Rate:
        """Return the share of those that met their targets, of all that are known: what is unknown is not unmet."""
        return Rate(self.met, self.number - self.unknown)


@dataclass(frozen=True)
class Tally:
    """The counts of a part of the plan in a year.

    ``distinct`` = ``listed`` - ``relisted`` = ``reported`` + ``not_reported`` + ``carried``; of the
    reported ones ``no_status`` have none. ``status`` counts the carried ones as well.
    """

    listed: int
    relisted: int
    reported: int
    carried: int
    no_status: int
    status: dict[str, int]
    rating: dict[str, int]
    ranks: tuple[str, ...]

    @property
    def distinct(self) -> int:
        """Return how many initiatives there are, each counted once."""
        return self.listed - self.relisted

    @property
    def not_reported(self) -> int:
        """Return of how many initiatives a report is still to come."""
        return self.distinct - self.reported - self.carried

    @property
    def only_relisted(self) -> bool:
        """Return whether all that is listed is counted elsewhere (再掲のみ)."""
        return self.listed > 0 and self.distinct == 0

    @property
    def implementation(self) -> Rate:
        """Return 実施率: in progress, done or completed, of all not set aside."""
        return Rate(self._with(IMPLEMENTED), self._pursued, is_known=bool(self.status))

    @property
    def completion(self) -> Rate:
        """Return 完了率: done or completed, of all not set aside."""
        return Rate(self._with(COMPLETED), self._pursued, is_known=bool(self.status))

    @property
    def rating_share(self) -> Rate:
        """Return the share of the best two ranks among all that hold a rank."""
        ranked = [self.rating.get(code, 0) for code in self.ranks]
        return Rate(sum(ranked[:BEST_RANKS]), sum(ranked))

    @property
    def reporting(self) -> Rate:
        """Return 提出率: reported, of all that had not ended before the year."""
        return Rate(self.reported, self.distinct - self.carried)

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
        carried=sum(state.is_carried for state in originals),
        no_status=sum(state.reported and state.status is None for state in originals),
        status=dict(Counter(state.status for state in originals if state.status is not None)),
        rating=dict(Counter(state.rating for state in originals if state.rating is not None)),
        ranks=ranks,
    )
