"""The command that records a rating: evaluate."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Question, ask_or_keep
from mizuho_pdca.cli.recording import By, Day, Reason, Same, Supersedes, Target, Year, confirm, correction_of, text_of
from mizuho_pdca.message import N_


@command(N_("Rate an initiative for a fiscal year."))
def evaluate(
    ctx: typer.Context,
    target: Target = None,
    year: Year = None,
    rating: Annotated[
        str | None,
        typer.Option(
            "--rating",
            metavar=N_("CODE"),
            help=N_("A code of the plan's scale: A, B, … or 完了, 未着手, 中止, 評価困難."),
            autocompletion=completing.ratings,
        ),
    ] = None,
    day: Day = None,
    progress: Annotated[
        str | None, typer.Option("--progress", metavar=N_("TEXT"), help=N_("How far it has come."))
    ] = None,
    issues: Annotated[
        str | None, typer.Option("--issues", metavar=N_("TEXT"), help=N_("What stands in the way."))
    ] = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
    *,
    same: Same = False,
) -> None:
    """Rate an initiative for a fiscal year."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import evaluate as use_case

    asked = () if same else (Question(rating, "--rating", N_("the rating"), lambda: completing.ratings(ctx)),)
    where, fiscal, *code = ask_or_keep(
        here,
        Question(target, N_("ID"), N_("the initiative's number"), lambda: completing.initiatives(ctx, "①")),
        Question(year, "--year", N_("the fiscal year")),
        *asked,
        corrects=supersedes,
    )
    receipt = use_case.evaluate(
        here.desk,
        where,
        year=fiscal,
        rating=rating if same else code[0],
        day=day,
        progress=text_of(progress, "--progress"),
        issues=text_of(issues, "--issues"),
        by=by,
        same=same,
        correction=correction,
    )
    confirm(receipt, here)
