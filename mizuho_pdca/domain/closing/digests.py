"""Digests of what was sealed: of the data of a file, and of the plan as the first form of seals knew it.

A digest is SHA-256 over canonical JSON (RFC 8785) of parsed data, so that a comment, the order of
keys, quotes or a line ending change nothing. What goes into the digest of the plan is chosen below,
key by key: a key that a later version of the program adds breaks no seal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import cast

from mizuho_pdca.domain.plan.indicator import Indicator, Words
from mizuho_pdca.domain.plan.plan import Place, Plan
from mizuho_pdca.domain.plan.targets import WordedTarget


def digest(data: object) -> str:
    """Return the SHA-256 of data in canonical JSON; raise ``ValueError`` where there is no such form."""
    import rfc8785

    return sha256(rfc8785.dumps(cast("dict[str, None]", _plain(data)))).hexdigest()


def data_digest(data: object) -> str | None:
    """Return the digest of a file's data, or None for data that no sealed file can have had."""
    import rfc8785

    try:
        return sha256(rfc8785.dumps(cast("dict[str, None]", data))).hexdigest()
    except ValueError:  # not a number, a key that is no text: rfc8785's errors are all of this class
        return None


def plan_digest(plan: Plan, year: int) -> str:
    """Return the digest of the plan as in force in a fiscal year, as seals of the first form hold it.

    In it is what the year's papers print and what its figures are computed from. Summaries, notes
    and sources are not; nor is when a part ends, the end of the plan itself included.
    """
    now = plan.at(year)
    header = now.header
    return digest(
        {
            "id": header.id,
            "title": header.title,
            "from": header.period.since,
            "levels": [level.name for level in header.levels or ()],
            "scheme": now.scheme.model_dump(exclude_defaults=True),
            "nodes": {place.id: _node(place) for place in now.places.values()},
            "indicators": {slug: _indicator(*pair) for slug, pair in now.indicators.items()},
        }
    )


def _node(place: Place) -> dict[str, object]:
    node = place.node
    return _told(
        title=node.title,
        label=node.label,
        relisted_from=node.original_id,
        department=next((step.node.given_department for step in place.lineage if step.node.departments), None),
        partners=place.partners,
    )


def _indicator(indicator: Indicator, place: Place) -> dict[str, object]:
    baseline = indicator.baseline
    return _told(
        at=place.id,
        name=indicator.name,
        unit=indicator.unit,
        kind=indicator.kind,
        direction=indicator.direction,
        method=indicator.method,
        aggregate=indicator.aggregate,
        adopted=indicator.adopted,
        baseline=None if baseline is None else {"year": baseline.year, "value": indicator.baseline_value},
        targets=indicator.target_values,
        tolerance=indicator.tolerance,
        words=indicator.words.model_dump() if isinstance(indicator.words, Words) else indicator.words,
    )


def _told(**values: object) -> dict[str, object]:
    """Return what is given; what is not, leaves no trace."""
    return {key: value for key, value in values.items() if value is not None and value != ()}


def _plain(value: object) -> object:
    """Return a value as JSON has it; exact numbers become texts such as ``3/2``, days and times ISO texts."""
    match value:
        case Decimal() | Fraction():
            return str(Fraction(value))
        case date():
            return value.isoformat()
        case WordedTarget():
            return _plain(value.model_dump(exclude_none=True))
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value
