import os
import subprocess
from pathlib import Path

import pytest

from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage.git import program as module
from mizuho_pdca.storage.git.committing import commit_built
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.git.refusals import NoRepository, UnusableRepository

unix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names and pipes")

ENTRY = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
MEND = "Correct that line in a text editor, or ask whoever set up git."


@pytest.fixture
def repository(workspace, git):
    """Put the workspace under git with one commit."""
    (workspace / ENTRY).parent.mkdir(parents=True)
    (workspace / ENTRY).write_text("schema: 1\n", encoding="utf-8")
    git(workspace, "init", "--quiet", "--initial-branch=main")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    return workspace


@pytest.fixture
def no_git(monkeypatch, tmp_path):
    """Take the git program off the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))


# -- as of ------------------------------------------------------------------------------------


def test_a_clean_workspace_stands_at_its_commit(repository, git):
    assert Git(repository).as_of() == AsOf(git(repository, "rev-parse", "HEAD").strip(), dirty=False)


@pytest.mark.parametrize("path", [ENTRY, "plan/measures.yaml", "records/2025/1-1-2-1/2025-04-01-k7x3q9.yaml"])
def test_a_changed_or_new_file_of_the_data_makes_it_dirty(repository, path):
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text("changed\n", encoding="utf-8")
    assert Git(repository).as_of().dirty is True


def test_a_deleted_or_staged_file_of_the_data_makes_it_dirty(repository, git):
    git(repository, "rm", "--quiet", ENTRY)
    assert Git(repository).as_of().dirty is True


def test_a_file_that_is_no_data_does_not(repository):
    (repository / "review.csv").write_text("1", encoding="utf-8")
    assert Git(repository).as_of().dirty is False


def test_new_records_make_it_dirty_however_git_is_set_up(repository, git):
    git(repository, "config", "status.showUntrackedFiles", "no")
    (repository / "records" / "2024" / "1-1-2-1" / "2024-07-01-k7x3q9.yaml").touch()
    assert Git(repository).as_of().dirty is True


def test_a_workspace_deep_in_a_repository_has_the_commit_of_the_repository(tmp_path, workspace, git):
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "town")
    git(tmp_path, "commit", "--quiet", "-m", "begin")
    (tmp_path / "outside.txt").touch()
    assert Git(workspace).as_of() == AsOf(git(tmp_path, "rev-parse", "HEAD").strip(), dirty=False)


def test_a_repository_without_a_commit_and_a_folder_without_git_have_none(workspace, git):
    assert Git(workspace).as_of() == AsOf(None, None)
    git(workspace, "init", "--quiet")
    assert Git(workspace).as_of() == AsOf(None, None)


def test_without_the_program_there_is_no_commit_and_no_error(repository, no_git):  # noqa: ARG001
    assert Git(repository).as_of() == AsOf(None, None)


def test_where_git_can_not_tell_it_is_not_known_whether_the_data_has_changed(repository, git):
    commit = git(repository, "rev-parse", "HEAD").strip()
    (repository / ".git" / "index").write_bytes(b"broken")
    assert Git(repository).as_of() == AsOf(commit, dirty=None)


def test_reading_writes_nothing_into_the_repository(repository):
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    os.utime(repository / ENTRY)  # git would refresh its index now
    before[repository / ENTRY] = (repository / ENTRY).stat().st_mtime_ns
    Git(repository).as_of()
    Git(repository).user()
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before


# -- who --------------------------------------------------------------------------------------


def test_the_user_is_the_one_that_commits_would_carry(repository, git):
    assert Git(repository).user() == "産業課"
    git(repository, "config", "user.name", "商工会")
    assert Git(repository).user() == "商工会"


def test_an_empty_name_is_none(repository, git):
    git(repository, "config", "user.name", "  ")
    assert Git(repository).user() is None


def test_a_missing_name_is_none(repository, monkeypatch):
    monkeypatch.setattr(Git, "ask", lambda *_: None)
    assert Git(repository).user() is None


def test_variables_of_git_in_the_environment_do_not_lead_elsewhere(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "someone")
    assert Git(repository).as_of().commit is not None


# -- writing commands -------------------------------------------------------------------------


def test_a_writing_command_gives_back_what_git_prints(repository):
    assert Git(repository).do("rev-parse", "--abbrev-ref", "HEAD") == "main\n"


def test_what_git_refuses_is_told_with_its_reason(repository):
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).do("add", "--", "absent.yaml")
    assert caught.value.exit_code == 4
    assert "git add" in caught.value.text(str)
    assert "absent.yaml" in caught.value.text(str)


def test_without_the_program_a_writing_command_says_how_to_go_on(repository, no_git):  # noqa: ARG001
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).do("add", "--", ENTRY)
    assert caught.value.exit_code == 4
    assert "git" in caught.value.text(str)


def test_git_that_does_not_end_is_stopped(repository, monkeypatch, tmp_path):
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setattr(module, "_SECONDS", 0.05)
    assert Git(repository).ask("status") is None
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).do("commit")
    assert caught.value.exit_code == 4
    assert "git commit" in caught.value.text(str)


def test_git_never_waits_for_an_answer(repository):
    assert Git(repository).do("hash-object", "--stdin") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\n"


# -- a repository from anywhere ---------------------------------------------------------------


@pytest.fixture
def marker(repository, tmp_path):
    """Make a program that leaves a marker when anything runs it, and every hook of git the same."""
    program = tmp_path / "hostile.sh"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{tmp_path}/marker"\ncat\n', encoding="utf-8")
    program.chmod(0o755)
    hooks = repository / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in (
        "pre-commit",
        "post-commit",
        "commit-msg",
        "prepare-commit-msg",
        "post-index-change",
        "fsmonitor-watchman",
    ):
        (hooks / name).symlink_to(program)
    (tmp_path / "hooks").symlink_to(hooks)
    return program


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.fsmonitor", "{program}"),
        ("core.hooksPath", "{folder}/hooks"),
        ("core.pager", "{program}"),
        ("pager.status", "{program}"),
        ("core.editor", "{program}"),
        ("core.askPass", "{program}"),
        ("diff.external", "{program}"),
        ("filter.evil.clean", "{program}"),
        ("filter.evil.process", "{program}"),
        ("gpg.program", "{program}"),
        ("alias.status", "!{program}"),
        ("alias.commit", "!{program}"),
    ],
)
def test_the_configuration_of_a_repository_runs_nothing(repository, git, marker, key, value):
    git(repository, "config", key, value.format(program=marker, folder=marker.parent))
    if key.startswith("filter"):
        (repository / ".git" / "info" / "attributes").write_text("*.yaml filter=evil\n", encoding="utf-8")
    if key.startswith("gpg"):
        git(repository, "config", "commit.gpgSign", "true")
    (repository / ENTRY).write_text("changed\n", encoding="utf-8")
    here = Git(repository)
    here.as_of()
    here.user()
    here.ask("add", "--", ENTRY)
    here.ask("commit", "--quiet", "-m", "entry", "--", ENTRY)
    assert not (marker.parent / "marker").exists(), (marker.parent / "marker").read_text(encoding="utf-8")


# -- what git is told not to see --------------------------------------------------------------


def test_an_entry_that_git_is_told_to_ignore_is_a_change(repository):
    (repository / ".git" / "info" / "exclude").write_text("records/\n", encoding="utf-8")
    (repository / "records" / "2024" / "1-1-2-1" / "2024-07-01-k7x3q9.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert Git(repository).as_of().dirty is True


def test_what_a_machine_leaves_is_none_even_where_it_is_ignored(repository):
    (repository / ".git" / "info" / "exclude").write_text("Thumbs.db\n", encoding="utf-8")
    (repository / "records" / "Thumbs.db").write_bytes(b"x")
    assert Git(repository).as_of().dirty is False


LEFT = (
    ".DS_Store",
    "desktop.ini",
    "Thumbs.db",
    "~$計画.xlsx",
    ".5f0c.tmp",
    "notes.txt",
    ".cache/a.yaml",
    "~old/a.yaml",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", LEFT)
@pytest.mark.parametrize("folder", ["", "2024/", "2024/1-1-2-1/"])
def test_what_neither_validate_nor_commit_sees_is_no_change(repository, git, folder, name):
    path = repository / "records" / folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert Git(repository).as_of().dirty is False
    git(repository, "add", ".")
    assert Git(repository).as_of().dirty is False


@pytest.mark.parametrize("how", ["ignored", "new"])
def test_another_repository_among_the_records_is_a_change(repository, git, how):
    nested = repository / "records" / "2024" / "1-1-2-2"
    nested.mkdir()
    git(nested, "init", "--quiet")
    (nested / "2024-07-01-k7x3q9.yaml").write_text("schema: 1\n", encoding="utf-8")
    if how == "ignored":
        (repository / ".git" / "info" / "exclude").write_text("1-1-2-2/\n", encoding="utf-8")
    assert Git(repository).as_of().dirty is True


@pytest.mark.parametrize("option", ["--skip-worktree", "--assume-unchanged"])
def test_a_file_whose_changes_git_is_told_not_to_see_makes_it_dirty(repository, git, option):
    git(repository, "update-index", option, ENTRY)
    assert Git(repository).as_of().dirty is True


# -- what surrounds git ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value"),
    [("core.fsmonitor", "{program}"), ("filter.evil.clean", "{program}"), ("core.hooksPath", "{folder}/hooks")],
)
def test_what_writes_runs_nothing_of_the_repository_either(repository, git, marker, key, value):
    git(repository, "config", key, value.format(program=marker, folder=marker.parent))
    (repository / ".gitattributes").write_text("* filter=evil\n", encoding="utf-8")
    (repository / ENTRY).write_text("changed\n", encoding="utf-8")
    receipt = commit_built(Git(repository), lambda draft: draft.do("add", "-A") or "x")
    assert receipt == git(repository, "-c", "core.fsmonitor=false", "rev-parse", "HEAD").strip()
    assert not (marker.parent / "marker").exists(), (marker.parent / "marker").read_text(encoding="utf-8")


def test_the_filters_are_those_of_the_folder_wherever_the_environment_points(
    repository, git, marker, tmp_path, monkeypatch
):
    git(tmp_path, "init", "--quiet", "elsewhere")
    git(repository, "config", "filter.evil.clean", str(marker))
    (repository / ".gitattributes").write_text("* filter=evil\n", encoding="utf-8")
    (repository / ENTRY).write_text("changed\n", encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere" / ".git"))
    assert Git(repository).as_of().dirty is True
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG"])
def test_no_variable_of_git_s_leads_it_elsewhere(repository, tmp_path, monkeypatch, name):
    (repository / ENTRY).write_text("changed\n", encoding="utf-8")
    expected = Git(repository).as_of()
    monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    assert Git(repository).as_of() == expected
    assert expected.dirty is True


@pytest.fixture
def runs(monkeypatch):
    """Note how programs are run, without running them."""
    noted = []

    def run(words, **more):
        noted.append((words, more))
        return subprocess.CompletedProcess(words, 0, "" if "encoding" in more else b"", "")

    monkeypatch.setattr(subprocess, "run", run)
    return noted


OWN = {"LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0"}
OWN |= {"PDCA_NO_FILTER": "", "PDCA_NOT_REQUIRED": "false", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}


def test_the_program_s_own_values_win_over_the_environment(repository, monkeypatch, runs):
    for name, value in OWN.items():
        monkeypatch.setenv(name, f"not {value}")
    Git(repository).ask("status")
    Git(repository).do("add", "x")
    assert len(runs) == 4
    assert all({name: more["env"].get(name) for name in OWN} == OWN for _, more in runs)


@pytest.mark.parametrize("given", ["AUTHOR", "COMMITTER", "EMAIL"])
def test_who_commits_is_known_only_where_author_and_committer_are(repository, monkeypatch, tmp_path, given):
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert not Git(repository).knows_who()
    for role in ("AUTHOR", "COMMITTER") if given == "EMAIL" else (given,):
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@town.example")
        if given != "EMAIL":
            monkeypatch.setenv(f"GIT_{role}_NAME", "a")
    assert not Git(repository).knows_who()
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "a")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@town.example")
    assert Git(repository).knows_who()


def test_git_has_time_to_ask_for_the_key_that_it_signs_with(repository, runs):
    Git(repository).read("status")
    Git(repository).do("commit-tree", "x")
    Git(repository).read("fsck", seconds=5)
    given = {words[-1]: more["timeout"] for words, more in runs}
    assert (given["status"], given["x"], given["fsck"]) == (60, 600, 5)


def test_what_git_writes_outlasts_a_power_cut(repository, runs):
    Git(repository).do("add", "x")
    assert "core.fsync=all" in runs[-1][0]


def test_on_windows_git_comes_from_the_path_and_never_from_the_folder(tmp_path, monkeypatch):
    exe = tmp_path / "bin" / "git.exe"
    exe.parent.mkdir()
    exe.touch()
    monkeypatch.setattr(os, "name", "nt")
    (tmp_path / "git.exe").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(tmp_path / "none"), str(exe.parent)]))
    monkeypatch.setattr(module, "Path", type(tmp_path))
    assert module.program() == str(exe)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="git"):
        module.program()


# -- signing ----------------------------------------------------------------------------------


def test_nor_by_the_settings_of_one_of_its_work_trees(repository, git, marker, tmp_path):
    git(repository, "config", "extensions.worktreeConfig", "true")
    git(repository, "config", "--worktree", "gpg.program", str(marker))
    git(repository, "config", "commit.gpgSign", "true")
    with pytest.raises(EnvironmentFault, match="names a program of its own"):
        Git(repository).do("commit-tree", "-S", "-m", "x", "HEAD^{tree}")
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("key", ["gpg.program", "gpg.ssh.program", "gpg.ssh.defaultKeyCommand"])
def test_a_repository_can_not_name_the_program_that_commits_are_signed_with(repository, git, marker, tmp_path, key):
    git(repository, "config", key, str(marker))
    git(repository, "config", "commit.gpgSign", "true")
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).do("commit-tree", "-S", "-m", "x", "HEAD^{tree}")
    assert caught.value.exit_code == 4
    assert f"names a program of its own to sign with, {key.lower()}" in caught.value.text(str)
    assert not (tmp_path / "marker").exists()


def test_a_program_that_the_user_has_named_signs(repository, git, marker, home, tmp_path):
    config = home / ".gitconfig"
    before = config.read_text(encoding="utf-8")
    try:
        git(repository, "config", "--global", "gpg.program", str(marker))
        git(repository, "config", "commit.gpgSign", "true")
        with pytest.raises(EnvironmentFault, match="failed"):  # it signs nothing
            Git(repository).do("commit-tree", "-S", "-m", "x", "HEAD^{tree}")
        assert (tmp_path / "marker").exists()
    finally:
        config.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("name", ["my town", "進捗 ", " 進捗"])
def test_an_ignored_entry_in_a_folder_with_a_blank_makes_it_dirty(tmp_path, workspace, git, name):
    town = workspace.rename(tmp_path / name)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", name)
    git(tmp_path, "commit", "--quiet", "-m", "begin")
    (tmp_path / ".git" / "info" / "exclude").write_text("*.yaml\n", encoding="utf-8")
    (town / ENTRY).parent.mkdir(parents=True)
    (town / ENTRY).write_text("schema: 1\n", encoding="utf-8")
    assert Git(town).as_of().dirty is True


@pytest.mark.parametrize(
    ("setting", "said", "remedy"),
    [
        ("[core", "git can't read its settings: bad config line 1 in file", MEND),
        ("[core]\nfilemode = maybe", "git can't read its settings: bad boolean config value 'maybe'", MEND),
        ("[core]\nabbrev = zz", "git can't read its settings: bad numeric config value 'zz'", MEND),
        (
            "[core]\nrepositoryformatversion = 9",
            "git rev-parse failed: fatal: Expected git repo version <= 1, found 9",
            None,
        ),
    ],
)
def test_a_repository_that_git_can_not_use_is_not_called_none(workspace, git, setting, said, remedy):
    git(workspace, "init", "--quiet")
    (workspace / ".git" / "config").write_text(setting + "\n", encoding="utf-8")
    found = Git(workspace).why_unknown()
    assert isinstance(found, UnusableRepository)
    assert said in found.text(str)
    assert (found.remedy and found.remedy.text(str)) == remedy


def test_a_folder_without_a_repository_is_told_from_one_that_git_can_not_use(workspace):
    assert Git(workspace).why_unknown() is None
    with pytest.raises(NoRepository) as caught:
        Git(workspace).prefix()
    assert f"{workspace} is not under git" in caught.value.text(str)
    assert caught.value.remedy is not None
    assert caught.value.remedy.text(str) == "Put it under git there: git init -b main, then pdca commit."


def test_git_that_does_not_trust_a_folder_is_told_that_it_may(workspace, git, monkeypatch):
    git(workspace, "init", "--quiet")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(module, "_environment", lambda: dict(os.environ))
    found = Git(workspace).why_unknown()
    assert isinstance(found, UnusableRepository)
    assert f"git does not trust {workspace}" in found.text(str)
    assert found.remedy is not None
    assert f"git config --global --add safe.directory {workspace.as_posix()}" in found.remedy.text(str)


def test_git_s_own_folder_may_end_with_a_blank(tmp_path, workspace, git):
    git(workspace, "init", "--quiet", "--separate-git-dir", str(tmp_path / "履歴 "))
    assert Git(workspace).directory() == (tmp_path / "履歴 ").resolve()


def test_what_git_thinks_of_the_form_of_an_old_commit_is_no_loss(repository):
    text = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor x 60 JST\ncommitter A <a@b> 60 +0900\n\nx\n"
    Git(repository).do("hash-object", "-t", "commit", "--literally", "-w", "--stdin", text=text)
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).read("fsck")
    assert "missingEmail" in caught.value.text(str)
    Git(repository).check()


def test_a_check_names_the_object_that_is_lost(repository, git):
    name = git(repository, "rev-parse", "HEAD:plan/measures.yaml").strip()
    path = repository / ".git" / "objects" / name[:2] / name[2:]
    path.unlink()
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).check()
    assert f"git has lost the object {name}" in caught.value.text(str)
    path.write_bytes(b"broken")
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).check()
    assert f"git has lost the object {name}" in caught.value.text(str)


def test_where_git_does_not_say_in_time_where_the_folder_lies_that_is_told(repository, monkeypatch):
    monkeypatch.setattr(module, "_SECONDS", 1e-9)
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).prefix()
    assert "git rev-parse did not end in time" in caught.value.text(str)


@pytest.mark.parametrize("ask", [Git.prefix, Git.directory, Git.hooks])
def test_whatever_is_asked_of_a_folder_without_a_repository_it_says_so(workspace, ask):
    with pytest.raises(NoRepository):
        ask(Git(workspace))


def test_a_check_that_does_not_end_is_told(repository, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_OF_HISTORY", 1e-9)
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).check()
    assert "git fsck did not end in time" in caught.value.text(str)


@pytest.mark.parametrize("broken", ["link to nowhere", "no head"])
def test_what_should_lead_to_a_history_and_does_not_is_named(repository, broken):
    place = repository / ".git"
    if broken == "no head":
        (place / "HEAD").write_text("garbage\n", encoding="utf-8")
    else:
        place.rename(repository / "away")
        place.write_text("gitdir: /nowhere/.git/worktrees/x\n", encoding="utf-8")
    with pytest.raises(UnusableRepository) as caught:
        Git(repository).prefix()
    told = caught.value.text(str)
    assert told.startswith(f"Error: {place} should lead to the history of {repository}")
    assert f"put {place} elsewhere, then git init -b main and pdca commit" in told
    place.rename(repository / "elsewhere")
    with pytest.raises(NoRepository):
        Git(repository).prefix()


@pytest.mark.parametrize(("key", "value"), [("core.bare", "true"), ("core.worktree", "..")])
def test_a_repository_whose_settings_lay_its_files_elsewhere_takes_no_commit(repository, git, tmp_path, key, value):
    (tmp_path / "other").mkdir()
    git(repository, "config", key, str(tmp_path / "other") if value == ".." else value)
    with pytest.raises(UnusableRepository, match="are not those of"):
        Git(repository).directory()


def test_a_broken_index_is_named_and_may_be_deleted(repository):
    index = repository / ".git" / "index"
    index.write_bytes(b"garbage")
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).read("status")
    assert f"Delete {index.as_posix()} and try again" in caught.value.text(str)
    index.unlink()
    assert Git(repository).read("status", "--porcelain", "--", ENTRY) != ""
    commit_built(Git(repository), lambda _: None, healed=[ENTRY])
    assert Git(repository).read("status", "--porcelain", "--", ENTRY) == ""


def test_what_else_git_says_of_an_index_is_no_reason_to_delete_it(repository):
    (repository / ".git" / "index.lock").touch()
    with pytest.raises(EnvironmentFault) as caught:
        Git(repository).do("add", ENTRY)
    assert "Delete" not in caught.value.text(str)


@unix_only
def test_a_folder_whose_name_is_no_text_has_its_own_place(repository):
    odd = Path(os.fsdecode(os.fsencode(repository.parent) + b"/\x96\xf0\x8f\xea"))
    repository.rename(odd)
    assert Git(odd).directory() == odd / ".git"
    assert Git(odd).hooks()[0] == odd / ".git" / "hooks"
    assert commit_built(Git(odd), lambda _: None) is None


def test_to_look_at_what_differs_writes_no_index(repository):
    index = repository / ".git" / "index"
    os.utime(repository / ENTRY, (1, 1))  # so that git would note anew what it has seen
    before = index.read_bytes()
    assert Git(repository).read("diff", "--name-only", "--diff-filter=U") == ""
    assert index.read_bytes() == before


@unix_only
def test_nobody_is_waited_for_who_never_comes(repository):
    os.mkfifo(repository / ".git" / "pdca-turn")
    assert commit_built(Git(repository), lambda _: None) is None
