# mypy: allow-untyped-calls
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.as_of import AsOf, Edition
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.papers.errata import Cause, Erratum, Side, errata
from mizuho_pdca.papers.errata_paper import errata_papers
from mizuho_pdca.papers.paper import Cell

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
           targets: {2024: 60}, adopted: true}
      - id: 1-1-1-2
        title: 創業支援
        indicators:
        - {id: loans, name: 融資件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
- id: "2"
  title: 活用
  measures:
  - id: 2-1
    title: 再掲の施策
    submeasures: [{id: 2-1-1, title: 再掲, initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]}]
"""


@pytest.fixture(scope="session")
def side(make_plan, make_ledger):
    """Make a side of a comparison: the review of 2024 of a plan and of entries, each given as for ``make_entry``."""
    usual = make_plan(PLAN)

    def make(*texts, policies=PLAN, **more):
        plan = usual if policies == PLAN and not more else make_plan(policies, **more)
        ledger = make_ledger(*texts)
        return Side(review(plan, ledger, 2024), plan, ledger)

    return make


def compared(before, after):
    """Return the corrections between two sides by paper, row and column."""
    found = errata(before, after, str).corrections
    named = {(one.paper, one.anchor, one.column): one for one in found}
    assert len(named) == len(found)
    return named


def rows(found):
    """Return which rows of which papers differ, each with the entries that caused it, in order."""
    causes = {}
    for (paper, anchor, _), one in found.items():
        causes[paper, anchor] = " ".join(f"{cause.change} {cause.entry.id}" for cause in one.causes)
    return causes


# -- nothing differs --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texts", [(), ("id: a, status: done, values: {visits: 3}", "id: b, kind: evaluation, rating: A")]
)
def test_a_review_has_no_corrections_to_itself(side, texts):
    assert compared(side(*texts), side(*texts)) == {}


def test_what_no_paper_shows_is_no_correction(side):
    assert compared(side("id: a"), side("id: a", "id: b, date: 2026-05-01")) == {}
    assert compared(side("id: a"), side("id: a, by: 企画課")) == {}
    assert compared(side(), side(plan="vision: ものづくり")) == {}


def test_a_column_of_another_heading_is_the_same_column(side):
    levels = "levels: [{name: 柱}, {name: 目標}, {name: 施策}, {name: 事業}]"
    assert compared(side("id: a"), side("id: a", plan=levels)) == {}
    found = compared(side("id: a"), side("id: a, summary: 三社を訪問した。", plan=levels))
    one = found["initiatives", "1-1-1-1", "What was done in the year"]
    assert (one.after, one.causes[0].entry.id) == ("6/12 三社を訪問した。", "a")


# -- every kind of entry ----------------------------------------------------------------------


def test_an_activity_corrects_its_row_its_relisting_and_the_parts_that_count_it(side):
    found = compared(side(), side("id: a, status: done, summary: 三社を訪問した。"))
    assert rows(found) == {
        ("summary", "summary"): "added a",
        ("summary", "summary-1"): "added a",
        ("summary", "summary-1-1"): "added a",
        ("initiatives", "1-1-1-1"): "added a",
        ("initiatives", "2-1-1-1"): "added a",
    }
    one = found["summary", "summary-1", "Not reported"]
    assert (one.title, one.row, one.before, one.after) == ("Summary", "1 基盤", "2", "1")
    one = found["initiatives", "1-1-1-1", "Activities of the year"]
    assert (one.row, one.before, one.after) == ("1-1①-1 企業訪問", "－", "6/12 三社を訪問した。")


def test_an_actual_corrects_the_indicator_and_the_initiative_that_has_it(side):
    found = compared(
        side("id: a", "id: b, kind: actual, values: {visits: 30}"),
        side("id: a", "id: b, kind: actual, values: {visits: 30}", "id: c, kind: actual, values: {visits: 3}"),
    )
    assert rows(found) == {
        ("initiatives", "1-1-1-1"): "added c",
        ("initiatives", "2-1-1-1"): "added c",
        ("indicators", "indicator-visits"): "added c",
    }
    one = found["indicators", "indicator-visits", "This year"]
    assert (one.before, one.after, one.by_plan) == ("30", "33", False)


def test_a_figure_that_was_recorded_elsewhere_explains_the_row_of_its_owner(side):
    found = compared(side("id: a"), side("id: a", "id: b, target: 1-1-1-2, values: {visits: 3}"))
    assert found["initiatives", "1-1-1-1", "Indicators (achieved)"].causes[0].entry.id == "b"
    assert rows(found)["indicators", "indicator-visits"] == "added b"


def test_a_reason_for_a_missing_figure_explains_the_indicator(side):
    found = compared(side(), side("id: a, kind: actual, missing: {loans: 集計中}, target: 1-1-1-2"))
    one = found["indicators", "indicator-loans", "This year"]
    assert (one.before, one.after) == ("not reported", "集計中")
    assert rows(found)["indicators", "indicator-loans"] == "added a"


def test_an_evaluation_corrects_the_rating_and_the_counts_of_ratings(side):
    found = compared(side("id: a"), side("id: a", "id: b, kind: evaluation, rating: B, issues: 人手"))
    assert found["initiatives", "1-1-1-1", "Rating (last year → this year)"].after == "－ → B"
    assert found["initiatives", "1-1-1-1", "Issues"].after == "人手"
    assert found["summary", "summary-1-1", "B"].after == "1"
    assert set(rows(found).values()) == {"added b"}


def test_a_rating_of_a_measure_corrects_its_own_row_and_nothing_that_is_counted(side):
    found = compared(side("id: a"), side("id: a", "id: b, kind: evaluation, rating: B, target: 1-1"))
    assert found["summary", "summary-1-1", "Own rating"].after == "B"
    assert {row for row in rows(found) if row[0] != "summary"} == {("ratings", "rating-1-1")}
    assert rows(found)["summary", "summary-1-1"] == rows(found)["ratings", "rating-1-1"] == "added b"


def test_a_rating_of_the_plan_and_of_an_indicator_correct_their_own_rows(side):
    plan, indicator = "kind: evaluation, rating: B, target: plan", "kind: evaluation, rating: C, indicator: visits"
    before = side("id: a", f"id: p, {plan}", f"id: i, {indicator}")
    after = side(
        "id: a",
        f"id: p, {plan}",
        f"id: q, {plan.replace('B', 'A')}",
        f"id: i, {indicator}",
        f"id: j, {indicator.replace('C', 'D')}",
    )
    found = rows(compared(before, after))
    assert found == {
        ("summary", "summary"): "added q",
        ("ratings", "rating-plan"): "added q",
        ("indicators", "indicator-visits"): "added j",
    }


def test_an_evaluation_of_last_year_corrects_the_rating_beside_this_years_alone(side):
    found = compared(side(), side("id: a, kind: evaluation, fiscal_year: 2023, rating: B"))
    assert rows(found) == {("initiatives", "1-1-1-1"): "added a", ("initiatives", "2-1-1-1"): "added a"}


def test_an_improvement_corrects_what_follows(side):
    found = compared(side("id: a"), side("id: a", "id: b, kind: improvement, direction: 改善, next: 二倍にする。"))
    assert found["initiatives", "1-1-1-1", "Plans for the next year"].after == "二倍にする。"
    assert rows(found) == {("initiatives", "1-1-1-1"): "added b"}


OPINION = "id: o, kind: opinion, meeting: 2025-08-21, text: もっと訪問を。"
RESPONSE = "id: r, kind: response, responds: o, state: done, text: 増やした。, date: 2025-09-01"


def test_an_opinion_comes_with_a_row_of_its_own(side):
    found = compared(side(), side(OPINION))
    assert rows(found) == {("opinions", "o"): "added o", ("initiatives", "1-1-1-1"): "added o"}
    one = found["opinions", "o", None]
    assert (one.before, one.after) == (None, "Opinion: もっと訪問を。\nState: not answered")


def test_a_response_corrects_the_opinion_though_it_was_made_a_year_later(side):
    found = compared(side(OPINION), side(OPINION, RESPONSE))
    assert rows(found) == {("opinions", "o"): "added r", ("initiatives", "1-1-1-1"): "added r"}
    assert "増やした。" in found["opinions", "o", "Response"].after


def test_an_opinion_on_the_whole_plan_stands_in_its_own_paper_alone(side):
    assert rows(compared(side(), side(OPINION + ", target: plan"))) == {("opinions", "o"): "added o"}


def test_what_the_council_said_explains_no_count(side):
    found = compared(side(OPINION), side(OPINION, RESPONSE, "id: a"))
    assert rows(found)["summary", "summary"] == "added a"
    assert [found["initiatives", "1-1-1-1", column].causes[0].entry.id for column in ("Status", "Responses")] == [*"ar"]


def test_an_activity_for_a_whole_part_brings_the_paper_that_lists_them(side):
    found = compared(side(), side("id: a, target: 1-1, summary: 説明会。"))
    assert rows(found) == {("elsewhere", "a"): "added a"}
    one = found["elsewhere", "a", None]
    assert (one.title, one.row, one.before) == ("Recorded for a whole part of the plan", "1-1 経営", None)
    assert one.after == "Activities of the year: 6/12 説明会。"
    gone = compared(side("id: a, target: 1-1, summary: 説明会。"), side())["elsewhere", "a", None]
    assert (gone.title, gone.row, gone.before, gone.after) == (one.title, one.row, one.after, None)


# -- what became of an entry ------------------------------------------------------------------


def test_a_correction_explains_the_row_of_what_it_corrects(side):
    wrong = "id: a, target: 1-1-1-2, values: {loans: 5}"
    found = compared(side(wrong), side(wrong, "id: b, values: {visits: 5}, supersedes: a, reason: 取組を誤った。"))
    causes = rows(found)
    for row in ("1-1-1-1", "1-1-1-2"):
        assert causes["initiatives", row] == "added b"
    for row in ("visits", "loans"):
        assert causes["indicators", f"indicator-{row}"] == "added b"


def test_a_correction_that_moves_to_another_year_explains_the_year_that_it_leaves(side):
    wrong = "id: a, status: done, values: {visits: 5}"
    right = "id: b, status: done, values: {visits: 5}, date: 2025-06-12, supersedes: a, reason: 日付を誤った。"
    assert set(rows(compared(side(wrong), side(wrong, right))).values()) == {"added b"}


def test_a_withdrawal_explains_what_is_gone(side):
    found = compared(
        side("id: a, status: done, values: {visits: 5}"),
        side("id: a, status: done, values: {visits: 5}", "id: w, kind: withdrawal, withdraws: a"),
    )
    assert set(rows(found)) >= {("summary", "summary"), ("indicators", "indicator-visits"), ("initiatives", "1-1-1-1")}
    assert set(rows(found).values()) == {"added w"}
    assert found["initiatives", "1-1-1-1", "Status"].after == "not reported"


def test_a_withdrawal_of_a_withdrawal_explains_what_comes_back(side):
    old = ("id: a, status: done", "id: w, kind: withdrawal, withdraws: a")
    found = compared(side(*old), side(*old, "id: v, kind: withdrawal, withdraws: w"))
    assert found["initiatives", "1-1-1-1", "Status"].before == "not reported"
    assert set(rows(found).values()) == {"added v"}


def test_a_withdrawn_opinion_is_a_row_that_goes(side):
    found = compared(side(OPINION), side(OPINION, "id: w, kind: withdrawal, withdraws: o"))
    assert rows(found) == {("opinions", "o"): "added w", ("initiatives", "1-1-1-1"): "added w"}
    one = found["opinions", "o", None]
    assert (one.before, one.after) == ("Opinion: もっと訪問を。\nState: not answered", None)


def test_an_entry_that_was_edited_in_place_explains_its_old_rows_and_its_new_ones(side):
    found = compared(side("id: a, values: {visits: 5}"), side("id: a, target: 1-1-1-2, values: {loans: 5}"))
    assert set(rows(found).values()) == {"changed a"}
    assert {("indicators", "indicator-visits"), ("indicators", "indicator-loans")} <= set(rows(found))
    assert {("initiatives", "1-1-1-1"), ("initiatives", "1-1-1-2")} <= set(rows(found))
    (cause,) = found["initiatives", "1-1-1-1", "Activities of the year"].causes
    assert cause.entry.target == "1-1-1-2"


def test_an_entry_that_is_gone_is_named(side):
    found = compared(side("id: a, status: done", "id: b, target: 1-1-1-2"), side("id: b, target: 1-1-1-2"))
    assert set(rows(found).values()) == {"gone a"}


def test_several_entries_stand_in_the_order_in_which_things_happened(side):
    found = compared(side(), side("id: b, date: 2024-07-01", "id: c, date: 2024-05-01", "id: a, date: 2024-07-01"))
    assert rows(found)["initiatives", "1-1-1-1"] == "added c added a added b"


def test_entries_that_refer_to_each_other_in_a_circle_end(side):
    circle = (
        "id: a, supersedes: b, reason: x",
        "id: b, supersedes: a, reason: x",
        "id: c, supersedes: lost, reason: x",
    )
    assert rows(compared(side(), side(*circle)))["initiatives", "1-1-1-1"] == "added a added b added c"


def test_a_long_chain_of_corrections_is_followed_to_its_end(side):
    first = "id: e0, target: 1-1-1-2"
    chain = [f"id: e{number}, supersedes: e{number - 1}, reason: 誤記, target: 1-1-1-2" for number in range(1, 600)]
    last = f"id: last, supersedes: e{len(chain)}, reason: 取組を誤った。"
    found = compared(side(first, *chain), side(first, *chain, last))
    assert rows(found)["initiatives", "1-1-1-2"] == "added last"


# -- the plan ---------------------------------------------------------------------------------


def by_plan(found):
    """Return the corrections as texts; all must be laid on the plan alone."""
    assert all(one.by_plan and not one.causes for one in found.values())
    return {where: (one.before, one.after) for where, one in found.items()}


def test_another_target_is_laid_on_the_plan(side):
    entry = "id: a, values: {visits: 30}"
    found = by_plan(compared(side(entry), side(entry, policies=PLAN.replace("{2024: 60}", "{2024: 30}"))))
    assert found["indicators", "indicator-visits", "Target (FY)"] == ("60 (2024)", "30 (2024)")
    assert {where[:2] for where in found} == {
        ("initiatives", "1-1-1-1"),
        ("initiatives", "2-1-1-1"),
        ("indicators", "indicator-visits"),
        *(("summary", anchor) for anchor in ("summary", "summary-1", "summary-1-1")),
    }


def test_another_title_is_laid_on_the_plan_and_names_the_row_anew(side):
    found = compared(side(), side(policies=PLAN.replace("創業支援", "創業の支援")))
    assert by_plan(found) == {("initiatives", "1-1-1-2", "Initiative"): ("創業支援", "創業の支援")}
    assert found["initiatives", "1-1-1-2", "Initiative"].row == "1-1①-2 創業の支援"


MORE = PLAN.replace('- id: "2"', '      - {id: 1-1-1-3, title: 展示会}\n- id: "2"')


def test_a_part_that_was_added_is_a_row_that_comes_and_one_that_was_removed_goes(side):
    came, went = by_plan(compared(side(), side(policies=MORE))), by_plan(compared(side(policies=MORE), side()))
    assert came["initiatives", "1-1-1-3", None] == (
        None,
        "Status: not reported\nRating (last year → this year): － → －",
    )
    assert came["summary", "summary-1-1", "Listed"] == ("2", "3")
    assert went == {where: (after, before) for where, (before, after) in came.items()}


def test_rows_that_are_gone_stand_where_they_stood(side):
    anchors = [where[1] for where in compared(side(policies=MORE), side("id: a")) if where[0] == "initiatives"]
    assert list(dict.fromkeys(anchors)) == ["1-1-1-1", "1-1-1-3", "2-1-1-1"]


def test_where_an_entry_explains_a_row_the_plan_is_not_named(side):
    found = compared(side(), side("id: a", policies=PLAN.replace("創業支援", "創業の支援")))
    assert found["initiatives", "1-1-1-2", "Initiative"].by_plan
    assert not found["initiatives", "1-1-1-1", "Status"].by_plan


def test_another_scale_changes_columns(side):
    scheme = (
        "scale: {ranks: [{code: S, name: 上, at_least: 100}, {code: D, name: 遅れ}], "
        "states: [{code: Z, name: 評価困難}]}"
    )
    found = by_plan(compared(side(), side(scheme=scheme)))
    assert found["summary", "summary", "S"] == ("", "0")
    assert found["summary", "summary", "A"] == ("0", "")


def test_a_column_that_comes_with_what_it_holds_corrects_nothing_else(side):
    """Where a status is known of all, or no source is given of any, the column is not printed at all."""
    others = ("id: r, kind: evaluation, rating: A", "id: b, target: 1-1-1-2, status: done")
    figure = "id: v, kind: actual, values: {visits: 3}"
    found = compared(side("id: a, status: done", *others, figure), side("id: a", *others, f"{figure}, source: 台帳"))
    said = {anchor: (one.before, one.after) for (_, anchor, column), one in found.items() if column == "No status"}
    assert said == dict.fromkeys(("summary", "summary-1", "summary-1-1"), ("", "1"))
    said = {anchor: (one.before, one.after) for (_, anchor, column), one in found.items() if column == "Source"}
    assert said == {"indicator-visits": ("", "台帳")}


# -- as a paper -------------------------------------------------------------------------------


def drawn(before, after):
    found = errata(before, after, str)
    return errata_papers(found, str)


def test_the_paper_says_where_what_was_wrong_what_is_right_and_why(side):
    papers = drawn(side("id: a"), side("id: a", "id: b, kind: evaluation, rating: B, by: 商工会"))
    (paper,) = papers.papers
    assert [column.heading for column in paper.columns] == [
        "Paper",
        "Place",
        "Column",
        "Wrong",
        "Right",
        "Because of",
    ]
    texts = [tuple(cell.text for cell in row) for row in paper.rows]
    assert ("Paper 1\nSummary", "1-1 経営", "B", "0", "1", "b an evaluation 商工会 added") in texts
    assert papers.subtitles[-1] == f"Corrections: {len(texts)}"
    assert papers.title == "試験計画: corrections to the review of FY2024"


def test_papers_have_the_numbers_that_they_have_at_the_meeting(side):
    found = errata(side("id: a"), side("id: a", "id: b, target: 1-1"), str)
    assert found.numbers == {
        "summary": 1,
        "groups": 1,
        "initiatives": 2,
        "elsewhere": 2,
        "indicators": 3,
        "opinions": 4,
    }


def test_rows_that_come_and_go_stand_whole_on_one_side(side):
    whole = "Opinion: もっと訪問を。\nState: not answered"
    for sides, texts in (
        ((side(), side(OPINION)), ("whole row", "(not there)", whole)),
        ((side(OPINION), side()), ("whole row", whole, "(not there)")),
    ):
        (paper,) = drawn(*sides).papers
        assert texts in [tuple(cell.text for cell in row[2:5]) for row in paper.rows]


def test_each_cell_names_the_entries_that_it_shows(side):
    found = compared(side(), side("id: a", "id: b, kind: evaluation, rating: B, issues: 人手", OPINION))
    causes = {
        where[2]: [cause.entry.id for cause in one.causes] for where, one in found.items() if where[1] == "1-1-1-1"
    }
    assert (causes["Issues"], causes["Opinions"]) == (["b"], ["o"])
    assert causes["Activities of the year"] == ["a", "b"]


def test_what_only_the_plan_says_is_laid_on_the_plan_though_entries_came(side):
    found = compared(side(), side("id: a", policies=PLAN.replace("企業訪問", "会社訪問")))
    one = found["initiatives", "1-1-1-1", "Initiative"]
    assert (one.causes, one.by_plan) == ((), True)


def test_the_paper_lays_on_the_plan_what_no_entry_explains(side):
    (paper,) = drawn(side(), side(policies=PLAN.replace("創業支援", "創業の支援"))).papers
    assert [cell.text for cell in paper.rows[0]][3:] == ["創業支援", "創業の支援", "the plan"]


def test_what_neither_entry_nor_plan_explains_has_no_cause(side):
    """A report made of other data than the ledger beside it."""
    after = side("id: a")
    (paper,) = drawn(side(), replace(after, ledger=Ledger([]))).papers
    assert {row[5].text for row in paper.rows} == {"－"}


def test_a_paper_without_corrections_has_no_row(side):
    papers = drawn(side(), side())
    assert papers.subtitles[-1] == "Corrections: 0"
    assert papers.filled.papers == ()


def at(one, **as_of):
    return replace(one, report=replace(one.report, as_of=AsOf(**as_of)))


def test_both_editions_are_named(side):
    papers = drawn(at(side(), commit="a" * 40, dirty=False), at(side(), commit="b" * 40, dirty=True))
    council, wrong, right, _ = papers.subtitles
    assert council == "Council: 協議会"
    assert (wrong.startswith("Wrong: "), "a" * 12 in wrong) == (True, True)
    assert right == f"Right: before the year was closed: {papers.edition}"
    assert ("b" * 12 in right, "changes since" in right) == (True, True)


def test_editions_are_told_by_number_and_day(side):
    first, again = Edition(1, date(2025, 9, 1), holds=True), Edition(2, date(2025, 10, 3), holds=True)
    papers = drawn(at(side(), commit="a" * 40, edition=first), at(side(), commit="b" * 40, edition=again))
    _, wrong, right, _ = papers.subtitles
    assert wrong.startswith("Wrong: edition 1, closed on 2025-09-01")
    assert right.startswith("Right: edition 2, closed on 2025-10-03")
    assert papers.edition.startswith("edition 2")


def test_the_page_stands_beside_the_paper_where_it_is_known(side):
    found = errata(side(), side("id: a, status: done"), str)
    first = found.corrections[0]
    papers = errata_papers(found, str, {(first.paper, first.anchor): 3})
    (paper,) = papers.papers
    assert [column.heading for column in paper.columns][:3] == ["Paper", "Page", "Place"]
    rows = {(one.paper, one.anchor): row for one, row in zip(found.corrections, paper.rows, strict=True)}
    assert rows[first.paper, first.anchor][1] == Cell("3", (Decimal(3),))
    assert {row[1].text for at, row in rows.items() if at != (first.paper, first.anchor)} == {"－"}
    for drawn_without in (errata_papers(found, str, {}), errata_papers(found, str)):
        (paper,) = drawn_without.papers
        assert "Page" not in [column.heading for column in paper.columns]


def test_a_year_that_was_never_closed_has_no_number(side):
    papers = drawn(side(), at(side(), edition=Edition(1, date(2025, 9, 1), holds=True)))
    assert papers.subtitles[1] == "Wrong: before the year was closed: －"


@pytest.mark.parametrize("sides", [("id: a", "id: a, sample: true"), ("id: a, sample: true", "id: a")])
def test_a_sample_on_either_side_is_marked(side, sides):
    assert drawn(*map(side, sides)).banner == "SAMPLE: all entries are invented"
    assert drawn(side(), side()).banner is None


def test_the_problems_of_both_reviews_are_known_each_once(side):
    first, second = (Problem(Fault("E008"), f"records/2024/1-1-1-1/{name}.yaml") for name in "ab")
    before, after = (
        replace(side(), report=replace(side().report, problems=few)) for few in ((first,), (first, second))
    )
    assert errata(before, after, str).problems == (first, second)


def test_a_correction_is_a_value(side):
    (one,) = compared(side(), side(policies=PLAN.replace("創業支援", "創業の支援"))).values()
    assert one == Erratum(
        paper="initiatives",
        title="Progress of the initiatives",
        anchor="1-1-1-2",
        row="1-1①-2 創業の支援",
        column="Initiative",
        before="創業支援",
        after="創業の支援",
        causes=(),
        by_plan=True,
    )
    (cause,) = compared(side(), side(OPINION))["opinions", "o", None].causes
    assert cause == Cause(side(OPINION).ledger.by_id["o"], "added")


def test_what_is_judged_because_the_year_is_over_says_so(side):
    kept = "id: a, values: {visits: 30}, recorded: 2024-06-12T09:00:00+09:00"
    later = "id: n, target: 1-1-1-2, status: done, date: 2025-04-02"
    before, after = side(kept), side(kept, later)
    one = compared(before, after)["indicators", "indicator-visits", "Met"]
    assert (one.before, one.after, one.causes, one.by_end) == ("during the year", "not met", (), True)
    (paper,) = errata_papers(errata(before, after, str), str).papers
    assert "the year is over" in [row[-1].text for row in paper.rows]
    assert not any(one.by_end for one in compared(after, side(kept, later, "id: m, values: {visits: 3}")).values())


# -- which entry moved a total --------------------------------------------------------------------


def test_a_total_is_blamed_on_the_entry_that_moved_it(side):
    kept = ("id: a, status: done, values: {visits: 54}", "id: e, kind: evaluation, rating: B, target: 1-1-1-2")
    found = compared(
        side(*kept, "id: f, kind: evaluation, rating: B"),
        side(
            *kept,
            "id: f, kind: evaluation, rating: B",
            "id: b, status: done, values: {visits: 60}, supersedes: a, reason: 6社が届かず",
            "id: g, kind: evaluation, rating: A, target: 1-1-1-2, supersedes: e, reason: 会計課と協議",
        ),
    )
    blamed = {
        column: [cause.entry.id for cause in one.causes]
        for (paper, anchor, column), one in found.items()
        if (paper, anchor) == ("summary", "summary")
    }
    assert blamed == {"A": ["g"], "B": ["g"], "Indicators: met / near / not / open": ["b"], "Targets met": ["b"]}
    two = [cause.entry.id for cause in found["indicators", "indicator-visits", "This year"].causes]
    assert two == ["b"]


RATED = "Rating (last year → this year)"
FIGURE, FIGURE_AGAIN = "id: a, values: {visits: 30}", "id: b, values: {visits: 60}, supersedes: a, reason: 数え漏れ"
GIVEN, BETTER = "id: e, kind: evaluation, rating: B", "id: f, kind: evaluation, rating: A, supersedes: e, reason: 再考"


@pytest.mark.parametrize(
    ("before", "after", "causes"),
    [
        ((FIGURE, GIVEN), (FIGURE, GIVEN, FIGURE_AGAIN, BETTER), ["f"]),
        ((FIGURE,), (FIGURE, FIGURE_AGAIN, GIVEN), ["e"]),
        ((FIGURE,), (FIGURE, FIGURE_AGAIN), ["b"]),
    ],
)
def test_a_rating_that_was_given_is_not_blamed_on_a_figure(side, before, after, causes):
    found = compared(side(*before), side(*after))
    cell = found["initiatives", "1-1-1-1", RATED]
    assert [cause.entry.id for cause in cell.causes] == causes


def test_a_cell_is_blamed_on_an_entry_of_the_year_that_it_shows(side):
    before = (
        "id: a, fiscal_year: 2023, kind: actual, values: {visits: 30}",
        "id: b, kind: actual, values: {visits: 40}",
        "id: c, fiscal_year: 2023, kind: improvement, direction: 継続, next: 広げる",
        "id: d, kind: improvement, direction: 継続, next: 続ける",
    )
    after = (
        "id: e, fiscal_year: 2023, kind: actual, values: {visits: 31}, supersedes: a, reason: 数え漏れ",
        "id: f, kind: actual, values: {visits: 41}, supersedes: b, reason: 数え漏れ",
        "id: g, fiscal_year: 2023, kind: improvement, direction: 継続, next: 広げた, supersedes: c, reason: 誤字",
        "id: h, kind: improvement, direction: 継続, next: 続けた, supersedes: d, reason: 誤字",
    )
    found = compared(side(*before), side(*before, *after))
    causes = {key: [cause.entry.id for cause in one.causes] for key, one in found.items()}
    assert causes == {
        ("initiatives", "1-1-1-1", "Planned last year for this year"): ["g"],
        ("initiatives", "1-1-1-1", "Indicators (achieved)"): ["f"],
        ("initiatives", "1-1-1-1", "Plans for the next year"): ["h"],
        ("indicators", "indicator-visits", "Last year"): ["e"],
        ("indicators", "indicator-visits", "This year"): ["f"],
        ("indicators", "indicator-visits", "Achievement"): ["f"],
        ("initiatives", "2-1-1-1", "Indicators (achieved)"): ["f"],
    }


def test_what_came_from_a_predecessor_is_blamed_on_its_entry(side):
    text = """
- id: "1"
  title: 創出
  measures:
  - id: 1-1
    title: 企業
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - {id: 1-1-1-1, title: 企業訪問, until: 2023, superseded_by: [1-1-1-2]}
      - {id: 1-1-1-2, title: 企業訪問と相談, from: 2024}
"""
    before = "id: c, fiscal_year: 2023, kind: improvement, direction: 継続, next: 広げる"
    after = "id: g, fiscal_year: 2023, kind: improvement, direction: 継続, next: 広げた, supersedes: c, reason: 誤字"
    found = compared(side(before, policies=text), side(before, after, policies=text))
    one = found["initiatives", "1-1-1-2", "Planned last year for this year"]
    assert [cause.entry.id for cause in one.causes] == ["g"]


def test_of_two_ratings_each_total_names_the_one_that_moved_it(side):
    found = compared(
        side("id: a, kind: evaluation, rating: A", "id: b, kind: evaluation, rating: C, target: 1-1-1-2"),
        side(
            "id: a, kind: evaluation, rating: A",
            "id: b, kind: evaluation, rating: C, target: 1-1-1-2",
            "id: c, kind: evaluation, rating: B, supersedes: a, reason: 再集計",
            "id: d, kind: evaluation, rating: D, target: 1-1-1-2, supersedes: b, reason: 再集計",
        ),
    )
    causes = {key[2]: [cause.entry.id for cause in one.causes] for key, one in found.items() if key[1] == "summary"}
    assert causes == {"A": ["c"], "B": ["c"], "C": ["d"], "D": ["d"]}


def test_the_reason_of_each_entry_is_printed(side):
    drawn = errata_papers(
        errata(side("id: a"), side("id: a", "id: b, summary: 五社, supersedes: a, reason: 数え直し"), str), str
    )
    because = {row[-1].text for row in drawn.papers[0].rows}
    assert because == {"b an activity 産業課 added (reason: 数え直し)"}


def test_a_rating_of_a_measure_corrects_the_counts_where_measures_are_what_is_counted(side):
    scheme = "rate: [measure]"
    rated = "kind: evaluation, rating: B, target:"
    before = side("id: a", scheme=scheme)
    found = compared(before, side("id: a", f"id: b, {rated} 1-1", f"id: c, {rated} 2-1", scheme=scheme))
    assert found["summary", "summary", "B"].after == "2"
    causes = {row: [cause.entry.id for cause in found["summary", row, "B"].causes] for row in
              ("summary", "summary-1", "summary-1-1", "summary-2")}  # fmt: skip
    assert causes == {"summary": ["b", "c"], "summary-1": ["b"], "summary-1-1": ["b"], "summary-2": ["c"]}
    assert [cause.entry.id for cause in found["summary", "summary-2-1", "Not rated"].causes] == ["c"]


def causes_of(found):
    """Return the entries that caused each correction of a cell."""
    return {key: "".join(cause.entry.id for cause in one.causes) for key, one in found.items()}


def test_each_evaluators_rating_is_blamed_on_that_evaluators_entry(side):
    own = "scale: {ranks: [{code: 甲, name: よい}, {code: 乙, name: もう少し}]}"
    scheme = f"evaluators: [{{code: self, name: 自己評価}}, {{code: council, name: 外部評価, {own}}}]"
    said = "kind: evaluation, evaluator:"
    told = ("id: a", f"id: b, {said} self, rating: C, issues: 人手", f"id: c, {said} council, rating: 乙")
    later = (
        f"id: d, {said} self, rating: B, issues: 予算, supersedes: b, reason: 再評価",
        f"id: e, {said} council, rating: 甲, progress: 見た, supersedes: c, reason: 再協議",
        f"id: f, {said} self, indicator: visits, rating: D",
        f"id: g, {said} council, indicator: visits, rating: 甲",
    )
    found = causes_of(compared(side(*told, scheme=scheme), side(*told, *later, scheme=scheme)))
    first = ("initiatives", "1-1-1-1")
    assert found[*first, "自己評価 (last year → this year)"] == "d"
    assert found[*first, "外部評価 (last year → this year)"] == "e"
    assert found[*first, "外部評価: Progress and issues"] == "e"
    assert found[*first, "Issues"] == "d"
    assert found["summary", "summary", "B"] == found["summary", "summary-1-1", "Share of A・B"] == "d"
    assert found["indicators", "indicator-visits", "自己評価 (last year → this year)"] == "f"
    assert found["indicators", "indicator-visits", "外部評価 (last year → this year)"] == "g"


def test_the_rating_of_a_part_is_not_blamed_on_another_evaluator_or_an_indicator(side):
    scheme = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}], rate: [measure]"
    said = "kind: evaluation, target: 1-1, evaluator:"
    policies = PLAN.replace("    title: 経営\n", "    title: 経営\n" + MEASURED)
    before = side("id: a", policies=policies, scheme=scheme)
    told = (f"id: b, {said} self, rating: B", f"id: c, {said} council, rating: A")
    of_figure = f"id: d, {said} self, indicator: firms, rating: D"
    found = causes_of(compared(before, side("id: a", *told, of_figure, policies=policies, scheme=scheme)))
    assert found["summary", "summary-1-1", "Own rating"] == "b"
    assert found["ratings", "rating-1-1", "自己評価 (last year → this year)"] == "b"
    assert found["ratings", "rating-1-1", "外部評価 (last year → this year)"] == "c"


MEASURED = """\
    indicators:
    - {id: firms, name: 黒字, kind: outcome, direction: increase, method: ratio, aggregate: latest, adopted: true}
"""


def test_money_is_blamed_on_money_and_other_figures_on_theirs(side):
    cost = "- {id: cost, name: 事業費, unit: 千円, kind: input, targets: {2024: 300}}\n        - {id: visits"
    policies = PLAN.replace("- {id: visits", cost, 1)
    before = ("id: a, values: {visits: 45}", "id: b, kind: actual, values: {cost: 290}")
    after = ("id: c, values: {visits: 48}, supersedes: a, reason: 数え漏れ", "id: d, kind: actual, values: {cost: 30}")
    found = causes_of(compared(side(*before, policies=policies), side(*before, *after, policies=policies)))
    first = ("initiatives", "1-1-1-1")
    assert found[*first, "Spent (千円)"] == found[*first, "Carried out"] == "d"
    assert found[*first, "Indicators (achieved)"] == "c"
    assert found["summary", "summary", "Spent (千円)"] == found["summary", "summary-1", "Carried out"] == "d"


def test_a_column_that_came_and_is_empty_in_a_row_is_no_correction_of_it(side):
    before = ("id: a, values: {visits: 45}", "id: b, target: 1-1-1-2, values: {loans: 1}")
    after = "id: c, target: 1-1-1-2, kind: actual, values: {loans: 2}, source: 台帳"
    found = compared(side(*before), side(*before, after))
    assert found["indicators", "indicator-loans", "Source"].after == "台帳"
    assert ("indicators", "indicator-visits", "Source") not in found
