"""What a person probably did where the reader only knows that something is unexpected.

The problem, its place and the line itself show the usual slips: a colon without its space, a
full-width sign, an open quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mizuho_pdca.message import N_, Value, message
from mizuho_pdca.storage.yaml.nodes import TOO_DEEP, Malformed
from mizuho_pdca.storage.yaml.page import Page

_NARROW = {"：": ":", "、": ",", "，": ",", "｛": "{", "［": "["}
_ALL_NARROW = str.maketrans("｛｝［］", "{}[]")
_CLOSING = {"{": "}", "[": "]"}
_GUESS_LIMIT = 60

_START = r"(?P<start>\s*(?:- +)*)"
_KEY = r"(?P<key>[A-Za-z][\w-]*)"
_PAIR = re.compile(rf"{_START}{_KEY}: +(?P<rest>\S.*?)\s*")
_WIDE_COMMA = re.compile(r"[、，](?=[\s\u3000]*[\w-]*$)")

_WIDE = N_("{wide} is a full-width sign; the half-width {narrow} belongs here")
_WIDE_SPACE = N_("a full-width space stands where a half-width one belongs")
_NO_SPACE = N_("a space is missing behind the colon")
_OPEN_BRACKET = N_("the bracket {sign} is not closed")
_SLIPS = tuple(
    (re.compile(look, re.ASCII), reason, guess)
    for look, reason, guess in (
        (rf"{_START}{_KEY}[ \u3000]*(?P<slip>：)[ \u3000]*(?P<rest>.*?)\s*", _WIDE, "{key}: {rest}"),
        (rf"{_START}{_KEY}:(?P<slip> *\u3000[ \u3000]*)(?P<rest>.*?)\s*", _WIDE_SPACE, "{key}: {rest}"),
        (r"\s*-(?P<slip> *\u3000[ \u3000]*)(?P<rest>.*?)\s*", _WIDE_SPACE, "- {rest}"),
        (r" *(?P<slip>\u3000+)[ \u3000]*\S.*", _WIDE_SPACE, None),
        (rf"{_START}{_KEY}(?P<slip>:)(?P<rest>(?!//)[^\s:].*?)\s*", _NO_SPACE, "{key}: {rest}"),
        (r"\s*(?P<slip>-)(?P<rest>[^\s-].*?)\s*", N_("a space is missing behind the dash"), "- {rest}"),
        (rf"{_START}{_KEY}: +(?P<slip>[｛［]).*", _WIDE, "{all}"),
    )
)
"""Slips that a line shows by itself: how it looks, the reason, and how it is written."""


@dataclass(frozen=True)
class Mistake:
    """A slip: its place as offset and width, the reason in words, and what was probably meant."""

    offset: int
    reason: Value
    width: int = 1
    guess: str | None = None


class _Place:
    """A place on a page with the line in which it is."""

    def __init__(self, page: Page, offset: int) -> None:
        self.page = page
        self.offset = min(offset, len(page.text))
        self.number = page.line_of(self.offset)
        self.start = page.starts[self.number - 1]
        self.column = self.offset - self.start
        self.text = page.line(self.number)
        self.before = self.text[: self.column]
        self.sign = self.text[self.column : self.column + 1]
        self.indent = len(self.text) - len(self.text.lstrip())

    @property
    def above(self) -> Iterator[_Place]:
        """Return the lines above that say something, the nearest one first."""
        lines = (_Place(self.page, start) for start in reversed(self.page.starts[: self.number - 1]))
        return (line for line in lines if line.text.strip())

    def mistake(self, at: int, reason: Value, width: int | None = None, guess: str | None = None) -> Mistake:
        """Return a mistake from a column of the line, to its end if no width is given; a long guess is not shown."""
        guess = guess if guess is None or len(guess) <= _GUESS_LIMIT else None
        return Mistake(self.start + at, reason, max(1, len(self.text) - at if width is None else width), guess)

    def slip(self) -> Mistake | None:
        """Return a slip that the line shows by itself."""
        for look, reason, guess in _SLIPS:
            if match := look.fullmatch(self.text):
                slip = match["slip"]
                said = message(reason, wide=slip, narrow=_NARROW[slip]) if slip in _NARROW else message(reason)
                meant = guess and guess.format_map(match.groupdict() | {"all": match[0].translate(_ALL_NARROW)}).strip()
                return self.mistake(match.start("slip"), said, len(slip), meant)
        return None

    def quoted(self) -> str | None:
        """Return the line's pair with its text in quotes."""
        match = _PAIR.fullmatch(self.text)
        return None if match is None or " #" in match["rest"] else f"{match['key']}: {_in_quotes(match['rest'])}"

    def quoted_item(self) -> str | None:
        """Return the line's pair, or the item here of a one-line list or mapping, with its text in quotes."""
        if any(self.before.count(opening) > self.before.count(closing) for opening, closing in _CLOSING.items()):
            return _in_quotes(re.split(r"[,\]}]", self.text[self.column :])[0].strip())
        return self.quoted()


def explain(page: Page, refused: Malformed) -> Mistake:
    """Return the slip behind a refusal, with the reader's own words at worst."""
    at, begin = _Place(page, refused.at), _Place(page, refused.begin)
    for problem, explainer in _EXPLAINERS.items():
        if refused.problem.startswith(problem):
            return explainer(at, begin)
    reason = next((message(why) for problem, why in _REASONS.items() if refused.problem.startswith(problem)), None)
    return at.mistake(at.column, reason or refused.problem or "?", 1)


def _in_quotes(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


# -- one explainer for each thing that the reader says: of where it is, and of where it began -------


def _surplus_colon(at: _Place, _: _Place) -> Mistake:
    if slip := at.slip():
        return slip
    if _PAIR.match(at.before):
        reason = message(N_('a text that holds ": " must stand in quotes'))
        return at.mistake(at.column, reason, 1, at.quoted_item())
    if (above := next(at.above, None)) and (slip := above.slip()):
        return slip
    reason = message(N_("the line is indented like a part of the line above, but has a colon of its own"))
    return at.mistake(0 if at.indent else at.column, reason, at.indent)


def _no_colon(at: _Place, begin: _Place) -> Mistake:
    if begin.sign in ("*", "&"):
        return _must_be_quoted(at, begin)
    reason = N_('the line is neither "key: value" nor indented as a part of the text above')
    if begin.start + len(begin.text) == begin.page.end == len(begin.page.text):
        reason = N_("the file breaks off in this line")
    return begin.slip() or begin.mistake(begin.indent, message(reason))


def _must_be_quoted(_: _Place, begin: _Place) -> Mistake:
    reason = message(N_("a text that begins with {sign} must stand in quotes"), sign=begin.sign)
    return begin.mistake(begin.column, reason, 1, begin.quoted_item())


def _directive(at: _Place, _: _Place) -> Mistake:
    return _must_be_quoted(at, _Place(at.page, at.page.text.rfind("\n%", 0, at.offset) + 1))


def _open_quote(_: _Place, begin: _Place) -> Mistake:
    following = begin.page.line(begin.number + 1) if begin.number < len(begin.page.starts) else ""
    guess = None
    if (match := _PAIR.fullmatch(begin.text)) and (not following.strip() or _PAIR.match(following)):
        guess = f"{match['key']}: {match['rest']}{begin.sign}"
    reason = message(N_("the quotation mark {quote} is not closed"), quote=begin.sign)
    return begin.mistake(begin.column, reason, 1, guess)


def _block(at: _Place, _: _Place) -> Mistake:
    before = at.before.rstrip()
    if before.endswith(('"', "'")):
        quote = before[-1]
        opened = next((line for line in at.above if line.text.count(quote) % 2), None)
        if opened and before.count(quote) % 2:
            return _open_quote(at, _Place(at.page, opened.start + opened.text.rfind(quote)))
        reason = message(N_("behind the closing quotation mark the text goes on"))
        return at.mistake(at.column, reason, guess=at.quoted())
    if before.endswith(("]", "}")) and (match := _PAIR.fullmatch(at.text)):
        return _must_be_quoted(at, _Place(at.page, at.start + match.start("rest")))
    reason = message(N_("the line is not indented like the lines that it belongs to"))
    return at.slip() or at.mistake(0, reason, at.column)


def _content(at: _Place, begin: _Place) -> Mistake:
    """Return a sign that no text begins with, or, at the end of the file, the first open bracket."""
    if at.offset < at.page.end:
        return _must_be_quoted(at, begin)
    opened: list[int] = []
    for match in re.finditer(r"[\[{\]}]", at.page.text):
        if match[0] in _CLOSING:
            opened.append(match.start())
        else:
            del opened[-1:]
    place = _Place(at.page, opened[0] if opened else at.page.end - 1)
    return place.mistake(place.column, message(_OPEN_BRACKET, sign=place.sign), 1)


def _bracket(at: _Place, begin: _Place) -> Mistake:
    sign, rest = begin.sign, begin.text[begin.column :].rstrip()
    closing = _CLOSING.get(sign, "}")
    is_elsewhere = at.number > begin.number or at.offset >= at.page.end
    if is_elsewhere and rest.count(sign) > rest.count(closing):
        is_whole = sign == "[" or ": " in rest.rpartition(",")[2]
        guess = f"{begin.text.strip()}{closing}" if is_whole else None
        return begin.mistake(begin.column, message(_OPEN_BRACKET, sign=sign), 1, guess)
    if match := _WIDE_COMMA.search(at.before):
        guess = f"{at.before[: match.start()]}, {at.text[match.end() :].lstrip()}".strip()
        return at.mistake(match.start(), message(_WIDE, wide=match[0], narrow=","), 1, guess)
    reason = message(N_("between brackets a comma is missing before this, or quotes around a text with a colon"))
    word = at.column - len(re.split(r"[\s,{\[]", at.before)[-1])
    guess = f"{at.text[:word].rstrip()}, {at.text[word:]}".strip() if word < at.column else None
    return at.mistake(word, reason, at.column - word, guess)


def _after_bar(at: _Place, begin: _Place) -> Mistake:
    reason = N_("behind {sign} the line must end; the text goes below, indented")
    return at.mistake(at.column, message(reason, sign=begin.sign))


def _backslash(at: _Place, _: _Place) -> Mistake:
    match = _PAIR.fullmatch(at.text)
    inside = match and re.fullmatch('"([^"]*)"', match["rest"])
    guess = f"{match['key']}: {_in_quotes(inside[1])}" if match and inside else None
    reason = message(N_("in double quotes \\ has a meaning of its own"))
    return at.mistake(max(at.text.rfind("\\", 0, at.column + 1), 0), reason, 1, guess)


_QUOTES_NEEDED = (
    *("found character", "found a tag", "found undefined", "found unknown directive", "mapping keys are not allowed"),
    *("expected alphabetic or numeric", "expected ' '", "expected '!'", "expected URI"),
)
_EXPLAINERS = {
    **dict.fromkeys(_QUOTES_NEEDED, _must_be_quoted),
    "expected '<document start>'": _directive,
    "mapping values are not allowed": _surplus_colon,
    "could not find expected ':'": _no_colon,
    "expected the node content": _content,
    "found unexpected end of stream": _open_quote,
    "found unexpected document separator": _open_quote,
    "expected <block end>": _block,
    "more indented follow up line": _block,
    "expected ',' or": _bracket,
    "found unexpected ':'": _bracket,
    "expected a comment or a line break": _after_bar,
    "expected chomping or indentation": _after_bar,
    "expected indentation indicator": _after_bar,
    "found unknown escape character": _backslash,
    "expected escape sequence": _backslash,
}
"""By how the problem begins, in the words of ``ruamel.yaml`` and of ``pure``."""

_TOO_DEEP = N_("lists and mappings are nested too deeply, or a reference holds itself")
_REASONS = {
    "sequence entries are not allowed": N_(
        "a list begins in the line below its key, and a text that begins with - must stand in quotes"
    ),
    "maximum depth": _TOO_DEEP,
    TOO_DEEP: _TOO_DEEP,
    "repetition limit exceeded": N_("references (& and *) multiply the text"),
}
