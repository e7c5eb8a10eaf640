"""On which page of its PDF each row of a paper begins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

from mizuho_pdca.extras import needed_for
from mizuho_pdca.render.pdf.document import TEMPLATE, data_of
from mizuho_pdca.render.pdf.fonts import fonts

if TYPE_CHECKING:
    from mizuho_pdca.message import Translate
    from mizuho_pdca.papers.paper import Papers


def row_pages(papers: Papers, t: Translate) -> Mapping[str, int]:
    """Return the pages of the rows by their anchors, as they stand where these papers are printed by themselves."""
    with needed_for("PDF"):
        import typst

    bare = replace(papers.for_council, charts=())
    template = (files("mizuho_pdca.render.pdf") / TEMPLATE).read_bytes()
    found = typst.query(
        template,
        "<row>",
        field="value",
        font_paths=fonts(),
        sys_inputs={"data": json.dumps({**data_of(bare, t), "located": True}, ensure_ascii=False)},
    )
    pages: dict[str, int] = {}
    for row in json.loads(found):
        pages.setdefault(row["anchor"], row["page"])
    return pages
