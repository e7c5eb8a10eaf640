# mypy: allow-untyped-calls
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from mizuho_pdca.storage.drafts import Unfinished, drop_draft, keep_draft, kept_draft, state_folder

ANSWERS: dict[str, str | list[str]] = {"target": "1-1②-1", "values": ["company-visits=3"]}


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("PDCA_STATE", str(tmp_path / "state"))
    return tmp_path / "state" / "drafts"


def test_a_draft_is_kept_for_its_workspace_and_command_alone(state, tmp_path):
    town, other = tmp_path / "town", tmp_path / "other"
    assert keep_draft(town, "log", Unfinished({"target": "1"}))
    assert keep_draft(town, "log", Unfinished(ANSWERS, ("text", "半分\n")))
    assert kept_draft(town, "log") == Unfinished(ANSWERS, ("text", "半分\n"))
    assert kept_draft(town, "evaluate") is None
    assert kept_draft(other, "log") is None
    assert len(list(state.iterdir())) == 1
    drop_draft(town, "log")
    drop_draft(town, "log")
    assert list(state.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the user's folder by its own rights")
def test_only_its_owner_reads_a_draft(state, tmp_path):
    keep_draft(tmp_path, "log", Unfinished(ANSWERS))
    (path,) = state.iterdir()
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(state.stat().st_mode)) == (0o600, 0o700)


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.local/state/pdca"),
        ("linux", {"HOME": "/home/a", "XDG_STATE_HOME": "/s"}, "/s/pdca"),
        ("linux", {"HOME": "/home/a", "PDCA_STATE": "/p"}, "/p"),
        ("linux", {}, None),
        ("win32", {"LOCALAPPDATA": "/l", "HOME": "/home/a"}, "/l/pdca"),
        ("win32", {"HOME": "/home/a"}, None),
    ],
)
def test_drafts_lie_in_the_users_own_folder(monkeypatch, platform, variables, folder):
    for name in ("HOME", "XDG_STATE_HOME", "PDCA_STATE", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert state_folder() == (None if folder is None else Path(folder))


def test_without_a_folder_there_are_no_drafts_and_nothing_fails(monkeypatch, tmp_path):
    for name in ("HOME", "XDG_STATE_HOME", "PDCA_STATE", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert keep_draft(tmp_path, "log", Unfinished(ANSWERS)) is False
    assert kept_draft(tmp_path, "log") is None
    drop_draft(tmp_path, "log")


def test_a_disk_that_refuses_keeps_no_draft(monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("PDCA_STATE", str(tmp_path / "file"))
    assert keep_draft(tmp_path, "log", Unfinished(ANSWERS)) is False
    drop_draft(tmp_path, "log")


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("", None),
        ("[]", None),
        ('{"answers": 3, "begun": null}', None),
        ('{"answers": {}}', None),
        ('{"answers": {"a": "x", "b": ["y"], "c": 3, "d": [4]}, "begun": null}', Unfinished({"a": "x", "b": ["y"]})),
        ('{"answers": {}, "begun": ["text"]}', Unfinished({})),
        ('{"answers": {}, "begun": ["text", 3]}', Unfinished({})),
    ],
)
def test_a_draft_that_was_damaged_gives_what_it_still_holds(state, tmp_path, text, draft):
    keep_draft(tmp_path, "log", Unfinished(ANSWERS))
    (path,) = state.iterdir()
    path.write_text(text, encoding="utf-8")
    assert kept_draft(tmp_path, "log") == draft


def test_a_draft_says_its_form(state, tmp_path):
    keep_draft(tmp_path, "log", Unfinished(ANSWERS))
    (path,) = state.iterdir()
    held = json.loads(path.read_text(encoding="utf-8"))
    assert held == {"schema": "pdca.draft/1", "answers": ANSWERS, "begun": None}
    assert os.fsencode(str(tmp_path)) not in path.read_bytes()


def test_a_draft_of_lists_without_end_is_none(tmp_path):
    assert keep_draft(tmp_path, "log", Unfinished({"text": "a"}))
    folder = state_folder()
    assert folder is not None
    (path,) = folder.glob("drafts/*")
    path.write_text("[" * 100_000, encoding="utf-8")
    assert kept_draft(tmp_path, "log") is None
