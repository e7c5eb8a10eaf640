"""The answer to a question over many towns, for programs: ``pdca.across/1``."""

from __future__ import annotations

from decimal import Decimal

from mizuho_pdca.domain.publication.answer import Counts, TownAnswer
from mizuho_pdca.papers.towns.across import adds_up, rates
from mizuho_pdca.render.json.text import Json, dump
from mizuho_pdca.render.json.values import number, rate_parts


def across(found: TownAnswer) -> bytes:
    """Return ``pdca.across/1``: keys as text, counts as numbers, rates with their parts."""
    asked = found.asked
    return dump(
        {
            "schema": "pdca.across/1",
            "question": found.question.name,
            "fiscal_years": list(found.years),
            "prefecture": asked.prefecture,
            "family": asked.family,
            "by": asked.by,
            "sample": found.sample,
            "samples_left_out": found.left_out,
            "rows": [_row(found, row) for row in found.rows],
        }
    )


def _row(found: TownAnswer, row: Counts) -> Json:
    plain = {key: number(value) if isinstance(value, Decimal) else value for key, value in row.items()}
    if "total" in row and not (row["known"] and adds_up(row)):
        plain["total"] = None
    if "rank" in row:
        plain["rank"] = row["rank"] or None
    if "code" in row:
        plain["municipality"] = found.towns.get(row["code"]) or None
    return plain | {name: rate_parts(rate(row)) for name, rate in rates(found).items()}
