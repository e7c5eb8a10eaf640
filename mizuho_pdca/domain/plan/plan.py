"""The plan 計画 as its file gives it, and an index over its nodes.

Four levels, each with the words of its plan: policy 基本方針, measure 基本施策, submeasure 施策,
initiative 取組. A relisting 再掲 is an initiative listed again, by the number of its original.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from mizuho_pdca.domain.plan.by_year import GivenDepartment, GivenPartners, of_last_year, of_year
from mizuho_pdca.domain.plan.header import Header
from mizuho_pdca.domain.plan.indicator import Indicator, IndicatorId
from mizuho_pdca.domain.plan.numbers import NODE_ID, print_node_id
from mizuho_pdca.domain.plan.scheme import Scheme, SchemeRevision
from mizuho_pdca.domain.schema.faults import At
from mizuho_pdca.domain.schema.shapes import InForce, Shape, Text, Year, of_form
from mizuho_pdca.text import split_names


class Relabelling(InForce):
    """Another printed number, from a fiscal year on."""

    since: Year = Field(alias="from")
    label: Text


class Owner(Shape):
    """Whom the office asks about a node; printed on papers of the office only."""

    section: Text | None = None
    person: Text | None = None
    phone: Text | None = None


NodeId = Annotated[Text, of_form(NODE_ID)]


class Node(InForce):
    """Any level of the plan: its number, its title, who sees to it and what measures it.

    ``reading`` is the title in kana, to be found by; ``label`` prints another number than the id,
    ``labels`` from a fiscal year on; ``superseded_by`` names the nodes that went on with what this
    one did; ``relisted_indicators`` are shown here and counted where they stand. What may be given by
    year holds from that fiscal year on; ``schedule`` has the step 工程 of each fiscal year alone.
    """

    id: NodeId
    title: Text | None = None
    reading: Text | None = None
    label: Text | None = None
    labels: tuple[Relabelling, ...] = ()
    superseded_by: tuple[NodeId, ...] = ()
    summary: Text | None = None
    source: Text | None = None
    given_department: GivenDepartment | None = Field(default=None, alias="department")
    given_partners: GivenPartners = Field(default=(), alias="partners")
    tags: tuple[Text, ...] = ()
    schedule: dict[Year, Text] = Field(default_factory=dict)
    owner: Owner | None = None
    indicators: tuple[Indicator, ...] = ()
    relisted_indicators: tuple[IndicatorId, ...] = ()

    @property
    def heading(self) -> str:
        """Return the title, empty for a relisting, which has its original's."""
        return self.title or ""

    @property
    def departments(self) -> tuple[str, ...]:
        """Return the 担当課, the main one 主管 first; where no year was asked for, those of the last one given."""
        given: str | tuple[str, ...] | None = of_last_year(self.given_department)
        return tuple(split_names(given)) if isinstance(given, str) else given or ()

    @property
    def partners(self) -> tuple[str, ...]:
        """Return the 関係機関; where no year was asked for, those of the last one given."""
        return of_last_year(self.given_partners) or ()

    @property
    def child_key(self) -> str:
        """Return the key under which a file lists the nodes one level down; empty where none can be."""
        return ""

    @property
    def children(self) -> tuple[Node, ...]:
        """Return the nodes one level down."""
        return getattr(self, self.child_key) if self.child_key else ()

    @property
    def original_id(self) -> str | None:
        """Return the number of the original, if this is a relisting."""
        return None


class Initiative(Node):
    """取組: what is done; with ``relisted_from`` a relisting of another initiative."""

    relisted_from: NodeId | None = None

    @property
    def original_id(self) -> str | None:
        """Return the number of the original, if this is a relisting."""
        return self.relisted_from


class Submeasure(Node):
    """施策 ①②…."""

    title: Text
    initiatives: tuple[Initiative, ...] = ()

    @property
    def child_key(self) -> str:
        """Return the key of the initiatives."""
        return "initiatives"


class Measure(Node):
    """基本施策; in a plan of three levels it holds the initiatives itself."""

    title: Text
    submeasures: tuple[Submeasure, ...] = ()
    initiatives: tuple[Initiative, ...] = ()

    @property
    def child_key(self) -> str:
        """Return the key of the submeasures, or of the initiatives where there are no submeasures."""
        return "initiatives" if self.initiatives else "submeasures"


class Policy(Node):
    """基本方針."""

    title: Text
    measures: tuple[Measure, ...] = ()

    @property
    def child_key(self) -> str:
        """Return the key of the measures."""
        return "measures"


class PlanFile(Shape):
    """The whole of ``plan/measures.yaml``."""

    schema_version: Literal[1] = Field(alias="schema")
    plan: Header
    scheme: Scheme = Field(default_factory=Scheme)
    scheme_revisions: tuple[SchemeRevision, ...] = ()
    policies: tuple[Policy, ...]


PLAN_SHAPE: TypeAdapter[PlanFile] = TypeAdapter(PlanFile)

_CIRCLED_DEPTH = 4
"""Levels of a plan whose third level is printed in circled digits."""


def in_force(file: PlanFile, year: int) -> PlanFile:
    """Return the file as it reads in a fiscal year, without what is not in force and with revisions applied."""
    kept = {place.id for place in walk(file) if place.in_force(year)}
    span = file.plan.period.since, file.plan.period.until
    return file.model_copy(
        update={
            "scheme": _revised(file.scheme, file.scheme_revisions, year),
            "scheme_revisions": (),
            "policies": tuple(_node_in_force(node, year, span, kept) for node in file.policies if node.in_force(year)),
        }
    )


def _revised(scheme: Scheme, revisions: Sequence[SchemeRevision], year: int) -> Scheme:
    changes: dict[str, object] = {}
    for revision in sorted(revisions, key=lambda one: one.since):
        if revision.in_force(year):
            changes |= {part: value for part in Scheme.model_fields if (value := getattr(revision, part)) is not None}
    return scheme.model_copy(update=changes)


def _node_in_force(node: Node, year: int, span: tuple[int, int], kept: Collection[str]) -> Node:
    """Return a node as of a year, what is above it being in force in a span; a relisting goes with its original."""
    since, until = span
    span = max(since, node.since or since), min(until, node.until or until)
    labels = [one.label for one in sorted(node.labels, key=lambda one: one.since) if one.in_force(year)]
    changes: dict[str, object] = {
        "label": labels[-1] if labels else node.label,
        "given_department": of_year(node.given_department, year),
        "given_partners": of_year(node.given_partners, year) or (),
        "indicators": tuple(_indicator_in_force(one, year, span) for one in node.indicators if one.in_force(year)),
    }
    if node.child_key:
        changes[node.child_key] = tuple(
            _node_in_force(one, year, span, kept)
            for one in node.children
            if one.in_force(year) and (one.original_id is None or one.original_id in kept)
        )
    return node.model_copy(update=changes)


def _indicator_in_force(indicator: Indicator, year: int, span: tuple[int, int]) -> Indicator:
    """Return an indicator with the targets of a year, and with the year in which it begins."""
    revised = sorted(indicator.revised_targets, key=lambda one: one.since)
    layers = [indicator.targets, *(revision.targets for revision in revised if revision.in_force(year))]
    return indicator.in_years(layers, *span).model_copy(update={"given_adoption": indicator.is_adopted(year)})


@dataclass(frozen=True)
class Place:
    """A node where it stands: its level (0 policy to 3 initiative), its parent, its path in the file.

    ``level_name`` is the plan's own word for the level, None where it has none of its own.
    """

    node: Node
    level: int
    parent: Place | None
    at: At
    circled: bool = True
    level_name: str | None = None

    @property
    def id(self) -> str:
        """Return the node's number."""
        return self.node.id

    @property
    def number(self) -> str:
        """Return the number as printed."""
        return self.node.label or (print_node_id(self.node.id) if self.circled else self.node.id)

    @property
    def lineage(self) -> Iterator[Place]:
        """Yield the place itself and all above it, upward."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent

    def is_within(self, place: Place | None) -> bool:
        """Return whether this is a place, or below it; within the plan as a whole, which is None, is everything."""
        return place is None or any(step is place for step in self.lineage)

    @property
    def is_initiative(self) -> bool:
        """Return whether work is recorded and evaluated here."""
        return isinstance(self.node, Initiative)

    @property
    def departments(self) -> tuple[str, ...]:
        """Return the 担当課 of the node, or of the nearest node above that names some; the main one first."""
        return next((names for place in self.lineage if (names := place.node.departments)), ())

    @property
    def department(self) -> str | None:
        """Return the main 担当課, None where the plan names none."""
        return next(iter(self.departments), None)

    @property
    def partners(self) -> tuple[str, ...]:
        """Return the 関係機関 of the node, or of the nearest node above that names some."""
        return next((place.node.partners for place in self.lineage if place.node.partners), ())

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the tags of the node, then those of what is above it, each once."""
        return tuple(dict.fromkeys(tag for place in self.lineage for tag in place.node.tags))

    @property
    def owner(self) -> Owner | None:
        """Return whom to ask about the node, or about the nearest node above that names somebody."""
        return next((place.node.owner for place in self.lineage if place.node.owner is not None), None)

    def step(self, year: int) -> str | None:
        """Return what was planned for a fiscal year here, or at the nearest node above that has a schedule."""
        return next((place.node.schedule.get(year) for place in self.lineage if place.node.schedule), None)

    def in_force(self, year: int) -> bool:
        """Return whether the node and everything above it is in force in the fiscal year."""
        return all(place.node.in_force(year) for place in self.lineage)


def walk(file: PlanFile) -> Iterator[Place]:
    """Yield every node of the file in its order, also nodes whose number is wrong or taken."""
    names = [level.name for level in file.plan.levels or ()]
    circled = not names or len(names) == _CIRCLED_DEPTH

    def below(parent: Place | None, key: str, nodes: tuple[Node, ...], at: At) -> Iterator[Place]:
        level = 0 if parent is None else parent.level + 1
        name = names[level] if level < len(names) else None
        for position, node in enumerate(nodes):
            place = Place(node, level, parent, (*at, key, position), circled, name)
            yield place
            yield from below(place, node.child_key, node.children, place.at)

    return below(None, "policies", file.policies, ())


class Plan:
    """A plan without faults: its nodes by number, its indicators by id, in the file's order.

    The whole plan knows every node that ever was; ``at`` gives it as in force in one year.
    """

    def __init__(self, file: PlanFile) -> None:
        """Index a file that has passed its checks."""
        self.file = file
        self.header = file.plan
        self.scheme = file.scheme
        self.places = {place.id: place for place in walk(file)}

    @cached_property
    def _years(self) -> dict[int, Plan]:
        return {}

    def at(self, year: int) -> Plan:
        """Return the plan as in force in a fiscal year: its nodes, labels, targets and scheme."""
        if year not in self._years:
            self._years[year] = Plan(in_force(self.file, year))
        return self._years[year]

    def scheme_at(self, year: int) -> Scheme:
        """Return the scheme that holds in a fiscal year."""
        return self.at(year).scheme if self.file.scheme_revisions else self.scheme

    def level_name(self, level: int) -> str | None:
        """Return the plan's own word for a level, or None if it has none of its own.

        Levels count from 0 down, or from -1, the initiatives, up.
        """
        levels = self.header.levels
        return None if levels is None else levels[level].name

    @property
    def depth(self) -> int:
        """Return how many levels the plan has."""
        return _CIRCLED_DEPTH if self.header.levels is None else len(self.header.levels)

    @cached_property
    def came_from(self) -> dict[str, list[Place]]:
        """Return by number the items that name another one as going on with what they did."""
        found: dict[str, list[Place]] = {}
        for place in self.places.values():
            for successor in place.node.superseded_by:
                found.setdefault(successor, []).append(place)
        return found

    @cached_property
    def indicators(self) -> dict[str, tuple[Indicator, Place]]:
        """Return every indicator with the place that it measures."""
        return {item.id: (item, place) for place in self.places.values() for item in place.node.indicators}

    @cached_property
    def also_at(self) -> dict[str, list[Place]]:
        """Return by indicator the places that list it again."""
        found: dict[str, list[Place]] = {}
        for place in self.places.values():
            for slug in place.node.relisted_indicators:
                found.setdefault(slug, []).append(place)
        return found

    @cached_property
    def initiatives(self) -> tuple[Place, ...]:
        """Return the initiatives, in order, each where it is no relisting."""
        return tuple(place for place in self.places.values() if place.is_initiative and place.node.original_id is None)

    @cached_property
    def above_initiatives(self) -> frozenset[str]:
        """Return the numbers of the parts that have an initiative below them."""
        return frozenset(step.id for place in self.initiatives for step in place.lineage if step is not place)

    def in_force(self, year: int, level: int | None = None) -> list[Place]:
        """Return the nodes in force in the year, all or those of one level."""
        return [p for p in self.places.values() if (level is None or p.level == level) and p.in_force(year)]

    def original(self, place: Place) -> Place:
        """Return the original of a relisting, any other place itself."""
        return place if place.node.original_id is None else self.places[place.node.original_id]

    def title(self, place: Place) -> str:
        """Return the title; a relisting has that of its original."""
        return self.original(place).node.heading
