# mypy: allow-untyped-calls
import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.papers.errata import Side, errata
from mizuho_pdca.render.csv.diff import errata_csv
from mizuho_pdca.render.json.diff import errata_json

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures: [{id: 1-1-1, title: 訪問, initiatives: [{id: 1-1-1-1, title: 企業訪問}, {id: 1-1-1-2, title: 創業}]}]
"""


@pytest.fixture
def found(make_plan, make_ledger):
    """Compare two lists of entries, or two plans; the first stands at commit aaaa, the second has changed since."""

    def side(texts, policies, as_of):
        plan, ledger = make_plan(policies), make_ledger(*texts)
        return Side(review(plan, ledger, 2024, as_of=as_of), plan, ledger)

    def make(before, after, policies=PLAN):
        sides = side(before, PLAN, AsOf("aaaa", dirty=False)), side(after, policies, AsOf("bbbb", dirty=True))
        return errata(*sides, str)

    return make


def rows(drawn):
    assert drawn.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in drawn
    return list(csv.DictReader(StringIO(drawn.decode("utf-8-sig"))))


OPINION = "id: o, kind: opinion, meeting: 2025-08-21, text: =もっと訪問を。"
RETITLED = PLAN.replace("創業", "起業")


def test_json_has_every_cell_that_differs_with_what_caused_it(found):
    data = json.loads(errata_json(found(["id: a"], ["id: a", "id: b, kind: evaluation, rating: B"]), str))
    assert data["schema"] == "pdca.diff/1"
    assert data["plan"] == {"id": "trial", "title": "試験計画"}
    assert (data["fiscal_year"], data["label"], data["sample"]) == (2024, "FY2024", False)
    assert (data["from"], data["to"]) == ({"commit": "aaaa", "dirty": False}, {"commit": "bbbb", "dirty": True})
    assert {
        "paper": "summary",
        "row": "summary-1-1",
        "title": "1-1 経営",
        "column": "B",
        "before": "0",
        "after": "1",
        "entries": [{"id": "b", "kind": "evaluation", "by": "産業課", "change": "added", "reason": None}],
        "by_plan": False,
    } in data["corrections"]


def test_json_tells_a_row_that_is_not_there_from_a_cell_that_is_empty(found):
    came = json.loads(errata_json(found([], [OPINION]), str))["corrections"]
    assert {one["before"] for one in came if one["paper"] == "opinions"} == {None}
    went = json.loads(errata_json(found([OPINION], []), str))["corrections"]
    assert {one["after"] for one in went if one["paper"] == "opinions"} == {None}
    assert {one["column"] for one in came if one["paper"] == "opinions"} == {None}
    assert "Opinion: =もっと訪問を。\nState: not answered" in {one["after"] for one in came}


def test_json_lays_on_the_plan_what_no_entry_explains(found):
    (one,) = json.loads(errata_json(found([], [], RETITLED), str))["corrections"]
    assert (one["before"], one["after"], one["entries"], one["by_plan"]) == ("創業", "起業", [], True)


def test_csv_has_a_row_for_each_correction(found):
    drawn = rows(errata_csv(found(["id: a"], ["id: a", "id: b, kind: evaluation, rating: B"]), str))
    assert {
        "Fiscal year": "2024",
        "Paper": "Summary",
        "Place": "1-1 経営",
        "Column": "B",
        "Wrong": "0",
        "Right": "1",
        "Because of": "b an evaluation 産業課 added",
    } in drawn


def test_csv_names_every_cause_on_a_line_of_its_own(found):
    drawn = rows(errata_csv(found([], ["id: a", "id: b"]), str))
    assert "a an activity 産業課 added\nb an activity 産業課 added" in {row["Because of"] for row in drawn}


def test_csv_names_the_plan_where_no_entry_explains(found):
    (row,) = rows(errata_csv(found([], [], RETITLED), str))
    assert (row["Wrong"], row["Right"], row["Because of"]) == ("創業", "起業", "the plan")


def test_csv_leaves_empty_what_is_not_there_and_lets_no_text_be_a_formula(found):
    drawn = [row for row in rows(errata_csv(found([], [OPINION]), str)) if row["Paper"] == "Opinions and responses"]
    assert {row["Wrong"] for row in drawn} == {""}
    assert {row["Right"] for row in drawn} == {"Opinion: =もっと訪問を。\nState: not answered"}


def test_csv_without_corrections_has_its_headings(found):
    drawn = errata_csv(found([], []), str).decode("utf-8-sig")
    assert drawn == "Fiscal year,Paper,Place,Column,Wrong,Right,Because of\r\n"


def test_what_has_no_cause_has_none(found):
    made = found([], ["id: a"])
    bare = replace(made, corrections=tuple(replace(one, causes=()) for one in made.corrections))
    assert {row["Because of"] for row in rows(errata_csv(bare, str))} == {""}


@pytest.mark.parametrize(
    ("before", "after"), [(["id: a"], ["id: a, sample: true"]), (["id: a, sample: true"], ["id: b"])]
)
def test_a_sample_on_either_side_is_marked(found, before, after):
    made = found(before, after)
    assert json.loads(errata_json(made, str))["sample"] is True
    header = errata_csv(made, str).decode("utf-8-sig").split("\r\n")[0]
    assert header.startswith("Fiscal year,Sample,Paper")
    assert {row["Sample"] for row in rows(errata_csv(made, str))} <= {"SAMPLE"}
