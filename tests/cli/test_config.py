"""The command for a person's own settings, and what they change."""

import os
from pathlib import Path

import pytest

from mizuho_pdca.cli.main import main


@pytest.fixture
def settings():
    """Write the file of settings."""

    def write(text):
        path = Path(os.environ["PDCA_CONFIG"])
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_is_set_is_shown_and_can_be_taken_out(pdca):
    assert pdca("config", "名前", "瑞穂", "花子").out == "Set: name = 瑞穂 花子\n"
    assert pdca("設定", "initiatives", "1-1②").out == "Set: initiatives = 1-1-2-1, 1-1-2-2\n"
    assert pdca("config", "commit", "いいえ").out == "Set: commit = no\n"
    lines = pdca("config").out.splitlines()
    assert lines[0] == "name         瑞穂 花子"
    assert lines[1] == "department   (not set)"
    assert lines[-2] == f"Kept in: {os.environ['PDCA_CONFIG']}"
    assert pdca("config", "name").out == "瑞穂 花子\n"
    assert pdca("config", "--unset", "name").out == "Taken out of the settings: name\n"
    assert pdca("config", "name").out == "(not set)\n"
    assert pdca("config", "--unset", "name").out == "It was not set: name\n"


def test_japanese_readers_see_japanese_names(pdca):
    out = pdca("--lang", "ja", "config", "commit", "はい").out
    assert out == "設定しました: 登録 (commit) = はい\n"


def test_where_a_value_comes_from_is_shown(pdca):
    pdca("config", "name", "花子")
    out = pdca("config", "--show").out
    assert "name         花子" in out
    assert "[pdca config]" in out


def test_only_one_thing_at_a_time(pdca):
    result = pdca("config", "name", "--show")
    assert result.code == 2
    assert "--unset" in result.err


def test_the_stored_name_records(pdca, settings, workspace, entries):
    settings('name = "瑞穂 花子"\n')
    pdca("log", "1-1②-1", "3社訪問")
    assert "by: 瑞穂 花子\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


def test_an_entry_for_the_stored_workspace_says_where_it_went(settings, workspace, monkeypatch, tmp_path, capsys):
    settings(f"workspace = '{workspace}'\n")
    monkeypatch.chdir(tmp_path)
    assert main(["log", "1-1②-1", "3社訪問"]) == 0
    assert f"※ recorded in {workspace}, set as the workspace" in capsys.readouterr().out
    monkeypatch.chdir(workspace)
    assert main(["log", "1-1②-1", "4社訪問"]) == 0
    assert "set as the workspace" not in capsys.readouterr().out


def test_a_broken_file_of_settings_is_named_and_stops_nothing(pdca, settings, entries):
    path = settings("名前 = x\n")
    result = pdca("log", "1-1②-1", "3社訪問")
    assert result.code == 0
    assert result.err.startswith(f"※ {path}:1: ")
    assert len(entries()) == 1
    assert pdca("config", "name", "x").code == 3


def test_the_stored_language_speaks_unless_another_is_named(pdca, settings, monkeypatch):
    monkeypatch.delenv("PDCA_LANG")
    settings('language = "en"\n')
    assert pdca("--help").out.startswith("Usage")
    assert pdca("--lang", "ja", "--help").out.startswith("使い方")
    monkeypatch.setenv("PDCA_LANG", "ja")
    assert pdca("--help").out.startswith("使い方")


@pytest.mark.slow
def test_every_recording_command_commits_where_that_is_set(pdca, settings, repository, git):
    settings("commit = true\n")
    assert pdca("log", "1-1②-1", "3社訪問").code == 0
    assert pdca("evaluate", "1-1②-1", "2024", "--rating", "A").code == 0
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "rev-list", "--count", "HEAD") == "3\n"


def test_the_name_of_the_account_is_said_in_the_receipt(pdca, monkeypatch):
    monkeypatch.setattr("mizuho_pdca.storage.git.program.Git.user", lambda _: None)
    monkeypatch.setattr("getpass.getuser", lambda: "yamada")
    assert "※ the recorder is yamada" in pdca("log", "1-1②-1", "3社訪問").out
    assert "※" not in pdca("log", "1-1②-1", "2社訪問", "--by", "花子", "-s", "実施中").out
