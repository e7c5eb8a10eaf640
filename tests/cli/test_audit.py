# mypy: allow-untyped-calls
import json

import pytest

LOG = ("log", "1-1②-1", "-m", "3社を訪問した", "-d", "2025-06-12")


@pytest.fixture
def tampered(pdca, repository, entries, git):
    """Record an entry, commit it and rewrite it by hand."""
    pdca(*LOG)
    path = repository / entries()[0]
    for text in ("3社", "5社"):
        path.write_text(path.read_text(encoding="utf-8").replace("3社", text), encoding="utf-8", newline="\n")
        git(repository, "add", "--all")
        git(repository, "-c", "user.name=総務課", "commit", "--quiet", "--date=2025-06-15T10:30:00+09:00", "-m", text)
    return repository


@pytest.fixture(autouse=True)
def committed(monkeypatch):
    """Let commits have the time of the desk's clock."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2025-06-15T10:30:00+09:00")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2025-06-15T10:30:00+09:00")


def test_a_clean_history_exits_0(pdca, repository):  # noqa: ARG001
    result = pdca("audit")
    assert (result.code, result.err) == (0, "")
    assert result.out == "Nothing was found: 1 commit and 0 entries were examined.\n"


def test_a_finding_exits_1_and_names_commit_author_and_path(pdca, tampered, git, entries):
    result = pdca("audit")
    assert (result.code, result.err) == (1, "")
    assert f"2025-06-15 {git(tampered, 'rev-parse', 'HEAD')[:12]} 総務課 <sangyo@town.example>" in result.out
    assert f"  entry rewritten: {entries()[0]} (1-1②-1 企業訪問活動の実施)" in result.out


def test_as_json(pdca, tampered, git):
    result = pdca("audit", "-f", "json")
    assert (result.code, result.err) == (1, "")
    data = json.loads(result.raw)
    assert data["schema"] == "pdca.audit/1"
    assert [one["commit"] for one in data["findings"]] == [git(tampered, "rev-parse", "HEAD").strip()]


@pytest.mark.slow
def test_only_since_a_commit(pdca, tampered):  # noqa: ARG001
    assert pdca("audit", "--since", "HEAD~1").code == 1
    result = pdca("audit", "--since", "HEAD")
    assert (result.code, result.err) == (0, "")
    assert "※ Only commits after" in result.out


def test_what_is_not_there_is_told(pdca, tampered):  # noqa: ARG001
    assert pdca("audit", "--since", "nowhere").code == 2
    assert pdca("audit", "-f", "csv").code == 2


def test_without_git_it_exits_4(pdca, workspace):  # noqa: ARG001
    result = pdca("audit")
    assert (result.code, result.out) == (4, "")
    assert "not under git" in result.err
