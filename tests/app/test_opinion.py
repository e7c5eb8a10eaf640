# mypy: allow-untyped-calls, disable-error-code="union-attr"
import pytest

from mizuho_pdca.app.entry import NOT_CORRECTED, Correction
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.respond import respond
from mizuho_pdca.app.review import make_review
from mizuho_pdca.app.status import make_standing
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.errors import PdcaError, Refused, UsageFault
from mizuho_pdca.storage.loading import load


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


def problems(desk):
    return [problem.fault.code for problem in load(desk.tree, desk.today).problems]


def opinion(desk, target="1-1", year=2024, meeting="2025-06-10", text="早く進めてほしい", correction=NOT_CORRECTED):
    return give_opinion(desk, target, year=year, meeting=meeting, text=text, correction=correction)


def notes(receipt):
    return [note.text(str) for note in receipt.notes]


# -- improve ----------------------------------------------------------------------------------


def test_where_an_initiative_goes_is_recorded_for_the_year(desk):
    receipt = improve(desk, "1-1②-1", year=2024, direction=" 改善 ", next_year=" 50社 \n", day="昨日", by="商工会")
    entry = receipt.entry
    assert receipt.path.startswith("records/2024/1-1-2-1/2025-06-14-")
    assert (entry.direction, entry.next, entry.by) == ("改善", "50社", "商工会")
    assert problems(desk) == []
    row = next(row for row in make_review(desk, 2024).initiatives if row.place.id == "1-1-2-1")
    assert row.improvement == entry


def test_a_relisting_is_improved_at_its_original(desk):
    receipt = improve(desk, "1-6①-1", year=2024, direction="継続", next_year="同じ")
    assert receipt.entry.target == "1-3-1-1"
    assert "1-3①-1" in notes(receipt)[0]


def test_a_direction_that_the_plan_has_not_is_refused_with_its_words(desk):
    with pytest.raises(Rejected) as caught:
        improve(desk, "1-1②-1", year=2024, direction="拡大", next_year="x", day="13/6")
    text = caught.value.text(str)
    assert "[E206]" in text
    assert "拡充" in text
    assert '"13/6"' in text


def test_an_improvement_is_corrected_by_another_one(desk):
    first = improve(desk, "1-1②-1", year=2024, direction="継続", next_year="x").entry.id
    second = improve(desk, "1-1②-1", year=2024, direction="拡充", next_year="y", correction=Correction(first, "誤り"))
    assert second.entry.supersedes == first
    assert problems(desk) == []


# -- opinions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "recorded"),
    [
        ("1-1", "1-1"),
        ("1-1②-1", "1-1-2-1"),
        ("1-6①-1", "1-3-1-1"),
        ("plan", "plan"),
        ("計画全体", "plan"),
        (" 全体 ", "plan"),
    ],
)
def test_an_opinion_is_about_any_part_of_the_plan_or_the_whole(desk, target, recorded):
    receipt = opinion(desk, target)
    assert receipt.path == f"records/2024/{recorded}/2025-06-15-000001.yaml"
    assert receipt.entry.meeting.isoformat() == "2025-06-10"
    assert problems(desk) == []


@pytest.mark.parametrize("given", [{"meeting": "13/6"}, {"meeting": "2025-06-16"}, {"year": 2040}, {"target": "9-9"}])
def test_an_opinion_with_a_mistake_is_refused(desk, given):
    with pytest.raises(PdcaError):
        opinion(desk, **given)
    assert problems(desk) == []


def test_an_opinion_is_corrected_by_another_one_and_keeps_its_response(desk):
    first = opinion(desk).entry.id
    respond(desk, first, text="検討します")
    second = opinion(desk, text="もっと早く", correction=Correction(first, "聞き違い")).entry
    (row,) = make_review(desk, 2024).opinions
    assert (row.opinion.text, row.state) == ("もっと早く", "in_hand")
    assert second.supersedes == first


def test_an_opinion_waits_for_an_answer_until_there_is_one(desk):
    first = opinion(desk).entry.id
    assert [row.opinion.id for row in make_standing(desk, 2024).unanswered] == [first]
    respond(desk, first, text="対応中です")
    assert make_standing(desk, 2024).unanswered == []


# -- responses --------------------------------------------------------------------------------


def test_a_response_belongs_to_its_opinion_and_to_the_year_in_which_it_is_made(desk):
    first = opinion(desk).entry.id
    receipt = respond(desk, first, text="来年度から", state="対応済", day="2025-06-14", by="商工会")
    entry = receipt.entry
    assert receipt.path == "records/2025/1-1/2025-06-14-000002.yaml"
    assert (entry.responds, entry.text, entry.by) == (first, "来年度から", "商工会")
    assert notes(receipt) == []
    assert problems(desk) == []


def test_a_response_is_in_hand_unless_told_otherwise(desk):
    receipt = respond(desk, opinion(desk).entry.id, text="x")
    assert receipt.entry.state == "in_hand"
    assert "対応中" in notes(receipt)[0]


def test_a_refusal_gives_its_reason(desk):
    first = opinion(desk).entry.id
    with pytest.raises(Rejected) as caught:
        respond(desk, first, text="しません", state="対応しない")
    assert "[E218]" in caught.value.text(str)
    assert 'Add --reason "…".' in caught.value.text(str)
    assert (
        respond(desk, first, text="しません", state="対応しない", reason="予算がないため").entry.reason
        == "予算がないため"
    )


def test_a_state_that_is_none_is_refused(desk):
    with pytest.raises(Rejected) as caught:
        respond(desk, opinion(desk).entry.id, text="x", state="進行", day="13/6")
    assert "[E219]" in caught.value.text(str)
    assert '"13/6"' in caught.value.text(str)


def test_only_an_opinion_in_force_is_answered(desk):
    activity = log(desk, "1-1②-1", "訪問").entry.id
    with pytest.raises(UsageFault) as caught:
        respond(desk, activity, text="x")
    assert activity in caught.value.text(str)
    taken_back = opinion(desk).entry.id
    withdraw(desk, taken_back, reason="誤記")
    with pytest.raises(Refused):
        respond(desk, taken_back, text="x")
    with pytest.raises(UsageFault):
        respond(desk, "2024-06-12-zzzzzz", text="x")


def test_an_opinion_on_the_whole_plan_can_be_answered_and_taken_back(desk):
    first = opinion(desk, "plan").entry.id
    respond(desk, first, text="x")
    assert withdraw(desk, first, reason="誤記").path.startswith("records/2024/plan/")
    assert problems(desk) == []
