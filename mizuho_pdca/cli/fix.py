"""The command that corrects an entry by questions: fix."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Annotated

import typer

from mizuho_pdca.cli import completion as completing
from mizuho_pdca.cli import prompts, streams
from mizuho_pdca.cli.framework import Session, command, session
from mizuho_pdca.cli.questions.resume import ASKED_FOR, chosen_entry, resumed
from mizuho_pdca.cli.questions.slip import Answers, Round, Slip
from mizuho_pdca.cli.recording import By, Reason, confirm
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.drafts import kept_draft

if TYPE_CHECKING:
    from mizuho_pdca.domain.records.entries import Entry


@command(N_("Correct an entry: every field is asked for anew, and Enter keeps it as it is."))
def fix(
    ctx: typer.Context,
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ENTRY"),
            help=N_("The entry's name, a beginning of it, or last: 2024-06-12-k7x3q9, k7x3."),
            autocompletion=completing.entries,
        ),
    ] = None,
    reason: Reason = None,
    by: By = None,
    text: Annotated[str | None, typer.Option("-m", "--message", metavar=N_("TEXT"), hidden=True)] = None,
) -> None:
    """Correct an entry."""
    here = session(ctx)
    from mizuho_pdca.app.fix import by_options, entry_to_fix

    if not prompts.at_terminal():
        (name,) = prompts.ask(here, "fix", prompts.Question(entry, N_("ENTRY"), N_("the entry that is corrected")))
        raise by_options(entry_to_fix(here.desk, name))
    if text is not None:
        raise UsageFault(
            N_('pdca fix asks for the new text by itself, and takes none: "{text}"'),
            text=text,
            remedy=message(N_("Run pdca fix {entry}, and write it where it is asked for."), entry=entry or "last"),
        )
    here.is_recording = True
    from mizuho_pdca.cli.questions.asker import Asker

    draft = resumed(here, "fix", _begun(here))
    begun = draft.answers.get("supersedes") if draft is not None else entry
    mistaken = _meant(here, begun if isinstance(begun, str) else None)
    given = {"supersedes": mistaken.id, "reason": reason, "by": by}
    answers = Answers({key: value for key, value in given.items() if value})
    confirm(Asker(here, _slip(mistaken.kind), answers, "fix", draft).receipt(), here)


def _begun(here: Session) -> Slip | None:
    """Return the slip of the entry whose correction was broken off, None where there is none."""
    from mizuho_pdca.app.fix import entry_to_fix

    draft = kept_draft(here.desk.root, "fix")
    name = None if draft is None else draft.answers.get("supersedes")
    try:
        return _slip(entry_to_fix(here.desk, name).kind) if isinstance(name, str) else None
    except PdcaError:
        return None


def _meant(here: Session, name: str | None) -> Entry:
    """Return the entry that is to be corrected, chosen from a list where the name fits none."""
    from mizuho_pdca.app.fix import CHANGED, entry_to_fix

    while True:
        if name is None or name == ASKED_FOR or not name.strip():
            name = chosen_entry(Round(here, Answers()), here.plans_t, *CHANGED)
        try:
            return entry_to_fix(here.desk, name)
        except PdcaError as exc:
            streams.write_text(exc.text(here.plans_t))
            name = None


def _slip(kind: str) -> Slip:
    """Return what the command of a kind of entry asks for."""
    from mizuho_pdca.domain.records.kinds import KINDS

    found: Slip = importlib.import_module(f"mizuho_pdca.cli.{KINDS[kind].command}").SLIP
    return found
