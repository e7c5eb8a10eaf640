"""Responses to opinions, as they come back in a form."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Receipt
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.returned import AnsweredRow
from mizuho_pdca.app.forms.steps import FormReading, FormStep, Steps, as_word, note_cleared, stand_in, word_cells
from mizuho_pdca.app.respond import respond
from mizuho_pdca.domain.records.entries import Response
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import cleaned


def reply_step(read: FormReading, row: AnsweredRow, last: Response | None, result: Steps) -> None:
    """Add the step that answers an opinion, where the form says anything new; ``last`` is the last answer so far."""
    text, told = row.text("reply"), row.text("state")
    note_cleared(row, ("reply", "state"), result)
    if text is None and told is None:
        return
    scheme = read.desk.plan.scheme_at(read.year)
    state = None if told is None else as_word(told, scheme.responses)
    at = row.answers["state" if text is None else "reply"].place
    if read.was_taken("response", read.root(row.id), at, result):
        return
    known = None if last is None else scheme.answer(last.state)
    if last is not None and (text is None or cleaned(text) == last.text.strip()):
        found = None if state is None else scheme.answer(state)
        if state is None or (found is not None and found == known):
            result.same += 1
            return
    if text is None and last is None:
        what = message(N_("there is a state without a response"))
        result.faults.append(CellFault(at, what, message(N_("Write the response as well, or clear the cell."))))
    is_correction = last is not None and last.via == "form" and read.is_newer(last, row)
    said = text or (stand_in() if last is None else last.text)
    correction = read.correction(last) if is_correction and last is not None else NOT_CORRECTED
    declined = scheme.answer("declined")
    meant = scheme.answer(state) if state is not None else known
    grounds = said if meant is not None and meant == declined else None

    def make(desk: Desk) -> Receipt:
        return respond(
            desk,
            None if is_correction else row.id,
            text=said,
            state=state or (None if known is None else known.code),
            reason=None if is_correction else grounds,
            grounds=grounds if is_correction else None,
            by=read.by,
            correction=correction,
        )

    result.steps.append(FormStep(at, make, word_cells(row)))
