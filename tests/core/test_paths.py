import pytest

from mizuho_pdca.core.paths import is_entry, is_place, name_of, seal_path, sealed_year

ONE = "records/2024/1-1-1-1/2024-06-12-000001.yaml"


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


def test_an_entry_is_named_by_its_file():
    assert name_of(ONE) == "2024-06-12-000001"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("records/2024/closed.yaml", 2024),
        ("records/R6/closed.yaml", None),
        ("records/2024/1-1-1-1/closed.yaml", None),
        (ONE, None),
    ],
)
def test_seals_are_known_by_their_path(path, expected):
    assert sealed_year(path) == expected
    assert expected is None or seal_path(expected) == path
