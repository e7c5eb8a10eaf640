import os

import pytest

pytestmark = pytest.mark.slow

LOG = ("log", "1-1②-1", "-m", "3社を訪問した。", "-d", "2024-06-12", "--by", "産業課")


def test_the_commit_is_shown_with_what_it_holds(pdca, repository, git):
    pdca(*LOG)
    (repository / "plan" / "note.txt").touch()
    result = pdca("commit")
    name = git(repository, "rev-parse", "--short", "HEAD").strip()
    assert (result.code, result.err) == (0, "")
    first, entry, note = result.out.splitlines()
    assert first == f"Committed: {name} (1 entries) 記録: 1-1②-1 企業訪問活動の実施（活動）"
    assert entry.startswith("  1-1②-1 企業訪問活動の実施")
    assert entry.endswith("2024-06-12 産業課 2024-06-12-000001")
    assert note == "  ※ files that are no records were not committed: plan/note.txt"
    again = pdca("commit")
    assert (again.code, again.err) == (0, "")
    assert again.out.splitlines() == [
        "Nothing to commit: the plan and the records are as in the last commit.",
        note,
    ]


def test_rewritten_records_are_committed_with_force_alone(pdca, repository, git, entries):
    pdca(*LOG)
    pdca("commit")
    path = repository / entries()[0]
    path.write_text(path.read_text(encoding="utf-8").replace("3社", "5社"), encoding="utf-8")
    result = pdca("commit")
    assert (result.code, result.out) == (3, "")
    assert entries()[0] in result.err
    assert "pdca commit --force" in result.err
    assert git(repository, "rev-list", "--count", "HEAD") == "2\n"
    assert pdca("commit", "--force").code == 0
    assert pdca("audit").code == 1


def test_a_change_of_the_second_in_which_git_has_looked_is_seen(pdca, repository, git, entries):
    git(repository, "config", "core.trustctime", "false")
    pdca(*LOG)
    path = repository / entries()[0]
    second = (10**18, 10**18)
    os.utime(path, ns=second)
    pdca("commit")
    path.write_text(path.read_text(encoding="utf-8").replace("3社", "5社"), encoding="utf-8")
    for file in (path, repository / ".git" / "index"):
        os.utime(file, ns=second)
    assert pdca("commit").code == 3


@pytest.mark.parametrize("command", [("commit",), (*LOG, "--commit")])
def test_the_message_has_the_language_of_the_plan_whatever_the_reader_s(pdca, repository, git, command):
    pdca(*LOG)
    assert pdca("--lang", "en", *command).code == 0
    assert git(repository, "log", "-1", "--format=%s") == "記録: 1-1②-1 企業訪問活動の実施（活動）\n"


def test_where_the_plan_is_gone_it_says_how_to_get_it_back(program, repository):
    records = repository / "records" / "2024" / "1-1-2-1"
    records.mkdir(parents=True)
    (records / "2024-06-12-k7x3q9.yaml").touch()
    (repository / "plan" / "measures.yaml").unlink()
    for folder in (repository, records):
        result = program("commit", folder=folder)
        assert result.code == 2
        assert f"git -C {repository} restore -SW -- plan/measures.yaml" in result.err
    assert "restore -SW" in program("-C", str(repository), "status", folder=repository.parent).err


def test_the_first_line_can_be_given_also_by_standard_input(pdca, repository, git):
    pdca(*LOG)
    assert pdca("commit", "-m", "6月分").out.splitlines()[0].endswith(" 6月分")
    pdca(*LOG)
    assert pdca("commit", "-m", "-", stdin="7月分\n".encode()).code == 0
    assert git(repository, "log", "--format=%s", "-2").split() == ["7月分", "6月分"]
    pdca(*LOG)
    assert pdca("commit", "-m", " ").code == 2


def test_notes_and_errors_are_shown(pdca, repository, git):
    pdca(*LOG)
    (repository / "records" / "note.txt").touch()
    git(repository, "checkout", "--quiet", "--detach")
    result = pdca("commit")
    assert result.out.count("  ※ ") == 3
    (repository / "records" / "2024" / "x.yaml").touch()
    (repository / "plan" / "measures.yaml").write_text("schema: 1\n", encoding="utf-8")
    result = pdca("commit")
    assert result.code == 1
    assert "[E102]" in result.err
    assert "nothing was committed" in result.err


def test_without_git_it_says_so(pdca, monkeypatch, tmp_path):
    assert pdca("commit").code == 4
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdca("commit").code == 4
