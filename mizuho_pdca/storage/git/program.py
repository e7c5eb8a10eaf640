"""The one door to the git program.

A repository may come from anywhere: its configuration must not make git run anything (hooks,
file system monitors, pagers, external diffs, filters, transports), git must not ask, and it must
come back in time. What replaces objects in a repository (replacements, grafts) is not followed: who
reads history wants what was committed.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS, is_data
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.git.batch import Batch, lost_object
from mizuho_pdca.storage.git.refusals import (
    UnusableRepository,
    is_of_index,
    no_program,
    no_repository,
    without_index,
)

_SECONDS = 60
_SECONDS_OF_WRITING = 600
"""Somebody may have to type what opens the key that commits are signed with."""

SECONDS_OF_HISTORY = 600
_NAME = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LOST = re.compile(r"^(?:missing \w+|error: .*(?:mismatch|corrupt|missing)).*[0-9a-f]{38}.*$", re.MULTILINE)
_SAFE = (
    "--no-pager",
    "-c", "advice.graftFileDeprecated=false",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "core.pager=cat",
    "-c", "core.quotePath=false",
    "-c", "diff.autoRefreshIndex=false",
    "-c", "diff.external=",
    "-c", "gc.auto=0",
    "-c", "i18n.commitEncoding=UTF-8",
    "-c", "i18n.logOutputEncoding=UTF-8",
    "-c", "log.showSignature=false",
    "-c", "maintenance.auto=false",
    "-c", "protocol.allow=never",
    "-c", "submodule.recurse=false",
)  # fmt: skip
_DURABLE = ("-c", "core.fsync=all")
"""What git says is written must outlast a power cut, also a commit's loose objects."""

_UNSIGNED = ("-c", "commit.gpgSign=false", "-c", "gpg.program=false")
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "LC_ALL": "C.UTF-8",
    "PDCA_NO_FILTER": "",
    "PDCA_NOT_REQUIRED": "false",
}
_EMPTY = dict.fromkeys(("clean", "smudge", "process"), "PDCA_NO_FILTER") | {"required": "PDCA_NOT_REQUIRED"}
"""What a content filter consists of, each with the variable that has its harmless value."""
_NAMES_ONLY = frozenset({"config", "ls-tree"})
"""Commands that look at no file's contents, so that there is no filter to keep from running."""

_WHO = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
"""Variables that say who commits; all others of git's are kept from it."""


@dataclass(frozen=True)
class Git:
    """Git in one folder, with the repository's index or another one."""

    folder: Path
    index: Path | None = None

    def ask(self, *arguments: str) -> str | None:
        """Return what a reading git command prints, or None if it fails or git is not there."""
        try:
            filters = [] if arguments[0] in _NAMES_ONLY else self._without_filters
            return self._run(*_SAFE, *_UNSIGNED, *filters, *arguments)
        except (OSError, subprocess.SubprocessError):
            return None

    def read(self, *arguments: str, text: str = "", seconds: float | None = None) -> str:
        """Return what a reading git command prints, of a text where it takes one; raise ``EnvironmentFault``."""
        return self._told(arguments, *_SAFE, *_UNSIGNED, text=text, seconds=seconds)

    def do(self, *arguments: str, text: str = "") -> str:
        """Run a writing git command on a text and return what it prints; raise ``EnvironmentFault``."""
        if arguments[0] == "commit-tree":
            self._refuse_own_signing()
        return self._told(arguments, *_SAFE, *_DURABLE, text=text, more=_who(), seconds=_SECONDS_OF_WRITING)

    def _refuse_own_signing(self) -> None:
        """Raise ``EnvironmentFault`` where the repository itself names the program that commits are signed with."""
        search = ("config", "--show-scope", "--name-only", "--get-regexp", r"^gpg\.(.*\.)?(program|defaultkeycommand)$")
        try:
            found = self._run(*_SAFE, *search).splitlines()
        except (OSError, subprocess.SubprocessError):
            return  # none is named
        for line in found:
            scope, _, key = line.partition("\t")
            if scope in ("local", "worktree"):
                raise EnvironmentFault(
                    N_("this repository names a program of its own to sign with, {key}; nothing was committed"),
                    key=key,
                    remedy=message(N_("Name it for all your repositories: git config --global {key} PROGRAM"), key=key),
                )

    def _told(
        self,
        arguments: tuple[str, ...],
        *options: str,
        text: str = "",
        more: Mapping[str, str] | None = None,
        seconds: float | None = None,
        errors: str = "replace",
    ) -> str:
        try:
            words = (*options, *self._without_filters, *arguments)
            return self._run(*words, text=text, more=more, seconds=seconds, errors=errors)
        except OSError as exc:
            raise no_program(exc) from exc
        except subprocess.CalledProcessError as exc:
            reason = (exc.stderr or exc.stdout or "").strip()
            raise EnvironmentFault(
                N_("git {command} failed: {reason}"),
                command=arguments[0],
                reason=reason,
                remedy=self._without_index() if is_of_index(reason) else None,
            ) from exc
        except subprocess.TimeoutExpired as exc:
            raise EnvironmentFault(N_("git {command} did not end in time"), command=arguments[0]) from exc

    def _without_index(self) -> Message:
        """Return how to go on where git's index is broken."""
        index = replace(self, index=None).ask("rev-parse", "--git-path", "index") or ".git/index"
        return without_index((self.folder / index.rstrip("\n")).as_posix())

    @cached_property
    def _without_filters(self) -> list[str]:
        """Return options that empty every content filter that the configuration names, whatever signs it has.

        Raise what ``subprocess.run`` raises: without this list git must not be trusted with contents.
        """
        search = ("config", "--null", "--name-only", "--get-regexp", r"^filter\.")
        found = subprocess.run(
            [program(), *_SAFE, *search],
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        if found.returncode > 1:  # 1 says that there is none
            found.check_returncode()
        keys = found.stdout.decode(errors="surrogateescape").split("\0")
        names = sorted({key.partition(".")[2].rpartition(".")[0] for key in keys if key})
        return [word for name in names for word in _emptied(name)]

    @property
    def _own_index(self) -> dict[str, str]:
        return {} if self.index is None else {"GIT_INDEX_FILE": str(self.index)}

    def _place(self, *arguments: str) -> Path:
        """Return a path that git prints, whatever bytes it is made of; raise ``EnvironmentFault``."""
        told = self._told(arguments, *_SAFE, *_UNSIGNED, errors="surrogateescape")
        return Path(os.fsdecode(told.rstrip("\n").encode(errors="surrogateescape")))

    def _run(
        self,
        *arguments: str,
        text: str = "",
        more: Mapping[str, str] | None = None,
        seconds: float | None = None,
        errors: str = "replace",
    ) -> str:
        result = subprocess.run(
            [program(), *arguments],
            cwd=self.folder,
            env={**_environment(), **(more or {}), **self._own_index},
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors=errors,
            timeout=seconds or _SECONDS,
            check=True,
        )
        return result.stdout

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Run ``git cat-file --batch``, which gives objects by name, for as long as the block lasts."""
        try:
            process = subprocess.Popen(
                [program(), *_SAFE, "cat-file", "--batch"],
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as exc:
            raise no_program(exc) from exc
        batch = Batch(process)
        timer = threading.Timer(SECONDS_OF_HISTORY, batch.stop_late)
        timer.daemon = True
        timer.start()
        try:
            yield batch
        finally:
            timer.cancel()
            batch.stop()

    def check(self) -> None:
        """Hold the bytes of all objects against their names, which git itself does not do when it reads them.

        Raise ``EnvironmentFault`` where one is lost, or is not what its name says; git fsck's opinions of what
        old programs wrote don't count.
        """
        try:
            self.read("fsck", "--no-dangling", "--no-progress", "--no-reflogs", seconds=SECONDS_OF_HISTORY)
        except EnvironmentFault as exc:
            failed = exc.__cause__
            if not isinstance(failed, subprocess.CalledProcessError):
                raise
            found = _LOST.search(f"{failed.stdout}\n{failed.stderr}")
            if found is not None:
                raise lost_object(_NAME.findall(found[0].replace("/", ""))[-1]) from exc

    def prefix(self) -> str:
        """Return the folder's path in its repository, with a slash at its end; empty at its root.

        Raise ``EnvironmentFault`` where the folder is in no repository that can be used.
        """
        try:
            return self._run(*_SAFE, "rev-parse", "--show-prefix").rstrip("\n")
        except OSError as exc:
            raise no_program(exc) from exc
        except subprocess.CalledProcessError as exc:
            raise no_repository(self.folder, exc.stderr.strip()) from exc
        except subprocess.TimeoutExpired as exc:
            raise EnvironmentFault(N_("git {command} did not end in time"), command="rev-parse") from exc

    def as_of(self) -> AsOf:
        """Return the commit that the workspace stands at, and whether its data has changed since.

        It has where git was told not to look at a file of it, or where another repository lies among it.
        """
        try:
            head = self._run(*_SAFE, "rev-parse", "--verify", "--quiet", "HEAD").strip()
        except (OSError, subprocess.SubprocessError):
            return AsOf()
        data = ("--", PLAN_PATH, RECORDS)
        all_files = ("--untracked-files=all", "--ignored", "--ignore-submodules=all")
        changed = self.ask("status", "--porcelain", "-z", "--no-renames", *all_files, *data)
        hidden = self.ask("ls-files", "-v", "-z", "--full-name", *data)
        if changed is None or hidden is None:
            return AsOf(head, None)
        prefix = self.prefix()
        paths = [item[3:] for item in changed.split("\0")]
        paths += [item[2:] for item in hidden.split("\0") if item[:1].islower() or item.startswith("S ")]
        return AsOf(head, any(is_data(path.removeprefix(prefix)) for path in paths))

    def why_unknown(self) -> EnvironmentFault | None:
        """Return why git tells no commit where a repository is; None where there is none, or no git."""
        try:
            self.prefix()
        except UnusableRepository as exc:
            return exc
        except EnvironmentFault:
            return None
        return None

    def left_out(self, *paths: str) -> list[str]:
        """Return the files that git keeps, and that it was told to leave out of the folder."""
        files = self.ask("ls-files", "-t", "-z", "--", *paths) or ""
        names = [item[2:] for item in files.split("\0") if item.startswith("S ")]
        return [name for name in names if not os.path.lexists(self.folder / name)]

    def directory(self) -> Path:
        """Return git's own folder of this work tree; raise ``EnvironmentFault`` where there is no repository."""
        self.prefix()
        if self.ask("rev-parse", "--is-inside-work-tree") == "false\n":
            raise UnusableRepository(
                N_("git's settings say that the files of its repository are not those of {folder}"),
                folder=str(self.folder),
                remedy=message(N_("Take that out: git config --unset core.worktree, and git config core.bare false")),
            )
        return self._place("rev-parse", "--absolute-git-dir")

    def hooks(self) -> tuple[Path, bool]:
        """Return the folder that git takes hooks from, and whether it belongs to this repository alone.

        Raise ``EnvironmentFault`` where there is no repository.
        """
        self.prefix()
        top = self._place("rev-parse", "--show-toplevel")
        asked = ("rev-parse", "--git-common-dir", "--git-path", "hooks")
        told = self._told(asked, "-C", str(top)).splitlines()  # without the option that turns hooks off
        common, hooks = ((top / line).resolve() for line in told)
        return hooks, any(hooks.is_relative_to(folder) for folder in (common, top.resolve()))

    def knows_who(self) -> bool:
        """Return whether commits would carry a name and an address that somebody has set."""
        told = (*_SAFE, "-c", "user.useConfigOnly=true", "var")
        try:
            return all(self._run(*told, f"GIT_{role}_IDENT", more=_who()) for role in ("AUTHOR", "COMMITTER"))
        except (OSError, subprocess.SubprocessError):
            return False

    def user(self) -> str | None:
        """Return the name that commits would carry."""
        name = self.ask("config", "--get", "user.name")
        return name.strip() or None if name is not None else None


def program() -> str:
    """Return the git program: on Windows by its full path, for there the current folder would come first."""
    if os.name != "nt":
        return "git"
    folders = (Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep))
    found = next(
        (folder / "git.exe" for folder in folders if folder.is_absolute() and (folder / "git.exe").is_file()), None
    )
    if found is None:
        raise FileNotFoundError("git")
    return str(found)


def _emptied(name: str) -> Iterator[str]:
    """Yield options that empty one content filter."""
    for part, variable in _EMPTY.items():
        if "=" in name:  # -c would end the name there; --config-env goes by the last one
            yield f"--config-env=filter.{name}.{part}={variable}"
        else:
            yield from ("-c", f"filter.{name}.{part}={_ENVIRONMENT[variable]}")


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | _ENVIRONMENT


def _who() -> dict[str, str]:
    return {name: os.environ[name] for name in _WHO if name in os.environ}
