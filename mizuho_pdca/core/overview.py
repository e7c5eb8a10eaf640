"""Tables beside the review: the plan as in force, and who has not reported yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mizuho_pdca.core.calendar import last_day
from mizuho_pdca.core.council import OpinionRow, due
from mizuho_pdca.core.counting import Rate
from mizuho_pdca.core.figures import NONE, print_measured
from mizuho_pdca.core.indicator import Indicator
from mizuho_pdca.core.paper import Cell, Column, Paper, Papers
from mizuho_pdca.core.plan import Node, Place, Plan
from mizuho_pdca.core.review import IndicatorRow, InitiativeRow, ReviewReport
from mizuho_pdca.core.wording import (
    KINDS,
    SAMPLE_BANNER,
    faulty_data,
    level_words,
    method_words,
    print_indicator,
    print_rating,
    print_status,
    year_label,
)
from mizuho_pdca.message import N_, Translate


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


def status_papers(now: Standing, t: Translate) -> Papers:
    """Return the table of a year's reports, those that are missing first."""
    report = now.report
    rate = now.reporting
    columns = (
        Column(t(N_("No.")), 8),
        Column(level_words(report.plan, -1, N_("Initiative"), "{level}", t), 24),
        Column(t(N_("Department")), 8),
        Column(t(N_("Report")), 8),
        Column(t(N_("Status")), 8),
        Column(t(N_("Rating")), 6),
        Column(t(N_("Entries")), 7, number=True),
    )
    ordered = sorted(now.initiatives, key=lambda row: (row.original.department or "", row.state.reported))
    rows = tuple(_status_row(report.plan, row, t) for row in ordered)
    label = year_label(report.year, t)
    percent = f"{rate.percent}% " if rate.percent is not None else ""
    summary = t(N_("Reported: {percent}({reported}/{total}), not reported: {missing}, not evaluated: {unrated}"))
    return Papers(
        title=t(N_("Records of {year}")).format(year=label),
        subtitles=(
            summary.format(
                percent=percent,
                reported=rate.numerator,
                total=rate.denominator,
                missing=len(now.missing),
                unrated=len(now.unrated),
            ),
            *faulty_data(report.problems, t),
        ),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=(
            Paper("status", t(N_("Who has reported")), columns, rows, keys=2),
            *_unvalued(now, t),
            *_unanswered(now, t),
        ),
        legend=(),
    )


def _status_row(plan: Plan, row: InitiativeRow, t: Translate) -> tuple[Cell, ...]:
    reported = row.state.reported
    return (
        Cell(row.place.number),
        Cell(row.title),
        Cell(row.original.department or NONE),
        Cell(t(N_("reported")) if reported else t(N_("not reported")), tone="plain" if reported else "alert"),
        Cell(print_status(plan, row.state.status)),
        Cell(print_rating(plan, row.state.rating)),
        Cell(str(row.entries)),
    )


def _unvalued(now: Standing, t: Translate) -> Iterable[Paper]:
    if now.unvalued:
        columns = (Column(t(N_("No.")), 8), Column(t(N_("Indicator")), 24), Column(t(N_("Indicator id")), 24))
        rows = tuple(
            (Cell(row.place.number), Cell(print_indicator(row.indicator, t)), Cell(row.indicator.id))
            for row in now.unvalued
        )
        yield Paper("unvalued", t(N_("Indicators without a value this year")), columns, rows, keys=1)


def _unanswered(now: Standing, t: Translate) -> Iterable[Paper]:
    if now.unanswered:
        columns = (Column(t(N_("Entry")), 17), Column(t(N_("About")), 16), Column(t(N_("Opinion")), 30))
        rows = tuple(
            (
                Cell(row.opinion.id),
                Cell(t(N_("the plan as a whole")) if row.place is None else row.place.number),
                Cell(row.opinion.text.strip()),
            )
            for row in now.unanswered
        )
        yield Paper("unanswered", t(N_("Opinions without an answer")), columns, rows)


def next_steps(now: Standing, today_is_past_year: bool, t: Translate) -> Sequence[str]:  # noqa: FBT001
    """Return what to do next, most urgent first, each with the command for it."""
    year = now.report.year
    steps = []
    if now.missing:
        first = now.missing[0].place.number
        steps.append(t(N_('Record an activity: pdca log {id} -m "…"')).format(id=first))
    if now.unvalued and today_is_past_year:
        steps.append(
            t(N_("Record a figure: pdca actual {id} VALUE --year {year}")).format(
                id=now.unvalued[0].indicator.id, year=year
            )
        )
    if now.unanswered:
        steps.append(t(N_('Answer an opinion: pdca respond {id} -m "…"')).format(id=now.unanswered[0].opinion.id))
    if now.unrated and today_is_past_year:
        steps.append(
            t(N_("Evaluate: pdca evaluate {id} --year {year} --rating {rating}")).format(
                id=now.unrated[0].place.number, year=year, rating=now.report.plan.scheme.scale.ranks[0].code
            )
        )
    if not steps or today_is_past_year:
        steps.append(t(N_("See the papers: pdca review {year}")).format(year=year))
    steps.append(t(N_("See who has not reported: pdca status --year {year}")).format(year=year))
    return steps


def due_day(year: int) -> str:
    """Return the day on which the fiscal year ends, as ISO date."""
    return last_day(year).isoformat()


# -- the plan ---------------------------------------------------------------------------------


def plan_papers(plan: Plan, places: Sequence[Place], year: int | None, t: Translate) -> Papers:
    """Return the given part of the plan as tables of its nodes and its indicators."""
    header = plan.header
    span = t(N_("Period: {since} to {until}")).format(
        since=year_label(header.period.since, t), until=year_label(header.period.until, t)
    )
    subtitles = [span, t(N_("Council: {name}")).format(name=header.council.name)]
    if year is not None:
        subtitles.append(t(N_("As in force in {year}")).format(year=year_label(year, t)))
    listed = sum(place.is_initiative for place in places)
    relisted = sum(place.node.original_id is not None for place in places)
    counts = {"listed": listed, "relisted": relisted, "distinct": listed - relisted}
    subtitles.append(
        level_words(
            plan,
            -1,
            N_("Initiatives: {listed} listed, {relisted} relisted, {distinct} distinct"),
            N_("{level}: {listed} listed, {relisted} relisted, {distinct} distinct"),
            t,
            **counts,
        )
    )
    return Papers(
        title=header.title + (f" {header.edition}" if header.edition else ""),
        subtitles=tuple(subtitles),
        banner=None,
        papers=(_nodes(plan, places, year, t), *_indicators(places, year, t), *_revisions(plan, year, t)),
        legend=(),
    )


def _nodes(plan: Plan, places: Sequence[Place], year: int | None, t: Translate) -> Paper:
    columns = (
        Column(t(N_("No.")), 8),
        Column(t(N_("Title")), 36),
        Column(t(N_("Department")), 8),
        Column(t(N_("Partners")), 14),
    )
    return Paper("plan", t(N_("Structure")), columns, tuple(_node(plan, place, year, t) for place in places), keys=1)


def _node(plan: Plan, place: Place, year: int | None, t: Translate) -> tuple[Cell, ...]:
    title = "  " * place.level + plan.title(place)
    if place.node.original_id is not None:
        title += t(N_(" (relisted → {number})")).format(number=plan.original(place).number)
    if year is None:
        title += "".join(_span(plan, place.node, t))
    return (
        Cell(place.number),
        Cell(title, tone="plain" if place.is_initiative else "strong"),
        Cell(place.department or NONE),
        Cell(t(N_(", ")).join(place.node.partners) or NONE),
    )


def _span(plan: Plan, node: Node, t: Translate) -> Iterable[str]:
    """Yield from when on and until when a node is in force, and what went on with it."""
    if node.since is not None:
        yield t(N_(" (from FY{year})")).format(year=node.since)
    if node.until is not None:
        yield t(N_(" (until FY{year})")).format(year=node.until)
    if node.superseded_by:
        numbers = t(N_(", ")).join(plan.places[successor].number for successor in node.superseded_by)
        yield t(N_(" (went on as {numbers})")).format(numbers=numbers)


def _indicators(places: Iterable[Place], year: int | None, t: Translate) -> Iterable[Paper]:
    rows = tuple(
        _indicator(place, indicator, t)
        for place in places
        for indicator in place.node.indicators
        if year is None or indicator.in_force(year)
    )
    if rows:
        columns = (
            Column(t(N_("No.")), 8),
            Column(t(N_("Indicator")), 20),
            Column(t(N_("Indicator id")), 14),
            Column(t(N_("Kind")), 8),
            Column(t(N_("Unit")), 4),
            Column(t(N_("Method")), 10),
            Column(t(N_("Baseline (FY)")), 12, number=True),
            Column(t(N_("Targets")), 14),
        )
        yield Paper("indicators", t(N_("Indicators")), columns, rows, keys=1)


def _indicator(place: Place, indicator: Indicator, t: Translate) -> tuple[Cell, ...]:
    baseline = NONE
    if indicator.baseline is not None:
        value = print_measured(indicator, indicator.baseline_value)
        baseline = t(N_("{value} ({year})")).format(value=value, year=indicator.baseline.year)
    targets = (f"{year}: {print_measured(indicator, value)}" for year, value in indicator.target_values.items())
    return (
        Cell(place.number),
        Cell(print_indicator(indicator, t)),
        Cell(indicator.id),
        Cell(t(KINDS[indicator.kind])),
        Cell(indicator.unit or NONE),
        Cell(method_words(indicator, t)),
        Cell(baseline),
        Cell("\n".join(targets) or NONE),
    )


def _revisions(plan: Plan, year: int | None, t: Translate) -> Iterable[Paper]:
    """Yield the table of the revisions; as of a year, of those that are in force by then."""
    revisions = [one for one in plan.header.revisions if year is None or one.since <= year]
    if revisions:
        columns = (
            Column(t(N_("In force from")), 12),
            Column(t(N_("Decision")), 16),
            Column(t(N_("Date")), 10),
            Column(t(N_("What changed")), 30),
        )
        rows = tuple(
            (
                Cell(year_label(one.since, t)),
                Cell(one.decision),
                Cell(NONE if one.date is None else one.date.isoformat()),
                Cell(one.summary.strip()),
            )
            for one in revisions
        )
        yield Paper("revisions", t(N_("Revisions")), columns, rows, keys=1)
