# mypy: allow-untyped-calls
"""Short forms of ``scripts/fuzz.py`` and ``scripts/stress.py``, and the cases that they once found."""

import itertools
import os

import pytest

from scripts import stress
from tests.fuzz import files, rooms, typed
from tests.fuzz.running import Run, complaints
from tests.fuzz.town import build, restored

pytestmark = pytest.mark.slow

TURNED = "訪問\u202e問訪"
FOUND = (
    (0, "log", "1-1-2-1", "-m", TURNED),
    (0, "improve", "1-1-2-1", "--year", "2025", "--direction", "拡充", "--next", "訪問した。\n次回\u202eは来月。"),
    (0, "withdraw", "vpnn10", "--reason", TURNED),
    (0, "list"),
    (0, "show", "last"),
    (2, TURNED),
    (2, "plan", "1-1-\u20661-1"),
    (2, "log", "1-1-2-1", "0", "-m", TURNED),
)


def test_no_line_that_is_typed_breaks_the_program(tmp_path):
    town, hand = build(tmp_path / "town"), typed.Hand(11)
    codes = set()
    for _ in range(150):
        given = typed.typed(hand)
        run = town.run(*given.arguments, stdin=given.stdin)
        assert list(typed.complaints(given, run, town)) == [], given
        restored(run)
        codes.add(run.code)
    assert {0, 2} <= codes


def test_no_file_breaks_the_program(tmp_path):
    tried = list(itertools.islice(files.cases(11, tmp_path), 80))
    assert [(words, found) for words, _, _, found in tried if found] == []
    assert len({code for _, code, _, _ in tried}) > 1


def test_no_case_breaks_a_room_that_reads_by_itself(tmp_path):
    tried = list(itertools.islice(rooms.cases(11, tmp_path), 1500))
    assert [(words, found) for words, _, _, found in tried if found] == []
    assert len({name for _, name, _, _ in tried}) > 8


@pytest.mark.parametrize(
    ("room", "raw"),
    [
        ("number", b"1P1P-1X-19X1X11X-1X-19X1X19X1X-21P1P-1X-19X1X11X-1X-19X1X19X1X-24X4X1X\xf2X1X-9X1XX9X-"),
        ("number", b"X-" * 2000 + b"!"),
        ("seal", b"schema: 1\nseals:\n%YAML 9.9\n- state: closed\n=======\n  x: 1\n"),
        ("yaml", b"a:\n%YAML 9.9\n- b: closed\n"),
        ("number", b"(ii)" * 500 + b"!"),
    ],
)
def test_what_was_found_in_a_room_is_not_found_again(tmp_path, room, raw):
    assert rooms.judged(rooms.Rooms(tmp_path).all()[room], raw)[1] == []


def test_a_room_that_breaks_is_told():
    def breaks(raw):
        yield from ["wrong"] if raw == b"1" else []
        if raw == b"2":
            raise ValueError(raw)

    room = rooms.Room(breaks, [])
    assert [rooms.judged(room, raw)[1] for raw in (b"0", b"1", b"2")] == [[], ["wrong"], ["ValueError: b'2'"]]


def test_a_mark_that_turns_what_follows_reaches_no_screen(tmp_path):
    town = build(tmp_path / "town")
    assert town.run("log", "1-1-2-2", "-m", TURNED).code == 0
    for code, *words in FOUND:
        run = town.run(*words)
        assert (run.code, list(complaints(run))) == (code, []), words


def test_an_outline_of_thousands_of_rows_with_one_number_is_refused_soon(tmp_path):
    town = build(tmp_path / "town")
    (tmp_path / "rows.csv").write_text(files.OUTLINE + "1-1-1-2,再掲,1-1-1-1,,\n" * 3000, encoding="utf-8")
    header = (
        "--title",
        "計画",
        "--municipality",
        "町",
        "--council",
        "会",
        "--from-year",
        "2024",
        "--until-year",
        "2028",
    )
    run = town.run("init", str(tmp_path / "new"), "--outline", str(tmp_path / "rows.csv"), *header)
    assert (run.code, [each for each in complaints(run) if not each.startswith("took")]) == (1, [])
    assert run.seconds < 8


@pytest.mark.parametrize(
    "run",
    [
        Run(70, b"", "", 0.1),
        Run(0, b"\x1b[2J", "", 0.1),
        Run(0, b"", "\u202e", 0.1),
        Run(0, b"", "", 9.0),
        Run(2, b"", "", 0.1),
        Run(1, b"", "Traceback", 0.1),
    ],
)
def test_what_may_never_be_is_complained_about(run):
    assert list(complaints(run))


def test_a_text_that_is_lost_and_a_file_that_should_not_be_are_complained_about(tmp_path):
    town = build(tmp_path / "town")
    given = typed.Typed(("log", "1-1-2-1", "-m", "別の文"), b"", ("別の文",))
    assert any("lost" in each for each in typed.complaints(given, town.run("log", "1-1-2-1", "-m", "文"), town))
    run = town.run("log", "1-1-2-1", "-m", "文")
    refused = Run(2, b"", "x", 0.1, run.made)
    assert any("and files" in each for each in typed.complaints(given, refused, town))


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_many_at_once_clones_and_killed_runs_lose_nothing(capsys):
    code = stress.main(["--parallel", "3", "--clones", "1", "--kills", "3"])
    said = capsys.readouterr().out
    assert (code, said.splitlines()[-1]) == (0, "faults: 0"), said
