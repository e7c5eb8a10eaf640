"""The headings of the list: the parts of the plan above the initiatives, with what is said of each as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.review.council import OpinionRow, about
from mizuho_pdca.domain.review.ratings import Judgement
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.indicators import indicator_line
from mizuho_pdca.papers.opinions import print_state, response_lines
from mizuho_pdca.papers.paper import Heading
from mizuho_pdca.papers.words import on_day, print_answer, print_rating


def headings(report: ReviewReport, t: Translate) -> Iterator[Heading]:
    """Yield a heading for each part of the plan, where the first of its initiatives stands."""
    seen: set[str] = set()
    for start, row in enumerate(report.initiatives):
        for place in reversed([*row.place.lineage]):
            if not place.is_initiative and place.id not in seen:
                seen.add(place.id)
                text = f"{place.number} {place.node.heading}{_rating(report, place, t)}"
                yield Heading(place.level, start, text, tuple(_notes(report, place, t)))


def _rating(report: ReviewReport, place: Place, t: Translate) -> str:
    """Return how this part is rated, by each evaluator, empty where nobody rates it."""
    rated = next((row for row in report.rated if row.place is place), None)
    said = [] if rated is None else [_judged(report, one) for one in rated.judgements if one.rating is not None]
    return t(N_("  Rating: {ratings}")).format(ratings=t(N_(", ")).join(said)) if said else ""


def _judged(report: ReviewReport, one: Judgement) -> str:
    name = f"{one.evaluator.name} " if one.evaluator is not None else ""
    now = print_rating(report.plan, one.rating, one.evaluator)
    before = print_rating(report.previous_plan, one.previous_rating, one.evaluator)
    return f"{name}{now}" if one.previous_rating is None else f"{name}{before} → {now}"


def _notes(report: ReviewReport, place: Place, t: Translate) -> Iterator[str]:
    """Yield the indicators that stand here, and what the council said of this part, with the answers."""
    for rated in report.rated:
        if rated.place is place and rated.own.last is not None and rated.own.last.progress:
            yield t(N_("On {number} as a whole: {text}")).format(
                number=place.number, text=rated.own.last.progress.strip()
            )
    for row in report.indicators:
        if row.place is place:
            yield t(N_("Indicator of {number}: {line}")).format(
                number=place.number, line=indicator_line(report, row, t)
            )
    for one in about(report.opinions, place):
        said = on_day(one.opinion.meeting, one.opinion.text, t)
        yield t(N_("Opinion on {number}: {text}")).format(
            number=place.number, text="\n".join((said, *answers(report, one, t)))
        )


def answers(report: ReviewReport, row: OpinionRow, t: Translate) -> Iterator[str]:
    """Yield what became of an opinion, a line for each response."""
    if row.state is None:
        yield f"[{print_state(report, row, t)}]"
    for reply, line in zip(row.replies, response_lines(row, t), strict=True):
        yield f"[{print_answer(report.plan, reply.state)}] {line}"
