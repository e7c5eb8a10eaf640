"""A plan as its file gives it, and as it reads in a fiscal year: plain dicts, no models."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Raw = Mapping[str, Any]

_BELOW = ("measures", "submeasures", "initiatives")
_UNRATED = ("input", "context")
_PARTS = ("statuses", "scale", "directions", "missing", "responses", "rate", "evaluators")


@dataclass(frozen=True)
class Node:
    """A node of the plan where it stands; ``level`` 0 is a policy."""

    raw: Raw
    level: int
    parent: Node | None
    is_initiative: bool

    @property
    def id(self) -> str:
        """Return its number."""
        return str(self.raw["id"])

    @property
    def original(self) -> str | None:
        """Return the number of what it relists, if it is a relisting."""
        return self.raw.get("relisted_from")

    @property
    def lineage(self) -> Iterator[Node]:
        """Yield the node and all above it."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def is_in_force(self, year: int) -> bool:
        """Return whether the node and all above it is in force."""
        return all(holds(node.raw, year) for node in self.lineage)


class PlanTree:
    """The nodes of a plan in its file's order, and what holds in which year."""

    def __init__(self, raw: Raw) -> None:
        """Take the data of ``measures.yaml``."""
        self.raw = raw
        self.since: int = raw["plan"]["period"]["from"]
        self.nodes = list(_walk(None, "policies", raw))
        self.by_id = {node.id: node for node in self.nodes}
        self.depth = max((node.level for node in self.nodes if node.is_initiative), default=0)

    def in_force(self, year: int) -> list[Node]:
        """Return the nodes of a year; a relisting goes with its original."""
        return [
            node
            for node in self.nodes
            if node.is_in_force(year) and (node.original is None or self.by_id[node.original].is_in_force(year))
        ]

    def scheme(self, year: int) -> dict[str, Any]:
        """Return the scheme of a year, revisions applied."""
        scheme = dict(self.raw.get("scheme") or {})
        for revision in sorted(self.raw.get("scheme_revisions", ()), key=lambda one: one["from"]):
            if holds(revision, year):
                scheme |= {part: revision[part] for part in _PARTS if part in revision}
        return scheme

    def scale(self, year: int) -> Raw:
        """Return the scale of a year, empty where the plan has none."""
        return self.scheme(year).get("scale") or {}

    def ranks(self, year: int) -> list[str]:
        """Return the codes of a year's ranks, best first."""
        return [rank["code"] for rank in self.scale(year).get("ranks", ())]

    def source_of_last_year(self, node: Node, year: int) -> str:
        """Return whose last year is told: the node's own, or that of the one node that it alone goes on with."""
        before = [other for other in self.nodes if node.id in other.raw.get("superseded_by", ())]
        if node.is_in_force(year - 1) or len(before) != 1 or len(before[0].raw["superseded_by"]) != 1:
            return node.id
        return before[0].id

    def begins(self, indicator: Raw, node: Node) -> int:
        """Return the first year in which anything can be recorded of an indicator."""
        parts: list[Raw] = [indicator, *(one.raw for one in node.lineage)]
        return max([self.since, *(int(part["from"]) for part in parts if "from" in part)])

    def ends(self, indicator: Raw, node: Node) -> int:
        """Return the last year in which anything can be recorded of an indicator."""
        parts: list[Raw] = [indicator, *(one.raw for one in node.lineage)]
        return min(
            [int(self.raw["plan"]["period"]["until"]), *(int(part["until"]) for part in parts if "until" in part)]
        )


def indicator_in(raw: Raw, year: int, begins: int, ends: int) -> dict[str, Any]:
    """Return an indicator with the targets of a review of that year, each under its own year from ``begins`` on."""
    targets: dict[Any, Any] = {}
    revisions = sorted(raw.get("revised_targets", ()), key=lambda one: one["from"])
    for part in (raw, *(one for one in revisions if holds(one, year))):
        given = dict(part.get("targets", {}))
        if "every_year" in given:  # a later word on every year goes before an earlier one on a single year
            targets |= dict.fromkeys(range(begins, ends + 1), given.pop("every_year"))
        targets |= given
    return completed(raw) | {"targets": targets}


def completed(raw: Raw) -> dict[str, Any]:
    """Return an indicator with what one that is never rated may leave out."""
    left_out = {"direction": "none", "method": "ratio", "aggregate": "sum"} if raw["kind"] in _UNRATED else {}
    return {**left_out, **raw}


def _walk(parent: Node | None, key: str, within: Raw) -> Iterator[Node]:
    for raw in within.get(key, ()):
        node = Node(raw, 0 if parent is None else parent.level + 1, parent, key == "initiatives")
        yield node
        for below in _BELOW:
            yield from _walk(node, below, raw)


def holds(part: Raw, year: int) -> bool:
    """Return whether a part of the plan is in force in a fiscal year."""
    return bool(part.get("from", year) <= year <= part.get("until", year))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word)


def code_of(word: str, terms: Iterable[Raw]) -> str | None:
    """Return the code of a word of the plan: the code itself or its name."""
    names = ((term["code"], {_plain(term["code"]), _plain(term["name"])}) for term in terms)
    return next((code for code, known in names if _plain(word) in known), None)
