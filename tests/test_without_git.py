# mypy: allow-untyped-calls
"""Without the git program, and outside a repository: all but the history works, and that says what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mizuho_pdca.cli.main import Root, main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
MISSING = ("the program git was not found", "Install git")
OUTSIDE = ("is not under git", "git init")

HISTORY = [
    ("diff", "2024", "--from", "HEAD"),
    ("diff", "2024", "--from", "2025-06-30", "--to", "HEAD", "-f", "json"),
    ("review", "2024", "--as-of", "HEAD"),
    ("review", "2024", "--as-of", "今日", "-f", "json"),
    ("packet", "2024", "-o", "{out}/packet", "--as-of", "HEAD"),
    ("history",),
    ("audit",),
    ("commit",),
]
THERE = [arguments for arguments in HISTORY if arguments[0] in Root.listed]


@pytest.fixture
def run(capsysbinary, monkeypatch, workspace, tmp_path, make_desk):
    """Run ``pdca`` in English in the workspace; return code, output and errors."""
    monkeypatch.setenv("PDCA_LANG", "en")
    monkeypatch.setenv("PDCA_BY", "産業課")
    monkeypatch.setenv("PATH", os.environ["PATH"])

    def pdca(*arguments):
        capsysbinary.readouterr()
        desk = make_desk(workspace)
        code = main([text.format(out=tmp_path / "out") for text in arguments], lambda _: desk)
        out, err = capsysbinary.readouterr()
        return code, out.decode(errors="replace"), err.decode()

    (tmp_path / "out").mkdir()
    return pdca


@pytest.fixture(params=["no program", "no repository"])
def told(request, workspace, git, monkeypatch, tmp_path):
    """Take git away in two ways; return the words that say so, and what to do."""
    if request.param == "no repository":
        return OUTSIDE
    git(workspace, "init", "--quiet")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    return MISSING


def test_a_whole_year_goes_without_git(run, told, workspace):
    assert told
    log = ("log", "1-1②-1", "-m", "訪問した。", "-d", "2024-06-12", "--status", "done", "--value", "company-visits=3")
    for arguments in (
        log,
        ("actual", "company-visits", "30", "--year", "2023"),
        ("evaluate", "1-1②-1", "--year", "2024", "--rating", "B"),
        ("improve", "1-1②-1", "--year", "2024", "--direction", "継続", "--next", "続ける。"),
        ("opinion", "1-1②-1", "--year", "2024", "--meeting", "2025-05-21", "-m", "もっと。"),
    ):
        code, _, err = run(*arguments)
        assert (code, err) == (0, ""), (arguments, err)
    opinion = next(
        path.stem for path in workspace.glob("records/*/*/*.yaml") if "kind: opinion" in path.read_text("utf-8")
    )
    answer = run("respond", opinion, "--state", "対応済", "-m", "増やした。")
    assert answer[::2] == (0, ""), answer[2]
    entry = next(path.stem for path in workspace.glob("records/2024/*/2024-06-12-*.yaml"))
    assert run("withdraw", entry, "--reason", "誤記")[::2] == (0, "")
    assert run("validate")[::2] == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("status",),
        ("plan",),
        ("trend",),
        ("explain", "1-1", "2024"),
        ("review", "2024"),
        ("review", "2024", "-f", "csv"),
        ("review", "2024", "-o", "{out}/review.xlsx"),
        ("packet", "2024", "-o", "{out}/packet"),
    ],
    ids=lambda arguments: " ".join(arguments) or "pdca",
)
def test_what_reads_goes_without_git(run, told, arguments):
    assert told
    code, _, err = run(*arguments)
    assert (code, err) == (0, "")


def test_a_review_without_git_says_that_no_commit_is_known(run, told):
    assert told
    assert json.loads(run("review", "2024", "-f", "json")[1])["as_of"] == {"commit": None, "dirty": None}


def test_a_year_is_closed_and_opened_without_git(run, told):
    assert told
    for arguments in (
        ("close", "2024", "--meeting", "2025-05-21", "--allow-incomplete"),
        ("reopen", "2024", "--reason", "誤記"),
    ):
        code, _, err = run(*arguments)
        assert (code, err) == (0, ""), (arguments, err)


@pytest.mark.parametrize("arguments", THERE, ids=" ".join)
def test_what_needs_the_history_says_what_to_do(run, told, tmp_path, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (4, "")
    assert all(words in err for words in told), err
    assert "Traceback" not in err
    assert list((tmp_path / "out").iterdir()) == []


def test_the_program_itself_needs_no_path_at_all(workspace, tmp_path):
    """As a program of its own: with an empty PATH, in a folder made by itself."""
    environment = {
        **os.environ,
        "PATH": str(tmp_path / "nothing"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "PDCA_LANG": "en",
        "PDCA_BY": "産業課",
    }

    def program(*arguments, folder=workspace):
        command = [sys.executable, "-m", "mizuho_pdca", *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        return done.returncode, done.stderr

    new = tmp_path / "new"
    assert program("init", str(new), folder=tmp_path) == (0, "")
    assert program("log", "1-1②-1", "-m", "訪問した。", folder=new) == (0, "")
    assert program("validate", folder=new) == (0, "")
    code, err = program("diff", "2024", "--from", "HEAD")
    assert (code, "Install git" in err, "Traceback" in err) == (4, True, False)
