"""Who has answered: what went out and came back, beside what is recorded by now."""

from __future__ import annotations

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.form import FormList, read_list
from mizuho_pdca.app.review import make_review
from mizuho_pdca.domain.review.collection import Collected, FormCollection, incomplete, shares


def form_standing(desk: Desk, year: int) -> FormCollection:
    """Return how far the collection of a year has come; raise ``UsageFault``."""
    report = make_review(desk, year)
    listed = read_list(desk, report.year)
    scheme, rows = report.plan.scheme, list[Collected]()
    for department, own in shares(report).items():
        missing = incomplete(own, scheme)
        sent, back = _last_days(listed, department)
        rows.append(Collected(department, sent, back, len(own) - len(missing), len(own), missing))
    return FormCollection(report, tuple(rows))


def _last_days(listed: FormList, department: str | None) -> tuple[str | None, str | None]:
    """Return when a department's form went out and came back last; one for everybody is everybody's."""
    sent = [one.at[:10] for one in listed.sent if one.department in (department, None)]
    back = [one.at[:10] for one in listed.back if one.department == department]
    return max(sent, default=None), max(back, default=None)
