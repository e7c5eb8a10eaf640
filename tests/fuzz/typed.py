"""Command lines as nobody should type them: made of what each command takes, then bent.

What must hold: see ``complaints`` here and in ``running``. Commands and options are those of the program, so that
a new one is tried as well.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import ryaml

from mizuho_pdca.cli.main import _root
from tests.fuzz.running import Run, Town
from tests.fuzz.running import complaints as of_any

LEFT_OUT = frozenset({"init", "packet", "schema", "publish", "collect", "across", "commit", "form", "import"})
"""Commands that make or read whole folders or files, or only talk to git: no words of a clerk's day."""

RECORDING = ("log", "again", "actual", "evaluate", "improve", "opinion", "respond", "withdraw")
NEEDED = {"-m", "--rating", "--direction", "--next", "--year", "--meeting"}
DRAWN = frozenset({"csv", "json", "xlsx", "pdf", "docx", "html", "markdown", "github"})

INITIATIVES = ["1-1-2-1", "1-1②-1", "企業訪問", "1-1②-1 企業訪問活動の実施", "２－１－１－１", "1-1-1-1", "訪問", "1", "plan", "計画全体"]  # fmt: skip
INDICATORS = ["company-visits", "企業訪問件数", "企業訪問", "企業訪問件数（案）", "件数", "start-ups", "visits"]
DAYS = ["今日", "昨日", "2025-06-12", "R7.6.12", "11/12", "6月12日", "12日", "金曜", "先週の金曜", "3日前", "おととい", "2025/6/12(木)", "7.6.12", "6月10日～12日", "2/30", "0/0", "令和0年1月1日", "9999-12-31", "0001-01-01", "99999999日前", "-1日前"]  # fmt: skip
YEARS = ["2024", "R6", "令和6年度", "今年度", "昨年度", "6", "2025", "前年度", "平成36年度", "0", "-1", "99999", "R", "2024年", "H35", "令和元年度"]  # fmt: skip
STATUSES = ["実施中", "済", "実施済", "中止", "廃止", "準備", "着手済", "未実施", "done", "実", "Ａ", "完了（", "・"]
RATINGS = ["A", "Ｂ", "完了", "評価困難", "a", "E", "中止", "AB"]
FIGURES = ["3", "3件", "1,234", "１２", "△3", "-3", "3.5", "1e400", "NaN", "inf", "9" * 60, "0.1件", "1,23", "三", "yes", "設置", "+3", "3 件", "--3", "٣", "²", "①", "3/4", "∞", "0x10", "1_000"]  # fmt: skip
TEXTS = ["3社訪問した", "訪問した。\n次回は来月。", "=cmd|' /C calc'!A0", "- 箇条書き", "a: b", "“引用”と「括弧」", "-m", "2024", "訪問\u202e問訪", "\x1b[2Jきえた", "x", "#", "   ", "か\u3099", "👨‍👩‍👧", "\u200b", "𠮷野家", "@", "'", "\ufeff文", "a\x00b", "文\r\n文", "文\u2028文", "\\", "％"]  # fmt: skip
ENTRIES = ["last", "直前", "000001", "0000", "2025-06-10-k7x3q9", "k7x3q9", "k7x3", "zzzzzz", "2025-06-10-k7x3q9.yaml", "vpnn10", "vpnn", "2025-06-15-vpnn10", "1"]  # fmt: skip
KINDS = ["活動", "実績値", "評価", "activity", "改善", "意見", "x"]
OTHERS = {
    "--direction": ["継続", "拡充", "廃止", "縮", "続"],
    "--state": ["対応済", "対応しない", "検討", "しない"],
    "--half": ["前期", "上半期", "first", "後期", "通期"],
    "--missing": ["未調査", "集計中", "対象外", "調査"],
    "--month": ["11", "11月", "2025-06", "13", "0", "今月"],
    "--link": ["https://www.example.jp/", "file:///etc/passwd", "javascript:alert(1)", "x", "https://例え.jp/あ 、b"],
    "--department": ["産業課", "無い課", ""],
    "--paper": ["summary", "initiatives", "x"],
    "-f": ["table", "text", "csv", "json", "xlsx", "markdown", "ｊｓｏｎ", "github", "exe"],
    "-n": ["0", "1", "-1", "99999999999999999999", "x"],
    "--as-of": ["HEAD", "2025-06-01", "--upload-pack=x", "main..", "x"],
    "--evaluator": ["self", "外部評価"],
}
BY_METAVAR = {
    "ID": INITIATIVES,
    "INDICATOR": INDICATORS,
    "ID|INDICATOR": INITIATIVES + INDICATORS,
    "ID|INDICATOR|ENTRY": INITIATIVES + INDICATORS + ENTRIES,
    "ENTRY": ENTRIES,
    "OPINION": ENTRIES,
    "YEAR": YEARS,
    "DATE": DAYS,
    "TEXT": TEXTS,
    "STATUS": STATUSES,
    "CODE": RATINGS,
    "VALUE": FIGURES,
    "KIND": KINDS,
    "NAME": ["産業課", "山田\u3000太郎", "", "\x1b[31m", "=1+1"],
    "KEY": ["name", "氏名", "commit", "workspace", "initiatives", "language", "pager", "x"],
}
SIGNS = ["\u3000", " ", "\t", "\udcff", "\ud800", "\u202e", "\u200b", "－", "—", "ー", "“", "”", '"', "'", "、", "＝", "=", "\x1b[31m", "\x07", "\u2066", "\r", "\n", "\x85", "{0}", "%s", "\\", "/", "..", "\u0300" * 50, "ﾞ", "\ufffe", "\U0010ffff", "*", "[", "(", "+"]  # fmt: skip
MANY = ["9" * 5000, "あ" * 40_000, "a-" * 3000, "1," * 3000, "(" * 2000, " " * 5000, "1-" * 3000, "-" * 3000, "訪問 " * 8000, "第" * 3000, "0" * 4400]  # fmt: skip


class Hand(random.Random):
    """Who types: how wildly, and which words of a list are near at hand."""

    wildness = 1.0

    def word(self, words: Sequence[str]) -> str:
        """Return one of some words, the first ones more often."""
        return words[int(len(words) * self.random() ** (3 - 2 * self.wildness))]


@dataclass(frozen=True)
class Typed:
    """A command line, what is piped in, and the texts in it that must be kept if it records."""

    arguments: tuple[str, ...]
    stdin: bytes
    texts: tuple[str, ...]


_ENVIRONMENT = 4
"""With ``--commit``, where there is no git: it was recorded all the same, and that is said."""


@cache
def _parameters(name: str) -> tuple[Any, ...]:
    return tuple(_root().get_command(None, name).params)


def commands() -> list[str]:
    """Return the commands that are tried."""
    return [name for name in _root().listed if name not in LEFT_OUT]


def typed(rnd: Hand) -> Typed:
    """Make a command line."""
    rnd.wildness = rnd.choice([0.0, 0.2, 1.0])
    name = rnd.choice([*commands(), *RECORDING * 2])
    texts = list[str]()
    words = list[str]()
    params = _parameters(name)
    for param in params:
        if not param.opts[0].startswith("-") and rnd.random() < 0.92:
            words.append(_bent(_value(param, rnd), rnd))
    if rnd.random() < 0.3 * rnd.wildness:
        words.append(_bent(rnd.choice(YEARS), rnd))
    options = [param for param in params if param.opts[0].startswith("-") and "--help" not in param.opts]
    for param in options:
        chance = 0.75 if NEEDED & {*param.opts} else 0.14 * max(rnd.wildness, 0.5)
        for _ in range(1 + (rnd.random() < 0.07 * rnd.wildness)):
            if rnd.random() < chance:
                words += _option(param, rnd, texts)
    if rnd.random() < 0.06 * rnd.wildness:
        rnd.shuffle(words)
    if rnd.random() < 0.05 * rnd.wildness and words:
        words.insert(rnd.randrange(len(words)), rnd.choice(["--", "-", "", "help", "-h", "--help", "-x", "--", "ー"]))
    first = _bent(name, rnd, 0.08) if rnd.random() < 0.7 else rnd.choice(_japanese(name))
    before = ["--lang", rnd.choice(["ja", "en", "ｅｎ", "xx", ""])] if rnd.random() < 0.05 else []
    piped = [b"", "訪問".encode(), "訪問".encode("cp932"), b"\xff\xfe\x00", b"\x1b[2J", "文\n".encode() * 9000]
    return Typed((*before, first, *words), rnd.choice(piped), tuple(texts))


def _japanese(name: str) -> list[str]:
    return [word for word, known in _root().japanese.items() if known == name] or [name]


def _value(param: Any, rnd: Hand) -> str:
    metavar = param.metavar or "TEXT"
    if "-k" in param.opts:
        sign = rnd.choice(["=", "＝", " = ", "=", "=", ""])
        if rnd.random() < 0.3:
            return rnd.word(FIGURES)
        return f"{rnd.word(INDICATORS)}{sign}{rnd.word(FIGURES)}"
    own = next((OTHERS[opt] for opt in param.opts if opt in OTHERS), None)
    return rnd.word(own or BY_METAVAR.get(metavar, TEXTS))


def _option(param: Any, rnd: Hand, texts: list[str]) -> list[str]:
    name = _dressed(rnd.choice(param.opts), rnd)
    if param.is_flag:
        return [name]
    if "-o" in param.opts:
        return []
    value = _bent(_value(param, rnd), rnd)
    if param.metavar == "TEXT" and value != "-":
        texts.append(value)
    if rnd.random() < 0.15 and name.startswith(("--", "－－")):
        return [f"{name}{rnd.choice('=＝')}{value}"]
    if param.metavar != "TEXT" and rnd.random() < 0.04:
        return [f"{name}\u3000{value}"]
    return [name, value]


def _dressed(name: str, rnd: Hand) -> str:
    """Return an option as it comes out of an input method."""
    ways: list[Callable[[str], str]] = [
        _wide,
        lambda word: word.replace("--", "—"),
        lambda word: word.replace("-", rnd.choice("－‐–−ー")),
        str.upper,
        lambda word: word[:-1],
        lambda word: word + "s",
    ]
    return rnd.choice(ways)(name) if rnd.random() < 0.15 * rnd.wildness else name


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _bent(text: str, rnd: Hand, chance: float = 0.3) -> str:
    """Return a word, most often as it is."""
    if rnd.random() > chance * rnd.wildness:
        return text
    at = rnd.randrange(len(text) + 1)
    ways: list[Callable[[], str]] = [
        lambda: _wide(text),
        lambda: text[:at] + rnd.choice(SIGNS) + text[at:],
        lambda: text[:at] + rnd.choice(SIGNS) + text[at:],
        lambda: text[:at] + text[at + 1 :],
        lambda: text + text,
        lambda: f"{rnd.choice('“”「„')}{text}{rnd.choice('”“」')}",
        lambda: f"{text}{rnd.choice([' ', chr(0x3000)])}",
        lambda: text[:at],
        lambda: rnd.choice(MANY) if rnd.random() < 0.3 else text,
        lambda: rnd.choice(DAYS + YEARS + FIGURES + STATUSES + TEXTS),
        lambda: unicodedata.normalize("NFD", text),
        lambda: "",
        lambda: "-",
        lambda: f"-{text}",
        lambda: f"{text}={text}",
        lambda: f"{text}、{text}",
    ]
    return rnd.choice(ways)()


def complaints(given: Typed, run: Run, town: Town) -> Iterator[str]:
    """Yield what may not be of a run with this line."""
    listed = any(word.casefold().strip() in DRAWN for word in given.arguments) or _is_drawn(given.arguments)
    yield from of_any(run, is_text=not listed)
    records = [path for path in run.made if path.is_relative_to(town.root / "records")]
    others = [path for path in run.made if path not in records and not path.is_relative_to(town.folder / "state")]
    name = _root().name_of(given.arguments[2 * (given.arguments[0] == "--lang")]) or ""
    if run.code and (records or run.changed) and not (run.code == _ENVIRONMENT and name in ("log", "again")):
        yield f"exit code {run.code}, and files {records or run.changed}"
    if run.code == 0 and name in RECORDING and b"Usage" not in run.out and "使い方".encode() not in run.out:
        if [path.suffix for path in records] != [".yaml"]:
            yield f"exit code 0, and files {records}"
        else:
            yield from _lost(given, records[0].read_text(encoding="utf-8"))
    elif records and name not in ("close", "reopen", *RECORDING):
        yield f"a command that reads made {records}"
    if others and not (name == "config" or "" in given.arguments):
        yield f"files elsewhere: {others}"


def _is_drawn(arguments: tuple[str, ...]) -> bool:
    return any(form in unicodedata.normalize("NFKC", word).casefold() for word in arguments for form in DRAWN)


def _lost(given: Typed, text: str) -> Iterator[str]:
    kept = _core(" ".join(_leaves(ryaml.loads(text))))
    for words in given.texts:
        if _core(words) not in kept:
            yield f"lost: {words[:80]!r}"


def _leaves(value: object) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from _leaves(each)
        case list():
            for each in value:
                yield from _leaves(each)
        case _:
            yield str(value)


def _core(text: str) -> str:
    """Return the letters and digits of a text: blanks, quotes and signs that nobody sees may be set right."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(re.findall(r"[^\W_]", plain))
