"""The columns of an outline 体系表 that say what is planned for a year: 工程, 工程(R6), 令和7年度工程."""

from __future__ import annotations

import re

from mizuho_pdca.domain.calendar import parse_year

SCHEDULE, ALSO_SCHEDULE = "工程", "年次計画"
_STEP = re.compile("(.+?)[:：](.+)")


def year_of_steps(heading: str) -> int | None:
    """Return the fiscal year of a column of the schedule, such as 工程(R6) or 令和6年度工程; None of any other."""
    rest = re.sub(f"{SCHEDULE}|{ALSO_SCHEDULE}|の|[()]", "", heading)
    return None if SCHEDULE not in heading and ALSO_SCHEDULE not in heading else parse_year(rest)


def step_of(text: str) -> tuple[int, str] | None:
    """Return the fiscal year and the step of R6: 試行, as a cell of all steps has it; None where there is no year."""
    found = _STEP.fullmatch(text)
    year = None if found is None else parse_year(found[1].strip())
    return None if found is None or year is None else (year, found[2].strip())
