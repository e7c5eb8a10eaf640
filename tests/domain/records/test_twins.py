# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.twins import twins

TALK = "kind: opinion, target: plan, meeting: 2024-10-01"


def found(make_entry, *texts):
    """Return of each entry that says the same as one before it: its id, that one's, where."""
    ledger = Ledger(map(make_entry, texts))
    return [(twin.entry.id, twin.other.id, twin.at) for twin in twins(ledger.in_force)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["id: a", "id: b"], [("b", "a", ("summary",))], id="the same text"),
        pytest.param(["id: a", 'id: b, summary: " 訪問した。 "'], [("b", "a", ("summary",))], id="but for blanks"),
        pytest.param(["id: a", "id: b, summary: 別の訪問"], [], id="another text"),
        pytest.param(["id: a", "id: b, date: 2024-06-13"], [], id="another day"),
        pytest.param(["id: a", "id: b, target: 1-1-1-2"], [], id="another place"),
        pytest.param(["id: a", "id: b, supersedes: a, reason: 誤記"], [], id="a correction"),
        pytest.param(["id: a", "id: b", "id: c, kind: withdrawal, withdraws: b"], [], id="one was taken back"),
        pytest.param(["id: a", "id: b", "id: c"], [("b", "a", ("summary",)), ("c", "a", ("summary",))], id="three"),
        pytest.param(
            ["id: a, summary: 一, values: {visits: 3}", "id: b, summary: 二, values: {visits: 3.0}"],
            [("b", "a", ("values", "visits"))],
            id="the same figure",
        ),
        pytest.param(
            ["id: a, values: {visits: 3}", "id: b, values: {visits: 3}"], [("b", "a", ("summary",))], id="both"
        ),
        pytest.param(
            ["id: a, summary: 一, values: {visits: 3}", "id: b, summary: 二, values: {visits: 4, talks: 3}"],
            [],
            id="other figures",
        ),
        pytest.param(
            ["id: a, kind: actual, values: {visits: 3}", "id: b, kind: actual, values: {visits: 3}"],
            [("b", "a", ("values", "visits"))],
            id="two actuals",
        ),
        pytest.param(
            ["id: a, kind: actual, values: {visits: 3}", "id: b, kind: actual, fiscal_year: 2023, values: {visits: 3}"],
            [],
            id="actuals of two years typed in on one day",
        ),
        pytest.param(
            [
                "id: a, kind: actual, half: first, values: {visits: 3}",
                "id: b, kind: actual, half: second, values: {visits: 3}",
            ],
            [],
            id="actuals of two halves",
        ),
        pytest.param(
            ["id: a, summary: 一, values: {visits: 3}", "id: b, kind: actual, values: {visits: 3}"],
            [],
            id="an activity and an actual: W401 tells of those",
        ),
        pytest.param(
            [f"id: o, {TALK}, text: 一", f"id: p, {TALK}, text: 二"]
            + [
                f"id: {one}, target: plan, kind: response, responds: {of}, state: 対応済, text: 済"
                for one, of in ("ao", "bp")
            ],
            [],
            id="one answer to two opinions",
        ),
        pytest.param(
            [f"id: o, {TALK}, text: 一", f"id: p, {TALK}, text: 一"], [("p", "o", ("text",))], id="an opinion"
        ),
        pytest.param(["id: a, kind: evaluation, rating: A", "id: b, kind: evaluation, rating: A"], [], id="no text"),
    ],
)
def test_entries_are_twins_that_say_the_same_of_one_day_and_place(make_entry, texts, expected):
    assert found(make_entry, *texts) == expected
