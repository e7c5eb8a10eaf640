"""Carry over the table of a past year: each row beside the plan, all of them recorded, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.desk import Desk, FileOrigin
from mizuho_pdca.app.entry import Receipt, check_open
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.form_import import read_file, write_entries
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.known import RecordedOtherwise, check_known, check_known_figure
from mizuho_pdca.app.forms.mapping import ANSWERS, PLACES, ColumnMap, proposed, read_map
from mizuho_pdca.app.forms.reading import made, once
from mizuho_pdca.app.forms.steps import CODES, FormStep, last_evaluation
from mizuho_pdca.app.forms.table import PastTable, filled_down, read_table
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.figures import typed_figure
from mizuho_pdca.app.input.names import Named, find_indicator, find_place
from mizuho_pdca.app.input.years import typed_year
from mizuho_pdca.app.log import log
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.figures.achievement import year_value
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Improvement
from mizuho_pdca.domain.review.observations import observations
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.forms.inbox import CameIn
from mizuho_pdca.storage.files import create
from mizuho_pdca.storage.loading import Workspace
from mizuho_pdca.storage.yaml.writing import to_text
from mizuho_pdca.text import cleaned

_Made = Iterator[Callable[[Desk], Receipt] | str]
"""What a row has to be recorded, or that it is recorded already; nothing where it says nothing."""


@dataclass(frozen=True)
class CarriedOver:
    """What became of a table, or would: entries, what was known already, and every row that does not fit."""

    receipts: tuple[Receipt, ...] = ()
    same: int = 0
    rows: int = 0
    fitting: int = 0
    faults: tuple[PdcaError, ...] = ()
    is_refused: bool = False

    def told(self, name: str, year: int) -> CameIn:
        """Return it as it is told."""
        entries = tuple(receipt.entry for receipt in self.receipts)
        faults = len(self.faults) if self.is_refused else 0
        notes = once(note for receipt in self.receipts for note in receipt.notes)
        return CameIn(name, year, None, None, entries, self.same, self.fitting, self.rows, faults, tuple(notes))


@dataclass
class _Rows:
    """The rows of a table as they are gone through."""

    steps: dict[int, list[FormStep]] = field(default_factory=lambda: defaultdict(list))
    faults: list[PdcaError] = field(default_factory=list)
    same: int = 0
    unfit: set[int] = field(default_factory=set)
    seen: dict[tuple[str, ...], tuple[int, object]] = field(default_factory=dict)

    def is_told(self, of: tuple[str, ...], told: object, number: int) -> bool:
        """Return whether a row above said it already; raise ``UsageFault`` where that said something else.

        None is told where a row says nothing that could differ.
        """
        row, before = self.seen.setdefault(of, (number, told))
        if told is not None and before != told:
            words = N_("row {row} says something else of the same initiative")
            raise UsageFault(words, row=row + 1, remedy=_ONE)
        return row != number


def open_table(path: Path) -> PastTable:
    """Return the table of a file; raise ``UsageFault``."""
    if not path.exists():
        raise UsageFault(N_("there is no {file}"), file=str(path), remedy=message(N_("Correct the file's name.")))
    return read_table(read_file(path), path.name)


def column_map(table: PastTable, kept: Path | None) -> ColumnMap:
    """Return which column holds what: as a file says that is there, else as the headings suggest."""
    if kept is not None and kept.exists():
        return read_map(read_file(kept), kept.name, table)
    return proposed(table)


def keep_map(found: ColumnMap, path: Path) -> None:
    """Write a mapping to its file, never over another one."""
    create(path, to_text(found.data).encode())


def import_(
    desk: Desk,
    table: PastTable,
    found: ColumnMap,
    *,
    year: int | str,
    by: str | None = None,
    partial_: bool = False,
    dry: bool = False,
) -> CarriedOver:
    """Record the rows of a table for a fiscal year; where one does not fit, none unless ``partial_``."""
    fiscal = typed_year(desk, year)
    check_open(desk, fiscal)
    _, known = open_workspace(desk)
    reading = _Reading(desk, known, found, fiscal, by)
    rows = reading.rows()
    receipts, faults = _made(desk.reading(FileOrigin("import", table.digest), known), rows)
    every = (*rows.faults, *faults)
    refused = bool(every) and not partial_
    if not refused and not dry:
        write_entries(desk, receipts)
    total = len(reading.about)
    return CarriedOver(tuple(receipts), rows.same, total, total - len(rows.unfit), every, refused)


def _made(desk: Desk, rows: _Rows) -> tuple[list[Receipt], list[PdcaError]]:
    """Return what the rows that fit record, and what is wrong with the others."""
    receipts, faults = list[Receipt](), list[PdcaError]()
    for number, steps in rows.steps.items():
        of_row, wrong = made(desk, steps)
        faults += wrong
        if wrong:
            rows.unfit.add(number)
        elif number not in rows.unfit:
            receipts += of_row
    return receipts, faults


@dataclass
class _Reading:
    """A table beside the plan and what was recorded."""

    desk: Desk
    known: Workspace
    found: ColumnMap
    year: int
    by: str | None
    about: list[int] = field(default_factory=list)

    def rows(self) -> _Rows:
        """Go through all rows below the headings that say anything."""
        result, columns = _Rows(), self.found.columns
        keys = [columns[key] for key in ("number", "title") if key in columns]
        below = {number: row for number, row in self.found.sheet.rows.items() if number > self.found.head}
        for number, row in filled_down(below, keys).items():
            said = {key: self._said(key, row) for key in (*ANSWERS, "by")}
            if not any(said[key] for key in ANSWERS if key != "indicator"):
                continue
            self.about.append(number)
            before = len(result.faults)
            wrong = self._wrong(number, result)
            place = None if wrong.intersection(PLACES) else self._place(number, row, result)
            if place is not None:
                left = [key for keys in (*_TOGETHER, ("by",)) if wrong.isdisjoint(keys) for key in keys]
                self._row(number, place, {key: text for key in left if (text := said[key])}, result)
            if len(result.faults) > before:
                result.unfit.add(number)
        return result

    def _wrong(self, number: int, result: _Rows) -> set[str]:
        """Return which columns hold a formula without a result in a row, after noting each."""
        faults = self.found.sheet.faults
        asked = {key: (number, column) for key, column in self.found.columns.items() if key != "by" or self.by is None}
        wrong = {key: at for key, at in asked.items() if at in faults}
        result.faults += [faults[at] for at in wrong.values()]
        return set(wrong)

    def _said(self, key: str, row: Mapping[int, str]) -> str | None:
        """Return what a row says in a column, in the plan's words where the map has some."""
        column = self.found.columns.get(key)
        text = None if column is None else row.get(column)
        if text is None:
            return None
        return self.found.words.get(key, {}).get(text, text) or None

    def _fault(self, number: int, key: str, exc: PdcaError) -> CellFault:
        return CellFault(self._cell(number, key), exc.message, exc.remedy)

    def _cell(self, number: int, key: str) -> Message:
        column = self.found.columns.get(key, next(iter(self.found.columns.values())))
        return self.found.sheet.place(number, column)

    def _word_cells(self, number: int) -> dict[str, Message]:
        return {code: self._cell(number, key) for key, code in CODES.items() if key in self.found.columns}

    def _place(self, number: int, row: Mapping[int, str], result: _Rows) -> Place | None:
        """Return what a row is about, by its number, else by its title; a title may not be that of another one."""
        first: CellFault | None = None
        meant: list[Place] = []
        for key in PLACES:
            text = self._said(key, row)
            if text is None:
                continue
            try:
                place = self.desk.plan.original(find_place(self.desk.plan, text, self.year))
            except UsageFault as exc:
                first = first or self._fault(number, key, exc)
                continue
            if place.is_initiative:
                meant.append(place)
                continue
            words = N_('"{value}" is {number} {title}, no initiative')
            told = {"value": text, "number": place.number, "title": self.desk.plan.title(place)}
            first = first or self._fault(number, key, UsageFault(words, remedy=_NAME_IT, **told))
        if meant and meant[0].id == meant[-1].id:
            return meant[0]
        if meant:
            first = self._fault(number, "number", self._of_two(*meant))
        result.faults.append(first or self._fault(number, "number", UsageFault(_NOBODY, remedy=_NAME_IT)))
        return None

    def _of_two(self, numbered: Place, titled: Place) -> UsageFault:
        return UsageFault(
            N_("the number is that of {number} {title}, the name beside it that of {other} {name}"),
            number=numbered.number,
            title=self.desk.plan.title(numbered),
            other=titled.number,
            name=self.desk.plan.title(titled),
            remedy=message(N_("Correct the number or the name in the table, or leave the row out: --partial")),
        )

    def _row(self, number: int, place: Place, said: Mapping[str, str], result: _Rows) -> None:
        entries = self.known.ledger.of(self.year, place.id)
        by = self.by or said.get("by")
        said = self._not_twice(number, place, said, result)
        for key, step in (
            ("summary" if "summary" in said else "status", self._activity(place, said, by, entries)),
            ("rating", self._evaluation(place, said, by, entries)),
            ("direction", self._improvement(place, said, by, entries)),
            ("value", self._actual(place, said, by, entries)),
        ):
            try:
                made_by = next(step, None)
            except RecordedOtherwise as exc:
                result.faults += [self._fault(number, each, exc) for each in exc.keys]
                continue
            except PdcaError as exc:
                at = self._word_cells(number).get(str(exc.message.values.get("code")), self._cell(number, key))
                result.faults.append(CellFault(at, exc.message, exc.remedy))
                continue
            if made_by == "same":
                result.same += 1
            elif made_by is not None and not isinstance(made_by, str):
                result.steps[number].append(FormStep(self._cell(number, key), made_by, self._word_cells(number)))

    def _not_twice(self, number: int, place: Place, said: Mapping[str, str], result: _Rows) -> Mapping[str, str]:
        """Return what a row says without what a row above said already; note what contradicts that."""
        kept = dict(said)
        for keys in _TOGETHER:
            if not any(key in said for key in keys if key != "indicator"):
                continue
            try:
                is_told = result.is_told(*self._told(place, keys, said), number)
            except UsageFault as exc:
                result.faults.append(self._fault(number, keys[0], exc))
                is_told = True
            if is_told:
                kept = {key: text for key, text in kept.items() if key not in keys}
        return kept

    def _told(self, place: Place, keys: Sequence[str], said: Mapping[str, str]) -> tuple[tuple[str, ...], object]:
        """Return of what a row may speak once, and what it says of that, None where that could not differ."""
        first, *others = (said.get(key, "") for key in keys)
        match keys[0]:
            case "summary":  # of the things that were done each counts once
                return (place.id, keys[0], first), others[0] or None
            case "value":
                indicator, _ = self._indicator(place, said)
                return (indicator.id, keys[0]), typed_figure(indicator, first)
            case _:
                return (place.id, keys[0]), (first, *others)

    def _activity(self, place: Place, said: Mapping[str, str], by: str | None, entries: Sequence[Entry]) -> _Made:
        text, status = said.get("summary"), said.get("status")
        if text is None and status is None:
            return
        if text is None:
            raise UsageFault(N_("there is a status, but not what was done"), remedy=_BOTH)
        before = [one for one in entries if isinstance(one, Activity) and one.summary.strip() == cleaned(text)]
        if before:
            given = {} if status is None else {"status": status}
            check_known(self.desk.plan.scheme_at(self.year), before, given)
            yield "same"
            return
        day = self._day.isoformat()
        yield lambda desk: log(desk, place.id, text, status=status, day=day, by=by)

    def _evaluation(self, place: Place, said: Mapping[str, str], by: str | None, entries: Sequence[Entry]) -> _Made:
        given = {key: said[key] for key in ("rating", "progress", "issues") if key in said}
        if not given:
            return
        if "rating" not in given:
            raise UsageFault(N_("there are remarks or issues, but no rating"), remedy=_BOTH)
        before = last_evaluation(self.desk.plan.scheme_at(self.year), entries)
        if before is not None:
            check_known(self.desk.plan.scheme_at(self.year), [before], given)
            yield "same"
            return
        yield lambda desk: evaluate(
            desk,
            place.id,
            year=self.year,
            rating=given["rating"],
            progress=given.get("progress"),
            issues=given.get("issues"),
            by=by,
        )

    def _improvement(self, place: Place, said: Mapping[str, str], by: str | None, entries: Sequence[Entry]) -> _Made:
        direction, plans = said.get("direction"), said.get("next")
        if direction is None and plans is None:
            return
        if direction is None or plans is None:
            raise UsageFault(N_("direction and plans for the next year are recorded together"), remedy=_BOTH)
        before = [entry for entry in entries if isinstance(entry, Improvement)]
        if before:
            check_known(self.desk.plan.scheme_at(self.year), before[-1:], {"direction": direction, "next": plans})
            yield "same"
            return
        yield lambda desk: improve(desk, place.id, year=self.year, direction=direction, next_year=plans, by=by)

    def _actual(self, place: Place, said: Mapping[str, str], by: str | None, entries: Sequence[Entry]) -> _Made:
        value = said.get("value")
        if value is None:
            return
        indicator, at = self._indicator(place, said)
        about = entries if at is place else self.known.ledger.of(self.year, at.id)
        before = [one for one in about if isinstance(one, Actual) and indicator.id in one.values]
        figure = typed_figure(indicator, value)
        if before and indicator.accepts(figure):
            observed = observations(self.desk.plan, self.known.ledger).get(indicator.id, {})
            check_known_figure(indicator, before, figure, year_value(indicator, observed, self.year).value)
            yield "same"
            return
        yield lambda desk: record_actual(desk, indicator.id, value, year=self.year, by=by)

    def _indicator(self, place: Place, said: Mapping[str, str]) -> Named:
        """Return the indicator of a row's figure, with its node; raise ``UsageFault``."""
        name, own = said.get("indicator"), place.node.indicators
        if name is None and len(own) != 1:
            raise UsageFault(N_("there is a figure, but not of which indicator"), remedy=_BOTH)
        return (own[0], place) if name is None else find_indicator(self.desk.plan, name, self.year, place)

    @property
    def _day(self) -> date:
        return min(last_day(self.year, self.desk.plan.header.starts), self.desk.today)


_TOGETHER = (
    ("summary", "status"),
    ("rating", "progress", "issues"),
    ("direction", "next"),
    ("value", "indicator"),
)
"""Columns of which one entry is made, the chief one first."""

_NAME_IT = message(N_("Correct the number in the table, or leave the row out: --partial"))
_NOBODY = N_("the row does not say which initiative it is about")
_ONE = message(N_("Clear one of the two rows, or leave the row out: --partial"))
_BOTH = message(N_("Fill in the other column in the table as well, or clear this one."))
