"""A file's text by lines and columns, as an editor counts them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from mizuho_pdca.domain.schema.faults import Fault, Problem

_LINE_BREAK = re.compile(r"\r\n?|\n")
_MOST_MARKED = 40


@dataclass(frozen=True)
class Page:
    """A file's text, which turns offsets into lines and columns."""

    file: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Return the offset at which each line begins."""
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    @cached_property
    def end(self) -> int:
        """Return the offset behind the last text."""
        return len(self.text.rstrip())

    def line_of(self, offset: int) -> int:
        """Return the line of an offset, counting from 1."""
        return bisect_right(self.starts, offset)

    @cached_property
    def _lines(self) -> dict[int, str]:
        return {}

    def line(self, number: int) -> str:
        """Return a line without its end: the same text each time, for it may be long and asked for often."""
        if number not in self._lines:
            self._lines[number] = self._line(number)
        return self._lines[number]

    def _line(self, number: int) -> str:
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")

    def problem(self, fault: Fault, offset: int, width: int = 1) -> Problem:
        """Return the fault at an offset; behind the last text it stands at its end."""
        offset = min(offset, self.end)
        number = self.line_of(offset)
        line, column = self.line(number), offset - self.starts[number - 1]
        width = max(1, min(width, _MOST_MARKED, len(line) - column))
        return Problem(fault, self.file, number, column + 1, line, width)
