# mypy: allow-untyped-calls
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.input.entries import entry_in_force, typed_kind
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.respond import respond
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.errors import Refused, UsageFault

NOW = datetime(2025, 6, 15, 10, 30, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


@pytest.mark.parametrize(
    "form",
    [
        "{id}",
        "{id}.yaml",
        "records/2025/1-1-2-1/{id}.yaml",
        "records\\2025\\1-1-2-1\\{id}.yaml",
        "records/2025/1-1-2-1/{id}",
        " {id} ",
        "000001",
    ],
)
def test_an_entry_is_found_by_its_name_its_file_or_its_last_part(desk, form):
    receipt = log(desk, "1-1-2-1", "訪問")
    assert entry_in_force(desk, form.format(id=receipt.entry.id)) == (receipt.entry, [])


def test_an_entry_that_is_not_there_is_refused_with_an_example(desk):
    with pytest.raises(UsageFault) as caught:
        entry_in_force(desk, "2024-06-12-zzzzzz")
    assert "2024-06-12-zzzzzz" in caught.value.text(str)


def test_a_short_name_of_two_entries_names_both(make_desk, workspace):
    desk = make_desk(workspace, token=lambda: "000001")
    log(desk, "1-1-2-1", "一", day="2025-06-01")
    log(desk, "1-1-2-1", "二", day="2025-06-02")
    with pytest.raises(UsageFault) as caught:
        entry_in_force(desk, "000001")
    assert "2025-06-01-000001" in caught.value.text(str)
    assert "2025-06-02-000001" in caught.value.text(str)


def test_an_entry_that_is_no_longer_in_force_names_what_took_its_place(desk):
    first = log(desk, "1-1-2-1", "訪問").entry.id
    later = withdraw(desk, first, reason="誤記").entry.id
    with pytest.raises(Refused) as caught:
        entry_in_force(desk, first)
    assert first in caught.value.text(str)
    assert later in caught.value.text(str)


def test_an_entry_whose_file_is_faulty_is_not_called_missing(desk, workspace):
    receipt = log(desk, "1-1-2-1", "訪問")
    path = workspace / receipt.path
    path.write_text(path.read_text(encoding="utf-8").replace("in_progress", "実施"), encoding="utf-8")
    with pytest.raises(UsageFault) as caught:
        entry_in_force(desk, receipt.entry.id)
    assert "there is no entry" not in caught.value.text(str)


@pytest.mark.parametrize(
    "form", ["k7", "K7X", "Ｋ７ｘ３", "k7x3q9", "2024-06-12-k7", "2024-06-12", "２０２４－０６－１２－ｋ７", "2024-06"]
)
def test_an_entry_is_found_by_a_beginning_in_any_width_and_case(make_desk, workspace, form):
    desk = make_desk(workspace, token=iter(["k7x3q9", "m4t8zc"]).__next__)
    first = log(desk, "1-1-2-1", "訪問", day="2024-06-12").entry
    log(desk, "1-1-2-1", "相談", day="2025-06-12")
    assert entry_in_force(desk, form) == (first, [])


@pytest.mark.parametrize("form", ["01ab10", "OIABLO", "olabiO", "2024-06-12-OIabIo", "oi"])
def test_letters_that_no_name_has_are_read_as_the_digits_they_look_like(make_desk, workspace, form):
    desk = make_desk(workspace, token=lambda: "01ab10")
    entry = log(desk, "1-1-2-1", "訪問", day="2024-06-12").entry
    assert entry_in_force(desk, form) == (entry, [])


@pytest.mark.parametrize("form", ["k", "", "7x3q9", "2024/06/12", "zz"])
def test_what_begins_no_name_or_is_too_short_means_no_entry(make_desk, workspace, form):
    desk = make_desk(workspace, token=lambda: "k7x3q9")
    log(desk, "1-1-2-1", "訪問", day="2024-06-12")
    with pytest.raises(UsageFault, match="there is no entry"):
        entry_in_force(desk, form)


def test_several_that_begin_alike_are_all_named_with_what_they_are_known_by(make_desk, workspace):
    desk = make_desk(workspace, token=iter(["k7x3q9", "k7zzzz", "k8aaaa"]).__next__)
    log(desk, "1-1-2-1", "3社訪問\n詳細", day="2024-06-12")
    log(desk, "1-1-2-2", "相談会", day="2024-06-13")
    log(desk, "1-1-2-2", "別の記録", day="2024-06-14")
    with pytest.raises(UsageFault) as caught:
        entry_in_force(desk, "k7")
    lines = caught.value.text(str).split("\n")
    assert lines[1:3] == [
        "  2024-06-13-k7zzzz  2024-06-13 1-1②-2 相談会",
        "  2024-06-12-k7x3q9  2024-06-12 1-1②-1 3社訪問",
    ]
    assert "k8aaaa" not in caught.value.text(str)
    assert entry_in_force(desk, "k7x")[0].id == "2024-06-12-k7x3q9"


def test_of_very_many_that_begin_alike_the_rest_is_counted(make_desk, workspace):
    desk = make_desk(workspace)
    for _ in range(23):
        log(desk, "1-1-2-1", "訪問", status="in_progress", day="2024-06-12")
    with pytest.raises(UsageFault) as caught:
        entry_in_force(desk, "2024-06")
    assert caught.value.text(str).count("2024-06-12-0000") == 20
    assert "and 3 more" in caught.value.text(str)


def test_a_faulty_file_that_begins_alike_is_named_with_the_others(make_desk, workspace):
    desk = make_desk(workspace, token=iter(["k7x3q9", "k7zzzz"]).__next__)
    path = workspace / log(desk, "1-1-2-1", "訪問", day="2024-06-12").path
    log(desk, "1-1-2-2", "相談会", day="2024-06-13")
    path.write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(UsageFault) as caught:
        entry_in_force(desk, "k7")
    assert "2024-06-12-k7x3q9" in caught.value.text(str)
    with pytest.raises(UsageFault, match="has a fault"):
        entry_in_force(desk, "k7x")


def recorded_at(workspace, make_desk, hour):
    return make_desk(workspace, NOW.replace(hour=hour), token=lambda: f"{hour:06d}")


@pytest.mark.parametrize("word", ["last", "LAST", "ｌａｓｔ", "直前", " 直前 "])
def test_last_is_what_was_recorded_last_whatever_its_day_and_says_which(make_desk, workspace, monkeypatch, word):
    monkeypatch.setenv("PDCA_BY", "福祉課")
    log(recorded_at(workspace, make_desk, 12), "1-1-2-1", "昔の訪問", day="2024-06-12")
    log(recorded_at(workspace, make_desk, 11), "1-1-2-2", "昨日の相談", day="2025-06-14")
    entry, (note,) = entry_in_force(recorded_at(workspace, make_desk, 13), word)
    assert entry.id == "2024-06-12-000012"
    for said in ("2024-06-12-000012", "福祉課", "1-1②-1", "昔の訪問"):
        assert said in note.text(str)


def test_last_is_one_in_force_and_of_the_kind_that_is_corrected(make_desk, workspace):
    desk = make_desk(workspace)
    first = log(desk, "1-1-2-1", "一", day="2025-06-01")
    second = log(desk, "1-1-2-1", "二", day="2025-06-02")
    withdraw(desk, second.entry.id, reason="誤記")
    assert entry_in_force(desk, "last")[0] == first.entry
    evaluate(desk, "1-1-2-1", year=2024, rating="A")
    receipt = log(desk, None, "直した", correction=Correction("last", "誤記"))
    assert receipt.entry.supersedes == first.entry.id
    assert any(first.entry.id in note.text(str) for note in receipt.notes)


def test_last_of_nothing_is_refused(desk):
    with pytest.raises(UsageFault, match="no entry that"):
        entry_in_force(desk, "last")
    with pytest.raises(UsageFault) as caught:
        entry_in_force(desk, "last", {"opinion"}, only_open=True)
    assert "an opinion has not been recorded yet" in caught.value.text(str)
    assert "pdca opinion" in caught.value.text(str)


def test_the_last_opinion_is_the_newest_that_still_waits(make_desk, workspace):
    desk = make_desk(workspace)
    first = give_opinion(desk, "1-1-2-1", year=2024, meeting="2025-06-01", text="一").entry
    second = give_opinion(desk, "1-1-2-1", year=2024, meeting="2025-06-01", text="二").entry
    receipt = respond(desk, "last", text="済んだ", state="対応済")
    assert receipt.entry.model_dump()["responds"] == second.id
    assert any(second.id in note.text(str) for note in receipt.notes)
    assert respond(desk, "直前", text="検討する", state="検討中").entry.model_dump()["responds"] == first.id
    assert respond(desk, "直前", text="まだ開いている", state="対応済").entry.model_dump()["responds"] == first.id
    with pytest.raises(UsageFault, match="that is still open was not found"):
        respond(desk, "last", text="もうない")


@pytest.mark.parametrize(("text", "why"), [("改", "改善"), ("x", '"x" is no kind of entry'), ("a", "may be several")])
def test_a_kind_goes_by_the_beginning_of_its_name(text, why):
    if why == "改善":
        assert typed_kind(text) == "improvement"
    else:
        with pytest.raises(UsageFault) as caught:
            typed_kind(text)
        assert why in caught.value.text(str)
