"""A row of a table beside what is recorded of its initiative already: the same, or something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mizuho_pdca.app.forms.mapping import KEYS
from mizuho_pdca.app.forms.steps import CODES, as_word
from mizuho_pdca.app.input.words import understood
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import Coded, Scheme
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry, Evaluation, Improvement
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.schema.shapes import Figure
from mizuho_pdca.errors import Refused, UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import cleaned

Known = Activity | Evaluation | Improvement


class RecordedOtherwise(Refused):
    """What some columns of a row say is recorded otherwise already; ``keys`` are what these columns hold."""

    def __init__(self, keys: Sequence[str], entry: Entry) -> None:
        """Take what the columns hold, and the entry that says something else."""
        self.keys = keys
        remedy = N_(
            "Compare it with pdca show {entry}. If the table is right: pdca fix {entry}, or pdca withdraw {entry} "
            "--reason … and import again; if the record is right, correct the cell, or leave the row out: --partial"
        )
        super().__init__(
            N_("{by} has recorded something else of the year already ({entry})"),
            by=entry.by,
            entry=entry.id,
            remedy=message(remedy, entry=entry.id),
        )


def of_two(plan: Plan, numbered: Place, titled: Place) -> UsageFault:
    """Return that number and name of a row are those of two initiatives."""
    return UsageFault(
        N_("the number is that of {number} {title}, the name beside it that of {other} {name}"),
        number=numbered.number,
        title=plan.title(numbered),
        other=titled.number,
        name=plan.title(titled),
        remedy=message(N_("Correct the number or the name in the table, or leave the row out: --partial")),
    )


def check_known(scheme: Scheme, before: Sequence[Known], given: Mapping[str, str]) -> None:
    """Raise ``UsageFault`` where none of several entries says all that is given."""
    meant = {key: _meant(scheme, key, text) for key, text in given.items()}
    differing = [[key for key in meant if _held(scheme, one, key) != meant[key]] for one in before]
    if all(differing):
        raise RecordedOtherwise(differing[-1], before[-1])


def check_known_figure(indicator: Indicator, before: Sequence[Actual], figure: Figure, total: Measured | None) -> None:
    """Raise ``RecordedOtherwise`` where a figure is neither one of those recorded nor what they make of the year."""
    held = [indicator.read(one.values[indicator.id]) for one in before]
    if indicator.read(figure) not in (*held, total):
        raise RecordedOtherwise(["value"], before[-1])


def check_known_text(ledger: Ledger, entries: Sequence[Entry], text: str) -> None:
    """Raise ``RecordedOtherwise`` where a table has brought a text already that was corrected since."""
    for entry in entries:
        forms = (one for one in ledger.forms_of(entry) if isinstance(one, Activity) and one.via == "import")
        if any(one.summary.strip() == text for one in forms):
            raise RecordedOtherwise(["summary"], entry)


def _held(scheme: Scheme, entry: Known, key: str) -> str:
    """Return what an entry says, as it is compared with a table's text."""
    return as_word(cleaned(str(getattr(entry, key) or "")), _words(scheme, key))


def _meant(scheme: Scheme, key: str, text: str) -> str:
    """Return what a text stands for: of the plan's words the code; raise ``UsageFault``."""
    items = _words(scheme, key)
    return understood(text, items, KEYS[key], CODES[key]).code if items and text else cleaned(text)


def _words(scheme: Scheme, key: str) -> Sequence[Coded]:
    words: Mapping[str, Sequence[Coded]] = {
        "status": scheme.statuses,
        "rating": scheme.scale.ratings,
        "direction": scheme.directions,
    }
    return words.get(key, ())
