"""How an indicator is held against its target: target, guide, rate, met and pace, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mizuho_pdca.domain.figures.achievement import has_rate, unjudged
from mizuho_pdca.domain.figures.goals import anchor_of
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator, Measured, Target
from mizuho_pdca.domain.plan.targets import WordedTarget
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.steps import Step, Words, cut, exactly, measured, percent_of, rounded, share_text, term
from mizuho_pdca.papers.words import goal_words


def goal_steps(row: IndicatorRow, whole: Indicator, year: int) -> Iterator[Step]:
    """Yield the steps from the target to the pace; ``whole`` is the indicator before any revision."""
    judged, result = _Judged(row, whole, year), row.result
    yield judged.target()
    yield Step("guide", message(N_("Guide")), judged.guide_text(), result.guide)
    yield Step("rate", message(N_("Achievement")), judged.rate_text(), percent_of(result.rate))
    yield Step("met", message(N_("Met")), judged.met_text(), result.met)
    yield Step("pace", message(N_("Pace")), judged.pace_text(), percent_of(result.pace))


class _Judged:
    """Sets out what a row of the review means against its target."""

    def __init__(self, row: IndicatorRow, whole: Indicator, year: int) -> None:
        self.row = row
        self.indicator = row.indicator
        self.result = row.result
        self.whole = whole
        self.year = year

    @property
    def goal(self) -> Measured | None:
        """Return what an actual is divided by."""
        return None if self.result.target is None else self.indicator.figure_of(self.result.target)

    def said(self, target: Target) -> Words:
        """Return a target with its unit."""
        if isinstance(target, WordedTarget):
            return goal_words(self.indicator, target, self.indicator.unit or "")
        return measured(self.indicator, target)

    def target(self) -> Step:
        result = self.result
        label = message(N_("Target"))
        if result.target is None or result.target_year is None:
            return Step("target", label, message(N_("none: the plan gives the indicator no target")))
        values: dict[str, Value] = {
            "target": self.said(result.target),
            "given": result.target_year,
            "year": self.year,
        }
        if result.target_year == self.year:
            text = message(N_("{target}, given for FY{given} itself"), target=values["target"], given=self.year)
        elif result.target_year > self.year:
            text = Message(N_("{target} of FY{given}, the next that is given: FY{year} has none of its own"), values)
        else:
            text = Message(N_("{target} of FY{given}, the last that is given: none is for FY{year} or later"), values)
        value = None if isinstance(result.target, WordedTarget) else result.target
        return Step("target", label, text, value, steps=tuple(self.target_details(result.target_year)))

    def target_details(self, target_year: int) -> Iterator[Step]:
        given = self.indicator.target_values
        listed = [
            message(N_("{year}: {value}"), year=year, value=goal_words(self.indicator, value))
            for year, value in given.items()
        ]
        yield Step("targets", message(N_("All targets")), message("{targets}", targets=listed))
        before = self.whole.target_values.get(target_year)
        if before != given[target_year]:
            text = message(N_("none")) if before is None else self.said(before)
            value = None if isinstance(before, WordedTarget) else before
            yield Step("unrevised", message(N_("The same target before the plan was revised")), text, value)

    def guide_text(self) -> Message:
        result, anchor, goal = self.result, anchor_of(self.indicator, self.year), self.goal
        if result.guide is None or goal is None or result.target_year is None or anchor is None:
            return message(N_("none: {reason}"), reason=self.no_guide())
        start = anchor[0]
        values: dict[str, Value] = {
            "low": term(anchor[1]),
            "start": start,
            "high": term(goal),
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
        if self.indicator.baseline is None:
            return Message(
                N_(
                    "straight line from {low} ({start}), before the count begins, to the target {high} ({end}): "
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
        if self.indicator.kind == "input" or self.indicator.direction == "none":
            return self.only_watched()
        if self.indicator.method == "done" or self.goal is None:
            return message(N_("the target is no number"))
        if target_year == self.year:
            return message(N_("FY{year} has a target of its own"), year=self.year)
        if target_year < self.year:
            return message(N_("the last target is of an earlier year"))
        return message(N_("there is neither a baseline nor an earlier target to start from"))

    def only_watched(self) -> Message:
        """Return why nothing is held against a target."""
        if self.indicator.kind == "input":
            return message(N_("means are held against the budget of their own year, and never rated"))
        if self.indicator.kind == "context":
            return message(N_("it shows the surroundings of the plan, and is never rated"))
        return message(N_("it is only watched: no direction is better than the other"))

    def rate_text(self) -> Message:
        rate, target, actual = self.result.rate, self.goal, self.row.value.value
        if rate is None or target is None or actual is None:
            return message(N_("none: {reason}"), reason=self.no_rate())
        numbers: dict[str, Value] = {"actual": term(actual), "target": term(target)}
        if self.indicator.kind == "input":
            return share_text(Message(N_("actual / budget = {actual} / {target}"), numbers), rate)
        if self.indicator.method == "ratio":
            return share_text(Message(N_("actual / target = {actual} / {target}"), numbers), rate)
        if self.indicator.method == "inverse":
            return share_text(Message(N_("target / actual = {target} / {actual}"), numbers), rate)
        return self.progress(
            N_("(actual - baseline) / (target - baseline) = ({actual} - {baseline}) / ({goal} - {baseline})"),
            actual,
            target,
            rate,
        )

    def progress(self, msgid: str, actual: Measured, goal: Measured, share: Share) -> Message:
        numbers: dict[str, Value] = {
            "actual": term(actual),
            "baseline": term(self.indicator.baseline_value or Fraction(0)),
            "goal": term(goal),
        }
        return share_text(Message(msgid, numbers), share)

    def no_rate(self) -> Message:  # noqa: PLR0911 (one row a reason)
        """Return why there is no percentage."""
        if self.result.target is None:
            return message(N_("there is no target"))
        if self.row.value.value is None:
            return message(N_("the year has no value") if self.row.value.is_due else N_("it is no year of the survey"))
        if self.result.target_year is not None and not has_rate(self.indicator, self.result.target_year, self.year):
            return message(N_("FY{year} has no target of its own to hold its value against"), year=self.year)
        if self.indicator.direction == "none" and self.indicator.kind != "input":
            return self.only_watched()
        if self.goal is None:
            return message(N_("the target is no number to divide by"))
        if self.indicator.method in ("maintain", "done"):
            return message(N_("by this method an indicator is met or not, and has no percentage"))
        if self.indicator.method == "inverse":
            return message(N_("the actual is not above 0, and nothing can be divided by it"))
        if self.indicator.method == "ratio":
            return message(N_("the target is 0, and nothing can be divided by 0"))
        return message(N_("target and baseline are the same, and nothing can be divided by 0"))

    def met_text(self) -> Message:
        met, target, actual = self.result.met, self.result.target, self.row.value.value
        if target is None or actual is None:
            return message(N_("none: {reason}"), reason=self.no_rate())
        values: dict[str, Value] = {
            "actual": measured(self.indicator, actual),
            "target": self.said(target),
            "given": self.result.target_year or self.year,
            "year": self.year,
        }
        if met is None:
            return self.not_judged(values)
        if isinstance(target, WordedTarget):
            return Message(_MET["worded", met], values)
        if self.indicator.method != "done" and self.indicator.direction == "maintain":
            values["difference"] = cut(abs(Fraction(actual) - Fraction(target)))
            values["tolerance"] = exactly(Fraction(self.indicator.tolerance or 0))
        done = "steps" if isinstance(actual, str) else "done"
        kind = done if self.indicator.method == "done" else self.indicator.direction
        return Message(_MET[kind, met], values)

    def not_judged(self, values: dict[str, Value]) -> Message:
        """Return why nobody can say yet, or ever, whether the target is met."""
        match unjudged(self.indicator, self.row.value, self.result, self.year):
            case "not_rated" | "no_direction":
                return message(N_("none: {reason}"), reason=self.only_watched())
            case "worded":
                return Message(N_("none: no figure says what {target} is"), values)
            case _ if self.result.running:
                words = N_("not judged yet: FY{year} is not over in the records, and {actual} may change")
                return Message(words, values)
            case _:
                words = N_("not judged yet: {actual} has not reached {target}, the target of FY{given}")
                return Message(words, values)

    def pace_text(self) -> Message:
        pace, guide, actual = self.result.pace, self.result.guide, self.row.value.value
        if pace is None or guide is None or actual is None:
            return message(N_("none: {reason}"), reason=self.no_pace())
        numbers: dict[str, Value] = {"actual": term(actual), "guide": term(guide)}
        if self.indicator.method == "ratio":
            return share_text(Message(N_("actual / guide = {actual} / {guide}"), numbers), pace)
        if self.indicator.method == "inverse":
            return share_text(Message(N_("guide / actual = {guide} / {actual}"), numbers), pace)
        return self.progress(
            N_("(actual - baseline) / (guide - baseline) = ({actual} - {baseline}) / ({goal} - {baseline})"),
            actual,
            guide,
            pace,
        )

    def no_pace(self) -> Message:
        if self.result.guide is None:
            return message(N_("there is no guide"))
        if self.row.value.value is None or self.indicator.method in ("maintain", "inverse"):
            return self.no_rate()
        if self.indicator.method == "ratio":
            return message(N_("the guide is not above 0, and nothing can be divided by it"))
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
    ("worded", True): N_("met: {actual} is {target}"),
    ("worded", False): N_("not met: {actual} is not {target}"),
    ("steps", True): N_("met: {actual} is the step {target} that the target says, or past it"),
    ("steps", False): N_("not met: {actual} comes before the step {target} that the target says"),
    ("done", True): N_("met: {actual} is what the target says ({target})"),
    ("done", False): N_("not met: {actual} is not what the target says ({target})"),
}
