"""The command that shows what was recorded: list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.explain import subjects
from mizuho_pdca.cli.formats import Format, check_target, choose_format, deliver
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.review import Force, Output, Pager, Tag, say_why_no_history
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.papers.entries.listed import EntryList

Subject = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("ID|INDICATOR"),
        help=N_("Only this number and what is below it, or this indicator."),
        autocompletion=subjects,
    ),
]
OfYear = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("Only this fiscal year: 2024, R6, 令和6年度."))
]
Month = Annotated[
    str | None, typer.Option("--month", metavar=N_("MONTH"), help=N_("Only this month: 11, 11月, 2024-11."))
]
Since = Annotated[
    str | None, typer.Option("--since", metavar=N_("DATE"), help=N_("Only from this day on: 2024-06-12, 昨日."))
]
Until = Annotated[str | None, typer.Option("--until", metavar=N_("DATE"), help=N_("Only up to this day."))]
Recorder = Annotated[
    str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Only what this person or office recorded."))
]
Mine = Annotated[bool, typer.Option("--mine", help=N_("Only what you recorded yourself."))]
KindOf = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar=N_("KIND"),
        help=N_("Only this kind: 活動, 実績値, 評価, 改善, 意見, 対応 or 取消し."),
        autocompletion=completing.kinds,
    ),
]
NotCommitted = Annotated[bool, typer.Option("--not-committed", help=N_("Only what is not committed to git yet."))]
ListFormat = Annotated[
    str | None,
    typer.Option(
        "-f", "--format", metavar="table|text|csv|json|xlsx", help=N_("How to print it (else by the file's ending).")
    ),
]


@command(N_("Show what was recorded, newest first, each entry with its name."))
def list(  # noqa: A001 (the command's name)
    ctx: typer.Context,
    target: Subject = None,
    year: OfYear = None,
    month: Month = None,
    since: Since = None,
    until: Until = None,
    by: Recorder = None,
    *,
    mine: Mine = False,
    kind: KindOf = None,
    tag: Tag = None,
    not_committed: NotCommitted = False,
    form: ListFormat = None,
    output: Output = None,
    pager: Pager = False,
    force: Force = False,
) -> int:
    """Show what was recorded."""
    here = session(ctx)
    chosen = choose_format(form, output, ("table", "text", "csv", "json", "xlsx"))
    check_target(output, force=force, form=chosen)
    if by is not None and mine:
        raise UsageFault(N_("--by and --mine were both given"), remedy=message(N_("Give one of the two.")))
    from mizuho_pdca.app.list import Wanted, list_entries
    from mizuho_pdca.papers.words import faulty_data

    found = list_entries(here.desk, Wanted(target, year, month, since, until, by, mine, kind, not_committed, tag))
    _deliver(found, chosen, output, here, force=force, pager=pager)
    if all(row.is_committed is None for row in found.rows):
        say_why_no_history(here)
    faulty = [*faulty_data(found.problems, here.t)]
    if chosen not in ("table", "text"):
        for line in faulty:
            streams.write_error(line)
    return 1 if faulty else 0


def _deliver(found: EntryList, form: Format, output: str | None, here: Session, *, force: bool, pager: bool) -> None:
    from mizuho_pdca.papers.entries.listed import entry_listing, entry_papers

    match form:
        case "json":
            from mizuho_pdca.render.json.entries import entries

            deliver(entries(found), output, here=here, force=force)
        case "csv" | "xlsx":
            from mizuho_pdca.app.formats import draw_table

            drawn = draw_table(entry_listing(found, here.t), entry_papers(found, here.t), form, here.t)
            deliver(drawn, output, here=here, force=force, form=form)
        case _:
            deliver(entry_papers(found, here.t), output, here=here, force=force, pager=pager, form=form, t=here.t)
