"""Reopen a closed fiscal year with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.closing.seal import Seal, SealFile
from mizuho_pdca.domain.records.paths import seal_path, sealed_year
from mizuho_pdca.errors import Refused
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.seals import add_seal, closing_seal, seals_of
from mizuho_pdca.text import cleaned


@dataclass(frozen=True)
class Reopened:
    """A year that is open again, and the seal that no longer holds."""

    seal: Seal
    path: str
    notes: tuple[Message, ...]


def reopen_year(desk: Desk, year: int, *, reason: str, by: str | None = None) -> Reopened:
    """Let a closed year be changed again; raise ``Refused`` where it is not closed."""
    seal = closing_seal(desk.tree, year)
    if seal is None:
        raise Refused(
            N_("FY{year} is not closed; nothing was written"),
            year=year,
            remedy=message(N_("Record for it as usual; pdca close {year} closes it."), year=year),
        )
    name, note = desk.person(by)
    item = {
        "state": "reopened",
        "by": cleaned(name),
        "recorded": desk.moment,
        "reason": cleaned(reason),
    }
    add_seal(desk.tree, year, item)
    return Reopened(seal, seal_path(year), (*([] if note is None else [note]), *_later(desk, year)))


def _later(desk: Desk, year: int) -> list[Message]:
    """Return a note where later years that are closed may count on figures of this one."""
    sealed = (sealed_year(found.path) for found in desk.tree.records())
    files = {known: seals_of(desk.tree, known) for known in sealed if known is not None and known > year}
    later = [known for known, file in files.items() if isinstance(file, SealFile) and file.seal is not None]
    if not later:
        return []
    words = N_("closed: FY{years}. What changes in this year may change their figures; validate would name it")
    return [message(words, years=later)]
