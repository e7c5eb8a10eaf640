# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.closing.altered import altered_facts, newcomers
from mizuho_pdca.domain.closing.facts import facts_of
from mizuho_pdca.message import message

YEAR = 2024
MEASURES = "targets: {2024: 60, 2031: 120}"
LOAN = "- {id: 1-1-1-2, title: 融資}"
RELISTED = "relisted_from: 1-1-1-1"
ENDED = "- {id: 1-1-1-2, title: 融資}\n      - {id: 1-1-1-9, title: 旧, until: 2023, superseded_by: [1-1-1-1]}"


@pytest.fixture
def altered(amended):
    """Seal a plan with some changes; return what differs in one with other changes: the line and where it stands."""

    def find(before, after, year=YEAR, **options):
        sealed = facts_of(amended(*before), year)
        return [(one.said.text(str), one.at) for one in altered_facts(sealed, amended(*after, **options), year)]

    return find


@pytest.mark.parametrize(
    ("old", "new", "line", "at"),
    [
        pytest.param("2024: 60", "2024: 70.5", "target of FY2024 60件 → 70.5件", ("targets", 2024), id="target"),
        pytest.param("2024: 60, ", "", "target that the year is measured by 60件 (FY2024) → 120件 (FY2031)",
                     ("targets", 2024), id="target taken out"),
        pytest.param(MEASURES, "targets: {}", "target that the year is measured by 60件 (FY2024) → none",
                     ("targets", 2024), id="all targets taken out"),
        pytest.param("{2024: 60", "{2023: 50, 2024: 60", "target of FY2023 none → 50件", ("targets",), id="an anchor"),
        pytest.param("unit: 件", "unit: 社", "unit 件 → 社", ("unit",), id="unit"),
        pytest.param("unit: 件", "source: x", "unit 件 → none", ("unit",), id="unit taken out"),
        pytest.param("method: ratio", "method: progress", "method ratio → progress", ("method",), id="method"),
        pytest.param("aggregate: sum", "aggregate: max", "aggregate sum → max", ("aggregate",), id="aggregate"),
        pytest.param("value: 40", "value: 4100", "baseline 40件 (FY2021) → 4,100件 (FY2021)", ("baseline",)),
        pytest.param("year: 2021", "year: 2020", "baseline 40件 (FY2021) → 40件 (FY2020)", ("baseline",), id="year"),
        pytest.param("baseline: {year: 2021, value: 40, source: 第2章}", "source: x", "baseline 40件 (FY2021) → none",
                     ("baseline",), id="no baseline"),
    ],
)  # fmt: skip
def test_a_measure_of_an_indicator_is_named_with_both_values(altered, old, new, line, at):
    assert altered([], [(old, new)])[0] == ("1-1①-1 訪問件数: " + line, ("indicators", "visits", *at))


BASELINE, NONE = "baseline: {year: 2021, value: 40, source: 第2章}", "source: x"
TOTAL = "total: {2031: 500}"


@pytest.mark.parametrize(
    ("old", "new", "line", "at"),
    [
        (BASELINE, NONE, "baseline 40件 (FY2021) → none", ("baseline",)),
        (NONE, BASELINE, "baseline none → 40件 (FY2021)", ()),
        (NONE, TOTAL, "target of the plan as a whole none → 500件 (FY2031)", ()),
        (TOTAL, NONE, "target of the plan as a whole 500件 (FY2031) → none", ("total",)),
        (TOTAL, "total: {2031: 600}", "target of the plan as a whole 500件 (FY2031) → 600件 (FY2031)", ("total",)),
    ],
)
def test_what_is_new_is_named_at_the_indicator_and_what_was_there_at_its_own_place(altered, old, new, line, at):
    before, after = ([(BASELINE, one)] if one != BASELINE else [] for one in (old, new))
    assert ("1-1①-1 訪問件数: " + line, ("indicators", "visits", *at)) in altered(before, after)


def test_the_direction_of_an_indicator_is_named_with_both_values(altered):
    method = ("method: ratio", "method: maintain")
    assert altered([method], [method, ("direction: increase", "direction: decrease")]) == [
        ("1-1①-1 訪問件数: direction of change increase → decrease", ("indicators", "visits", "direction"))
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "at"),
    [
        ("{2026: yes}", "{2026: no}", "target of FY2026 設置 → なし", ("targets", 2026)),
        ("yes: 設置", "yes: 有", "words for its values 設置, なし → 有, なし", ("words",)),
        ("words: {yes: 設置, no: なし}", "note: x", "words for its values 設置, なし → none", ("words",)),
    ],
)
def test_a_measure_of_yes_and_no_is_named_by_its_words(altered, old, new, line, at):
    found = altered([], [(old, new)])
    assert found[0] == ("1-1①-1 窓口: " + line, ("indicators", "desk", *at))


YES_AND_NO = "words: {yes: 設置, no: なし}\n          targets: {2026: yes}"
STEPS = "words: [未着手, 検討, 実施]\n          targets: {2026: 実施}"


@pytest.mark.parametrize(
    ("old", "new", "line", "at"),
    [
        (YES_AND_NO, STEPS, "words for its values 設置, なし → 未着手, 検討, 実施", ("words",)),
        (STEPS, STEPS.replace("2026: 実施", "2026: 検討"), "target of FY2026 実施 → 検討", ("targets", 2026)),
        (STEPS, STEPS.replace("未着手, ", ""), "words for its values 未着手, 検討, 実施 → 検討, 実施", ("words",)),
    ],
)
def test_a_measure_of_steps_is_named_by_its_words(altered, old, new, line, at):
    found = altered([(YES_AND_NO, old)], [(YES_AND_NO, new)])
    assert found[0] == ("1-1①-1 窓口: " + line, ("indicators", "desk", *at))


KEEP = "direction: maintain\n          method: maintain\n          tolerance: 5"


def test_a_tolerance_is_named_with_both_values(altered):
    old = "direction: increase\n          method: ratio\n          aggregate: sum"
    kept = (old, KEEP + "\n          aggregate: sum")
    assert altered([kept], [kept, ("tolerance: 5", "tolerance: 7.5")]) == [
        ("1-1①-1 訪問件数: tolerance 5 → 7.5", ("indicators", "visits", "tolerance"))
    ]


def test_the_year_from_which_a_running_total_counts_is_a_fact(altered):
    begun = ("name: 累計", "name: 累計\n          from: 2024")
    assert altered([], [begun], 2024) == [
        ("1-1①-1 累計: first year in force 2022 → 2024", ("indicators", "grown", "from"))
    ]


def test_an_indicator_at_another_node_is_named_with_both_numbers(altered):
    keys = ("name: 累計", "kind: output", "direction: increase", "method: ratio", "aggregate: cumulative")
    own = "".join(f"          {key}\n" for key in (*keys, "targets: {2024: 5}", "adopted: true"))
    loan = "      - id: 1-1-1-2\n        title: 融資\n        indicators:\n        - id: grown\n"
    found = altered([], [("        - id: grown\n" + own, ""), (f"      {LOAN}\n", loan + own)])
    assert found == [("1-1①-2 累計: No. 1-1①-1 → 1-1①-2", ("indicators", "grown", "at"))]


@pytest.mark.parametrize(
    ("before", "after", "line", "at"),
    [
        pytest.param((RELISTED, RELISTED), (RELISTED, "relisted_from: 1-1-1-2"),
                     "2-1①-1 融資: Relisted from 1-1①-1 → 1-1①-2", ("relisted", "2-1-1-1"), id="another original"),
        pytest.param((RELISTED, RELISTED), (RELISTED, "title: 交流会"),
                     "2-1①-1 交流会: Relisted from 1-1①-1 → none", ("relisted", "2-1-1-1"), id="no relisting"),
        pytest.param((LOAN, LOAN), (LOAN, "- {id: 1-1-1-2, relisted_from: 1-1-1-1}"),
                     "1-1①-2 企業訪問: Relisted from none → 1-1①-1", ("nodes", 4), id="a relisting"),
        pytest.param((LOAN, LOAN), (LOAN, ""), "1-1①-2: in the plan in force → not in force", ("nodes", 4), id="gone"),
        pytest.param((LOAN, LOAN), (LOAN, "- {id: 1-1-1-2, title: 融資, until: 2023}"),
                     "1-1①-2 融資: in the plan in force → not in force", ("nodes", 4), id="ended before"),
        pytest.param((LOAN, LOAN), (LOAN, "- {id: 1-1-1-2, title: 融資, from: 2025}"),
                     "1-1①-2 融資: in the plan in force → not in force", ("nodes", 4), id="begins later"),
        pytest.param((LOAN, LOAN), (LOAN, ENDED), "1-1①-1 企業訪問: takes over from none → 1-1①-9", ("nodes", 3),
                     id="takes over"),
        pytest.param((LOAN, ENDED), (LOAN, ENDED.replace("[1-1-1-1]", "[1-1-1-2]")),
                     "1-1①-1 企業訪問: takes over from 1-1①-9 → none", ("followed", "1-1-1-1"), id="no more"),
    ],
)  # fmt: skip
def test_what_was_in_force_and_what_it_leads_to_is_named(altered, before, after, line, at):
    assert (line, at) in altered([before], [after])


def test_what_lies_below_an_item_that_is_gone_is_not_named_as_well(altered):
    ended = ("- id: 1-1-1\n", "- id: 1-1-1\n      until: 2023\n")
    assert [line for line, _ in altered([], [ended])] == [
        "1-1① 訪問: in the plan in force → not in force",
        "2-1①-1 企業訪問: in the plan in force → not in force",
    ]


def test_an_indicator_that_is_gone_is_named(altered):
    ended = ("id: desk\n", "id: desk\n          until: 2023\n")
    assert altered([], [ended]) == [("1-1①-1 窓口: in the plan in force → not in force", ("indicators", "desk"))]


def test_an_indicator_that_the_plan_no_longer_has_is_named_by_its_id(altered):
    renamed = ("id: desk\n", "id: counter\n")
    assert altered([], [renamed]) == [("desk: in the plan in force → not in force", ("indicators", "desk"))]


# -- the scheme ---------------------------------------------------------------------------------


def scheme(ranks="{code: A, name: 達成, at_least: 100}, {code: B, name: 未達}", states="{code: Z, name: 評価困難}"):
    return f"scale: {{ranks: [{ranks}], states: [{states}]}}"


@pytest.mark.parametrize(
    ("changed", "line", "at"),
    [
        (scheme("{code: A, name: 達成, at_least: 95}, {code: B, name: 未達}"), "Rating A: lower bound (%) 100 → 95",
         ("ranks", 0, "at_least")),
        (scheme("{code: A, name: 目標達成, at_least: 100}, {code: B, name: 未達}"), "Rating A: name 達成 → 目標達成",
         ("ranks", 0)),
        (scheme("{code: A, name: 達成, at_least: 100}, {code: B, name: 未達, at_least: 50}, {code: C, name: 遅れ}"),
         "Rating B: lower bound (%) none → 50", ("ranks", 1)),
        (scheme("{code: A, name: 達成, at_least: 100}, {code: B, name: 未達, at_least: 50}, {code: C, name: 遅れ}"),
         "Rating C: name none → 遅れ", ("ranks",)),
        (scheme("{code: B, name: 未達, at_least: 100}, {code: A, name: 達成}"), "rating scale: order A, B → B, A",
         ("ranks",)),
        (scheme(states="{code: Z, name: 困難}"), "Rating Z: name 評価困難 → 困難", ("states", "Z")),
        (scheme(states=""), "Rating Z: name 評価困難 → none", ("states", "Z")),
        (scheme(states="{code: Z, name: 評価困難}, {code: X, name: 未着手}"), "Rating X: name none → 未着手",
         ("states",)),
    ],
)  # fmt: skip
def test_a_change_of_the_scale_is_named_with_both_values(amended, changed, line, at):
    sealed = facts_of(amended(scheme=scheme()), YEAR)
    found = altered_facts(sealed, amended(scheme=changed), YEAR)
    assert (line, at) in [(one.said.text(str), one.at) for one in found]
    assert {one.instead for one in found} == {found[0].instead}
    assert "scheme_revisions: with from: 2025" in message(found[0].instead, since=2025, last=2024).text(str)


@pytest.mark.parametrize(
    ("old", "new", "values", "at"),
    [
        pytest.param("", "near: 70", "80 → 70", (), id="the usual one"),
        pytest.param("near: 70", "", "70 → 80", ("near",), id="its own"),
    ],
)
def test_the_rate_of_nearly_met_is_named_with_both_values(amended, old, new, values, at):
    (found,) = altered_facts(facts_of(amended(scheme=old), YEAR), amended(scheme=new), YEAR)
    assert found.said.text(str) == f"rating scale: rate that counts as nearly met (%) {values}"
    assert found.at == at


def test_a_status_is_named_by_its_code(amended):
    sealed = facts_of(amended(), YEAR)
    statuses = ", ".join(f"{{code: {code}, name: {code}}}" for code in sealed.statuses)
    found = altered_facts(sealed, amended(scheme=f"statuses: [{statuses}]"), YEAR)
    assert ("Status done: name 実施済（当年度分） → done", ("statuses", "done")) in [
        (one.said.text(str), one.at) for one in found
    ]
    assert len(found) == len(sealed.statuses)


# -- what is free -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("summary: 方針の説明", "summary: 別の説明", id="a summary"),
        pytest.param("title: 融資", "title: 融資の相談", id="a title"),
        pytest.param("name: 訪問件数", "name: 企業訪問の件数", id="a name"),
        pytest.param("title: 融資", "title: 融資, label: '9'", id="a printed number"),
        pytest.param("department: 産業課", "department: 商工観光課", id="another department"),
        pytest.param("department: 産業課", "department: {2022: 産業課, 2026: [商工課, 企画課]}", id="by year"),
        pytest.param("title: 融資", "title: 融資, department: 税務課", id="a department more"),
        pytest.param("[商工会]", "[商工会, 大学]", id="partners"),
        pytest.param("adopted: false", "adopted: true", id="adopted"),
        pytest.param("adopted: false", "adopted: 2025", id="adopted later"),
        pytest.param("source: 第2章", "source: 第3章", id="a source"),
        pytest.param("note: 参考", "note: 案", id="a note"),
        pytest.param("kind: output", "kind: outcome", id="the kind of an indicator"),
        pytest.param("2031: 120", "2027: 90, 2031: 130", id="targets behind the one of the year"),
        pytest.param("{2024: 60, 2031: 120}", "{2031: 120.0, 2024: 60.0}", id="figures written otherwise"),
        pytest.param("{2026: yes}", "{2026: 設置}", id="yes in its own word"),
        pytest.param("title: 融資}", "title: 融資, until: 2025, superseded_by: [1-1-1-1]}", id="what ends later"),
        pytest.param("title: 融資}", "title: 融資}\n      - {id: 1-1-1-3, title: 補助, from: 2025}", id="begins later"),
        pytest.param("note: 参考", "revised_targets: [{from: 2025, targets: {2024: 1, 2025: 2}}]", id="revised"),
    ],
)  # fmt: skip
def test_what_the_year_does_not_rest_on_is_free(altered, amended, old, new):
    assert altered([], [(old, new)]) == []
    assert newcomers(facts_of(amended(), YEAR), amended((old, new)), YEAR) == []


@pytest.mark.parametrize(
    "options",
    [
        {"plan": "title: 別の計画, edition: 改訂版, office: 商工課"},
        {"plan": "period: {from: 2022, until: 2035}"},
        {"scheme": "directions: [{name: 続ける}]"},
        {"revisions": "[{from: 2025, scale: {ranks: [{code: S, name: 良}]}}]"},
    ],
)
def test_the_header_and_what_is_revised_later_are_free(altered, options):
    assert altered([], [], **options) == []


@pytest.mark.parametrize(
    ("year", "lines"),
    [
        (2024, []),
        (2025, ["1-1①-1 訪問件数: target that the year is measured by 120件 (FY2031) → 90件 (FY2026)"]),
        (2026, ["1-1①-1 訪問件数: target that the year is measured by 120件 (FY2031) → 90件 (FY2026)"]),
        (2027, ["1-1①-1 訪問件数: target of FY2026 none → 90件"]),
    ],
)
def test_a_target_between_a_closed_year_and_the_one_it_was_measured_by_is_a_change(altered, year, lines):
    assert [line for line, _ in altered([], [("2031: 120", "2026: 90, 2031: 120")], year)] == lines


def test_a_target_behind_the_last_one_takes_its_place_for_a_year_behind_it(altered):
    last = ("{2024: 60, 2031: 120}", "{2024: 60}")
    found = altered([last], [("2031: 120", "2030: 120")], 2026)
    assert [line for line, _ in found] == [
        "1-1①-1 訪問件数: target that the year is measured by 60件 (FY2024) → 120件 (FY2030)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        (LOAN, LOAN + "\n      - {id: 1-1-1-3, title: 補助}", ["1-1①-3 補助"]),
        (LOAN, LOAN + "\n      - {id: 1-1-1-3, relisted_from: 1-1-1-2}", ["1-1①-3 融資"]),
        ("id: desk\n          name: 窓口", "id: counter\n          name: 受付", ["1-1①-1 受付"]),
    ],
)
def test_what_came_into_a_closed_year_is_told(amended, old, new, names):
    assert newcomers(facts_of(amended(), YEAR), amended((old, new)), YEAR) == names


SELF, COUNCIL = "{code: self, name: 自己評価}", "{code: council, name: 外部評価}"
OWN_RANKS = COUNCIL.replace("}", ", scale: {ranks: [{code: ○, name: ○}, {code: ×, name: ×}]}}")
OWN_WORDS = COUNCIL.replace("}", ", scale: {states: [{code: yes!, name: 有効}, {code: no, name: 有効でない}]}}")


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ([], [SELF, COUNCIL], []),
        ([SELF], [SELF, COUNCIL], []),
        ([SELF, COUNCIL], [SELF], [("Evaluator council: name 外部評価 → none", ("evaluators", "council"))]),
        ([SELF, COUNCIL], [COUNCIL, SELF], [("Evaluator: first on the list self → council", ("evaluators",))]),
        ([SELF], [], [("Evaluator self: name 自己評価 → none", ("evaluators", "self"))]),
        (
            [SELF],
            [SELF.replace("自己", "内部")],
            [("Evaluator self: name 自己評価 → 内部評価", ("evaluators", "self"))],
        ),
        (
            [SELF, OWN_WORDS],
            [SELF, OWN_WORDS.replace("有効で", "効果が")],
            [("Rating no: name 有効でない → 効果がない", ("scales", "no"))],
        ),
        (
            [SELF, OWN_RANKS],
            [SELF, OWN_RANKS.replace("○", "z").replace("×", "○").replace("z", "×")],
            [("rating scale council: order ○, × → ×, ○", ("ranked", "council"))],
        ),
        (
            [SELF, OWN_RANKS],
            [SELF, OWN_RANKS.replace("ranks", "states")],
            [("rating scale council: order ○, × → none", ("ranked", "council"))],
        ),
        (
            [SELF, OWN_WORDS],
            [SELF],
            [("Evaluator council: name 外部評価 → none", ("evaluators", "council"))],
        ),
    ],
)
def test_who_rated_a_closed_year_stays_and_others_may_come(amended, before, after, lines):
    old, new = (amended(scheme=f"evaluators: [{', '.join(each)}]") for each in (before, after))
    sealed = facts_of(old, YEAR)
    assert ("evaluators" in sealed.data()) is bool(before)
    assert [(one.said.text(str), one.at) for one in altered_facts(sealed, new, YEAR)] == lines


def test_words_of_its_own_that_an_evaluator_gets_change_a_closed_year(amended):
    old, new = (amended(scheme=f"evaluators: [{SELF}, {one}]") for one in (COUNCIL, OWN_WORDS))
    found = [one.said.text(str) for one in altered_facts(facts_of(old, YEAR), new, YEAR)]
    assert "Rating A: name 目標達成 → none" in found
    assert "Rating no: name none → 有効でない" in found
