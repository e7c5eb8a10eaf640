"""Standard output and error that never fail, whatever a console can encode."""

from __future__ import annotations

import codecs
import io
import sys

_LIKE = {"–": "-", "—": "-", "•": "・", "✓": "v", "〜": "～", "−": "-", "‐": "-"}
_HANDLER = "pdca.likeness"


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


def write_error(text: str) -> None:
    """Print to standard error."""
    sys.stdout.flush()
    sys.stderr.write(text + "\n")
