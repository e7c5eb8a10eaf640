# mypy: allow-untyped-calls
"""What becomes of the rows that an engine gives: sorted by their keys, and rates with their parts."""

import pytest

from mizuho_pdca.domain.figures.counting import Rate
from mizuho_pdca.domain.publication import answer as answers
from mizuho_pdca.domain.publication.answer import (
    completion,
    implementation,
    met_rate,
    rank_share,
    reporting,
)
from mizuho_pdca.domain.publication.questions import NO_RANK, QUESTIONS, Limits


def answer(question, limits, rows, towns):
    """Return the answer of rows that are of no samples."""
    return answers.answer(question, limits, [{"sample": False, **row} for row in rows], towns)


STATES = {"counted": 10, "reported": 6, "carried": 2, "implemented": 5, "completed": 3, "pursued": 9}


def test_rows_come_sorted_whatever_order_the_engine_gave_them_in():
    rows = [{"prefecture": "13", "fiscal_year": 2024}, {"prefecture": "01", "fiscal_year": 2024}]
    rows += [{"prefecture": "13", "fiscal_year": 2022}]
    found = answer(QUESTIONS["completion"], Limits(), rows, {})
    assert [(row["prefecture"], row["fiscal_year"]) for row in found.rows] == [("01", 2024), ("13", 2022), ("13", 2024)]
    assert found.years == (2022, 2024)


def test_rates_are_made_of_sums():
    assert [rate(STATES) for rate in (implementation, completion, reporting)] == [Rate(5, 9), Rate(3, 9), Rate(6, 8)]
    assert met_rate({"met": 1, "near": 2, "not_met": 3, "unknown": 9}) == Rate(1, 6)


def test_the_best_come_first_and_what_can_not_be_said_last():
    rows = [
        {"family": "start-ups", "prefecture": code, "met": met, "near": 0, "not_met": missed, "unknown": 1}
        for code, met, missed in (("01", 0, 0), ("02", 1, 2), ("03", 2, 1), ("04", 0, 1))
    ]
    found = answer(QUESTIONS["best"], Limits(), rows, {})
    assert [row["prefecture"] for row in found.rows] == ["03", "02", "04", "01"]
    assert found.years == ()


def test_a_rank_is_a_share_of_those_of_its_year_and_scale():
    rows = [
        {"fiscal_year": 2024, "ranks": ranks, "rank": rank, "n": n}
        for ranks, rank, n in ((4, NO_RANK, 7), (4, 1, 1), (4, 2, 3), (5, 1, 2))
    ]
    found = answer(QUESTIONS["ratings"], Limits(), rows, {})
    assert [rank_share(row) for row in found.rows] == [Rate(0, 0), Rate(1, 4), Rate(3, 4), Rate(2, 2)]


TOWNS = {"011002": "札幌市", "133035": "瑞穂町"}
PUBLISHED = [{"code": "133035", "fiscal_year": 2023, "n": 1}, {"code": "011002", "fiscal_year": 2024, "n": 1}]


@pytest.mark.parametrize(
    ("limits", "missing"),
    [
        (Limits(), [("011002", 2023), ("133035", 2024)]),
        (Limits(prefecture="13"), [("133035", 2024)]),
        (Limits(since=2023, until=2025), [("011002", 2023), ("011002", 2025), ("133035", 2024), ("133035", 2025)]),
        (Limits(since=2023), [("011002", 2023), ("133035", 2024)]),
    ],
)
def test_a_town_is_missed_in_the_years_that_others_published(limits, missing):
    found = answer(QUESTIONS["unpublished"], limits, PUBLISHED, TOWNS)
    assert [(row["code"], row["fiscal_year"]) for row in found.rows] == missing


def test_a_town_that_published_but_a_sample_is_missed_and_told_apart():
    rows = [{**row, "sample": False} for row in PUBLISHED]
    rows.append({"code": "011002", "fiscal_year": 2023, "n": 1, "sample": True})
    found = answers.answer(QUESTIONS["unpublished"], Limits(), rows, TOWNS)
    assert found.rows == (
        {"code": "011002", "fiscal_year": 2023, "sample_only": True},
        {"code": "133035", "fiscal_year": 2024, "sample_only": False},
    )


def test_every_question_goes_by_its_name():
    assert [question.name for question in QUESTIONS.values()] == list(QUESTIONS)
    assert [question.keys(Limits(by="town"))[0] for question in QUESTIONS.values()] == [
        "code",
        "policy_title",
        "code",
        "family",
        "family",
        "fiscal_year",
        "code",
    ]


def test_every_question_says_which_options_it_takes():
    def takers(option):
        return [question.name for question in QUESTIONS.values() if getattr(question, f"takes_{option}")]

    assert takers("by") == ["completion", "met", "best"]
    assert takers("family") == ["met", "family", "best"]
    assert takers("towns") == ["unpublished"]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_the_year_is_a_number_though_tables_have_it_as_text(question):
    rows = [{"sample": False, "family": "x", "prefecture": "13", "code": "133035", "policy_title": "", "unit": ""}]
    rows = [{**row, **STATES, "met": 0, "near": 0, "not_met": 0, "rank": 1, "ranks": 4, "n": 1} for row in rows]
    found = answers.answer(question, Limits(), [{**rows[0], "fiscal_year": "2023"}], {"011002": "札幌市"})
    assert [row["fiscal_year"] for row in found.rows] == [2023]
    assert found.years == (2023,)


def test_samples_answer_only_where_there_is_nothing_else():
    rows = [{"prefecture": "13", "fiscal_year": 2024, "n": n, "sample": n == 2} for n in (1, 2)]
    found = answers.answer(QUESTIONS["completion"], Limits(), rows, {})
    assert ([row["n"] for row in found.rows], found.sample, found.left_out) == ([1], False, True)
    found = answers.answer(QUESTIONS["completion"], Limits(), rows[1:], {})
    assert ([row["n"] for row in found.rows], found.sample, found.left_out) == ([2], True, False)
    found = answers.answer(QUESTIONS["completion"], Limits(), [], {})
    assert (found.rows, found.sample, found.left_out) == ((), False, False)
