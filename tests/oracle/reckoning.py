"""An independent reckoning of a year's review: plain Python over plain dicts, nothing of the package.

``reckon(plan, entries, year)`` takes the plan as in ``measures.yaml`` and the entries as in their files, and returns
the figures of ``pdca.review/1`` under the names that the JSON gives them, numbers as Fractions. What the formats
leave open is read as follows:

1.  A correction stands where the first form of what it corrects stood: by that form's date, time and name.
2.  A known status stays the initiative's while it is completed or discontinued and no later year has another one;
    ``carried`` is who has such a status of an earlier year and no report in this one. An evaluation alone does not
    undo a completion.
3.  ``status`` counts the carried ones too, so that both rates follow from the printed counts; ``no_status`` is who
    reported and has none. Both rates are － where nobody's status is known.
4.  ``submeasures`` are the nodes in force right above the initiatives' level, with or without initiatives in force.
5.  ``met`` of a row counts the indicators of the node itself and of all below it.
6.  A predecessor's rating and plan stand in only where the number itself was not in force last year, where one node
    alone names it and names nothing else.
7.  A cumulative indicator begins with the first year in which it, its node and the plan are in force; each year
    since then (or since the baseline) without an entry makes the total 一部未把握.
8.  A ``ratio`` needs a target, or a guide, above 0.
9.  A year after the last target is judged by it; it has no guide, and nothing but "met" suggests a rank.
10. Ranks above "met" are by the printed rate alone, never by the pace.
11. While a year runs, only ``sum``, ``cumulative`` and ``max`` can be decided: reached where more is better, past it
    (before the target's year only for ``maintain``) where less or as much is wanted; no sum that had a part below 0.
12. An initiative has no suggestion while an own indicator with a target has no value, or is unmet without a rank.
    Not yet met before the target's year (``met`` null) does not hold it back.
13. What belongs to no half stands in neither; an activity's half is by its day.
14. An opinion stays in the papers up to the one whose year settles it: older ones are shown while they were open at
    the end of the reviewed year, with the responses up to the end of the next. A corrected response counts by its
    first day.
15. The reporting rate is a known 0.0 where nobody has reported, and － only where nobody is asked.
16. ``unchanged`` holds this year's texts against last year's of the same key and the same number.
17. ``entries`` are all that the office recorded, also a missing figure alone, which is no report.
18. The rating of an indicator is a report of where it stands; another evaluator's is nobody's. What ratings are is
    said in ``rating``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from tests.oracle.in_force import Calendar, Entry, Records, is_report
from tests.oracle.measuring import (
    NEAR,
    Indicator,
    Measured,
    Observation,
    Result,
    exact,
    half_years,
    is_judged,
    judge,
    percent,
    read,
    year_value,
)
from tests.oracle.opinions import opinions
from tests.oracle.plan_tree import Node, PlanTree, Raw, code_of, holds, indicator_in
from tests.oracle.rating import Rating, given

_OFFICE = ("activity", "actual", "evaluation", "improvement")
_WORDING = ("summary", "progress", "issues", "next")
_ENDED = ("completed", "discontinued")


class State(NamedTuple):
    """What is known of an original in a year; ``entries`` are all that its office recorded."""

    entries: Sequence[Entry]
    reports: Sequence[Entry]
    status: str | None
    rating: str | None

    @property
    def is_carried(self) -> bool:
        """Return whether it ended in an earlier year and nothing was reported since."""
        return not self.reports and self.status is not None


def _last(entries: Iterable[Entry], kind: str) -> Entry | None:
    return next((entry for entry in reversed(list(entries)) if entry["kind"] == kind), None)


def reckon(plan: Raw, entries: Iterable[Entry], year: int) -> dict[str, Any]:
    """Return the figures of a fiscal year's review."""
    return _Reckoning(plan, entries, year).review()


class _Reckoning:
    def __init__(self, plan: Raw, entries: Iterable[Entry], year: int) -> None:
        self.plan = PlanTree(plan)
        self.year = year
        self.calendar = Calendar(plan["plan"])
        self.records = Records(entries, self.calendar)
        self.running = self.records.is_running(year)
        self.here = self.plan.in_force(year)
        self.scheme = self.plan.scheme(year)
        self.scale = self.plan.scale(year)
        self.ranks = self.plan.ranks(year)
        self.rating = Rating(self.plan, self.records, year)
        self.opinions = opinions(self.plan, self.records, year)
        self.states = {n.id: self.state(n) for n in self.here if n.is_initiative and n.original is None}

    def review(self) -> dict[str, Any]:
        return {
            "running": self.running,
            "summary": {
                "total": self.row(None),
                "policies": [self.row(node) for node in self.here if node.level == 0],
                "measures": [self.row(node) for node in self.here if node.level == 1],
            },
            "ratings": [*self.rating.above()],
            "initiatives": [self.initiative(node) for node in self.here if node.is_initiative],
            "indicators": [self.indicator_row(slug) for slug in self.results],
            "opinions": self.opinions,
        }

    # -- initiatives --------------------------------------------------------------------------

    def state(self, node: Node) -> State:
        entries = [entry for entry in self.records.of(self.year, node.id) if self.is_of_office(entry)]
        reports = [entry for entry in entries if is_report(entry)]
        status = self.status_in(self.year, node.id)
        before = (self.status_in(year, node.id) for year in range(self.year - 1, self.plan.since - 1, -1))
        known = next((earlier for earlier in before if earlier is not None), None)
        if status is None and known in _ENDED:
            status = known
        return State(entries, reports, status, self.rating.rows(node.id)[0]["rating"])

    def is_of_office(self, entry: Entry) -> bool:
        return entry["kind"] in _OFFICE and not self.rating.is_others(entry)

    def status_in(self, year: int, target: str) -> str | None:
        words = [entry["status"] for entry in self.records.of(year, target) if entry.get("status") is not None]
        return code_of(words[-1], self.plan.scheme(year).get("statuses", ())) if words else None

    def initiative(self, node: Node) -> dict[str, Any]:
        original = self.plan.by_id[node.original or node.id]
        state = self.states[original.id]
        source = self.plan.source_of_last_year(original, self.year)
        improvement = _last(state.reports, "improvement")
        promised = _last(self.records.of(self.year - 1, source), "improvement")
        ratings = self.rating.rows(original.id, before=source)
        return {
            "id": node.id,
            "listed_under": None if node.parent is None else node.parent.id,
            "relisted_from": node.original,
            "status": state.status,
            "reported": bool(state.reports),
            **{key: ratings[0][key] for key in ("rating", "previous_rating", "change", "progress", "issues")},
            "evaluations": given(ratings),
            "rating_suggested": self.suggestion(original),
            "direction": improvement and improvement["direction"],
            "next": improvement and improvement["next"],
            "planned_last_year": promised and promised["next"],
            "opinions": [one["id"] for one in self.opinions if one["target"] == original.id],
            "unchanged": self.unchanged(original, state.reports),
            "activities": [_dated(entry) for entry in state.reports if entry["kind"] == "activity"],
            "entries": len(state.entries),
        }

    def unchanged(self, node: Node, reports: Iterable[Entry]) -> list[str]:
        """Return the keys of which a text of this year is one of last year's under the same key."""
        known = self.records.of(self.year - 1, node.id)
        before = _texts(entry for entry in known if is_report(entry) and not self.rating.is_others(entry))
        return sorted({key for key, _ in _texts(reports) & before})

    def suggestion(self, original: Node) -> str | None:
        """Return the lowest rank that its own indicators suggest, unless one of them can't be ranked but should."""
        found = []
        for raw in original.raw.get("indicators", ()):
            if raw["id"] not in self.results or not is_judged(raw):
                continue
            _, value, result = self.results[raw["id"]]
            if result.suggested is not None:
                found.append(result.suggested)
            elif result.target is not None and (value.value is None or result.met is False):
                return None
        return max(found, key=self.ranks.index, default=None)

    # -- counts -------------------------------------------------------------------------------

    def row(self, node: Node | None) -> dict[str, Any]:
        inside = [one for one in self.here if node is None or node in one.lineage]
        listed = [one for one in inside if one.is_initiative]
        states = [self.states[one.id] for one in listed if one.original is None]
        carried = sum(state.is_carried for state in states)
        reported = sum(bool(state.reports) for state in states)
        status = Counter(state.status for state in states if state.status is not None)
        rating = Counter(state.rating for state in states if state.rating is not None)
        codes = [one["code"] for one in (*self.scale.get("ranks", ()), *self.scale.get("states", ()))]
        pursued = len(states) - status["suspended"] - status["discontinued"]
        finished = status["done"] + status["completed"]
        ranked = [rating[code] for code in self.ranks]
        own = self.rating.rows("plan" if node is None else node.id)
        return {
            "id": None if node is None else node.id,
            "own_rating": own[0]["rating"],
            "evaluations": given(own),
            "submeasures": sum(one.level == self.plan.depth - 1 for one in inside),
            "listed": len(listed),
            "relisted": len(listed) - len(states),
            "distinct": len(states),
            "reported": reported,
            "not_reported": len(states) - reported - carried,
            "carried": carried,
            "no_status": sum(bool(state.reports) and state.status is None for state in states),
            "status": {one["code"]: status[one["code"]] for one in self.scheme.get("statuses", ())},
            "rating": {code: rating[code] for code in codes},
            "met": self.met_counts(inside),
            "implementation": _share(status["in_progress"] + finished, pursued, is_known=bool(status)),
            "completion": _share(finished, pursued, is_known=bool(status)),
            "rating_share": _share(sum(ranked[:2]), sum(ranked)),
            "reporting": _share(reported, len(states) - carried),
        }

    def met_counts(self, inside: Iterable[Node]) -> dict[str, int]:
        near = exact(self.scheme.get("near", NEAR))
        counts = dict.fromkeys(("met", "near", "not_met", "unknown"), 0)
        for raw in (raw for node in inside for raw in node.raw.get("indicators", ())):
            if raw["id"] not in self.results or not is_judged(raw):
                continue
            result = self.results[raw["id"]][2]
            if result.met is False:
                counts["near" if result.rate is not None and Fraction(result.rate) >= near else "not_met"] += 1
            else:
                counts["unknown" if result.met is None else "met"] += 1
        return counts

    # -- indicators ---------------------------------------------------------------------------

    @cached_property
    def observed(self) -> dict[str, dict[int, list[Observation]]]:
        known = {raw["id"]: raw for node in self.plan.nodes for raw in node.raw.get("indicators", ())}
        result: defaultdict[str, defaultdict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
        for entry in self.records.in_force:
            if entry["kind"] not in ("activity", "actual"):
                continue
            half = entry.get("half") if entry["kind"] == "actual" else self.calendar.half_of(entry["date"])
            of_year = self.records.year(entry)
            for slug, raw in entry.get("values", {}).items():
                result[slug][of_year].append(Observation(read(known[slug], raw), half=half))
            for slug, reason in entry.get("missing", {}).items():
                result[slug][of_year].append(Observation(reason=reason, half=half))
        return {slug: dict(years) for slug, years in result.items()}

    @cached_property
    def results(self) -> dict[str, tuple[tuple[Node, Indicator, int], Measured, Result]]:
        """Return each indicator in force, its year's value and what that means, in the plan's order."""
        result: dict[str, tuple[tuple[Node, Indicator, int], Measured, Result]] = {}
        for node in self.here:
            for raw in node.raw.get("indicators", ()):
                if holds(raw, self.year):
                    indicator, begins = indicator_in(raw, self.year), self.plan.begins(raw, node)
                    value = year_value(indicator, self.observed.get(raw["id"], {}), self.year, begins)
                    scale = self.scheme.get("scale")
                    meant = judge(indicator, value, self.year, begins, scale, running=self.running)
                    result[raw["id"]] = ((node, indicator, begins), value, meant)
        return result

    def indicator_row(self, slug: str) -> dict[str, Any]:
        (node, indicator, begins), value, result = self.results[slug]
        observed = self.observed.get(slug, {})
        years = {
            year: year_value(indicator, observed, year, begins) for year in range(self.plan.since - 1, self.year + 1)
        }
        first, second = half_years(indicator, observed, self.year)
        baseline = indicator.get("baseline")
        ratings = self.rating.rows(node.id, slug)
        return {
            "id": slug,
            **{key: ratings[0][key] for key in ("rating", "previous_rating", "change")},
            "evaluations": given(ratings),
            "at": node.id,
            "method": indicator["method"],
            "baseline": None if baseline is None else read(indicator, baseline["value"]),
            "baseline_year": None if baseline is None else baseline["year"],
            "target": result.target,
            "target_year": result.target_year,
            "guide": result.guide,
            "actual": value.value,
            "previous": years[self.year - 1].value,
            "missing": value.missing,
            "partial": value.partial,
            "april_to_september": first,
            "october_to_march": second,
            "rate": result.rate,
            "met": result.met,
            "pace": result.pace,
            "rating_suggested": result.suggested,
            "history": [
                {"fiscal_year": year, "actual": one.value, "missing": one.missing, "partial": one.partial}
                for year, one in years.items()
                if year >= self.plan.since
            ],
        }


def _texts(entries: Iterable[Entry]) -> set[tuple[str, str]]:
    return {(key, entry[key].strip()) for entry in entries for key in _WORDING if entry.get(key)}


def _dated(activity: Entry) -> dict[str, str]:
    return {"date": activity["date"], "summary": activity["summary"]}


def _share(numerator: int, denominator: int, *, is_known: bool = True) -> dict[str, Any]:
    """Return a rate with its parts; no percentage where there is nothing to divide by, or nothing is known."""
    shown = percent(numerator, denominator) if denominator > 0 and is_known else None
    return {"numerator": numerator, "denominator": denominator, "percent": shown}
