# mypy: allow-untyped-calls
"""The hook, run by real commits."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mizuho_pdca.errors import EnvironmentFault, Refused
from mizuho_pdca.storage.git.hooks import install_hook
from mizuho_pdca.storage.git.program import Git

ROOT = Path(__file__).parents[3]
BAD = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
SAID = "it's blocked"


@pytest.fixture
def commit(monkeypatch):
    """Commit what is staged, without a ``pdca`` on the PATH; return the exit code and what was said."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PDCA_LANG", "en")
    monkeypatch.setenv("PATH", "/usr/local/bin:/usr/bin:/bin")

    def run(folder):
        command = ["git", "commit", "--quiet", "-m", "x"]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture(params=["", "town hall's/計画/"])
def repository(request, tmp_path, workspace, git):
    """Put the workspace under git with the hook, at the root or deep in a repository; return both."""
    folder = tmp_path / "repository" / request.param
    folder.parent.mkdir(parents=True, exist_ok=True)
    workspace.rename(folder)
    root = tmp_path / "repository"
    git(root, "init", "--quiet", "--initial-branch=main")
    path = install_hook(Git(folder), SAID)
    assert path == root.resolve() / ".git" / "hooks" / "pre-commit"
    assert os.access(path, os.X_OK)
    return folder, root


def stage(folder, git, path, text="schema: 1\n"):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", "--", path)


@pytest.mark.slow
def test_a_real_commit_is_checked_and_blocked_while_there_are_errors(repository, git, commit):
    folder, root = repository
    git(folder, "add", "plan")
    assert commit(folder)[0] == 0
    stage(folder, git, BAD)
    code, said = commit(root)
    assert code == 1
    assert f"{BAD}:1:1 [E102]" in said
    assert SAID in said
    assert git(root, "log", "--oneline").count("\n") == 1


@pytest.mark.slow
def test_a_commit_that_only_deletes_an_entry_is_checked(repository, git, commit):
    folder, root = repository
    first, second = (BAD.replace("k7x3q9", name) for name in ("k7x3q9", "000002"))
    text = (
        "schema: 1\nid: {name}\nkind: activity\ntarget: 1-1-2-1\ndate: 2024-06-12\nsummary: 訪問\nby: 産業課\n"
        "recorded: 2024-06-12T10:00:00+09:00\n"
    )
    stage(folder, git, first, text.format(name="2024-06-12-k7x3q9"))
    more = "supersedes: 2024-06-12-k7x3q9\nreason: 誤り\n"
    stage(folder, git, second, text.format(name="2024-06-12-000002") + more)
    git(folder, "add", "plan")
    assert commit(root)[0] == 0
    git(folder, "rm", "--quiet", "--", first)
    code, said = commit(root)
    assert code == 1
    assert f"{second}:9:" in said
    assert SAID in said


def test_a_commit_of_other_files_is_left_alone(repository, git, commit):
    folder, root = repository
    (folder / BAD).parent.mkdir(parents=True)
    (folder / BAD).write_text("schema: 1\n", encoding="utf-8")
    stage(root, git, "notes.txt", "x")
    assert commit(root) == (0, "")


def test_a_pdca_on_the_path_is_preferred(repository, git, commit, tmp_path, monkeypatch):
    folder, root = repository
    program = tmp_path / "bin" / "pdca"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho own: "$@"; exit 3\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    git(folder, "add", "plan")
    code, said = commit(folder)
    assert code == 1
    assert f"own: -C ./{folder.relative_to(root.resolve()).as_posix()}".removesuffix(".") in said
    assert SAID in said


@pytest.mark.slow
def test_modules_in_the_workspace_are_not_run(repository, git, commit):
    folder, root = repository
    for place in (folder, root):
        (place / "typer.py").write_text("raise SystemExit('trapped')\n", encoding="utf-8")
    git(folder, "add", "plan")
    code, said = commit(root)
    assert code == 0
    assert "trapped" not in said


def test_the_same_hook_again_is_fine_and_another_one_is_left(repository):
    folder, root = repository
    path = install_hook(Git(folder), SAID)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        install_hook(Git(folder), SAID)
    line = caught.value.text(str).rpartition("add this line to it: ".capitalize())[2].splitlines()[0]
    assert path.read_text(encoding="utf-8") == "#!/bin/sh\n"
    assert subprocess.run(["sh", "-n", "-c", line], check=False).returncode == 0
    quoted = shlex.quote(f"./{folder.relative_to(root).as_posix()}/").replace("./.", ".")
    assert line == f"pdca -C {quoted} validate || exit 1"


@pytest.mark.slow
def test_the_line_for_a_hook_that_is_there_already_blocks_as_well(repository, git, commit, tmp_path, monkeypatch):
    folder, root = repository
    program = tmp_path / "bin" / "pdca"
    program.parent.mkdir()
    python = shlex.quote(sys.executable)
    program.write_text(f'#!/bin/sh\nexec {python} -m mizuho_pdca "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    path = root / ".git" / "hooks" / "pre-commit"
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        install_hook(Git(folder), SAID)
    assert caught.value.remedy is not None
    path.write_text(f"#!/bin/sh\n{caught.value.remedy.values['command']}\n", encoding="utf-8")
    git(folder, "add", "plan")
    assert commit(folder)[0] == 0
    stage(folder, git, BAD)
    code, said = commit(folder)
    assert code == 1
    assert f"{BAD}:1:1 [E102]" in said


def test_hooks_that_serve_other_repositories_too_are_left_alone(repository, git, tmp_path):
    folder, root = repository
    git(root, "config", "core.hooksPath", str(tmp_path / "shared"))
    with pytest.raises(Refused) as caught:
        install_hook(Git(folder), SAID)
    assert str(tmp_path / "shared") in caught.value.text(str)
    assert not (tmp_path / "shared").exists()


def test_hooks_that_the_repository_keeps_in_its_files_are_used(repository, git):
    folder, root = repository
    git(root, "config", "core.hooksPath", ".githooks")
    assert install_hook(Git(folder), SAID) == root.resolve() / ".githooks" / "pre-commit"


def test_a_worktree_uses_the_hooks_of_its_repository(workspace, git, tmp_path):
    git(workspace, "init", "--quiet")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    git(workspace, "worktree", "add", "--quiet", str(tmp_path / "second"))
    assert install_hook(Git(tmp_path / "second"), SAID) == workspace.resolve() / ".git" / "hooks" / "pre-commit"


@pytest.mark.parametrize("name", ["進捗 ", " 進捗"])
def test_a_repository_may_have_a_blank_at_an_edge_of_its_name(tmp_path, workspace, git, name):
    folder = workspace.rename(tmp_path / name)
    git(folder, "init", "--quiet")
    assert install_hook(Git(folder), SAID) == folder.resolve() / ".git" / "hooks" / "pre-commit"


def test_without_a_repository_there_is_no_hook(workspace):
    with pytest.raises(EnvironmentFault):
        install_hook(Git(workspace), SAID)
