"""Words of a plan: exactly, by another form, by a beginning, by a part, and never by likeness."""

import pytest

from mizuho_pdca.app.input.gathering import Unclear
from mizuho_pdca.app.input.words import one_of, understood
from mizuho_pdca.domain.plan.scheme import Rank, Status, Term

STATUSES = [
    Status(code="not_started", name="未実施", aliases=("未",)),
    Status(code="in_progress", name="実施中", aliases=("着手", "やっている")),
    Status(code="done", name="実施済（当年度分）", aliases=("終わった",)),
    Status(code="discontinued", name="取りやめ/廃止"),
]
RANKS = [Rank(code=str(number), name=name) for number, name in ((1, "達成"), (10, "未達成"))]
DIRECTIONS = [Term(name=name) for name in ("改善して継続", "継続", "見直し", "引き続き実施", "行わない")]


def status(word: str) -> str:
    return understood(word, STATUSES, "the status", "E204").name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("未実施", "未実施"),
        ("未", "未実施"),
        ("着手", "実施中"),
        ("やっている", "実施中"),
        ("やって", "実施中"),
        ("終わった", "実施済（当年度分）"),
        ("実施済み", "実施済（当年度分）"),
        ("ｲﾝ", None),
        ("実施", None),
        ("IN PROGRESS", "実施中"),
        ("in_pro", "実施中"),
        ("progress", None),
        ("取りやめ", "取りやめ/廃止"),
        ("取やめ", None),
        ("廃止", "取りやめ/廃止"),
        ("止", "取りやめ/廃止"),
        ("当年度", "実施済（当年度分）"),
        ("年度", "実施済（当年度分）"),
        ("", None),
        ("（）", None),
    ],
)
def test_a_status_goes_by_its_word_in_any_form(word, name):
    if name is not None:
        assert status(word) == name
        return
    with pytest.raises(Unclear) as caught:
        status(word)
    assert {each for each, _ in caught.value.choices} <= {each.name for each in STATUSES}
    assert "[E204]" in caught.value.text(str)


def test_of_several_that_fit_only_those_are_named():
    with pytest.raises(Unclear) as caught:
        status("実施")
    assert [word for word, _ in caught.value.choices] == ["実施中", "実施済（当年度分）"]


@pytest.mark.parametrize(
    ("word", "code"), [("1", "1"), ("１", "1"), ("10", "10"), ("達成", "1"), ("未達成", "10"), ("未", "10")]
)
def test_a_number_is_a_whole_code(word, code):
    assert understood(word, RANKS, "the rating", "E205").code == code


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("継続", "継続"),
        ("継続する", "継続"),
        ("改善", "改善して継続"),
        ("見直す", "見直し"),
        ("見直します", "見直し"),
        ("継続です", "継続"),
        ("引続き実施", "引き続き実施"),
        ("実施", "引き続き実施"),
    ],
)
def test_a_direction_goes_with_or_without_its_okurigana(word, name):
    assert one_of(word, [term.name for term in DIRECTIONS], "the direction", "E206") == name


@pytest.mark.parametrize("word", ["行う", "継続しない", "拡充"])
def test_what_turns_a_word_round_is_not_that_word(word):
    with pytest.raises(Unclear):
        understood(word, DIRECTIONS, "the direction", "E206")
