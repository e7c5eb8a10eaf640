"""The command that says which forms went out and came back: form status."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import streams
from mizuho_pdca.cli.formats import choose_format, deliver
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.review import Year, asked_year
from mizuho_pdca.message import N_, message


@command(N_("Show which forms went out and came back, with a mail to those that are missing."))
def form_status(
    ctx: typer.Context,
    year: Year = None,
    form: Annotated[
        str | None, typer.Option("-f", "--format", metavar="table|text|json", help=N_("How to print it."))
    ] = None,
) -> None:
    """Show which forms went out and came back."""
    here = session(ctx)
    chosen = choose_format(form, None, ("table", "text", "json"))
    fiscal = asked_year(here, year)
    from mizuho_pdca.app.form_status import form_standing
    from mizuho_pdca.papers.forms.mail import form_mails
    from mizuho_pdca.papers.forms.status import form_papers

    now = form_standing(here.desk, fiscal)
    if chosen == "json":
        from mizuho_pdca.render.json.forms import forms

        streams.write_bytes(forms(now))
        return
    deliver(form_papers(now, here.plans_t), None, here=here, force=False, form=chosen, t=here.plans_t)
    if any(row.state == "not_sent" for row in now.rows):
        words = N_("To send out the forms: pdca form export {year} {options}")
        options = N_("--each -o forms") if any(row.department for row in now.rows) else N_("-o form.xlsx")
        told = message(words, year=str(fiscal), options=message(options))
        streams.write_text(f"\n{told.text(here.plans_t)}")
    if text := form_mails(now, here.plans_t):
        head = here.plans_t(N_("Mails to those that are missing:"))
        streams.write_text(f"\n{head}\n\n{text}")
