# mypy: allow-untyped-calls
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mizuho_pdca.domain.history.commits import Ancestry, Change, Commit, is_entry, is_place, moves, own_changes

ONE, TWO = "records/2024/1-1-1-1/2024-06-12-000001.yaml", "records/2024/1-1-1-1/2024-06-12-000002.yaml"
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


def test_ancestry_knows_what_a_commit_builds_on():
    tree = Ancestry({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"], "e": ["d", "b"]})
    pairs = {(tip, name) for tip in "abcde" for name in "abcde" if tree.holds(tip, name)}
    assert pairs == {(tip, name) for tip, names in {
        "a": "a", "b": "ab", "c": "ac", "d": "abcd", "e": "abcde"
    }.items() for name in names}  # fmt: skip
    assert tree.holds("e", "a")


def changes(before, after):
    return {} if before == after else {ONE: Change(ONE, before, after)}


@pytest.mark.parametrize(
    ("befores", "after", "touched_by_others", "expected"),
    [
        ([None], "x", False, (None, "x")),
        (["x"], None, False, ("x", None)),
        (["x", "x"], "x", False, None),
        ([None, "x"], "x", False, None),
        (["x", None], None, True, None),
        (["x", None], None, False, ("x", None)),
        (["x", "y"], "y", True, None),
        (["x", "y"], "y", False, ("x", "y")),
        (["x", "x"], "z", True, ("x", "z")),
        ([None, "x"], "z", True, ("x", "z")),
        ([None, None], "z", False, (None, "z")),
        ([None, "x", "y"], "y", False, ("x", "y")),
    ],
)
def test_a_merge_itself_did_what_stands_against_all_parents_or_came_from_none(
    befores, after, touched_by_others, expected
):
    own = own_changes([changes(before, after) for before in befores], lambda *_: touched_by_others)
    assert own == ({} if expected is None else {ONE: Change(ONE, *expected)})


@pytest.mark.parametrize(
    ("gone", "came", "names", "renamed"),
    [
        ({}, {TWO: "x"}, {}, {}),
        ({ONE: "x"}, {}, {}, {}),
        ({ONE: "x"}, {TWO: "x"}, {}, {ONE: TWO}),
        ({ONE: "x"}, {TWO: "y"}, {}, {}),
        ({ONE: "x"}, {TWO: "y"}, {ONE: "1", TWO: "1"}, {ONE: TWO}),
        ({ONE: "x"}, {TWO: "y"}, {ONE: "1"}, {}),
        ({ONE: "x"}, {TWO: "y"}, {TWO: "1"}, {}),
        ({ONE: "x"}, {ONE.replace("2024/", "2025/"): "y"}, {}, {ONE: ONE.replace("2024/", "2025/")}),
        ({ONE: "x", TWO: "y"}, {"a/3.yaml": "y"}, {ONE: "1", "a/3.yaml": "1"}, {TWO: "a/3.yaml"}),
        ({ONE: "x", TWO: "x"}, {"a/3.yaml": "x", "a/4.yaml": "x"}, {}, {ONE: "a/3.yaml", TWO: "a/4.yaml"}),
    ],
)
def test_a_renamed_entry_is_known_by_contents_name_or_id(gone, came, names, renamed):
    found = moves(gone, came, names.get)
    assert found.renamed == renamed
    assert found.deleted == tuple(path for path in gone if path not in renamed)
    assert found.added == tuple(path for path in came if path not in renamed.values())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (ONE, True),
        ("records/2024/plan/2024-06-12-000001.yaml", True),
        ("records/2024/1-1-1-1/mistyped name.yaml", True),
        ("records/2024/closed.yaml", False),
        ("records/2024/1-1-1-1/.hidden.yaml", False),
        ("records/2024/.hidden/x.yaml", False),
        ("records/2024/1-1-1-1/~x.yaml", False),
        ("records/2024/1-1-1-1/x.yml", False),
        ("records/2024/1-1-1-1/deep/x.yaml", False),
        ("records/R6/1-1-1-1/x.yaml", False),
        ("plan/measures.yaml", False),
    ],
)
def test_an_entry_is_known_by_its_path(path, expected):
    assert is_entry(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (ONE, True),
        ("records", True),
        ("records/2024", True),
        ("records/2024/closed.yaml", True),
        ("records/2024/1-1-1-1", True),
        ("plan", True),
        ("plan/measures.yaml", True),
        ("plan/notes.txt", False),
        ("records/notes.txt", False),
        ("records/2024/notes.txt", False),
        ("records/2024/.git", False),
        ("records/2024/1-1-1-1/notes.txt", False),
        ("records/2024/1-1-1-1/~x.yaml", False),
    ],
)
def test_places_of_data_are_known(path, expected):
    assert is_place(path) is expected
