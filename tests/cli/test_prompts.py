# mypy: allow-untyped-calls
import sys
from io import StringIO
from pathlib import Path
from threading import Timer

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli import prompts
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.cli.prompts import (
    Interrupted,
    Offer,
    Question,
    ask,
    at_terminal,
    choose,
    line,
    matching,
    paragraphs,
    pick,
)
from mizuho_pdca.errors import UsageFault

ROOT = Path(__file__).parents[2]
HERE = Session(str, language_told=True, make_desk=lambda _: Desk(ROOT))


class Stream(StringIO):
    def __init__(self, *, terminal):
        super().__init__()
        self.terminal = terminal

    def isatty(self):
        return self.terminal


@pytest.mark.parametrize(
    ("stdin", "stdout", "expected"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_somebody_can_answer_where_both_ends_are_a_terminal(monkeypatch, stdin, stdout, expected):
    monkeypatch.setattr(sys, "stdin", Stream(terminal=stdin))
    monkeypatch.setattr(sys, "stdout", Stream(terminal=stdout))
    assert at_terminal() is expected


# -- without a terminal -----------------------------------------------------------------------


def test_what_was_given_is_not_asked_for():
    assert ask(HERE, "log", Question("1-1", "ID", "the number"), Question("x", "-m", "the text")) == ["1-1", "x"]


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(UsageFault) as caught:
        ask(
            HERE,
            "log",
            Question(None, "ID", "the number"),
            Question(" ", "-m", "the text"),
            Question("x", "--year", "year"),
        )
    text = caught.value.text(str)
    assert "ID (the number), -m (the text)" in text
    assert "--year" not in text


# -- at a terminal, with the prompts answered -------------------------------------------------


def test_a_text_is_asked_for_until_there_is_one(person):
    person.answers = ["", "  ", "訪問"]
    assert ask(HERE, "log", Question(None, "-m", "what was done")) == ["訪問"]
    assert person.asked == ["what was done"] * 3


def test_choices_are_offered_with_their_names(person):
    person.answers = ["A", "B"]
    question = Question(None, "--rating", "the rating", lambda: [("A", "達成"), ("B", "順調")])
    assert ask(HERE, "log", question, Question(None, "--rating", "the rating", list)) == ["A", "B"]
    assert person.offered == [["A", "B"]]


def test_outside_a_workspace_nothing_is_asked_in_vain(pdca, person, tmp_path):
    person.answers = ["2024"]
    assert pdca("-C", str(tmp_path), "close").code == 2
    assert person.asked == []


# -- which offer is meant ---------------------------------------------------------------------


OFFERS = [
    Offer("1-1-2-1", "1-1②-1  企業訪問活動の実施（産業課）", "1-1-2-1 きぎょうほうもん 経営相談"),
    Offer("1-1-2-2", "1-1②-2  経営相談会の実施", "1-1-2-2 けいえいそうだん"),
    Offer("1-1-11-1", "1-1⑪-1  ＩＴ活用", "1-1-11-1 あいてぃ"),
    Offer("11", "11  ほか", "11"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["1-1-2-1", "1-1-2-2", "1-1-11-1", "11"]),
        ("企業", ["1-1-2-1"]),
        ("相談", ["1-1-2-2", "1-1-2-1"]),
        ("キギョウ", ["1-1-2-1"]),
        ("そうだん", ["1-1-2-2"]),
        ("１－１②－２", ["1-1-2-2"]),
        ("1-1②", ["1-1-2-1", "1-1-2-2"]),
        ("1-1-2-2", ["1-1-2-2"]),
        ("it", ["1-1-11-1"]),
        ("実施 経営", ["1-1-2-2", "1-1-2-1"]),
        ("11", ["11", "1-1-11-1"]),
        ("未着手", []),
    ],
)
def test_what_is_typed_narrows_the_offers_down(typed, found):
    assert [offer.value for offer in matching(OFFERS, typed)] == found


YEARS = [
    Offer("2025", "令和7年度（2025年度）", "7 R7"),
    Offer("2026", "令和8年度（2026年度）", "8 R8"),
    Offer("2024", "令和6年度（2024年度）", "6 R6"),
    Offer("2023", "令和5年度（2023年度）", "5 R5"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *(("6", ["2024"]), ("６", ["2024"]), ("5", ["2023"]), ("8", ["2026"]), ("R6", ["2024"]), ("ｒ６", ["2024"])),
        *(("6年", ["2024"]), ("6年度", ["2024"]), ("令和6", ["2024"]), ("2024", ["2024"]), ("2026年度", ["2026"])),
        *(("3", []), ("26", []), ("202", ["2025", "2026", "2024", "2023"])),
    ],
)
def test_a_year_of_an_era_is_no_part_of_another_number(typed, found):
    assert [offer.value for offer in matching(YEARS, typed)] == found


# -- the prompts themselves -------------------------------------------------------------------

UP, DOWN, END, CTRL_C, CTRL_D, BACK = "\x1b[A", "\x1b[B", "\x1b[F", "\x03", "\x04", "\x7f"


@pytest.fixture
def typing():
    """Type at a terminal that is none; return what the prompt answers."""

    def answered(keys, prompt):
        with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
            keyboard.send_text(keys)
            return prompt()

    return answered


@pytest.mark.parametrize(
    ("keys", "free", "answer"),
    [
        ("\r", False, "1-1-2-1"),
        (f"{DOWN}{DOWN}{UP}\r", False, "1-1-2-2"),
        (f"{UP}\r", False, "1-1-2-1"),
        (f"{DOWN * 9}\r", False, "11"),
        ("相談\r", False, "1-1-2-2"),
        ("未着手\r", False, "未着手"),
        ("\r", True, ""),
        ("60\r", True, "60"),
        (f"{DOWN}\r", True, "1-1-2-1"),
    ],
)
def test_an_offer_is_chosen_by_keys(typing, capsys, keys, free, answer):
    assert typing(keys, lambda: choose("which", OFFERS, str, free=free)) == answer
    assert capsys.readouterr().out.startswith("which: ")


def test_a_list_begins_narrowed_down_where_that_leaves_any(typing):
    assert typing("\r", lambda: choose("which", OFFERS, str, "相談会")) == "1-1-2-2"
    assert typing("\r", lambda: choose("which", OFFERS, str, "無関係")) == "1-1-2-1"


def test_a_pick_takes_nothing_but_an_offer(typing):
    assert typing(f"無関係\r{DOWN}\r", lambda: pick("which", OFFERS, str)) == "1-1-2-2"


def test_of_a_long_list_the_screen_shows_the_part_round_the_mark():
    picker = prompts._Picker([Offer(str(n), f"取組{n}") for n in range(30)], str, free=False)  # noqa: SLF001
    picker.move(20)
    rows = [row[1] for row in picker.rows(24) if row[1] != "\n"]
    assert (len(rows), rows[6]) == (12, "> 取組20")
    assert len([row[1] for row in picker.rows(8) if row[1] != "\n"]) == 4
    assert "30/30" in picker.hint()
    picker.narrow("x")
    assert (picker.rows(24), picker.answer("x")) == ([], "x")


def test_a_line_begins_with_what_was_typed_before(typing):
    assert typing(f"{BACK}4\r", lambda: line("day", "2024-06-13")) == "2024-06-14"


@pytest.mark.parametrize(
    ("keys", "typed", "keeps", "text"),
    [
        ("一\r二\r\r", "", False, "一\n二"),
        ("\r", "", False, ""),
        ("\r", "前のまま", True, "前のまま"),
        ("。\r\r", "前のまま", True, "前のまま。"),
        ("\r続き\r\r", "前半", False, "前半\n続き"),
    ],
)
def test_a_text_ends_with_an_empty_line(typing, keys, typed, keeps, text):
    assert typing(keys, lambda: paragraphs("what", typed, str, keeps=keeps)) == text


@pytest.mark.skipif(sys.platform == "win32", reason="the editor of this test is a shell script")
def test_a_lone_e_opens_the_editor(tmp_path, monkeypatch):
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf '長い文章' > \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text("e\r")
        Timer(1.0, keyboard.send_text, ["\r\r"]).start()
        assert paragraphs("what", "", str).strip() == "長い文章"


@pytest.mark.parametrize(
    ("keys", "prompt", "left"),
    [
        (f"半分{CTRL_C}", lambda: line("day"), "半分"),
        (f"一\r二{CTRL_C}", lambda: paragraphs("what", "", str), "一\n二"),
        (f"企業{CTRL_C}", lambda: choose("which", OFFERS, str), "企業"),
        (CTRL_D, lambda: line("day"), ""),
    ],
)
def test_leaving_a_question_tells_what_stood_there(typing, keys, prompt, left):
    with pytest.raises(Interrupted) as caught:
        typing(keys, prompt)
    assert caught.value.text == left


def test_ctrl_d_in_a_text_deletes_like_everywhere_else(typing):
    assert typing(f"ab\x01{CTRL_D}\r", lambda: line("day")) == "b"


def test_the_end_of_the_input_leaves_a_question():
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text("半")
        keyboard.close()
        with pytest.raises(Interrupted):
            line("day")
