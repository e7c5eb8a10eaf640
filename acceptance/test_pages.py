# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""How the papers print: the size of their letters, how full their pages are, that no row is without its number.

Measured on the sample, on a plan in other words, and on one of 40 measures.
"""

import io
import re
import subprocess
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest
from python_calamine import CalamineWorkbook

from acceptance.town import report as town_report
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.formats import draw_papers
from mizuho_pdca.app.review import make_review, make_years
from mizuho_pdca.language import translator
from mizuho_pdca.papers.council.headings import headings
from mizuho_pdca.papers.council.years import years_papers
from mizuho_pdca.papers.notes import edition
from mizuho_pdca.papers.paper import Look
from mizuho_pdca.papers.review import papers

ROOT = Path(__file__).parents[1]
JA = translator("ja")
LEAST, LEAST_IN_EXCEL = 9.0, 8.0
MARGINS = 34, 40
"""Points at the sides, and at the top and the bottom, that hold nothing but the running lines."""

PAGES = {"9": 784, "8": 1132}
"""Points between the margins of a sheet, by Excel's name of the paper: A4 and A3."""

SMALL = 0.15
"""The part of the letters that may be smaller."""


@pytest.fixture(scope="module", params=["sample", "second", "forty"])
def report(request):
    """Return the review of one of the plans."""
    if request.param == "forty":
        return town_report()
    return make_review(Desk(ROOT if request.param == "sample" else ROOT / "tests/data/second-plan"), 2024)


@pytest.fixture(scope="module", params=["a4", "a3"])
def printed(request, report, tmp_path_factory):
    """Return the PDF of a review on both sizes of paper."""
    data = draw_papers(papers(report, JA, Look(size=request.param)), "pdf", JA)
    path = tmp_path_factory.mktemp("pages") / "review.pdf"
    path.write_bytes(data)
    return path


def sizes(path):
    """Return how many letters there are of each size, in points on the page."""
    found: Counter[float] = Counter()

    def visit(text, matrix, of_text, _, size):
        found[round(abs(size * of_text[3] * matrix[3]), 1)] += len(text.strip())

    for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages:
        page.extract_text(visitor_text=visit)
    return found


def lines_of(path):
    """Return for each page its size and the boxes of its lines."""
    drawn = subprocess.run(["pdftotext", "-bbox-layout", str(path), "-"], capture_output=True, check=True).stdout
    for page in re.findall(r"<page .*?</page>", drawn.decode(), re.DOTALL):
        (size,) = re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', page)
        boxes = re.findall(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', page)
        yield tuple(map(float, size)), [tuple(map(float, box)) for box in boxes]


def reach(size, boxes):
    """Return how far down the printable area its text reaches."""
    top, bottom = MARGINS[1], size[1] - MARGINS[1]
    return max((box[3] - top for box in boxes if box[3] < bottom), default=0) / (bottom - top)


def filled(size, boxes, step=4):
    """Return the part of the printable area between the first and the last letter of each line of the page."""
    top, bottom = MARGINS[1], size[1] - MARGINS[1]
    width = size[0] - 2 * MARGINS[0]
    rows = range(int(top), int(bottom), step)
    covered = 0.0
    for y in rows:
        here = [box for box in boxes if box[1] - step <= y <= box[3] + step]
        covered += max((box[2] for box in here), default=0) - min((box[0] for box in here), default=0)
    return covered / (width * len(rows))


def test_letters_are_large_enough(printed):
    found = sizes(printed)
    small = sum(count for size, count in found.items() if size < LEAST)
    assert small <= SMALL * sum(found.values()), sorted(found.items())[:5]


def test_the_first_page_is_one_page_and_the_rest_begins_on_the_second(printed):
    pages = [page.extract_text() for page in pypdf.PdfReader(str(printed)).pages]
    assert JA("The year at a glance") in pages[0]
    assert JA("Summary") in pages[1]


def test_pages_are_full_but_for_the_last_of_a_paper(printed):
    pages = list(lines_of(printed))
    drawn = [JA("Indicators in charts") in page.extract_text() for page in pypdf.PdfReader(str(printed)).pages]
    of_text = [page for page, has_charts in zip(pages, drawn, strict=True) if not has_charts]
    long = [filled(size, boxes) for size, boxes in of_text[2:-1] if reach(size, boxes) > 0.9]
    assert len(long) < 2 or sum(long) / len(long) >= 0.5  # one page is no average
    assert [number for number, page in enumerate(pages[:-1], 1) if reach(*page) < 0.25] == []


def test_every_page_says_which_one_it_is(printed):
    pages = [page.extract_text() for page in pypdf.PdfReader(str(printed)).pages]
    assert [number for number, text in enumerate(pages, 1) if f"{number} / {len(pages)}" not in text] == []


def test_no_heading_stands_at_the_foot_of_a_page_alone(report, printed):
    named = [re.sub(r"\s", "", heading.text) for heading in headings(report, JA)]
    footer = re.compile(r"\d+/\d+$")
    for page in pypdf.PdfReader(str(printed)).pages:
        body = re.sub(r"\s", "", page.extract_text())
        data = re.sub(r"\s", "", edition(report, JA) or "")
        body = footer.sub("", body).removesuffix(data)
        assert not [text for text in named if body.endswith(text)], body[-60:]


def test_several_years_print_in_letters_that_are_large_enough(tmp_path):
    found = make_years(Desk(ROOT), range(2022, 2025))
    path = tmp_path / "years.pdf"
    path.write_bytes(draw_papers(years_papers(found, JA), "pdf", JA))
    letters = sizes(path)
    assert sum(count for size, count in letters.items() if size < LEAST) <= SMALL * sum(letters.values())
    pages = list(lines_of(path))
    assert [number for number, page in enumerate(pages[:-1], 1) if reach(*page) < 0.25] == []


def test_no_row_goes_on_without_its_number(report, printed):
    # Where nobody was rated last year, the last heading is of this year alone.
    headed = re.compile(rf"{JA('Status')}{JA('Rating')}(（[^）]*）)?")
    numbers = sorted({row.place.number for row in report.initiatives}, key=len, reverse=True)
    labels = f"【{JA('Issues')}】|【{JA('Plans for the next year')}】|【{JA('Opinions')}】"
    listed = 0
    for page in pypdf.PdfReader(str(printed)).pages:
        text = re.sub(r"\s", "", page.extract_text())
        heads = headed.search(text)
        below = text[heads.end() :] if heads else ""
        first = re.search(labels, below)
        if first:
            listed += 1
            assert any(number in below[: first.start()] for number in numbers), below[:80]
    assert listed


def test_every_sheet_prints_in_letters_that_can_be_read(report):
    data = draw_papers(papers(report, JA), "xlsx", JA)
    book, names = ZipFile(io.BytesIO(data)), CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    areas = dict(
        re.findall(
            r'name="_xlnm.Print_Area" localSheetId="(\d+)">[^<]*\$([A-Z]+)\$\d+<', book.read("xl/workbook.xml").decode()
        )
    )
    for number, name in enumerate(names):
        sheet = book.read(f"xl/worksheets/sheet{number + 1}.xml").decode()
        (setup,) = re.findall(r"<pageSetup [^>]*>", sheet)
        (paper,) = re.findall(r'paperSize="(\d+)"', setup)
        scale = re.findall(r' scale="(\d+)"', setup)
        last = column_number(areas[str(number)])
        columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
        width = sum(7 * 0.75 * float(wide) for first, _, wide in columns if int(first) <= last)
        fitted = int(scale[0]) / 100 if scale else min(1.0, PAGES[paper] / width)
        assert 10 * fitted >= LEAST_IN_EXCEL, (name, fitted)


def column_number(letters):
    """Return the number of a column of these letters, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
