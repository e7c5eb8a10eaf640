"""How the counts and rates of the plan, or of a part of it, came about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from mizuho_pdca.domain.figures.achievement import met, met_state
from mizuho_pdca.domain.figures.counting import BEST_RANKS, Rate, State, Tally
from mizuho_pdca.domain.plan.money import unit_of
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import COMPLETED, IMPLEMENTED, SET_ASIDE
from mizuho_pdca.domain.review.money import money_of, money_unit
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.ratings.explained import own_ratings
from mizuho_pdca.papers.steps import (
    Evidence,
    Step,
    Words,
    count_step,
    entries_step,
    indicator_name,
    percent_of,
    rate_text,
    share_text,
)
from mizuho_pdca.papers.summary import MET
from mizuho_pdca.papers.words import PARTLY_PROVISIONAL, print_number
from mizuho_pdca.text import NONE

Holds = Callable[[State], bool]
"""Says whether an initiative belongs to a group, by its state."""


def part_steps(report: ReviewReport, place: Place | None) -> tuple[Step, ...]:
    """Return how the figures of the plan (``place`` None) or of a part of it came about."""
    return tuple(_Part(report, place).steps())


class _Part:
    """Sets out the counts and rates of the plan (``place`` None) or of a part of it."""

    def __init__(self, report: ReviewReport, place: Place | None) -> None:
        self.report = report
        self.scheme = report.plan.scheme
        self.place = place
        rows = [row for row in report.initiatives if self.holds(row.place)]
        self.originals = [row for row in rows if not row.is_relisting]
        self.relisted = [row for row in rows if row.is_relisting]
        self.indicators = [row for row in report.indicators if row.indicator.is_rated and self.holds(row.place)]
        self.counts = self.tally()

    def holds(self, other: Place) -> bool:
        return self.place is None or any(step.id == self.place.id for step in other.lineage)

    def tally(self) -> Tally:
        """Return the counts that the review has."""
        report, wanted = self.report, self.place and self.place.id
        rows = (report.total, *report.policies, *report.measures, *report.submeasures)
        return next(row.tally for row in rows if wanted == (row.place and row.place.id))

    def steps(self) -> Iterator[Step]:
        for row in self.report.rated:
            if (row.place and row.place.id) == (self.place and self.place.id):
                yield from own_ratings(self.report.plan, row.judgements)
        step = self.place and self.place.node.schedule.get(self.report.year)
        if step:
            yield Step("schedule", message(N_("Planned for the year")), step, step)
        if self.report.plan.initiatives:
            yield from self.initiatives()
        if (unit := money_unit(self.report)) is not None:
            yield self.money(unit)
        if self.indicators:
            yield self.met()

    def initiatives(self) -> Iterator[Step]:
        yield self.listed()
        yield self.reports()
        counts, has_statuses, has_ratings = self.counts, self.scheme.statuses, self.scheme.has_ratings
        if has_statuses:
            yield self.statuses()
        if has_ratings:
            yield self.ratings()
        if has_statuses:
            yield self.rate("implementation", message(N_("Implementation rate")), counts.implementation, IMPLEMENTED)
            yield self.rate("completion", message(N_("Completion rate")), counts.completion, COMPLETED)
        if has_ratings:
            yield self.rating_share()
        yield self.reporting()

    def money(self, unit: str) -> Step:
        """Return what the part costs, and of which indicators that is the sum."""
        found = money_of(self.report, self.place)
        rows = [row for row in self.report.indicators if unit_of(row.indicator) and self.holds(row.place)]
        label, names = message(N_("Carried out")), [f"{row.place.number} {row.indicator.name}" for row in rows]
        steps = (Step("counted", message(N_("Added up")), message("{names}", names=names)),) if names else ()
        values: dict[str, Value] = {"unit": unit}
        for key, amount in (("budget", found.budget), ("spent", found.spent)):
            values[key] = NONE if amount is None else print_number(amount)
        if found.provisional is not None:
            said = message(PARTLY_PROVISIONAL[found.provisional])
            steps = (*steps, Step("provisional", message(N_("Kind of figure")), said))
        text = Message(N_("none: budget {budget}, spent {spent} ({unit})"), values)
        if found.execution is not None:
            formula = Message(N_("spent / budget = {spent} / {budget} ({unit})"), values)
            text = share_text(formula, found.execution)
        return Step("execution", label, text, percent_of(found.execution), steps=steps)

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
            self.those("not_reported", message(N_("not reported")), lambda state: state.is_silent),
            *_filled([self.those("carried", message(N_("ended before the year")), lambda state: state.is_carried)]),
        ]
        places = self.report.plan.places
        above = [entry for entry in self.report.elsewhere if self.holds(places[entry.target])]
        if above:
            label = message(N_("Recorded for a whole part of the plan: nobody's report"))
            steps.append(
                entries_step("elsewhere", label, [Evidence(entry, places[entry.target].number) for entry in above])
            )
        numbers = {"reported": counts.reported, "missing": counts.not_reported, "carried": counts.carried}
        words = N_("{reported} reported, {missing} not reported")
        if counts.carried:
            words = N_("{reported} reported, {missing} not reported, {carried} ended before the year")
        text = Message(words, numbers)
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
        vague = message(N_("of these without a status: they stay in the denominator"))
        ended = message(N_("of these completed in an earlier year"))
        left_out = message(N_("left out: {what}"), what=aside)
        others = [
            self.those("not_reported", silent, lambda state: state.is_silent),
            self.those("no_status", vague, lambda state: state.reported and state.status is None),
            self.those("carried", ended, lambda state: state.is_carried and state.status in COMPLETED),
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
        words = message(N_("all that had not ended before the year"))
        everything = self.those("denominator", _denominator(words), lambda state: not state.is_carried)
        label = message(N_("Reporting rate"))
        return self.worked_out("reporting", label, self.counts.reporting, (counted, everything))

    def met(self) -> Step:
        """Return the share of the indicators that met their targets, with those of each state."""
        near, label = self.scheme.near, message(N_("Targets met"))
        by_state = {key: [row for row in self.indicators if met_state(row.result, near) == key] for key in MET}
        names = {key: [indicator_name(row.indicator) for row in rows] for key, rows in by_state.items() if rows}
        steps = tuple(
            Step(key, message(MET[key]), message("{names}", names=found), len(found)) for key, found in names.items()
        )
        rate = met((row.result for row in self.indicators), near).share
        if rate.percent is None:
            return Step("met_share", label, message(N_("none: no indicator can be judged")), steps=steps)
        return Step("met_share", label, rate_text(rate), percent_of(rate), steps=steps)

    def worked_out(self, key: str, label: Message, rate: Rate, steps: tuple[Step, ...]) -> Step:
        if self.counts.only_relisted:
            return Step(key, label, message(N_("none: everything listed here is counted with its original")))
        if not rate.is_known:
            words = N_("none: no status is known; papers print － ({n}/{d})")
            text = Message(words, {"n": rate.numerator, "d": rate.denominator})
            return Step(key, label, text, steps=steps)
        if rate.percent is None:
            text = message(N_("none: nothing is counted, and nothing can be divided by 0"))
            return Step(key, label, text, steps=steps)
        return Step(key, label, rate_text(rate), percent_of(rate), steps=steps)

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
