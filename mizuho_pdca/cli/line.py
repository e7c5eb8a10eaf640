"""A command line as people type it, put into the words that the parser knows. Nothing that was typed is left out.

Options may be written in any width, with any dash and by their Japanese names, full-width blanks
part words outside a text, quotes that the shell does not know hold a text together. What stands
behind an option for a text is taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any

from mizuho_pdca.errors import PdcaError, UsageFault
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import DASHES, folded

BLANK = "\u3000"
"""The full-width blank, which parts no words for a shell."""

MESSAGE, REASON, YEAR = "-m", "--reason", "--year"
"""Options that may be left out in front of what they take: a text and a fiscal year."""

TEXT = "TEXT"
"""What stands for a text in a help page."""

MISSING = "--missing"
"""An option that takes the place of a figure."""

_IN_JAPANESE = {
    ("--date", "--meeting"): "日付 年月日 実施日",
    ("--meeting",): "会議 会議日 開催日 協議会の開催日",
    ("--status", "--state"): "状況 状態 実施状況",
    ("--state",): "対応 対応状況 対応の状況",
    ("--value", "-n"): "件数",
    ("--value",): "数値 数字 値 指標",
    ("--missing",): "欠測 値がない理由",
    ("--reason",): "理由 訂正理由",
    ("--grounds",): "対応しない理由",
    ("--supersedes",): "訂正",
    ("--year", "--years"): "年度",
    ("--month",): "月",
    ("--half",): "半期",
    ("--as-of",): "時点 値の時点 いつの値か",
    ("--provisional",): "速報 速報値",
    ("--since",): "から",
    ("--until",): "まで",
    ("--mine",): "自分",
    ("--deadline",): "締切",
    ("--rating",): "評価 判定",
    ("--evaluator",): "評価者",
    ("--progress",): "進捗 進捗状況",
    ("--issues",): "課題",
    ("--direction",): "方向性 今後の方向性",
    ("--next",): "予定 次年度の予定 翌年度の予定",
    ("--same",): "前年度と同じ",
    ("--message",): "内容 文章 本文 文 行ったこと 意見の内容 対応の内容",
    ("--source",): "出典",
    ("--link",): "リンク 資料 資料の場所",
    ("--by", "--department"): "担当",
    ("--by",): "記録者 担当者",
    ("--department",): "担当課 課",
    ("--policy",): "基本方針",
    ("--measure",): "基本施策",
    ("--kind",): "種類",
    ("--tag",): "タグ",
    ("--format",): "形式",
    ("--output",): "出力 出力先 保存先",
    ("--help",): "ヘルプ 使い方",
}
"""Options by what their help pages call them; of several, the first one that a command has is meant."""

_SIGN = "[=＝]"
_TWO_IN_ONE = "—―"
"""Dashes that programs put for two."""

_NAME = "[A-Za-z][A-Za-z-]*"
_QUOTES = "“”„‟＂"
_OPENED = rf"((?:[{re.escape(DASHES)}]{{1,2}}[^\s=＝{_QUOTES}]*[=＝]?)?)[{_QUOTES}](.*)"
_PAIRS = f"[、，,{BLANK}](?=[^=＝、，,{BLANK}]+[=＝])"
_LINKS = "、(?=https?://)"
_PAIR = r"[^\s=＝:/]+[=＝][△▲−－-]?\d[^\s=＝]*"
_FIGURE = r"[△▲+-]?\d\S*|.+年度"
_ENDLESS = 1_000_000
_TEXT_AND_YEAR = 2


def with_quotes_read(args: Sequence[str]) -> list[str]:
    """Return what was typed with each text between “ and ” as one word: a shell knows only straight quotes.

    A word with a half-width blank was in straight quotes already, and stays as it is.
    """
    result, position = list[str](), 0
    while position < len(args):
        word, taken = _between_quotes(args[position:])
        result.append(word)
        position += taken
    return result


def _between_quotes(args: Sequence[str]) -> tuple[str, int]:
    """Return the first word, or the text that begins with it, and of how many words it was made."""
    is_one = " " in args[0] or not any(quote in args[0] for quote in _QUOTES)
    opened = None if is_one else re.fullmatch(_OPENED, args[0], re.DOTALL)
    if opened is not None:
        text = opened[2]
        for taken, following in enumerate([*args[1:], ""], start=1):
            inner, last = text[:-1], text[-1:]
            if any(quote in inner for quote in _QUOTES):
                break
            if last and last in _QUOTES:
                return opened[1] + inner, taken
            text += f" {following}"
    return args[0], 1


def text_option(params: Sequence[Any]) -> str | None:
    """Return the option of a command whose text may stand among its words, behind a number or a year, if it has one."""
    names = [name for param in params for name in param.opts]
    if YEAR in names or not all(name.startswith("-") for name in names):
        if MESSAGE in names:
            return MESSAGE
        if REASON in names and "--supersedes" not in names:
            return REASON
    return None


def in_japanese(word: str, known: Container[str], *, is_part: bool = False) -> str | None:
    """Return the option that a Japanese word means, out of those that a command has; the word may hold it as a part."""
    names = [(name, options) for options, words in _IN_JAPANESE.items() for name in words.split()]
    found = [(name, options) for name, options in names if name == word or (is_part and name in word)]
    for _, options in sorted(found, key=lambda pair: -len(pair[0])):
        for option in options:
            if option in known:
                return option
    return None


class Line:
    """What was typed behind a command: options with their values, and the words beside them."""

    def __init__(self, params: Sequence[Any], args: Sequence[str], *, is_root: bool = False) -> None:
        """Read what was typed; at the root only up to the first word, which is the command."""
        self.named = {name: param for param in params for name in param.opts if name.startswith("-")}
        self.options: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        slots = [param.nargs for param in params if not param.opts[0].startswith("-")]
        self._slots = _ENDLESS if -1 in slots else len(slots)
        self._text = text_option(params)
        self._has_texts = any(param.metavar == TEXT for param in params)
        self._pairs = next((name for name, param in self.named.items() if "=" in (param.metavar or "")), None)
        waiting = list(args)
        while waiting and not (is_root and self.words):
            self._read(waiting)
        self.words += waiting

    # -- one word after the other -------------------------------------------------------------

    def _read(self, waiting: list[str]) -> None:
        """Take the next word, and what belongs to it."""
        word = waiting.pop(0)
        if word == "--":
            self.words += waiting
            waiting.clear()
            return
        word, *more = self._parted(word)
        waiting[:0] = more
        found = self._option(word)
        if found is not None:
            self._take(*found, waiting)
        elif (unknown := self._unknown(word)) is not None:
            self.options.append((unknown, None))
        elif self._pairs is not None and all(re.fullmatch(_PAIR, each) for each in re.split(_PAIRS, word)):
            self.options += [(self._pairs, each) for each in re.split(_PAIRS, word)]
        elif not word or word.strip(BLANK):
            self.words += self._parted_words(word)

    def _take(self, name: str, value: str | None, waiting: list[str]) -> None:
        """Take an option with its value, which may stand behind it."""
        param = self.named[name]
        if param.is_flag:
            self.options.append((name if value is None else f"{name}={value}", None))
            return
        if value is None:
            if not waiting or self._is_bare(waiting[0]):
                raise _needs_value(name, param.metavar or "…")
            value = waiting.pop(0)
        first, *more = self._parted(value)
        if more and param.metavar == TEXT:
            raise UsageFault(
                N_('the text for {option} holds "{words}", which may be an option'),
                option=name,
                words=more[0],
                remedy=message(N_("Write half-width blanks around options.")),
            )
        waiting[:0] = more
        values = [first]
        if param.multiple and "=" in (param.metavar or ""):
            values = re.split(_PAIRS, first)
            values = values if all(re.search(r"[=＝]|^\d", each) for each in values) else [first]
        elif param.multiple:
            values = re.split(_LINKS, first)
        self.options += [(name, each) for each in values]

    def _option(self, word: str) -> tuple[str, str | None] | None:
        """Return the option that a word is, in any width and with any dash, and what is tied to it."""
        dashes = _dashes(word)
        if not dashes:
            return None
        rest = word[len(dashes) :]
        typed, *value = re.split(_SIGN, rest, maxsplit=1)
        name = folded(typed)
        for spelled in (name, name.lower(), name.upper()):
            for known in (f"--{spelled}", f"-{spelled}"):
                if known in self.named:
                    return known, value[0] if value else None
        if (dashes in _TWO_IN_ONE or len(dashes) > 1) and (meant := in_japanese(name, self.named)) is not None:
            return meant, value[0] if value else None
        short = f"-{folded(rest[:1])}"
        if dashes not in _TWO_IN_ONE and len(dashes) == 1 and short in self.named and not self.named[short].is_flag:
            return short, rest[1:]
        return None

    def _unknown(self, word: str) -> str | None:
        """Return a word that can only be an option which there is not, as the parser knows options.

        With a half-width blank it was in quotes, and is a text that begins so.
        """
        dashes = _dashes(word)
        if not dashes:
            return None
        rest = word[len(dashes) :]
        if dashes.isascii() and re.match(_NAME, rest):
            return word
        name = folded(rest)
        if re.fullmatch(_NAME, name):
            return f"{'-' if len(name) == 1 else '--'}{name}"
        typed = re.split(f"{_SIGN}|{BLANK}", rest, maxsplit=1)[0]
        is_name = len(dashes) > 1 and typed[:1].isalpha() and typed[0] not in DASHES and " " not in typed
        return f"--{folded(typed)}" if is_name or in_japanese(folded(typed), self.named) is not None else None

    def _is_bare(self, word: str) -> bool:
        found = self._option(word)
        return found is not None and found[1] is None

    # -- full-width blanks --------------------------------------------------------------------

    def _parted(self, word: str) -> list[str]:
        """Return the options that full-width blanks part from a word, and what stands between them."""
        if BLANK not in word:
            return [word]
        first, *pieces = re.split(f"({BLANK}+)", word.strip(BLANK))
        found = self._option(first)
        if not pieces or (found is not None and found[1] is not None):
            return [word]
        parts = [first]
        for blanks, piece in zip(pieces[::2], pieces[1::2], strict=True):
            if self._is_bare(parts[-1]) or self._option(piece) is not None:
                parts.append(piece)
            else:
                parts[-1] += blanks + piece
        return parts if len(parts) > 1 else [word]

    def _parted_words(self, word: str) -> list[str]:
        """Return the words that full-width blanks part: a number from the text, the year or the figure behind it."""
        head, blank, tail = word.strip(BLANK).partition(BLANK)
        if not blank or self.words or not _is_name(head):
            return [word]
        tail = tail.lstrip(BLANK)
        words = [each for each in tail.split(BLANK) if each]
        if self._text is not None:
            from mizuho_pdca.domain.calendar import parse_year

            is_year = YEAR in self.named and len(words) > 1 and parse_year(words[0]) is not None
            return [head, words[0], tail[len(words[0]) :].lstrip(BLANK)] if is_year else [head, tail]
        return [head, *words] if all(re.fullmatch(_FIGURE, folded(each)) for each in words) else [word]

    # -- what may be said in two ways -----------------------------------------------------------

    def settle(self, read_year: Callable[[str], int]) -> None:
        """Give a text and a year their options where these were left out; raise ``UsageFault`` for two of one."""
        year = self._take_year(read_year) if YEAR in self.named else None
        if self._text == MESSAGE and not self._given(MESSAGE) and len(self.words) == 1:
            name, blank, text = self.words[0].strip(BLANK).partition(BLANK)
            self.words = [name, text] if blank else self.words
        extra = self.words[self._slots :]
        if self._text is not None and extra:
            if texts := self._given(self._text):
                raise UsageFault(
                    N_('there are two texts: {option} "{text}" and beside it "{words}"'),
                    option=self._text,
                    text=texts[0],
                    words=" ".join(extra),
                    remedy=message(N_("Put a text with spaces in quotes: {examples}"), examples=[f'{self._text} "…"']),
                )
            self.options.append((self._text, " ".join(extra)))
            del self.words[self._slots :]
        if year is not None:
            self.options.append((YEAR, year))

    def _given(self, name: str) -> list[str]:
        param = self.named.get(name)
        return [value for given, value in self.options if value is not None and self.named.get(given) is param]

    def _take_year(self, read_year: Callable[[str], int]) -> str | None:
        """Return the year that stands among the words, taken out of them, unless an option says the same."""

        def year_of(word: str) -> int | None:
            try:
                return read_year(word)
            except PdcaError:
                return None

        given, words = self._given(YEAR), self.words
        no_figure = bool(self._given(MISSING)) and not given
        extra = list(range(self._slots - no_figure, len(words)))
        if self._text is not None:
            is_prose = len(extra) > _TEXT_AND_YEAR
            extra = [] if given and len(extra) > 1 else [*extra[:1], *extra[-1:]]
            extra = [place for place in extra if not is_prose or _is_plain_year(words[place])]
        found = next((place for place in extra if year_of(words[place]) is not None), None)
        if found is None and self._slots and words and _is_plain_year(words[0]) and year_of(words[0]) is not None:
            found = 0
        elif found is None and len(extra) == 1 and not given and not self._has_texts:
            found = extra[0]
        if found is None:
            return None
        word = self.words.pop(found)
        for other in given:
            if year_of(other) != year_of(word):
                raise _twice((YEAR, [other, word]))
        return None if given else word

    def arguments(self) -> list[str]:
        """Return all of it for the parser; raise ``UsageFault`` where an option was given twice."""
        result, twice = list[str](), list[tuple[str, list[str]]]()
        for name, value in self._once(twice):
            result += [name] if value is None else [name, value]
        if twice:
            raise _twice(*twice)
        return [*result, *(["--"] if self.words else []), *self.words]

    def _once(self, twice: list[tuple[str, list[str]]]) -> Iterator[tuple[str, str | None]]:
        """Yield each option once, unless it may be repeated, and note those that can't be; texts become paragraphs."""
        for position, (name, value) in enumerate(self.options):
            param = self.named.get(name)
            if value is None or param is None or param.multiple:
                yield name, value
                continue
            if any(self.named.get(other) is param for other, _ in self.options[:position]):
                continue
            values = list(dict.fromkeys(self._given(name)))
            if len(values) > 1 and (MESSAGE not in param.opts or "-" in values):
                twice.append((name, values))
            yield name, value if len(values) == 1 else "\n\n".join(self._given(name))


def _dashes(word: str) -> str:
    """Return the dashes that a word begins with, two at most."""
    return word[: next((place for place, sign in enumerate(word[:2]) if sign not in DASHES), 2)]


def _needs_value(option: str, what: str) -> UsageFault:
    return UsageFault(
        N_('the option "{option}" needs a value behind it'),
        option=option,
        remedy=message(N_("Write it as {option} {value}."), option=option, value=message(what)),
    )


def _twice(*options: tuple[str, Sequence[str]]) -> UsageFault:
    told = [message(N_("{option} ({words})"), option=name, words=list(values)) for name, values in options]
    return UsageFault(N_("given twice: {options}"), options=told, remedy=message(N_("Give one value only.")))


def _is_name(text: str) -> bool:
    """Return whether a word is a number, an id or a word that names something, and no text."""
    from mizuho_pdca.app.input.names import WHOLE_WORDS
    from mizuho_pdca.domain.plan.numbers import parse_node_id

    plain = folded(text)
    return (
        parse_node_id(text) is not None
        or re.fullmatch("[a-z0-9-]+", plain) is not None
        or plain in {*WHOLE_WORDS, "直前"}
    )


def _is_plain_year(word: str) -> bool:
    """Return whether a word can be no number of a plan, if it is a year."""
    plain = folded(word)
    return not plain.isdecimal() or len(plain) > len("99")
