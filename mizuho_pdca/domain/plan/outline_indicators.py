"""The columns of an outline 体系表 that say how a node is measured: 指標, 単位, 基準値(R5), 目標値(R8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mizuho_pdca.domain.calendar import parse_year
from mizuho_pdca.domain.plan.targets import EVERY_YEAR
from mizuho_pdca.message import N_
from mizuho_pdca.text import folded

INDICATOR, UNIT, BASELINE, TARGET = "指標", "単位", "基準値", "目標値"
ALSO_INDICATOR = ("指標名", "KPI", "重要業績評価指標(KPI)")

_HEADINGS = {BASELINE: BASELINE, "現状値": BASELINE, TARGET: TARGET, "目標": TARGET}
_EACH_YEAR = ("毎年度", "毎年")
_FIGURE = re.compile(r"([-△▲]?)((?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?)")


@dataclass(frozen=True)
class OutlineIndicator:
    """An indicator as its row has it: figures are ready for YAML, a target in words is as written."""

    name: str
    unit: str = ""
    baseline: tuple[int, str] | None = None
    targets: Mapping[int, str] = field(default_factory=dict)

    @property
    def course(self) -> tuple[str, str] | None:
        """Return direction and method where the baseline and the last target leave no doubt of them, else None."""
        last = self.targets[max(self.targets)] if self.targets else ""
        if self.baseline is None or not is_figure(last) or float(last) == float(self.baseline[1]):
            return None
        return ("increase", "ratio") if float(last) > float(self.baseline[1]) else ("decrease", "progress")

    def doubts(self) -> Iterator[tuple[str, str]]:
        """Yield what may be meant otherwise than it was read, with the text that it is about."""
        start = [] if self.baseline is None else [self.baseline[1]]
        for text in (*start, *self.targets.values()):
            if not is_figure(text):
                if any(sign.isdecimal() for sign in text):
                    yield N_('row {row}: the target "{text}" of {name} is taken as words, not as a figure'), text
            elif folded(self.unit) == "%" and 0 < abs(float(text)) <= 1:
                yield N_("row {row}: Excel keeps 50 % as 0.5; is {text} of {name} in percent?"), text


def year_column(heading: str) -> tuple[str, int] | None:
    """Return what a column such as 目標値(R8) or 毎年度の目標 holds, and of which year; None of any other."""
    for word, kind in _HEADINGS.items():
        if word in heading:
            rest = re.sub(r"[の()]", "", heading.replace(word, ""))
            year = EVERY_YEAR if kind == TARGET and rest in _EACH_YEAR else parse_year(rest)
            return None if year is None else (kind, year)
    return None


def early_targets(columns: Mapping[tuple[str, int], str], since: int) -> Iterator[tuple[int, str]]:
    """Yield year and heading of the columns of targets before the plan's first year."""
    for (kind, year), heading in columns.items():
        if kind == TARGET and EVERY_YEAR < year < since:
            yield year, heading


def is_figure(text: str) -> bool:
    """Return whether a text is a figure as ``figure_of`` gives it."""
    return figure_of(text, "") == text


def figure_of(text: str, unit: str) -> str | None:
    """Return the figure of a cell such as １，２３４件 or △5.0, with its decimals; None where there is none."""
    bare = "".join(folded(text).split()).removesuffix("".join(folded(unit).split()))
    found = _FIGURE.fullmatch(bare)
    return None if found is None else ("-" if found[1] else "") + found[2].replace(",", "")


def indicator_of(name: str, unit: str, cells: Mapping[tuple[str, int], str]) -> OutlineIndicator:
    """Return the indicator of a row, its cells by what they hold and of which year."""
    figures = {place: figure_of(text, unit) for place, text in cells.items()}
    starts = [(year, figure) for (kind, year), figure in figures.items() if kind == BASELINE and figure is not None]
    goals = {year: figures[kind, year] or text for (kind, year), text in cells.items() if kind == TARGET}
    return OutlineIndicator(name, unit, max(starts) if starts else None, goals)


def unclear_cells(
    name: str, unit: str, cells: Mapping[tuple[str, int], str]
) -> Iterator[tuple[tuple[str, int] | None, str, str]]:
    """Yield what is wrong with a row's figures: the cell, None for that of the name, the words and the remedy."""
    if not name and (unit or cells):
        yield (
            None,
            N_("there are figures here, but no indicator"),
            N_("Write what is measured into the column {column}."),
        )
    starts = [place for place in cells if place[0] == BASELINE]
    for place in starts:
        if figure_of(cells[place], unit) is None:
            yield place, N_('"{text}" is no figure'), N_("Write a figure alone, or leave the cell empty.")
    for place in sorted(starts)[:-1]:
        words = N_("the indicator has two baselines")
        yield place, words, N_("Leave one of them empty; earlier figures can go into history: of the plan.")
    for place in cells:
        if place[0] == TARGET and starts and EVERY_YEAR < place[1] <= max(starts)[1]:
            words = N_("the target is not after the year of the baseline")
            yield (
                place,
                words,
                N_("Correct the fiscal year in one of the two headings, or leave one of the cells empty."),
            )
