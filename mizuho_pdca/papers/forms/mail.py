"""Mails to departments, ready to be sent: what of a year is still open, or which forms are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.collection import Collected, FormCollection
from mizuho_pdca.domain.review.standing import Standing
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.forms.status import office_name
from mizuho_pdca.papers.words import day_label, of_plan, print_indicator


class _Open(NamedTuple):
    """One thing that a department has to see to: what kind of thing, where, in a line, and the command for it."""

    heading: str
    place: Place | None
    line: str
    command: Message


def status_mails(now: Standing, due: date, today: date, t: Translate) -> str:
    """Return a mail to each department that something of the year is open at; empty where nothing is.

    ``due`` is the day until which they are asked to answer; if it is past, as soon as they can.
    """
    t = of_plan(t, now.report.plan)
    asked = now.report.scope.department
    found: defaultdict[str | None, list[_Open]] = defaultdict(list)
    last = last_day(now.report.year, now.report.plan.header.starts)
    for item in _open(now, None if today <= last else last, t):
        found[asked or (item.place and item.place.department) or now.report.plan.header.office].append(item)
    until = message(N_("until {day}") if today <= due else N_("as soon as you can"), day=day_label(due, t))
    known = [None, *dict.fromkeys(place.department for place in now.report.plan.places.values() if place.department)]
    names = sorted(found, key=lambda name: known.index(name) if name in known else 0)
    return "\n\n\n".join("\n".join(_mail(now, name, found[name], until, t)) for name in names)


def _mail(now: Standing, department: str | None, items: Sequence[_Open], until: Message, t: Translate) -> Iterator[str]:
    year, plan = now.report.year, now.report.plan.header.title
    by_heading: defaultdict[str, list[_Open]] = defaultdict(list)
    for item in items:
        by_heading[item.heading].append(item)
    yield f"======== {office_name(department, t)} ========"
    yield message(N_("Subject: Records of FY{year} for {plan}: please answer"), year=year, plan=plan).text(t)
    yield ""
    someone = message(N_("To whom it may concern"))
    yield (message(N_("To {department}"), department=department) if department else someone).text(t)
    yield ""
    opening = N_(
        "This is the office of {plan}.\nOf FY{year}, {n} things are not here yet that your department sees to.\n"
        "We know that you are busy; please answer {until}."
    )
    yield message(opening, plan=plan, year=year, n=len(items), until=until).text(t)
    for heading, same in by_heading.items():
        yield ""
        yield message(N_("■ {heading} ({n})"), heading=t(heading), n=len(same)).text(t)
        yield from (t(N_("・{item}")).format(item=item.line) for item in same)
    yield ""
    yield t(N_("How to answer (the first of each kind; for the others only the number or the name differs):"))
    yield from (f"  {same[0].command.text(t)}" for same in by_heading.values())
    if any(item.heading != _OPINIONS for item in items):
        yield t(N_("Or fill in the form (Excel) that the office sends you, and send it back."))
    yield ""
    yield t(N_("If you have answered already, please excuse this mail. Thank you."))


_REPORTS = N_("Initiatives without a report")
_RATINGS = N_("Not evaluated yet")
_FIGURES = N_("Indicators without a figure")
_OPINIONS = N_("Opinions of the council without an answer")


def _open(now: Standing, last: date | None, t: Translate) -> Iterator[_Open]:
    """Yield everything that is open, kind by kind, in the order of the plan; ``last`` is a past year's last day."""
    year, plan = now.report.year, now.report.plan
    for row in now.missing:
        words = N_('Record an activity: pdca log {id} -m "…"')
        if last is not None:
            words = N_('Record an activity, with its day: pdca log {id} -d {day} -m "…"')
        command = message(words, id=row.place.number, day="" if last is None else last.isoformat())
        yield _Open(_REPORTS, row.original, f"{row.place.number} {row.title}", command)
    for place in (*(row.original for row in now.unrated), *(row.place for row in now.unrated_parts)):
        words = N_("Evaluate: pdca evaluate {id} --year {year} --rating {rating}")
        number, title = (WHOLE_PLAN, t(N_("whole plan"))) if place is None else (place.number, plan.title(place))
        command = message(words, id=number, year=str(year), rating=plan.scheme.scale.codes[0])
        yield _Open(_RATINGS, place, title if place is None else f"{number} {title}", command)
    for figure in now.unvalued:
        command = message(
            N_("Record a figure: pdca actual {id} VALUE --year {year}"), id=figure.indicator.id, year=str(year)
        )
        yield _Open(_FIGURES, figure.place, f"{figure.place.number} {print_indicator(figure.indicator, t)}", command)
    for said in now.unanswered:
        command = message(N_('Answer an opinion: pdca respond {id} -m "…"'), id=said.opinion.id)
        number = t(N_("whole plan")) if said.place is None else said.place.number
        text = t(N_("{name} ({id})")).format(name=" ".join(said.opinion.text.split()), id=said.opinion.id)
        yield _Open(_OPINIONS, said.place, f"{number} {text}", command)


def form_mail(now: FormCollection, t: Translate) -> str:
    """Return a mail to the departments whose form is missing, ready to be sent; empty where none is."""
    waiting = [row for row in now.rows if row.state != "complete"]
    if not waiting:
        return ""
    year = now.report.year
    subject = message(N_("Subject: Your form on FY{year}"), year=year)
    opening = message(
        N_(
            "To all who see to it:\nsome answers on FY{year} are not here yet. Please send the form back by (day) as "
            "far as it is filled in; you may send it again later."
        ),
        year=year,
    )
    lines = [t(N_("A mail to those that are missing:")), "", subject.text(t), "", opening.text(t), ""]
    lines += [_line(row, t).text(t) for row in waiting]
    lines += ["", t(N_("If you have sent it already, please excuse this mail. Thank you."))]
    return "\n".join(lines)


def _line(row: Collected, t: Translate) -> Message:
    words = N_("・{department}: {count} of {asked} are missing ({numbers})")
    return message(
        words,
        department=office_name(row.department, t),
        count=len(row.missing),
        asked=row.asked,
        numbers=[one.place.number for one in row.missing],
    )
