"""A paper as a table of typed cells, in a reader's language and blind to any format."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Tone = Literal["plain", "strong", "quiet", "alert"]


@dataclass(frozen=True)
class Cell:
    """One value: as printed, and as a number where it is one; ``tone`` never carries meaning alone."""

    text: str
    number: Decimal | None = None
    tone: Tone = "plain"


@dataclass(frozen=True)
class Column:
    """A column; ``width`` is the least that reads well, in half-width characters.

    An essential column stands on every screen; the others only where everything is shown.
    """

    heading: str
    width: int = 4
    number: bool = False
    essential: bool = True


@dataclass(frozen=True)
class Paper:
    """One table with its title; ``keys`` leading columns say which row one is in."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: int = 1


@dataclass(frozen=True)
class Papers:
    """All papers of a review, with what stands above and below them."""

    title: str
    subtitles: tuple[str, ...]
    banner: str | None
    papers: tuple[Paper, ...]
    legend: tuple[str, ...]
