# mypy: allow-untyped-calls
import json

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from mizuho_pdca.storage.workspace import own_plan

OUTLINE = "番号,名称,再掲先,担当課,備考\n1,経営,,,\n1-1,相談,,,\n1-1-1,,1-1-2,,\n1-1-2,訪問,,産業課,\n"


@pytest.fixture
def outline(tmp_path):
    """Write an outline as Excel saves it, and return its path."""
    path = tmp_path / "体系表.csv"
    path.write_bytes(OUTLINE.encode("cp932"))
    return path


@pytest.mark.slow
def test_a_workspace_made_from_an_outline_works_at_once(pdca, tmp_path, outline):
    new = tmp_path / "new"
    header = ("--title", "第2次計画", "--municipality", "見本町", "--council", "見本会議")
    made = pdca("init", str(new), "--outline", str(outline), *header, "--from-year", "R6", "--until-year", "2028")
    assert (made.code, made.err) == (0, "")
    not_all = "(it does not look for ★ that are left)"
    assert made.out.split("\n") == [
        f"Made: {new}",
        "The outline has 3 levels (基本方針 1, 施策 1, 取組 2), 1 of the lowest are relistings.",
        '  ※ the column "備考" was not used',
        f"First fill in what is marked ★ in {new}/plan/measures.yaml, then: pdca -C {new} validate {not_all}",
        "The first commit holds the plan.",
        f'Next: pdca -C {new} log 1-1-2 -m "…"',
        f"To have every commit checked: pdca init {new} --hook",
        "",
    ]
    assert pdca("-C", str(new), "validate").code == 0
    shown = pdca("-C", str(new), "plan", "-f", "json")
    assert shown.code == 0
    plan = json.loads(shown.out)["plan"]
    assert (plan["title"], plan["municipality"], plan["council"]) == ("第2次計画", "見本町", "見本会議")
    assert plan["period"] == {"from": 2024, "until": 2028}
    assert "訪問" in pdca("-C", str(new), "plan").out
    assert pdca("-C", str(new), "log", "1-1-1", "-m", "1社を訪ねた。").code == 0


def test_an_outline_is_told_in_the_words_of_its_levels(pdca, tmp_path, outline):
    outline.write_text("番号,名称\n1,経営\n1-1,相談\n1-1-1,受付\n1-1-1-1,訪問\n1-1-1-2,窓口\n", encoding="utf-8")
    made = pdca("--lang", "ja", "init", str(tmp_path / "new"), "--outline", str(outline))
    told = "体系表から4段（基本方針1、基本施策1、施策1、取組2）を読み取りました。再掲はありません。"
    assert (made.code, made.out.splitlines()[1]) == (0, told)


def test_all_faults_of_an_outline_are_told_and_nothing_is_written(pdca, tmp_path, outline):
    outline.write_text(OUTLINE.replace("訪問", "").replace("1-1,", "1月1日,"), encoding="utf-8")
    result = pdca("init", str(tmp_path / "new"), "--outline", str(outline))
    assert (result.code, result.out) == (1, "")
    assert "体系表.csv row 3 (cell A3)" in result.err
    assert "体系表.csv row 5 (cell B5)" in result.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--outline", "a.csv", "--from", "b.yaml"), ["--from", "--outline"]),
        (("--title", "計画", "--from-year", "2024"), ["--title", "--from-year", "--outline"]),
        (("--from", "b.yaml", "--council", "会議"), ["--council", "--outline"]),
        (("--outline", "a.csv", "--from-year", "いつか"), ["いつか"]),
        (("--outline", "a.csv", "--from-year", "R8", "--until-year", "R7"), ["2026", "2025"]),
    ],
)
def test_options_that_do_not_go_together_are_refused(pdca, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    result = pdca("init", str(tmp_path / "new"), *arguments)
    assert result.code == 2
    assert all(word in result.err for word in words)
    assert not (tmp_path / "new").exists()


def test_an_outline_that_is_not_there_is_named(pdca, tmp_path):
    result = pdca("init", str(tmp_path / "new"), "--outline", str(tmp_path / "absent.xlsx"))
    assert result.code == 4
    assert "absent.xlsx" in result.err


def test_a_plan_without_initiatives_has_nothing_to_record_yet(pdca, tmp_path):
    plan = tmp_path / "empty.yaml"
    plan.write_text(own_plan().partition("\npolicies:")[0] + "\npolicies: []\n", encoding="utf-8")
    made = pdca("init", str(tmp_path / "new"), "--from", str(plan))
    assert (made.code, made.out.count("\n")) == (0, 3)
    assert " log " not in made.out


def test_the_help_names_the_columns(pdca):
    shown = "".join(pdca("init", "--help").out.split())
    assert all(word in shown for word in ("番号", "名称", "再掲先", "担当課", "関係機関", "--outline"))


def test_notes_of_hidden_rows_and_the_number_to_begin_with_are_printed(pdca, tmp_path):
    path = tmp_path / "体系表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        table = book.add_worksheet()
        for row, cells in enumerate(
            (("番号", "名称"), ("Ⅰ", "経営"), ("（1）", "相談"), ("ア", "訪問"), ("イ", "融資"))
        ):
            table.write_row(row, 0, cells)
        table.set_row(4, None, None, {"hidden": True})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Sheet1!$A$2:$A$3"})
        book.add_chartsheet().set_chart(chart)
    made = pdca("init", str(tmp_path / "new"), "--outline", str(path))
    assert (made.code, made.err) == (0, "")
    assert "  ※ 1 hidden rows were read as well: 5\n" in made.out
    assert 'log 1-1-1 -m "…"' in made.out
    plan = pdca("-C", str(tmp_path / "new"), "plan").out
    assert all(printed in plan for printed in ("Ⅰ", "（1）", "ア", "イ"))


def test_an_error_of_excel_is_told_with_its_cell(pdca, tmp_path):
    path = tmp_path / "体系表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        table = book.add_worksheet()
        table.write_row(0, 0, ("番号", "名称", "再掲先"))
        table.write_row(1, 0, ("1", "経営"))
        table.write_formula(1, 2, "=VLOOKUP(1,A:B,2)", None, "#N/A")
    result = pdca("init", str(tmp_path / "new"), "--outline", str(path))
    assert (result.code, result.out) == (1, "")
    assert '体系表.xlsx row 2 (cell C2): the cell holds no value but "#N/A"' in result.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("体系.xlsx", b"PK\x03\x04"),
        ("体系.yaml", b"PK\x03\x04"),
        ("体系.xls", b"\xd0\xcf\x11\xe0"),
        ("体系.csv", OUTLINE.encode("cp932")),
        ("体系.CSV", OUTLINE.encode()),
        ("体系.tsv", OUTLINE.encode("utf-16")),
    ],
)
def test_a_table_given_as_a_plan_is_answered_with_the_option_for_it(pdca, tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    result = pdca("init", str(tmp_path / "new"), "--from", str(tmp_path / name))
    assert result.code == 2
    assert f"pdca init {tmp_path / 'new'} --outline {tmp_path / name}" in result.err
    assert "Notepad" not in result.err
    assert not (tmp_path / "new").exists()


def test_a_number_that_several_nodes_print_is_refused_with_all_of_them(pdca, tmp_path):
    path = tmp_path / "体系表.csv"
    path.write_text("番号,名称\n1,経営\n1-1,相談\nア,訪問\n1-2,支援\nア,融資\n", encoding="utf-8")
    new = str(tmp_path / "new")
    assert pdca("init", new, "--outline", str(path)).code == 0
    result = pdca("-C", new, "log", "ア", "-m", "訪ねた。")
    assert result.code == 2
    assert "1-1-1  訪問" in result.err
    assert "1-2-1  融資" in result.err
    assert pdca("-C", new, "log", "1-2-1", "-m", "貸した。").code == 0
