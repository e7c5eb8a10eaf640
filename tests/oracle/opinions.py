"""Opinions of the council in a year's papers, and what became of them by then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.oracle.in_force import Entry, Records
from tests.oracle.plan_tree import PlanTree, code_of

_SETTLED = ("answered", "declined")
_USUAL = (("answered", "対応済"), ("in_hand", "対応中"), ("considered", "検討中"), ("declined", "対応しない"))


def opinions(plan: PlanTree, records: Records, year: int) -> list[dict[str, Any]]:
    """Return the opinions that a year's papers show, by meeting."""
    heard = [one for one in records.in_force if one["kind"] == "opinion" and one["fiscal_year"] <= year]
    rows = []
    for opinion in sorted(heard, key=lambda one: (one["meeting"], records.order(one))):
        settled = _state(plan, records, list(_responses(records, opinion, year))) in _SETTLED
        if opinion["fiscal_year"] < year - 1 and settled:
            continue
        responses = list(_responses(records, opinion, year + 1))
        state = _state(plan, records, responses)
        rows.append(
            {
                "id": opinion["id"],
                "fiscal_year": opinion["fiscal_year"],
                "target": opinion["target"],
                "meeting_of": {0: "this", 1: "last"}.get(year - opinion["fiscal_year"], "earlier"),
                "open": state not in _SETTLED,
                "state": state,
                "responses": [{"id": one["id"], "state": _state(plan, records, [one])} for one in responses],
            }
        )
    return rows


def _responses(records: Records, opinion: Entry, until: int) -> Iterator[Entry]:
    """Yield the responses to any form of an opinion, up to the end of a fiscal year."""
    first, after = records.first_form(opinion), records.calendar.next_year_begins(until)
    for entry in records.in_force:
        if entry["kind"] == "response" and records.order(entry)[0] < after:
            answered = records.by_id[entry["responds"]]
            if records.first_form(answered) is first:
                yield entry


def _state(plan: PlanTree, records: Records, responses: Sequence[Entry]) -> str | None:
    """Return the code of the last response's state."""
    if not responses:
        return None
    terms = plan.scheme(records.year(responses[-1])).get("responses")
    return code_of(responses[-1]["state"], terms or [{"code": code, "name": name} for code, name in _USUAL])
