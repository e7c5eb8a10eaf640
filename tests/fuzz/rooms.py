# mypy: allow-untyped-calls
"""The rooms that read what people type or leave in files, each fed by itself: a case takes no whole command.

A room may refuse with its own faults, and with nothing else; what it says of them may hold no sign that moves a
cursor. What it accepts must hold what its room promises (a number printed and read again is the same, and so on).
"""

from __future__ import annotations

import functools
import random
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from mizuho_pdca import text as signs
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.input.days import typed_half, typed_period
from mizuho_pdca.app.input.entries import is_last, named, typed_kind
from mizuho_pdca.app.input.figures import typed_figure, typed_value
from mizuho_pdca.app.input.months import typed_month
from mizuho_pdca.app.input.names import find_indicator, find_place, find_subject
from mizuho_pdca.app.input.words import understood
from mizuho_pdca.app.input.years import fiscal_year_of
from mizuho_pdca.domain.calendar import parse_date, parse_year
from mizuho_pdca.domain.plan.numbers import parse_node_id, print_node_id, sort_key
from mizuho_pdca.domain.plan.outline import read_outline
from mizuho_pdca.domain.plan.written import read_number
from mizuho_pdca.domain.records.paths import PLAN_PATH
from mizuho_pdca.domain.schema.faults import Problem
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_
from mizuho_pdca.render.text.problems import problems
from mizuho_pdca.storage.contents import contents
from mizuho_pdca.storage.loading import load, load_plan, read_entry
from mizuho_pdca.storage.outline import read_sheets
from mizuho_pdca.storage.seals import SealedYears
from mizuho_pdca.storage.tree import Found, Memory
from tests.fuzz import typed
from tests.fuzz.bending import bent
from tests.fuzz.files import OUTLINE
from tests.fuzz.running import _RAW, NOW, Hangs
from tests.fuzz.town import build

T = TypeVar("T")
SECONDS = 2.0 if sys.gettrace() is None else 8.0  # who counts the lines that run takes longer
_GIVEN_UP = 10
_TODAY = date(2025, 6, 15)
_SHOWN = 600
_WEIGHTS = {
    **dict.fromkeys(("text", "number", "day", "year"), 240),
    "figure": 48,
    "word": 32,
    "entry name": 12,
    "yaml": 8,
    "name": 4,
    "outline": 4,
    "entry": 4,
    "plan": 2,
    "seal": 1,
}
"""How often a room comes: those that are quick more often."""

_SEAL = "records/2023/closed.yaml"
_PLAN = b"""schema: 1
plan: {id: trial, title: Trial, municipality: Town, period: {from: 2022, until: 2031}, council: {name: Council}}
scheme:
  statuses: [{code: in_progress, name: going}]
  scale: {ranks: [{code: A, name: good, at_least: 80}], states: []}
  directions: [{name: on}]
policies:
- id: '1'
  title: first
  measures:
  - id: '1-1'
    title: second
    submeasures:
    - id: '1-1-1'
      title: third
      initiatives:
      - {id: '1-1-1-1', title: visits, department: Office}
      - {id: '1-1-1-2', relisted_from: '1-1-1-1'}
    indicators:
    - {id: calls, name: calls, unit: times, kind: output, direction: increase, method: ratio, aggregate: sum,
       baseline: {year: 2021, value: 40}, targets: {2024: 60, 2031: 120}, adopted: false}
"""


class Room(NamedTuple):
    """What is tried: a function of bytes that yields what must not be, and its good cases."""

    tried: Callable[[bytes], Iterator[str]]
    good: Sequence[bytes]
    is_text: bool = True


@functools.cache
def _japanese() -> Callable[[str], str]:
    return translator("ja")


class Rooms:
    """All rooms, with the workspace that they read in."""

    def __init__(self, folder: Path) -> None:
        """Make the workspace."""
        self.town = build(folder / "town", closed=True)
        self.desk = Desk(self.town.root, clock=lambda: NOW)
        self.plan = self.desk.plan
        self.ledger = load(self.desk.tree, NOW).ledger
        self.file = folder / "outline.csv"

    def all(self) -> Mapping[str, Room]:
        """Return the rooms by name."""
        records = {path.name: path.read_bytes() for path in (self.town.root / "records").rglob("*.yaml")}
        entries = [raw for name, raw in records.items() if name != "closed.yaml"]
        names = _bytes(
            typed.INITIATIVES, typed.INDICATORS, [place.node.title or "" for place in self.plan.places.values()]
        )
        every = [*typed.FIGURES, *(f"{name}={value}" for name in typed.INDICATORS for value in typed.FIGURES)]
        return {
            "text": Room(self.text, _bytes(typed.TEXTS, typed.SIGNS)),
            "number": Room(self.number, _bytes(typed.INITIATIVES, ["1-1①-1", "第1章", "１－１⑳"])),
            "day": Room(self.day, _bytes(typed.DAYS)),
            "year": Room(self.year, _bytes(typed.YEARS, typed.OTHERS["--month"], typed.OTHERS["--half"])),
            "name": Room(self.name, names),
            "figure": Room(self.figure, _bytes(every)),
            "word": Room(self.word, _bytes(typed.STATUSES, typed.RATINGS, typed.KINDS, *typed.OTHERS.values())),
            "entry name": Room(self.entry_name, _bytes(typed.ENTRIES)),
            "outline": Room(
                self.outline, [OUTLINE.encode(), OUTLINE.replace(",", "\t").encode("utf-16")], is_text=False
            ),
            "yaml": Room(self.yaml, [*entries, _PLAN], is_text=False),
            "entry": Room(self.entry, entries, is_text=False),
            "seal": Room(self.seal, [records["closed.yaml"][:6000]], is_text=False),
            "plan": Room(self.plan_file, [_PLAN], is_text=False),
        }

    def text(self, raw: bytes) -> Iterator[str]:
        """Clean, fold and show a text."""
        given = _text(raw)
        shown = [signs.printable(given), signs.visible(given), signs.one_line(given)]
        yield from (f"raw sign: {one!r}" for one in shown[1:] if _RAW.search(one))
        cleaned = signs.cleaned(given)
        if signs.cleaned(cleaned) != cleaned:
            yield f"cleaned twice is not cleaned once: {cleaned!r}"
        if signs.display_width(given) < 0:
            yield "a width below nothing"
        signs.folded(given), signs.without_kind(given), signs.split_names(given)

    def number(self, raw: bytes) -> Iterator[str]:
        """Read a number of the plan, print it, and read it again."""
        given = _text(raw)
        read_number(given)
        node = parse_node_id(given)
        if node is not None:
            sort_key(node)
            if parse_node_id(print_node_id(node)) != node:
                yield f"{node} is printed {print_node_id(node)}"

    def day(self, raw: bytes) -> Iterator[str]:
        """Read a day or a period."""
        given = _text(raw)
        found = yield from _refusing(lambda: typed_period(given, _TODAY))
        if found is not None and found.last is not None and found.last < found.first:
            yield f"a period that ends before it begins: {found}"
        parse_date(given, _TODAY)

    def year(self, raw: bytes) -> Iterator[str]:
        """Read a year, a month and a half of a year."""
        given = _text(raw)
        found = yield from _refusing(lambda: fiscal_year_of(given, self.desk))
        if found is not None and not isinstance(found, int):
            yield f"no year: {found!r}"
        month = yield from _refusing(lambda: typed_month(given, _TODAY))
        if month is not None and not 0 < month[1] <= 12:
            yield f"no month: {month}"
        yield from _refusing(lambda: typed_half(self.plan, given))
        parse_year(given)

    def name(self, raw: bytes) -> Iterator[str]:
        """Find what a name means."""
        given = _text(raw)
        yield from _refusing(lambda: find_place(self.plan, given, 2024))
        yield from _refusing(lambda: find_indicator(self.plan, given, 2024))
        yield from _refusing(lambda: find_subject(self.plan, given, 2024))

    def figure(self, raw: bytes) -> Iterator[str]:
        """Read a figure, with its indicator or without."""
        given = _text(raw)
        yield from _refusing(lambda: typed_value(self.plan, given, 2024, self.plan.places["1-1-2-1"]))
        for one, _ in (*self.plan.indicators.values(),)[:3]:
            yield from _refusing(lambda one=one: typed_figure(one, given))  # type: ignore[misc]

    def word(self, raw: bytes) -> Iterator[str]:
        """Understand one of the plan's words."""
        given, scheme = _text(raw), self.plan.scheme_at(2024)
        yield from _refusing(lambda: understood(given, scheme.statuses, N_("status"), "E204"))
        yield from _refusing(lambda: understood(given, scheme.responses, N_("answer"), "E217"))
        yield from _refusing(lambda: typed_kind(given))

    def entry_name(self, raw: bytes) -> Iterator[str]:
        """Find an entry by its name."""
        given = _text(raw)
        if not is_last(given):
            yield from _refusing(lambda: named(self.desk.tree, self.plan, self.ledger, given))

    def outline(self, raw: bytes) -> Iterator[str]:
        """Read the outline of a plan."""
        self.file.write_bytes(raw)
        sheets = yield from _refusing(lambda: read_sheets(self.file))
        if sheets is not None:
            read = read_outline(sheets)
            yield from _said(str(fault) for fault in getattr(read, "faults", ()))

    def yaml(self, raw: bytes) -> Iterator[str]:
        """Read a file's data, or say where it is wrong."""
        held = contents(Memory({"a.yaml": raw}), Found("a.yaml"))
        if isinstance(held, list):
            yield from _problems(held, "a.yaml")

    def entry(self, raw: bytes) -> Iterator[str]:
        """Read an entry, alone and beside the plan."""
        path = "records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml"
        read_entry(Memory({path: raw}), path)
        yield from _problems(load(Memory({path: raw, PLAN_PATH: _PLAN}), NOW).problems, path)

    def seal(self, raw: bytes) -> Iterator[str]:
        """Read the seals of a year."""
        seals = SealedYears()
        seals.read(Memory({_SEAL: raw}), Found(_SEAL), 2023)
        yield from _problems(seals.problems, _SEAL)

    def plan_file(self, raw: bytes) -> Iterator[str]:
        """Read a plan."""
        found, wrong = load_plan(Memory({PLAN_PATH: raw}))
        yield from _problems(wrong, PLAN_PATH)
        if (found is None) != bool(wrong):
            yield "neither a plan nor a fault"


def _bytes(*words: Sequence[str]) -> list[bytes]:
    return [word.encode(errors="surrogatepass") for each in words for word in each]


def _text(raw: bytes) -> str:
    """Return what would be typed: bytes that are no text come as Python takes them from a command line."""
    return raw.decode(errors="surrogateescape")


def _refusing(work: Callable[[], T]) -> Generator[str, None, T | None]:
    """Do something that may refuse; yield what is wrong with the words of the refusal, and return the rest."""
    try:
        return work()
    except (UsageFault, EnvironmentFault, PdcaError) as exc:
        yield from _said([exc.text(_japanese())])
    return None


def _said(words: Sequence[str] | Iterator[str]) -> Iterator[str]:
    for word in words:
        if "Traceback" in word or "object at 0x" in word:
            yield f"words of the program's inside: {word!r}"


def _problems(found: Sequence[Problem], path: str) -> Iterator[str]:
    said = problems(found, _japanese())
    if bad := _RAW.search(said):
        yield f"raw sign {bad[0]!r}: {said[max(0, bad.start() - 40) : bad.end() + 40]!r}"
    for problem in found:
        if problem.file == path and problem.fault.severity == "error" and not problem.line and raw_has_lines(problem):
            yield f"no place: {problem.fault.code}"


def raw_has_lines(problem: Problem) -> bool:
    """Return whether a fault stands on a line: not one of a file that is empty, too large, or can't be read."""
    return problem.fault.code not in ("E001", "E009", "E010", "E011") and not problem.fault.code.startswith("E5")


# -- cases ----------------------------------------------------------------------------------------


def judged(room: Room, raw: bytes) -> tuple[float, list[str]]:
    """Feed a room; return the seconds that it reckoned, however much else the machine does, and what must not be."""

    def stop(*_: object) -> None:
        raise Hangs

    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, _GIVEN_UP)
    start = time.process_time()
    try:
        found = list(room.tried(raw))
    except Hangs:
        found = ["hangs"]
    except Exception as exc:  # noqa: BLE001 (whatever comes is what is looked for)
        found = [f"{type(exc).__name__}: {exc}"[:300]]
    finally:
        if hasattr(signal, "SIGPROF"):
            signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - start
    if seconds > SECONDS and not found:
        found = [f"took {seconds:.1f} s"]
    return seconds, found


def cases(seed: int, folder: Path, only: str | None = None) -> Iterator[tuple[str, str, float, list[str]]]:
    """Feed room after room with what it takes, bent."""
    rnd = random.Random(seed)
    rooms = Rooms(folder).all()
    names = [only] if only else list(rooms)
    weights = [_WEIGHTS[name] for name in names]
    while True:
        name = rnd.choices(names, weights)[0]
        room = rooms[name]
        raw = (mistyped if room.is_text else bent)(rnd.choice(room.good), rnd)
        seconds, found = judged(room, raw)
        yield f"{name} {raw[:_SHOWN]!r}", name, seconds, found


_PIECES = tuple(
    _bytes(typed.SIGNS, typed.FIGURES, typed.DAYS, typed.YEARS, ["年", "月", "度", "=", "(", "（", "第", "①", "-"])
)


def mistyped(raw: bytes, rnd: random.Random) -> bytes:
    """Return what somebody types, bent once or a few times: in its signs, seldom in its bytes."""
    for _ in range(rnd.choice([0, 1, 1, 1, 2, 3, 5])):
        given = raw.decode(errors="surrogateescape")
        at, to = sorted((rnd.randrange(len(given) + 1), rnd.randrange(len(given) + 1)))
        match rnd.randrange(9):
            case 0:
                given = given[:at] + given[to:]
            case 1:
                given = given[:at] + given[at:to] * 2 + given[to:]
            case 2:
                given = (
                    given[:at] + chr(rnd.choice((rnd.randrange(0xD800), rnd.randrange(0x3000, 0x3100)))) + given[at:]
                )
            case 3:
                given = given[:at] + str(rnd.choice((0, 1, 3, 9, 31, 99, 10 ** rnd.randrange(12)))) + given[to:]
            case 4:
                given = given.translate(_WIDE if rnd.random() < 0.5 else _OTHER_DIGITS)
            case 5 if rnd.random() < 0.02:
                given = rnd.choice(typed.MANY)
            case 6:
                cut = rnd.randrange(len(raw) + 1)
                raw = raw[:cut] + rnd.randbytes(1) + raw[cut:]
                continue
            case _:
                piece = rnd.choice(_PIECES).decode(errors="surrogatepass")
                given = given[:at] + piece + given[rnd.choice((at, to)) :]
        raw = given.encode(errors="surrogatepass")
    return raw


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_OTHER_DIGITS = {ord("0") + digit: 0x0660 + digit for digit in range(10)}
