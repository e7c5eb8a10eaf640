"""How a figure of the review came about, step by step, so that it can be checked by hand.

Nothing is worked out here: figures are those of the report, and the steps say what went into them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from mizuho_pdca.domain.figures.counting import BEST_RANKS, Rate, State, Tally, tally
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import COMPLETED, IMPLEMENTED, SET_ASIDE
from mizuho_pdca.domain.records.entries import Entry, Evaluation, Withdrawal
from mizuho_pdca.domain.records.kinds import KINDS, EntryField
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport, reports
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.explain_indicator import indicator_steps, suggestion_step
from mizuho_pdca.papers.steps import (
    Evidence,
    Step,
    Words,
    count_step,
    entries_step,
    indicator_name,
    out_of_force,
    percent_of,
    rate_text,
)
from mizuho_pdca.papers.words import print_rating, print_status

Subject = Place | Indicator | None
"""What is explained: a node, an indicator, or the plan as a whole."""


@dataclass(frozen=True)
class Explanation:
    """The steps that lead to the figures of one node, one indicator or the whole plan in a year."""

    report: ReviewReport
    place: Place | None
    indicator: Indicator | None
    steps: tuple[Step, ...]

    @property
    def heading(self) -> Words:
        """Return what is explained, as printed."""
        plan = self.report.plan
        if self.place is None:
            return plan.header.title
        name: Words = plan.title(self.place)
        if self.indicator is not None:
            name = message(N_("{name} ({id})"), name=indicator_name(self.indicator), id=self.indicator.id)
        return message("{number} {name}", number=self.place.number, name=name)

    @property
    def notes(self) -> tuple[Message, ...]:
        """Return what a reader has to know beside the steps."""
        if self.indicator is None or self.indicator.adopted:
            return ()
        return (
            message(N_("(draft): a reference indicator that has not been adopted; its targets are drafts as well.")),
        )


def explain(report: ReviewReport, whole: Plan, ledger: Ledger, subject: Subject) -> Explanation:
    """Explain a part of the plan as in force in the report's year; ``whole`` is the plan of all years.

    The report must be one of the whole plan.
    """
    if isinstance(subject, Indicator):
        (row,) = [row for row in report.indicators if row.indicator.id == subject.id]
        before = whole.indicators[subject.id][0]
        steps = indicator_steps(row, before, ledger, report.plan.scheme.scale, report.year)
        return Explanation(report, row.place, row.indicator, steps)
    if subject is not None and subject.is_initiative:
        return Explanation(report, subject, None, tuple(_Initiative(report, ledger, subject).steps()))
    return Explanation(report, subject, None, tuple(_Part(report, subject).steps()))


# -- an initiative ----------------------------------------------------------------------------


class _Initiative:
    """Sets out the status, the rating and the suggestion of one initiative."""

    def __init__(self, report: ReviewReport, ledger: Ledger, place: Place) -> None:
        (self.row,) = [row for row in report.initiatives if row.place.id == place.id]
        self.report = report
        self.plan = report.plan
        self.ledger = ledger

    def steps(self) -> Iterator[Step]:
        row, original = self.row, self.row.original
        if row.is_relisting:
            text = message(
                N_("{number} is listed again; its state is that of its original, {original} {title}"),
                number=row.place.number,
                original=original.number,
                title=row.title,
            )
            yield Step("original", message(N_("Relisting")), text, original.id)
        yield from self.entries()
        yield self.reported()
        yield self.status()
        yield self.rating()
        yield self.previous()
        yield self.suggestion()

    def entries(self) -> Iterator[Step]:
        year, target = self.report.year, self.row.original.id
        own = [entry for entry in self.ledger.entries if (entry.year, entry.target) == (year, target)]
        said = [
            Evidence(entry, self.content(entry), out_of_force(entry, self.ledger))
            for entry in own
            if not isinstance(entry, Withdrawal)
        ]
        reporting = {entry.id for entry in reports(own)}
        holding = [item for item in said if item.why_not is None]
        counted = [item for item in holding if item.entry.id in reporting]
        others = [item for item in holding if item.entry.id not in reporting]
        gone = [item for item in said if item.why_not is not None]
        yield entries_step("in_force", message(N_("Entries of the year in force")), counted)
        yield entries_step("out_of_force", message(N_("Entries of the year out of force")), gone)
        if others:
            yield entries_step("council", message(N_("Opinions and responses: nobody's report")), others)

    def content(self, entry: Entry) -> Message:
        """Return what kind of entry it is, and what it decides."""
        kind = KINDS[entry.kind]
        said = [each for field in kind.fields for each in self.decided(field, getattr(entry, field.key))]
        return message(N_("{kind} ({said})"), kind=kind.name, said=said) if said else kind.name

    def decided(self, field: EntryField, held: Any) -> Iterator[str]:  # noqa: ANN401 (what a field of its form holds)
        """Yield what a field of an entry decides: words of the scheme and figures, no texts."""
        match field.form:
            case "status" if held is not None:
                yield print_status(self.plan, held)
            case "rating" if held is not None:
                yield print_rating(self.plan, held)
            case "direction":
                yield held
            case "figures" | "reasons":
                yield from (f"{slug}: {figure}" for slug, figure in held.items())
            case (
                "status" | "rating" | "text" | "note" | "day" | "answer" | "answered" | "undone" | "links" | "grounds"
            ):  # nothing was given, or it decides nothing
                pass
            case _:
                assert_never(field.form)

    def reported(self) -> Step:
        row = self.row
        said = N_("reported: {n} entries in force") if row.state.reported else N_("not reported: no entry in force")
        return Step("reported", message(N_("Report")), message(said, n=row.entries), row.state.reported)

    def status(self) -> Step:
        label = message(N_("Status"))
        given = [entry for entry in self.row.activities if entry.status]
        if not given:
            return Step("status", label, message(N_("none: no activity in force gives a status")))
        text = message(
            N_("{value}: from {entry}, the last of {n} activities that give one"),
            value=print_status(self.plan, self.row.state.status),
            entry=given[-1].id,
            n=len(given),
        )
        return Step("status", label, text, self.row.state.status)

    def rating(self) -> Step:
        label = message(N_("Rating"))
        row = self.row
        if row.evaluation is None:
            return Step("rating", label, message(N_("none: nobody has evaluated the year")))
        held = reports(self.ledger.of(self.report.year, row.original.id))
        text = message(
            N_("{value}: from {entry}, the last of {n} evaluations in force"),
            value=print_rating(self.plan, row.state.rating),
            entry=row.evaluation.id,
            n=sum(isinstance(entry, Evaluation) for entry in held),
        )
        return Step("rating", label, text, row.state.rating)

    def previous(self) -> Step:
        code = self.row.previous_rating
        shown = message(N_("none")) if code is None else print_rating(self.report.previous_plan, code)
        return Step("previous_rating", message(N_("Rating last year")), shown, code)

    def suggestion(self) -> Step:
        label = message(N_("Suggested rating"))
        scale, year = self.plan.scheme.scale, self.report.year
        own = {indicator.id for indicator in self.row.original.node.indicators}
        rows = [row for row in self.report.indicators if row.indicator.id in own]
        if not rows:
            return Step("suggestion", label, message(N_("none: the initiative has no indicator of its own")))
        steps = tuple(self.indicator(row, suggestion_step(row, scale, year)) for row in rows)
        rank = self.row.suggestion
        suggested = [row.suggestion for row in rows if row.suggestion is not None]
        if rank is None:
            text = message(N_("none: no indicator suggests a rank"))
        elif len(suggested) == 1:
            text = message(N_("{rank}: one indicator suggests a rank"), rank=rank)
        else:
            text = message(N_("{rank}: the lowest of {ranks}"), rank=rank, ranks=suggested)
        return Step("suggestion", label, text, rank, steps=steps)

    def indicator(self, row: IndicatorRow, step: Step) -> Step:
        label = message(N_("{name} ({id})"), name=indicator_name(row.indicator), id=row.indicator.id)
        return Step(row.indicator.id, label, step.text, step.value)


# -- a submeasure, a measure, a policy, the plan ----------------------------------------------

Holds = Callable[[State], bool]
"""Says whether an initiative belongs to a group, by its state."""


class _Part:
    """Sets out the counts and rates of the plan (``place`` None) or of a part of it."""

    def __init__(self, report: ReviewReport, place: Place | None) -> None:
        self.report = report
        self.scheme = report.plan.scheme
        self.place = place
        rows = [row for row in report.initiatives if self.holds(row.place)]
        self.originals = [row for row in rows if not row.is_relisting]
        self.relisted = [row for row in rows if row.is_relisting]
        self.counts = self.tally()

    def holds(self, other: Place) -> bool:
        return self.place is None or any(step.id == self.place.id for step in other.lineage)

    def tally(self) -> Tally:
        """Return the counts that the review has; it has none of a submeasure."""
        wanted = None if self.place is None else self.place.id
        for row in (self.report.total, *self.report.policies, *self.report.measures):
            if wanted == (None if row.place is None else row.place.id):
                return row.tally
        ranks = tuple(rank.code for rank in self.scheme.scale.ranks)
        return tally([row.state for row in self.originals], len(self.relisted), ranks)

    def steps(self) -> Iterator[Step]:
        yield self.listed()
        yield self.reports()
        yield self.statuses()
        yield self.ratings()
        counts = self.counts
        yield self.rate("implementation", message(N_("Implementation rate")), counts.implementation, IMPLEMENTED)
        yield self.rate("completion", message(N_("Completion rate")), counts.completion, COMPLETED)
        yield self.rating_share()
        yield self.reporting()

    def those(self, key: str, label: Words, holds: Holds) -> Step:
        """Return a step that counts the originals whose state holds."""
        return count_step(key, label, [row.place for row in self.originals if holds(row.state)])

    # -- groups -----------------------------------------------------------------------------------

    def listed(self) -> Step:
        counts = self.counts
        text = message(
            N_("{listed} listed - {relisted} relisted = {distinct} distinct"),
            listed=counts.listed,
            relisted=counts.relisted,
            distinct=counts.distinct,
        )
        again = [f"{row.place.number} → {row.original.number}" for row in self.relisted]
        relisted = Step(
            "relisted",
            message(N_("Relisted (→ where it is counted)")),
            message("{again}", again=again) if again else message(N_("none")),
            counts.relisted,
        )
        distinct = self.those("distinct", message(N_("Distinct")), lambda _: True)
        return Step(
            "counts", message(N_("Listed, relisted, distinct")), text, counts.distinct, steps=(relisted, distinct)
        )

    def reports(self) -> Step:
        counts = self.counts
        steps = [
            self.those("reported", message(N_("reported")), lambda state: state.reported),
            self.those("not_reported", message(N_("not reported")), lambda state: not state.reported),
        ]
        places = self.report.plan.places
        above = [entry for entry in self.report.elsewhere if self.holds(places[entry.target])]
        if above:
            label = message(N_("Recorded for a whole part of the plan: nobody's report"))
            steps.append(
                entries_step("elsewhere", label, [Evidence(entry, places[entry.target].number) for entry in above])
            )
        numbers = {"reported": counts.reported, "missing": counts.not_reported}
        text = Message(N_("{reported} reported, {missing} not reported"), numbers)
        return Step("reports", message(N_("Reports")), text, counts.reported, steps=tuple(steps))

    def statuses(self) -> Step:
        steps = [self.those(one.code, one.name, _has_status({one.code})) for one in self.scheme.statuses]
        steps.append(self.those("none", message(N_("no status")), lambda state: state.status is None))
        return _grouped("status", message(N_("Status")), steps)

    def ratings(self) -> Step:
        scale = self.scheme.scale
        named = {one.code: one.name for one in scale.ranks} | {one.code: one.name for one in scale.states}
        steps = [self.those(code, f"{code} {name}", _has_rating({code})) for code, name in named.items()]
        steps.append(self.those("none", message(N_("not evaluated")), lambda state: state.rating is None))
        return _grouped("rating", message(N_("Rating")), steps)

    # -- rates ------------------------------------------------------------------------------------

    def rate(self, key: str, label: Message, rate: Rate, wanted: Collection[str]) -> Step:
        """Return the step of a rate of those with certain statuses among all that are not set aside."""
        aside = self.names(SET_ASIDE)
        counted = self.those("numerator", _numerator(self.names(wanted)), _has_status(wanted))
        pursued = self.those("denominator", _denominator(_but(aside)), lambda state: state.status not in SET_ASIDE)
        silent = message(N_("of these not reported: they stay in the denominator"))
        left_out = message(N_("left out: {what}"), what=aside)
        others = [
            self.those("not_reported", silent, lambda state: not state.reported),
            self.those("set_aside", left_out, _has_status(SET_ASIDE)),
        ]
        return self.worked_out(key, label, rate, (counted, pursued, *_filled(others)))

    def rating_share(self) -> Step:
        ranks = self.counts.ranks
        best = ranks[:BEST_RANKS]
        others = self.those(
            "set_aside", message(N_("left out: those without a rank")), lambda state: state.rating not in ranks
        )
        steps = (
            self.those("numerator", _numerator(best), _has_rating(best)),
            self.those("denominator", _denominator(ranks), _has_rating(ranks)),
            *_filled([others]),
        )
        label = message(N_("Share of {ranks}"), ranks="・".join(best))
        return self.worked_out("rating_share", label, self.counts.rating_share, steps)

    def reporting(self) -> Step:
        counted = self.those("numerator", _numerator(message(N_("reported"))), lambda state: state.reported)
        everything = self.those("denominator", _denominator(message(N_("Distinct"))), lambda _: True)
        label = message(N_("Reporting rate"))
        return self.worked_out("reporting", label, self.counts.reporting, (counted, everything))

    def worked_out(self, key: str, label: Message, rate: Rate, steps: tuple[Step, ...]) -> Step:
        if self.counts.only_relisted:
            return Step(key, label, message(N_("none: everything listed here is counted with its original")))
        if rate.percent is None:
            text = message(N_("none: nothing is counted, and nothing can be divided by 0"))
            return Step(key, label, text, steps=steps)
        text = rate_text(rate)
        if self.counts.reported == 0:
            numbers: dict[str, Value] = {"calculation": text, "n": rate.numerator, "d": rate.denominator}
            text = Message(N_("{calculation}; papers print － ({n}/{d}), because nothing was reported"), numbers)
        return Step(key, label, text, percent_of(rate), steps=steps)

    def names(self, codes: Collection[str]) -> list[str]:
        return [status.name for status in self.scheme.statuses if status.code in codes]


def _has_status(codes: Collection[str]) -> Holds:
    return lambda state: state.status in codes


def _has_rating(codes: Collection[str]) -> Holds:
    return lambda state: state.rating in codes


def _numerator(what: Value) -> Message:
    return message(N_("numerator: {what}"), what=what)


def _denominator(what: Value) -> Message:
    return message(N_("denominator: {what}"), what=what)


def _but(names: Value) -> Message:
    return message(N_("all but {names}"), names=names)


def _filled(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps that count something."""
    return tuple(step for step in steps if step.value)


def _grouped(key: str, label: Message, steps: Sequence[Step]) -> Step:
    found = _filled(steps)
    return Step(key, label, None if found else message(N_("none")), steps=found)
