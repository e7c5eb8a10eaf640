"""Draw papers in any format that makes a file, of a review or of anything else: the one place that knows them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.message import N_, Message, Translate, message

if TYPE_CHECKING:
    from mizuho_pdca.domain.review.review import ReviewReport
    from mizuho_pdca.domain.review.years import YearsReport
    from mizuho_pdca.papers.errata import Errata
    from mizuho_pdca.papers.fields import Listing
    from mizuho_pdca.papers.paper import Look, Papers

OfficeFormat = Literal["xlsx", "html", "pdf", "docx"]
FileFormat = Literal["csv", "json", OfficeFormat]
TableFormat = Literal["csv", "xlsx"]


def draw(
    report: ReviewReport, form: FileFormat, t: Translate, paper: str = "initiatives", look: Look | None = None
) -> bytes:
    """Return the file of a review; ``paper`` says which table a CSV file holds.

    Raise ``EnvironmentFault`` where the format needs a package that is not installed.
    """
    match form:
        case "csv":
            from mizuho_pdca.render.csv import review as as_csv

            return as_csv.review(report, t, paper)
        case "json":
            from mizuho_pdca.render.json import review as as_json

            return as_json.review(report, t)
        case _:
            from mizuho_pdca.papers.review import papers

            return draw_papers(papers(report, t, look), form, t)


def draw_years(
    found: YearsReport, form: FileFormat, t: Translate, paper: str = "ratings", look: Look | None = None
) -> bytes:
    """Return the file of several years' review, as ``draw`` does of one year's."""
    match form:
        case "csv":
            from mizuho_pdca.render.csv.review import years_csv

            return years_csv(found, t, paper)
        case "json":
            from mizuho_pdca.render.json.years import years

            return years(found, t)
        case _:
            from mizuho_pdca.papers.council.years import years_papers

            return draw_papers(years_papers(found, t, look), form, t)


def draw_errata(found: Errata, form: FileFormat, t: Translate) -> bytes:
    """Return the file of what two reviews differ in; raise ``EnvironmentFault`` where a package is missing."""
    match form:
        case "csv":
            from mizuho_pdca.render.csv.diff import errata_csv

            return errata_csv(found, t)
        case "json":
            from mizuho_pdca.render.json.diff import errata_json

            return errata_json(found, t)
        case _:
            from mizuho_pdca.papers.errata_paper import errata_papers

            return draw_papers(errata_papers(found, t, _pages(found, t)), form, t)


def _pages(found: Errata, t: Translate) -> dict[tuple[str, str], int]:
    """Return on which page of its paper each corrected row stands, where that was handed out; none without PDF."""
    from mizuho_pdca.papers.review import numbered, papers

    whole = papers(found.before, t).for_council
    wrong = {item.paper for item in found.corrections}
    pages: dict[tuple[str, str], int] = {}
    try:
        from mizuho_pdca.render.pdf.pages import row_pages

        for names in numbered(whole):
            if wrong.intersection(names):
                rows = row_pages(whole.only(names), t)
                pages |= {(name, anchor): page for name in names for anchor, page in rows.items()}
    except EnvironmentFault:
        return {}
    return pages


def draw_table(found: Listing, shown: Papers, form: TableFormat, t: Translate) -> bytes:
    """Return the file of one table: a CSV file of its records, or a workbook of the papers that it stands in."""
    if form == "xlsx":
        return draw_papers(shown, form, t)
    from mizuho_pdca.render.csv.table import of_listing

    return of_listing(found, t)


def draw_papers(shown: Papers, form: OfficeFormat, t: Translate) -> bytes:
    """Return the file of any papers; raise ``EnvironmentFault`` where a package is missing."""
    match form:
        case "xlsx":
            from mizuho_pdca.render.xlsx.workbook import workbook

            return workbook(shown, t)
        case "html":
            from mizuho_pdca.render.html.page import page

            return page(shown, t)
        case "pdf":
            from mizuho_pdca.render.pdf.document import pdf

            return pdf(shown, t)
        case "docx":
            from mizuho_pdca.render.docx.document import document

            return document(shown, t)
        case _:
            assert_never(form)


def amount(form: str, data: bytes) -> Message | None:
    """Return how much a file holds, for whoever had it made: 16 pages, 36 rows; None where nothing is to be told."""
    import csv
    import io
    import re
    from zipfile import ZipFile, is_zipfile

    match form:
        case "pdf":
            words, number = N_("pages: {n}"), len(re.findall(rb"/Type\s*/Page\b", data))
        case "csv":
            rows = csv.reader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=""))
            words, number = N_("rows: {n}"), sum(1 for _ in rows) - 1
        case "xlsx" if is_zipfile(io.BytesIO(data)):
            names = ZipFile(io.BytesIO(data)).namelist()
            words, number = N_("sheets: {n}"), sum(name.startswith("xl/worksheets/sheet") for name in names)
        case _:
            return None
    return message(words, n=number) if number > 0 else None
