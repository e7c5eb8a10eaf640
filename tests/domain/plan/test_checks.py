# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.plan.checks import check_plan
from mizuho_pdca.message import Message

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


def spelled(fault):
    """Return both texts of a fault; storage adds the line of ``first``."""
    values = {**fault.values, "first": 1}
    return type(fault)(fault.code, fault.at, values, fault.guess).message.text(str), fault.remedy.text(str)


def shown(faults):
    assert all(all(spelled(fault)) for fault in faults)
    return [(fault.code, fault.at, fault.guess) for fault in faults]


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
        pytest.param(
            "[{id: 方針, title: 方針, measures: [{id: 1-1, title: 施策, submeasures: []}]}]",
            [("E125", ("policies", 0, "id"), None), ("E111", ("policies", 0, "measures", 0, "id"), None)],
            id="E111 below a word",
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
        pytest.param(policy("[{id: 1-1-1-1, title: 取組, from: 2025, until: 2025}]"), [], id="a single year"),
        pytest.param(
            policy("[{id: 1-1-1-1, title: 取組, until: 2025, superseded_by: [1-1-1-2]}, {id: 1-1-1-2, title: 取組}]"),
            [],
            id="a successor",
        ),
        pytest.param(
            policy("[{id: 1-1-1-1, title: 取組, superseded_by: [1-1, 9-9]}]"),
            [("E130", (*BELOW, 0, "superseded_by", 1), None)],
            id="E130",
        ),
        pytest.param(
            policy("[{id: 1-1-1-1, title: 取組, superseded_by: [1-1-1-1]}]"),
            [("E130", (*BELOW, 0, "superseded_by", 0), None)],
            id="E130 of itself",
        ),
        pytest.param(
            '[{id: "1", title: 方針, measures: [{id: 1-1, title: 施策, initiatives: [{id: 1-1-1, title: 取組}]}]}]',
            [("E131", ("policies", 0, "measures", 0, "initiatives", 0, "id"), None)],
            id="E131",
        ),
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


EVALUATOR = ("scheme", "evaluators", 1)
OWN = "{code: a, name: 甲}"
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
            f"evaluators: [{OWN}, "
            "{code: b, name: 乙, scale: {ranks: [{code: A, name: 優}, {code: A, name: 良}]}}]",
            [("E123", (*EVALUATOR, "scale", "ranks", 1, "code"), None)],
            id="E123 of an evaluator, who needs no bounds",
        ),
        pytest.param(
            f"evaluators: [{OWN}, {{code: b, name: 乙, scale: {{}}}}]",
            [("E146", (*EVALUATOR, "scale"), None)],
            id="E146 without a word",
        ),
        pytest.param(
            "evaluators: [{code: a, name: 甲, scale: {states: [{code: A, name: 優}]}}]",
            [("E146", ("scheme", "evaluators", 0, "scale"), None)],
            id="E146 the first one",
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
        pytest.param(
            "directions: [{name: 拡充, aliases: [拡大, 継続]}, {name: 継続, aliases: [現状維持, 拡大, 継続]}]",
            [("E123", ("scheme", "directions", n, "aliases", 1), None) for n in (0, 1)],
            id="E123 aliases",
        ),
        pytest.param(
            "scale: {ranks: [{code: A, name: 優}], states: [{code: X, name: 無, aliases: [なし]}, "
            "{code: Y, name: 未, aliases: [なし]}]}",
            [("E123", ("scheme", "scale", "states", 1, "aliases", 0), None)],
            id="E123 aliases of states",
        ),
        pytest.param(
            "statuses: [{code: not_started, name: 未着手}, {code: preparing, name: 準備中}, "
            "{code: in_progress, name: 実施中, aliases: [着手]}, {code: done, name: 実施済, aliases: [着手]}, "
            "{code: completed, name: 完了}, {code: suspended, name: 休止}, {code: discontinued, name: 中止}]",
            [("E123", ("scheme", "statuses", 3, "aliases", 0), None)],
            id="E123 aliases of statuses",
        ),
        pytest.param(
            "missing: [{name: 未調査, aliases: [なし]}, {name: 集計中, aliases: [なし]}]",
            [("E123", ("scheme", "missing", 1, "aliases", 0), None)],
            id="E123 aliases of reasons",
        ),
        pytest.param(
            "responses: [{code: answered, name: 済, aliases: [終]}, {code: in_hand, name: 中, aliases: [終]}]",
            [("E123", ("scheme", "responses", 1, "aliases", 0), None)],
            id="E123 aliases of answers",
        ),
        pytest.param(
            "responses: [{code: answered, name: 済}, {code: in_hand, name: 済}]",
            [("E123", ("scheme", "responses", 1, "name"), None)],
            id="E123 answers",
        ),
        pytest.param(
            "scale: {ranks: [{code: A, name: 優, at_least: 80, aliases: [上]}, "
            "{code: B, name: 良, aliases: [上]}], states: []}",
            [("E123", ("scheme", "scale", "ranks", 1, "aliases", 0), None)],
            id="E123 aliases of ranks",
        ),
    ],
)
def test_a_fault_of_the_scheme(make_plan_file, scheme, expected):
    assert shown(check_plan(make_plan_file("[]", scheme=scheme))) == expected


THREE = "levels: [{name: 方針}, {name: 施策}, {name: 事業}]"


@pytest.mark.parametrize(
    ("plan", "scheme", "expected"),
    [
        ("", "rate: [initiative, submeasure, measure, policy, plan]", []),
        ("", "rate: []", []),
        ("", "rate: [measure, measure]", [("E123", "scheme.rate.1")]),
        (THREE, "rate: [measure, submeasure]", [("E150", "scheme.rate.1")]),
        (THREE, "rate: [measure, plan]", []),
        ("", "evaluators: [{code: a, name: 甲}, {code: a, name: 乙}]", [("E123", "scheme.evaluators.1.code")]),
        ("", "evaluators: [{code: a, name: 甲}, {code: b, name: 乙, aliases: [甲]}]",
         [("E123", "scheme.evaluators.1.aliases.0")]),
    ],
)  # fmt: skip
def test_who_rates_and_at_which_levels(make_plan_file, plan, scheme, expected):
    found = check_plan(make_plan_file("[{id: '1', title: 方針, measures: []}]", plan=plan, scheme=scheme))
    assert [(fault.code, ".".join(map(str, fault.at))) for fault in found] == expected


def test_a_level_that_a_revision_expects_is_checked_as_well(make_plan_file):
    revised = "[{from: 2025, rate: [submeasure]}]"
    (fault,) = check_plan(make_plan_file("[{id: '1', title: 方針, measures: []}]", plan=THREE, revisions=revised))
    assert (fault.code, fault.at) == ("E150", ("scheme_revisions", 0, "rate", 0))


@pytest.mark.parametrize(
    ("ranks", "message"),
    [
        ("[{code: A, name: 優, at_least: 80}]", "the bands of the scale do not descend (A: 80)"),
        (
            "[{code: A, name: 優}, {code: B, name: 良, at_least: 9}, {code: C, name: 可}]",
            "the bands of the scale do not descend (A: －)",
        ),
    ],
)
def test_a_band_out_of_order_is_named_with_its_bound(make_plan_file, ranks, message):
    (fault,) = check_plan(make_plan_file("[]", scheme=f"scale: {{ranks: {ranks}}}"))
    assert fault.message.text(str) == message


REVISED = ("scheme_revisions", 0)


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        pytest.param("[{from: 2026, directions: [{name: 続ける}]}]", [], id="fine"),
        pytest.param("[{from: 2026, until: 2025}]", [("E115", (*REVISED, "from"), None)], id="E115"),
        pytest.param(
            "[{from: 2026, scale: {ranks: [{code: A, name: 優}, {code: B, name: 良, at_least: 50}]}}]",
            [
                ("E118", (*REVISED, "scale", "ranks", 0, "at_least"), None),
                ("E118", (*REVISED, "scale", "ranks", 1, "at_least"), None),
            ],
            id="E118",
        ),
        pytest.param(
            "[{from: 2026, scale: {ranks: [{code: A, name: 優}, {code: B, name: 良}]}}]", [], id="people alone rate"
        ),
        pytest.param(
            "[{from: 2026, scale: {ranks: [{code: A, name: 優, at_least: 50}, {code: A, name: 良}]}}]",
            [("E123", (*REVISED, "scale", "ranks", 1, "code"), None)],
            id="E123",
        ),
        pytest.param(
            "[{from: 2026, statuses: [{code: done, name: 済}]}]", [("E127", (*REVISED, "statuses"), None)], id="E127"
        ),
    ],
)
def test_a_fault_of_a_revision_of_the_scheme(make_plan_file, revisions, expected):
    assert shown(check_plan(make_plan_file("[]", revisions=revisions))) == expected


LEVELS = "levels: [{name: 目標}, {name: 施策}, {name: 事業}]"


@pytest.mark.parametrize(
    ("measure", "codes"),
    [
        pytest.param("initiatives: [{id: 1-1-1, title: 事業}]", set(), id="three levels"),
        pytest.param(
            "submeasures: [{id: 1-1-1, title: 施策, initiatives: [{id: 1-1-1-1, title: 取組}]}]",
            {"E131"},
            id="four levels",
        ),
    ],
)
def test_initiatives_stand_on_the_lowest_level(make_plan_file, measure, codes):
    file = make_plan_file(f'[{{id: "1", title: 目標, measures: [{{id: 1-1, title: 施策, {measure}}}]}}]', plan=LEVELS)
    assert {fault.code for fault in check_plan(file)} == codes


def test_a_measure_holds_submeasures_or_initiatives_and_never_both(make_plan_file):
    both = "initiatives: [{id: 1-1-1, title: 事業}], submeasures: [{id: 1-1-2, title: 施策, initiatives: []}]"
    file = make_plan_file(f'[{{id: "1", title: 目標, measures: [{{id: 1-1, title: 施策, {both}}}]}}]', plan=LEVELS)
    (fault,) = check_plan(file)
    assert shown([fault]) == [("E132", ("policies", 0, "measures", 0, "submeasures"), None)]
    assert fault.on_key


def test_an_initiative_on_another_level_names_both(make_plan_file):
    file = make_plan_file(policy("[{id: 1-1-1-1, title: 取組}]"), plan=LEVELS)
    (fault,) = check_plan(file)
    assert fault.message.text(str) == "1-1-1-1 is an initiative on level 4, but the plan has 3 levels"


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
            [("E117", (*ABOVE, 0, "targets", 2021), None)],
            id="E117",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, revised_targets: [{{from: 2026, targets: {{2020: 1, 2032: 1}}}}]}}]",
            [("E117", (*ABOVE, 0, "revised_targets", 0, "targets", 2020), None)],
            id="E117 revised",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, targets: {{every_year: {{from: 10, to: 5}}, 2024: {{}}, 2025: {{text: 維持}}}}}}]",
            [("E140", (*ABOVE, 0, "targets", "every_year"), None), ("E140", (*ABOVE, 0, "targets", 2024), None)],
            id="E140",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, targets: {{2024: {{from: 5}}, 2025: {{from: 1, to: 5, at_most: 7}}}}}}]",
            [("E140", (*ABOVE, 0, "targets", 2024), None), ("E140", (*ABOVE, 0, "targets", 2025), None)],
            id="E140 bound twice",
        ),
        pytest.param(
            f"[{{id: desk, {INDICATOR}, aggregate: latest, direction: increase, method: done, "
            "targets: {2024: {at_least: 5}, 2025: {text: 維持}}}]",
            [("E140", (*ABOVE, 0, "targets", 2024), None)],
            id="E140 done",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, history: {{2021: 1, 2022: 2, 2020: 1件}}, every: 3, surveyed: [2024]}}]",
            [
                ("E142", (*ABOVE, 0, "every"), None),
                ("E141", (*ABOVE, 0, "history", 2022), None),
                ("E122", (*ABOVE, 0, "history", 2020), None),
            ],
            id="E141 and E142",
        ),
        pytest.param(
            f"[{{id: visits, {INDICATOR}, aggregate: sum, direction: decrease, method: inverse, "
            "targets: {2024: -1}}]",
            [("E134", (*ABOVE, 0, "targets", 2024), None)],
            id="E134 inverse",
        ),
        pytest.param(
            f"[{{id: desk, {INDICATOR}, aggregate: latest, direction: increase, method: done, total: {{2024: 3}}}}]",
            [("E121", (*ABOVE, 0, "method"), None)],
            id="E121 total",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, revised_targets: [{{from: 2026, until: 2025, targets: {{2031: 1件}}}}]}}]",
            [
                ("E115", (*ABOVE, 0, "revised_targets", 0, "from"), None),
                ("E122", (*ABOVE, 0, "revised_targets", 0, "targets", 2031), None),
            ],
            id="E115 and E122 revised",
        ),
        pytest.param(
            "[{id: cost, name: 事業費, unit: 千円, kind: input, baseline: {year: 2021, value: -1}, "
            "targets: {2024: 1.2345, 2025: 1.234}}]",
            [("E145", (*ABOVE, 0, "targets", 2024), None), ("E145", (*ABOVE, 0, "baseline", "value"), None)],
            id="E145",
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
        pytest.param(
            f"[{{id: local, {INDICATOR}, aggregate: latest, direction: maintain, method: maintain, tolerance: -5}}]",
            [("E133", (*ABOVE, 0, "tolerance"), None)],
            id="E133",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, targets: {{2024: -10, 2031: 0}}}}]",
            [("E134", (*ABOVE, 0, "targets", 2024), None)],
            id="E134: below 0, but 0 itself stays",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, revised_targets: [{{from: 2026, targets: {{2031: -1}}}}]}}]",
            [("E134", (*ABOVE, 0, "revised_targets", 0, "targets", 2031), None)],
            id="E134 revised",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, targets: {{every_year: -1}}, total: {{2031: -5}}}}]",
            [("E134", (*ABOVE, 0, "total", 2031), None), ("E134", (*ABOVE, 0, "targets", "every_year"), None)],
            id="E134 of every year and of the plan as a whole",
        ),
        pytest.param(
            f"[{{id: local, {INDICATOR}, aggregate: latest, direction: increase, method: progress, "
            "baseline: {year: 2021, value: 100}, targets: {2024: 100, 2031: 80}}]",
            [("E135", (*ABOVE, 0, "targets", 2031), None)],
            id="E135: increase; equal to the baseline stays",
        ),
        pytest.param(
            f"[{{id: local, {INDICATOR}, aggregate: latest, direction: decrease, method: progress, "
            "baseline: {year: 2021, value: 80}, targets: {2024: 80, 2031: 100}}]",
            [("E135", (*ABOVE, 0, "targets", 2031), None)],
            id="E135: decrease; equal to the baseline stays",
        ),
        pytest.param(
            f"[{{id: local, {INDICATOR}, aggregate: latest, direction: increase, method: ratio, "
            "baseline: {year: 2021, value: 100}, targets: {2031: 80}}]",
            [],
            id="a rate of the target alone knows no way from the baseline",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, baseline: {{year: 2024, value: 5}}, targets: {{2023: 1, 2024: 2, 2025: 3}}}}]",
            [("E136", (*ABOVE, 0, "targets", 2023), None), ("E136", (*ABOVE, 0, "targets", 2024), None)],
            id="E136",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, baseline: {{year: 2023, value: 5}}, targets: {{every_year: 6}}}}]",
            [("E136", (*ABOVE, 0, "targets", "every_year"), None)],
            id="E136: every year begins with the plan",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, from: 2024, baseline: {{year: 2023, value: 5}}, targets: {{every_year: 6}}}}]",
            [],
            id="every year begins with the indicator",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, baseline: {{year: 2023, value: 5}}, "
            "revised_targets: [{from: 2024, targets: {every_year: 6}}]}]",
            [],
            id="every year begins with the revision",
        ),
        pytest.param(
            f"[{{id: desk, {INDICATOR}, aggregate: latest, direction: increase, method: done, "
            "words: [検討, 試行, 検討], targets: {2031: 試行}}]",
            [("E123", (*ABOVE, 0, "words", 2), None)],
            id="E123 steps",
        ),
        pytest.param(
            f"[{{id: desk, {INDICATOR}, aggregate: latest, direction: increase, method: done, "
            "words: [検討, 試行, 実施], baseline: {year: 2021, value: 検討}, targets: {2031: 設置}}]",
            [("E122", (*ABOVE, 0, "targets", 2031), None)],
            id="E122 steps",
        ),
        pytest.param(
            f"[{{id: visits, {SUM}, words: [検討, 実施]}}]", [("E121", (*ABOVE, 0, "method"), None)], id="E121 steps"
        ),
    ],
)
def test_a_fault_of_the_indicators(make_plan_file, indicators, expected):
    faults = check_plan(make_plan_file(policy("[]", indicators)))
    assert shown(faults) == expected
    assert {fault.code for fault in faults if fault.on_key} <= {"E117", "E136", "E140", "E141", "E142"}
    assert all(fault.on_key for fault in faults if fault.code == "E117")


DONE, STEPS = f"{INDICATOR}, aggregate: latest, direction: increase, method: done", "words: [検討, 試行]"
LEVEL = f"{INDICATOR}, aggregate: latest, method: progress"


@pytest.mark.parametrize(
    ("indicator", "code", "values"),
    [
        (f"id: Visits, {SUM}", "E124", {"id": "Visits"}),
        (f"id: a, {SUM}, from: 2026, until: 2025", "E115", {"since": 2026, "until": 2025}),
        (f"id: a, {SUM}".replace("increase", "decrease"), "E116", {"id": "a"}),
        (f"id: a, {SUM}, targets: {{2021: 1}}", "E117", {"year": 2021, "since": 2022}),
        (f"id: a, {LEVEL}, direction: increase", "E120", {"id": "a"}),
        (
            f"id: a, {SUM}".replace("increase", "maintain"),
            "E121",
            {"id": "a", "method": "ratio", "other": "direction: maintain"},
        ),
        (
            f"id: a, {DONE}".replace("latest", "mean"),
            "E121",
            {"id": "a", "method": "done", "other": "aggregate: mean"},
        ),
        (f"id: a, {SUM}, tolerance: 5", "E121", {"id": "a", "method": "ratio", "other": "tolerance"}),
        (f"id: a, {SUM}, {STEPS}", "E121", {"id": "a", "method": "ratio", "other": "words"}),
        (f"id: a, {DONE}, total: {{2024: 3}}", "E121", {"id": "a", "method": "done", "other": "total"}),
        (f"id: a, {SUM}, targets: {{2024: 60件}}", "E122", {"id": "a", "value": "60件", "expected": "a number"}),
        (
            f"id: a, {DONE}, {STEPS}, targets: {{2024: 設置}}",
            "E122",
            {"id": "a", "value": "設置", "expected": "one of 検討, 試行"},
        ),
        (f"id: a, {DONE}, words: [検討, 試行, 検討]", "E123", {"code": "検討"}),
        (
            f"id: a, {INDICATOR}, aggregate: latest, direction: maintain, method: maintain, tolerance: -5",
            "E133",
            {"id": "a", "value": "-5"},
        ),
        (f"id: a, {SUM}, targets: {{2024: -10}}", "E134", {"id": "a", "target": "-10", "method": "ratio"}),
        (f"id: a, {SUM}, total: {{2031: -5}}", "E134", {"id": "a", "target": "-5", "method": "ratio"}),
        (
            f"id: a, {LEVEL}, direction: increase, baseline: {{year: 2021, value: 100}}, targets: {{2031: 80}}",
            "E135",
            {"id": "a", "target": "80", "direction": "increase", "baseline": "100"},
        ),
        (
            f"id: a, {SUM}, baseline: {{year: 2024, value: 5}}, targets: {{2024: 60}}",
            "E136",
            {"id": "a", "baseline": 2024, "year": 2024},
        ),
        (f"id: a, {SUM}, targets: {{2024: {{from: 10, to: 5}}}}", "E140", {"id": "a"}),
        (f"id: a, {SUM}, history: {{2022: 2}}", "E141", {"year": 2022, "since": 2022}),
        (f"id: a, {SUM}, every: 2, surveyed: [2024]", "E142", {"id": "a"}),
        (
            "id: a, name: 事業費, unit: 千円, kind: input, targets: {2024: 0.0001}",
            "E145",
            {"id": "a", "value": "0.0001", "unit": "千円"},
        ),
    ],
)
def test_a_fault_of_an_indicator_tells_what_was_said_and_what_may_be(make_plan_file, indicator, code, values):
    (fault,) = check_plan(make_plan_file(policy("[]", f"[{{{indicator}}}]")))
    told = {
        key: value.text(str) if key == "expected" and isinstance(value, Message) else value
        for key, value in fault.values.items()
    }
    assert (fault.code, told) == (code, values)
    assert fault.on_key is (code in {"E117", "E136", "E140", "E141", "E142"})


@pytest.mark.parametrize(
    ("initiatives", "code", "values"),
    [
        ("[{id: 1-2-1-1, title: 訪問}]", "E111", {"id": "1-2-1-1", "parent": "1-1-1"}),
        ("[{id: 1-1-1-1, title: 甲}, {id: 1-1-1-1, title: 乙}]", "E112", {"id": "1-1-1-1"}),
        ("[{id: 1-1-1-2, relisted_from: 1-1-1-7}]", "E113", {"id": "1-1-1-2", "original": "1-1-1-7"}),
        (
            "[{id: 1-1-1-1, title: 甲}, {id: 1-1-1-2, relisted_from: 1-1-1-1}, {id: 1-1-1-3, relisted_from: 1-1-1-2}]",
            "E114",
            {"id": "1-1-1-3", "original": "1-1-1-2", "original_of": "1-1-1-1"},
        ),
        ("[{id: 1-1-1-1, title: 甲, from: 2030, until: 2025}]", "E115", {"since": 2030, "until": 2025}),
        ("[{id: １－１①-1, title: 甲}]", "E125", {"id": "１－１①-1", "canonical": "1-1-1-1"}),
        ("[{id: 1-1-1-1, title: 甲, superseded_by: [9-9]}]", "E130", {"id": "1-1-1-1", "successor": "9-9"}),
    ],
)
def test_a_fault_of_a_node_tells_what_was_said_and_what_may_be(make_plan_file, initiatives, code, values):
    (fault,) = check_plan(make_plan_file(policy(initiatives)))
    assert (fault.code, fault.values) == (code, values)


def test_an_answer_that_is_no_step_is_shown_as_one_writes_it(make_plan_file):
    steps = "aggregate: latest, direction: increase, method: done, words: [検討, 実施], targets: {2031: true}"
    (fault,) = check_plan(make_plan_file(policy("[]", f"[{{id: desk, {INDICATOR}, {steps}}}]")))
    assert (fault.code, fault.values["value"]) == ("E122", "yes")


@pytest.mark.parametrize(
    ("method", "wanted"),
    [
        ("direction: increase, method: ratio, aggregate: sum", "a number"),
        ("direction: increase, method: done, aggregate: latest", "yes or no"),
        ("direction: increase, method: done, aggregate: latest, words: {yes: 設置, no: なし}", "設置 or なし"),
        ("direction: increase, method: done, aggregate: latest, words: [検討, 実施]", "one of 検討, 実施"),
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


def test_tags_stand_at_the_original_alone(make_plan_file):
    tagged = "[{id: 1-1-1-1, title: 取組, tags: [重点]}, {id: 1-1-1-2, relisted_from: 1-1-1-1, tags: [重点]}]"
    faults = check_plan(make_plan_file(policy(tagged)))
    assert shown(faults) == [("E144", (*BELOW, 1, "tags"), None)]
    assert spelled(faults[0]) == (
        "the relisting 1-1-1-2 has tags of its own",
        "Put them at the original, 1-1-1-1: a relisting has the tags of its original.",
    )
    assert check_plan(make_plan_file(policy(tagged.replace("1-1-1-1, tags: [重点]", "1-1-1-1")))) == []


def test_every_fault_of_a_plan_is_found_in_one_pass(make_plan_file):
    indicators = f"[{{id: 訪問, {INDICATOR}, aggregate: sum, direction: decrease, method: ratio}}]"
    file = make_plan_file(
        policy("[{id: 1-1-1-1}, {id: 1-1-1-1, title: 取組, relisted_from: 9-9-9-9}]", indicators),
        plan="period: {from: 2031, until: 2022}",
        scheme="missing: [{name: 未調査}, {name: 未調査}]",
    )
    assert {"E112", "E113", "E115", "E116", "E123", "E124"} <= {fault.code for fault in check_plan(file)}
