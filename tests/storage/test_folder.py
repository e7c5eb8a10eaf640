# mypy: allow-untyped-calls
import os
from types import SimpleNamespace

import pytest

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage import folder
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.tree import Found


@pytest.fixture
def records(workspace):
    folder = workspace / "records" / "2024" / "1-1-2-1"
    folder.mkdir(parents=True)
    return folder


def found(workspace):
    return [path for path, *_ in Folder(workspace).records()]


def test_the_files_of_a_folder_come_in_order_with_forward_slashes(workspace, records):
    (records / "b.yaml").touch()
    (records / "a.yaml").touch()
    (workspace / "records" / "2023").mkdir()
    (workspace / "records" / "2023" / "closed.yaml").touch()
    assert found(workspace) == [
        "records/2023/closed.yaml",
        "records/2024/1-1-2-1/a.yaml",
        "records/2024/1-1-2-1/b.yaml",
    ]


def test_what_programs_leave_behind_is_passed_over(workspace, records):
    for name in (".gitkeep", "~$review.xlsx", "Thumbs.db", "desktop.ini", ".git"):
        (records / name).touch()
    (workspace / "records" / ".cache").mkdir()
    (workspace / "records" / ".cache" / "x.yaml").touch()
    assert found(workspace) == []


def test_a_workspace_without_records_has_none(workspace):
    assert found(workspace) == []


def test_a_file_is_read_as_bytes_and_a_missing_one_is_an_error(workspace, records):
    (records / "a.yaml").write_bytes(b"\xef\xbb\xbfschema: 1\r\n")
    assert Folder(workspace).read("records/2024/1-1-2-1/a.yaml") == b"\xef\xbb\xbfschema: 1\r\n"
    with pytest.raises(OSError, match=r"b\.yaml"):
        Folder(workspace).read("records/2024/1-1-2-1/b.yaml")


def test_links_are_marked_wherever_they_lead(workspace, records, tmp_path):
    (tmp_path / "secret.yaml").touch()
    (records / "a.yaml").touch()
    (records / "inside.yaml").symlink_to("a.yaml")
    (records / "outside.yaml").symlink_to(tmp_path / "secret.yaml")
    (records / "nowhere.yaml").symlink_to("nothing.yaml")
    marked = {item.path.rpartition("/")[2]: item.outside for item in Folder(workspace).records()}
    assert marked == {"a.yaml": False, "inside.yaml": True, "nowhere.yaml": True, "outside.yaml": True}


@pytest.mark.parametrize("path", ["records/2024", "records", "plan/measures.yaml", "plan"])
def test_what_lies_elsewhere_in_the_workspace_is_marked(workspace, path):
    (workspace / "records" / "2024").mkdir(parents=True)
    (workspace / path).rename(workspace / "elsewhere")
    (workspace / path).symlink_to(workspace / "elsewhere")
    tree = Folder(workspace)
    marked = [tree.plan(), *tree.records()]
    expected = "plan/measures.yaml" if path == "plan" else path
    assert [item.path for item in marked if item.outside] == [expected]


@pytest.mark.parametrize("path", ["records/2024/closed.yaml", "records/2024", "records"])
def test_seals_behind_a_link_are_marked(workspace, path):
    (workspace / "records" / "2024").mkdir(parents=True)
    (workspace / "records" / "2024" / "closed.yaml").touch()
    assert Folder(workspace).seals(2024) == Found("records/2024/closed.yaml")
    (workspace / path).rename(workspace / "elsewhere")
    (workspace / path).symlink_to(workspace / "elsewhere")
    assert Folder(workspace).seals(2024) == Found("records/2024/closed.yaml", outside=True)
    assert Folder(workspace).seals(2023) is None


def test_a_link_to_a_folder_is_not_followed(workspace, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.yaml").touch()
    (workspace / "records").mkdir()
    (workspace / "records" / "2024").symlink_to(tmp_path / "elsewhere")
    assert list(Folder(workspace).records()) == [Found("records/2024", outside=True)]


def test_records_and_a_plan_that_lie_elsewhere_are_marked(workspace, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (workspace / "records").symlink_to(tmp_path / "elsewhere")
    assert list(Folder(workspace).records()) == [Found("records", outside=True)]
    (workspace / "plan" / "measures.yaml").rename(tmp_path / "plan.yaml")
    (workspace / "plan" / "measures.yaml").symlink_to(tmp_path / "plan.yaml")
    assert Folder(workspace).plan() == Found("plan/measures.yaml", outside=True)


def test_a_workspace_behind_a_link_is_read_as_its_own(workspace, records, tmp_path):
    (records / "a.yaml").touch()
    (tmp_path / "shortcut").symlink_to(workspace)
    tree = Folder(tmp_path / "shortcut")
    assert list(tree.records()) == [Found("records/2024/1-1-2-1/a.yaml")]
    assert tree.plan() == Found("plan/measures.yaml")


def test_a_link_that_leads_to_itself_is_marked(workspace, records):
    (records / "loop.yaml").symlink_to("loop.yaml")
    assert list(Folder(workspace).records()) == [Found("records/2024/1-1-2-1/loop.yaml", outside=True)]


def test_a_file_in_the_place_of_the_records_is_found_as_a_file(workspace):
    (workspace / "records").write_bytes(b"")
    assert [path for path in found(workspace) if path != "records"] == []


@pytest.mark.parametrize("path", ["records/2024/1-1-2-1", "records/2024", "records"])
def test_nothing_is_written_through_a_link(workspace, records, tmp_path, path):
    (workspace / path).rename(tmp_path / "elsewhere")
    (workspace / path).symlink_to(tmp_path / "elsewhere")
    before = sorted((tmp_path / "elsewhere").rglob("*"))
    with pytest.raises(EnvironmentFault) as caught:
        Folder(workspace).write("records/2024/1-1-2-1/a.yaml", b"x")
    assert "is a symbolic link" in caught.value.text(str)
    assert sorted((tmp_path / "elsewhere").rglob("*")) == before
    assert records.name == "1-1-2-1"


def test_a_folder_behind_a_link_is_found_as_that_alone(workspace, records, tmp_path):
    (records / "a.yaml").touch()
    records.rename(tmp_path / "elsewhere")
    records.symlink_to(tmp_path / "elsewhere")
    assert list(Folder(workspace).below("records/2024/1-1-2-1")) == [Found("records/2024/1-1-2-1", outside=True)]
    assert list(Folder(workspace).below("records/2023")) == []


@pytest.mark.usefixtures("records")
def test_a_junction_of_windows_is_marked_and_not_gone_into(workspace, monkeypatch):
    linked = str(workspace / "records" / "2024")
    fake = SimpleNamespace(name="nt", scandir=os.scandir, path=os.path, fspath=os.fspath)
    monkeypatch.setattr(folder, "os", fake)
    monkeypatch.setattr(folder, "is_link", lambda path: str(path) == linked)
    assert list(Folder(workspace).records()) == [Found("records/2024", outside=True)]
