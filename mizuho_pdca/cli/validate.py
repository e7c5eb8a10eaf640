"""The command that names what is wrong: validate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import choose, deliver
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk


@command(N_("Name everything that is wrong with the plan and the records, at once. Writes nothing."))
def validate(
    ctx: typer.Context,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="text|json|github", help=N_("How to print it."))
    ] = None,
) -> int:
    """Name everything that is wrong."""
    here = session(ctx)
    chosen = choose("-f", {"txt": "text"}.get(form or "text", form or "text"), ("text", "json", "github"))
    from mizuho_pdca.papers.words import of_plan
    from mizuho_pdca.storage.loading import load

    workspace = load(here.desk.tree, here.desk.clock())
    t = here.t if workspace.plan is None else of_plan(here.t, workspace.plan)
    if chosen == "json":
        from mizuho_pdca.render.json.validate import problems as as_json

        deliver(as_json(workspace.problems, t, workspace.notes), None, here=here, force=False)
    elif chosen == "github":
        from mizuho_pdca.render.text.github import commands

        drawn = commands([*workspace.problems, *workspace.notes], _path_in_repository(here.desk), t)
        deliver(drawn.encode(errors="backslashreplace"), None, here=here, force=False)
    else:
        from mizuho_pdca.cli.review import say_why_no_history
        from mizuho_pdca.papers.words import not_committed_line
        from mizuho_pdca.render.text.problems import summary
        from mizuho_pdca.storage.git.held import not_committed

        streams.write_text(summary([*workspace.problems, *workspace.notes], workspace.files, t))
        waiting = not_committed(here.desk.git, workspace.paths)
        for line in not_committed_line(waiting, t):
            streams.write_text(line)
        if waiting is None:
            say_why_no_history(here)
    return 1 if workspace.errors else 0


def _path_in_repository(desk: Desk) -> str:
    try:
        return desk.git.prefix()
    except EnvironmentFault:
        return ""
