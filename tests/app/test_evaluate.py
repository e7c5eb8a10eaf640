# mypy: allow-untyped-calls, disable-error-code="union-attr"
"""Ratings of any part of the plan and of indicators, by several evaluators."""

import pytest

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.entry import Correction
from mizuho_pdca.app.evaluate import evaluate
from mizuho_pdca.app.explain import make_explanation
from mizuho_pdca.app.input.gathering import Rejected
from mizuho_pdca.app.list import Wanted, list_entries
from mizuho_pdca.app.log import log
from mizuho_pdca.app.review import make_review, make_years
from mizuho_pdca.app.show import show_entry
from mizuho_pdca.app.status import make_standing
from mizuho_pdca.app.trend import make_trend
from mizuho_pdca.errors import PdcaError, Refused
from mizuho_pdca.language import translator
from mizuho_pdca.papers.council.years import years_papers
from mizuho_pdca.papers.entries.listed import entry_listing
from mizuho_pdca.papers.entries.shown import shown_papers
from mizuho_pdca.papers.notes import legend
from mizuho_pdca.papers.office import office
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.steps import print_words
from mizuho_pdca.papers.trend import trend_papers
from mizuho_pdca.render.csv.trend import trend as trend_csv
from mizuho_pdca.storage.loading import load

JA = translator("ja")


@pytest.fixture
def desk(make_desk, rating_workspace):
    return make_desk(rating_workspace)


def notes(receipt):
    return [note.text(str) for note in receipt.notes]


def rate(desk, target, rating="B", **said):
    return evaluate(desk, target, **({"year": 2024, "rating": rating} | said))


def rated(desk, target):
    report = make_review(desk, 2024)
    rows = [row.judgements for row in report.initiatives if row.place.id == target]
    rows += [row.judgements for row in report.indicators if row.indicator.id == target]
    rows += [row.judgements for row in report.rated if (row.place.id if row.place else "plan") == target]
    return [one.rating for one in rows[0]]


@pytest.mark.parametrize(
    ("typed", "target", "indicator"),
    [
        ("1-1②-1", "1-1-2-1", None),
        ("1-1②", "1-1-2", None),
        ("1-1", "1-1", None),
        ("企業誘致の推進", "1-2", None),
        ("2", "2", None),
        ("計画全体", "plan", None),
        ("plan", "plan", None),
        ("company-visits", "1-1-2-1", "company-visits"),
        ("企業訪問件数", "1-1-2-1", "company-visits"),
        ("1-6①-1", "1-3-1-1", None),
    ],
)
def test_anything_is_rated_by_its_number_its_name_or_its_id(desk, typed, target, indicator):
    entry = rate(desk, typed).entry
    assert (entry.target, entry.indicator, entry.evaluator, entry.meeting) == (target, indicator, "self", None)
    assert not load(desk.tree, desk.clock()).problems
    assert rated(desk, indicator or target) == ["B", None]


@pytest.mark.parametrize(
    ("target", "note"),
    [
        ("1-1", None),
        ("1-1②-1", None),
        ("plan", None),
        ("company-visits", None),
        ("1-1②", "recorded for 1-1② as a whole; it does not count as the report of an initiative below it"),
        ("1-6①-1", "1-6①-1 is a relisting; recorded for its original 1-3①-1"),
    ],
)
def test_a_note_says_where_it_went_unless_it_is_expected_there(desk, target, note):
    assert notes(rate(desk, target)) == ([] if note is None else [note])


def test_two_evaluators_neither_supersede_nor_warn_of_each_other(desk):
    rate(desk, "1-1②-1", progress="順調")
    council = rate(desk, "1-1②-1", "C", evaluator="協議会", meeting="R7.6.1", progress="順調", by="協議会")
    assert notes(council) == []
    assert (council.entry.evaluator, council.entry.meeting.isoformat()) == ("council", "2025-06-01")
    assert rated(desk, "1-1-2-1") == ["B", "C"]
    assert not load(desk.tree, desk.clock()).problems


def test_a_second_rating_of_one_evaluator_names_the_first_of_the_same_thing_alone(desk):
    rate(desk, "1-1②-1")
    rate(desk, "company-visits", "A")
    first = rate(desk, "1-1②-1", "C", evaluator="council", issues="件数だけでは分からない")
    second = rate(desk, "1-1②-1", "D", evaluator="council", by="協議会")
    (said, left) = notes(second)
    assert first.entry.id in said
    assert f"the issues of {first.entry.id} are not taken over" in left
    assert notes(rate(desk, "company-visits", "B"))[0].startswith("this rating takes the place of")


def test_a_note_names_the_evaluator_and_the_rating_as_they_are_printed(desk):
    first = rate(desk, "1-1②-1", "Z", evaluator="council").entry
    (note,) = notes(rate(desk, "1-1②-1", "D", evaluator="council", by="企画課"))
    assert note == (
        f"{first.by} (外部評価) has already rated the year 評価困難 ({first.id}); both are in force, "
        "and the last one counts"
    )


def test_a_text_may_stand_alone_on_a_policy_and_on_the_plan(desk):
    for target in ("plan", "1"):
        evaluate(desk, target, year=2024, rating=None, progress="総括")
        assert rated(desk, target) == [None, None]
    with pytest.raises(Rejected, match="nothing was recorded") as caught:
        evaluate(desk, "1-1", year=2024, rating=None, progress="総括")
    assert "[E102]" in caught.value.text(str)


def test_a_text_alone_is_named_by_who_wrote_another(desk):
    first = evaluate(desk, "plan", year=2024, rating=None, progress="総括")
    (note,) = notes(evaluate(desk, "plan", year=2024, rating=None, progress="総括の2"))
    assert note == f"this rating takes the place of {first.entry.id} (－)"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"evaluator": "町長"}, "E226"),
        ({"meeting": "2025-06-16"}, "E210"),
        ({"meeting": "きのうの前"}, "きのうの前"),
        ({"meeting": ""}, "is not a date"),
        ({"target": "1-9"}, "1-9"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_recorded(desk, said, code):
    with pytest.raises(Rejected) as caught:
        rate(desk, **({"target": "1-1"} | said))
    assert code in caught.value.text(str)
    assert list(desk.tree.records()) == []


def test_a_correction_keeps_who_rated_what_and_when(desk):
    first = rate(desk, "company-visits", "A", evaluator="council", meeting="2025-06-01", issues="遅い").entry
    new = evaluate(desk, None, year=None, rating="C", correction=Correction(first.id, "誤記")).entry
    assert (new.target, new.indicator, new.evaluator, new.issues) == (
        "1-1-2-1",
        "company-visits",
        "council",
        "遅い",
    )
    assert new.meeting == first.meeting
    moved = evaluate(desk, "1-1", year=None, rating=None, evaluator="self", correction=Correction(new.id, "場所")).entry
    assert (moved.target, moved.indicator, moved.evaluator, moved.rating) == ("1-1", None, "self", "C")


def test_what_is_to_be_corrected_and_is_not_there_is_all_that_is_said(desk):
    with pytest.raises(PdcaError) as caught:
        evaluate(desk, None, year=None, rating=None, correction=Correction("2024-06-12-k7x3q9", "誤記"))
    assert "E102" not in caught.value.text(str)


def test_the_same_as_last_year_is_the_same_evaluators_without_its_meeting(desk):
    rate(desk, "1-1", "A", year=2023, progress="順調")
    rate(desk, "1-1", "C", year=2023, evaluator="council", meeting="2024-08-01", issues="遅い")
    rate(desk, "company-visits", "D", year=2023)
    entry = evaluate(desk, "1-1", year=2024, rating=None, evaluator="council", same=True).entry
    assert (entry.rating, entry.progress, entry.issues, entry.meeting) == ("C", None, "遅い", None)
    assert evaluate(desk, "company-visits", year=2024, rating=None, same=True).entry.rating == "D"
    with pytest.raises(PdcaError, match="--same") as caught:
        evaluate(desk, "1-1②-1", year=2024, rating=None, same=True)
    assert "FY2023" in caught.value.text(str)


def test_nothing_to_take_over_of_the_plan_names_it(desk):
    with pytest.raises(PdcaError) as caught:
        evaluate(desk, "plan", year=2024, rating=None, same=True)
    assert "plan has no evaluation of FY2023" in caught.value.text(str)


def test_the_list_of_an_indicator_has_its_ratings(desk):
    rate(desk, "company-visits", "A")
    rate(desk, "1-1②-1", "B")
    assert [row.entry.rating for row in list_entries(desk, Wanted(target="company-visits")).rows] == ["A"]


def test_a_measure_without_the_rating_that_is_expected_keeps_the_year_open(desk):
    now = make_standing(desk, 2024)
    assert len(now.unrated_parts) == 13
    with pytest.raises(Refused) as caught:
        close_year(desk, 2024)
    assert "of FY2024 are missing the reports or ratings of 1-1" in caught.value.text(str)
    assert close_year(desk, 2024, allow_incomplete=True).seal.allow_incomplete


def test_an_evaluation_of_the_council_alone_is_no_report(desk):
    rate(desk, "1-1②-1", evaluator="council")
    log(desk, "1-1②-2", "相談会", day="2024-06-12")
    assert [row.place.id for row in make_standing(desk, 2024).initiatives if row.state.reported] == ["1-1-2-2"]


def test_the_list_and_one_entry_say_who_rated_what(desk):
    entry = rate(desk, "company-visits", "C", evaluator="council", meeting="2025-06-01", issues="遅い").entry
    rate(desk, "1-1②-1", "B")
    listed = entry_listing(list_entries(desk, Wanted()), str).paper
    assert [row[4].text for row in listed.rows] == ["自己評価 B", "外部評価 企業訪問件数 C 遅い"]
    shown = {row[0].text: row[1].text for row in shown_papers(show_entry(desk, entry.id), str).papers[0].rows}
    said = {"the evaluator": "外部評価", "indicator rated": "企業訪問件数", "the day of the meeting": "2025-06-01"}
    assert said.items() <= shown.items()


def test_the_papers_say_whose_ratings_are_counted(desk):
    assert "Ratings that are counted and suggested are those of 自己評価." in legend(make_review(desk, 2024), str)


# -- an evaluator's own words -----------------------------------------------------------------


@pytest.fixture
def own_words(make_desk, own_words_workspace):
    return make_desk(own_words_workspace)


def test_an_evaluator_rates_by_its_own_words(own_words):
    entry = rate(own_words, "1-1②-1", "対象外", evaluator="協議会").entry
    assert entry.rating == "N"
    assert rate(own_words, "1-1②-1", "評価困難").entry.rating == "Z"
    assert rated(own_words, "1-1-2-1") == ["Z", "N"]
    assert not load(own_words.tree, own_words.clock()).problems


@pytest.mark.parametrize(("rating", "evaluator"), [("対象外", "self"), ("評価困難", "council"), ("C", "council")])
def test_what_another_rates_by_is_refused_with_the_words_there_are(own_words, rating, evaluator):
    with pytest.raises(Rejected) as caught:
        rate(own_words, "1-1②-1", rating, evaluator=evaluator)
    assert "[E205]" in caught.value.text(str)
    assert ("妥当" in caught.value.text(str)) is (evaluator == "council")


def test_the_office_s_list_and_the_note_print_a_rating_by_whose_it_is(own_words):
    first = rate(own_words, "1-1②-1", "N", evaluator="council").entry
    (note,) = notes(rate(own_words, "1-1②-1", "A", evaluator="council", by="企画課"))
    assert f"has already rated the year 対象外 ({first.id})" in note
    (row,) = [row for row in office(make_review(own_words, 2024), JA).paper.rows if "2人" in row[0].text]
    assert "対象外 (産業課) → A (企画課)" in " ".join(cell.text for cell in row)


def test_the_papers_print_them_and_the_legend_says_what_they_mean(own_words):
    rate(own_words, "1-1②-1", "A", evaluator="council")
    rate(own_words, "1-1", "N", evaluator="council", meeting="2025-06-01")
    rate(own_words, "1-1", "N", evaluator="council", year=2023)
    drawn = papers(make_review(own_words, 2024), JA)
    assert "評価（外部評価）: A 妥当、B 概ね妥当。順位のない状態: 対象外。" in drawn.legend
    shown = [cell.text for paper in drawn.papers for row in paper.rows for cell in row]
    assert "対象外 → 対象外" in shown
    assert any("外部評価 対象外 → 対象外" in heading.text for paper in drawn.papers for heading in paper.groups)
    steps = make_explanation(own_words, "1-1②-1", 2024).steps
    assert [print_words(one.text, JA)[:1] for one in steps if one.text and one.label == "外部評価"] == ["A"]


def test_the_years_and_the_trend_print_them_as_well(own_words):
    rate(own_words, "1-1", "N", evaluator="council")
    found = make_trend(own_words, "1-1")
    cells = [cell.text for paper in trend_papers(found, JA).papers for row in paper.rows for cell in row]
    assert "対象外" in cells
    assert "対象外" in trend_csv(found, JA).decode("utf-8-sig")
    assert any(line.startswith("評価（外部評価）: A 妥当") for line in trend_papers(found, JA).legend)
    years = years_papers(make_years(own_words, range(2023, 2025)), JA)
    assert "対象外" in [cell.text for paper in years.papers for row in paper.rows for cell in row]


def test_a_closed_year_holds_them(own_words):
    rate(own_words, "1-1②-1", "N", evaluator="council")
    close_year(own_words, 2024, allow_incomplete=True)
    assert not load(own_words.tree, own_words.clock()).problems
    path = own_words.root / "plan" / "measures.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("name: 対象外", "name: 除外"), encoding="utf-8")
    assert "E504" in [one.fault.code for one in load(own_words.tree, own_words.clock()).problems]
