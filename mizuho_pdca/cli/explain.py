"""The command that shows how figures came about: explain."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import choose_format, deliver, say_faults
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.review import Force, Output, Pager, Year, asked_year, say_why_no_commit
from mizuho_pdca.message import N_


def subjects(ctx: typer.Context, incomplete: str) -> completing.Completions:
    """Return all numbers of the plan and all ids of indicators."""
    return [*completing.nodes(ctx, incomplete), *completing.indicators(ctx)]


@command(N_("Show step by step how the figures of a fiscal year came about."))
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
    year: Year = None,
    form: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="text|json", help=N_("How to print it (else by the file's ending).")),
    ] = None,
    output: Output = None,
    *,
    force: Force = False,
    pager: Pager = False,
) -> int:
    """Show how figures came about."""
    here = session(ctx)
    chosen = choose_format(form, output, ("text", "json"))
    from mizuho_pdca.app.explain import make_explanation

    found = make_explanation(here.desk, target, asked_year(here, year))
    t = here.paper_language(found.report.plan.header.language)
    if chosen == "json":
        from mizuho_pdca.render.json.explain import explanation

        deliver(explanation(found, t), output, here=here, force=force)
    else:
        from mizuho_pdca.render.text.explain import explanation_text

        deliver(explanation_text(found, t, streams.screen_width()), output, here=here, force=force, pager=pager)
    say_why_no_commit(found.report, here)
    return say_faults(found.report.problems, here)
