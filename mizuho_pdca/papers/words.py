"""What years, words of the scheme and indicators are called in print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mizuho_pdca.domain.calendar import APRIL, Half, half_months
from mizuho_pdca.domain.digits import Number, exact_decimal, shown
from mizuho_pdca.domain.plan.indicator import Indicator, Measured, Target
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Evaluator
from mizuho_pdca.domain.plan.targets import WordedTarget
from mizuho_pdca.domain.records.entries import Via
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.eras import era_day
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.text import NEGATIVE, NONE

if TYPE_CHECKING:  # whoever only names a plan's words, as `pdca log` does, needs no reckoning
    from mizuho_pdca.domain.figures.achievement import Provisional, YearValue
    from mizuho_pdca.domain.figures.counting import Rate, State
    from mizuho_pdca.domain.figures.rounding import Share
    from mizuho_pdca.domain.figures.suggestion import Reason
    from mizuho_pdca.papers.paper import Grade

SAMPLE_BANNER = N_("SAMPLE: all entries are invented")


VIA: Mapping[Via, str] = {"form": N_("{text}, from a form"), "import": N_("{text}, carried over from a table")}
"""What is said of an entry that was read from a file, behind what else is said of it."""

_YEARS = re.compile(r"\{(\w+):年度\}（\{\1\}年度）|\{(\w+):年度\}|FY\{(\w+)(?::s)?\}|\{(\w+):R\}")
_JANUARY = 1


def of_plan(t: Translate, plan: Plan) -> Translate:
    """Return what speaks of years as the plan counts them: where they are calendar years, 2024年 and 2024."""
    if plan.header.starts != _JANUARY:
        return t

    def year(match: re.Match[str]) -> str:
        japanese = match[1] or match[2]
        return f"{{{japanese}}}年" if japanese else f"{{{match[3] or match[4]}}}"

    return lambda msgid: _YEARS.sub(year, t(msgid)).replace("年度", "年").replace("(FY)", "(year)")


def half_label(plan: Plan, half: Half) -> Message:
    """Return the months of a half of the plan's years: 4月～9月."""
    if plan.header.starts == APRIL:
        return message(HALVES[half])
    first, last = half_months(half, plan.header.starts)
    return message(N_("months {first} to {last}"), first=first, last=last)


def year_label(year: int, t: Translate) -> str:
    """Return 令和6年度（2024年度）, or FY2024 in English."""
    return message(N_("FY{year}"), year=year).text(t)


def day_label(day: date, t: Translate) -> str:
    """Return 令和7年8月28日, or 2025-08-28 in English."""
    return t(N_("{date}")).format(date=day.isoformat(), era=era_day(day))


def dated(day: date, text: str, t: Translate, until: date | None = None) -> str:
    """Return what was done on a day of the reviewed year, or in the days from it until another."""
    if until is not None:
        words = t(N_("{month}/{day}-{last_month}/{last_day} {text}"))
        return words.format(month=day.month, day=day.day, last_month=until.month, last_day=until.day, text=text.strip())
    return t(N_("{month}/{day} {text}")).format(month=day.month, day=day.day, text=text.strip())


def on_day(day: date, text: str, t: Translate) -> str:
    """Return what was said on a day of any year."""
    return t(N_("{day} {text}")).format(day=day_label(day, t), text=text.strip())


def level_words(plan: Plan, level: int, usual: str, own: str, t: Translate, **values: object) -> str:
    """Return a text that names a level: ``usual``, or ``own`` where the plan has words of its own.

    ``own`` has places for ``{level}``, the plan's word for the level (counted as in ``Plan.level_name``),
    and for ``{above}``, its words for all levels above that one.
    """
    levels = plan.header.levels
    if levels is None:
        return t(usual).format(**values)
    names = [one.name for one in levels]
    return t(own).format(level=names[level], above=t(N_("・")).join(names[:level]), **values)


def activities_heading(plan: Plan, t: Translate) -> str:
    """Return the heading of what was done in the year, which in Japanese speaks of 取組."""
    return level_words(plan, -1, N_("Activities of the year"), N_("What was done in the year"), t)


def print_status(plan: Plan, code: str | None) -> str:
    """Return the plan's name of a status."""
    status = None if code is None else plan.scheme.status(code)
    return NONE if status is None else status.name


def print_ended(plan: Plan, state: State, t: Translate) -> str:
    """Return a status; one of an earlier year with that year: 完了（令和5年度）."""
    name = print_status(plan, state.status)
    if state.ended is None:
        return name
    return message(N_("{name} (FY{year})"), name=name, year=state.ended).text(t)


def print_answer(plan: Plan, state: str) -> str:
    """Return the plan's name of a response's state."""
    answer = plan.scheme.answer(state)
    return state if answer is None else answer.name


def print_rating(plan: Plan, code: str | None, whose: Evaluator | str | None = None) -> str:
    """Return a rating as printed: a rank's code, a state's name; the first evaluator's where nobody is named."""
    scale = plan.scheme.scale_of(whose)
    found = None if code is None else scale.find(code)
    if found is None:
        return NONE
    return found.code if found in scale.ranks else found.name


def grade(plan: Plan, code: str | None) -> Grade:
    """Return how a rank stands out: those of the lower half, and the lowest, are told apart from the others."""
    ranks = [rank.code for rank in plan.scheme.scale.ranks]
    if code not in ranks:
        return ""
    place = ranks.index(code)
    return "lowest" if place == len(ranks) - 1 > 0 else "low" if place >= len(ranks) / 2 else "good"


def print_evaluator(plan: Plan, word: str | None) -> str:
    """Return the plan's name of who rates, the first one's where none is named; empty where it lists nobody."""
    evaluator = plan.scheme.evaluator(word)
    return word or "" if evaluator is None else evaluator.name


def print_indicator(indicator: Indicator, t: Translate) -> str:
    """Return an indicator's name; one that the town has not adopted is marked （案）."""
    return indicator.name if indicator.adopted else indicator.name + t(N_(" (draft)"))


KINDS = {"output": N_("output"), "outcome": N_("outcome"), "input": N_("input"), "context": N_("context")}

ARROWS = {"up": "↑", "same": "→", "down": "↓"}
"""Signs of how a rank moved since last year."""

HINDRANCES: Mapping[Reason, str] = {
    "no_value": N_("{name}: no value"),
    "not_met": N_("{name}: not met, without a rank"),
}
"""Why an indicator keeps its initiative from a suggestion."""

DIRECTIONS = {
    "increase": N_("increase"),
    "decrease": N_("decrease"),
    "maintain": N_("maintain"),
    "none": N_("only watched"),
}

HALVES = {"first": N_("April to September"), "second": N_("October to March")}

AGGREGATES = {
    "sum": N_("sum of the year"),
    "cumulative": N_("sum since the beginning"),
    "latest": N_("last value"),
    "max": N_("highest value"),
    "mean": N_("mean"),
}

METHODS = {
    "ratio": N_("actual / target"),
    "progress": N_("progress from baseline"),
    "maintain": N_("maintain"),
    "done": N_("done or not"),
    "inverse": N_("target / actual"),
}

_MAINTAIN = {
    "increase": N_("at least the target"),
    "decrease": N_("at most the target"),
    "maintain": N_("within the tolerance"),
    "none": N_("only watched"),
}


def method_words(indicator: Indicator, t: Translate) -> str:
    """Return how the indicator is measured, as printed beside its rate."""
    if indicator.kind == "input":
        return t(N_("carried out: actual / budget"))
    if indicator.direction == "none":
        return t(DIRECTIONS["none"])
    if indicator.method == "maintain":
        return t(_MAINTAIN[indicator.direction])
    if indicator.method == "done" and isinstance(indicator.words, tuple):
        return t(N_("steps, at least the target's"))
    return t(METHODS[indicator.method])


def faulty_data(problems: Iterable[Problem], t: Translate) -> Iterator[str]:
    """Yield a line that says how many faults keep entries out, if there are any."""
    count = sum(problem.fault.severity == "error" for problem in problems)
    if count:
        words = t(N_("{count} problems in the data: faulty entries are left out (pdca validate)"))
        yield words.format(count=count)


def not_committed_line(count: int | None, t: Translate) -> Iterator[str]:
    """Yield a line that says how many entries git does not hold yet, where there are any."""
    if count:
        yield t(N_("Not committed: {n} (pdca commit commits them)")).format(n=count)


def print_number(number: Number) -> str:
    """Return a number for people: thousands apart, △ for negative; a typed one as it was typed."""
    digits = shown(number)
    sign = NEGATIVE if digits < 0 else ""
    return f"{sign}{abs(digits):,f}"


def print_measured(indicator: Indicator, value: Measured | None) -> str:
    """Return a value without its unit; yes and no in the indicator's own words."""
    if value is None:
        return NONE
    return indicator.spell(value) if isinstance(value, bool | str) else print_number(value)


def goal_words(indicator: Indicator, target: Target, unit: str = "") -> Message | str:
    """Return a target in print; one in words with its bounds: 維持（50以上）, 5～10."""
    if not isinstance(target, WordedTarget):
        return print_measured(indicator, target) + unit
    return target.said(lambda figure: print_measured(indicator, indicator.read(figure)) + unit)


def print_goal(indicator: Indicator, target: Target | None, t: Translate) -> str:
    """Return a target in print, － where there is none."""
    said = NONE if target is None else goal_words(indicator, target)
    return said if isinstance(said, str) else said.text(t)


def goal_value(indicator: Indicator, target: Target | None, t: Translate) -> str | Decimal | None:
    """Return a target as a data file holds it: a number, or words."""
    return print_goal(indicator, target, t) if isinstance(target, WordedTarget) else measured_value(indicator, target)


PROVISIONAL = {True: N_("provisional"), False: N_("final")}
"""Whether a figure is a first one 速報 that may still change."""

PARTLY_PROVISIONAL: Mapping[Provisional, str] = {"all": PROVISIONAL[True], "partly": N_("partly provisional")}
"""How much of a sum is of first figures."""

NOT_DUE = N_("no survey year")
"""What stands where no figure of a year is to be expected."""


def provisional_words(provisional: Provisional | None, t: Translate) -> str | None:
    """Return how much of a sum is provisional, None where nothing is."""
    return None if provisional is None else t(PARTLY_PROVISIONAL[provisional])


def sum_marks(t: Translate, *, partial: bool, provisional: Provisional | None) -> str:
    """Return what a reader has to know of a sum, behind it: that parts are unknown, that it may still change."""
    marks = (t(N_("partly unknown")) if partial else None, provisional_words(provisional, t))
    return "".join(t(N_(" ({said})")).format(said=mark) for mark in marks if mark)


def as_of_words(value: YearValue, t: Translate) -> str | None:
    """Return of when a value is; of one whose figures are of several days, or not all of one, that parts are."""
    if value.as_of is not None or not value.dates:
        return value.as_of
    return t(N_("in part {days}")).format(days=t(N_(", ")).join(value.dates))


def print_missing(indicator: Indicator, value: YearValue, t: Translate) -> str | None:
    """Return why a year has no value, with the running total of the years before: 集計中（前年度まで 8）."""
    if not value.is_due:
        return t(NOT_DUE)
    if value.missing is None or value.before is None:
        return value.missing
    before = print_measured(indicator, value.before)
    return t(N_("{reason} (up to last year {value})")).format(reason=value.missing, value=before)


def measured_value(indicator: Indicator, value: Measured | None) -> str | Decimal | None:
    """Return a value as a data file holds it: a number, or yes and no in the indicator's own words."""
    if value is None:
        return None
    return indicator.spell(value) if isinstance(value, bool | str) else exact_decimal(value)


Percentage = tuple[Decimal | None, Decimal | None, Decimal | None]
"""A percentage with its numerator and its denominator."""


def percentage(share: Share | None) -> Percentage:
    """Return a share as it is printed and exported."""
    if share is None:
        return None, None, None
    return share.percent, exact_decimal(share.numerator), exact_decimal(share.denominator)


def rate_parts(rate: Rate) -> Percentage:
    """Return a rate of things counted as it is printed and exported."""
    return rate.percent, Decimal(rate.numerator), Decimal(rate.denominator)


def print_percentage(percent: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> str:
    """Return ``73.3% (22/30)``; － for a percentage that nothing was reported for, or for all of it."""
    if numerator is None or not denominator:
        return NONE
    shown = NONE if percent is None else f"{print_number(percent)}%"
    return f"{shown} ({print_number(numerator)}/{print_number(denominator)})"


def print_share(share: Share | None) -> str:
    """Return ``80.0% (48/60)``, or － where there is none."""
    return print_percentage(*percentage(share))


def brief_year(year: int) -> Message:
    """Return 令和6年度, or FY2024 in English, when it is translated.

    The letter s only tells this text from the one that also gives the western year in Japanese.
    """
    return message(N_("FY{year:s}"), year=year)
