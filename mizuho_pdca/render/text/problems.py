"""Problems as a person reads them: place, code, what is wrong, the line, the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.text import display_width, visible

_LEVELS = {"warning": N_("note: "), "note": N_("for information: ")}
_CARET = "^"
_LINE_WIDTH = 100
"""Columns of a line that are shown at most; a long line is cut around the marked place."""

_LEAD_WIDTH = 40
_CUT = "..."


def problems(found: Iterable[Problem], t: Translate) -> str:
    """Return the problems, one block each."""
    return "\n".join("\n".join(_block(problem, t)) for problem in found)


def _block(problem: Problem, t: Translate) -> Iterator[str]:
    file = visible(problem.file)
    place = file if problem.line == 0 else f"{file}:{problem.line}:{problem.column}"
    severity = t(_LEVELS[problem.fault.severity]) if problem.fault.severity in _LEVELS else ""
    yield f"{place} [{problem.fault.code}] {severity}{visible(problem.fault.message.text(t))}"
    if problem.excerpt.strip() and problem.fault.severity != "note":  # nothing there is to be mended
        yield from _excerpt(problem)
    yield t(N_("  Remedy: {remedy}")).format(remedy=visible(problem.fault.remedy.text(t)))


def _excerpt(problem: Problem) -> Iterator[str]:
    """Yield the line and the carets below it, both cut where the line is long."""
    line = problem.excerpt.rstrip("\r\n")
    start = problem.column - 1
    end = min(start + problem.width, len(line))
    first, last = 0, len(line)
    if len(line) > _LINE_WIDTH or _width(line) > _LINE_WIDTH:
        first = _reach(line, start, -1, _LEAD_WIDTH)
        last = _reach(line, first, 1, _LINE_WIDTH)
    head, tail = _CUT if first else "", _CUT if last < len(line) else ""
    before = " " * _width(head + line[first:start])
    carets = _CARET * max(1, _width(line[start : min(end, last)]))
    number = str(problem.line).rjust(5)
    yield f"{number} | {head}{visible(line[first:last])}{tail}"
    yield f"{' ' * len(number)} | {before}{carets}"


def _reach(line: str, start: int, step: int, limit: int) -> int:
    """Return how far one can go from a place, in a direction, within a number of columns."""
    place, columns = start, 0
    while 0 <= (following := place + min(step, 0)) < len(line):
        columns += _width(line[following])
        if columns > limit:
            break
        place += step
    return place


def _width(text: str) -> int:
    """Return the columns of a text as shown on a terminal, what nobody would see by its name."""
    return display_width(visible(text))


def summary(found: Sequence[Problem], files: int, t: Translate) -> str:
    """Return all problems and notes, and a closing line that counts the problems."""
    severities = [problem.fault.severity for problem in found]
    counts = {"files": files, "errors": severities.count("error"), "notes": severities.count("warning")}
    words = N_("{files} entries read: {errors} errors, {notes} notes")
    if set(severities) <= {"note"}:
        words = N_("No problems: the plan and {files} entries are fine.")
    closing = t(words).format(**counts)
    return f"{problems(found, t)}\n\n{closing}" if found else closing
