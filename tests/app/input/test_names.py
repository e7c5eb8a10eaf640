"""Names that people give: never the first of two."""

import unicodedata

import pytest

from mizuho_pdca.app.input.gathering import Unclear
from mizuho_pdca.app.input.names import department_named, find_indicator, find_place, find_subject, find_tag
from mizuho_pdca.errors import UsageFault

POLICIES = """[{id: "1", title: 産業の振興, measures: [{id: 1-1, title: 事業者支援, submeasures: [
  {id: 1-1-1, title: 交流, initiatives: [
    {id: 1-1-1-1, title: 交流会, indicators: [INDICATOR-A, INDICATOR-D]},
    {id: 1-1-1-2, title: 企業訪問活動の実施, reading: きぎょうほうもんかつどうのじっし, indicators: [INDICATOR-B]},
    {id: 1-1-1-4, title: 相談, until: 2023}, {id: 1-1-1-5, title: 相談, from: 2024}]},
  {id: 1-1-2, title: 企業訪問活動の実施, indicators: [INDICATOR-C], initiatives: [
    {id: 1-1-2-1, relisted_from: 1-1-1-2}, {id: 1-1-2-2, title: 研修}, {id: 1-1-2-3, title: 研修},
    {id: 1-1-2-4, title: 参加者数}]}]}]}]"""
INDICATOR = (
    "{{id: {id}, name: {name}, unit: 人, kind: output, direction: increase, method: ratio, aggregate: sum,"
    " targets: {{2024: 10}}, adopted: false}}"
)


@pytest.fixture
def plan(make_plan):
    text = POLICIES
    for mark, slug, name in [
        ("A", "a-joined", "参加者数"),
        ("B", "b-joined", "参加者数"),
        ("C", "c-firms", "企業数"),
        ("D", "d-visits", "企業訪問件数"),
    ]:
        text = text.replace(f"INDICATOR-{mark}", INDICATOR.format(id=slug, name=name))
    return make_plan(text)


@pytest.mark.parametrize(
    "text",
    [
        "1-1①-2",
        "1-1-1-2",
        "１－１－１－２",
        "企業訪問活動の実施",
        " 企業訪問活動の実施　",
        "1-1①-2 企業訪問活動の実施",
        "1-1①-2　企業訪問活動の実施",
        "1-1-1-2 企業訪問活動の実施",
        "企業訪問 活動の実施",
        unicodedata.normalize("NFD", "企業訪問活動の実施"),
        "\u200b企業訪問活動の実施",
    ],
)
def test_an_initiative_goes_by_its_number_its_name_and_as_printed(plan, text):
    assert find_place(plan, text, 2024).id == "1-1-1-2"


@pytest.mark.parametrize(
    ("text", "number"),
    [("企業訪問活動の実旋", "1-1①-2"), ("企業 訪問の実施", "1-1①-2"), ("事業者支援策", "1-1")],
)
def test_a_name_with_other_signs_is_not_taken_but_named_as_a_guess(plan, text, number):
    with pytest.raises(UsageFault) as caught:
        find_place(plan, text, 2024)
    assert f"Did you mean {number} " in caught.value.text(str)


@pytest.mark.parametrize(("text", "id_"), [("1-1-2-9", "1-1-2-4"), ("1-1-9", "1-1-2"), ("1-7", "1-1"), ("1-99", None)])
def test_a_number_that_there_is_not_is_guessed_at_its_own_level_only(plan, text, id_):
    with pytest.raises(Unclear) as caught:
        find_place(plan, text, 2024)
    assert [choice for choice, _ in caught.value.choices] == ([id_] if id_ else [])
    assert "pdca plan lists the numbers." in caught.value.text(str)


def test_an_indicator_s_name_with_another_sign_is_not_taken_but_named_as_a_guess(plan):
    with pytest.raises(Unclear) as caught:
        find_indicator(plan, "企業訪聞件数", 2024)
    assert "Did you mean d-visits (企業訪問件数)?" in caught.value.text(str)
    assert caught.value.choices == (("d-visits", "企業訪問件数"),)


@pytest.mark.parametrize(
    "text",
    ["企業訪問活動", "訪問", "1-1①-2 企業訪問", "ほうもん", "ホウモン", "きぎょうほうもんかつどうのじっし"],
)
def test_an_initiative_goes_by_a_part_of_its_name_that_no_other_has(plan, text):
    assert find_place(plan, text, 2024).id == "1-1-1-2"


@pytest.mark.parametrize("text", ["支援", "事業者", "産業"])
def test_a_part_of_a_name_above_the_initiatives_is_taken_where_none_of_them_has_it(plan, text):
    assert find_place(plan, text, 2024).id == {"支援": "1-1", "事業者": "1-1", "産業": "1"}[text]


def test_one_sign_is_no_part_of_a_name(plan):
    with pytest.raises(UsageFault):
        find_place(plan, "訪", 2024)


@pytest.mark.parametrize(("text", "numbers"), [("①-2", ["1-1-1-2"]), ("②-1", ["1-1-2-1"]), ("①", ["1-1-1"])])
def test_a_number_from_its_circled_part_on_is_asked_back(plan, text, numbers):
    with pytest.raises(Unclear) as caught:
        find_place(plan, text, 2024)
    assert [number for number, _ in caught.value.choices] == numbers


@pytest.mark.parametrize(
    ("text", "at", "slug"),
    [("訪問", None, "d-visits"), ("参加", "1-1-1-1", "a-joined"), ("参加", "1-1-1-2", "b-joined")],
)
def test_an_indicator_goes_by_a_part_of_its_name(plan, text, at, slug):
    assert find_indicator(plan, text, 2024, plan.places[at] if at else None)[0].id == slug


def test_a_number_with_the_name_of_another_item_is_neither(plan):
    with pytest.raises(UsageFault):
        find_place(plan, "1-1①-1 企業訪問活動の実施", 2024)


def test_a_name_above_the_initiatives_is_taken_where_none_of_them_has_it(plan):
    assert find_place(plan, "事業者支援", 2024).id == "1-1"


def test_a_relisting_is_its_original(plan):
    assert find_place(plan, "企業訪問活動の実施", 2024).id == "1-1-1-2"
    assert find_place(plan, "1-1②-1", 2024).id == "1-1-2-1"  # a number is that very row


@pytest.mark.parametrize(("year", "meant"), [(2023, "1-1-1-4"), (2024, "1-1-1-5")])
def test_of_two_that_have_a_name_the_one_in_force_is_meant(plan, year, meant):
    assert find_place(plan, "相談", year).id == meant


def test_where_two_in_force_have_a_name_both_are_named_and_none_is_taken(plan):
    with pytest.raises(UsageFault) as caught:
        find_place(plan, "研修", 2024)
    assert "1-1-2-2  研修" in caught.value.text(str)
    assert "1-1-2-3  研修" in caught.value.text(str)


@pytest.mark.parametrize(
    "text",
    [
        "d-visits",
        "企業訪問件数",
        "企業訪問件数（案）",
        "企業訪問件数(案)",
        "企業訪問件数 (draft)",
        "企業訪問件数　",
        unicodedata.normalize("NFD", "企業訪問件数"),
    ],
)
def test_an_indicator_goes_by_its_id_and_its_name_as_written_or_printed(plan, text):
    assert find_indicator(plan, text, 2024)[0].id == "d-visits"


def test_an_indicator_of_two_is_that_of_the_initiative_or_of_the_nearest_above_it(plan):
    assert find_indicator(plan, "参加者数", 2024, plan.places["1-1-1-2"])[0].id == "b-joined"
    assert find_indicator(plan, "参加者数", 2024, plan.places["1-1-1-1"])[0].id == "a-joined"
    assert find_indicator(plan, "企業数", 2024, plan.places["1-1-2-2"])[0].id == "c-firms"


def test_where_two_indicators_have_a_name_both_are_named_and_none_is_taken(plan):
    for at in (None, plan.places["1-1-2-2"]):
        with pytest.raises(UsageFault) as caught:
            find_indicator(plan, "参加者数", 2024, at)
        assert "a-joined  参加者数 (1-1①-1)" in caught.value.text(str)
        assert "b-joined  参加者数 (1-1①-2)" in caught.value.text(str)


def test_where_a_node_and_an_indicator_have_one_name_both_are_named(plan):
    with pytest.raises(UsageFault) as caught:
        find_subject(plan, "参加者数", 2024)
    assert "a-joined" in caught.value.text(str)
    assert "1-1-2-4   参加者数" in caught.value.text(str)


def test_what_nothing_is_called_is_named_by_what_comes_near(plan):
    with pytest.raises(UsageFault) as caught:
        find_subject(plan, "d-visit", 2024)
    assert "d-visits (企業訪問件数)" in caught.value.text(str)
    with pytest.raises(UsageFault) as caught:
        find_subject(plan, "1-1①-9", 2024)
    assert "1-1①-" in caught.value.text(str)


OFFICES = """[{id: "1", title: 産業の振興, department: 産業課, tags: [重点, 重点（新規）], measures: [
  {id: 1-1, title: 支援, department: [商工観光課, 企画課], measures: []}]}]""".replace(", measures: []}", "}")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        *(("産業課", "産業課"), ("ｻﾝ", None), ("産業", "産業課"), ("商工", "商工観光課"), ("観光課", "商工観光課")),
        *(("企画", "企画課"), ("課", None), ("画", None), ("業課と", None), ("", None)),
    ],
)
def test_a_department_may_be_named_by_a_part_that_only_one_has(make_plan, typed, named):
    plan = make_plan(OFFICES)
    if named is None:
        with pytest.raises(UsageFault, match="no initiative is seen to by"):
            department_named(plan, typed)
    else:
        assert department_named(plan, typed) == named


@pytest.mark.parametrize(
    ("typed", "tag"), [("重点", "重点"), ("新規", "重点（新規）"), ("点（", "重点（新規）"), ("重", None)]
)
def test_a_tag_is_the_whole_one_before_it_is_a_part_of_another(make_plan, typed, tag):
    plan = make_plan(OFFICES)
    if tag is None:
        with pytest.raises(UsageFault, match="has the tag"):
            find_tag(plan, typed)
    else:
        assert find_tag(plan, typed) == tag
