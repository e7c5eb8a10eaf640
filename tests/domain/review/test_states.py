# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.figures.counting import Rate, State
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope

HEAD = '- {id: "1", title: 基盤, measures: [{id: 1-1, title: 経営, submeasures: ['
TAIL = "]}]}"


def tree(*submeasures):
    """Return a plan of one measure whose submeasures list initiatives."""
    listed = (f"{{id: 1-1-{n}, title: 施策, initiatives: [{text}]}}" for n, text in enumerate(submeasures, 1))
    return HEAD + ", ".join(listed) + TAIL


THREE = tree(
    "{id: 1-1-1-1, title: あ}, {id: 1-1-1-2, title: い}, {id: 1-1-1-3, title: う}, "
    "{id: 1-1-1-4, relisted_from: 1-1-1-1}"
)
ENDED = (
    "id: a, date: 2023-06-01, status: completed",
    "id: b, date: 2023-06-01, target: 1-1-1-2, status: 中止・廃止",
    "id: c, date: 2024-06-01, target: 1-1-1-3, status: done",
)


@pytest.fixture(scope="session")
def report_of(make_plan, make_ledger):
    def make(*texts, policies=THREE, year=2024, scheme="", revisions="[]", **options):
        plan = make_plan(policies, scheme=scheme, revisions=revisions)
        return review(plan, make_ledger(*texts), year, **options)

    return make


def state(report, node_id="1-1-1-1"):
    (found,) = [row.state for row in report.initiatives if row.place.id == node_id]
    return found


# -- what has ended goes on (C2) ----------------------------------------------------------------


def test_an_end_goes_on_and_the_rates_with_it(report_of):
    report = report_of(*ENDED)
    counted = report.total.tally
    assert counted.implementation == counted.completion == Rate(2, 2)
    assert (counted.distinct, counted.reported, counted.not_reported, counted.carried) == (3, 1, 0, 2)
    assert counted.reporting == Rate(1, 1)
    assert state(report) == state(report, "1-1-1-4") == State(status="completed", ended=2023)
    assert state(report_of(*ENDED, year=2030), "1-1-1-2") == State(status="discontinued", ended=2023)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["id: d, status: in_progress"], State(reported=True, status="in_progress")),
        (["id: d, kind: evaluation, rating: F"], State(reported=True, status="completed", rating="F", ended=2023)),
        (["id: d"], State(reported=True, status="completed", ended=2023)),
        (["id: d, kind: actual"], State(status="completed", ended=2023)),
        (["id: d, kind: withdrawal, date: 2024-05-01, withdraws: a"], State()),
        (
            ["id: d, supersedes: a, reason: 誤記, date: 2024-05-01, status: suspended"],
            State(reported=True, status="suspended"),
        ),
        (["id: d, date: 2023-07-01, status: in_progress"], State()),
        (["id: d, date: 2022-07-01, status: in_progress"], State(status="completed", ended=2023)),
    ],
)
def test_an_end_goes_on_until_another_status_is_recorded(report_of, texts, expected):
    assert state(report_of(ENDED[0], *texts)) == expected


def test_only_a_status_ends_an_initiative(report_of):
    rated = "id: a, kind: evaluation, rating: F, fiscal_year: 2023"
    wished = "id: b, kind: improvement, direction: 廃止, next: なし, fiscal_year: 2023"
    assert state(report_of(rated, wished)) == State()
    assert state(report_of("id: a, date: 2023-06-01, status: suspended")) == State()
    assert state(report_of("id: a, date: 2023-06-01, status: done")) == State()


def test_a_status_is_read_by_the_scheme_of_its_own_year(report_of):
    names = {"not_started": "未", "preparing": "準", "in_progress": "中", "done": "済", "completed": "了"}
    names |= {"suspended": "休", "discontinued": "止"}
    listed = ", ".join(f"{{code: {code}, name: {name}}}" for code, name in names.items())
    report = report_of("id: a, date: 2023-06-01, status: 完了", revisions=f"[{{from: 2024, statuses: [{listed}]}}]")
    assert state(report) == State(status="completed", ended=2023)


# -- last year of a predecessor (C5) ------------------------------------------------------------

LAST_YEAR = (
    "id: a, kind: evaluation, rating: B, fiscal_year: 2023",
    "id: b, kind: improvement, direction: 継続, next: 月に一度訪ねる, fiscal_year: 2023",
    "id: c, kind: evaluation, rating: A, target: 1-1-1-3",
)


@pytest.mark.parametrize(
    ("initiatives", "source"),
    [
        (
            "{id: 1-1-1-1, title: あ, until: 2023, superseded_by: [1-1-1-3]}, {id: 1-1-1-3, title: う, from: 2024}",
            "1-1-1-1",
        ),
        (
            (
                "{id: 1-1-1-1, title: あ, until: 2023, superseded_by: [1-1-1-3, 1-1-1-4]}, "
                "{id: 1-1-1-3, title: う, from: 2024}, {id: 1-1-1-4, title: え, from: 2024}"
            ),
            None,
        ),
        (
            (
                "{id: 1-1-1-1, title: あ, until: 2023, superseded_by: [1-1-1-3]}, "
                "{id: 1-1-1-2, title: い, until: 2023, superseded_by: [1-1-1-3]}, {id: 1-1-1-3, title: う, from: 2024}"
            ),
            None,
        ),
        (
            "{id: 1-1-1-1, title: あ, until: 2023, superseded_by: [1-1-1-3]}, {id: 1-1-1-3, title: う}",
            None,
        ),
    ],
)
def test_last_years_rating_and_promise_come_from_the_one_that_went_on_as_one(report_of, initiatives, source):
    report = report_of(*LAST_YEAR, policies=tree(initiatives))
    (row,) = [row for row in report.initiatives if row.place.id == "1-1-1-3"]
    assert (row.came_from and row.came_from.id) == source
    expected = ("B", "up", "月に一度訪ねる") if source else (None, None, None)
    assert (row.previous_rating, row.change, row.promised and row.promised.next) == expected
    assert not row.state.is_carried


# -- what is in force (C6) ----------------------------------------------------------------------


def test_a_submeasure_whose_last_initiative_ended_still_counts(report_of):
    plan = tree("{id: 1-1-1-1, title: あ}", "{id: 1-1-2-1, title: い, until: 2023, department: 会計課}")
    report = report_of(policies=plan)
    assert [row.submeasures for row in (report.total, *report.policies, *report.measures)] == [2, 2, 2]
    assert report_of(policies=plan, scope=Scope(measure="1-1")).total.submeasures == 2
    assert report_of(policies=plan, year=2023, scope=Scope(department="会計課")).total.submeasures == 1


# -- neither statuses nor ratings (C4) ----------------------------------------------------------


def test_a_plan_needs_neither_statuses_nor_a_scale(report_of):
    counted = report_of("id: a", scheme="statuses: [], scale: {}").total.tally
    assert (counted.implementation.percent, counted.completion.percent) == (None, None)
    assert (counted.status, counted.rating, counted.ranks) == ({}, {}, ())
    assert counted.reporting == Rate(1, 3)


@pytest.mark.parametrize(
    ("day", "year", "ended"),
    [("2023-06-01", 2024, 2023), ("2022-06-01", 2024, 2022), ("2025-06-01", 2024, None), ("2024-06-01", 2023, None)],
)
def test_an_end_goes_on_into_later_years_and_into_no_earlier_one(report_of, day, year, ended):
    found = state(report_of(f"id: a, date: {day}, status: completed", year=year))
    assert (found.ended, found.status) == (ended, None if ended is None else "completed")


@pytest.mark.parametrize(
    ("scheme", "is_asked"),
    [
        ("", True),
        ("rate: [policy]", True),
        ("statuses: [], rate: [policy]", False),
        ("statuses: [], rate: []", False),
        ("statuses: [], rate: [policy, initiative]", True),
        ("statuses: [], scale: {}, rate: [policy]", True),
    ],
)
def test_nothing_is_asked_of_initiatives_where_only_what_stands_above_is_judged(
    make_plan, make_ledger, scheme, is_asked
):
    plan = make_plan(
        """[{id: "1", title: 基盤, measures: [{id: 1-1, title: 経営, submeasures: [{id: 1-1-1, title: 訪問,
        initiatives: [{id: 1-1-1-1, title: 企業}, {id: 1-1-1-2, title: 相談}]}]}]}]""",
        scheme=scheme,
    )
    report = review(plan, make_ledger("id: a, target: 1-1-1-2, summary: 相談した"), 2024)
    silent, told = (row.state for row in report.initiatives)
    assert (silent.is_due, silent.is_silent, told.is_due, told.is_silent) == (is_asked, True, False, False)
    assert (report.total.tally.reported, report.total.tally.not_reported) == (1, 1), "counts are those of the entries"
