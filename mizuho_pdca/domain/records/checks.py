"""What is wrong with one entry, held against the plan: every fault, never only the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, assert_never

from mizuho_pdca.domain.plan.checks import as_written, wanted
from mizuho_pdca.domain.plan.header import Period
from mizuho_pdca.domain.plan.indicator import UNRATED
from mizuho_pdca.domain.plan.money import is_amount
from mizuho_pdca.domain.plan.numbers import NODE_ID, parse_node_id
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Scale, Scheme, Status
from mizuho_pdca.domain.records.entries import WHOLE_PLAN, Actual, Entry, Evaluation, OfYear, rated_by
from mizuho_pdca.domain.records.kinds import KINDS, EntryField, Form
from mizuho_pdca.domain.records.paths import ENTRY_ID, path_of
from mizuho_pdca.domain.schema.faults import MOST, At, Fault, bounded, guess, guess_word
from mizuho_pdca.domain.schema.shapes import InForce
from mizuho_pdca.message import Value

_FREE: frozenset[Form] = frozenset(
    {"text", "note", "day", "last_day", "answered", "undone", "links", "half", "grounds", "as_of", "provisional"}
)
"""Forms of which the plan knows nothing."""

_BY_INDICATOR: frozenset[Form] = frozenset({"figures", "reasons"})

STAYS = frozenset({"E228", "E229"})
"""Faults of entries that count all the same: no figure changes by them, and a correction or a withdrawal heals them."""

_LOOKED_UP = {code: [field for field in kind.fields if field.form not in _FREE] for code, kind in KINDS.items()}
_DAYS = {code: kind.keys("day", "last_day") for code, kind in KINDS.items()}
_LAST_DAYS = {code: kind.keys("last_day") for code, kind in KINDS.items()}


@dataclass(frozen=True)
class EntryCheck:
    """Checks entries one by one against a plan, as of a day."""

    plan: Plan
    today: date

    def faults(self, entry: Entry, path: str) -> list[Fault]:
        """Return every fault of one entry that lies at ``path``."""
        found = [
            *(_check_path(entry, path) if path_of(entry) != path else ()),
            *self._check_head(entry),
            *self._check_target(entry),
            *self._check_words(entry),
            *(self._check_rating(entry) if isinstance(entry, Evaluation) else ()),
        ]
        return bounded(found) if found else found

    @cached_property
    def _targets(self) -> dict[str, tuple[int, int]]:
        """Return the first and the last year in force of each number, without relistings."""
        period = self.plan.header.period
        result = {
            place.id: _span(period, [step.node for step in place.lineage])
            for place in self.plan.places.values()
            if place.node.original_id is None
        }
        result[WHOLE_PLAN] = (period.since, period.until)
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

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        """Return the first and the last year in force of each indicator."""
        return {
            slug: _span(self.plan.header.period, [indicator, *(step.node for step in place.lineage)])
            for slug, (indicator, place) in self.plan.indicators.items()
        }

    def _check_head(self, entry: Entry) -> Iterator[Fault]:
        if not ENTRY_ID.fullmatch(entry.id):
            yield Fault("E201", ("id",), {"id": entry.id})
        if entry.date > self.today:
            yield Fault("E210", ("date",), {"date": entry.date.isoformat()})
        for key in _DAYS[entry.kind]:
            day = getattr(entry, key)
            if day is not None and day > self.today:
                yield Fault("E210", (key,), {"date": day.isoformat()})
            elif day is not None and key in _LAST_DAYS[entry.kind] and day < entry.date:
                yield Fault("E225", (key,), {"date": entry.date.isoformat(), "until": day.isoformat()})
        if entry.supersedes is not None and not entry.reason:
            yield Fault("E216", ("supersedes",), on_key=True)
        if entry.supersedes is not None and KINDS[entry.kind].keys("undone"):
            yield Fault("E223", ("supersedes",), {"other": entry.supersedes}, on_key=True)

    def _check_target(self, entry: Entry) -> Iterator[Fault]:
        span, kind = self._targets.get(entry.target), KINDS[entry.kind]
        if kind.lasts:
            if span is None:
                yield Fault("E211", ("target",), {"target": entry.target})
        elif entry.target == WHOLE_PLAN and kind.scope != "plan":
            yield Fault("E211", ("target",), {"target": entry.target})
        elif span is None:
            place = self.plan.places.get(entry.target)
            if place is None:
                known = guess(parse_node_id(entry.target) or entry.target, self.plan.places)
                yield Fault("E211", ("target",), {"target": entry.target}, guess=known)
            else:
                original = self.plan.original(place).id
                yield Fault("E214", ("target",), {"target": entry.target, "original": original})
        elif not span[0] <= entry.year <= span[1]:
            yield Fault(
                "E212",
                (_year_key(entry),),
                {"target": entry.target, "year": entry.year, "since": span[0], "until": span[1]},
            )
        elif kind.scope == "initiative" and not self.plan.places[entry.target].is_initiative:
            yield Fault("E215", ("target",), {"target": entry.target, "kind": kind.name})

    def _check_rating(self, entry: Evaluation) -> Iterator[Fault]:
        """Yield what an evaluation lacks: a rating, or, on a policy, the plan or without a scale, anything at all."""
        place = self.plan.places.get(entry.target)
        is_whole = entry.target == WHOLE_PLAN or (place is not None and place.level == 0)
        may_lack = is_whole or not self._scheme(entry.year)[0].scale_of(rated_by(entry)).codes
        has_text = entry.indicator is None and bool(entry.progress or entry.issues)
        if not (entry.rating or (may_lack and has_text)):
            yield Fault("E102", (), {"key": "rating"}, on_key=True)

    def _is_in_time(self, entry: Entry) -> bool:
        """Return whether the entry's target is in force in its year; if not, E212 says all there is to say."""
        span = self._targets.get(entry.target)
        return span is None or span[0] <= entry.year <= span[1]

    def _check_words(self, entry: Entry) -> Iterator[Fault]:
        """Yield what the plan does not know: words of its scheme, indicators, and what they can't hold."""
        scheme, statuses = self._scheme(entry.year)
        for field in _LOOKED_UP[entry.kind]:
            held = getattr(entry, field.key)
            if not held or (field.form == "status" and held in statuses):
                continue
            if field.form in _BY_INDICATOR:
                yield from self._check_indicators(entry, field, held, scheme)
            else:
                yield from self._check_field(entry, field, held, scheme)

    def _check_field(self, entry: Entry, field: EntryField, held: Any, scheme: Scheme) -> Iterator[Fault]:  # noqa: ANN401 (the shape has checked its type)
        scale = scheme.scale_of(rated_by(entry))
        if (key := _lacking(field.form, scheme, scale)) is not None:
            yield Fault("E224", (field.key,), {"value": held, "key": key})
            return
        match field.form:
            case "status" if scheme.status(held) is None:
                names = [status.name for status in scheme.statuses]
                yield Fault("E204", (field.key,), {"value": held, "choices": names}, guess=guess_status(held, scheme))
            case "rating" if scale.find(held) is None:
                yield _no_word("E205", (field.key,), held, scale.codes)
            case "direction" if scheme.direction(held) is None:
                yield _no_word("E206", (field.key,), held, [term.name for term in scheme.directions])
            case "answer":
                yield from self._check_answer(entry, field, held, scheme)
            case "evaluator" if scheme.evaluator(held) is None:
                yield _no_word("E226", (field.key,), held, [one.code for one in scheme.evaluators])
            case "indicator":
                yield from self._check_rated(entry, field, held)
            case (
                "status"
                | "rating"
                | "direction"
                | "text"
                | "note"
                | "day"
                | "last_day"
                | "answered"
                | "undone"
                | "links"
                | "half"
                | "as_of"
                | "provisional"
                | "grounds"
                | "figures"
                | "reasons"
                | "evaluator"
            ):  # a known word, nothing that the plan knows, or looked at by indicator
                pass
            case _:
                assert_never(field.form)

    def _check_answer(self, entry: Entry, field: EntryField, word: str, scheme: Scheme) -> Iterator[Fault]:
        answer = scheme.answer(word)
        if answer is None:
            yield _no_word("E219", (field.key,), word, [answer.name for answer in scheme.responses])
        elif answer.code == "declined" and not entry.reason:
            yield Fault("E218", (field.key,), {"value": answer.name})

    def _check_rated(self, entry: Entry, field: EntryField, slug: str) -> Iterator[Fault]:
        """Yield why an indicator can't be rated here: there is none, it stands elsewhere, or not in this year."""
        if slug not in self.plan.indicators:
            yield Fault("E207", (field.key,), {"value": slug}, guess=guess(slug, self.plan.indicators))
            return
        since, until = self._spans[slug]
        if self.plan.indicators[slug][0].kind in UNRATED:
            yield Fault("E229", (field.key,), {"indicator": slug})
        elif (at := self.plan.indicators[slug][1].id) != entry.target:
            yield Fault("E227", (field.key,), {"indicator": slug, "at": at, "target": entry.target})
        elif not since <= entry.year <= until and self._is_in_time(entry):
            yield Fault("E221", (field.key,), {"indicator": slug, "year": entry.year, "since": since, "until": until})

    def _check_indicators(
        self, entry: Entry, field: EntryField, held: Mapping[str, Any], scheme: Scheme
    ) -> Iterator[Fault]:
        known = self.plan.indicators
        for number, (slug, said) in enumerate(held.items()):
            at = (field.key, slug)
            if slug not in known:
                meant = guess(slug, known) if number < MOST else None  # which nobody will see
                yield Fault("E207", at, {"value": slug}, guess=meant, on_key=True)
            elif not self._spans[slug][0] <= entry.year <= self._spans[slug][1] and self._is_in_time(entry):
                since, until = self._spans[slug]
                values: dict[str, Value] = {"indicator": slug, "year": entry.year, "since": since, "until": until}
                yield Fault("E221", at, values, on_key=True)
            elif field.form == "figures" and not known[slug][0].accepts(said):
                expected = wanted(known[slug][0])
                yield Fault("E208", at, {"indicator": slug, "value": as_written(said), "expected": expected})
            elif field.form == "figures" and not is_amount(known[slug][0], said):
                unit = known[slug][0].unit or ""
                yield Fault("E228", at, {"indicator": slug, "value": as_written(said), "unit": unit})
            if field.form == "reasons" and isinstance(entry, Actual) and slug in entry.values:
                yield Fault("E222", at, {"indicator": slug}, on_key=True)
            if field.form == "reasons" and not scheme.missing:
                yield Fault("E224", at, {"value": said, "key": "missing"})
            elif field.form == "reasons" and scheme.reason(said) is None:
                yield _no_word("E213", at, said, [term.name for term in scheme.missing], number)


def _lacking(form: Form, scheme: Scheme, scale: Scale) -> str | None:
    """Return which part of the scheme has the words of a form, where the plan leaves it out and may."""
    match form:
        case "status" if not scheme.statuses:
            return "statuses"
        case "rating" if not scale.codes:
            return "scale"
        case "direction" if not scheme.directions:
            return "directions"
        case "evaluator" if not scheme.evaluators:
            return "evaluators"
        case _:
            return None


def _span(period: Period, parts: Iterable[InForce]) -> tuple[int, int]:
    """Return the first and the last year in which all parts are in force."""
    spans = list(parts)
    first = max((span.since for span in spans if span.since), default=period.since)
    last = min((span.until for span in spans if span.until), default=period.until)
    return max(first, period.since), min(last, period.until)


def _no_word(code: str, at: At, word: str, known: Sequence[str], number: int = 0) -> Fault:
    """Return the fault of a word that is none of a list of the plan; ``number`` is its place among others."""
    meant = guess_word(word, known) if number < MOST else None
    return Fault(code, at, {"value": word, "choices": list(known)}, guess=meant)


def guess_status(word: str, scheme: Scheme) -> str | None:
    """Return the name of the status that was probably meant; its code serves as well."""
    by_word: dict[str, Status] = {known: status for status in scheme.statuses for known in (status.code, status.name)}
    meant = guess_word(word, [status.name for status in scheme.statuses]) or guess_word(word, by_word)
    return None if meant is None else by_word[meant].name


def _year_key(entry: Entry) -> str:
    """Return the key that gives an entry its fiscal year."""
    return "fiscal_year" if isinstance(entry, OfYear) else "date"


def _check_path(entry: Entry, path: str) -> Iterator[Fault]:
    _, year, target, name = path.split("/")
    values = {"expected": path_of(entry)}
    if year != str(entry.year):
        yield Fault("E203", (_year_key(entry),), {"year": entry.year, "folder": year, **values})
    if target.startswith(entry.target) and target != entry.target and not NODE_ID.fullmatch(target):
        # a whole folder was copied: 1-1-2-1 - コピー
        yield Fault("E220", ("id",), {"name": f"{target}/{name}", "id": f"{entry.target}/{entry.id}"})
    elif target != entry.target:
        yield Fault("E202", ("target",), {"target": entry.target, "folder": target, **values})
    if name != f"{entry.id}.yaml":
        yield Fault("E220" if entry.id in name else "E209", ("id",), {"name": name, "id": entry.id})
