# mypy: disable-error-code="union-attr", allow-untyped-calls
import errno
import io
import os
import sys

import pytest

from mizuho_pdca.cli import streams
from mizuho_pdca.errors import UsageFault


@pytest.fixture
def console(monkeypatch):
    """Put consoles with an encoding of their own in the place of both streams."""

    def make(encoding):
        raw = io.BytesIO(), io.BytesIO()
        for name, buffer in zip(("stdout", "stderr"), raw, strict=True):
            monkeypatch.setattr(sys, name, io.TextIOWrapper(buffer, encoding=encoding, newline="\n"))
        streams.prepare()
        return raw

    return make


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("髙﨑①㈱", "髙﨑①㈱"),
        ("10–20", "10-20"),
        ("10—20", "10-20"),
        ("• 項目", "・ 項目"),
        ("✓ 済", "v 済"),
        ("9時〜17時", "9時～17時"),
        ("𠮷野", "?野"),
        ("😀", "?"),
        ("\udc96", "?"),
    ],
)
def test_a_japanese_console_shows_what_it_lacks_as_something_alike(console, text, shown):
    out, err = console("cp932")
    streams.write_text(text)
    streams.write_error(text)
    sys.stdout.flush()
    sys.stderr.flush()
    assert out.getvalue().decode("cp932") == err.getvalue().decode("cp932") == shown + "\n"


def test_a_unicode_console_shows_everything(console):
    out, _ = console("utf-8")
    streams.write_text("𠮷野 – ✓\n")
    sys.stdout.flush()
    assert out.getvalue().decode() == "𠮷野 – ✓\n"


def test_bytes_come_after_the_text_before_them_and_are_not_recoded(console):
    out, _ = console("cp932")
    streams.write_text("前")
    streams.write_bytes("𠮷".encode())
    assert out.getvalue() == "前\n".encode("cp932") + "𠮷".encode()


def test_an_error_comes_after_the_text_before_it(console):
    out, err = console("utf-8")
    streams.write_text("前")
    streams.write_error("誤り")
    sys.stderr.flush()
    assert out.getvalue().decode() == "前\n"
    assert err.getvalue().decode() == "誤り\n"


def test_streams_that_are_no_consoles_are_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    streams.prepare()
    streams.write_text("𠮷")
    assert sys.stdout.getvalue() == "𠮷\n"


def test_only_what_can_not_be_encoded_is_replaced(console):
    console("cp932")
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", errors="pdca.likeness")


# -- page by page -----------------------------------------------------------------------------


@pytest.fixture
def screen(monkeypatch):
    """Let somebody see standard output on so many lines, and return what a pager was given."""
    paged: list[str] = []

    def see(lines, *, terminal=True, pager=None):
        monkeypatch.setattr(streams, "is_terminal", lambda: terminal)
        monkeypatch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((80, lines)))
        monkeypatch.setattr("pydoc.pager", paged.append)
        if pager is None:
            monkeypatch.delenv("PAGER", raising=False)
        else:
            monkeypatch.setenv("PAGER", pager)
        return paged

    monkeypatch.setenv("LESS", "")
    monkeypatch.setenv("LESSCHARSET", "utf-8")
    return see


TEN = "行\n" * 10


@pytest.mark.parametrize(
    ("lines", "options", "is_paged"),
    [
        (10, {}, True),
        (11, {}, False),
        (10, {"terminal": False}, False),
        (10, {"pager": sys.executable}, True),
        (10, {"pager": "no-such-pager -R"}, False),
    ],
)
def test_only_what_is_longer_than_a_screen_goes_through_a_pager_that_is_there(screen, capsys, lines, options, is_paged):
    paged = screen(lines, **options)
    streams.page(TEN)
    assert (paged, capsys.readouterr().out) == (([TEN], "") if is_paged else ([], TEN))


WESTERN = str.maketrans({"–": "-", "—": "-", "•": "?", "~": "~"})


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252"])
@pytest.mark.parametrize(("text", "shown"), [("9時〜17時", "9?~17?"), ("～–—✓•", "~--v?"), ("ｱ", "?")])
def test_a_console_of_the_west_shows_what_it_can(console, encoding, text, shown):
    out, _ = console(encoding)
    streams.write_text(text)
    sys.stdout.flush()
    assert out.getvalue().decode(encoding).removesuffix("\n").translate(WESTERN) == shown


class Gone(io.BytesIO):
    """A pipe that nobody reads any more, or a disk that is full."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def write(self, _):
        raise OSError(self.number, "gone")

    def fileno(self):
        raise io.UnsupportedOperation


@pytest.fixture
def printing_to(monkeypatch):
    def put(number):
        err = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(Gone(number), encoding="utf-8"))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8"))
        return err

    return put


def test_a_reader_that_is_gone_is_no_error(printing_to):
    printing_to(errno.EPIPE)
    streams.write_text("前" * 10_000)
    streams.flush()
    streams.write_bytes(b"x")


def test_a_full_disk_is_one_for_what_is_asked_for(printing_to):
    printing_to(errno.ENOSPC)
    streams.write_text("前")
    with pytest.raises(OSError, match="gone"):
        streams.flush()


def test_what_was_done_is_said_on_standard_error_where_the_disk_is_full(printing_to):
    err = printing_to(errno.ENOSPC)
    streams.write_done("記録しました")
    assert err.getvalue().decode() == "記録しました\n"


def test_more_than_can_be_recorded_is_not_read_from_standard_input(monkeypatch):
    class Endless(io.RawIOBase):
        def read(self, size=-1):
            assert size > 0
            return b"a" * size

    monkeypatch.setattr(sys, "stdin", type("Stream", (), {"buffer": Endless()}))
    with pytest.raises(UsageFault, match="standard input holds more than"):
        streams.read_input()


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [("review", "2024"), ("status", "--year", "2024"), ("plan",), ("trend",), ("explain", "1-1②-1", "2024")],
)
def test_in_a_pipe_a_pager_changes_nothing(pdca, command):
    plain = pdca(*command)
    assert plain.code == 0
    assert pdca(*command, "--pager") == plain


def test_the_history_takes_a_pager(pdca, repository):
    assert repository
    pdca("commit")
    assert pdca("history", "--pager").out == pdca("history").out


def test_what_anybody_typed_neither_moves_the_cursor_nor_turns_what_follows(console):
    out, err = console("utf-8")
    streams.write_text("訪\x1b[2J問\u202eした\u2066")
    streams.write_error("訪\x1b[2J問\u202eした\u2066")
    sys.stdout.flush()
    assert out.getvalue().decode() == "訪\ufffd[2J問した\n"
    assert err.getvalue().decode() == "訪?[2J問?した?\n"
