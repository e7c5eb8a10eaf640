# mypy: allow-untyped-calls
import errno
import os
import re
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mizuho_pdca import __version__
from mizuho_pdca.app import log as log_module
from mizuho_pdca.app import status
from mizuho_pdca.app.entry import Recording
from mizuho_pdca.cli.main import Root, main, run
from mizuho_pdca.errors import EnvironmentFault, PdcaError, Refused

FULL = Path("/dev/full")


def raising(error):
    def stop(*_, **__):
        raise error

    return stop


# -- the root ---------------------------------------------------------------------------------


def test_the_glance_shows_this_fiscal_year_and_the_next_step(pdca):
    result = pdca()
    assert result.code == 0
    assert "Reported 0/30" in result.out
    assert "FY2025" in result.out
    assert "pdca log 1-1①-1" in result.out


@pytest.mark.slow
def test_the_glance_speaks_of_last_year_s_papers_while_they_are_due(pdca):
    line = "The papers of FY2024 are due: pdca status 2024, pdca review 2024"
    assert line in pdca().out
    assert pdca("close", "2024", "--allow-incomplete").code == 0
    assert line not in pdca().out


def test_the_glance_is_japanese_by_default(pdca, monkeypatch):
    monkeypatch.delenv("PDCA_LANG")
    out = pdca().out
    assert "令和7年度（2025年度）" in out
    assert "未入力" in out
    assert "0/30" in out


def test_the_version_is_printed_even_without_a_workspace(pdca, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert pdca("--version").out == f"pdca {__version__}\n"
    assert pdca("--version", "-C", "/nowhere").code == 0


@pytest.mark.parametrize(
    ("variables", "arguments", "word"),
    [
        ({}, (), "使い方"),
        ({"PDCA_LANG": "en"}, (), "Usage"),
        ({"LANG": "en_US.UTF-8"}, (), "Usage"),
        ({"LANG": "ja_JP.UTF-8"}, (), "使い方"),
        ({"PDCA_LANG": "en"}, ("--lang", "ja"), "使い方"),
        ({"PDCA_LANG": "ja"}, ("--lang=en",), "Usage"),
        ({"PDCA_LANG": "en"}, ("--lang", "fr"), "Usage"),
    ],
)
def test_the_language_is_chosen_by_option_then_variable_then_locale(pdca, monkeypatch, variables, arguments, word):
    monkeypatch.delenv("PDCA_LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert word in pdca(*arguments, "--help").out


def test_the_workspace_is_named_by_option_or_variable_or_found_upward(workspace, monkeypatch, tmp_path, capsys):
    (workspace / "records").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["-C", str(workspace), "validate"]) == 0
    assert main(["validate"]) == 2
    monkeypatch.setenv("PDCA_WORKSPACE", str(workspace))
    assert main(["validate"]) == 0
    assert main(["-C", str(tmp_path), "validate"]) == 2
    monkeypatch.delenv("PDCA_WORKSPACE")
    monkeypatch.chdir(workspace / "records")
    assert main(["validate"]) == 0
    assert "Traceback" not in capsys.readouterr().err


# -- exit codes -------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [PdcaError("x"), Refused("x"), EnvironmentFault("x")])
def test_an_error_of_the_project_gives_its_own_code(pdca, monkeypatch, error):
    monkeypatch.setattr(status, "make_standing", raising(error))
    result = pdca("status")
    assert (result.code, result.out, result.err) == (type(error).exit_code, "", "Error: x\n")


def test_an_interruption_is_not_an_error(pdca, monkeypatch):
    monkeypatch.setattr(status, "make_standing", raising(KeyboardInterrupt()))
    result = pdca("status")
    assert result.code == 130
    assert "Traceback" not in result.err
    assert result.err.startswith("Stopped")


@pytest.mark.parametrize("error", [BrokenPipeError(), BrokenPipeError(errno.EPIPE, "Broken pipe")])
def test_a_reader_that_is_gone_is_not_an_error(pdca, monkeypatch, error):
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # the parser puts another stream in its place
    monkeypatch.setattr(status, "make_standing", raising(error))
    result = pdca("status")
    assert (result.code, result.err) == (0, "")


def test_what_the_system_refuses_is_the_environment_s_fault(pdca, monkeypatch):
    monkeypatch.setattr(status, "make_standing", raising(OSError(errno.ENOSPC, "No space left on device")))
    result = pdca("status")
    assert result.code == 4
    assert "the disk is full" in result.err


def test_a_package_that_is_missing_is_named_with_how_to_install_it(pdca, monkeypatch):
    monkeypatch.setattr(status, "make_standing", raising(ModuleNotFoundError("x", name="pydantic")))
    result = pdca("status")
    assert result.code == 4
    assert "pip install" in result.err
    assert "pydantic" in result.err


def test_a_module_of_our_own_that_is_missing_is_a_bug(pdca, monkeypatch, logs):
    monkeypatch.setattr(status, "make_standing", raising(ModuleNotFoundError("x", name="mizuho_pdca.nowhere")))
    assert pdca("status").code == 70
    assert len(logs()) == 1


def test_an_input_that_ends_is_not_an_error(pdca, monkeypatch):
    monkeypatch.setattr(log_module, "log", raising(EOFError()))
    result = pdca("log", "1-1②-1", "-m", "訪問")
    assert result.code == 130
    assert "Traceback" not in result.err


@pytest.fixture
def logs(monkeypatch, tmp_path):
    """Return the log files of bugs."""
    folder = tmp_path / "logs"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return lambda: list(folder.glob("pdca-*.log"))


def test_a_bug_looks_different_from_a_mistake_and_is_kept_in_a_log(pdca, monkeypatch, logs):
    monkeypatch.setattr(status, "make_standing", raising(ZeroDivisionError("seven")))
    result = pdca("status")
    assert (result.code, result.out) == (70, "")
    assert "Traceback" not in result.err
    (log,) = logs()
    assert str(log) in result.err
    kept = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: seven" in kept
    assert f"pdca {__version__}" in kept


def test_a_bug_loses_nothing_that_was_typed(pdca, monkeypatch, logs):
    monkeypatch.setattr(Recording, "file", raising(ZeroDivisionError()))
    assert pdca("log", "1-1②-1", "-m", "長い報告").code == 70
    (log,) = logs()
    assert "長い報告" in log.read_text(encoding="utf-8")


def test_a_bug_loses_nothing_that_was_piped_in(pdca, monkeypatch, logs):
    monkeypatch.setattr(Recording, "file", raising(ZeroDivisionError()))
    assert pdca("log", "1-1②-1", "-m", "-", stdin="長い報告".encode()).code == 70
    (log,) = logs()
    assert "長い報告" in log.read_text(encoding="utf-8")


def test_a_bug_is_told_even_where_no_log_can_be_written(pdca, monkeypatch):
    monkeypatch.setattr(status, "make_standing", raising(ZeroDivisionError("seven")))
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", raising(OSError(28, "No space left on device")))
    result = pdca("status")
    assert result.code == 70
    assert result.err


def test_a_command_in_a_folder_that_is_gone_is_the_environment_s_fault(capsys, monkeypatch, tmp_path):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["status"]) == 4
    assert "Traceback" not in capsys.readouterr().err


def test_running_the_program_ends_with_the_exit_code(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["pdca", "--version"])
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == 0
    monkeypatch.setattr(sys, "argv", ["pdca", "lgo"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("mizuho_pdca", run_name="__main__")
    assert caught.value.code == 2
    assert __version__ in capsys.readouterr().out


# -- as a program of its own ------------------------------------------------------------------


@pytest.mark.slow
def test_it_runs_as_a_program(program):
    result = program("status", "--check")
    assert result.code == 1
    assert "0/30" in result.out
    assert result.err == ""
    assert program("lgo").code == 2


@pytest.mark.slow
def test_output_to_a_file_has_no_escape_codes(program):
    assert b"\x1b" not in program("review", "2024", TERM="xterm-256color").raw


@pytest.mark.slow
def test_a_windows_console_does_not_crash_on_characters_that_it_lacks(program):
    text = "𠮷野家 – 〜 ✓ 髙﨑 ①"
    recorded = program("log", "1-1②-1", "-m", text, "-d", "2025-06-01", encoding="cp932", PDCA_LANG="ja")
    assert recorded.code == 0
    assert "?野家 - ～ v 髙﨑 ①" in recorded.out
    for arguments in (["review", "2025"], ["review", "2025", "-f", "text"], ["log", "𠮷", "-m", "x"]):
        result = program(*arguments, encoding="cp932", PDCA_LANG="ja")
        assert result.code in (0, 2)
        assert "Traceback" not in result.err


@pytest.mark.slow
def test_machine_readable_output_is_utf_8_on_any_console(program):
    program("log", "1-1②-1", "-m", "𠮷野家 ✓", "-d", "2025-06-01", encoding="cp932")
    for form in ("json", "csv"):
        assert "𠮷野家 ✓".encode() in program("review", "2025", "-f", form, PYTHONIOENCODING="cp932").raw


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [[], ["review", "2024", "-f", "markdown"], ["review", "2024", "-f", "json"], ["plan"]]
)
def test_a_reader_that_stops_early_is_no_error(workspace, arguments):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "mizuho_pdca", *arguments],
        cwd=workspace,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("arguments", [[], ["review", "2024"], ["review", "2024", "-f", "json"]])
def test_a_disk_that_is_full_is_the_environment_s_fault(workspace, arguments):
    with FULL.open("wb", buffering=0) as full:
        done = subprocess.run(
            [sys.executable, "-m", "mizuho_pdca", *arguments],
            cwd=workspace,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr


def test_words_that_are_no_commands_offer_commands_that_there_are():
    assert {Root.name_of(word) for word in Root.meant} == {None}
    assert set(Root.meant.values()) <= Root.listed.keys()
    assert [word for word in Root.meant if re.search("[ぁ-ん]", word)] == []
