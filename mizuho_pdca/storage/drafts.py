"""What somebody had answered when they were interrupted: one file a workspace and command, for its owner only.

Drafts lie in the user's own folder and never in a workspace. Where there is no such folder, or
the disk refuses, there are none, and nothing fails for it.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mizuho_pdca.storage.files import read_named

_FORM = "pdca.draft/1"
_MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Unfinished:
    """The answers so far, and what stood in the question that was left: its key and the text."""

    answers: dict[str, str | list[str]]
    begun: tuple[str, str] | None = None


def state_folder() -> Path | None:
    """Return the user's folder for what a program remembers, None where there is none."""
    if told := os.environ.get("PDCA_STATE"):
        return Path(told)
    if sys.platform == "win32":
        return _below(os.environ.get("LOCALAPPDATA"))
    if told := os.environ.get("XDG_STATE_HOME"):
        return _below(told)
    home = os.environ.get("HOME")
    return _below(str(Path(home, ".local", "state")) if home else None)


def _below(folder: str | None) -> Path | None:
    return Path(folder, "pdca") if folder else None


def _path(root: Path, command: str) -> Path | None:
    folder = state_folder()
    if folder is None:
        return None
    name = sha256(str(root.resolve()).encode(errors="surrogatepass")).hexdigest()[:16]
    return folder / "drafts" / f"{name}-{command}.json"


def keep_draft(root: Path, command: str, draft: Unfinished) -> bool:
    """Write a draft in place of the one before; return whether it could be."""
    path = _path(root, command)
    if path is None:
        return False
    text = json.dumps({"schema": _FORM, "answers": draft.answers, "begun": draft.begun}, ensure_ascii=False)
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(text.encode(errors="surrogatepass"))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        return False
    return True


def kept_draft(root: Path, command: str) -> Unfinished | None:
    """Return the draft of a command, None where there is none that can be read."""
    path = _path(root, command)
    if path is None:
        return None
    try:
        data = json.loads(read_named(path, _MOST_BYTES))
        answers = {key: value for key, value in data["answers"].items() if _is_answer(value)}
        begun = data["begun"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    if not (isinstance(begun, list) and all(isinstance(part, str) for part in begun) and len(begun) == len(("", ""))):
        begun = None
    return Unfinished(answers, None if begun is None else (begun[0], begun[1]))


def _is_answer(value: Any) -> bool:  # noqa: ANN401 (anything that JSON can hold)
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(part, str) for part in value))


def drop_draft(root: Path, command: str) -> None:
    """Remove a draft, once it was recorded or is not wanted."""
    path = _path(root, command)
    if path is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
