"""A whole form: its sheets with a page that explains, an example, and the words with what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.forms.ratings import PARTS
from mizuho_pdca.papers.forms.sheet import FormBook, FormRow, FormSheet, Held, Offered
from mizuho_pdca.papers.forms.year import ANSWERS, FIGURES, OPINIONS, YearForm
from mizuho_pdca.papers.words import level_words

PERSON = "person"
"""The key of the cell in which somebody says who they are."""


def year_form(report: ReviewReport, ledger: Ledger, made: datetime, t: Translate) -> FormBook:
    """Return the form of a year, of everything or of one department's share."""
    header, department = report.plan.header, report.scope.department
    sheets = YearForm(report, ledger, t).sheets()
    return FormBook(
        purpose="year",
        plan=header.id,
        town=header.municipality,
        year=report.year,
        department=department,
        title=message(N_("Form on FY{year}"), year=report.year).text(t),
        subtitle=t(N_("・")).join(filter(None, (header.municipality, header.title, department))),
        sheets=sheets,
        guide=tuple(_guide(report.plan, sheets, t)),
        words=tuple(words_of(sheets)),
        example=_example(sheets, t),
        respondent=t(N_("Filled in by (optional)")),
        commit=report.as_of.commit,
        made=made,
        labels=labels(t),
    )


def labels(t: Translate) -> dict[str, str]:
    """Return what else stands on a form."""
    words = {
        "guide": N_("Read first"),
        "example": N_("Example"),
        "done": N_("filled in"),
        "complete": N_("done"),
        "word": N_("Word"),
        "meaning": N_("Meaning"),
        "choose": N_("Choose from the list"),
        "choose_long": N_("Choose one of the words of the list, or leave the cell empty."),
        "figure": N_("Write the figure alone."),
        "contents": N_("How far this form is filled in"),
        "invented": N_("An example: what stands here is invented."),
        "given": N_("white: given, can't be changed"),
        "asked": N_("yellow: to be filled in"),
        "optional": N_("light blue: only if there is anything"),
        "office": N_("Department"),
    }
    return {key: t(msgid) for key, msgid in words.items()}


def _guide(plan: Plan, sheets: tuple[FormSheet, ...], t: Translate) -> Iterator[str]:
    """Yield how the form is filled in, in ten lines at most."""
    names = {sheet.key: sheet.name for sheet in sheets}
    yield t(N_("Fill in the yellow cells. White cells are given and need not be touched."))
    if ANSWERS in names:
        usual, own = (
            N_('Sheet "{sheet}": one row for each initiative.'),
            N_('Sheet "{sheet}": one row for each {level}.'),
        )
        yield level_words(plan, -1, usual, own, t, sheet=names[ANSWERS])
    if PARTS in names:
        yield t(N_('Sheet "{sheet}": the rating of the plan or its parts as a whole.')).format(sheet=names[PARTS])
    has_meanings = any(words_of(sheets))
    meant = N_("Where a list opens (▼), choose one of its words; what they mean stands below.")
    yield t(meant if has_meanings else N_("Where a list opens (▼), choose one of its words."))
    yield t(N_("What was recorded during the year is filled in already. Add to it, or leave it as it is."))
    yield t(N_("What you leave empty is not recorded. You may send the form back half filled in, and again later."))
    if FIGURES in names:
        words = N_('Sheet "{sheet}": the figures of the year. Where there is none yet, choose why; empty is not 0.')
        yield t(words).format(sheet=names[FIGURES])
    if OPINIONS in names:
        words = N_('Sheet "{sheet}": what becomes of what the council said.')
        yield t(words).format(sheet=names[OPINIONS])
    words = N_(
        "Rows may be sorted, filtered or made higher; please add none and delete none. Alt+Enter begins a new line "
        "within a cell."
    )
    yield t(words)
    yield t(N_("Save it as an Excel workbook (.xlsx) and send it back. Its name does not matter."))


def words_of(sheets: tuple[FormSheet, ...]) -> Iterator[tuple[str, tuple[Offered, ...]]]:
    """Yield the lists of words with what they mean, each once; not one of which nothing is said."""
    told: list[tuple[Offered, ...]] = []
    for column in (column for sheet in sheets for column in sheet.asked):
        words = column.ask.words if column.ask is not None and column.ask.kind == "word" else ()
        if words not in told and any(word.meaning for word in words):
            told.append(words)
            yield column.heading, words


def _example(sheets: tuple[FormSheet, ...], t: Translate) -> FormSheet | None:
    """Return two invented rows, one of which says the least that is enough."""
    answers = next((sheet for sheet in sheets if sheet.key == ANSWERS), None)
    if answers is None:
        return None
    full = {
        "number": "1-1",
        "title": t(N_("Visits to firms")),
        "before": t(N_("【B・継続】Visited 42 firms; heard of their lack of staff.")),
        "promise": t(N_("Visit 60 firms together with the chamber of commerce.")),
        "summary": t(N_("Visited 63 firms with the chamber of commerce. 12 of them were put in touch with advisers.")),
        "progress": t(N_("The goal of 60 visits was passed.")),
        "issues": t(N_("Small firms have no time for a visit by day.")),
        "next": t(N_("Offer visits in the evening as well, from June on.")),
    }
    least = {
        "number": "1-2",
        "title": t(N_("A fair for young people")),
        "before": t(N_("【－】Not begun.")),
        "promise": t(N_("Look for a place and a date.")),
        "summary": t(N_("Agreed with two schools on February; nothing was held yet.")),
        "next": t(N_("Hold the first fair in February.")),
    }
    positions = {"full": (3, 0, 1), "least": (1, -3, 1)}
    rows = tuple(
        FormRow(f"example-{name}", {**cells, **_chosen(answers, positions[name])})
        for name, cells in (("full", full), ("least", least))
    )
    lead = (t(N_("An example: what stands here is invented.")),)
    return FormSheet("example", t(N_("Example")), answers.title, answers.columns, rows, lead)


def _chosen(sheet: FormSheet, positions: tuple[int, int, int]) -> dict[str, Held]:
    """Return words that the lists of a sheet offer, by their places in them."""
    chosen: dict[str, Held] = {}
    for key, position in zip(("status", "rating", "direction"), positions, strict=True):
        words = next((column.ask.words for column in sheet.asked if column.key == key and column.ask), ())
        if words:
            chosen[key] = words[max(-len(words), min(position, len(words) - 1))].shown
    return chosen
