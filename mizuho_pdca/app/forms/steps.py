"""What of a form is to be recorded: each answer beside what was handed out and what was recorded since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.returned import AnsweredRow, Returned, relisted_row, unknown_row
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.rated import Rated
from mizuho_pdca.app.input.words import understood
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import Coded, Scheme
from mizuho_pdca.domain.records.entries import (
    WHOLE_PLAN,
    Activity,
    Actual,
    Entry,
    Evaluation,
    Improvement,
    Opinion,
    Response,
    Withdrawal,
)
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.forms.wording import offered
from mizuho_pdca.text import cleaned

CODES: Mapping[str, str] = {
    "status": "E204",
    "rating": "E205",
    "direction": "E206",
    "missing": "E213",
    "state": "E219",
}
"""With which code a word is refused that the plan does not know, by the column that asks for it."""


def stand_in(words: Sequence[Coded] = ()) -> str:
    """Return what stands for an answer that is missing, which is a fault: so what stands beside it is checked too."""
    return words[0].code if words else "…"


@dataclass(frozen=True)
class FormStep:
    """Something to record, and the cell that says so; ``words`` are the cells of words by the code of their fault."""

    at: Message
    make: Callable[[Desk], Receipt]
    words: Mapping[str, Message] = field(default_factory=dict)


def word_cells(row: AnsweredRow) -> dict[str, Message]:
    """Return the cells of a row that hold words of the plan, by the code of their fault."""
    return {code: row.answers[key].place for key, code in CODES.items() if key in row.answers}


@dataclass
class Steps:
    """All that a form has to be recorded, what was recorded already, what is wrong, and what is worth a note."""

    steps: list[FormStep] = field(default_factory=list)
    same: int = 0
    faults: list[PdcaError] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class FormReading:
    """What answers are held against: what was recorded, of which year, whose form it is, and the file's digest.

    ``taken`` is when this very file was taken in, None where it never was. ``over`` lets answers correct also what
    was recorded since the form went out.
    """

    desk: Desk
    ledger: Ledger
    year: int
    by: str | None
    t: Translate
    over: bool = False
    digest: str = ""
    taken: datetime | None = None

    def entries(self, target: str) -> list[Entry]:
        """Return the entries in force of a node in the year."""
        return self.ledger.of(self.year, target)

    @cached_property
    def _by_subject(self) -> Mapping[tuple[str, str], Sequence[Entry]]:
        """Return everything that was recorded for the year, also what is no longer in force, by what it is about."""
        found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.ledger.entries:
            about = self.ledger.by_id.get(entry.withdraws) if isinstance(entry, Withdrawal) else entry
            for subject in () if about is None else self._subjects(about):
                found[subject].append(entry)
        return found

    def _subjects(self, entry: Entry) -> Iterator[tuple[str, str]]:
        if isinstance(entry, Response | Opinion):
            yield entry.kind, self.root(entry.responds if isinstance(entry, Response) else entry.id)
            return
        if entry.year != self.year:
            return
        if isinstance(entry, Activity | Actual):
            yield from (("actual", slug) for slug in entry.values)
        if isinstance(entry, Actual):
            yield from (("actual", slug) for slug in entry.missing)
        else:
            yield entry.kind, entry.target

    def root(self, name: str) -> str:
        """Return the id of the first form of an entry."""
        entry = self.ledger.by_id.get(name)
        return name if entry is None else self.ledger.first_form(entry).id

    def was_taken(self, kind: str, about: str, at: Message, result: Steps) -> bool:
        """Return whether this very file had an answer recorded before: it is once, also where it was corrected since.

        Note who did that. Where the file is to correct what was recorded since, it was not.
        """
        told = () if self.over else self._by_subject.get((kind, about), ())
        own = [one for one in told if one.via == "form" and one.digest == self.digest]
        since = [one for one in told if one not in own and self.taken is not None and one.recorded >= self.taken]
        if not own and not since:
            return False
        result.same += 1
        later = [self.ledger.superseded_by.get(one.id) or self.ledger.withdrawn_by.get(one.id) for one in own]
        now = later[-1] if own else since[-1]
        if now is not None and all(later):
            words = N_(
                "{at}: recorded from this file before, and corrected or taken back since by {by} ({entry}), which "
                "stays. To record it again: --over"
            )
            result.notes.append(message(words, at=at, by=now.by, entry=now.id))
        return True

    def is_newer(self, entry: Entry, row: AnsweredRow) -> bool:
        """Return whether an entry is another than what was handed out in the row."""
        handed = row.handed.entries if row.handed is not None else frozenset()
        return entry.id not in handed

    def handed_out(self, row: AnsweredRow) -> list[Entry]:
        """Return the entries that a row was made of, also those that are no longer in force."""
        names = () if row.handed is None else sorted(row.handed.entries)
        return [self.ledger.by_id[name] for name in names if name in self.ledger.by_id]

    def correction(self, entry: Entry) -> Correction:
        """Return what corrects an entry by an answer."""
        words = N_("answer on the form")
        if self.by is not None:
            words = N_("answer on the form of {by}")
        return Correction(entry.id, message(words, by=self.by or "").text(self.t))

    def check_newer(self, entry: Entry, row: AnsweredRow, at: Message, result: Steps) -> bool:
        """Return whether an answer may correct an entry; note a fault, or a note that says what wins."""
        if not self.is_newer(entry, row):
            return True
        if entry.via != "form" and not self.over:
            what = message(
                N_("since the form went out, {by} recorded something else ({entry})"), by=entry.by, entry=entry.id
            )
            remedy = message(
                N_(
                    "Look at it with pdca show {entry}. To let the form's answer correct it: add --over. "
                    "To keep it: clear the cell."
                ),
                entry=entry.id,
            )
            result.faults.append(CellFault(at, what, remedy))
            return False
        words = N_("{at}: takes the place of what {by} answered ({entry}), which stays in the history")
        result.notes.append(message(words, at=at, by=entry.by, entry=entry.id))
        return True


def as_word(text: str, items: Sequence[Coded]) -> str:
    """Return the code of a word as the form's list shows it or a person types it; what is no word stays as it is."""
    shown = next((word.code for word in offered(items) if word.shown == text), None)
    if shown is not None or not items:
        return shown or text
    with suppress(UsageFault):
        return understood(text, items, "", "").code
    return text


def blank(row: AnsweredRow, keys: Sequence[str]) -> Iterator[tuple[str, Message]]:
    """Yield the answers that were handed out and then cleared, each with its cell."""
    for key in keys:
        answer = row.answers.get(key)
        if answer is not None and answer.changed and answer.text is None and answer.fault is None:
            yield key, answer.place


def note_cleared(row: AnsweredRow, keys: Sequence[str], result: Steps) -> None:
    """Note that what was cleared in the form stays recorded."""
    for _, place in blank(row, keys):
        result.notes.append(message(N_("{at}: was cleared; what is recorded stays"), at=place))


def gather_cell_faults(returned: Returned, result: Steps) -> None:
    """Note what is wrong with cells themselves."""
    for row in returned.rows:
        result.faults += [answer.fault for answer in row.answers.values() if answer.fault is not None]


@dataclass(frozen=True)
class RatedBy:
    """Whose rating a row holds: the first evaluator's, or another one's, who gave it at a meeting."""

    evaluator: str | None = None
    meeting: date | None = None


def evaluation_step(read: FormReading, row: AnsweredRow, about: Rated, by: RatedBy, result: Steps) -> None:
    """Add the step that records the rating of a row and what belongs to it, where it says anything new."""
    scheme = read.desk.plan.scheme_at(read.year)
    keys = ("rating", "progress", "issues")
    given = _given(row, keys)
    before = last_evaluation(scheme, read.entries(about.target), by.evaluator)
    note_cleared(row, keys, result)
    if given and read.was_taken("evaluation", about.target, _first_place(row, given), result):
        return
    if before is None and not _restore(read, row, keys, given, result):
        return
    if "rating" in given:
        given["rating"] = as_word(given["rating"], scheme.scale_of(by.evaluator).ratings)
    correction = _corrected(read, row, before, given, result, {"rating": scheme.scale_of(by.evaluator).ratings})
    if correction is None:
        return

    def make(desk: Desk) -> Receipt:
        return evaluate(
            desk,
            about.target,
            year=read.year,
            evaluator=by.evaluator,
            meeting=None if by.meeting is None else by.meeting.isoformat(),
            rating=given.get("rating"),
            progress=given.get("progress"),
            issues=given.get("issues"),
            by=read.by,
            correction=correction,
        )

    if before is None and "rating" not in given and not about.may_be_text:
        what = message(N_("the rating is empty; remarks and issues are recorded with it"))
        result.faults += _missing(row, "rating", what)
        return
    result.steps.append(FormStep(_first_place(row, given), make, word_cells(row)))


def rating_steps(read: FormReading, rows: Iterable[AnsweredRow], by: RatedBy, result: Steps) -> None:
    """Add the steps that record ratings of any parts of the plan."""
    for row in rows:
        place = read.desk.plan.places.get(row.id)
        if place is None and row.id != WHOLE_PLAN:
            result.faults.append(unknown_row(row))
        elif place is not None and read.desk.plan.original(place) is not place:
            result.faults += relisted_row(row, place, read.desk.plan.original(place))
        else:
            evaluation_step(read, row, Rated(row.id, place=place), by, result)


def improvement_step(read: FormReading, row: AnsweredRow, place: Place, result: Steps) -> None:
    """Add the step that records where a row goes, where it says anything new."""
    words = read.desk.plan.scheme_at(read.year).directions
    keys = ("direction", "next")
    given = _given(row, keys)
    before = next((one for one in reversed(read.entries(place.id)) if isinstance(one, Improvement)), None)
    note_cleared(row, keys, result)
    if given and read.was_taken("improvement", place.id, _first_place(row, given), result):
        return
    if before is None and not _restore(read, row, keys, given, result):
        return
    if "direction" in given:
        given["direction"] = as_word(given["direction"], words)
    correction = _corrected(read, row, before, given, result, {"direction": words})
    if correction is None:
        return
    if before is None:
        both = {
            "direction": message(N_("the future direction is empty; plans are recorded with it")),
            "next": message(N_("the plans for the next year are empty; the direction is recorded with them")),
        }
        for key in [key for key in both if key not in given]:
            result.faults += _missing(row, key, both[key])
            given[key] = stand_in(words if key == "direction" else ())

    def make(desk: Desk) -> Receipt:
        return improve(
            desk,
            place.id,
            year=read.year,
            direction=given.get("direction"),
            next_year=given.get("next"),
            by=read.by,
            correction=correction,
        )

    result.steps.append(FormStep(_first_place(row, given), make, word_cells(row)))


def _given(row: AnsweredRow, keys: Sequence[str]) -> dict[str, str]:
    """Return the answers of some columns that are new in the form."""
    return {key: text for key in keys if (text := row.text(key)) is not None}


def _restore(read: FormReading, row: AnsweredRow, keys: Sequence[str], given: dict[str, str], result: Steps) -> bool:
    """Return whether new answers can be recorded where nothing is any more of what was handed out beside them.

    What was taken back since the form went out is recorded with them where that is wanted, else they are refused.
    """
    there = ((key, row.answers[key]) for key in keys if key in row.answers and key not in given)
    held = {key: answer.text for key, answer in there if answer.text is not None and not answer.changed}
    if given and held and not read.over:
        what = message(N_("since the form went out, what it had beside this was taken back"))
        remedy = message(N_("To record both: add --over. To leave both out: clear the cell."))
        result.faults.append(CellFault(_first_place(row, given), what, remedy))
        return False
    given |= held if given else {}
    return True


def _corrected(
    read: FormReading,
    row: AnsweredRow,
    before: Evaluation | Improvement | None,
    given: Mapping[str, str],
    result: Steps,
    words: Mapping[str, Sequence[Coded]],
) -> Correction | None:
    """Return what the answers correct, if anything; None where nothing is to be recorded.

    ``words`` are those of the plan by the column that asks for one; an entry may hold a name for a code.
    """
    if not given:
        return None
    if before is None:
        return NOT_CORRECTED
    held = {key: as_word((getattr(before, key) or "").strip(), words.get(key, ())) for key in given}
    if all(cleaned(text) == held[key] for key, text in given.items()):
        result.same += 1
        return None
    if not read.check_newer(before, row, _first_place(row, given), result):
        return None
    return read.correction(before)


def last_evaluation(scheme: Scheme, entries: Sequence[Entry], evaluator: str | None = None) -> Evaluation | None:
    """Return the evaluation of a node itself that counts: the last one of an evaluator, of the first one if unnamed."""
    whose = scheme.evaluator(evaluator)
    found = (entry for entry in reversed(entries) if isinstance(entry, Evaluation))
    return next((one for one in found if one.indicator is None and scheme.evaluator(one.evaluator) is whose), None)


def _first_place(row: AnsweredRow, given: Mapping[str, str]) -> Message:
    return row.answers[next(iter(given))].place


def _missing(row: AnsweredRow, key: str, what: Message) -> Iterator[PdcaError]:
    """Yield that an answer is missing without which others can't be recorded; not what is wrong in any case."""
    answer = row.answers.get(key)
    if answer is None or answer.fault is None:
        place = next(iter(row.answers.values())).place if answer is None else answer.place
        yield CellFault(place, what, message(N_("Fill the cell in as well, or clear the others.")))
