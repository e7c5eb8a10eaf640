# mypy: allow-untyped-calls
import os
import shutil
import subprocess
import time
import zlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.git import program as module
from mizuho_pdca.storage.git.objects import DEEPEST, Snapshot, TreeItem, opened
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.tree import Found

ROOT = Path(__file__).parents[3]
PLAN = "plan/measures.yaml"
ENTRY = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
OTHER = "records/2024/1-1-2-1/2024-07-01-k7x3q9.yaml"
EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


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
def test_an_object_whose_bytes_are_not_those_of_its_name_is_lost(workspace, git, kind, algorithm, make_town):
    try:
        git(workspace, "init", "--quiet", f"--object-format={algorithm}")
    except subprocess.CalledProcessError:
        pytest.skip("this git has no longer names")
    town = make_town(workspace)
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


# -- where the workspace lies -----------------------------------------------------------------


def test_a_workspace_in_a_folder_of_its_repository_sees_itself_alone(tmp_path, workspace, git, make_town):
    git(tmp_path, "init", "--quiet")
    town = make_town(workspace)
    town.write(ENTRY)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "other").touch()
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    assert listing(town, town.git("rev-parse", "HEAD")) == [Found(ENTRY)]
    assert town.changes(town.git("rev-parse", "HEAD")) == [("added", PLAN), ("added", ENTRY)]


def test_before_its_folder_was_there_a_workspace_is_empty(tmp_path, workspace, git, make_town):
    git(tmp_path, "init", "--quiet")
    (tmp_path / "README").touch()
    git(tmp_path, "add", "README")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    town = make_town(workspace)
    with opened(Git(workspace)) as objects:
        commit = objects.commit(town.git("rev-parse", "HEAD"))
        assert objects.root(commit) is None
        assert objects.at(commit, PLAN) is None
        with pytest.raises(FileNotFoundError):
            Snapshot(objects, commit).read(PLAN)
    assert town.changes(town.git("rev-parse", "HEAD")) == []


def test_a_file_in_the_place_of_the_folder_is_no_workspace(tmp_path, workspace, git, make_town):
    git(tmp_path, "init", "--quiet")
    town = make_town(workspace)
    name = make_town(tmp_path).make("blob", b"x")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"100644,{name},town")
    git(tmp_path, "commit", "--quiet", "-m", "x")
    with opened(Git(workspace)) as objects:
        assert objects.root(objects.commit(town.git("rev-parse", "HEAD"))) is None


def test_a_second_work_tree_reads_the_same_objects(town, tmp_path, make_town):
    town.write(ENTRY)
    commit = town.commit()
    town.git("worktree", "add", "--quiet", str(tmp_path / "second"), "-b", "second")
    assert listing(make_town(tmp_path / "second"), commit) == [Found(ENTRY)]


def test_a_repository_with_longer_names_reads_the_same(workspace, git, make_town):
    try:
        git(workspace, "init", "--quiet", "--object-format=sha256")
    except subprocess.CalledProcessError:
        pytest.skip("this git knows no longer names")
    town = make_town(workspace)
    town.write(ENTRY, "a")
    first = town.commit()
    town.write(ENTRY, "b")
    second = town.commit()
    assert len(second) == 64
    assert town.changes(second, first) == [("edited", ENTRY)]
    with opened(Git(workspace)) as objects:
        assert Snapshot(objects, objects.commit(second)).read(ENTRY) == b"b"


def test_a_packed_repository_reads_the_same(town):
    town.write(ENTRY, "a" * 5000)
    first = town.commit()
    town.write(ENTRY, "a" * 5000 + "b")
    second = town.commit()
    before = (town.changes(second, first), listing(town, first))
    town.git("gc", "--quiet", "--prune=now")
    assert len(list((town.root / ".git" / "objects").glob("pack/*.pack"))) == 1
    assert (town.changes(second, first), listing(town, first)) == before == ([("edited", ENTRY)], [Found(ENTRY)])


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


@pytest.mark.slow
def test_the_sample_reads_the_same_from_git_as_from_the_disk(workspace, git, make_town):
    town = make_town(workspace)
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
    commit = town.put("120000", name, ENTRY)
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
    commit = town.put("160000", "1" * 40, "records/2024/module")
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


@pytest.mark.slow
def test_folders_far_below_any_entry_are_not_followed(town):
    entry = b"100644 a.yaml\0" + bytes.fromhex(town.make("blob", b"a"))
    for _ in range(DEEPEST + 10):
        entry = b"40000 a\0" + bytes.fromhex(town.make("tree", entry))
    top = town.make("tree", b"40000 records\0" + bytes.fromhex(town.make("tree", entry)))
    commit = town.git("commit-tree", "-m", "deep", top)
    with opened(Git(town.root)) as objects:
        assert town.changes(commit) == []
        assert list(Snapshot(objects, objects.commit(commit)).records()) == []
