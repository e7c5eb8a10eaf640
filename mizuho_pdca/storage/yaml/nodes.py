"""A YAML text as nodes that know their places, or where and why it has none.

``ruamel.yaml`` composes; the text is prepared so that it minds tabs and the line breaks of Unicode
as ``ryaml`` does, the reader that files are read with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.tokens import ScalarToken

DEEPEST = 128
TAB = "found a tab that indents"
TOO_DEEP = "recursion limit exceeded"

BLANK = re.compile("[\t\u2028\u2029\ufeff]")
_PLAIN = str.maketrans("\t\u2028\u2029", " \n\n")
_BREAKS = str.maketrans("\u2028\u2029", "\n\n")
_LINES = str.maketrans("\r\u2028\u2029", "\n\n\n")
_TAB = re.compile(r"^(?: |[-?:](?=[ \t]))*\t", re.MULTILINE)
_FIRST_LINE = re.compile(r"\n(?P<indent> *)[^ \t\n]")
_MARK = re.compile("(?<=[\n\r])\ufeff")
_DIRECTIVE = re.compile(r"\A(?:%(?:YAML 1\.[12]|TAG)\s.*\n|[ \t]*(?:#.*)?\n)*%(?!(?:YAML 1\.[12]|TAG)\s)")
_OLD_VERSION = re.compile(r"\A((?:[ \t]*(?:#.*)?\n)*%YAML 1\.)1(?=\s)")


class Malformed(ValueError):
    """Why a text is not read: the problem, its offset, and where that began which it is a part of."""

    def __init__(self, problem: str, at: int = 0, begin: int | None = None) -> None:
        """Take the place of the problem for its beginning too, unless that is given."""
        super().__init__(problem)
        self.problem = problem
        self.at = at
        self.begin = at if begin is None else begin


def compose(text: str, tries: int = 20) -> Node | None:
    """Return the root of a text, None for an empty one, or raise ``Malformed``.

    A block may begin with a blank line of few spaces, which ``ruamel.yaml`` minds: it is emptied, and tried again.
    """
    if found := _DIRECTIVE.match(text):
        raise Malformed("found unknown directive name", found.end() - 1)
    text = _OLD_VERSION.sub(r"\g<1>2", text)
    yaml = _parser()
    try:
        root: Node | None = yaml.compose(_prepared(text) if BLANK.search(text) else text)
    except MarkedYAMLError as exc:
        is_blank = tries and str(exc.context).startswith("more indented")
        if is_blank and (better := _lines_emptied(text, exc.context_mark.index)):
            return compose(better, tries - 1)
        marks = [mark.index for mark in (exc.problem_mark, exc.context_mark) if mark is not None]
        is_node = str(exc.context).endswith(" node")  # it begins where the problem is, or anywhere
        raise Malformed(str(exc.problem or exc.context), marks[0], marks[0 if is_node else -1]) from exc
    except RecursionError as exc:
        raise Malformed(TOO_DEEP) from exc
    except KeyError as exc:  # %YAML 9.9 after the first document
        raise Malformed("found unknown directive name", max(0, text.find("\n%YAML") + 1)) from exc
    except (YAMLError, AssertionError) as exc:  # %YAML 1.3 ends in an assertion
        raise Malformed(str(exc)) from exc
    return root


def _parser() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = DEEPEST + 1  # releases that don't know it end in a RecursionError
    yaml.composer.warn_double_anchors = False
    return yaml


def _lines_emptied(text: str, at: int) -> str | None:
    """Return a text whose block before an offset begins with empty lines instead of blank ones, if they are short."""
    begin = len(text[:at].rstrip())
    *blank, indent = text[begin:at].split("\n")
    if max(map(len, blank)) > len(indent):
        return None
    return text[:begin] + " " * sum(map(len, blank)) + "\n" * len(blank) + text[at - len(indent) :]


def _prepared(text: str) -> str:
    """Return a text of the same length with tabs within quoted texts and blocks only; refuse those that indent."""
    lines, plain = text.translate(_LINES), _MARK.sub(" ", text).translate(_PLAIN)
    pieces: list[str] = []
    done, flows, indents, is_plain = 0, 0, [-1], False
    for token in _parser().scan(plain):
        begin, end = token.start_mark.index, token.end_mark.index
        for at, column in _tabs(lines, done, begin):
            if column <= indents[-1] if is_plain and "#" not in text[done:at] else not flows:
                raise Malformed(TAB, at)
        piece = plain[begin:end]
        is_plain = isinstance(token, ScalarToken) and token.plain
        if isinstance(token, ScalarToken):
            _check_tabs(lines, token, indents[-1])
            if token.style in ("|", ">"):
                piece = piece[: piece.find("\n")] + text[begin:end].translate(_BREAKS)[piece.find("\n") :]
            elif not is_plain:
                piece = text[begin:end]
        elif token.id in ("<block mapping start>", "<block sequence start>"):
            indents.append(token.start_mark.column)
        elif token.id == "<block end>":
            indents.pop()
        flows += (token.id in ("[", "{")) - (token.id in ("]", "}"))
        pieces += plain[done:begin], piece
        done = end
    return "".join([*pieces, plain[done:]])


def _check_tabs(lines: str, token: ScalarToken, indent: int) -> None:
    """Refuse a tab where the text of a scalar has not reached its indentation."""
    begin, end, first = token.start_mark.index, token.end_mark.index, None
    least = indent + 1 if token.plain else 0
    if token.style in ("|", ">"):
        first = _FIRST_LINE.search(lines, begin, end)
        least = len(first["indent"]) if first else end
    for at, column in _tabs(lines, begin, end):
        if column < least or (first and at < first.start()):
            raise Malformed(TAB, at, begin)


def _tabs(lines: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield offset and column of the tabs in a stretch before which their lines hold blanks and dashes at most."""
    for match in _TAB.finditer(lines, lines.rfind("\n", 0, begin) + 1, end):
        if match.end() > begin:
            yield match.end() - 1, match.end() - 1 - match.start()
