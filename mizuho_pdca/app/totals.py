"""What a year's figures come to before and after an entry, without loading the rest of the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import assert_never

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import Receipt
from mizuho_pdca.domain.figures.achievement import year_value
from mizuho_pdca.domain.plan.indicator import Aggregate, Indicator, Measured
from mizuho_pdca.domain.records.entries import Activity, Actual, Entry
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.domain.records.paths import entry_at, is_data, name_at, year_folder
from mizuho_pdca.domain.review.observations import observations
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.words import print_measured
from mizuho_pdca.storage.loading import read_entry
from mizuho_pdca.storage.tree import Found


def with_totals(desk: Desk, receipt: Receipt) -> Receipt:
    """Return the receipt of an entry with what the year's figures come to by it."""
    entry = receipt.entry
    figures = entry.values if isinstance(entry, Activity | Actual) else {}
    known = (receipt.plan.indicators[slug][0] for slug in figures)
    counted = [indicator for indicator in known if indicator.method != "done"]
    if not counted:
        return receipt
    others = [each for each in _entries(desk, entry.year, counted) if each.id != entry.id]
    after, before = (observations(receipt.plan, Ledger(kept)) for kept in ([*others, entry], others))
    totals = []
    for indicator in counted:
        old, new = (year_value(indicator, each.get(indicator.id, {}), entry.year).value for each in (before, after))
        totals.append(_told(indicator, entry.year, old, new))
    return replace(receipt, totals=tuple(totals))


def value_after(desk: Desk, indicator: Indicator, entry: Entry) -> Measured | None:
    """Return what an indicator's value of the year is with a new entry, written already or not."""
    others = [each for each in _entries(desk, entry.year, [indicator]) if each.id != entry.id]
    observed = observations(desk.plan, Ledger([*others, entry]))
    return year_value(indicator, observed.get(indicator.id, {}), entry.year).value


def _told(indicator: Indicator, year: int, old: Measured | None, new: Measured | None) -> Message:
    what, unit = message(_way(indicator.aggregate)), indicator.unit or ""
    now = f"{print_measured(indicator, new)}{unit}"
    if old is None:
        words = N_("{indicator}, FY{year}: {what} {now}")
        return message(words, indicator=indicator.name, year=year, what=what, now=now)
    words = N_("{indicator}, FY{year}: {what} {before} → {now}")
    before = f"{print_measured(indicator, old)}{unit}"
    return message(words, indicator=indicator.name, year=year, what=what, before=before, now=now)


def _way(aggregate: Aggregate) -> str:
    """Return what a year's value is called by how it is made."""
    match aggregate:
        case "sum":
            return N_("sum")
        case "cumulative":
            return N_("running total")
        case "latest":
            return N_("latest value")
        case "max":
            return N_("highest value")
        case "mean":
            return N_("mean")
        case _:
            assert_never(aggregate)


def _entries(desk: Desk, year: int, indicators: list[Indicator]) -> list[Entry]:
    """Return the entries that speak of indicators, and those that correct or withdraw one of them."""
    if desk.known is not None:
        ledger = desk.known.ledger
        return list({entry.id: entry for each in indicators for entry in ledger.by_indicator.get(each.id, ())}.values())
    is_total = any(indicator.aggregate == "cumulative" for indicator in indicators)
    files = desk.tree.records() if is_total else desk.tree.below(year_folder(year).rstrip("/"))
    raw = dict(_contents(desk, files))
    found = {path for path, text in raw.items() if any(each.id.encode() in text for each in indicators)}
    linked = {path for path, text in raw.items() if b"supersedes:" in text or b"withdraws:" in text}
    while more := {path for path in linked - found if any(name_at(known).encode() in raw[path] for known in found)}:
        found |= more
    read = (read_entry(desk.tree, path, desk.plan.header.starts) for path in sorted(found))
    return [entry for entry in read if entry is not None]


def _contents(desk: Desk, files: Iterable[Found]) -> Iterator[tuple[str, bytes]]:
    """Yield the entries among files with their bytes; what can't be read is for ``validate`` to name."""
    for found in files:
        if entry_at(found.path) is not None and is_data(found.path) and not found.outside:
            with suppress(OSError):
                yield found.path, desk.tree.read(found.path)
