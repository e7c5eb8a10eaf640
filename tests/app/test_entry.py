# mypy: allow-untyped-calls
from datetime import date, datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Recording
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.yaml.reading import parse

NOW = datetime(2025, 6, 15, 10, 30, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def desk(make_desk, workspace):
    return make_desk(workspace)


def file(making, **data):
    return making.file("1-1-2-1", date(2024, 6, 12), {"summary": "訪問", **data}, by=None)


def written(workspace):
    return sorted(path.relative_to(workspace).as_posix() for path in workspace.glob("records/**/*.yaml"))


def test_an_entry_is_written_under_its_year_target_and_name(desk, workspace):
    receipt = file(Recording(desk, "activity"))
    assert receipt.path == "records/2024/1-1-2-1/2024-06-12-000001.yaml"
    assert written(workspace) == [receipt.path]
    assert (workspace / receipt.path).read_text(encoding="utf-8") == (
        "schema: 1\n"
        "id: 2024-06-12-000001\n"
        "kind: activity\n"
        "target: 1-1-2-1\n"
        "date: 2024-06-12\n"
        "summary: 訪問\n"
        "by: 産業課\n"
        "recorded: 2025-06-15T10:30:00+09:00\n"
    )


def test_the_receipt_holds_the_entry_as_any_reader_will_read_it(desk, workspace):
    receipt = log(desk, "1-1-2-1", "訪問", values=["company-visits=3.50"], force=True, links=["https://x"])
    data = parse(Folder(workspace).read(receipt.path))
    assert isinstance(data, dict)
    assert receipt.entry.model_dump(by_alias=True)["values"] == {"company-visits": pytest.approx(3.5)}
    assert data["values"] == {"company-visits": 3.5}
    assert receipt.entry.recorded == datetime(2025, 6, 15, 10, 30, tzinfo=timezone(timedelta(hours=9)))


def test_of_entries_of_one_second_the_later_one_has_the_later_name(make_desk, workspace):
    drawn = iter(["m4t8zc", "k7x3q9", "p9w2d1", "b2b2b2"])
    desk = make_desk(workspace, token=lambda: next(drawn))
    assert file(Recording(desk, "activity")).entry.id == "2024-06-12-m4t8zc"
    assert file(Recording(desk, "activity")).entry.id == "2024-06-12-p9w2d1"
    later = make_desk(workspace, now=NOW + timedelta(seconds=1), token=lambda: next(drawn))
    assert file(Recording(later, "activity")).entry.id == "2024-06-12-b2b2b2"


def test_where_no_later_name_is_drawn_any_will_do(make_desk, workspace):
    drawn = iter(["zzzzzz", *["aaaaaa"] * 1000])
    desk = make_desk(workspace, token=lambda: next(drawn))
    file(Recording(desk, "activity"))
    assert file(Recording(desk, "activity")).entry.id == "2024-06-12-aaaaaa"


def test_nothing_empty_is_written(desk, workspace):
    receipt = log(desk, "1-1-2-1", "訪問")
    assert not {"values", "links", "supersedes", "reason", "sample"} & set(
        parse((workspace / receipt.path).read_bytes())
    )  # type: ignore[call-overload]


def test_what_is_recorded_among_samples_is_marked_as_one_and_says_so(make_desk, workspace):
    log(make_desk(workspace, sample=True), "1-1-2-1", "訪問", day="2024-06-12")
    receipt = log(make_desk(workspace), "1-1-2-2", "相談会")
    assert receipt.entry.sample is True
    assert any("pdca init DIR --from plan/measures.yaml" in note.text(str) for note in receipt.notes)
    evaluation = evaluate(make_desk(workspace), "1-1-2-1", year=2023, rating="A")
    assert evaluation.entry.sample is True


def test_own_entries_are_no_samples(make_desk, workspace):
    log(make_desk(workspace), "1-1-2-1", "訪問", day="2024-06-12")
    receipt = log(make_desk(workspace), "1-1-2-2", "相談会")
    assert receipt.entry.sample is False
    assert not any("sample" in note.text(str) for note in receipt.notes)


def test_a_sample_desk_marks_every_entry(make_desk, workspace):
    receipt = log(make_desk(workspace, sample=True), "1-1-2-1", "訪問")
    assert receipt.entry.sample is True
    assert "sample: true\n" in (workspace / receipt.path).read_text(encoding="utf-8")


def test_a_name_that_is_taken_is_passed_over(workspace, make_desk):
    names = iter(["000001", "000001", "000001", "000002"])
    desk = make_desk(workspace, token=lambda: next(names))
    assert log(desk, "1-1-2-1", "一").entry.id == "2025-06-15-000001"
    assert log(desk, "1-1-2-1", "二").entry.id == "2025-06-15-000002"
    assert len(written(workspace)) == 2


def test_where_no_name_is_free_nothing_is_overwritten(workspace, make_desk):
    desk = make_desk(workspace, token=lambda: "000001")
    first = log(desk, "1-1-2-1", "一")
    before = (workspace / first.path).read_bytes()
    with pytest.raises(Refused) as caught:
        log(desk, "1-1-2-1", "二")
    assert caught.value.exit_code == 3
    assert (workspace / first.path).read_bytes() == before


def test_what_is_wrong_before_and_what_the_checks_find_is_said_together(desk, workspace):
    making = Recording(desk, "activity")
    making.wrong.errors.append(UsageFault("first"))
    with pytest.raises(Rejected) as caught:
        file(making, status="実施")
    text = caught.value.text(str)
    assert "first" in text
    assert "[E204]" in text
    assert written(workspace) == []


def test_a_shape_that_is_wrong_is_said_with_the_rest(desk):
    making = Recording(desk, "activity")
    making.wrong.errors.append(UsageFault("first"))
    with pytest.raises(Rejected) as caught:
        file(making, nonsense="x")
    assert "first" in caught.value.text(str)
    assert "[E101]" in caught.value.text(str)


def test_two_offices_never_write_the_same_file(workspace):
    names = {evaluate(Desk(workspace), "1-1-2-1", year=2024, rating="A").path for _ in range(5)}
    assert len(names) == len(written(workspace)) == 5


# -- what stands in for a number that the plan has not ----------------------------------------


def record_by_each(desk, what):
    """Yield what each command says of a number, by the command."""
    commands = {
        "log": lambda: log(desk, what, "x"),
        "evaluate": lambda: evaluate(desk, what, year="2024", rating="A"),
        "improve": lambda: improve(desk, what, year="2024", direction="継続", next_year="x"),
        "opinion": lambda: give_opinion(desk, what, year="2024", meeting="2025-06-01", text="x"),
    }
    for name, command in commands.items():
        with pytest.raises(Rejected) as caught:
            command()
        yield name, caught.value


@pytest.mark.parametrize(
    "policies",
    [
        "[]",
        '[{id: "1", title: 目標, indicators: [INDICATOR]}]',
        '[{id: "1", title: 目標, until: 2022, indicators: [INDICATOR]}]',
    ],
)
def test_in_a_plan_without_initiatives_a_number_that_is_not_there_is_named(desk, workspace, policies):
    path = workspace / "plan" / "measures.yaml"
    head = path.read_text(encoding="utf-8").partition("\npolicies:")[0]
    way = "kind: outcome, direction: increase, method: ratio, aggregate: latest"
    indicator = f"{{id: x, name: 企業数, unit: 社, {way}, adopted: true}}"
    path.write_text(f"{head}\npolicies: {policies.replace('INDICATOR', indicator)}\n", encoding="utf-8")
    for _, rejected in record_by_each(desk, "9-9"):
        assert "9-9" in rejected.errors[0].text(str)


def test_what_stands_in_for_a_number_is_in_force_and_never_named(desk, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- id: 1-1-1-1\n", "- id: 1-1-1-1\n        until: 2023\n", 1), encoding="utf-8")
    for name, rejected in record_by_each(desk, "9-9"):
        assert (name, len(rejected.errors)) == (name, 1)
        assert "9-9" in rejected.errors[0].text(str)
