# mypy: allow-untyped-calls
"""The clock stands where a program easily slips: on the edge of a year, on a leap day, or it was set back."""

from datetime import datetime

import pytest

LOG = ("log", "1-1②-1", "-m", "3社を訪問", "--by", "産業課")


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "folder", "day"),
    [
        ("2025-03-31T23:59:59+09:00", "2024", "2025-03-31"),
        ("2025-04-01T00:00:00+09:00", "2025", "2025-04-01"),
        ("2025-03-31T14:59:59+00:00", "2024", "2025-03-31"),
        ("2025-03-31T15:00:00+00:00", "2025", "2025-04-01"),
        ("2025-03-31T05:00:00-11:00", "2025", "2025-04-01"),
        ("2024-02-29T12:00:00+09:00", "2023", "2024-02-29"),
        ("2024-12-31T23:59:59+09:00", "2024", "2024-12-31"),
        ("2025-01-01T00:00:00+09:00", "2024", "2025-01-01"),
    ],
)
def test_what_is_recorded_belongs_to_the_plan_s_day_and_year(pdca, entries, moment, folder, day):
    result = pdca(*LOG, now=at(moment))
    assert result.code == 0, result.err
    assert entries() == [f"records/{folder}/1-1-2-1/{day}-000001.yaml"]
    assert pdca("validate", now=at(moment)).code == 0


@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        ("2024-02-29T09:00:00+09:00", "今日", "2024-02-29"),
        ("2024-03-01T09:00:00+09:00", "昨日", "2024-02-29"),
        ("2025-03-01T09:00:00+09:00", "昨日", "2025-02-28"),
        ("2025-06-15T09:00:00+09:00", "R6.2.29", "2024-02-29"),
        ("2024-03-10T09:00:00+09:00", "2/29", "2024-02-29"),
        ("2024-03-31T09:00:00+09:00", "1か月前", "2024-02-29"),
    ],
)
def test_a_leap_day_is_a_day(pdca, entries, now, typed, day):
    result = pdca(*LOG, "-d", typed, now=at(now))
    assert result.code == 0, result.err
    assert [path.rpartition("/")[2][:10] for path in entries()] == [day]


def test_a_leap_day_of_another_year_is_refused(pdca, entries):
    result = pdca(*LOG, "-d", "2025-02-29")
    assert (result.code, entries()) == (2, [])


@pytest.mark.parametrize(
    ("moment", "is_over"), [("2025-03-31T23:59:59+09:00", False), ("2025-04-01T00:00:00+09:00", True)]
)
def test_a_year_can_be_closed_from_its_last_midnight_on(pdca, moment, is_over):
    result = pdca("close", "2024", "--allow-incomplete", "--by", "産業課", now=at(moment))
    assert (result.code, "not over yet" in result.err) == ((0, False) if is_over else (3, True))


def test_a_clock_that_was_set_back_loses_nothing(pdca, entries):
    assert pdca(*LOG, now=at("2025-06-15T10:30:00+09:00")).code == 0
    back = at("2025-06-14T10:30:00+09:00")
    result = pdca("log", "1-1②-1", "-m", "また訪問", "--by", "産業課", now=back)
    assert result.code == 0, result.err
    assert len(entries()) == 2
    told = pdca("validate", now=back)
    assert (told.code, "E210" in told.out + told.err) == (1, True)
    assert pdca("validate", now=at("2025-06-15T10:31:00+09:00")).code == 0
    assert "3社を訪問" in pdca("list", "--year", "2025", now=at("2025-06-15T10:31:00+09:00")).out


def test_the_last_entry_is_the_one_recorded_last_by_the_clock_that_it_had(pdca):
    pdca(*LOG, now=at("2025-06-15T10:30:00+09:00"))
    pdca("log", "1-1②-1", "-m", "また訪問", "--by", "産業課", now=at("2025-06-15T09:00:00+09:00"))
    assert "3社を訪問" in pdca("show", "last", now=at("2025-06-15T11:00:00+09:00")).out


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", ["", "status --year 2024", "list", "show last", "plan 1-1", "trend", "review 2024", "explain 1-1 2024"]
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_twenty_columns_are_enough_to_end_well(pdca, monkeypatch, command, language):
    pdca(*LOG)
    monkeypatch.setenv("COLUMNS", "20")
    result = pdca("--lang", language, *command.split())
    assert (result.code, result.err) == (0, "")
    assert len(result.out.split("\n")) > 1
