# mypy: allow-untyped-calls
import re
from collections import Counter
from io import StringIO

import pytest

from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.language import translator
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers
from mizuho_pdca.papers.plan import plan_papers
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.status import status_papers
from mizuho_pdca.render.text.screen import console, show, show_paper
from mizuho_pdca.text import NONE

EN, JA = translator("en"), translator("ja")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


class Terminal(StringIO):
    """A stream that a program takes for a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def shown(monkeypatch):
    """Draw papers on a screen of some width and return what stands on it."""

    def draw(given, t, width=80, stream=None):
        monkeypatch.setenv("COLUMNS", str(width))
        out = stream or StringIO()
        show(given, t, console(out))
        return out.getvalue()

    return draw


@pytest.fixture
def on_terminal(monkeypatch, shown):
    monkeypatch.setenv("TERM", "xterm-256color")
    return lambda given, t: shown(given, t, stream=Terminal())


def signs(*texts):
    return Counter(sign for given in texts for sign in given if not sign.isspace())


def made(*rows, widths=(4, 20), keys=1):
    cells = tuple(tuple(Cell(cell) for cell in row) for row in rows)
    columns = tuple(Column(f"H{n}", width) for n, width in enumerate(widths))
    return Papers("計画", (), None, (Paper("p", "表", columns, cells, keys),), ())


@pytest.fixture(params=["review", "status", "plan"])
def every_paper(request, report, adopted_plan, adopted_report, t):
    """Return the papers of every command that draws a table."""
    match request.param:
        case "review":
            return [papers(report, t), papers(adopted_report, t)]
        case "status":
            return [status_papers(standing(report), t), status_papers(standing(adopted_report), t)]
        case _:
            return [plan_papers(adopted_plan, list(adopted_plan.places.values()), 2024, t)]


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(shown, every_paper, t, columns, width):
    for given in every_paper:
        assert [line for line in shown(given, t, width).split("\n") if columns(line.rstrip()) > width] == []


def said(paper):
    """Return the columns of a paper that say anything, each with its cells."""
    cells = list(zip(*paper.rows, strict=True)) or [()] * len(paper.columns)
    every = list(zip(paper.columns, cells, strict=True))
    return [
        (column, below)
        for position, (column, below) in enumerate(every)
        if position < paper.keys or not below or any(cell.text not in ("", NONE) for cell in below)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_text_of_an_essential_column_is_lost(shown, every_paper, t, width):
    for given in every_paper:
        on_screen = signs(shown(given, t, width))
        wanted = signs(given.title, *given.subtitles, *given.legend)
        for paper in given.papers:
            wanted += signs(paper.title, *(column.heading for column, _ in said(paper)))
            wanted += signs(*(cell.text for column, below in said(paper) if column.essential for cell in below))
        assert wanted - on_screen == Counter()


def test_a_column_that_says_nothing_takes_no_room(shown, t):
    columns = (Column("番号", 8), Column("担当課", 8), Column("状況", 8))
    rows = tuple((Cell(number), Cell(NONE), Cell(state)) for number, state in (("1", "実施中"), ("2", NONE)))
    text = shown(Papers("題", (), None, (Paper("p", "表", columns, rows),), ()), t, 80)
    assert "担当課" not in text
    assert "状況" in text


@pytest.mark.parametrize("width", [80, 120])
def test_every_title_can_be_read(shown, adopted_plan, width):
    drawn = shown(plan_papers(adopted_plan, list(adopted_plan.places.values()), None, JA), JA, width)
    whole = re.sub(r"[\s－]", "", drawn)
    for place in adopted_plan.places.values():
        title = re.sub(r"\s", "", adopted_plan.title(place))
        assert title in whole or all(part in whole for part in (title[:8], title[-4:]))


def test_columns_that_do_not_fit_are_named(shown, report):
    drawn = shown(papers(report, EN), EN, 80)
    assert "Not shown at this width: " in drawn
    assert "Issues" in drawn
    assert "-f text" in drawn


def test_a_wide_screen_shows_everything(shown, report, hostile):
    drawn = shown(papers(report, EN), EN, 900)
    assert "Not shown" not in drawn
    assert hostile in drawn
    assert "来年は50社" in drawn


def test_nothing_of_a_text_is_markup(shown, hostile):
    assert hostile in shown(made(("1", hostile)), EN, 200)
    assert ":smile:" in shown(made(("1", ":smile:")), EN)
    assert "[bold]x[/bold]" in shown(made(("1", "[bold]x[/bold]")), EN)


def test_a_long_word_is_folded_not_cut(shown):
    url = "https://www.example.jp/" + "a" * 100
    assert url in shown(made(("1", url)), EN, 40).replace("\n", "").replace(" ", "")


def test_a_title_and_a_banner_longer_than_the_screen_are_folded(shown, columns):
    long = Papers("計画" * 60, ("副題" * 60,), "見本" * 60, (Paper("p", "表" * 60, (Column("h"),), ()),), ("注" * 60,))
    drawn = shown(long, EN, 80)
    assert max(columns(line) for line in drawn.split("\n")) <= 80
    assert signs(drawn) >= signs(long.title, *long.subtitles, long.banner, long.papers[0].title, *long.legend)


def test_the_sample_banner_stands_over_every_table(shown, make_report):
    given = papers(make_report("id: a, status: done, sample: true"), JA)
    drawn = shown(given, JA, 120)
    assert drawn.count("【") >= len(given.papers)
    assert "見本" in drawn


# -- colour -----------------------------------------------------------------------------------


def test_a_file_or_a_pipe_gets_no_escape_codes(shown, report):
    assert "\x1b" not in shown(papers(report, EN), EN)


@pytest.mark.slow
def test_a_terminal_gets_colour(on_terminal, adopted_report):
    assert COLOUR.search(on_terminal(papers(adopted_report, EN), EN))


def test_without_colour_the_words_are_the_same(on_terminal, shown, report):
    assert ESCAPE.sub("", on_terminal(papers(report, EN), EN)) == shown(papers(report, EN), EN)


@pytest.mark.slow
def test_no_color_switches_colour_off(on_terminal, adopted_report, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOUR.search(on_terminal(papers(adopted_report, EN), EN))


def test_a_dumb_terminal_gets_no_escape_codes(shown, report, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in shown(papers(report, EN), EN, stream=Terminal())


# -- where it goes ----------------------------------------------------------------------------


def test_it_goes_to_standard_output_by_default(capsys, report):
    show(papers(report, EN), EN)
    assert "試験計画" in capsys.readouterr().out


def test_one_table_can_be_shown_alone(capsys):
    (paper,) = made(("1", "本文")).papers
    show_paper(paper, EN, console())
    assert capsys.readouterr().out.split() == ["H0", "H1", "1", "本文"]


def test_a_short_heading_stands_on_its_column_beside_a_long_one(shown):
    columns = (Column("番号", 6), Column("基本方針・基本施策", 8))
    paper = Paper("x", "x", columns, ((Cell("1"), Cell("本文")),))
    lines = shown(Papers("x", (), None, (paper,), ()), EN, width=20).splitlines()
    head, row = (next(place for place, line in enumerate(lines) if word in line) for word in ("基本", "本文"))
    assert row > head + 1
    assert "番号" not in lines[head]
    assert lines[row - 1].startswith("番号")
