"""The command that takes forms back: form import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.progress import progress
from mizuho_pdca.cli.recording import By
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, message

_MOST_TOLD = 100
"""So many faults of a file are told; the rest is counted."""

_AS_ABOVE = message(N_("The same as above: one of the words that are listed there."))

DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be recorded; write nothing."))]


@command(N_("Record what stands in a form that came back, or in all forms of a folder."))
def form_import(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar=N_("FILE|DIR"), help=N_("The form, or the folder of forms."))],
    year: Annotated[
        str | None,
        typer.Option("--year", metavar=N_("YEAR"), help=N_("Take forms of this fiscal year alone (else of any).")),
    ] = None,
    by: By = None,
    *,
    dry_run: DryRun = False,
    over: Annotated[
        bool, typer.Option("--over", help=N_("Let the form correct what was recorded since it was sent out."))
    ] = False,
) -> int:
    """Record what stands in forms."""
    here = session(ctx)
    here.is_recording = True
    from mizuho_pdca.app.form_import import import_forms
    from mizuho_pdca.render.text.form import imported_text

    plan = here.desk.plan
    fiscal = None if year is None else here.fiscal_year(year)
    with progress(here.t(N_("Reading the forms …"))) as shown:
        done = import_forms(
            here.desk,
            Path(source),
            here.paper_language(plan.header.language),
            year=fiscal,
            by=by,
            over=over,
            dry=dry_run,
            say=shown.bar,
        )
    told = [one.told for one in done.outcomes]
    streams.write_done(imported_text(plan, told, here.t, dry=dry_run, width=streams.screen_width()))
    for one in done.outcomes:
        tell_faults(here, one.faults)
    return max((fault.exit_code for one in done.outcomes for fault in one.faults), default=0)


def tell_faults(here: Session, faults: Sequence[PdcaError]) -> None:
    """Print what is wrong, a list of words once, and how much more there is where nearly everything is."""
    listed = set[str]()
    for fault in faults[:_MOST_TOLD]:
        remedy = "" if fault.remedy is None else fault.remedy.text(here.plans_t)
        told = fault
        if remedy in listed:
            told = UsageFault(fault.message.msgid, remedy=_AS_ABOVE, **fault.message.values)
        elif "\n" in remedy:
            listed.add(remedy)
        streams.write_error(told.text(here.plans_t))
    if len(faults) > _MOST_TOLD:
        streams.write_error(here.t(N_("  and {n} more")).format(n=len(faults) - _MOST_TOLD))
