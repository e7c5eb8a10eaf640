"""What a person probably did where the reader only knows that something is unexpected.

The problem, its place and the line itself show the usual slips: a colon without its space, a
full-width sign, an open quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mizuho_pdca.message import N_, Message, Value, message
from mizuho_pdca.storage.yaml.nodes import TOO_DEEP, Refused
from mizuho_pdca.storage.yaml.page import Page

_NARROW = {"：": ":", "、": ",", "，": ",", "｛": "{", "［": "["}
_ALL_NARROW = str.maketrans("｛｝［］", "{}[]")
_CLOSING = {"{": "}", "[": "]"}
_GUESS_LIMIT = 60

_START = r"(?P<start>\s*(?:- +)*)"
_KEY = r"(?P<key>[A-Za-z][\w-]*)"
_PAIR = re.compile(rf"{_START}{_KEY}: +(?P<rest>\S.*?)\s*")
_IN_DOUBLE_QUOTES = re.compile(rf'{_START}{_KEY}: +"(?P<rest>[^"]*)"\s*')
_WIDE_COMMA = re.compile(r"[、，](?=[\s\u3000]*[\w-]*$)")

_WIDE = N_("{wide} is a full-width sign; the half-width {narrow} belongs here")
_WIDE_SPACE = N_("a full-width space stands where a half-width one belongs")
_SLIPS: tuple[tuple[str, str, str | None], ...] = (
    (rf"{_START}{_KEY}[ \u3000]*(?P<slip>：)[ \u3000]*(?P<rest>.*?)\s*", _WIDE, "{key}: {rest}"),
    (rf"{_START}{_KEY}:(?P<slip>[ ]*\u3000[ \u3000]*)(?P<rest>.*?)\s*", _WIDE_SPACE, "{key}: {rest}"),
    (
        rf"{_START}{_KEY}(?P<slip>:)(?P<rest>(?!//)[^\s:].*?)\s*",
        N_("a space is missing behind the colon"),
        "{key}: {rest}",
    ),
    (r"\s*(?P<slip>-)(?P<rest>[^\s-].*?)\s*", N_("a space is missing behind the dash"), "- {rest}"),
    (rf"(?P<all>{_START}{_KEY}: +(?P<slip>[｛［]).*)", _WIDE, "{all}"),
    (r" *(?P<slip>\u3000+)[ \u3000]*\S.*", _WIDE_SPACE, None),
)
"""Slips that a line shows by itself: how it looks, the reason, and how it is written."""


@dataclass(frozen=True)
class Mistake:
    """A slip: its place as offset and width, the reason in words, and what was probably meant."""

    offset: int
    reason: Value
    width: int = 1
    guess: str | None = None


@dataclass(frozen=True)
class _Line:
    """A line of a page: its number, where it begins, what it says, and the column in it that counts."""

    page: Page
    number: int
    column: int = 0

    @property
    def text(self) -> str:
        return self.page.line(self.number)

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def sign(self) -> str:
        return self.text[self.column : self.column + 1]

    @property
    def is_last(self) -> bool:
        """Return whether no text follows the line."""
        return self.number >= self.page.line_of(self.page.end)

    def mistake(self, at: int, reason: Value, width: int = 1, guess: str | None = None) -> Mistake:
        """Return a mistake at a column; a long correction is not shown."""
        guess = guess if guess is None or len(guess) <= _GUESS_LIMIT else None
        return Mistake(self.page.starts[self.number - 1] + at, reason, max(1, width), guess)

    def rest(self, at: int, reason: Value, guess: str | None = None) -> Mistake:
        """Return a mistake from a column to the line's end."""
        return self.mistake(at, reason, len(self.text) - at, guess)

    def slip(self) -> Mistake | None:
        """Return a slip that the line itself shows."""
        for look, reason, guess in _SLIPS:
            if match := re.fullmatch(look, self.text, re.ASCII):
                slip = match["slip"]
                said = message(reason, wide=slip, narrow=_NARROW[slip]) if slip in _NARROW else message(reason)
                meant = guess and guess.format_map(match.groupdict()).strip()
                return self.mistake(
                    match.start("slip"),
                    said,
                    len(slip),
                    meant.translate(_ALL_NARROW) if meant and guess == "{all}" else meant,
                )
        return None

    def quoted(self) -> str | None:
        """Return the line's pair with its text in quotes."""
        match = _PAIR.fullmatch(self.text)
        return None if match is None or " #" in match["rest"] else f"{match['key']}: {_in_quotes(match['rest'])}"


def explain(page: Page, refused: Refused) -> Mistake:
    """Return the slip behind a refusal, with the reader's own words at worst."""
    at, begin = _line(page, refused.at), _line(page, refused.begin)
    for problem, explainer in _EXPLAINERS.items():
        if refused.problem.startswith(problem):
            return explainer(at, begin)
    return at.mistake(at.column, refused.problem or "?")


def _line(page: Page, offset: int) -> _Line:
    offset = min(offset, len(page.text))
    number = page.line_of(offset)
    return _Line(page, number, offset - page.starts[number - 1])


def _in_quotes(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


# -- one explainer for each thing that the reader says: of where it is, and of where it began -------


def _surplus_colon(at: _Line, _: _Line) -> Mistake:
    if slip := at.slip():
        return slip
    if _PAIR.match(at.text[: at.column]):
        reason = message(N_('a text that holds ": " must stand in quotes'))
        return at.mistake(at.column, reason, guess=_quoted_item(at))
    above = next((number for number in range(at.number - 1, 0, -1) if at.page.line(number).strip()), None)
    if above is not None and (slip := _Line(at.page, above).slip()):
        return slip
    reason = message(N_("the line is indented like a part of the line above, but has a colon of its own"))
    return at.mistake(0 if at.indent else at.column, reason, at.indent)


def _no_colon(_: _Line, begin: _Line) -> Mistake:
    if slip := begin.slip():
        return slip
    if begin.is_last and begin.page.end == len(begin.page.text):
        return begin.rest(begin.indent, message(N_("the file breaks off in this line")))
    reason = N_('the line is neither "key: value" nor indented as a part of the text above')
    return begin.rest(begin.indent, message(reason))


def _must_be_quoted(_: _Line, begin: _Line) -> Mistake:
    reason = message(N_("a text that begins with {sign} must stand in quotes"), sign=begin.sign)
    return begin.mistake(begin.column, reason, guess=_quoted_item(begin))


def _quoted_item(line: _Line) -> str | None:
    """Return the line's pair, or its item of a one-line list or mapping, with the text in quotes."""
    if any(line.text.count(o, 0, line.column) > line.text.count(c, 0, line.column) for o, c in _CLOSING.items()):
        return _in_quotes(re.split(r"[,\]}]", line.text[line.column :])[0].strip())
    return line.quoted()


def _open_quote(_: _Line, begin: _Line) -> Mistake:
    following = begin.page.line(begin.number + 1) if begin.number < len(begin.page.starts) else ""
    guess = None
    if (match := _PAIR.fullmatch(begin.text)) and (not following.strip() or _PAIR.match(following)):
        guess = f"{match['key']}: {match['rest']}{begin.sign}"
    reason = message(N_("the quotation mark {quote} is not closed"), quote=begin.sign)
    return begin.mistake(begin.column, reason, guess=guess)


def _block(at: _Line, _: _Line) -> Mistake:
    before = at.text[: at.column].rstrip()
    if before.endswith(('"', "'")):
        quote = before[-1]
        lines = [_Line(at.page, number) for number in range(at.number - 1, 0, -1)] if before.count(quote) % 2 else []
        if opened := next((line for line in lines if line.text.count(quote) % 2), None):
            line = _Line(at.page, opened.number, opened.text.rfind(quote))
            return _open_quote(line, line)
        return at.rest(at.column, message(N_("behind the closing quotation mark the text goes on")), at.quoted())
    if before.endswith(("]", "}")) and (match := _PAIR.fullmatch(at.text)):
        begin = _Line(at.page, at.number, match.start("rest"))
        return _must_be_quoted(begin, begin)
    reason = message(N_("the line is not indented like the lines that it belongs to"))
    return at.slip() or at.mistake(0, reason, at.column)


def _content(at: _Line, begin: _Line) -> Mistake:
    """Return a sign that no text begins with, or, at the end of the file, the first open bracket."""
    text = at.page.text
    if not (at.is_last and not at.text[at.column :].strip()):
        return _must_be_quoted(at, begin)
    opened: list[int] = []
    for match in re.finditer(r"[\[{\]}]", text):
        if match[0] in _CLOSING:
            opened.append(match.start())
        elif opened:
            opened.pop()
    offset = opened[0] if opened else len(text) - 1
    return Mistake(offset, message(N_("the bracket {sign} is not closed"), sign=text[offset]))


def _bracket(at: _Line, begin: _Line) -> Mistake:
    sign = begin.sign
    closing, rest = _CLOSING.get(sign, "}"), begin.text[begin.column :].rstrip()
    is_elsewhere = at.number > begin.number or (at.is_last and not at.text[at.column :].strip())
    if is_elsewhere and rest.count(sign) > rest.count(closing):
        is_whole = sign == "[" or ": " in rest.rpartition(",")[2]
        guess = f"{begin.text.strip()}{closing}" if is_whole else None
        reason = message(N_("the bracket {sign} is not closed"), sign=sign)
        return begin.mistake(begin.column, reason, guess=guess)
    before = at.text[: at.column]
    if match := _WIDE_COMMA.search(before):
        guess = f"{before[: match.start()]}, {at.text[match.end() :].lstrip()}".strip()
        return at.mistake(match.start(), message(_WIDE, wide=match[0], narrow=","), guess=guess)
    reason = message(N_("between brackets a comma is missing before this, or quotes around a text with a colon"))
    word = len(before) - len(re.split(r"[\s,{\[]", before)[-1])
    guess = f"{before[:word].rstrip()}, {at.text[word:]}".strip()
    return at.mistake(word, reason, at.column - word, guess if word < at.column else None)


def _after_bar(at: _Line, begin: _Line) -> Mistake:
    reason = N_("behind {sign} the line must end; the text goes below, indented")
    return at.rest(at.column, message(reason, sign=begin.sign))


def _dash(at: _Line, _: _Line) -> Mistake:
    reason = N_("a list begins in the line below its key, and a text that begins with - must stand in quotes")
    return at.mistake(at.column, message(reason))


def _backslash(at: _Line, _: _Line) -> Mistake:
    match = _IN_DOUBLE_QUOTES.fullmatch(at.text)
    guess = None if match is None else f"{match['key']}: '" + match["rest"].replace("'", "''") + "'"
    reason = message(N_("in double quotes \\ has a meaning of its own"))
    return at.mistake(max(at.text.rfind("\\", 0, at.column + 1), 0), reason, guess=guess)


def _too_deep(at: _Line, _: _Line) -> Mistake:
    return at.mistake(at.column, message(N_("lists and mappings are nested too deeply, or a reference holds itself")))


def _too_many(at: _Line, _: _Line) -> Mistake:
    return at.mistake(at.column, message(N_("references (& and *) multiply the text")))


_EXPLAINERS = {
    "mapping values are not allowed": _surplus_colon,
    "could not find expected ':'": _no_colon,
    "expected the node content": _content,
    "found unexpected end of stream": _open_quote,
    "found unexpected document separator": _open_quote,
    "expected <block end>": _block,
    "expected ',' or": _bracket,
    "found unexpected ':'": _bracket,
    "expected a comment or a line break": _after_bar,
    "expected chomping or indentation": _after_bar,
    "expected indentation indicator": _after_bar,
    "sequence entries are not allowed": _dash,
    "found unknown escape character": _backslash,
    "expected escape sequence": _backslash,
    "maximum depth": _too_deep,
    TOO_DEEP: _too_deep,
    "repetition limit exceeded": _too_many,
    **dict.fromkeys(
        (
            "found character",
            "found a tag",
            "expected alphabetic or numeric character",
            "expected ' '",
            "expected '!'",
            "expected URI",
            "found undefined",
            "found unknown directive name",
            "mapping keys are not allowed",
        ),
        _must_be_quoted,
    ),
}
"""By how the problem begins, in the words of ``ruamel.yaml`` and of ``pure``."""
