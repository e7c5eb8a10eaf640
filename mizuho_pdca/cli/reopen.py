"""The command that reopens a closed year: reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.close import By
from mizuho_pdca.cli.framework import command, session, text_or_stdin
from mizuho_pdca.cli.prompts import Question, ask
from mizuho_pdca.cli.recording import Year
from mizuho_pdca.message import N_, Translate

if TYPE_CHECKING:
    from mizuho_pdca.app.reopen import Reopened


@command(
    N_("Reopen a closed year, with a reason.\nThe seal stays in the file as history; pdca close seals the year anew.")
)
def reopen(
    ctx: typer.Context,
    year: Year = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why it is reopened (- reads standard input).")),
    ] = None,
    by: By = None,
) -> None:
    """Reopen a closed year, with a reason."""
    here = session(ctx)
    from mizuho_pdca.app.reopen import reopen_year

    fiscal, why = ask(
        here,
        "reopen",
        Question(year, "--year", N_("the fiscal year to be reopened")),
        Question(reason, "--reason", N_("why it is reopened")),
    )
    reopened = reopen_year(here.desk, here.fiscal_year(fiscal), reason=text_or_stdin(why, "--reason"), by=by)
    streams.write_done(_reopened_text(reopened, here.plans_t))


def _reopened_text(reopened: Reopened, t: Translate) -> str:
    from mizuho_pdca.papers.words import year_label

    seal = reopened.seal
    lines = [
        t(N_("Reopened: {year}")).format(year=year_label(seal.year, t)),
        "  " + t(N_("The seal of {day} is kept as history.")).format(day=seal.day),
        *(f"  ※ {note.text(t)}" for note in reopened.notes),
        f"  {reopened.path}",
        t(N_("To close it again: pdca close {year}")).format(year=seal.year),
    ]
    return "\n".join(lines)
