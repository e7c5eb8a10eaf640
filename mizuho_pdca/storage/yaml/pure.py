"""Read YAML without ``ryaml``, a hundred times slower: for machines on which its compiled part may not run.

What nodes mean is decided here, so that both readers give the same values and refuse the same:
numbers, keys twice, deep nesting, references that multiply the text, names that ``ryaml`` minds.
"""

from __future__ import annotations

import math
import re

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from mizuho_pdca.storage.yaml.nodes import BLANK, DEEPEST, TOO_DEEP, Malformed, compose

_REPETITIONS = 100
"""References that are followed at most, for each beginning and end of a node."""

_CONSTANT = re.compile(r"(?P<null>~|null|Null|NULL|)|(?P<true>true|True|TRUE)|false|False|FALSE")
_INTEGER = re.compile(r"[+-]?(?:0x[0-9A-Fa-f]{1,32}|0o[0-7]{1,43}|0b[01]{1,128}|0|[1-9][0-9]{0,38})")
_FLOAT = re.compile(r"(?![+-]?0[0-9]+\Z)[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ENDLESS = re.compile(r"(?P<sign>[+-]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_READ = range(-(2**63), 2**64)
_REFUSED = range(-(2**127), 2**128)
"""Whole numbers beyond those that are read; still larger ones become fractions, as ``ryaml`` has it."""

_PROPERTIES = re.compile(r"(?:&\S*\s*)?")
_ANCHOR = re.compile(r"[0-9A-Za-z_-]+")
_COLON_IN_FLOW = re.compile(r":[,?\[\]{}]")
_SEPARATOR = re.compile("[\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RETURN = re.compile("\r\n?")
_BREAK = re.compile("[\n\u2028\u2029]")
_FOLD = re.compile("[ \t]*([\n\u2028\u2029][ \t\n\u2028\u2029]*)")
_NO_BLANKS = str.maketrans("", "", " \t")


def loads(text: str) -> object:
    """Return the data of a text, None for an empty one; raise ``Malformed`` where ``ryaml.loads`` refuses."""
    root = compose(text)
    if root is None:
        return None
    values = _Values(text)
    data = values.of(root)
    if values.followed[id(root)] > values.events * _REPETITIONS:
        raise Malformed("repetition limit exceeded", max(text.find("&"), 0))
    return data


class _Values:
    """Nodes made into data, each once; of each is known how deep it is and how many references it follows."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.events = 0
        self.data: dict[int, object] = {}
        self.depths: dict[int, int] = {}
        self.followed: dict[int, int] = {}

    def of(self, node: Node, outer: Node | None = None, depth: int = 0) -> object:
        """Return the data of a node, which stands in another one at a depth."""
        name, is_alias = id(node), id(node) in self.followed
        self.events += 1 if is_alias or isinstance(node, ScalarNode) else 2
        if not is_alias:
            self.followed[name], self.depths[name] = 0, not isinstance(node, ScalarNode)
        if depth + self.depths[name] > DEEPEST or (is_alias and name not in self.data):
            raise Malformed(TOO_DEEP, node.start_mark.index)
        if not is_alias:
            self.data[name] = self._data(
                node, depth, is_flow=isinstance(outer, CollectionNode) and bool(outer.flow_style)
            )
        if outer is not None:
            self.followed[id(outer)] += self.followed[name] + is_alias
            self.depths[id(outer)] = max(self.depths[id(outer)], self.depths[name] + 1)
        return self.data[name]

    def _data(self, node: Node, depth: int, *, is_flow: bool) -> object:
        found = _PROPERTIES.match(self.text, node.start_mark.index)
        begin, end = found.end() if found else 0, node.end_mark.index
        if self.text.startswith("!", begin):
            raise Malformed("found a tag", begin)
        if not _ANCHOR.fullmatch(node.anchor or "x"):
            raise Malformed("expected alphabetic or numeric character", node.start_mark.index)
        if isinstance(node, MappingNode):
            return self._mapping(node, depth)
        if not isinstance(node, ScalarNode):
            return [self.of(item, node, depth + 1) for item in node.value]
        raw = _RETURN.sub("\n", self.text[begin:end])
        if node.style:
            return _written(raw, node, begin)
        colon = raw.startswith(":") or _COLON_IN_FLOW.search(self.text, begin, end + 1)
        if is_flow and colon:
            raise Malformed("found unexpected ':'", begin if colon is True else colon.start(), begin)
        return _plain(_FOLD.sub(_folded, raw) if BLANK.search(raw) else node.value, begin)

    def _mapping(self, node: MappingNode, depth: int) -> dict[object, object]:
        pairs: dict[object, object] = {}
        names = set()
        for key_node, value_node in node.value:
            begin = key_node.start_mark.index
            if begin == key_node.end_mark.index and not self.text.startswith("?", begin - 1):
                raise Malformed("expected <block end>", begin)
            key, value = self.of(key_node, node, depth + 1), self.of(value_node, node, depth + 1)
            name = type(key), str(key + 0.0 if isinstance(key, float) else key)  # 0.0 and -0.0 are the same
            if isinstance(key, list | dict) or name in names:
                raise Malformed("found a key twice, or one that is no word", begin)
            names.add(name)
            pairs[key] = value
        return pairs


def _written(raw: str, node: ScalarNode, begin: int) -> str:
    """Return the text of a quoted scalar or a block, whose line breaks are those of the file."""
    text = str(node.value)
    if _SURROGATE.search(text):
        raise Malformed("found unknown escape character", begin + raw.find("\\"), begin)
    if node.style in ("|", ">") and _SEPARATOR.search(raw):
        if node.style == ">" and ("+" in raw or _SEPARATOR.search(raw.rstrip())):
            raise Malformed("found a line break of Unicode in a folded text", begin)
        breaks = iter(_BREAK.findall(raw)[1:])  # the first one ends the line of the bar
        text = text if node.style == ">" else _BREAK.sub(lambda _: next(breaks), text)
    return text


def _folded(found: re.Match[str]) -> str:
    """Return what stands for the line breaks within a plain text."""
    breaks = found[1].translate(_NO_BLANKS)
    return breaks if breaks[0] != "\n" else breaks[1:] or " "


def _plain(text: str, at: int) -> object:
    """Return what a plain text means in YAML 1.2, with whole numbers of 64 bits."""
    if found := _CONSTANT.fullmatch(text):
        return None if found["null"] is not None else found["true"] is not None
    if found := _ENDLESS.fullmatch(text):
        return float(text.replace(".", ""))
    if _INTEGER.fullmatch(text):
        number = int(text, 0)
        if number in _READ:
            return number
        if number in _REFUSED:
            raise Malformed("found a number that is too large", at)
    return fraction if _FLOAT.fullmatch(text) and math.isfinite(fraction := float(text)) else text
