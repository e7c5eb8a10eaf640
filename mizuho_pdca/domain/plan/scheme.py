"""How a plan is judged: statuses, rating scale, directions, reasons for a missing figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal, Protocol, TypeVar, get_args

from pydantic import Field

from mizuho_pdca.domain.schema.shapes import InForce, Number, Shape, Text, Year
from mizuho_pdca.text import DASHES, folded

StatusCode = Literal["not_started", "preparing", "in_progress", "done", "completed", "suspended", "discontinued"]
STATUS_CODES: tuple[StatusCode, ...] = get_args(StatusCode)

IMPLEMENTED: frozenset[str] = frozenset({"in_progress", "done", "completed"})
"""Counted as carried out by the implementation rate 実施率."""

COMPLETED: frozenset[str] = frozenset({"done", "completed"})
"""Counted as completed by the completion rate 完了率."""

SET_ASIDE: frozenset[str] = frozenset({"suspended", "discontinued"})
"""Left out of the denominator of both rates."""

ENDED: frozenset[str] = frozenset({"completed", "discontinued"})
"""Go on in later years, until another status is recorded."""


_Near = Annotated[Number, Field(ge=0, le=100)]


class Status(Shape):
    """A state of an initiative in a year; the code is fixed, its name is the plan's."""

    code: StatusCode
    name: Text
    definition: Text | None = None
    aliases: tuple[Text, ...] = ()


class Rank(Shape):
    """A rank of the scale; ``at_least`` is the lower bound of its band, in percent as printed."""

    code: Text
    name: Text
    at_least: Number | None = None
    definition: Text | None = None
    aliases: tuple[Text, ...] = ()


class Unranked(Shape):
    """A rating that is no rank, such as 評価困難."""

    code: Text
    name: Text
    definition: Text | None = None
    aliases: tuple[Text, ...] = ()


class Scale(Shape):
    """The ranks, best first, and the states that are no rank; a plan that does not rate has neither.

    Where there are several and none has a bound, people alone say which it is, and figures suggest none.
    """

    ranks: tuple[Rank, ...] = ()
    states: tuple[Unranked, ...] = ()

    @property
    def ratings(self) -> tuple[Rank | Unranked, ...]:
        """Return everything that a rating may be, ranks first."""
        return (*self.ranks, *self.states)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return every code, ranks first."""
        return tuple(each.code for each in self.ratings)

    @property
    def has_bands(self) -> bool:
        """Return whether a rate says which rank it is worth; any rate is worth the only one."""
        return len(self.ranks) == 1 or any(rank.at_least is not None for rank in self.ranks)

    def band(self, printed: Decimal) -> str:
        """Return the rank whose band holds a rate as printed, in percent."""
        for rank in self.ranks:
            if rank.at_least is None or printed >= rank.at_least:
                return rank.code
        return self.ranks[-1].code

    def find(self, word: str) -> Rank | Unranked | None:
        """Return the rank or state that a code or a name means."""
        return _find(word, self.ratings)


class Term(Shape):
    """A word of the plan's own list with its definition."""

    name: Text
    definition: Text | None = None
    aliases: tuple[Text, ...] = ()

    @property
    def code(self) -> str:
        """Return the word itself, which is what files hold."""
        return self.name


_PENDING = "集計中"


class Reason(Term):
    """Why there is no figure; ``pending`` where it is still to come, else the usual word says so."""

    pending: bool | None = None

    @property
    def is_pending(self) -> bool:
        """Return whether a figure is still to come."""
        return self.name == _PENDING if self.pending is None else self.pending


class Evaluator(Shape):
    """Who rates: the office itself, the council; the first one listed is who rates where nothing else is said.

    ``scale`` has the words of one who rates by others than the plan's.
    """

    code: Text
    name: Text
    definition: Text | None = None
    aliases: tuple[Text, ...] = ()
    scale: Scale | None = None


RatedLevel = Literal["initiative", "submeasure", "measure", "policy", "plan"]
"""A level at which a rating may be expected."""


class Answer(Shape):
    """A state of a response to an opinion; the code is fixed, its name is the plan's."""

    code: Literal["answered", "in_hand", "considered", "declined"]
    name: Text
    definition: Text | None = None
    aliases: tuple[Text, ...] = ()


def usual_answers() -> tuple[Answer, ...]:
    """Return the states of a response where a plan names none of its own."""
    return (
        Answer(code="answered", name="対応済"),
        Answer(code="in_hand", name="対応中"),
        Answer(code="considered", name="検討中"),
        Answer(code="declined", name="対応しない"),
    )


_COUNCIL = "council"


class Scheme(Shape):
    """Everything that a plan's judgement is made of; statuses and scale may be left out.

    ``near`` is the printed rate, in percent, from which an unmet target counts as nearly met.
    ``rate`` names the levels at which a rating is expected; anything may be rated. Where
    ``evaluators`` are listed, each keeps a rating of its own.
    """

    statuses: tuple[Status, ...] = ()
    scale: Scale = Field(default_factory=Scale)
    rate: tuple[RatedLevel, ...] = ("initiative",)
    evaluators: tuple[Evaluator, ...] = ()
    near: _Near = Decimal(80)
    directions: tuple[Term, ...] = ()
    missing: tuple[Reason, ...] = ()
    responses: tuple[Answer, ...] = Field(default_factory=usual_answers)

    @property
    def has_ratings(self) -> bool:
        """Return whether there is anything to rate by."""
        return bool(self.scale.codes)

    def expects(self, level: RatedLevel) -> bool:
        """Return whether a rating is expected at a level of the plan."""
        return self.has_ratings and level in self.rate

    @property
    def asks_initiatives(self) -> bool:
        """Return whether a report of each initiative is asked for: not where what stands above alone is judged."""
        return bool(self.statuses) or not self.has_ratings or self.expects("initiative")

    def status(self, word: str) -> Status | None:
        """Return the status that a code or a name means."""
        return _find(word, self.statuses)

    def direction(self, word: str) -> Term | None:
        """Return the direction of that name."""
        return _find(word, self.directions)

    def answer(self, word: str) -> Answer | None:
        """Return the state of a response that a code or a name means."""
        return _find(word, self.responses)

    def evaluator(self, word: str | None) -> Evaluator | None:
        """Return the evaluator that a code or a name means, the first one where none is named."""
        return next(iter(self.evaluators), None) if word is None else _find(word, self.evaluators)

    def scale_of(self, said: Evaluator | str | None) -> Scale:
        """Return by which ratings an evaluator rates, of this or another year or by a code or a name.

        These are its own, else the plan's.
        """
        whose = self.evaluator(said.code if isinstance(said, Evaluator) else said)
        return self.scale if whose is None or whose.scale is None else whose.scale

    @property
    def council(self) -> Evaluator | None:
        """Return the council, where it rates beside the first evaluator."""
        return next((one for one in self.evaluators[1:] if one.code == _COUNCIL), None)

    def is_own(self, word: str | None) -> bool:
        """Return whether a rating is the first evaluator's: the one that counts."""
        return self.evaluator(word) is self.evaluator(None)

    def reason(self, word: str) -> Reason | None:
        """Return the reason of that name."""
        return _find(word, self.missing)


class SchemeRevision(InForce):
    """Parts of the scheme that are others from a fiscal year on."""

    since: Year = Field(alias="from")
    statuses: tuple[Status, ...] | None = None
    scale: Scale | None = None
    rate: tuple[RatedLevel, ...] | None = None
    evaluators: tuple[Evaluator, ...] | None = None
    near: _Near | None = None
    directions: tuple[Term, ...] | None = None
    missing: tuple[Reason, ...] | None = None
    responses: tuple[Answer, ...] | None = None


class Coded(Protocol):
    """A word of the scheme; ``aliases`` are what else people type for it, files hold the code or the name."""

    @property
    def code(self) -> str:
        """Return what files hold."""

    @property
    def name(self) -> str:
        """Return what is printed."""

    @property
    def definition(self) -> str | None:
        """Return what it means."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return what else people type for it."""


C = TypeVar("C", bound=Coded)


def _find(word: str, items: Sequence[C]) -> C | None:
    for item in items:
        if word in (item.code, item.name):
            return item
    plain = alike(word)
    return next((item for item in items if plain in (alike(item.code), alike(item.name))), None)


_ALIKE = str.maketrans("〇◯⭕✕✖❌╳☓⊿", "○○○×××××△") | str.maketrans(dict.fromkeys("▵", "△"))
"""Signs that look like one of a scale's, and that a keyboard gives instead."""


def alike(word: str) -> str:
    """Return a word by which it is known: in half width, and one sign for those that look alike."""
    plain = folded(word.translate(_ALIKE))
    return "-" if plain and plain in DASHES else plain
