# mypy: allow-untyped-calls
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from mizuho_pdca.domain.plan.scheme import COMPLETED, IMPLEMENTED, SET_ASIDE, STATUS_CODES, Scale, SchemeRevision
from mizuho_pdca.domain.schema.shapes import read_shape

RANK = {"name": "…"}
BANDS = {
    "東松島市商工会": [("A", 100), ("B", 80), ("C", 30), ("D", None)],
    "大阪府立図書館": [("A", 110), ("B", 80), ("C", 50), ("D", None)],
    "多摩市": [("1", 100), ("2", 60), ("3", None)],
}


def scale(body):
    ranks = [RANK | {"code": code} | ({} if low is None else {"at_least": low}) for code, low in BANDS[body]]
    return shaped(ranks)


def shaped(ranks):
    scale = read_shape(TypeAdapter(Scale), {"ranks": ranks})
    assert isinstance(scale, Scale)
    return scale


@pytest.mark.parametrize(
    ("body", "printed", "code"),
    [
        ("東松島市商工会", "100.0", "A"),
        ("東松島市商工会", "99.9", "B"),
        ("東松島市商工会", "80.0", "B"),
        ("東松島市商工会", "79.9", "C"),
        ("東松島市商工会", "30.0", "C"),
        ("東松島市商工会", "29.9", "D"),
        ("東松島市商工会", "-10.0", "D"),
        ("大阪府立図書館", "109.9", "B"),
        ("大阪府立図書館", "110.0", "A"),
        ("多摩市", "60.0", "2"),
        ("多摩市", "59.9", "3"),
    ],
)
def test_a_band_holds_from_its_lower_bound(body, printed, code):
    assert scale(body).band(Decimal(printed)) == code


def test_below_every_band_is_the_last_rank():
    ranks = [RANK | {"code": "A", "at_least": 80}, RANK | {"code": "B", "at_least": 30}]
    assert shaped(ranks).band(Decimal("29.9")) == "B"


@pytest.mark.parametrize(
    ("word", "code"),
    [("A", "A"), ("Ａ", "A"), ("目標達成", "A"), ("F", "F"), ("完了", "F"), ("評価困難", "Z"), ("E", None), ("", None)],
)
def test_a_rating_is_found_by_its_code_and_by_its_name(make_plan, word, code):
    found = make_plan("[]").scheme.scale.find(word)
    assert (found and found.code) == code


def test_the_codes_of_a_scale_list_ranks_before_states(make_plan):
    assert make_plan("[]").scheme.scale.codes == ("A", "B", "C", "D", "F", "X", "Y", "Z")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("done", "done"),
        ("実施済（当年度分）", "done"),
        ("実施済(当年度分)", "done"),
        ("休止", "suspended"),
        ("実施", None),
    ],
)
def test_a_status_is_found_by_its_code_and_by_its_name(make_plan, word, code):
    found = make_plan("[]").scheme.status(word)
    assert (found and found.code) == code


def test_directions_and_reasons_are_found_by_the_word_that_files_hold(make_plan):
    scheme = make_plan("[]").scheme
    assert [term and term.code for term in (scheme.direction("拡充"), scheme.direction("増やす"))] == ["拡充", None]
    assert [term and term.code for term in (scheme.reason("未調査"), scheme.reason("なし"))] == ["未調査", None]


def test_every_status_counts_as_the_rates_want_it():
    counted = {code: (code in IMPLEMENTED, code in COMPLETED, code in SET_ASIDE) for code in STATUS_CODES}
    assert counted == {
        "not_started": (False, False, False),
        "preparing": (False, False, False),
        "in_progress": (True, False, False),
        "done": (True, True, False),
        "completed": (True, True, False),
        "suspended": (False, False, True),
        "discontinued": (False, False, True),
    }


@pytest.mark.parametrize("near", ["-1", "100.1", "120"])
def test_a_rate_of_nearly_met_that_nothing_can_have_is_refused(near):
    found = read_shape(TypeAdapter(SchemeRevision), {"from": 2025, "near": float(near)})
    assert isinstance(found, list)
    (fault,) = found
    assert (fault.code, fault.at) == ("E103", ("near",))
    assert "a rate from 0 to 100 is wanted" in fault.message.text(str)


@pytest.mark.parametrize("near", [0, 62.5, 100])
def test_a_rate_of_nearly_met_is_taken(near):
    revision = read_shape(TypeAdapter(SchemeRevision), {"from": 2025, "near": near})
    assert isinstance(revision, SchemeRevision)
    assert revision.near == Decimal(str(near))
