"""How a figure of the review came about, step by step, so that it can be checked by hand.

Nothing is worked out here: figures are those of the report, and the steps say what went into them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from mizuho_pdca.domain.figures.suggestion import Hindrance
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Entry, Withdrawal, rated_by
from mizuho_pdca.domain.records.kinds import KINDS, EntryField, is_report
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport
from mizuho_pdca.domain.review.states import of_office
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.explain.indicator import indicator_steps
from mizuho_pdca.papers.explain.part import part_steps
from mizuho_pdca.papers.explain.suggestion import suggestion_step
from mizuho_pdca.papers.ratings.explained import other_ratings, own_ratings, rating_step
from mizuho_pdca.papers.steps import (
    Evidence,
    Step,
    Words,
    entries_step,
    indicator_name,
    measured,
    out_of_force,
)
from mizuho_pdca.papers.words import HINDRANCES, print_evaluator, print_rating, print_status
from mizuho_pdca.text import NONE

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
        steps = indicator_steps(row, before, ledger, report.plan, report.year)
        steps = (*steps, *own_ratings(report.plan, row.judgements))
        return Explanation(report, row.place, row.indicator, steps)
    if subject is not None and subject.is_initiative:
        return Explanation(report, subject, None, tuple(_Initiative(report, ledger, subject).steps()))
    return Explanation(report, subject, None, part_steps(report, subject))


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
        step = original.step(self.report.year)
        if step is not None:
            yield Step("schedule", message(N_("Planned for the year")), step, step)
        yield from self.entries()
        yield self.reported()
        if self.plan.scheme.statuses:
            yield self.status()
        if self.plan.scheme.has_ratings:
            yield rating_step(self.plan, self.row.judgements[0])
            yield from other_ratings(self.plan, self.row.judgements)
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
        reporting = {entry.id for entry in of_office(self.plan, own)}
        holding = [item for item in said if item.why_not is None]
        counted = [item for item in holding if item.entry.id in reporting]
        others = [item for item in holding if item.entry.id not in reporting]
        gone = [item for item in said if item.why_not is not None]
        yield entries_step("in_force", message(N_("Entries of the year in force")), counted)
        yield entries_step("out_of_force", message(N_("Entries of the year out of force")), gone)
        if others:
            yield entries_step("council", message(N_("Other entries: nobody's report")), others)

    def content(self, entry: Entry) -> Message:
        """Return what kind of entry it is, and what it decides."""
        kind = KINDS[entry.kind]
        said = [each for field in kind.fields for each in self.decided(entry, field)]
        return message(N_("{kind} ({said})"), kind=kind.name, said=said) if said else kind.name

    def valued(self, indicator: Indicator, said: Words) -> Message:
        """Return an indicator with what an entry says of it."""
        return message("{name} {said}", name=indicator_name(indicator), said=said)

    def decided(self, entry: Entry, field: EntryField) -> Iterator[Words]:
        """Yield what a field of an entry decides: words of the scheme and figures, no texts."""
        held = getattr(entry, field.key)
        match field.form:
            case "status" if held is not None:
                yield print_status(self.plan, held)
            case "rating" if held is not None:
                yield print_rating(self.plan, held, rated_by(entry))
            case "direction":
                yield held
            case "evaluator" if len(self.plan.scheme.evaluators) > 1:
                yield print_evaluator(self.plan, held)
            case "indicator" if held is not None:
                yield indicator_name(self.plan.indicators[held][0])
            case "figures":
                for slug, figure in held.items():
                    indicator = self.plan.indicators[slug][0]
                    value = indicator.read(figure)
                    yield self.valued(indicator, NONE if value is None else measured(indicator, value))
            case "reasons":
                yield from (self.valued(self.plan.indicators[slug][0], reason) for slug, reason in held.items())
            case (
                "status"
                | "rating"
                | "evaluator"
                | "indicator"
                | "text"
                | "note"
                | "day"
                | "last_day"
                | "half"
                | "as_of"
                | "provisional"
                | "answer"
                | "answered"
                | "undone"
                | "links"
                | "grounds"
            ):  # nothing was given, or it decides nothing
                pass
            case _:
                assert_never(field.form)

    def reported(self) -> Step:
        row, state = self.row, self.row.state
        said = N_("reported: {n} entries in force") if state.reported else N_("not reported: no report in force")
        if state.is_carried:
            said = N_("not asked for: it ended in FY{year}, and nothing was recorded since")
        own = of_office(self.plan, self.ledger.of(self.report.year, row.original.id))
        numbers: dict[str, Value] = {
            "n": sum(map(is_report, own)),
            "year": state.ended or self.report.year,
        }
        return Step("reported", message(N_("Report")), Message(said, numbers), state.reported)

    def status(self) -> Step:
        label = message(N_("Status"))
        given, state = [entry for entry in self.row.activities if entry.status], self.row.state
        if state.ended is not None:
            words = N_("{value}: so it ended in FY{year}, and no status was recorded since")
            numbers: dict[str, Value] = {"value": print_status(self.plan, state.status), "year": state.ended}
            return Step("status", label, Message(words, numbers), state.status)
        if not given:
            return Step("status", label, message(N_("none: no activity in force gives a status")))
        text = message(
            N_("{value}: from {entry}, the last of {n} activities that give one"),
            value=print_status(self.plan, self.row.state.status),
            entry=given[-1].id,
            n=len(given),
        )
        return Step("status", label, text, self.row.state.status)

    def previous(self) -> Step:
        code, source = self.row.previous_rating, self.row.came_from
        shown: Words = message(N_("none")) if code is None else print_rating(self.report.previous_plan, code)
        if source is not None:
            shown = message(N_("{text} (of {number})"), text=shown, number=source.number)
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
        if self.row.hindrances:
            reasons: list[Value] = [self.hindrance(one) for one in self.row.hindrances]
            text = message(N_("none, because of {reasons}"), reasons=reasons)
        elif rank is None:
            text = message(N_("none: no indicator suggests a rank"))
        elif len(suggested) == 1:
            text = message(N_("{rank}: one indicator suggests a rank"), rank=rank)
        else:
            text = message(N_("{rank}: the lowest of {ranks}"), rank=rank, ranks=suggested)
        return Step("suggestion", label, text, rank, steps=steps)

    def hindrance(self, one: Hindrance) -> Message:
        """Return which indicator keeps the initiative from a suggestion, and why."""
        return message(HINDRANCES[one.reason], name=indicator_name(one.indicator))

    def indicator(self, row: IndicatorRow, step: Step) -> Step:
        label = message(N_("{name} ({id})"), name=indicator_name(row.indicator), id=row.indicator.id)
        return Step(row.indicator.id, label, step.text, step.value)
