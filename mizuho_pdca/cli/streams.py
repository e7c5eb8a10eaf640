"""Standard output and error that never fail, whatever a console can encode."""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from contextlib import suppress

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

_LIKE = {"–": "-", "—": "-", "•": "・", "✓": "v", "〜": "～", "−": "-", "‐": "-"}
_LIKE |= dict(zip("▁▂▃▄▅▆▇█", ".:-=+*#@", strict=True)) | {"·": "_"}
"""A sparkline becomes signs of ever more ink, and no digits, which would look like a figure; the
legend that explains its signs changes with them."""

_HANDLER = "pdca.likeness"

_NO_TEXT = re.compile("[\\0\uf8f0-\uf8f3]")
"""What cp932 makes of bytes that are no text; UTF-16 is full of NUL."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_NARROWEST, _WIDEST = 40, 100


def _likeness(error: UnicodeError) -> tuple[str, int]:
    """Return a character that looks alike, or ? (cp932 knows no 𠮷, no –, no ✓)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_LIKE.get(character, "?") for character in error.object[error.start : error.end]), error.end


def prepare() -> None:
    """Make both streams replace what they can't encode instead of failing."""
    codecs.register_error(_HANDLER, _likeness)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def write_text(text: str) -> None:
    """Print a text as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_bytes(data: bytes) -> None:
    """Print bytes for a program to read: always UTF-8, whatever the console is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


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
        write_text(text)
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
    sys.stderr.write(_CONTROL.sub("?", text) + "\n")


def read_input() -> str:
    """Return standard input, UTF-8 or the encoding of Japanese Windows; raise ``UsageFault``."""
    raw = sys.stdin.buffer.read()
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
