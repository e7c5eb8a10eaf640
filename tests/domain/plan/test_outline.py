"""Numbers, dates and titles in the cells of an outline, as people write them."""

import pytest

from mizuho_pdca.domain.plan.outline import one_line
from mizuho_pdca.domain.plan.written import meant_by_date, number_and_title, read_number


@pytest.mark.parametrize(
    ("text", "number", "word"),
    [
        ("1", "1", ""), ("１", "1", ""), ("1-1", "1-1", ""), ("1.1", "1-1", ""), ("１．１．", "1-1", ""),
        ("1-1①", "1-1-1", ""), ("1－1－①－2", "1-1-1-2", ""), ("1ー2", "1-2", ""), ("1 - 1", "1-1", ""),
        ("基本目標１", "1", "基本目標"), ("【基本方針１】", "1", "基本方針"), (" 施策 1-1", "1-1", "施策"),
        ("1-1-(1)", "1-1-1", ""), ("（2）", "2", ""), ("⑴", "1", ""), ("❸", "3", ""), ("Ⅱ-1", "2-1", ""),
        ("01-02", "1-2", ""), ("10-1", "10-1", ""), ("1の2", "1-2", ""), ("1/1", "1-1", ""), ("1-1㉑", "1-1-21", ""),
        ("0-1", None, ""), ("合計", None, "合計"), ("", None, ""), ("1-1-1-1-1", "1-1-1-1-1", ""), ("第1章", None, ""),
    ],
)  # fmt: skip
def test_numbers_are_read_in_any_form(text, number, word):
    found = read_number(text)
    assert (None if found is None else ("-".join(value for _, value in found.parts), found.word)) == (
        None if number is None else (number, word)
    )


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("基本方針1　経営基盤の強化", ("基本方針1", "経営基盤の強化")),
        ("1-1①各種補助", ("1-1①", "各種補助")),
        ("1-1 5つの柱", ("1-1", "5つの柱")),
        ("1. 経営", ("1", "経営")),
        ("1-1-(1) 訪問", ("1-1-(1)", "訪問")),
        ("Ⅰ 活力", ("Ⅰ", "活力")),
        ("【基本目標１】にぎわい", ("【基本目標１】", "にぎわい")),
        ("1-1：DX", ("1-1", "DX")),
        ("1 － 経営", ("1", "経営")),
        ("1-1①3つの補助", None),
        ("3Dプリンター", None),
        ("1-1 2-3", None),
        ("12", None),
        ("経営", None),
    ],
)
def test_a_number_and_a_title_in_one_cell_are_told_apart(text, split):
    assert number_and_title(text) == split


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2025-01-01", "1-1"), ("2025-12-31", "12-31"), ("2001-01-02", "1-1-2"), ("2012-03-04", "12-3-4"),
        ("45658", "1-1"), ("1月1日", "1-1"), ("2025/1/1", "1-1"), ("2001/01/02", "1-1-2"), ("2025年1月3日", "1-3"),
        ("2025-01-02 00:00:00", "1-2"), ("2025/1/2 0:00", "1-2"),
        ("3-Jan", "1-3"), ("jan-03", "1-3"), ("１月２日", "1-2"), ("2月29日", "2-29"),
        ("1-1", None), ("1/1", None), ("1", None), ("1.1", None), ("99999", None), ("", None), ("Janus-1", None),
        ("2月30日", None),
    ],
)  # fmt: skip
def test_a_date_that_was_a_number_is_recognised(text, number):
    assert meant_by_date(text) == number


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("訪\n問", "訪問"), ("  訪問\r\n", "訪問"), ("new\nshops", "new shops"), ("DX\n推進", "DX推進"),
        ("a\u200bb\ufeff", "ab"), ("訪　問", "訪　問"), ("葛\U000e0100飾", "葛\U000e0100飾"), ("\x00\x07", ""),
    ],
)  # fmt: skip
def test_a_text_becomes_one_line(text, line):
    assert one_line(text) == line
