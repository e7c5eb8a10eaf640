"""How an indicator's value, rate and suggested rating came about in a fiscal year.

Nothing is worked out here: what comes out is the review's row, and each step says what went into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mizuho_pdca.domain.figures.achievement import Observation, anchor_of, banded_share
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.scheme import Scale
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.steps import (
    Evidence,
    Step,
    Words,
    entries_step,
    exactly,
    fiscal,
    measured,
    out_of_force,
    percent_of,
    rounded,
    share_text,
    term,
)
from mizuho_pdca.papers.words import AGGREGATES, DIRECTIONS, KINDS, method_words, print_measured, print_number
from mizuho_pdca.text import NONE


def indicator_steps(row: IndicatorRow, whole: Indicator, ledger: Ledger, scale: Scale, year: int) -> tuple[Step, ...]:
    """Return the steps from the entries to the suggestion; ``whole`` is the indicator before any revision."""
    return tuple(_Reckoning(row, whole, ledger, scale, year).steps())


def suggestion_step(row: IndicatorRow, scale: Scale, year: int) -> Step:
    """Return how the rank came about that an indicator suggests."""
    return Step("suggestion", message(N_("Suggested rating")), _suggestion(row, scale, year), row.suggestion)


class _Reckoning:
    """Sets out one row of the review, step by step."""

    def __init__(self, row: IndicatorRow, whole: Indicator, ledger: Ledger, scale: Scale, year: int) -> None:
        self.row = row
        self.indicator = row.indicator
        self.result = row.result
        self.whole = whole
        self.ledger = ledger
        self.scale = scale
        self.year = year

    def steps(self) -> Iterator[Step]:
        yield self.about()
        yield from self.entries()
        yield self.value()
        if self.indicator.baseline is not None and self.indicator.baseline_value is not None:
            yield self.baseline(self.indicator.baseline_value, self.indicator.baseline.year)
        yield self.target()
        guide, rate, pace = self.result.guide, self.result.rate, self.result.pace
        yield Step("guide", message(N_("Guide")), self.guide_text(), guide)
        yield Step("rate", message(N_("Achievement")), self.rate_text(), percent_of(rate))
        yield Step("met", message(N_("Met")), self.met_text(), self.result.met)
        yield Step("pace", message(N_("Pace")), self.pace_text(), percent_of(pace))
        yield suggestion_step(self.row, self.scale, self.year)

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
        if isinstance(entry, Activity | Actual) and slug in entry.values:
            yield Observation(entry.id, self.whole.read(entry.values[slug]))
        if isinstance(entry, Actual) and slug in entry.missing:
            yield Observation(entry.id, missing=entry.missing[slug])

    def seen(self, observation: Observation) -> Words:
        if observation.value is None:
            return observation.missing or NONE
        return measured(self.indicator, observation.value)

    def why_not(self, entry: Entry) -> Message:
        if (gone := out_of_force(entry, self.ledger)) is not None:
            return gone
        if entry.year != self.year:
            return message(N_("belongs to FY{year}"), year=entry.year)
        return message(N_("a later entry gives the last value"))

    # -- the year's value -----------------------------------------------------------------------

    def value(self) -> Step:
        value = self.row.value
        steps = []
        if value.partial:
            steps.append(Step("partial", message(N_("Partly unknown")), self.partial_text(), value.partial))
        names = {"april_to_september": N_("April to September"), "october_to_march": N_("October to March")}
        for (key, name), half in zip(names.items(), self.row.halves, strict=True):
            if half.value is not None:
                steps.append(Step(key, message(name), self.worked_out(half.value, half.used), half.value))
        return Step("value", message(N_("Value of the year")), self.value_text(), value.value, steps=tuple(steps))

    def value_text(self) -> Message:
        value = self.row.value
        if not value.used:
            return message(N_("none: nothing was recorded for FY{year}"), year=self.year)
        if value.value is None:
            return message(N_("none: {reason}"), reason=value.missing or NONE)
        aggregate = message(AGGREGATES[self.indicator.aggregate])
        return message(
            N_("{calculation} ({aggregate})"), aggregate=aggregate, calculation=self.worked_out(value.value, value.used)
        )

    def worked_out(self, value: Measured, used: Sequence[Observation]) -> Words:
        """Return how a value was made of figures."""
        if isinstance(value, bool):
            return measured(self.indicator, value)
        result = rounded(value) + (self.indicator.unit or "")
        if len(used) == 1:
            return result
        return message("{formula} = {value}", formula=self.formula(used), value=result)

    def formula(self, used: Sequence[Observation]) -> Words:
        """Return how the figures were put together; what is missing is left out."""
        figures = [term(Fraction(item.value)) for item in used if item.value is not None]
        match self.indicator.aggregate:
            case "mean":
                return message(N_("({sum}) / {n}"), sum=" + ".join(figures), n=len(figures))
            case "max":
                return message(N_("the highest of {figures}"), figures=figures)
            case _:
                return " + ".join(figures)

    def partial_text(self) -> Message:
        used = self.row.value.used
        missing = [
            message(N_("{name} ({id})"), name=item.entry, id=item.missing or NONE)
            for item in used
            if item.value is None
        ]
        years = {self.ledger.by_id[item.entry].year for item in used}
        gaps = [fiscal(year) for year in range(min(years), self.year) if year not in years]
        reasons: list[Value] = []
        if missing:
            reasons.append(message(N_("entries without a figure: {entries}"), entries=missing))
        if gaps:
            reasons.append(message(N_("years without an entry: {years}"), years=gaps))
        return message(N_("left out of the value: {reasons}"), reasons=reasons)

    # -- baseline, target, guide ----------------------------------------------------------------

    def baseline(self, value: Measured, year: int) -> Step:
        text = message(N_("{value} ({year})"), value=measured(self.indicator, value), year=year)
        return Step("baseline", message(N_("Baseline")), text, value)

    def target(self) -> Step:
        result = self.result
        label = message(N_("Target"))
        if result.target is None or result.target_year is None:
            return Step("target", label, message(N_("none: the plan gives the indicator no target")))
        values: dict[str, Value] = {
            "target": measured(self.indicator, result.target),
            "given": result.target_year,
            "year": self.year,
        }
        if result.target_year == self.year:
            text = message(N_("{target}, given for FY{given} itself"), target=values["target"], given=self.year)
        elif result.target_year > self.year:
            text = Message(N_("{target} of FY{given}, the next that is given: FY{year} has none of its own"), values)
        else:
            text = Message(N_("{target} of FY{given}, the last that is given: none is for FY{year} or later"), values)
        return Step("target", label, text, result.target, steps=tuple(self.target_details(result.target_year)))

    def target_details(self, target_year: int) -> Iterator[Step]:
        given = self.indicator.target_values
        listed = [f"{year}: {print_measured(self.indicator, value)}" for year, value in given.items()]
        yield Step("targets", message(N_("All targets")), message("{targets}", targets=listed))
        before = self.whole.target_values.get(target_year)
        if before != given[target_year]:
            text = message(N_("none")) if before is None else measured(self.indicator, before)
            yield Step("unrevised", message(N_("The same target before the plan was revised")), text, before)

    def guide_text(self) -> Message:
        result, anchor = self.result, anchor_of(self.indicator, self.year)
        if result.guide is None or result.target is None or result.target_year is None or anchor is None:
            return message(N_("none: {reason}"), reason=self.no_guide())
        start, low, high = anchor[0], Fraction(anchor[1]), Fraction(result.target)
        values: dict[str, Value] = {
            "low": term(low),
            "start": start,
            "high": term(high),
            "end": result.target_year,
            "passed": self.year - start,
            "span": result.target_year - start,
            "guide": rounded(result.guide) + (self.indicator.unit or ""),
        }
        if start in self.indicator.target_values:
            return Message(
                N_(
                    "straight line from the target {low} ({start}) to the target {high} ({end}): "
                    "{low} + ({high} - {low}) × {passed}/{span} = {guide}"
                ),
                values,
            )
        return Message(
            N_(
                "straight line from the baseline {low} ({start}) to the target {high} ({end}): "
                "{low} + ({high} - {low}) × {passed}/{span} = {guide}"
            ),
            values,
        )

    def no_guide(self) -> Message:
        target_year = self.result.target_year
        if target_year is None:
            return message(N_("there is no target"))
        if self.indicator.method == "done":
            return message(N_("the target is no number"))
        if target_year == self.year:
            return message(N_("FY{year} has a target of its own"), year=self.year)
        if target_year < self.year:
            return message(N_("the last target is of an earlier year"))
        return message(N_("there is neither a baseline nor an earlier target to start from"))

    # -- rate, met, pace ------------------------------------------------------------------------

    def rate_text(self) -> Message:
        rate, target, actual = self.result.rate, self.result.target, self.row.value.value
        if rate is None or target is None or actual is None:
            return message(N_("none: {reason}"), reason=self.no_rate())
        if self.indicator.method == "ratio":
            numbers: dict[str, Value] = {"actual": term(Fraction(actual)), "target": term(Fraction(target))}
            return share_text(Message(N_("actual / target = {actual} / {target}"), numbers), rate)
        return self.progress(
            N_("(actual - baseline) / (target - baseline) = ({actual} - {baseline}) / ({goal} - {baseline})"),
            actual,
            Fraction(target),
            rate,
        )

    def progress(self, msgid: str, actual: Measured, goal: Fraction, share: Share) -> Message:
        baseline = Fraction(self.indicator.baseline_value or 0)
        numbers: dict[str, Value] = {
            "actual": term(Fraction(actual)),
            "baseline": term(baseline),
            "goal": term(goal),
        }
        return share_text(Message(msgid, numbers), share)

    def no_rate(self) -> Message:
        """Return why there is no percentage."""
        if self.result.target is None:
            return message(N_("there is no target"))
        if self.row.value.value is None:
            return message(N_("the year has no value"))
        if self.indicator.method in ("maintain", "done"):
            return message(N_("by this method an indicator is met or not, and has no percentage"))
        if self.indicator.method == "ratio":
            return message(N_("the target is 0, and nothing can be divided by 0"))
        return message(N_("target and baseline are the same, and nothing can be divided by 0"))

    def met_text(self) -> Message:
        met, target, actual = self.result.met, self.result.target, self.row.value.value
        if met is None or target is None or actual is None:
            return message(N_("none: {reason}"), reason=self.no_rate())
        values: dict[str, Value] = {
            "actual": measured(self.indicator, actual),
            "target": measured(self.indicator, target),
        }
        if self.indicator.method != "done" and self.indicator.direction == "maintain":
            values["difference"] = exactly(abs(Fraction(actual) - Fraction(target)))
            values["tolerance"] = exactly(Fraction(self.indicator.tolerance or 0))
        kind = "done" if self.indicator.method == "done" else self.indicator.direction
        return Message(_MET[kind, met], values)

    def pace_text(self) -> Message:
        pace, guide, actual = self.result.pace, self.result.guide, self.row.value.value
        if pace is None or guide is None or actual is None:
            return message(N_("none: {reason}"), reason=self.no_pace())
        return self.progress(
            N_("(actual - baseline) / (guide - baseline) = ({actual} - {baseline}) / ({goal} - {baseline})"),
            actual,
            guide,
            pace,
        )

    def no_pace(self) -> Message:
        if self.result.guide is None:
            return message(N_("there is no guide"))
        if self.row.value.value is None or self.indicator.method == "maintain":
            return self.no_rate()
        if self.indicator.baseline is None:
            return message(N_("there is no baseline"))
        return message(N_("guide and baseline are the same, and nothing can be divided by 0"))


_MET = {
    ("increase", True): N_("met: {actual} is at least the target {target}"),
    ("increase", False): N_("not met: {actual} is below the target {target}"),
    ("decrease", True): N_("met: {actual} is at most the target {target}"),
    ("decrease", False): N_("not met: {actual} is above the target {target}"),
    ("maintain", True): N_(
        "met: {actual} differs from the target {target} by {difference}, within the tolerance of {tolerance}"
    ),
    ("maintain", False): N_(
        "not met: {actual} differs from the target {target} by {difference}, more than the tolerance of {tolerance}"
    ),
    ("done", True): N_("met: {actual} is what the target says ({target})"),
    ("done", False): N_("not met: {actual} is not what the target says ({target})"),
}


# -- suggestion -------------------------------------------------------------------------------


def _suggestion(row: IndicatorRow, scale: Scale, year: int) -> Message:
    result = row.result
    own = result.target_year == year
    if row.suggestion is None:
        if result.met is None:
            return message(N_("none: there is nothing to compare"))
        return message(N_("none: there is no achievement in percent") if own else N_("none: there is no pace"))
    if result.met:
        return message(N_("{rank}: the target is met, so it is the best rank"), rank=row.suggestion)
    share = banded_share(result, year)
    values: dict[str, Value] = {
        "rank": row.suggestion,
        "percent": NONE if share is None else print_number(share.percent),
        "band": _band(scale, row.suggestion),
    }
    if own:
        return Message(N_("{rank}: not met, so by the achievement as printed, {percent}%, which is {band}"), values)
    return Message(
        N_(
            "{rank}: not met, and FY{year} has no target of its own, "
            "so by the pace as printed, {percent}%, which is {band}"
        ),
        {**values, "year": year},
    )


def _band(scale: Scale, code: str) -> Message:
    """Return where the band of a rank begins and ends."""
    position = [rank.code for rank in scale.ranks].index(code)
    lower = scale.ranks[position].at_least
    upper = scale.ranks[position - 1].at_least if position else None
    values: dict[str, Value] = {
        "lower": "" if lower is None else f"{lower:f}",
        "upper": "" if upper is None else f"{upper:f}",
    }
    match lower is None, upper is None:
        case False, True:
            return Message(N_("at least {lower}%"), values)
        case False, False:
            return Message(N_("at least {lower}% and less than {upper}%"), values)
        case True, False:
            return Message(N_("less than {upper}%"), values)
        case _:
            return message(N_("in the only band"))
