# mypy: allow-untyped-calls
import io
import sys

import pytest

LOG = ("log", "1-1②-1", "-m", "3社を訪問した", "-d", "2024-06-12")


def name_of(result):
    """Return the name of the entry that a receipt is about."""
    return next(line for line in result.out.split("\n") if line.startswith("  records/")).rpartition("/")[2][:-5]


# -- log --------------------------------------------------------------------------------------


def test_what_was_done_is_one_file_and_a_receipt(pdca, entries, workspace):
    result = pdca(*LOG, "-s", "実施中", "-k", "company-visits=3", "--by", "商工会", "--link", "https://x.example")
    assert (result.code, result.err) == (0, "")
    assert entries() == ["records/2024/1-1-2-1/2024-06-12-000001.yaml"]
    for word in ("1-1②-1 企業訪問活動の実施", "FY2024", "2024-06-12", "商工会", "実施中", "3件", entries()[0]):
        assert word in result.out
    text = (workspace / entries()[0]).read_text(encoding="utf-8")
    assert "summary: 3社を訪問した\n" in text
    assert "values: {company-visits: 3}\n" in text
    assert "- https://x.example\n" in text
    assert pdca("validate").code == 0


@pytest.mark.parametrize("number", ["１－１－２－１", "1-1②-1", "1－1②－1"])
@pytest.mark.parametrize(
    "day", ["2024-06-12", "2024/6/12", "R6.6.12", "令和6年6月12日", "２０２４．６．１２", "20240612"]
)
def test_numbers_and_days_may_be_typed_in_any_form(pdca, entries, number, day):
    assert pdca("log", number, "-m", "訪問", "-d", day).code == 0
    assert entries() == ["records/2024/1-1-2-1/2024-06-12-000001.yaml"]


@pytest.mark.parametrize(
    ("day", "path"),
    [
        ("昨日", "records/2025/1-1-2-1/2025-06-14-000001.yaml"),
        ("今日", "records/2025/1-1-2-1/2025-06-15-000001.yaml"),
        ("2025-02-10", "records/2024/1-1-2-1/2025-02-10-000001.yaml"),
        ("2025-03-31", "records/2024/1-1-2-1/2025-03-31-000001.yaml"),
        ("2025-04-01", "records/2025/1-1-2-1/2025-04-01-000001.yaml"),
    ],
)
def test_the_fiscal_year_of_the_day_is_the_folder(pdca, entries, day, path):
    assert pdca("log", "1-1②-1", "-m", "訪問", "-d", day).code == 0
    assert entries() == [path]


def test_a_relisting_goes_to_its_original(pdca, entries):
    result = pdca("log", "1-6①-1", "-m", "交流会", "-d", "2024-06-12")
    assert entries() == ["records/2024/1-3-1-1/2024-06-12-000001.yaml"]
    assert "1-3①-1" in result.out


def test_a_whole_part_of_the_plan_takes_a_record_as_well(pdca, entries):
    assert pdca("log", "1-1", "-m", "打合せ", "-d", "2024-06-12").code == 0
    assert entries() == ["records/2024/1-1/2024-06-12-000001.yaml"]


def test_the_status_is_inherited_and_said(pdca, entries, workspace):
    assert "実施中" in pdca(*LOG).out
    pdca(*LOG, "-s", "休止")
    assert "休止" in pdca("log", "1-1②-1", "-m", "再び", "-d", "2024-07-01").out
    assert "status: suspended\n" in (workspace / entries()[-1]).read_text(encoding="utf-8")


def test_a_text_is_read_from_standard_input(pdca, entries, workspace):
    raw = b"\xef\xbb\xbf" + "一行目\r\n  二行目: #\r\n".encode()
    assert pdca("log", "1-1②-1", "-m", "-", "-d", "2024-06-12", stdin=raw).code == 0
    assert "summary: |-\n  一行目\n    二行目: #\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize("raw", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_standard_input_is_a_missing_text(pdca, entries, raw):
    result = pdca("log", "1-1②-1", "-m", "-", stdin=raw)
    assert result.code == 2
    assert "-m" in result.err
    assert entries() == []


def test_a_text_of_a_japanese_console_is_understood(pdca, entries, workspace):
    assert pdca("log", "1-1②-1", "-m", "-", "-d", "2024-06-12", stdin="3社を訪問した①".encode("cp932")).code == 0
    assert "summary: 3社を訪問した①\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize("raw", [b"\x81", b"\xff\xfe\x00", "3社".encode("utf-16")])
def test_bytes_that_are_no_text_are_refused(pdca, entries, raw):
    result = pdca("log", "1-1②-1", "-m", "-", stdin=raw)
    assert result.code == 2
    assert "UTF-8" in result.err
    assert entries() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate", "1-1②-1", "--year", "2024", "--rating", "B", "--progress", "-"),
        ("evaluate", "1-1②-1", "--year", "2024", "--rating", "B", "--issues", "-"),
        ("actual", "company-visits", "3", "--year", "2024", "--source", "-"),
        ("log", "1-1②-1", "-m", "x", "--supersedes", "000001", "--reason", "-"),
        ("withdraw", "000001", "--reason", "-"),
    ],
)
def test_every_text_may_come_from_standard_input(pdca, entries, workspace, arguments):
    pdca(*LOG)
    assert pdca(*arguments, stdin="管路から来た文章".encode()).code == 0
    assert "管路から来た文章" in (workspace / entries()[-1]).read_text(encoding="utf-8")


def test_the_clock_s_zone_is_recorded(pdca, entries, workspace):
    pdca(*LOG)
    assert "recorded: 2025-06-15T10:30:00+09:00\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


def test_a_sample_is_marked(pdca, entries, workspace):
    assert "見本" in pdca("--lang", "ja", *LOG, sample=True).out
    assert "sample: true\n" in (workspace / entries()[0]).read_text(encoding="utf-8")
    assert "見本" in pdca("--lang", "ja").out


# -- --commit ---------------------------------------------------------------------------------


def test_commit_takes_the_entry_alone(pdca, repository, git, entries):
    (repository / "staged.txt").write_text("x", encoding="utf-8")
    with (repository / "plan" / "measures.yaml").open("a", encoding="utf-8") as plan:
        plan.write("# メモ\n")
    git(repository, "add", "staged.txt")
    assert pdca(*LOG, "--commit").code == 0
    assert git(repository, "show", "--format=", "--name-only", "HEAD").split() == entries()
    assert git(repository, "status", "--porcelain").rstrip().split("\n") == [" M plan/measures.yaml", "A  staged.txt"]
    assert "Pdca-Entry: 2024-06-12-000001" in git(repository, "log", "-1", "--format=%B")


def test_where_the_commit_fails_the_entry_is_kept_and_the_exit_code_says_so(pdca, entries):
    result = pdca(*LOG, "--commit")
    assert result.code == 4
    assert entries()
    assert entries()[0] in result.out
    assert "git init -b main" in result.err
    assert SAVED in result.err


SAVED = "The record is saved; do not type it again. Remove the cause, then type pdca commit.\n"


@pytest.mark.slow
def test_every_reason_why_a_commit_fails_is_said_with_what_to_do(pdca, repository, git, monkeypatch, tmp_path):
    def failed(word):
        result = pdca(*LOG, "--by", "x", "--commit")
        assert result.code == 4
        assert word in result.err
        assert result.err.endswith(SAVED)

    (repository / ".gitignore").write_text("records/\n", encoding="utf-8")
    failed("a .gitignore keeps 1 files of the plan and the records out")
    (repository / ".gitignore").unlink()
    (repository / ".git" / "index.lock").touch()
    failed("another git is at work")
    (repository / ".git" / "index.lock").unlink()
    git(repository, "config", "commit.gpgSign", "true")
    git(repository, "config", "gpg.program", "/bin/false")
    failed("gpg")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    failed("git does not know")


def test_what_the_system_refuses_while_it_commits_is_said_in_the_same_way(pdca, repository):
    (repository / ".git" / "index").unlink()
    (repository / ".git" / "index").mkdir()
    result = pdca(*LOG, "--commit")
    assert result.code == 4
    assert result.err.endswith(SAVED)


@pytest.mark.slow
def test_without_a_branch_the_commit_of_an_entry_says_how_to_keep_it(pdca, repository, git):
    assert "※ no branch" not in pdca(*LOG, "--commit").out
    git(repository, "checkout", "--quiet", "--detach")
    result = pdca(*LOG, "--commit")
    assert result.code == 0
    assert result.out.endswith("  ※ no branch holds this commit; keep it with git switch -c NAME\n")


def test_without_git_recording_works(pdca, entries, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PDCA_BY", "産業課")
    assert pdca(*LOG).code == 0
    assert pdca("review", "2024", "-f", "json").code == 0
    result = pdca(*LOG, "--commit")
    assert result.code == 4
    assert "Remedy" in result.err
    assert len(entries()) == 2


# -- corrections and withdrawals --------------------------------------------------------------


def test_a_correction_takes_the_place_of_its_entry(pdca, entries):
    first = name_of(pdca(*LOG, "-k", "company-visits=3"))
    result = pdca("log", "1-1②-1", "-m", "2社だった", "--supersedes", first, "--reason", "重複")
    assert result.code == 0
    assert first in result.out
    assert len(entries()) == 2
    assert pdca("validate").code == 0


def test_an_entry_is_corrected_or_withdrawn_only_once(pdca, entries):
    first = name_of(pdca(*LOG))
    correct = ("log", "1-1②-1", "-m", "2社だった", "--supersedes", first, "--reason", "重複")
    assert pdca(*correct).code == 0
    for refused in (pdca(*correct), pdca("withdraw", first, "--reason", "誤記")):
        assert refused.code == 3
        assert first in refused.err
        assert "Remedy" in refused.err
    assert len(entries()) == 2


def test_an_entry_is_withdrawn_by_a_new_one(pdca, entries):
    first = name_of(pdca(*LOG))
    result = pdca("withdraw", f"records/2024/1-1-2-1/{first}.yaml", "--reason", "取組の誤り", "--by", "商工会")
    assert result.code == 0
    assert "取組の誤り" in result.out
    assert len(entries()) == 2
    assert pdca("withdraw", first, "--reason", "もう一度").code == 3
    assert pdca("validate").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("actual", "company-visits", "60", "--year", "2024"),
        ("evaluate", "1-1②-1", "--year", "2024", "--rating", "A"),
    ],
)
def test_figures_and_ratings_are_corrected_the_same_way(pdca, command):
    first = name_of(pdca(*command))
    assert pdca(*command, "--supersedes", first, "--reason", "誤り").code == 0
    assert pdca(*command, "--supersedes", first, "--reason", "誤り").code == 3
    assert pdca("validate").code == 0


def test_a_correction_of_another_kind_is_refused(pdca, entries):
    rated = name_of(pdca("evaluate", "1-1②-1", "--year", "2024", "--rating", "A"))
    assert pdca(*LOG, "--supersedes", rated, "--reason", "誤り").code == 2
    assert len(entries()) == 1


# -- actual and evaluate ----------------------------------------------------------------------


@pytest.mark.parametrize("year", ["2024", "R6", "r6", "令和6年度", "令和６", "FY2024", "２０２４年度"])
def test_a_year_may_be_typed_in_any_form(pdca, entries, year):
    assert pdca("actual", "company-visits", "60件", "--year", year).code == 0
    assert entries() == ["records/2024/1-1-2-1/2025-06-15-000001.yaml"]


def test_a_figure_is_recorded_with_its_source_and_day(pdca, entries, workspace):
    result = pdca(
        "actual",
        "国内の仕入先の地域を「瑞穂町」とした事業所の割合",
        "24.9%",
        "--year",
        "R6",
        "-d",
        "昨日",
        "--source",
        "調査",
    )
    assert result.code == 0
    assert "24.9%" in result.out
    text = (workspace / entries()[0]).read_text(encoding="utf-8")
    assert "values: {local-suppliers: 24.9}\n" in text
    assert "source: 調査\n" in text
    assert "date: 2025-06-14\n" in text


@pytest.mark.parametrize(
    ("word", "written", "shown"), [("設置", "true", "設置"), ("no", "false", "なし"), ("なし", "false", "なし")]
)
def test_yes_and_no_are_recorded_as_such(pdca, entries, workspace, word, written, shown):
    assert shown in pdca("actual", "incubation-facility", word, "--year", "2024").out
    assert f"values: {{incubation-facility: {written}}}\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


def test_a_missing_figure_is_recorded_with_its_reason(pdca, entries, workspace):
    assert pdca("actual", "local-suppliers", "--missing", "未調査", "--year", "2024").code == 0
    assert "missing: {local-suppliers: 未調査}\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


def test_a_negative_figure_is_written_with_the_japanese_sign(pdca, entries, workspace):
    assert pdca("actual", "sales-growth", "△1.5", "--year", "2024").code == 0
    assert "values: {sales-growth: -1.5}\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("actual", "company-visits", "60"), ("evaluate", "1-1②-1", "--rating", "A")])
def test_a_year_that_has_not_begun_is_refused(pdca, entries, command):
    result = pdca(*command, "--year", "2030")
    assert result.code == 2
    assert "2030" in result.err
    assert entries() == []


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (("evaluate", "--rating", "B", "--progress", "8割"), "rating: B\nprogress: 8割\n"),
        (("improve", "--direction", "継続", "--next", "続ける"), "direction: 継続\nnext: 続ける\n"),
    ],
)
def test_the_same_as_last_year_needs_no_word(pdca, workspace, first, again):
    command, *said = first
    assert pdca(command, "1-1②-1", "--year", "2023", *said).code == 0
    done = pdca(command, "1-1②-1", "--year", "2024", "--same")
    assert (done.code, done.err) == (0, "")
    (path,) = (workspace / "records" / "2024").rglob("*.yaml")
    assert again in path.read_text(encoding="utf-8")


def test_without_a_year_nothing_is_the_same(pdca):
    assert "--year" in pdca("evaluate", "1-1②-1", "--same").err


def test_an_evaluation_is_recorded_with_progress_and_issues(pdca, entries, workspace):
    result = pdca(
        "evaluate", "1-1②-1", "--year", "R6", "--rating", "b", "--progress", "8割", "--issues", "人手", "-d", "R7.6.1"
    )
    assert result.code == 0
    assert "Rating: B" in result.out
    text = (workspace / entries()[0]).read_text(encoding="utf-8")
    assert "rating: B\nprogress: 8割\nissues: 人手\n" in text


# -- a desk without anybody -------------------------------------------------------------------


@pytest.mark.slow
def test_a_faulty_plan_stops_every_recording_with_its_places(pdca, entries, faulty_plan):  # noqa: ARG001
    for arguments in (LOG, ("actual", "company-visits", "3", "--year", "2024"), ("withdraw", "x", "--reason", "y")):
        result = pdca(*arguments)
        assert result.code == 1
        assert result.err.count("plan/measures.yaml:") >= 2
        assert "Traceback" not in result.err
    assert entries() == []


def test_a_disk_that_refuses_is_the_environment_s_fault(pdca, entries, workspace):
    (workspace / "records").write_text("not a folder", encoding="utf-8")
    result = pdca(*LOG)
    assert result.code == 4
    assert "records/2024" in result.err
    assert entries() == []


def test_standard_input_is_read_only_when_asked_for(pdca, monkeypatch):
    class Unread(io.StringIO):
        def read(self, *_):
            raise AssertionError

    monkeypatch.setattr(sys, "stdin", Unread())
    assert pdca(*LOG).code == 0
