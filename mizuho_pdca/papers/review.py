"""The papers of a review: tables of typed cells in a reader's language, blind to any format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.council.again import crossed, statuses, years
from mizuho_pdca.papers.council.cover import cover
from mizuho_pdca.papers.council.overview import overview
from mizuho_pdca.papers.entries.listed import EntryList, ListedEntry, entry_listing
from mizuho_pdca.papers.fields import Listing, of_records
from mizuho_pdca.papers.figures.charts import indicator_charts
from mizuho_pdca.papers.indicators import indicators
from mizuho_pdca.papers.initiatives import elsewhere, initiatives
from mizuho_pdca.papers.notes import edition, legend, subtitles, title
from mizuho_pdca.papers.office import office
from mizuho_pdca.papers.opinions import opinions
from mizuho_pdca.papers.paper import Look, Paper, Papers
from mizuho_pdca.papers.ratings.columns import ratings
from mizuho_pdca.papers.summary import groups, summary
from mizuho_pdca.papers.words import SAMPLE_BANNER, of_plan

LISTINGS: Mapping[str, Callable[[ReviewReport, Translate], Listing]] = {
    "summary": summary,
    "groups": groups,
    "ratings": ratings,
    "initiatives": initiatives,
    "indicators": indicators,
    "opinions": opinions,
    "elsewhere": elsewhere,
    "office": office,
}
"""The papers of a review by name, in their order."""

_Makers = Mapping[str, Sequence[Callable[[ReviewReport, Translate], Paper]]]

_AGAIN: _Makers = {"summary": (statuses,), "indicators": (years,)}
"""What stands below a paper and says the same in another way."""

_BESIDE: _Makers = {"summary": (crossed,)}
"""What stands below a paper in a spreadsheet alone."""

TABLES = ("summary", "groups", "ratings", "initiatives", "indicators", "opinions")
"""Those that are data files as well."""


def _is_printed(paper: Paper, report: ReviewReport) -> bool:
    """Return whether a paper is printed: some only where there is something for them."""
    match paper.name:
        case "groups":
            return bool(report.tags)
        case "elsewhere" | "ratings":
            return bool(paper.rows)
        case "initiatives":
            return bool(report.plan.initiatives)
        case _:
            return True


def papers(report: ReviewReport, t: Translate, look: Look | None = None) -> Papers:
    """Return the papers of a report in the language of ``t``."""
    look = look or Look()
    t = of_plan(t, report.plan)
    header = report.plan.header
    drawn = (_drawn(report, name, t) for name in LISTINGS)
    whole = Papers(
        title=title(report, t),
        subtitles=tuple(subtitles(report, t)),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=tuple(paper for paper in drawn if _is_printed(paper, report)),
        legend=tuple(legend(report, t)),
        edition=edition(report, t),
        made=report.made,
        language=t(N_("en")),  # the catalogue knows its own name
        author=" ".join(filter(None, (header.municipality, header.office))),
        charts=tuple(indicator_charts(report, t, every=look.every_chart)),
        overview=tuple(overview(report, t)),
        size=look.size,
        raw=partial(_raw, report, t),
    )
    return replace(whole, front=cover(report, whole, t)) if report.scope.is_whole else whole


def numbered(whole: Papers) -> Iterator[Sequence[str]]:
    """Yield what stands under one number: groups go with the summary, what was recorded elsewhere with the list."""
    together = {"summary": ("summary", "groups"), "initiatives": ("initiatives", "elsewhere")}
    for paper in whole.papers:
        if paper.name not in ("groups", "elsewhere"):
            yield together.get(paper.name, (paper.name,))


def paper_label(number: int, t: Translate) -> str:
    """Return what a paper is called at the meeting: 資料1."""
    return t(N_("Paper {number}")).format(number=number)


def _drawn(report: ReviewReport, name: str, t: Translate) -> Paper:
    """Return a paper with what stands below it."""
    paper = LISTINGS[name](report, t).paper
    also, beside = (
        tuple(one for make in makers.get(name, ()) if (one := make(report, t)).rows) for makers in (_AGAIN, _BESIDE)
    )
    return replace(paper, also=also, beside=beside)


def _raw(report: ReviewReport, t: Translate) -> Paper:
    """Return the entries of the year that are in force, one a row and one value a cell."""
    rows = tuple(ListedEntry(entry, report.plan.places.get(entry.target)) for entry in report.entries)
    found = entry_listing(EntryList(report.plan, rows), t)
    return of_records(Paper("entries", t(N_("Entries of the year")), keys=2), found)
