"""Ask for what was not given: at a terminal by prompts, elsewhere by one error that names it all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mizuho_pdca.cli.framework import Session
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Translate, message

Choices = Sequence[tuple[str, str]]
"""Values with their names."""


@dataclass(frozen=True)
class Question:
    """What a command needs: as given (or None), the option's name, the question, the answers."""

    given: str | None
    option: str
    words: str
    choices: Callable[[], Choices] | None = None

    @property
    def is_open(self) -> bool:
        """Return whether nothing, or nothing but blanks, was given."""
        return self.given is None or not self.given.strip()


def at_terminal() -> bool:
    """Return whether a person can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(here: Session, *questions: Question) -> list[str]:
    """Return an answer to each question; raise ``UsageFault`` where nobody can answer.

    Nothing is asked outside a workspace: the answers would be in vain.
    """
    missing = [question for question in questions if question.is_open]
    if missing and not at_terminal():
        raise UsageFault(
            N_("{options} is missing"),
            options=[
                message(N_("{option} ({words})"), option=message(question.option), words=message(question.words))
                for question in missing
            ],
            remedy=message(N_("Add it to the command; pdca COMMAND --help shows how.")),
        )
    if missing:
        _ = here.desk.root
    return [_answer(question, here.t) for question in questions]


def ask_or_keep(here: Session, *questions: Question, corrects: str | None) -> Sequence[str | None]:
    """Return an answer to each question; in a correction, which keeps what it does not give, only what was given."""
    if corrects is None:
        return ask(here, *questions)
    return [None if question.is_open else question.given for question in questions]


def narrow(target: str, below: Callable[[], Choices], t: Translate) -> str:
    """Return the initiative that was meant by a broader number, asked for at a terminal."""
    if not at_terminal():
        return target
    choices = below()
    if not choices:
        return target
    whole = (target, t(N_("{number} as a whole")).format(number=target))
    return _select(t(N_("Which initiative?")), [*choices, whole])


def _answer(question: Question, t: Translate) -> str:
    answer = question.given
    while answer is None or not answer.strip():
        choices = question.choices() if question.choices is not None else ()
        words = t(question.words)
        answer = _select(words, choices) if choices else _text(words)
    return answer


def _select(words: str, choices: Choices) -> str:
    import questionary

    listed = [questionary.Choice(f"{value}  {name}", value) for value, name in choices]
    answer: str = questionary.select(words, listed, instruction=" ").unsafe_ask()
    return answer


def _text(words: str) -> str:
    import questionary

    answer: str = questionary.text(f"{words}:").unsafe_ask()
    return answer
