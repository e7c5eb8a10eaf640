"""What no longer fits a seal: entries by their digests, the plan by the facts that the year rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mizuho_pdca.domain.closing.altered import altered_facts, newcomers
from mizuho_pdca.domain.closing.digests import digest, plan_digest
from mizuho_pdca.domain.closing.facts import RULES
from mizuho_pdca.domain.closing.seal import FactSeal, FirstSeal, Seal, SealFile
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import displaced
from mizuho_pdca.domain.records.paths import name_at
from mizuho_pdca.domain.schema.faults import At, Fault
from mizuho_pdca.message import N_, Value, message

_CAME = "came"
"""Differs from every digest, and from None."""


@dataclass(frozen=True)
class Changes:
    """How entries differ from those of a seal, each by its name."""

    changed: tuple[str, ...]
    vanished: tuple[str, ...]
    came: tuple[str, ...]


def changes(seal: Seal, digests: Mapping[str, str | None]) -> Changes:
    """Return how entries, by name with their digests, differ from those of a seal."""
    return Changes(
        changed=tuple(name for name, text in digests.items() if name in seal.entries and text != seal.entries[name]),
        vanished=tuple(name for name in seal.entries if name not in digests),
        came=tuple(name for name in digests if name not in seal.entries),
    )


def reaching(entries: Iterable[Entry], year: int) -> list[Entry]:
    """Return the entries of other years that correct or withdraw one of this year, also through others."""
    listed = list(entries)
    referring = [entry for entry in listed if displaced(entry)]
    by_id = {entry.id: entry for entry in listed} if referring else {}
    return [entry for entry in referring if entry.year != year and year in _years_behind(entry, by_id)]


def _years_behind(entry: Entry, by_id: Mapping[str, Entry]) -> set[int]:
    """Return the years of the entries that an entry leads back to, one reference after the other."""
    open_names, seen, years = [name for _, name in displaced(entry)], set[str](), set[int]()
    while open_names:
        name = open_names.pop()
        other = by_id.get(name)
        if name not in seen and other is not None:
            years.add(other.year)
            open_names += [name for _, name in displaced(other)]
        seen.add(name)
    return years


def check_seal(
    file: SealFile,
    digests: Mapping[str, str | None],
    unread: Collection[str],
    plan: Plan | None,
    since: int,
) -> Iterator[tuple[str | None, Fault]]:
    """Yield every fault of a closed year with the path of the entry's file, or None for the file of the seals.

    ``digests`` has the year's files by path, None for data that can't be told. What could not be
    read at all (``unread``) stands in other problems, and is not called changed or missing here.
    ``since`` is the first fiscal year that is still open: a plan may change from there on.
    """
    seal = file.seal
    if seal is None:
        return
    at: At = ("seals", len(file.seals) - 1)
    words: dict[str, Value] = {"year": seal.year, "sealed": seal.day}
    names = {path: name_at(path) for path in (*digests, *unread)}
    for path, text in digests.items():
        if path not in unread and text != seal.entries.get(names[path], _CAME):
            yield path, Fault("E501" if names[path] in seal.entries else "E503", values=words)
    has_hidden_folder = any(not path.endswith(".yaml") for path in unread)
    for name in () if has_hidden_folder else seal.entries.keys() - names.values():
        yield None, Fault("E502", (*at, "entries", name), {"entry": name, **words}, on_key=True)
    faults = _check_facts(seal, at, plan, since) if isinstance(seal, FactSeal) else _check_digest(seal, at, plan)
    yield from ((None, fault) for fault in faults)


def _check_facts(seal: FactSeal, at: At, plan: Plan | None, since: int) -> Iterator[Fault]:
    words: dict[str, Value] = {"year": seal.year, "sealed": seal.day}
    if seal.rules != RULES:
        yield Fault("N502", (*at, "rules"), {**words, "sealed_rules": seal.rules, "rules": RULES})
    if plan is None:
        return
    years: dict[str, Value] = {"since": since, "last": since - 1}
    for one in altered_facts(seal.facts, plan, seal.year):
        values = {**words, "what": one.said, "then": message(one.instead, **years)}
        yield Fault("E504", (*at, "facts", *one.at), values)
    if came := newcomers(seal.facts, plan, seal.year):
        yield Fault("N503", (*at, "facts", "nodes"), {**words, "items": came, "since": since})


def _check_digest(seal: Seal, at: At, plan: Plan | None) -> Iterator[Fault]:
    words: dict[str, Value] = {"year": seal.year, "sealed": seal.day}
    if plan is None or plan_digest(plan, seal.year) == sealed_state(seal):
        yield Fault("N501", (*at, "plan"), words)
        return
    what = message(N_("a seal of the first form can't say what"))
    then = message(N_("then pdca close {year} makes a seal that lets names and departments change"), year=seal.year)
    yield Fault("E504", (*at, "plan"), {**words, "what": what, "then": then})


def plan_state(seal: Seal, plan: Plan) -> str:
    """Return a digest of how a plan stands to a seal: another one for every change that the seal tells."""
    if isinstance(seal, FactSeal):
        return digest([one.said.text(str) for one in altered_facts(seal.facts, plan, seal.year)])
    return plan_digest(plan, seal.year)


def sealed_state(seal: Seal) -> str:
    """Return the ``plan_state`` of the plan as it was sealed."""
    return seal.plan if isinstance(seal, FirstSeal) else digest([])
