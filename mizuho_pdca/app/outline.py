"""Draft a plan from its outline 体系表: every fault of the outline at once, or the text of a plan's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mizuho_pdca.app.outline_cells import cell_name, one_line
from mizuho_pdca.app.outline_reading import OutlineFault, depth, find_headings, read_outline
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.plan.numbers import parent_id
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.storage.outline import read_sheets
from mizuho_pdca.storage.yaml.plan_draft import DraftHeader, DraftNode, draft_text

_YEARS = 5
"""Fiscal years of a plan whose period nobody gave."""


class FaultyOutline(PdcaError):
    """The outline can't be made into a plan; ``faults`` says why."""

    def __init__(self, path: Path, sheet: str, faults: Sequence[OutlineFault]) -> None:
        """Take the file, the name of the sheet where there are several, and every fault."""
        super().__init__(N_("the outline has {count} errors; nothing was written"), count=len(faults))
        self.where = f"{path.name} [{sheet}]" if sheet else path.name
        self.faults = sorted(faults, key=lambda fault: fault.order)

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
class Asked:
    """What the header of a plan needs, as far as somebody gave it."""

    title: str | None = None
    municipality: str | None = None
    council: str | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Draft:
    """The text of a plan's file, how many nodes stand on each level, how many are relistings, what to look at."""

    text: str
    counts: tuple[int, ...]
    relisted: int
    notes: tuple[Message, ...]


def draft_plan(path: Path, asked: Asked, today: date) -> Draft:
    """Return a plan made of the outline in a file; raise ``FaultyOutline`` with everything that is wrong."""
    header = _header(path, asked, today)
    sheet, top = find_headings(read_sheets(path))
    outline = read_outline(sheet, top)
    if outline.faults:
        raise FaultyOutline(path, sheet.name, outline.faults)
    children: defaultdict[str | None, list[DraftNode]] = defaultdict(list)
    for node in outline.nodes:
        children[parent_id(node.id)].append(node)
    depths = [depth(node.id) for node in outline.nodes]
    return Draft(
        text=draft_text(one_line(path.name), header, outline.levels, children),
        counts=tuple(depths.count(level + 1) for level in range(len(outline.levels))),
        relisted=sum(node.relisted_from is not None for node in outline.nodes),
        notes=(*outline.notes, *_empty(outline.nodes, children, len(outline.levels))),
    )


def _empty(nodes: Sequence[DraftNode], children: Container[str | None], lowest: int) -> Iterator[Message]:
    """Yield a note that names the nodes above the lowest level that nothing stands below."""
    numbers = [node.id for node in nodes if depth(node.id) < lowest and node.id not in children]
    if numbers:
        yield message(N_("nothing stands below {numbers} yet"), numbers=numbers)


def _header(path: Path, asked: Asked, today: date) -> DraftHeader:
    since, until = asked.since, asked.until
    if since is None:
        since = fiscal_year(today) if until is None else until - _YEARS + 1
    if until is None:
        until = since + _YEARS - 1
    if since > until:
        raise UsageFault(
            N_("--from-year ({since}) is later than --until-year ({until})"),
            since=since,
            until=until,
            remedy=message(N_("Correct one of the two fiscal years.")),
        )
    texts = {"title": asked.title, "municipality": asked.municipality, "council": asked.council}
    told = {part: line for part, text in texts.items() if text is not None and (line := one_line(text))}
    is_whole = asked.since is not None and asked.until is not None
    return DraftHeader(
        title=told.get("title") or f"{one_line(path.stem)}（仮の名称）",
        municipality=told.get("municipality") or "○○町",
        council=told.get("council") or "○○協議会",
        since=since,
        until=until,
        told=frozenset({*told, "period"} if is_whole else told),
    )
