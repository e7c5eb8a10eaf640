from importlib import resources
from pathlib import Path

import pytest

from mizuho_pdca.errors import EnvironmentFault, UsageFault
from mizuho_pdca.storage.loading import load_plan
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.workspace import GITATTRIBUTES, find_workspace, own_plan


def test_a_named_folder_is_the_workspace_wherever_one_stands(workspace, tmp_path):
    assert find_workspace(workspace, tmp_path) == workspace


def test_a_named_folder_without_a_plan_is_refused_even_inside_a_workspace(workspace):
    (workspace / "records").mkdir()
    with pytest.raises(UsageFault) as caught:
        find_workspace(workspace / "records", workspace)
    text = caught.value.text(str)
    assert str(workspace / "records") in text
    assert "plan/measures.yaml" in text
    assert "pdca init" in text


def test_the_nearest_workspace_upward_is_found(workspace):
    deep = workspace / "records" / "2024" / "1-1-2-1"
    deep.mkdir(parents=True)
    assert find_workspace(None, deep) == workspace
    inner = workspace / "records" / "plan" / "measures.yaml"
    inner.parent.mkdir()
    inner.touch()
    assert find_workspace(None, deep) == workspace / "records"


def test_where_there_is_none_the_error_says_what_to_do(tmp_path):
    with pytest.raises(UsageFault) as caught:
        find_workspace(None, tmp_path)
    assert caught.value.exit_code == 2
    assert "-C" in caught.value.text(str)


def test_the_own_plan_is_one_without_faults():
    plan, problems = load_plan(Memory({"plan/measures.yaml": own_plan().encode()}))
    assert problems == []
    assert plan is not None
    assert plan.header.title == "瑞穂町工業振興計画"


def test_an_installed_program_takes_the_plan_of_its_wheel(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "measures.yaml").write_text("計画", encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    assert own_plan() == "計画"


def test_an_installation_without_the_plan_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    monkeypatch.setattr(Path, "is_file", lambda _: False)
    with pytest.raises(EnvironmentFault) as caught:
        own_plan()
    assert "--from" in caught.value.text(str)


FILES = {
    "plan/measures.yaml": "title: 計画\n".encode(),
    "records/2024/1-1-2-1/2024-06-12-k7x3q9.yaml": "summary: |\n  訪問した。\n  次は６月。\n".encode(),
    "review.csv": '\ufeff番号,内容\r\n1,"二行の\n内容"\r\n'.encode(),
    "review.md": "# 評価\n".encode(),
    "review.html": "<p>評価</p>\n".encode(),
    "review.xlsx": b"PK\x03\x04 text\r\nand more\n",
    "review.docx": b"PK\x03\x04 text\r\nand more\n",
    "review.pdf": b"%PDF-1.7\r\ntext alone\n",
    "packet.zip": b"PK\x05\x06\r\n",
    "chart.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("setting", [(), ("core.autocrlf=true",), ("core.autocrlf=input",), ("core.eol=crlf",)])
def test_every_file_has_the_same_bytes_after_a_commit_and_a_checkout(tmp_path, git, setting):
    options = [word for one in (*setting, "core.safecrlf=false") for word in ("-c", one)]
    first, second = tmp_path / "first", tmp_path / "second"
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(first))
    for path, data in {**FILES, ".gitattributes": GITATTRIBUTES.encode()}.items():
        (first / path).parent.mkdir(parents=True, exist_ok=True)
        (first / path).write_bytes(data)
    git(first, *options, "add", ".")
    git(first, *options, "commit", "--quiet", "-m", "x")
    git(tmp_path, *options, "clone", "--quiet", *options, str(first), str(second))
    assert {path: (second / path).read_bytes() for path in FILES} == FILES
    assert git(second, "status", "--porcelain") == ""
    assert git(first, "cat-file", "-s", "HEAD:review.csv").strip() == str(len(FILES["review.csv"]))


def test_a_file_saved_on_windows_is_kept_with_line_feeds(tmp_path, git):
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitattributes").write_text(GITATTRIBUTES, encoding="utf-8")
    (tmp_path / "a.yaml").write_bytes("訪問\r\n".encode())
    git(tmp_path, "-c", "core.safecrlf=false", "add", ".")
    assert git(tmp_path, "cat-file", "-s", ":a.yaml").strip() == str(len("訪問\n".encode()))


def test_japanese_has_a_diff_and_papers_have_none(tmp_path, git):
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitattributes").write_text(GITATTRIBUTES, encoding="utf-8")
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    git(tmp_path, "-c", "core.safecrlf=false", "add", ".")
    binary = {
        line.split("\t")[2] for line in git(tmp_path, "diff", "--cached", "--numstat").splitlines() if line[0] == "-"
    }
    assert binary == {"review.xlsx", "review.docx", "review.pdf", "packet.zip", "chart.png"}
    assert "+  訪問した。" in git(tmp_path, "diff", "--cached")
