# mypy: allow-untyped-calls
"""What the summary counts where not the initiatives are rated, but what stands above them."""

import json

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import translator
from mizuho_pdca.papers.notes import legend
from mizuho_pdca.papers.summary import summary
from mizuho_pdca.render.json.review import review as as_json

POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    tags: [重点]
    submeasures: [{id: 1-1-1, title: 訪問, initiatives: [{id: 1-1-1-1, title: 企業訪問}]}]
  - {id: 1-2, title: 交流, submeasures: [{id: 1-2-1, title: 集い, initiatives: [{id: 1-2-1-1, title: 交流会}]}]}
"""
RATED = "id: a, target: 1-1, kind: evaluation, date: 2025-05-01, rating: B"
OF_MEASURES = [f"rating.measure.{code}" for code in ("A", "B", "C", "D", "F", "X", "Y", "Z", "none")]


@pytest.fixture
def report_of(make_plan, make_ledger):
    return lambda scheme, *entries: review(make_plan(POLICIES, scheme=scheme), make_ledger(*entries), 2024)


def printed(report):
    paper = summary(report, str).paper
    at = [position for position, column in enumerate(paper.columns) if column.key.startswith("rating.")]
    keys = [paper.columns[position].key for position in at]
    return keys, [[row[position].text for position in at] for row in paper.rows]


def test_ratings_of_the_level_that_is_rated_are_counted_in_print(report_of):
    keys, rows = printed(report_of("rate: [measure]", RATED))
    assert keys == OF_MEASURES
    assert [(row[1], row[-1]) for row in rows] == [("1", "1"), ("1", "1"), ("1", "0"), ("0", "1")]


def test_beside_initiatives_that_are_rated_other_levels_are_counted_in_data_files_alone(report_of):
    report = report_of("rate: [initiative, measure]", RATED)
    keys, _ = printed(report)
    assert keys == [f"rating.{code}" for code in ("A", "B", "C", "D", "F", "X", "Y", "Z")]
    headings = [*summary(report, str).columns]
    first = headings.index("measure: Rating: A")
    assert headings[first + 7 : first + 9] == ["measure: Rating: 評価困難", "measure: Rating: Not rated"]


@pytest.mark.parametrize(
    ("scheme", "is_said"), [("rate: [measure]", True), ("rate: [initiative, measure]", False), ("", False)]
)
def test_the_legend_says_what_is_counted_where_it_is_not_initiatives(report_of, scheme, is_said):
    lines = [*legend(report_of(scheme, RATED), translator("ja"))]
    assert ("総括表の評価の欄は、基本施策の数です。" in lines) is is_said


def test_json_counts_them_beside_the_initiatives(report_of):
    made = json.loads(as_json(report_of("rate: [measure, policy]", RATED), str))["summary"]
    none = dict.fromkeys("ABCDFXYZ", 0)
    one = {"rating": none | {"B": 1}, "not_rated": 1}
    assert made["total"]["rated"] == {"measure": one, "policy": {"rating": none, "not_rated": 1}}
    assert made["tags"][0]["rated"]["measure"] == {"rating": none | {"B": 1}, "not_rated": 0}
    assert made["total"]["rating"] == none, "initiatives are counted as ever"


def test_json_names_what_is_behind_above_the_initiatives(report_of):
    report = report_of("rate: [measure]", RATED.replace("rating: B", "rating: D"))
    assert json.loads(as_json(report, str))["overview"]["behind"] == ["1-1"]
