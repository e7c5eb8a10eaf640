# mypy: allow-untyped-calls
import io
import re
import sys
import threading

import pytest

from mizuho_pdca.cli import progress as module
from mizuho_pdca.cli.progress import Progress, progress


class Terminal(io.StringIO):
    """A screen: knows what its last line shows."""

    def isatty(self):
        return True

    @property
    def line(self):
        shown = ""
        for piece in re.split(r"(\r)", self.getvalue()):
            shown = "" if piece == "\r" else piece
        return shown.strip()


@pytest.fixture
def open_terminal(monkeypatch):
    """Put a screen in the place of standard error; only the test itself can do so."""

    def make():
        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return make


@pytest.fixture
def impatient(monkeypatch):
    """Let the wait be over at once, and return how to wait until it is."""
    monkeypatch.setattr(module, "_PATIENCE", 0)

    def wait():
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):
                thread.join()

    return wait


def test_a_file_gets_nothing_however_long_it_takes(monkeypatch, impatient):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("資料を作成") as shown:
        impatient()
        shown.say("指標一覧")
    assert stream.getvalue() == ""


def test_what_is_done_within_a_second_shows_nothing(open_terminal):
    terminal = open_terminal()
    with progress("資料を作成") as shown:
        shown.say("指標一覧")
    assert terminal.getvalue() == ""


def test_the_wait_is_a_second_and_no_timer_stays_behind(open_terminal):
    open_terminal()
    with progress("資料を作成"):
        (timer,) = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
        assert (timer.interval, timer.daemon) == (1.0, True)
    timer.join(10)
    assert not timer.is_alive()


def test_a_terminal_is_told_what_is_done_and_gets_its_line_back(open_terminal, impatient):
    terminal = open_terminal()
    with progress("資料を作成") as shown:
        impatient()
        assert terminal.line == "資料を作成"
        shown.say("指標一覧")
        assert terminal.line == "指標一覧"
    assert terminal.line == ""
    assert terminal.getvalue().endswith("\r")
    assert "\n" not in terminal.getvalue()


def test_the_line_is_cleared_when_the_work_fails(open_terminal, impatient):
    terminal = open_terminal()

    def fail():
        with progress("資料を作成"):
            impatient()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert "資料を作成" in terminal.getvalue()
    assert terminal.line == ""


def test_a_longer_text_leaves_no_rest_behind_a_shorter_one(open_terminal, columns):
    terminal = open_terminal()
    shown = Progress()
    shown.due()
    shown.say("資料1 進捗状況一覧を作成しています")
    shown.say("a")
    shown.clear()
    blanks = [len(piece) for piece in terminal.getvalue().split("\r") if piece and not piece.strip()]
    assert blanks == [columns("資料1 進捗状況一覧を作成しています"), 1]


def test_nothing_is_said_after_the_end(open_terminal):
    terminal = open_terminal()
    shown = Progress()
    shown.say("資料を作成")
    shown.due()
    shown.clear()
    ended = terminal.getvalue()
    shown.say("まだ")
    shown.clear()
    assert terminal.getvalue() == ended


def test_a_wait_that_is_over_without_a_text_shows_nothing(open_terminal):
    terminal = open_terminal()
    Progress().due()
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("text", ["a\nb", "a\x1b[2Jb", "長" * 200])
def test_no_text_leaves_its_line(open_terminal, columns, text, monkeypatch):
    terminal = open_terminal()
    monkeypatch.setenv("COLUMNS", "80")
    shown = Progress()
    shown.say("前")
    shown.due()
    shown.say(text)
    assert "\n" not in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()
    assert columns(terminal.line) < 80
