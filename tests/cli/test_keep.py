import json

import pytest

from mizuho_pdca.storage.workspace import own_plan


@pytest.fixture
def broken(pdca, workspace, entries):
    """Record two entries and break both; return their paths."""
    pdca("log", "1-1②-1", "-m", "一", "-d", "2024-06-12")
    pdca("log", "1-1②-2", "-m", "二", "-d", "2024-06-12")
    for path, old, new in ((0, "in_progress", "実施"), (1, "summary:", "sumary:")):
        file = workspace / entries()[path]
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return entries()


# -- validate ---------------------------------------------------------------------------------


def test_a_sound_workspace_has_no_problems(pdca):
    pdca("log", "1-1②-1", "-m", "一")
    result = pdca("validate")
    assert (result.code, result.err) == (0, "")
    assert "1" in result.out


def test_every_problem_is_printed_with_place_code_line_and_remedy(pdca, broken):
    result = pdca("--lang", "ja", "validate")
    assert result.code == 1
    assert f"{broken[0]}:6:9 [E204] " in result.out
    assert "    6 | status: 実施\n      |         ^^^^\n  対処: " in result.out
    assert f"{broken[1]}:7:1 [E101] " in result.out
    assert result.out.count("対処: ") >= 3


def test_problems_can_be_read_by_a_program(pdca, broken):
    result = pdca("validate", "-f", "json")
    assert result.code == 1
    data = json.loads(result.out)
    assert data["schema"] == "pdca.problems/1"
    assert {problem["file"] for problem in data["problems"]} == set(broken)
    assert data["counts"]["error"] == len(data["problems"])


def test_a_note_is_no_reason_to_fail(pdca, workspace):
    (workspace / "records").mkdir()
    (workspace / "records" / "note.txt").touch()
    result = pdca("validate")
    assert result.code == 0
    assert "W402" in result.out


def test_a_faulty_plan_is_a_problem_like_any_other(pdca, faulty_plan):  # noqa: ARG001
    result = pdca("validate")
    assert result.code == 1
    assert result.out.count("plan/measures.yaml:") >= 2
    assert json.loads(pdca("validate", "-f", "json").out)["counts"]["error"] >= 2


# -- init -------------------------------------------------------------------------------------


def test_a_new_workspace_works_at_once(pdca, tmp_path):
    result = pdca("init", str(tmp_path / "new"))
    assert (result.code, result.err) == (0, "")
    assert str(tmp_path / "new") in result.out
    assert (tmp_path / "new" / ".git").is_dir()
    assert pdca("-C", str(tmp_path / "new"), "log", "1-1②-1", "-m", "訪問", "--commit").code == 0
    assert pdca("-C", str(tmp_path / "new"), "validate").code == 0


def test_another_plan_can_be_taken(pdca, tmp_path):
    (tmp_path / "other.yaml").write_text(own_plan().replace("瑞穂町工業振興計画", "別の計画"), encoding="utf-8")
    assert pdca("init", str(tmp_path / "new"), "--from", str(tmp_path / "other.yaml")).code == 0
    assert json.loads(pdca("-C", str(tmp_path / "new"), "plan", "-f", "json").out)["plan"]["title"] == "別の計画"


def test_a_folder_that_is_in_use_is_refused(pdca, workspace, snapshot):
    before = snapshot()
    result = pdca("init", str(workspace))
    assert result.code == 3
    assert "Remedy" in result.err
    assert snapshot() == before


def test_a_faulty_plan_makes_no_workspace_and_names_the_file_that_was_given(pdca, tmp_path):
    plan = tmp_path / "other.yaml"
    plan.write_text(own_plan().replace("- id: 1-2\n", "- id: 1-1\n", 1), encoding="utf-8")
    result = pdca("init", str(tmp_path / "new"), "--from", str(plan))
    assert result.code == 1
    assert "E112" in result.err
    assert "other.yaml" in result.err
    assert not (tmp_path / "new").exists()


def test_a_plan_that_is_not_there_is_named(pdca, tmp_path):
    result = pdca("init", str(tmp_path / "new"), "--from", str(tmp_path / "absent.yaml"))
    assert result.code == 4
    assert "absent.yaml" in result.err


def test_without_git_it_says_what_is_missing(pdca, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    result = pdca("init", str(tmp_path / "new"))
    assert result.code == 0
    assert "git" in result.out
    assert (tmp_path / "new" / "plan" / "measures.yaml").is_file()
