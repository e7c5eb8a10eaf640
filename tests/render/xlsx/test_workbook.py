# mypy: allow-untyped-calls
import math
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from mizuho_pdca.language import translator
from mizuho_pdca.papers.chart import ActualPoint
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers, Part
from mizuho_pdca.papers.review import papers
from mizuho_pdca.render.xlsx.workbook import sheet_names, workbook

EN, JA = translator("en"), translator("ja")
YEARS = "年度別の推移（上段は目標値、下段は実績値）"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LONG = "長" * 400
TRICKY = [
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "http://x.example/",
    "mailto:x@x.example",
    "<script>alert(1)</script>",
    "<r>a</r>",
    "<r><t>a</t></r>",
    "{=1+1}",
    "[red]赤[/red] | & &amp; \"'",
    "1-1",
    "0012",
    "TRUE",
    "#N/A",
    "_x0041_",
    "一行目\n\n三行目",
    " 前後 ",
    "𠮷野家 😀",
    "abc\u200bdef",
    "語" * 10_000,
    "x" * 10_000,
]


class Book:
    """A written workbook, as values and as XML."""

    def __init__(self, given, t=JA):
        self.bytes = workbook(given, t)
        self.zip = ZipFile(BytesIO(self.bytes))
        self.values = CalamineWorkbook.from_filelike(BytesIO(self.bytes))

    @property
    def names(self):
        return self.values.sheet_names

    def rows(self, name):
        return self.values.get_sheet_by_name(name).to_python(skip_empty_area=False)

    def below(self, name, heading):
        """Return the rows below the one that begins with a heading."""
        rows = self.rows(name)
        return rows[1 + next(number for number, row in enumerate(rows) if row[0] == heading) :]

    def parts(self, pattern):
        names = [name for name in self.zip.namelist() if re.search(pattern, name)]
        return {name: ET.fromstring(self.zip.read(name)) for name in names}  # noqa: S314 (written just before)

    def sheet(self, name):
        return self.parts(rf"worksheets/sheet{self.names.index(name) + 1}\.xml")[
            f"xl/worksheets/sheet{self.names.index(name) + 1}.xml"
        ]


def made(*rows, columns=None, **more):
    given = columns or tuple(Column(f"H{n}", 10) for n in range(len(rows[0]) if rows else 1))
    cells = tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows)
    paper = Paper("summary", "表", given, cells, anchors=tuple(f"row-{n}" for n in range(len(rows))))
    return replace(Papers("計画", ("副題",), None, (paper,), ("凡例",)), **more)


@pytest.fixture
def book(report):
    return Book(papers(report, JA))


# -- sheets -----------------------------------------------------------------------------------


def test_each_paper_has_a_sheet_of_its_title(book):
    assert book.names == ["概要", "総括表", "進捗状況一覧", "指標一覧", YEARS, "意見と対応", "事務局用", "年度の記録"]


def test_what_was_recorded_elsewhere_stands_below_the_initiatives(book, report):
    (elsewhere,) = (paper for paper in papers(report, JA).papers if paper.name == "elsewhere")
    texts = [cell for row in book.rows("進捗状況一覧") for cell in row]
    assert elsewhere.title in texts
    assert "8月1日　施策全体の打合せ" in texts


def test_every_text_is_in_the_workbook(drawn, t):
    book = Book(drawn, t)
    texts = {cell for name in book.names for row in book.rows(name) for cell in row}
    for paper in drawn.papers:
        for row in paper.rows:
            assert {cell.text for cell, column in zip(row, paper.columns, strict=True) if not column.parts} <= texts
    assert {f"※ {line}" for line in drawn.legend} <= texts


@pytest.mark.slow
def test_a_paper_without_rows_says_so(adopted_report):
    given = papers(adopted_report, EN)
    book = Book(
        replace(given, papers=tuple(replace(paper, rows=(), anchors=(), sheet=None) for paper in given.papers)), EN
    )
    first, *names = book.names
    assert (first, len(names)) == ("The year at a glance", 6)
    names.remove(next(name for name in names if name.startswith("Over the years")))
    for name, paper in zip(names, given.papers, strict=True):
        assert book.below(name, paper.columns[0].heading)[0][0] == "nothing to list"


def test_the_banner_and_the_edition_stand_on_every_sheet_and_page():
    book = Book(made(["a"], banner="見本", edition="版 & 1"))
    above = book.rows("表")[:4]
    assert [row[0] for row in above] == ["表", "計画", "副題\u3000\u3000版 & 1", "【見本】"]
    printed = book.sheet("表").find(f"{MAIN}headerFooter")
    assert "見本" in printed.find(f"{MAIN}oddHeader").text
    assert "版 && 1" in printed.find(f"{MAIN}oddFooter").text
    assert "&P / &N" in printed.find(f"{MAIN}oddFooter").text


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["A", "a", "Ａ"], ["A", "a (2)", "Ａ (3)"]),
        (["[1]:*?/\\", "'x'"], ["［1］：＊？／＼", "’x’"]),
        (["History", "履歴"], ["History_", "履歴_"]),
        (["", "\n"], ["－", "－ (2)"]),
        (["長" * 40, "長" * 40], ["長" * 31, "長" * 27 + " (2)"]),
        (["𠮷" * 20], ["𠮷" * 15]),
        (["a\x00\ud800"], ["a\ufffd\ufffd"]),
    ],
)
def test_sheet_names_are_made_legal(titles, names):
    assert list(sheet_names(titles)) == names


def test_any_title_can_name_a_sheet():
    paper = made(["a"]).papers[0]
    titles = ("History", "it's [a] / b:*?\\", "Ｘ" * 99, "x" * 99, "")
    given = made(papers=tuple(replace(paper, name=f"p{n}", title=title) for n, title in enumerate(titles)))
    assert len(Book(given).names) == len(titles)


# -- cells ------------------------------------------------------------------------------------

RATE = Column("率", 8, number=True, parts=(Part("率 (%)", "percent"), Part("分子", "count"), Part("分母", "value")))


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        (Cell("85.7% (24/28)", (Decimal("85.7"), Decimal(24), Decimal(28))), [85.7, 24, 28]),
        (Cell("△40.0% (1.2/△3)", (Decimal("-40.0"), Decimal("1.2"), Decimal(-3))), [-40, 1.2, -3]),
        (Cell("－ (0/4)", (None, Decimal(0), Decimal(4))), ["－", 0, 4]),
        (Cell("再掲のみ", (None, None, None)), ["再掲のみ", "", ""]),
        (Cell("－"), ["－", "", ""]),
    ],
)
def test_numbers_are_numbers_a_column_a_part(cell, values):
    book = Book(made([cell], columns=(RATE,)))
    assert book.below("表", "率 (%)")[0] == values


def test_a_word_in_place_of_a_number_stands_whole_beside_its_year():
    column = Column("目標値（年度）", number=True, parts=(Part("目標値", "value"), Part("目標値の年度", "year")))
    book = Book(made([Cell("設置（2031）", (None, Decimal(2031)))], columns=(column,)))
    assert book.below("表", "目標値")[0] == ["設置（2031）", 2031]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        ("85.7", "percent", '#,##0.0;"△"#,##0.0'),
        ("1234", "count", "#,##0"),
        ("2024", "year", "0"),
        ("1.25", "value", '#,##0.00;"△"#,##0.00'),
        ("3", "value", '#,##0;"△"#,##0'),
        ("0.12345678", "value", '#,##0.00000000;"△"#,##0.00000000'),
    ],
)
def test_a_number_is_shown_in_its_form(number, form, shown):
    column = Column("数", number=True, parts=(Part("数", form),))
    book = Book(made([Cell(number, (Decimal(number),))], columns=(column,)))
    formats = {one.get("formatCode") for one in book.parts("styles")["xl/styles.xml"].iter(f"{MAIN}numFmt")}
    assert shown in formats or shown in {"0", "#,##0"}
    assert book.below("表", "数")[0] == [float(number)]


def test_words_behind_a_number_stay_visible():
    column = Column("数", number=True, parts=(Part("数", "value"),))
    book = Book(made([Cell("1,234（一部不明）", (Decimal(1234),), suffix="（一部不明）")], columns=(column,)))
    formats = {one.get("formatCode") for one in book.parts("styles")["xl/styles.xml"].iter(f"{MAIN}numFmt")}
    assert '#,##0"（一部不明）";"△"#,##0"（一部不明）"' in formats
    assert book.below("表", "数")[0] == [1234]


@pytest.mark.parametrize("tone", ["plain", "alert"])
@pytest.mark.parametrize("text", TRICKY)
def test_no_text_becomes_anything_else(text, tone):
    book = Book(made([Cell(text, tone=tone)], title=text, legend=(), edition=text))
    assert book.below("表", "H0")[0] == [text]
    for name, part in book.parts(r"\.(xml|rels)$").items():
        assert part.find(f".//{MAIN}f") is None, name
        assert all(one.get("TargetMode") != "External" for one in part), name


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\x1b[31mb\x00", "a\ufffd[31mb\ufffd"),
        ("\udc82", "\ufffd"),
        ("a\ufffe\uffff", "a\ufffd\ufffd"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\x85c\x0bd", "a\nb\nc\nd"),
        ("abc\u202edef\u200f\u200b", "abcdef\u200b"),
    ],
)
def test_what_xml_can_not_hold_is_replaced(text, read):
    given = made([text], title=text, subtitles=(text,), banner=text, edition=text, legend=(text,))
    paper = replace(given.papers[0], title=text, columns=(Column(text),))
    book = Book(replace(given, papers=(paper,)))
    assert read in [row[0] for row in book.rows(book.names[0])]


def test_a_text_too_long_for_a_cell_ends_with_a_note():
    (text,) = Book(made(["𠮷" * 20_000]), EN).below("表", "H0")[0]
    assert text.endswith("𠮷… (the rest is left out)")
    assert len(text.encode("utf-16-le")) // 2 <= 32_767


# -- tables -----------------------------------------------------------------------------------


def test_every_table_is_an_excel_table_of_a_plain_name(book):
    tables = [*book.parts(r"tables/table\d+\.xml").values()]
    names = [one.get("name") for one in tables]
    of_overview = [name for name in names if name.startswith("pdca_overview_")]
    assert of_overview == names[: len(of_overview)]
    assert names[len(of_overview) :][:3] == ["pdca_summary", "pdca_statuses", "pdca_crossed"]
    assert len(set(names)) == len(names) == 11 + len(of_overview)
    assert all(name.isascii() for name in names)
    assert sum(one.find(f"{MAIN}autoFilter") is not None for one in tables) == 10 + len(of_overview)


def test_headings_of_a_table_are_made_unique():
    book = Book(made(["a", "b", "c", "d"], columns=(Column("同じ"), Column("同じ"), Column("X"), Column("x"))))
    (table,) = book.parts("tables/").values()
    assert [one.get("name") for one in table.iter(f"{MAIN}tableColumn")] == ["同じ", "同じ (2)", "X", "x (2)"]
    assert ["同じ", "同じ (2)", "X", "x (2)"] in book.rows("表")


def test_no_cell_is_merged(book):
    assert all(sheet.find(f"{MAIN}mergeCells") is None for sheet in book.parts("worksheets/sheet").values())


def test_links_lead_to_the_row_that_they_name(book):
    sheet = book.sheet("進捗状況一覧")
    (link,) = (one for one in sheet.iter(f"{MAIN}hyperlink") if "再掲 → 1-1①-1" in one.get("display"))
    name, cell = link.get("location").split("!")
    assert name == "'進捗状況一覧'"
    assert book.rows("進捗状況一覧")[int(cell[1:]) - 1][0] == "1-1①-1"


def test_a_link_to_nowhere_or_of_a_long_text_is_plain_text():
    book = Book(made([Cell("a", link="nowhere")], [Cell(LONG, link="row-0")]))
    assert book.sheet("表").find(f"{MAIN}hyperlinks") is None
    assert book.below("表", "H0")[1] == [LONG]


# -- print ------------------------------------------------------------------------------------


def test_sheets_print_one_page_wide_with_headings_above_all_their_rows(book):
    for sheet in book.parts("worksheets/sheet").values():
        setup = sheet.find(f"{MAIN}pageSetup")
        assert (setup.get("orientation"), setup.get("fitToHeight")) == ("landscape", "0")
    workbook_part = book.parts("xl/workbook")["xl/workbook.xml"]
    defined = [*workbook_part.iter(f"{MAIN}definedName")]
    assert [one.get("name") for one in defined].count("_xlnm.Print_Area") == 8
    titled = [int(one.get("localSheetId")) for one in defined if one.get("name") == "_xlnm.Print_Titles"]
    # On these a table ends on the first page, and what follows below it is no row of its own.
    assert [name for at, name in enumerate(book.names) if at not in titled] == ["概要", "総括表", "進捗状況一覧"]


def test_what_a4_takes_goes_on_a4(book):
    sizes = {name: book.sheet(name).find(f"{MAIN}pageSetup").get("paperSize") for name in book.names}
    assert (sizes["意見と対応"], sizes["事務局用"]) == ("9", "9")


def test_headings_of_the_numbers_are_repeated_where_the_first_table_needs_it_not(book):
    defined = {one.get("localSheetId"): one.text for one in book.parts("xl/workbook")["xl/workbook.xml"].iter(
        f"{MAIN}definedName") if one.get("name") == "_xlnm.Print_Titles"}  # fmt: skip
    row = int(defined["3"].rsplit("$", 1)[1])
    assert book.rows("指標一覧")[row - 1][2] != "種別"
    assert book.rows("指標一覧")[row - 1][4:6] == ["R3", "R4"]


def test_heads_and_keys_stay_in_view(book):
    pane = book.sheet("進捗状況一覧").find(f".//{MAIN}pane")
    assert (pane.get("state"), pane.get("xSplit")) == ("frozen", "2")
    assert book.rows("進捗状況一覧")[int(pane.get("ySplit")) - 1][0] == "番号"


def test_a_column_gets_wider_where_a_row_would_be_too_high():
    sheet = Book(made(["長" * 2000], ["短"])).sheet("表")
    heights = [float(row.get("ht", 0)) for row in sheet.iter(f"{MAIN}row")]
    assert max(heights) <= 409.5
    (width,) = (float(one.get("width")) for one in sheet.iter(f"{MAIN}col"))
    assert 4000 / width * 17 <= 409.5


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("\n".join(f"6月{n}日　協議会を開いた。" for n in range(1, 31)), 60),  # no width makes fewer lines of them
        ("長" * 9_000, 240),  # what a page of A3 has beside the number and the title
    ],
)
def test_no_column_gets_wider_than_it_helps_or_a_page_takes(text, most):
    columns = (Column("番号", 8), Column("取組", 22), Column("当年度に行ったこと", 30))
    paper = Paper("initiatives", "表", columns, ((Cell("1-1①-1"), Cell("企業訪問"), Cell(text)),), keys=2)
    sheet = Book(Papers("題", (), None, (paper,), ())).sheet("表")
    number, title, done, *_ = (float(one.get("width")) for one in sheet.iter(f"{MAIN}col"))
    assert done <= most
    # Seven pixels a character, in letters of 8 points at least.
    pixels = (number + title + done) * 7
    assert pixels * 0.75 * 0.81 <= 1132


def test_what_is_due_carries_a_sign(make_report):
    book = Book(papers(make_report("id: a, target: 1-1"), JA))
    formats = {one.get("formatCode") for one in book.parts("styles")["xl/styles.xml"].iter(f"{MAIN}numFmt")}
    assert {'"！ "#,##0', '"！ "@'} <= formats
    rules = [one.text for one in book.sheet("進捗状況一覧").iter(f"{MAIN}formula")]
    assert '"未入力"' in rules


def test_a_target_is_marked_where_the_cell_says_so_whatever_its_words():
    cells = [Cell("達成", mark="met"), Cell("未達成", mark="missed"), Cell("年度途中")]
    sheet = Book(made(*([cell] for cell in cells), columns=(Column("達成状況", 6, choices=True),))).sheet("表")
    assert [one.text for one in sheet.iter(f"{MAIN}formula")] == ['"達成"', '"未達成"']
    words = Book(made(["met"], ["not met"], columns=(Column("注", 6, choices=True),)), EN).sheet("表")
    assert list(words.iter(f"{MAIN}formula")) == []


# -- charts -----------------------------------------------------------------------------------


def test_every_indicator_with_figures_has_a_chart_that_reads_cells(book, report):
    charts = papers(report, JA).charts
    drawn = [*book.parts(r"charts/chart\d+\.xml").values()]
    assert len(drawn) == len(charts) > 0
    rows = book.rows("指標一覧")
    for chart, given in zip(drawn, charts, strict=True):
        assert chart.find(f".//{CHART}dispBlanksAs") is None  # then Excel leaves a gap
        series = list(chart.iter(f"{CHART}ser"))
        ends = re.findall(r"\$([A-Z])\$(\d+)", series[0].find(f"{CHART}val//{CHART}f").text)
        (first, row), (last, _) = ends
        values = rows[int(row) - 1][ord(first) - ord("A") : ord(last) - ord("A") + 1]
        known = {actual.year: float(actual.value) for actual in given.actuals if actual.value is not None}
        assert values == [known.get(year, "") for year in given.years]
        assert series[0].find(f"{CHART}tx//{CHART}v").text == "実績値"


def test_a_chart_says_in_words_what_it_shows(book, report):
    described = [one.get("descr") for part in book.parts("drawings/drawing").values() for one in part.iter()]
    assert [text for text in described if text] == [chart.description for chart in papers(report, JA).charts]


def test_charts_stand_on_rows_that_hold_no_text(book):
    (drawing,) = book.parts("drawings/drawing").values()
    rows = book.rows("指標一覧")
    for anchor in drawing:
        first, last = (int(one.text) for one in anchor.iter() if one.tag.endswith("}row"))
        assert not any(cell for row in rows[first : last + 1] for cell in row)


@pytest.mark.parametrize(("which", "breaks"), [("report", 1)])
def test_charts_begin_a_page_where_the_table_leaves_them_no_room(which, breaks, request):
    book = Book(papers(request.getfixturevalue(which), JA))
    assert book.sheet("指標一覧").find(f"{MAIN}rowBreaks").get("count") == str(breaks)


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("=1+1 \x00", " =1+1 \ufffd"),
        ("text!A1", "text！A1"),
        ("1-1①-1 件数!$A$1（件）", "1-1①-1 件数！$A$1（件）"),
        ("'表'!A1:B2", "'表'！A1:B2"),
        ("1-1 訪問件数（件）　2024年度: 集計中", "1-1 訪問件数（件）　2024年度: 集計中"),
    ],
)
def test_a_title_that_looks_like_a_formula_is_a_text(report, caption, title):
    given = papers(report, JA)
    odd = replace(given.charts[0], caption=caption, description="\udc82")
    book = Book(replace(given, charts=(odd,)))
    (chart,) = book.parts(r"charts/chart\d+\.xml").values()
    assert chart.find(f"{CHART}chart/{CHART}title//{CHART}f") is None
    assert "".join(chart.find(f"{CHART}chart/{CHART}title").itertext()).startswith(title)


@pytest.mark.parametrize(
    ("unit", "values", "low"), [("%", (90, 100), 89), ("%", (40, 100), 0), ("件", (90, 100), 0), ("件", (-50, 50), -58)]
)
def test_the_axis_of_a_chart_begins_where_the_span_does(report, unit, values, low):
    given = papers(report, JA)
    actuals = tuple(ActualPoint(2023 + place, str(value), Decimal(value)) for place, value in enumerate(values))
    odd = replace(given.charts[0], unit=unit, actuals=actuals, targets=(), guide=(), baseline=None)
    (chart,) = Book(replace(given, charts=(odd,))).parts(r"charts/chart\d+\.xml").values()
    (least,) = chart.findall(f".//{CHART}valAx/{CHART}scaling/{CHART}min")
    assert float(least.get("val")) == low == math.floor(odd.span[0])


# -- bytes ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_same_papers_give_the_same_bytes_at_any_time(drawn, t, monkeypatch):
    first = workbook(drawn, t)
    later = time.time() + 10**8
    monkeypatch.setattr(time, "time", lambda: later)
    assert workbook(drawn, t) == first


@pytest.mark.parametrize(
    ("made_at", "created"),
    [
        (None, "2000-01-01T00:00:00Z"),
        (datetime(2025, 9, 16, 5, 57, 20, tzinfo=UTC), "2025-09-16T05:57:20Z"),
    ],
)
def test_the_file_says_when_its_data_was_recorded_and_names_nobody(made_at, created):
    book = Book(made(["a"], made=made_at))
    core = {one.tag.split("}")[1]: one.text for one in book.parts("core")["docProps/core.xml"]}
    assert core["created"] == core["modified"] == created
    assert not core["creator"]
    assert {info.date_time for info in book.zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
