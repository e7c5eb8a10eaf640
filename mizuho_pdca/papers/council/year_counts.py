"""Rates and counts of several years, of the whole plan and of each policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mizuho_pdca.domain.figures.counting import BEST_RANKS, Rate
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.domain.review.years import PartYears, YearsReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.council.overview import counted
from mizuho_pdca.papers.council.year_columns import number_of, sample_mark, title_of, year_heading, year_named
from mizuho_pdca.papers.fields import COUNT, Datum, Field, Listing, Meaning, field, listing, share_column, share_field
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part
from mizuho_pdca.papers.words import level_words, rate_parts
from mizuho_pdca.text import NONE


class _RateYears(NamedTuple):
    """A rate of a part of the plan through the years."""

    part: PartYears
    name: str
    rate: Callable[[SummaryRow], Rate]


def rates(found: YearsReport, t: Translate) -> Listing:
    """Return the rates of the whole and of each policy, a year a column."""
    plans = [each.plan for each in found.reports.values()]
    figures: list[tuple[str, Callable[[SummaryRow], Rate]]] = []
    if any(plan.initiatives and plan.scheme.statuses for plan in plans):
        figures.append((t(N_("Implementation rate")), lambda row: row.tally.implementation))
        figures.append((t(N_("Completion rate")), lambda row: row.tally.completion))
    if any(each.rates_initiatives for each in found.reports.values()):
        figures.append((_best(plans, t), lambda row: row.tally.rating_share))
    if any(plan.indicators for plan in plans):
        figures.append((t(N_("Targets met")), lambda row: row.met.share))
    rows = [_RateYears(part, name, rate) for part in found.parts for name, rate in figures]
    paper = Paper("rates", t(N_("Rates over the years")), keys=3)
    return listing(paper, _rate_fields(found, [name for name, _ in figures], t), rows)


def _best(plans: Sequence[Plan], t: Translate) -> str:
    """Return the share of the best two ranks by their codes, as long as these are the same in all years."""
    best = {t(N_("・")).join(rank.code for rank in plan.scheme.scale.ranks[:BEST_RANKS]) for plan in plans}
    if len(best) > 1:
        return t(N_("Rating share of the best two ranks"))
    return t(N_("Share of {ranks}")).format(ranks=best.pop())


def _rate_fields(found: YearsReport, names: Sequence[str], t: Translate) -> Iterator[Field[_RateYears]]:
    yield from sample_mark(found, t)
    yield number_of(lambda row: row.part.place, t)
    yield title_of(_policy(found, t), lambda row: _part(row.part, t), t)
    meaning = Meaning(t(N_("Which rate the row has.")), words=tuple(names))
    yield field("rate", Column(t(N_("Rate")), 10, choices=True), meaning, lambda row: row.name)
    meaning = Meaning(t(N_("The rate of the year, with what it was worked out from.")), t(COUNT))
    for year in found.years:
        column = share_column(year_heading(found, year, t), 12, "count", t)
        yield share_field(f"year.{year}", column, meaning, partial(_share, year), t)


def _share(year: int, row: _RateYears) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    counts = row.part.years.get(year)
    return (None, None, None) if counts is None else rate_parts(row.rate(counts))


def _policy(found: YearsReport, t: Translate) -> str:
    return level_words(found.last.plan, 0, N_("Part of the plan"), "{level}", t)


def _part(part: PartYears, t: Translate) -> str:
    return t(N_("Total")) if part.place is None else part.place.node.heading


def counts(found: YearsReport, t: Translate) -> Listing:
    """Return how many initiatives hold each rank in each year, of the whole and of each policy."""
    rows = found.parts if any(each.rates_initiatives for each in found.reports.values()) else ()
    paper = Paper("counts", t(N_("Ratings by number over the years")), keys=2)
    return listing(paper, _count_fields(found, t), rows)


def _count_fields(found: YearsReport, t: Translate) -> Iterator[Field[PartYears]]:
    yield from sample_mark(found, t)
    yield number_of(lambda row: row.place, t)
    yield title_of(_policy(found, t), lambda row: _part(row, t), t)
    meaning = Meaning(t(N_("Initiatives with this rating.")), t(COUNT))
    for year in found.years:
        labels = _labels(found.reports[year].plan, t)
        headings = [f"{year_named(year, t)} {label}" for label in labels]
        parts = tuple(Part(heading, "count") for heading in headings)
        data = tuple(
            Datum[PartYears](heading, meaning, partial(_ratings, found, year, at))
            for at, heading in enumerate(headings)
        )
        column = Column(year_heading(found, year, t), 14, parts=parts)
        yield Field(f"year.{year}", column, partial(_counted, found, year, t), data)


def _labels(plan: Plan, t: Translate) -> tuple[str, ...]:
    return (*(rank.code for rank in plan.scheme.scale.ranks), t(N_("other")), t(N_("none")))


def _held(found: YearsReport, row: PartYears, year: int) -> tuple[int, ...]:
    """Return how many initiatives of a part hold each rank, no rank or nothing; none where it was not in force."""
    if year not in row.years:
        return ()
    report = found.reports[year]
    codes = (
        one.state.rating
        for one in report.initiatives
        if not one.is_relisting and (row.place is None or row.place.id in {step.id for step in one.place.lineage})
    )
    return counted(report.plan, codes)


def _ratings(found: YearsReport, year: int, at: int, row: PartYears) -> int | None:
    held = _held(found, row, year)
    return held[at] if held else None


def _counted(found: YearsReport, year: int, t: Translate, row: PartYears) -> Cell:
    held = _held(found, row, year)
    labels = _labels(found.reports[year].plan, t)
    if not held:
        return Cell(NONE, (None,) * len(labels))
    text = " ".join(f"{label}{count}" for label, count in zip(labels, held, strict=True) if count)
    return Cell(text or NONE, tuple(map(Decimal, held)))
