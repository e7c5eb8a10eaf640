"""What was said in several years: the council's opinions with what became of them, and the office's texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.plan.scheme import Evaluator
from mizuho_pdca.domain.records.entries import Evaluation
from mizuho_pdca.domain.review.council import OpinionRow
from mizuho_pdca.domain.review.years import YearsReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.council.year_columns import number_of, sample_mark, title_of, year_of
from mizuho_pdca.papers.fields import DAY, Field, Listing, Meaning, field, listing
from mizuho_pdca.papers.opinions import print_state, response_lines
from mizuho_pdca.papers.paper import Cell, Column, Paper
from mizuho_pdca.papers.words import day_label, print_rating


def opinions_of_years(found: YearsReport, t: Translate) -> Listing:
    """Return the opinions of the years with what became of them."""
    report, whole = found.last, t(N_("the plan as a whole"))

    def about(row: OpinionRow) -> str:
        return whole if row.place is None else report.plan.title(row.place)

    def fields() -> Iterator[Field[OpinionRow]]:
        yield from sample_mark(found, t)
        yield field("id", t(N_("Opinion id")), Meaning(t(N_("The entry of the opinion."))), lambda row: row.opinion.id)
        yield year_of(lambda row: row.opinion.year, t)
        column, meaning = Column(t(N_("Meeting")), 10), Meaning(t(N_("The day of the council's meeting.")), DAY)
        meetings = (lambda row: row.opinion.meeting), (lambda row: Cell(day_label(row.opinion.meeting, t)))
        yield field("meeting", column, meaning, *meetings)
        yield number_of(lambda row: row.place, t)
        yield title_of(t(N_("About")), about, t, 16)
        meaning = Meaning(t(N_("What the council said.")))
        yield field("text", Column(t(N_("Opinion")), 24), meaning, lambda row: row.opinion.text.strip())
        meaning = Meaning(t(N_("What has become of it: the state of the last response.")))
        yield field(
            "state",
            Column(t(N_("State")), 8, choices=True),
            meaning,
            lambda row: print_state(report, row, t),
            lambda row: Cell(print_state(report, row, t), tone="alert" if row.is_open else "plain"),
        )
        meaning = Meaning(t(N_("The responses, each with its day.")))
        yield field(
            "responses",
            Column(t(N_("Response")), 22),
            meaning,
            lambda row: "\n".join(response_lines(row, t)) or None,
        )

    paper = Paper("opinions", t(N_("Opinions and responses")), keys=2)
    return listing(paper, fields(), found.opinions)


class _Text(NamedTuple):
    """What was said of a part of the plan as a whole in a year."""

    year: int
    place: Place | None
    evaluator: Evaluator | None
    said: Evaluation


def texts(found: YearsReport, t: Translate) -> Listing:
    """Return what the office and other evaluators said of the plan and of its parts, year by year."""
    rows = [
        _Text(year, row.place, one.evaluator, one.last)
        for year, report in found.reports.items()
        for row in report.rated
        for one in row.judgements
        if one.last is not None and (one.last.progress or one.last.issues)
    ]

    def title(row: _Text) -> str:
        return t(N_("the plan as a whole")) if row.place is None else row.place.node.heading

    def fields() -> Iterator[Field[_Text]]:
        yield from sample_mark(found, t)
        yield year_of(lambda row: row.year, t)
        yield number_of(lambda row: row.place, t)
        yield title_of(t(N_("About")), title, t, 16)
        if len(found.last.plan.scheme.evaluators) > 1:
            meaning = Meaning(t(N_("Who rates.")))
            yield field("evaluator", Column(t(N_("Evaluator")), 8), meaning, _evaluator)
        meaning = Meaning(t(N_("The rating, where one was given.")))
        yield field("rating", Column(t(N_("Rating")), 4), meaning, lambda row: _rating(found, row))
        meaning = Meaning(t(N_("The text of the evaluation.")))
        yield field("text", Column(t(N_("Text")), 40), meaning, _text)

    paper = Paper("texts", t(N_("The summing up of each year")), keys=3)
    return listing(paper, fields(), rows)


def _rating(found: YearsReport, row: _Text) -> str | None:
    plan, said = found.reports[row.year].plan, row.said
    return None if said.rating is None else print_rating(plan, said.rating, said.evaluator)


def _text(row: _Text) -> str:
    return "\n".join(text.strip() for text in (row.said.progress, row.said.issues) if text)


def _evaluator(row: _Text) -> str | None:
    return None if row.evaluator is None else row.evaluator.name
