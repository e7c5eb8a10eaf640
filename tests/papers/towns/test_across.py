# mypy: allow-untyped-calls
"""Answers over many towns as papers: keys in words, counts, rates with their parts, charts over the years."""

from decimal import Decimal

import pytest

from mizuho_pdca.domain.publication.answer import answer
from mizuho_pdca.domain.publication.questions import QUESTIONS, Limits
from mizuho_pdca.language import translator
from mizuho_pdca.papers.towns.across import across, across_papers

JA = translator("ja")
STATES = {"counted": 10, "reported": 6, "carried": 2, "implemented": 5, "completed": 3, "pursued": 9}
NOTHING = dict.fromkeys(STATES, 0)
STANDINGS = {"met": 1, "near": 1, "not_met": 1, "unknown": 0}


def of(question, rows, limits=None, towns=None, *, sample=False):
    return answer(QUESTIONS[question], limits or Limits(), [{"sample": sample, **row} for row in rows], towns or {})


def printed(found):
    return [[cell.text for cell in row] for row in across(found, JA).paper.rows]


def test_prefectures_have_their_names_and_rates_their_parts():
    rows = [{"prefecture": "01", "fiscal_year": 2024, **STATES}]
    assert printed(of("completion", rows)) == [
        ["01", "北海道", "令和6年度", "10", "6", "55.6% (5/9)", "33.3% (3/9)", "75.0% (6/8)"]
    ]


def test_towns_and_policies_go_by_name():
    rows = [{"code": "133035", "fiscal_year": 2024, **STANDINGS}, {"code": "131016", "fiscal_year": 2024, **STANDINGS}]
    found = of("met", rows, Limits(by="town"), {"133035": "瑞穂町"})
    assert [row[:3] for row in printed(found)] == [["131016", "東京都", "－"], ["133035", "東京都", "瑞穂町"]]
    assert printed(of("policies", [{"policy_title": "人材", "fiscal_year": 2024, **STATES}]))[0][:2] == [
        "人材",
        "令和6年度",
    ]


@pytest.mark.parametrize(
    ("family", "known", "total"),
    [("start-ups", 2, "12.5"), ("start-ups", 0, "－"), ("checkup-rate", 2, "－"), ("of-tomorrow", 2, "12.5")],
)
def test_values_are_added_up_where_that_means_anything(family, known, total):
    row = {"family": family, "unit": "件", "fiscal_year": 2024, "indicators": 3, "known": known, **STANDINGS}
    found = of("family", [row | {"total": Decimal("12.500000000000000")}], Limits(family="start-ups"))
    assert printed(found)[0][5] == total


def test_a_family_is_called_by_its_name_or_its_code():
    rows = [{"family": family, "prefecture": "13", **STANDINGS} for family in ("start-ups", "of-tomorrow")]
    assert sorted(row[0] for row in printed(of("best", rows))) == ["of-tomorrow", "創業件数"]


def test_ranks_are_shares_of_their_scale():
    rows = [{"fiscal_year": 2024, "ranks": 4, "rank": rank, "n": 2} for rank in (0, 1)]
    assert printed(of("ratings", rows)) == [
        ["令和6年度", "4", "段階なし", "2", "－"],
        ["令和6年度", "4", "1", "2", "100.0% (2/2)"],
    ]


def test_towns_that_did_not_publish_are_listed_with_what_they_did():
    rows = [{"code": "133035", "fiscal_year": 2023, "n": 1}, {"code": "131016", "fiscal_year": 2024, "n": 1}]
    rows.append({"code": "131016", "fiscal_year": 2023, "n": 1, "sample": True})
    found = of("unpublished", rows, Limits(), {"133035": "瑞穂町", "131016": "千代田区"})
    assert printed(found) == [
        ["131016", "東京都", "千代田区", "令和5年度", "見本のみ"],
        ["133035", "東京都", "瑞穂町", "令和6年度", "なし"],
    ]


@pytest.mark.parametrize(
    ("question", "by", "title"),
    [
        ("completion", "prefecture", "取組の進み具合（都道府県・年度別）"),
        ("completion", "town", "取組の進み具合（市区町村・年度別）"),
        ("met", "prefecture", "目標を達成した指標（都道府県・年度別）"),
        ("met", "town", "目標を達成した指標（市区町村・年度別）"),
        ("policies", "town", "取組の進み具合（最上位の方針・年度別）"),
    ],
)
def test_the_title_names_the_places_that_stand_alone(question, by, title):
    assert across_papers(of(question, [], Limits(by=by)), JA).title == title


def test_a_page_says_what_it_was_limited_to_and_has_charts_over_the_years():
    rows = [{"prefecture": code, "fiscal_year": year, **STATES} for code, year in (("01", 2022), ("01", 2024))]
    rows.append({"prefecture": "13", "fiscal_year": 2024, **NOTHING})
    shown = across_papers(of("completion", [*rows, {**rows[0], "sample": True}], Limits(prefecture="13")), JA)
    assert shown.subtitles == ("令和4年度（2022年度）～令和6年度（2024年度）", "東京都")
    assert shown.language == "ja"
    assert "見本は除いてあります。" in shown.legend
    assert [chart.title for chart in shown.charts] == ["北海道", "東京都"]
    first, second = shown.charts
    assert [(point.year, point.text) for point in first.actuals] == [
        (2022, "55.6% (5/9)"),
        (2023, "－"),
        (2024, "55.6% (5/9)"),
    ]
    assert [point.value for point in second.actuals] == [None, None, None]


def test_charts_of_towns_and_families_are_named():
    rows = [{"code": "133035", "fiscal_year": year, **STANDINGS} for year in (2023, 2024)]
    (chart,) = across_papers(of("met", rows, Limits(by="town"), {"133035": "瑞穂町"}), JA).charts
    assert chart.title == "瑞穂町（133035）"
    row: dict[str, object] = {"family": "start-ups", "unit": "", "indicators": 1, "known": 1, "total": Decimal(1)}
    values = [{**row, **STANDINGS, "fiscal_year": year} for year in (2023, 2024)]
    (chart,) = across_papers(of("family", values, Limits(family="start-ups")), JA).charts
    assert chart.title == "創業件数"


def test_a_single_year_and_a_spread_have_no_charts():
    rows = [{"prefecture": "13", "fiscal_year": 2024, **STATES}]
    assert across_papers(of("completion", rows), JA).charts == ()
    spread = [{"fiscal_year": year, "ranks": 4, "rank": 1, "n": 2} for year in (2023, 2024)]
    assert across_papers(of("ratings", spread), JA).charts == ()


def test_samples_are_marked_and_nothing_is_said_to_be_nothing():
    rows = [{"prefecture": "13", "fiscal_year": 2024, **STATES}]
    assert across_papers(of("completion", rows, sample=True), JA).banner == "見本（架空の記録）"
    shown = across_papers(of("unpublished", [], Limits(family="start-ups")), JA)
    assert shown.banner is None
    assert shown.subtitles == ("創業件数",)
    written = "系統は、計画の指標に family: start-ups のように書きます。"
    assert shown.legend == (f"尋ねた市区町村・年度に、系統が「創業件数」の指標はありません。{written}",)
    assert across_papers(of("unpublished", []), JA).legend == ("当てはまるものはありません。",)
    shown = across_papers(of("best", []), JA)
    assert shown.legend[1:] == (f"尋ねた市区町村・年度に、系統を付けた指標はありません。{written}",)
    assert across_papers(of("unpublished", [], Limits()), str).language == "en"
