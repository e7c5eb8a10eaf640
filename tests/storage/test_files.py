# mypy: allow-untyped-calls
import errno
import os
import socket
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from mizuho_pdca.errors import EnvironmentFault, Refused
from mizuho_pdca.storage import files
from mizuho_pdca.storage.files import (
    create,
    create_all,
    create_folder,
    is_left_over,
    is_link,
    move,
    read_named,
    read_ordinary,
    refuse_taken,
    remove,
    remove_folder,
    sync_folder,
    try_lock,
)

unix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files, and flushes folders by itself")


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_appears_with_its_folders_and_nothing_beside_it(tmp_path):
    create(tmp_path / "a" / "b" / "entry.yaml", "訪問".encode())
    assert (tmp_path / "a" / "b" / "entry.yaml").read_bytes() == "訪問".encode()
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["entry.yaml"]


def test_a_name_that_is_taken_is_refused_and_its_file_stays(tmp_path):
    path = tmp_path / "entry.yaml"
    path.write_bytes(b"first")
    with pytest.raises(Refused) as caught:
        create(path, b"second")
    assert caught.value.exit_code == 3
    assert str(path) in caught.value.text(str)
    assert "--force" in caught.value.text(str)
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_takes_the_place_of_the_old_file(tmp_path):
    path = tmp_path / "review.csv"
    path.write_bytes(b"old and longer")
    create(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_makes_a_file_that_was_not_there(tmp_path):
    create(tmp_path / "review.csv", b"new", replace=True)
    assert (tmp_path / "review.csv").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_disk_that_refuses_leaves_neither_the_file_nor_a_part_of_it(tmp_path, monkeypatch, step):
    monkeypatch.setattr(os, step, refuse)
    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(EnvironmentFault) as caught:
        create(tmp_path / "entry.yaml", b"whole")
    assert caught.value.exit_code == 4
    assert "entry.yaml" in caught.value.text(str)
    assert "the disk is full" in caught.value.text(str)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_a_replacement_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "review.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EnvironmentFault):
        create(path, b"new", replace=True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_can_not_be_made_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault) as caught:
        create(tmp_path / "file" / "below" / "entry.yaml", b"")
    assert "entry.yaml" in caught.value.text(str)


def test_a_folder_in_the_place_of_the_file_is_refused_even_when_replacing(tmp_path):
    with pytest.raises(Refused):
        create(tmp_path, b"")
    with pytest.raises(EnvironmentFault):
        create(tmp_path, b"", replace=True)


def without_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_where_the_disk_knows_no_hard_links_the_file_is_renamed(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", without_links)
    create(tmp_path / "entry.yaml", b"whole")
    assert (tmp_path / "entry.yaml").read_bytes() == b"whole"
    assert len(list(tmp_path.iterdir())) == 1


def test_where_the_disk_knows_no_hard_links_a_taken_name_is_refused_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", without_links)
    (tmp_path / "entry.yaml").write_bytes(b"first")
    with pytest.raises(Refused):
        create(tmp_path / "entry.yaml", b"second")
    assert (tmp_path / "entry.yaml").read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("target", ["nothing.yaml", "other.yaml"])
@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_a_link_has_is_taken_wherever_it_leads(tmp_path, monkeypatch, target, links):
    if not links:
        monkeypatch.setattr(os, "link", without_links)
    (tmp_path / "other.yaml").write_bytes(b"first")
    (tmp_path / "entry.yaml").symlink_to(target)
    with pytest.raises(Refused):
        create(tmp_path / "entry.yaml", b"second")
    assert (tmp_path / "entry.yaml").readlink().name == target
    assert (tmp_path / "other.yaml").read_bytes() == b"first"


def test_a_link_to_nowhere_takes_a_name_also_before_the_work_begins(tmp_path):
    refuse_taken(tmp_path / "paper.pdf")
    (tmp_path / "paper.pdf").symlink_to("nothing.pdf")
    with pytest.raises(Refused, match="exists already"):
        refuse_taken(tmp_path / "paper.pdf")


# -- what a power cut leaves ----------------------------------------------------------------------


@pytest.fixture
def steps(monkeypatch):
    """Note what is flushed, and when a file gets its name."""
    noted = []
    real = {name: getattr(os, name) for name in ("fsync", "link", "replace", "rename", "mkdir", "unlink")}

    def note(name):
        def step(*words):
            if name == "fsync":
                found = os.fstat(words[0])
                noted.append((name, found.st_ino, found.st_size))
            else:
                noted.append((name, os.fspath(words[-1]), 0))
            return real[name](*words)

        return step

    for name in real:
        monkeypatch.setattr(os, name, note(name))
    return noted


@unix_only
@pytest.mark.parametrize("replace", [False, True])
def test_the_whole_text_is_on_the_disk_before_it_gets_its_name_and_the_name_before_it_is_told(tmp_path, steps, replace):
    path = tmp_path / "entry.yaml"
    create(path, b"whole text", replace=replace)
    at = next(place for place, (name, *_) in enumerate(steps) if name in ("link", "replace"))
    assert steps[at - 1] == ("fsync", path.stat().st_ino, len(b"whole text"))
    assert steps[at + 1][:2] == ("fsync", tmp_path.stat().st_ino)


@unix_only
def test_folders_that_were_missing_are_on_the_disk_too(tmp_path, steps):
    create(tmp_path / "a" / "b" / "entry.yaml", b"")
    made = [(name, where) for name, where, _ in steps if name in ("mkdir", "fsync")]
    assert made[:4] == [
        ("mkdir", str(tmp_path / "a")),
        ("fsync", tmp_path.stat().st_ino),
        ("mkdir", str(tmp_path / "a" / "b")),
        ("fsync", (tmp_path / "a").stat().st_ino),
    ]
    assert made[-1] == ("fsync", (tmp_path / "a" / "b").stat().st_ino)


@unix_only
def test_a_folder_of_files_is_on_the_disk_with_its_names_before_it_gets_its_own(tmp_path, steps):
    create_folder(tmp_path / "packet", {"a": b"1", "b": b"22"})
    at = next(place for place, (name, *_) in enumerate(steps) if name == "rename")
    flushed = [where for name, where, _ in steps[:at] if name == "fsync"]
    names = [tmp_path / "packet" / "a", tmp_path / "packet" / "b", tmp_path / "packet"]
    assert flushed[-3:] == [path.stat().st_ino for path in names]
    assert steps[at + 1][:2] == ("fsync", tmp_path.stat().st_ino)


@unix_only
def test_that_a_file_is_gone_is_on_the_disk_too(tmp_path, steps):
    (tmp_path / "a").touch()
    remove(tmp_path / "a")
    assert steps[-1][:2] == ("fsync", tmp_path.stat().st_ino)
    remove(tmp_path / "a")
    assert len(steps) == 3


def failing(number):
    """Flush files, and refuse to flush folders."""
    real = os.fsync

    def sync(opened):
        if os.path.isdir(f"/proc/self/fd/{opened}"):  # noqa: PTH112 (a link of the system)
            raise OSError(number, os.strerror(number))
        real(opened)

    return sync


@unix_only
def test_a_drive_that_can_not_flush_folders_is_no_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing(errno.EINVAL))
    create(tmp_path / "entry.yaml", b"whole")
    assert (tmp_path / "entry.yaml").read_bytes() == b"whole"


@unix_only
def test_what_is_called_not_written_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(EnvironmentFault):
        create(tmp_path / "entry.yaml", b"whole")
    assert list(tmp_path.iterdir()) == []


@unix_only
def test_what_stands_already_is_not_called_unwritten(tmp_path, monkeypatch):
    (tmp_path / "closed.yaml").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(EnvironmentFault, match="was written, but the disk did not confirm it"):
        create(tmp_path / "closed.yaml", b"new", replace=True)
    assert (tmp_path / "closed.yaml").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["closed.yaml"]


@unix_only
def test_a_folder_that_stands_already_is_not_called_unwritten(tmp_path, monkeypatch):
    def sync(folder):
        if (folder / "papers").exists():
            raise OSError(errno.EIO, "the disk fails")

    monkeypatch.setattr(files, "sync_folder", sync)
    with pytest.raises(EnvironmentFault, match="was written, but the disk did not confirm it"):
        create_folder(tmp_path / "papers", {"a.csv": b"a"})
    assert (tmp_path / "papers" / "a.csv").read_bytes() == b"a"
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]


def test_windows_flushes_folders_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "os", SimpleNamespace(name="nt"))
    sync_folder(tmp_path)


@unix_only
def test_a_folder_that_may_not_be_opened_is_not_flushed(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "open", without_links)
    sync_folder(tmp_path)


def test_what_the_system_writes_in_parts_is_whole(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda opened, data: real(opened, bytes(data)[:3]))
    create(tmp_path / "entry.yaml", b"0123456789")
    assert (tmp_path / "entry.yaml").read_bytes() == b"0123456789"


def test_two_who_write_at_once_have_names_unlike_each_other_that_nobody_takes_for_data(tmp_path, monkeypatch):
    seen = []

    def sync(_):
        seen.append(sorted(path.name for path in tmp_path.iterdir()))
        if len(seen) == 1:
            create(tmp_path / "second.yaml", b"2")
            refuse()

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(EnvironmentFault):
        create(tmp_path / "first.yaml", b"1")
    assert len(set(seen[1])) == 2
    assert all(name.startswith(".") and name.endswith(".tmp") for name in seen[1])
    assert [path.name for path in tmp_path.iterdir()] == ["second.yaml"]


# -- what the system refuses ----------------------------------------------------------------------


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(EnvironmentFault, match="could not be written") as caught:
        create(tmp_path / ("x" * 300), b"")
    assert "the name is too long" in caught.value.text(str)


@pytest.mark.parametrize("act", [lambda path: create(path, b""), remove, lambda path: create_folder(path, {"a": b""})])
def test_what_the_system_refuses_becomes_a_sentence(tmp_path, monkeypatch, act):
    (tmp_path / "a").touch()
    for name in ("open", "unlink", "mkdir"):
        monkeypatch.setattr(os, name, without_links)
    with pytest.raises(EnvironmentFault) as caught:
        act(tmp_path / "a")
    assert "no permission" in caught.value.text(str)
    assert "your right to write there" in caught.value.text(str)


# -- reading --------------------------------------------------------------------------------------


def test_of_a_large_file_as_much_is_read_as_shows_that_it_is(tmp_path):
    (tmp_path / "a").write_bytes(b"0123456789")
    assert [read_ordinary(str(tmp_path / "a"), most) for most in (4, 9, 10, 20)] == [
        b"01234",
        b"0123456789",
        b"0123456789",
        b"0123456789",
    ]


def test_what_the_system_reads_in_parts_is_whole(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"0123456789")
    real = os.read
    monkeypatch.setattr(os, "read", lambda opened, size: real(opened, min(size, 3)))
    assert read_ordinary(str(tmp_path / "a"), 20) == b"0123456789"


@pytest.mark.parametrize(("most", "data"), [(3, b"0123"), (5, b"012345"), (9, b"0123456789"), (10, b"0123456789")])
def test_what_the_system_reads_in_parts_shows_that_it_is_too_large(tmp_path, monkeypatch, most, data):
    (tmp_path / "a").write_bytes(b"0123456789")
    real = os.read
    monkeypatch.setattr(os, "read", lambda opened, size: real(opened, min(size, 3)))
    assert read_ordinary(str(tmp_path / "a"), most) == data


@unix_only
@pytest.mark.parametrize("kind", ["link", "pipe", "device", "link to a device", "socket"])
def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path, kind):
    path = tmp_path / "a"
    match kind:
        case "link":
            (tmp_path / "b").touch()
            path.symlink_to("b")
        case "pipe":
            os.mkfifo(path)
        case "device":
            path = type(path)("/dev/zero")
        case "link to a device":
            path.symlink_to("/dev/zero")
        case _:
            with socket.socket(socket.AF_UNIX) as one:
                one.bind(str(path))
    with pytest.raises(OSError, match="Invalid argument"):
        read_ordinary(str(path), 20)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(IsADirectoryError):
        read_ordinary(str(tmp_path), 10)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="only Linux lists what a process has open")  # noqa: PTH112
def test_nothing_stays_open(tmp_path, monkeypatch):
    def opened():
        return len(list(Path("/proc/self/fd").iterdir()))

    before = opened()
    create(tmp_path / "a", b"x")
    create(tmp_path / "a", b"y", replace=True)
    create_folder(tmp_path / "b", {"c": b"z"})
    read_ordinary(str(tmp_path / "a"), 10)
    with pytest.raises(IsADirectoryError):
        read_ordinary(str(tmp_path), 10)
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(EnvironmentFault):
        create(tmp_path / "d", b"x")
    remove(tmp_path / "absent")
    assert opened() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@unix_only
def test_a_new_file_may_be_read_by_whom_the_machine_lets(tmp_path):
    before = os.umask(0)
    try:
        create(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666


def test_where_no_flag_keeps_from_following_a_link_it_is_looked_for(tmp_path, monkeypatch):
    (tmp_path / "b").write_bytes(b"x")
    (tmp_path / "a").symlink_to("b")
    monkeypatch.setattr(files, "_MAY_FOLLOW", True)
    monkeypatch.setattr(files, "_READ", os.O_RDONLY)
    with pytest.raises(OSError, match="Invalid argument"):
        read_ordinary(str(tmp_path / "a"), 20)
    assert read_ordinary(str(tmp_path / "b"), 20) == b"x"


def test_a_junction_of_windows_is_a_link(tmp_path, monkeypatch):
    assert not is_link(tmp_path)
    assert not is_link(tmp_path / "absent")
    found = SimpleNamespace(st_mode=0o040000, st_reparse_tag=0xA0000003)
    monkeypatch.setattr(os, "lstat", lambda _: found)
    assert is_link(tmp_path)
    found.st_reparse_tag = 0x9000001A  # a folder that OneDrive keeps
    assert not is_link(tmp_path)


def test_a_lock_is_held_by_one_until_it_is_closed(tmp_path):
    with (tmp_path / "turn").open("ab") as first, (tmp_path / "turn").open("ab") as second:
        assert try_lock(first)
        assert not try_lock(second)
        first.close()
        assert try_lock(second)


class Windows:
    """The system's functions, under another name, and with a file that a program has open for a while."""

    name = "nt"

    def __init__(self, refusals, full=()):
        self.left, self.full = refusals, full

    def __getattr__(self, name):
        return refuse if name in self.full else getattr(os, name)

    def replace(self, source, target):
        if self.left:
            self.left -= 1
            raise PermissionError(errno.EACCES, "in use")
        os.replace(source, target)  # noqa: PTH105 (the step of the system)


@pytest.mark.parametrize(("refusals", "pauses"), [(0, []), (2, [0.05, 0.2]), (3, [0.05, 0.2, 0.5])])
def test_a_file_that_is_open_for_a_moment_is_replaced_after_a_pause(tmp_path, monkeypatch, refusals, pauses):
    waited: list[float] = []
    monkeypatch.setattr(files, "os", Windows(refusals))
    monkeypatch.setattr("mizuho_pdca.storage.files.time.sleep", waited.append)
    (tmp_path / "a").write_bytes(b"old")
    create(tmp_path / "a", b"new", replace=True)
    assert ((tmp_path / "a").read_bytes(), waited) == (b"new", pauses)


def test_a_file_that_stays_open_is_to_be_closed_and_any_other_refusal_is_of_the_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "os", Windows(99))
    monkeypatch.setattr("mizuho_pdca.storage.files.time.sleep", lambda _: None)
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(EnvironmentFault) as caught:
        create(tmp_path / "a", b"new", replace=True)
    assert "Close it in the program that has it open" in caught.value.text(str)
    with pytest.raises(EnvironmentFault) as caught:
        create(tmp_path / "absent", b"new", replace=True)
    assert "Check the folder's name" in caught.value.text(str)
    monkeypatch.setattr(files, "os", Windows(0, full=("fsync",)))
    for name, replace in (("b", False), ("a", True)):
        with pytest.raises(EnvironmentFault) as caught:
            create(tmp_path / name, b"new", replace=replace)
        assert "Check the folder's name" in caught.value.text(str)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_a_killed_run_leaves_is_known_by_its_name(tmp_path):
    assert is_left_over(files._beside(tmp_path / "a").name)  # noqa: SLF001 (the one that makes such names)
    for name in (
        "a.tmp",
        ".0123456789a.tmp",
        ".0123456789abc.tmp",
        ".0123456789ab.tmp2",
        "0123456789ab.tmp",
        ".0123456789aB.tmp",
    ):
        assert not is_left_over(name)


def test_a_folder_that_somebody_else_makes_meanwhile_is_as_good(tmp_path, monkeypatch):
    real = os.mkdir

    def mkdir(path):
        real(path)
        raise FileExistsError(path)

    monkeypatch.setattr(os, "mkdir", mkdir)
    create(tmp_path / "a" / "b", b"x")
    assert (tmp_path / "a" / "b").read_bytes() == b"x"


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(EnvironmentFault) as caught:
        create(tmp_path / "a" / "b", b"x")
    assert "a part of the path is no folder" in caught.value.text(str)


# -- finished files on the way to their places ------------------------------------------------


def test_a_finished_file_takes_its_place_over_what_is_there(tmp_path):
    (tmp_path / "new").write_bytes(b"new")
    move(tmp_path / "new", tmp_path / "a" / "b" / "file")
    (tmp_path / "newer").write_bytes(b"newer")
    move(tmp_path / "newer", tmp_path / "a" / "b" / "file")
    assert (tmp_path / "a" / "b" / "file").read_bytes() == b"newer"
    assert not (tmp_path / "newer").exists()


def test_what_can_not_be_moved_or_removed_is_told(tmp_path):
    with pytest.raises(EnvironmentFault, match="could not be written"):
        move(tmp_path / "none", tmp_path / "file")
    with pytest.raises(EnvironmentFault, match="could not be written"):
        remove_folder(tmp_path / "none")


def test_a_folder_goes_with_what_is_in_it(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    remove_folder(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def many(folder, number=40):
    """Return so many files in folders that are not there yet."""
    return {folder / str(at % 20) / f"{at}.yaml": f"{at}".encode() for at in range(number)}


def test_of_many_files_all_are_written(tmp_path):
    wanted = many(tmp_path / "records")
    create_all(wanted)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == wanted


@pytest.mark.parametrize("taken", [0, 17, 39])
def test_where_one_name_of_many_is_taken_none_of_the_others_is_left(taken, tmp_path):
    wanted = many(tmp_path / "records")
    path = list(wanted)[taken]
    path.parent.mkdir(parents=True)
    path.write_bytes(b"older")
    with pytest.raises(Refused) as refused:
        create_all(wanted)
    assert str(path) in refused.value.text(str)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]
    assert path.read_bytes() == b"older"


def test_where_the_disk_refuses_one_of_many_files_none_is_left_and_it_is_named(tmp_path, monkeypatch):
    real, wanted = files._write, many(tmp_path / "records")  # noqa: SLF001 (a disk that refuses one file alone)
    refused = list(wanted)[23]

    def write(path, data):
        if data == wanted[refused]:
            raise OSError(errno.ENOSPC, "full")
        real(path, data)

    monkeypatch.setattr(files, "_write", write)
    with pytest.raises(EnvironmentFault) as raised:
        create_all(wanted)
    assert str(refused) in raised.value.text(str)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_contents_and_folders_of_many_files_are_on_the_disk_before_the_first_has_its_name(tmp_path, monkeypatch):
    steps: list[str] = []
    for name, real in (("fsync", os.fsync), ("link", os.link)):

        def told(*arguments, name=name, real=real):
            steps.append(name)
            return real(*arguments)

        monkeypatch.setattr(os, name, told)
    create_all(many(tmp_path / "records"))
    assert steps[:42] == ["fsync"] * 42  # 40 files, and the folders above and of the new ones
    assert steps[42:82] == ["link"] * 40
    assert steps[82:] == ["fsync"] * 20


def test_of_what_somebody_named_a_link_is_followed_and_what_is_too_large_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "b").symlink_to("a")
    assert read_named(tmp_path / "b", 5) == b"12345"
    with pytest.raises(OSError, match="too large") as caught:
        read_named(tmp_path / "b", 4)
    assert caught.value.errno == errno.EFBIG
    with pytest.raises(OSError, match="directory"):
        read_named(tmp_path, 5)


@unix_only
def test_a_device_without_end_is_too_large_and_a_pipe_is_read_to_its_end_or_empty(tmp_path):
    with pytest.raises(OSError, match="too large"):
        read_named(Path("/dev/zero"), 1000)
    os.mkfifo(tmp_path / "a")
    assert read_named(tmp_path / "a", 5) == b""
    source, target = os.pipe()

    def write() -> None:
        os.write(target, b"later")
        os.close(target)

    writer = threading.Timer(0.2, write)
    writer.start()
    assert read_named(Path(f"/dev/fd/{source}"), 5) == b"later"
    writer.join()
    os.close(source)


@unix_only
@pytest.mark.parametrize("kind", ["pipe", "link to a device"])
def test_a_device_or_a_pipe_is_never_replaced(tmp_path, kind):
    path, other = tmp_path / "a", tmp_path / "b"
    other.write_bytes(b"b")
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(os.devnull)
    for attempt in (lambda: create(path, b"x", replace=True), lambda: move(other, path)):
        with pytest.raises(EnvironmentFault) as caught:
            attempt()
        assert "a could not be written: it is no ordinary file" in caught.value.text(str)
    assert not path.is_file()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "b"]
