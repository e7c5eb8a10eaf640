"""The command that records where an initiative goes: improve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.questions.blanks import (
    CORRECTING,
    DAY_GIVEN,
    FILLER,
    SAME,
    TARGET,
    YEAR,
    LastYear,
    first_word,
    held,
    words_of,
)
from mizuho_pdca.cli.questions.record import record
from mizuho_pdca.cli.questions.slip import Answers, Blank, Slip
from mizuho_pdca.cli.recording import By, Day, Reason, Same, Supersedes, Target, Year, confirm
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Receipt


def _run(desk: Desk, answers: Answers) -> Receipt:
    from mizuho_pdca.app import improve as use_case

    return use_case.improve(
        desk,
        answers.one("target"),
        year=answers.one("year"),
        direction=answers.one("direction"),
        next_year=answers.one("next"),
        day=answers.one("day"),
        by=answers.one("by"),
        same="same" in answers,
        correction=answers.correction,
    )


_DIRECTION, _NEXT = LastYear("improvement", "direction", is_text=False), LastYear("improvement", "next")

SLIP = Slip(
    "improve",
    "improvement",
    (
        TARGET,
        YEAR,
        Blank(
            "direction",
            "--direction",
            N_("the future direction"),
            widget="choice",
            enter=_DIRECTION.words,
            on_enter=_DIRECTION.value,
            offers=words_of("directions"),
            stand_in=first_word("directions"),
            held=held("direction"),
            unless="same",
        ),
        Blank(
            "next",
            "--next",
            N_("what is planned for the next year"),
            widget="text",
            enter=_NEXT.words,
            on_enter=_NEXT.value,
            stand_in=lambda _: FILLER,
            held=held("next"),
            unless="same",
        ),
        DAY_GIVEN,
        SAME,
        *CORRECTING,
    ),
    _run,
)


@command(N_("Record where an initiative goes from here, and what the next year does."))
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
    *,
    same: Same = False,
) -> None:
    """Record where an initiative goes from here."""
    here = session(ctx)
    said = {"target": target, "year": year, "direction": direction, "next": next_year, "day": day}
    told = {"by": by, "supersedes": supersedes, "reason": reason}
    confirm(record(here, SLIP, said | told | {"same": same}), here)
