"""意見と対応: what the council said and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mizuho_pdca.domain.review.council import OpinionRow, Reply
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import DAY, NUMBER, Datum, Field, Listing, Meaning, common, field, listing
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import day_label, on_day, print_answer
from mizuho_pdca.text import NONE

_MEETINGS = {"this": N_("this meeting"), "last": N_("last meeting"), "earlier": N_("earlier, open")}
_ORDER = ("earlier", "last", "this")


class Answered(NamedTuple):
    """An opinion with one of the responses to it, None where there is none."""

    row: OpinionRow
    answer: Reply | None = None


def print_state(report: ReviewReport, row: OpinionRow, t: Translate) -> str:
    """Return the state of an opinion, "not answered" while nobody has."""
    return t(N_("not answered")) if row.state is None else print_answer(report.plan, row.state)


def opinions(report: ReviewReport, t: Translate) -> Listing:
    """Return 意見と対応: the last meeting's first, open ones of earlier years before them.

    The data file has a record for each response, and one for an opinion without any.
    """
    ordered = sorted(report.opinions, key=lambda row: _ORDER.index(row.meeting(report.year)))
    anchors = tuple(row.opinion.id for row in ordered)
    paper = Paper("opinions", t(N_("Opinions and responses")), keys=2, anchors=anchors)
    records = [Answered(row, answer) for row in report.opinions for answer in row.replies or (None,)]
    fields = (*_said(report, t), *_became(report, t))
    return listing(paper, fields, list(map(Answered, ordered)), records)


def _said(report: ReviewReport, t: Translate) -> Iterator[Field[Answered]]:
    listed = {row.place.id for row in report.initiatives}
    whole = t(N_("the plan as a whole"))

    def title(one: Answered) -> str:
        return whole if one.row.place is None else report.plan.title(one.row.place)

    def about(one: Answered) -> Cell:
        place = one.row.place
        if place is None:
            return Cell(whole)
        return Cell(f"{place.number} {title(one)}", link=place.id if place.id in listed else None)

    def meeting(one: Answered) -> Cell:
        return Cell(f"{day_label(one.row.opinion.meeting, t)} {t(_MEETINGS[one.row.meeting(report.year)])}")

    yield from common(report, t)
    meaning = Meaning(t(N_("The entry of the opinion; it stands in a line for each response.")))
    yield field("id", t(N_("Opinion id")), meaning, lambda one: one.row.opinion.id)
    column, meaning = Column(t(N_("Meeting")), 14), Meaning(t(N_("The day of the council's meeting.")), DAY)
    yield field("meeting", column, meaning, lambda one: one.row.opinion.meeting, meeting)
    yield field("number", t(N_("No.")), Meaning(t(NUMBER)), lambda one: one.row.place)
    yield field("title", Column(t(N_("About")), 16), Meaning(t(N_("What the opinion is about."))), title, about)
    meaning = Meaning(t(N_("What the council said.")))
    yield field("text", Column(t(N_("Opinion")), 24), meaning, lambda one: one.row.opinion.text.strip())


def _became(report: ReviewReport, t: Translate) -> Iterator[Field[Answered]]:
    states = (*(answer.name for answer in report.plan.scheme.responses), t(N_("not answered")))

    def state(one: Answered) -> Cell:
        return Cell(print_state(report, one.row, t), tone="alert" if one.row.is_open else "plain")

    def given(one: Answered) -> str | None:
        return None if one.answer is None else print_answer(report.plan, one.answer.state)

    column = Column(t(N_("State")), 10, choices=True)
    meaning = Meaning(t(N_("What has become of it: the state of the last response.")), words=states)
    yield field("state", column, meaning, lambda one: print_state(report, one.row, t), state)
    day, said = Meaning(t(N_("The day of the response.")), DAY), Meaning(t(N_("The response.")))
    meaning = Meaning(t(N_("The state that this response gave it.")), words=states)
    reason = Meaning(t(N_("Why nothing is done about it.")))
    data = (
        Datum[Answered](t(N_("Response: date")), day, lambda one: one.answer.response.date if one.answer else None),
        Datum[Answered](t(N_("Response")), said, lambda one: one.answer.response.text.strip() if one.answer else None),
        Datum(t(N_("Response: state")), meaning, given),
        Datum[Answered](
            t(N_("Response: reason")), reason, lambda one: one.answer.response.refusal if one.answer else None
        ),
    )
    column = Column(t(N_("Response")), 22)
    yield Field("responses", column, lambda one: Cell("\n".join(response_lines(one.row, t)) or NONE), data)


def response_lines(row: OpinionRow, t: Translate) -> Iterator[str]:
    """Yield the responses to an opinion, each with its day, a refusal with its reason."""
    for response in row.responses:
        reason = t(N_(" (reason: {reason})")).format(reason=response.refusal) if response.refusal else ""
        yield on_day(response.date, f"{response.text.strip()}{reason}", t)
