"""The facts of the plan that a closed year's figures and ratings rest on.

Not among them is what leaves both alone: wording, departments, partners, adoption, targets that
the year was not measured by, items that came later.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pydantic import Field

from mizuho_pdca.domain.figures.goals import target_of
from mizuho_pdca.domain.plan.indicator import UNRATED, Indicator, Words
from mizuho_pdca.domain.plan.numbers import sort_key
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.targets import GivenTarget, chosen_year
from mizuho_pdca.domain.schema.shapes import Number, RawFigure, Shape, Text, Year

RULES: Final = 1
"""The number of the rules by which counts, rates and suggestions are worked out; raised whenever one changes."""


class RankFacts(Shape):
    """A rank of the scale; ``at_least`` is the lower bound of its band, in percent."""

    code: Text
    name: Text
    at_least: Number | None = None


class IndicatorFacts(Shape):
    """What an indicator's values are measured by.

    ``targets`` end with the one that the year was measured by; ``since`` is from when a running
    total without a baseline counts. ``kind`` is told where such indicators are never rated, ``due``
    where the year is none of its survey, ``total`` is the plan's total that the year was held against.
    """

    at: Text
    unit: Text | None = None
    kind: Text | None = None
    direction: Text
    method: Text
    aggregate: Text
    tolerance: Number | None = None
    decimals: int | None = None
    words: dict[Text, Text] | tuple[Text, ...] | None = None
    since: Year | None = Field(default=None, alias="from")
    due: bool | None = None
    baseline: dict[Year, RawFigure] = Field(default_factory=dict)
    targets: dict[Year, GivenTarget] = Field(default_factory=dict)
    total: dict[Year, Number] = Field(default_factory=dict)


class Facts(Shape):
    """What is in force in a year: statuses, states, evaluators by code with their names, nodes and indicators by id.

    Names are among them because entries may hold those instead of codes. ``scales`` are the words of the
    evaluators who rate by others than the plan's, ``ranked`` those of them that are ranks, best first.
    ``relisted`` has the original of each relisting, ``followed`` what ended before the year and went on as a node.
    """

    statuses: dict[Text, Text]
    ranks: tuple[RankFacts, ...]
    near: Number = Decimal(80)
    states: dict[Text, Text] = Field(default_factory=dict)
    evaluators: dict[Text, Text] = Field(default_factory=dict)
    scales: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    ranked: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    nodes: tuple[Text, ...]
    relisted: dict[Text, Text] = Field(default_factory=dict)
    followed: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    indicators: dict[Text, IndicatorFacts] = Field(default_factory=dict)

    def data(self) -> dict[str, object]:
        """Return what is written into a file."""
        return self.model_dump(by_alias=True, exclude_defaults=True)


def facts_of(plan: Plan, year: int) -> Facts:
    """Return what a fiscal year rests on in a plan."""
    now = plan.at(year)
    scale, scales = now.scheme.scale, {one.code: one.scale for one in now.scheme.evaluators if one.scale}
    ids = sorted(now.places, key=sort_key)
    ended = [place for place in plan.places.values() if place.node.until is not None and place.node.until < year]
    followed = {one: tuple(place.id for place in ended if one in place.node.superseded_by) for one in ids}
    return Facts(
        statuses={status.code: status.name for status in now.scheme.statuses},
        ranks=tuple(RankFacts(code=rank.code, name=rank.name, at_least=rank.at_least) for rank in scale.ranks),
        near=now.scheme.near,
        states={state.code: state.name for state in scale.states},
        evaluators={one.code: one.name for one in now.scheme.evaluators},
        scales={code: {word.code: word.name for word in own.ratings} for code, own in scales.items()},
        ranked={code: tuple(rank.code for rank in own.ranks) for code, own in scales.items() if own.ranks},
        nodes=tuple(ids),
        relisted={one: original for one in ids if (original := now.places[one].node.original_id) is not None},
        followed={one: before for one, before in followed.items() if before},
        indicators={slug: _indicator(now, *now.indicators[slug], year) for slug in sorted(now.indicators)},
    )


def _indicator(plan: Plan, indicator: Indicator, place: Place, year: int) -> IndicatorFacts:
    goal = target_of(indicator, year)
    last = year if goal is None else goal[0]
    begun = [plan.header.period.since, indicator.since, *(step.node.since for step in place.lineage)]
    is_total = indicator.aggregate == "cumulative" and indicator.baseline is None
    baseline, whole = indicator.baseline, chosen_year(indicator.total, year)
    targets = {given: _meant(indicator, figure) for given, figure in sorted(indicator.targets.items()) if given <= last}
    return IndicatorFacts.model_validate(
        {
            "at": place.id,
            "unit": indicator.unit,
            "kind": indicator.kind if indicator.kind in UNRATED else None,
            "direction": indicator.direction,
            "method": indicator.method,
            "aggregate": indicator.aggregate,
            "tolerance": indicator.tolerance,
            "decimals": indicator.decimals,
            "words": indicator.words.model_dump() if isinstance(indicator.words, Words) else indicator.words,
            "from": max(known for known in begun if known is not None) if is_total else None,
            "due": None if indicator.is_due(year) else False,
            "baseline": {} if baseline is None else {baseline.year: _meant(indicator, baseline.value)},
            "targets": targets,
            "total": {} if whole is None else {whole: indicator.total[whole]},
        }
    )


def _meant(indicator: Indicator, figure: GivenTarget) -> GivenTarget:
    """Return a figure as it is compared: yes and no in one way, however they were written."""
    value = indicator.read_target(figure)
    return value if isinstance(value, bool | str) else figure
