"""The state of an initiative in a year, from what its office recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mizuho_pdca.domain.figures.counting import State
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.scheme import ENDED
from mizuho_pdca.domain.records.entries import Activity, Entry, Evaluation
from mizuho_pdca.domain.records.kinds import KINDS, is_report, texts
from mizuho_pdca.domain.records.ledger import Ledger


def state_of(plan: Plan, ledger: Ledger, original: Place, year: int, rating: str | None) -> State:
    """Return the state of an initiative; one that has ended goes on as such until another status is recorded."""
    reported = any(map(is_report, of_office(plan, ledger.of(year, original.id))))
    asked, status = plan.scheme_at(year).asks_initiatives, _status(plan, ledger, original, year)
    if status is not None:
        return State(reported, status, rating, asked=asked)
    for earlier in range(year - 1, plan.header.period.since - 1, -1):
        known = _status(plan, ledger, original, earlier)
        if known is not None:
            if known not in ENDED:
                break
            return State(reported, known, rating, ended=earlier, asked=asked)
    return State(reported, None, rating, asked=asked)


def _status(plan: Plan, ledger: Ledger, original: Place, year: int) -> str | None:
    """Return the code of the last status that was recorded for a year, by the scheme of that year."""
    words = [entry.status for entry in ledger.of(year, original.id) if isinstance(entry, Activity) and entry.status]
    status = plan.scheme_at(year).status(words[-1]) if words else None
    return None if status is None else status.code


def done_above(plan: Plan, ledger: Ledger, year: int, covers: Callable[[Place], bool]) -> Iterator[Activity]:
    """Yield the activities of a year that were recorded for a node above the initiatives."""
    for entry in ledger.in_force:
        if entry.year == year and isinstance(entry, Activity):
            place = plan.places.get(entry.target)
            if place is not None and not place.is_initiative and covers(place):
                yield entry


def predecessor(plan: Plan, place: Place, year: int) -> Place | None:
    """Return the one item whose last year stands for an item that began in ``year``: one went on as one."""
    before = plan.came_from.get(place.id, [])
    if place.in_force(year - 1) or len(before) != 1 or len(before[0].node.superseded_by) != 1:
        return None
    return before[0]


def of_office(plan: Plan, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of the office: not what the council or another evaluator said, nor the answers."""
    return [entry for entry in entries if KINDS[entry.kind].reports and not _is_of_another(plan, entry)]


def _is_of_another(plan: Plan, entry: Entry) -> bool:
    """Return whether a rating is that of another evaluator than the first."""
    return isinstance(entry, Evaluation) and not plan.scheme_at(entry.year).is_own(entry.evaluator)


def unchanged(entries: Iterable[Entry], before: Iterable[Entry]) -> tuple[str, ...]:
    """Return the keys under which an office says in one of its entries what it said the year before."""
    return tuple(sorted({key for key, _ in _texts(entries) & _texts(before)}))


def says_the_same(said: Iterable[tuple[Entry | None, Entry | None]]) -> bool:
    """Return whether rating, direction and all texts are last year's; each entry comes with last year's.

    A rating without any text is a short answer, but no text that was taken over.
    """
    given = [(entry, before) for entry, before in said if entry is not None]
    has_text = any(any(texts(entry)) for entry, _ in given)
    return has_text and all(before is not None and _answers(entry) == _answers(before) for entry, before in given)


def _answers(entry: Entry) -> list[str]:
    """Return what an office answers in an entry: the words of the scheme, and its texts."""
    return [(getattr(entry, key) or "").strip() for key in KINDS[entry.kind].keys("rating", "direction", "text")]


def _texts(entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """Return what entries say, each text with the key that holds it."""
    return {said for entry in entries for said in texts(entry)}
