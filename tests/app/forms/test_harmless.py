# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""What people do to forms and mean no harm by: each is taken, and read as it is meant."""

import datetime as dt

import pytest
from openpyxl.comments import Comment  # type: ignore[import-untyped] # it comes without types

from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.language import translator
from scripts.fill_form import HEAD, cell, columns, fill, opened, rows, saved
from tests.app.forms.conftest import FULL, ROW, in_force
from tests.app.forms.test_refused import rezipped

pytestmark = pytest.mark.slow

ANSWERS, FIGURES, OPINIONS, VALUE = "回答", "指標一覧", "意見", "今年度の実績値"
REASON = "値がないときの理由"


def sort(book):
    sheet = book[ANSWERS]
    numbers = sorted(rows(sheet).values())
    held = [[sheet.cell(number, column).value for column in columns(sheet).values()] for number in numbers]
    for number, values in zip(numbers, reversed(held), strict=True):
        for column, value in zip(columns(sheet).values(), values, strict=True):
            sheet.cell(number, column).value = value


def hide_rows(book):
    for number in rows(book[ANSWERS]).values():
        book[ANSWERS].row_dimensions[number].hidden = True


def hide_columns(book):
    for letter in "CDE":
        book[ANSWERS].column_dimensions[letter].hidden = True


def new_sheet(book):
    book.create_sheet("メモ", 0)["A1"] = "番号"


def rename_sheet(book):
    book[ANSWERS].title = "R6回答"


def move_column(book):
    book[ANSWERS].insert_cols(3)


def move_down(book):
    book[ANSWERS].insert_rows(2, 3)


def drop_column(book):
    book[ANSWERS].delete_cols(columns(book[ANSWERS])["評価の説明（任意）"])


def drop_given_column(book):
    book[ANSWERS].delete_cols(columns(book[ANSWERS])["昨年度の実績"])


def drop_sheets(book):
    del book["記入例"]


def empty_rows(book):
    book[ANSWERS].insert_rows(HEAD + 2, 2)


def write_beside(book):
    book[ANSWERS].cell(HEAD + 1, 30).value = "※要確認"


def write_below(book):
    book[ANSWERS].cell(40, 1).value = "以上"


def colour(book):
    from openpyxl.styles import PatternFill  # type: ignore[import-untyped] # the same

    cell(book, ANSWERS, ROW, "評価").fill = PatternFill("solid", fgColor="FF0000")
    cell(book, ANSWERS, ROW, "評価").comment = Comment("確認済", "課長")


def same_row_twice(book):
    sheet = book[ANSWERS]
    for column in columns(sheet).values():
        sheet.cell(30, column).value = sheet.cell(rows(sheet)[ROW], column).value


def copy_sheet(book):
    book.copy_worksheet(book[ANSWERS]).title = "回答 (2)"


def answer_in_a_copy(book):
    copy_sheet(book)
    for heading in [*FULL, "当年度の取組"]:
        cell(book, ANSWERS, ROW, heading).value = None


def turn_columns_round(book):
    sheet = book[ANSWERS]
    numbers = [HEAD, *rows(sheet).values()]
    for number in numbers:
        values = [cell.value for cell in sheet[number]]
        for at, value in zip(sheet[number], reversed(values), strict=True):
            at.value = value


def blank_heading(book):
    sheet = book[ANSWERS]
    sheet.cell(HEAD, columns(sheet)["昨年度の実績"]).value = "昨年度の\n実績 "


def pasted_breaks(book):
    cell(book, ANSWERS, ROW, "当年度の取組").value = "63社を\r\n訪問した。\r\n"


def blanks(book):
    cell(book, ANSWERS, ROW, "当年度の取組").value = "　63社を\n訪問した。  \n"
    cell(book, ANSWERS, ROW, "課題（あれば）").value = "　"


def answer(heading, value, row=ROW):
    def put(book):
        cell(book, ANSWERS, row, heading).value = value

    return put


DONE = {
    "sorted": sort,
    "hidden rows": hide_rows,
    "hidden columns": hide_columns,
    "a sheet of their own": new_sheet,
    "another name for a sheet": rename_sheet,
    "a column in between": move_column,
    "rows above": move_down,
    "a column deleted": drop_column,
    "a given column deleted": drop_given_column,
    "the example deleted": drop_sheets,
    "empty rows": empty_rows,
    "a remark beside": write_beside,
    "a remark below": write_below,
    "colours and comments": colour,
    "a row twice": same_row_twice,
    "a copy of the sheet": copy_sheet,
    "answers in a copy of the sheet": answer_in_a_copy,
    "columns in another order": turn_columns_round,
    "a heading with a break": blank_heading,
    "pasted breaks": pasted_breaks,
    "blanks": blanks,
    "a code alone": answer("評価", "B"),
    "a code in full width": answer("評価", "Ｂ"),
    "a name alone": answer("評価", "おおむね順調"),
    "a polite status": answer("状況", "実施中です"),
    "a status with blanks": answer("状況", " 実施中　"),
    "a direction with blanks": answer("今後の方向性", "　継続"),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", DONE.values(), ids=DONE)
def test_what_is_harmless_is_taken(change, form, take, desk, faults):
    book = opened(form)
    for heading, value in FULL.items():
        cell(book, ANSWERS, ROW, heading).value = value
    cell(book, ANSWERS, ROW, "当年度の取組").value = "63社を\n訪問した。"
    change(book)
    outcome = take(saved(book))
    assert faults(outcome) == []
    made = {entry.kind: entry for entry in in_force(desk)}
    assert set(made) == {"activity", "evaluation", "improvement"}
    assert {entry.target for entry in made.values()} == {ROW}
    assert (made["activity"].status, made["activity"].summary.strip()) == ("in_progress", "63社を\n訪問した。")
    assert (made["evaluation"].rating, made["evaluation"].issues) == ("B", None)
    assert (made["improvement"].direction, made["improvement"].next) == ("継続", "続ける。")


FIGURE = {
    "a number": ("visits", 80, "80"),
    "a number as text": ("visits", "80", "80"),
    "full width": ("visits", "８０", "80"),
    "with its unit": ("visits", "80件", "80"),
    "full width with its unit": ("visits", "１，２３４件", "1234"),
    "with commas": ("visits", "1,234", "1234"),
    "of a formula's fractions": ("share", 0.1 + 0.2, "0.3"),
    "percent as text": ("share", "50%", "50"),
    "percent in full width": ("share", "５０．５％", "50.5"),
    "a word": ("place", "設置", True),
    "yes": ("place", "はい", True),
    "TRUE": ("place", True, True),
    "nothing yet": ("visits", 0, "0"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", FIGURE.values(), ids=FIGURE)
def test_a_figure_is_read_however_it_is_written(case, form, take, desk, faults):
    slug, value, expected = case
    assert faults(take(form, {FIGURES: {slug: {VALUE: value}}})) == []
    (entry,) = in_force(desk)
    held = entry.values[slug]
    assert (held if isinstance(held, bool) else str(held)) == expected


def test_a_percentage_that_excel_keeps_as_a_fraction_is_one(form, take, desk):
    book = opened(form)
    at = cell(book, FIGURES, "share", VALUE)
    at.value, at.number_format = 0.505, "0.0%"
    take(saved(book))
    (entry,) = in_force(desk)
    assert str(entry.values["share"]) == "50.5"


def test_a_text_that_excel_took_for_a_day_is_kept_as_one(form, take, desk):
    take(form, {ANSWERS: {ROW: {"当年度の取組": dt.date(2024, 6, 12)}}})
    (entry,) = in_force(desk)
    assert entry.summary == "2024-06-12"


def test_a_percent_sign_that_is_only_shown_makes_no_percentage(form, take, desk):
    book = opened(form)
    at = cell(book, FIGURES, "share", VALUE)
    at.value, at.number_format = 50, '0"%"'
    take(saved(book))
    (entry,) = in_force(desk)
    assert str(entry.values["share"]) == "50"


def test_a_figure_written_as_a_text_in_a_percent_cell_is_what_it_says(form, take, desk):
    book = opened(form)
    at = cell(book, FIGURES, "share", VALUE)
    at.value, at.number_format = "50", "0%"
    take(saved(book))
    (entry,) = in_force(desk)
    assert str(entry.values["share"]) == "50"


@pytest.mark.parametrize("sign", ["－", "-", "ー", " — "])
def test_a_dash_in_the_place_of_a_text_says_nothing(sign, form, take, desk):
    outcome = take(form, {ANSWERS: {ROW: FULL | {"当年度の取組": sign, "課題（あれば）": sign}}})
    made = {entry.kind: entry for entry in in_force(desk)}
    assert (outcome.faults, made["activity"].summary) == ((), "年度末の状況（調査票の回答）")
    assert made["evaluation"].issues is None
    assert outcome.complete == 0
    assert take(form, {ANSWERS: {"1-1-1-3": {"当年度の取組": sign}}}).receipts == ()


@pytest.mark.parametrize("sign", ["－", "-", "ー", " — "])
def test_a_dash_in_the_place_of_a_word_or_a_figure_says_nothing(sign, opinion, send, take, written):
    words = dict.fromkeys(("状況", "評価", "今後の方向性"), sign)
    figures = {
        "visits": {VALUE: sign},
        "share": {VALUE: sign, REASON: "集計中"},
        "place": {VALUE: sign, REASON: sign},
        "firms": {VALUE: 5, REASON: sign},
    }
    before = written()
    answers = {ANSWERS: {ROW: words}, FIGURES: figures, OPINIONS: {opinion.id: {"対応状況": sign}}}
    outcome = take(send()[0].data, answers)
    assert outcome.faults == ()
    assert [(receipt.entry.values, receipt.entry.missing) for receipt in outcome.receipts] == [
        ({}, {"share": "集計中"}),
        ({"firms": 5}, {}),
    ]
    assert len(written()) == len(before) + 2


def test_a_dash_in_the_place_of_a_word_that_is_recorded_takes_nothing_back(desk, send, take, written):
    evaluate(desk, ROW, year=2024, rating="B", by="産業課")
    before = written()
    outcome = take(send()[0].data, {ANSWERS: {ROW: {"評価": "－"}}})
    assert (outcome.faults, written()) == ((), before)
    assert "空になっています" in outcome.told.notes[0].text(translator("ja"))


DASHES_OF_PLANS = {
    "a status": ("name: 未着手}\n  - {code: p", "name: 未着手, aliases: [－]}\n  - {code: p", ANSWERS, ROW, "状況"),
    "a rating": ("    states:\n", "    states:\n    - {code: －, name: 評価なし}\n", ANSWERS, ROW, "評価"),
    "a reason": ("{name: 対象外}]", "{name: －}]", FIGURES, "visits", REASON),
    "a figure": ("no: なし", "no: －", FIGURES, "place", VALUE),
}


@pytest.mark.parametrize("case", DASHES_OF_PLANS.values(), ids=DASHES_OF_PLANS)
def test_a_dash_that_is_a_word_of_the_plan_is_that_word(case, town, send, take):
    before, after, sheet, row, heading = case
    plan = town / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    assert before in text
    plan.write_text(text.replace(before, after), encoding="utf-8")
    said = {"当年度の取組": "訪問した。"} if heading == "状況" else {}
    outcome = take(send()[0].data, {sheet: {row: said | {heading: "－"}}})
    assert (outcome.faults, len(outcome.receipts)) == ((), 1)
    entry = outcome.receipts[0].entry
    held = {"状況": "status", "評価": "rating", REASON: "missing", VALUE: "values"}[heading]
    assert getattr(entry, held) in ("not_started", "－", {"visits": "－"}, {"place": False})


def test_rows_that_are_gone_are_told_and_counted_as_missing(form, take):
    book = opened(form)
    for heading, value in FULL.items():
        cell(book, ANSWERS, ROW, heading).value = value
    book[ANSWERS].delete_rows(rows(book[ANSWERS])["1-1-1-3"])
    del book[FIGURES]
    outcome = take(saved(book))
    assert (len(outcome.receipts), outcome.complete, outcome.asked) == (3, 1, 3)
    assert [note.text(translator("ja")) for note in outcome.told.notes] == [
        "「指標一覧」のシートの行が1つも見当たりません。配った4行は記録しません",
        "配った票にあった行がありません。その分は記録しません: 1-1①-3",
    ]


def test_of_many_rows_that_are_gone_some_are_named(opinion, send, take):
    book = opened(send()[0].data)
    for name in ("visits", "share", "place"):
        book[FIGURES].delete_rows(rows(book[FIGURES])[name])
    for name in ("1-1-1-1", "1-1-1-2"):
        book[ANSWERS].delete_rows(rows(book[ANSWERS])[name])
    (note,) = take(saved(book)).told.notes
    told = "1-1①-1、1-1①-2、訪問件数、黒字の割合、拠点の設置"
    assert note.text(translator("ja")) == f"配った票にあった行がありません。その分は記録しません: {told}"
    cell(book, ANSWERS, "1-1-1-3", "当年度の取組").value = "受けた。"
    book[OPINIONS].delete_rows(rows(book[OPINIONS])[opinion.id])
    assert "「意見」のシートの行が1つも見当たりません" in take(saved(book)).told.notes[0].text(translator("ja"))


def test_a_workbook_with_macros_is_read_and_nothing_of_it_is_run(form, take, faults):
    plain, macros = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    change = lambda name, part: part.replace(plain, macros) if name == "[Content_Types].xml" else part  # noqa: E731
    data = rezipped(fill(form, {ANSWERS: {ROW: FULL}}), change, add=[("xl/vbaProject.bin", b"Sub Auto_Open()")])
    outcome = take(data, name="戻り.xlsm")
    assert (faults(outcome), len(outcome.receipts)) == ([], 3)


@pytest.mark.parametrize("name", ["戻り.xlsm", "令和6年度 産業課 (2).xlsx", "答.XLSX"])
def test_the_name_of_the_file_does_not_matter(name, form, take, faults):
    outcome = take(form, {ANSWERS: {ROW: FULL}}, name=name)
    assert (faults(outcome), len(outcome.receipts)) == ([], 3)


def test_a_row_of_another_departments_form_is_taken(send, take, faults):
    other, own = (one.data for one in send(each=True))
    book, source = opened(own), opened(other)
    sheet, from_other = book[ANSWERS], source[ANSWERS]
    row = next(number for name, number in rows(from_other).items() if name not in rows(sheet))
    for heading, column in columns(from_other).items():
        sheet.cell(20, columns(sheet)[heading]).value = FULL.get(heading, from_other.cell(row, column).value)
    outcome = take(saved(book))
    assert (faults(outcome), len(outcome.receipts)) == ([], 3)
