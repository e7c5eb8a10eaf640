"""The command that goes through the history: audit."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import choose_format, deliver
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.progress import progress
from mizuho_pdca.message import N_


@command(
    N_(
        "Go through the history and name every commit that tampered with it. Writes nothing.\n"
        "Named are committed entries that were rewritten, renamed or deleted, dates that do not fit, "
        "changes of closed years and seals that do not hold. Exits with 1 if there is any."
    )
)
def audit(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar=N_("REV"), help=N_("Only commits after this one, or after this day.")),
    ] = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="text|json", help=N_("How to print it."))
    ] = None,
) -> int:
    """Name every commit that tampered with the history."""
    here = session(ctx)
    chosen = choose_format(form, None, ("text", "json"))
    from mizuho_pdca.app.audit import audit as make_audit

    words = here.t(N_("Going through the history: {done}/{all} commits"))
    with progress(here.t(N_("Going through the history …"))) as shown:
        found = make_audit(here.desk, since, lambda done, total: shown.say(words.format(done=done, all=total)))
    if chosen == "json":
        from mizuho_pdca.render.json.audit import audit as as_json

        deliver(as_json(found, here.plans_t), None, here=here, force=False)
    else:
        from mizuho_pdca.render.text.audit import audit_text

        streams.write_text(audit_text(found, here.plans_t))
    return 1 if found.findings else 0
