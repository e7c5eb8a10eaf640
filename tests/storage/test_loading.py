# mypy: allow-untyped-calls
import gc
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load, load_plan, read_entry
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.workspace import own_plan

TODAY = date(2025, 6, 15)
PLAN = own_plan().encode()
ENTRY = """\
schema: 1
id: 2024-06-12-aaaaaa
kind: activity
target: 1-1-2-1
date: 2024-06-12
status: in_progress
summary: 訪問した。
values: {company-visits: 3}
by: 産業課
recorded: 2024-06-12T10:22:33+09:00
"""


def entry(name="2024-06-12-aaaaaa", change="", text=ENTRY):
    """Return path and bytes of an entry whose id is the name; ``change`` is ``old -> new``."""
    whole = text.replace("2024-06-12-aaaaaa", name)
    if change:
        old, new = change.split(" -> ")
        assert old in whole
        whole = whole.replace(old, new)
    return f"records/2024/1-1-2-1/{name}.yaml", whole.encode()


def loaded(*entries, plan=PLAN):
    return load(Memory({"plan/measures.yaml": plan, **dict(entries)}), TODAY)


def codes(workspace):
    return [(problem.fault.code, problem.line) for problem in workspace.problems]


def test_a_workspace_without_records_is_the_plan_alone():
    workspace = loaded()
    assert workspace.plan is not None
    assert (workspace.ledger.entries, workspace.problems, workspace.files) == ([], (), 0)


def test_entries_are_read_into_the_ledger():
    other = ENTRY.replace("訪問した。", "相談した。").replace(": 3}", ": 4}")
    workspace = loaded(entry("2024-06-12-bbbbbb", text=other), entry("2024-06-12-aaaaaa"))
    assert [item.id for item in workspace.ledger.entries] == ["2024-06-12-aaaaaa", "2024-06-12-bbbbbb"]
    assert (workspace.problems, workspace.files) == ((), 2)


def test_every_fault_of_every_file_comes_in_one_pass_ordered_by_place():
    workspace = loaded(
        entry("2024-06-12-aaaaaa", "status: in_progress -> status: 実施"),
        entry("2024-06-12-bbbbbb", "by: 産業課 -> bye: 産業課"),
        entry("2024-06-12-cccccc", "kind: activity -> kind: [activity"),
        entry("2024-06-12-dddddd", "company-visits: 3 -> company-visit: 3"),
        entry("2024-06-12-eeeeee"),
    )
    assert [problem.file[-11:-5] for problem in workspace.problems] == [
        "aaaaaa",
        "bbbbbb",
        "bbbbbb",
        "cccccc",
        "dddddd",
    ]
    assert {code for code, _ in codes(workspace)} >= {"E204", "E101", "E102", "E207"}
    assert codes(workspace)[0] == ("E204", 6)
    assert [item.id for item in workspace.ledger.entries] == ["2024-06-12-eeeeee"]
    assert workspace.files == 5


def test_a_key_that_is_not_known_does_not_hide_a_word_that_is_wrong():
    changed = entry(change="status: in_progress -> status: 実施\nfoo: 1")
    assert [code for code, _ in codes(loaded(changed))] == ["E204", "E101"]


def test_a_faulty_plan_leaves_no_plan_and_the_entries_are_still_read():
    workspace = loaded(entry(), entry("2024-06-12-bbbbbb", "schema: 1 -> schema: 2"), plan=b"schema: 1\n")
    assert workspace.plan is None
    assert {problem.file for problem in workspace.problems} == {"plan/measures.yaml", entry("2024-06-12-bbbbbb")[0]}
    assert len(workspace.ledger.entries) == 1


def test_a_plan_that_reads_well_but_is_wrong_is_marked_at_its_line():
    faulty = PLAN.replace(b"- id: 1-2\n", b"- id: 1-1\n", 1)
    assert faulty != PLAN
    plan, problems = load_plan(Memory({"plan/measures.yaml": faulty}))
    assert plan is None
    assert {problem.fault.code for problem in problems} >= {"E112"}
    assert all(problem.line > 1 for problem in problems)


def test_a_missing_plan_is_a_problem_of_its_file():
    plan, problems = load_plan(Memory({}))
    assert plan is None
    assert [(problem.fault.code, problem.file) for problem in problems] == [("E011", "plan/measures.yaml")]


def test_a_faulty_reference_leaves_the_entry_out():
    workspace = loaded(
        entry(), entry("2024-06-12-bbbbbb", "by: 産業課 -> supersedes: 2024-01-01-zzzzzz\nreason: 誤記\nby: x")
    )
    assert codes(workspace) == [("E301", 9)]
    assert [item.id for item in workspace.ledger.entries] == ["2024-06-12-aaaaaa"]


def test_a_reference_to_a_faulty_entry_is_no_fault_of_its_own():
    workspace = loaded(
        entry("2024-06-12-aaaaaa", "status: in_progress -> status: 実施"),
        entry("2024-06-12-bbbbbb", "by: 産業課 -> supersedes: 2024-06-12-aaaaaa\nreason: 誤記\nby: x"),
    )
    assert codes(workspace) == [("E204", 6)]


def test_a_figure_that_counts_twice_is_a_note_and_its_entry_stays():
    actual = ENTRY.replace("activity", "actual").replace(
        "date: 2024-06-12\nstatus: in_progress\nsummary: 訪問した。", "date: 2025-05-01\nfiscal_year: 2024"
    )
    workspace = loaded(entry(), entry("2025-05-01-bbbbbb", text=actual))
    assert codes(workspace) == [("W401", 7)]
    assert workspace.errors == []
    assert len(workspace.ledger.entries) == 2


@pytest.mark.parametrize(
    "path",
    [
        "records/readme.txt",
        "records/2024/note.yaml",
        "records/2024/1-1-2-1/note.txt",
        "records/2024/1-1-2-1/more/2024-06-12-aaaaaa.yaml",
        "records/old/1-1-2-1/2024-06-12-aaaaaa.yaml",
    ],
)
def test_a_file_that_is_no_entry_is_noted_and_not_read(path):
    workspace = loaded((path, b"\xff"))
    assert [(problem.fault.code, problem.file, problem.line) for problem in workspace.problems] == [("W402", path, 0)]
    assert (workspace.errors, workspace.files) == ([], 0)


def test_links_that_lead_out_are_problems_and_never_read(workspace, tmp_path):
    path, raw = entry()
    (tmp_path / "secret.yaml").write_bytes(raw)
    (workspace / path).parent.mkdir(parents=True)
    (workspace / path).symlink_to(tmp_path / "secret.yaml")
    found = load(Folder(workspace), TODAY)
    assert [(problem.fault.code, problem.file) for problem in found.errors] == [("E010", path)]
    assert found.ledger.entries == []


@pytest.mark.parametrize("kind", ["folder", "loop"])
def test_what_can_not_be_read_is_a_problem_of_that_file_alone(workspace, kind):
    path, raw = entry()
    (workspace / path).parent.mkdir(parents=True)
    (workspace / path).write_bytes(raw)
    other = (workspace / path).with_name("2024-06-12-bbbbbb.yaml")
    if kind == "folder":
        (workspace / "elsewhere").mkdir()
        other.symlink_to(workspace / "elsewhere")
    else:
        other.symlink_to(other.name)
    found = load(Folder(workspace), TODAY)
    assert [problem.file for problem in found.errors] == [other.relative_to(workspace).as_posix()]
    assert len(found.ledger.entries) == 1


def test_a_file_in_the_place_of_the_records_is_a_problem(workspace):
    (workspace / "records").write_bytes(b"")
    assert [problem.file for problem in load(Folder(workspace), TODAY).problems] == ["records"]


def test_a_folder_that_may_not_be_read_is_a_problem(workspace, monkeypatch):
    (workspace / "records" / "2024").mkdir(parents=True)
    real = os.scandir

    def refuse(folder):
        if str(folder).endswith("2024"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [problem.file for problem in load(Folder(workspace), TODAY).errors] == ["records/2024"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
def test_a_file_that_only_the_marking_reader_refuses_is_a_problem_not_a_crash(separator):
    change = f"summary: 訪問した。 -> summary: |\n  一{separator}  {{>\n  > #二\nfoo: 1"
    workspace = loaded(entry(change=change))
    assert workspace.errors
    assert workspace.errors[0].file == entry()[0]


def test_one_entry_is_read_by_its_path_or_is_none():
    tree = Memory(dict([entry(), entry("2024-06-12-bbbbbb", "schema: 1 -> schema: x")]))
    found = read_entry(tree, entry()[0])
    assert found is not None
    assert found.id == "2024-06-12-aaaaaa"
    assert read_entry(tree, entry("2024-06-12-bbbbbb")[0]) is None
    assert read_entry(tree, "records/absent.yaml") is None


@pytest.mark.parametrize("enabled", [True, False])
def test_loading_leaves_the_collector_as_it_was(enabled):
    was_enabled = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        loaded(entry())
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()


def test_loading_writes_nothing(workspace):
    path, raw = entry()
    (workspace / path).parent.mkdir(parents=True)
    (workspace / path).write_bytes(raw)
    before = snapshot(workspace)
    load(Folder(workspace), TODAY)
    assert snapshot(workspace) == before


def snapshot(folder: Path) -> dict[Path, tuple[int, bytes]]:
    return {path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in folder.rglob("*")}


def test_what_may_be_there_twice_is_told_of_the_file_without_a_line():
    workspace = loaded(entry("2024-06-12-bbbbbb"), entry("2024-06-12-aaaaaa"))
    assert [(one.fault.code, one.file, one.line) for one in workspace.problems] == [
        ("W404", "records/2024/1-1-2-1/2024-06-12-bbbbbb.yaml", 0)
    ]
    assert len(workspace.ledger.in_force) == 2


@pytest.mark.slow
def test_where_no_year_was_closed_what_reckons_seals_is_not_loaded(workspace):
    path, raw = entry()
    (workspace / path).parent.mkdir(parents=True)
    (workspace / path).write_bytes(raw)
    asked = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from mizuho_pdca.storage.folder import Folder; from mizuho_pdca.storage.loading import load\n"
        f"print(load(Folder(Path({str(workspace)!r})), date(2025, 6, 15)).files)\n"
        "print([name for name in sys.modules if name.startswith(('mizuho_pdca.domain.closing.', 'ruamel'))])"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True)
    assert told.stdout.split("\n") == ["1", "[]", ""]
