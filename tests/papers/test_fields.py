# mypy: allow-untyped-calls
"""What tells that a column lacks a key, a meaning, a translation or its place in a format."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.review import make_review
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.language import translator
from mizuho_pdca.papers.review import LISTINGS, TABLES, papers
from mizuho_pdca.render.csv.codebook import codebook
from mizuho_pdca.render.csv.review import review as as_csv
from mizuho_pdca.render.json.review import review as as_json

ROOT = Path(__file__).parents[2]
JA = translator("ja")
DATA = ROOT / "tests/data"
SAMPLES = {"own": ROOT, **{name: DATA / f"{name}-plan" for name in ("second", "revised", "published")}}
ELSEWHERE_IN_JSON = {
    "summary": {"number"},
    "groups": {"group"},
    "ratings": {"said"},
    "initiatives": {
        "indicators",
        "responses",
        *(f"above.{n}.{what}" for n in range(3) for what in ("number", "title")),
    },
    "indicators": {"number"},
    "opinions": set(),
}
"""Columns that the JSON has in another place: under the id of what they belong to."""


@pytest.fixture(scope="module", params=SAMPLES)
def made(request):
    """Return the review of a plan of four levels, of three, of one whose scale was revised, of one with money."""
    return make_review(Desk(SAMPLES[request.param]), 2024)


@pytest.fixture(scope="module", params=LISTINGS)
def name(request):
    return request.param


def headings(raw):
    return next(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def holds(row, key):
    """Return whether a row of the JSON has a key, or a path such as ``status.done``."""
    for step in key.split("."):
        if not isinstance(row, dict) or step not in row:
            return False
        row = row[step]
    return True


def test_every_column_has_a_key_of_its_own(made, name):
    paper = LISTINGS[name](made, JA).paper
    keys = [column.key for column in paper.columns]
    assert all(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_one_of_the_rows_in_json(made, table):
    data = json.loads(as_json(made, JA))
    in_summary = {"summary": [data["summary"]["total"]], "groups": [data["summary"]["total"]]}
    rows = in_summary.get(table) or data[table]
    missing = {key for key in LISTINGS[table](made, JA).keys for row in rows if not holds(row, key)}
    assert missing - {"fiscal_year", "sample"} <= ELSEWHERE_IN_JSON[table]


def test_every_heading_and_every_meaning_is_there_in_japanese(made, name):
    said = []

    def note(msgid):
        said.append(msgid)
        return msgid

    LISTINGS[name](made, note)
    words = [msgid for msgid in said if re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", msgid))]
    assert words
    assert [msgid for msgid in words if JA(msgid) == msgid] == []


def test_every_column_of_a_data_file_has_a_meaning(made, name):
    columns = LISTINGS[name](made, JA).columns
    assert [heading for heading, meaning in columns.items() if not meaning.text.strip()] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_data_file_has_its_line_in_the_code_book_in_order(made, table):
    rows = csv.DictReader(io.StringIO(codebook({"f": LISTINGS[table](made, JA)}, JA).decode("utf-8-sig"), newline=""))
    assert [row[JA("Column")] for row in rows] == headings(as_csv(made, JA, table))


def test_a_data_file_has_no_heading_twice_and_a_value_for_each(made, name):
    found = LISTINGS[name](made, JA)
    assert {len(record) for record in found.records} <= {len(found.columns)}


def test_every_printed_column_is_in_the_data_file_but_for_those_named_here(made):
    without = {key for table in TABLES for key, found in LISTINGS[table](made, JA).keys.items() if not found}
    last_year = {"planned_last_year"} if made.plan.header.period.has_before(made.year) else set()
    assert without == {"indicators", "april_to_september", "october_to_march"} | last_year


def test_the_data_files_are_the_papers_that_have_data(made):
    assert tuple(name for name, make in LISTINGS.items() if make(made, JA).columns) == TABLES


def test_every_cell_has_a_number_for_each_column_of_a_spreadsheet(made, name):
    paper = LISTINGS[name](made, JA).paper
    for row in paper.rows:
        counts = [len(cell.numbers) for cell in row]
        assert counts == [len(column.parts) for column in paper.columns]


def test_what_a_column_shows_are_kinds_of_entries(made):
    shown = {kind for paper in papers(made, JA).papers for column in paper.columns for kind in column.shows or ()}
    assert shown <= set(KINDS)


ESSENTIAL = {
    "initiatives": ["No.", "Initiative", "Status", "Indicators (achieved)", "Rating (last year → this year)"],
    "indicators": [
        *("No.", "Indicator", "Unit", "Baseline (FY)", "Target (FY)", "Last year", "This year"),
        *("Achievement", "Method", "Met"),
    ],
    "opinions": ["Meeting", "About", "Opinion", "State", "Response"],
    "office": ["What to look at", "No.", "Title", "Department", "Note"],
}
"""The columns that a narrow screen keeps."""


def test_which_columns_a_narrow_screen_keeps():
    found = papers(make_review(Desk(ROOT), 2024), str).papers
    kept = {paper.name: [column.heading for column in paper.columns if column.essential] for paper in found}
    assert {name: kept[name] for name in ESSENTIAL} == ESSENTIAL
