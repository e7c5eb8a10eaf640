# mypy: allow-untyped-calls
"""``pdca evaluate`` by options and by questions, where several rate and where more than initiatives is rated."""

import pytest


@pytest.fixture
def rated(rating_workspace, entries):
    """Return the texts of all entries."""
    return lambda: [(rating_workspace / path).read_text(encoding="utf-8") for path in sorted(entries())]


BARE = ["1-1", "2024"]


def test_the_questions_ask_who_rates_and_of_a_council_when_it_met(pdca, person, rated):
    person.answers = [*BARE, "council", "2025-06-01", "C", "", "遅い", "yes"]
    assert pdca("evaluate").code == 0
    assert person.answers == []
    (text,) = rated()
    said = "evaluator: council\nmeeting: 2025-06-01\nrating: C\nissues: 遅い\n"
    assert said in text
    assert person.offered[0][:2] == ["1-1", "1-2"]
    assert "1-1-2-1" in person.offered[0]
    assert person.offered[2] == ["self", "council"]


def test_the_first_evaluator_is_not_asked_when_a_council_met(pdca, person, rated):
    person.answers = ["1-1-2-1", "2024", "self", "B", "", "", "yes"]
    assert pdca("evaluate").code == 0
    assert "evaluator: self\nrating: B\n" in rated()[0]


@pytest.mark.usefixtures("workspace")
def test_where_nobody_is_listed_nobody_is_asked_who_rates(pdca, person):
    person.answers = ["1-1-2-1", "2024", "B", "", "", "yes"]
    result = pdca("evaluate")
    assert result.code == 0
    assert not [words for words in person.asked if "evaluator" in words]
    assert "1-1" not in person.offered[0]


def test_with_all_options_nothing_is_asked_and_the_first_evaluator_rates(pdca, person, rated):
    assert pdca("evaluate", "1-1", "--year", "2024", "--rating", "B").code == 0
    assert person.asked == []
    assert "evaluator: self" in rated()[0]


def test_a_policys_text_needs_no_rating(pdca, person, rated):
    assert pdca("evaluate", "1", "--year", "2024", "--progress", "総括").code == 0
    assert person.asked == []
    person.answers = ["A"]
    assert pdca("evaluate", "1-1", "--year", "2024", "--progress", "総括").code == 0
    assert {"target: 1-1\n" in text: "rating: A" in text for text in rated()} == {False: False, True: True}


def test_without_a_scale_a_text_needs_no_rating(pdca, person, workspace, entries):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    scale, rest = text.split("  scale:\n", 1)
    path.write_text(scale + rest[rest.index("  directions:") :], encoding="utf-8")
    assert pdca("evaluate", "1-1-2-1", "--year", "2024", "--issues", "人手").code == 0
    assert person.asked == []
    (entry,) = entries()
    assert "issues: 人手\n" in (workspace / entry).read_text(encoding="utf-8")


def test_what_is_typed_wrong_is_asked_again(pdca, person, rated):
    person.answers = ["council"]
    assert pdca("evaluate", "1-1", "--year", "2024", "--rating", "B", "--evaluator", "町長").code == 0
    assert "evaluator: council" in rated()[0]


def test_fix_asks_for_the_evaluator_as_it_stands(pdca, person, rated):
    assert pdca("evaluate", "1-1", "--year", "2024", "--rating", "B", "--evaluator", "council").code == 0
    person.answers = ["", "", "", "2025-06-01", "C", "", "", "", "誤記", "yes"]
    result = pdca("fix", "last")
    assert result.code == 0, result.err
    assert "evaluator: council\nmeeting: 2025-06-01\nrating: C\n" in rated()[-1]


def test_a_year_outside_of_the_plan_is_the_only_fault_that_is_told(pdca):
    result = pdca("evaluate", "1-1②-1", "--year", "2020", "--rating", "A")
    assert result.code == 2
    assert result.err.count("Error:") == 1
    assert "2020" in result.err
