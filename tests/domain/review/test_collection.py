# mypy: allow-untyped-calls
"""How far the answers of a department are: what it is asked, and what of it is complete."""

import pytest

from mizuho_pdca.domain.review.collection import Collected, FormQuestion, shares
from mizuho_pdca.domain.review.review import review

INDICATORS = """[{id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 60}, adopted: true}]"""
PLAN = f"""
- id: "1"
  title: 基盤
  department: 産業課
  measures:
  - id: 1-1
    title: 経営
    department: 統計課
    indicators: {INDICATORS.replace("visits", "firms")}
    submeasures:
    - id: 1-1-1
      title: 訪問
      department: 産業課
      initiatives:
      - {{id: 1-1-1-1, title: 企業訪問, indicators: {INDICATORS}}}
      - {{id: 1-1-1-2, title: 融資, department: 会計課}}
      - {{id: 1-1-1-3, relisted_from: 1-1-1-1}}
"""
LATER = "id: later, kind: opinion, target: plan, fiscal_year: 2030, date: 2031-05-01, meeting: 2031-05-01, text: 意見"
DONE, RATED = "id: a, status: done", "id: b, kind: evaluation, rating: A, date: 2025-05-01"
NEXT = "id: c, kind: improvement, direction: 継続, next: 続ける, date: 2025-05-01"
WITHOUT = {
    "nothing left out": "",
    "no statuses": "statuses: []",
    "no scale": "scale: {}",
    "no directions": "directions: []",
    "initiatives not rated": "rate: [measure]",
}


@pytest.mark.parametrize(
    ("scheme", "texts", "is_complete"),
    [
        ("nothing left out", [DONE, RATED, NEXT], True),
        ("nothing left out", [], False),
        ("nothing left out", [RATED, NEXT], False),
        ("nothing left out", [DONE, NEXT], False),
        ("nothing left out", [DONE, RATED], False),
        ("nothing left out", ["id: a", RATED, NEXT], False),
        ("no statuses", ["id: a", RATED, NEXT], True),
        ("no statuses", [RATED, NEXT], False),
        ("no directions", [DONE, RATED], True),
        ("no directions", [DONE], False),
        ("initiatives not rated", [DONE, NEXT], True),
        ("initiatives not rated", [DONE], False),
        ("no scale", [DONE, NEXT], True),
    ],
)
def test_an_initiative_is_complete_with_all_that_the_plan_has_words_for(
    make_plan, make_ledger, scheme, texts, is_complete
):
    found = shares(review(make_plan(PLAN, scheme=WITHOUT[scheme]), make_ledger(*texts, LATER), 2024))
    assert [one.is_complete for one in found["産業課"] if one.id == "1-1-1-1"] == [is_complete]


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        ([], {"産業課": {"1-1-1-1": False}, "会計課": {"1-1-1-2": False}, "統計課": {"firms": False}}),
        (
            ["id: f, target: 1-1, kind: actual, values: {firms: 2}, date: 2025-05-01"],
            {"産業課": {"1-1-1-1": False}, "会計課": {"1-1-1-2": False}, "統計課": {"firms": True}},
        ),
        (
            ["id: o, target: 1-1-1-2, status: completed, date: 2023-06-12"],
            {"産業課": {"1-1-1-1": False}, "統計課": {"firms": False}},
        ),
    ],
)
def test_a_department_is_asked_of_its_initiatives_else_of_its_figures(make_plan, make_ledger, texts, asked):
    found = shares(review(make_plan(PLAN), make_ledger(*texts, LATER), 2024))
    assert {name: {one.id: one.is_complete for one in rows} for name, rows in found.items()} == asked


def test_a_figure_that_is_not_due_is_not_asked_for(make_plan, make_ledger):
    plan = make_plan(PLAN.replace("{id: firms,", "{id: firms, surveyed: [2023, 2025],"))
    ledger = make_ledger(LATER)
    assert ["統計課" in shares(review(plan, ledger, year)) for year in (2023, 2024, 2025)] == [True, False, True]


@pytest.mark.parametrize(
    ("texts", "is_complete"),
    [([], False), (["id: r, kind: evaluation, target: 1-1, rating: A, date: 2025-05-01"], True)],
)
def test_other_parts_are_asked_for_where_the_plan_rates_them(make_plan, make_ledger, texts, is_complete):
    plan = make_plan(PLAN, scheme="rate: [initiative, measure]")
    found = shares(review(plan, make_ledger(*texts, LATER), 2024))
    assert [(one.id, one.is_complete) for one in found["統計課"]] == [("1-1", is_complete)]


@pytest.mark.parametrize(
    ("complete", "sent", "back", "state", "counts"),
    [
        ((False, True), None, None, "not_sent", (2, 1)),
        ((False, True), "2025-04-01", None, "sent", (2, 1)),
        ((False, False), "2025-04-01", "2025-05-01", "back", (2, 0)),
        ((False,), None, "2025-05-01", "back", (1, 0)),
        ((True, True), None, None, "complete", (2, 2)),
        ((), "2025-04-01", None, "complete", (0, 0)),
    ],
)
def test_how_far_a_department_is(complete, sent, back, state, counts):
    one = Collected("産業課", sent, back, tuple(FormQuestion(None, is_complete) for is_complete in complete))
    assert (one.state, (one.asked, one.complete), len(one.missing)) == (state, counts, counts[0] - counts[1])
    assert {question.id for question in one.questions} <= {"plan"}
