"""What all commands that record have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, text_or_stdin
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_, Message, message

if TYPE_CHECKING:
    from mizuho_pdca.app.entry import Receipt


By = Annotated[
    str | None,
    typer.Option("--by", metavar=N_("NAME"), help=N_("Who records (else as pdca config says, else git's user).")),
]
Day = Annotated[
    str | None,
    typer.Option("-d", "--date", metavar=N_("DATE"), help=N_("The day: 2024-06-12, R6.6.12, 昨日 (else today).")),
]
Year = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar=N_("YEAR"),
        help=N_("The fiscal year: 2024, R6, 令和6年度."),
        autocompletion=completing.years,
    ),
]
Supersedes = Annotated[
    str | None,
    typer.Option(
        "--supersedes",
        metavar=N_("ENTRY"),
        help=N_("The entry that this one corrects; wants --reason."),
        autocompletion=completing.entries,
    ),
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why the entry is corrected or taken back."))
]
Force = Annotated[
    bool, typer.Option("--force", help=N_("Take the figure even where it is no count: below zero, or broken."))
]
Same = Annotated[bool, typer.Option("--same", help=N_("As last year: its words, unless others are given here."))]
Target = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("ID"), help=N_("The initiative: 1-1-2-1, 1-1②-1."), autocompletion=completing.initiatives
    ),
]


def check_correction(supersedes: str | None, reason: str | None) -> None:
    """Raise ``UsageFault`` unless both the entry that is corrected and the reason are given, or neither."""
    if supersedes is not None and not (reason and reason.strip()):
        raise UsageFault(N_("--supersedes wants a --reason"), remedy=message(N_('Add --reason "…".')))
    if supersedes is None and reason is not None:
        raise UsageFault(
            N_("--reason was given without --supersedes"),
            remedy=message(N_("Name the entry that is corrected: --supersedes 2024-06-12-k7x3q9")),
        )


def text_of(value: str | None, option: str) -> str | None:
    """Return the text of an option that may be left out; ``-`` reads standard input."""
    return None if value is None else text_or_stdin(value, option)


def confirm(receipt: Receipt, here: Session, *, commit: bool = False) -> None:
    """Commit what was recorded where that was asked for, or is set; then print it.

    Where it can't be committed or printed, it was recorded all the same.
    """
    from mizuho_pdca.render.text.receipt import receipt_text

    plan, entry, path, width = receipt.plan, receipt.entry, receipt.path, streams.screen_width()
    notes = [*receipt.totals, *receipt.notes]
    try:
        committed = _committed(receipt, here) if commit or here.settings.commit else ()
    finally:
        streams.write_done(receipt_text(plan, entry, path, notes, here.t, before=receipt.before, width=width))
    for note in committed:
        streams.write_done(f"  ※ {note.text(here.t)}")


def _committed(receipt: Receipt, here: Session) -> Sequence[Message]:
    from mizuho_pdca.app.commit import commit_entry

    return commit_entry(here.desk, receipt, translator(receipt.plan.header.language))
