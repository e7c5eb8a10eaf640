"""What is wrong with one entry, held against the plan: every fault, never only the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mizuho_pdca.domain.plan.checks import wanted
from mizuho_pdca.domain.plan.numbers import parse_node_id
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.plan.scheme import Scheme, Status
from mizuho_pdca.domain.records.entries import (
    WHOLE_PLAN,
    Activity,
    Actual,
    Entry,
    Evaluation,
    Improvement,
    Opinion,
    Response,
    Withdrawal,
)
from mizuho_pdca.domain.records.paths import ENTRY_ID, path_of
from mizuho_pdca.domain.schema.faults import Fault, guess
from mizuho_pdca.message import Value


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

    def _check_head(self, entry: Entry) -> Iterator[Fault]:
        if not ENTRY_ID.fullmatch(entry.id):
            yield Fault("E201", ("id",), {"id": entry.id})
        if entry.date > self.today:
            yield Fault("E210", ("date",), {"date": entry.date.isoformat()})
        if isinstance(entry, Opinion) and entry.meeting > self.today:
            yield Fault("E210", ("meeting",), {"date": entry.meeting.isoformat()})
        if entry.supersedes is not None and not entry.reason:
            yield Fault("E216", ("supersedes",), on_key=True)

    def _check_target(self, entry: Entry) -> Iterator[Fault]:
        span = self._targets.get(entry.target)
        if isinstance(entry, Response):  # made in later years, also when its subject has come to an end
            if span is None:
                yield Fault("E211", ("target",), {"target": entry.target})
        elif entry.target == WHOLE_PLAN and not isinstance(entry, Opinion | Withdrawal):
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
            at = ("date",) if isinstance(entry, Activity) else ("fiscal_year",)
            yield Fault("E212", at, {"target": entry.target, "year": entry.year, "since": span[0], "until": span[1]})
        elif isinstance(entry, Evaluation | Improvement) and not self.plan.places[entry.target].is_initiative:
            yield Fault("E215", ("target",), {"target": entry.target})

    def _check_words(self, entry: Entry) -> Iterator[Fault]:
        scheme, statuses = self._scheme(entry.year)
        match entry:
            case Activity(status=str() as word) if word not in statuses and scheme.status(word) is None:
                names = [status.name for status in scheme.statuses]
                yield Fault("E204", ("status",), {"value": word, "choices": names}, guess=guess_status(word, scheme))
            case Evaluation(rating=word) if scheme.scale.find(word) is None:
                codes = list(scheme.scale.codes)
                yield Fault("E205", ("rating",), {"value": word, "choices": codes}, guess=guess(word, codes))
            case Improvement(direction=word) if scheme.direction(word) is None:
                names = [term.name for term in scheme.directions]
                yield Fault("E206", ("direction",), {"value": word, "choices": names}, guess=guess(word, names))
            case Response(state=word):
                yield from self._check_answer(entry, word, scheme)
            case Actual(missing=missing):
                names = [term.name for term in scheme.missing]
                for indicator, reason in missing.items():
                    if scheme.reason(reason) is None:
                        values: dict[str, Value] = {"value": reason, "choices": names}
                        yield Fault("E213", ("missing", indicator), values, guess=guess(reason, names))
            case _:
                pass

    def _check_answer(self, entry: Response, word: str, scheme: Scheme) -> Iterator[Fault]:
        names = [answer.name for answer in scheme.responses]
        answer = scheme.answer(word)
        if answer is None:
            yield Fault("E219", ("state",), {"value": word, "choices": names}, guess=guess(word, names))
        elif answer.code == "declined" and not entry.reason:
            yield Fault("E218", ("state",), {"value": answer.name})

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
        at = ("date",) if isinstance(entry, Activity | Response) else ("fiscal_year",)
        yield Fault("E203", at, {"year": entry.year, "folder": year, **values})
    if target != entry.target:
        yield Fault("E202", ("target",), {"target": entry.target, "folder": target, **values})
    if name != f"{entry.id}.yaml":
        yield Fault("E209", ("id",), {"name": name, "id": entry.id})
