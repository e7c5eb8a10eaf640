"""What is left of questions that were broken off, and how one goes on with it; entries to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.cli import prompts, streams
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.cli.prompts import Offer
from mizuho_pdca.cli.questions.blanks import of_entries
from mizuho_pdca.cli.questions.slip import Answers, Round, Slip
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.storage.drafts import Unfinished, drop_draft, kept_draft

ASKED_FOR = "?"
"""Typed for what is to be chosen from a list."""

YES = "yes"


class Stopped(PdcaError):
    """Somebody left the questions; what they had answered is kept, or could not be."""

    exit_code = 130

    def text(self, t: Translate) -> str:
        """Return what became of the answers; it is no error."""
        return self.message.text(t)


def chosen_entry(at: Round, t: Translate, *kinds: str) -> str:
    """Return the name of the entry that is to be corrected, chosen from a list."""
    offers = of_entries(*kinds)(at)
    words = t(N_("the entry that is corrected"))
    return prompts.choose(words, offers, t) if offers else prompts.line(words)


def resumed(here: Session, name: str, slip: Slip | None = None) -> Unfinished | None:
    """Return the draft of a command if somebody wants to go on with it; it is removed if not."""
    draft = kept_draft(here.desk.root, name)
    if draft is None:
        return None
    t = here.plans_t
    streams.write_text(t(N_("There is something that you began and did not record:")))
    at = Round(here, Answers())
    for key, value in [*draft.answers.items(), *([draft.begun] if draft.begun else [])]:
        blank = None if slip is None else slip.by_key.get(key)
        if value and blank is not None:
            streams.write_text(f"  {t(blank.words)}: {first_line_of(blank.label(at, value))}")
    offers = [Offer(YES, t(N_("yes, go on with it")), "y はい"), Offer("no", t(N_("no, throw it away")), "n いいえ")]
    if prompts.pick(t(N_("Go on with it?")), offers, t) == YES:
        return draft
    drop_draft(here.desk.root, name)
    return None


def candidates_of(error: PdcaError) -> list[Offer]:
    """Return what an answer may have meant, where several things fit."""
    errors: Sequence[PdcaError] = getattr(error, "errors", (error,))
    return [
        Offer(value, f"{value}  {label}".rstrip()) for one in errors for value, label in getattr(one, "choices", ())
    ]


def texts_of(error: PdcaError, t: Translate) -> list[str]:
    """Return each thing that is wrong, with its remedy."""
    errors: Sequence[PdcaError] = getattr(error, "errors", (error,))
    return [one.text(t) for one in errors]


def first_line_of(text: str) -> str:
    """Return the first line of a text, with a sign that there are more."""
    first, *rest = text.strip().split("\n")
    return f"{first} …" if rest else first
