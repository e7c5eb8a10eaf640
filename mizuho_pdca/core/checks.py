"""What is wrong with a plan and its entries beyond their shape.

Every check returns all faults that it finds; none stops at the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mizuho_pdca.core.entries import Activity, Actual, Entry, Evaluation, Improvement, Withdrawal
from mizuho_pdca.core.faults import At, Fault, guess
from mizuho_pdca.core.figures import NONE
from mizuho_pdca.core.identifiers import ENTRY_ID, NODE_ID, SLUG, parse_node_id
from mizuho_pdca.core.indicator import Indicator
from mizuho_pdca.core.ledger import Ledger
from mizuho_pdca.core.plan import Period, Place, Plan, PlanFile, walk
from mizuho_pdca.core.scheme import STATUS_CODES, Scale, Scheme, Status
from mizuho_pdca.core.shapes import Figure, InForce
from mizuho_pdca.message import N_, Message, Value, message

# -- the plan ---------------------------------------------------------------------------------


def check_plan(file: PlanFile) -> list[Fault]:
    """Return every fault of a plan file whose shape is right."""
    places = list(walk(file))
    return [
        *_check_span(file.plan.period, ("plan", "period")),
        *_check_scheme(file.scheme),
        *_check_revisions(file),
        *_check_depth(places, file),
        *_check_successors(places),
        *_check_numbers(places),
        *_check_relistings(places),
        *(fault for place in places for fault in _check_span(place.node, place.at)),
        *_check_indicators(places, file.plan.period),
    ]


def _check_span(span: Period | InForce, at: At) -> Iterator[Fault]:
    if span.since is not None and span.until is not None and span.since > span.until:
        yield Fault("E115", (*at, "from"), {"since": span.since, "until": span.until})


def _check_scheme(scheme: Scheme) -> Iterator[Fault]:
    given = {status.code for status in scheme.statuses}
    if lacking := [code for code in STATUS_CODES if code not in given]:
        yield Fault("E127", ("scheme", "statuses"), {"missing": lacking}, on_key=True)
    scale = scheme.scale
    yield from _check_twice([(s.code, s.name) for s in scheme.statuses], ("scheme", "statuses"), ("code", "name"))
    yield from _check_twice([(r.code,) for r in scale.ranks], ("scheme", "scale", "ranks"), ("code",))
    taken = {rank.code for rank in scale.ranks}
    for position, state in enumerate(scale.states):
        if state.code in taken:
            yield Fault("E123", ("scheme", "scale", "states", position, "code"), {"code": state.code})
        taken.add(state.code)
    yield from _check_twice([(term.name,) for term in scheme.directions], ("scheme", "directions"), ("name",))
    yield from _check_twice([(term.name,) for term in scheme.missing], ("scheme", "missing"), ("name",))
    yield from _check_bands(scale, ("scheme", "scale", "ranks"))


def _check_revisions(file: PlanFile) -> Iterator[Fault]:
    for position, revision in enumerate(file.scheme_revisions):
        at: At = ("scheme_revisions", position)
        yield from _check_span(revision, at)
        if revision.scale is not None:
            yield from _check_bands(revision.scale, (*at, "scale", "ranks"))


def _check_depth(places: Iterable[Place], file: PlanFile) -> Iterator[Fault]:
    depth = 4 if file.plan.levels is None else len(file.plan.levels)
    for place in places:
        if place.is_initiative and place.level != depth - 1:
            yield Fault("E131", (*place.at, "id"), {"id": place.id, "depth": depth, "found": place.level + 1})


def _check_successors(places: Sequence[Place]) -> Iterator[Fault]:
    known = {place.id for place in places}
    for place in places:
        for position, successor in enumerate(place.node.superseded_by):
            if successor not in known or successor == place.id:
                at = (*place.at, "superseded_by", position)
                yield Fault("E130", at, {"id": place.id, "successor": successor})


def _check_twice(rows: Sequence[tuple[str, ...]], at: At, keys: tuple[str, ...]) -> Iterator[Fault]:
    for column, key in enumerate(keys):
        seen: set[str] = set()
        for position, row in enumerate(rows):
            if row[column] in seen:
                yield Fault("E123", (*at, position, key), {"code": row[column]})
            seen.add(row[column])


def _check_bands(scale: Scale, at: At) -> Iterator[Fault]:
    ranks = scale.ranks
    for position, rank in enumerate(ranks):
        last = position == len(ranks) - 1
        above = ranks[position - 1].at_least if position else None
        if last == (rank.at_least is None) and (rank.at_least is None or above is None or rank.at_least < above):
            continue
        shown = NONE if rank.at_least is None else f"{rank.at_least:f}"
        yield Fault("E118", (*at, position, "at_least"), {"code": rank.code, "at_least": shown})


def _check_numbers(places: Iterable[Place]) -> Iterator[Fault]:
    first: dict[str, At] = {}
    for place in places:
        at = (*place.at, "id")
        if not NODE_ID.fullmatch(place.id):
            canonical = parse_node_id(place.id)
            yield Fault("E125", at, {"id": place.id, "canonical": canonical or "1-1-2-1"}, guess=canonical)
            continue
        if place.id in first:
            yield Fault("E112", at, {"id": place.id}, first=first[place.id])
        first.setdefault(place.id, at)
        stem = "" if place.parent is None else parse_node_id(place.parent.id) or place.parent.id
        head, _, tail = place.id.rpartition("-")
        if not stem and head:
            yield Fault("E128", at, {"id": place.id})
        elif head != stem or not tail:
            yield Fault("E111", at, {"id": place.id, "parent": stem})


def _check_relistings(places: Sequence[Place]) -> Iterator[Fault]:
    initiatives = {place.id: place for place in places if place.is_initiative}
    for place in initiatives.values():
        original = place.node.original_id
        if original is None:
            if not place.node.heading:
                yield Fault("E126", place.at, {"id": place.id})
            continue
        at = (*place.at, "relisted_from")
        values = {"id": place.id, "original": original}
        if original not in initiatives or original == place.id:
            yield Fault("E113", at, values)
        elif (beyond := initiatives[original].node.original_id) is not None:
            yield Fault("E114", at, {**values, "original_of": beyond})


def _check_indicators(places: Iterable[Place], period: Period) -> Iterator[Fault]:
    first: dict[str, At] = {}
    for place in places:
        for position, indicator in enumerate(place.node.indicators):
            at = (*place.at, "indicators", position)
            if not SLUG.fullmatch(indicator.id):
                yield Fault("E124", (*at, "id"), {"id": indicator.id})
            if indicator.id in first:
                yield Fault("E119", (*at, "id"), {"id": indicator.id}, first=first[indicator.id])
            first.setdefault(indicator.id, (*at, "id"))
            yield from _check_span(indicator, at)
            yield from _check_method(indicator, at)
            yield from _check_targets(indicator, at, period)


def _check_method(indicator: Indicator, at: At) -> Iterator[Fault]:
    values = {"id": indicator.id}
    if indicator.direction == "decrease" and indicator.method == "ratio":
        yield Fault("E116", (*at, "method"), values)
    if indicator.method == "progress" and indicator.baseline is None:
        yield Fault("E120", (*at, "method"), values)
    other: Message | str | None = None
    if indicator.direction == "maintain" and indicator.method in ("ratio", "progress"):
        other = "direction: maintain"
    elif indicator.method == "done" and indicator.aggregate not in ("latest", "max"):
        other = f"aggregate: {indicator.aggregate}"
    elif indicator.tolerance is not None and (indicator.direction, indicator.method) != ("maintain", "maintain"):
        other = "tolerance"
    elif indicator.words is not None and indicator.method != "done":
        other = "words"
    if other is not None:
        yield Fault("E121", (*at, "method"), {**values, "method": indicator.method, "other": other})


def _check_targets(indicator: Indicator, at: At, period: Period) -> Iterator[Fault]:
    dated = [((*at, "targets", year), year, value) for year, value in indicator.targets.items()]
    for position, revision in enumerate(indicator.revised_targets):
        yield from _check_span(revision, (*at, "revised_targets", position))
        stem = (*at, "revised_targets", position, "targets")
        dated += [((*stem, year), year, value) for year, value in revision.targets.items()]
    figures: list[tuple[At, Figure]] = [(place, value) for place, _, value in dated]
    if indicator.baseline is not None:
        figures.append(((*at, "baseline", "value"), indicator.baseline.value))
    for place, figure in figures:
        if not indicator.accepts(figure):
            yield Fault("E122", place, {"id": indicator.id, "value": str(figure), "expected": wanted(indicator)})
    for place, year, _ in dated:
        if not period.since <= year <= period.until:
            values = {"year": year, "since": period.since, "until": period.until}
            yield Fault("E117", place, values, on_key=True)


def wanted(indicator: Indicator) -> Message:
    """Return what kind of value the indicator takes, in words."""
    if indicator.method != "done":
        return message(N_("a number"))
    return message(N_("{yes} or {no}"), yes=indicator.spell(True), no=indicator.spell(False))  # noqa: FBT003


# -- one entry --------------------------------------------------------------------------------


def path_of(entry: Entry) -> str:
    """Return where an entry's file belongs, from the workspace's root."""
    return f"records/{entry.year}/{entry.target}/{entry.id}.yaml"


@dataclass(frozen=True)
class EntryCheck:
    """Checks entries one by one against a plan, as of a day."""

    plan: Plan
    today: date

    def faults(self, entry: Entry, path: str) -> list[Fault]:
        """Return every fault of one entry that lies at ``path``."""
        return [
            *(_check_path(entry, path) if path_of(entry) != path else ()),
            *self._check_head(entry),
            *self._check_target(entry),
            *self._check_words(entry),
            *self._check_values(entry),
        ]

    @cached_property
    def _targets(self) -> dict[str, tuple[int, int]]:
        """Return the first and the last year in force of each number, without relistings."""
        period = self.plan.header.period
        result = {}
        for place in self.plan.places.values():
            if place.node.original_id is None:
                spans = [step.node for step in place.lineage]
                first = max((span.since for span in spans if span.since), default=period.since)
                last = min((span.until for span in spans if span.until), default=period.until)
                result[place.id] = (max(first, period.since), min(last, period.until))
        return result

    @cached_property
    def _words(self) -> dict[int, tuple[Scheme, frozenset[str]]]:
        return {}

    def _scheme(self, year: int) -> tuple[Scheme, frozenset[str]]:
        """Return the scheme of a year with the words that its statuses go by."""
        if year not in self._words:
            scheme = self.plan.scheme_at(year)
            words = frozenset(word for status in scheme.statuses for word in (status.code, status.name))
            self._words[year] = scheme, words
        return self._words[year]

    def _check_head(self, entry: Entry) -> Iterator[Fault]:
        if not ENTRY_ID.fullmatch(entry.id):
            yield Fault("E201", ("id",), {"id": entry.id})
        if entry.date > self.today:
            yield Fault("E210", ("date",), {"date": entry.date.isoformat()})
        if entry.supersedes is not None and not entry.reason:
            yield Fault("E216", ("supersedes",), on_key=True)

    def _check_target(self, entry: Entry) -> Iterator[Fault]:
        span = self._targets.get(entry.target)
        if span is None:
            place = self.plan.places.get(entry.target)
            if place is None:
                known = guess(parse_node_id(entry.target) or entry.target, self.plan.places)
                yield Fault("E211", ("target",), {"target": entry.target}, guess=known)
            else:
                original = self.plan.original(place).id
                yield Fault("E214", ("target",), {"target": entry.target, "original": original})
        elif not span[0] <= entry.year <= span[1]:
            at = ("date",) if isinstance(entry, Activity) else ("fiscal_year",)
            yield Fault("E212", at, {"target": entry.target, "year": entry.year, "since": span[0], "until": span[1]})
        elif isinstance(entry, Evaluation) and not self.plan.places[entry.target].is_initiative:
            yield Fault("E215", ("target",), {"target": entry.target})

    def _check_words(self, entry: Entry) -> Iterator[Fault]:
        scheme, statuses = self._scheme(entry.year)
        match entry:
            case Activity(status=str() as word) if word not in statuses:
                names = [status.name for status in scheme.statuses]
                yield Fault("E204", ("status",), {"value": word, "choices": names}, guess=guess_status(word, scheme))
            case Evaluation(rating=word) if scheme.scale.find(word) is None:
                codes = list(scheme.scale.codes)
                yield Fault("E205", ("rating",), {"value": word, "choices": codes}, guess=guess(word, codes))
            case Improvement(direction=word) if scheme.direction(word) is None:
                names = [term.name for term in scheme.directions]
                yield Fault("E206", ("direction",), {"value": word, "choices": names}, guess=guess(word, names))
            case Actual(missing=missing):
                names = [term.name for term in scheme.missing]
                for indicator, reason in missing.items():
                    if scheme.reason(reason) is None:
                        values: dict[str, Value] = {"value": reason, "choices": names}
                        yield Fault("E213", ("missing", indicator), values, guess=guess(reason, names))
            case _:
                pass

    def _check_values(self, entry: Entry) -> Iterator[Fault]:
        if not isinstance(entry, Activity | Actual):
            return
        known = self.plan.indicators
        for slug, figure in entry.values.items():
            if slug not in known:
                yield Fault("E207", ("values", slug), {"value": slug}, guess=guess(slug, known), on_key=True)
            elif not known[slug][0].accepts(figure):
                expected = wanted(known[slug][0])
                values: dict[str, Value] = {"indicator": slug, "value": str(figure), "expected": expected}
                yield Fault("E208", ("values", slug), values)
        for slug in entry.missing if isinstance(entry, Actual) else ():
            if slug not in known:
                yield Fault("E207", ("missing", slug), {"value": slug}, guess=guess(slug, known), on_key=True)


def guess_status(word: str, scheme: Scheme) -> str | None:
    """Return the name of the status that was probably meant; its code serves as well."""
    by_word: dict[str, Status] = {known: status for status in scheme.statuses for known in (status.code, status.name)}
    meant = guess(word, [status.name for status in scheme.statuses]) or guess(word, by_word)
    return None if meant is None else by_word[meant].name


def _check_path(entry: Entry, path: str) -> Iterator[Fault]:
    _, year, target, name = path.split("/")
    values = {"expected": path_of(entry)}
    if year != str(entry.year):
        at = ("date",) if isinstance(entry, Activity) else ("fiscal_year",)
        yield Fault("E203", at, {"year": entry.year, "folder": year, **values})
    if target != entry.target:
        yield Fault("E202", ("target",), {"target": entry.target, "folder": target, **values})
    if name != f"{entry.id}.yaml":
        yield Fault("E209", ("id",), {"name": name, "id": entry.id})


# -- entries together -------------------------------------------------------------------------


def check_links(filed: Sequence[tuple[str, Entry]], known_ids: frozenset[str]) -> Iterator[tuple[str, Fault]]:
    """Yield every fault of entries that refer to others, each with the file that it is in.

    ``known_ids`` also names entries whose own files are faulty: a reference to one is no fault.
    """
    yield from _check_copies(filed)
    if not any(_reference(entry) for _, entry in filed):
        return
    ledger = Ledger(entry for _, entry in filed)
    superseding: defaultdict[str, list[str]] = defaultdict(list)
    for path, entry in filed:
        reference = _reference(entry)
        if reference is None:
            continue
        key, other = reference
        if other not in known_ids:
            yield path, Fault("E301", (key,), {"other": other})
            continue
        if circle := _circle(entry, ledger):
            yield path, Fault("E303", (key,), {"circle": " > ".join(circle), "key": key})
            continue
        if key == "withdraws" or entry.id in ledger.withdrawn_by:
            continue
        older = ledger.by_id.get(other)
        if older is not None and older.kind != entry.kind:
            kinds: dict[str, Value] = {"kind": KINDS[entry.kind], "other": other, "other_kind": KINDS[older.kind]}
            yield path, Fault("E305", (key,), kinds)
        superseding[other].append(entry.id)
        if len(superseding[other]) > 1:
            yield path, Fault("E302", (key,), {"id": entry.id, "other": other, "twin": superseding[other][0]})


KINDS = {
    "activity": message(N_("an activity")),
    "actual": message(N_("an actual")),
    "evaluation": message(N_("an evaluation")),
    "improvement": message(N_("an improvement")),
    "withdrawal": message(N_("a withdrawal")),
}


def _check_copies(filed: Sequence[tuple[str, Entry]]) -> Iterator[tuple[str, Fault]]:
    first: dict[str, str] = {}
    for path, entry in filed:
        known = first.setdefault(entry.id, path)
        if known is not path:
            yield path, Fault("E304", ("id",), {"id": entry.id, "other": known})


def _reference(entry: Entry) -> tuple[str, str] | None:
    if isinstance(entry, Withdrawal):
        return "withdraws", entry.withdraws
    return None if entry.supersedes is None else ("supersedes", entry.supersedes)


def _circle(entry: Entry, ledger: Ledger) -> list[str]:
    trail = [entry.id]
    step: Entry | None = entry
    while step is not None and (reference := _reference(step)) is not None:
        if reference[1] == entry.id:
            return [*trail, entry.id]
        if reference[1] in trail:
            return []
        trail.append(reference[1])
        step = ledger.by_id.get(reference[1])
    return []


def check_sums(plan: Plan, ledger: Ledger) -> Iterator[tuple[str, Fault]]:
    """Yield a warning for each actual that is added to activities of the same year."""
    by_activity: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for entry in ledger.in_force:
        if isinstance(entry, Activity):
            for slug, figure in entry.values.items():
                by_activity[entry.year, slug].append(str(figure))
    for entry in ledger.in_force:
        for slug, figure in entry.values.items() if isinstance(entry, Actual) else ():
            counted = by_activity.get((entry.year, slug))
            if counted and plan.indicators[slug][0].aggregate in ("sum", "cumulative"):
                added = " + ".join([*counted, str(figure)])
                values: dict[str, Value] = {"indicator": slug, "year": entry.year, "sum": added}
                yield path_of(entry), Fault("W401", ("values", slug), values)
