# mypy: allow-untyped-calls
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.reopen import reopen_year
from mizuho_pdca.app.status import due_year

JAPAN = timezone(timedelta(hours=9))


@pytest.fixture
def due_on(make_desk, workspace):
    """Return the year that is due on a day."""
    return lambda day: due_year(make_desk(workspace, datetime.fromisoformat(day).replace(tzinfo=JAPAN)))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2025-03-31", 2024),
        ("2025-04-01", 2024),
        ("2025-10-31", 2024),
        ("2025-11-01", 2025),
        ("2021-06-01", 2022),
        ("2022-04-01", 2022),
        ("2023-04-01", 2022),
        ("2032-06-01", 2031),
        ("2040-06-01", 2031),
    ],
)
def test_from_april_to_october_the_year_that_ended_is_due(due_on, day, year):
    assert due_on(day) == year


def test_years_that_begin_in_january_are_due_until_july(due_on, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n  period:", "\n  year: {starts: 1}\n  period:", 1), encoding="utf-8")
    assert [due_on(day) for day in ("2025-01-01", "2025-07-31", "2025-08-01")] == [2024, 2024, 2025]


def test_a_year_that_is_closed_is_no_longer_due(due_on, make_desk, workspace):
    close_year(make_desk(workspace), 2024, allow_incomplete=True)
    assert due_on("2025-06-20") == 2025
    reopen_year(make_desk(workspace), 2024, reason="誤記")
    assert due_on("2025-06-20") == 2024
    path = workspace / "records" / "2024" / "closed.yaml"
    path.write_text("x", encoding="utf-8")
    assert due_on("2025-06-20") == 2024
