# mypy: allow-untyped-calls, disable-error-code="union-attr"
import json
from decimal import Decimal
from pathlib import Path

import pytest
import ryaml

from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.commit import commit_entry
from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.log import initiatives_below, log
from mizuho_pdca.app.review import make_review
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.errors import EnvironmentFault, PdcaError, Refused
from mizuho_pdca.language import translator
from mizuho_pdca.papers.words import print_measured
from mizuho_pdca.render.text.receipt import receipt_text
from mizuho_pdca.storage.loading import load

JA = translator("ja")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


def notes(receipt):
    return [note.text(str) for note in receipt.notes]


def initiative(desk, number, year=2024):
    return next(row for row in make_review(desk, year).initiatives if row.place.id == number)


def problems(desk):
    return [problem.fault.code for problem in load(desk.tree, desk.today).problems]


# -- log --------------------------------------------------------------------------------------


def test_an_activity_is_recorded_with_all_that_was_given(desk):
    receipt = log(
        desk,
        "1-1②-1",
        " 訪問 \r\n した ",
        status="実施済（当年度分）",
        day="R6.6.12",
        values=["company-visits=3件", "consultation-sessions=1"],
        links=["https://www.example.jp/"],
        by="商工会",
    )
    entry = receipt.entry
    assert (entry.target, entry.date.isoformat(), entry.status, entry.by) == ("1-1-2-1", "2024-06-12", "done", "商工会")
    assert entry.summary == "訪問\n した"
    assert entry.values == {"company-visits": Decimal(3), "consultation-sessions": Decimal(1)}
    assert entry.links == ("https://www.example.jp/",)
    assert notes(receipt) == [
        "経営相談会の開催回数 is an indicator of 1-1②-2 経営相談会の実施",
        "2024-06-12 is in FY2024; this year is FY2025",
    ]
    assert [total.text(str) for total in receipt.totals] == [
        "企業訪問件数, FY2024: sum 3件",
        "経営相談会の開催回数, FY2024: sum 1回",
    ]
    assert problems(desk) == []


@pytest.mark.parametrize(("day", "folder"), [("2025-02-10", "2024"), ("2025-03-31", "2024"), ("2025-04-01", "2025")])
def test_an_activity_lands_in_the_fiscal_year_of_its_day(desk, day, folder):
    assert log(desk, "1-1②-1", "訪問", day=day).path.startswith(f"records/{folder}/1-1-2-1/{day}-")


def test_a_relisting_is_recorded_for_its_original(desk):
    receipt = log(desk, "1-6①-1", "交流会")
    assert receipt.path.startswith("records/2025/1-3-1-1/")
    assert "1-6①-1" in notes(receipt)[0]
    assert "1-3①-1" in notes(receipt)[0]
    assert initiative(desk, "1-6-1-1", 2025).state.reported


def test_a_broader_number_is_recorded_as_a_whole_without_a_status(desk):
    receipt = log(desk, "1-1②", "まとめ")
    assert receipt.entry.status is None
    assert "1-1②" in notes(receipt)[0]
    assert not initiative(desk, "1-1-2-1", 2025).state.reported


@pytest.mark.parametrize("word", ["実施中", "in_progress", " 実施中 "])
def test_a_status_is_given_by_its_name_or_its_code(desk, word):
    assert log(desk, "1-1②-1", "x", status=word).entry.status == "in_progress"


@pytest.mark.parametrize("word", ["実施済（当年度分）", "実施済(当年度分)"])
def test_a_status_may_be_typed_in_either_width(desk, word):
    assert log(desk, "1-1②-1", "x", status=word).entry.status == "done"


def test_a_status_is_inherited_within_the_year(desk):
    first = log(desk, "1-1②-1", "x", day="2024-05-01")
    assert (first.entry.status, "実施中" in notes(first)[0]) == ("in_progress", True)
    log(desk, "1-1②-1", "x", day="2024-06-01", status="休止")
    inherited = log(desk, "1-1②-1", "x", day="2024-07-01")
    assert (inherited.entry.status, "休止" in notes(inherited)[0]) == ("suspended", True)
    assert log(desk, "1-1②-2", "x", day="2024-07-01").entry.status == "in_progress"
    assert log(desk, "1-1②-1", "x", day="2025-05-01").entry.status == "in_progress"


def test_a_status_that_was_taken_back_is_not_inherited(desk):
    log(desk, "1-1②-1", "x", day="2024-06-01", status="準備中")
    mistaken = log(desk, "1-1②-1", "x", day="2024-06-02", status="完了")
    withdraw(desk, mistaken.entry.id, reason="誤記")
    assert log(desk, "1-1②-1", "x", day="2024-06-03").entry.status == "preparing"


def test_of_a_file_that_can_t_be_read_nothing_is_inherited(desk, workspace):
    given = log(desk, "1-1②-1", "x", day="2024-06-01", status="準備中").entry
    for folder in ("1-1-2-1", "1-1-2-2"):
        broken = workspace / "records/2024" / folder / "2024-06-02-aaaaaa.yaml"
        broken.parent.mkdir(exist_ok=True)
        broken.write_text(f"supersedes: {given.id}\nstatus: [", encoding="utf-8")
    assert log(desk, "1-1②-1", "x", day="2024-06-03").entry.status == "preparing"


def test_a_total_is_of_what_is_in_force(desk, workspace):
    first = log(desk, "1-1②-1", "訪問", day="2024-06-01", values=["company-visits=3"])
    log(desk, "1-1②-1", "電話", day="2024-06-01", values=["company-visits=5"])
    path = workspace / "records/2024/1-1-2-1/2024-06-01-aaaaaa.yaml"
    text = (workspace / first.path).read_text(encoding="utf-8").replace(first.entry.id, path.stem)
    correction = f"supersedes: {first.entry.id}\nreason: 訪問ではない\n"
    path.write_text(
        text.partition("values:")[0] + correction + "by: 産業課\nrecorded: 2025-06-15T10:30:09+09:00\n",
        encoding="utf-8",
    )
    assert problems(desk) == []

    def total():
        receipt = log(desk, "1-1②-1", "面談", day="2024-06-02", values=["company-visits=10"])
        return [one.text(str) for one in receipt.totals]

    assert total() == ["企業訪問件数, FY2024: sum 5件 → 15件"]
    withdraw(desk, path.stem, reason="やはり訪問")
    assert total() == ["企業訪問件数, FY2024: sum 18件 → 28件"]
    withdraw(desk, first.entry.id, reason="重複")
    assert total() == ["企業訪問件数, FY2024: sum 25件 → 35件"]


@pytest.mark.slow
def test_a_text_that_no_file_holds_is_refused_with_what_to_do_instead(desk):
    with pytest.raises(Rejected) as caught:
        log(desk, "1-1②-1", "訪問した。" * 100_000)
    text = caught.value.text(str)
    assert "the entry would be larger than 1048576 bytes" in text
    assert "Shorten the text; keep long papers beside the records and name them with --link." in text
    assert list(desk.tree.records()) == []


@pytest.mark.parametrize(
    ("value", "faults"),
    [("3", 1), ("2.5", 1), ("二件", 1), ("company-visits=2.5", 2), ("訪問回数=3", 2)],
)
def test_of_a_place_that_there_is_not_no_other_indicator_is_told(desk, value, faults):
    with pytest.raises(Rejected) as caught:
        log(desk, "企業訪門", "訪問", values=[value])
    assert len(caught.value.errors) == faults


@pytest.mark.parametrize(
    ("value", "remedy"),
    [("company-visits=3時間", "Write the figure alone, in 件."), ("incubation-facility=3", "Write 設置 or なし.")],
)
def test_what_is_no_answer_of_an_indicator_is_told_with_what_may_be_written(desk, value, remedy):
    with pytest.raises(Rejected) as caught:
        log(desk, "1-1②-1", "訪問", values=[value])
    assert remedy in caught.value.text(str)


def test_a_status_that_moved_to_another_initiative_is_not_inherited(desk):
    mistaken = log(desk, "1-1②-1", "x", day="2024-06-02", status="完了")
    log(desk, "1-1②-2", "x", correction=Correction(mistaken.entry.id, "取組の誤り"))
    assert log(desk, "1-1②-1", "x", day="2024-06-03").entry.status == "in_progress"


def test_a_folder_among_the_records_does_not_keep_anybody_from_recording(desk, workspace):
    log(desk, "1-1②-1", "x", day="2024-06-01", status="休止")
    (workspace / "records" / "2024" / "1-1-2-2" / "folder.yaml").mkdir(parents=True)
    assert log(desk, "1-1②-1", "x", day="2024-06-02").entry.status == "suspended"


def test_faulty_files_do_not_keep_anybody_from_recording(desk, workspace):
    (workspace / "records" / "2024" / "1-1-2-1").mkdir(parents=True)
    (workspace / "records" / "2024" / "1-1-2-1" / "2024-05-01-aaaaaa.yaml").write_bytes(b"\xff")
    assert log(desk, "1-1②-1", "x", day="2024-06-01").entry.status == "in_progress"


def test_a_faulty_status_is_not_inherited(desk, workspace):
    first = log(desk, "1-1②-1", "x", day="2024-05-01", status="準備中")
    path = workspace / first.path
    path.write_text(path.read_text(encoding="utf-8").replace("preparing", "実施"), encoding="utf-8")
    assert log(desk, "1-1②-1", "x", day="2024-06-01").entry.status == "in_progress"


def test_a_figure_given_twice_is_not_dropped_in_silence(desk):
    with pytest.raises(PdcaError):
        log(desk, "1-1②-1", "x", values=["company-visits=3", "company-visits=4"])


def test_every_mistake_of_a_command_is_said_at_once(desk, workspace):
    with pytest.raises(Rejected) as caught:
        log(
            desk,
            "1-1②-1",
            "x",
            status="実施",
            day="13/6",
            values=["company-visit=3", "企業", "consultation-sessions=x"],
        )
    text = caught.value.text(str)
    assert [word for word in ('"13/6"', "company-visit", '"企業"', '"x"', "[E204]", "[E208]") if word not in text] == []
    assert not (workspace / "records").exists()


def test_a_number_and_a_day_that_are_both_wrong_are_said_at_once(desk):
    with pytest.raises(PdcaError) as caught:
        log(desk, "9-9", "x", day="13/6")
    assert '"9-9"' in caught.value.text(str)
    assert '"13/6"' in caught.value.text(str)


# -- corrections ------------------------------------------------------------------------------


def test_a_correction_takes_the_place_and_keeps_what_is_not_given_anew(desk):
    first = log(desk, "1-1②-1", "3社", day="2024-06-12", status="完了", values=["company-visits=3"], links=["a"])
    second = log(desk, "1-1②-1", "2社", correction=Correction(first.entry.id, "重複"))
    assert second.entry.supersedes == first.entry.id
    assert (second.entry.date, second.entry.status, second.entry.values) == (
        first.entry.date,
        "completed",
        {"company-visits": 3},
    )
    assert (second.entry.links, second.entry.reason) == (("a",), "重複")
    assert [item.summary for item in initiative(desk, "1-1-2-1").activities] == ["2社"]
    assert problems(desk) == []


def test_a_correction_gives_anew_what_it_gives(desk):
    first = log(desk, "1-1②-1", "3社", day="2024-06-12", status="完了", values=["company-visits=3"], links=["a"])
    second = log(
        desk,
        "1-1②-1",
        "2社",
        day="2024-06-13",
        status="実施中",
        values=["company-visits=2"],
        links=["b"],
        correction=Correction(first.entry.id, "重複"),
    )
    assert (second.entry.date.day, second.entry.status, second.entry.values) == (
        13,
        "in_progress",
        {"company-visits": 2},
    )
    assert second.entry.links == ("b",)


def test_an_entry_is_corrected_only_once(desk):
    first = log(desk, "1-1②-1", "3社").entry.id
    log(desk, "1-1②-1", "2社", correction=Correction(first, "重複"))
    with pytest.raises(PdcaError) as caught:
        log(desk, "1-1②-1", "1社", correction=Correction(first, "重複"))
    assert caught.value.exit_code == 3
    assert first in caught.value.text(str)


def test_an_entry_of_another_kind_is_not_corrected(desk):
    rated = evaluate(desk, "1-1②-1", year=2024, rating="A").entry.id
    with pytest.raises(Rejected) as caught:
        log(desk, "1-1②-1", "2社", correction=Correction(rated, "誤り"))
    assert "pdca withdraw" in caught.value.text(str)
    assert problems(desk) == []


def test_a_correction_of_nothing_is_refused_with_the_other_mistakes(desk):
    with pytest.raises(Rejected) as caught:
        log(desk, "1-1②-1", "x", status="実施", correction=Correction("2024-06-12-zzzzzz", "誤り"))
    assert "2024-06-12-zzzzzz" in caught.value.text(str)
    assert "[E204]" in caught.value.text(str)


# -- actual -----------------------------------------------------------------------------------


def test_a_figure_of_a_year_is_recorded_at_what_it_measures(desk):
    receipt = record_actual(desk, "local-suppliers", "24.9%", year=2024, day="昨日", source="調査", by="商工会")
    entry = receipt.entry
    assert receipt.path.startswith("records/2024/1/2025-06-14-")
    assert (entry.values, entry.source, entry.by) == ({"local-suppliers": Decimal("24.9")}, "調査", "商工会")
    assert problems(desk) == []


def test_a_reason_is_recorded_instead_of_a_figure(desk):
    entry = record_actual(desk, "local-suppliers", None, year=2024, missing="未調査").entry
    assert (entry.values, entry.missing) == ({}, {"local-suppliers": "未調査"})


def test_a_figure_says_of_which_day_it_is_and_whether_it_is_a_first_one(desk):
    entry = record_actual(desk, "company-visits", "60", year=2024, as_of=" R6.10末\n", provisional=True).entry
    assert (entry.as_of, entry.provisional) == ("R6.10末", True)
    plain = record_actual(desk, "consultation-sessions", "5", year=2024).entry
    assert (plain.as_of, plain.provisional) == (None, None)
    assert problems(desk) == []


def test_a_second_figure_of_the_year_is_noted(desk):
    first = record_actual(desk, "company-visits", "60", year=2024).entry.id
    log(desk, "1-1②-1", "x", day="2024-06-12", values=["company-visits=3"])
    receipt = record_actual(desk, "company-visits", "70", year=2024)
    assert len(notes(receipt)) == 2
    assert any(f"pdca withdraw {first} --reason" in note for note in notes(receipt))


def test_a_figure_after_a_reason_is_noted_and_may_take_its_place(desk):
    missing = record_actual(desk, "company-visits", None, year=2024, missing="集計中").entry.id
    assert "集計中" in notes(record_actual(desk, "company-visits", "60", year=2024))[0]
    settled = record_actual(desk, "consultation-sessions", None, year=2024, missing="集計中").entry.id
    assert (
        notes(record_actual(desk, "consultation-sessions", "5", year=2024, correction=Correction(settled, "確定")))
        == []
    )
    assert missing != settled


@pytest.mark.parametrize(
    ("given", "half"),
    [
        ({}, None),
        ({"day": "2024-06-12"}, "first"),
        ({"day": "2025-02-10"}, "second"),
        ({"day": "2025-06-01"}, None),
        ({"half": "前期"}, "first"),
        ({"half": "下半期"}, "second"),
        ({"half": "後期", "day": "2024-06-12"}, "second"),
    ],
)
def test_a_figure_belongs_to_the_half_that_was_said_or_to_that_of_a_day_typed_within_the_year(desk, given, half):
    receipt = record_actual(desk, "company-visits", "60", year=2024, **given)
    assert receipt.entry.half == half
    halves = next(row for row in make_review(desk, 2024).indicators if row.indicator.id == "company-visits").halves
    known = {"first": halves.first.value, "second": halves.second.value}
    assert known == {"first": None, "second": None} | ({} if half is None else {half: 60})
    said = {"first": "半期: 4～9月", "second": "半期: 10～3月"}
    shown = receipt_text(receipt.plan, receipt.entry, receipt.path, receipt.notes, JA)
    assert ("半期" in shown) is (half is not None)
    assert half is None or said[half] in shown
    assert problems(desk) == []


@pytest.mark.parametrize(
    ("typed", "printed"), [("5.0", "5.0"), ("1.280", "1.280"), ("1,234.50", "1,234.50"), ("3", "3")]
)
def test_a_figure_is_recorded_and_printed_as_typed(desk, typed, printed):
    receipt = record_actual(desk, "local-suppliers", typed, year=2024)
    assert f": {printed}%" in receipt_text(receipt.plan, receipt.entry, receipt.path, receipt.notes, JA)
    row = next(row for row in make_review(desk, 2024).indicators if row.indicator.id == "local-suppliers")
    assert print_measured(row.indicator, row.value.value) == printed


def test_a_half_that_there_is_not_is_refused(desk):
    with pytest.raises(Rejected) as caught:
        record_actual(desk, "company-visits", "60", year=2024, half="春")
    assert "前期" in caught.value.text(JA)


def test_a_figure_settles_a_missing_last_value_without_more(desk):
    record_actual(desk, "local-suppliers", None, year=2024, missing="集計中", day="2025-05-01")
    receipt = record_actual(desk, "local-suppliers", "18.0", year=2024, day="2025-03-31")
    assert notes(receipt) == ["2025-03-31 is in FY2024; this year is FY2025"]
    row = next(row for row in make_review(desk, 2024).indicators if row.indicator.id == "local-suppliers")
    assert (str(row.value.value), row.value.missing) == ("18.0", None)


def beside(receipt):
    return [note for note in notes(receipt) if "figure of this year" in note]


def test_a_last_value_is_used_from_now_on_without_a_call_to_withdraw_those_before(desk):
    made = [
        record_actual(desk, "profitable-firms", value, year=2024, day=f"2025-05-0{day}")
        for day, value in enumerate(("12", "15", "15", "12"), 1)
    ]
    used = "{} has a figure of this year as well: {}. From now on the new one is used"
    assert [beside(receipt) for receipt in made] == [
        [],
        [used.format(made[0].entry.id, "12%")],
        [f"the same figure of this year as in {made[1].entry.id}: 15%"],
        [used.format(made[2].entry.id, "15%")],
    ]


def test_a_last_value_of_an_earlier_day_is_not_used(desk):
    later = record_actual(desk, "profitable-firms", "15", year=2024, day="2025-06-01").entry.id
    (note,) = beside(record_actual(desk, "profitable-firms", "12", year=2024, day="2025-05-01"))
    assert note.startswith(f"{later} has a figure of this year as well: 15%, which is still the one used. ")
    assert f"pdca withdraw {later} --reason" in note


def test_only_the_highest_of_highest_values_is_used(desk, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("      aggregate: latest", "      aggregate: max"), encoding="utf-8")
    first = record_actual(desk, "profitable-firms", "12", year=2024).entry.id
    assert "From now on the new one is used" in beside(record_actual(desk, "profitable-firms", "15.5", year=2024))[0]
    (note,) = beside(record_actual(desk, "profitable-firms", "13", year=2024))
    assert "15.5%, which is still the one used" in note
    assert first not in note


@pytest.mark.parametrize(
    ("aggregate", "way"),
    [("latest", "latest value"), ("max", "highest value"), ("mean", "mean"), ("cumulative", "running total")],
)
def test_the_value_of_the_year_is_told_by_how_it_is_made(desk, workspace, aggregate, way):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("aggregate: sum", f"aggregate: {aggregate}"), encoding="utf-8")
    receipt = log(desk, "1-1②-1", "x", day="2024-06-12", values=["company-visits=3"])
    assert [total.text(str).startswith(f"企業訪問件数, FY2024: {way} ") for total in receipt.totals] == [True]


def test_many_figures_that_add_up_are_one_note_for_those_of_a_kind(desk):
    days = ("2025-05-01", "2025-05-02", "2025-05-03")
    made = [record_actual(desk, "company-visits", "70", year=2024, day=day).entry.id for day in days]
    for day in ("2024-06-12", "2024-06-13"):
        log(desk, "1-1②-1", "x", day=day, values=["company-visits=3"])
    actuals, activities = beside(record_actual(desk, "company-visits", "70", year=2024))
    assert actuals.startswith(f"{made[-1]} has a figure of this year as well: 70件 (and 2 more). If the new one takes")
    assert " an activity, has a figure of this year as well: 3件 (and 1 more). " in activities


@pytest.mark.parametrize("year", [2021, 2032])
def test_a_figure_outside_the_plan_is_refused(desk, year):
    with pytest.raises(Rejected):
        record_actual(desk, "company-visits", "3", year=year)


def test_a_plan_without_indicators_takes_no_figure(make_desk, tmp_path):
    plan = ryaml.loads((ROOT / "plan" / "measures.yaml").read_text(encoding="utf-8"))
    plan["policies"] = [{"id": "1", "title": "方針", "measures": []}]
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "measures.yaml").write_text(json.dumps(plan), encoding="utf-8")
    with pytest.raises(PdcaError) as caught:
        record_actual(make_desk(tmp_path), "company-visits", "3", year="2024")
    assert caught.value.exit_code == 2
    assert "company-visits" in caught.value.text(str)


# -- evaluate ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "code"), [("A", "A"), ("a", "A"), ("Ａ", "A"), (" b ", "B"), ("完了", "F"), ("評価困難", "Z")]
)
def test_a_rating_is_given_by_its_code_or_its_name(desk, word, code):
    assert evaluate(desk, "1-1②-1", year=2024, rating=word).entry.rating == code


def test_an_evaluation_is_recorded_with_its_texts(desk):
    receipt = evaluate(desk, "1-6①-1", year=2024, rating="B", day="2025-06-01", progress="8割 ", issues="人手")
    entry = receipt.entry
    assert receipt.path.startswith("records/2024/1-3-1-1/2025-06-01-")
    assert (entry.progress, entry.issues) == ("8割", "人手")
    assert "1-3①-1" in notes(receipt)[0]
    assert problems(desk) == []


def test_a_second_rating_of_the_year_names_the_first(desk):
    first = evaluate(desk, "1-1②-1", year=2024, rating="B").entry.id
    assert first in notes(evaluate(desk, "1-1②-1", year=2024, rating="A"))[0]
    assert initiative(desk, "1-1-2-1").state.rating == "A"


def test_a_rating_that_is_corrected_is_not_named_again(desk):
    first = evaluate(desk, "1-1②-1", year=2024, rating="B").entry.id
    assert notes(evaluate(desk, "1-1②-1", year=2024, rating="A", correction=Correction(first, "誤り"))) == []


def test_a_part_of_the_plan_is_rated_without_being_a_report(desk):
    receipt = evaluate(desk, "1-1②", year=2024, rating="A")
    assert receipt.path.startswith("records/2024/1-1-2/")
    assert notes(receipt) == ["recorded for 1-1② as a whole; it does not count as the report of an initiative below it"]
    assert not initiative(desk, "1-1-2-1").state.reported


# -- withdraw ---------------------------------------------------------------------------------


def test_an_entry_that_is_taken_back_no_longer_counts_and_its_file_stays(desk, workspace):
    first = log(desk, "1-1②-1", "3社", day="2024-06-12")
    receipt = withdraw(desk, first.entry.id, reason="誤記", by="商工会")
    assert receipt.path.startswith("records/2024/1-1-2-1/2025-06-15-")
    assert (receipt.entry.withdraws, receipt.entry.reason, receipt.entry.by) == (first.entry.id, "誤記", "商工会")
    assert (workspace / first.path).is_file()
    assert not initiative(desk, "1-1-2-1").state.reported
    assert problems(desk) == []


def test_an_entry_is_taken_back_only_once(desk):
    first = log(desk, "1-1②-1", "3社").entry.id
    withdraw(desk, first, reason="誤記")
    with pytest.raises(Refused):
        withdraw(desk, first, reason="誤記")


def test_what_was_corrected_is_not_taken_back_but_the_correction_is(desk):
    first = log(desk, "1-1②-1", "3社", day="2024-06-12").entry.id
    second = log(desk, "1-1②-1", "2社", correction=Correction(first, "重複")).entry.id
    with pytest.raises(Refused) as caught:
        withdraw(desk, first, reason="誤記")
    assert second in caught.value.text(str)
    withdraw(desk, second, reason="訂正の誤り")
    assert [item.summary for item in initiative(desk, "1-1-2-1").activities] == ["3社"]


def test_a_withdrawal_can_itself_be_taken_back(desk):
    first = log(desk, "1-1②-1", "3社", day="2024-06-12").entry.id
    taken = withdraw(desk, first, reason="誤記").entry.id
    withdraw(desk, taken, reason="取消しの誤り")
    assert initiative(desk, "1-1-2-1").state.reported


# -- git --------------------------------------------------------------------------------------


@pytest.fixture
def repository(workspace, git):
    git(workspace, "init", "--quiet")
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "begin")
    return workspace


def test_a_commit_holds_one_entry_with_its_title_and_trailers(desk, repository, git):
    receipt = log(desk, "1-1②-1", "訪問", day="2024-06-12")
    commit_entry(desk, receipt, JA)
    assert git(repository, "show", "--format=", "--name-only", "HEAD").split() == [receipt.path]
    message = git(repository, "log", "-1", "--format=%B")
    assert "1-1②-1 企業訪問活動の実施" in message.split("\n")[0]
    assert f"Pdca-Entry: {receipt.entry.id}" in message
    assert "Pdca-Year: 2024" in message


def test_a_commit_leaves_what_else_is_staged_or_changed(desk, repository, git):
    (repository / "staged.txt").touch()
    (repository / "untracked.txt").touch()
    git(repository, "add", "staged.txt")
    commit_entry(desk, log(desk, "1-1②-1", "訪問"), JA)
    assert git(repository, "status", "--porcelain").split("\n")[:2] == ["A  staged.txt", "?? untracked.txt"]


def test_without_a_repository_the_entry_stays_and_the_error_is_git_s(desk, workspace):
    receipt = log(desk, "1-1②-1", "訪問")
    with pytest.raises(EnvironmentFault):
        commit_entry(desk, receipt, JA)
    assert (workspace / receipt.path).is_file()


# -- choices ----------------------------------------------------------------------------------


def test_a_broader_number_offers_the_initiatives_below_it(desk):
    assert initiatives_below(desk, "1-1②") == [("1-1②-1", "企業訪問活動の実施"), ("1-1②-2", "経営相談会の実施")]
    assert initiatives_below(desk, "1-1②-1") == []
    assert len(initiatives_below(desk, "1")) == 16


# -- what has ended --------------------------------------------------------------------------------


def test_what_ended_in_an_earlier_year_is_not_taken_up_again_unsaid(desk):
    log(desk, "1-1②-1", "終えた", status="完了", day="2023-06-12")
    receipt = log(desk, "1-1②-1", "名簿を更新した", day="2024-06-12")
    assert receipt.entry.status is None
    assert "no status recorded: 完了, as in FY2023, goes on" in notes(receipt)[0]
    assert (initiative(desk, "1-1-2-1").state.status, initiative(desk, "1-1-2-1").state.ended) == ("completed", 2023)
    assert log(desk, "1-1②-1", "また始めた", status="実施中", day="2024-07-12").entry.status == "in_progress"
    assert log(desk, "1-1②-1", "続けた", day="2025-05-12").entry.status == "in_progress"


def test_what_was_done_last_year_begins_anew(desk):
    log(desk, "1-1②-1", "実施した", status="done", day="2023-06-12")
    assert log(desk, "1-1②-1", "3社を訪問した", day="2024-06-12").entry.status == "in_progress"


def test_a_second_rating_by_somebody_else_says_whose_was_the_first(desk):
    evaluate(desk, "1-1②-1", year=2024, rating="B", by="産業課")
    (note,) = notes(evaluate(desk, "1-1②-1", year=2024, rating="A", by="企画課"))
    assert note.startswith("産業課 has already rated the year B")


def test_a_rating_that_is_put_before_another_does_not_take_its_place(desk):
    later = evaluate(desk, "1-1②-1", year=2024, rating="B", day="2025-05-09")
    earlier = evaluate(desk, "1-1②-1", year=2024, rating="A", day="2025-05-01")
    assert notes(earlier) == [f"{later.entry.id} (B) is later, and counts"]
    mended = evaluate(desk, None, year=None, rating="C", correction=Correction(earlier.entry.id, "誤記"))
    assert notes(mended) == [f"{later.entry.id} (B) is later, and counts"]
    last = evaluate(desk, "1-1②-1", year=2024, rating="A", day="2025-05-10")
    assert notes(last) == [
        f"this rating takes the place of {mended.entry.id} (C)",
        f"this rating takes the place of {later.entry.id} (B)",
    ]
