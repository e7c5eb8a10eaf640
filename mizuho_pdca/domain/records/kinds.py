"""The kinds of entries 記録: one description each, which everything else goes by.

What a kind is called, which keys its file adds and what each of them holds, whether it counts as
an office's report, and what it may be about. A new kind is a class in ``entries``, a description
here, and its command.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from mizuho_pdca.domain.records.entries import (
    Activity,
    Actual,
    Entry,
    Evaluation,
    Improvement,
    Opinion,
    Recorded,
    Response,
    Withdrawal,
)
from mizuho_pdca.message import N_, Message, message

Form = Literal[
    "text",
    "note",
    "day",
    "status",
    "rating",
    "direction",
    "answer",
    "answered",
    "undone",
    "figures",
    "reasons",
    "links",
    "grounds",
    "half",
    "last_day",
    "as_of",
    "provisional",
    "evaluator",
    "indicator",
]
"""What a key holds.

``text`` is what somebody says of the year, ``note`` a remark on it, ``grounds`` why nothing is
done; ``status``, ``rating``, ``direction``, ``answer`` and ``evaluator`` are words of the scheme; ``answered``
names the opinion that is answered, ``undone`` an entry that no longer holds; ``figures`` and
``reasons`` are values of indicators, or why there are none, by the indicator's id, and ``half``
the half of the year that they belong to, ``as_of`` of when they are, ``provisional`` whether they are first
ones that may still change, while ``indicator`` is one that is itself spoken of; ``day`` is the day
of a meeting, ``last_day`` ends a period.
"""


@dataclass(frozen=True)
class EntryField:
    """A key of an entry's file: what it is called, and what it holds."""

    key: str
    words: str
    form: Form


@dataclass(frozen=True)
class Kind:
    """A kind of entry.

    ``command`` records it. ``reports`` says whether an office may report by it; ``scope`` how high it may stand: at an
    initiative alone, at any node, or also at the plan as a whole. ``lasts`` marks one that may be
    made when its subject has come to an end.
    """

    shape: type[Recorded]
    name: Message
    command: str
    fields: tuple[EntryField, ...]
    reports: bool = True
    scope: Literal["initiative", "node", "plan"] = "node"
    lasts: bool = False

    def keys(self, *forms: Form) -> tuple[str, ...]:
        """Return the keys that hold one of the forms, in the order of the file."""
        return tuple(field.key for field in self.fields if field.form in forms)


KINDS: Mapping[str, Kind] = {
    "activity": Kind(
        Activity,
        message(N_("an activity")),
        "log",
        (
            EntryField("until", N_("the last day"), "last_day"),
            EntryField("status", N_("status"), "status"),
            EntryField("summary", N_("what was done"), "text"),
            EntryField("values", N_("value"), "figures"),
            EntryField("links", N_("papers and pages"), "links"),
        ),
    ),
    "actual": Kind(
        Actual,
        message(N_("an actual")),
        "actual",
        (
            EntryField("values", N_("value"), "figures"),
            EntryField("missing", N_("reason for no value"), "reasons"),
            EntryField("half", N_("half of the year"), "half"),
            EntryField("as_of", N_("as of"), "as_of"),
            EntryField("provisional", N_("kind of figure"), "provisional"),
            EntryField("source", N_("source"), "note"),
        ),
    ),
    "evaluation": Kind(
        Evaluation,
        message(N_("an evaluation")),
        "evaluate",
        (
            EntryField("evaluator", N_("the evaluator"), "evaluator"),
            EntryField("indicator", N_("indicator rated"), "indicator"),
            EntryField("meeting", N_("the day of the meeting"), "day"),
            EntryField("rating", N_("the rating"), "rating"),
            EntryField("progress", N_("progress"), "text"),
            EntryField("issues", N_("issues"), "text"),
        ),
        scope="plan",
    ),
    "improvement": Kind(
        Improvement,
        message(N_("an improvement")),
        "improve",
        (
            EntryField("direction", N_("the future direction"), "direction"),
            EntryField("next", N_("plans for the next year"), "text"),
        ),
        scope="initiative",
    ),
    "opinion": Kind(
        Opinion,
        message(N_("an opinion")),
        "opinion",
        (EntryField("meeting", N_("the day of the meeting"), "day"), EntryField("text", N_("what was said"), "text")),
        reports=False,
        scope="plan",
    ),
    "response": Kind(
        Response,
        message(N_("a response")),
        "respond",
        (
            EntryField("responds", N_("opinion answered"), "answered"),
            EntryField("state", N_("state of the response"), "answer"),
            EntryField("text", N_("the response"), "text"),
            EntryField("grounds", N_("why nothing will be done"), "grounds"),
        ),
        reports=False,
        scope="plan",
        lasts=True,
    ),
    "withdrawal": Kind(
        Withdrawal,
        message(N_("a withdrawal")),
        "withdraw",
        (EntryField("withdraws", N_("entry taken back"), "undone"),),
        reports=False,
        scope="plan",
        lasts=True,
    ),
}


_ANSWERED = {code: kind.keys("answered") for code, kind in KINDS.items()}
_UNDONE = {code: kind.keys("undone") for code, kind in KINDS.items()}


def is_report(entry: Entry) -> bool:
    """Return whether the office says what it did, how it rates or what comes next; a reason for no figure does not."""
    kind = KINDS[entry.kind]
    return kind.reports and any(
        getattr(entry, key) for key in kind.keys("text", "status", "rating", "direction", "figures")
    )


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the keys of what an entry says, each with its text without blanks around it."""
    for key in KINDS[entry.kind].keys("text"):
        text = getattr(entry, key)
        if text:
            yield key, text.strip()


def first_line(entry: Entry) -> str:
    """Return the first line of what an entry says, else of its reason; empty where it has figures alone."""
    text = next((text for _, text in texts(entry)), entry.reason or "")
    return text.strip().split("\n")[0]


def references(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the keys of an entry that name other entries, each with the name."""
    for key in _ANSWERED[entry.kind]:
        yield key, getattr(entry, key)
    yield from displaced(entry)


def displaced(entry: Entry) -> list[tuple[str, str]]:
    """Return those of its references by which an entry puts others out of force, or back into it."""
    found = [(key, getattr(entry, key)) for key in _UNDONE[entry.kind]]
    return found if entry.supersedes is None else [*found, ("supersedes", entry.supersedes)]
