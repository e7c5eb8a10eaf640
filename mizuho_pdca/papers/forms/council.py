"""The form for a meeting of the council: what is said of what, by whom, and what is answered at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.forms.book import labels, words_of
from mizuho_pdca.papers.forms.ratings import council_sheet
from mizuho_pdca.papers.forms.sheet import Ask, FormBook, FormColumn, FormRow, FormSheet, Held, Offered
from mizuho_pdca.papers.forms.wording import offered, subject
from mizuho_pdca.papers.words import print_answer

HEARD = "heard"
"""The key of the sheet."""

NEW = "new-"
"""How the ids of rows begin of which there is no entry yet."""

_EMPTY = 36
"""Rows for what will be said."""


def council_form(report: ReviewReport, made: datetime, t: Translate) -> FormBook:
    """Return the form for the meeting on a year, with what was said there already."""
    header = report.plan.header
    rated = council_sheet(report, t)
    sheets = (_heard(report, t), *(() if rated is None else (rated,)))
    day = report.meetings[-1].isoformat() if report.meetings else None
    return FormBook(
        purpose="council",
        plan=header.id,
        town=header.municipality,
        year=report.year,
        department=None,
        title=message(N_("Opinions on FY{year}"), year=report.year).text(t),
        subtitle=t(N_("・")).join((header.municipality, header.council.name)),
        sheets=sheets,
        guide=tuple(_guide(sheets, t)),
        words=tuple(words_of(sheets)),
        example=None,
        respondent=t(N_("Filled in by (optional)")),
        commit=report.as_of.commit,
        made=made,
        labels={**labels(t), "office": t(N_("Day of the meeting"))},
        office=day,
    )


def _guide(sheets: Sequence[FormSheet], t: Translate) -> Iterator[str]:
    """Yield how the form is filled in."""
    heard, *rated = sheets
    yield t(N_("Write the day of the meeting above; 令和7年8月28日 and 2025/8/28 are both understood."))
    words = N_('Sheet "{sheet}": one row for each opinion. Choose what it is about, and write what was said.')
    yield t(words).format(sheet=heard.name)
    yield t(N_("Who said it may stay empty; so may the answer, which can be given later."))
    for sheet in rated:
        words = N_('Sheet "{sheet}": how the council rates what the office rates. What it does not rate stays empty.')
        yield t(words).format(sheet=sheet.name)
    yield t(N_("Rows that stay empty are not recorded. Add no columns."))
    yield t(N_("Save it as an Excel workbook (.xlsx) and import it: pdca form import FILE"))


def places(report: ReviewReport, t: Translate) -> tuple[Offered, ...]:
    """Return what an opinion may be about: the whole plan, and each part of it that is no relisting."""
    parts = [place for place in report.plan.in_force(report.year) if place.node.original_id is None]
    whole = Offered(subject(report.plan, None, t), "plan")
    return (whole, *(Offered(subject(report.plan, place, t), place.id) for place in parts))


def _heard(report: ReviewReport, t: Translate) -> FormSheet:
    scheme = report.plan.scheme
    about = Ask("place", t(N_("What it is about.")), expected=True, words=places(report, t))
    state = Ask("word", t(N_("How far the answer has come.")), words=offered(scheme.responses))
    columns = (
        FormColumn("number", t(N_("No.")), 6),
        FormColumn("place", t(N_("On")), 34, about),
        FormColumn("opinion", t(N_("Opinion")), 60, Ask("text", t(N_("What was said.")), expected=True)),
        FormColumn("who", t(N_("Who (optional)")), 14, Ask("text", t(N_("Who said it. May stay empty.")))),
        FormColumn("reply", t(N_("Response")), 50, Ask("text", t(N_("What was answered. May stay empty.")))),
        FormColumn("state", t(N_("State")), 14, state),
    )
    said = [row for row in report.opinions if row.meeting(report.year) == "this"]
    rows = [_row(report, number, row, t) for number, row in enumerate(said, start=1)]
    first = len(rows) + 1
    rows += [FormRow(f"{NEW}{number}", {"number": str(number)}) for number in range(first, first + _EMPTY)]
    return FormSheet(HEARD, t(N_("Opinions of the meeting")), "", columns, tuple(rows), is_counted=False)


def _row(report: ReviewReport, number: int, row: OpinionRow, t: Translate) -> FormRow:
    cells: dict[str, Held] = {
        "number": str(number),
        "place": subject(report.plan, row.place, t),
        "opinion": row.opinion.text.strip(),
    }
    if row.replies:
        last = row.replies[-1]
        cells |= {"reply": last.response.text.strip(), "state": print_answer(report.plan, last.state)}
    return FormRow(row.opinion.id, cells, (row.opinion.id, *(reply.response.id for reply in row.replies)))
