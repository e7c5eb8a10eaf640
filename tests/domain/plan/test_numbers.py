from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.plan.numbers import parent_id, parse_node_id, print_node_id, sort_key
from mizuho_pdca.domain.records.paths import ENTRY_ID, entry_id

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CIRCLED = dict(enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟", start=1))

node_ids = st.lists(st.integers(1, 999), min_size=1, max_size=4).map(lambda parts: "-".join(map(str, parts)))
dashes = st.sampled_from([*"-‐‑‒–—―−ー－﹣ｰ", " ", "　", " - ", "　－　", "--"])


@st.composite
def spellings(draw):
    """Draw a number with one of the ways in which people write it."""
    node_id = draw(node_ids)
    text = ""
    for level, part in enumerate(node_id.split("-")):
        if level == 2 and int(part) in CIRCLED and draw(st.booleans()):
            text += draw(st.sampled_from(["", " ", "－"])) + CIRCLED[int(part)]
            continue
        joint = draw(dashes) if level else ""
        text += joint + (part.translate(FULL_WIDTH) if draw(st.booleans()) else part)
    return node_id, draw(st.sampled_from(["", " ", "　", "施策", "取組 ", "基本方針", "基本施策　"])) + text + draw(
        dashes
    )


@pytest.mark.parametrize(
    ("text", "node_id"),
    [
        ("1", "1"),
        ("1-1", "1-1"),
        ("1-1-2-1", "1-1-2-1"),
        ("1-1②-1", "1-1-2-1"),
        ("1-1①", "1-1-1"),
        ("１－１①", "1-1-1"),
        ("1ー1 ① ー 3", "1-1-1-3"),
        ("1-1⑪", "1-1-11"),
        ("1-1㉑-1", "1-1-21-1"),
        ("1-1㊱-1", "1-1-36-1"),
        ("施策1-1①", "1-1-1"),
        (" 基本方針１ ", "1"),
        ("1-1(2)-1", "1-1-2-1"),
        ("1-1（２）-1", "1-1-2-1"),
        ("1-1-(2)-1", "1-1-2-1"),
        ("１－１⑵", "1-1-2"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, node_id):
    assert parse_node_id(text) == node_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "0",
        "1-0",
        "01-1",
        "1-1-1-1-1",
        "1000",
        "1.1",
        "A-1",
        "1-1-a",
        "企業訪問",
        "①-1",
        "①",
        "(2)",
        "(2)-1",
        "1-1(a)",
        "1-1(2",
        "1(0)",
    ],
)
def test_what_is_no_number_of_a_plan_is_refused(text):
    assert parse_node_id(text) is None


@pytest.mark.parametrize("text", ["1-1٢", "1-1२-1"])
def test_digits_of_other_scripts_never_reach_a_canonical_number(text):
    assert parse_node_id(text) is None


@given(node_ids)
def test_a_printed_number_reads_back(node_id):
    assert parse_node_id(print_node_id(node_id)) == node_id


@given(spellings())
def test_every_spelling_means_the_same_number(spelling):
    node_id, text = spelling
    assert parse_node_id(text) == node_id


@pytest.mark.parametrize(
    ("node_id", "printed"),
    [
        ("1", "1"),
        ("1-1", "1-1"),
        ("1-1-1", "1-1①"),
        ("1-1-2-1", "1-1②-1"),
        ("2-10-20-11", "2-10⑳-11"),
        ("1-1-21", "1-1-21"),
        ("1-1-21-3", "1-1-21-3"),
    ],
)
def test_the_third_part_is_printed_in_a_circle(node_id, printed):
    assert print_node_id(node_id) == printed


@pytest.mark.parametrize(("node_id", "parent"), [("1", None), ("1-2", "1"), ("1-2-3-4", "1-2-3")])
def test_the_parent_is_one_level_up(node_id, parent):
    assert parent_id(node_id) == parent


def test_numbers_sort_as_numbers():
    assert sorted(["1-10", "2", "1-9", "1", "1-9-1"], key=sort_key) == ["1", "1-9", "1-9-1", "1-10", "2"]


def test_an_entry_is_named_by_its_day_and_six_characters():
    name = entry_id(date(2024, 6, 12), "k7x3q9")
    assert name == "2024-06-12-k7x3q9"
    assert ENTRY_ID.fullmatch(name)


@pytest.mark.parametrize(
    "name",
    [
        "2024-06-12",
        "2024-06-12-k7x3q",
        "2024-06-12-K7X3Q9",
        "2024-06-12-k7x3ql",
        "20240612-k7x3q9",
        "２０２４-06-12-k7x3q9",
    ],
)
def test_other_names_are_no_names_of_entries(name):
    assert ENTRY_ID.fullmatch(name) is None
