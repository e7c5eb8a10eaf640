"""The papers of a review as CSV, one table a file."""

from __future__ import annotations

from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.domain.review.years import YearsReport
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.review import LISTINGS
from mizuho_pdca.papers.words import of_plan
from mizuho_pdca.render.csv.table import of_listing


def review(report: ReviewReport, t: Translate, paper: str = "initiatives") -> bytes:
    """Return a paper of a review as a table, by the paper's name."""
    t = of_plan(t, report.plan)
    return of_listing(LISTINGS[paper](report, t), t)


def years_csv(found: YearsReport, t: Translate, paper: str) -> bytes:
    """Return a paper of several years as a table, by the paper's name."""
    from mizuho_pdca.papers.council.years import LISTINGS as OF_YEARS

    t = of_plan(t, found.last.plan)
    return of_listing(OF_YEARS[paper](found, t), t)
