# mypy: allow-untyped-calls
"""A repository from anywhere: whatever its configuration names, no command that reads runs it.

Every way in which git lets a repository name a program is a trap here: the program leaves a file
named after the trap. First git itself steps into them, so that it is known that they work.
"""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from mizuho_pdca.cli.main import Root
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage.git import program as module_of_git

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="the traps are shell scripts")]

ROOT = Path(__file__).parents[1]
SECONDS = 60

ENTRY = """\
schema: 1
id: {name}
kind: activity
target: 1-1-2-1
date: {day}
summary: {summary}
values: {{company-visits: 3}}
by: 産業課
recorded: {day}T10:22:33+09:00
"""
EVALUATION = """\
schema: 1
id: 2025-04-10-k7x3q9
kind: evaluation
target: 1-1-2-1
date: 2025-04-10
fiscal_year: 2024
rating: A
by: 産業課
recorded: 2025-04-10T10:22:33+09:00
"""
FIRST, SECOND, RATED = (
    f"records/2024/1-1-2-1/{name}.yaml" for name in ("2024-06-12-k7x3q9", "2024-07-12-k7x3q9", "2025-04-10-k7x3q9")
)
MODULE = "records/2024/1-1-2-2/module"

FILTERS = (b"evil", b"a=b", b"form\x0cfeed", "行\u2028分".encode(), b"not-\xff-utf-8", b"a.b", b"q\\uote")
"""Names of content filters, among them such as are hard to say on a command line."""

BUILT_IN = (
    *("add", "blame", "cat-file", "commit", "config", "diff", "diff-tree", "fsck", "hash-object", "log", "ls-files"),
    *("ls-tree", "merge-base", "name-rev", "rev-list", "rev-parse", "show", "status", "var", "version", "worktree"),
)
HOOKS = (
    *("applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-checkout", "post-commit", "post-index-change"),
    *("post-merge", "post-rewrite", "pre-auto-gc", "pre-commit", "pre-push", "prepare-commit-msg"),
    *("reference-transaction", "push-to-checkout", "sendemail-validate", "update"),
)
ATTRIBUTES = "diff=evil merge=evil"


class Traps:
    """Programs that leave a file in a folder, each named after itself."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = folder.with_suffix(".bin")
        folder.mkdir()
        self.programs.mkdir()

    def __getitem__(self, name):
        """Return the path of a trap; a filter hands on what it is given."""
        program = self.programs / name
        then = "exec cat" if name.startswith(("clean", "smudge")) else "exit 1"
        program.write_text(f'#!/bin/sh\n: > "{self.folder}/{name}"\n{then}\n', encoding="utf-8")
        program.chmod(0o755)
        return program.as_posix()

    @property
    def sprung(self):
        """Return the names of the traps that something has stepped into."""
        return {path.name for path in self.folder.iterdir()}

    def set_again(self):
        for path in self.folder.iterdir():
            path.unlink()


def section(name, *values):
    """Return a section of a configuration, with values in quotes."""
    lines = [f"[{name}]", *(f'\t{key} = "{value}"' for key, value in values)]
    return "\n".join([*lines, ""]).encode()


def filters(traps):
    for number, name in enumerate(FILTERS):
        quoted = name.replace(b"\\", b"\\\\")
        more = (("clean", traps[f"clean{number}"]), ("smudge", traps[f"smudge{number}"]))
        yield section('filter "X"', *more, ("required", "true")).replace(b"X", quoted, 1)
    yield section('filter "process"', ("process", traps["process"]), ("required", "false"))


def configuration(traps, kind=""):
    """Return everything by which a configuration can name a program."""
    yield section(
        "core",
        *(
            (key, traps[f"{kind}{key}"])
            for key in ("fsmonitor", "pager", "editor", "askPass", "sshCommand", "gitProxy")
        ),
        ("hooksPath", traps.folder.with_suffix(".hooks")),
        ("alternateRefsCommand", traps["alternateRefsCommand"]),
    )
    yield section("pager", *((name, traps[f"pager-{name}"]) for name in BUILT_IN))
    yield section("alias", *((name, f"!{traps[f'alias-{name}']}") for name in BUILT_IN))
    yield section("sequence", ("editor", traps["sequence"]))
    yield section("diff", ("external", traps["diff-external"]), ("trustExitCode", "true"))
    yield section('diff "evil"', ("textconv", traps["textconv"]), ("cachetextconv", "false"))
    yield section('diff "other"', ("command", traps["diff-command"]))
    yield section('merge "evil"', ("driver", traps["merge"]))
    yield section("gpg", ("program", traps["gpg"]))
    yield section('gpg "ssh"', ("program", traps["gpg-ssh"]), ("defaultKeyCommand", traps["gpg-key"]))
    yield section('gpg "x509"', ("program", traps["gpg-x509"]))
    yield section("log", ("showSignature", "true"), ("mailmap", "true"))
    yield section("commit", ("gpgSign", "true"))
    yield section("credential", ("helper", f"!{traps['credential']}"))
    yield section("interactive", ("diffFilter", traps["interactive"]))
    yield section("uploadpack", ("packObjectsHook", traps["packObjectsHook"]))
    yield section('trailer "sign"', ("command", traps["trailer"]), ("key", "Sign"))
    yield section('trailer "cmd"', ("cmd", traps["trailer-cmd"]), ("key", "Cmd"))
    yield section("status", ("submoduleSummary", "true"), ("showUntrackedFiles", "no"))
    yield section("submodule", ("recurse", "true"))
    yield section("diff", ("submodule", "log"), ("ignoreSubmodules", "none"))
    yield section("protocol", ("allow", "always"))
    yield section('protocol "ext"', ("allow", "always"))
    yield section('protocol "file"', ("allow", "always"))
    yield from filters(traps)


def remote(traps):
    """Return a clone that would fetch what it has not got, with a command for a server."""
    yield section("core", ("repositoryformatversion", "1"))
    yield section("extensions", ("partialClone", "origin"))
    yield section(
        'remote "origin"',
        ("url", f"ext::{traps['fetch']}"),
        ("promisor", "true"),
        ("partialclonefilter", "blob:none"),
        ("uploadpack", traps["uploadpack"]),
        ("fetch", "+refs/heads/*:refs/remotes/origin/*"),
    )


def git(folder, *arguments, stdin=b"", check=True):
    result = subprocess.run(["git", *arguments], cwd=folder, input=stdin, capture_output=True, check=False)
    assert not check or result.returncode == 0, result.stderr.decode(errors="replace")
    return result.stdout.decode(errors="replace").strip()


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def arm(folder, traps, kind=""):
    """Set every trap in a repository."""
    hooks = traps.folder.with_suffix(".hooks")
    for place in (hooks, folder / ".git" / "hooks"):
        place.mkdir(parents=True, exist_ok=True)
        for name in HOOKS:
            hook = place / name
            hook.write_text(f"#!/bin/sh\nexec {traps[f'hook-{name}']}\n", encoding="utf-8")
            hook.chmod(0o755)
    (folder / ".git" / "more").write_bytes(b"".join(configuration(traps, f"{kind}included-")))
    config = folder / ".git" / "config"
    config.write_bytes(
        config.read_bytes()
        + b"".join(configuration(traps, kind))
        + section("include", ("path", "more"))
    )  # fmt: skip


def build(root, traps):
    """Make a workspace in a repository that is all traps; return two commits, and the file of a lost object."""
    write(root, "plan/measures.yaml", (ROOT / "plan" / "measures.yaml").read_text(encoding="utf-8"))
    write(root, FIRST, ENTRY.format(name=Path(FIRST).stem, day="2024-06-12", summary="訪問した。"))
    for year in (2022, 2023):
        for number in range(3):
            name = f"{year}-06-1{number}-k7x3q9"
            write(root, f"records/{year}/1-1-2-1/{name}.yaml", ENTRY.format(name=name, day=name[:10], summary="訪問。"))
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "begin")
    first = git(root, "rev-parse", "HEAD")
    lost = git(root, "rev-parse", f"HEAD:{FIRST}")
    write(root, FIRST, ENTRY.format(name=Path(FIRST).stem, day="2024-06-12", summary="三社を訪問した。"))
    write(root, SECOND, ENTRY.format(name=Path(SECOND).stem, day="2024-07-12", summary="また訪問した。"))
    write(root, RATED, EVALUATION)
    write(root, ".mailmap", "誰か <a@b.example> 産業課 <sangyo@town.example>\n")
    write(root, ".gitmodules", f'[submodule "m"]\n\tpath = {MODULE}\n\turl = ext::{traps["fetch-module"]}\n')
    attributes(root)
    module(root, traps)
    git(root, "add", ".")
    tree = git(root, "write-tree")
    last = signed(root, tree, first)
    git(root, "update-ref", "HEAD", last)
    gap = root / ".git" / "objects" / lost[:2] / lost[2:]
    data = gap.read_bytes()
    gap.unlink()
    for path in root.glob("records/**/*.yaml"):  # git has to look at what is in them
        os.utime(path, (1_700_000_000, 1_700_000_000))
    os.utime(root / "plan" / "measures.yaml", (1_700_000_000, 1_700_000_000))
    arm(root, traps)
    config = root / ".git" / "config"
    config.write_bytes(config.read_bytes() + b"".join(remote(traps)))
    return first, last, (gap, data)


def attributes(root):
    """Let every file pass through a driver, and each of them through one of the filters."""
    paths = [path.relative_to(root).as_posix() for path in sorted(root.glob("records/**/*.yaml"))]
    lines = [f"* {ATTRIBUTES} filter=evil".encode()]
    for path, name in zip(paths, FILTERS, strict=False):
        lines.append(f"{path} ".encode() + b"filter=" + name)
    lines.append(f"{RATED} diff=other filter=process".encode())
    (root / ".gitattributes").write_bytes(b"\n".join([*lines, b""]))
    info = root / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_bytes(b"\n".join([*lines[1:], b""]))


def module(root, traps):
    """Put a repository with traps of its own into the records."""
    folder = root / MODULE
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    (folder / "note").write_text("a", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "begin")
    arm(folder, traps, "module-")
    (folder / "note").write_text("b", encoding="utf-8")


def signed(root, tree, parent):
    """Return a commit with a signature, which only a program could check."""
    lines = [
        f"tree {tree}",
        f"parent {parent}",
        "author 産業課 <sangyo@town.example> 1750000000 +0900",
        "committer 産業課 <sangyo@town.example> 1750000000 +0900",
        "gpgsig -----BEGIN PGP SIGNATURE-----",
        " ",
        " iQ",
        " -----END PGP SIGNATURE-----",
        "",
        "more\n\nSign: x\n",
    ]
    return git(root, "hash-object", "-t", "commit", "-w", "--stdin", stdin="\n".join(lines).encode())


class Hostile:
    """The repository with its traps, and a way to run ``pdca`` there."""

    def __init__(self, folder, home):
        self.traps = Traps(folder / "traps")
        self.root = folder / "town"
        self.outside = folder / "outside"
        self.outside.mkdir()
        self.home = home
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("GIT_")]:
                patch.delenv(name)
            patch.setenv("HOME", str(home))
            patch.setenv("XDG_CONFIG_HOME", str(home))
            self.first, self.last, self.lost = build(self.root, self.traps)
        self.traps.set_again()

    def pdca(self, *arguments):
        """Run a command as a program of its own; return its exit code, output and errors."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PDCA_LANG": "en"}
        done = subprocess.run(
            [sys.executable, "-m", "mizuho_pdca", *(text.format(**self.names) for text in arguments)],
            cwd=self.root,
            env=environment,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    @property
    def names(self):
        return {"out": self.outside, "first": self.first, "last": self.last}


@pytest.fixture(scope="module")
def shared(tmp_path_factory, home):
    return Hostile(tmp_path_factory.mktemp("hostile"), home)


@pytest.fixture
def hostile(shared):
    """Return the repository, with every trap set."""
    shared.traps.set_again()
    return shared


# -- the traps work ---------------------------------------------------------------------------


WITHOUT = ("-c", "filter.process.process=", "-c", "core.fsmonitor=false")
"""Options without two of the traps, which would stop git before it comes to the next one."""


@pytest.mark.parametrize(
    ("arguments", "sprung"),
    [
        (("status",), {"included-fsmonitor", "process"} | {f"clean{number}" for number in range(len(FILTERS))}),
        ((*WITHOUT[:2], "status", "--ignore-submodules=none"), {"module-included-fsmonitor"}),
        ((*WITHOUT, "diff"), {"diff-external"}),
        ((*WITHOUT, "diff", "--no-ext-diff", "HEAD^", "--", SECOND), {"textconv"}),
        ((*WITHOUT, "log", "-1"), {"gpg"}),
        ((*WITHOUT, "commit", "--allow-empty", "-m", "x"), {"hook-pre-commit"}),
        ((*WITHOUT, "fetch", "origin"), {"fetch"}),
        (("cat-file", "-p", "0" * 39 + "1"), {"fetch"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_git_itself_steps_into_the_traps(hostile, tmp_path, arguments, sprung):
    shutil.copytree(hostile.root, tmp_path / "copy", symlinks=True)
    git(tmp_path / "copy", *arguments, check=False)
    assert hostile.traps.sprung >= sprung


def test_a_git_that_knows_no_better_fetches_nothing_either(hostile, monkeypatch):
    monkeypatch.delitem(vars(module_of_git)["_ENVIRONMENT"], "GIT_NO_LAZY_FETCH")
    # git may end at the transport that it is forbidden
    with suppress(EnvironmentFault), module_of_git.Git(hostile.root).batch() as batch:
        assert batch.get("0" * 39 + "1") is None
    assert hostile.traps.sprung == set()


def test_no_filter_is_asked_whether_the_data_has_changed_whatever_its_name_is(hostile):
    assert module_of_git.Git(hostile.root).as_of() == AsOf(hostile.last, dirty=False)
    assert hostile.traps.sprung == set()


@pytest.mark.parametrize("then", ["exit 3", "exec sleep 60"])
def test_where_the_filters_can_not_be_listed_git_is_not_asked_at_all(hostile, tmp_path, monkeypatch, then):
    program, real = tmp_path / "bin" / "git", shutil.which("git")
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncase "$*" in *filter*) {then};; esac\nexec "{real}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setattr(module_of_git, "_SECONDS", 0.5)
    assert module_of_git.Git(hostile.root).as_of() == AsOf(hostile.last, dirty=None)
    assert hostile.traps.sprung == set()


# -- pdca does not ----------------------------------------------------------------------------

READING = [
    ((), 0),
    (("status",), 0),
    (("status", "--year", "2024", "-f", "json"), 0),
    *((("review", "2024", "-f", form), 0) for form in ("table", "text", "markdown", "csv", "json")),
    *((("review", "2024", "-o", f"{{out}}/review.{form}", "--force"), 0) for form in ("xlsx", "html", "pdf", "docx")),
    (("plan",), 0),
    (("trend", "company-visits"), 0),
    (("explain", "company-visits", "2024"), 0),
    (("validate",), 0),
    # at a commit there is another repository within the records, which is refused by name
    (("review", "2024", "-f", "json", "--as-of", "HEAD"), 1),
    (("review", "2024", "-f", "json", "--as-of", "今日"), 1),
    (("diff", "2024", "--from", "HEAD", "-f", "json"), 1),
    (("diff", "2024", "--from", "HEAD", "--to", "{last}"), 1),
]
HISTORY = [("history",), ("history", "1-1-2-1"), ("audit",), ("audit", "-f", "json")]


def run(hostile, *arguments):
    """Run a command; no trap may be sprung, and no fault of the program itself told."""
    code, out, err = hostile.pdca(*arguments)
    assert hostile.traps.sprung == set()
    assert "Traceback" not in err
    return code, out, err


@pytest.mark.parametrize(
    ("arguments", "code"), READING, ids=lambda value: " ".join(value) or "pdca" if isinstance(value, tuple) else ""
)
def test_a_command_that_reads_runs_nothing(hostile, arguments, code):
    result = run(hostile, *arguments)
    assert result[0] == code, result


@pytest.fixture
def whole(hostile):
    """Give the repository back the object that it has lost."""
    path, data = hostile.lost
    path.write_bytes(data)
    yield hostile
    path.unlink()


@pytest.mark.parametrize("arguments", [case for case in HISTORY if case[0] in Root.listed], ids=" ".join)
def test_a_command_that_reads_the_history_runs_nothing(whole, arguments):
    code, out, err = run(whole, *arguments)
    assert code in {0, 1}, (code, out, err)
    assert out


@pytest.mark.parametrize("arguments", [case for case in HISTORY if case[0] in Root.listed], ids=" ".join)
def test_nor_where_the_history_has_a_gap(hostile, arguments):
    code, out, err = run(hostile, *arguments)
    assert (code, out) == (4, "")
    assert "git fsck" in err


@pytest.mark.parametrize(
    "arguments", [("review", "2024", "--as-of", "{first}"), ("diff", "2024", "--from", "{first}")], ids=" ".join
)
def test_a_lost_object_is_not_fetched_from_where_the_configuration_says(hostile, arguments):
    code, out, err = run(hostile, *arguments)
    assert (code, out) == (4, "")
    assert "git has lost the object" in err
    assert "git fsck" in err


def test_a_packet_is_checked_without_running_anything(hostile):
    run(hostile, "packet", "2024", "-o", "{out}/checked")
    code, out, err = run(hostile, "packet", "2024", "--verify", "{out}/checked")
    assert (code, err) == (0, ""), out
    assert json.loads((hostile.outside / "checked" / "manifest.json").read_bytes())["as_of"] == {
        "commit": hostile.last,
        "dirty": False,
    }


def test_the_workspace_is_clean_though_no_filter_was_asked(hostile):
    code, out, _ = run(hostile, "review", "2024", "-f", "json")
    assert (code, json.loads(out)["as_of"]) == (0, {"commit": hostile.last, "dirty": False})
