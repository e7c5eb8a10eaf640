"""What a form carries of itself: which form it is, what was handed out in each row, and that nobody changed it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.forms.sheet import SCHEMA, stamp_digest
from mizuho_pdca.storage.xlsx.book import ExcelBook
from mizuho_pdca.text import folded

STAMP = "_pdca"

EXAMPLE = "example"
"""The key of the example, with which the ids of its rows begin."""

_LEAST = 2


@dataclass(frozen=True)
class HandedOut:
    """What was handed out in a row: its given cells, its answers so far, the entries that they were made of."""

    given: Mapping[str, str]
    answers: Mapping[str, str]
    entries: frozenset[str]
    quiet: bool = False


@dataclass(frozen=True)
class Stamp:
    """Which form a file is, with the headings of its sheets by key and what was handed out by sheet and row.

    ``done`` is the heading of the column that counts, which says nothing.
    """

    purpose: str
    year: int
    department: str | None
    commit: str | None
    done: str
    sheets: Mapping[str, Mapping[str, Mapping[str, str]]]
    rows: Mapping[tuple[str, str], HandedOut] = field(default_factory=dict)


def read_stamp(book: ExcelBook, plan: Plan, year: int | None = None, done: str = "") -> Stamp:
    """Return what a form says of itself; raise ``UsageFault`` for what is none, or not of this plan and year.

    ``done`` heads the column that counts in a form that does not say so: forms of the first programs do not.
    """
    sheet = book.sheet(STAMP)
    if sheet is None:
        raise UsageFault(
            N_("the file is no form of pdca (its hidden sheet is missing)"),
            remedy=message(N_("Use a form that pdca form export made; a table of your own is taken by pdca import.")),
        )
    lines = ["".join(str(cell.value or "") for cell in row.values()) for row in sheet.rows().values()]
    if len(lines) < _LEAST or stamp_digest(lines[:-1]) != lines[-1]:
        raise _changed()
    try:
        head, *rows = map(json.loads, lines[:-1])
        stamp = _stamp(head, rows, done)
    except (ValueError, LookupError, TypeError, AttributeError) as exc:
        raise _changed() from exc
    _check_whose(head, stamp, plan, year)
    return stamp


def _stamp(head: dict[str, Any], rows: list[dict[str, Any]], done: str) -> Stamp:
    if head["schema"] != SCHEMA:
        raise UsageFault(
            N_("the form was made by another version of pdca ({schema})"),
            schema=str(head["schema"]),
            remedy=message(N_("Use the version that made it, or send out a new form.")),
        )
    handed = {
        (row["sheet"], row["id"]): HandedOut(row["given"], row["answers"], frozenset(row["entries"]), row["quiet"])
        for row in rows
    }
    told = head["purpose"], int(head["year"]), head["department"], head["commit"]
    return Stamp(*told, head.get("done", done), head["sheets"], handed)


def _check_whose(head: Mapping[str, Any], stamp: Stamp, plan: Plan, year: int | None) -> None:
    header = plan.header
    if (head["plan"], folded(head["town"])) != (header.id, folded(header.municipality)):
        raise UsageFault(
            N_("the form is of another plan: {plan} ({town})"),
            plan=head["plan"],
            town=head["town"],
            remedy=message(N_("Import it in the workspace of that plan (-C DIR).")),
        )
    if year is not None and stamp.year != year:
        raise UsageFault(
            N_("the form is of FY{year}, not of FY{wanted}"),
            year=stamp.year,
            wanted=year,
            remedy=message(N_("Leave --year out, or give the form's own.")),
        )


def _changed() -> UsageFault:
    return UsageFault(
        N_("the form's hidden sheet was changed; it can't be told what was handed out"),
        remedy=message(N_("Send out a new form, and copy the answers into it.")),
    )
