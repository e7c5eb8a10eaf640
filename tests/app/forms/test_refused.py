# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Files that are no form, or another town's, or could harm: each is refused with its reason, nothing is written."""

import io
import json
import re
import zipfile

import pytest

from mizuho_pdca.papers.forms.sheet import stamp_digest
from scripts.fill_form import columns, fill, opened, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def rezipped(data, change=None, drop=(), add=()):
    """Return an Excel file with parts changed, left out or added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in drop:
                part = old.read(name)
                new.writestr(name, part if change is None else change(name, part))
        for name, part in add:
            new.writestr(name, part)
    return result.getvalue()


def restamped(data, **changes):
    """Return a form whose hidden sheet says something else of it, with a digest that fits."""
    book = opened(data)
    sheet = book["_pdca"]
    lines = ["".join(cell.value or "" for cell in row) for row in sheet.iter_rows()]
    head = json.loads(lines[0]) | changes
    lines[0] = json.dumps(head, ensure_ascii=False)
    sheet["A1"] = lines[0]
    sheet.cell(len(lines), 1).value = stamp_digest(lines[:-1])
    return saved(book)


def edited_stamp(data):
    book = opened(data)
    book["_pdca"]["A2"] = "{}"
    return saved(book)


def without_stamp(data):
    book = opened(data)
    del book["_pdca"]
    return saved(book)


def without_headings(data):
    book = opened(data)
    for name in ("回答", "指標一覧"):
        for cell in book[name][4]:
            cell.value = None
    return saved(book)


def far_away(data):
    book = opened(data)
    book["回答"].cell(1_048_576, 16_000).value = "x"
    return saved(book)


def with_dtd(name, part):
    return part.replace(b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet", 1) if "sheet2" in name else part


def unsound(name, part):
    return part.replace(b"</sheetData>", b"") if "sheet2" in name else part


def bomb(data):
    return rezipped(data, add=[("xl/media/image1.png", b"\0" * 101_000_000)])


def lying(data):
    """Return a file with a part that is larger than it says."""
    sound = rezipped(data, add=[("xl/media/image1.png", b"\0" * 1_000_000)])
    at = sound.rindex(b"xl/media/image1.png") - 46 + 24
    return sound[:at] + (10).to_bytes(4, "little") + sound[at + 4 :]


def encrypted_part(data):
    at = data.rindex(b"PK\x01\x02") + 8
    return data[:at] + (1).to_bytes(2, "little") + data[at + 2 :]


REFUSED = {
    "empty": (lambda _: b"", "ファイルが空"),
    "zeros": (lambda _: b"\0" * 100, "ファイルが空"),
    "CSV": (lambda _: "番号,状況\n1,済\n".encode("cp932"), "中身はテキストか CSVです"),
    "HTML": (lambda _: b"<html><table></table></html>", "中身はウェブページ（HTML）です"),
    "XML": (lambda _: b"<?xml version='1.0'?><Workbook/>", "中身はXML の文書です"),
    "PDF": (lambda _: b"%PDF-1.7", "中身はPDF の文書です"),
    "other": (lambda _: b"\x89PNG\r\n\x1a\n\0", "中身はExcel 以外のものです"),
    "password": (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護"),
    "xls": (lambda _: OLE + b"Workbook", "古い形式"),
    "ods": (lambda d: rezipped(d, drop=["xl/workbook.xml"], add=[("content.xml", b""), ("mimetype", b"")]), ".ods"),
    "xlsb": (lambda d: rezipped(d, drop=["xl/workbook.xml"], add=[("xl/workbook.bin", b"")]), ".xlsb"),
    "Word": (
        lambda d: rezipped(d, drop=["xl/workbook.xml"], add=[("word/document.xml", b"")]),
        "Excel ブックではありません",
    ),
    "linked": (lambda d: rezipped(d, add=[("xl/externalLinks/externalLink1.xml", b"<a/>")]), "リンクがある"),
    "bomb": (bomb, "展開すると"),
    "lying": (lying, "壊れていて"),
    "cut off": (lambda d: d[: len(d) // 2], "壊れていて"),
    "a protected part": (encrypted_part, "パスワードで保護"),
    "DTD": (lambda d: rezipped(d, with_dtd), "壊れていて"),
    "unsound XML": (lambda d: rezipped(d, unsound), "壊れていて"),
    "far away": (far_away, "かけ離れたセル"),
    "no form": (without_stamp, "隠しシートがありません"),
    "changed stamp": (edited_stamp, "隠しシートが変わっている"),
    "without headings": (without_headings, "どのシートにも元の見出しがありません"),
    "another plan": (lambda d: restamped(d, plan="other"), "ほかの計画の票です: other"),
    "another town": (lambda d: restamped(d, town="隣町"), "ほかの計画の票です: trial（隣町）"),
    "another version": (lambda d: restamped(d, schema="pdca.form/9"), "ほかの版の pdca"),
    "no year": (lambda d: restamped(d, year="いつか"), "隠しシートが変わっている"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_is_no_form_is_refused_with_its_reason(case, form, take, written, faults):
    make, words = case
    (said,) = faults(take(make(form)))
    assert words in said
    assert "対処: " in said
    assert written() == []


def of_an_earlier_program(data):
    """Return a form as the first programs sent it out: its sheet says how its example is called, and no more of it."""
    book = opened(data)
    sheet = book["_pdca"]
    head, *rows = [json.loads("".join(cell.value or "" for cell in row)) for row in list(sheet.iter_rows())[:-1]]
    del head["done"]
    rows = [row for row in rows if row["sheet"] != "example"]
    texts = [json.dumps(each, ensure_ascii=False) for each in (head | {"example": "記入例"}, *rows)]
    sheet.delete_rows(1, sheet.max_row)
    for number, text in enumerate([*texts, stamp_digest(texts)], start=1):
        sheet.cell(number, 1).value = text
    return saved(book)


@pytest.mark.parametrize("is_cut", [False, True])
def test_a_form_that_an_earlier_program_sent_out_comes_back(is_cut, form, take):
    data = fill(of_an_earlier_program(form), {"回答": {"1-1-1-1": {"状況": "実施中", "当年度の取組": "63社。"}}})
    if is_cut:
        book = opened(data)
        book["回答"].delete_cols(columns(book["回答"])["翌年度の予定"])
        data = saved(book)
    outcome = take(data)
    assert (outcome.faults, [receipt.entry.summary for receipt in outcome.receipts]) == ((), ["63社。"])
    assert len(outcome.told.notes) == is_cut


def test_a_form_of_another_year_is_refused_where_one_is_named(form, take, faults):
    (said,) = faults(take(form, year=2023))
    assert "令和5年度ではなく、令和6年度の票です" in said


def test_a_file_that_is_too_large_is_not_read(take, faults):
    (said,) = faults(take(b"PK\x03\x04" + b"\0" * 20_000_001))
    assert "20000000バイトを超えています" in said


def test_a_folder_in_the_place_of_a_file_is_told(take, tmp_path, desk):
    from mizuho_pdca.app.form_import import import_forms
    from mizuho_pdca.language import translator

    (tmp_path / "back" / "a.xlsx").mkdir(parents=True)
    (tmp_path / "back" / "b.xlsx").write_bytes(b"x")
    done = import_forms(desk, tmp_path / "back", translator("ja"))
    assert [one.name for one in done.outcomes] == ["b.xlsx"]
    assert take is not None


def test_every_place_of_the_stamp_is_within_what_excel_holds(form):
    sheet = opened(form)["_pdca"]
    assert all(len(cell.value or "") <= 32_767 for row in sheet.iter_rows() for cell in row)
    assert sheet.sheet_state == "veryHidden"
    assert re.fullmatch("[0-9a-f]{64}", sheet.cell(sheet.max_row, 1).value)
