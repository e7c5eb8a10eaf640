"""Units that a table gives for its figures, beside those of the plan: 1,234 千円 are no 1,234 円."""

from __future__ import annotations

from mizuho_pdca.app.forms.headings import without_unit
from mizuho_pdca.app.forms.mapping import ColumnMap
from mizuho_pdca.app.forms.table import is_ditto
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import DASHES, folded

_SAME = {"名": "人", "箇所": "か所", "ヶ所": "か所", "ヵ所": "か所", "ケ所": "か所", "カ所": "か所", "ヶ月": "か月"}


def check_unit(found: ColumnMap, row: int, indicator: Indicator) -> None:
    """Raise ``UsageFault`` where a row counts in another unit than its indicator."""
    words = found.words.get("unit", {})
    units = _units_beside(found, row)
    meant = {_plain(words.get(unit, unit)) for unit in units} - {""}
    if not meant or not indicator.unit or indicator.method == "done" or _plain(indicator.unit) in meant:
        return
    unit = units[0]
    remedy = N_("Correct the figure and its unit. Where both units mean the same, say so in the file of --map: {words}")
    raise UsageFault(
        N_("the table counts in {unit}, the plan counts {indicator} in {own}"),
        unit=unit,
        indicator=indicator.name,
        own=indicator.unit,
        remedy=message(remedy, words=f'words: {{unit: {{"{unit}": {indicator.unit}}}}}'),
    )


def _units_beside(found: ColumnMap, row: int) -> list[str]:
    """Return the units that a row gives: in the columns 単位 that are nearest, else in the heading of its figure."""
    at, held = found.columns["value"], found.sheet.rows[row]
    columns = [column for column, text in found.texts.items() if "".join(folded(text).split()).endswith("単位")]
    near = min((abs(at - column) for column in columns), default=0)
    told = [held[column] for column in columns if abs(at - column) == near and column in held]
    units = [unit for unit in told if not is_ditto(unit) and set(folded(unit)) - {*DASHES}]
    return units or [without_unit(found.texts.get(at, ""))[1]]


def _plain(unit: str) -> str:
    plain = "".join(folded(unit).strip("()").split())
    return _SAME.get(plain, plain)
