# mypy: allow-untyped-calls
"""``--as-of``: a review of then, byte for byte, whatever was committed since."""

import json
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ENTRY = """\
schema: 1
id: {name}
kind: {kind}
target: {target}
date: {date}
by: 産業課
recorded: {date}T09:00:00+09:00
{more}
"""
VISIT = "records/2024/1-1-2-1/2024-06-12-aaaaaa.yaml"
GONE = "records/2024/1-1-1-2/2024-07-12-bbbbbb.yaml"


def write(root, path, kind, more):
    """Write an entry's file, without the checks of a command."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    name, target = file.stem, file.parent.name
    file.write_text(ENTRY.format(name=name, kind=kind, target=target, date=name[:10], more=more), encoding="utf-8")


def commit(root, git, message):
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "-m", message)
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def then(workspace, git):
    """Commit a first state, then one with another plan and other records; return the first commit."""
    if not (workspace.parent / ".git").exists():
        git(workspace, "init", "--quiet", "--initial-branch=main")
    write(workspace, VISIT, "activity", "summary: 三社を訪問した。\nstatus: in_progress\nvalues: {company-visits: 3}")
    write(workspace, GONE, "activity", "summary: =相談を受けた。")
    write(workspace, "records/2024/1-1-2-1/2025-05-01-eeeeee.yaml", "evaluation", "fiscal_year: 2024\nrating: B")
    opinion = "fiscal_year: 2024\nmeeting: 2025-05-20\ntext: もっと訪問を。"
    write(workspace, "records/2024/1-1-2-1/2025-05-20-cccccc.yaml", "opinion", opinion)
    first = commit(workspace, git, "begin")
    git(workspace, "tag", "council")
    response = "responds: 2025-05-20-cccccc\nstate: 対応済\ntext: 増やした。"
    write(workspace, "records/2025/1-1-2-1/2025-06-01-dddddd.yaml", "response", response)
    write(workspace, VISIT, "activity", "summary: 五社を訪問した。\nvalues: {company-visits: 5}")
    (workspace / GONE).unlink()
    more = "fiscal_year: 2024\nrating: A\nsupersedes: 2025-05-01-eeeeee\nreason: 誤記"
    write(workspace, "records/2024/1-1-2-1/2025-05-02-ffffff.yaml", "evaluation", more)
    (workspace / "records" / "2024" / "note.txt").touch()
    plan = workspace / "plan" / "measures.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("企業訪問", "会社訪問"), encoding="utf-8")
    commit(workspace, git, "later")
    (workspace / VISIT).unlink()  # and something that nobody has committed
    return first


@pytest.fixture
def checkout(workspace, tmp_path, git, then):
    """Check the first state out into a folder of its own."""
    git(workspace, "worktree", "add", "--quiet", "--detach", str(tmp_path / "then"), then)
    inner = git(workspace, "rev-parse", "--show-prefix").strip()
    return tmp_path / "then" / inner


FORMATS = [
    ("-f", "json"),
    ("-f", "text"),
    ("-f", "markdown"),
    *(("-f", "csv", "--paper", paper) for paper in ("summary", "initiatives", "indicators", "opinions")),
    ("-f", "json", "--policy", "1"),
    (),
]


@pytest.mark.parametrize("form", FORMATS, ids=" ".join)
def test_a_review_as_of_a_commit_is_the_one_that_was_made_there(pdca, checkout, then, form):
    made = pdca("-C", str(checkout), "review", "2024", *form)
    assert (made.code, made.err) == (0, "")
    assert pdca("review", "2024", *form, "--as-of", then) == made
    assert pdca("review", "2024", *form).raw != made.raw


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_file_as_of_a_commit_is_the_one_that_was_made_there(pdca, checkout, then, tmp_path, ending):
    here, there = (tmp_path / f"{name}.{ending}" for name in ("here", "there"))
    assert pdca("-C", str(checkout), "review", "2024", "-o", str(there)).code == 0
    assert pdca("review", "2024", "-o", str(here), "--as-of", then).code == 0
    assert here.read_bytes() == there.read_bytes()
    assert len(here.read_bytes()) > 5000


@pytest.mark.parametrize("revision", ["{then}", "council", "HEAD~1", "main^"])
def test_it_says_which_commit_it_was_made_of(pdca, then, revision):
    made = pdca("review", "2024", "-f", "json", "--as-of", revision.format(then=then))
    assert (made.code, made.err) == (0, "")
    data = json.loads(made.out)
    assert data["as_of"] == {"commit": then, "dirty": False}
    (row,) = [row for row in data["indicators"] if row["id"] == "company-visits"]
    assert row["actual"] == 3


def test_a_workspace_within_a_larger_repository_is_read_from_its_own_folder(pdca, tmp_path, git, request):
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "records" / "2024" / "1-1-2-1").mkdir(parents=True)
    (tmp_path / "records" / "2024" / "1-1-2-1" / "2024-06-12-aaaaaa.yaml").touch()
    git(tmp_path, "add", "records")
    git(tmp_path, "commit", "--quiet", "-m", "not the workspace's own")
    then, checkout = request.getfixturevalue("then"), request.getfixturevalue("checkout")
    assert checkout.name == "town"
    made = pdca("-C", str(checkout), "review", "2024", "-f", "json")
    assert (made.code, made.err) == (0, "")
    assert pdca("review", "2024", "-f", "json", "--as-of", then) == made
    refused = pdca("review", "2024", "--as-of", "main~2")
    assert (refused.code, "there was no plan yet" in refused.err) == (2, True)


def test_a_fault_of_then_is_named_though_it_has_been_mended(pdca, workspace, git):
    git(workspace, "init", "--quiet")
    write(workspace, VISIT, "activity", "summary: 訪問した。\nstatus: 実施")
    commit(workspace, git, "faulty")
    write(workspace, VISIT, "activity", "summary: 訪問した。\nstatus: done")
    commit(workspace, git, "mended")
    made = pdca("review", "2024", "-f", "json", "--as-of", "HEAD~1")
    assert made.code == 1
    assert made.err.startswith(f"{VISIT}:9:9 [E204]")
    assert json.loads(made.out)["summary"]["total"]["not_reported"] == 30
    assert pdca("review", "2024", "-f", "json")[::2] == (0, "")


def test_a_link_of_then_is_named_and_not_followed(pdca, workspace, tmp_path, git):
    git(workspace, "init", "--quiet")
    (tmp_path / "secret").write_text("secret\n", encoding="utf-8")
    (workspace / VISIT).parent.mkdir(parents=True)
    (workspace / VISIT).symlink_to(tmp_path / "secret")
    commit(workspace, git, "link")
    (workspace / VISIT).unlink()
    made = pdca("review", "2024", "-f", "json", "--as-of", "HEAD")
    assert (made.code, f"{VISIT} [E010]" in made.err, "secret" in made.out + made.err) == (1, True, False)


def test_a_plan_of_then_that_can_not_be_used_says_why(pdca, workspace, git):
    git(workspace, "init", "--quiet")
    plan = workspace / "plan" / "measures.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text("schema: 1\n", encoding="utf-8")
    commit(workspace, git, "faulty")
    plan.write_text(text, encoding="utf-8")
    commit(workspace, git, "mended")
    made = pdca("review", "2024", "--as-of", "HEAD~1")
    assert (made.code, made.out) == (1, "")
    assert "plan/measures.yaml" in made.err
    assert "[E102]" in made.err


def test_a_lost_object_says_what_to_do(pdca, workspace, git, then):
    lost = git(workspace, "rev-parse", f"{then}:{VISIT}").strip()
    (workspace / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    made = pdca("review", "2024", "--as-of", then)
    assert (made.code, made.out) == (4, "")
    assert lost in made.err
    assert "git fsck" in made.err


@pytest.mark.parametrize("revision", ["nonsense", "2020-01-01", "--output=x", "^HEAD"])
def test_a_commit_that_is_none_is_refused_and_no_file_is_made(pdca, tmp_path, then, revision):
    assert then
    made = pdca("review", "2024", f"--as-of={revision}", "-o", str(tmp_path / "x.json"))
    assert (made.code, made.out) == (2, "")
    assert f'there is no commit "{revision}"' in made.err
    assert not (tmp_path / "x.json").exists()
    assert not Path("x").exists()


# -- packets ----------------------------------------------------------------------------------


def test_a_packet_as_of_a_commit_is_the_one_that_was_made_there(pdca, checkout, then, tmp_path):
    assert pdca("-C", str(checkout), "packet", "2024", "-o", str(tmp_path / "made")).code == 0
    shutil.rmtree(checkout)
    made = pdca("packet", "2024", "--verify", str(tmp_path / "made"), "--as-of", then, "-f", "json")
    result = json.loads(made.out)
    assert (made.code, result["same"]) == (0, True)
    assert result["made_of"] == result["data"] == {"commit": then, "dirty": False}
    assert len(result["files"]) > 8
