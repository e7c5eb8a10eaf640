"""An entry in one line: what it says first, its figures, and how it is told from others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Entry, rated_by
from mizuho_pdca.domain.records.kinds import KINDS, EntryField, first_line, texts
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.words import (
    PROVISIONAL,
    half_label,
    print_answer,
    print_evaluator,
    print_indicator,
    print_measured,
    print_rating,
    print_status,
)
from mizuho_pdca.text import one_line


def subject_words(plan: Plan, entry: Entry, t: Translate) -> str:
    """Return number and title of what an entry is about."""
    place = plan.places.get(entry.target)
    return t(N_("the plan as a whole")) if place is None else f"{place.number} {plan.title(place)}"


def said(plan: Plan, entry: Entry, field: EntryField, t: Translate) -> str:  # noqa: C901, PLR0911 (one row a form)
    """Return what a key of an entry holds, whole and in print; it must hold something."""
    held, then = getattr(entry, field.key), plan.at(entry.year)
    match field.form:
        case "status":
            return print_status(then, held)
        case "rating":
            return print_rating(then, held, rated_by(entry))
        case "answer":
            return print_answer(then, held)
        case "evaluator":
            return print_evaluator(then, held)
        case "indicator":
            return indicator_words(plan, held)
        case "half":
            return half_label(plan, held).text(t)
        case "day" | "last_day":
            return str(held.isoformat())
        case "links":
            return "\n".join(held)
        case "figures" | "reasons":
            return "\n".join(f"{name}: {text}" for _, name, text in measured(plan, entry, field, t))
        case "provisional":
            return t(PROVISIONAL[held])
        case "text" | "note" | "as_of" | "direction" | "grounds" | "answered" | "undone":
            return str(held)
        case _:
            assert_never(field.form)


def measured(plan: Plan, entry: Entry, field: EntryField, t: Translate) -> Iterator[tuple[str, str, str]]:
    """Yield by indicator its id, its name and its figure in print, or why there is none."""
    for slug, one in getattr(entry, field.key).items():
        text = one if field.form == "reasons" else figure_words(plan, slug, one)
        yield slug, print_indicator(plan.indicators[slug][0], t), text


def said_first(plan: Plan, entry: Entry) -> str:
    """Return the first line of what an entry says, behind the word of the scheme that it gives."""
    return " ".join(filter(None, [*_words(plan, entry), one_line(first_line(entry))]))


def _words(plan: Plan, entry: Entry) -> Iterator[str]:
    """Yield who rates what, the rating, the direction, what became of an opinion, or why there is no figure."""
    kind, then = KINDS[entry.kind], plan.at(entry.year)
    if len(then.scheme.evaluators) > 1:
        yield from (print_evaluator(then, getattr(entry, key)) for key in kind.keys("evaluator"))
    yield from (indicator_words(plan, slug) for key in kind.keys("indicator") if (slug := getattr(entry, key)))
    said = (getattr(entry, key) for key in kind.keys("rating"))
    yield from (print_rating(then, rating, rated_by(entry)) for rating in said if rating)
    yield from (getattr(entry, key) for key in kind.keys("direction"))
    yield from (print_answer(then, getattr(entry, key)) for key in kind.keys("answer"))
    yield from (getattr(entry, key) for key in kind.keys("undone"))
    for key in kind.keys("reasons"):
        for slug, reason in getattr(entry, key).items():
            yield f"{indicator_words(plan, slug)}: {reason}"


def figures(entry: Entry) -> dict[str, Figure]:
    """Return the figures of an entry by indicator, none where its kind has none."""
    return {slug: one for key in KINDS[entry.kind].keys("figures") for slug, one in getattr(entry, key).items()}


def figure_words(plan: Plan, slug: str, figure: Figure) -> str:
    """Return a figure with its unit; yes and no in the indicator's own words."""
    indicator, _ = plan.indicators[slug]
    unit = "" if indicator.method == "done" else indicator.unit or ""
    return f"{print_measured(indicator, indicator.read(figure))}{unit}"


def print_figures(plan: Plan, entry: Entry) -> str:
    """Return the figures of an entry, each in a line with its indicator's name."""
    return "\n".join(
        f"{indicator_words(plan, slug)} {figure_words(plan, slug, one)}" for slug, one in figures(entry).items()
    )


def indicator_words(plan: Plan, slug: str) -> str:
    """Return the name of an indicator."""
    return plan.indicators[slug][0].name


def told_apart(plan: Plan, entry: Entry, *, title: bool = True) -> str:
    """Return what a person knows an entry by: its day, its number and title, what it says first."""
    place = plan.places.get(entry.target)
    number = entry.target if place is None else place.number
    named = plan.title(place) if title and place is not None else ""
    shown = one_line(print_figures(plan, entry))
    said = shown if shown and not any(texts(entry)) else said_first(plan, entry) or shown
    head = "" if entry.target == WHOLE_PLAN else number
    return " ".join(filter(None, [entry.date.isoformat(), head, named, said]))
