"""Problems, for programs: ``pdca.problems/1``."""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.message import Translate
from mizuho_pdca.render.json.text import Json, dump


def problems(found: Sequence[Problem], t: Translate, notes: Sequence[Problem] = ()) -> bytes:
    """Return ``pdca.problems/1``; notes stand beside the problems, which are errors and warnings only."""
    severities = [problem.fault.severity for problem in found]
    return dump(
        {
            "schema": "pdca.problems/1",
            "problems": [problem_parts(problem, t) for problem in found],
            "counts": {"error": severities.count("error"), "warning": severities.count("warning")},
            **({"notes": [problem_parts(note, t) for note in notes]} if notes else {}),
        }
    )


def problem_parts(problem: Problem, t: Translate) -> Json:
    """Return one problem with its place, what is wrong and what to do."""
    return {
        "code": problem.fault.code,
        "severity": problem.fault.severity,
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "message": problem.fault.message.text(t),
        "remedy": problem.fault.remedy.text(t),
    }
