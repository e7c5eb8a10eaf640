"""Words of the plan as a person types them: statuses, ratings, directions, reasons, answers, steps of an indicator.

A word is understood by its code, its name or an alias; without its brackets; in any width; with or
without its okurigana; by a unique beginning, else by a unique part. Likeness of letters decides
nothing: 未実施 is not 実施中, and 着手 is no part of 未着手 that could stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from mizuho_pdca.app.input.gathering import Unclear
from mizuho_pdca.domain.plan.scheme import Coded, alike
from mizuho_pdca.message import N_, message
from mizuho_pdca.text import is_turned

C = TypeVar("C", bound=Coded)

_BRACKETS = r"\([^()]*\)"
_ALTERNATIVES = "[・/、,]"
_OKURIGANA = "(?<=[一-鿿々])[いきしちにひみりぎじびえけせてねめれげべうくすつむるぐぶた]{1,2}(?![ぁ-ゖ])"
"""The kana at the end of a Japanese word; ない, せず and their like are none, for they turn it round."""

_POLITE = "(?:です|でした|ました|ます)$"
"""How a clerk ends a word where a sentence is expected: 実施中です."""

_SHORTEST = 2
"""Letters of an alphabet by which a word may begin; of kanji and kana one is enough."""


def understood(word: str, items: Sequence[C], what: str, code: str) -> C:
    """Return the one of the plan's words that is meant; raise ``Unclear`` with those that may be, or with all.

    ``what`` is the msgid of what the words are for, ``code`` that of the same fault in a file.
    """
    typed = _plain(word)
    steps = [_is_it, _is_another_form, _is_part] if len(typed) == 1 else [_is_it, _is_another_form, _begins, _is_part]
    for fits in steps:
        found = [item for item in items if fits(typed, item)]
        if len(found) == 1:
            return found[0]
        if found:
            raise _unclear(N_('"{value}" may mean several words for {what} [{code}]'), word, found, what, code)
    raise _unclear(N_('"{value}" is none of the plan\'s words for {what} [{code}]'), word, items, what, code)


def _unclear(msgid: str, word: str, items: Iterable[Coded], what: str, code: str) -> Unclear:
    return Unclear(msgid, choices_of(items), value=word, what=message(what), code=code)


def choices_of(items: Iterable[Coded]) -> list[tuple[str, str]]:
    """Return what to type for each word, with what it means."""
    return [
        (each.name, each.definition or "")
        if len(each.code) > _SHORTEST
        else (each.code, " ".join(filter(None, (each.name if each.name != each.code else None, each.definition))))
        for each in items
    ]


def one_of(word: str, names: Sequence[str], what: str, code: str) -> str:
    """Return the one of several plain words that is meant; raise ``Unclear``."""
    return understood(word, [_Plain(name) for name in names], what, code).name


class _Plain:
    """A word that has no code, no definition and no aliases."""

    definition = None
    aliases = ()

    def __init__(self, name: str) -> None:
        self.name = self.code = name


def _plain(word: str) -> str:
    return "".join(alike(word).split()).replace("_", "").casefold()


def _names(item: Coded) -> tuple[str, ...]:
    return (item.code, item.name, *item.aliases)


def _is_it(typed: str, item: Coded) -> bool:
    return typed in map(_plain, _names(item))


def _forms(item: Coded) -> Iterator[str]:
    """Yield the names of a word without brackets, and each of those that it joins: 中止・廃止."""
    for name in _names(item):
        yield _plain(name)
        plain = re.sub(_BRACKETS, "", _plain(name))
        yield plain
        yield from re.split(_ALTERNATIVES, plain)


def _is_another_form(typed: str, item: Coded) -> bool:
    bare = re.sub(_BRACKETS, "", typed)
    return bool(bare) and _stem(bare) in map(_stem, _forms(item))


def _begins(typed: str, item: Coded) -> bool:
    if typed.isascii() and (len(typed) < _SHORTEST or typed.isdecimal()):
        return False
    return any(form.startswith(piece) and not is_turned(form, piece) for piece, form in _pairs(typed, item))


def _is_part(typed: str, item: Coded) -> bool:
    return not typed.isascii() and any(
        piece in form and not is_turned(form, piece) for piece, form in _pairs(typed, item)
    )


def _pairs(typed: str, item: Coded) -> Iterator[tuple[str, str]]:
    """Yield what was typed beside each form of a word, as they stand and without okurigana."""
    for form in _forms(item):
        yield from ((piece, whole) for piece, whole in ((typed, form), (_stem(typed), _stem(form))) if piece)


def _stem(word: str) -> str:
    return re.sub(_OKURIGANA, "", re.sub(_POLITE, "", word))
