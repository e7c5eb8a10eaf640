"""The shape of a file: a pydantic model with exact types, and its errors as faults.

Only types are checked here. What depends on the rest of the plan is checked in ``checks``, so
that every fault of a file is found in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Annotated, Any, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from mizuho_pdca.domain.digits import Typed
from mizuho_pdca.domain.schema.faults import MOST, At, Fault, bounded, guess
from mizuho_pdca.message import N_, message

Figure = Decimal | bool | str
"""A value as written: a number, yes/no, or a word that its indicator understands."""

T = TypeVar("T")

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGITS = 15
_LONG_NUMBER = re.compile(rf"-?[0-9]{{{_DIGITS + 1},}}")
"""Digits that the fast reader hands on as a text, for they fit into no machine's number."""

_SHOWN = 40
_FIRST_YEAR, _LAST_YEAR = 1926, 2200
YEAR_KEY = "19(2[6-9]|[3-9][0-9])|2[01][0-9]{2}|2200"
"""A fiscal year as it stands before a colon, where editors' schemas know texts alone."""


class Shape(BaseModel):
    """A frozen part of a file in which every key must be known."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def year_of(raw: object) -> int:
    """Return a fiscal year as a file has it; raise pydantic's error for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise PydanticCustomError("year", "")
    if not _FIRST_YEAR <= raw <= _LAST_YEAR:
        raise PydanticCustomError("year", "")
    return raw


def _day(raw: object) -> date:
    if isinstance(raw, str) and _ISO_DATE.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    raise PydanticCustomError("day", "")


def _moment(raw: object) -> datetime:
    if isinstance(raw, str):
        try:
            moment = datetime.fromisoformat(raw)
        except ValueError:
            pass
        else:
            if moment.tzinfo is not None:
                return moment
    raise PydanticCustomError("moment", "")


def _figure(raw: object) -> Figure:
    if isinstance(raw, bool | Decimal) or (isinstance(raw, str) and not _LONG_NUMBER.fullmatch(raw)):
        return raw
    if isinstance(raw, int) and abs(raw) < 10**_DIGITS:
        return Decimal(raw)
    if isinstance(raw, float):
        figure = Decimal(raw.text if isinstance(raw, Typed) else repr(raw))
        if figure.is_finite() and len(figure.normalize().as_tuple().digits) <= _DIGITS and abs(figure) < 10**_DIGITS:
            return figure
    raise PydanticCustomError("figure", "")


def _number(raw: object) -> Decimal:
    figure = _figure(raw)
    if not isinstance(figure, Decimal):
        raise PydanticCustomError("figure", "")
    return figure


_AS_NUMBER: dict[str, JsonValue] = {
    "type": "number",
    "exclusiveMinimum": -(10**_DIGITS),
    "exclusiveMaximum": 10**_DIGITS,
}

Text = Annotated[str, Field(strict=True, pattern=r"\S")]
Year = Annotated[
    int,
    PlainValidator(year_of),
    WithJsonSchema({"type": "integer", "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR}),
]
Day = Annotated[
    date,
    PlainValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_ISO_DATE.pattern}$"}),
]
Moment = Annotated[
    datetime,
    PlainValidator(_moment),
    WithJsonSchema({"type": "string", "pattern": f"^{_ISO_DATE.pattern}[T ].+(Z|[+-][0-9:]+)$"}),
]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema(_AS_NUMBER)]
RawFigure = Annotated[
    Figure,
    PlainValidator(_figure),
    WithJsonSchema({"anyOf": [_AS_NUMBER, {"type": "boolean"}, {"type": "string"}]}),
]


def of_form(form: re.Pattern[str]) -> WithJsonSchema:
    """Return how an editor's schema says of what form a text is, where faults of it are told with the whole file."""
    return WithJsonSchema({"type": "string", "pattern": f"^({form.pattern})$"})


def by_form(usual: str, **others: type) -> Discriminator:
    """Return what tells the forms of a value apart, so that each is read, and blamed, as what it is.

    Each name is a tag of the forms, without its brackets; ``usual`` is what is neither of the others.
    """

    def form(raw: object) -> str:
        found = (name for name, kind in others.items() if isinstance(raw, kind) and not isinstance(raw, bool))
        return f"({next(found, usual)})"

    return Discriminator(form)


class InForce(Shape):
    """A part of the plan that may be in force in some of its fiscal years only."""

    since: Year | None = Field(default=None, alias="from")
    until: Year | None = None

    def in_force(self, year: int) -> bool:
        """Return whether the part is in force in the fiscal year."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


_EXPECTED = {
    "string_type": N_("text"),
    "bool_type": N_("true or false"),
    "bool_parsing": N_("true or false"),
    "int_type": N_("a whole number from 0 to 6"),
    "greater_than_equal": N_("a whole number from 0 to 6"),
    "less_than_equal": N_("a whole number from 0 to 6"),
    "tuple_type": N_("a list (lines that begin with -)"),
    "dict_type": N_("a mapping (key: value)"),
    "model_type": N_("a mapping (key: value)"),
    "model_attributes_type": N_("a mapping (key: value)"),
}

_EXPECTED_OF = {
    "adopted": N_("true, false or the fiscal year of adoption, such as 2024"),
    "starts": N_("a month from 1 to 12"),
    "near": N_("a rate from 0 to 100"),
    "every": N_("a whole number of years, such as 3"),
}
"""What stands behind keys of which pydantic's kind of error does not say it."""


def read_shape(adapter: TypeAdapter[T], data: object) -> T | list[Fault]:
    """Return the model made of parsed YAML, or every fault of its shape."""
    try:
        return adapter.validate_python(data)
    except ValidationError as exc:
        errors = exc.errors(include_url=False)
        return bounded([_fault(error, data) for error in errors[:MOST]], len(errors))


def read_known_keys(adapter: TypeAdapter[T], data: object, faults: Sequence[Fault]) -> T | None:
    """Return the model of data whose only faults are unknown keys, None where more is wrong.

    They are read as what was probably meant, or left out, so that what is wrong with the rest of
    the file can be said in the same pass.
    """
    known = deepcopy(data)
    for fault in faults:
        place = cast("dict[str | int, object]", known)
        for step in fault.at[:-1]:
            place = cast("dict[str | int, object]", place[step])
        value = place.pop(fault.at[-1])
        if fault.guess is not None:
            place.setdefault(fault.guess, value)
    shaped = read_shape(adapter, known)
    return None if isinstance(shaped, list) else shaped


def _fault(error: Mapping[str, Any], data: object) -> Fault:  # noqa: PLR0911 (one row a kind of error)
    at = _within(error["loc"], data)
    kind: str = error["type"]
    key = str(at[-1]) if at else ""
    value = _shown(error["input"])
    match kind:
        case "extra_forbidden" | "invalid_key":
            return _unknown_key(at, error, data)
        case "missing":
            return Fault("E102", at[:-1], {"key": key}, on_key=True)
        case "union_tag_not_found":
            return Fault("E102", at, {"key": "kind"}, on_key=True)
        case "string_type" if key in _ID_KEYS and isinstance(error["input"], int | float):
            return Fault("E104", at, {"key": key, "value": value})
        case "too_short" | "too_long" if key == "levels":
            return Fault("E137", at, {"key": key, "found": error["ctx"]["actual_length"]})
        case "string_pattern_mismatch" | "too_short":
            return Fault("E105", at, {"key": key})
        case "literal_error":
            return _not_one_of(at, error["input"], error["ctx"]["expected"])
        case "union_tag_invalid":
            return _not_one_of((*at, "kind"), error["ctx"]["tag"], error["ctx"]["expected_tags"])
        case _ if kind in _FORMATS:
            return Fault(_FORMATS[kind], at, {"key": key, "value": value})
        case _:
            expected = message(_EXPECTED_OF.get(key) or _EXPECTED.get(kind, N_("text")))
            return Fault(
                "E103", at, {"key": key or message(N_("the whole file")), "value": value, "expected": expected}
            )


def _unknown_key(at: At, error: Mapping[str, Any], data: object) -> Fault:
    if error["type"] == "invalid_key":  # no text, so none of the keys that there are
        return Fault("E101", (*at[:-1], error["input"]), {"key": _shown(error["input"])}, on_key=True)
    key = str(at[-1])
    return Fault("E101", at, {"key": key}, guess=guess(key, _known_keys(at, data)), on_key=True)


_ID_KEYS = frozenset({"id", "target", "relisted_from", "supersedes", "withdraws", "phone"})
_FORMATS = {"day": "E107", "moment": "E108", "year": "E109", "figure": "E110", "town_code": "E160"}


def _not_one_of(at: At, raw: object, expected: str) -> Fault:
    choices = re.findall(r"'([^']*)'", expected) or [expected]
    value = _shown(raw)
    return Fault("E106", at, {"key": str(at[-1]), "value": value, "choices": choices}, guess=guess(value, choices))


def _within(loc: At, data: object) -> At:
    """Drop from pydantic's path what is no step in the data: tags of a union, marks of a key."""
    at: list[str | int] = []
    if loc and isinstance(data, dict) and data.get("kind") == loc[0]:
        loc = loc[1:]
    for depth, step in enumerate(loc):
        if isinstance(step, str) and step.startswith("(") and not (isinstance(data, dict) and step in data):
            continue  # a tag of ``by_form``
        is_last = depth == len(loc) - 1
        if isinstance(data, dict) and (step in data or is_last):
            at.append(step)
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            at.append(step)
            data = data[step]
    return tuple(at)


def _known_keys(at: At, data: object) -> list[str]:
    """Return the keys that the mapping ``at`` is in lacks, of the shapes that share most keys with it."""
    for step in at[:-1]:
        data = cast("dict[str | int, object]", data)[step]
    keys = set(cast("dict[str, object]", data).keys())
    shapes = [_keys(shape) for shape in _shapes(Shape)]
    most = max(len(known & keys) for known in shapes)
    return sorted(set().union(*(known for known in shapes if len(known & keys) == most)) - keys)


def _keys(shape: type[Shape]) -> set[str]:
    return {field.alias or name for name, field in shape.model_fields.items()}


def _shapes(base: type[Shape]) -> Iterator[type[Shape]]:
    for shape in base.__subclasses__():
        yield shape
        yield from _shapes(shape)


def _written(raw: object) -> str:
    """Return a value as it may stand in a file, in one line; of a large one no more than is ever shown."""
    match raw:
        case None:
            return ""
        case bool():
            return "true" if raw else "false"
        case dict():
            some = (f"{_written(key)}: {_written(value)}" for key, value in islice(raw.items(), _SHOWN))
            return f"{{{', '.join(some)}}}"
        case list():
            return f"[{', '.join(map(_written, raw[:_SHOWN]))}]"
        case _:
            return str(raw)


def _shown(raw: object) -> str:
    text = _written(raw)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
