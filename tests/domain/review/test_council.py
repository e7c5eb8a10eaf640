import pytest

from mizuho_pdca.domain.review.council import about, opinions, shown_in

PLAN = '[{id: "1", title: 基盤, measures: []}, {id: "2", title: 革新, measures: []}]'
OPINION = "kind: opinion, target: '1', text: 周知を。"
RESPONSE = "kind: response, target: '1', text: 対応した。"


@pytest.fixture(scope="session")
def rows_of(make_plan, make_ledger):
    plan = make_plan(PLAN)
    return lambda *texts: opinions(plan, make_ledger(*texts))


def test_opinions_are_listed_by_meeting_and_then_as_they_were_recorded(rows_of):
    rows = rows_of(
        f"id: c, {OPINION}, meeting: 2024-10-01, date: 2024-10-03",
        f"id: a, {OPINION}, meeting: 2023-10-01, date: 2024-10-04, fiscal_year: 2023",
        f"id: b, {OPINION}, meeting: 2024-10-01, date: 2024-10-02",
    )
    assert [row.opinion.id for row in rows] == ["a", "b", "c"]


def test_an_opinion_is_on_a_node_or_on_the_plan_as_a_whole(rows_of, make_plan):
    rows = rows_of(
        f"id: a, {OPINION}, meeting: 2024-10-01", "id: b, kind: opinion, target: plan, text: 全体, meeting: 2024-10-01"
    )
    assert [row.place and row.place.id for row in rows] == ["1", None]
    plan = make_plan(PLAN)
    assert [row.opinion.id for row in about(rows, plan.places["1"])] == ["a"]
    assert about(rows, plan.places["2"]) == ()


@pytest.mark.parametrize(
    ("texts", "responses", "state"),
    [
        ([], [], None),
        ([f"id: r, {RESPONSE}, responds: a, state: 検討中"], ["r"], "considered"),
        ([f"id: r, {RESPONSE}, responds: a, state: in_hand"], ["r"], "in_hand"),
        ([f"id: r, {RESPONSE}, responds: a, state: 対応しない, grounds: 対象外"], ["r"], "declined"),
        (
            [
                f"id: s, {RESPONSE}, responds: a, state: answered, date: 2025-05-01",
                f"id: r, {RESPONSE}, responds: a, state: 検討中, date: 2025-04-01",
            ],
            ["r", "s"],
            "answered",
        ),
        (
            [
                f"id: r, {RESPONSE}, responds: a, state: 検討中",
                "id: w, kind: withdrawal, withdraws: r, date: 2024-12-01",
            ],
            [],
            None,
        ),
        ([f"id: r, {RESPONSE}, responds: z, state: 検討中"], [], None),
    ],
)
def test_what_became_of_an_opinion_is_its_last_response(rows_of, texts, responses, state):
    (row,) = rows_of(f"id: a, {OPINION}, meeting: 2024-10-01", *texts)
    assert [response.id for response in row.responses] == responses
    assert (row.state, row.is_open) == (state, state not in ("answered", "declined"))


def test_a_corrected_opinion_keeps_its_responses(rows_of):
    (row,) = rows_of(
        f"id: a, {OPINION}, meeting: 2024-10-01",
        f"id: b, {OPINION}, meeting: 2024-10-01, date: 2024-10-05, supersedes: a, reason: 誤記",
        f"id: r, {RESPONSE}, responds: a, state: 検討中",
        f"id: s, {RESPONSE}, responds: b, state: 対応済, date: 2024-11-01",
    )
    assert row.opinion.id == "b"
    assert [response.id for response in row.responses] == ["r", "s"]


def test_a_circle_of_corrections_never_hangs(rows_of):
    circle = [
        f"id: {one}, {OPINION}, meeting: 2024-10-01, supersedes: {other}, reason: x" for one, other in ("ab", "ba")
    ]
    assert rows_of(*circle, f"id: r, {RESPONSE}, responds: a, state: 検討中") == []


def test_a_withdrawn_opinion_is_gone(rows_of):
    assert rows_of(f"id: a, {OPINION}, meeting: 2024-10-01", "id: w, kind: withdrawal, withdraws: a") == []


@pytest.mark.parametrize(
    ("year", "meetings"),
    [
        (2024, [("new", "this"), ("last", "last"), ("open", "earlier")]),
        (2023, [("last", "this"), ("old", "last"), ("open", "last")]),
        (2025, [("new", "last"), ("last", "earlier"), ("open", "earlier")]),
        (2022, [("old", "this"), ("open", "this")]),
    ],
)
def test_a_review_shows_its_own_opinions_last_years_and_older_open_ones(rows_of, year, meetings):
    rows = rows_of(
        f"id: new, {OPINION}, meeting: 2024-10-01, fiscal_year: 2024",
        f"id: last, {OPINION}, meeting: 2023-10-01, fiscal_year: 2023",
        f"id: old, {OPINION}, meeting: 2022-10-01, fiscal_year: 2022",
        f"id: open, {OPINION}, meeting: 2022-10-01, fiscal_year: 2022",
        f"id: r, {RESPONSE}, responds: old, state: 対応済",
    )
    shown = {row.opinion.id: row.meeting(year) for row in shown_in(rows, year)}
    assert shown == dict(meetings)


STAYS = (
    f"id: a, {OPINION}, meeting: 2023-08-28, fiscal_year: 2022, date: 2023-08-28",
    f"id: r, {RESPONSE}, responds: a, state: 検討中, date: 2023-10-01",
    f"id: s, {RESPONSE}, responds: a, state: in_hand, date: 2025-10-01",
    f"id: t, {RESPONSE}, responds: a, state: 対応済, date: 2026-06-01",
)


@pytest.mark.parametrize(
    ("year", "state"),
    [(2021, []), (2022, ["considered"]), (2023, ["considered"]), (2024, ["in_hand"]), (2025, ["answered"]), (2026, [])],
)
def test_an_opinion_stays_until_it_is_settled_and_an_old_paper_shows_its_own_time(rows_of, year, state):
    assert [row.state for row in shown_in(rows_of(*STAYS), year)] == state


@pytest.mark.parametrize(("until", "now", "waits"), [(1, None, False), (2, "considered", True), (4, "answered", False)])
def test_what_an_old_paper_shows_may_wait_no_more_by_now(rows_of, until, now, waits):
    (row,) = shown_in(rows_of(*STAYS[:until]), 2022)
    assert (row.state_now, row.waits_now) == (now, waits)


def test_a_corrected_response_counts_by_the_day_of_what_it_corrects(rows_of):
    rows = rows_of(
        *STAYS[:2],
        f"id: s, {RESPONSE}, responds: a, state: 対応済, supersedes: r, reason: 誤記, date: 2026-06-01",
    )
    assert [row.state for row in shown_in(rows, 2022)] == ["answered"]
