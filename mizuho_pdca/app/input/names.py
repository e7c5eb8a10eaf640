"""What people call a node or an indicator: a number in any spelling, a name. Never the first of two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import TypeVar

from mizuho_pdca.app.input.gathering import Gathering, Rejected, Unclear
from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.numbers import SLUG, is_circled, parse_node_id
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.schema.faults import guess
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.text import cleaned, folded, without_kind

T = TypeVar("T")
Named = tuple[Indicator, Place]
"""An indicator with the node that it measures."""

Choice = tuple[str, str]
"""What to type for one of several, and what it is called."""

_SHORTEST = 2
"""Signs that a part of a name has at least."""

_SHORTEST_GUESSED = 4
"""Signs of a part of a name of which one may be wrong, for it to be named as a guess."""

WHOLE_WORDS = frozenset({WHOLE_PLAN, "計画", "計画全体", "全体", "total"})
"""What people call the plan as a whole."""

_DRAFT = ("(案)", "(draft)")
"""What stands behind the printed name of an indicator that the town has not adopted."""


def find_place(plan: Plan, text: str, year: int | None = None) -> Place:
    """Return the node that a number or a name means; raise ``UsageFault``.

    A number in its canonical form is an id and nothing else. A name is the whole title, else a
    part of it; it is sought among the initiatives first, above them only where none fits. Where
    several fit, those in force in ``year`` are meant, and a relisting and its original are one.
    More than one left is refused with all of them.
    """
    typed = cleaned(text)
    meant = _numbered(plan, typed) or _titled(plan, typed) or _titled_in_part(plan, typed)
    if len(meant) > 1 and year is not None:
        meant = [place for place in meant if _prints(plan.at(year), place, typed)] or meant
    if meant:
        return _only(typed, meant, lambda place: place.in_force(year or 0), _told(plan))
    if tails := _tails(plan, typed):
        raise _unclear(typed, map(_told(plan), tails))
    titles = {_key(plan.title(place)): plan.original(place).id for place in plan.places.values()}
    near = _near_number(plan, typed) or _near_name(typed, titles)
    if near is None:
        own = {title: node for title, node in titles.items() if plan.places[node].is_initiative}
        near = _near_part(typed, own) or _near_part(typed, titles)
    choices = [] if near is None else [(near, plan.title(plan.places[near]))]
    raise Unclear(N_('there is no "{target}" in the plan'), choices, target=text, remedy=_near(plan, near))


def find_indicator(plan: Plan, text: str, year: int | None = None, at: Place | None = None) -> Named:
    """Return the indicator that an id or a name means, with its node; raise ``UsageFault``.

    A name is the whole one, else a part of it. Where several have it, that of the
    node ``at`` is meant, else that of the nearest above it, else those in force in ``year``. More
    than one left is refused with all of them.
    """
    typed = cleaned(text)
    if typed in plan.indicators:
        return plan.indicators[typed]
    pairs = _named_indicators(plan, typed) or _indicators_in_part(plan, typed)
    for step in () if at is None else at.lineage:
        own = [pair for pair in pairs if pair[1].id == step.id]
        pairs = own or pairs
        if own:
            break
    if pairs:
        return _only(typed, pairs, lambda pair: _measured_in(pair, year or 0), _told_indicator)
    names = {_key(indicator.name): slug for slug, (indicator, _) in plan.indicators.items()}
    near = guess(folded(typed), plan.indicators) or _near_name(typed, names) or _near_part(typed, names)
    choices, remedy = [], message(N_("pdca plan lists the indicators."))
    if near is not None:
        name = plan.indicators[near][0].name
        choices = [(near, name)]
        remedy = message(N_("Did you mean {id} ({name})? pdca plan lists the indicators."), id=near, name=name)
    raise Unclear(N_('there is no indicator "{value}" in the plan'), choices, value=text, remedy=remedy)


def find_subject(plan: Plan, text: str, year: int) -> Place | Indicator | None:
    """Return what a number, an id or a name means, None for the whole plan; raise ``UsageFault``.

    It is given as in force in ``year``, where it is. Where a node and an indicator have one name,
    both are named and nothing is taken.
    """
    typed, now = cleaned(text), plan.at(year)
    if typed in WHOLE_WORDS:
        return None
    found = _subject(plan, typed, year)
    if isinstance(found, Place):
        return now.places.get(found.id, found)
    return now.indicators[found.id][0] if found.id in now.indicators else found


def _subject(plan: Plan, typed: str, year: int) -> Place | Indicator:
    if typed in plan.indicators:
        return plan.indicators[typed][0]
    pairs, places = _named_indicators(plan, typed), _numbered(plan, typed) or _titled(plan, typed)
    if pairs and places:
        raise _unclear(typed, [*map(_told_indicator, pairs), *map(_told(plan), places)])
    if not pairs and not places and not any(place.is_initiative for place in _titled_in_part(plan, typed)):
        pairs = _indicators_in_part(plan, typed)
    if pairs or (not places and SLUG.fullmatch(typed)):
        return find_indicator(plan, typed, year)[0]
    return find_place(plan, typed, year)


def _only(typed: str, found: Sequence[T], in_force: Callable[[T], bool], told: Callable[[T], Choice]) -> T:
    """Return the one that is meant; raise ``UsageFault`` where that is not clear."""
    left = [each for each in found if in_force(each)] or found
    if len(left) > 1:
        raise _unclear(typed, map(told, left))
    return left[0]


def _unclear(typed: str, told: Iterable[Choice]) -> Unclear:
    return Unclear(N_('"{target}" may mean several things in the plan'), list(told), target=typed)


# -- nodes ------------------------------------------------------------------------------------


def _numbered(plan: Plan, typed: str) -> list[Place]:
    """Return the nodes that a number means, alone or with the title behind it as the tool prints it."""
    if typed in plan.places:
        return [plan.places[typed]]
    if is_circled(typed[:1]):
        return []
    found = _of_number(plan, typed)
    if not found:
        number, _, title = folded_blanks(typed).partition(" ")
        found = [place for place in _of_number(plan, number) if title and _key(title) in _key(plan.title(place))]
    return found


def _tails(plan: Plan, typed: str) -> list[Place]:
    """Return the nodes that a number from its circled part on may mean: ①-1 of any measure."""
    tail = parse_node_id(f"1-1{typed}") if is_circled(typed[:1]) else None
    return (
        []
        if tail is None
        else [place for place in plan.places.values() if place.id.split("-")[2:] == tail.split("-")[2:]]
    )


def _of_number(plan: Plan, typed: str) -> list[Place]:
    node_id = parse_node_id(_without_level(plan, typed))
    places = plan.places.values()
    if node_id is not None:
        found = [place for place in places if node_id in _numbers(place)]
        return _without_relistings(plan, found) if len(found) > 1 else found
    return [place for place in places if typed and _key(typed) in map(_key, _labels(place))]


def _numbers(place: Place) -> set[str | None]:
    """Return the numbers that an item goes by, also those that a revised plan prints, in canonical form."""
    return {place.id, *map(parse_node_id, _labels(place))}


def _near_number(plan: Plan, typed: str) -> str | None:
    """Return the number that was probably meant: one of the same level, for another is another kind of thing."""
    number = parse_node_id(_without_level(plan, typed))
    known = [each for each in plan.places if number is None or each.count("-") == number.count("-")]
    return guess(number or typed, known)


def _labels(place: Place) -> tuple[str, ...]:
    return (place.number, *(one.label for one in place.node.labels))


def _prints(plan: Plan, place: Place, typed: str) -> bool:
    """Return whether a plan as of a year prints a node by the number that was typed."""
    now = plan.places.get(place.id)
    same = parse_node_id(typed) or _key(typed)
    return now is not None and same in (parse_node_id(now.number), _key(now.number))


def _titled(plan: Plan, typed: str) -> list[Place]:
    """Return the nodes of a title: initiatives, and others only where there is none; a relisting is its original."""
    found = [place for place in plan.places.values() if typed and _is_title(plan, place, typed)]
    return _without_relistings(plan, [place for place in found if place.is_initiative] or found)


def _titled_in_part(plan: Plan, typed: str) -> list[Place]:
    """Return the nodes that have what was typed in their titles, as ``_titled`` does."""
    key = _key(typed)
    found = [
        place
        for place in plan.places.values()
        if len(key) >= _SHORTEST and any(key in name for name in _names(plan, place))
    ]
    return _without_relistings(plan, [place for place in found if place.is_initiative] or found)


def _is_title(plan: Plan, place: Place, typed: str) -> bool:
    return _key(typed) in _names(plan, place)


def _names(plan: Plan, place: Place) -> set[str]:
    """Return what a node is called, as names are compared: its title, that of its original, their readings."""
    nodes = (place.node, plan.original(place).node)
    return {
        _key(name)
        for name in (plan.title(place), *(each for node in nodes for each in (node.title, node.reading)))
        if name
    }


def _without_relistings(plan: Plan, places: Sequence[Place]) -> list[Place]:
    return list({plan.original(place).id: plan.original(place) for place in places}.values())


def _without_level(plan: Plan, text: str) -> str:
    """Return a typed number without the plan's own word for its level: 事業1-1-1 is 1-1-1."""
    names = sorted((level.name for level in plan.header.levels or ()), key=len, reverse=True)
    return next((text.removeprefix(name) for name in names if text.startswith(name)), text)


def _told(plan: Plan) -> Callable[[Place], Choice]:
    return lambda place: (place.id, plan.title(place))


def _near(plan: Plan, near: str | None) -> Message:
    if near is None:
        return message(N_("pdca plan lists the numbers."))
    place = plan.places[near]
    return message(
        N_("Did you mean {number} {title}? pdca plan lists the numbers."), number=place.number, title=plan.title(place)
    )


def typed_place(plan: Plan, text: str, year: int, wrong: Gathering) -> Place:
    """Return the node that was typed; after noting that there is none, what stands in for it."""
    return wrong.take(partial(find_place, plan, text, year)) or stand_in(plan, year, wrong)


def stand_in(plan: Plan, year: int, wrong: Gathering) -> Place:
    """Return any node of a year, so that the rest of what was typed is checked as well; nothing is written for it.

    Raise ``Rejected``, with what was wrong so far, where the plan has none.
    """
    known = [place for place in plan.in_force(year) if place.node.original_id is None]
    found = next((place for place in known if place.is_initiative), next(iter(known), None))
    if found is None:
        raise Rejected(wrong.errors)
    return found


# -- indicators -------------------------------------------------------------------------------


def _named_indicators(plan: Plan, typed: str) -> list[Named]:
    """Return the indicators of a name, as written, or as printed with （案）."""
    key = _key(typed)
    bare = next((key.removesuffix(mark) for mark in _DRAFT if key.endswith(mark)), key)
    return [pair for pair in plan.indicators.values() if key and not _called(pair).isdisjoint((key, bare))]


def _indicators_in_part(plan: Plan, typed: str) -> list[Named]:
    key = _key(typed)
    found = plan.indicators.values() if len(key) >= _SHORTEST else ()
    return [pair for pair in found if any(key in name for name in _called(pair))]


def _called(pair: Named) -> set[str]:
    """Return what an indicator is called, as names are compared: its name and its reading."""
    return {_key(name) for name in (pair[0].name, pair[0].reading) if name}


def _measured_in(pair: Named, year: int) -> bool:
    return pair[0].in_force(year) and pair[1].in_force(year)


def _told_indicator(pair: Named) -> Choice:
    return pair[0].id, f"{pair[0].name} ({pair[1].number})"


# -- how names are compared -------------------------------------------------------------------


def _near_name(typed: str, names: Mapping[str, str]) -> str | None:
    """Return the id of the one whose name was probably meant, by its key."""
    near = guess(_key(typed), names)
    return None if near is None else names[near]


def _near_part(typed: str, names: Mapping[str, str]) -> str | None:
    """Return the id of the only one of which a part was meant, with one sign wrong."""
    key = _key(typed)
    parts = {known for name, known in names.items() if len(key) >= _SHORTEST_GUESSED and _has_with_one_wrong(name, key)}
    return parts.pop() if len(parts) == 1 else None


def _has_with_one_wrong(name: str, key: str) -> bool:
    """Return whether a name has a part that differs in one sign from what was typed."""
    parts = (name[start : start + len(key)] for start in range(len(name) - len(key) + 1))
    return any(sum(a != b for a, b in zip(part, key, strict=True)) == 1 for part in parts)


def folded_blanks(text: str) -> str:
    """Return a text with one half-width blank for blanks of any kind; circled digits stay as they are."""
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Return what makes a name that name: not its width, case, blanks, kind of kana or how its marks are composed."""
    return "".join(without_kind(name).split())


def department_named(plan: Plan, text: str) -> str:
    """Return the department of the plan that was typed; raise ``UsageFault`` with those that there are."""
    known = sorted({name for place in plan.places.values() for name in place.departments})
    remedy = (
        message(N_("The plan names: {departments}."), departments=known)
        if known
        else message(N_("The plan names no department yet; add department: to its initiatives."))
    )
    return _named(
        known, text, UsageFault(N_('no initiative is seen to by "{department}"'), department=text, remedy=remedy)
    )


def find_tag(plan: Plan, text: str) -> str:
    """Return the plan's tag that was typed; raise ``UsageFault`` with those that there are."""
    known = sorted({tag for place in plan.places.values() for tag in place.tags})
    remedy = (
        message(N_("The plan has the tags: {tags}."), tags=known)
        if known
        else message(N_("The plan has no tags yet; add tags: [重点] to what they are of."))
    )
    return _named(known, text, UsageFault(N_('nothing in the plan has the tag "{tag}"'), tag=text, remedy=remedy))


def _named(known: Sequence[str], text: str, fault: UsageFault) -> str:
    """Return the name that was typed, in whatever width and case, or by a part that only one has; raise the fault."""
    wanted = folded(cleaned(text)).casefold()
    plain = {name: folded(name).casefold() for name in known}
    if wanted in plain.values():
        return next(name for name, each in plain.items() if each == wanted)
    found = [name for name, each in plain.items() if len(wanted) >= _SHORTEST and wanted in each]
    if len(found) != 1:
        raise fault
    return found[0]
