"""A word to whoever waits longer than a second at a terminal."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 1.0
"""Seconds after which it is said what is being done."""

_BAR = 20
"""Signs of a bar."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Progress:
    """Says on standard error what is being done, once it takes long; a file or a pipe gets nothing."""

    def __init__(self) -> None:
        """Begin silent."""
        self._text = ""
        self._shown = 0
        self._is_due = False
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """Tell what is done next."""
        with self._lock:
            self._text = text
            self._draw()

    def bar(self, number: int, count: int, text: str) -> None:
        """Tell which one of several is done next, with a bar of how far it is."""
        full = _BAR * (number - 1) // max(1, count)
        self.say(f"[{'#' * full}{'.' * (_BAR - full)}] {number}/{count} {text}")

    def due(self) -> None:
        """Show it from now on."""
        with self._lock:
            self._is_due = True
            self._draw()

    def clear(self) -> None:
        """Leave the line as it was."""
        with self._lock:
            self._is_due = False
            if self._shown:
                sys.stderr.write("\r" + " " * self._shown + "\r")
                sys.stderr.flush()
            self._shown = 0

    def _draw(self) -> None:
        if self._is_due and self._text:
            import shutil

            from mizuho_pdca.render.layout import wrap
            from mizuho_pdca.text import display_width

            line = wrap(_CONTROL.sub(" ", self._text), shutil.get_terminal_size().columns - 1)[0]
            sys.stderr.write("\r" + " " * self._shown + "\r" + line)
            sys.stderr.flush()
            self._shown = display_width(line)


@contextmanager
def progress(text: str) -> Iterator[Progress]:
    """Show ``text``, or what is said later, while the block takes longer than a second."""
    shown = Progress()
    shown.say(text)
    timer = threading.Timer(_PATIENCE, shown.due)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield shown
    finally:
        timer.cancel()
        shown.clear()
