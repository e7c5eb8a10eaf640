# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Tables of past years at the command line: what is understood, asked, kept and told."""

import openpyxl  # type: ignore[import-untyped] # it comes without types
import pytest

from tests.app.forms.conftest import PLAN

HEADS = "番号,取組,取組内容,評価,課題,担当者"
ROW = "1-1-1-1,企業訪問,40社を訪問した。,B,人手,山田"


@pytest.fixture
def table(workspace, monkeypatch):
    """Make a town and a table beside it, and go there."""
    (workspace / "plan" / "measures.yaml").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PDCA_LANG", "ja")

    def made(*lines):
        (workspace / "t.csv").write_text("\n".join(lines), encoding="utf-8")
        return workspace

    return made


def test_a_table_is_carried_over_and_its_map_kept(pdca, table):
    town = table(HEADS, ROW)
    result = pdca("取込", "t.csv", "R5", "--map", "map.yaml", "--by", "事務局")
    assert (result.code, result.err) == (0, "")
    assert "「t.csv」1行目の見出し:\n  番号 ← 番号\n" in result.out
    assert "  取り込まない列: 担当者\n" in result.out
    assert "列の対応を map.yaml に残しました" in result.out
    assert "2件を記録しました" in result.out
    assert (town / "map.yaml").read_text(encoding="utf-8").startswith("sheet: t.csv\nhead: 1\ncolumns: {number: 番号")
    again = pdca("import", "t.csv", "--year", "2023", "--map", "map.yaml")
    assert "記録したもの: 0件、記録済みのもの: 2件" in again.out
    assert "残しました" not in again.out


def test_a_count_below_nothing_may_be_recorded_by_hand(pdca, table):
    table("番号,指標,実績値", "1-1-1-1,訪問件数,△5")
    refused = pdca("import", "t.csv", "2023", "--by", "事務局")
    assert (refused.code, "「t.csv」C2: 「訪問件数」は件で数える指標です" in refused.err) == (2, True)
    command = "pdca actual visits -5 --year 2023 --force"
    assert f"正しければ、次のように記録してから、もう一度取り込んでください: {command}\n" in refused.err
    assert pdca(*command.split()[1:], "--by", "事務局").code == 0
    again = pdca("import", "t.csv", "2023", "--by", "事務局")
    assert (again.code, "記録したもの: 0件、記録済みのもの: 1件" in again.out) == (0, True)


def test_what_is_taken_of_a_workbook_and_what_is_not_is_told(pdca, table):
    town = table(HEADS, ROW)
    book = openpyxl.Workbook()
    for name, target in (("方針1", "1-1-1-1"), ("方針2", "1-1-1-3")):
        sheet = book.create_sheet(name)
        for row in (["令和4年度　進捗"], HEADS.split(","), [target, None, "訪問した。", "B", None, "山田", "メモ"]):
            sheet.append(row)
    book["Sheet"].append(["提出数", 3])
    book.save(town / "t.xlsx")
    result = pdca("import", "t.xlsx", "2023", "--by", "事務局")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[6:10] == [
        "  取り込まない列: 担当者、G列（見出しなし）",
        "  同じ見出しのシート（あわせて取り込みます）: 方針2",
        "  取り込まないシート: Sheet",
        "  ※ 表には令和4年度とあります。令和5年度の記録として取り込みます",
    ]
    assert "4件を記録しました" in result.out


def test_what_does_not_fit_keeps_all_from_being_recorded(pdca, table):
    town = table(HEADS, ROW, "9-9,,何か,A,,")
    result = pdca("import", "t.csv", "2023")
    assert result.code == 2
    assert "「t.csv」A3: 計画に「9-9」はありません。" in result.err
    assert not (town / "records").exists()
    result = pdca("import", "t.csv", "2023", "--partial")
    assert result.code == 0
    assert "2件を記録しました" in result.out
    assert "記入済: 1/2行" in result.out


def test_the_year_must_be_told(pdca, table):
    table(HEADS, ROW)
    result = pdca("import", "t.csv")
    assert (result.code, result.out) == (2, "")
    assert "「--year」が指定されていません" in result.err


def test_at_a_terminal_each_column_is_asked_for(pdca, table, person, monkeypatch):
    table(HEADS, ROW)
    monkeypatch.setenv("PDCA_LANG", "ja")
    person.answers = ["0", "", "", "2", "3", "", "4", "", "", "", "", "5"]
    result = pdca("import", "t.csv", "2023")
    assert result.code == 0
    assert "番号は、どの列ですか" in person.asked[0]
    assert "回答者 ← 担当者" in result.out


def test_a_table_in_which_nearly_everything_is_wrong_is_not_told_row_by_row(pdca, table):
    table(HEADS, *(f"9-9-{number},,何か,,," for number in range(1, 131)))
    result = pdca("import", "t.csv", "2023")
    assert result.code == 2
    assert result.err.count("エラー: ") == 100
    assert result.err.endswith("ほか30件\n")
