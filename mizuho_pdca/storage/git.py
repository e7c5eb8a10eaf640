"""The one door to the git program.

A repository may come from anywhere: its configuration must not make git run anything (hooks,
file system monitors, pagers, external diffs), git must not ask, and it must come back in time.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mizuho_pdca.core.as_of import AsOf
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.tree import PLAN_PATH, RECORDS

_SECONDS = 60
_SAFE = (
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "core.pager=cat",
    "-c", "core.quotePath=false",
    "-c", "diff.external=",
)  # fmt: skip
_UNSIGNED = ("-c", "commit.gpgSign=false", "-c", "gpg.program=false")


@dataclass(frozen=True)
class Git:
    """Git in one folder."""

    folder: Path

    def ask(self, *arguments: str) -> str | None:
        """Return what a reading git command prints, or None if it fails or git is not there."""
        try:
            return self._run(*_SAFE, *_UNSIGNED, *self._without_filters, *arguments)
        except (OSError, subprocess.SubprocessError):
            return None

    def do(self, *arguments: str) -> str:
        """Run a writing git command and return what it prints; raise ``EnvironmentFault``."""
        try:
            return self._run(*_SAFE, *self._without_filters, *arguments)
        except FileNotFoundError as exc:
            raise EnvironmentFault(
                N_("the program git was not found"),
                remedy=message(N_("Install git, or go on without it: everything but the audit trail works.")),
            ) from exc
        except subprocess.CalledProcessError as exc:
            reason = (exc.stderr or exc.stdout or "").strip()
            raise EnvironmentFault(N_("git {command} failed: {reason}"), command=arguments[0], reason=reason) from exc
        except subprocess.TimeoutExpired as exc:
            raise EnvironmentFault(N_("git {command} did not end in time"), command=arguments[0]) from exc

    @cached_property
    def _without_filters(self) -> list[str]:
        """Return options that empty every content filter that the configuration names."""
        try:
            keys = self._run(*_SAFE, "config", "--name-only", "--get-regexp", r"^filter\.").splitlines()
        except (OSError, subprocess.SubprocessError):
            return []
        names = sorted({key.partition(".")[2].rpartition(".")[0] for key in keys})
        return [
            word
            for name in names
            for part in ("clean=", "smudge=", "process=", "required=false")
            for word in ("-c", f"filter.{name}.{part}")
        ]

    def _run(self, *arguments: str) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8"}
        result = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=True,
        )
        return result.stdout

    def as_of(self) -> AsOf:
        """Return the commit that the workspace stands at, and whether its data has changed since."""
        head = self.ask("rev-parse", "--verify", "--quiet", "HEAD")
        if head is None:
            return AsOf()
        changed = self.ask("status", "--porcelain", "--no-renames", "--untracked-files=all", "--", PLAN_PATH, RECORDS)
        return AsOf(head.strip(), None if changed is None else bool(changed))

    def user(self) -> str | None:
        """Return the name that commits would carry."""
        name = self.ask("config", "--get", "user.name")
        return name.strip() or None if name is not None else None
