"""Commands that look behind the figures: trend, explain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completing, streams
from mizuho_pdca.cli.formats import choose_format, deliver
from mizuho_pdca.cli.framework import Command, Session, session
from mizuho_pdca.cli.read import Force, Output
from mizuho_pdca.cli.years import fiscal_year_of
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.core.faults import Problem

app = typer.Typer(add_completion=False)

_NARROWEST, _WIDEST = 40, 100


def subjects(ctx: typer.Context, incomplete: str) -> completing.Completions:
    """Return all numbers of the plan and all ids of indicators."""
    return [*completing.nodes(ctx, incomplete), *completing.indicators(ctx)]


@app.command(cls=Command, help=N_("Show ratings and indicators over the years."))
def trend(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID|INDICATOR"),
            help=N_("Only this number and what is below it, or only this indicator."),
            autocompletion=subjects,
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="table|text|markdown|csv|json",
            help=N_("How to print it (else by the file's ending)."),
        ),
    ] = None,
    output: Output = None,
    force: Force = False,  # noqa: FBT002
) -> int:
    """Show ratings and indicators over the years."""
    here = session(ctx)
    chosen = choose_format(form, output, ("table", "text", "markdown", "csv", "json"))
    from mizuho_pdca.app.looking import make_trend

    found = make_trend(here.desk, target)
    t = here.paper_language(found.report.plan.header.language)
    if chosen == "json":
        from mizuho_pdca.render.as_json import trend as as_json

        deliver(as_json(found), output, force=force)
    elif chosen == "csv":
        from mizuho_pdca.render.trend_csv import trend as as_csv

        deliver(as_csv(found, t), output, force=force)
    else:
        from mizuho_pdca.core.trend import trend_papers

        deliver(trend_papers(found, t), output, force=force, form=chosen, t=t)
    return _faults(found.report.problems, here)


@app.command(cls=Command, help=N_("Show step by step how the figures of a fiscal year came about."))
def explain(
    ctx: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar=N_("ID|INDICATOR"),
            help=N_("A number of any level, an indicator's id or name; plan for the whole."),
            autocompletion=subjects,
        ),
    ],
    year: Annotated[str, typer.Argument(metavar=N_("YEAR"), help=N_("The fiscal year: 2024, R6, 令和6年度."))],
    form: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="text|json", help=N_("How to print it (else by the file's ending).")),
    ] = None,
    output: Output = None,
    force: Force = False,  # noqa: FBT002
) -> int:
    """Show how figures came about."""
    here = session(ctx)
    chosen = choose_format(form, output, ("text", "json"))
    from mizuho_pdca.app.looking import make_explanation

    found = make_explanation(here.desk, target, fiscal_year_of(year))
    t = here.paper_language(found.report.plan.header.language)
    if chosen == "json":
        from mizuho_pdca.render.as_json import explanation

        deliver(explanation(found, t), output, force=force)
    else:
        from mizuho_pdca.render.steps_text import explanation_text

        drawn = explanation_text(found, t, _width())
        if output in (None, "-"):
            streams.write_text(drawn)
        else:
            deliver(drawn.encode(errors="backslashreplace"), output, force=force)
    return _faults(found.report.problems, here)


def _width() -> int:
    from shutil import get_terminal_size

    return max(_NARROWEST, min(_WIDEST, get_terminal_size().columns))


def _faults(problems: Sequence[Problem], here: Session) -> int:
    """Name the faulty entries that were left out; return the exit code."""
    from mizuho_pdca.render.problem_text import problems as told

    errors = [problem for problem in problems if problem.fault.severity == "error"]
    if errors:
        streams.write_error(told(errors, here.t))
    return 1 if errors else 0
