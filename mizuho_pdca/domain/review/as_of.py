"""Which state of the data a report was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Edition:
    """How often the year's papers were confirmed by closing it, when last, and whether that still ``holds``."""

    number: int
    closed: date
    holds: bool


@dataclass(frozen=True)
class AsOf:
    """The commit that the data stands at, and whether files were changed since; None without git.

    ``edition`` is None for a year that was never closed.
    """

    commit: str | None = None
    dirty: bool | None = None
    edition: Edition | None = None
