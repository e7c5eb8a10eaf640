# mypy: allow-untyped-calls
"""A repository that tests write commits and objects into, however broken."""

import subprocess

import pytest

from mizuho_pdca.storage.git.differences import Differences
from mizuho_pdca.storage.git.objects import opened
from mizuho_pdca.storage.git.program import Git


class Town:
    """A workspace in a repository."""

    def __init__(self, root, git):
        self.root = root
        self.git = lambda *arguments: git(root, *arguments).strip()

    def write(self, path, text="schema: 1\n"):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def commit(self, message="x", *more):
        self.git("add", "--all", ".")
        self.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", message, *more)
        return self.git("rev-parse", "HEAD")

    def make(self, kind, raw):
        """Write an object as it is, however broken; return its name."""
        made = subprocess.run(
            ["git", "hash-object", "--literally", "-t", kind, "-w", "--stdin"],
            cwd=self.root, input=raw, capture_output=True, check=True,
        )  # fmt: skip
        return made.stdout.decode().strip()

    def differences(self, new, old=None):
        """Return what differs between two commits, or what the first one holds."""
        git = Git(self.root)
        return Differences(git, git.prefix(), {new: [] if old is None else [old]})

    def changes(self, new, old=None):
        """Return kind and path of what changed between two commits, or of what the first one holds."""
        return [(change.kind, change.path) for change in self.differences(new, old).changes(new, old)]

    def put(self, mode, name, path):
        """Let git keep something at a path that is no file; return the commit."""
        self.git("update-index", "--add", "--cacheinfo", f"{mode},{name},{path}")
        self.git("commit", "--quiet", "-m", "put")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def make_town(git):
    """Take a folder of a repository."""
    return lambda root: Town(root, git)


@pytest.fixture
def town(workspace, git, make_town):
    """Make a workspace in a repository without a commit."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    return make_town(workspace)


@pytest.fixture
def open_town(town):
    """Open the objects of the workspace's repository."""
    return lambda: opened(Git(town.root))
