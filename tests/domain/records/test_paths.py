from types import SimpleNamespace

import pytest

from mizuho_pdca.domain.records.paths import EntryPath, entry_at, is_data, name_at, path_of, seal_path, sealed_year


def test_an_entry_s_path_says_its_year_what_it_is_about_and_its_name():
    path = path_of(SimpleNamespace(year=2024, target="1-1-2-1", id="2024-06-12-k7x3q9"))
    assert path == "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
    assert entry_at(path) == EntryPath(2024, "1-1-2-1", "2024-06-12-k7x3q9")
    assert name_at(path) == "2024-06-12-k7x3q9"


@pytest.mark.parametrize("path", ["records/2024/closed.yaml", "records/24/1/x.yaml", "records/2024/1/x.yml", "plan/x"])
def test_no_entry_lies_elsewhere(path):
    assert entry_at(path) is None


def test_the_seals_of_a_year_lie_in_its_folder():
    assert seal_path(2024) == "records/2024/closed.yaml"
    assert sealed_year("records/2024/closed.yaml") == 2024
    assert sealed_year("records/2024/1/closed.yaml") is None


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("plan/measures.yaml", True),
        ("records/2024/closed.yaml", True),
        ("records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml", True),
        ("records/2024/1-1-1-1/.2024-06-12-k7x3q9.yaml", False),
        ("records/2024/1-1-1-1/~$2024-06-12-k7x3q9.yaml", False),
        ("records/2024/.git/x.yaml", False),
        ("records/2024/Thumbs.db", False),
        ("records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml.tmp", False),
        ("plan/notes.yaml", False),
        ("records/2024/1-1-1-1/", True),
        ("records/2024/.git/", False),
        ("plan/old/", False),
    ],
)
def test_what_belongs_to_the_data(path, known):
    assert is_data(path) is known
