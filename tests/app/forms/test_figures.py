# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Figures of a form that stand in one entry of the records: what corrects it is one correction."""

import pytest

from mizuho_pdca.app.actual import ToldFigure, record_actual
from mizuho_pdca.app.log import log
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.language import translator
from scripts.fill_form import cell, opened
from tests.app.forms.conftest import ROW, in_force

FIGURES, VALUE, REASON, SOURCE = "指標一覧", "今年度の実績値", "値がないときの理由", "出典（任意）"
JA = translator("ja")


@pytest.fixture
def whole(desk):
    """Record one entry with the figures of two indicators."""
    more = [ToldFigure("share", "48")]
    return record_actual(desk, "visits", "60", year=2024, by="産業課", source="集計", more=more).entry


def told(entry):
    """Return what an entry says of its indicators."""
    return {slug: str(value) for slug, value in entry.values.items()} | entry.missing


def notes(outcome):
    """Return what is said beside what was recorded."""
    return [note.text(JA) for note in outcome.told.notes]


ANSWERS = {
    "two figures": (
        {"visits": {VALUE: 63}, "share": {VALUE: 50}},
        {"visits": "63", "share": "50"},
        "集計",
    ),
    "a figure and a reason": (
        {"visits": {VALUE: 63}, "share": {VALUE: None, REASON: "集計中"}},
        {"visits": "63", "share": "集計中"},
        "集計",
    ),
    "two reasons": (
        {"visits": {VALUE: None, REASON: "未調査"}, "share": {VALUE: None, REASON: "集計中"}},
        {"visits": "未調査", "share": "集計中"},
        "集計",
    ),
    "a figure and the other's source": (
        {"visits": {VALUE: 63}, "share": {SOURCE: "台帳"}},
        {"visits": "63", "share": "48"},
        "台帳",
    ),
    "the same source twice": (
        {"visits": {SOURCE: "台帳"}, "share": {SOURCE: " 台帳"}},
        {"visits": "60", "share": "48"},
        "台帳",
    ),
}


@pytest.mark.parametrize("case", ANSWERS.values(), ids=ANSWERS)
def test_what_corrects_one_entry_is_one_correction(case, whole, send, take, desk, written):
    answers, values, source = case
    form = send()[0].data
    (receipt,) = take(form, {FIGURES: answers}).receipts
    assert receipt.entry.supersedes == whole.id
    (entry,) = in_force(desk)
    assert (told(entry), entry.source) == (values, source)
    before = written()
    again = take(form, {FIGURES: answers})
    assert (again.receipts, again.faults, written()) == ((), (), before)


def test_two_sources_of_one_entry_are_its_source_together_and_each_can_be_corrected(whole, send, take, desk):
    answers, form = {"visits": {SOURCE: "台帳"}, "share": {VALUE: 50, SOURCE: "調査"}}, send()[0].data
    outcome = take(form, {FIGURES: answers})
    assert [receipt.entry.supersedes for receipt in outcome.receipts] == [whole.id]
    at = cell(opened(form), FIGURES, "visits", SOURCE).coordinate
    assert notes(outcome) == [
        f"「{FIGURES}」{at}: 1件の記録にまとまっている値なので、出典は「台帳、調査」とまとめて記録します"
    ]
    (entry,) = in_force(desk)
    assert (told(entry), entry.source) == ({"visits": "60", "share": "50"}, "台帳、調査")
    again = take(form, {FIGURES: answers})
    assert (again.receipts, again.faults, again.same) == ((), (), 2)
    changed = answers | {"share": {VALUE: 50, SOURCE: "報告"}}
    (receipt,) = take(form, {FIGURES: changed}).receipts
    assert (receipt.entry.source, receipt.entry.supersedes) == ("台帳、報告", entry.id)
    assert take(form, {FIGURES: changed}).receipts == ()


def test_a_source_of_a_figure_alone_is_shortened_where_somebody_does(form, take, desk):
    take(form, {FIGURES: {"visits": {VALUE: 63, SOURCE: "台帳、調査"}}})
    (receipt,) = take(form, {FIGURES: {"visits": {VALUE: 63, SOURCE: "台帳"}}}).receipts
    assert (receipt.entry.source, receipt.entry.supersedes is None) == ("台帳", False)
    assert len(in_force(desk)) == 1


@pytest.mark.usefixtures("whole")
def test_a_source_that_is_also_that_of_another_figure_is_told(send, take):
    outcome = take(send()[0].data, {FIGURES: {"visits": {VALUE: 63, SOURCE: "台帳"}}})
    assert [note for note in notes(outcome) if "黒字の割合" in note and "出典" in note]


@pytest.mark.parametrize(
    ("answers", "cleared"),
    [
        ({VALUE: 63}, []),
        ({VALUE: None}, [VALUE]),
        ({VALUE: None, REASON: "集計中"}, []),
    ],
)
@pytest.mark.usefixtures("whole")
def test_what_was_cleared_is_told_unless_something_takes_its_place(send, take, answers, cleared):
    form = send()[0].data
    outcome = take(form, {FIGURES: {"visits": answers}})
    sheet = opened(form)
    places = [cell(sheet, FIGURES, "visits", heading).coordinate for heading in cleared]
    assert notes(outcome) == [f"「{FIGURES}」{at}: 欄は空になっていますが、記録は残します" for at in places]
    assert outcome.faults == ()
    assert len(outcome.receipts) == int(answers.get(VALUE) is not None or REASON in answers)


@pytest.mark.usefixtures("whole")
def test_an_unknown_reason_is_told_by_its_own_cell(send, take, written, faults):
    form, before = send()[0].data, written()
    at = cell(opened(form), FIGURES, "share", REASON).coordinate
    (said,) = faults(take(form, {FIGURES: {"visits": {VALUE: 63}, "share": {VALUE: None, REASON: "忙しい"}}}))
    assert f"「{FIGURES}」{at}: " in said
    assert written() == before


@pytest.mark.parametrize("answer", [{VALUE: 63}, {REASON: "集計中"}])
def test_a_source_that_is_written_later_beside_the_same_answer_is_recorded(answer, form, take, desk):
    take(form, {FIGURES: {"visits": answer}})
    (receipt,) = take(form, {FIGURES: {"visits": answer | {SOURCE: "台帳"}}}).receipts
    (entry,) = in_force(desk)
    assert (receipt.entry.id, entry.source) == (entry.id, "台帳")
    assert take(form, {FIGURES: {"visits": answer | {SOURCE: "台帳"}}}).receipts == ()


def test_a_source_of_a_figure_that_activities_make_is_told_as_not_recorded(send, take, desk, written):
    log(desk, ROW, "訪問", values=["visits=20"], day="2024-06-12", by="産業課")
    form, before = send()[0].data, written()
    outcome = take(form, {FIGURES: {"visits": {SOURCE: "台帳"}}})
    assert (outcome.receipts, outcome.faults, written()) == ((), (), before)
    assert "この出典は記録していません" in notes(outcome)[0]


@pytest.mark.usefixtures("whole")
def test_a_reason_in_the_place_of_a_figure_says_nothing_of_what_stays(send, take):
    outcome = take(send()[0].data, {FIGURES: {"share": {VALUE: None, REASON: "集計中"}}})
    assert [note for note in notes(outcome) if "空になっています" in note] == []


def test_of_a_figure_that_was_reckoned_nothing_is_said_that_would_undo_it(send, take, desk):
    log(desk, ROW, "訪問", values=["visits=3"], day="2024-06-12", by="産業課")
    actual = record_actual(desk, "visits", "4", year=2024, by="産業課").entry
    form = send()[0].data
    at = cell(opened(form), FIGURES, "visits", VALUE).coordinate
    outcome = take(form, {FIGURES: {"visits": {VALUE: 10}}})
    assert [(told(one.entry), one.entry.supersedes) for one in outcome.receipts] == [({"visits": "7"}, actual.id)]
    assert notes(outcome) == [f"「{FIGURES}」{at}: 7 として記録します。これまでの記録（3）と合わせて 10 になります"]
    again = take(form, {FIGURES: {"visits": {VALUE: 10, SOURCE: "台帳"}}})
    assert [one.entry.source for one in again.receipts] == ["台帳"]
    assert not [note for note in notes(again) if "withdraw" in note]


@pytest.mark.parametrize("said", [{"value": "40"}, {"value": None, "missing": "集計中"}])
def test_a_source_of_a_figure_that_an_activity_makes_is_not_written_on_another_entry(
    said, send, take, desk, written, faults
):
    actual = record_actual(desk, "share", year=2024, day="2024-06-12", by="産業課", **said).entry
    activity = log(desk, ROW, "訪問", values=["share=60"], day="2025-03-12", by="産業課").entry
    form, before = send()[0].data, written()
    assert str(cell(opened(form), FIGURES, "share", VALUE).value) == "60"
    at = cell(opened(form), FIGURES, "share", SOURCE).coordinate
    (fault,) = faults(take(form, {FIGURES: {"share": {SOURCE: "台帳"}}}))
    assert (f"「{FIGURES}」{at}: " in fault, actual.id in fault, activity.id in fault) == (True, True, True)
    assert written() == before
    withdraw(desk, activity.id, reason="数え直し", by="産業課")
    (receipt,) = take(form, {FIGURES: {"share": {SOURCE: "台帳"}}}).receipts
    assert (receipt.entry.source, receipt.entry.supersedes) == ("台帳", actual.id)


def test_a_source_of_one_of_two_figures_that_make_a_mean_is_refused(town, send, take, desk, faults):
    plan = town / "plan" / "measures.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("latest, targets", "mean, targets"), encoding="utf-8")
    actual = record_actual(desk, "share", "40", year=2024, by="産業課").entry
    activity = log(desk, ROW, "訪問", values=["share=60"], day="2025-03-12", by="産業課").entry
    (fault,) = faults(take(send()[0].data, {FIGURES: {"share": {SOURCE: "台帳"}}}))
    assert f"{activity.id} もあるため、この年度の値は {actual.id} の値ではありません" in fault
