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
19. ``met_share`` leaves out of its denominator what is not known.
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
    Value,
    Worded,
    exact,
    half_years,
    holds_back,
    is_judged,
    judge,
    percent,
    plan_total,
    read,
    year_value,
)
from tests.oracle.opinions import opinions
from tests.oracle.plan_tree import Node, PlanTree, Raw, code_of, completed, holds, indicator_in
from tests.oracle.rating import Rating, given

YEN = {"円": 1, "千円": 10**3, "百万円": 10**6}
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
                "submeasures": [self.row(node) for node in self.here if node.level == 2 and not node.is_initiative],
                "tags": self.tag_rows(),
                "kinds": self.kind_rows(),
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
            "tags": self.tags(node),
            "schedule": next((self.step(one) for one in original.lineage if one.raw.get("schedule")), None),
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
            elif holds_back(value, result):
                return None
        return max(found, key=self.ranks.index, default=None)

    # -- counts -------------------------------------------------------------------------------

    def row(self, node: Node | None) -> dict[str, Any]:
        inside = [one for one in self.here if node is None or node in one.lineage]
        own = self.rating.rows("plan" if node is None else node.id)
        head = {"id": None if node is None else node.id, "schedule": self.step(node)}
        return (
            head
            | {"own_rating": own[0]["rating"], "evaluations": given(own)}
            | self.counts(
                [one for one in inside if one.is_initiative],
                sum(one.level == self.plan.depth - 1 for one in inside),
                [raw for one in inside for raw in one.raw.get("indicators", ())],
            )
        )

    def step(self, node: Node | None) -> str | None:
        return None if node is None else node.raw.get("schedule", {}).get(self.year)

    def tags(self, node: Node) -> list[str]:
        """Return a node's own tags and those above it; those of a relisting are its original's."""
        node = self.plan.by_id[node.original or node.id]
        return list(dict.fromkeys(tag for one in node.lineage for tag in one.raw.get("tags", ())))

    def tag_rows(self) -> list[dict[str, Any]]:
        """Return the counts of what has a tag, wherever it stands."""
        known = dict.fromkeys(tag for node in self.here for tag in self.tags(node))
        rows = []
        for tag in known:
            inside = [node for node in self.here if tag in self.tags(node)]
            listed = [node for node in inside if node.is_initiative]
            own = [raw for node in inside if node.original is None for raw in node.raw.get("indicators", ())]
            parents = {node.parent.id for node in listed if node.parent is not None}
            rows.append({"tag": tag} | self.counts(listed, len(parents), own))
        return rows

    def kind_rows(self) -> list[dict[str, Any]]:
        """Return how many indicators of each kind met their targets, in the order of the plan."""
        raws = [raw for node in self.here for raw in node.raw.get("indicators", ())]
        judged = [raw for raw in raws if raw["id"] in self.results and is_judged(raw)]
        kinds = dict.fromkeys(raw["kind"] for raw in judged)
        return [{"kind": kind} | self.met_counts([raw for raw in judged if raw["kind"] == kind]) for kind in kinds]

    def counts(self, listed: Sequence[Node], submeasures: int, indicators: Iterable[Raw]) -> dict[str, Any]:
        states = [self.states[one.id] for one in listed if one.original is None]
        carried = sum(state.is_carried for state in states)
        reported = sum(bool(state.reports) for state in states)
        status = Counter(state.status for state in states if state.status is not None)
        rating = Counter(state.rating for state in states if state.rating is not None)
        codes = [one["code"] for one in (*self.scale.get("ranks", ()), *self.scale.get("states", ()))]
        pursued = len(states) - status["suspended"] - status["discontinued"]
        finished = status["done"] + status["completed"]
        ranked = [rating[code] for code in self.ranks]
        raws = list(indicators)
        return {
            "submeasures": submeasures,
            "listed": len(listed),
            "relisted": len(listed) - len(states),
            "distinct": len(states),
            "reported": reported,
            "not_reported": len(states) - reported - carried,
            "carried": carried,
            "no_status": sum(bool(state.reports) and state.status is None for state in states),
            "status": {one["code"]: status[one["code"]] for one in self.scheme.get("statuses", ())},
            "rating": {code: rating[code] for code in codes},
            **self.met_counts(raws),
            **self.money(raws),
            "implementation": _share(status["in_progress"] + finished, pursued, is_known=bool(status)),
            "completion": _share(finished, pursued, is_known=bool(status)),
            "rating_share": _share(sum(ranked[:2]), sum(ranked)),
            "reporting": _share(reported, len(states) - carried),
        }

    def met_counts(self, indicators: Iterable[Raw]) -> dict[str, Any]:
        near = exact(self.scheme.get("near", NEAR))
        counts = dict.fromkeys(("met", "near", "not_met", "unknown"), 0)
        for raw in indicators:
            if raw["id"] not in self.results or not is_judged(raw):
                continue
            result = self.results[raw["id"]][2]
            if result.met is False:
                counts["near" if result.rate is not None and Fraction(result.rate) >= near else "not_met"] += 1
            else:
                counts["unknown" if result.met is None else "met"] += 1
        return {"met": counts, "met_share": _share(counts["met"], sum(counts.values()) - counts["unknown"])}

    def money(self, indicators: Iterable[Raw]) -> dict[str, Any]:
        """Return what the indicators of money come to, in the smallest unit of the year's plan."""
        of_plan = [raw for node in self.here for raw in node.raw.get("indicators", ()) if raw["id"] in self.results]
        units = [raw["unit"] for raw in of_plan if raw["kind"] == "input" and raw.get("unit") in YEN]
        if not units:
            return {"money_unit": None, "budget": None, "spent": None, "spent_partial": False}
        unit = min(units, key=YEN.__getitem__)
        pairs = [self.amounts(raw, unit) for raw in indicators]
        known = [pair for pair in pairs if pair is not None]
        budgets = [budget for budget, _, _ in known if budget is not None]
        spent = [paid for _, paid, _ in known if paid is not None]
        lacks_spending = any(lacks or (budget is not None and paid is None) for budget, paid, lacks in known)
        lacks_budget = any(budget is None and paid is not None for budget, paid, _ in known)
        is_partial = bool(spent) and (lacks_spending or (bool(budgets) and lacks_budget))
        budget, total = (sum(amounts, Fraction(0)) if amounts else None for amounts in (budgets, spent))
        shown = None
        if budget is not None and total is not None and budget > 0 and not is_partial:
            shown = percent(total, budget)
        found = {"money_unit": unit, "budget": budget, "spent": total, "spent_partial": is_partial}
        return found | {"execution": {"percent": shown}}

    def amounts(self, raw: Raw, unit: str) -> tuple[Fraction | None, Fraction | None, bool] | None:
        """Return budget and spending of an indicator of money, and whether a part of that is missing."""
        if raw["id"] not in self.results or raw["kind"] != "input" or raw.get("unit") not in YEN:
            return None
        _, value, result = self.results[raw["id"]]
        is_own = result.target_year == self.year and isinstance(result.target, Fraction)
        factor = Fraction(YEN[raw["unit"]], YEN[unit])
        budget = result.target * factor if is_own and isinstance(result.target, Fraction) else None
        is_lacking = value.partial or (value.value is None and value.missing is not None)
        return budget, None if value.value is None else Fraction(value.value) * factor, is_lacking

    # -- indicators ---------------------------------------------------------------------------

    @cached_property
    def observed(self) -> dict[str, dict[int, list[Observation]]]:
        known = {raw["id"]: completed(raw) for node in self.plan.nodes for raw in node.raw.get("indicators", ())}
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
                    begins = self.plan.begins(raw, node)
                    indicator = indicator_in(raw, self.year, begins, self.plan.ends(raw, node))
                    value = year_value(indicator, self.observed.get(raw["id"], {}), self.year, begins)
                    scale = self.scheme.get("scale")
                    meant = judge(indicator, value, self.year, begins, scale, running=self.running)
                    result[raw["id"]] = ((node, indicator, begins), value, meant)
        return result

    def previous(self, indicator: Indicator, before: Measured) -> Value | None:
        """Return last year's value, or what the plan tells of a year before it."""
        told = indicator.get("history") or {}
        if before.value is None and before.missing is None and self.year - 1 in told:
            return read(indicator, told[self.year - 1])
        return before.value

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
            "target": None if isinstance(result.target, Worded) else result.target,
            "target_text": result.target.text if isinstance(result.target, Worded) else None,
            "target_at_least": result.target.low if isinstance(result.target, Worded) else None,
            "target_at_most": result.target.high if isinstance(result.target, Worded) else None,
            "target_year": result.target_year,
            "due": value.due,
            "total": plan_total(indicator, years, self.year, begins),
            "guide": result.guide,
            "actual": value.value,
            "previous": self.previous(indicator, years[self.year - 1]),
            "missing": value.missing,
            "partial": value.partial,
            "april_to_september": first,
            "october_to_march": second,
            "rate": result.rate,
            "met": result.met,
            "pace": result.pace,
            "rating_suggested": result.suggested,
            "history": [
                {
                    "fiscal_year": year,
                    "actual": one.value,
                    "missing": one.missing,
                    "partial": one.partial,
                    "due": one.due,
                }
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
