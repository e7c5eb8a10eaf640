# mypy: allow-untyped-calls
"""The program as a person or a script uses it: arguments in, exit code, output and files out."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from mizuho_pdca.cli import prompts
from mizuho_pdca.cli.main import main

ROOT = Path(__file__).parents[2]


class Result(NamedTuple):
    """What a run left: its exit code and what it printed."""

    code: int
    out: str
    err: str
    raw: bytes


@pytest.fixture(autouse=True)
def english(monkeypatch, tmp_path):
    """Let the program speak English unless a test says otherwise, and keep drafts apart."""
    monkeypatch.setenv("PDCA_LANG", "en")
    monkeypatch.setenv("PDCA_STATE", str(tmp_path / "state"))


class Person:
    """Who sits at the terminal: gives answers in turn, remembers what was asked and what was offered."""

    def __init__(self):
        self.answers = []
        self.asked = []
        self.offered = []
        self.begun = []

    def _answer(self, words, typed):
        self.asked.append(words)
        self.begun.append(typed)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def choose(self, words, offers, _, typed="", **__):
        self.offered.append([offer.value for offer in offers])
        return self._answer(words, typed)

    def line(self, words, typed=""):
        return self._answer(words, typed)

    def paragraphs(self, words, typed, _, **__):
        return self._answer(words, typed)


@pytest.fixture
def person(monkeypatch):
    """Seat a person at the terminal; the test sets the answers."""
    seated = Person()
    monkeypatch.setattr(prompts, "at_terminal", lambda: True)
    for name in ("choose", "line", "paragraphs"):
        monkeypatch.setattr(prompts, name, getattr(seated, name))
    return seated


@pytest.fixture
def pdca(capsysbinary, monkeypatch, workspace, make_desk):
    """Run ``pdca`` in this process, in the workspace unless ``-C`` names another, on 2025-06-15."""

    def run(*arguments, stdin=None, **desk):
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        code = main(arguments, lambda named: make_desk(Path(named) if named else workspace, **desk))
        sys.stdout.flush()
        raw, err = capsysbinary.readouterr()
        return Result(code, raw.decode("utf-8", errors="surrogateescape"), err.decode(), raw)

    return run


@pytest.fixture
def program(workspace):
    """Run ``pdca`` as a program of its own, in the workspace, with some variables changed."""

    def run(*arguments, stdin=b"", folder=workspace, encoding="utf-8", **variables):
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": encoding,
            **variables,
        }
        done = subprocess.run(
            [sys.executable, "-m", "mizuho_pdca", *arguments],
            cwd=folder,
            env=environment,
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding), done.stdout)

    return run


@pytest.fixture
def entries(workspace):
    """Return the paths of all entries, in order."""
    return lambda: sorted(path.relative_to(workspace).as_posix() for path in workspace.glob("records/**/*.yaml"))


@pytest.fixture
def snapshot(workspace):
    """Return every file of the workspace with its time and its bytes."""
    return lambda: {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in sorted(workspace.rglob("*"))
    }


@pytest.fixture
def repository(workspace, git):
    """Put the workspace under git with one commit."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    return workspace


@pytest.fixture
def faulty_plan(workspace):
    """Put two faults into the plan."""
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("- id: 1-2\n", "- id: 1-1\n", 1).replace("relisted_from: 1-3-2-2", "relisted_from: 1-3-9-9", 1)
    path.write_text(text, encoding="utf-8")
    return path
