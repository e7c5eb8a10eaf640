# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Old sheets as towns have them: headings in two rows, figures by year, sheets by policy, totals, remarks, dittos."""

import openpyxl  # type: ignore[import-untyped] # it comes without types
import pytest

from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.import_ import column_map, import_, keep_map, open_table
from mizuho_pdca.app.log import log
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator
from tests.app.forms.conftest import in_force

JA = translator("ja")
HEADS = ["番号", "取組", "取組内容", "評価", "課題", "方向性", "翌年度の取組"]
VISITS = ["1-1-1-1", "企業訪問", "40社を訪問した。", "B", None, "継続", "続ける。"]
TALKS = ["1-1-1-2", "説明会", "2回開いた。", "A", None, "拡充", "増やす。"]


@pytest.fixture
def carry(town, tmp_path, make_desk):
    """Import a workbook, given as rows by sheet."""

    def carried(sheets, year=2023, kept=None, merged=(), **more):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for area in merged:
                sheet.merge_cells(area)
        book.save(tmp_path / "t.xlsx")
        table = open_table(tmp_path / "t.xlsx")
        found = column_map(table, kept, year)
        return found, import_(make_desk(town), table, found, year=year, **{"by": "産業課", **more})

    return carried


def faults(done):
    return [fault.text(JA) for fault in done.faults]


def notes(done):
    return [note.text(JA) for note in done.notes]


def by_kind(desk, kind):
    return [entry for entry in in_force(desk) if entry.kind == kind]


# -- headings -----------------------------------------------------------------------------------


TWO_ROWS = [
    ["令和5年度　進捗管理シート"],
    ["施策", "番号", "取組", "令和5年度実績", None, "評価", None, "今後", None],
    [None, None, None, "取組内容", "実績値", "自己評価", "理由", "方向性", "来年度の予定"],
    ["1-1", "1-1-1-2", "説明会", "2回開いた。", None, "A", "達成。", "拡充", "増やす。"],
]
MERGED = ["A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2"]


@pytest.mark.parametrize("merged", [MERGED, []])
def test_headings_in_two_rows_are_read_together(merged, carry, desk):
    found, done = carry({"R5": TWO_ROWS}, merged=merged)
    assert (faults(done), found.head) == ([], 2)
    assert found.headings["summary"] == "令和5年度実績 取組内容"
    assert found.left_out == ["施策"]
    assert [entry.summary for entry in by_kind(desk, "activity")] == ["2回開いた。"]
    assert [(entry.rating, entry.progress) for entry in by_kind(desk, "evaluation")] == [("A", "達成。")]
    assert [(entry.direction, entry.next) for entry in by_kind(desk, "improvement")] == [("拡充", "増やす。")]


BY_YEAR = [
    ["番号", "取組", "指標名", "実績値", None, None, "目標値"],
    [None, None, None, "R4", "R5", "R6", "R8"],
    ["1-1-1-1", "企業訪問", "訪問件数", 35, 40, 45, 60],
]
IN_ONE_ROW = [["番号", "取組", "指標名", "R4実績", "R5実績", "R6実績", "R8目標"], BY_YEAR[2]]
OF_YEARS = ["番号", "取組", "指標名", "令和4年度実績値", "令和5年度実績値", "令和6年度実績値", "目標"]


IN_BRACKETS = ["番号", "取組", "指標名", "R4実績（数値）", "実績値（R5）", "【R6】実績値(令和6年度)", "目標値（R8）"]


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        (BY_YEAR, ["D1:F1"]),
        (BY_YEAR, []),
        (IN_ONE_ROW, []),
        ([OF_YEARS, BY_YEAR[2]], []),
        ([IN_BRACKETS, BY_YEAR[2]], []),
    ],
)
@pytest.mark.parametrize(("year", "value"), [(2022, "35"), (2023, "40"), (2024, "45")])
def test_of_columns_by_year_that_of_the_year_is_taken(rows, merged, year, value, carry, desk):
    found, done = carry({"指標": rows}, year=year, merged=merged)
    assert faults(done) == []
    assert len(found.left_out) == 3
    assert [str(entry.values["visits"]) for entry in by_kind(desk, "actual")] == [value]


def test_what_a_table_plans_for_the_next_year_may_be_named_by_it(carry):
    rows = [["番号", "R5年度の取組内容", "R6年度の取組予定", "R4年度の取組内容"], ["1-1-1-1", "訪問", "続ける", "前年"]]
    found, _ = carry({"R5": rows}, dry=True)
    assert found.headings == {"number": "番号", "summary": "R5年度の取組内容", "next": "R6年度の取組予定"}
    assert found.left_out == ["R4年度の取組内容"]


@pytest.mark.parametrize(("said", "key"), [("町内の会社を年間を通して訪問した。", "summary"), ("実施中", "status")])
def test_a_column_of_how_it_stands_is_what_was_done_where_it_holds_sentences(said, key, carry):
    found, _ = carry({"R5": [["番号", "取組状況"], ["1-1-1-1", said]]}, dry=True)
    assert found.columns == {"number": 0, key: 1}
    found, _ = carry({"R5": [["番号", "取組状況", "取組内容"], ["1-1-1-1", said, "訪問"]]}, dry=True)
    assert found.columns == {"number": 0, "status": 1, "summary": 2}


def test_what_lacks_a_column_is_told_at_the_cell_that_asks_for_it(carry):
    _, done = carry({"R5": [["番号", "取組内容", "翌年度の予定"], ["1-1-1-1", "訪問", "続ける"]]}, dry=True)
    assert ["「R5」C2: 今後の方向性と翌年度の予定は" in text for text in faults(done)] == [True]


def test_columns_without_a_heading_are_named(carry):
    found, _ = carry({"R5": [["番号", "取組内容"], ["1-1-1-1", "訪問", None, "何か"]]}, dry=True)
    assert found.nameless == ["D"]


def test_a_map_of_headings_in_two_rows_is_read_again(carry, tmp_path, desk):
    kept = tmp_path / "map.yaml"
    found, _ = carry({"指標": BY_YEAR}, dry=True)
    keep_map(found, kept)
    assert "value: 実績値 R5" in kept.read_text(encoding="utf-8")
    again, done = carry({"指標": BY_YEAR}, kept=kept)
    assert (again.columns, faults(done)) == (found.columns, [])
    assert [str(entry.values["visits"]) for entry in by_kind(desk, "actual")] == ["40"]


# -- sheets -------------------------------------------------------------------------------------


def test_sheets_with_the_same_headings_are_taken_together(carry, tmp_path, desk):
    sheets = {"方針1": [HEADS, VISITS], "方針2": [["方針2"], HEADS, TALKS], "集計": [["提出数", 2]]}
    found, done = carry(sheets, dry=True)
    assert ([part.sheet.name for part in found.more], found.others) == (["方針2"], ("集計",))
    keep_map(found, tmp_path / "map.yaml")
    again, done = carry(sheets, kept=tmp_path / "map.yaml")
    assert ([part.sheet.name for part in again.more], again.others, faults(done)) == (["方針2"], ("集計",), [])
    assert (done.rows, done.fitting) == (2, 2)
    assert {entry.target for entry in in_force(desk)} == {"1-1-1-1", "1-1-1-2"}


def test_two_sheets_must_not_contradict_each_other(carry):
    other = [*VISITS[:3], "A", *VISITS[4:]]
    _, done = carry({"方針1": [HEADS, VISITS], "方針2": [HEADS, other]})
    (said,) = faults(done)
    assert "「方針2」D2: 同じ番号について、「方針1」の2行目に別のことが書いてあります" in said
    _, done = carry({"方針1": [HEADS, VISITS], "方針2": [HEADS, VISITS]}, dry=True)
    assert (faults(done), len(done.receipts)) == ([], 3)


def test_of_sheets_by_year_that_of_the_year_is_taken(carry, desk):
    sheets = {f"R{year}": [HEADS, [*VISITS[:2], f"{year}年度の訪問。", *VISITS[3:]]] for year in (4, 5, 6)}
    found, done = carry(sheets)
    assert (found.sheet.name, found.more, found.others, faults(done)) == ("R5", (), ("R4", "R6"), [])
    assert [entry.summary for entry in by_kind(desk, "activity")] == ["5年度の訪問。"]


def test_beside_a_sheet_that_is_called_by_the_year_those_without_one_are_left_out(carry, desk):
    sheets = {"産業課": [HEADS, VISITS], "企画課": [HEADS, TALKS], "R5": [HEADS, TALKS]}
    sheets["方針2"] = [["令和5年度　進捗状況"], HEADS, ["1-1-1-3", "相談", "相談を受けた。"]]
    found, done = carry(sheets)
    names = [part.sheet.name for part in (found, *found.more)]
    assert (names, found.others, faults(done)) == (["R5", "方針2"], ("産業課", "企画課"), [])
    assert {entry.target for entry in in_force(desk)} == {"1-1-1-2", "1-1-1-3"}
    found, _ = carry(sheets, year=2024, dry=True)
    assert (found.sheet.name, len(found.more)) == ("産業課", 1)


@pytest.mark.parametrize(
    "title", ["令和5年度　進捗状況", "2023年度の評価", "令和6年5月31日現在", "（R6.5.31時点）", "第2期"]
)
def test_a_title_of_the_year_or_of_a_day_is_no_contradiction(title, carry):
    found, _ = carry({"進捗": [[title], HEADS, VISITS]}, dry=True)
    assert found.years == frozenset()


@pytest.mark.parametrize("head", ["令和4年度取組", "R4取組内容"])
def test_headings_of_another_year_are_none_of_the_sheet_s(head, carry):
    found, _ = carry({"進捗": [["進捗状況"], ["番号", "名称", "取組", head], [*VISITS, "x"]]}, dry=True)
    assert found.years == frozenset()


def test_a_table_that_speaks_of_another_year_alone_is_taken_with_a_word(carry):
    found, done = carry({"進捗": [["令和4年度　進捗状況"], HEADS, VISITS]}, dry=True)
    assert (found.years, len(done.receipts)) == (frozenset({2022}), 3)


def test_a_map_names_sheets_that_there_are(carry, tmp_path):
    kept = tmp_path / "map.yaml"
    kept.write_text("sheet: [方針1, 方針9]\nhead: 1\ncolumns: {number: 番号}\n", encoding="utf-8")
    with pytest.raises(UsageFault, match="no such headings") as raised:
        carry({"方針1": [HEADS, VISITS]}, kept=kept)
    assert "方針9" in raised.value.text(JA)


def test_other_columns_are_asked_for_on_every_sheet_that_has_them(carry):
    other, third = [*HEADS, "備考"], [*HEADS, "メモ"]
    found, _ = carry({"1": [other, VISITS], "2": [other, TALKS], "3": [third, TALKS]}, dry=True)
    assert len(found.more) == 2
    asked = found.with_columns({"number": 0, "summary": 7})
    assert ([part.sheet.name for part in asked.more], asked.others) == (["2"], ("3",))
    assert asked.more[0].columns == {"number": 0, "summary": 7}


# -- rows ---------------------------------------------------------------------------------------


def test_totals_remarks_and_headings_that_are_there_again_are_left_out(carry, desk):
    rows = [
        HEADS,
        VISITS,
        [None, None, "反省会を開いた。"],
        ["小計", None, "2件"],
        [None, None, "宙に浮いた実績"],
        HEADS,
        TALKS,
        [None, None, "※1 年度途中で見直した。"],
        ["総計（2件）", None, "62社"],
        [],
        ["（注）○：順調", None, "何か"],
    ]
    _, done = carry({"R5": rows}, partial_=True)
    assert [text.splitlines()[0] for text in faults(done)] == ["エラー: 「R5」A5: 何についての行か分かりません"]
    assert [text.split("（「")[1].rstrip("」）") for text in notes(done)] == [
        "小計",
        "※1 年度途中で見直した。",
        "総計（2件",
        "（注）○：順調",
    ]
    assert sorted((entry.target, entry.summary) for entry in by_kind(desk, "activity")) == [
        ("1-1-1-1", "40社を訪問した。"),
        ("1-1-1-1", "反省会を開いた。"),
        ("1-1-1-2", "2回開いた。"),
    ]


@pytest.mark.parametrize(
    "text", ["注文住宅の相談会を開いた", "参考図書を配った", "備考欄を設けた", "参考: 冊子を配った"]
)
def test_what_was_done_is_no_remark_however_it_begins(text, carry, desk):
    _, done = carry({"R5": [HEADS, VISITS, [None, None, text], [None, None, "反省会を開いた。"]]})
    assert (faults(done), notes(done)) == ([], [])
    entries = by_kind(desk, "activity")
    assert {entry.target for entry in entries} == {"1-1-1-1"}
    assert sorted(entry.summary for entry in entries) == sorted(["40社を訪問した。", text, "反省会を開いた。"])


@pytest.mark.parametrize("text", ["注文住宅の相談会を開いた", "参考図書を配った"])
def test_what_was_done_below_a_gap_is_told_and_no_remark(text, carry):
    _, done = carry({"R5": [HEADS, VISITS, [], [None, None, text]]})
    assert notes(done) == []
    assert ["「R5」A4: 何についての行か分かりません" in one for one in faults(done)] == [True]


@pytest.mark.parametrize(
    "text", ["※1 見直した。", "（注）○：順調", "注1 見直した。", "備考：なし", "参考　前年は3回", "備考"]
)
def test_a_remark_below_the_table_is_one(text, carry):
    _, done = carry({"R5": [HEADS, VISITS, [], [None, None, text]]}, dry=True)
    assert (faults(done), len(notes(done))) == ([], 1)


def test_below_a_remark_within_merged_cells_a_row_is_still_about_them(carry, desk):
    rows = [HEADS, VISITS, [None, None, "※ 前年は30社"], [None, None, "反省会を開いた。"]]
    _, done = carry({"R5": rows}, merged=["A2:A4", "B2:B4"])
    assert (faults(done), len(notes(done))) == ([], 1)
    assert [entry.target for entry in by_kind(desk, "activity")] == ["1-1-1-1", "1-1-1-1"]


@pytest.mark.parametrize("merged", [["A2:A3"], ["A3:A4"]])
def test_a_total_in_merged_cells_ends_what_stands_above_it(merged, carry):
    _, done = carry({"R5": [HEADS, VISITS, [None, "小計", "2件"], [None, None, "反省会を開いた。"]]}, merged=merged)
    assert ["「R5」A4: 何についての行か分かりません" in one for one in faults(done)] == [True]


def test_an_initiative_that_is_called_a_total_is_none(carry):
    _, done = carry({"R5": [HEADS, ["1-1-1-1", "会計の見直し", "見直した。"]]}, dry=True)
    assert (notes(done), len(done.receipts)) == ([], 1)


@pytest.mark.parametrize(("merged", "wrong"), [([], ["A4"]), (["A2:A4"], [])])
def test_below_a_gap_a_row_is_about_what_it_is_merged_with(merged, wrong, carry):
    rows = [["番号", "取組内容"], ["1-1-1-1", "訪問"], [], [None, "反省会"]]
    _, done = carry({"R5": rows}, merged=merged)
    assert [text.split("」")[1].split(":")[0] for text in faults(done)] == wrong


def test_dashes_dittos_and_marks_of_footnotes_are_read_as_they_are_meant(carry, desk):
    rows = [
        [*HEADS, "指標", "実績"],
        [*VISITS, "訪問件数", "40 ※1"],
        ["1-1-1-2", "説明会", "－", "A※2", "―", "同上", "〃", None, "…"],
    ]
    _, done = carry({"R5": rows})
    assert faults(done) == []
    assert notes(done) == [
        "「R5」I2: 「40 ※1」は、注の印を除いて読みました",
        "「R5」D3: 「A※2」は、注の印を除いて読みました",
    ]
    assert [entry.target for entry in by_kind(desk, "activity")] == ["1-1-1-1"]
    assert [(entry.rating, entry.issues) for entry in by_kind(desk, "evaluation")] == [("B", None), ("A", None)]
    assert {(entry.direction, entry.next) for entry in by_kind(desk, "improvement")} == {("継続", "続ける。")}
    assert [str(entry.values["visits"]) for entry in by_kind(desk, "actual")] == ["40"]


def test_a_percentage_is_one_and_no_fraction(carry, desk, monkeypatch):
    real = openpyxl.Workbook.save

    def shown_in_percent(book, path):
        book["R5"]["D2"].number_format = "0.0%"
        real(book, path)

    monkeypatch.setattr(openpyxl.Workbook, "save", shown_in_percent)
    heads = ["番号", "取組", "指標", "実績値"]
    _, done = carry({"R5": [heads, ["1-1-1-1", "企業訪問", "黒字の割合", 0.485]]})
    assert faults(done) == []
    assert [str(entry.values["share"]) for entry in by_kind(desk, "actual")] == ["48.5"]
    _, done = carry({"R5": [heads, ["1-1-1-1", "企業訪問", "訪問件数", 0.485]]})
    assert ["「R5」D2: " in text and "48.5%" in text for text in faults(done)] == [True]


def test_a_ditto_below_nothing_is_told(carry):
    _, done = carry({"R5": [HEADS, ["1-1-1-1", "企業訪問", "同上"]]})
    assert ["「R5」C2: 「同上」とありますが、上の行に何もありません" in text for text in faults(done)] == [True]


BLANKS = {"a dash": ["－", "－"], "a blank": [None, "訪問"]}


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_a_ditto_below_a_dash_or_a_blank_does_not_look_beyond_it(blank, carry, desk):
    heads = ["番号", "評価", "取組内容"]
    rows = [heads, ["1-1-1-1", "A", "訪問"], ["1-1-1-2", *blank], ["1-1-1-3", "〃", "相談"]]
    _, done = carry({"R5": rows}, partial_=True)
    assert ["「R5」B4: 「〃」とありますが、上の行に何もありません" in text for text in faults(done)] == [True]
    assert [entry.target for entry in by_kind(desk, "evaluation")] == ["1-1-1-1"]


@pytest.mark.parametrize("first", [None, "1-1-1-1"])
def test_blanks_of_one_initiative_hide_nothing_from_a_ditto(first, carry, desk):
    heads = ["番号", "評価", "取組内容"]
    rows = [heads, ["1-1-1-1", "A", "訪問"], [first, None, "反省会"], ["1-1-1-3", "〃", "相談"]]
    _, done = carry({"R5": rows})
    assert faults(done) == []
    assert {(entry.target, entry.rating) for entry in by_kind(desk, "evaluation")} == {
        ("1-1-1-1", "A"),
        ("1-1-1-3", "A"),
    }
    rows[2][1] = "－"
    _, done = carry({"R5": rows}, dry=True)
    assert len(faults(done)) == 1


@pytest.mark.parametrize("between", [[], ["小計", None, "1件"]])
def test_a_ditto_below_a_gap_or_a_total_is_told(between, carry):
    rows = [["番号", "評価", "取組内容"], ["1-1-1-1", "A", "訪問"], between, ["1-1-1-2", "〃", "相談"]]
    _, done = carry({"R5": rows})
    assert ["「R5」B4: 「〃」とありますが" in text for text in faults(done)] == [True]


@pytest.mark.parametrize("about", [["〃", "〃"], ["同上", None], [None, "〃"], ["1-1-1-1", "〃"], ["〃", "企業訪問"]])
def test_a_ditto_in_number_or_name_is_what_stands_above(about, carry, desk):
    _, done = carry({"R5": [HEADS, VISITS, [*about, "反省会を開いた。"]]})
    assert faults(done) == []
    assert [entry.target for entry in by_kind(desk, "activity")] == ["1-1-1-1", "1-1-1-1"]


@pytest.mark.parametrize("about", [["1-1-1-2", "〃"], ["〃", "説明会"]])
def test_a_ditto_of_another_initiative_is_told(about, carry):
    _, done = carry({"R5": [HEADS, VISITS, [*about, "反省会を開いた。"]]})
    assert ["「R5」A3: 番号は" in text for text in faults(done)] == [True]


def test_a_ditto_of_number_and_name_below_a_gap_is_told(carry):
    _, done = carry({"R5": [HEADS, VISITS, [], ["〃", "〃", "反省会を開いた。"]]})
    assert ["「R5」A4: " in text for text in faults(done)] == [True]


OF_DEPARTMENTS = ["番号", "取組", "担当課", "取組内容"]


@pytest.mark.parametrize("rest", [[None, None, None], ["〃", "〃", None], ["〃", "〃", "〃"], [None, None, "〃"]])
def test_who_answered_is_carried_down_with_the_number(rest, carry, desk):
    rows = [
        OF_DEPARTMENTS,
        ["1-1-1-1", "企業訪問", "観光課", "訪問"],
        [*rest, "相談"],
        ["1-1-1-2", "説明会", "企画課", "開催"],
    ]
    _, done = carry({"R5": rows}, by=None)
    assert faults(done) == []
    told = {(entry.summary, entry.by) for entry in by_kind(desk, "activity")}
    assert told == {("訪問", "観光課"), ("相談", "観光課"), ("開催", "企画課")}


def test_who_answered_is_carried_down_to_another_initiative_in_merged_cells_alone(carry, desk):
    rows = [OF_DEPARTMENTS, ["1-1-1-1", "企業訪問", "観光課", "訪問"], ["1-1-1-2", "説明会", None, "開催"]]
    _, done = carry({"R5": rows}, by=None, dry=True)
    assert [receipt.entry.by for receipt in done.receipts] == ["観光課", "産業課"]
    _, done = carry({"R5": rows}, by=None, merged=["C2:C3"])
    assert (faults(done), {entry.by for entry in by_kind(desk, "activity")}) == ([], {"観光課"})


UNFIT = {
    "a word that the plan does not know": ["1-1-1-1", "訪問", "実施", "A"],
    "another fault": ["1-1-1-1", "訪問", "〃", "A"],
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
@pytest.mark.parametrize("sheets", [["R5"], ["R5", "R5続き"]])
def test_what_a_row_that_is_refused_says_is_recorded_of_the_next_that_says_it(unfit, sheets, carry, desk):
    heads, again = ["番号", "取組内容", "状況", "評価"], ["1-1-1-1", "反省会", "実施中", "A"]
    rows = {name: [heads] for name in sheets}
    rows[sheets[0]] = [heads, unfit]
    rows[sheets[-1]] = [*rows[sheets[-1]], again, again]
    _, done = carry(rows, partial_=True)
    assert ["「R5」C2" in text for text in faults(done)] == [True]
    assert (done.rows, done.fitting) == (3, 2)
    assert [entry.summary for entry in by_kind(desk, "activity")] == ["反省会"]
    assert [entry.rating for entry in by_kind(desk, "evaluation")] == ["A"]


def test_what_contradicts_a_row_that_is_refused_is_refused_as_well(carry, written):
    heads = ["番号", "取組内容", "状況", "評価"]
    _, done = carry(
        {"R5": [heads, ["1-1-1-1", "訪問", "実施", "A"], ["1-1-1-1", "反省会", "完了", "B"]]}, partial_=True
    )
    assert ["C2" in text or "D3" in text for text in faults(done)] == [True, True]
    assert written() == []


def test_a_sign_that_is_a_word_of_the_plan_is_that_word(carry, town, desk):
    plan = town / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    states = "    states:\n    - {code: －, name: 評価なし}\n"
    plan.write_text(text.replace("    states:\n", states), encoding="utf-8")
    _, done = carry({"R5": [HEADS, ["1-1-1-1", "企業訪問", "訪問", "－"]]})
    assert faults(done) == []
    assert [entry.rating for entry in by_kind(desk, "evaluation")] == ["－"]


def test_the_words_of_a_column_that_the_plan_does_not_know_are_told_at_once_and_a_map_takes_them(carry, tmp_path, desk):
    marks = ("◎", "○", "△", "○", "見込み")
    names = ("1-1-1-1", "1-1-1-2", "1-1-1-3", "1-1-1-2", "1-1-1-1")
    rows = [
        ["番号", "状況", "取組内容", "評価"],
        *([at, "実施", "訪問", one] for at, one in zip(names[:3], marks[:3], strict=True)),
    ]
    found, done = carry({"R5": rows})
    statuses, ratings = sorted(faults(done), key=lambda text: "評価「" in text)
    assert "「R5」B2 ほか2か所: 状況「実施」に当てはまる言葉がいくつかあります" in statuses
    assert "「R5」D2 ほか2か所: 評価「◎」「○」「△」は、この計画の言葉にありません" in ratings
    assert ratings.endswith('words: {rating: {"◎": …, "○": …, "△": …}}')
    keep_map(found, tmp_path / "map.yaml")
    words = 'words: {rating: {"◎": A, "○": B, "△": C}, status: {"実施": 実施中}}\n'
    with (tmp_path / "map.yaml").open("a", encoding="utf-8") as file:
        file.write(words)
    _, done = carry({"R5": rows}, kept=tmp_path / "map.yaml")
    assert faults(done) == []
    assert sorted(entry.rating for entry in by_kind(desk, "evaluation")) == ["A", "B", "C"]


def test_where_a_column_is_not_known_the_remedy_says_so(carry):
    _, done = carry({"R5": [["番号", "取組内容", "指標値", "実績値", "指標"], ["1-1-1-1", "訪問", None, 40, None]]})
    assert "表のもう一方の列も埋めるか" in faults(done)[0]
    _, done = carry({"R5": [["番号", "取組内容", "課題"], ["1-1-1-1", "訪問", "人手"]]})
    assert "その内容の列が分かっていません。--map のファイルの columns: に rating として書くか" in faults(done)[0]


def test_of_a_refused_table_nothing_is_said_as_if_it_were_recorded(carry):
    rows = [HEADS, VISITS, ["1-1-1-2", "説明会", "開いた。", "S"]]
    _, done = carry({"R5": rows})
    assert done.told("t.xlsx", 2023).notes == ()
    _, done = carry({"R5": rows[:2]})
    assert "状況は「実施中」としました" in " ".join(note.text(JA) for note in done.told("t.xlsx", 2023).notes)


@pytest.mark.parametrize(
    ("heads", "row", "wanted"),
    [
        (["番号", "方向性"], ["1-1-1-1", "がんばる"], ["両方そろえて記録します", "「がんばる」"]),
        (["番号", "状況"], ["1-1-1-1", "やった"], ["行ったことがありません", "「やった」"]),
    ],
)
def test_beside_what_a_row_lacks_what_it_says_is_checked_too(heads, row, wanted, carry, written):
    _, done = carry({"R5": [heads, row]}, partial_=True)
    assert len(faults(done)) == len(wanted), faults(done)
    for words in wanted:
        assert any(words in one for one in faults(done)), (words, faults(done))
    assert written() == []


def test_a_text_that_was_corrected_since_is_not_carried_over_beside_its_correction(carry, desk, written):
    carry({"R5": [HEADS, VISITS]})
    (first,) = by_kind(desk, "activity")
    log(desk, None, "45社を訪問した。", by="課長", correction=Correction(first.id, "見直し"))
    before = written()
    _, done = carry({"R5": [HEADS, VISITS, TALKS]})
    (said,) = faults(done)
    assert "「R5」C2: この年度については、課長が別の内容を記録しています" in said
    assert written() == before


OF_UNITS = {
    "another unit": (["単位", "実績値"], ["社", 40], "社"),
    "thousands": (["単位", "実績値"], ["千件", 40], "千件"),
    "in the heading": (["実績値（千件）"], [40], "千件"),
    "in the heading with the word": (["当年度実績（単位：百件）"], [40], "百件"),
}


@pytest.mark.parametrize("case", OF_UNITS.values(), ids=OF_UNITS)
def test_a_figure_in_another_unit_than_the_plans_is_told_and_a_map_takes_it(case, carry, tmp_path, desk, written):
    heads, row, unit = case
    sheets = {"R5": [["番号", "取組", "指標名", *heads], ["1-1-1-1", "企業訪問", "訪問件数", *row]]}
    found, done = carry(sheets)
    (said,) = faults(done)
    assert f"表の単位は「{unit}」ですが、計画では「訪問件数」の単位は「件」です" in said
    assert written() == []
    keep_map(found, tmp_path / "map.yaml")
    text = (tmp_path / "map.yaml").read_text(encoding="utf-8")
    (tmp_path / "map.yaml").write_text(f'{text}words: {{unit: {{"{unit}": 件}}}}\n', encoding="utf-8")
    assert faults(carry(sheets, kept=tmp_path / "map.yaml")[1]) == []
    assert [str(entry.values["visits"]) for entry in by_kind(desk, "actual")] == ["40"]


@pytest.mark.parametrize("units", [["件", None], ["〃", None], ["－", None], [None, None], ["千件", "件"]])
def test_a_unit_that_is_the_plans_or_is_not_given_is_no_fault(units, carry):
    heads = ["番号", "取組", "指標名", "単位", "当年度実績", "単位"]
    rows = [
        heads,
        ["1-1-1-1", "企業訪問", "黒字の割合", "％", 30],
        ["1-1-1-1", "企業訪問", "訪問件数", units[0], 40, units[1]],
    ]
    assert faults(carry({"R5": rows}, dry=True)[1]) == []


def test_headings_with_the_words_to_choose_from_are_understood(carry):
    heads = [
        "番号",
        "取組内容",
        "自己評価（Ａ～Ｄ）",
        "今後の方向性（拡充・継続・縮小）",
        "翌年度の予定",
        "評価（協議会）",
    ]
    found, _ = carry({"R5": [heads, ["1-1-1-1", "訪問", "B", "継続", "続ける", "A"]]}, dry=True)
    assert found.columns == {"number": 0, "summary": 1, "rating": 2, "direction": 3, "next": 4}


def test_what_was_done_year_by_year_is_no_plan_for_the_next_one(carry, desk):
    heads = ["番号", "R4取組内容", "R5取組内容", "R6取組内容", "方向性", "翌年度の予定"]
    found, done = carry({"取組": [heads, ["1-1-1-1", "四", "五", "六", "継続", "続ける"]]})
    assert (faults(done), found.left_out) == ([], ["R4取組内容", "R6取組内容"])
    assert [entry.summary for entry in by_kind(desk, "activity")] == ["五"]
    assert [entry.next for entry in by_kind(desk, "improvement")] == ["続ける"]
    two, _ = carry({"R5": [["番号", "令和5年度の取組", "令和6年度の取組"], ["1-1-1-1", "五", "六"]]}, dry=True)
    assert two.headings["next"] == "令和6年度の取組"


@pytest.mark.parametrize("text", ['"63社を訪問した。,B', '"63社"を訪問した。,B'])
def test_a_quote_that_is_not_closed_does_not_swallow_what_follows(text, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(f"番号,取組内容,評価\n1-1-1-1,{text}\n1-1-1-2,2回開いた。,A\n", encoding="utf-8")
    with pytest.raises(UsageFault, match="CSV"):
        open_table(path)
