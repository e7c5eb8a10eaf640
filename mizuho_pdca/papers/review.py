"""The papers of a review: tables of typed cells in a reader's language, blind to any format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import Listing
from mizuho_pdca.papers.figures.charts import indicator_charts
from mizuho_pdca.papers.indicators import indicators
from mizuho_pdca.papers.initiatives import elsewhere, initiatives
from mizuho_pdca.papers.notes import edition, legend, subtitles, title
from mizuho_pdca.papers.office import office
from mizuho_pdca.papers.opinions import opinions
from mizuho_pdca.papers.paper import Paper, Papers
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


def papers(report: ReviewReport, t: Translate) -> Papers:
    """Return the papers of a report in the language of ``t``."""
    t = of_plan(t, report.plan)
    header = report.plan.header
    drawn = (make(report, t).paper for make in LISTINGS.values())
    return Papers(
        title=title(report, t),
        subtitles=tuple(subtitles(report, t)),
        banner=t(SAMPLE_BANNER) if report.sample else None,
        papers=tuple(paper for paper in drawn if _is_printed(paper, report)),
        legend=tuple(legend(report, t)),
        edition=edition(report, t),
        made=report.made,
        language=t(N_("en")),  # the catalogue knows its own name
        author=" ".join(filter(None, (header.municipality, header.office))),
        charts=tuple(indicator_charts(report, t)),
    )
