"""What the table of an outline 体系表 means: rows become nodes of a plan, and all that is wrong is told at once.

Cells come as people and Excel leave them: numbers in any spelling, dates that were numbers, a number
and its title in one cell. What can't be known for certain is a fault and never guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mizuho_pdca.domain.plan import outline_indicators as kpi
from mizuho_pdca.domain.plan.numbers import parent_id
from mizuho_pdca.domain.plan.outline_schedule import ALSO_SCHEDULE, SCHEDULE, step_of, year_of_steps
from mizuho_pdca.domain.plan.written import WrittenNumber, meant_by_date, number_and_title, read_number
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.text import DASHES, cleaned, folded

COLUMNS = NUMBER, TITLE, RELISTED, DEPARTMENT, PARTNERS = "番号", "名称", "再掲先", "担当課", "関係機関"
OPTIONAL = TAGS, PERSON, SECTION, PHONE, _ = "タグ", "担当", "係", "内線", SCHEDULE
_ALSO = {"担当者": PERSON, "電話": PHONE, ALSO_SCHEDULE: SCHEDULE} | dict.fromkeys(kpi.ALSO_INDICATOR, kpi.INDICATOR)

_USUAL_LEVELS = {3: ("基本方針", "施策", "取組"), 4: ("基本方針", "基本施策", "施策", "取組")}
_DEEPEST, _HEADING_ROWS = max(_USUAL_LEVELS), 30
"""How many levels there can be; rows among which the headings are looked for: a title may stand above them."""

_SPELLINGS = N_("Write it such as 1, 1-1, 1-1-1 or 1-1①. A row that is only a remark has to go.")
"""Dashes of all kinds, ready for a class of signs: the ASCII one comes first."""

_SAID_RELISTED = re.compile(r"\s*[（(【\[〔]再掲[）)】\]〕]\s*")
_FAILED = re.compile(r"#(?:N/A|GETTING_DATA|#+|[A-Z][A-Z0-9/]*[!?])|=.+", re.DOTALL)
"""What stands where a formula gives nothing, and a formula itself."""

# -- texts ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """The texts of a table's cells, by row and column counted from 0; rows may differ in length.

    ``merged`` holds row and column of the first and of the last cell of each area; ``name`` is the
    sheet's, empty where its file has no other; ``hidden`` are the rows that Excel does not show.
    """

    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    name: str = ""
    hidden: frozenset[int] = frozenset()
    notes: Sequence[Message] = ()


def one_line(text: str) -> str:
    """Return a text in one line, without invisible characters; where two lines meet in Latin letters, with a blank."""
    return re.sub(r"\s*\n\s*", "", re.sub(r"(?<=[!-~])\s*\n\s*(?=[!-~])", " ", cleaned(text)))


def _heading(text: str) -> str:
    return "".join(folded(text).split())


def _short(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


# -- outlines ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class OutlineNode:
    """A node of the plan and the row, from 0, that it stands in: an original with its title, or a relisting."""

    id: str
    title: str = ""
    label: str | None = None
    relisted_from: str | None = None
    department: str = ""
    partners: Sequence[str] = ()
    row: int = 0
    tags: Sequence[str] = ()
    owner: Mapping[str, str] = field(default_factory=dict)
    schedule: Mapping[int, str] = field(default_factory=dict)
    indicators: Sequence[kpi.OutlineIndicator] = ()


@dataclass(frozen=True)
class OutlineFault:
    """What is wrong at one place of an outline; rows and columns count from 0, None is the row as a whole."""

    row: int
    column: int | None
    message: Message
    remedy: Message


def depth(node_id: str) -> int:
    """Return how many parts a number has."""
    return node_id.count("-") + 1


def read_outline(sheets: Sequence[Sheet]) -> Outline:
    """Return what stands below the headings, which are the first row that has most of the columns."""
    rows = [(sheet, row) for sheet in sheets for row in range(len(sheet.rows[:_HEADING_ROWS]))]
    known = [len(set(map(_heading, sheet.rows[row])) & set(COLUMNS)) for sheet, row in rows]
    return Outline(*rows[known.index(max(known))]) if rows else Outline(Sheet(((),)), 0)


class Outline:
    """What a sheet gives below its headings in row ``top``: nodes, and everything that is wrong.

    ``words`` are those that stand before the numbers of each depth (基本目標１). ``presumed`` are numbers
    that a cell probably meant before Excel made a date of it: no other fault follows from them.
    ``above`` are the parts of the last id, ``depths`` where a style of numbers stands, ``positions``
    what a letter or a kana is below an id.
    """

    def __init__(self, sheet: Sheet, top: int) -> None:
        """Read everything at once."""
        self.sheet, self.top = sheet, top
        self.columns: dict[str, int] = {}
        self.years: dict[int, str] = {}
        self.figures: dict[tuple[str, int], str] = {}
        self.nodes: list[OutlineNode] = []
        self.faults: list[OutlineFault] = []
        self.notes: list[Message] = list(sheet.notes)
        self.words: defaultdict[int, set[str]] = defaultdict(set)
        self.presumed: set[str] = set()
        self.above: list[str] = []
        self.depths: dict[str, int] = {}
        self.positions: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._read_headings()
        if not self.faults:
            read = [row for row in range(top + 1, len(sheet.rows)) if self._read_row(row)]
            if hidden := [str(row + 1) for row in read if row in sheet.hidden]:
                words = N_("{count} hidden rows were read as well: {rows}")
                self.notes.append(message(words, count=len(hidden), rows=hidden))
            self._check_numbers()
            self._check_relistings()
            self.faults.sort(key=lambda fault: (fault.row, -1 if fault.column is None else fault.column))

    @property
    def deepest(self) -> int:
        """Return how many levels there are."""
        return max(map(depth, {node.id for node in self.nodes} | self.presumed), default=0)

    @property
    def levels(self) -> Sequence[str]:
        """Return what the levels are called: by the word before their numbers where there is one, else as usual."""
        usual = _USUAL_LEVELS.get(self.deepest, ())
        found = [next(iter(words)) if len(words := self.words[n]) == 1 else name for n, name in enumerate(usual, 1)]
        return found if len(set(found)) == len(found) else usual

    def _blame(self, row: int, column: str | int | None, words: str, remedy: str, /, **values: Value) -> None:
        """Note a fault; both texts take the same values."""
        place = self.columns.get(column, self.columns.get(TITLE)) if isinstance(column, str) else column
        self.faults.append(OutlineFault(row, place, message(words, **values), message(remedy, **values)))

    def _cell(self, row: int, column: str) -> str:
        """Return what a cell shows, merged or not; empty where there is none, or an error of Excel, which is noted."""
        place = self.columns.get(column, len(self.sheet.rows[row]))
        if column in (DEPARTMENT, PARTNERS):
            for (top, left), (bottom, right) in self.sheet.merged:
                if top <= row <= bottom and left <= place <= right:
                    row, place = top, left
        text = self.sheet.rows[row][place] if place < len(self.sheet.rows[row]) else ""
        if _FAILED.fullmatch(text.strip()):
            words, remedy = N_('the cell holds no value but "{value}"'), N_("Type the value itself into the cell.")
            if text.startswith("="):
                words = N_("the result of the formula {value} is not in the file")
                remedy = N_("Open the file in Excel and save it again, or type the value itself into the cell.")
            if all((fault.row, fault.column) != (row, place) for fault in self.faults):
                self._blame(row, place, words, remedy, value=_short(text))
        return text

    def _names(self, row: int, column: str) -> list[str]:
        """Return the names in a cell, divided by commas or lines; a dash means that there is none."""
        parts = re.split("[、，,\n\r]", self._cell(row, column))
        return [name for part in parts if (name := one_line(part)).strip(DASHES)]

    def _with_optional(self, node: OutlineNode) -> OutlineNode:
        """Return a node with its tags, whom to ask about it, and its schedule."""
        asked = {"section": SECTION, "person": PERSON, "phone": PHONE}
        owner = {key: text for key, column in asked.items() if (text := one_line(self._cell(node.row, column)))}
        steps = {year: one_line(self._cell(node.row, column)) for year, column in self.years.items()}
        tags = tuple(dict.fromkeys(self._names(node.row, TAGS)))
        schedule = {year: step for year, step in steps.items() if step.strip(DASHES)} | self._steps(node.row)
        return replace(node, tags=tags, owner=owner, schedule=schedule, indicators=self._indicators(node.row))

    def _indicators(self, row: int) -> Sequence[kpi.OutlineIndicator]:
        """Return how a row measures its node, if it does; blame figures that can't be read."""
        name, unit = ("" if text.strip(DASHES) == "" else text for text in self._texts(row, (kpi.INDICATOR, kpi.UNIT)))
        cells = {
            place: text
            for place, text in zip(self.figures, self._texts(row, self.figures.values()), strict=True)
            if text.strip(DASHES)
        }
        for place, words, remedy in kpi.unclear_cells(name, unit, cells):
            column = kpi.INDICATOR if place is None else self.figures[place]
            text = "" if place is None else _short(cells[place])
            self._blame(row, column, words, remedy, text=text, column=kpi.INDICATOR)
        found = (kpi.indicator_of(name, unit, cells),) if name else ()
        for words, text in (doubt for one in found for doubt in one.doubts()):
            self.notes.append(message(words, row=row + 1, name=_short(name), text=_short(text)))
        return found

    def _texts(self, row: int, columns: Iterable[str]) -> list[str]:
        return [one_line(self._cell(row, column)) for column in columns]

    def _steps(self, row: int) -> dict[int, str]:
        """Return the steps of a cell that holds all of them, each behind its fiscal year."""
        steps = dict[int, str]()
        for text in self._names(row, SCHEDULE):
            if (step := step_of(text)) is None:
                words, remedy = N_('"{text}" names no fiscal year'), N_("Write each step behind its year: R6: 試行.")
                self._blame(row, SCHEDULE, words, remedy, text=_short(text))
            else:
                steps[step[0]] = step[1]
        return steps

    def check_years(self, since: int, until: int) -> None:
        """Blame steps that lie outside the plan's period, and targets before it."""
        for node in self.nodes:
            for year in (one for one in node.schedule if not since <= one <= until):
                words = N_("the schedule's step of FY{year} is outside the plan's period (FY{since}-FY{until})")
                remedy = N_("Correct the year, or give the period with --from-year and --until-year.")
                column = self.years.get(year, SCHEDULE)
                self._blame(node.row, column, words, remedy, year=year, since=since, until=until)
        for year, column in kpi.early_targets(self.figures, since):
            words = N_("targets of FY{year} stand before the plan's first year (FY{since})")
            remedy = N_("Correct the year in the heading, or give the period with --from-year and --until-year.")
            self._blame(self.top, column, words, remedy, year=year, since=since)

    def _read_headings(self) -> None:
        headings = [_heading(text) for text in self.sheet.rows[self.top]]
        headings = [_ALSO.get(heading, heading) for heading in headings]
        known = {*COLUMNS, *OPTIONAL} | ({kpi.INDICATOR, kpi.UNIT} if kpi.INDICATOR in headings else set())
        for column, heading in enumerate(headings):
            place = kpi.year_column(heading) if kpi.INDICATOR in headings else None
            if heading in self.columns or place in self.figures:
                words = N_('the column "{column}" stands here twice')
                remedy = N_("Put all levels below each other, in the same columns.")
                self._blame(self.top, column, words, remedy, column=heading)
            elif heading in known:
                self.columns[heading] = column
            elif place is not None:
                self.columns[heading], self.figures[place] = column, heading
            elif (year := year_of_steps(heading)) is not None:
                self.columns[heading], self.years[year] = column, heading
            elif "再掲" in heading and RELISTED not in headings:
                words = N_('the column "{column}" speaks of relistings, but is not headed {known}')
                remedy = N_("Head it {known} if it holds the numbers of the originals; otherwise take it out.")
                self._blame(self.top, column, words, remedy, column=heading, known=RELISTED)
            elif heading:
                self.notes.append(message(N_('the column "{column}" was not used'), column=heading))
        for wanted in (NUMBER, TITLE):
            if wanted not in self.columns:
                words = N_('there is no column "{column}"')
                self._blame(self.top, None, words, N_("Head a column {column}."), column=wanted)

    def _read_row(self, row: int) -> bool:
        """Take a node from a row; return whether there is anything in it."""
        number, title, relisted = (one_line(self._cell(row, column)) for column in (NUMBER, TITLE, RELISTED))
        if not (number or title or relisted) and self.nodes and (more := self._indicators(row)):
            node = self.nodes[-1]
            self.nodes[-1] = replace(node, indicators=(*node.indicators, *more))
            if node.relisted_from is not None:
                self._note_left_out(row)
            return True
        if not (number or title or relisted) or _heading(number) == NUMBER:
            return False
        if not title:
            number, title = number_and_title(number) or (number, "")
        if relisted:
            title = _SAID_RELISTED.sub("", title)
        elif not title:
            remedy = N_("Write the name; a relisting needs the number of its original in {column}.")
            words = N_('the row with the number "{number}" has no name')
            self._blame(row, TITLE, words, remedy, number=_short(number), column=RELISTED)
        elif _SAID_RELISTED.search(title):
            words = N_('"{title}" is called a relisting, but the number of its original is missing')
            remedy = N_("Write that number into the column {column}, or leave 再掲 out of the name.")
            self._blame(row, RELISTED, words, remedy, title=_short(title), column=RELISTED)
        department, partners = "、".join(self._names(row, DEPARTMENT)), self._names(row, PARTNERS)
        if (written := self._number(row, NUMBER, number)) is None:
            return True
        node_id = self._locate(written)
        self.above = node_id.split("-")
        if len(self.above) > _DEEPEST:
            words = N_("the number {number} has {depth} levels; at most {most} are possible")
            remedy = N_("Leave the lowest level out; what it says can go into the name above it.")
            self._blame(row, NUMBER, words, remedy, number=_short(number), depth=len(self.above), most=_DEEPEST)
        else:
            self.words[depth(node_id)] |= {written.word} - {""}
            node = OutlineNode(node_id, title, written.label, relisted or None, department, partners, row)
            self.nodes.append(node if relisted else self._with_optional(node))
        return True

    def _number(self, row: int, column: str, text: str) -> WrittenNumber | None:
        """Return the number in a cell, or None after noting why there is none."""
        if _FAILED.fullmatch(text):
            return None
        meant, written = meant_by_date(text), read_number(text)
        if meant is not None:
            self.presumed.add(meant)
            self.above = meant.split("-")
            self.depths.setdefault("1", 1)
            words = N_("Excel made a date of a number ({value}); it was probably {number}")
            how = N_("Set the column {column} to the format Text and write {number} again, or write '{number} there.")
            self._blame(row, column, words, how, value=text, number=meant, column=column)
        elif not text:
            self._blame(row, column, N_("there is no number"), _SPELLINGS)
        elif written is None:
            self._blame(row, column, N_('"{value}" is not a number of the plan'), _SPELLINGS, value=_short(text))
        return written if meant is None else None

    def _locate(self, written: WrittenNumber) -> str:
        """Return the id of a number: of several parts as they stand, of a single one by the place of its style."""
        parts, path = written.parts, list[str]()
        if len(parts) == 1:
            level = self.depths.setdefault(parts[0][0], len(self.above) + 1)
            path = [*self.above, *"????"][: level - 1]
        for level, (style, _) in enumerate(parts, 1):
            self.depths.setdefault(style, level)
        for _, value in parts:
            among = self.positions["-".join(path)]
            path.append(among.setdefault(value, value if value.isdecimal() else str(len(among) + 1)))
        return "-".join(path)

    def _check_numbers(self) -> None:
        """Blame numbers that stand twice or below none, and too few levels; note what nothing stands below."""
        rows: dict[str, int] = {}
        known = {node.id for node in self.nodes} | self.presumed
        for node in self.nodes:
            above = parent_id(node.id)
            if node.id in rows:
                words = N_("the number {number} is given twice (also in row {row})")
                remedy = N_("Give each row a number of its own. Excel makes 1.1 of 1.10; 1-10 it leaves alone.")
                self._blame(node.row, NUMBER, words, remedy, number=node.id, row=rows[node.id] + 1)
            rows.setdefault(node.id, node.row)
            if above is not None and above not in known:
                known.add(above)
                words = N_("{number} stands below {above}, but no row has the number {above}")
                remedy = N_("Add a row for {above} with its name, or correct the number.")
                self._blame(node.row, NUMBER, words, remedy, number=node.id, above=above)
        if not self.faults and self.deepest not in _USUAL_LEVELS:
            words = N_("there is nothing below the headings")
            remedy = N_("Write a row for each part of the plan, the upper levels included.")
            if self.nodes:
                words = N_("the numbers have {depth} levels; a plan has 3 or 4")
                remedy = N_("Add what is done as the lowest level, with numbers such as 1-1-1.")
            self._blame(self.top, None, words, remedy, depth=self.deepest)
        parents, deepest = {parent_id(node.id) for node in self.nodes}, self.deepest
        if bare := [node.id for node in self.nodes if depth(node.id) < deepest and node.id not in parents]:
            self.notes.append(message(N_("nothing stands below {numbers} yet"), numbers=bare))

    def _check_relistings(self) -> None:
        """Put the id of the original into every relisting, or blame it."""
        nodes, deepest = {node.id: node for node in self.nodes}, self.deepest
        for n, node in enumerate(self.nodes):
            written = self._number(node.row, RELISTED, node.relisted_from) if node.relisted_from else None
            if written is None:
                continue
            original = ""
            for _, value in written.parts:
                original = f"{original}-{self.positions[original].get(value, value)}".strip("-")
            self.nodes[n] = replace(node, relisted_from=original)
            remedy = N_("Write the number of the original; in its own row the cell stays empty.")
            if original not in nodes and original not in self.presumed:
                words = N_("{number} lists {original} again, but no row has that number")
            elif original == node.id:
                words = N_("{number} is a relisting of itself")
            elif original in nodes and nodes[original].relisted_from is not None:
                words = N_("{number} lists {original} again, which is itself a relisting")
            elif depth(node.id) != deepest or depth(original) != deepest:
                words = N_("{number} lists {original} again, but only the lowest level can be listed again")
                remedy = N_("Give each part of the lowest level that is listed again a row of its own.")
            else:
                other = nodes[original].title if original in nodes else ""
                if other and node.title not in ("", other):
                    words = N_(
                        'row {row}: the name "{title}" was left out; a relisting has that of {number} {original}'
                    )
                    title = _short(node.title)
                    self.notes.append(message(words, row=node.row + 1, title=title, number=original, original=other))
                self._note_left_out(node.row, nodes[original].row if original in nodes else None)
                continue
            self._blame(node.row, RELISTED, words, remedy, number=node.id, original=original)

    def _note_left_out(self, row: int, original: int | None = None) -> None:
        """Note the columns of which a relisting's row says anything, unless its original's row says the same."""
        known = () if original is None else self.sheet.rows[original]
        names = {place: column for column, place in self.columns.items() if column not in COLUMNS}
        said = ((names.get(n), text) for n, text in enumerate(self.sheet.rows[row]) if text not in known[n : n + 1])
        if left := [name for name, text in said if name and one_line(text).strip(DASHES)]:
            words = N_("row {row}: {columns} was left out; a relisting has what stands at its original")
            self.notes.append(message(words, row=row + 1, columns=left))
