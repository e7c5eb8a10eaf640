"""The command that shows the plan: plan."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.formats import choose_format, deliver
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.review import Force, Output, Pager
from mizuho_pdca.message import N_


@command(N_("Show the plan, or a part of it, with its indicators."))
def plan(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID"), help=N_("A policy, measure, submeasure or initiative."), autocompletion=completing.nodes
        ),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            "--year",
            metavar=N_("YEAR"),
            help=N_("As in force in this fiscal year."),
            autocompletion=completing.years,
        ),
    ] = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="table|text|markdown|json", help=N_("How to print it."))
    ] = None,
    output: Output = None,
    *,
    force: Force = False,
    pager: Pager = False,
) -> None:
    """Show the plan."""
    here = session(ctx)
    chosen = choose_format(form, output, ("table", "text", "markdown", "json"))
    from mizuho_pdca.app.plan import show_plan

    fiscal = None if year is None else here.fiscal_year(year)
    found, places = show_plan(here.desk, target, fiscal)
    if chosen == "json":
        from mizuho_pdca.render.json.plan import plan as as_json

        deliver(as_json(found, places, fiscal), output, here=here, force=force)
    else:
        from mizuho_pdca.papers.plan import plan_papers

        t = here.paper_language(found.header.language)
        deliver(plan_papers(found, places, fiscal, t), output, here=here, force=force, pager=pager, form=chosen, t=t)
