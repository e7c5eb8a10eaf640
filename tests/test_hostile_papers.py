# mypy: allow-untyped-calls
"""Records that want to be more than text go through every format of ``pdca review`` as text.

A plan and its records carry a hostile text wherever a person writes. Every format must come out
with exit code 0, hold the text where it can, and obey none of it.
"""

import csv
import html
import io
import json
import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pypdf
import pytest
import ryaml
from python_calamine import CalamineWorkbook

from mizuho_pdca.cli.formats import Format
from mizuho_pdca.cli.main import main
from mizuho_pdca.language import translator
from tests.conftest import HEAD

pytestmark = pytest.mark.slow

TEXTS = {
    "typst": '#import "x": * #panic() #{1+1} = 見出し $x$ @ref <ref> *太* _斜_ \\u{41}',
    "formula": '=HYPERLINK("http://x","y")',
    "plus": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1)",
    "element": "<script>alert(1)</script><img src=x onerror=alert(1)></bdi></td></table>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "address": "javascript:alert(1) http://x.example/a?b=c&d=e file:///etc/passwd",
    "entity": "&lt;b&gt; &amp; &#x41; &nbsp; ]]> <!-- --> <?xml?>",
    "style of the screen": "[red]赤[/red] [link=http://x]y[/link] :smile:",
    "template": "{{ 7*7 }} {% for x in y %} {0} {name} %s ${x}",
    "markdown": "| a | b |\n# 見出し\n- 項目 [x](http://x) `c` ![y](z) ~~消~~ 1. 番号",
    "underscores of a sheet": "_x000D_ _x0041_",
    "signs": "𠮷野家 髙﨑 葛\U000e0100 か\u3099 – ✓ ㈱ ①",
    "emoji": "👍🏽 👨\u200d👩\u200d👧",
    "direction": "\u202eabc\u202c \u2066def\u2069 שלום",
    "no space": "a" * 3_000,
    "no space in Japanese": "字" * 3_000,
    "lines": "1行目\n2行目\n\n4行目",
}
TURNED = dict.fromkeys(map(ord, "\u202e\u202c\u2066\u2069"))
"""Marks that turn the direction of what follows, which no page has."""

PAGES = ("text", "markdown", "html", "docx", "xlsx", "pdf")
"""The formats that are printed or read on a screen."""

PRINTED = {"\u200d": ""} | dict.fromkeys("👍🏽👨👩👧שלום", "〓")
"""What the font of the PDF lacks is printed as 〓."""

JA = translator("ja")


def plan_of(text):
    """Return a plan with a text wherever its author writes, as YAML."""
    data = ryaml.loads(HEAD)
    data["plan"] |= {"title": text, "municipality": text, "office": text, "council": {"name": text}}
    indicator = {
        "id": "visits",
        "name": text,
        "unit": text,
        "kind": "output",
        "direction": "increase",
        "method": "ratio",
        "aggregate": "sum",
        "targets": {2024: 60},
        "adopted": True,
    }
    initiative = {"id": "1-1-1-1", "title": text, "department": text, "indicators": [indicator]}
    submeasure = {"id": "1-1-1", "title": text, "partners": [text], "initiatives": [initiative]}
    measure = {"id": "1-1", "title": text, "submeasures": [submeasure]}
    return ryaml.dumps(data | {"policies": [{"id": "1", "title": text, "measures": [measure]}]})


@pytest.fixture(scope="module")
def towns():
    """Keep the folders of the towns that were made, by their text: a review of one leaves it as it is."""
    return {}


@pytest.fixture
def town(towns, tmp_path_factory, capsysbinary, monkeypatch, make_desk):
    """Make a town whose plan and records hold a text everywhere, and return how to run ``pdca`` in it."""
    monkeypatch.setenv("PDCA_BY", "産業課")
    monkeypatch.setenv("PDCA_LANG", "ja")
    folder = tmp_path_factory.mktemp("made") / "town"

    def run(*arguments):
        capsysbinary.readouterr()
        code = main(arguments, lambda named: make_desk(Path(named) if named else folder))
        sys.stdout.flush()
        out, err = capsysbinary.readouterr()
        return code, out, err.decode()

    def make(text, *, shared=False):
        nonlocal folder
        if shared and text in towns:
            folder = towns[text]
            return run
        (folder / "plan").mkdir(parents=True)
        (folder / "plan" / "measures.yaml").write_text(plan_of(text), encoding="utf-8")
        commands = (
            ("log", "1-1-1-1", "-m", text, "-d", "2024-06-12", "-k", "visits=48"),
            ("log", "1-1", "-m", text, "-d", "2024-06-13"),
            ("evaluate", "1-1-1-1", "--year", "2024", "--rating", "B", "--progress", text, "--issues", text),
            ("opinion", "1-1-1-1", "--year", "2024", "--meeting", "2025-06-01", "-m", text),
            ("improve", "1-1-1-1", "--year", "2024", "--direction", "改善", "--next", text),
        )
        for command in commands:
            code, _, err = run(*command)
            assert code == 0, err
        if shared:
            towns[text] = folder
        return run

    return make


def squeezed(text):
    return re.sub(r"[\s\u200b]", "", text)


def check_table(raw, text):
    shown = raw.decode()
    assert "\x1b" not in shown
    assert set(squeezed(text)) - {"\u202e", "\u202c", "\u2066", "\u2069"} <= set(shown)


def check_text(raw, text):
    assert squeezed(text) in squeezed(raw.decode())


def check_markdown(raw, text):
    shown = raw.decode()
    cells = [cell.replace("<br>", "\n") for cell in re.split(r"(?<!\\)\|", shown)]
    assert squeezed(text) in {squeezed(html.unescape(re.sub(r"\\(.)", r"\1", cell))) for cell in cells}
    assert re.findall(r"(?<!\\)<(?!br>)", shown) == []
    assert re.findall(r"(?m)^#.*$", shown)[0].startswith("# ")


def check_csv(raw, text):
    heading, row = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    shown = "'" + text if text.startswith(("=", "+", "-", "@")) else text
    for column in ("Progress", "Issues", "Department", "Plans for the next year"):
        assert row[heading.index(JA(column))] == shown
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def check_json(raw, text):
    (row,) = json.loads(raw)["initiatives"]
    assert [row[key] for key in ("title", "department", "progress", "issues", "next")] == [text] * 5


def parts(raw, pattern):
    """Return the parts of a file of Office by name, each well-formed XML."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        assert file.testzip() is None
        found = {name: file.read(name) for name in file.namelist()}
    for name, data in found.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(data)  # noqa: S314 (the program's own)
    assert [name for name, data in found.items() if name.endswith(".rels") and b'"External"' in data] == []
    return {name: data for name, data in found.items() if re.search(pattern, name)}


def check_xlsx(raw, text):
    sheets = parts(raw, r"xl/worksheets/sheet\d+\.xml")
    assert [name for name, data in sheets.items() if re.search(rb"<f[ >]", data)] == []
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert cells.count(text) >= 4


class Page(HTMLParser):
    """What a browser would make of a page: elements, addresses, the texts of the fields."""

    def __init__(self):
        super().__init__()
        self.tags = []
        self.attributes = []
        self.texts = [""]

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag in ("bdi", "title"):
            self.texts.append("")

    def handle_data(self, data):
        self.texts[-1] += data

    def handle_endtag(self, tag):
        if tag in ("bdi", "title"):
            self.texts.append("")


def check_html(raw, text):
    page = Page()
    page.feed(raw.decode())
    assert text in page.texts
    assert page.tags.count("script") <= 1
    assert "img" not in page.tags
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    addresses = [given or "" for name, given in page.attributes if name in ("href", "src", "action", "xlink:href")]
    assert [address for address in addresses if not address.startswith(("#", "data:"))] == []


def check_docx(raw, text):
    (data,) = parts(raw, r"^word/document\.xml$").values()
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    cells = set()
    for paragraph in ET.fromstring(data).iter(f"{word}p"):  # noqa: S314 (the program's own)
        said = (node.text or "" if node.tag == f"{word}t" else " " for node in paragraph.iter())
        cells.add(squeezed("".join(said)))
    assert squeezed(text) in cells or all(any(squeezed(line) in cell for cell in cells) for line in text.split("\n"))
    codes = re.findall(rb"<w:instrText[^>]*>([^<]*)<", data)
    assert {code.split()[0] for code in codes} <= {b"PAGE", b"NUMPAGES"}


def check_pdf(raw, text):
    pages = pypdf.PdfReader(io.BytesIO(raw)).pages
    shown = squeezed("".join(page.extract_text() for page in pages))
    printed = "".join(PRINTED.get(sign, sign) for sign in squeezed(text))
    assert printed[:200] in shown.replace("\u200d", "")
    assert [page["/Annots"] for page in pages if "/Annots" in page] == []


CHECKS = {
    "table": check_table,
    "text": check_text,
    "markdown": check_markdown,
    "csv": check_csv,
    "json": check_json,
    "xlsx": check_xlsx,
    "html": check_html,
    "pdf": check_pdf,
    "docx": check_docx,
}


def test_every_format_is_checked():
    assert set(CHECKS) == set(get_args(Format))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("form", CHECKS)
def test_a_text_stays_a_text(town, form, text):
    code, raw, err = town(text, shared=True)("review", "2024", "-f", form)
    assert (code, err) == (0, "")
    CHECKS[form](raw, text.translate(TURNED) if form in PAGES else text)


@pytest.mark.parametrize("text", ["a\0b", "a\x1b[31mb", "a\udc82b", "a\ufffeb"], ids=ascii)
def test_what_is_no_text_is_refused_or_harmless(town, text, tmp_path):
    run = town("本文")
    code, _, err = run("log", "1-1-1-1", "-m", text, "-d", "2024-06-14")
    assert code in (0, 2)
    assert "Traceback" not in err
    for form in CHECKS:
        path = tmp_path / f"r.{form}"
        code, _, err = run("review", "2024", "-f", form, "-o", str(path))
        assert (code, err) == (0, ""), form
        assert path.read_bytes()


def test_nothing_was_run(tmp_path, town, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = town("`touch ran` $(touch ran) ; touch ran | touch ran & touch ran")
    for form in CHECKS:
        assert run("review", "2024", "-f", form, "-o", str(tmp_path / f"r.{form}"))[0] == 0
    assert list(tmp_path.rglob("ran")) == []
