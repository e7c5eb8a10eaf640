"""``pdca explain`` and ``pdca trend`` as a person or a script uses them."""

import csv
import json
import re
from io import StringIO

import pytest

ENTRY = """schema: 1
id: {id}
kind: {kind}
target: {target}
date: {date}
by: 産業課
recorded: {date}T09:00:00+09:00
{more}
"""


@pytest.fixture
def record(workspace):
    """Write an entry's file, without the checks of a command."""

    def write(name, kind, target, more, year=2024):
        folder = workspace / "records" / str(year) / target
        folder.mkdir(parents=True, exist_ok=True)
        text = ENTRY.format(id=name, kind=kind, target=target, date=name[:10], more=more)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def visited(record):
    """Record two years of visits with a correction and two evaluations."""
    record("2023-06-12-aaaaaa", "activity", "1-1-2-1", "summary: 訪問\nvalues: {company-visits: 40}", 2023)
    record("2024-05-10-aaaaaa", "evaluation", "1-1-2-1", "fiscal_year: 2023\nrating: C", 2023)
    record(
        "2024-06-12-aaaaaa", "activity", "1-1-2-1", "status: in_progress\nsummary: 訪問\nvalues: {company-visits: 28}"
    )
    record(
        "2024-07-01-aaaaaa",
        "activity",
        "1-1-2-1",
        "status: done\nsummary: 訪問\nvalues: {company-visits: 48}\nsupersedes: 2024-06-12-aaaaaa\nreason: 書き誤り",
    )
    record("2025-05-10-aaaaaa", "evaluation", "1-1-2-1", "fiscal_year: 2024\nrating: B")


# -- explain ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("visited")
def test_an_explanation_on_a_screen_of_80_columns(pdca, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", "80")
    result = pdca("explain", "company-visits", "2024")
    assert result.code == 0
    assert all(columns(line) <= 80 for line in result.out.splitlines())
    assert (
        result.out
        == """\
瑞穂町工業振興計画: how the figures of FY2024 came about

1-1②-1 企業訪問件数 (draft) (company-visits)

1.  How it is measured: output; direction of change: increase; achievement:
    actual / target; value of a year: sum of the year

2.  Entries used: 1 entries
    ・2024-07-01-aaaaaa  2024-07-01  産業課  48件

3.  Entries of the year that are not used: 1 entries
    ・2024-06-12-aaaaaa  2024-06-12  産業課  28件
        → superseded by 2024-07-01-aaaaaa: 書き誤り

4.  Entries of other years, not used: 1 entries
    ・2023-06-12-aaaaaa  2023-06-12  産業課  40件  → belongs to FY2023

5.  Value of the year: 48件 (sum of the year)
    ・April to September: 48件

6.  Target: 60件, given for FY2024 itself
    ・All targets: 2024: 60, 2031: 120

7.  Guide: none: FY2024 has a target of its own

8.  Achievement: actual / target = 48 / 60 = 48/60 = 4/5 = 80%, rounded half up:
    80.0%

9.  Met: not met: 48件 is below the target 60件

10. Pace: none: there is no guide

11. Suggested rating: B: not met, so by the achievement as printed, 80.0%, which
    is at least 80% and less than 100%

※ (draft): a reference indicator that has not been adopted; its targets are
  drafts as well.
"""
    )


@pytest.mark.usefixtures("visited")
@pytest.mark.parametrize("what", ["1-1-2-1", "1-1②-1", "１－１②－１", "企業訪問活動の実施"])
def test_an_initiative_by_any_spelling(pdca, what):
    out = pdca("explain", what, "R6").out
    assert "1-1②-1 企業訪問活動の実施\n" in out
    assert "4.  Status: 実施済（当年度分）: from 2024-07-01-aaaaaa, the last of 1 activities" in out


@pytest.mark.usefixtures("visited")
@pytest.mark.parametrize("what", ["全体", "plan", "total"])
def test_the_whole_plan(pdca, what):
    out = pdca("explain", what, "2024").out
    assert "1.  Listed, relisted, distinct: 36 listed - 6 relisted = 30 distinct\n" in out
    assert "8.  Reporting rate: numerator 1 / denominator 30 = 1/30 = 3.333333…%" in out


@pytest.mark.usefixtures("visited")
def test_numbers_of_initiatives_wrap_below_their_step(pdca, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", "40")
    out = pdca("explain", "1", "2024").out
    assert all(columns(line) <= 40 for line in out.splitlines())
    assert "    ・not reported: 13 initiatives\n        1-1①-1, 1-1①-2, 1-1②-2, 1-2①-1,\n" in out


@pytest.mark.usefixtures("visited")
def test_an_explanation_as_json_is_a_tree_of_steps(pdca):
    result = pdca("explain", "company-visits", "2024", "-f", "json")
    found = json.loads(result.raw)
    steps = {step["key"]: step for step in found["steps"]}
    assert (found["schema"], found["id"], found["indicator"], found["fiscal_year"], found["sample"]) == (
        "pdca.explain/1",
        "1-1-2-1",
        "company-visits",
        2024,
        False,
    )
    assert steps["rate"] == {
        "key": "rate",
        "label": "Achievement",
        "text": "actual / target = 48 / 60 = 48/60 = 4/5 = 80%, rounded half up: 80.0%",
        "value": "80.0",
    }
    assert steps["guide"] == {"key": "guide", "label": "Guide", "text": "none: FY2024 has a target of its own"}
    assert (steps["value"]["value"], steps["met"]["value"], steps["suggestion"]["value"]) == (48, False, "B")
    assert [below["key"] for below in steps["value"]["steps"]] == ["april_to_september"]
    assert steps["not_used"]["entries"] == [
        {
            "id": "2024-06-12-aaaaaa",
            "kind": "activity",
            "target": "1-1-2-1",
            "fiscal_year": 2024,
            "date": "2024-06-12",
            "by": "産業課",
            "text": "28件",
            "used": False,
            "why_not": "superseded by 2024-07-01-aaaaaa: 書き誤り",
        }
    ]
    assert [entry["why_not"] for entry in steps["used"]["entries"]] == [None]


def test_a_part_as_json_names_the_initiatives_of_every_group(pdca, visited):  # noqa: ARG001
    found = json.loads(pdca("explain", "1-1", "2024", "-f", "json").raw)
    steps = {step["key"]: step for step in found["steps"]}
    assert steps["implementation"]["value"] == "25.0"
    assert {below["key"]: below["initiatives"] for below in steps["implementation"]["steps"]} == {
        "numerator": ["1-1-2-1"],
        "denominator": ["1-1-1-1", "1-1-1-2", "1-1-2-1", "1-1-2-2"],
        "not_reported": ["1-1-1-1", "1-1-1-2", "1-1-2-2"],
    }


@pytest.mark.slow
@pytest.mark.usefixtures("visited")
def test_what_is_explained_is_what_the_review_says(pdca):
    review = json.loads(pdca("review", "2024", "-f", "json").raw)
    for row in review["indicators"]:
        found = json.loads(pdca("explain", row["id"], "2024", "-f", "json").raw)
        steps = {step["key"]: step.get("value") for step in found["steps"]}
        keys = {
            "value": "actual",
            "target": "target",
            "guide": "guide",
            "rate": "rate",
            "met": "met",
            "pace": "pace",
            "suggestion": "rating_suggested",
        }
        assert {key: steps[key] for key in keys} == {key: row[name] for key, name in keys.items()}


@pytest.mark.slow
@pytest.mark.usefixtures("visited")
def test_an_explanation_in_a_file(pdca, tmp_path):
    file = tmp_path / "explained.txt"
    assert pdca("explain", "1-1②-1", "2024", "-o", str(file))[:3] == (0, f"{file} was made\n", "")
    assert file.read_text(encoding="utf-8") == pdca("explain", "1-1②-1", "2024", "-o", "-").out
    assert pdca("explain", "1-1②-1", "2024", "-o", str(file)).code == 3


@pytest.mark.slow
def test_sample_entries_are_marked(pdca, record):
    record("2024-06-12-aaaaaa", "activity", "1-1-2-1", "summary: 訪問\nsample: true")
    assert "【SAMPLE: all entries are invented】\n" in pdca("explain", "1", "2024").out
    assert "【SAMPLE: all entries are invented】\n" in pdca("trend", "1", "-f", "text").out
    assert json.loads(pdca("trend", "-f", "json").raw)["sample"] is True


@pytest.mark.parametrize("command", [("explain", "1", "2024"), ("trend", "1")])
def test_faulty_entries_are_named_and_left_out(pdca, record, command):
    record("2024-06-12-aaaaaa", "activity", "1-1-2-1", "summary: 訪問\nstatus: 何か")
    result = pdca(*command)
    assert result.code == 1
    assert "[E204]" in result.err
    assert result.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("explain", "9-9", "2024"), ['there is no "9-9" in the plan']),
        (("explain", "company-visit", "2024"), ['there is no indicator "company-visit"', "company-visits"]),
        (("explain", "1", "1999"), ["FY1999 is outside the plan's period"]),
        (("explain", "1", "年"), ["is not a fiscal year"]),
        (("explain", "2024"), ["ID|INDICATOR is missing"]),
        (("explain", "1", "2024", "-f", "csv"), ['-f "csv" is not one of text, json']),
        (("trend", "9-9"), ['there is no "9-9" in the plan']),
    ],
)
def test_what_can_not_be_explained_is_said(pdca, arguments, words):
    result = pdca(*arguments)
    assert (result.code, result.out) == (2, "")
    assert all(word in result.err for word in words)


@pytest.fixture
def revised(workspace):
    """End one initiative with its indicator after FY2023, let another follow it, and renumber a third."""
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"(?m)^( +)- id: 1-1-2-1\n", r"\1- id: 1-1-2-1\n\1  until: 2023\n\1  superseded_by: [1-1-2-2]\n", text
    )
    text = re.sub(
        r"(?m)^( +)- id: 1-1-2-2\n", r"\1- id: 1-1-2-2\n\1  from: 2024\n\1  labels: [{from: 2024, label: 新2}]\n", text
    )
    path.write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("revised")
@pytest.mark.parametrize("what", ["1-1-2-1", "company-visits"])
def test_what_is_not_in_force_in_the_year_is_not_explained(pdca, what):
    assert pdca("explain", what, "2023").code == 0
    result = pdca("explain", what, "2024")
    assert (result.code, result.out) == (2, "")
    assert f'"{what}" is not in force in FY2024' in result.err
    assert "pdca plan --year 2024" in result.err


@pytest.mark.usefixtures("revised")
def test_a_number_that_is_printed_since_a_revision_is_understood(pdca):
    assert "新2 経営相談会の実施\n" in pdca("explain", "新2", "2024").out
    assert pdca("explain", "新2", "2023").code == 2


# -- trend ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("visited")
def test_a_trend_as_text(pdca):
    result = pdca("trend", "1-1②-1", "-f", "text")
    assert result.code == 0
    assert (
        result.out
        == """\
瑞穂町工業振興計画: ratings and indicators over the years
FY2022 to FY2024

■ Ratings over the years
+--------+--------------------+--------------+------+------+
| No.    | Initiative         | 2022         | 2023 | 2024 |
+========+====================+==============+======+======+
| 1-1②-1 | 企業訪問活動の実施 | not reported | C    | B ↑  |
+--------+--------------------+--------------+------+------+

■ Indicators over the years
+--------+----------------------+------+-------+------+------+------+
| No.    | Indicator            | Unit | Trend | 2022 | 2023 | 2024 |
+========+======================+======+=======+======+======+======+
| 1-1②-1 | 企業訪問件数 (draft) | 件   | ·▁█   |   － |   40 |   48 |
+--------+----------------------+------+-------+------+------+------+
+--------+----------------------+-------------+
| No.    | Indicator            | Target (FY) |
+========+======================+=============+
| 1-1②-1 | 企業訪問件数 (draft) |   60 (2024) |
+--------+----------------------+-------------+

※ Ratings: A 目標達成, B おおむね順調, C やや遅れ, D 遅れ. No rank: 完了, 未着手, 中止, 評価困難.
※ ↑ better, → the same, ↓ worse than the year before; only from one rank to another of one scale.
※ Trend: each year's value from ▁ (the lowest) to █ (the highest), · for none; a higher bar is not
  always better.
※ － none, △ negative.
※ (draft): a reference indicator that has not been adopted; its targets are drafts as well.
"""
    )


@pytest.mark.usefixtures("visited")
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_trend_in_the_other_forms_of_papers(pdca, form):
    out = pdca("trend", "-f", form).out
    assert "Ratings over the years" in out
    assert "·▁█" in out


@pytest.mark.usefixtures("visited")
def test_a_trend_as_json(pdca):
    found = json.loads(pdca("trend", "1-1-2-1", "-f", "json").raw)
    assert (found["schema"], found["fiscal_years"], found["running"]) == ("pdca.trend/1", [2022, 2023, 2024], None)
    assert found["recorded_until"] == "2025-05-10"
    (initiative,) = found["initiatives"]
    assert (initiative["id"], initiative["came_from"], initiative["relisted_from"]) == ("1-1-2-1", [], None)
    assert initiative["years"][1:] == [
        {
            "fiscal_year": 2023,
            "ratings": [{"id": "1-1-2-1", "number": "1-1②-1", "reported": True, "rating": "C"}],
            "change": None,
        },
        {
            "fiscal_year": 2024,
            "ratings": [{"id": "1-1-2-1", "number": "1-1②-1", "reported": True, "rating": "B"}],
            "change": "up",
        },
    ]
    (indicator,) = found["indicators"]
    assert (indicator["id"], indicator["target"], indicator["target_year"]) == ("company-visits", 60, 2024)
    assert [year["value"] for year in indicator["years"]] == [None, 40, 48]


@pytest.mark.usefixtures("visited")
def test_a_trend_as_csv_has_a_row_for_each_rating_and_each_value(pdca):
    raw = pdca("trend", "1-1-2-1", "-f", "csv").raw
    rows = list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))
    assert list(rows[0]) == [
        "Fiscal year", "No.", "Id in the records", "Title", "Kind", "Value", "Unit", "Reason for no value",
        "Partly unknown", "Rating", "Against last year", "Reported", "Not over",
    ]  # fmt: skip
    shown = ["Fiscal year", "No.", "Id in the records", "Kind", "Value", "Unit", "Rating", "Against last year"]
    assert [[row[key] for key in shown] for row in rows] == [
        ["2022", "1-1②-1", "1-1-2-1", "Initiative", "", "", "", ""],
        ["2023", "1-1②-1", "1-1-2-1", "Initiative", "", "", "C", ""],
        ["2024", "1-1②-1", "1-1-2-1", "Initiative", "", "", "B", "better"],
        ["2022", "1-1②-1", "company-visits", "output", "", "件", "", ""],
        ["2023", "1-1②-1", "company-visits", "output", "40", "件", "", ""],
        ["2024", "1-1②-1", "company-visits", "output", "48", "件", "", ""],
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("visited", "revised")
def test_an_initiative_that_followed_another_shows_its_years(pdca, workspace):
    for path in workspace.glob("records/2024/*/*.yaml"):
        path.unlink()
    assert pdca("evaluate", "1-1-2-2", "--year", "2024", "--rating", "A").code == 0
    out = pdca("trend", "新2", "-f", "csv").out
    rows = list(csv.DictReader(StringIO(out.removeprefix("\ufeff"))))
    assert [(row["Fiscal year"], row["No."], row["Id in the records"], row["Rating"]) for row in rows[:3]] == [
        ("2022", "新2", "1-1-2-1", ""),
        ("2023", "新2", "1-1-2-1", "C"),
        ("2024", "新2", "1-1-2-2", "A"),
    ]
    assert "(came from 1-1②-1)" in pdca("trend", "新2", "-f", "text").out
    assert "FY2022 to FY2023\n" in pdca("trend", "1-1-2-1").out


@pytest.mark.usefixtures("revised")
def test_what_is_not_in_force_yet_has_no_trend(pdca, record):
    record("2023-06-12-aaaaaa", "activity", "1-1-2-1", "summary: 訪問", 2023)
    result = pdca("trend", "1-1-2-2")
    assert (result.code, result.out) == (2, "")
    assert '"1-1-2-2" is not in force in any year up to FY2023' in result.err


@pytest.mark.slow
@pytest.mark.usefixtures("visited")
def test_a_console_of_windows_shows_sparklines_as_signs_of_its_own(program):
    result = program("trend", "company-visits", encoding="cp932")
    assert result.code == 0
    assert "?" not in result.out
    assert " _.@ " in result.out
    assert "Trend: each year's value from . (the lowest) to @ (the highest), _ for none" in result.out


@pytest.mark.parametrize("command", ["explain", "trend"])
def test_numbers_and_indicators_are_completed(pdca, monkeypatch, workspace, capsysbinary, command):
    monkeypatch.chdir(workspace)
    for words, found in [("1-1-2-1", "1-1-2-1\t企業訪問活動の実施\n"), ("company-v", "company-visits\t企業訪問件数\n")]:
        monkeypatch.setenv("_PDCA_COMPLETE", "complete_fish")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", f"pdca {command} {words}")
        with pytest.raises(SystemExit):
            pdca()
        assert capsysbinary.readouterr()[0].decode() == found
