"""Send out the form of a year: one for everything, one for a department, or one for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.entry import check_open
from mizuho_pdca.app.form import Sent, add_to_list, read_list
from mizuho_pdca.app.input.names import department_named
from mizuho_pdca.app.input.years import check_year
from mizuho_pdca.app.workspace import open_workspace
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.forms.book import year_form
from mizuho_pdca.papers.forms.council import council_form
from mizuho_pdca.papers.forms.sheet import FormBook
from mizuho_pdca.papers.words import of_plan
from mizuho_pdca.storage.files import create, refuse_taken
from mizuho_pdca.text import folded, one_line

_UNSAFE = str.maketrans('\\/:*?"<>|', "＼／：＊？”＜＞｜") | dict.fromkeys((*range(32), 127), "_")


@dataclass(frozen=True)
class Wish:
    """Which form is wanted: of one department, one for each, or the one for a meeting of the council."""

    department: str | None = None
    each: bool = False
    council: bool = False


@dataclass(frozen=True)
class SentForm:
    """A form as it goes out: what it is, and the file."""

    book: FormBook
    data: bytes
    name: str

    @property
    def rows(self) -> int:
        """Return how many rows there are to fill in."""
        return sum(len(sheet.rows) for sheet in self.book.sheets)


def departments_of(plan: Plan) -> list[str]:
    """Return the departments that see to something in a year, in the order of the plan."""
    return list(dict.fromkeys(name for place in plan.places.values() for name in place.departments))


def left_out(plan: Plan) -> Message | None:
    """Return which initiatives of a year stand in no form, where each department gets its own; None where all do."""
    nobodys = [place for place in plan.initiatives if not place.departments]
    if not nobodys:
        return None
    return message(
        N_(
            "{n} initiatives without a department are in none of them ({first} and so on): add department: to the "
            "plan, or make one form for everything, without --each"
        ),
        n=len(nobodys),
        first=f"{nobodys[0].number} {plan.title(nobodys[0])}",
    )


def make_forms(desk: Desk, year: int, t: Translate, wish: Wish) -> Iterator[SentForm]:
    """Yield the forms of a year, one after the other; raise ``UsageFault``, or ``Refused`` where the year is closed.

    A closed year takes no answers, so nobody is to be asked for any.
    """
    from mizuho_pdca.render.xlsx.form import form

    plan, workspace = open_workspace(desk)
    t, checked = of_plan(t, plan), check_year(plan, year)
    check_open(desk, checked, N_("FY{year} was closed on {day} by {by} and takes no answers; no form was made"))
    now, as_of = plan.at(checked), desk.git.as_of()
    named = None if wish.department is None else department_named(now, wish.department)
    whose: Sequence[str | None] = [named]
    if wish.each:
        whose = departments_of(now)
        if not whose:
            raise UsageFault(
                N_("the plan names no department, so there is nothing to divide the form by"),
                remedy=message(N_("Leave --each out, or add department: to the plan's initiatives.")),
            )
    taken = set[str]()
    for name in whose:
        report = review(plan, workspace.ledger, checked, as_of=as_of, scope=Scope(department=name))
        if wish.council:
            book = council_form(report, desk.moment, t)
        else:
            book = year_form(report, workspace.ledger, desk.moment, t)
        label = f"{book.title} {name or ''}".replace("\u3000", " ").strip().translate(_UNSAFE)
        labels = chain([label], (f"{label} ({n})" for n in count(2)))
        free = next(one for one in labels if folded(one).casefold() not in taken)  # as Windows and macOS tell names
        taken.add(folded(free).casefold())
        yield SentForm(book, form(book), f"{free}.xlsx")


def save_forms(desk: Desk, year: int, made: Sequence[SentForm], target: Path, *, each: bool, force: bool) -> list[Path]:
    """Write the forms, and note that they went out; raise ``Refused`` or ``EnvironmentFault``."""
    is_listed = any(one.book.purpose == "year" for one in made)
    if is_listed:
        read_list(desk, year)
    paths = [target / one.name if each else target for one in made]
    for path in () if force else paths:
        refuse_taken(path)
    for path, one in zip(paths, made, strict=True):
        create(path, one.data, replace=force)
    moment = desk.moment.isoformat()
    sent = [
        Sent(at=moment, file=one_line(path.name), department=one.book.department)
        for path, one in zip(paths, made, strict=True)
    ]
    if is_listed:
        add_to_list(desk, year, sent=sent)
    return paths
