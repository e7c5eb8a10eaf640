# mypy: allow-untyped-calls
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import cast

import pytest
import ryaml

from mizuho_pdca.domain.closing.seal import ALGORITHM, FactSeal, FirstSeal, Reopening, SealFile, read_seals
from mizuho_pdca.domain.review.as_of import Edition

A, B, C, D = (character * 64 for character in "abcd")
CLOSED: dict[str, object] = {
    "state": "closed",
    "fiscal_year": 2024,
    "by": "産業課",
    "recorded": "2025-08-20T10:00:00+09:00",
    "algorithm": "sha256/rfc8785",
    "rules": 1,
    "facts": {
        "statuses": {"done": "済"},
        "ranks": [{"code": "A", "name": "達成"}],
        "nodes": ["1", "1-1"],
        "relisted": {"1-2": "1-1"},
        "indicators": {
            "visits": {
                "at": "1-1",
                "direction": "increase",
                "method": "ratio",
                "aggregate": "sum",
                "targets": {2024: 60},
            }
        },
    },
    "entries": {"e1": C, "e2": D},
}
FIRST = {key: value for key, value in CLOSED.items() if key not in ("rules", "facts")} | {"plan": A, "review": B}
REOPENED: dict[str, object] = {
    "state": "reopened",
    "by": "産業課",
    "recorded": "2025-09-01T10:00:00+09:00",
    "reason": "誤り",
}


def seals(*items: dict[str, object], **changed: object) -> SealFile:
    """Return the seals of FY2024; ``changed`` replaces keys of each that closes."""
    data = [item | (changed if item["state"] == "closed" else {}) for item in deepcopy(items)]
    file = read_seals({"schema": 1, "seals": data}, 2024)
    assert isinstance(file, SealFile), file
    return file


def faults_of(*items, **head):
    found = read_seals({"schema": 1, "seals": list(items), **head}, 2024)
    assert isinstance(found, list)
    return found


def the_seal(**changed):
    seal = seals(CLOSED, **changed).seal
    assert seal is not None
    return seal


# -- the file of seals ------------------------------------------------------------------------


def test_a_closed_year_has_a_seal_that_holds():
    seal = the_seal(meeting="2025-08-05", allow_incomplete=True, sample=True)
    assert (seal.year, seal.by, seal.day, seal.meeting) == (2024, "産業課", "2025-08-20", date(2025, 8, 5))
    assert (seal.allow_incomplete, seal.sample, seal.algorithm) == (True, True, ALGORITHM)
    assert seal.entries == {"e1": C, "e2": D}


def test_a_reopened_year_keeps_its_last_seal_as_history():
    file = seals(CLOSED, REOPENED)
    assert file.seal is None
    assert file.last_seal == the_seal()
    assert isinstance(file.seals[1], Reopening)


def test_of_several_seals_the_last_one_holds():
    later = {**CLOSED, "recorded": "2025-10-01T10:00:00+09:00"}
    file = seals(CLOSED, REOPENED, later)
    assert file.seal is file.last_seal is file.seals[2]


def test_each_closing_confirms_another_edition():
    later = {**CLOSED, "recorded": "2025-10-01T10:00:00+09:00"}
    assert seals(CLOSED).confirmed == Edition(1, date(2025, 8, 20), holds=True)
    assert seals(CLOSED, REOPENED).confirmed == Edition(1, date(2025, 8, 20), holds=False)
    assert seals(CLOSED, REOPENED, later).confirmed == Edition(2, date(2025, 10, 1), holds=True)


def test_the_short_digest_that_papers_print_stays_the_same_from_version_to_version():
    assert the_seal().short == "af06f9c7050e"


def test_a_seal_is_told_from_another_by_a_short_digest():
    seal = the_seal()
    assert len(seal.short) == 12
    assert seal.short == the_seal(allow_incomplete=False, sample=False).short
    others: list[dict[str, object]] = [
        {"by": "商工課"},
        {"rules": 2},
        {"entries": {}},
        {"meeting": "2025-08-05"},
        {"allow_incomplete": True},
    ]
    assert len({seal.short, *(the_seal(**other).short for other in others)}) == 6


@pytest.mark.parametrize(
    ("items", "at", "words"),
    [
        pytest.param("[]", ("seals",), '"seals" is empty', id="no seal at all"),
        pytest.param("x", ("seals",), "a list", id="no list"),
        pytest.param("[x]", ("seals", 0), "a mapping", id="an item that is no mapping"),
        pytest.param("[{by: x}]", ("seals", 0), '"state" is missing', id="no state"),
        pytest.param("[{state: sealed}]", ("seals", 0, "state"), '"sealed" is not one of closed', id="another state"),
        pytest.param("[{state: [closed]}]", ("seals", 0, "state"), "is not one of closed", id="a list as state"),
    ],
)
def test_what_is_no_list_of_seals_is_named(items, at, words):
    (fault,) = faults_of(seals=ryaml.loads(items))
    assert (fault.code, fault.at) == ("E505", at)
    assert words in fault.message.text(str)
    assert fault.on_key is ("missing" in words)


@pytest.mark.parametrize(
    ("changed", "at", "words"),
    [
        ({"fiscal_year": 2023}, ("fiscal_year",), "the seal is of FY2023, but lies in the folder of 2024"),
        ({"algorithm": "md5"}, ("algorithm",), '"md5" is not one of sha256/rfc8785'),
        ({"rules": 0}, ("rules",), '"rules" has the wrong form'),
        ({"rules": True}, ("rules",), '"rules" has the wrong form'),
        ({"facts": None}, ("facts",), '"facts" has the wrong form'),
        ({"facts": {**cast("dict[str, object]", CLOSED["facts"]), "names": {}}}, ("facts", "names"), "not known"),
        ({"entries": {"e1": "x"}}, ("entries", "e1"), '"x" is not a digest'),
        ({"recorded": "2025-08-20"}, ("recorded",), "is not a time with its zone"),
        ({"meeting": "R7.8.5"}, ("meeting",), "is not a date"),
        ({"seal": "x"}, ("seal",), 'the key "seal" is not known'),
    ],
)
def test_what_is_wrong_with_a_seal_is_named_at_its_key(changed, at, words):
    (fault,) = faults_of({**CLOSED, **changed})
    assert (fault.code, fault.at) == ("E505", ("seals", 0, *at))
    assert words in fault.message.text(str)


@pytest.mark.parametrize(
    ("changed", "at", "words"),
    [
        ({"plan": None}, ("plan",), '"plan" has the wrong form'),
        ({"plan": A.upper()}, ("plan",), "is not a digest"),
        ({"review": A[1:]}, ("review",), "is not a digest"),
        ({"seal": "x"}, ("seal",), 'the key "seal" is not known'),
    ],
)
def test_what_is_wrong_with_a_seal_of_the_first_form_is_named_at_its_key(changed, at, words):
    (fault,) = faults_of({**FIRST, **changed})
    assert (fault.code, fault.at) == ("E505", ("seals", 0, *at))
    assert words in fault.message.text(str)


@pytest.mark.parametrize("form", [CLOSED, FIRST], ids=["facts", "first"])
@pytest.mark.parametrize("key", ["fiscal_year", "by", "recorded", "algorithm", "entries"])
def test_a_key_that_is_missing_is_named(form, key):
    item = {known: value for known, value in form.items() if known != key}
    (fault,) = faults_of(item)
    assert f'"{key}" is missing' in fault.message.text(str)


@pytest.mark.parametrize(("form", "key"), [(CLOSED, "rules"), (CLOSED, "facts"), (FIRST, "plan"), (FIRST, "review")])
def test_each_form_wants_its_own_keys(form, key):
    item = {known: value for known, value in form.items() if known != key}
    (fault,) = faults_of(item)
    assert f'"{key}" is missing' in fault.message.text(str)


def test_a_seal_with_neither_form_lacks_what_is_written_today():
    item = {key: value for key, value in FIRST.items() if key not in ("plan", "review")}
    assert ["rules" in fault.message.text(str) or "facts" in fault.message.text(str) for fault in faults_of(item)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("data", [None, "x", [], {"seals": [CLOSED]}, {"schema": 2, "seals": [CLOSED]}])
def test_a_file_that_is_none_of_seals_is_named(data):
    found = read_seals(data, 2024)
    assert isinstance(found, list)
    assert {fault.code for fault in found} == {"E505"}


@pytest.mark.parametrize(
    ("items", "position"),
    [
        ([REOPENED], 0),
        ([CLOSED, CLOSED], 1),
        ([FIRST, FIRST], 1),
        ([CLOSED, FIRST], 1),
        ([CLOSED, REOPENED, REOPENED], 2),
        ([CLOSED, REOPENED, CLOSED, CLOSED], 3),
    ],
)
def test_seals_and_reopenings_take_turns(items, position):
    (fault,) = faults_of(*items)
    assert fault.at == ("seals", position, "state")
    assert "take turns" in fault.message.text(str)


@pytest.mark.parametrize(
    "items",
    [
        [FIRST, CLOSED],
        [FIRST, CLOSED, REOPENED],
        [FIRST, REOPENED, FIRST, CLOSED],
        [CLOSED, {**CLOSED, "rules": 2}],
    ],
)
def test_a_seal_may_follow_one_of_an_older_form(items):
    file = seals(*items)
    assert [item.state for item in file.seals] == [item["state"] for item in items]


def test_what_is_written_of_facts_is_read_back_as_they_were():
    seal = the_seal()
    assert isinstance(seal, FactSeal)
    assert seal.edition == seal.rules == 1
    assert seal.facts.indicators["visits"].targets == {2024: Decimal(60)}
    assert seal.facts.data() == {
        **cast("dict[str, object]", CLOSED["facts"]),
        "nodes": ("1", "1-1"),
        "ranks": ({"code": "A", "name": "達成"},),
    }


def test_a_seal_of_the_first_form_is_read_for_ever():
    seal = seals(FIRST).seal
    assert isinstance(seal, FirstSeal)
    assert (seal.plan, seal.review, seal.edition) == (A, B, 0)
