# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Bad answers: each is reported by its cell with a remedy, and nothing of the file is written."""

import datetime as dt
import re

import pytest

from mizuho_pdca.papers.forms.sheet import PERSON_AT
from scripts.fill_form import HEAD, cell, columns, opened, rows, saved
from tests.app.forms.conftest import FULL, ROW
from tests.app.forms.test_refused import rezipped

pytestmark = pytest.mark.slow

ANSWERS, FIGURES, OPINIONS = "回答", "指標一覧", "意見"
VALUE, REASON = "今年度の実績値", "値がないときの理由"

BAD = {
    "a status that is none": (ANSWERS, ROW, "状況", "未実施"),
    "a status of another plan": (ANSWERS, ROW, "状況", "順調"),
    "two statuses": (ANSWERS, ROW, "状況", "実施"),
    "a number for a status": (ANSWERS, ROW, "状況", 5),
    "a mark for a status": (ANSWERS, ROW, "状況", "○"),
    "a day for a status": (ANSWERS, ROW, "状況", dt.date(2024, 6, 12)),
    "a formula that is an error": (ANSWERS, ROW, "当年度の取組", "#N/A"),
    "a formula without a result": (ANSWERS, ROW, "当年度の取組", "=B5"),
    "a rating that is none": (ANSWERS, ROW, "評価", "S"),
    "a rating of two": (ANSWERS, ROW, "評価", "A・B"),
    "a percentage for a rating": (ANSWERS, ROW, "評価", "80%"),
    "a word for a rating": (ANSWERS, ROW, "評価", "良い"),
    "a formula for a rating": (ANSWERS, ROW, "評価", "=A1"),
    "a direction that is none": (ANSWERS, ROW, "今後の方向性", "様子を見る"),
    "a direction turned round": (ANSWERS, ROW, "今後の方向性", "拡充しない"),
    "an error for a direction": (ANSWERS, ROW, "今後の方向性", "#REF!"),
    "an error in a plan": (ANSWERS, ROW, "翌年度の予定", "#VALUE!"),
    "about": (FIGURES, "visits", VALUE, "約80"),
    "from to": (FIGURES, "visits", VALUE, "80～90"),
    "a number in words": (FIGURES, "visits", VALUE, "八十"),
    "a day that Excel made of 1-1": (FIGURES, "visits", VALUE, dt.date(2024, 1, 1)),
    "another unit": (FIGURES, "visits", VALUE, "80人"),
    "less than nothing": (FIGURES, "visits", VALUE, -5),
    "less than nothing as offices write": (FIGURES, "visits", VALUE, "△5"),
    "half a visit": (FIGURES, "visits", VALUE, 80.5),
    "commas at random": (FIGURES, "visits", VALUE, "12,34"),
    "a decimal comma": (FIGURES, "visits", VALUE, "1,5"),
    "a reason in the figure's cell": (FIGURES, "visits", VALUE, "集計中"),
    "with a remark": (FIGURES, "visits", VALUE, "80（見込み）"),
    "two figures": (FIGURES, "visits", VALUE, "80\n90"),
    "yes or no": (FIGURES, "visits", VALUE, True),
    "an error for a figure": (FIGURES, "visits", VALUE, "#DIV/0!"),
    "a formula for a figure": (FIGURES, "visits", VALUE, "=1+1"),
    "a reason that is none": (FIGURES, "visits", REASON, "忙しい"),
    "an error for a reason": (FIGURES, "visits", REASON, "#NAME?"),
    "a number where words are": (FIGURES, "place", VALUE, 3),
    "a word that is none": (FIGURES, "place", VALUE, "予定"),
    "a source alone": (FIGURES, "visits", "出典（任意）", "台帳"),
    "a state alone": (OPINIONS, "OPINION", "対応状況", "対応中"),
    "a state that is none": (OPINIONS, "OPINION", "対応状況", "保留"),
    "a changed title": (ANSWERS, ROW, "取組", "企業まわり"),
    "a changed number": (ANSWERS, ROW, "番号", "1-1①-9"),
    "a changed target": (FIGURES, "visits", "目標値", 10),
    "a changed opinion": (OPINIONS, "OPINION", "意見", "何もしなくてよい。"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_bad_answer_is_told_by_its_cell_and_nothing_is_written(case, opinion, send, take, written, faults):
    sheet, row, heading, value = case
    row = opinion.id if row == "OPINION" else row
    book = opened(send()[0].data)
    for name, answer in FULL.items():
        cell(book, ANSWERS, "1-1-1-2", name).value = answer
    if heading == "対応状況" and value == "保留":
        cell(book, sheet, row, "対応").value = "考える。"
    if heading == "今後の方向性":
        cell(book, sheet, row, "翌年度の予定").value = "続ける。"
    if heading == "翌年度の予定":
        cell(book, sheet, row, "今後の方向性").value = "継続"
    at = cell(book, sheet, row, heading)
    at.value = value
    before = written()
    said = faults(take(saved(book)))
    assert len(said) == 1, said
    assert f"「{sheet}」{at.coordinate}: " in said[0]
    assert "対処: " in said[0]
    assert written() == before


def test_an_error_where_a_name_is_asked_for_is_nobodys_name(form, take, written, faults):
    book = opened(form)
    at = book.worksheets[0].cell(PERSON_AT[0] + 1, PERSON_AT[1] + 1)
    at.value = "#REF!"
    cell(book, ANSWERS, ROW, "当年度の取組").value = "訪問した。"
    (said,) = faults(take(saved(book)))
    assert f"{at.coordinate}: 回答の代わりに #REF! が出ています" in said
    assert written() == []


def test_where_words_are_asked_for_the_remedy_has_them(form, take, faults):
    (said,) = faults(take(form, {FIGURES: {"place": {VALUE: "予定"}}}))
    assert "対処: 設置、なし のどれかを選んでください" in said


def test_an_error_in_a_given_cell_is_told_as_what_stands_there_now(form, take, faults):
    (said,) = faults(take(form, {ANSWERS: {ROW: {"取組": "#REF!"}}}))
    assert "元は「企業訪問」、今は「#REF!」です" in said


def test_a_changed_heading_is_told_so_that_its_column_is_not_left_out(form, take, written, faults):
    book = opened(form)
    for name, answer in FULL.items():
        cell(book, ANSWERS, ROW, name).value = answer
    heading = book[ANSWERS].cell(HEAD, columns(book[ANSWERS])["状況"])
    heading.value = "状況（済）"
    (said,) = faults(take(saved(book)))
    assert (
        f"「{ANSWERS}」{heading.coordinate}: 「状況（済）」は票の見出しにありません。元の見出し「状況」が見当たりません"
        in said
    )
    assert written() == []


def test_an_answer_merged_over_several_rows_is_told(form, take, written, faults):
    book = opened(form)
    at = cell(book, ANSWERS, ROW, "当年度の取組")
    at.value = "まとめて取り組んだ。"
    book[ANSWERS].merge_cells(start_row=at.row, end_row=at.row + 1, start_column=at.column, end_column=at.column)
    (said,) = faults(take(saved(book)))
    assert f"「{ANSWERS}」{at.coordinate}: 何行かにわたって結合されている" in said
    assert written() == []


def test_what_is_written_on_the_example_is_told(form, take, written, faults):
    book = opened(form)
    at = cell(book, "記入例", "example-full", "当年度の取組")
    at.value = "うちの課の実績です。"
    cell(book, ANSWERS, ROW, "当年度の取組").value = "訪問した。"
    (said,) = faults(take(saved(book)))
    assert f"「記入例」{at.coordinate}: ここは記入例です。書いても記録されません" in said
    assert written() == []


@pytest.mark.parametrize(("sheet", "heads"), [(ANSWERS, ["id", "番号"]), (FIGURES, ["id"])])
def test_rows_that_nothing_names_any_more_are_told_once(sheet, heads, form, take, written, faults):
    book = opened(form)
    for heading, row in (
        ((VALUE, "visits"), (VALUE, "share")) if sheet == FIGURES else (("状況", ROW), ("状況", "1-1-1-3"))
    ):
        cell(book, sheet, row, heading).value = "実施中" if sheet == ANSWERS else 5
    for heading in heads:
        book[sheet].delete_cols(columns(book[sheet])[heading])
    (said,) = faults(take(saved(book)))
    assert f"「{sheet}」: どの行が何についてかを示す列（番号など）がなくなっています" in said
    assert written() == []


def test_an_error_in_a_file_whose_cells_do_not_say_where_they_are_is_told_by_its_cell(form, take, written, faults):
    book = opened(form)
    at = cell(book, ANSWERS, ROW, "当年度の取組")
    at.value = "#N/A"

    def placeless(name, part):
        return re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", part) if "worksheets/" in name else part

    (said,) = faults(take(rezipped(saved(book), placeless)))
    assert f"「{ANSWERS}」{at.coordinate}: 回答の代わりに #N/A が出ています" in said
    assert written() == []


INCOMPLETE = {
    "issues without a rating": ({"課題（あれば）": "人手"}, "評価"),
    "remarks without a rating": ({"評価の説明（任意）": "順調"}, "評価"),
    "a direction without plans": ({"今後の方向性": "継続"}, "翌年度の予定"),
    "plans without a direction": ({"翌年度の予定": "続ける。"}, "今後の方向性"),
}


@pytest.mark.parametrize("case", INCOMPLETE.values(), ids=INCOMPLETE)
def test_what_can_only_be_recorded_together_is_asked_for_by_the_cell_that_is_empty(case, form, take, written, faults):
    answers, missing = case
    at = cell(opened(form), ANSWERS, ROW, missing).coordinate
    (said,) = faults(take(form, {ANSWERS: {ROW: answers}}))
    assert f"「{ANSWERS}」{at}: " in said
    assert written() == []


def test_a_percentage_of_what_is_counted_is_told(form, take, faults):
    book = opened(form)
    at = cell(book, FIGURES, "visits", VALUE)
    at.value, at.number_format = 0.5, "0%"
    (said,) = faults(take(saved(book)))
    assert f"「{FIGURES}」{at.coordinate}: パーセントで表示されていますが、「訪問件数」の単位は件です" in said


def test_a_figure_beside_a_reason_is_told(form, take, faults):
    (said,) = faults(take(form, {FIGURES: {"visits": {VALUE: 3, REASON: "集計中"}}}))
    assert "実績値と、値がない理由の両方が入っています" in said
    assert len(faults(take(form, {FIGURES: {"visits": {VALUE: "約3", REASON: "忙しい"}}}))) == 3


def test_all_faults_are_told_at_once(form, take, written, faults):
    answers = {ANSWERS: {ROW: {"状況": "順調", "評価": "S"}}, FIGURES: {"visits": {VALUE: "約80"}}}
    answers[ANSWERS][ROW]["当年度の取組"] = "訪問した。"
    assert len(faults(take(form, answers))) == 3
    assert written() == []


def test_answers_in_a_row_of_nothing_are_told(form, take, faults):
    book = opened(form)
    sheet = book[ANSWERS]
    sheet.cell(20, columns(sheet)["当年度の取組"]).value = "どこかの話"
    (said,) = faults(take(saved(book)))
    assert "「回答」20行目: 何についての回答か分からない行に、回答があります" in said


def test_a_row_twice_with_different_answers_is_told(form, take, faults):
    book = opened(form)
    sheet = book[ANSWERS]
    row, heads = rows(sheet)[ROW], columns(sheet)
    cell(book, ANSWERS, ROW, "当年度の取組").value = "訪問した。"
    for column in heads.values():
        sheet.cell(20, column).value = sheet.cell(row, column).value
    sheet.cell(20, heads["当年度の取組"]).value = "後から"
    (said,) = faults(take(saved(book)))
    assert "同じ行が2つあり、回答が違います" in said


def test_a_row_of_what_is_not_in_the_plan_or_the_records_is_told(opinion, send, take, faults):
    book = opened(send()[0].data)
    sheets = {ANSWERS: ROW, FIGURES: "visits", OPINIONS: opinion.id}
    for sheet, row in sheets.items():
        cell(book, sheet, row, "id").value = "9-9-9-9"
    said = faults(take(saved(book)))
    for sheet, text in zip(sheets, said, strict=True):
        assert f"「{sheet}」" in text
        assert "もう計画にも記録にもありません" in text


BOTH = {
    "a direction that is none, without plans": (
        ANSWERS,
        ROW,
        {"今後の方向性": "がんばる"},
        {"翌年度の予定": "翌年度の予定が空欄です", "今後の方向性": "「がんばる」は、この計画の言葉にありません"},
    ),
    "a state that is none, without an answer": (
        OPINIONS,
        "OPINION",
        {"対応状況": "うむ"},
        {"対応状況": "「うむ」は、この計画の言葉にありません"},
    ),
}


@pytest.mark.parametrize("case", BOTH.values(), ids=BOTH)
def test_beside_what_is_missing_what_is_there_is_checked_too(case, opinion, send, take, written, faults):
    sheet, row, answers, wanted = case
    form, before = send()[0].data, written()
    row = opinion.id if row == "OPINION" else row
    said = faults(take(form, {sheet: {row: answers}}))
    assert len(said) == 2, said
    for heading, words in wanted.items():
        at = cell(opened(form), sheet, row, heading).coordinate
        assert any(f"「{sheet}」{at}: " in one and words in one for one in said), (at, words, said)
    assert written() == before


def lost_heading(sheet, heads):
    """Clear the heading of a column with answers."""
    sheet.cell(HEAD, heads["評価"]).value = None
    return f"{sheet.cell(HEAD, heads['評価']).coordinate}: 見出しが空欄です。票の見出し「評価」が見当たりません"


def renamed_heading(sheet, heads):
    """Give a column the name that the town has for it."""
    sheet.cell(HEAD, heads["評価"]).value = "自己評価"
    return f"{sheet.cell(HEAD, heads['評価']).coordinate}: 「自己評価」は票の見出しにありません"


def doubled_heading(sheet, heads):
    """Put a column of the same name behind the others."""
    at = sheet.cell(HEAD, max(heads.values()) + 1)
    at.value = " 評 価"
    return f"{at.coordinate}: 「 評 価」の列が2つあり、どちらの回答か分かりません"


@pytest.mark.parametrize("change", [lost_heading, renamed_heading, doubled_heading])
def test_a_column_that_answers_could_be_lost_with_is_told_by_its_heading(change, form, take, written, faults):
    book = opened(form)
    cell(book, ANSWERS, ROW, "評価").value = "B"
    wanted = change(book[ANSWERS], columns(book[ANSWERS]))
    (said,) = faults(take(saved(book)))
    assert f"「{ANSWERS}」{wanted}" in said
    assert written() == []


def test_a_column_of_ones_own_beside_a_deleted_one_can_be_deleted_as_the_remedy_says(form, take, faults):
    book = opened(form)
    sheet = book[ANSWERS]
    sheet.delete_cols(columns(sheet)["評価の説明（任意）"])
    own = max(columns(sheet).values()) + 1
    sheet.cell(HEAD, own).value, sheet.cell(HEAD + 1, own).value = "メモ", "要確認"
    (said,) = faults(take(saved(book)))
    assert "ご自分で足した列なら、その列を削除してください" in said
    sheet.delete_cols(own)
    assert faults(take(saved(book))) == []


def test_a_sheet_whose_headings_are_gone_is_told_beside_one_that_is_read(form, take, written, faults):
    book = opened(form)
    cell(book, ANSWERS, ROW, "当年度の取組").value = "訪問した。"
    cell(book, FIGURES, "visits", VALUE).value = 63
    for heading, column in columns(book[FIGURES]).items():
        book[FIGURES].cell(HEAD, column).value = f"列{heading}"
    (said,) = faults(take(saved(book)))
    assert f"「{FIGURES}」: 見出しが配ったときと違うため、このシートの回答を読み取れません" in said
    assert written() == []


@pytest.mark.parametrize("error", ["#SPILL!", "#ERROR!", "Err:502", "#A&B!"])
def test_an_error_that_no_library_knows_is_told_by_its_cell_too(error, form, take, written, faults):
    book = opened(form)
    at = cell(book, FIGURES, "visits", VALUE)
    at.value, at.number_format = 80, "0"

    def change(name, part):
        if not name.startswith("xl/worksheets/"):
            return part
        pattern = rb'<c r="' + at.coordinate.encode() + rb'"([^>]*) t="n"><v>80</v></c>'
        told = error.replace("&", "&amp;").encode()
        return re.sub(pattern, rb'<c r="' + at.coordinate.encode() + rb'"\1 t="e"><v>' + told + rb"</v></c>", part)

    (said,) = faults(take(rezipped(saved(book), change)))
    assert f"「{FIGURES}」{at.coordinate}: 回答の代わりに {error} が出ています" in said
    assert written() == []


@pytest.mark.parametrize("shown", ["#,##0,", "0.0,,", '#,##0,"千円"', "#,##0,_ ;[Red]-#,##0,"])
def test_a_figure_that_is_shown_in_thousands_is_told(shown, form, take, written, faults):
    book = opened(form)
    at = cell(book, FIGURES, "visits", VALUE)
    at.value, at.number_format = 1234567, shown
    (said,) = faults(take(saved(book)))
    assert f"「{FIGURES}」{at.coordinate}: セルの値は 1234567 ですが" in said
    assert written() == []


@pytest.mark.parametrize("shown", ["#,##0", "#,##0.0", '0","', "#,##0_);(#,##0)"])
def test_a_figure_that_is_shown_with_commas_is_what_it_is(shown, form, take):
    book = opened(form)
    at = cell(book, FIGURES, "visits", VALUE)
    at.value, at.number_format = 1234567, shown
    (receipt,) = take(saved(book)).receipts
    assert str(receipt.entry.values["visits"]) == "1234567"
