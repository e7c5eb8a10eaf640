"""What is wrong with a plan beyond its shape: every fault, never only the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from mizuho_pdca.domain.plan.header import Header, Period
from mizuho_pdca.domain.plan.indicator import DIRECTIONS_OF, Indicator, Measured
from mizuho_pdca.domain.plan.money import is_amount
from mizuho_pdca.domain.plan.numbers import NODE_ID, SLUG, parse_node_id
from mizuho_pdca.domain.plan.plan import Measure, Place, PlanFile, walk
from mizuho_pdca.domain.plan.scheme import STATUS_CODES, Coded, Scale, Scheme, SchemeRevision
from mizuho_pdca.domain.plan.targets import EVERY_YEAR_KEY, GivenTarget, WordedTarget
from mizuho_pdca.domain.schema.faults import At, Fault, guess
from mizuho_pdca.domain.schema.shapes import Figure, InForce
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.text import NONE


def _check_zone(header: Header) -> Iterator[Fault]:
    try:
        _ = header.zone
    except (LookupError, ValueError, OSError):
        yield Fault("E138", ("plan", "timezone"), {"value": header.timezone})


def check_plan(file: PlanFile) -> list[Fault]:
    """Return every fault of a plan file whose shape is right."""
    places = list(walk(file))
    return [
        *_check_span(file.plan.period, ("plan", "period")),
        *_check_zone(file.plan),
        *_check_scheme(file.scheme, ("scheme",)),
        *_check_revisions(file),
        *_check_rated_levels(file),
        *_check_depth(places, file),
        *_check_successors(places),
        *_check_numbers(places),
        *_check_relistings(places),
        *(fault for place in places for fault in _check_span(place.node, place.at)),
        *(fault for place in places for fault in _check_node(place, file.plan.period)),
        *_check_indicators(places, file.plan.period),
        *_check_relisted_indicators(places),
    ]


def _check_span(span: Period | InForce, at: At) -> Iterator[Fault]:
    if span.since is not None and span.until is not None and span.since > span.until:
        yield Fault("E115", (*at, "from"), {"since": span.since, "until": span.until})


def _check_scheme(scheme: Scheme | SchemeRevision, at: At) -> Iterator[Fault]:
    if scheme.statuses:
        given = {status.code for status in scheme.statuses}
        if lacking := [code for code in STATUS_CODES if code not in given]:
            yield Fault("E127", (*at, "statuses"), {"missing": lacking}, on_key=True)
        yield from _check_twice([(s.code, s.name) for s in scheme.statuses], (*at, "statuses"), ("code", "name"))
    for key, words in (
        ("statuses", scheme.statuses),
        ("directions", scheme.directions),
        ("missing", scheme.missing),
        ("responses", scheme.responses),
        ("evaluators", scheme.evaluators),
    ):
        yield from _check_aliases(words or (), (*at, key))
    if scheme.scale is not None:
        yield from _check_scale(scheme.scale, (*at, "scale"))
        yield from _check_bands(scheme.scale, (*at, "scale", "ranks"))
    for position, one in enumerate(scheme.evaluators or ()):
        if one.scale is not None:
            place: At = (*at, "evaluators", position, "scale")
            yield from _check_scale(one.scale, place)
            if position == 0 or not one.scale.codes:
                yield Fault("E146", place, {"name": one.name}, on_key=True)
    for key, terms in (("directions", scheme.directions), ("missing", scheme.missing)):
        yield from _check_twice([(term.name,) for term in terms or ()], (*at, key), ("name",))
    for key, named in (("responses", scheme.responses), ("evaluators", scheme.evaluators)):
        yield from _check_twice([(one.code, one.name) for one in named or ()], (*at, key), ("code", "name"))


def _check_aliases(words: Sequence[Coded], at: At) -> Iterator[Fault]:
    """Yield each alias that another word of the list goes by already."""
    taken = {name: position for position, word in enumerate(words) for name in (word.code, word.name)}
    for position, word in enumerate(words):
        for number, alias in enumerate(word.aliases):
            if taken.setdefault(alias, position) != position:
                yield Fault("E123", (*at, position, "aliases", number), {"code": alias})


def _check_scale(scale: Scale, at: At) -> Iterator[Fault]:
    yield from _check_aliases(scale.ranks, (*at, "ranks"))
    yield from _check_aliases(scale.states, (*at, "states"))
    yield from _check_twice([(rank.code,) for rank in scale.ranks], (*at, "ranks"), ("code",))
    taken = {rank.code for rank in scale.ranks}
    for position, state in enumerate(scale.states):
        if state.code in taken:
            yield Fault("E123", (*at, "states", position, "code"), {"code": state.code})
        taken.add(state.code)


def _check_revisions(file: PlanFile) -> Iterator[Fault]:
    for position, revision in enumerate(file.scheme_revisions):
        at: At = ("scheme_revisions", position)
        yield from _check_span(revision, at)
        yield from _check_scheme(revision, at)


def _check_rated_levels(file: PlanFile) -> Iterator[Fault]:
    """Yield each level that stands twice, and one that a plan of three levels does not have."""
    has_submeasures = file.plan.levels is None or len(file.plan.levels) > _LEVELS_WITHOUT_SUBMEASURES
    revised = ((("scheme_revisions", position), one.rate) for position, one in enumerate(file.scheme_revisions))
    for at, levels in ((("scheme",), file.scheme.rate), *revised):
        for position, level in enumerate(levels or ()):
            if level in (levels or ())[:position]:
                yield Fault("E123", (*at, "rate", position), {"code": level})
            elif level == "submeasure" and not has_submeasures:
                yield Fault("E150", (*at, "rate", position), {"level": level})


_LEVELS_WITHOUT_SUBMEASURES = 3


def _check_depth(places: Iterable[Place], file: PlanFile) -> Iterator[Fault]:
    depth = 4 if file.plan.levels is None else len(file.plan.levels)
    for place in places:
        if isinstance(place.node, Measure) and place.node.submeasures and place.node.initiatives:
            yield Fault("E132", (*place.at, "submeasures"), {"id": place.id}, on_key=True)
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
    ranks = scale.ranks if scale.has_bands else ()
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


def _check_node(place: Place, period: Period) -> Iterator[Fault]:
    """Yield what is wrong with the tags and the schedule of a node."""
    yield from _check_words(place.node.tags, (*place.at, "tags"))
    if place.node.tags and place.node.original_id is not None:
        yield Fault("E144", (*place.at, "tags"), {"id": place.id, "original": place.node.original_id}, on_key=True)
    for year in place.node.schedule:
        if not period.since <= year <= period.until:
            values: dict[str, Value] = {"year": year, "since": period.since, "until": period.until}
            yield Fault("E155", (*place.at, "schedule", year), values, on_key=True)


def _check_indicators(places: Iterable[Place], period: Period) -> Iterator[Fault]:
    first: dict[str, At] = {}
    for place in places:
        for position, indicator in enumerate(place.node.indicators):
            at = (*place.at, "indicators", position)
            if not SLUG.fullmatch(indicator.id):
                yield Fault("E124", (*at, "id"), {"id": indicator.id})
            if place.node.original_id is not None:
                yield Fault("E139", (*at, "id"), {"id": indicator.id, "original": place.node.original_id})
            if indicator.id in first:
                yield Fault("E119", (*at, "id"), {"id": indicator.id}, first=first[indicator.id])
            first.setdefault(indicator.id, (*at, "id"))
            yield from _check_span(indicator, at)
            yield from _check_method(indicator, at)
            yield from _check_words(indicator.words if isinstance(indicator.words, tuple) else (), (*at, "words"))
            yield from _check_rhythm(indicator, at, period)
            yield from _check_targets(indicator, at, period)


def _check_relisted_indicators(places: Sequence[Place]) -> Iterator[Fault]:
    known = {indicator.id for place in places for indicator in place.node.indicators}
    for place in places:
        taken = {indicator.id for indicator in place.node.indicators}
        for position, slug in enumerate(place.node.relisted_indicators):
            if slug not in known or slug in taken or place.node.original_id is not None:
                yield Fault(
                    "E143", (*place.at, "relisted_indicators", position), {"id": slug}, guess=guess(slug, known - taken)
                )
            taken.add(slug)


def _check_method(indicator: Indicator, at: At) -> Iterator[Fault]:
    values: dict[str, Value] = {"id": indicator.id}
    if indicator.tolerance is not None and indicator.tolerance < 0:
        yield Fault("E133", (*at, "tolerance"), {**values, "value": str(indicator.tolerance)})
    is_turned = indicator.direction == "decrease" and indicator.method == "ratio" and indicator.is_rated
    if is_turned:
        yield Fault("E116", (*at, "method"), values)
    if indicator.method == "progress" and indicator.baseline is None:
        yield Fault("E120", (*at, "method"), values)
    other: Message | str | None = None
    if indicator.is_rated and indicator.direction not in DIRECTIONS_OF[indicator.method] and not is_turned:
        other = f"direction: {indicator.direction}"
    elif indicator.method == "done" and indicator.aggregate not in ("latest", "max"):
        other = f"aggregate: {indicator.aggregate}"
    elif indicator.tolerance is not None and (indicator.direction, indicator.method) != ("maintain", "maintain"):
        other = "tolerance"
    elif indicator.words is not None and indicator.method != "done":
        other = "words"
    elif indicator.total and indicator.method == "done":
        other = "total"
    if other is not None:
        yield Fault("E121", (*at, "method"), {**values, "method": indicator.method, "other": other})


def _check_rhythm(indicator: Indicator, at: At, period: Period) -> Iterator[Fault]:
    if indicator.every is not None and indicator.surveyed:
        yield Fault("E142", (*at, "every"), {"id": indicator.id}, on_key=True)
    for year in indicator.history:
        if year >= period.since:
            yield Fault("E141", (*at, "history", year), {"year": year, "since": period.since}, on_key=True)


def _check_words(words: Sequence[str], at: At) -> Iterator[Fault]:
    for position, word in enumerate(words):
        if word in words[:position]:
            yield Fault("E123", (*at, position), {"code": word})


def _check_direction(indicator: Indicator, at: At, year: int, target: GivenTarget) -> Iterator[Fault]:
    """Yield what makes a target one that its method can't measure the way to."""
    value, baseline = _goal(indicator, target), indicator.baseline_value
    if indicator.baseline is not None and year <= indicator.baseline.year:
        years: dict[str, Value] = {"id": indicator.id, "baseline": indicator.baseline.year, "year": year}
        yield Fault("E136", at, years, on_key=True)
    if indicator.method == "done" or value is None:
        return
    yield from _check_below_0(indicator, at, value)
    if indicator.method == "progress" and baseline is not None and indicator.baseline is not None:
        way = Fraction(value) - Fraction(baseline)
        if (way < 0 and indicator.direction == "increase") or (way > 0 and indicator.direction == "decrease"):
            values: dict[str, Value] = {"id": indicator.id, "target": str(value), "direction": indicator.direction}
            yield Fault("E135", at, {**values, "baseline": str(indicator.baseline.value)})


def _check_below_0(indicator: Indicator, at: At, target: Measured) -> Iterator[Fault]:
    if (indicator.method, indicator.direction) in _DIVIDED and Fraction(target) < 0:
        yield Fault("E134", at, {"id": indicator.id, "target": str(target), "method": indicator.method})


_DIVIDED = {("ratio", "increase"), ("inverse", "decrease")}


def _goal(indicator: Indicator, target: GivenTarget) -> Measured | None:
    """Return what an actual is divided by, None where a target is none or no figure."""
    goal = indicator.read_target(target)
    return None if goal is None else indicator.figure_of(goal)


def _check_worded(indicator: Indicator, at: At, target: WordedTarget) -> Iterator[Fault]:
    if not target.is_sound or (indicator.method == "done" and target.has_figure):
        yield Fault("E140", at, {"id": indicator.id}, on_key=True)


def _check_targets(indicator: Indicator, at: At, period: Period) -> Iterator[Fault]:
    begins = max(indicator.since or period.since, period.since)
    dated = list(_dated(indicator.targets, (*at, "targets"), begins))
    for position, revision in enumerate(indicator.revised_targets):
        yield from _check_span(revision, (*at, "revised_targets", position))
        dated += _dated(revision.targets, (*at, "revised_targets", position, "targets"), max(revision.since, begins))
    figures: list[tuple[At, Figure]] = [
        (place, value) for place, _, value in dated if not isinstance(value, WordedTarget)
    ]
    figures += [((*at, "history", year), value) for year, value in indicator.history.items()]
    for year, value in indicator.total.items():
        yield from _check_below_0(indicator, (*at, "total", year), value)
    if indicator.baseline is not None:
        figures.append(((*at, "baseline", "value"), indicator.baseline.value))
    for place, figure in figures:
        if not indicator.accepts(figure):
            yield Fault("E122", place, {"id": indicator.id, "value": as_written(figure), "expected": wanted(indicator)})
        elif not is_amount(indicator, figure):
            values: dict[str, Value] = {"id": indicator.id, "value": as_written(figure), "unit": indicator.unit or ""}
            yield Fault("E145", place, values)
    for place, year, target in dated:
        if isinstance(target, WordedTarget):
            yield from _check_worded(indicator, place, target)
        yield from _check_direction(indicator, place, year, target)
        if year < period.since:
            yield Fault("E117", place, {"year": year, "since": period.since}, on_key=True)


def _dated(targets: Mapping[int, GivenTarget], at: At, begins: int) -> Iterator[tuple[At, int, GivenTarget]]:
    """Yield where each target stands, and of which year it is: that of every year of the first."""
    for year, value in targets.items():
        yield (*at, year or EVERY_YEAR_KEY), year or begins, value


def as_written(figure: Figure) -> str:
    """Return a figure as it may stand in a file."""
    match figure:
        case bool():
            return "yes" if figure else "no"
        case _:
            return str(figure)


def wanted(indicator: Indicator) -> Message:
    """Return what kind of value the indicator takes, in words."""
    if indicator.method != "done":
        return message(N_("a number"))
    if isinstance(indicator.words, tuple):
        return message(N_("one of {words}"), words=indicator.words)
    return message(N_("{yes} or {no}"), yes=indicator.spell(True), no=indicator.spell(False))  # noqa: FBT003
