# mypy: allow-untyped-calls
"""Two offices record in clones of one repository and merge: entries never conflict, and what does is said plainly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mizuho_pdca.app.init import found_workspace
from mizuho_pdca.cli.main import main

pytestmark = pytest.mark.slow

EACH = 500
TARGETS = ("1-1-2-1", "1-1-2-2", "1-2-1-1", "1-3-1-1", "1-4-1-1", "2-1-1-1", "2-2-1-1", "3-1-1-1")
PLAN = "plan/measures.yaml"
TITLE = "title: 瑞穂町工業振興計画"
SEAL = "records/2024/closed.yaml"
ENTRY = """\
schema: 1
id: {id}
kind: activity
target: {target}
date: {day}
status: in_progress
summary: 町内の事業所を{office}が訪問し、設備投資の予定を聞き取った。
by: {office}
recorded: {day}T10:22:33+09:00
"""


@pytest.fixture
def pdca(make_desk, capfdbinary, monkeypatch):
    """Run ``pdca`` in a workspace, in English; return its exit code and what it said."""
    monkeypatch.setenv("PDCA_LANG", "en")

    def run(folder, *arguments):
        capfdbinary.readouterr()
        code = main(arguments, lambda _: make_desk(folder))
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, (out + err).decode()

    return run


@pytest.fixture
def offices(tmp_path, git):
    """Make a workspace and two clones of it."""
    found_workspace(tmp_path / "town", None)
    for name in ("office", "chamber"):
        git(tmp_path, "clone", "--quiet", str(tmp_path / "town"), name)
    return tmp_path / "office", tmp_path / "chamber"


def record(folder: Path, office: str, letter: str) -> None:
    for number in range(EACH):
        day, target = f"2024-{4 + number % 9:02}-{1 + number % 28:02}", TARGETS[number % len(TARGETS)]
        name = f"{day}-{letter}{number:05}"
        path = folder / "records" / "2024" / target / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = ENTRY.format(id=name, target=target, day=day, office=office)
        path.write_text(text, encoding="utf-8", newline="\n")


def merge(folder: Path, other: Path) -> tuple[int, str]:
    command = ["git", "pull", "--no-rebase", "--no-edit", str(other), "main"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def change(folder: Path, old: str, new: str) -> None:
    path = folder / PLAN
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8", newline="\n")


def parents(git, folder: Path) -> int:
    return len(git(folder, "log", "-1", "--format=%P").split())


def test_a_thousand_entries_of_two_offices_merge_without_a_conflict(offices, pdca, git):
    for folder, office, letter in zip(offices, ("産業課", "商工会"), "ab", strict=True):
        record(folder, office, letter)
        code, said = pdca(folder, "commit")
        assert code == 0
        assert "記録: 500件" in said
        message = git(folder, "log", "-1", "--format=%B")
        assert message.count("\nPdca-Entry: ") == EACH
        assert message.count("\nPdca-Year: ") == 1
    office, chamber = offices
    code, said = merge(office, chamber)
    assert code == 0, said
    assert git(office, "status", "--porcelain") == ""
    assert parents(git, office) == 2
    assert pdca(office, "validate") == (0, "No problems: the plan and 1000 entries are fine.\n")
    review = json.loads(pdca(office, "review", "2024", "-f", "json")[1])
    counted = [len(row["activities"]) for row in review["initiatives"] if row["id"] in TARGETS]
    assert (len(counted), sum(counted)) == (len(TARGETS), 2 * EACH)


@pytest.fixture
def clash(offices, pdca):
    """Let both offices change the same line of the plan and record, and merge; return the folder of the merge."""
    for folder, title in zip(offices, ("工業の計画", "商工業の計画"), strict=True):
        change(folder, TITLE, f"title: {title}")
        log_in(folder, title, pdca)
        assert pdca(folder, "commit")[0] == 0
    code, said = merge(*offices)
    assert code == 1
    assert said.count("CONFLICT") == 1
    return offices[0]


def log_in(folder, text, pdca):
    assert pdca(folder, "log", "1-1②-1", "-m", text, "-d", "2024-06-12", "--by", "産業課")[0] == 0


@pytest.mark.parametrize(
    ("command", "end"),
    [
        ("validate", "entries read: 1 errors, 0 notes"),
        ("commit", "nothing was committed"),
        ("log 1-1②-1 -m x --by x", "nothing was done"),
        ("review 2024", "nothing was done"),
        ("status", "nothing was done"),
    ],
)
def test_every_command_names_the_conflict_in_the_plan_and_what_to_do(clash, pdca, git, command, end):
    before = git(clash, "status", "--porcelain")
    code, said = pdca(clash, *command.split())
    assert code == 1
    assert f"{PLAN}:" in said
    assert "[E002] a merge stopped half way and left its marks" in said
    assert "The lines from <<<<<<< to ======= are yours" in said
    assert "delete all lines with marks" in said
    assert end in said
    assert git(clash, "status", "--porcelain") == before


def resolve(folder: Path) -> None:
    path = folder / PLAN
    kept, inside = [], ""
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            inside = line[0]
        elif inside != "=":
            kept.append(line)
    path.write_text("".join(kept), encoding="utf-8", newline="\n")


def test_once_the_plan_is_right_pdca_commit_ends_the_merge(clash, pdca, git):
    assert "pdca commit then ends the merge. To undo it: git merge --abort" in pdca(clash, "commit")[1]
    (clash / "untracked.txt").touch()
    (clash / "plan" / "案.docx").touch()
    resolve(clash)
    code, said = pdca(clash, "commit")
    assert code == 0
    assert said.splitlines()[0].endswith("ほかの端末の記録を統合")
    assert "files that are no records were not committed: plan/案.docx" in said
    assert "took other staged files along" not in said
    assert parents(git, clash) == 2
    assert git(clash, "status", "--porcelain", "-z").split("\0") == ["?? plan/案.docx", "?? untracked.txt", ""]
    assert pdca(clash, "validate") == (0, "No problems: the plan and 2 entries are fine.\n")
    assert git(clash, "log", "-1", "--format=%(trailers:key=Pdca-Entry)").strip() == ""


def test_what_else_is_staged_goes_into_the_merge_and_is_named(clash, pdca, git):
    for path in ("staged.txt", "records/写真.jpg"):
        (clash / path).touch()
    git(clash, "add", "staged.txt", "records")
    resolve(clash)
    code, said = pdca(clash, "commit")
    assert code == 0
    assert "※ the merge took other staged files along: records/写真.jpg, staged.txt\n" in said
    assert "were not committed" not in said
    assert git(clash, "status", "--porcelain") == ""


@pytest.mark.parametrize("whose", ["summary: 工業の計画", "summary: 商工業の計画"])
@pytest.mark.parametrize("deleted", [False, True])
def test_in_a_merge_an_entry_that_is_as_neither_side_has_it_is_refused(clash, pdca, git, whose, deleted):
    resolve(clash)
    found = clash.glob("records/2024/*/*.yaml")
    (path,) = (path for path in found if whose in path.read_text(encoding="utf-8"))
    if deleted:
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8").replace("計画", "案"), encoding="utf-8", newline="\n")
    before = git(clash, "status", "--porcelain")
    code, said = pdca(clash, "commit")
    assert code == 3
    assert path.name in said
    assert git(clash, "status", "--porcelain") == before
    assert pdca(clash, "commit", "--force")[0] == 0
    assert parents(git, clash) == 2


def test_git_commit_ends_the_merge_as_well(clash, pdca, git):
    resolve(clash)
    git(clash, "add", PLAN)
    git(clash, "commit", "--quiet", "--no-edit")
    assert parents(git, clash) == 2
    assert pdca(clash, "commit")[1].startswith("Nothing to commit")


def test_what_was_recorded_during_the_merge_is_named_in_its_commit(clash, pdca, git):
    resolve(clash)
    log_in(clash, "統合の間", pdca)
    assert pdca(clash, "commit")[0] == 0
    assert git(clash, "log", "-1", "--format=%(trailers:key=Pdca-Entry,valueonly)").strip().startswith("2024-06-12-")


def test_a_conflict_that_the_checks_can_not_see_must_be_settled_with_git(offices, pdca, git):
    office, chamber = offices
    for folder in offices:
        (folder / "notes.txt").write_text(folder.name, encoding="utf-8")
        git(folder, "add", "notes.txt")
        git(folder, "commit", "--quiet", "-m", "x")
    assert merge(office, chamber)[0] == 1
    log_in(office, "訪問", pdca)
    code, said = pdca(office, "commit")
    assert code == 4
    assert "notes.txt" in said
    assert "git add" in said
    git(office, "add", "notes.txt")
    assert pdca(office, "commit")[0] == 0
    assert parents(git, office) == 2


def begin_merge(git, office, chamber, *options):
    git(office, "fetch", "--quiet", str(chamber), "main")
    git(office, "merge", "--quiet", "--no-commit", "--no-ff", *options, "FETCH_HEAD")


def test_a_merge_that_changes_no_data_is_ended_as_well(offices, pdca, git):
    office, chamber = offices
    git(chamber, "commit", "--quiet", "--allow-empty", "-m", "x")
    begin_merge(git, office, chamber)
    code, said = pdca(office, "commit")
    assert (code, said.splitlines()[0].partition(" ")[0]) == (0, "Committed:")
    assert parents(git, office) == 2


def test_a_merge_that_drops_what_the_other_office_recorded_is_refused(offices, pdca, git):
    office, chamber = offices
    log_in(chamber, "訪問", pdca)
    pdca(chamber, "commit")
    begin_merge(git, office, chamber, "--strategy=ours")
    code, said = pdca(office, "commit")
    assert code == 3
    assert "git merge --abort" in said
    (path,) = chamber.glob("records/2024/*/*.yaml")
    assert str(path.relative_to(chamber)) in said
    git(office, "restore", "-SW", "-s", "MERGE_HEAD", "--", str(path.relative_to(chamber)))
    assert pdca(office, "commit")[0] == 0
    assert parents(git, office) == 2


def test_in_a_folder_of_a_larger_repository_a_conflict_is_told_from_those_elsewhere(tmp_path, pdca, git):
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "all")
    found_workspace(tmp_path / "all" / "town", None)
    (tmp_path / "all" / "notes.txt").write_text("x", encoding="utf-8")
    git(tmp_path / "all", "add", ".")
    git(tmp_path / "all", "commit", "--quiet", "-m", "begin")
    for name in ("one", "two"):
        git(tmp_path, "clone", "--quiet", "all", name)
        change(tmp_path / name / "town", TITLE, f"title: {name}")
        (tmp_path / name / "notes.txt").write_text(name, encoding="utf-8")
        git(tmp_path / name, "commit", "--quiet", "--all", "-m", name)
    here = tmp_path / "one" / "town"
    assert merge(here, tmp_path / "two")[0] == 1
    assert pdca(here, "commit")[0] == 1
    resolve(here)
    code, said = pdca(here, "commit")
    assert code == 4
    assert "nothing was committed: notes.txt\n" in said
    git(tmp_path / "one", "add", "notes.txt")
    assert pdca(here, "commit")[0] == 0
    assert parents(git, here) == 2
    assert git(here, "status", "--porcelain") == ""


def test_an_entry_that_one_side_deleted_is_not_decided_by_the_way(offices, pdca, git):
    office, chamber = offices
    log_in(office, "訪問", pdca)
    pdca(office, "commit")
    assert merge(chamber, office)[0] == 0
    (path,) = office.glob("records/2024/*/*.yaml")
    path.unlink()
    assert pdca(office, "commit", "--force")[0] == 0
    copy = chamber / path.relative_to(office)
    copy.write_text(copy.read_text(encoding="utf-8").replace("訪問", "電話"), encoding="utf-8", newline="\n")
    assert pdca(chamber, "commit", "--force")[0] == 0
    assert merge(office, chamber)[0] == 1
    code, said = pdca(office, "commit")
    assert code == 4
    assert path.name in said
    git(office, "add", "records")
    assert pdca(office, "commit")[0] == 0
    assert parents(git, office) == 2


def test_two_seals_of_one_year_are_a_conflict_that_ends_with_one_of_them(offices, pdca, git):
    office, chamber = offices
    for folder in offices:
        log_in(folder, folder.name, pdca)
        assert pdca(folder, "close", "2024", "--allow-incomplete", "--by", folder.name)[0] == 0
        assert pdca(folder, "commit")[1].splitlines()[0].endswith("令和6年度（2024年度）の締め")
    assert merge(office, chamber)[0] == 1
    for command in ("validate", "commit", "review 2024"):
        said = pdca(office, *command.split())[1]
        assert f"{SEAL}:" in said
        assert "[E505] this seal can't be read: a merge stopped half way and left its marks" in said
    assert f"git checkout --ours -- {SEAL}" in pdca(office, "commit")[1]
    assert pdca(office, "log", "1-1②-1", "-m", "x", "-d", "2024-06-12", "--by", "x")[0] == 3
    git(office, "checkout", "--ours", "--", SEAL)
    code, said = pdca(office, "commit")
    assert code == 1
    assert "[E503]" in said  # the other office's entry came into the closed year
    assert pdca(office, "reopen", "2024", "--reason", "統合", "--by", "x")[0] == 0
    assert pdca(office, "commit")[0] == 0
    assert parents(git, office) == 2


def test_a_resolved_conflict_that_git_is_not_told_of_yet_may_be_no_merge(offices, pdca, git):
    office, _ = offices
    change(office, TITLE, "title: 一")
    git(office, "stash", "--quiet")
    change(office, TITLE, "title: 二")
    assert pdca(office, "commit")[0] == 0
    subprocess.run(["git", "stash", "pop"], cwd=office, capture_output=True, check=False)
    assert pdca(office, "commit")[0] == 1
    resolve(office)
    code, said = pdca(office, "commit")
    assert code == 0, said
    assert parents(git, office) == 1
