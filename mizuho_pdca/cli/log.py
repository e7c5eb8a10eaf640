"""Commands that record: log, actual, evaluate, withdraw."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import streams
from mizuho_pdca.cli.framework import Command, session, text_or_stdin
from mizuho_pdca.cli.prompts import Question, ask, narrow
from mizuho_pdca.cli.recording import confirm, correction_of
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_

app = typer.Typer(add_completion=False)

By = Annotated[
    str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who records (else PDCA_BY, else git's user)."))
]
Day = Annotated[
    str | None,
    typer.Option("-d", "--date", metavar=N_("DATE"), help=N_("The day: 2024-06-12, R6.6.12, 昨日 (else today).")),
]
Year = Annotated[
    str | None, typer.Option("--year", metavar=N_("YEAR"), help=N_("The fiscal year: 2024, R6, 令和6年度."))
]
Supersedes = Annotated[
    str | None,
    typer.Option("--supersedes", metavar=N_("ENTRY"), help=N_("The entry that this one corrects; wants --reason.")),
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why the entry is corrected or taken back."))
]
Target = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("ID"), help=N_("The initiative: 1-1-2-1, 1-1②-1."), autocompletion=completing.initiatives
    ),
]


@app.command(
    cls=Command,
    help=N_("Record what was done.\nOne entry becomes one file under records/; nothing is ever overwritten."),
)
def log(
    ctx: typer.Context,
    target: Target = None,
    text: Annotated[
        str | None,
        typer.Option("-m", "--message", metavar=N_("TEXT"), help=N_("What was done (- reads standard input).")),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "-s",
            "--status",
            metavar=N_("STATUS"),
            help=N_("未着手, 準備中, 実施中, … (else as last recorded)."),
            autocompletion=completing.statuses,
        ),
    ] = None,
    day: Day = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "-k",
            "--value",
            metavar=N_("INDICATOR=VALUE"),
            help=N_("A figure that the activity yielded; may be repeated."),
            autocompletion=completing.values,
        ),
    ] = None,
    by: By = None,
    links: Annotated[
        list[str] | None, typer.Option("--link", metavar=N_("URL"), help=N_("A paper or page; may be repeated."))
    ] = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
    commit: Annotated[bool, typer.Option("--commit", help=N_("Commit the entry to git at once."))] = False,  # noqa: FBT002
) -> None:
    """Record what was done."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import log as use_case
    from mizuho_pdca.app.commit import commit_entry

    where, what = ask(
        here,
        Question(target, N_("ID"), N_("the initiative's number"), lambda: completing.initiatives(ctx, "①")),
        Question(text, "-m", N_("what was done")),
    )
    where = narrow(where, lambda: use_case.initiatives_below(here.desk, where), here.t)
    receipt = use_case.log(
        here.desk,
        where,
        text_or_stdin(what, "-m"),
        status=status,
        day=day,
        values=values or (),
        links=links or (),
        by=by,
        correction=correction,
    )
    confirm(receipt, here)
    if commit:
        words = translator(receipt.plan.header.language)
        for note in commit_entry(here.desk, receipt, words):
            streams.write_text(f"  ※ {note.text(here.t)}")
