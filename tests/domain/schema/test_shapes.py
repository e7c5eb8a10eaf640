# mypy: allow-untyped-calls
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from mizuho_pdca.domain.plan.plan import PLAN_SHAPE
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE
from mizuho_pdca.domain.schema.shapes import Figure, RawFigure, Year, read_known_keys, read_shape

ENTRY = """
schema: 1
id: 2024-06-12-k7x3q9
kind: activity
target: 1-1-2-1
date: 2024-06-12
status: in_progress
summary: 訪問した。
values: {company-visits: 3}
by: 産業課
recorded: 2024-06-12T10:22:33+09:00
"""

PLAN = """
schema: 1
plan: {id: p, title: 計画, municipality: 瑞穂町, period: {from: 2022, until: 2031}, council: {name: 協議会}}
scheme: {statuses: [], scale: {ranks: [{code: A, name: 良}]}, directions: [], missing: []}
policies: [{id: "1", title: 方針, measures: []}]
"""


def changed(text, change):
    return {key: value for key, value in (ryaml.loads(text) | ryaml.loads(change)).items() if value != "-"}


def only_fault(shape, data):
    faults = read_shape(shape, data)
    assert isinstance(faults, list)
    assert len(faults) == 1, faults
    assert faults[0].message.text(str)
    assert faults[0].remedy.text(str)
    return faults[0]


def test_an_entry_is_read_into_exact_types():
    entry = read_shape(ENTRY_SHAPE, ryaml.loads(ENTRY))
    assert not isinstance(entry, list)
    assert entry.kind == "activity"
    assert entry.date == date(2024, 6, 12)
    assert entry.recorded == datetime(2024, 6, 12, 10, 22, 33, tzinfo=timezone(timedelta(hours=9)))
    assert entry.values == {"company-visits": Decimal(3)}


@pytest.mark.parametrize(
    ("change", "code", "at", "guess"),
    [
        ("sumary: 訪問した。", "E101", ("sumary",), None),  # the right key is there already
        ("linkss: [x]", "E101", ("linkss",), "links"),
        ("メモ: 訪問した。", "E101", ("メモ",), None),
        ("summary: '-'", "E102", (), None),
        ("kind: '-'", "E102", (), None),
        ("summary: ", "E103", ("summary",), None),
        ("summary: [訪問した。]", "E103", ("summary",), None),
        ("summary: 3", "E103", ("summary",), None),
        ("status: 1", "E103", ("status",), None),
        ("links: http://example.jp", "E103", ("links",), None),
        ("links: [x, 3]", "E103", ("links", 1), None),
        ("values: [company-visits]", "E103", ("values",), None),
        ("values: {3: 4}", "E103", ("values", 3), None),
        ("sample: たぶん", "E103", ("sample",), None),
        ("sample: []", "E103", ("sample",), None),
        ("3: 4", "E101", (3,), None),
        ("true: x", "E101", (True,), None),
        ("~: x", "E101", (None,), None),
        ("id: 20240612", "E104", ("id",), None),
        ("target: 1", "E104", ("target",), None),
        ("target: 1.1", "E104", ("target",), None),
        ("supersedes: 3", "E104", ("supersedes",), None),
        ("summary: ''", "E105", ("summary",), None),
        ("summary: ' 　'", "E105", ("summary",), None),
        ("links: [x, '']", "E105", ("links", 1), None),
        ("values: {'': 4}", "E105", ("values", ""), None),
        ("kind: activty", "E106", ("kind",), "activity"),
        ("kind: 会議", "E106", ("kind",), None),
        ("kind: ", "E106", ("kind",), None),
        ("schema: 2", "E106", ("schema",), None),
        ("date: 2024-6-12", "E107", ("date",), None),
        ("date: 2024-02-30", "E107", ("date",), None),
        ("date: ２０２４-06-12", "E107", ("date",), None),
        ("date: 20240612", "E107", ("date",), None),
        ("recorded: 2024-06-12T10:22:33", "E108", ("recorded",), None),
        ("recorded: 昨日", "E108", ("recorded",), None),
        ("recorded: 2024", "E108", ("recorded",), None),
        ("values: {company-visits: [3]}", "E110", ("values", "company-visits"), None),
        ("values: {company-visits: }", "E110", ("values", "company-visits"), None),
        ("values: {company-visits: .nan}", "E110", ("values", "company-visits"), None),
        ("values: {company-visits: -.inf}", "E110", ("values", "company-visits"), None),
        ("values: {company-visits: 1e15}", "E110", ("values", "company-visits"), None),
        ("values: {company-visits: 1000000000000000}", "E110", ("values", "company-visits"), None),
        ("values: {company-visits: 0.1234567890123456}", "E110", ("values", "company-visits"), None),
    ],
)
def test_a_fault_of_an_entry(change, code, at, guess):
    fault = only_fault(ENTRY_SHAPE, changed(ENTRY, change))
    assert (fault.code, fault.at, fault.guess) == (code, at, guess)
    assert fault.on_key is (code in {"E101", "E102"})


@pytest.mark.parametrize(
    ("fiscal_year", "code"), [("'2024'", "E109"), ("1925", "E109"), ("2201", "E109"), ("true", "E109"), ("", "E109")]
)
def test_a_fiscal_year_is_a_number_of_four_digits(fiscal_year, code):
    data = changed(
        ENTRY, f"{{kind: evaluation, rating: A, status: -, summary: -, values: -, fiscal_year: {fiscal_year}}}"
    )
    fault = only_fault(ENTRY_SHAPE, data)
    assert (fault.code, fault.at) == (code, ("fiscal_year",))


@pytest.mark.parametrize("kind", ["activity", "actual", "evaluation"])
def test_the_place_of_a_fault_is_right_where_a_key_has_the_name_of_the_kind(kind):
    data = {"schema": 1, "id": "a", "kind": kind, kind: "A", "fiscal_year": 2024, "by": "産業課", "rating": "A"}
    data |= {"target": "1-1-1-1", "date": "2024-06-12"}
    faults = read_shape(ENTRY_SHAPE, data)
    assert isinstance(faults, list)
    found = {(fault.code, fault.values["key"]) for fault in faults}
    assert {("E101", kind), ("E102", "recorded")} <= found
    assert ("E102", kind) not in found


@pytest.mark.parametrize(
    ("change", "code", "at", "guess"),
    [
        ("policy: []", "E101", ("policy",), None),  # the same
        ("policies: '-'", "E102", (), None),
        ("policies: {}", "E103", ("policies",), None),
        ("policies: [方針]", "E103", ("policies", 0), None),
        ("policies: [{id: 1, title: 方針, measures: []}]", "E104", ("policies", 0, "id"), None),
        ("policies: [{id: '1', title: 方針, messures: []}]", "E101", ("policies", 0, "messures"), "measures"),
        ("plan: 計画", "E103", ("plan",), None),
        (
            "plan: {id: p, title: 計画, municipality: 瑞穂町, period: {from: 2022}, council: {name: 協議会}}",
            "E102",
            ("plan", "period"),
            None,
        ),
        (
            "plan: {id: p, title: 計画, municipality: 町, period: {from: R4, until: 2031}, council: {name: 会}}",
            "E109",
            ("plan", "period", "from"),
            None,
        ),
        (
            "scheme: {statuses: [{code: don, name: 済}], scale: {ranks: []}, directions: [], missing: []}",
            "E106",
            ("scheme", "statuses", 0, "code"),
            "done",
        ),
        (
            "scheme: {statuses: [], scale: {ranks: [{code: A, name: 良, at_least: 8割}]}, directions: [], missing: []}",
            "E110",
            ("scheme", "scale", "ranks", 0, "at_least"),
            None,
        ),
    ],
)
def test_a_fault_of_a_plan(change, code, at, guess):
    faults = read_shape(PLAN_SHAPE, changed(PLAN, change))
    assert isinstance(faults, list)
    assert (code, at, guess) in [(fault.code, fault.at, fault.guess) for fault in faults]


def test_the_year_of_a_target_is_checked_where_it_stands():
    indicator = "id: v, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true"
    node = f"id: '1', title: 方針, measures: [], indicators: [{{{indicator}, targets: {{'2024': 60}}}}]"
    fault = only_fault(PLAN_SHAPE, changed(PLAN, f"policies: [{{{node}}}]"))
    assert (fault.code, fault.at) == ("E109", ("policies", 0, "indicators", 0, "targets", "2024"))


@pytest.mark.parametrize("shape", [ENTRY_SHAPE, PLAN_SHAPE])
@pytest.mark.parametrize("data", [[1], "x", 3, None])
def test_a_file_that_holds_no_mapping_has_one_fault(shape, data):
    fault = only_fault(shape, data)
    assert (fault.code, fault.at) == ("E103", ())
    assert "mapping" in fault.message.text(str)


def test_every_fault_of_a_file_is_found_in_one_pass():
    faults = read_shape(ENTRY_SHAPE, changed(ENTRY, "{id: 3, date: 昨日, sumary: x, recorded: x, by: ''}"))
    assert isinstance(faults, list)
    assert sorted(fault.code for fault in faults) == ["E101", "E104", "E105", "E107", "E108"]


@pytest.mark.parametrize(
    ("change", "summary", "links"),
    [
        ("{unknown: 1, date: 昨日}", None, None),
        ("{summry: 別の文}", "訪問した。", ()),
        ("{unknown: 1}", "訪問した。", ()),
        ("{lnks: [a]}", "訪問した。", ("a",)),
    ],
)
def test_what_has_nothing_but_unknown_keys_is_read_as_it_was_probably_meant_and_nothing_else_is(change, summary, links):
    data = changed(ENTRY, change)
    faults = read_shape(ENTRY_SHAPE, data)
    assert isinstance(faults, list)
    read = read_known_keys(ENTRY_SHAPE, data, faults)
    assert (getattr(read, "summary", None), getattr(read, "links", None)) == (summary, links)


def test_an_unknown_key_within_a_part_is_left_out_of_that_part():
    data = ryaml.loads(PLAN.replace("municipality: 瑞穂町", "municipality: 瑞穂町, mayor: 誰か"))
    faults = read_shape(PLAN_SHAPE, data)
    assert isinstance(faults, list)
    assert [(fault.code, fault.at) for fault in faults] == [("E101", ("plan", "mayor"))]
    read = read_known_keys(PLAN_SHAPE, data, faults)
    assert read is not None
    assert read.plan.municipality == "瑞穂町"
    assert data["plan"]["mayor"] == "誰か"


def test_a_long_value_is_shown_shortened():
    fault = only_fault(ENTRY_SHAPE, changed(ENTRY, f"date: {'長' * 50}"))
    assert fault.values["value"] == "長" * 40 + "…"


def test_the_choices_of_a_word_are_named():
    fault = only_fault(ENTRY_SHAPE, changed(ENTRY, "kind: activty"))
    assert {"activity", "actual", "evaluation", "withdrawal"} <= set(fault.values["choices"])


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 15))
def test_a_figure_of_at_most_15_digits_is_read_exactly(digits, places):
    written = Decimal(digits).scaleb(-places)
    adapter: TypeAdapter[Figure] = TypeAdapter(RawFigure)
    assert read_shape(adapter, digits) == digits
    assert read_shape(adapter, float(str(written))) == written


@pytest.mark.parametrize("figure", ["設置", "", True, False])
def test_a_word_and_yes_or_no_are_figures_until_their_indicator_is_known(figure):
    adapter: TypeAdapter[Figure] = TypeAdapter(RawFigure)
    assert read_shape(adapter, figure) is figure


@pytest.mark.parametrize(("change", "value"), [("by: true", "true"), ("by: False", "false"), ("by: ", "")])
def test_the_value_that_is_wrong_is_shown_as_a_file_spells_it(change, value):
    assert only_fault(ENTRY_SHAPE, changed(ENTRY, change)).values["value"] == value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{from: 2024, near: 70}", "{from: 2024, near: 70}"),
        ("[a, true, {b: }]", "[a, true, {b: }]"),
        ("false", "false"),
    ],
)
def test_a_value_of_the_wrong_form_is_shown_as_one_writes_it(written, said):
    fault = only_fault(ENTRY_SHAPE, changed(ENTRY, f"summary: {written}"))
    assert (fault.code, fault.values["value"]) == ("E103", said)


@pytest.mark.parametrize(
    ("raw", "is_year"), [(1925, False), (1926, True), (2200, True), (2201, False), (True, False), ("2024", False)]
)
def test_a_year_is_one_that_a_plan_can_be_of(raw, is_year):
    assert (read_shape(TypeAdapter(Year), raw) == raw) is is_year


@pytest.mark.parametrize(
    ("raw", "is_figure"),
    [
        *((10**15 - 1, True), (10**15, False), (-(10**15) + 1, True), (-(10**15), False)),
        *((0.123456789012345, True), (99999999999999.5, True), (1e15, False), (float("inf"), False)),
    ],
)
def test_a_figure_has_fifteen_digits_at_most(raw, is_figure):
    assert isinstance(read_shape(TypeAdapter(RawFigure), raw), Decimal) is is_figure
