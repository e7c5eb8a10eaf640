"""The command that records what was done: log."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.prompts import Question, ask_or_keep, narrow
from mizuho_pdca.cli.recording import By, Day, Reason, Supersedes, Target, confirm, correction_of, text_of
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_, Message

if TYPE_CHECKING:
    from mizuho_pdca.app.entry import Receipt

Text = Annotated[
    str | None, typer.Option("-m", "--message", metavar=N_("TEXT"), help=N_("What was done (- reads standard input)."))
]
Status = Annotated[
    str | None,
    typer.Option(
        "-s",
        "--status",
        metavar=N_("STATUS"),
        help=N_("未着手, 準備中, 実施中, … (else as last recorded)."),
        autocompletion=completing.statuses,
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "-k",
        "--value",
        metavar=N_("INDICATOR=VALUE"),
        help=N_("A figure that the activity yielded; may be repeated."),
        autocompletion=completing.values,
    ),
]


@command(N_("Record what was done.\nOne entry becomes one file under records/; nothing is ever overwritten."))
def log(
    ctx: typer.Context,
    target: Target = None,
    text: Text = None,
    status: Status = None,
    day: Day = None,
    values: Values = None,
    by: By = None,
    links: Annotated[
        list[str] | None, typer.Option("--link", metavar=N_("URL"), help=N_("A paper or page; may be repeated."))
    ] = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
    *,
    commit: Annotated[bool, typer.Option("--commit", help=N_("Commit the entry to git at once."))] = False,
) -> None:
    """Record what was done."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import log as use_case

    where, what = ask_or_keep(
        here,
        Question(target, N_("ID"), N_("the initiative's number"), lambda: completing.initiatives(ctx, "①")),
        Question(text, "-m", N_("what was done")),
        corrects=supersedes,
    )
    if where is not None:
        where = narrow(where, partial(use_case.initiatives_below, here.desk, where), here.t)
    receipt = use_case.log(
        here.desk,
        where,
        text_of(what, "-m"),
        status=status,
        day=day,
        values=values or (),
        links=links or (),
        by=by,
        correction=correction,
    )
    try:
        notes = _committed(receipt, here) if commit else []
    finally:
        confirm(receipt, here)
    for note in notes:
        streams.write_done(f"  ※ {note.text(here.t)}")


def _committed(receipt: Receipt, here: Session) -> Sequence[Message]:
    from mizuho_pdca.app.commit import commit_entry

    return commit_entry(here.desk, receipt, translator(receipt.plan.header.language))
