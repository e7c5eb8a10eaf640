"""事務局用: what the office still owes the council."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.review.review import InitiativeRow, ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import Field, Listing, listing
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import print_indicator
from mizuho_pdca.text import NONE

_TEXTS = {field.key: field.words for kind in KINDS.values() if kind.reports for field in kind.fields}
_TEXTS["summary"] = N_("activity")
"""What the texts of reports are called where room is short."""


class Due(NamedTuple):
    """Something that the office owes; ``place`` None for the plan as a whole."""

    what: str
    place: Place | None
    title: str
    note: str = NONE


def office(report: ReviewReport, t: Translate) -> Listing:
    """Return 事務局用: what has not been reported, evaluated, measured, answered or rewritten; no data file has it."""
    paper = Paper("office", t(N_("For the office only")), keys=2, internal=True)
    return listing(paper, _fields(t), tuple(_due(report, t)))


def _fields(t: Translate) -> Iterator[Field[Due]]:
    whole = t(N_("whole plan"))
    what = Column(t(N_("What is due")), 14, choices=True)
    yield Field("what", what, lambda due: Cell(due.what, tone="alert"))
    yield Field("number", Column(t(N_("No.")), 8), lambda due: Cell(due.place.number if due.place else whole))
    yield Field("title", Column(t(N_("Title")), 24), lambda due: Cell(due.title))
    department = Column(t(N_("Department")), 8)
    yield Field("department", department, lambda due: Cell((due.place and due.place.department) or NONE))
    yield Field("note", Column(t(N_("Note")), 16), lambda due: Cell(due.note))


def _due(report: ReviewReport, t: Translate) -> Iterator[Due]:
    originals = [row for row in report.initiatives if not row.is_relisting]
    by_department = sorted(originals, key=lambda row: row.original.department or "")
    for row in by_department:
        if not row.state.reported:
            yield Due(t(N_("not reported")), row.place, row.title)
    for row in by_department:
        if row.state.reported and row.state.rating is None:
            yield Due(t(N_("not evaluated")), row.place, row.title)
    for one in report.indicators:
        if not one.value.used:
            yield Due(t(N_("no figure")), one.place, print_indicator(one.indicator, t), one.indicator.id)
    for said in report.opinions:
        if said.is_open:
            yield Due(t(N_("opinion not answered")), said.place, said.opinion.text.strip(), said.opinion.id)
    yield from _unchanged(originals, t)


def _unchanged(originals: Iterable[InitiativeRow], t: Translate) -> Iterator[Due]:
    for row in originals:
        if row.unchanged:
            keys = t(N_(", ")).join(t(_TEXTS[key]) for key in row.unchanged)
            yield Due(t(N_("same text as last year")), row.place, row.title, keys)
