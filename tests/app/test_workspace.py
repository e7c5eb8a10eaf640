import pytest

from mizuho_pdca.app.input.names import find_indicator, find_place
from mizuho_pdca.app.input.years import check_year
from mizuho_pdca.app.workspace import FaultyPlan, open_workspace
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator


@pytest.mark.parametrize(
    "text",
    [
        "1-1-2-1", "1-1②-1", "１－１－２－１", "1－1②－1", "1‐1‐2‐1", "1ー1ー2ー1", "1 1 2 1", " 1-1② - 1 ",
        "取組1-1②-1", "1–1–2–1", "1−1−2−1", "1-1-②-1",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_typed(adopted_plan, text):
    assert find_place(adopted_plan, text).id == "1-1-2-1"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("基本方針1", "1"),
        ("基本施策１－１", "1-1"),
        ("1-1②", "1-1-2"),
        ("企業訪問活動の実施", "1-1-2-1"),
        ("起業支援", "1-4"),
    ],
)
def test_every_level_is_found_by_its_number_or_its_title(adopted_plan, text, number):
    assert find_place(adopted_plan, text).id == number


def test_a_label_is_found_as_printed(make_plan):
    plan = make_plan('[{id: "1", title: x, label: 新2, measures: []}, {id: "2", title: y, measures: []}]')
    assert find_place(plan, "新2").id == "1"


@pytest.mark.parametrize("text", ["1-1②-9", "1-1-2-99", "企業訪聞活動の実施"])
def test_a_number_that_is_none_names_a_near_one(adopted_plan, text):
    with pytest.raises(UsageFault) as caught:
        find_place(adopted_plan, text)
    assert f'"{text}"' in caught.value.text(str)
    assert "pdca plan" in caught.value.text(str)


def test_a_number_far_from_any_is_refused_without_a_guess(adopted_plan):
    with pytest.raises(UsageFault) as caught:
        find_place(adopted_plan, "xyz")
    assert caught.value.text(str).count("\n") == 1


@pytest.mark.parametrize(
    "text", ["new-sites", "町内に立地した企業数（累計）", "町内に立地した企業数(累計)"]
)  # fmt: skip
def test_an_indicator_is_found_by_its_id_or_its_name(adopted_plan, text):
    indicator, place = find_indicator(adopted_plan, text)
    assert (indicator.id, place.id) == ("new-sites", "1-2-1")


def test_nothing_is_the_number_of_nothing(adopted_plan):
    assert any(place.node.heading == "" for place in adopted_plan.places.values())
    with pytest.raises(UsageFault) as caught:
        find_place(adopted_plan, "")
    assert caught.value.text(str).startswith('Error: there is no "" in the plan')


def test_an_indicator_that_is_none_names_a_near_one_or_where_to_look(adopted_plan):
    with pytest.raises(UsageFault) as caught:
        find_indicator(adopted_plan, "new-site")
    assert "new-sites" in caught.value.text(str)
    with pytest.raises(UsageFault) as caught:
        find_indicator(adopted_plan, "売上高")
    assert "pdca plan" in caught.value.text(str)


@pytest.mark.parametrize("year", [2022, 2024, 2031])
def test_a_year_of_the_plan_is_taken(adopted_plan, year):
    assert check_year(adopted_plan, year) == year


@pytest.mark.parametrize("year", [2021, 2032])
def test_a_year_outside_the_plan_is_refused_with_the_period(adopted_plan, year):
    with pytest.raises(UsageFault) as caught:
        check_year(adopted_plan, year)
    text = caught.value.text(str)
    assert str(year) in text
    assert "2022" in text
    assert "2031" in text
    assert "令和4" in text


def test_a_sound_workspace_opens(make_desk, workspace):
    desk = make_desk(workspace)
    plan, found = open_workspace(desk)
    assert plan is found.plan
    assert desk.plan.header == plan.header


@pytest.mark.parametrize("opened", [lambda desk: desk.plan, open_workspace])
def test_a_faulty_plan_stops_with_every_problem_and_its_place(make_desk, workspace, opened):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    faulty = text.replace("- id: 1-2\n", "- id: 1-1\n", 1).replace("method: progress", "method: progres", 1)
    path.write_text(faulty, encoding="utf-8")
    with pytest.raises(FaultyPlan) as caught:
        opened(make_desk(workspace))
    assert caught.value.exit_code == 1
    shown = caught.value.text(translator("ja"))
    assert "plan/measures.yaml:" in shown
    assert "対処: " in shown
    assert "progres" in shown


LABELLED = """[{id: "1", title: 方針, measures: [{id: 1-1, title: 施策, submeasures: [{id: 1-1-1, title: 施策,
  initiatives: [{id: 1-1-1-1, title: 訪問, labels: [{from: 2025, label: 1-1①-9}]}, {id: 1-1-1-2, title: 相談},
    {id: 1-1-1-3, title: 融資, label: 1-1①-2}, {id: 1-1-1-4, title: 研修, label: 新2}]}]}]}]"""


@pytest.mark.parametrize(
    ("text", "found"), [("1-1①-9", "1-1-1-1"), ("1-1-1-3", "1-1-1-3"), ("新2", "1-1-1-4"), ("相談", "1-1-1-2")]
)
def test_an_item_is_found_by_the_number_that_a_revised_plan_prints(make_plan, text, found):
    assert find_place(make_plan(LABELLED), text).id == found


def test_a_number_that_two_items_go_by_is_refused_rather_than_guessed(make_plan):
    with pytest.raises(UsageFault) as caught:
        find_place(make_plan(LABELLED), "1-1①-2")
    assert "1-1-1-2  相談" in caught.value.text(str)
    assert "1-1-1-3  融資" in caught.value.text(str)
