# mypy: allow-untyped-calls
"""Commits made with the real git: what goes in, what stays as it is, and what is refused."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.commit import Committed, Unchanged, UnfitToCommit, commit, commit_entry, commit_files
from mizuho_pdca.app.log import log
from mizuho_pdca.app.reopen import reopen_year
from mizuho_pdca.errors import EnvironmentFault, Refused
from mizuho_pdca.storage.git import state
from mizuho_pdca.storage.git.program import Git

pytestmark = pytest.mark.slow

PLAN = "plan/measures.yaml"


def english(_):
    return str


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


@pytest.fixture
def repository(workspace, git):
    """Put the workspace under git with one commit."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    return workspace


def committed(git, folder):
    return git(folder, "show", "--format=", "--name-only", "HEAD").split()


def message(git, folder):
    return git(folder, "log", "-1", "--format=%B")


def trailers(git, folder, key):
    return git(folder, "log", "-1", f"--format=%(trailers:key={key},valueonly)").split()


def status(git, folder):
    return git(folder, "status", "--porcelain").splitlines()


def add_to(path: Path, text="# メモ\n"):
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text)


def refused(desk):
    with pytest.raises(EnvironmentFault) as caught:
        commit(desk, english)
    return caught.value.text(str)


# -- what is committed ------------------------------------------------------------------------


def test_what_was_recorded_is_committed_with_its_trailers(desk, repository, git):
    entries = [log(desk, "1-1②-1", "訪問", day="2024-06-12"), log(desk, "1-1②-2", "相談", day="2025-06-12")]
    done = commit(desk, english)
    assert isinstance(done, Committed)
    assert git(repository, "rev-parse", "HEAD").startswith(done.id)
    assert committed(git, repository) == [receipt.path for receipt in entries]
    assert trailers(git, repository, "Pdca-Entry") == [receipt.entry.id for receipt in entries]
    assert trailers(git, repository, "Pdca-Year") == ["2024", "2025"]
    assert message(git, repository).startswith(done.subject + "\n\n- " + done.lines[0])
    assert done.subject == "Record: 2 entries (1-1②-1 企業訪問活動の実施 and others)"
    assert (len(done.lines), done.notes) == (2, ())
    assert status(git, repository) == []


@pytest.mark.usefixtures("repository")
def test_nothing_new_is_no_commit(desk):
    assert commit(desk, english) == Unchanged()


def test_new_changed_and_deleted_files_are_all_taken(desk, repository, git):
    kept, gone = (log(desk, "1-1②-1", text, day="2024-06-12") for text in ("一", "二"))
    commit(desk, english)
    (repository / gone.path).unlink()
    add_to(repository / kept.path)
    add_to(repository / PLAN)
    new = log(desk, "1-1②-2", "三", day="2025-05-01")
    done = commit(desk, english, force=True)
    assert isinstance(done, Committed)
    assert done.lines[0] == "Change of the plan"
    assert done.lines[2:] == (f"Changed by hand: {kept.path}", f"Deleted by hand: {gone.path}")
    assert trailers(git, repository, "Pdca-Entry") == [new.entry.id]
    assert trailers(git, repository, "Pdca-Year") == ["2024", "2025"]
    assert status(git, repository) == []


def test_the_subject_can_be_given(desk, repository, git):
    add_to(repository / PLAN)
    commit(desk, english, "見直し")
    assert message(git, repository) == "見直し\n\n- Change of the plan\n\n"


def test_a_line_that_begins_like_a_comment_stays(desk, repository, git):
    git(repository, "config", "commit.cleanup", "strip")
    git(repository, "config", "i18n.commitEncoding", "SHIFT_JIS")
    add_to(repository / PLAN)
    commit(desk, english, "#12 見直し")
    assert git(repository, "cat-file", "commit", "HEAD").partition("\n\n")[2].startswith("#12 見直し\n")


def test_a_closing_and_a_reopening_are_named(make_desk, repository):
    desk = make_desk(repository)
    close_year(desk, 2024, allow_incomplete=True)
    done = commit(desk, english)
    assert isinstance(done, Committed)
    assert done.subject == "Closing of FY2024"
    reopen_year(desk, 2024, reason="訂正")
    done = commit(desk, english)
    assert isinstance(done, Committed)
    assert done.subject == "Reopening of FY2024"


def test_the_message_has_the_language_of_the_plan(desk, repository):
    add_to(repository / PLAN)
    done = commit(desk, lambda language: lambda msgid: f"{language}: {msgid}")
    assert isinstance(done, Committed)
    assert done.subject == "ja: Change of the plan"


def test_what_is_only_worth_a_look_does_not_stop_it(desk, repository):
    (repository / "records").mkdir()
    (repository / "records" / "note.txt").touch()
    log(desk, "1-1②-1", "訪問")
    done = commit(desk, english)
    assert isinstance(done, Committed)
    assert "validate" in done.notes[0].text(str)


# -- what stays as it is ----------------------------------------------------------------------


def test_what_else_is_staged_stays_staged_and_out_of_it(desk, repository, git):
    (repository / "staged.txt").write_text("1", encoding="utf-8")
    git(repository, "add", "staged.txt")
    (repository / "staged.txt").write_text("2", encoding="utf-8")
    receipt = log(desk, "1-1②-1", "訪問")
    commit(desk, english)
    assert committed(git, repository) == [receipt.path]
    assert status(git, repository) == ["AM staged.txt"]
    assert git(repository, "show", ":staged.txt") == "1"


LEFT = ("records/Thumbs.db", "records/2024/~$1.yaml", "plan/.measures.yaml.swp", "records/.0a1b.tmp", "plan/.vs/x.json")


def test_what_machines_and_editors_leave_is_no_data(desk, repository, git):
    for path in LEFT:
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).touch()
    assert commit(desk, english) == Unchanged()
    receipt = log(desk, "1-1②-1", "訪問", day="2024-06-12")
    (repository / "records" / ".gitkeep").touch()
    commit(desk, english)
    assert committed(git, repository) == ["records/.gitkeep", receipt.path]
    assert commit(desk, english) == Unchanged()


STRANGERS = (
    "plan/measures.yaml.bak",
    "plan/案.docx",
    "records/2024/1-1-2-1/写真.jpg",
    "records/2024/コピー.zip",
    "records/x/1-1-2-1/a.yaml",
    "records/メモ.txt",
)


@pytest.mark.parametrize("staged", [False, True])
def test_files_that_are_no_records_stay_out_and_are_named(desk, repository, git, staged):
    for path in STRANGERS:
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).touch()
    if staged:
        git(repository, "add", *STRANGERS)
    receipt = log(desk, "1-1②-1", "訪問", day="2024-06-12")
    done = commit(desk, english)
    assert committed(git, repository) == [receipt.path]
    left = f"files that are no records were not committed: {', '.join(STRANGERS[:3])} and 3 more"
    assert [note.text(str) for note in done.notes if "no records" in note.msgid] == [left]
    assert sorted(line[3:] for line in git(repository, "status", "--porcelain", "-uall", "-z").split("\0")) == [
        "",
        *STRANGERS,
    ]
    assert [note.text(str) for note in commit(desk, english).notes] == [left]


def test_the_workspace_s_own_attributes_go_in_unless_they_were_deleted(desk, repository, git):
    path = repository / ".gitattributes"
    for text in ("* text=auto eol=lf\n", "* text eol=lf\n"):
        path.write_text(text, encoding="utf-8", newline="\n")
        done = commit(desk, english)
        assert isinstance(done, Committed)
        assert done.lines == ("Other file: .gitattributes",)
    path.unlink()
    assert commit(desk, english) == Unchanged()
    git(repository, "rm", "--quiet", "--cached", ".gitattributes")
    receipt = log(desk, "1-1②-1", "訪問")
    commit(desk, english)
    assert committed(git, repository) == [receipt.path]
    assert status(git, repository) == ["D  .gitattributes"]


def test_what_was_staged_and_is_gone_again_is_no_reason_to_fail(desk, repository, git):
    gone = log(desk, "1-1②-1", "訪問")
    git(repository, "add", gone.path)
    (repository / gone.path).unlink()
    add_to(repository / PLAN)
    assert commit(desk, english) != Unchanged()
    assert committed(git, repository) == [PLAN]
    assert status(git, repository) == []


def test_what_is_staged_in_part_is_committed_as_it_stands_in_the_folder(desk, repository, git):
    add_to(repository / PLAN, "# 一\n")
    git(repository, "add", PLAN)
    add_to(repository / PLAN, "# 二\n")
    commit(desk, english)
    assert git(repository, "show", f"HEAD:{PLAN}").endswith("# 一\n# 二\n")


def test_a_change_that_was_staged_and_taken_back_is_nothing_new(desk, repository, git):
    before = (repository / PLAN).read_bytes()
    add_to(repository / PLAN)
    git(repository, "add", PLAN)
    (repository / PLAN).write_bytes(before)
    kept = status(git, repository)
    assert kept == [f"MM {PLAN}"]
    assert commit(desk, english) == Unchanged()
    assert status(git, repository) == kept


def test_a_repository_without_a_commit_gets_its_first(desk, workspace, git):
    git(workspace, "init", "--quiet")
    done = commit(desk, english)
    assert isinstance(done, Committed)
    assert done.subject == "Plan: 瑞穂町工業振興計画"
    assert committed(git, workspace) == [PLAN]


def test_a_workspace_deep_in_a_repository_touches_nothing_above_it(desk, workspace, tmp_path, git):
    git(tmp_path, "init", "--quiet")
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "other.txt").touch()
    receipt = log(desk, "1-1②-1", "訪問")
    done = commit(desk, english)
    assert isinstance(done, Committed)
    assert done.lines[0] == "Plan: 瑞穂町工業振興計画"
    assert committed(git, tmp_path) == [f"town/{PLAN}", f"town/{receipt.path}"]
    assert "?? plan/" in status(git, tmp_path)
    assert workspace == tmp_path / "town"


def test_signs_of_patterns_in_the_path_of_the_workspace_are_no_patterns(make_desk, workspace, tmp_path, git):
    folder = tmp_path / "all" / "town [h*ll]"
    folder.parent.mkdir()
    workspace.rename(folder)
    git(tmp_path / "all", "init", "--quiet")
    desk = make_desk(folder)
    receipt = log(desk, "1-1②-1", "訪問")
    assert commit(desk, english) != Unchanged()
    assert committed_names(git, folder) == {f"town [h*ll]/{PLAN}", f"town [h*ll]/{receipt.path}"}
    log(desk, "1-1②-1", "訪問")
    assert commit(desk, english) != Unchanged()
    assert status(git, folder) == []


def committed_names(git, folder):
    return set(git(folder, "show", "--format=", "--name-only", "-z", "HEAD").split("\0")) - {""}


def test_a_worktree_commits_to_its_own_branch(repository, tmp_path, git, make_desk):
    git(repository, "worktree", "add", "--quiet", "-b", "second", str(tmp_path / "second"))
    log(make_desk(tmp_path / "second"), "1-1②-1", "訪問")
    assert commit(make_desk(tmp_path / "second"), english) != Unchanged()
    assert git(repository, "log", "--oneline", "main..second").count("\n") == 1
    assert status(git, repository) == []


def test_without_a_branch_it_says_how_to_keep_the_commit(desk, repository, git):
    git(repository, "checkout", "--quiet", "--detach")
    log(desk, "1-1②-1", "訪問")
    done = commit(desk, english)
    assert isinstance(done, Committed)
    assert [note.text(str) for note in done.notes] == ["no branch holds this commit; keep it with git switch -c NAME"]


def test_git_is_called_as_often_for_many_entries_as_for_one(desk, repository, monkeypatch):
    called = []
    real = Git.do

    def do(self, *words, text=""):
        called.append(words[0])
        return real(self, *words, text=text)

    monkeypatch.setattr(Git, "do", do)
    for number in range(5):
        log(desk, "1-1②-1", f"{number}社を訪問")
    add_to(repository / PLAN)
    commit(desk, english)
    assert called == ["read-tree", "add", "write-tree", "commit-tree", "update-index", "update-ref"]


def test_many_who_commit_at_once_all_succeed_and_leave_nothing_staged(make_desk, repository, git):
    def work(number):
        desk = make_desk(repository, token=lambda: f"{number:06d}")
        commit_entry(desk, log(desk, "1-1②-1", f"{number}社を訪問", day="2024-06-12"), str)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, range(12)))
    assert len(git(repository, "ls-tree", "-r", "--name-only", "HEAD", "records").split()) == 12
    assert git(repository, "rev-list", "--count", "HEAD").strip() == "13"
    assert status(git, repository) == []
    assert sorted(path.name for path in (repository / ".git").iterdir() if "index" in path.name) == ["index"]


def test_somebody_who_commits_the_same_meanwhile_is_no_failure(desk, repository, git):
    receipt = log(desk, "1-1②-1", "訪問", day="2024-06-12")
    commit(desk, english)
    commit_entry(desk, receipt, str)
    assert git(repository, "rev-list", "--count", "HEAD").strip() == "2"


def test_what_git_was_cut_off_in_is_asked_of_the_history(desk, repository, git, monkeypatch):
    real = Git.do

    def do(self, *words, text=""):
        told = real(self, *words, text=text)
        if words[0] == "update-ref":
            raise EnvironmentFault("git was killed")
        return told

    monkeypatch.setattr(Git, "do", do)
    log(desk, "1-1②-1", "訪問")
    assert isinstance(commit(desk, english), Committed)
    assert status(git, repository) == []


def test_a_record_that_is_only_staged_as_deleted_is_so_no_longer(desk, repository, git):
    receipt = log(desk, "1-1②-1", "訪問")
    commit(desk, english)
    git(repository, "rm", "--quiet", "--cached", receipt.path)
    assert len(status(git, repository)) == 2
    assert commit(desk, english) == Unchanged()
    assert status(git, repository) == []


def test_another_who_stages_meanwhile_keeps_what_was_staged(desk, repository, git, monkeypatch):
    real = Git.do
    (repository / "other.txt").touch()

    def do(self, *words, text=""):
        if words[0] == "write-tree":
            git(repository, "add", "other.txt")
        return real(self, *words, text=text)

    monkeypatch.setattr(Git, "do", do)
    log(desk, "1-1②-1", "訪問")
    commit(desk, english)
    assert status(git, repository) == ["A  other.txt"]


def test_a_commit_that_comes_meanwhile_is_built_upon(desk, repository, git, monkeypatch):
    real = Git.do
    (repository / "other.txt").touch()

    def do(self, *words, text=""):
        if words[0] == "update-index" and not git(repository, "ls-files", "other.txt"):
            git(repository, "add", "other.txt")
            git(repository, "commit", "--quiet", "-m", "meanwhile")
        return real(self, *words, text=text)

    monkeypatch.setattr(Git, "do", do)
    receipt = log(desk, "1-1②-1", "訪問")
    commit(desk, english)
    assert committed(git, repository) == [receipt.path]
    assert git(repository, "log", "-1", "--format=%s", "HEAD~1").strip() == "meanwhile"
    assert status(git, repository) == []


# -- what is refused --------------------------------------------------------------------------


def test_errors_are_named_and_nothing_is_committed(desk, repository, git):
    receipt = log(desk, "1-1②-1", "訪問")
    (repository / receipt.path).write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(UnfitToCommit) as caught:
        commit(desk, english)
    assert caught.value.exit_code == 1
    assert f"{receipt.path}:1:1 [E102]" in caught.value.text(str)
    assert "nothing was committed" in caught.value.text(str)
    assert message(git, repository) == "begin\n\n"
    assert status(git, repository) == ["?? records/"]


def test_who_commits_must_be_known_before_anything_is_staged(desk, repository, git, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert commit(desk, english) == Unchanged()
    log(desk, "1-1②-1", "訪問", by="産業課")
    text = refused(desk)
    assert "git config --global user.name" in text
    assert "git config --global user.email" in text
    assert "the name and the e-mail address" in text
    git(repository, "config", "user.name", "産業課")
    text = refused(desk)
    assert "does not know the e-mail address" in text
    assert 'git config --global user.email "hanako@example.jp"' in text
    assert "user.name" not in text
    git(repository, "config", "--unset", "user.name")
    git(repository, "config", "user.email", "sangyo@town.example")
    text = refused(desk)
    assert "does not know the name" in text
    assert 'git config --global user.name "瑞穂 花子"' in text
    git(repository, "config", "--unset", "user.email")
    git(repository, "config", "user.name", "産業課")
    assert status(git, repository) == ["?? records/"]
    monkeypatch.setenv("GIT_AUTHOR_NAME", "a")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "sangyo@town.example")
    assert commit(desk, english) != Unchanged()


@pytest.mark.parametrize("line", ["records/", "*.yaml", "2024"])
def test_records_that_git_ignores_are_named(desk, repository, git, line):
    (repository / ".gitignore").write_text(f"{line}\n", encoding="utf-8")
    receipt = log(desk, "1-1②-1", "訪問", day="2024-06-12")
    text = refused(desk)
    assert receipt.path in text
    assert "git check-ignore -v" in text
    assert git(repository, "check-ignore", receipt.path).strip() == receipt.path


def test_other_files_may_be_ignored(desk, repository):
    (repository / ".gitignore").write_text("*.txt\n.*\n", encoding="utf-8")
    (repository / "plan" / "draft.txt").touch()
    (repository / "plan" / ".draft.yaml").touch()
    assert commit(desk, english) == Unchanged()


def test_another_repository_among_the_data_is_refused_and_nothing_of_it_runs(desk, repository, git, tmp_path):
    inner, program = repository / "records" / "2024" / "other", tmp_path / "evil.sh"
    inner.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\ntouch "{tmp_path}/marker"\ncat\n', encoding="utf-8")
    program.chmod(0o755)
    git(inner, "init", "--quiet")
    (inner / "a.txt").write_text("a\n", encoding="utf-8")
    git(inner, "add", ".")
    git(inner, "commit", "--quiet", "-m", "inner")
    git(repository, "add", "records/2024/other")
    git(repository, "commit", "--quiet", "-m", "module")
    git(inner, "config", "filter.evil.clean", str(program))
    (inner / ".git" / "info" / "attributes").write_text("* filter=evil\n", encoding="utf-8")
    (inner / "a.txt").write_text("b\n", encoding="utf-8")
    log(desk, "1-1②-1", "訪問", day="2024-06-12")
    assert "another repository among the data" in refused(desk)
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("how", ["ignored", "new"])
def test_a_repository_that_hides_records_from_git_is_named(desk, repository, git, how):
    receipt = log(desk, "1-1②-1", "訪問", day="2024-06-12")
    folder = (repository / receipt.path).parent
    git(folder, "init", "--quiet")
    if how == "ignored":
        (repository / ".git" / "info" / "exclude").write_text("1-1-2-1/\n", encoding="utf-8")
    text = refused(desk)
    assert "another repository among the data" in text
    assert "Move the folder records/2024/1-1-2-1/.git elsewhere" in text
    (folder / ".git").rename(repository / "elsewhere")
    (repository / ".git" / "info" / "exclude").unlink()
    assert isinstance(commit(desk, english), Committed)


def test_a_lock_that_comes_with_the_last_step_is_waited_for(desk, repository, git, monkeypatch):
    real = Git.do
    lock = repository / ".git" / "HEAD.lock"
    tried = []

    def do(self, *words, text=""):
        if words[0] == "update-ref":
            tried.append(words)
            if len(tried) == 1:
                lock.touch()
        try:
            return real(self, *words, text=text)
        finally:
            lock.unlink(missing_ok=True)

    monkeypatch.setattr(Git, "do", do)
    receipt = log(desk, "1-1②-1", "訪問")
    assert isinstance(commit(desk, english), Committed)
    assert (len(tried), committed(git, repository), status(git, repository)) == (2, [receipt.path], [])


def test_no_repository_and_no_git_are_named(desk, workspace, monkeypatch, tmp_path):
    assert "git init -b main" in refused(desk)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Install git" in refused(desk)
    assert not (workspace / ".git").exists()


@pytest.mark.parametrize("how", ["edited", "deleted", "staged", "unstaged"])
def test_committed_records_that_were_rewritten_are_refused(desk, repository, git, how):
    receipts = [log(desk, "1-1②-1", f"{number}社を訪問", day="2024-06-12") for number in range(7)]
    commit(desk, english)
    for receipt in receipts:
        path = repository / receipt.path
        if how == "deleted":
            path.unlink()
        elif how == "unstaged":
            git(repository, "rm", "--quiet", "--cached", receipt.path)
            add_to(path)
        else:
            add_to(path)
    if how == "staged":
        git(repository, "add", "records")
    log(desk, "1-1②-2", "相談", day="2025-05-01")
    before = git(repository, "status", "--porcelain")
    with pytest.raises(Refused) as caught:
        commit(desk, english)
    text = caught.value.text(str)
    assert caught.value.exit_code == 3
    assert all(receipt.path in text for receipt in receipts[:5])
    assert receipts[5].path not in text
    assert "and 2 more" in text
    for word in ("git restore -SW -- FILE", "--supersedes", "pdca withdraw", "pdca commit --force"):
        assert word in text
    assert git(repository, "status", "--porcelain") == before
    assert commit(desk, english, force=True) != Unchanged()
    assert status(git, repository) == []


def test_the_remedy_for_what_was_rewritten_brings_it_back(desk, repository, git):
    receipts = [log(desk, "1-1②-1", text, day="2024-06-12") for text in ("一", "二")]
    commit(desk, english)
    (repository / receipts[0].path).unlink()
    add_to(repository / receipts[1].path)
    git(repository, "add", "records")
    for receipt in receipts:
        git(repository, "restore", "-SW", "--", receipt.path)
    assert commit(desk, english) == Unchanged()


def test_a_record_that_was_staged_and_then_changed_is_new(desk, repository, git):
    receipt = log(desk, "1-1②-1", "訪問")
    git(repository, "add", receipt.path)
    add_to(repository / receipt.path)
    assert commit(desk, english) != Unchanged()
    assert committed(git, repository) == [receipt.path]


def test_a_seal_that_was_deleted_is_refused(make_desk, repository):
    desk = make_desk(repository)
    close_year(desk, 2024, allow_incomplete=True)
    commit(desk, english)
    (repository / "records" / "2024" / "closed.yaml").unlink()
    with pytest.raises(Refused):
        commit(desk, english)


def test_a_lock_that_goes_away_is_waited_for(desk, repository, monkeypatch):
    lock = repository / ".git" / "index.lock"
    lock.touch()
    monkeypatch.setattr(time, "sleep", lambda _: lock.unlink(missing_ok=True))
    log(desk, "1-1②-1", "訪問")
    assert commit(desk, english) != Unchanged()


def test_a_lock_that_comes_meanwhile_is_named_too(desk, repository, monkeypatch):
    lock = repository / ".git" / "index.lock"
    real = Git.do

    def do(self, *words, text=""):
        if words[0] == "add":
            lock.touch()
        return real(self, *words, text=text)

    monkeypatch.setattr(Git, "do", do)
    monkeypatch.setattr(state, "_SECONDS", 0.1)
    log(desk, "1-1②-1", "訪問")
    assert "another git is at work" in refused(desk)


def test_another_git_at_work_is_named(desk, repository, monkeypatch):
    lock = repository / ".git" / "index.lock"
    lock.touch()
    monkeypatch.setattr(state, "_SECONDS", 0.1)
    log(desk, "1-1②-1", "訪問")
    assert f"{lock} (0 minutes old)" in refused(desk)
    assert lock.exists()


def test_a_commit_that_fails_leaves_the_index_as_it_was(desk, repository, git):
    git(repository, "config", "commit.gpgSign", "true")
    git(repository, "config", "gpg.program", "/bin/false")
    (repository / "staged.txt").touch()
    git(repository, "add", "staged.txt")
    add_to(repository / PLAN, "# 一\n")
    git(repository, "add", PLAN)
    add_to(repository / PLAN, "# 二\n")
    log(desk, "1-1②-1", "訪問")
    before = (repository / ".git" / "index").read_bytes()
    kept = status(git, repository)
    assert "gpg" in refused(desk)
    assert status(git, repository) == kept == [f"MM {PLAN}", "A  staged.txt", "?? records/"]
    assert (repository / ".git" / "index").read_bytes() == before
    assert not (repository / ".git" / "index.lock").exists()


def test_a_first_commit_that_fails_leaves_no_index(desk, workspace, git):
    git(workspace, "init", "--quiet")
    git(workspace, "config", "commit.gpgSign", "true")
    git(workspace, "config", "gpg.program", "/bin/false")
    refused(desk)
    assert not (workspace / ".git" / "index").exists()


STEPS = ("read-tree", "add", "write-tree", "commit-tree", "update-index", "update-ref")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("exc", [KeyboardInterrupt, EnvironmentFault("the disk is full")])
def test_who_stops_before_the_commit_finds_everything_as_it_was(desk, repository, git, monkeypatch, step, exc):
    (repository / "staged.txt").touch()
    git(repository, "add", "staged.txt")
    add_to(repository / PLAN, "# 一\n")
    git(repository, "add", PLAN)
    add_to(repository / PLAN, "# 二\n")
    log(desk, "1-1②-1", "訪問")
    before, head = git(repository, "diff", "--cached"), git(repository, "rev-parse", "HEAD")
    real = Git.do

    def do(self, *words, text=""):
        if words[0] == step:
            monkeypatch.setattr(Git, "do", real)
            if self.index is not None:  # what a git that was killed leaves
                self.index.with_name(f"{self.index.name}.lock").touch()
            raise exc
        return real(self, *words, text=text)

    monkeypatch.setattr(Git, "do", do)
    with pytest.raises(KeyboardInterrupt if exc is KeyboardInterrupt else EnvironmentFault):
        commit(desk, english)
    assert git(repository, "diff", "--cached") == before
    assert git(repository, "rev-parse", "HEAD") == head
    assert [path.name for path in (repository / ".git").iterdir() if "index" in path.name] == ["index"]
    assert isinstance(commit(desk, english), Committed)


def test_a_disk_that_is_full_before_the_first_commit_leaves_neither_index_nor_lock(desk, workspace, git, monkeypatch):
    git(workspace, "init", "--quiet")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mizuho_pdca.storage.git.committing.shutil.copyfile", full)
    assert "the disk is full" in refused(desk)
    assert [path.name for path in (workspace / ".git").iterdir() if "index" in path.name] == []


def test_what_a_killed_run_has_left_of_its_index_goes_after_an_hour(desk, repository):
    old, young = (repository / ".git" / f"pdca-{name}.index.lock" for name in ("old", "young"))
    for path in (old, young):
        path.touch()
    os.utime(old, (0, 0))
    log(desk, "1-1②-1", "訪問")
    commit(desk, english)
    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.parametrize("name", ["index", "HEAD", "refs/heads/main", "packed-refs"])
def test_a_lock_that_was_left_behind_is_named_at_once_with_its_age(desk, repository, name):
    lock = repository / ".git" / f"{name}.lock"
    lock.touch()
    os.utime(lock, (time.time() - 660, time.time() - 660))
    log(desk, "1-1②-1", "訪問")
    began = time.monotonic()
    assert f"{lock} (11 minutes old)" in refused(desk)
    assert time.monotonic() - began < 5
    lock.unlink()
    assert isinstance(commit(desk, english), Committed)


@pytest.mark.parametrize(
    ("mark", "operation"),
    [
        ("rebase-merge/", "rebase"),
        ("rebase-apply/", "rebase"),
        ("rebase-apply/applying", "am"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
    ],
)
def test_what_git_has_stopped_in_the_middle_of_comes_first(desk, repository, mark, operation):
    path = repository / ".git" / mark
    path.parent.mkdir(exist_ok=True)
    path.mkdir() if mark.endswith("/") else path.touch()
    log(desk, "1-1②-1", "訪問")
    text = refused(desk)
    assert f"pdca validate, type git add -- plan records, then git {operation} --continue" in text
    assert f"git {operation} --abort" in text


# -- one entry --------------------------------------------------------------------------------


def test_one_entry_alone_is_committed_with_the_same_kind_of_message(desk, repository, git):
    other = log(desk, "1-1②-2", "相談", day="2024-06-12")
    receipt = log(desk, "1-1②-1", "訪問", day="2024-06-12")
    add_to(repository / PLAN)
    commit_entry(desk, receipt, str)
    assert committed(git, repository) == [receipt.path]
    assert message(git, repository) == (
        "Record: 1-1②-1 企業訪問活動の実施 (an activity)\n\n"
        f"- 1-1②-1 企業訪問活動の実施 (an activity) 2024-06-12 産業課 {receipt.entry.id}\n\n"
        f"Pdca-Entry: {receipt.entry.id}\nPdca-Year: 2024\n\n"
    )
    assert status(git, repository) == [f" M {PLAN}", f"?? {os.path.dirname(other.path)}/"]  # noqa: PTH120


def test_one_entry_waits_for_a_merge_to_end(desk, repository, git):
    (repository / ".git" / "MERGE_HEAD").write_text(git(repository, "rev-parse", "HEAD"), encoding="utf-8")
    receipt = log(desk, "1-1②-1", "訪問")
    with pytest.raises(EnvironmentFault) as caught:
        commit_entry(desk, receipt, str)
    assert "merge" in caught.value.text(str)
    assert status(git, repository) == ["?? records/"]


def test_one_file_that_can_not_be_added_changes_nothing(repository, git):
    with pytest.raises(EnvironmentFault):
        commit_files(Git(repository), ["absent.yaml"], "x")
    assert status(git, repository) == []
