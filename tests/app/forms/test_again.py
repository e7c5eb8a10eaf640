# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Forms that come again, or come back late: what was corrected or taken back meanwhile stays as it is."""

import pytest

from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.form_export import Wish, make_forms
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.language import translator
from mizuho_pdca.papers.forms.sheet import OFFICE_AT
from scripts.fill_form import cell, fill, opened, saved
from tests.app.forms.conftest import FULL, ROW, in_force

pytestmark = pytest.mark.slow

JA = translator("ja")
ANSWERS, FIGURES, OPINIONS, HEARD = "回答", "指標一覧", "意見", "会議の意見"
SUMMARY, VALUE = "当年度の取組", "今年度の実績値"
SAID = {SUMMARY: "冬に行った。", "評価": "B おおむね順調", "今後の方向性": "継続", "翌年度の予定": "続ける。"}


def notes(outcome):
    return " ".join(note.text(JA) for note in outcome.told.notes)


def text_of(form):
    return cell(opened(form), ANSWERS, ROW, SUMMARY).value


def corrected(desk, kind, text, **more):
    (entry,) = [one for one in in_force(desk) if one.kind == kind]
    return log(desk, None, text, by="課長", correction=Correction(entry.id, "見直し"), **more).entry


def test_files_that_contradict_each_other_are_each_taken_once(opinion, send, take, written):
    form = send()[0].data
    first = fill(
        form,
        {
            ANSWERS: {ROW: SAID},
            FIGURES: {"visits": {VALUE: 80}},
            OPINIONS: {opinion.id: {"対応": "増やす。", "対応状況": "対応中"}},
        },
    )
    second = fill(
        form,
        {
            ANSWERS: {ROW: {SUMMARY: "春に行った。", "評価": "A", "今後の方向性": "拡充", "翌年度の予定": "増やす。"}},
            FIGURES: {"visits": {VALUE: 85}},
            OPINIONS: {opinion.id: {"対応": "増やした。", "対応状況": "対応済"}},
        },
    )
    assert [len(take(data).receipts) for data in (first, second)] == [5, 5]
    before = written()
    again = take(first)
    assert (again.receipts, again.same, again.faults) == ((), 5, ())
    assert notes(again).count("このファイルからは記録済みで、その後に") == 5
    assert notes(take(second)) == ""
    assert written() == before
    assert len(take(first, over=True).receipts) == 5


def test_what_was_taken_back_does_not_come_again_with_the_same_file(form, take, desk):
    data = fill(form, {ANSWERS: {ROW: SAID}, FIGURES: {"visits": {VALUE: 80}}})
    for receipt in take(data).receipts:
        withdraw(desk, receipt.entry.id, reason="別の課の取組", by="課長")
    again = take(data)
    assert (again.receipts, again.faults, in_force(desk)) == ((), (), [])
    assert "課長が訂正または取り消しています" in notes(again)
    assert len(take(data, over=True).receipts) == 4


def test_a_sum_to_which_something_was_added_since_is_not_reckoned_anew(form, take, desk):
    data = fill(form, {FIGURES: {"visits": {VALUE: 80}}})
    take(data)
    log(desk, ROW, "3社を訪問。", values=["visits=3"], day="2025-03-01", by="産業課")
    again = take(data)
    assert (again.receipts, again.same) == ((), 1)


def test_a_rating_that_was_corrected_since_does_not_keep_the_same_file_out(form, take, desk):
    data = fill(form, {ANSWERS: {ROW: FULL}})
    (rated,) = [one.entry for one in take(data).receipts if one.entry.kind == "evaluation"]
    evaluate(desk, None, year=None, rating="A", by="課長", correction=Correction(rated.id, "見直し"))
    again = take(data)
    assert (again.receipts, again.same, again.faults) == ((), 3, ())


def test_opinions_of_the_same_file_are_taken_once(desk, send, take, written):
    book = opened(send(council=True)[0].data)
    book.worksheets[0].cell(OFFICE_AT[0] + 1, OFFICE_AT[1] + 1).value = "2025/5/28"
    for heading, value in {"意見": "増やしては。", "対象": "1-1-1-1", "対応": "増やす。"}.items():
        cell(book, HEARD, "new-1", heading).value = value
    data = saved(book)
    said, answer = (receipt.entry for receipt in take(data).receipts)
    correction = Correction(said.id, "聞き違い")
    give_opinion(desk, None, year=None, meeting=None, text="減らしては。", by="課長", correction=correction)
    before = written()
    again = take(data)
    assert (again.receipts, again.same, again.faults) == ((), 1, ())
    assert written() == before
    cell(book, HEARD, "new-2", "意見").value = "よい。"
    cell(book, HEARD, "new-2", "対象").value = "1-1-1-2"
    (fault,) = take(saved(book)).faults
    assert "課長が別の内容を記録しています" in fault.text(JA)
    assert answer.responds == said.id


@pytest.mark.parametrize("late", ["\n冬にも行った。", "\n冬にも行った。\n春にも行った。"])
def test_what_was_corrected_since_is_not_recorded_beside_its_correction(late, desk, send, take):
    log(desk, ROW, "説明会を開いた。", day="2024-06-12", by="産業課")
    form = send()[0].data
    corrected(desk, "activity", "説明会を2回開いた。")
    (receipt,) = take(form, {ANSWERS: {ROW: {SUMMARY: text_of(form) + late}}}).receipts
    assert (receipt.entry.summary, receipt.entry.supersedes) == (late.strip(), None)


def test_another_text_in_place_of_what_was_corrected_since_is_refused(desk, send, take, faults):
    log(desk, ROW, "説明会を開いた。", day="2024-06-12", by="産業課")
    form = send()[0].data
    later = corrected(desk, "activity", "説明会を2回開いた。")
    answers = {ANSWERS: {ROW: {SUMMARY: "説明会を3回開いた。"}}}
    (said,) = faults(take(form, answers))
    assert f"課長が別の内容を記録しています（{later.id}）" in said
    (receipt,) = take(form, answers, over=True).receipts
    assert (receipt.entry.summary, receipt.entry.supersedes) == ("説明会を3回開いた。", later.id)


def test_an_answer_that_was_corrected_since_is_not_recorded_beside_its_correction(form, take, desk, faults):
    take(form, {ANSWERS: {ROW: {SUMMARY: "冬に行った。"}}})
    later = corrected(desk, "activity", "冬に3回行った。")
    (said,) = faults(take(form, {ANSWERS: {ROW: {SUMMARY: "冬に行った。", "評価": "B"}}}))
    assert f"課長が別の内容を記録しています（{later.id}）" in said


def test_an_office_may_go_back_to_what_it_said_first(form, take, desk):
    for text in ("冬に行った。", "春に行った。"):
        take(form, {ANSWERS: {ROW: {SUMMARY: text}}})
    assert [entry.summary for entry in in_force(desk)] == ["春に行った。"]
    take(form, {ANSWERS: {ROW: {SUMMARY: "冬に行った。", "評価": "B"}}})
    assert [entry.summary for entry in in_force(desk) if entry.kind == "activity"] == ["冬に行った。"]


def test_what_was_taken_back_since_is_not_recorded_with_what_was_added_to_it(desk, send, take):
    gone = log(desk, ROW, "説明会を開いた。", day="2024-06-12", by="産業課").entry
    stays = log(desk, ROW, "5社を訪問した。", day="2024-07-01", by="産業課").entry
    form = send()[0].data
    withdraw(desk, gone.id, reason="誤記", by="課長")
    outcome = take(form, {ANSWERS: {ROW: {SUMMARY: f"{text_of(form)}\n冬にも行った。"}}})
    (receipt,) = outcome.receipts
    assert receipt.entry.summary == "冬にも行った。"
    assert f"{gone.id} は配ったときのまま文章にありますが" in notes(outcome)
    assert stays.id not in notes(outcome)
    changed = take(form, {ANSWERS: {ROW: {SUMMARY: "7月1日　5社を訪問した。\n冬にも行った。\n春も行った。"}}})
    assert gone.id not in notes(changed)


@pytest.mark.parametrize(
    ("answer", "kind"), [({"課題（あれば）": "人手"}, "evaluation"), ({"翌年度の予定": "増やす。"}, "improvement")]
)
def test_what_was_taken_back_since_is_recorded_again_only_where_that_is_asked_for(
    answer, kind, desk, send, take, faults
):
    evaluate(desk, ROW, year=2024, rating="B", by="産業課")
    improve(desk, ROW, year=2024, direction="継続", next_year="続ける。", by="産業課")
    form = send()[0].data
    for entry in in_force(desk):
        withdraw(desk, entry.id, reason="誤記", by="課長")
    (said,) = faults(take(form, {ANSWERS: {ROW: answer}}))
    assert "これと並んで票に入っていた回答が、票を配ったあとに取り消されています" in said
    assert take(form, {ANSWERS: {ROW: dict.fromkeys(answer)}}).faults == ()
    (receipt,) = take(form, {ANSWERS: {ROW: answer}}, over=True).receipts
    assert receipt.entry.kind == kind
    assert getattr(receipt.entry, "rating" if kind == "evaluation" else "direction") in ("B", "継続")


# -- what became of the plan ----------------------------------------------------------------------


@pytest.fixture
def replan(town):
    """Change the plan's text."""

    def replanned(before, after):
        plan = town / "plan" / "measures.yaml"
        text = plan.read_text(encoding="utf-8")
        assert text.count(before) == 1
        plan.write_text(text.replace(before, after), encoding="utf-8")

    return replanned


RELISTED = ("{id: 1-1-1-3, title: 相談, department: 産業課}", "{id: 1-1-1-3, relisted_from: 1-1-1-1}")


def test_answers_on_what_is_listed_again_since_are_not_put_to_another_initiative(form, take, replan, written, faults):
    replan(*RELISTED)
    both = {ROW: FULL, "1-1-1-3": FULL | {"評価": "D 遅れ"}}
    (said,) = faults(take(form, {ANSWERS: both}))
    assert "1-1①-3 は、今の計画では 1-1①-1 の再掲です" in said
    assert written() == []
    assert len(take(form, {ANSWERS: {ROW: FULL}}).receipts) == 3


def test_the_council_does_not_rate_what_is_listed_again_since(send, take, replan, faults):
    replan("scheme:\n", "scheme:\n  evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]\n")
    data = send(council=True)[0].data
    replan(*RELISTED)
    book = opened(data)
    book.worksheets[0].cell(OFFICE_AT[0] + 1, OFFICE_AT[1] + 1).value = "2025/5/28"
    cell(book, "評価", "1-1-1-3", "評価（外部評価）").value = "B"
    (said,) = faults(take(saved(book)))
    assert "1-1①-3 は、今の計画では 1-1①-1 の再掲です" in said


@pytest.mark.parametrize(
    "case",
    [
        ("visits", "unit: 件", "unit: 千件", "票では件、今は千件"),
        ("visits", "name: 訪問件数, unit: 件", "name: 訪問件数", "票では件、今は単位なし"),
        ("visits", "aggregate: sum", "aggregate: cumulative", "票では件、今は件（計画開始からの累計）"),
        ("firms", "aggregate: cumulative", "aggregate: latest", "票では社（計画開始からの累計）、今は社"),
    ],
)
def test_a_figure_that_is_counted_otherwise_since_is_refused(case, form, take, replan, written, faults):
    slug, before, after, told = case
    replan(before, after)
    (said,) = faults(take(form, {FIGURES: {slug: {VALUE: 80}, "share": {VALUE: 30}}}))
    assert told in said
    assert written() == []
    assert len(take(form, {FIGURES: {"share": {VALUE: 30}}}).receipts) == 1


def test_a_form_that_went_out_in_another_language_is_read_as_it_was_handed_out(desk, take):
    log(desk, ROW, "説明会を開いた。", day="2024-06-12", by="産業課")
    log(desk, ROW, "5社を訪問した。", day="2024-07-01", by="産業課")
    (sent,) = make_forms(desk, 2024, translator("en"), Wish())
    text = cell(opened(sent.data), "Answers", ROW, "Activities of the year").value
    assert text == "6/12 説明会を開いた。\n7/1 5社を訪問した。"
    added = {"Answers": {ROW: {"Activities of the year": f"{text}\n冬にも行った。"}}}
    (receipt,) = take(sent.data, added).receipts
    assert (receipt.entry.summary, receipt.entry.supersedes) == ("冬にも行った。", None)


@pytest.mark.parametrize("names", [("産業/課", "産業／課"), ("Trade", "TRADE")])
def test_departments_with_names_that_files_can_not_tell_apart_get_a_form_each(names, town, make_desk):
    plan = town / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    for before, name in zip(("[企画課, 産業課]", "産業課}"), names, strict=True):
        text = text.replace(f"department: {before}", f'department: "{name}"{before[-1] if before[-1] == "}" else ""}')
    plan.write_text(text, encoding="utf-8")
    made = list(make_forms(make_desk(town), 2024, translator("ja"), Wish(each=True)))
    assert [one.name.removeprefix("令和6年度実績 調査票 ") for one in made] == [
        "産業課.xlsx",
        f"{names[0].replace('/', '／')}.xlsx",
        f"{names[1]} (2).xlsx",
    ]


# -- versions of one form in a folder -------------------------------------------------------------


def test_an_old_version_that_said_nothing_new_does_not_take_back_what_a_later_one_says(
    opinion, send, take, town, written
):
    form = send()[0].data
    said: dict[str, dict[str, dict[str, object]]] = {
        ANSWERS: {ROW: {**SAID, "状況": "実施中"}},
        FIGURES: {"visits": {VALUE: 80}, "share": {"値がないときの理由": "集計中"}},
        OPINIONS: {opinion.id: {"対応": "増やす。", "対応状況": "対応中"}},
    }
    first = fill(form, said)
    same = fill(form, {**said, ANSWERS: {**said[ANSWERS], "1-1-1-3": {SUMMARY: "聞いた。"}}})
    resaved = saved(opened(first))
    last = fill(
        form,
        {
            ANSWERS: {ROW: {SUMMARY: "春に行った。", "評価": "A", "今後の方向性": "拡充", "翌年度の予定": "増やす。"}},
            FIGURES: {"visits": {VALUE: 85}, "share": {VALUE: 30}},
            OPINIONS: {opinion.id: {"対応": "増やした。", "対応状況": "対応済"}},
        },
    )
    assert [len(take(data).receipts) for data in (first, same, resaved, last)] == [6, 1, 0, 6]
    before, listed = written(), (town / "forms" / "2024.yaml").read_bytes()
    again = [take(data) for data in (first, same, resaved, last)]
    assert [(one.receipts, one.faults) for one in again] == [((), ())] * 4
    assert (written(), (town / "forms" / "2024.yaml").read_bytes()) == (before, listed)
    assert len(take(same, over=True).receipts) == 6


def test_an_old_version_of_a_meetings_form_does_not_take_back_what_a_later_one_says(send, take, written):
    book = opened(send(council=True)[0].data)
    book.worksheets[0].cell(OFFICE_AT[0] + 1, OFFICE_AT[1] + 1).value = "2025/5/28"
    for heading, value in {"意見": "増やしては。", "対象": "1-1-1-1", "対応": "増やす。"}.items():
        cell(book, HEARD, "new-1", heading).value = value
    first = saved(book)
    for heading, value in {"意見": "よい。", "対象": "1-1-1-2"}.items():
        cell(book, HEARD, "new-2", heading).value = value
    second = saved(book)
    cell(book, HEARD, "new-1", "対応").value = "増やした。"
    third = saved(book)
    assert [len(take(data).receipts) for data in (first, second, third)] == [2, 1, 1]
    before = written()
    assert [take(data).receipts for data in (first, second, third)] == [(), (), ()]
    assert written() == before


def test_a_file_whose_entries_were_deleted_is_taken_again(form, take, written):
    data = fill(form, {ANSWERS: {ROW: SAID}})
    assert len(take(data).receipts) == 3
    for path in written():
        path.unlink()
    assert len(take(data).receipts) == 3
