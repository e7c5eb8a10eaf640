# mypy: allow-untyped-calls
"""The command that shows what is installed, for whoever helps."""

import importlib.metadata
import json
import os
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import mizuho_pdca
from mizuho_pdca import __version__
from mizuho_pdca.storage.git.program import Git


@pytest.fixture
def without(monkeypatch):
    """Let some packages be missing."""
    version = importlib.metadata.version

    def hide(*names):
        def found(name):
            if name in names:
                raise PackageNotFoundError(name)
            return version(name)

        monkeypatch.setattr("mizuho_pdca.app.doctor.version", found)

    return hide


def found(result):
    data = json.loads(result.out)
    assert data["schema"] == "pdca.doctor/1"
    return {(row["heading"], row["name"]): row for row in data["findings"]}


@pytest.mark.usefixtures("repository")
def test_what_is_installed_and_where_a_command_would_work(pdca):
    signs = found(pdca("doctor", "-f", "json"))
    assert signs["Program", "pdca"]["found"] == __version__
    assert "typst" in signs["Extra papers", "packages"]["found"]
    assert signs["Workspace", "plan"]["found"] == "瑞穂町工業振興計画"
    assert signs["Workspace", "entries"]["found"] == "0"
    assert signs["Workspace", "history"]["found"] == "branch main, 1 commits"
    assert signs["git", "who commits"]["found"] == "known"
    assert all(row["remedy"] is None for row in signs.values())


@pytest.mark.usefixtures("repository")
def test_it_fits_on_one_screen_and_names_no_person(pdca, monkeypatch, home):
    monkeypatch.setenv("PDCA_BY", "山田花子")
    out = pdca("--lang", "ja", "doctor").out
    assert len(out.splitlines()) < 45
    assert "山田花子" not in out
    assert "sangyo@town.example" not in out
    assert str(home) not in out
    assert "PDCA_BY=…" in out
    assert "！" not in out


@pytest.mark.usefixtures("repository")
def test_variables_are_shown_with_paths_that_name_no_account(pdca, monkeypatch, home):
    for name in [name for name in os.environ if name.startswith("PDCA_")]:
        monkeypatch.delenv(name)
    signs = found(pdca("--lang", "en", "doctor", "-f", "json"))
    assert signs["Console", "variables"]["found"] == "none are set"
    monkeypatch.setenv("PDCA_STATE", str(home / "state"))
    monkeypatch.setenv("PDCA_LANG", "en")
    signs = found(pdca("--lang", "en", "doctor", "-f", "json"))
    assert signs["Program", "installed in"]["found"] == str(Path(mizuho_pdca.__file__).parent)
    assert signs["Console", "variables"]["found"] == f"PDCA_LANG=en, PDCA_STATE={Path('~') / 'state'}"


@pytest.mark.usefixtures("repository")
def test_who_commits_is_said_by_a_command_where_git_does_not_know(pdca, monkeypatch):
    monkeypatch.setattr(Git, "knows_who", lambda _: False)
    who = found(pdca("--lang", "en", "doctor", "-f", "json"))["git", "who commits"]
    assert who["found"] == "not known"
    assert 'git config --global user.name "瑞穂 花子"' in who["remedy"]


@pytest.mark.usefixtures("workspace")
def test_what_is_missing_comes_with_what_to_do(pdca, without, monkeypatch):
    without("typst", "ryaml")
    monkeypatch.setenv("PATH", "")
    signs = found(pdca("doctor", "-f", "json"))
    assert signs["Extra papers", "not installed"]["found"] == "typst"
    assert signs["Extra papers", "not installed"]["remedy"] == 'Install it: python -m pip install "mizuho-pdca[papers]"'
    assert signs["Program", "reader of files"]["remedy"].endswith("python -m pip install ryaml")
    assert signs["git", "program"]["found"] == "not found"
    assert "python -m pip install" in pdca("doctor").out


def test_without_a_workspace_the_rest_is_shown(pdca, tmp_path):
    result = pdca("-C", str(tmp_path), "doctor", "-f", "json")
    assert result.code == 0
    assert "is not a workspace" in found(result)["Workspace", "folder"]["found"]
    assert "pdca init" in found(result)["Workspace", "folder"]["remedy"]


def test_a_faulty_plan_and_a_folder_without_history_are_named(pdca, workspace):
    (workspace / "plan" / "measures.yaml").write_text("schema: 1\nplan: {}\n", encoding="utf-8")
    signs = found(pdca("doctor", "-f", "json"))
    assert signs["Workspace", "plan"]["remedy"] == "To see all of it: pdca validate"
    assert "git init -b main" in signs["Workspace", "history"]["remedy"]
