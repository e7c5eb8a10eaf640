"""The command that answers an opinion: respond."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import Command, session, text_or_stdin
from mizuho_pdca.cli.log import By, Day
from mizuho_pdca.cli.opinion import app
from mizuho_pdca.cli.prompts import Question, ask
from mizuho_pdca.cli.recording import confirm
from mizuho_pdca.message import N_


@app.command(cls=Command, help=N_("Record what became of an opinion."))
def respond(
    ctx: typer.Context,
    entry: Annotated[
        str | None, typer.Argument(metavar=N_("OPINION"), help=N_("The opinion's name: 2025-08-20-k7x3q9."))
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("-m", "--message", metavar=N_("TEXT"), help=N_("The response (- reads standard input).")),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar=N_("WORD"),
            help=N_("対応済, 対応中, 検討中 or 対応しない (wants --reason); else 対応中."),
            autocompletion=completing.answers,
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why nothing will be done."))
    ] = None,
    day: Day = None,
    by: By = None,
) -> None:
    """Record what became of an opinion."""
    here = session(ctx)
    from mizuho_pdca.app import respond as use_case

    which, words = ask(
        here,
        Question(entry, N_("OPINION"), N_("the opinion's name")),
        Question(text, "-m", N_("the response")),
    )
    receipt = use_case.respond(
        here.desk,
        which,
        text=text_or_stdin(words, "-m"),
        state=state,
        reason=None if reason is None else text_or_stdin(reason, "--reason"),
        day=day,
        by=by,
    )
    confirm(receipt, here)
