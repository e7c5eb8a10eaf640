# mypy: allow-untyped-calls
"""What is published of a review: every figure of it, null with its reason, and nothing that somebody wrote."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from mizuho_pdca.domain.publication.counts import COUNTS
from mizuho_pdca.domain.publication.table import KEYS, Publication, decimal, figure
from mizuho_pdca.domain.publication.tables import INDICATORS, INITIATIVES, PUBLICATIONS, TABLES
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.review import review

PLAN = """
- id: "1"
  title: 基盤
  indicators:
  - {id: steps, name: 段階, kind: outcome, direction: increase, method: done, aggregate: latest, adopted: true,
     words: [検討, 試行, 実施], targets: {2024: 試行}}
  - {id: site, name: 用地, kind: output, direction: increase, method: done, aggregate: latest, adopted: 2025,
     words: {yes: 設置, no: なし}, targets: {2026: yes}}
  - {id: none, name: 目標なし, kind: outcome, direction: increase, method: ratio, aggregate: sum, adopted: false}
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        department: 産業課
        tags: [重点, SDG8]
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           adopted: true, family: company-visits, targets: {2024: 60}, baseline: {year: 2021, value: 40}}
        - {id: survey, name: 割合, unit: '%', kind: outcome, direction: increase, method: progress, aggregate: latest,
           adopted: true, baseline: {year: 2021, value: 40}, targets: {2024: 43.5}}
      - {id: 1-1-1-2, title: 相談}
      - {id: 1-1-1-3, title: 発信}
      - {id: 1-1-1-4, title: 終了}
    - id: 1-1-2
      title: 融資
      initiatives: [{id: 1-1-2-1, relisted_from: 1-1-1-1}]
- {id: "2", title: 人材, measures: [{id: 2-1, title: 育成, submeasures: []}]}
"""
ENTRIES = (
    "id: a, status: done, values: {visits: 70}, summary: だれにも見せない文章",
    "id: b, kind: evaluation, rating: A, progress: だれにも見せない文章, issues: だれにも見せない文章",
    "id: c, kind: improvement, direction: 継続, next: だれにも見せない文章",
    "id: d, target: 1-1-1-2, status: suspended, date: 2024-07-01",
    "id: e, target: 1-1-1-4, status: completed, date: 2023-07-01",
    "id: f, kind: evaluation, target: 1-1-1-3, rating: F, date: 2025-04-02",
    "id: g, kind: actual, target: 1-1-1-1, date: 2025-05-01, missing: {survey: 未調査}",
    "id: h, kind: actual, target: '1', date: 2025-05-01, values: {steps: 試行, site: no}",
    "id: i, kind: opinion, target: 1-1-1-1, meeting: 2025-06-10, text: だれにも見せない文章",
    "id: j, kind: opinion, target: plan, meeting: 2025-06-10, text: だれにも見せない文章",
    "id: k, kind: response, responds: i, date: 2025-06-11, text: だれにも見せない文章, state: 対応済, target: 1-1-1-1",
    "id: l, kind: opinion, target: 1-1, fiscal_year: 2023, meeting: 2024-06-10, text: だれにも見せない文章",
)
WORDS = "responses: [{code: answered, name: 対応済}, {code: declined, name: 見送り}]"


@pytest.fixture
def published(make_plan, make_ledger):
    report = review(make_plan(PLAN, scheme=WORDS), make_ledger(*ENTRIES), 2024, as_of=AsOf("abc", dirty=False))
    return Publication("019992", report, "2025-09-01", "0123456789ab")


def by(table, published, key):
    return {row[key]: row for row in table.rows(published)}


def test_every_row_says_of_which_town_plan_and_year_it_is(published):
    for table in TABLES:
        rows = table.rows(published)
        assert rows
        assert {(row["code"], row["prefecture"], row["plan"], row["fiscal_year"], row["sample"]) for row in rows} == {
            ("019992", "01", "trial", "2024", False)
        }
        keys = [tuple(row[key] for key in table.keys) for row in rows]
        assert len(set(keys)) == len(keys)
        assert table.keys[:3] == KEYS
        assert all(list(row) == list(table.kinds) for row in rows)


def test_values_are_of_the_kind_that_their_column_says(published):
    kinds = {"string": str, "integer": int, "boolean": bool, "decimal": Decimal}
    for table in TABLES:
        for row in table.rows(published):
            for name, value in row.items():
                assert value is None or type(value) is kinds[table.kinds[name]], (name, value)


def test_nothing_that_somebody_wrote_is_among_it(published):
    said = str([table.rows(published) for table in TABLES])
    assert "だれにも見せない文章" not in said


def test_the_publication_says_where_it_comes_from(published):
    (row,) = PUBLICATIONS.rows(published)
    assert row["municipality"] == "瑞穂町"
    assert (row["commit"], row["closed"], row["seal"], row["running"]) == ("abc", "2025-09-01", "0123456789ab", False)
    assert row["recorded_until"] == "2026-06-11T09:00:00+09:00"


def test_a_plan_without_any_record_is_published_as_well(make_plan, make_ledger):
    of = Publication("019992", review(make_plan(PLAN, scheme=WORDS), make_ledger(), 2024))
    (row,) = PUBLICATIONS.rows(of)
    assert (row["commit"], row["recorded_until"], row["closed"], row["seal"]) == (None, None, None, None)
    rows = INITIATIVES.rows(of)
    assert {(row["status"], row["status_reason"], row["pursued"]) for row in rows} == {(None, "not_reported", False)}


def test_what_is_unknown_of_an_initiative_is_null_with_its_reason(published):
    rows = by(INITIATIVES, published, "node")

    def said(node, key):
        return rows[node][key], rows[node][f"{key}_reason"]

    assert [said("1-1-1-1", key) for key in ("status", "rating", "direction")] == [
        ("done", None),
        ("A", None),
        ("継続", None),
    ]
    assert [said("1-1-1-2", key) for key in ("status", "rating", "direction")] == [
        ("suspended", None),
        (None, "not_evaluated"),
        (None, "not_stated"),
    ]
    assert [said("1-1-1-3", key) for key in ("status", "rating")] == [(None, "not_stated"), ("F", None)]
    assert said("1-1-1-4", "rating") == (None, "ended_before")
    assert (rows["1-1-1-1"]["rank"], rows["1-1-1-1"]["ranks"], rows["1-1-1-3"]["rank"]) == (1, 4, None)
    assert (rows["1-1-2-1"]["relisted_from"], rows["1-1-2-1"]["counted"]) == ("1-1-1-1", False)
    assert [rows[node]["tags"] for node in ("1-1-1-1", "1-1-2-1", "1-1-1-2")] == ["重点;SDG8", "重点;SDG8", None]
    assert (rows["1-1-1-1"]["policy_title"], rows["1-1-1-1"]["measure"]) == ("基盤", "1-1")


def test_a_plan_that_does_not_judge_says_so(make_plan, make_ledger):
    scheme = "statuses: [], scale: {ranks: [], states: []}, directions: []"
    of = Publication("019992", review(make_plan(PLAN, scheme=scheme), make_ledger(), 2024))
    (row, *_) = INITIATIVES.rows(of)
    assert {row[f"{key}_reason"] for key in ("status", "rating", "direction")} == {"not_used"}
    assert row["ranks"] == 0


def test_what_is_not_reported_says_so(make_plan, make_ledger):
    of = Publication("019992", review(make_plan(PLAN), make_ledger("id: a, target: 1-1-1-2"), 2024))
    row = by(INITIATIVES, of, "node")["1-1-1-1"]
    assert {row[f"{key}_reason"] for key in ("status", "rating", "direction")} == {"not_reported"}


def test_the_rows_count_what_the_summary_counts(published):
    tally, rows = published.report.total.tally, INITIATIVES.rows(published)

    def total(key):
        return sum(row[key] for row in rows)

    assert total("counted") == tally.distinct
    assert (total("implemented"), total("pursued")) == (
        tally.implementation.numerator,
        tally.implementation.denominator,
    )
    assert (total("completed"), total("pursued")) == (tally.completion.numerator, tally.completion.denominator)
    assert (tally.completion.numerator, tally.completion.denominator) == (2, 3)


def test_what_is_unknown_of_an_indicator_is_null_with_its_reason(published):
    rows = by(INDICATORS, published, "indicator")
    visits = rows["visits"]
    assert (visits["actual"], visits["target"], visits["met"], visits["standing"]) == (70, 60, True, "met")
    assert (visits["rate_numerator"], visits["rate_denominator"], visits["rate_reason"]) == (70, 60, None)
    assert (visits["family"], visits["baseline"], visits["baseline_year"]) == ("company-visits", 40, 2021)
    survey = rows["survey"]
    assert (survey["actual"], survey["actual_reason"], survey["met_reason"]) == (None, "未調査", "no_value")
    assert (survey["rate_numerator"], survey["rate_reason"]) == (None, "no_value")
    none = rows["none"]
    assert (none["target"], none["actual_reason"], none["met_reason"], none["rate_reason"]) == (
        None,
        "not_recorded",
        "no_target",
        "no_target",
    )
    assert none["baseline_year"] is None
    steps, site = rows["steps"], rows["site"]
    assert (steps["actual"], steps["actual_word"], steps["target_word"], steps["rate_reason"]) == (
        None,
        "試行",
        "試行",
        "no_rate",
    )
    assert (site["actual_word"], site["target_word"], site["met_reason"]) == ("なし", "設置", "before_target")
    assert [rows[name]["adopted"] for name in ("visits", "site", "none")] == [True, False, False]


def test_what_a_town_publishes_in_words_or_never_judges_says_so(make_plan, make_ledger):
    odd = PLAN.replace(
        "  indicators:\n  - {id: steps",
        """  indicators:
  - {id: kept, name: 維持, unit: 件, kind: outcome, direction: maintain, method: maintain, aggregate: latest,
     tolerance: 1, targets: {2024: {text: 維持}}, adopted: true}
  - {id: yen, name: 事業費, unit: 千円, kind: input, targets: {2024: 500}}
  - {id: every-other, name: 調査, kind: outcome, direction: increase, method: ratio, aggregate: latest,
     surveyed: [2025], targets: {2025: 5}, adopted: true}
  - {id: steps""",
        1,
    )
    rows = by(INDICATORS, Publication("019992", review(make_plan(odd), make_ledger(), 2024)), "indicator")
    kept, yen, other = (rows[name] for name in ("kept", "yen", "every-other"))
    assert (kept["target"], kept["target_word"], kept["met_reason"], kept["standing"]) == (
        *(None, "維持", "worded", "unknown"),
    )
    assert (yen["target"], yen["met_reason"], yen["standing"]) == (500, "not_rated", None)
    assert (other["actual_reason"], other["met_reason"], other["rate_reason"]) == ("not_due", "not_due", "not_due")


def test_a_year_that_still_goes_on_is_no_reason_to_call_a_target_missed(make_plan, make_ledger):
    entry = "id: a, values: {visits: 3}, recorded: 2024-06-12T09:00:00+09:00"
    of = Publication("019992", review(make_plan(PLAN), make_ledger(entry), 2024))
    assert by(INDICATORS, of, "indicator")["visits"]["met_reason"] == "running"
    assert by(PUBLICATIONS, of, "code")["019992"]["running"] is True


def test_every_part_of_the_plan_has_its_counts(published):
    rows = by(COUNTS, published, "node")
    assert [(node, row["level"], row["title"]) for node, row in rows.items()] == [
        ("plan", 0, "試験計画"),
        ("1", 1, "基盤"),
        ("2", 1, "人材"),
        ("1-1", 2, "経営"),
        ("2-1", 2, "育成"),
        ("1-1-1", 3, "訪問"),
        ("1-1-2", 3, "融資"),
    ]
    whole = rows["plan"]
    assert (whole["listed"], whole["relisted"], whole["distinct"], whole["carried"]) == (5, 1, 4, 1)
    assert (whole["status_done"], whole["status_suspended"], whole["best"], whole["ranked"]) == (1, 1, 1, 1)
    assert [rows["1-1-1"][f"indicators_{how}"] for how in ("met", "near", "not_met", "unknown")] == [1, 0, 0, 1]
    assert (rows["1-1-2"]["listed"], rows["1-1-2"]["distinct"]) == (1, 0)


def test_opinions_of_the_years_meetings_are_counted(published):
    rows = by(COUNTS, published, "node")
    told = {node: (row["opinions"], row["opinions_answered"], row["opinions_unanswered"]) for node, row in rows.items()}
    assert told["plan"] == (2, 1, 1)
    assert told["1"] == told["1-1"] == told["1-1-1"] == (1, 1, 0)
    assert told["2"] == told["1-1-2"] == (0, 0, 0)


def test_numbers_are_exact_and_plain():
    assert str(decimal(Decimal("1.50"))) == "1.5"
    assert f"{decimal(Decimal(1200)):f}" == "1200"
    assert str(decimal(Decimal("0.00"))) == "0"
    assert decimal(Fraction(1, 3)) == Decimal("0.333333333333")
    assert decimal(Decimal("0.000000000000001")) == Decimal("1e-15")
    assert [figure(value) for value in (None, True, "実施", Decimal(2))] == [None, None, None, 2]


def test_a_sample_is_marked_in_every_row(published):
    of = replace(published, report=replace(published.report, sample=True))
    assert all(row["sample"] is True for table in TABLES for row in table.rows(of))


def test_where_only_measures_are_rated_no_initiative_waits_for_a_rating(make_plan, make_ledger):
    plan = make_plan(PLAN, scheme="rate: [measure]")
    rows = by(INITIATIVES, Publication("019992", review(plan, make_ledger("id: a, summary: 訪問"), 2024)), "node")
    row = rows["1-1-1-1"]
    assert (row["rating"], row["rating_reason"], row["ranks"]) == (None, "not_used", 0)
