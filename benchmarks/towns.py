"""Measure what questions over many towns cost: a nation that is made up, at several sizes.

    python benchmarks/towns.py make FOLDER --towns 1741 [--copies 12] [--together]   one table, unless it is there
    python benchmarks/towns.py ask FOLDER [--engine spark]                           a line of the table a question
    python benchmarks/towns.py plot docs/many-towns.md                               its table, as a picture beside it

``--copies`` has every file so many times, ``--together`` puts the towns of a prefecture into one file. Each question
is asked in a process of its own, several times; the figures are the least seconds, of the clock and of both
processors together, and the peak of memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from mizuho_pdca.app.across import across
from mizuho_pdca.app.collect import file_of
from mizuho_pdca.domain.plan.town_code import check_digit
from mizuho_pdca.domain.publication.questions import QUESTIONS, Limits
from mizuho_pdca.domain.publication.tables import INITIATIVES, PUBLICATIONS

CHECKOUT = Path(__file__).parents[1]
PLANS, INITIATIVES_EACH, YEARS, PREFECTURES = 30, 30, range(2022, 2032), 47
ASKED = ("completion", "policies", "ratings")
MEGABYTE = 1024
COLUMNS = 6

ROWS = """
SELECT {columns} FROM (
    SELECT code, prefecture, 'plan-' || lpad(CAST(p AS VARCHAR), 4, '0') AS plan, '{year}' AS fiscal_year,
        false AS sample,
        (1 + n // 10) || '-' || (1 + n // 5 % 2) || '-' || (1 + n % 5) AS node, '取組' || n AS title,
        CAST(1 + n // 10 AS VARCHAR) AS policy, '基本方針' || (1 + n // 10) AS policy_title,
        (1 + n // 10) || '-' || (1 + n // 5 % 2) AS measure, '産業課' AS department, true AS counted,
        s <> 7 AS reported, false AS carried,
        ['not_started', 'preparing', 'in_progress', 'done', 'completed', 'suspended', 'discontinued', NULL][1 + s]
            AS status,
        s IN (2, 3, 4) AS implemented, s IN (3, 4) AS completed, s NOT IN (5, 6) AS pursued,
        ['A', 'B', 'C', 'D', NULL][1 + r] AS rating, CASE WHEN r < 4 THEN 1 + r END AS rank, 4 AS ranks
    FROM (SELECT *, CAST(h % 8 AS INTEGER) AS s, CAST(h // 8 % 5 AS INTEGER) AS r
        FROM (SELECT *, hash(code || p || '/' || n || {year}) % 1000 AS h
            FROM towns, range(1, {plans} + 1) a(p), range({initiatives}) b(n))))
ORDER BY ALL
"""


def towns(count: int) -> Iterator[str]:
    """Yield the codes of so many towns, spread over the prefectures."""
    for number in range(count):
        five = f"{1 + number % PREFECTURES:02}{100 + number // PREFECTURES:03}"
        yield five + check_digit(five)


def make(folder: Path, count: int, copies: int, *, together: bool) -> None:
    """Write the table of initiatives, and an empty one of publications."""
    import duckdb

    opened = duckdb.connect(config={"threads": "1"})
    held = "code prefecture plan fiscal_year sample node title policy policy_title measure department counted reported "
    held += "carried status implemented completed pursued rating rank ranks"
    types = {"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN"}
    columns = ", ".join(
        f"CAST({name if name in held.split() else 'NULL'} AS {types[kind]}) AS {name}"
        for name, kind in INITIATIVES.kinds.items()
    )
    codes = list(towns(count))
    groups = [[code] for code in codes]
    if together:
        groups = [[code for code in codes if code[:2] == f"{number:02}"] for number in range(1, PREFECTURES + 1)]
    (folder / PUBLICATIONS.name).mkdir(parents=True, exist_ok=True)
    for year in YEARS:
        for group in groups:
            path = folder / file_of(INITIATIVES.name, year, group[0])
            path.parent.mkdir(parents=True, exist_ok=True)
            opened.execute("CREATE OR REPLACE TABLE towns AS SELECT unnest(?) AS code", [group])
            opened.execute("ALTER TABLE towns ADD COLUMN prefecture VARCHAR")
            opened.execute("UPDATE towns SET prefecture = code[1:2]")
            query = ROWS.format(columns=columns, year=year, plans=PLANS, initiatives=INITIATIVES_EACH)
            opened.sql(query).write_parquet(str(path), compression="zstd")
            for number in range(1, copies):
                path.with_stem(f"{path.stem}-{number}").hardlink_to(path)


def once(folder: Path, question: str, engine: str) -> dict[str, float]:
    """Ask one question in this process, and return what it took."""
    start = time.perf_counter()
    (asked,) = (one for name, one in QUESTIONS.items() if name == question)
    found = across(str(folder), asked, Limits(), engine="spark" if engine == "spark" else "duckdb", master="local[2]")
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": time.perf_counter() - start,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / MEGABYTE,
        "rows": sum(row.get("counted", row.get("n")) for row in found.rows),
    }


def ask(folder: Path, engine: str, times: int) -> None:
    """Ask each question several times, and print a line of a Markdown table for each."""
    for question in ASKED:
        runs = []
        for _ in range(times):
            command = [sys.executable, __file__, "once", str(folder), "--question", question, "--engine", engine]
            done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True)
            runs.append(json.loads(done.stdout))
        least = {name: min(run[name] for run in runs) for name in ("seconds", "processor", "megabytes", "rows")}
        cells = f"{least['seconds']:.1f} | {least['processor']:.1f} | {least['megabytes']:.0f}"
        print(f"| {least['rows']:,.0f} | {engine} | `{question}` | {cells} |", flush=True)


def plot(page: Path) -> None:
    """Draw the seconds of a page's table over its rows, beside it."""
    import vl_convert

    cells = (
        line.strip("|").split("|") for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")
    )
    lines = [
        [cell.strip(" `") for cell in row] for row in cells if len(row) == COLUMNS and row[0].strip()[:1].isdigit()
    ]
    points = [
        {"rows": int(rows.replace(",", "")), "seconds": float(seconds), "question": f"{question}, {engine}"}
        for rows, engine, question, seconds, *_ in lines
    ]
    axes = {
        "x": {"field": "rows", "type": "quantitative", "scale": {"type": "log"}, "axis": {"format": "~s"}},
        "y": {"field": "seconds", "type": "quantitative", "scale": {"type": "log"}},
        "color": {"field": "question", "type": "nominal", "title": None},
    }
    mark = {"type": "line", "point": True}
    drawn = {"width": 480, "height": 260, "background": "white", "data": {"values": points}, "mark": mark}
    page.with_suffix(".svg").write_text(vl_convert.vegalite_to_svg({**drawn, "encoding": axes}), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Make a table, or ask one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "ask", "once", "plot"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--towns", type=int, default=62)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--together", action="store_true")
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--question", default="completion")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args(arguments)
    match given.what:
        case "make" if not given.folder.exists():
            make(given.folder, given.towns, given.copies, together=given.together)
        case "ask":
            ask(given.folder, given.engine, given.times)
        case "plot":
            plot(given.folder)
        case "once":
            print(json.dumps(once(given.folder, given.question, given.engine)))


if __name__ == "__main__":
    main(sys.argv[1:])
