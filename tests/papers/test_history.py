from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.papers.history import Changeset, print_moment

NOON = datetime(2025, 7, 3, 12, 0, tzinfo=timezone(timedelta(hours=9)))
UNREAD = datetime.fromtimestamp(0, UTC)
COMMIT = Commit("a" * 40, (), "b" * 40, "産業課", "a@b", NOON, "産業課", NOON, "記録")


@pytest.mark.parametrize(
    ("authored", "committed", "expected"),
    [
        (NOON, NOON, False),
        (NOON - timedelta(days=1), NOON, False),
        (NOON - timedelta(days=1, seconds=1), NOON, True),
        (NOON + timedelta(days=2), NOON, True),
        (NOON, UNREAD, True),
        (UNREAD, NOON, True),
        (UNREAD, UNREAD, False),
    ],
)
def test_the_authors_time_is_apart_if_it_is_more_than_a_day_away(authored, committed, expected):
    changeset = Changeset(replace(COMMIT, authored=authored, committed=committed), ())
    assert changeset.is_dated_apart is expected
    assert (changeset.authored, changeset.committed) == (
        None if authored == UNREAD else authored,
        None if committed == UNREAD else committed,
    )


def test_another_committer_is_named():
    assert Changeset(COMMIT, ()).other_committer is None
    assert Changeset(replace(COMMIT, committer="商工会"), ()).other_committer == "商工会"


def test_a_time_is_printed_to_the_minute():
    assert (print_moment(NOON, str), print_moment(None, str)) == ("2025-07-03 12:00", "time unknown")
