"""The command that makes one table of what towns have published: collect."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.collect import Compilation


@command(N_("Collect what towns have published into one table."))
def collect(
    ctx: typer.Context,
    folders: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("DIR …"), help=N_("Publications, or folders that hold some at any depth.")),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar=N_("TABLE"),
            help=N_("The folder of the table; what it has of other years and plans stays."),
        ),
    ] = None,
) -> int:
    """Collect what towns have published into one table."""
    here = session(ctx)
    if not folders or not output or output == "-":
        raise UsageFault(
            N_("collect wants folders and a table"),
            remedy=message(N_("Name both: pdca collect towns -o table")),
        )
    from mizuho_pdca.app.collect import collect as take

    found = take([Path(folder) for folder in folders], Path(output))
    if found.taken:
        streams.write_done("\n".join(_lines(found, output, here)))
    for path, reason in found.refused:
        words = here.t(N_("Refused: {file}: {reason}"))
        streams.write_error(words.format(file=path, reason=reason.text(here.t)))
    return 1 if found.refused else 0


def _lines(found: Compilation, table: str, here: Session) -> list[str]:
    towns = Counter((one.code, one.municipality, one.year) for one in found.taken)
    words, t = N_("{code} {town}, FY{year}: plans {n}"), here.t
    told = (
        message(words, code=code, town=town, year=year, n=plans).text(t)
        for (code, town, year), plans in sorted(towns.items())
    )
    head = t(N_("Collected into {folder}: towns and years {n}, files changed {changed}"))
    return [head.format(folder=table, n=len(towns), changed=found.changed), *(f"  {line}" for line in told)]
