"""The command that publishes a year as open data: publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import with_amount
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.review import Year, asked_year
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

Folder = Annotated[str | None, typer.Option("-o", "--output", metavar=N_("DIR"), help=N_("The folder that is made."))]


@command(N_("Publish a year's results as open data: tables, with what describes them."))
def publish(
    ctx: typer.Context,
    year: Year = None,
    output: Folder = None,
    licence: Annotated[
        str | None,
        typer.Option("--license", metavar="URL", help=N_("The licence, as the address of its text (else CC BY 4.0).")),
    ] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace an older publication in the folder."))] = False,
) -> None:
    """Publish a year's results as open data."""
    here = session(ctx)
    if not output or output == "-":
        raise UsageFault(
            N_("it is not said where to: -o is missing"),
            remedy=message(N_("Name a folder: pdca publish 2024 -o open-data")),
        )
    from mizuho_pdca.app.publish import LICENCE, refuse_taken, save
    from mizuho_pdca.app.publish import publish as make

    folder = Path(output)
    refuse_taken(folder, force=force)
    made = make(here.desk, asked_year(here, year), licence or LICENCE)
    save(folder, made)
    t = here.plans_t
    lines = [t(N_("Published: {folder}")).format(folder=folder)]
    lines += [f"  {with_amount(name, data, Path(name).suffix[1:], t)}" for name, data in made.files.items()]
    lines += [t(N_("※ {note}")).format(note=note.text(t)) for note in made.notes]
    streams.write_done("\n".join(lines))
