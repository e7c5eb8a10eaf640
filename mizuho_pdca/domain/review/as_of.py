"""Which state of the data a report was made from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AsOf:
    """The commit that the data stands at, and whether files were changed since; None without git."""

    commit: str | None = None
    dirty: bool | None = None
