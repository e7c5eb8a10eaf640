import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.render.layout import wrap
from mizuho_pdca.text import display_width

CLOSING = "、。）」』ー々っ％"
OPENING = "（「『【"
japanese = st.text("あいう漢字カ。、（）「」ーっabc 12-", max_size=60)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("企業", 4), ("ｶﾅ", 2), ("１", 2), ("か\u3099", 2), ("\x1b", 0), ("𠮷😀", 4), ("①", 1)],
)
def test_full_width_characters_take_two_columns(text, width):
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("企業訪問活動", 8, ["企業訪問", "活動"]),
        ("企業訪問活動", 9, ["企業訪問", "活動"]),
        ("one two three", 8, ["one two", "three"]),
        ("一行目\n二行目", 20, ["一行目", "二行目"]),
        ("一\n\n二", 20, ["一", "", "二"]),
        ("訪問した。次に", 8, ["訪問し", "た。次に"]),
        ("これは「引用」だ", 8, ["これは", "「引用」", "だ"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("3社をABC商会へ", 8, ["3社をABC", "商会へ"]),
        ("3社へABCDを", 6, ["3社へ", "ABCDを"]),
    ],
)
def test_lines_break_as_japanese_print_does(text, width, lines):
    assert wrap(text, width) == lines


@given(japanese, st.integers(6, 40))
def test_no_line_is_too_wide_and_no_sign_is_lost(text, width):
    lines = wrap(text, width)
    assert max(map(display_width, lines)) <= width
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


chunks = st.lists(
    st.sampled_from(["漢", "字の", "訪問、", "「引用」", "した。", "カー", "（注）", "々"]), min_size=1, max_size=30
)


@given(chunks.map("".join), st.integers(12, 40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text, width):
    lines = wrap(text, width)
    assert [line for line in lines[1:] if line[0] in CLOSING] == []
    assert [line for line in lines[:-1] if line[-1] in OPENING] == []


@given(st.text(max_size=80), st.integers(2, 40))
def test_any_text_fits(text, width):
    assert all(display_width(line) <= width for line in wrap(text, width))
