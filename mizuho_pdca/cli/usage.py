"""Words of our own for what the parser finds wrong."""

from __future__ import annotations

import typer

from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message


def explain_usage(exc: typer.TyperException) -> UsageFault:
    """Return a parser's complaint as a usage fault in the reader's language."""
    look = message(N_("Add it to the command; pdca COMMAND --help shows how."))
    match type(exc).__name__:
        case "MissingParameter":
            param = getattr(exc, "param", None)
            name = param.opts[0] if param is not None and param.opts[0].startswith("-") else _metavar(param)
            return UsageFault(N_("{option} is missing"), option=message(name), remedy=look)
        case "NoSuchOption":
            name = str(getattr(exc, "option_name", ""))
            near = getattr(exc, "possibilities", None)
            remedy = (
                message(N_("Did you mean {near}?"), near=list(near))
                if near
                else message(
                    N_('pdca COMMAND --help lists the options. A text that begins with - is written --message="…".')
                )
            )
            return UsageFault(N_('there is no option "{option}"'), option=name, remedy=remedy)
        case "BadOptionUsage":
            name = str(getattr(exc, "option_name", ""))
            return UsageFault(
                N_('the option "{option}" needs a value behind it (or takes none)'), option=name, remedy=look
            )
        case _:
            return UsageFault(
                N_("the command was not understood: {reason}"),
                reason=exc.format_message(),
                remedy=message(N_("pdca COMMAND --help shows how.")),
            )


def _metavar(param: object) -> str:
    return str(getattr(param, "metavar", None) or getattr(param, "name", "") or "")
