"""Record: what was done, a figure, a rating; and take back what was wrong.

An entry is built from what a person typed, passed through the very checks of ``pdca validate``,
and only then written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.opening import check_year, find_indicator, find_place, open_plan
from mizuho_pdca.core.calendar import fiscal_year, parse_date
from mizuho_pdca.core.checks import EntryCheck, path_of
from mizuho_pdca.core.entries import ENTRY_SHAPE, Activity, Entry
from mizuho_pdca.core.faults import Fault
from mizuho_pdca.core.identifiers import entry_id
from mizuho_pdca.core.indicator import Indicator
from mizuho_pdca.core.ledger import Ledger
from mizuho_pdca.core.plan import Place, Plan
from mizuho_pdca.core.shapes import Figure, read_shape
from mizuho_pdca.errors import PdcaError, Refused, UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.storage.files import create
from mizuho_pdca.storage.loading import load, read_entry
from mizuho_pdca.storage.tree import RECORDS
from mizuho_pdca.storage.yaml_writing import to_text

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_TRIES = 5


class Rejected(PdcaError):
    """What was typed would make an entry with faults; ``faults`` holds all of them."""

    exit_code = 2

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Take every fault of the entry."""
        super().__init__(N_("nothing was recorded"))
        self.faults = faults

    def text(self, t: Translate) -> str:
        """Return every fault with its remedy."""
        lines = []
        for fault in self.faults:
            lines.append(t(N_("Error: {message} [{code}]")).format(message=fault.message.text(t), code=fault.code))
            lines.append(t(N_("  Remedy: {remedy}")).format(remedy=fault.remedy.text(t)))
        return "\n".join([*lines, self.message.text(t)])


@dataclass(frozen=True)
class Receipt:
    """What was recorded, where, and what the person should know about it."""

    plan: Plan
    place: Place
    entry: Entry
    path: str
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Correction:
    """Which entry a new one takes the place of, and why."""

    supersedes: str | None = None
    reason: str | None = None


def log(
    desk: Desk,
    target: str,
    summary: str,
    *,
    status: str | None = None,
    day: str | None = None,
    values: Sequence[str] = (),
    links: Sequence[str] = (),
    by: str | None = None,
    correction: Correction = Correction(),
) -> Receipt:
    """Record an activity for a node of the plan."""
    plan = open_plan(desk)
    place, notes = _own(plan, find_place(plan, target))
    when = _day(desk, day)
    known = None if status is None else plan.scheme.status(_plain(status))
    code = status if known is None else known.code
    if status is None and place.is_initiative:
        code = _last_status(desk, plan, fiscal_year(when), place)
        notes.append(message(N_("status: {name} (change it with -s)"), name=_status_name(plan, code)))
    data = {
        "kind": "activity",
        "status": code,
        "summary": _clean(summary),
        "values": dict(_value(plan, value) for value in values),
        "links": [_clean(link) for link in links],
    }
    return _record(desk, plan, place, data, day=when, by=by, correction=correction, notes=notes)


def record_actual(
    desk: Desk,
    indicator: str,
    value: str | None,
    *,
    year: int,
    missing: str | None = None,
    day: str | None = None,
    source: str | None = None,
    by: str | None = None,
    correction: Correction = Correction(),
) -> Receipt:
    """Record an indicator's figure for a fiscal year, or why there is none."""
    plan = open_plan(desk)
    found, place = find_indicator(plan, _plain(indicator))
    data: dict[str, object] = {
        "kind": "actual",
        "fiscal_year": check_year(plan, year),
        "values": {} if value is None else {found.id: _figure(found, value)},
        "missing": {} if missing is None else {found.id: _clean(missing)},
        "source": source and _clean(source),
    }
    return _record(desk, plan, place, data, day=_day(desk, day), by=by, correction=correction)


def evaluate(
    desk: Desk,
    target: str,
    *,
    year: int,
    rating: str,
    progress: str | None = None,
    issues: str | None = None,
    by: str | None = None,
    correction: Correction = Correction(),
) -> Receipt:
    """Record the rating of an initiative for a fiscal year."""
    plan = open_plan(desk)
    place, notes = _own(plan, find_place(plan, target))
    word = _plain(rating)
    known = plan.scheme.scale.find(word) or plan.scheme.scale.find(word.upper())
    data: dict[str, object] = {
        "kind": "evaluation",
        "fiscal_year": check_year(plan, year),
        "rating": rating if known is None else known.code,
        "progress": progress and _clean(progress),
        "issues": issues and _clean(issues),
    }
    return _record(desk, plan, place, data, day=desk.today, by=by, correction=correction, notes=notes)


def withdraw(desk: Desk, entry: str, *, reason: str, by: str | None = None) -> Receipt:
    """Record that an entry no longer holds."""
    plan = open_plan(desk)
    wrong = _in_force(desk, entry)
    data: dict[str, object] = {
        "kind": "withdrawal",
        "fiscal_year": wrong.year,
        "withdraws": wrong.id,
    }
    correction = Correction(reason=reason)
    return _record(desk, plan, plan.places[wrong.target], data, day=desk.today, by=by, correction=correction)


def commit_entry(desk: Desk, receipt: Receipt, t: Translate) -> None:
    """Commit the file of one entry, and nothing else."""
    title = t(N_("Record {number} {title}")).format(
        number=receipt.place.number, title=receipt.plan.title(receipt.place)
    )
    trailers = f"Pdca-Entry: {receipt.entry.id}\nPdca-Year: {receipt.entry.year}"
    desk.git.do("add", "--", receipt.path)
    desk.git.do("commit", "--quiet", "-m", title, "-m", trailers, "--", receipt.path)


# -- from what was typed to a file ------------------------------------------------------------


def _record(
    desk: Desk,
    plan: Plan,
    place: Place,
    data: Mapping[str, object],
    *,
    day: date,
    by: str | None,
    correction: Correction,
    notes: Sequence[Message] = (),
) -> Receipt:
    recorded = desk.clock()
    if correction.supersedes is not None:
        correction = Correction(_in_force(desk, correction.supersedes).id, correction.reason)
    for _ in range(_TRIES):
        whole = {
            "schema": 1,
            "id": entry_id(day, desk.token()),
            "kind": data["kind"],
            "target": place.id,
            "date": day,
            **{key: value for key, value in data.items() if value not in (None, {}, [])},
            "supersedes": correction.supersedes,
            "reason": correction.reason and _clean(correction.reason),
            "by": _clean(desk.person(by)),
            "recorded": recorded,
            "sample": desk.sample or None,
        }
        whole = {key: value for key, value in whole.items() if value is not None}
        entry = _checked(whole, plan, desk.today)
        path = path_of(entry)
        try:
            create(desk.root / path, to_text(whole).encode())
        except Refused:
            continue
        return Receipt(plan, place, entry, path, tuple(notes))
    raise Refused(N_("no free name was found for the entry; nothing was written"))


def _checked(data: Mapping[str, object], plan: Plan, today: date) -> Entry:
    """Return the entry, checked as ``pdca validate`` would; raise ``Rejected`` with all faults."""
    shaped = read_shape(ENTRY_SHAPE, {key: _as_read(value) for key, value in data.items()})
    if isinstance(shaped, list):
        raise Rejected(shaped)
    faults = EntryCheck(plan, today).faults(shaped, path_of(shaped))
    if faults:
        raise Rejected(faults)
    return shaped


def _as_read(value: object) -> object:
    """Return a value as the reader would give it back from the file."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: float(item) if isinstance(item, Decimal) else item for key, item in value.items()}
    return value


def _own(plan: Plan, place: Place) -> tuple[Place, list[Message]]:
    """Return where work is recorded: a relisting's original, with a note that says so."""
    original = plan.original(place)
    if original is place:
        return place, []
    note = message(
        N_("{number} is a relisting; recorded for its original {original}"),
        number=place.number,
        original=original.number,
    )
    return original, [note]


def _day(desk: Desk, text: str | None) -> date:
    if text is None:
        return desk.today
    day = parse_date(text, desk.today)
    if day is None:
        raise UsageFault(
            N_('"{value}" is not a date'),
            value=text,
            remedy=message(N_("Write it such as 2024-06-12, 2024/6/12, R6.6.12, 令和6年6月12日, 今日 or 昨日.")),
        )
    return day


def _value(plan: Plan, text: str) -> tuple[str, Figure]:
    """Return the indicator and the figure of ``INDICATOR=VALUE``."""
    name, sign, value = unicodedata.normalize("NFKC", text).partition("=")
    if not sign or not value.strip():
        raise UsageFault(
            N_('"{value}" is not of the form INDICATOR=VALUE'),
            value=text,
            remedy=message(N_("Write it such as -k company-visits=3 (pdca plan lists the indicators).")),
        )
    indicator, _ = find_indicator(plan, name.strip())
    return indicator.id, _figure(indicator, value)


def _figure(indicator: Indicator, text: str) -> Figure:
    """Return the figure that a person typed: full width, with commas, △ or the unit as well."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if indicator.method == "done":
        yes = indicator.read(plain)
        return yes if isinstance(yes, bool) else plain
    number = plain.removesuffix(indicator.unit or "").strip().replace(",", "").replace("△", "-").replace("▲", "-")
    try:
        return Decimal(number)
    except InvalidOperation:
        return plain


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _clean(text: str) -> str:
    """Return a text without invisible control characters and without blank ends."""
    lines = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _status_name(plan: Plan, code: str) -> str:
    status = plan.scheme.status(code)
    return code if status is None else status.name


def _last_status(desk: Desk, plan: Plan, year: int, place: Place) -> str:
    """Return the status that the year's last activity gave, or "in progress" for the first one."""
    folder = desk.root / RECORDS / str(year) / place.id
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    entries = (read_entry(desk.tree, path.relative_to(desk.root).as_posix()) for path in paths)
    ledger = Ledger(entry for entry in entries if entry is not None)
    words = [entry.status for entry in ledger.in_force if isinstance(entry, Activity) and entry.status]
    known = plan.scheme.status(words[-1]) if words else None
    return "in_progress" if known is None else known.code


def _in_force(desk: Desk, text: str) -> Entry:
    """Return the entry of that name, if it may still be superseded or withdrawn."""
    name = _plain(text).replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    ledger = load(desk.tree, desk.today).ledger
    found = [entry for entry in ledger.entries if entry.id == name or entry.id.endswith(f"-{name}")]
    if len(found) != 1:
        raise UsageFault(
            N_('there is no entry "{entry}"'),
            entry=text,
            remedy=message(N_("Give its name such as 2024-06-12-k7x3q9; it is the name of its file under records/.")),
        )
    entry = found[0]
    later = ledger.withdrawn_by.get(entry.id) or ledger.superseded_by.get(entry.id)
    if later is not None:
        raise Refused(
            N_("the entry {entry} is no longer in force; {later} took its place"),
            entry=entry.id,
            later=later.id,
            remedy=message(N_("Name the entry that is in force.")),
        )
    return entry
