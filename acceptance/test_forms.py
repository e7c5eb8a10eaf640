# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Forms in the program that offices may have instead of Excel: LibreOffice fills in, saves and prints them."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.form_export import Wish, make_forms
from mizuho_pdca.app.form_import import import_forms
from mizuho_pdca.language import translator
from mizuho_pdca.storage.loading import load
from scripts.fill_form import everything, fill, opened

ROOT = Path(__file__).parents[1]
JA = translator("ja")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ORDER = [
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter"),
    *("mergeCells", "conditionalFormatting", "dataValidations", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks", "ignoredErrors"),
]
"""The elements of a sheet in the order of Excel's schema, as far as a form has them."""

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Fill(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  sheet = book.Sheets.getByName("回答")
  For row = 4 To 33
    For column = 0 To 14
      Select Case sheet.getCellByPosition(column, 3).String
        Case "状況": sheet.getCellByPosition(column, row).String = "実施中"
        Case "当年度の取組": sheet.getCellByPosition(column, row).String = "取り組んだ。" &amp; Chr(10) &amp; row
        Case "評価": sheet.getCellByPosition(column, row).String = "B おおむね順調"
        Case "今後の方向性": sheet.getCellByPosition(column, row).String = "継続"
        Case "翌年度の予定": sheet.getCellByPosition(column, row).String = "続ける。"
      End Select
    Next
  Next
  figures = book.Sheets.getByName("指標一覧")
  figures.getCellRangeByName("G7").Value = 48
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(target, form())
  book.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def soffice(folder, *arguments):
    """Run LibreOffice with a profile of its own."""
    assert shutil.which("soffice"), "soffice is not installed; Debian has it in libreoffice-calc"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", *map(str, arguments))


def run(*command):
    """Run a program and return what it prints."""
    return subprocess.run(command, capture_output=True, check=True, timeout=300).stdout.decode()


@pytest.fixture
def town(tmp_path):
    """Make a workspace without records."""
    folder = tmp_path / "town"
    (folder / "plan").mkdir(parents=True)
    shutil.copyfile(ROOT / "plan" / "measures.yaml", folder / "plan" / "measures.yaml")
    return folder


@pytest.fixture
def form(town, tmp_path):
    """Return the file of its form."""
    (sent,) = make_forms(Desk(town), 2024, JA, Wish())
    path = tmp_path / "form.xlsx"
    path.write_bytes(sent.data)
    return path


def imported(town, path):
    done = import_forms(Desk(town), path, JA, by="産業課").outcomes[0]
    assert [fault.text(JA) for fault in done.faults] == []
    return load(Desk(town).tree, Desk(town).clock()).ledger.in_force


def test_a_form_that_libreoffice_filled_in_comes_back(town, form, tmp_path):
    basic = tmp_path / "profile" / "user" / "basic" / "Standard"
    soffice(tmp_path, "--terminate_after_init")
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(MACRO, encoding="utf-8")
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    back = tmp_path / "back.xlsx"
    soffice(tmp_path, f'macro:///Standard.Module1.Fill("{form.as_uri()}","{back.as_uri()}")')
    entries = imported(town, back)
    assert len([entry for entry in entries if entry.kind != "actual"]) == 90
    assert {entry.status for entry in entries if entry.kind == "activity"} == {"in_progress"}
    assert [len(entry.values) for entry in entries if entry.kind == "actual"] == [1]


def test_a_form_that_libreoffice_saved_keeps_what_it_says_and_asks(town, form, tmp_path):
    filled = fill(form.read_bytes(), everything(form.read_bytes()))
    (tmp_path / "filled.xlsx").write_bytes(filled)
    soffice(tmp_path, "--convert-to", "xlsx", "--outdir", tmp_path / "saved", tmp_path / "filled.xlsx")
    saved = tmp_path / "saved" / "filled.xlsx"
    book = opened(saved.read_bytes())
    assert book["回答"].protection.sheet
    assert len(book["回答"].data_validations.dataValidation) >= 7
    assert book["_pdca"].sheet_state != "visible"
    assert len(imported(town, saved)) == 90


def test_what_excel_demands_of_the_parts_is_kept(form):
    """Excel repairs a file whose elements stand in another order than its schema has them."""
    with zipfile.ZipFile(form) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(names) >= 5
        for name in names:
            top = ET.fromstring(package.read(name))  # noqa: S314 (a file of our own)
            known = [ORDER.index(part.tag.rpartition("}")[2]) for part in top]
            assert known == sorted(known), name
            for rule in top.iter(f"{SHEET}dataValidation"):
                assert len(rule.get("prompt", "")) <= 255
                assert len(rule.get("promptTitle", "")) <= 32
                assert len(rule.findtext(f"{SHEET}formula1", "")) <= 255


def test_a_form_prints_on_pages_of_a3_and_a4(form, tmp_path):
    soffice(tmp_path, "--convert-to", "pdf", "--outdir", tmp_path, form)
    pdf = form.with_suffix(".pdf")
    sizes = re.findall(r"size:\s+([\d.]+ x [\d.]+)", run("pdfinfo", "-l", "99", pdf))
    assert set(sizes) <= {"595.304 x 841.89", "841.89 x 595.304", "1190.55 x 841.89"}
    pages = run("pdftotext", "-layout", pdf, "-").split("\f")
    assert "令和6年度実績" in pages[0]
    assert any("翌年度の予定" in page for page in pages)
    assert len(pages) < 16
