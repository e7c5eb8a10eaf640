"""How the Word document looks: its styles, its list and its settings, in place of those of python-docx.

Every style names its fonts itself and none asks a theme, so that Word shows the same Japanese
letters on every machine that has them.
"""

from __future__ import annotations

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

FONT = "游ゴシック"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 16838, 11906, 850
"""A4 on its side with margins of 15 mm, in twentieths of a point."""

TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
TABLE_SIZE = 9
"""Points of a letter in a table."""

CELL_MARGIN = 50
LINE_COLOR, HEAD_COLOR, ALERT_COLOR = "A6A6A6", "E9EDF2", "FFF2CC"
_INK, _FAINT, _WARNING = "222222", "595959", "A31515"

_FONTS = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_MODE = "http://schemas.microsoft.com/office/word"


_OF_WORD = frozenset(
    {"Title", "Subtitle", "heading 1", "heading 2", "List Bullet", "caption", "header", "footer", "Strong"}
)
"""Styles that Word knows by these names; it takes them for its own."""


def styles(language: str) -> str:
    """Return the styles part of a document in a language."""
    return f'<w:styles xmlns:w="{W}">{_defaults(language)}{"".join(_STYLES)}</w:styles>'


def _defaults(language: str) -> str:
    latin = "en-US" if language == "ja" else language
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {_FONTS}/><w:color w:val="{_INK}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="18"/><w:szCs w:val="18"/><w:lang w:val="{latin}" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:kinsoku/><w:overflowPunct/><w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="0" w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def _paragraph(name: str, form: str = "", signs: str = "", *, based: str = "Normal", outline: int | None = None) -> str:
    """Return a paragraph style; ``form`` and ``signs`` are its properties in the order of the schema."""
    key = name.title().replace(" ", "")
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    parent = "" if name == "Normal" else f'<w:basedOn w:val="{based}"/>'
    kind = ' w:default="1"' if name == "Normal" else "" if name in _OF_WORD else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{key}"><w:name w:val="{name}"/>{parent}<w:qFormat/>'
        f"<w:pPr>{form}{level}</w:pPr><w:rPr><w:rFonts {_FONTS}/>{signs}</w:rPr></w:style>"
    )


def _character(name: str, signs: str) -> str:
    kind = "" if name in _OF_WORD else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{kind} w:styleId="{name}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{signs}</w:rPr></w:style>"
    )


def _size(points: float, *, color: str | None = None, bold: bool = False) -> str:
    """Return the properties of letters: bold, colour, size."""
    half = round(points * 2)
    return (
        ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )


def _line(points: float) -> str:
    """Return lines of one height: the tall lines of 游ゴシック would tear the tables apart."""
    return f'w:line="{round(points * 20)}" w:lineRule="exact"'


def _sides(sign: str, size: int, space: int, color: str, *sides: str) -> str:
    return "".join(f'<w:{side} w:val="{sign}" w:sz="{size}" w:space="{space}" w:color="{color}"/>' for side in sides)


def _table(name: str, key: str, form: str, margins: tuple[int, int, int, int]) -> str:
    """Return a table style; ``margins`` are those of a cell: top, left, bottom, right."""
    sides = zip(("top", "left", "bottom", "right"), margins, strict=True)
    room = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    is_default = key == "TableNormal"
    kind = 'w:default="1"' if is_default else 'w:customStyle="1"'
    parent = "" if is_default else '<w:basedOn w:val="TableNormal"/>'
    return (
        f'<w:style w:type="table" {kind} w:styleId="{key}"><w:name w:val="{name}"/>{parent}'
        f"<w:tblPr>{form}<w:tblCellMar>{room}</w:tblCellMar></w:tblPr></w:style>"
    )


_CENTER = '<w:jc w:val="center"/>'
_BOX = _sides("single", 12, 4, _WARNING, "top", "left", "bottom", "right")
_GRID = _sides("single", 4, 0, LINE_COLOR, "top", "left", "bottom", "right", "insideH", "insideV")
_TABLE_LINE = f'<w:spacing w:before="0" w:after="0" {_line(TABLE_SIZE + 2.5)}/>'
_STACK = (
    f"<w:pBdr>{_sides('dotted', 4, 1, _FAINT, 'top')}</w:pBdr>"
    f'<w:spacing w:before="50" w:after="0" {_line(TABLE_SIZE + 2.5)}/>'
)

_STYLES = (
    _paragraph("Normal"),
    _paragraph("Title", f'<w:keepNext/><w:spacing w:before="0" w:after="60" {_line(26)}/>', _size(17, bold=True)),
    _paragraph("Subtitle", f'<w:keepNext/><w:spacing w:before="0" w:after="0" {_line(15)}/>', _size(10)),
    _paragraph(
        "Banner",
        f'<w:keepNext/><w:pBdr>{_BOX}</w:pBdr><w:spacing w:before="80" w:after="40" {_line(18)}/>'
        f'<w:ind w:left="100" w:right="100"/>{_CENTER}',
        _size(14, color=_WARNING, bold=True),
    ),
    _paragraph(
        "heading 1",
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="100" w:after="60" {_line(20)}/>',
        _size(13, bold=True),
        outline=0,
    ),
    _paragraph(
        "heading 2",
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="80" w:after="20" {_line(14)}/>',
        _size(9.5, bold=True),
        outline=1,
    ),
    _paragraph(
        "List Bullet",
        f'<w:keepNext/><w:keepLines/><w:numPr><w:numId w:val="1"/></w:numPr>'
        f'<w:spacing w:before="0" w:after="0" {_line(13)}/>',
        _size(TABLE_SIZE),
    ),
    _paragraph("caption", f'<w:keepNext/><w:spacing w:before="0" w:after="20" {_line(13)}/>', _size(9, bold=True)),
    _paragraph("Figure Title", f'<w:spacing w:before="0" w:after="20" {_line(13)}/>', _size(9, bold=True)),
    _paragraph("Figure", '<w:spacing w:before="0" w:after="60"/>'),
    _paragraph("Note", f'<w:keepNext/><w:spacing w:before="0" w:after="20" {_line(13)}/>', _size(TABLE_SIZE)),
    _paragraph(
        "header",
        f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
        f'<w:spacing w:before="0" w:after="0" {_line(14)}/>',
        _size(9, color=_FAINT),
    ),
    _paragraph("footer", "", based="Header"),
    _paragraph("Table Text", _TABLE_LINE, _size(TABLE_SIZE)),
    _paragraph("Table Text Below", _STACK, based="TableText"),
    _paragraph("Table Number", '<w:jc w:val="right"/>', based="TableText"),
    _paragraph("Table Number Below", f'{_STACK}<w:jc w:val="right"/>', based="TableText"),
    _paragraph("Table Head", f"<w:keepNext/>{_CENTER}", _size(TABLE_SIZE, bold=True), based="TableText"),
    _paragraph("Table Head Below", f"<w:keepNext/>{_STACK}{_CENTER}", _size(TABLE_SIZE, bold=True), based="TableText"),
    _paragraph("Gap", f'<w:spacing w:before="0" w:after="0" {_line(4)}/>', _size(2)),
    _character("Strong", "<w:b/><w:bCs/>"),
    _character("Quiet", f'<w:color w:val="{_FAINT}"/>'),
    _character("Alert", f'<w:b/><w:bCs/><w:color w:val="{_WARNING}"/>'),
    _character("Mark", _size(11, color=_WARNING, bold=True)),
    _table("Normal Table", "TableNormal", '<w:tblInd w:w="0" w:type="dxa"/>', (0, 0, 0, 0)),
    _table("Paper Table", "PaperTable", f"<w:tblBorders>{_GRID}</w:tblBorders>", (20, CELL_MARGIN, 24, CELL_MARGIN)),
)


def numbering() -> str:
    """Return the one list of the document, that of the legend."""
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
        '<w:lvlText w:val="※"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="240" w:hanging="240"/></w:pPr>'
        f'<w:rPr><w:rFonts {_FONTS} w:hint="eastAsia"/></w:rPr></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings() -> str:
    """Return the settings: pages of today's Word, punctuation pressed together as in Japanese print."""
    options = (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
    )
    compat = "".join(f'<w:compatSetting w:name="{name}" w:uri="{_MODE}" w:val="{value}"/>' for name, value in options)
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="840"/>'
        f'<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>{compat}</w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>'
    )
