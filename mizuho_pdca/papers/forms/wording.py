"""How the plan's words, and what is recorded, stand in the cells of a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import Coded, Scheme
from mizuho_pdca.domain.records.entries import Activity, Evaluation, Improvement
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.forms.sheet import Held, Offered
from mizuho_pdca.papers.words import dated

_SHORT = 2
"""Signs that a code has at most which is shown with its name."""


def offered(items: Iterable[Coded]) -> tuple[Offered, ...]:
    """Return the plan's words as they stand in a list; a short code with its name."""
    return tuple(Offered(shown(each), each.code, each.definition or "") for each in items)


def shown(item: Coded) -> str:
    """Return a word of the plan as it stands in a list."""
    return f"{item.code} {item.name}" if len(item.code) <= _SHORT and item.code != item.name else item.name


def own_words(indicator: Indicator) -> tuple[Offered, ...]:
    """Return the words that are an indicator's figure, where it is no number."""
    if indicator.method != "done":
        return ()
    words = indicator.words if isinstance(indicator.words, tuple) else map(indicator.spell, (True, False))
    return tuple(Offered(word, word) for word in words)


def subject(plan: Plan, place: Place | None, t: Translate) -> str:
    """Return number and title of a node, or that the whole plan is meant."""
    return t(N_("The whole plan")) if place is None else f"{place.number} {plan.title(place)}"


def said(scheme: Scheme, evaluation: Evaluation | None, improvement: Improvement | None) -> dict[str, Held]:
    """Return what evaluation and improvement say, as the cells of a form hold it."""
    cells: dict[str, Held] = {}
    if evaluation is not None:
        rating = evaluation.rating or ""
        found = scheme.scale_of(evaluation.evaluator).find(rating)
        cells["rating"] = rating if found is None else shown(found)
        cells |= {"progress": (evaluation.progress or "").strip(), "issues": (evaluation.issues or "").strip()}
    if improvement is not None:
        found_word = scheme.direction(improvement.direction)
        cells["direction"] = improvement.direction if found_word is None else shown(found_word)
        cells["next"] = improvement.next.strip()
    return cells


def proposal(activities: Sequence[Activity], t: Translate) -> Iterator[str]:
    """Yield what was recorded during the year, as it stands in a form until somebody adds to it."""
    for entry in activities:
        yield dated(entry.date, entry.summary, t, entry.until)
