"""Numbers of the plan and slugs of indicators.

Canonical numbers are ASCII (``1-1-2-1``); printed ones circle the third part (``1-1②-1``).
People type them with any dash, full width, spaces, and circled digits or ones in brackets (``1-1(2)-1``).
"""

from __future__ import annotations

import re

from mizuho_pdca.text import DASHES, folded

NODE_ID = re.compile(r"[1-9][0-9]{0,2}(?:-[1-9][0-9]{0,2}){0,3}")
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_CIRCLED = {chr(0x2460 + n): f"-{n + 1}-" for n in range(20)}
_CIRCLED |= {chr(0x3251 + n): f"-{n + 21}-" for n in range(15)}
_CIRCLED |= {chr(0x32B1 + n): f"-{n + 36}-" for n in range(15)}
_BRACKETED = re.compile(r"(?<=[0-9])[\s-]*\(([1-9][0-9]{0,2})\)", re.ASCII)
_SEPARATORS = re.compile(rf"[\s{re.escape(DASHES)}]+")
_PREFIX = re.compile(r"^(?:基本方針|基本施策|施策|取組)")
_CIRCLE_LIMIT = 20
_CIRCLED_PART = 2


def parse_node_id(text: str) -> str | None:
    """Return the canonical number of what a person typed, or None; ①-1 alone is a part of many.

    Circled digits are set apart before NFKC, which would make 1-11 of 1-1①.
    """
    spaced = _PREFIX.sub("", text.strip())
    if is_circled(spaced[:1]):
        return None
    for circled, digits in _CIRCLED.items():
        spaced = spaced.replace(circled, digits)
    plain = _SEPARATORS.sub("-", _BRACKETED.sub(r"-\1-", folded(spaced)))
    plain = _SEPARATORS.sub("-", plain.strip("-"))
    return plain if NODE_ID.fullmatch(plain) else None


def is_circled(sign: str) -> bool:
    """Return whether a sign is a digit in a circle: ①."""
    return sign in _CIRCLED


def print_node_id(node_id: str) -> str:
    """Return the number as the plan prints it: ``1-1-2-1`` becomes ``1-1②-1``."""
    parts = node_id.split("-")
    if len(parts) <= _CIRCLED_PART or int(parts[_CIRCLED_PART]) > _CIRCLE_LIMIT:
        return node_id
    circled = chr(0x2460 + int(parts[_CIRCLED_PART]) - 1)
    return "-".join(["-".join(parts[:_CIRCLED_PART]) + circled, *parts[_CIRCLED_PART + 1 :]])


def parent_id(node_id: str) -> str | None:
    """Return the number one level up, or None for a policy."""
    return node_id.rpartition("-")[0] or None


def sort_key(node_id: str) -> tuple[int, ...]:
    """Return a key that puts 1-10 after 1-9."""
    return tuple(int(part) for part in node_id.split("-"))
