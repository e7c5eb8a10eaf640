# mypy: allow-untyped-calls
"""What the first page says in short, held against the entries it comes of."""

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import translator
from mizuho_pdca.papers.council.overview import bar_cell, lowest, one_line, overview
from mizuho_pdca.papers.initiatives import initiatives
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.summary import summary

JA = translator("ja")

POLICIES = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives: [{id: 1-1-1-1, title: 企業訪問}, {id: 1-1-1-2, title: 相談会}, {id: 1-1-1-3, title: 講座}]
  indicators:
  - {id: visits, name: 訪問件数, kind: output, direction: increase, method: ratio, aggregate: sum,
     targets: {2024: 60}, adopted: true}
  - {id: calls, name: 相談件数, kind: output, direction: increase, method: ratio, aggregate: sum,
     targets: {2024: 10}, adopted: false}
  - {id: loans, name: 融資件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
- id: "2"
  title: 活用
  measures:
  - id: 2-1
    title: 再掲
    submeasures: [{id: 2-1-1, title: 再掲, initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]}]
"""

ENTRIES = (
    "id: a, status: done, values: {visits: 70, calls: 9}",
    "id: b, kind: evaluation, fiscal_year: 2023, date: 2024-04-10, rating: B",
    "id: c, kind: evaluation, date: 2025-04-10, rating: C, issues: '人手が足りない。\\n次の文'",
    "id: d, kind: improvement, date: 2025-04-11, direction: 改善, next: 二人にする。",
    "id: e, kind: evaluation, fiscal_year: 2023, target: 1-1-1-2, date: 2024-04-10, rating: C",
    "id: f, kind: evaluation, target: 1-1-1-2, date: 2025-04-10, rating: A",
    "id: g, kind: opinion, target: 1-1-1-1, date: 2025-08-20, meeting: 2025-08-20, text: 増やしては。",
    "id: h, kind: opinion, target: plan, date: 2025-08-20, meeting: 2025-08-20, text: 済んだ話",
    "id: i, kind: response, responds: h, date: 2025-09-01, text: 済ませた, state: 対応中",
)


@pytest.fixture(scope="module")
def made(make_plan, make_ledger):
    """Make the report on the small plan with entries."""
    plan = make_plan(POLICIES)
    return lambda *entries: review(plan, make_ledger(*entries), 2024)


def blocks(report, t=str):
    return {paper.name.removeprefix("overview-"): paper for paper in overview(report, t)}


def texts(paper):
    return [[cell.text for cell in row] for row in paper.rows]


def test_ratings_stand_beside_last_year_s_and_are_drawn_to_their_counts(made):
    paper = blocks(made(*ENTRIES))["ratings"]
    total, first, second = texts(paper)
    assert total == ["Total", "A1 C1 none1", "B1 C1 none1", "1/2", "1", "33.3% (1/3)"]
    assert first[0] == "1 基盤"
    assert second[1:3] == ["－", "－"], "a relisting counts with its original"
    assert [cell.numbers for cell in paper.rows[0][1:3]] == [(1, 0, 1, 0, 0, 1), (0, 1, 1, 0, 0, 1)]
    column = paper.columns[1]
    assert column.segments(paper.rows[0][1]) == (("A", 1), ("C", 1), ("none", 1))
    assert [column.shade(name) for name in column.bars] == [0, 1, 2, 3, 0, 0]


def test_what_fell_is_named_with_why_and_what_comes_next(made):
    assert texts(blocks(made(*ENTRIES))["behind"]) == [
        ["1-1①-1", "企業訪問", "B → C ↓", "人手が足りない。…", "改善: 二人にする。"]
    ]


def test_the_lowest_rank_comes_before_what_only_fell(made):
    report = made(*ENTRIES, "id: x, kind: evaluation, target: 1-1-1-3, date: 2025-04-10, rating: D")
    assert [one.id for one in lowest(report)] == ["1-1-1-3", "1-1-1-1"]
    first, _ = texts(blocks(report)["behind"])
    assert first[2:] == ["－ → D", "nothing recorded", "nothing recorded"]


def test_what_got_better_and_what_nobody_reported_is_named(made):
    assert texts(blocks(made(*ENTRIES))["moved"]) == [
        ["↑ better (1)", "1-1①-2 相談会"],
        ["Not reported (1)", "1-1①-3 講座"],
    ]


def test_targets_are_named_by_whether_they_are_met(made):
    paper = blocks(made(*ENTRIES))["targets"]
    assert paper.title == "Targets of the indicators (of those not met, 1 reached 80% or more)"
    assert texts(paper) == [
        ["met (1)", "訪問件数"],
        ["not met (1)", "相談件数 (draft)"],
        ["can't be said (1)", "融資件数"],
    ]


def test_opinions_that_nobody_answered_come_first(made):
    paper = blocks(made(*ENTRIES))["opinions"]
    assert paper.title == "Open opinions (2)"
    assert texts(paper) == [
        ["not answered", "1-1①-1 企業訪問", "増やしては。 (2025-08-20)"],
        ["対応中", "the plan as a whole", "済んだ話 (2025-08-20)"],
    ]
    assert [row[0].tone for row in paper.rows] == ["alert", "plain"]


def test_what_there_is_not_takes_no_room(make_plan, make_ledger):
    parts = "[{id: 1-1-1, title: 三, initiatives: []}]"
    bare = f'[{{id: "1", title: 一, measures: [{{id: 1-1, title: 二, submeasures: {parts}}}]}}]'
    plan = make_plan(bare, scheme="statuses: [], scale: {}")
    found = blocks(review(plan, make_ledger(), 2024))
    assert list(found) == ["ratings"]
    assert texts(found["ratings"]) == [["Total", "－", "0"]]


def test_drafts_are_marked_once_where_all_are(make_plan, make_ledger):
    plan = make_plan(POLICIES.replace("adopted: true", "adopted: false"))
    paper = blocks(review(plan, make_ledger(), 2024))["targets"]
    assert paper.title == "Targets of the indicators (all of them drafts)"
    assert texts(paper) == [["can't be said (3)", "訪問件数, 相談件数, 融資件数"]]


def test_of_many_the_others_are_counted(make_plan, make_ledger):
    listed = ", ".join(f"{{id: 1-1-1-{n}, title: 取組{n}}}" for n in range(1, 31))
    plan = make_plan(f"""[{{id: "1", title: 一, measures: [{{id: 1-1, title: 二,
        submeasures: [{{id: 1-1-1, title: 三, initiatives: [{listed}]}}]}}]}}]""")
    rated = (f"id: r{n}, kind: evaluation, target: 1-1-1-{n}, date: 2025-04-10, rating: D" for n in range(1, 21))
    said = (
        f"id: o{n}, kind: opinion, target: 1-1-1-1, date: 2025-08-20, meeting: 2025-08-20, text: 意見"
        for n in range(12)
    )
    found = blocks(review(plan, make_ledger(*rated, *said), 2024))
    assert len(found["behind"].rows) == 6
    assert texts(found["moved"])[0] == [
        "Others (14)",
        ", ".join(f"1-1①-{n} 取組{n}（－ → D）" for n in range(7, 21)),
    ]
    assert found["moved"].title == "Others behind・What nobody reported on"
    assert texts(found["opinions"])[-1] == ["Others", "6 more", ""]
    report = review(plan, make_ledger(), 2024)
    assert texts(blocks(report)["moved"])[0][1].endswith("取組14 and 16 more")


@pytest.mark.parametrize(("policies", "reasons", "opinions"), [(6, 6, 6), (8, 4, 4), (12, 3, 3)])
def test_many_policies_leave_room_for_fewer_reasons_and_opinions(make_plan, make_ledger, policies, reasons, opinions):
    plan = make_plan(
        "["
        + ", ".join(
            f"{{id: '{n}', title: 方針, measures: [{{id: {n}-1, title: 施策, submeasures: [{{id: {n}-1-1, title: 三,"
            f" initiatives: [{{id: {n}-1-1-1, title: 取組}}, {{id: {n}-1-1-2, title: 取組}}]}}]}}]}}"
            for n in range(1, policies + 1)
        )
        + "]"
    )
    rated = (
        f"id: r{n}-{m}, kind: evaluation, target: {n}-1-1-{m}, date: 2025-04-10, rating: D"
        for n in range(1, policies + 1)
        for m in (1, 2)
    )
    said = (
        f"id: o{n}, kind: opinion, target: 1-1-1-1, date: 2025-08-20, meeting: 2025-08-20, text: 意見"
        for n in range(12)
    )
    found = blocks(review(plan, make_ledger(*rated, *said), 2024))
    assert len(found["behind"].rows) == reasons
    assert texts(found["moved"])[0][0] == f"Others ({2 * policies - reasons})"
    assert texts(found["opinions"])[-1] == ["Others", f"{12 - opinions} more", ""]


@pytest.mark.parametrize(
    ("ratings", "behind", "others"),
    [
        ({1: ("B", "A"), 2: (None, "D")}, "The lowest rank, and why", "What got better・What nobody reported on"),
        ({1: ("A", "B")}, "What fell, and why", "What nobody reported on"),
        ({1: ("A", "B"), 2: (None, "D"), 3: ("C", "B")}, "Behind, and why", "What got better"),
        ({1: (None, "A"), 2: (None, "A"), 3: (None, "A")}, None, None),
    ],
)
def test_headings_say_only_what_they_hold(make_plan, make_ledger, ratings, behind, others):
    listed = ", ".join(f"{{id: 1-1-1-{n}, title: 取組{n}}}" for n in (1, 2, 3))
    plan = make_plan(f"""[{{id: "1", title: 一, measures: [{{id: 1-1, title: 二,
        submeasures: [{{id: 1-1-1, title: 三, initiatives: [{listed}]}}]}}]}}]""")
    rated = (
        f"id: r{n}-{year}, kind: evaluation, fiscal_year: {year}, target: 1-1-1-{n}, date: 2025-04-10, rating: {code}"
        for n, codes in ratings.items()
        for year, code in zip((2023, 2024), codes, strict=True)
        if code
    )
    found = blocks(review(plan, make_ledger(*rated), 2024))
    assert [found[name].title if name in found else None for name in ("behind", "moved")] == [behind, others]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (None, ""),
        ("短い", "短い"),
        ("一つ目。", "一つ目。"),
        ("一つ目。二つ目。", "一つ目。…"),
        ("改行\nまでも。", "改行 までも。"),
        ("長" * 60, "長" * 48 + "…"),
    ],
)
def test_a_text_stands_in_a_line(text, line):
    assert one_line(text) == line


def test_the_overview_goes_with_the_summary(made):
    whole = papers(made(*ENTRIES), JA)
    assert whole.overview
    assert whole.only(["summary"]).overview == whole.overview
    assert whole.only(["indicators"]).overview == ()


def test_the_office_s_own_words_on_the_plan_and_its_policies_stand_on_it(made):
    summed = "kind: evaluation, date: 2025-04-10, progress: "
    found = blocks(
        made(f"id: s, target: plan, {summed}おおむね進んだ。", f"id: t, target: '1', {summed}訪問が増えた。")
    )
    assert texts(found["remarks"]) == [["the plan as a whole", "おおむね進んだ。"], ["1 基盤", "訪問が増えた。"]]


def test_money_stands_on_it_where_the_plan_has_any(make_plan, make_ledger):
    cost = "  - {id: cost, name: 事業費, unit: 千円, kind: input, targets: {2024: 1200}}"
    plan = make_plan(POLICIES.replace("  indicators:", f"  indicators:\n{cost}", 1))
    paper = blocks(review(plan, make_ledger("id: a, kind: actual, target: '1', values: {cost: 900}"), 2024))["ratings"]
    assert paper.columns[-1].heading == "Spent / budget (千円)"
    assert texts(paper)[0][-1] == "900/1,200"


RATED = (
    "id: a, kind: evaluation, fiscal_year: 2023, target: 1-1, date: 2024-04-10, rating: B",
    "id: b, kind: evaluation, target: 1-1, date: 2025-04-10, rating: C, issues: 人手が足りない。",
    "id: c, kind: evaluation, target: plan, date: 2025-04-10, rating: D",
)


@pytest.fixture(scope="module")
def rated_above(make_plan, make_ledger):
    """Make the report on the small plan where measures and the plan itself are rated, the initiatives are not."""
    plan = make_plan(POLICIES, scheme="rate: [measure, plan]")
    return lambda *entries: review(plan, make_ledger(*entries), 2024)


def test_what_is_rated_above_the_initiatives_is_what_is_counted(rated_above):
    paper = blocks(rated_above(*RATED))["ratings"]
    assert [column.heading for column in paper.columns][:5] == [
        "Part of the plan",
        "measure: Ratings of FY2024",
        "measure: Ratings of FY2023",
        "whole plan: Ratings of FY2024",
        "whole plan: Ratings of FY2023",
    ]
    parts = [part.heading for column in paper.columns for part in column.parts]
    assert len(parts) == len({*parts})
    assert [column.parts[0].heading for column in paper.columns[1:4:2]] == ["measure 2024 A", "whole plan 2024 A"]
    assert [row[1:5] for row in texts(paper)] == [
        ["C1 none1", "B1 none1", "D1", "none1"],
        ["C1", "B1", "－", "－"],
        ["none1", "none1", "－", "－"],
    ]


def test_ranks_that_are_digits_are_told_from_their_counts(make_plan, make_ledger):
    scale = (
        "scale: {ranks: [{code: '5', name: 良, at_least: 100}, {code: '1', name: 悪}], states: [{code: Z, name: 無}]}"
    )
    rated = (f"id: r{n}, kind: evaluation, target: 1-1-1-{n}, date: 2025-04-10, rating: '5'" for n in (1, 2))
    paper = blocks(review(make_plan(POLICIES, scheme=scale), make_ledger(*rated), 2024))["ratings"]
    assert texts(paper)[0][1] == "5(2) none1"


def test_the_lists_name_what_is_rated_and_what_still_waits_for_a_rating(rated_above):
    found = blocks(rated_above(*RATED))
    assert texts(found["behind"]) == [
        ["", "the plan as a whole", "－ → D", "nothing recorded", ""],
        ["1-1", "経営", "B → C ↓", "人手が足りない。", ""],
    ]
    assert texts(found["moved"]) == [
        ["Not rated (1)", "2-1 再掲"],
        ["Not reported (3)", "1-1①-1 企業訪問, 1-1①-2 相談会, 1-1①-3 講座"],
    ]
    assert texts(blocks(rated_above())["moved"])[0] == ["Not rated (3)", "the plan as a whole, 1-1 経営, 2-1 再掲"]


@pytest.mark.parametrize(
    ("rate", "last", "named"),
    [
        ("rate: [initiative]", "2025-05-01", ["Not rated (1)", "1-1①-1 企業訪問"]),
        ("rate: [initiative, measure]", "2025-05-01", ["Not rated (3)", "1-1 経営, 2-1 再掲, 1-1①-1 企業訪問"]),
        ("rate: [measure]", "2025-05-01", ["Not rated (2)", "1-1 経営, 2-1 再掲"]),
        # Nobody rates an initiative before the year is over.
        ("rate: [initiative]", "2025-03-01", ["Not reported (1)", "1-1①-3 講座"]),
    ],
)
def test_an_initiative_that_is_reported_and_not_rated_is_named(make_plan, make_ledger, rate, last, named):
    entries = (
        "id: a, status: done, recorded: 2024-07-01T09:00:00+09:00",
        f"id: b, kind: evaluation, target: 1-1-1-2, date: {last}, rating: B, recorded: {last}T09:00:00+09:00",
    )
    found = blocks(review(make_plan(POLICIES, scheme=rate), make_ledger(*entries), 2024))
    assert texts(found["moved"])[0] == named


def test_of_many_that_are_behind_the_others_are_named_whatever_they_are(make_plan, make_ledger):
    listed = ", ".join(f"{{id: 1-1-1-{n}, title: 取組{n}}}" for n in range(1, 8))
    plan = make_plan(
        f"""[{{id: "1", title: 一, measures: [{{id: 1-1, title: 二,
        submeasures: [{{id: 1-1-1, title: 三, initiatives: [{listed}]}}]}}]}}]""",
        scheme="rate: [initiative, plan]",
    )
    targets = ("plan", *(f"1-1-1-{n}" for n in range(1, 8)))
    rated = (f"id: r{n}, kind: evaluation, target: {at}, date: 2025-04-10, rating: D" for n, at in enumerate(targets))
    assert texts(blocks(review(plan, make_ledger(*rated), 2024))["moved"])[0] == [
        "Others (2)",
        "1-1①-7 取組7（－ → D）, the plan as a whole（－ → D）",
    ]


@pytest.mark.parametrize(("codes", "said"), [("12", "1(1) 2(1)"), ("AB", "A1 B1"), (("a1", "b"), "a1(1) b1")])
def test_a_rating_that_is_a_figure_is_not_run_together_with_how_many_hold_it(codes, said):
    assert bar_cell(codes, (1, 1)).text == said


def test_words_that_are_no_ranks_are_counted_by_themselves(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="scale: {states: [{code: a, name: 予定以上}, {code: b, name: 予定どおり}]}")
    paper = blocks(review(plan, make_ledger("id: a, kind: evaluation, date: 2025-04-10, rating: b"), 2024))["ratings"]
    assert texts(paper)[0][1] == "予定どおり1 none2"
    assert [paper.columns[1].shade(name) for name in paper.columns[1].bars] == [0, 0, 0]


def test_where_nothing_is_rated_the_statuses_are_counted_by_their_words(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="scale: {}")
    paper = blocks(review(plan, make_ledger("id: a, status: done", "id: b, target: 1-1-1-2, status: 実施中"), 2024))
    assert paper["ratings"].columns[1].heading == "Status"
    assert texts(paper["ratings"])[0][1] == "実施中1 実施済（当年度分）1 none1"


def test_in_the_plan_s_first_year_nothing_stands_beside_it(make_plan, make_ledger):
    plan = make_plan(POLICIES, plan="period: {from: 2024, until: 2031}")
    rated = "id: a, kind: evaluation, date: 2025-04-10, rating: D"
    found = blocks(review(plan, make_ledger(rated), 2024))
    assert [column.key for column in found["ratings"].columns][:3] == ["title", "ratings-2024", "met"]
    assert texts(found["behind"])[0][2] == "D"


def test_money_of_which_some_is_provisional_says_so(make_plan, make_ledger):
    costs = "".join(f"  - {{id: {name}, name: 事業費, unit: 千円, kind: input}}\n" for name in ("cost", "staff"))
    plan = make_plan(POLICIES.replace("  indicators:\n", f"  indicators:\n{costs}", 1))
    spent = "kind: actual, target: '1', values:"
    report = review(
        plan, make_ledger(f"id: a, {spent} {{cost: 9}}", f"id: b, {spent} {{staff: 1}}, provisional: true"), 2024
    )
    assert texts(blocks(report)["ratings"])[0][-1] == "10/－ (partly provisional)"
    paper = summary(report, str).paper
    at = [column.key for column in paper.columns].index("spent")
    assert [row[at].text for row in paper.rows][:2] == ["10 (partly provisional)"] * 2


def test_what_nobody_is_asked_for_is_not_named_as_not_reported(make_plan, make_ledger):
    plan = make_plan(POLICIES, scheme="statuses: [], rate: [measure]")
    report = review(plan, make_ledger(), 2024)
    found = blocks(report)
    columns = [column.key for column in found["ratings"].columns]
    assert columns == ["title", "ratings-measure-2024", "ratings-measure-2023", "met"]
    assert texts(found["moved"]) == [["Not rated (2)", "1-1 経営, 2-1 再掲"]]
    made = {paper.name: paper for paper in papers(report, str).papers}
    assert "not_reported" not in [column.key for column in made["summary"].columns]
    assert "reported" not in [column.key for column in made["initiatives"].columns]
    found = initiatives(report, str)
    assert {dict(zip(found.columns, record, strict=True))["Reported"] for record in found.records} == {None}


def test_in_a_plan_of_indicators_alone_their_figures_are_what_is_not_reported(make_plan, make_ledger):
    policies = """
    - id: "1"
      title: 基盤
      indicators:
      - {id: visits, name: 訪問件数, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
      - {id: cost, name: 事業費, unit: 円, kind: input}
    - {id: "2", title: 活用}
    """
    plan = make_plan(policies, scheme="statuses: [], scale: {}")
    found = blocks(review(plan, make_ledger("id: a, kind: actual, target: '1', values: {cost: 3}"), 2024))
    assert [row[2] for row in texts(found["ratings"])] == ["1", "1", "0"]
    assert texts(found["moved"]) == [["Not reported (1)", "訪問件数"]]


def test_of_indicators_only_those_that_can_be_rated_are_counted(make_plan, make_ledger):
    cost = "  - {id: cost, name: 事業費, unit: 千円, kind: input}"
    plan = make_plan(POLICIES.replace("  indicators:", f"  indicators:\n{cost}", 1), scheme="rate: []")
    rated = "id: a, target: '1', kind: evaluation, date: 2025-04-10, rating: A, indicator: visits"
    paper = blocks(review(plan, make_ledger(rated), 2024))["ratings"]
    assert paper.columns[1].heading == "Indicator: Ratings of FY2024"
    assert texts(paper)[0][1] == "A1 none2"
