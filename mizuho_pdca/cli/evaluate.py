"""The command that records a rating: evaluate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

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
    rated,
    words_of,
)
from mizuho_pdca.cli.questions.record import record
from mizuho_pdca.cli.questions.slip import Answers, Blank, Round, Slip
from mizuho_pdca.cli.recording import By, Day, Reason, Same, Supersedes, Year, confirm
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
        evaluator=answers.one("evaluator"),
        meeting=answers.one("meeting"),
        day=answers.one("day"),
        progress=answers.one("progress"),
        issues=answers.one("issues"),
        by=answers.one("by"),
        same="same" in answers,
        correction=answers.correction,
    )


def _print_evaluator(at: Round, entry: Any) -> str:  # noqa: ANN401 (an evaluation)
    """Return who rated, where there are several."""
    from mizuho_pdca.papers.words import print_evaluator

    return print_evaluator(at.plan.at(entry.year), entry.evaluator)


def _has_several(at: Round) -> bool:
    """Return whether more than one evaluator rates."""
    return len(at.plan.scheme_at(at.year).evaluators) > 1


def _is_anothers(at: Round) -> bool:
    """Return whether somebody else than the first evaluator rates, who does so at a meeting."""
    from mizuho_pdca.app.input.words import understood
    from mizuho_pdca.errors import PdcaError

    scheme, named = at.plan.scheme_at(at.year), at.answers.one("evaluator")
    if named is None:
        return at.old is not None and not scheme.is_own(getattr(at.old, "evaluator", None))
    try:
        return not scheme.is_own(understood(named, scheme.evaluators, "", "").code)
    except PdcaError:
        return False


def _needs_no_rating(at: Round) -> bool:
    """Return whether a text was given that may stand alone: of a policy, the plan itself, or where nothing is rated."""
    from mizuho_pdca.app.input.rated import find_rated
    from mizuho_pdca.errors import PdcaError

    try:
        may_be_text = find_rated(at.plan, at.answers.one("target") or "", at.year).may_be_text
    except PdcaError:
        return False
    return (may_be_text or not at.plan.scheme_at(at.year).has_ratings) and (
        "progress" in at.answers or "issues" in at.answers
    )


_RATING = LastYear("evaluation", "rating", is_text=False)
_PROGRESS, _ISSUES = (LastYear("evaluation", part, N_("none")) for part in ("progress", "issues"))

SLIP = Slip(
    "evaluate",
    "evaluation",
    (
        replace(TARGET, offers=rated),
        YEAR,
        Blank(
            "evaluator",
            "--evaluator",
            N_("the evaluator"),
            "may",
            "choice",
            offers=words_of("evaluators"),
            held=_print_evaluator,
            applies=_has_several,
        ),
        Blank(
            "meeting",
            "--meeting",
            N_("the day of the meeting"),
            "may",
            enter=N_("none"),
            held=held("meeting"),
            applies=_is_anothers,
        ),
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
            spared=_needs_no_rating,
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


@command(N_("Rate an initiative, any other part of the plan or an indicator for a fiscal year."))
def evaluate(
    ctx: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ID"),
            help=N_("The initiative: 1-1-2-1, 1-1②-1; or any number, an indicator, plan for the whole."),
            autocompletion=completing.rated,
        ),
    ] = None,
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
    evaluator: Annotated[
        str | None,
        typer.Option(
            "--evaluator",
            metavar=N_("WHO"),
            help=N_("Who rates, of the plan's list (else the first on it): council, 外部評価."),
            autocompletion=completing.evaluators,
        ),
    ] = None,
    meeting: Annotated[
        str | None, typer.Option("--meeting", metavar=N_("DATE"), help=N_("The day on which the council rated."))
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
    told = {"evaluator": evaluator, "meeting": meeting, "by": by, "supersedes": supersedes, "reason": reason}
    confirm(record(here, SLIP, said | told | {"same": same}), here)
