"""The first screen: where this fiscal year stands and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mizuho_pdca.domain.review.standing import Collecting, Standing
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.status import due_day
from mizuho_pdca.papers.words import faulty_data, not_committed_line
from mizuho_pdca.render.layout import hanging

_LISTED = 5


_COUNTED: Mapping[Collecting, str] = {
    "reported": N_("Reported {n}/{total}"),
    "rated": N_("Rated {n}/{total}"),
    "valued": N_("Indicators with a figure {n}/{total}"),
}
"""How far the collection has come, by what is collected."""


def glance_text(now: Standing, label: str, banner: str | None, steps: Sequence[str], t: Translate, width: int) -> str:
    """Return the glance of a fiscal year as a few lines; names keep to ``width``, commands stay whole to be copied."""
    counted, rate = now.counted
    lines = [now.report.plan.header.title, f"{label}" + (f" 【{banner}】" if banner else ""), ""]
    lines.append(t(_COUNTED[counted]).format(n=rate.numerator, total=rate.denominator))
    if now.missing:
        lines.append(
            t(N_("Not reported yet (until {day}):")).format(day=due_day(now.report.year, now.report.plan.header.starts))
        )
        for row in now.missing[:_LISTED]:
            lines += hanging(f"{row.place.number} ", row.title, width, indent=2)
        if len(now.missing) > _LISTED:
            lines.append(t(N_("  and {n} more")).format(n=len(now.missing) - _LISTED))
    carried = now.report.total.tally.carried
    if carried:
        lines.append(t(N_("Ended before the year: {n}")).format(n=carried))
    if unrated := len(now.unrated) + len(now.unrated_parts):
        lines.append(t(N_("Not evaluated yet: {n}")).format(n=unrated))
    if now.unvalued and counted != "valued":
        lines.append(t(N_("Indicators without a value: {n}")).format(n=len(now.unvalued)))
    if now.unanswered:
        lines.append(t(N_("Opinions without an answer: {n}")).format(n=len(now.unanswered)))
    lines += not_committed_line(now.not_committed, t)
    lines += faulty_data(now.report.problems, t)
    lines += ["", t(N_("What to do next:")), *(f"  {step}" for step in steps)]
    return "\n".join(lines)
