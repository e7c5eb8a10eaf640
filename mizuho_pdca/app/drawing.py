"""Draw a review in any format that makes a file: the one place that knows them all."""

from __future__ import annotations

from typing import Literal, assert_never

from mizuho_pdca.core.papers import papers
from mizuho_pdca.core.review import ReviewReport
from mizuho_pdca.message import Translate

FileFormat = Literal["csv", "json", "xlsx", "html", "pdf", "docx"]


def draw(report: ReviewReport, form: FileFormat, t: Translate, paper: str = "initiatives") -> bytes:
    """Return the file of a review; ``paper`` says which table a CSV file holds.

    Raise ``EnvironmentFault`` where the format needs a package that is not installed.
    """
    match form:
        case "csv":
            from mizuho_pdca.render import as_csv

            return as_csv.review(report, t, paper)
        case "json":
            from mizuho_pdca.render import as_json

            return as_json.review(report, t)
        case "xlsx":
            from mizuho_pdca.render.as_xlsx import workbook

            return workbook(papers(report, t), t)
        case "html":
            from mizuho_pdca.render.as_html import page

            return page(papers(report, t), t)
        case "pdf":
            from mizuho_pdca.render.as_pdf import pdf

            return pdf(papers(report, t), t)
        case "docx":
            from mizuho_pdca.render.as_docx import document

            return document(papers(report, t), t)
        case _:
            assert_never(form)
