# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Forms that come back: once and again, half filled in, from two offices, after others have recorded."""

import os
from datetime import datetime, timedelta, timezone
from itertools import count

import pytest

from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.form import read_list
from mizuho_pdca.app.form_import import import_forms
from mizuho_pdca.app.forms.reading import made
from mizuho_pdca.app.forms.steps import FormStep
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.log import log
from mizuho_pdca.app.reopen import reopen_year
from mizuho_pdca.app.review import make_review
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.message import message
from mizuho_pdca.papers.review import TABLES
from mizuho_pdca.render.csv.review import review
from scripts.fill_form import Filled, cell, everything, fill, opened, saved
from tests.app.forms.conftest import FULL, ROW, in_force

ANSWERS, FIGURES, OPINIONS, VALUE = "回答", "指標一覧", "意見", "今年度の実績値"
JA = translator("ja")
JAPAN = timezone(timedelta(hours=9))


def tables(at):
    report = make_review(at, 2024)
    return [review(report, JA, name) for name in TABLES]


# -- as if by commands --------------------------------------------------------------------------


@pytest.mark.slow
def test_all_thirty_initiatives_come_back_as_if_recorded_by_commands(tmp_path, workspace, make_desk):
    from mizuho_pdca.app.form_export import Wish, make_forms

    (sent,) = make_forms(make_desk(workspace), 2024, JA, Wish())
    answers = everything(sent.data)
    book = opened(fill(sent.data, answers))
    figures = {"company-visits": 61, "loan-referrals": 12}
    for slug, value in figures.items():
        cell(book, FIGURES, slug, VALUE).value = value
    path = tmp_path / "back.xlsx"
    path.write_bytes(saved(book))
    done = import_forms(make_desk(workspace), path, JA, by="産業課")
    assert not done.is_refused
    assert len(answers[ANSWERS]) == 30
    typed = tmp_path / "typed"
    (typed / "plan").mkdir(parents=True)
    (typed / "plan" / "measures.yaml").write_bytes((workspace / "plan" / "measures.yaml").read_bytes())
    at = make_desk(typed)
    for row, answered in answers[ANSWERS].items():
        said = {heading: str(value) for heading, value in answered.items()}
        log(at, row, said["当年度の取組"], status=said["状況"], day="2025-03-31", by="産業課")
        evaluate(
            at,
            row,
            year=2024,
            rating="B",
            progress=said["評価の説明（任意）"],
            issues=said["課題（あれば）"],
            by="産業課",
        )
        improve(at, row, year=2024, direction=said["今後の方向性"], next_year=said["翌年度の予定"], by="産業課")
    for slug, value in figures.items():
        record_actual(at, slug, str(value), year=2024, by="産業課")
    assert tables(make_desk(workspace)) == tables(at)


def test_an_entry_says_from_which_file_it_is_and_who_answered(form, take, desk):
    book = opened(fill(form, {ANSWERS: {ROW: FULL}}))
    book["はじめに"]["C4"], book["はじめに"]["C5"] = "産業課", "山田"
    outcome = take(saved(book))
    assert {(entry.by, entry.via, entry.digest) for entry in in_force(desk)} == {
        ("産業課　山田", "form", outcome.digest)
    }
    assert [entry.date.isoformat() for entry in in_force(desk)] == ["2025-03-31", "2025-06-15", "2025-06-15"]


def test_a_name_over_two_lines_of_its_cell_is_one_line(form, take, desk):
    book = opened(fill(form, {ANSWERS: {ROW: FULL}}))
    book["はじめに"]["C4"], book["はじめに"]["C5"] = "産業課", "山田\n花子"
    take(saved(book))
    assert {entry.by for entry in in_force(desk)} == {"産業課　山田 花子"}


def test_a_form_of_a_department_answers_for_it(send, take, desk):
    (*_, sent) = send(each=True)
    take(sent.data, {ANSWERS: {"1-1-1-2": FULL}}, name=sent.name)
    assert {entry.by for entry in in_force(desk)} == {"企画課"}
    assert [sent.name for sent in send(each=True)] == [
        "令和6年度実績 調査票 産業課.xlsx",
        "令和6年度実績 調査票 企画課.xlsx",
    ]


# -- once and again -----------------------------------------------------------------------------


def test_a_blank_form_and_the_same_form_again_record_nothing(form, take, written):
    assert take(form).receipts == ()
    answers = {ANSWERS: {ROW: FULL}, FIGURES: {"visits": {VALUE: 63}, "share": {"値がないときの理由": "未調査"}}}
    assert len(take(form, answers).receipts) == 5
    before = written()
    again = take(form, answers)
    assert (again.receipts, again.same, again.faults) == ((), 5, ())
    assert written() == before


@pytest.mark.parametrize(
    "typed",
    [
        {"状況": "実施中です", "評価": "Ａ", "今後の方向性": "継 続"},
        {"状況": "実施中", "評価": "達成", "今後の方向性": "継続"},
    ],
)
def test_words_as_people_write_them_are_recorded_once(form, take, desk, typed):
    answers = {ANSWERS: {ROW: FULL | typed}}
    first = take(form, answers)
    assert (first.faults, len(first.receipts)) == ((), 3)
    again = take(form, answers)
    assert (again.receipts, again.same, again.faults) == ((), 3, ())
    assert len(in_force(desk)) == 3


def test_all_of_a_form_is_recorded_at_one_moment(form, town, make_desk, tmp_path):
    path, ticks = tmp_path / "戻り.xlsx", count()
    path.write_bytes(fill(form, {ANSWERS: {ROW: FULL}, FIGURES: {"visits": {VALUE: 63}}}))
    begun = datetime(2025, 6, 15, 10, 30, tzinfo=JAPAN)
    desk = make_desk(town, clock=lambda: begun + timedelta(seconds=next(ticks)))
    import_forms(desk, path, JA)
    assert (len(in_force(desk)), len({entry.recorded for entry in in_force(desk)})) == (4, 1)


def test_yes_or_no_that_is_recorded_already_is_not_recorded_again(form, take):
    assert len(take(form, {FIGURES: {"place": {VALUE: "設置"}}}).receipts) == 1
    outcome = take(form, {FIGURES: {"place": {VALUE: "設置"}, "visits": {VALUE: 63}}})
    assert [list(receipt.entry.values) for receipt in outcome.receipts] == [["visits"]]


def test_a_changed_answer_is_a_correction(form, take, desk):
    take(form, {ANSWERS: {ROW: FULL}, FIGURES: {"visits": {VALUE: 63}}})
    changed = FULL | {"評価": "A", "当年度の取組": "65社を訪問した。", "翌年度の予定": "増やす。"}
    outcome = take(form, {ANSWERS: {ROW: changed}, FIGURES: {"visits": {VALUE: 65}}})
    assert all(receipt.entry.supersedes for receipt in outcome.receipts)
    made = {entry.kind: entry for entry in in_force(desk)}
    assert made["activity"].summary == "65社を訪問した。"
    assert (made["evaluation"].rating, made["improvement"].next) == ("A", "増やす。")
    assert str(made["actual"].values["visits"]) == "65"
    assert made["evaluation"].reason == "調査票の回答"


def test_a_form_sent_out_anew_records_only_what_was_changed_in_it(form, send, take):
    take(form, {ANSWERS: {ROW: FULL}, FIGURES: {"visits": {VALUE: 63}}})
    later = send()[0].data
    assert take(later).receipts == ()
    outcome = take(later, {ANSWERS: {ROW: {"評価": "A 目標達成"}}})
    assert [receipt.entry.rating for receipt in outcome.receipts] == ["A"]
    outcome = take(later, {ANSWERS: {ROW: {"当年度の取組": "3月31日　63社を訪問した。\n反省会も開いた。"}}})
    (receipt,) = outcome.receipts
    assert (receipt.entry.summary, receipt.entry.supersedes) == ("反省会も開いた。", None)


def test_what_was_recorded_in_the_year_is_a_proposal_that_can_be_added_to(send, take, desk):
    log(desk, ROW, "3社を訪問。", day="2024-06-12", by="産業課")
    log(desk, ROW, "5社を訪問。\n人手の話。", day="2024-10-01", status="実施済", by="産業課")
    form = send()[0].data
    text = cell(opened(form), ANSWERS, ROW, "当年度の取組").value
    assert text == "6月12日　3社を訪問。\n10月1日　5社を訪問。\n人手の話。"
    assert take(form, {ANSWERS: {ROW: {"当年度の取組": text.replace("\n", "\r\n")}}}).receipts == ()
    (receipt,) = take(form, {ANSWERS: {ROW: {"当年度の取組": f"{text}\n2月に20社。"}}}).receipts
    assert (receipt.entry.summary, receipt.entry.status) == ("2月に20社。", "done")
    assert receipt.entry.date.isoformat() == "2025-03-31"


def test_a_proposal_that_was_edited_corrects_its_entry(send, take, desk):
    entry = log(desk, ROW, "3社を訪問。", day="2024-06-12", by="産業課").entry
    form = send()[0].data
    (receipt,) = take(form, {ANSWERS: {ROW: {"当年度の取組": "6月12日　4社を訪問。"}}}).receipts
    assert (receipt.entry.summary, receipt.entry.supersedes) == ("4社を訪問。", entry.id)
    assert receipt.entry.date.isoformat() == "2024-06-12"


def test_several_proposals_in_other_words_are_an_entry_of_their_own(send, take, desk):
    names = [
        log(desk, ROW, text, day=day, by="産業課").entry.id
        for text, day in (("甲", "2024-06-12"), ("乙", "2024-07-01"))
    ]
    outcome = take(send()[0].data, {ANSWERS: {ROW: {"当年度の取組": "一年を通して訪問した。"}}})
    assert [receipt.entry.supersedes for receipt in outcome.receipts] == [None]
    told = " ".join(note.text(JA) for note in outcome.told.notes)
    assert all(name in told for name in names)
    assert len(in_force(desk)) == 3


@pytest.mark.slow
def test_a_proposal_that_was_cleared_or_cut_stays(send, take, desk, written):
    log(desk, ROW, "甲", day="2024-06-12", by="産業課")
    log(desk, ROW, "乙", day="2024-07-01", by="産業課")
    form, before = send()[0].data, written()
    cleared = take(form, {ANSWERS: {ROW: {"当年度の取組": None}}})
    cut = take(form, {ANSWERS: {ROW: {"当年度の取組": "6月12日　甲"}}})
    assert (cleared.receipts, cut.receipts, written()) == ((), (), before)
    assert "欄は空になっていますが、記録は残します" in cleared.told.notes[0].text(JA)
    assert "文章から消えていますが、記録は残します" in cut.told.notes[0].text(JA)


def test_a_status_alone_is_recorded_at_the_end_of_the_year(send, take, desk):
    log(desk, ROW, "始めた。", day="2024-06-12", by="産業課")
    form = send()[0].data
    answers = {ANSWERS: {ROW: {"状況": "実施済（当年度分）"}}}
    (receipt,) = take(form, answers).receipts
    assert (receipt.entry.status, receipt.entry.summary) == ("done", "年度末の状況（調査票の回答）")
    assert take(form, answers).receipts == ()
    assert make_review(desk, 2024).initiatives[0].state.status == "done"


def test_a_text_that_no_paper_shows_well_is_taken_with_a_word(form, take):
    at = cell(opened(form), ANSWERS, ROW, "当年度の取組").coordinate
    outcome = take(form, {ANSWERS: {ROW: {"当年度の取組": "あ" * 4000}}})
    assert [note for note in outcome.told.notes if "文字" in note.text(JA)] == []
    outcome = take(form, {ANSWERS: {ROW: {"当年度の取組": "あ" * 4001}}})
    assert len(outcome.receipts) == 1
    assert f"「回答」{at}: 4001文字あります" in " ".join(note.text(JA) for note in outcome.told.notes)


# -- figures ------------------------------------------------------------------------------------


def test_a_sum_is_completed_by_what_the_records_lack(send, take, desk):
    log(desk, ROW, "訪問", values=["visits=20"], day="2024-06-12", by="産業課")
    form = send()[0].data
    assert cell(opened(form), FIGURES, "visits", VALUE).value == 20
    outcome = take(form, {FIGURES: {"visits": {VALUE: 63}}})
    assert str(outcome.receipts[0].entry.values["visits"]) == "43"
    assert "43 として記録します。これまでの記録（20）と合わせて 63 になります" in outcome.told.notes[0].text(JA)
    assert make_review(desk, 2024).indicators[0].value.value == 63
    assert take(form, {FIGURES: {"visits": {VALUE: 63}}}).receipts == ()
    (receipt,) = take(form, {FIGURES: {"visits": {VALUE: 65}}}).receipts
    assert (str(receipt.entry.values["visits"]), receipt.entry.supersedes) == ("45", outcome.receipts[0].entry.id)


@pytest.mark.parametrize(
    ("aggregate", "recorded", "typed", "hiding"),
    [
        ("mean", ["10", "20"], 18, [0]),
        ("mean", ["18", "20"], 18, None),
        ("max", ["30", "20"], 25, [0]),
        ("max", ["20", "30"], 25, None),
        ("mean", ["k10"], 18, [0]),
        ("max", ["k30", "20"], 25, [0]),
        ("latest", ["10", "k20"], 18, [1]),
    ],
)
def test_a_figure_that_other_entries_would_hide_is_refused_with_their_names(  # noqa: PLR0917 (a case and what it wants)
    aggregate, recorded, typed, hiding, town, make_desk, send, take, written, faults
):
    plan = town / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("ratio, aggregate: sum", f"ratio, aggregate: {aggregate}"), encoding="utf-8")
    made = []
    for number, one in enumerate(recorded):
        at = make_desk(town, now=datetime(2024, 5 + number, 1, 10, tzinfo=JAPAN))
        if one.startswith("k"):
            made.append(log(at, ROW, "訪問", values=[f"visits={one[1:]}"], by="産業課"))
        else:
            made.append(record_actual(at, "visits", one, year=2024, by="産業課", force=True))
    answers, form = {FIGURES: {"visits": {VALUE: typed}}}, send()[0].data
    before, outcome = written(), take(form, answers)
    if hiding is not None:
        (said,) = faults(outcome)
        names = "、".join(made[number].entry.id for number in hiding)
        assert f"{names} がある間は、この年度の値は {typed} になりません" in said
        assert written() == before
        for number in hiding:
            withdraw(make_desk(town), made[number].entry.id, reason="重複", by="産業課")
        assert take(form, answers).faults == ()
    assert make_review(make_desk(town), 2024).indicators[0].value.value == typed
    assert (take(form, answers).receipts, take(form, answers).same) == ((), 1)


def test_a_reason_beside_another_figure_of_the_year_is_refused(send, take, desk, written, faults):
    for one in ("10", "20"):
        record_actual(desk, "visits", one, year=2024, by="産業課", force=True)
    before = written()
    (said,) = faults(take(send()[0].data, {FIGURES: {"visits": {VALUE: None, "値がないときの理由": "集計中"}}}))
    assert "この年度の値が記録にあります: 30" in said
    assert "先にその値（2025-06-15-" in said
    assert written() == before


def test_less_than_the_records_make_is_refused(send, take, desk, faults):
    log(desk, ROW, "訪問", values=["visits=20"], day="2024-06-12", by="産業課")
    (said,) = faults(take(send()[0].data, {FIGURES: {"visits": {VALUE: 10}}}))
    assert "これまでの記録の合計（20）が、10 を上回っています" in said


def test_a_running_total_is_written_as_the_total(send, take, desk):
    record_actual(desk, "firms", "8", year=2023, by="企画課")
    form = send()[0].data
    (receipt,) = take(form, {FIGURES: {"firms": {VALUE: 11}}}).receipts
    assert str(receipt.entry.values["firms"]) == "3"
    assert take(form, {FIGURES: {"firms": {VALUE: 11}}}).receipts == ()


def test_a_reason_gives_way_to_a_figure_and_a_figure_to_a_reason(form, send, take, desk, faults):
    reason, source = "値がないときの理由", "出典（任意）"
    take(form, {FIGURES: {"share": {reason: "集計中", source: "アンケート"}}})
    (receipt,) = take(send()[0].data, {FIGURES: {"share": {VALUE: 48, reason: None}}}).receipts
    assert (str(receipt.entry.values["share"]), receipt.entry.missing, receipt.entry.source) == ("48", {}, "アンケート")
    later = send()[0].data
    (receipt,) = take(later, {FIGURES: {"share": {source: "台帳"}}}).receipts
    assert (str(receipt.entry.values["share"]), receipt.entry.source) == ("48", "台帳")
    assert take(later, {FIGURES: {"share": {source: "台帳"}}}).same == 1
    log(desk, ROW, "訪問", values=["visits=20"], day="2024-06-12", by="産業課")
    (said,) = faults(take(send()[0].data, {FIGURES: {"visits": {VALUE: None, reason: "集計中"}}}))
    assert "この年度の値が記録にあります: 20" in said


# -- what others recorded since -----------------------------------------------------------------


def test_what_was_recorded_since_is_never_overwritten_unasked(form, take, desk, written, faults):
    newer = evaluate(desk, ROW, year=2024, rating="A", by="課長").entry
    answers, before = {ANSWERS: {ROW: FULL}}, written()
    (said,) = faults(take(form, answers))
    assert f"課長が別の内容を記録しています（{newer.id}）" in said
    assert "--over" in said
    assert written() == before
    outcome = take(form, answers, over=True)
    assert outcome.faults == ()
    made = [entry for entry in in_force(desk) if entry.kind == "evaluation"]
    assert [(entry.rating, entry.supersedes) for entry in made] == [("B", newer.id)]
    assert f"課長の回答（{newer.id}）に代わります" in " ".join(note.text(JA) for note in outcome.told.notes)


@pytest.mark.parametrize("answer", [{VALUE: 63}, {"値がないときの理由": "集計中"}, {"出典（任意）": "台帳"}])
def test_a_figure_that_was_recorded_since_is_never_overwritten_unasked(answer, form, take, desk, written, faults):
    newer = record_actual(desk, "visits", "5", year=2024, by="課長").entry
    before, answers = written(), {FIGURES: {"visits": answer}}
    (said,) = faults(take(form, answers))
    assert f"課長が別の内容を記録しています（{newer.id}）" in said
    assert written() == before
    outcome = take(form, answers, over=True)
    assert [receipt.entry.supersedes for receipt in outcome.receipts] == [newer.id]


def test_what_was_recorded_since_and_says_the_same_is_no_fault(form, take, desk):
    evaluate(desk, ROW, year=2024, rating="B", by="課長")
    outcome = take(form, {ANSWERS: {ROW: FULL}})
    assert (len(outcome.receipts), outcome.same, outcome.faults) == (2, 1, ())


def test_an_untouched_answer_leaves_what_was_corrected_since(send, take, desk):
    first = evaluate(desk, ROW, year=2024, rating="B", by="産業課").entry
    form = send()[0].data
    evaluate(desk, None, year=None, rating="A", by="課長", correction=Correction(first.id, "見直し"))
    assert take(form).receipts == ()
    assert [entry.rating for entry in in_force(desk)] == ["A"]


def test_of_two_offices_the_later_answer_counts_and_both_stay(send, take):
    own, other = send(each=True)
    take(other.data, {ANSWERS: {"1-1-1-2": FULL}}, name="2.xlsx")
    outcome = take(own.data, {ANSWERS: {"1-1-1-2": FULL | {"評価": "A 目標達成"}}}, name="1.xlsx")
    (receipt,) = outcome.receipts
    assert (receipt.entry.rating, receipt.entry.by, receipt.before.by) == ("A", "産業課", "企画課")
    assert "企画課の回答" in outcome.told.notes[0].text(JA)
    assert receipt.entry.reason == "調査票の回答（産業課）"


def test_a_name_that_the_plan_has_changed_is_told(form, take, town):
    plan = town / "plan" / "measures.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("title: 企業訪問", "title: 会社訪問"), encoding="utf-8")
    (note,) = take(form).notes
    assert "票を配ったときは「企業訪問」でした。今は「会社訪問」です" in note.text(JA)


# -- opinions -----------------------------------------------------------------------------------


def test_an_opinion_is_answered_once_and_the_answer_corrected(opinion, send, take, desk):
    form = send()[0].data
    answers = {OPINIONS: {opinion.id: {"対応": "増やす。", "対応状況": "対応中"}}}
    (receipt,) = take(form, answers).receipts
    assert (receipt.entry.responds, receipt.entry.state) == (opinion.id, "in_hand")
    assert take(form, answers).receipts == ()
    (receipt,) = take(form, {OPINIONS: {opinion.id: {"対応": "増やした。", "対応状況": "対応済"}}}).receipts
    assert receipt.entry.supersedes is not None
    (answer,) = [entry for entry in in_force(desk) if entry.kind == "response"]
    assert (answer.text, answer.state) == ("増やした。", "answered")


def test_an_opinion_that_is_declined_says_why_by_its_answer(opinion, send, take):
    form = send()[0].data
    (receipt,) = take(form, {OPINIONS: {opinion.id: {"対応": "予算がない。", "対応状況": "対応しない"}}}).receipts
    assert (receipt.entry.state, receipt.entry.refusal) == ("declined", "予算がない。")


def test_a_state_alone_goes_on_with_the_last_answer(opinion, send, take):
    take(send()[0].data, {OPINIONS: {opinion.id: {"対応": "増やす。", "対応状況": "検討中"}}})
    (receipt,) = take(send()[0].data, {OPINIONS: {opinion.id: {"対応状況": "対応済"}}}).receipts
    assert (receipt.entry.text, receipt.entry.state, receipt.entry.supersedes) == ("増やす。", "answered", None)


# -- files and folders --------------------------------------------------------------------------


def test_a_rehearsal_writes_nothing(form, take, written, town):
    outcome = take(form, {ANSWERS: {ROW: FULL}}, dry=True)
    assert len(outcome.receipts) == 3
    assert written() == []
    assert not (town / "forms").exists()


def test_a_folder_is_taken_file_by_file(send, tmp_path, desk):
    folder = tmp_path / "back"
    folder.mkdir()
    own, other = (one.data for one in send(each=True))
    (folder / "a.xlsx").write_bytes(fill(own, {ANSWERS: {ROW: FULL}}))
    (folder / "b.xlsx").write_bytes(fill(other, {ANSWERS: {"1-1-1-2": {"評価": "S"}}}))
    (folder / "c.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "~$a.xlsx").write_bytes(b"x")
    (folder / "notes.txt").write_bytes(b"x")
    told = []
    done = import_forms(desk, folder, JA, say=lambda *words: told.append(words))
    by_name = {one.name: one for one in done.outcomes}
    assert set(by_name) == {"a.xlsx", "b.xlsx", "c.xlsx"}
    assert sorted(name for _, _, name in told) == sorted(by_name)
    assert [(number, count) for number, count, _ in told] == [(1, 3), (2, 3), (3, 3)]
    assert (len(by_name["a.xlsx"].receipts), len(by_name["b.xlsx"].faults), len(by_name["c.xlsx"].faults)) == (3, 1, 1)
    assert done.is_refused
    assert len(in_force(desk)) == 3
    assert [(one.department, one.complete, one.asked) for one in read_list(desk, 2024).back] == [("産業課", 1, 3)]


def test_a_closed_year_takes_no_form_until_it_is_reopened(form, take, town, make_desk, written, faults):
    closed = make_desk(town)
    close_year(closed, 2024, by="課長", allow_incomplete=True)
    before, outcome = written(), take(form, {ANSWERS: {ROW: FULL}, FIGURES: {"visits": {VALUE: 3}}})
    (said,) = faults(outcome)
    assert "課長が締めました" in said
    assert "pdca reopen 2024 --reason" in said
    assert (outcome.faults[0].exit_code, outcome.receipts, written()) == (3, (), before)
    reopen_year(make_desk(town), 2024, reason="回答の追加", by="課長")
    assert len(take(form, {ANSWERS: {ROW: FULL}}).receipts) == 3


@pytest.mark.parametrize("wish", [{}, {"each": True}, {"council": True}])
def test_no_form_is_made_of_a_closed_year(wish, send, desk):
    close_year(desk, 2024, by="課長", allow_incomplete=True)
    with pytest.raises(Refused, match="takes no answers; no form was made") as refused:
        send(**wish)
    assert "pdca reopen 2024" in refused.value.text(JA)
    assert len(send(2025)) == 1


def test_an_answer_that_would_change_another_closed_year_is_refused_at_its_cell(desk):
    def closed(_):
        raise Refused("FY{year} is closed", year=2023)

    receipts, (fault,) = made(desk, [FormStep(message("D12"), closed)])
    assert (receipts, fault.message.text(str), fault.exit_code) == ([], "D12: FY2023 is closed", 3)


def test_of_a_refused_form_nothing_is_said_as_if_it_were_recorded(send, take, desk, town):
    log(desk, ROW, "訪問", values=["visits=20"], day="2024-06-12", by="産業課")
    form, plan = send()[0].data, town / "plan" / "measures.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("title: 企業訪問", "title: 会社訪問"), encoding="utf-8")
    answers: Filled = {ANSWERS: {ROW: {**FULL, "当年度の取組": None}}, FIGURES: {"visits": {VALUE: 63}}}
    assert len(take(form, answers, dry=True).told.notes) == 3
    book = opened(fill(form, answers))
    cell(book, ANSWERS, "1-1-1-3", "状況").value = "順調"
    refused = take(saved(book)).told
    assert refused.is_refused
    assert [note.text(JA) for note in refused.notes] == [
        "1-1①-1 は、票を配ったときは「企業訪問」でした。今は「会社訪問」です"
    ]


def test_where_there_is_nothing_to_take_it_says_so(desk, tmp_path):
    with pytest.raises(UsageFault, match="there is no"):
        import_forms(desk, tmp_path / "nowhere.xlsx", JA)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageFault, match="no Excel files"):
        import_forms(desk, tmp_path / "empty", JA)


def test_where_one_entry_can_not_be_written_none_is_left(form, take, written, monkeypatch):
    names, real = [], os.link

    def link(temporary, path):
        names.append(path)
        if len(names) == 3:
            raise FileExistsError
        real(temporary, path)

    monkeypatch.setattr("os.link", link)
    (fault,) = take(form, {ANSWERS: {ROW: FULL}}).faults
    assert (fault.exit_code, "exists already" in fault.text(str)) == (3, True)
    assert written() == []
    monkeypatch.setattr("os.link", real)
    assert len(take(form, {ANSWERS: {ROW: FULL}}).receipts) == 3


def test_a_name_that_is_taken_is_left_alone(form, town, make_desk, tmp_path):
    (town / "records" / "2024" / ROW).mkdir(parents=True)
    taken = town / "records" / "2024" / ROW / "2025-03-31-000001.yaml"
    taken.write_text("", encoding="utf-8")
    path = tmp_path / "x.xlsx"
    path.write_bytes(fill(form, {ANSWERS: {ROW: FULL}}))
    (outcome,) = import_forms(make_desk(town, token=lambda: "000001"), path, JA).outcomes
    assert [fault.exit_code for fault in outcome.faults] == [3]
    assert taken.read_text(encoding="utf-8") == ""


def test_a_list_that_can_not_be_read_is_told(desk, town):
    (town / "forms").mkdir()
    (town / "forms" / "2024.yaml").write_text("schema: [", encoding="utf-8")
    with pytest.raises(EnvironmentFault):
        read_list(desk, 2024)
    (town / "forms" / "2024.yaml").unlink()
    (town / "forms" / "2024.yaml").symlink_to("nowhere")
    with pytest.raises(EnvironmentFault, match="can't be read"):
        read_list(desk, 2024)


def test_where_the_list_can_not_be_read_nothing_is_recorded(form, take, town, written):
    (town / "forms").mkdir(exist_ok=True)
    (town / "forms" / "2024.yaml").write_text("schema: [", encoding="utf-8")
    (fault,) = take(form, {ANSWERS: {ROW: FULL}}).faults
    assert (fault.exit_code, "2024.yaml can't be read" in fault.text(str)) == (4, True)
    assert written() == []
    (town / "forms" / "2024.yaml").unlink()
    assert len(take(form, {ANSWERS: {ROW: FULL}}).receipts) == 3


def test_where_only_the_list_can_not_be_written_what_was_recorded_is_told(form, take, written, monkeypatch):
    def full(*_, **__):
        raise EnvironmentFault("the disk is full")

    monkeypatch.setattr("mizuho_pdca.app.form_import.add_to_list", full)
    outcome = take(form, {ANSWERS: {ROW: FULL}})
    assert (len(written()), outcome.faults) == (3, ())
    assert "that it came back could not be noted: the disk is full" in [one.text(str) for one in outcome.told.notes]


def test_a_form_whose_name_is_no_text_is_listed(desk, form, tmp_path):
    path = tmp_path / "調査\udcff\x85票\x1b.xlsx"
    path.write_bytes(fill(form, {ANSWERS: {ROW: FULL}}))
    import_forms(desk, path, JA)
    assert [one.file for one in read_list(desk, 2024).back] == ["調査 票 .xlsx"]
