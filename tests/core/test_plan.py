from collections import Counter

import pytest

from mizuho_pdca.core.plan import walk

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
