"""What differs between two versions of the plan, in the plan's own words.

Every key of the plan's file has its word here; what can't be told key by key, nodes and indicators
that came, went or moved, is told as such.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from mizuho_pdca.domain.calendar import era_day
from mizuho_pdca.domain.plan.indicator import Baseline, Indicator, RevisedTargets
from mizuho_pdca.domain.plan.indicator import Words as YesNo
from mizuho_pdca.domain.plan.plan import (
    Council,
    Header,
    Initiative,
    Level,
    Node,
    Period,
    Place,
    Plan,
    PlanFile,
    Relabelling,
    RelatedPlan,
    Revision,
)
from mizuho_pdca.domain.plan.scheme import Answer, Rank, Scale, Scheme, SchemeRevision, State, Status, Term
from mizuho_pdca.domain.schema.shapes import Figure, InForce, Shape
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.differences import (
    NESTED,
    PLAN,
    Comparison,
    Difference,
    Part,
    WordTable,
    brief_year,
    listed,
    order,
)
from mizuho_pdca.papers.steps import Words, fiscal, indicator_name
from mizuho_pdca.papers.words import AGGREGATES, DIRECTIONS, KINDS, print_measured, print_number
from mizuho_pdca.text import NONE

_NAMED = {"name": N_("name"), "definition": N_("definition")}
_SCHEME = {
    "statuses": N_("statuses"),
    "directions": N_("future directions"),
    "missing": N_("reasons for no value"),
    "responses": N_("states of a response"),
}

WORDS: WordTable = {
    PlanFile: {"plan": NESTED, "scheme": NESTED, "scheme_revisions": N_("revisions of the scheme")},
    Header: {
        "id": N_("plan's id"),
        "title": N_("title"),
        "edition": N_("edition"),
        "municipality": N_("municipality"),
        "office": N_("office"),
        "language": N_("language of papers"),
        "period": NESTED,
        "vision": N_("vision"),
        "council": NESTED,
        "related": N_("related plans"),
        "levels": N_("names of the levels"),
        "revisions": N_("revisions of the plan"),
    },
    Period: {"since": N_("first year of the period"), "until": N_("last year of the period")},
    Council: {
        "name": N_("council"),
        "meetings": N_("council's meeting"),
        "summary": N_("council's outline"),
        "source": N_("council's source"),
    },
    RelatedPlan: {"title": N_("title"), "relation": N_("relation"), "period": NESTED, "source": N_("source")},
    Revision: {
        "since": N_("first year in force"),
        "decision": N_("decision"),
        "date": N_("day of the decision"),
        "summary": N_("outline"),
    },
    Level: {"name": N_("name")},
    Scheme: {**_SCHEME, "scale": NESTED},
    SchemeRevision: {**_SCHEME, "scale": NESTED},
    Status: _NAMED,
    Term: _NAMED,
    Answer: _NAMED,
    Scale: {"ranks": N_("ranks"), "states": N_("ratings without a rank")},
    Rank: {**_NAMED, "at_least": N_("lower bound (%)")},
    State: _NAMED,
    InForce: {"since": N_("first year in force"), "until": N_("last year in force")},
    Node: {
        "title": N_("title"),
        "label": N_("printed number"),
        "labels": N_("printed numbers by year"),
        "superseded_by": N_("succeeded by"),
        "given_department": N_("department"),
        "given_partners": N_("partners"),
        "summary": N_("outline"),
        "source": N_("source"),
    },
    Initiative: {"relisted_from": N_("Relisted from")},
    Relabelling: {"label": N_("printed number")},
    Indicator: {
        "name": N_("name"),
        "unit": N_("unit"),
        "kind": N_("kind of indicator"),
        "direction": N_("direction of change"),
        "method": N_("method"),
        "aggregate": N_("aggregate"),
        "baseline": NESTED,
        "targets": N_("target"),
        "revised_targets": N_("revised targets"),
        "tolerance": N_("tolerance"),
        "words": NESTED,
        "source": N_("source"),
        "note": N_("note"),
        "given_adoption": N_("adoption"),
    },
    Baseline: {
        "value": N_("baseline"),
        "year": N_("fiscal year of the baseline"),
        "source": N_("source of the baseline"),
    },
    YesNo: {"yes": N_("word for yes"), "no": N_("word for no")},
    RevisedTargets: {"targets": N_("target")},
}
"""What every key of the plan's file is called."""

STRUCTURE: Mapping[type[Shape], frozenset[str]] = {
    PlanFile: frozenset({"schema_version", "policies"}),
    Node: frozenset({"id", "indicators", "measures", "submeasures", "initiatives"}),
    Indicator: frozenset({"id"}),
    **dict.fromkeys((Status, Rank, State, Answer), frozenset({"code"})),
}
"""Keys that are not told as such: what they hold came, went or moved, or they are what makes an item the same."""

_CHOICES: Mapping[tuple[type[Shape], str], Mapping[str, str]] = {
    (Header, "language"): {"ja": N_("Japanese"), "en": N_("English")},
    (RelatedPlan, "relation"): {
        "parent": N_("plan above it"),
        "sibling": N_("plan beside it"),
        "related": N_("related plan"),
    },
    (Indicator, "kind"): KINDS,
    (Indicator, "direction"): DIRECTIONS,
    (Indicator, "method"): {
        "ratio": N_("actual / target"),
        "progress": N_("progress from baseline"),
        "maintain": N_("maintain"),
        "done": N_("done or not"),
    },
    (Indicator, "aggregate"): AGGREGATES,
}
_FIGURES = {(Baseline, "value"), (Indicator, "targets"), (RevisedTargets, "targets")}
_LEVELS = (N_("policy"), N_("measure"), N_("submeasure"), N_("initiative"))


def plan_differences(old: PlanFile, new: PlanFile) -> tuple[Difference, ...]:
    """Return all that differs between two versions of a plan, in the order of the new one."""
    return tuple(_Plans(Plan(old), Plan(new)).differences())


def node_name(plan: Plan, place: Place) -> str:
    """Return a node's number and title; a relisting has the title of its original, where that exists."""
    original = plan.places.get(place.node.original_id or "", place)
    return f"{place.number} {original.node.heading}".rstrip()


def print_figure(indicator: Indicator, figure: Figure) -> str:
    """Return a figure as printed; one that means nothing for the indicator as it was written."""
    value = indicator.read(figure)
    return str(figure) if value is None else print_measured(indicator, value)


# -- how the values of a version are printed --------------------------------------------------


@dataclass(frozen=True)
class PlanSide:
    """A version of the plan, or of one of its indicators."""

    plan: Plan
    indicator: Indicator | None = None

    def said(self, shape: type[Shape], key: str, value: object, item: object = None) -> Words | None:  # noqa: ARG002
        """Return a value as people see it, None where there is none."""
        words: Words | None
        match value:
            case None | ():
                words = None
            case _ if (shape, key) in _FIGURES:
                words = print_figure(cast("Indicator", self.indicator), cast("Figure", value))
            case bool():
                words = message(N_("adopted")) if value else message(N_("not adopted"))
            case int():
                words = fiscal(value)
            case Decimal():
                words = print_number(value)
            case date():
                words = message(N_("{date}"), date=value.isoformat(), era=era_day(value))
            case dict():
                parts = ((brief_year(year), self.said(shape, key, given)) for year, given in sorted(value.items()))
                words = listed([message("{year} {value}", year=year, value=said or NONE) for year, said in parts])
            case tuple():
                words = listed([self._of_list(key, item) for item in value])
            case _:
                words = self.text(shape, key, str(value))
        return words

    def _of_list(self, key: str, item: object) -> str:
        if isinstance(item, Level):
            return item.name
        return self.number(str(item)) if key == "superseded_by" else str(item)

    def text(self, shape: type[Shape], key: str, text: str) -> Words:
        """Return a text as people see it: a word of a fixed list in their language, a number as printed."""
        choices = _CHOICES.get((shape, key))
        if choices is not None:
            return message(choices[text])
        return self.number(text) if key == "relisted_from" else text

    def number(self, node_id: str) -> str:
        """Return a number as this version prints it."""
        place = self.plan.places.get(node_id)
        return node_id if place is None else place.number

    def of_item(self, item: object) -> Words:
        """Return what the item of a mapping is called: in a plan all are by fiscal year."""
        return brief_year(cast("int", item))

    def name(self, item: Shape) -> Words:
        """Return what an item of a list is called."""
        match item:
            case Rank() | State():
                return f"{item.code} {item.name}"
            case Status() | Answer() | Term():
                return item.name
            case RelatedPlan():
                return item.title
            case _:
                return message(N_("from {year}"), year=brief_year(cast("Revision", item).since))

    def whole(self, item: Shape) -> Words:
        """Return all of an item of a list in one line."""
        said: list[Words] = []
        match item:
            case Rank(at_least=Decimal() as bound):
                said = [message(N_("at least {lower}%"), lower=print_number(bound))]
            case Revision():
                said = [item.decision, item.summary]
            case Relabelling():
                said = [item.label]
            case RevisedTargets():
                said = list(_targets(cast("Indicator", self.indicator), item.targets))
            case SchemeRevision():
                said = [message(word) for key, word in _PARTS.items() if getattr(item, key) is not None]
            case _:
                pass
        name = self.name(item)
        return message(N_("{name} ({said})"), name=name, said=said) if said else name


_PARTS = {**_SCHEME, "scale": N_("rating scale")}


def _targets(indicator: Indicator, targets: Mapping[int, Figure]) -> Iterator[Words]:
    for year, figure in sorted(targets.items()):
        yield message("{year} {figure}", year=brief_year(year), figure=print_figure(indicator, figure))


# -- two versions -----------------------------------------------------------------------------


class _Plans:
    """Two versions of a plan; ``moved`` has the new number of a node by its old one."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old, self.new = old, new
        self.moved = dict(_moved(old, new))
        self.before = {new_id: old_id for old_id, new_id in self.moved.items()}
        self.below: defaultdict[str | None, list[Place]] = defaultdict(list)
        for place in new.places.values():
            self.below[_id(place.parent)].append(place)
        self.rank = {known: position for position, known in enumerate(old.places)}

    def differences(self) -> Iterator[Difference]:
        yield from Comparison(WORDS, PlanSide(self.old), PlanSide(self.new), PLAN, {Level}).of(
            self.old.file, self.new.file
        )
        yield from self.orders(None)
        for place in self.new.places.values():
            older = self.old.places.get(self.before.get(place.id, place.id))
            if older is None:
                yield self.whole(self.new, place, "added")
            else:
                yield from self.node(older, place)
            for indicator in place.node.indicators:
                yield from self.indicator(indicator, place)
        for place in self.old.places.values():
            if place.id not in self.new.places and place.id not in self.moved:
                yield self.whole(self.old, place, "removed")
            for indicator in place.node.indicators:
                if indicator.id not in self.new.indicators:
                    yield Difference(
                        _part(self.old, place, indicator), _INDICATOR, _described(indicator), None, "removed"
                    )

    def whole(self, plan: Plan, place: Place, kind: Literal["added", "removed"]) -> Difference:
        above = PLAN.of if place.parent is None else node_name(plan, place.parent)
        what = message(place.level_name or _LEVELS[place.level])
        name: Words = node_name(plan, place)
        if place.node.original_id is not None:
            name = message(
                N_("{name} (relisted from {number})"), name=name, number=PlanSide(plan).number(place.node.original_id)
            )
        before, after = (None, name) if kind == "added" else (name, None)
        return Difference(Part(above, (place.id,)), what, before, after, kind)

    def node(self, old: Place, new: Place) -> Iterator[Difference]:
        part = Part(node_name(self.new, new), _both(new.id, old.id))
        if old.id != new.id:
            yield Difference(part, message(N_("No.")), old.number, new.number)
        yield from self.orders(new)
        if old.node == new.node:
            return
        yield from Comparison(WORDS, PlanSide(self.old), PlanSide(self.new), part).of(old.node, new.node)
        yield from order(
            part,
            _INDICATOR,
            {one.id: indicator_name(one) for one in old.node.indicators},
            {one.id: indicator_name(one) for one in new.node.indicators},
        )

    def orders(self, parent: Place | None) -> Iterator[Difference]:
        """Yield that what lies below a node stands there in another order, if it does."""
        now = self.below[_id(parent)]
        above = None if parent is None else self.before.get(parent.id, parent.id)
        known = {}
        for place in now:
            older = self.old.places.get(self.before.get(place.id, place.id))
            if older is not None and _id(older.parent) == above:
                known[older.id] = place
        if sorted(known, key=self.rank.__getitem__) != list(known):
            part = PLAN if parent is None else Part(node_name(self.new, parent), _both(parent.id, above))
            yield from order(
                part,
                message(now[0].level_name or _LEVELS[now[0].level]),
                {old_id: self.old.places[old_id].number for old_id in sorted(known, key=self.rank.__getitem__)},
                {old_id: place.number for old_id, place in known.items()},
            )

    def indicator(self, new: Indicator, place: Place) -> Iterator[Difference]:
        part = _part(self.new, place, new)
        if new.id not in self.old.indicators:
            yield Difference(part, _INDICATOR, None, _described(new), "added")
            return
        old, older_place = self.old.indicators[new.id]
        own = Part(indicator_name(new), _both(place.id, older_place.id), new.id)
        if self.moved.get(older_place.id, older_place.id) != place.id:
            yield Difference(own, message(N_("No.")), older_place.number, place.number)
        if old == new:
            return
        yield from Comparison(WORDS, PlanSide(self.old, old), PlanSide(self.new, new), own).of(old, new)


_INDICATOR = message(N_("indicator"))


def _id(place: Place | None) -> str | None:
    return None if place is None else place.id


def _both(number: str, older: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((number, older or number)))


def _part(plan: Plan, place: Place, indicator: Indicator) -> Part:
    """Return the node to which an indicator was added, or from which it was taken."""
    return Part(node_name(plan, place), (place.id,), indicator.id)


def _described(indicator: Indicator) -> Words:
    said = list(_targets(indicator, indicator.targets))
    name = indicator_name(indicator)
    return message(N_("{name} ({said})"), name=name, said=[message(N_("targets")), *said]) if said else name


def _moved(old: Plan, new: Plan) -> Iterator[tuple[str, str]]:
    """Yield the old and the new number of nodes that have another number now, known by level and title."""
    gone = _by_title(old, new)
    came = _by_title(new, old)
    yield from ((place.id, came[title].id) for title, place in gone.items() if title in came)


def _by_title(plan: Plan, other: Plan) -> dict[tuple[int, str], Place]:
    """Return what only one of two plans has, by what tells it from everything else there."""
    alone = [p for p in plan.places.values() if p.id not in other.places and p.node.title]
    count = Counter((p.level, p.node.heading) for p in alone)
    return {(p.level, p.node.heading): p for p in alone if count[p.level, p.node.heading] == 1}
