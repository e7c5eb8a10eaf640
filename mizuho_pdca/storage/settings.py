"""What a person has set for themselves: a small TOML file in their own configuration folder."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mizuho_pdca.errors import Refused, os_reason
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.files import create, read_named

Setting = str | bool | tuple[str, ...]

FORMS: Mapping[str, type] = {
    "name": str,
    "department": str,
    "initiatives": tuple,
    "workspace": str,
    "language": str,
    "commit": bool,
    "pager": bool,
}
"""Every key of the file, in the order that they are shown, with what it takes."""

_FORM_WORDS = {str: N_("a text in quotes"), bool: N_("true or false"), tuple: N_('a list such as ["1-1-2-1"]')}
_MOST_BYTES = 1_048_576
_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Settings:
    """What the file says; what it does not say is None. ``faults`` tell why some of it could not be used."""

    path: Path | None = None
    name: str | None = None
    department: str | None = None
    initiatives: tuple[str, ...] = ()
    workspace: str | None = None
    language: str | None = None
    commit: bool | None = None
    pager: bool | None = None
    faults: tuple[Message, ...] = ()

    def given(self, key: str) -> Setting | None:
        """Return what is set for a key, None where nothing is."""
        value: Setting | None = getattr(self, key)
        return None if value == () else value


def settings_path(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return where the settings are: PDCA_CONFIG, else the configuration folder; None where there is no such folder."""
    if named := environ.get("PDCA_CONFIG"):
        return Path(named)
    if sys.platform == "win32":
        base = environ.get("APPDATA")
    else:
        base = environ.get("XDG_CONFIG_HOME") or (f"{environ['HOME']}/.config" if environ.get("HOME") else None)
    return Path(base, "pdca", "config.toml") if base else None


def read_settings(path: Path | None) -> Settings:
    """Return what a file says. A file with a fault stops nothing: what can't be used is left out and named."""
    try:
        text = None if path is None else _text(path)
    except OSError as exc:
        words = N_("the settings in {file} can't be read: {reason}")
        return Settings(path, faults=(message(words, file=str(path), reason=os_reason(exc)),))
    if not text:
        return Settings(path)
    data, faults = _parsed(str(path), text)
    values: dict[str, Any] = {}
    for key, form in FORMS.items():
        value = data.get(key)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            value = tuple(value)
        if isinstance(value, form):
            values[key] = value
        elif value is not None:
            words = N_('{file}:{line}: "{key}" wants {form}. Set it anew: pdca config {key} …')
            faults.append(message(words, file=str(path), line=_line_of(text, key), key=key, form=_form_words(form)))
    for key in data.keys() - FORMS.keys():
        words = N_('{file}:{line}: there is no setting "{key}"; it is left out. pdca config lists them.')
        faults.append(message(words, file=str(path), line=_line_of(text, key), key=key))
    return Settings(path, **values, faults=tuple(faults))


def write_setting(path: Path, key: str, value: Setting | None) -> None:
    """Set a key, or take it out; the rest of the file stays as it is. Raise ``Refused`` for a file that is broken."""
    import json

    text = _text(path) or ""
    before, faults = _parsed(str(path), text)
    wanted = {**before, key: list(value) if isinstance(value, tuple) else value}
    line = [] if value is None else [f"{key} = {json.dumps(wanted[key], ensure_ascii=False)}"]
    lines = text.splitlines()
    first_table = next((place for place, each in enumerate(lines) if each.lstrip().startswith("[")), len(lines))
    place = next((place for place in range(first_table) if _is_of(lines[place], key)), None)
    if place is None:
        lines[first_table:first_table] = line
    else:
        lines[place : place + 1] = line
    made = "".join(f"{each}\n" for each in lines)
    after, new_faults = _parsed(str(path), made)
    if faults or new_faults or after != {known: each for known, each in wanted.items() if each is not None}:
        raise Refused(
            N_("the settings in {file} can't be changed; nothing was written"),
            file=str(path),
            remedy=faults[0] if faults else message(N_("Change the line of {key} in the file itself."), key=key),
        )
    create(path.resolve(), made.encode(), replace=True)


def _text(path: Path) -> str | None:
    """Return the text of the file in UTF-8 or in the encoding of Japanese Windows, None where there is no file."""
    try:
        raw = read_named(path, _MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    for encoding in ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", errors="replace")


def _parsed(file: str, text: str) -> tuple[dict[str, Any], list[Message]]:
    import tomllib

    try:
        return tomllib.loads(text), []
    except (ValueError, RecursionError) as exc:  # also a number of thousands of digits, and lists without end
        found = _LINE.search(str(exc))
        line = found[1] if found else text.count("\n") + 1
        words = N_(
            "{file}:{line}: this line is not as a setting is written, so no setting is used. "
            "Correct it, or remove the file and set them anew: pdca config"
        )
        return {}, [message(words, file=file, line=line)]


def _form_words(form: type) -> Message:
    return message(_FORM_WORDS[form])


def _is_of(line: str, key: str) -> bool:
    return re.match(rf'\s*"?{re.escape(key)}"?\s*=', line) is not None


def _line_of(text: str, key: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if _is_of(line, key)), 1)
