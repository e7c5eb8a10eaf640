"""How the rank came about that an indicator suggests for a fiscal year."""

from __future__ import annotations

from mizuho_pdca.domain.figures.suggestion import banded_share, rank_of_met
from mizuho_pdca.domain.plan.scheme import Scale
from mizuho_pdca.domain.review.review import IndicatorRow
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.steps import Step
from mizuho_pdca.papers.words import print_number
from mizuho_pdca.text import NONE


def suggestion_step(row: IndicatorRow, scale: Scale, year: int) -> Step:
    """Return how the rank came about that an indicator suggests."""
    if scale.has_bands:
        text = _suggestion(row, scale, year)
    elif scale.ranks:
        text = message(N_("none: the plan's ranks have no bounds, so that people alone rate"))
    else:
        text = message(N_("none: the plan's ratings have no ranks"))
    return Step("suggestion", message(N_("Suggested rating")), text, row.suggestion)


def _suggestion(row: IndicatorRow, scale: Scale, year: int) -> Message:
    result = row.result
    if row.suggestion is None:
        return _no_suggestion(row, year)
    if result.met and row.suggestion == rank_of_met(scale).code:
        return message(N_("{rank}: the target is met, so it is at least the rank of 100%"), rank=row.suggestion)
    share = result.rate if result.met else banded_share(result, year)
    values: dict[str, Value] = {
        "rank": row.suggestion,
        "percent": NONE if share is None else print_number(share.percent),
        "band": _band(scale, row.suggestion),
        "year": year,
    }
    if result.met:
        words = N_("{rank}: the target is met, and the achievement as printed is {percent}%, which is {band}")
    elif result.target_year == year:
        words = N_("{rank}: not met, so by the achievement as printed, {percent}%, which is {band}")
    else:
        words = N_(
            "{rank}: not met, and FY{year} has no target of its own, "
            "so by the pace as printed, {percent}%, which is {band}"
        )
    return Message(words, values)


def _no_suggestion(row: IndicatorRow, year: int) -> Message:
    if not row.indicator.is_rated:
        return message(N_("none: such an indicator is never rated"))
    if row.result.running:
        return message(N_("none: FY{year} is not over in the records"), year=year)
    if row.value.value is None or row.result.target is None:
        return message(N_("none: there is nothing to compare"))
    if row.result.target_year == year:
        return message(N_("none: there is no achievement in percent"))
    return message(N_("none: there is no pace"))


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
