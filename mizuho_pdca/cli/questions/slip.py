"""What a command that records asks for, declared once: by options, by questions, in a repair and in a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from mizuho_pdca.cli.framework import Session
from mizuho_pdca.cli.prompts import Offer
from mizuho_pdca.errors import PdcaError

if TYPE_CHECKING:
    from datetime import date

    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Correction, Receipt
    from mizuho_pdca.domain.plan.plan import Plan
    from mizuho_pdca.domain.records.entries import Entry

Answer = str | list[str]

Need = Literal["must", "may", "option"]
"""``must`` is asked wherever it is missing, ``may`` where somebody is asked for everything, ``option`` never."""

Widget = Literal["choice", "free choice", "line", "text", "figures"]


class Answers(dict[str, Answer]):
    """What was typed, by the key of its blank; what was not is not in it."""

    def one(self, key: str) -> str | None:
        """Return what was typed, None where nothing was."""
        held = self.get(key)
        return held if isinstance(held, str) else None

    def many(self, key: str) -> list[str]:
        """Return what was typed for an option that may be repeated."""
        held = self.get(key, [])
        return [held] if isinstance(held, str) else held

    @property
    def correction(self) -> Correction:
        """Return which entry is corrected, and why."""
        from mizuho_pdca.app.entry import NOT_CORRECTED, Correction

        entry = self.one("supersedes")
        return NOT_CORRECTED if entry is None else Correction(entry, self.one("reason"))


@dataclass
class Round:
    """One run of a command at a terminal: what is known so far when a question is put."""

    here: Session
    answers: Answers
    old: Entry | None = None
    last: Receipt | None = None
    """What the command would record of what is known so far."""

    @property
    def desk(self) -> Desk:
        """Return where it works."""
        return self.here.desk

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.desk.plan

    @cached_property
    def today(self) -> date:
        """Return the plan's day."""
        return self.desk.today

    @property
    def this_year(self) -> int:
        """Return the fiscal year of today within the plan's period."""
        from mizuho_pdca.domain.calendar import fiscal_year

        period = self.plan.header.period
        return min(max(fiscal_year(self.today, self.plan.header.starts), period.since), period.until)

    @property
    def year(self) -> int:
        """Return the fiscal year that is meant as far as is known, else this year."""
        from mizuho_pdca.app.input.years import typed_year

        named = self.answers.one("year")
        if named is not None:
            with suppress(PdcaError):
                return typed_year(self.desk, named)
        known = self.old if self.last is None else self.last.entry
        return self.this_year if known is None else known.year


def _no_offers(_: Round) -> Sequence[Offer]:
    return ()


def _no_answer(_: Round) -> str:
    return ""


def _nothing(_: Round) -> str | None:
    return None


def _never(_: Round) -> bool:
    return False


def _always(_: Round) -> bool:
    return True


@dataclass(frozen=True)
class Blank:
    """One thing that a command takes.

    ``option`` is its name on the command line, ``words`` the question, unless it ``asks`` in
    others. ``enter`` says what Enter alone means; ``on_enter`` is the answer that Enter alone gives, if
    any: a text stands in the question already, to be changed or cleared. ``stand_in`` is an
    answer that is right in any case: with it in place of what is not known yet, the command itself
    checks what is. ``held`` prints what an entry holds of it, for a correction. A ``head`` says
    what is recorded about, not what.
    ``below`` gives what a broader answer leaves to choose from. ``when`` says whether a blank that
    may be left out is wanted after all; ``unless`` is the key of another that takes its place.
    ``spared`` says that a blank need not be given after all, ``applies`` whether there is anything to ask.
    """

    key: str
    option: str
    words: str
    need: Need = "must"
    widget: Widget = "line"
    enter: str | Callable[[Round], str] = ""
    on_enter: Callable[[Round], str] = _no_answer
    offers: Callable[[Round], Sequence[Offer]] = _no_offers
    stand_in: Callable[[Round], str | None] = _nothing
    held: Callable[[Round, Any], str] | None = None
    head: bool = False
    below: Callable[[Desk, str], Sequence[tuple[str, str]]] | None = None
    when: Callable[[Round], bool] | None = None
    unless: str = ""
    asks: str = ""
    spared: Callable[[Round], bool] = _never
    applies: Callable[[Round], bool] = _always

    def label(self, at: Round, answer: Answer) -> str:
        """Return an answer as it is offered, else as typed."""
        if isinstance(answer, list):
            return "、".join(answer)
        return next((offer.label for offer in self.offers(at) if offer.value == answer), answer)


@dataclass(frozen=True)
class Slip:
    """What a command records: its kind of entry, its blanks in the order in which they are asked, how it is done."""

    command: str
    kind: str
    blanks: Sequence[Blank]
    run: Callable[[Desk, Answers], Receipt]
    by_key: Mapping[str, Blank] = field(init=False)

    def __post_init__(self) -> None:
        """Index the blanks."""
        object.__setattr__(self, "by_key", {blank.key: blank for blank in self.blanks})

    def missing(self, at: Round) -> list[Blank]:
        """Return what must be known and is not; a correction keeps what it does not give."""
        answers = at.answers
        if "supersedes" in answers:
            return []
        return [
            blank
            for blank in self.blanks
            if blank.need == "must"
            and blank.key not in answers
            and blank.unless not in answers
            and not blank.spared(at)
        ]

    def is_bare(self, answers: Answers) -> bool:
        """Return whether nothing was said yet but about what, or which entry is corrected, and who says it."""
        if "supersedes" in answers:
            return answers.keys() <= {"supersedes", "reason", "by"}
        return all(key == "by" or self.by_key[key].head for key in answers)
