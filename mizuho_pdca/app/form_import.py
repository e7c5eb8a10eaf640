"""Take back forms: one file, or all of a folder; of each file everything is recorded, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Receipt
from mizuho_pdca.app.form import Back, add_to_list, read_list
from mizuho_pdca.app.forms.reading import FormFile, FormOutcome, read_form
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.records.paths import IGNORED
from mizuho_pdca.errors import EnvironmentFault, PdcaError, UsageFault, os_reason
from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.storage.files import read_ordinary
from mizuho_pdca.storage.xlsx.package import MOST_BYTES, NoBook, Package, saved_at
from mizuho_pdca.text import one_line

ENDINGS = (".xlsx", ".xlsm")
"""How the files end that a folder is searched for; a file that is named may end as it likes."""

Say = Callable[[int, int, str], None]
"""Is told the number of the file that is read next, how many there are, and its name."""


class FileFault(PdcaError):
    """Something is wrong with a file, or with what stands in it."""

    def __init__(self, name: str, fault: PdcaError) -> None:
        """Take the file's name and what is wrong."""
        super().__init__(N_("{file}: {reason}"), file=name, reason=fault.message, remedy=fault.remedy)
        self.exit_code = fault.exit_code


@dataclass(frozen=True)
class Imported:
    """What became of each file, in the order in which they were taken."""

    outcomes: tuple[FormOutcome, ...]
    dry: bool

    @property
    def is_refused(self) -> bool:
        """Return whether something was wrong with a file."""
        return any(one.faults for one in self.outcomes)


def import_forms(
    desk: Desk,
    source: Path,
    t: Translate,
    *,
    year: int | None = None,
    by: str | None = None,
    over: bool = False,
    dry: bool = False,
    say: Say = lambda _number, _count, _name: None,
) -> Imported:
    """Record what stands in a form, or in each form of a folder; with ``dry`` only say what would be recorded.

    Files are taken in the order in which they were saved, so that of two answers to one question the
    later one counts. Raise ``UsageFault`` where there is no form at all.
    """
    _, known = open_workspace(desk)
    outcomes = list[FormOutcome]()
    files = _files(source)
    for number, path in enumerate(files, start=1):
        say(number, len(files), path.name)
        try:
            file = FormFile(path.name, read_file(path), year, by, over)
            outcome = read_form(desk, known, file, t)
            if not outcome.faults and not dry:
                outcome = _recorded(desk, outcome)
        except PdcaError as exc:
            outcome = FormOutcome(path.name, faults=(exc,))
        if not outcome.faults:
            known = known.with_entries(receipt.entry for receipt in outcome.receipts)
        outcomes.append(replace(outcome, faults=tuple(FileFault(path.name, fault) for fault in outcome.faults)))
    return Imported(tuple(outcomes), dry)


def write_entries(desk: Desk, receipts: Sequence[Receipt]) -> None:
    """Write the entries of receipts, all or none of them."""
    if receipts:
        desk.tree.write_all({receipt.path: receipt.text for receipt in receipts})


def _recorded(desk: Desk, outcome: FormOutcome) -> FormOutcome:
    """Record what stands in a form, and list that it came back; raise ``PdcaError`` where nothing was recorded."""
    year = outcome.year if outcome.is_listed else None
    listed = () if year is None else read_list(desk, year).back
    write_entries(desk, outcome.receipts)
    if year is None or (not outcome.receipts and any(one.digest == outcome.digest for one in listed)):
        return outcome  # one that came in before and has brought nothing new stays where it is
    try:
        _list(desk, outcome, year)
    except PdcaError as exc:
        words = N_("that it came back could not be noted: {reason}")
        return replace(outcome, recorded=(*outcome.recorded, message(words, reason=exc.message)))
    return outcome


def _list(desk: Desk, outcome: FormOutcome, year: int) -> None:
    back = Back(
        at=desk.moment.isoformat(),
        file=one_line(outcome.name),
        digest=outcome.digest,
        department=outcome.department,
        by=outcome.by,
        answered=outcome.answered,
        complete=outcome.complete,
        asked=outcome.asked,
    )
    add_to_list(desk, year, back=[back])


def _files(source: Path) -> list[Path]:
    """Return the files to take, in the order in which they were saved."""
    if not source.exists():
        raise UsageFault(
            N_("there is no {file}"), file=str(source), remedy=message(N_("Name the form, or the folder of forms."))
        )
    if not source.is_dir():
        return [source]
    found = sorted(_forms_in(source))
    if not found:
        raise UsageFault(
            N_("{folder} holds no Excel files"),
            folder=str(source),
            remedy=message(N_("Put the forms that came back into it (.xlsx).")),
        )
    return sorted(found, key=lambda path: (_saved(path), path.name))


def _forms_in(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.suffix.lower() in ENDINGS and not path.name.startswith(IGNORED) and path.is_file():
            yield path


def _saved(path: Path) -> datetime:
    """Return when a file was saved: as it says itself, else as the disk says."""
    try:
        told = saved_at(Package(read_file(path)))
    except PdcaError:
        told = None
    return told or datetime.fromtimestamp(path.stat().st_mtime, UTC)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that is no larger than one may be; raise ``EnvironmentFault`` or ``NoBook``."""
    try:
        data = read_ordinary(str(path), MOST_BYTES)
    except OSError as exc:
        raise EnvironmentFault(N_("{file} could not be read: {reason}"), file=str(path), reason=os_reason(exc)) from exc
    if len(data) > MOST_BYTES:
        raise NoBook(
            N_("the file is larger than {limit} bytes; no form is"),
            limit=MOST_BYTES,
            remedy=message(N_("Take pictures out of it, save it, and import it again.")),
        )
    return data
