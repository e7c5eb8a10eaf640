# mypy: allow-untyped-calls
import json

import pytest


@pytest.fixture(autouse=True)
def office(monkeypatch):
    """Record as an office."""
    monkeypatch.setenv("PDCA_BY", "産業課")


def rows(result):
    """Return what the table says, by its first column; lines that belong together are joined."""
    assert result.code == 0, result.err
    found: dict[str, str] = {}
    key = ""
    for line in result.out.split("\n"):
        if line.startswith("| "):
            what, said = (cell.strip() for cell in line.strip("|").split("|"))
            key = what or key
            found[key] = f"{found[key]}\n{said}" if key in found else said
    return found


def shown(pdca, name, *arguments):
    return rows(pdca("--lang", "ja", "show", name, "-f", "text", *arguments))


def test_an_activity_is_shown_with_all_that_it_holds(pdca):
    pdca(
        "log", "1-1-2-1", "-m", "3社訪問\n\n二つ目の段落", "-k", "company-visits=3", "-d", "2024-06-12",
        "--link", "https://a.example", "--link", "https://b.example",
    )  # fmt: skip
    assert shown(pdca, "000001") == {
        "項目": "内容",
        "対象": "1-1②-1 企業訪問活動の実施",
        "日付": "2024-06-12  令和6年度（2024年度）",
        "状況": "実施中",
        "行ったこと": "3社訪問\n\n二つ目の段落",
        "値": "企業訪問件数（案）: 3件",
        "資料の場所": "https://a.example\nhttps://b.example",
        "有効か": "有効",
        "記録者": "産業課（2025-06-15 10:30 に記録）",
        "記録名": "2024-06-12-000001",
        "ファイル": "records/2024/1-1-2-1/2024-06-12-000001.yaml",
    }


@pytest.mark.slow
def test_a_correction_and_what_it_corrects_name_each_other(pdca):
    pdca("log", "1-1-2-1", "-m", "一", "-d", "2024-06-12")
    pdca("log", "--supersedes", "last", "--reason", "数え間違い", "-m", "二")
    pdca("log", "--supersedes", "last", "--reason", "また間違い", "-m", "三")
    pdca("withdraw", "last", "--reason", "誤記")
    now = shown(pdca, "000003")
    assert now["理由"] == "また間違い"
    assert now["訂正した元の記録"] == "2024-06-12-000002 2024-06-12 二\n2024-06-12-000001 2024-06-12 一"
    assert "取消済み（2025-06-15-000004　産業課）: 誤記" in now["有効か"]
    assert "訂正済み（2024-06-12-000002　産業課）: 数え間違い" in shown(pdca, "000001")["有効か"]
    taken = shown(pdca, "last")
    assert taken["取り消した記録"] == "2024-06-12-000003 2024-06-12 三"
    assert "有効か" not in taken


@pytest.mark.slow
def test_an_opinion_is_shown_with_its_answers_also_where_it_was_corrected(pdca):
    pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-01", "-m", "もっと")
    pdca("respond", "000001", "-m", "検討します", "--state", "検討中")
    pdca("opinion", "--supersedes", "000001", "--reason", "言い方", "-m", "もっと回って")
    pdca("respond", "last", "-m", "できません", "--state", "対応しない", "--reason", "人手")
    for name in ("000001", "000003"):
        said = shown(pdca, name)
        assert said["対象"] == "計画全体"
        assert "2025-06-15 検討中 検討します" in said["対応"]
        assert "2025-06-15 対応しない できません（理由: 人手）" in said["対応"]
    assert shown(pdca, "000001")["協議会の開催日"] == "2025-06-01"
    answer = shown(pdca, "000004")
    assert "2025-06-15-000003 2025-06-15 もっと回って" in answer["対応する意見"]
    assert answer["対応の状況"] == "対応しない"
    assert answer["対応しない理由"] == "人手"


def test_a_corrected_response_tells_its_two_reasons_apart(pdca):
    pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-01", "-m", "もっと")
    pdca("respond", "last", "-m", "できません", "--state", "対応しない", "--reason", "人手")
    pdca("respond", "--supersedes", "last", "--reason", "書き間違い", "-m", "今はできません")
    answer = shown(pdca, "last")
    assert answer["対応しない理由"] == "人手"
    assert answer["訂正の理由"] == "書き間違い"


def test_actuals_evaluations_and_improvements_are_shown_in_the_plans_words(pdca):
    pdca("actual", "company-visits", "--missing", "未調査", "--year", "2024", "--half", "前期", "--source", "台帳")
    pdca("evaluate", "1-1-2-1", "--year", "2024", "--rating", "A", "--progress", "順調", "--issues", "人手")
    pdca("improve", "1-1-2-1", "--year", "2024", "--direction", "継続", "--next", "続ける")
    actual = shown(pdca, "000001")
    assert "企業訪問件数（案）: 未調査" in actual.values()
    assert "台帳" in actual.values()
    assert "9月" in actual["半期"]
    assert {"A", "順調", "人手"} <= set(shown(pdca, "000002").values())
    assert {"継続", "続ける"} <= set(shown(pdca, "last").values())


def test_a_sample_is_marked(pdca):
    pdca("log", "1-1-2-1", "-m", "作り話", sample=True)
    assert "見本" in pdca("--lang", "ja", "show", "last").out


def test_what_is_committed_is_shown_with_its_commit(pdca, repository, git):
    pdca("log", "1-1-2-1", "-m", "訪問")
    assert shown(pdca, "last")["履歴への登録"].startswith("未登録")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "more")
    commit = git(repository, "rev-parse", "HEAD").strip()
    assert commit[:12] in shown(pdca, "last")["履歴への登録"]
    data = json.loads(pdca("show", "last", "-f", "json").out)
    assert data["committed"] is True
    assert data["commit"]["id"] == commit


@pytest.mark.slow
def test_json_has_the_entry_of_the_list_its_file_and_what_stands_around_it(pdca):
    pdca("opinion", "1-1-2-1", "--year", "2024", "--meeting", "2025-06-01", "-m", "もっと")
    pdca("respond", "last", "-m", "検討します", "--state", "検討中")
    pdca("opinion", "--supersedes", "000001", "--reason", "言い方", "-m", "もっと回って")
    first, second = (json.loads(pdca("show", name, "-f", "json").out) for name in ("000001", "000003"))
    assert first["schema"] == "pdca.show/1"
    assert first["in_force"] is False
    assert first["later"] == {"id": second["id"], "kind": "opinion", "reason": "言い方"}
    assert second["corrects"] == [first["id"]]
    assert second["says"]["text"] == "もっと回って"
    assert second["says"]["meeting"] == "2025-06-01"
    assert second["supersedes"] == first["id"]
    assert [answer["state"] for answer in second["answers"]] == ["considered"]
    assert (second["later"], second["commit"], second["committed"]) == (None, None, None)
    listed = json.loads(pdca("list", "--kind", "意見", "-f", "json").out)["entries"]
    assert {key: second[key] for key in listed[0]} == listed[0]


def test_an_entry_that_leads_in_a_circle_or_nowhere_is_shown_all_the_same(pdca, workspace):
    pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-01", "-m", "もっと")
    pdca("respond", "last", "-m", "検討します", "--state", "検討中")
    (path,) = workspace.glob("records/*/plan/*-000001.yaml")
    path.write_text("schema: 1\n", encoding="utf-8")
    assert shown(pdca, "000002")["対応する意見"] == "2025-06-15-000001"


def test_the_table_fits_a_narrow_screen(pdca, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", "80")
    pdca("log", "1-1-2-1", "-m", "長い文章" * 30)
    assert max(map(columns, pdca("--lang", "ja", "show", "last").out.split("\n"))) <= 80


def test_showing_writes_nothing(pdca, snapshot):
    pdca("log", "1-1-2-1", "-m", "訪問")
    before = snapshot()
    assert pdca("show", "last").code == 0
    assert snapshot() == before
