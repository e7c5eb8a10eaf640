"""Read one YAML file strictly and fast.

``ryaml`` parses (YAML 1.2; duplicate keys, alias bombs, deep nesting, second documents and
control characters are refused). What it lets pass and the project doesn't want is looked for
here: U+0085, control characters that an escape in double quotes brings in, and tags (``!name``),
which it would drop or make keys of. Where it can't be imported, ``pure`` reads the same, slowly.
"""

from __future__ import annotations

import re

from mizuho_pdca.storage.yaml.decimals import as_typed

try:
    from ryaml import loads
except ImportError:  # there is no such package for this machine, or it may not run its compiled part
    from mizuho_pdca.storage.yaml.pure import loads  # type: ignore[assignment]  # the same by its place

__all__ = ["CONTROL", "SIZE_LIMIT", "Unreadable", "loads", "parse"]

SIZE_LIMIT = 1_048_576
"""Bytes of a file at most."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

_BRACKET_LIMIT = 10_000
"""Brackets that may be open at once in the text; the reader's time grows with their square."""

_NEXT_LINE = "\x85".encode()
_MAYBE_TAG = re.compile(r"(?:^|[\s,\[{])!")
_BRACKETS = re.compile(r"[\[{\]}]")


class Unreadable(Exception):
    """The bytes are not a YAML document as wanted; ``marks`` says where and why."""


def parse(raw: bytes) -> object:
    """Return the data of a file's bytes, or raise ``Unreadable``."""
    if len(raw) > SIZE_LIMIT:
        raise Unreadable
    try:
        text = raw.decode().removeprefix("\ufeff")
        if len(raw) > _BRACKET_LIMIT and raw.count(b"{") + raw.count(b"[") > _BRACKET_LIMIT:
            _check_brackets(text)
        read = _careful if b"!" in raw and _MAYBE_TAG.search(text) else loads
        data = as_typed(text, read(text), read)
    except ValueError as exc:
        raise Unreadable(str(exc)) from exc
    if data is None or _NEXT_LINE in raw or (b"\\" in raw and _has_control(data)):
        raise Unreadable
    return data


def _careful(text: str) -> object:
    from mizuho_pdca.storage.yaml.pure import loads  # it minds tags, and loads a package

    return loads(text)


def _has_control(data: object) -> bool:
    if isinstance(data, str):
        return CONTROL.search(data) is not None
    if isinstance(data, dict):
        return any(_has_control(key) or _has_control(value) for key, value in data.items())
    return isinstance(data, list) and any(map(_has_control, data))


def _check_brackets(text: str) -> None:
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        if depth > _BRACKET_LIMIT:
            raise Unreadable("recursion limit exceeded")
