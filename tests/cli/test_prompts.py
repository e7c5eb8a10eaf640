# mypy: allow-untyped-calls
import sys
from io import StringIO
from pathlib import Path

import pytest
import questionary

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli import prompts as asking
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.cli.prompts import Question, ask, at_terminal, narrow
from mizuho_pdca.errors import UsageFault

ROOT = Path(__file__).parents[2]
HERE = Session(str, language_told=True, make_desk=lambda _: Desk(ROOT))


class Answered:
    """A prompt with its answer."""

    def __init__(self, answer):
        self.answer = answer

    def unsafe_ask(self):
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


class Person:
    """Who sits at the terminal: gives answers in turn, remembers what was asked."""

    def __init__(self):
        self.answers = []
        self.asked = []
        self.offered = []

    def text(self, words, **_):
        self.asked.append(words)
        return Answered(self.answers.pop(0))

    def select(self, words, choices, **_):
        self.asked.append(words)
        self.offered.append([(choice.title, choice.value) for choice in choices])
        return Answered(self.answers.pop(0))


@pytest.fixture
def person(monkeypatch):
    """Seat a person at the terminal."""
    seated = Person()
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    monkeypatch.setattr(questionary, "text", seated.text)
    monkeypatch.setattr(questionary, "select", seated.select)
    return seated


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
    assert ask(HERE, Question("1-1", "ID", "the number"), Question("x", "-m", "the text")) == ["1-1", "x"]


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(UsageFault) as caught:
        ask(HERE, Question(None, "ID", "the number"), Question(" ", "-m", "the text"), Question("x", "--year", "year"))
    text = caught.value.text(str)
    assert "ID (the number), -m (the text)" in text
    assert "--year" not in text


def test_without_a_terminal_a_broader_number_is_taken_as_it_is():
    assert narrow("1-1", lambda: [("1-1①-1", "x")], str) == "1-1"


# -- at a terminal ----------------------------------------------------------------------------


def test_a_text_is_asked_for_until_there_is_one(person):
    person.answers = ["", "  ", "訪問"]
    assert ask(HERE, Question(None, "-m", "what was done")) == ["訪問"]
    assert person.asked == ["what was done:"] * 3


def test_choices_are_offered_with_their_names(person):
    person.answers = ["A"]
    assert ask(HERE, Question(None, "--rating", "the rating", lambda: [("A", "達成"), ("B", "順調")])) == ["A"]
    assert person.offered == [[("A  達成", "A"), ("B  順調", "B")]]


def test_where_there_is_nothing_to_choose_from_the_text_is_asked_for(person):
    person.answers = ["A"]
    assert ask(HERE, Question(None, "--rating", "the rating", list)) == ["A"]
    assert person.asked == ["the rating:"]


def test_a_broader_number_leads_to_the_initiatives_below_it(person):
    person.answers = ["1-1①-1"]
    assert narrow("1-1", lambda: [("1-1①-1", "x")], str) == "1-1①-1"
    assert [value for _, value in person.offered[0]] == ["1-1①-1", "1-1"]
    assert narrow("1-1①-1", list, str) == "1-1①-1"


# -- whole commands ---------------------------------------------------------------------------


def test_log_asks_for_all_that_it_needs(pdca, person, entries):
    person.answers = ["1-1②-1", "3社を訪問した"]
    assert pdca("log", "-d", "2024-06-12").code == 0
    assert entries() == ["records/2024/1-1-2-1/2024-06-12-000001.yaml"]
    titles = [title for title, _ in person.offered[0]]
    assert "1-1②-1  企業訪問活動の実施" in titles
    assert len(titles) == 30


def test_log_of_a_submeasure_asks_which_initiative(pdca, person, entries):
    person.answers = ["1-1②-2"]
    assert pdca("log", "1-1②", "-m", "相談会", "-d", "2024-06-12").code == 0
    assert entries() == ["records/2024/1-1-2-2/2024-06-12-000001.yaml"]


def test_log_of_an_initiative_asks_nothing(pdca, person):
    assert pdca("log", "1-1②-1", "-m", "訪問").code == 0
    assert person.asked == []


def test_evaluate_offers_the_scale(pdca, person, workspace, entries):
    person.answers = ["1-1②-1", "R6", "B"]
    assert pdca("evaluate").code == 0
    assert [value for _, value in person.offered[1]] == ["A", "B", "C", "D", "F", "X", "Y", "Z"]
    assert "rating: B\n" in (workspace / entries()[0]).read_text(encoding="utf-8")


def test_actual_offers_the_indicators(pdca, person, entries):
    person.answers = ["company-visits", "60", "2024"]
    assert pdca("actual").code == 0
    assert ("company-visits  企業訪問件数", "company-visits") in person.offered[0]
    assert len(entries()) == 1


def test_withdraw_asks_for_the_entry_and_the_reason(pdca, person):
    pdca("log", "1-1②-1", "-m", "訪問")
    person.answers = ["000001", "誤記"]
    assert pdca("withdraw").code == 0


def test_the_questions_are_japanese_for_japanese_readers(pdca, person):
    person.answers = ["訪問"]
    pdca("--lang", "ja", "log", "1-1②-1")
    assert not person.asked[0].isascii()


def test_leaving_the_prompt_writes_nothing(pdca, person, entries):
    person.answers = [KeyboardInterrupt()]
    result = pdca("log", "1-1②-1")
    assert result.code == 130
    assert "Traceback" not in result.err
    assert entries() == []


def test_outside_a_workspace_nothing_is_asked_in_vain(pdca, person, tmp_path):
    person.answers = ["1-1②-1", "長い報告"]
    assert pdca("-C", str(tmp_path), "log").code == 2
    assert person.asked == []
