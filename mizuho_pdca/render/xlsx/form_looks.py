"""How a form looks: what is given in white, what is asked in yellow, and how a sheet is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mizuho_pdca.papers.forms.sheet import FormBook, FormSheet
from mizuho_pdca.render.xlsx.cells import FONT, cut
from mizuho_pdca.text import printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Look = Mapping[str, object]

LINE, LOW_HEIGHT, LEAST_HEIGHT, MOST_HEIGHT = 17.25, 36, 74, 409
"""Heights in points: of a line, of a low row and of one that is written in, of the highest that Excel knows."""

MOST_TYPED = 255
"""Older versions of Excel show #### for a longer text in a cell that is meant for text."""

MOST_TITLE, MOST_MESSAGE = 32, 255
"""Signs of what is said to whoever stands in a cell."""

_BOX: Look = {"border": 1, "border_color": "#A6A6A6", "text_wrap": True}
TITLE: Look = {"bold": True, "font_size": 15, "font_color": "#1F3864", "valign": "vcenter"}
GIVEN: Look = {**_BOX}
QUIET: Look = {**_BOX, "font_color": "#808080", "bg_color": "#F2F2F2"}
ASKED: Look = {**_BOX, "bg_color": "#FFEDB3"}
OPTIONAL: Look = {**_BOX, "bg_color": "#EFF6FC"}
"""In grey the one is darker than the other, and both are darker than what is given."""

LEGEND: Mapping[str, str] = {"asked": "#BF8F00", "optional": "#2E75B6", "given": "#595959"}
"""What each colour of the legend is for."""

UNLOCKED: Look = {"locked": False}
FULL: Look = {"bg_color": "#FFFFFF"}
DONE: Look = {"bold": True, "font_size": 13, "font_color": "#1F3864", "align": "right", "valign": "vcenter"}
_HEAD: Look = {**_BOX, "bold": True, "align": "center", "valign": "vcenter"}
HEAD_GIVEN: Look = {**_HEAD, "bg_color": "#D9E1F2"}
HEAD_ASKED: Look = {**_HEAD, "bg_color": "#FFD966"}
HEAD_OPTIONAL: Look = {**_HEAD, "bg_color": "#BDD7EE"}

_A4, _A3 = 9, 8
_MOST_OF_A4 = 170
"""Half-width characters that A4 takes across when printed at 7 points."""


def set_up(on: Worksheet, book: FormBook, sheet: FormSheet, ends: tuple[int, int, int]) -> None:
    """Say how a sheet is printed: as many pages high as it takes, one across, headings on each."""
    head, last, right = ends
    on.set_landscape()
    on.set_paper(_A4 if sum(column.width for column in sheet.columns) <= _MOST_OF_A4 else _A3)
    on.fit_to_pages(1, 0)
    on.repeat_rows(head)
    on.print_area(0, 0, last, right)
    on.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    edge = f'&"{FONT},Regular"&8 '
    name = cut(printable(f"{book.title}　{sheet.name}"), 80, "…").replace("&", "&&").replace("\n", " ")
    on.set_footer(f"&L{edge}{name}&R{edge}&P / &N", {"margin": 0.3})
    on.hide_gridlines(2)
    on.set_zoom(90)
