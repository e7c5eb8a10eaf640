"""Find where in a file its faults are: only files with a fault come here.

The file is composed a second time into nodes that know their place. Where that fails, ``mistakes``
finds words for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mizuho_pdca.domain.schema.faults import MOST, At, Fault, Problem, bounded
from mizuho_pdca.message import N_, Value, message
from mizuho_pdca.storage.yaml.mistakes import explain
from mizuho_pdca.storage.yaml.nodes import TAB, Malformed, compose
from mizuho_pdca.storage.yaml.page import Page
from mizuho_pdca.storage.yaml.pure import loads
from mizuho_pdca.storage.yaml.reading import CONTROL, SIZE_LIMIT, Unreadable, parse

_MARKERS = re.compile(r"^(?:<{7} .*|={7}|>{7} .*|\|{7} .*)$")
_TAB_INDENT = re.compile(r"^ *(?P<tabs>\t+)[ \t]*(?=\S)", re.MULTILINE)
_DOCUMENT_END = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
_LINE_SEPARATORS = re.compile("[\u2028\u2029]")
_ESCAPE = re.compile(r"\\(?:[0abefvN]|x(..)|u(....)|U(.{8}))")
_SELDOM = re.compile("[\uff61-\uff9f\uf8f0-\uf8f3\x80-\x9f]")
"""What comes out where the wrong encoding is tried: half-width katakana, signs of nobody."""

_SECOND = ("but found another document", "expected '<document start>'", "found non-comment content after")
_PLACE = re.compile(r"(?P<problem>.*?) at line (?P<line>\d+) column (?P<column>\d+)", re.DOTALL)
_DOUBT = 0.5
_PARTS, _MOST_PARTS = (": ", ":\n", "- ", ","), 20_000
"""Signs that part keys and items, and how many a file has at most in which places are looked for: about 2 seconds."""

_CONTROL_LINES = 20
"""Lines with control characters that a text may have; a file with more is no text."""


def diagnose(file: str, raw: bytes, refusal: str) -> list[Problem]:
    """Return why a file that the strict reader refused is no good YAML, at least one problem."""
    if len(raw) > SIZE_LIMIT:
        return [Problem(Fault("E009", values={"limit": SIZE_LIMIT}), file)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        return [_undecodable(file, raw, exc)]
    page = Page(file, text)
    if not text.strip("\0 \t\r\n"):
        return [_empty(file)]
    return _merge_marks(page) or _control_characters(page) or _syntax(page, refusal)


def locate(file: str, raw: bytes, faults: Sequence[Fault]) -> list[Problem]:
    """Return the faults of a file that reads well, each with its line and column."""
    text = raw.decode("utf-8-sig")
    try:
        root = None if _is_vast(text) else compose(text)
    except Malformed:
        root = None
    if root is None:
        return [Problem(fault, file) for fault in faults]
    nodes = Nodes(Page(file, text), root)
    return sorted((nodes.problem(fault) for fault in faults), key=lambda problem: problem.order)


def _is_vast(text: str) -> bool:
    """Return whether a file has so many parts that to find places in it would take longer than anybody waits."""
    return sum(map(text.count, _PARTS)) > _MOST_PARTS


# -- bytes that are no text -----------------------------------------------------------------------


def _undecodable(file: str, raw: bytes, exc: UnicodeDecodeError) -> Problem:
    """Return the problem with the line as the encoding that was probably used shows it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(Fault("E001", values={"encoding": "UTF-16"}), file, 1, 1)
    encoding, codec = _guess_encoding(raw, raw[: exc.start])
    text, before = raw.decode(codec, errors="replace"), raw[: exc.start].decode(codec, errors="replace")
    return Page(file, text).problem(Fault("E001", values={"encoding": encoding}), len(before))


def _guess_encoding(raw: bytes, before: bytes) -> tuple[Value, str]:
    """Return the encoding's name and codec; text that begins as good UTF-8 is damaged, not of another."""
    if not before.isascii():
        return message(N_("damaged UTF-8")), "utf-8"
    shares = {}
    for name, codec in (("Shift_JIS (cp932)", "cp932"), ("EUC-JP", "euc_jp")):
        try:
            signs = re.sub("[\\x00-\\x7f]", "", raw.decode(codec))
        except UnicodeDecodeError:
            continue
        shares[name, codec] = len(_SELDOM.findall(signs)) / max(1, len(signs))
    likely = [found for found, share in sorted(shares.items(), key=lambda item: item[1]) if share <= _DOUBT]
    return likely[0] if likely else (message(N_("an unknown encoding")), "utf-8")


def _control_characters(page: Page) -> list[Problem]:
    """Return the lines with control characters; what is full of them is no text."""
    first: dict[int, re.Match[str]] = {}
    for match in CONTROL.finditer(page.text):
        first.setdefault(page.line_of(match.start()), match)
        if len(first) > _CONTROL_LINES:
            break
    zeros = page.text.count("\0")
    if len(first) > _CONTROL_LINES or zeros > _CONTROL_LINES:
        encoding: Value = "UTF-16" if zeros > len(page.text) // 3 else message(N_("no text at all"))
        return [Problem(Fault("E001", values={"encoding": encoding}), page.file, 1, 1)]
    return [page.problem(_control(match[0]), match.start()) for match in first.values()]


def _control(sign: str) -> Fault:
    return Fault("E003", values={"character": f"U+{ord(sign):04X}"})


# -- text that is no good YAML --------------------------------------------------------------------


def _empty(file: str) -> Problem:
    return Problem(Fault("E008", values={"file": file}), file, 1, 1)


def _merge_marks(page: Page) -> list[Problem]:
    marks = [number for number in range(1, len(page.starts) + 1) if _MARKERS.match(page.line(number))]
    first = next((number for number in marks if page.line(number).startswith("<")), None)
    if first is None:
        return []
    fault = Fault("E002", values={"marks": marks})
    return [page.problem(fault, page.starts[first - 1], len(page.line(first)))]


def _syntax(page: Page, refusal: str) -> list[Problem]:
    if _is_vast(page.text):
        return [_mistaken(page, _placed(page, refusal))]
    try:
        root = compose(page.text)
        if root is None or (isinstance(root, ScalarNode) and not refusal):
            return [_empty(page.file)]
        if found := Nodes(page, root).faults():
            more = Problem(bounded([one.fault for one in found])[0], page.file, 1, 1)
            return found if len(found) <= MOST else [more, *found[:MOST]]
        loads(page.text)
    except Malformed as exc:
        refused = exc
    else:
        refused = _placed(page, refusal)
    if refused.problem.startswith(_SECOND) and "\n%" not in page.text[: refused.at]:
        return [_second_document(page)]
    return _tabs(page, refused) or _separators(page) or [_mistaken(page, refused)]


def _placed(page: Page, refusal: str) -> Malformed:
    """Return what only the other reader minds, at the place that it names."""
    found = _PLACE.match(refusal)
    if found is None or int(found["line"]) > len(page.starts):
        return Malformed(refusal)
    return Malformed(found["problem"], page.starts[int(found["line"]) - 1] + int(found["column"]) - 1)


def _second_document(page: Page) -> Problem:
    """Return the first line that ends a document behind one that says something."""
    has_begun = False
    for number, start in enumerate(page.starts, 1):
        line = page.line(number)
        if has_begun and _DOCUMENT_END.match(line):
            return page.problem(Fault("E006"), start, len(line))
        has_begun = has_begun or bool(line.strip() and not line.lstrip().startswith(("#", "---", "%")))
    return page.problem(Fault("E006"), 0)


def _tabs(page: Page, refused: Malformed) -> list[Problem]:
    """Return the lines that a tab indents, if that is why the file was refused."""
    number = page.line_of(explain(page, refused).offset)
    if refused.problem != TAB and not _TAB_INDENT.match(page.line(number)):
        return []
    tabs = [(match.start("tabs"), len(match["tabs"])) for match in _TAB_INDENT.finditer(page.text)]
    return [page.problem(Fault("E004"), *place) for place in tabs or [(refused.at, 1)]]


def _separators(page: Page) -> list[Problem]:
    """Return the invisible line breaks that come along with text from the web or from slides."""
    return [page.problem(_control(match[0]), match.start()) for match in _LINE_SEPARATORS.finditer(page.text)]


def _mistaken(page: Page, refused: Malformed) -> Problem:
    mistake = explain(page, refused)
    fault = Fault("E007", values={"reason": mistake.reason}, guess=mistake.guess)
    return page.problem(fault, mistake.offset, mistake.width)


# -- nodes ----------------------------------------------------------------------------------------


class Nodes:
    """The nodes of a file, found by the paths of its data."""

    def __init__(self, page: Page, root: Node) -> None:
        """Take the node of the file as a whole."""
        self.page = page
        self.root = root
        self._pairs: dict[int, dict[object, tuple[Node, Node]]] = {}

    def problem(self, fault: Fault) -> Problem:
        """Return the fault at its place."""
        if fault.first is not None:
            first = self.page.line_of(_begin(self._find(fault.first, on_key=False)))
            fault = replace(fault, values={**fault.values, "first": first})
        node = self._find(fault.at, on_key=fault.on_key)
        if node is self.root and fault.on_key:
            return Problem(fault, self.page.file, 1, 1)  # a key is missing in the file as a whole
        begin = _begin(node)
        if begin == node.end_mark.index:  # nothing stands there: the place is behind what comes before it
            begin = max(len(self.page.text[:begin].rstrip()) - 1, 0)
        return self.page.problem(fault, begin, node.end_mark.index - begin)

    def faults(self) -> list[Problem]:
        """Return what the strict reader refuses: keys twice, keys that are no word, control characters."""
        return list(self._faults(self.root, set()))

    def _faults(self, node: Node, seen: set[int]) -> Iterator[Problem]:
        if id(node) in seen:
            return
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            for item in node.value:
                yield from self._faults(item, seen)
        elif isinstance(node, MappingNode):
            yield from self._keys(node)
            for key, value in node.value:
                yield from self._faults(key, seen)
                yield from self._faults(value, seen)
        elif isinstance(node, ScalarNode) and (match := CONTROL.search(str(node.value))):
            yield self.page.problem(_control(match[0]), *self._escape(node))

    def _keys(self, node: MappingNode) -> Iterator[Problem]:
        first: dict[tuple[str, str], int] = {}
        for key, _ in node.value:
            begin, width = _begin(key), key.end_mark.index - _begin(key)
            if not isinstance(key, ScalarNode):
                reason = message(N_("a list or mapping can't be a key"))
                yield self.page.problem(Fault("E007", values={"reason": reason}), begin, width)
                continue
            name = (str(key.tag), str(key.value))
            if name in first:
                fault = Fault("E005", values={"key": name[1], "first": first[name]})
                yield self.page.problem(fault, begin, width)
            first.setdefault(name, self.page.line_of(begin))

    def _escape(self, node: ScalarNode) -> tuple[int, int]:
        """Return offset and width of the escape that brings a control character into a text."""
        begin, end = _begin(node), node.end_mark.index
        for match in _ESCAPE.finditer(self.page.text, begin, end):
            digits = match[1] or match[2] or match[3]
            if digits is None or CONTROL.match(chr(int(digits, 16))):
                return match.start(), len(match[0])
        return begin, end - begin

    def _find(self, at: At, *, on_key: bool) -> Node:
        """Return the node of a path, or the deepest one that exists on the way to it."""
        node = self.root
        for depth, step in enumerate(at):
            if isinstance(node, MappingNode):
                pair = self._pair(node, step)
                if pair is None:
                    return node
                is_empty = _begin(pair[1]) == pair[1].end_mark.index
                node = pair[0] if depth == len(at) - 1 and (on_key or is_empty) else pair[1]
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
        return node

    def _pair(self, node: MappingNode, step: object) -> tuple[Node, Node] | None:
        """Return the key and the value of a step; a key that is no text is found by its value."""
        if id(node) not in self._pairs:
            self._pairs[id(node)] = {str(key.value): (key, value) for key, value in node.value}
        known = self._pairs[id(node)]
        if str(step) in known or isinstance(step, str):
            return known.get(str(step))
        return next((pair for text, pair in known.items() if _spells(text, step)), None)


def _begin(node: Node) -> int:
    offset: int = node.start_mark.index
    return offset


def _spells(text: object, step: object) -> bool:
    try:
        return parse(f"[{text or '~'}]".encode()) == [step]
    except Unreadable:
        return False
