"""正誤表 as a paper: where, what was wrong, what is right, and which entries caused it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.errata import Cause, Errata, Erratum
from mizuho_pdca.papers.notes import edition, subtitles
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers, Part
from mizuho_pdca.papers.review import paper_label
from mizuho_pdca.papers.words import SAMPLE_BANNER, of_plan, year_label
from mizuho_pdca.text import NONE

_CHANGES = {"added": N_("added"), "gone": N_("no longer there"), "changed": N_("changed")}


def errata_papers(found: Errata, t: Translate, pages: Mapping[tuple[str, str], int] | None = None) -> Papers:
    """Return 正誤表 as a paper: where, what was wrong, what is right, and which entries caused it.

    ``pages`` has the page of a row, by the name of its paper and its anchor, in the edition that is wrong.
    """
    t = of_plan(t, found.after.plan)
    header = found.after.plan.header
    columns = (
        Column(t(N_("Paper")), 10, choices=True),
        *([Column(t(N_("Page")), 4, number=True, parts=(Part(t(N_("Page")), "count"),))] if pages else []),
        Column(t(N_("Place")), 16),
        Column(t(N_("Column")), 10),
        Column(t(N_("Wrong")), 20),
        Column(t(N_("Right")), 20),
        Column(t(N_("Because of")), 20),
    )
    rows = tuple(tuple(_row(found, item, pages, t)) for item in found.corrections)
    return Papers(
        title=t(N_("{plan}: corrections to the review of {year}")).format(
            plan=header.title, year=year_label(found.after.year, t)
        ),
        subtitles=(
            *subtitles(found.after, t),
            t(N_("Wrong: {edition}")).format(edition=_edition(found.before, t)),
            t(N_("Right: {edition}")).format(edition=_edition(found.after, t)),
            t(N_("Corrections: {count}")).format(count=len(rows)),
        ),
        banner=t(SAMPLE_BANNER) if found.sample else None,
        papers=(Paper("errata", t(N_("Corrections")), columns, rows, keys=2),),
        legend=(),
        edition=edition(found.after, t),
        made=found.after.made,
        language=t(N_("en")),
        author=" ".join(filter(None, (header.municipality, header.office))),
    )


def _edition(report: ReviewReport, t: Translate) -> str:
    """Return which edition a review is, also of a year that was never closed."""
    told = edition(report, t) or NONE
    return told if report.as_of.edition else t(N_("before the year was closed: {edition}")).format(edition=told)


def _row(found: Errata, item: Erratum, pages: Mapping[tuple[str, str], int] | None, t: Translate) -> Iterator[Cell]:
    yield Cell(f"{paper_label(found.numbers[item.paper], t)}\n{item.title}")
    if pages:
        page = pages.get((item.paper, item.anchor))
        yield Cell(NONE, (None,)) if page is None else Cell(str(page), (Decimal(page),))
    yield Cell(item.row)
    yield Cell(column_text(item, t))
    yield Cell(t(N_("(not there)")) if item.before is None else item.before or NONE)
    yield Cell(t(N_("(not there)")) if item.after is None else item.after or NONE)
    yield Cell(causes_text(item, t) or NONE)


def column_text(item: Erratum, t: Translate) -> str:
    """Return which column is corrected, or that it is the whole row."""
    return t(N_("whole row")) if item.column is None else item.column


def causes_text(item: Erratum, t: Translate) -> str:
    """Return what caused a correction, a line each, empty where it is not known."""
    if item.by_plan:
        return t(N_("the plan"))
    if item.by_end:
        return t(N_("the year is over"))
    return "\n".join(_cause_text(cause, t) for cause in item.causes)


def _cause_text(cause: Cause, t: Translate) -> str:
    """Return an entry as the cause of a correction: its name, its kind, who recorded it, what became of it, and why."""
    entry = cause.entry
    said = f"{entry.id} {KINDS[entry.kind].name.text(t)} {entry.by} {t(_CHANGES[cause.change])}"
    if entry.reason is None:
        return said
    return said + t(N_(" (reason: {reason})")).format(reason=" ".join(entry.reason.split()))
