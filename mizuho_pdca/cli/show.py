"""The command that shows one entry: show."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.formats import choose_format, deliver
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Question, ask
from mizuho_pdca.cli.review import Force, Output
from mizuho_pdca.message import N_


@command(N_("Show one entry with everything that it holds, and what became of it."))
def show(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ENTRY"),
            help=N_("The entry's name, a beginning of it, or last: 2024-06-12-k7x3q9, k7x3."),
            autocompletion=completing.entries,
        ),
    ] = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="table|text|json", help=N_("How to print it."))
    ] = None,
    output: Output = None,
    *,
    force: Force = False,
) -> None:
    """Show one entry."""
    here = session(ctx)
    chosen = choose_format(form, output, ("table", "text", "json"))
    from mizuho_pdca.app import list as entries
    from mizuho_pdca.app.show import show_entry

    (which,) = ask(here, "show", Question(entry, N_("ENTRY"), N_("which entry"), lambda: entries.choices(here.desk)))
    found = show_entry(here.desk, which)
    if chosen == "json":
        from mizuho_pdca.render.json.entries import entry as as_json

        deliver(as_json(found), output, here=here, force=force)
    else:
        from mizuho_pdca.papers.entries.shown import shown_papers

        deliver(shown_papers(found, here.t), output, here=here, force=force, form=chosen, t=here.t)
