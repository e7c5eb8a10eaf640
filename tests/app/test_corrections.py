"""What a correction does not give stays, whatever command makes it."""
# mypy: allow-untyped-calls

import pytest

from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.respond import respond
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.domain.records.entries import Activity, Actual, Evaluation, Improvement, Opinion, Response
from mizuho_pdca.errors import Refused
from mizuho_pdca.storage.loading import load

HEAD = {"id", "recorded", "supersedes", "reason", "by"}


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


def said(entry):
    """Return what an entry says, without what every new entry has of its own."""
    return {key: value for key, value in entry.model_dump().items() if key not in HEAD}


def corrects(receipt):
    return Correction(receipt.entry.id, "誤記")


def test_an_activity_keeps_what_is_not_given(desk):
    first = log(
        desk,
        "1-1-2-1",
        "訪問\n二行目",
        status="done",
        day="2024-06-12",
        values=["company-visits=3"],
        links=["https://x"],
    )
    later = log(desk, None, None, day="2024-06-11", correction=corrects(first)).entry
    assert isinstance(later, Activity)
    assert said(later) == said(first.entry) | {"date": later.date}
    assert later.date.isoformat() == "2024-06-11"
    assert later.supersedes == first.entry.id


def test_a_figure_that_is_not_given_anew_stays_beside_one_that_is(desk):
    first = log(desk, "1-1-2-1", "訪問", values=["company-visits=3", "incubation-facility=設置"])
    later = log(desk, None, None, values=["company-visits=5"], correction=corrects(first)).entry
    assert isinstance(later, Activity)
    assert isinstance(first.entry, Activity)
    assert later.values == {**first.entry.values, "company-visits": 5}


def test_an_activity_that_is_moved_to_another_initiative_says_so(desk):
    first = log(desk, "1-1-2-1", "訪問")
    later = log(desk, "1-1-2-2", None, correction=corrects(first))
    assert later.entry.target == "1-1-2-2"
    assert "moved from 1-1②-1 to 1-1②-2" in [note.text(str) for note in later.notes]


def test_an_actual_keeps_its_source_and_the_figures_of_other_indicators(desk):
    first = record_actual(desk, "company-visits", "40", year=2024, day="2025-05-01", source="産業課集計")
    later = record_actual(desk, None, "41", year=None, correction=corrects(first)).entry
    assert isinstance(later, Actual)
    assert said(later) == said(first.entry) | {"values": {"company-visits": 41}}


def test_a_figure_takes_the_place_of_the_reason_why_there_was_none(desk):
    first = record_actual(desk, "company-visits", None, missing="集計中", year=2024, source="速報")
    later = record_actual(desk, None, "41", year=None, correction=corrects(first)).entry
    assert isinstance(later, Actual)
    assert later.missing == {}
    assert later.values == {"company-visits": 41}
    assert later.source == "速報"


def test_an_evaluation_keeps_its_rating_and_its_texts(desk):
    first = evaluate(
        desk, "1-1-2-1", year=2024, rating="B", progress="進んだ。", issues="人手が足りない。", day="2025-05-01"
    )
    later = evaluate(
        desk, None, year=None, rating=None, issues="人手も場所も足りない。", correction=corrects(first)
    ).entry
    assert isinstance(later, Evaluation)
    assert said(later) == said(first.entry) | {"issues": "人手も場所も足りない。"}
    again = evaluate(desk, None, year=None, rating="A", correction=Correction(later.id, "見直し")).entry
    assert said(again) == said(later) | {"rating": "A"}


def test_an_improvement_keeps_its_direction_or_its_plans(desk):
    first = improve(desk, "1-1-2-1", year=2024, direction="継続", next_year="来年も訪問する。", day="2025-05-01")
    later = improve(desk, None, year=None, direction="改善", next_year=None, correction=corrects(first)).entry
    assert isinstance(later, Improvement)
    assert isinstance(first.entry, Improvement)
    assert (later.next, later.date) == (first.entry.next, first.entry.date)
    assert later.direction != first.entry.direction


def test_an_opinion_keeps_its_meeting_and_what_it_is_about(desk):
    first = give_opinion(desk, "1-1", year=2024, meeting="2025-06-10", text="もっと訪問してほしい。")
    later = give_opinion(
        desk, None, year=None, meeting=None, text="訪問を増やしてほしい。", correction=corrects(first)
    ).entry
    assert isinstance(later, Opinion)
    assert said(later) == said(first.entry) | {"text": "訪問を増やしてほしい。"}


def test_a_response_keeps_what_it_answers_its_state_and_why_nothing_will_be_done(desk):
    opinion = give_opinion(desk, "1-1", year=2024, meeting="2025-06-10", text="意見").entry
    first = respond(desk, opinion.id, text="行わない。", state="対応しない", reason="予算がない。")
    later = respond(desk, None, text="当面は行わない。", correction=corrects(first)).entry
    assert isinstance(later, Response)
    assert (later.responds, later.state, later.text) == (opinion.id, "declined", "当面は行わない。")
    assert later.reason == "誤記"
    assert later.refusal == "予算がない。"
    again = respond(desk, None, text=None, state="対応済", correction=Correction(later.id, "方針変更")).entry
    assert isinstance(again, Response)
    assert again.state == "answered"
    assert again.refusal is None


def test_a_correction_may_be_about_something_else(desk):
    opinions = [
        give_opinion(desk, at, year=2024, meeting="2025-06-10", text="意見").entry for at in ("1-1", "1-2", "plan")
    ]
    first = respond(desk, opinions[0].id, text="行う。")
    for opinion in opinions[1:]:
        moved = respond(desk, opinion.id, text=None, correction=corrects(first))
        assert isinstance(moved.entry, Response)
        assert (moved.entry.responds, moved.entry.target, moved.entry.text) == (opinion.id, opinion.target, "行う。")
        first = moved
    rated = evaluate(desk, "1-1-2-1", year=2024, rating="B", progress="進んだ。")
    at_other = evaluate(desk, "1-1-2-2", year=None, rating=None, correction=corrects(rated)).entry
    assert (at_other.target, said(at_other)["progress"]) == ("1-1-2-2", "進んだ。")
    improved = improve(desk, "1-1-2-1", year=2024, direction="継続", next_year="同じ")
    at_other = improve(desk, "1-1-2-2", year=None, direction=None, next_year=None, correction=corrects(improved)).entry
    assert (at_other.target, said(at_other)["next"]) == ("1-1-2-2", "同じ")
    of_other = give_opinion(
        desk, "1-3", year=None, meeting="2025-06-11", text=None, correction=Correction(opinions[0].id, "誤記")
    ).entry
    assert (of_other.target, said(of_other)["meeting"].isoformat()) == ("1-3", "2025-06-11")


def test_what_is_taken_back_is_told(desk):
    first = log(desk, "1-1②-1", "3社訪問", day="2024-06-12").entry
    (note,) = withdraw(desk, first.id, reason="重複").notes
    assert note.text(str) == "what is taken back: an activity (実施中): 3社訪問"


def test_a_state_that_nobody_gave_is_told_once_and_stays_in_a_correction(desk):
    opinion = give_opinion(desk, "1-1", year=2024, meeting="2025-06-10", text="意見").entry
    first = respond(desk, opinion.id, text="行う。")
    later = respond(desk, None, text="行います。", correction=corrects(first))
    told = "state: 対応中 (change it with --state)"
    assert [told in [note.text(str) for note in one.notes] for one in (first, later)] == [True, False]


def test_a_refusal_without_a_reason_of_its_own_is_not_recorded_as_a_correction_either(desk):
    opinion = give_opinion(desk, "1-1", year=2024, meeting="2025-06-10", text="意見").entry
    first = respond(desk, opinion.id, text="行う。")
    with pytest.raises(Rejected) as caught:
        respond(desk, None, text=None, state="対応しない", correction=corrects(first))
    assert "[E218]" in caught.value.text(str)
    assert 'Add --grounds "…".' in caught.value.text(str)
    done = respond(desk, None, text=None, state="対応しない", grounds="予算がない。", correction=corrects(first)).entry
    assert isinstance(done, Response)
    assert done.refusal == "予算がない。"


def test_nothing_is_said_of_what_a_correction_can_t_know(desk):
    first = evaluate(desk, "1-1-2-1", year=2024, rating="B")
    evaluate(desk, None, year=None, rating="A", correction=corrects(first))
    with pytest.raises(Rejected) as caught:
        evaluate(desk, None, year=None, rating=None, issues="人手", correction=corrects(first))
    (error,) = caught.value.errors
    assert "is no longer in force" in error.text(str)
    with pytest.raises(Rejected) as caught:
        improve(desk, None, year=None, direction="継続", next_year=None, correction=corrects(first))
    (error,) = caught.value.errors
    assert "is no longer in force" in error.text(str)


@pytest.mark.slow
def test_an_entry_out_of_force_is_told_with_what_to_name_or_do_instead(desk):
    first = evaluate(desk, "1-1-2-1", year=2024, rating="B")
    second = evaluate(desk, None, year=None, rating="A", correction=corrects(first)).entry
    with pytest.raises(Refused) as caught:
        withdraw(desk, first.entry.id, reason="重複")
    assert f"Name the entry that is in force: {second.id}" in caught.value.text(str)
    withdraw(desk, second.id, reason="重複")
    with pytest.raises(Refused) as caught:
        withdraw(desk, second.id, reason="重複")
    assert f"Name the entry that is in force: {first.entry.id}" in caught.value.text(str)
    last = withdraw(desk, first.entry.id, reason="重複").entry
    with pytest.raises(Refused) as caught:
        withdraw(desk, first.entry.id, reason="重複")
    assert f"pdca withdraw {last.id} --reason" in caught.value.text(str)
    withdraw(desk, last.id, reason="やはり要る")
    assert [entry.id for entry in load(desk.tree, desk.today).ledger.in_force] == [first.entry.id]


def test_figures_beside_a_new_one_are_told_with_what_makes_the_sum_right(desk):
    typed = log(desk, "1-1-2-1", "訪問", day="2024-06-12", values=["company-visits=3"]).entry
    (note,) = record_actual(desk, "company-visits", "60", year=2024).notes
    assert f"pdca withdraw {typed.id} --reason …, and record the activity anew without -k" in note.text(str)
    withdraw(desk, typed.id, reason="合計に含まれる")
    again = log(desk, "1-1-2-1", "訪問", day="2024-06-12").entry
    before = load(desk.tree, desk.today).ledger.in_force
    assert again.id in [entry.id for entry in before]
    (note,) = record_actual(desk, "company-visits", "61", year=2024).notes
    old = next(entry for entry in before if entry.kind == "actual")
    assert f"pdca withdraw {old.id} --reason" in note.text(str)
    withdraw(desk, old.id, reason="数え直し")
    found = load(desk.tree, desk.today)
    assert found.problems == ()
    figures = [entry.values for entry in found.ledger.in_force if entry.kind == "actual"]
    assert figures == [{"company-visits": 61}]


@pytest.mark.parametrize("given", [{"reason": "予算がない。\nまた"}, {"grounds": "予算がない。"}])
@pytest.mark.parametrize("state", [None, "検討中"])
def test_why_nothing_will_be_done_is_never_recorded_of_what_will_be_done(desk, given, state):
    opinion = give_opinion(desk, "1-1", year=2024, meeting="2025-06-10", text="意見").entry
    with pytest.raises(Rejected) as caught:
        respond(desk, opinion.id, text="行う。", state=state, **given)
    assert '"予算がない。" would be why nothing will be done' in caught.value.text(str)
    assert "--state 対応しない" in caught.value.text(str)


def test_a_reason_takes_the_place_of_the_figure_there_was(desk):
    first = record_actual(desk, "company-visits", "60", year=2024)
    later = record_actual(desk, None, None, year=2024, missing="集計中", correction=corrects(first)).entry
    assert isinstance(later, Actual)
    assert (later.values, later.missing) == ({}, {"company-visits": "集計中"})


def test_another_source_alone_keeps_the_figure(desk):
    first = record_actual(desk, "company-visits", "60", year=2024)
    later = record_actual(desk, None, None, year=2024, source="台帳", correction=corrects(first)).entry
    assert isinstance(later, Actual)
    assert (later.values, later.source) == ({"company-visits": 60}, "台帳")


@pytest.mark.parametrize(
    ("was", "given", "said_of_it"),
    [
        ({"as_of": "R6.10末", "provisional": True}, {"source": "台帳"}, ("R6.10末", True, None)),
        ({"as_of": "R6.10末"}, {"provisional": True}, ("R6.10末", True, None)),
        ({"provisional": True}, {"as_of": "R7.3末"}, ("R7.3末", True, None)),
        ({"as_of": "R6.10末"}, {"as_of": "R7.3末"}, ("R7.3末", None, None)),
        ({"as_of": "R6.10末", "provisional": True}, {"value": "61"}, (None, None, None)),
        ({"as_of": "R6.10末", "provisional": True}, {"missing": "集計中"}, (None, None, None)),
        ({}, {"value": "61", "as_of": "R7.3末", "provisional": True}, ("R7.3末", True, None)),
        ({"half": "上半期"}, {"value": "61"}, (None, None, "first")),
        ({"half": "上半期"}, {"half": "下半期"}, (None, None, "second")),
        ({"half": "上半期"}, {"day": "2025-03-01"}, (None, None, "second")),
        ({"half": "上半期"}, {"day": "2025-05-01"}, (None, None, None)),
    ],
)
def test_what_is_said_of_a_figure_stays_as_long_as_the_figure(desk, was, given, said_of_it):
    first = record_actual(desk, "company-visits", "60", year=2024, **was)
    given = {"value": None, "year": None} | given
    later = record_actual(desk, None, correction=corrects(first), **given).entry
    assert isinstance(later, Actual)
    assert (later.as_of, later.provisional, later.half) == said_of_it


def test_an_actual_that_can_not_be_a_count_is_refused_unless_it_is_forced(desk):
    with pytest.raises(Rejected) as caught:
        record_actual(desk, "company-visits", "1.5", year=2024)
    assert "no whole number" in caught.value.text(str)
    assert list(desk.tree.records()) == []
    assert record_actual(desk, "company-visits", "1.5", year=2024, force=True).path


CORRECTING = {
    "log": lambda desk, lost: log(desk, None, "訪問", correction=lost),
    "actual": lambda desk, lost: record_actual(desk, None, "60", year=None, correction=lost),
    "evaluate": lambda desk, lost: evaluate(desk, None, year=None, rating="A", correction=lost),
    "improve": lambda desk, lost: improve(desk, None, year=None, direction="継続", next_year="x", correction=lost),
    "opinion": lambda desk, lost: give_opinion(desk, None, year=None, meeting=None, text="意見", correction=lost),
    "respond": lambda desk, lost: respond(desk, None, text="行う。", correction=lost),
}


@pytest.mark.parametrize("correct", CORRECTING.values(), ids=CORRECTING)
def test_a_correction_of_what_is_not_there_names_that_alone(desk, correct):
    with pytest.raises(Rejected) as caught:
        correct(desk, Correction("2024-06-12-zzzzzz", "誤記"))
    (told,) = caught.value.errors
    assert "2024-06-12-zzzzzz" in told.text(str)
    assert list(desk.tree.records()) == []


# -- what counts though it should not have been recorded ------------------------------------------


@pytest.fixture
def paid(workspace, make_desk):
    """Return a desk where a payment below 0 was recorded by hand, and its name."""
    path = workspace / "plan" / "measures.yaml"
    cost = "indicators:\n  - {id: cost, name: 事業費, unit: 円, kind: input}\n"
    path.write_text(path.read_text(encoding="utf-8").replace("indicators:\n", cost, 1), encoding="utf-8")
    desk = make_desk(workspace)
    at = desk.plan.indicators["cost"][1].id
    file = workspace / "records" / "2024" / at / "2025-05-01-aaaaaa.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(
        f"schema: 1\nid: {file.stem}\nkind: actual\ntarget: '{at}'\ndate: 2025-05-01\nfiscal_year: 2024\n"
        "values: {cost: -20}\nby: 産業課\nrecorded: 2025-05-01T10:00:00+09:00\n",
        encoding="utf-8",
    )
    return make_desk(workspace), file.stem


def found(desk):
    workspace = load(desk.tree, desk.today)
    return [problem.fault.code for problem in workspace.problems], [one.id for one in workspace.ledger.in_force]


def test_money_below_0_counts_until_it_is_taken_back_or_corrected(paid):
    desk, name = paid
    assert found(desk) == (["E228"], [name])
    withdraw(desk, name, reason="払戻し")
    assert found(desk) == ([], [])


def test_money_below_0_is_corrected_by_command(paid):
    desk, name = paid
    record_actual(desk, None, "0", year=None, correction=Correction(name, "払戻し"))
    codes, (now,) = found(desk)
    assert (codes, now != name) == ([], True)


def test_money_below_0_in_a_year_that_was_closed_with_it_stays(paid, monkeypatch):
    desk, name = paid
    with monkeypatch.context() as before:
        before.setattr("mizuho_pdca.domain.records.checks.is_amount", lambda *_: True)
        close_year(desk, 2024, allow_incomplete=True)
    assert found(desk) == ([], [name])
