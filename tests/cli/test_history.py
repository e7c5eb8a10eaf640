# mypy: allow-untyped-calls
"""``pdca history`` as a person or a script uses it."""

import csv
import json
from io import StringIO

import pytest

from mizuho_pdca.cli import streams

ENTRY = """schema: 1
id: {name}
kind: activity
target: {target}
date: {date}
status: in_progress
summary: |
  町内の3社を訪問。
  1社は不在。
values: {{company-visits: {value}}}
by: 産業課
recorded: {date}T09:00:00+09:00
"""
NAME = "2024-06-12-aaaaaa"
WHEN = {"GIT_COMMITTER_DATE": "2025-07-03T14:05:00+0900", "GIT_AUTHOR_DATE": "2025-07-03T14:05:00+0900"}


@pytest.fixture
def town(repository, git, monkeypatch):
    """Return a repository with an entry that is edited, and a plan that is revised."""
    for name, value in WHEN.items():
        monkeypatch.setenv(name, value)

    def record(value, subject):
        path = repository / "records" / "2024" / "1-1-2-1" / f"{NAME}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ENTRY.format(name=NAME, target="1-1-2-1", date=NAME[:10], value=value), encoding="utf-8")
        git(repository, "add", ".")
        git(repository, "commit", "--quiet", "-m", subject)

    record(3, "=記録")
    record(8, "書換え")
    plan = repository / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace("targets: {2024: 60, 2031: 120}", "targets: {2024: 80, 2031: 120}").replace(
            "      - id: 1-1-2-1\n", "      - id: 1-1-2-1\n        label: 1-2\n"
        ),
        encoding="utf-8",
    )
    git(repository, "commit", "--quiet", "-a", "-m", "目標を改める")
    return repository


@pytest.mark.usefixtures("town")
def test_the_history_of_a_number(pdca, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", "80")
    result = pdca("history", "企業訪問活動の実施")
    assert (result.code, result.err) == (0, "")
    assert all(columns(line) <= 80 for line in result.out.splitlines())
    blocks = result.out.split("\n\n")
    assert blocks[0] == "瑞穂町工業振興計画: history\n1-2 企業訪問活動の実施"
    ids = [block.split("  ")[1] for block in blocks[1:]]
    assert blocks[1:3] == [
        (
            f"2025-07-03 14:05  {ids[0]}  産業課 <sangyo@town.example>\n"
            "  目標を改める\n"
            "  Plan      1-2 企業訪問活動の実施: printed number: (none) → 1-2\n"
            "  Plan      企業訪問件数 (draft): target (FY2024): 60 → 80"
        ),
        (
            f"2025-07-03 14:05  {ids[1]}  産業課 <sangyo@town.example>\n"
            "  書換え\n"
            "  Edited    2024-06-12-aaaaaa  1-2  産業課  an activity (実施中, 企業訪問件数\n"
            "            (draft) 8件): 町内の3社を訪問。\n"
            "            ・value (企業訪問件数 (draft)): 3件 → 8件"
        ),
    ]
    assert [block.splitlines()[1] for block in blocks[1:]] == ["  目標を改める", "  書換え", "  =記録", "  begin"]


@pytest.mark.usefixtures("town")
def test_the_history_as_json(pdca):
    found = json.loads(pdca("history", "-f", "json").raw)
    assert (found["schema"], found["subject"], found["more"], found["cut"]) == ("pdca.history/1", None, False, False)
    plan, edited, added, _ = found["commits"]
    assert list(edited) == ["id", "author", "email", "date", "committer", "committed", "subject", "changes"]
    assert (edited["author"], edited["email"], edited["date"]) == (
        "産業課",
        "sangyo@town.example",
        "2025-07-03T14:05:00+09:00",
    )
    assert edited["changes"] == [
        {
            "kind": "edited",
            "path": f"records/2024/1-1-2-1/{NAME}.yaml",
            "entry": NAME,
            "entry_kind": "activity",
            "target": "1-1-2-1",
            "fiscal_year": 2024,
            "by": "産業課",
            "text": "an activity (実施中, 企業訪問件数 (draft) 8件): 町内の3社を訪問。",
            "differences": [
                {
                    "of": NAME,
                    "what": "value (企業訪問件数 (draft))",
                    "before": "3件",
                    "after": "8件",
                    "kind": "changed",
                    "ids": ["1-1-2-1"],
                    "indicator": None,
                }
            ],
        }
    ]
    assert [one["before"] for one in plan["changes"][0]["differences"]] == [None, "60"]
    assert (added["changes"][0]["kind"], added["changes"][0]["differences"]) == ("added", [])


@pytest.mark.usefixtures("town")
def test_the_history_as_csv(pdca):
    result = pdca("history", "-f", "csv")
    assert result.raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(result.raw.decode("utf-8-sig"))))
    assert [(row["Change"], row["Entry"], row["Changed: in what"], row["Before"], row["After"]) for row in rows] == [
        ("Plan", "", "printed number", "", "'1-2"),
        ("Plan", "", "target (FY2024)", "60", "80"),
        ("Edited", NAME, "value (企業訪問件数 (draft))", "3件", "8件"),
        ("Added", NAME, "", "", ""),
        ("Plan", "", "", "", ""),
    ]
    assert (rows[3]["No."], rows[3]["Fiscal year"], rows[3]["Recorded by"]) == ("Initiative 1-2", "2024", "産業課")
    assert (rows[3]["Subject of the commit"], rows[3]["Time of the commit"]) == ("'=記録", "2025-07-03 14:05")
    assert all(len(row["Commit"]) == 40 for row in rows)


def test_csv_of_other_numbers_and_committers(pdca, town, git):
    for target in ("9-9", "plan", "1-1-1-1-1-1"):
        path = town / "records" / "2024" / target / f"{NAME}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(
            "sample: ["
            if target == "plan"
            else ENTRY.format(name=NAME, target=target, date=NAME[:10], value=1).replace("by:", "sample: true\nby:"),
            encoding="utf-8",
        )
    git(town, "add", ".")
    git(town, "commit", "--quiet", "-m", "ほか", "--author=商工会\x1b[31m <>")
    rows = list(csv.DictReader(StringIO(pdca("history", "-n", "1", "-f", "csv").raw.decode("utf-8-sig"))))
    assert [(row["No."], row["Sample"], row["Kind of entry"]) for row in rows] == [
        ("Initiative 1-1-1-1-1-1", "SAMPLE", "an activity"),
        ("Measure 9-9", "SAMPLE", "an activity"),
        ("whole plan", "", ""),
    ]
    assert {(row["Author"], row["Committer"]) for row in rows} == {("商工会?[31m", "産業課")}


def test_csv_of_nothing_has_its_headings(pdca, town):
    (town / "records" / "2024" / "1-1-2-1" / "2024-07-01-bbbbbb.yaml").write_text("x: 1")
    lines = pdca("history", "bbbbbb", "-f", "csv").raw.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0].startswith("Time of the commit,Author,")) == (1, True)


# -- how much, and where to -------------------------------------------------------------------


@pytest.mark.usefixtures("town")
def test_so_many_commits_at_most(pdca):
    out = pdca("history", "-n", "2").out
    assert ("目標を改める" in out, "書換え" in out, "=記録" in out) == (True, True, False)
    assert out.endswith("※ There are older changes; -n 0 shows all of them.\n")
    assert pdca("history", "-n", "0").out == pdca("history").out


@pytest.mark.usefixtures("town")
def test_a_screen_shows_the_newest_ones_only(pdca, monkeypatch):
    monkeypatch.setattr(streams, "is_terminal", lambda: True)
    monkeypatch.setattr("mizuho_pdca.cli.history._COMMITS", 1)
    assert "older changes" in pdca("history").out
    assert "older changes" not in pdca("history", "-n", "0").out
    assert len(json.loads(pdca("history", "-f", "json").raw)["commits"]) == 4


@pytest.mark.usefixtures("town")
def test_to_a_file(pdca, tmp_path):
    target = tmp_path / "history.txt"
    assert pdca("history", "-o", str(target)).code == 0
    assert target.read_text(encoding="utf-8").startswith("瑞穂町工業振興計画: history\n")
    assert pdca("history", "-o", str(target)).code == 3
    assert pdca("history", "-o", str(target), "--force").code == 0
    assert pdca("history", "-o", str(tmp_path / "h.json")).code == 0
    assert json.loads((tmp_path / "h.json").read_bytes())["schema"] == "pdca.history/1"
    assert pdca("history", "-o", "-").out == pdca("history").out


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "arguments", [("9-9",), ("zzzzzz",), ("-n", "-1"), ("-n", "x"), ("-f", "html"), ("1-1", "1-2")]
)
def test_mistakes_exit_with_2(pdca, arguments):
    result = pdca("history", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error: ")
    assert "Remedy: " in result.err


def test_without_git_it_says_what_to_do(pdca):
    result = pdca("history")
    assert result.code == 4
    assert "git init" in result.err


def test_reading_changes_nothing(pdca, town, snapshot):
    before = snapshot()
    pdca("history", "1-1-2-1")
    assert snapshot() == before
    assert town.is_dir()


def test_it_is_listed_with_its_help(pdca):
    assert "history" in pdca("--help").out
    assert "-n COUNT" in pdca("history", "--help").out
