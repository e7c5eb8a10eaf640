"""What is asked at a terminal: a choice that typing narrows down, a line, a text; elsewhere one error names it all.

Japanese is typed through an input method that hands over whole words, so that what is typed
stands in a line of its own, and lists are narrowed down by what that line holds.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mizuho_pdca.cli.framework import Session
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.text import without_kind

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    Event = KeyPressEvent

Choices = Sequence[tuple[str, str]]
"""Values with their names."""

_MOST_ROWS = 12
_OTHER_ROWS = 4
"""Rows of the screen that a list leaves free."""

_EDITOR = "e"
"""What is typed alone in a line to write a text in the editor."""


class Interrupted(KeyboardInterrupt):
    """Somebody left a question; ``text`` is what stood there."""

    def __init__(self, text: str = "") -> None:
        """Take what was typed so far."""
        super().__init__()
        self.text = text


@dataclass(frozen=True)
class Offer:
    """An answer to choose: its value, what is shown, and other words by which it is found."""

    value: str
    label: str
    also: str = ""


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


def ask(here: Session, command: str, *questions: Question) -> list[str]:
    """Return an answer to each question of a command; raise ``UsageFault`` where nobody can answer.

    Nothing is asked outside a workspace: the answers would be in vain.
    """
    missing = [question for question in questions if question.is_open]
    if missing and not at_terminal():
        raise missing_fault(command, [(question.option, question.words) for question in missing])
    if missing:
        _ = here.desk.root
    return [_answer(question, here.t) for question in questions]


def missing_fault(command: str, missing: Sequence[tuple[str, str]]) -> UsageFault:
    """Return what to say of options that are missing in a command, each with its name and its meaning."""
    return UsageFault(
        N_("{options} is missing"),
        options=[
            message(N_("{option} ({words})"), option=message(option), words=message(words)) for option, words in missing
        ],
        remedy=message(N_("Add it to the command; pdca {command} --help shows how."), command=command),
    )


def _answer(question: Question, t: Translate) -> str:
    answer = question.given
    while answer is None or not answer.strip():
        choices = question.choices() if question.choices is not None else ()
        words = t(question.words)
        offers = [Offer(value, f"{value}  {name}".rstrip()) for value, name in choices]
        answer = choose(words, offers, t) if offers else line(words)
    return answer


# -- which of the offers is meant -------------------------------------------------------------


def matching(offers: Sequence[Offer], typed: str) -> list[Offer]:
    """Return the offers that hold every word of what was typed, those that begin with it first."""
    from mizuho_pdca.domain.plan.numbers import parse_node_id

    number, words = parse_node_id(typed), [without_kind(word) for word in typed.split()]
    if not words:
        return list(offers)
    ranked = [(rank, offer) for offer in offers if (rank := _rank(offer, number, words)) is not None]
    return [offer for _, offer in sorted(ranked, key=lambda pair: pair[0])]


def _rank(offer: Offer, number: str | None, words: Sequence[str]) -> int | None:
    label = without_kind(offer.label)
    whole = "".join(words)
    if whole == without_kind(offer.value) or (number is not None and number in offer.also.split()):
        return 0
    if label.startswith(whole) or (number is not None and f" {number}-" in f" {offer.also}"):
        return 1
    if all(_holds(label, word) for word in words):
        return 2
    return 3 if all(_holds(f"{label} {without_kind(offer.also)}", word) for word in words) else None


def _holds(text: str, word: str) -> bool:
    """Return whether a text holds a word; a number of one or two digits whole, for 6 is no part of 2026."""
    if not word[0].isdigit():
        return word in text
    behind = r"(?!\d)" if re.fullmatch(r"\d{1,2}", word) else ""
    return re.search(rf"(?<!\d){re.escape(word)}{behind}", text) is not None


# -- prompts ----------------------------------------------------------------------------------


def choose(words: str, offers: Sequence[Offer], t: Translate, typed: str = "", *, free: bool = False) -> str:
    """Return the value of the offer that was chosen, or what was typed where it fits none.

    ``free`` chooses none beforehand: what was typed is the answer, unless one was gone to. The
    list begins narrowed down by ``typed`` where that leaves any.
    """
    picker = _Picker(offers, t, free=free)
    answer = _run(_choosing(words, picker, typed if free or matching(offers, typed) else ""))
    shown = next((offer.label for offer in offers if offer.value == answer), answer)
    sys.stdout.write(f"{words}: {shown}\n")
    return answer


def line(words: str, typed: str = "") -> str:
    """Return the line that was typed, beginning with ``typed``; empty where Enter alone was."""
    from prompt_toolkit import PromptSession

    session = PromptSession[str](f"{words}: ", key_bindings=_leaving())
    return _prompted(session, typed)


def paragraphs(words: str, typed: str, t: Translate, *, keeps: bool = False) -> str:
    """Return a text of several lines that ends with an empty one; ``e`` alone opens the editor.

    ``keeps`` takes ``typed`` as it is where Enter alone is pressed.
    """
    from prompt_toolkit import PromptSession

    sys.stdout.write(f"{words}{t(N_(' (an empty line ends; e and Enter opens the editor)'))}\n")
    keys = _leaving()

    @keys.add("enter")
    def _enter(event: Event) -> None:
        buffer = event.current_buffer
        if buffer.text.strip().lower() == _EDITOR:
            buffer.text = ""
            if sys.platform == "win32":
                os.environ.setdefault("EDITOR", "notepad")
            buffer.open_in_editor()
        elif (keeps and buffer.text == typed) or _is_at_empty_end(buffer):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    session = PromptSession[str]("> ", multiline=True, prompt_continuation="> ", key_bindings=keys)
    return _prompted(session, typed).rstrip("\n")


def _is_at_empty_end(buffer: Buffer) -> bool:
    return buffer.document.is_cursor_at_the_end and not buffer.document.current_line.strip()


class _Picker:
    """The offers that fit what was typed, one of them gone to, as many as the screen shows."""

    def __init__(self, offers: Sequence[Offer], t: Translate, *, free: bool) -> None:
        self.offers = offers
        self.t = t
        self.free = free
        self.narrow("")

    def narrow(self, typed: str) -> None:
        """Keep what fits; the first one is gone to, unless typing is an answer as well."""
        self.shown = matching(self.offers, typed)
        self.at = -1 if self.free else 0

    def move(self, by: int) -> None:
        """Go to another offer; the list has ends."""
        self.at = max(0, min(len(self.shown) - 1, self.at + by))

    def answer(self, typed: str) -> str:
        """Return the value gone to, else what was typed."""
        return self.shown[self.at].value if self.shown and self.at >= 0 else typed

    def rows(self, height: int) -> StyleAndTextTuples:
        """Return the part of the list round the offer gone to, in the form of prompt_toolkit."""
        most = max(1, min(_MOST_ROWS, height - _OTHER_ROWS))
        top = max(0, min(self.at - most // 2, len(self.shown) - most))
        rows: StyleAndTextTuples = []
        for position, offer in enumerate(self.shown[top : top + most], top):
            marked = position == self.at
            rows.append(("reverse" if marked else "", f"{'>' if marked else ' '} {offer.label}"))
            rows.append(("", "\n"))
        return rows[:-1]

    def hint(self) -> str:
        """Return how one goes on."""
        if not self.shown:
            return self.t(N_("None fits; Enter takes what was typed."))
        counts = {"shown": len(self.shown), "all": len(self.offers)}
        return self.t(N_("{shown}/{all}  type to narrow down, ↑↓ and Enter choose, Ctrl-C leaves")).format(**counts)


def pick(words: str, offers: Sequence[Offer], t: Translate) -> str:
    """Return the value of one of the offers; nothing else is an answer."""
    chosen = choose(words, offers, t)
    while chosen not in {offer.value for offer in offers}:
        chosen = choose(words, offers, t)
    return chosen


def _choosing(words: str, picker: _Picker, begun: str) -> Application[str]:
    from prompt_toolkit.application import Application
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.document import Document
    from prompt_toolkit.layout import HSplit, Layout, Window
    from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
    from prompt_toolkit.layout.processors import BeforeInput

    def narrowed(buffer: Buffer) -> None:
        picker.narrow(buffer.text)

    typed = Buffer(multiline=False, on_text_changed=narrowed, document=Document(begun))
    picker.narrow(begun)
    keys = _leaving()
    for key, by in {"up": -1, "down": 1, "pageup": -_MOST_ROWS, "pagedown": _MOST_ROWS}.items():
        keys.add(key)(lambda _, by=by: picker.move(by))

    @keys.add("enter")
    def _enter(event: Event) -> None:
        event.app.exit(result=picker.answer(typed.text))

    def rows() -> StyleAndTextTuples:
        return picker.rows(application.output.get_size().rows)

    layout = HSplit(
        [
            Window(BufferControl(typed, input_processors=[BeforeInput(f"{words}: ")]), height=1),
            Window(FormattedTextControl(rows), dont_extend_height=True),
            Window(FormattedTextControl(picker.hint), height=1),
        ]
    )
    application = Application[str](layout=Layout(layout), key_bindings=keys, erase_when_done=True)
    return application


def _leaving() -> KeyBindings:
    """Return the keys that leave a question: what was typed goes with it."""
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys

    keys = KeyBindings()

    @keys.add("c-c")
    @keys.add(Keys.SIGINT)
    def _leave(event: Event) -> None:
        event.app.exit(exception=Interrupted(event.current_buffer.text))

    @keys.add("c-d")
    def _end(event: Event) -> None:
        buffer = event.current_buffer
        if buffer.text:
            buffer.delete()
        else:
            event.app.exit(exception=Interrupted())

    return keys


def _prompted(session: Any, typed: str) -> str:  # noqa: ANN401 (prompt_toolkit is loaded on use, its types with it)
    answer: str = _kept(session.default_buffer, lambda: session.prompt(default=typed))
    return answer


def _run(application: Application[str]) -> str:
    return _kept(application.current_buffer, application.run)


def _kept(buffer: Buffer, prompt: Callable[[], str]) -> str:
    """Run a prompt; a window that is closed, or an end of the input, leaves it like Ctrl-C."""
    sys.stdout.flush()
    with _hanging_up(lambda: buffer.text):
        try:
            return prompt()
        except EOFError:
            raise Interrupted(buffer.text) from None


@contextmanager
def _hanging_up(text: Callable[[], str]) -> Iterator[None]:
    """Turn the signal of a closed window into ``Interrupted``, where the system has one."""
    import signal

    def leave(*_: object) -> None:
        raise Interrupted(text())

    number = getattr(signal, "SIGHUP", None)
    before = None
    if number is not None:
        with suppress(ValueError):  # only the main thread may listen
            before = signal.signal(number, leave)
    try:
        yield
    finally:
        if number is not None and before is not None:
            signal.signal(number, before)
