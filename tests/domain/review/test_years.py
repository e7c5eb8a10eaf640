# mypy: allow-untyped-calls
"""Several years reviewed together: each as its own review has it, with all that became of the opinions."""

import pytest

from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.review.years import review_years
from mizuho_pdca.domain.schema.faults import Fault, Problem

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - {id: 1-1-1, title: 訪問, initiatives: [{id: 1-1-1-1, title: 企業訪問}, {id: 1-1-1-2, title: 旧, until: 2022}]}
- id: "2"
  title: 発信
  from: 2024
  measures:
  - id: 2-1
    title: 再掲
    submeasures: [{id: 2-1-1, title: 再掲だけ, initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]}]
"""


@pytest.fixture(scope="module")
def plan(make_plan):
    return make_plan(PLAN)


def opinion(name, year, target="1-1-1-1"):
    return f"id: {name}, kind: opinion, fiscal_year: {year}, meeting: {year + 1}-08-01, target: {target}, text: 意見"


def answer(name, responds, date, state="answered"):
    return f"id: {name}, kind: response, date: {date}, responds: {responds}, state: {state}, text: 対応"


def test_each_year_is_as_its_own_review_has_it(plan, make_ledger):
    ledger = make_ledger("id: a, date: 2022-05-01, status: done", "id: b, date: 2024-05-01, status: in_progress")
    found = review_years(plan, ledger, range(2022, 2025))
    assert found.years == (2022, 2023, 2024)
    assert found.last is found.reports[2024]
    assert [each.total for each in found.reports.values()] == [
        review(plan, ledger, year).total for year in (2022, 2023, 2024)
    ]
    assert [(part.place and part.place.id, list(part.years)) for part in found.parts] == [
        (None, [2022, 2023, 2024]),
        ("1", [2022, 2023, 2024]),
        ("2", [2024]),
    ]


def test_each_year_says_of_which_commit_it_is_and_what_is_wrong_in_the_data(plan, make_ledger):
    as_of, problems = AsOf("0" * 40, dirty=True), (Problem(Fault("E011"), "records/x.yaml"),)
    found = review_years(plan, make_ledger(), range(2022, 2025), as_of=as_of, problems=problems)
    assert [each.as_of for each in found.reports.values()] == [as_of] * 3
    assert [each.problems for each in found.reports.values()] == [problems] * 3


def test_what_ended_stays_among_the_years_in_which_it_was_in_force(plan, make_ledger):
    def shown(first):
        trend = review_years(plan, make_ledger(), range(first, 2025)).trend
        return [(item.row.place.id, [each.year for each in item.years]) for item in trend.initiatives]

    assert shown(2022) == [("1-1-1-1", [2022, 2023, 2024]), ("1-1-1-2", [2022, 2023, 2024])]
    assert shown(2023) == [("1-1-1-1", [2023, 2024])]


@pytest.mark.parametrize(
    ("date", "state", "shown"),
    [
        ("2024-03-31", "answered", []),
        ("2024-04-01", "answered", [("o", "answered")]),
        ("2024-03-31", "in_progress", [("o", "in_progress")]),
        ("2026-03-31", "answered", [("o", "answered")]),
        ("2026-04-01", "answered", [("o", None)]),
    ],
)
def test_an_older_opinion_is_shown_if_it_was_open_when_the_years_began(plan, make_ledger, date, state, shown):
    ledger = make_ledger(opinion("o", 2022), answer("r", "o", date, state))
    found = review_years(plan, ledger, range(2024, 2025))
    assert [(row.opinion.id, row.state) for row in found.opinions] == shown


def test_opinions_of_later_years_and_of_other_parts_are_left_out(plan, make_ledger):
    ledger = make_ledger(opinion("a", 2023), opinion("b", 2024, "plan"), opinion("c", 2025))
    years = range(2023, 2025)
    assert [row.opinion.id for row in review_years(plan, ledger, years).opinions] == ["a", "b"]
    assert [row.opinion.id for row in review_years(plan, ledger, years, scope=Scope(policy="1")).opinions] == ["a"]
    assert not review_years(plan, ledger, years, scope=Scope(policy="2")).opinions


def test_the_scope_of_opinions_is_that_of_the_last_year(make_plan, make_ledger):
    plan = make_plan(PLAN.replace("title: 企業訪問}", "title: 企業訪問, department: {2022: 産業課, 2030: 商工課}}"))
    ledger = make_ledger(opinion("a", 2024))
    for name, shown in (("産業課", ["a"]), ("商工課", [])):
        found = review_years(plan, ledger, range(2023, 2025), scope=Scope(department=name))
        assert [row.opinion.id for row in found.opinions] == shown
        assert [row.opinion.id for row in review(plan, ledger, 2024, scope=Scope(department=name)).opinions] == shown
