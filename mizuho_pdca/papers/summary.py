"""総括表: the counts and rates of the whole plan, its policies and their measures; and those across the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from mizuho_pdca.domain.figures.achievement import met
from mizuho_pdca.domain.figures.counting import BEST_RANKS, Rate, Tally, tally
from mizuho_pdca.domain.plan.scheme import RatedLevel
from mizuho_pdca.domain.review.money import money_of
from mizuho_pdca.domain.review.rated import ABOVE, RatedPart, counted_levels, rated
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.domain.review.scope import SummaryRow
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import (
    COUNT,
    NUMBER,
    SCHEDULE,
    Datum,
    Field,
    Listing,
    Meaning,
    common,
    field,
    listing,
    number_cell,
    share_column,
    share_field,
)
from mizuho_pdca.papers.figures.money import money_fields
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part
from mizuho_pdca.papers.ratings.columns import level_name
from mizuho_pdca.papers.words import KINDS, level_words, print_rating, rate_parts
from mizuho_pdca.text import NONE


def summary(report: ReviewReport, t: Translate) -> Listing:
    """Return 総括表, in print with each policy's measures below it."""
    rows = summary_rows(report)
    subjects = tuple("" if row.place is None else row.place.id for row in rows)
    anchors = tuple(f"summary-{subject}" if subject else "summary" for subject in subjects)
    paper = Paper("summary", t(N_("Summary")), keys=2, anchors=anchors, subjects=subjects)
    fields = [_toned(one) for one in (*_parts(report, t), *_counted(report, t))]
    return listing(paper, fields, rows, (report.total, *report.policies, *report.measures))


def summary_rows(report: ReviewReport) -> list[SummaryRow]:
    """Return the whole, and each policy with its measures below it."""
    rows = [report.total]
    for policy in report.policies:
        rows.append(policy)
        rows += [row for row in report.measures if row.place and row.place.parent is policy.place]
    return rows


def _counted(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    """Yield what is counted: initiatives, indicators, or both, as far as the plan has such."""
    if any(row.place and row.place.node.schedule for row in (*report.policies, *report.measures)):
        yield _schedule(report, t)
    if report.plan.initiatives:
        yield from _counts(report, t)
    yield from _rated_counts(report, t)
    if report.plan.initiatives:
        yield from _rates(report, t)
    yield from _met_counts(report, t)
    yield from _money(report, t)


def _rated_counts(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    """Yield how many parts above the initiatives hold each rating.

    Those of the lowest level are printed where the initiatives are not rated.
    """
    plan, scale, levels = report.plan, report.plan.scheme.scale, counted_levels(report)
    meaning = Meaning(t(N_("Parts of this level with this rating.")), t(COUNT))
    for level in levels:
        own = [*rated(report, level)]
        for code in (*scale.codes, None):
            word = t(N_("Not rated")) if code is None else print_rating(plan, code)
            column = _count(word, 2 if scale.find(code or "") in scale.ranks else 4, _RATING)
            what = f"{t(N_('Rating'))}: {word}"
            heading = t(N_("{level}: {what}")).format(level=level_name(plan, level, t), what=what)
            data = (Datum(heading, meaning, _holding(own, code)),)
            is_printed = level == levels[0] and not report.rates_initiatives
            yield Field(_rated_key(level, code), column if is_printed else None, data=data)


def _rated_key(level: RatedLevel, code: str | None) -> str:
    return f"rating.{level}.{code or 'none'}"


def _holding(own: Sequence[RatedPart], code: str | None) -> Callable[[SummaryRow], int]:
    return lambda row: sum(one.own.rating == code and one.counts_in(row) for one in own)


Counted = tuple[Literal["initiative", "indicator"], str]
"""What is counted, by what it is and its id; a part above the initiatives as if it were one."""

OF_PARTS = tuple(f"rating.{level}." for level in ABOVE)
"""How the keys of columns begin that count ratings above the initiatives."""


def contributions(report: ReviewReport, t: Translate) -> dict[Counted, dict[str, str]]:
    """Return what each count and rate would be of one thing alone, so that one can tell which moved a total."""
    scheme, fields = report.plan.scheme, (*_counts(report, t), *_rates(report, t), *_money(report, t))
    ranks = tuple(rank.code for rank in scheme.scale.ranks)
    alone: dict[Counted, SummaryRow] = {
        ("initiative", row.place.id): SummaryRow(row.place, 0, tally([row.state], 0, ranks))
        for row in report.initiatives
        if not row.is_relisting
    }
    found = {name: {one.key: one.printed(row).text for one in fields} for name, row in alone.items()}
    for one in report.indicators:
        if not one.indicator.is_rated:
            continue
        row = SummaryRow(one.place, 0, tally([], 0, ranks), met([one.result], scheme.near))
        printed = {field.key: field.printed(row).text for field in _met_counts(report, t) if field.column is not None}
        found["indicator", one.indicator.id] = printed
    for level in counted_levels(report):
        found |= {("initiative", one.id): {_rated_key(level, one.own.rating): "1"} for one in rated(report, level)}
    return found


def _money(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    return money_fields(report, lambda row: money_of(report, row.place), t)


def _toned(one: Field[SummaryRow]) -> Field[SummaryRow]:
    """Return a column in which the whole and the policies are strong."""

    def cell(row: SummaryRow) -> Cell:
        shown = one.printed(row)
        is_strong = shown.tone == "plain" and (row.place is None or row.place.level == 0)
        return replace(shown, tone="strong") if is_strong else shown

    return replace(one, cell=cell)


def _parts(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    yield from common(report, t)

    def number(row: SummaryRow) -> Cell:
        return Cell("" if row.place is None else row.place.number)

    def title(row: SummaryRow) -> str:
        return report.plan.header.title if row.place is None else row.place.node.heading

    total = t(N_("Total"))
    column, meaning = Column(t(N_("No.")), 4, shows=()), Meaning(t(NUMBER))
    yield field("number", column, meaning, lambda row: row.place or total, number)
    column = Column(level_words(report.plan, 1, N_("Policy / measure"), N_("{above} / {level}"), t), 16, shows=())
    data = (Datum(t(N_("Title")), Meaning(t(N_("The title in the plan."))), title),)
    yield Field("title", column, lambda row: Cell(_title(report, row, t), link=_first_listing(report, row)), data)
    yield from _own_ratings(report, t)


def _own_ratings(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    """Yield how the plan, a policy and a measure are rated themselves, where any is or shall be."""
    rated = {
        row.place and row.place.id: row.own.rating
        for row in report.rated
        if row.place is None or row.place.level < _LEVELS
    }
    if not rated:
        return

    def own(row: SummaryRow) -> str | None:
        code = rated.get(row.place and row.place.id)
        return None if code is None else print_rating(report.plan, code)

    words = tuple(print_rating(report.plan, code) for code in report.plan.scheme.scale.codes)
    meaning = Meaning(t(N_("How it is rated itself, whatever the ratings of its initiatives.")), words=words)
    yield field("own_rating", Column(t(N_("Own rating")), 4, shows=_RATING), meaning, own)


_LEVELS = 2
"""Levels that the summary has rows for: policies and measures."""


def _counts(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    plan, scale, unit = report.plan, report.plan.scheme.scale, t(COUNT)
    column = _count(level_words(plan, -2, N_("Submeasures"), N_("Number of {level}"), t), 6, ())
    meaning = Meaning(t(N_("How many parts of this level are in force here.")), unit)
    yield field("submeasures", column, meaning, lambda row: row.submeasures)
    meaning = Meaning(t(N_("Initiatives listed here, relistings included.")), unit)
    yield field("listed", _count(t(N_("Listed")), 6, ()), meaning, lambda row: row.tally.listed)
    meaning = Meaning(t(N_("Of them relistings, which count with their originals only.")), unit)
    yield field("relisted", _count(t(N_("Relisted")), 4, ()), meaning, lambda row: row.tally.relisted)
    meaning = Meaning(t(N_("Listed less relisted.")), unit)
    yield field("distinct", _count(t(N_("Distinct")), 4, ()), meaning, lambda row: row.tally.distinct)
    meaning = Meaning(t(N_("Initiatives with this status.")), unit)
    for status in plan.scheme.statuses:
        heading = f"{t(N_('Status'))}: {status.name}"
        yield field(f"status.{status.code}", heading, meaning, _held(lambda row: row.tally.status, status.code))
    meaning = Meaning(t(N_("Initiatives with this rating.")), unit)
    for code in scale.codes:
        column = _count(print_rating(plan, code), 2 if scale.find(code) in scale.ranks else 4, _RATING)
        heading = f"{t(N_('Rating'))}: {column.heading}"
        data = (Datum(heading, meaning, _held(lambda row: row.tally.rating, code)),)
        yield Field(f"rating.{code}", column if report.rates_initiatives else None, data=data)
    meaning = Meaning(t(N_("Initiatives of which a report is still to come.")), unit)
    place: Column | str = _count(t(N_("Not reported")), 6, _REPORT)
    if not plan.scheme.asks_initiatives:
        place = t(N_("Not reported"))
    yield field("not_reported", place, meaning, lambda row: row.tally.not_reported, _missing)
    total = report.total.tally
    meaning = Meaning(t(N_("Initiatives that ended in an earlier year, and nobody has anything to report of.")), unit)
    place = _where(t(N_("Ended before the year")), total.carried)
    yield field("carried", place, meaning, lambda row: row.tally.carried)
    if plan.scheme.statuses:
        meaning = Meaning(t(N_("Initiatives that are reported, but of which no status is known.")), unit)
        place = _where(t(N_("No status")), total.no_status)
        yield field("no_status", place, meaning, lambda row: row.tally.no_status)


_STATUS, _RATING, _REPORT = ("activity",), ("evaluation",), ("activity", "actual", "evaluation", "improvement")
"""The kinds of entries that a count goes by."""


def _count(heading: str, width: int, shows: tuple[str, ...]) -> Column:
    return Column(heading, width, number=True, parts=(Part(heading, "count"),), shows=shows)


def _where(heading: str, number: int) -> Column | str:
    """Return a column that is printed only where it counts anything; data files always have it."""
    return _count(heading, 6, _REPORT) if number else heading


def _held(counts: Callable[[SummaryRow], Mapping[str, int]], code: str) -> Callable[[SummaryRow], int]:
    return lambda row: counts(row).get(code, 0)


def _missing(row: SummaryRow) -> Cell:
    return replace(number_cell(row.tally.not_reported), tone="alert" if row.tally.not_reported else "plain")


def _rates(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    unit = t(COUNT)
    yield from _progress(t) if report.plan.scheme.statuses else ()
    best = t(N_("・")).join(rank.code for rank in report.plan.scheme.scale.ranks[:BEST_RANKS])
    if best:
        column = replace(share_column(t(N_("Share of {ranks}")).format(ranks=best), 8, "count", t), shows=_RATING)
        meaning = Meaning(t(N_("The best two ranks, of all that hold a rank.")), unit)
        heading = t(N_("Rating share of the best two ranks"))
        shares = _rate("rating_share", column, meaning, lambda tally: tally.rating_share, t, heading)
        yield shares if report.rates_initiatives else replace(shares, column=None)
    column = share_column(t(N_("Reporting rate")), 8, "count", t)
    meaning = Meaning(t(N_("Initiatives that are reported, of all that had not ended before the year.")), unit)
    yield replace(_rate("reporting", column, meaning, lambda tally: tally.reporting, t), column=None)


MET = {"met": N_("met"), "near": N_("nearly met"), "not_met": N_("not met"), "unknown": N_("not judged")}
"""How an indicator stands to its target, in print."""

_MET_MEANINGS = {
    "met": N_("Indicators that met the target of the year."),
    "near": N_("Indicators that did not meet it, but nearly."),
    "not_met": N_("Indicators that did not meet it."),
    "unknown": N_("Indicators of which nothing can be said: no value, no target, or a year that is not over."),
}
_FIGURE = ("activity", "actual")


def _met_counts(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    """Yield how many indicators met their targets; where the plan has initiatives as well, in one printed column."""
    if not report.plan.indicators:
        return
    headings = {key: t(N_("Indicators: {state}")).format(state=t(words)) for key, words in MET.items()}
    columns = {key: _count(heading, 6, _FIGURE) for key, heading in headings.items()}
    data = {key: _met_datum(key, heading, t) for key, heading in headings.items()}
    if not report.plan.initiatives:
        meaning = Meaning(t(N_("Indicators that are counted here.")), t(COUNT))
        yield field("met", _count(t(N_("Number of indicators")), 6, ()), meaning, lambda row: row.met.number)
        yield from (Field(f"met.{key}", column, data=(data[key],)) for key, column in columns.items())
    else:
        parts = tuple(part for column in columns.values() for part in column.parts)
        column = Column(t(N_("Indicators: met / near / not / open")), 8, number=True, parts=parts, shows=_FIGURE)
        yield Field("met", column, _met_cell, tuple(data.values()))
    column = replace(share_column(t(N_("Targets met")), 8, "count", t), shows=_FIGURE)
    meaning = Meaning(t(N_("Indicators that met their target, of all that can be judged.")), t(COUNT))
    yield share_field("met_share", column, meaning, lambda row: rate_parts(row.met.share), t)


def _met_datum(key: str, heading: str, t: Translate) -> Datum[SummaryRow]:
    return Datum(heading, Meaning(t(_MET_MEANINGS[key]), t(COUNT)), lambda row: getattr(row.met, key))


def _met_cell(row: SummaryRow) -> Cell:
    numbers = [getattr(row.met, key) for key in MET]
    return Cell("/".join(map(str, numbers)) if row.met.number else NONE, tuple(map(Decimal, numbers)))


def _schedule(report: ReviewReport, t: Translate) -> Field[SummaryRow]:
    column, meaning = Column(t(N_("Planned for the year")), 10, shows=()), Meaning(t(SCHEDULE))
    return field("schedule", column, meaning, lambda row: row.place and row.place.node.schedule.get(report.year))


def _progress(t: Translate) -> Iterator[Field[SummaryRow]]:
    """Yield the rates of what the statuses say."""
    unit = t(COUNT)
    column = replace(share_column(t(N_("Implementation rate")), 8, "count", t), shows=_STATUS)
    meaning = Meaning(
        t(N_("In progress, done or completed, of all that are neither suspended nor discontinued.")), unit
    )
    yield _rate("implementation", column, meaning, lambda tally: tally.implementation, t)
    column = replace(share_column(t(N_("Completion rate")), 8, "count", t), shows=_STATUS)
    meaning = Meaning(t(N_("Done or completed, of all that are neither suspended nor discontinued.")), unit)
    yield _rate("completion", column, meaning, lambda tally: tally.completion, t)


def _rate(
    key: str, column: Column, meaning: Meaning, rate: Callable[[Tally], Rate], t: Translate, heading: str = ""
) -> Field[SummaryRow]:
    """Return a rate; none is printed of relistings."""
    shown: Field[SummaryRow] = share_field(key, column, meaning, lambda row: rate_parts(rate(row.tally)), t, heading)
    relisted = Cell(t(N_("relisted only")), (None, None, None), tone="quiet")
    return replace(shown, cell=lambda row: relisted if row.tally.only_relisted else shown.printed(row))


def groups(report: ReviewReport, t: Translate) -> Listing:
    """Return the counts across the plan: of the indicators of each kind, and of all that has a tag."""
    rows = (*report.kinds, *report.tags)
    subjects = tuple(f"tag {row.tag}" if row.tag else f"kind {row.kind}" for row in rows)
    paper = Paper("groups", t(N_("Counts by kind and tag")), keys=2, anchors=subjects)
    return listing(paper, _group_fields(report, t), rows)


def _group_fields(report: ReviewReport, t: Translate) -> Iterator[Field[SummaryRow]]:
    yield from common(report, t)
    of_tag, of_kind = t(N_("tag")), t(N_("kind of indicator"))
    column = Column(t(N_("Group")), 8, shows=())
    meaning = Meaning(t(N_("By what it is counted.")), words=(of_kind, of_tag))
    yield field("group", column, meaning, lambda row: of_kind if row.tag is None else of_tag)
    column, meaning = Column(t(N_("Name")), 14, shows=()), Meaning(t(N_("The tag, or the kind.")))
    yield field("title", column, meaning, lambda row: row.tag or t(KINDS[row.kind or ""]))
    if report.tags and report.plan.initiatives:
        heading = t(N_("Distinct"))
        column = Column(heading, 6, number=True, parts=(Part(heading, "count"),), shows=())
        meaning = Meaning(t(N_("Listed less relisted.")), t(COUNT))
        yield field("distinct", column, meaning, lambda row: row.tally.distinct if row.tag else None, _distinct)
        yield from _rates(report, t)
    yield from _met_counts(report, t)


def _distinct(row: SummaryRow) -> Cell:
    return Cell(NONE, (None,)) if row.tag is None else number_cell(row.tally.distinct)


def _title(report: ReviewReport, row: SummaryRow, t: Translate) -> str:
    """Return the title of a row; one that counts a part of what it names says so."""
    scope = report.scope
    if row.place is None:
        return t(N_("Total") if scope.is_whole else N_("Subtotal"))
    is_part = scope.is_scattered or (scope.measure is not None and row.place.level == 0)
    return row.place.node.heading + (t(N_(" (part)")) if is_part else "")


def _first_listing(report: ReviewReport, row: SummaryRow) -> str | None:
    """Return the first initiative of a part of the plan, by the name of its row."""
    own = (item.place for item in report.initiatives if row.place in (None, *item.place.lineage))
    return next((place.id for place in own), None)
