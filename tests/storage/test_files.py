import os
from pathlib import Path

import pytest

from mizuho_pdca.errors import EnvironmentFault, Refused
from mizuho_pdca.storage.files import create


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_appears_with_its_folders_and_nothing_beside_it(tmp_path):
    create(tmp_path / "a" / "b" / "entry.yaml", "訪問".encode())
    assert (tmp_path / "a" / "b" / "entry.yaml").read_bytes() == "訪問".encode()
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["entry.yaml"]


def test_a_name_that_is_taken_is_refused_and_its_file_stays(tmp_path):
    path = tmp_path / "entry.yaml"
    path.write_bytes(b"first")
    with pytest.raises(Refused) as caught:
        create(path, b"second")
    assert caught.value.exit_code == 3
    assert str(path) in caught.value.text(str)
    assert "--force" in caught.value.text(str)
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_takes_the_place_of_the_old_file(tmp_path):
    path = tmp_path / "review.csv"
    path.write_bytes(b"old and longer")
    create(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_replacing_makes_a_file_that_was_not_there(tmp_path):
    create(tmp_path / "review.csv", b"new", replace=True)
    assert (tmp_path / "review.csv").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_disk_that_refuses_leaves_neither_the_file_nor_a_part_of_it(tmp_path, monkeypatch, step):
    monkeypatch.setattr(os, step, refuse)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(EnvironmentFault) as caught:
        create(tmp_path / "entry.yaml", b"whole")
    assert caught.value.exit_code == 4
    assert "entry.yaml" in caught.value.text(str)
    assert "the disk is full" in caught.value.text(str)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_a_replacement_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "review.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EnvironmentFault):
        create(path, b"new", replace=True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_can_not_be_made_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault) as caught:
        create(tmp_path / "file" / "below" / "entry.yaml", b"")
    assert "entry.yaml" in caught.value.text(str)


def test_a_folder_in_the_place_of_the_file_is_refused_even_when_replacing(tmp_path):
    with pytest.raises(Refused):
        create(tmp_path, b"")
    with pytest.raises(EnvironmentFault):
        create(tmp_path, b"", replace=True)


def without_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_where_the_disk_knows_no_hard_links_the_file_is_renamed(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", without_links)
    create(tmp_path / "entry.yaml", b"whole")
    assert (tmp_path / "entry.yaml").read_bytes() == b"whole"
    assert len(list(tmp_path.iterdir())) == 1


def test_where_the_disk_knows_no_hard_links_a_taken_name_is_refused_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", without_links)
    (tmp_path / "entry.yaml").write_bytes(b"first")
    with pytest.raises(Refused):
        create(tmp_path / "entry.yaml", b"second")
    assert (tmp_path / "entry.yaml").read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1
