"""The command that makes the papers: review; and the options of all that print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple, get_args

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import Format, check_target, choose, choose_format, deliver, say_faults, say_which
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.progress import progress
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import folded

if TYPE_CHECKING:
    from mizuho_pdca.domain.review.review import ReviewReport
    from mizuho_pdca.domain.review.years import YearsReport
    from mizuho_pdca.papers.fields import Listing
    from mizuho_pdca.papers.paper import Look

Year = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar=N_("YEAR"),
        help=N_("The fiscal year: 2024, R6, 令和6年度 (else the one whose papers are due)."),
        autocompletion=completing.years,
    ),
]
Years = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar=N_("YEAR"),
        help=N_("The fiscal year, 2024 or R6, or several, 2022-2026 or R4-R8 (else the one whose papers are due)."),
        autocompletion=completing.years,
    ),
]
Department = Annotated[
    str | None,
    typer.Option(
        "--department",
        metavar=N_("NAME"),
        help=N_("Only what this department sees to."),
        autocompletion=completing.departments,
    ),
]
Tag = Annotated[
    str | None,
    typer.Option("--tag", metavar=N_("TAG"), help=N_("Only what has this tag: 重点."), autocompletion=completing.tags),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar=N_("REV"), help=N_("As it stood at a commit or at the end of a day.")),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar=N_("FILE"), help=N_("Write to a file instead of the screen."))
]
AnyFormat = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar=N_("FORMAT"),
        help=N_(
            "How to print it (else by the file's ending): table, text, markdown, csv, json, xlsx, html, pdf or docx."
        ),
    ),
]
Table = Annotated[
    str | None,
    typer.Option(
        "--paper",
        metavar=N_("NAME"),
        help=N_(
            "Which table a CSV file holds: summary, groups, ratings, initiatives, indicators or opinions; of several "
            "years rates, counts, texts, ratings, rated, indicators or opinions."
        ),
    ),
]
Force = Annotated[bool, typer.Option("--force", help=N_("Replace the file if it is there already."))]


PaperSize = Annotated[
    str | None,
    typer.Option(
        "--paper-size",
        metavar="A4|A3",
        help=N_("On which paper PDF and Excel are printed, on its side (else A4)."),
    ),
]
Charts = Annotated[
    str | None,
    typer.Option(
        "--charts",
        metavar="matter|all",
        help=N_("Charts of the indicators that missed their target or changed (else those), or of all."),
    ),
]
_SIZED: tuple[Format, ...] = ("pdf", "xlsx")
_CHARTED: tuple[Format, ...] = ("pdf", "xlsx", "html", "docx")
"""The formats that have a size of paper, and those that have charts."""

Pager = Annotated[bool, typer.Option("--pager", help=N_("Show what is longer than the screen page by page."))]


@command(N_("Make the review of a fiscal year for the council."))
def review(
    ctx: typer.Context,
    year: Years = None,
    form: AnyFormat = None,
    output: Output = None,
    paper: Table = None,
    policy: Annotated[str | None, typer.Option("--policy", metavar=N_("ID"), help=N_("Only this policy."))] = None,
    measure: Annotated[str | None, typer.Option("--measure", metavar=N_("ID"), help=N_("Only this measure."))] = None,
    department: Department = None,
    tag: Tag = None,
    as_of: AsOf = None,
    size: PaperSize = None,
    charts: Charts = None,
    *,
    force: Force = False,
    pager: Pager = False,
) -> int:
    """Make the review of a fiscal year."""
    here = session(ctx)
    chosen = choose_format(form, output, get_args(Format))
    _refuse_table(paper, chosen)
    from mizuho_pdca.app.input.years import year_range
    from mizuho_pdca.app.review import make_review, make_years

    look = chosen_look(size, charts, chosen)
    say_which(here, as_of)
    part = {"policy": policy, "measure": measure, "department": department, "tag": tag, "revision": as_of}
    span = None if year is None else year_range(year, here.desk)
    if span is not None and len(span) > 1:
        _refuse_charts(charts)
        found = make_years(here.desk, span, **part)
        return _several(found, _Target(chosen, output, force, pager), paper, look, here)
    from mizuho_pdca.papers.review import LISTINGS, TABLES

    report = make_review(here.desk, asked_year(here, year) if span is None else span[0], **part)
    t = here.paper_language(report.plan.header.language)
    table = _table(paper or "initiatives", {name: partial(LISTINGS[name], report, t) for name in TABLES})
    say_why_no_commit(report, here)
    code = say_faults(report.problems, here)
    match chosen:
        case "table" | "text" | "markdown":
            from mizuho_pdca.papers.review import papers

            shown = papers(report, t)
            if chosen == "markdown":  # for web pages
                shown = shown.for_council
            deliver(shown, output, here=here, force=force, pager=pager, form=chosen, t=t, last="summary")
        case _:
            from mizuho_pdca.app.formats import draw

            check_target(output, force=force, form=chosen)
            with progress(here.t(N_("Making the papers as {form} …")).format(form=chosen)):
                drawn = draw(report, chosen, t, table, look)
            deliver(drawn, output, here=here, force=force, form=chosen)
    if chosen == "table" and output is None:
        _say_office(report, here)
    return code


class _Target(NamedTuple):
    """What kind of document is made, and where to."""

    form: Format
    output: str | None
    force: bool
    pager: bool


def _several(found: YearsReport, target: _Target, paper: str | None, look: Look, here: Session) -> int:
    """Make the review of several years."""
    from mizuho_pdca.papers.council.years import LISTINGS, years_papers

    t = here.paper_language(found.last.plan.header.language)
    table = _table(paper or "ratings", {name: partial(make, found, t) for name, make in LISTINGS.items()})
    say_why_no_commit(found.last, here)
    code = say_faults(found.last.problems, here)
    form, output, force, pager = target
    match form:
        case "table" | "text" | "markdown":
            shown = years_papers(found, t)
            deliver(shown, output, here=here, force=force, pager=pager, form=form, t=t)
        case _:
            from mizuho_pdca.app.formats import draw_years

            check_target(output, force=force, form=form)
            with progress(here.t(N_("Making the papers as {form} …")).format(form=form)):
                drawn = draw_years(found, form, t, table, look)
            deliver(drawn, output, here=here, force=force, form=form)
    return code


def chosen_look(size: str | None, charts: str | None, form: Format) -> Look:
    """Return how the papers are printed; raise ``UsageFault`` for a word that is none, or where it does not apply."""
    from mizuho_pdca.papers.paper import Look

    for option, given, forms in (("--paper-size", size, _SIZED), ("--charts", charts, _CHARTED)):
        if given is not None and form not in forms:
            raise UsageFault(
                N_("{option} goes with {forms}"),
                option=option,
                forms=list(forms),
                remedy=message(N_("Leave it out, or name a file with such an ending: -o review.{form}"), form=forms[0]),
            )
    printed = choose("--paper-size", (size or "A4").upper(), ("A4", "A3"))
    shown = choose("--charts", charts or "matter", ("matter", "all"))
    return Look("a3" if printed == "A3" else "a4", every_chart=shown == "all")


def _refuse_charts(charts: str | None) -> None:
    if charts is not None:
        raise UsageFault(
            N_("the papers of several years have no charts"),
            remedy=message(N_("Leave out --charts, or give one year.")),
        )


def _refuse_table(paper: str | None, chosen: Format) -> None:
    """Refuse to pick a table where all are made."""
    if paper is not None and chosen != "csv":
        raise UsageFault(
            N_("--paper picks the table of a CSV file"),
            remedy=message(N_("Leave it out: other formats hold all papers. Or add -f csv.")),
        )


def _table(paper: str, made: Mapping[str, Callable[[], Listing]]) -> str:
    """Return which table a CSV file holds, by its name or by the title that it has in print."""
    if paper in made:
        return paper
    titles = {name: make().paper.title for name, make in made.items()}
    meant = next((name for name, title in titles.items() if folded(title) == folded(paper)), None)
    choices = [message(N_("{option} ({words})"), option=name, words=title) for name, title in titles.items()]
    return meant or choose("--paper", paper, choices)


def asked_year(here: Session, text: str | None) -> int:
    """Return the fiscal year that was typed, else the one whose papers are due, and say which on standard error."""
    if text is not None:
        return here.fiscal_year(text)
    from mizuho_pdca.app.status import due_year
    from mizuho_pdca.papers.words import year_label

    year = due_year(here.desk)
    label = year_label(year, here.plans_t)
    streams.write_error(here.t(N_("※ {note}")).format(note=here.t(N_("no year was given: {year}")).format(year=label)))
    return year


def say_why_no_commit(report: ReviewReport, here: Session) -> None:
    """Say on standard error why the papers name no commit, where git refuses to tell it."""
    if not report.as_of.commit:
        _say_why_unknown(here, N_("no commit is named: {reason}"))


def say_why_no_history(here: Session) -> None:
    """Say on standard error why it can't be told what is committed, where git refuses to tell it."""
    _say_why_unknown(here, N_("what is committed can't be told: {reason}"))


def _say_why_unknown(here: Session, words: str) -> None:
    fault = here.desk.git.why_unknown()
    if fault is not None:
        reason = " ".join(part.text(here.t) for part in (fault.message, fault.remedy) if part is not None)
        streams.write_error(here.t(N_("※ {note}")).format(note=here.t(words).format(reason=reason)))


def _say_office(report: ReviewReport, here: Session) -> None:
    """Say beside the papers, which never show it, how much the office must look at."""
    from mizuho_pdca.domain.review.office import office

    items = office(report)
    if items:
        words = here.t(N_("For the office to look at: {n} (pdca status --year {year})"))
        streams.write_text(words.format(n=len(items), year=report.year))
