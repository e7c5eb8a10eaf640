"""What a person probably did where the strict reader only knows that something is unexpected.

The reader says ``PROBLEM at line 6 column 13, while CONTEXT at line 6 column 10``. That place and
the line itself show the usual slips: a colon without its space, a full-width sign, an open quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from mizuho_pdca.message import N_, Message, Value, message

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_PLACED = re.compile(
    r"(?P<problem>.*?)(?: at line (?P<line>\d+) column (?P<column>\d+))?"
    r"(?:, while (?P<context>[\w ]+?)(?: at line (?P<context_line>\d+) column (?P<context_column>\d+))?)?",
    re.DOTALL,
)
_NO_CONTEXT = ("", "scanning for the next token", "parsing a block node", "parsing a flow node")
"""Contexts for which the reader has no place of their own, or names one that is wrong."""

_START = r"(?P<start>\s*(?:- +)*)"
_KEY = r"(?P<key>[A-Za-z][\w-]*)"
_PAIR = re.compile(rf"{_START}{_KEY}: +(?P<rest>\S.*?)\s*")
_NO_SPACE = re.compile(rf"{_START}{_KEY}(?P<slip>:)(?P<rest>(?!//)[^\s:].*?)\s*", re.ASCII)
_WIDE_COLON = re.compile(rf"{_START}{_KEY}[ \u3000]*(?P<slip>：)[ \u3000]*(?P<rest>.*?)\s*", re.ASCII)
_WIDE_SPACE = re.compile(rf"{_START}{_KEY}:(?P<slip>[ ]*\u3000[ \u3000]*)(?P<rest>.*?)\s*", re.ASCII)
_WIDE_BRACKET = re.compile(rf"{_START}{_KEY}: +(?P<slip>[｛［]).*", re.ASCII)
_WIDE_INDENT = re.compile(r"(?P<start> *)(?P<slip>\u3000+)[ \u3000]*\S.*")
_NO_SPACE_DASH = re.compile(r"(?P<start>\s*)(?P<slip>-)(?P<rest>[^\s-].*?)\s*")
_OPENING = {"{": "}", "[": "]"}
_NARROW = {"：": ":", "、": ",", "，": ",", "｛": "{", "［": "["}
_ALL_NARROW = str.maketrans("｛｝［］", "{}[]")
_GUESS_LIMIT = 60


@dataclass(frozen=True)
class Mistake:
    """A slip: its place as offset and width, the reason in words, and what was probably meant."""

    offset: int
    reason: Value
    width: int = 1
    guess: str | None = None


@dataclass(frozen=True)
class _Line:
    """A line of the text: where it begins, what it says."""

    begin: int
    text: str

    def mistake(self, at: int, reason: Value, width: int = 1, guess: str | None = None) -> Mistake:
        """Return a mistake at an offset within the line; a long correction is not shown."""
        return Mistake(
            self.begin + at, reason, max(1, width), guess if guess is None or len(guess) <= _GUESS_LIMIT else None
        )


class _Reading:
    """A text by lines with what the reader said about it."""

    def __init__(self, text: str, refusal: str) -> None:
        found = _PLACED.fullmatch(refusal)
        said = {} if found is None else found.groupdict()
        pieces = _BREAK.split(text)
        breaks = [match[0] for match in _BREAK.finditer(text)]
        begins = accumulate((len(p) + len(b) for p, b in zip(pieces, breaks, strict=False)), initial=0)
        self.lines = [_Line(begin, piece) for begin, piece in zip(begins, pieces, strict=True)]
        self.text = text
        self.problem = said.get("problem") or refusal
        self.context = said.get("context") or ""
        self.line, self.column = self._place(said.get("line"), said.get("column"))
        is_behind = int(said.get("line") or 0) > len(self.lines)
        self.is_at_end = is_behind or (
            self.is_last(self.line) and not self.lines[self.line].text[self.column :].strip()
        )
        if self.context in _NO_CONTEXT:
            self.context_line, self.context_column = self.line, self.column
        else:
            self.context_line, self.context_column = self._place(said.get("context_line"), said.get("context_column"))

    def _place(self, line: str | None, column: str | None) -> tuple[int, int]:
        """Return the place, counting from 0; the reader names none for the very first character."""
        if line is None or column is None:
            return 0, 0
        row = min(int(line) - 1, len(self.lines) - 1)
        return row, min(int(column) - 1, len(self.lines[row].text))

    def above(self, row: int) -> int | None:
        """Return the nearest line above that says something."""
        return next((r for r in range(row - 1, -1, -1) if self.lines[r].text.strip()), None)

    def is_last(self, row: int) -> bool:
        """Return whether no text follows the line."""
        return not any(line.text.strip() for line in self.lines[row + 1 :])


def explain(text: str, refusal: str) -> Mistake:
    """Return the slip behind the strict reader's refusal, with the reader's own words at worst."""
    reading = _Reading(text, refusal)
    for begin, explainer in _EXPLAINERS.items():
        if reading.problem.startswith(begin):
            return explainer(reading)
    return reading.lines[reading.line].mistake(reading.column, reading.problem or "?")


def _slip(line: _Line) -> Mistake | None:
    """Return a slip that the line itself shows."""
    guess: str | None = None
    if match := _WIDE_COLON.fullmatch(line.text):
        reason = _wide("：")
        guess = f"{match['key']}: {match['rest']}".strip()
    elif match := _WIDE_SPACE.fullmatch(line.text):
        reason = message(N_("a full-width space stands where a half-width one belongs"))
        guess = f"{match['key']}: {match['rest']}".strip()
    elif match := _NO_SPACE.fullmatch(line.text):
        reason = message(N_("a space is missing behind the colon"))
        guess = f"{match['key']}: {match['rest']}"
    elif match := _NO_SPACE_DASH.fullmatch(line.text):
        reason = message(N_("a space is missing behind the dash"))
        guess = f"- {match['rest']}"
    elif match := _WIDE_BRACKET.fullmatch(line.text):
        reason = _wide(match["slip"])
        guess = line.text.strip().translate(_ALL_NARROW)
    elif match := _WIDE_INDENT.fullmatch(line.text):
        reason = message(N_("a full-width space stands where a half-width one belongs"))
    else:
        return None
    return line.mistake(match.start("slip"), reason, len(match["slip"]), guess)


def _wide(sign: str) -> Message:
    return message(
        N_("{wide} is a full-width sign; the half-width {narrow} belongs here"), wide=sign, narrow=_NARROW[sign]
    )


def _quoted(line: _Line, at: int) -> str | None:
    """Return the line's pair, or its item of a one-line list or mapping, with the text in quotes."""
    if any(line.text.count(o, 0, at) > line.text.count(c, 0, at) for o, c in _OPENING.items()):
        item = re.match(r"[^,\]}]*", line.text[at:])
        return None if item is None else _in_quotes(item[0].strip())
    return _pair_quoted(line)


def _pair_quoted(line: _Line) -> str | None:
    match = _PAIR.fullmatch(line.text)
    return None if match is None or " #" in match["rest"] else f"{match['key']}: {_in_quotes(match['rest'])}"


def _in_quotes(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


# -- one explainer for each thing that the reader says --------------------------------------------


def _surplus_colon(reading: _Reading) -> Mistake:
    line = reading.lines[reading.line]
    above = reading.above(reading.line)
    if slip := _slip(line):
        return slip
    if _PAIR.match(line.text[: reading.column]):
        reason = message(N_('a text that holds ": " must stand in quotes'))
        return line.mistake(reading.column, reason, guess=_quoted(line, reading.column))
    if above is not None and (slip := _slip(reading.lines[above])):
        return slip
    indent = len(line.text) - len(line.text.lstrip())
    reason = message(N_("the line is indented like a part of the line above, but has a colon of its own"))
    return line.mistake(0 if indent else reading.column, reason, indent)


def _no_colon(reading: _Reading) -> Mistake:
    line = reading.lines[reading.context_line]
    if slip := _slip(line):
        return slip
    begin = len(line.text) - len(line.text.lstrip())
    if reading.is_last(reading.context_line) and reading.text == reading.text.rstrip():
        return line.mistake(begin, message(N_("the file breaks off in this line")), len(line.text) - begin)
    reason = message(N_('the line is neither "key: value" nor indented as a part of the text above'))
    return line.mistake(begin, reason, len(line.text) - begin)


def _beginning(reading: _Reading) -> Mistake:
    line = reading.lines[reading.context_line]
    sign = line.text[reading.context_column : reading.context_column + 1]
    reason = message(N_("a text that begins with {sign} must stand in quotes"), sign=sign)
    return line.mistake(reading.context_column, reason, guess=_quoted(line, reading.context_column))


def _open_quote(reading: _Reading) -> Mistake:
    return _open_quote_at(reading, reading.context_line, reading.context_column)


def _open_quote_at(reading: _Reading, row: int, column: int) -> Mistake:
    line = reading.lines[row]
    quote = line.text[column : column + 1]
    following = reading.lines[row + 1].text if row + 1 < len(reading.lines) else ""
    guess = None
    if (match := _PAIR.fullmatch(line.text)) and (not following.strip() or _PAIR.match(following)):
        guess = f"{match['key']}: {match['rest']}{quote}"
    return line.mistake(column, message(N_("the quotation mark {quote} is not closed"), quote=quote), guess=guess)


def _block(reading: _Reading) -> Mistake:
    line = reading.lines[reading.line]
    before = line.text[: reading.column].rstrip()
    if before.endswith(('"', "'")):
        quote = before[-1]
        if before.count(quote) % 2:
            for row in range(reading.line - 1, -1, -1):
                if reading.lines[row].text.count(quote) % 2:
                    return _open_quote_at(reading, row, reading.lines[row].text.rfind(quote))
        reason = message(N_("behind the closing quotation mark the text goes on"))
        return line.mistake(reading.column, reason, len(line.text) - reading.column, _pair_quoted(line))
    if before.endswith(("]", "}")) and (match := _PAIR.fullmatch(line.text)):
        sign = match["rest"][0]
        reason = message(N_("a text that begins with {sign} must stand in quotes"), sign=sign)
        return line.mistake(match.start("rest"), reason, guess=_quoted(line, 0))
    if slip := _slip(line):
        return slip
    reason = message(N_("the line is not indented like the lines that it belongs to"))
    return line.mistake(0, reason, reading.column)


def _content(reading: _Reading) -> Mistake:
    """Return a sign that no text begins with, or, at the end of the file, the first open bracket."""
    if not reading.is_at_end:
        return _beginning(reading)
    open_brackets: list[int] = []
    for match in re.finditer(r"[\[{\]}]", reading.text):
        if match[0] in _OPENING:
            open_brackets.append(match.start())
        elif open_brackets:
            open_brackets.pop()
    offset = open_brackets[0] if open_brackets else len(reading.text) - 1
    reason = message(N_("the bracket {sign} is not closed"), sign=reading.text[offset])
    return Mistake(offset, reason)


def _bracket(reading: _Reading) -> Mistake:
    opened = reading.lines[reading.context_line]
    sign = opened.text[reading.context_column : reading.context_column + 1]
    closing = _OPENING.get(sign, "}")
    rest = opened.text[reading.context_column :].rstrip()
    is_elsewhere = reading.line > reading.context_line or reading.is_at_end
    if is_elsewhere and rest.count(sign) > rest.count(closing):
        reason = message(N_("the bracket {sign} is not closed"), sign=sign)
        is_whole = sign == "[" or ": " in rest.rpartition(",")[2]
        guess = f"{opened.text.strip()}{closing}" if is_whole else None
        return opened.mistake(reading.context_column, reason, guess=guess)
    line = reading.lines[reading.line]
    before = line.text[: reading.column]
    if match := re.search(r"[、，](?=[\s\u3000]*[\w-]*$)", before):
        guess = f"{before[: match.start()]}, {line.text[match.end() :].lstrip()}".strip()
        return line.mistake(match.start(), _wide(match[0]), guess=guess)
    reason = message(N_("between brackets a comma is missing before this, or quotes around a text with a colon"))
    begin = len(before) - len(re.split(r"[\s,{\[]", before)[-1])
    guess = f"{before[:begin].rstrip()}, {line.text[begin:]}".strip()
    return line.mistake(begin, reason, reading.column - begin, guess if begin < reading.column else None)


def _after_bar(reading: _Reading) -> Mistake:
    line = reading.lines[reading.context_line]
    sign = line.text[reading.context_column : reading.context_column + 1]
    reason = message(N_("behind {sign} the line must end; the text goes below, indented"), sign=sign)
    return line.mistake(reading.column, reason, len(line.text) - reading.column)


def _dash(reading: _Reading) -> Mistake:
    line = reading.lines[reading.line]
    reason = message(N_("a list begins in the line below its key, and a text that begins with - must stand in quotes"))
    return line.mistake(reading.column, reason)


def _backslash(reading: _Reading) -> Mistake:
    line = reading.lines[reading.line]
    at = max(line.text.rfind("\\", 0, reading.column + 1), 0)
    reason = message(N_("in double quotes \\ has a meaning of its own"))
    return line.mistake(at, reason, guess=_single_quoted(line))


def _single_quoted(line: _Line) -> str | None:
    match = re.fullmatch(rf'{_START}{_KEY}: +"(?P<rest>[^"]*)"\s*', line.text)
    return None if match is None else f"{match['key']}: '{match['rest'].replace(chr(39), chr(39) * 2)}'"


def _too_deep(reading: _Reading) -> Mistake:
    return reading.lines[reading.line].mistake(
        reading.column, message(N_("lists and mappings are nested too deeply, or a reference holds itself"))
    )


def _too_many(reading: _Reading) -> Mistake:
    found = re.search(r"&\w", reading.text)
    return Mistake(0 if found is None else found.start(), message(N_("references (& and *) multiply the text")))


_EXPLAINERS = {
    "found a tag": _beginning,
    "mapping values are not allowed": _surplus_colon,
    "could not find expected ':'": _no_colon,
    "found character": _beginning,
    "did not find expected alphabetic or numeric character": _beginning,
    "expected alphabetic or numeric character": _beginning,
    "did not find expected whitespace or line break": _beginning,
    "did not find expected tag URI": _beginning,
    "did not find URI escaped octet": _beginning,
    "expected URI": _beginning,
    "unknown anchor": _beginning,
    "found undefined alias": _beginning,
    "mapping keys are not allowed": _beginning,
    "did not find expected node content": _content,
    "expected the node content": _content,
    "could not find expected directive name": _beginning,
    "found unexpected non-alphabetical character": _beginning,
    "did not find expected version number": _beginning,
    "found unknown directive name": _beginning,
    "found unexpected end of stream": _open_quote,
    "did not find expected key": _block,
    "did not find expected '-' indicator": _block,
    "expected <block end>": _block,
    "did not find expected ',' or": _bracket,
    "expected ',' or": _bracket,
    "found unexpected ':'": _bracket,
    "did not find expected comment or line break": _after_bar,
    "expected a comment or a line break": _after_bar,
    "expected chomping or indentation": _after_bar,
    "block sequence entries are not allowed": _dash,
    "sequence entries are not allowed": _dash,
    "found unknown escape character": _backslash,
    "found invalid Unicode character escape": _backslash,
    "did not find expected hexadecimal number": _backslash,
    "did not find expected hexdecimal number": _backslash,
    "expected escape sequence": _backslash,
    "recursion limit exceeded": _too_deep,
    "repetition limit exceeded": _too_many,
}
"""By how the problem begins, in the words of ``ryaml`` and, after "expected" and the like, ``ruamel.yaml``."""
