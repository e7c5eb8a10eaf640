"""Packages that only the office formats need: the extra ``papers``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, message

INSTALL = 'python -m pip install "mizuho-pdca[papers]"'


@contextmanager
def needed_for(what: str) -> Iterator[None]:
    """Let imports within fail with the line that installs them; raise ``EnvironmentFault``."""
    try:
        yield
    except ModuleNotFoundError as exc:
        raise EnvironmentFault(
            N_("for {what} the package {package} is needed"),
            what=what,
            package=(exc.name or "").partition(".")[0],
            remedy=message(N_("Install it: {command}"), command=INSTALL),
        ) from exc
