"""Record what became of an opinion of the council."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import NOT_CORRECTED, Correction, Receipt, Recording
from mizuho_pdca.app.entry_fault import EntryFault
from mizuho_pdca.app.input.entries import entry_in_force
from mizuho_pdca.app.log import noting_twins
from mizuho_pdca.domain.calendar import fiscal_year
from mizuho_pdca.domain.plan.scheme import Answer, Scheme
from mizuho_pdca.domain.records.entries import Opinion, Response
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import cleaned


def respond(
    desk: Desk,
    opinion: str | None,
    *,
    text: str | None,
    state: str | None = None,
    reason: str | None = None,
    grounds: str | None = None,
    day: str | None = None,
    by: str | None = None,
    correction: Correction = NOT_CORRECTED,
) -> Receipt:
    """Record what became of an opinion.

    ``reason`` is why nothing will be done; in a correction, which has a reason of its own, that
    is ``grounds``, which stay where they are not given.
    """
    making = Recording(desk, "response", correction)
    old = making.old if isinstance(making.old, Response) else None
    if opinion is None and making.is_lost:
        making.wrong.stop_if_wrong()
    responds, target = (old.responds, old.target) if opinion is None and old else _opinion(making, opinion or "")
    when = making.day(day)
    scheme = making.plan.scheme_at(fiscal_year(when, making.plan.header.starts))
    word = state or ("in_hand" if old is None else old.state)
    known = scheme.answer(making.word(word, scheme.responses, "answer"))
    if old is not None and known is not None and known.code == "declined":
        grounds = grounds or old.refusal
        if not grounds:
            remedy = message(N_('Add --grounds "…".'))
            making.wrong.errors.append(EntryFault(Fault("E218", ("state",), {"value": known.name}), remedy))
    elif known is not None and known.code != "declined" and (why := grounds or reason):
        making.wrong.errors.append(_without_refusal(scheme, known, why))
    data = {
        "responds": responds,
        "state": word if known is None else known.code,
        "text": text if text is None else cleaned(text),
        "grounds": grounds if grounds is None else cleaned(grounds),
    }
    if state is None and old is None and known is not None:
        words = N_("state: {name} (change it with --state)")
        if desk.origin is not None:
            words = N_("state: {name} (change it in the form)")
        making.notes.append(message(words, name=known.name))
    return noting_twins(desk, making.file(target, when, data, by=by, reason=reason))


def _without_refusal(scheme: Scheme, state: Answer, why: str) -> UsageFault:
    """Return that a reason why nothing will be done was given, but another state than that."""
    declined = scheme.answer("declined")
    return UsageFault(
        N_('the state is {state}, and "{why}" would be why nothing will be done'),
        state=state.name,
        why=cleaned(why).split("\n")[0],
        remedy=message(
            N_("Add --state {declined}, or write it in the response itself: -m"),
            declined="declined" if declined is None else declined.name,
        ),
    )


def _opinion(making: Recording, name: str) -> tuple[str, str]:
    """Return an opinion's name and what it is about; raise ``UsageFault`` for any other entry."""
    answered, notes = entry_in_force(making.desk, name, {"opinion"}, only_open=True)
    making.notes += notes
    if not isinstance(answered, Opinion):
        raise UsageFault(
            N_("the entry {entry} is {kind}; only an opinion can be answered"),
            entry=answered.id,
            kind=KINDS[answered.kind].name,
            remedy=message(N_("Name the opinion; pdca status lists those that wait for an answer.")),
        )
    return answered.id, answered.target
