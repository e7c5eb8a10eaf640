"""Everything that is wrong with what was typed, gathered so that it is said at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, Translate, Value, message
from mizuho_pdca.text import display_width

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


class Unclear(UsageFault):
    """What was typed may mean several things, or none; ``choices`` are what may be meant, each with what it is.

    The first of a pair is what to type for it, which is never unclear.
    """

    def __init__(
        self, msgid: str, choices: Sequence[tuple[str, str]], *, remedy: Message | None = None, **values: Value
    ) -> None:
        """Take the msgid, the choices, and the values of the msgid by name; without a remedy the choices are listed."""
        width = max((display_width(word) for word, _ in choices), default=0)
        rows = [f"    {word}{' ' * (width - display_width(word))}  {meaning}".rstrip() for word, meaning in choices]
        listed = message(N_("Write one of these:\n{choices}"), choices="\n".join(rows))
        super().__init__(msgid, remedy=remedy or listed, **values)
        self.choices = tuple(choices)
