# mypy: allow-untyped-calls
"""``pdca review 2022-2026`` as a person types it: which years, which formats, what is refused."""

import csv
import json
import re
from io import StringIO

import pytest

pytestmark = pytest.mark.slow

ENTRY = """schema: 1
id: {id}
kind: {kind}
target: 1-1-2-1
fiscal_year: {year}
date: {date}
by: 産業課
recorded: {date}T09:00:00+09:00
{more}
"""


@pytest.fixture(autouse=True)
def recorded(workspace):
    """Record three years of visits and their ratings."""
    for year, visits, rating in ((2022, 40, "C"), (2023, 45, "B"), (2024, 60, "A")):
        folder = workspace / "records" / str(year) / "1-1-2-1"
        folder.mkdir(parents=True, exist_ok=True)
        for kind, date, more in (
            ("actual", f"{year + 1}-04-10", f"values: {{company-visits: {visits}}}"),
            ("evaluation", f"{year + 1}-05-10", f"rating: {rating}"),
        ):
            name = f"{date}-aaaaaa"
            text = ENTRY.format(id=name, kind=kind, year=year, date=date, more=more)
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "typed",
    [
        "2022-2024",
        "R4-R6",
        "R4-6",
        "令和4〜6年度",
        "令和４年度～令和６年度",
        "2022−2024",
        "2022ー24",
        "2022から2024まで",
        "4-6",
    ],
)
def test_years_are_understood_however_they_are_written(pdca, typed):
    result = pdca("review", typed, "-f", "json")
    told = json.loads(result.out)
    assert (result.code, told["schema"]) == (0, "pdca.years/1")
    assert (told["from"], told["to"]) == (2022, 2024)
    (visits,) = [one for one in told["initiatives"] if one["id"] == "1-1-2-1"]
    assert visits["ratings"] == {"2022": "C", "2023": "B", "2024": "A"}
    (one,) = [one for one in told["indicators"] if one["id"] == "company-visits"]
    assert [(year["fiscal_year"], year["actual"], year["met"]) for year in one["years"]] == [
        (2022, 40, None),
        (2023, 45, None),
        (2024, 60, True),
    ]


def test_the_option_takes_years_as_well(pdca):
    assert pdca("review", "--year", "2022-2024", "-f", "json").out == pdca("review", "2022-2024", "-f", "json").out


def test_the_screen_shows_ratings_and_figures_by_year(pdca, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    result = pdca("review", "2022-2024")
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert (result.code, result.err) == (0, "")
    assert lines[0] == "瑞穂町工業振興計画: review of FY2022 to FY2024"
    assert "1-1②-1 企業訪問活動の実施 C B ↑ A ↑" in lines
    assert "1-1②-1 企業訪問件数 (draft) 件 Actual 40 45 60" in lines


def test_one_year_twice_is_that_year(pdca):
    assert pdca("review", "2024-2024", "-f", "json").out == pdca("review", "2024", "-f", "json").out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2024-2022", '"2024-2022" ends before it begins\n  Remedy: Write the earlier year first: 2022-2024'),
        ("2020-2024", "FY2020 is outside the plan's period"),
        ("2024-2044", "FY2044 is outside the plan's period"),
        ("2022-2024-2026", '"2022-2024-2026" is not a fiscal year'),
        ("2022-", '"2022-" is not a fiscal year'),
        ("2022-9", '"2022-9" is not a fiscal year'),
    ],
)
def test_what_are_no_years_of_the_plan_is_refused(pdca, typed, said):
    result = pdca("review", typed)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_charts_belong_to_one_year(pdca, tmp_path):
    result = pdca("review", "2022-2024", "--charts", "all", "-o", str(tmp_path / "a.pdf"))
    assert result.code == 2
    assert "several years have no charts" in result.err
    assert not list(tmp_path.glob("a.pdf"))


@pytest.mark.usefixtures("repository")
def test_years_as_they_stood(pdca, git, workspace):
    (workspace / "records" / "2024" / "1-1-2-1" / "2025-05-10-aaaaaa.yaml").unlink()
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "later")

    def rating(*more):
        told = json.loads(pdca("review", "2022-2024", "-f", "json", *more).out)
        return next(one["ratings"]["2024"] for one in told["initiatives"] if one["id"] == "1-1-2-1")

    assert (rating("--as-of", "HEAD~1"), rating()) == ("A", None)


def test_faulty_records_are_told_and_left_out(pdca, workspace):
    path = workspace / "records" / "2023" / "1-1-2-1" / "2024-05-10-aaaaaa.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("target: 1-1-2-1", "target: 9-9-9-9"), encoding="utf-8")
    result = pdca("review", "2022-2024", "-f", "json")
    told = json.loads(result.out)
    assert result.code == 1
    assert {one["code"] for one in told["problems"]} == {"E202", "E211"}
    assert "2024-05-10-aaaaaa" in result.err


def test_a_data_file_has_one_table(pdca):
    (first, *_) = csv.DictReader(StringIO(pdca("review", "2022-2024", "-f", "csv").out.removeprefix("\ufeff")))
    assert first["2022"] == "not reported"
    rows = list(csv.DictReader(StringIO(pdca("review", "2022-2024", "-f", "csv", "--paper", "rates").out)))
    assert {row["Rate"] for row in rows} >= {"Implementation rate", "Completion rate", "Targets met"}
    wrong = pdca("review", "2022-2024", "-f", "csv", "--paper", "summary")
    assert wrong.code == 2
    names = re.findall(r"(\w+) \(", wrong.err)
    assert names == ["rates", "counts", "texts", "ratings", "rated", "indicators", "opinions"]


@pytest.mark.parametrize(
    ("paper", "title"), [("rates", "実施率・達成率などの推移"), ("rated", "施策等・指標・ほかの評価者の評価の推移")]
)
def test_a_data_file_is_named_by_its_printed_title_as_well(pdca, monkeypatch, paper, title):
    monkeypatch.setenv("PDCA_LANG", "ja")
    named, titled = (pdca("review", "2022-2024", "-f", "csv", "--paper", one) for one in (paper, title))
    assert (titled.code, titled.raw) == (0, named.raw)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "html", "pdf", "docx", "md", "txt"])
def test_every_format_makes_a_file_and_the_same_twice(pdca, tmp_path, ending):
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    for path in (first, second):
        assert pdca("review", "2022-2024", "--policy", "1", "-o", str(path)).code == 0
    assert first.read_bytes() == second.read_bytes()
    assert len(first.read_bytes()) > 1000
