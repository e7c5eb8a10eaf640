from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mizuho_pdca.domain.history.commits import Change, Commit

COMMIT = Commit(
    id="a" * 40,
    parents=(),
    tree="b" * 40,
    author="産業課",
    email="sangyo@town.example",
    authored=datetime(2025, 6, 1, tzinfo=UTC),
    committer="産業課",
    committed=datetime(2025, 6, 1, tzinfo=UTC),
    message="訪問を記録\n\n三社。\n",
)


@pytest.mark.parametrize(
    ("message", "subject"), [(COMMIT.message, "訪問を記録"), ("one line", "one line"), ("", ""), ("\nbelow", "")]
)
def test_the_subject_is_the_first_line_of_the_message(message, subject):
    assert replace(COMMIT, message=message).subject == subject


@pytest.mark.parametrize(
    ("before", "after", "kind"), [(None, "b", "added"), ("a", "b", "edited"), ("a", None, "deleted")]
)
def test_a_change_is_known_by_what_was_there_and_what_is(before, after, kind):
    assert Change("records/2024/x", before, after).kind == kind
