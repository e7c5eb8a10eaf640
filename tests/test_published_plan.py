# mypy: allow-untyped-calls
"""A plan with indicators as towns publish them: money, surveys, words, ranges, totals; every format says the same."""

import csv
import io
import json
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from mizuho_pdca.app.review import make_review
from mizuho_pdca.cli.main import main
from mizuho_pdca.domain.closing.digests import plan_digest
from mizuho_pdca.message import message
from mizuho_pdca.papers.differences import plan_differences
from mizuho_pdca.papers.summary import contributions

DATA = Path(__file__).parent / "data" / "published-plan"
NOW = datetime(2025, 10, 15, 14, 0, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def town(tmp_path):
    """Return a copy of the workspace."""
    return Path(shutil.copytree(DATA, tmp_path / "見本町"))


@pytest.fixture
def pdca(capsysbinary, monkeypatch, town, make_desk):
    """Run ``pdca`` in Japanese in the town's workspace; return code, output and errors."""
    monkeypatch.setenv("PDCA_LANG", "ja")
    monkeypatch.setenv("PDCA_BY", "企画課")
    monkeypatch.setenv("COLUMNS", "240")

    def run(*arguments):
        capsysbinary.readouterr()
        code = main(arguments, lambda named: make_desk(Path(named) if named else town, now=NOW))
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8-sig"), err.decode()

    return run


@pytest.fixture
def as_json(pdca):
    """Return what a command says as JSON."""

    def read(*arguments):
        code, out, err = pdca(*arguments, "-f", "json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return read


def by_id(rows):
    return {row["id"]: row for row in rows}


def of(row, *keys):
    return {key: row[key] for key in keys}


# -- money ------------------------------------------------------------------------------------

MONEY = ("money_unit", "budget", "spent", "spent_partial")


def test_money_is_summed_upward_in_one_unit(as_json):
    review = as_json("review", "2024")
    total, measures = review["summary"]["total"], by_id(review["summary"]["measures"])
    assert of(total, *MONEY) == {"money_unit": "円", "budget": 3200000, "spent": 2750000, "spent_partial": True}
    assert total["execution"] == {"numerator": None, "denominator": None, "percent": None}
    assert of(measures["1-1"], "budget", "spent", "spent_partial") == {
        "budget": 3000000,
        "spent": 2750000,
        "spent_partial": False,
    }
    assert measures["1-1"]["execution"] == {"numerator": 2750000, "denominator": 3000000, "percent": "91.7"}
    rows = by_id(review["initiatives"])
    assert of(rows["1-1-1"], "budget", "spent") == {"budget": 2000000, "spent": 1900000}
    assert rows["1-1-1"]["execution"]["percent"] == "95.0"
    assert of(rows["1-2-1"], "budget", "spent") == {"budget": 200000, "spent": None}


def test_money_is_never_rated_and_never_counted(as_json):
    review = as_json("review", "2024")
    cost = by_id(review["indicators"])["events-cost"]
    wanted = {"kind": "input", "rate": "95.0", "met": None, "met_unknown": "not_rated", "rating_suggested": None}
    assert of(cost, *wanted) == wanted
    assert by_id(review["initiatives"])["1-2-1"]["rating_suggested"] is None
    assert review["summary"]["total"]["met"] == {"met": 2, "near": 2, "not_met": 1, "unknown": 2}


@pytest.mark.parametrize(
    ("paper", "number", "wanted"),
    [
        ("summary", "合計", ["3200000", "2750000", "一部未把握", "", "", ""]),
        ("summary", "施策1-1", ["3000000", "2750000", "", "91.7", "2750000", "3000000"]),
        ("initiatives", "1-1-2", ["1000000", "850000", "", "85.0", "850000", "1000000"]),
    ],
)
def test_the_columns_of_money_are_in_the_data_files(pdca, paper, number, wanted):
    rows = list(csv.DictReader(io.StringIO(pdca("review", "2024", "-f", "csv", "--paper", paper)[1], newline="")))
    headings = ["予算額（円）", "決算額（円）", "予算・決算の一部未把握", "執行率 (%)", "執行率: 分子", "執行率: 分母"]
    (row,) = [row for row in rows if row["番号"].endswith(number)]
    assert [row[heading] for heading in headings] == wanted


def test_a_plan_without_money_has_no_columns_of_it(pdca, town):
    plan = town / "plan" / "measures.yaml"
    lines = plan.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "kind: input" not in line]
    plan.write_text("\n".join(kept), encoding="utf-8")
    assert "予算額" not in pdca("review", "2024", "-f", "csv", "--paper", "summary")[1]


def test_how_money_came_about_is_explained(pdca):
    out = pdca("explain", "1-1", "2024")[1]
    assert "執行率: 決算額÷予算額 = 2,750,000 ÷ 3,000,000（円）" in out
    assert "合計した指標: 1-1-1 催しの事業費、1-1-2 補助金" in out
    assert "執行率: なし: 予算額 200,000、決算額 －（円）" in pdca("explain", "1-2", "2024")[1]
    assert "投入指標は、その年度の予算額との割合だけを出し、評価はしません" in pdca("explain", "events-cost", "2024")[1]


# -- indicators as published ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "wanted"),
    [
        ("population", {"kind": "context", "met": None, "met_unknown": "not_rated", "actual": 32500, "rate": None}),
        ("empty-shops", {"method": "inverse", "target": 8, "actual": 10, "rate": "80.0", "met": False}),
        (
            "footfall",
            {"target": None, "target_text": "維持", "target_at_least": 500, "target_at_most": None, "rate": "96.0"}
            | {"met": False, "also_at": ["1-2-1"]},
        ),
        ("vacancy", {"target_text": None, "target_at_least": 5, "target_at_most": 10, "rate": None, "met": True}),
        ("rent", {"direction": "none", "rate": None, "met": None, "met_unknown": "no_direction"}),
        ("lights", {"target": "試行", "actual": "実施", "met": True}),
        ("jobs", {"actual": None, "missing": None, "due": False, "met_unknown": "not_due"}),
        ("events", {"target": 10, "target_year": 2024, "actual": 7, "as_of": "R7.3末", "provisional": True}),
        ("satisfaction", {"headline": True, "family": "visitors", "as_of": "R6.10末", "guide": 46.6666666667}),
        ("visits-cost", {"missing": "集計中", "due": True, "met_unknown": "not_rated"}),
    ],
)
def test_what_the_review_says_of_an_indicator(as_json, slug, wanted):
    assert of(by_id(as_json("review", "2024")["indicators"])[slug], *wanted) == wanted


def test_the_total_of_the_plan_stands_beside_the_yearly_targets(as_json):
    total = by_id(as_json("review", "2024")["indicators"])["events"]["total"]
    assert total == {"target": 50, "target_year": 2026, "actual": 16, "partial": True, "rate": "32.0"}


def test_figures_from_before_the_plan_are_shown_and_not_counted(as_json, pdca):
    found = by_id(as_json("trend")["indicators"])["population"]
    assert found["before_plan"] == [{"fiscal_year": 2019, "value": 33000}, {"fiscal_year": 2021, "value": 32800}]
    assert [year["fiscal_year"] for year in found["years"]] == [2022, 2023, 2024]
    assert by_id(as_json("review", "2022")["indicators"])["population"]["previous"] == 32800
    assert "計画が始まる前の年度は計画書にある値で、集計には使いません。" in pdca("trend", "population")[1]
    rows = list(csv.DictReader(io.StringIO(pdca("trend", "population", "-f", "csv")[1], newline="")))
    assert [(row["年度"], row["値"]) for row in rows] == [
        *(("2019", "33000"), ("2021", "32800"), ("2022", ""), ("2023", ""), ("2024", "32500")),
    ]
    description = pdca("review", "2024", "-f", "html", "--charts", "all")[1]
    assert "令和元年度（2019年度） 33,000人" in description


def test_a_year_without_a_survey_is_not_asked_for(as_json, pdca):
    assert "jobs" not in as_json("status", "--year", "2024")["indicators_without_value"]
    office = as_json("review", "2023")["office"]
    assert [one["at"] for one in office if one["kind"] == "no_figure" and "新たな雇用" in one["message"]] == ["1-2-1"]
    office = as_json("review", "2024")["office"]
    assert not [one for one in office if one["kind"] == "no_figure" and "新たな雇用" in one["message"]]
    assert "新たな雇用 調査年度外" in pdca("review", "2024", "-f", "text")[1].replace("\n", " ")
    assert "調査のない年度です" in pdca("explain", "jobs", "2024")[1]


def test_the_plan_says_what_its_indicators_have(as_json, pdca):
    policy = as_json("plan")["policies"][0]
    measure = policy["measures"][0]
    events = by_id(measure["initiatives"][0]["indicators"])["events"]
    assert (events["targets"], events["total"]) == ({"every_year": 10}, {"2026": 50})
    shown = by_id(measure["initiatives"][1]["indicators"])
    assert shown["footfall"]["targets"] == {"2024": {"text": "維持", "at_least": 500}, "2025": {"text": "増加"}}
    assert shown["vacancy"]["targets"] == {"2024": {"at_least": 5, "at_most": 10}}
    assert measure["indicators"][0]["every"] == 2
    assert measure["indicators"][0]["history"] == {"2018": 38.5}
    jobs = by_id(policy["measures"][1]["initiatives"][0]["indicators"])["jobs"]
    assert jobs["surveyed"] == [2023, 2025]
    assert policy["measures"][1]["initiatives"][0]["relisted_indicators"] == ["footfall"]
    out = pdca("plan")[1]
    assert "毎年度: 10" in out
    assert "維持（500以上）" in out
    assert "歩行者通行量（再掲 → 1-1-2）" in out


def test_an_indicator_listed_again_is_shown_there_and_counted_once(as_json, pdca):
    whole = as_json("review", "2024")
    assert [row["id"] for row in whole["indicators"]].count("footfall") == 1
    part = as_json("review", "2024", "--measure", "1-2")
    assert "footfall" not in by_id(part["indicators"])
    line = "歩行者通行量 480人 96.0% (480/500) 実績÷目標（再掲 → 1-1-2）"
    assert line in pdca("review", "2024", "-f", "markdown", "--measure", "1-2")[1]


@pytest.mark.parametrize(
    ("subject", "lines"),
    [
        ("vacancy", ["目標が割り算のできる数値ではありません", "実績 7.5% は目標「5%～10%」に当てはまります"]),
        ("footfall", ["維持（500人以上）", "実績 480人 は目標「維持（500人以上）」に当てはまりません"]),
        ("rent", ["見守るだけの指標で、増減のどちらがよいとも決めていません"]),
        ("empty-shops", ["目標値÷実績値 = 8 ÷ 10"]),
        ("population", ["計画を取り巻く状況を示す参考の指標で、評価はしません"]),
    ],
)
def test_how_a_judgement_came_about_is_explained(pdca, subject, lines):
    out = "".join(line.strip() for line in pdca("explain", subject, "2024")[1].splitlines())
    for line in lines:
        assert line.replace(" ", "") in out.replace(" ", "")


def test_words_alone_are_explained_as_no_judgement(pdca):
    pdca("actual", "footfall", "510", "--year", "2025", "--force")
    out = pdca("explain", "footfall", "2025")[1].replace("\n", "").replace(" ", "")
    assert "目標「増加」に、判定のもとになる数値がありません" in out


# -- recording --------------------------------------------------------------------------------


def test_a_first_figure_is_recorded_with_its_time_and_ends_with_the_next(pdca, as_json):
    code, out, _ = pdca("actual", "footfall", "520", "--year", "2023", "--provisional", "--as-of", "R6.3末")
    assert code == 0
    assert "速報" in out
    assert "R6.3末" in out
    (entry,) = [one["id"] for one in as_json("list", "--year", "2023")["entries"] if one["target"] == "1-1-2"]
    code, out, _ = pdca("actual", "--supersedes", entry, "--source", "調査票", "--reason", "出典を追加")
    assert code == 0
    found = by_id(as_json("review", "2023")["indicators"])["footfall"]
    assert of(found, "provisional", "as_of") == {"provisional": True, "as_of": "R6.3末"}
    found = as_json("list", "--year", "2023")["entries"]
    (newest,) = [one["id"] for one in found if one["target"] == "1-1-2" and one["in_force"]]
    code, out, _ = pdca("actual", "--supersedes", newest, "footfall", "515", "--year", "2023", "--reason", "確定")
    assert code == 0
    found = by_id(as_json("review", "2023")["indicators"])["footfall"]
    assert of(found, "actual", "provisional", "as_of") == {"actual": 515, "provisional": False, "as_of": None}


def test_marks_of_a_figure_stand_behind_it(pdca):
    out = pdca("review", "2024", "-f", "markdown")[1]
    assert "7（速報）（R7.3末）" in out
    assert "45.5（R6.10末）" in out


# -- closed years -----------------------------------------------------------------------------

OUTPUT = "kind: output, direction: increase, method: ratio, aggregate: sum, adopted: true"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("targets: {every_year: 10}", "targets: {every_year: 12}", "令和6年度の目標値"),
        ("{text: 維持, at_least: 500}", "{text: 維持, at_least: 450}", "維持（500人以上）"),
        ("total: {2026: 50}", "total: {2026: 60}", "計画全体の目標値"),
        ("surveyed: [2023, 2025]", "surveyed: [2024]", "調査年度"),
        ("kind: input, targets: {2023: 1500", f"{OUTPUT}, targets: {{2023: 1500", "種別 input → なし"),
    ],
)
def test_what_a_closed_year_was_judged_by_is_sealed(pdca, town, git, before, after, said):
    git(town, "init", "--quiet")
    assert pdca("close", "2024", "--allow-incomplete")[0] == 0
    plan = town / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    assert before in text
    plan.write_text(text.replace(before, after), encoding="utf-8")
    code, out, err = pdca("validate")
    assert code == 1
    assert "E504" in out + err
    assert said in (out + err).replace("\n", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("history: {2018: 38.5}", "history: {2018: 38.6}"),
        ("headline: true", "headline: false"),
        ("family: visitors", "family: employees"),
        ("relisted_indicators: [footfall]", "relisted_indicators: [vacancy]"),
    ],
)
def test_what_no_figure_rests_on_is_free(pdca, town, git, before, after):
    git(town, "init", "--quiet")
    assert pdca("close", "2024", "--allow-incomplete")[0] == 0
    plan = town / "plan" / "measures.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert pdca("validate")[0] == 0


# -- what tells of changes ------------------------------------------------------------------------


@pytest.fixture
def review_of(make_desk, town):
    return make_review(make_desk(town, now=NOW), 2024)


def test_money_alone_moves_no_count_of_indicators_met(review_of):
    moved = {thing for kind, thing in contributions(review_of, str) if kind == "indicator"}
    assert "events" in moved
    assert "events-cost" not in moved


def test_a_digest_holds_a_target_in_words(make_desk, town):
    plan = make_desk(town, now=NOW).plan
    before = plan_digest(plan, 2024)
    path = town / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{text: 維持, at_least: 500}", "{text: 維持, at_least: 501}"), encoding="utf-8")
    assert plan_digest(make_desk(town, now=NOW).plan, 2024) != before


def test_a_change_of_a_target_in_words_and_of_every_year_s_is_told(make_desk, town):
    old = make_desk(town, now=NOW).plan.file
    path = town / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("{text: 維持, at_least: 500}", "{text: 維持, at_least: 501}")
    path.write_text(text.replace("{every_year: 10}", "{every_year: 12}"), encoding="utf-8")
    found = plan_differences(old, make_desk(town, now=NOW).plan.file)
    words = "{what}: {old} → {new}"
    said = [message(words, what=x.fact.what, old=x.before or "", new=x.after or "").text(str) for x in found]
    assert sum("(every year): 10 → 12" in line for line in said) == 1
    assert sum("at least 500" in line and "at least 501" in line for line in said) == 1
    assert len(said) == 2
