"""What is wrong with entries that refer to each other, and what is worth a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mizuho_pdca.domain.plan.checks import as_written
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Evaluator
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Evaluation, Opinion, Response
from mizuho_pdca.domain.records.kinds import KINDS, displaced
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.paths import path_of
from mizuho_pdca.domain.records.twins import Twins, twins
from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.text import NONE


def check_links(filed: Sequence[tuple[str, Entry]], known_ids: frozenset[str]) -> Iterator[tuple[str, Fault]]:
    """Yield every fault of entries that refer to others, each with the file that it is in.

    ``known_ids`` also names entries whose own files are faulty: a reference to one is no fault.
    """
    yield from _check_copies(filed)
    if not any(displaced(entry) or isinstance(entry, Response) for _, entry in filed):
        return
    ledger = Ledger(entry for _, entry in filed)
    yield from _check_answers(filed, ledger, known_ids)
    superseding: defaultdict[str, list[str]] = defaultdict(list)
    for path, entry in filed:
        reference = next(iter(displaced(entry)), None)
        if reference is None:
            continue
        key, other = reference
        if (fault := _dangling(entry, reference, ledger, known_ids)) is not None:
            yield path, fault
            continue
        if key == "withdraws" or entry.id in ledger.withdrawn_by:
            continue
        older = ledger.by_id.get(other)
        if older is not None and older.kind != entry.kind:
            kinds: dict[str, Value] = {
                "id": entry.id,
                "kind": KINDS[entry.kind].name,
                "other": other,
                "other_kind": KINDS[older.kind].name,
            }
            yield path, Fault("E305", (key,), kinds)
        superseding[other].append(entry.id)
        if len(superseding[other]) > 1:
            yield path, Fault("E302", (key,), {"id": entry.id, "other": other, "twin": superseding[other][0]})


def _check_answers(
    filed: Sequence[tuple[str, Entry]], ledger: Ledger, known_ids: frozenset[str]
) -> Iterator[tuple[str, Fault]]:
    for path, entry in filed:
        if not isinstance(entry, Response) or entry.id in ledger.withdrawn_by:
            continue
        answered = ledger.by_id.get(entry.responds)
        if entry.responds not in known_ids:
            yield path, Fault("E301", ("responds",), {"other": entry.responds})
        elif answered is not None and not isinstance(answered, Opinion):
            yield path, Fault("E306", ("responds",), {"other": entry.responds, "other_kind": KINDS[answered.kind].name})


def _dangling(entry: Entry, reference: tuple[str, str], ledger: Ledger, known_ids: frozenset[str]) -> Fault | None:
    """Return what is wrong with where a reference leads: nowhere, or in a circle."""
    key, other = reference
    if other not in known_ids:
        return Fault("E301", (key,), {"other": other})
    if circle := _circle(entry, ledger):
        return Fault("E303", (key,), {"circle": " > ".join(circle), "key": key})
    return None


def _check_copies(filed: Sequence[tuple[str, Entry]]) -> Iterator[tuple[str, Fault]]:
    first: dict[str, str] = {}
    for path, entry in filed:
        known = first.setdefault(entry.id, path)
        if known is not path:
            yield path, Fault("E304", ("id",), {"id": entry.id, "other": known})


def _circle(entry: Entry, ledger: Ledger) -> list[str]:
    trail = [entry.id]
    step: Entry | None = entry
    while step is not None and (found := displaced(step)):
        other = found[0][1]
        if other == entry.id:
            return [*trail, entry.id]
        if other in trail:
            return []
        trail.append(other)
        step = ledger.by_id.get(other)
    return []


def check_sums(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, Fault]]:
    """Yield a warning for each actual that is added to activities of the same year."""
    for (year, slug), found in sorted(counted_twice(plan, ledger).items()):
        counted = [str(entry.values[slug]) for entry in found if isinstance(entry, Activity)]
        for actual in (entry for entry in found if isinstance(entry, Actual)):
            added = " + ".join([*counted, str(actual.values[slug])])
            values: dict[str, Value] = {"indicator": slug, "year": year, "sum": added}
            yield path_of(actual), Fault("W401", ("values", slug), values)


def counted_twice(plan: Plan, ledger: Ledger) -> dict[tuple[int, str], list[Activity | Actual]]:
    """Return by year and indicator the entries in force of sums that activities and actuals both add to."""
    found: defaultdict[tuple[int, str], list[Activity | Actual]] = defaultdict(list)
    for actual in ledger.all_of(Actual):
        for slug in actual.values:
            if plan.indicators[slug][0].aggregate in ("sum", "cumulative"):
                found[actual.year, slug].append(actual)
    counted: defaultdict[tuple[int, str], list[Activity]] = defaultdict(list)
    for activity in ledger.all_of(Activity) if found else ():
        for slug in activity.values:
            if (activity.year, slug) in found:
                counted[activity.year, slug].append(activity)
    places = {entry.id: place for place, entry in enumerate(ledger.in_force)} if counted else {}
    return {key: sorted([*each, *found[key]], key=lambda entry: places[entry.id]) for key, each in counted.items()}


def check_evaluators(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, Fault]]:
    """Yield a warning for each evaluation of a year that somebody else had made already as the same evaluator."""
    last: dict[tuple[int, str, Evaluator | None, str | None], Evaluation] = {}
    for entry in ledger.all_of(Evaluation):
        year, target = entry.year, entry.target
        whose = (year, target, plan.scheme_at(year).evaluator(entry.evaluator), entry.indicator)
        before, last[whose] = last.get(whose), entry
        if before is not None and entry.by != before.by:
            about = target if entry.indicator is None else f"{target} {entry.indicator}"
            values: dict[str, Value] = {"target": about, "year": year, "by": entry.by}
            values |= {"rating": entry.rating or NONE, "other_rating": before.rating or NONE}
            values |= {"other": before.id, "other_by": before.by}
            yield path_of(entry), Fault("W403", ("rating",) if entry.rating else (), values)


def check_twins(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, Fault]]:
    """Yield a warning for the last of entries that say the same of one day; it names the others."""
    for found in twins(ledger.in_force):
        *others, last = found.entries
        names = [entry.id for entry in others]
        values: dict[str, Value] = {"others": names, "what": said_alike(plan, found), "id": last.id}
        yield path_of(last), Fault("W404", values=values)


def said_alike(plan: Plan, found: Twins) -> Message:
    """Return what entries have in common: what was written, or an indicator's figure."""
    if found.slug is None:
        return message(N_("what was written"))
    return message(N_("figure of {indicator}"), indicator=plan.indicators[found.slug][0].name)


def check_figures(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, Fault]]:
    """Yield a warning for each actual that takes the place of somebody else's, as the last one counts."""
    last: dict[tuple[int, str, str | None], Actual] = {}
    for entry in ledger.all_of(Actual):
        for slug, value in entry.values.items():
            if plan.indicators[slug][0].aggregate != "latest":
                continue
            before = last.get((entry.year, slug, entry.half))
            last[entry.year, slug, entry.half] = entry
            if before is not None and before.by != entry.by:
                values: dict[str, Value] = {"indicator": slug, "year": entry.year, "value": as_written(value)}
                values |= {"other": before.id, "other_value": as_written(before.values[slug])}
                values |= {"by": entry.by, "other_by": before.by}
                yield path_of(entry), Fault("W405", ("values", slug), values)
