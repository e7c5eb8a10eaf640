# mypy: allow-untyped-calls
"""``pdca history`` as a person or a script uses it."""

import csv
import json
from io import StringIO

import pytest

from mizuho_pdca.cli import streams

pytestmark = pytest.mark.slow

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
SEALS = """schema: 1
seals:
- state: closed
  fiscal_year: 2024
  by: 産業課
  recorded: 2025-09-10T09:00:00+09:00
  algorithm: sha256/rfc8785
  plan: {digest}
  review: {digest}
  entries: {{}}
- state: reopened
  by: 企画課
  recorded: 2025-09-20T09:00:00+09:00
  reason: 訪問件数の誤り
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
    assert {(row["Author"], row["Committer"]) for row in rows} == {("商工会<U+001B>[31m", "産業課")}


def test_csv_of_nothing_has_its_headings(pdca, town):
    (town / "records" / "2024" / "1-1-2-1" / "2024-07-01-bbbbbb.yaml").write_text("x: 1")
    lines = pdca("history", "bbbbbb", "-f", "csv").raw.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0].startswith("Time of the commit,Time that the author gives,Author,")) == (1, True)


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


@pytest.fixture
def sealed(town, git):
    """Close the year, and reopen it."""
    path = town / "records" / "2024" / "closed.yaml"
    path.write_text(SEALS.format(digest="0" * 64), encoding="utf-8")
    git(town, "add", ".")
    git(town, "commit", "--quiet", "-m", "締めて解いた")
    return town


@pytest.mark.usefixtures("sealed")
def test_closing_and_reopening_have_their_year_and_who_did_it(pdca):
    rows = list(csv.DictReader(StringIO(pdca("history", "-n", "1", "-f", "csv").raw.decode("utf-8-sig"))))
    told = [(row["Change"], row["Fiscal year"], row["Recorded by"], row["Entry"], row["No."]) for row in rows]
    assert told == [("Closed", "2024", "産業課", "", ""), ("Reopened", "2024", "企画課", "", "")]
    (commit,) = json.loads(pdca("history", "-n", "1", "-f", "json").raw)["commits"]
    assert [(one["kind"], one["fiscal_year"], one["by"], one["target"]) for one in commit["changes"]] == [
        ("closed", 2024, "産業課", None),
        ("reopened", 2024, "企画課", None),
    ]


# -- when -------------------------------------------------------------------------------------


def commit_object(town, git, author, committer, subject):
    """Put the last commit into the repository once more, on itself, with dates as they are given."""
    tree = git(town, "rev-parse", "HEAD^{tree}").strip()
    path = town / "plan" / "measures.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}# {subject}\n", encoding="utf-8")
    git(town, "add", ".")
    tree = git(town, "write-tree").strip()
    parent = git(town, "rev-parse", "HEAD").strip()
    text = (
        f"tree {tree}\nparent {parent}\nauthor 産業課 <a@b.example> {author}\n"
        f"committer 産業課 <a@b.example> {committer}\n\n{subject}\n"
    )
    (town / "commit.txt").write_bytes(text.encode())
    name = git(town, "hash-object", "-t", "commit", "--literally", "-w", "commit.txt").strip()
    (town / "commit.txt").unlink()
    git(town, "reset", "--quiet", "--hard", name)


def test_the_time_is_the_committers_and_the_authors_where_it_is_far_from_it(pdca, town, git):
    commit_object(town, git, "1700000000 +0900", "1751518800 +0900", "日付を書き換えた")
    commit_object(town, git, "1751518800 +0900", "1751522400 +0900", "一時間後")
    out = pdca("history", "-n", "2").out
    _, near, far = out.split("\n\n")[:3]
    assert near.startswith("2025-07-03 15:00  ")
    assert "author gives" not in near
    assert far.startswith("2025-07-03 14:00  ")
    assert "\n  time that the author gives: 2023-11-15 07:13\n  日付を書き換えた\n" in far
    rows = list(csv.DictReader(StringIO(pdca("history", "-n", "2", "-f", "csv").raw.decode("utf-8-sig"))))
    assert [(row["Time of the commit"], row["Time that the author gives"]) for row in rows] == [
        ("2025-07-03 15:00", ""),
        ("2025-07-03 14:00", "2023-11-15 07:13"),
    ]
    found = json.loads(pdca("history", "-n", "2", "-f", "json").raw)["commits"]
    assert [(one["date"], one["committed"]) for one in found] == [
        ("2025-07-03T14:00:00+09:00", "2025-07-03T15:00:00+09:00"),
        ("2023-11-15T07:13:20+09:00", "2025-07-03T14:00:00+09:00"),
    ]


def test_a_date_that_can_not_be_read_is_unknown(pdca, town, git):
    commit_object(town, git, "1751518800 +0900", "soon", "日付なし")
    commit_object(town, git, "soon", "sooner", "どちらもなし")
    out = pdca("history", "-n", "2").out
    both, one = out.split("\n\n")[1:3] if "どちらも" in out.split("\n\n")[1] else out.split("\n\n")[2:0:-1]
    assert both.startswith("time unknown  ")
    assert "author gives" not in both
    assert one.startswith("time unknown  ")
    assert "\n  time that the author gives: 2025-07-03 14:00\n" in one
    found = json.loads(pdca("history", "-n", "2", "-f", "json").raw)["commits"]
    assert {(one["date"], one["committed"]) for one in found} == {
        ("2025-07-03T14:00:00+09:00", None),
        (None, None),
    }


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("count", ["-1", "x", "1.5", "", "1_0", "9" * 5000])
def test_what_is_no_number_of_commits(pdca, count):
    result = pdca("history", "-n", count)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"Error: -n {count} is no number of commits"[:200])
    assert "Remedy: Write how many commits to show" in result.err


@pytest.mark.usefixtures("town")
def test_a_number_of_commits_in_whatever_digits(pdca):
    assert pdca("history", "-n", "２").out == pdca("history", "-n", " 2").out == pdca("history", "-n", "2").out
    assert pdca("history", "-n", "999999999").out == pdca("history").out


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "command", [("history",), ("plan",), ("review", "2024", "--policy"), ("review", "2024", "--measure")]
)
def test_an_empty_number_is_none_of_the_plan(pdca, command):
    result = pdca(*command, "")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith('Error: there is no "" in the plan')


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
