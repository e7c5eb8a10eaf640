"""The counts of a publication: of the plan, and of every part of it above the initiatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mizuho_pdca.domain.plan.scheme import STATUS_CODES
from mizuho_pdca.domain.publication.table import OpenColumn, OpenTable, Publication
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.message import N_

PLAN = "plan"
"""The node that stands for the plan as a whole, as in an opinion's target."""


@dataclass(frozen=True)
class NodeCounts:
    """The counts of a part of the plan, and the opinions of the year's meetings on it and all below it."""

    summary: SummaryRow
    opinions: tuple[OpinionRow, ...]

    @property
    def level(self) -> int:
        """Return how far below the plan it stands."""
        return 0 if self.summary.place is None else self.summary.place.level + 1


def _node_counts(of: Publication) -> Iterator[NodeCounts]:
    report = of.report
    given = [row for row in report.opinions if row.opinion.year == report.year]
    for row in (report.total, *report.policies, *report.measures, *report.submeasures):
        own = (one for one in given if row.place is None or (one.place and row.place in one.place.lineage))
        yield NodeCounts(row, tuple(own))


def _status(code: str) -> OpenColumn[NodeCounts]:
    return OpenColumn(
        f"status_{code}",
        "integer",
        N_("Initiatives with this status."),
        lambda _, row: row.summary.tally.status.get(code, 0),
    )


def _opinions(name: str, state: str | None) -> OpenColumn[NodeCounts]:
    return OpenColumn(
        f"opinions_{name}",
        "integer",
        N_("Of them, those in this state."),
        lambda _, row: sum(one.state == state for one in row.opinions),
    )


def _count(name: str, meaning: str) -> OpenColumn[NodeCounts]:
    return OpenColumn(name, "integer", meaning, lambda _, row: getattr(row.summary.tally, name))


def _indicators(name: str) -> OpenColumn[NodeCounts]:
    return OpenColumn(
        f"indicators_{name}",
        "integer",
        N_("Indicators at the node and below it, by how they stand."),
        lambda _, row: getattr(row.summary.met, name),
    )


COUNTS: OpenTable[NodeCounts] = OpenTable(
    "counts",
    N_("Counts of the plan and of every part of it above the initiatives"),
    ("node",),
    _node_counts,
    (
        OpenColumn(
            "node",
            "string",
            N_("The number in the plan; plan for all of it."),
            lambda _, row: PLAN if row.summary.place is None else row.summary.place.id,
        ),
        OpenColumn("level", "integer", N_("0 the plan, 1 a policy, and so on."), lambda _, row: row.level),
        OpenColumn(
            "title",
            "string",
            N_("The title in the plan."),
            lambda of, row: (
                of.report.plan.header.title if row.summary.place is None else row.summary.place.node.heading
            ),
        ),
        _count("listed", N_("Initiatives listed here, relistings included.")),
        _count("relisted", N_("Of them relistings, which count with their originals only.")),
        _count("distinct", N_("Listed less relisted.")),
        _count("reported", N_("Initiatives of which anything was reported.")),
        _count("not_reported", N_("Initiatives of which a report is still to come.")),
        _count("carried", N_("Initiatives that ended in an earlier year, and nobody has anything to report of.")),
        _count("no_status", N_("Initiatives that are reported, but of which no status is known.")),
        *map(_status, STATUS_CODES),
        OpenColumn(
            "best",
            "integer",
            N_("Initiatives with one of the best two ranks."),
            lambda _, row: row.summary.tally.rating_share.numerator,
        ),
        OpenColumn(
            "ranked",
            "integer",
            N_("Initiatives with any rank."),
            lambda _, row: row.summary.tally.rating_share.denominator,
        ),
        *map(_indicators, ("met", "near", "not_met", "unknown")),
        OpenColumn("opinions", "integer", N_("The council's opinions of the year."), lambda _, row: len(row.opinions)),
        *(_opinions(state, state) for state in ("answered", "in_hand", "considered", "declined")),
        _opinions("unanswered", None),
    ),
)
