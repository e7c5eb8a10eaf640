"""What several shapes of JSON have in common: where they come from, indicators, numbers and rates."""

from __future__ import annotations

from mizuho_pdca.domain.digits import exact_decimal
from mizuho_pdca.domain.figures.achievement import YearValue
from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.figures.money import Money
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator, Measured, Target
from mizuho_pdca.domain.plan.targets import WordedTarget
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.steps import Words, print_words
from mizuho_pdca.render.json.text import Json


def plan_name(report: ReviewReport) -> Json:
    """Return which plan a report is of."""
    header = report.plan.header
    return {"id": header.id, "title": header.title}


def as_of(report: ReviewReport) -> Json:
    """Return which state of the data a report was made from."""
    return {"commit": report.as_of.commit, "dirty": report.as_of.dirty}


def indicator_parts(indicator: Indicator) -> Json:
    """Return what the plan says of an indicator in words."""
    return {
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "direction": indicator.direction,
        "method": indicator.method,
        "aggregate": indicator.aggregate,
        "adopted": indicator.adopted,
        "headline": indicator.headline,
        "family": indicator.family,
    }


def goal_parts(target: Target | None, year: int | None) -> Json:
    """Return a target with its year: as a number where it is one, else its words and the figures that meet it."""
    worded = target if isinstance(target, WordedTarget) else WordedTarget()
    return {
        "target": None if isinstance(target, WordedTarget) else number(target),
        "target_text": worded.text,
        "target_at_least": number(worded.low),
        "target_at_most": number(worded.high),
        "target_year": year,
    }


def year_parts(year: int, value: YearValue, called: str = "actual") -> Json:
    """Return a year's value, and what a reader has to know of it."""
    return {
        "fiscal_year": year,
        called: number(value.value),
        "missing": reason(value),
        "partial": value.partial,
        "due": value.is_due,
        "provisional": value.provisional is not None,
        "partly_provisional": value.provisional == "partly",
        "as_of": value.as_of,
        "as_of_parts": value.dates,
    }


def before_plan(indicator: Indicator, called: str = "actual") -> list[Json]:
    """Return the figures from before the plan."""
    return [{"fiscal_year": year, called: number(value)} for year, value in indicator.history_values.items()]


def money_parts(money: Money, unit: str | None) -> Json:
    """Return money in its unit, with what was spent of the budget; null where the plan has no money."""
    share = money.execution
    return {
        "money_unit": unit,
        "budget": number(money.budget),
        "spent": number(money.spent),
        "spent_partial": money.is_partial,
        "spent_provisional": money.provisional is not None,
        "execution": {
            "numerator": None if share is None else number(share.numerator),
            "denominator": None if share is None else number(share.denominator),
            "percent": percent(share),
        },
    }


def said(words: Words | None, t: Translate) -> str | None:
    """Return a text in the language of ``t``, null where there is none."""
    return None if words is None else print_words(words, t)


def rate_parts(rate: Rate) -> Json:
    """Return a rate with its parts; null percent where there is nothing to divide by."""
    percent = rate.percent
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "percent": None if percent is None else str(percent),
    }


def number(value: Measured | None) -> int | float | bool | str | None:
    """Return a value as a JSON number, boolean or word: exact, an endless number to 12 significant digits."""
    if value is None or isinstance(value, bool | str):
        return value
    exact = exact_decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def reason(value: YearValue) -> str | None:
    """Return why there is no value, where there is none."""
    return value.missing if value.value is None else None


def percent(share: Share | None) -> str | None:
    """Return a share in percent as printed, with ASCII signs."""
    return None if share is None else str(share.percent)
