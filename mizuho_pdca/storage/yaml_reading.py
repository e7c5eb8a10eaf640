"""Read one YAML file strictly and fast.

``ryaml`` parses (YAML 1.2; duplicate keys, alias bombs, deep nesting, second documents and
control characters are refused). What it lets pass and the project doesn't want is looked for
here: U+0085, and control characters that an escape in double quotes brings in.
"""

from __future__ import annotations

import re

from ryaml import loads

SIZE_LIMIT = 1_048_576
"""Bytes of a file at most."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


_NEXT_LINE = "\x85".encode()


class Unreadable(Exception):
    """The bytes are not a YAML document as wanted; ``yaml_marks`` says where and why."""


def parse(raw: bytes) -> object:
    """Return the data of a file's bytes, or raise ``Unreadable``."""
    if len(raw) > SIZE_LIMIT:
        raise Unreadable
    try:
        data: object = loads(raw.decode())
    except ValueError as exc:
        raise Unreadable(str(exc)) from exc
    if data is None or _NEXT_LINE in raw or (b"\\" in raw and _has_control(data)):
        raise Unreadable
    return data


def _has_control(data: object) -> bool:
    if isinstance(data, str):
        return CONTROL.search(data) is not None
    if isinstance(data, dict):
        return any(_has_control(key) or _has_control(value) for key, value in data.items())
    return isinstance(data, list) and any(map(_has_control, data))
