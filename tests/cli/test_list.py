# mypy: allow-untyped-calls
import csv
import io
import json
from datetime import datetime, timedelta, timezone

import pytest

pytestmark = pytest.mark.slow

JAPAN = timezone(timedelta(hours=9))


@pytest.fixture(autouse=True)
def recorded(pdca, monkeypatch):
    """Record six entries; 000004 withdraws 000003."""
    monkeypatch.setenv("PDCA_BY", "産業課 瑞穂花子")
    assert pdca("log", "1-1-2-1", "-m", "3社訪問\n詳しく", "-k", "company-visits=3", "-d", "2024-06-12").code == 0
    monkeypatch.setenv("PDCA_BY", "福祉課")
    assert pdca("log", "1-1-2-2", "-m", "相談会", "-s", "実施中", "-d", "2025-06-01").code == 0
    assert pdca("log", "1-3-1-1", "-m", "誤り", "-d", "2025-05-01").code == 0
    assert pdca("withdraw", "000003", "--reason", "誤記").code == 0
    assert pdca("actual", "company-visits", "40", "--year", "2023", "-d", "2024-05-01").code == 0
    assert pdca("evaluate", "1-1-2-1", "--year", "2024", "--rating", "A", "--progress", "順調").code == 0


def names(result):
    assert result.code == 0, result.err
    return [entry["id"][-6:] for entry in json.loads(result.out)["entries"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((), "642315"),
        (("1-1②-1",), "615"),
        (("1-1",), "6215"),
        (("1-1-2",), "6215"),
        (("企業訪問活動の実施",), "615"),
        (("計画全体",), "642315"),
        (("company-visits",), "15"),
        (("--year", "R6"), "61"),
        (("--year", "2023"), "5"),
        (("--month", "6"), "6421"),
        (("--month", "６月"), "6421"),
        (("--month", "2024-06"), "1"),
        (("--month", "令和6年6月"), "1"),
        (("--month", "R7／6"), "642"),
        (("--month", "今月"), "642"),
        (("--month", "先月"), "3"),
        (("--since", "2025-05-01"), "6423"),
        (("--until", "2025-05-01"), "315"),
        (("--since", "先月"), "6423"),
        (("--since", "６月"), "642"),
        (("--until", "2024年6月"), "15"),
        (("--since", "R6.6", "--until", "令和7年5月"), "31"),
        (("--since", "R6.6.12", "--until", "昨日"), "231"),
        (("--by", "福祉課"), "64235"),
        (("--by", "花子"), "1"),
        (("--by", "産業課瑞穂花子"), "1"),
        (("--kind", "activity"), "231"),
        (("--kind", "活動"), "231"),
        (("--kind", "取消"), "4"),
        (("--kind", "評価", "1-1", "--year", "2024"), "6"),
        (("--kind", "opinion"), ""),
    ],
)
def test_what_is_asked_for_is_listed_newest_first(pdca, monkeypatch, asked, found):
    monkeypatch.setenv("PDCA_BY", "福祉課")
    assert names(pdca("list", *asked, "-f", "json")) == [f"00000{number}" for number in found]


def test_a_tag_lists_what_has_it(pdca, workspace):
    plan = workspace / "plan" / "measures.yaml"
    tagged = plan.read_text(encoding="utf-8").replace("id: 1-1-2-1\n", "id: 1-1-2-1\n        tags: [重点, SDG8]\n")
    plan.write_text(tagged, encoding="utf-8")
    assert names(pdca("list", "--tag", "sdg８", "-f", "json")) == ["000006", "000001", "000005"]
    assert "重点" in pdca("--lang", "ja", "list", "--tag", "重点").out
    result = pdca("list", "--tag", "環境")
    assert (result.code, "The plan has the tags: SDG8, 重点." in result.err) == (2, True)


def test_why_there_is_no_figure_is_listed_with_the_figures(pdca):
    assert pdca("actual", "company-visits", "--missing", "未調査", "--year", "2022", "-d", "2023-05-01").code == 0
    assert names(pdca("list", "company-visits", "-f", "json")) == ["000001", "000005", "000007"]


def test_mine_is_what_the_recorder_recorded(pdca, monkeypatch):
    monkeypatch.setenv("PDCA_BY", "産業課　瑞穂花子")
    assert names(pdca("list", "--mine", "-f", "json")) == ["000001"]
    monkeypatch.setenv("PDCA_BY", "花子")
    assert names(pdca("list", "--mine", "-f", "json")) == []


def test_json_has_every_key_and_null_for_what_is_absent(pdca):
    entries = {entry["id"][-1]: entry for entry in json.loads(pdca("list", "-f", "json").out)["entries"]}
    assert entries["1"] == {
        "id": "2024-06-12-000001",
        "kind": "activity",
        "target": "1-1-2-1",
        "number": "1-1②-1",
        "title": "企業訪問活動の実施",
        "date": "2024-06-12",
        "fiscal_year": 2024,
        "status": "in_progress",
        "summary": "3社訪問\n詳しく",
        "values": {"company-visits": "3"},
        "by": "産業課 瑞穂花子",
        "recorded": "2025-06-15T10:30:00+09:00",
        "in_force": True,
        "committed": None,
    }
    assert (entries["6"]["summary"], entries["6"]["status"], entries["6"]["values"]) == ("順調", None, {})
    assert (entries["5"]["summary"], entries["5"]["values"]) == (None, {"company-visits": "40"})
    assert (entries["3"]["in_force"], entries["4"]["in_force"]) == (False, True)


def test_a_table_shows_day_number_kind_first_line_figures_short_name_and_what_became_of_it(pdca):
    result = pdca("--lang", "ja", "list", "-f", "text")
    assert result.code == 0
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in result.out.split("\n") if line.startswith("|")
    ]
    assert cells[0] == ["日付", "番号", "種別", "内容", "数値", "記録名", "備考"]
    rows = {row[5]: row for row in cells if row[5].isdigit()}
    assert rows["000001"] == ["2024-06-12", "1-1②-1", "活動", "3社訪問", "企業訪問件数", "000001", "－"]
    assert rows["000003"][-1] == "取消"
    assert rows["000006"][2:4] == ["評価", "A 順調"]
    assert "企業訪問活動の実施" in result.out
    assert "未登録" not in result.out


def test_a_file_of_comma_separated_values_has_whole_texts_and_names(pdca):
    result = pdca("--lang", "ja", "list", "--year", "2024", "-f", "csv")
    assert result.raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(result.out.removeprefix("\ufeff"), newline="")))
    assert rows[1] == {
        "日付": "2024-06-12",
        "番号": "1-1②-1",
        "取組": "企業訪問活動の実施",
        "種別": "活動",
        "年度": "2024",
        "内容": "3社訪問\n詳しく",
        "数値": "企業訪問件数 3件",
        "状況": "実施中",
        "記録者": "産業課 瑞穂花子",
        "記録名": "2024-06-12-000001",
        "備考": "",
    }


def test_a_workbook_is_made_by_the_files_ending(pdca, tmp_path):
    from python_calamine import CalamineWorkbook

    path = tmp_path / "entries.xlsx"
    assert pdca("--lang", "ja", "list", "-o", str(path)).code == 0
    (sheet,) = CalamineWorkbook.from_path(str(path)).sheet_names
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    assert any("000001" in row and "3社訪問" in row for row in rows)
    assert pdca("list", "-o", str(path)).code == 3
    assert pdca("list", "-o", str(path), "--force").code == 0


def test_what_is_not_committed_is_marked_counted_and_found(pdca, repository, git):
    pdca("log", "1-1-2-1", "-m", "新しい", "-d", "2025-06-10")
    result = pdca("--lang", "ja", "list")
    assert "履歴に未登録 1件" in result.out
    assert result.out.count("未登録") == 2
    assert names(pdca("list", "--not-committed", "-f", "json")) == ["000007"]
    committed = {entry["id"][-1]: entry["committed"] for entry in json.loads(pdca("list", "-f", "json").out)["entries"]}
    assert committed["7"] is False
    assert committed["1"] is True
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "more")
    assert names(pdca("list", "--not-committed", "-f", "json")) == []
    assert "未登録" not in pdca("--lang", "ja", "list").out


def test_before_the_first_commit_nothing_is_committed(pdca, workspace, git):
    git(workspace, "init", "--quiet")
    assert len(names(pdca("list", "--not-committed", "-f", "json"))) == 6


def test_in_a_folder_of_a_greater_repository_its_own_entries_are_told(pdca, workspace, git):
    git(workspace.parent, "init", "--quiet")
    git(workspace.parent, "add", ".")
    git(workspace.parent, "commit", "--quiet", "-m", "begin")
    pdca("log", "1-1-2-1", "-m", "新しい")
    assert names(pdca("list", "--not-committed", "-f", "json")) == ["000007"]


def test_without_git_asking_for_what_is_not_committed_says_why_it_cannot_be_told(pdca):
    result = pdca("list", "--not-committed")
    assert result.code == 4
    assert "git" in result.err


def test_what_can_be_read_is_listed_beside_faulty_files(pdca, workspace):
    (workspace / "records/2024/1-1-2-1/2024-06-12-000001.yaml").write_text("schema: 1\n", encoding="utf-8")
    result = pdca("list")
    assert result.code == 1
    assert "problems in the data" in result.out
    assert "000002" in result.out
    result = pdca("list", "-f", "json")
    assert result.code == 1
    assert len(json.loads(result.out)["entries"]) == 5
    assert "problems in the data" in result.err


def test_nothing_that_fits_is_said(pdca):
    result = pdca("--lang", "ja", "list", "--kind", "意見", "--year", "2024")
    assert result.code == 0
    assert "意見" in result.out
    assert "令和6年度" in result.out
    assert "あてはまる記録はありません" in result.out


def test_samples_are_marked_as_such(pdca):
    pdca("log", "1-1-2-1", "-m", "作り話", "-d", "2025-06-10", sample=True)
    assert "見本" in pdca("--lang", "ja", "list").out
    assert "見本" in pdca("--lang", "ja", "list", "-f", "csv").out


def test_an_opinion_on_the_whole_plan_has_no_number(pdca):
    pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-01", "-m", "全体に良い")
    (entry,) = json.loads(pdca("list", "--kind", "意見", "-f", "json").out)["entries"]
    assert (entry["target"], entry["number"], entry["title"]) == ("plan", None, None)
    assert "計画全体" in pdca("--lang", "ja", "list", "--kind", "意見", "-f", "csv").out


def test_listing_writes_nothing(pdca, snapshot):
    before = snapshot()
    pdca("list")
    assert snapshot() == before


@pytest.mark.parametrize("month", ["0", "13", "2024-13", "月", "6-", "第6", "2024-06-12"])
def test_what_is_no_month_is_refused_with_examples(pdca, month):
    result = pdca("list", "--month", month)
    assert result.code == 2
    assert "2024-11" in result.err
    assert "nothing was recorded" not in result.err


def test_who_recorded_something_is_named_where_nobody_of_the_name_did(pdca):
    result = pdca("list", "--by", "教育課")
    assert result.code == 2
    assert "福祉課" in result.err


def test_before_anything_is_recorded_nobody_is_named(pdca, workspace):
    for path in workspace.glob("records/*/*/*.yaml"):
        path.unlink()
    result = pdca("list", "--by", "教育課", now=datetime(2025, 6, 15, tzinfo=JAPAN))
    assert result.code == 2
    assert "Nothing has been recorded yet" in result.err
