# mypy: allow-untyped-calls
import io
import os
import random
import re
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import cache

import pypdf
import pytest

from mizuho_pdca.language import translator
from mizuho_pdca.papers.chart import ActualPoint, Chart
from mizuho_pdca.papers.paper import Cell, Column, Heading, Paper, Papers
from mizuho_pdca.papers.review import papers
from mizuho_pdca.render.pdf.document import pdf

JA = translator("ja")
A4_LANDSCAPE = (842, 595)
MARGIN = 39
"""Points below which only the footer stands."""

MARKUP = {
    "import of typst": ('#import "x": *', None),
    "code of typst": ("#panic() #{1+1} #eval", None),
    "heading of typst": ("= 見出し", None),
    "list of typst": ("- 項目 + 番号 / 用語: 説明", None),
    "formula": ('=HYPERLINK("http://x")', None),
    "element": ("<script>alert(1)</script>", None),
    "entity": ("&lt;b&gt; &amp; &#x41;", None),
    "style of the screen": ("[red]赤[/red]", None),
    "bar": ("a|b", None),
    "mathematics": ("$x$ $ y $", None),
    "reference": ("@ref <ref>", None),
    "backslash": ("\\\\ \\u{41} \\#", None),
    "emphasis": ("*太* _斜_ `code` ```x``` ~ -- ---", None),
    "comment": ("// a /* b */", None),
    "escape sequence": ("\x1b[31m赤\x1b[0m", "〓[31m赤〓[0m"),
    "zero": ("a\0b", "a〓b"),
    "lone surrogate": ("a\udc82b", "a〓b"),
    "no characters": ("a\ufffe\uffffb", "a〓〓b"),
    "rare kanji": ("𠮷野家", None),
    "emoji": ("👍🏽 済", "〓〓済"),
    "direction": ("\u202eabc\u2066def", "abcdef"),
    "right to left": ("שלום", "〓〓〓〓"),
    "one kanji of many": ("字" * 900, None),
    "one letter of many": ("a" * 900, None),
    "one mark of many": ("…" * 900, None),
    "tab and line ends of other systems": ("a\tb\r\nc\rd", None),
}
"""Hostile texts, with what is printed where it is not the text itself."""

PLACES = ("title", "author", "subtitle", "banner", "edition", "legend", "label", "paper", "heading", "cell", "chart")


def squeezed(text):
    return re.sub(r"[\s\u200b]", "", text)


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(data):
    return drawn(data)[0]


@cache
def drawn(data):
    """Return the text of a PDF, and the least height above the page's edge at which anything but the footer stands."""
    heights = []

    def visit(text, matrix, of_text, *_):
        height = of_text[5] * matrix[3] + matrix[5]
        if text.strip() and not re.fullmatch(r"\s*(文|\d+|/|\d+ / \d+|文? *\d+ / \d+)\s*", text):
            heights.append(height)

    text = "".join(page.extract_text(visitor_text=visit) for page in read(data).pages)
    return squeezed(text), min(heights, default=None)


def with_text(text, where=PLACES, lines=1):
    """Return papers that have a text in every place that takes one, or in some of them."""
    own = {place: text if place in where else "文" for place in PLACES}
    chart = Chart(
        anchor="a",
        number=own["chart"],
        title=own["chart"],
        caption=own["chart"],
        unit=own["chart"],
        year=2024,
        years=(2022, 2023, 2024),
        actuals=(ActualPoint(2023, own["chart"], None), ActualPoint(2024, "3", Decimal(3))),
        targets=((2024, Decimal(5)),),
        guide=(),
        baseline=(2022, Decimal(1)),
        description=own["chart"],
        headings=(own["heading"],) * 4,
    )
    columns = (
        Column(own["heading"], 4),
        Column(own["heading"], 20),
        Column(own["heading"], 20, under=True),
        Column(own["heading"], 8, number=True),
    )
    cell = own["cell"]
    row = (Cell(cell, tone="strong"), Cell(cell, tone="quiet"), Cell(cell), Cell(cell, tone="alert"))
    paper = Paper("indicators", own["paper"], columns, (row,) * lines)
    return Papers(
        title=own["title"],
        subtitles=(own["subtitle"],),
        banner=own["banner"],
        papers=(paper,),
        legend=(own["legend"],),
        edition=own["edition"],
        author=own["author"],
        charts=(chart,),
        label=own["label"],
    )


def lowest(data):
    return drawn(data)[1]


@pytest.fixture(scope="module")
def made(report):
    """Return the PDF of the small plan in Japanese, with what it was made of."""
    whole = papers(report, JA)
    return whole, pdf(whole, JA)


# -- the file ---------------------------------------------------------------------------------


def test_it_is_a_tagged_pdf_for_everyone(made):
    _, data = made
    assert data.startswith(b"%PDF-1.7")
    root = read(data).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (an object of the file)
    assert "/StructTreeRoot" in root
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


@pytest.mark.slow
def test_it_knows_its_language(report, t):
    whole = papers(report, t)
    assert read(pdf(whole, t)).trailer["/Root"]["/Lang"] == whole.language


def test_it_carries_title_author_and_the_time_of_the_last_entry(made):
    whole, data = made
    known = read(data).metadata
    assert (known.title, known.author) == (whole.title, whole.author)
    assert known.creation_date == whole.made


def test_papers_without_entries_carry_a_time_that_is_always_the_same(adopted_report):
    whole = papers(adopted_report, JA)
    assert whole.made is None
    assert read(pdf(whole.only(["opinions"]), JA)).metadata.creation_date.year == 2000


def test_every_paper_has_a_bookmark_but_none_of_the_office(made):
    whole, data = made
    bookmarks = [item.title for item in read(data).outline if not isinstance(item, list)]
    wanted = [paper.title for paper in whole.papers if not paper.internal]
    assert [title for title in bookmarks if title in wanted] == wanted
    assert len(bookmarks) == len(wanted) + 2  # the overview and the charts


@pytest.mark.slow
def test_every_page_is_a4_on_its_side(made):
    boxes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in read(made[1]).pages}
    assert boxes == {A4_LANDSCAPE}


def test_every_page_says_which_one_it_is_of_how_many(made):
    pages = read(made[1]).pages
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page.extract_text()


def pages_of(bookmarks, file):
    """Return the pages on which headings stand, from 1, by their titles."""
    return {item.title: file.get_destination_page_number(item) + 1 for item in bookmarks if not isinstance(item, list)}


@pytest.mark.parametrize(("labels", "said"), [("ABな", ("A3", "B2", "な1")), ("12な", ("1(3)", "2(2)", "な1"))])
def test_a_bar_says_what_it_counts_and_how_many(report, labels, said):
    bars = Cell("－", (Decimal(3), Decimal(2), Decimal(1)))
    columns = (Column("方針", 16, key="title"), Column("評価", 24, bars=tuple(labels), ranks=2))
    block = Paper("overview-ratings", "評価", columns, ((Cell("合計"), bars),))
    text = text_of(pdf(replace(papers(report, JA), overview=(block,), papers=(), charts=()), JA))
    assert all(word in text for word in said)


def test_the_cover_has_the_page_of_each_paper(report):
    whole = papers(report, JA)
    agenda = Paper("agenda", "次第", (Column("番号", 8), Column("議題", 80)), ((Cell("1"), Cell("開会")),))
    members = Paper("members", "委員名簿", (Column("氏名", 40),), ((Cell("山田太郎"),),))
    front = replace(whole, papers=(agenda, members), subtitles=("会場: 役場2階",), overview=(), charts=())
    file = read(pdf(replace(whole, front=front), JA))
    cover = squeezed(file.pages[0].extract_text())
    assert all(word in cover for word in ("次第", "1開会", "委員名簿", "山田太郎", "会場:役場2階", JA("Contents")))
    pages = pages_of(file.outline, file)
    named = {title: page for title, page in pages.items() if title not in ("次第", "委員名簿", JA("Contents"))}
    assert named[JA("The year at a glance")] == 2
    assert len(named) == len(whole.for_council.papers) + 2  # the overview and the charts
    contents = cover.partition(JA("Contents"))[2]
    for title, page in named.items():
        assert re.search(rf"{re.escape(squeezed(title))}[.．]*{page}(?![0-9])", contents), title
        assert title in squeezed(file.pages[page - 1].extract_text())


@pytest.mark.slow
@pytest.mark.parametrize("given", [("agenda",), ("members",)])
def test_a_cover_takes_what_there_is(report, given):
    whole = papers(report, JA)
    known = {name: Paper(name, name, (Column("名", 40),), ((Cell("文"),),)) for name in ("agenda", "members")}
    front = replace(whole, papers=tuple(known[name] for name in given), overview=(), charts=())
    cover = squeezed(read(pdf(replace(whole, front=front), JA)).pages[0].extract_text())
    assert [name for name in known if name in cover] == list(given)
    assert JA("Contents") in cover


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "pages"), [(2, [1, 1]), (8, [1, 1]), (20, [1, 2])])
def test_a_list_begins_on_a_page_that_is_hardly_begun(rows, pages):
    short = Paper("summary", "総括", (Column("番号", 8), Column("題", 20)), ((Cell("1"), Cell("文")),) * rows)
    listed = Paper("initiatives", "一覧", (Column("番号", 8), Column("題", 20)), ((Cell("1"), Cell("文")),))
    file = read(pdf(Papers("文", (), None, (short, listed), ()), JA))
    assert [*pages_of(file.outline, file).values()] == pages
    for number, page in enumerate(file.pages, start=1):
        assert f"{number} / {len(file.pages)}" in page.extract_text()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_headings_with_notes_of_any_length_stand_with_their_rows(seed):
    rng = random.Random(seed)  # noqa: S311 (no secret)
    columns = (
        Column("番号", 8, band=True),
        Column("取組", 20, band=True),
        Column("本文", 20),
        Column("今後", 20, outlook=True),
        Column("意見", 20, across=True),
    )
    rows, groups = [], []
    for at in range(24):
        for level in range(3):
            if rng.random() < 0.4:
                notes = tuple("註" * rng.randrange(1, 400) for _ in range(rng.randrange(4)))
                groups.append(Heading(level, at, f"見出し{level}の{at}" + "長" * rng.choice((0, 0, 150)), notes))
        texts = (Cell("文" * rng.choice((0, 30, 900))) for _ in range(3))
        rows.append((Cell(f"{at}番"), Cell("題" * rng.choice((3, 200))), *texts))
    paper = Paper("initiatives", "表", columns, tuple(rows), keys=2, groups=tuple(groups))
    data = pdf(Papers("文", (), None, (paper,), ()), JA)
    text = text_of(data)
    assert all(f"{at}番" in text for at in range(24))
    assert text.count("註") == sum(len(note) for group in groups for note in group.notes)
    for page in read(data).pages:
        body = squeezed(page.extract_text())
        assert not re.search(r"見出し\d+の\d+(文\d+/\d+)?$", body), body[-40:]


@pytest.mark.parametrize(("length", "whole"), [(10, True), (70, True), (200, False)])
def test_the_title_above_every_page_is_cut_only_where_it_has_no_room(length, whole):
    title = "計" * length
    text = text_of(pdf(Papers(title, (), None, (Paper("p", "表", (Column("番号"),), ()),), ()), JA))
    assert text.count(title) == (2 if whole else 1)
    assert ("…" in text) is not whole


@pytest.mark.parametrize("length", range(20, 34))
def test_no_line_ends_within_a_day(length):
    text = "文" * length + "令和7年8月20日に決めた。"
    paper = Paper("p", "表", (Column("番号", 4), Column("本文", 20), Column("続き", 20)),
                  ((Cell("1"), Cell(text), Cell(text)),))  # fmt: skip
    lines = read(pdf(Papers("文", (), None, (paper,), ()), JA)).pages[0].extract_text().split("\n")
    assert sum(squeezed(line).count("令和7年8月20日") for line in lines) == 2


def test_every_font_comes_along(made):
    fonts = set()
    for page in read(made[1]).pages:
        for font in page["/Resources"]["/Font"].values():
            for below in font.get_object().get("/DescendantFonts", []):
                descriptor = below.get_object()["/FontDescriptor"].get_object()
                fonts.add(descriptor["/FontName"].partition("+")[2])
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
    assert {name.split("-")[0] for name in fonts} == {"NotoSansCJKjp"}


# -- what it says -----------------------------------------------------------------------------


@pytest.mark.slow
def test_every_text_of_the_council_s_papers_is_printed(drawn, t):
    shown = text_of(pdf(drawn, t))
    assert squeezed(drawn.title) in shown
    for line in (*drawn.subtitles, *drawn.legend):
        assert squeezed(line) in shown
    for paper in drawn.for_council.papers:
        assert squeezed(paper.title) in shown
        for row in paper.rows:
            for cell in row:
                assert all(squeezed(line) in shown for line in cell.text.split("\n")), cell


def test_the_office_s_own_paper_is_not_put_before_the_council(made):
    whole, data = made
    (office,) = [paper for paper in whole.papers if paper.internal]
    assert office.rows
    assert squeezed(office.title) not in text_of(data)


@pytest.mark.parametrize(("label", "shown"), [("資料1", True), (None, False)])
def test_papers_have_their_number_at_the_meeting(report, label, shown):
    part = papers(report, JA).only(["summary"], label)
    assert ("資料1" in text_of(pdf(part, JA))) is shown


@pytest.mark.slow
def test_invented_records_are_marked_on_every_page(make_report):
    whole = papers(make_report("id: a, status: done, sample: true"), JA)
    assert whole.banner is not None
    for page in read(pdf(whole, JA)).pages:
        assert squeezed(whole.banner) in squeezed(page.extract_text())


def test_a_paper_without_rows_says_so():
    empty = Papers("計画", (), None, (Paper("p", "表", (Column("番号"),), ()),), ())
    assert text_of(pdf(empty, JA)).count(squeezed(JA("Nothing to report."))) == 1


@pytest.mark.slow
def test_charts_stand_with_the_indicators_alone(report):
    whole = papers(report, JA)
    words = squeezed(JA("Indicators in charts"))
    assert whole.charts
    assert words in text_of(pdf(whole.only(["indicators"]), JA))
    assert words not in text_of(pdf(whole.only(["summary"]), JA))
    assert words not in text_of(pdf(replace(whole.only(["indicators"]), charts=()), JA))


@pytest.mark.slow
@pytest.mark.parametrize("lines", range(14, 38, 3))
def test_the_heading_of_the_charts_never_stands_alone_at_the_foot_of_a_page(lines):
    pages = [page.extract_text() for page in read(pdf(with_text("文", lines=lines), JA)).pages]
    (headed,) = [text for text in pages if JA("Indicators in charts") in text]
    assert "2022" in headed


def test_a_chart_says_in_words_what_it_shows(report):
    whole = papers(report, JA).only(["indicators"])
    data = pdf(whole, JA)
    file = read(data)
    objects = [file.get_object(number) for number in range(1, file.trailer["/Size"])]
    said = [str(item["/Alt"]) for item in objects if isinstance(item, dict) and "/Alt" in item]
    assert [squeezed(text) for text in said] == [squeezed(chart.description) for chart in whole.charts]


# -- the same data, the same bytes ------------------------------------------------------------


@pytest.mark.slow
def test_the_same_report_gives_the_same_bytes_wherever_and_whenever(make_report, monkeypatch, tmp_path):
    first = pdf(papers(make_report(), JA), JA)
    monkeypatch.chdir(tmp_path)
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert pdf(papers(make_report(), JA), JA) == first
    monkeypatch.delenv("TZ")
    time.tzset()


def test_the_time_is_that_of_the_entries_in_any_zone():
    moment = datetime(2025, 8, 1, 9, 30, tzinfo=timezone(timedelta(hours=9)))
    whole = replace(with_text("文"), made=moment)
    assert read(pdf(whole, JA)).metadata.creation_date == moment


def test_nothing_of_the_machine_is_in_the_file(made):
    assert os.fsencode(os.getcwd()) not in made[1]  # noqa: PTH109 (as bytes)
    assert b"/home/" not in made[1]


# -- hostile texts ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("text", "printed"), MARKUP.values(), ids=MARKUP)
def test_no_text_is_markup_in_any_place(text, printed):
    data = pdf(with_text(text), JA)
    shown = text_of(data)
    wanted = squeezed(text if printed is None else printed)
    piece = wanted[:30]
    assert shown.count(piece) >= len(PLACES) - 1  # the author stands in the metadata alone
    assert "/A" not in {key for page in read(data).pages for note in page.get("/Annots", []) for key in note}
    assert not any("/Annots" in page for page in read(data).pages)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_no_long_text_drives_another_off_the_page(place):
    data = pdf(with_text("a" * 3_000, [place]), JA)
    assert len(read(data).pages) < 40
    assert read(data).metadata.title is not None


@pytest.mark.slow
@pytest.mark.parametrize("text", ["a" * 3_000, "字" * 3_000, "…" * 3_000, "\n".join(f"6/{n}訪問" for n in range(200))])
def test_a_row_higher_than_a_page_goes_on_on_the_next(text):
    data = pdf(with_text(text, ["cell"]), JA)
    for sign in "訪問":  # which a page may part
        assert text_of(data).count(sign) == 4 * text.count(sign)
    assert lowest(data) > MARGIN


@pytest.mark.slow
@pytest.mark.parametrize("width", [4, 8, 20])
@pytest.mark.parametrize("signs", [60, 450, 900])
def test_no_row_leaves_the_page_however_narrow_its_column_is(width, signs):
    row = (Cell("1-1①-1"), Cell("字" * signs), Cell("短い"))
    paper = Paper("initiatives", "表", (Column("番号", 8), Column("担当", width), Column("注", 20)), (row,) * 3)
    data = pdf(Papers("文", (), None, (paper,), ("文",)), JA)
    assert text_of(data).count("字") == 3 * signs
    assert lowest(data) > MARGIN


@pytest.mark.slow
@pytest.mark.parametrize("sign", list("・ー。（…―é❶ｱ─＝！aか漢"))
def test_no_run_of_one_sign_runs_out_of_its_column(sign):
    paper = Paper("p", "表", (Column("番号", 4), Column("本文", 20)), ((Cell("1"), Cell(sign * 900)),))
    spans = []

    def visit(text, *_):
        spans.append(len(text.strip()))

    for page in read(pdf(Papers("文", (), None, (paper,), ()), JA)).pages:
        page.extract_text(visitor_text=visit)
    assert sum(spans) >= 900
    assert max(spans) < 250


def test_a_number_of_the_plan_never_runs_into_the_next_column():
    columns = (
        Column("番号", 8),
        Column("指標", 22),
        Column("目安", 6, number=True),
        *(Column("達成率", 14, number=True) for _ in range(14)),
    )
    row = (Cell("1-1②-1"), Cell("企業訪問件数"), Cell("14.82"), *(Cell("116.7% (70/60)") for _ in range(14)))
    data = pdf(Papers("文", (), None, (Paper("indicators", "表", columns, (row,)),), ()), JA)
    starts = {}

    def visit(text, matrix, of_text, *_):
        if text.strip():
            starts[text.strip()] = of_text[4] * matrix[0] + matrix[4]

    for page in read(data).pages:
        page.extract_text(visitor_text=visit)
    assert starts["企業訪問件数"] - starts["1-1②-1"] > 28


@pytest.mark.slow
@pytest.mark.parametrize("number", [5, 12, 24])
def test_a_table_of_many_columns_stays_on_the_page(number):
    columns = (
        Column("番号", 4),
        Column("基本施策", 16),
        *(Column("順調に進んでいる", 8, number=True) for _ in range(number)),
    )
    row = (Cell("1-1"), Cell("事業者の経営基盤強化"), *(Cell("85.7% (24/28)") for _ in range(number)))
    data = pdf(Papers("文", (), None, (Paper("summary", "表", columns, (row,)),), ()), JA)
    ends = []

    def visit(text, matrix, of_text, *_):
        if text.strip():
            ends.append(of_text[4] * matrix[0] + matrix[4])

    for page in read(data).pages:
        page.extract_text(visitor_text=visit)
    assert max(ends) < A4_LANDSCAPE[0] - MARGIN
    assert text_of(data).count("85.7%(24/28)") == number


@pytest.mark.slow
def test_many_long_rows_are_all_printed():
    columns = (Column("番号", 8), *(Column("本文", 20) for _ in range(4)))
    rows = tuple((Cell(f"{n}番"), *(Cell("長" * 400) for _ in range(4))) for n in range(1, 37))
    data = pdf(Papers("文", (), None, (Paper("initiatives", "表", columns, rows),), ()), JA)
    assert text_of(data).count("長") == 36 * 4 * 400
    assert lowest(data) > MARGIN


def test_the_title_of_the_file_has_no_invisible_signs():
    address = "http://town.example.jp/plan/2024"
    whole = with_text(address, ["title", "paper"])
    assert read(pdf(replace(whole, label=None), JA)).metadata.title == address
    assert read(pdf(whole, JA)).metadata.title == f"文 {address} {address}"


@pytest.mark.slow
def test_the_title_of_a_numbered_paper_begins_with_its_number_and_its_own_title(report):
    whole = papers(report, JA)
    for number, paper in enumerate(whole.for_council.papers, start=1):
        title = read(pdf(whole.only([paper.name], f"資料{number}"), JA)).metadata.title
        assert title == f"資料{number} {paper.title} {whole.title}"
    assert read(pdf(whole, JA)).metadata.title == whole.title


@pytest.mark.parametrize("tone", ["plain", "strong", "quiet", "alert"])
def test_what_calls_for_action_is_marked_by_a_sign_and_not_by_its_colour_alone(tone):
    paper = Paper("p", "表", (Column("番号", 4), Column("本文", 20)), ((Cell("1"), Cell("未入力", tone=tone)),))
    shown = text_of(pdf(Papers("文", (), None, (paper,), ()), JA))
    assert ("！未入力" in shown) == (tone == "alert")
    assert ("！" in shown) == (tone == "alert")


def test_the_hostile_records_are_printed_as_they_were_typed(made, hostile):
    assert squeezed(hostile) in text_of(made[1])


@pytest.mark.slow
def test_an_address_stays_whole_where_its_column_takes_it_and_breaks_where_not(t):
    address = "https://www.town.example.jp/kankou/shoukou/2024.html"
    wide = Paper("p", "表", (Column("番号", 8), Column("内容", 60)), ((Cell("1"), Cell(address)),))
    narrow = Paper(
        "p", "表", tuple(Column(f"列{n}", 20) for n in range(12)), (tuple(Cell(address) for _ in range(12)),)
    )
    on_wide, on_narrow = (
        "".join(page.extract_text() for page in read(pdf(Papers("題", (), None, (paper,), ()), t)).pages)
        for paper in (wide, narrow)
    )
    assert address in on_wide
    assert address not in on_narrow
    assert address in squeezed(on_narrow)


@pytest.mark.parametrize("length", range(20, 32))
def test_no_line_of_the_cover_s_title_ends_within_a_year(length):
    front = Papers("", ("副題",), None, (Paper("agenda", "次第", (Column("議題", 20),), ((Cell("開会"),),)),), ())
    whole = Papers("計" * length + " 令和7年度（2025年度）実績", (), None, (), (), front=front)
    text = read(pdf(whole, JA)).pages[0].extract_text()
    # Above the page and as its title.
    assert len(re.findall("令和 ?7 ?年度", text)) == len(re.findall("（2025 ?年度）", text)) == 2, text


@pytest.mark.parametrize("signs", [400, 4_000])
def test_what_a_row_is_about_stands_on_every_page_on_which_it_goes_on(signs):
    columns = (Column("会議", 12), Column("対象", 8), Column("意見", 40), Column("対応状況", 8), Column("対応", 40))
    rows = tuple(
        (Cell(f"第{n}回"), Cell("計画全体"), Cell("字" * signs), Cell("対応中"), Cell("返" * 30)) for n in range(1, 4)
    )
    paper = Paper("opinions", "意見と対応", columns, rows, keys=2)
    pages = [squeezed(page.extract_text()) for page in read(pdf(Papers("題", (), None, (paper,), ()), JA)).pages]
    text = "".join(pages)
    assert (text.count("字"), text.count("返")) == (3 * signs, 90)
    assert all(re.search(r"第[123]回.*字", page) for page in pages if "字" in page)
    assert len(pages) == (1 if signs == 400 else 4)


def test_papers_without_a_legend_have_no_heading_for_one():
    paper = Paper("p", "表", (Column("番号", 8),), ((Cell("1"),),))
    japanese = translator("ja")
    assert "凡例" not in text_of(pdf(Papers("題", (), None, (paper,), ()), japanese))
    assert "凡例" in text_of(pdf(Papers("題", (), None, (paper,), ("注",)), japanese))


@pytest.mark.slow
@pytest.mark.parametrize("noted", [(0,), (0, 7, 30), tuple(range(0, 120, 3))])
def test_no_row_or_heading_comes_again_above_others(noted):
    columns = (Column("番号", 8), Column("指標", 20), Column("備考", 20, across=True))
    rows = tuple((Cell(f"{n}番"), Cell("題"), Cell("註" if n in noted else "")) for n in range(120))
    groups = (
        Heading(0, 0, "はじめ"),
        Heading(0, 40, "つぎ" + "長" * 150),
        Heading(1, 41, "なか"),
        Heading(1, 42, "あと" + "長" * 150),
    )
    paper = Paper("indicators", "表", columns, rows, keys=2, groups=groups)
    text = text_of(pdf(Papers("文", (), None, (paper,), ()), JA))
    assert all(len(re.findall(rf"(?<!\d){n}番", text)) == 1 for n in range(120))
    assert text.count("はじめ") == 2  # the rows below it end on the second page
    assert (text.count("つぎ"), text.count("なか"), text.count("あと")) == (1, 1, 1)


@pytest.mark.parametrize("counts", [(2, 4, 2, 5, 2, 3), (1, 1, 1, 1, 1, 1), (40, 1, 1, 30, 1, 12), (0, 9, 0, 0, 0, 1)])
def test_the_words_of_a_bar_stand_in_one_line(counts):
    bars = tuple(
        Column(f"令和{n}年度の評価", 24, bars=("S", "A", "B", "C", "他", "なし"), ranks=4, key=f"r{n}")
        for n in range(4)
    )
    others = (Column("実施率", 10, number=True), Column("執行額／予算額（円）", 14))
    row = (
        Cell("合計"),
        *(Cell("", tuple(map(Decimal, counts))),) * 4,
        Cell("94.1% (16/17)"),
        Cell("75,201,000/88,976,543"),
    )
    first = Paper("overview-ratings", "評価", (Column("基本目標", 16), *bars, *others), (row,))
    places: dict[int, list[str]] = {}

    def visit(text, matrix, of_text, *_):
        for word in filter(str.strip, text.split("\n")):
            places.setdefault(round(of_text[5] * matrix[3] + matrix[5]), []).append(word)

    for page in read(pdf(Papers("題", (), None, (), (), overview=(first,)), JA)).pages:
        page.extract_text(visitor_text=visit)
    lines = ["".join("".join(words).split()) for words in places.values()]
    (line,) = [line for line in lines if "75,201,000/88,976,543" in line]
    said = "".join(f"{name}{count}" for name, count in zip(bars[0].bars, counts, strict=True) if count)
    assert said * 4 in line
