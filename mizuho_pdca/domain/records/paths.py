"""Where an entry lies in a workspace, and what its file is called."""

from __future__ import annotations

import re
from datetime import date

from mizuho_pdca.domain.records.entries import Entry

ENTRY_ID = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9a-hjkmnp-tv-z]{6})")
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u, so that a name can be read out."""

TOKEN_LENGTH = 6


def entry_id(day: date, token: str) -> str:
    """Return the name of an entry, made of its day and six random characters."""
    return f"{day.isoformat()}-{token}"


def path_of(entry: Entry) -> str:
    """Return where an entry's file belongs, from the workspace's root."""
    return f"records/{entry.year}/{entry.target}/{entry.id}.yaml"
