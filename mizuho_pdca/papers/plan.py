"""The plan as in force, as tables of its nodes, indicators and revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Node, Place, Plan
from mizuho_pdca.domain.plan.targets import EVERY_YEAR
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.words import (
    KINDS,
    day_label,
    level_words,
    method_words,
    of_plan,
    print_goal,
    print_indicator,
    print_measured,
    year_label,
)
from mizuho_pdca.text import NONE

# -- the plan ---------------------------------------------------------------------------------


def plan_papers(plan: Plan, places: Sequence[Place], year: int | None, t: Translate) -> Papers:
    """Return the given part of the plan as tables of its nodes and its indicators."""
    t = of_plan(t, plan)
    header = plan.header
    span = t(N_("Period: {since} to {until}")).format(
        since=year_label(header.period.since, t), until=year_label(header.period.until, t)
    )
    subtitles = [span, t(N_("Council: {name}")).format(name=header.council.name)]
    if year is not None:
        subtitles.append(t(N_("As in force in {year}")).format(year=year_label(year, t)))
    subtitles.append(_counted(plan, places, t))
    return Papers(
        title=header.title + (f" {header.edition}" if header.edition else ""),
        subtitles=tuple(subtitles),
        banner=None,
        papers=(_nodes(plan, places, year, t), *_indicators(plan, places, year, t), *_revisions(plan, year, t)),
        legend=(),
    )


def _counted(plan: Plan, places: Sequence[Place], t: Translate) -> str:
    """Return how many initiatives there are, or indicators in a plan of those alone."""
    if not plan.initiatives:
        return t(N_("Number of indicators: {n}")).format(n=sum(len(place.node.indicators) for place in places))
    listed = sum(place.is_initiative for place in places)
    relisted = sum(place.node.original_id is not None for place in places)
    counts = {"listed": listed, "relisted": relisted, "distinct": listed - relisted}
    return level_words(
        plan,
        -1,
        N_("Initiatives: {listed} listed, {relisted} relisted, {distinct} distinct"),
        N_("{level}: {listed} listed, {relisted} relisted, {distinct} distinct"),
        t,
        **counts,
    )


def _nodes(plan: Plan, places: Sequence[Place], year: int | None, t: Translate) -> Paper:
    columns = [
        Column(t(N_("No.")), 8),
        Column(t(N_("Title")), 36),
        Column(t(N_("Department")), 8),
        Column(t(N_("Partners")), 14),
    ]
    rows = [_node(plan, place, year, t) for place in places]
    if any(place.node.schedule for place in places):
        columns.append(Column(t(N_("Schedule")), 14))
        rows = [[*row, Cell(_schedule(place, year, t) or NONE)] for row, place in zip(rows, places, strict=True)]
    if any(place.node.tags for place in places):
        columns.append(Column(t(N_("Tags")), 8))
        rows = [
            [*row, Cell(t(N_(", ")).join(place.node.tags) or NONE)] for row, place in zip(rows, places, strict=True)
        ]
    return Paper("plan", t(N_("Structure")), tuple(columns), tuple(map(tuple, rows)), keys=1)


def _schedule(place: Place, year: int | None, t: Translate) -> str:
    """Return the steps of a node, a line a fiscal year; as of a year that year's alone."""
    steps = sorted(place.node.schedule.items())
    if year is not None:
        return place.node.schedule.get(year, "")
    return "\n".join(message(N_("{year}: {value}"), year=one, value=step).text(t) for one, step in steps)


def _node(plan: Plan, place: Place, year: int | None, t: Translate) -> list[Cell]:
    title = "  " * place.level + plan.title(place)
    if place.node.original_id is not None:
        title += t(N_(" (relisted → {number})")).format(number=plan.original(place).number)
    if year is None:
        title += "".join(_span(plan, place.node, t))
    return [
        Cell(place.number),
        Cell(title, tone="plain" if place.is_initiative else "strong"),
        Cell(t(N_(", ")).join(place.departments) or NONE),
        Cell(t(N_(", ")).join(place.node.partners) or NONE),
    ]


def _span(plan: Plan, node: Node, t: Translate) -> Iterable[str]:
    """Yield from when on and until when a node is in force, and what went on with it."""
    if node.since is not None:
        yield message(N_(" (from FY{year})"), year=node.since).text(t)
    if node.until is not None:
        yield message(N_(" (until FY{year})"), year=node.until).text(t)
    if node.superseded_by:
        numbers = t(N_(", ")).join(plan.places[successor].number for successor in node.superseded_by)
        yield t(N_(" (went on as {numbers})")).format(numbers=numbers)


def _relisted(plan: Plan, place: Place) -> Iterable[str]:
    """Yield the indicators of other places that are in force and listed here again."""
    return (slug for slug in place.node.relisted_indicators if slug in plan.indicators)


def _indicators(plan: Plan, places: Iterable[Place], year: int | None, t: Translate) -> Iterable[Paper]:
    rows = tuple(
        _indicator(plan, place, indicator, t)
        for place in places
        for indicator in (*place.node.indicators, *(plan.indicators[one][0] for one in _relisted(plan, place)))
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


def _indicator(plan: Plan, place: Place, indicator: Indicator, t: Translate) -> tuple[Cell, ...]:
    name, original = print_indicator(indicator, t), plan.indicators[indicator.id][1]
    if original.id != place.id:
        name += t(N_(" (relisted → {number})")).format(number=original.number)
    baseline = NONE
    if indicator.baseline is not None:
        value = print_measured(indicator, indicator.baseline_value)
        baseline = message(N_("{value} ({year})"), value=value, year=indicator.baseline.year).text(t)
    targets = (
        message(N_("{year}: {value}"), year=year, value=print_goal(indicator, value, t)).text(t)
        if year != EVERY_YEAR
        else t(N_("every year: {value}")).format(value=print_goal(indicator, value, t))
        for year, value in indicator.target_values.items()
    )
    return (
        Cell(place.number),
        Cell(name),
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
                Cell(NONE if one.date is None else day_label(one.date, t)),
                Cell(one.summary.strip()),
            )
            for one in revisions
        )
        yield Paper("revisions", t(N_("Revisions")), columns, rows, keys=1)
