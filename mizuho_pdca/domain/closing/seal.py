"""The seal 確定 of a closed fiscal year, as its file holds it: the digests of its entries, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, TypeAdapter

from mizuho_pdca.domain.closing.digests import digest
from mizuho_pdca.domain.closing.facts import Facts
from mizuho_pdca.domain.review.as_of import Edition
from mizuho_pdca.domain.schema.faults import At, Fault
from mizuho_pdca.domain.schema.shapes import Day, Moment, Shape, Text, Year, read_shape
from mizuho_pdca.message import N_, Message, Value, message

ALGORITHM: Literal["sha256/rfc8785"] = "sha256/rfc8785"
"""How the digests of entries are made."""

_HEX = re.compile(r"[0-9a-f]{64}")
_SHOWN = 12
_STATES = ("closed", "reopened")


class Seal(Shape):
    """A closed year: who closed it, when, after which meeting, and the digests of its entries.

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
    entries: dict[Text, Text]

    @property
    def day(self) -> str:
        """Return the day on which the year was closed."""
        return self.recorded.date().isoformat()

    @property
    def short(self) -> str:
        """Return the beginning of the seal's own digest: enough to tell it from another one on paper."""
        return digest(self.model_dump(by_alias=True, exclude_defaults=True))[:_SHOWN]

    @property
    def edition(self) -> int:
        """Return by which rules of counting the year was closed; 0 where the seal is of the first form."""
        return 0


class FirstSeal(Seal):
    """A seal of the first form: plan and figures by their digests, which can't say what changed."""

    plan: Text
    review: Text


class FactSeal(Seal):
    """A seal that holds the facts of the plan on which the year's figures and ratings rest."""

    rules: Annotated[int, Field(strict=True, ge=1)]
    facts: Facts

    @property
    def edition(self) -> int:
        """Return by which rules of counting the year was closed."""
        return self.rules


class Reopening(Shape):
    """Says that the seal before it no longer holds, and why."""

    state: Literal["reopened"]
    by: Text
    recorded: Moment
    reason: Text


def _form(item: object) -> str:
    """Return the form of an item of the list of seals; what is none is blamed as a seal of today."""
    if isinstance(item, Mapping) and item.get("state") == "reopened":
        return "(reopened)"
    keys = item.keys() if isinstance(item, Mapping) else set[str]()
    return "(first)" if {"plan", "review"} & keys and not {"facts", "rules"} & keys else "(facts)"


Item = Annotated[
    Annotated[FirstSeal, Tag("(first)")]
    | Annotated[FactSeal, Tag("(facts)")]
    | Annotated[Reopening, Tag("(reopened)")],
    Discriminator(_form),
]


class SealFile(Shape):
    """The whole of ``records/YEAR/closed.yaml``: seals and reopenings; the last one holds."""

    schema_version: Literal[1] = Field(alias="schema")
    seals: tuple[Item, ...]

    @property
    def seal(self) -> Seal | None:
        """Return the seal that holds, None where the year was reopened."""
        last = self.seals[-1]
        return last if isinstance(last, Seal) else None

    @property
    def confirmed(self) -> Edition:
        """Return which edition of the year's papers was confirmed last."""
        number = sum(isinstance(item, Seal) for item in self.seals)
        return Edition(number, self.last_seal.recorded.date(), holds=self.seal is not None)

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
        if not _may_follow(file.seals[position - 1] if position else None, item):
            yield _unreadable(message(N_("seals and reopenings must take turns, a seal first")), (*at, "state"))
        if not isinstance(item, Seal):
            continue
        if item.year != year:
            reason = message(
                N_("the seal is of FY{year}, but lies in the folder of {folder}"), year=item.year, folder=year
            )
            yield _unreadable(reason, (*at, "fiscal_year"))
        digests: dict[At, str] = {("entries", name): text for name, text in item.entries.items()}
        if isinstance(item, FirstSeal):
            digests |= {("plan",): item.plan, ("review",): item.review}
        for keys, text in digests.items():
            if not _HEX.fullmatch(text):
                yield _unreadable(
                    message(N_('"{value}" is not a digest (64 digits 0-9 a-f)'), value=text), (*at, *keys)
                )


def _may_follow(before: Seal | Reopening | None, item: Seal | Reopening) -> bool:
    """Return whether an item may stand behind another one: a seal also behind an older form of seal."""
    if isinstance(before, Seal):
        return not isinstance(item, Seal) or before.edition < item.edition
    return isinstance(item, Seal)
