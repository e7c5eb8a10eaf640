"""The papers of a review as CSV, one table a file."""

from __future__ import annotations

from mizuho_pdca.domain.review.review import ReviewReport
from mizuho_pdca.message import Translate
from mizuho_pdca.papers.review import LISTINGS
from mizuho_pdca.papers.words import of_plan
from mizuho_pdca.render.csv.table import of_listing


def review(report: ReviewReport, t: Translate, paper: str = "initiatives") -> bytes:
    """Return a paper of a review as a table, by the paper's name."""
    t = of_plan(t, report.plan)
    return of_listing(LISTINGS[paper](report, t), t)
