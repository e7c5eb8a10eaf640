"""What was found in an installation, as one screen of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mizuho_pdca.message import N_, Translate, message
from mizuho_pdca.papers.doctor import Examined
from mizuho_pdca.papers.paper import ALERT
from mizuho_pdca.render.layout import hanging


def doctor_lines(found: Sequence[Examined], t: Translate, width: int) -> Iterator[str]:
    """Yield the findings in lines, what is in somebody's way with a mark and what to do about it."""
    remedy = t(N_("  Remedy: {remedy}")).format(remedy="")
    for finding in found:
        yield finding.heading.text(t)
        for sign in finding.signs:
            mark = "  " if sign.remedy is None else ALERT
            said = message("{found}", found=sign.found).text(t)
            yield from hanging(f"{mark}{sign.name.text(t)}: ", said, width)
            if sign.remedy is not None:
                yield from hanging(remedy, sign.remedy.text(t), width, indent=2)
