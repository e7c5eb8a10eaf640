# mypy: allow-untyped-calls
from collections import Counter

import pytest
import ryaml
from pydantic import TypeAdapter

from mizuho_pdca.domain.plan.header import YearRule
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Initiative, walk
from mizuho_pdca.domain.schema.shapes import read_shape

PLAN = """
- id: "1"
  title: 基盤
  department: 産業課
  partners: [東京都, 商工会]
  measures:
  - id: 1-1
    title: 経営
    from: 2023
    submeasures:
    - id: 1-1-1
      title: 融資
      department: 税務課
      initiatives:
      - {id: 1-1-1-1, title: あっせん, partners: [銀行]}
      - {id: 1-1-1-2, title: 補助, until: 2024, label: 1-1①-9}
    - id: 1-1-2
      title: 訪問
      indicators:
      - {id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
      initiatives:
      - {id: 1-1-2-1, relisted_from: 1-1-1-1}
- {id: "2", title: 人材, measures: []}
"""


def test_every_node_is_known_by_its_number_in_the_order_of_the_file(make_plan):
    places = make_plan(PLAN).places
    assert [(place.level, place.id) for place in places.values()] == [
        (0, "1"),
        (1, "1-1"),
        (2, "1-1-1"),
        (3, "1-1-1-1"),
        (3, "1-1-1-2"),
        (2, "1-1-2"),
        (3, "1-1-2-1"),
        (0, "2"),
    ]
    assert [place.id for place in places.values() if place.is_initiative] == ["1-1-1-1", "1-1-1-2", "1-1-2-1"]


def test_a_place_knows_its_path_in_the_file_and_what_is_above_it(make_plan):
    place = make_plan(PLAN).places["1-1-1-2"]
    assert place.at == ("policies", 0, "measures", 0, "submeasures", 0, "initiatives", 1)
    assert [step.id for step in place.lineage] == ["1-1-1-2", "1-1-1", "1-1", "1"]


def test_walking_a_file_also_yields_nodes_whose_number_is_wrong_or_taken(make_plan_file):
    file = make_plan_file('[{id: "1", title: 甲, measures: []}, {id: "1", title: 乙, measures: []}]')
    assert [(place.id, place.node.heading) for place in walk(file)] == [("1", "甲"), ("1", "乙")]


@pytest.mark.parametrize(
    ("node_id", "number", "department", "partners"),
    [
        ("1", "1", "産業課", ("東京都", "商工会")),
        ("1-1", "1-1", "産業課", ("東京都", "商工会")),
        ("1-1-1", "1-1①", "税務課", ("東京都", "商工会")),
        ("1-1-1-1", "1-1①-1", "税務課", ("銀行",)),
        ("1-1-1-2", "1-1①-9", "税務課", ("東京都", "商工会")),
        ("1-1-2-1", "1-1②-1", "産業課", ("東京都", "商工会")),
        ("2", "2", None, ()),
    ],
)
def test_number_department_and_partners(make_plan, node_id, number, department, partners):
    place = make_plan(PLAN).places[node_id]
    assert (place.number, place.department, place.partners) == (number, department, partners)


@pytest.mark.parametrize(
    ("year", "level", "ids"),
    [
        (2022, None, ["1", "2"]),
        (2023, 2, ["1-1-1", "1-1-2"]),
        (2024, 3, ["1-1-1-1", "1-1-1-2", "1-1-2-1"]),
        (2025, 3, ["1-1-1-1", "1-1-2-1"]),
        (2022, 3, []),
    ],
)
def test_a_node_is_in_force_when_everything_above_it_is(make_plan, year, level, ids):
    assert [place.id for place in make_plan(PLAN).in_force(year, level)] == ids


def test_a_relisting_has_the_title_of_its_original(make_plan):
    plan = make_plan(PLAN)
    relisting, original = plan.places["1-1-2-1"], plan.places["1-1-1-1"]
    assert plan.original(relisting) is original
    assert plan.original(original) is original
    assert plan.original(plan.places["1"]) is plan.places["1"]
    assert (relisting.node.heading, plan.title(relisting), plan.title(original)) == ("", "あっせん", "あっせん")


def test_indicators_are_known_by_their_id_with_the_place_that_they_measure(make_plan):
    ((slug, (indicator, place)),) = make_plan(PLAN).indicators.items()
    assert (slug, indicator.name, place.id) == ("visits", "訪問", "1-1-2")


# -- the plan in a year -----------------------------------------------------------------------

REVISED = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    label: 1-9
    labels: [{from: 2028, label: 1-7}, {from: 2026, label: 1-8}]
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        until: 2025
        superseded_by: [1-1-1-2]
        indicators:
        - {id: old, name: 旧, kind: output, direction: increase, method: ratio, aggregate: sum, until: 2024,
           adopted: true}
      - id: 1-1-1-2
        title: 訪問と相談
        from: 2026
        indicators:
        - id: visits
          name: 訪問
          kind: output
          direction: increase
          method: ratio
          aggregate: sum
          adopted: true
          targets: {2027: 60, 2031: 120}
          revised_targets:
          - {from: 2028, targets: {2031: 80}}
          - {from: 2026, until: 2029, targets: {2031: 100, 2029: 70}}
      - {id: 1-1-1-3, relisted_from: 1-1-1-1}
      - {id: 1-1-1-4, relisted_from: 1-1-1-2}
- {id: "2", title: 人材, from: 2026, measures: []}
"""


@pytest.mark.parametrize(
    ("year", "ids"),
    [
        (2024, ["1", "1-1", "1-1-1", "1-1-1-1", "1-1-1-3"]),
        (2025, ["1", "1-1", "1-1-1", "1-1-1-1", "1-1-1-3"]),
        (2026, ["1", "1-1", "1-1-1", "1-1-1-2", "1-1-1-4", "2"]),
    ],
)
def test_a_relisting_comes_and_goes_with_its_original(make_plan, year, ids):
    assert list(make_plan(REVISED).at(year).places) == ids


@pytest.mark.parametrize(("year", "slugs"), [(2024, ["old"]), (2025, []), (2026, ["visits"])])
def test_the_plan_of_a_year_has_the_indicators_of_the_year(make_plan, year, slugs):
    plan = make_plan(REVISED)
    assert list(plan.at(year).indicators) == slugs
    assert list(plan.indicators) == ["old", "visits"]


@pytest.mark.parametrize(
    ("year", "number"), [(2022, "1-9"), (2025, "1-9"), (2026, "1-8"), (2027, "1-8"), (2028, "1-7"), (2031, "1-7")]
)
def test_a_number_is_printed_as_it_was_in_the_year(make_plan, year, number):
    assert make_plan(REVISED).at(year).places["1-1"].number == number


@pytest.mark.parametrize(
    ("year", "targets"),
    [
        (2026, {2027: 60, 2029: 70, 2031: 100}),
        (2028, {2027: 60, 2029: 70, 2031: 80}),
        (2030, {2027: 60, 2031: 80}),
    ],
)
def test_revised_targets_take_the_place_of_those_of_the_same_years(make_plan, year, targets):
    plan = make_plan(REVISED)
    assert plan.at(year).indicators["visits"][0].target_values == targets
    assert plan.indicators["visits"][0].target_values == {2027: 60, 2031: 120}


SCHEME = """
- {from: 2028, scale: {ranks: [{code: 良, name: 良}]}}
- {from: 2026, until: 2029, scale: {ranks: [{code: 優, name: 優}]}, missing: [{name: 不明}]}
"""


@pytest.mark.parametrize(
    ("year", "codes", "missing"),
    [(2025, "ABCDFXYZ", "未調査"), (2026, "優", "不明"), (2028, "良", "不明"), (2030, "良", "未調査")],
)
def test_the_scheme_of_a_year_has_the_revisions_of_the_year(make_plan, year, codes, missing):
    plan = make_plan("[]", revisions=SCHEME)
    scheme = plan.scheme_at(year)
    assert ("".join(scheme.scale.codes), scheme.missing[0].name) == (codes, missing)
    assert scheme == plan.at(year).scheme
    assert scheme.statuses == plan.scheme.statuses


def test_a_plan_without_revisions_has_one_scheme(make_plan):
    plan = make_plan("[]")
    assert plan.scheme_at(2022) is plan.scheme


THREE = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    initiatives: [{id: 1-1-1, title: 訪問}, {id: 1-1-2, relisted_from: 1-1-1}]
"""
LEVELS = "levels: [{name: 目標}, {name: 施策}, {name: 事業}]"


def test_a_plan_may_have_three_levels_and_prints_their_numbers_plainly(make_plan):
    plan = make_plan(THREE, plan=LEVELS)
    assert [(place.level, place.number) for place in plan.at(2024).places.values()] == [
        (0, "1"),
        (1, "1-1"),
        (2, "1-1-1"),
        (2, "1-1-2"),
    ]
    assert [place.is_initiative for place in plan.places.values()] == [False, False, True, True]


@pytest.mark.parametrize(
    ("levels", "number"),
    [("", "1-1①"), ("levels: [{name: 方針}, {name: 基本施策}, {name: 施策}, {name: 取組}]", "1-1①")],
)
def test_a_plan_of_four_levels_prints_the_third_in_a_circle(make_plan, levels, number):
    assert make_plan(PLAN, plan=levels).places["1-1-1"].number == number


def test_a_level_is_called_by_the_plans_own_word(make_plan):
    assert [make_plan(THREE, plan=LEVELS).level_name(level) for level in range(3)] == ["目標", "施策", "事業"]
    assert make_plan("[]").level_name(0) is None


# -- the plan that comes with the program -----------------------------------------------------


def test_the_adopted_plan_has_13_measures_27_submeasures_and_36_listings_of_30_initiatives(adopted_plan):
    levels = Counter(place.level for place in adopted_plan.places.values())
    relisted = [place for place in adopted_plan.places.values() if place.node.original_id is not None]
    assert levels == {0: 4, 1: 13, 2: 27, 3: 36}
    assert len(relisted) == 6


@pytest.mark.parametrize(
    ("relisting", "original", "title"),
    [
        ("1-6-1-1", "1-3-1-1", "異業種・同業種交流の推進"),
        ("1-6-1-2", "1-3-2-2", "ビジネスマッチングの推進"),
        ("2-2-5-1", "1-3-2-1", "異業種交流の推進"),
        ("2-2-5-2", "1-3-2-2", "ビジネスマッチングの推進"),
        ("4-1-1-2", "1-6-2-1", "ファントム工場の活用に向けた検討"),
        ("4-3-1-1", "1-6-2-1", "ファントム工場の活用に向けた検討"),
    ],
)
def test_every_relisting_of_the_adopted_plan_has_its_original(adopted_plan, relisting, original, title):
    place = adopted_plan.places[relisting]
    assert adopted_plan.original(place).id == original
    assert adopted_plan.title(place) == title


def test_no_indicator_of_the_adopted_plan_was_adopted_by_the_town(adopted_plan):
    assert adopted_plan.indicators
    assert not [slug for slug, (indicator, _) in adopted_plan.indicators.items() if indicator.adopted]


def test_the_adopted_plan_names_no_department(adopted_plan):
    assert {place.department for place in adopted_plan.places.values()} == {None}


def test_an_indicator_of_a_year_knows_when_it_begins(make_plan):
    plan = make_plan("""
    - id: "1"
      title: 方針
      from: 2023
      measures: []
      indicators:
      - {id: a, name: 甲, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
      - {id: b, name: 乙, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true, from: 2025}
      - {id: c, name: 丙, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true, from: 2022}
    - id: "2"
      title: 別の方針
      measures: []
      indicators:
      - {id: d, name: 丁, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true}
    """)
    assert {slug: one.since for slug, (one, _) in plan.at(2025).indicators.items()} == {
        "a": 2023, "b": 2025, "c": 2023, "d": 2022,
    }  # fmt: skip


# -- what may be given by year ------------------------------------------------------------------

BY_YEAR = """
- id: "1"
  title: 基盤
  department: 産業課
  partners: {{2022: [商工会], 2026: [商工会, 大学]}}
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        department: {department}
        indicators:
        - {{id: visits, name: 訪問, kind: output, direction: increase,
           method: ratio, aggregate: sum, adopted: {adopted}}}
      - {{id: 1-1-1-2, title: 融資}}
"""


def by_year(make_plan, department="企画課", adopted="true"):
    return make_plan(BY_YEAR.format(department=department, adopted=adopted))


@pytest.mark.parametrize(
    ("department", "year", "names"),
    [
        ("企画課", 2024, ["企画課"]),
        ("[企画課, 税務課]", 2024, ["企画課", "税務課"]),
        ("企画課、税務課", 2024, ["企画課", "税務課"]),
        ('"企画課, 税務課，広報課"', 2024, ["企画課", "税務課", "広報課"]),
        ("商工・観光課", 2024, ["商工・観光課"]),
        ("産業課（商工係、観光係）", 2024, ["産業課（商工係、観光係）"]),
        ("{2023: 企画課, 2026: [商工観光課, 企画課]}", 2022, ["産業課"]),
        ("{2023: 企画課, 2026: [商工観光課, 企画課]}", 2023, ["企画課"]),
        ("{2023: 企画課, 2026: [商工観光課, 企画課]}", 2025, ["企画課"]),
        ("{2023: 企画課, 2026: [商工観光課, 企画課]}", 2026, ["商工観光課", "企画課"]),
        ("{2026: 商工課、企画課, 2023: 企画課}", 2031, ["商工課", "企画課"]),
    ],
)
def test_a_paper_has_the_departments_of_its_year(make_plan, department, year, names):
    place = by_year(make_plan, department).at(year).places["1-1-1-1"]
    assert (list(place.departments), place.department) == (names, names[0])


def test_partners_may_be_given_by_year(make_plan):
    plan = by_year(make_plan)
    assert {year: plan.at(year).places["1-1-1-2"].partners for year in (2022, 2025, 2026)} == {
        2022: ("商工会",),
        2025: ("商工会",),
        2026: ("商工会", "大学"),
    }


def test_where_no_year_is_asked_for_the_last_one_holds(make_plan):
    plan = by_year(make_plan, "{2022: 企画課, 2026: [商工観光課, 企画課]}", "2026")
    assert plan.places["1-1-1-1"].departments == ("商工観光課", "企画課")
    assert plan.places["1-1-1-2"].departments == ("産業課",)
    assert plan.places["1-1-1-2"].partners == ("商工会", "大学")
    assert plan.indicators["visits"][0].adopted


@pytest.mark.parametrize(
    ("adopted", "years"), [("true", [True, True]), ("false", [False, False]), ("2025", [False, True])]
)
def test_an_indicator_is_a_draft_until_the_year_in_which_it_was_adopted(make_plan, adopted, years):
    plan = by_year(make_plan, adopted=adopted)
    assert [plan.at(year).indicators["visits"][0].adopted for year in (2024, 2025)] == years


@pytest.mark.parametrize(
    ("department", "code", "at", "words"),
    [
        ("3", "E103", (), '"department" has the wrong form ("3"): text is wanted'),
        ("{26: 企画課}", "E109", (26,), '"26" is not a fiscal year'),
        ("{2026: 3}", "E103", (2026,), '"2026" has the wrong form ("3"): text is wanted'),
        ("{2026: [企画課, 3]}", "E103", (2026, 1), '"1" has the wrong form ("3"): text is wanted'),
        ("{2026: {2027: 企画課}}", "E103", (2026,), "text is wanted"),
        ('""', "E105", (), '"department" is empty'),
    ],
)
def test_what_is_no_department_is_named_at_its_place(department, code, at, words):
    found = read_shape(TypeAdapter(Initiative), ryaml.loads(f"{{id: 1-1-1-1, title: x, department: {department}}}"))
    assert isinstance(found, list)
    (fault,) = found
    assert (fault.code, fault.at) == (code, ("department", *at))
    assert words in fault.message.text(str)


@pytest.mark.parametrize(
    ("adopted", "code"), [("25", "E109"), ("x", "E103"), ("{2025: true}", "E103"), ("1.5", "E103")]
)
def test_what_is_no_adoption_is_named_at_its_key(adopted, code):
    found = read_shape(
        TypeAdapter(Indicator),
        ryaml.loads(
            f"{{id: x, name: x, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: {adopted}}}"
        ),
    )
    assert isinstance(found, list)
    (fault,) = found
    assert (fault.code, fault.at) == (code, ("adopted",))
    assert code != "E103" or "true, false or the fiscal year of adoption" in fault.message.text(str)


@pytest.mark.parametrize("starts", ["0", "13", "四月", "1.5"])
def test_what_is_no_month_is_told_the_months(starts):
    found = read_shape(TypeAdapter(YearRule), ryaml.loads(f"starts: {starts}"))
    assert isinstance(found, list)
    (fault,) = found
    assert (fault.code, fault.at) == ("E103", ("starts",))
    assert "a month from 1 to 12 is wanted" in fault.message.text(str)


def test_a_plan_is_in_japanese_unless_it_says_otherwise(make_plan):
    assert make_plan("[]").header.language == "ja"
    assert make_plan("[]", plan="language: en").header.language == "en"


def test_a_revision_of_every_year_goes_before_older_targets_of_single_years(make_plan):
    plan = make_plan("""
- id: "1"
  title: 基盤
  indicators:
  - {id: visits, name: 訪問, kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true,
     targets: {2024: 60, 2026: 80},
     revised_targets: [{from: 2025, targets: {every_year: 100, 2028: 120}}]}
""")
    told = {year: plan.at(year).indicators["visits"][0].targets for year in (2024, 2026)}
    assert told[2024] == {2024: 60, 2026: 80}
    assert (told[2026][2024], told[2026][2026], told[2026][2028], told[2026][2031]) == (100, 100, 120, 100)
