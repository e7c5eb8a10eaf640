# mypy: allow-untyped-calls
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.render.bands import Band, bands, plain


def paper(*widths, keys=1):
    return Paper("p", "表", tuple(Column(f"列{n}", width) for n, width in enumerate(widths)), (), keys)


def everything(made):
    return range(len(made.columns))


def test_what_fits_stands_in_one_band():
    made = paper(4, 6, 6)
    assert bands(made, everything(made), 20, 1) == [Band((0, 1, 2), (4, 6, 6))]


def test_what_does_not_fit_stands_in_a_further_band_that_begins_with_the_keys():
    made = paper(4, 6, 6, 6, keys=2)
    assert [band.positions for band in bands(made, everything(made), 20, 1)] == [(0, 1, 2), (0, 1, 3)]


def test_a_band_may_be_just_as_wide_as_the_page():
    made = paper(4, 6)
    assert len(bands(made, everything(made), 13, 1)) == 1
    assert len(bands(paper(4, 6, 6), range(3), 19, 1)) == 2


def test_the_spare_width_goes_to_the_columns_of_long_text_by_their_width():
    made = paper(4, 20, 30)
    assert bands(made, everything(made), 108, 1) == [Band((0, 1, 2), (4, 40, 60))]


def test_a_column_wider_than_the_page_stands_alone_beside_its_keys():
    made = paper(4, 90, 6)
    assert [band.positions for band in bands(made, everything(made), 40, 1)] == [(0, 1), (0, 2)]


def test_only_the_asked_for_columns_are_laid_out():
    made = paper(4, 6, 6, 6)
    assert [band.positions for band in bands(made, [0, 2], 80, 1)] == [(0, 2)]


@given(
    widths=st.lists(st.integers(1, 40), min_size=2, max_size=12),
    keys=st.integers(1, 2),
    width=st.integers(90, 150),
    border=st.sampled_from([1, 3]),
)
def test_every_column_stands_once_and_no_band_is_too_wide(widths, keys, width, border):
    made = paper(*widths, keys=keys)
    found = bands(made, everything(made), width, border)
    leading = tuple(range(keys))
    assert all(band.positions[:keys] == leading for band in found)
    beside = [position for band in found for position in band.positions[keys:]]
    assert beside == [position for position in everything(made) if position not in leading]
    for band in found:
        fits = sum(widths[position] + border for position in band.positions) + 1 <= width
        assert fits or len(band.positions) == keys + 1
        if fits:
            assert sum(band.widths) + border * len(band.widths) + 1 <= width
        assert all(
            given >= made.columns[position].width for position, given in zip(band.positions, band.widths, strict=True)
        )


@pytest.mark.parametrize("positions", [[], [0]])
def test_a_table_of_keys_alone_is_one_band(positions):
    assert bands(paper(4), positions, 80, 1) == [Band((0,), (4,))]


def test_a_narrow_column_gets_the_room_that_most_of_its_words_want():
    words = ("実施済（当年度分）", "実施済（当年度分）", "実施中")
    rows = tuple((Cell("番号"), Cell(word), Cell("文")) for word in words)
    columns = (Column("番号", 8), Column("状況", 8), Column("取組", 20))
    made = Paper("p", "表", columns, rows)
    assert bands(made, everything(made), 80, 1) == [Band((0, 1, 2), (8, 18, 50))]
    assert bands(made, everything(made), 50, 1) == [Band((0, 1, 2), (8, 8, 30))]  # 10 are more than half of the spare
    rare = replace(made, rows=rows[1:] + rows[2:])
    assert bands(rare, everything(rare), 80, 1) == [Band((0, 1, 2), (8, 8, 60))]


# -- a bar in plain text ------------------------------------------------------------------------


def barred(*counts, width):
    column = Column("評価", 24, key="ratings", bars=("A", "B", "他"))
    paper = Paper("overview-ratings", "評価", (column,), ((Cell("A B 他", tuple(map(Decimal, counts))),),))
    return plain(paper, paper.rows[0], 0, width).split("\n")[1]


@pytest.mark.parametrize(
    ("counts", "width", "bar"),
    [
        ((3, 2, 1), 24, "AAABB他"),
        ((3, 2, 1), 7, "AAABB他"),
        ((3, 2, 1), 6, "AAB他"),  # five letters for six
        ((60, 20, 1), 80, "A" * 29 + "B" * 9 + "他"),
        ((60, 20, 1), 12, "AAAAAAAABB他"),
        ((50, 1, 1), 2, "AB他"),  # none is left out
    ],
)
def test_a_bar_fits_into_its_column(counts, width, bar):
    assert barred(*counts, width=width) == bar
