"""Packages that only a part of the program needs, by the extra that has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, message

Extra = Literal["papers", "towns", "spark"]


def install_line(extra: Extra) -> str:
    """Return the line that installs an extra."""
    return f'python -m pip install "mizuho-pdca[{extra}]"'


@contextmanager
def needed_for(what: str, extra: Extra = "papers") -> Iterator[None]:
    """Let imports within fail with the line that installs them; raise ``EnvironmentFault``."""
    try:
        yield
    except ModuleNotFoundError as exc:
        raise EnvironmentFault(
            N_("for {what} the package {package} is needed"),
            what=what,
            package=(exc.name or "").partition(".")[0],
            remedy=message(N_("Install it: {command}"), command=install_line(extra)),
        ) from exc
