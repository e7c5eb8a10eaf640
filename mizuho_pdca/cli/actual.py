"""The command that records a year's value: actual."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Question, ask_or_keep
from mizuho_pdca.cli.recording import By, Day, Force, Reason, Supersedes, Year, confirm, correction_of, text_of
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message


@command(N_("Record a figure of a fiscal year, or why there is none."))
def actual(
    ctx: typer.Context,
    indicator: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("INDICATOR"), help=N_("The indicator's id or name."), autocompletion=completing.indicators
        ),
    ] = None,
    value: Annotated[
        str | None, typer.Argument(metavar=N_("VALUE"), help=N_("The figure, yes / no, or a word of the plan."))
    ] = None,
    missing: Annotated[
        str | None,
        typer.Option("--missing", metavar=N_("REASON"), help=N_("Why there is no figure: 未調査, 集計中, 対象外.")),
    ] = None,
    year: Year = None,
    day: Day = None,
    half: Annotated[
        str | None,
        typer.Option("--half", metavar=N_("HALF"), help=N_("The half of the year that the figure is of: 前期, 後期.")),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar=N_("TEXT"), help=N_("Where the figure comes from."))
    ] = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
    *,
    force: Force = False,
) -> None:
    """Record a figure of a fiscal year."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    if value is not None and missing is not None:
        raise UsageFault(N_("a figure and --missing were both given"), remedy=message(N_("Give one of the two.")))
    from mizuho_pdca.app import actual as use_case

    which, figure, fiscal = ask_or_keep(
        here,
        Question(indicator, N_("INDICATOR"), N_("the indicator's id or name"), lambda: completing.indicators(ctx)),
        Question(value or missing, N_("VALUE"), N_("the figure, or --missing REASON")),
        Question(year, "--year", N_("the fiscal year")),
        corrects=supersedes,
    )
    receipt = use_case.record_actual(
        here.desk,
        which,
        None if missing is not None else figure,
        year=fiscal,
        missing=missing,
        day=day,
        half=half,
        source=text_of(source, "--source"),
        by=by,
        correction=correction,
        force=force,
    )
    confirm(receipt, here)
