"""The command that takes an entry back: withdraw."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session, text_or_stdin
from mizuho_pdca.cli.prompts import Question, ask
from mizuho_pdca.cli.recording import By, Reason, confirm
from mizuho_pdca.message import N_


@command(N_("Take an entry back. The file stays; a new entry says that it no longer holds, and why."))
def withdraw(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ENTRY"),
            help=N_("The entry's name, a beginning of it, or last: 2024-06-12-k7x3q9, k7x3."),
            autocompletion=completing.entries,
        ),
    ] = None,
    reason: Reason = None,
    by: By = None,
) -> None:
    """Take an entry back."""
    here = session(ctx)
    from mizuho_pdca.app import withdraw as use_case

    which, why = ask(
        here,
        Question(entry, N_("ENTRY"), N_("the entry's name")),
        Question(reason, "--reason", N_("why it is taken back")),
    )
    confirm(use_case.withdraw(here.desk, which, reason=text_or_stdin(why, "--reason"), by=by), here)
