"""Problems as annotations of GitHub: workflow commands, one a line, that the runner reads from the output.

Source of the form and of its escapes: GitHub Docs, "Workflow commands for GitHub Actions", and
``packages/core/src/command.ts`` of actions/toolkit. Data holds what anybody wrote: it can't begin a
line of its own, and so no command either.
"""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.domain.schema.faults import Problem, Severity
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.text import shown

_IN_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = _IN_TEXT | {":": "%3A", ",": "%2C"}
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def commands(found: Sequence[Problem], prefix: str, t: Translate) -> str:
    """Return a command for each problem; ``prefix`` is the workspace's path in its repository, with a slash at its end.

    Empty where there are none.
    """
    return "".join(f"{_command(problem, prefix, t)}\n" for problem in found)


def _command(problem: Problem, prefix: str, t: Translate) -> str:
    fault = problem.fault
    place = {"line": problem.line, "col": problem.column} if problem.line else {}
    properties = {"file": f"{prefix}{problem.file}", **place, "title": fault.code}
    listed = ",".join(f"{key}={_escaped(str(value), _IN_PROPERTY)}" for key, value in properties.items())
    remedy = t(N_("  Remedy: {remedy}")).format(remedy=fault.remedy.text(t)).strip()
    words = "\n".join([fault.message.text(t), remedy])
    return f"::{_LEVELS[fault.severity]} {listed}::{_escaped(words, _IN_TEXT)}"


def _escaped(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(sign) or shown(sign) for sign in text)
