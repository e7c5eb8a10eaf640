"""A command line that was not understood, to be corrected and run again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from mizuho_pdca.cli import prompts, streams
from mizuho_pdca.cli.questions.resume import ASKED_FOR
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_, Translate

_PLAIN = re.compile(r"""[^\s"'\\]+""")
"""What needs no quotes, Japanese as well."""

_OF_ENTRY = "--supersedes"


def retyped(arguments: Sequence[str], error: PdcaError, t: Translate) -> list[str]:
    """Return the arguments as somebody corrects them; a list is asked for where only an entry's name is missing."""
    if arguments[-1] == _OF_ENTRY:
        return [*arguments, ASKED_FOR]
    streams.write_error(error.text(t))
    streams.write_text(t(N_("Correct the line and press Enter; Ctrl-C leaves.")))
    typed = " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in arguments)
    while True:
        typed = prompts.line("pdca", typed)
        try:
            return shlex.split(typed)
        except ValueError:
            streams.write_text(t(N_("A quote is open: write one more, or none.")))
