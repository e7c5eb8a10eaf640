# mypy: allow-untyped-calls, disable-error-code="union-attr"
"""The circle over two years, as it is recorded: what is said in 2024 stands in the review of 2025 and so on."""

from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.respond import respond
from mizuho_pdca.app.review import make_review
from mizuho_pdca.app.status import make_standing
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.storage.loading import load

WORDS = """
scheme_revisions:
- {from: 2025, responses: [{code: in_hand, name: 着手}, {code: declined, name: 見送り}]}
"""


@pytest.fixture
def desk_on(make_desk, workspace):
    """Sit down at the desk on a day."""
    return lambda day: make_desk(workspace, now=datetime.fromisoformat(f"{day}T10:30:00+09:00"))


@pytest.fixture
def desk(desk_on):
    return desk_on("2025-06-15")


def problems(desk):
    return [problem.fault.code for problem in load(desk.tree, desk.today).problems]


def hear(desk, target="1-1②-1", year=2023, meeting="2024-08-21", text="返事を早く", **more):
    return give_opinion(desk, target, year=year, meeting=meeting, text=text, **more)


def row(desk, year, number="1-1-2-1"):
    return next(row for row in make_review(desk, year).initiatives if row.place.id == number)


def notes(receipt):
    return [note.text(str) for note in receipt.notes]


# -- over the years ---------------------------------------------------------------------------


@pytest.mark.slow
def test_an_opinion_is_due_in_every_year_until_it_is_answered(desk_on):
    first = hear(desk_on("2024-08-27")).entry.id
    later = desk_on("2027-02-01")
    for year in (2023, 2024, 2026):
        assert [found.opinion.id for found in make_standing(later, year).unanswered] == [first]
    assert make_standing(later, 2022).unanswered == []
    receipt = respond(later, first, text="1週間以内に返す", state="対応済")
    assert receipt.path.startswith("records/2026/1-1-2-1/2027-02-01-")
    assert [len(make_standing(later, year).unanswered) for year in (2023, 2024, 2025, 2026)] == [0, 0, 0, 0]
    by_year = {year: [found.state for found in make_review(later, year).opinions] for year in (2024, 2025, 2026)}
    assert by_year == {2024: [None], 2025: ["answered"], 2026: []}
    assert problems(later) == []


def test_what_is_planned_in_one_review_stands_in_the_next_one(desk_on):
    improve(desk_on("2024-06-10"), "1-1②-1", year=2023, direction="拡充", next_year="60社に増やす")
    desk = desk_on("2025-06-10")
    log(desk, "1-1②-1", "70社を訪問した", day="2025-02-20")
    improve(desk, "1-1②-1", year=2024, direction="改善", next_year="返事を早くする")
    found = row(desk, 2024)
    assert (found.promised.next, found.improvement.next) == ("60社に増やす", "返事を早くする")
    assert [one.summary for one in found.activities] == ["70社を訪問した"]
    assert row(desk, 2025).promised.next == "返事を早くする"
    assert problems(desk) == []


def test_a_text_that_was_taken_over_is_noticed(desk):
    for year in (2023, 2024):
        improve(desk, "1-1②-1", year=year, direction="継続", next_year=" 同じように続ける ")
    assert [row(desk, year).unchanged for year in (2023, 2024, 2025)] == [(), ("next",), ()]


# -- what an opinion may be about -------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "folder", "about"),
    [
        ("plan", "plan", None),
        ("計画", "plan", None),
        ("total", "plan", None),
        ("１", "1", "1"),
        ("1-1", "1-1", "1-1"),
        ("1-1②", "1-1-2", "1-1②"),
        ("1-1②-1", "1-1-2-1", "1-1②-1"),
        ("1-6①-1", "1-3-1-1", "1-3①-1"),
    ],
)
def test_an_opinion_on_every_level_is_answered_under_the_same_number(desk, target, folder, about):
    opinion = hear(desk, target)
    answer = respond(desk, opinion.entry.id, text="検討します", state="検討中")
    assert (opinion.path.split("/")[1:3], answer.path.split("/")[1:3]) == (["2023", folder], ["2025", folder])
    (found,) = make_review(desk, 2024).opinions
    assert found.place is None if about is None else found.place.number == about
    assert (found.state, found.meeting(2024)) == ("considered", "last")
    assert problems(desk) == []


def test_an_opinion_on_a_relisting_says_that_it_is_recorded_for_the_original(desk):
    (note,) = notes(hear(desk, "1-6①-1"))
    assert "1-6①-1" in note
    assert "1-3①-1" in note
    assert notes(hear(desk, "1-3①-1")) == notes(hear(desk, "1-1")) == notes(hear(desk, "plan")) == []
    assert [len(row(desk, 2023, number).opinions) for number in ("1-3-1-1", "1-6-1-1")] == [2, 2]


@pytest.mark.parametrize("target", ["1", "1-1", "1-1②"])
def test_only_an_initiative_is_improved(desk, target):
    with pytest.raises(Rejected, match="nothing was recorded") as caught:
        improve(desk, target, year=2024, direction="継続", next_year="x")
    assert "[E215]" in caught.value.text(str)
    assert problems(desk) == []


# -- responses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("対応済", "answered"),
        (" 対応中 ", "in_hand"),
        ("検討中", "considered"),
        ("対応しない", "declined"),
        ("declined", "declined"),
    ],
)
def test_a_state_is_given_by_its_name_or_its_code(desk, word, code):
    reason = "予算がない" if code == "declined" else None
    receipt = respond(desk, hear(desk).entry.id, text="x", state=word, reason=reason)
    assert (receipt.entry.state, receipt.entry.reason, notes(receipt)) == (code, reason, [])
    assert problems(desk) == []


@pytest.mark.parametrize(("name", "path"), [("000001", False), ("2025-06-15-000001", False), ("000001", True)])
def test_an_opinion_is_named_in_any_way(desk, name, path):
    opinion = hear(desk)
    assert respond(desk, opinion.path if path else name, text="x").entry.responds == opinion.entry.id


@pytest.mark.parametrize(
    ("day", "state", "recorded"), [("2025-03-31", "対応中", "in_hand"), ("2025-04-01", "着手", "in_hand")]
)
def test_a_state_is_a_word_of_the_year_in_which_the_response_is_made(desk, workspace, day, state, recorded):
    with (workspace / "plan" / "measures.yaml").open("a", encoding="utf-8") as plan:
        plan.write(WORDS)
    first = hear(desk).entry.id
    assert respond(desk, first, text="x", state=state, day=day).entry.state == recorded
    told = respond(desk, first, text="y", day=day)
    assert (told.entry.state, state in notes(told)[0]) == (recorded, True)
    with pytest.raises(Rejected) as caught:
        respond(desk, first, text="x", state="着手" if state == "対応中" else "対応中", day=day)
    assert "[E219]" in caught.value.text(str)
    assert problems(desk) == []


def test_where_the_plan_has_no_state_in_hand_one_is_asked_for(desk, workspace):
    with (workspace / "plan" / "measures.yaml").open("a", encoding="utf-8") as plan:
        plan.write(WORDS.replace("in_hand, name: 着手", "considered, name: 検討"))
    first = hear(desk).entry.id
    with pytest.raises(Rejected) as caught:
        respond(desk, first, text="x")
    assert "state" in caught.value.text(str)
    assert respond(desk, first, text="x", state="検討").entry.state == "considered"


def test_the_last_response_is_the_state_and_a_withdrawn_one_is_none(desk):
    first = hear(desk).entry.id
    respond(desk, first, text="調べる", state="検討中", day="2025-06-01")
    done = respond(desk, first, text="終えた", state="対応済", day="2025-06-10").entry.id
    assert [found.state for found in make_review(desk, 2024).opinions] == ["answered"]
    withdraw(desk, done, reason="早合点")
    (found,) = make_review(desk, 2024).opinions
    assert (found.state, [one.text for one in found.responses]) == ("considered", ["調べる"])


def test_a_corrected_opinion_is_answered_under_its_new_name(desk):
    first = hear(desk).entry.id
    respond(desk, first, text="調べる", state="検討中")
    second = hear(desk, text="返事は1週間で", correction=Correction(first, "聞き違い")).entry.id
    with pytest.raises(Refused) as caught:
        respond(desk, first, text="終えた")
    assert second in caught.value.text(str)
    respond(desk, second, text="終えた", state="対応済")
    (found,) = make_review(desk, 2024).opinions
    assert (found.opinion.id, [one.text for one in found.responses]) == (second, ["調べる", "終えた"])
    withdraw(desk, second, reason="元のとおりでよい")
    (found,) = make_review(desk, 2024).opinions
    assert (found.opinion.id, [one.text for one in found.responses]) == (first, ["調べる", "終えた"])
    assert problems(desk) == []


def test_nothing_but_an_opinion_is_answered(desk):
    opinion = hear(desk).entry.id
    for entry, kind in (
        (log(desk, "1-1②-1", "訪問").entry.id, "an activity"),
        (improve(desk, "1-1②-1", year=2024, direction="継続", next_year="x").entry.id, "an improvement"),
        (respond(desk, opinion, text="x").entry.id, "a response"),
        (withdraw(desk, opinion, reason="誤記").entry.id, "a withdrawal"),
    ):
        with pytest.raises(UsageFault) as caught:
            respond(desk, entry, text="x")
        assert kind in caught.value.text(str)
        assert entry in caught.value.text(str)


@pytest.mark.parametrize("kind", ["activity", "response"])
def test_an_opinion_takes_the_place_of_an_opinion_only(desk, kind):
    opinion = hear(desk).entry.id
    other = log(desk, "1-1②-1", "訪問") if kind == "activity" else respond(desk, opinion, text="x")
    with pytest.raises(Rejected) as caught:
        hear(desk, correction=Correction(other.entry.id, "誤り"))
    assert other.entry.id in caught.value.text(str)


def test_every_mistake_of_a_response_is_said_at_once(desk):
    first = hear(desk).entry.id
    with pytest.raises(Rejected) as caught:
        respond(desk, first, text="x", state="すぐ", day="あさって")
    assert [word in caught.value.text(str) for word in ("2025-06-17", "[E219]", "対応済")] == [True, True, True]


def test_the_clock_of_another_zone_makes_no_other_year(make_desk, workspace):
    late = datetime(2025, 3, 31, 23, 30, tzinfo=timezone(timedelta(hours=9)))
    desk = make_desk(workspace, now=late)
    receipt = respond(desk, hear(desk).entry.id, text="年度末に")
    assert receipt.path.startswith("records/2024/1-1-2-1/2025-03-31-")
