"""The plan 計画 as its file gives it, and an index over its nodes.

Four levels, each with the words of its plan: policy 基本方針, measure 基本施策, submeasure 施策,
initiative 取組. A relisting 再掲 is an initiative listed again, by the number of its original.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field, TypeAdapter

from mizuho_pdca.core.faults import At
from mizuho_pdca.core.identifiers import print_node_id
from mizuho_pdca.core.indicator import Indicator, InForce
from mizuho_pdca.core.scheme import Scheme
from mizuho_pdca.core.shapes import Shape, Text, Year


class Period(Shape):
    """The fiscal years that a plan covers, both included."""

    since: Year = Field(alias="from")
    until: Year


class Council(Shape):
    """The body with which the plan is evaluated every year."""

    name: Text
    summary: Text | None = None
    source: Text | None = None


class RelatedPlan(Shape):
    """A plan above this one, beside it, or otherwise tied to it."""

    title: Text
    relation: Literal["parent", "sibling", "related"]
    period: Period
    source: Text | None = None


class Header(Shape):
    """What the plan says of itself."""

    id: Text
    title: Text
    edition: Text | None = None
    municipality: Text
    office: Text | None = None
    language: Literal["ja", "en"] = "ja"
    period: Period
    vision: Text | None = None
    council: Council
    related: tuple[RelatedPlan, ...] = ()


class Node(InForce):
    """Any level of the plan: its number, its title, who sees to it and what measures it."""

    child_key: ClassVar[str] = ""
    """The key under which a file lists the nodes one level down; empty at the lowest level."""

    id: Text
    title: Text | None = None
    label: Text | None = None
    summary: Text | None = None
    source: Text | None = None
    department: Text | None = None
    partners: tuple[Text, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def heading(self) -> str:
        """Return the title, empty for a relisting, which has its original's."""
        return self.title or ""

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

    relisted_from: Text | None = None

    @property
    def original_id(self) -> str | None:
        """Return the number of the original, if this is a relisting."""
        return self.relisted_from


class Submeasure(Node):
    """施策 ①②…."""

    child_key: ClassVar[str] = "initiatives"

    title: Text
    initiatives: tuple[Initiative, ...]


class Measure(Node):
    """基本施策."""

    child_key: ClassVar[str] = "submeasures"

    title: Text
    submeasures: tuple[Submeasure, ...]


class Policy(Node):
    """基本方針."""

    child_key: ClassVar[str] = "measures"

    title: Text
    measures: tuple[Measure, ...]


class PlanFile(Shape):
    """The whole of ``plan/measures.yaml``."""

    schema_version: Literal[1] = Field(alias="schema")
    plan: Header
    scheme: Scheme
    policies: tuple[Policy, ...]


PLAN_SHAPE: TypeAdapter[PlanFile] = TypeAdapter(PlanFile)


@dataclass(frozen=True)
class Place:
    """A node where it stands: its level (0 policy to 3 initiative), its parent, its path in the file."""

    node: Node
    level: int
    parent: Place | None
    at: At

    @property
    def id(self) -> str:
        """Return the node's number."""
        return self.node.id

    @property
    def number(self) -> str:
        """Return the number as printed."""
        return self.node.label or print_node_id(self.node.id)

    @property
    def lineage(self) -> Iterator[Place]:
        """Yield the place itself and all above it, upward."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent

    @property
    def is_initiative(self) -> bool:
        """Return whether work is recorded and evaluated here."""
        return isinstance(self.node, Initiative)

    @property
    def department(self) -> str | None:
        """Return the 担当課 of the node, or of the nearest node above that names one."""
        return next((place.node.department for place in self.lineage if place.node.department), None)

    @property
    def partners(self) -> tuple[str, ...]:
        """Return the 関係機関 of the node, or of the nearest node above that names some."""
        return next((place.node.partners for place in self.lineage if place.node.partners), ())

    def in_force(self, year: int) -> bool:
        """Return whether the node and everything above it is in force in the fiscal year."""
        return all(place.node.in_force(year) for place in self.lineage)


def walk(file: PlanFile) -> Iterator[Place]:
    """Yield every node of the file in its order, also nodes whose number is wrong or taken."""

    def below(parent: Place | None, key: str, nodes: tuple[Node, ...], at: At) -> Iterator[Place]:
        for position, node in enumerate(nodes):
            place = Place(node, 0 if parent is None else parent.level + 1, parent, (*at, key, position))
            yield place
            yield from below(place, node.child_key, node.children, place.at)

    return below(None, "policies", file.policies, ())


class Plan:
    """A plan without faults: its nodes by number, its indicators by id, in the file's order."""

    def __init__(self, file: PlanFile) -> None:
        """Index a file that has passed its checks."""
        self.header = file.plan
        self.scheme = file.scheme
        self.places = {place.id: place for place in walk(file)}

    @cached_property
    def indicators(self) -> dict[str, tuple[Indicator, Place]]:
        """Return every indicator with the place that it measures."""
        return {item.id: (item, place) for place in self.places.values() for item in place.node.indicators}

    def in_force(self, year: int, level: int | None = None) -> list[Place]:
        """Return the nodes in force in the year, all or those of one level."""
        return [p for p in self.places.values() if (level is None or p.level == level) and p.in_force(year)]

    def original(self, place: Place) -> Place:
        """Return the original of a relisting, any other place itself."""
        return place if place.node.original_id is None else self.places[place.node.original_id]

    def title(self, place: Place) -> str:
        """Return the title; a relisting has that of its original."""
        return self.original(place).node.heading
