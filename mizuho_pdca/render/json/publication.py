"""What describes a publication for machines: its columns (CSVW), and itself (schema.org and DCAT)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from mizuho_pdca.domain.calendar import first_day, last_day
from mizuho_pdca.domain.publication.table import SCHEMA, OpenTable, Publication
from mizuho_pdca.domain.publication.tables import TABLES
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.words import SAMPLE_BANNER, year_label
from mizuho_pdca.render.json.text import Json, dump

_TYPES = {".csv": "text/csv", ".json": "application/csvm+json", ".parquet": "application/vnd.apache.parquet"}


def csv_metadata(of: Publication, licence: str, t: Translate) -> bytes:
    """Return the metadata of all tables, by the W3C's model for tabular data."""
    return dump(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": of.report.plan.header.language}],
            "dc:title": title(of, t),
            "dc:license": {"@id": licence},
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
            "tables": [_table(table, t) for table in TABLES],
        }
    )


def _table(table: OpenTable[Any], t: Translate) -> Json:
    columns = [
        {
            "name": column.name,
            "titles": column.name,
            "datatype": column.kind,
            "required": column.name in table.keys,
            "dc:description": t(column.meaning),
        }
        for column in table.columns
    ]
    schema = {"columns": columns, "primaryKey": list(table.keys)}
    return {"url": f"{table.name}.csv", "dc:title": t(table.meaning), "tableSchema": schema}


def title(of: Publication, t: Translate) -> str:
    """Return what a publication is called; one of invented entries says so."""
    words = t(N_("{plan}: results of {year}"))
    plain = words.format(plan=of.report.plan.header.title, year=year_label(of.report.year, t))
    return f"【{t(SAMPLE_BANNER)}】{plain}" if of.report.sample else plain


def dataset(of: Publication, files: Mapping[str, bytes], licence: str, t: Translate) -> bytes:
    """Return the description of a publication, with the length and the SHA-256 digest of each of its files."""
    report, header = of.report, of.report.plan.header
    days = [day(report.year, header.starts).isoformat() for day in (first_day, last_day)]
    said = {"sample": report.sample, "running": report.is_running, "closed": of.closed, "seal": of.seal}
    return dump(
        {
            "@context": {
                "@vocab": "https://schema.org/",
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
            },
            "@type": ["Dataset", "dcat:Dataset"],
            "dct:conformsTo": SCHEMA,
            "identifier": f"{of.code}/{of.plan}/{report.year}",
            "name": title(of, t),
            "description": t(
                N_(
                    "Results of the year's review as tables: initiatives, indicators, counts. "
                    "Texts that were recorded are not among them; what is unknown is empty, with its reason beside it."
                )
            ),
            "license": licence,
            "publisher": {
                "@type": "GovernmentOrganization",
                "name": header.municipality,
                "identifier": of.code,
            },
            "inLanguage": header.language,
            "temporalCoverage": "/".join(days),
            "dateModified": None if report.until is None else report.until.isoformat(),
            "version": report.as_of.commit,
            "isAccessibleForFree": True,
            "additionalProperty": [
                {"@type": "PropertyValue", "name": name, "value": value} for name, value in said.items()
            ],
            "distribution": [
                {
                    "@type": ["DataDownload", "dcat:Distribution"],
                    "contentUrl": name,
                    "encodingFormat": _TYPES["." + name.rpartition(".")[2]],
                    "contentSize": f"{len(data)} B",
                    "sha256": sha256(data).hexdigest(),
                }
                for name, data in files.items()
            ],
        }
    )
