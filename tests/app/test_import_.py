# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Tables of past years: what headings mean, what a row says, and what does not fit."""

import io
import re
from zipfile import ZipFile

import openpyxl  # type: ignore[import-untyped] # it comes without types
import pytest
import xlsxwriter  # type: ignore[import-untyped] # it comes without types

from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.import_ import column_map, import_, keep_map, open_table
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.storage.loading import load
from tests.app.forms.conftest import PLAN

HEADS = "番号,事業名,担当課,実施状況,令和5年度の取組内容,自己評価,課題,今後の方向性,来年度の予定,指標,R5実績"
ROW = "1-1-1-1,企業訪問,産業課,実施中,40社を訪問した。,Ｂ,人手,継続,続ける。,訪問件数,40件"


@pytest.fixture
def town(tmp_path):
    """Make the workspace."""
    folder = tmp_path / "town"
    (folder / "plan").mkdir(parents=True)
    (folder / "plan" / "measures.yaml").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture
def carry(town, tmp_path, make_desk):
    """Import a table of lines, as CSV unless told otherwise."""

    def carried(*lines, year=2023, kept=None, encoding="utf-8", name="t.csv", **more):
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode(encoding))
        table = open_table(path)
        found = column_map(table, kept)
        return found, import_(make_desk(town), table, found, year=year, **more)

    return carried


@pytest.fixture
def recorded(town, make_desk):
    """Return the entries of the town."""
    return lambda: load(make_desk(town).tree, make_desk().clock()).ledger.in_force


def told(done):
    return [fault.text(translator("ja")) for fault in done.faults]


def test_a_row_is_recorded_as_if_typed(carry, recorded):
    found, done = carry(HEADS, ROW)
    assert set(found.columns) == {
        "number", "title", "by", "status", "summary", "rating", "issues", "direction", "next", "indicator", "value",
    }  # fmt: skip
    assert (told(done), len(done.receipts), done.rows, done.fitting) == ([], 4, 1, 1)
    made = {entry.kind: entry for entry in recorded()}
    assert (made["activity"].summary, made["activity"].date.isoformat()) == ("40社を訪問した。", "2024-03-31")
    assert (made["evaluation"].rating, made["evaluation"].issues) == ("B", "人手")
    assert (made["improvement"].direction, str(made["actual"].values["visits"])) == ("継続", "40")
    assert {(entry.via, entry.by, entry.year) for entry in recorded()} == {("import", "産業課", 2023)}


def test_the_same_table_again_records_nothing(carry, recorded):
    carry(HEADS, ROW)
    before = len(recorded())
    _, done = carry(HEADS, ROW)
    assert (done.receipts, done.same, len(recorded())) == ((), 4, before)


def test_what_is_recorded_otherwise_already_is_refused(carry, town, make_desk):
    evaluate(make_desk(town), "1-1-1-1", year=2023, rating="A", issues="なし", by="課長")
    _, done = carry(HEADS, ROW)
    assert "課長が別の内容を記録しています" in told(done)[0]
    assert done.is_refused


OTHERWISE = {
    "another status": ("実施中", "完了", "D2"),
    "another rating": ("Ｂ", "A", "F2"),
    "other issues": ("人手", "予算", "G2"),
    "another direction": ("継続", "拡充", "H2"),
    "other plans": ("続ける。", "増やす。", "I2"),
    "another figure": ("40件", "99件", "K2"),
}


@pytest.mark.parametrize("case", OTHERWISE.values(), ids=OTHERWISE)
def test_a_table_that_says_something_else_than_is_recorded_is_refused_at_its_cell(case, carry, recorded):
    old, new, cell = case
    carry(HEADS, ROW)
    before = recorded()
    _, done = carry(HEADS, ROW.replace(old, new))
    assert [
        f"「t.csv」{cell}: この年度については、産業課が別の内容を記録しています" in text for text in told(done)
    ] == [True]
    assert "pdca withdraw 2" in told(done)[0]
    assert (done.is_refused, done.same, recorded()) == (True, 3, before)


def test_each_cell_that_differs_is_told(carry):
    carry(HEADS, ROW)
    _, done = carry(HEADS, ROW.replace("Ｂ,人手", "A,予算"))
    assert [text.split("」")[1].split(":")[0] for text in told(done)] == ["F2", "G2"]


def test_what_is_recorded_is_known_in_any_spelling(carry):
    carry(HEADS, ROW)
    _, done = carry(HEADS, ROW.replace("実施中", "in_progress").replace("Ｂ", "おおむね順調").replace("40件", "４０"))
    assert (told(done), done.receipts, done.same) == ([], (), 4)


@pytest.mark.parametrize(("old", "new", "cell"), [("実施中", "何だか", "D2"), ("40件", "約40", "K2")])
def test_what_can_not_be_understood_is_told_also_where_something_is_recorded(carry, old, new, cell):
    carry(HEADS, ROW)
    _, done = carry(HEADS, ROW.replace(old, new))
    assert [f"「t.csv」{cell}: " in text and new in text for text in told(done)] == [True]
    assert "別の内容" not in told(done)[0]


def test_the_figure_of_a_year_may_be_recorded_in_parts(carry, town, make_desk, recorded):
    for value in ("15", "25"):
        record_actual(make_desk(town), "visits", value, year=2023, by="課長")
    _, done = carry(HEADS, ROW)
    assert (told(done), done.same) == ([], 1)
    assert sorted(str(one.values["visits"]) for one in recorded() if one.kind == "actual") == ["15", "25"]


@pytest.mark.parametrize("title", ["相談", "相 談", "1-1-1-3"])
def test_a_number_beside_the_name_of_another_initiative_is_told(title, carry, recorded):
    _, done = carry(HEADS, ROW, f"1-1-1-2,{title},,,何か,,,,,,")
    (said,) = told(done)
    assert "「t.csv」A3: 番号は 1-1①-2 説明会 のものですが、取組の名前は 1-1①-3 相談 のものです" in said
    assert (done.is_refused, done.fitting, done.rows, recorded()) == (True, 1, 2, [])


@pytest.mark.parametrize("title", ["説明会", "説明", "説明会（再掲）", "昔の名前", "施策", ""])
def test_a_number_holds_beside_a_name_of_its_own_or_of_none(title, carry, recorded):
    _, done = carry(HEADS, f"1-1-1-2,{title},,,何か,,,,,,")
    assert told(done) == []
    assert [entry.target for entry in recorded()] == ["1-1-1-2"]


def test_merged_cells_titles_and_totals_are_understood(carry, recorded):
    _, done = carry(
        "令和5年度 進捗管理シート",
        HEADS,
        "方針1",
        ROW,
        ",,,,,,,,,黒字の割合,48%",
        ",説明会,企画課,,2回開いた。,,,,,,",
        "合計,,,,,,,,,,",
    )
    assert told(done) == []
    assert {entry.target for entry in recorded()} == {"1-1-1-1", "1-1-1-2"}
    assert {slug: str(one) for entry in recorded() if entry.kind == "actual" for slug, one in entry.values.items()} == {
        "visits": "40",
        "share": "48",
    }


UNFIT = {
    "a number that there is not": ("9-9-9-9,,,,何か,,,,,,", "「t.csv」A2: "),
    "a part of the plan": ("1-1,,,,何か,,,,,,", "「t.csv」A2: 「1-1」は 1-1 施策 で、1件ずつ記録する段ではありません"),
    "nothing to tell it by": (",,,,何か,,,,,,", "「t.csv」A2: 何についての行か分かりません"),
    "a status alone": ("1-1-1-1,,,実施中,,,,,,,", "「t.csv」D2: 状況はありますが"),
    "a status that is none": ("1-1-1-1,,,順調,何か,,,,,,", "「t.csv」D2: "),
    "a rating that is none": ("1-1-1-1,,,,何か,S,,,,,", "「t.csv」F2: "),
    "issues alone": ("1-1-1-1,,,,,,人手,,,,", "「t.csv」F2: 説明や課題はありますが"),
    "a direction alone": ("1-1-1-1,,,,,,,継続,,,", "「t.csv」H2: 今後の方向性と翌年度の予定は"),
    "a direction that is none": ("1-1-1-1,,,,,,,様子見,続ける,,", "「t.csv」H2: "),
    "a figure of which indicator": ("1-1-1-1,,,,,,,,,,40", "「t.csv」K2: 実績値はありますが"),
    "a figure that is none": ("1-1-1-1,,,,,,,,,訪問件数,約40", "「t.csv」K2: "),
    "an indicator that is none": ("1-1-1-1,,,,,,,,,売上,40", "「t.csv」K2: "),
}


@pytest.mark.parametrize("case", UNFIT.values(), ids=UNFIT)
def test_a_row_that_does_not_fit_keeps_all_from_being_recorded(case, carry, recorded):
    line, words = case
    _, done = carry(HEADS, line, ROW.replace("1-1-1-1,企業訪問", "1-1-1-3,相談").replace(",訪問件数,40件", ",,"))
    assert words in told(done)[0]
    assert (done.is_refused, recorded()) == (True, [])


def test_rows_that_fit_are_recorded_where_that_is_asked_for(carry, recorded):
    _, done = carry(HEADS, "1-1-1-3,,,,何か,S,,,,,", ROW, partial_=True)
    assert (len(done.faults), done.is_refused, done.fitting, done.rows) == (1, False, 1, 2)
    assert {entry.target for entry in recorded()} == {"1-1-1-1"}
    assert done.told("t.csv", 2023).faults == 0


def test_a_rehearsal_writes_nothing(carry, recorded):
    _, done = carry(HEADS, ROW, dry=True)
    assert (len(done.receipts), recorded()) == (4, [])


def test_two_rows_of_one_initiative_must_not_contradict_each_other(carry, recorded):
    other = "1-1-1-1,,,,反省会。,A,,,,,"
    _, done = carry(HEADS, ROW, other)
    assert "同じ番号について、2行目に別のことが書いてあります" in told(done)[0]
    _, done = carry(HEADS, ROW, "1-1-1-1,,,,反省会。,Ｂ,人手,,,,")
    assert told(done) == []
    assert sorted(entry.summary for entry in recorded() if entry.kind == "activity") == ["40社を訪問した。", "反省会。"]


def test_a_figure_of_two_rows_counts_once(carry, recorded):
    again = "1-1-1-1,企業訪問（再掲）,,,,,,,,visits,４０"
    _, done = carry(HEADS, ROW, again, "1-1-1-1,,,,,,,,,訪問件数,40")
    assert told(done) == []
    assert [str(entry.values["visits"]) for entry in recorded() if entry.kind == "actual"] == ["40"]


def test_two_figures_of_one_indicator_in_two_rows_are_told(carry, recorded):
    _, done = carry(HEADS, ROW, "1-1-1-1,,,,,,,,,訪問件数,41")
    assert [text.splitlines()[0] for text in told(done)] == [
        "エラー: 「t.csv」K3: 同じ番号について、2行目に別のことが書いてあります"
    ]
    assert recorded() == []


def test_each_row_is_held_against_all_above_it(carry, recorded):
    meeting = "1-1-1-1,,,完了,反省会。,,,,,,"
    _, done = carry(HEADS, ROW, meeting, meeting, "1-1-1-1,,,,反省会。,,,,,,", ROW)
    assert told(done) == []
    assert sorted(entry.summary for entry in recorded() if entry.kind == "activity") == ["40社を訪問した。", "反省会。"]
    _, done = carry(HEADS, ROW, meeting, meeting.replace("完了", "実施中"), dry=True)
    assert ["「t.csv」E4: 同じ番号について、3行目" in text for text in told(done)] == [True]


# -- which column holds what --------------------------------------------------------------------


def test_a_map_is_kept_and_read_again(carry, tmp_path, recorded):
    kept = tmp_path / "map.yaml"
    found, _ = carry(HEADS, dry=True)
    keep_map(found, kept)
    text = (
        kept.read_text(encoding="utf-8").replace("{number", "{rating: 区分, number").replace(", rating: 自己評価", "")
    )
    kept.write_text(text + 'words: {rating: {◎: A, －: ""}}\n', encoding="utf-8")
    heads = HEADS.replace("自己評価", "区分")
    found, done = carry(heads, ROW.replace("Ｂ", "◎").replace("人手", ""), kept=kept)
    assert told(done) == []
    assert [entry.rating for entry in recorded() if entry.kind == "evaluation"] == ["A"]
    assert found.left_out == []
    _, done = carry(
        heads, ROW.replace("1-1-1-1,企業訪問", "1-1-1-3,相談").replace("Ｂ,人手", "－,"), kept=kept, dry=True
    )
    assert "evaluation" not in {receipt.entry.kind for receipt in done.receipts}


MAPS = {
    "no YAML": ("head: [", "列の対応のファイルではありません"),
    "another shape": ("head: x", "列の対応のファイルではありません"),
    "a key that is none": ("head: 1\ncolumns: {colour: 番号}", "colour という項目はありません"),
    "a heading that is not there": ("head: 1\ncolumns: {number: №}", "見出しが表にありません: №"),
    "another row": ("head: 9\ncolumns: {number: 番号}", "見出しが表にありません: 番号"),
    "another sheet": ("sheet: R1\nhead: 1\ncolumns: {number: 番号}", "見出しが表にありません: R1"),
}


@pytest.mark.parametrize("case", MAPS.values(), ids=MAPS)
def test_a_map_that_does_not_fit_is_told(case, carry, tmp_path):
    text, words = case
    kept = tmp_path / "map.yaml"
    kept.write_text(text, encoding="utf-8")
    with pytest.raises(UsageFault) as raised:
        carry(HEADS, ROW, kept=kept)
    assert words in raised.value.text(translator("ja"))


def test_results_without_an_indicator_beside_them_are_a_text(carry):
    found, _ = carry("番号,実績", "1-1-1-1,40社を訪問した。")
    assert set(found.columns) == {"number", "summary"}


@pytest.mark.parametrize("lines", [("a,b,c", "1,2,3"), ("担当課,課題", "産業課,人手"), ("",)])
def test_a_table_without_headings_that_are_understood_is_told(carry, lines):
    with pytest.raises(UsageFault, match="no row of headings"):
        carry(*lines)


# -- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_is_read_in_the_encodings_of_offices(carry, encoding):
    _, done = carry(HEADS, ROW, encoding=encoding)
    assert (told(done), len(done.receipts)) == ([], 4)


def test_columns_may_be_parted_by_tabs(carry):
    _, done = carry(HEADS.replace(",", "\t"), ROW.replace(",", "\t"), name="t.tsv")
    assert len(done.receipts) == 4


def test_what_is_no_text_is_told(tmp_path):
    for data, words in ((b"\xff\xfe\0\x81", "neither UTF-8"), (b"a,b\r" + b'"' + b"x" * 200_000, "as CSV")):
        (tmp_path / "t.csv").write_bytes(data)
        with pytest.raises(UsageFault, match=words):
            open_table(tmp_path / "t.csv")


EMPTY_TEXT = ('=IF(Z9="","",Z9)', "")
NEVER_WORKED_OUT = ("=Z9", None)


def as_excel_saves(path):
    """Give cells of an empty text the type that Excel gives them."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, re.sub(rb'<c (r="[A-Z0-9]+")>(<f>IF)', rb'<c \1 t="str">\2', data))


@pytest.fixture
def carry_book(town, tmp_path, make_desk):
    """Import a workbook of rows; a cell is a value, or a formula with its result."""

    def carried(*rows, **more):
        with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
            sheet = book.add_worksheet("R5")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write_formula(number, column, cell[0], None, cell[1] or "")
                    else:
                        sheet.write(number, column, cell)
        as_excel_saves(tmp_path / "t.xlsx")
        table = open_table(tmp_path / "t.xlsx")
        return import_(make_desk(town), table, column_map(table, None), year=2023, **more)

    return carried


@pytest.mark.parametrize(
    ("key", "cell"), [("番号", "A2"), ("事業名", "B2"), ("実施状況", "D2"), ("課題", "G2"), ("指標", "J2")]
)
def test_an_error_in_a_cell_is_told_and_nothing_else_of_it(key, cell, carry_book, recorded):
    heads, row = HEADS.split(","), list[object](ROW.split(","))
    row[heads.index(key)] = ("=Z9", "#REF!")
    done = carry_book(heads, row)
    assert [text.splitlines()[0] for text in told(done)] == [f"エラー: 「R5」{cell}: 回答の代わりに #REF! が出ています"]
    assert (done.is_refused, recorded()) == (True, [])


def test_rows_below_a_number_that_is_an_error_are_not_those_of_the_number_above_it(carry_book, recorded):
    done = carry_book(
        ["番号", "取組内容"], ["1-1-1-1", "訪問"], [("=Z9", "#REF!"), "相談"], ["", "反省会"], partial_=True
    )
    assert [text.split("」")[1].split(":")[0] for text in told(done)] == ["A3", "A4"]
    assert [entry.summary for entry in recorded()] == ["訪問"]


def test_a_formula_that_yields_an_empty_text_says_nothing(carry_book, recorded):
    heads, row = HEADS.split(","), list[object](ROW.split(","))
    row[heads.index("課題")] = row[heads.index("R5実績")] = EMPTY_TEXT
    done = carry_book(heads, row)
    assert told(done) == []
    assert [entry.issues for entry in recorded() if entry.kind == "evaluation"] == [None]
    assert "actual" not in {entry.kind for entry in recorded()}


def test_a_formula_that_was_never_worked_out_is_told(carry_book):
    done = carry_book(["番号", "取組内容"], ["1-1-1-1", NEVER_WORKED_OUT])
    assert [text.splitlines()[0] for text in told(done)] == ["エラー: 「R5」B2: 計算されていない数式が入っています"]


def test_an_error_where_the_department_stands_does_not_matter_where_another_is_named(carry_book, recorded):
    rows = ["番号", "担当課", "取組内容"], ["1-1-1-1", ("=Z9", "#N/A"), "訪問"]
    assert ["B2: " in text for text in told(carry_book(*rows))] == [True]
    assert told(carry_book(*rows, by="事務局")) == []
    assert [entry.by for entry in recorded()] == ["事務局"]


def test_an_error_where_the_department_stands_is_not_carried_down(carry_book, recorded):
    rows = [["番号", "担当課", "取組内容"], ["1-1-1-1", "観光課", "訪問"], ["1-1-1-2", ("=Z9", "#N/A"), "開催"]]
    done = carry_book(*rows, ["", "", "反省会"], partial_=True)
    assert ["B3: " in text for text in told(done)] == [True]
    assert {(entry.summary, entry.by) for entry in recorded()} == {("訪問", "観光課"), ("反省会", "産業課")}


def test_a_workbook_is_read_on_the_sheet_where_most_is_understood(town, tmp_path, make_desk):
    book = openpyxl.Workbook()
    book.active["A1"] = "表紙"
    sheet = book.create_sheet("R5")
    sheet.append([])
    sheet.append([None, *HEADS.split(",")])
    sheet.append([None, *ROW.split(",")])
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "t.xlsx").write_bytes(stream.getvalue())
    table = open_table(tmp_path / "t.xlsx")
    found = column_map(table, None)
    assert (found.sheet.name, found.head) == ("R5", 1)
    assert len(import_(make_desk(town), table, found, year="R5").receipts) == 4
