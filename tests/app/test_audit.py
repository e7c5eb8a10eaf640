# mypy: allow-untyped-calls
"""Histories made by hand, honest and tampered with, and what an audit finds in them."""

import subprocess
import zlib
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.audit import audit
from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.reopen import reopen_year
from mizuho_pdca.errors import EnvironmentFault, UsageFault

pytestmark = pytest.mark.slow

JAPAN = timezone(timedelta(hours=9))
SEAL = "records/2024/closed.yaml"
PLAN = "plan/measures.yaml"
CLOSED = "2025-06-15T10:30:00+09:00"
NOW = "2026-06-15T10:30:00+09:00"
ENTRY = """\
schema: 1
id: {name}
kind: activity
target: {target}
date: {day}
status: in_progress
summary: |
  企業を訪問した。
by: 産業課
recorded: {recorded}
"""


def path_of(name="2024-06-12-000001", target="1-1-2-1", year=2024):
    return f"records/{year}/{target}/{name}.yaml"


UNIT = ("企業訪問件数\n          unit: 件", "企業訪問件数\n          unit: 社")
"""A change of the plan that a closed year rests on."""

FIRST, SECOND, THIRD = (path_of(f"2024-06-12-00000{number}") for number in (1, 2, 3))


class Town:
    """A workspace under git whose commits have the times that they are given."""

    def __init__(self, root, git, monkeypatch, make_desk):
        self.root, self._git, self._patch, self._make_desk = root, git, monkeypatch, make_desk
        self.top = root

    def git(self, *arguments, when=None, author=None):
        with self._patch.context() as patch:
            for name, value in (("COMMITTER_DATE", when), ("AUTHOR_DATE", author or when)):
                if value is not None:
                    patch.setenv(f"GIT_{name}", value)
            return self._git(self.root, *arguments).strip()

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8", newline="\n")

    def replace(self, path, old, new):
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def entry(self, path=FIRST, day="2024-06-12", recorded=None, more=""):
        _, _, target, name = path.split("/")
        recorded = recorded or f"{day}T09:00:00+09:00"
        text = ENTRY.format(name=name.removesuffix(".yaml"), target=target, day=day, recorded=recorded)
        self.write(path, text + more)

    def remove(self, path):
        (self.root / path).unlink()

    def move(self, path, new):
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / new)

    def commit(self, when="2024-06-12T10:00:00+09:00", author=None, *more):
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "記録", *more, when=when, author=author)
        return self.head

    def merge(self, branch, *more, when="2024-06-14T10:00:00+09:00"):
        self.git("merge", "--quiet", "--no-ff", "-m", "合流", *more, branch, when=when)
        return self.head

    @property
    def head(self):
        return self.git("rev-parse", "HEAD")

    def desk(self, when=CLOSED):
        return self._make_desk(self.root, now=datetime.fromisoformat(when))

    def close(self, when=CLOSED):
        close_year(self.desk(when), 2024, allow_incomplete=True, by="産業課")

    def audit(self, *arguments, now=NOW):
        return audit(self.desk(now), *arguments)

    @property
    def found(self):
        """Return kind, commit and path of each finding."""
        return [(one.kind, one.commit.id, one.path) for one in self.audit().findings]


@pytest.fixture
def town(workspace, git, monkeypatch, make_desk):
    """Return a workspace with the plan and one entry, each committed when it was made."""
    town = Town(workspace, git, monkeypatch, make_desk)
    town.git("init", "--quiet", "--initial-branch=main")
    town.commit("2024-04-01T09:00:00+09:00")
    town.entry()
    town.commit()
    return town


@pytest.fixture
def closed(town):
    """Return a workspace whose fiscal year 2024 was closed with three entries."""
    town.entry(SECOND)
    town.entry(THIRD)
    town.commit()
    town.close()
    town.commit(CLOSED)
    return town


def words(finding):
    return [reason.text(str) for reason in finding.reasons]


# -- honest histories -------------------------------------------------------------------------


def test_an_honest_history_is_clean_and_counted(closed):
    found = closed.audit()
    assert found.findings == ()
    assert (found.commits, found.entries, found.samples) == (4, 3, 0)
    assert (found.head, found.since, found.is_shallow) == (closed.head, None, False)
    assert found.subject(FIRST) == ("1-1②-1", "企業訪問活動の実施")


def test_a_year_may_be_reopened_changed_and_closed_anew(closed):
    reopen_year(closed.desk(), 2024, reason="実績の誤り", by="産業課")
    closed.commit(CLOSED)
    closed.entry(path_of("2025-03-30-000009"), "2025-03-30", CLOSED)
    closed.close("2025-06-16T10:30:00+09:00")
    closed.commit("2025-06-16T10:30:00+09:00")
    reopen_year(closed.desk(), 2024, reason="もう一度", by="産業課")
    closed.entry(path_of("2025-03-31-000009"), "2025-03-31", CLOSED)
    closed.close("2025-06-16T10:40:00+09:00")
    closed.commit("2025-06-16T10:40:00+09:00")
    assert closed.found == []


def test_a_year_may_be_closed_together_with_its_last_entries(town):
    town.entry(path_of("2025-03-30-000009"), "2025-03-30", CLOSED)
    town.close()
    town.commit(CLOSED)
    assert town.found == []


def test_other_years_go_on_and_summaries_of_the_plan_are_not_sealed(closed):
    closed.entry(path_of("2025-06-16-000004", year=2025), "2025-06-16")
    closed.replace(PLAN, "schema: 1\n", "# 注記\nschema: 1\n")
    closed.write("records/2025/notes.txt", "覚え\n")
    closed.commit("2025-06-16T12:00:00+09:00")
    assert closed.found == []


def test_a_change_of_mode_is_none(town):
    (town.root / FIRST).chmod(0o755)
    town.git("update-index", "--chmod=+x", FIRST)
    town.git("commit", "--quiet", "-m", "mode", when="2024-06-12T11:00:00+09:00")
    assert town.found == []


def test_a_clean_merge_of_two_branches_is_clean(town):
    town.git("switch", "--quiet", "-c", "other")
    town.entry(SECOND)
    town.commit()
    town.git("switch", "--quiet", "main")
    town.entry(THIRD)
    town.commit()
    town.merge("other")
    assert (town.found, town.audit().entries) == ([], 3)


def test_what_was_changed_on_a_branch_is_named_there_alone(town):
    town.entry(SECOND)
    town.entry(THIRD)
    town.commit()
    town.git("switch", "--quiet", "-c", "other")
    town.remove(FIRST)
    town.replace(SECOND, "企業", "工場")
    town.move(THIRD, path_of(target="1-1-2-2"))
    tampered = town.commit()
    town.git("switch", "--quiet", "main")
    for number, branch in (("5", "main"), ("6", "other")):
        town.git("switch", "--quiet", branch)
        town.entry(path_of(f"2024-06-12-00000{number}"))
        town.commit()
    town.git("switch", "--quiet", "main")
    town.merge("other")
    town.git("switch", "--quiet", "-c", "stale", "main^1")
    town.entry(path_of("2024-06-12-000007"))
    town.commit()
    town.git("switch", "--quiet", "main")
    town.merge("stale")
    assert town.found == [("edited", tampered, SECOND), ("renamed", tampered, THIRD), ("deleted", tampered, FIRST)]


# -- entries ----------------------------------------------------------------------------------


def test_a_rewritten_entry_is_named_with_who_did_it(town):
    town.replace(FIRST, "企業", "工場")
    commit = town.commit("2024-06-20T10:00:00+09:00", None, "--author", "総務課 <somu@town.example>")
    (finding,) = town.audit().findings
    assert (finding.kind, finding.path, finding.reasons) == ("edited", FIRST, ())
    assert finding.commit.id == commit
    assert (finding.commit.author, finding.commit.email) == ("総務課", "somu@town.example")
    assert finding.commit.committed.date().isoformat() == "2024-06-20"


def test_a_comment_is_an_edit_too(town):
    town.replace(FIRST, "schema: 1\n", "schema: 1 # 版\n")
    commit = town.commit()
    assert town.found == [("edited", commit, FIRST)]


def test_putting_the_first_contents_back_is_no_further_finding(town):
    town.replace(FIRST, "企業", "工場")
    edited = town.commit()
    town.replace(FIRST, "工場", "企業")
    town.commit()
    town.remove(FIRST)
    deleted = town.commit()
    town.entry(recorded="2024-06-12T09:00:00+09:00")
    town.commit("2024-12-01T10:00:00+09:00")
    assert town.found == [("edited", edited, FIRST), ("deleted", deleted, FIRST)]


def test_other_contents_after_a_deletion_are_an_edit(town):
    town.remove(FIRST)
    deleted = town.commit()
    town.entry(more="reason: 別のもの\n")
    back = town.commit()
    assert town.found == [("deleted", deleted, FIRST), ("edited", back, FIRST)]
    assert "came back" in words(town.audit().findings[1])[0]


@pytest.mark.parametrize(
    ("new", "old_text", "new_text"),
    [
        (path_of(target="1-1-2-2"), "", ""),
        (path_of(target="1-1-2-2"), "企業", "別の企業"),
        (path_of("2024-06-13-abcdef"), "企業", "別の企業"),
    ],
)
def test_a_renamed_entry_is_named_with_both_paths(town, new, old_text, new_text):
    town.replace(FIRST, old_text, new_text)
    town.move(FIRST, new)
    commit = town.commit()
    (finding,) = town.audit().findings
    assert (finding.kind, finding.commit.id, finding.path, finding.came_to) == ("renamed", commit, FIRST, new)


def test_a_rename_that_is_taken_back_is_named_once(town):
    town.move(FIRST, SECOND)
    commit = town.commit()
    town.move(SECOND, FIRST)
    town.commit()
    assert town.found == [("renamed", commit, FIRST)]


def test_an_unreadable_entry_that_is_repaired_is_an_edit(town):
    town.write(SECOND, "schema: 1\nid: [\n")
    town.commit()
    town.entry(SECOND)
    commit = town.commit()
    assert town.found == [("edited", commit, SECOND)]
    town.write(SECOND, "- a list\n")
    town.remove(FIRST)
    town.write(THIRD, "id: 3\n")
    commit = town.commit()
    assert town.found[1:] == [("edited", commit, SECOND), ("deleted", commit, FIRST), ("dated", commit, THIRD)]
    assert words(town.audit().findings[-1]) == ["its dates can't be read, and so not be judged"]


def test_a_link_or_another_repository_in_the_place_of_an_entry_is_named(town):
    (town.root / SECOND).symlink_to("nowhere")
    town.git("add", SECOND)
    town.git("update-index", "--add", "--cacheinfo", f"160000,{town.head},{THIRD}")
    town.git("update-index", "--add", "--cacheinfo", f"160000,{town.head},records/2024/notes.txt")
    town.git("commit", "--quiet", "-m", "link", when="2024-06-12T10:00:00+09:00")
    first = town.head
    assert town.found == [("edited", first, SECOND), ("edited", first, THIRD)]
    assert [text.split(",")[0] for one in town.audit().findings for text in words(one)] == [
        "it is a symbolic link now",
        "it is another repository now",
    ]
    town.git("update-index", "--cacheinfo", f"160000,{town.head},{FIRST}")
    town.git("commit", "--quiet", "-m", "other", when="2024-06-12T10:00:00+09:00")
    assert town.found[2:] == [("edited", town.head, FIRST)]


@pytest.mark.parametrize("path", [FIRST, PLAN, SEAL])
@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_a_change_of_mode_alone_hides_nothing(closed, path, mode):
    blob = closed.git("rev-parse", f"HEAD:{path}")
    for number in (mode, "100644"):
        closed.git("update-index", "--cacheinfo", f"{number},{blob},{path}")
        closed.git("commit", "--quiet", "-m", "mode", when=CLOSED)
    changed = closed.git("rev-parse", "HEAD~1")
    expected = {
        FIRST: [("edited", changed, FIRST), ("closed", changed, FIRST)],
        PLAN: [("edited", changed, PLAN)],
        SEAL: [("seal", changed, SEAL)],
    }
    assert closed.found == expected[path]
    assert "now, whose contents no commit" in words(closed.audit().findings[0])[0]


@pytest.mark.parametrize("folder", ["plan", "records", "records/2024", "records/2024/1-1-2-1"])
def test_a_folder_that_became_another_repository_is_named(town, folder):
    town.git("rm", "-r", "--quiet", "--cached", folder)
    town.git("update-index", "--add", "--cacheinfo", f"160000,{town.head},{folder}")
    town.git("commit", "--quiet", "-m", "other", when="2024-06-12T10:00:00+09:00")
    entry = [("deleted", town.head, FIRST)] if folder != "plan" else []
    assert town.found == [("edited", town.head, folder), *entry]


def test_a_link_that_came_with_a_merge_is_named_on_its_branch_alone(forked):
    forked.git("switch", "--quiet", "other")
    (forked.root / path_of("2024-06-12-000009")).symlink_to("nowhere")
    commit = forked.commit()
    forked.git("switch", "--quiet", "main")
    forked.merge("other")
    assert forked.found == [("edited", commit, path_of("2024-06-12-000009"))]


# -- merges that tamper -----------------------------------------------------------------------


@pytest.fixture
def forked(town):
    """Return a workspace on whose two branches one entry each was recorded."""
    town.git("switch", "--quiet", "-c", "other")
    town.entry(SECOND)
    town.commit()
    town.git("switch", "--quiet", "main")
    town.entry(THIRD)
    town.commit()
    return town


def test_a_merge_that_drops_what_the_other_side_recorded_is_named(forked):
    merge = forked.merge("other", "--strategy=ours")
    assert forked.found == [("deleted", merge, SECOND)]


def test_a_merge_that_deletes_or_rewrites_what_both_sides_have_is_named(forked):
    forked.git("merge", "--quiet", "--no-commit", "--no-ff", "other")
    forked.replace(FIRST, "企業", "工場")
    forked.remove(SECOND)
    forked.entry(path_of("2024-06-12-000009"))
    merge = forked.commit("2024-06-14T10:00:00+09:00")
    assert forked.found == [("edited", merge, FIRST), ("deleted", merge, SECOND)]


def test_a_merge_that_undoes_a_restoration_is_named(town):
    town.remove(FIRST)
    deleted = town.commit()
    town.git("switch", "--quiet", "-c", "other")
    town.entry()
    town.commit()
    town.git("switch", "--quiet", "main")
    town.entry(SECOND)
    town.commit()
    merge = town.merge("other", "--strategy=ours")
    assert town.found == [("deleted", deleted, FIRST), ("deleted", merge, FIRST)]


def test_of_two_entries_of_one_name_the_merge_keeps_one_and_is_named(town):
    for branch, day in (("other", "2024-06-12"), ("main", "2024-06-11")):
        town.git("switch", "--quiet", *(["-c"] if branch == "other" else []), branch)
        town.entry(SECOND, day)
        town.commit()
    merge = town.merge("other", "--strategy=ours")
    assert town.found == [("edited", merge, SECOND)]


def test_a_merge_of_three_is_judged_by_all_its_parents(town):
    for number in (2, 3, 4):
        town.git("switch", "--quiet", "-c", f"side{number}", "main")
        town.entry(path_of(f"2024-06-12-00000{number}"))
        if number == 4:
            town.remove(FIRST)
        deleted = town.commit()
    town.git("switch", "--quiet", "side2")
    town.git("merge", "--quiet", "-m", "合流", "side3", "side4", when="2024-06-14T10:00:00+09:00")
    assert town.found == [("deleted", deleted, FIRST)]
    town.git("switch", "--quiet", "-c", "evil", "side2^1")
    town.merge("side3", "side4", "--strategy=ours")
    lost = [("deleted", town.head, path) for path in (THIRD, path_of("2024-06-12-000004"))]
    assert [one for one in town.found if one[1] == town.head] == lost


# -- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "recorded", "when", "expected"),
    [
        ("2024-06-12", "2024-06-12T23:00:00+09:00", "2024-06-12T10:00:00+09:00", []),
        ("2024-06-13", "2024-06-12T09:00:00+09:00", "2024-06-12T10:00:00+09:00", []),
        ("2024-06-14", "2024-06-14T09:00:00+09:00", "2024-06-12T10:00:00+09:00", ["recorded", "date"]),
        ("2024-06-12", "2024-06-12T09:00:00+09:00", "2024-07-13T08:00:00+09:00", []),
        ("2024-06-12", "2024-06-12T09:00:00+09:00", "2024-07-14T10:00:00+09:00", ["recorded"]),
        ("2024-03-31", "2024-10-30T09:00:00+09:00", "2024-10-31T10:00:00+09:00", []),
        ("2024-03-31", "2024-10-30T09:00:00+09:00", "2024-11-01T10:00:00+09:00", []),
        ("2024-03-31", "2024-03-31T09:00:00+09:00", "2024-11-01T10:00:00+09:00", ["recorded"]),
    ],
)
def test_dates_that_do_not_go_with_the_commit_are_named(town, day, recorded, when, expected):
    path = path_of("2024-06-12-000002", year=2024 if day > "2024-04" else 2023)
    town.entry(path, day, recorded)
    commit = town.commit(when)
    found = town.audit().findings
    assert [(one.kind, one.commit.id, one.path) for one in found] == ([("dated", commit, path)] if expected else [])
    assert [text.split()[0] for one in found for text in words(one)] == expected


def test_dates_of_invented_entries_are_not_judged_but_counted(town):
    town.entry(SECOND, "2022-06-12", more="sample: true\n")
    town.commit()
    assert (town.found, town.audit().samples) == ([], 1)
    town.remove(SECOND)
    deleted = town.commit()
    assert town.found == [("deleted", deleted, SECOND)]


def test_a_commit_that_was_dated_back_is_named_itself(town):
    town.entry(SECOND)
    commit = town.commit("2024-06-10T10:00:00+09:00", "2024-06-10T10:00:00+09:00")
    assert [(kind, path) for kind, _, path in town.found] == [("dated", None), ("dated", SECOND)]
    assert {found for _, found, _ in town.found} == {commit}
    assert "2 days before" in words(town.audit().findings[0])[0]


def test_a_commit_dated_before_it_was_written_is_named(town):
    town.entry(SECOND)
    town.commit("2024-06-12T11:00:00+09:00", "2024-06-20T10:00:00+09:00")
    assert [(kind, path) for kind, _, path in town.found] == [("dated", None)]


def test_a_slightly_wrong_clock_and_a_commit_made_anew_are_fine(town):
    town.entry(SECOND)
    town.commit("2024-06-11T12:00:00+09:00", "2024-06-01T10:00:00+09:00")
    assert town.found == []


def test_back_dated_commits_without_data_gain_nothing_and_are_not_named(town):
    town.entry(path_of("2025-05-01-000001", year=2025), "2025-05-01")
    newest = town.commit("2025-05-01T10:00:00+09:00")
    town.git("commit", "--quiet", "--allow-empty", "-m", "x", when="2024-06-20T10:00:00+09:00")
    town.entry(SECOND, "2024-06-19")
    commit = town.commit("2024-06-20T11:00:00+09:00")
    town.git("commit", "--quiet", "--allow-empty", "-m", "x", when="2025-05-02T10:00:00+09:00")
    town.entry(path_of("2025-05-02-000001", year=2025), "2025-05-02")
    town.commit("2025-05-02T11:00:00+09:00")
    assert town.found == [("dated", commit, None), ("dated", commit, SECOND)]
    assert newest[:12] in words(town.audit().findings[0])[0]
    assert "committed 316 days later only" in words(town.audit().findings[1])[0]


def test_small_steps_back_add_up(town):
    names = [path_of(f"2024-06-12-00010{number}") for number in range(3)]
    when = datetime.fromisoformat("2024-06-12T10:00:00+09:00")
    for name in names:
        when -= timedelta(hours=23)
        town.entry(name, recorded=when.isoformat())
        commit = town.commit(when.isoformat())
    assert ("dated", commit, None) in town.found


def test_a_time_that_has_not_come_yet_is_named_and_makes_no_other_one_early(town):
    town.entry(SECOND)
    future = town.commit("2030-06-12T10:00:00+09:00")
    town.entry(THIRD, "2024-06-13")
    town.commit("2024-06-13T10:00:00+09:00")
    assert [(kind, commit) for kind, commit, path in town.found if path is None] == [("dated", future)]
    assert "days from now" in words(town.audit().findings[0])[0]
    assert {commit for _, commit, _ in town.found} == {future}


def test_what_was_recorded_before_its_own_day_is_named(town):
    town.entry(SECOND, "2024-07-10", "2024-06-20T09:00:00+09:00")
    commit = town.commit("2024-07-11T10:00:00+09:00")
    assert town.found == [("dated", commit, SECOND)]
    assert words(town.audit().findings[0]) == ["date 2024-07-10, but recorded before it, on 2024-06-20"]


def test_past_years_that_are_typed_in_at_once_are_counted_and_no_finding(town):
    when = "2024-12-11T10:00:00+09:00"
    paths = [path_of(f"{year}-06-12-00000{number}", year=year) for year in (2021, 2022) for number in range(3)]
    for path in paths:
        town.entry(path, path.split("/")[-1][:10], "2024-12-10T09:00:00+09:00")
    town.entry(path_of("2022-06-12-000009", year=2022), "2022-06-12", "2022-06-13T09:00:00+09:00")
    commit = town.commit(when)
    assert town.found == [("dated", commit, path_of("2022-06-12-000009", year=2022))]
    assert town.audit().late == 6
    assert town.audit("HEAD").late == 0


def test_a_correction_of_an_old_entry_is_not_counted_as_late(town):
    when = "2025-12-11T10:00:00+09:00"
    town.entry(
        SECOND, "2024-06-12", when, more=f"supersedes: {FIRST.split('/')[-1].removesuffix('.yaml')}\nreason: 誤り\n"
    )
    town.commit(when)
    assert (town.found, town.audit().late) == ([], 0)


def test_what_a_merge_brings_in_after_the_council_met_is_counted(town):
    town.git("switch", "--quiet", "-c", "other")
    town.entry(SECOND)
    town.entry(THIRD, more="sample: true\n")
    town.entry(path_of("2024-01-12-000004", year=2023), "2024-01-12", "2024-06-12T09:00:00+09:00")
    town.write(path_of("2024-06-12-000005"), "schema: [\n")
    town.commit()
    town.git("switch", "--quiet", "main")
    town.entry(path_of("2024-06-12-000007"))
    town.commit()
    town.merge("other", when="2024-10-31T10:00:00+09:00")
    assert (town.found, town.audit().merged) == ([], 0)
    town.git("reset", "--quiet", "--hard", "HEAD~1")
    town.merge("other", when="2024-11-01T10:00:00+09:00")
    assert (town.found, town.audit().merged) == ([], 1)
    assert town.audit("HEAD").merged == 0


def test_a_sample_that_is_changed_is_a_finding_like_any_entry(town):
    town.entry(SECOND, "2022-06-12", more="sample: true\n")
    town.commit()
    town.replace(SECOND, "企業", "工場")
    commit = town.commit()
    town.replace(FIRST, "schema: 1\n", "schema: 1\nsample: true\n")
    other = town.commit()
    assert town.found == [("edited", commit, SECOND), ("edited", other, FIRST)]


# -- closed years -----------------------------------------------------------------------------


def test_whatever_changes_in_a_closed_year_is_named_with_its_kind(closed):
    closed.replace(FIRST, "企業", "工場")
    closed.remove(SECOND)
    added = path_of("2025-03-30-000009")
    closed.entry(added, "2025-03-30", CLOSED)
    commit = closed.commit(CLOSED)
    found = closed.audit().findings
    assert [(one.kind, one.path) for one in found] == [
        ("edited", FIRST),
        ("deleted", SECOND),
        ("closed", FIRST),
        ("closed", SECOND),
        ("closed", added),
    ]
    assert {one.commit.id for one in found} == {commit}
    assert [text.split()[0] for one in found[2:] for text in words(one)] == ["changed", "taken", "added"]
    assert all("2025-06-15" in text for one in found[2:] for text in words(one))


def test_what_is_again_as_sealed_is_no_finding_of_a_closed_year(closed):
    closed.replace(FIRST, "schema: 1\n", "schema: 1 # 版\n")
    comment = closed.commit(CLOSED)
    closed.remove(SECOND)
    deleted = closed.commit(CLOSED)
    closed.entry(SECOND)
    closed.commit(CLOSED)
    assert closed.found == [("edited", comment, FIRST), ("deleted", deleted, SECOND), ("closed", deleted, SECOND)]


def test_an_entry_of_a_later_year_that_corrects_a_sealed_one_changes_the_closed_year(closed):
    later = path_of("2025-06-16-000004", year=2025)
    name = FIRST.rpartition("/")[2].removesuffix(".yaml")
    closed.entry(later, "2025-06-15", CLOSED, more=f"supersedes: {name}\nreason: 誤り\n")
    commit = closed.commit(CLOSED)
    assert closed.found == [("closed", commit, later)]


def test_unreadable_contents_in_a_closed_year_are_a_change(closed):
    closed.write(FIRST, "schema: [\n")
    commit = closed.commit(CLOSED)
    assert closed.found == [("edited", commit, FIRST), ("closed", commit, FIRST)]


def test_a_changed_plan_is_named_once_where_it_was_changed(closed):
    closed.replace(PLAN, *UNIT)
    commit = closed.commit(CLOSED)
    closed.replace(PLAN, "schema: 1\n", "# 注記\nschema: 1\n")
    closed.commit(CLOSED)
    (finding,) = closed.audit().findings
    assert (finding.kind, finding.commit.id, finding.path) == ("closed", commit, PLAN)
    assert "the plan of FY2024" in words(finding)[0]


def test_what_a_closed_year_does_not_rest_on_may_change(closed):
    closed.replace(PLAN, "title: 企業訪問活動の実施", "title: 企業訪問\n          department: [産業課, 企画課]")
    closed.commit(CLOSED)
    assert closed.found == []


@pytest.fixture
def old(town, first_form):
    """Return a workspace whose fiscal year 2024 was closed with a seal of the first form."""
    town.close()
    first_form(town.root, 2024)
    town.commit(CLOSED)
    return town


RENEWED = "2026-06-01T10:00:00+09:00"


def test_a_seal_of_the_first_form_is_renewed_duly(old):
    old.close(RENEWED)
    old.commit(RENEWED)
    assert old.found == []
    old.replace(PLAN, *UNIT)
    commit = old.commit(RENEWED)
    assert old.found == [("closed", commit, PLAN)]


@pytest.mark.parametrize(("path", "old_text", "new"), [(FIRST, "企業を", "工場を"), (PLAN, *UNIT)])
def test_a_seal_that_is_renewed_hides_no_change(old, path, old_text, new):
    old.close(RENEWED)
    old.replace(path, old_text, new)
    commit = old.commit(RENEWED)
    assert ("closed", commit, path) in old.found


def test_a_plan_that_can_not_be_read_hides_no_change(closed):
    text = (closed.root / PLAN).read_text(encoding="utf-8")
    closed.write(PLAN, "schema: [\n")
    closed.commit(CLOSED)
    assert closed.audit().plan is None
    assert closed.found == []
    closed.remove(PLAN)
    (closed.root / PLAN).symlink_to("elsewhere")
    closed.commit(CLOSED)
    closed.remove(PLAN)
    closed.write(PLAN, text.replace(*UNIT))
    commit = closed.commit(CLOSED)
    assert closed.found[1:] == [("closed", commit, PLAN)]
    assert [(kind, path) for kind, _, path in closed.found[:1]] == [("edited", PLAN)]


def test_a_branch_from_before_the_closing_changes_the_closed_year_by_its_merge(town):
    town.git("switch", "--quiet", "-c", "other")
    town.entry(SECOND)
    town.commit()
    town.git("switch", "--quiet", "main")
    town.close()
    town.commit(CLOSED)
    merge = town.merge("other", when=CLOSED)
    assert town.found == [("closed", merge, SECOND)]


def test_what_a_branch_changed_in_a_closed_year_is_not_named_again_by_its_merge(closed):
    closed.git("switch", "--quiet", "-c", "other")
    closed.replace(FIRST, "企業", "工場")
    closed.replace(PLAN, *UNIT)
    commit = closed.commit(CLOSED)
    closed.git("switch", "--quiet", "main")
    closed.entry(path_of("2025-06-15-000004", year=2025), "2025-06-15")
    closed.commit(CLOSED)
    closed.merge("other", when=CLOSED)
    assert closed.found == [("edited", commit, FIRST), ("closed", commit, PLAN), ("closed", commit, FIRST)]


def test_a_change_that_was_named_is_named_again_where_a_merge_repeats_it(closed):
    text = (closed.root / PLAN).read_text(encoding="utf-8")
    closed.replace(PLAN, *UNIT)
    first = closed.commit(CLOSED)
    closed.write(PLAN, text)
    closed.commit(CLOSED)
    for branch, number in (("other", 4), ("main", 5)):
        closed.git("switch", "--quiet", *(["-c"] if branch == "other" else []), branch)
        closed.entry(path_of(f"2025-06-15-00000{number}", year=2025), "2025-06-15")
        closed.commit(CLOSED)
    closed.git("merge", "--quiet", "--no-commit", "--no-ff", "other")
    closed.replace(PLAN, *UNIT)
    merge = closed.commit(CLOSED)
    assert closed.found == [("closed", first, PLAN), ("closed", merge, PLAN)]


# -- seals ------------------------------------------------------------------------------------


def test_a_forged_seal_is_named_with_what_it_does_not_fit(closed):
    closed.replace(FIRST, "企業", "工場")
    closed.replace(SEAL, "allow_incomplete: true", "allow_incomplete: false")
    commit = closed.commit(CLOSED)
    seal = closed.audit().findings[-1]
    assert (seal.kind, seal.commit.id, seal.path) == ("seal", commit, SEAL)
    assert "older seals of FY2024" in words(seal)[0]
    assert any(text.startswith(f"{FIRST}: this entry of the closed year FY2024 was changed") for text in words(seal))
    assert [kind for kind, *_ in closed.found] == ["edited", "closed", "seal"]


def test_a_first_seal_that_does_not_fit_its_own_commit_is_named(town):
    town.close()
    town.replace(SEAL, "company-visits: {at: 1-1-2-1, unit: 件", "company-visits: {at: 1-1-2-1, unit: 社")
    commit = town.commit(CLOSED)
    (finding,) = town.audit().findings
    assert (finding.kind, finding.commit.id, finding.path) == ("seal", commit, SEAL)
    assert "1-1②-1 企業訪問件数: unit 社 → 件" in words(finding)[0]


def test_faults_of_other_years_are_none_of_a_seal(town):
    town.close()
    town.write(path_of("2025-06-15-000004", year=2025), "schema: [\n")
    town.commit(CLOSED)
    assert town.found == []


def test_deleted_and_unreadable_seals_are_named(closed):
    text = (closed.root / SEAL).read_text(encoding="utf-8")
    closed.remove(SEAL)
    deleted = closed.commit(CLOSED)
    closed.write(SEAL, "schema: [\n")
    broken = closed.commit(CLOSED)
    closed.write(SEAL, text)
    closed.commit(CLOSED)
    assert closed.found == [("seal", deleted, SEAL), ("seal", broken, SEAL)]


def test_a_merge_that_drops_a_seal_is_named(town):
    town.git("switch", "--quiet", "-c", "other")
    town.close()
    town.commit(CLOSED)
    town.git("switch", "--quiet", "main")
    town.entry(path_of("2025-06-15-000004", year=2025), "2025-06-15")
    town.commit(CLOSED)
    merge = town.merge("other", "--strategy=ours", when=CLOSED)
    assert town.found == [("seal", merge, SEAL)]


def test_other_seals_after_the_old_ones_were_lost_are_named(closed):
    closed.remove(SEAL)
    deleted = closed.commit(CLOSED)
    closed.close("2025-06-16T10:30:00+09:00")
    commit = closed.commit("2025-06-16T10:30:00+09:00")
    assert closed.found == [("seal", deleted, SEAL), ("seal", commit, SEAL)]
    assert words(closed.audit().findings[1]) == ["older seals of FY2024 were changed or taken out"]


@pytest.mark.parametrize(
    ("recorded", "when", "expected"),
    [
        (CLOSED, "2025-07-16T10:00:00+09:00", []),
        (CLOSED, "2025-07-17T10:40:00+09:00", ["recorded 2025-06-15T10:30:00+09:00, but committed 32 days later only"]),
        ("2025-06-17T10:30:00+09:00", CLOSED, ["recorded 2025-06-17T10:30:00+09:00, after the commit"]),
        (
            "2025-03-31T23:59:59+09:00",
            "2025-04-01T10:00:00+09:00",
            ["recorded 2025-03-31T23:59:59+09:00, before FY2024 was over"],
        ),
    ],
)
def test_when_a_year_was_closed_is_held_against_the_commit(town, recorded, when, expected):
    town.close()
    town.replace(SEAL, CLOSED, recorded)
    town.commit(when)
    assert [text for one in town.audit().findings for text in words(one)] == expected


def test_a_seal_of_samples_is_not_judged_by_date(town):
    town.close()
    town.replace(SEAL, "allow_incomplete: true", "allow_incomplete: true\n  sample: true")
    town.commit("2025-12-17T10:00:00+09:00")
    assert town.found == []


def test_a_reopening_comes_after_the_seal_that_it_takes_back(closed):
    reopen_year(closed.desk("2025-06-13T10:00:00+09:00"), 2024, reason="誤り", by="産業課")
    commit = closed.commit(CLOSED)
    assert closed.found == [("seal", commit, SEAL)]
    assert words(closed.audit().findings[0]) == ["recorded 2025-06-13T10:00:00+09:00, before what it comes after"]


@pytest.fixture
def twice(town):
    """Return a workspace on whose two branches the same year was closed, with an entry that the other lacks."""
    for branch, path, when in (("other", SECOND, CLOSED), ("main", THIRD, "2025-06-15T11:30:00+09:00")):
        town.git("switch", "--quiet", *(["-c"] if branch == "other" else []), branch)
        town.entry(path)
        town.commit()
        town.close(when)
        town.commit(when)
    return town


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_merge_that_takes_one_of_two_seals_is_named(twice, side):
    merge = twice.merge("other", f"--strategy-option={side}", when="2025-06-16T10:00:00+09:00")
    assert ("seal", merge, SEAL) in twice.found
    assert {commit for _, commit, _ in twice.found} == {merge}


def resolve(town):
    """End a merge of two seals as the documentation says: keep ours, reopen, close, commit."""
    town.git("merge", "--quiet", "--no-commit", "--no-ff", "--strategy-option=ours", "other")
    reopen_year(town.desk("2025-06-16T10:00:00+09:00"), 2024, reason="両課の締めを合わせる", by="産業課")
    town.close("2025-06-16T10:01:00+09:00")
    return town.commit("2025-06-16T10:02:00+09:00")


def test_a_merge_of_two_seals_that_was_duly_reopened_and_closed_is_fine(twice):
    resolve(twice)
    assert twice.found == []
    twice.git("switch", "--quiet", "other")
    twice.entry(path_of("2025-06-16-000004", year=2025), "2025-06-16")
    twice.commit("2025-06-16T11:00:00+09:00")
    twice.merge("main", when="2025-06-16T12:00:00+09:00")
    assert twice.found == []


def test_seals_that_went_on_where_they_had_been_lost_are_not_lost_duly(twice):
    resolve(twice)
    twice.git("switch", "--quiet", "other")
    reopen_year(twice.desk("2025-06-16T11:00:00+09:00"), 2024, reason="再び", by="産業課")
    twice.commit("2025-06-16T11:00:00+09:00")
    merge = twice.merge("main", "--strategy-option=theirs", when="2025-06-16T12:00:00+09:00")
    assert twice.found == [("seal", merge, SEAL)]


def test_seals_that_were_lost_on_a_branch_are_not_named_again_by_its_merge(closed):
    closed.git("switch", "--quiet", "-c", "other")
    closed.replace(SEAL, "by: 産業課", "by: 町長")
    commit = closed.commit(CLOSED)
    closed.git("switch", "--quiet", "main")
    closed.entry(path_of("2025-06-15-000004", year=2025), "2025-06-15")
    closed.commit(CLOSED)
    closed.merge("other", when=CLOSED)
    assert closed.found == [("seal", commit, SEAL)]


def test_seals_that_were_deleted_on_a_branch_are_not_named_again_by_its_merge(closed):
    closed.git("switch", "--quiet", "-c", "other")
    closed.remove(SEAL)
    commit = closed.commit(CLOSED)
    closed.git("switch", "--quiet", "main")
    closed.entry(path_of("2025-06-15-000004", year=2025), "2025-06-15")
    closed.commit(CLOSED)
    closed.merge("other", when=CLOSED)
    assert closed.found == [("seal", commit, SEAL)]


def test_a_merge_that_makes_seals_unreadable_takes_them_out(twice):
    twice.git("switch", "--quiet", "other")
    twice.write(SEAL, "schema: [\n")
    broken = twice.commit("2025-06-15T12:30:00+09:00")
    twice.git("switch", "--quiet", "main")
    merge = twice.merge("other", "--strategy-option=theirs", when="2025-06-16T10:00:00+09:00")
    assert ("seal", broken, SEAL) in twice.found
    assert ("seal", merge, SEAL) in twice.found


def test_a_seal_in_the_place_of_a_year_s_folder_is_none(closed):
    closed.write("records/2023", "a file\n")
    closed.write("records/2022/closed.yaml/x.txt", "a folder\n")
    closed.commit(CLOSED)
    assert closed.found == []


# -- which part of which repository -----------------------------------------------------------


def test_only_what_came_after_a_commit_is_named(town):
    town.replace(FIRST, "企業", "工場")
    edited = town.commit("2024-06-13T10:00:00+09:00")
    town.remove(FIRST)
    deleted = town.commit("2024-06-20T10:00:00+09:00")
    found = town.audit(edited[:12])
    assert [one.commit.id for one in found.findings] == [deleted]
    assert (found.since, found.commits, found.entries) == (edited, 1, 1)
    assert [one.commit.id for one in town.audit("R6.6.14").findings] == [deleted]
    assert town.audit("HEAD").findings == ()
    everything = town.audit("2020-01-01")
    assert (everything.since, everything.commits, len(everything.findings)) == (None, 4, 2)
    with pytest.raises(UsageFault):
        town.audit("nowhere")


def test_a_restoration_is_known_though_the_deletion_lies_before(town):
    town.remove(FIRST)
    deleted = town.commit()
    town.entry()
    town.commit("2024-12-12T10:00:00+09:00")
    assert town.audit(deleted).findings == ()


def test_a_workspace_deep_in_a_repository_and_a_worktree_are_audited(tmp_path, workspace, git, monkeypatch, make_desk):
    town = Town(workspace, git, monkeypatch, make_desk)
    git(tmp_path, "init", "--quiet")
    town.entry()
    town.commit()
    (tmp_path / "other.txt").touch()
    git(tmp_path, "add", "other.txt")
    town.git("commit", "--quiet", "-m", "elsewhere", when="2020-01-01T00:00:00+09:00")
    town.remove(FIRST)
    deleted = town.commit()
    assert town.found == [("deleted", deleted, FIRST)]
    git(tmp_path, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    town.root = tmp_path / "tree" / "town"
    assert town.found == [("deleted", deleted, FIRST)]


@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
def test_nothing_is_said_of_a_history_in_which_an_object_is_not_what_its_name_says(town, kind):
    town.entry(SECOND)
    town.commit()
    name = town.git("rev-parse", {"blob": f"HEAD~1:{FIRST}", "tree": "HEAD~1:records", "commit": "HEAD~1"}[kind])
    path = town.root / ".git" / "objects" / name[:2] / name[2:]
    raw = zlib.decompress(path.read_bytes())
    path.chmod(0o644)
    path.write_bytes(zlib.compress(raw[:-1] + bytes([raw[-1] ^ 1])))
    with pytest.raises(EnvironmentFault) as caught:
        town.audit()
    assert caught.value.message.values == {"name": name}
    path.unlink()
    with pytest.raises(EnvironmentFault) as caught:
        town.audit()
    assert caught.value.message.values == {"name": name}


# -- a workspace that moved -------------------------------------------------------------------

LATER = "2025-06-20T10:00:00+09:00"


def moved(town, folder, when=LATER):
    """Move the workspace to another folder of its repository and commit that; return the commit."""
    (town.top / folder).mkdir(parents=True, exist_ok=True)
    for part in ("plan", "records"):
        (town.root / part).rename(town.top / folder / part)
    town.root = town.top / folder
    (town.top / "other.txt").write_text(folder, encoding="utf-8")
    town.git("add", "--all", ":/")
    town.git("commit", "--quiet", "-m", "移した", when=when)
    return town.head


@pytest.fixture
def tampered(town):
    """Return a workspace at the root of its repository, one entry of which was rewritten, and by which commit."""
    town.entry(SECOND)
    town.commit()
    town.replace(FIRST, "企業", "工場")
    return town, town.commit("2024-06-20T10:00:00+09:00")


@pytest.mark.parametrize("folders", [["town"], ["a/b"], ["a", "b"], ["a", "a/b", "."], ["a", "."]])
def test_a_workspace_is_followed_to_where_it_lay_before(tampered, folders):
    town, edited = tampered
    for folder in folders:
        moved(town, folder)
    town.entry(path_of("2025-06-21-000007", year=2025), "2025-06-21")
    town.commit("2025-06-21T10:00:00+09:00")
    found = town.audit()
    assert [(one.kind, one.commit.id, one.path) for one in found.findings] == [("edited", edited, FIRST)]
    assert (found.entries, found.late) == (3, 0)


def test_what_a_move_itself_changes_leaves_behind_or_brings_is_found(tampered):
    town, edited = tampered
    town.entry(THIRD)
    town.commit("2024-06-20T11:00:00+09:00")
    left = (town.root / THIRD).read_bytes()
    town.remove(THIRD)
    town.replace(SECOND, "企業", "工場")
    (town.top / "town").mkdir()
    commit = moved(town, "town")
    town.git("reset", "--quiet", "--soft", "HEAD~1")
    (town.top / THIRD).parent.mkdir(parents=True)
    (town.top / THIRD).write_bytes(left)
    town.git("add", "--all", ":/")
    town.git("commit", "--quiet", "-m", "移した", when=LATER)
    commit = town.head
    assert town.found == [("edited", edited, FIRST), ("edited", commit, SECOND), ("deleted", commit, THIRD)]


def test_a_closed_year_is_followed_with_its_seals(closed):
    moved(closed, "town")
    assert closed.found == []
    closed.remove(SECOND)
    commit = closed.commit("2025-06-21T10:00:00+09:00")
    assert closed.found == [("deleted", commit, SECOND), ("closed", commit, SECOND)]


def test_a_branch_from_before_the_move_is_followed_by_itself(tampered):
    town, edited = tampered
    town.git("switch", "--quiet", "-c", "other")
    town.entry(THIRD, "2025-06-19")
    town.replace(SECOND, "企業", "工場")
    other = town.commit("2025-06-19T10:00:00+09:00")
    town.git("switch", "--quiet", "main")
    moved(town, "town")
    there = ("-c", "merge.directoryRenames=true")
    town.git(*there, "merge", "--quiet", "--no-edit", "other", when="2025-06-21T10:00:00+09:00")
    assert (town.root / THIRD).exists()
    assert sorted(town.found) == sorted([("edited", edited, FIRST), ("edited", other, SECOND)])


def test_of_two_workspaces_that_move_at_once_each_is_followed_to_its_own_folder(
    tmp_path, workspace, git, monkeypatch, make_desk
):
    town = Town(workspace, git, monkeypatch, make_desk)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    town.top = tmp_path
    (tmp_path / "alpha" / "plan").mkdir(parents=True)
    (tmp_path / "alpha" / PLAN).write_bytes((town.root / PLAN).read_bytes())
    other = path_of("2024-06-12-00000b")
    town.entry()
    (tmp_path / "alpha" / other).parent.mkdir(parents=True)
    (tmp_path / "alpha" / other).write_bytes((town.root / FIRST).read_bytes())
    town.git("add", "--all", ":/")
    town.git("commit", "--quiet", "-m", "x", when="2024-06-12T10:00:00+09:00")
    town.replace(FIRST, "企業", "工場")
    edited = town.commit("2024-06-12T11:00:00+09:00")
    (tmp_path / "alpha").rename(tmp_path / "beta")
    moved(town, "gamma")
    assert town.found == [("edited", edited, FIRST)]
    town.root = tmp_path / "beta"
    assert town.found == []


def test_a_workspace_that_was_merged_into_another_repository_is_followed(tampered, tmp_path, git):
    town, edited = tampered
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "host")
    host = tmp_path / "host"
    for path in ("readme.txt", "records/old.txt", "plan/measures.yaml"):
        (host / path).parent.mkdir(parents=True, exist_ok=True)
        (host / path).write_text("another one\n", encoding="utf-8")
    git(host, "fetch", "--quiet", str(town.root), "main")
    town.root = host
    town.commit("2024-01-01T10:00:00+09:00")
    town.git("merge", "--quiet", "--strategy=ours", "--no-commit", "--allow-unrelated-histories", "FETCH_HEAD")
    town.git("read-tree", "--prefix=town/", "-u", "FETCH_HEAD")
    town.git("commit", "--quiet", "-m", "合流", when=LATER)
    town.root = host / "town"
    assert town.found == [("edited", edited, FIRST)]


def test_a_move_that_is_not_committed_yet_is_said(tampered):
    town, _ = tampered
    (town.root / "town").mkdir()
    town.git("mv", "plan", "records", "town")
    town.root = town.root / "town"
    with pytest.raises(EnvironmentFault, match="nothing of this folder has been committed"):
        town.audit()


@pytest.mark.parametrize("is_copy", [True, False])
def test_a_move_that_can_not_be_followed_is_said(tampered, is_copy):
    town, _ = tampered
    kept = {
        part: [(path, path.read_bytes()) for path in (town.root / part).rglob("*.yaml")] for part in ("plan", "records")
    }
    old = town.root
    if not is_copy:
        for part in kept.values():
            for path, _data in part:
                path.unlink()
        town.commit("2024-06-20T11:00:00+09:00")
    for part in kept.values():
        for path, data in part:
            new = old / "town" / path.relative_to(old)
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
    commit = town.commit("2024-06-20T12:00:00+09:00")
    town.root = old / "town"
    assert town.found == [("moved", commit, ".")]
    assert words(town.audit().findings[0]) == [
        "entries that lay there before: 2; what became of them there was not examined"
    ]


def test_a_folder_that_was_prepared_for_the_move_hides_nothing(tampered):
    town, _ = tampered
    (town.root / "town" / "plan").mkdir(parents=True)
    (town.root / "town" / PLAN).write_bytes((town.root / PLAN).read_bytes())
    town.commit("2024-06-20T11:00:00+09:00")
    (town.root / "town" / PLAN).unlink()
    (town.root / "town" / "plan").rmdir()
    commit = moved(town, "town", "2024-06-20T12:00:00+09:00")
    assert town.found == [("moved", commit, ".")]


def test_another_workspace_with_the_same_samples_is_no_origin(town):
    town.entry(SECOND, more="sample: true\n")
    town.commit()
    for path in (PLAN, SECOND):
        new = town.root / "town" / path
        new.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes((town.root / path).read_bytes())
    town.commit("2024-06-13T10:00:00+09:00")
    assert town.found == []
    town.root = town.root / "town"
    assert town.found == []


def test_a_shallow_clone_says_so_and_takes_its_first_commit_as_it_is(closed, tmp_path, git):
    closed.remove(FIRST)
    closed.commit("2025-07-15T10:00:00+09:00")
    git(tmp_path, "clone", "--quiet", "--depth=2", closed.root.as_uri(), "clone")
    closed.root = tmp_path / "clone"
    found = closed.audit()
    assert (found.is_shallow, found.commits) == (True, 2)
    assert [(one.kind, one.path) for one in found.findings] == [("deleted", FIRST), ("closed", FIRST)]


def test_the_number_of_processes_does_not_grow_with_the_history(town, monkeypatch):
    started = []
    plain = subprocess.Popen.__init__

    def counted(self, *arguments, **more):
        started.append(arguments)
        plain(self, *arguments, **more)

    def processes():
        desk = town.desk()
        started.clear()
        audit(desk)
        return len(started)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", counted)
        before = processes()
    for number in range(3):
        town.entry(path_of(f"2024-06-12-00010{number}"))
        town.commit()
    monkeypatch.setattr(subprocess.Popen, "__init__", counted)
    assert processes() == before <= 11


def test_it_is_told_how_far_it_has_come(town):
    told = []
    audit(town.desk(), None, lambda done, total: told.append((done, total)))
    assert told == [(0, 2)]


def test_nothing_is_written(town):
    before = {path: path.stat().st_mtime_ns for path in town.root.rglob("*")}
    town.audit()
    assert {path: path.stat().st_mtime_ns for path in town.root.rglob("*")} == before


def test_without_git_or_a_commit_there_is_no_history(workspace, git, make_desk):
    with pytest.raises(EnvironmentFault):
        audit(make_desk(workspace))
    git(workspace, "init", "--quiet")
    with pytest.raises(EnvironmentFault):
        audit(make_desk(workspace))
