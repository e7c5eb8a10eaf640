"""Steps of an explanation: what went into a figure, in words and numbers that can be checked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mizuho_pdca.domain.digits import Number, shown
from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.figures.rounding import Share
from mizuho_pdca.domain.plan.indicator import Indicator, Measured
from mizuho_pdca.domain.plan.plan import Place
from mizuho_pdca.domain.records.entries import Entry
from mizuho_pdca.domain.records.ledger import Ledger
from mizuho_pdca.message import N_, Message, Translate, message
from mizuho_pdca.papers.words import print_number
from mizuho_pdca.text import NEGATIVE, NONE

Words = Message | str
"""A text of the program, to be translated, or one of the plan or the records, as it is."""


def print_words(words: Words, t: Translate) -> str:
    """Return a text as it stands on paper."""
    return words.text(t) if isinstance(words, Message) else words


_PLACES, _SCALE = 6, 1_000_000
"""Decimals after which a number that does not end is cut."""

_ENDING = 10**15
"""A number that is whole times this has decimals that end: they are written out, others shown as a fraction."""


@dataclass(frozen=True)
class Evidence:
    """An entry, what it says of what is explained, and why it does not count (None where it does)."""

    entry: Entry
    content: Words
    why_not: Message | None = None


@dataclass(frozen=True)
class Step:
    """One step: what it is about, how it came about, and what came out.

    ``key`` names the step in every language; ``value`` is as the review has it, a rate as printed
    with ASCII signs; ``initiatives`` are the ones that a count is made of.
    """

    key: str
    label: Words
    text: Words | None = None
    value: Decimal | Fraction | bool | int | str | None = None
    entries: tuple[Evidence, ...] = ()
    initiatives: tuple[Place, ...] = ()
    steps: tuple[Step, ...] = ()


# -- entries ----------------------------------------------------------------------------------


def out_of_force(entry: Entry, ledger: Ledger) -> Message | None:
    """Return why an entry is out of force, or None if it holds."""
    if (withdrawal := ledger.withdrawn_by.get(entry.id)) is not None:
        return message(N_("withdrawn by {entry}: {reason}"), entry=withdrawal.id, reason=_reason(withdrawal))
    if (correction := ledger.superseded_by.get(entry.id)) is not None:
        return message(N_("superseded by {entry}: {reason}"), entry=correction.id, reason=_reason(correction))
    return None


def _reason(entry: Entry) -> str:
    return " ".join((entry.reason or NONE).split())


# -- numbers ----------------------------------------------------------------------------------


def exactly(number: Number) -> str:
    """Return a number without rounding: ``12.5``, or as a fraction where its decimals don't end."""
    if isinstance(number, Decimal):
        return print_number(number)
    exact = Fraction(number)
    if _is_short(exact):
        return print_number(_written_out(exact))
    return f"{NEGATIVE if exact < 0 else ''}{abs(exact.numerator):,}/{exact.denominator:,}"


def cut(number: Fraction) -> str:
    """Return a number before it is rounded: ``80``, ``116.666666…``; cut after six decimals."""
    if _is_short(number):
        return print_number(_written_out(number))
    whole = abs(number.numerator) * _SCALE // number.denominator
    return f"{NEGATIVE if number < 0 else ''}{Decimal(whole).scaleb(-_PLACES):,f}…"


def rounded(number: Number) -> str:
    """Return a number as it is printed, behind what it is before it is rounded: ``20/3 = 6.666666… → 6.7``."""
    printed = print_number(number)
    if shown(number) == number:
        return printed
    return " → ".join(dict.fromkeys((" = ".join(dict.fromkeys((exactly(number), cut(Fraction(number))))), printed)))


def term(number: Measured) -> str:
    """Return a number as it stands in a formula: a fraction in brackets of its own."""
    text = str(number) if isinstance(number, bool | str) else exactly(number)
    return f"({text})" if "/" in text else text


def _is_short(number: Fraction) -> bool:
    """Return whether the decimals of a number end, within as many digits as a figure may have."""
    return (number * _ENDING).denominator == 1


def _written_out(number: Fraction) -> Decimal:
    """Return a number whose decimals end with all of them."""
    digits = f"{Decimal(f'{number * _ENDING}E-15'):f}"
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def measured(indicator: Indicator, value: Measured) -> Words:
    """Return an indicator's value with its unit; yes and no in its own words, quoted.

    A number has all its decimals where they end, else those that papers print.
    """
    if isinstance(value, bool | str):
        return message(N_('"{word}"'), word=indicator.spell(value))
    number = exactly(value) if _is_short(Fraction(value)) else print_number(value)
    return number + (indicator.unit or "")


# -- rates ------------------------------------------------------------------------------------


def share_text(formula: Words, share: Share) -> Message:
    """Return how a share became a percentage: ``48 / 60 = 4/5 = 80%, rounded half up: 80.0%``."""
    number = share.exact / 100
    fraction = f"{NEGATIVE if number < 0 else ''}{abs(number.numerator):,}/{number.denominator:,}"
    parts = [fraction] if number.denominator > 1 else []
    if _is_short(Fraction(share.numerator)) and _is_short(Fraction(share.denominator)):
        given = f"{exactly(share.numerator)}/{exactly(share.denominator)}"
        simpler = (part for part in parts if part != given and len(part) <= len(given))
        parts = [given, *simpler]
    return message(
        N_("{formula} = {exact}%, rounded half up: {percent}%"),
        formula=message("{formula} = {parts}", formula=formula, parts=" = ".join(parts)) if parts else formula,
        exact=cut(share.exact),
        percent=print_number(share.percent),
    )


def rate_text(rate: Rate) -> Message:
    """Return how a rate of initiatives became a percentage; there must be something to divide by."""
    formula = message(N_("numerator {n} / denominator {d}"), n=rate.numerator, d=rate.denominator)
    return share_text(formula, Share(Fraction(rate.numerator), Fraction(rate.denominator)))


def percent_of(share: Share | Rate | None) -> str | None:
    """Return a percentage as machines read it."""
    return None if share is None or share.percent is None else str(share.percent)


# -- words ------------------------------------------------------------------------------------


def fiscal(year: int) -> Message:
    """Return 令和6年度（2024年度）, or FY2024 in English, when it is translated."""
    return message(N_("FY{year}"), year=year)


def indicator_name(indicator: Indicator) -> Words:
    """Return an indicator's name; one that the town has not adopted is marked （案）."""
    return indicator.name if indicator.adopted else message(N_("{name} (draft)"), name=indicator.name)


# -- steps ------------------------------------------------------------------------------------


def count_step(key: str, label: Words, places: Sequence[Place]) -> Step:
    """Return a step that counts initiatives and names them."""
    return Step(key, label, message(N_("{n} initiatives"), n=len(places)), len(places), initiatives=tuple(places))


def entries_step(key: str, label: Words, found: Sequence[Evidence]) -> Step:
    """Return a step that lists entries."""
    text = message(N_("{n} entries"), n=len(found)) if found else message(N_("none"))
    return Step(key, label, text, len(found), tuple(found))
