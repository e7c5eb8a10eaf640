"""Markdown as Typst: the pages of docs/ for print. Every text becomes a string, so that none of it can be markup."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from mizuho_pdca.text import display_width

Link = Callable[[str], str | None]
"""Where a link of a page leads: an address, a label behind ``#``, or nothing that is in the same book."""

_KANA = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_JOINED = re.compile(rf"(?<={_KANA})\n|\n(?={_KANA})")
_SHORT, _PAGE = 16, 84
"""Half-width characters of a column that is as wide as its words, and of all columns of a page."""


def markdown() -> MarkdownIt:
    """Return the parser of the pages."""
    return MarkdownIt("commonmark").enable("table")


def anchor(heading: str) -> str:
    """Return the name by which links reach a heading, as code hosts make it."""
    kept = (sign for sign in heading.lower() if sign in " -_" or unicodedata.category(sign)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def joined(text: str) -> str:
    """Return a text whose lines are joined: without a blank where Japanese meets."""
    return _JOINED.sub("", text)


def plain(node: SyntaxTreeNode) -> str:
    """Return the words of a node."""
    if node.children:
        return "".join(map(plain, node.children))
    return "\n" if node.type == "softbreak" else node.content


def typst(text: str, link: Link, name: str) -> str:
    """Return a page as Typst, its headings labelled with the page's name and their anchors."""
    return "".join(_Writer(link, name).blocks(SyntaxTreeNode(markdown().parse(text)).children))


class _Writer:
    """Writes the nodes of a page; a kind of node that pages do not use is an error."""

    def __init__(self, link: Link, name: str) -> None:
        self.link = link
        self.name = name
        self.labels: set[str] = set()

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[str]:
        for node in nodes:
            match node.type:
                case "heading":
                    yield self.heading(node)
                case "paragraph":
                    yield f"{self.inside(node)}\n\n"
                case "fence" | "code_block":
                    yield f"#screen({_string(node.content.rstrip())})\n\n"
                case "bullet_list":
                    yield f"#list({self.items(node)})\n\n"
                case "ordered_list":
                    yield f"#enum(start: {node.attrs.get('start', 1)}, {self.items(node)})\n\n"
                case "table":
                    yield self.table(node)
                case "html_block":
                    pass  # comments for programs
                case _:
                    raise ValueError(node.type)

    def heading(self, node: SyntaxTreeNode) -> str:
        level = int(node.tag[1:])
        label = self.name if level == 1 else f"{self.name}--{anchor(plain(node))}"
        marked = "" if label in self.labels else f" #label({_string(label)})"
        self.labels.add(label)
        return f"#[#heading(level: {level})[{self.inside(node)}]{marked}]\n\n"

    def items(self, node: SyntaxTreeNode) -> str:
        return ", ".join(f"[{''.join(self.blocks(item.children)).strip()}]" for item in node.children)

    def table(self, node: SyntaxTreeNode) -> str:
        head, *body = [row.children for part in node.children for row in part.children]
        widths = [max(map(display_width, map(plain, column))) for column in zip(head, *body, strict=True)]
        cells = "".join(f"  [{self.inside(cell)}],\n" for row in body for cell in row)
        heads = ", ".join(f"[{self.inside(cell)}]" for cell in head)
        return f"#listing(({', '.join(_columns(widths))},), table.header({heads}),\n{cells})\n\n"

    def inside(self, node: SyntaxTreeNode) -> str:
        around = [None, *node.children, None]
        return "".join(
            piece
            for before, child, after in zip(around, node.children, around[2:], strict=False)
            for piece in (_break(before, after) if child.type == "softbreak" else self.pieces(child))
        )

    def pieces(self, node: SyntaxTreeNode) -> Iterator[str]:
        match node.type:
            case "inline":
                yield self.inside(node)
            case "text":
                yield f"#{_string(node.content)};"
            case "code_inline":
                yield f"#raw({_string(node.content)});"
            case "strong":
                yield f"#strong[{self.inside(node)}];"
            case "em":
                yield f"#emph[{self.inside(node)}];"
            case "link":
                yield self.linked(node)
            case "image":
                alt, source = _string(plain(node)), _string(f"/docs/{node.attrs['src']}")
                yield f"#image({source}, alt: {alt}, width: 100%);"
            case "hardbreak":
                yield "#linebreak();"
            case "html_inline" if node.content == "<br>":
                yield "#linebreak();"
            case _:
                raise ValueError(node.type)

    def linked(self, node: SyntaxTreeNode) -> str:
        words, place = self.inside(node), self.link(str(node.attrs["href"]))
        if place is None:
            return words
        target = f"label({_string(place[1:])})" if place.startswith("#") else _string(place)
        return f"#link({target})[{words}];"


def _break(before: SyntaxTreeNode | None, after: SyntaxTreeNode | None) -> Iterator[str]:
    """Yield what stands for the end of a line: a blank, or nothing between Japanese."""
    ends = f"{plain(before)[-1:] if before else ''}\n{plain(after)[:1] if after else ''}"
    if "\n" in joined(ends):
        yield f"#{_string(' ')};"


def _columns(widths: Sequence[int]) -> Iterator[str]:
    """Yield how wide each column is: as its words, or a share of what is left by the root of how much it says."""
    whole = sum(widths) <= _PAGE
    for width in widths:
        yield "auto" if whole or width <= _SHORT else f"{math.isqrt(width)}fr"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
