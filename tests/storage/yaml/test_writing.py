# mypy: disable-error-code="union-attr"
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mizuho_pdca.domain.records.entries import ENTRY_SHAPE
from mizuho_pdca.domain.schema.shapes import read_shape
from mizuho_pdca.storage.yaml.reading import parse
from mizuho_pdca.storage.yaml.writing import to_text
from mizuho_pdca.text import cleaned

JAPAN = timezone(timedelta(hours=9))

LIKE_SOMETHING_ELSE = [
    "1", "007", ".5e3", "-.51E3", "-1", "+1", "1.0", ".5", "5.", "1e3", "1E-3", "0o17", "0x1f", "0b1", "1_000",
    "12:30:00", ".inf", "-.INF", ".nan", "true", "True", "FALSE", "yes", "no", "on", "off", "y", "n", "null", "~",
    "NULL", "2024-06-12", "2024-06-12T10:22:33+09:00", "2024-6-1", "=", "<<", "---", "...", "-", "?", ":", "#",
]  # fmt: skip

SIGNS = [
    "'", '"', "\\", ":", ": ", " #", "#", "- ", "? ", "&a", "*a", "!t", "%", "@", "`", "|", ">", "{", "}", "[", "]",
    ",", "\n", "\n\n", "\n  ", "  ", "\t", "\r", "\x85", "\u2028", "\u2029", "\xa0", "\u3000", "\u200b", "\u202e",
    "\ufeff", "\x1b[31m",
    "～", "・", "①", "㈱", "髙", "𠮷", "😀", "👨‍👩‍👧", "é", "e\u0301", "が", "か\u3099", "ﾊﾝｶｸ", "<script>", "x", " ",
]  # fmt: skip


typed = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*SIGNS, *LIKE_SOMETHING_ELSE]), max_size=12).map("".join),
    st.sampled_from(LIKE_SOMETHING_ELSE),
)
texts = typed.map(cleaned).filter(bool)
"""Texts as people can type them and as use cases clean them."""

figures = st.one_of(
    st.booleans(),
    st.integers(-(10**14), 10**14).map(Decimal),
    st.decimals(min_value=-(10**7), max_value=10**7, places=3, allow_nan=False, allow_infinity=False),
)
moments = st.builds(datetime.fromtimestamp, st.integers(0, 7 * 10**9), st.sampled_from([JAPAN, UTC]))
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2199, 1, 1))


def read_by_ruamel(text: str) -> object:
    return _spelled(YAML(typ="safe", pure=True).load(text))


def _spelled(value: object) -> object:
    """Return dates and times as ISO texts, the way the fast reader gives them."""
    if isinstance(value, dict):
        return {key: _spelled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_spelled(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def as_read(value: object) -> object:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case _:
            return value


@pytest.mark.slow
@given(
    st.fixed_dictionaries(
        {
            "summary": texts,
            "by": texts,
            "date": days,
            "recorded": moments,
            "links": st.lists(texts, max_size=3),
            "values": st.dictionaries(
                st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", fullmatch=True), figures, max_size=3
            ),
        }
    )
)
@example(
    {"summary": "訪問:3社 #1", "by": "no", "links": ["? a", "@b", "- c"], "values": {"n": Decimal("0.10"), "yes": True}}
)
@example({"summary": "一行目\n    字下げ\n\n\n---\n# 見出し", "by": "2024-06-12"})
def test_what_is_written_is_read_back_equal_by_both_readers(data):
    text = to_text(data)
    moment = data.get("recorded")
    expected = {key: as_read(value) for key, value in data.items()}
    expected["values"] = {key: as_read(value) for key, value in data.get("values", {}).items()}
    if "values" not in data:
        del expected["values"]
    fast = cast("dict[str, object]", parse(text.encode()))
    assert fast == expected
    slow = cast("dict[str, object]", read_by_ruamel(text))
    if moment is not None:  # the slow reader may give another zone, but never another time
        assert _instant(slow.pop("recorded")) == _instant(fast.pop("recorded"))
    assert slow == fast


def _instant(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@pytest.mark.slow
@given(texts, texts)
def test_an_entry_with_any_text_comes_back_as_the_same_entry(summary, reason):
    entry = {
        "schema": 1,
        "id": "2024-06-12-k7x3q9",
        "kind": "activity",
        "target": "1-1-2-1",
        "date": date(2024, 6, 12),
        "status": "in_progress",
        "summary": summary,
        "supersedes": "2024-06-11-k7x3q9",
        "reason": reason,
        "by": summary,
        "recorded": datetime(2024, 6, 12, 10, 22, 33, tzinfo=JAPAN),
    }
    shaped = read_shape(ENTRY_SHAPE, parse(to_text(entry).encode()))
    assert not isinstance(shaped, list), shaped
    assert (shaped.kind, shaped.summary, shaped.reason, shaped.by) == ("activity", summary, reason, summary)
    assert shaped.recorded == entry["recorded"]


def test_an_entry_is_written_as_the_design_shows_it():
    entry = {
        "schema": 1,
        "id": "2024-06-12-k7x3q9",
        "kind": "activity",
        "target": "1-1-2-1",
        "date": date(2024, 6, 12),
        "status": "in_progress",
        "summary": "3社を訪問した。\n1社は不在。",
        "values": {"company-visits": Decimal(3), "share": Decimal("26.30")},
        "by": "産業課",
        "recorded": datetime(2024, 6, 12, 10, 22, 33, tzinfo=JAPAN),
    }
    assert to_text(entry) == (
        "schema: 1\n"
        "id: 2024-06-12-k7x3q9\n"
        "kind: activity\n"
        "target: 1-1-2-1\n"
        "date: 2024-06-12\n"
        "status: in_progress\n"
        "summary: |-\n"
        "  3社を訪問した。\n"
        "  1社は不在。\n"
        "values: {company-visits: 3, share: 26.30}\n"
        "by: 産業課\n"
        "recorded: 2024-06-12T10:22:33+09:00\n"
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [("3", "3"), ("3.0", "3.0"), ("1E+2", "100"), ("0.000001", "0.000001"), ("-2.50", "-2.50"), ("-0", "0")],
)
def test_figures_are_written_exactly_and_without_an_exponent(number, written):
    assert to_text({"value": Decimal(number)}) == f"value: {written}\n"


def test_a_very_long_line_stays_the_same_text():
    text = "長い文。 " * 2000 + "end"
    assert parse(to_text({"summary": text}).encode()) == {"summary": text}


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
def test_unicode_line_separators_do_not_break_a_block(separator):
    text = f"一行目{separator}まだ一行目\n> #二行目"
    written = to_text({"summary": text})
    assert parse(written.encode()) == {"summary": text}
    assert read_by_ruamel(written) == {"summary": text}


@pytest.mark.parametrize("text", [".5e3", "-.51E3", ".0e10"])
def test_a_text_that_only_the_fast_reader_takes_for_a_number_is_quoted(text):
    data = {"summary": text, "links": [text]}
    assert parse(to_text(data).encode()) == data
