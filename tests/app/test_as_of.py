# mypy: allow-untyped-calls
import os
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.as_of import beside, head_of, looking_back, revision
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.storage.git.program import Git

pytestmark = pytest.mark.slow

NOW = datetime(2025, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=9)))


class Town:
    """A workspace whose commits are made at given times; ``ids`` has their names by the subject."""

    def __init__(self, root, git, monkeypatch):
        self.root = root
        self.git = lambda *arguments: git(root, *arguments).strip()
        self.monkeypatch = monkeypatch
        self.ids = {}

    def commit(self, subject, when, written=None):
        self.monkeypatch.setenv("GIT_COMMITTER_DATE", when)
        self.monkeypatch.setenv("GIT_AUTHOR_DATE", written or when)
        self.git("add", ".")
        self.git("commit", "--quiet", "--allow-empty", "-m", subject)
        self.ids[subject] = self.git("rev-parse", "HEAD")


@pytest.fixture
def town(workspace, git, monkeypatch):
    """Make four commits: on 29 June, two on the 30th, the last a second before midnight, and on 1 July."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    made = Town(workspace, git, monkeypatch)
    made.commit("first", "2025-06-29T12:00:00+09:00")
    made.commit("second", "2025-06-30T09:00:00+09:00")
    made.commit("third", "2025-06-30T23:59:59+09:00")
    made.git("tag", "council")
    made.git("tag", "-a", "-m", "papers", "papers", "HEAD~1")
    made.commit("fourth", "2025-07-01T00:00:00+09:00")
    return made


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace, now=NOW)


# -- a revision -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "subject"),
    [
        ("HEAD", "fourth"),
        ("HEAD~1", "third"),
        ("HEAD^^", "second"),
        ("main", "fourth"),
        ("refs/heads/main", "fourth"),
        ("council", "third"),
        ("council~2", "first"),
        ("papers", "second"),
        ("papers^{commit}", "second"),
        ("@{0}", "fourth"),
    ],
)
def test_a_revision_names_a_commit(desk, town, when, subject):
    assert revision(desk, when) == town.ids[subject]


@pytest.mark.parametrize("length", [40, 12, 7])
def test_a_commit_is_known_by_its_id_or_the_beginning_of_it(desk, town, length):
    assert revision(desk, town.ids["second"][:length]) == town.ids["second"]


# -- a day ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "when", ["2025-06-30", "2025/6/30", "20250630", "R7.6.30", "令和7年6月30日", "２０２５－０６－３０", "昨日"]
)
def test_a_day_means_the_last_commit_of_it(desk, town, when):
    assert revision(desk, when) == town.ids["third"]


@pytest.mark.parametrize(
    ("when", "subject"), [("2025-06-29", "first"), ("今日", "fourth"), ("today", "fourth"), ("2026-01-01", "fourth")]
)
def test_a_day_without_a_commit_means_the_last_one_before_it(desk, town, when, subject):
    assert revision(desk, when) == town.ids[subject]


def test_a_day_ends_when_it_does_in_japan_wherever_the_clock_stands(make_desk, workspace, town):
    for hours in (9, 0, -8):
        desk = make_desk(workspace, now=NOW.astimezone(timezone(timedelta(hours=hours))))
        assert revision(desk, "2025-06-30") == town.ids["third"]


def test_what_came_in_later_with_a_merge_was_not_here_on_that_day(desk, town):
    town.git("checkout", "--quiet", "-b", "side", town.ids["first"])
    town.commit("elsewhere", "2025-06-29T18:00:00+09:00")
    town.git("checkout", "--quiet", "main")
    town.monkeypatch.setenv("GIT_COMMITTER_DATE", "2025-07-01T09:00:00+09:00")
    town.git("merge", "--quiet", "--no-edit", "side")
    assert revision(desk, "2025-06-29") == town.ids["first"]
    assert revision(desk, "side") == town.ids["elsewhere"]


def test_the_day_of_the_commit_counts_and_not_the_one_of_its_author(desk, town):
    town.commit("late", "2025-07-01T08:00:00+09:00", written="2025-06-29T08:00:00+09:00")
    assert revision(desk, "2025-06-29") == town.ids["first"]
    assert revision(desk, "2025-07-01") == town.ids["late"]


def test_a_day_is_read_on_the_branch_that_the_workspace_stands_on(desk, town):
    town.git("checkout", "--quiet", "-b", "side", town.ids["first"])
    assert revision(desk, "2025-06-30") == town.ids["first"]


def test_a_tag_that_reads_like_a_day_is_taken_for_the_day(desk, town):
    town.git("tag", "2025-06-29", "HEAD")
    assert revision(desk, "2025-06-29") == town.ids["first"]
    assert revision(desk, "tags/2025-06-29") == town.ids["fourth"]


# -- nothing of the kind ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "when",
    [
        *("2025-06-28", "R1.5.1", "2025-02-30", "nonsense", "", " ", "HEAD~99", "0" * 40, "deadbeef"),
        *("HEAD^{tree}", "HEAD:plan", "HEAD..HEAD~1", "HEAD...HEAD~1", "^HEAD", "HEAD^@", "HEAD^!", "HEAD HEAD~1"),
        *("--all", "-h", "-1", "--", "--output=x", "--help", "--git-dir", "--upload-pack=x", "--end-of-options"),
        *("main\nmain", "main\tmain", "*", "\udcff", "漢字", "x" * 5000),
    ],
)  # fmt: skip
def test_what_names_no_commit_is_refused_and_does_nothing(desk, town, when):
    before = sorted(path for path in town.root.rglob("*") if ".git" not in path.parts)
    with pytest.raises(UsageFault) as caught:
        revision(desk, when)
    assert caught.value.exit_code == 2
    assert "there is no commit" in caught.value.text(str)
    assert "a day on which there was one" in caught.value.text(str)
    assert sorted(path for path in town.root.rglob("*") if ".git" not in path.parts) == before


def test_without_a_commit_it_says_to_make_one(desk, workspace, git):
    git(workspace, "init", "--quiet")
    for when in ("HEAD", "2025-06-30", "nonsense"):
        with pytest.raises(EnvironmentFault) as caught:
            revision(desk, when)
        assert caught.value.exit_code == 4
        assert "nothing has been committed yet" in caught.value.text(str)
        assert "pdca commit" in caught.value.text(str)


def test_without_a_repository_it_says_to_make_one(desk, workspace):
    with pytest.raises(EnvironmentFault) as caught, looking_back(desk, "HEAD"):
        pass
    assert caught.value.exit_code == 4
    assert f"{workspace} is not under git" in caught.value.text(str)
    assert "git init" in caught.value.text(str)


@pytest.mark.parametrize("when", ["HEAD", "今日"])
def test_without_the_program_it_says_to_install_it(desk, town, monkeypatch, tmp_path, when):
    assert town.ids
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault) as caught, looking_back(desk, when):
        pass
    assert caught.value.exit_code == 4
    assert "Install git" in caught.value.text(str)


# -- looking back -----------------------------------------------------------------------------


def test_the_workspace_is_read_as_it_was(desk, town):
    plan = town.root / "plan" / "measures.yaml"
    before = plan.read_bytes()
    plan.write_bytes(b"other\n")
    town.commit("other", "2025-07-01T09:00:00+09:00")
    with looking_back(desk, "HEAD~1") as past:
        assert past.tree.read("plan/measures.yaml") == before
        assert past.as_of == AsOf(town.ids["fourth"], dirty=False)
        assert past.commit.subject == "fourth"
    with looking_back(desk, "HEAD") as past:
        assert past.tree.read("plan/measures.yaml") == b"other\n"


def test_before_there_was_a_plan_there_is_nothing_to_look_at(desk, town):
    plan = town.root / "plan" / "measures.yaml"
    text = plan.read_bytes()
    plan.unlink()
    town.commit("gone", "2025-07-01T09:00:00+09:00")
    plan.write_bytes(text)
    with pytest.raises(UsageFault) as caught, looking_back(desk, "HEAD"):
        pass
    assert caught.value.exit_code == 2
    assert f"no plan yet at commit {town.ids['gone'][:12]}" in caught.value.text(str)


def test_looking_back_changes_nothing(desk, town):
    before = {path: path.stat().st_mtime_ns for path in town.root.rglob("*")}
    with looking_back(desk, "2025-06-30") as past:
        list(past.tree.records())
    assert {path: path.stat().st_mtime_ns for path in town.root.rglob("*")} == before


@pytest.mark.skipif(os.name == "nt", reason="the address of a folder is written in another way there")
def test_a_shallow_clone_knows_what_it_has_and_no_more(make_desk, town, tmp_path):
    town.git("clone", "--quiet", "--depth=1", f"file://{town.root}", str(tmp_path / "clone"))
    desk = make_desk(tmp_path / "clone", now=NOW)
    assert revision(desk, "HEAD") == town.ids["fourth"]
    for when in ("HEAD~1", "2025-06-30", town.ids["first"]):
        with pytest.raises(UsageFault):
            revision(desk, when)


def test_the_commit_that_the_workspace_stands_at_is_known(town):
    assert head_of(Git(town.root)) == town.ids["fourth"]
    town.git("checkout", "--quiet", town.ids["first"])
    assert head_of(Git(town.root)) == town.ids["first"]


# -- lines that were merged later -------------------------------------------------------------


def test_a_day_with_commits_on_another_line_says_which_was_taken(desk, town):
    town.git("switch", "--quiet", "-c", "other")
    town.commit("there", "2025-07-03T12:00:00+09:00")
    other = town.git("rev-parse", "HEAD").strip()
    town.git("switch", "--quiet", "main")
    town.commit("here", "2025-07-02T12:00:00+09:00")
    own = town.git("rev-parse", "HEAD").strip()
    town.monkeypatch.setenv("GIT_COMMITTER_DATE", "2025-07-08T12:00:00+09:00")
    town.git("merge", "--quiet", "--no-ff", "--no-edit", "-X", "ours", "other")
    town.commit("after", "2025-07-09T12:00:00+09:00")
    assert revision(desk, "2025-07-04") == own
    note = beside(desk, "2025-07-04")
    assert note is not None
    said = "Until 2025-07-04 there were commits on lines that were merged later; "
    assert note.text(str) == f"{said}{own[:12]} was taken, not {other[:12]}."
    assert beside(desk, "HEAD") is None
    assert beside(desk, "2025-06-30") is None


def test_a_commit_that_is_dated_back_does_not_stand_for_an_earlier_day(desk, town):
    fourth = town.git("rev-parse", "HEAD").strip()
    town.commit("fifth", "2025-08-01T00:00:00+09:00")
    town.commit("back", "2025-07-01T12:00:00+09:00")
    assert revision(desk, "2025-07-15") == fourth
