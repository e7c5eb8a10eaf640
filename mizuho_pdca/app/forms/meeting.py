"""What was said at a meeting of the council, as it comes back in a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Receipt
from mizuho_pdca.app.entry_fault import EntryFault
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.replies import reply_step
from mizuho_pdca.app.forms.returned import AnsweredRow
from mizuho_pdca.app.forms.steps import (
    FormReading,
    FormStep,
    RatedBy,
    Steps,
    as_word,
    rating_steps,
    stand_in,
    word_cells,
)
from mizuho_pdca.app.input.days import typed_day
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.input.names import WHOLE_WORDS, find_place
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.respond import respond
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Entry, Opinion
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.forms.council import NEW
from mizuho_pdca.text import cleaned, folded


def meeting_day(text: str | None, today: date, at: Message) -> date | CellFault:
    """Return the day of the meeting that a form gives, or what is wrong with it."""
    if text is None:
        what = message(N_("the day of the meeting is empty"))
        return CellFault(at, what, message(N_("Write the day, such as 2025/8/28.")))
    try:
        day = typed_day(text, today)
        if day > today:
            raise EntryFault(Fault("E210", values={"date": day.isoformat()}))
    except UsageFault as exc:
        return CellFault(at, exc.message, exc.remedy)
    return day


def opinion_steps(
    read: FormReading, rows: Sequence[AnsweredRow], heard: Sequence[OpinionRow], day: date | CellFault, result: Steps
) -> None:
    """Add the steps that record what a form says was said, each with its answer."""
    filled = [row for row in rows if _text(row, "opinion") is not None]
    lacking = [row for row in rows if row not in filled and any(answer.text for answer in row.answers.values())]
    for row in lacking:
        at = next(answer.place for answer in row.answers.values() if answer.text)
        what = message(N_("the opinion itself is empty"))
        result.faults.append(CellFault(at, what, message(N_("Write what was said, or clear the row."))))
    if isinstance(day, CellFault):
        if not any(row.id.startswith(NEW) or row.text("opinion") for row in (*filled, *lacking)):
            return
        result.faults.append(day)
        day = read.desk.today
    told = {_said(row) for row in filled}
    for row in (*filled, *map(_with_words, lacking)):
        target = _target(read.desk.plan, row, read.year, result)
        _row(read, row, target, _known(read, row, target, heard, day, told), day, result)


def _with_words(row: AnsweredRow) -> AnsweredRow:
    """Return a row without an opinion with a stand-in for it, so that the rest of the row is checked."""
    first = next(iter(row.answers.values()))
    opinion = replace(row.answers.get("opinion", first), text=stand_in())
    return AnsweredRow(row.sheet, row.id, {**row.answers, "opinion": opinion}, row.handed)


def council_steps(read: FormReading, rows: Sequence[AnsweredRow], day: date | CellFault, result: Steps) -> None:
    """Add the steps that record how the council rated, on the day of its meeting."""
    council = read.desk.plan.scheme_at(read.year).council
    given = [row for row in rows if any(row.text(key) for key in row.answers)]
    if given and isinstance(day, CellFault):
        result.faults += [] if day in result.faults else [day]
        day = read.desk.today
    if given and council is None:
        what = message(N_("the council rates nothing in the plan any more"))
        remedy = message(N_("Clear the sheet, or put the evaluator council back into the plan."))
        result.faults.append(CellFault(next(iter(given[0].answers.values())).place, what, remedy))
    elif council is not None and not isinstance(day, CellFault):
        rating_steps(read, rows, RatedBy(council.code, day), result)


def _text(row: AnsweredRow, key: str) -> str | None:
    answer = row.answers.get(key)
    return None if answer is None else answer.text


def _said(row: AnsweredRow) -> str:
    """Return an opinion with who said it."""
    text, who = cleaned(_text(row, "opinion") or ""), _text(row, "who")
    return text if who is None else f"{text}（{who}）"


def _target(plan: Plan, row: AnsweredRow, year: int, result: Steps) -> str:
    """Return what an opinion is about, a stand-in after noting what is wrong."""
    text = _text(row, "place")
    at = (row.answers.get("place") or row.answers["opinion"]).place
    if text is None:
        what = message(N_("it does not say what the opinion is about"))
        result.faults.append(CellFault(at, what, message(N_("Choose it from the list."))))
    if text is None or folded(text) in WHOLE_WORDS:
        return WHOLE_PLAN
    try:
        return plan.original(find_place(plan, text, year)).id
    except PdcaError as exc:
        result.faults.append(CellFault(at, exc.message, exc.remedy))
        return WHOLE_PLAN


def _known(
    read: FormReading, row: AnsweredRow, target: str, heard: Sequence[OpinionRow], day: date, told: set[str]
) -> OpinionRow | None:
    """Return the opinion that a row is of: by its id, by what it says or said, or as the one that it changes."""
    by_id = next((one for one in heard if one.opinion.id == row.id), None)
    if by_id is not None:
        return by_id
    same = [one for one in heard if one.opinion.meeting == day and one.opinion.target == target]
    exact = next((one for one in same if one.opinion.text.strip() == _said(row)), None)
    if exact is not None:
        return exact
    corrected = next((one for one in same if _said(row) in _texts(read.ledger.forms_of(one.opinion))), None)
    if corrected is not None:
        return corrected
    gone = [one for one in same if one.opinion.via == "form" and one.opinion.text.strip() not in told]
    return gone[0] if len(gone) == 1 else None


def _texts(entries: Iterable[Entry]) -> set[str]:
    return {entry.text.strip() for entry in entries if isinstance(entry, Opinion)}


def _row(read: FormReading, row: AnsweredRow, target: str, known: OpinionRow | None, day: date, result: Steps) -> None:
    at, said = row.answers["opinion"].place, _said(row)
    of_target = (one for one in read.ledger.entries if isinstance(one, Opinion) and one.target == target)
    same = next((one for one in of_target if one.meeting == day and one.text.strip() == said), None)
    if known is None or known.opinion.text.strip() != said:
        told = same if known is None else known.opinion
        if told is not None and read.was_taken("opinion", read.root(told.id), at, result):
            return
    if known is not None:
        opinion = known.opinion
        if opinion.text.strip() != said:
            _correct(read, row, opinion, said, result)
        elif row.id.startswith(NEW):
            result.same += 1
        reply_step(read, _with_id(row, opinion.id), known.responses[-1] if known.responses else None, result)
        return
    made: list[Receipt] = []

    def make(desk: Desk) -> Receipt:
        receipt = give_opinion(
            desk, target, year=read.year, meeting=day.isoformat(), text=said, by=read.by, correction=NOT_CORRECTED
        )
        made.append(receipt)
        return receipt

    result.steps.append(FormStep(at, make))
    reply, state = _text(row, "reply"), _text(row, "state")
    if reply is None and state is None:
        return
    place = row.answers["state" if reply is None else "reply"].place
    if reply is None:
        what = message(N_("there is a state without a response"))
        result.faults.append(CellFault(place, what, message(N_("Write the response as well, or clear the cell."))))
    result.steps.append(FormStep(place, partial(_reply, read, row, made), word_cells(row)))


def _reply(read: FormReading, row: AnsweredRow, made: Sequence[Receipt], desk: Desk) -> Receipt:
    """Answer an opinion that was made just now; raise ``Rejected`` where that could not be made."""
    if not made:
        raise Rejected([])
    told = _text(row, "state")
    state = None if told is None else as_word(told, read.desk.plan.scheme_at(read.year).responses)
    text = _text(row, "reply") or stand_in()
    declined = read.desk.plan.scheme_at(read.year).answer("declined")
    is_declined = state is not None and declined is not None and state in (declined.code, declined.name)
    reason = text if is_declined else None
    return respond(desk.knowing(made[0].entry), made[0].entry.id, text=text, state=state, reason=reason, by=read.by)


def _correct(read: FormReading, row: AnsweredRow, opinion: Opinion, said: str, result: Steps) -> None:
    at = row.answers["opinion"].place
    if row.id == opinion.id and row.text("opinion") is None and row.text("who") is None:
        return
    if not read.check_newer(opinion, row, at, result):
        return
    correction = read.correction(opinion)

    def make(desk: Desk) -> Receipt:
        return give_opinion(desk, None, year=None, meeting=None, text=said, by=read.by, correction=correction)

    result.steps.append(FormStep(at, make))


def _with_id(row: AnsweredRow, name: str) -> AnsweredRow:
    return AnsweredRow(row.sheet, name, row.answers, row.handed)
