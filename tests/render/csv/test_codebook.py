# mypy: allow-untyped-calls
import csv
import io
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.review import make_review
from mizuho_pdca.papers.review import LISTINGS, TABLES
from mizuho_pdca.render.csv.codebook import codebook
from mizuho_pdca.render.csv.review import review

ROOT = Path(__file__).parents[3]
WORDY = {"Status", "Reported", "Rating", "Suggested rating", "Future direction", "Kind", "Direction of change",
         "Aggregate", "Reason for no value", "Partly unknown", "Met", "State", "Response: state", "Group",
         "Headline", "Provisional", "No survey year"}  # fmt: skip
"""The columns that hold words of a list."""

THREE_LEVELS = """
- id: "1"
  title: 暮らし
  measures:
  - {id: 1-1, title: 防災, initiatives: [{id: 1-1-1, title: 訓練}]}
"""


@pytest.fixture(scope="module")
def three_levels(make_plan, make_ledger):
    from mizuho_pdca.domain.review.review import review as make

    levels = "levels: [{name: 柱}, {name: 目標}, {name: 事業}]"
    return make(make_plan(THREE_LEVELS, plan=levels), make_ledger(), 2024)


@pytest.fixture(scope="module", params=["own", "second", "revised", "adopted", "three_levels", "small"])
def made(request):
    """Return a report on this repository's plan, on others, on one of three levels and on a plan without entries."""
    folders = {"own": ROOT, "second": ROOT / "tests/data/second-plan", "revised": ROOT / "tests/data/revised-plan"}
    if request.param in folders:
        return make_review(Desk(folders[request.param]), 2024)
    fixtures = {"adopted": "adopted_report", "small": "report", "three_levels": "three_levels"}
    return request.getfixturevalue(fixtures[request.param])


def table(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def headings(raw):
    return next(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def codebook_of(made, t):
    """Return the rows of the code book of all papers, and the papers themselves."""
    raw = codebook({paper: LISTINGS[paper](made, t) for paper in TABLES}, t)
    return table(raw), {paper: review(made, t, paper) for paper in TABLES}


def test_every_column_has_a_meaning_and_every_number_a_unit(made, t):
    rows, _ = codebook_of(made, t)
    assert [row[t("Column")] for row in rows if not row[t("Meaning")].strip()] == []
    units = {row[t("Unit")] for row in rows}
    assert units == {"", "%", "YYYY-MM-DD", t("count"), t("year A.D."), t("unit of the indicator")}
    for row in rows:
        assert (row[t("Unit")] == "%") is row[t("Column")].endswith("(%)")


def test_the_vocabulary_has_every_word_that_a_column_holds(made, t):
    rows, files = codebook_of(made, t)
    words = {(row[t("File")], row[t("Column")]): row[t("Vocabulary")].split(t(", ")) for row in rows}
    for name, raw in files.items():
        for row in table(raw):
            for heading, cell in row.items():
                known = words[name, heading]
                assert known == [""] or not cell or cell in known, heading


def test_every_column_that_holds_words_of_a_list_has_its_vocabulary(made, t):
    rows, _ = codebook_of(made, t)
    with_words = {row[t("Column")] for row in rows if row[t("Vocabulary")]}
    assert with_words == {t(heading) for heading in WORDY}


def test_every_column_of_counts_is_one_of_numbers(made, t):
    rows, files = codebook_of(made, t)
    counts = {(row[t("File")], row[t("Column")]) for row in rows if row[t("Unit")] in (t("count"), t("year A.D."))}
    for name, raw in files.items():
        for row in table(raw):
            assert [
                cell for heading, cell in row.items() if (name, heading) in counts and cell and not cell.isdigit()
            ] == []


def test_it_is_a_csv_file_like_the_others(made, t):
    raw = codebook({"表.csv": LISTINGS["summary"](made, t)}, t)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
