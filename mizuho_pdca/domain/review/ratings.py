"""Ratings 評価: of any part of the plan and of indicators, each evaluator's own beside the others'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import Evaluator, RatedLevel
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Evaluation
from mizuho_pdca.domain.records.ledger import Ledger

Change = Literal["up", "same", "down"]

_ABOVE: tuple[RatedLevel, ...] = ("policy", "measure", "submeasure")


@dataclass(frozen=True)
class Judgement:
    """What one evaluator says of something in a year, oldest first: the last one counts.

    ``evaluator`` is None where the plan lists none; ``rating`` and ``previous_rating`` are codes,
    ``before`` is what the evaluator said the year before.
    """

    evaluator: Evaluator | None
    evaluations: tuple[Evaluation, ...] = ()
    rating: str | None = None
    before: Evaluation | None = None
    previous_rating: str | None = None
    change: Change | None = None

    @property
    def last(self) -> Evaluation | None:
        """Return the evaluation that counts."""
        return self.evaluations[-1] if self.evaluations else None


@dataclass(frozen=True)
class RatedRow:
    """The ratings of a part of the plan above the initiatives; ``place`` None for the plan itself.

    There is a judgement for each evaluator that the plan lists, the first one's first.
    """

    place: Place | None
    is_expected: bool
    judgements: tuple[Judgement, ...]

    @property
    def own(self) -> Judgement:
        """Return the first evaluator's judgement: the one that is expected."""
        return self.judgements[0]

    @property
    def is_due(self) -> bool:
        """Return whether a rating is still to come."""
        return self.is_expected and self.own.rating is None


def level_of(place: Place | None) -> RatedLevel:
    """Return the level of a part of the plan, as the scheme names it."""
    if place is None:
        return "plan"
    return "initiative" if place.is_initiative else _ABOVE[place.level]


class Ratings:
    """Finds the judgements of a year; ``plan`` is that of all years."""

    def __init__(self, plan: Plan, ledger: Ledger, year: int) -> None:
        """Take what is looked through."""
        self.plan = plan
        self.ledger = ledger
        self.year = year
        self.scheme, self.scheme_before = plan.scheme_at(year), plan.scheme_at(year - 1)

    def of(self, target: str, indicator: str | None = None, before: str | None = None) -> tuple[Judgement, ...]:
        """Return a judgement for each evaluator, the first one's first.

        ``before`` is the number that stands for the target in the year before, where it is another.
        """
        evaluators: Sequence[Evaluator | None] = self.scheme.evaluators or (None,)
        return tuple(self._judgement(one, target, indicator, before or target) for one in evaluators)

    def rows(self, places: Sequence[Place | None]) -> Iterator[RatedRow]:
        """Yield those of the places above the initiatives that are rated, or of which that is expected."""
        for place in places:
            judgements = self.of(WHOLE_PLAN if place is None else place.id)
            awaited = self.scheme.expects(level_of(place))
            if awaited or any(one.evaluations for one in judgements):
                yield RatedRow(place, awaited, judgements)

    def _judgement(self, evaluator: Evaluator | None, target: str, indicator: str | None, before: str) -> Judgement:
        found = tuple(self._said(self.year, target, indicator, evaluator))
        earlier = next(reversed([*self._said(self.year - 1, before, indicator, self._earlier(evaluator))]), None)
        rating = self._code(self.year, found[-1] if found else None)
        previous = self._code(self.year - 1, earlier)
        return Judgement(evaluator, found, rating, earlier, previous, self._change(evaluator, previous, rating))

    def _said(self, year: int, target: str, indicator: str | None, evaluator: Evaluator | None) -> Iterator[Evaluation]:
        scheme = self.plan.scheme_at(year)
        for entry in self.ledger.of(year, target):
            if isinstance(entry, Evaluation) and entry.indicator == indicator:
                told = scheme.evaluator(entry.evaluator)
                if (told and told.code) == (evaluator and evaluator.code):
                    yield entry

    def _earlier(self, evaluator: Evaluator | None) -> Evaluator | None:
        """Return whose judgement of the year before an evaluator's follows: the first one's follows the first one's."""
        if evaluator is None or evaluator is self.scheme.evaluator(None):
            return self.scheme_before.evaluator(None)
        return evaluator

    def _code(self, year: int, evaluation: Evaluation | None) -> str | None:
        if evaluation is None or evaluation.rating is None:
            return None
        found = self.plan.scheme_at(year).scale_of(evaluation.evaluator).find(evaluation.rating)
        return None if found is None else found.code

    def _change(self, whose: Evaluator | None, previous: str | None, rating: str | None) -> Change | None:
        """Return how the rank moved since last year; None unless both years hold a rank of this scale."""
        scale, before = self.scheme.scale_of(whose), self.scheme_before.scale_of(self._earlier(whose))
        ranks = [rank.code for rank in scale.ranks]
        if previous not in ranks or rating not in ranks or before != scale:
            return None
        step = ranks.index(previous) - ranks.index(rating)
        return "up" if step > 0 else "down" if step < 0 else "same"
