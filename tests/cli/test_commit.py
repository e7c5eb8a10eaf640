LOG = ("log", "1-1②-1", "-m", "3社を訪問した。", "-d", "2024-06-12", "--by", "産業課")


def test_the_commit_is_shown_with_what_it_holds(pdca, repository, git):
    pdca(*LOG)
    (repository / "plan" / "note.txt").touch()
    result = pdca("commit")
    name = git(repository, "rev-parse", "--short", "HEAD").strip()
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        f"Committed: {name} Record: 1-1②-1 企業訪問活動の実施 (an activity)",
        "  1-1②-1 企業訪問活動の実施 (an activity) 2024-06-12 産業課",
        "  Other file: plan/note.txt",
    ]
    assert pdca("commit").out == "Nothing to commit: the plan and the records are as in the last commit.\n"
    assert pdca("commit").code == 0


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
    assert result.out.count("  ※ ") == 2
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
