"""Which column of a town's table holds what: proposed by its headings, kept in a file, corrected by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import Field, TypeAdapter

from mizuho_pdca.app.forms.headings import headings_at, understood, years_in
from mizuho_pdca.app.forms.table import PastTable, TableSheet
from mizuho_pdca.domain.schema.shapes import Shape, Text, read_shape
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.xlsx.book import column_letters
from mizuho_pdca.storage.yaml.reading import Unreadable, parse
from mizuho_pdca.text import folded

PLACES = ("number", "title")
"""What says which initiative a row is about; one of them is enough."""

ANSWERS = ("status", "summary", "rating", "progress", "issues", "direction", "next", "indicator", "value")
"""What a row may say of it."""

KEYS: Mapping[str, str] = {
    "number": N_("the number of the initiative"),
    "title": N_("the name of the initiative"),
    "status": N_("the status"),
    "summary": N_("what was done"),
    "rating": N_("the rating"),
    "progress": N_("progress"),
    "issues": N_("issues"),
    "direction": N_("the future direction"),
    "next": N_("plans for the next year"),
    "indicator": N_("the indicator"),
    "value": N_("the figure"),
    "by": N_("who answered"),
}
"""What a column may hold, in the order in which it is asked."""

_WITHIN, _LONGEST_WORD = 30, 12
_LEAST = 2


class MapFile(Shape):
    """The file that says which column holds what.

    ``sheet`` names one sheet or several with the same headings; ``head`` is the row in which the headings end, as
    Excel counts. ``words`` says by column what a word of the table means in the plan; an empty text there means
    that nothing is recorded.
    """

    sheet: Text | tuple[Text, ...] | None = None
    head: int
    columns: dict[Text, Text]
    words: dict[Text, dict[str, str]] = Field(default_factory=dict)


MAP_FILE: TypeAdapter[MapFile] = TypeAdapter(MapFile)


@dataclass(frozen=True)
class ColumnMap:
    """Which column of a sheet holds what, by number; what is not understood is left out.

    ``more`` are the same of other sheets that have the same headings, ``others`` the sheets of which nothing is
    taken, ``years`` those that the table names where the year that is asked for is none of them.
    """

    sheet: TableSheet
    head: int
    columns: Mapping[str, int]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    in_two_rows: bool = False
    more: tuple[ColumnMap, ...] = ()
    others: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()

    @property
    def texts(self) -> dict[int, str]:
        """Return the headings by column."""
        found = headings_at(self.sheet, self.head, in_two_rows=self.in_two_rows)
        return {column: heading.shown for column, heading in found.items()}

    @property
    def headings(self) -> dict[str, str]:
        """Return the headings by what their columns hold."""
        return {key: self.texts.get(column, "") for key, column in self.columns.items()}

    @property
    def left_out(self) -> list[str]:
        """Return the headings of which nothing is taken."""
        taken = set(self.columns.values())
        return [text for column, text in sorted(self.texts.items()) if column not in taken]

    @property
    def nameless(self) -> list[str]:
        """Return the letters of columns in which something stands, but no heading."""
        below = {column for number, row in self.sheet.rows.items() if number > self.head for column in row}
        return [column_letters(column) for column in sorted(below - {*self.texts, *self.columns.values()})]

    @property
    def data(self) -> dict[str, object]:
        """Return what is kept of it in a file."""
        names = [part.sheet.name for part in (self, *self.more)]
        held: dict[str, object] = {"sheet": names if self.more else names[0], "head": self.head + 1}
        held["columns"] = dict(self.headings)
        return {**held, **({"words": self.words} if self.words else {})}

    def with_columns(self, columns: Mapping[str, int]) -> ColumnMap:
        """Return the map with other columns, in the other sheets those of the same headings."""
        wanted = {key: self.texts[column] for key, column in columns.items()}
        more, others = list[ColumnMap](), list(self.others)
        for part in self.more:
            by_text = {text: column for column, text in reversed(part.texts.items())}
            if all(text in by_text for text in wanted.values()):
                more.append(replace(part, columns={key: by_text[text] for key, text in wanted.items()}))
            else:
                others.append(part.sheet.name)
        return replace(self, columns=columns, more=tuple(more), others=tuple(others))


def proposed(table: PastTable, year: int | None = None) -> ColumnMap:
    """Return the mapping that the headings suggest, of the sheets where most are understood; raise ``UsageFault``.

    Of sheets and columns that name a year only those of the year that is asked for are taken; where sheets are called
    by it, no others.
    """
    found = [one for sheet in table.sheets if (one := _best(sheet, year)) is not None]
    of_year = [one for one in found if not _is_of_another(one, year)] or found
    if any(year in years_in(one.sheet.name, of_days=False) for one in of_year):
        of_year = [one for one in of_year if year in _years(one)]
    if not of_year:
        raise UsageFault(
            N_("no row of headings was understood in the table"),
            remedy=message(N_("Write a map by hand (docs/forms.md shows one), and name it: --map MAP.yaml")),
        )
    best = max(of_year, key=lambda one: len(one.columns))
    more = tuple(one for one in of_year if one is not best and one.headings == best.headings)
    taken = {part.sheet.name for part in (best, *more)}
    others = tuple(sheet.name for sheet in table.sheets if sheet.name not in taken)
    years = _years(best) if _is_of_another(best, year) else set[int]()
    return replace(best, more=more, others=others, years=frozenset(years))


def _best(sheet: TableSheet, year: int | None) -> ColumnMap | None:
    """Return the row of a sheet in which most headings are understood, alone or with the row above it."""
    found = [
        ColumnMap(sheet, number, understood(headings_at(sheet, number, in_two_rows=two), year), in_two_rows=two)
        for number in sorted(sheet.rows)[:_WITHIN]
        for two in (False, True)
    ]
    best = max(found, key=lambda one: (len(one.columns), _is_divided(one)), default=None)
    if best is None or len(best.columns) < _LEAST or not any(key in best.columns for key in PLACES):
        return None
    return _with_summary(best)


def _with_summary(found: ColumnMap) -> ColumnMap:
    """Return a map in which 取組状況 is what was done, where it holds sentences and nothing else could be that."""
    column = found.columns.get("status")
    if column is None or "summary" in found.columns:
        return found
    texts = (row.get(column, "") for number, row in found.sheet.rows.items() if number > found.head)
    if max(map(len, texts), default=0) <= _LONGEST_WORD:
        return found
    others = {key: place for key, place in found.columns.items() if key != "status"}
    return replace(found, columns={**others, "summary": column})


def _is_divided(found: ColumnMap) -> bool:
    """Return whether headings that say what rows are about stand above the row of the others."""
    own = found.sheet.rows[found.head]
    return found.in_two_rows and not any(found.columns.get(key, -1) in own for key in PLACES)


def _years(found: ColumnMap) -> set[int]:
    """Return the fiscal years that the name of a sheet, and what stands above its headings, speak of."""
    first = found.head - found.in_two_rows
    above = (text for number, row in found.sheet.rows.items() if number < first for text in row.values())
    return {year for text in (found.sheet.name, *above) for year in years_in(text, of_days=False)}


def _is_of_another(found: ColumnMap, year: int | None) -> bool:
    years = _years(found)
    return year is not None and bool(years) and year not in years


def read_map(raw: bytes, name: str, table: PastTable) -> ColumnMap:
    """Return the mapping that a file gives; raise ``UsageFault``."""
    try:
        shaped = read_shape(MAP_FILE, parse(raw))
    except Unreadable:
        shaped = []
    if isinstance(shaped, list):
        raise UsageFault(
            N_("{file} is no map of columns"),
            file=name,
            remedy=message(N_("Delete it, and pdca import proposes one; docs/forms.md shows what it holds.")),
        )
    unknown = [key for key in shaped.columns if key not in KEYS]
    if unknown:
        raise UsageFault(
            N_("{file}: {keys} is nothing that a column can hold"),
            file=name,
            keys=unknown,
            remedy=message(N_("Write one of {keys}."), keys=list(KEYS)),
        )
    names = (shaped.sheet,) if isinstance(shaped.sheet, str) else shaped.sheet or (table.sheets[0].name,)
    by_name = {sheet.name: sheet for sheet in table.sheets}
    if missing := [each for each in names if each not in by_name]:
        raise _without(name, missing)
    first, *rest = (by_name[each] for each in names)
    found = _mapped(first, [shaped.head - 1], shaped, name)
    more = tuple(_mapped(sheet, [shaped.head - 1, *sorted(sheet.rows)[:_WITHIN]], shaped, name) for sheet in rest)
    return replace(found, more=more, others=tuple(each for each in by_name if each not in names))


def _mapped(sheet: TableSheet, rows: Sequence[int], shaped: MapFile, name: str) -> ColumnMap:
    """Return a map's columns in a sheet, in the first row whose headings have them; raise ``UsageFault``."""
    missing: list[str] | None = None
    for head in rows:
        for in_two_rows in (False, True):
            found = headings_at(sheet, head, in_two_rows=in_two_rows)
            by_heading = {_plain(one.text): column for column, one in reversed(found.items())}
            by_heading |= {_plain(one.shown): column for column, one in reversed(found.items())}
            lost = [heading for heading in shaped.columns.values() if _plain(heading) not in by_heading]
            if not lost:
                columns = {key: by_heading[_plain(heading)] for key, heading in shaped.columns.items()}
                return ColumnMap(sheet, head, columns, shaped.words, in_two_rows)
            missing = lost if missing is None else missing
    raise _without(name, missing or [])


def _without(name: str, missing: Sequence[str]) -> UsageFault:
    return UsageFault(
        N_("the table has no such headings as {file} names: {headings}"),
        file=name,
        headings=list(missing),
        remedy=message(N_("Correct sheet, head and columns in the file.")),
    )


def _plain(text: str) -> str:
    return "".join(folded(text).split())
