"""Whether a packet is still what the data makes, for programs: ``pdca.verification/1``."""

from __future__ import annotations

from mizuho_pdca.domain.review.packet import Verification
from mizuho_pdca.render.json.text import dump

# -- packet -----------------------------------------------------------------------------------


def verification(found: Verification) -> bytes:
    """Return ``pdca.verification/1``: what became of each file of a packet."""
    return dump(
        {
            "schema": "pdca.verification/1",
            "same": found.is_same,
            "files": [{"name": name, "state": state} for name, state in found.states.items()],
            "made_of": found.found.as_of.model_dump(),
            "made_with": found.found.tool.model_dump(),
            "data": found.expected.as_of.model_dump(),
            "tool": found.expected.tool.model_dump(),
        }
    )
