"""Ratings reckoned from plain dicts: each evaluator's own, of nodes, of the plan itself and of indicators.

What the formats leave open is read as follows:

1.  An entry that names no evaluator is the first one's of its own year.
2.  Last year's rating is that of the evaluator with the same code; the first one follows on last year's first one.
3.  A rating above the initiatives is expected where the year's scheme rates at all and names the level.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.oracle.in_force import Entry, Records
from tests.oracle.plan_tree import Node, PlanTree, code_of

_LEVELS = ("policy", "measure", "submeasure")


class Rating:
    """What evaluators say in a fiscal year."""

    def __init__(self, plan: PlanTree, records: Records, year: int) -> None:
        """Take what is looked through."""
        self.plan = plan
        self.records = records
        self.year = year

    def evaluators(self, year: int) -> list[str | None]:
        """Return the codes of a year's evaluators; one that has none where the plan lists nobody."""
        return [one["code"] for one in self.plan.scheme(year).get("evaluators", ())] or [None]

    def whose(self, entry: Entry) -> str | None:
        """Return the code of who gave a rating."""
        year = self.records.year(entry)
        listed = self.plan.scheme(year).get("evaluators", ())
        return code_of(entry["evaluator"], listed) if "evaluator" in entry else self.evaluators(year)[0]

    def is_others(self, entry: Entry) -> bool:
        """Return whether an entry is the rating of another evaluator than the first."""
        return entry["kind"] == "evaluation" and self.whose(entry) != self.evaluators(self.records.year(entry))[0]

    def last(self, year: int, target: str, code: str | None, slug: str | None = None) -> Entry | None:
        """Return the evaluation of a year that counts."""
        found = [
            entry
            for entry in self.records.of(year, target)
            if entry["kind"] == "evaluation" and entry.get("indicator") == slug and self.whose(entry) == code
        ]
        return found[-1] if found else None

    def code(self, year: int, entry: Entry | None) -> str | None:
        """Return the code of an evaluation's rating."""
        scale = self.plan.scale(year)
        if entry is None or "rating" not in entry:
            return None
        return code_of(entry["rating"], [*scale.get("ranks", ()), *scale.get("states", ())])

    def rows(self, target: str, slug: str | None = None, before: str | None = None) -> list[dict[str, Any]]:
        """Return a row for every evaluator, the first one's first, also where nothing was said."""
        made = []
        for place, code in enumerate(self.evaluators(self.year)):
            now = self.last(self.year, target, code, slug)
            earlier = self.evaluators(self.year - 1)[0] if place == 0 else code
            previous = self.code(self.year - 1, self.last(self.year - 1, before or target, earlier, slug))
            rating = self.code(self.year, now)
            made.append(
                {
                    "evaluator": code,
                    "rating": rating,
                    "previous_rating": previous,
                    "change": self.change(previous, rating),
                    "progress": now and now.get("progress"),
                    "issues": now and now.get("issues"),
                    "meeting": now and now.get("meeting"),
                    "entry": now and now["id"],
                }
            )
        return made

    def change(self, previous: str | None, rating: str | None) -> str | None:
        """Return how a rank moved since last year."""
        ranks = self.plan.ranks(self.year)
        if previous not in ranks or rating not in ranks or self.plan.scale(self.year) != self.plan.scale(self.year - 1):
            return None
        step = ranks.index(previous) - ranks.index(rating)
        return "up" if step > 0 else "down" if step < 0 else "same"

    def is_expected(self, node: Node | None) -> bool:
        """Return whether the plan expects a rating of something above the initiatives."""
        level = "plan" if node is None else _LEVELS[node.level]
        return bool(self.plan.scale(self.year)) and level in self.plan.scheme(self.year).get("rate", ["initiative"])

    def above(self) -> Iterator[dict[str, Any]]:
        """Yield the ratings of the plan and of what stands above the initiatives, as far as there are or shall be."""
        for node in [None, *(node for node in self.plan.in_force(self.year) if not node.is_initiative)]:
            target = "plan" if node is None else node.id
            rows, expected = self.rows(target), self.is_expected(node)
            if expected or any(row["entry"] for row in rows):
                yield {
                    "id": target,
                    "level": "plan" if node is None else _LEVELS[node.level],
                    "expected": expected,
                    **{key: rows[0][key] for key in ("rating", "previous_rating", "change")},
                    "evaluations": given(rows),
                }


def given(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of those who said anything."""
    return [row for row in rows if row["entry"]]
