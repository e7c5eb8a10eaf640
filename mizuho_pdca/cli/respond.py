"""The command that answers an opinion: respond."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.prompts import Offer
from mizuho_pdca.cli.questions.blanks import BY, DAY_GIVEN, FILLER, SUPERSEDES, held, of_entries, words_of
from mizuho_pdca.cli.questions.record import record
from mizuho_pdca.cli.questions.slip import Answers, Blank, Round, Slip
from mizuho_pdca.cli.recording import By, Day, Supersedes, confirm
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Receipt


def _run(desk: Desk, answers: Answers) -> Receipt:
    from mizuho_pdca.app import respond as use_case

    reason, grounds = answers.one("reason"), answers.one("grounds")
    if "supersedes" in answers:
        reason = None
    elif reason is None:
        reason, grounds = grounds, None
    return use_case.respond(
        desk,
        answers.one("opinion"),
        text=answers.one("text"),
        state=answers.one("state"),
        reason=reason,
        grounds=grounds,
        day=answers.one("day"),
        by=answers.one("by"),
        correction=answers.correction,
    )


def _open_opinions(at: Round) -> Sequence[Offer]:
    """Return the opinions that wait for an answer, all of them where none does."""
    return of_entries("opinion", only_open=True)(at) or of_entries("opinion")(at)


def _first_opinion(at: Round) -> str | None:
    return next((offer.value for offer in of_entries("opinion")(at)), None)


def _state(at: Round, entry: Any) -> str:  # noqa: ANN401 (an entry of the slip's kind)
    known = at.plan.scheme_at(entry.year).answer(entry.state)
    return str(entry.state) if known is None else known.name


def _usual_state(at: Round) -> str:
    known = at.plan.scheme_at(at.year).answer("in_hand")
    return "" if known is None else known.name


def _lacks_grounds(at: Round) -> bool:
    """Return whether nothing will be done, and nobody has said why."""
    is_declined = getattr(at.last and at.last.entry, "state", None) == "declined"
    return is_declined and ("supersedes" in at.answers or "reason" not in at.answers)


def _grounds(_: Round, entry: Any) -> str:  # noqa: ANN401 (the same)
    return entry.refusal or ""


SLIP = Slip(
    "respond",
    "response",
    (
        Blank(
            "opinion",
            N_("OPINION"),
            N_("the opinion's name"),
            widget="choice",
            offers=_open_opinions,
            stand_in=_first_opinion,
            held=held("responds"),
            head=True,
        ),
        Blank("text", "-m", N_("the response"), widget="text", stand_in=lambda _: FILLER, held=held("text")),
        Blank(
            "state",
            "--state",
            N_("state of the response"),
            "may",
            "choice",
            enter=_usual_state,
            offers=words_of("responses"),
            held=_state,
        ),
        Blank(
            "grounds",
            "--grounds",
            N_("why nothing will be done"),
            "option",
            "text",
            stand_in=lambda _: FILLER,
            held=_grounds,
            when=_lacks_grounds,
        ),
        DAY_GIVEN,
        Blank(
            "reason",
            "--reason",
            N_("why it is corrected"),
            "option",
            "text",
            stand_in=lambda _: FILLER,
            when=lambda at: "supersedes" in at.answers,
        ),
        BY,
        SUPERSEDES,
    ),
    _run,
)


Waiting = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("OPINION"),
        help=N_("The opinion's name, a beginning of it, or last for the newest that waits: 2025-08-20-k7x3q9, k7x3."),
        autocompletion=completing.opinions,
    ),
]


@command(N_("Record what became of an opinion."))
def respond(
    ctx: typer.Context,
    entry: Waiting = None,
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
        str | None,
        typer.Option(
            "--reason", metavar=N_("TEXT"), help=N_("Why nothing will be done; with --supersedes, why it is corrected.")
        ),
    ] = None,
    grounds: Annotated[
        str | None,
        typer.Option("--grounds", metavar=N_("TEXT"), help=N_("In a correction: why nothing will be done.")),
    ] = None,
    day: Day = None,
    by: By = None,
    supersedes: Supersedes = None,
) -> None:
    """Record what became of an opinion."""
    here = session(ctx)
    given = {"opinion": entry, "text": text, "state": state, "reason": reason, "grounds": grounds, "day": day}
    confirm(record(here, SLIP, given | {"by": by, "supersedes": supersedes}), here)
