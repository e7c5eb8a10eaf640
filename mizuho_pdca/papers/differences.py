"""What differs between two versions of the plan or of an entry, fact by fact, in words that people know.

A version is gone through as a whole, key by key, whatever its keys are: what it says becomes facts by
their path in the file. Two versions differ in the facts that only one has, or that are printed otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from mizuho_pdca.domain.plan.indicator import Indicator
from mizuho_pdca.domain.plan.indicator import Words as YesNo
from mizuho_pdca.domain.plan.plan import Node, Place, Plan, PlanFile
from mizuho_pdca.domain.plan.scheme import Answer, Rank, Status, Unranked
from mizuho_pdca.domain.plan.targets import EVERY_YEAR, GivenTarget, WordedTarget
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Entry, Recorded, rated_by
from mizuho_pdca.domain.records.kinds import KINDS, first_line, texts
from mizuho_pdca.domain.schema.shapes import Shape
from mizuho_pdca.eras import era_day
from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.papers.field_words import choices_of, word_of
from mizuho_pdca.papers.steps import Words, indicator_name
from mizuho_pdca.papers.words import brief_year, half_label, print_evaluator, print_measured, print_number, print_rating

_FIGURES = frozenset({"value", "targets", "history", "values"})
_SILENT = frozenset({"schema_version", "code"})
_NAMES = frozenset({"id", "name", "title"})
PLAN = message(N_("Plan"))

FactPath = tuple[Any, ...]
Identity = tuple[str, object, int]


@dataclass(frozen=True)
class Fact:
    """Something that a version says: of what, in what, and what.

    ``what`` are the words of all keys below what it belongs to, ``word`` that of the last. ``ids`` and
    ``indicator`` name the nodes and the indicator it belongs to. ``parts`` has what the item of a
    list says, whose ``said`` is its name; ``is_alone`` where that is a node or an indicator.
    """

    of: Words
    ids: tuple[str, ...] = ()
    indicator: str | None = None
    what: Words = ""
    word: Words = ""
    said: Words = ""
    parts: tuple[Fact, ...] | None = None
    is_alone: bool = False

    @property
    def whole(self) -> Words:
        """Return all that it says, in one line."""
        if not self.parts:
            return self.said
        said = [message("{name} {said}", name=one.word, said=one.said) for one in self.parts]
        return message(N_("{name} ({said})"), name=self.said, said=said)


@dataclass(frozen=True)
class ChangedFact:
    """What differs: the fact that it is about, what stood there before and what stands there after."""

    fact: Fact
    before: Words | None
    after: Words | None

    @property
    def kind(self) -> Literal["changed", "added", "removed"]:
        """Return whether a value became another one, or whether an item of a list came or went."""
        if self.fact.parts is None or (self.before is not None and self.after is not None):
            return "changed"
        return "added" if self.before is None else "removed"

    @property
    def heading(self) -> Words:
        """Return in what the difference is, with what it belongs to unless that is the plan."""
        return self.fact.what if self.fact.of == PLAN else _below(self.fact.of, self.fact.what)

    def told(self, what: Words) -> Message:
        """Return the difference in one line that begins with ``what``."""
        words = {
            "added": N_("{what} added: {after}"),
            "removed": N_("{what} removed: {before}"),
            "changed": N_("{what}: {before} → {after}"),
        }
        return message(words[self.kind], what=what, before=or_none(self.before), after=or_none(self.after))


def plan_differences(old: PlanFile, new: PlanFile) -> tuple[ChangedFact, ...]:
    """Return all that differs between two versions of a plan, in the order of the new one."""
    return _differences(_Version(Plan(old)), old, _Version(Plan(new)), new, Fact(PLAN))


def entry_differences(old: Entry, new: Entry, plan: Plan) -> tuple[ChangedFact, ...]:
    """Return all that differs between two versions of an entry, by a plan's words."""
    before, after = (_Version(plan, whose=rated_by(entry)) for entry in (old, new))
    return _differences(before, old, after, new, Fact(new.id, (new.target,)))


def _differences(old: _Version, before: Shape, new: _Version, after: Shape, top: Fact) -> tuple[ChangedFact, ...]:
    facts = dict(old.facts(before, top, twin=after)), dict(new.facts(after, top, twin=before))
    return (*_changes(*facts), *_orders(*facts))


def _changes(old: Mapping[FactPath, Fact], new: Mapping[FactPath, Fact]) -> Iterator[ChangedFact]:
    for path in _merged(old, new):
        before, after = old.get(path), new.get(path)
        if before is not None and after is not None:
            if before.said != after.said and after.parts is None:
                yield ChangedFact(after, before.said, after.said)
            continue
        own, other = (new, old) if before is None else (old, new)
        is_part = any(path[:n] in own and path[:n] not in other for n in range(1, len(path)))
        if own[path].is_alone or not is_part:  # what is part of an item that came or went is told with it
            whole = own[path].whole
            yield ChangedFact(own[path], None if before is None else whole, None if after is None else whole)


def _merged(old: Mapping[FactPath, Fact], new: Mapping[FactPath, Fact]) -> Iterator[FactPath]:
    """Yield all paths, each that only the old version has behind the one that it followed there."""
    gone: defaultdict[FactPath, list[FactPath]] = defaultdict(list)
    last: FactPath = ()
    for path in old:
        if path in new:
            last = path
        else:
            gone[last].append(path)
    yield from gone[()]
    for path in new:
        yield path
        yield from gone[path]


def _orders(old: Mapping[FactPath, Fact], new: Mapping[FactPath, Fact]) -> Iterator[ChangedFact]:
    """Yield the lists whose items stand in another order, as far as both versions have them."""
    lists: defaultdict[FactPath, list[FactPath]] = defaultdict(list)
    for path, fact in new.items():
        if fact.parts is not None and path in old:
            lists[path[:-1]].append(path)
    rank = {path: number for number, path in enumerate(old)}
    for now in lists.values():
        was = sorted(now, key=rank.__getitem__)
        if was != now:
            what = message(N_("order of {list}"), list=new[now[0]].what)
            before, after = (
                _listed(version[path].said for path in paths) for version, paths in ((old, was), (new, now))
            )
            yield ChangedFact(replace(new[now[0]], what=what), before, after)


# -- what a version says ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Version:
    """Reads one version by the words of a plan; within an indicator figures are printed as its own.

    ``whose`` names who gives its rating.
    """

    plan: Plan
    indicator: Indicator | None = None
    whose: str | None = None

    def facts(
        self,
        model: Shape,
        above: Fact,
        path: FactPath = (),
        twin: Shape | None = None,
        unsaid: Collection[str] = _SILENT,
    ) -> Iterator[tuple[FactPath, Fact]]:
        """Yield by its path what a model says and its ``twin`` in the other version does not.

        ``above`` says what it belongs to; the keys ``unsaid`` are left out.
        """
        for key in type(model).model_fields:
            value, other, here = getattr(model, key), getattr(twin, key, None), (*path, key)
            is_usual = twin is None and value is False and type(model).model_fields[key].default is False
            if value in (None, other) or is_usual or key in unsaid:
                continue
            fact = above
            if (name := word_of(type(model), key)) and not isinstance(value, YesNo):
                word = message(name)
                fact = replace(above, what=_below(above.what, word) if above.what else word, word=word)
            match value:
                case Shape():
                    yield from self.facts(value, fact, here, other)
                case dict() if isinstance(other, dict | None):
                    for item, one in value.items():
                        if one != (other or {}).get(item):
                            year = self.item(item)
                            what = message(N_("{value} ({year})"), value=fact.what, year=year)
                            word = message(N_("{value} ({year})"), value=fact.word, year=year)
                            said = self.said(model, key, one, item)
                            yield (*here, item), replace(fact, what=what, word=word, said=said)
                case (Shape(), *_):
                    yield from self.items(value, fact, here, _by_identity(other or ()))
                case ():
                    pass
                case _:
                    yield here, replace(fact, said=self.said(model, key, value))

    def items(
        self, items: Sequence[Shape], fact: Fact, path: FactPath, twins: Mapping[Identity, Shape]
    ) -> Iterator[tuple[FactPath, Fact]]:
        """Yield the items of a list, each with what it says below it."""
        for identity, item in _by_identity(items).items():
            name, here, within = self.name(item), (*path, identity), self
            match item:
                case Node():
                    place = self.plan.places.get(item.id)
                    what = fact.what if place is None else place.level_name or fact.what
                    own = replace(fact, what=what, ids=(item.id,))
                    below = Fact(name, own.ids)
                case Indicator():
                    own = replace(fact, indicator=item.id)
                    below, within = replace(own, of=name, what=""), _Version(self.plan, item)
                case _:
                    own, below = fact, replace(fact, what=message(N_("{list} {item}"), list=fact.what, item=name))
            told = within.facts(item, below, here, twins.get(identity))
            found = {at: one for at, one in told if at != (*here, identity[0])}
            parts = [
                one
                for at, one in found.items()
                if at[-1] not in _NAMES and (one.ids, one.indicator) == (below.ids, below.indicator)
            ]
            is_alone = isinstance(item, Node | Indicator)
            yield here, replace(own, said=name, parts=tuple(parts), is_alone=is_alone)
            yield from found.items()

    def name(self, item: Shape) -> Words:
        """Return what an item of a list is called."""
        match item:
            case Node():
                place = self.plan.places.get(item.id)  # a faulty plan may have nodes where none can be
                return item.id if place is None else node_name(self.plan, place)
            case Indicator():
                return indicator_name(item)
            case Rank() | Unranked():
                return f"{item.code} {item.name}"
            case _:
                name = getattr(item, "name", None) or getattr(item, "title", None)
                return name or message(N_("from {year}"), year=brief_year(getattr(item, "since", 0)))

    def item(self, key: int | str) -> Words:
        """Return what the item of a mapping is called by its key: a fiscal year, or an indicator's id."""
        if key == EVERY_YEAR:
            return message(N_("every year"))
        if isinstance(key, int):
            return brief_year(key)
        return indicator_name(self.plan.indicators[key][0]) if key in self.plan.indicators else key

    def said(  # noqa: PLR0911 (one row a kind of value)
        self, model: Shape, key: str, value: object, item: int | str | None = None
    ) -> Words:
        """Return a value as people see it; ``item`` is its key in a mapping."""
        choices = choices_of(type(model), key)
        match value:
            case "first" | "second" if key == "half":
                return half_label(self.plan, value)
            case str() | bool() if value in choices:
                return message(choices[value])
            case str() | bool() | Decimal() | WordedTarget() if key in _FIGURES:
                return self.figure(value, item)
            case dict():  # that of the other version is not by year
                years = ((brief_year(year), self.said(model, key, one)) for year, one in value.items())
                return _listed(message("{year} {value}", year=year, value=one) for year, one in years)
            case tuple():
                targets = (print_target(one, self.plan) for one in value if key == "superseded_by")
                words = (message(choices[one]) if one in choices else one for one in value if key != "superseded_by")
                return _listed([*targets, *words])
            case int():
                return str(value) if key in ("decimals", "starts", "every") else brief_year(value)
            case Decimal():
                return print_number(value)
            case datetime():
                return value.isoformat()
            case date():
                return message(N_("{date}"), date=value.isoformat(), era=era_day(value))
            case _:
                return self.text(key, str(value))

    def figure(self, figure: GivenTarget, item: int | str | None) -> Words:
        """Return a figure as printed, that of an entry with its unit; one that means nothing as it was written."""
        if isinstance(figure, WordedTarget):
            return figure.said(print_number)
        known = self.indicator or self.plan.indicators.get(str(item), (None,))[0]
        value = None if known is None else known.read(figure)
        if known is None or value is None:
            return str(figure)
        return print_measured(known, value) + ("" if self.indicator or known.method == "done" else known.unit or "")

    def text(self, key: str, text: str) -> Words:
        """Return a text as people see it: a word of the plan's lists by its name, a number as printed."""
        scheme = self.plan.scheme
        known: Status | Answer | None = None
        match key:
            case "kind":
                return KINDS[text].name
            case "target" | "relisted_from":
                return print_target(text, self.plan)
            case "rating":
                is_known = scheme.scale_of(self.whose).find(text) is not None
                return print_rating(self.plan, text, self.whose) if is_known else text
            case "evaluator":
                return print_evaluator(self.plan, text)
            case "indicator" if text in self.plan.indicators:
                return indicator_name(self.plan.indicators[text][0])
            case "status":
                known = scheme.status(text)
            case "state":
                known = scheme.answer(text)
            case _:
                pass
        return text if known is None else known.name


def _by_identity(items: Sequence[Shape]) -> Mapping[Identity, Shape]:
    """Return the items of a list by the key and the value that make each the same in another version of it.

    The third part numbers those that have it in common, or that have none of their own.
    """
    found: dict[Identity, Shape] = {}
    met = Counter[tuple[str, object]]()
    for item in items:
        keys = (key for key in ("id", "code", "title", "since") if getattr(item, key, None) is not None)
        key = next(keys, "")
        name = (key, getattr(item, key, None))
        found[*name, met[name]] = item
        met[name] += 1
    return found


# -- words ------------------------------------------------------------------------------------


def entry_line(entry: Entry, plan: Plan) -> Words:
    """Return what kind of entry it is and what it says, by a plan's words; long texts up to their first line."""
    version, said, kind = _Version(plan, whose=rated_by(entry)), list[Value](), KINDS[entry.kind]
    unsaid = {*_SILENT, *Recorded.model_fields, "kind", *kind.keys("text", "note", "links")}
    for (key, *item), fact in version.facts(entry, Fact(""), unsaid=unsaid):
        named = item or key in kind.keys("answered", "undone")
        name = version.item(item[0]) if item else fact.word
        said.append(message("{name} {said}", name=name, said=fact.said) if named else fact.said)
    text = first_line(entry) if entry.supersedes is None or any(texts(entry)) else ""
    if entry.supersedes is not None:
        said.append(
            message(
                N_("corrects {entry}: {reason}"),
                entry=entry.supersedes,
                reason=(entry.reason or "").strip().split("\n")[0],
            )
        )
    if not text:
        return message(N_("{kind} ({said})"), kind=kind.name, said=said)
    if not said:
        return message(N_("{kind}: {text}"), kind=kind.name, text=text)
    return message(N_("{kind} ({said}): {text}"), kind=kind.name, said=said, text=text)


def _below(part: Words, key: Words) -> Words:
    return message(N_("{part}: {key}"), part=part, key=key)


def _listed(items: Iterable[Words]) -> Words:
    return message("{items}", items=[*items])


def print_target(target: str, plan: Plan) -> Words:
    """Return the number that an entry is about as printed; one that the plan does not know as it is."""
    if target in plan.places:
        return plan.places[target].number
    return message(N_("whole plan")) if target == WHOLE_PLAN else target


def node_name(plan: Plan, place: Place) -> str:
    """Return a node's number and title; a relisting has the title of its original, where that exists."""
    original = plan.places.get(place.node.original_id or "", place)
    return f"{place.number} {original.node.heading}".rstrip()


def or_none(words: Words | None) -> Words:
    """Return a value as printed; （なし） where there is none."""
    return message(N_("(none)")) if words is None else words
