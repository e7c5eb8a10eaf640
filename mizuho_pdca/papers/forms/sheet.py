"""A form as typed sheets: what is given, what is asked and how, and what was handed out with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Literal

SCHEMA = "pdca.form/1"
"""The form of what a form carries of itself."""

ID = "id"
"""The key of the column that says which row one is in, whatever became of the others."""

OFFICE_AT, PERSON_AT = (3, 2), (4, 2)
"""Row and column, on the first sheet, of the cells that say who filled it in."""

MOST_TEXT = 4000
"""Signs of a text beyond which whoever writes it is warned: it is taken, but no paper shows it well."""

Held = str | Decimal
"""What a cell holds."""

AskKind = Literal["word", "place", "text", "figure"]


@dataclass(frozen=True)
class Offered:
    """A word to choose: as it stands in the list, what is recorded for it, and what it means."""

    shown: str
    code: str
    meaning: str = ""


@dataclass(frozen=True)
class Ask:
    """What a cell asks for; ``hint`` is said to whoever stands in it, ``words`` are those to choose from.

    ``expected`` says whether the row is incomplete without it.
    """

    kind: AskKind
    hint: str
    expected: bool = False
    words: tuple[Offered, ...] = ()


@dataclass(frozen=True)
class FormColumn:
    """A column: what is given, or what is asked; ``width`` is in half-width characters."""

    key: str
    heading: str
    width: int
    ask: Ask | None = None


@dataclass(frozen=True)
class FormRow:
    """A row: what it is about, its cells by the key of their column, and what is handed out with it.

    ``entries`` are those that its cells were made of. Where nothing is expected, it is ``quiet``.
    ``asks`` has what a cell of this row asks for where that is not what its column does.
    """

    id: str
    cells: Mapping[str, Held]
    entries: tuple[str, ...] = ()
    quiet: bool = False
    asks: Mapping[str, Ask] = field(default_factory=dict)


@dataclass(frozen=True)
class FormSheet:
    """A sheet of rows; ``lead`` stands above them. ``key`` names the sheet whatever the language.

    One that is not counted may stay empty, row by row.
    """

    key: str
    name: str
    title: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    lead: tuple[str, ...] = ()
    is_counted: bool = True

    @property
    def is_marked(self) -> bool:
        """Return whether each row says how far it is filled in."""
        return self.is_counted and bool(self.expected)

    @property
    def given(self) -> tuple[FormColumn, ...]:
        """Return the columns that say what is given."""
        return tuple(column for column in self.columns if column.ask is None)

    @property
    def asked(self) -> tuple[FormColumn, ...]:
        """Return the columns that ask."""
        return tuple(column for column in self.columns if column.ask is not None)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Return everything that is asked, by columns and by single rows."""
        by_row = (ask for row in self.rows for ask in row.asks.values())
        return (*(column.ask for column in self.columns if column.ask is not None), *by_row)

    @property
    def expected(self) -> tuple[str, ...]:
        """Return the keys of the columns that a row is incomplete without."""
        return tuple(column.key for column in self.columns if column.ask is not None and column.ask.expected)


@dataclass(frozen=True)
class FormBook:
    """A whole form: its sheets, how it is filled in, and from which state of the records it was made.

    ``department`` is whose it is, None where it is everybody's; ``purpose`` is what it is for. ``office`` is
    what stands in the first cell that may be changed on the first sheet.
    """

    purpose: Literal["year", "council"]
    plan: str
    town: str
    year: int
    department: str | None
    title: str
    subtitle: str
    sheets: tuple[FormSheet, ...]
    guide: tuple[str, ...]
    words: tuple[tuple[str, tuple[Offered, ...]], ...]
    example: FormSheet | None
    respondent: str
    commit: str | None
    made: datetime
    labels: Mapping[str, str] = field(default_factory=dict)
    office: str | None = None


def as_text(held: Held) -> str:
    """Return what a cell holds as a text, a number without zeros that say nothing."""
    if not isinstance(held, Decimal):
        return held
    plain = f"{held:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def stamp_digest(lines: Sequence[str]) -> str:
    """Return the digest of what a form carries of itself."""
    return sha256("\n".join(lines).encode()).hexdigest()
