# mypy: allow-untyped-calls, disable-error-code="union-attr"
"""What papers, explanations and JSON say of an indicator that is judged, not yet judged, or can't be."""

import json

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.trend import trend
from mizuho_pdca.language import translator
from mizuho_pdca.message import message
from mizuho_pdca.papers.explain.explain import explain
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.trend import trend_papers
from mizuho_pdca.render.json.review import review as as_json

JA, EN = translator("ja"), translator("en")
RATIO = "direction: increase, method: ratio"
STEPS = "direction: increase, method: done, aggregate: latest, words: [未着手, 検討, 試行, 実施]"
JUNE = "recorded: 2024-06-12T09:00:00+09:00"


class Drawn:
    """One indicator of an initiative, in every text that speaks of it."""

    def __init__(self, plan, ledger):
        self.report = review(plan, ledger, 2024)
        self.papers = papers(self.report, JA)
        self.explained = explain(self.report, plan, ledger, plan.indicators["visits"][0])
        self.initiative = explain(self.report, plan, ledger, plan.places["1-1-1-1"])
        self.json = json.loads(as_json(self.report, EN))
        self.trend = trend_papers(trend(plan, ledger, 2024), JA)

    def cell(self, paper, heading, row=0):
        (found,) = [each for each in (*self.papers.papers, *self.trend.papers) if each.name == paper]
        at = [column.heading for column in found.columns].index(JA(heading))
        return found.rows[row][at].text

    def step(self, key):
        for step in self.explained.steps:
            for one in (step, *step.steps):
                if one.key == key:
                    return one.text if isinstance(one.text, str) else one.text.text(EN)
        raise AssertionError(key)

    @property
    def row(self):
        return self.json["indicators"][0]


@pytest.fixture
def drawn(make_plan, make_ledger):
    """Draw the papers of an indicator and its entries; ``more`` are further indicators of the initiative."""

    def make(indicator, *texts, more=""):
        head = "name: 訪問, unit: 件, kind: output, adopted: true"
        text = indicator if "aggregate" in indicator else f"{indicator}, aggregate: sum"
        plan = make_plan(f"""
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
                - {{id: visits, {head}, {text}}}
                {more}
        """)
        return Drawn(plan, make_ledger(*texts))

    return make


def test_a_running_total_whose_year_is_missing_says_how_far_it_was(drawn):
    found = drawn(
        f"{RATIO}, aggregate: cumulative, targets: {{2024: 20}}",
        "id: a, date: 2022-06-01, values: {visits: 3}",
        "id: b, date: 2023-06-01, values: {visits: 5}",
        "id: c, kind: actual, missing: {visits: 集計中}",
    )
    assert found.cell("indicators", "This year") == "集計中（前年度まで 8）"
    assert found.cell("indicators", "Achievement") == "－"
    assert found.cell("values", message("{year}", year=2024).text(JA)) == "集計中（前年度まで 8）"
    assert (found.row["actual"], found.row["missing"], found.row["total_before"]) == (None, "集計中", 8)
    assert found.step("value") == "none: 集計中; the total up to last year is 8件"


def test_a_running_total_is_explained_from_its_baseline_on(drawn):
    found = drawn(
        f"{RATIO}, aggregate: cumulative, baseline: {{year: 2021, value: 35}}, targets: {{2031: 60}}",
        "id: a, date: 2023-06-01, values: {visits: 5}",
        "id: b, date: 2024-06-01, values: {visits: 4}",
    )
    assert found.cell("indicators", "Achievement") == "73.3% (44/60)"
    assert found.step("value") == "35 + 5 + 4 = 44件 (sum since the beginning)"
    assert found.step("opening") == "at the baseline 35件 (FY2021): what later years recorded is added to it"
    assert "累計の指標は、基準値から数え始めます。" in found.papers.legend


def test_a_yearly_value_stands_against_the_guide_where_its_year_has_no_target(drawn):
    found = drawn(f"{RATIO}, targets: {{2023: 60, 2030: 120}}", "id: a, values: {visits: 31}")
    headings = ("Target (FY)", "Guide", "Achievement", "Pace", "Met")
    assert [found.cell("indicators", heading) for heading in headings] == [
        "120（R12）", "68.6", "－", "45.2% (31/68.6)", "目標年度前",
    ]  # fmt: skip
    line = "訪問 31件 45.2% (31/68.6) 実績÷目安（令和12年度の目標）"
    assert found.cell("initiatives", "Indicators (achieved)") == line
    assert found.cell("initiatives", "Rating (last year → this year)") == "－ → [C]"
    assert (found.row["rate"], found.row["pace"], found.row["met"]) == (None, "45.2", None)
    assert found.step("rate") == "none: FY2024 has no target of its own to hold its value against"
    assert found.step("pace").startswith("actual / guide = 31 / (480/7) = ")
    assert found.step("met") == "not judged yet: 31件 has not reached 120件, the target of FY2030"


def test_a_year_that_is_running_is_not_judged(drawn):
    found = drawn(f"{RATIO}, targets: {{2024: 60}}", f"id: a, values: {{visits: 30}}, {JUNE}")
    assert found.cell("indicators", "Met") == "年度途中"
    assert found.cell("indicators", "Achievement") == "50.0% (30/60)"
    assert found.cell("initiatives", "Rating (last year → this year)") == "－ → －"
    assert (found.json["running"], found.row["met"], found.row["rating_suggested"]) == (True, None, None)
    assert found.step("met") == "not judged yet: FY2024 is not over in the records, and 30件 may change"
    assert found.step("suggestion") == "none: FY2024 is not over in the records"
    assert any(line.startswith("年度の途中では") for line in found.papers.legend)


def test_what_can_no_longer_change_is_judged_in_a_year_that_is_running(drawn):
    most = "direction: decrease, method: maintain, targets: {2024: 10}"
    found = drawn(most, f"id: a, values: {{visits: 12}}, {JUNE}")
    assert (found.cell("indicators", "Met"), found.row["met"]) == ("未達成", False)
    found = drawn(f"{RATIO}, targets: {{2024: 60}}", f"id: a, values: {{visits: 61}}, {JUNE}")
    assert (found.cell("indicators", "Met"), found.row["met"], found.row["rating_suggested"]) == ("達成", True, None)


def test_the_reason_why_no_rank_is_suggested_is_printed(drawn):
    desk = f"- {{id: desk, name: 窓口, kind: output, {STEPS}, targets: {{2024: 実施}}, adopted: true}}"
    found = drawn(f"{RATIO}, targets: {{2024: 60}}", "id: a, values: {visits: 60, desk: 試行}", more=desk)
    assert found.cell("initiatives", "Rating (last year → this year)") == "－ → －\n窓口：未達成（目安の評価なし）"
    (row,) = found.json["initiatives"]
    assert (row["rating_suggested"], row["no_suggestion"]) == (None, [{"indicator": "desk", "reason": "not_met"}])
    said = [step.text.text(EN) for step in found.initiative.steps if step.key == "suggestion"]
    assert said == ["none, because of 窓口: not met, without a rank"]


def test_somebodys_rating_needs_no_reason(drawn):
    desk = f"- {{id: desk, name: 窓口, kind: output, {STEPS}, targets: {{2024: 実施}}, adopted: true}}"
    texts = ("id: a, values: {visits: 60}", "id: b, kind: evaluation, rating: B")
    found = drawn(f"{RATIO}, targets: {{2024: 60}}", *texts, more=desk)
    assert found.cell("initiatives", "Rating (last year → this year)") == "－ → B"


def test_a_step_is_printed_and_told_as_its_word(drawn):
    found = drawn(f"{STEPS}, targets: {{2024: 検討}}", "id: a, values: {visits: 実施}")
    assert [found.cell("indicators", name) for name in ("This year", "Target (FY)", "Met")] == [
        "実施", "検討（R6）", "達成",
    ]  # fmt: skip
    assert found.cell("indicators", "Method") == "段階（目標以上）"
    assert (found.row["actual"], found.row["target"], found.row["met"]) == ("実施", "検討", True)
    assert found.step("met") == 'met: "実施" is the step "検討" that the target says, or past it'
    assert found.cell("values", message("{year}", year=2024).text(JA)) == "実施"


def test_halves_that_do_not_add_up_are_explained(drawn):
    found = drawn(
        f"{RATIO}, targets: {{2024: 60}}",
        "id: a, date: 2024-06-12, values: {visits: 3}",
        "id: b, kind: actual, date: 2024-10-05, values: {visits: 50}",
    )
    headings = ("April to September", "October to March", "This year")
    assert [found.cell("indicators", heading) for heading in headings] == ["3", "－", "53"]
    assert (found.row["april_to_september"], found.row["october_to_march"], found.row["without_half"]) == (3, None, 50)
    assert found.step("without_half") == "50件"
    assert any("前期・後期の指定なし" in line for line in found.papers.legend)


def test_a_chart_has_exact_points_with_the_digits_of_print(drawn):
    found = drawn(
        "direction: decrease, method: maintain, aggregate: mean, targets: {2024: 0.04}",
        *(f"id: {name}, values: {{visits: {figure}}}" for name, figure in (("a", 0.04), ("b", 0.05), ("c", 0.04))),
    )
    (chart,) = found.papers.charts
    actual = chart.actuals[-1]
    assert (f"{actual.value:f}", actual.text) == ("0.0433333333333", "0.043")
    assert found.row["actual"] == 0.0433333333333
    assert found.cell("indicators", "This year") == "0.043"
