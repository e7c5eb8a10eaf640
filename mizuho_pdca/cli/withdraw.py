"""The command that takes an entry back: withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.questions.blanks import BY, FILLER, of_entries
from mizuho_pdca.cli.questions.record import record
from mizuho_pdca.cli.questions.slip import Answers, Blank, Slip
from mizuho_pdca.cli.recording import By, Reason, confirm
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Receipt


def _run(desk: Desk, answers: Answers) -> Receipt:
    from mizuho_pdca.app import withdraw as use_case

    return use_case.withdraw(desk, answers.one("entry") or "", reason=answers.one("reason") or "", by=answers.one("by"))


SLIP = Slip(
    "withdraw",
    "withdrawal",
    (
        Blank(
            "entry",
            N_("ENTRY"),
            N_("the entry's name"),
            widget="choice",
            offers=of_entries(),
            stand_in=lambda at: next((offer.value for offer in of_entries()(at)), None),
            head=True,
        ),
        Blank("reason", "--reason", N_("why it is taken back"), widget="text", stand_in=lambda _: FILLER),
        BY,
    ),
    _run,
)


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
    confirm(record(here, SLIP, {"entry": entry, "reason": reason, "by": by}), here)
