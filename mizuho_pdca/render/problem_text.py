"""Problems as a person reads them: place, code, what is wrong, the line, the remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from mizuho_pdca.core.faults import Problem
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.render.wrapping import display_width

_CARET = "^"
_LINE_LIMIT = 120


def problems(found: Iterable[Problem], t: Translate) -> str:
    """Return the problems, one block each."""
    return "\n".join("\n".join(_block(problem, t)) for problem in found)


def _block(problem: Problem, t: Translate) -> Iterator[str]:
    place = problem.file if problem.line == 0 else f"{problem.file}:{problem.line}:{problem.column}"
    severity = "" if problem.fault.severity == "error" else t(N_("note: "))
    yield f"{place} [{problem.fault.code}] {severity}{_visible(problem.fault.message.text(t))}"
    if problem.excerpt.strip():
        yield from _excerpt(problem)
    yield t(N_("  Remedy: {remedy}")).format(remedy=_visible(problem.fault.remedy.text(t)))


def _excerpt(problem: Problem) -> Iterator[str]:
    line = _visible(problem.excerpt.rstrip("\r\n"))
    start = problem.column - 1
    if start > _LINE_LIMIT:
        return
    shown = line[:_LINE_LIMIT]
    number = str(problem.line).rjust(5)
    before = " " * display_width(shown[:start])
    carets = _CARET * max(1, display_width(shown[start : start + problem.width]))
    yield f"{number} | {shown}"
    yield f"{' ' * len(number)} | {before}{carets}"


def _visible(text: str) -> str:
    """Replace what could move the cursor or hide text on a terminal."""
    return "".join(
        character if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf") else "?"
        for character in text
    )


def summary(found: Sequence[Problem], files: int, t: Translate) -> str:
    """Return all problems and a closing line that counts them."""
    errors = sum(problem.fault.severity == "error" for problem in found)
    counts = {"files": files, "errors": errors, "notes": len(found) - errors}
    if not found:
        return t(N_("No problems: the plan and {files} entries are fine.")).format(**counts)
    closing = t(N_("{files} entries read: {errors} errors, {notes} notes")).format(**counts)
    return f"{problems(found, t)}\n\n{closing}"
