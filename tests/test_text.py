import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.text import cleaned, display_width, folded, one_line, printable, split_names, visible

NON_CHARACTERS = "\ufffe\uffff\ufdd0\ufdd7\ufdef\U0001fffe\U0001ffff\U0008ffff\U0010fffe\U0010ffff"
MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_a_break_of_any_kind_is_a_line_feed(sign):
    assert printable(f"一行目{sign}二行目") == "一行目\n二行目"


@pytest.mark.parametrize(
    ("text", "printed"),
    [("a\r\n\r\nb", "a\n\nb"), ("a\n\rb", "a\n\nb"), ("a\r\rb", "a\n\nb"), ("\r\na\r\n", "\na\n")],
    ids=ascii,
)
def test_every_break_is_kept_and_a_pair_is_one(text, printed):
    assert printable(text) == printed


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_a_mark_that_turns_the_direction_is_left_out(mark):
    assert printable(f"{mark}10件{mark}のうち3件{mark}") == "10件のうち3件"


def test_a_mark_of_direction_keeps_no_break_apart():
    assert printable("a\r\u200e\nb") == "a\n\nb"


@pytest.mark.parametrize(
    "sign",
    [
        *map(chr, range(0x09)),
        *map(chr, range(0x0E, 0x20)),
        *map(chr, range(0x7F, 0x85)),
        *"\x86\x9f\ud800\udbff\udc82\udfff\ufeff",
        *NON_CHARACTERS,
    ],
    ids=ascii,
)
def test_what_has_no_shape_is_shown_as_such(sign):
    assert printable(f"a{sign}b") == "a\ufffdb"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 3社を\t訪問した。　",
        "葛\U000e0100飾区と辻\ufe00",
        "👨\u200d👩\u200d👧",
        "か\u3099き\u309a",
        "\u00a0\u00ad\ufffd\ue000",
        "&<>\"'\\`*_[](){}#|=+-@",
        "\U0001f3fb\U00020bb7\U0010fffd",
    ],
    ids=ascii,
)
def test_whatever_can_be_printed_stays(text):
    assert printable(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_is_printable_stays_so_and_can_be_written(text):
    printed = printable(text)
    assert printable(printed) == printed
    assert printed.encode().decode() == printed
    controls = {sign for sign in printed if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")}
    assert controls <= {"\n", "\t"}
    assert not set(printed) & set(MARKS)


def test_what_nobody_would_see_is_named():
    assert visible("一\u200b二\x1b[31m\t\r") == "一<U+200B>二<U+001B>[31m<TAB><CR>"


def test_one_line_of_a_text_hides_and_turns_nothing():
    assert one_line(" 一\r\n二\x1b[31m\u202e　三\u2028") == "一 二 [31m 三"


def test_a_text_is_kept_without_what_nobody_sees():
    assert cleaned(" 訪問\u200bした。 \r\n次\u2028三\x00\ufeff\n\n") == "訪問した。\n次\n三"


def test_a_word_is_folded_to_half_width():
    assert folded("　（Ａ－１） ") == "(A-1)"


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("企業", 4), ("ｶﾅ", 2), ("か\u3099", 2), ("", 0)])
def test_a_full_width_sign_takes_two_columns(text, columns):
    assert display_width(text) == columns


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("産業課", ["産業課"]),
        ("産業課、企画課", ["産業課", "企画課"]),
        ("産業課, 企画課，税務課､広報課", ["産業課", "企画課", "税務課", "広報課"]),
        ("産業課（商工係、観光係）、企画課", ["産業課（商工係、観光係）", "企画課"]),
        ("産業課(商工係, 観光係)", ["産業課(商工係, 観光係)"]),
        ("商工・観光課 農政課", ["商工・観光課 農政課"]),
        ("、産業課、、", ["産業課"]),
        ("、", []),
    ],
)
def test_names_are_parted_at_commas_outside_brackets(text, names):
    assert split_names(text) == names


def test_everyday_signs_take_as_many_columns_as_the_tables_say():
    from wcwidth import wcwidth

    signs = map(
        chr,
        (
            *range(0x20, 0x7F),
            *range(0x2460, 0x2500),
            *range(0x3000, 0x3100),
            *range(0x4E00, 0xA000),
            *range(0xFF00, 0xFFF0),
        ),
    )
    assert [sign for sign in signs if display_width(sign) != max(0, wcwidth(sign))] == []
