"""The command that commits: the plan and the records, with a message that says what was recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.recording import text_of
from mizuho_pdca.message import N_


@command(
    N_(
        "Commit the plan and the records to git, once they are without errors.\n"
        "Other files are named and left out. The message lists what was recorded; -m gives its first line. "
        "While a merge is under way, it ends the merge."
    )
)
def commit(
    ctx: typer.Context,
    text: Annotated[
        str | None,
        typer.Option(
            "-m", "--message", metavar=N_("TEXT"), help=N_("The first line of the message (- reads standard input).")
        ),
    ] = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help=N_("Commit rewritten records too; pdca audit shows them."))
    ] = False,
) -> None:
    """Commit the plan and the records."""
    here = session(ctx)
    from mizuho_pdca.app import commit as committing

    done = committing.commit(here.desk, subject=text_of(text, "-m"), force=force)
    t = here.plans_t
    if isinstance(done, committing.Committed):
        words = (
            N_("Committed: {commit} ({n} entries) {subject}") if done.entries else N_("Committed: {commit} {subject}")
        )
        lines = [t(words).format(commit=done.id, subject=done.subject, n=done.entries)]
        lines += [f"  {line}" for line in done.lines]
    else:
        lines = [t(N_("Nothing to commit: the plan and the records are as in the last commit."))]
    lines += [f"  ※ {note.text(t)}" for note in done.notes]
    streams.write_done("\n".join(lines))
