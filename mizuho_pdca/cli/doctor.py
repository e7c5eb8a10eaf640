"""The command that shows what is installed, for whoever helps: doctor."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import choose_format
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_


@command(
    N_(
        "Show what is installed and how the console, git and the workspace are set: one screen to send to who helps.\n"
        "It names no person, and reads no entry."
    )
)
def doctor(
    ctx: typer.Context,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="text|json", help=N_("How to print it."))
    ] = None,
) -> None:
    """Show what is installed."""
    here = session(ctx)
    chosen = choose_format(form, None, ("text", "json"))
    from mizuho_pdca.app.doctor import Console, examine

    encodings = [getattr(stream, "encoding", None) or "-" for stream in (sys.stdin, sys.stdout, sys.stderr)]
    console = Console(encodings, streams.screen_width(), streams.is_terminal())
    found = examine(here.desk, console, "ja" if here.t is translator("ja") else "en")
    if chosen == "json":
        from mizuho_pdca.render.json.doctor import doctor as as_json

        streams.write_bytes(as_json(found, here.t))
    else:
        from mizuho_pdca.render.text.doctor import doctor_lines

        streams.write_text("\n".join(doctor_lines(found, here.t, streams.screen_width())))
