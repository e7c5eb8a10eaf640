# mypy: allow-untyped-calls
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.records.ledger import Ledger

B_FOR_A = "id: b, date: 2024-06-13, supersedes: a, reason: 誤記"
C_FOR_B = "id: c, date: 2024-06-14, supersedes: b, reason: 誤記"


def withdrawal(name, of, day=20):
    return f"id: {name}, kind: withdrawal, date: 2024-06-{day}, withdraws: {of}"


@pytest.mark.parametrize(
    ("texts", "in_force"),
    [
        pytest.param([], "", id="nothing"),
        pytest.param(["id: a", "id: b"], "ab", id="two entries"),
        pytest.param(["id: a", B_FOR_A], "b", id="a correction"),
        pytest.param(["id: a", B_FOR_A, C_FOR_B], "c", id="a correction of a correction"),
        pytest.param(["id: a", withdrawal("w", "a")], "", id="a withdrawal"),
        pytest.param(["id: a", "id: b", withdrawal("w", "a")], "b", id="a withdrawal of one of two"),
        pytest.param(["id: a", withdrawal("w", "a"), withdrawal("v", "w", 21)], "a", id="withdrawn withdrawal"),
        pytest.param(
            ["id: a", withdrawal("w", "a"), withdrawal("v", "w", 21), withdrawal("u", "v", 22)], "", id="and once more"
        ),
        pytest.param(["id: a", withdrawal("w", "a"), withdrawal("v", "a", 21)], "", id="withdrawn twice"),
        pytest.param(
            ["id: a", withdrawal("w", "a"), withdrawal("v", "a", 21), withdrawal("u", "v", 22)],
            "",
            id="one still holds",
        ),
        pytest.param(["id: a", B_FOR_A, withdrawal("w", "b")], "a", id="a withdrawn correction"),
        pytest.param(["id: a", B_FOR_A, withdrawal("w", "a")], "b", id="what was corrected is withdrawn"),
        pytest.param(["id: a", B_FOR_A, C_FOR_B, withdrawal("w", "c")], "b", id="the last correction withdrawn"),
        pytest.param(
            ["id: a", B_FOR_A, withdrawal("w", "b"), withdrawal("v", "w", 21)], "b", id="a correction brought back"
        ),
        pytest.param(["id: a", withdrawal("w", "x")], "a", id="a withdrawal of what is not there"),
    ],
)
def test_what_is_in_force(make_ledger, texts, in_force):
    assert "".join(entry.id for entry in make_ledger(*texts).in_force) == in_force


def test_an_indicator_has_what_speaks_of_it_and_what_leads_back_to_that(make_ledger):
    ledger = make_ledger(
        "id: a, values: {visits: 3}",
        "id: x, values: {talks: 1}",
        "id: b, supersedes: a, reason: 誤記",
        withdrawal("w", "b"),
        "id: c, supersedes: d, reason: 誤記, values: {visits: 4}",
        "id: d, supersedes: c, reason: 誤記",
        withdrawal("v", "nowhere"),
    )
    assert sorted(entry.id for entry in ledger.by_indicator["visits"]) == ["a", "b", "c", "d", "w"]
    assert [entry.id for entry in ledger.by_indicator["talks"]] == ["x"]


def test_a_withdrawal_is_taken_back_whatever_the_clock_of_the_other_office_says(make_ledger):
    ledger = make_ledger("id: a", withdrawal("w", "a", day=20), withdrawal("v", "w", day=19))
    assert [entry.id for entry in ledger.in_force] == ["a"]


@given(st.lists(st.booleans(), min_size=1, max_size=7))
def test_of_a_chain_of_corrections_the_last_that_is_not_withdrawn_is_in_force(make_ledger, withdrawn):
    corrections = [f"id: e{n}, supersedes: e{n - 1}, reason: 誤記" for n in range(1, len(withdrawn))]
    withdrawals = [withdrawal(f"w{n}", f"e{n}") for n, taken_back in enumerate(withdrawn) if taken_back]
    ledger = make_ledger("id: e0", *corrections, *withdrawals)
    assert [entry.id for entry in ledger.in_force] == [f"e{n}" for n, gone in enumerate(withdrawn) if not gone][-1:]


@pytest.mark.parametrize(
    "texts",
    [
        ["id: a, supersedes: b, reason: 誤記", B_FOR_A],
        ["id: a, supersedes: b, reason: 誤記", B_FOR_A, withdrawal("w", "a"), withdrawal("v", "b")],
        [withdrawal("a", "b"), withdrawal("b", "a")],
        [withdrawal("a", "a")],
    ],
)
def test_a_circle_is_a_fault_of_the_data_and_never_hangs(make_ledger, texts):
    assert [entry.id for entry in make_ledger("id: x", *texts).in_force] == ["x"]


def test_what_took_the_place_of_an_entry_is_known(make_ledger):
    ledger = make_ledger("id: a", B_FOR_A, "id: x", withdrawal("w", "x"))
    assert {old: entry.id for old, entry in ledger.superseded_by.items()} == {"a": "b"}
    assert {old: entry.id for old, entry in ledger.withdrawn_by.items()} == {"x": "w"}


def test_entries_are_kept_in_the_order_in_which_things_happened(make_ledger):
    ledger = make_ledger("id: c, date: 2024-06-14", "id: a, date: 2024-06-12", "id: b, date: 2024-06-13")
    assert [entry.id for entry in ledger.entries] == ["a", "b", "c"]
    assert [entry.id for entry in ledger.in_force] == ["a", "b", "c"]
    assert ledger.by_id["b"] is ledger.entries[1]


def test_entries_of_a_node_in_a_year(make_ledger):
    ledger = make_ledger(
        "id: a, date: 2025-03-31",
        "id: b, date: 2025-04-01",
        "id: c, target: 1-1",
        "id: d, kind: actual, date: 2025-06-01, fiscal_year: 2024",
        withdrawal("w", "c"),
    )
    assert [entry.id for entry in ledger.of(2024, "1-1-1-1")] == ["a", "d"]
    assert [entry.id for entry in ledger.of(2025, "1-1-1-1")] == ["b"]
    assert ledger.of(2024, "1-1") == []


@given(st.data())
def test_the_order_in_which_entries_are_read_never_matters(make_entry, data):
    entries = [make_entry(text) for text in data.draw(histories())]
    shuffled = Ledger(data.draw(st.permutations(entries)))
    assert shuffled.in_force == Ledger(entries).in_force
    assert shuffled.withdrawn_by == Ledger(entries).withdrawn_by


@given(st.data())
def test_withdrawing_what_was_just_recorded_restores_what_was_in_force(make_entry, data):
    texts = data.draw(histories())
    older = data.draw(st.sampled_from([None, *(f"e{number}" for number in range(len(texts)))]))
    news = f"id: new, date: 2024-07-01{', reason: 誤記, supersedes: ' + older if older else ''}"
    before = Ledger(map(make_entry, texts))
    after = Ledger(map(make_entry, [*texts, news, "id: end, kind: withdrawal, date: 2024-07-02, withdraws: new"]))
    assert after.in_force == before.in_force


@st.composite
def histories(draw):
    """Draw entries, each of which may correct or withdraw an earlier one that nothing refers to yet."""
    texts: list[str] = []
    free: list[str] = []
    for number in range(draw(st.integers(0, 7))):
        head = f"id: e{number}, date: 2024-06-{10 + number}"
        act = draw(st.sampled_from(["record", "supersede", "withdraw"])) if free else "record"
        older = free.pop(draw(st.integers(0, len(free) - 1))) if act != "record" else ""
        texts.append(
            {
                "record": head,
                "supersede": f"{head}, supersedes: {older}, reason: 誤記",
                "withdraw": f"{head}, kind: withdrawal, withdraws: {older}",
            }[act]
        )
        free.append(f"e{number}")
    return texts


# -- where a correction stands --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["id: a, date: 2024-06-12", "id: b, date: 2024-06-20", "id: c, date: 2024-06-25, supersedes: a, reason: x"],
         "cb"),
        (["id: a, date: 2024-06-12", "id: b, date: 2024-06-20", "id: c, date: 2024-06-01, supersedes: b, reason: x"],
         "ac"),
        (
            [
                "id: a, date: 2024-06-12",
                "id: b, date: 2024-06-20",
                "id: c, date: 2024-06-25, supersedes: a, reason: x",
                "id: d, date: 2024-06-26, supersedes: c, reason: x",
            ],
            "db",
        ),
        (
            [
                "id: a, date: 2024-06-12",
                "id: b, date: 2024-06-20",
                "id: c, date: 2024-06-25, supersedes: a, reason: x",
                "id: w, kind: withdrawal, date: 2024-06-26, withdraws: c",
            ],
            "ab",
        ),
        (["id: c, date: 2024-06-25, supersedes: gone, reason: x", "id: b, date: 2024-06-26"], "cb"),
    ],
)  # fmt: skip
def test_a_correction_stands_where_what_it_corrects_stood(make_ledger, texts, order):
    ledger = make_ledger(*texts)
    assert "".join(entry.id for entry in ledger.in_force) == order
    assert "".join(entry.id for entry in ledger.of(2024, "1-1-1-1")) == order


def test_entries_of_a_day_stand_as_they_were_recorded_and_then_by_name(make_ledger):
    ledger = make_ledger("id: b", "id: a", "id: c, recorded: 2024-06-12T08:00:00+09:00")
    assert [entry.id for entry in ledger.in_force] == ["c", "a", "b"]
