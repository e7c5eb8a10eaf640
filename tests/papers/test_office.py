# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.papers.explain.explain import explain
from mizuho_pdca.papers.office import office
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.status import status_papers

PLAN = """
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
        - {id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 60}, adopted: true, note: 商工会と数える}
      - {id: 1-1-1-2, title: 相談, until: 2023, superseded_by: [1-1-1-3]}
      - {id: 1-1-1-3, title: 窓口, from: 2024}
"""
LATER = "id: later, kind: opinion, target: plan, fiscal_year: 2030, date: 2031-05-01, meeting: 2031-05-01, text: 意見"


@pytest.fixture(scope="session")
def report_of(make_plan, make_ledger):
    return lambda *texts, **more: review(make_plan(PLAN, **more), make_ledger(*texts, LATER), 2024)


def table(report, name):
    (paper,) = [paper for paper in papers(report, str).papers if paper.name == name]
    headings = [column.heading for column in paper.columns]
    return [dict(zip(headings, (cell.text for cell in row), strict=True)) for row in paper.rows]


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        (["id: v, values: {visits: 60}", "id: e, kind: evaluation, rating: B"], "rated B, the figures suggest A"),
        (
            ["id: e, kind: evaluation, rating: C", "id: v, values: {visits: 30}, date: 2024-07-01"],
            "訪問: － when it was rated, 30 now",
        ),
        (
            ["id: e, kind: evaluation, rating: B", "id: f, kind: evaluation, rating: A, by: 企画課, date: 2024-07-01"],
            "B (産業課) → A (企画課); the last one counts",
        ),
        (["id: v, values: {visits: 30}", "id: w, kind: actual, values: {visits: 62}"],
         "訪問: 92 adds up activities and actuals"),
        (["id: v, kind: actual, missing: {visits: 集計中}"], "訪問: 集計中"),
        (["id: a, date: 2023-06-12, status: 完了"], "完了 (FY2023)"),
        (["id: v, values: {visits: 30}"], "訪問: 30, target 60"),
    ],
)  # fmt: skip
def test_what_there_is_to_look_at_in_words(report_of, texts, text):
    assert text in [row[4].text for row in office(report_of(*texts), str).paper.rows]


def test_what_ended_and_what_came_from_another_is_marked(report_of):
    report = report_of(
        "id: a, date: 2023-06-12, status: 完了",
        "id: b, kind: evaluation, rating: B, fiscal_year: 2023, target: 1-1-1-2",
        "id: c, kind: improvement, direction: 継続, next: 毎週開く, fiscal_year: 2023, target: 1-1-1-2",
        "id: d, target: 1-1-1-3, status: done",
    )
    first, second = table(report, "initiatives")
    assert first["Status"] == "完了 (FY2023)"
    assert second["Rating (last year → this year)"] == "B (of 1-1①-2) → －"
    assert second["Planned last year for this year"] == "毎週開く (of 1-1①-2)"
    total = table(report, "summary")[0]
    assert (total["Not reported"], total["Ended before the year"]) == ("0", "1")
    (indicator,) = table(report, "indicators")
    assert (first["Indicators (achieved)"], indicator["This year"]) == ("訪問 －", "－")


def test_where_some_have_no_status_their_number_stands_beside_the_rate(report_of):
    total = table(report_of("id: a, status: done", "id: b, target: 1-1-1-3"), "summary")[0]
    assert (total["No status"], total["Implementation rate"]) == ("1", "50.0% (1/2)")
    none = table(report_of("id: b, target: 1-1-1-3"), "summary")[0]
    assert none["Implementation rate"] == "－ (0/2)"


def test_sources_links_and_remarks_stand_beside_the_figure(report_of):
    report = report_of(
        "id: a, values: {visits: 3}, links: ['https://town.example/a']",
        "id: b, kind: actual, values: {visits: 4}, source: 速報値",
    )
    (row,) = table(report, "indicators")
    assert (row["Source"], row["Links"], row["Remarks"]) == ("速報値", "https://town.example/a", "商工会と数える")
    assert table(report, "initiatives")[0]["Activities of the year"] == "6/12 訪問した。\nhttps://town.example/a"


def test_a_plan_without_statuses_and_scale_has_no_column_and_no_rate_of_them(report_of, make_plan, make_ledger):
    report = report_of("id: a, values: {visits: 60}", scheme="statuses: [], scale: {}")
    row = table(report, "initiatives")[0]
    assert (row["Reported"], table(report, "initiatives")[1]["Reported"]) == ("reported", "not reported")
    assert not {"Status", "Rating (last year → this year)"} & set(row)
    assert set(table(report, "summary")[0]) == {
        "No.", "Policy / measure", "Submeasures", "Listed", "Relisted", "Distinct", "Not reported",
        "Indicators: met / near / not / open", "Targets met",
    }  # fmt: skip
    legend = papers(report, str).legend
    assert not [line for line in legend if "ating" in line.partition("Rates")[0] or "Implementation" in line]
    drawn = status_papers(standing(report), str)
    assert drawn.subtitles[0] == "Reported: 50.0% (1/2), not reported: 1"
    plan, ledger = make_plan(PLAN, scheme="statuses: [], scale: {}"), make_ledger("id: a, values: {visits: 60}", LATER)
    keys = [step.key for step in explain(report, plan, ledger, None).steps]
    assert keys == ["counts", "reports", "reporting", "met_share"]
    one = explain(report, plan, ledger, report.plan.places["1-1-1-1"])
    assert [step.key for step in one.steps] == ["in_force", "out_of_force", "reported"]
