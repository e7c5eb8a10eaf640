"""The tables of a publication: what a review knows, none of what anybody wrote in an entry."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mizuho_pdca.domain.figures.achievement import Achievement, met_state, unjudged
from mizuho_pdca.domain.plan.indicator import Indicator, Target
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import COMPLETED, IMPLEMENTED, SET_ASIDE
from mizuho_pdca.domain.plan.targets import WordedTarget
from mizuho_pdca.domain.publication.counts import COUNTS, NodeCounts
from mizuho_pdca.domain.publication.table import OpenColumn, OpenTable, Publication, decimal, figure
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow
from mizuho_pdca.message import N_

# -- the publication itself -------------------------------------------------------------------


def _publication(of: Publication) -> Iterator[Publication]:
    yield of


PUBLICATIONS: OpenTable[Publication] = OpenTable(
    "publications",
    N_("What was published, one row a plan and year"),
    (),
    _publication,
    (
        OpenColumn("municipality", "string", N_("The municipality."), lambda of, _: of.report.plan.header.municipality),
        OpenColumn("title", "string", N_("The plan's title."), lambda of, _: of.report.plan.header.title),
        OpenColumn("commit", "string", N_("The state of the data, as a commit."), lambda of, _: of.report.as_of.commit),
        OpenColumn(
            "recorded_until",
            "string",
            N_("The time of the last entry in the data."),
            lambda of, _: None if of.report.made is None else of.report.made.isoformat(),
        ),
        OpenColumn(
            "running",
            "boolean",
            N_("Whether the year was still going on in the data: figures are those so far."),
            lambda of, _: of.report.is_running,
        ),
        OpenColumn("closed", "string", N_("The day on which the year was closed, if it is."), lambda of, _: of.closed),
        OpenColumn("seal", "string", N_("The beginning of the closed year's seal (SHA-256)."), lambda of, _: of.seal),
    ),
)


# -- initiatives ------------------------------------------------------------------------------


def _status_reason(of: Publication, row: InitiativeRow) -> str | None:
    if row.state.status is not None:
        return None
    if not of.report.plan.scheme.statuses:
        return "not_used"
    return "not_stated" if row.state.reported else "not_reported"


def _rating_reason(of: Publication, row: InitiativeRow) -> str | None:
    if row.state.rating is not None:
        return None
    if not of.report.rates_initiatives:
        return "not_used"
    if row.state.is_carried:
        return "ended_before"
    return "not_evaluated" if row.state.reported else "not_reported"


def _direction_reason(of: Publication, row: InitiativeRow) -> str | None:
    if row.improvement is not None:
        return None
    if not of.report.plan.scheme.directions:
        return "not_used"
    return "not_stated" if row.state.reported or row.state.is_carried else "not_reported"


def _rank(of: Publication, rating: str | None) -> int | None:
    ranks = [rank.code for rank in of.report.plan.scheme.scale.ranks]
    return ranks.index(rating) + 1 if rating in ranks else None


def _counts(of: Publication, row: InitiativeRow) -> bool:
    """Return whether a row counts in rates of statuses: once, and where the plan's statuses are known at all."""
    return not row.is_relisting and bool(of.report.total.tally.status)


def _upward(place: Place, level: int) -> Place:
    return next(step for step in place.lineage if step.level == level)


INITIATIVES: OpenTable[InitiativeRow] = OpenTable(
    "initiatives",
    N_("Initiatives, one row a listing"),
    ("node",),
    lambda of: of.report.initiatives,
    (
        OpenColumn("node", "string", N_("The number in the plan."), lambda _, row: row.place.id),
        OpenColumn("title", "string", N_("The title in the plan."), lambda _, row: row.title),
        OpenColumn("policy", "string", N_("The policy's number."), lambda _, row: _upward(row.place, 0).id),
        OpenColumn(
            "policy_title", "string", N_("The policy's title."), lambda _, row: _upward(row.place, 0).node.heading
        ),
        OpenColumn("measure", "string", N_("The measure's number."), lambda _, row: _upward(row.place, 1).id),
        OpenColumn(
            "relisted_from",
            "string",
            N_("The original's number, if this is a relisting: those are counted with their originals only."),
            lambda _, row: row.place.node.original_id,
        ),
        OpenColumn("department", "string", N_("The main department."), lambda _, row: row.original.department),
        OpenColumn("tags", "string", N_("The tags, parted by ;"), lambda _, row: ";".join(row.original.tags) or None),
        OpenColumn("counted", "boolean", N_("Whether the row is no relisting."), lambda _, row: not row.is_relisting),
        OpenColumn("reported", "boolean", N_("Whether anything was reported."), lambda _, row: row.state.reported),
        OpenColumn(
            "carried",
            "boolean",
            N_("Whether it had ended before the year, and nothing was reported."),
            lambda _, row: row.state.is_carried,
        ),
        OpenColumn("status", "string", N_("The status's code."), lambda _, row: row.state.status),
        OpenColumn("status_reason", "string", N_("Why there is no status."), _status_reason),
        OpenColumn(
            "implemented",
            "boolean",
            N_("Whether it counts in the numerator of the implementation rate."),
            lambda of, row: _counts(of, row) and row.state.status in IMPLEMENTED,
        ),
        OpenColumn(
            "completed",
            "boolean",
            N_("Whether it counts in the numerator of the completion rate."),
            lambda of, row: _counts(of, row) and row.state.status in COMPLETED,
        ),
        OpenColumn(
            "pursued",
            "boolean",
            N_("Whether it counts in the denominator of both rates."),
            lambda of, row: _counts(of, row) and row.state.status not in SET_ASIDE,
        ),
        OpenColumn(
            "rating", "string", N_("The rating's code on the plan's own scale."), lambda _, row: row.state.rating
        ),
        OpenColumn("rating_reason", "string", N_("Why there is no rating."), _rating_reason),
        OpenColumn(
            "rank",
            "integer",
            N_("The rating's place on the scale, 1 the best."),
            lambda of, row: _rank(of, row.state.rating),
        ),
        OpenColumn(
            "ranks",
            "integer",
            N_("How many ranks the scale has."),
            lambda of, _: len(of.report.plan.scheme.scale.ranks) if of.report.rates_initiatives else 0,
        ),
        OpenColumn(
            "direction",
            "string",
            N_("The future direction, in the plan's words."),
            lambda _, row: None if row.improvement is None else row.improvement.direction,
        ),
        OpenColumn("direction_reason", "string", N_("Why there is no direction."), _direction_reason),
    ),
)


# -- indicators -------------------------------------------------------------------------------


def _word(indicator: Indicator, value: Target | None) -> str | None:
    if isinstance(value, WordedTarget):
        return value.text
    return indicator.spell(value) if isinstance(value, bool | str) else None


def _figure(value: Target | None) -> Decimal | None:
    return None if isinstance(value, WordedTarget) else figure(value)


def _actual_reason(_: Publication, row: IndicatorRow) -> str | None:
    if row.value.value is not None:
        return None
    return row.value.missing or ("not_recorded" if row.value.is_due else "not_due")


def _met_reason(of: Publication, row: IndicatorRow) -> str | None:
    return unjudged(row.indicator, row.value, row.result, of.report.year)


def _standing(of: Publication, row: IndicatorRow) -> str | None:
    return met_state(row.result, of.report.plan.scheme.near) if row.indicator.is_rated else None


_OF_FIGURES = frozenset({"no_target", "worded", "not_due", "no_value"})
"""Reasons why nobody can say whether a target is met that are also reasons for no rate."""


def _rate_reason(of: Publication, row: IndicatorRow) -> str | None:
    if row.result.rate is not None:
        return None
    reason = _met_reason(of, row)
    return reason if reason in _OF_FIGURES else "no_rate"


def _part(result: Achievement, part: str) -> Decimal | None:
    return None if result.rate is None else decimal(getattr(result.rate, part))


INDICATORS: OpenTable[IndicatorRow] = OpenTable(
    "indicators",
    N_("Indicators, one row each"),
    ("indicator",),
    lambda of: of.report.indicators,
    (
        OpenColumn("indicator", "string", N_("The indicator's id."), lambda _, row: row.indicator.id),
        OpenColumn("name", "string", N_("The indicator's name."), lambda _, row: row.indicator.name),
        OpenColumn(
            "family",
            "string",
            N_("What other towns measure alike, by the code list."),
            lambda _, row: row.indicator.family,
        ),
        OpenColumn("node", "string", N_("The number of what it measures."), lambda _, row: row.place.id),
        OpenColumn("policy", "string", N_("The policy's number."), lambda _, row: _upward(row.place, 0).id),
        OpenColumn(
            "policy_title", "string", N_("The policy's title."), lambda _, row: _upward(row.place, 0).node.heading
        ),
        OpenColumn("unit", "string", N_("The unit of its values."), lambda _, row: row.indicator.unit),
        OpenColumn("kind", "string", N_("The kind of the indicator."), lambda _, row: row.indicator.kind),
        OpenColumn("direction", "string", N_("Which way it is to go."), lambda _, row: row.indicator.direction),
        OpenColumn("method", "string", N_("How it is held against its target."), lambda _, row: row.indicator.method),
        OpenColumn(
            "aggregate", "string", N_("How a year's value is made of entries."), lambda _, row: row.indicator.aggregate
        ),
        OpenColumn(
            "adopted",
            "boolean",
            N_("Whether the town has adopted it; drafts are not."),
            lambda _, row: row.indicator.adopted,
        ),
        OpenColumn("baseline", "decimal", N_("The baseline."), lambda _, row: figure(row.indicator.baseline_value)),
        OpenColumn(
            "baseline_year",
            "integer",
            N_("The baseline's year."),
            lambda _, row: None if row.indicator.baseline is None else row.indicator.baseline.year,
        ),
        OpenColumn(
            "target",
            "decimal",
            N_("The target that the year is measured by."),
            lambda _, row: _figure(row.result.target),
        ),
        OpenColumn(
            "target_word",
            "string",
            N_("The same, where it is a word."),
            lambda _, row: _word(row.indicator, row.result.target),
        ),
        OpenColumn("target_year", "integer", N_("The target's year."), lambda _, row: row.result.target_year),
        OpenColumn("actual", "decimal", N_("The year's value."), lambda _, row: figure(row.value.value)),
        OpenColumn(
            "actual_word",
            "string",
            N_("The same, where it is a word."),
            lambda _, row: _word(row.indicator, row.value.value),
        ),
        OpenColumn("actual_reason", "string", N_("Why there is no value."), _actual_reason),
        OpenColumn(
            "partial", "boolean", N_("Whether a part of the value is missing."), lambda _, row: row.value.partial
        ),
        OpenColumn(
            "rate_numerator", "decimal", N_("The rate's numerator."), lambda _, row: _part(row.result, "numerator")
        ),
        OpenColumn(
            "rate_denominator",
            "decimal",
            N_("The rate's denominator."),
            lambda _, row: _part(row.result, "denominator"),
        ),
        OpenColumn("rate_reason", "string", N_("Why there is no rate."), _rate_reason),
        OpenColumn("met", "boolean", N_("Whether the target is met."), lambda _, row: row.result.met),
        OpenColumn("met_reason", "string", N_("Why that can't be said."), _met_reason),
        OpenColumn(
            "standing",
            "string",
            N_("met, near, not_met or unknown, as the plan's summary counts them; empty where it does not."),
            _standing,
        ),
    ),
)


TABLES: tuple[
    OpenTable[Publication] | OpenTable[InitiativeRow] | OpenTable[IndicatorRow] | OpenTable[NodeCounts], ...
] = (
    PUBLICATIONS,
    INITIATIVES,
    INDICATORS,
    COUNTS,
)
"""All tables."""
