from itertools import pairwise

import pytest
import ryaml

from mizuho_pdca.storage.yaml import pure as yaml_pure
from mizuho_pdca.storage.yaml import reading as yaml_reading
from mizuho_pdca.storage.yaml.reading import SIZE_LIMIT, Unreadable, parse


@pytest.fixture(autouse=True, params=[ryaml.loads, yaml_pure.loads], ids=["ryaml", "ruamel"])
def reader(request, monkeypatch):
    """Run every test of this module with either reader."""
    monkeypatch.setattr(yaml_reading, "loads", request.param)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1", {"a": 1}),
        ("a: 2024-06-12", {"a": "2024-06-12"}),
        ("a: [1.5, true, null, 文]", {"a": [1.5, True, None, "文"]}),
        ("a: |\n  1行目\n  2行目\n", {"a": "1行目\n2行目\n"}),
        ('a: "\\u3042\\n"', {"a": "あ\n"}),
        ("- a\n- {b: c}", ["a", {"b": "c"}]),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("# メモ\na: 1 # メモ", {"a": 1}),
    ],
)
def test_plain_yaml_is_read(text, data):
    assert parse(text.encode()) == data


def test_a_byte_order_mark_does_no_harm():
    assert parse(b"\xef\xbb\xbfa: 1") == {"a": 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing but a comment\n",
        "~",
        "a: 1\na: 2",
        "a: {b: 1, b: 2}",
        "a: 1\n---\nb: 2",
        "a: [",
        "a: b: c",
        "\ta: 1",
        "a: x\x1by",
        'a: "x\\x1by"',
        '"k\\x07": 1',
        'a: [{b: "\\u0085"}]',
        "a: &a [x]\n"
        + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcdefghi")),
        "a: !!python/object:os.system x",
        "[" * 5000 + "]" * 5000,
    ],
)
def test_what_the_project_does_not_want_is_refused(text):
    with pytest.raises(Unreadable):
        parse(text.encode())


@pytest.mark.slow
def test_tens_of_thousands_of_open_brackets_are_refused_at_once_and_as_many_pairs_are_read():
    with pytest.raises(Unreadable, match="recursion"):
        parse(b"a: " + b"[" * 20_000)
    assert parse(b"a: [" + b"[]," * 10_001 + b"]") == {"a": [[]] * 10_001}


@pytest.mark.parametrize("text", ["a: !x 1", "a: !!str 1", "a: [1, !y 2]", "!t\na: 1", "a: !<tag:x> 1"])
def test_tags_are_refused(text):
    with pytest.raises(Unreadable, match="found a tag"):
        parse(text.encode())


@pytest.mark.parametrize(
    ("text", "value"),
    [("a: 済み!", "済み!"), ("a: '!x'", "!x"), ('a: "x !y"', "x !y"), ("a: x !y", "x !y"), ("a: |\n  !x", "!x")],
)
def test_an_exclamation_mark_in_a_text_is_no_tag(text, value):
    assert parse(text.encode()) == {"a": value}


def test_a_tag_in_a_text_that_nobody_can_read_is_refused_as_well():
    with pytest.raises(Unreadable):
        parse(b'a: !x "\nb: @')


@pytest.mark.parametrize("raw", [b"a: \x96\x4b\x96\xe2", "a: 訪問".encode("utf-16"), b"a: \xff", b"a: 1\x00"])
def test_other_encodings_and_binary_files_are_refused(raw):
    with pytest.raises(Unreadable):
        parse(raw)


@pytest.mark.slow
def test_a_file_may_have_just_as_many_bytes_as_the_limit():
    raw = b"a: " + b"x" * (SIZE_LIMIT - 3)
    assert parse(raw) == {"a": "x" * (SIZE_LIMIT - 3)}
    with pytest.raises(Unreadable):
        parse(raw + b"x")


def test_tabs_and_escapes_that_bring_no_control_character_are_read():
    assert parse(b'a: "x\\ty\\\\"\nb: [1, {c: "\\t"}]') == {"a": "x\ty\\", "b": [1, {"c": "\t"}]}
