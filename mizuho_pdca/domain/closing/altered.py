"""Which facts of a closed year are no longer as they were sealed: from what to what, in the plan's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from mizuho_pdca.domain.closing.facts import Facts, IndicatorFacts, facts_of
from mizuho_pdca.domain.plan.numbers import parent_id, print_node_id
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.targets import GivenTarget, WordedTarget
from mizuho_pdca.domain.schema.faults import At
from mizuho_pdca.message import N_, Message, Value, message

Key = TypeVar("Key")

_NOTHING = message(N_("none"))
_KEYS = {
    "unit": N_("unit"),
    "kind": N_("kind of indicator"),
    "direction": N_("direction of change"),
    "method": N_("method"),
    "aggregate": N_("aggregate"),
    "tolerance": N_("tolerance"),
    "decimals": N_("decimals in print"),
    "words": N_("words for its values"),
    "since": N_("first year in force"),
    "due": N_("year of the survey"),
}
"""The keys of an indicator's facts whose values stand for themselves, and what each is called."""

_SCHEME = N_(
    "for later years only, add it under scheme_revisions: with from: {since}, beside policies:, "
    "and in whole, such as all of scale:"
)
_OTHER = N_(
    "for later years only, end this one with until: {last} and add another, with a new id and from: {since}; "
    "where one of these years has entries already, with the year after them"
)
_TARGET = N_("for later years only, add it to the indicator under revised_targets: with from: {since}")
_END = N_("to end it, write until: {last}, or a later year that has entries already")


@dataclass(frozen=True)
class Altered:
    """A fact that is no longer the same: where it stands among the sealed ones, what it is called, both values.

    ``instead`` says how the plan is changed for later years only.
    """

    at: At
    item: Value
    part: Message
    values: tuple[Value, Value]
    instead: str

    @property
    def said(self) -> Message:
        """Return the change in one line."""
        before, after = self.values
        return message("{item}: {part} {before} → {after}", item=self.item, part=self.part, before=before, after=after)


def altered_facts(sealed: Facts, plan: Plan, year: int) -> list[Altered]:
    """Return the facts of a fiscal year that are no longer as sealed, in the order of the seal."""
    return list(_SealedFacts(sealed, plan, year).altered())


def newcomers(sealed: Facts, plan: Plan, year: int) -> list[Value]:
    """Return what came into the plan after closing, but counts in the closed year: initiatives and indicators."""
    now = plan.at(year)
    nodes = [_title(plan, one) for one in now.places if one not in sealed.nodes and now.places[one].is_initiative]
    return [*nodes, *(_name(plan, slug) for slug in now.indicators if slug not in sealed.indicators)]


class _SealedFacts:
    """Holds the facts of a plan against sealed ones."""

    def __init__(self, sealed: Facts, plan: Plan, year: int) -> None:
        self.old, self.new = sealed, facts_of(plan, year)
        self.plan = plan
        self.gone = {one for one in sealed.nodes if one not in self.new.nodes}

    def altered(self) -> Iterator[Altered]:
        yield from _names("statuses", message(N_("Status")), self.old.statuses, self.new.statuses)
        yield from self._ranks()
        if self.old.near != self.new.near:
            at: At = ("near",) if "near" in self.old.data() else ()
            rates = (_said(self.old.near), _said(self.new.near))
            part = message(N_("rate that counts as nearly met (%)"))
            yield Altered(at, message(N_("rating scale")), part, rates, _SCHEME)
        yield from _names("states", message(N_("Rating")), self.old.states, self.new.states)
        yield from self._evaluators()
        yield from self._nodes()
        for slug, old in self.old.indicators.items():
            new = self.new.indicators.get(slug)
            if new is not None:
                yield from self._indicator(("indicators", slug), _name(self.plan, slug), old, new)
            elif old.at not in self.gone:
                yield _ended(("indicators", slug), _name(self.plan, slug))

    def _ranks(self) -> Iterator[Altered]:
        old = {rank.code: rank for rank in self.old.ranks}
        new = {rank.code: rank for rank in self.new.ranks}
        order, now = [code for code in old if code in new], [code for code in new if code in old]
        if order != now:
            yield Altered(("ranks",), message(N_("rating scale")), message(N_("order")), (order, now), _SCHEME)
        for code in _either(old, new):
            at: At = ("ranks", list(old).index(code)) if code in old else ("ranks",)
            item = _coded(message(N_("Rating")), code)
            before, after = old.get(code), new.get(code)
            names = (before.name if before else _NOTHING, after.name if after else _NOTHING)
            if names[0] != names[1]:
                yield Altered(at, item, message(N_("name")), names, _SCHEME)
            if before and after and before.at_least != after.at_least:
                place = at if before.at_least is None else (*at, "at_least")
                bounds = (_said(before.at_least), _said(after.at_least))
                yield Altered(place, item, message(N_("lower bound (%)")), bounds, _SCHEME)

    def _evaluators(self) -> Iterator[Altered]:
        """Yield what became of those who rated; whoever comes to the list later makes no rating another."""
        old, new, item = self.old.evaluators, self.new.evaluators, message(N_("Evaluator"))
        yield from _names("evaluators", item, old, {code: name for code, name in new.items() if code in old})
        first, now = next(iter(old), None), next(iter(new), None)
        if None not in (first, now) and first != now:
            yield Altered(("evaluators",), item, message(N_("first on the list")), (str(first), str(now)), _SCHEME)

        for code in (each for each in old if each in new) if self.old.scales or self.new.scales else ():
            before, after = (one.scales.get(code) or _words_of(one) for one in (self.old, self.new))
            yield from _names("scales", message(N_("Rating")), before, after)
            yield from self._order(code, before, after)

    def _order(self, evaluator: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Altered]:
        """Yield that the ranks of an evaluator stand in another order, or are ranks no more."""
        old, new = (_ranked(one, evaluator) for one in (self.old, self.new))
        stayed, now = [code for code in old if code in after], [code for code in new if code in before]
        if stayed != now:
            at: At = ("ranked", evaluator) if evaluator in self.old.ranked else ("scales",)
            item = _coded(message(N_("rating scale")), evaluator)
            yield Altered(at, item, message(N_("order")), (stayed or _NOTHING, now or _NOTHING), _SCHEME)

    def _nodes(self) -> Iterator[Altered]:
        for position, one in enumerate(self.old.nodes):
            at: At = ("nodes", position)
            if one not in self.gone:
                yield from self._references(at, one, "relisted", N_("Relisted from"))
                yield from self._references(at, one, "followed", N_("takes over from"))
            elif parent_id(one) not in self.gone:
                yield _ended(at, _title(self.plan, one))

    def _references(self, at: At, node_id: str, key: str, word: str) -> Iterator[Altered]:
        before, after = _ids(getattr(self.old, key), node_id), _ids(getattr(self.new, key), node_id)
        if before != after:
            values = (self._numbers(before), self._numbers(after))
            yield Altered((key, node_id) if before else at, _title(self.plan, node_id), message(word), values, _OTHER)

    def _numbers(self, ids: tuple[str, ...]) -> Value:
        return [_number(self.plan, one) for one in ids] or _NOTHING

    def _indicator(self, at: At, item: str, old: IndicatorFacts, new: IndicatorFacts) -> Iterator[Altered]:
        if old.at != new.at:
            values: tuple[Value, Value] = (_number(self.plan, old.at), _number(self.plan, new.at))
            yield Altered((*at, "at"), item, message(N_("No.")), values, _OTHER)
        for key, word in _KEYS.items():
            before, after = getattr(old, key), getattr(new, key)
            if before != after:
                place = at if before is None else (*at, IndicatorFacts.model_fields[key].alias or key)
                yield Altered(place, item, message(word), (_said(before), _said(after)), _OTHER)
        if old.baseline != new.baseline:
            place = (*at, "baseline") if old.baseline else at
            values = (_dated(old, old.baseline), _dated(new, new.baseline))
            yield Altered(place, item, message(N_("baseline")), values, _OTHER)
        if old.total != new.total:
            place = (*at, "total") if old.total else at
            values = (_dated(old, old.total), _dated(new, new.total))
            yield Altered(place, item, message(N_("target of the plan as a whole")), values, _OTHER)
        yield from _targets((*at, "targets") if old.targets else at, item, old, new)


def _targets(at: At, item: str, old: IndicatorFacts, new: IndicatorFacts) -> Iterator[Altered]:
    """Yield what became of the target that the year is measured by, and of those before it."""
    last, now = max(old.targets, default=0), max(new.targets, default=0)
    if last != now:
        word = message(N_("target that the year is measured by"))
        yield Altered((*at, last) if last else at, item, word, (_measuring(old), _measuring(new)), _TARGET)
    for year in sorted({*old.targets, *new.targets}):
        before, after = old.targets.get(year), new.targets.get(year)
        is_told = last != now and year in (last, now)
        if before != after and year <= min(last, now) and not is_told:
            word = message(N_("target of FY{year}"), year=year)
            values = (_figure(old, before), _figure(new, after))
            yield Altered(at if before is None else (*at, year), item, word, values, _TARGET)


def _names(key: str, item: Message, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Altered]:
    for code in _either(old, new):
        if old.get(code) != new.get(code):
            at: At = (key, code) if code in old else (key,) if old else ()
            values = (old.get(code, _NOTHING), new.get(code, _NOTHING))
            yield Altered(at, _coded(item, code), message(N_("name")), values, _SCHEME)


def _words_of(facts: Facts) -> dict[str, str]:
    """Return the ratings of the plan's own scale."""
    return {rank.code: rank.name for rank in facts.ranks} | facts.states


def _ranked(facts: Facts, evaluator: str) -> Sequence[str]:
    """Return the ranks that an evaluator rates by, best first: of a scale of its own, else of the plan's."""
    return facts.ranked.get(evaluator, ()) if evaluator in facts.scales else [rank.code for rank in facts.ranks]


def _ended(at: At, item: str) -> Altered:
    values = (message(N_("in force")), message(N_("not in force")))
    return Altered(at, item, message(N_("in the plan")), values, _END)


def _either(old: Mapping[Key, object], new: Mapping[Key, object]) -> list[Key]:
    return list(dict.fromkeys([*old, *new]))


def _ids(known: Mapping[str, str | tuple[str, ...]], node_id: str) -> tuple[str, ...]:
    ids = known.get(node_id, ())
    return (ids,) if isinstance(ids, str) else ids


# -- how values are said ----------------------------------------------------------------------


def _coded(item: Message, code: str) -> Message:
    return message("{item} {code}", item=item, code=code)


def _said(value: object) -> Value:
    match value:
        case None:
            return _NOTHING
        case bool():
            return message(N_("yes") if value else N_("no"))
        case Mapping():
            return [str(word) for word in value.values()]
        case tuple():
            return [str(word) for word in value]
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _figure(facts: IndicatorFacts, figure: GivenTarget | None) -> Value:
    match figure:
        case WordedTarget():
            return figure.said(lambda bound: f"{bound:,f}{facts.unit or ''}")
        case None:
            return _NOTHING
        case bool():
            words = facts.words if isinstance(facts.words, Mapping) else {}
            word = "yes" if figure else "no"
            return words.get(word, word)
        case Decimal():
            return f"{figure:,f}{facts.unit or ''}"
        case _:
            return figure


def _measuring(facts: IndicatorFacts) -> Value:
    """Return the target that the year is measured by, with its own year."""
    last = max(facts.targets, default=0)
    return _dated(facts, {year: figure for year, figure in facts.targets.items() if year == last})


def _dated(facts: IndicatorFacts, figures: Mapping[int, GivenTarget]) -> Value:
    """Return a figure with its year; there is at most one."""
    words = N_("{figure} (FY{year})")
    said = [message(words, figure=_figure(facts, figure), year=year) for year, figure in figures.items()]
    return said[0] if said else _NOTHING


def _number(plan: Plan, node_id: str) -> str:
    return plan.places[node_id].number if node_id in plan.places else print_node_id(node_id)


def _title(plan: Plan, node_id: str) -> str:
    place = plan.places.get(node_id)
    return print_node_id(node_id) if place is None else f"{place.number} {plan.title(place)}".rstrip()


def _name(plan: Plan, slug: str) -> str:
    if slug not in plan.indicators:
        return slug
    indicator, place = plan.indicators[slug]
    return f"{place.number} {indicator.name}"
