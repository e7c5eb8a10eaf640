"""``pdca diff`` as a person or a script uses it."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def council(pdca, workspace, git):
    """Record a year, commit it as handed out, then correct it twice; return the commit that was handed out."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    assert pdca("log", "1-1②-1", "-m", "三社を訪問した。", "-d", "2024-06-12", "--by", "産業課").code == 0
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "papers")
    git(workspace, "tag", "council")
    wrong = next(workspace.glob("records/2024/*/*.yaml")).stem
    corrected = (
        "log",
        "1-1②-1",
        "-m",
        "五社を訪問した。",
        "-d",
        "2024-06-12",
        "--supersedes",
        wrong,
        "--reason",
        "誤記",
    )
    assert pdca(*corrected, "--by", "商工会").code == 0
    git(workspace, "add", ".")
    git(workspace, "commit", "--quiet", "-m", "corrected")
    assert pdca("log", "1-1①-1", "-m", "相談会。", "-d", "2024-07-12").code == 0
    return git(workspace, "rev-parse", "council").strip()


def test_it_shows_what_differs_and_why(pdca, council):
    made = pdca("diff", "2024", "--from", "council", "--to", "HEAD", "-f", "text")
    assert (made.code, made.err) == (0, "")
    assert "瑞穂町工業振興計画: corrections to the review of FY2024" in made.out
    (wrong,) = [line for line in made.out.split("\n") if line.startswith("Wrong: ")]
    assert council[:12] in wrong
    assert "6/12 三社を訪問した。" in made.out
    assert "6/12 五社を訪問した。" in made.out
    assert "商工会 added" in made.out
    assert "相談会" not in made.out


@pytest.mark.parametrize("revision", ["council", "HEAD~1", "{id}", "{short}", "main~1"])
def test_any_name_of_the_commit_gives_the_same(pdca, council, revision):
    name = revision.format(id=council, short=council[:8])
    expected = pdca("diff", "2024", "--from", council, "-f", "json")
    assert (expected.code, pdca("diff", "2024", "--from", name, "-f", "json")) == (0, expected)


def test_without_an_end_it_is_compared_with_what_stands_there_now(pdca, council):
    data = json.loads(pdca("diff", "R6", "--from", "council", "-f", "json").out)
    assert data["schema"] == "pdca.diff/1"
    assert (data["from"], data["to"]["dirty"]) == ({"commit": council, "dirty": False}, True)
    assert {one["by"] for item in data["corrections"] for one in item["entries"]} >= {"商工会"}
    assert any("相談会" in (item["after"] or "") for item in data["corrections"])


def test_a_day_names_the_last_commit_of_it(pdca, council, workspace, git, monkeypatch):
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2025-04-30T12:00:00+09:00")
    git(workspace, "checkout", "--quiet", "--orphan", "older", council)
    git(workspace, "commit", "--quiet", "-m", "then")
    then = git(workspace, "rev-parse", "HEAD").strip()
    data = json.loads(pdca("diff", "2024", "--from", "R7.4.30", "--to", "今日", "-f", "json").out)
    assert (data["from"]["commit"], data["to"]["commit"], data["corrections"]) == (then, then, [])


def test_where_nothing_differs_it_says_so(pdca, council):
    assert council
    made = pdca("diff", "2024", "--from", "HEAD", "--to", "HEAD")
    assert (made.code, made.err) == (0, "")
    assert "Corrections: 0" in made.out
    assert json.loads(pdca("diff", "2024", "--from", "HEAD", "--to", "HEAD", "-f", "json").out)["corrections"] == []


@pytest.mark.parametrize("form", ["table", "text", "markdown", "csv", "json", "html"])
def test_every_format_that_can_be_printed_holds_the_corrections(pdca, council, form):
    assert council
    made = pdca("diff", "2024", "--from", "council", "--to", "HEAD", "-f", form)
    assert (made.code, made.err) == (0, "")
    for text in ("三社を訪問した。", "五社を訪問した。"):
        assert text in made.out.replace("\n", "")


def test_csv_has_a_row_for_each_correction(pdca, council):
    assert council
    sides = ("--from", "council", "--to", "HEAD")
    rows = list(csv.DictReader(StringIO(pdca("diff", "2024", *sides, "-f", "csv").raw.decode("utf-8-sig"))))
    assert len(rows) == len(json.loads(pdca("diff", "2024", *sides, "-f", "json").out)["corrections"]) > 0
    assert {row["Fiscal year"] for row in rows} == {"2024"}


@pytest.mark.parametrize("ending", ["json", "csv", "md", "txt", "html", "xlsx", "pdf", "docx"])
def test_the_ending_of_a_file_says_what_it_holds(pdca, council, tmp_path, ending):
    assert council
    path = tmp_path / f"errata.{ending}"
    made = pdca("diff", "2024", "--from", "council", "-o", str(path))
    assert (made.code, made.out.startswith(str(path)), made.err) == (0, True, "")
    data = path.read_bytes()
    if ending == "pdf":
        assert data.startswith(b"%PDF-")
    elif ending in {"xlsx", "docx"}:
        part = "xl/sharedStrings.xml" if ending == "xlsx" else "word/document.xml"
        assert "五社を訪問した。" in ZipFile(BytesIO(data)).read(part).decode()
    else:
        assert "五社を訪問した。" in data.decode("utf-8-sig").replace("\n", "")
    again = pdca("diff", "2024", "--from", "council", "-o", str(path))
    assert (again.code, path.read_bytes()) == (3, data)
    if ending in {"xlsx", "pdf", "docx"}:
        assert pdca("diff", "2024", "--from", "council", "-o", str(path), "--force").code == 0
        assert path.read_bytes() == data


def test_a_language_that_is_told_goes_for_screen_and_paper(pdca, council, monkeypatch):
    assert council
    monkeypatch.delenv("PDCA_LANG")
    for told, label in (((), "令和6年度"), (("--lang", "ja"), "令和6年度"), (("--lang", "en"), "FY2024")):
        assert label in pdca(*told, "diff", "2024", "--from", "council", "-f", "text").out


# -- faults -----------------------------------------------------------------------------------


def test_without_a_beginning_it_says_what_to_name(pdca, council, tmp_path):
    assert council
    made = pdca("diff", "2024", "-o", str(tmp_path / "x.json"))
    assert (made.code, made.out) == (2, "")
    assert "--from is missing" in made.err
    assert "handed out" in made.err
    assert not (tmp_path / "x.json").exists()


@pytest.mark.parametrize(
    "sides", [("--from=nonsense",), ("--from=HEAD", "--to=nonsense"), ("--from=--output=x",), ("--from=2020-01-01",)]
)
def test_a_commit_that_is_none_is_refused(pdca, council, sides):
    assert council
    made = pdca("diff", "2024", *sides)
    assert (made.code, made.out) == (2, "")
    assert "there is no commit" in made.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "2040", "--from", "HEAD"), "outside the plan's period"),
        (("diff", "x", "--from", "HEAD"), "is not a fiscal year"),
        (("diff", "2024", "--from", "HEAD", "-f", "xml"), "is not one of"),
        (("diff", "2024", "HEAD", "--from", "HEAD"), "too much"),
    ],
)
def test_what_was_typed_wrongly_is_said(pdca, council, arguments, words):
    assert council
    made = pdca(*arguments)
    assert (made.code, made.out, words in made.err) == (2, "", True)


def test_faulty_entries_of_either_side_are_named_once_and_the_rest_is_shown(pdca, council, workspace, git):
    assert council
    for name in ("2024-08-01-aaaaaa", "2024-08-02-bbbbbb"):
        (workspace / "records" / "2024" / "1-1-2-1" / f"{name}.yaml").write_text("a: [\n", encoding="utf-8")
        git(workspace, "add", ".")
        git(workspace, "commit", "--quiet", "-m", name)
    (workspace / "records" / "2024" / "1-1-2-1" / "2024-08-02-bbbbbb.yaml").unlink()
    made = pdca("diff", "2024", "--from", "council", "-f", "json")
    assert (made.code, made.err.count("2024-08-01-aaaaaa"), "bbbbbb" in made.err) == (1, 1, False)
    assert json.loads(made.out)["corrections"]
    made = pdca("diff", "2024", "--from", "HEAD~1", "--to", "HEAD", "-f", "text")
    assert (made.code, made.err.count("2024-08-01-aaaaaa"), made.err.count("2024-08-02-bbbbbb")) == (1, 1, 1)
    assert "Corrections: 0" in made.out


def test_outside_a_repository_it_says_what_to_do(pdca):
    made = pdca("diff", "2024", "--from", "HEAD")
    assert (made.code, made.out) == (4, "")
    assert "is not under git" in made.err
