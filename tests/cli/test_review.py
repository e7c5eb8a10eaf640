import csv
import io
import json
import re

import pytest


@pytest.fixture
def recorded(pdca):
    """Record a little of FY2024."""
    pdca("log", "1-1②-1", "-m", "3社を訪問した", "-d", "2024-06-12", "-k", "company-visits=48")
    pdca("log", "1-1②-2", "-m", "相談会", "-d", "2024-07-01", "-s", "休止")
    pdca("evaluate", "1-1②-1", "--year", "2024", "--rating", "B")


# -- a new workspace --------------------------------------------------------------------------


@pytest.mark.slow
def test_a_new_workspace_has_a_clean_review(pdca, tmp_path, git):
    assert pdca("init", str(tmp_path / "new")).code == 0
    result = pdca("--lang", "ja", "-C", str(tmp_path / "new"), "review", "2024", "-f", "json")
    assert (result.code, result.err) == (0, "")
    data = json.loads(result.out)
    assert len(data["initiatives"]) == 36
    assert not any(row["reported"] for row in data["initiatives"])
    assert (data["label"], data["problems"], data["sample"]) == ("令和6年度（2024年度）", [], False)
    assert data["as_of"] == {"commit": git(tmp_path / "new", "rev-parse", "HEAD").strip(), "dirty": False}
    assert (data["summary"]["total"]["distinct"], data["summary"]["total"]["not_reported"]) == (30, 30)


@pytest.mark.parametrize("form", ["table", "text", "markdown"])
def test_a_new_workspace_prints_no_percentage_out_of_nothing(pdca, form):
    out = pdca("--lang", "ja", "review", "2024", "-f", form).out
    assert out.count("未入力") >= 36
    assert re.findall(r"\d\s*%\s*\(0", out) == []
    assert "再掲のみ" in re.sub(r"\s", "", out)
    assert "（案）" in out
    assert "令和6年度（2024年度）" in out


# -- review -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_review_counts_what_was_recorded(pdca, recorded):  # noqa: ARG001
    total = json.loads(pdca("review", "R6", "-f", "json").out)["summary"]["total"]
    assert (total["reported"], total["not_reported"]) == (2, 28)
    assert total["implementation"] == {"numerator": 1, "denominator": 29, "percent": "3.4"}
    assert total["rating"]["B"] == 1


@pytest.mark.slow
def test_the_review_is_in_the_plan_s_language_whatever_the_screen_speaks(pdca, monkeypatch):
    monkeypatch.delenv("PDCA_LANG")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert "総括表" in pdca("review", "2024", "-f", "text").out
    assert "Summary" in pdca("--lang", "en", "review", "2024", "-f", "text").out
    assert "（案）" in pdca("plan", "-f", "text").out


@pytest.mark.parametrize(
    ("arguments", "listings"),
    [
        ((), 36),
        (("--policy", "1"), 16),
        (("--policy", "基本方針２"), 10),
        (("--measure", "1－1"), 4),
        (("--measure", "4-3"), 1),
    ],
)
def test_a_part_of_the_plan_can_be_reviewed(pdca, arguments, listings):
    assert len(json.loads(pdca("review", "2024", "-f", "json", *arguments).out)["initiatives"]) == listings


@pytest.mark.parametrize(("paper", "rows"), [("summary", 18), ("initiatives", 36), ("indicators", 32)])
def test_csv_holds_one_table(pdca, paper, rows):
    raw = pdca("review", "2024", "-f", "csv", "--paper", paper).raw
    found = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert abs(len(found) - 1 - rows) <= 2
    assert len({len(row) for row in found}) == 1


@pytest.mark.parametrize(
    ("paper", "title"), [("summary", "総括表"), ("indicators", " 指標一覧"), ("opinions", "意見と対応")]
)
def test_a_table_is_named_by_its_printed_title_as_well(pdca, monkeypatch, paper, title):
    monkeypatch.setenv("PDCA_LANG", "ja")
    named, titled = (pdca("review", "2024", "-f", "csv", "--paper", one) for one in (paper, title))
    assert (titled.code, titled.raw) == (0, named.raw)
    wrong = pdca("review", "2024", "-f", "csv", "--paper", "総括")
    assert (wrong.code, wrong.out) == (2, "")
    assert "summary：総括表、groups：" in wrong.err


def test_csv_holds_the_initiatives_unless_told_otherwise(pdca):
    assert pdca("review", "2024", "-f", "csv").raw == pdca("review", "2024", "-f", "csv", "--paper", "initiatives").raw


@pytest.mark.parametrize(
    ("name", "begins"),
    [("r.json", b"{"), ("r.csv", b"\xef\xbb\xbf"), ("r.md", b"# "), ("r.txt", "瑞穂町".encode()), ("R.JSON", b"{")],
)
def test_the_ending_of_a_file_chooses_the_format(pdca, tmp_path, name, begins):
    result = pdca("review", "2024", "-o", str(tmp_path / name))
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_format_that_was_named_goes_before_the_ending(pdca, tmp_path):
    pdca("review", "2024", "-f", "json", "-o", str(tmp_path / "r.csv"))
    assert json.loads((tmp_path / "r.csv").read_bytes())["schema"] == "pdca.review/1"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["r.xlsx", "r.pdf", "r.docx", "r.html"])
def test_a_file_is_never_of_another_format_than_its_ending_says(pdca, tmp_path, name):
    result = pdca("review", "2024", "-o", str(tmp_path / name))
    written = (tmp_path / name).read_bytes() if (tmp_path / name).exists() else b""
    assert result.code != 0 or not written.startswith("瑞穂町".encode())


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_a_file_and_the_screen_get_the_same(pdca, tmp_path, form):
    pdca("review", "2024", "-f", form, "-o", str(tmp_path / "r"))
    assert (
        (tmp_path / "r").read_bytes()
        == pdca("review", "2024", "-f", form).raw
        == pdca("review", "2024", "-f", form, "-o", "-").raw
    )


@pytest.mark.slow
@pytest.mark.parametrize(("short", "form"), [("md", "markdown"), ("txt", "text")])
def test_formats_have_short_names(pdca, short, form):
    assert pdca("review", "2024", "-f", short).raw == pdca("review", "2024", "-f", form).raw


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "csv"])
def test_a_file_that_is_there_is_replaced_only_when_forced(pdca, tmp_path, form):
    path = tmp_path / "r"
    path.write_bytes(b"mine")
    result = pdca("review", "2024", "-f", form, "-o", str(path))
    assert result.code == 3
    assert path.read_bytes() == b"mine"
    assert "--force" in result.err
    assert pdca("review", "2024", "-f", form, "-o", str(path), "--force").code == 0
    assert path.read_bytes() != b"mine"


@pytest.mark.parametrize("where", ["", ".", "/"])
def test_a_place_that_is_no_file_is_refused_not_crashed_on(pdca, where):
    result = pdca("review", "2024", "-f", "json", "-o", where)
    assert result.code in (2, 3, 4)
    assert "Error: " in result.err


def test_a_folder_that_does_not_exist_is_made_for_the_file(pdca, tmp_path):
    assert pdca("review", "2024", "-o", str(tmp_path / "令和6" / "総括.csv"), "--paper", "summary").code == 0
    assert (tmp_path / "令和6" / "総括.csv").is_file()


@pytest.mark.slow
def test_faulty_entries_are_named_and_left_out(pdca, recorded, workspace, entries):  # noqa: ARG001
    path = workspace / entries()[0]
    path.write_text(path.read_text(encoding="utf-8").replace("in_progress", "実施"), encoding="utf-8")
    result = pdca("review", "2024", "-f", "json")
    assert result.code == 1
    assert f"{entries()[0]}:" in result.err
    assert "E204" in result.err
    data = json.loads(result.out)
    assert [problem["code"] for problem in data["problems"]] == ["E204"]
    assert data["summary"]["total"]["reported"] == 2
    assert pdca("review", "2024").code == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", [(), ("status",), ("plan",), ("review", "2024")])
def test_a_faulty_plan_stops_with_every_problem_and_its_place(pdca, faulty_plan, command):  # noqa: ARG001
    result = pdca("--lang", "ja", *command)
    assert (result.code, result.out) == (1, "")
    assert result.err.count("plan/measures.yaml:") >= 2
    assert "E112" in result.err
    assert "E113" in result.err
    assert "対処: " in result.err


@pytest.mark.slow
def test_the_same_commit_gives_the_same_bytes(pdca, recorded, repository, tmp_path, git):  # noqa: ARG001
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--allow-empty", "-m", "records")
    git(tmp_path, "clone", "--quiet", str(repository), "other")
    for form in ("json", "csv", "text", "markdown"):
        here = pdca("review", "2024", "-f", form).raw
        assert pdca("-C", str(tmp_path / "other"), "review", "2024", "-f", form).raw == here


# -- status -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_status_lists_who_has_not_reported(pdca, recorded):  # noqa: ARG001
    result = pdca("--lang", "ja", "status", "--year", "R6")
    assert result.code == 0
    assert "2/30" in result.out
    assert "未入力" in result.out
    assert "提出済" in result.out
    assert result.out.index("1-1①-1") < result.out.index("1-1②-1")


def test_status_is_of_the_year_that_is_due_unless_told_otherwise(pdca):
    assert json.loads(pdca("status", "-f", "json").out)["fiscal_year"] == 2024
    assert json.loads(pdca("status", "2025", "-f", "json").out)["fiscal_year"] == 2025


@pytest.mark.slow
def test_check_fails_while_somebody_has_not_reported(pdca, workspace):
    assert pdca("status", "--check").code == 1
    assert pdca("status").code == 0
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8").replace("id: 1-1-1-1\n", "id: 1-1-1-1\n        department: 産業課\n", 1)
    path.write_text(text, encoding="utf-8")
    assert pdca("status", "--check", "--department", "産業課").code == 1
    pdca("log", "1-1①-1", "-m", "あっせん")
    result = pdca("status", "2025", "--check", "--department", "産業課")
    assert (result.code, "1/1" in result.out) == (0, True)


def test_status_can_be_written_to_a_file(pdca, tmp_path):
    assert pdca("status", "-o", str(tmp_path / "s.json")).code == 0
    assert json.loads((tmp_path / "s.json").read_bytes())["schema"] == "pdca.status/1"
    assert pdca("status", "-f", "text", "-o", str(tmp_path / "s.json")).code == 3


@pytest.mark.slow
def test_a_faulty_entry_is_not_passed_over_in_silence(pdca, recorded, workspace, entries):  # noqa: ARG001
    path = workspace / entries()[0]
    path.write_bytes(b"\xff")
    assert "pdca validate" in (result := pdca("status", "--year", "2024")).out + result.err
    assert "pdca validate" in (result := pdca()).out + result.err or entries()[0] in result.err


# -- plan -------------------------------------------------------------------------------------


def test_the_plan_is_shown_with_its_numbers_and_indicators(pdca):
    result = pdca("plan", "1-1②")
    assert result.code == 0
    for word in ("1-1②-1", "企業訪問活動の実施", "company-visits", "経営相談会の実施"):
        assert word in re.sub(r"\s", "", result.out)
    assert "1-2①" not in result.out


def test_the_plan_can_be_read_by_a_program(pdca, tmp_path):
    data = json.loads(pdca("plan", "-f", "json").out)
    assert data["schema"] == "pdca.plan/1"
    assert len(data["policies"]) == 4
    assert pdca("plan", "--year", "R6", "-o", str(tmp_path / "plan.md")).code == 0
    assert (tmp_path / "plan.md").read_text(encoding="utf-8").startswith("# 瑞穂町")


@pytest.mark.slow
def test_the_plan_of_a_year_is_the_one_in_force(pdca, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8").replace("{id: 1-1-1-2, title", "{id: 1-1-1-2, from: 2027, title")
    path.write_text(text, encoding="utf-8")
    assert "1-1①-2" not in pdca("plan", "--year", "2026").out
    assert "1-1①-2" in pdca("plan", "--year", "令和9年度").out
    assert "1-1①-2" in pdca("plan").out


# -- nothing is written -----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("status", "--check"),
        ("review", "2024"),
        ("review", "2024", "-f", "json"),
        ("review", "2024", "-f", "csv"),
        ("plan",),
        ("plan", "1", "-f", "markdown"),
        ("validate",),
        ("validate", "-f", "json"),
        ("--help",),
        ("log", "--help"),
    ],
)
def test_a_command_that_reads_writes_nothing(pdca, recorded, repository, snapshot, arguments):  # noqa: ARG001
    before = snapshot()
    assert pdca(*arguments).code in (0, 1)
    assert snapshot() == before


@pytest.mark.slow
def test_the_screen_fits_its_width(pdca, monkeypatch, columns):
    for width in (80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for arguments in (("review", "2024"), ("status",), ("plan",)):
            out = pdca("--lang", "ja", *arguments).out
            assert max(columns(line.rstrip()) for line in out.split("\n")) <= width


# -- what the office must look at -----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.usefixtures("recorded")
def test_the_screen_says_how_much_the_office_must_look_at_and_no_paper_does(pdca):
    result = pdca("review", "2024")
    items = json.loads(pdca("review", "2024", "-f", "json").out)["office"]
    line = f"For the office to look at: {len(items)} (pdca status --year 2024)"
    assert (result.err, result.out.rstrip().rpartition("\n")[2]) == ("", line)
    assert "to look at:" not in pdca("review", "2024", "-f", "text").out
    assert [item["kind"] for item in items].count("not_reported") == 28
    assert [item for item in items if item["kind"] == "unmet_without_issue"] == [
        {
            "kind": "unmet_without_issue",
            "at": "1-1-2-1",
            "number": "1-1②-1",
            "title": "企業訪問活動の実施",
            "department": None,
            "entries": [item["entries"][0] for item in items if item["kind"] == "unmet_without_issue"],
            "message": "not met, no word of issues: 企業訪問件数 (draft): 48, target 60",
        }
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("recorded")
def test_status_has_the_same_list(pdca):
    listed = json.loads(pdca("review", "2024", "-f", "json").out)["office"]
    status = json.loads(pdca("status", "--year", "2024", "-f", "json").out)
    assert [(one["kind"], one["at"]) for one in status["office"]] == [(one["kind"], one["at"]) for one in listed]
    assert f"For the office to look at: {len(listed)} (not reported 28" in pdca("status", "--year", "2024").out


def test_a_second_rating_by_somebody_else_is_said_and_warned_about(pdca):
    pdca("evaluate", "1-1②-1", "--year", "2024", "--rating", "B", "--by", "産業課")
    receipt = pdca("evaluate", "1-1②-1", "--year", "2024", "--rating", "A", "--by", "企画課")
    assert "産業課 has already rated the year B" in receipt.out
    checked = pdca("validate")
    assert (checked.code, checked.out.count("W403")) == (0, 1)
    again = pdca("evaluate", "1-1②-1", "--year", "2024", "--rating", "A", "--by", "企画課")
    assert "this rating takes the place of" in again.out


@pytest.mark.parametrize(
    ("option", "value", "form", "code"),
    [
        ("--paper-size", "A3", "json", 2),
        ("--paper-size", "B4", "xlsx", 2),
        ("--paper-size", "a3", "xlsx", 0),
        ("--charts", "all", "csv", 2),
        ("--charts", "some", "html", 2),
        ("--charts", "all", "html", 0),
    ],
)
def test_how_papers_are_printed_is_chosen_where_it_applies(pdca, tmp_path, option, value, form, code):
    assert pdca("review", "2024", "-f", form, "-o", str(tmp_path / f"r.{form}"), option, value)[0] == code
    assert (tmp_path / f"r.{form}").exists() is (code == 0)
