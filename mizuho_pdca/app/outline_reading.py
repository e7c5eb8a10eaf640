"""Read the rows of an outline 体系表 into nodes of a plan, gathering everything that is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from mizuho_pdca.app.outline_cells import meant_by_date, number_and_title, one_line, parts, set_apart, shorten, shown
from mizuho_pdca.domain.plan.numbers import parent_id, parse_node_id
from mizuho_pdca.domain.schema.faults import guess
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.outline import Cell, Sheet
from mizuho_pdca.storage.yaml.plan_draft import DraftNode

NUMBER, TITLE, RELISTED, DEPARTMENT, PARTNERS = "番号", "名称", "再掲先", "担当課", "関係機関"
_REQUIRED = (NUMBER, TITLE, RELISTED)
_COLUMNS = (*_REQUIRED, DEPARTMENT, PARTNERS)
_ALIKE = {
    NUMBER: ("no", "no.", "id", "項番", "コード"),
    TITLE: ("名前", "題名", "項目", "件名", "タイトル"),
    RELISTED: ("再掲", "再掲元", "再掲番号", "本掲", "本掲番号"),
    DEPARTMENT: ("担当", "所管", "所管課", "主管課", "担当部署"),
    PARTNERS: ("関係団体", "関係者", "連携先", "協力機関"),
}
"""Headings that other offices use for the same thing."""

_USUAL_LEVELS = {3: ("基本方針", "施策", "取組"), 4: ("基本方針", "基本施策", "施策", "取組")}
_DEEPEST = max(_USUAL_LEVELS)
_HEADING_ROWS = 30
"""Rows among which the headings are looked for: a title may stand above them."""

_NOTHING = re.compile(r"[-‐‑‒–—―−ー－]+")
_JOINTS = re.compile("[、，,]")
_RELISTED = re.compile(r"\s*[（(【\[〔]再掲[）)】\]〕]\s*")


@dataclass(frozen=True)
class OutlineFault:
    """What is wrong at one place of an outline; rows and columns count from 0, None is the row as a whole."""

    row: int
    column: int | None
    message: Message
    remedy: Message

    @property
    def order(self) -> tuple[int, int]:
        """Return the key that lists faults by place."""
        return self.row, -1 if self.column is None else self.column


@dataclass(frozen=True)
class OutlineRows:
    """What an outline gives: nodes in its order and names of the levels, both only good where no fault is."""

    nodes: Sequence[DraftNode]
    levels: tuple[str, ...]
    faults: Sequence[OutlineFault]
    notes: Sequence[Message]


def depth(node_id: str) -> int:
    """Return how many parts a number has."""
    return node_id.count("-") + 1


def find_headings(sheets: Sequence[Sheet]) -> tuple[Sheet, int]:
    """Return the sheet and the row that most look like an outline's headings."""
    rows = [(sheet, row) for sheet in sheets for row in range(len(sheet.rows[:_HEADING_ROWS]))]
    return max(rows, key=lambda found: _likeness(found[0].rows[found[1]]), default=(Sheet(((),)), 0))


def read_outline(sheet: Sheet, top: int) -> OutlineRows:
    """Return what stands below the headings in row ``top``."""
    reading = _Reading(sheet, top)
    reading.read()
    return OutlineRows([item.node for item in reading.items], reading.levels(), reading.faults, reading.notes)


def _likeness(cells: Sequence[Cell]) -> int:
    headings = {_heading(cell) for cell in cells}
    return 100 * len(headings & set(_COLUMNS)) + len({_alike(heading) for heading in headings} - {None})


def _heading(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell)).split())


def _alike(heading: str) -> str | None:
    """Return the column that a heading probably means."""
    by_word = {word: column for column, words in _ALIKE.items() for word in (column, *words)}
    near = guess(heading.lower(), by_word) if heading else None
    return None if near is None else by_word[near]


@dataclass(frozen=True)
class _Item:
    """A node with the row that it stands in."""

    row: int
    node: DraftNode


@dataclass
class _Reading:
    """Reads the rows of a sheet.

    ``words`` are those that stand before the numbers of each depth (基本目標１). ``presumed`` are
    numbers that a cell probably meant before Excel made a date of it: no other fault follows from them.
    """

    sheet: Sheet
    top: int
    columns: dict[str, int] = field(default_factory=dict)
    items: list[_Item] = field(default_factory=list)
    faults: list[OutlineFault] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    words: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    presumed: set[str] = field(default_factory=set)

    def read(self) -> None:
        self.read_headings()
        if self.faults:
            return
        for row in range(self.top + 1, len(self.sheet.rows)):
            self.read_row(row)
        self.check_numbers()
        self.check_depth()
        self.check_relistings()

    def blame(self, row: int, column: str | int | None, what: Message, remedy: Message) -> None:
        place = self.columns[column] if isinstance(column, str) else column
        self.faults.append(OutlineFault(row, place, what, remedy))

    # -- headings -----------------------------------------------------------------------------

    def read_headings(self) -> None:
        headings = [_heading(cell) for cell in self.sheet.rows[self.top]]
        for column, heading in enumerate(headings):
            if heading not in _COLUMNS:
                self.leave_out(heading)
            elif heading in self.columns:
                what = message(N_('the column "{column}" stands here twice'), column=heading)
                self.blame(self.top, column, what, message(N_("Put all levels below each other, in the same columns.")))
            else:
                self.columns[heading] = column
        for wanted in _REQUIRED:
            if wanted not in self.columns:
                self.blame_missing(wanted, headings)

    def leave_out(self, heading: str) -> None:
        near = _alike(heading)
        if near in (DEPARTMENT, PARTNERS):
            words = N_('the column "{column}" was not used; did you mean {near}?')
            self.notes.append(message(words, column=heading, near=near))
        elif heading:
            self.notes.append(message(N_('the column "{column}" was not used'), column=heading))

    def blame_missing(self, wanted: str, headings: Sequence[str]) -> None:
        near = next((heading for heading in headings if heading not in _COLUMNS and _alike(heading) == wanted), None)
        if near is not None:
            remedy = message(N_('Did you mean the column "{near}"? Head it {column}.'), near=near, column=wanted)
        elif wanted == RELISTED:
            remedy = message(N_("Head a column {column}; where nothing is listed again it stays empty."), column=wanted)
        else:
            remedy = message(N_("Head a column {column}."), column=wanted)
        self.blame(self.top, None, message(N_('there is no column "{column}"'), column=wanted), remedy)

    # -- one row ------------------------------------------------------------------------------

    def read_row(self, row: int) -> None:
        number, title, relisted = (self.sheet.cell(row, self.columns[column]) for column in _REQUIRED)
        name = shown(title)
        if not (shown(number) or name or shown(relisted)) or _heading(number) == NUMBER:
            return
        if isinstance(number, str) and not name and (both := number_and_title(one_line(number))) is not None:
            number, name = both
        node_id = self.read_number(row, NUMBER, number)
        original = None
        if shown(relisted):
            original = self.read_number(row, RELISTED, relisted)
            name = _RELISTED.sub("", name)
        else:
            self.check_name(row, name, shorten(shown(number)))
        if node_id is not None:
            department = "、".join(self.names(row, DEPARTMENT)) or None
            node = DraftNode(node_id, name, original, department, tuple(self.names(row, PARTNERS)))
            self.items.append(_Item(row, node))

    def names(self, row: int, column: str) -> list[str]:
        """Return the names in a cell of a column that may be missing; where cells are merged, in all of them."""
        if column not in self.columns:
            return []
        cell = self.sheet.spread(row, self.columns[column])
        text = "、".join(map(one_line, cell.splitlines())) if isinstance(cell, str) else shown(cell)
        return [name for part in _JOINTS.split(text) if (name := part.strip()) and not _NOTHING.fullmatch(name)]

    def check_name(self, row: int, name: str, number: str) -> None:
        if not name:
            what = message(N_('the row with the number "{number}" has no name'), number=number)
            words = N_("Write the name; a relisting needs the number of its original in {column}.")
            self.blame(row, TITLE, what, message(words, column=RELISTED))
        elif _RELISTED.search(name):
            words = N_('"{title}" is called a relisting, but the number of its original is missing')
            remedy = message(N_("Write the number of the original here, or leave 再掲 out of the name."))
            self.blame(row, RELISTED, message(words, title=shorten(name)), remedy)

    def read_number(self, row: int, column: str, cell: Cell) -> str | None:
        """Return the canonical number in a cell, or None after noting why there is none."""
        meant = meant_by_date(cell)
        if meant is not None:
            self.presumed.add(meant)
            words = N_("Excel made a date of a number ({value}); it was probably {number}")
            how = N_("Set the column {column} to the format Text and write {number} again, or write '{number} there.")
            what = message(words, value=shown(cell), number=meant)
            self.blame(row, column, what, message(how, column=column, number=meant))
            return None
        word, text = set_apart(shown(cell))
        found = parse_node_id(text)
        if found is None:
            self.blame_number(row, column, shorten(shown(cell)), len(parts(text)))
        elif word and column == NUMBER:
            self.words[depth(found)].add(word)
        return found

    def blame_number(self, row: int, column: str, value: str, levels: int) -> None:
        remedy = message(N_("Write it such as 1, 1-1, 1-1-1 or 1-1①. A row that is only a remark has to go."))
        if not value:
            what = message(N_("there is no number"))
        elif levels > _DEEPEST:
            words = N_("the number {number} has {depth} levels; at most {most} are possible")
            what = message(words, number=value, depth=levels, most=_DEEPEST)
            remedy = message(N_("Leave the lowest level out; what it says can go into the name above it."))
        else:
            what = message(N_('"{value}" is not a number of the plan'), value=value)
        self.blame(row, column, what, remedy)

    # -- all rows together --------------------------------------------------------------------

    @property
    def known(self) -> set[str]:
        return {item.node.id for item in self.items} | self.presumed

    @property
    def deepest(self) -> int:
        return max(map(depth, self.known), default=0)

    def check_numbers(self) -> None:
        rows: dict[str, int] = {}
        known = self.known
        for item in self.items:
            number, above = item.node.id, parent_id(item.node.id)
            if number in rows:
                words = N_("the number {number} is given twice (also in row {row})")
                remedy = message(
                    N_("Give each row a number of its own. Excel makes 1.1 of 1.10; 1-10 it leaves alone.")
                )
                self.blame(item.row, NUMBER, message(words, number=number, row=rows[number] + 1), remedy)
            rows.setdefault(number, item.row)
            if above is not None and above not in known:
                known.add(above)
                words = N_("{number} stands below {above}, but no row has the number {above}")
                remedy = message(N_("Add a row for {above} with its name, or correct the number."), above=above)
                self.blame(item.row, NUMBER, message(words, number=number, above=above), remedy)

    def check_depth(self) -> None:
        if self.faults or self.deepest in _USUAL_LEVELS:
            return
        if self.items:
            what = message(N_("the numbers have {depth} levels; a plan has 3 or 4"), depth=self.deepest)
            remedy = message(N_("Add what is done as the lowest level, with numbers such as 1-1-1."))
        else:
            what = message(N_("there is nothing below the headings"))
            remedy = message(N_("Write a row for each part of the plan, the upper levels included."))
        self.blame(self.top, None, what, remedy)

    def check_relistings(self) -> None:
        nodes = {item.node.id: item.node for item in self.items}
        known, lowest = self.known, self.deepest
        for item in self.items:
            number, original = item.node.id, item.node.relisted_from
            if original is None:
                continue
            remedy = N_("Write the number of the original; in its own row the cell stays empty.")
            if original not in known:
                words = N_("{number} lists {original} again, but no row has that number")
            elif original == number:
                words = N_("{number} is a relisting of itself")
            elif original in nodes and nodes[original].relisted_from is not None:
                words = N_("{number} lists {original} again, which is itself a relisting")
            elif depth(number) != lowest or depth(original) != lowest:
                words = N_("{number} lists {original} again, but only the lowest level can be listed again")
                remedy = N_("Give each part of the lowest level that is listed again a row of its own.")
            else:
                self.compare_names(item, nodes.get(original))
                continue
            self.blame(item.row, RELISTED, message(words, number=number, original=original), message(remedy))

    def compare_names(self, item: _Item, original: DraftNode | None) -> None:
        title = item.node.title
        if original is not None and title not in ("", original.title):
            words = N_('row {row}: the name "{title}" was left out; a relisting has that of {number} {original}')
            number, other = original.id, original.title
            self.notes.append(message(words, row=item.row + 1, title=shorten(title), number=number, original=other))

    def levels(self) -> tuple[str, ...]:
        """Return what the levels are called: by the word before their numbers where there is one, else as usual."""
        usual = _USUAL_LEVELS.get(self.deepest, ())
        found = [
            next(iter(words)) if len(words := self.words[level]) == 1 else name for level, name in enumerate(usual, 1)
        ]
        return tuple(found) if len(set(found)) == len(found) else usual
