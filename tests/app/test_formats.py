# mypy: allow-untyped-calls
import io
import json
import re
import sys
from typing import get_args

import pytest

from mizuho_pdca.app.formats import FileFormat, amount, draw
from mizuho_pdca.app.review import make_review
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.language import translator
from mizuho_pdca.render.csv import review as as_csv

JA = translator("ja")
BEGINS = {"csv": b"\xef\xbb\xbf", "json": b"{", "xlsx": b"PK", "html": b"<!", "pdf": b"%PDF", "docx": b"PK"}


@pytest.fixture
def report(make_desk, workspace):
    return make_review(make_desk(workspace), 2024)


@pytest.mark.slow
@pytest.mark.parametrize("form", get_args(FileFormat))
def test_every_format_is_drawn_and_begins_as_such_files_do(report, form):
    assert draw(report, form, JA).startswith(BEGINS[form])


@pytest.mark.slow
@pytest.mark.parametrize("form", get_args(FileFormat))
def test_every_format_has_the_same_bytes_for_the_same_report(report, form):
    assert draw(report, form, JA) == draw(report, form, JA)


@pytest.mark.slow
def test_the_pages_of_a_pdf_are_counted_as_it_counts_them_itself(report):
    drawn = draw(report, "pdf", JA)
    counted = max(int(number) for number in re.findall(rb"/Type */Pages.{0,80}?/Count (\d+)", drawn, re.DOTALL))
    held = amount("pdf", drawn)
    assert counted > 1
    assert held is not None
    assert held.text(JA) == f"{counted}ページ"


@pytest.mark.slow
def test_the_sheets_of_a_workbook_are_counted(report):
    from python_calamine import CalamineWorkbook

    drawn = draw(report, "xlsx", JA)
    held = amount("xlsx", drawn)
    assert held is not None
    assert held.text(JA) == f"{len(CalamineWorkbook.from_filelike(io.BytesIO(drawn)).sheet_names)}シート"


@pytest.mark.parametrize("paper", ["summary", "initiatives", "indicators", "opinions"])
def test_a_csv_file_holds_the_paper_that_was_asked_for(report, paper):
    assert draw(report, "csv", JA, paper) == as_csv.review(report, JA, paper)


def test_json_speaks_the_language_of_whoever_asks(report):
    assert json.loads(draw(report, "json", JA))["label"] == "令和6年度（2024年度）"
    assert json.loads(draw(report, "json", str))["label"] == "FY2024"


@pytest.mark.parametrize(
    ("form", "package"), [("pdf", "typst"), ("xlsx", "xlsxwriter"), ("docx", "docx"), ("html", "jinja2")]
)
def test_a_package_that_is_missing_is_named(report, monkeypatch, form, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EnvironmentFault) as caught:
        draw(report, form, JA)
    assert package in caught.value.text(str)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("form", ["csv", "json"])
def test_plain_formats_need_no_other_package(report, monkeypatch, form):
    for package in ("typst", "xlsxwriter", "docx", "jinja2", "vl_convert"):
        monkeypatch.setitem(sys.modules, package, None)
    assert draw(report, form, JA)
