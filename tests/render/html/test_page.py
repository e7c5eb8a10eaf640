# mypy: allow-untyped-calls
import re
import subprocess
import sys
import time
from base64 import b64encode
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.language import translator
from mizuho_pdca.papers.chart import ActualPoint, Chart
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.review import papers
from mizuho_pdca.render.html.page import page

EN, JA = translator("en"), translator("ja")
VOID = {"meta", "link", "input", "col", "br", "img", "hr"}
REFERS = {"href", "src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "ping", "xlink:href"}
LOADS = {"img", "iframe", "object", "embed", "base", "audio", "video", "source", "frame", "image", "use"}
LINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
HOSTILE = (
    '=HYPERLINK("https://example.com","x")',
    "<script>window.broken=1</script>",
    '"><img src=x onerror="window.broken=1">',
    "' autofocus onfocus='window.broken=1",
    "</title></style></script><svg onload=window.broken=1>",
    "javascript:window.broken=1",
    '#import "x"',
    "[red]赤[/red]",
    "a | b",
    "\x1b[31m赤\x1b[0m\x1b]8;;https://example.com\x1b\\",
    "長" * 10_000,
    "x" * 10_000,
    "𠮷野家",
    "👨‍👩‍👧 🇯🇵",
    "\u202eabc\u2067def",
    "مرحبا",
    "\ud800一つ\udfff",
    "{{ 7*7 }}{% raw %}",
    "&lt;b&gt; &amp; &#x3c;",
    "一行目\r\n二行目\r三行目\u2028四行目",
    "\x00\x7f\x85\ufffe",
    "--><!--",
    "*/ } body { display: none } /*",
    "$& $1 {column}",
)


class Page(HTMLParser):
    """Reads a page, and asserts that every element is closed in its turn."""

    def __init__(self, document):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.cells: list[str] = []
        self.text = ""
        self.feed(document.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"an attribute of <{tag}> stands twice"
        self.elements.append((tag, dict(attrs)))
        if tag == "bdi":
            self.cells.append("")
        if tag in self.texts:
            self.texts[tag].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        inside = self.open[-1] if self.open else ""
        if inside in self.texts:
            self.texts[inside][-1] += data
            return
        self.text += data
        if inside == "bdi":
            self.cells[-1] += data

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]


def printed(text):
    """Return a text as the page holds it."""
    plain = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", LINES.sub("\n", text))
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", plain)


def hostile_papers(texts=HOSTILE):
    columns = (
        Column("番号", 4),
        Column("<b>本文</b>", 20, choices=True),
        Column("値", 8, number=True, under=True),
    )
    rows = tuple((Cell(text), Cell(text, link=text, key=text), Cell(text, (Decimal(1),))) for text in texts)
    every = "\n".join(text[:50] for text in texts)
    paper = Paper("initiatives", every, columns, rows, keys=2, anchors=tuple(texts))
    secret = Paper("office", "事務局用", columns, ((Cell("ひみつ"),) * 3,), anchors=("secret",), internal=True)
    points = ((2022, Decimal(1)), (2024, Decimal(3)))
    actuals = tuple(ActualPoint(year, every, value) for year, value in points)
    charts = tuple(
        Chart(text, text, text, text, text, 2024, (2022, 2023, 2024), actuals, points, (), None, text, (text,) * 4)
        for text in texts
    )
    return Papers(every, texts, every, (paper, secret), texts, every, author=every, charts=charts, label=every)


def large_papers():
    columns = [Column(f"欄{n}", 20, choices=n == 1, under=n > 9) for n in range(14)]
    row = tuple(Cell("取組の進み具合を書く。" * 36 + str(n)) for n in range(14))
    chart = hostile_papers(("a",)).charts[0]
    return Papers(
        "計画",
        (),
        None,
        (Paper("initiatives", "一覧", tuple(columns), (row,) * 36, 2, tuple(f"1-{n}" for n in range(36))),),
        (),
        charts=tuple(replace(chart, anchor=f"indicator-{n}") for n in range(34)),
    )


@pytest.fixture(scope="module")
def written(drawn, t):
    """Return the page's bytes, of each report in each language once."""
    return page(drawn, t)


@pytest.fixture(scope="module")
def made(written):
    return Page(written)


@pytest.fixture(scope="module")
def attacked():
    return Page(page(hostile_papers(), JA))


@pytest.fixture(scope="module")
def usual(report):
    return Page(page(papers(report, JA), JA))


@pytest.fixture(params=["usual", "attacked"])
def any_page(request):
    return request.getfixturevalue(request.param)


# -- what the page says -----------------------------------------------------------------------


def test_every_text_stands_on_the_page(made, drawn):
    council = drawn.for_council
    for text in (council.title, *council.subtitles, *council.legend, *([council.edition] if council.edition else [])):
        assert printed(text) in made.cells
    for paper in council.papers:
        assert paper.title in made.cells
        headings = {column.heading for column in paper.columns} if paper.rows else set()
        assert headings <= set(made.cells)
        assert {printed(cell.text) for row in paper.rows for cell in row} <= set(made.cells)


@pytest.mark.slow
def test_the_rows_stand_in_their_order(made, drawn):
    anchors = [anchor for paper in drawn.for_council.papers for anchor in paper.anchors]
    wanted = set(anchors)
    assert [attrs["id"] for attrs in made.all("tr") if attrs.get("id") in wanted] == anchors


def test_the_offices_own_paper_is_not_for_the_council(report):
    drawn = papers(report, JA)
    office = next(paper for paper in drawn.papers if paper.internal)
    assert office.rows
    text = Page(page(drawn, JA)).text
    assert office.title not in text
    assert office.columns[0].heading not in text


def test_a_paper_without_rows_says_so(report):
    drawn = papers(report, EN)
    bare = [replace(paper, rows=(), anchors=(), also=()) for paper in drawn.papers]
    emptied = replace(drawn, papers=tuple(bare), charts=(),
                      overview=())  # fmt: skip
    made = Page(page(emptied, EN))
    assert made.text.count("Nothing to report.") == len(emptied.for_council.papers)
    assert made.all("table") == []


def test_nothing_at_all_is_still_a_page():
    made = Page(page(Papers("計画", (), None, (), ()), JA))
    assert made.all("section") == []
    assert "計画" in made.text


def test_the_head_names_language_and_title(made, drawn):
    assert made.all("html") == [{"lang": drawn.language}]
    assert made.all("title") == [{}, *({"id": one["id"]} for one in made.all("title")[1:])]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in made.all("meta")


@pytest.mark.slow
def test_a_banner_stands_above_all_and_in_every_section(report):
    drawn = replace(papers(report, JA), banner="見本（架空の記録）")
    made = Page(page(drawn, JA))
    with_banner = len(drawn.for_council.papers) + 1  # and the charts
    assert [attrs["class"] for attrs in made.all("p") if attrs.get("class") == "sample"] == ["sample"] * (
        1 + with_banner
    )
    spelled = "".join(f"\\{ord(sign):x} " for sign in "見本（架空の記録）")
    assert f'@bottom-left {{ content: "{spelled}"' in made.texts["style"][0]
    assert "sample" not in {attrs.get("class") for attrs in Page(page(replace(drawn, banner=None), JA)).all("p")}


def test_a_label_and_an_author_are_named(report):
    drawn = replace(papers(report, JA), label="資料2", author="瑞穂町")
    made = Page(page(drawn, JA))
    assert {"資料2", "瑞穂町"} <= set(made.cells)
    assert {"name": "author", "content": "瑞穂町"} in made.all("meta")


def _headings(paper, drawn):
    yield "h2"
    yield from ("h3" for _ in paper.also)
    if paper.name == "indicators" and drawn.charts:
        yield "h2"


def test_headings_and_sections_come_in_order(made, drawn):
    headings = [tag for tag, _ in made.elements if re.fullmatch("h[1-6]", tag)]
    assert headings == [
        *("h1", "h2", "h2"),
        *["h3"] * (len(drawn.overview) - 1),
        *(tag for paper in drawn.for_council.papers for tag in _headings(paper, drawn)),
        "h2",
    ]
    first, *ids = [attrs["id"] for attrs in made.all("section") if "id" in attrs]
    assert first == "page-overview"
    wanted = ["paper-summary", "paper-initiatives", "paper-indicators"]
    assert ids[:4] == [*wanted, "page-charts" if drawn.charts else "paper-opinions"]
    assert ids[-1] == "page-legend"
    contents = [attrs["href"] for attrs in made.all("a") if attrs.get("href", "").startswith(("#paper-", "#page-"))]
    assert contents == [f"#{one}" for one in (first, *ids)]


@pytest.mark.slow
def test_charts_without_indicators_come_last(report):
    drawn = papers(report, JA)
    alone = replace(drawn, papers=(drawn.papers[0],), legend=(), overview=())
    ids = [attrs["id"] for attrs in Page(page(alone, JA)).all("section")]
    assert ids == ["paper-summary", "page-charts"]
    assert not any(link.get("class") == "place" for link in Page(page(alone, JA)).all("a"))


def test_every_table_says_what_its_cells_mean(made):
    assert len(made.all("caption")) == len(made.all("table"))
    assert {attrs.get("scope") for attrs in made.all("th")} == {"col", "row"}
    assert all(attrs["data-label"] for attrs in made.all("div") if attrs.get("class", "").startswith("field"))


def test_ranks_that_are_figures_are_told_from_their_counts():
    column = Column("評価", 24, bars=("5", "4", "なし"), ranks=2)
    paper = Paper(
        "overview-ratings",
        "評価",
        (Column("柱", 16), column),
        ((Cell("合計"), Cell("", tuple(map(Decimal, (2, 0, 1))))),),
    )
    made = Page(page(Papers("題", (), None, (), (), overview=(paper,)), EN))
    assert "5(2)なし1" in made.text.replace("\n", "")


@pytest.mark.parametrize(("rate", "wide"), [("84.5% (24/28)", False), ("84.5% (175,201,000/188,976,543)", True)])
def test_a_table_of_long_figures_has_a_frame_to_scroll_in(rate, wide):
    columns = (Column("番号", 8), *(Column("執行率", 8, number=True) for _ in range(9)))
    paper = Paper("summary", "総括表", columns, ((Cell("1-1"), *(Cell(rate),) * 9),))
    made = Page(page(Papers("題", (), None, (paper,), ()), EN))
    assert [attrs["class"].split()[1] == "wide" for attrs in made.all("div") if "grid" in attrs.get("class", "")] == [
        wide
    ]


def test_numbers_are_sorted_as_numbers(usual):
    rates = [attrs.get("data-number") for attrs in usual.all("div") if attrs.get("data-label") == "達成率"]
    assert "80.0" in rates
    assert None in rates


def test_the_choices_of_a_column_come_in_order_of_appearance(report):
    drawn = papers(report, JA)
    position, column = next((n, one) for n, one in enumerate(drawn.papers[1].columns) if one.heading == "状況")
    assert column.choices
    wanted = list(dict.fromkeys(row[position].choice for row in drawn.papers[1].rows))
    html = page(drawn, JA).decode()
    form = re.search(r"<form[^>]*進捗.*?</form>", html, re.DOTALL)
    assert form is not None
    select = re.search(rf'<select class="choice" data-position="{position}">(.*?)</select>', form[0], re.DOTALL)
    assert select is not None
    assert re.findall(r'value="([^"]+)"', select[1]) == wanted


@pytest.mark.slow
def test_without_its_script_a_page_shows_no_controls(made):
    forms = made.all("form")
    assert forms
    assert all("hidden" in attrs for attrs in forms)
    assert made.all("noscript") == []


def test_a_chart_says_in_words_and_figures_what_it_shows(report):
    drawn = papers(report, JA)
    made = Page(page(drawn, JA))
    figures = made.all("figure")
    assert [attrs["id"] for attrs in figures] == [f"chart-{chart.anchor}" for chart in drawn.charts]
    pictures = made.all("svg")
    for picture in pictures:
        assert picture["role"] == "img"
        assert set(picture["aria-labelledby"].split()) <= set(made.ids)
    for chart in drawn.charts:
        assert chart.description in made.text
        assert {actual.text for actual in chart.actuals} <= set(made.cells)


def test_pictures_have_no_words_or_fonts_of_their_own(usual):
    marks = [attrs for tag, attrs in usual.elements if tag in {"g", "path", "text", "line", "rect"}]
    assert marks
    names = {name for attrs in marks for name in attrs}
    assert names & {"role", "class", "font-family", "aria-label", "style"} == set()


def test_a_picture_that_is_none_is_a_fault_of_the_program(report, monkeypatch):
    monkeypatch.setattr("mizuho_pdca.render.html.page.svg", lambda _: "<p>")
    with pytest.raises(ValueError, match="indicator-"):
        page(papers(report, JA), JA)


# -- where links lead -------------------------------------------------------------------------


def test_every_id_is_given_once(any_page):
    assert len(any_page.ids) == len(set(any_page.ids))
    assert not any(re.search(r"\s", one) for one in any_page.ids)


def test_every_link_leads_to_a_place_on_the_page(any_page):
    links = [attrs["href"] for attrs in any_page.all("a")]
    assert links
    assert {link[:1] for link in links} == {"#"}
    assert {unquote(link[1:]) for link in links} <= set(any_page.ids)
    named = {name for _, attrs in any_page.elements for name in attrs.get("aria-labelledby", "").split()}
    assert named <= set(any_page.ids)


def test_every_initiative_has_a_link_to_itself(made, drawn):
    here = {attrs["href"] for attrs in made.all("a") if attrs.get("class") == "here"}
    assert {f"#{anchor}" for anchor in drawn.papers[1].anchors} <= here


def test_a_link_to_what_is_not_on_the_page_is_text():
    columns = (Column("番号"),)
    paper = Paper("one", "表", columns, ((Cell("1", link="elsewhere"),), (Cell("2", link="b"),)), anchors=("a", "b"))
    made = Page(page(Papers("計画", (), None, (paper,), ()), JA))
    assert [attrs["href"] for attrs in made.all("a") if "class" not in attrs] == ["#paper-one", "#b"]


def test_a_name_that_the_page_uses_itself_is_not_given_again():
    columns = (Column("番号"),)
    names = ("main", "contents", "paper-one", "same", "same", "two words")
    paper = Paper("one", "表", columns, tuple((Cell(name, link=name),) for name in names), anchors=names)
    made = Page(page(Papers("計画", (), None, (paper,), ()), JA))
    assert [attrs.get("id") for attrs in made.all("tr")[1:]] == [None, None, None, "same", None, "two-words"]


# -- harm -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hostile_texts_stay_texts(attacked):
    for text in HOSTILE:
        assert printed(text) in attacked.cells
    assert len(attacked.all("script")) == len(attacked.all("style")) == 1
    assert attacked.all("img") == []


@pytest.mark.slow
def test_no_sign_that_steers_a_terminal_is_left():
    document = page(hostile_papers(), JA).decode()
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", document) is None


def test_texts_of_the_plans_make_no_attributes(any_page):
    names = {name for _, attrs in any_page.elements for name in attrs}
    assert [name for name in names if name.startswith("on")] == []
    assert "style" not in names


def test_nothing_refers_to_the_outside(any_page):
    assert {tag for tag, _ in any_page.elements} & LOADS == set()
    for tag, attrs in any_page.elements:
        for name in REFERS & attrs.keys():
            assert attrs[name].startswith("#") or (tag, attrs[name]) == ("link", "data:,")
    style = "".join(any_page.texts["style"])
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.slow
def test_texts_write_no_style_and_no_script(attacked, made):
    assert attacked.texts["script"] == made.texts["script"]
    assert "display: none } /*" not in attacked.texts["style"][0]


def test_what_calls_for_action_is_marked_by_the_style_and_not_in_the_text():
    columns = (Column("番号", 4), Column("本文", 20))
    rows = tuple((Cell(tone), Cell("未入力", tone=tone)) for tone in ("plain", "strong", "quiet", "alert"))
    document = page(Papers("文", (), None, (Paper("p", "表", columns, rows),), ()), JA)
    read = Page(document)
    assert read.cells.count("未入力") == 4
    (style,) = read.texts["style"]
    assert document.decode().count("！") == style.count("！") == 1
    assert re.search(r'\.tone-alert > bdi::before \{[^}]*content: "！"', style)
    marked = [
        attrs["class"]
        for tag, attrs in read.elements
        if tag == "div" and "tone-alert" in attrs.get("class", "").split()
    ]
    assert len(marked) == 1


def test_texts_from_right_to_left_move_nothing_around_them(attacked):
    assert "\u202eabc\u2067def" in HOSTILE
    assert "abcdef" in attacked.cells  # alone in an isolated element
    assert re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", attacked.text) is None


def test_the_policy_lets_only_the_pages_own_style_and_script_run(any_page):
    policy = next(attrs["content"] for attrs in any_page.all("meta") if "http-equiv" in attrs)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    for part in ("style", "script"):
        (text,) = any_page.texts[part]
        assert rules[f"{part}-src"] == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_policy_comes_before_what_it_rules(made):
    tags = [tag for tag, attrs in made.elements if tag in {"style", "script", "link", "body"} or "http-equiv" in attrs]
    assert tags[0] == "meta"


# -- machines ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_same_papers_give_the_same_bytes(written, drawn, t):
    assert page(drawn, t) == written


@pytest.mark.slow
def test_bytes_do_not_depend_on_the_hashes_of_a_process():
    code = (
        "import sys, hashlib\n"
        "from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers\n"
        "from mizuho_pdca.render.html.page import page\n"
        "rows = tuple((Cell(x, key=x),) for x in 'abcdefg')\n"
        "paper = Paper('p', 'P', (Column('c', choices=True),), rows, anchors=tuple('abcdefg'))\n"
        "print(hashlib.sha256(page(Papers('t', (), None, (paper,), ()), str)).hexdigest())\n"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_a_page_ends_lines_the_same_everywhere(written):
    assert b"\r" not in written


@pytest.mark.slow
def test_a_large_review_is_drawn_at_once():
    large = large_papers()
    page(large, JA)
    began = time.process_time()
    page(large, JA)
    assert time.process_time() - began < 1.5


def test_a_missing_package_is_named(monkeypatch, drawn, t):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(EnvironmentFault) as caught:
        page(drawn, t)
    assert "jinja2" in caught.value.text(EN)
