"""The command that records a rating: evaluate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.questions.blanks import (
    CORRECTING,
    DAY_GIVEN,
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
    from mizuho_pdca.app import evaluate as use_case

    return use_case.evaluate(
        desk,
        answers.one("target"),
        year=answers.one("year"),
        rating=answers.one("rating"),
        day=answers.one("day"),
        progress=answers.one("progress"),
        issues=answers.one("issues"),
        by=answers.one("by"),
        same="same" in answers,
        correction=answers.correction,
    )


_RATING = LastYear("evaluation", "rating", is_text=False)
_PROGRESS, _ISSUES = (LastYear("evaluation", part, N_("none")) for part in ("progress", "issues"))

SLIP = Slip(
    "evaluate",
    "evaluation",
    (
        TARGET,
        YEAR,
        Blank(
            "rating",
            "--rating",
            N_("the rating"),
            widget="choice",
            enter=_RATING.words,
            on_enter=_RATING.value,
            offers=words_of("scale"),
            stand_in=first_word("scale"),
            held=held("rating"),
            unless="same",
        ),
        Blank(
            "progress",
            "--progress",
            N_("progress"),
            "may",
            "text",
            held=held("progress"),
            enter=_PROGRESS.words,
            on_enter=_PROGRESS.value,
        ),
        Blank(
            "issues",
            "--issues",
            N_("issues"),
            "may",
            "text",
            held=held("issues"),
            enter=_ISSUES.words,
            on_enter=_ISSUES.value,
        ),
        DAY_GIVEN,
        SAME,
        *CORRECTING,
    ),
    _run,
)


@command(N_("Rate an initiative for a fiscal year."))
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
    *,
    same: Same = False,
) -> None:
    """Rate an initiative for a fiscal year."""
    here = session(ctx)
    said = {"target": target, "year": year, "rating": rating, "day": day, "progress": progress, "issues": issues}
    told = {"by": by, "supersedes": supersedes, "reason": reason}
    confirm(record(here, SLIP, said | told | {"same": same}), here)
