"""What surrounds a use case: the workspace, the clock, and where new names come from."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mizuho_pdca.domain.calendar import JAPAN
from mizuho_pdca.domain.records.paths import ALPHABET, TOKEN_LENGTH
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.workspace import find_workspace

if TYPE_CHECKING:
    from mizuho_pdca.domain.plan.plan import Plan
    from mizuho_pdca.storage.git.program import Git


def now() -> datetime:
    """Return the time with its zone, to the second; in UTC where the machine's zone is none."""
    moment = datetime.now(UTC)
    with suppress(ValueError, OverflowError, OSError):  # TZ=UTC-25
        moment = moment.astimezone()
    return moment.replace(microsecond=0)


def token() -> str:
    """Return six random characters for the name of an entry."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in os.urandom(TOKEN_LENGTH))


@dataclass(frozen=True)
class Desk:
    """Where a command works: a folder (or none named), a clock, a source of names.

    ``sample`` marks every entry made at this desk as invented (見本).
    """

    named: Path | None = None
    clock: Callable[[], datetime] = now
    token: Callable[[], str] = token
    sample: bool = False

    @cached_property
    def root(self) -> Path:
        """Return the workspace's folder."""
        if self.named is not None and self.named.is_absolute():
            return find_workspace(self.named, self.named)
        try:
            here = Path.cwd()
        except FileNotFoundError as exc:
            raise EnvironmentFault(
                N_("the folder that you are in is no longer there"),
                remedy=message(N_("Go to another folder, or name the workspace with -C.")),
            ) from exc
        return find_workspace(self.named, here)

    @cached_property
    def tree(self) -> Folder:
        """Return the workspace's files."""
        return Folder(self.root)

    @cached_property
    def plan(self) -> Plan:
        """Return the plan, read once however often it is asked for; raise ``FaultyPlan``."""
        from mizuho_pdca.app.workspace import read_plan

        return read_plan(self.tree)

    @cached_property
    def git(self) -> Git:
        """Return git in the workspace."""
        from mizuho_pdca.storage.git.program import Git

        return Git(self.root)

    @property
    def zone(self) -> tzinfo:
        """Return the zone of the plan's days; Japan's where there is no plan that says so."""
        try:
            return self.plan.header.zone
        except PdcaError:
            return JAPAN

    @property
    def today(self) -> date:
        """Return the plan's day, wherever the machine is."""
        return self.clock().astimezone(self.zone).date()

    def person(self, named: str | None) -> str:
        """Return who records: as named, else PDCA_BY, else git's user, else the machine's."""
        known = named or os.environ.get("PDCA_BY") or self.git.user() or _machine_user()
        if known is None:
            raise UsageFault(N_("it is not known who records"), remedy=message(N_("Add --by NAME, or set PDCA_BY.")))
        return known


def _machine_user() -> str | None:
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return None
