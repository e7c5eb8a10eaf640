"""How an indicator's value, rate and suggested rating came about in a fiscal year.

Nothing is worked out here: what comes out is the review's row, and each step says what went into it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mizuho_pdca.domain.figures.achievement import Observation
from mizuho_pdca.domain.figures.goals import opening
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.explain.goal import goal_steps
from mizuho_pdca.papers.explain.suggestion import suggestion_step
from mizuho_pdca.papers.steps import (
    Evidence,
    Step,
    Words,
    entries_step,
    fiscal,
    measured,
    out_of_force,
    rounded,
    term,
)
from mizuho_pdca.papers.words import AGGREGATES, DIRECTIONS, KINDS, PROVISIONAL, half_label, method_words
from mizuho_pdca.text import NONE


def indicator_steps(row: IndicatorRow, whole: Indicator, ledger: Ledger, plan: Plan, year: int) -> tuple[Step, ...]:
    """Return the steps from the entries to the suggestion; ``whole`` is the indicator before any revision."""
    return tuple(_Reckoning(row, whole, ledger, plan, year).steps())


class _Reckoning:
    """Sets out one row of the review, step by step."""

    def __init__(self, row: IndicatorRow, whole: Indicator, ledger: Ledger, plan: Plan, year: int) -> None:
        self.row = row
        self.indicator = row.indicator
        self.result = row.result
        self.whole = whole
        self.ledger = ledger
        self.plan = plan
        self.year = year
        self.start = opening(row.indicator, year) if row.indicator.baseline is not None else None

    def steps(self) -> Iterator[Step]:
        yield self.about()
        yield from self.entries()
        yield self.value()
        if self.indicator.baseline is not None and self.indicator.baseline_value is not None:
            yield self.baseline(self.indicator.baseline_value, self.indicator.baseline.year)
        yield from goal_steps(self.row, self.whole, self.year)
        yield suggestion_step(self.row, self.plan.scheme.scale, self.year)

    # -- what it is -----------------------------------------------------------------------------

    def about(self) -> Step:
        indicator = self.indicator
        text = message(
            N_("{kind}; direction of change: {direction}; achievement: {method}; value of a year: {aggregate}"),
            kind=message(KINDS[indicator.kind]),
            direction=message(DIRECTIONS[indicator.direction]),
            method=message(method_words(indicator, str)),
            aggregate=message(AGGREGATES[indicator.aggregate]),
        )
        return Step("about", message(N_("How it is measured")), text)

    # -- its entries ----------------------------------------------------------------------------

    def entries(self) -> Iterator[Step]:
        found = list(self.evidence())
        used = [item for item in found if item.why_not is None]
        unused = [item for item in found if item.why_not is not None]
        own = [item for item in unused if item.entry.year == self.year]
        others = [item for item in unused if item.entry.year != self.year]
        yield entries_step("used", message(N_("Entries used")), used)
        yield entries_step("not_used", message(N_("Entries of the year that are not used")), own)
        if others:
            yield entries_step("other_years", message(N_("Entries of other years, not used")), others)

    def evidence(self) -> Iterator[Evidence]:
        """Yield every entry with a figure of the indicator, or with a reason for none, oldest first."""
        used = {(item.entry, item.missing) for item in self.row.value.used}
        for entry in self.ledger.entries:
            for item in self.observations(entry):
                why = None if (item.entry, item.missing) in used else self.why_not(entry)
                yield Evidence(entry, self.seen(item), why)

    def observations(self, entry: Entry) -> Iterator[Observation]:
        slug = self.indicator.id
        if isinstance(entry, Activity) and slug in entry.values:
            yield Observation(entry.id, self.whole.read(entry.values[slug]))
        if isinstance(entry, Actual) and slug in entry.values:
            value, first = self.whole.read(entry.values[slug]), bool(entry.provisional)
            yield Observation(entry.id, value, as_of=entry.as_of, provisional=first)
        if isinstance(entry, Actual) and slug in entry.missing:
            yield Observation(entry.id, missing=entry.missing[slug])

    def seen(self, observation: Observation) -> Words:
        if observation.value is None:
            return observation.missing or NONE
        shown: Words = measured(self.indicator, observation.value)
        marks: list[Words] = [message(PROVISIONAL[True])] if observation.provisional else []
        marks += [observation.as_of.strip()] if observation.as_of else []
        for mark in marks:
            shown = message(N_("{name} ({said})"), name=shown, said=mark)
        return shown

    def why_not(self, entry: Entry) -> Message:
        if (gone := out_of_force(entry, self.ledger)) is not None:
            return gone
        if entry.year != self.year:
            if entry.year < self.year and self.start is not None and entry.year <= self.start[0]:
                return message(N_("belongs to FY{year}, which the baseline holds already"), year=entry.year)
            return message(N_("belongs to FY{year}"), year=entry.year)
        if self.row.value.value is not None and self.indicator.id not in _values_of(entry):
            return message(N_("another entry has the figure"))
        return message(N_("a later entry gives the last value"))

    # -- the year's value -----------------------------------------------------------------------

    def value(self) -> Step:
        value = self.row.value
        steps = [*self.begun()]
        if value.partial:
            steps.append(Step("partial", message(N_("Partly unknown")), self.partial_text(), value.partial))
        halves = self.row.halves
        parts = (
            ("april_to_september", half_label(self.plan, "first"), halves.first),
            ("october_to_march", half_label(self.plan, "second"), halves.second),
            ("without_half", message(N_("In neither half: nobody said when")), halves.neither),
        )
        for key, name, half in parts:
            if half.value is not None:
                steps.append(Step(key, name, self.worked_out(half.value, half.used), half.value))
        return Step("value", message(N_("Value of the year")), self.value_text(), value.value, steps=tuple(steps))

    def begun(self) -> Iterator[Step]:
        """Yield from where a running total counts."""
        start = opening(self.indicator, self.year)
        if start is None:
            return
        label = message(N_("Where the count begins"))
        if self.indicator.baseline is None:
            text = message(N_("0 at the end of FY{year}, before the indicator begins"), year=start[0])
        else:
            words = N_("at the baseline {value} (FY{year}): what later years recorded is added to it")
            text = message(words, value=measured(self.indicator, start[1]), year=start[0])
        yield Step("opening", label, text, start[1])

    def value_text(self) -> Message:
        value = self.row.value
        if not value.used:
            return message(N_("none: nothing was recorded for FY{year}"), year=self.year)
        if value.value is None:
            if value.before is not None:
                words = N_("none: {reason}; the total up to last year is {value}")
                return message(words, reason=value.missing or NONE, value=measured(self.indicator, value.before))
            return message(N_("none: {reason}"), reason=value.missing or NONE)
        aggregate = message(AGGREGATES[self.indicator.aggregate])
        return message(
            N_("{calculation} ({aggregate})"),
            aggregate=aggregate,
            calculation=self.worked_out(value.value, value.used, self.start),
        )

    def worked_out(
        self, value: Measured, used: Sequence[Observation], start: tuple[int, Measured] | None = None
    ) -> Words:
        """Return how a value was made of figures, and of the baseline where it begins there."""
        if isinstance(value, bool | str):
            return measured(self.indicator, value)
        result = rounded(value) + (self.indicator.unit or "")
        figures = [item.value for item in used if item.value is not None]
        figures = figures if start is None else [start[1], *figures]
        is_plain = len(used) == 1 and start is None
        return result if is_plain else message("{formula} = {value}", formula=self.formula(figures), value=result)

    def formula(self, values: Sequence[Measured]) -> Words:
        """Return how the figures were put together; what is missing is left out."""
        figures = [term(value) for value in values]
        match self.indicator.aggregate:
            case "mean":
                return message(N_("({sum}) / {n}"), sum=" + ".join(figures), n=len(figures))
            case "max":
                return message(N_("the highest of {figures}"), figures=figures)
            case _:
                return " + ".join(figures)

    def partial_text(self) -> Message:
        missing = [
            message(N_("{name} ({id})"), name=item.entry, id=item.missing or NONE)
            for item in self.row.value.used
            if item.value is None
        ]
        gaps = [fiscal(year) for year in self.row.value.gaps]
        reasons: list[Value] = []
        if missing:
            reasons.append(message(N_("entries without a figure: {entries}"), entries=missing))
        if gaps:
            reasons.append(message(N_("years without an entry: {years}"), years=gaps))
        return message(N_("left out of the value: {reasons}"), reasons=reasons)

    # -- what it is held against ----------------------------------------------------------------

    def baseline(self, value: Measured, year: int) -> Step:
        text = message(N_("{value} ({year})"), value=measured(self.indicator, value), year=year)
        return Step("baseline", message(N_("Baseline")), text, value)


def _values_of(entry: Entry) -> Collection[str]:
    return entry.values if isinstance(entry, Activity | Actual) else ()
