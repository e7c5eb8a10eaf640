"""Ratings in forms: of the parts of a plan above the initiatives that it rates, and the council's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import Evaluator, Scheme
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.ratings import Judgement
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.forms.sheet import Ask, FormColumn, FormRow, FormSheet, Held
from mizuho_pdca.papers.forms.wording import offered, proposal, said
from mizuho_pdca.papers.words import activities_heading, print_rating
from mizuho_pdca.text import display_width

PARTS, RATED = "parts", "rated"
"""The keys of the sheets: what an office says of the parts of the plan, what the council says of everything."""


_MOST_WIDE = 22


def own_columns(scheme: Scheme, t: Translate, *, is_expected: bool, width: int) -> Iterator[FormColumn]:
    """Yield the columns in which an office rates, and says why."""
    hint, words = t(N_("How you rate it yourselves.")), offered(scheme.scale.ratings)
    ask = Ask("word", hint, expected=is_expected, words=words)
    yield _rating(scheme, scheme.evaluator(None), ask, t)
    ask = Ask("text", t(N_("Why you rate it so, if there is anything to add. May stay empty.")))
    yield FormColumn("progress", t(N_("Remarks on the rating (optional)")), width, ask)
    ask = Ask("text", t(N_("What stands in the way. May stay empty where nothing does.")))
    yield FormColumn("issues", t(N_("Issues (if any)")), width, ask)


def parts_sheet(report: ReviewReport, t: Translate) -> FormSheet:
    """Return the sheet with a row for each part above the initiatives of which a rating is expected."""
    columns = (
        *_about(t),
        FormColumn("before", t(N_("What was said last year")), 34),
        *own_columns(report.plan.scheme, t, is_expected=True, width=46),
    )
    expected = (row for row in report.rated if row.is_expected)
    rows = (_part(report, row.place, row.own, t) for row in expected)
    title = t(N_("Ratings of the plan and its parts"))
    return FormSheet(PARTS, t(N_("Ratings of parts")), title, columns, tuple(rows))


def _part(report: ReviewReport, place: Place | None, own: Judgement, t: Translate) -> FormRow:
    lines = [f"【{print_rating(report.previous_plan, own.previous_rating)}】"] if own.previous_rating else []
    if own.before is not None:
        lines += [text.strip() for text in (own.before.progress, own.before.issues) if text]
    return _row(report, place, own, {"before": "\n".join(lines)}, t)


def council_sheet(report: ReviewReport, t: Translate) -> FormSheet | None:
    """Return the sheet in which the council rates what the office rates, None where the plan has no such evaluator."""
    scheme = report.plan.scheme
    council, words = scheme.council, offered(scheme.scale_of(scheme.council).ratings)
    rows = [] if council is None or not words else [*_judged(report, council, t)]
    if council is None or not rows:
        return None
    ask = Ask("word", t(N_("How the council rates it. May stay empty.")), words=words)
    why = Ask("text", t(N_("What the council says of it. May stay empty.")))
    columns = (
        *_about(t),
        FormColumn("summary", activities_heading(report.plan, t), 44),
        FormColumn("own", _heading(scheme, scheme.evaluator(None), t), 28),
        _rating(scheme, council, ask, t),
        FormColumn("progress", t(N_("Remarks on the rating (optional)")), 46, why),
    )
    return FormSheet(RATED, t(N_("Ratings")), council.name, columns, tuple(rows), is_counted=False)


def _judged(report: ReviewReport, council: Evaluator, t: Translate) -> Iterator[FormRow]:
    """Yield a row for whatever is rated, in the order of the plan: what was done, and what the office says of it."""
    position = report.plan.scheme.evaluators.index(council)
    found = {_id(row.place): (row.judgements, "") for row in report.rated}
    for row in report.initiatives if report.rates_initiatives else ():
        if not row.is_relisting:
            found[row.original.id] = (row.judgements, "\n".join(proposal(row.activities, t)))
    for place in (None, *report.plan.places.values()):
        judgements, done = found.get(_id(place), ((), ""))
        if judgements:
            own = said(report.plan.scheme, judgements[0].last, None)
            told = "\n".join(str(text) for text in own.values() if text)
            yield _row(report, place, judgements[position], {"summary": done, "own": told}, t)


def _id(place: Place | None) -> str:
    return WHOLE_PLAN if place is None else place.id


def _about(t: Translate) -> Iterator[FormColumn]:
    yield FormColumn("number", t(N_("No.")), 8)
    yield FormColumn("title", t(N_("On")), 30)


def _row(
    report: ReviewReport, place: Place | None, judgement: Judgement, given: Mapping[str, str], t: Translate
) -> FormRow:
    """Return a row with what an evaluator says already."""
    cells: dict[str, Held] = {"title": t(N_("The whole plan"))}
    if place is not None:
        cells = {"number": place.number, "title": report.plan.title(place)}
    cells |= {**given, **said(report.plan.scheme, judgement.last, None)}
    held = {key: text for key, text in cells.items() if text}
    entries = () if judgement.last is None else (judgement.last.id,)
    return FormRow(_id(place), held, entries)


def _rating(scheme: Scheme, evaluator: Evaluator | None, ask: Ask, t: Translate) -> FormColumn:
    """Return the column of a rating, as wide as its heading where that is not too long."""
    heading = _heading(scheme, evaluator, t)
    return FormColumn("rating", heading, max(14, min(_MOST_WIDE, display_width(heading) + 2)), ask)


def _heading(scheme: Scheme, evaluator: Evaluator | None, t: Translate) -> str:
    """Return the heading of ratings, which says whose they are where several rate."""
    if evaluator is None or len(scheme.evaluators) == 1:
        return t(N_("Rating"))
    return t(N_("{name} ({id})")).format(name=t(N_("Rating")), id=evaluator.name)
