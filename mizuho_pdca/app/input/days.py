"""Days and halves of the year as a person types them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mizuho_pdca.domain.calendar import Half, parse_date
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.words import half_label
from mizuho_pdca.text import folded


def typed_day(text: str | None, today: date) -> date:
    """Return the day that was typed, today if none was; raise ``UsageFault``."""
    if text is None:
        return today
    day = parse_date(text, today)
    if day is None:
        raise UsageFault(
            N_('"{value}" is not a date'),
            value=text,
            remedy=message(N_("Write it such as 2024-06-12, 2024/6/12, R6.6.12, 令和6年6月12日, 今日 or 昨日.")),
        )
    return day


_HALVES: Mapping[str, Half] = {
    **dict.fromkeys(("前期", "上期", "上半期", "前半", "first", "1"), "first"),
    **dict.fromkeys(("後期", "下期", "下半期", "後半", "second", "2"), "second"),
}


def typed_half(plan: Plan, text: str) -> Half:
    """Return the half of the plan's year that was typed; raise ``UsageFault``."""
    half = _HALVES.get(folded(text).lower())
    if half is None:
        raise UsageFault(
            N_('"{value}" is not a half of the year'),
            value=text,
            remedy=message(
                N_("Write 前期 ({first}) or 後期 ({second})."),
                first=half_label(plan, "first"),
                second=half_label(plan, "second"),
            ),
        )
    return half
