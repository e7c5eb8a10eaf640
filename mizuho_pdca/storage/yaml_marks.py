"""Find where in a file its faults are: only files with a fault come here.

``ruamel.yaml`` composes the file a second time into nodes that know their line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mizuho_pdca.core.faults import At, Fault, Problem
from mizuho_pdca.storage.yaml_reading import CONTROL, SIZE_LIMIT

_MARKERS = re.compile(r"^(?:<{7} .*|={7}|>{7} .*|\|{7} .*)$", re.MULTILINE)
_TAB_INDENT = re.compile(r"^ *\t+", re.MULTILINE)
_SECOND_DOCUMENT = "expected a single document"
_SCALAR_WIDTH = 40


def diagnose(file: str, raw: bytes, refusal: str) -> list[Problem]:
    """Return why a file that the strict reader refused is no good YAML, at least one problem."""
    if len(raw) > SIZE_LIMIT:
        return [Problem(Fault("E009", values={"size": len(raw), "limit": SIZE_LIMIT}), file)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        return [_undecodable(file, raw, exc)]
    if not text.strip():
        return [Problem(Fault("E008", values={"file": file}), file, 1, 1)]
    problems = list(_in_text(file, text)) or list(_in_nodes(file, text))
    return problems or [_refused(file, text, refusal)]


def locate(file: str, raw: bytes, faults: Sequence[Fault]) -> list[Problem]:
    """Return the faults of a file that reads well, each with its line and column."""
    text = raw.decode("utf-8-sig")
    lines = text.split("\n")
    root = _compose(text)
    return [_mark(file, lines, root, fault) for fault in faults]


def _compose(text: str) -> Node | None:
    yaml = YAML(pure=True)
    node: Node | None = yaml.compose(text)
    return node


def _undecodable(file: str, raw: bytes, exc: UnicodeDecodeError) -> Problem:
    line_start = raw.rfind(b"\n", 0, exc.start) + 1
    line = raw.count(b"\n", 0, exc.start) + 1
    fault = Fault("E001", values={"encoding": _guess_encoding(raw)})
    column = len(raw[line_start : exc.start].decode(errors="replace")) + 1
    return Problem(fault, file, line, column)


def _guess_encoding(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for name, codec in (("Shift_JIS (cp932)", "cp932"), ("EUC-JP", "euc_jp")):
        try:
            raw.decode(codec)
        except UnicodeDecodeError:
            continue
        return name
    return "?"


def _in_text(file: str, text: str) -> Iterator[Problem]:
    markers = list(_MARKERS.finditer(text))
    if any(match[0].startswith("<") for match in markers):
        marks = ", ".join(f"{_line_of(text, match.start())}" for match in markers)
        first = markers[0]
        yield _at_offset(file, text, first.start(), len(first[0]), Fault("E002", values={"marks": marks}))
        return
    for match in CONTROL.finditer(text):
        fault = Fault("E003", values={"character": f"U+{ord(match[0]):04X}"})
        yield _at_offset(file, text, match.start(), 1, fault)
    for match in _TAB_INDENT.finditer(text):
        yield _at_offset(file, text, match.end() - 1, 1, Fault("E004"))


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _at_offset(file: str, text: str, offset: int, width: int, fault: Fault) -> Problem:
    line = _line_of(text, offset)
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Problem(fault, file, line, column, text.split("\n")[line - 1], width)


def _in_nodes(file: str, text: str) -> Iterator[Problem]:
    lines = text.split("\n")
    try:
        root = _compose(text)
    except MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        second = _SECOND_DOCUMENT in str(exc.context)
        fault = Fault("E006") if second else Fault("E007", values={"reason": str(exc.problem or exc.context)})
        yield _at_mark(file, lines, mark, fault)
        return
    except (YAMLError, RecursionError, ValueError) as exc:
        yield Problem(Fault("E007", values={"reason": type(exc).__name__}), file, 1, 1)
        return
    if root is None:
        yield Problem(Fault("E008", values={"file": file}), file, 1, 1)
        return
    yield from _twice(file, lines, root, set())


def _twice(file: str, lines: list[str], node: Node, seen: set[int]) -> Iterator[Problem]:
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _twice(file, lines, item, seen)
    elif isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in first:
                fault = Fault("E005", values={"key": name, "first": first[name]})
                yield _at_mark(file, lines, key.start_mark, fault, len(name))
            first.setdefault(name, key.start_mark.line + 1)
            yield from _twice(file, lines, value, seen)
    elif isinstance(node, ScalarNode) and (match := CONTROL.search(str(node.value))):
        fault = Fault("E003", values={"character": f"U+{ord(match[0]):04X}"})
        yield _at_mark(file, lines, node.start_mark, fault)


def _refused(file: str, text: str, refusal: str) -> Problem:
    """Return the strict reader's own word where the second reader has none."""
    place = re.search(r"at line (\d+) column (\d+)", refusal)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    fault = Fault("E007", values={"reason": refusal or "?"})
    lines = text.split("\n")
    return Problem(fault, file, line, column, lines[min(line, len(lines)) - 1])


def _mark(file: str, lines: list[str], root: Node | None, fault: Fault) -> Problem:
    if root is None or fault.at is None:
        return Problem(fault, file)
    if fault.first is not None:
        first = _find(root, fault.first, on_key=False)
        fault = replace(fault, values={**fault.values, "first": first.start_mark.line + 1})
    node = _find(root, fault.at, on_key=fault.on_key)
    width = 1
    if isinstance(node, ScalarNode) and node.start_mark.line == node.end_mark.line:
        width = max(1, node.end_mark.column - node.start_mark.column)
    return _at_mark(file, lines, node.start_mark, fault, width)


def _find(node: Node, at: At, *, on_key: bool) -> Node:
    """Return the node of a path, or the deepest one that exists on the way to it."""
    for depth, step in enumerate(at):
        if isinstance(node, MappingNode):
            pair = next(((k, v) for k, v in node.value if str(k.value) == str(step)), None)
            if pair is None:
                return node
            node = pair[0] if on_key and depth == len(at) - 1 else pair[1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return node


def _at_mark(file: str, lines: list[str], mark: Any, fault: Fault, width: int = 1) -> Problem:  # noqa: ANN401
    if mark is None:
        return Problem(fault, file, 1, 1, lines[0])
    line = min(mark.line, len(lines) - 1)
    return Problem(fault, file, line + 1, mark.column + 1, lines[line], min(width, _SCALAR_WIDTH))
