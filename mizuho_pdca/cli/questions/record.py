"""Record what a command was given; at a terminal, ask for what is missing and for what is wrong, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mizuho_pdca.cli import prompts
from mizuho_pdca.cli.framework import Session
from mizuho_pdca.cli.questions.blanks import REASON
from mizuho_pdca.cli.questions.slip import Answers, Round, Slip
from mizuho_pdca.cli.recording import check_correction, text_of

if TYPE_CHECKING:
    from mizuho_pdca.app.entry import Receipt


Given = Mapping[str, str | Sequence[str] | bool | None]
"""What options hold, by the key of their blank."""

_YES = "yes"
"""Stands for an option that takes no value."""


def record(here: Session, slip: Slip, given: Given) -> Receipt:
    """Record what was given; raise ``UsageFault`` for what is missing or wrong where nobody can be asked.

    An answer of blanks alone is none where it must be given.
    """
    here.is_recording = True
    answers = Answers()
    for key, value in given.items():
        if isinstance(value, bool):
            answers |= {key: _YES} if value else {}
            continue
        required = slip.by_key[key].need == "must" or key == "supersedes"
        is_left_out = not value.strip() and required if isinstance(value, str) else not value
        if value is None or is_left_out:
            continue
        answers[key] = value if isinstance(value, str) else list(value)
    if prompts.at_terminal():
        from mizuho_pdca.cli.questions.asker import Asker

        return Asker(here, slip, read_texts(slip, answers)).receipt()
    if slip.by_key["reason"] is REASON or "supersedes" in answers:
        check_correction(answers.one("supersedes"), answers.one("reason"))
    if missing := slip.missing(Round(here, answers)):
        raise prompts.missing_fault(slip.command, [(blank.option, blank.words) for blank in missing])
    return slip.run(here.desk, read_texts(slip, answers))


def read_texts(slip: Slip, answers: Answers) -> Answers:
    """Return the answers with texts that stand on standard input; raise ``UsageFault`` if one is empty."""
    for key in list(answers):
        if slip.by_key[key].widget == "text":
            answers[key] = text_of(answers.one(key), slip.by_key[key].option) or ""
    return answers
