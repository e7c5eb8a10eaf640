# mypy: allow-untyped-calls
from typing import Any

import pytest

from mizuho_pdca.domain.schema.faults import Fault
from mizuho_pdca.storage.yaml.marks import diagnose, locate
from mizuho_pdca.storage.yaml.reading import SIZE_LIMIT, Unreadable, parse

FILE = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
TEXT = """\
# メモ
schema: 1
target: 1-1-2-1
summary: |
  一行目
values: {company-visits: 3, 会議: 二}
links:
- https://a.example
- https://b.example
status:
"""


def diagnosed(raw):
    """Return code, line and column of every problem of a file that the strict reader refuses."""
    with pytest.raises(Unreadable) as caught:
        parse(raw)
    found = diagnose(FILE, raw, str(caught.value))
    assert found
    assert {problem.file for problem in found} == {FILE}
    return [(problem.fault.code, problem.line, problem.column) for problem in found]


def marked(problem):
    """Return the text that a problem marks in its line."""
    return problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width]


# -- where a fault is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "on_key", "line", "words"),
    [
        (("schema",), False, 2, "1"),
        (("schema",), True, 2, "schema"),
        (("target",), False, 3, "1-1-2-1"),
        (("values", "company-visits"), False, 6, "3"),
        (("values", "会議"), True, 6, "会議"),
        (("values", "会議"), False, 6, "二"),
        (("links", 1), False, 9, "https://b.example"),
        (("summary",), False, 4, "|"),
        (("status",), False, 10, "status"),
    ],
)
def test_a_fault_is_marked_at_its_key_or_its_value(at, on_key, line, words):
    (problem,) = locate(FILE, TEXT.encode(), [Fault("E105", at, {"key": "x"}, on_key=on_key)])
    assert problem.line == line
    assert marked(problem)[: len(words)] == words


def test_what_is_not_there_is_marked_at_what_is_nearest():
    (problem,) = locate(FILE, TEXT.encode(), [Fault("E102", ("values", "absent", "deeper"), {"key": "x"})])
    assert problem.line == 6
    (problem,) = locate(FILE, TEXT.encode(), [Fault("E102", ("links", 99), {"key": "x"})])
    assert problem.line in (7, 8)


def test_a_missing_key_of_the_whole_file_stands_at_its_beginning():
    (problem,) = locate(FILE, TEXT.encode(), [Fault("E102", ("by",), {"key": "by"}, on_key=True)])
    assert (problem.line, problem.column) == (1, 1)


def test_an_earlier_place_is_named_by_its_line():
    (problem,) = locate(FILE, TEXT.encode(), [Fault("E112", ("target",), {"id": "x"}, first=("schema",))])
    assert problem.fault.values["first"] == 2


def test_faults_come_in_the_order_of_their_places():
    faults = [Fault("E105", (key,), {"key": key}) for key in ("links", "schema", "target")]
    lines = [problem.line for problem in locate(FILE, TEXT.encode(), faults)]
    assert lines == sorted(lines)


def test_windows_lines_and_a_byte_order_mark_move_nothing():
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    (problem,) = locate(FILE, raw, [Fault("E105", ("values", "会議"), {"key": "x"})])
    assert (problem.line, marked(problem)) == (6, "二")


def test_a_key_that_is_a_number_or_a_word_like_yes_is_found():
    (problem,) = locate(FILE, b"targets: {2024: x, 2031: y}\n", [Fault("E122", ("targets", 2031), {})])
    assert marked(problem) == "y"
    (problem,) = locate(FILE, b"words: {true: x, 0x10: y}\n", [Fault("E122", ("words", 16), {})])
    assert marked(problem) == "y"


def test_a_key_that_is_empty_is_found():
    at: Any = (None,)
    (problem,) = locate(FILE, b"a: x\n? \n: y\n", [Fault("E101", at, {"key": ""}, on_key=True)])
    assert problem.line == 2


@pytest.mark.parametrize("raw", [b"- a\n- b\n", b"text\n", b"1\n"])
def test_a_file_that_is_no_mapping_is_marked_as_well(raw):
    (problem,) = locate(FILE, raw, [Fault("E103", (), {"key": "", "value": "", "expected": "x"})])
    assert problem.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  x\u2028  {>\n  > #y\nb: 1\n",
        "a:\t1\nb: 1\n",
        "a: [\n\tx,\n]\nb: 1\n",
        "a: &x 1\nc: &x 2\nb: *x\n",
        "a: |2# x\nb: 1\n",
    ],
)
def test_what_only_the_second_reader_minds_is_no_crash(text):
    parse(text.encode())
    (problem,) = locate(FILE, text.encode(), [Fault("E101", ("b",), {"key": "b"}, on_key=True)])
    assert problem.file == FILE


# -- why a file is no good --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", [("E008", 1, 1)]),
        (b" \n\n", [("E008", 1, 1)]),
        (b"# nothing\n", [("E008", 1, 1)]),
        ("a: 1\nb: 訪問\n".encode("cp932"), [("E001", 2, 4)]),
        ("a: 訪問".encode("utf-16"), [("E001", 1, 1)]),
        ("a: 訪問\n".encode() + b"b: \xff\n", [("E001", 2, 4)]),
        (b"a: \xff\xff\xff\xa0\n", [("E001", 1, 4)]),
        (b"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n", [("E002", 2, 1)]),
        (b"a: x\x1by\nb: \x07\n", [("E003", 1, 5), ("E003", 2, 4)]),
        (b'a: 1\nb: "x\\x1by"\n', [("E003", 2, 6)]),
        (b'a: [{b: "\\u0085"}]\n', [("E003", 1, 10)]),
        (b"a:\n\tb: 1\n", [("E004", 2, 1)]),
        (b"a: 1\nb: 2\na: 3\n", [("E005", 3, 1)]),
        (b"a: {b: 1, b: 2}\n", [("E005", 1, 11)]),
        (b"a: 1\n---\nb: 1\n", [("E006", 2, 1)]),
        (b"a: b: c\n", [("E007", 1, 5)]),
        (b"[a]: 1\n", [("E007", 1, 1)]),
        (b"a: 1\n...\nb: 1\n", [("E006", 2, 1)]),
        (b"---\na: 1\n---\nb: 1\n", [("E006", 3, 1)]),
        (b"a: 1\na: 2\nb: [\n", [("E007", 3, 4)]),
        ("a: visited\n".encode("utf-16-le") * 20, [("E001", 1, 1)]),
        (b"\x01\n" * 30, [("E001", 1, 1)]),
        (b"a: 1\x00", [("E003", 1, 5)]),
        (b'a: "\\x41\\x1b"\n', [("E003", 1, 9)]),
        (b'a: "\\u0041\\U0000001b"\n', [("E003", 1, 11)]),
        (b'"\\a": 1\n', [("E003", 1, 2)]),
        (b"a: x\n" + b"\x00" * 100, [("E001", 1, 1)]),
    ],
)
def test_every_problem_of_a_file_that_can_not_be_read_has_its_place(raw, expected):
    assert diagnosed(raw) == expected


def test_a_second_document_that_no_line_begins_is_found_as_well():
    assert [code for code, _, _ in diagnosed(b"  a: 1\nb: 2\n")] in (["E006"], ["E007"])


def test_a_line_separator_that_breaks_a_text_is_named():
    raw = "a: |\n  x\u2028b: {\nc: [\n".encode()
    assert all(code in ("E003", "E007") for code, _, _ in diagnosed(raw))


def test_a_file_of_which_nothing_is_known_is_a_problem_at_its_beginning():
    (problem,) = diagnose(FILE, b"a: 1\n", "something new")
    assert (problem.fault.code, problem.line) == ("E007", 1)
    (problem,) = diagnose(FILE, b"a: 1\nb: 2\n", "something new at line 2 column 4, while reading")
    assert (problem.fault.values["reason"], problem.line, problem.column) == ("something new", 2, 4)
    (problem,) = diagnose(FILE, b"text\n", "")
    assert problem.fault.code == "E008"


def test_a_file_that_is_too_large_is_not_looked_into():
    raw = b"a: " + b"x" * SIZE_LIMIT
    assert diagnosed(raw) == [("E009", 0, 0)]


def test_the_encoding_is_named_and_the_line_is_shown_as_it_was_meant():
    raw = "a: 1\nsummary: 企業を訪問した\n".encode("cp932")
    (problem,) = diagnose(FILE, raw, "")
    assert "Shift_JIS" in problem.fault.message.text(str)
    assert problem.excerpt == "summary: 企業を訪問した"


def test_every_key_that_stands_twice_is_named_with_its_first_line():
    raw = b"a: 1\nb:\n- {c: 1, c: 2}\na: 2\na: 3\n"
    with pytest.raises(Unreadable) as caught:
        parse(raw)
    found = diagnose(FILE, raw, str(caught.value))
    assert sorted((problem.line, problem.fault.values["key"], problem.fault.values["first"]) for problem in found) == [
        (3, "c", 3),
        (4, "a", 1),
        (5, "a", 1),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("raw", [b"[" * 5000 + b"]" * 5000, b"a: &a [*a]\n", b"a: !!python/object:os.system x\n"])
def test_hostile_files_are_problems_as_well(raw):
    assert [code for code, _, _ in diagnosed(raw)] == ["E007"]
