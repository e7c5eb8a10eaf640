from importlib import resources
from pathlib import Path

import pytest

from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.workspace import GITATTRIBUTES, find_workspace, own_plan


def test_a_named_folder_is_the_workspace_wherever_one_stands(workspace, tmp_path):
    assert find_workspace(workspace, tmp_path) == workspace


def test_a_named_folder_without_a_plan_is_refused_even_inside_a_workspace(workspace):
    (workspace / "records").mkdir()
    with pytest.raises(UsageFault) as caught:
        find_workspace(workspace / "records", workspace)
    text = caught.value.text(str)
    assert str(workspace / "records") in text
    assert "plan/measures.yaml" in text
    assert "pdca init" in text


def test_the_nearest_workspace_upward_is_found(workspace):
    deep = workspace / "records" / "2024" / "1-1-2-1"
    deep.mkdir(parents=True)
    assert find_workspace(None, deep) == workspace
    inner = workspace / "records" / "plan" / "measures.yaml"
    inner.parent.mkdir()
    inner.touch()
    assert find_workspace(None, deep) == workspace / "records"


def test_where_there_is_none_the_error_says_what_to_do(tmp_path):
    with pytest.raises(UsageFault) as caught:
        find_workspace(None, tmp_path)
    assert caught.value.exit_code == 2
    assert "-C" in caught.value.text(str)


def test_the_own_plan_is_one_without_faults():
    plan, problems = load_plan(Memory({"plan/measures.yaml": own_plan().encode()}))
    assert problems == []
    assert plan is not None
    assert plan.header.title == "瑞穂町工業振興計画"


def test_an_installed_program_takes_the_plan_of_its_wheel(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "measures.yaml").write_text("計画", encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    assert own_plan() == "計画"


def test_an_installation_without_the_plan_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    monkeypatch.setattr(Path, "is_file", lambda _: False)
    with pytest.raises(EnvironmentFault) as caught:
        own_plan()
    assert "--from" in caught.value.text(str)


def test_git_is_told_to_keep_line_feeds():
    assert "eol=lf" in GITATTRIBUTES
