"""What was found in an installation, for programs: ``pdca.doctor/1``."""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.message import Translate, message
from mizuho_pdca.papers.doctor import Examined
from mizuho_pdca.render.json.text import dump


def doctor(found: Sequence[Examined], t: Translate) -> bytes:
    """Return ``pdca.doctor/1``: what was looked at, under its headings, each with what to do where it is in the way."""
    return dump(
        {
            "schema": "pdca.doctor/1",
            "findings": [
                {
                    "heading": finding.heading.text(t),
                    "name": sign.name.text(t),
                    "found": message("{found}", found=sign.found).text(t),
                    "remedy": None if sign.remedy is None else sign.remedy.text(t),
                }
                for finding in found
                for sign in finding.signs
            ],
        }
    )
