"""The rows of a past year's table beside the plan and what is recorded: what each has to be recorded, or why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Receipt
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.forms.cells import CellFault
from mizuho_pdca.app.forms.known import RecordedOtherwise, check_known, check_known_figure, check_known_text, of_two
from mizuho_pdca.app.forms.mapping import ANSWERS, PLACES, ColumnMap
from mizuho_pdca.app.forms.reading import made
from mizuho_pdca.app.forms.steps import CODES, FormStep, last_evaluation, stand_in
from mizuho_pdca.app.forms.table import body, is_ditto
from mizuho_pdca.app.forms.units import check_unit
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.figures import typed_figure
from mizuho_pdca.app.input.names import Named, find_indicator, find_place
from mizuho_pdca.app.log import log
from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.figures.achievement import year_value
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Improvement
from mizuho_pdca.domain.review.observations import observations
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.loading import Workspace
from mizuho_pdca.text import DASHES, cleaned, folded

_Made = Iterator[Callable[[Desk], Receipt] | str | PdcaError]
"""What a row has to be recorded, or that it is recorded already; nothing where it says nothing.

What is wrong may come before what is to be recorded: that is then made for its other faults alone.
"""

Seen = dict[tuple[str, ...], tuple[str, int, object, set[int]]]
"""What rows have said, by what they said it of: on which sheet, in which row, what, and which rows there are unfit."""

_MARK = r"(.+?)[（(]?(?:※|＊|\*|注)\d{0,2}[)）]?"
_MARKED = ("status", "rating", "direction", "value")
"""Columns whose words and figures are read, so that the mark of a footnote must not be part of them."""


@dataclass
class PastRows:
    """The rows of a sheet as they are gone through: ``about`` are those that say anything."""

    receipts: list[Receipt] = field(default_factory=list)
    faults: list[PdcaError] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    same: int = 0
    about: list[int] = field(default_factory=list)
    unfit: set[int] = field(default_factory=set)


@dataclass
class PastReading:
    """A sheet of a table beside the plan and what was recorded; ``seen`` is what all its sheets have said.

    At the ``maker``, a desk too, is made what its rows have to be recorded.
    """

    desk: Desk
    maker: Desk
    known: Workspace
    found: ColumnMap
    year: int
    by: str | None
    seen: Seen
    above: dict[str, str] = field(default_factory=dict)

    def rows(self) -> PastRows:
        """Go through all rows below the headings that say anything."""
        result = PastRows()
        filled, left_out = body(self.found.sheet, self.found.head, self.found.columns)
        for number in left_out:
            told = next(iter(self.found.sheet.rows[number].items()))
            at = self.found.sheet.place(number, told[0])
            result.notes.append(message(N_('{at}: a total or a remark, not recorded ("{text}")'), at=at, text=told[1]))
        for number, row in filled.items():
            before = len(result.faults)
            said = self._read(number, row, filled.get(number - 1), result)
            if not any(said[key] for key in ANSWERS if key != "indicator"):
                continue
            result.about.append(number)
            wrong = self._wrong(number, result)
            place = None if wrong.intersection(PLACES) else self._place(number, row, result)
            receipts = list[Receipt]()
            if place is not None:
                left = [key for keys in (*_TOGETHER, ("by",)) if wrong.isdisjoint(keys) for key in keys]
                sound = {key: text for key in left if (text := said.get(key))}
                receipts, faults = made(self.maker, self._row(number, place, sound, result))
                result.faults += faults
            if len(result.faults) > before:
                result.unfit.add(number)
            else:
                result.receipts += receipts
        return result

    def _read(
        self, number: int, row: Mapping[int, str], before: Mapping[int, str] | None, result: PastRows
    ) -> dict[str, str | None]:
        """Return what a row says in each column, and keep that for the ditto marks right below it.

        What stands above blanks is theirs as well where the row right above, ``before``, is about the same.
        """
        columns = self.found.columns
        if before is None:
            self.above = {}
        said = {key: self._said(key, number, row, result) for key in (*ANSWERS, *(("by",) if self.by is None else ()))}
        is_same = before is not None and all(
            row.get(columns[key]) == before.get(columns[key]) for key in PLACES if key in columns
        )
        kept = {key: text for key, text in self.above.items() if is_same and columns[key] not in row}
        self.above = {**kept, **{key: text for key, text in said.items() if text is not None}}
        return said

    def _wrong(self, number: int, result: PastRows) -> set[str]:
        """Return which columns hold a formula without a result in a row, after noting each."""
        faults = self.found.sheet.faults
        asked = {key: (number, column) for key, column in self.found.columns.items() if key != "by" or self.by is None}
        wrong = {key: at for key, at in asked.items() if at in faults}
        result.faults += [faults[at] for at in wrong.values()]
        return set(wrong)

    def _said(self, key: str, number: int, row: Mapping[int, str], result: PastRows) -> str | None:
        """Return what a row says in a column, in the plan's words where the map has some.

        A dash says nothing, a ditto mark what stands above it; the mark of a footnote is left out.
        """
        column = self.found.columns.get(key)
        text = None if column is None else row.get(column)
        if column is None or text is None:
            return None
        words = self.found.words.get(key, {})
        if text in words:
            told = words[text] or None
        elif self._is_of_plan(key, text):
            told = text
        elif is_ditto(text):
            told = self.above.get(key)
            if told is None:
                what = UsageFault(N_('"{value}" has nothing above it'), value=text, remedy=_WRITE_OUT)
                result.faults.append(self._fault(number, key, what))
        elif set(folded(text)) <= {*DASHES, "…", "."}:
            told = None
        else:
            told = self._unmarked(key, number, text, result)
        return told

    def _is_of_plan(self, key: str, text: str) -> bool:
        """Return whether a sign is a word of the plan's own: a rating －, a status ○."""
        scheme = self.desk.plan.scheme_at(self.year)
        match key:
            case "status":
                return scheme.status(text) is not None
            case "rating":
                return scheme.scale.find(text) is not None
            case "direction":
                return scheme.direction(text) is not None
            case _:
                return False

    def _unmarked(self, key: str, number: int, text: str, result: PastRows) -> str:
        """Return a word or a figure without the mark of a footnote, with a note."""
        found = re.fullmatch(_MARK, text) if key in _MARKED else None
        if found is None:
            return text
        words = N_('{at}: "{text}" is taken without the mark of its footnote')
        result.notes.append(message(words, at=self._cell(number, key), text=text))
        return found[1].strip()

    def _fault(self, number: int, key: str, exc: PdcaError) -> CellFault:
        return CellFault(self._cell(number, key), exc.message, exc.remedy)

    def _cell(self, number: int, key: str) -> Message:
        columns = self.found.columns
        together = next((keys for keys in _TOGETHER if key in keys), ())
        told = next((each for each in (key, *together) if each in columns), next(iter(columns)))
        return self.found.sheet.place(number, columns[told])

    def _word_cells(self, number: int) -> dict[str, Message]:
        return {code: self._cell(number, key) for key, code in CODES.items() if key in self.found.columns}

    def _place(self, number: int, row: Mapping[int, str], result: PastRows) -> Place | None:
        """Return what a row is about, by its number, else by its title; a title may not be that of another one."""
        first: CellFault | None = None
        meant: list[Place] = []
        for key in PLACES:
            column = self.found.columns.get(key)
            text = None if column is None else row.get(column)
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
            first = self._fault(number, "number", of_two(self.desk.plan, *meant))
        result.faults.append(first or self._fault(number, "number", UsageFault(_NOBODY, remedy=_NAME_IT)))
        return None

    def _row(self, number: int, place: Place, said: Mapping[str, str], result: PastRows) -> list[FormStep]:
        """Return what a row has to be recorded, after noting what is wrong with it."""
        steps = list[FormStep]()
        entries = self.known.ledger.of(self.year, place.id)
        by = self.by or said.get("by")
        said = self._not_twice(number, place, said, result)
        for key, step in (
            ("summary" if "summary" in said else "status", self._activity(place, said, by, entries)),
            ("rating", self._evaluation(place, said, by, entries)),
            ("direction", self._improvement(place, said, by, entries)),
            ("value", self._actual(number, place, said, by, entries)),
        ):
            try:
                for one in step:
                    if isinstance(one, PdcaError):
                        result.faults.append(self._fault(number, key, one))
                    elif isinstance(one, str):
                        result.same += 1
                    else:
                        steps.append(FormStep(self._cell(number, key), one, self._word_cells(number)))
            except RecordedOtherwise as exc:
                result.faults += [self._fault(number, each, exc) for each in exc.keys]
            except PdcaError as exc:
                at = self._word_cells(number).get(str(exc.message.values.get("code")), self._cell(number, key))
                result.faults.append(CellFault(at, exc.message, exc.remedy))
        return steps

    def _not_twice(self, number: int, place: Place, said: Mapping[str, str], result: PastRows) -> Mapping[str, str]:
        """Return what a row says without what a row above said already; note what contradicts that."""
        kept = dict(said)
        for keys in _TOGETHER:
            if not any(key in said for key in keys if key != "indicator"):
                continue
            try:
                is_told = self._is_told(*self._told(place, keys, said), number, result.unfit)
            except UsageFault as exc:
                result.faults.append(self._fault(number, keys[0], exc))
                is_told = True
            if is_told:
                kept = {key: text for key, text in kept.items() if key not in keys}
        return kept

    def _is_told(self, of: tuple[str, ...], told: object, number: int, unfit: set[int]) -> bool:
        """Return whether a row above that fits said it already; raise ``UsageFault`` where one said something else.

        None is told where a row says nothing that could differ.
        """
        name = self.found.sheet.name
        sheet, row, before, unfit_there = self.seen.setdefault(of, (name, number, told, unfit))
        if told is not None and before != told:
            words = N_("row {row} says something else of the same initiative")
            if sheet != name:
                words = N_('"{sheet}" row {row} says something else of the same initiative')
            raise UsageFault(words, sheet=sheet, row=row + 1, remedy=_ONE)
        if row in unfit_there:
            self.seen[of] = (name, number, told, unfit)
            return False
        return (sheet, row) != (name, number)

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
            yield UsageFault(N_("there is a status, but not what was done"), remedy=self._both("summary"))
            text = stand_in()
        before = [one for one in entries if isinstance(one, Activity) and one.summary.strip() == cleaned(text)]
        if before:
            given = {} if status is None else {"status": status}
            check_known(self.desk.plan.scheme_at(self.year), before, given)
            yield "same"
            return
        check_known_text(self.known.ledger, entries, cleaned(text))
        day = self._day.isoformat()
        yield lambda desk: log(desk, place.id, text, status=status, day=day, by=by)

    def _evaluation(self, place: Place, said: Mapping[str, str], by: str | None, entries: Sequence[Entry]) -> _Made:
        given = {key: said[key] for key in ("rating", "progress", "issues") if key in said}
        if not given:
            return
        if "rating" not in given:
            raise UsageFault(N_("there are remarks or issues, but no rating"), remedy=self._both("rating"))
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
            words = N_("direction and plans for the next year are recorded together")
            yield UsageFault(words, remedy=self._both("direction" if direction is None else "next"))
        before = [entry for entry in entries if isinstance(entry, Improvement)]
        if before:
            given = {key: said[key] for key in ("direction", "next") if key in said}
            check_known(self.desk.plan.scheme_at(self.year), before[-1:], given)
            yield "same"
            return
        direction = direction or stand_in(self.desk.plan.scheme_at(self.year).directions)
        plans = plans or stand_in()
        yield lambda desk: improve(desk, place.id, year=self.year, direction=direction, next_year=plans, by=by)

    def _actual(
        self, number: int, place: Place, said: Mapping[str, str], by: str | None, entries: Sequence[Entry]
    ) -> _Made:
        value = said.get("value")
        if value is None:
            return
        indicator, at = self._indicator(place, said)
        check_unit(self.found, number, indicator)
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
            raise UsageFault(N_("there is a figure, but not of which indicator"), remedy=self._both("indicator"))
        return (own[0], place) if name is None else find_indicator(self.desk.plan, name, self.year, place)

    def _both(self, missing: str) -> Message:
        """Return what to do where one column says something without another one."""
        if missing in self.found.columns:
            return _BOTH
        return message(
            N_("No column is known for it: name one in the file of --map ({key}), or clear this cell."), key=missing
        )

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

_WRITE_OUT = message(N_("Write out what is meant, or clear the cell."))
_NAME_IT = message(N_("Correct the number in the table, or leave the row out: --partial"))
_NOBODY = N_("the row does not say which initiative it is about")
_ONE = message(N_("Clear one of the two rows, or leave the row out: --partial"))
_BOTH = message(N_("Fill in the other column in the table as well, or clear this one."))
