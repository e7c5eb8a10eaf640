"""The command that writes schemas for editors, and what a new workspace holds of them."""

import json

NAMES = ["entry.schema.json", "plan.schema.json"]


def test_both_are_written_in_the_language_of_the_plan(pdca, tmp_path, monkeypatch):
    monkeypatch.delenv("PDCA_LANG")
    folder = tmp_path / "形式"
    assert pdca("schema", "-o", str(folder)).code == 0
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    plan = json.loads((folder / NAMES[1]).read_text(encoding="utf-8"))
    assert plan["title"] == "計画（plan/measures.yaml）"
    before = (folder / NAMES[0]).read_bytes()
    assert pdca("schema", "-o", str(folder)).code == 0
    assert (folder / NAMES[0]).read_bytes() == before


def test_without_a_folder_they_go_where_the_editor_of_the_workspace_looks(pdca, workspace):
    result = pdca("schema")
    assert result.out.splitlines()[0] == f"{workspace / '.vscode' / NAMES[1]} was made"
    assert sorted(path.name for path in (workspace / ".vscode").iterdir()) == NAMES


def test_a_plan_that_is_not_known_has_no_schema(pdca, workspace, tmp_path):
    (workspace / "plan" / "measures.yaml").write_text("schema: 1\nplan: {}\n", encoding="utf-8")
    result = pdca("schema", "-o", str(tmp_path / "new"))
    assert (result.code, result.out) == (1, "")
    assert "E102" in result.err
    assert not (tmp_path / "new").exists()


def test_a_new_workspace_tells_its_editor(pdca, tmp_path, git):
    root = tmp_path / "new"
    assert pdca("init", str(root)).code == 0
    text = (root / "plan" / "measures.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../.vscode/plan.schema.json\n")
    settings = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        "./.vscode/plan.schema.json": "plan/measures.yaml",
        "./.vscode/entry.schema.json": "records/*/*/*.yaml",
    }
    assert git(root, "status", "--porcelain") == ""
    again = tmp_path / "again"
    assert pdca("init", str(again), "--from", str(root / "plan" / "measures.yaml")).code == 0
    assert (again / "plan" / "measures.yaml").read_text(encoding="utf-8") == text
