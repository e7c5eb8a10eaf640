"""総括表: the counts and rates of the whole plan, its policies and their measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from mizuho_pdca.domain.figures.counting import BEST_RANKS, Rate, Tally
from mizuho_pdca.domain.review.review import ReviewReport, SummaryRow
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import (
    COUNT,
    Datum,
    Field,
    Listing,
    Meaning,
    Percentage,
    common,
    field,
    listing,
    number_datum,
    share_column,
    share_data,
)
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part, Tone
from mizuho_pdca.papers.words import level_words, print_rating
from mizuho_pdca.text import NONE


def summary(report: ReviewReport, t: Translate) -> Listing:
    """Return 総括表, in print with each policy's measures below it."""
    rows = [report.total]
    for policy in report.policies:
        rows.append(policy)
        rows += [row for row in report.measures if row.place and row.place.parent is policy.place]
    subjects = tuple("" if row.place is None else row.place.id for row in rows)
    paper = Paper(
        "summary",
        t(N_("Summary")),
        keys=2,
        anchors=tuple("-".join(filter(None, ("summary", subject))) for subject in subjects),
        subjects=subjects,
    )
    fields = (*_parts(report, t), *_counts(report, t), *_rates(report, t))
    return listing(paper, fields, rows, (report.total, *report.policies, *report.measures))


def _parts(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    yield from common(report, t)
    yield Field(
        "number",
        Column(t(N_("No.")), 4, shows=()),
        lambda row: Cell("" if row.place is None else row.place.number, tone=_tone(row)),
        (number_datum(lambda row: row.place or t(N_("Total")), t),),
    )

    def title(row: SummaryRow) -> str:
        return report.plan.header.title if row.place is None else row.place.node.heading

    yield Field(
        "title",
        Column(level_words(report.plan, 1, N_("Policy / measure"), N_("{above} / {level}"), t), 16, shows=()),
        lambda row: Cell(_title(report, row, t), tone=_tone(row), link=_first_listing(report, row)),
        (Datum(t(N_("Title")), Meaning(t(N_("The title in the plan."))), title),),
    )


def _counts(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    plan, scale, unit = report.plan, report.plan.scheme.scale, t(COUNT)
    column = _count_column(level_words(plan, -2, N_("Submeasures"), N_("Number of {level}"), t), 6)
    meaning = Meaning(t(N_("How many parts of this level have an initiative here.")), unit)
    yield _count("submeasures", column, meaning, lambda row: row.submeasures)
    meaning = Meaning(t(N_("Initiatives listed here, relistings included.")), unit)
    yield _count("listed", _count_column(t(N_("Listed")), 6), meaning, lambda row: row.tally.listed)
    meaning = Meaning(t(N_("Of them relistings, which count with their originals only.")), unit)
    yield _count("relisted", _count_column(t(N_("Relisted")), 4), meaning, lambda row: row.tally.relisted)
    meaning = Meaning(t(N_("Listed less relisted.")), unit)
    yield _count("distinct", _count_column(t(N_("Distinct")), 4), meaning, lambda row: row.tally.distinct)
    meaning = Meaning(t(N_("Initiatives with this status.")), unit)
    for status in plan.scheme.statuses:
        heading = f"{t(N_('Status'))}: {status.name}"
        yield field(f"status.{status.code}", heading, meaning, _held(lambda row: row.tally.status, status.code))
    meaning = Meaning(t(N_("Initiatives with this rating.")), unit)
    for code in scale.codes:
        column = _count_column(print_rating(plan, code), 2 if scale.find(code) in scale.ranks else 4)
        heading = f"{t(N_('Rating'))}: {column.heading}"
        yield _count(f"rating.{code}", column, meaning, _held(lambda row: row.tally.rating, code), heading)
    meaning = Meaning(t(N_("Initiatives without an entry in force in the year.")), unit)
    column = _count_column(t(N_("Not reported")), 6)
    counted = _count("not_reported", column, meaning, lambda row: row.tally.not_reported)
    yield replace(counted, cell=_not_reported)


def _held(counts: Callable[[SummaryRow], Mapping[str, int]], code: str) -> Callable[[SummaryRow], int]:
    return lambda row: counts(row).get(code, 0)


def _count_column(heading: str, width: int) -> Column:
    return Column(heading, width, number=True, parts=(Part(heading, "count"),))


def _count(
    key: str, column: Column, meaning: Meaning, count: Callable[[SummaryRow], int], heading: str | None = None
) -> Field[SummaryRow]:
    """Return a column of counts; ``heading`` is what data files say for a short one in print."""
    data = (Datum(heading or column.heading, meaning, count),)
    return Field(key, column, lambda row: _counted(count(row), _tone(row)), data)


def _counted(number: int, tone: Tone) -> Cell:
    return Cell(str(number), (Decimal(number),), tone)


def _not_reported(row: SummaryRow) -> Cell:
    return _counted(row.tally.not_reported, "alert" if row.tally.not_reported else _tone(row))


def _rates(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    unit = t(COUNT)
    heading = t(N_("Implementation rate"))
    meaning = Meaning(t(N_("In progress, done or completed, of all that are neither suspended nor ended.")), unit)
    yield _printed(_rate("implementation", heading, meaning, lambda tally: tally.implementation, t), heading, t)
    heading = t(N_("Completion rate"))
    meaning = Meaning(t(N_("Done or completed, of all that are neither suspended nor ended.")), unit)
    yield _printed(_rate("completion", heading, meaning, lambda tally: tally.completion, t), heading, t)
    best = t(N_("・")).join(rank.code for rank in report.plan.scheme.scale.ranks[:BEST_RANKS])
    heading, printed = t(N_("Rating share of the best two ranks")), t(N_("Share of {ranks}")).format(ranks=best)
    meaning = Meaning(t(N_("The best two ranks, of all that hold a rank.")), unit)
    yield _printed(_rate("rating_share", heading, meaning, lambda tally: tally.rating_share, t), printed, t)
    meaning = Meaning(t(N_("Initiatives with an entry in the year, of all distinct ones.")), unit)
    yield _rate("reporting", t(N_("Reporting rate")), meaning, lambda tally: tally.reporting, t)


def _printed(rate: Field[SummaryRow], heading: str, t: Translate) -> Field[SummaryRow]:
    """Return a rate that stands in print as well."""
    return replace(rate, column=share_column(heading, 8, "count", t))


def _rate(key: str, heading: str, meaning: Meaning, rate: Callable[[Tally], Rate], t: Translate) -> Field[SummaryRow]:
    """Return a rate, for data files only."""

    def share(row: SummaryRow) -> Percentage:
        return _percentage(rate(row.tally), row.tally)

    def cell(row: SummaryRow) -> Cell:
        if row.tally.only_relisted:
            return Cell(t(N_("relisted only")), (None, None, None), tone="quiet")
        return Cell(_print_rate(*share(row)), share(row), _tone(row))

    return Field(key, None, cell, share_data(heading, meaning, share, t))


def _percentage(rate: Rate, tally: Tally) -> Percentage:
    """Return a rate with its parts; no percentage comes out of nothing reported."""
    percent = rate.percent if tally.reported else None
    return percent, Decimal(rate.numerator), Decimal(rate.denominator)


def _print_rate(percent: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> str:
    """Return ``73.3% (22/30)``; － instead of a percentage that nothing was reported for."""
    if not denominator:
        return NONE
    return f"{NONE if percent is None else f'{percent}%'} ({numerator}/{denominator})"


def _tone(row: SummaryRow) -> Tone:
    return "plain" if row.place is not None and row.place.level else "strong"


def _title(report: ReviewReport, row: SummaryRow, t: Translate) -> str:
    """Return the title of a row; one that counts a part of what it names says so."""
    scope = report.scope
    if row.place is None:
        return t(N_("Total") if scope.is_whole else N_("Subtotal"))
    is_part = scope.department is not None or (scope.measure is not None and row.place.level == 0)
    return row.place.node.heading + (t(N_(" (part)")) if is_part else "")


def _first_listing(report: ReviewReport, row: SummaryRow) -> str | None:
    """Return the first initiative of a part of the plan, by the name of its row."""
    own = (item.place for item in report.initiatives if row.place in (None, *item.place.lineage))
    return next((place.id for place in own), None)
