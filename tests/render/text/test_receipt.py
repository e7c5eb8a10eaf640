import pytest

from mizuho_pdca.language import translator
from mizuho_pdca.message import message
from mizuho_pdca.render.text.receipt import receipt_text

EN, JA = translator("en"), translator("ja")


@pytest.fixture
def receipt(small_plan, make_entry):
    def write(text, *notes, t=EN):
        entry = make_entry(text)
        return receipt_text(small_plan, entry, "records/x.yaml", notes, t).split("\n")

    return write


def test_an_activity_is_confirmed_with_its_place_year_status_and_figures(receipt):
    assert receipt('id: a, status: done, summary: "3社\\n不在", values: {visits: 3, facility: true}') == [
        "Recorded: 1-1①-1 企業訪問活動の実施",
        "  FY2024  2024-06-12  産業課",
        "  Status: 実施済（当年度分）",
        "  3社",
        "  企業訪問件数 (draft): 3件",
        "  施設の設置: 設置",
        "  records/x.yaml",
        'To take it back: pdca withdraw a --reason "…"',
    ]


def test_an_activity_without_a_status_shows_none(receipt):
    assert not any("Status" in line for line in receipt("id: a, target: 1-1"))


def test_an_actual_shows_the_figure_or_the_reason(receipt):
    assert "  連携していない事業所の割合: 61.2%" in receipt("id: a, kind: actual, target: '1', values: {ties: 61.2}")
    assert "  連携していない事業所の割合: 集計中" in receipt(
        "id: a, kind: actual, target: '1', missing: {ties: 集計中}"
    )


@pytest.mark.parametrize(("code", "shown"), [("A", "A"), ("F", "完了"), ("Z", "評価困難")])
def test_an_evaluation_shows_the_rating_as_printed(receipt, code, shown):
    assert f"  Rating: {shown}" in receipt(f"id: a, kind: evaluation, rating: {code}")


def test_an_improvement_shows_the_direction_and_the_plan(receipt):
    lines = receipt('id: a, kind: improvement, direction: 拡充, next: "来年\\n再来年"')
    assert "  Direction: 拡充" in lines
    assert "  来年" in lines


def test_an_opinion_shows_its_meeting_and_how_to_answer(receipt):
    lines = receipt('id: a, kind: opinion, meeting: 2025-08-01, text: "早く\\n次"')
    assert "  Meeting: 2025-08-01" in lines
    assert "  早く" in lines
    assert any("pdca respond a" in line for line in lines)


def test_an_opinion_on_the_whole_plan_says_so(receipt):
    assert "whole" in receipt("id: a, kind: opinion, target: plan, meeting: 2025-08-01, text: x")[0]


@pytest.mark.parametrize(("state", "shown"), [("in_hand", "対応中"), ("of its own", "of its own")])
def test_a_response_names_the_opinion_and_the_state(receipt, state, shown):
    lines = receipt(f"id: b, kind: response, responds: a, state: {state}, text: 来年から")
    assert f"  Answer to a: {shown}" in lines
    assert "  来年から" in lines


def test_a_withdrawal_names_the_entry_and_can_not_be_taken_back_that_way(receipt):
    lines = receipt("id: a, kind: withdrawal, withdraws: b, reason: 誤記")
    assert "  Taken back: b (誤記)" in lines
    assert "withdraw" not in lines[-1]


def test_a_correction_names_what_it_takes_the_place_of(receipt):
    assert "  Takes the place of b" in receipt("id: a, supersedes: b, reason: 誤記")


def test_notes_stand_before_the_file(receipt):
    lines = receipt("id: a", message("note {n}", n=1))
    assert lines[-3:-1] == ["  ※ note 1", "  records/x.yaml"]


def test_a_sample_says_so_at_once(receipt):
    assert "見本" in receipt("id: a, sample: true", t=JA)[1]


def test_the_year_is_japanese_for_japanese_readers(receipt):
    lines = receipt("id: a, date: 2025-02-10", t=JA)
    assert lines[1] == "  令和6年度（2024年度）  2025-02-10  産業課"
    assert "1-1①-1 企業訪問活動の実施" in lines[0]
