# mypy: allow-untyped-calls
import errno
import hashlib
import json
import os
from pathlib import Path
from stat import S_ISDIR

import pytest

from mizuho_pdca.app.packet_folder import read_manifest, refuse_taken_folder, save_packet, verify
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault
from mizuho_pdca.storage.files import read_named

FILES = {"資料1 総括表.pdf": b"%PDF 1", "総括表.csv": b"a,b\r\n"}
SAME = dict.fromkeys((*FILES, "manifest.json"), "same")


def packet(made=None, **changes):
    """Return a packet of some files with its manifest; ``changes`` replace the manifest's keys."""
    made = FILES if made is None else made
    listed: object = [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in made.items()
    ]
    manifest = {
        "schema": "pdca.packet/1",
        "plan": {"id": "trial", "title": "計画"},
        "fiscal_year": 2024,
        "language": "ja",
        "sample": False,
        "as_of": {"commit": "a" * 40, "dirty": False},
        "tool": {"name": "pdca", "version": "1", "packages": {"typst": "1"}},
        "files": listed,
    }
    return {**made, "manifest.json": json.dumps(manifest | changes).encode()}


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out" / "令和6年度"


@pytest.fixture
def full_disk(monkeypatch):
    """Let the disk be full after so many files."""

    def make(number):
        written = iter(range(number))

        def sync(opened):
            if not S_ISDIR(os.fstat(opened).st_mode) and next(written, None) is None:
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", sync)

    return make


# -- keep -------------------------------------------------------------------------------------


def test_a_packet_is_kept_as_it_was_made(folder):
    made = packet()
    save_packet(folder, made, force=False)
    assert content(folder) == made


def test_an_empty_folder_takes_a_packet(folder):
    folder.mkdir(parents=True)
    save_packet(folder, packet(), force=False)
    assert content(folder) == packet()


@pytest.mark.parametrize("name", ["a.txt", "manifest.json", "My Thumbs.db"])
def test_a_folder_that_holds_anything_is_left_alone(folder, name):
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"mine")
    for attempt in (
        lambda: refuse_taken_folder(folder, force=False),
        lambda: save_packet(folder, packet(), force=False),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert "--force" in caught.value.text(str)
    assert content(folder) == {name: b"mine"}


LEFT = ["Thumbs.db", "~$資料1 総括表.docx", ".DS_Store", "desktop.ini"]
"""What machines and editors leave in a folder."""


def test_what_machines_leave_does_not_make_a_folder_taken(folder):
    folder.mkdir(parents=True)
    for name in LEFT:
        (folder / name).write_bytes(b"theirs")
    refuse_taken_folder(folder, force=False)
    save_packet(folder, packet(), force=False)
    assert content(folder) == packet() | dict.fromkeys(LEFT, b"theirs")


@pytest.mark.parametrize("force", [True, False])
def test_a_file_is_no_folder(tmp_path, force):
    (tmp_path / "a").write_bytes(b"mine")
    with pytest.raises(UsageFault):
        refuse_taken_folder(tmp_path / "a", force=force)
    with pytest.raises(UsageFault):
        save_packet(tmp_path / "a", packet(), force=force)
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_force_replaces_the_older_packet_and_leaves_what_is_not_of_it(folder):
    save_packet(folder, packet({"資料1 古い題.pdf": b"old", "総括表.csv": b"old"}), force=False)
    (folder / "メモ.txt").write_bytes(b"mine")
    (folder / "sub").mkdir()
    save_packet(folder, packet(), force=True)
    assert (folder / "sub").is_dir()
    (folder / "sub").rmdir()
    assert content(folder) == {**packet(), "メモ.txt": b"mine"}


def test_force_leaves_an_older_file_that_somebody_has_changed(folder):
    save_packet(folder, packet({"資料1 古い題.pdf": b"old", "資料2 古い題.pdf": b"old"}), force=False)
    (folder / "資料1 古い題.pdf").write_bytes(b"mine")
    save_packet(folder, packet(), force=True)
    assert content(folder) == {**packet(), "資料1 古い題.pdf": b"mine"}


def test_force_leaves_a_folder_in_the_place_of_an_older_file_and_minds_no_missing_one(folder):
    save_packet(folder, packet({"資料1 古い題.pdf": b"old", "資料2 古い題.pdf": b"old"}), force=False)
    for name in ("資料1 古い題.pdf", "資料2 古い題.pdf"):
        (folder / name).unlink()
    (folder / "資料1 古い題.pdf").mkdir()
    save_packet(folder, packet(), force=True)
    assert (folder / "資料1 古い題.pdf").is_dir()
    (folder / "資料1 古い題.pdf").rmdir()
    assert content(folder) == packet()


def test_the_older_list_goes_before_anything_else_does(folder, monkeypatch):
    save_packet(folder, packet({"資料1 古い題.pdf": b"old"}), force=False)
    removed = []

    def remove(path):
        removed.append(path.name)
        path.unlink()

    monkeypatch.setattr("mizuho_pdca.app.packet_folder.remove", remove)
    save_packet(folder, packet(), force=True)
    assert removed == ["manifest.json", "資料1 古い題.pdf"]
    assert content(folder) == packet()


def test_force_in_a_folder_without_a_packet_removes_nothing(folder):
    folder.mkdir(parents=True)
    (folder / "メモ.txt").write_bytes(b"mine")
    save_packet(folder, packet(), force=True)
    assert content(folder) == {**packet(), "メモ.txt": b"mine"}


@pytest.mark.parametrize("name", ["../mine", "/mine", "sub/mine", "..", ".", "", "manifest.json", "a\0b"])
def test_no_older_manifest_leads_out_of_its_folder(folder, name):
    folder.mkdir(parents=True)
    (folder / "sub").mkdir()
    for mine in (folder.parent / "mine", folder / "sub" / "mine"):
        mine.write_bytes(b"mine")
    entry = {"name": name, "bytes": 1, "sha256": "0"}
    (folder / "manifest.json").write_bytes(packet({}, files=[entry])["manifest.json"])
    with pytest.raises(UsageFault):
        save_packet(folder, packet(), force=True)
    assert (folder.parent / "mine").read_bytes() == (folder / "sub" / "mine").read_bytes() == b"mine"
    assert {path.name for path in folder.iterdir()} == {"sub", "manifest.json"}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_disk_that_fills_leaves_nothing_half_written(folder, full_disk, number):
    folder.parent.mkdir()
    full_disk(number)
    with pytest.raises(EnvironmentFault) as caught:
        save_packet(folder, packet(), force=False)
    assert caught.value.exit_code == 4
    assert list(folder.parent.iterdir()) == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_disk_that_fills_while_replacing_leaves_no_temporary_file_and_no_list(folder, full_disk, number):
    older = packet({"総括表.csv": b"old"})
    save_packet(folder, older, force=False)
    full_disk(number)
    with pytest.raises(EnvironmentFault):
        save_packet(folder, packet(), force=True)
    new = dict(list(packet().items())[:number])
    assert content(folder) == {"総括表.csv": b"old"} | new


def test_a_name_too_long_for_the_disk_is_said(folder):
    with pytest.raises(EnvironmentFault) as caught:
        save_packet(folder.with_name("長" * 200), packet(), force=False)
    assert caught.value.exit_code == 4
    assert not folder.parent.exists() or list(folder.parent.iterdir()) == []


# -- verify -----------------------------------------------------------------------------------


def test_a_packet_that_nobody_touched_is_the_same(folder):
    save_packet(folder, packet(), force=False)
    found = verify(folder, packet())
    assert found.is_same
    assert found.states == SAME
    assert list(found.states)[-1] == "manifest.json"


def test_what_machines_leave_is_not_named(folder):
    save_packet(folder, packet(), force=False)
    for name in LEFT:
        (folder / name).write_bytes(b"theirs")
    assert verify(folder, packet()).states == SAME


def test_the_same_files_by_another_version_are_the_same(folder):
    tool = {"name": "pdca", "version": "2", "packages": {"typst": "9", "python": "3.99"}}
    save_packet(folder, packet(tool=tool), force=False)
    found = verify(folder, packet())
    assert (found.is_same, found.states) == (True, SAME)


@pytest.mark.parametrize(
    "forged",
    [
        {"sample": True},
        {"language": "en"},
        {"fiscal_year": 2023},
        {"plan": {"id": "trial", "title": "別の計画"}},
        {"as_of": {"commit": "a" * 40, "dirty": True}},
        {"as_of": {"commit": "b" * 40, "dirty": False}},
    ],
)
def test_a_list_that_was_changed_is_other(folder, forged):
    save_packet(folder, packet(), force=False)
    (folder / "manifest.json").write_bytes(packet(**forged)["manifest.json"])
    found = verify(folder, packet())
    assert not found.is_same
    assert found.states == SAME | {"manifest.json": "other"}


@pytest.mark.parametrize(
    ("spoil", "states"),
    [
        (lambda folder: (folder / "総括表.csv").write_bytes(b"x"), {"総括表.csv": "changed"}),
        (lambda folder: (folder / "総括表.csv").unlink(), {"総括表.csv": "missing"}),
        (lambda folder: (folder / "メモ.txt").write_bytes(b"x"), {"メモ.txt": "unlisted"}),
        (lambda folder: (folder / "sub").mkdir(), {"sub": "unlisted"}),
    ],
)
def test_every_file_says_what_became_of_it(folder, spoil, states):
    save_packet(folder, packet(), force=False)
    spoil(folder)
    found = verify(folder, packet())
    assert not found.is_same
    assert found.states == SAME | states


def test_a_folder_in_the_place_of_a_file_is_no_file(folder):
    save_packet(folder, packet(), force=False)
    (folder / "総括表.csv").unlink()
    (folder / "総括表.csv").mkdir()
    assert verify(folder, packet()).states["総括表.csv"] == "missing"


def test_papers_of_other_data_are_other_not_changed(folder):
    save_packet(folder, packet(), force=False)
    now = {"資料1 総括表.pdf": b"%PDF 2", "総括表.csv": b"a,b\r\n"}
    found = verify(folder, packet(now, as_of={"commit": "b" * 40, "dirty": True}))
    assert found.states == {"資料1 総括表.pdf": "other", "総括表.csv": "same", "manifest.json": "other"}
    assert (found.found.as_of.commit, found.expected.as_of.commit) == ("a" * 40, "b" * 40)


def test_a_file_that_the_data_no_longer_makes_is_other_and_a_new_one_missing(folder):
    save_packet(folder, packet({"古い題.pdf": b"1"}), force=False)
    assert verify(folder, packet({"新しい題.pdf": b"1"})).states == {
        "新しい題.pdf": "missing",
        "古い題.pdf": "other",
        "manifest.json": "other",
    }


def test_a_manifest_that_was_forged_to_fit_a_changed_file_does_not_help(folder):
    save_packet(folder, packet({**FILES, "総括表.csv": b"forged"}), force=False)
    assert verify(folder, packet()).states == SAME | {"総括表.csv": "other", "manifest.json": "other"}


# -- manifests that are none ------------------------------------------------------------------

BROKEN = {
    "empty": b"",
    "no JSON": b"{",
    "not UTF-8": b"\xff\xfe\x00",
    "a list": b"[]",
    "null": b"null",
    "deep": b"[" * 100_000,
    "no keys": b"{}",
    "another schema": packet(schema="pdca.packet/2")["manifest.json"],
    "a year that is a text": packet(fiscal_year="2024")["manifest.json"],
    "a language that there is not": packet(language="fr")["manifest.json"],
    "files that are a mapping": packet(files={})["manifest.json"],
    "a file without digest": packet(files=[{"name": "a", "bytes": 1}])["manifest.json"],
    "a key too many": packet(more=1)["manifest.json"],
    "a name that leads out": packet(files=[{"name": "../x", "bytes": 1, "sha256": "0"}])["manifest.json"],
    "a name from the root": packet(files=[{"name": "/etc/passwd", "bytes": 1, "sha256": "0"}])["manifest.json"],
    "a name with a zero": packet(files=[{"name": "a\0", "bytes": 1, "sha256": "0"}])["manifest.json"],
    "no name": packet(files=[{"name": "", "bytes": 1, "sha256": "0"}])["manifest.json"],
    "the folder above": packet(files=[{"name": "..", "bytes": 1, "sha256": "0"}])["manifest.json"],
    "a name of Windows that leads out": packet(files=[{"name": "..\\x", "bytes": 1, "sha256": "0"}])["manifest.json"],
    "a drive of Windows": packet(files=[{"name": "C:x", "bytes": 1, "sha256": "0"}])["manifest.json"],
    "a lone surrogate": packet(files=[{"name": "\ud800", "bytes": 1, "sha256": "0"}])["manifest.json"],
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_what_is_no_manifest_is_refused_with_its_place(folder, raw):
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(raw)
    for attempt in (lambda: read_manifest(folder), lambda: verify(folder, packet())):
        with pytest.raises(UsageFault) as caught:
            attempt()
        assert str(folder / "manifest.json") in caught.value.text(str)
        assert "pdca packet" in caught.value.text(str)


@pytest.mark.parametrize("where", ["", "no such folder"])
def test_a_folder_that_is_no_packet_is_refused(tmp_path, where):
    with pytest.raises(UsageFault) as caught:
        read_manifest(tmp_path / where)
    assert "manifest.json" in caught.value.text(str)


def test_a_file_is_no_packet(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises((UsageFault, EnvironmentFault)):
        read_manifest(tmp_path / "a")


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_a_manifest_that_is_no_regular_file_is_refused(folder, make):
    folder.mkdir(parents=True)
    make(folder / "manifest.json")
    for attempt in (
        lambda: read_manifest(folder),
        lambda: verify(folder, packet()),
        lambda: refuse_taken_folder(folder, force=True),
        lambda: save_packet(folder, packet(), force=True),
    ):
        with pytest.raises(UsageFault) as caught:
            attempt()
        assert "manifest.json" in caught.value.text(str)
    assert [path.name for path in folder.iterdir()] == ["manifest.json"]


def test_a_file_that_can_not_be_read_stops_with_its_name(folder, monkeypatch):
    save_packet(folder, packet(), force=False)

    def refuse(path, most):
        if path.suffix == ".csv":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read_named(path, most)

    monkeypatch.setattr("mizuho_pdca.app.packet_folder.read_named", refuse)
    with pytest.raises(EnvironmentFault) as caught:
        verify(folder, packet())
    assert "総括表.csv" in caught.value.text(str)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize(("end", "told"), [("/dev/zero", "no list"), ("large", "it is too large")])
def test_a_list_without_end_is_none(folder, tmp_path, monkeypatch, end, told):
    save_packet(folder, packet(), force=False)
    monkeypatch.setattr("mizuho_pdca.app.packet_folder._MOST_BYTES", 1000)
    (tmp_path / "large").write_bytes(b" " * 1001)
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").symlink_to(end if end.startswith("/") else tmp_path / end)
    with pytest.raises((UsageFault, EnvironmentFault)) as caught:
        verify(folder, packet())
    assert told in caught.value.text(str)
