"""Shell completion: numbers of the plan, indicators, entries, years and words, with what they mean as help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mizuho_pdca.cli.framework import folder, session

if TYPE_CHECKING:
    from mizuho_pdca.domain.plan.plan import Place, Plan
    from mizuho_pdca.storage.folder import Folder

Completions = list[tuple[str, str]]


def initiatives(ctx: typer.Context, incomplete: str) -> Completions:
    """Return the numbers under which work is recorded, in the form that was begun; the person's own come first."""
    plan = _plan(ctx)
    if plan is None:
        return []
    settings = session(ctx).settings

    def is_others(place: Place) -> bool:
        return place.id not in settings.initiatives and settings.department not in place.departments

    return [
        (place.id if incomplete.isascii() else place.number, plan.title(place))
        for place in sorted(plan.initiatives, key=is_others)
    ]


def rated(ctx: typer.Context, incomplete: str) -> Completions:
    """Return the numbers of which a rating is expected, the initiatives as ``initiatives`` does."""
    plan = _plan(ctx)
    if plan is None:
        return []
    from mizuho_pdca.domain.review.ratings import level_of

    expects = plan.scheme.expects
    above = [place for place in plan.places.values() if not place.is_initiative and expects(level_of(place))]
    return [
        *((p.id if incomplete.isascii() else p.number, plan.title(p)) for p in above),
        *(initiatives(ctx, incomplete) if expects("initiative") else ()),
        *([("plan", plan.header.title)] if expects("plan") else ()),
    ]


def nodes(ctx: typer.Context, incomplete: str) -> Completions:
    """Return all numbers of the plan, in the form that was begun."""
    plan = _plan(ctx)
    if plan is None:
        return []
    return [(p.id if incomplete.isascii() else p.number, plan.title(p)) for p in plan.places.values()]


def indicators(ctx: typer.Context, incomplete: str = "") -> Completions:
    """Return the ids of the indicators, or their names where one was begun in Japanese."""
    plan = _plan(ctx)
    found = [] if plan is None else [pair[0] for pair in plan.indicators.values()]
    if not incomplete.isascii():
        return [(indicator.name, indicator.id) for indicator in found]
    return [(indicator.id, indicator.name) for indicator in found]


def departments(ctx: typer.Context) -> Completions:
    """Return the departments that the plan names, in any of its years."""
    plan = _plan(ctx)
    if plan is None:
        return []
    period = plan.header.period
    places = (p for year in range(period.since, period.until + 1) for p in plan.at(year).places.values())
    return [(name, "") for name in dict.fromkeys(name for place in places for name in place.departments)]


def tags(ctx: typer.Context) -> Completions:
    """Return the tags of the plan."""
    plan = _plan(ctx)
    places = () if plan is None else plan.places.values()
    return [(tag, "") for tag in dict.fromkeys(tag for place in places for tag in place.tags)]


def values(ctx: typer.Context, incomplete: str = "") -> Completions:
    """Return the beginnings of ``INDICATOR=VALUE``: first, by name, the indicators of the node that was typed."""
    plan = _plan(ctx)
    if plan is None:
        return []
    from mizuho_pdca.app.input.names import find_place
    from mizuho_pdca.errors import PdcaError

    own = list[tuple[str, str]]()
    try:
        at = find_place(plan, str(ctx.params.get("target") or next(iter(ctx.args), "")))
        own = [(f"{one.name}=", one.unit or "") for one, place in plan.indicators.values() if place.id == at.id]
    except PdcaError:
        pass
    names = {word.removesuffix("=") for word, _ in own}
    return [*own, *((f"{word}=", words) for word, words in indicators(ctx, incomplete) if not names & {word, words})]


def years(ctx: typer.Context) -> Completions:
    """Return the fiscal years of the plan that have begun, the latest first."""
    plan = _plan(ctx)
    if plan is None:
        return []
    from mizuho_pdca.domain.calendar import fiscal_year
    from mizuho_pdca.papers.words import of_plan, year_label

    here, period = session(ctx), plan.header.period
    t = of_plan(here.t, plan)
    latest = min(period.until, fiscal_year(here.desk.today, plan.header.starts))
    return [(str(year), year_label(year, t)) for year in range(latest, period.since - 1, -1)]


def keys(ctx: typer.Context) -> Completions:
    """Return the keys of the settings."""
    from mizuho_pdca.app.config import JAPANESE

    return list(JAPANESE.items()) if session(ctx).t is not str else [(key, "") for key in JAPANESE]


def statuses(ctx: typer.Context) -> Completions:
    """Return the names of the statuses."""
    plan = _plan(ctx)
    return [] if plan is None else [(status.name, status.definition or "") for status in plan.scheme.statuses]


def ratings(ctx: typer.Context) -> Completions:
    """Return the codes of the scale."""
    plan = _plan(ctx)
    if plan is None:
        return []
    scale = plan.scheme.scale_of(ctx.params.get("evaluator"))
    return [(one.code, one.name) for one in scale.ratings]


def evaluators(ctx: typer.Context) -> Completions:
    """Return who rates."""
    plan = _plan(ctx)
    return [] if plan is None else [(one.code, one.name) for one in plan.scheme.evaluators]


def directions(ctx: typer.Context) -> Completions:
    """Return the words for the future direction."""
    plan = _plan(ctx)
    return [] if plan is None else [(term.name, term.definition or "") for term in plan.scheme.directions]


def answers(ctx: typer.Context) -> Completions:
    """Return the states of a response."""
    plan = _plan(ctx)
    return [] if plan is None else [(answer.name, answer.definition or "") for answer in plan.scheme.responses]


def entries(ctx: typer.Context, incomplete: str) -> Completions:
    """Return the names of the newest entries with their days and first lines; random parts where one was begun."""
    return _entries(ctx, incomplete, None)


def opinions(ctx: typer.Context, incomplete: str) -> Completions:
    """Return the names of the newest opinions in the same way."""
    return _entries(ctx, incomplete, "opinion")


def _entries(ctx: typer.Context, incomplete: str, kind: str | None) -> Completions:
    tree, plan = _tree(ctx), _plan(ctx)
    if tree is None or plan is None:
        return []
    from mizuho_pdca.app.list import newest_named
    from mizuho_pdca.domain.records.paths import token_of
    from mizuho_pdca.papers.entries.line import told_apart

    begun = incomplete.lower()
    found = newest_named(tree, plan.header.starts, begun, kind)
    return [(one.id if one.id.startswith(begun) else token_of(one.id), told_apart(plan, one)) for one in found]


def kinds(incomplete: str) -> Completions:
    """Return the kinds of entries, by their names or, where one was begun, by their codes."""
    from mizuho_pdca.domain.records.kinds import KINDS
    from mizuho_pdca.language import translator

    names = [(code, kind.name.text(translator("ja"))) for code, kind in KINDS.items()]
    return names if incomplete and incomplete.isascii() else [(name, "") for _, name in names]


def _plan(ctx: typer.Context) -> Plan | None:
    """Return the workspace's plan; completion never complains, it only has nothing to offer."""
    from mizuho_pdca.storage.loading import load_plan

    tree = _tree(ctx)
    return None if tree is None else load_plan(tree)[0]


def _tree(ctx: typer.Context) -> Folder | None:
    """Return the workspace's files, None where there is no workspace."""
    from mizuho_pdca.errors import PdcaError
    from mizuho_pdca.storage.folder import Folder
    from mizuho_pdca.storage.workspace import find_workspace

    try:
        named = folder(ctx.find_root().params.get("workspace"))
        return Folder(find_workspace(named, Path.cwd(), session(ctx).settings.workspace))
    except PdcaError:
        return None
