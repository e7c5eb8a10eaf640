# mypy: allow-untyped-calls
"""The usual slips: each is marked where it is, with what was probably meant where that is clear."""

import pytest

from mizuho_pdca.message import Message
from mizuho_pdca.storage.yaml.mistakes import explain
from mizuho_pdca.storage.yaml.nodes import Malformed
from mizuho_pdca.storage.yaml.page import Page
from mizuho_pdca.storage.yaml.pure import loads
from mizuho_pdca.storage.yaml.reading import parse

SLIPS = [
    ("summary: 訪問: 3社", ":", 'summary: "訪問: 3社"'),
    ("summary:訪問\nby: x", ":", "summary: 訪問"),
    ("by: x\nsummary：訪問\nid: y", "：", "summary: 訪問"),
    ("by: x\nsummary:　訪問\nid: y", "　", "summary: 訪問"),
    ("by: x\nsummary 訪問\nid: y", "summary 訪問", None),
    ("a: 1\n  b: 2", "  ", None),
    ("summary: @x", "@", 'summary: "@x"'),
    ("summary: `x`", "`", 'summary: "`x`"'),
    ("summary: *重要*", "*", 'summary: "*重要*"'),
    ("summary: %x", "%", 'summary: "%x"'),
    ("summary: !重要", "!", 'summary: "!重要"'),
    ("summary: ? x", "?", 'summary: "? x"'),
    ("summary: [重点] 訪問", "[", 'summary: "[重点] 訪問"'),
    ("x: {a: @b, c: d}", "@", '"@b"'),
    ("a: - x", "-", None),
    ("links:\n-a\n- b", "-", "- a"),
    ("links:\n- a\n -b: c", "-", "- b: c"),
    ('by: "産業課\nid: x', '"', 'by: "産業課"'),
    ('a: "x\nb: "y"\n', '"', 'a: "x"'),
    ('summary: "a" と "b"', 'と "b"', 'summary: \'"a" と "b"\''),
    ("a: 'it's'", "s'", "a: \"'it's'\""),
    ("values: {a: 1\nby: x", "{", "values: {a: 1}"),
    ("links: [a, b\nby: x", "[", "links: [a, b]"),
    ("values: {a: 1 b: 2}", "b", None),
    ("values: {a: 1、b: 2}", "、", None),
    ("values: ｛a: 1}\nx: y: z", "｛", None),
    ("summary: | 訪問した\n  次", "訪問した", None),
    ('summary: "C:\\共有"', "\\", "summary: 'C:\\共有'"),
    ('summary: "\\u12"', "\\", "summary: '\\u12'"),
    ("a:\n   b: 1\n  c: 2", "  ", None),
    ("- a\nb: 1", "b", None),
    ("a: b\nfoo", "foo", None),
    ("links: [[[[", "[", None),
    ('"a: 1', '"', None),
    ('a: "x\n---\nb: "y"', '"', None),
    ("a: [b, c: d: e]", "d", None),
    ("a: &a [*a]", "&", None),
    ("a:\n  - {b: c}\n  -　{d: e}", "　", "- {d: e}"),
    ("a:\n*b: c", "*", None),
    ("[a]\n%c", "%", None),
    ("a: |\n \n   \n  x", "  ", None),
    ("a: b\n%c", "%", None),
]


def explained(text):
    with pytest.raises(Malformed) as caught:
        loads(text)
    return explain(Page("file.yaml", text), caught.value)


@pytest.mark.parametrize(("text", "marked", "guess"), SLIPS, ids=[text for text, _, _ in SLIPS])
def test_a_slip_is_marked_where_it_is(text, marked, guess):
    mistake = explained(text)
    assert text[mistake.offset : mistake.offset + mistake.width] == marked
    assert guess is None or mistake.guess == guess


@pytest.mark.parametrize("text", [text for text, _, _ in SLIPS])
def test_a_slip_is_explained_in_words_of_our_own(text):
    assert isinstance(explained(text).reason, Message)


@pytest.mark.parametrize(("text", "guess"), [(text, guess) for text, _, guess in SLIPS if guess and guess[0] != '"'])
def test_what_was_probably_meant_can_be_read(text, guess):
    assert parse(guess.encode())
    assert guess != text


def test_a_refusal_that_nobody_knows_is_handed_on_at_its_place():
    mistake = explain(Page("file.yaml", "a: 1\nb: 2"), Malformed("something new", 8))
    assert (mistake.offset, mistake.reason) == (8, "something new")


@pytest.mark.parametrize("refused", [Malformed(""), Malformed("something new"), Malformed("something", 99)])
def test_a_refusal_without_a_place_or_with_a_wrong_one_is_no_crash(refused):
    assert 0 <= explain(Page("file.yaml", "a: 1"), refused).offset <= 4


def test_a_long_correction_is_not_shown():
    assert explained("summary: @" + "長" * 200).guess is None
