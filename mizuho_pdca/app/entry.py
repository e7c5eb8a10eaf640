"""Make an entry: what was typed beside what it corrects, checked as it will be read, and filed, never over another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, partial

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry_fault import EntryFault, in_words
from mizuho_pdca.app.input.days import Days, typed_day, typed_period
from mizuho_pdca.app.input.gathering import Gathering, Rejected
from mizuho_pdca.app.input.names import stand_in, typed_place
from mizuho_pdca.app.input.words import understood
from mizuho_pdca.app.input.years import typed_year
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import Coded
from mizuho_pdca.domain.records.entries import ENTRY_SHAPE, Entry, in_years_from
from mizuho_pdca.domain.records.kinds import KINDS, Form, displaced
from mizuho_pdca.domain.records.paths import PLAN_PATH, entries_folder, entry_id, is_data, name_at, path_of
from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.storage.loading import read_entry
from mizuho_pdca.storage.samples import holds_sample
from mizuho_pdca.storage.yaml.reading import SIZE_LIMIT, Unreadable, parse
from mizuho_pdca.storage.yaml.writing import to_text
from mizuho_pdca.text import cleaned

_TRIES, _DRAWN = 5, 100
"""How often a name is drawn anew because another entry has it, and because one is to come behind another."""

KEPT: tuple[Form, ...] = ("text", "note", "day", "status", "rating", "direction", "answer", "links")
"""What a correction takes over as it stands where nothing else is given; commands see to the rest themselves."""


_WORDS: Mapping[Form, tuple[str, str]] = {
    "status": (N_("the status"), "E204"),
    "rating": (N_("the rating"), "E205"),
    "direction": (N_("the future direction"), "E206"),
    "reasons": (N_("the reason"), "E213"),
    "answer": (N_("the state of the response"), "E219"),
    "evaluator": (N_("the evaluator"), "E226"),
}
"""What the plan's words are for, with the code of the fault that one of them is in a file."""


@dataclass(frozen=True)
class Correction:
    """Which entry a new one takes the place of, and why."""

    supersedes: str | None = None
    reason: str | None = None


NOT_CORRECTED = Correction()


@dataclass(frozen=True)
class Receipt:
    """What was recorded, where, and what the person should know about it.

    ``before`` is the entry that it corrects, ``totals`` what its figures come to with the year's others,
    ``text`` the contents of the file.
    """

    plan: Plan
    entry: Entry
    path: str
    notes: tuple[Message, ...] = ()
    before: Entry | None = None
    totals: tuple[Message, ...] = ()
    text: bytes = b""


class Recording:
    """One entry in the making: what was typed, what it corrects, and everything that is wrong with it.

    What a correction does not give stays as it was in the entry that it corrects, its day too.
    Each method notes what is wrong and gives a stand-in, so that the rest is checked as well;
    nothing is written for one.
    """

    def __init__(self, desk: Desk, kind: str, correction: Correction = NOT_CORRECTED) -> None:
        """Begin an entry of a kind."""
        self.desk = desk
        self.plan = desk.plan
        self.kind = kind
        self.correction = correction
        self.wrong = Gathering()
        self.notes: list[Message] = []
        self.last_notes: list[Message] = []
        self.lacks_year = False

    @cached_property
    def old(self) -> Entry | None:
        """Return the entry that is corrected, or None after noting why it can't be."""
        if self.correction.supersedes is None:
            return None
        from mizuho_pdca.app.input.entries import entry_in_force

        known = self.wrong.take(partial(entry_in_force, self.desk, self.correction.supersedes, {self.kind}))
        if known is None:
            return None
        entry, notes = known
        if entry.kind == self.kind:
            self.notes += notes
            return entry
        self.wrong.errors.append(
            UsageFault(
                N_("the entry {entry} is {kind}; this command can't correct it"),
                entry=entry.id,
                kind=KINDS[entry.kind].name,
                remedy=message(N_("Withdraw it, and record anew: pdca withdraw {entry}"), entry=entry.id),
            )
        )
        return None

    @property
    def is_lost(self) -> bool:
        """Return whether the entry to correct can't be used: what was not typed is unknown then, and no mistake."""
        return self.correction.supersedes is not None and self.old is None

    def place(self, typed: str | None, year: int) -> Place:
        """Return where work is recorded: a relisting's original, with a note where that needs one."""
        if typed is None and self.old is not None and self.old.target in self.plan.places:
            return self.plan.places[self.old.target]
        if typed is None and self.is_lost:
            return stand_in(self.plan, year, self.wrong)
        place, notes = recorded_for(self.plan, typed_place(self.plan, typed or "", year, self.wrong))
        self.notes += notes
        return place

    def day(self, typed: str | None) -> date:
        """Return the day that was typed, else that of what is corrected, else today."""
        if typed is None:
            return self.desk.today if self.old is None else self.old.date
        return self._noted(self.wrong.take(partial(typed_day, typed, self.desk.today)) or self.desk.today)

    def period(self, typed: str | None) -> Days:
        """Return the days that were typed, else the day of what is corrected, else today."""
        if typed is None:
            return Days(self.day(None))
        found = self.wrong.take(partial(typed_period, typed, self.desk.today)) or Days(self.desk.today)
        self._noted(found.first)
        return found

    def _noted(self, day: date) -> date:
        """Return a day, after a note where somebody typed one of another fiscal year than today."""
        year, this = (fiscal_year(each, self.plan.header.starts) for each in (day, self.desk.today))
        if year != this and self.desk.origin is None:
            words = N_("{day} is in FY{year}; this year is FY{this}")
            self.last_notes.append(message(words, day=day.isoformat(), year=year, this=this))
        return day

    def word(self, typed: str, items: Sequence[Coded], form: Form) -> str:
        """Return the code of the plan's word that was typed; what the plan has no words for is left to the checks."""
        if not items:
            return typed
        meant = self.wrong.take(partial(understood, typed, items, *_WORDS[form]))
        return items[0].code if meant is None else meant.code

    def year(self, typed: int | str | None) -> int:
        """Return the fiscal year that was typed, else that of what is corrected."""
        if typed is None and self.old is not None:
            return self.old.year
        known = typed is None and self.is_lost
        year = None if known else self.wrong.take(partial(typed_year, self.desk, typed or ""))
        self.lacks_year = year is None
        return year or fiscal_year(self.desk.today, self.plan.header.starts)

    def file(
        self,
        target: str,
        day: date,
        data: Mapping[str, object],
        *,
        by: str | None,
        reason: str | None = None,
    ) -> Receipt:
        """Write the entry; raise ``Rejected`` with everything that is wrong with it.

        ``data`` has the keys of its kind in the order of the file, and ``reason`` is an entry's
        own, where it corrects nothing. Raise ``Refused`` if it would change a closed year, which
        no other wording of it could mend.
        """
        data = self._kept(data)
        self._check_open(day, data)
        self._note_move(target)
        given = self.correction.reason or reason
        by, note = self.desk.person(by)
        moment = self.desk.moment
        before = self._named_before(entries_folder(self._year_of(day, data), target), day, moment)
        self.notes += [] if note is None else [note]
        if self.desk.is_elsewhere:
            self.notes.append(message(N_("recorded in {folder}, set as the workspace"), folder=str(self.desk.root)))
        common: dict[str, object] = {
            "supersedes": None if self.old is None else self.old.id,
            "reason": given and cleaned(given),
            "by": cleaned(by),
            "recorded": moment,
            "sample": self._is_sample(day, data) or None,
        }
        if self.desk.origin is not None:
            common |= {"via": self.desk.origin.via, "digest": self.desk.origin.digest}
        for _ in range(_TRIES):
            head = {
                "schema": 1,
                "id": self._name(day, before),
                "kind": self.kind,
                "target": target,
                "date": day,
            }
            whole = {key: value for key, value in (head | data | common).items() if value not in (None, {}, [])}
            text = to_text(whole).encode()
            entry = self._checked(text)
            path = path_of(entry)
            try:
                if not self.desk.rehearsal:
                    self.desk.tree.write(path, text)
            except Refused:
                continue
            return Receipt(self.plan, entry, path, (*self.notes, *self.last_notes), self.old, text=text)
        raise Refused(N_("no free name was found for the entry; nothing was written"))

    def _named_before(self, folder: str, day: date, moment: datetime) -> str:
        """Return the last of the names that entries of the folder and the day have that were recorded in this second.

        Their names alone tell the order of these: date, recorded, name.
        """
        stamp = f"\nrecorded: {moment.isoformat()}\n".encode()
        last = ""
        for found in self.desk.tree.below(folder):
            name = name_at(found.path)
            if is_data(found.path) and name.startswith(day.isoformat()) and name > last:
                with suppress(OSError):  # what can't be read is nobody's entry yet; validate tells of it
                    last = name if stamp in self.desk.tree.read(found.path) else last
        return last

    def _name(self, day: date, before: str) -> str:
        """Return a new name, of those that come behind another one as long as one is found."""
        name = ""
        for _ in range(_DRAWN):
            name = entry_id(day, self.desk.token())
            if name > before:
                break
        return name

    def _kept(self, data: Mapping[str, object]) -> dict[str, object]:
        """Return what was given, and what it leaves out as it stands in the entry that is corrected."""
        kept = dict(data)
        if self.old is not None:
            for key in KINDS[self.kind].keys(*KEPT):
                if kept.get(key) in (None, []):
                    before = getattr(self.old, key)
                    kept[key] = list(before) if isinstance(before, tuple) else before
        return kept

    def _note_move(self, target: str) -> None:
        if self.old is not None and self.old.target != target:
            places = self.plan.places
            before, now = (places[one].number if one in places else one for one in (self.old.target, target))
            self.notes.append(message(N_("moved from {before} to {now}"), before=before, now=now))

    def _check_open(self, day: date, data: Mapping[str, object]) -> None:
        """Refuse an entry of a closed year, and one that changes what is in force there."""
        years = {self._year_of(day, data)}
        if (older := data.get("withdraws") or (self.old and self.old.id)) is not None:
            years |= _years_behind(self.desk, str(older))
        for known in sorted(years):
            if self.desk.tree.seals(known) is not None:
                check_open(self.desk, known)

    def _year_of(self, day: date, data: Mapping[str, object]) -> int:
        """Return the fiscal year of the entry: its own where its kind has one, else that of its day."""
        year = data.get("fiscal_year")
        return year if isinstance(year, int) else fiscal_year(day, self.plan.header.starts)

    def _is_sample(self, day: date, data: Mapping[str, object]) -> bool:
        """Return whether the entry is one of a sample: at a desk for samples, or among entries of one, with a note."""
        if self.desk.sample:
            return True
        if not self._is_among_samples(self._year_of(day, data)):
            return False
        words = N_("among sample entries, so marked as one; a workspace of your own: pdca init DIR --from {plan}")
        self.notes.append(message(words, plan=PLAN_PATH))
        return True

    def _is_among_samples(self, year: int) -> bool:
        known = self.desk.known
        return holds_sample(self.desk.tree, year) if known is None else known.holds_sample

    def _checked(self, text: bytes) -> Entry:
        """Return the entry as it will be read back; raise ``Rejected``."""
        try:
            shaped = read_shape(ENTRY_SHAPE, parse(text))
        except Unreadable:
            fault = UsageFault(
                N_("the entry would be larger than {limit} bytes, or hold what no reader takes"),
                limit=SIZE_LIMIT,
                remedy=message(N_("Shorten the text; keep long papers beside the records and name them with --link.")),
            )
            raise Rejected([*self.wrong.errors, fault]) from None
        if isinstance(shaped, list):
            raise Rejected([*self.wrong.errors, *self._told(shaped)])
        in_years_from(shaped, self.plan.header.starts)
        found = self.desk.check.faults(shaped, path_of(shaped))
        self.wrong.errors += self._told(found)
        self.wrong.stop_if_wrong()
        return shaped

    def _told(self, faults: Sequence[Fault]) -> list[EntryFault]:
        """Return the faults without those that there would not be if the entry to correct were known."""
        unknown = {"E102"} if self.is_lost else {"E212"} if self.lacks_year else set()
        return [in_words(self.plan, fault) for fault in faults if fault.code not in unknown]


_NOT_RECORDED = N_("FY{year} was closed on {day} by {by}; nothing was recorded")


def check_open(desk: Desk, year: int, words: str = _NOT_RECORDED) -> None:
    """Raise ``Refused`` where a year is closed; ``words`` say what is therefore not done."""
    from mizuho_pdca.storage.seals import closing_seal

    seal = closing_seal(desk.tree, year)
    if seal is not None:
        raise Refused(
            words,
            year=year,
            day=seal.day,
            by=seal.by,
            remedy=message(N_("To change it, reopen it first: pdca reopen {year} --reason …"), year=year),
        )


def _years_behind(desk: Desk, name: str) -> set[int]:
    """Return the years of an entry, and of those that it puts out of force or back into it."""
    years, names = set[int](), [name]
    entry_of = _reader(desk)
    for known in names:  # it grows while it is gone through
        entry = entry_of(known)
        if entry is not None:
            years.add(entry.year)
            names += [other for _, other in displaced(entry) if other not in names]
    return years


def _reader(desk: Desk) -> Callable[[str], Entry | None]:
    """Return what gives the entry of a name, None where it can't be read."""
    if desk.known is not None:
        return desk.known.ledger.by_id.get
    paths = {name_at(found.path): found.path for found in desk.tree.records() if is_data(found.path)}
    return lambda name: read_entry(desk.tree, paths[name], desk.plan.header.starts) if name in paths else None


def recorded_for(plan: Plan, place: Place) -> tuple[Place, list[Message]]:
    """Return where work is recorded, with a note where that needs one: a relisting's original."""
    original = plan.original(place)
    if original is not place:
        note = message(
            N_("{number} is a relisting; recorded for its original {original}"),
            number=place.number,
            original=original.number,
        )
        return original, [note]
    if place.id not in plan.above_initiatives:
        return place, []
    note = message(
        N_("recorded for {number} as a whole; it does not count as the report of an initiative below it"),
        number=place.number,
    )
    return place, [note]
