# mypy: allow-untyped-calls
"""What evaluators say, in the papers: above the initiatives, beside them, and of indicators."""

import csv
import io
import json

import pytest

from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.packet import make_packet
from mizuho_pdca.app.review import make_review
from mizuho_pdca.app.status import make_standing
from mizuho_pdca.language import translator
from mizuho_pdca.papers.office import office
from mizuho_pdca.papers.review import LISTINGS, papers
from mizuho_pdca.papers.status import next_steps, status_listing
from mizuho_pdca.render.csv.review import review as as_csv
from mizuho_pdca.render.json.review import review as as_json
from mizuho_pdca.render.json.status import status as status_json

JA = translator("ja")
COUNCIL = {"evaluator": "council", "meeting": "2025-06-01"}


@pytest.fixture
def desk(make_desk, rating_workspace):
    return make_desk(rating_workspace)


@pytest.fixture
def rate(desk):
    def record(target, rating="B", **said):
        return evaluate(desk, target, **({"year": 2024, "rating": rating} | said)).entry

    return record


def cells(paper, row):
    return {column.key: cell.text for column, cell in zip(paper.columns, row, strict=True)}


def row_of(desk, name, subject):
    paper = LISTINGS[name](make_review(desk, 2024), str).paper
    return cells(paper, paper.rows[(paper.subjects or paper.anchors).index(subject)])


def headings(desk, name):
    return {column.key: column.heading for column in LISTINGS[name](make_review(desk, 2024), JA).paper.columns}


def test_a_paper_has_the_plan_and_its_parts_with_a_column_an_evaluator(desk, rate):
    rate("plan", None, progress="  総括です。\n")
    rate("1-1", year=2023)
    rate("1-1", "A", progress="伸びた。", issues="人手が足りない。")
    rate("1-1", "C", issues="説明が足りない。", **COUNCIL)
    whole = {"level": "whole plan", "number": "－", "title": "瑞穂町工業振興計画", "department": "－"}
    assert row_of(desk, "ratings", "plan") == whole | {
        "rating": "－ → －",
        "said": "総括です。",
        "rating.council": "－ → －",
        "said.council": "－",
    }
    measure = row_of(desk, "ratings", "1-1")
    assert (measure["level"], measure["rating"], measure["rating.council"]) == ("measure", "B → A（↑）", "－ → C")
    assert measure["said"] == "伸びた。\nIssues: 人手が足りない。"
    assert measure["said.council"] == "Meeting: 2025-06-01\nIssues: 説明が足りない。"
    assert row_of(desk, "ratings", "1-2")["rating"] == "－ → not rated"
    assert headings(desk, "ratings")["rating.council"] == "外部評価（前年度→当年度）"


def test_the_paper_is_missing_where_nothing_above_the_initiatives_is_rated_or_shall_be(make_desk, workspace):
    desk = make_desk(workspace)
    evaluate(desk, "1-1②-1", year=2024, rating="B")
    report = make_review(desk, 2024)
    assert "ratings" not in [paper.name for paper in papers(report, str).papers]
    assert "own_rating" not in LISTINGS["summary"](report, str).keys
    evaluate(desk, "1", year=2024, rating="A", issues="x")
    report = make_review(desk, 2024)
    assert row_of(desk, "ratings", "1")["said"] == "Issues: x"
    assert row_of(desk, "summary", "1")["own_rating"] == "A"
    assert row_of(desk, "summary", "")["own_rating"] == "－"
    assert headings(desk, "ratings")["rating"] == "評価（前年度→当年度）"


@pytest.mark.slow
@pytest.mark.parametrize(("target", "files"), [("1-1②-1", 0), ("1", 2)])
def test_a_packet_has_the_paper_and_its_data_file_only_then(make_desk, workspace, target, files):
    desk = make_desk(workspace)
    evaluate(desk, target, year=2024, rating="B")
    made = make_packet(make_review(desk, 2024), JA)
    assert len([name for name in made if "計画全体・施策等の評価" in name]) == files


def test_the_list_has_a_column_for_each_evaluator_of_several(desk, rate):
    rate("1-1②-1", progress="順調")
    rate("1-1②-1", "C", year=2023, evaluator="council")
    rate("1-1②-1", "D", progress="伸び悩み", **COUNCIL)
    row = row_of(desk, "initiatives", "1-1-2-1")
    assert (row["rating"], row["rating.council"]) == ("－ → B", "C → D（↓）")
    assert row["said.council"] == "Meeting: 2025-06-01\n伸び悩み"
    assert headings(desk, "initiatives")["rating"] == "自己評価（前年度→当年度）"
    assert "The council" not in row["activities"]
    assert row_of(desk, "initiatives", "1-1-1-1")["rating.council"] == "－ → －"


def test_an_indicator_has_its_rating_in_its_row_where_any_has(desk, rate):
    assert "rating" not in headings(desk, "indicators")
    rate("company-visits", "A", **COUNCIL)
    row = row_of(desk, "indicators", "company-visits")
    assert (row["rating"], row["rating.council"]) == ("－ → －", "－ → A")


def test_a_data_file_has_each_thing_said_in_a_column_of_its_own(desk, rate):
    rate("1-1", "A", progress="伸びた。", issues="人手")
    rate("1-1", "C", **COUNCIL)
    raw = as_csv(make_review(desk, 2024), str, "ratings").decode("utf-8-sig")
    found = next(row for row in csv.DictReader(io.StringIO(raw, newline="")) if row["Title"].startswith("事業者の経営"))
    kept = (
        "Level",
        "自己評価: Rating",
        "自己評価: Progress",
        "自己評価: Issues",
        "外部評価: Rating",
        "外部評価: Meeting",
    )
    assert [found[key] for key in kept] == ["measure", "A", "伸びた。", "人手", "C", "2025-06-01"]
    everyone = as_csv(make_review(desk, 2024), str, "initiatives").decode("utf-8-sig").splitlines()[0].split(",")
    assert [name for name in everyone if name in {"Rating", "外部評価: Rating", "外部評価: Issues"}] == [
        "Rating",
        "外部評価: Rating",
        "外部評価: Issues",
    ]


def test_programs_get_every_evaluators_word(desk, rate):
    own = rate("1-1②-1", progress="順調")
    council = rate("1-1②-1", "C", issues="遅い", **COUNCIL)
    rate("plan", None, progress="総括")
    rate("1-1", "A")
    rate("company-visits", "D")
    data = json.loads(as_json(make_review(desk, 2024), JA))
    row = next(row for row in data["initiatives"] if row["id"] == "1-1-2-1")
    assert row["rating"] == "B"
    nothing = {"previous_rating": None, "change": None}
    assert row["evaluations"] == [
        {"evaluator": "self", "rating": "B", "progress": "順調", "issues": None, "meeting": None, "entry": own.id}
        | nothing,
        {"evaluator": "council", "rating": "C", "progress": None, "issues": "遅い", "meeting": "2025-06-01"}
        | {"entry": council.id}
        | nothing,
    ]
    assert [(one["id"], one["level"], one["expected"], one["rating"]) for one in data["ratings"][:2]] == [
        ("plan", "plan", False, None),
        ("1-1", "measure", True, "A"),
    ]
    (indicator,) = [one for one in data["indicators"] if one["id"] == "company-visits"]
    assert (indicator["rating"], len(indicator["evaluations"])) == ("D", 1)
    measures = {one["id"]: one for one in data["summary"]["measures"]}
    assert (measures["1-1"]["own_rating"], measures["1-2"]["own_rating"]) == ("A", None)
    assert measures["1-1"]["rating"]["B"] == 1
    assert data["summary"]["total"]["evaluations"][0]["progress"] == "総括"


def test_the_state_of_a_year_has_what_is_still_to_be_rated(desk, rate):
    rate("1-1②-1", evaluator="council")
    rate("1-2", "A")
    now = make_standing(desk, 2024)
    paper = status_listing(now, str).paper
    rows = {cells(paper, row)["number"]: cells(paper, row) for row in paper.rows}
    assert (rows["1-1"]["reported"], rows["1-2"]["reported"], rows["1-2"]["rating"]) == (
        "not reported",
        "reported",
        "A",
    )
    assert "pdca evaluate 1-1 --year 2024 --rating A" in " ".join(next_steps(now, str, is_over=True))
    assert "pdca evaluate 1-1" not in " ".join(next_steps(now, str, is_over=False))
    data = json.loads(status_json(now, JA))
    assert (len(data["ratings"]), "1-1" in data["not_evaluated"], "1-2" in data["not_evaluated"]) == (13, True, False)


def test_the_plan_itself_may_be_what_is_still_to_be_rated(make_desk, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8").replace("scheme:\n", "scheme:\n  rate: [plan]\n", 1)
    path.write_text(text, encoding="utf-8")
    now = make_standing(make_desk(workspace), 2024)
    paper = status_listing(now, str).paper
    assert cells(paper, paper.rows[0])["number"] == "whole plan"
    assert "pdca evaluate plan --year 2024" in " ".join(next_steps(now, str, is_over=True))
    columns = {column.key for column in LISTINGS["initiatives"](now.report, str).paper.columns}
    assert "rating" not in columns
    columns = {column.key for column in LISTINGS["summary"](now.report, str).paper.columns}
    assert not [key for key in columns if key.startswith("rating")]
    assert "rating.A" in LISTINGS["summary"](now.report, str).keys


def test_the_office_reads_who_rated_what_twice(desk, rate):
    rate("company-visits", "A", by="a課", **COUNCIL)
    rate("company-visits", "B", by="b課", **COUNCIL)
    rate("1-1", "A", by="a課")
    rate("1-1", "B", by="b課")
    paper = office(make_review(desk, 2024), str).paper
    notes = [cells(paper, row)["note"] for row in paper.rows if "rated by two" in row[0].text]
    assert (
        notes
        == [
            "A (a課) → B (b課); the last one counts",
            "企業訪問件数 (draft) 外部評価 A (a課) → B (b課); the last one counts",
        ]
        or notes
    )
    assert [cells(paper, row)["note"] for row in paper.rows if row[1].text == "1-2"] == ["no rating yet"]


# -- three evaluators -------------------------------------------------------------------------


def test_who_says_nothing_in_a_paper_has_no_columns_in_it(desk, rate):
    rate("1-1", "C", **COUNCIL)
    assert "rating.council" in headings(desk, "ratings")
    assert not {"rating.council", "said.council"} & {*headings(desk, "initiatives"), *headings(desk, "indicators")}
    assert "外部評価: 評価" in LISTINGS["initiatives"](make_review(desk, 2024), JA).columns
    rate("1-1②-1", "C", year=2023, **COUNCIL)
    assert "rating.council" in headings(desk, "initiatives"), "last year's rating stands there"
