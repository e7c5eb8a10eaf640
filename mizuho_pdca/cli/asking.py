"""Ask for what was not given: at a terminal by a prompt, elsewhere by an error that names it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Translate, message


def at_terminal() -> bool:
    """Return whether a person can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def required(value: str | None, option: str, question: str, t: Translate, choices: Sequence[str] = ()) -> str:
    """Return the value, or ask for it; raise ``UsageFault`` where nobody can answer."""
    if value is not None and value.strip():
        return value
    if not at_terminal():
        raise UsageFault(
            N_("{option} is missing ({question})"),
            option=option,
            question=message(question),
            remedy=message(N_("Add it to the command; pdca COMMAND --help shows how.")),
        )
    import questionary

    text = t(question)
    prompt = questionary.select(text, choices=list(choices)) if choices else questionary.text(text)
    answer: str | None = prompt.unsafe_ask()
    return required(answer, option, question, t, choices)
