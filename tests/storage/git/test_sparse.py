# mypy: allow-untyped-calls
"""Real sparse checkouts, of each kind that git knows."""

import subprocess

import pytest

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.git.sparse import check_complete
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.workspace import find_workspace

PLAN = "plan/measures.yaml"
ENTRIES = [f"records/{year}/1-1-2-1/{year}-06-12-00000{number}.yaml" for year in (2023, 2024) for number in (1, 2)]


@pytest.fixture
def town(workspace, git):
    """Return a workspace under git with entries of two years."""
    for path in (*ENTRIES, "docs/readme.md"):
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / path).write_text("schema: 1\n", encoding="utf-8")
    git(workspace, "init", "--quiet", "--initial-branch=main")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "x")
    return workspace


def values(folder):
    with pytest.raises(EnvironmentFault) as caught:
        check_complete(folder)
    assert caught.value.exit_code == 4
    return caught.value.message.values


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        (("--cone", "plan", "records/2024"), ENTRIES[:2]),
        (("--cone", "--sparse-index", "plan", "records/2024"), ENTRIES[:2]),
        (("--no-cone", "/*", "!/records/2024/"), ENTRIES[2:]),
        (("--no-cone", "/*", "!/records/2023/1-1-2-1/2023-06-12-000002.yaml"), ENTRIES[1:2]),
    ],
)
def test_files_that_a_sparse_checkout_leaves_out_are_counted(town, git, arguments, left_out):
    git(town, "sparse-checkout", "set", *arguments)
    assert [path for path in ENTRIES if not (town / path).exists()] == left_out
    assert values(town) == {"count": len(left_out), "file": left_out[0]}
    with pytest.raises(EnvironmentFault):
        list(Folder(town).records())
    git(town, "sparse-checkout", "disable")
    check_complete(town)
    assert len(list(Folder(town).records())) == 4


def test_a_sparse_checkout_of_other_files_is_fine(town, git):
    git(town, "sparse-checkout", "set", "--cone", "plan", "records")
    assert not (town / "docs").exists()
    check_complete(town)


def test_a_plan_that_is_left_out_is_said_and_no_advice_to_make_another_one(town, git):
    git(town, "sparse-checkout", "set", "--cone", "docs")
    assert values(town) == {"count": 5, "file": PLAN}
    for named, start in ((town, town), (None, town / "docs")):
        with pytest.raises(EnvironmentFault):
            find_workspace(named, start)


def test_a_workspace_in_a_folder_of_its_repository(tmp_path, workspace, git):
    path = "records/2024/1-1-2-1/2024-06-12-000001.yaml"
    (workspace / path).parent.mkdir(parents=True)
    (workspace / path).write_text("schema: 1\n", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x").touch()
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    git(tmp_path, "sparse-checkout", "set", "--cone", "town")
    check_complete(workspace)
    git(tmp_path, "sparse-checkout", "set", "--cone", "town/plan")
    assert values(workspace) == {"count": 1, "file": path}


def test_a_second_work_tree_and_a_partial_clone_are_seen_for_what_they_are(town, git, tmp_path):
    git(town, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    git(tmp_path / "tree", "sparse-checkout", "set", "--cone", "plan")
    assert values(tmp_path / "tree") == {"count": 4, "file": ENTRIES[0]}
    check_complete(town)
    git(town, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", town.as_uri(), "partial")
    check_complete(tmp_path / "partial")
    git(tmp_path / "partial", "sparse-checkout", "set", "--cone", "plan")
    assert values(tmp_path / "partial") == {"count": 4, "file": ENTRIES[0]}


def test_git_is_asked_only_where_a_checkout_may_be_sparse(town, git, monkeypatch):
    git(town, "sparse-checkout", "set", "--cone", "plan")
    monkeypatch.setattr(subprocess, "run", lambda *_arguments, **_more: pytest.fail("git was asked"))
    assert load_plan(Folder(town))[0] is not None
    (town / ".git" / "info" / "sparse-checkout").unlink()
    check_complete(town)
    (town / ".git").rename(town / "git")
    check_complete(town)
