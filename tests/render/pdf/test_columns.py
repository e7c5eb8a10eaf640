# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.render.pdf.columns import columns_of, fitted, pieces_of, room_of, text_width

ROOM = 773.0


def columns(*given, rows=()):
    """Return the columns of a page of these headings and cells."""
    paper = Paper("p", "表", given, rows)
    return list(columns_of(paper, paper.stacks, lambda text, _: text))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("評価（前年度→当年度）", ["評価", "（前年度→", "当年度）"]),
        ("指標: 達成/おおむね/未達成", ["指標:", " ", "達成/", "おおむね/", "未達成"]),
        ("目標を達成した割合", ["目標を", "達成した", "割合"]),
        ("うち再掲", ["うち", "再掲"]),
        ("見える化", ["見える化"]),
        ("実績÷目標", ["実績÷", "目標"]),
        ("評価困難", ["評価", "困難"]),
        ("中止・廃止", ["中止・", "廃止"]),
        ("とりまとめ済（R8）、済", ["とりまとめ済", "（R8）、", "済"]),
        ("一\n二", ["一", "\n", "二"]),
        ("令和7年8月20日 今回", ["令和7年8月20日 ", "今回"]),
        ("", []),
    ],
)
def test_words_are_told_apart(text, pieces):
    assert pieces_of(text) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("19.6% (△1.8/△9.2)", ["19.6% ", "(△1.8/△9.2)"]),
        ("集計中（前年度まで0）", ["集計中", "（前年度まで0）"]),
        ("目標値\n実績値", ["目標値", "\n", "実績値"]),
    ],
)
def test_a_figure_is_told_from_what_it_was_reckoned_of(text, pieces):
    assert pieces_of(text, figures=True) == pieces


def test_four_kanji_of_a_heading_are_two_words():
    (column,) = columns(Column("評価困難", 4, number=True))
    assert column.pieces == [["評価", "困難"]]


def test_no_word_of_a_narrow_column_breaks_where_others_want_the_room():
    given = (
        Column("番号", 4),
        Column("題名", 20),
        Column("状況", 12),
        *(Column("未入力の評価困難", 4, number=True) for _ in range(9)),
    )
    row = (Cell("1-1②-1"), Cell("長い題名" * 30), Cell("未入力", tone="alert"), *(Cell("85.7% (24/28)"),) * 9)
    made = fitted(columns(*given, rows=(row,)), ROOM)
    number, title, status, *figures = room_of(made, ROOM)
    assert number >= 6
    assert title >= 19
    assert status >= len("！未入力") * 2
    assert min(figures) >= text_width("85.7% (24/28)")
    assert sum(column.fixed or 0 for column in made) < ROOM


def test_a_day_stays_in_one_line():
    given = (Column("開催日", 12), Column("意見", 40), Column("対応", 40), Column("対象", 40))
    row = (Cell("令和7年10月20日 今回"), *(Cell("長" * 200),) * 3)
    first, *_ = room_of(fitted(columns(*given, rows=(row,)), ROOM), ROOM)
    assert first >= len("令和7年10月20日") + 5  # five kanji


@pytest.mark.parametrize("number", [1, 10, 30, 60])
def test_all_columns_stand_between_the_margins(number):
    given = (Column("番号", 4), Column("題名", 20), *(Column("実施した割合", 4, number=True) for _ in range(number)))
    row = (Cell("1-1②-1"), Cell("題名"), *(Cell("85.7% (24/28)"),) * number)
    made = fitted(columns(*given, rows=(row,)), ROOM)
    assert sum(column.fixed or 0 for column in made) <= ROOM * 0.9
    assert all(column.fixed is None or column.fixed > 0 for column in made)


def test_words_give_way_before_figures_do():
    given = (
        Column("番号", 4),
        Column("題名", 20),
        Column("予算額（円）", 8, number=True),
        Column("執行率", 8, number=True),
        *(Column("前年度までに終了", 4, number=True) for _ in range(16)),
    )
    row = (Cell("1-1②-1"), Cell("題名"), Cell("188,976,543", tone="strong"), Cell("84.5% (175,201,000/188,976,543)"))
    made = fitted(columns(*given, rows=((*row, *(Cell("12"),) * 16),)), ROOM)
    number, title, budget, rate, *counts = room_of(made, ROOM)
    assert number >= text_width("1-1②-1")
    assert budget >= text_width("188,976,543")
    assert rate >= text_width("(175,201,000/")
    assert min(counts) < text_width("前年度まで")
    assert title >= 10


def test_columns_of_figures_alone_stand_between_the_margins():
    given = tuple(Column("実施した割合", 4, number=True) for _ in range(40))
    made = fitted(columns(*given, rows=((Cell("85.7% (24/28)"),) * 40,)), ROOM)
    assert sum(column.fixed or 0 for column in made) == pytest.approx(ROOM)
