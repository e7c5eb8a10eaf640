"""Everything that is wrong with what was typed, gathered so that it is said at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_, Translate

T = TypeVar("T")


class Rejected(PdcaError):
    """What was typed can't be used; ``errors`` holds everything that is wrong with it."""

    exit_code = 2

    def __init__(self, errors: list[PdcaError], *, recording: bool = True) -> None:
        """Take every error, the gravest gives the exit code, and whether something was to be recorded."""
        super().__init__(N_("nothing was recorded"))
        self.errors = errors
        self.recording = recording
        self.exit_code = max((error.exit_code for error in errors), default=self.exit_code)

    def text(self, t: Translate) -> str:
        """Return every error with its remedy."""
        closing = [self.message.text(t)] if self.recording else []
        return "\n".join([*(error.text(t) for error in self.errors), *closing])


class Gathering:
    """Gathers what is wrong with one command, so that all of it is said at once."""

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self.errors: list[PdcaError] = []

    def take(self, make: Callable[[], T]) -> T | None:
        """Return what ``make`` returns, or None after noting why it can't."""
        try:
            return make()
        except PdcaError as exc:
            self.errors.append(exc)
            return None

    def stop_if_wrong(self, *, recording: bool = True) -> None:
        """Raise ``Rejected`` if anything was wrong."""
        if self.errors:
            raise Rejected(self.errors, recording=recording)
