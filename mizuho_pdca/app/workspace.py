"""Open a workspace for a use case, or stop with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.message import N_, Message, Translate
from mizuho_pdca.storage.loading import Workspace, load, load_plan
from mizuho_pdca.storage.tree import Tree

if TYPE_CHECKING:
    from mizuho_pdca.storage.partial import Need


class _Opened(Protocol):
    """What is opened: files, and the time until which entries may be dated; a desk is one, and knows this module."""

    @property
    def tree(self) -> Tree:
        """Return the files."""

    @property
    def known(self) -> Workspace | None:
        """Return what was recorded, where that was read already."""

    @property
    def plan(self) -> Plan:
        """Return the plan."""

    def clock(self) -> datetime:
        """Return the time."""


class FaultyData(PdcaError):
    """There are errors in what a command needs; ``problems`` has each of them."""

    def __init__(self, msgid: str, problems: Sequence[Problem], remedy: Message | None = None) -> None:
        """Take what to say of them, with a place for their ``{count}``."""
        super().__init__(msgid, count=len(problems), remedy=remedy)
        self.problems = problems

    def text(self, t: Translate) -> str:
        """Return every problem with its place, and what was not done for them."""
        from mizuho_pdca.render.text.problems import problems

        return f"{problems(self.problems, t)}\n{super().text(t)}"


class FaultyPlan(FaultyData):
    """The plan can't be used; ``problems`` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take every problem of the plan's file."""
        super().__init__(N_("the plan has {count} errors; nothing was done"), problems)


def read_plan(tree: Tree) -> Plan:
    """Return the plan of a workspace's files; raise ``FaultyPlan``."""
    plan, problems = load_plan(tree)
    if plan is None:
        raise FaultyPlan(problems)
    return plan


def open_workspace(desk: _Opened, tree: Tree | None = None, part: Need | None = None) -> tuple[Plan, Workspace]:
    """Return the plan and all that was recorded, or a part of it; raise ``FaultyPlan``.

    It is what lies in the desk's folder, or in another tree.
    """
    plan = desk.plan if tree is None else read_plan(tree)
    known = desk.known if tree is None else None
    return plan, known or load(tree or desk.tree, desk.clock(), part, plan)
