"""Keep a packet on the disk, and say later whether it is still what the data makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from mizuho_pdca.app.packet import MANIFEST, Made, digest
from mizuho_pdca.domain.records.paths import IGNORED
from mizuho_pdca.domain.review.packet import Manifest, State, Verification
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault, os_reason
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.files import create, create_folder, read_named, remove

_NAME = re.compile(r'[^\\/:*?"<>|\x00-\x1f\x7f]+')
"""The name of a file that stays in its folder on every system."""

_MOST_BYTES = 256 * 1024 * 1024
"""A packet's files have some megabytes at most: what is larger than this is none of them."""

_REPLACED = message(N_("Name another folder, or add --force to replace the packet in it."))


def refuse_taken_folder(folder: Path, *, force: bool, remedy: Message = _REPLACED) -> None:
    """Raise ``Refused`` if the folder holds anything, before the work is done that it would be for.

    Raise ``UsageFault`` if it is no folder, or if the packet that ``force`` replaces has no sound list.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageFault(
            N_("{file} is no folder"), file=str(folder), remedy=message(N_("Name a folder that does not exist yet."))
        )
    if not force and folder.is_dir() and any(not path.name.startswith(IGNORED) for path in folder.iterdir()):
        raise Refused(
            N_("{folder} is not empty; nothing was written"),
            folder=str(folder),
            remedy=remedy,
        )
    if (folder / MANIFEST).exists():
        read_manifest(folder)


def save_packet(folder: Path, made: Made, *, force: bool) -> None:
    """Write a packet; with ``force`` over an older one, whose files go unless somebody has changed them.

    Raise ``Refused`` if the folder holds anything, ``EnvironmentFault`` if the disk refuses. No file
    is ever half-written; a packet that could not be replaced as a whole is left without a manifest.
    """
    refuse_taken_folder(folder, force=force)
    if not folder.exists():
        create_folder(folder, made)
        return
    older = read_manifest(folder).files if (folder / MANIFEST).exists() else ()
    remove(folder / MANIFEST)
    for file in older:
        if file.name not in made and _is_as_listed(folder / file.name, file.sha256):
            remove(folder / file.name)
    for name, data in made.items():
        create(folder / name, data, replace=True)


def _is_as_listed(path: Path, sha256: str) -> bool:
    return path.is_file() and digest(_read(path)) == sha256


def verify(folder: Path, made: Made) -> Verification:
    """Return how a folder differs from the packet that the data makes now; raise ``UsageFault``."""
    found = read_manifest(folder)
    expected = Manifest.model_validate_json(made[MANIFEST])
    listed = {file.name: file.sha256 for file in found.files}
    wanted = {file.name: file.sha256 for file in expected.files}
    states: dict[str, State] = {}
    for name in (*wanted, *(name for name in listed if name not in wanted)):
        states[name] = _state(folder / name, listed.get(name), wanted.get(name))
    for name in _others(folder, states):
        states[name] = "unlisted"
    states[MANIFEST] = "same" if found.model_copy(update={"tool": expected.tool}) == expected else "other"
    return Verification(states, found, expected)


def _state(path: Path, listed: str | None, wanted: str | None) -> State:
    if not path.is_file():
        return "missing"
    found = digest(_read(path))
    if found == wanted:
        return "same"
    return "other" if found == listed else "changed"


def _others(folder: Path, states: Mapping[str, State]) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name != MANIFEST and path.name not in states and not path.name.startswith(IGNORED):
            yield path.name


def read_manifest(folder: Path) -> Manifest:
    """Return what a packet's folder says of itself; raise ``UsageFault`` or ``EnvironmentFault``."""
    path = folder / MANIFEST
    if path.exists() and not path.is_file():
        raise _no_manifest(path)
    try:
        found = Manifest.model_validate_json(_read(path))
    except ValidationError as exc:
        raise _no_manifest(path) from exc
    if any(not _NAME.fullmatch(file.name) or file.name in (".", "..", MANIFEST) for file in found.files):
        raise _no_manifest(path)
    return found


def _no_manifest(path: Path) -> UsageFault:
    return UsageFault(
        N_("{file} is no list of a packet's files"),
        file=str(path),
        remedy=message(N_("Name the folder that pdca packet made.")),
    )


def _read(path: Path) -> bytes:
    try:
        return read_named(path, _MOST_BYTES)
    except FileNotFoundError as exc:
        raise UsageFault(
            N_("there is no {file}"), file=str(path), remedy=message(N_("Name the folder that pdca packet made."))
        ) from exc
    except OSError as exc:
        raise EnvironmentFault(N_("{file} could not be read: {reason}"), file=str(path), reason=os_reason(exc)) from exc
