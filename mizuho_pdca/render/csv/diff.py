"""The corrections between two reviews as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.errata import Errata, Erratum
from mizuho_pdca.papers.errata_paper import causes_text, column_text
from mizuho_pdca.render.csv.table import Cells, sample, table


def errata_csv(found: Errata, t: Translate) -> bytes:
    """Return the corrections as CSV, a row each."""
    return table([_row(found, item, t) for item in found.corrections], _row(found, None, t))


def _row(found: Errata, item: Erratum | None, t: Translate) -> Cells:
    headings = (t(N_("Paper")), t(N_("Place")), t(N_("Column")), t(N_("Wrong")), t(N_("Right")), t(N_("Because of")))
    values: Sequence[str | None] = [None] * len(headings)
    if item is not None:
        said = (item.title, item.row, column_text(item, t), item.before, item.after)
        values = (*said, causes_text(item, t) or None)
    marked = found.after if found.after.sample else found.before
    return [(t(N_("Fiscal year")), found.after.year), *sample(marked, t), *zip(headings, values, strict=True)]
