"""Publish a year's results as open data: tables of what the review knows, with what describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.packet_folder import refuse_taken_folder
from mizuho_pdca.app.review import make_review
from mizuho_pdca.app.workspace import FaultyData
from mizuho_pdca.domain.publication.table import Publication
from mizuho_pdca.domain.publication.tables import TABLES
from mizuho_pdca.domain.review.as_of import AsOf
from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.language import translator
from mizuho_pdca.message import N_, Message, message
from mizuho_pdca.papers.words import of_plan
from mizuho_pdca.storage.files import create, create_folder, remove
from mizuho_pdca.storage.publications import DATASET, METADATA
from mizuho_pdca.storage.seals import closing_seal

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Published:
    """What is published, its files by name, the description last, and what its publisher should know."""

    publication: Publication
    files: Mapping[str, bytes]
    notes: tuple[Message, ...]


def publish(desk: Desk, year: int, licence: str = LICENCE) -> Published:
    """Return the publication of a fiscal year; raise ``UsageFault`` without a code, ``FaultyData`` over errors."""
    report = make_review(desk, year)
    code = report.plan.header.code
    if code is None:
        raise UsageFault(
            N_("the plan does not say which municipality's it is"),
            remedy=message(
                N_("Write its six digits (全国地方公共団体コード) into the plan's file, below municipality: {line}"),
                line=message(N_('code: "(six digits)"')),
            ),
        )
    errors = [problem for problem in report.problems if problem.fault.severity == "error"]
    if errors:
        raise FaultyData(
            N_("there are {count} errors in the records; nothing was published"),
            errors,
            message(N_("Correct them; pdca validate lists them again.")),
        )
    notes = []
    if report.as_of.dirty or report.as_of.commit is None:
        notes.append(message(N_("not all of it is in the history (git): the publication names no commit")))
        report = replace(report, as_of=AsOf())
    seal = closing_seal(desk.tree, year)
    if report.is_running:
        notes.append(message(N_("FY{year} is not over in the records: its figures are those so far"), year=year))
    elif seal is None:
        notes.append(
            message(
                N_("FY{year} is not closed: its figures may still change (pdca close {number})"),
                year=year,
                number=str(year),
            )
        )
    publication = Publication(
        code, report, closed=None if seal is None else seal.day, seal=None if seal is None else seal.short
    )
    files, missing = _files(publication, licence)
    return Published(publication, files, (*notes, *missing))


def _files(of: Publication, licence: str) -> tuple[Mapping[str, bytes], Sequence[Message]]:
    """Return the files, and what is missing where Parquet can't be written."""
    from mizuho_pdca.render.csv.publication import open_table
    from mizuho_pdca.render.json.publication import csv_metadata, dataset
    from mizuho_pdca.storage.tables import parquet

    t = of_plan(translator(of.report.plan.header.language), of.report.plan)
    rows = {table: table.rows(of) for table in TABLES}
    files = {f"{table.name}.csv": open_table(list(table.kinds), rows[table]) for table in TABLES}
    notes = []
    try:
        files |= {f"{table.name}.parquet": parquet(table.kinds, rows[table]) for table in TABLES}
    except EnvironmentFault as exc:
        notes = [message(N_("there are no Parquet files, only CSV: {reason}"), reason=exc.message)]
        notes += [] if exc.remedy is None else [exc.remedy]
    files[METADATA] = csv_metadata(of, licence, t)
    files[DATASET] = dataset(of, files, licence, t)
    return files, notes


def refuse_taken(folder: Path, *, force: bool) -> None:
    """Raise ``Refused`` if the folder holds anything, unless what is in it is to be replaced."""
    refuse_taken_folder(
        folder, force=force, remedy=message(N_("Name another folder, or add --force to replace the publication in it."))
    )


def save(folder: Path, made: Published) -> None:
    """Write a publication as a whole; while an older one is replaced, it has no description and is refused."""
    if not folder.exists():
        create_folder(folder, made.files)
        return
    for name in (DATASET, *(f"{table.name}.parquet" for table in TABLES)):
        if name == DATASET or name not in made.files:
            remove(folder / name)
    for name, data in made.files.items():
        create(folder / name, data, replace=True)
