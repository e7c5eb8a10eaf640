# mypy: allow-untyped-calls
import csv
import io
import json

import pytest


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("status",), ("validate",)], ids=["glance", "status", "validate"])
def test_how_many_entries_are_not_committed_is_said_where_there_is_git(pdca, repository, git, arguments):
    assert "未登録" not in pdca("--lang", "ja", *arguments).out
    pdca("log", "1-1-2-1", "-m", "一")
    pdca("log", "1-1-2-2", "-m", "二")
    assert "履歴に未登録 2件（pdca commit で登録します）" in pdca("--lang", "ja", *arguments).out
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "more")
    assert "未登録" not in pdca("--lang", "ja", *arguments).out


@pytest.mark.parametrize("arguments", [(), ("status",), ("validate",)], ids=["glance", "status", "validate"])
def test_without_git_nothing_is_said_of_it(pdca, arguments):
    pdca("log", "1-1-2-1", "-m", "一")
    result = pdca("--lang", "ja", *arguments)
    assert "未登録" not in result.out
    assert result.err == ""


@pytest.mark.slow
def test_json_counts_what_is_not_committed(pdca, repository):
    assert json.loads(pdca("status", "-f", "json").out)["not_committed"] == 0
    pdca("log", "1-1-2-1", "-m", "一")
    assert json.loads(pdca("status", "-f", "json").out)["not_committed"] == 1
    assert repository.is_dir()


def test_json_has_null_where_there_is_no_git(pdca):
    assert json.loads(pdca("status", "-f", "json").out)["not_committed"] is None


def test_the_status_is_a_file_of_comma_separated_values(pdca):
    pdca("log", "1-1-2-1", "-m", "一", "-s", "実施中")
    result = pdca("--lang", "ja", "status", "--year", "2025", "-f", "csv")
    assert result.raw.startswith(b"\xef\xbb\xbf")
    rows = {row["番号"]: row for row in csv.DictReader(io.StringIO(result.out.removeprefix("\ufeff"), newline=""))}
    assert len(rows) == 30
    assert rows["1-1②-1"] == {
        "年度": "2025",
        "番号": "1-1②-1",
        "取組": "企業訪問活動の実施",
        "担当課": "",
        "提出": "提出済",
        "状況": "実施中",
        "評価": "",
        "記録数": "1",
    }
    assert (rows["1-1②-2"]["提出"], rows["1-1②-2"]["状況"], rows["1-1②-2"]["記録数"]) == ("未入力", "", "0")


@pytest.mark.slow
def test_the_status_is_a_workbook_and_never_replaces_a_file_unasked(pdca, tmp_path):
    from python_calamine import CalamineWorkbook

    path = tmp_path / "status.xlsx"
    pdca("log", "1-1-2-1", "-m", "一", "-s", "実施中")
    assert pdca("--lang", "ja", "status", "2025", "-o", str(path)).code == 0
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    (row,) = [row for row in rows if "1-1②-1" in row]
    assert {"企業訪問活動の実施", "提出済", "実施中"} <= set(row)
    assert pdca("status", "-o", str(path)).code == 3
    assert pdca("status", "-o", str(path), "--force", "--check").code == 1


def test_a_mail_for_each_department_is_printed_or_written(pdca, tmp_path, monkeypatch):
    monkeypatch.setenv("PDCA_LANG", "ja")
    out = pdca("status", "--mail", "--year", "2031", "--deadline", "2032-04-20").out
    assert "件名：【依頼】瑞穂町工業振興計画　令和13年度の進捗の入力について" in out
    assert "令和14年4月20日までにご入力をお願いします。" in out
    assert "令和14年3月31日までに" in pdca("status", "--mail", "--year", "2031").out
    path = tmp_path / "mail.txt"
    assert pdca("status", "--mail", "--year", "2031", "--deadline", "2032-04-20", "-o", str(path)).code == 0
    assert path.read_text(encoding="utf-8") == out.removesuffix("\n")
    assert pdca("status", "--mail", "-o", str(path)).code == 3
    assert pdca("status", "--mail", "--check", "--year", "2031").code == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("--deadline", "4/20"), "--deadline は --mail と"),
        (("--mail", "--deadline", "昨日"), "過ぎた日"),
        (("--mail", "--deadline", "いつか"), "いつか"),
        (("--mail", "-f", "csv"), "csv"),
        (("--mail", "-o", "mail.xlsx"), "xlsx"),
    ],
)
def test_a_mail_that_cannot_be_written_is_told(pdca, line, words):
    result = pdca("--lang", "ja", "status", *line)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
