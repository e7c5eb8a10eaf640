"""The papers of a review: tables of typed cells in a reader's language, blind to any format."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.review import InitiativeRow, ReviewReport, SummaryRow
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.indicators import indicator_charts, indicator_line, indicator_paper, share_column
from mizuho_pdca.papers.notes import edition, legend, subtitles, title
from mizuho_pdca.papers.office import office_paper
from mizuho_pdca.papers.opinions import opinion_paper, print_answer, print_state, response_lines
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers, Part, Tone
from mizuho_pdca.papers.words import (
    ARROWS,
    SAMPLE_BANNER,
    activities_heading,
    dated,
    level_words,
    on_day,
    print_rating,
    print_status,
)
from mizuho_pdca.text import NONE


def papers(report: ReviewReport, t: Translate) -> Papers:
    """Return the papers of a report in the language of ``t``."""
    desk, header = _Desk(report, t), report.plan.header
    return Papers(
        title=title(report, t),
        subtitles=tuple(subtitles(report, t)),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=(
            desk.summary(),
            desk.initiatives(),
            indicator_paper(report, t),
            opinion_paper(report, t),
            *desk.elsewhere(),
            office_paper(report, t),
        ),
        legend=tuple(legend(report, t)),
        edition=edition(report, t),
        made=report.made,
        language=t(N_("en")),  # the catalogue knows its own name
        author=" ".join(filter(None, (header.municipality, header.office))),
        charts=tuple(indicator_charts(report, t)),
    )


class _Desk:
    """Draws up the papers of one report in one language."""

    def __init__(self, report: ReviewReport, t: Translate) -> None:
        self.report = report
        self.plan = report.plan
        self.scheme = report.plan.scheme
        self.t = t

    def of_level(self, level: int, usual: str, own: str) -> str:
        return level_words(self.plan, level, usual, own, self.t)

    # -- 総括表 -------------------------------------------------------------------------------

    def summary(self) -> Paper:
        t = self.t
        scale = self.scheme.scale
        best = t(N_("・")).join(rank.code for rank in scale.ranks[:2])
        columns = (
            Column(t(N_("No.")), 4, shows=()),
            Column(self.of_level(1, N_("Policy / measure"), N_("{above} / {level}")), 16, shows=()),
            _count_column(self.of_level(-2, N_("Submeasures"), N_("Number of {level}")), 6),
            _count_column(t(N_("Listed")), 6),
            _count_column(t(N_("Relisted")), 4),
            _count_column(t(N_("Distinct")), 4),
            *(_count_column(rank.code, 2) for rank in scale.ranks),
            *(_count_column(state.name, 4) for state in scale.states),
            _count_column(t(N_("Not reported")), 6),
            share_column(t(N_("Implementation rate")), 8, "count", t),
            share_column(t(N_("Completion rate")), 8, "count", t),
            share_column(t(N_("Share of {ranks}")).format(ranks=best), 8, "count", t),
        )
        report = self.report
        shown = [report.total]
        for policy in report.policies:
            shown.append(policy)
            shown += [row for row in report.measures if row.place and row.place.parent is policy.place]
        rows = tuple(self.summary_row(row) for row in shown)
        anchors = tuple("summary" if row.place is None else f"summary-{row.place.id}" for row in shown)
        return Paper("summary", t(N_("Summary")), columns, rows, keys=2, anchors=anchors)

    def summary_row(self, row: SummaryRow) -> tuple[Cell, ...]:
        tally = row.tally
        tone: Tone = "plain" if row.place is not None and row.place.level else "strong"
        codes = self.scheme.scale.codes
        return (
            Cell("" if row.place is None else row.place.number, tone=tone),
            Cell(self.summary_title(row), tone=tone, link=self.first_listing(row)),
            *(_count(n, tone) for n in (row.submeasures, tally.listed, tally.relisted, tally.distinct)),
            *(_count(tally.rating.get(code, 0), tone) for code in codes),
            _count(tally.not_reported, "alert" if tally.not_reported else tone),
            *(self.rate(rate, row, tone) for rate in (tally.implementation, tally.completion, tally.rating_share)),
        )

    def summary_title(self, row: SummaryRow) -> str:
        """Return the title of a row; one that counts a part of what it names says so."""
        scope = self.report.scope
        if row.place is None:
            return self.t(N_("Total") if scope.is_whole else N_("Subtotal"))
        is_part = scope.department is not None or (scope.measure is not None and row.place.level == 0)
        return row.place.node.heading + (self.t(N_(" (part)")) if is_part else "")

    def first_listing(self, row: SummaryRow) -> str | None:
        """Return the first initiative of a part of the plan, by the name of its row."""
        own = (item.place for item in self.report.initiatives if row.place in (None, *item.place.lineage))
        return next((place.id for place in own), None)

    def rate(self, rate: Rate, row: SummaryRow, tone: Tone) -> Cell:
        if row.tally.only_relisted:
            return Cell(self.t(N_("relisted only")), (None, None, None), tone="quiet")
        nothing = row.tally.reported == 0
        numbers = (None if nothing else rate.percent, Decimal(rate.numerator), Decimal(rate.denominator))
        return Cell(_print_rate(rate, nothing_reported=nothing), numbers, tone)

    # -- 進捗状況一覧 -------------------------------------------------------------------------

    def initiatives(self) -> Paper:
        t = self.t
        columns = (
            Column(t(N_("No.")), 8, shows=()),
            Column(self.of_level(-1, N_("Initiative"), "{level}"), 20, shows=()),
            Column(t(N_("Department")), 8, essential=False, choices=True, shows=()),
            Column(t(N_("Partners")), 12, essential=False, under=True, shows=()),
            Column(t(N_("Status")), 8, choices=True),
            Column(t(N_("Planned last year for this year")), 20, essential=False, shows=("improvement",)),
            Column(activities_heading(self.plan, t), 30, essential=False, under=True, shows=("activity", "evaluation")),
            Column(t(N_("Indicators (achieved)")), 20, shows=("activity", "actual")),
            Column(
                t(N_("Rating (last year → this year)")),
                11,
                under=True,
                choices=True,
                shows=("evaluation", "activity", "actual"),
            ),
            Column(t(N_("Issues")), 20, essential=False, shows=("evaluation",)),
            Column(t(N_("Future direction")), 8, essential=False, choices=True, shows=("improvement",)),
            Column(t(N_("Plans for the next year")), 20, essential=False, under=True, shows=("improvement",)),
            Column(t(N_("Opinions")), 20, essential=False, shows=("opinion",)),
            Column(t(N_("Responses")), 20, essential=False, under=True, shows=("opinion", "response")),
        )
        rows = tuple(self.initiative_row(row) for row in self.report.initiatives)
        title = self.of_level(-1, N_("Progress of the initiatives"), N_("{level}: progress"))
        anchors = tuple(row.place.id for row in self.report.initiatives)
        return Paper("initiatives", title, columns, rows, keys=2, anchors=anchors)

    def initiative_row(self, row: InitiativeRow) -> tuple[Cell, ...]:
        t = self.t
        title = row.title
        if row.is_relisting:
            title += t(N_(" (relisted → {number})")).format(number=row.original.number)
        reported = row.state.reported
        status = print_status(self.plan, row.state.status) if reported else t(N_("not reported"))
        return (
            Cell(row.place.number),
            Cell(
                title,
                tone="quiet" if row.is_relisting else "plain",
                link=row.original.id if row.is_relisting else None,
            ),
            Cell(t(N_(", ")).join(row.original.departments) or NONE),
            Cell(t(N_(", ")).join(row.place.partners) or NONE),
            Cell(status, tone="plain" if reported else "alert"),
            Cell(NONE if row.promised is None or row.is_relisting else row.promised.next),
            Cell("\n".join(self.activity_lines(row)) or NONE, tone="quiet" if row.is_relisting else "plain"),
            Cell("\n".join(self.indicator_lines(row)) or NONE),
            Cell(self.rating(row), key=print_rating(self.plan, row.state.rating)),
            *self.outlook(row),
        )

    def outlook(self, row: InitiativeRow) -> Iterator[Cell]:
        """Yield issues, direction, plans, opinions and responses; a relisting leaves them to its original."""
        if row.is_relisting:
            yield from (Cell(NONE) for _ in range(5))
            return
        improvement = row.improvement
        yield Cell((row.evaluation and row.evaluation.issues) or NONE)
        yield Cell(NONE if improvement is None else improvement.direction)
        yield Cell(NONE if improvement is None else improvement.next)
        heard = (on_day(one.opinion.meeting, one.opinion.text, self.t) for one in row.opinions)
        yield Cell("\n".join(heard) or NONE)
        yield Cell("\n".join(line for one in row.opinions for line in self.answer_lines(one)) or NONE)

    def answer_lines(self, row: OpinionRow) -> Iterator[str]:
        if row.is_open:
            yield f"[{print_state(self.report, row, self.t)}]"
        for response, line in zip(row.responses, response_lines(row, self.t), strict=True):
            yield f"[{print_answer(self.report, response.state)}] {line}"

    def activity_lines(self, row: InitiativeRow) -> Iterator[str]:
        if row.is_relisting:
            yield self.t(N_("see {number}")).format(number=row.original.number)
            return
        if row.evaluation is not None and row.evaluation.progress:
            yield row.evaluation.progress.strip()
        for entry in row.activities:
            yield dated(entry.date, entry.summary, self.t)

    def indicator_lines(self, row: InitiativeRow) -> Iterator[str]:
        own = {indicator.id for indicator in row.original.node.indicators}
        for item in self.report.indicators:
            if item.indicator.id in own:
                yield indicator_line(self.report, item, self.t)

    def rating(self, row: InitiativeRow) -> str:
        now = print_rating(self.plan, row.state.rating)
        if row.state.rating is None and row.suggestion is not None:
            now = f"[{row.suggestion}]"
        change = "" if row.change is None else f"（{ARROWS[row.change]}）"
        return f"{print_rating(self.report.previous_plan, row.previous_rating)} → {now}{change}"

    # -- what was recorded above the initiatives ----------------------------------------------

    def elsewhere(self) -> Iterator[Paper]:
        if self.report.elsewhere:
            t = self.t
            columns = (
                Column(t(N_("No.")), 8),
                Column(t(N_("Title")), 22),
                Column(activities_heading(self.plan, t), 30),
            )
            title = self.of_level(-1, N_("Recorded for a whole part of the plan"), N_("Recorded for a whole: {above}"))
            anchors = tuple(entry.id for entry in self.report.elsewhere)
            yield Paper("elsewhere", title, columns, tuple(self._elsewhere()), keys=2, anchors=anchors)

    def _elsewhere(self) -> Iterator[tuple[Cell, ...]]:
        for entry in self.report.elsewhere:
            place = self.plan.places[entry.target]
            summary = dated(entry.date, entry.summary, self.t)
            yield Cell(place.number), Cell(place.node.heading), Cell(summary)


def _print_rate(rate: Rate, *, nothing_reported: bool = False) -> str:
    """Return ``73.3% (22/30)``; － instead of a percentage that nothing was reported for."""
    percent = rate.percent
    if percent is None:
        return NONE
    shown = NONE if nothing_reported else f"{percent}%"
    return f"{shown} ({rate.numerator}/{rate.denominator})"


def _count(number: int, tone: Tone) -> Cell:
    return Cell(str(number), (Decimal(number),), tone)


def _count_column(heading: str, width: int) -> Column:
    return Column(heading, width, number=True, parts=(Part(heading, "count"),))
