"""A form that came back: its rows by what they are about, each answer with its cell, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mizuho_pdca.app.forms.cells import CellFault, cell_fault, cell_text, plain_text
from mizuho_pdca.app.forms.lost import PUT_BACK, doubled_columns, nameless_columns, nameless_sheets, plain
from mizuho_pdca.app.forms.stamp import EXAMPLE, HandedOut, Stamp
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.numbers import parse_node_id
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import Coded, Scheme
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.forms.council import NEW
from mizuho_pdca.papers.forms.ratings import RATED
from mizuho_pdca.papers.forms.sheet import ID
from mizuho_pdca.papers.forms.wording import own_words
from mizuho_pdca.papers.forms.year import ANSWERS
from mizuho_pdca.storage.xlsx.book import At, BookCell, BookSheet, ExcelBook, place_name
from mizuho_pdca.text import DASHES, cleaned, folded

_HEADINGS_WITHIN = 40
"""Rows from the top in which headings are looked for."""


@dataclass(frozen=True)
class CellAnswer:
    """What stands in a cell that asks: None where it is blank; ``changed`` says that it is not as handed out."""

    text: str | None
    sheet: str
    at: At
    changed: bool
    percent: bool = False
    fault: PdcaError | None = None

    @property
    def place(self) -> Message:
        """Return which cell that is: 「回答」D12."""
        return message(N_('"{sheet}" {cell}'), sheet=self.sheet, cell=place_name(self.at))


@dataclass(frozen=True)
class AnsweredRow:
    """A row that came back: what it is about, its answers by the key of their column, and what was handed out."""

    sheet: str
    id: str
    answers: Mapping[str, CellAnswer]
    handed: HandedOut | None

    def text(self, key: str) -> str | None:
        """Return an answer that is not as it was handed out, None for any other."""
        answer = self.answers.get(key)
        return answer.text if answer is not None and answer.changed else None


@dataclass
class Returned:
    """What stands in a form: rows, who filled it in, what is wrong with it, and what is worth a note.

    ``lost`` are rows that were handed out to be filled in, and are not there any more, by sheet and id.
    """

    stamp: Stamp
    rows: list[AnsweredRow] = field(default_factory=list)
    person: str | None = None
    department: str | None = None
    first: str = ""
    lost: list[tuple[str, str]] = field(default_factory=list)
    faults: list[PdcaError] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


_NOTHING = HandedOut({}, {}, frozenset())
_BLANK = BookCell(None)


def read_returned(book: ExcelBook, stamp: Stamp, plan: Plan, person_at: At, office_at: At) -> Returned:
    """Return what stands in a form; every fault is gathered."""
    result = Returned(stamp)
    first = book.sheets[0] if book.sheets else None
    if first is not None:
        result.first = first.name
        result.person = _name(first, person_at, result)
        result.department = stamp.department or _day(book, first, office_at) or _name(first, office_at, result)
    for sheet in book.sheets:
        if sheet.name.startswith("_"):
            continue
        found = _headings(sheet, stamp)
        if found is not None:
            _read_sheet(sheet, *found, plan, result)
    read = {row.sheet for row in result.rows}
    result.faults += nameless_sheets(book, stamp, read) if read else []
    _check_twice(result)
    result.lost += _lost_rows(result)
    missing = [key for key in stamp.sheets if not any(row.sheet == key for row in result.rows)]
    if len(missing) == len(stamp.sheets):
        result.faults.append(
            UsageFault(
                N_("the form's sheets can't be found: none has its headings"),
                remedy=message(N_("Put the headings back as they were sent out, or copy the answers into a new form.")),
            )
        )
    return result


def _day(book: ExcelBook, sheet: BookSheet, at: At) -> str | None:
    """Return the day that a bare number in a cell stands for, as Excel counts days."""
    cell = sheet.cells.get(at)
    day = book.day(cell.value) if cell is not None and isinstance(cell.value, float) else None
    return None if day is None else day.isoformat()


def _name(sheet: BookSheet, at: At, result: Returned) -> str | None:
    """Return what a cell above the rows says, None after noting what is wrong with it."""
    cell = sheet.cells.get(at)
    fault = None if cell is None else cell_fault(cell, sheet.name, at)
    result.faults += [] if fault is None else [fault]
    text = None if cell is None else cell_text(cell)
    return None if text is None else text.replace("\n", " ")


Columns = Mapping[str, int]


def _headings(sheet: BookSheet, stamp: Stamp) -> tuple[str, int, Columns] | None:
    """Return which sheet of the form this is, the row of its headings, and its columns by key; None for others."""
    for number, row in sheet.rows().items():
        if number >= _HEADINGS_WITHIN:
            return None
        by_heading = {plain(str(cell.value)): column for column, cell in row.items() if cell.value is not None}
        for key, parts in stamp.sheets.items():
            wanted = {**parts["given"], **parts["asked"]}
            found = {
                column: by_heading[plain(heading)] for column, heading in wanted.items() if plain(heading) in by_heading
            }
            if any(column in parts["asked"] for column in found) and len(found) * 2 >= len(wanted):
                return key, number, {**found, **({ID: by_heading[ID]} if ID in by_heading else {})}
    return None


def _read_sheet(sheet: BookSheet, key: str, head: int, columns: Columns, plan: Plan, result: Returned) -> None:
    stamp = result.stamp
    asked, given = stamp.sheets[key]["asked"], stamp.sheets[key]["given"]
    _check_headings(sheet, key, head, columns, result)
    for number, row in sheet.rows().items():
        if number <= head:
            continue
        answers = {name: row.get(columns[name]) for name in asked if name in columns}
        row_id = _row_id(row, columns, key, plan)
        is_filled = any(
            cell is not None and (cell_text(cell) or cell.error or cell.no_result) for cell in answers.values()
        )
        if row_id is None and is_filled and ID not in columns and not (key == ANSWERS and "number" in columns):
            result.faults.append(_nameless(sheet))
            return
        if row_id is None:
            place = message(N_('"{sheet}" row {row}'), sheet=sheet.name, row=number + 1)
            result.faults += [_lost(place)] if is_filled else []
            continue
        is_example = row_id.startswith(EXAMPLE)
        handed = stamp.rows.get((EXAMPLE if is_example else key, row_id))
        before = (handed or _NOTHING).answers
        spoken = _spoken_dashes(plan.scheme_at(stamp.year), key, plan.indicators.get(row_id, (None,))[0])
        held = {
            name: _answer(cell, before.get(name, ""), sheet.name, (number, columns[name]), is_word=name in spoken)
            for name, cell in answers.items()
        }
        if is_example:
            result.faults += _in_example(held, handed)
            continue
        _check_given(
            sheet.name, number, row, {name: columns[name] for name in given if name in columns}, handed, result
        )
        result.rows.append(AnsweredRow(key, row_id, held, handed))
    _check_merged(sheet, head, {columns[name] for name in asked if name in columns}, result)


def _check_headings(sheet: BookSheet, key: str, head: int, columns: Columns, result: Returned) -> None:
    """Note which columns are missing; where there is one with another heading, it could be that, and is a fault."""
    stamp = result.stamp
    missing = [heading for name, heading in stamp.sheets[key]["asked"].items() if name not in columns]
    known = {*columns.values()}
    others = [
        (at, str(cell.value))
        for at, cell in sheet.cells.items()
        if at[0] == head
        and at[1] not in known
        and cell.value is not None
        and plain(str(cell.value)) != plain(stamp.done)
    ]
    for at, heading in others if missing else ():
        place = message(N_('"{sheet}" {cell}'), sheet=sheet.name, cell=place_name(at))
        what = message(
            N_('the heading "{now}" is none of the form, of which {before} is missing'), now=heading, before=missing
        )
        result.faults.append(CellFault(place, what, PUT_BACK))
    nameless = [*nameless_columns(sheet, head, missing)]
    result.faults += [*nameless, *doubled_columns(sheet, head, stamp.sheets[key]["asked"].values())]
    for heading in () if others or nameless else missing:
        words = N_('the column "{heading}" is missing in "{sheet}"; nothing of it is recorded')
        result.notes.append(message(words, heading=heading, sheet=sheet.name))


def _nameless(sheet: BookSheet) -> CellFault:
    return CellFault(
        message(N_('"{sheet}"'), sheet=sheet.name),
        message(N_("the columns that say what a row is about are gone")),
        message(N_("Copy the answers into a new form, or into the one that was sent.")),
    )


def _in_example(answers: Mapping[str, CellAnswer], handed: HandedOut | None) -> Iterator[CellFault]:
    """Yield what somebody wrote into the example, which is recorded nowhere."""
    for answer in answers.values() if handed is not None else ():
        if answer.changed:
            what = message(N_("this is the example; what is written here is not recorded"))
            yield CellFault(
                answer.place,
                what,
                message(N_("Write it into the row that it is about; put the example back, or delete its sheet.")),
            )


def _check_merged(sheet: BookSheet, head: int, asked: set[int], result: Returned) -> None:
    """Note each answer that stands in a cell merged over several rows: it can be that of the first one only."""
    for (row, column), (last, right) in sheet.merged:
        if row > head and last > row and asked.intersection(range(column, right + 1)) and (row, column) in sheet.cells:
            place = message(N_('"{sheet}" {cell}'), sheet=sheet.name, cell=place_name((row, column)))
            what = message(N_("the cell is merged over several rows, so that the others have no answer"))
            remedy = message(N_("Take the merging back, and write the answer into each row that it is for."))
            result.faults.append(CellFault(place, what, remedy))


def unknown_row(row: AnsweredRow) -> CellFault:
    """Return that a row is about what there is no longer."""
    place = next((answer.place for answer in row.answers.values()), message(N_("the row of {name}"), name=row.id))
    what = message(N_('there is no "{name}" in the plan or the records any more'), name=row.id)
    remedy = message(N_("Clear the answers of the row, or copy them into the row that took its place."))
    return CellFault(place, what, remedy)


def relisted_row(row: AnsweredRow, place: Place, original: Place) -> Iterator[CellFault]:
    """Yield that a row with answers is about what the plan lists again of another initiative since it was sent out."""
    answered = [answer for answer in row.answers.values() if answer.changed and answer.text is not None]
    for answer in answered[:1]:
        what = message(
            N_("{place} is listed again from {number} in the plan now"), place=place.number, number=original.number
        )
        remedy = message(N_("Copy the answers into the row of {number}, and clear them here."), number=original.number)
        yield CellFault(answer.place, what, remedy)


def _lost(place: Message) -> CellFault:
    return CellFault(
        place,
        message(N_("answers stand in a row of which it can't be told what it is about")),
        message(N_("Write the answers into the row of their initiative, and clear this one.")),
    )


def _row_id(row: Mapping[int, BookCell], columns: Columns, key: str, plan: Plan) -> str | None:
    """Return what a row is about: by its hidden column, else by its number where one was sent out with numbers."""
    cell = row.get(columns.get(ID, -1))
    told = None if cell is None or cell.value is None else plain_text(cell.value)
    if told:
        return cleaned(told)
    number = row.get(columns.get("number", -1))
    if key != ANSWERS or number is None or number.value is None:
        return None
    typed = parse_node_id(plain_text(number.value))
    if typed is None:
        return None
    place = next((place for place in plan.places.values() if typed in (place.id, parse_node_id(place.number))), None)
    return None if place is None else place.id


def _check_given(
    sheet: str,
    number: int,
    row: Mapping[int, BookCell],
    columns: Columns,
    handed: HandedOut | None,
    result: Returned,
) -> None:
    """Note each given cell that is no longer as it was handed out."""
    if handed is None:
        return
    for name, column in columns.items():
        before, cell = handed.given.get(name, ""), row.get(column, _BLANK)
        now = cell.error or ("" if cell.value is None else plain_text(cell.value))
        if plain(now) != plain(before):
            place = message(N_('"{sheet}" {cell}'), sheet=sheet, cell=place_name((number, column)))
            what = message(N_('a given cell was changed: it was "{before}", now "{now}"'), before=before, now=now)
            remedy = message(N_("Put it back as it was. What is given is changed in the plan or by the coordinator."))
            result.faults.append(CellFault(place, what, remedy))


def _check_twice(result: Returned) -> None:
    """Keep one of rows that are there twice: one that was answered; note where two were, and do not say the same."""
    kept: dict[tuple[str, str], AnsweredRow] = {}
    for row in result.rows:
        before = kept.setdefault((row.sheet, row.id), row)
        if before is row or not _is_answered(row):
            continue
        if not _is_answered(before):
            kept[row.sheet, row.id] = row
            continue
        differing = [key for key, answer in row.answers.items() if _said(answer) != _said(before.answers.get(key))]
        for key in differing:
            what = message(
                N_("the row is there twice with different answers, also in {other}"),
                other=before.answers[key].place if key in before.answers else row.id,
            )
            remedy = message(N_("Clear the answers of one of the two rows, or delete it."))
            result.faults.append(CellFault(row.answers[key].place, what, remedy))
    result.rows[:] = kept.values()


def _lost_rows(result: Returned) -> Iterator[tuple[str, str]]:
    there = {(row.sheet, row.id) for row in result.rows}
    for (sheet, name), handed in result.stamp.rows.items():
        if sheet != EXAMPLE and not handed.quiet and not name.startswith(NEW) and (sheet, name) not in there:
            yield sheet, name


def _is_answered(row: AnsweredRow) -> bool:
    return any(answer.changed for answer in row.answers.values())


def _said(answer: CellAnswer | None) -> str:
    return "" if answer is None else plain(answer.text or "")


def _spoken_dashes(scheme: Scheme, sheet: str, indicator: Indicator | None) -> frozenset[str]:
    """Return the columns in which a dash alone is a word of the plan in a row, such as a rating －."""
    words: Mapping[str, Sequence[Coded]] = {
        "status": scheme.statuses,
        "rating": scheme.scale_of(scheme.council if sheet == RATED else None).ratings,
        "direction": scheme.directions,
        "missing": scheme.missing,
        "state": scheme.responses,
    }
    names = {key: [name for word in of for name in (word.code, word.name, *word.aliases)] for key, of in words.items()}
    names["value"] = [] if indicator is None else [word.shown for word in own_words(indicator)]
    return frozenset(key for key, of in names.items() if any(map(_is_dash, of)))


def _is_dash(text: str) -> bool:
    return folded(text) in DASHES


def _answer(cell: BookCell | None, handed: str, sheet: str, at: At, *, is_word: bool) -> CellAnswer:
    """Return what a cell says: a dash alone is nothing, unless it ``is_word`` there, or was handed out."""
    fault = None if cell is None else cell_fault(cell, sheet, at)
    if fault is not None:
        return CellAnswer(None, sheet, at, changed=True, fault=fault)
    text = None if cell is None else cell_text(cell)
    if text is not None and not is_word and _is_dash(text) and plain(text) != plain(handed):
        text = None
    percent = cell is not None and cell.percent
    return CellAnswer(text, sheet, at, plain(text or "") != plain(handed), percent)


def rows_of(returned: Returned, sheet: str) -> Iterator[AnsweredRow]:
    """Yield the rows of a sheet."""
    return (row for row in returned.rows if row.sheet == sheet)


def filled(rows: Sequence[AnsweredRow], expected: Sequence[str]) -> tuple[int, int]:
    """Return how many rows have all that is expected, and of how many anything is."""
    asked = [row for row in rows if row.handed is None or not row.handed.quiet]
    return sum(all(_is_told(row, key) for key in expected) for row in asked), len(asked)


def _is_told(row: AnsweredRow, key: str) -> bool:
    """Return whether an answer is there; of a figure the reason for none is one."""
    keys = (key, "missing") if key == "value" else (key,)
    return any((answer := row.answers.get(each)) is not None and answer.text for each in keys)
