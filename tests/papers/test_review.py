# mypy: allow-untyped-calls
from decimal import Decimal

import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.language import translator
from mizuho_pdca.papers.paper import Cell
from mizuho_pdca.papers.review import papers

JA = translator("ja")

PLAN = """
- id: "1"
  title: 基盤
  partners: [東京都, 商工会]
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      department: 産業課
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 60}, adopted: true}
      - id: 1-1-1-2
        title: 創業支援
        indicators:
        - {id: desk, name: 創業施設, kind: output, direction: increase, method: done, aggregate: latest, unit: 施設,
           targets: {2031: true}, words: {yes: 設置, no: なし}, adopted: true}
        - {id: profit, name: 黒字の割合, unit: "%", kind: outcome, direction: increase, method: progress,
           aggregate: latest, baseline: {year: 2021, value: 20}, targets: {2031: 40}, adopted: false}
        - {id: loans, name: 融資件数, kind: output, direction: increase, method: ratio, aggregate: cumulative,
           adopted: true}
- id: "2"
  title: 活用
  measures:
  - id: 2-1
    title: 再掲の施策
    submeasures: [{id: 2-1-1, title: 再掲, initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]}]
"""


@pytest.fixture(scope="session")
def papers_of(make_plan, make_ledger):
    plan = make_plan(PLAN)
    return lambda *texts, t=str, **options: papers(review(plan, make_ledger(*texts), 2024, **options), t)


def table(drawn, name):
    """Return a paper's rows by their first two texts joined, each a mapping of heading to cell."""
    (paper,) = [paper for paper in drawn.papers if paper.name == name]
    headings = [column.heading for column in paper.columns]
    assert all(len(row) == len(headings) for row in paper.rows)
    return {
        " ".join(cell.text for cell in row[:2]).strip(): dict(zip(headings, row, strict=True)) for row in paper.rows
    }


def texts_of(row, *headings):
    return tuple(row[heading].text for heading in headings)


# -- above and below --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "banner"), [(["id: a"], None), (["id: a, sample: true"], "SAMPLE: all entries are invented")]
)
def test_a_sample_is_marked(papers_of, texts, banner):
    assert papers_of(*texts).banner == banner


def test_the_title_names_plan_and_year(papers_of):
    assert papers_of().title == "試験計画: review of FY2024"


ERROR, WARNING = (Problem(Fault(code), "records/2024/1/x.yaml") for code in ("E008", "W402"))


@pytest.mark.parametrize(
    ("options", "subtitles"),
    [
        ({}, []),
        ({"scope": Scope(policy="1")}, ["Part of the plan only: policy 1"]),
        (
            {"scope": Scope(measure="1-1", department="産業課")},
            ["Part of the plan only: measure 1-1, department 産業課"],
        ),
        ({"problems": [ERROR, WARNING]}, ["1 problems in the data: faulty entries are left out (pdca validate)"]),
        ({"problems": [WARNING]}, []),
    ],
)
def test_what_stands_below_the_title(papers_of, options, subtitles):
    assert list(papers_of(**options).subtitles) == ["Council: 協議会", *subtitles]


def test_the_legend_explains_ratings_signs_and_drafts(papers_of):
    legend = papers_of().legend
    assert legend[0] == (
        "Ratings: A 目標達成, B おおむね順調, C やや遅れ, D 遅れ. No rank: 完了, 未着手, 中止, 評価困難."
    )
    assert "△" in legend[-3]
    assert legend[-2].startswith("Guide: ")
    assert legend[-1].startswith("(draft)")
    assert not papers_of(scope=Scope(policy="2")).legend[-1].startswith("(draft)")


def test_every_text_goes_through_the_translation(papers_of):
    drawn = papers_of("id: a, target: '1'", t=lambda msgid: f"訳{msgid}")
    headings = [column.heading for paper in drawn.papers for column in paper.columns]
    texts = [drawn.title, *drawn.subtitles, *drawn.legend, *(paper.title for paper in drawn.papers)]
    ratings = {"A", "B", "C", "D", "完了", "未着手", "中止", "評価困難"}
    assert [text for text in [*texts, *headings] if not text.startswith("訳")] == [
        heading for heading in headings if heading in ratings
    ]


# -- the summary ------------------------------------------------------------------------------

COUNTS = ("Submeasures", "Listed", "Relisted", "Distinct")
RATES = ("Implementation rate", "Completion rate", "Share of A・B")


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ("Total", ("2", "3", "1", "2")),
        ("1 基盤", ("1", "2", "0", "2")),
        ("1-1 経営", ("1", "2", "0", "2")),
        ("2 活用", ("1", "1", "1", "0")),
    ],
)
def test_the_summary_counts_the_whole_its_policies_and_their_measures(papers_of, row, counts):
    assert texts_of(table(papers_of(), "summary")[row], *COUNTS) == counts


def test_the_summary_lists_measures_below_their_policy(papers_of):
    assert list(table(papers_of(), "summary")) == ["Total", "1 基盤", "1-1 経営", "2 活用", "2-1 再掲の施策"]


@pytest.mark.parametrize(
    ("scope", "rows"),
    [
        (Scope(), ["Total", "1 基盤", "1-1 経営", "2 活用", "2-1 再掲の施策"]),
        (Scope(policy="1"), ["Subtotal", "1 基盤", "1-1 経営"]),
        (Scope(measure="1-1"), ["Subtotal", "1 基盤 (part)", "1-1 経営"]),
        (Scope(policy="1", measure="1-1"), ["Subtotal", "1 基盤 (part)", "1-1 経営"]),
        (
            Scope(department="産業課"),
            ["Subtotal", "1 基盤 (part)", "1-1 経営 (part)", "2 活用 (part)", "2-1 再掲の施策 (part)"],
        ),
        (Scope(measure="1-1", department="産業課"), ["Subtotal", "1 基盤 (part)", "1-1 経営 (part)"]),
    ],
)
def test_a_row_of_the_summary_says_where_it_counts_a_part_of_what_it_names(papers_of, scope, rows):
    assert list(table(papers_of(scope=scope), "summary")) == rows


def test_a_summary_of_a_part_says_so_in_japanese(papers_of):
    (paper,) = [paper for paper in papers_of(scope=Scope(measure="1-1"), t=JA).papers if paper.name == "summary"]
    assert [row[1].text for row in paper.rows] == ["小計", "基盤（一部）", "経営"]


def test_the_rates_of_the_summary_stand_beside_their_parts(papers_of):
    drawn = papers_of("id: a, status: done", "id: b, kind: evaluation, rating: B")
    row = table(drawn, "summary")["Total"]
    assert texts_of(row, *RATES) == ("50.0% (1/2)", "50.0% (1/2)", "100.0% (1/1)")
    assert row["Implementation rate"].number == Decimal("50.0")
    assert (row["B"].text, row["A"].text, row["完了"].text) == ("1", "0", "0")
    assert row["Not reported"] == Cell("1", (Decimal(1),), "alert")


def test_a_rate_is_none_where_nothing_was_reported(papers_of):
    row = table(papers_of(), "summary")["1 基盤"]
    assert texts_of(row, *RATES) == ("－ (0/2)", "－ (0/2)", "－")
    assert row["Implementation rate"].number is None


def test_everything_reported_is_no_alert(papers_of):
    row = table(papers_of("id: a", "id: b, target: 1-1-1-2"), "summary")["Total"]
    assert row["Not reported"] == Cell("0", (Decimal(0),), "strong")


@pytest.mark.parametrize("row", ["2 活用", "2-1 再掲の施策"])
def test_what_holds_only_relistings_says_so_instead_of_0_percent(papers_of, row):
    assert set(texts_of(table(papers_of("id: a, status: done"), "summary")[row], *RATES)) == {"relisted only"}


def test_measure_4_3_of_the_adopted_plan_prints_relisted_only(adopted_plan):
    rows = table(papers(review(adopted_plan, Ledger([]), 2024), str), "summary")
    only = [name for name, row in rows.items() if row["Implementation rate"].text == "relisted only"]
    assert only == ["4-3 ファントム工場の活用"]
    assert texts_of(rows["Total"], *COUNTS) == ("27", "36", "6", "30")


# -- the initiatives --------------------------------------------------------------------------


def initiative(drawn, number, heading):
    (row,) = [row for name, row in table(drawn, "initiatives").items() if name.startswith(number)]
    return row[heading].text


def test_the_initiatives_name_who_sees_to_them(papers_of):
    row = table(papers_of(), "initiatives")["1-1①-1 企業訪問"]
    assert texts_of(row, "Department", "Partners", "Status") == ("産業課", "東京都, 商工会", "not reported")
    assert row["Status"].tone == "alert"


def test_a_relisting_points_to_its_original_and_shows_its_state(papers_of):
    row = table(papers_of("id: a, status: done"), "initiatives")["2-1①-1 企業訪問 (relisted → 1-1①-1)"]
    assert texts_of(row, "Department", "Partners", "Status") == ("産業課", "－", "実施済（当年度分）")
    assert row["Activities of the year"] == Cell("see 1-1①-1", tone="quiet")


def test_the_activities_of_the_year_stand_below_the_progress(papers_of):
    drawn = papers_of(
        "id: a, date: 2024-07-01, summary: ' 3社を訪問。 '",
        "id: b, date: 2024-05-08, summary: 準備",
        "id: c, kind: evaluation, rating: B, progress: ' 計画どおり。 ', issues: 人手不足",
    )
    assert initiative(drawn, "1-1①-1", "Activities of the year") == "計画どおり。\n5/8 準備\n7/1 3社を訪問。"
    assert initiative(drawn, "1-1①-1", "Issues") == "人手不足"
    assert initiative(drawn, "1-1①-2", "Activities of the year") == "－"
    assert initiative(drawn, "1-1①-2", "Issues") == "－"


def test_in_japanese_a_day_stands_before_what_was_done_or_said(papers_of):
    drawn = papers_of(
        "id: a, summary: ' 3社を訪問。 '",
        "id: b, target: 1-1-1, summary: 連絡会を開いた。, date: 2025-01-05",
        "id: c, kind: opinion, target: 1-1-1-1, meeting: 2024-10-01, text: ' 周知を。 '",
        "id: d, kind: response, responds: c, state: 対応済, text: 広報に載せた。, date: 2024-11-01",
        t=JA,
    )
    found = {paper.name: paper.rows[0] for paper in drawn.papers}
    texts = [cell.text for cell in found["initiatives"]]
    assert "6月12日　3社を訪問。" in texts
    assert texts[-2:] == ["令和6年10月1日　周知を。", "[対応済] 令和6年11月1日　広報に載せた。"]
    assert found["elsewhere"][-1].text == "1月5日　連絡会を開いた。"
    assert any("令和6年11月1日　広報に載せた。" in cell.text for cell in found["opinions"])


def test_direction_and_plans_of_the_last_improvement(papers_of):
    drawn = papers_of(
        "id: a, kind: improvement, direction: 継続, next: 同じ",
        "id: b, kind: improvement, date: 2024-06-13, direction: 拡充, next: 対象を広げる。",
    )
    assert initiative(drawn, "1-1①-1", "Future direction") == "拡充"
    assert initiative(drawn, "1-1①-1", "Plans for the next year") == "対象を広げる。"
    assert initiative(drawn, "1-1①-2", "Future direction") == "－"


@pytest.mark.parametrize(
    ("texts", "printed"),
    [
        ([], "－ → －"),
        (["id: a, kind: evaluation, rating: B"], "－ → B"),
        (["id: a, kind: evaluation, rating: C, fiscal_year: 2023"], "C → －"),
        (
            ["id: a, kind: evaluation, rating: C, fiscal_year: 2023", "id: b, kind: evaluation, rating: Z"],
            "C → 評価困難",
        ),
        (["id: a, values: {visits: 48}"], "－ → [B]"),
        (["id: a, values: {visits: 48}", "id: b, kind: evaluation, rating: A"], "－ → A"),
    ],
)
def test_a_suggestion_stands_in_brackets_until_somebody_has_evaluated(papers_of, texts, printed):
    assert initiative(papers_of(*texts), "1-1①-1", "Rating (last year → this year)") == printed


def test_last_years_rating_is_printed_as_it_was_given_after_the_scale_was_revised(make_plan, make_ledger):
    plan = make_plan(
        PLAN, revisions="[{from: 2024, scale: {ranks: [{code: 優, name: 優, at_least: 50}, {code: 良, name: 良}]}}]"
    )
    ledger = make_ledger("id: a, kind: evaluation, rating: B, fiscal_year: 2023", "id: b, kind: evaluation, rating: 良")
    drawn = papers(review(plan, ledger, 2024), str)
    assert initiative(drawn, "1-1①-1", "Rating (last year → this year)") == "B → 良"


def test_opinions_and_responses_stand_in_the_row_of_their_initiative(papers_of):
    drawn = papers_of(
        "id: a, kind: opinion, target: 1-1-1-1, meeting: 2024-10-01, text: ' 周知を。 '",
        "id: b, kind: opinion, target: 1-1-1-1, meeting: 2024-10-01, text: 回数を。, date: 2024-10-02",
        "id: r, kind: response, responds: a, state: 対応済, text: 広報に載せた。, date: 2024-11-01",
    )
    assert initiative(drawn, "1-1①-1", "Opinions") == "2024-10-01 周知を。\n2024-10-01 回数を。"
    assert initiative(drawn, "1-1①-1", "Responses") == "[対応済] 2024-11-01 広報に載せた。\n[not answered]"
    assert initiative(drawn, "1-1①-2", "Opinions") == "－"


def test_every_response_is_printed_with_its_own_state(papers_of):
    drawn = papers_of(
        "id: a, kind: opinion, target: 1-1-1-1, meeting: 2024-10-01, text: 周知を。",
        "id: r, kind: response, responds: a, state: 検討中, text: 検討する。, date: 2024-11-01",
        "id: s, kind: response, responds: a, state: 対応済, text: 載せた。, date: 2024-12-01",
    )
    lines = "[検討中] 2024-11-01 検討する。\n[対応済] 2024-12-01 載せた。"
    assert initiative(drawn, "1-1①-1", "Responses") == lines


def test_what_was_planned_last_year_stands_beside_what_was_done(papers_of):
    drawn = papers_of("id: a, kind: improvement, direction: 拡充, next: 対象を広げる。, fiscal_year: 2023")
    assert initiative(drawn, "1-1①-1", "Planned last year for this year") == "対象を広げる。"
    assert initiative(drawn, "2-1①-1", "Planned last year for this year") == "－"


@pytest.mark.parametrize(
    ("number", "text", "lines"),
    [
        ("1-1①-1", "id: a, values: {visits: 48}", ["訪問件数 48件 80.0% (48/60) actual / target"]),
        ("2-1①-1", "id: a, values: {visits: 48}", ["訪問件数 48件 80.0% (48/60) actual / target"]),
        ("1-1①-1", "id: a", ["訪問件数 not reported"]),
        ("1-1①-1", "id: a, kind: actual, missing: {visits: 未調査}", ["訪問件数 未調査"]),
        (
            "1-1①-1",
            "id: a, kind: actual, values: {visits: 3}, missing: {visits: 集計中}",
            ["訪問件数 3件 (partly unknown) 5.0% (3/60) actual / target"],
        ),
        (
            "1-1①-2",
            "id: a, values: {desk: 設置, profit: 18, loans: 3}",
            [
                "創業施設 設置 met",
                "黒字の割合 (draft) 18% △10.0% (△2/20) progress from baseline, target of FY2031",
                "融資件数 3 (partly unknown)",
            ],
        ),
        (
            "1-1①-2",
            "id: a, values: {desk: no}",
            ["創業施設 なし before the target year", "黒字の割合 (draft) not reported", "融資件数 not reported"],
        ),
    ],
)
def test_an_indicators_rate_is_printed_with_its_parts_and_its_method(papers_of, number, text, lines):
    assert initiative(papers_of(text), number, "Indicators (achieved)") == "\n".join(lines)


def test_an_initiative_without_indicators_or_department_prints_none(make_plan, make_ledger):
    plan = make_plan("""
    - id: "1"
      title: 方針
      measures:
      - id: 1-1
        title: 基本施策
        submeasures: [{id: 1-1-1, title: 施策, initiatives: [{id: 1-1-1-1, title: 取組}]}]
    """)
    row = table(papers(review(plan, make_ledger(), 2024), str), "initiatives")["1-1①-1 取組"]
    assert texts_of(row, "Department", "Partners", "Indicators (achieved)") == ("－", "－", "－")


# -- the indicators ---------------------------------------------------------------------------


def indicator(drawn, name):
    (row,) = [row for row in table(drawn, "indicators").values() if row["Indicator"].text == name]
    return row


def test_an_indicator_is_printed_with_baseline_target_guide_and_pace(papers_of):
    drawn = papers_of("id: a, values: {profit: 23}", "id: b, date: 2023-06-01, values: {profit: 21.5}")
    row = indicator(drawn, "黒字の割合 (draft)")
    assert texts_of(row, "No.", "Kind", "Unit", "Method") == ("1-1①-2", "outcome", "%", "progress from baseline")
    assert texts_of(row, "Baseline (FY)", "Target (FY)", "Guide") == ("20 (2021)", "40 (2031)", "26")
    assert texts_of(row, "Last year", "This year") == ("21.5", "23")
    assert texts_of(row, "Achievement", "Met", "Pace") == ("15.0% (3/20)", "before the target year", "50.0% (3/6)")
    assert [row[name].number for name in ("This year", "Achievement", "Pace")] == [23, Decimal("15.0"), Decimal("50.0")]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("訪問件数", "visits: 59", "not met"),
        ("訪問件数", "visits: 60", "met"),
        ("黒字の割合 (draft)", "profit: 39", "before the target year"),
        ("黒字の割合 (draft)", "profit: 40", "met"),
        ("創業施設", "desk: false", "before the target year"),
        ("創業施設", "desk: true", "met"),
        ("融資件数", "loans: 3", "－"),
        ("訪問件数", "loans: 3", "－"),
    ],
)
def test_what_is_not_met_yet_is_no_failure_before_the_targets_year(papers_of, name, value, words):
    assert indicator(papers_of(f"id: a, values: {{{value}}}"), name)["Met"].text == words


def test_a_target_of_a_year_that_is_over_is_not_met(make_plan, make_ledger):
    plan = make_plan(PLAN.replace("targets: {2024: 60}", "targets: {2023: 60}"))
    drawn = papers(review(plan, make_ledger("id: a, values: {visits: 59}"), 2024), str)
    row = indicator(drawn, "訪問件数")
    assert texts_of(row, "Target (FY)", "Met") == ("60 (2023)", "not met")


@pytest.mark.parametrize(
    ("more", "method"),
    [
        ("direction: maintain, tolerance: 5", "within the tolerance (±5)"),
        ("direction: maintain, tolerance: 0.25", "within the tolerance (±0.25)"),
        ("direction: maintain, tolerance: 1200", "within the tolerance (±1,200)"),
        ("direction: increase", "at least the target"),
        ("direction: decrease", "at most the target"),
    ],
)
def test_the_method_shows_the_tolerance(make_plan, make_ledger, more, method):
    plan = make_plan(
        PLAN.replace(
            "direction: increase, method: ratio, aggregate: sum", f"{more}, method: maintain, aggregate: latest"
        )
    )
    row = indicator(papers(review(plan, make_ledger(), 2024), str), "訪問件数")
    assert row["Method"].text == method


def test_what_has_no_target_and_no_baseline_prints_none(papers_of):
    row = indicator(papers_of("id: a, values: {loans: 3}"), "融資件数")
    nothing = ("Unit", "Baseline (FY)", "Target (FY)", "Guide", "Last year", "Achievement", "Met", "Pace")
    assert set(texts_of(row, *nothing)) == {"－"}
    assert row["This year"] == Cell("3 (partly unknown)", (Decimal(3),), suffix=" (partly unknown)")


def test_what_is_done_or_not_is_printed_in_its_own_words(papers_of):
    row = indicator(papers_of("id: a, values: {desk: 設置}"), "創業施設")
    assert texts_of(row, "Target (FY)", "This year", "Achievement", "Met") == ("設置 (2031)", "設置", "－", "met")
    assert row["This year"].number is None


@pytest.mark.parametrize(
    ("text", "this_year", "last_year", "tone"),
    [
        ("id: a", "not reported", "－", "alert"),
        ("id: a, kind: actual, missing: {loans: 集計中}", "集計中", "－", "plain"),
        ("id: a, kind: actual, fiscal_year: 2023, missing: {loans: 未調査}", "not reported", "未調査", "alert"),
        ("id: a, values: {loans: 0}", "0 (partly unknown)", "－", "plain"),
    ],
)
def test_a_missing_figure_prints_its_reason_and_never_zero(papers_of, text, this_year, last_year, tone):
    row = indicator(papers_of(text), "融資件数")
    assert texts_of(row, "This year", "Last year") == (this_year, last_year)
    assert row["This year"].tone == tone


def test_a_figure_of_which_a_part_is_missing_is_marked(papers_of):
    drawn = papers_of(
        "id: a, date: 2022-06-01, values: {loans: 3}",
        "id: b, kind: actual, fiscal_year: 2023, missing: {loans: 未調査}",
        "id: c, values: {loans: 4}",
    )
    row = indicator(drawn, "融資件数")
    assert texts_of(row, "Last year", "This year") == ("未調査 (up to last year 3)", "7 (partly unknown)")


# -- elsewhere --------------------------------------------------------------------------------


def test_what_was_recorded_for_a_whole_part_has_a_paper_of_its_own(papers_of):
    row = table(papers_of("id: a, target: 1-1-1, summary: ' 連絡会を開いた。 '"), "elsewhere")["1-1① 訪問"]
    assert row["Activities of the year"].text == "6/12 連絡会を開いた。"
    assert "elsewhere" not in [paper.name for paper in papers_of("id: a").papers]


# -- the plan's first year --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "more", "columns"),
    [
        (2024, "", {"planned_last_year", "previous"}),
        (2022, "", set()),
        (2022, ", history: {2021: 12}", {"previous"}),
    ],
)
def test_what_is_of_the_year_before_stands_only_where_the_plan_tells_anything_of_it(
    make_plan, make_ledger, year, more, columns
):
    plan = make_plan(PLAN.replace("targets: {2024: 60}", f"targets: {{2024: 60}}{more}"))
    drawn = papers(review(plan, make_ledger(), year), str)
    shown = {column.key for paper in drawn.papers for column in paper.columns}
    assert shown & {"planned_last_year", "previous"} == columns


@pytest.mark.parametrize(
    ("year", "heading", "printed"),
    [
        (2023, "Rating (last year → this year)", "－ → B"),
        (2022, "Rating", "B"),
    ],
)
def test_a_rating_of_the_first_year_stands_alone(make_plan, make_ledger, year, heading, printed):
    plan = make_plan(PLAN, scheme="rate: [initiative, measure]")
    rated = f"kind: evaluation, fiscal_year: {year}, date: {year + 1}-05-01, rating: B"
    drawn = papers(review(plan, make_ledger(f"id: a, {rated}", f"id: b, target: 1-1, {rated}"), year), str)
    assert table(drawn, "initiatives")["1-1①-1 企業訪問"][heading].text == printed
    (row,) = [row for paper in drawn.papers if paper.name == "ratings" for row in paper.rows if row[1].text == "1-1"]
    assert printed in [cell.text for cell in row]


def test_by_its_name_the_rating_of_an_evaluator_stands_alone_as_well(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]")
    rated = "id: a, kind: evaluation, evaluator: council, fiscal_year: 2022, date: 2023-05-01, rating: B"
    row = table(papers(review(plan, make_ledger(rated), 2022), str), "initiatives")["1-1①-1 企業訪問"]
    assert texts_of(row, "自己評価", "外部評価") == ("－", "B")


def test_no_survey_is_missed_in_a_year_before_the_plan(make_plan, make_ledger):
    plan = make_plan(PLAN.replace("targets: {2024: 60}", "targets: {2024: 60}, surveyed: [2024]"))
    previous = {year: review(plan, make_ledger(), year).indicators[0].previous.is_due for year in (2022, 2023)}
    assert previous == {2022: True, 2023: False}
