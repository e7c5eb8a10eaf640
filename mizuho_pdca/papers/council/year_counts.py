"""Rates and counts of several years, of the whole plan and of each policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mizuho_pdca.domain.figures.counting import BEST_RANKS, Rate
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.rated import RatedThing, rated, rated_levels
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.domain.review.years import PartYears, YearsReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.council.overview import bar_cell, counted, rating_labels
from mizuho_pdca.papers.council.year_columns import number_of, sample_mark, title_of, year_heading, year_named
from mizuho_pdca.papers.fields import COUNT, Datum, Field, Listing, Meaning, field, listing, share_column, share_field
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part
from mizuho_pdca.papers.ratings.columns import level_name
from mizuho_pdca.papers.words import level_words, rate_parts
from mizuho_pdca.text import NONE


class _RateYears(NamedTuple):
    """A rate of a part of the plan through the years."""

    part: PartYears
    name: str
    rate: Callable[[ReviewReport, SummaryRow], Rate]


class _CountYears(NamedTuple):
    """How the ratings of a level are spread over a part of the plan through the years."""

    part: PartYears
    level: RatedThing


def rates(found: YearsReport, t: Translate) -> Listing:
    """Return the rates of the whole and of each policy, a year a column."""
    plans = [each.plan for each in found.reports.values()]
    figures: list[tuple[str, Callable[[ReviewReport, SummaryRow], Rate]]] = []
    if any(plan.initiatives and plan.scheme.statuses for plan in plans):
        figures.append((t(N_("Implementation rate")), lambda _, row: row.tally.implementation))
        figures.append((t(N_("Completion rate")), lambda _, row: row.tally.completion))
    levels = _levels(found)
    for level in levels if any(plan.scheme.scale.ranks for plan in plans) else ():
        name = _best(plans, t)
        if levels != ["initiative"]:
            name = t(N_("{level}: {what}")).format(level=level_name(found.last.plan, level, t), what=name)
        figures.append((name, partial(_best_of, level)))
    if any(plan.indicators for plan in plans):
        figures.append((t(N_("Targets met")), lambda _, row: row.met.share))
    rows = [_RateYears(part, name, rate) for part in found.parts for name, rate in figures]
    paper = Paper("rates", t(N_("Rates over the years")), keys=3)
    return listing(paper, _rate_fields(found, [name for name, _ in figures], t), rows)


def _levels(found: YearsReport) -> list[RatedThing]:
    """Return what is rated in any of the years."""
    return [*dict.fromkeys(level for each in found.reports.values() for level in rated_levels(each))]


def _best_of(level: RatedThing, report: ReviewReport, row: SummaryRow) -> Rate:
    """Return the share of the best two ranks among all of a level that hold a rank."""
    ranks = [rank.code for rank in report.plan.scheme.scale.ranks]
    held = [
        ranks.index(one.own.rating) for one in rated(report, level) if one.counts_in(row) and one.own.rating in ranks
    ]
    return Rate(sum(place < BEST_RANKS for place in held), len(held))


def _best(plans: Sequence[Plan], t: Translate) -> str:
    """Return the share of the best two ranks by their codes, as long as these are the same in all years."""
    best = best_ranks(plans)
    if len(best) > 1:
        return t(N_("Rating share of the best two ranks"))
    return t(N_("Share of {ranks}")).format(ranks=t(N_("・")).join(best.pop()))


def best_ranks(plans: Iterable[Plan]) -> set[tuple[str, ...]]:
    """Return the codes of the best two ranks, as they are in some years: once where no scale was revised."""
    return {tuple(rank.code for rank in plan.scheme.scale.ranks[:BEST_RANKS]) for plan in plans}


def _rate_fields(found: YearsReport, names: Sequence[str], t: Translate) -> Iterator[Field[_RateYears]]:
    yield from sample_mark(found, t)
    yield number_of(lambda row: row.part.place, t)
    yield title_of(_policy(found, t), lambda row: _part(row.part, t), t)
    meaning = Meaning(t(N_("Which rate the row has.")), words=tuple(names))
    yield field("rate", Column(t(N_("Rate")), 10, choices=True), meaning, lambda row: row.name)
    meaning = Meaning(t(N_("The rate of the year, with what it was worked out from.")), t(COUNT))
    for year in found.years:
        column = share_column(year_heading(found, year, t), 12, "count", t)
        yield share_field(f"year.{year}", column, meaning, partial(_share, found.reports[year]), t)


def _share(report: ReviewReport, row: _RateYears) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    counts = row.part.years.get(report.year)
    return (None, None, None) if counts is None else rate_parts(row.rate(report, counts))


def _policy(found: YearsReport, t: Translate) -> str:
    return level_words(found.last.plan, 0, N_("Part of the plan"), "{level}", t)


def _part(part: PartYears, t: Translate) -> str:
    return t(N_("Total")) if part.place is None else part.place.node.heading


def counts(found: YearsReport, t: Translate) -> Listing:
    """Return how much holds each rank in each year, level by level, of the whole and of each policy."""
    rows = [_CountYears(part, level) for part in found.parts for level in _levels(found)]
    paper = Paper("counts", t(N_("Ratings by number over the years")), keys=2)
    return listing(paper, _count_fields(found, t), rows)


def _count_fields(found: YearsReport, t: Translate) -> Iterator[Field[_CountYears]]:
    yield from sample_mark(found, t)
    yield number_of(lambda row: row.part.place, t)
    yield title_of(_policy(found, t), lambda row: _part(row.part, t), t)
    if _levels(found) not in ([], ["initiative"]):
        meaning = Meaning(t(N_("What the ratings are of.")))
        yield field("level", Column(t(N_("What is rated")), 10), meaning,
                    lambda row: level_name(found.last.plan, row.level, t))  # fmt: skip
    meaning = Meaning(t(N_("Initiatives with this rating.")), t(COUNT))
    for year, report in found.reports.items():
        labels = rating_labels(report.plan, t)
        headings = [f"{year_named(year, t)} {label}" for label in labels]
        parts = tuple(Part(heading, "count") for heading in headings)
        data = tuple(
            Datum[_CountYears](heading, meaning, partial(_ratings, report, at)) for at, heading in enumerate(headings)
        )
        column = Column(year_heading(found, year, t), 14, parts=parts)
        yield Field(f"year.{year}", column, partial(_counted, report, labels), data)


def _held(report: ReviewReport, row: _CountYears) -> tuple[int, ...]:
    """Return how much of a level and part holds each rank, no rank or nothing; none where it was not in force."""
    counts = row.part.years.get(report.year)
    if counts is None:
        return ()
    return counted(report.plan, (one.own.rating for one in rated(report, row.level) if one.counts_in(counts)))


def _ratings(report: ReviewReport, at: int, row: _CountYears) -> int | None:
    held = _held(report, row)
    return held[at] if held else None


def _counted(report: ReviewReport, labels: Sequence[str], row: _CountYears) -> Cell:
    held = _held(report, row)
    return bar_cell(labels, held) if held else Cell(NONE, (None,) * len(labels))
