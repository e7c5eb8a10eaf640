"""Commands that read: the glance, status, review, plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from mizuho_pdca.cli import completing, streams
from mizuho_pdca.cli.formats import Format, check_target, choose, choose_format, deliver
from mizuho_pdca.cli.framework import Command, Session, session
from mizuho_pdca.cli.progress import progress
from mizuho_pdca.cli.years import fiscal_year_of
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.drawing import FileFormat

app = typer.Typer(add_completion=False)

Year = Annotated[
    str | None,
    typer.Option("--year", metavar=N_("YEAR"), help=N_("The fiscal year: 2024, R6, 令和6年度 (else this one).")),
]
Department = Annotated[
    str | None, typer.Option("--department", metavar=N_("NAME"), help=N_("Only what this department sees to."))
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
Force = Annotated[bool, typer.Option("--force", help=N_("Replace the file if it is there already."))]


def glance(here: Session) -> None:
    """Show this fiscal year: reported n/30, what is due, what to do next."""
    from mizuho_pdca.app.reviewing import current_year, make_standing
    from mizuho_pdca.core.overview import next_steps
    from mizuho_pdca.core.wording import SAMPLE_BANNER, year_label
    from mizuho_pdca.render.glance import glance_text

    year, is_over = current_year(here.desk)
    now = make_standing(here.desk, year)
    banner = here.t(SAMPLE_BANNER) if now.report.sample else None
    streams.write_text(glance_text(now, year_label(year, here.t), banner, next_steps(now, is_over, here.t), here.t))


def say_which(here: Session, when: str | None) -> None:
    """Say on standard error which commit was taken, where a day leaves a choice."""
    if when is not None:
        from mizuho_pdca.app.looking_back import beside

        note = beside(here.desk, when)
        if note is not None:
            streams.write_error(here.t(N_("※ {note}")).format(note=note.text(here.t)))


@app.command(cls=Command, help=N_("Show who has reported on a year, and who has not."))
def status(
    ctx: typer.Context,
    year: Year = None,
    department: Department = None,
    check: Annotated[bool, typer.Option("--check", help=N_("Exit with 1 while somebody has not reported."))] = False,  # noqa: FBT002
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="table|json", help=N_("How to print it."))
    ] = None,
    output: Output = None,
    force: Force = False,  # noqa: FBT002
) -> int:
    """Show who has reported on a year, and who has not."""
    here = session(ctx)
    chosen = choose_format(form, output, ("table", "text", "json"))
    from mizuho_pdca.app.reviewing import current_year, make_standing
    from mizuho_pdca.core.overview import status_papers

    fiscal = current_year(here.desk)[0] if year is None else fiscal_year_of(year)
    now = make_standing(here.desk, fiscal, department)
    if chosen == "json":
        from mizuho_pdca.render.as_json import status as drawn

        deliver(drawn(now, here.t), output, force=force)
    else:
        deliver(status_papers(now, here.t), output, force=force, form=chosen, t=here.t)
    return 1 if check and now.missing else 0


@app.command(cls=Command, help=N_("Make the review of a fiscal year for the council."))
def review(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(metavar=N_("YEAR"), help=N_("The fiscal year: 2024, R6, 令和6年度."))],
    form: AnyFormat = None,
    output: Output = None,
    paper: Annotated[
        str | None,
        typer.Option(
            "--paper", metavar="summary|initiatives|indicators|opinions", help=N_("Which table a CSV file holds.")
        ),
    ] = None,
    policy: Annotated[str | None, typer.Option("--policy", metavar=N_("ID"), help=N_("Only this policy."))] = None,
    measure: Annotated[str | None, typer.Option("--measure", metavar=N_("ID"), help=N_("Only this measure."))] = None,
    department: Department = None,
    as_of: AsOf = None,
    force: Force = False,  # noqa: FBT002
) -> int:
    """Make the review of a fiscal year."""
    here = session(ctx)
    chosen = choose_format(form, output, get_args(Format))
    if paper is not None and chosen != "csv":
        raise UsageFault(
            N_("--paper picks the table of a CSV file"),
            remedy=message(N_("Leave it out: other formats hold all papers. Or add -f csv.")),
        )
    table = choose("--paper", paper or "initiatives", ("summary", "initiatives", "indicators", "opinions"))
    from mizuho_pdca.app.reviewing import make_review
    from mizuho_pdca.render.problem_text import problems

    say_which(here, as_of)
    report = make_review(
        here.desk, fiscal_year_of(year), policy=policy, measure=measure, department=department, revision=as_of
    )
    t = here.paper_language(report.plan.header.language)
    errors = [problem for problem in report.problems if problem.fault.severity == "error"]
    if errors:
        streams.write_error(problems(errors, here.t))
    if chosen in ("table", "text", "markdown"):
        from mizuho_pdca.core.papers import papers

        deliver(papers(report, t), output, force=force, form=chosen, t=t)
    else:
        from mizuho_pdca.app.drawing import draw

        check_target(output, force=force, form=chosen)
        with progress(here.t(N_("Making the papers as {form} …")).format(form=chosen)):
            drawn = draw(report, cast("FileFormat", chosen), t, table)
        deliver(drawn, output, force=force, form=chosen)
    return 1 if errors else 0


@app.command(cls=Command, help=N_("Show the plan, or a part of it, with its indicators."))
def plan(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID"), help=N_("A policy, measure, submeasure or initiative."), autocompletion=completing.nodes
        ),
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("As in force in this fiscal year."))
    ] = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="table|text|markdown|json", help=N_("How to print it."))
    ] = None,
    output: Output = None,
    force: Force = False,  # noqa: FBT002
) -> None:
    """Show the plan."""
    here = session(ctx)
    chosen = choose_format(form, output, ("table", "text", "markdown", "json"))
    from mizuho_pdca.app.reviewing import show_plan

    fiscal = None if year is None else fiscal_year_of(year)
    found, places = show_plan(here.desk, target, fiscal)
    if chosen == "json":
        from mizuho_pdca.render.as_json import plan as as_json

        deliver(as_json(found, places, fiscal), output, force=force)
    else:
        from mizuho_pdca.core.overview import plan_papers

        t = here.paper_language(found.header.language)
        deliver(plan_papers(found, places, fiscal, t), output, force=force, form=chosen, t=t)
