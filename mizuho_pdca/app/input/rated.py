"""What a person types for something that is rated: a part of the plan, the whole of it, an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from mizuho_pdca.app.input.names import find_subject
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import WHOLE_PLAN


@dataclass(frozen=True)
class Rated:
    """What is rated: the target of the entry, and the indicator that stands there where that is meant.

    ``place`` is the part of the plan as it was typed, which may be a relisting.
    """

    target: str
    indicator: str | None = None
    place: Place | None = None

    @property
    def may_be_text(self) -> bool:
        """Return whether a text may stand without a rating: of the plan itself, and of a policy."""
        return self.target == WHOLE_PLAN or (self.place is not None and self.place.level == 0)


def find_rated(plan: Plan, text: str, year: int) -> Rated:
    """Return what a number, a name or an id means; a relisting is its original; raise ``UsageFault``."""
    found = find_subject(plan, text, year)
    if found is None:
        return Rated(WHOLE_PLAN)
    if isinstance(found, Indicator):
        return Rated(plan.indicators[found.id][1].id, found.id)
    place = plan.places[found.id]
    return Rated(plan.original(place).id, place=place)
