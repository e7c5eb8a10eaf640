# mypy: allow-untyped-calls
import io
import re

import pypdf
import pytest

from mizuho_pdca.language import translator
from mizuho_pdca.papers.paper import Cell, Column, Heading, Paper, Papers
from mizuho_pdca.papers.review import papers
from mizuho_pdca.render.pdf.document import pdf
from mizuho_pdca.render.pdf.pages import row_pages

JA = translator("ja")
ROWS = 90


def of_paper(paper):
    return Papers("計画", ("副題",), None, (paper,), ())


def printed(whole):
    """Return on which page each number first stands."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf(whole, JA))).pages]
    found: dict[str, int] = {}
    for number, text in enumerate(pages, start=1):
        for name in re.findall(r"第[0-9]+号", re.sub(r"\s", "", text)):
            found.setdefault(name, number)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("groups", [(), (Heading(0, 0, "一"), Heading(0, 40, "二", ("註",)))])
def test_each_row_is_on_the_page_that_prints_it(groups):
    names = tuple(f"第{number}号" for number in range(ROWS))
    columns = (Column("番号", 8, band=True), Column("本文", 30))
    rows = tuple((Cell(name), Cell("長い文。" * (number % 30))) for number, name in enumerate(names))
    whole = of_paper(Paper("initiatives", "一覧", columns, rows, anchors=names, groups=groups))
    pages = row_pages(whole, JA)
    assert pages == printed(whole)
    assert max(pages.values()) > 2


def test_a_paper_without_anchors_has_no_pages():
    whole = of_paper(Paper("p", "表", (Column("番号"),), ((Cell("1"),), (Cell("2"),))))
    assert row_pages(whole, JA) == {"": 1}


def test_rows_of_a_review_are_found_by_what_they_are_about(report):
    whole = papers(report, JA)
    assert row_pages(whole.only(["summary"]), JA)["summary"] == 2  # behind the first page
    pages = row_pages(whole.only(["initiatives"]), JA)
    assert set(pages) == {row.place.id for row in report.initiatives}
