# mypy: allow-untyped-calls
from mizuho_pdca.storage.git.held import held_records, kept_by, not_committed
from mizuho_pdca.storage.git.program import Git

PATH = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
OTHER = PATH.replace("k7x3q9", "zzzzzz")


def write(root, path=PATH):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("schema: 1\n", encoding="utf-8")


def test_without_a_repository_nothing_can_be_told(workspace):
    write(workspace)
    assert held_records(Git(workspace)) is None
    assert not_committed(Git(workspace), [PATH]) is None


def test_before_the_first_commit_nothing_is_held(workspace, git):
    git(workspace, "init", "--quiet")
    write(workspace)
    assert held_records(Git(workspace)) == frozenset()
    assert not_committed(Git(workspace), [PATH, "records/2024/closed.yaml"]) == 1


def test_what_the_last_commit_holds_is_told_by_its_path_also_below_the_repositorys_root(workspace, git):
    git(workspace.parent, "init", "--quiet")
    write(workspace)
    git(workspace.parent, "add", ".")
    git(workspace.parent, "commit", "--quiet", "-m", "begin")
    write(workspace, OTHER)
    held = held_records(Git(workspace))
    assert held is not None
    assert PATH in held
    assert not_committed(Git(workspace), [PATH, OTHER]) == 1
    kept = kept_by(Git(workspace), PATH)
    assert kept is not None
    assert kept.commit == git(workspace, "rev-parse", "HEAD").strip()
    assert kept_by(Git(workspace), OTHER) is None


def test_what_is_only_staged_is_not_committed(workspace, git):
    git(workspace, "init", "--quiet")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    write(workspace)
    git(workspace, "add", ".")
    assert not_committed(Git(workspace), [PATH]) == 1
