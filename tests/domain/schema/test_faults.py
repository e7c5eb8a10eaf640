import re

import pytest

from mizuho_pdca.domain.schema.catalogue import CATALOGUE
from mizuho_pdca.domain.schema.faults import MOST, Fault, Problem, bounded, guess, guess_word

NAMES = ["未着手", "準備中", "実施中", "実施済（当年度分）", "完了", "休止", "中止・廃止"]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("sumary", ["summary", "status"], "summary"),
        ("company-visit", ["company-visits", "loan-referrals"], "company-visits"),
        ("中止", NAMES, "中止・廃止"),
        ("完了済", NAMES, "完了"),
        ("実施", NAMES, "実施中"),
        ("1-1-2-1", ["1", "1-1", "1-1-2", "1-1-2-1"], "1-1-2-1"),
        ("会議", NAMES, None),
        ("", NAMES, None),
        ("A", [], None),
    ],
)
def test_what_was_probably_meant(word, known, meant):
    assert guess(word, known) == meant


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        (Fault("E204", ("status",), {"value": "実施", "choices": NAMES}, guess="実施中"), "Write 実施中."),
        (Fault("E211", ("target",), {"target": "1-1①-1"}, guess="1-1-1-1"), "Did you mean 1-1-1-1?"),
        (Fault("E211", ("target",), {"target": "9-9"}), "pdca plan lists the numbers."),
    ],
)
def test_a_guess_stands_in_the_remedy(fault, remedy):
    assert fault.remedy.text(str) == remedy


def test_message_and_remedy_come_from_the_catalogue():
    fault = Fault("E210", ("date",), {"date": "2030-01-01"})
    assert fault.message.text(str) == "the date 2030-01-01 is in the future"
    assert fault.remedy.text(str) == "Record what has happened; correct the date."


@pytest.mark.parametrize(("code", "severity"), [("E101", "error"), ("W401", "warning")])
def test_a_warning_does_not_stop_the_data_from_being_used(code, severity):
    assert Fault(code).severity == severity


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_code_is_a_letter_and_three_digits(code):
    assert re.fullmatch(r"[ENW]\d{3}", code)
    assert CATALOGUE[code].message[0].islower() or CATALOGUE[code].message[0] in '"{E'
    assert CATALOGUE[code].remedy[0].isupper() or CATALOGUE[code].remedy.startswith("pdca ")


def test_problems_are_listed_by_place():
    problems = [
        Problem(Fault("E102"), "b.yaml", 1, 1),
        Problem(Fault("E105"), "a.yaml", 10, 1),
        Problem(Fault("E105"), "a.yaml", 9, 2),
        Problem(Fault("E101"), "a.yaml", 9, 2),
        Problem(Fault("E008"), "a.yaml"),
    ]
    listed = [problem.fault.code for problem in sorted(problems, key=lambda problem: problem.order)]
    assert listed == ["E008", "E101", "E105", "E105", "E102"]


STATUSES = ["未着手", "準備中", "実施中", "実施済（当年度分）", "完了", "中止・廃止"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("実施", "実施中"),
        ("実施済", "実施済（当年度分）"),
        ("実施中です", "実施中"),
        ("中止", "中止・廃止"),
        ("未実施", None),
        ("着手", None),
        ("着手済", None),
        ("準備済", None),
        ("未完了", None),
        ("", None),
        ("done", None),
    ],
)
def test_likeness_of_letters_decides_nothing_between_japanese_words(word, meant):
    assert guess_word(word, STATUSES) == meant


def test_a_word_of_an_alphabet_is_guessed_by_its_letters():
    assert guess_word("in_progres", ["in_progress", "done"]) == "in_progress"


def test_of_many_faults_so_many_are_told_with_their_number():
    faults = [Fault("E005", (str(number),)) for number in range(MOST + 1)]
    assert bounded(faults[:MOST]) == faults[:MOST]
    told = bounded(faults)
    assert (told[0].code, told[0].values) == ("E012", {"count": MOST + 1, "shown": MOST})
    assert told[1:] == faults[:MOST]
    assert bounded(faults[:MOST], 5_000)[0].values["count"] == 5_000


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("abcdefghij", ["ab", "zz"], "ab"),
        ("ab", ["abcdefghij", "zz"], "abcdefghij"),
        ("ab", ["abcdefghij", "abzzzzzzzz"], None),
        ("", ["ab"], None),
        ("ba", ["ab", "zz"], None),
        ("cmpany-visits", ["company-visits", "start-ups"], "company-visits"),
    ],
)
def test_a_word_that_begins_the_same_is_guessed_where_there_is_one(word, known, meant):
    assert guess(word, known) == meant
