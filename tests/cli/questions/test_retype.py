# mypy: allow-untyped-calls
"""Command lines that were not understood, corrected at a terminal."""

import pytest


def test_a_line_that_was_not_understood_is_shown_for_correction(pdca, person, entries):
    person.answers = ["log 1-1②-1 -m '3社 訪問' --date 昨日"]
    result = pdca("log", "1-1②-1", "-m", "3社 訪問", "--dat", "昨日")
    assert result.code == 0
    assert "Error" in result.err
    assert person.begun == ["log 1-1②-1 -m '3社 訪問' --dat 昨日"]
    assert len(entries()) == 1


def test_an_open_quote_is_asked_again(pdca, person, entries):
    person.answers = ["log 1-1②-1 -m '3社", "log 1-1②-1 -m '3社'"]
    assert pdca("log", "1-1②-1", "--masage", "3社").code == 0
    assert person.begun[1] == "log 1-1②-1 -m '3社"
    assert len(entries()) == 1


def test_a_correction_without_a_name_offers_the_entries(pdca, person, entries):
    pdca("log", "1-1②-1", "-m", "訪問")
    person.answers = ["2025-06-15-000001", "誤記"]
    assert pdca("log", "-m", "訪問した", "--supersedes").code == 0
    assert person.offered == [["2025-06-15-000001"]]
    assert len(entries()) == 2


def test_leaving_writes_nothing(pdca, person, entries):
    person.answers = [KeyboardInterrupt()]
    assert pdca("log", "1-1②-1", "--dat", "昨日").code == 130
    assert entries() == []


@pytest.mark.parametrize("arguments", [("status", "--dat"), ("lgo",), ("log", "--help"), ("validate", "x")])
def test_what_records_nothing_is_not_asked_about(pdca, person, arguments):
    pdca(*arguments)
    assert person.asked == []
