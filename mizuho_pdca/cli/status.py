"""The command that says who has not reported: status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli.formats import check_target, choose_format, deliver
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.review import Department, Force, Output, Pager, Tag, Year, say_why_no_history
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.domain.review.standing import Standing


@command(N_("Show who has reported on a year, and who has not."))
def status(
    ctx: typer.Context,
    year: Year = None,
    department: Department = None,
    tag: Tag = None,
    *,
    mail: Annotated[
        bool, typer.Option("--mail", help=N_("A mail for each department with what is open, as text to be sent."))
    ] = False,
    deadline: Annotated[
        str | None,
        typer.Option(
            "--deadline", metavar=N_("DATE"), help=N_("With --mail: until when to answer (else the year's last day).")
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help=N_("Exit with 1 while somebody has not reported."))] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="table|text|csv|json|xlsx",
            help=N_("How to print it (else by the file's ending)."),
        ),
    ] = None,
    output: Output = None,
    force: Force = False,
    pager: Pager = False,
) -> int:
    """Show who has reported on a year, and who has not."""
    here = session(ctx)
    chosen = choose_format(form, output, ("text",) if mail else ("table", "text", "csv", "json", "xlsx"))
    if deadline is not None and not mail:
        raise UsageFault(N_("--deadline goes with --mail"), remedy=message(N_("Add --mail, or leave --deadline out.")))
    check_target(output, force=force, form=chosen)
    from mizuho_pdca.app.status import due_year, make_standing
    from mizuho_pdca.papers.status import status_listing, status_papers

    fiscal = due_year(here.desk) if year is None else here.fiscal_year(year)
    now = make_standing(here.desk, fiscal, department, tag)
    if mail:
        text = _mails(here, now, deadline)
        nothing = here.plans_t(N_("Nothing is open: there is no mail to write."))
        deliver(text or nothing, output if text else None, here=here, force=force, form=chosen, pager=pager)
    elif chosen == "json":
        from mizuho_pdca.render.json.status import status as drawn

        deliver(drawn(now, here.t), output, here=here, force=force)
    elif chosen in ("csv", "xlsx"):
        from mizuho_pdca.app.formats import draw_table

        table = draw_table(status_listing(now, here.t), status_papers(now, here.t), chosen, here.t)
        deliver(table, output, here=here, force=force, form=chosen)
    else:
        deliver(status_papers(now, here.t), output, here=here, force=force, pager=pager, form=chosen, t=here.t)
    if now.not_committed is None:
        say_why_no_history(here)
    return 1 if check and not now.is_collected else 0


def _mails(here: Session, now: Standing, deadline: str | None) -> str:
    """Return the mails on a year, with the deadline that was typed or the year's last day."""
    from mizuho_pdca.app.input.days import coming_day
    from mizuho_pdca.domain.calendar import last_day
    from mizuho_pdca.papers.forms.mail import status_mails

    today, report = here.desk.today, now.report
    usual = last_day(report.year, report.plan.header.starts)
    due = usual if deadline is None else coming_day(deadline, today)
    return status_mails(now, due, today, here.plans_t)
