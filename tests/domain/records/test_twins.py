# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.twins import twins

TALK = "kind: opinion, target: plan, meeting: 2024-10-01"


def found(make_entry, *texts):
    """Return the ids of entries that say the same, with the indicator where that is a figure."""
    ledger = Ledger(map(make_entry, texts))
    return [("".join(entry.id for entry in one.entries), one.slug) for one in twins(ledger.in_force)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["id: a", "id: b"], [("ab", None)], id="the same text"),
        pytest.param(["id: a", 'id: b, summary: " 訪問した。 "'], [("ab", None)], id="but for blanks"),
        pytest.param(["id: a", "id: b, summary: 別の訪問"], [], id="another text"),
        pytest.param(["id: a", "id: b, date: 2024-06-13"], [], id="another day"),
        pytest.param(["id: a", "id: b, target: 1-1-1-2"], [], id="another place"),
        pytest.param(["id: a", "id: b, supersedes: a, reason: 誤記"], [], id="a correction"),
        pytest.param(["id: a", "id: b", "id: c, kind: withdrawal, withdraws: b"], [], id="one was taken back"),
        pytest.param(["id: a", "id: b", "id: c"], [("abc", None)], id="three"),
        pytest.param(
            ["id: a, summary: 一, values: {visits: 3}", "id: b, summary: 二, values: {visits: 3.0}"],
            [("ab", "visits")],
            id="the same figure",
        ),
        pytest.param(["id: a, values: {visits: 3}", "id: b, values: {visits: 3}"], [("ab", None)], id="both"),
        pytest.param(
            [
                "id: a, values: {visits: 3}",
                "id: b, values: {visits: 3}",
                "id: c, summary: 二, values: {visits: 3, talks: 5}",
                "id: d, summary: 三, values: {talks: 5}",
            ],
            [("ab", None), ("abc", "visits"), ("cd", "talks")],
            id="a text of two, a figure of three, another figure",
        ),
        pytest.param(
            ["id: a, summary: 一, values: {visits: 3}", "id: b, summary: 二, values: {visits: 4, talks: 3}"],
            [],
            id="other figures",
        ),
        pytest.param(
            ["id: a, kind: actual, values: {visits: 3}", "id: b, kind: actual, values: {visits: 3}"],
            [("ab", "visits")],
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
        pytest.param([f"id: o, {TALK}, text: 一", f"id: p, {TALK}, text: 一"], [("op", None)], id="an opinion"),
        pytest.param(["id: a, kind: evaluation, rating: A", "id: b, kind: evaluation, rating: A"], [], id="no text"),
    ],
)
def test_entries_are_twins_that_say_the_same_of_one_day_and_place(make_entry, texts, expected):
    assert found(make_entry, *texts) == expected
