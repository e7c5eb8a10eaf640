"""The command that records what was done: log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli.framework import command, session
from mizuho_pdca.cli.questions.blanks import CORRECTING, DAY, FILLER, FORCE, TARGET, held, words_of
from mizuho_pdca.cli.questions.record import record
from mizuho_pdca.cli.questions.slip import Answers, Blank, Round, Slip
from mizuho_pdca.cli.recording import By, Day, Force, Reason, Supersedes, Target, confirm
from mizuho_pdca.message import N_

if TYPE_CHECKING:
    from mizuho_pdca.app.desk import Desk
    from mizuho_pdca.app.entry import Receipt

Text = Annotated[
    str | None, typer.Option("-m", "--message", metavar=N_("TEXT"), help=N_("What was done (- reads standard input)."))
]
Status = Annotated[
    str | None,
    typer.Option(
        "-s",
        "--status",
        metavar=N_("STATUS"),
        help=N_("未着手, 準備中, 実施中, … (else as last recorded)."),
        autocompletion=completing.statuses,
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "-k",
        "--value",
        metavar=N_("INDICATOR=VALUE"),
        help=N_("A figure that the activity yielded; may be repeated."),
        autocompletion=completing.values,
    ),
]


def _run(desk: Desk, answers: Answers) -> Receipt:
    from mizuho_pdca.app import log as use_case

    return use_case.log(
        desk,
        answers.one("target"),
        answers.one("text"),
        status=answers.one("status"),
        day=answers.one("day"),
        values=answers.many("values"),
        links=answers.many("links"),
        by=answers.one("by"),
        correction=answers.correction,
        force="force" in answers,
    )


def _below(desk: Desk, target: str) -> list[tuple[str, str]]:
    from mizuho_pdca.app.log import initiatives_below

    return initiatives_below(desk, target)


def _last_status(at: Round) -> str:
    """Return what goes on where no status is given."""
    known = at.plan.scheme_at(at.year).status(_last_code(at))
    return N_("no other") if known is None else known.name


def _last_code(at: Round) -> str:
    return getattr(at.last and at.last.entry, "status", None) or ""


def _status(at: Round, entry: Any) -> str:  # noqa: ANN401 (an entry of the slip's kind)
    known = at.plan.scheme_at(entry.year).status(entry.status or "")
    return entry.status or "" if known is None else known.name


def _links(_: Round, entry: Any) -> str:  # noqa: ANN401 (the same)
    return "、".join(entry.links)


SLIP = Slip(
    "log",
    "activity",
    (
        replace(TARGET, below=_below),
        DAY,
        Blank(
            "status",
            "-s",
            N_("status"),
            "may",
            "choice",
            enter=_last_status,
            on_enter=_last_code,
            offers=words_of("statuses"),
            held=_status,
        ),
        Blank("text", "-m", N_("what was done"), widget="text", stand_in=lambda _: FILLER, held=held("summary")),
        Blank("values", "-k", N_("figures"), "may", "figures"),
        Blank("links", "--link", N_("papers and pages"), "option", held=_links),
        FORCE,
        *CORRECTING,
    ),
    _run,
)


@command(N_("Record what was done.\nOne entry becomes one file under records/; nothing is ever overwritten."))
def log(
    ctx: typer.Context,
    target: Target = None,
    text: Text = None,
    status: Status = None,
    day: Day = None,
    values: Values = None,
    by: By = None,
    links: Annotated[
        list[str] | None, typer.Option("--link", metavar=N_("URL"), help=N_("A paper or page; may be repeated."))
    ] = None,
    supersedes: Supersedes = None,
    reason: Reason = None,
    *,
    force: Force = False,
    commit: Annotated[bool, typer.Option("--commit", help=N_("Commit the entry to git at once."))] = False,
) -> None:
    """Record what was done."""
    here = session(ctx)
    given = {"target": target, "text": text, "status": status, "day": day, "values": values, "links": links}
    receipt = record(here, SLIP, given | {"force": force, "by": by, "supersedes": supersedes, "reason": reason})
    confirm(receipt, here, commit=commit)
