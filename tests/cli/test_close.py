# mypy: allow-untyped-calls
import json
import re

import pytest

LOG = ("log", "1-1②-1", "-m", "3社を訪問した", "-d", "2024-06-12")
CLOSE = ("close", "2024", "--allow-incomplete", "--by", "産業課")
SEAL = "records/2024/closed.yaml"


def test_what_was_sealed_is_said(pdca, workspace):
    pdca(*LOG)
    result = pdca(*CLOSE, "--meeting", "R7.6.10")
    assert (result.code, result.err) == (0, "")
    lines = result.out.split("\n")
    assert lines[0] == "Closed: FY2024"
    for words in ("1 entries, reported 1/30", "2025-06-15", "産業課", "2025-06-10", SEAL, "pdca reopen 2024 --reason"):
        assert words in result.out
    assert "SAMPLE" not in result.out
    text = (workspace / SEAL).read_text(encoding="utf-8")
    assert not re.search("[0-9a-f]{12}", result.out)
    assert "company-visits: {at: 1-1-2-1, unit: 件" in text
    assert pdca("validate").code == 0


def test_what_the_office_may_still_look_at_is_named_and_the_year_closed(pdca):
    pdca(*LOG, "-k", "company-visits=48")
    lines = pdca(*CLOSE).out.split("\n")
    (said,) = [line for line in lines if "For the office to look at" in line]
    named = [line for line in lines if line.startswith("  ※   ")]
    assert said.startswith(f"  ※ For the office to look at: {len(named)} (not reported 29, ")
    assert "  ※   1-1②-1 not met, no word of issues: 企業訪問件数 (draft): 48, target 60" in named


@pytest.mark.slow
@pytest.mark.parametrize("year", ["2024", "R6", "令和6年度", "FY2024"])
def test_the_year_may_be_typed_in_any_form(pdca, workspace, year):
    assert pdca("close", year, "--allow-incomplete").code == 0
    assert (workspace / SEAL).exists()


def test_an_invented_year_says_so(pdca):
    pdca(*LOG, sample=True)
    assert "SAMPLE" in pdca(*CLOSE).out


def test_who_has_not_reported_is_named(pdca, workspace):
    pdca(*LOG)
    result = pdca("close", "2024")
    assert (result.code, result.out) == (3, "")
    assert "29 of 30" in result.err
    assert "--allow-incomplete" in result.err
    assert not (workspace / SEAL).exists()


def test_errors_are_listed_with_their_places(pdca, workspace, entries):
    pdca(*LOG)
    path = workspace / entries()[0]
    path.write_text(path.read_text(encoding="utf-8").replace("in_progress", "実施"), encoding="utf-8")
    result = pdca(*CLOSE)
    assert (result.code, result.out) == (3, "")
    assert f"{entries()[0]}:6:9 [E204]" in result.err
    assert "the year was not closed" in result.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        (*LOG,),
        ("actual", "new-sites", "3", "--year", "2024"),
        ("evaluate", "1-1②-1", "--year", "2024", "--rating", "A"),
        ("improve", "1-1②-1", "--year", "2024", "--direction", "継続", "--next", "x"),
        ("opinion", "plan", "--year", "2024", "--meeting", "2025-06-10", "-m", "x"),
        ("withdraw", "000001", "--reason", "誤り"),
        ("close", "2024"),
        ("close", "2025"),
        ("reopen", "2023", "--reason", "x"),
    ],
)
def test_what_a_closed_year_refuses_exits_3_and_writes_nothing(pdca, snapshot, arguments):
    pdca(*LOG)
    pdca(*CLOSE)
    before = snapshot()
    result = pdca(*arguments)
    assert (result.code, result.out) == (3, "")
    assert "Remedy: " in result.err
    assert snapshot() == before


@pytest.mark.slow
def test_validate_names_what_changed_vanished_and_came(pdca, workspace, entries):
    for number in ("1-1②-1", "1-1②-2"):
        pdca("log", number, "-m", "訪問した", "-d", "2024-06-12")
    pdca(*CLOSE)
    first, second, _ = entries()
    path = workspace / first
    path.write_text(path.read_text(encoding="utf-8").replace("訪問した", "訪問しだ"), encoding="utf-8")
    text = (workspace / second).read_text(encoding="utf-8")
    (workspace / second).unlink()
    came = (workspace / second).with_name("2024-06-12-zzzzzz.yaml")
    came.write_text(text.replace("2024-06-12-000002", "2024-06-12-zzzzzz"), encoding="utf-8")
    result = pdca("validate")
    assert result.code == 1
    assert f"{first} [E501]" in result.out
    assert f"{SEAL}:" in result.out
    assert "[E502] the entry 2024-06-12-000002" in result.out
    assert f"{came.relative_to(workspace).as_posix()} [E503]" in result.out
    assert pdca("review", "2024").code == 1


@pytest.mark.slow
def test_a_year_is_reopened_and_closed_anew(pdca):
    pdca(*LOG)
    pdca(*CLOSE)
    result = pdca("reopen", "2024", "--reason", "-", "--by", "企画課", stdin="記録もれ\n".encode())
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Reopened: FY2024\n")
    for words in ("of 2025-06-15 is kept", SEAL, "pdca close 2024"):
        assert words in result.out
    assert pdca("log", "1-1②-2", "-m", "訪問した", "-d", "2024-07-12").code == 0
    again = pdca(*CLOSE)
    assert "0 entries changed, 0 vanished, 1 came" in again.out
    assert pdca("validate").code == 0


@pytest.mark.slow
def test_notes_stand_below_what_was_done(pdca):
    pdca("log", "1-1②-1", "-m", "訪問した", "-d", "2023-06-12")
    assert "  ※ still open: FY2023." in pdca(*CLOSE).out
    pdca("close", "2023", "--allow-incomplete")
    assert "  ※ closed: FY2024." in pdca("reopen", "2023", "--reason", "x").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("close",), "--year"),
        (("reopen", "2024"), "--reason"),
        (("reopen",), "--year"),
        (("close", "24"), '"24" is not a fiscal year'),
        (("close", "2021"), "outside the plan's period"),
        (("close", "2024", "--meeting", "6月"), "is not a date"),
        (("reopen", "2024", "--reason", " "), "--reason"),
    ],
)
def test_what_is_missing_or_mistyped_exits_2(pdca, arguments, words):
    result = pdca(*arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_the_commands_stand_on_the_help_page(pdca):
    page = pdca("--help").out
    assert page.index("validate ") < page.index("close ") < page.index("reopen ") < page.index("init ")
    assert "--allow-incomplete" in pdca("close", "--help").out


@pytest.mark.slow
def test_a_seal_of_the_first_form_is_renewed(pdca, workspace, first_form):
    pdca(*LOG)
    pdca(*CLOSE, "--meeting", "R7.6.10")
    first_form(workspace, 2024)
    result = pdca("validate")
    assert result.code == 0
    assert f"{SEAL}:10:9 [N501] for information: closed on 2025-06-15 with a seal of the first form" in result.out
    assert result.out.rstrip().endswith("No problems: the plan and 1 entries are fine.")
    assert pdca("validate", "-f", "github").out.startswith(f"::notice file={SEAL},line=10,col=9,title=N501::")
    assert pdca("review", "2024").code == 0
    again = pdca("close", "2024")
    assert (again.code, again.err) == (0, "")
    assert "Council's meeting: 2025-06-10" in again.out
    assert pdca("validate").out == "No problems: the plan and 1 entries are fine.\n"


def test_notes_stand_beside_the_problems_for_programs(pdca, workspace, first_form):
    pdca(*CLOSE)
    assert "notes" not in json.loads(pdca("validate", "-f", "json").out)
    first_form(workspace, 2024)
    found = json.loads(pdca("validate", "-f", "json").out)
    assert (found["problems"], found["counts"]) == ([], {"error": 0, "warning": 0})
    assert [(note["code"], note["severity"], note["file"]) for note in found["notes"]] == [("N501", "note", SEAL)]
