"""Strategies that make valid workspaces: a plan with its revisions, and entries of every kind over several years.

What is refused when a workspace is validated is not made. Figures lie on and around targets and bands, days around the
ends of years and half-years, times of recording around the end of the last year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.oracle.generating_plans import ANSWERS, FEATURES, REASONS, Planning, Raw, amount, often, one
from tests.oracle.in_force import Calendar
from tests.oracle.plan_tree import Node, PlanTree, holds

_PARTS = (0, 0.2, 0.3, 0.5, 0.7996, 0.8, 0.9996, 1, 1.2, 1.5)
_TIMES = ("T00:00:00+09:00", "T09:00:00+09:00", "T15:00:00+00:00", "T23:59:59+09:00")


@dataclass(frozen=True)
class Workspace:
    """A plan, its entries and the fiscal years that are worth a review."""

    plan: Raw
    entries: list[Raw]
    years: tuple[int, ...]


def workspaces(features: frozenset[str] = FEATURES) -> st.SearchStrategy[Workspace]:
    """Make workspaces; ``features`` names what may be used of ``FEATURES``.

    Each is made at random from one seed: drawn part by part they would be poorer, and ten times as slow.
    """
    return st.builds(make_workspace, st.randoms(use_true_random=True), st.just(features))


def make_workspace(rng: Random, features: frozenset[str]) -> Workspace:
    """Make one workspace."""
    plan = Planning(rng, features).plan()
    tree = PlanTree(plan)
    last = rng.randint(tree.since, min(tree.since + 3, plan["plan"]["period"]["until"]))
    writing = _Writing(rng, features, tree, last)
    years = {last, max(last - rng.randint(0, 2), tree.since)}
    if often(rng, 30):
        years.add(min(last + 1, writing.until))
    return Workspace(plan, writing.entries(), tuple(sorted(years)))


# -- entries ----------------------------------------------------------------------------------


@dataclass
class _Writing:
    rng: Random
    features: frozenset[str]
    tree: PlanTree
    last: int
    made: list[Raw] = field(default_factory=list)
    superseded: dict[str, str] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)

    @property
    def until(self) -> int:
        return int(self.tree.raw["plan"]["period"]["until"])

    def entries(self) -> list[Raw]:
        self.calendar = Calendar(self.tree.raw["plan"])
        self.cut = self.moment_of_cut()
        for year in range(self.tree.since, self.last + 1):
            here = [node for node in self.tree.in_force(year) if node.original is None]
            for node in here:
                most = 4 if node.is_initiative else 2 if node.raw.get("indicators") else 1
                for _ in range(self.rng.randint(0, most)):
                    self.add(self.some(year, node))
            self.rate_the_plan(year)
            if often(self.rng, 50):
                self.add(self.opinion(year, one(self.rng, [*(node.id for node in here), "plan"])))
        for _ in range(self.rng.randint(0, 3)):
            self.respond()
        for _ in range(self.rng.randint(0, 4)):
            self.correct_or_withdraw()
        return self.made

    def moment_of_cut(self) -> str | None:
        """Return the last moment of recording, near the end of the last year, or None where anything goes."""
        if often(self.rng, 50):
            return None
        after = date.fromisoformat(self.calendar.next_year_begins(self.last))
        day = after - timedelta(days=one(self.rng, (0, 1, 1, 100)))
        return day.isoformat() + one(self.rng, _TIMES)

    def add(self, entry: Raw | None) -> None:
        if entry is not None:
            self.made.append(entry)

    def head(self, kind: str, target: str, day: str) -> Raw:
        late = date.fromisoformat(day) + timedelta(days=one(self.rng, (0, 0, 1, 30, 200)))
        recorded = late.isoformat() + one(self.rng, _TIMES)
        if self.cut is not None and recorded[:10] >= self.cut[:10]:
            recorded = self.cut
        token = f"{len(self.made) * 7919 % 10**6:06d}"
        head = {"schema": 1, "id": f"{day}-{token}", "kind": kind, "target": target, "date": day, "by": "産業課"}
        return head | {"recorded": recorded}

    def day_in(self, year: int, *, later: bool) -> str:
        """Return a day of a fiscal year, or for what is said about it one up to a year later."""
        begin = date.fromisoformat(self.calendar.next_year_begins(year - 1))
        end = date.fromisoformat(self.calendar.next_year_begins(year)) - timedelta(days=1)
        half = date.fromisoformat(f"{begin.year + (begin.month > 6)}-{(begin.month + 5) % 12 + 1:02d}-01")
        days = [begin, end, half, half - timedelta(days=1), begin + timedelta(days=40)]
        if later:
            days += [end + timedelta(days=after) for after in (1, 35, 150)]
        return one(self.rng, days).isoformat()

    def some(self, year: int, node: Node) -> Raw | None:
        kinds = ("activity", "activity", "actual", "evaluation", "evaluation", "improvement")
        above = ("activity", "actual", "actual", *(("evaluation",) * ("ratings" in self.features)))
        kind = one(self.rng, kinds if node.is_initiative else above)
        if kind == "evaluation" and not self.tree.scale(year):
            kind = "activity"
        head = self.head(kind, node.id, self.day_in(year, later=kind != "activity"))
        return head | self.content(kind, year, node.id)

    def content(self, kind: str, year: int, target: str) -> Raw:
        match kind:
            case "activity":
                made: Raw = {"summary": f"活動{self.rng.randint(1, 3)}"}
                statuses = self.tree.scheme(year).get("statuses")
                if statuses and often(self.rng, 70):
                    made["status"] = one(self.rng, statuses)[one(self.rng, ("code", "name"))]
                if often(self.rng, 70):
                    made["values"] = self.values(year, target)
                return made
            case "actual":
                return {"fiscal_year": year} | self.measured(year, target)
            case "evaluation":
                return {"fiscal_year": year} | self.rating(year, target)
            case _:
                promise = f"予定{self.rng.randint(1, 3)}"
                return {"fiscal_year": year, "direction": one(self.rng, ("継続", "改善")), "next": promise}

    # -- ratings ------------------------------------------------------------------------------

    def rating(self, year: int, target: str) -> Raw:
        scale, made = self.tree.scale(year), dict[str, Any]()
        listed = self.tree.scheme(year).get("evaluators", ())
        if listed and often(self.rng, 70):
            made["evaluator"] = one(self.rng, listed)[one(self.rng, ("code", "name"))]
        own = [
            raw["id"]
            for node in self.tree.in_force(year)
            if node.id == target
            for raw in node.raw.get("indicators", ())
            if holds(raw, year) and raw["kind"] not in ("input", "context")
        ]
        if "ratings" in self.features and own and often(self.rng, 30):
            made["indicator"] = one(self.rng, own)
        if "-" in target or "indicator" in made or often(self.rng, 50):
            made["rating"] = one(self.rng, [*scale["ranks"], *scale["states"]])[one(self.rng, ("code", "name"))]
        return made | {"issues": f"課題{self.rng.randint(1, 3)}"}

    def rate_the_plan(self, year: int) -> None:
        if "ratings" in self.features and self.tree.scale(year) and often(self.rng, 40):
            head = self.head("evaluation", "plan", self.day_in(year, later=True))
            self.add(head | {"fiscal_year": year} | self.rating(year, "plan"))

    # -- figures ------------------------------------------------------------------------------

    def indicators(self, year: int, target: str) -> list[Mapping[str, Any]]:
        """Return the indicators in force in a year, those of the target itself first of all."""
        known = [
            (node.id != target, raw)
            for node in self.tree.in_force(year)
            for raw in node.raw.get("indicators", ())
            if holds(raw, year)
        ]
        own = [raw for is_other, raw in known if not is_other]
        return own if own and often(self.rng, 85) else [raw for _, raw in known]

    def values(self, year: int, target: str) -> Raw:
        known = self.indicators(year, target)
        chosen = self.rng.choices(known, k=self.rng.randint(1, 2)) if known else []
        return {raw["id"]: self.figure(raw) for raw in chosen}

    def measured(self, year: int, target: str) -> Raw:
        values = self.values(year, target) if often(self.rng, 80) else {}
        made: Raw = {"values": values} if values else {}
        known = [raw["id"] for raw in self.indicators(year, target) if raw["id"] not in values]
        if known and (not values or often(self.rng, 20)):
            made["missing"] = {one(self.rng, known): one(self.rng, REASONS)}
        if "halves" in self.features and often(self.rng, 40):
            made["half"] = one(self.rng, ("first", "second"))
        return made

    def figure(self, raw: Mapping[str, Any]) -> object:
        if raw["method"] == "done":
            words = raw.get("words")
            if isinstance(words, list):
                return one(self.rng, words)
            return one(self.rng, (True, False, "yes", "no", *(words or {}).values()))
        targets = [part for value in raw["targets"].values() for part in _figures(value) if part] or [10]
        part = one(self.rng, _PARTS)
        return amount(raw, one(self.rng, targets) * (-part if often(self.rng, 5) else part))

    # -- the council --------------------------------------------------------------------------

    def opinion(self, year: int, target: str) -> Raw:
        day = self.day_in(year, later=True)
        return self.head("opinion", target, day) | {"fiscal_year": year, "meeting": day, "text": "意見"}

    def respond(self) -> None:
        heard = [entry for entry in self.made if entry["kind"] == "opinion"]
        if not heard:
            return
        opinion = one(self.rng, heard)
        year = min(opinion["fiscal_year"] + self.rng.randint(1, 3), self.until)
        head = self.head("response", opinion["target"], self.day_in(year, later=False))
        self.add(head | {"responds": opinion["id"]} | self.answer(year))

    def answer(self, year: int) -> Raw:
        terms = self.tree.scheme(year).get("responses")
        code = one(self.rng, ANSWERS)
        word = next(term["name"] for term in terms if term["code"] == code) if terms and often(self.rng, 50) else code
        return {"state": word, "text": "対応"} | ({"reason": "できない"} if code == "declined" else {})

    # -- corrections and withdrawals ----------------------------------------------------------

    def correct_or_withdraw(self) -> None:
        if not self.made:
            return
        older = one(self.rng, self.made)
        year = older.get("fiscal_year") or self.calendar.year_of(older["date"])
        later = (date.fromisoformat(older["date"]) + timedelta(days=one(self.rng, (0, 0, 1, 90)))).isoformat()
        if often(self.rng, 40) or older["kind"] == "withdrawal":
            self.withdraw(older, year, later)
        elif older["id"] not in self.superseded:
            is_dated = older["kind"] in ("activity", "response") and self.calendar.year_of(later) != year
            head = self.head(older["kind"], older["target"], older["date"] if is_dated else later)
            redone = self.again(older, year) | {"supersedes": older["id"], "reason": "誤記"}
            self.superseded[older["id"]] = head["id"]
            self.add(head | redone)

    def again(self, older: Raw, year: int) -> Raw:
        match older["kind"]:
            case "opinion":
                return {key: older[key] for key in ("fiscal_year", "meeting")} | {"text": "直した意見"}
            case "response":
                return {"responds": older["responds"]} | self.answer(year)
            case kind:
                return self.content(kind, year, older["target"])

    def withdraw(self, older: Raw, year: int, day: str) -> None:
        """Take an entry back; a correction that was taken back for good may be made anew."""
        if older["id"] in self.settled:
            return
        head = self.head("withdrawal", older["target"], day)
        self.add(head | {"fiscal_year": year, "withdraws": older["id"], "reason": "誤り"})
        corrected = older.get("supersedes")
        if corrected is not None and self.superseded.get(corrected) == older["id"] and often(self.rng, 50):
            del self.superseded[corrected]
            self.settled.add(head["id"])


def _figures(target: Any) -> list[float]:
    """Return the figures of a target, of words those of their bounds."""
    return [part for part in target.values() if part != target.get("text")] if isinstance(target, dict) else [target]
