"""The council's papers as a Word document: A4 on its side, real headings and tables, charts as pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from mizuho_pdca.extras import needed_for
from mizuho_pdca.message import N_, Translate
from mizuho_pdca.render import charts
from mizuho_pdca.render.docx import look as docx_look
from mizuho_pdca.render.docx.table import attribute, cell, column_widths, grid, paragraph, run, table
from mizuho_pdca.text import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.rel import Relationships

    from mizuho_pdca.papers.chart import Chart
    from mizuho_pdca.papers.paper import Paper, Papers

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MSDOS = 0
_LONGEST_PROPERTY = 255

_NAMES = {
    "w": docx_look.W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())

_UNUSED = ("customXml", "stylesWithEffects", "webSettings", "fontTable", "theme", "thumbnail", "extended-properties")
"""What python-docx's template brings along and nothing here asks for."""

_FEW = 8
"""A paper with at most so many rows may stand below another on its page."""

_CHARTS_A_ROW = 3
_EMU = 635
"""English Metric Units in a twentieth of a point."""

_CHART_WIDTH = docx_look.TEXT_WIDTH // _CHARTS_A_ROW
_CHART_GAP = 560


def document(papers: Papers, t: Translate) -> bytes:
    """Return the papers for the council, those of the office left out, as a Word document."""
    with needed_for("docx"):
        import docx

    opened = docx.Document()
    _dress(opened, papers)
    body = opened.element.body
    for block in _parsed("".join(_Desk(opened, papers.for_council, t).blocks())):
        body.insert_element_before(block, "w:sectPr")
    saved = io.BytesIO()
    opened.save(saved)
    return _dated(saved)


def _parsed(content: str) -> list[object]:
    """Return XML text as elements."""
    from docx.oxml.parser import parse_xml

    return list(parse_xml(f"<w:body {_NAMESPACES}>{content}</w:body>"))


def _dated(saved: io.BytesIO) -> bytes:
    """Return an archive without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _MSDOS
            target.writestr(entry, source.read(name))
    return made.getvalue()


# -- around the papers ------------------------------------------------------------------------


def _dress(opened: Document, papers: Papers) -> None:
    """Replace what python-docx's template brings by the look of the papers."""
    from docx.oxml.parser import parse_xml

    part = opened.part
    for element, content in (
        (opened.styles.element, docx_look.styles(papers.language)),
        (opened.settings.element, docx_look.settings()),
        (part.numbering_part.element, docx_look.numbering()),
    ):
        element[:] = list(parse_xml(content))
    for relations in (part.rels, part.package.rels):
        _drop_unused(relations)
    _describe(opened, papers)
    _lay_out(opened)
    _head(opened, papers)


def _drop_unused(relations: Relationships) -> None:
    for name, relation in list(relations.items()):
        if relation.reltype.rpartition("/")[2] in _UNUSED:
            del relations[name]


def _describe(opened: Document, papers: Papers) -> None:
    """Set the properties of the file, from the data alone."""
    made = papers.dated
    properties = opened.core_properties
    properties.title = printable(papers.title)[:_LONGEST_PROPERTY]
    properties.subject = printable(" ".join(papers.subtitles))[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = printable(papers.author)[:_LONGEST_PROPERTY]
    properties.comments = printable(papers.edition or "")[:_LONGEST_PROPERTY]
    properties.keywords = printable(papers.banner or "")[:_LONGEST_PROPERTY]
    properties.language = papers.language
    properties.created = properties.modified = made
    properties.revision = 1


def _lay_out(opened: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = opened.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Twips(docx_look.PAGE_WIDTH), Twips(docx_look.PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(docx_look.MARGIN)
    section.header_distance = section.footer_distance = Twips(docx_look.MARGIN // 2)


def _head(opened: Document, papers: Papers) -> None:
    """Write what stands above and below every page."""
    section = opened.sections[0]
    banner = run(papers.banner, "Mark") if papers.banner else ""
    head = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{run(papers.title)}<w:r><w:tab/></w:r>{banner}</w:p>'
    pages = f"{_field('PAGE')}{run(' / ')}{_field('NUMPAGES')}"
    edition = run(papers.edition) if papers.edition else ""
    foot = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{edition}<w:r><w:tab/></w:r>{pages}</w:p>'
    for place, content in ((section.header, head), (section.footer, foot)):
        place.is_linked_to_previous = False
        place._element[:] = _parsed(content)  # noqa: SLF001 (python-docx has no other way to the element)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


# -- the papers -------------------------------------------------------------------------------


class _Desk:
    """Writes the body of one document, block by block."""

    def __init__(self, opened: Document, papers: Papers, t: Translate) -> None:
        self.part = opened.part
        self.papers = papers
        self.t = t

    def blocks(self) -> Iterator[str]:
        papers = self.papers
        yield paragraph(papers.title, "Title")
        yield from (paragraph(line, "Subtitle") for line in papers.subtitles)
        if papers.banner:
            yield paragraph(papers.banner, "Banner")
        yield from self.overview()
        for count, paper in enumerate(paper.printed for paper in papers.papers):
            is_first = count == 0 and not papers.overview
            yield paragraph(paper.title, "Heading1", new_page=not is_first and (count == 0 or len(paper.rows) > _FEW))
            if paper.groups:
                yield from _parts(paper)
            elif paper.rows:
                yield table(paper)
                yield paragraph("", "Gap")
            else:
                yield paragraph(self.t(N_("Nothing to report.")), "Normal")
            for other in paper.also:
                yield paragraph(other.title, "Heading2")
                yield table(other)
                yield paragraph("", "Gap")
            if paper.name == "indicators" and papers.charts:
                yield from self.charts()
            if count == 0:
                yield from self.legend()
        if not papers.papers:
            yield from self.legend()

    def overview(self) -> Iterator[str]:
        if self.papers.overview:
            yield paragraph(self.t(N_("The year at a glance")), "Heading1")
        for paper in self.papers.overview:
            yield paragraph(paper.title, "Heading2")
            yield table(paper)
            yield paragraph("", "Gap")

    def legend(self) -> Iterator[str]:
        if self.papers.legend:
            yield paragraph(self.t(N_("Legend")), "Heading2")
            yield from (paragraph(note, "ListBullet") for note in self.papers.legend)

    def charts(self) -> Iterator[str]:
        title = self.t(N_("Indicators in charts"))
        yield paragraph(title, "Heading1", new_page=len(self.papers.charts) > _CHARTS_A_ROW)
        yield paragraph(charts.legend(self.t), "Caption")
        yield grid([_CHART_WIDTH] * _CHARTS_A_ROW, self.chart_rows(), style="TableNormal", title=title)
        yield paragraph("", "Gap")

    def chart_rows(self) -> Iterator[str]:
        figures = [self.figure(count, chart) for count, chart in enumerate(self.papers.charts, start=1)]
        figures += [paragraph("", "Gap")] * (-len(figures) % _CHARTS_A_ROW)
        for first in range(0, len(figures), _CHARTS_A_ROW):
            cells = (cell(_CHART_WIDTH, figure) for figure in figures[first : first + _CHARTS_A_ROW])
            yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def figure(self, count: int, chart: Chart) -> str:
        title = chart.caption
        name, image = self.part.get_or_add_image(io.BytesIO(charts.png(chart)))
        width = (_CHART_WIDTH - _CHART_GAP) * _EMU
        size = f'cx="{width}" cy="{width * image.px_height // image.px_width}"'
        about = f'id="{count}" name="chart-{count}" descr={attribute(chart.description)} title={attribute(title)}'
        picture = (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {about}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{_NAMES["pic"]}"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{count}" name="chart-{count}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        return f'{paragraph(title, "FigureTitle")}<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr>{picture}</w:p>'


def _parts(paper: Paper) -> Iterator[str]:
    """Yield the rows of a paper in tables of one part of the plan each, below its heading."""
    widths = column_widths(paper)
    starts = sorted({group.start for group in paper.groups})
    for start, end in zip(starts, [*starts[1:], len(paper.rows)], strict=True):
        for group in paper.groups:
            if group.start == start:
                yield paragraph(group.text, "Heading2")
                yield from (paragraph(note, "Note") for note in group.notes)
        yield table(replace(paper, rows=paper.rows[start:end]), widths)
        yield paragraph("", "Gap")
