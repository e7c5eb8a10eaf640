# mypy: allow-untyped-calls
"""The manual in one file, the clerk's card and the pictures: made of the pages, by this version, with every link."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from itertools import count

import pytest
from pypdf import PdfReader

from mizuho_pdca import __version__
from scripts import manual
from scripts.readme_help import Shell
from scripts.typeset import anchor, joined, typst

LANGUAGES = list(manual.BOOKS)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMANDS = re.compile(r"^\$ (.+)$", re.MULTILINE)
REFUSED = "2/30"
"""What the first hour mistypes on purpose."""


class Read(HTMLParser):
    """Gathers the names, the links and the pictures of a page."""

    def __init__(self, text):
        super().__init__()
        self.names, self.links, self.sources = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.names += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.sources += [found["src"]] if tag == "img" else []


# -- Markdown as Typst ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("# 題 `a`\n", '#[#heading(level: 1)[#"題 ";#raw("a");] #label("x")]\n\n'),
        ("## 履歴（git）\n", '#[#heading(level: 2)[#"履歴（git）";] #label("x--履歴git")]\n\n'),
        ('#set "\\x" $ ]\n', '#"#set \\"\\\\x\\" $ ]";\n\n'),
        ("日本\n語 and\nmore\n", '#"日本";#"語 and";#" ";#"more";\n\n'),
        ("[a\nb](there)\n", '#link("there")[#"a";#" ";#"b";];\n\n'),
        ("[a](#x--b)\n", '#link(label("x--b"))[#"a";];\n\n'),
        ("[a](lost)\n", '#"a";\n\n'),
        ("a **b** *e*<br>c\n", '#"a ";#strong[#"b";];#" ";#emph[#"e";];#linebreak();#"c";\n\n'),
        ("- a\n- b\n", '#list([#"a";], [#"b";])\n\n'),
        ("3. a\n", '#enum(start: 3, [#"a";])\n\n'),
        ("```sh\nls\n```\n", '#screen("ls")\n\n'),
        ("<!-- cog -->\n", ""),
        ("| a |\n|---|\n| c |\n", '#listing((auto,), table.header([#"a";]),\n  [#"c";],\n)\n\n'),
        ("![alt](p.png)\n", '#image("/docs/p.png", alt: "alt", width: 100%);\n\n'),
    ],
)  # fmt: skip
def test_a_page_becomes_typst_and_no_text_of_it_markup(page, made):
    assert typst(page, lambda target: None if target == "lost" else target, "x") == made


def test_wide_tables_share_the_page_by_how_much_their_columns_say():
    page = f"| a | b | c |\n|---|---|---|\n| k | {'x' * 400} | {'y' * 100} |\n"
    assert "#listing((auto, 20fr, 10fr,)" in typst(page, lambda _: None, "x")


@pytest.mark.parametrize("page", ["> quoted\n", "<b>bold</b>\n\ntext <i>\n", "***\n"])
def test_what_no_page_uses_is_refused(page):
    with pytest.raises(ValueError, match=r"blockquote|html|hr"):
        typst(page, lambda _: None, "x")


def test_a_heading_that_stands_twice_is_named_once():
    assert typst("## a\n\n## a\n", lambda _: None, "x").count("#label") == 1


def test_lines_are_joined_without_a_blank_only_where_japanese_meets():
    assert joined("漢字\nかな a\nb、\nc") == "漢字かな a\nb、c"
    assert anchor("7～10月　協議会の資料 `x`") == "710月協議会の資料-x"


# -- the manual -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_has_all_that_people_read_in_the_order_of_its_first_page(language):
    names = [page.name for page in manual.pages(language)]
    assert names[0] == manual.BOOKS[language]
    assert len(names) > 12
    ours = {path.name for path in manual.DOCS.glob("*.ja.md")}
    assert ours - set(names) == (set() if language == "ja" else ours)
    assert all(page.exists() for page in manual.pages(language))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_within_the_one_file_leads_to_a_part_of_it_and_no_link_of_the_book_was_lost(language):
    read = Read(manual.book_html(language))
    assert len(read.names) == len(set(read.names))
    assert {link.removeprefix("#") for link in read.links if link.startswith("#")} <= set(read.names)
    assert [link for link in read.links if not link.startswith(("#", "https://"))] == []
    assert [source for source in read.sources if not source.startswith("data:image/png;base64,")] == []
    pages = manual.pages(language)
    texts = {
        page: re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        for page in pages
    }
    inside = [
        target
        for page, text in texts.items()
        for target in LINK.findall(re.sub(r"^\[(?:English|日本語)\].*$", "", text, flags=re.MULTILINE))
        if "://" not in target and ((page.parent / target.partition("#")[0]).resolve() in pages or target[0] == "#")
    ]
    assert len([link for link in read.links if link.startswith("#")]) == len(inside)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_is_a_pdf_with_its_chapters(language):
    reader = PdfReader(BytesIO(manual.book_pdf(language)))
    text = "".join(page.extract_text() for page in reader.pages[:4])
    titles = [page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for page in manual.pages(language)]
    plain = re.sub(r"\s|`", "", text)
    assert [title for title in titles if re.sub(r"\s|`", "", title) not in plain] == []
    assert len(reader.pages) > 50


@pytest.mark.slow
def test_files_are_written_where_they_are_asked_for(tmp_path, capsys):
    manual.main(["all", "-o", str(tmp_path)])
    assert {path.name for path in tmp_path.iterdir()} == {
        "manual.html", "manual.pdf", "manual.ja.html", "manual.ja.pdf",
    }  # fmt: skip
    assert "manual.ja.pdf" in capsys.readouterr().out


# -- the card and the pictures ----------------------------------------------------------------


def test_the_card_is_of_these_words_and_this_version_and_one_page():
    assert manual.card_pdf() == manual.CARD.read_bytes(), "make it anew: python scripts/manual.py card"
    (page,) = PdfReader(manual.CARD).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert f"pdca {__version__}" in page.extract_text()


@pytest.mark.slow
def test_the_pictures_are_of_this_version():
    made = manual.pictures()
    shown = {path.name: path.read_bytes() for path in manual.PICTURES.iterdir()}
    assert set(shown) == set(made)
    assert [name for name in made if made[name] != shown[name]] == [], "make anew: python scripts/manual.py pictures"


def test_a_screen_is_80_columns_wide_and_cut_where_it_goes_on():
    def size(picture):
        return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])

    line, full, long = (manual.screen("pdca", "a（①\n" * lines) for lines in (1, 25, 26))
    assert len({size(picture)[0] for picture in (line, full, long, manual.screen("pdca", "字" * 40))}) == 1
    assert size(line)[1] < size(full)[1] < size(long)[1] == size(manual.screen("pdca", "a（①\n" * 99))[1]


def test_every_picture_is_shown_and_says_what_it_shows():
    for page in ("year.md", "year.ja.md"):
        shown = re.findall(r"!\[.+\]\(pictures/(.+)\)", (manual.DOCS / page).read_text(encoding="utf-8"))
        assert set(shown) == {path.name for path in manual.PICTURES.iterdir()}


# -- the first hour ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-04-01T09:00", "2028-02-29T16:00", "2031-12-28T10:00"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_hour_can_be_followed_on_any_day(language, day, tmp_path):
    page = manual.DOCS / ("first-hour.ja.md" if language == "ja" else "first-hour.md")
    shell = Shell(language, day, tmp_path)
    for line in COMMANDS.findall(page.read_text(encoding="utf-8")):
        shell.now = shell.now + timedelta(minutes=1)
        printed = shell.run(line)
        assert shell.code == (2 if REFUSED in line else 0), printed
    assert (shell.folder / ("協議会資料" if language == "ja" else "council") / "manifest.json").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_card_does_what_it_says(language, tmp_path):
    page = manual.DOCS / ("clerk-card.ja.md" if language == "ja" else "clerk-card.md")
    lines = re.findall(r"^\|.*\| `(pdca.*)` \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 16
    shell = Shell(language, "2025-04-07T09:00", tmp_path)
    shell.names = (f"{number:06}" for number in count())
    shell.run("pdca init .")
    shell.move_on("2025-09-16T10:00")
    for line in lines:
        shell.now += timedelta(minutes=1)
        printed = shell.run(line)
        asks = line in {"pdca log", "pdca fix last"}  # at a terminal alone
        assert shell.code == (2 if asks else 0), printed
