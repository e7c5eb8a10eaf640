"""Commands that record: log, actual, evaluate, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completing, streams
from mizuho_pdca.cli.asking import Question, ask, narrow
from mizuho_pdca.cli.framework import Command, Session, optional_text, session, text_or_stdin
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_, message

if TYPE_CHECKING:
    from mizuho_pdca.app.filing import Correction, Receipt

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
    from mizuho_pdca.app import recording

    where, what = ask(
        here,
        Question(target, N_("ID"), N_("the initiative's number"), lambda: completing.initiatives(ctx, "①")),
        Question(text, "-m", N_("what was done")),
    )
    where = narrow(where, lambda: recording.initiatives_below(here.desk, where), here.t)
    receipt = recording.log(
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
        for note in recording.commit_entry(here.desk, receipt, words):
            streams.write_text(f"  ※ {note.text(here.t)}")


@app.command(cls=Command, help=N_("Record a figure of a fiscal year, or why there is none."))
def actual(
    ctx: typer.Context,
    indicator: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("INDICATOR"), help=N_("The indicator's id or name."), autocompletion=completing.indicators
        ),
    ] = None,
    value: Annotated[str | None, typer.Argument(metavar=N_("VALUE"), help=N_("The figure, or yes / no."))] = None,
    missing: Annotated[
        str | None,
        typer.Option("--missing", metavar=N_("REASON"), help=N_("Why there is no figure: 未調査, 集計中, 対象外.")),
    ] = None,
    year: Year = None,
    day: Day = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar=N_("TEXT"), help=N_("Where the figure comes from."))
    ] = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
) -> None:
    """Record a figure of a fiscal year."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    if value is not None and missing is not None:
        raise UsageFault(N_("a figure and --missing were both given"), remedy=message(N_("Give one of the two.")))
    from mizuho_pdca.app import recording

    which, figure, fiscal = ask(
        here,
        Question(indicator, N_("INDICATOR"), N_("the indicator's id or name"), lambda: completing.indicators(ctx)),
        Question(value or missing, N_("VALUE"), N_("the figure, or --missing REASON")),
        Question(year, "--year", N_("the fiscal year")),
    )
    receipt = recording.record_actual(
        here.desk,
        which,
        None if missing is not None else figure,
        year=fiscal,
        missing=missing,
        day=day,
        source=optional_text(source, "--source"),
        by=by,
        correction=correction,
    )
    confirm(receipt, here)


@app.command(cls=Command, help=N_("Rate an initiative for a fiscal year."))
def evaluate(
    ctx: typer.Context,
    target: Target = None,
    year: Year = None,
    rating: Annotated[
        str | None,
        typer.Option(
            "--rating",
            metavar=N_("CODE"),
            help=N_("A code of the plan's scale: A, B, … or 完了, 未着手, 中止, 評価困難."),
            autocompletion=completing.ratings,
        ),
    ] = None,
    day: Day = None,
    progress: Annotated[
        str | None, typer.Option("--progress", metavar=N_("TEXT"), help=N_("How far it has come."))
    ] = None,
    issues: Annotated[
        str | None, typer.Option("--issues", metavar=N_("TEXT"), help=N_("What stands in the way."))
    ] = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
) -> None:
    """Rate an initiative for a fiscal year."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import recording

    where, fiscal, code = ask(
        here,
        Question(target, N_("ID"), N_("the initiative's number"), lambda: completing.initiatives(ctx, "①")),
        Question(year, "--year", N_("the fiscal year")),
        Question(rating, "--rating", N_("the rating"), lambda: completing.ratings(ctx)),
    )
    receipt = recording.evaluate(
        here.desk,
        where,
        year=fiscal,
        rating=code,
        day=day,
        progress=optional_text(progress, "--progress"),
        issues=optional_text(issues, "--issues"),
        by=by,
        correction=correction,
    )
    confirm(receipt, here)


@app.command(
    cls=Command, help=N_("Take an entry back. The file stays; a new entry says that it no longer holds, and why.")
)
def withdraw(
    ctx: typer.Context,
    entry: Annotated[
        str | None, typer.Argument(metavar=N_("ENTRY"), help=N_("The entry's name: 2024-06-12-k7x3q9."))
    ] = None,
    reason: Reason = None,
    by: By = None,
) -> None:
    """Take an entry back."""
    here = session(ctx)
    from mizuho_pdca.app import recording

    which, why = ask(
        here,
        Question(entry, N_("ENTRY"), N_("the entry's name")),
        Question(reason, "--reason", N_("why it is taken back")),
    )
    confirm(recording.withdraw(here.desk, which, reason=text_or_stdin(why, "--reason"), by=by), here)


def correction_of(supersedes: str | None, reason: str | None) -> Correction:
    """Return what is corrected and why; raise ``UsageFault`` unless both are given, or neither."""
    if supersedes is not None and not (reason and reason.strip()):
        raise UsageFault(N_("--supersedes wants a --reason"), remedy=message(N_('Add --reason "…".')))
    if supersedes is None and reason is not None:
        raise UsageFault(
            N_("--reason was given without --supersedes"),
            remedy=message(N_("Name the entry that is corrected: --supersedes 2024-06-12-k7x3q9")),
        )
    from mizuho_pdca.app.filing import Correction

    return Correction(supersedes, optional_text(reason, "--reason"))


def confirm(receipt: Receipt, here: Session) -> None:
    """Print what was recorded."""
    from mizuho_pdca.render.receipt import receipt_text

    streams.write_text(receipt_text(receipt.plan, receipt.entry, receipt.path, receipt.notes, here.t))
