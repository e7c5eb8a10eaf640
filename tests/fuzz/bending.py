# mypy: allow-untyped-calls
"""Files that are bent: in their bytes, their lines, and, where they hold data, in their values."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, MutableMapping, MutableSequence
from typing import Any

import ryaml

VALUES: list[Any] = [
    *(None, True, False, 0, -1, 3.5, 10**40, 1e308, "", " ", "x", "=1+1", "\x1b[2J", "\u202e", "\U0010ffff", "あ" * 5000),
    *("2024", 2024, "2024-02-30", "2024-06-12", "9999-12-31", "0000-00-00", "1-1-2-1", "1-1-9-9", "plan", "../../x", "done"),
    *([], {}, [None], {"": ""}, {"x": {"x": {"x": []}}}, ["a", "a"], [[[]]], {"2024": None}, {"from": 2026, "until": 2020}),
]  # fmt: skip
LINES = ["<<: *a", "a: &a [*a]", "---", "...", "? x", "- ", "\t", "!!python/name:os.system x", "{", "[", "'", '"', "|", ">", "#", "%YAML 9.9", "\x00", "\ufeff", "=======", "<<<<<<< HEAD", "key: key: key", "：", "［"]  # fmt: skip


def bent(raw: bytes, rnd: random.Random) -> bytes:
    """Return a file, bent once or a few times."""
    ways: list[Callable[[bytes, random.Random], bytes]] = [_in_bytes, _in_lines, _in_values, _in_values, _in_values]
    for _ in range(rnd.choice([1, 1, 1, 2, 4])):
        raw = rnd.choice(ways)(raw, rnd)
    return raw


def _in_bytes(raw: bytes, rnd: random.Random) -> bytes:
    at = rnd.randrange(len(raw) + 1)
    ways = [
        lambda: raw[:at],
        lambda: raw[:at] + bytes([rnd.randrange(256)]) + raw[at + 1 :],
        lambda: raw[:at] + rnd.randbytes(rnd.choice([1, 3, 40])) + raw[at:],
        lambda: raw[:at] + raw[at + rnd.randrange(1, 60) :],
        lambda: raw + raw,
        lambda: raw.decode(errors="replace").encode(rnd.choice(["utf-16", "cp932", "utf-8-sig", "euc-jp"]), "replace"),
        lambda: raw.replace(b"\n", rnd.choice([b"\r\n", b"\r", b"\x85", b" "])),
        lambda: b"",
    ]
    return rnd.choice(ways)()


def _in_lines(raw: bytes, rnd: random.Random) -> bytes:
    lines = raw.split(b"\n")
    at, other = rnd.randrange(len(lines)), rnd.randrange(len(lines))
    ways: list[Callable[[], object]] = [
        lambda: lines.insert(at, lines[other]),
        lambda: lines.pop(at),
        lambda: lines.insert(at, rnd.choice(LINES).encode()),
        lambda: lines.__setitem__(at, b" " * rnd.choice([1, 2, 8]) + lines[at]),
        lambda: lines.__setitem__(at, lines[at].lstrip()),
        lambda: lines.__setitem__(at, lines[at] + rnd.choice(LINES).encode()),
        lambda: lines.__setitem__(slice(at, at), [lines[other]] * rnd.choice([50, 3000])),
        lambda: lines.__setitem__(at, lines[at].replace(b":", b"\xef\xbc\x9a", 1)),
    ]
    rnd.choice(ways)()
    return b"\n".join(lines)


def _in_values(raw: bytes, rnd: random.Random) -> bytes:
    """Return the data of a file with another value or key somewhere, as JSON, which is YAML too."""
    try:
        data = ryaml.loads(raw.decode())
        places = list(_places(data))
        holder, key = rnd.choice(places)
        match rnd.randrange(4):
            case 0:
                del holder[key]
            case 1:
                holder[key] = rnd.choice(places)[0]
            case 2 if isinstance(holder, MutableMapping):
                holder[rnd.choice(["x", "id", "from", "until", "supersedes", "一", ""])] = rnd.choice(VALUES)
            case _:
                holder[key] = rnd.choice(VALUES)
        return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode(errors="surrogatepass")
    except (ValueError, IndexError, TypeError, RecursionError, ryaml.InvalidYamlError):
        return _in_lines(raw, rnd)


def _places(data: Any) -> list[tuple[Any, Any]]:
    found, left = list[tuple[Any, Any]](), [data]
    while left:
        holder = left.pop()
        if isinstance(holder, MutableMapping | MutableSequence):
            keys = list(holder) if isinstance(holder, MutableMapping) else range(len(holder))
            found += [(holder, key) for key in keys]
            left += [holder[key] for key in keys]
    return found
