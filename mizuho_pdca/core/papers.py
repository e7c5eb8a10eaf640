"""The papers of a review: tables of typed cells in a reader's language, blind to any format."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from mizuho_pdca.core.council import OpinionRow
from mizuho_pdca.core.council_papers import office_papers, opinion_papers, print_answer, print_state, response_lines
from mizuho_pdca.core.counting import Rate
from mizuho_pdca.core.figures import NONE, decimal_of, print_measured, print_number, print_share
from mizuho_pdca.core.paper import Cell, Column, Paper, Papers, Tone
from mizuho_pdca.core.review import IndicatorRow, InitiativeRow, ReviewReport, SummaryRow
from mizuho_pdca.core.scheme import COMPLETED, IMPLEMENTED, SET_ASIDE
from mizuho_pdca.core.wording import (
    ARROWS,
    KINDS,
    SAMPLE_BANNER,
    activities_heading,
    faulty_data,
    level_words,
    method_words,
    print_indicator,
    print_rating,
    print_status,
    year_label,
)
from mizuho_pdca.message import N_, Translate


def papers(report: ReviewReport, t: Translate) -> Papers:
    """Return the papers of a report in the language of ``t``."""
    desk = _Desk(report, t)
    return Papers(
        title=t(N_("{plan}: review of {year}")).format(plan=report.plan.header.title, year=year_label(report.year, t)),
        subtitles=tuple(desk.subtitles()),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=(
            desk.summary(),
            desk.initiatives(),
            desk.indicators(),
            *opinion_papers(report, t),
            *desk.elsewhere(),
            *office_papers(report, t),
        ),
        legend=tuple(desk.legend()),
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

    # -- above and below ----------------------------------------------------------------------

    def subtitles(self) -> Iterator[str]:
        header = self.plan.header
        yield self.t(N_("Council: {name}")).format(name=header.council.name)
        if not self.report.scope.is_whole:
            yield self.t(N_("Part of the plan only: {scope}")).format(scope=_scope(self.report, self.t))
        yield from faulty_data(self.report.problems, self.t)

    def legend(self) -> Iterator[str]:
        t = self.t
        ranks = [f"{rank.code} {rank.name}" for rank in self.scheme.scale.ranks]
        states = [state.name for state in self.scheme.scale.states]
        joint = t(N_(", "))
        yield t(N_("Ratings: {ranks}. No rank: {states}.")).format(ranks=joint.join(ranks), states=joint.join(states))
        yield t(N_("[ ] is a rank that the figures suggest; nobody has given it yet."))
        words = N_(
            "Implementation rate = {implemented} / all but {set_aside}. "
            "Completion rate = {completed} / the same. Not reported stays in the denominator."
        )
        groups = {"implemented": IMPLEMENTED, "completed": COMPLETED, "set_aside": SET_ASIDE}
        yield t(words).format(**{name: self.statuses(codes) for name, codes in groups.items()})
        yield t(N_("Distinct = listed - relisted. A relisting is counted with its original only."))
        yield t(N_("A rate is － where nothing was reported or nothing is counted."))
        yield t(N_("－ none, △ negative. Rates are rounded half up; parts may not add up to 100."))
        if any(not row.indicator.adopted for row in self.report.indicators):
            yield t(N_("(draft): a reference indicator that has not been adopted; its targets are drafts as well."))

    def statuses(self, codes: Collection[str]) -> str:
        return self.t(N_(", ")).join(status.name for status in self.scheme.statuses if status.code in codes)

    # -- 総括表 -------------------------------------------------------------------------------

    def summary(self) -> Paper:
        t = self.t
        scale = self.scheme.scale
        columns = (
            Column(t(N_("No.")), 4),
            Column(self.of_level(1, N_("Policy / measure"), N_("{above} / {level}")), 16),
            Column(self.of_level(-2, N_("Submeasures"), N_("Number of {level}")), 6, number=True),
            Column(t(N_("Listed")), 6, number=True),
            Column(t(N_("Relisted")), 4, number=True),
            Column(t(N_("Distinct")), 4, number=True),
            *(Column(rank.code, 2, number=True) for rank in scale.ranks),
            *(Column(state.name, 4, number=True) for state in scale.states),
            Column(t(N_("Not reported")), 6, number=True),
            Column(t(N_("Implementation rate")), 8, number=True),
            Column(t(N_("Completion rate")), 8, number=True),
            Column(
                t(N_("Share of {ranks}")).format(ranks=t(N_("・")).join(r.code for r in scale.ranks[:2])),
                8,
                number=True,
            ),
        )
        report = self.report
        rows = [self.summary_row(report.total)]
        for policy in report.policies:
            rows.append(self.summary_row(policy))
            rows += [self.summary_row(m) for m in report.measures if m.place and m.place.parent is policy.place]
        return Paper("summary", t(N_("Summary")), columns, tuple(rows), keys=2)

    def summary_row(self, row: SummaryRow) -> tuple[Cell, ...]:
        tally = row.tally
        tone: Tone = "plain" if row.place is not None and row.place.level else "strong"
        codes = self.scheme.scale.codes
        return (
            Cell("" if row.place is None else row.place.number, tone=tone),
            Cell(self.t(N_("Total")) if row.place is None else row.place.node.heading, tone=tone),
            *(_count(n, tone) for n in (row.submeasures, tally.listed, tally.relisted, tally.distinct)),
            *(_count(tally.rating.get(code, 0), tone) for code in codes),
            Cell(str(tally.not_reported), Decimal(tally.not_reported), "alert" if tally.not_reported else tone),
            *(self.rate(rate, row, tone) for rate in (tally.implementation, tally.completion, tally.rating_share)),
        )

    def rate(self, rate: Rate, row: SummaryRow, tone: Tone) -> Cell:
        if row.tally.only_relisted:
            return Cell(self.t(N_("relisted only")), tone="quiet")
        nothing = row.tally.reported == 0
        return Cell(_print_rate(rate, nothing_reported=nothing), None if nothing else rate.percent, tone)

    # -- 進捗状況一覧 -------------------------------------------------------------------------

    def initiatives(self) -> Paper:
        t = self.t
        columns = (
            Column(t(N_("No.")), 8),
            Column(self.of_level(-1, N_("Initiative"), "{level}"), 20),
            Column(t(N_("Department")), 8, essential=False),
            Column(t(N_("Partners")), 12, essential=False),
            Column(t(N_("Status")), 8),
            Column(t(N_("Planned last year for this year")), 20, essential=False),
            Column(activities_heading(self.plan, t), 30, essential=False),
            Column(t(N_("Indicators (achieved)")), 20),
            Column(t(N_("Rating (last year → this year)")), 11),
            Column(t(N_("Issues")), 20, essential=False),
            Column(t(N_("Future direction")), 8, essential=False),
            Column(t(N_("Plans for the next year")), 20, essential=False),
            Column(t(N_("Opinions")), 20, essential=False),
            Column(t(N_("Responses")), 20, essential=False),
        )
        rows = tuple(self.initiative_row(row) for row in self.report.initiatives)
        title = self.of_level(-1, N_("Progress of the initiatives"), N_("{level}: progress"))
        return Paper("initiatives", title, columns, rows, keys=2)

    def initiative_row(self, row: InitiativeRow) -> tuple[Cell, ...]:
        t = self.t
        title = row.title
        if row.is_relisting:
            title += t(N_(" (relisted → {number})")).format(number=row.original.number)
        reported = row.state.reported
        status = print_status(self.plan, row.state.status) if reported else t(N_("not reported"))
        return (
            Cell(row.place.number),
            Cell(title, tone="quiet" if row.is_relisting else "plain"),
            Cell(row.original.department or NONE),
            Cell(t(N_(", ")).join(row.place.partners) or NONE),
            Cell(status, tone="plain" if reported else "alert"),
            Cell(NONE if row.promised is None or row.is_relisting else row.promised.next),
            Cell("\n".join(self.activity_lines(row)) or NONE, tone="quiet" if row.is_relisting else "plain"),
            Cell("\n".join(self.indicator_lines(row)) or NONE),
            Cell(self.rating(row)),
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
        heard = (f"{one.opinion.meeting.isoformat()} {one.opinion.text.strip()}" for one in row.opinions)
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
            yield f"{entry.date.month}/{entry.date.day} {entry.summary.strip()}"

    def indicator_lines(self, row: InitiativeRow) -> Iterator[str]:
        own = {indicator.id for indicator in row.original.node.indicators}
        for item in self.report.indicators:
            if item.indicator.id in own:
                yield f"{print_indicator(item.indicator, self.t)} {self.actual(item)} {self.outcome(item)}".rstrip()

    def rating(self, row: InitiativeRow) -> str:
        now = print_rating(self.plan, row.state.rating)
        if row.state.rating is None and row.suggestion is not None:
            now = f"[{row.suggestion}]"
        change = "" if row.change is None else f"（{ARROWS[row.change]}）"
        return f"{print_rating(self.report.previous_plan, row.previous_rating)} → {now}{change}"

    # -- 指標一覧 -----------------------------------------------------------------------------

    def indicators(self) -> Paper:
        t = self.t
        columns = (
            Column(t(N_("No.")), 8),
            Column(t(N_("Indicator")), 22),
            Column(t(N_("Kind")), 8, essential=False),
            Column(t(N_("Unit")), 4),
            Column(t(N_("Baseline (FY)")), 12, number=True),
            Column(t(N_("Target (FY)")), 12, number=True),
            Column(t(N_("Guide")), 6, number=True, essential=False),
            Column(t(N_("Last year")), 8, number=True),
            Column(t(N_("April to September")), 8, number=True, essential=False),
            Column(t(N_("October to March")), 8, number=True, essential=False),
            Column(t(N_("This year")), 8, number=True),
            Column(t(N_("Achievement")), 14, number=True),
            Column(t(N_("Method")), 10),
            Column(t(N_("Met")), 6),
            Column(t(N_("Pace")), 14, number=True, essential=False),
        )
        rows = tuple(self.indicator_row(row) for row in self.report.indicators)
        return Paper("indicators", t(N_("Indicators")), columns, rows, keys=2)

    def indicator_row(self, row: IndicatorRow) -> tuple[Cell, ...]:
        t = self.t
        indicator, result = row.indicator, row.result
        baseline = indicator.baseline
        return (
            Cell(row.place.number),
            Cell(print_indicator(indicator, t)),
            Cell(t(KINDS[indicator.kind])),
            Cell(indicator.unit or NONE),
            Cell(
                self.dated(
                    print_measured(indicator, indicator.baseline_value), None if baseline is None else baseline.year
                )
            ),
            Cell(self.dated(print_measured(indicator, result.target), result.target_year)),
            Cell(NONE if result.guide is None else print_number(result.guide)),
            Cell(self.value(row, previous=True)),
            *(Cell(print_measured(indicator, half.value)) for half in row.halves),
            Cell(self.value(row), _number(row), tone="plain" if row.value.used else "alert"),
            Cell(print_share(result.rate), None if result.rate is None else result.rate.percent),
            Cell(method_words(indicator, t)),
            Cell(NONE if result.met is None else t(N_("met") if result.met else N_("not met"))),
            Cell(print_share(result.pace), None if result.pace is None else result.pace.percent),
        )

    def dated(self, text: str, year: int | None) -> str:
        return text if year is None or text == NONE else self.t(N_("{value} ({year})")).format(value=text, year=year)

    def value(self, row: IndicatorRow, *, previous: bool = False, unit: str = "") -> str:
        value = row.previous if previous else row.value
        if value.value is None:
            return value.missing or (NONE if previous else self.t(N_("not reported")))
        partial = self.t(N_(" (partly unknown)")) if value.partial else ""
        return print_measured(row.indicator, value.value) + unit + partial

    def actual(self, row: IndicatorRow) -> str:
        return self.value(row, unit="" if row.indicator.method == "done" else row.indicator.unit or "")

    def outcome(self, row: IndicatorRow) -> str:
        if row.result.rate is not None:
            year = row.result.target_year
            words = method_words(row.indicator, self.t)
            against = "" if year == self.report.year else self.t(N_(", target of FY{year}")).format(year=year)
            return f"{print_share(row.result.rate)} {words}{against}"
        if row.result.met is not None:
            return self.t(N_("met") if row.result.met else N_("not met"))
        return ""

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
            yield Paper("elsewhere", title, columns, tuple(self._elsewhere()))

    def _elsewhere(self) -> Iterator[tuple[Cell, ...]]:
        for entry in self.report.elsewhere:
            place = self.plan.places[entry.target]
            summary = f"{entry.date.month}/{entry.date.day} {entry.summary.strip()}"
            yield Cell(place.number), Cell(place.node.heading), Cell(summary)


def _number(row: IndicatorRow) -> Decimal | None:
    value = row.value.value
    return None if value is None or isinstance(value, bool) else decimal_of(value)


def _print_rate(rate: Rate, *, nothing_reported: bool = False) -> str:
    """Return ``73.3% (22/30)``; － instead of a percentage that nothing was reported for."""
    percent = rate.percent
    if percent is None:
        return NONE
    shown = NONE if nothing_reported else f"{percent}%"
    return f"{shown} ({rate.numerator}/{rate.denominator})"


def _count(number: int, tone: Tone) -> Cell:
    return Cell(str(number), Decimal(number), tone)


def _scope(report: ReviewReport, t: Translate) -> str:
    scope = report.scope
    named: Sequence[tuple[str, str | None]] = (
        (level_words(report.plan, 0, N_("policy"), "{level}", t), scope.policy),
        (level_words(report.plan, 1, N_("measure"), "{level}", t), scope.measure),
        (t(N_("department")), scope.department),
    )
    return t(N_(", ")).join(f"{word} {value}" for word, value in named if value is not None)
