"""The command that writes what editors check plan and entries by: schema."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.message import N_


@command(
    N_(
        "Write JSON Schemas, by which an editor completes and checks the plan and the entries.\n"
        "pdca init makes them in .vscode; write them anew after a change of the plan."
    )
)
def schema(
    ctx: typer.Context,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar=N_("DIR"), help=N_("The folder (else .vscode in the workspace).")),
    ] = None,
) -> None:
    """Write the schemas."""
    here = session(ctx)
    from pathlib import Path

    from mizuho_pdca.app.schema import EDITOR, write_schemas

    folder = here.desk.root / EDITOR if output is None else Path(output)
    t = here.paper_language(here.desk.plan.header.language)
    for path in write_schemas(here.desk, folder, t):
        streams.write_done(here.t(N_("{file} was made")).format(file=path))
