"""The command that records an activity once more: again."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.log import Status, Text, Values
from mizuho_pdca.cli.recording import By, Day, Force, confirm, text_of
from mizuho_pdca.message import N_


@command(N_("Record an activity once more, for another day.\nWhat is not given is taken from the earlier entry."))
def again(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ENTRY"),
            help=N_("The earlier entry's name, a beginning of it, or last (else your own newest activity)."),
            autocompletion=completing.entries,
        ),
    ] = None,
    day: Day = None,
    text: Text = None,
    status: Status = None,
    values: Values = None,
    by: By = None,
    links: Annotated[
        list[str] | None, typer.Option("--link", metavar=N_("URL"), help=N_("A paper or page; may be repeated."))
    ] = None,
    *,
    force: Force = False,
    commit: Annotated[bool, typer.Option("--commit", help=N_("Commit the entry to git at once."))] = False,
) -> None:
    """Record an activity once more."""
    here = session(ctx)
    from mizuho_pdca.app import again as use_case

    receipt = use_case.again(
        here.desk,
        entry,
        summary=text_of(text, "-m"),
        status=status,
        day=day,
        values=values or (),
        links=links or (),
        by=by,
        force=force,
    )
    confirm(receipt, here, commit=commit)
