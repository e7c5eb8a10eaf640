"""The command that answers an opinion: respond."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Question, ask_or_keep
from mizuho_pdca.cli.recording import By, Day, Supersedes, confirm, correction_of, text_of
from mizuho_pdca.message import N_

Waiting = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("OPINION"),
        help=N_("The opinion's name, a beginning of it, or last for the newest that waits: 2025-08-20-k7x3q9, k7x3."),
        autocompletion=completing.opinions,
    ),
]


@command(N_("Record what became of an opinion."))
def respond(
    ctx: typer.Context,
    entry: Waiting = None,
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
        str | None,
        typer.Option(
            "--reason", metavar=N_("TEXT"), help=N_("Why nothing will be done; with --supersedes, why it is corrected.")
        ),
    ] = None,
    grounds: Annotated[
        str | None,
        typer.Option("--grounds", metavar=N_("TEXT"), help=N_("In a correction: why nothing will be done.")),
    ] = None,
    day: Day = None,
    by: By = None,
    supersedes: Supersedes = None,
) -> None:
    """Record what became of an opinion."""
    here = session(ctx)
    from mizuho_pdca.app import respond as use_case
    from mizuho_pdca.app.entry import NOT_CORRECTED

    which, words = ask_or_keep(
        here,
        Question(entry, N_("OPINION"), N_("the opinion's name")),
        Question(text, "-m", N_("the response")),
        corrects=supersedes,
    )
    receipt = use_case.respond(
        here.desk,
        which,
        text=text_of(words, "-m"),
        state=state,
        reason=text_of(reason, "--reason") if supersedes is None else None,
        grounds=text_of(grounds, "--grounds"),
        day=day,
        by=by,
        correction=correction_of(supersedes, reason) if supersedes is not None else NOT_CORRECTED,
    )
    confirm(receipt, here)
