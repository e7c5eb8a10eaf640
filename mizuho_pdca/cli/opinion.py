"""The command that records what the council said: opinion."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Question, ask_or_keep
from mizuho_pdca.cli.recording import By, Reason, Supersedes, Year, confirm, correction_of, text_of
from mizuho_pdca.message import N_


@command(N_("Record an opinion of the council on the plan or a part of it."))
def opinion(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID"), help=N_("A number of any level; plan for the whole."), autocompletion=completing.nodes
        ),
    ] = None,
    year: Year = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar=N_("DATE"), help=N_("The day of the council's meeting."))
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("-m", "--message", metavar=N_("TEXT"), help=N_("What was said (- reads standard input).")),
    ] = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
) -> None:
    """Record an opinion of the council."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import opinion as use_case

    where, fiscal, day, words = ask_or_keep(
        here,
        Question(target, N_("ID"), N_("the number, or plan for the whole")),
        Question(year, "--year", N_("the fiscal year")),
        Question(meeting, "--meeting", N_("the day of the meeting")),
        Question(text, "-m", N_("what was said")),
        corrects=supersedes,
    )
    receipt = use_case.give_opinion(
        here.desk,
        where,
        year=fiscal,
        meeting=day,
        text=text_of(words, "-m"),
        by=by,
        correction=correction,
    )
    confirm(receipt, here)
