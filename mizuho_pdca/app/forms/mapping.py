"""Which column of a town's table holds what: proposed by its headings, kept in a file, corrected by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field, TypeAdapter

from mizuho_pdca.app.forms.table import PastTable, TableSheet
from mizuho_pdca.domain.schema.shapes import Shape, Text, read_shape
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.yaml.reading import Unreadable, parse
from mizuho_pdca.text import folded

PLACES = ("number", "title")
"""What says which initiative a row is about; one of them is enough."""

ANSWERS = ("status", "summary", "rating", "progress", "issues", "direction", "next", "indicator", "value")
"""What a row may say of it."""

KEYS: Mapping[str, str] = {
    "number": N_("the number of the initiative"),
    "title": N_("the name of the initiative"),
    "status": N_("the status"),
    "summary": N_("what was done"),
    "rating": N_("the rating"),
    "progress": N_("progress"),
    "issues": N_("issues"),
    "direction": N_("the future direction"),
    "next": N_("plans for the next year"),
    "indicator": N_("the indicator"),
    "value": N_("the figure"),
    "by": N_("who answered"),
}
"""What a column may hold, in the order in which it is asked."""

_HEADINGS: Mapping[str, str] = {
    "number": r"(取組|事業|施策|整理|管理)?(番号|no\.?|№|コード)",
    "title": r"(具体的な|主な)?(取組|取り組み|事業)(名称?|項目)?|(取組|事業)・?(施策)?名",
    "status": r"(実施|取組|進捗|進行)?(状況|状態)(区分)?|進捗",
    "summary": r"(当?年度の|本年度の|主な)?(取組|取り組み|実施|事業|活動)(内容|実績|状況)(等|・成果)?"
    r"|実施内容・?実績|取組実績|実績・成果|当年度の取組",
    "rating": r"(自己|内部|担当課|達成度|進捗)?評価(区分|結果|ランク)?|達成度|判定",
    "progress": r"評価(の)?(理由|説明|コメント).*|取組における進捗状況|所見|成果",
    "issues": r"(今後の)?(課題|問題点)(等|・問題点)?.*",
    "direction": r"(今後の)?(方向性|方針)(区分)?",
    "next": r"(翌|来|次)年度の?(取組|取り組み|予定|計画|実施|事業).*|今後の(取組|取り組み|予定|対応).*",
    "indicator": r"(成果|活動)?指標(名)?|kpi|数値目標",
    "value": r"(年度)?実績値?|現状値|実績（?数値）?",
    "by": r"(担当|所管|主管|回答)(課|部署|所属)?(名)?|課名",
}
_YEAR = r"((令和|平成|r|h)\.?(\d{1,2}|元)|\d{4})(年度?)?の?"
_WITHIN = 30
_LEAST = 2


class MapFile(Shape):
    """The file that says which column holds what.

    ``head`` is the row of the headings as Excel counts, ``words`` says by column what a word of the
    table means in the plan; an empty text there means that nothing is recorded.
    """

    sheet: Text | None = None
    head: int
    columns: dict[Text, Text]
    words: dict[Text, dict[str, str]] = Field(default_factory=dict)


MAP_FILE: TypeAdapter[MapFile] = TypeAdapter(MapFile)


@dataclass(frozen=True)
class ColumnMap:
    """Which column of a sheet holds what, by number; what is not understood is left out."""

    sheet: TableSheet
    head: int
    columns: Mapping[str, int]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def headings(self) -> dict[str, str]:
        """Return the headings by what their columns hold."""
        return {key: self.sheet.rows[self.head].get(column, "") for key, column in self.columns.items()}

    @property
    def left_out(self) -> list[str]:
        """Return the headings of which nothing is taken."""
        taken = set(self.columns.values())
        return [text for column, text in sorted(self.sheet.rows[self.head].items()) if column not in taken]

    @property
    def data(self) -> dict[str, object]:
        """Return what is kept of it in a file."""
        held: dict[str, object] = {"sheet": self.sheet.name, "head": self.head + 1}
        held["columns"] = dict(self.headings)
        return {**held, **({"words": self.words} if self.words else {})}


def proposed(table: PastTable) -> ColumnMap:
    """Return the mapping that the headings suggest, of the sheet where most are understood; raise ``UsageFault``."""
    best: ColumnMap | None = None
    for sheet in table.sheets:
        for number in sorted(sheet.rows)[:_WITHIN]:
            columns = _understood(sheet.rows[number])
            if best is None or len(columns) > len(best.columns):
                best = ColumnMap(sheet, number, columns)
    if best is None or len(best.columns) < _LEAST or not any(key in best.columns for key in PLACES):
        raise UsageFault(
            N_("no row of headings was understood in the table"),
            remedy=message(N_("Write a map by hand (docs/forms.md shows one), and name it: --map MAP.yaml")),
        )
    return best


def _understood(row: Mapping[int, str]) -> dict[str, int]:
    """Return which column of a row of headings holds what; of two for one thing the first."""
    found: dict[str, int] = {}
    for column, text in sorted(row.items()):
        plain = re.sub(_YEAR, "", "".join(folded(text).casefold().split()))
        for key, pattern in _HEADINGS.items():
            if key not in found and re.fullmatch(pattern, plain):
                found[key] = column
                break
    if "indicator" not in found and "summary" not in found and "value" in found:
        found["summary"] = found.pop("value")  # 実績 without an indicator beside it is a text
    return found


def read_map(raw: bytes, name: str, table: PastTable) -> ColumnMap:
    """Return the mapping that a file gives; raise ``UsageFault``."""
    try:
        shaped = read_shape(MAP_FILE, parse(raw))
    except Unreadable:
        shaped = []
    if isinstance(shaped, list):
        raise UsageFault(
            N_("{file} is no map of columns"),
            file=name,
            remedy=message(N_("Delete it, and pdca import proposes one; docs/forms.md shows what it holds.")),
        )
    unknown = [key for key in shaped.columns if key not in KEYS]
    if unknown:
        raise UsageFault(
            N_("{file}: {keys} is nothing that a column can hold"),
            file=name,
            keys=unknown,
            remedy=message(N_("Write one of {keys}."), keys=list(KEYS)),
        )
    sheet = next((one for one in table.sheets if shaped.sheet in (None, one.name)), None)
    row = {} if sheet is None else sheet.rows.get(shaped.head - 1, {})
    by_heading = {_plain(text): column for column, text in row.items()}
    missing = [heading for heading in shaped.columns.values() if _plain(heading) not in by_heading]
    if sheet is None or missing:
        raise UsageFault(
            N_("the table has no such headings as {file} names: {headings}"),
            file=name,
            headings=missing if sheet is not None else [shaped.sheet or ""],
            remedy=message(N_("Correct sheet, head and columns in the file.")),
        )
    columns = {key: by_heading[_plain(heading)] for key, heading in shaped.columns.items()}
    return ColumnMap(sheet, shaped.head - 1, columns, shaped.words)


def _plain(text: str) -> str:
    return "".join(folded(text).split())
