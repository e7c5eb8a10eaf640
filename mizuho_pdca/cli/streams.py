"""Standard output and error that never fail, whatever a console can encode."""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import printable

_LIKE = {"–": "-", "—": "-", "•": "・", "✓": "v", "〜": "～", "−": "-", "‐": "-"}
_LIKE |= dict(zip("▁▂▃▄▅▆▇█", ".:-=+*#@", strict=True)) | {"·": "_"}
"""A sparkline becomes signs of ever more ink, and no digits, which would look like a figure; the
legend that explains its signs changes with them."""

_HANDLER = "pdca.likeness"

_NO_TEXT = re.compile("[\\0\uf8f0-\uf8f3]")
"""What cp932 makes of bytes that are no text; UTF-16 is full of NUL."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, or turns the direction of what follows."""

_NARROWEST, _WIDEST = 40, 100

_MOST_BYTES = 1_048_576
"""Of standard input, as of a file: more can't be recorded, and it may have no end."""

_GONE = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}
"""What the system says where nobody reads any more."""


def _likeness(error: UnicodeError) -> tuple[str, int]:
    """Return a character that looks alike, or ? (cp932 knows no 𠮷, no –, no ✓; cp437 no 〜 and no ～ either)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = (_alike(sign, error.encoding) for sign in error.object[error.start : error.end])
    return "".join(found), error.end


def _alike(sign: str, encoding: str) -> str:
    likely = _LIKE.get(sign, "")
    for one in (likely, unicodedata.normalize("NFKC", likely or sign)):
        with suppress(UnicodeError, LookupError):
            one.encode(encoding)
            if one:
                return one
    return "?"


def prepare() -> None:
    """Make both streams replace what they can't encode instead of failing; one that is closed is an empty one."""
    codecs.register_error(_HANDLER, _likeness)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 (it stays open)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def write_text(text: str) -> None:
    """Print a text without what could move the cursor or turn what follows: it may hold what anybody typed."""
    _write(printable(text))


def _write(text: str) -> None:
    """Print a text as it is; whoever no longer reads it changes nothing."""
    with to_readers():
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_done(text: str) -> None:
    """Print what was done already; where that can't be printed, standard error says it: it was done all the same."""
    try:
        write_text(text)
        flush()
    except OSError:
        drop()
        with suppress(OSError):
            write_error(text)


def write_bytes(data: bytes) -> None:
    """Print bytes for a program to read: always UTF-8, whatever the console is."""
    with to_readers():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def flush() -> None:
    """Print what is still kept back."""
    with to_readers():
        sys.stdout.flush()


@contextmanager
def to_readers() -> Iterator[None]:
    """Let whoever reads the output stop early: what follows goes nowhere, and the exit code is what it would be."""
    try:
        yield
    except OSError as exc:
        if exc.errno not in _GONE:
            raise
        drop()
    except SystemExit as exc:  # so rich ends the program, whatever it was to end with
        if not isinstance(exc.__context__, BrokenPipeError):
            raise
        drop()


def drop() -> None:
    """Let the rest of the output go nowhere, also what Python prints when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal() -> bool:
    """Return whether somebody sees standard output."""
    return sys.stdout.isatty()


def page(text: str) -> None:
    """Show a text that is longer than the screen by the system's pager (PAGER, else less or more); any other as it is.

    A pager that is not there, or a screen that nobody sees, is no reason to keep the text back.
    """
    from shutil import get_terminal_size, which

    own = os.environ.get("PAGER", "").split()
    if not is_terminal() or text.count("\n") < get_terminal_size().lines or (own and which(own[0]) is None):
        _write(text)
        return
    import pydoc

    os.environ.setdefault("LESS", "FRX")
    os.environ.setdefault("LESSCHARSET", "utf-8")
    sys.stdout.flush()
    pydoc.pager(text)


def screen_width(widest: int = _WIDEST) -> int:
    """Return how wide texts are laid out, in half-width characters: as the screen, within reason."""
    from shutil import get_terminal_size

    return max(_NARROWEST, min(widest, get_terminal_size().columns))


def write_error(text: str) -> None:
    """Print to standard error; what could move the cursor is shown as ?."""
    with suppress(OSError):  # a reader that has gone away is no reason to keep the error back
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.write(_CONTROL.sub("?", text) + "\n")
        sys.stderr.flush()


def read_input() -> str:
    """Return standard input, UTF-8 or the encoding of Japanese Windows; raise ``UsageFault``."""
    raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise UsageFault(
            N_("standard input holds more than {limit} bytes"),
            limit=_MOST_BYTES,
            remedy=message(N_("Shorten the text; keep long papers beside the records and name them with --link.")),
        )
    for encoding in ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError):
            text = raw.decode(encoding)
            if not _NO_TEXT.search(text):
                taken.append(text)
                return text
    raise UsageFault(
        N_("standard input is neither UTF-8 nor Shift_JIS text"),
        remedy=message(N_("Save the text with the encoding UTF-8.")),
    )


taken: list[str] = []
"""What was read from standard input, so that a bug loses none of it."""
