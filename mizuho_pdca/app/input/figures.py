"""Figures of indicators as a person types them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from mizuho_pdca.app.input.gathering import Gathering, Unclear
from mizuho_pdca.app.input.names import find_indicator
from mizuho_pdca.app.input.words import one_of
from mizuho_pdca.domain.digits import exact_decimal, places_of
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.text import DASHES, folded

_SIGNS = rf"^[△▲{re.escape(DASHES)}]\s*(?=[0-9.])"
_NUMBER = r"[-+]?([0-9][0-9,]*\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?"
_GROUPED = r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
_WITH_UNIT = r"(?P<figure>[0-9][0-9,.]*)\s*(?P<unit>[^0-9\s]+)"
_NAMED = r"(?P<name>.*?[^=:\s])\s*(?:[=:]|\s(?=[-+△▲−]?[0-9.]))\s*(?P<value>.+)"
COUNTED = (
    "件|回|人|名|社|者|店|店舗|戸|世帯|団体|組|校|園|台|本|冊|枚|部|個|棟|室|品|品目|種|種類|点|[箇かカヶヵケ]所|口|票|通|便|泊|頭|軒|隻"
    "|事業|事業所|事業者|企業|施設|会社|地区|区画|講座|拠点|ブース|路線|機関|組織|商品|製品"
)
"""Units of what is counted one by one: no half of it, and never less than nothing."""

_YEN = "円"
_SIZES = {"億": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000}
"""Words for sizes behind a figure, and within a unit such as 千円."""

_SIZE = "|".join(_SIZES)
_PART = rf"(?P<figure>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<decimals>\.\d+)?(?P<size>{_SIZE})?"
_SIZED_UNIT = rf"(?P<size>{_SIZE})?(?P<of>.+)"
_AMOUNT = rf"(?P<yen>¥)?(?P<parts>(?:{re.sub('[?]P<[a-z]+>', '?:', _PART)})+)(?P<of>(?:[^\d,.].*)?)"


def typed_value(plan: Plan, text: str, year: int, at: Place) -> tuple[str, Figure]:
    """Return the indicator's id and the figure of ``INDICATOR=VALUE`` typed for a node; raise ``UsageFault``.

    The indicator may be left out where the node has one of its own.
    """
    plain = folded(text)
    named = re.fullmatch(_NAMED, plain)
    if named is not None:
        indicator, _ = find_indicator(plan, named["name"], year, at)
        return indicator.id, typed_figure(indicator, named["value"])
    value = plain.lstrip("=: ")
    if not value or value.endswith(("=", ":")):
        raise UsageFault(N_('"{value}" is not of the form INDICATOR=VALUE'), value=text, remedy=_example(at, year))
    own = [indicator for indicator in at.node.indicators if indicator.in_force(year)]
    figures = [(indicator, _figure(indicator, value)) for indicator in own]
    meant = [(indicator, figure) for indicator, figure in figures if indicator.accepts(figure)]
    if len(meant) == 1 or (len(own) == 1 and value[0] in "0123456789.+-△▲−"):
        only = meant[0][0] if meant else own[0]
        return only.id, typed_figure(only, value)
    if len(meant) > 1:
        choices = [(f"{indicator.id}={value}", indicator.name) for indicator, _ in meant]
        raise Unclear(N_('"{value}" does not say which indicator it is of'), choices, value=text)
    raise UsageFault(N_('"{value}" does not say which indicator it is of'), value=text, remedy=_example(at, year))


def names_indicator(text: str) -> bool:
    """Return whether a figure was typed with the indicator that it is of."""
    return re.fullmatch(_NAMED, folded(text)) is not None


def _example(at: Place, year: int) -> Message:
    """Return how a figure is typed, by an indicator of the node or of one above it."""
    for step in at.lineage:
        for indicator in step.node.indicators:
            if indicator.in_force(year) and indicator.method != "done":
                words = N_("Write it such as -k {id}=3 or -k {name}=3 (pdca plan lists the indicators).")
                return message(words, id=indicator.id, name=indicator.name)
    return message(N_("Write the indicator first, such as -k INDICATOR=3; pdca plan lists them."))


_COUNT_REMEDY = message(N_("Correct the figure; if it is right, add --force."))


def check_count(indicator: Indicator, figure: Figure, remedy: Message = _COUNT_REMEDY) -> Figure:
    """Return a figure that can be a count, where things are counted; raise ``UsageFault``.

    Less than nothing, or a part of a thing, is a slip unless the indicator's baseline, targets,
    decimals or way of making a year's value show that it can be so.
    """
    if not isinstance(figure, Decimal) or not re.fullmatch(COUNTED, folded(indicator.unit or "")):
        return figure
    known = [value for value in _given(indicator) if isinstance(value, Decimal | Fraction)]
    around_nothing = indicator.tolerance is not None and any(value < indicator.tolerance for value in known)
    if figure < 0 and not around_nothing and not any(value < 0 for value in known):
        words = N_("{indicator} counts {unit}: {value} is less than nothing")
    elif figure != figure.to_integral_value() and not (
        indicator.decimals or indicator.aggregate == "mean" or any(map(places_of, known))
    ):
        words = N_("{indicator} counts {unit}: {value} is no whole number")
    else:
        return figure
    raise UsageFault(
        words,
        indicator=indicator.name,
        unit=indicator.unit or "",
        value=str(figure),
        remedy=remedy,
    )


def _given(indicator: Indicator) -> Iterator[Measured | None]:
    """Yield the baseline and every target."""
    yield indicator.baseline_value
    for given in (indicator.targets, *(revision.targets for revision in indicator.revised_targets)):
        for target in map(indicator.read_target, given.values()):
            yield None if target is None else indicator.figure_of(target)


def of_others(plan: Plan, figures: Mapping[str, Figure], at: Place) -> Iterator[Message]:
    """Yield a note for each figure of an indicator that measures something else than the node."""
    for slug in figures:
        indicator, place = plan.indicators[slug]
        if all(step.id != place.id for step in at.lineage):
            yield message(
                N_("{indicator} is an indicator of {number} {title}"),
                indicator=indicator.name,
                number=place.number,
                title=plan.title(place),
            )


def typed_values(
    plan: Plan, texts: Sequence[str], year: int, at: Place, wrong: Gathering, *, force: bool = False
) -> dict[str, Figure]:
    """Return the figures by indicator; one given twice is wrong, for only one could be kept.

    ``force`` takes a count that can't be one.
    """
    figures: dict[str, Figure] = {}
    for text in texts:
        found = wrong.take(partial(typed_value, plan, text, year, at))
        if found is not None and found[0] in figures:
            wrong.errors.append(
                UsageFault(
                    N_("{indicator} is given twice"),
                    indicator=plan.indicators[found[0]][0].name,
                    remedy=message(N_("Add the figures up, or record two activities.")),
                )
            )
        elif found is not None:
            figures[found[0]] = found[1]
            if not force:
                wrong.take(partial(check_count, plan.indicators[found[0]][0], found[1]))
    return figures


def typed_figure(indicator: Indicator, text: str) -> Figure:
    """Return the figure that was typed: full width, with commas, △ or the unit as well; raise ``UsageFault``.

    Commas stand between groups of three digits; anywhere else nobody knows whether 15 was meant
    or 1.5. Another size of the indicator's unit is reckoned into it: 12万円 are 120千円. Another unit
    may mean another figure. What else is no figure comes back as a word, for the entry's checks to name.
    """
    figure = _figure(indicator, text)
    other = re.fullmatch(_WITH_UNIT, figure) if isinstance(figure, str) and indicator.method != "done" else None
    if other is None or not indicator.unit or not re.fullmatch(COUNTED, other["unit"]):
        return figure
    raise UsageFault(
        N_('"{value}": {indicator} is counted in {unit}'),
        value=text,
        indicator=indicator.name,
        unit=indicator.unit,
        remedy=message(N_("If it is {figure}, write {figure}."), figure=other["figure"] + indicator.unit),
    )


def _figure(indicator: Indicator, text: str) -> Figure:
    plain = folded(text)
    if indicator.method == "done":
        answer = indicator.read(plain)
        return answer if isinstance(answer, bool | str) else _step(indicator, plain)
    number = re.sub(_SIGNS, "-", plain.removesuffix(folded(indicator.unit or "")).strip())
    if re.fullmatch("[-+0-9.]*,[-+0-9.,]*", number) and not re.fullmatch(_GROUPED, number):
        raise UsageFault(
            N_('"{value}" is not clear: commas stand between groups of three digits only'),
            value=text,
            remedy=message(N_("Write 1,234 or 1234, and a decimal with a point: 1.5")),
        )
    if re.fullmatch(_NUMBER, number):
        return Decimal(number.replace(",", ""))
    resized = _resized(folded(indicator.unit or ""), re.sub(_SIGNS, "-", plain))
    return plain if resized is None else resized


def _resized(unit: str, plain: str) -> Decimal | None:
    """Return a figure in a unit that was typed in another size of it, such as 1億2,345万円; None for anything else."""
    typed = re.fullmatch(_AMOUNT, plain.lstrip("-").replace(" ", ""))
    asked = re.fullmatch(_SIZED_UNIT, unit)
    if typed is None or asked is None:
        return None
    of = typed["of"] or (_YEN if typed["yen"] else "")
    is_sized = typed["parts"][-1] in _SIZE and re.fullmatch(f"{_YEN}|{COUNTED}", asked["of"])
    if of != asked["of"] and (of or not is_sized):
        return None
    total, below = Fraction(0), None
    for part in re.finditer(_PART, typed["parts"]):
        size = _SIZES.get(part["size"] or "", 1)
        amount = Fraction(part["figure"].replace(",", "") + (part["decimals"] or "")) * size
        if below is not None and amount >= below:
            return None
        total, below = total + amount, size
    exact = total / _SIZES.get(asked["size"] or "", 1) * (-1 if plain.startswith("-") else 1)
    figure = exact_decimal(exact)
    return figure if Fraction(figure) == exact else None


def _step(indicator: Indicator, plain: str) -> Figure:
    """Return the step, yes or no that is meant by a part of its word; else the word as typed."""
    words = indicator.words
    if words is None:
        return plain
    names = list(words) if isinstance(words, tuple) else [words.yes, words.no]
    try:
        meant = one_of(plain, names, indicator.name, "E208")
    except Unclear:
        return plain
    return meant if isinstance(words, tuple) else meant == words.yes
