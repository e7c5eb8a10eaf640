# mypy: allow-untyped-calls
from datetime import date

import pytest

from mizuho_pdca.core.checks import EntryCheck, check_links, check_plan, check_sums, path_of
from mizuho_pdca.core.ledger import Ledger

TODAY = date(2025, 7, 1)


def spelled(fault):
    """Return both texts of a fault; storage adds the line of ``first``."""
    values = {**fault.values, "first": 1}
    return type(fault)(fault.code, fault.at, values, fault.guess).message.text(str), fault.remedy.text(str)


def shown(faults):
    assert all(all(spelled(fault)) for fault in faults)
    return [(fault.code, fault.at, fault.guess) for fault in faults]


# -- the plan ---------------------------------------------------------------------------------

INDICATOR = "name: 訪問, kind: output, adopted: true"
SUM = f"{INDICATOR}, aggregate: sum, direction: increase, method: ratio"


def policy(initiatives, indicators="[]"):
    """Give one policy with one measure and one submeasure; paths in it begin with ``BELOW``."""
    return f"""
    - id: "1"
      title: 方針
      indicators: {indicators}
      measures:
      - {{id: 1-1, title: 基本施策, submeasures: [{{id: 1-1-1, title: 施策, initiatives: {initiatives}}}]}}
    """


BELOW = ("policies", 0, "measures", 0, "submeasures", 0, "initiatives")
ABOVE = ("policies", 0, "indicators")


def test_a_plan_without_faults(make_plan_file, adopted_file):
    assert check_plan(make_plan_file(policy("[{id: 1-1-1-1, title: 取組}]"))) == []
    assert check_plan(adopted_file) == []


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        pytest.param(
            '[{id: "1", title: 方針, measures: [{id: 2-1, title: 施策, submeasures: []}]}]',
            [("E111", ("policies", 0, "measures", 0, "id"), None)],
            id="E111 under another",
        ),
        pytest.param(
            '[{id: "1", title: 方針, measures: [{id: 1-1-1, title: 施策, submeasures: []}]}]',
            [("E111", ("policies", 0, "measures", 0, "id"), None)],
            id="E111 a level too deep",
        ),
        pytest.param("[{id: 1-1, title: 方針, measures: []}]", [("E128", ("policies", 0, "id"), None)], id="E128"),
        pytest.param(
            '[{id: "1", title: 甲, measures: []}, {id: "1", title: 乙, measures: []}]',
            [("E112", ("policies", 1, "id"), None)],
            id="E112",
        ),
        pytest.param(
            policy("[{id: 1-1-1-1, title: 取組}, {id: 1-1-1-2, relisted_from: 1-1-1-7}]"),
            [("E113", (*BELOW, 1, "relisted_from"), None)],
            id="E113",
        ),
        pytest.param(
            policy("[{id: 1-1-1-2, relisted_from: 1-1}, {id: 1-1-1-1, title: 取組}]"),
            [("E113", (*BELOW, 0, "relisted_from"), None)],
            id="E113 of a measure",
        ),
        pytest.param(
            policy("[{id: 1-1-1-1, relisted_from: 1-1-1-1}]"),
            [("E113", (*BELOW, 0, "relisted_from"), None)],
            id="E113 of itself",
        ),
        pytest.param(
            policy(
                "[{id: 1-1-1-1, title: 取組}, {id: 1-1-1-2, relisted_from: 1-1-1-1}, "
                "{id: 1-1-1-3, relisted_from: 1-1-1-2}]"
            ),
            [("E114", (*BELOW, 2, "relisted_from"), None)],
            id="E114",
        ),
        pytest.param(
            policy("[{id: 1-1-1-1, title: 取組, from: 2030, until: 2025}]"),
            [("E115", (*BELOW, 0, "from"), None)],
            id="E115",
        ),
        pytest.param(
            policy("[{id: １－１①-1, title: 取組}]"), [("E125", (*BELOW, 0, "id"), "1-1-1-1")], id="E125 full width"
        ),
        pytest.param(policy("[{id: 1-1-1-１, title: 取組}]"), [("E125", (*BELOW, 0, "id"), "1-1-1-1")], id="E125 one"),
        pytest.param(
            policy("[{id: 1-1-1-1１, title: 取組}]"), [("E125", (*BELOW, 0, "id"), "1-1-1-11")], id="E125 second digit"
        ),
        pytest.param(policy("[{id: その他, title: 取組}]"), [("E125", (*BELOW, 0, "id"), None)], id="E125 a word"),
        pytest.param(policy("[{id: 1-1-1-1}]"), [("E126", (*BELOW, 0), None)], id="E126"),
    ],
)
def test_a_fault_of_the_nodes(make_plan_file, policies, expected):
    assert shown(check_plan(make_plan_file(policies))) == expected


def test_a_number_that_is_written_wrong_is_the_only_fault_of_the_nodes_below_it(make_plan_file):
    file = make_plan_file('[{id: "１", title: 方針, measures: [{id: 1-1, title: 施策, submeasures: []}]}]')
    assert shown(check_plan(file)) == [("E125", ("policies", 0, "id"), "1")]


@pytest.mark.parametrize(
    ("plan", "at"), [("period: {from: 2031, until: 2022}", ("plan", "period", "from")), ("edition: 素案", None)]
)
def test_the_period_of_the_plan(make_plan_file, plan, at):
    assert shown(check_plan(make_plan_file("[]", plan=plan))) == ([("E115", at, None)] if at else [])


RANKS = ("scheme", "scale", "ranks")


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        pytest.param(
            "scale: {ranks: [{code: A, name: a, at_least: 80}, {code: B, name: b, at_least: 80}, {code: C, name: c}]}",
            [("E118", (*RANKS, 1, "at_least"), None)],
            id="E118 level",
        ),
        pytest.param(
            "scale: {ranks: [{code: A, name: 優}, {code: B, name: 良, at_least: 30}, {code: C, name: 可}]}",
            [("E118", (*RANKS, 0, "at_least"), None)],
            id="E118 no bound",
        ),
        pytest.param(
            "scale: {ranks: [{code: A, name: 優, at_least: 80}, {code: B, name: 良, at_least: 30}]}",
            [("E118", (*RANKS, 1, "at_least"), None)],
            id="E118 the last has a bound",
        ),
        pytest.param(
            "scale: {ranks: [{code: A, name: 優, at_least: 80}, {code: A, name: 良}]}",
            [("E123", (*RANKS, 1, "code"), None)],
            id="E123 ranks",
        ),
        pytest.param(
            "scale: {ranks: [{code: A, name: 優}], "
            "states: [{code: X, name: 無}, {code: A, name: 未}, {code: X, name: 止}]}",
            [("E123", ("scheme", "scale", "states", n, "code"), None) for n in (1, 2)],
            id="E123 states",
        ),
        pytest.param(
            "directions: [{name: 拡充}, {name: 継続}, {name: 拡充}]",
            [("E123", ("scheme", "directions", 2, "name"), None)],
            id="E123 directions",
        ),
        pytest.param(
            "missing: [{name: 未調査}, {name: 未調査}]",
            [("E123", ("scheme", "missing", 1, "name"), None)],
            id="E123 missing",
        ),
    ],
)
def test_a_fault_of_the_scheme(make_plan_file, scheme, expected):
    assert shown(check_plan(make_plan_file("[]", scheme=scheme))) == expected


def test_all_seven_statuses_are_listed_once(make_plan_file):
    statuses = "[{code: done, name: 済}, {code: done, name: 完了}, {code: completed, name: 完了}]"
    lacking, *twice = check_plan(make_plan_file("[]", scheme=f"statuses: {statuses}"))
    assert (lacking.code, lacking.at, lacking.on_key) == ("E127", ("scheme", "statuses"), True)
    assert lacking.values["missing"] == ["not_started", "preparing", "in_progress", "suspended", "discontinued"]
    at = ("scheme", "statuses")
    assert shown(twice) == [("E123", (*at, 1, "code"), None), ("E123", (*at, 2, "name"), None)]


@pytest.mark.parametrize(
    ("indicators", "expected"),
    [
        pytest.param(
            f"[{{id: waste, {INDICATOR}, aggregate: sum, direction: decrease, method: ratio}}]",
            [("E116", (*ABOVE, 0, "method"), None)],
            id="E116",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, targets: {{2021: 1, 2022: 1, 2031: 1, 2032: 1}}}}]",
            [("E117", (*ABOVE, 0, "targets", 2021), None), ("E117", (*ABOVE, 0, "targets", 2032), None)],
            id="E117",
        ),
        pytest.param(f"[{{id: visits, {SUM}}}, {{id: visits, {SUM}}}]", [("E119", (*ABOVE, 1, "id"), None)], id="E119"),
        pytest.param(
            f"[{{id: visits, {INDICATOR}, aggregate: sum, direction: increase, method: progress}}]",
            [("E120", (*ABOVE, 0, "method"), None)],
            id="E120",
        ),
        pytest.param(
            f"[{{id: visits, {INDICATOR}, aggregate: sum, direction: maintain, method: ratio}}]",
            [("E121", (*ABOVE, 0, "method"), None)],
            id="E121 direction",
        ),
        pytest.param(
            f"[{{id: visits, {INDICATOR}, aggregate: mean, direction: increase, method: done}}]",
            [("E121", (*ABOVE, 0, "method"), None)],
            id="E121 aggregate",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, tolerance: 5}}]", [("E121", (*ABOVE, 0, "method"), None)], id="E121 tolerance"
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, words: {{yes: 有, no: 無}}}}]",
            [("E121", (*ABOVE, 0, "method"), None)],
            id="E121 words",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, targets: {{2024: 60件}}, baseline: {{year: 2021, value: true}}}}]",
            [("E122", (*ABOVE, 0, "targets", 2024), None), ("E122", (*ABOVE, 0, "baseline", "value"), None)],
            id="E122",
        ),
        pytest.param(f"[{{id: 訪問, {SUM}}}]", [("E124", (*ABOVE, 0, "id"), None)], id="E124"),
        pytest.param(f"[{{id: Visits_2, {SUM}}}]", [("E124", (*ABOVE, 0, "id"), None)], id="E124 signs"),
        pytest.param(
            f"[{{id: visits, {SUM}, from: 2026, until: 2025}}]", [("E115", (*ABOVE, 0, "from"), None)], id="E115"
        ),
        pytest.param(
            f"[{{id: waste, {INDICATOR}, aggregate: sum, direction: decrease, method: progress, "
            "baseline: {year: 2021, value: 30}, targets: {2024: 20}}]",
            [],
            id="a progress downward",
        ),
        pytest.param(
            f"[{{id: desk, {INDICATOR}, aggregate: latest, direction: increase, method: done, "
            "words: {yes: 設置, no: なし}, targets: {2031: 設置}}]",
            [],
            id="done in its own words",
        ),
        pytest.param(
            f"[{{id: local, {INDICATOR}, aggregate: latest, direction: maintain, method: maintain, tolerance: 5}}]",
            [],
            id="within a tolerance",
        ),
    ],
)
def test_a_fault_of_the_indicators(make_plan_file, indicators, expected):
    assert shown(check_plan(make_plan_file(policy("[]", indicators)))) == expected


@pytest.mark.parametrize(
    ("method", "wanted"),
    [
        ("direction: increase, method: ratio, aggregate: sum", "a number"),
        ("direction: increase, method: done, aggregate: latest", "yes or no"),
        ("direction: increase, method: done, aggregate: latest, words: {yes: 設置, no: なし}", "設置 or なし"),
    ],
)
def test_a_target_of_another_kind_is_told_what_is_wanted(make_plan_file, method, wanted):
    indicators = f"[{{id: desk, {INDICATOR}, {method}, targets: {{2031: 建設中}}}}]"
    (fault,) = check_plan(make_plan_file(policy("[]", indicators)))
    assert fault.message.text(str) == f'"建設中" is no value of the indicator "desk" ({wanted} is wanted)'


@pytest.mark.parametrize(
    ("policies", "code", "first"),
    [
        ('[{id: "1", title: 甲, measures: []}, {id: "1", title: 乙, measures: []}]', "E112", ("policies", 0, "id")),
        (policy("[]", f"[{{id: visits, {SUM}}}, {{id: visits, {SUM}}}]"), "E119", (*ABOVE, 0, "id")),
    ],
)
def test_what_is_given_twice_names_the_first(make_plan_file, policies, code, first):
    (fault,) = check_plan(make_plan_file(policies))
    assert (fault.code, fault.first) == (code, first)


def test_every_fault_of_a_plan_is_found_in_one_pass(make_plan_file):
    indicators = f"[{{id: 訪問, {INDICATOR}, aggregate: sum, direction: decrease, method: ratio}}]"
    file = make_plan_file(
        policy("[{id: 1-1-1-1}, {id: 1-1-1-1, title: 取組, relisted_from: 9-9-9-9}]", indicators),
        plan="period: {from: 2031, until: 2022}",
        scheme="missing: [{name: 未調査}, {name: 未調査}]",
    )
    assert {"E112", "E113", "E115", "E116", "E123", "E124"} <= {fault.code for fault in check_plan(file)}


# -- one entry --------------------------------------------------------------------------------

PLAN = f"""
- id: "1"
  title: 方針
  until: 2030
  indicators: [{{id: firms, {SUM}}}]
  measures:
  - id: 1-1
    title: 基本施策
    submeasures:
    - id: 1-1-1
      title: 施策
      initiatives:
      - {{id: 1-1-1-1, title: 訪問, indicators: [{{id: company-visits, {SUM}}}]}}
      - {{id: 1-1-1-2, title: 相談, from: 2023, until: 2024}}
      - {{id: 1-1-1-3, relisted_from: 1-1-1-1}}
      - id: 1-1-1-4
        title: 拠点
        indicators:
        - {{id: desk, {INDICATOR}, aggregate: latest, direction: increase, method: done,
           words: {{yes: 設置, no: なし}}}}
"""

ID = "id: 2024-06-12-k7x3q9"


def faults_of(make_plan, entry, path=None):
    return EntryCheck(make_plan(PLAN), TODAY).faults(entry, path or path_of(entry))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (ID, "records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml"),
        (f"{ID}, date: 2024-03-31", "records/2023/1-1-1-1/2024-06-12-k7x3q9.yaml"),
        (f"{ID}, kind: actual, fiscal_year: 2023, target: '1'", "records/2023/1/2024-06-12-k7x3q9.yaml"),
    ],
)
def test_where_an_entry_belongs(make_entry, text, path):
    assert path_of(make_entry(text)) == path


@pytest.mark.parametrize(
    "text",
    [
        f"{ID}, status: in_progress, values: {{company-visits: 3, firms: 2}}",
        f"{ID}, status: 実施済（当年度分）, target: 1-1",
        f"{ID}, target: 1-1-1-4, values: {{desk: 設置}}",
        f"{ID}, target: 1-1-1-2, date: 2025-03-31",
        f"{ID}, kind: actual, target: '1', values: {{firms: 2.5}}, missing: {{company-visits: 未調査}}",
        f"{ID}, kind: evaluation, rating: A",
        f"{ID}, kind: evaluation, rating: 評価困難",
        f"{ID}, kind: improvement, direction: 拡充, next: 増やす",
        f"{ID}, kind: withdrawal, withdraws: 2024-06-11-aaaaaa",
        f"{ID}, supersedes: 2024-06-11-aaaaaa, reason: 誤記",
    ],
)
def test_an_entry_without_faults(make_plan, make_entry, text):
    assert faults_of(make_plan, make_entry(text)) == []


@pytest.mark.parametrize(
    ("text", "code", "at", "guess"),
    [
        ("id: 訪問記録", "E201", ("id",), None),
        ("id: ２０２４-06-12-k7x3q9", "E201", ("id",), None),
        (f"{ID}, status: 実施", "E204", ("status",), "実施中"),
        (f"{ID}, status: complete", "E204", ("status",), "完了"),
        (f"{ID}, status: ？", "E204", ("status",), None),
        (f"{ID}, kind: evaluation, rating: E", "E205", ("rating",), None),
        (f"{ID}, kind: evaluation, rating: A評価", "E205", ("rating",), "A"),
        (f"{ID}, kind: improvement, direction: 改善する, next: 見直す", "E206", ("direction",), "改善"),
        (f"{ID}, kind: improvement, direction: 現状維持, next: 続ける", "E206", ("direction",), None),
        (f"{ID}, values: {{company-visit: 3}}", "E207", ("values", "company-visit"), "company-visits"),
        (f"{ID}, values: {{売上: 3}}", "E207", ("values", "売上"), None),
        (f"{ID}, kind: actual, missing: {{firm: 未調査}}", "E207", ("missing", "firm"), "firms"),
        (f"{ID}, values: {{company-visits: 3件}}", "E208", ("values", "company-visits"), None),
        (f"{ID}, values: {{desk: 1}}", "E208", ("values", "desk"), None),
        (f"{ID}, kind: actual, values: {{firms: true}}", "E208", ("values", "firms"), None),
        (f"{ID}, date: 2025-07-02", "E210", ("date",), None),
        (f"{ID}, target: 9-9", "E211", ("target",), None),
        (f"{ID}, target: 1-1①-1", "E211", ("target",), "1-1-1-1"),
        (f"{ID}, target: 訪問", "E211", ("target",), None),
        (f"{ID}, target: 1-1-1-2, date: 2023-03-31", "E212", ("date",), None),
        (f"{ID}, target: 1-1-1-2, date: 2025-04-01", "E212", ("date",), None),
        (f"{ID}, kind: actual, target: 1-1-1-2, fiscal_year: 2025", "E212", ("fiscal_year",), None),
        (f"{ID}, date: 2022-03-31", "E212", ("date",), None),
        (f"{ID}, kind: actual, fiscal_year: 2031", "E212", ("fiscal_year",), None),
        (f"{ID}, kind: actual, missing: {{firms: 未調}}", "E213", ("missing", "firms"), "未調査"),
        (f"{ID}, kind: actual, missing: {{firms: 忘れた}}", "E213", ("missing", "firms"), None),
        (f"{ID}, target: 1-1-1-3", "E214", ("target",), None),
        (f"{ID}, kind: evaluation, rating: A, target: 1-1", "E215", ("target",), None),
        (f"{ID}, supersedes: 2024-06-11-aaaaaa", "E216", ("supersedes",), None),
    ],
)
def test_a_fault_of_an_entry(make_plan, make_entry, text, code, at, guess):
    assert shown(faults_of(make_plan, make_entry(text))) == [(code, at, guess)]


@pytest.mark.parametrize(
    ("text", "path", "code", "at"),
    [
        (ID, "records/2024/1-1-1-2/2024-06-12-k7x3q9.yaml", "E202", ("target",)),
        (ID, "records/2023/1-1-1-1/2024-06-12-k7x3q9.yaml", "E203", ("date",)),
        (f"{ID}, kind: actual", "records/2023/1-1-1-1/2024-06-12-k7x3q9.yaml", "E203", ("fiscal_year",)),
        (ID, "records/2024/1-1-1-1/コピー.yaml", "E209", ("id",)),
    ],
)
def test_an_entry_in_the_wrong_place(make_plan, make_entry, text, path, code, at):
    assert shown(faults_of(make_plan, make_entry(text), path)) == [(code, at, None)]


def test_the_remedy_for_a_wrong_folder_is_the_right_one(make_plan, make_entry):
    (fault,) = faults_of(make_plan, make_entry(ID), "records/2024/1-1-1-2/2024-06-12-k7x3q9.yaml")
    assert fault.remedy.text(str) == "Move the file to records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("target: 1-1-1-2, kind: actual, fiscal_year: 2022", (2023, 2024)),
        ("target: 1-1, kind: actual, fiscal_year: 2031", (2022, 2030)),
    ],
)
def test_what_is_not_in_force_names_the_years_in_which_it_is(make_plan, make_entry, text, years):
    (fault,) = faults_of(make_plan, make_entry(f"{ID}, {text}"))
    assert (fault.values["since"], fault.values["until"]) == years


def test_a_relisting_names_its_original(make_plan, make_entry):
    (fault,) = faults_of(make_plan, make_entry(f"{ID}, target: 1-1-1-3"))
    assert fault.remedy.text(str) == "Record it for the original: target: 1-1-1-1"


def test_every_fault_of_an_entry_is_found_in_one_pass(make_plan, make_entry):
    entry = make_entry("id: 訪問, target: 9-9, date: 2025-07-02, status: ？, values: {x: 1}, supersedes: b")
    found = faults_of(make_plan, entry, "records/2024/1-1/a.yaml")
    codes = [fault.code for fault in found]
    assert sorted(codes) == ["E201", "E202", "E203", "E204", "E207", "E209", "E210", "E211", "E216"]


# -- entries together -------------------------------------------------------------------------


def links(make_entry, texts, faulty=()):
    filed = [(f"{number}.yaml", make_entry(text)) for number, text in enumerate(texts, start=1)]
    known = frozenset(entry.id for _, entry in filed) | frozenset(faulty)
    return [(path, *found) for path, fault in check_links(filed, known) for found in shown([fault])]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["id: a", "id: b"], [], id="no links"),
        pytest.param(["id: a", "id: b, supersedes: a, reason: 誤記"], [], id="a correction"),
        pytest.param(["id: a", "id: b, kind: withdrawal, withdraws: a"], [], id="a withdrawal of another kind"),
        pytest.param(
            ["id: a", "id: b, supersedes: x, reason: 誤記"], [("2.yaml", "E301", ("supersedes",), None)], id="E301"
        ),
        pytest.param(
            ["id: b, kind: withdrawal, withdraws: x"], [("1.yaml", "E301", ("withdraws",), None)], id="E301 withdrawal"
        ),
        pytest.param(
            ["id: a", "id: b, supersedes: a, reason: 誤記", "id: c, supersedes: a, reason: 誤記"],
            [("3.yaml", "E302", ("supersedes",), None)],
            id="E302",
        ),
        pytest.param(
            [
                "id: a",
                "id: b, supersedes: a, reason: 誤記",
                "id: c, supersedes: a, reason: 誤記",
                "id: d, kind: withdrawal, withdraws: b",
            ],
            [],
            id="one of two corrections was withdrawn",
        ),
        pytest.param(
            ["id: a, supersedes: a, reason: 誤記"], [("1.yaml", "E303", ("supersedes",), None)], id="E303 of itself"
        ),
        pytest.param(
            ["id: a, supersedes: c, reason: x", "id: b, supersedes: a, reason: x", "id: c, supersedes: b, reason: x"],
            [(f"{number}.yaml", "E303", ("supersedes",), None) for number in (1, 2, 3)],
            id="E303 of three",
        ),
        pytest.param(
            ["id: a, kind: withdrawal, withdraws: b", "id: b, kind: withdrawal, withdraws: a"],
            [(f"{number}.yaml", "E303", ("withdraws",), None) for number in (1, 2)],
            id="E303 of withdrawals",
        ),
        pytest.param(
            [
                "id: a, supersedes: b, reason: x",
                "id: b, supersedes: a, reason: x",
                "id: c, kind: withdrawal, withdraws: a",
            ],
            [(f"{number}.yaml", "E303", ("supersedes",), None) for number in (1, 2)],
            id="E303 beside one that only leads into the circle",
        ),
        pytest.param(["id: a", "id: a"], [("2.yaml", "E304", ("id",), None)], id="E304"),
        pytest.param(
            ["id: a", "id: b, kind: evaluation, rating: A, supersedes: a, reason: 誤記"],
            [("2.yaml", "E305", ("supersedes",), None)],
            id="E305",
        ),
    ],
)
def test_a_fault_of_entries_together(make_entry, texts, expected):
    assert links(make_entry, texts) == expected


def test_a_reference_to_an_entry_with_a_faulty_file_is_no_fault(make_entry):
    assert links(make_entry, ["id: b, supersedes: a, reason: 誤記"], faulty=["a"]) == []


@pytest.mark.parametrize(
    ("texts", "code", "words"),
    [
        (["id: a", "id: b, supersedes: a, reason: x", "id: c, supersedes: a, reason: x"], "E302", ("a", "b")),
        (["id: a, supersedes: b, reason: x", "id: b, supersedes: a, reason: x"], "E303", ("a > b > a",)),
        (["id: a", "id: a"], "E304", ("a", "1.yaml")),
        (
            ["id: a", "id: b, kind: evaluation, rating: A, supersedes: a, reason: x"],
            "E305",
            ("an evaluation", "an activity"),
        ),
    ],
)
def test_the_message_names_the_other_entry(make_entry, texts, code, words):
    filed = [(f"{number}.yaml", make_entry(text)) for number, text in enumerate(texts, start=1)]
    _, fault = next(check_links(filed, frozenset("ab")))
    assert fault.code == code
    assert all(word in fault.message.text(str) for word in words)


@pytest.mark.parametrize(
    ("aggregate", "texts", "sums"),
    [
        (
            "sum",
            ["id: a, values: {n: 3}", "id: b, values: {n: 4}", "id: c, kind: actual, values: {n: 7}"],
            ["3 + 4 + 7"],
        ),
        ("cumulative", ["id: a, values: {n: 3}", "id: c, kind: actual, values: {n: 7}"], ["3 + 7"]),
        ("sum", ["id: a, values: {n: 3}", "id: c, kind: actual, fiscal_year: 2023, values: {n: 7}"], []),
        ("sum", ["id: a, values: {n: 3}", "id: b, values: {n: 4}"], []),
        ("sum", ["id: c, kind: actual, values: {n: 7}", "id: d, kind: actual, values: {n: 1}"], []),
        ("latest", ["id: a, values: {n: 3}", "id: c, kind: actual, values: {n: 7}"], []),
        ("mean", ["id: a, values: {n: 3}", "id: c, kind: actual, values: {n: 7}"], []),
        (
            "sum",
            [
                "id: a, values: {n: 3}",
                "id: c, kind: actual, values: {n: 7}",
                "id: w, kind: withdrawal, withdraws: a",
            ],
            [],
        ),
    ],
)
def test_an_actual_beside_activities_that_it_is_added_to_is_worth_a_look(make_plan, make_entry, aggregate, texts, sums):
    indicators = f"[{{id: n, {INDICATOR}, direction: increase, method: ratio, aggregate: {aggregate}}}]"
    plan = make_plan(policy("[{id: 1-1-1-1, title: 訪問}]", indicators))
    found = list(check_sums(plan, Ledger(map(make_entry, texts))))
    assert shown([fault for _, fault in found]) == [("W401", ("values", "n"), None)] * len(sums)
    assert [(path, fault.values["sum"]) for path, fault in found] == [("records/2024/1-1-1-1/c.yaml", s) for s in sums]
