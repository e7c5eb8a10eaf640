# mypy: allow-untyped-calls
"""Several years side by side: rates, ratings, indicators, what was said and what became of it."""

import json
from decimal import Decimal

import pytest

from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.review.years import review_years
from mizuho_pdca.papers.council.years import LISTINGS, years_papers
from mizuho_pdca.papers.paper import Look
from mizuho_pdca.render.csv.review import years_csv
from mizuho_pdca.render.json.years import years as years_json

POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2023: 50, 2024: 60, 2031: 90}, adopted: true}
      - {id: 1-1-1-2, title: 統合前の甲, until: 2023, superseded_by: [1-1-1-4]}
      - {id: 1-1-1-3, title: 統合前の乙, until: 2023, superseded_by: [1-1-1-4]}
      - {id: 1-1-1-4, title: 統合後, from: 2024}
      - id: 1-1-1-5
        title: 終わった取組
        until: 2023
        indicators:
        - {id: fairs, name: 展示会, unit: 回, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2023: 2}, adopted: true}
- id: "2"
  title: 発信
  until: 2023
  measures:
  - id: 2-1
    title: 広報
    submeasures: [{id: 2-1-1, title: 紙面, initiatives: [{id: 2-1-1-1, title: 広報紙}]}]
"""


def rated(name, target, year, code, more=""):
    return (
        f"id: {name}, target: '{target}', kind: evaluation, fiscal_year: {year}, rating: {code}, "
        f"date: {year + 1}-06-01{more}"
    )


ENTRIES = (
    "id: a22, date: 2022-06-01, status: done, values: {visits: 40}",
    "id: a23, date: 2023-06-01, status: in_progress, values: {visits: 55}",
    "id: a24, date: 2024-06-01, status: done, values: {visits: 58}",
    "id: f23, date: 2023-07-01, target: 1-1-1-5, status: completed, values: {fairs: 2}",
    rated("r22", "1-1-1-1", 2022, "C"),
    rated("r23", "1-1-1-1", 2023, "B"),
    rated("r24", "1-1-1-1", 2024, "B"),
    rated("m22", "1-1-1-2", 2022, "A"),
    rated("n22", "1-1-1-3", 2022, "B"),
    rated("m24", "1-1-1-4", 2024, "A"),
    rated("e23", "1-1-1-5", 2023, "D"),
    rated("p23", "1", 2023, "B", ", progress: 進んだ, issues: 人手"),
    rated("q23", "2", 2023, "A"),
    "id: t24, target: plan, kind: evaluation, fiscal_year: 2024, date: 2025-06-01, progress: 全体の総括",
    "id: o22, kind: opinion, fiscal_year: 2022, meeting: 2023-08-01, text: 古い意見",
    "id: o23, kind: opinion, fiscal_year: 2023, meeting: 2024-08-01, target: plan, text: 新しい意見",
    "id: o25, kind: opinion, fiscal_year: 2025, meeting: 2026-08-01, text: 後の意見",
    "id: w22, kind: response, date: 2024-02-01, responds: o22, state: declined, text: 見送り, reason: 費用",
)


@pytest.fixture(scope="module")
def found(make_plan, make_ledger):
    plan = make_plan(POLICIES)

    def make(*entries, years=range(2022, 2025), scope=None):
        return review_years(plan, make_ledger(*entries), years, scope=scope)

    return make


def rows(found, name):
    return [" | ".join(cell.text for cell in row) for row in LISTINGS[name](found, str).paper.rows]


def test_rates_of_every_year_of_the_whole_and_of_each_policy(found):
    assert rows(found(*ENTRIES), "rates") == [
        " | Total | Implementation rate | 20.0% (1/5) | 40.0% (2/5) | 50.0% (1/2)",
        " | Total | Completion rate | 20.0% (1/5) | 20.0% (1/5) | 50.0% (1/2)",
        " | Total | Share of A・B | 66.7% (2/3) | 50.0% (1/2) | 100.0% (2/2)",
        " | Total | Targets met | － | 100.0% (2/2) | 0.0% (0/1)",
        "1 | 基盤 | Implementation rate | 25.0% (1/4) | 50.0% (2/4) | 50.0% (1/2)",
        "1 | 基盤 | Completion rate | 25.0% (1/4) | 25.0% (1/4) | 50.0% (1/2)",
        "1 | 基盤 | Share of A・B | 66.7% (2/3) | 50.0% (1/2) | 100.0% (2/2)",
        "1 | 基盤 | Targets met | － | 100.0% (2/2) | 0.0% (0/1)",
        "2 | 発信 | Implementation rate | － (0/1) | － (0/1) | －",
        "2 | 発信 | Completion rate | － (0/1) | － (0/1) | －",
        "2 | 発信 | Share of A・B | － | － | －",
        "2 | 発信 | Targets met | － | － | －",
    ]


def test_ratings_by_number(found):
    assert rows(found(*ENTRIES), "counts") == [
        " | Total | A1 B1 C1 none2 | B1 D1 none3 | A1 B1",
        "1 | 基盤 | A1 B1 C1 none1 | B1 D1 none2 | A1 B1",
        "2 | 発信 | none1 | none1 | －",
    ]


def test_every_rating_by_year_also_of_what_ended(found):
    assert rows(found(*ENTRIES), "ratings") == [
        "1-1①-1 | 企業訪問 | C | B ↑ | B →",
        "1-1①-4 | 統合後 (came from 1-1①-2, 1-1①-3) | A・B | not reported・not reported | A",
        "1-1①-5 | 終わった取組 (until FY2023) | not reported | D | －",
        "2-1①-1 | 広報紙 (until FY2023) | not reported | not reported | －",
    ]


def test_the_first_year_shown_is_compared_with_the_one_before_it(found):
    shown = rows(found(*ENTRIES, years=range(2023, 2025)), "ratings")
    assert shown[0] == "1-1①-1 | 企業訪問 | B ↑ | B →"
    later = rows(found(*ENTRIES, years=range(2024, 2026)), "ratings")
    assert [row.split(" | ")[1] for row in later] == ["企業訪問", "統合後"]


def test_other_ratings_by_year(found):
    assert rows(found(*ENTRIES), "rated") == ["1 | 基盤 | － | B | －", "2 | 発信 | － | A | －"]
    assert rows(found(*ENTRIES, years=range(2024, 2026)), "rated") == []


def test_target_over_actual_of_every_indicator_by_year_and_whether_it_was_met(found):
    assert rows(found(*ENTRIES), "indicators") == [
        "1-1①-1 | 訪問件数 | 件 | Target | 50 (2023) | 50 | 60",
        "1-1①-1 | 訪問件数 | 件 | Actual | 40 | 55 | 58",
        "1-1①-1 | 訪問件数 | 件 | Met | before the target year | met | not met",
        "1-1①-5 | 展示会 (until FY2023) | 回 | Target | 2 (2023) | 2 | －",
        "1-1①-5 | 展示会 (until FY2023) | 回 | Actual | － | 2 | －",
        "1-1①-5 | 展示会 (until FY2023) | 回 | Met | － | met | －",
    ]
    paper = LISTINGS["indicators"](found(*ENTRIES), str).paper
    assert [cell.number for cell in paper.rows[1][-3:]] == [Decimal(40), Decimal(55), Decimal(58)]


def test_opinions_of_the_years_and_what_became_of_them(found):
    assert [row.split(" | ")[-4:] for row in rows(found(*ENTRIES), "opinions")] == [
        ["企業訪問", "古い意見", "対応しない", "2024-02-01 見送り (reason: 費用)"],
        ["the plan as a whole", "新しい意見", "not answered", "－"],
    ]


@pytest.mark.parametrize(("first", "said"), [(2023, ["古い意見", "新しい意見"]), (2024, ["新しい意見"])])
def test_older_opinions_stay_as_long_as_they_were_open_when_the_years_began(found, first, said):
    shown = found(*ENTRIES, years=range(first, 2025))
    assert [row.opinion.text for row in shown.opinions] == said


def test_the_texts_of_each_year(found):
    assert rows(found(*ENTRIES), "texts") == [
        "2023 | 1 | 基盤 | B | 進んだ\n人手",
        "2024 |  | the plan as a whole | － | 全体の総括",
    ]


def test_a_part_of_the_plan_leaves_out_what_is_said_of_the_whole(found):
    shown = found(*ENTRIES, scope=Scope(policy="2"))
    assert rows(shown, "ratings") == ["2-1①-1 | 広報紙 (until FY2023) | not reported | not reported | －"]
    assert not shown.opinions
    papers = years_papers(shown, str)
    assert "(part: " in papers.title


def test_papers_stand_in_their_order_and_say_what_they_are_of(found):
    papers = years_papers(found(*ENTRIES), str, Look("a3"))
    assert [paper.name for paper in papers.papers] == list(LISTINGS)
    assert papers.title.endswith(": review of FY2022 to FY2024")
    assert papers.size == "a3"
    assert any("joined by" in line for line in papers.legend)
    assert not any("not over" in line for line in papers.legend)
    for paper in papers.papers:
        assert all(len(row) == len(paper.columns) for row in paper.rows)


@pytest.mark.parametrize("until", [2024, 2026])
def test_a_year_that_is_not_over_says_so_and_none_that_had_not_begun(found, until):
    shown = found("id: a, date: 2024-06-01, recorded: 2024-06-01T09:00:00+09:00", years=range(2023, until + 1))
    papers = years_papers(shown, str)
    assert "FY2024 is not over in the records: they end on 2024-06-01." in papers.legend
    headings = [column.heading for column in papers.papers[0].columns]
    assert [heading for heading in headings if heading.endswith("(so far)")] == ["2024 (so far)"]


def test_the_json_has_every_year_and_each_thing_by_year(found):
    told = json.loads(years_json(found(*ENTRIES), str))
    assert (told["schema"], told["from"], told["to"]) == ("pdca.years/1", 2022, 2024)
    assert [year["fiscal_year"] for year in told["years"]] == [2022, 2023, 2024]
    assert told["years"][1]["summary"]["total"]["met"] == {"met": 2, "near": 0, "not_met": 0, "unknown": 0}
    by_id = {one["id"]: one for one in told["initiatives"]}
    assert by_id["1-1-1-1"]["ratings"] == {"2022": "C", "2023": "B", "2024": "B"}
    assert by_id["1-1-1-4"]["ratings"] == {"2022": None, "2023": None, "2024": "A"}
    assert by_id["1-1-1-4"]["sources"]["2022"] == [{"id": "1-1-1-2", "rating": "A"}, {"id": "1-1-1-3", "rating": "B"}]
    assert (by_id["1-1-1-5"]["in_force"], by_id["1-1-1-5"]["ratings"]["2024"]) == (False, None)
    assert told["ratings"][0]["ratings"] == {"2022": None, "2023": "B", "2024": None}
    visits = told["indicators"][0]["years"]
    assert [(one["target"], one["actual"], one["met"]) for one in visits] == [
        (50, 40, None),
        (50, 55, True),
        (60, 58, False),
    ]
    assert [(one["id"], one["state"], one["open"]) for one in told["opinions"]] == [
        ("o22", "declined", False),
        ("o23", None, True),
    ]


def test_a_data_file_has_numbers_that_are_no_dates_and_one_value_a_cell(found):
    lines = years_csv(found(*ENTRIES), str, "indicators").decode("utf-8-sig").splitlines()
    assert lines[0] == "No.,Indicator,Unit,Line,2022,2023,2024"
    assert lines[1:4] == [
        "1-1①-1,訪問件数,件,Target,50,50,60",
        "1-1①-1,訪問件数,件,Actual,40,55,58",
        "1-1①-1,訪問件数,件,Met,,met,not met",
    ]
    counts = years_csv(found(*ENTRIES), str, "counts").decode("utf-8-sig").splitlines()
    assert counts[1].startswith("whole plan,Total,1,1,1,0,")
    assert counts[3].startswith("Policy 2,発信,0,0,0,0,")
    assert counts[3].endswith(",,,,,,")


def test_a_plan_without_ratings_and_statuses_has_only_figures(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="statuses: [], scale: {}")
    ledger = make_ledger("id: a23, date: 2023-06-01, values: {visits: 55}")
    shown = review_years(plan, ledger, range(2022, 2024))
    papers = years_papers(shown, str)
    assert [paper.name for paper in papers.papers] == ["rates", "indicators"]
    assert not any(line.startswith("Ratings") for line in papers.legend)
    assert rows(shown, "rates")[0] == " | Total | Targets met | － | 100.0% (1/1)"


def test_a_plan_without_indicators_has_no_rate_of_them(make_plan, make_ledger):
    policies = """
    - id: "1"
      title: 基盤
      measures:
      - id: 1-1
        title: 経営
        submeasures: [{id: 1-1-1, title: 訪問, initiatives: [{id: 1-1-1-1, title: 企業訪問}]}]
    """
    shown = review_years(make_plan(policies), make_ledger("id: a, status: done"), range(2023, 2025))
    assert [row.split(" | ")[2] for row in rows(shown, "rates")[:3]] == [
        "Implementation rate",
        "Completion rate",
        "Share of A・B",
    ]
    assert not any("Targets met" in row for row in rows(shown, "rates"))


def test_ranks_of_a_revised_scale_are_counted_each_by_its_own(make_plan, make_ledger):
    plan = make_plan(
        POLICIES, revisions="[{from: 2024, scale: {ranks: [{code: 優, name: 優, at_least: 50}, {code: 良, name: 良}]}}]"
    )
    shown = review_years(plan, make_ledger(rated("a", "1-1-1-1", 2023, "C"), rated("b", "1-1-1-1", 2024, "良")),
                         range(2023, 2025))  # fmt: skip
    assert rows(shown, "rates")[2] == " | Total | Rating share of the best two ranks | 0.0% (0/1) | 100.0% (1/1)"
    assert rows(shown, "counts")[0] == " | Total | C1 none4 | 良1 none1"
    assert rows(shown, "ratings")[0] == "1-1①-1 | 企業訪問 | C | 良"
    legend = years_papers(shown, str).legend
    assert "The best two ranks are those of each year's own scale; their share is of all that hold a rank." in legend
    assert not any(line.startswith("Share of") for line in legend)


def test_each_evaluators_texts_stand_beside_each_other(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]")
    ledger = make_ledger(
        rated("a", "1", 2023, "B", ", progress: 進んだ, evaluator: self"),
        rated("b", "1", 2023, "C", ", issues: 足りない, evaluator: council"),
    )
    assert rows(review_years(plan, ledger, range(2022, 2024)), "texts") == [
        "2023 | 1 | 基盤 | 自己評価 | B | 進んだ",
        "2023 | 1 | 基盤 | 外部評価 | C | 足りない",
    ]


def test_what_is_rated_above_the_initiatives_is_counted_through_the_years(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="rate: [initiative, policy]")
    found = review_years(plan, make_ledger(*ENTRIES), range(2022, 2025))
    rates = {
        (row[0].text, row[2].text): [cell.text for cell in row[3:]] for row in LISTINGS["rates"](found, str).paper.rows
    }
    assert rates["", "policy: Share of A・B"] == ["－", "100.0% (2/2)", "－"]
    assert rates["1", "Initiative: Share of A・B"] == ["66.7% (2/3)", "50.0% (1/2)", "100.0% (2/2)"]
    counts = LISTINGS["counts"](found, str).paper
    assert [[cell.text for cell in row] for row in counts.rows if row[2].text == "policy"] == [
        ["", "Total", "policy", "none2", "A1 B1", "none1"],
        ["1", "基盤", "policy", "none1", "B1", "none1"],
        ["2", "発信", "policy", "none1", "A1", "－"],
    ]


def test_initiatives_of_which_no_rating_is_expected_are_not_listed_as_not_rated(make_plan, make_ledger):
    entries = (rated("a", "1", 2023, "B"), "id: b, date: 2022-06-01, status: done")
    plan = make_plan(POLICIES, scheme="rate: [policy]")
    found = review_years(plan, make_ledger(*entries), range(2022, 2024))
    assert LISTINGS["ratings"](found, str).paper.rows == ()
    rates = [row[2].text for row in LISTINGS["rates"](found, str).paper.rows]
    assert "policy: Share of A・B" in rates
    made = (*entries, rated("c", "1-1-1-1", 2023, "C"))
    found = review_years(plan, make_ledger(*made), range(2022, 2024))
    first, second, *_ = LISTINGS["ratings"](found, str).paper.rows
    assert [cell.text for cell in first[2:]] == ["－", "C"]
    assert [cell.text for cell in second[2:]] == ["－", "－"]
