"""What the headings of a town's table mean: in one row or in two, with the years that they name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mizuho_pdca.app.forms.table import TableSheet
from mizuho_pdca.app.input.figures import COUNTED
from mizuho_pdca.domain.calendar import parse_year
from mizuho_pdca.text import folded

_HEADINGS: Mapping[str, str] = {
    "number": r"(取組|事業|施策|整理|管理)?(番号|no\.?|№|コード)",
    "title": r"(具体的な|主な)?(取組|取り組み|事業)(名称?|項目)?|(取組|事業)・?(施策)?名",
    "status": r"(実施|取組|進捗|進行)?(状況|状態)(区分)?|進捗",
    "summary": r"(当?年度の|本年度の|主な)?(取組|取り組み|実施|事業|活動)(内容|実績|状況)"
    r"(等|[・及び]*(成果|実績|状況))*|実施内容・?実績|取組実績|実績・成果|(主な)?実績(内容|概要)|当年度の取組",
    "rating": r"(自己|内部|担当課|達成度|進捗)?評価(区分|結果|ランク)?|達成度|判定",
    "progress": r"評価(の)?(理由|説明|コメント).*|取組における進捗状況|所見|成果",
    "issues": r"(今後の)?(課題|問題点)(等|・問題点)?.*",
    "direction": r"(今後の)?(方向性|方針)(区分)?",
    "next": r"(翌|来|次)年度の?(取組|取り組み|予定|計画|実施|事業).*|今後の(取組|取り組み|予定|対応).*",
    "indicator": r"(成果|活動)?指標(名)?|kpi|数値目標",
    "value": r"((当|本|今|該当)?年度の?|年間)?実績値?|現状値|実績\(?数値\)?",
    "by": r"(担当|所管|主管|回答)(課|部署|所属)?(名)?|課名",
}
_YEAR = r"(?:令和|平成|(?<![a-z])[rh])\.?(?:\d{1,2}|元)(?:年度?)?|(?<!\d)20\d\d(?:年度?)?(?!\d)"
_NAMED_YEAR = r"(?:令和|平成|(?<![a-z])[rh])\.?(?:\d{1,2}|元)(?:年度|(?!年|\.|\d))|(?<!\d)20\d\d(?:年度|(?![年\d/.-]))"
_UNIT = rf"[十百千万億]*(?:円|{COUNTED})|%|ポイント|年|か?月|日|時間|分|k?m2?|k?g|t|ha|ℓ|l"
_EMPTY = r"\(\)|\[\]|<>|〔〕|【】|〈〉|《》|「」"
_CHOICES = r"(.+)[(\[]([a-z\d◎○●△▲×]([~・、,/\-]?[a-z\d◎○●△▲×]){1,9}|(\w{1,8}[・、,/]){2,}\w{1,8})[)\]]"
"""A heading with its words to choose from: 自己評価（A～D）, 方向性（拡充・継続・縮小）."""

_OF_NEXT_YEAR = r"の?(取組|取り組み|予定|計画|実施|事業).*"


@dataclass(frozen=True)
class TableHeading:
    """The heading of a column: its own text, and that of a group of columns above it."""

    text: str
    group: str = ""

    @property
    def shown(self) -> str:
        """Return it as it is named in a map: 令和4年度 実績値."""
        return f"{self.group} {self.text}".strip()

    def key(self, year: int | None) -> str | None:
        """Return what the column holds, None where that is not understood, or is that of another year."""
        years = years_in(self.shown)
        if year is not None and years and year not in years:
            is_next = years == {year + 1} and re.fullmatch(_OF_NEXT_YEAR, _plain(self.text) or _plain(self.group))
            return "next" if is_next else None
        texts = [self.text, self.group + self.text, *([] if _plain(self.text) else [self.group])]
        of_unit = (_meant(_plain(without_unit(text)[0])) for text in texts)
        return next((key for text in texts if (key := _meant(_plain(text)))), "value" if "value" in of_unit else None)


def without_unit(heading: str) -> tuple[str, str]:
    """Return a heading without a unit in brackets at its end, and that unit: 実績値（千円）."""
    found = re.fullmatch(rf"(.+)[(\[](?:単位[::]?)?({_UNIT})[)\]]", _folded(heading))
    return (heading, "") if found is None else (found[1], found[2])


def _meant(plain: str) -> str | None:
    chosen = re.fullmatch(_CHOICES, plain)
    texts = [plain] if chosen is None else [plain, chosen[1]]
    return next((key for text in texts for key, pattern in _HEADINGS.items() if re.fullmatch(pattern, text)), None)


def _plain(text: str) -> str:
    """Return a heading without blanks and without the years that it names, nor brackets that held nothing else."""
    return re.sub(_EMPTY, "", re.sub(rf"({_YEAR})の?", "", _folded(text)))


def _folded(text: str) -> str:
    return "".join(folded(text).casefold().split())


def years_in(text: str, *, of_days: bool = True) -> set[int]:
    """Return the fiscal years that a text names; without ``of_days`` not the years of days in it."""
    found = re.findall(_YEAR if of_days else _NAMED_YEAR, _folded(text))
    years = {parse_year(year.replace(".", "")) for year in found}
    return {year for year in years if year is not None}


def headings_at(sheet: TableSheet, row: int, *, in_two_rows: bool) -> dict[int, TableHeading]:
    """Return the headings that end in a row, by column; with those of the row above it where they are in two."""
    own = sheet.rows.get(row, {})
    if not in_two_rows:
        return {column: TableHeading(text) for column, text in own.items()}
    above = sheet.rows.get(row - 1, {})
    return {
        column: TableHeading(own.get(column) or above[column], _group(sheet, row - 1, column) if column in own else "")
        for column in sorted({*above, *own})
    }


def _group(sheet: TableSheet, row: int, column: int) -> str:
    """Return the text that stands over several columns, of which one is asked for."""
    above = sheet.rows.get(row, {})
    wide = [(first[1], last[1]) for first, last in sheet.merged if first[0] == last[0] == row]
    for left, right in wide:
        if left <= column <= right:
            return above.get(left, "")
    if wide:
        return above.get(column, "")
    return next((above[at] for at in sorted(above, reverse=True) if at <= column), "")


def _is_one_of_years(heading: TableHeading, headings: Collection[TableHeading], year: int | None) -> bool:
    """Return whether a column says of the next year what others say of this one and of one before it: no plan."""
    same = (one for one in headings if _plain(one.shown) == _plain(heading.shown))
    years = {named for one in same for named in years_in(one.shown)}
    return year in years and any(named < (year or 0) for named in years)


def understood(headings: Mapping[int, TableHeading], year: int | None) -> dict[str, int]:
    """Return which column holds what; of two for one thing the first."""
    found: dict[str, int] = {}
    for column, heading in sorted(headings.items()):
        key = heading.key(year)
        if key is not None and not (key == "next" and _is_one_of_years(heading, headings.values(), year)):
            found.setdefault(key, column)
    if "indicator" not in found and "summary" not in found and "value" in found:
        found["summary"] = found.pop("value")  # 実績 without an indicator beside it is a text
    return found
