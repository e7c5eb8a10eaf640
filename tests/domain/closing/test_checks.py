# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.closing.checks import Changes, changes, check_seal, plan_state, reaching, sealed_state
from mizuho_pdca.domain.closing.digests import plan_digest
from mizuho_pdca.domain.closing.facts import RULES, facts_of
from mizuho_pdca.domain.closing.seal import SealFile, read_seals
from mizuho_pdca.domain.schema.faults import Fault

A, B, C, D = (character * 64 for character in "abcd")
CLOSED = {
    "state": "closed",
    "fiscal_year": 2024,
    "by": "産業課",
    "recorded": "2025-08-20T10:00:00+09:00",
    "algorithm": "sha256/rfc8785",
    "entries": {"e1": C, "e2": D},
}
REOPENED = {"state": "reopened", "by": "産業課", "recorded": "2025-09-01T10:00:00+09:00", "reason": "誤り"}


def file_of(item):
    file = read_seals({"schema": 1, "seals": [item]}, 2024)
    assert isinstance(file, SealFile), file
    return file


def file_data(file):
    """Return the one seal of a file as its file has it."""
    (seal,) = file.seals
    return seal.model_dump(by_alias=True, exclude_defaults=True, exclude={"recorded"}) | {
        "recorded": seal.recorded.isoformat()
    }


# -- entries of other years that reach into this one ------------------------------------------


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        pytest.param(["id: a", "id: b, date: 2025-06-12"], "", id="nothing"),
        pytest.param(["id: a", "id: b, supersedes: a, reason: x"], "", id="a correction in the year itself"),
        pytest.param(["id: a", "id: b, date: 2025-06-12, supersedes: a, reason: x"], "b", id="a later correction"),
        pytest.param(["id: a", "id: b, date: 2023-06-12, supersedes: a, reason: x"], "b", id="moved to an earlier"),
        pytest.param(["id: a", "id: w, kind: withdrawal, fiscal_year: 2025, withdraws: a"], "w", id="a withdrawal"),
        pytest.param(
            ["id: a", "id: b, date: 2025-06-12, supersedes: a, reason: x",
             "id: w, kind: withdrawal, fiscal_year: 2025, withdraws: b"],
            "bw",
            id="a withdrawal of the correction",
        ),
        pytest.param(["id: a", "id: b, date: 2025-06-12, supersedes: z, reason: x"], "", id="a reference to nothing"),
        pytest.param(
            ["id: b, date: 2025-06-12, supersedes: c, reason: x", "id: c, date: 2025-06-13, supersedes: b, reason: x"],
            "",
            id="a circle elsewhere",
        ),
        pytest.param(
            ["id: o, kind: opinion, meeting: 2025-06-01, text: x",
             "id: r, kind: response, date: 2025-06-12, responds: o, state: answered, text: x"],
            "",
            id="an answer",
        ),
    ],
)  # fmt: skip
def test_which_entries_reach_into_a_year(make_ledger, texts, names):
    assert "".join(sorted(entry.id for entry in reaching(make_ledger(*texts).entries, 2024))) == names


# -- what no longer fits ----------------------------------------------------------------------


@pytest.fixture
def sealed(amended):
    """Return a plan and a file whose seal fits it and the digests of two entries."""
    plan = amended()
    return plan, file_of(CLOSED | {"rules": RULES, "facts": facts_of(plan, 2024).data()})


@pytest.fixture
def first(amended):
    """Return a plan and a file whose seal, of the first form, fits it and the digests of two entries."""
    plan = amended()
    return plan, file_of(CLOSED | {"plan": plan_digest(plan, 2024), "review": B})


FITTING = {"records/2024/1-1-1-1/e1.yaml": C, "records/2024/1-1-1-1/e2.yaml": D}


def check(sealed, digests=FITTING, unread=(), **other):
    plan, file = sealed
    found = check_seal(other.get("file", file), digests, unread, other.get("plan", plan), 2025)
    return sorted(((path or "", fault) for path, fault in found), key=lambda pair: (pair[0], pair[1].code))


def test_what_fits_has_no_fault(sealed):
    assert check(sealed) == []


def test_a_reopened_year_is_not_checked(sealed):
    _, file = sealed
    reopened = read_seals({"schema": 1, "seals": [file_data(file), REOPENED]}, 2024)
    assert check(sealed, {}, file=reopened, plan=None) == []


@pytest.mark.parametrize("text", [A, None])
def test_a_changed_entry_is_named_at_its_file(sealed, text):
    path = "records/2024/1-1-1-1/e1.yaml"
    fault = Fault("E501", values={"year": 2024, "sealed": "2025-08-20"})
    assert check(sealed, {**FITTING, path: text}) == [(path, fault)]


def test_an_entry_that_is_gone_is_named_in_the_seal(sealed):
    found = check(sealed, {"records/2024/1-1-1-1/e1.yaml": C})
    ((path, fault),) = found
    assert (path, fault.code, fault.at, fault.on_key) == ("", "E502", ("seals", 0, "entries", "e2"), True)
    assert fault.values["entry"] == "e2"


@pytest.mark.parametrize("text", [A, C, None])
def test_an_entry_that_came_is_named_at_its_file(sealed, text):
    path = "records/2024/1-1-1-2/e3.yaml"
    assert [(path, fault.code) for path, fault in check(sealed, {**FITTING, path: text})] == [(path, "E503")]


def test_a_copy_in_another_folder_does_not_hide_that_the_entry_was_changed(sealed):
    digests = {**FITTING, "records/2024/1-1-1-1/e1.yaml": A, "records/2024/1-1-1-2/e1.yaml": C}
    assert [(path, fault.code) for path, fault in check(sealed, digests)] == [("records/2024/1-1-1-1/e1.yaml", "E501")]


def test_what_could_not_be_read_is_neither_changed_nor_missing(sealed):
    path = "records/2024/1-1-1-1/e1.yaml"
    assert check(sealed, {**FITTING, path: None}, {path}) == []
    assert check(sealed, {}, {"records/2024/1-1-1-1"}) == []


def test_each_changed_fact_is_named_in_the_seal_with_the_way_to_change_later_years(sealed, amended):
    changed = amended(("2024: 60", "2024: 61"), ("unit: 件", "unit: 社"))
    unit, target = (fault for _, fault in check(sealed, plan=changed))
    assert (unit.code, unit.at) == ("E504", ("seals", 0, "facts", "indicators", "visits", "unit"))
    assert unit.message.text(str) == (
        "the plan for the closed year FY2024 was changed after it was sealed on 2025-08-20: "
        "1-1①-1 訪問件数: unit 件 → 社"
    )
    assert "until: 2024 and add another, with a new id and from: 2025" in unit.remedy.text(str)
    assert target.at == ("seals", 0, "facts", "indicators", "visits", "targets", 2024)
    assert "target of FY2024 60件 → 61社" in target.message.text(str)
    assert "revised_targets: with from: 2025" in target.remedy.text(str)


def test_what_the_year_does_not_rest_on_is_free(sealed, amended):
    assert check(sealed, plan=amended(("adopted: false", "adopted: true"))) == []


def test_what_came_into_a_closed_year_is_a_note(sealed, amended):
    changed = amended(("title: 融資}", "title: 融資}\n      - {id: 1-1-1-3, title: 補助}"))
    ((_, fault),) = check(sealed, plan=changed)
    assert (fault.code, fault.severity, fault.at) == ("N503", "note", ("seals", 0, "facts", "nodes"))
    assert "1-1①-3 補助" in fault.message.text(str)
    assert "from: 2025" in fault.remedy.text(str)
    later = amended(("title: 融資}", "title: 融資}\n      - {id: 1-1-1-3, title: 補助, from: 2025}"))
    assert check(sealed, plan=later) == []


def test_other_rules_of_counting_are_a_note(sealed):
    _, file = sealed
    data = file_data(file) | {"rules": RULES + 1}
    ((_, fault),) = check(sealed, file=file_of(data))
    assert (fault.code, fault.severity, fault.at) == ("N502", "note", ("seals", 0, "rules"))
    assert f"no. {RULES + 1}; this program has no. {RULES}" in fault.message.text(str)


def test_a_seal_of_the_first_form_is_held_against_entries_and_plan_with_a_note(first):
    ((_, fault),) = check(first)
    assert (fault.code, fault.severity, fault.at) == ("N501", "note", ("seals", 0, "plan"))
    assert [fault.code for _, fault in check(first, {})] == ["E502", "E502", "N501"]
    assert [fault.code for _, fault in check(first, plan=None)] == ["N501"]


@pytest.mark.parametrize(("old", "new"), [("2024: 60", "2024: 61"), ("department: 産業課", "department: 商工課")])
def test_a_seal_of_the_first_form_can_not_say_what_changed(first, amended, old, new):
    ((_, fault),) = check(first, plan=amended((old, new)))
    assert (fault.code, fault.at) == ("E504", ("seals", 0, "plan"))
    assert "can't say what" in fault.message.text(str)
    assert "pdca close 2024" in fault.remedy.text(str)


def test_a_plan_with_faults_is_not_compared(sealed):
    assert check(sealed, plan=None) == []


def test_entries_are_held_against_the_last_seal(sealed):
    _, file = sealed
    last = file_data(file)
    later = read_seals({"schema": 1, "seals": [last | {"entries": {}}, REOPENED, last]}, 2024)
    assert check(sealed, file=later) == []
    ((_, fault),) = check(sealed, {"records/2024/1-1-1-1/e1.yaml": C}, file=later)
    assert fault.at == ("seals", 2, "entries", "e2")


@pytest.mark.parametrize("form", ["sealed", "first"])
def test_the_state_of_a_plan_is_another_one_for_each_change_that_a_seal_tells(form, amended, request):
    plan, file = request.getfixturevalue(form)
    assert plan_state(file.seal, plan) == sealed_state(file.seal)
    states = {plan_state(file.seal, amended(("2024: 60", f"2024: {goal}"))) for goal in (61, 62)}
    assert len({*states, sealed_state(file.seal)}) == 3
    renamed = plan_state(file.seal, amended(("title: 融資", "title: 融資の相談")))
    assert (renamed == sealed_state(file.seal)) is (form == "sealed")


def test_how_entries_differ_from_those_of_a_seal(sealed):
    assert changes(sealed[1].seal, {"e1": A, "e3": C}) == Changes(changed=("e1",), vanished=("e2",), came=("e3",))
    assert changes(sealed[1].seal, {"e1": C, "e2": D}) == Changes((), (), ())
