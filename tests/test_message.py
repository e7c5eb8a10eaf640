import pytest

from mizuho_pdca.language import translator
from mizuho_pdca.message import N_, Message, message


def test_a_marked_literal_is_itself():
    assert N_("text") == "text"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("word", "word"),
        (3, "3"),
        (0, "0"),
        (message("inner {n}", n=1), "inner 1"),
        (["a", "b"], "a, b"),
        ((), ""),
        ([message("x"), 2, ["y", "z"]], "x, 2, y, z"),
    ],
)
def test_values_are_spelled_in_their_places(value, text):
    assert message("<{value}>", value=value).text(str) == f"<{text}>"


def test_the_text_and_everything_in_it_are_in_the_reader_s_language():
    ja = translator("ja")
    both = message("{option} is missing", option=[message("not reported"), "x"])
    assert "未入力、x" in both.text(ja)
    assert "not reported" not in both.text(ja)


def test_what_a_person_typed_is_never_taken_for_a_place():
    assert message("{value}", value="{other} {0} %s").text(str) == "{other} {0} %s"


def test_equal_words_are_equal_messages():
    assert message("{n}", n=1) == Message("{n}", {"n": 1})
    assert message("{n}", n=1) != message("{n}", n=2)


@pytest.mark.parametrize(
    ("form", "year", "printed"),
    [
        ("年度", 2024, "令和6年度"),
        ("年度", 2019, "令和元年度"),
        ("年度", 2018, "平成30年度"),
        ("年度", 1920, "1920年度"),
        ("年度", [2023, 2024], "令和5年度, 令和6年度"),
        ("年度", "来年度", "来年度"),
        ("年度", message("FY{n}", n=2024), "FY2024"),
        ("R", 2024, "R6"),
        ("R", 2019, "R1"),
        ("R", 1988, "S63"),
        ("R", 1920, "1920"),
        ("s", 2024, "2024"),
        ("", 2024, "2024"),
    ],
)
def test_a_translation_prints_a_year_as_offices_write_it_where_it_says_so(form, year, printed):
    assert message("{year}", year=year).text(lambda words: words.replace("{year}", f"{{year:{form}}}")) == printed
