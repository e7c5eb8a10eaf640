# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Forms at the command line: what is printed, exit codes, and what a wrong line is told."""

import json

import pytest

from scripts.fill_form import cell, columns, fill, opened, saved
from tests.app.forms.conftest import FULL, PLAN, ROW

ANSWERS = "回答"


@pytest.fixture
def town(workspace, monkeypatch):
    """Make a town whose offices answer in Excel, and go there."""
    (workspace / "plan" / "measures.yaml").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PDCA_LANG", "ja")
    return workspace


@pytest.fixture
def filled(pdca, town):
    """Make a form and fill in one row of it."""

    def made(**answers):
        assert pdca("form", "export", "2024", "-o", "form.xlsx", "--force").code == 0
        path = town / "back.xlsx"
        path.write_bytes(fill((town / "form.xlsx").read_bytes(), {ANSWERS: {ROW: FULL | answers}}))
        return path.name

    return made


def test_a_form_goes_out_and_comes_back(pdca, filled, town):
    result = pdca("調査票", "作成", "R6", "-o", "form.xlsx")
    assert (result.code, result.out) == (
        0,
        "form.xlsx を作りました（7行）\n戻ってきたら: pdca form import form.xlsx\n",
    )
    name = filled()
    dry = pdca("form", "import", name, "--dry-run")
    assert (dry.code, dry.err) == (0, "")
    assert "何も書き込んでいません（--dry-run）。" in dry.out
    assert not (town / "records").exists()
    result = pdca("form", "import", name, "--by", "事務局")
    assert (result.code, result.err) == (0, "")
    assert "  1-1①-1 企業訪問\n    活動: 実施中 63社を訪問した。\n    評価: B\n    改善: 継続 続ける。\n" in result.out
    assert "記録したもの: 3件、記録済みのもの: 0件、記入済: 1/3行" in result.out
    assert "3件を記録しました。pdca commit で履歴に登録します。" in result.out
    assert "記録したもの: 0件、記録済みのもの: 3件" in pdca("form", "import", name).out


def test_a_fault_ends_with_its_code_and_its_cell(pdca, filled):
    result = pdca("form", "import", filled(評価="S"))
    assert result.code == 2
    assert "受け付けませんでした" in result.out
    assert "back.xlsx: 「回答」G5: 評価「S」は、この計画の言葉にありません" in result.err
    assert "Traceback" not in result.err


def test_forms_of_one_year_alone_are_taken_where_that_is_asked_for(pdca, filled):
    result = pdca("form", "import", filled(), "--year", "R5")
    assert result.code == 2
    assert "令和5年度ではなく、令和6年度の票です" in result.err
    result = pdca("form", "import", filled(), "--year", "R6")
    assert (result.code, result.err) == (0, "")


def test_a_folder_is_told_in_one_table(pdca, filled, town):
    (town / "back").mkdir()
    good = (town / filled()).read_bytes()
    (town / "back" / "1.xlsx").write_bytes(good)
    (town / "back" / "2.xlsx").write_bytes(b"a,b")
    (town / "back" / "3.xlsx").write_bytes(good)
    (town / "back" / "4.xlsx").write_bytes(good)
    result = pdca("form", "import", "back")
    lines = result.out.splitlines()
    assert result.code == 2
    (head,) = [line for line in lines if line.startswith("ファイル")]
    assert head.split() == ["ファイル", "回答者", "記録", "記録済み", "記入済", "結果"]
    told = {line.split()[0]: line.split()[1:] for line in lines if line[:2] in ("1.", "2.", "3.", "4.")}
    assert (told["1.xlsx"], told["2.xlsx"]) == (
        ["－", "3", "0", "1/3", "あと2行"],
        ["－", "0", "0", "0/0", "受け付けず"],
    )
    assert told["3.xlsx"] == ["－", "0", "3", "1/3", "あと2行"]


def test_what_no_department_sees_to_is_told(pdca, town):
    told = "担当課の記載がない取組1件（1-1①-3 相談 など）は、どの調査票にも入っていません"
    assert told not in pdca("form", "export", "2024", "--each", "-o", "first").out
    path = town / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: 相談, department: 産業課", "title: 相談"), encoding="utf-8")
    assert told in pdca("form", "export", "2024", "--each", "-o", "second").out


def test_each_department_gets_a_file_of_its_own(pdca, town):
    result = pdca("form", "export", "2024", "--each", "-o", "out")
    assert result.code == 0
    assert sorted(path.name for path in (town / "out").iterdir()) == [
        "令和6年度実績 調査票 企画課.xlsx",
        "令和6年度実績 調査票 産業課.xlsx",
    ]
    assert "pdca form import out" in result.out
    assert pdca("form", "export", "2024", "--each", "-o", "out").code == 3
    assert pdca("form", "export", "2024", "--each", "-o", "out", "--force").code == 0
    assert "行）" in pdca("form", "export", "2024", "--department", "企画課", "-o", "one.xlsx").out


def test_who_has_answered_is_listed_with_a_mail_to_the_others(pdca, town):
    out = pdca("form", "status", "2024").out
    assert "まだ配っていない" in out
    assert "調査票を配るには: pdca form export 2024 --each -o 調査票" in out
    pdca("form", "export", "2024", "--each", "-o", "out")
    out = pdca("form", "status", "2024").out
    assert "まだ戻らない" in out
    assert "調査票を配るには" not in out
    (own,) = (town / "out").glob("*企画課.xlsx")
    (town / "own.xlsx").write_bytes(fill(own.read_bytes(), {ANSWERS: {"1-1-1-2": FULL}}))
    pdca("form", "import", "own.xlsx")
    out = pdca("form", "status", "2024").out
    assert "1-1①-1、1-1①-3" in pdca("form", "status", "2024", "-f", "text").out
    head, mail = out.split("まだの課へのメール文案：\n\n")
    assert "企画課" in head
    assert mail.startswith("======== 産業課 ========\n件名：")
    assert "まだ届いていません（2行のうち2行）" in mail
    assert "・1-1①-1 企業訪問\n・1-1①-3 相談\n" in mail
    assert "企画課" not in mail
    rows = json.loads(pdca("form", "status", "2024", "-f", "json").out)
    assert rows["schema"] == "pdca.forms/1"
    assert [(row["department"], row["state"], row["complete"], row["asked"]) for row in rows["departments"]] == [
        ("産業課", "sent", 0, 2),
        ("企画課", "complete", 1, 1),
    ]
    assert [(row["sent"], row["back"]) for row in rows["departments"]] == [
        ("2025-06-15", None),
        ("2025-06-15", "2025-06-15"),
    ]
    (other,) = (town / "out").glob("*産業課.xlsx")
    (town / "other.xlsx").write_bytes(fill(other.read_bytes(), {ANSWERS: {ROW: FULL}}))
    pdca("form", "import", "other.xlsx")
    assert "戻り（未完）" in pdca("form", "status", "2024").out
    (town / "other.xlsx").write_bytes(fill(other.read_bytes(), {ANSWERS: {ROW: FULL, "1-1-1-3": FULL}}))
    pdca("form", "import", "other.xlsx")
    out = pdca("form", "status", "2024").out
    assert "件名" not in out
    assert "そろったもの: 3/3" in out


def states(pdca):
    """Return how far each department is."""
    rows = json.loads(pdca("form", "status", "2024", "-f", "json").out)["departments"]
    return {row["department"]: (row["state"], row["complete"]) for row in rows}


def test_a_form_for_everybody_is_back_from_those_whose_rows_are_filled_in(pdca, town):
    pdca("form", "export", "2024", "-o", "form.xlsx")
    assert states(pdca) == {"産業課": ("sent", 0), "企画課": ("sent", 0)}
    blank = (town / "form.xlsx").read_bytes()
    (town / "1.xlsx").write_bytes(fill(blank, {ANSWERS: {"1-1-1-2": {"当年度の取組": "開いた。"}}}))
    assert pdca("form", "import", "1.xlsx").code == 0
    assert states(pdca) == {"産業課": ("sent", 0), "企画課": ("back", 0)}
    (town / "2.xlsx").write_bytes(fill(blank, {ANSWERS: {ROW: FULL}, "指標一覧": {"firms": {"今年度の実績値": 3}}}))
    assert pdca("form", "import", "2.xlsx").code == 0
    assert states(pdca) == {"産業課": ("back", 1), "企画課": ("back", 0)}
    assert "answered: [産業課, 企画課]" in (town / "forms" / "2024.yaml").read_text(encoding="utf-8")


def test_a_form_for_everybody_that_came_back_as_it_went_out_is_back_from_those_with_nothing_to_add(pdca, town):
    pdca("form", "export", "2024", "-o", "form.xlsx")
    (town / "1.xlsx").write_bytes(fill((town / "form.xlsx").read_bytes(), {ANSWERS: {"1-1-1-2": FULL}}))
    assert pdca("form", "import", "1.xlsx").code == 0
    (town / "forms" / "2024.yaml").unlink()
    pdca("form", "export", "2024", "-o", "again.xlsx")
    assert states(pdca) == {"産業課": ("sent", 0), "企画課": ("complete", 1)}
    assert "記録したもの: 0件" in pdca("form", "import", "again.xlsx").out
    rows = json.loads(pdca("form", "status", "2024", "-f", "json").out)["departments"]
    assert [row["back"] is not None for row in rows] == [False, True]


def test_who_says_on_a_form_for_everybody_which_department_it_is_is_believed(pdca, town):
    pdca("form", "export", "2024", "-o", "form.xlsx")
    book = opened((town / "form.xlsx").read_bytes())
    book["はじめに"]["C4"] = "企画課"
    cell(book, ANSWERS, ROW, "当年度の取組").value = "訪問した。"
    (town / "1.xlsx").write_bytes(saved(book))
    pdca("form", "import", "1.xlsx")
    assert states(pdca) == {"産業課": ("back", 0), "企画課": ("back", 0)}


def test_a_row_of_another_department_in_a_departments_form_counts_as_its_answer(pdca, town):
    pdca("form", "export", "2024", "--each", "-o", "out")
    (own,), (other,) = ((town / "out").glob(f"*{name}.xlsx") for name in ("企画課", "産業課"))
    book, source = opened(own.read_bytes()), opened(fill(other.read_bytes(), {ANSWERS: {"1-1-1-3": FULL}}))
    sheet, from_other = book[ANSWERS], source[ANSWERS]
    for heading in columns(from_other):
        sheet.cell(20, columns(sheet)[heading]).value = cell(source, ANSWERS, "1-1-1-3", heading).value
    (town / "own.xlsx").write_bytes(saved(book))
    pdca("form", "import", "own.xlsx")
    assert states(pdca) == {"産業課": ("back", 1), "企画課": ("back", 0)}
    (town / "other.xlsx").write_bytes(fill(other.read_bytes(), {ANSWERS: {"1-1-1-2": FULL}}))
    (town / "forms" / "2024.yaml").unlink()
    pdca("form", "import", "other.xlsx")
    assert states(pdca) == {"産業課": ("back", 1), "企画課": ("complete", 1)}


def test_a_plan_without_departments_has_one_line_for_all(pdca, town):
    plan = town / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    for line in ("        department: 産業課\n", "        department: [企画課, 産業課]\n", ", department: 産業課"):
        text = text.replace(line, "")
    plan.write_text(text, encoding="utf-8")
    assert "pdca form export 2024 -o 調査票.xlsx" in pdca("form", "status", "2024").out
    pdca("form", "export", "2024", "-o", "form.xlsx")
    (town / "1.xlsx").write_bytes((town / "form.xlsx").read_bytes())
    pdca("form", "import", "1.xlsx")
    assert states(pdca) == {None: ("back", 0)}
    (town / "1.xlsx").write_bytes(fill((town / "form.xlsx").read_bytes(), {ANSWERS: {ROW: FULL}}))
    pdca("form", "import", "1.xlsx")
    assert states(pdca) == {None: ("back", 1)}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("form", "export", "2024"), "-o がありません"),
        (("form", "export", "2024", "-o", "-"), "-o がありません"),
        (("form", "export", "2024", "-o", "x.xlsx", "--each", "--council"), "一緒に使えません"),
        (("form", "export", "2024", "-o", "plan/measures.yaml", "--each"), "フォルダーではありません"),
        (("form", "export", "2024", "-o", "x.xlsx", "--department", "福祉課"), "福祉課"),
        (("form", "export", "2040", "-o", "x.xlsx"), "計画期間"),
        (("form", "import", "nowhere.xlsx"), "nowhere.xlsx がありません"),
        (("form", "import"), "指定されていません"),
        (("form", "send"), "send"),
        (("form", "status", "2024", "-f", "csv"), "csv"),
    ],
)
@pytest.mark.usefixtures("town")
def test_a_wrong_line_is_told(pdca, line, words):
    result = pdca(*line)
    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_a_plan_without_departments_has_one_form(pdca, workspace, monkeypatch):
    monkeypatch.chdir(workspace)
    result = pdca("form", "export", "2024", "--each", "-o", "out")
    assert result.code == 2
    assert "Leave --each out" in result.err


def test_the_parts_have_help_pages_and_japanese_names(pdca):
    out = pdca("--lang", "ja", "form", "--help").out
    assert "export 作成" in out
    assert "それぞれの説明は pdca form コマンド --help で出ます。" in " ".join(out.split())
    for part in ("export", "import", "status"):
        assert f"pdca form {part}" in pdca("form", part, "--help").out


def test_a_form_for_a_meeting_is_made(pdca, town):
    assert pdca("form", "export", "2024", "--council", "-o", "meeting.xlsx").code == 0
    assert not (town / "forms").exists()


def test_a_list_of_words_is_told_once(pdca, town):
    pdca("form", "export", "2024", "-o", "form.xlsx")
    bad = FULL | {"今後の方向性": "現状維持"}
    (town / "back.xlsx").write_bytes(fill((town / "form.xlsx").read_bytes(), {ANSWERS: {ROW: bad, "1-1-1-2": bad}}))
    result = pdca("form", "import", "back.xlsx")
    assert result.code == 2
    assert result.err.count("「現状維持」") == 2
    assert result.err.count("次のどれかを書いてください") == 1
    assert result.err.count("上と同じです") == 1
