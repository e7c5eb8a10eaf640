"""A publication as it lies in a folder: nothing of it is taken unless all of it is as it was published."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

from mizuho_pdca.domain.plan.town_code import is_code
from mizuho_pdca.domain.publication.table import KEYS, PLACES, SCHEMA, Kind, Row, Value
from mizuho_pdca.domain.publication.tables import PUBLICATIONS, TABLES
from mizuho_pdca.errors import os_reason
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.message import Value as Said
from mizuho_pdca.storage.files import read_ordinary

DATASET, METADATA = "dataset.json", "csv-metadata.json"

_PARTS = {DATASET, METADATA, *(f"{table.name}.{end}" for table in TABLES for end in ("csv", "parquet"))}
"""The files of a publication: a folder with any of them is one, or what is left of one."""

_LIMIT = 64 * 1024 * 1024
_WORDS = {"true": True, "false": False}
_YEAR = re.compile(r"19[0-9]{2}|2[01][0-9]{2}")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(rf"-?[0-9]{{1,18}}(\.[0-9]{{1,{PLACES}}})?")


class Unfit(Exception):
    """A file can't be taken; ``file`` is its path, ``reason`` says why."""

    def __init__(self, file: Path, words: str, /, **values: Said) -> None:
        """Take the file, and why: a msgid with its values."""
        super().__init__(words)
        self.file = file
        self.reason: Message = message(words, **values)


NEVER = datetime.min.replace(tzinfo=UTC)
"""When the last entry was recorded where there is none: before all others."""


@dataclass(frozen=True)
class TownYear:
    """What one publication holds: of which town, plan and year it is, and its tables with their columns' kinds.

    ``until`` is when the last entry was recorded, ``NEVER`` where nothing was.
    """

    folder: Path
    code: str
    municipality: str
    plan: str
    year: int
    until: datetime
    kinds: Mapping[str, Mapping[str, Kind]]
    rows: Mapping[str, Sequence[Row]]
    digest: str


def find(folder: Path) -> Iterator[Path]:
    """Yield the folders of publications at or below a folder, in order, then those that can't be looked into."""
    closed: list[Path] = []

    def keep(exc: OSError) -> None:
        if not isinstance(exc, FileNotFoundError | NotADirectoryError):
            closed.append(Path(exc.filename))

    for place, folders, names in os.walk(folder, onerror=keep):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if not _PARTS.isdisjoint(names):
            yield Path(place)
    yield from closed


def read_publication(folder: Path) -> TownYear:
    """Return what a folder holds; raise ``Unfit`` for the first file that is not as it was published."""
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError as exc:
        raise Unfit(folder, N_("it can't be read: {reason}"), reason=os_reason(exc)) from exc
    if DATASET not in names:
        raise Unfit(folder, N_("it has no {file}, which tells what was published and whose it is"), file=DATASET)
    about = _json(folder / DATASET, _read(folder / DATASET))
    form = about.get("dct:conformsTo")
    if form != SCHEMA:
        raise Unfit(
            folder / DATASET, N_('it is of the form "{form}", and {known} is wanted'), form=str(form), known=SCHEMA
        )
    listed = _listed(folder, about)
    metadata = _json(folder / METADATA, _checked(folder, METADATA, listed))
    kinds, rows = {}, {}
    for table in TABLES:
        name = f"{table.name}.csv"
        if name in listed or table is PUBLICATIONS:
            kinds[table.name] = _kinds(folder, name, metadata, table.kinds)
            rows[table.name] = _rows(folder / name, _checked(folder, name, listed), kinds[table.name])
            _check_twice(folder / name, rows[table.name], table.keys)
    return _town_year(folder, kinds, rows, listed)


def _town_year(
    folder: Path, kinds: Mapping[str, Mapping[str, Kind]], rows: Mapping[str, Sequence[Row]], listed: Mapping[str, str]
) -> TownYear:
    file = folder / f"{PUBLICATIONS.name}.csv"
    if len(rows[PUBLICATIONS.name]) != 1:
        raise Unfit(file, N_("it must hold one row"))
    (head,) = rows[PUBLICATIONS.name]
    code, plan, year = (head.get(key) for key in KEYS)
    if not isinstance(code, str) or not is_code(code):
        raise Unfit(file, N_('"{value}" is not the code of a municipality'), value=str(code or ""))
    if not isinstance(plan, str) or not isinstance(year, str) or not _YEAR.fullmatch(year):
        raise Unfit(file, N_("the plan's id or the fiscal year is missing"))
    if not isinstance(head["sample"], bool):
        raise Unfit(file, N_("it does not say whether it is a sample"))
    same = {key: head[key] for key in (*KEYS, "sample")} | {"prefecture": code[:2]}
    for name, own in rows.items():
        for number, row in enumerate(own, start=2):
            for key, value in same.items():
                if row.get(key) != value:
                    raise Unfit(
                        folder / f"{name}.csv",
                        N_('line {line}, column {column}: it is "{value}", and {wanted} is wanted'),
                        line=number,
                        column=key,
                        value=str(row.get(key)),
                        wanted=str(value),
                    )
    digest = sha256(json.dumps(sorted(listed.items())).encode()).hexdigest()
    try:
        until = moment(head.get("recorded_until"))
    except ValueError as exc:
        raise Unfit(file, N_('"{value}" is no time with its zone'), value=str(head["recorded_until"])[:40]) from exc
    return TownYear(folder, code, str(head.get("municipality") or ""), plan, int(year), until, kinds, rows, digest)


def moment(text: object) -> datetime:
    """Return the time that ``recorded_until`` gives, whatever its zone; raise ``ValueError`` where it is none."""
    if not text:
        return NEVER
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None:
        raise ValueError(text)
    return found


# -- files ------------------------------------------------------------------------------------


def _read(path: Path) -> bytes:
    try:
        data = read_ordinary(str(path), _LIMIT)
    except OSError as exc:
        raise Unfit(path, N_("it can't be read: {reason}"), reason=os_reason(exc)) from exc
    if len(data) > _LIMIT:
        raise Unfit(path, N_("it is too large"))
    return data


def _json(path: Path, data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as exc:
        raise Unfit(path, N_("it is no JSON")) from exc
    if not isinstance(found, dict):
        raise Unfit(path, N_("it is no description of a publication"))
    return found


def _listed(folder: Path, about: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of each file that the description names."""
    try:
        return {str(one["contentUrl"]): str(one["sha256"]) for one in about["distribution"]}
    except (KeyError, TypeError) as exc:
        raise Unfit(folder / DATASET, N_("it is no description of a publication")) from exc


def _checked(folder: Path, name: str, listed: Mapping[str, str]) -> bytes:
    if name not in listed:
        raise Unfit(folder / name, N_("the description of the publication does not name it"))
    data = _read(folder / name)
    if sha256(data).hexdigest() != listed[name]:
        raise Unfit(folder / name, N_("it was changed after it was published"))
    return data


# -- columns and rows -------------------------------------------------------------------------


def _kinds(folder: Path, name: str, metadata: Mapping[str, Any], known: Mapping[str, Kind]) -> dict[str, Kind]:
    """Return the columns of a table as its metadata gives them; one of another schema may have more or fewer.

    A key is text, whatever its metadata says.
    """
    try:
        (table,) = (one for one in metadata["tables"] if one["url"] == name)
        kinds: dict[str, Any] = {str(one["name"]): one["datatype"] for one in table["tableSchema"]["columns"]}
    except (KeyError, TypeError, ValueError) as exc:
        raise Unfit(folder / METADATA, N_("it does not describe the columns of {file}"), file=name) from exc
    kinds |= {key: "string" for key in KEYS if kinds.get(key) == "integer"}
    for column, kind in kinds.items():
        if kind not in get_args(Kind) or known.get(column, kind) != kind:
            raise Unfit(
                folder / METADATA,
                N_('the column {column} of {file} holds "{kind}"'),
                column=column,
                file=name,
                kind=str(kind),
            )
    if missing := [key for key in (*KEYS, "prefecture", "sample") if key not in kinds]:
        raise Unfit(folder / METADATA, N_("{file} lacks the columns {columns}"), file=name, columns=missing)
    return kinds


def _rows(path: Path, data: bytes, kinds: Mapping[str, Kind]) -> list[Row]:
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as exc:
        raise Unfit(path, N_("it is no CSV in UTF-8")) from exc
    if not lines or lines[0] != list(kinds):
        raise Unfit(path, N_("its columns are not those that its metadata describes"))
    return [_row(path, number, line, kinds) for number, line in enumerate(lines[1:], start=2)]


def _row(path: Path, number: int, line: Sequence[str], kinds: Mapping[str, Kind]) -> Row:
    if len(line) != len(kinds):
        raise Unfit(
            path,
            N_("line {line} has {found} values, and {wanted} are wanted"),
            line=number,
            found=len(line),
            wanted=len(kinds),
        )
    row = {}
    for (column, kind), text in zip(kinds.items(), line, strict=True):
        try:
            row[column] = _value(text, kind)
        except (ValueError, KeyError) as exc:
            raise Unfit(
                path,
                N_('line {line}, column {column}: "{value}" is no {kind}'),
                line=number,
                column=column,
                value=text[:40],
                kind=kind,
            ) from exc
    return row


def _value(text: str, kind: Kind) -> Value:
    if not text:
        return None
    match kind:
        case "integer":
            return int(_plain(_INTEGER, text))
        case "boolean":
            return _WORDS[text]
        case "decimal":
            return Decimal(_plain(_DECIMAL, text))
        case _:
            return text


def _plain(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


def _check_twice(path: Path, rows: Sequence[Row], keys: Sequence[str]) -> None:
    seen: dict[tuple[Value, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row.get(name) for name in keys)
        if seen.setdefault(key, number) != number:
            raise Unfit(path, N_("line {line} is of the same as line {first}"), line=number, first=seen[key])
