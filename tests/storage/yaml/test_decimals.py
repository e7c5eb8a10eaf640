# mypy: allow-untyped-calls
"""Figures with zeros at the end, read as they were typed."""

import json

import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st

from mizuho_pdca.domain.digits import Typed
from mizuho_pdca.storage.yaml.decimals import as_typed
from mizuho_pdca.storage.yaml.reading import parse


def typed(data):
    """Return the floats of data that know their digits, as they were typed."""
    match data:
        case Typed():
            return [data.text]
        case dict():
            return [text for value in data.values() for text in typed(value)]
        case list():
            return [text for value in data for text in typed(value)]
        case _:
            return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1.40", ["1.40"]),
        ("a: -1.40 # 速報", ["-1.40"]),
        ("targets: {2024: 1.40, 2031: 28.500}", ["1.40", "28.500"]),
        ("a: [1.10, 2, 3.20]\r\nb: 4.50\r\n", ["1.10", "3.20", "4.50"]),
        ('a: "1.40"\nb: 版1.40 の値\nc: 0.30', ["0.30"]),
        ("a: |\n  前年は 1.40 だった。\nb: 1.50", ["1.50"]),
        ("a: 1.25", []),
        ("a: 100", []),
        ("a: 1.40x", []),
    ],
)
def test_a_figure_keeps_its_zeros_and_a_text_stays_a_text(text, expected):
    data = parse(text.encode())
    assert typed(data) == expected
    assert data == ryaml.loads(text)


texts = st.text(st.sampled_from("0123456789.-+ ,:x実年#'\"[]{}\n"), max_size=30)


@given(
    st.dictionaries(st.sampled_from("abc"), st.one_of(texts, st.floats(0, 9, width=16), st.lists(texts, max_size=2)))
)
def test_reading_a_second_time_changes_no_value(data):
    text = json.dumps(data, ensure_ascii=False) + " # 1.10"
    assert as_typed(text, ryaml.loads(text), ryaml.loads) == ryaml.loads(text)
