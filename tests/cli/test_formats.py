# mypy: allow-untyped-calls
import io
import sys
from types import SimpleNamespace

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import Format, choose, choose_format, deliver
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.papers.paper import Cell, Column, Paper, Papers

ALL: tuple[Format, ...] = ("table", "text", "markdown", "csv", "json")
HERE = Session(translator("ja"), language_told=True, make_desk=lambda _: Desk())
PAPERS = Papers("計画", (), None, (Paper("p", "表", (Column("番号"),), ((Cell("1-1①"),),)),), ())


@pytest.mark.parametrize(
    ("form", "output", "chosen"),
    [
        (None, None, "table"),
        ("json", None, "json"),
        ("md", None, "markdown"),
        ("txt", None, "text"),
        (None, "r.json", "json"),
        (None, "R.CSV", "csv"),
        (None, "r.md", "markdown"),
        (None, "r.txt", "text"),
        ("csv", "r.json", "csv"),
        (None, "-", "table"),
        (None, "review", "table"),
    ],
)
def test_the_format_is_the_one_named_else_of_the_ending_else_a_table(form, output, chosen):
    assert choose_format(form, output, ALL) == chosen


def test_a_format_that_the_command_has_not_is_refused_with_those_that_it_has():
    with pytest.raises(UsageFault) as caught:
        choose_format("csv", None, ("text", "json"))
    assert '"csv"' in caught.value.text(str)
    assert "text, json" in caught.value.text(str)


def test_a_word_must_be_one_of_the_choices():
    assert choose("--paper", "summary", ("summary", "indicators")) == "summary"
    with pytest.raises(UsageFault) as caught:
        choose("--paper", "sumary", ("summary", "indicators"))
    assert "--paper" in caught.value.text(str)


@pytest.mark.parametrize("output", [None, "-"])
def test_bytes_go_to_standard_output_unchanged(capsysbinary, output):
    deliver(b"\xef\xbb\xbf1\r\n", output, here=HERE, force=False)
    assert capsysbinary.readouterr().out == b"\xef\xbb\xbf1\r\n"


def test_a_table_goes_to_the_screen_and_a_text_to_a_file(capsys, tmp_path):
    deliver(PAPERS, None, here=HERE, force=False)
    assert "1-1①" in capsys.readouterr().out
    deliver(PAPERS, str(tmp_path / "r"), here=HERE, force=False)
    assert "| 1-1① |" in (tmp_path / "r").read_text(encoding="utf-8")
    assert capsys.readouterr().out == f"{tmp_path / 'r'} を作りました\n"


@pytest.mark.parametrize(
    ("name", "form", "data", "held"),
    [
        ("r.csv", "csv", '\ufeff番号,取組\r\n1,"二行の\r\n文"\r\n2,x\r\n', "（2行）"),
        ("r.csv", "json", '{"a":\n1}', ""),
        ("r.json", "json", "{}", ""),
    ],
)
def test_a_file_that_was_made_is_named_with_how_much_it_holds(capsys, tmp_path, name, form, data, held):
    deliver(data.encode(), str(tmp_path / name), here=HERE, force=False, form=form)
    assert capsys.readouterr().out == f"{tmp_path / name} を作りました{held}\n"


@pytest.mark.parametrize(("form", "begin"), [("table", "計画"), ("text", "計画"), ("markdown", "# 計画")])
@pytest.mark.parametrize("to_file", [True, False])
def test_papers_are_drawn_as_asked(capsys, tmp_path, form, begin, to_file):
    deliver(PAPERS, str(tmp_path / "r") if to_file else "-", here=HERE, force=False, form=form)
    drawn = (tmp_path / "r").read_text(encoding="utf-8") if to_file else capsys.readouterr().out
    assert drawn.startswith(begin)
    assert drawn.endswith("\n")


def test_a_file_that_is_there_is_refused_or_replaced(tmp_path):
    path = tmp_path / "r"
    path.write_bytes(b"mine")
    with pytest.raises(Refused):
        deliver(b"new", str(path), here=HERE, force=False)
    assert path.read_bytes() == b"mine"
    deliver(b"new", str(path), here=HERE, force=True)
    assert path.read_bytes() == b"new"


def test_half_a_character_does_not_stop_a_file(tmp_path):
    broken = Papers("\udc82", (), None, (), ())
    deliver(broken, str(tmp_path / "r"), here=HERE, force=False, form="text")
    assert (tmp_path / "r").read_bytes().startswith("\ufffd".encode())


def test_texts_and_bytes_keep_their_order(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="utf-8"))
    deliver(PAPERS, None, here=HERE, force=False, form="text")
    deliver(b"END", None, here=HERE, force=False)
    assert raw.getvalue().endswith(b"END")
    assert raw.getvalue().startswith("計画".encode())


# -- on a screen ------------------------------------------------------------------------------

TWO = Papers(
    "計画",
    (),
    None,
    tuple(Paper(name, title, (Column("番号"),), ((Cell("1"),),)) for name, title in (("a", "総括表"), ("b", "一覧"))),
    ("凡例",),
)


@pytest.fixture
def terminal(monkeypatch):
    """Let somebody see standard output, and return what was shown page by page."""
    paged: list[str] = []
    monkeypatch.setattr(streams, "is_terminal", lambda: True)
    monkeypatch.setattr(streams, "page", paged.append)
    return paged


def order(text):
    return sorted(("総括表", "一覧", "凡例"), key=text.index)


@pytest.mark.usefixtures("terminal")
def test_on_a_screen_the_paper_that_matters_most_stands_last(capsys):
    deliver(TWO, None, here=HERE, force=False, last="a")
    assert order(capsys.readouterr().out) == ["一覧", "凡例", "総括表"]


def test_elsewhere_the_papers_stand_in_their_order(capsys, tmp_path):
    deliver(TWO, None, here=HERE, force=False, last="a", pager=True)
    assert order(capsys.readouterr().out) == ["総括表", "一覧", "凡例"]
    deliver(TWO, str(tmp_path / "r"), here=HERE, force=False, last="a", pager=True)
    assert order((tmp_path / "r").read_text(encoding="utf-8")) == ["総括表", "一覧", "凡例"]


@pytest.mark.parametrize(("asked", "always"), [(True, False), (False, True)])
def test_a_screen_is_filled_page_by_page_where_somebody_asks_for_it(terminal, capsys, asked, always):
    here = Session(HERE.t, language_told=True, make_desk=HERE.make_desk)
    vars(here)["settings"] = SimpleNamespace(pager=always)
    deliver(TWO, None, here=here, force=False, pager=asked, last="a")
    deliver("長い文章", None, here=here, force=False, pager=asked)
    assert capsys.readouterr().out == ""
    assert order(terminal[0]) == ["一覧", "凡例", "総括表"]
    assert "\x1b" not in terminal[0]
    assert terminal[1] == "長い文章"


@pytest.mark.parametrize("output", ["-", "file"])
def test_what_is_written_elsewhere_is_never_shown_page_by_page(terminal, tmp_path, output):
    deliver("文章", output if output == "-" else str(tmp_path / "r"), here=HERE, force=False, pager=True)
    assert terminal == []
