"""The command that records where an initiative goes: improve."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Question, ask_or_keep
from mizuho_pdca.cli.recording import By, Day, Reason, Same, Supersedes, Target, Year, confirm, correction_of, text_of
from mizuho_pdca.message import N_


@command(N_("Record where an initiative goes from here, and what the next year does."))
def improve(
    ctx: typer.Context,
    target: Target = None,
    year: Year = None,
    direction: Annotated[
        str | None,
        typer.Option(
            "--direction",
            metavar=N_("WORD"),
            help=N_("A word of the plan's list: 拡充, 継続, 改善, 縮小, …"),
            autocompletion=completing.directions,
        ),
    ] = None,
    next_year: Annotated[
        str | None, typer.Option("--next", metavar=N_("TEXT"), help=N_("What is planned for the next year."))
    ] = None,
    day: Day = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
    *,
    same: Same = False,
) -> None:
    """Record where an initiative goes from here."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import improve as use_case

    asked = (
        Question(direction, "--direction", N_("the future direction"), lambda: completing.directions(ctx)),
        Question(next_year, "--next", N_("what is planned for the next year")),
    )
    where, fiscal, *said = ask_or_keep(
        here,
        Question(target, N_("ID"), N_("the initiative's number"), lambda: completing.initiatives(ctx, "①")),
        Question(year, "--year", N_("the fiscal year")),
        *(() if same else asked),
        corrects=supersedes,
    )
    word, plans = (direction, next_year) if same else said
    receipt = use_case.improve(
        here.desk,
        where,
        year=fiscal,
        direction=word,
        next_year=text_of(plans, "--next"),
        day=day,
        by=by,
        same=same,
        correction=correction,
    )
    confirm(receipt, here)
