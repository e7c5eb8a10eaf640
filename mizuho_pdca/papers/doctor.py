"""What was looked at in an installation, and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from mizuho_pdca.message import Message, Value


@dataclass(frozen=True)
class Sign:
    """One thing that was looked at: what it is, what was found, and what to do where it is in somebody's way."""

    name: Message
    found: Value
    remedy: Message | None = None


@dataclass(frozen=True)
class Examined:
    """What was looked at under one heading."""

    heading: Message
    signs: tuple[Sign, ...]
