# mypy: allow-untyped-calls
"""The power is cut at each step by which a command writes: no half file, nothing that was reported is lost.

The disk keeps what was flushed, and of the rest as little as it may: contents that were not flushed are
empty, names that were not flushed are gone. The list of commands is that of the program.
"""

import os
import shutil
from pathlib import Path

import pytest

from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.publish import publish, save
from mizuho_pdca.cli.main import Root, main
from mizuho_pdca.storage import files
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load
from scripts.kills import TABLE, WITH_GIT, WRITING, filled_form

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="Windows flushes folders by itself")]

READING = {
    "status",
    "list",
    "show",
    "plan",
    "trend",
    "explain",
    "history",
    "diff",
    "across",
    "validate",
    "audit",
    "doctor",
}
ELSEWHERE = {"config", "fix"}
"""Settings of one's own lie outside the workspace; a correction is recorded by the command of its kind."""


class Cut(BaseException):
    """The power is gone."""


class Disk:
    """The system's functions until the power is cut, and what of their work is on the disk by then."""

    STEPS = ("open", "write", "fsync", "link", "replace", "rename", "mkdir", "unlink")

    def __init__(self, steps):
        self.left = steps
        self.contents = {}
        self.names = {}

    def __getattr__(self, name):
        real = getattr(os, name)
        return self.step(name, real) if name in self.STEPS else real

    def step(self, name, real):
        def run(*words):
            if name == "open" and not words[1] & os.O_CREAT:
                return real(*words)
            if self.left <= 0:
                raise Cut
            self.left -= 1
            if name == "fsync":
                self.flush(words[0])
            return real(*words)

        return run

    def flush(self, opened):
        path = Path(f"/proc/self/fd/{opened}").resolve()
        if path.is_dir():
            self.names[path.stat().st_ino] = {item.name: item.stat().st_ino for item in path.iterdir()}
        else:
            self.contents[path.stat().st_ino] = path.read_bytes()

    def cut(self, root, before):
        """Take away what was not flushed; ``before`` holds what was there at first."""
        for path in sorted(root.rglob("*")):
            if path in before or not path.exists():
                continue
            if self.names.get(path.parent.stat().st_ino, {}).get(path.name) != path.stat().st_ino:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            elif path.is_file():
                path.write_bytes(self.contents.get(path.stat().st_ino, b""))


@pytest.fixture
def town(workspace, tmp_path, make_desk, monkeypatch):
    """Make a workspace in which each of the commands has something to do."""
    monkeypatch.setattr("mizuho_pdca.app.packet.make_packet", lambda *_: {"a.csv": b"a", "manifest.json": b"{}"})
    log(make_desk(workspace), "1-1②-1", "訪問")
    give_opinion(make_desk(workspace, token=lambda: "vpnn10"), "1-1", year=2024, meeting="2025-06-10", text="意見")
    rows = {f"{name}/fy=2024/pref=P13/133035.parquet": b"a" for name in ("counts", "indicators")}
    monkeypatch.setattr("mizuho_pdca.app.collect._files", lambda *_: rows)
    save(workspace / "published", publish(make_desk(workspace), 2024))
    monkeypatch.setattr("mizuho_pdca.app.publish._files", lambda *_: ({"a.csv": b"a", "dataset.json": b"{}"}, ()))
    assert main(("close", "2023", "--allow-incomplete"), lambda _: make_desk(workspace)) == 0
    (workspace / "form.xlsx").write_bytes(filled_form(make_desk(workspace)))
    (workspace / "table.csv").write_bytes(TABLE)
    (tmp_path / "out").mkdir()
    return workspace


def test_every_command_is_cut_or_known_not_to_write():
    by_git = {words.split()[0] for words in WITH_GIT}  # that git may be cut off at any step is in the tests of commits
    writing = {words.split()[0] for words in WRITING}
    assert {*writing, *READING, *ELSEWHERE, *by_git} == set(Root.listed)


@pytest.mark.parametrize("command", WRITING)
def test_no_half_file_is_left_and_nothing_that_was_reported_is_lost(command, town, tmp_path, make_desk, monkeypatch):
    words = [*command.split(), *(word.format(out=tmp_path / "out", town=town) for word in WRITING[command])]
    saved = tmp_path / "saved"
    shutil.copytree(town, saved)
    steps, code = 0, None
    while code is None:
        for folder in (town, tmp_path / "out"):
            shutil.rmtree(folder)
        shutil.copytree(saved, town)
        (tmp_path / "out").mkdir()
        before = set(tmp_path.rglob("*"))
        disk = Disk(steps)
        with monkeypatch.context() as patched:
            patched.setattr(files, "os", disk)
            try:
                code = main(words, lambda _: make_desk(town))
            except Cut:
                code = None
        disk.cut(tmp_path, before)
        whole = load(Folder(town), make_desk().clock())
        assert whole.errors == []
        made = [path for path in tmp_path.rglob("*") if path.is_file() and path not in before]
        shown = [path for path in made if not path.name.startswith(".")]
        assert all(path.read_bytes() for path in shown)
        if code is None and command not in ("init", "packet", "publish"):
            assert main(words, lambda _: make_desk(town)) in (0, 3)
        steps += 1
    assert code == 0
    assert steps > 5
    assert shown or command in ("close", "reopen")
