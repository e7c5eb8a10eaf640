# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.papers.plan import plan_papers
from mizuho_pdca.papers.status import due_day, next_steps, status_papers

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    partners: [商工会]
    submeasures:
    - id: 1-1-1
      title: 訪問
      department: 産業課
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           baseline: {year: 2021, value: 40}, targets: {2024: 60, 2031: 120}, adopted: false}
        - {id: desk, name: 窓口, kind: output, direction: increase, method: done, aggregate: latest, until: 2024,
           adopted: true}
      - {id: 1-1-1-2, title: 相談, until: 2024}
      - {id: 1-1-1-3, relisted_from: 1-1-1-1}
    - {id: 1-1-2, title: 融資, department: 会計課, initiatives: [{id: 1-1-2-1, title: あっせん}]}
    - {id: 1-1-3, title: 調査, initiatives: [{id: 1-1-3-1, title: 研究}]}
"""


@pytest.fixture(scope="session")
def standing_of(make_plan, make_ledger):
    plan = make_plan(PLAN)
    return lambda *texts: standing(review(plan, make_ledger(*texts), 2024))


def rows_of(drawn, name):
    (paper,) = [paper for paper in drawn.papers if paper.name == name]
    assert all(len(row) == len(paper.columns) for row in paper.rows)
    return [tuple(cell.text for cell in row) for row in paper.rows]


# -- who has reported -------------------------------------------------------------------------


def test_each_initiative_stands_once(standing_of):
    now = standing_of("id: a", "id: b, target: 1-1-1-2", "id: c, target: 1-1-1-2, kind: evaluation, rating: A")
    assert [row.place.id for row in now.initiatives] == ["1-1-1-1", "1-1-1-2", "1-1-2-1", "1-1-3-1"]
    assert [row.place.id for row in now.missing] == ["1-1-2-1", "1-1-3-1"]
    assert [row.place.id for row in now.unrated] == ["1-1-1-1"]
    assert now.reporting == Rate(2, 4)


def test_what_says_the_same_as_last_year_is_counted(standing_of):
    said = "kind: evaluation, rating: B, issues: 人手, target: 1-1-1-1"
    now = standing_of(f"id: a, {said}, fiscal_year: 2023", f"id: b, {said}")
    assert [row.place.id for row in now.unchanged] == ["1-1-1-1"]
    assert "Same rating and texts as last year: 1" in status_papers(now, str).subtitles
    assert not any("Same" in line for line in status_papers(standing_of(f"id: b, {said}"), str).subtitles)


@pytest.mark.parametrize(
    ("texts", "unvalued"),
    [
        ([], ["visits", "desk"]),
        (["id: a, values: {visits: 0}"], ["desk"]),
        (["id: a, kind: actual, missing: {visits: 未調査, desk: 対象外}"], []),
        (["id: a, date: 2024-03-31, values: {visits: 3}"], ["visits", "desk"]),
    ],
)
def test_an_indicator_that_nothing_was_recorded_for_has_no_value(standing_of, texts, unvalued):
    assert [row.indicator.id for row in standing_of(*texts).unvalued] == unvalued


def test_the_table_lists_departments_together_and_those_that_are_missing_first(standing_of):
    now = standing_of(
        "id: a, status: done", "id: b, kind: evaluation, rating: B", "id: c, target: 1-1-3-1, status: preparing"
    )
    drawn = status_papers(now, str)
    assert rows_of(drawn, "status") == [
        ("1-1③-1", "研究", "－", "reported", "準備中", "－", "1"),
        ("1-1②-1", "あっせん", "会計課", "not reported", "－", "－", "0"),
        ("1-1①-2", "相談", "産業課", "not reported", "－", "－", "0"),
        ("1-1①-1", "企業訪問", "産業課", "reported", "実施済（当年度分）", "B", "2"),
    ]
    assert drawn.title == "Records of FY2024"
    assert drawn.subtitles == (
        "Reported: 50.0% (2/4), not reported: 2, not evaluated: 1",
        "For the office to look at: 4 (not reported 2, no figure 2)",
    )
    assert drawn.banner is None


def test_what_the_office_must_look_at_stands_below(standing_of):
    noted = [row for row in rows_of(status_papers(standing_of(), str), "office") if row[0] == "no figure"]
    assert noted == [
        ("no figure", "1-1①-1", "企業訪問", "産業課", "訪問件数 (draft) (visits)"),
        ("no figure", "1-1①-1", "企業訪問", "産業課", "窓口 (desk)"),
    ]
    sample = status_papers(standing_of("id: a, sample: true, values: {visits: 1, desk: yes}"), str)
    assert sample.banner == "SAMPLE: all entries are invented"


def test_opinions_without_an_answer_are_among_it(standing_of):
    opinion = "kind: opinion, meeting: 2024-10-01"
    now = standing_of(
        f"id: a, {opinion}, target: 1-1-1-1, text: ' 周知を。 '",
        f"id: b, {opinion}, target: plan, text: 全体",
        f"id: c, {opinion}, target: '1', text: 済",
        "id: r, kind: response, responds: c, state: 対応済, text: 済",
    )
    assert [row[1:] for row in rows_of(status_papers(now, str), "office") if row[0] == "opinion not answered"] == [
        ("whole plan", "試験計画", "－", "全体 (b)"),
        ("1-1①-1", "企業訪問", "産業課", "周知を。 (a)"),
    ]


def test_without_initiatives_there_is_no_percentage(make_plan, make_ledger):
    now = standing(review(make_plan("[]"), make_ledger(), 2024))
    assert status_papers(now, str).subtitles == ("Reported: － (0/0), not reported: 0, not evaluated: 0",)


# -- what to do next --------------------------------------------------------------------------

ALL_REPORTED = ["id: a", *(f"id: a{n}, target: {of}" for n, of in enumerate(["1-1-1-2", "1-1-2-1", "1-1-3-1"]))]
RECORD = 'Record an activity: pdca log 1-1①-1 -m "…"'
FIGURE = "Record a figure: pdca actual visits VALUE --year 2024"
EVALUATE = "Evaluate: pdca evaluate 1-1①-1 --year 2024 --rating A"
PAPERS = "See the papers: pdca review 2024"
STATUS = "See who has not reported: pdca status --year 2024"


@pytest.mark.parametrize(
    ("texts", "past", "steps"),
    [
        ([], False, [RECORD, STATUS]),
        ([], True, [RECORD, FIGURE, PAPERS, STATUS]),
        (ALL_REPORTED, False, [PAPERS, STATUS]),
        (ALL_REPORTED, True, [FIGURE, EVALUATE, PAPERS, STATUS]),
        (
            [*ALL_REPORTED, "id: z, kind: actual, missing: {visits: 未調査, desk: 未調査}"],
            True,
            [EVALUATE, PAPERS, STATUS],
        ),
        (
            [*ALL_REPORTED, "id: o, kind: opinion, target: plan, meeting: 2024-10-01, text: 全体"],
            False,
            ['Answer an opinion: pdca respond o -m "…"', STATUS],
        ),
    ],
)
def test_what_to_do_next_most_urgent_first(standing_of, texts, past, steps):
    assert next_steps(standing_of(*texts), str, is_over=past) == steps


def test_a_year_is_due_on_its_last_day():
    assert due_day(2024, 4) == "2025-03-31"
    assert due_day(2024, 1) == "2024-12-31"


# -- the plan ---------------------------------------------------------------------------------


def test_the_plan_is_printed_as_a_tree_with_its_counts(make_plan):
    plan = make_plan(PLAN, plan="edition: 素案")
    drawn = plan_papers(plan, list(plan.places.values()), None, str)
    assert drawn.title == "試験計画 素案"
    assert drawn.subtitles == (
        "Period: FY2022 to FY2031",
        "Council: 協議会",
        "Initiatives: 5 listed, 1 relisted, 4 distinct",
    )
    assert rows_of(drawn, "plan")[:7] == [
        ("1", "基盤", "－", "－"),
        ("1-1", "  経営", "－", "商工会"),
        ("1-1①", "    訪問", "産業課", "－"),
        ("1-1①-1", "      企業訪問", "産業課", "－"),
        ("1-1①-2", "      相談 (until FY2024)", "産業課", "－"),
        ("1-1①-3", "      企業訪問 (relisted → 1-1①-1)", "産業課", "－"),
        ("1-1②", "    融資", "会計課", "－"),
    ]


def test_indicators_of_the_plan_are_printed_with_baseline_and_targets(make_plan):
    plan = make_plan(PLAN)
    method = "actual / target"
    visits = ("1-1①-1", "訪問件数 (draft)", "visits", "output", "件", method, "40 (2021)", "2024: 60\n2031: 120")
    desk = ("1-1①-1", "窓口", "desk", "output", "－", "done or not", "－", "－")
    places = list(plan.places.values())
    assert rows_of(plan_papers(plan, places, None, str), "indicators") == [visits, desk]
    assert rows_of(plan_papers(plan, plan.in_force(2025), 2025, str), "indicators") == [visits]
    assert [paper.name for paper in plan_papers(plan, places[:2], 2024, str).papers] == ["plan"]


def test_the_plan_of_a_year_says_so_and_counts_what_is_in_force(make_plan):
    plan = make_plan(PLAN)
    drawn = plan_papers(plan, plan.in_force(2025), 2025, str)
    assert drawn.title == "試験計画"
    assert drawn.subtitles[2:] == ("As in force in FY2025", "Initiatives: 4 listed, 1 relisted, 3 distinct")


def test_the_whole_plan_says_when_a_node_is_in_force_and_what_went_on_with_it(make_plan):
    plan = make_plan("""
    - {id: "1", title: 基盤, measures: [], until: 2025, superseded_by: ["2", "3"]}
    - {id: "2", title: 新基盤, measures: [], from: 2026}
    - {id: "3", title: 革新, measures: []}
    """)
    whole = rows_of(plan_papers(plan, list(plan.places.values()), None, str), "plan")
    titles = ["基盤 (until FY2025) (went on as 2, 3)", "新基盤 (from FY2026)", "革新"]
    assert [row[1] for row in whole] == titles
    of_year = rows_of(plan_papers(plan.at(2026), plan.at(2026).in_force(2026), 2026, str), "plan")
    assert [row[1] for row in of_year] == ["新基盤", "革新"]


@pytest.mark.parametrize(("year", "froms"), [(None, ["FY2025", "FY2027"]), (2026, ["FY2025"]), (2024, [])])
def test_revisions_of_the_plan_are_printed_as_far_as_they_are_in_force(make_plan, year, froms):
    header = """revisions: [
        {from: 2025, decision: 町長決裁, date: 2025-03-01, summary: ' 目標値の見直し '},
        {from: 2027, decision: 協議会, summary: 組替え}
    ]"""
    drawn = plan_papers(make_plan("[]", plan=header), [], year, str)
    rows = [row for paper in drawn.papers if paper.name == "revisions" for row in paper.rows]
    texts = [("FY2025", "町長決裁", "2025-03-01", "目標値の見直し"), ("FY2027", "協議会", "－", "組替え")]
    assert [tuple(cell.text for cell in row) for row in rows] == texts[: len(froms)]
    assert [row[0].text for row in rows] == froms


def test_the_adopted_plan_is_printed_with_all_its_initiatives(adopted_plan):
    drawn = plan_papers(adopted_plan, adopted_plan.in_force(2024), 2024, str)
    assert drawn.subtitles[-1] == "Initiatives: 36 listed, 6 relisted, 30 distinct"
    assert len(rows_of(drawn, "plan")) == 4 + 13 + 27 + 36


# -- where initiatives are not what is reported on --------------------------------------------


def test_where_only_measures_are_rated_their_ratings_are_what_is_collected(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="statuses: [], rate: [measure]")
    rated = "id: b, target: 1-1, kind: evaluation, date: 2025-05-01, rating: B"
    for entries, counted, line in (
        ((), ("rated", Rate(0, 1)), "Rated: 0.0% (0/1), not rated: 1"),
        (("id: a", rated), ("rated", Rate(1, 1)), "Rated: 100.0% (1/1), not rated: 0"),
    ):
        now = standing(review(plan, make_ledger(*entries), 2024))
        assert (now.counted, now.missing) == (counted, ())
        assert status_papers(now, str).subtitles[0] == line
        assert now.is_complete is bool(entries)
    assert [row[:2] for row in rows_of(status_papers(now, str), "status")] == [("1-1", "経営"), ("1-1①-1", "企業訪問")]


def test_where_indicators_alone_are_judged_their_figures_are_what_is_collected(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="statuses: [], rate: []")
    now = standing(review(plan, make_ledger("id: a, values: {visits: 3}"), 2024))
    assert now.counted == ("valued", Rate(1, 2))
    assert not now.is_collected
    assert standing(review(make_plan(PLAN), make_ledger(), 2024)).counted == ("reported", Rate(0, 4))


def test_parts_of_a_plan_without_initiatives_are_not_called_initiatives(make_plan, make_ledger):
    plan = make_plan('[{id: "1", title: 基盤}]', scheme="rate: [policy]")
    drawn = status_papers(standing(review(plan, make_ledger(), 2024)), str)
    assert [column.heading for column in drawn.papers[0].columns][:2] == ["No.", "Title"]
