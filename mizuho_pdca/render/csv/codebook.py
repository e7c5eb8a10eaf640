"""The code book of the CSV files: what every column means, its unit and its vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from mizuho_pdca.message import N_, Translate
from mizuho_pdca.papers.fields import Listing
from mizuho_pdca.render.csv.table import table


def codebook(files: Mapping[str, Listing], t: Translate) -> bytes:
    """Return what every column of each file means, its unit and its vocabulary, as CSV."""
    return table(
        [
            [
                (t(N_("File")), name),
                (t(N_("Column")), heading),
                (t(N_("Meaning")), meaning.text),
                (t(N_("Unit")), meaning.unit or None),
                (t(N_("Vocabulary")), t(N_(", ")).join(meaning.words) or None),
            ]
            for name, found in files.items()
            for heading, meaning in found.columns.items()
        ]
    )
