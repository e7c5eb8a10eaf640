"""Read YAML without ``ryaml``, a hundred times slower: for machines on which its compiled part may not run.

``ruamel.yaml`` parses; what its events mean is decided here, so that both readers give the same
values and refuse the same: numbers, keys twice, deep nesting, references that multiply the text,
second documents. Refusals are in the words of ``ryaml`` where ``yaml_mistakes`` looks for them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import AliasToken

_DEEPEST = 128
_REPETITIONS = 100
"""References that are followed at most, for each event of the document."""

_ANCHOR = re.compile(r"[0-9A-Za-z_-]+")
_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((sign + word for sign in ("", "+") for word in (".inf", ".Inf", ".INF")), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[+-]?(?:0x[0-9A-Fa-f]+|0o[0-7]+|0b[01]+|0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+")
_READ = range(-(2**63), 2**64)
_REFUSED = range(-(2**127), 2**128)
"""Whole numbers beyond those that are read; still larger ones become fractions, as ``ryaml`` has it."""

_LONGEST = 131
"""Signs of a whole number at most: a sign, ``0b`` and 128 digits."""

_SECOND = "deserializing from YAML containing more than one document is not supported"
_TOO_DEEP = "recursion limit exceeded"
_SAID = {
    "expected '<document start>'": _SECOND,
    "found non-comment content after document end": _SECOND,
    "found unexpected document separator": "found unexpected document indicator",
    "expected ' '": "did not find expected whitespace or line break",
    "expected indentation indicator in the range": "found an indentation indicator equal to 0",
}
"""How what ``ruamel.yaml`` says begins, and what ``ryaml`` says."""

_QUOTED = re.compile("a (?:single|double)-quoted scalar")
_BLANKS = str.maketrans("\t\u2028\u2029", " \n\n")
_BLANK = re.compile("[\t\u2028\u2029]")
_BLANKS_AT_LINE_END = re.compile(r"[ \t]*\t[ \t]*(?=[\r\n\u2028\u2029])|(?<=[\r\n\u2028\u2029])[ \t]+")
_TAB_AS_INDENT = re.compile("(?:\\A|[\r\n\u2028\u2029]) *\t")
_BLOCK_LINE = re.compile("[\r\n\u2028\u2029](?P<indent> *)(?P<sign>.?)")
_TAB_BELOW = re.compile("[\r\n\u2028\u2029](?P<indent> *)\t")
_COLON_IN_FLOW = re.compile(r":[,?\[\]{}]")
_LINE_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
_PRIVATE = range(0xE000, 0xF900)
"""Signs of which one stands for a tab within a text while ``ruamel.yaml`` reads, which takes some for an error."""


def loads(text: str) -> object:
    """Return the data of a text, None for an empty one; raise ``ValueError`` where ``ryaml.loads`` does."""
    tab = next(sign for sign in map(chr, _PRIVATE) if sign not in text)
    events = _events(text, _with_blanks_of_scalars(text, tab) if _BLANK.search(text) else text)
    document: list[Event] = []
    refusal: ValueError | None = None
    try:
        for event in takewhile(lambda event: not isinstance(event, DocumentEndEvent), events):
            document.append(event)  # noqa: PERF402 (what was read before a refusal is kept)
    except ValueError as exc:
        refusal = exc
    made = _Document(document, tab, refusal)
    data = made.data()
    if refusal is not None:
        raise refusal
    try:
        has_more = next(events, None) is not None
    except ValueError:
        has_more = True
    if has_more:
        raise ValueError(_SECOND)
    if made.unhashable:
        raise ValueError(made.unhashable)
    return data


def words(exc: MarkedYAMLError) -> str:
    """Return what ``ruamel.yaml`` says in the form of ``ryaml``, and in its words where users would see the others."""
    said = str(exc.problem)
    said = next((ours for theirs, ours in _SAID.items() if said.startswith(theirs)), said)
    if exc.problem_mark is not None:
        said += _at(exc.problem_mark)
    if exc.context_mark is not None:
        context = _QUOTED.sub("a quoted scalar", str(exc.context))
        said += f", {context}{_at(exc.context_mark)}"
    return said


def _at(mark: StringMark) -> str:
    """Return a place; ``ryaml`` names none for the very first character."""
    return f" at line {mark.line + 1} column {mark.column + 1}" if mark.index else ""


def _at_offset(text: str, offset: int) -> str:
    lines = _LINE_BREAK.split(text[:offset])
    return f" at line {len(lines)} column {len(lines[-1]) + 1}" if offset else ""


class _StrictScanner(Scanner):
    """Refuses what ``ryaml`` does: tabs as indentation, unknown directives, a key's colon without its space in {}.

    The text that is scanned has spaces for the tabs of the original one.
    """

    def __init__(self, original: str, loader: Any) -> None:  # noqa: ANN401 (the package names no type)
        super().__init__(loader)
        self.original = original

    @property
    def scanner_processing_version(self) -> tuple[int, int]:
        return 1, 2

    def scan_to_next_token(self) -> Any:  # noqa: ANN401 (the same)
        begin, is_indent = self.reader.index, self.allow_simple_key
        comment = super().scan_to_next_token()
        pattern = _TAB_AS_INDENT if is_indent else _TAB_BELOW
        tab = None if self.flow_level else pattern.search(self.original[begin : self.reader.index])
        if tab:
            at = _at_offset(self.original, begin + tab.end() - 1)
            raise ValueError(f"found character that cannot start any token{at}, while scanning for the next token{at}")
        return comment

    def scan_anchor(self, token_class: Any) -> Any:  # noqa: ANN401 (the same)
        token = super().scan_anchor(token_class)
        name = _ANCHOR.match(token.value)
        if name is None or name.end() < len(token.value):
            begin = token.start_mark.index
            at = _at_offset(self.original, begin + 1 + (name.end() if name else 0))
            kind = "an alias" if token_class is AliasToken else "an anchor"
            start = _at(token.start_mark)
            raise ValueError(f"did not find expected alphabetic or numeric character{at}, while scanning {kind}{start}")
        return token

    def scan_block_scalar(self, style: Any, rt: Any = False) -> Any:  # noqa: ANN401, FBT002 (the same)
        token = super().scan_block_scalar(style, rt=rt)
        begin = token.start_mark.index
        indent = None
        for line in _BLOCK_LINE.finditer(self.original, begin, self.reader.index):
            width = len(line["indent"])
            if line["sign"] == "\t" and (indent is None or width < indent):
                at, start = _at_offset(self.original, line.end() - 1), _at_offset(self.original, begin)
                raise ValueError(
                    "found a tab character where an indentation space is expected"
                    f"{at}, while scanning a block scalar{start}"
                )
            indent = width if indent is None and line["sign"].strip() else indent
        return token

    def scan_flow_scalar(self, style: Any) -> Any:  # noqa: ANN401 (the same)
        token = super().scan_flow_scalar(style)
        if _SURROGATE.search(token.value):
            begin = token.start_mark.index
            at, start = _at_offset(self.original, self.original.find("\\", begin) + 2), _at_offset(self.original, begin)
            raise ValueError(f"found invalid Unicode character escape code{at}, while parsing a quoted scalar{start}")
        return token

    def scan_plain(self) -> Any:  # noqa: ANN401 (the same)
        begin, indent = self.reader.index, self.indent + 1
        token = super().scan_plain()
        colon = _COLON_IN_FLOW.search(self.original, begin, token.end_mark.index + 1) if self.flow_level else None
        if colon:
            at, start = _at_offset(self.original, colon.start()), _at_offset(self.original, begin)
            raise ValueError(f"found unexpected ':'{at}, while scanning a plain scalar{start}")
        for match in _TAB_BELOW.finditer(self.original, begin, self.reader.index):
            if len(match["indent"]) < indent:
                at, start = _at_offset(self.original, match.end() - 1), _at_offset(self.original, begin)
                raise ValueError(
                    f"found a tab character that violates indentation{at}, while scanning a plain scalar{start}"
                )
        return token

    def scan_directive_name(self, start_mark: Any) -> Any:  # noqa: ANN401 (the same)
        name = super().scan_directive_name(start_mark)
        if name not in ("YAML", "TAG"):
            at, start = _at(self.reader.get_mark()), _at(start_mark)
            raise ValueError(f"found unknown directive name{at}, while scanning a directive{start}")
        return name


def _events(original: str, text: str) -> Iterator[Event]:
    """Yield what documents are made of, and their ends."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.1"
    yaml.Scanner = partial(_StrictScanner, original)
    anchors = set()
    depth = 0
    try:
        for event in yaml.parse(text):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > _DEEPEST:
                raise ValueError(_TOO_DEEP + _at(event.start_mark))
            if isinstance(event, AliasEvent) and event.anchor not in anchors:
                raise ValueError(f"unknown anchor{_at(event.start_mark)}")
            if isinstance(event, NodeEvent):
                anchors.add(event.anchor)
            if isinstance(event, NodeEvent | CollectionEndEvent | DocumentEndEvent):
                yield event
    except MarkedYAMLError as exc:
        raise ValueError(words(exc)) from exc
    except AssertionError as exc:
        raise ValueError("found incompatible YAML document") from exc
    except YAMLError as exc:
        raise ValueError(str(exc)) from exc


def _with_blanks_of_scalars(text: str, tab: str) -> str:
    """Return the text with the line separators and, as a sign of their own, the tabs within scalars only."""
    pieces: list[str] = []
    done = 0
    with suppress(ValueError):
        for event in _events(text, text.translate(_BLANKS)):
            if isinstance(event, ScalarEvent) and event.start_mark.index >= done:
                begin, end = event.start_mark.index, event.end_mark.index
                scalar = text[begin:end]
                if event.style not in ("|", ">"):
                    scalar = _BLANKS_AT_LINE_END.sub(lambda match: " " * len(match[0]), scalar).replace("\t", tab)
                pieces += text[done:begin].translate(_BLANKS), scalar
                done = end
    return "".join([*pieces, text[done:].translate(_BLANKS)])


@dataclass
class _Place:
    """Where the reading stands: which event comes next, how deep, and the keys and items on the way to it."""

    index: int
    depth: int = 0
    path: str = ""

    @property
    def prefix(self) -> str:
        """Return how a refusal that knows its place begins."""
        return f"{self.path}: " if self.path else ""


class _Document:
    """The events of a document, made into data; ``tab`` stands for a tab in them.

    Where they break off, ``refusal`` says why: it counts unless the data before it are refused already.
    """

    def __init__(self, events: Sequence[Event], tab: str, refusal: ValueError | None) -> None:
        self.events = events
        self.tab = tab
        self.refusal = refusal
        self.unhashable = ""
        self.followed = 0
        self.meant: dict[int, int] = {}
        last: dict[str, int] = {}
        for index, event in enumerate(events):
            if isinstance(event, AliasEvent):
                self.meant[index] = last[event.anchor]
            elif isinstance(event, NodeEvent) and event.anchor is not None:
                last[event.anchor] = index

    def data(self) -> object:
        """Return the data of the whole document."""
        try:
            return self._node(_Place(0)) if self.events else None
        except IndexError:
            raise self.refusal or ValueError from None

    def _node(self, place: _Place) -> object:
        """Return the data of the node at a place, which is moved behind it."""
        event = self.events[place.index]
        place.index += 1
        if isinstance(event, AliasEvent):
            self.followed += 1
            if self.followed > len(self.events) * _REPETITIONS:
                raise ValueError("repetition limit exceeded")
            return self._node(_Place(self.meant[place.index - 1], place.depth, place.path))
        if isinstance(event, ScalarEvent):
            return _scalar(event, event.value.replace(self.tab, "\t"), place.prefix)
        if place.depth == _DEEPEST:
            raise ValueError(_TOO_DEEP + _at(event.start_mark))
        inside = _Place(place.index, place.depth + 1, place.path)
        data = self._mapping(inside, event) if isinstance(event, MappingStartEvent) else self._sequence(inside)
        place.index = inside.index + 1
        return data

    def _has_more(self, place: _Place) -> bool:
        return not isinstance(self.events[place.index], CollectionEndEvent)

    def _sequence(self, place: _Place) -> list[object]:
        items: list[object] = []
        outer = place.path or "."
        while self._has_more(place):
            place.path = f"{outer}[{len(items)}]"
            items.append(self._node(place))
        return items

    def _mapping(self, place: _Place, start: Event) -> dict[object, object]:
        pairs: dict[object, object] = {}
        names = set()
        outer = place.path
        while self._has_more(place):
            spelled = getattr(self.events[place.index], "value", "?")
            key = self._node(place)
            name = (type(key), _key(key))
            if name in names:
                raise ValueError(f"{place.prefix}duplicate entry with {_key(key)}{_at(start.start_mark)}")
            names.add(name)
            place.path = f"{outer}.{spelled}" if outer else spelled
            value = self._node(place)
            place.path = outer
            if isinstance(key, list | dict):
                self.unhashable = f"TypeError: unhashable type: '{type(key).__name__}'"
            else:
                pairs[key] = value
        return pairs


def _key(key: object) -> str:
    """Return how a refusal names a key."""
    match key:
        case None:
            return "null key"
        case bool():
            return f"key {str(key).lower()}"
        case str():
            return f'key "{key}"'
        case float():
            return f"key {key + 0.0}"  # the same for 0.0 and -0.0
        case _:
            return f"key {key}"


def _scalar(event: ScalarEvent, text: str, prefix: str) -> object:
    """Return what a scalar means: text where it is quoted, else as YAML 1.2 has it, with whole numbers of 64 bits."""
    if event.ctag is not None and event.ctag.trval:
        raise ValueError(f"found a tag{_at(event.start_mark)}")
    if not event.implicit[0]:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if len(text) <= _LONGEST and _INTEGER.fullmatch(text):
        number = int(text, 0)
        if number in _READ:
            return number
        if number in _REFUSED:
            kind = "i128" if number < 0 else "u128"
            place = _at(event.start_mark) if prefix else ""
            raise ValueError(f"{prefix}invalid type: integer `{number}` as {kind}, expected any YAML value{place}")
    if _FLOAT.fullmatch(text) and not _LEADING_ZERO.fullmatch(text) and math.isfinite(fraction := float(text)):
        return fraction
    return text
