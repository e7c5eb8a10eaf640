"""The command that looks into git: history."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.explain import subjects
from mizuho_pdca.cli.formats import choose_format, deliver
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.review import Force, Output, Pager
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

_WIDEST, _DIGITS = 120, 9
_COMMITS, _CHANGES = 20, 50
"""What a screen shows unless -n asks for more: commits, and changes of one commit."""


@command(N_("Show who changed records and plan, when and how, newest first."))
def history(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID|INDICATOR|ENTRY"),
            help=N_("Only this number and what is below it, this indicator, or this entry; plan for the plan itself."),
            autocompletion=subjects,
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "-f", "--format", metavar="text|json|csv", help=N_("How to print it (else by the file's ending).")
        ),
    ] = None,
    output: Output = None,
    *,
    force: Force = False,
    pager: Pager = False,
    count: Annotated[
        str | None,
        typer.Option(
            "-n",
            metavar=N_("COUNT"),
            help=N_("So many commits at most; 0 for all (else 20 on a screen, all elsewhere)."),
        ),
    ] = None,
) -> int:
    """Show the history."""
    here = session(ctx)
    chosen = choose_format(form, output, ("text", "json", "csv"))
    most = None if count is None else _number(count)
    is_glance = most is None and chosen == "text" and output is None and streams.is_terminal()
    from mizuho_pdca.app.history import history as history_of
    from mizuho_pdca.papers.words import of_plan

    found = history_of(
        here.desk, target, count=_COMMITS if is_glance else most or None, most=_CHANGES if is_glance else None
    )
    t = of_plan(here.paper_language(found.plan.header.language), found.plan)
    if chosen == "json":
        from mizuho_pdca.render.json.history import history as as_json

        deliver(as_json(found, t), output, here=here, force=force)
    elif chosen == "csv":
        from mizuho_pdca.render.csv.history import history as as_csv

        deliver(as_csv(found, t), output, here=here, force=force, form=chosen)
    else:
        from mizuho_pdca.render.text.history import history_text

        deliver(history_text(found, t, streams.screen_width(_WIDEST)), output, here=here, force=force, pager=pager)
    return 0


def _number(text: str) -> int:
    """Return how many commits are wanted, in whatever digits; raise ``UsageFault``."""
    from unicodedata import normalize

    digits = normalize("NFKC", text).strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > _DIGITS:
        raise UsageFault(
            N_("-n {count} is no number of commits"),
            count=text,
            remedy=message(N_("Write how many commits to show, such as -n 10; 0 for all.")),
        )
    return int(digits)
