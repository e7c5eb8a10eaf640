"""What all commands that record have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, optional_text
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.entry import Correction, Receipt


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

    return Correction(supersedes, optional_text(reason, "--reason"))


def confirm(receipt: Receipt, here: Session) -> None:
    """Print what was recorded."""
    from mizuho_pdca.render.text.receipt import receipt_text

    streams.write_text(receipt_text(receipt.plan, receipt.entry, receipt.path, receipt.notes, here.t))
