"""Commands of the council's circle: improve, opinion, respond."""

from __future__ import annotations

from typing import Annotated

import typer

from mizuho_pdca.cli import completing
from mizuho_pdca.cli.asking import Question, ask
from mizuho_pdca.cli.framework import Command, session, text_or_stdin
from mizuho_pdca.cli.record import By, Day, Reason, Supersedes, Target, Year, confirm, correction_of
from mizuho_pdca.message import N_

app = typer.Typer(add_completion=False)


@app.command(cls=Command, help=N_("Record where an initiative goes from here, and what the next year does."))
def improve(
    ctx: typer.Context,
    target: Target = None,
    year: Year = None,
    direction: Annotated[
        str | None,
        typer.Option(
            "--direction",
            metavar=N_("WORD"),
            help=N_("A word of the plan's list: 拡充, 継続, 改善, 縮小, …"),
            autocompletion=completing.directions,
        ),
    ] = None,
    next_year: Annotated[
        str | None, typer.Option("--next", metavar=N_("TEXT"), help=N_("What is planned for the next year."))
    ] = None,
    day: Day = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
) -> None:
    """Record where an initiative goes from here."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import council

    where, fiscal, word, plans = ask(
        here,
        Question(target, N_("ID"), N_("the initiative's number"), lambda: completing.initiatives(ctx, "①")),
        Question(year, "--year", N_("the fiscal year")),
        Question(direction, "--direction", N_("the future direction"), lambda: completing.directions(ctx)),
        Question(next_year, "--next", N_("what is planned for the next year")),
    )
    receipt = council.improve(
        here.desk,
        where,
        year=fiscal,
        direction=word,
        next_year=text_or_stdin(plans, "--next"),
        day=day,
        by=by,
        correction=correction,
    )
    confirm(receipt, here)


@app.command(cls=Command, help=N_("Record an opinion of the council on the plan or a part of it."))
def opinion(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID"), help=N_("A number of any level; plan for the whole."), autocompletion=completing.nodes
        ),
    ] = None,
    year: Year = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar=N_("DATE"), help=N_("The day of the council's meeting."))
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("-m", "--message", metavar=N_("TEXT"), help=N_("What was said (- reads standard input).")),
    ] = None,
    by: By = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
) -> None:
    """Record an opinion of the council."""
    here = session(ctx)
    correction = correction_of(supersedes, reason)
    from mizuho_pdca.app import council

    where, fiscal, day, words = ask(
        here,
        Question(target, N_("ID"), N_("the number, or plan for the whole")),
        Question(year, "--year", N_("the fiscal year")),
        Question(meeting, "--meeting", N_("the day of the meeting")),
        Question(text, "-m", N_("what was said")),
    )
    receipt = council.give_opinion(
        here.desk,
        where,
        year=fiscal,
        meeting=day,
        text=text_or_stdin(words, "-m"),
        by=by,
        correction=correction,
    )
    confirm(receipt, here)


@app.command(cls=Command, help=N_("Record what became of an opinion."))
def respond(
    ctx: typer.Context,
    entry: Annotated[
        str | None, typer.Argument(metavar=N_("OPINION"), help=N_("The opinion's name: 2025-08-20-k7x3q9."))
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("-m", "--message", metavar=N_("TEXT"), help=N_("The response (- reads standard input).")),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar=N_("WORD"),
            help=N_("対応済, 対応中, 検討中 or 対応しない (wants --reason); else 対応中."),
            autocompletion=completing.answers,
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why nothing will be done."))
    ] = None,
    day: Day = None,
    by: By = None,
) -> None:
    """Record what became of an opinion."""
    here = session(ctx)
    from mizuho_pdca.app import council

    which, words = ask(
        here,
        Question(entry, N_("OPINION"), N_("the opinion's name")),
        Question(text, "-m", N_("the response")),
    )
    receipt = council.respond(
        here.desk,
        which,
        text=text_or_stdin(words, "-m"),
        state=state,
        reason=None if reason is None else text_or_stdin(reason, "--reason"),
        day=day,
        by=by,
    )
    confirm(receipt, here)
