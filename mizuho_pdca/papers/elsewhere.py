"""What was recorded above the initiatives, for a whole part of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.domain.records.entries import Activity
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import Field, Listing, listing
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import activities_heading, dated, level_words


def elsewhere(report: ReviewReport, t: Translate) -> Listing:
    """Return the paper of the activities above the initiatives; no data file has them."""
    usual, own = N_("Recorded for a whole part of the plan"), N_("Recorded for a whole: {above}")
    anchors = tuple(entry.id for entry in report.elsewhere)
    paper = Paper("elsewhere", level_words(report.plan, -1, usual, own, t), keys=2, anchors=anchors)
    return listing(paper, _fields(report, t), report.elsewhere)


def _fields(report: ReviewReport, t: Translate) -> Iterator[Field[Activity]]:
    places = report.plan.places
    yield Field("number", Column(t(N_("No.")), 8), lambda entry: Cell(places[entry.target].number))
    yield Field("title", Column(t(N_("Title")), 22), lambda entry: Cell(places[entry.target].node.heading))
    activities = Column(activities_heading(report.plan, t), 30)
    yield Field("activities", activities, lambda entry: Cell(dated(entry.date, entry.summary, t)))
