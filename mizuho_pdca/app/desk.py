"""What surrounds a use case: the workspace, the clock, and where new names come from."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mizuho_pdca.domain.calendar import JAPAN
from mizuho_pdca.domain.records.paths import ALPHABET, TOKEN_LENGTH
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.settings import Settings, read_settings, settings_path
from mizuho_pdca.storage.workspace import find_workspace

if TYPE_CHECKING:
    from mizuho_pdca.domain.plan.plan import Plan
    from mizuho_pdca.domain.records.checks import EntryCheck
    from mizuho_pdca.domain.records.entries import Entry, Via
    from mizuho_pdca.storage.git.program import Git
    from mizuho_pdca.storage.loading import Workspace

RecorderSource = Literal["option", "variable", "setting", "git", "account"]
"""Who says who records, in the order in which they are asked."""


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
class FileOrigin:
    """The file that entries are read from, and its digest."""

    via: Via
    digest: str


@dataclass(frozen=True)
class Desk:
    """Where a command works: a folder (or none named), a clock, a source of names.

    ``sample`` marks every entry made at this desk as invented (見本). At a ``rehearsal`` entries
    are made and checked, and not written. ``origin`` is the file that they are read from, ``known``
    everything that was recorded, where that was read already.
    """

    named: Path | None = None
    clock: Callable[[], datetime] = now
    token: Callable[[], str] = token
    sample: bool = False
    rehearsal: bool = False
    origin: FileOrigin | None = None
    known: Workspace | None = None

    def rehearsing(self) -> Desk:
        """Return this desk at a rehearsal, with what it has read, and no name used up."""
        return self._same_place(replace(self, rehearsal=True, token=lambda: "0" * TOKEN_LENGTH))

    def reading(self, origin: FileOrigin, known: Workspace) -> Desk:
        """Return this desk where a file is read into entries, each of which is only made; what is known is not read.

        All of a file is recorded at one moment: no answer of it came after another.
        """
        moment = self.clock()
        return self._same_place(replace(self, clock=lambda: moment, rehearsal=True, origin=origin, known=known))

    def knowing(self, *entries: Entry) -> Desk:
        """Return this desk where entries that were only made are known as if they were recorded."""
        if self.known is None:
            return self
        return self._same_place(replace(self, known=self.known.with_entries(entries)))

    def _same_place(self, again: Desk) -> Desk:
        vars(again).update({"root": self.root, "tree": self.tree, "plan": self.plan})
        return again

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
        return find_workspace(self.named, here, self.settings.workspace)

    @property
    def is_elsewhere(self) -> bool:
        """Return whether the workspace is the stored one, and not the one that the person named or stands in."""
        here = Path.cwd()
        return self.named is None and self.root not in (here, *here.parents)

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
    def moment(self) -> datetime:
        """Return the time, told in the plan's zone wherever the machine is: what is written down as when."""
        return self.clock().astimezone(self.zone)

    @property
    def today(self) -> date:
        """Return the plan's day."""
        return self.moment.date()

    @cached_property
    def settings(self) -> Settings:
        """Return what the person has set for themselves."""
        return read_settings(settings_path())

    def person(self, named: str | None) -> tuple[str, Message | None]:
        """Return who records, and what they should know where only the machine says who that is."""
        name, source = self.recorder(named)
        if source != "account":
            return name, None
        words = N_(
            "the recorder is {name}, the account's name on this computer. Say who you are: pdca config name NAME"
        )
        return name, message(words, name=name)

    def recorder(self, named: str | None = None) -> tuple[str, RecorderSource]:
        """Return who records and who says so: the option, PDCA_BY, the settings, git, or the machine."""
        sources: dict[RecorderSource, Callable[[], str | None]] = {
            "option": lambda: named,
            "variable": lambda: os.environ.get("PDCA_BY"),
            "setting": lambda: self.settings.name,
            "git": lambda: self.git_user,
            "account": _machine_user,
        }
        for source, name in sources.items():
            if known := name():
                return known, source
        remedy = message(N_("Add --by NAME, or say who you are: pdca config name NAME"))
        raise UsageFault(N_("it is not known who records"), remedy=remedy)

    @cached_property
    def git_user(self) -> str | None:
        """Return who works here as git knows it."""
        return self.git.user()

    @cached_property
    def check(self) -> EntryCheck:
        """Return what checks entries, which knows the plan better with each of them."""
        from mizuho_pdca.domain.records.checks import EntryCheck

        return EntryCheck(self.plan, self.today)


def _machine_user() -> str | None:
    import getpass

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return None
