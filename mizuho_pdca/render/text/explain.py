"""An explanation as a person reads it: numbered steps, what belongs to one indented below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.explain.explain import Explanation
from mizuho_pdca.papers.steps import Evidence, Step, Words, print_words
from mizuho_pdca.papers.words import SAMPLE_BANNER, faulty_data, of_plan, year_label
from mizuho_pdca.render.layout import hanging, wrap
from mizuho_pdca.text import display_width

_INDENT = 4


def explanation_text(found: Explanation, t: Translate, width: int) -> str:
    """Return the steps of an explanation in lines of at most ``width`` columns."""
    t = of_plan(t, found.report.plan)
    report = found.report
    title = t(N_("{plan}: how the figures of {year} came about")).format(
        plan=report.plan.header.title, year=year_label(report.year, t)
    )
    lines = [*wrap(title, width)]
    if report.sample:
        lines.append(f"【{t(SAMPLE_BANNER)}】")
    lines += [line for note in faulty_data(report.problems, t) for line in wrap(note, width)]
    lines += ["", *wrap(_said(found.heading, t), width)]
    for number, step in enumerate(found.steps, start=1):
        lines += ["", *_step(step, f"{number}. ".ljust(_INDENT), 0, t, width)]
    for note in found.notes:
        lines += ["", *hanging("※ ", note.text(t), width)]
    return "\n".join([*lines, ""])


def _step(step: Step, mark: str, indent: int, t: Translate, width: int) -> Iterator[str]:
    label, text = _said(step.label, t), _said(step.text, t)
    yield from hanging(mark, f"{label}: {text}" if text else label, width, indent)
    inner = indent + _INDENT
    if step.initiatives:
        numbers = t(N_(", ")).join(place.number for place in step.initiatives)
        yield from hanging("", numbers, width, inner)
    yield from _evidence(step.entries, inner, t, width)
    for below in step.steps:
        yield from _step(below, "・", inner, t, width)


def _evidence(entries: Sequence[Evidence], indent: int, t: Translate, width: int) -> Iterator[str]:
    """Yield entries one below the other, with why each does not count."""
    for item in entries:
        entry = item.entry
        line = "  ".join([entry.id, entry.date.isoformat(), entry.by, _said(item.content, t)])
        why = "" if item.why_not is None else f"→ {item.why_not.text(t)}"
        if why and indent + display_width(f"・{line}  {why}") <= width:
            line, why = f"{line}  {why}", ""
        yield from hanging("・", line, width, indent)
        if why:
            yield from hanging("", why, width, indent + _INDENT)


def _said(words: Words | None, t: Translate) -> str:
    return print_words(words or "", t)
