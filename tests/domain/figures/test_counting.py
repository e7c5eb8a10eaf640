# mypy: allow-untyped-calls
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.figures.counting import Rate, State, tally
from mizuho_pdca.domain.plan.scheme import STATUS_CODES

RANKS = ("A", "B", "C", "D")

states = st.builds(
    State, st.booleans(), st.sampled_from([*STATUS_CODES, None]), st.sampled_from([*RANKS, "F", "Z", None])
)


def of_status(*codes):
    return [State(code is not None, code) for code in codes]


@pytest.mark.parametrize(
    ("codes", "implementation", "completion"),
    [
        (["not_started", "preparing", "in_progress", "done", "completed"], (3, 5), (2, 5)),
        (["done", "suspended", "discontinued"], (1, 1), (1, 1)),
        (["done", None, None], (1, 3), (1, 3)),
        (["suspended"], (0, 0), (0, 0)),
    ],
)
def test_what_is_set_aside_leaves_the_denominator_and_what_is_not_reported_stays(codes, implementation, completion):
    counted = tally(of_status(*codes), 0, RANKS)
    assert counted.implementation == Rate(*implementation)
    assert counted.completion == Rate(*completion)


@pytest.mark.parametrize("count", [0, 3])
def test_where_no_status_is_known_nothing_is_said_of_progress(count):
    counted = tally([State(reported=True, rating="A")] * count, 0, RANKS)
    assert counted.implementation == counted.completion == Rate(0, count, is_known=False)
    assert counted.implementation.percent is None
    assert (counted.no_status, counted.reporting) == (count, Rate(count, count))
    assert counted.rating_share == Rate(count, count)


def test_some_without_a_status_stay_in_the_denominator():
    counted = tally(
        [State(reported=True, status="done"), State(reported=True), State(reported=True), State()], 0, RANKS
    )
    assert (counted.implementation, counted.no_status, counted.not_reported) == (Rate(1, 4), 2, 1)


def test_what_ended_before_the_year_is_counted_as_such_and_not_asked_for():
    ended = [State(status="completed", ended=2023), State(status="discontinued", ended=2023)]
    counted = tally([*ended, State(reported=True, status="done", rating="A")], 0, RANKS)
    assert counted.implementation == counted.completion == Rate(2, 2)
    assert (counted.distinct, counted.reported, counted.not_reported, counted.carried) == (3, 1, 0, 2)
    assert counted.reporting == Rate(1, 1)


def test_what_ended_and_is_reported_all_the_same_is_a_report():
    counted = tally([State(reported=True, status="completed", rating="F", ended=2023)], 0, RANKS)
    assert (counted.reported, counted.carried, counted.completion) == (1, 0, Rate(1, 1))


@pytest.mark.parametrize(
    ("ratings", "share"),
    [("ABCD", (2, 4)), ("AABX", (3, 3)), ("FXYZ", (0, 0)), ("", (0, 0)), ("CDZ", (0, 2))],
)
def test_the_share_of_the_best_two_ranks_is_of_those_that_hold_a_rank(ratings, share):
    counted = tally([State(reported=True, rating=code) for code in ratings], 0, RANKS)
    assert counted.rating_share == Rate(*share)


def test_a_scale_of_one_rank_has_a_share_as_well():
    assert tally([State(rating="A"), State(rating="F")], 0, ("A",)).rating_share == Rate(1, 1)


def test_listed_is_distinct_and_relisted():
    counted = tally(of_status("done", None, "preparing"), 2, RANKS)
    assert (counted.listed, counted.relisted, counted.distinct) == (5, 2, 3)
    assert (counted.reported, counted.not_reported) == (2, 1)
    assert counted.reporting == Rate(2, 3)
    assert counted.status == {"done": 1, "preparing": 1}


@pytest.mark.parametrize(("originals", "relisted", "only"), [(0, 2, True), (1, 2, False), (0, 0, False)])
def test_only_relisted_says_that_everything_is_counted_elsewhere(originals, relisted, only):
    assert tally(of_status(*[None] * originals), relisted, RANKS).only_relisted is only


@pytest.mark.parametrize(
    ("rate", "percent"),
    [(Rate(22, 30), "73.3"), (Rate(1, 8), "12.5"), (Rate(2, 3), "66.7"), (Rate(0, 30), "0.0"), (Rate(0, 0), "None")],
)
def test_a_rate_has_no_percentage_where_there_is_nothing_to_divide_by(rate, percent):
    assert str(rate.percent) == percent


@given(st.lists(states), st.integers(0, 5))
def test_a_relisting_never_changes_a_rate(originals, relisted):
    alone, beside = tally(originals, 0, RANKS), tally(originals, relisted, RANKS)
    assert beside.listed == alone.listed + relisted
    for name in ("distinct", "reported", "not_reported", "status", "rating"):
        assert getattr(beside, name) == getattr(alone, name)
    for name in ("implementation", "completion", "rating_share", "reporting"):
        rate = getattr(beside, name)
        assert rate == getattr(alone, name)
        assert 0 <= rate.numerator <= rate.denominator <= beside.distinct
