"""Digits of numbers: rounding half up 四捨五入, and how many decimals a number is printed with.

A figure that somebody typed is a ``Decimal`` and prints as it was typed. What was worked out is a
``Reckoned``: exact, with the digits that papers print of it. So every format prints the same ones.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from typing import Self

Number = Decimal | Fraction
"""A number as typed, or one that was worked out."""

_MOST_PLACES = 6
"""Decimals up to which a number is printed to keep it apart from another one."""

_TYPED, _SIGNIFICANT = 15, 12
"""Digits that a typed figure has at most, and digits of an endless number that machines get."""


class Typed(float):
    """A float of a file that knows its digits as typed, of which a float drops the zeros at the end."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        """Take the digits."""
        self = super().__new__(cls, text)
        self.text = text
        return self


def half_up(number: Number, places: int = 1) -> Decimal:
    """Return a number rounded half up (四捨五入, away from zero) to ``places`` decimals."""
    exact = Fraction(number)
    scaled = abs(exact) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    rounded = Decimal(whole).scaleb(-places)
    return -rounded if exact < 0 else rounded  # nothing has no sign


class Reckoned(Fraction):
    """An exact number that was worked out; ``shown`` has the digits that papers print of it."""

    __slots__ = ("shown",)
    shown: Decimal

    def __new__(cls, exact: Fraction, shown: Decimal) -> Self:
        """Take the number and its digits in print."""
        self = super().__new__(cls, exact)
        self.shown = shown
        return self


class Rounded(Decimal):
    """A number as machines get it; ``shown`` has the digits that papers print of it."""

    __slots__ = ("shown",)
    shown: Decimal

    def __new__(cls, number: Decimal, shown: Decimal) -> Self:
        """Take the number and its digits in print."""
        self = super().__new__(cls, number)
        self.shown = shown
        return self


def places_of(number: Number) -> int:
    """Return how many decimals a number is printed with."""
    exponent = shown(number).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def reckoned(exact: Fraction, places: int, beside: Number | None = None, *, fixed: bool = False) -> Reckoned:
    """Return a number with its digits in print: at most ``places`` decimals, no zeros at the end.

    It has as many more (to six) as keep it on its side of ``beside``, the target that it is held
    against. ``fixed`` keeps the zeros.
    """
    digits = half_up(exact, places)
    while beside is not None and places < _MOST_PLACES and _side(digits, beside) != _side(exact, beside):
        places += 1
        digits = half_up(exact, places)
    return Reckoned(exact, digits if fixed else _without_zeros(digits))


def _side(number: Number, beside: Number) -> int:
    difference = Fraction(number) - Fraction(beside)
    return (difference > 0) - (difference < 0)


def _without_zeros(number: Decimal) -> Decimal:
    plain = number.normalize()
    return plain if number.is_zero() or number != number.to_integral_value() else Decimal(int(number))


def shown(number: Number) -> Decimal:
    """Return the digits of a number in print.

    A number of neither kind is printed exactly if six decimals suffice, else with one.
    """
    if isinstance(number, Reckoned | Rounded):
        return number.shown
    if isinstance(number, Decimal):
        return number
    enough = (places for places in range(_MOST_PLACES + 1) if (number * 10**places).denominator == 1)
    return half_up(number, next(enough, 1))


def exact_decimal(number: Number) -> Decimal:
    """Return a number as machines get it: exact, an endless one to 12 significant digits."""
    if isinstance(number, Decimal):
        return number
    for digits in (_TYPED, _SIGNIFICANT):
        found = Context(prec=digits, rounding="ROUND_HALF_UP").divide(
            Decimal(number.numerator), Decimal(number.denominator)
        )
        if Fraction(found) == number:
            break
    if isinstance(number, Reckoned):
        return Rounded(found, number.shown)
    return found
