"""One form from its bytes to what it has to be recorded, at a desk where nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from mizuho_pdca.app.desk import Desk, FileOrigin
from mizuho_pdca.app.entry import Receipt, check_open
from mizuho_pdca.app.entry_fault import EntryFault
from mizuho_pdca.app.form import read_list
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.figures import figure_steps
from mizuho_pdca.app.forms.meeting import council_steps, meeting_day, opinion_steps
from mizuho_pdca.app.forms.replies import reply_step
from mizuho_pdca.app.forms.returned import (
    AnsweredRow,
    Returned,
    filled,
    read_returned,
    relisted_row,
    rows_of,
    unknown_row,
)
from mizuho_pdca.app.forms.stamp import read_stamp
from mizuho_pdca.app.forms.steps import (
    FormReading,
    FormStep,
    RatedBy,
    Steps,
    evaluation_step,
    gather_cell_faults,
    improvement_step,
    rating_steps,
)
from mizuho_pdca.app.forms.work import activity_step
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.input.rated import Rated
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.kinds import displaced
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.links import check_links
from mizuho_pdca.domain.records.paths import name_at, path_of
from mizuho_pdca.domain.review.council import opinions
from mizuho_pdca.domain.review.observations import observations
from mizuho_pdca.errors import PdcaError, Refused, UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.forms.council import HEARD
from mizuho_pdca.papers.forms.inbox import CameIn
from mizuho_pdca.papers.forms.ratings import PARTS, RATED
from mizuho_pdca.papers.forms.sheet import MOST_TEXT, OFFICE_AT, PERSON_AT
from mizuho_pdca.papers.forms.year import ANSWERS, FIGURES, OPINIONS
from mizuho_pdca.storage.loading import Workspace
from mizuho_pdca.storage.xlsx.book import place_name, read_book


@dataclass(frozen=True)
class FormOutcome:
    """What became of a file, or would: what it has to be recorded, and everything that is wrong with it.

    ``same`` counts answers that were recorded already, ``complete`` rows with all that is expected of
    ``asked`` rows; ``faults`` keep all of it from being recorded. ``notes`` are on the form as it came
    in, ``recorded`` on what its answers do to the records. ``answered`` are the departments whose rows
    are filled in beside those of the form's own. Forms of a meeting are not listed.
    """

    name: str
    digest: str = ""
    year: int | None = None
    department: str | None = None
    by: str | None = None
    receipts: tuple[Receipt, ...] = ()
    same: int = 0
    complete: int = 0
    asked: int = 0
    faults: tuple[PdcaError, ...] = ()
    notes: tuple[Message, ...] = ()
    recorded: tuple[Message, ...] = ()
    answered: tuple[str | None, ...] = ()
    is_listed: bool = False

    @property
    def told(self) -> CameIn:
        """Return it as it is told."""
        return CameIn(
            self.name,
            self.year,
            self.department,
            self.by,
            tuple(receipt.entry for receipt in self.receipts),
            self.same,
            self.complete,
            self.asked,
            len(self.faults),
            self.notes if self.faults else (*self.notes, *self.recorded),
        )


def once(notes: Iterable[Message]) -> list[Message]:
    """Return notes without those that were told before."""
    told: list[Message] = []
    for note in notes:
        told += [] if note in told else [note]
    return told


@dataclass(frozen=True)
class FormFile:
    """A file that came in: its name, its bytes, and what is typed with it."""

    name: str
    data: bytes
    year: int | None = None
    by: str | None = None
    over: bool = False


def read_form(desk: Desk, known: Workspace, file: FormFile, t: Translate) -> FormOutcome:
    """Return what a file has to be recorded; whatever is wrong with it stands in the outcome."""
    try:
        book = read_book(file.data)
        stamp = read_stamp(book, desk.plan, file.year, t(N_("filled in")))
        check_open(desk, stamp.year)
    except PdcaError as exc:
        return FormOutcome(file.name, faults=(exc,))
    returned = read_returned(book, stamp, desk.plan, PERSON_AT, OFFICE_AT)
    office = returned.department if stamp.purpose == "year" else None
    by = file.by or "　".join(filter(None, (office, returned.person))) or None
    taken = _taken_in(desk, known.ledger, stamp.year, book.digest)
    read = FormReading(desk, known.ledger, stamp.year, by, t, file.over, book.digest, taken)
    steps = _steps(read, returned)
    at_desk = desk.reading(FileOrigin("form", book.digest), known)
    receipts, faults = made(at_desk, steps.steps)
    complete, asked = _filled(returned, returned.rows)
    recorded = once([*steps.notes, *(note for receipt in receipts for note in receipt.notes)])
    return FormOutcome(
        file.name,
        book.digest,
        stamp.year,
        office,
        by,
        tuple(receipts),
        steps.same,
        complete,
        asked,
        (*returned.faults, *steps.faults, *faults),
        (
            *returned.notes,
            *_lost_rows(desk.plan, returned),
            *_plan_changes(desk.plan, returned),
            *_long_texts(returned),
        ),
        tuple(recorded),
        tuple(_answered(desk.plan.at(stamp.year), returned)),
        stamp.purpose == "year",
    )


def _taken_in(desk: Desk, ledger: Ledger, year: int, digest: str) -> datetime | None:
    """Return when a file was taken in last, as its entries and the list of forms tell; None where it never was."""
    moments = [entry.recorded for entry in ledger.entries if entry.via == "form" and entry.digest == digest]
    with suppress(PdcaError, ValueError):
        listed = [datetime.fromisoformat(one.at) for one in read_list(desk, year).back if one.digest == digest]
        moments += [moment for moment in listed if moment.tzinfo is not None]
    return max(moments, default=None)


def _steps(read: FormReading, returned: Returned) -> Steps:
    result = Steps()
    gather_cell_faults(returned, result)
    plan = read.desk.plan
    for row in rows_of(returned, ANSWERS):
        place = plan.places.get(row.id)
        if place is None or not place.is_initiative:
            result.faults.append(unknown_row(row))
            continue
        if plan.original(place) is not place:
            result.faults += relisted_row(row, place, plan.original(place))
            continue
        activity_step(read, row, place, result)
        evaluation_step(read, row, Rated(place.id, place=place), RatedBy(), result)
        improvement_step(read, row, place, result)
    rating_steps(read, rows_of(returned, PARTS), RatedBy(), result)
    figure_steps(read, rows_of(returned, FIGURES), observations(plan, read.ledger), result)
    heard = {one.opinion.id: one for one in opinions(plan, read.ledger)}
    firsts = {read.ledger.first_form(one.opinion).id: one for one in heard.values()}
    for row in rows_of(returned, OPINIONS):
        found = heard.get(row.id) or firsts.get(row.id)
        if found is None:
            result.faults.append(unknown_row(row))
        else:
            reply_step(read, row, found.responses[-1] if found.responses else None, result)
    if returned.stamp.purpose == "council":
        at = message(N_('"{sheet}" {cell}'), sheet=returned.first, cell=place_name(OFFICE_AT))
        day = meeting_day(returned.department, read.desk.today, at)
        opinion_steps(read, list(rows_of(returned, HEARD)), list(heard.values()), day, result)
        council_steps(read, list(rows_of(returned, RATED)), day, result)
    return result


def _filled(returned: Returned, of: Sequence[AnsweredRow]) -> tuple[int, int]:
    """Return how many of some rows are complete, of how many: of parts of the plan, where none is asked for of figures.

    A sheet of which nothing is expected does not count.
    """
    sheets = {key: sheet for key, sheet in returned.stamp.sheets.items() if sheet["expected"]}
    keys = [key for key in (ANSWERS, PARTS) if key in sheets] or [key for key in (FIGURES,) if key in sheets]
    counted = [filled([row for row in of if row.sheet == key], list(sheets[key]["expected"])) for key in keys]
    lost = sum(sheet in keys for sheet, _ in returned.lost)
    return sum(full for full, _ in counted), sum(asked for _, asked in counted) + lost


_SHEETS = {
    ANSWERS: N_("Answers"),
    PARTS: N_("Ratings of parts"),
    FIGURES: N_("Indicators"),
    OPINIONS: N_("Opinions"),
    HEARD: N_("Opinions of the meeting"),
    RATED: N_("Ratings"),
}
"""The sheets by their keys, as they are named when they go out."""

_MOST_NAMED = 5


def _lost_rows(plan: Plan, returned: Returned) -> Iterator[Message]:
    """Yield which sheets and which other rows are not there any more, by what they were about."""
    lost: dict[str, list[str]] = {}
    for sheet, name in returned.lost:
        lost.setdefault(sheet, []).append(name)
    for sheet in [sheet for sheet in lost if not any(row.sheet == sheet for row in returned.rows)]:
        words = N_('no row of the sheet "{sheet}" is there any more; nothing is recorded of the {n} that were sent out')
        yield message(words, sheet=message(_SHEETS.get(sheet, sheet)), n=len(lost.pop(sheet)))
    names = [_called(plan, name) for of_sheet in lost.values() for name in of_sheet]
    if not names:
        return
    words = N_("rows that were sent out are missing, nothing is recorded of them: {names}")
    if len(names) > _MOST_NAMED:
        words = N_("{n} rows that were sent out are missing, nothing is recorded of them: {names} …")
    yield message(words, n=len(names), names=names[:_MOST_NAMED])


def _called(plan: Plan, name: str) -> str:
    """Return what a row is about, as people know it: a number, an indicator's name, an opinion's id."""
    if name in plan.indicators:
        return plan.indicators[name][0].name
    return plan.places[name].number if name in plan.places else name


def _answered(plan: Plan, returned: Returned) -> dict[str | None, None]:
    """Return whose rows are filled in: of a department's form only those that it was not sent with.

    Of a form for everybody that came back as it went out, those with nothing to add: all of their rows were complete.
    """
    found: dict[str | None, None] = {}
    for row in (row for row in returned.rows if row.sheet in (ANSWERS, PARTS, FIGURES)):
        is_own = returned.stamp.department is not None and row.handed is not None
        if not is_own and any(row.text(key) for key in row.answers):
            found[_department(plan, row)] = None
    if found or returned.stamp.department is not None:
        return found
    shares = dict[str | None, list[AnsweredRow]]()
    for row in returned.rows:
        shares.setdefault(_department(plan, row), []).append(row)
    for department, rows in shares.items():
        full, asked = _filled(returned, rows)
        if full == asked > 0:
            found[department] = None
    return found


def _department(plan: Plan, row: AnsweredRow) -> str | None:
    place = plan.indicators[row.id][1] if row.id in plan.indicators else plan.places.get(row.id)
    return None if place is None else place.department


def _plan_changes(plan: Plan, returned: Returned) -> Iterator[Message]:
    """Yield what the plan calls otherwise since the form went out."""
    for row in returned.rows:
        place = plan.places.get(row.id)
        before = None if row.handed is None else row.handed.given.get("title")
        if place is not None and before is not None and plan.title(place) != before:
            words = N_('{number} was called "{before}" when the form went out; now it is "{now}"')
            yield message(words, number=place.number, before=before, now=plan.title(place))


def _long_texts(returned: Returned) -> Iterator[Message]:
    """Yield which new texts are longer than the form would have them."""
    for answer in (answer for row in returned.rows for answer in row.answers.values() if answer.changed):
        if (count := len(answer.text or "")) > MOST_TEXT:
            words = N_("{at}: {n} signs are more than the {limit} that papers show well")
            yield message(words, at=answer.place, n=count, limit=MOST_TEXT)


def made(desk: Desk, steps: Sequence[FormStep]) -> tuple[list[Receipt], list[PdcaError]]:
    """Return what all steps would record, and everything that is wrong with them, or between them."""
    receipts, faults, by_path = list[Receipt](), list[PdcaError](), dict[str, FormStep]()
    for step in steps:
        try:
            receipts.append(step.make(desk))
            by_path[receipts[-1].path] = step
        except Rejected as exc:
            faults += [_of_cell(step, error) for error in exc.errors]
        except (UsageFault, Refused) as exc:
            faults.append(_of_cell(step, exc))
    return receipts, [*faults, *_between(desk, receipts, by_path)]


def _between(desk: Desk, receipts: Sequence[Receipt], by_path: Mapping[str, FormStep]) -> Iterator[PdcaError]:
    """Yield what would be wrong between entries once those of receipts are written, each by its step's cell."""
    if desk.known is None or not any(displaced(receipt.entry) for receipt in receipts):
        return
    entries = [*desk.known.ledger.entries, *(receipt.entry for receipt in receipts)]
    ids = {*map(name_at, desk.known.paths), *(entry.id for entry in entries)}
    by_id = {receipt.entry.id: by_path[receipt.path].at for receipt in receipts}
    names = {other for entry in entries for _, other in displaced(entry)}  # what nothing refers to takes no part
    linked = [(path_of(entry), entry) for entry in entries if entry.id in names or displaced(entry)]
    for path, fault in check_links(linked, frozenset(ids)):
        if (step := by_path.get(path)) is None:
            continue
        twin = by_id.get(str(fault.values.get("twin")))
        if twin is None:
            yield _of_cell(step, EntryFault(fault))
        else:
            remedy = message(N_("Clear one of the two answers, or make them the same."))
            yield CellFault(step.at, message(N_("{other} answers the same otherwise"), other=twin), remedy)


def _of_cell(step: FormStep, error: PdcaError) -> PdcaError:
    """Return a fault with its cell: that of the word which the plan does not know, else that of the step."""
    place = step.words.get(str(error.message.values.get("code")), step.at)
    fault = CellFault(place, error.message, error.remedy)
    fault.exit_code = error.exit_code
    return fault
