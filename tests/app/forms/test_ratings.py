# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""Ratings that come back: of parts of the plan, and the council's own, given at its meeting."""

import datetime as dt
import re

import pytest

from mizuho_pdca.app.evaluate import evaluate
from scripts.fill_form import cell, opened, saved
from tests.app.forms.conftest import FULL, ROW, in_force

PARTS, RATED, ANSWERS = "施策等の評価", "評価", "回答"
RATES = "  rate: [plan, measure, initiative]\n"
TWO = "  evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]\n"
MEETING = dt.date(2025, 5, 28)


@pytest.fixture(autouse=True)
def judged(town):
    """Let the plan rate its parts, and the council rate beside the office."""
    plan = town / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("scheme:\n", f"scheme:\n{RATES}{TWO}"), encoding="utf-8")
    return plan


@pytest.fixture
def hold(take):
    """Import a form of a meeting, with ratings by row and heading."""

    def held(data, rows, day=MEETING, **more):
        book = opened(data)
        book["はじめに"]["C4"] = day
        for row, said in rows.items():
            for heading, value in said.items():
                cell(book, RATED, row, heading).value = value
        return take(saved(book), **more)

    return held


def test_parts_of_the_plan_are_rated_as_if_by_commands(send, take, desk):
    answers = {
        PARTS: {
            "plan": {"評価の説明（任意）": "全体として進んだ。"},
            "1-1": {"評価（自己評価）": "B おおむね順調", "課題（あれば）": "人手"},
        },
        ANSWERS: {ROW: {name if name != "評価" else "評価（自己評価）": text for name, text in FULL.items()}},
    }
    form = send()[0].data
    outcome = take(form, answers, by="企画課")
    assert (outcome.faults, outcome.complete, outcome.asked) == ((), 2, 5)
    made = {entry.target: entry for entry in in_force(desk) if entry.kind == "evaluation"}
    assert {target: (one.evaluator, one.rating) for target, one in made.items()} == {
        "plan": ("self", None),
        "1-1": ("self", "B"),
        ROW: ("self", "B"),
    }
    assert (made["plan"].progress, made["1-1"].issues) == ("全体として進んだ。", "人手")
    assert take(form, answers, by="企画課").receipts == ()
    answers[PARTS]["1-1"]["評価（自己評価）"] = "A"
    (receipt,) = take(form, answers, by="企画課").receipts
    assert (receipt.entry.rating, receipt.entry.issues, receipt.entry.supersedes) == ("A", "人手", made["1-1"].id)


def test_where_parts_alone_are_judged_a_form_is_complete_without_its_initiatives(send, take, judged, desk):
    text = judged.read_text(encoding="utf-8")
    above = re.sub(r"  statuses:\n( +-.*\n)+", "  statuses: []\n", text).replace(RATES, "  rate: [measure]\n")
    judged.write_text(above, encoding="utf-8")
    form = send()[0].data
    outcome = take(form, {PARTS: {"1-1": {"評価（自己評価）": "B"}}, ANSWERS: {ROW: {"当年度の取組": "63社。"}}})
    assert (outcome.faults, outcome.complete, outcome.asked) == ((), 1, 1)
    assert {entry.target: entry.kind for entry in in_force(desk)} == {"1-1": "evaluation", ROW: "activity"}


BAD = {
    "remarks without a rating": ({"課題（あれば）": "人手"}, "評価（自己評価）", "評価が空欄です"),
    "a rating that is none": ({"評価（自己評価）": "S"}, "評価（自己評価）", "評価「S」"),
    "an error": ({"評価の説明（任意）": "#N/A"}, "評価の説明（任意）", "#N/A"),
    "a changed title": ({"対象": "別の施策"}, "対象", "元は「施策」"),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_what_is_wrong_with_the_rating_of_a_part_is_told_by_its_cell(case, send, take, written, faults):
    said, heading, words = case
    form = send()[0].data
    at = cell(opened(form), PARTS, "1-1", heading).coordinate
    (told,) = faults(take(form, {PARTS: {"1-1": said}}))
    assert f"「{PARTS}」{at}: " in told
    assert words in told
    assert written() == []


def test_a_part_that_the_plan_has_no_longer_is_told(send, take, faults):
    book = opened(send()[0].data)
    cell(book, PARTS, "1-1", "評価（自己評価）").value = "A"
    cell(book, PARTS, "1-1", "id").value = "9-9"
    (told,) = faults(take(saved(book)))
    assert "「9-9」は、もう計画にも記録にもありません" in told


def test_the_council_rates_at_its_meeting_beside_the_office(send, hold, desk):
    own = evaluate(desk, ROW, year=2024, rating="A", progress="達成。", by="産業課").entry
    form = send(council=True)[0].data
    assert cell(opened(form), RATED, ROW, "評価（自己評価）").value == "A 目標達成\n達成。"
    said = {ROW: {"評価（外部評価）": "B おおむね順調", "評価の説明（任意）": "もう一歩。"}}
    outcome = hold(form, said, by="事務局")
    assert outcome.faults == ()
    first, second = (entry for entry in in_force(desk) if entry.kind == "evaluation")
    assert {first.id, second.id} > {own.id}
    given = first if second.id == own.id else second
    assert (given.evaluator, given.rating, given.progress, given.meeting) == ("council", "B", "もう一歩。", MEETING)
    assert hold(form, said, by="事務局").receipts == ()
    later = send(council=True)[0].data
    assert hold(later, {}).receipts == ()
    (receipt,) = hold(later, {ROW: {"評価（外部評価）": "C"}}, by="事務局").receipts
    assert (receipt.entry.rating, receipt.entry.evaluator, receipt.entry.supersedes) == ("C", "council", given.id)


def test_ratings_of_the_council_without_the_day_of_its_meeting_are_refused_once(send, hold, written, faults):
    book = opened(send(council=True)[0].data)
    cell(book, "会議の意見", "new-1", "意見").value = "増やしては。"
    cell(book, "会議の意見", "new-1", "対象").value = "計画全体"
    rated = {"評価（外部評価）": "B"}
    (told,) = faults(hold(saved(book), {ROW: rated, "1-1-1-3": rated}, day=None))
    assert "会議の日が空欄です" in told
    assert written() == []


def test_a_form_for_the_council_without_ratings_needs_no_day(send, take):
    assert take(send(council=True)[0].data).faults == ()


def test_a_remark_of_the_council_without_a_rating_is_told(send, hold, faults):
    (told,) = faults(hold(send(council=True)[0].data, {ROW: {"評価の説明（任意）": "もう一歩。"}}))
    assert f"「{RATED}」" in told
    assert "評価が空欄です" in told


def test_where_the_council_no_longer_rates_its_ratings_are_refused(send, hold, judged, written, faults):
    form = send(council=True)[0].data
    judged.write_text(judged.read_text(encoding="utf-8").replace(TWO, ""), encoding="utf-8")
    (told,) = faults(hold(form, {ROW: {"評価（外部評価）": "B"}}))
    assert f"「{RATED}」" in told
    assert "計画の評価者に、協議会（council）がもうありません" in told
    assert written() == []


def test_a_council_with_words_of_its_own_is_offered_them_and_rates_by_them(judged, send, hold, desk):
    own = TWO.replace("外部評価}", "外部評価, scale: {states: [{code: ok, name: 妥当}, {code: ng, name: 見直し}]}}")
    judged.write_text(judged.read_text(encoding="utf-8").replace(TWO, own), encoding="utf-8")
    evaluate(desk, ROW, year=2024, rating="A", by="産業課")
    form = send(council=True)[0].data
    (receipt,) = hold(form, {ROW: {"評価（外部評価）": "妥当"}}, by="事務局").receipts
    assert (receipt.entry.evaluator, receipt.entry.rating) == ("council", "ok")
    assert cell(opened(send(council=True)[0].data), RATED, ROW, "評価（外部評価）").value == "ok 妥当"
    refused = hold(form, {ROW: {"評価（外部評価）": "A"}}, by="事務局")
    assert [fault.text(str) for fault in refused.faults]
    assert refused.receipts == ()
