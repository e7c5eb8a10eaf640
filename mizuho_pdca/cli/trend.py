"""The command that shows all years: trend."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli.explain import subjects
from mizuho_pdca.cli.formats import choose_format, deliver, say_faults
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.review import Force, Output, Pager, say_why_no_commit
from mizuho_pdca.message import N_


@command(N_("Show ratings and indicators over the years."))
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
    *,
    force: Force = False,
    pager: Pager = False,
) -> int:
    """Show ratings and indicators over the years."""
    here = session(ctx)
    chosen = choose_format(form, output, ("table", "text", "markdown", "csv", "json"))
    from mizuho_pdca.app.trend import make_trend

    found = make_trend(here.desk, target)
    t = here.paper_language(found.report.plan.header.language)
    if chosen == "json":
        from mizuho_pdca.render.json.trend import trend as as_json

        deliver(as_json(found), output, here=here, force=force)
    elif chosen == "csv":
        from mizuho_pdca.render.csv.trend import trend as as_csv

        deliver(as_csv(found, t), output, here=here, force=force, form=chosen)
    else:
        from mizuho_pdca.papers.trend import trend_papers

        deliver(trend_papers(found, t), output, here=here, force=force, pager=pager, form=chosen, t=t)
    say_why_no_commit(found.report, here)
    return say_faults(found.report.problems, here)
