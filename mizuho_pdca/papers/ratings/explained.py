"""How the ratings of something came about: an evaluator's each, the last evaluation of whom counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.ratings import Judgement
from mizuho_pdca.message import N_, message
from mizuho_pdca.papers.steps import Step, Words
from mizuho_pdca.papers.words import print_rating


def rating_step(plan: Plan, judgement: Judgement, key: str = "rating") -> Step:
    """Return how one evaluator's rating came about."""
    label, last = _label(plan, judgement), judgement.last
    if last is None:
        return Step(key, label, message(N_("none: nobody has evaluated the year")))
    text = message(
        N_("{value}: from {entry}, the last of {n} evaluations in force"),
        value=print_rating(plan, judgement.rating, judgement.evaluator),
        entry=last.id,
        n=len(judgement.evaluations),
    )
    return Step(key, label, text, judgement.rating)


def other_ratings(plan: Plan, judgements: Sequence[Judgement], key: str = "rating") -> Iterator[Step]:
    """Yield how the ratings of all evaluators but the first came about."""
    for one in judgements[1:]:
        yield rating_step(plan, one, f"{key}.{one.evaluator and one.evaluator.code}")


def own_ratings(plan: Plan, judgements: Sequence[Judgement]) -> Iterator[Step]:
    """Yield how something that has other steps as well is rated itself, where it is."""
    if any(one.evaluations for one in judgements):
        yield rating_step(plan, judgements[0], "own_rating")
        yield from other_ratings(plan, judgements, "own_rating")


def _label(plan: Plan, judgement: Judgement) -> Words:
    """Return the evaluator's name where there are several."""
    if judgement.evaluator is None or len(plan.scheme.evaluators) == 1:
        return message(N_("Rating"))
    return judgement.evaluator.name
