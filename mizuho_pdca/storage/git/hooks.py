"""The hook that checks the plan and the records before every commit, whoever makes it and with what."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from mizuho_pdca.errors import Refused
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.files import create
from mizuho_pdca.storage.git.program import Git

_NAME = "pre-commit"
_EXECUTABLE = 0o755
_SCRIPT = """\
#!/bin/sh
# Made by pdca init --hook: checks the plan and the records before every commit.
# Whoever wants it no longer deletes this file.
git --literal-pathspecs diff --cached --quiet --no-ext-diff -- {plan} {records} && exit 0
if command -v pdca >/dev/null 2>&1; then
  pdca -C {folder} validate
else
  {python} -P -m mizuho_pdca -C {folder} validate
fi
code=$?
[ "$code" -eq 0 ] || printf '%s\\n' {blocked} >&2
exit "$code"
"""
"""It stays in the folder that git starts it in: git's own variables may name paths from there."""


def install_hook(git: Git, blocked: str) -> Path:
    """Write the hook and return its path; ``blocked`` is what it says where it stops a commit.

    Raise ``Refused`` where there is another one already, or where it would serve other repositories
    too, ``EnvironmentFault`` where there is no repository.
    """
    folder, own = git.hooks()
    prefix = git.prefix()
    command = f"pdca -C {shlex.quote(f'./{prefix}')} validate || exit 1"
    if not own:
        raise Refused(
            N_("git takes the hooks of this repository from {folder}, as those of others; no hook was written"),
            folder=str(folder),
            remedy=message(N_("Whoever looks after that folder can add {command} to its pre-commit."), command=command),
        )
    path = folder / _NAME
    script = _script(prefix, blocked).encode()
    if os.path.lexists(path):
        if path.is_file() and path.read_bytes() == script:
            return path
        raise Refused(
            N_("there is a hook already, {file}; it was left as it is"),
            file=str(path),
            remedy=message(N_("Add this line to it: {command}"), command=command),
        )
    create(path, script)
    path.chmod(_EXECUTABLE)
    return path


def _script(prefix: str, blocked: str) -> str:
    """Return the hook for a workspace that lies so deep in its repository."""
    return _SCRIPT.format(
        plan=shlex.quote(f"{prefix}plan"),
        records=shlex.quote(f"{prefix}records"),
        folder=shlex.quote(f"./{prefix}"),
        python=shlex.quote(Path(sys.executable).as_posix()),
        blocked=shlex.quote(blocked),
    )
