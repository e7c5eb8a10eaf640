"""The command that records what the council said: opinion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.questions.blanks import CORRECTING, FILLER, TARGET, YEAR, held, nodes
from mizuho_pdca.cli.questions.record import record
from mizuho_pdca.cli.questions.slip import Answers, Blank, Slip
from mizuho_pdca.cli.recording import By, Reason, Supersedes, Year, confirm
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Receipt


def _run(desk: Desk, answers: Answers) -> Receipt:
    from mizuho_pdca.app import opinion as use_case

    return use_case.give_opinion(
        desk,
        answers.one("target"),
        year=answers.one("year"),
        meeting=answers.one("meeting"),
        text=answers.one("text"),
        by=answers.one("by"),
        correction=answers.correction,
    )


SLIP = Slip(
    "opinion",
    "opinion",
    (
        replace(TARGET, words=N_("the number, or plan for the whole"), offers=nodes, stand_in=lambda _: "plan"),
        YEAR,
        Blank(
            "meeting",
            "--meeting",
            N_("the day of the meeting"),
            stand_in=lambda at: at.today.isoformat(),
            held=held("meeting"),
            head=True,
        ),
        Blank("text", "-m", N_("what was said"), widget="text", stand_in=lambda _: FILLER, held=held("text")),
        *CORRECTING,
    ),
    _run,
)


@command(N_("Record an opinion of the council on the plan or a part of it."))
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
    given = {"target": target, "year": year, "meeting": meeting, "text": text}
    given |= {"by": by, "supersedes": supersedes, "reason": reason}
    confirm(record(here, SLIP, given), here)
