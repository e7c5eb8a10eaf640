# mypy: allow-untyped-calls
import io
import os
import re
import sys
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.review import make_review
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.language import translator
from mizuho_pdca.papers.paper import ALERT, Cell, Column, Paper, Papers
from mizuho_pdca.papers.review import papers
from mizuho_pdca.render import charts
from mizuho_pdca.render.bands import plain
from mizuho_pdca.render.docx.document import document
from mizuho_pdca.render.docx.look import PAGE_WIDTH, TEXT_WIDTH
from mizuho_pdca.render.docx.table import banded, column_widths

pytestmark = pytest.mark.slow

EN, JA = translator("en"), translator("ja")
ROOT = Path(__file__).parents[3]
SECOND_PLAN = ROOT / "tests" / "data" / "second-plan"
LONG = "あ" * 10_000

HOSTILE = [
    '=HYPERLINK("http://example.com","x")',
    "<script>alert(1)</script> & &amp; &#x41; ]]> <w:br/>",
    '#import "x" #{ } \\input{/etc/passwd}',
    "[red]赤[/red] | ` * _ ~ {{ x }} ${x} MERGEFIELD",
    'TOC \\o "1-3" PAGE',
    "http://example.com/?a=1&b=2 a@example.com",
    "𠮷 髙 👩‍👩‍👧 🇯🇵",
    "a\u200fb\u202ec\u2067d\u2069\u202c",
    LONG,
    "x" * 10_000,
]


@pytest.fixture(scope="module")
def written(drawn, t):
    """Return the document's bytes, of each report in each language once."""
    return document(drawn, t)


@pytest.fixture(scope="module")
def opened(written):
    return docx.Document(io.BytesIO(written))


@pytest.fixture(scope="module")
def sample():
    """Return the papers of the records that come with the program, in Japanese."""
    return papers(make_review(Desk(ROOT), 2024), JA)


def of_table(*rows, columns=2, **options):
    """Return papers with one table of texts."""
    cells = tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows)
    heads = tuple(Column(f"列{position}", 10, **options) for position in range(columns))
    return Papers("計画", ("副題",), None, (Paper("p", "表", heads, cells),), ("注",))


def read(papers, t=JA):
    return docx.Document(io.BytesIO(document(papers, t)))


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def said(cells):
    """Return the texts of a row of a table, cell by cell and part by part."""
    return [[paragraph.text for paragraph in cell.paragraphs] for cell in cells]


def paper_tables(opened):
    return [table for table in opened.tables if table.style.name == "Paper Table"]


def is_across(row):
    """Return whether a row of a table is one cell over all of its columns."""
    return bool(row._tr.xpath("w:tc/w:tcPr/w:gridSpan"))  # noqa: SLF001


def grid_of(table: Table):
    return [said(row.cells) for row in table.rows if not is_across(row)]


def across_of(table: Table):
    """Return what stands across a table, line by line."""
    return [paragraph.text for row in table.rows if is_across(row) for paragraph in row.cells[0].paragraphs]


def texts(opened, style):
    return [paragraph.text for paragraph in opened.paragraphs if paragraph.style.name == style]


def shown(cell):
    return ALERT + cell.text if cell.tone == "alert" else cell.text


def barred(paper, row, position):
    column = paper.columns[position]
    return plain(paper, row, position, column.width) if column.bars else shown(row[position])


def by_group(paper):
    """Return a paper as the parts that stand below headings of their own."""
    starts = sorted({group.start for group in paper.groups} | {0})
    return [
        replace(paper, rows=paper.rows[start:end])
        for start, end in zip(starts, [*starts[1:], len(paper.rows)], strict=True)
    ]


# -- what it says -----------------------------------------------------------------------------


def test_every_cell_of_the_councils_papers_comes_back(drawn, opened):
    filled = [paper.printed for paper in drawn.for_council.papers if paper.rows]
    parts = [part for paper in filled for part in (*by_group(paper), *paper.also)]
    for paper, table in zip((*drawn.overview, *parts), paper_tables(opened), strict=True):
        heads, *rows = grid_of(table)
        assert across_of(table) == [
            f"【{column.heading}】{shown(cell)}"
            for row in paper.rows
            for column, cell in zip(paper.columns, row, strict=True)
            if column.across and not cell.is_blank
        ]
        paper = banded(paper)  # noqa: PLW2901
        assert heads == [[paper.columns[position].heading for position in stack] for stack in paper.stacks]
        assert rows == [
            [[barred(paper, row, position) for position in stack] for stack in paper.stacks] for row in paper.rows
        ]


def test_title_subtitles_headings_and_legend_have_their_styles(drawn, opened, t):
    council = drawn.for_council
    assert texts(opened, "Title") == [drawn.title]
    assert texts(opened, "Subtitle") == list(drawn.subtitles)
    headings = [paper.title for paper in council.papers]
    headings.insert(0, t("The year at a glance"))
    if council.charts:
        position = [paper.name for paper in council.papers].index("indicators")
        headings.insert(position + 2, t("Indicators in charts"))
    assert texts(opened, "Heading 1") == headings
    below = [[*(group.text for group in paper.groups), *(one.title for one in paper.also)] for paper in council.papers]
    first, *others = below
    assert texts(opened, "Heading 2") == [
        *(paper.title for paper in drawn.overview),
        *(*first, t("Legend")),
        *(title for titles in others for title in titles),
    ]
    assert texts(opened, "List Bullet") == list(drawn.legend)


def test_the_legend_stands_below_the_first_paper(opened, t):
    headed = [paragraph for paragraph in opened.paragraphs if paragraph.style.name.startswith("Heading")]
    at = [paragraph.text for paragraph in headed].index(t("Legend"))
    assert [paragraph.style.name for paragraph in headed[at - 1 : at + 2]] == ["Heading 2", "Heading 2", "Heading 1"]


def test_the_offices_own_paper_is_left_out(drawn):
    assert any(paper.internal for paper in drawn.papers)
    content = files(document(drawn, EN))["word/document.xml"].decode()
    assert all(paper.title not in content for paper in drawn.papers if paper.internal)


def test_a_sample_is_marked_on_the_first_page_and_on_every_other(make_report):
    made = papers(make_report("id: a, status: done, sample: true"), JA)
    opened = read(made)
    assert texts(opened, "Banner") == [made.banner]
    assert made.banner in opened.sections[0].header.paragraphs[0].text


def test_what_is_no_sample_is_not_marked(make_report):
    made = papers(make_report("id: a, status: done"), JA)
    assert texts(read(made), "Banner") == []
    assert read(made).sections[0].header.paragraphs[0].text == f"{made.title}\t"


def test_the_foot_of_the_page_says_edition_and_page():
    foot = read(replace(of_table(("1", "a")), edition="資料の版: 0123abc")).sections[0].footer._element  # noqa: SLF001
    assert foot.xpath("string(.)").startswith("資料の版: 0123abc")
    assert [field.get(qn("w:instr")).strip() for field in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_paper_without_rows_says_so():
    opened = read(of_table(), EN)
    assert paper_tables(opened) == []
    assert "Nothing to report." in texts(opened, "Normal")


def test_no_papers_at_all_are_still_a_document():
    opened = read(Papers("計画", (), None, (), ("注",)))
    assert texts(opened, "Title") == ["計画"]
    assert texts(opened, "List Bullet") == ["注"]


def test_without_notes_there_is_no_legend():
    assert texts(read(replace(of_table(("1", "a")), legend=())), "Heading 2") == []


# -- how it looks -----------------------------------------------------------------------------


def test_it_is_a4_on_its_side_with_margins_of_15_mm(opened):
    section = opened.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert {round(margin.mm) for margin in (section.left_margin, section.right_margin, section.top_margin)} == {15}


def test_headings_come_again_on_every_page_and_nothing_else_does(opened):
    for table in paper_tables(opened):
        repeated = [row._tr.xpath("w:trPr/w:tblHeader") != [] for row in table.rows]  # noqa: SLF001
        assert repeated == [True] + [False] * (len(repeated) - 1)


def test_a_short_row_stays_on_one_page_and_a_long_one_may_go_on():
    rows = paper_tables(read(of_table(("1", "短い"), ("2", LONG))))[0].rows
    assert [row._tr.xpath("w:trPr/w:cantSplit") != [] for row in rows] == [True, True, False]  # noqa: SLF001


def test_the_columns_fill_the_page(drawn):
    for paper in (*drawn.overview, *(paper.printed for paper in drawn.papers)):
        widths = column_widths(paper)
        assert sum(widths) == TEXT_WIDTH < PAGE_WIDTH
        assert min(widths) > 240


def test_every_cell_is_as_wide_as_its_column(opened):
    for table in paper_tables(opened):
        widths = [column.get(qn("w:w")) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]  # noqa: SLF001
        assert table._tbl.xpath("w:tblPr/w:tblLayout/@w:type") == ["fixed"]  # noqa: SLF001
        for row in table.rows:
            wanted = [str(TEXT_WIDTH)] if is_across(row) else widths
            assert row._tr.xpath("w:tc/w:tcPr/w:tcW/@w:w") == wanted  # noqa: SLF001


def test_a_column_of_long_texts_is_wider_than_one_of_short_ones():
    short, long = column_widths(of_table(("1", "長い文。" * 30)).papers[0])
    assert long > 5 * short


def test_too_many_columns_share_the_page():
    wide = of_table(tuple("字" * 40 for _ in range(40)), columns=40)
    assert sum(column_widths(wide.papers[0])) == TEXT_WIDTH


def test_a_rate_stays_in_one_line_where_there_is_room(sample):
    summary = sample.papers[0]
    rates = [
        place for place, column in enumerate(summary.columns) if column.parts and column.parts[0].form == "percent"
    ]
    assert len(rates) == 4
    assert min(column_widths(summary)[place] for place in rates) > len("100.0% (24/28)") * 85


def test_words_give_way_before_figures_do():
    columns = (
        Column("番号", 8),
        Column("題名", 16),
        Column("予算額（円）", 8, number=True),
        Column("執行率", 8, number=True),
        *(Column("前年度までに終了", 4, number=True) for _ in range(16)),
    )
    row = (Cell("1-1②-1"), Cell("題名"), Cell("188,976,543", tone="strong"), Cell("84.5% (175,201,000/188,976,543)"))
    number, title, budget, rate, *counts = column_widths(Paper("p", "表", columns, ((*row, *(Cell("12"),) * 16),)))
    digit = 9 * 1.1 * 10  # in twentieths of a point
    assert number > len("1-1②-1") * digit
    assert budget > len("188,976,543") * digit * 1.05
    assert rate > len("(175,201,000/") * digit
    assert min(title, *counts) > 2 * digit


def test_numbers_stand_right():
    (table,) = paper_tables(read(of_table(("1", "2"), number=True)))
    assert {cell.paragraphs[0].style.name for cell in table.rows[1].cells} == {"Table Number"}
    assert opened_style(table, "Table Number").paragraph_format.alignment.name == "RIGHT"


def opened_style(table, name):
    return next(style for style in table.part.document.styles if style.name == name)


def test_what_goes_under_stands_in_the_same_cell():
    heads = (Column("上"), Column("下", under=True), Column("隣"))
    made = replace(of_table(), papers=(Paper("p", "表", heads, ((Cell("a"), Cell("－"), Cell("c")),)),))
    (table,) = paper_tables(read(made))
    assert grid_of(table) == [[["上", "下"], ["隣"]], [["a", "－"], ["c"]]]


@pytest.mark.parametrize(
    ("tone", "text", "style"),
    [("plain", "x", None), ("strong", "x", "Strong"), ("quiet", "x", "Quiet"), ("alert", "！x", "Alert")],
)
def test_a_tone_is_a_style_and_an_alert_a_sign_too(tone, text, style):
    (table,) = paper_tables(read(of_table(("1", Cell("x", tone=tone)))))
    cell = table.rows[1].cells[1]
    assert cell.text == text
    assert cell._tc.xpath(".//w:rStyle/@w:val") == ([style] if style else [])  # noqa: SLF001
    assert (cell._tc.xpath("w:tcPr/w:shd") != []) == (tone == "alert")  # noqa: SLF001


def test_every_style_names_a_japanese_font_and_no_theme(opened):
    styles = opened.styles.element
    fonts = list(styles.iter(qn("w:rFonts")))
    assert {font.get(qn("w:eastAsia")) for font in fonts} == {"游ゴシック"}
    assert {font.get(qn("w:ascii")) for font in fonts} == {"游ゴシック"}
    assert not any("Theme" in name or "theme" in name for font in fonts for name in font.keys())  # noqa: SIM118
    paragraphs = styles.xpath("w:style[@w:type='paragraph']")
    assert all(style.xpath("w:rPr/w:rFonts") for style in paragraphs)


def test_every_style_in_use_is_defined(opened):
    known = {style.style_id for style in opened.styles}
    used = opened.element.body.xpath(".//w:pStyle/@w:val | .//w:rStyle/@w:val | .//w:tblStyle/@w:val")
    section = opened.sections[0]
    for place in (section.header, section.footer):
        used += place._element.xpath(".//w:pStyle/@w:val | .//w:rStyle/@w:val")  # noqa: SLF001
    assert set(used) <= known


def test_the_language_is_set(drawn, opened):
    (language,) = opened.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "ja-JP"
    assert language.get(qn("w:val")).startswith("en")
    assert opened.core_properties.language == drawn.language


# -- charts -----------------------------------------------------------------------------------


def test_every_chart_is_a_picture_that_says_what_it_shows(drawn, opened):
    pictures = list(opened.element.body.iter(qn("wp:docPr")))
    assert [picture.get("descr") for picture in pictures] == [chart.description for chart in drawn.charts]
    assert [picture.get("id") for picture in pictures] == [str(count + 1) for count in range(len(pictures))]
    for picture, chart in zip(pictures, drawn.charts, strict=True):
        assert picture.get("title").startswith(f"{chart.number} {chart.title}")


def test_every_picture_stands_below_its_title_in_one_row(drawn, opened):
    tables = [table for table in opened.tables if table.style.name != "Paper Table"]
    assert len(tables) == (1 if drawn.charts else 0)
    captions = []
    for table in tables:
        for row in table.rows:
            assert row._tr.xpath("w:trPr/w:cantSplit") != []  # noqa: SLF001
            captions += [part for part, *_ in said(row.cells) if part]
    assert captions == [chart.caption for chart in drawn.charts]


def test_the_pictures_are_those_of_the_charts(report):
    made = papers(report, JA)
    pictures = [content for name, content in files(document(made, JA)).items() if name.endswith(".png")]
    assert sorted(pictures) == sorted({charts.png(chart) for chart in made.charts})


def test_the_signs_of_the_charts_are_explained_once(report):
    assert texts(read(papers(report, EN), EN), "Caption") == [charts.legend(EN)]


def test_without_charts_there_is_no_heading_for_them(report):
    made = replace(papers(report, EN), charts=())
    assert EN("Indicators in charts") not in texts(read(made, EN), "Heading 1")


# -- hostile texts ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_comes_back_as_the_text_that_it_was(text):
    content = document(replace(of_table((text, "b")), title=text, subtitles=(text,), legend=(text,)), JA)
    opened = docx.Document(io.BytesIO(content))
    shown = text.translate(dict.fromkeys(map(ord, "\u200f\u202e\u2067\u2069\u202c")))  # marks of direction
    assert paper_tables(opened)[0].rows[1].cells[0].text == shown
    assert texts(opened, "Title") == texts(opened, "Subtitle") == texts(opened, "List Bullet") == [shown]
    tags = {element.tag for element in opened.element.body.iter()}
    assert tags.isdisjoint(map(qn, ["w:hyperlink", "w:fldSimple", "w:instrText", "w:altChunk", "w:object"]))


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("\x1b[31m赤\x1b[0m", "\ufffd[31m赤\ufffd[0m"),
        ("a\x00b\x07c\x7fd\x9be", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        ("a\ufffeb\uffffc", "a\ufffdb\ufffdc"),
        ("a\r\nb\rc\nd\u2028e\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\tb", "a\tb"),
        ("  a  ", "  a  "),
    ],
)
def test_signs_that_no_document_may_hold_are_replaced(text, harmless):
    made = replace(of_table((text, "b")), title=text, banner=text, edition=text, author=text)
    opened = read(made)
    assert paper_tables(opened)[0].rows[1].cells[0].text == harmless
    assert texts(opened, "Title") == [harmless]


def test_a_hostile_chart_is_described_harmlessly(report):
    made = papers(report, JA)
    chart = replace(made.charts[0], caption='"><x/>\ud800', description="'\"&<\x1b\n")
    (picture,) = read(replace(made, charts=(chart,))).element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == "'\"&<\ufffd "
    assert picture.get("title") == '"><x/>\ufffd'


def test_nothing_points_out_of_the_document(written):
    parts = files(written)
    relations = b"".join(content for name, content in parts.items() if name.endswith(".rels"))
    assert b"External" not in relations
    assert b"Target" in relations


# -- the file ---------------------------------------------------------------------------------


def test_the_same_papers_give_the_same_bytes_at_any_time(report, tmp_path, monkeypatch):
    first = document(papers(report, JA), JA)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert document(papers(report, JA), JA) == first


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has no tzset")
def test_the_same_papers_give_the_same_bytes_in_any_zone(monkeypatch):
    made = replace(of_table(("1", "a")), made=datetime(2025, 6, 15, 3, tzinfo=timezone(timedelta(hours=9))))
    results = set()
    for zone in ("Asia/Tokyo", "America/New_York"):
        monkeypatch.setitem(os.environ, "TZ", zone)
        time.tzset()
        results.add(document(made, JA))
    monkeypatch.undo()
    time.tzset()
    assert len(results) == 1


def test_every_file_within_has_the_same_date(report):
    with zipfile.ZipFile(io.BytesIO(document(papers(report, JA), JA))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_its_properties_come_from_the_data():
    made = datetime(2025, 6, 15, 3, tzinfo=timezone(timedelta(hours=9)))
    properties = read(replace(of_table(("1", "a")), made=made, author="瑞穂町 産業課", edition="版")).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == (
        "計画",
        "瑞穂町 産業課",
        "瑞穂町 産業課",
    )
    assert properties.created == properties.modified == datetime(2025, 6, 14, 18, tzinfo=UTC)
    assert properties.comments == "版"


def test_papers_without_a_time_have_a_fixed_one():
    properties = read(of_table(("1", "a"))).core_properties
    assert properties.created == properties.modified == datetime(2000, 1, 1, tzinfo=UTC)
    assert (properties.author, properties.comments, properties.revision) == ("", "", 1)


def test_nothing_is_left_of_the_template(report):
    parts = files(document(papers(report, JA), JA))
    assert not [name for name in parts if re.search("theme|thumbnail|customXml|app.xml|fontTable|webSettings", name)]
    assert not [name for name, content in parts.items() if b"python-docx" in content]


def test_the_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(EnvironmentFault) as caught:
        document(of_table(("1", "a")), EN)
    assert "for docx the package docx is needed" in caught.value.text(EN)


# -- real papers ------------------------------------------------------------------------------


def test_the_papers_of_the_sample_are_complete(sample):
    opened = read(sample)
    shown_rows = [len(grid_of(table)) - 1 for table in paper_tables(opened)]
    parts = [part for paper in sample.for_council.papers if paper.rows
             for part in (*by_group(paper), *paper.also)]  # fmt: skip
    assert shown_rows == [len(paper.rows) for paper in (*sample.overview, *parts)]
    assert len(opened.inline_shapes) == len(sample.charts)


def test_a_plan_of_another_form_is_drawn_in_its_words():
    opened = read(papers(make_review(Desk(SECOND_PLAN), 2024), JA))
    assert "事業の進捗状況一覧" in texts(opened, "Heading 1")
    assert len(opened.inline_shapes) > 0


def test_many_long_rows_take_no_long_time():
    cells = tuple(tuple("長い本文です。" * 57 for _ in range(10)) for _ in range(36))
    started = time.perf_counter()
    document(of_table(*cells, columns=10), JA)
    assert time.perf_counter() - started < 5
