"""Tables of many towns as Parquet files: written and read by DuckDB, and read by Spark. Both load here alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from mizuho_pdca.domain.publication.answer import Counts
from mizuho_pdca.domain.publication.table import KEYS, PLACES, Kind, Row
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection, DuckDBPyRelation
    from pyspark.sql import SparkSession

    from mizuho_pdca.domain.publication.questions import Frame

_DIGITS = 33
"""Digits of a figure: 18 before the point, and room for sums in the 38 that every engine has."""

_SQL: Mapping[Kind, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "decimal": f"DECIMAL({_DIGITS},{PLACES})",
}
_SPARK: Mapping[Kind, str] = {**_SQL, "string": "STRING"}

_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "preserve_insertion_order": "false",
    "enable_external_file_cache": "false",
}
"""No extension is ever fetched; rows need no order but the one that is asked for, and no file is read twice."""


@contextmanager
def _duckdb(**settings: str) -> Iterator[DuckDBPyConnection]:
    """Yield a connection that keeps nothing; what does not fit into memory goes to the system's temporary folder."""
    with needed_for("Parquet", "towns"):
        import duckdb
    with TemporaryDirectory(prefix="pdca-") as folder:
        opened = duckdb.connect(config={**_SETTINGS, "temp_directory": folder, **settings})
        try:
            yield opened
        finally:
            opened.close()


_YEAR, _MISMATCH = "fiscal_year", "PARQUET_COLUMN_DATA_TYPE_MISMATCH"
"""The key that older programs wrote as a number, and what Spark says of such a file."""

_NAME = '"'
_MEMORY = "200MB"
"""What DuckDB may hold at once."""


def _quoted(text: str, quote: str = "'") -> str:
    return quote + text.replace(quote, quote * 2) + quote


def _columns(kinds: Mapping[str, Kind], held: Collection[str]) -> str:
    """Return the columns of a table as SQL, in their order; one that is not held is unknown."""
    casts = (
        f"CAST({_quoted(name, _NAME) if name in held else 'NULL'} AS {_SQL[kind]}) AS {_quoted(name, _NAME)}"
        for name, kind in kinds.items()
    )
    return ", ".join(casts)


# -- writing ----------------------------------------------------------------------------------


def parquet(
    kinds: Mapping[str, Kind], rows: Iterable[Row], kept: Path | None = None, replaced: Collection[str] = ()
) -> bytes:
    """Return a table as the bytes of a Parquet file: the same rows give the same bytes, in whatever order they come.

    From an older file ``kept`` the rows of all plans stay that are not ``replaced``. Keys become text.
    """
    with TemporaryDirectory(prefix="pdca-") as folder, _duckdb(threads="1") as opened:
        source, target = Path(folder, "rows.json"), Path(folder, "rows.parquet")
        older, held = None, dict[str, Kind]()
        if kept is not None:
            with _blaming([kept]):
                older = _scan(opened, [kept])
                held = _kinds(older) | dict[str, Kind].fromkeys(KEYS, "string")
        kinds = {**kinds, **held}
        source.write_text("".join(f"{_line(row)}\n" for row in rows), encoding="utf-8", newline="\n")
        types = {name: _SQL[kind] for name, kind in kinds.items()}
        found = opened.read_json(str(source), columns=types, format="newline_delimited").project(_columns(kinds, kinds))
        if older is not None:
            plans = ", ".join(map(_quoted, replaced))
            found = found.union(older.filter(f"plan NOT IN ({plans})").project(_columns(kinds, held)))
        with _unwritable():
            found.order("ALL").write_parquet(str(target), compression="zstd")
        return target.read_bytes()


@contextmanager
def _unwritable() -> Iterator[None]:
    """Let what keeps DuckDB from writing be told; raise ``EnvironmentFault``."""
    import duckdb

    try:
        yield
    except duckdb.IOException as exc:
        raise EnvironmentFault(
            N_("the table can't be written: {reason}"),
            reason=str(exc).partition("\n")[0],
            remedy=message(N_("Make room in the folder for temporary files, {folder}."), folder=gettempdir()),
        ) from exc


def _line(row: Row) -> str:
    plain = {name: f"{value:f}" if isinstance(value, Decimal) else value for name, value in row.items()}
    return json.dumps(plain, ensure_ascii=True)


# -- reading ----------------------------------------------------------------------------------


def _scan(opened: DuckDBPyConnection, paths: Sequence[Path], *, union: bool = False) -> DuckDBPyRelation:
    """Return what stands in some files, with the columns of the first; of a ``union``, with those that any has."""
    return opened.read_parquet([str(path) for path in paths], union_by_name=union, hive_partitioning=False)


def _kinds(found: DuckDBPyRelation) -> dict[str, Kind]:
    kinds = {sql: kind for kind, sql in _SQL.items()}
    return {name: kinds[str(of)] for name, of in zip(found.columns, found.types, strict=True)}


def ask(paths: Sequence[Path], kinds: Mapping[str, Kind], expression: Callable[[Frame], Frame]) -> list[Counts]:
    """Return the rows of what an expression makes of some files, by DuckDB.

    Files that all have the columns are read as they come. Only where one lacks some, all are opened beforehand,
    which takes a multiple of time and memory; ``collect`` writes every column that it knows.
    """
    with needed_for("Parquet", "towns"):
        import duckdb
        import narwhals.stable.v2 as nw
    with _duckdb(memory_limit=_MEMORY) as opened:

        def answer(*, union: bool) -> list[Counts]:
            found = _scan(opened, paths, union=union)
            result = expression(nw.from_native(found.project(_columns(kinds, found.columns)))).to_native()
            return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]

        try:
            return answer(union=not kinds.keys() <= set(_scan(opened, paths[:1]).columns))
        except duckdb.Error:
            with _blaming(paths):
                return answer(union=True)


@contextmanager
def _blaming(paths: Sequence[Path]) -> Iterator[None]:
    """Let what DuckDB can't read be told as what is to be done; raise ``EnvironmentFault``."""
    import duckdb

    try:
        yield
    except duckdb.Error as exc:
        raise EnvironmentFault(
            N_("the table can't be read: {reason}"),
            reason=str(exc).partition("\n")[0],
            remedy=message(
                N_("Delete the file that is named, below {folder}, and collect its town again."),
                folder=str(paths[0].parents[2]),
            ),
        ) from exc


@contextmanager
def spark(master: str) -> Iterator[SparkSession]:
    """Yield a session of Spark; one on this machine alone listens to nobody else."""
    with needed_for("Spark", "spark"):
        from pyspark.sql import SparkSession
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "FATAL",
        "spark.sql.ansi.enabled": "true",
    }
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings |= {"spark.sql.shuffle.partitions": "4"}
    builder = SparkSession.builder.appName("pdca").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def ask_spark(
    session: SparkSession, place: str, name: str, kinds: Mapping[str, Kind], expression: Callable[[Frame], Frame]
) -> list[Counts]:
    """Return the rows of what an expression makes of all files of a table at a place, by Spark.

    The columns are given, so that no file is opened to learn them, and none is made of the folders' names.
    """
    import narwhals.stable.v2 as nw
    from py4j.protocol import Py4JJavaError

    def answer(held: Mapping[str, Kind]) -> list[Counts]:
        columns = ", ".join(f"`{column}` {_SPARK[kind]}" for column, kind in held.items())
        found = session.read.schema(columns).option("recursiveFileLookup", "true").parquet(f"{place}/{name}")
        texts = {key: found[key].cast("string") for key in KEYS if key in held}
        result = expression(nw.from_native(found.withColumns(texts))).to_native()
        return [row.asDict() for row in result.collect()]

    for held in (kinds, {**kinds, _YEAR: "integer"}):
        try:
            return answer(held)
        except Py4JJavaError as exc:
            if _MISMATCH not in str(exc):
                raise
    raise EnvironmentFault(
        N_("Spark can't read a table in which older files have the fiscal year as a number, and others as text"),
        remedy=message(N_("Collect the publications again, or leave --engine out.")),
    )
