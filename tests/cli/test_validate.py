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


@pytest.mark.slow
def test_a_faulty_plan_is_a_problem_like_any_other(pdca, faulty_plan):  # noqa: ARG001
    result = pdca("validate")
    assert result.code == 1
    assert result.out.count("plan/measures.yaml:") >= 2
    assert json.loads(pdca("validate", "-f", "json").out)["counts"]["error"] >= 2


def test_problems_can_be_shown_by_github_with_the_path_from_the_repository_s_root(pdca, broken, tmp_path, git):
    git(tmp_path, "init", "--quiet")
    result = pdca("validate", "-f", "github")
    assert result.code == 1
    assert result.out.startswith(f"::error file=town/{broken[0]},line=6,col=9,title=E204::")
    assert f"\n::error file=town/{broken[1]},line=7,col=1,title=E101::" in result.out
    assert result.out.count("\n::error ") + 1 == result.out.count("\n")


def test_without_git_github_gets_the_path_from_the_workspace(pdca, broken, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdca("validate", "-f", "github").out.startswith(f"::error file={broken[0]},")


def test_a_sound_workspace_says_nothing_to_github(pdca):
    assert pdca("validate", "-f", "github")[:3] == (0, "", "")


@pytest.mark.parametrize(("form", "code"), [("txt", 0), ("text", 0), ("xml", 2), ("md", 2)])
def test_other_formats_are_refused(pdca, form, code):
    assert pdca("validate", "-f", form).code == code


# -- init -------------------------------------------------------------------------------------


@pytest.mark.slow
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
    assert "--hook" not in result.out
    assert (tmp_path / "new" / "plan" / "measures.yaml").is_file()


def test_the_last_lines_say_what_to_do_next(pdca, tmp_path):
    folder = tmp_path / "new"
    assert pdca("init", str(folder)).out.splitlines() == [
        f"Made: {folder}",
        "The first commit holds the plan.",
        f'Next: pdca -C {folder} log 1-1①-1 -m "…"',
        f"To have every commit checked: pdca init {folder} --hook",
    ]


@pytest.mark.slow
def test_where_nothing_was_committed_it_says_what_to_type(pdca, tmp_path, git, monkeypatch):
    git(tmp_path, "init", "--quiet")
    result = pdca("init", str(tmp_path / "new"))
    assert "inside a repository" in result.out
    assert f"To commit what was made: pdca -C {tmp_path / 'new'} commit\n" in result.out
    assert pdca("-C", str(tmp_path / "new"), "commit").code == 0
    assert git(tmp_path / "new", "status", "--porcelain", ".") == ""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / ".git").rename(tmp_path / "gone")
    result = pdca("init", str(tmp_path / "unknown"))
    assert result.code == 0
    assert 'git config --global user.email "hanako@example.jp"' in result.out
    assert 'git config --global user.name "瑞穂 花子"' in result.out
    assert f"pdca -C {tmp_path / 'unknown'} commit\n" in result.out
    git(tmp_path / "unknown", "config", "user.name", "産業課")
    git(tmp_path / "unknown", "config", "user.email", "sangyo@town.example")
    assert pdca("-C", str(tmp_path / "unknown"), "commit").code == 0
    assert git(tmp_path / "unknown", "status", "--porcelain") == ""


def test_the_first_commit_has_the_language_of_the_plan(pdca, tmp_path, git):
    pdca("--lang", "en", "init", str(tmp_path / "new"))
    assert git(tmp_path / "new", "log", "--format=%s") == "計画: 瑞穂町工業振興計画\n"


def test_no_workspace_is_made_among_the_data_of_another(pdca, workspace):
    (workspace / "records").mkdir()
    before = sorted(workspace.rglob("*"))
    for folder in (workspace / "records", workspace / "records" / "new", workspace / "plan" / "new"):
        result = pdca("init", str(folder))
        assert (result.code, result.out) == (3, "")
        assert str(workspace) in result.err
        assert "outside" in result.err
    assert sorted(workspace.rglob("*")) == before


def test_a_workspace_beside_the_data_of_another_is_made_and_told_apart(pdca, workspace):
    result = pdca("init", str(workspace / "new"))
    assert result.code == 0
    assert f"The folder above, {workspace}, is a workspace as well" in result.out
    assert (workspace / "new" / "plan" / "measures.yaml").is_file()


# -- the hook ---------------------------------------------------------------------------------


def test_a_new_workspace_can_have_the_hook_at_once(pdca, tmp_path):
    result = pdca("init", str(tmp_path / "new"), "--hook")
    path = tmp_path / "new" / ".git" / "hooks" / "pre-commit"
    assert result.code == 0
    assert result.out.endswith(f"is checked from now on: {path.resolve()}\n")
    assert "git commit --no-verify" in path.read_text(encoding="utf-8")


def test_an_existing_workspace_gets_the_hook_alone(pdca, repository, git):
    plan = (repository / "plan" / "measures.yaml").read_bytes()
    assert pdca("init", str(repository), "--hook").code == 0
    assert (repository / ".git" / "hooks" / "pre-commit").is_file()
    assert (repository / "plan" / "measures.yaml").read_bytes() == plan
    assert git(repository, "status", "--porcelain") == ""


def test_another_hook_is_left_as_it_is(pdca, repository):
    path = repository / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    result = pdca("init", str(repository), "--hook")
    assert result.code == 3
    assert str(path) in result.err
    assert path.read_text(encoding="utf-8") == "#!/bin/sh\n"


def test_the_hook_of_a_workspace_is_made_in_its_own_folder(pdca, repository, monkeypatch):
    (repository / "records").mkdir()
    monkeypatch.chdir(repository / "records")
    result = pdca("init", ".", "--hook")
    assert (result.code, result.out) == (3, "")
    assert f"the folder above, {repository.resolve()}, is the workspace" in result.err
    assert "There type pdca init . --hook" in result.err
    assert not any((repository / "records").iterdir())


def test_an_existing_workspace_takes_no_other_plan_with_the_hook(pdca, repository, tmp_path):
    (tmp_path / "other.yaml").write_text(own_plan(), encoding="utf-8")
    assert pdca("init", str(repository), "--hook", "--from", str(tmp_path / "other.yaml")).code == 3
    assert not (repository / ".git" / "hooks" / "pre-commit").exists()


def test_without_a_repository_there_is_no_hook(pdca, workspace):
    result = pdca("init", str(workspace), "--hook")
    assert result.code == 4
    assert "git init -b main, then pdca init . --hook again" in result.err


@pytest.mark.parametrize(
    "command",
    [
        ("validate",),
        ("review", "2024"),
        ("packet", "2024", "-o", "papers"),
        ("close", "2024", "--allow-incomplete"),
        ("status", "--year", "2024"),
        ("commit",),
    ],
)
def test_nothing_is_counted_closed_or_committed_where_a_sparse_checkout_leaves_records_out(
    pdca, repository, git, snapshot, command
):
    path = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
    (repository / path).parent.mkdir(parents=True)
    (repository / path).write_text("schema: 1\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "x")
    git(repository, "sparse-checkout", "set", "--cone", "plan")
    before = snapshot()
    result = pdca(*command)
    assert (result.code, result.out) == (4, "")
    assert f"leaves files of the plan and the records out of this folder: 1, such as {path}" in result.err
    assert "sparse-checkout disable" in result.err
    assert snapshot() == before
    git(repository, "sparse-checkout", "disable")
    assert "E102" in pdca("validate").out
