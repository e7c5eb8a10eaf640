"""指標一覧: the table of the indicators, their lines in other papers, and what their charts show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from mizuho_pdca.domain.figures.achievement import Unjudged, YearValue, unjudged
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.review.office import is_awaited
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.fields import (
    NUMBER,
    YEAR,
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
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part
from mizuho_pdca.papers.ratings.columns import Voice, voices
from mizuho_pdca.papers.words import (
    AGGREGATES,
    DIRECTIONS,
    KINDS,
    NOT_DUE,
    PARTLY_PROVISIONAL,
    as_of_words,
    goal_value,
    half_label,
    measured_value,
    method_words,
    percentage,
    print_indicator,
    print_measured,
    print_missing,
    print_number,
    print_share,
    provisional_words,
    sum_marks,
)
from mizuho_pdca.text import NONE


def indicator_anchor(indicator: Indicator) -> str:
    """Return the name of an indicator's row, for other papers to point at."""
    return f"indicator-{indicator.id}"


def indicators(report: ReviewReport, t: Translate) -> Listing:
    """Return 指標一覧."""
    shown = report.indicators
    anchors = tuple(indicator_anchor(row.indicator) for row in shown)
    subjects = tuple(row.indicator.id for row in shown)
    paper = Paper("indicators", t(N_("Indicators")), keys=2, anchors=anchors, subjects=subjects)
    fields = (*_plan(report, t), *_given(shown, t), *_values(report, t), *_sources(shown, t), *_outcome(report, t))
    return listing(paper, (*fields, *_ratings(report, t), *_notes(shown, t)), shown)


def _plan(report: ReviewReport, t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield what the plan says of an indicator in words."""
    listed = {row.place.id for row in report.initiatives}
    yield from common(report, t)

    def number(row: IndicatorRow) -> Cell:
        return Cell(row.place.number, link=row.place.id if row.place.id in listed else None)

    yield field("number", Column(t(N_("No.")), 8, shows=()), Meaning(t(NUMBER)), lambda row: row.place, number)
    meaning = Meaning(t(N_("The indicator's name in the records.")))
    yield field("id", t(N_("Indicator id")), meaning, lambda row: row.indicator.id)
    column = Column(t(N_("Indicator")), 22, shows=())
    meaning = Meaning(t(N_("What is measured; (draft) where the town has not adopted it.")))
    yield field("name", column, meaning, lambda row: print_indicator(row.indicator, t))
    column = Column(t(N_("Kind")), 8, essential=False, choices=True, shows=())
    meaning = Meaning(
        t(N_("What the town puts in or does, what comes of it, or what surrounds it.")),
        words=tuple(map(t, KINDS.values())),
    )
    yield field("kind", column, meaning, lambda row: t(KINDS[row.indicator.kind]))
    column = Column(t(N_("Also at")), 8, essential=False, shows=())
    column_or_heading = column if any(_also_at(report, row, t) for row in report.indicators) else column.heading
    meaning = Meaning(t(N_("Where it is listed again; it counts here alone.")))
    yield field("also_at", column_or_heading, meaning, lambda row: _also_at(report, row, t))
    headline = t(N_("headline"))
    column = Column(t(N_("Headline")), 6, essential=False, choices=True, shows=())
    place = column if any(row.indicator.headline for row in report.indicators) else column.heading
    meaning = Meaning(t(N_("Marks an indicator that the plan puts first.")), words=(headline,))
    yield field("headline", place, meaning, lambda row: headline if row.indicator.headline else None)
    column = Column(t(N_("Unit")), 4, shows=())
    yield field("unit", column, Meaning(t(N_("In what it is counted."))), lambda row: row.indicator.unit)
    meaning = Meaning(t(N_("Which way is better.")), words=tuple(map(t, DIRECTIONS.values())))
    yield field("direction", t(N_("Direction of change")), meaning, lambda row: t(DIRECTIONS[row.indicator.direction]))
    # Data files have the method here, papers beside the achievement.
    meaning = Meaning(t(N_("How the achievement is computed.")))
    yield field("method", t(N_("Method")), meaning, lambda row: method_words(row.indicator, t))
    meaning = Meaning(t(N_("How the entries of a year make its value.")), words=tuple(map(t, AGGREGATES.values())))
    yield field("aggregate", t(N_("Aggregate")), meaning, lambda row: t(AGGREGATES[row.indicator.aggregate]))


def _also_at(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    return t(N_(", ")).join(place.number for place in report.plan.also_at.get(row.indicator.id, ()))


def _before(row: IndicatorRow, t: Translate) -> str:
    known = row.indicator.history_values.items()
    lines = (
        message(N_("{value} ({year})"), year=year, value=print_measured(row.indicator, value)).text(t)
        for year, value in known
    )
    return "\n".join(lines)


def _given(rows: Sequence[IndicatorRow], t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield the figures that the plan gives: baseline, target, and the guide between them."""
    own, of_year = t(_OWN), t(YEAR)
    place = _where(Column(t(N_("Before the plan")), 12, essential=False, shows=()), rows, lambda row: _before(row, t))
    meaning = Meaning(t(N_("Figures of years before the plan, a line each; nothing is counted of them.")), own)
    yield field("before_plan", place, meaning, lambda row: _before(row, t))
    meaning = Meaning(t(N_("The value before the plan.")), own)
    value = _datum(t(N_("Baseline")), meaning, lambda row: row.indicator.baseline_value)
    meaning = Meaning(t(N_("The fiscal year of the baseline.")), of_year)
    year = Datum(t(N_("Baseline: fiscal year")), meaning, _baseline_year)
    yield _dated("baseline", t(N_("Baseline (FY)")), value, year, t)
    meaning = Meaning(t(N_("The target of the year, else the next given one, else the last.")), own)
    value = Datum[IndicatorRow](t(N_("Target")), meaning, lambda row: goal_value(row.indicator, row.result.target, t))
    meaning = Meaning(t(N_("The fiscal year of that target.")), of_year)
    year = Datum(t(N_("Target: fiscal year")), meaning, lambda row: row.result.target_year)
    yield _dated("target", t(N_("Target (FY)")), value, year, t)
    meaning = Meaning(t(N_("The straight line between two given values in this year; no target.")), own)
    column = _value_column(t(N_("Guide")), 6, essential=False)
    yield Field("guide", column, data=(_datum(column.heading, meaning, lambda row: row.result.guide),))


def _baseline_year(row: IndicatorRow) -> int | None:
    return None if row.indicator.baseline is None else row.indicator.baseline.year


def _values(report: ReviewReport, t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield the actuals, and why there are none."""

    def actual(row: IndicatorRow) -> Cell:
        cell = year_cell(row.indicator, row.value, nothing_words(report, row, t), t)
        return replace(cell, tone="alert") if is_awaited(report, row) else cell

    meaning = Meaning(t(N_("The actual of the year before.")), t(_OWN))
    column = _value_column(t(N_("Last year")), 8)
    data = _datum(column.heading, meaning, lambda row: row.previous.value)

    def previous(row: IndicatorRow) -> Cell:
        return year_cell(row.indicator, row.previous, NONE, t)

    if report.plan.header.period.has_before(report.year) or any(
        row.previous.value is not None for row in report.indicators
    ):
        yield Field("previous", column, previous, (data,), sheet_cell=lambda row: _figure(previous(row), row.previous))
    else:
        yield Field("previous", data=(data,))
    # Data files leave the halves of the year out.
    column = _value_column(half_label(report.plan, "first").text(t), 8, essential=False)
    yield Field("april_to_september", column, lambda row: _measured(row.indicator, row.halves.values[0]))
    column = replace(_value_column(half_label(report.plan, "second").text(t), 8, essential=False), under=True)
    yield Field("october_to_march", column, lambda row: _measured(row.indicator, row.halves.values[1]))
    meaning = Meaning(t(N_("The actual of the year; empty is not zero.")), t(_OWN))
    is_marked = any(row.value.provisional or row.value.dates for row in report.indicators)
    column = _value_column(t(N_("This year")), 12 if is_marked else 8)
    given = _datum(column.heading, meaning, lambda row: row.value.value)
    yield Field("actual", column, actual, (given,), sheet_cell=lambda row: _figure(actual(row), row.value))
    words = tuple(reason.name for reason in report.plan.scheme.missing)
    meaning, heading = Meaning(t(N_("Why there is no actual.")), words=words), t(N_("Reason for no value"))
    why: Field[IndicatorRow] = field(
        "missing", heading, meaning, lambda row: row.value.missing if row.value.value is None else None
    )
    yield replace(why, sheet=Column(heading, 8, essential=False, choices=True))
    undue = t(NOT_DUE)
    meaning = Meaning(t(N_("Marks a year in which the survey does not take place.")), words=(undue,))
    yield field("due", t(N_("No survey year")), meaning, lambda row: None if row.value.is_due else undue)
    meaning = Meaning(
        t(N_("Marks a first figure that may still change.")), words=tuple(map(t, PARTLY_PROVISIONAL.values()))
    )
    yield field("provisional", t(N_("Provisional")), meaning, lambda row: provisional_words(row.value.provisional, t))
    meaning = Meaning(t(N_("Of when the actual is, where it is not of the year's end.")))
    yield field("as_of", t(N_("As of")), meaning, lambda row: as_of_words(row.value, t))
    partly = t(N_("partly unknown"))
    meaning = Meaning(t(N_("Marks an actual of which a part is missing.")), words=(partly,))
    yield field("partial", t(N_("Partly unknown")), meaning, lambda row: partly if row.value.partial else None)


def _figure(cell: Cell, value: YearValue) -> Cell:
    """Return a cell of figures without the reason for having none, which has a column of its own there."""
    return cell if value.value is not None or cell.tone == "alert" else replace(cell, text=NONE)


def _sources(rows: Sequence[IndicatorRow], t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield where the year's figures come from."""
    place = _where(Column(t(N_("Source")), 12, essential=False, shows=("actual",), across=True), rows, _source)
    yield field("source", place, Meaning(t(N_("Where the actual comes from, a line each."))), _source)
    place = _where(
        Column(t(N_("Links")), 12, essential=False, under=True, shows=("activity",), across=True), rows, _links
    )
    yield field("links", place, Meaning(t(N_("Papers and pages of what gave the actual, a line each."))), _links)


def _notes(rows: Sequence[IndicatorRow], t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield what the plan adds for people."""
    place = _where(Column(t(N_("Remarks")), 12, essential=False, shows=(), across=True), rows, _note_of)
    yield field(
        "note", place, Meaning(t(N_("What the plan adds to the indicator, and where it takes it from."))), _note_of
    )


def _where(column: Column, rows: Sequence[IndicatorRow], value: Callable[[IndicatorRow], str]) -> Column | str:
    """Return a column that is printed only where a row holds anything; data files always have it."""
    return column if any(map(value, rows)) else column.heading


def _source(row: IndicatorRow) -> str:
    return "\n".join(row.value.sources)


def _links(row: IndicatorRow) -> str:
    return "\n".join(row.value.links)


def _note_of(row: IndicatorRow) -> str:
    said = (row.indicator.note, row.indicator.source)
    return "\n".join(text.strip() for text in said if text)


def _outcome(report: ReviewReport, t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield what the actual means against target and guide."""
    meaning = Meaning(t(N_("How far the target is reached, by the method.")), t(_OWN))
    column = share_column(t(N_("Achievement")), 14, "value", t)
    yield share_field("rate", column, meaning, lambda row: percentage(row.result.rate), t)
    yield Field("method", Column(t(N_("Method")), 10, shows=()), lambda row: Cell(_method(row.indicator, t)))
    words = tuple(map(t, (N_("met"), N_("not met"), *_UNJUDGED.values())))
    meaning = Meaning(t(N_("Whether the target is reached.")), words=words)
    met = Datum[IndicatorRow](t(N_("Met")), meaning, lambda row: _print_met(report, row, t))
    yield Field("met", Column(met.heading, 6, choices=True), lambda row: met_cell(report, row, t), (met,))
    meaning = Meaning(t(N_("The actual against the guide, by the same measure as the achievement.")), t(_OWN))
    column = share_column(t(N_("Pace")), 14, "value", t, essential=False)
    yield share_field("pace", column, meaning, lambda row: percentage(row.result.pace), t)
    yield from _totals(report, t)


def _totals(report: ReviewReport, t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield the plan's total beside the yearly targets, printed where there is any."""
    is_there = any(row.total.target is not None for row in report.indicators)
    own = t(_OWN)
    meaning = Meaning(
        t(N_("The target of the plan as a whole, of the year, else the next given one, else the last.")), own
    )
    value = Datum[IndicatorRow](t(N_("Plan's total: target")), meaning, lambda row: row.total.target)
    meaning = Meaning(t(N_("The fiscal year of that target.")), t(YEAR))
    year = Datum[IndicatorRow](t(N_("Plan's total: fiscal year")), meaning, lambda row: row.total.target_year)
    target = _dated("total.target", t(N_("Plan's total (FY)")), value, year, t)
    column = replace(_value_column(t(N_("Total so far")), 8, essential=False), under=True)
    meaning = Meaning(t(N_("What the years of the plan add up to, this one included.")), own)
    data = _datum(column.heading, meaning, lambda row: row.total.actual)
    actual = Field("total.actual", column, lambda row: _total_cell(row, t), (data,))
    meaning = Meaning(t(N_("The total so far against the plan's total.")), own)
    column = replace(share_column(t(N_("Reached of the total")), 14, "value", t, essential=False), under=True)
    rate: Field[IndicatorRow] = share_field("total.rate", column, meaning, lambda row: percentage(row.total.rate), t)
    shown = replace(target, column=target.column and replace(target.column, essential=False))
    yield from (one if is_there else replace(one, column=None) for one in (shown, actual, rate))


def _total_cell(row: IndicatorRow, t: Translate) -> Cell:
    total = row.total
    cell, suffix = (
        _measured(row.indicator, total.actual),
        sum_marks(t, partial=total.partial, provisional=total.provisional),
    )
    return replace(cell, text=cell.text + suffix, suffix=suffix)


def _ratings(report: ReviewReport, t: Translate) -> Iterator[Field[IndicatorRow]]:
    """Yield how indicators themselves are rated, where any is; data files have it there alone as well."""
    if any(one.evaluations for row in report.indicators for one in row.judgements):
        found: Iterator[Voice[IndicatorRow]] = voices(report, report.indicators, lambda row: row.judgements, t)
        for one in (field for voice in found for field in voice.columns()):
            # What was said stands below the row: a table of figures has no room for texts.
            is_text = one.column is not None and not one.column.choices
            yield replace(one, column=replace(one.column, under=False, across=True)) if is_text and one.column else one


# -- columns of one kind ----------------------------------------------------------------------

_OWN = N_("unit of the indicator")


def _value_column(heading: str, width: int, *, essential: bool = True) -> Column:
    return Column(heading, width, number=True, essential=essential, parts=(Part(heading, "value"),))


def _datum(heading: str, meaning: Meaning, value: Callable[[IndicatorRow], Measured | None]) -> Datum[IndicatorRow]:
    return Datum(heading, meaning, lambda row: measured_value(row.indicator, value(row)))


def _dated(
    key: str, heading: str, value: Datum[IndicatorRow], year: Datum[IndicatorRow], t: Translate
) -> Field[IndicatorRow]:
    """Return a column of values with their fiscal years, which are two in a spreadsheet and in a data file."""

    def cell(row: IndicatorRow) -> Cell:
        if value.value(row) is None:
            return Cell(NONE, (None, None))
        named = year.value(row)
        said, of = number_cell(value.value(row)), number_cell(named)
        text = message(N_("{value} ({year})"), value=said.text, year=named if isinstance(named, int) else of.text).text(
            t
        )
        return Cell(text, (*said.numbers, *of.numbers))

    parts = (Part(value.heading, "value"), Part(year.heading, "year"))
    return Field(key, Column(heading, 12, number=True, parts=parts, shows=()), cell, (value, year))


def _measured(indicator: Indicator, value: Measured | None) -> Cell:
    return number_cell(measured_value(indicator, value))


def year_cell(indicator: Indicator, value: YearValue, nothing: str, t: Translate) -> Cell:
    """Return a year's value without its unit, or the reason for which there is none."""
    if value.value is None:
        return Cell(print_missing(indicator, value, t) or nothing, (None,))
    cell, suffix = _measured(indicator, value.value), value_marks(value, t)
    return replace(cell, text=cell.text + suffix, suffix=suffix)


def value_marks(value: YearValue, t: Translate) -> str:
    """Return what a reader has to know of a value, behind it: that it is partial, a first one, of when it is."""
    as_of = as_of_words(value, t)
    said = "" if as_of is None else t(N_(" ({said})")).format(said=as_of)
    return sum_marks(t, partial=value.partial, provisional=value.provisional) + said


_UNJUDGED: Mapping[Unjudged | None, str] = {
    "before_target": N_("before the target year"),
    "running": N_("during the year"),
    "worded": N_("target in words"),
    "no_direction": N_("only watched"),
}
"""Why nobody can say whether a target is met, where that is not seen in another column."""


def met_cell(report: ReviewReport, row: IndicatorRow, t: Translate) -> Cell:
    """Return whether the target is met; what is not met yet is no failure before the year and the target's are over."""
    result = row.result
    if result.met is not None:
        return Cell(t(N_("met")), mark="met") if result.met else Cell(t(N_("not met")), mark="missed")
    words = _UNJUDGED.get(unjudged(row.indicator, row.value, result, report.year))
    return Cell(NONE if words is None else t(words))


def _print_met(report: ReviewReport, row: IndicatorRow, t: Translate) -> str | None:
    cell = met_cell(report, row, t)
    return None if cell.is_blank else cell.text


def _method(indicator: Indicator, t: Translate) -> str:
    words = method_words(indicator, t)
    if indicator.method == "maintain" and indicator.direction == "maintain" and indicator.tolerance is not None:
        return t(N_("{method} (±{tolerance})")).format(method=words, tolerance=print_number(indicator.tolerance))
    return words


def nothing_words(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    """Return what stands where nothing was recorded: no more is asked of what ended before the year."""
    return t(N_("not reported")) if is_awaited(report, row) else NONE


def indicator_line(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    """Return an indicator in one line, as it stands beside its initiative."""
    unit = "" if row.indicator.method == "done" else row.indicator.unit or ""
    value = print_missing(row.indicator, row.value, t) or nothing_words(report, row, t)
    if row.value.value is not None:
        value = print_measured(row.indicator, row.value.value) + unit + value_marks(row.value, t)
    return f"{print_indicator(row.indicator, t)} {value} {_achieved(report, row, t)}".rstrip()


def _achieved(report: ReviewReport, row: IndicatorRow, t: Translate) -> str:
    year = row.result.target_year or report.year
    if row.result.rate is not None:
        against = "" if year == report.year else message(N_(", target of FY{year}"), year=year).text(t)
        return f"{print_share(row.result.rate)} {method_words(row.indicator, t)}{against}"
    if row.result.pace is not None:
        words = N_("{share} actual / guide, target of FY{year}")
        return message(words, share=print_share(row.result.pace), year=year).text(t)
    return _print_met(report, row, t) or ""
