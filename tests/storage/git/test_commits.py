# mypy: allow-untyped-calls
"""The commits of a history, and what each of them did itself."""

import os
import sys
from datetime import date

import pytest

from mizuho_pdca.domain.history.commits import Change
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.git.commits import Commits
from mizuho_pdca.storage.git.objects import Snapshot, opened
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.loading import load

PLAN = "plan/measures.yaml"
FIRST, SECOND, THIRD = (f"records/2024/1-1-2-1/2024-06-1{n}-aaaaaa.yaml" for n in range(3))


@pytest.fixture
def town(workspace, git):
    """Return a function that runs git in a workspace with a commit, and one that commits a file."""

    def run(*arguments):
        return git(workspace, *arguments).strip()

    def commit(path, text="x: 1\n"):
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / path).write_text(text, encoding="utf-8")
        run("add", "--all", ".")
        run("commit", "--quiet", "-m", path)
        return run("rev-parse", "HEAD")

    run("init", "--quiet", "--initial-branch=main")
    return run, commit


def own(folder, head):
    """Return what each commit did, newest first."""
    git = Git(folder)
    with opened(git) as objects:
        commits = Commits(git, objects, head)
        return [commits.own(name) for name in commits.newest_first]


def test_the_first_commit_adds_all_and_a_later_one_what_differs(workspace, town):
    run, commit = town
    commit(FIRST)
    head = commit(FIRST, "x: 2\n")
    before, after = (run("rev-parse", f"{name}:{FIRST}") for name in ("HEAD~", "HEAD"))
    plan = run("rev-parse", f"HEAD:{PLAN}")
    assert own(workspace, head) == [
        (Change(FIRST, before, after),),
        (Change(PLAN, None, plan), Change(FIRST, None, before)),
    ]


@pytest.mark.parametrize(("options", "dropped"), [((), False), (("-s", "ours"), True)])
def test_a_merge_did_what_no_parent_had_done(workspace, town, options, dropped):
    run, commit = town
    commit(FIRST)
    run("checkout", "--quiet", "-b", "side")
    commit(SECOND)
    run("checkout", "--quiet", "main")
    commit(THIRD)
    blob = run("rev-parse", f"side:{SECOND}")
    run("merge", "--quiet", "--no-edit", *options, "side")
    merge, *_ = own(workspace, run("rev-parse", "HEAD"))
    assert merge == ((Change(SECOND, blob, None),) if dropped else ())


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_file_name_that_is_no_text_is_no_crash(workspace, town):
    run, commit = town
    folder = os.fsencode(workspace / "records" / "2024" / "1-1-2-1")
    os.makedirs(folder)  # noqa: PTH103 (a name that is no text)
    with open(os.path.join(folder, b"\xff\x83\x65.yaml"), "wb") as stream:  # noqa: PTH118, PTH123 (the same)
        stream.write(b"x: 1\n")
    head = commit(FIRST)
    assert FIRST in [change.path for change in own(workspace, head)[0]]
    assert run("rev-parse", "HEAD") == head
    assert load(Folder(workspace), date(2025, 6, 15)).problems
    with opened(Git(workspace)) as objects:
        snapshot = Snapshot(objects, objects.commit(head))
        assert len(list(snapshot.records())) == 2
