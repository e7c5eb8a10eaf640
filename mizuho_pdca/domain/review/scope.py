"""Which part of the plan a review covers, and the counts of one part of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from mizuho_pdca.domain.figures.counting import Met, Tally
from mizuho_pdca.domain.plan.plan import Place


@dataclass(frozen=True)
class Scope:
    """Which part of the plan a report covers: everything, unless something is named."""

    policy: str | None = None
    measure: str | None = None
    department: str | None = None
    tag: str | None = None

    @property
    def is_scattered(self) -> bool:
        """Return whether it takes some initiatives of a part of the plan and leaves others out."""
        return self.department is not None or self.tag is not None

    @cached_property
    def is_whole(self) -> bool:
        """Return whether nothing is left out."""
        return self == Scope()

    def covers(self, place: Place, original: Place) -> bool:
        """Return whether a node is in the scope; of a relisting, departments and tags are those of its original."""
        lineage = {step.id for step in place.lineage}
        return (
            (self.policy is None or self.policy in lineage)
            and (self.measure is None or self.measure in lineage)
            and (self.department is None or self.department in original.departments)
            and (self.tag is None or self.tag in original.tags)
        )


@dataclass(frozen=True)
class SummaryRow:
    """The counts of the whole plan (``place`` None), of a part of it, of a ``tag`` or of a ``kind`` of indicator."""

    place: Place | None
    submeasures: int
    tally: Tally
    met: Met = field(default_factory=Met)
    tag: str | None = None
    kind: str | None = None
