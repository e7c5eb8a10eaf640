"""What an office says that it did: the text of a form beside what was recorded during the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Receipt
from mizuho_pdca.app.forms.returned import AnsweredRow
from mizuho_pdca.app.forms.steps import FormReading, FormStep, Steps, as_word, note_cleared, word_cells
from mizuho_pdca.app.log import log
from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Activity
from mizuho_pdca.language import LANGUAGES, translator
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.forms.wording import proposal
from mizuho_pdca.papers.forms.year import last_possible
from mizuho_pdca.text import cleaned, folded


def activity_step(read: FormReading, row: AnsweredRow, place: Place, result: Steps) -> None:
    """Add the step that records what was done, where the form says more than is recorded."""
    known = [entry for entry in read.entries(place.id) if isinstance(entry, Activity)]
    statuses = read.desk.plan.scheme_at(read.year).statuses
    told, text = row.text("status"), row.text("summary")
    status = None if told is None else as_word(told, statuses)
    note_cleared(row, ("status", "summary"), result)
    if status is None and text is None:
        return
    at = row.answers["status" if text is None else "summary"].place
    if read.was_taken("activity", place.id, at, result):
        return
    rest = Rest.of(text or "", known, read, row)
    last = next((as_word(entry.status, statuses) for entry in reversed(known) if entry.status), None)
    is_new = status is not None and status != last
    _note_since(rest, at, result)
    if not rest.text and not is_new:
        result.same += 1
        _note_left_out(rest, at, result)
        return
    _add(read, place, rest, row, status if is_new else None, result)


def _add(read: FormReading, place: Place, rest: Rest, row: AnsweredRow, status: str | None, result: Steps) -> None:
    words = message(N_("status at the end of the year, answered on the form"))
    summary = rest.text or words.text(read.t)
    place_of = row.answers["summary" if rest.text else "status"].place
    corrected = rest.corrected
    if corrected is not None and not read.check_newer(corrected, row, place_of, result):
        return
    if corrected is None:
        _note_left_out(rest, place_of, result)
    correction = NOT_CORRECTED if corrected is None else read.correction(corrected)
    day = _day(read).isoformat() if corrected is None else None

    def make(desk: Desk) -> Receipt:
        return log(desk, place.id, summary, status=status, day=day, by=read.by, correction=correction)

    result.steps.append(FormStep(place_of, make, word_cells(row)))


def _day(read: FormReading) -> date:
    return last_possible(last_day(read.year, read.desk.plan.header.starts), read.desk.today)


def _note_left_out(rest: Rest, at: Message, result: Steps) -> None:
    for entry in rest.left_out:
        words = N_(
            "{at}: {entry} is no longer in the text, but stays recorded. "
            "To take it back: pdca withdraw {entry} --reason …"
        )
        result.notes.append(message(words, at=at, entry=entry.id))


def _note_since(rest: Rest, at: Message, result: Steps) -> None:
    for entry in rest.gone:
        words = N_("{at}: {entry} stands in the text as it went out, but was corrected or taken back since; that stays")
        result.notes.append(message(words, at=at, entry=entry.id))


@dataclass(frozen=True)
class Rest:
    """What a text says beyond what is recorded: the rest of it, the entries that it leaves out, the one it corrects.

    ``gone`` are entries that stand in it as they were handed out, and are no longer in force.
    """

    text: str
    left_out: Sequence[Activity] = ()
    corrected: Activity | None = None
    gone: Sequence[Activity] = ()

    @classmethod
    def of(cls, text: str, known: Sequence[Activity], read: FormReading, row: AnsweredRow) -> Rest:
        """Return what is left of a text without what is recorded.

        Where one entry that was handed out, or that a form brought, no longer stands in the text and
        something else does, that is its correction; of several nobody could tell which. An entry also stands
        there as it was handed out before somebody corrected it.
        """
        if not text:
            return cls("")
        rest, missing, gone = cleaned(text), list[Activity](), list[Activity]()
        forms_of_known = [[one for one in read.ledger.forms_of(entry) if isinstance(one, Activity)] for entry in known]
        for entry, *before in forms_of_known:
            handed = [one for one in before if not read.is_newer(one, row)]
            found = _piece(rest, [entry, *handed])
            if found is not None:
                rest = _without(rest, found)
            elif handed or not read.is_newer(entry, row) or any(one.via == "form" for one in (entry, *before)):
                missing.append(entry)
        there = {one.id for forms in forms_of_known for one in forms}
        for one in read.handed_out(row):
            if isinstance(one, Activity) and one.id not in there and (found := _piece(rest, [one])) is not None:
                rest = _without(rest, found)
                gone.append(one)
        rest = cleaned(rest)
        if rest and len(missing) == 1:
            return cls(_undated(rest, missing[0]), (), missing[0], gone)
        return cls(rest, missing, None, gone)


def _proposed(entry: Activity) -> list[str]:
    """Return how an entry stands in a form, which may have gone out in any language."""
    return [shown for language in LANGUAGES for shown in proposal([entry], translator(language))]


def _piece(text: str, forms: Sequence[Activity]) -> str | None:
    """Return how one of the forms of an entry stands in a text, None where none does."""
    pieces = (piece for one in forms for piece in (*_proposed(one), one.summary))
    return next((piece for piece in pieces if _holds(text, piece)), None)


def _undated(text: str, entry: Activity) -> str:
    """Return a text without the day that the form puts before an entry's."""
    days = [shown.removesuffix(entry.summary.strip()) for shown in _proposed(entry)]
    return text.removeprefix(next((day for day in days if text.startswith(day)), "")).strip()


def _lines(text: str) -> list[str]:
    return [folded(line) for line in text.split("\n")]


def _found(text: str, piece: str) -> tuple[int, int] | None:
    """Return at which lines a piece stands in a text, as whole lines."""
    whole, part = _lines(text), _lines(cleaned(piece))
    starts = range(len(whole) - len(part) + 1)
    return next(((start, start + len(part)) for start in starts if whole[start : start + len(part)] == part), None)


def _holds(text: str, piece: str) -> bool:
    return _found(text, piece) is not None


def _without(text: str, piece: str) -> str:
    start, end = _found(text, piece) or (0, 0)
    lines = text.split("\n")
    return "\n".join([*lines[:start], *lines[end:]])
