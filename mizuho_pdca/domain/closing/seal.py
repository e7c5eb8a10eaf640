"""The seal 確定 of a closed fiscal year: digests of what it was made of, and what no longer fits them.

A digest is SHA-256 over canonical JSON (RFC 8785) of parsed data, so that a comment, the order of
keys, quotes or a line ending change nothing. What goes into the digests of the plan and of the
figures is chosen below, key by key: a key that a later version of the program adds breaks no seal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import Field, TypeAdapter

from mizuho_pdca.domain.plan.indicator import Indicator, Words
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.kinds import displaced
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.schema.faults import At, Fault
from mizuho_pdca.domain.schema.shapes import Day, Moment, Shape, Text, Year, read_shape
from mizuho_pdca.message import N_, Message, Value, message

if TYPE_CHECKING:
    from mizuho_pdca.domain.review.review import IndicatorRow, ReviewReport, SummaryRow

ALGORITHM: Literal["sha256/rfc8785"] = "sha256/rfc8785"
"""How digests are made, and which parts of plan and figures go in: other parts want another name."""

_HEX = re.compile(r"[0-9a-f]{64}")
_SHOWN = 12
_STATES = ("closed", "reopened")
_CAME = "came"
"""Differs from every digest, and from None."""


class Seal(Shape):
    """A closed year: who closed it, when, after which meeting, and the digests of what it holds.

    ``entries`` has the entries of the year, and those of other years that correct or withdraw one
    of them, by name.
    """

    state: Literal["closed"]
    year: Year = Field(alias="fiscal_year")
    by: Text
    recorded: Moment
    meeting: Day | None = None
    algorithm: Literal["sha256/rfc8785"]
    allow_incomplete: bool = False
    sample: bool = False
    plan: Text
    review: Text
    entries: dict[Text, Text]

    @property
    def day(self) -> str:
        """Return the day on which the year was closed."""
        return self.recorded.date().isoformat()

    @property
    def short(self) -> str:
        """Return the beginning of the seal's own digest: enough to tell it from another one on paper."""
        return digest(self.model_dump(by_alias=True, exclude_defaults=True))[:_SHOWN]


class Reopening(Shape):
    """Says that the seal before it no longer holds, and why."""

    state: Literal["reopened"]
    by: Text
    recorded: Moment
    reason: Text


class SealFile(Shape):
    """The whole of ``records/YEAR/closed.yaml``: seals and reopenings in turn, the last one holds."""

    schema_version: Literal[1] = Field(alias="schema")
    seals: tuple[Annotated[Seal | Reopening, Field(discriminator="state")], ...]

    @property
    def seal(self) -> Seal | None:
        """Return the seal that holds, None where the year was reopened."""
        last = self.seals[-1]
        return last if isinstance(last, Seal) else None

    @property
    def last_seal(self) -> Seal:
        """Return the seal that was made last, whether it still holds or not."""
        return next(item for item in reversed(self.seals) if isinstance(item, Seal))


SEAL_SHAPE: TypeAdapter[SealFile] = TypeAdapter(SealFile)


# -- what is wrong with a file of seals -----------------------------------------------------------


def read_seals(data: object, year: int) -> SealFile | list[Fault]:
    """Return the seals of a fiscal year made of parsed YAML, or why they are none."""
    shaped = read_shape(SEAL_SHAPE, data)
    if isinstance(shaped, list):
        return [unreadable(fault) for fault in [*_unknown_states(data)] or shaped]
    return list(_faults(shaped, year)) or shaped


def unreadable(fault: Fault) -> Fault:
    """Return the fault of a file as what it means for the seals in it."""
    return _unreadable(fault.message, fault.at, on_key=fault.on_key)


def _unreadable(reason: Message, at: At, *, on_key: bool = False) -> Fault:
    return Fault("E505", at, {"reason": reason}, on_key=on_key)


def _unknown_states(data: object) -> Iterator[Fault]:
    """Yield a fault for each item that is neither a seal nor a reopening: the rest depends on which it is."""
    items = data.get("seals") if isinstance(data, dict) else None
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict):
            continue
        state = item.get("state")
        if state is None:
            yield Fault("E102", ("seals", position), {"key": "state"}, on_key=True)
        elif state not in _STATES:
            values: dict[str, Value] = {"key": "state", "value": str(state), "choices": _STATES}
            yield Fault("E106", ("seals", position, "state"), values)


def _faults(file: SealFile, year: int) -> Iterator[Fault]:
    if not file.seals:
        yield unreadable(Fault("E105", ("seals",), {"key": "seals"}))
    for position, item in enumerate(file.seals):
        at: At = ("seals", position)
        if isinstance(item, Seal) == bool(position % 2):
            yield _unreadable(message(N_("seals and reopenings must take turns, a seal first")), (*at, "state"))
        if not isinstance(item, Seal):
            continue
        if item.year != year:
            reason = message(
                N_("the seal is of FY{year}, but lies in the folder of {folder}"), year=item.year, folder=year
            )
            yield _unreadable(reason, (*at, "fiscal_year"))
        digests: dict[At, str] = {("plan",): item.plan, ("review",): item.review}
        digests |= {("entries", name): text for name, text in item.entries.items()}
        for keys, text in digests.items():
            if not _HEX.fullmatch(text):
                yield _unreadable(
                    message(N_('"{value}" is not a digest (64 digits 0-9 a-f)'), value=text), (*at, *keys)
                )


# -- digests --------------------------------------------------------------------------------------


def digest(data: object) -> str:
    """Return the SHA-256 of data in canonical JSON; raise ``ValueError`` where there is no such form."""
    import rfc8785

    return sha256(rfc8785.dumps(cast("dict[str, None]", _plain(data)))).hexdigest()


def data_digest(data: object) -> str | None:
    """Return the digest of a file's data, or None for data that no sealed file can have had."""
    import rfc8785

    try:
        return sha256(rfc8785.dumps(cast("dict[str, None]", data))).hexdigest()
    except ValueError:  # not a number, a key that is no text: rfc8785's errors are all of this class
        return None


def plan_digest(plan: Plan, year: int) -> str:
    """Return the digest of the plan as in force in a fiscal year.

    In it is what the year's papers print and what its figures are computed from. Summaries, notes
    and sources are not; nor is when a part ends, the end of the plan itself included.
    """
    now = plan.at(year)
    header = now.header
    return digest(
        {
            "id": header.id,
            "title": header.title,
            "from": header.period.since,
            "levels": [level.name for level in header.levels or ()],
            "scheme": now.scheme.model_dump(exclude_defaults=True),
            "nodes": {place.id: _node(place) for place in now.places.values()},
            "indicators": {slug: _indicator(*pair) for slug, pair in now.indicators.items()},
        }
    )


def _node(place: Place) -> dict[str, object]:
    node = place.node
    return _told(
        title=node.title,
        label=node.label,
        relisted_from=node.original_id,
        department=place.department,
        partners=place.partners,
    )


def _indicator(indicator: Indicator, place: Place) -> dict[str, object]:
    baseline = indicator.baseline
    return _told(
        at=place.id,
        name=indicator.name,
        unit=indicator.unit,
        kind=indicator.kind,
        direction=indicator.direction,
        method=indicator.method,
        aggregate=indicator.aggregate,
        adopted=indicator.adopted,
        baseline=None if baseline is None else {"year": baseline.year, "value": indicator.baseline_value},
        targets=indicator.target_values,
        tolerance=indicator.tolerance,
        words=indicator.words.model_dump() if isinstance(indicator.words, Words) else indicator.words,
    )


def figures_digest(report: ReviewReport) -> str:
    """Return the digest of a review's figures: none of them depends on a later year."""
    return digest(
        {
            "total": _counts(report.total),
            "policies": {row.place.id: _counts(row) for row in report.policies if row.place},
            "measures": {row.place.id: _counts(row) for row in report.measures if row.place},
            "initiatives": {
                row.place.id: _told(reported=row.state.reported, status=row.state.status, rating=row.state.rating)
                for row in report.initiatives
            },
            "indicators": {row.indicator.id: _figures(row) for row in report.indicators},
        }
    )


def _counts(row: SummaryRow) -> dict[str, object]:
    counts = row.tally
    return {
        "listed": counts.listed,
        "relisted": counts.relisted,
        "reported": counts.reported,
        "status": counts.status,
        "rating": counts.rating,
    }


def _figures(row: IndicatorRow) -> dict[str, object]:
    rate = row.result.rate
    return _told(
        actual=row.value.value,
        missing=row.value.missing,
        partial=row.value.partial,
        target=row.result.target,
        target_year=row.result.target_year,
        met=row.result.met,
        rate=None if rate is None else [rate.numerator, rate.denominator, rate.percent],
    )


def _told(**values: object) -> dict[str, object]:
    """Return what is given; what is not, leaves no trace."""
    return {key: value for key, value in values.items() if value is not None and value != ()}


def _plain(value: object) -> object:
    """Return a value as JSON has it; exact numbers become texts such as ``3/2``, days and times ISO texts."""
    match value:
        case Decimal() | Fraction():
            return str(Fraction(value))
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value


# -- what no longer fits a seal -------------------------------------------------------------------


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
    ledger: Ledger,
) -> Iterator[tuple[str | None, Fault]]:
    """Yield every fault of a closed year with the path of the entry's file, or None for the file of the seals.

    ``digests`` has the year's files by path, None for data that can't be told. What could not be
    read at all (``unread``) stands in other problems, and is not called changed or missing here.
    """
    seal = file.seal
    if seal is None:
        return
    at: At = ("seals", len(file.seals) - 1)
    words: dict[str, Value] = {"year": seal.year, "sealed": seal.day}
    is_as_sealed = True
    names = {path: path.rpartition("/")[2].removesuffix(".yaml") for path in (*digests, *unread)}
    for path, text in digests.items():
        if path not in unread and text != seal.entries.get(names[path], _CAME):
            is_as_sealed = False
            yield path, Fault("E501" if names[path] in seal.entries else "E503", values=words)
    has_hidden_folder = any(not path.endswith(".yaml") for path in unread)
    for name in () if has_hidden_folder else seal.entries.keys() - names.values():
        is_as_sealed = False
        yield None, Fault("E502", (*at, "entries", name), {"entry": name, **words}, on_key=True)
    if plan is None:
        return
    if plan_digest(plan, seal.year) != seal.plan:
        yield None, Fault("E504", (*at, "plan"), words)
    elif is_as_sealed and not unread:
        from mizuho_pdca.domain.review.review import review

        if figures_digest(review(plan, ledger, seal.year)) != seal.review:
            yield None, Fault("E506", (*at, "review"), words)
