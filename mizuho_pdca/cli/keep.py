"""Commands that look after a workspace: validate, init."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import choose_format, deliver
from mizuho_pdca.cli.framework import Command, folder, session
from mizuho_pdca.message import N_

app = typer.Typer(add_completion=False)


@app.command(
    cls=Command, help=N_("Name everything that is wrong with the plan and the records, at once. Writes nothing.")
)
def validate(
    ctx: typer.Context,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="text|json", help=N_("How to print it."))
    ] = None,
) -> int:
    """Name everything that is wrong."""
    here = session(ctx)
    chosen = choose_format(form, None, ("text", "json"))
    from mizuho_pdca.storage.loading import load

    workspace = load(here.desk.tree, here.desk.today)
    if chosen == "json":
        from mizuho_pdca.render.as_json import problems as as_json

        deliver(as_json(workspace.problems, here.t), None, force=False)
    else:
        from mizuho_pdca.render.problem_text import summary

        streams.write_text(summary(workspace.problems, workspace.files, here.t))
    return 1 if workspace.errors else 0


@app.command(cls=Command, help=N_("Make a new workspace in an empty folder: the plan, no records, under git."))
def init(
    ctx: typer.Context,
    where: Annotated[str, typer.Argument(metavar=N_("DIR"), help=N_("The new folder."))],
    plan: Annotated[
        str | None, typer.Option("--from", metavar=N_("PLAN.yaml"), help=N_("Another plan (else the one of 瑞穂町)."))
    ] = None,
) -> None:
    """Make a new workspace."""
    here = session(ctx)
    from pathlib import Path

    from mizuho_pdca.app.founding import found_workspace

    founded = found_workspace(Path(where), folder(plan))
    t = here.t
    streams.write_text(t(N_("Made: {folder}")).format(folder=founded.root))
    if not founded.under_git:
        streams.write_text(t(N_("git was not found, so there is no audit trail yet; everything else works.")))
    streams.write_text(t(N_('Next: pdca -C {folder} log 1-1②-1 -m "…"')).format(folder=founded.root))
