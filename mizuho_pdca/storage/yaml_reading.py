"""Read one YAML file strictly and fast.

``ryaml`` parses (YAML 1.2; duplicate keys, alias bombs, deep nesting and second documents are
refused). What it lets pass and the project doesn't want is looked for in the text: invisible
control characters, also where an escape in double quotes brings them in.
"""

from __future__ import annotations

import re

from ryaml import loads

SIZE_LIMIT = 1_048_576
"""Bytes of a file at most."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class Unreadable(Exception):
    """The bytes are not a YAML document as wanted; ``yaml_marks`` says where and why."""


def parse(raw: bytes) -> object:
    """Return the data of a file's bytes, or raise ``Unreadable``."""
    if len(raw) > SIZE_LIMIT:
        raise Unreadable
    try:
        text = raw.decode()
        if CONTROL.search(text):
            raise Unreadable
        data: object = loads(text)
    except ValueError as exc:
        raise Unreadable(str(exc)) from exc
    if data is None or (b"\\" in raw and _has_control(data)):
        raise Unreadable
    return data


def _has_control(data: object) -> bool:
    if isinstance(data, str):
        return CONTROL.search(data) is not None
    if isinstance(data, dict):
        return any(_has_control(key) or _has_control(value) for key, value in data.items())
    return isinstance(data, list) and any(map(_has_control, data))
