# mypy: allow-untyped-calls
"""A plan that was revised half way: earlier years keep their papers, later years show the new state."""

import json
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from mizuho_pdca.cli.main import main

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent / "data" / "revised-plan"
NOW = datetime(2028, 6, 15, 14, 0, tzinfo=timezone(timedelta(hours=9)))
BEFORE = (DATA / "before.yaml").read_bytes()
AFTER = (DATA / "plan" / "measures.yaml").read_bytes()


@pytest.fixture
def make_town(tmp_path):
    """Make a workspace of a plan's text, with the records of the fiscal years up to one."""

    def make(plan, until=2026):
        root = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        for year in range(2023, until + 1):
            shutil.copytree(DATA / "records" / str(year), root / "records" / str(year))
        (root / "plan").mkdir()
        (root / "plan" / "measures.yaml").write_bytes(plan)
        return root

    return make


@pytest.fixture
def run(capsysbinary, monkeypatch, make_desk):
    """Run ``pdca`` in English in a workspace in June 2028; return code, output and errors."""
    monkeypatch.setenv("PDCA_LANG", "en")
    monkeypatch.setenv("PDCA_BY", "商工課")
    monkeypatch.setenv("COLUMNS", "200")

    def pdca(root, *arguments, now=NOW):
        capsysbinary.readouterr()
        code = main(arguments, lambda _: make_desk(root, now=now))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return pdca


@pytest.fixture
def review(run, make_town):
    """Return the review of a year by the revised plan, as JSON data."""
    root = make_town(AFTER)
    return lambda year: json.loads(run(root, "review", str(year), "-f", "json")[1])


def by_id(rows):
    return {row["id"]: row for row in rows}


# -- earlier years ----------------------------------------------------------------------------

FORMATS = [
    ("-f", "json"),
    ("-f", "text"),
    ("-f", "markdown"),
    ("-f", "csv"),
    ("-f", "csv", "--paper", "summary"),
    ("-f", "csv", "--paper", "indicators"),
    (),
]


@pytest.mark.parametrize("form", FORMATS, ids=" ".join)
@pytest.mark.parametrize("year", ["2022", "2023", "2024"])
def test_a_year_before_the_revision_has_the_same_bytes_after_it(run, make_town, year, form):
    before = run(make_town(BEFORE, 2024), "review", year, *form)
    assert before[0] == 0
    assert run(make_town(AFTER, 2024), "review", year, *form) == before


@pytest.mark.parametrize("form", FORMATS, ids=" ".join)
def test_not_even_what_was_recorded_after_the_revision_changes_them(run, make_town, form):
    before = run(make_town(BEFORE, 2024), "review", "2024", *form)
    assert run(make_town(AFTER), "review", "2024", *form) == before


def test_a_year_that_was_closed_before_the_revision_stays_whole(run, make_town):
    root = make_town(BEFORE, 2024)
    closed = run(
        root, "close", "2024", "--meeting", "2025-08-21", "--allow-incomplete", now=NOW.replace(year=2025, month=9)
    )
    assert (closed[0], closed[2]) == (0, "")
    (root / "plan" / "measures.yaml").write_bytes(AFTER)
    assert run(root, "validate")[0] == 0


def test_the_status_of_an_earlier_year_is_that_of_then(run, make_town):
    before = run(make_town(BEFORE, 2024), "status", "--year", "2024", "-f", "json")
    assert run(make_town(AFTER), "status", "--year", "2024", "-f", "json") == before


# -- later years ------------------------------------------------------------------------------


def test_the_revised_plan_and_all_its_records_are_fine(run, make_town):
    code, out, err = run(make_town(AFTER), "validate")
    assert (code, err) == (0, "")
    assert "No problems" in out


def test_what_was_retired_is_gone_and_what_was_added_is_there(review):
    before, after = (by_id(review(year)["initiatives"]) for year in (2024, 2025))
    assert set(before) - set(after) == {"1-1-1-2", "1-2-1-1", "1-2-1-2", "2-1-1-2"}
    assert set(after) - set(before) == {"1-1-1-4", "1-2-1-3"}
    assert (after["1-1-1-4"]["rating_suggested"], after["1-1-1-4"]["entries"]) == ("S", 1)


def test_a_relisting_of_what_was_retired_vanishes_with_it_and_another_stays(review):
    after = by_id(review(2025)["initiatives"])
    assert "2-1-1-2" not in after
    assert (after["2-1-1-3"]["relisted_from"], after["2-1-1-3"]["rating"]) == ("1-1-1-3", "S")
    total = review(2025)["summary"]["total"]
    assert (total["listed"], total["relisted"], total["distinct"]) == (6, 1, 5)
    total = review(2024)["summary"]["total"]
    assert (total["listed"], total["relisted"], total["distinct"]) == (8, 2, 6)


def test_a_relabelled_initiative_keeps_its_id_and_prints_its_new_number(review):
    assert [by_id(review(year)["initiatives"])["1-1-1-3"]["number"] for year in (2024, 2025, 2026)] == [
        "1-1①-3",
        "1-1①-2",
        "1-1①-2",
    ]


def test_a_revised_target_holds_from_its_year_on(review):
    targets = {year: by_id(review(year)["indicators"])["company-visits"] for year in (2023, 2024, 2025, 2026)}
    assert {year: (row["target"], row["target_year"]) for year, row in targets.items()} == {
        2023: (60, 2024),
        2024: (60, 2024),
        2025: (80, 2025),
        2026: (160, 2031),
    }
    assert (targets[2024]["rate"], targets[2025]["rate"]) == ("86.7", "90.0")
    assert targets[2025]["previous"] == 52
    assert "online-meetings" not in by_id(review(2024)["indicators"])
    assert "exhibitions" not in by_id(review(2025)["indicators"])


def test_the_scale_is_the_new_one_from_its_year_on(review):
    assert list(review(2024)["summary"]["total"]["rating"]) == ["A", "B", "C", "D", "Y", "Z"]
    assert review(2025)["summary"]["total"]["rating"] == {"S": 1, "A": 2, "B": 0, "C": 0, "Z": 0}
    market = by_id(review(2025)["initiatives"])["1-1-1-3"]
    assert (market["previous_rating"], market["rating"]) == ("D", "S")


def test_last_years_rating_is_printed_as_it_was_given(run, make_town):
    text = run(make_town(AFTER), "review", "2025", "-f", "text")[1]
    assert "D → S" in text
    assert "B → A" in text


def test_the_legend_explains_the_scale_of_the_year(run, make_town):
    root = make_town(AFTER)
    assert "D 大きな遅れ" in run(root, "review", "2024", "-f", "text")[1]
    assert "S 目標超過" in run(root, "review", "2025", "-f", "text")[1]


# -- recording --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("log", "1-1-1-2", "-m", "x", "-d", "2025-06-01"), "E212"),
        (("log", "1-2-1-1", "-m", "x", "-d", "2025-04-01"), "E212"),
        (("log", "1-2-1-3", "-m", "x", "-d", "2025-03-31"), "E212"),
        (("log", "2-1-1-2", "-m", "x", "-d", "2026-06-01"), "E212"),
        (("evaluate", "1-1-1-2", "--year", "2025", "--rating", "A"), "E212"),
        (("evaluate", "1-1-1-1", "--year", "2025", "--rating", "D"), "E205"),
        (("evaluate", "1-1-1-1", "--year", "2024", "--rating", "S"), "E205"),
    ],
)
def test_what_the_plan_of_that_year_does_not_know_is_refused(run, make_town, arguments, code):
    result, out, err = run(make_town(AFTER), *arguments)
    assert (result, out) == (2, "")
    assert f"[{code}]" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "1-1-1-2", "-m", "x", "-d", "2025-03-31"),
        ("log", "1-2-1-3", "-m", "x", "-d", "2025-04-01"),
        ("evaluate", "1-1-1-1", "--year", "2025", "--rating", "目標超過"),
        ("evaluate", "1-2-1-2", "--year", "2024", "--rating", "中止"),
    ],
)
def test_what_it_knows_is_recorded(run, make_town, arguments):
    root = make_town(AFTER)
    assert run(root, *arguments)[::2] == (0, "")
    assert run(root, "validate")[0] == 0


def test_an_entry_of_a_retired_initiative_is_a_problem_with_its_line(run, make_town):
    root = make_town(AFTER)
    (old,) = [
        path for path in root.glob("records/2024/1-1-1-2/*.yaml") if "activity" in path.read_text(encoding="utf-8")
    ]
    text = (
        old.read_text(encoding="utf-8")
        .replace(old.stem, "2025-06-02-abcdef")
        .replace("date: 2024-10-03", "date: 2025-06-02")
    )
    path = root / "records" / "2025" / "1-1-1-2" / "2025-06-02-abcdef.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    code, out, _ = run(root, "validate", "-f", "json")
    assert code == 1
    (problem,) = json.loads(out)["problems"]
    assert (problem["code"], problem["file"]) == ("E212", path.relative_to(root).as_posix())
    assert (problem["line"], problem["column"]) == (5, 7)
    assert "FY2024" in problem["message"]


# -- the plan ---------------------------------------------------------------------------------


def test_the_plan_lists_its_revisions_with_the_decision_and_what_changed(run, make_town):
    out = run(make_town(AFTER), "plan", "-f", "markdown")[1]
    (row,) = [line for line in out.split("\n") if "見本町告示第3号" in line]
    assert all(word in row for word in ("FY2025", "2025-03-25", "オンライン商談会を加えた"))
    assert "Revisions" in out


def test_the_whole_plan_says_from_when_and_until_when_its_parts_hold(run, make_town):
    out = run(make_town(AFTER), "plan", "-f", "text")[1]
    assert all(
        words in out
        for words in (
            "展示会への出展 (until FY2024)",
            "創業相談 (until FY2024) (went on as 1-2①-3)",
            "創業の一貫支援 (from FY2025)",
        )
    )


def test_the_plan_of_a_year_is_the_plan_as_it_was(run, make_town):
    before, after = make_town(BEFORE), make_town(AFTER)
    for form in ("text", "json"):
        assert run(after, "plan", "--year", "2024", "-f", form) == run(before, "plan", "--year", "2024", "-f", form)
    out = run(after, "plan", "--year", "2025", "-f", "text")[1]
    assert "Revisions" in out
    assert "1-1①-2" in out
    assert "商談会の開催 (relisted → 1-1①-2)" in out
    assert "展示会への出展" not in out.partition("Revisions")[0]
    assert "2025: 80" in out
    assert "2024: 60" in out


def test_a_part_that_a_year_does_not_have_is_not_found(run, make_town):
    assert run(make_town(AFTER), "plan", "1-1-1-4", "--year", "2024")[0] == 2
    assert run(make_town(AFTER), "plan", "1-1-1-4", "--year", "2025")[0] == 0
