"""Excel: a sheet a paper, each a native table that prints well, and native charts of the indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.chart import Chart
from mizuho_pdca.papers.paper import Paper, Papers
from mizuho_pdca.render.layout import wrap
from mizuho_pdca.render.xlsx import charts as xlsx_charts
from mizuho_pdca.render.xlsx.cells import FONT, Styles, column_name, cut, distinct, put
from mizuho_pdca.render.xlsx.table import LINE, Table
from mizuho_pdca.text import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_BELOW = {"elsewhere": "initiatives", "statuses": "summary", "crossed": "summary"}
"""Papers that stand below another one on its sheet."""

_MOST_NAME = 31
_RESERVED = {"history", "履歴"}
_ILLEGAL = str.maketrans("[]:*?/\\'\n\t", "［］：＊？／＼’  ")
_MOST_FOOTER = 80
_A4, _A3 = 9, 8
_LEAST_SCALE = 0.81
"""How small a sheet may be printed, so that its letters of 10 points are 8 points at least on the page."""


_MOST_WANTED = {_A4: 46, _A3: 60}
"""Half-width characters that a column of long texts asks for."""

_PAGE = {_A4: (784, 500), _A3: (1132, 740)}
"""What a page holds between its margins, in points."""

_POINTS = 0.75
"""Points of a pixel."""

_LEFT_TO_OTHERS = 12
"""Half-width characters that a table leaves free where others stand below it, whose figures may need wider columns."""

_MOST_BESIDE = 24
"""Half-width characters that a column takes which is not printed."""

_CHARACTER, _PADDING = 7, 5
"""Pixels of a half-width character, and those that a column has besides."""

_LEAST_ACROSS, _SPARE = 64, 8
"""The least width of a sheet, so that its title has room, and that of an empty column which helps to it."""

_TITLE_SIZE, _SUBTITLE_SIZE, _SIZE = 14, 11, 10
_BOLD = {"bold": True}
_BANNER = {"bold": True, "bg_color": "#FFF2CC"}
_SPACE = 6


def workbook(papers: Papers, t: Translate) -> bytes:
    """Return the papers as an Excel file; the same papers give the same bytes."""
    with needed_for("Excel"):
        import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        made = papers.dated.replace(tzinfo=None)
        book.set_properties(
            {"title": printable(papers.title), "comments": printable(papers.banner or ""), "created": made}
        )
        _draw(book, papers, t)
    return stream.getvalue()


def _draw(book: Workbook, papers: Papers, t: Translate) -> None:
    styles = Styles(book)
    sheets = list(_sheets(papers, t))
    links: dict[str, str] = {}
    for sheet in sheets:
        for anchor, place in sheet.anchors():
            links.setdefault(anchor, place)
    for sheet in sheets:
        sheet.draw(book, styles, links)


def _sheets(papers: Papers, t: Translate) -> Iterator[_Sheet]:
    given = list(_on_sheets(papers))
    titles = [on_it[0].title for on_it in given]
    glance = t(N_("The year at a glance"))
    names = sheet_names([glance, *titles] if papers.overview else titles)
    if papers.overview:
        first, *others = papers.overview
        first = replace(first, title=glance)
        yield _Sheet(papers, next(names), (first,), (), [line for paper in others for line in _told(paper, t)], t)
    for number, on_it in enumerate(given):
        charts = papers.charts if on_it[0].name == "indicators" else ()
        tables = (*on_it, xlsx_charts.trend(charts, t)) if charts else on_it
        yield _Sheet(papers, next(names), tables, charts, () if number else [(f"※ {x}", {}) for x in papers.legend], t)


def _on_sheets(papers: Papers) -> Iterator[tuple[Paper, ...]]:
    """Yield the tables of each sheet: short ones stand below another, what has many rows has a sheet of its own."""
    names = {paper.name for paper in papers.papers}
    for paper in papers.papers:
        if _BELOW.get(paper.name) in names:
            continue
        candidates = (*papers.papers, *paper.also, *paper.beside)
        below = [each for each in candidates if _BELOW.get(each.name) == paper.name]
        yield (paper, *below)
        yield from ((each,) for each in paper.also if each not in below)
    if papers.raw is not None and (entries := papers.raw()).rows:
        yield (entries,)


def _told(paper: Paper, t: Translate) -> Iterator[Styled]:
    """Yield a table of the first page as lines: what names a row in bold, the rest below it."""
    yield " ", {}
    yield paper.title, {**_BOLD, "font_size": _SUBTITLE_SIZE}
    for row in paper.rows:
        yield "\u3000".join(cell.text for cell in row[: paper.keys] if cell.text), _BOLD
        rest = [(column, cell) for column, cell in zip(paper.columns, row, strict=True)][paper.keys :]
        for column, cell in rest:
            if cell.text:
                yield "\u3000" + (f"{column.heading}{t(N_(': '))}{cell.text}" if len(rest) > 1 else cell.text), {}


def sheet_names(titles: Iterable[str]) -> Iterator[str]:
    """Yield names that Excel takes for sheets: short, without its signs, none twice, none reserved."""
    names = (printable(title).translate(_ILLEGAL).strip() or "－" for title in titles)
    return distinct((f"{name}_" if name.casefold() in _RESERVED else name for name in names), _MOST_NAME)


Styled = tuple[str, Mapping[str, object]]
"""A line with how it looks."""


class _Sheet:
    """One sheet: what it is, its tables one below the other, the legend or the charts below them."""

    def __init__(
        self,
        papers: Papers,
        name: str,
        on_it: Sequence[Paper],
        charts: Sequence[Chart],
        below: Sequence[Styled],
        t: Translate,
    ) -> None:
        self.papers = papers
        self.name = name
        self.charts = charts
        self.t = t
        self.tables = [
            Table((paper.sheet() if paper.sheet else paper).printed, t, filtered=paper.name != xlsx_charts.TREND)
            for paper in on_it
        ]
        self.size, self.widths, self.lefts = _arranged(self.tables, _A3 if papers.size == "a3" else _A4)
        self.printed = max(left + table.printed for left, table in zip(self.lefts, self.tables, strict=True))
        if not self.fits_across and self.size == _A4:
            self.size = _A3
        self.spare = max(0, -(-(_LEAST_ACROSS - sum(self.widths[: self.printed])) // _SPARE))
        self.head = list(self._head())
        self.legend = [(line, look) for text, look in below for line in wrap(printable(text), self.across)]
        self.gallery = 0
        self.tops = list(self._tops())

    @property
    def fits_across(self) -> bool:
        """Return whether the printed columns stand beside each other on a page in letters that are large enough."""
        return _pixels(self.widths[: self.printed]) * _POINTS * _LEAST_SCALE <= _PAGE[self.size][0]

    @property
    def across(self) -> int:
        """Return how many half-width characters stand side by side on the sheet."""
        return sum(self.widths[: self.printed]) + _SPARE * self.spare

    def _head(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        title, papers = self.tables[0].paper.title, self.papers
        about = (*papers.subtitles, *((papers.edition,) if papers.edition else ()))
        yield from self._headlines(title, _TITLE_SIZE, _BOLD)
        yield from self._headlines(papers.title, _SUBTITLE_SIZE, _BOLD)
        yield from self._headlines("\u3000\u3000".join(about), _SIZE, {})
        if papers.banner:
            yield from self._headlines(f"【{papers.banner}】", _SUBTITLE_SIZE, _BANNER)

    def _headlines(
        self, text: str, size: int, look: Mapping[str, object]
    ) -> Iterator[tuple[str, Mapping[str, object]]]:
        for line in wrap(printable(text), max(10, self.across * _SIZE // size)):
            yield line, {**look, "font_size": size}

    def _tops(self) -> Iterator[int]:
        """Yield the row of each table's headings; charts stand before the numbers that they are drawn from."""
        row = len(self.head) + 1
        for table in self.tables:
            if table.paper.name == xlsx_charts.TREND:
                self.gallery = row
                row += xlsx_charts.bands(self.charts, _pixels(self.widths[: self.printed])) + 2
            yield row
            row += len(table.items) + 3

    def anchors(self) -> Iterator[tuple[str, str]]:
        """Yield the rows that one may point at, with the links to them."""
        for table, top, left in zip(self.tables, self.tops, self.lefts, strict=True):
            for row, anchor in enumerate(table.paper.anchors, start=top + 2):
                yield anchor, f"internal:'{self.name}'!{column_name(left)}{row}"

    def fits(self, more: float = 0.0) -> bool:
        """Return whether the first table ends on the first page, with so many points below it."""
        wide, high = _PAGE[self.size]
        scale = max(_LEAST_SCALE, min(1.0, wide / (_pixels(self.widths[: self.printed]) * _POINTS)))
        table = self.tables[0]
        widths = self.widths[: len(table.fields)]
        lines = len(self.head) + 1 + sum(table.lines(widths))
        return (lines * LINE + table.head_height(widths) + more) * scale <= high

    def draw(self, book: Workbook, styles: Styles, links: Mapping[str, str]) -> None:
        """Add the sheet to a workbook."""
        sheet = book.add_worksheet(self.name)
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)
        for row, (text, look) in enumerate(self.head):
            _draw_line(sheet, row, text, styles.of(**look))
            if "bg_color" in look:
                for column in range(1, self.printed + self.spare):
                    sheet.write_blank(row, column, None, styles.of(**look))
        sheet.set_row(len(self.head), _SPACE)
        title_style = styles.of(**_BOLD, font_size=_TITLE_SIZE)
        for table, top, left in zip(self.tables, self.tops, self.lefts, strict=True):
            if table is not self.tables[0]:
                _draw_line(sheet, top - 1, printable(table.paper.title), title_style, left)
            table.draw(sheet, styles, (top, left), self.widths[left : left + len(table.fields)], links)
        if self.charts:
            _draw_line(sheet, self.gallery - 1, self.t(N_("Charts of the indicators (by fiscal year)")), title_style)
            numbers = self.tops[-1], self.lefts[-1]
            xlsx_charts.draw(book, sheet, self.charts, numbers, self.gallery, _pixels(self.widths[: self.printed]))
        end = self.tops[-1] + len(self.tables[-1].items) + 1
        for row, (line, look) in enumerate(self.legend, start=end + 1):
            _draw_line(sheet, row, line, styles.of(**look))
        self._set_up(sheet, end + len(self.legend) + bool(self.legend))

    def _set_up(self, sheet: Worksheet, end: int) -> None:
        """Say how the sheet is read on a screen and how it is printed."""
        top, table = self.tops[0], self.tables[0]
        sheet.freeze_panes(top + 1, table.keys)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_name(len(self.widths))}{end + 1}"})
        sheet.set_landscape()
        sheet.set_paper(self.size)
        if self.fits_across:
            sheet.fit_to_pages(1, 0)
        else:  # rather on two pages beside each other than in letters that nobody can read
            sheet.set_print_scale(round(100 * _LEAST_SCALE))
            sheet.repeat_columns(0, table.keys - 1)
        # Headings are repeated only above rows of their own: never above charts, the legend or another table.
        if self.charts and self.fits():
            sheet.repeat_rows(self.tops[-1])
        elif not (self.fits() and (self.legend or len(self.tables) > 1)):
            sheet.repeat_rows(top)
        if self.charts:
            before_charts = [] if self.fits(4 * LINE + xlsx_charts.BAND) else [self.gallery - 1]
            sheet.set_h_pagebreaks([*before_charts, self.tops[-1] - 1])
        sheet.print_area(0, 0, end - 1, self.printed + self.spare - 1)
        sheet.center_horizontally()
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header("&R" + _page_text(self.papers.banner or ""), {"margin": 0.3})
        title = f"{self.papers.title}\u3000{table.paper.title}"
        sheet.set_footer(
            f"&L{_page_text(self.papers.edition or '')}&C{_page_text('')}&P / &N&R{_page_text(title)}", {"margin": 0.3}
        )


def _room(size: int, columns: int) -> int:
    """Return how many half-width characters a page takes across in letters that are large enough."""
    return int((_PAGE[size][0] / _LEAST_SCALE / _POINTS - _PADDING * columns) / _CHARACTER)


def _arranged(tables: Sequence[Table], asked: int) -> tuple[int, list[int], list[int]]:
    """Return the paper, the widths of the columns and where each table begins."""
    first, *others = tables
    number = first.printed
    needed = sum(least for least, _ in [*first.spans(_MOST_WANTED[_A4])][:number])
    size = asked if needed <= _room(asked, number) else _A3
    room = _room(size, number) - (_LEFT_TO_OTHERS if others else 0)
    asks = list(first.spans(_MOST_WANTED[size]))
    spans, beside = asks[:number], [min(most, _MOST_BESIDE) for _, most in asks[number:]]
    widths = _shared(spans, room)
    page = _room(_A3, first.keys + 1)
    for _ in range(2):  # what a column of very long texts takes more, the others leave to it
        wide = first.widened([*widths, *beside], page)
        spans = [
            (new if new > old else low, max(new, high))
            for new, old, (low, high) in zip(wide, widths, spans, strict=False)
        ]
        widths = _shared(spans, room)
    widths = first.widened([*widths, *beside], page)
    lefts = [0]
    for table in others:
        wanted = list(table.spans(_MOST_WANTED[size]))
        widths += [wish for _, wish in wanted[len(widths) :]]
        left = min(range(len(widths) - len(wanted) + 1), key=lambda at: sum(table.lines(widths[at : at + len(wanted)])))
        for number, (least, _) in enumerate(wanted):
            if table.fields[number].form is not None:
                widths[left + number] = max(widths[left + number], least)
        widths[left : left + len(wanted)] = table.widened(widths[left : left + len(wanted)], page)
        lefts.append(left)
    return size, widths, lefts


def _shared(spans: Sequence[tuple[int, int]], room: int) -> list[int]:
    """Return a width for each column between its least and the one it would like, as far as there is room."""
    least, wanted = sum(low for low, _ in spans), sum(high for _, high in spans)
    part = min(1.0, max(0, room - least) / (wanted - least)) if wanted > least else 0.0
    return [low + int((high - low) * part) for low, high in spans]


def _pixels(widths: Sequence[int]) -> int:
    return sum(_CHARACTER * width + _PADDING for width in widths)


def _draw_line(sheet: Worksheet, row: int, text: str, style: Format, column: int = 0) -> None:
    """Write a line that runs on over the empty cells beside it."""
    put(sheet, row, column, text, style)
    sheet.set_row(row, LINE * style.font_size / _SIZE + 1)


def _page_text(text: str) -> str:
    """Return a text for the edge of a page, in the font of the papers; & is the sign of a code there."""
    room = max(1, _MOST_FOOTER - text[:_MOST_FOOTER].count("&"))
    return f'&"{FONT},Regular"&8 ' + cut(printable(text), room, "…").replace("&", "&&").replace("\n", " ")
