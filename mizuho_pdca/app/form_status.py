"""Who has answered: what went out and came back, beside what is recorded by now."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.form import Back, FormList, read_list
from mizuho_pdca.app.review import make_review
from mizuho_pdca.domain.review.collection import Collected, FormCollection, shares


def form_standing(desk: Desk, year: int) -> FormCollection:
    """Return how far the collection of a year has come; raise ``UsageFault``."""
    report = make_review(desk, year)
    listed, rows = read_list(desk, report.year), list[Collected]()
    for department, questions in shares(report).items():
        rows.append(Collected(department, *_last_days(listed, department), questions))
    return FormCollection(report, tuple(rows))


def _last_days(listed: FormList, department: str | None) -> tuple[str | None, str | None]:
    """Return when a department's form went out and came back last; one for everybody goes out to everybody."""
    sent = [one.at[:10] for one in listed.sent if one.department in (department, None)]
    back = [one.at[:10] for one in listed.back if _is_from(one, department)]
    return max(sent, default=None), max(back, default=None)


def _is_from(one: Back, department: str | None) -> bool:
    """Return whether a department answered in a form: its own, or one in which its rows are filled in."""
    is_its_own = one.department == department and (department is not None or not one.answered)
    return is_its_own or department in one.answered
