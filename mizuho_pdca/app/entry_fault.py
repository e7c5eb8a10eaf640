"""What is wrong with an entry, as people at the command line know it: by names, with what to type."""

from __future__ import annotations

from dataclasses import replace

from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, message


class EntryFault(UsageFault):
    """One fault that the entry's checks found, in the words of the catalogue."""

    def __init__(self, fault: Fault, remedy: Message | None = None) -> None:
        """Take the fault, and what to do on the command line where that is not what one does in a file."""
        if fault.code == "E218" and remedy is None:
            remedy = message(N_('Add --reason "…".'))
        super().__init__(N_("{what} [{code}]"), what=fault.message, code=fault.code, remedy=remedy or fault.remedy)


def in_words(plan: Plan, fault: Fault) -> EntryFault:
    """Return a fault with its indicator by its name, what may be written for it, and what went on with what ended."""
    year = fault.values.get("year")
    if fault.code == "E212" and isinstance(year, int):
        return EntryFault(fault, _gone_on(plan, str(fault.values["target"]), year))
    known = plan.indicators.get(str(fault.values.get("indicator")))
    if known is None:
        return EntryFault(fault)
    indicator, place = known
    remedy = None
    if fault.code == "E208":
        words = N_("Write the figure alone.") if indicator.unit is None else N_("Write the figure alone, in {unit}.")
        words = N_("Write {expected}.") if indicator.method == "done" else words
        remedy = message(words, expected=fault.values["expected"], unit=indicator.unit or "")
    elif fault.code == "E229":
        words = N_("Rate an output or an outcome; to rate what it stands at, write {number}.")
        remedy = message(words, number=place.number)
    return EntryFault(replace(fault, values={**fault.values, "indicator": indicator.name}), remedy)


def _gone_on(plan: Plan, target: str, year: int) -> Message | None:
    """Return what to do where something else went on with what has ended by a year; None where nothing did."""
    places = map(plan.at(year).places.get, plan.places[target].node.superseded_by)
    told = [f"{place.number} {plan.title(place)}" for place in places if place is not None and place.in_force(year)]
    words = N_("What went on with it: {successors}. Record it there, or for a year in which it is in force.")
    return message(words, successors=told) if told else None
