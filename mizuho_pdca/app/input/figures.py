"""Figures of indicators as a person types them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import partial

from mizuho_pdca.app.input.gathering import Gathering
from mizuho_pdca.app.input.names import find_indicator
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import folded

_SIGNS = re.compile("^[△▲−]")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def typed_value(plan: Plan, text: str, year: int, at: Place) -> tuple[str, Figure]:
    """Return the indicator's id and the figure of ``INDICATOR=VALUE`` typed for a node; raise ``UsageFault``."""
    name, sign, value = folded(text).removeprefix("=").partition("=")
    if not sign or not value.strip():
        raise UsageFault(
            N_('"{value}" is not of the form INDICATOR=VALUE'),
            value=text,
            remedy=message(N_("Write it such as -k company-visits=3 (pdca plan lists the indicators).")),
        )
    indicator, _ = find_indicator(plan, name, year, at)
    return indicator.id, typed_figure(indicator, value)


def typed_values(plan: Plan, texts: Sequence[str], year: int, at: Place, wrong: Gathering) -> dict[str, Figure]:
    """Return the figures by indicator; one given twice is wrong, for only one could be kept."""
    figures: dict[str, Figure] = {}
    for text in texts:
        found = wrong.take(partial(typed_value, plan, text, year, at))
        if found is not None and found[0] in figures:
            wrong.errors.append(
                UsageFault(
                    N_("{indicator} is given twice"),
                    indicator=found[0],
                    remedy=message(N_("Add the figures up, or record two activities.")),
                )
            )
        elif found is not None:
            figures[found[0]] = found[1]
    return figures


def typed_figure(indicator: Indicator, text: str) -> Figure:
    """Return the figure that was typed: full width, with commas, △ or the unit as well; raise ``UsageFault``.

    Commas stand between groups of three digits; anywhere else nobody knows whether 15 was meant
    or 1.5. What is no figure comes back as a word, for the entry's checks to name.
    """
    plain = folded(text)
    if indicator.method == "done":
        answer = indicator.read(plain)
        return answer if isinstance(answer, bool | str) else plain
    number = _SIGNS.sub("-", plain.removesuffix(folded(indicator.unit or "")).strip())
    if "," in number and not _GROUPED.fullmatch(number):
        raise UsageFault(
            N_('"{value}" is not clear: commas stand between groups of three digits only'),
            value=text,
            remedy=message(N_("Write 1,234 or 1234, and a decimal with a point: 1.5")),
        )
    try:
        figure = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return plain
    return figure if figure.is_finite() else plain
