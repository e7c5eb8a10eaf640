# mypy: allow-untyped-calls
"""Corrections by questions."""

import shlex

import pytest

from mizuho_pdca.app.fix import CHANGED
from mizuho_pdca.cli.prompts import Interrupted
from mizuho_pdca.domain.records.kinds import KINDS

RECORD = {
    "activity": ("log", "1-1②-1", "-m", "訪問", "--link", "https://a.example"),
    "actual": ("actual", "company-visits", "60", "--year", "2024", "--source", "台帳"),
    "evaluation": ("evaluate", "1-1②-1", "--year", "2024", "--rating", "B", "--issues", "人手"),
    "improvement": ("improve", "1-1②-1", "--year", "2024", "--direction", "継続", "--next", "60社"),
    "opinion": ("opinion", "1-1", "--year", "2024", "--meeting", "2025-06-10", "-m", "そろえて"),
}


@pytest.fixture
def newest(workspace, entries):
    """Return the text of the entry that was written last."""
    return lambda: max((workspace / path for path in entries()), key=lambda path: path.stat().st_mtime_ns).read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("kind", "answers", "asked", "line"),
    [
        (
            "activity",
            ["", "", "", "訪問した", "", ""],
            ["as it is: 2025-06-15", "as it is: https://a.example"],
            "訪問した",
        ),
        ("actual", ["", "", "70", "台帳", ""], [], "values: {company-visits: 70}"),
        ("evaluation", ["", "", "A", "", "人手", ""], [], "rating: A"),
        ("improvement", ["", "", "拡充", "60社", ""], [], "direction: 拡充"),
        ("opinion", ["1-2", "", "", "そろえて"], ["as it is: 2025-06-10"], "target: 1-2"),
    ],
)
def test_every_field_is_asked_for_and_enter_keeps_it(pdca, person, newest, kind, answers, asked, line):  # noqa: PLR0917
    assert pdca(*RECORD[kind]).code == 0
    before = newest()
    person.answers = [*answers, "誤記", "yes"]
    result = pdca("fix", "000001")
    assert (result.code, person.answers) == (0, [])
    assert [word for word in asked if word not in "\n".join(person.asked)] == []
    assert line in newest()
    assert "supersedes: 2025-06-15-000001\nreason: 誤記" in newest()
    kept = [each for each in before.splitlines() if each.startswith(("fiscal_year", "meeting", "source", "issues"))]
    assert [each for each in kept if each not in newest()] == []


@pytest.mark.slow
def test_a_response_is_corrected_with_its_grounds(pdca, person, newest):
    pdca(*RECORD["opinion"])
    pdca("respond", "000001", "-m", "しない", "--state", "対応しない", "--reason", "予算がない")
    person.answers = ["", "直さない", "", "予算がない", "", "書き方", "yes"]
    assert pdca("fix", "000002").code == 0
    assert "grounds: 予算がない" in newest()
    assert "reason: 書き方" in newest()


@pytest.mark.slow
def test_a_reason_that_was_given_is_not_asked_for(pdca, person, newest):
    pdca(*RECORD["evaluation"])
    person.answers = ["", "", "C", "", "", "", "yes"]
    assert pdca("fix", "000001", "--reason", "数え違い").code == 0
    assert "reason: 数え違い" in newest()


@pytest.mark.slow
def test_without_a_name_the_entries_are_offered(pdca, person):
    pdca(*RECORD["activity"])
    pdca("withdraw", "000001", "--reason", "x")
    pdca(*RECORD["evaluation"])
    person.answers = ["2025-06-15-000003", "", "", "C", "", "", "", "誤記", "yes"]
    assert pdca("fix").code == 0
    assert person.offered[0] == ["2025-06-15-000003"]


@pytest.mark.parametrize("typed", [("2社",), ("-m", "2社"), ("2社", "--reason", "誤記")])
def test_a_new_text_is_refused_and_asked_for(pdca, person, entries, typed):
    pdca(*RECORD["activity"])
    person.answers = ["fix 000001", Interrupted()]
    result = pdca("fix", "last", *typed)
    assert ("2社" in result.err, "Run pdca fix last, and" in result.err, len(entries())) == (True, True, 1)
    assert person.answers == []


def test_another_option_is_refused_without_a_hint_at_the_reason(pdca):
    result = pdca("fix", "last", "--text", "2社")
    assert (result.code, "--reason" in result.err, "pdca fix --help" in result.err) == (2, False, True)


@pytest.mark.parametrize(("name", "said"), [("999999", "no entry"), ("000002", "takes back")])
def test_a_name_that_can_not_be_corrected_is_asked_again(pdca, person, name, said):
    pdca(*RECORD["activity"])
    pdca("withdraw", "000001", "--reason", "x")
    pdca(*RECORD["evaluation"])
    person.answers = ["2025-06-15-000003", Interrupted()]
    result = pdca("fix", name)
    assert (result.code, said in result.out) == (130, True)


@pytest.mark.slow
def test_a_correction_that_was_left_is_gone_on_with(pdca, person, newest):
    pdca(*RECORD["evaluation"])
    person.answers = ["", "", "C", Interrupted("半分")]
    assert pdca("fix", "000001").code == 130
    person.answers = ["yes", "半分と半分", "", "", "誤記", "yes"]
    assert pdca("fix").code == 0
    assert "rating: C\nprogress: 半分と半分" in newest()


@pytest.mark.slow
def test_a_draft_of_an_entry_that_is_gone_can_be_thrown_away(pdca, person):
    pdca(*RECORD["evaluation"])
    person.answers = ["", "", "C", Interrupted("半分")]
    pdca("fix", "000001")
    pdca("withdraw", "000001", "--reason", "x")
    pdca(*RECORD["improvement"])
    person.answers = ["no", "", "", "拡充", "", "", "誤記", "yes"]
    assert pdca("fix", "000003").code == 0


# -- without a terminal -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*RECORD, "response"])
def test_without_a_terminal_the_command_to_type_is_named_and_works(pdca, entries, kind):
    pdca(*RECORD["opinion" if kind == "response" else kind])
    if kind == "response":
        pdca("respond", "000001", "-m", "そろえる")
    count = len(entries())
    result = pdca("fix", f"00000{count}")
    assert (result.code, result.out) == (2, "")
    typed = shlex.split(result.err.split("pdca ", 2)[-1].replace("--rating …", "--rating A"))
    assert pdca(*typed).code == 0
    assert len(entries()) == count + 1


def test_without_a_terminal_a_withdrawal_is_refused_with_what_undoes_it(pdca):
    pdca(*RECORD["activity"])
    pdca("withdraw", "000001", "--reason", "x")
    result = pdca("fix", "000002")
    assert (result.code, "pdca withdraw 2025-06-15-000002" in result.err) == (2, True)


def test_without_a_name_nothing_is_asked_in_a_pipe(pdca):
    result = pdca("fix")
    assert (result.code, "ENTRY" in result.err) == (2, True)


def test_every_kind_but_a_withdrawal_has_a_command_that_corrects_it():
    assert KINDS.keys() - {"withdrawal"} == CHANGED.keys()


@pytest.mark.parametrize("reason", [(), ("--reason", "誤記")])
def test_a_correction_that_changes_nothing_is_not_recorded(pdca, person, entries, reason):
    pdca(*RECORD["evaluation"])
    person.answers = ["", "", "", "", "人手", ""]
    result = pdca("fix", "000001", *reason)
    assert ("Nothing was changed" in result.err, len(entries())) == (True, 1)
