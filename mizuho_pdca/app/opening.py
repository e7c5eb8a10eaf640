"""Open a workspace for a use case, or stop with everything that is wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.core.calendar import era_year
from mizuho_pdca.core.faults import Problem, guess
from mizuho_pdca.core.identifiers import parse_node_id
from mizuho_pdca.core.indicator import Indicator
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.storage.loading import Workspace, load, load_plan
from mizuho_pdca.storage.tree import Tree


class FaultyPlan(PdcaError):
    """The plan can't be used; ``problems`` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take every problem of the plan's file."""
        super().__init__(N_("the plan has {count} errors; nothing was done"), count=len(problems))
        self.problems = problems

    def text(self, t: Translate) -> str:
        """Return every problem with its place, and that nothing was done."""
        from mizuho_pdca.render.problem_text import problems

        return f"{problems(self.problems, t)}\n{super().text(t)}"


def open_plan(desk: Desk) -> Plan:
    """Return the plan; raise ``FaultyPlan``."""
    plan, problems = load_plan(desk.tree)
    if plan is None:
        raise FaultyPlan(problems)
    return plan


def open_workspace(desk: Desk, tree: Tree | None = None) -> tuple[Plan, Workspace]:
    """Return the plan and all that was recorded, in the desk's folder or in another tree; raise ``FaultyPlan``."""
    workspace = load(tree or desk.tree, desk.today)
    if workspace.plan is None:
        raise FaultyPlan(workspace.errors)
    return workspace.plan, workspace


def find_place(plan: Plan, text: str) -> Place:
    """Return the node that a person's number means; raise ``UsageFault``.

    A number in its canonical form is an id and nothing else; a printed one may be that of two
    items where a revised plan prints other numbers, and is then refused.
    """
    if text in plan.places:
        return plan.places[text]
    node_id = parse_node_id(_without_level(plan, text))
    meant = [place for place in plan.places.values() if node_id is not None and node_id in _numbers(place)]
    meant = meant or [place for place in plan.places.values() if text and text == place.node.label]
    if len(meant) > 1:
        raise UsageFault(
            N_('"{target}" may mean {places}'),
            target=text,
            places=[f"{place.id} {plan.title(place)}" for place in meant],
            remedy=message(
                N_("Two items print the same number; write the number that stands first above, or the title.")
            ),
        )
    meant = meant or [place for place in plan.places.values() if text and text == place.node.heading]
    if meant:
        return meant[0]
    near = guess(node_id or text, plan.places)
    raise UsageFault(N_('there is no "{target}" in the plan'), target=text, remedy=_near(plan, near))


def _numbers(place: Place) -> set[str | None]:
    """Return the numbers that an item goes by, also those that a revised plan prints, in canonical form."""
    return {place.id, *(parse_node_id(label) for label in (place.number, *(one.label for one in place.node.labels)))}


def _without_level(plan: Plan, text: str) -> str:
    """Return a typed number without the plan's own word for its level: 事業1-1-1 is 1-1-1."""
    names = sorted((level.name for level in plan.header.levels or ()), key=len, reverse=True)
    typed = text.strip()
    return next((typed.removeprefix(name) for name in names if typed.startswith(name)), typed)


def _near(plan: Plan, near: str | None) -> Message:
    if near is None:
        return message(N_("pdca plan lists the numbers."))
    place = plan.places[near]
    return message(
        N_("Did you mean {number} {title}? pdca plan lists the numbers."), number=place.number, title=plan.title(place)
    )


def find_indicator(plan: Plan, text: str) -> tuple[Indicator, Place]:
    """Return the indicator that a person means by its id or its name; raise ``UsageFault``."""
    if text in plan.indicators:
        return plan.indicators[text]
    plain = unicodedata.normalize("NFKC", text)
    pairs = plan.indicators.values()
    named = next((pair for pair in pairs if unicodedata.normalize("NFKC", pair[0].name) == plain), None)
    if named is not None:
        return named
    near = guess(text, plan.indicators)
    if near is None:
        remedy = message(N_("pdca plan lists the indicators."))
    else:
        name = plan.indicators[near][0].name
        remedy = message(N_("Did you mean {id} ({name})? pdca plan lists the indicators."), id=near, name=name)
    raise UsageFault(N_('there is no indicator "{value}" in the plan'), value=text, remedy=remedy)


def check_year(plan: Plan, year: int) -> int:
    """Return the fiscal year if the plan covers it; raise ``UsageFault``."""
    period = plan.header.period
    if not period.since <= year <= period.until:
        raise UsageFault(
            N_("FY{year} is outside the plan's period (FY{since}-FY{until})"),
            year=year,
            since=period.since,
            until=period.until,
            remedy=message(
                N_("Give a fiscal year of the plan, such as {since} or {era}."),
                since=period.since,
                era=era_year(period.since),
            ),
        )
    return year
