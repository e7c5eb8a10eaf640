"""What somebody who helps wants to know of an installation: versions, extras, console, git, workspace; no secrets."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mizuho_pdca import __version__
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.doctor import Examined, Sign
from mizuho_pdca.storage.git.program import Git

EXTRAS: Mapping[str, Sequence[str]] = {
    "papers": (
        "typst",
        "noto-cjk-sans-jp-regular",
        "noto-cjk-sans-jp-bold",
        "XlsxWriter",
        "python-calamine",
        "Jinja2",
        "vl-convert-python",
        "python-docx",
    ),
    "towns": ("duckdb", "narwhals"),
    "spark": ("pyspark",),
}
"""The packages of each extra, as they are known to pip."""

_NEEDED = ("typer", "rich", "pydantic", "ruamel.yaml", "tabulate", "wcwidth", "prompt_toolkit")
_FAST = "ryaml"
_PRIVATE = frozenset({"PDCA_BY"})
_GIT_FILES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")


@dataclass(frozen=True)
class Console:
    """What the streams are: encodings of input, output and errors, width, and whether a person sits there."""

    encodings: Sequence[str]
    width: int
    is_terminal: bool


def examine(desk: Desk, console: Console, language: str) -> list[Examined]:
    """Return what is installed, and where a command would work; it writes nothing, and names no person."""
    return [
        Examined(message(N_("Program")), tuple(_program())),
        *(
            Examined(message(N_("Extra {name}"), name=name), tuple(_extra(name, packages)))
            for name, packages in EXTRAS.items()
        ),
        Examined(message(N_("Console")), tuple(_console(console, language))),
        Examined(message("git"), tuple(_git(Git(desk.root if _missing(desk) is None else Path.home())))),
        Examined(message(N_("Workspace")), tuple(_files(desk))),
    ]


def _program() -> Iterator[Sign]:
    yield Sign(message("pdca"), __version__)
    yield Sign(message("Python"), f"{platform.python_version()} ({platform.architecture()[0]})")
    yield Sign(message(N_("system")), platform.platform(terse=True))
    yield Sign(message(N_("installed in")), _short(Path(__file__).parents[1]))
    yield Sign(message(N_("packages")), ", ".join(f"{name} {_version(name)}" for name in _NEEDED))
    fast = _version(_FAST)
    slow = message(N_("Without it files are read correctly, only slower: python -m pip install {name}"), name=_FAST)
    yield Sign(message(N_("reader of files")), f"{_FAST} {fast}", slow if fast == _NONE else None)


def _extra(name: str, packages: Sequence[str]) -> Iterator[Sign]:
    found = {package: _version(package) for package in packages}
    missing = [package for package, held in found.items() if held == _NONE]
    present = ", ".join(f"{package} {held}" for package, held in found.items() if held != _NONE)
    if present:
        yield Sign(message(N_("packages")), present)
    if missing:
        install = message(N_("Install it: {command}"), command=f'python -m pip install "mizuho-pdca[{name}]"')
        yield Sign(message(N_("not installed")), ", ".join(missing), install if name == _USUAL else None)


_USUAL = "papers"
"""The extra that every office wants; without the others nothing is amiss."""

_NONE = "-"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return _NONE


def _console(console: Console, language: str) -> Iterator[Sign]:
    names = ("stdin", "stdout", "stderr")
    encodings = [f"{name} {encoding}" for name, encoding in zip(names, console.encodings, strict=True)]
    yield Sign(message(N_("encodings")), ", ".join(encodings))
    yield Sign(message(N_("encoding of files' names")), sys.getfilesystemencoding())
    yield Sign(message(N_("locale")), ".".join(filter(None, locale.getlocale())) or "C")
    yield Sign(message(N_("language")), language)
    yield Sign(message(N_("width")), str(console.width))
    yield Sign(message(N_("terminal")), message(N_("yes")) if console.is_terminal else message(N_("no")))
    given = {name: value for name, value in sorted(os.environ.items()) if name.startswith("PDCA_")}
    shown = [f"{name}={'…' if name in _PRIVATE else _short(Path(value))}" for name, value in given.items()]
    shown += [name for name in _GIT_FILES if name in os.environ]
    yield Sign(message(N_("variables")), ", ".join(shown) or message(N_("none are set")))


def _git(git: Git) -> Iterator[Sign]:
    told = git.ask("--version")
    if told is None:
        without = message(N_("Install git, or go on without it: everything but the audit trail works."))
        yield Sign(message(N_("program")), message(N_("not found")), without)
        return
    yield Sign(message(N_("program")), told.strip().removeprefix("git version "))
    known = git.knows_who()
    say = message(N_("Say it once, for example: {command}"), command='git config --global user.name "瑞穂 花子"')
    told_who = message(N_("known")) if known else message(N_("not known"))
    yield Sign(message(N_("who commits")), told_who, None if known else say)


def _missing(desk: Desk) -> PdcaError | None:
    """Return why there is no workspace, None where there is one."""
    try:
        _ = desk.root
    except PdcaError as exc:
        return exc
    return None


def _files(desk: Desk) -> Iterator[Sign]:
    missing = _missing(desk)
    if missing is not None:
        yield Sign(message(N_("folder")), missing.message, missing.remedy)
        return
    yield Sign(message(N_("folder")), _short(desk.root))
    try:
        plan = desk.plan
    except PdcaError as exc:
        yield Sign(message(N_("plan")), exc.message, message(N_("To see all of it: pdca validate")))
    else:
        yield Sign(message(N_("plan")), plan.header.title)
    yield Sign(message(N_("entries")), str(sum(1 for _ in desk.tree.records())))
    yield from _history(desk.git)
    usable = os.access(desk.root, os.W_OK)
    rights = message(N_("Ask whoever looks after the folder for the right to write."))
    yield Sign(
        message(N_("may be written to")),
        message(N_("yes")) if usable else message(N_("no")),
        None if usable else rights,
    )


def _history(git: Git) -> Iterator[Sign]:
    try:
        git.prefix()
    except PdcaError as exc:
        yield Sign(message(N_("history")), exc.message, exc.remedy)
        return
    branch = (git.ask("symbolic-ref", "--short", "--quiet", "HEAD") or "-").strip()
    count = (git.ask("rev-list", "--count", "HEAD") or "0").strip()
    words = N_("branch {branch}, {count} commits")
    yield Sign(message(N_("history")), message(words, branch=branch, count=count))


def _short(path: Path) -> str:
    """Return a path without the name of the account in it."""
    with suppress(RuntimeError, ValueError):
        return str(Path("~") / path.relative_to(Path.home()))
    return str(path)
