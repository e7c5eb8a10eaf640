"""Makes plans: three or four levels, relistings, successors, revisions, indicators of every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from tests.oracle.plan_tree import Node, PlanTree

Raw = dict[str, Any]
T = TypeVar("T")

ANSWERS = ("answered", "in_hand", "considered", "declined")
REASONS = ("未調査", "集計中", "対象外")
STATUSES = ("not_started", "preparing", "in_progress", "done", "completed", "suspended", "discontinued")
WORDS = ("未着手", "検討", "試行", "実施")
SCALES: Sequence[dict[str, float | None]] = (
    {"A": 100, "B": 80, "C": 30, "D": None},
    {"S": 120, "A": 100, "B": 60, "C": None},
    {"S": 150, "A": 110, "B": 50, "C": None},
    {"A": 99.5, "B": None},
    {"A": None},
)
FEATURES = frozenset({"steps", "halves", "optional", "calendar", "near", "ratings", "tags", "published"})
"""What a plan or an entry may have beyond the first edition of the format."""

_LEVELS = ("policies", "measures", "submeasures", "initiatives")
_FIRST = 2016


def often(rng: Random, percent: int) -> bool:
    """Return yes so many times in a hundred."""
    return rng.randrange(100) < percent


def one(rng: Random, choices: Sequence[T]) -> T:
    """Return one of several."""
    return rng.choice(choices)


@dataclass
class Planning:
    """Makes a plan part by part; ``features`` names what it may use of ``FEATURES``."""

    rng: Random
    features: frozenset[str]
    since: int = _FIRST
    until: int = _FIRST
    slugs: int = 0

    def plan(self) -> Raw:
        """Return a plan as in ``measures.yaml``."""
        self.until = self.since + self.rng.randint(3, 7)
        header: Raw = {"id": "trial", "title": "試験計画", "municipality": "瑞穂町", "council": {"name": "協議会"}}
        header |= {"period": {"from": self.since, "until": self.until}}
        keys: Sequence[str] = _LEVELS
        if often(self.rng, 30):
            keys = ("policies", "measures", "initiatives")
            header |= {"levels": [{"name": "章"}, {"name": "施策"}, {"name": "事業"}]}
        if "calendar" in self.features and often(self.rng, 20):
            header |= {"year": {"starts": one(self.rng, (1, 7, 10))}}
        plan: Raw = {"schema": 1, "plan": header, "scheme": self.scheme(), "policies": self.nodes("", keys)}
        if often(self.rng, 40):
            plan["scheme_revisions"] = self.revisions()
        self.relist(plan)
        return plan

    def scheme(self) -> Raw:
        scheme: Raw = {
            "directions": [{"name": "継続"}, {"name": "改善"}],
            "missing": [{"name": name} for name in REASONS],
        }
        bare = "optional" in self.features
        if not (bare and often(self.rng, 15)):
            scheme["statuses"] = _statuses("")
        if not (bare and often(self.rng, 15)):
            scheme["scale"] = self.scale()
        if "near" in self.features and often(self.rng, 20):
            scheme["near"] = one(self.rng, (50, 90))
        if "ratings" in self.features and often(self.rng, 50):
            scheme |= self.rating()
        return scheme

    def rating(self) -> Raw:
        """Return who rates and where that is expected, either or both."""
        listed = [{"code": "self", "name": "自己評価"}, {"code": "council", "name": "外部評価"}]
        levels = one(self.rng, (["measure"], ["initiative", "policy"], ["plan", "measure", "initiative"], []))
        made: Raw = {"rate": levels} if often(self.rng, 60) else {}
        return made | ({"evaluators": one(self.rng, (listed, listed[::-1], listed[:1]))} if often(self.rng, 70) else {})

    def scale(self) -> Raw:
        bounds = one(self.rng, SCALES)
        ranks = [
            {"code": code, "name": f"{code}評価"} | ({} if bound is None else {"at_least": bound})
            for code, bound in bounds.items()
        ]
        return {"ranks": ranks, "states": [{"code": "F", "name": "完了"}, {"code": "Z", "name": "評価困難"}]}

    def revisions(self) -> list[Raw]:
        made = []
        for _ in range(self.rng.randint(1, 2)):
            revision = self.span(always=True)
            parts = {"scale": self.scale(), "statuses": _statuses("（改）"), "responses": _answers()}
            parts |= self.rating() if "ratings" in self.features else {}
            keep = self.rng.sample(sorted(parts), self.rng.randint(1, len(parts)))
            made.append(revision | {name: parts[name] for name in keep})
        return made

    def span(self, *, always: bool = False, percent: int = 20) -> Raw:
        """Return ``from`` and ``until`` of something that may be in force in some years only."""
        span: Raw = {}
        if always or often(self.rng, percent):
            span["from"] = self.rng.randint(self.since, self.until)
        if often(self.rng, percent):
            span["until"] = self.rng.randint(span.get("from", self.since), self.until)
        return span

    def nodes(self, above: str, keys: Sequence[str]) -> list[Raw]:
        made = []
        most = 3 if len(keys) == 1 else 2
        for number in range(1, 2 + self.rng.randrange(most)):
            node: Raw = {"id": f"{above}{number}", "title": f"項目{above}{number}"} | self.span(percent=10)
            if often(self.rng, 60 if len(keys) == 1 else 12):
                node["indicators"] = [self.indicator() for _ in range(self.rng.randint(1, 2))]
            if "tags" in self.features and often(self.rng, 15):
                node["tags"] = self.rng.sample(("重点", "SDG8"), self.rng.randint(1, 2))
            if "tags" in self.features and often(self.rng, 15):
                node["schedule"] = {year: one(self.rng, WORDS) for year in self.years(least=1)}
            if len(keys) > 1:
                node[keys[1]] = self.nodes(f"{node['id']}-", keys[1:])
            made.append(node)
        return made

    def relist(self, plan: Raw) -> None:
        """List some initiatives again and let some go on in others."""
        tree = PlanTree(plan)
        originals = [node.id for node in tree.nodes if node.is_initiative]
        parents = [node.raw for node in tree.nodes if node.level == tree.depth - 1]
        for _ in range(self.rng.randint(0, 2)):
            parent = one(self.rng, parents)
            listed = parent["initiatives"]
            again = {"id": f"{parent['id']}-{len(listed) + 1}", "relisted_from": one(self.rng, originals)}
            listed.append(again | self.span(percent=10))
        for node in tree.nodes:
            if node.is_initiative and len(originals) > 1 and often(self.rng, 25):
                others = [other for other in originals if other != node.id]
                chosen = self.rng.sample(others, min(self.rng.randint(1, 2), len(others)))
                self.hand_over(tree, node, chosen)

    def hand_over(self, tree: PlanTree, node: Node, successors: list[str]) -> None:
        """Let a node go on in others, mostly in the year in which they begin."""
        raw = tree.by_id[node.id].raw
        assert isinstance(raw, dict)
        raw["superseded_by"] = successors
        if often(self.rng, 80):
            for other in successors:
                began = tree.by_id[other].raw
                assert isinstance(began, dict)
                if "from" in raw or "until" in began or self.since == self.until:
                    continue
                raw["until"] = self.rng.randint(self.since, min(self.since + 2, self.until - 1))
                began["from"] = raw["until"] + 1

    # -- indicators ---------------------------------------------------------------------------

    def indicator(self) -> Raw:
        self.slugs += 1
        method = one(self.rng, ("ratio", "maintain", "progress", "done"))
        directions = {"ratio": ("increase",), "done": ("increase",), "progress": ("increase", "decrease")}
        aggregates = ("latest", "max") if method == "done" else ("sum", "cumulative", "latest", "max", "mean")
        made: Raw = {
            "id": f"kpi-{self.slugs}",
            "name": f"指標{self.slugs}",
            "kind": one(self.rng, ("output", "outcome")),
            "direction": one(self.rng, directions.get(method, ("maintain", "increase", "decrease"))),
            "method": method,
            "aggregate": one(self.rng, aggregates),
            "adopted": often(self.rng, 50),
        }
        made |= self.span(percent=15)
        made |= self.done_targets() if method == "done" else self.targets(made)
        return self.published(made) if "published" in self.features else made

    def published(self, made: Raw) -> Raw:
        """Return an indicator as towns publish them: money, surveys, targets in words, ranges, figures from before."""
        targets: dict[Any, Any] = made["targets"]
        size = one(self.rng, (10, 60, 1000))
        if often(self.rng, 15):
            made["kind"] = one(self.rng, ("input", "input", "context"))
        if made["kind"] == "input" and made["method"] != "done":
            made["unit"] = one(self.rng, ("円", "千円", "百万円", "人"))
        if made["method"] == "ratio" and often(self.rng, 25):
            made |= {"method": "inverse", "direction": "decrease"}
        if often(self.rng, 8):
            made["direction"] = "none"
            made.pop("tolerance", None)
        for year in [year for year in targets if often(self.rng, 12)]:
            targets[year] = {"text": "維持"} if made["method"] == "done" else self.worded(targets[year])
        if often(self.rng, 15):
            made |= one(self.rng, ({"every": 2}, {"every": 3}, {"surveyed": self.years(least=1)}))
        return made if made["method"] == "done" else in_money(self.counted(made, targets, size))

    def counted(self, made: Raw, targets: dict[Any, Any], size: int) -> Raw:
        """Return an indicator with what only figures can have."""
        if made["method"] != "progress" and often(self.rng, 15):
            targets["every_year"] = one(self.rng, (size, {"from": 5, "to": size}))
        if targets and often(self.rng, 10):
            targets[self.until + 2] = one(self.rng, list(targets.values()))
        if often(self.rng, 15):
            made["total"] = {one(self.rng, (self.until, self.since + 1)): size}
        if often(self.rng, 15):
            made["history"] = {self.since - 1: size, self.since - 3: number(size / 3)}
        return made

    def worded(self, figure: float) -> Raw:
        """Return a target in words or as a range, around a figure."""
        return one(
            self.rng,
            (
                {"text": "維持"},
                {"text": "増加", "at_least": figure},
                {"at_most": figure},
                {"from": number(figure - 1), "to": number(figure + 1)},
            ),
        )

    def years(self, *, least: int) -> list[int]:
        every = range(self.since, self.until + 1)
        return sorted(self.rng.sample(every, self.rng.randint(least, 3)))

    def done_targets(self) -> Raw:
        steps = "steps" in self.features and often(self.rng, 50)
        made: Raw = {"words": list(WORDS)} if steps else {}
        if not steps and often(self.rng, 50):
            made = {"words": {"yes": "設置", "no": "なし"}}
        goals = WORDS if steps else (True, True, False)
        return made | {"targets": {year: one(self.rng, goals) for year in self.years(least=0)}}

    def targets(self, so_far: Raw) -> Raw:
        method, size = so_far["method"], one(self.rng, (4.5, 10, 60, 1000, 3000))
        made: Raw = {}
        base = number(size * one(self.rng, (0, 0.25, 0.5, 1)))
        if method == "progress" or often(self.rng, 40):
            before = so_far.get("from", self.since) - 1
            made["baseline"] = {"year": min(before, self.since - one(self.rng, (1, 1, 2, 5))), "value": base}
            if often(self.rng, 20):
                made["baseline"]["year"] = before
        if so_far["direction"] == "maintain" and often(self.rng, 80):
            made["tolerance"] = number(size * one(self.rng, (0, 0.1, 0.25)))
        first = max(self.since, made["baseline"]["year"] + 1) if "baseline" in made else self.since

        def some(least: int) -> dict[int, float]:
            years = [year for year in self.years(least=least) if year >= first]
            return {year: self.target(size, base, method, so_far["direction"]) for year in years}

        made["targets"] = some(0 if often(self.rng, 10) else 1)
        if often(self.rng, 25):
            revised = [self.span(always=True) | {"targets": some(1)} for _ in range(self.rng.randint(1, 2))]
            made["revised_targets"] = revised
        return made

    def target(self, size: float, base: float, method: str, direction: str) -> float:
        step = number(size * one(self.rng, (0, 0.5, 1, 1, 1.25)))
        if method != "progress":
            return step
        return number(base + step if direction == "increase" else base - step)


YEN = {"円": 0, "千円": 3, "百万円": 3}
"""Units of money with the most decimals that figures of a test have in them, none of which is part of a yen."""


def amount(raw: Mapping[str, Any], value: float) -> int | float:
    """Return a figure, of money as an amount that somebody pays."""
    is_money = raw["kind"] == "input" and raw.get("unit") in YEN
    return number(max(0, round(value, YEN[raw["unit"]]))) if is_money else number(value)


def in_money(made: Raw) -> Raw:
    """Return an indicator of which the figures are amounts, where it is of money."""
    revised = (one["targets"] for one in made.get("revised_targets", ()))
    for figures in (made["targets"], made.get("history", {}), *revised):
        figures |= {year: amount(made, value) for year, value in figures.items() if not isinstance(value, dict)}
    if "baseline" in made:
        made["baseline"]["value"] = amount(made, made["baseline"]["value"])
    return made


def number(value: float) -> int | float:
    """Return a figure as somebody types it: whole, or with at most three decimals."""
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _statuses(suffix: str) -> list[Raw]:
    return [{"code": code, "name": f"{code}{suffix}"} for code in STATUSES]


def _answers() -> list[Raw]:
    return [{"code": code, "name": f"{code}の印"} for code in ANSWERS]
