"""進捗状況一覧: every listing of an initiative with what was done, how it is rated, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from mizuho_pdca.domain.figures.counting import State
from mizuho_pdca.domain.plan.money import unit_of
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Activity
from mizuho_pdca.domain.review.money import money_of_listing
from mizuho_pdca.domain.review.review import IndicatorRow, InitiativeRow, ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.council.headings import answers, headings
from mizuho_pdca.papers.fields import (
    COUNT,
    NUMBER,
    SCHEDULE,
    YEAR,
    Datum,
    Field,
    Listing,
    Meaning,
    R,
    common,
    field,
    listing,
)
from mizuho_pdca.papers.figures.money import money_fields
from mizuho_pdca.papers.indicators import indicator_line, year_cell
from mizuho_pdca.papers.paper import Cell, Column, Paper, Part
from mizuho_pdca.papers.ratings.columns import Voice, voices
from mizuho_pdca.papers.words import (
    ARROWS,
    HINDRANCES,
    activities_heading,
    dated,
    grade,
    level_words,
    on_day,
    percentage,
    print_ended,
    print_indicator,
    print_percentage,
    print_rating,
    print_status,
)
from mizuho_pdca.text import NONE

_LEVELS = (N_("Policy"), N_("Measure"), N_("Submeasure"))

REPORTS = {"reported": N_("reported"), "due": N_("not reported"), "carried": N_("ended before the year")}
"""Whether somebody has reported."""

_ABOVE = (
    (N_("Policy no."), N_("Policy title")),
    (N_("Measure no."), N_("Measure title")),
    (N_("Submeasure no."), N_("Submeasure title")),
)


def initiatives(report: ReviewReport, t: Translate) -> Listing:
    """Return 進捗状況一覧."""
    title = level_words(report.plan, -1, N_("Progress of the initiatives"), N_("{level}: progress"), t)
    paper = Paper("initiatives", title, keys=2, anchors=tuple(row.place.id for row in report.initiatives),
                  groups=tuple(headings(report, t)))  # fmt: skip
    parts = (_above, _plan, _money, _work, _ratings, _outlook)
    fields = tuple(one for part in parts for one in part(report, t))
    return listing(paper, fields, report.initiatives)


# -- what the plan says -----------------------------------------------------------------------


def _above(report: ReviewReport, t: Translate) -> Iterator[Field[InitiativeRow]]:
    """Yield number and title of each part of the plan above the initiatives, for data files."""
    yield from common(report, t)
    levels = report.plan.header.levels
    for level in range(len(_ABOVE) if levels is None else len(levels) - 1):
        yield from _part(report.plan, level, t)
        yield _above_sheet(report.plan, level, t)


def _part(plan: Plan, level: int, t: Translate) -> Iterator[Field[InitiativeRow]]:
    def part(row: InitiativeRow) -> Place:
        return next(step for step in row.place.lineage if step.level == level)

    number, title = _ABOVE[level]
    meaning = Meaning(t(N_("The number of the part of the plan that it belongs to.")))
    yield field(f"above.{level}.number", level_words(plan, level, number, N_("{level} no."), t), meaning, part)
    meaning = Meaning(t(N_("The title of the part of the plan that it belongs to.")))
    heading = level_words(plan, level, title, "{level}", t)
    yield field(f"above.{level}.title", heading, meaning, lambda row: part(row).node.heading)


def _above_sheet(plan: Plan, level: int, t: Translate) -> Field[InitiativeRow]:
    """Return the column of a level that spreadsheets have, to sort and filter by."""

    def part(row: InitiativeRow) -> Cell:
        place = next(step for step in row.place.lineage if step.level == level)
        return Cell(f"{place.number} {place.node.heading}")

    heading = level_words(plan, level, _LEVELS[level], "{level}", t)
    return Field(f"above.{level}", sheet=Column(heading, 8, essential=False, choices=True), sheet_cell=part)


def _plan(report: ReviewReport, t: Translate) -> Iterator[Field[InitiativeRow]]:
    def title(row: InitiativeRow) -> Cell:
        if not row.is_relisting:
            return Cell(row.title)
        relisted = t(N_(" (relisted → {number})")).format(number=row.original.number)
        return Cell(row.title + relisted, tone="quiet", link=row.original.id)

    yield field("number", Column(t(N_("No.")), 8, shows=(), band=True), Meaning(t(NUMBER)), lambda row: row.place)
    column = Column(level_words(report.plan, -1, N_("Initiative"), "{level}", t), 20, shows=(), band=True)
    yield field("title", column, Meaning(t(N_("The title in the plan."))), lambda row: row.title, title)
    meaning = Meaning(t(N_("The number of the original; empty where the initiative is no relisting.")))
    yield field(
        "relisted_from", t(N_("Relisted from")), meaning, lambda row: row.original if row.is_relisting else None
    )
    yield from whose(report.initiatives, lambda row: row.original.departments, t, essential=False)
    if any(row.original.tags for row in report.initiatives):
        column = Column(t(N_("Tags")), 8, essential=False, under=True, shows=(), band=True)
        yield field("tags", column, Meaning(t(N_("The tags that the plan gives it."))), lambda row: _tags(row, t))
    column = Column(t(N_("Partners")), 12, essential=False, under=True, shows=(), band=True)
    meaning = Meaning(t(N_("With whom, as the plan says.")))
    yield field("partners", column, meaning, lambda row: t(N_(", ")).join(row.place.partners))


def _tags(row: InitiativeRow, t: Translate) -> str:
    return t(N_(", ")).join(row.original.tags)


def whose(
    rows: Sequence[R], departments: Callable[[R], Sequence[str]], t: Translate, *, essential: bool = True
) -> Iterator[Field[R]]:
    """Yield who sees to a row: the main department and, where any row has several, the others."""
    has_others = any(len(departments(row)) > 1 for row in rows)
    column = Column(t(N_("Department")), 8, essential=essential, choices=not essential, shows=())
    meaning = Meaning(t(N_("The department that sees to it mainly.") if has_others else N_("Who sees to it.")))
    yield field("department", column, meaning, lambda row: next(iter(departments(row)), None))
    if has_others:
        column = Column(t(N_("Other departments")), 8, essential=False, under=True, shows=())
        meaning = Meaning(t(N_("The other departments that see to it.")))
        yield field("departments", column, meaning, lambda row: t(N_(", ")).join(departments(row)[1:]))


# -- what was done ----------------------------------------------------------------------------


def _work(report: ReviewReport, t: Translate) -> Iterator[Field[InitiativeRow]]:
    plan = report.plan

    def status(row: InitiativeRow) -> Cell:
        if row.state.is_due:
            return Cell(t(REPORTS["due"]), tone="alert")
        if not plan.scheme.statuses:
            return Cell(report_word(row.state, t) or NONE)
        return Cell(print_ended(plan, row.state, t))

    heading, names = t(N_("Reported")), tuple(one.name for one in plan.scheme.statuses)
    place: Column | str = Column(heading, 8, choices=True, band=True) if plan.scheme.asks_initiatives else heading
    if names:
        column, meaning = Column(t(N_("Status")), 8, choices=True, band=True), Meaning(t(_STATUS), words=names)
        yield field("status", column, meaning, lambda row: _status(plan, row), status)
        meaning, place = Meaning(t(N_("The earlier year in which it was completed or discontinued.")), t(YEAR)), heading
        yield field("ended", t(N_("Ended in")), meaning, lambda row: row.state.ended)
    meaning = Meaning(t(N_("Whether there is a report of the year.")), words=tuple(map(t, REPORTS.values())))
    yield field("reported", place, meaning, lambda row: report_word(row.state, t), None if names else status)
    meaning = Meaning(t(N_("How many entries are in force in the year.")), t(COUNT))
    yield field("entries", t(N_("Entries")), meaning, lambda row: row.entries)
    column = Column(t(N_("Planned last year for this year")), 20, essential=False, shows=("improvement",))
    if plan.header.period.has_before(report.year):
        promised = _own(lambda row: _came_from(report, row, row.promised.next.strip(), t) if row.promised else None)
        yield Field("planned_last_year", column, promised)
    if any(row.original.step(report.year) for row in report.initiatives):
        column = Column(t(N_("Planned for the year")), 12, essential=False, under=True, shows=())
        yield field("schedule", column, Meaning(t(SCHEDULE)), lambda row: row.original.step(report.year))
    shows: tuple[str, ...] = ("activity", "evaluation")
    column = Column(activities_heading(plan, t), 30, essential=False, under=True, shows=shows)
    meaning = Meaning(t(N_("What was recorded in the year, a line for each day.")))
    yield field("activities", column, meaning, _days, lambda row: _activities(row, t))
    meaning, heading = Meaning(t(N_("What the department says of the year as a whole."))), t(N_("Progress"))
    yield field("progress", heading, meaning, lambda row: row.evaluation.progress if row.evaluation else None)
    column = Column(t(N_("Indicators (achieved)")), 20, shows=("activity", "actual"))
    yield Field("indicators", column, lambda row: Cell("\n".join(_indicators(report, row, t)) or NONE))
    yield from _first_indicator(report, t)


_STATUS = N_("Where the initiative stands in the year; what has ended goes on as such.")


def _status(plan: Plan, row: InitiativeRow) -> str | None:
    return None if row.state.status is None else print_status(plan, row.state.status)


def _days(row: InitiativeRow) -> str:
    return "\n".join(f"{item.date.isoformat()} {item.summary.strip()}" for item in row.activities)


def report_word(state: State, t: Translate) -> str | None:
    """Return whether somebody has reported, is still to report, or need not; None where nobody is asked."""
    if not state.asked and state.is_silent:
        return None
    return t(REPORTS["due" if state.is_due else "carried" if state.is_carried else "reported"])


def _activities(row: InitiativeRow, t: Translate) -> Cell:
    if row.is_relisting:
        return Cell(t(N_("see {number}")).format(number=row.original.number), tone="quiet")
    progress = row.evaluation and row.evaluation.progress
    lines = [
        line for entry in row.activities for line in (dated(entry.date, entry.summary, t, entry.until), *entry.links)
    ]
    return Cell("\n".join([*([progress.strip()] if progress else []), *lines]) or NONE)


def _indicators(report: ReviewReport, row: InitiativeRow, t: Translate) -> Iterator[str]:
    node = row.original.node
    own = {indicator.id for indicator in node.indicators}
    for item in (*report.indicators, *report.relisted):
        if item.indicator.id in own and unit_of(item.indicator) is None:
            yield indicator_line(report, item, t)
        elif item.indicator.id in node.relisted_indicators:
            again = t(N_(" (relisted → {number})")).format(number=item.place.number)
            yield indicator_line(report, item, t) + again


def _money(report: ReviewReport, t: Translate) -> Iterator[Field[InitiativeRow]]:
    return money_fields(report, lambda row: money_of_listing(report, row), t, stacked=True)


def _first_indicator(report: ReviewReport, t: Translate) -> Iterator[Field[InitiativeRow]]:
    """Yield value and rate of an initiative's first indicator, which spreadsheets have as numbers."""
    rows = {row.indicator.id: row for row in report.indicators}

    def own(row: InitiativeRow) -> IndicatorRow | None:
        return next((rows[one.id] for one in row.original.node.indicators if one.id in rows), None)

    def value(row: InitiativeRow) -> Cell:
        found = own(row)
        return Cell(NONE, (None,)) if found is None else year_cell(found.indicator, found.value, NONE, t)

    def rate(row: InitiativeRow) -> Cell:
        found = own(row)
        shares = percentage(None if found is None else found.result.rate)
        return Cell(NONE if shares[0] is None else print_percentage(*shares), shares[:1])

    heading = t(N_("First indicator: actual"))
    yield Field(
        "own_value", sheet=Column(heading, 8, essential=False, parts=(Part(heading, "value"),)), sheet_cell=value
    )
    heading = t(N_("First indicator: achievement (%)"))
    yield Field(
        "own_rate", sheet=Column(heading, 8, essential=False, parts=(Part(heading, "percent"),)), sheet_cell=rate
    )


# -- how it is rated --------------------------------------------------------------------------


def _hindrances(row: InitiativeRow, t: Translate) -> Iterator[str]:
    """Yield why the figures suggest no rank."""
    for one in row.hindrances:
        yield t(HINDRANCES[one.reason]).format(name=print_indicator(one.indicator, t))


def _ratings(report: ReviewReport, t: Translate) -> Iterator[Field[InitiativeRow]]:
    plan, before = report.plan, report.previous_plan
    words = tuple(print_rating(plan, code) for code in plan.scheme.scale.codes)

    def rating(row: InitiativeRow) -> Cell:
        given = now = print_rating(plan, row.state.rating)
        if row.state.rating is None and row.suggestion is not None:
            now = f"[{row.suggestion}]"
        elif row.state.rating is None and row.hindrances:
            now = "\n".join([now, *_hindrances(row, t)])
        change = "" if row.change is None else f"（{ARROWS[row.change]}）"
        earlier = _came_from(report, row, print_rating(before, row.previous_rating), t)
        before_it = f"{earlier} → " if plan.header.period.has_before(report.year) else ""
        return Cell(f"{before_it}{now}{change}", key=given, grade=grade(plan, row.state.rating),
                    pieces=(before_it, given, change))  # fmt: skip

    def printed(plan: Plan, code: str | None) -> str | None:
        return None if code is None else print_rating(plan, code)

    meaning = Meaning(t(N_("The rating of the year before.")))
    heading = t(N_("Rating last year"))
    if report.plan.scheme.has_ratings or report.previous_plan.scheme.has_ratings:
        earlier: Field[InitiativeRow] = field(
            "previous_rating", heading, meaning, lambda row: printed(before, row.previous_rating)
        )
        yield replace(earlier, sheet=Column(heading, 6, essential=False, choices=True))
    if not plan.scheme.has_ratings:
        return
    shows = ("evaluation", "activity", "actual")
    said: list[Voice[InitiativeRow]] = [*voices(report, report.initiatives, lambda row: row.judgements, t)]
    column = Column(said[0].rating_heading, 11, under=True, choices=True, shows=shows, band=True)
    meaning = Meaning(t(N_("The rating of the year; empty until somebody gives one.")), words=words)
    given = Datum[InitiativeRow](t(N_("Rating")), meaning, lambda row: printed(plan, row.state.rating))
    yield Field("rating", column if report.rates_initiatives else None, rating, (given,))
    if report.rates_initiatives:
        alone = Column(t(N_("Rating")), 6, choices=True)
        yield Field("rating_alone", sheet=alone, sheet_cell=lambda row: _alone(plan, row))
        arrow = Column(t(N_("Change")), 4, essential=False, choices=True)
        yield Field("change", sheet=arrow, sheet_cell=lambda row: Cell(ARROWS[row.change] if row.change else NONE))
    meaning = Meaning(t(N_("The rank that the figures suggest; nobody has given it.")), words=words)
    yield field("rating_suggested", t(N_("Suggested rating")), meaning, lambda row: printed(plan, row.suggestion))
    for voice in said[1:] if report.rates_initiatives else ():
        for one in voice.columns():
            in_band = one.column is not None and one.key.startswith("rating.")
            yield replace(one, column=replace(one.column, band=True)) if one.column and in_band else one


def _alone(plan: Plan, row: InitiativeRow) -> Cell:
    return Cell(print_rating(plan, row.state.rating), grade=grade(plan, row.state.rating))


def _came_from(report: ReviewReport, row: InitiativeRow, said: str, t: Translate) -> str:
    """Return what was said last year, marked with the number that it was said of where that is another."""
    if row.came_from is None or said == NONE:
        return said
    place = report.previous_plan.places.get(row.came_from.id, row.came_from)
    return t(N_("{text} (of {number})")).format(text=said, number=place.number)


# -- how it goes on ---------------------------------------------------------------------------

Text = Callable[[InitiativeRow], str | None]


def _own(text: Text) -> Callable[[InitiativeRow], Cell]:
    """Return what prints a text that a relisting leaves to its original."""
    return lambda row: Cell((None if row.is_relisting else text(row)) or NONE)


def _outlook(report: ReviewReport, t: Translate) -> Iterator[Field[InitiativeRow]]:
    def issues(row: InitiativeRow) -> str | None:
        return row.evaluation.issues if row.evaluation else None

    def direction(row: InitiativeRow) -> str | None:
        return row.improvement.direction if row.improvement else None

    def plans(row: InitiativeRow) -> str | None:
        return row.improvement.next if row.improvement else None

    column = Column(t(N_("Issues")), 20, essential=False, shows=("evaluation",), outlook=True)
    yield field("issues", column, Meaning(t(N_("What stands in the way."))), issues, _own(issues))
    column = Column(t(N_("Future direction")), 8, essential=False, choices=True, shows=("improvement",), under=True,
                    outlook=True)  # fmt: skip
    words = tuple(one.name for one in report.plan.scheme.directions)
    meaning = Meaning(t(N_("Where the initiative goes from here.")), words=words)
    yield field("direction", column, meaning, direction, _own(direction))
    column = Column(
        t(N_("Plans for the next year")), 20, essential=False, under=True, shows=("improvement",), outlook=True
    )
    yield field("next", column, Meaning(t(N_("What the next year does."))), plans, _own(plans))
    column = Column(t(N_("Opinions")), 20, essential=False, shows=("opinion",), across=True)
    meaning = Meaning(t(N_("What the council said of it, a line each.")))
    heard = _own(lambda row: "\n".join(on_day(one.opinion.meeting, one.opinion.text, t) for one in row.opinions))
    yield field("opinions", column, meaning, lambda row: _lines(one.opinion.text for one in row.opinions), heard)
    column = Column(t(N_("Responses")), 20, essential=False, under=True, shows=("opinion", "response"), across=True)
    meaning = Meaning(t(N_("What became of the opinions, a line each.")))
    answered = _own(lambda row: "\n".join(line for one in row.opinions for line in answers(report, one, t)))
    yield field("responses", column, meaning, _responses, answered)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text.strip() for text in texts)


def _responses(row: InitiativeRow) -> str:
    return _lines(each.text for one in row.opinions for each in one.responses)


# -- what was recorded above the initiatives --------------------------------------------------


def elsewhere(report: ReviewReport, t: Translate) -> Listing:
    """Return the paper of the activities above the initiatives; no data file has them."""
    usual, own = N_("Recorded for a whole part of the plan"), N_("Recorded for a whole: {above}")
    anchors = tuple(entry.id for entry in report.elsewhere)
    paper = Paper("elsewhere", level_words(report.plan, -1, usual, own, t), keys=2, anchors=anchors)
    return listing(paper, _elsewhere(report, t), report.elsewhere)


def _elsewhere(report: ReviewReport, t: Translate) -> Iterator[Field[Activity]]:
    places = report.plan.places
    yield Field("number", Column(t(N_("No.")), 8), lambda entry: Cell(places[entry.target].number))
    yield Field("title", Column(t(N_("Title")), 22), lambda entry: Cell(places[entry.target].node.heading))
    activities = Column(activities_heading(report.plan, t), 30)
    yield Field("activities", activities, lambda entry: Cell(dated(entry.date, entry.summary, t, entry.until)))
