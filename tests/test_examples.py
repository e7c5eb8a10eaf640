# mypy: allow-untyped-calls
"""The published tables under ``examples/`` are whole workspaces, and their papers say what was published."""

import json
import shutil
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.cli.main import main
from mizuho_pdca.storage.yaml.reading import parse
from scripts.readme_help import ROOT

NOW = datetime(2025, 10, 15, 14, 0, tzinfo=timezone(timedelta(hours=9)))
EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_dir())
YEARS = {
    "ishinomaki": 2017,
    "izumiotsu": 2015,
    "matsudo": 2017,
    "mizuho": 2024,
    "okinawa": 2013,
    "tottori": 2021,
    "wako": 2015,
}


@pytest.fixture
def pdca(capsysbinary, monkeypatch, make_desk):
    """Run ``pdca`` in Japanese in an example's folder; return what it printed."""
    monkeypatch.setenv("PDCA_LANG", "ja")
    monkeypatch.setenv("COLUMNS", "240")

    def run(name, *arguments):
        code = main(arguments, lambda _: make_desk(ROOT / "examples" / name, now=NOW))
        out, err = capsysbinary.readouterr()
        assert code == 0, err.decode()
        return out.decode()

    return run


def test_every_example_has_its_year_and_its_source():
    assert list(YEARS) == EXAMPLES
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert [name for name in EXAMPLES if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_no_fault(pdca, name):
    assert "誤りはありません" in pdca(name, "validate")


def test_a_strategy_counts_its_indicators(pdca):
    made = json.loads(pdca("matsudo", "review", "2017", "-f", "json"))
    assert made["initiatives"] == []
    assert made["summary"]["total"]["met"] == {"met": 0, "near": 0, "not_met": 0, "unknown": 5}
    births = next(row for row in made["indicators"] if row["id"] == "births")
    assert (births["actual"], births["previous"], births["target"], births["rate"]) == (3679, 3782, 4107, "89.6")
    assert [one["actual"] for one in births["history"]] == [3975, 3782, 3679]
    text = pdca("matsudo", "review", "2017", "-f", "text")
    assert "2017年" in text
    assert "取組" not in text


def test_a_schedule_stands_beside_what_was_done_and_how_it_was_rated(pdca):
    made = json.loads(pdca("tottori", "review", "2021", "-f", "json"))
    first, *others = made["initiatives"]
    assert (first["schedule"], first["rating"], first["tags"]) == (
        "環境配慮指針の対象事業で、環境配慮指数を98.8%にする", "◎", ["SDG9", "SDG11"],
    )  # fmt: skip
    assert [row["rating"] for row in others] == ["○", "○"]
    assert [(row["tag"], row["distinct"], row["met_share"]["percent"]) for row in made["summary"]["tags"]] == [
        ("SDG9", 1, "100.0"), ("SDG11", 2, "100.0"),
    ]  # fmt: skip
    text = pdca("tottori", "review", "2021", "-f", "text")
    assert text.index("当年度の計画") < text.index("当年度に行ったこと")
    assert len(json.loads(pdca("tottori", "review", "2021", "--tag", "sdg９", "-f", "json"))["initiatives"]) == 1


def test_a_target_in_words_is_printed_and_never_judged(pdca):
    (row,) = json.loads(pdca("tottori", "review", "2020", "-f", "json"))["indicators"]
    assert (row["target_text"], row["met"], row["met_unknown"]) == ("全て達成する", None, "worded")


@pytest.mark.parametrize(
    ("year", "budget", "spent", "percent"),
    [(2012, 196828, 69661, "35.4"), (2013, 67473 + 127106, 67473 + 127106, "100.0"), (2014, 88744, 88744, "100.0")],
)
def test_money_is_summed_with_what_was_carried_over(pdca, year, budget, spent, percent):
    total = json.loads(pdca("okinawa", "review", str(year), "-f", "json"))["summary"]["total"]
    assert (total["budget"], total["spent"], total["money_unit"]) == (budget, spent, "千円")
    assert total["execution"]["percent"] == percent


def test_a_measure_is_rated_as_a_whole_and_its_survey_is_not_due(pdca):
    now = json.loads(pdca("izumiotsu", "status", "--year", "2019", "-f", "json"))
    assert (now["counted"], now["counted_rate"]["numerator"], now["counted_rate"]["denominator"]) == ("rated", 0, 2)
    made = json.loads(pdca("izumiotsu", "review", "2015", "-f", "json"))
    rated = {row["id"]: row["rating"] for row in made["ratings"]}
    assert rated == {"1-1": "C", "6-1": None}
    rows = {row["id"]: row for row in made["indicators"]}
    assert [(rows[at]["due"], rows[at]["baseline"]) for at in ("lively", "local-buying")] == [
        (False, 51.8),
        (False, 80.4),
    ]
    assert (rows["staff"]["actual"], rows["staff"]["previous"], rows["staff"]["met"]) == (14233, 12111, None)
    assert made["summary"]["total"]["spent"] == 25739
    assert made["summary"]["total"]["met"] == {"met": 3, "near": 0, "not_met": 0, "unknown": 2}


def test_an_indicator_is_rated_itself(pdca):
    made = json.loads(pdca("ishinomaki", "review", "2017", "-f", "json"))
    row = next(row for row in made["indicators"] if row["id"] == "plots")
    assert (row["rating"], row["target"], row["actual"], row["rate"], row["met"]) == ("A", 98.4, 100, "101.6", True)
    assert [one["actual"] for one in row["history"]] == [53.4, 92.5, 100]
    assert made["initiatives"][0]["rating"] is None


def test_the_office_and_the_council_rate_side_by_side(pdca):
    made = json.loads(pdca("wako", "review", "2015", "-f", "json"))
    rows = {row["id"]: row for row in made["initiatives"]}
    found = [(one["evaluator"], one["rating"]) for one in rows["2-1-1"]["evaluations"]]
    assert found == [("self", "3"), ("council", "effective")]
    assert [one["evaluator"] for one in rows["1-1-1"]["evaluations"]] == ["self"]
    assert made["summary"]["total"]["spent"] == 8731241
    assert [one["meeting"] for one in made["opinions"]] == ["2016-07-21"] * 2
    assert made["sample"] is True


def test_the_sample_of_money_and_two_evaluators_has_the_adopted_plan_beneath(pdca):
    own, shown = (read(ROOT / at / "plan" / "measures.yaml") for at in (".", "examples/mizuho"))
    assert shown["scheme"].pop("evaluators") == [
        {"code": "self", "name": "自己評価"},
        {"code": "council", "name": "外部評価"},
    ]
    assert without_money(shown) == own
    made = json.loads(pdca("mizuho", "review", "2024", "-f", "json"))
    total = made["summary"]["total"]
    assert (made["sample"], total["budget"], total["spent"], total["execution"]["percent"]) == (
        True,
        1980,
        1870,
        "94.4",
    )
    rows = {row["id"]: row["evaluations"] for row in made["initiatives"]}
    assert [(one["evaluator"], one["rating"]) for one in rows["1-1-2-1"]] == [("self", "A"), ("council", "B")]
    entries = sorted((ROOT / "examples" / "mizuho" / "records").rglob("*.yaml"))
    assert [path.name for path in entries if not read(path)["sample"]] == []
    assert len(entries) == 9


def read(path):
    """Return the data of a YAML file."""
    return json.loads(json.dumps(parse(path.read_bytes()), default=str))


def without_money(data):
    """Return a plan without its indicators of what is put in."""
    if isinstance(data, dict):
        return {key: without_money(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_money(one) for one in data if not (isinstance(one, dict) and one.get("kind") == "input")]
    return data


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_papers_of_an_example_are_made(pdca, tmp_path, name, monkeypatch):
    town = shutil.copytree(ROOT / "examples" / name, tmp_path / name)
    monkeypatch.chdir(town)
    pdca(name, "packet", str(YEARS[name]), "-o", str(tmp_path / "packet"))
    found = {path.suffix for path in (tmp_path / "packet").iterdir()}
    assert {".pdf", ".xlsx", ".csv", ".json"} <= found
