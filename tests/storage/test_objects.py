# mypy: allow-untyped-calls
import os
import shutil
import subprocess
import time
import zlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mizuho_pdca.core.history import Change
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage import git as module
from mizuho_pdca.storage.differences import Differences, TreeDifference
from mizuho_pdca.storage.git import Git
from mizuho_pdca.storage.objects import DEEPEST, Snapshot, TreeItem, opened
from mizuho_pdca.storage.tree import Folder, Found

ROOT = Path(__file__).parents[2]
PLAN = "plan/measures.yaml"
ENTRY = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
TEXT = "schema: 1\n"
EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


class Town:
    """A workspace in a repository."""

    def __init__(self, root, git):
        self.root = root
        self.git = lambda *arguments: git(root, *arguments).strip()

    def write(self, path, text=TEXT):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def commit(self, message="x", *more):
        self.git("add", "--all", ".")
        self.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", message, *more)
        return self.git("rev-parse", "HEAD")

    def make(self, kind, raw):
        """Write an object as it is, however broken; return its name."""
        made = subprocess.run(
            ["git", "hash-object", "--literally", "-t", kind, "-w", "--stdin"],
            cwd=self.root, input=raw, capture_output=True, check=True,
        )  # fmt: skip
        return made.stdout.decode().strip()


@pytest.fixture
def town(workspace, git):
    """Make a workspace in a repository without a commit."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    return Town(workspace, git)


@pytest.fixture
def open_town(town):
    """Open the objects of the workspace's repository."""
    return lambda: opened(Git(town.root))


def differences(town, new, old=None):
    git = Git(town.root)
    return Differences(git, git.prefix(), {new: [] if old is None else [old]})


def changes(town, new, old=None):
    """Return what a commit changed as kind and path, and check that its ids lead to contents."""
    with opened(Git(town.root)) as objects:
        found = list(differences(town, new, old).changes(new, old))
        for change in found:
            for name in (change.before, change.after):
                assert name is None or isinstance(objects.blob(name), bytes)
    return [(change.kind, change.path) for change in found]


def listing(town, name):
    with opened(Git(town.root)) as objects:
        return list(Snapshot(objects, objects.commit(name)).records())


# -- commits ----------------------------------------------------------------------------------


def test_a_commit_says_who_wrote_it_and_when_and_what_for(town, open_town, monkeypatch):
    monkeypatch.setenv("GIT_AUTHOR_DATE", "1718150400 +0900")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1718154000 -0330")
    first = town.commit("begin")
    second = town.commit("訪問を記録\n\n三社。\n", "--author=商工会 <shoko@town.example>")
    with open_town() as objects:
        commit = objects.commit(second)
    assert (commit.id, commit.parents, commit.tree) == (second, (first,), town.git("rev-parse", "HEAD^{tree}"))
    assert (commit.author, commit.email, commit.committer) == ("商工会", "shoko@town.example", "産業課")
    assert commit.authored == datetime(2024, 6, 12, 9, tzinfo=timezone(timedelta(hours=9)))
    assert commit.committed.utcoffset() == -timedelta(hours=3, minutes=30)
    assert (commit.subject, commit.message) == ("訪問を記録", "訪問を記録\n\n三社。\n")


def test_the_first_commit_has_no_parent_and_a_merge_has_two(town, open_town):
    first = town.commit("begin")
    town.git("checkout", "--quiet", "-b", "side")
    side = town.commit("side")
    town.git("checkout", "--quiet", "main")
    main = town.commit("main")
    town.git("merge", "--quiet", "--no-edit", "-m", "merge", "side")
    with open_town() as objects:
        assert objects.commit(first).parents == ()
        merge = objects.commit(town.git("rev-parse", "HEAD"))
        assert merge.parents == (main, side)


ZERO = datetime.fromtimestamp(0, UTC)


@pytest.mark.parametrize(
    ("line", "name", "email", "moment"),
    [
        ("産業課 <a@b.example> 60 +0000", "産業課", "a@b.example", ZERO + timedelta(minutes=1)),
        ("<a@b.example> 0 +0000", "", "a@b.example", ZERO),
        (" <> 0 +0000", "", "", ZERO),
        ("A <b> <c@d> 0 +0000", "A", "b> <c@d", ZERO),
        ("A > B <c@d> 0 +0000", "A > B", "c@d", ZERO),
        ("A <c@d>> 0 +0000", "A", "c@d>", ZERO),
        ("A <c@d> -3600 +0000", "A", "c@d", ZERO - timedelta(hours=1)),
        ("A <c@d>", "A", "c@d", ZERO),
        ("A <c@d> soon", "A", "c@d", ZERO),
        ("A <c@d> 60 JST", "A", "c@d", ZERO),
        ("A <c@d> 60 +9999", "A", "c@d", ZERO),
        ("A <c@d> 99999999999999999 +0900", "A", "c@d", ZERO),
        (f"A <c@d> {'9' * 5000} +0900", "A", "c@d", ZERO),
        ("A 60 +0900", "A 60 +0900", "", ZERO),
        ("", "", "", ZERO),
    ],
)  # fmt: skip
def test_a_line_that_says_who_is_read_as_far_as_it_can_be(town, open_town, line, name, email, moment):
    made = town.make("commit", f"tree {EMPTY}\nauthor {line}\ncommitter {line}\n\nx\n".encode())
    with open_town() as objects:
        commit = objects.commit(made)
    assert (commit.author, commit.email, commit.authored) == (name, email, moment)
    assert (commit.committer, commit.committed) == (name, moment)


@pytest.mark.parametrize("line", ["<" * 300_000, "<a> 0 " * 60_000, ">" * 300_000])
def test_a_line_that_wants_to_take_for_ever_does_not(town, open_town, line):
    made = town.make("commit", f"tree {EMPTY}\nauthor {line}\n\nx\n".encode())
    begin = time.monotonic()
    with open_town() as objects:
        assert objects.commit(made).authored == ZERO
    assert time.monotonic() - begin < 5


def test_a_commit_may_lack_its_people_and_its_message(town, open_town):
    made = town.make("commit", f"tree {EMPTY}\n".encode())
    with open_town() as objects:
        commit = objects.commit(made)
    assert (commit.author, commit.email, commit.authored, commit.message) == ("", "", ZERO, "")


def test_what_follows_the_people_is_not_taken_for_them(town, open_town):
    head = f"tree {EMPTY}\nauthor A <a@b> 0 +0000\ncommitter A <a@b> 0 +0000\n"
    made = town.make("commit", f"{head}gpgsig -----BEGIN\n tree x\n author B\n\nauthor C\ntree y\n".encode())
    with open_town() as objects:
        commit = objects.commit(made)
    assert (commit.tree, commit.author, commit.message) == (EMPTY, "A", "author C\ntree y\n")


def test_a_message_that_is_no_utf_8_is_read_with_marks_in_it(town, open_town):
    made = town.make("commit", f"tree {EMPTY}\nauthor A <a@b> 0 +0000\n\n".encode() + "訪問".encode("shift_jis"))
    with open_town() as objects:
        assert "\ufffd" in objects.commit(made).message


def test_a_commit_without_a_folder_is_lost(town, open_town):
    made = town.make("commit", b"author A <a@b> 0 +0000\n\nx\n")
    with open_town() as objects, pytest.raises(EnvironmentFault) as caught:
        objects.commit(made)
    assert (caught.value.exit_code, made in caught.value.text(str)) == (4, True)


# -- folders and contents ---------------------------------------------------------------------


def test_folders_and_contents_are_those_of_git(town, open_town):
    town.write(ENTRY, "本文\n")
    town.write("records/2024/1-1-2-1/a b'\"\n.txt")
    (town.root / "records" / "run.sh").touch(mode=0o755)
    commit = town.commit()
    with open_town() as objects:
        tree = objects.commit(commit).tree
        assert list(objects.folder(tree)) == ["plan", "records"]
        assert objects.folder(tree)["plan"].is_folder
        node = objects.at(objects.commit(commit), ENTRY)
        assert node == TreeItem(0o100644, town.git("rev-parse", f"HEAD:{ENTRY}"))
        assert objects.blob(node.id) == "本文\n".encode()
        assert set(objects.folder(town.git("rev-parse", "HEAD:records/2024/1-1-2-1"))) == {
            "2024-06-12-k7x3q9.yaml",
            "a b'\"\n.txt",
        }


def test_a_path_that_is_not_there_is_none(town, open_town):
    town.write(ENTRY)
    commit = town.commit()
    with open_town() as objects:
        for path in ("records/2025", f"{ENTRY}/x", "records/2024/x/y", "none"):
            assert objects.at(objects.commit(commit), path) is None


def test_contents_of_any_length_come_whole(town, open_town):
    data = [b"", b"\n", b"\0" * 70_000, os.urandom(200_000)]
    names = [town.make("blob", one) for one in data]
    with open_town() as objects:
        assert [objects.blob(name) for name in names] == data


@pytest.mark.parametrize("raw", [b"abc x\0" + b"1" * 20, b"100644 x", b"100644", b"100644 x\0" + b"1" * 20 + b"rest"])
def test_a_broken_folder_is_lost(town, open_town, raw):
    made = town.make("tree", raw)
    with open_town() as objects, pytest.raises(EnvironmentFault) as caught:
        objects.folder(made)
    assert (caught.value.exit_code, made in caught.value.text(str)) == (4, True)


def test_a_lost_object_is_named_with_what_to_do(town):
    town.write(ENTRY)
    commit = town.commit()
    lost = town.git("rev-parse", f"HEAD:{ENTRY}")
    (town.root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    with opened(Git(town.root)) as objects, pytest.raises(EnvironmentFault) as caught:
        Snapshot(objects, objects.commit(commit)).read(ENTRY)
    assert caught.value.exit_code == 4
    assert lost in caught.value.text(str)
    assert "git fsck" in caught.value.text(str)


@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_an_object_whose_bytes_are_not_those_of_its_name_is_lost(workspace, git, kind, algorithm):
    try:
        git(workspace, "init", "--quiet", f"--object-format={algorithm}")
    except subprocess.CalledProcessError:
        pytest.skip("this git has no longer names")
    town = Town(workspace, git)
    town.write(PLAN)
    commit = town.commit()
    name = town.git("rev-parse", {"blob": f"HEAD:{PLAN}", "tree": "HEAD:plan", "commit": "HEAD"}[kind])
    path = town.root / ".git" / "objects" / name[:2] / name[2:]
    raw = zlib.decompress(path.read_bytes())
    path.chmod(0o644)
    path.write_bytes(zlib.compress(raw[:-1] + bytes([raw[-1] ^ 1])))
    with opened(Git(town.root)) as objects, pytest.raises(EnvironmentFault) as error:
        Snapshot(objects, objects.commit(commit)).read(PLAN)
    assert error.value.message.values == {"name": name}


@pytest.mark.parametrize("name", ["0" * 40, "refs/heads/none", "main:none", "", "a b", EMPTY])
def test_what_is_no_commit_is_lost_and_never_something_else(town, open_town, name):
    town.commit()
    with open_town() as objects, pytest.raises(EnvironmentFault) as caught:
        objects.commit(name)
    assert caught.value.exit_code == 4


# -- what a commit changed --------------------------------------------------------------------

OTHER = "records/2024/1-1-2-1/2024-07-01-k7x3q9.yaml"


def test_files_are_added_edited_and_deleted_and_others_stay_out(town):
    town.write(ENTRY, "a")
    town.write("records/2023/x", "1")
    first = town.commit()
    assert changes(town, first) == [("added", PLAN), ("added", "records/2023/x"), ("added", ENTRY)]
    town.write(ENTRY, "b")
    town.write(OTHER, "c")
    town.write("README", "d")
    (town.root / "records/2023/x").unlink()
    second = town.commit()
    assert changes(town, second, first) == [("deleted", "records/2023/x"), ("edited", ENTRY), ("added", OTHER)]
    assert changes(town, first, second) == [("added", "records/2023/x"), ("edited", ENTRY), ("deleted", OTHER)]
    assert changes(town, second, second) == []


def test_a_change_names_what_was_there_and_what_is(town, open_town):
    town.write(ENTRY, "a")
    first = town.commit()
    town.write(ENTRY, "b")
    second = town.commit()
    (change,) = differences(town, second, first).changes(second, first)
    with open_town() as objects:
        assert change == Change(
            ENTRY, town.git("rev-parse", f"{first}:{ENTRY}"), town.git("rev-parse", f"HEAD:{ENTRY}")
        )
        assert [objects.blob(name) for name in (change.before, change.after)] == [b"a", b"b"]


def test_a_file_becomes_a_folder_and_a_file_again(town):
    town.write("records/2024/x", "a")
    first = town.commit()
    (town.root / "records/2024/x").unlink()
    town.write("records/2024/x/y", "b")
    town.write("records/2024/x/z", "c")
    second = town.commit()
    there = [("deleted", "records/2024/x"), ("added", "records/2024/x/y"), ("added", "records/2024/x/z")]
    back = [("added", "records/2024/x"), ("deleted", "records/2024/x/y"), ("deleted", "records/2024/x/z")]
    assert (changes(town, second, first), changes(town, first, second)) == (there, back)


def test_the_plan_and_the_records_may_come_go_and_be_something_else(town):
    before = town.commit()
    (town.root / PLAN).unlink()
    town.write(f"{PLAN}/x", "a")
    town.write("records", "no folder")
    after = town.commit()
    assert changes(town, after, before) == [("deleted", PLAN), ("added", f"{PLAN}/x"), ("added", "records")]


def test_the_right_to_run_a_file_is_no_change_of_it(town):
    town.write(ENTRY)
    first = town.commit()
    (town.root / ENTRY).chmod(0o755)
    assert changes(town, town.commit(), first) == []


def put(town, mode, name, path):
    """Let git keep something at a path that is no file; return the commit."""
    town.git("update-index", "--add", "--cacheinfo", f"{mode},{name},{path}")
    town.git("commit", "--quiet", "-m", "put")
    return town.git("rev-parse", "HEAD")


def test_a_link_in_the_place_of_a_file_is_a_file_that_is_gone_though_the_contents_stay(town):
    town.write(PLAN)
    first = town.commit()
    blob = town.git("rev-parse", f"HEAD:{PLAN}")
    town.git("update-index", "--cacheinfo", f"120000,{blob},{PLAN}")
    town.git("commit", "--quiet", "-m", "link")
    second = town.git("rev-parse", "HEAD")
    assert changes(town, second, first) == [("deleted", PLAN)]
    assert changes(town, first, second) == [("added", PLAN)]
    found = list(differences(town, second, first).between(second, first))
    assert found == [TreeDifference(PLAN, TreeItem(0o100644, blob), TreeItem(0o120000, blob))]
    assert [node.is_link for node in found[0][1:]] == [False, True]


def test_what_is_no_file_differs_and_is_no_change(town):
    town.write("plan/notes.txt")
    (town.root / PLAN).unlink()
    town.write(PLAN + "/x.txt")
    first = town.commit()
    town.git("rm", "-r", "--quiet", "--cached", "plan")
    town.git("update-index", "--add", "--cacheinfo", f"160000,{first},plan")
    town.git("commit", "--quiet", "-m", "other")
    second = town.git("rev-parse", "HEAD")
    found = list(differences(town, second, first).between(second, first))
    assert [(one.path, one.change is None) for one in found] == [("plan", True), (f"{PLAN}/x.txt", False)]


def test_another_repository_in_the_place_of_a_file_is_a_file_that_is_gone(town):
    town.write(ENTRY)
    first = town.commit()
    second = put(town, "160000", "1" * 40, ENTRY)
    assert changes(town, second, first) == [("deleted", ENTRY)]
    third = put(town, "160000", "2" * 40, ENTRY)
    assert changes(town, third, second) == []
    assert changes(town, first, third) == [("added", ENTRY)]


# -- where the workspace lies -----------------------------------------------------------------


def test_a_workspace_in_a_folder_of_its_repository_sees_itself_alone(tmp_path, workspace, git):
    git(tmp_path, "init", "--quiet")
    town = Town(workspace, git)
    town.write(ENTRY)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "other").touch()
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    assert listing(town, town.git("rev-parse", "HEAD")) == [Found(ENTRY)]
    assert changes(town, town.git("rev-parse", "HEAD")) == [("added", PLAN), ("added", ENTRY)]


def test_before_its_folder_was_there_a_workspace_is_empty(tmp_path, workspace, git):
    git(tmp_path, "init", "--quiet")
    (tmp_path / "README").touch()
    git(tmp_path, "add", "README")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    town = Town(workspace, git)
    with opened(Git(workspace)) as objects:
        commit = objects.commit(town.git("rev-parse", "HEAD"))
        assert objects.root(commit) is None
        assert objects.at(commit, PLAN) is None
        with pytest.raises(FileNotFoundError):
            Snapshot(objects, commit).read(PLAN)
    assert changes(town, town.git("rev-parse", "HEAD")) == []


def test_a_file_in_the_place_of_the_folder_is_no_workspace(tmp_path, workspace, git):
    git(tmp_path, "init", "--quiet")
    town = Town(workspace, git)
    name = Town(tmp_path, git).make("blob", b"x")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"100644,{name},town")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    with opened(Git(workspace)) as objects:
        assert objects.root(objects.commit(town.git("rev-parse", "HEAD"))) is None


def test_a_second_work_tree_reads_the_same_objects(town, tmp_path, git):
    town.write(ENTRY)
    commit = town.commit()
    town.git("worktree", "add", "--quiet", str(tmp_path / "second"), "-b", "second")
    assert listing(Town(tmp_path / "second", git), commit) == [Found(ENTRY)]


def test_a_repository_with_longer_names_reads_the_same(workspace, git):
    try:
        git(workspace, "init", "--quiet", "--object-format=sha256")
    except subprocess.CalledProcessError:
        pytest.skip("this git knows no longer names")
    town = Town(workspace, git)
    town.write(ENTRY, "a")
    first = town.commit()
    town.write(ENTRY, "b")
    second = town.commit()
    assert len(second) == 64
    assert changes(town, second, first) == [("edited", ENTRY)]
    with opened(Git(workspace)) as objects:
        assert Snapshot(objects, objects.commit(second)).read(ENTRY) == b"b"


def test_a_packed_repository_reads_the_same(town):
    town.write(ENTRY, "a" * 5000)
    first = town.commit()
    town.write(ENTRY, "a" * 5000 + "b")
    second = town.commit()
    before = (changes(town, second, first), listing(town, first))
    town.git("gc", "--quiet", "--prune=now")
    assert len(list((town.root / ".git" / "objects").glob("pack/*.pack"))) == 1
    assert (changes(town, second, first), listing(town, first)) == before == ([("edited", ENTRY)], [Found(ENTRY)])


# -- what is put in the place of history ------------------------------------------------------


def test_a_replacement_of_an_object_is_not_followed(town, open_town):
    town.write(ENTRY, "true")
    commit = town.commit()
    town.git("replace", town.git("rev-parse", f"HEAD:{ENTRY}"), town.make("blob", b"false"))
    assert town.git("show", f"HEAD:{ENTRY}") == "false"
    with open_town() as objects:
        assert Snapshot(objects, objects.commit(commit)).read(ENTRY) == b"true"


def test_a_graft_is_not_followed(town, open_town):
    first = town.commit()
    second = town.commit("y")
    (town.root / ".git" / "info" / "grafts").write_text(f"{second}\n", encoding="utf-8")
    with open_town() as objects:
        assert objects.commit(second).parents == (first,)
    assert Git(town.root).read("rev-list", "HEAD").split() == [second, first]


def test_that_grafts_are_left_alone_is_no_part_of_what_git_complains_of(town):
    town.commit()
    with pytest.raises(EnvironmentFault) as caught:
        Git(town.root).read("rev-list", "nowhere")
    assert "nowhere" in caught.value.text(str)
    assert "hint" not in caught.value.text(str)


# -- a workspace as it was --------------------------------------------------------------------


def test_the_sample_reads_the_same_from_git_as_from_the_disk(workspace, git):
    town = Town(workspace, git)
    git(workspace, "init", "--quiet")
    shutil.copytree(ROOT / "records", workspace / "records")
    for path in (
        "records/.hidden",
        "records/2024/~lock",
        "records/Thumbs.db",
        "records/2024/note.txt",
        "records/2024-x",
    ):
        town.write(path)
    git(workspace, "add", "--force", ".")
    commit = town.commit()
    disk = Folder(workspace)
    with opened(Git(workspace)) as objects:
        past = Snapshot(objects, objects.commit(commit))
        assert list(past.records()) == list(disk.records())
        assert past.plan() == disk.plan()
        paths = [PLAN, *(found.path for found in past.records())]
        assert len(paths) > 400
        assert all(past.read(path) == disk.read(path) for path in paths)


def test_a_snapshot_stays_what_it_was(town):
    town.write(ENTRY, "a")
    commit = town.commit()
    (town.root / ENTRY).unlink()
    town.write(OTHER, "b")
    town.commit()
    with opened(Git(town.root)) as objects:
        past = Snapshot(objects, objects.commit(commit))
        assert [found.path for found in past.records()] == [ENTRY]
        assert past.read(ENTRY) == b"a"
        for path in (OTHER, "records", "records/2024", "../x"):
            with pytest.raises(FileNotFoundError):
                past.read(path)


def test_a_link_is_refused_by_name_wherever_it_leads(town):
    town.commit()
    name = town.make("blob", b"../../x")
    commit = put(town, "120000", name, ENTRY)
    assert listing(town, commit) == [Found(ENTRY, outside=True)]


def test_links_in_the_place_of_plan_and_records_are_refused_by_name(town):
    (town.root / PLAN).rename(town.root / "elsewhere")
    (town.root / PLAN).symlink_to(town.root / "elsewhere")
    (town.root / "records").symlink_to("plan")
    commit = town.commit()
    with opened(Git(town.root)) as objects:
        past = Snapshot(objects, objects.commit(commit))
        assert past.plan() == Found(PLAN, outside=True)
        assert list(past.records()) == [Found("records", outside=True)]


def test_another_repository_among_the_records_is_refused_by_name(town):
    town.commit()
    commit = put(town, "160000", "1" * 40, "records/2024/module")
    (found,) = listing(town, commit)
    assert (found.path, isinstance(found.refusal, OSError)) == ("records/2024/module", True)


def test_without_plan_and_records_nothing_is_there_to_read(town):
    (town.root / PLAN).unlink()
    commit = town.commit()
    with opened(Git(town.root)) as objects:
        past = Snapshot(objects, objects.commit(commit))
        assert list(past.records()) == []
        assert past.plan() == Found(PLAN)
        with pytest.raises(FileNotFoundError):
            past.read(PLAN)


# -- git that does not do its work ------------------------------------------------------------


@pytest.fixture
def pretend(monkeypatch, tmp_path):
    """Let another program take git's place, which does right what is asked before the objects."""

    def make(then):
        program = tmp_path / "bin" / "git"
        program.parent.mkdir()
        lines = ["#!/bin/sh", 'case "$*" in *rev-parse*) echo; exit;; esac', then, ""]
        program.write_text("\n".join(lines), encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)

    return make


def late(git):
    """Ask for an object when a git that breaks off has done so."""
    with opened(git) as objects:
        time.sleep(0.05)
        objects.blob("0" * 40)


@pytest.mark.skipif(os.name == "nt", reason="the pretended git is a shell script")
@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("exec sleep 60", "git cat-file did not end in time"),
        ("exit 1", "git has lost the object"),
        ("read x; exit", "git has lost the object"),
        ('read x; echo "$x blob 9"; echo short; exit', "git has lost the object"),
        ("read x; echo what; exit", "git has lost the object"),
    ],
)
def test_git_that_hangs_or_breaks_off_is_an_error_and_no_silence(town, pretend, monkeypatch, then, said):
    pretend(then)
    monkeypatch.setattr(module, "SECONDS_OF_HISTORY", 0.3)
    begin = time.monotonic()
    with pytest.raises(EnvironmentFault) as caught:
        late(Git(town.root))
    assert time.monotonic() - begin < 10
    assert caught.value.exit_code == 4
    assert said in caught.value.text(str)


def test_a_reader_that_goes_away_is_not_taken_for_git(open_town):
    with pytest.raises(BrokenPipeError, match="screen"), open_town():
        raise BrokenPipeError("screen")


def test_without_the_program_there_is_nothing_to_open(town, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    for use in (lambda: opened(Git(town.root)).__enter__(), lambda: Git(town.root).batch().__enter__()):
        with pytest.raises(EnvironmentFault) as caught:
            use()
        assert "git" in caught.value.text(str)


def test_the_program_is_gone_when_the_objects_are_closed(town, monkeypatch):
    town.commit()
    started = []
    real = subprocess.Popen

    def popen(*arguments, **options):
        started.append(real(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    with Git(town.root).batch() as batch:
        assert batch.get("HEAD") is not None
        assert started[-1].poll() is None
    assert started[-1].poll() is not None


# -- from other machines ----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["CP932", "hex", "no-such-one"])
def test_a_commit_is_read_in_the_encoding_that_it_names(town, encoding):
    written = "cp932" if encoding == "CP932" else "utf-8"
    person = "産業課".encode(written) + b" <a@b.jp> 1750000000 +0900"
    tree = town.git("write-tree").encode()
    head = [b"tree " + tree, b"author " + person, b"committer " + person, b"encoding " + encoding.encode()]
    name = town.make("commit", b"\n".join([*head, b"", "6月の記録を追加".encode(written)]))
    with opened(Git(town.root)) as objects:
        commit = objects.commit(name)
    assert (commit.subject, commit.author) == ("6月の記録を追加", "産業課")


def test_folders_far_below_any_entry_are_not_followed(town):
    entry = b"100644 a.yaml\0" + bytes.fromhex(town.make("blob", b"a"))
    for _ in range(DEEPEST + 10):
        entry = b"40000 a\0" + bytes.fromhex(town.make("tree", entry))
    top = town.make("tree", b"40000 records\0" + bytes.fromhex(town.make("tree", entry)))
    commit = town.git("commit-tree", "-m", "deep", top)
    with opened(Git(town.root)) as objects:
        assert changes(town, commit) == []
        assert list(Snapshot(objects, objects.commit(commit)).records()) == []
