# mypy: allow-untyped-calls
from datetime import date, datetime, timedelta, timezone

import pytest

from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.domain.history.rules.dated import Dates, commit_faults, dates_of, newest

JAPAN = timezone(timedelta(hours=9))
NOON = datetime(2024, 6, 12, 12, 0, tzinfo=JAPAN)


def commit(name="b", committed=NOON, authored=NOON):
    return Commit(name * 40, (), "t", "産業課", "a@b", authored, "産業課", committed, "記録")


def said(messages):
    return [message.text(str) for message in messages]


def test_dates_are_read_one_by_one():
    assert dates_of({"date": "2024-06-12", "recorded": "2024-06-12T12:00:00+09:00"}) == Dates(NOON.date(), NOON)
    assert dates_of({}) == Dates(None, None)
    assert dates_of({"date": "R6.6.12", "recorded": "2024-06-12T12:00:00"}) == Dates(None, None)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (24, []),
        (25, ["recorded 2024-06-13T13:00:00+09:00, after the commit"]),
        (-31 * 24, []),
        (-32 * 24, ["recorded 2024-05-11T12:00:00+09:00, but committed 32 days later only"]),
    ],
)
def test_when_it_was_recorded_is_held_against_the_commit(hours, expected):
    assert said(Dates(None, NOON + timedelta(hours=hours)).faults(NOON, NOON)) == expected


def test_a_commit_that_is_dated_back_makes_nothing_younger():
    dates, later = Dates(NOON.date(), NOON), NOON + timedelta(days=200)
    assert said(dates.faults(NOON, NOON)) == []
    assert said(dates.faults(NOON, NOON - timedelta(days=200))) == []
    assert said(dates.faults(NOON, later)) == [
        "recorded 2024-06-12T12:00:00+09:00, but committed 200 days later only",
    ]
    assert said(dates.faults(NOON - timedelta(days=2), NOON)) == [
        "recorded 2024-06-12T12:00:00+09:00, after the commit",
        "date 2024-06-12, after the commit",
    ]


@pytest.mark.parametrize(
    ("day", "came", "expected"),
    [
        (date(2024, 6, 12), NOON + timedelta(days=600), True),
        (date(2024, 6, 12), NOON, False),
        (date(2023, 4, 1), datetime(2024, 10, 31, 23, 0, tzinfo=JAPAN), False),
        (date(2024, 3, 31), datetime(2024, 11, 1, 0, 0, tzinfo=JAPAN), True),
        (date.min, NOON, True),
        (None, NOON + timedelta(days=600), False),
    ],
)
def test_an_entry_is_late_once_the_council_has_long_met_on_its_year_which_is_no_fault(day, came, expected):
    assert Dates(day, came).is_late(came) is expected
    assert said(Dates(day, came).faults(came, came)) == []


@pytest.mark.parametrize(
    ("days", "expected"), [(1, []), (2, ["date 2024-06-14, but recorded before it, on 2024-06-12"])]
)
def test_nothing_is_recorded_before_its_day(days, expected):
    dates = Dates(NOON.date() + timedelta(days=days), NOON)
    assert said(dates.faults(NOON + timedelta(days=9), NOON)) == expected


def test_both_dates_are_known_or_not():
    assert Dates(NOON.date(), NOON).are_known
    assert not Dates(None, NOON).are_known
    assert not Dates(NOON.date(), None).are_known


def test_zones_do_not_matter():
    assert said(Dates(None, NOON.astimezone(timezone(timedelta(hours=-10)))).faults(NOON, NOON)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 13), []),
        (date(2024, 6, 14), ["date 2024-06-14, after the commit"]),
        (date(9999, 12, 31), ["date 9999-12-31, after the commit"]),
        (date.min, []),
    ],
)
def test_the_day_is_held_against_the_commit(day, expected):
    assert said(Dates(day, None).faults(NOON, NOON)) == expected


@pytest.mark.parametrize(("hours", "count"), [(0, 0), (24, 0), (49, 1)])
def test_a_commit_is_not_older_than_what_it_builds_on(hours, count):
    now = NOON + timedelta(days=9)
    reached = newest(commit(), [commit("c"), commit("a", NOON + timedelta(hours=hours))], now)
    texts = said(commit_faults(commit(), reached, now))
    assert texts == ["the commit is dated 2 days before aaaaaaaaaaaa, on which it builds"] * count


@pytest.mark.parametrize(("hours", "count"), [(-1000, 0), (24, 0), (49, 1)])
def test_a_commit_is_not_older_than_its_author_says(hours, count):
    texts = said(commit_faults(commit(authored=NOON + timedelta(hours=hours)), commit(), NOON))
    assert texts == ["the commit is dated 2 days before it was written"] * count


@pytest.mark.parametrize(("hours", "expected"), [(24, []), (49, ["the commit is dated 2 days from now"])])
def test_no_commit_comes_from_the_future(hours, expected):
    late = commit(committed=NOON + timedelta(hours=hours))
    assert said(commit_faults(late, late, NOON)) == expected


def test_the_newest_commit_has_come_already():
    early, late = commit("a", NOON - timedelta(days=9)), commit("c", NOON + timedelta(days=9))
    assert newest(commit(), [], NOON) == commit()
    assert newest(early, [commit()], NOON) == commit()
    assert newest(commit(), [early], NOON) == commit()
    assert newest(late, [early], NOON) == early
    assert newest(late, [], NOON) == late
    assert newest(early, [late], NOON) == early
