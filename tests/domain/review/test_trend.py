# mypy: allow-untyped-calls
"""Ratings and values of all years: where they come from, how they changed, how they are drawn."""

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.trend import last_year, last_year_of, trend
from mizuho_pdca.papers.trend import BARS, GAP, sparkline, trend_papers
from mizuho_pdca.render.csv.trend import trend as trend_csv
from mizuho_pdca.render.json.trend import trend as trend_json

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
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 60, 2031: 120}, adopted: false}
        - {id: brief, name: 短い指標, kind: outcome, direction: increase, method: ratio, aggregate: sum, until: 2023,
           adopted: true}
      - {id: 1-1-1-2, title: 統合前の甲, until: 2023, superseded_by: [1-1-1-5]}
      - {id: 1-1-1-3, title: 統合前の乙, until: 2023, superseded_by: [1-1-1-5]}
      - {id: 1-1-1-4, title: 分割前, until: 2023, superseded_by: [1-1-1-6, 1-1-1-7], labels: [{from: 2023, label: 旧4}]}
      - {id: 1-1-1-5, title: 統合後, from: 2024}
      - {id: 1-1-1-6, title: 分割後の一, from: 2024}
      - {id: 1-1-1-7, title: 分割後の二, from: 2024}
- id: "2"
  title: 発信
  measures:
  - id: 2-1
    title: 再掲
    submeasures: [{id: 2-1-1, title: 再掲だけ, initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]}]
    indicators:
    - {id: desk, name: 窓口, kind: outcome, direction: increase, method: done, aggregate: latest, adopted: true,
       words: {"yes": 設置, "no": なし}}
"""


def rated(target, **by_year):
    return [
        f"id: {target}-{year}, target: {target}, kind: evaluation, fiscal_year: {year[1:]}, rating: {code}, "
        f"date: {int(year[1:]) + 1}-06-01"
        for year, code in by_year.items()
    ]


@pytest.fixture(scope="session")
def plan(make_plan):
    return make_plan(PLAN)


@pytest.fixture(scope="session")
def trend_of(plan, make_ledger):
    """Return the trend of what a node or an indicator covers, from entries, up to a year or the last with data."""

    def make(*texts, what=None, last=None, plan=plan):
        ledger = make_ledger(*texts)
        subject = plan.places.get(what) or (plan.indicators[what][0] if what else None)
        return trend(plan, ledger, last or last_year(plan, ledger), subject)

    return make


def rows_of(found, name):
    (paper,) = [paper for paper in trend_papers(found, str).papers if paper.name == name]
    assert all(len(row) == len(paper.columns) for row in paper.rows)
    return [" | ".join(cell.text for cell in row) for row in paper.rows]


def headings_of(found, name):
    (paper,) = [paper for paper in trend_papers(found, str).papers if paper.name == name]
    return [column.heading for column in paper.columns]


# -- which years ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        ([], 2022),
        (["id: a, date: 2023-04-01"], 2023),
        (["id: a, date: 2025-05-01, kind: evaluation, rating: A"], 2024),
        (["id: a, date: 2025-05-01, kind: actual"], 2024),
        (["id: a, date: 2021-05-01"], 2022),
        (["id: a, date: 2032-05-01"], 2022),
        (["id: a, date: 2024-05-01", "id: b, kind: withdrawal, withdraws: a"], 2022),
        (
            [
                "id: a, date: 2023-05-01",
                "id: b, kind: opinion, fiscal_year: 2024, meeting: 2024-07-01, text: 意見",
                "id: c, kind: response, date: 2025-07-01, responds: b, state: answered, text: 対応",
            ],
            2023,
        ),
    ],
)
def test_the_last_year_is_the_last_with_an_activity_an_actual_or_an_evaluation(plan, make_ledger, texts, year):
    assert last_year(plan, make_ledger(*texts)) == year


@pytest.mark.parametrize(
    ("what", "last", "year"),
    [
        (None, 2025, 2025),
        ("1-1-1-1", 2025, 2025),
        ("1-1-1-2", 2025, 2023),
        ("1-1-1-5", 2025, 2025),
        ("1-1-1-5", 2023, None),
        ("visits", 2025, 2025),
        ("brief", 2025, 2023),
    ],
)
def test_what_has_ended_is_shown_up_to_its_last_year(plan, what, last, year):
    subject = plan.places.get(what) or (plan.indicators[what][0] if what else None)
    assert last_year_of(plan, subject, last) == year


# -- ratings ----------------------------------------------------------------------------------


def test_ratings_of_all_years_with_what_has_changed(trend_of):
    found = trend_of(*rated("1-1-1-1", y2022="C", y2023="B", y2024="B", y2025="D"), what="1-1-1-1")
    assert found.years == (2022, 2023, 2024, 2025)
    assert headings_of(found, "ratings") == ["No.", "Initiative", "2022", "2023", "2024", "2025"]
    assert rows_of(found, "ratings") == ["1-1①-1 | 企業訪問 | C | B ↑ | B → | D ↓"]


def test_a_year_without_a_rating_says_why_and_a_state_is_neither_better_nor_worse(trend_of):
    found = trend_of(
        *rated("1-1-1-1", y2022="A", y2023="Z"),
        "id: a, date: 2024-06-01",
        "id: b, date: 2025-06-01, target: 1-1-1-5",
        what="1-1-1-1",
    )
    assert rows_of(found, "ratings") == ["1-1①-1 | 企業訪問 | A | 評価困難 | not evaluated | not reported"]


def test_a_merged_initiative_shows_those_it_came_from(trend_of):
    found = trend_of(
        *rated("1-1-1-2", y2022="B", y2023="B"),
        *rated("1-1-1-3", y2022="C", y2023="未着手"),
        *rated("1-1-1-5", y2024="A", y2025="B"),
        what="1-1-1-5",
    )
    assert rows_of(found, "ratings") == ["1-1①-5 | 統合後 (came from 1-1①-2, 1-1①-3) | B・C | B・未着手 | A | B ↓"]
    assert [place.id for place in found.initiatives[0].predecessors] == ["1-1-1-2", "1-1-1-3"]


def test_a_year_in_which_one_of_two_that_were_merged_was_rated_is_still_open(trend_of):
    found = trend_of(*rated("1-1-1-2", y2023="B"), *rated("1-1-1-5", y2024="A"), what="1-1-1-5")
    (row,) = next(paper for paper in trend_papers(found, str).papers if paper.name == "ratings").rows
    assert [cell.tone for cell in row[2:5]] == ["quiet", "quiet", "plain"]
    assert row[3].text.startswith("B・")


def test_both_parts_of_a_split_initiative_show_the_whole_and_change_against_it(trend_of):
    found = trend_of(
        *rated("1-1-1-4", y2022="C", y2023="B"),
        *rated("1-1-1-6", y2024="A"),
        *rated("1-1-1-7", y2024="C"),
        what="1-1",
    )
    assert rows_of(found, "ratings")[-2:] == [
        "1-1①-6 | 分割後の一 (came from 旧4) | C | B ↑ | A ↑",
        "1-1①-7 | 分割後の二 (came from 旧4) | C | B ↑ | C ↓",
    ]


def test_an_initiative_that_another_was_merged_into_shows_both_and_chains_are_followed(make_plan, trend_of):
    plan = make_plan("""
    - id: "1"
      title: 基盤
      measures:
      - id: 1-1
        title: 経営
        submeasures:
        - id: 1-1-1
          title: 訪問
          initiatives:
          - {id: 1-1-1-1, title: 残る, superseded_by: [1-1-1-3]}
          - {id: 1-1-1-2, title: 加わる, until: 2023, superseded_by: [1-1-1-1]}
          - {id: 1-1-1-3, title: 輪, until: 2022, superseded_by: [1-1-1-2]}
    """)
    found = trend_of(
        *rated("1-1-1-1", y2022="A", y2023="A", y2024="A"),
        *rated("1-1-1-2", y2022="B", y2023="C"),
        *rated("1-1-1-3", y2022="D"),
        plan=plan,
    )
    assert rows_of(found, "ratings") == ["1-1①-1 | 残る (came from 1-1①-2, 1-1①-3) | A・B・D | A・C | A"]


def test_ratings_of_two_scales_are_not_compared(make_plan, trend_of):
    ranks = "{code: S, name: 特に良い, at_least: 90}, {code: A, name: 良い, at_least: 80}, {code: B, name: 普通}"
    plan = make_plan(PLAN, revisions=f"[{{from: 2024, scale: {{ranks: [{ranks}]}}}}]")
    found = trend_of(*rated("1-1-1-1", y2022="B", y2023="A", y2024="A", y2025="S"), plan=plan, what="1-1-1-1")
    states = "No rank: 完了, 未着手, 中止, 評価困難"
    assert rows_of(found, "ratings") == ["1-1①-1 | 企業訪問 | B | A ↑ | A | S ↑"]
    assert trend_papers(found, str).legend[:2] == (
        f"Ratings of FY2022 to FY2023: A 目標達成, B おおむね順調, C やや遅れ, D 遅れ. {states}.",
        "Ratings of FY2024 to FY2025: S 特に良い, A 良い, B 普通. No rank: －.",
    )


def test_a_scale_of_a_single_year_is_told_with_that_year_alone(make_plan, trend_of):
    plan = make_plan(PLAN, revisions="[{from: 2023, until: 2023, scale: {ranks: [{code: S, name: 特に良い}]}}]")
    legend = trend_papers(
        trend_of(*rated("1-1-1-1", y2022="B", y2023="S", y2024="A", y2025="B"), plan=plan), str
    ).legend
    assert [line.split(":")[0] for line in legend[:3]] == [
        "Ratings of FY2022",
        "Ratings of FY2023",
        "Ratings of FY2024 to FY2025",
    ]


def test_years_without_ratings_are_told_nothing_of(make_plan, trend_of):
    plan = make_plan(PLAN, revisions="[{from: 2023, scale: {}}]")
    legend = trend_papers(trend_of(*rated("1-1-1-1", y2022="B"), "id: x, date: 2024-06-01", plan=plan), str).legend
    assert [line.split(":")[0] for line in legend if line.startswith("Ratings")] == ["Ratings of FY2022"]


def test_a_relisting_stands_only_where_its_original_does_not(trend_of):
    texts = rated("1-1-1-1", y2024="A")
    assert [item.row.place.id for item in trend_of(*texts).initiatives] == ["1-1-1-1", "1-1-1-5", "1-1-1-6", "1-1-1-7"]
    for what in ("2", "2-1-1-1"):
        assert rows_of(trend_of(*texts, what=what), "ratings") == [
            "2-1①-1 | 企業訪問 (relisted → 1-1①-1) | not reported | not reported | A"
        ]


def test_an_initiative_that_was_not_there_yet_has_no_rating(make_plan, trend_of):
    plan = make_plan("""
    - id: "1"
      title: 基盤
      measures:
      - id: 1-1
        title: 経営
        submeasures:
        - {id: 1-1-1, title: 訪問, from: 2023, initiatives: [{id: 1-1-1-1, title: 新しい取組}]}
    """)
    assert rows_of(trend_of(*rated("1-1-1-1", y2023="A"), plan=plan), "ratings") == ["1-1①-1 | 新しい取組 | － | A"]


# -- values -----------------------------------------------------------------------------------


def test_values_of_all_years_with_target_and_sparkline(trend_of):
    found = trend_of(
        "id: a, date: 2022-06-01, values: {visits: 1000}",
        "id: b, date: 2024-06-01, values: {visits: 1500}",
        "id: c, date: 2024-07-01, kind: actual, missing: {visits: 集計中}",
        "id: d, date: 2025-07-01, kind: actual, missing: {visits: 未調査}, fiscal_year: 2025",
        "id: e, date: 2026-04-01, kind: evaluation, rating: B, fiscal_year: 2025",
        what="visits",
    )
    assert headings_of(found, "values") == [
        "No.", "Indicator", "Unit", "Trend", "2022", "2023", "2024", "2025", "Target (FY)",
    ]  # fmt: skip
    assert rows_of(found, "values") == [
        "1-1①-1 | 訪問件数 (draft) | 件 | ▁·█· | 1,000 | － | 1,500 (partly unknown) | 未調査 | 120 (2031)"
    ]
    assert found.initiatives == ()
    assert [paper.name for paper in trend_papers(found, str).papers] == ["values"]


def test_yes_and_no_without_a_target(trend_of):
    found = trend_of(
        "id: a, date: 2023-06-01, kind: actual, fiscal_year: 2022, values: {desk: なし}",
        "id: b, date: 2024-06-01, kind: actual, fiscal_year: 2023, values: {desk: 設置}",
        what="2-1",
    )
    assert rows_of(found, "values") == ["2-1 | 窓口 | － | ▁█ | なし | 設置 | －"]


@pytest.mark.parametrize(
    ("what", "indicators"),
    [
        (None, ["visits", "desk"]),
        ("1", ["visits"]),
        ("1-1-1-1", ["visits"]),
        ("1-1-1-5", []),
        ("2", ["desk"]),
        ("2-1-1-1", ["visits"]),
        ("visits", ["visits"]),
    ],
)
def test_only_indicators_below_the_node_are_shown(trend_of, what, indicators):
    found = trend_of("id: a", what=what)
    assert [row.indicator.id for row in found.indicators] == indicators


def test_every_year_is_that_of_its_review(adopted_plan, make_ledger):
    ledger = make_ledger(
        "id: a, date: 2023-06-01, target: 1-1-2-1, values: {company-visits: 40}",
        "id: b, date: 2024-06-01, target: 1-1-2-1, values: {company-visits: 48}",
        *rated("1-1-2-1", y2022="C", y2023="C", y2024="B"),
    )
    found = trend(adopted_plan, ledger, 2024)
    assert len(found.initiatives) == 30
    for place, year in enumerate(found.years):
        report = review(adopted_plan, ledger, year)
        states = {row.original.id: row.state for row in report.initiatives}
        assert {item.row.place.id: item.years[place].sources[0].state for item in found.initiatives} == states
        assert [item.years[place].change for item in found.initiatives] == [
            row.change for row in report.initiatives if not row.is_relisting
        ]
        values = {row.indicator.id: (year, row.value) for row in report.indicators}
        assert {row.indicator.id: row.history[place] for row in found.indicators} == values


# -- a year that is not over ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "running"), [("2025-03-31", 2024), ("2025-04-01", None)], ids=["nothing later", "something later"]
)
def test_a_year_with_nothing_recorded_after_its_end_is_not_over(trend_of, day, running):
    found = trend_of(
        "id: a, date: 2022-06-01, values: {visits: 30}",
        "id: b, date: 2023-06-01, values: {visits: 40}",
        "id: c, date: 2024-06-01, values: {visits: 3}, recorded: 2024-06-01T09:00:00+09:00",
        f"id: d, date: 2025-03-20, kind: evaluation, rating: A, fiscal_year: 2024, recorded: {day}T09:00:00+09:00",
    )
    assert (found.running, found.recorded_until) == (running, date.fromisoformat(day))
    assert headings_of(found, "values")[6] == ("2024 (so far)" if running else "2024")
    assert (" | ▁█ | " if running else " | ▆█▁ | ") in rows_of(found, "values")[0]
    note = "FY2024 is not over in the records: they end on 2025-03-31, and the trend leaves the year out."
    assert (note in trend_papers(found, str).legend) is bool(running)


def test_without_any_entry_nothing_is_running(trend_of):
    found = trend_of()
    assert (found.running, found.recorded_until, found.years) == (None, None, (2022,))


# -- the papers -------------------------------------------------------------------------------


def test_papers_with_all_that_explains_their_signs(trend_of):
    drawn = trend_papers(trend_of("id: a, date: 2024-06-01, recorded: 2024-06-01T09:00:00+09:00, sample: true"), str)
    assert drawn.title == "試験計画: ratings and indicators over the years"
    assert drawn.subtitles == ("FY2022 to FY2024",)
    assert drawn.banner == "SAMPLE: all entries are invented"
    assert [paper.title for paper in drawn.papers] == ["Ratings over the years", "Indicators over the years"]
    assert [line.partition(" ")[0] for line in drawn.legend] == [
        "Ratings:", "↑", "Where", "Trend:", "FY2024", "－", "(draft):",
    ]  # fmt: skip


def test_papers_explain_no_sign_that_they_do_not_show(trend_of):
    drawn = trend_papers(trend_of(*rated("1-1-1-1", y2024="A"), what="2-1"), str)
    assert drawn.banner is None
    assert [line.partition(" ")[0] for line in drawn.legend] == ["Ratings:", "↑", "Trend:", "－"]


# -- sparklines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        ([], ""),
        ([None, None], "··"),
        ([5], "▄"),
        ([5, None, 5], "▄·▄"),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([-10, 10], "▁█"),
        ([10, 0, None, 5], "█▁·▅"),
        ([False, True], "▁█"),
        ([Fraction(1, 3), Fraction(2, 3)], "▁█"),
    ],
)
def test_a_bar_for_each_value_between_the_lowest_and_the_highest(values, bars):
    assert sparkline(values) == bars


@pytest.mark.slow
@given(st.lists(st.one_of(st.none(), st.fractions()), max_size=12))
def test_bars_rise_and_fall_with_the_values(values):
    bars = sparkline(values)
    assert [bar == GAP for bar in bars] == [value is None for value in values]
    known = sorted((value, BARS.index(bar)) for value, bar in zip(values, bars, strict=True) if value is not None)
    heights = [height for _, height in known]
    assert heights == sorted(heights)
    if len({value for value, _ in known}) > 1:
        assert (heights[0], heights[-1]) == (0, 7)


# -- ratings above the initiatives, of indicators and by others -------------------------------

TWO = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
SAID = "kind: evaluation, date: 2025-06-01"


@pytest.fixture(scope="session")
def rated_plan(make_plan):
    return make_plan(PLAN, revisions=f"[{{from: 2024, {TWO}}}]")


@pytest.fixture(scope="session")
def rated_trend(rated_plan, trend_of):
    texts = [
        *rated("1-1", y2023="B", y2024="A"),
        f"id: a, {SAID}, target: 1-1, fiscal_year: 2024, evaluator: council, rating: C",
        f"id: b, {SAID}, target: 1-1-1-1, fiscal_year: 2024, evaluator: council, rating: D",
        f"id: c, {SAID}, target: 1-1-1-1, fiscal_year: 2024, rating: A",
        f"id: d, {SAID}, target: 1-1-1-1, fiscal_year: 2024, indicator: visits, rating: Z",
        f"id: e, {SAID}, target: 1-1-1-1, fiscal_year: 2023, indicator: brief, rating: A",
        f"id: f, {SAID}, target: plan, fiscal_year: 2024, rating: B",
        f"id: g, {SAID}, target: '2', fiscal_year: 2024, progress: 総括",
        f"id: h, {SAID}, target: 1-1-1-2, fiscal_year: 2023, evaluator: council, rating: D",
    ]
    return lambda what=None: trend_of(*texts, what=what, last=2024, plan=rated_plan)


@pytest.mark.parametrize(
    ("what", "rows"),
    [
        (None, ["whole plan | 試験計画 (自己評価) | － | － | B", "1-1 | 経営 (自己評価) | － | B | A ↑",
                "1-1 | 経営 (外部評価) | － | － | C", "1-1①-1 | 企業訪問 (外部評価) | － | － | D",
                "1-1①-1 | 訪問件数 (draft) (自己評価) | － | － | 評価困難"]),
        ("1-1-1", ["1-1①-1 | 企業訪問 (外部評価) | － | － | D",
                   "1-1①-1 | 訪問件数 (draft) (自己評価) | － | － | 評価困難"]),
        ("1-1-1-1", ["1-1①-1 | 企業訪問 (外部評価) | － | － | D",
                     "1-1①-1 | 訪問件数 (draft) (自己評価) | － | － | 評価困難"]),
        ("2-1-1-1", ["1-1①-1 | 企業訪問 (外部評価) | － | － | D",
                     "1-1①-1 | 訪問件数 (draft) (自己評価) | － | － | 評価困難"]),
        ("visits", ["1-1①-1 | 訪問件数 (draft) (自己評価) | － | － | 評価困難"]),
    ],
)  # fmt: skip
def test_other_ratings_have_a_table_of_their_own(rated_trend, what, rows):
    assert rows_of(rated_trend(what), "rated") == rows


@pytest.mark.parametrize("what", ["2-1", "desk"])
def test_without_such_ratings_there_is_no_such_table(rated_trend, what):
    assert "rated" not in [paper.name for paper in trend_papers(rated_trend(what), str).papers]


def test_where_one_rates_nobody_is_named(trend_of):
    assert rows_of(trend_of(*rated("1-1", y2023="B")), "rated") == ["1-1 | 経営 | － | B"]


def test_programs_and_data_files_have_them_as_well(rated_trend):
    found = rated_trend()
    data = json.loads(trend_json(found))["ratings"]
    kept = [(one["id"], one["level"], one["indicator"], one["evaluator"]) for one in data]
    assert kept == [
        ("plan", "plan", None, "self"),
        ("1-1", "measure", None, "self"),
        ("1-1", "measure", None, "council"),
        ("1-1-1-1", "initiative", None, "council"),
        ("1-1-1-1", "initiative", "visits", "self"),
    ]
    assert data[1]["years"] == [
        {"fiscal_year": 2022, "rating": None, "change": None},
        {"fiscal_year": 2023, "rating": "B", "change": None},
        {"fiscal_year": 2024, "rating": "A", "change": "up"},
    ]
    lines = trend_csv(found, str).decode("utf-8-sig").splitlines()
    assert "2024,Measure 1-1,Measure 1-1,経営 (自己評価),Measure ,,,,,A,better,," in lines
    assert "2024,whole plan,plan,試験計画 (自己評価),whole plan,,,,,B,,," in lines
    assert "2024,1-1①-1,1-1-1-1,訪問件数 (draft) (自己評価),output,,,,,評価困難,,," in lines


def test_evaluators_stand_in_the_order_of_the_plan(make_plan, trend_of):
    three = "evaluators: [{code: one, name: 一次}, {code: two, name: 二次}, {code: external, name: 外部}]"
    texts = [
        f"id: {code}, {SAID}, target: 1-1, fiscal_year: 2024, evaluator: {code}, rating: B"
        for code in ("external", "two", "one")
    ]
    found = trend_of(*texts, what=None, last=2024, plan=make_plan(PLAN, scheme=three))
    assert [one.evaluator.name for one in found.rated] == ["一次", "二次", "外部"]
