"""Make of the pages in docs/ what is printed and carried: the manual in one file, the clerk's card, the pictures.

    python scripts/manual.py all [-o DIR]    manual.html and manual.pdf in both languages (DIR is build if left out)
    python scripts/manual.py card            docs/clerk-card.pdf
    python scripts/manual.py pictures        docs/pictures/, screens and pages of the papers as this version makes them

The pages and their order are those that docs/manual.ja.md and docs/manual.md link to.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

import typst

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout that is not installed

from mizuho_pdca import __version__
from mizuho_pdca.render.pdf.fonts import folders
from mizuho_pdca.text import display_width
from scripts.readme_help import ROOT, Shell
from scripts.release import released
from scripts.typeset import Link, anchor, joined, markdown
from scripts.typeset import typst as to_typst

DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
CARD = DOCS / "clerk-card.pdf"
BOOKS = {"ja": "manual.ja.md", "en": "manual.md"}
"""The first page of the manual in each language, which names all others in their order."""

NAMES = {"ja": "手引き", "en": "Manual"}
TEMPLATE = Path(__file__).with_suffix(".typ")
STYLE = """\
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.7; color: #222;
  font-family: "Yu Gothic UI", "Noto Sans CJK JP", sans-serif }
pre, code { font-family: "BIZ UDGothic", "MS Gothic", "Noto Sans Mono CJK JP", monospace; font-size: .9rem }
pre { background: #f4f5f7; padding: .7rem; overflow-x: auto; line-height: 1.4 }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { border: 1px solid #9aa4ae; padding: .25rem .5rem; text-align: left; vertical-align: top }
th { background: #e9edf2 }
section { border-top: 2px solid #9aa4ae; margin-top: 3rem }
img { max-width: 100%; border: 1px solid #9aa4ae }
@media print { section { break-before: page } }
"""

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SWITCH = re.compile(r"\A(# .*\n)\n\[(?:English|日本語)\].*\n")
"""A page's title, and the line below it that leads to the other language."""

_PPI, _PAPER_DAY = 96, "2025-10-06T09:30"
_SCREENS = {"glance": "pdca", "status": "pdca status --year 2024", "review": "pdca review 2024"}
"""The commands whose screens are shown as pictures, by the name of the picture."""

_LINES = 26
_SCREEN = """\
#let cell = 5.8pt
#set page(width: 80 * cell + 20pt, height: auto, margin: 10pt, fill: rgb("#f7f7f5"))
#set text(font: ("DejaVu Sans Mono", "Noto Sans CJK JP"), size: 9.6pt, fill: rgb("#1d2733"))
#set par(leading: 0pt, spacing: 0pt)
#let put(side, cells, size, sign) = box(
  width: cells * cell, height: 14pt, align(horizon + side, text(size: size * 1pt, sign)),
)
"""


def pages(language: str) -> list[Path]:
    """Return the pages of the manual in their order, its first page included."""
    first = DOCS / BOOKS[language]
    named = dict.fromkeys(DOCS / target for target in _LINK.findall(_text(first)) if target.endswith(".md"))
    return [first, *named]


def _text(page: Path) -> str:
    return _SWITCH.sub(r"\1", page.read_text(encoding="utf-8"))


def links(page: Path, book: Mapping[Path, str]) -> Link:
    """Return what leads from a page to others of the book; what is not in it keeps its words alone."""

    def link(target: str) -> str | None:
        if "://" in target:
            return target
        file, _, part = unquote(target).partition("#")
        name = book.get((page.parent / file).resolve() if file else page)
        if name is None:
            return None
        title = f"#{name}"
        return f"{title}--{part}" if part and f"{title}--{part}" != title else title

    return link


def _book(language: str) -> dict[Path, str]:
    return {page: page.name.removesuffix(".md").removesuffix(".ja") for page in pages(language)}


def book_html(language: str) -> str:
    """Return the manual as one HTML file that needs no other."""
    book = _book(language)
    parts = "".join(f"<section id='{name}'>\n{_page_html(page, book)}</section>\n" for page, name in book.items())
    title = f"pdca {__version__} {NAMES[language]}"
    head = f"<meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>{title}</title>"
    return f"<!doctype html>\n<html lang='{language}'>\n{head}\n<style>\n{STYLE}</style>\n{parts}</html>\n"


def _page_html(page: Path, book: Mapping[Path, str]) -> str:
    parser, link, name = markdown(), links(page, book), book[page]
    tokens = [token for token in parser.parse(_text(page)) if token.type != "html_block"]
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag != "h1":
            words = "".join(child.content for child in tokens[position + 1].children or ())
            token.attrSet("id", f"{name}--{anchor(words)}")
        for child in token.children or ():
            if child.type == "link_open":
                place = link(str(child.attrs.pop("href")))
                child.attrs |= {} if place is None else {"href": place}
            elif child.type == "image":
                picture = (page.parent / str(child.attrs["src"])).read_bytes()
                child.attrSet("src", f"data:image/png;base64,{base64.b64encode(picture).decode()}")
    return joined(parser.renderer.render(tokens, parser.options, {}))


def book_pdf(language: str) -> bytes:
    """Return the manual as PDF, with a list of its chapters first."""
    book = _book(language)
    title = html.escape(f"pdca {__version__}")
    front = (
        f'#set document(title: "pdca {NAMES[language]}", date: auto)\n#set text(lang: "{language}")\n'
        "#show heading.where(level: 1): it => { pagebreak(weak: true); text(size: 17pt, it) }\n"
        f"#set page(footer: context [#h(1fr) #counter(page).display()])\n#text(size: 24pt)[*{title}*]\n\n"
        f"#text(size: 17pt)[{NAMES[language]}]\n\n#v(1em)\n#outline(title: none, depth: 2)\n\n"
    )
    body = "".join(to_typst(_text(page), links(page, book), name) for page, name in book.items())
    return _compiled(front + body)


def card_pdf() -> bytes:
    """Return the clerk's card as PDF."""
    page = DOCS / "clerk-card.ja.md"
    front = (
        '#set document(title: "pdca 担当者カード", date: auto)\n'
        f"#set page(margin: (x: 14mm, top: 11mm, bottom: 11mm), footer: text(size: 7pt, fill: faint)[pdca {__version__}"
        " #h(1fr) 取りまとめの係（内線）：#h(9em)])\n#set par(leading: 0.55em, spacing: 0.7em)\n#set text(size: 11pt)\n"
        "#show heading: set block(above: 0.9em, below: 0.5em)\n#show heading.where(level: 1): set text(size: 18pt)\n"
        "#show heading.where(level: 2): set text(size: 13pt)\n#show table: set text(size: 10.2pt)\n"
        "#let listing(columns, ..cells) = table(columns: (12.3em, 1fr), ..cells)\n"
    )
    return _compiled(front + to_typst(_text(page), links(page, {}), "card"))


def _compiled(body: str) -> bytes:
    text = TEMPLATE.read_text(encoding="utf-8") + body
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    day = datetime.combine(released(changes, __version__), time(), UTC)
    return bytes(_typeset(text, pdf_standards="ua-1", timestamp=int(day.timestamp())))


def _typeset(text: str, **options: Any) -> Any:  # noqa: ANN401 (whatever the program says)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[*map(str, folders())])
    compiled: Any = typst.compile  # its types want a source of bytes to stand in a folder that is bytes
    return compiled(text.encode(), root=str(ROOT), font_paths=fonts, **options)


def pictures() -> dict[str, bytes]:
    """Return screens, and the first page of each of the council's papers, as the program makes them of the sample."""
    desk = Shell("ja", "2025-04-07T09:00")
    days = {f"GIT_{role}_DATE": f"{_PAPER_DAY}+09:00" for role in ("AUTHOR", "COMMITTER")}
    with patch.dict("mizuho_pdca.storage.git.program._ENVIRONMENT", days):
        desk.run("pdca init .")
        desk.move_on(_PAPER_DAY)
    drawn: list[bytes] = []
    compiled = typst.compile

    def watched(source: bytes, **options: Any) -> bytes:  # noqa: ANN401 (whatever the program says)
        asked = {key: value for key, value in options.items() if key != "pdf_standards"}
        first, *_ = _several(compiled(source, **asked, format="png", ppi=_PPI))
        drawn.append(first)
        return bytes(compiled(source, **options))

    with patch.object(typst, "compile", watched):
        printed = desk.run("pdca packet 2024 -o papers")
    if desk.code:
        raise SystemExit(printed)
    screens = {f"screen-{name}.png": screen(line, desk.run(line)) for name, line in _SCREENS.items()}
    return screens | {f"paper-{number}.png": picture for number, picture in enumerate(drawn, 1)}


def screen(line: str, printed: str) -> bytes:
    """Return a terminal's screen of 80 columns as a picture: the command, and the first lines of what it prints."""
    first, *more = printed.splitlines()
    shown = [f"$ {line}", first, *more[: _LINES - 2], *(["…"] if len(more) > _LINES - 2 else [])]
    rows = "\n".join("".join(map(_put, text)) + " \\" for text in shown)
    (picture,) = _several(_typeset(_SCREEN + rows, format="png", ppi=_PPI))
    return picture


def _put(sign: str) -> str:
    """Return a sign in its one or two columns; what is set without its blank half, on the side where it belongs."""
    cells = display_width(sign)
    side = "end" if sign in "（「『【" else "start" if sign in "）」』】、。" else "center"
    size = 11.6 if cells > 1 else 9.6 if sign.isascii() else 8.2
    return f"#put({side}, {cells}, {size}, {json.dumps(sign, ensure_ascii=False)})"


def _several(drawn: bytes | list[bytes]) -> list[bytes]:
    return drawn if isinstance(drawn, list) else [drawn]


def _made(what: Sequence[str], folder: Path) -> Iterator[tuple[Path, bytes]]:
    if "pictures" in what:
        yield from ((PICTURES / name, picture) for name, picture in pictures().items())
    if "card" in what:
        yield CARD, card_pdf()
    if "all" in what:
        for language, first in BOOKS.items():
            yield folder / first.replace(".md", ".html"), book_html(language).encode()
            yield folder / first.replace(".md", ".pdf"), book_pdf(language)


def main(arguments: Sequence[str]) -> int:
    """Make what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", choices=("all", "card", "pictures"))
    parser.add_argument("-o", dest="folder", type=Path, default=ROOT / "build")
    given = parser.parse_args(arguments)
    for path, made in _made(given.what, given.folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made)
        print(f"{os.path.relpath(path)}  {len(made) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
