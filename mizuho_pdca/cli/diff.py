"""The command that compares two reviews: diff."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from mizuho_pdca.cli.formats import Format, check_target, choose_format, deliver, say_faults, say_which
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.progress import progress
from mizuho_pdca.cli.review import AnyFormat, Force, Output, Year, asked_year
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message


@command(N_("Show what differs between the reviews of a year at two commits, and why."))
def diff(
    ctx: typer.Context,
    year: Year = None,
    earlier: Annotated[
        str | None,
        typer.Option("--from", metavar=N_("REV"), help=N_("The review that is corrected: a commit, or a day.")),
    ] = None,
    later: Annotated[
        str | None, typer.Option("--to", metavar=N_("REV"), help=N_("The review that is right (else as it is now)."))
    ] = None,
    form: AnyFormat = None,
    output: Output = None,
    *,
    force: Force = False,
) -> int:
    """Show what differs between two reviews; 1 where faulty entries were left out of one of them."""
    here = session(ctx)
    chosen = choose_format(form, output, get_args(Format))
    if earlier is None:
        raise UsageFault(
            N_("--from is missing"), remedy=message(N_("Name the commit or the day of the review that was handed out."))
        )
    check_target(output, force=force, form=chosen)
    from mizuho_pdca.app.diff import make_errata
    from mizuho_pdca.app.formats import draw_errata
    from mizuho_pdca.papers.errata_paper import errata_papers

    for when in (earlier, later):
        say_which(here, when)
    told = here.t if here.language_told else None
    found = make_errata(here.desk, asked_year(here, year), earlier, later, told)
    t = here.paper_language(found.after.plan.header.language)
    match chosen:
        case "table" | "text" | "markdown":
            deliver(errata_papers(found, t), output, here=here, force=force, form=chosen, t=t)
        case _:
            with progress(here.t(N_("Making the papers as {form} …")).format(form=chosen)):
                drawn = draw_errata(found, chosen, t)
            deliver(drawn, output, here=here, force=force, form=chosen)
    return say_faults(found.problems, here)
