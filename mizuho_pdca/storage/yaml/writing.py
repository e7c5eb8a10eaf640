"""Write YAML for people to read: keys in their order, long texts as blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

from mizuho_pdca.storage.yaml.reading import loads

_WIDTH = 4096
_LINE_SEPARATORS = re.compile("[\x85\u2028\u2029]")


class _Representer(RoundTripRepresenter):
    """Dates, times and decimals as the design writes them: plain, exact, unquoted."""


def _plain(tag: str, text: str) -> ScalarNode:
    return ScalarNode(f"tag:yaml.org,2002:{tag}", text)


def _decimal(_: _Representer, number: Decimal) -> ScalarNode:
    text = f"{abs(number) if number.is_zero() else number:f}"
    return _plain("float" if "." in text else "int", text)


_Representer.add_representer(Decimal, _decimal)
_Representer.add_representer(date, lambda _, day: _plain("timestamp", day.isoformat()))
_Representer.add_representer(datetime, lambda _, moment: _plain("timestamp", moment.isoformat()))


def to_text(data: Mapping[str, object]) -> str:
    """Return the YAML text of a mapping; inner mappings and tuples stand in one line, an item of a list in its own."""
    yaml = YAML(plug_ins=[])  # to look for plug-ins takes as long as to write an entry
    yaml.Representer = _Representer
    yaml.width = _WIDTH
    yaml.default_flow_style = False
    stream = StringIO()
    yaml.dump({_blocked(key): _blocked(value) for key, value in data.items()}, stream)
    return stream.getvalue()


def _blocked(value: object) -> object:
    if isinstance(value, str):
        return _styled(value)
    if isinstance(value, Mapping):
        inline = CommentedMap({_blocked(key): _blocked(item) for key, item in value.items()})
        inline.fa.set_flow_style()
        return inline
    if isinstance(value, tuple):
        row = CommentedSeq(map(_blocked, value))
        row.fa.set_flow_style()
        return row
    return [_blocked(item) for item in value] if isinstance(value, list) else value


def _styled(text: str) -> str:
    """Return a text in a style that both readers take for the same text."""
    styled: str = text
    if _LINE_SEPARATORS.search(text):
        styled = DoubleQuotedScalarString(text)
    elif "\n" in text:
        styled = LiteralScalarString(text)
    elif not _reads_back(text):
        styled = SingleQuotedScalarString(text)
    return styled


@lru_cache(maxsize=1024)
def _reads_back(text: str) -> bool:
    """Return whether the fast reader takes the bare text for itself (it takes .5e3 for a number)."""
    try:
        return bool(loads(text) == text)
    except ValueError:
        return False
