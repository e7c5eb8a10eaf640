# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""What is said at a meeting of the council, in a form that comes back by the same import."""

import datetime as dt

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.form import list_path
from mizuho_pdca.errors import UsageFault
from scripts.fill_form import cell, opened, rows, saved
from tests.app.forms.conftest import in_force

HEARD = "会議の意見"
SAID = {"対象": "1-1①-1 企業訪問", "意見": "回数を増やしては。"}


@pytest.fixture
def sent(send):
    """Return the form for a meeting on 2024."""
    return send(council=True)[0].data


@pytest.fixture
def hold(take):
    """Import a form for a meeting, filled in by row and heading."""

    def held(data, said_in, day="R7.5.28", **more):
        book = opened(data)
        book["はじめに"]["C4"] = day
        for row, said in said_in.items():
            for heading, value in said.items():
                cell(book, HEARD, row, heading).value = value
        return take(saved(book), **more)

    return held


def test_what_was_said_is_recorded_with_its_answer(sent, hold, desk, town):
    answered = SAID | {"発言者（任意）": "山田委員", "対応": "増やす。", "対応状況": "対応中"}
    whole = {"対象": "計画全体", "意見": "数字で示してほしい。"}
    outcome = hold(sent, {"new-1": answered, "new-2": whole}, dt.date(2025, 5, 28))
    assert outcome.faults == ()
    first, second, reply = in_force(desk)[0], in_force(desk)[1], in_force(desk)[-1]
    entries = {entry.kind: entry for entry in (first, second, reply)}
    assert {entry.target for entry in in_force(desk)} == {"1-1-1-1", "plan"}
    texts = {entry.text for entry in in_force(desk)}
    assert texts == {"回数を増やしては。（山田委員）", "数字で示してほしい。", "増やす。"}
    assert entries["opinion"].meeting == dt.date(2025, 5, 28)
    assert all(entry.via == "form" for entry in in_force(desk))
    assert not (town / list_path(2024)).exists()
    again = hold(sent, {"new-1": answered, "new-2": whole}, dt.date(2025, 5, 28))
    assert (again.receipts, again.same, again.faults) == ((), 3, ())


def test_a_changed_opinion_is_a_correction(sent, send, hold):
    hold(sent, {"new-1": SAID})
    outcome = hold(sent, {"new-1": SAID | {"意見": "回数を倍にしては。", "対応": "検討する。"}})
    assert [bool(receipt.entry.supersedes) for receipt in outcome.receipts] == [True, False]
    name = outcome.receipts[0].entry.id
    later = send(council=True)[0].data
    assert cell(opened(later), HEARD, name, "意見").value == "回数を倍にしては。"
    assert cell(opened(later), HEARD, name, "対応").value == "検討する。"
    assert hold(later, {}).receipts == ()
    (receipt,) = hold(later, {name: {"意見": "回数を3倍にしては。"}}).receipts
    assert (receipt.entry.supersedes, receipt.entry.text) == (name, "回数を3倍にしては。")


def test_a_declined_opinion_says_why(sent, hold, desk):
    hold(sent, {"new-1": SAID | {"対応": "予算がない。", "対応状況": "対応しない"}})
    assert in_force(desk)[-1].refusal == "予算がない。"


BAD = {
    "no day": ({"new-1": SAID}, None, "「はじめに」C4: 会議の日が空欄です"),
    "a day that is none": ({"new-1": SAID}, "2/30", "「はじめに」C4: 「2/30」という日はありません"),
    "on nothing": ({"new-1": {"意見": "増やしては。"}}, "R7.5.28", "「会議の意見」B5: 何についての意見かが空欄です"),
    "on what there is not": ({"new-1": SAID | {"対象": "9-9"}}, "R7.5.28", "「会議の意見」B5: "),
    "nothing said": (
        {"new-2": {"対象": "計画全体", "対応": "増やす。"}},
        "R7.5.28",
        "「会議の意見」B6: 意見の内容が空欄です",
    ),
    "a state alone": ({"new-1": SAID | {"対応状況": "対応中"}}, "R7.5.28", "「会議の意見」F5: 対応状況だけがあり"),
    "a state that is none": (
        {"new-1": SAID | {"対応": "増やす。", "対応状況": "保留"}},
        "R7.5.28",
        "「会議の意見」F5: ",
    ),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_what_is_wrong_is_told_by_its_cell(case, sent, hold, written, faults):
    rows, day, words = case
    (said,) = faults(hold(sent, rows, day))
    assert words in said
    assert written() == []


@pytest.mark.parametrize("day", [dt.date(2025, 5, 28), "令和7年5月28日", "2025/5/28", 45805])
def test_the_day_of_the_meeting_is_read_however_it_is_written(day, sent, hold, desk):
    assert hold(sent, {"new-1": SAID}, day).faults == ()
    assert [entry.meeting for entry in in_force(desk)] == [dt.date(2025, 5, 28)]


def test_a_workbook_that_counts_from_1904_is_read_by_its_own_days(sent, take, desk):
    book = opened(sent)
    for heading, value in SAID.items():
        cell(book, HEARD, "new-1", heading).value = value
    book["はじめに"]["C4"] = 45805 - 1462
    from tests.app.forms.test_refused import rezipped

    def counted(name, part):
        return part.replace(b"<workbookPr", b'<workbookPr date1904="1"') if name == "xl/workbook.xml" else part

    assert take(rezipped(saved(book), counted)).faults == ()
    assert [entry.meeting for entry in in_force(desk)] == [dt.date(2025, 5, 28)]


def test_two_answers_to_the_same_opinion_are_refused_before_one_is_recorded(send, sent, hold, written, faults):
    hold(sent, {"new-1": SAID})
    form = send(council=True)[0].data
    name, new, *_ = rows(opened(form)[HEARD])
    hold(form, {name: {"対応": "増やす。"}})
    before = written()
    (said,) = faults(hold(form, {name: {"対応": "倍にする。"}, new: SAID | {"対応": "減らす。"}}))
    assert "同じ記録に、別の回答をしています" in said
    assert written() == before


TWICE = {
    "a state that is none without an answer": (
        {"new-1": SAID | {"対応状況": "うむ"}},
        "R7.5.28",
        ["対応状況だけがあり", "「うむ」"],
    ),
    "no opinion, on what there is not, with a state that is none": (
        {"new-2": {"対象": "9-9", "対応": "増やす。", "対応状況": "うむ"}},
        "R7.5.28",
        ["意見の内容が空欄です", "「9-9」", "「うむ」"],
    ),
    "no day, on nothing, with a state that is none": (
        {"new-1": {"意見": "増やしては。", "対応": "増やす。", "対応状況": "うむ"}},
        None,
        ["会議の日が空欄です", "何についての意見かが空欄です", "「うむ」"],
    ),
    "a day to come, with an answer whose state is none": (
        {"new-1": SAID | {"対応": "増やす。", "対応状況": "うむ"}},
        "R30.5.28",
        ["「はじめに」C4: [E210] 日付 2048-05-28 は今日より後です", "「うむ」"],
    ),
    "a day to come, with an answer": (
        {"new-1": SAID | {"対応": "増やす。"}},
        "R30.5.28",
        ["「はじめに」C4: [E210] 日付 2048-05-28 は今日より後です"],
    ),
}


@pytest.mark.parametrize("case", TWICE.values(), ids=TWICE)
def test_everything_that_is_wrong_with_a_row_is_told_at_once(case, sent, hold, written, faults):
    said_in, day, wanted = case
    said = faults(hold(sent, said_in, day))
    assert len(said) == len(wanted), said
    for words in wanted:
        assert any(words in one for one in said), (words, said)
    assert written() == []


def test_an_opinion_that_can_not_be_recorded_is_told_once_with_its_answer(sent, hold, written, faults, monkeypatch):
    def unknown(_desk, _named=None):
        raise UsageFault("nobody")

    monkeypatch.setattr(Desk, "recorder", unknown)
    (said,) = faults(hold(sent, {"new-1": SAID | {"対応": "増やす。"}}))
    assert "「会議の意見」C5: nobody" in said
    assert written() == []
