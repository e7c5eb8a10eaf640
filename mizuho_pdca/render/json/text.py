"""JSON as every command prints it."""

from __future__ import annotations

import json
from collections.abc import Mapping

Json = Mapping[str, object]


def dump(data: Json) -> bytes:
    """Return JSON as UTF-8 bytes, Japanese unescaped, two spaces a level."""
    return (json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode(errors="backslashreplace")
