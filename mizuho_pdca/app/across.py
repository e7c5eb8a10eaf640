"""Ask a question over the table of many towns, by the engine that is named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mizuho_pdca.app.collect import PENDING
from mizuho_pdca.domain.plan.town_code import is_code
from mizuho_pdca.domain.publication.answer import Counts, TownAnswer, answer
from mizuho_pdca.domain.publication.questions import Limits, TownQuestion, town_names
from mizuho_pdca.domain.publication.table import Kind
from mizuho_pdca.domain.publication.tables import PUBLICATIONS
from mizuho_pdca.errors import Refused, UsageFault, os_reason
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.files import read_ordinary
from mizuho_pdca.storage.tables import ask, ask_spark, spark

if TYPE_CHECKING:
    from mizuho_pdca.domain.publication.questions import Frame

Engine = Literal["duckdb", "spark"]
Ask = Callable[[str, Mapping[str, Kind], "Callable[[Frame], Frame]"], "list[Counts]"]
"""Gives what an expression makes of one of the tables."""

_LIMIT = 16 * 1024 * 1024


def across(
    table: str,
    question: TownQuestion,
    asked: Limits,
    *,
    towns: Path | None = None,
    engine: Engine = "duckdb",
    master: str = "local[*]",
) -> TownAnswer:
    """Return the answer to a question; raise ``UsageFault`` where there is no table.

    ``towns`` is a list of all towns that are to publish, without which those are all that the table has of any year.
    """
    with ExitStack() as stack:
        asks: Ask
        if engine == "spark":
            session = stack.enter_context(spark(master))
            _check(table)
            asks = partial(ask_spark, session, table)
        else:
            _check(table, local=True)
            asks = partial(_ask_files, Path(table), asked)
        return _answered(asks, question, asked, towns)


def _answered(asks: Ask, question: TownQuestion, asked: Limits, towns: Path | None) -> TownAnswer:
    names = dict[str, str]()
    if "code" in question.keys(asked):
        found = asks(
            PUBLICATIONS.name, {name: PUBLICATIONS.kinds[name] for name in ("code", "municipality")}, town_names
        )
        names = {row["code"]: row["municipality"] or "" for row in found}
        listed = {} if towns is None else {code: name or names.get(code, "") for code, name in _listed(towns).items()}
        names = listed or names
    rows = asks(question.table.name, question.kinds, question.expression(asked))
    return answer(question, asked, rows, names)


def _ask_files(
    table: Path, asked: Limits, name: str, kinds: Mapping[str, Kind], expression: Callable[[Frame], Frame]
) -> list[Counts]:
    """Return what DuckDB makes of the files that may hold any of what is asked for."""
    paths = sorted(path for path in (table / name).glob("fy=*/pref=*/*.parquet") if _may_hold(path, asked, name))
    return ask(paths, kinds, expression) if paths else []


def _may_hold(path: Path, asked: Limits, name: str) -> bool:
    year, pref = path.parts[-3].removeprefix("fy="), path.parts[-2].removeprefix("pref=P")
    if name == PUBLICATIONS.name:  # of towns all years are known
        return True
    return (
        (asked.prefecture in (None, pref))
        and (asked.since is None or not year.isdecimal() or int(year) >= asked.since)
        and (asked.until is None or not year.isdecimal() or int(year) <= asked.until)
    )


def _check(table: str, *, local: bool = False) -> None:
    if "://" in table and not local:
        return
    folder = Path(table)
    if not (folder / PUBLICATIONS.name).is_dir():
        raise UsageFault(
            N_("there is no table in {folder}"),
            folder=table,
            remedy=message(N_("Name the folder that pdca collect made.")),
        )
    if (folder / PENDING).exists():
        raise Refused(
            N_("a collection into {folder} was cut off, or is still going on"),
            folder=table,
            remedy=message(N_("Collect again; it goes on where it was cut off.")),
        )


# -- lists of towns ---------------------------------------------------------------------------


def _listed(path: Path) -> dict[str, str]:
    """Return the towns of a list by code: lines with a six-digit code, and the name in one of the two cells behind."""
    try:
        data = read_ordinary(str(path), _LIMIT)
    except OSError as exc:
        raise UsageFault(
            N_("{file} can't be read: {reason}"),
            file=str(path),
            reason=os_reason(exc),
            remedy=message(N_("Name a text with one town a line: its code, a comma, its name.")),
        ) from exc
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp932", errors="replace")
    dialect = "excel-tab" if "\t" in text else "excel"
    towns = dict(_towns(csv.reader(io.StringIO(text), dialect)))
    if not towns:
        raise UsageFault(
            N_("{file} holds no code of a municipality"),
            file=str(path),
            remedy=message(N_("Name a text with one town a line: its code, a comma, its name.")),
        )
    return towns


def _towns(lines: Iterable[list[str]]) -> Iterable[tuple[str, str]]:
    for cells in lines:
        place = next((n for n, cell in enumerate(cells) if is_code(cell.strip())), None)
        if place is not None and not re.fullmatch(r"..000.", cells[place].strip()):
            names = [cell.strip() for cell in cells[place + 1 : place + 3] if cell.strip()]
            yield cells[place].strip(), names[-1] if names else ""
