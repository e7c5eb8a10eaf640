# mypy: allow-untyped-calls
"""What the year before said, taken over."""

import pytest

from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.improve import improve
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.same import last_year
from mizuho_pdca.app.withdraw import withdraw
from mizuho_pdca.domain.records.entries import Evaluation
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator

PLACE = "1-1-2-1"


@pytest.fixture
def desk(workspace, make_desk):
    return make_desk(workspace)


def rate(desk, year, **given):
    return evaluate(desk, PLACE, year=year, **{"rating": None, **given})


def plan_next(desk, year, **given):
    return improve(desk, PLACE, year=year, **{"direction": None, "next_year": None, **given})


def correct(desk, mistaken, **given):
    return evaluate(desk, None, year=None, **{"rating": None, **given}, correction=Correction(mistaken, "見直し"))


def notes(receipt, lang="en"):
    return [note.text(translator(lang)) for note in receipt.notes]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ("B", "8割", "人手")),
        ({"issues": "予算"}, ("B", "8割", "予算")),
        ({"rating": "A"}, ("A", "8割", "人手")),
        ({"rating": "A", "progress": "全部", "issues": "なし"}, ("A", "全部", "なし")),
    ],
)
def test_an_evaluation_is_as_last_year_but_for_what_is_given(desk, given, said):
    rate(desk, 2023, rating="B", progress="8割", issues="人手")
    entry = rate(desk, 2024, same=True, **given).entry
    assert (entry.rating, entry.progress, entry.issues, entry.year) == (*said, 2024)


@pytest.mark.parametrize(
    ("scale", "last", "taken"),
    [
        ("[{code: A, name: 目標達成, at_least: 100}, {code: B, name: 未達成}]", "A", "A"),
        ("[{code: A, name: 目標達成, at_least: 100}, {code: B, name: 未達成}]", "B", None),
        ("[{code: A, name: 目標達成, at_least: 100}, {code: B, name: 未達成}]", "C", None),
    ],
)
def test_a_rating_is_taken_over_only_while_it_means_the_same(desk, workspace, scale, last, taken):
    path = workspace / "plan" / "measures.yaml"
    revision = f"scheme_revisions:\n- {{from: 2024, scale: {{ranks: {scale}}}}}\npolicies:\n"
    path.write_text(path.read_text(encoding="utf-8").replace("policies:\n", revision, 1), encoding="utf-8")
    rate(desk, 2023, rating=last, progress="8割")
    if taken is None:
        with pytest.raises(UsageFault, match="another meaning since"):
            rate(desk, 2024, same=True)
        assert rate(desk, 2024, same=True, rating="A").entry.progress == "8割"
    else:
        assert rate(desk, 2024, same=True).entry.rating == taken


def test_an_improvement_is_as_last_year_but_for_what_is_given(desk):
    plan_next(desk, 2023, direction="継続", next_year="続ける")
    entry = plan_next(desk, 2024, same=True, direction="拡充").entry
    assert (entry.direction, entry.next) == ("拡充", "続ける")


def test_the_receipt_says_what_was_taken_over_and_from_where(desk):
    old = rate(desk, 2023, rating="B", progress="8割").entry.id
    assert notes(rate(desk, 2024, same=True)) == [f"as in FY2023 ({old}): the rating, progress"]
    assert notes(rate(desk, 2025, same=True, rating="A"), "ja") != []
    given = rate(desk, 2024, same=True, rating="A", progress="全部")
    assert "--same took nothing over: all of it was given" in notes(given)


def test_the_evaluation_in_force_is_taken_over(desk):
    rate(desk, 2023, rating="C")
    later = rate(desk, 2023, rating="B").entry.id
    correct(desk, later, rating="A")
    gone = rate(desk, 2023, rating="D").entry.id
    withdraw(desk, gone, reason="誤り")
    assert rate(desk, 2024, same=True).entry.rating == "A"


def test_a_relisting_is_its_original(desk):
    relisting = next(place for place in desk.plan.places.values() if place.node.original_id)
    evaluate(desk, relisting.node.original_id, year=2023, rating="B")
    taken = evaluate(desk, relisting.id, year=2024, rating=None, same=True).entry
    assert isinstance(taken, Evaluation)
    assert taken.rating == "B"


def test_only_the_year_before_is_last_year(desk):
    with pytest.raises(UsageFault) as none:
        rate(desk, 2024, same=True)
    assert none.value.text(str) == (
        "Error: --same: 1-1②-1 has no evaluation of FY2023 that could be taken over\n"
        '  Remedy: Write --rating "…" instead of --same.'
    )
    older = plan_next(desk, 2022, direction="継続", next_year="続ける").entry.id
    with pytest.raises(UsageFault) as earlier:
        plan_next(desk, 2024, same=True)
    assert earlier.value.text(str) == (
        "Error: --same: 1-1②-1 has no improvement of FY2023 that could be taken over\n"
        f'  Remedy: Write --direction "…" --next "…" instead of --same; the last one is of FY2022: {older}'
    )


def test_what_else_is_wrong_is_said_first(desk):
    with pytest.raises(Rejected) as wrong:
        evaluate(desk, "9-9-9-9", year=2024, rating=None, day="2024-13-01", same=True)
    assert len(wrong.value.errors) == 2


def test_a_correction_may_take_over_as_well(desk):
    rate(desk, 2023, rating="B", progress="8割")
    mistaken = rate(desk, 2024, rating="C", issues="人手").entry.id
    entry = correct(desk, mistaken, same=True).entry
    assert (entry.rating, entry.progress, entry.issues) == ("B", "8割", "人手")


def test_an_evaluation_anew_says_which_texts_it_leaves_behind(desk):
    first = rate(desk, 2024, rating="B", progress="8割", issues="人手").entry.id
    second = rate(desk, 2024, rating="A", issues="予算")
    (note,) = notes(second)[1:]
    assert note.startswith(f"the progress of {first} are not taken over; to add them: ")
    assert note.endswith(f'pdca evaluate --supersedes {second.entry.id} --reason "…" --progress "…"')
    corrected = correct(desk, second.entry.id, rating="C")
    assert not any("taken over" in note for note in notes(corrected))


def test_what_a_form_shows_of_last_year_is_that_kind_s_and_that_evaluator_s(desk):
    rated = rate(desk, 2023, rating="B", progress="8割").entry
    planned = plan_next(desk, 2023, direction="継続", next_year="続ける").entry
    assert last_year(desk, "1-1②-1", 2024, "evaluation") == rated
    assert last_year(desk, "1-1②-1", 2024, "improvement") == planned
    for target, year, kind in (
        ("1-1②-1", 2025, "evaluation"),
        ("1-1②-2", 2024, "improvement"),
        ("1-1②-1", 2023, "evaluation"),
    ):
        assert last_year(desk, target, year, kind) is None
    again = rate(desk, 2023, rating="A", progress="9割").entry
    assert last_year(desk, "1-1②-1", 2024, "evaluation") == again
    of_figure = evaluate(desk, "company-visits", year=2023, rating="A").entry
    assert last_year(desk, "company-visits", 2024, "evaluation") == of_figure
    assert last_year(desk, "1-1②-1", 2024, "evaluation") == again


def test_of_a_relisting_last_year_is_its_original_s(desk):
    planned = improve(desk, "1-3①-1", year=2023, direction="継続", next_year="続ける").entry
    assert last_year(desk, "1-6①-1", 2024, "improvement") == planned
