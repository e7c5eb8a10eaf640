# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.language import translator
from mizuho_pdca.render.text.problems import problems, summary

EN, JA = translator("en"), translator("ja")
FILE = "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml"
STATUS = Fault("E204", ("status",), {"value": "実施", "choices": ["未着手", "実施中"]}, guess="実施中")


def lines(problem, t=EN):
    return problems([problem], t).split("\n")


def test_a_problem_reads_as_the_design_shows_it():
    place, excerpt, carets, remedy = lines(Problem(STATUS, FILE, 6, 9, "status: 実施", 2), JA)
    assert place.startswith(f"{FILE}:6:9 [E204] ")
    assert "実施" in place
    assert excerpt == "    6 | status: 実施"
    assert carets == "      |         ^^^^"
    assert remedy.startswith("  対処: ")
    assert "実施中" in remedy


@pytest.mark.parametrize(
    ("line", "column", "width", "carets"),
    [
        ("status: x", 9, 1, "        ^"),
        ("題名: 訪問した", 5, 4, "      ^^^^^^^^"),
        ("𠮷野: 髙﨑", 5, 2, "      ^^^^"),
        ("か\u3099: x", 5, 1, "    ^"),
        ("ｶﾅ: ①", 5, 1, "    ^"),
        ("x", 2, 1, " ^"),
        ("abc", 1, 99, "^^^"),
    ],
)
def test_the_carets_stand_below_what_they_mark(line, column, width, carets):
    assert lines(Problem(STATUS, FILE, 1, column, line, width))[2] == f"      | {carets}"


def test_a_problem_of_a_whole_file_has_no_line():
    assert lines(Problem(Fault("W402"), "records/note.txt")) == [
        f"records/note.txt [W402] note: {Fault('W402').message.text(EN)}",
        f"  Remedy: {Fault('W402').remedy.text(EN)}",
    ]


def test_a_problem_of_an_empty_line_shows_no_excerpt():
    assert len(lines(Problem(Fault("E008", values={"file": FILE}), FILE, 1, 1, "   "))) == 2


def test_nothing_of_a_file_can_move_the_cursor_or_hide():
    hidden = "a\x1b[31mb\u202ec\u200bd\re"
    fault = Fault("E204", ("status",), {"value": hidden, "choices": ["x"]}, guess=hidden)
    text = problems([Problem(fault, f"records/{hidden}.yaml", 1, 1, f"status: {hidden}")], EN)
    assert not {"\x1b", "\u202e", "\u200b", "\r"} & set(text)
    assert "\n" in text


@pytest.mark.parametrize("column", [1, 80, 300, 590])
def test_a_long_line_is_cut_around_what_is_marked(column, columns):
    line = "".join(f"語{n % 10}" for n in range(300))
    _, excerpt, carets, _ = lines(Problem(STATUS, FILE, 12345, column, line, 2))
    assert columns(excerpt) <= 120
    marked = next(position for position, sign in enumerate(carets) if sign == "^")
    shown = 0
    for sign in excerpt:
        if shown == marked:
            assert sign == line[column - 1]
            break
        shown += columns(sign)


def test_a_mark_that_reaches_beyond_its_line_ends_with_it():
    assert lines(Problem(STATUS, FILE, 1, 3, "ab訪問", 40))[2] == "      |   ^^^^"


def test_several_problems_follow_each_other():
    text = problems([Problem(STATUS, "a", 1, 1), Problem(Fault("W402"), "b")], EN)
    assert [line.split()[0] for line in text.split("\n") if not line.startswith(" ")] == ["a:1:1", "b"]
    assert problems([], EN) == ""


def test_the_closing_line_counts_errors_and_notes():
    found = [Problem(STATUS, "a", 1, 1), Problem(STATUS, "b", 1, 1), Problem(Fault("W402"), "c")]
    assert summary(found, 5, EN).split("\n")[-2:] == ["", "5 entries read: 2 errors, 1 notes"]


def test_without_problems_it_says_so():
    text = summary([], 3, EN)
    assert "3" in text
    assert "\n" not in text
