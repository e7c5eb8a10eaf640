"""What all commands that record have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, text_or_stdin
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.entry import Correction, Receipt


By = Annotated[
    str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who records (else PDCA_BY, else git's user)."))
]
Day = Annotated[
    str | None,
    typer.Option("-d", "--date", metavar=N_("DATE"), help=N_("The day: 2024-06-12, R6.6.12, 昨日 (else today).")),
]
Year = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("The fiscal year: 2024, R6, 令和6年度."))
]
Supersedes = Annotated[
    str | None,
    typer.Option("--supersedes", metavar=N_("ENTRY"), help=N_("The entry that this one corrects; wants --reason.")),
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why the entry is corrected or taken back."))
]
Target = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("ID"), help=N_("The initiative: 1-1-2-1, 1-1②-1."), autocompletion=completing.initiatives
    ),
]


def correction_of(supersedes: str | None, reason: str | None) -> Correction:
    """Return what is corrected and why; raise ``UsageFault`` unless both are given, or neither."""
    if supersedes is not None and not (reason and reason.strip()):
        raise UsageFault(N_("--supersedes wants a --reason"), remedy=message(N_('Add --reason "…".')))
    if supersedes is None and reason is not None:
        raise UsageFault(
            N_("--reason was given without --supersedes"),
            remedy=message(N_("Name the entry that is corrected: --supersedes 2024-06-12-k7x3q9")),
        )
    from mizuho_pdca.app.entry import Correction

    return Correction(supersedes, text_of(reason, "--reason"))


def text_of(value: str | None, option: str) -> str | None:
    """Return the text of an option that may be left out; ``-`` reads standard input."""
    return None if value is None else text_or_stdin(value, option)


def confirm(receipt: Receipt, here: Session) -> None:
    """Print what was recorded; where that can't be printed, it was recorded all the same."""
    from mizuho_pdca.render.text.receipt import receipt_text

    streams.write_done(receipt_text(receipt.plan, receipt.entry, receipt.path, receipt.notes, here.t))
