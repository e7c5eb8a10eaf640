"""Mails to departments, ready to be sent: what of a year is still open, or which forms are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from mizuho_pdca.domain.calendar import last_day
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import WHOLE_PLAN
from mizuho_pdca.domain.review.collection import Collected, FormCollection, FormQuestion, Progress
from mizuho_pdca.domain.review.standing import Standing
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.forms.status import office_name, question_name
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
    subject = message(N_("Subject: Records of FY{year} for {plan}: please answer"), year=year, plan=plan)
    yield from _opening(department, subject, t)
    opening = N_(
        "This is the office of {plan}.\nOf FY{year}, {n} things are not here yet that your department sees to.\n"
        "We know that you are busy; please answer {until}."
    )
    yield message(opening, plan=plan, year=year, n=len(items), until=until).text(t)
    for heading, same in by_heading.items():
        yield from _block(t(heading), [item.line for item in same], t)
    yield ""
    yield t(N_("How to answer (the first of each kind; for the others only the number or the name differs):"))
    yield from (f"  {same[0].command.text(t)}" for same in by_heading.values())
    if any(item.heading != _OPINIONS for item in items):
        yield t(N_("Or fill in the form (Excel) that the office sends you, and send it back."))
    yield ""
    yield t(N_("If you have answered already, please excuse this mail. Thank you."))


def _opening(department: str | None, subject: Message, t: Translate) -> Iterator[str]:
    """Yield how a mail begins: whose it is, its subject, to whom it is written."""
    yield f"======== {office_name(department, t)} ========"
    yield subject.text(t)
    yield ""
    someone = message(N_("To whom it may concern"))
    yield (message(N_("To {department}"), department=department) if department else someone).text(t)
    yield ""


def _block(heading: str, lines: Sequence[str], t: Translate) -> Iterator[str]:
    yield ""
    yield t(N_("■ {heading} ({n})")).format(heading=heading, n=len(lines))
    yield from (t(N_("・{item}")).format(item=line) for line in lines)


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


def form_mails(now: FormCollection, t: Translate) -> str:
    """Return a mail to each department whose form is not complete, ready to be sent; empty where all are."""
    waiting = [row for row in now.rows if row.state != "complete"]
    return "\n\n\n".join("\n".join(_form_mail(now, row, t)) for row in waiting)


def _form_mail(now: FormCollection, row: Collected, t: Translate) -> Iterator[str]:
    year, plan = now.report.year, now.report.plan.header.title
    yield from _opening(row.department, message(N_("Subject: Form on FY{year} for {plan}"), year=year, plan=plan), t)
    yield message(N_("This is the office of {plan}."), plan=plan).text(t)
    yield message(_ASKING[row.state], year=year, n=len(row.missing), asked=row.asked).text(t)
    words = N_("We know that you are busy; please send it back by (day). What is ready is enough, the rest may follow.")
    yield t(words)
    lines = [" ".join(filter(None, (question_name(one, t), _title(now, one)))) for one in row.missing]
    yield from _block(t(N_("Not complete yet")), lines, t)
    yield ""
    yield t(N_("If you have sent it already, please excuse this mail. Thank you."))


_ASKING: dict[Progress, str] = {
    "not_sent": N_("Here is the form on FY{year}, for you to fill in ({asked} rows)."),
    "sent": N_("Your form on FY{year} is not here yet ({n} of {asked} rows are missing)."),
    "back": N_("Thank you for the form on FY{year}; {n} of its {asked} rows are not complete yet."),
}


def _title(now: FormCollection, one: FormQuestion) -> str:
    """Return the title of what a question is about, where its name does not say it."""
    return "" if one.indicator is not None or one.place is None else now.report.plan.title(one.place)
