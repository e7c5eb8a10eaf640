# mypy: allow-untyped-calls
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.closing.seal import (
    ALGORITHM,
    Changes,
    Reopening,
    Seal,
    SealFile,
    changes,
    check_seal,
    data_digest,
    digest,
    figures_digest,
    plan_digest,
    reaching,
    read_seals,
)
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import Scope, review
from mizuho_pdca.domain.schema.faults import Fault

PLAN = """
- id: "1"
  title: 基盤
  summary: 方針の説明
  department: 産業課
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      partners: [商工会]
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - id: visits
          name: 訪問件数
          unit: 件
          kind: output
          direction: increase
          method: ratio
          aggregate: sum
          baseline: {year: 2021, value: 40, source: 第2章}
          targets: {2024: 60, 2031: 120}
          note: 参考
          adopted: false
        - id: desk
          name: 窓口
          kind: output
          direction: increase
          method: done
          aggregate: latest
          words: {yes: 設置, no: なし}
          targets: {2026: yes}
          adopted: true
        - id: grown
          name: 累計
          kind: output
          direction: increase
          method: ratio
          aggregate: cumulative
          targets: {2024: 5}
          adopted: true
      - {id: 1-1-1-2, title: 融資}
- id: "2"
  title: 革新
  measures:
  - id: 2-1
    title: 交流
    submeasures:
    - id: 2-1-1
      title: 事業者間
      initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]
"""
A, B, C, D = (character * 64 for character in "abcd")
CLOSED: dict[str, object] = {
    "state": "closed",
    "fiscal_year": 2024,
    "by": "産業課",
    "recorded": "2025-08-20T10:00:00+09:00",
    "algorithm": "sha256/rfc8785",
    "plan": A,
    "review": B,
    "entries": {"e1": C, "e2": D},
}
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


def test_a_seal_is_told_from_another_by_a_short_digest():
    seal = the_seal()
    assert len(seal.short) == 12
    assert seal.short == the_seal(allow_incomplete=False, sample=False).short
    others: list[dict[str, object]] = [
        {"by": "商工課"},
        {"plan": D},
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


@pytest.mark.parametrize(
    ("changed", "at", "words"),
    [
        ({"fiscal_year": 2023}, ("fiscal_year",), "the seal is of FY2023, but lies in the folder of 2024"),
        ({"algorithm": "md5"}, ("algorithm",), '"md5" is not one of sha256/rfc8785'),
        ({"plan": None}, ("plan",), '"plan" has the wrong form'),
        ({"plan": A.upper()}, ("plan",), "is not a digest"),
        ({"review": A[1:]}, ("review",), "is not a digest"),
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


@pytest.mark.parametrize("key", [key for key in CLOSED if key != "state"])
def test_a_key_that_is_missing_is_named(key):
    item = {known: value for known, value in CLOSED.items() if known != key}
    (fault,) = faults_of(item)
    assert f'"{key}" is missing' in fault.message.text(str)


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
        ([CLOSED, REOPENED, REOPENED], 2),
        ([CLOSED, REOPENED, CLOSED, CLOSED], 3),
    ],
)
def test_seals_and_reopenings_take_turns(items, position):
    (fault,) = faults_of(*items)
    assert fault.at == ("seals", position, "state")
    assert "take turns" in fault.message.text(str)


# -- digests of data --------------------------------------------------------------------------


def test_a_digest_is_sha256_of_canonical_json():
    assert (
        data_digest({"b": 1.0, "a": ["あ", True, None]}) == sha256('{"a":["あ",true,null],"b":1}'.encode()).hexdigest()
    )


ENTRY = """\
schema: 1
id: 2024-06-12-aaaaaa
kind: activity
summary: |
  3社を訪問した。
  1社は検討中。
values: {visits: 3.5}
links:
- https://x.example
by: 産業課
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# メモ\n" + ENTRY.replace("activity", "activity  # 活動"), id="comments"),
        pytest.param(
            "".join(reversed(ENTRY.splitlines(keepends=True)[:3])) + ENTRY.partition("activity\n")[2], id="order"
        ),
        pytest.param(ENTRY.replace("産業課", '"産業課"').replace("activity", "'activity'"), id="quotes"),
        pytest.param(ENTRY.replace("\n", "\r\n"), id="line endings of Windows"),
        pytest.param("---\n" + ENTRY.replace("- https", "  - https"), id="indent"),
        pytest.param(ENTRY.replace("3.5", "3.50"), id="a figure written otherwise"),
        pytest.param(ENTRY.replace("{visits: 3.5}", "\n  visits: 3.5"), id="a mapping in lines"),
        pytest.param(ENTRY + "\n\n", id="blank lines at the end"),
    ],
)
def test_what_does_not_change_the_data_leaves_the_digest(text):
    assert text != ENTRY
    assert data_digest(ryaml.loads(text)) == data_digest(ryaml.loads(ENTRY))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3社", "4社"), ("3.5", "3.6"), ("産業課", "産業"), ("中。\n", "中\n"), ("links", "link"),
        ("- https", "- http"), ("3.5", '"3.5"'),
    ],
)  # fmt: skip
def test_one_character_of_the_data_changes_the_digest(old, new):
    assert data_digest(ryaml.loads(ENTRY.replace(old, new))) != data_digest(ryaml.loads(ENTRY))


@pytest.mark.parametrize("data", [{"a": float("nan")}, {"a": float("inf")}, {1: "a"}, {"a": 2**60}, {"a": "\ud800"}])
def test_data_without_a_canonical_form_has_no_digest(data):
    assert data_digest(data) is None


def test_exact_numbers_and_days_go_in_as_texts():
    assert digest({"a": Fraction(1, 3), "b": [Decimal("100.0")]}) == digest({"a": "1/3", "b": ("100",)})
    assert digest({1: date(2025, 4, 1)}) == digest({"1": "2025-04-01"})


# -- the plan ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("{2024: 60, 2031: 120}", "{2024: 61, 2031: 120}", id="the target of the year"),
        pytest.param("{2024: 60, 2031: 120}", "{2024: 60, 2031: 121}", id="the target of the end"),
        pytest.param("{2026: yes}", "{2026: no}", id="a target that is no number"),
        pytest.param("value: 40", "value: 41", id="a baseline"),
        pytest.param("year: 2021", "year: 2020", id="its year"),
        pytest.param("aggregate: sum", "aggregate: mean", id="how a year is counted"),
        pytest.param("adopted: false", "adopted: true", id="whether it is adopted"),
        pytest.param("unit: 件", "unit: 社", id="a unit"),
        pytest.param("yes: 設置", "yes: 有", id="a word for yes"),
        pytest.param("title: 企業訪問", "title: 企業訪問活動", id="a title"),
        pytest.param("title: 融資", "title: 融資, label: '9'", id="a printed number"),
        pytest.param("title: 融資", "title: 融資, department: 税務課", id="a department"),
        pytest.param("[商工会]", "[商工会, 大学]", id="partners"),
        pytest.param("{id: 1-1-1-2, title: 融資}", "{id: 1-1-1-2, relisted_from: 1-1-1-1}", id="a relisting"),
        pytest.param(
            "{id: 1-1-1-2, title: 融資}", "{id: 1-1-1-2, title: 融資, from: 2025}", id="not in force any more"
        ),
        pytest.param("      - {id: 1-1-1-2, title: 融資}\n", "", id="an initiative gone"),
    ],
)
def test_what_the_year_is_judged_by_is_in_the_digest(make_plan, old, new):
    assert old in PLAN
    assert plan_digest(make_plan(PLAN.replace(old, new, 1)), 2024) != plan_digest(make_plan(PLAN), 2024)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("summary: 方針の説明", "summary: 別の説明", id="a summary"),
        pytest.param("source: 第2章", "source: 第3章", id="a source"),
        pytest.param("note: 参考", "note: 案", id="a note"),
        pytest.param("{2024: 60, 2031: 120}", "{2031: 120.0, 2024: 60}  # 案", id="order, comment, a figure otherwise"),
        pytest.param("{2026: yes}", "{2026: true}", id="another word for yes"),
        pytest.param("{2026: yes}", "{2026: 設置}", id="its own word for yes"),
        pytest.param("title: 融資", "title: 融資, until: 2025", id="what ends later"),
        pytest.param("title: 融資", "title: 融資, labels: [{from: 2025, label: '9'}]", id="a later number"),
        pytest.param(
            "{id: 1-1-1-2, title: 融資}", "{id: 1-1-1-2, title: 融資}\n      - {id: 1-1-1-3, title: 新, from: 2025}",
            id="what begins later",
        ),
        pytest.param(
            "adopted: false", "adopted: false\n          revised_targets: [{from: 2025, targets: {2031: 130}}]",
            id="targets of later years",
        ),
        pytest.param("department: 産業課\n", "department: 産業課\n  until: 2030\n", id="an end within the plan"),
    ],
)  # fmt: skip
def test_a_later_revision_and_what_is_only_said_leave_the_digest(make_plan, old, new):
    assert old in PLAN
    assert plan_digest(make_plan(PLAN.replace(old, new, 1)), 2024) == plan_digest(make_plan(PLAN), 2024)


@pytest.mark.parametrize(
    ("header", "is_same"),
    [
        ("title: 別の計画", False),
        ("id: other", False),
        ("period: {from: 2021, until: 2031}", False),
        ("levels: [{name: 方針}, {name: 施策}, {name: 事業}, {name: 取組}]", False),
        ("period: {from: 2022, until: 2033}", True),
        ("office: 商工課", True),
        ("edition: 改訂版", True),
        ("revisions: [{from: 2025, decision: 議決, summary: 改訂}]", True),
    ],
)
def test_what_of_the_header_is_in_the_digest(make_plan, header, is_same):
    assert (plan_digest(make_plan(PLAN, plan=header), 2024) == plan_digest(make_plan(PLAN), 2024)) is is_same


SCALE = "ranks: [{code: A, name: 達成, at_least: 100}, {code: B, name: 未達}]"


@pytest.mark.parametrize(
    ("since", "year", "is_same"), [(2025, 2024, True), (2025, 2025, False), (2024, 2024, False), (2022, 2023, False)]
)
def test_a_scale_of_later_years_leaves_the_digest(make_plan, since, year, is_same):
    revised = make_plan(PLAN, revisions=f"[{{from: {since}, scale: {{{SCALE}}}}}]")
    assert (plan_digest(revised, year) == plan_digest(make_plan(PLAN), year)) is is_same


def test_the_words_of_the_scheme_are_in_the_digest_with_what_they_mean(make_plan):
    base = plan_digest(make_plan(PLAN, scheme=f"scale: {{{SCALE}}}"), 2024)
    for old, new in [("達成", "目標達成"), ("100}", "90}"), ("name: 未達", "name: 未達, definition: 届かない")]:
        assert plan_digest(make_plan(PLAN, scheme=f"scale: {{{SCALE.replace(old, new)}}}"), 2024) != base
    assert plan_digest(make_plan(PLAN, scheme=f"scale: {{{SCALE.replace('100}', '100.0}')}}}"), 2024) == base


# -- the figures ------------------------------------------------------------------------------

VISIT = "id: a, values: {visits: 3, grown: 1}, status: in_progress"


@pytest.fixture
def figures(make_plan, make_ledger):
    return lambda *texts, **options: figures_digest(review(make_plan(PLAN), make_ledger(*texts), 2024, **options))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("id: b, target: 1-1-1-2", id="a report"),
        pytest.param("id: b, status: done", id="a status"),
        pytest.param("id: b, kind: evaluation, rating: A", id="a rating"),
        pytest.param("id: b, values: {visits: 1}", id="a figure"),
        pytest.param("id: b, values: {desk: yes}", id="yes"),
        pytest.param("id: b, values: {desk: no}", id="no"),
        pytest.param("id: b, kind: actual, missing: {visits: 未調査}", id="a missing figure"),
        pytest.param("id: b, date: 2023-06-12, values: {grown: 1}", id="a figure of an earlier year that counts on"),
        pytest.param("id: b, kind: withdrawal, withdraws: a", id="a withdrawal"),
    ],
)
def test_what_counts_in_the_year_is_in_the_digest(figures, text):
    assert figures(VISIT, text) != figures(VISIT)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("id: b, date: 2025-06-12, values: {visits: 9, grown: 9}, status: done", id="a later year"),
        pytest.param("id: b, date: 2025-06-12, kind: evaluation, fiscal_year: 2025, rating: A", id="a later rating"),
        pytest.param("id: b, kind: improvement, direction: 拡充, next: 増やす", id="words"),
        pytest.param("id: b, summary: 別の話", id="what was done, in words"),
        pytest.param("id: b, date: 2025-06-12, target: 1-1-1-2, sample: true", id="a sample"),
    ],
)
def test_what_does_not_count_in_the_year_leaves_the_digest(figures, text):
    assert figures(VISIT, text) == figures(VISIT)


def test_a_part_of_the_plan_has_other_figures_than_the_whole(figures):
    assert figures(VISIT, scope=Scope(policy="2")) != figures(VISIT)


@given(st.lists(st.tuples(st.integers(2025, 2030), st.integers(0, 99)), max_size=4))
def test_no_later_year_changes_the_digest(make_plan, make_ledger, later):
    texts = [
        f"id: x{n}, date: {year}-05-01, values: {{grown: {value}, visits: {value}}}"
        for n, (year, value) in enumerate(later)
    ]
    plan = make_plan(PLAN)
    with_later = figures_digest(review(plan, make_ledger(VISIT, *texts), 2024))
    assert with_later == figures_digest(review(plan, make_ledger(VISIT), 2024))


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
def sealed(make_plan, make_ledger):
    """Return plan, ledger and a file whose seal fits them and the digests of two entries."""
    plan, ledger = make_plan(PLAN), make_ledger(VISIT)
    file = seals(
        CLOSED,
        plan=plan_digest(plan, 2024),
        review=figures_digest(review(plan, ledger, 2024)),
        entries={"e1": C, "e2": D},
    )
    return plan, ledger, file


FITTING = {"records/2024/1-1-1-1/e1.yaml": C, "records/2024/1-1-1-1/e2.yaml": D}


def check(sealed, digests=FITTING, unread=(), **other):
    plan, ledger, file = sealed
    found = check_seal(other.get("file", file), digests, unread, other.get("plan", plan), other.get("ledger", ledger))
    return sorted(((path or "", fault) for path, fault in found), key=lambda pair: (pair[0], pair[1].code))


def test_what_fits_has_no_fault(sealed):
    assert check(sealed) == []


def test_a_reopened_year_is_not_checked(sealed):
    assert check(sealed, {}, file=seals(CLOSED, REOPENED), plan=None) == []


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


def test_a_changed_plan_is_named_in_the_seal_and_explains_other_figures(sealed, make_plan):
    plan = make_plan(PLAN.replace("2024: 60", "2024: 61"))
    ((path, fault),) = check(sealed, plan=plan)
    assert (path, fault.code, fault.at) == ("", "E504", ("seals", 0, "plan"))


def test_a_plan_with_faults_is_not_compared(sealed):
    assert check(sealed, plan=None) == []


def test_other_figures_of_the_same_entries_are_named(sealed, make_ledger):
    ledger = make_ledger(VISIT, "id: b, date: 2023-06-12, values: {grown: 1}")
    ((path, fault),) = check(sealed, ledger=ledger)
    assert (path, fault.code, fault.at) == ("", "E506", ("seals", 0, "review"))


def test_other_figures_are_no_news_where_entries_differ(sealed):
    codes = [fault.code for _, fault in check(sealed, {}, ledger=Ledger([]))]
    assert codes == ["E502", "E502"]


def test_figures_are_not_judged_where_a_file_could_not_be_read(sealed):
    assert check(sealed, FITTING, {"records/2022/1-1-1-1/x.yaml"}, ledger=Ledger([])) == []


def test_entries_are_held_against_the_last_seal(sealed):
    plan, ledger, file = sealed
    (last,) = file.seals
    assert isinstance(last, Seal)
    old = last.model_copy(update={"entries": {}, "plan": A})
    later = file.model_copy(update={"seals": (old, seals(CLOSED, REOPENED).seals[1], last)})
    assert check((plan, ledger, later)) == []
    ((_, fault),) = check((plan, ledger, later), {"records/2024/1-1-1-1/e1.yaml": C})
    assert fault.at == ("seals", 2, "entries", "e2")


def test_the_figures_of_a_report_do_not_depend_on_what_it_was_made_from(make_plan, make_ledger):
    report = review(make_plan(PLAN), make_ledger(VISIT), 2024)
    assert figures_digest(replace(report, problems=(), sample=True)) == figures_digest(report)


def test_how_entries_differ_from_those_of_a_seal():
    assert changes(the_seal(), {"e1": A, "e3": C}) == Changes(changed=("e1",), vanished=("e2",), came=("e3",))
    assert changes(the_seal(), {"e1": C, "e2": D}) == Changes((), (), ())
