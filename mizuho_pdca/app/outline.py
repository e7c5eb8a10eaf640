"""Draft a plan from its outline 体系表: every fault of the outline at once, or the text of a plan's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.plan.outline import OutlineFault, depth, read_outline
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.storage.outline import read_sheets
from mizuho_pdca.storage.yaml.plan_draft import Asked, draft_text


class FaultyOutline(PdcaError):
    """The outline can't be made into a plan; ``faults`` says why."""

    def __init__(self, where: str, faults: Sequence[OutlineFault]) -> None:
        """Take the file (and its sheet) and every fault."""
        super().__init__(N_("the outline has {count} errors; nothing was written"), count=len(faults))
        self.where, self.faults = where, faults

    def text(self, t: Translate) -> str:
        """Return every fault with its place and its remedy."""
        lines = []
        for fault in self.faults:
            place = t(N_("{file} row {row}")) if fault.column is None else t(N_("{file} row {row} (cell {cell})"))
            cell = cell_name(fault.row, fault.column or 0)
            lines.append(f"{place.format(file=self.where, row=fault.row + 1, cell=cell)}: {fault.message.text(t)}")
            lines.append(t(N_("  Remedy: {remedy}")).format(remedy=fault.remedy.text(t)))
        return "\n".join([*lines, super().text(t)])


@dataclass(frozen=True)
class Draft:
    """The text of a plan's file; its levels and the nodes on each, how many are relistings, what to look at."""

    text: str
    levels: tuple[str, ...]
    counts: tuple[int, ...]
    relisted: int
    notes: tuple[Message, ...]


def draft_plan(path: Path, asked: Asked, today: date) -> Draft:
    """Return a plan made of the outline in a file; raise ``FaultyOutline`` with everything that is wrong."""
    since, until = asked.period(fiscal_year(today))
    if since > until:
        raise UsageFault(
            N_("--from-year ({since}) is later than --until-year ({until})"),
            since=since,
            until=until,
            remedy=message(N_("Correct one of the two fiscal years.")),
        )
    outline = read_outline(read_sheets(path))
    outline.check_years(since, until)
    if outline.faults:
        where = f"{path.name} [{outline.sheet.name}]" if outline.sheet.name else path.name
        raise FaultyOutline(where, outline.faults)
    depths = [depth(node.id) for node in outline.nodes]
    return Draft(
        text=draft_text(path.name, asked, outline.levels, outline.nodes, (since, until)),
        levels=tuple(outline.levels),
        counts=tuple(depths.count(level) for level in range(1, outline.deepest + 1)),
        relisted=sum(node.relisted_from is not None for node in outline.nodes),
        notes=tuple(outline.notes),
    )


def cell_name(row: int, column: int) -> str:
    """Return a cell's name in the sheet, such as A1 or AB12; row and column count from 0."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{row + 1}"
