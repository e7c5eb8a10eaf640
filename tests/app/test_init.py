# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.app.init import found_workspace
from mizuho_pdca.app.schema import MODELINE
from mizuho_pdca.app.workspace import FaultyPlan
from mizuho_pdca.errors import EnvironmentFault, Refused, UsageFault
from mizuho_pdca.storage.files import create
from mizuho_pdca.storage.workspace import own_plan

EDITORS = [".vscode/entry.schema.json", ".vscode/plan.schema.json", ".vscode/settings.json"]


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if ".git/" not in f"{path}/")


def test_a_new_workspace_has_the_plan_a_place_for_records_and_git(tmp_path):
    founded = found_workspace(tmp_path / "town", None)
    assert (founded.root, founded.history, founded.refusal) == (tmp_path / "town", "committed", None)
    assert names(tmp_path / "town") == [
        *(".gitattributes", ".vscode", *EDITORS),
        *("plan", "plan/measures.yaml", "records", "records/.gitkeep"),
    ]
    assert (tmp_path / "town" / "plan" / "measures.yaml").read_text(encoding="utf-8") == MODELINE + own_plan()
    assert (tmp_path / "town" / ".git").is_dir()


@pytest.mark.parametrize("prepared", ["empty", "repository"])
def test_an_empty_folder_or_a_fresh_repository_will_do(tmp_path, git, prepared):
    if prepared == "repository":
        git(tmp_path, "init", "--quiet")
    assert found_workspace(tmp_path, None).history == "committed"
    assert (tmp_path / "records").is_dir()


def test_the_first_commit_holds_what_was_made(tmp_path, git):
    found_workspace(tmp_path / "town", None, language=lambda _: str)
    assert git(tmp_path / "town", "log", "--format=%B", "--name-only").split("\n") == [
        "Plan: 瑞穂町工業振興計画",
        "",
        "- Plan: 瑞穂町工業振興計画",
        "",
        "",
        ".gitattributes",
        *EDITORS,
        "plan/measures.yaml",
        "records/.gitkeep",
        "",
    ]
    assert git(tmp_path / "town", "status", "--porcelain") == ""


def test_where_git_does_not_know_who_commits_nothing_is_staged(tmp_path, git, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    founded = found_workspace(tmp_path / "town", None)
    assert (founded.history, founded.under_git) == ("uncommitted", True)
    assert founded.refusal is not None
    assert "git config --global user.name" in founded.refusal.text(str)
    assert git(tmp_path / "town", "diff", "--cached", "--name-only") == ""


@pytest.mark.parametrize("with_commit", [False, True])
def test_a_folder_within_a_repository_gets_none_of_its_own_and_no_commit(tmp_path, git, with_commit):
    git(tmp_path, "init", "--quiet")
    if with_commit:
        git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "begin")
    assert found_workspace(tmp_path / "town", None).history == "inside"
    assert not (tmp_path / "town" / ".git").exists()
    assert git(tmp_path, "diff", "--cached", "--name-only") == ""


def test_a_repository_with_a_history_is_somebody_s(tmp_path, git):
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "begin")
    assert found_workspace(tmp_path, None).history == "inside"
    assert git(tmp_path, "rev-list", "--count", "HEAD") == "1\n"


def test_without_git_everything_else_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    founded = found_workspace(tmp_path / "town", None)
    assert not founded.under_git
    assert (tmp_path / "town" / "plan" / "measures.yaml").is_file()


def test_a_folder_with_anything_in_it_is_refused_and_left_as_it_was(tmp_path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        found_workspace(tmp_path, None)
    assert caught.value.exit_code == 3
    assert str(tmp_path) in caught.value.text(str)
    assert names(tmp_path) == ["notes.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "town").write_text("x", encoding="utf-8")
    with pytest.raises(Refused):
        found_workspace(tmp_path / "town", None)


def test_another_plan_can_be_given_in_windows_form(tmp_path):
    plan = own_plan().replace("瑞穂町工業振興計画", "別の計画")
    (tmp_path / "plan.yaml").write_bytes(b"\xef\xbb\xbf" + plan.replace("\n", "\r\n").encode())
    found_workspace(tmp_path / "town", tmp_path / "plan.yaml")
    assert (tmp_path / "town" / "plan" / "measures.yaml").read_bytes() == (MODELINE + plan).encode()


def test_a_faulty_plan_makes_no_workspace(tmp_path):
    (tmp_path / "plan.yaml").write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(FaultyPlan):
        found_workspace(tmp_path / "town", tmp_path / "plan.yaml")
    assert not (tmp_path / "town").exists()


def test_a_plan_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EnvironmentFault) as caught:
        found_workspace(tmp_path / "town", tmp_path / "absent.yaml")
    assert "absent.yaml" in caught.value.text(str)
    assert not (tmp_path / "town").exists()


def test_a_plan_in_another_encoding_says_how_to_save_it(tmp_path):
    (tmp_path / "plan.yaml").write_bytes(own_plan().encode("cp932", errors="replace"))
    with pytest.raises(UsageFault) as caught:
        found_workspace(tmp_path / "town", tmp_path / "plan.yaml")
    assert "UTF-8" in caught.value.text(str)


# -- a run that was cut off -----------------------------------------------------------------------


class CutError(BaseException):
    """The run was killed."""


@pytest.mark.slow
@pytest.mark.parametrize("prepared", [False, True])
@pytest.mark.parametrize("at", range(7))
def test_the_same_command_finishes_what_one_that_was_cut_off_began(tmp_path, git, monkeypatch, prepared, at):
    root, left = tmp_path / "town", [at]
    if prepared:
        root.mkdir()

    def cut(*words):
        left[0] -= 1
        if left[0] < 0:
            raise CutError
        return create(*words)

    with monkeypatch.context() as patched:
        patched.setattr("mizuho_pdca.app.init.create", cut)
        patched.setattr("mizuho_pdca.app.init.commit_files", cut)
        with pytest.raises(CutError):
            found_workspace(root, None)
    (root / "records").mkdir(parents=True, exist_ok=True)
    (root / "records" / ".0123456789ab.tmp").write_bytes(b"half")
    assert found_workspace(root, None).history == "committed"
    found_workspace(tmp_path / "other", None)
    assert git(root, "ls-files") == git(tmp_path / "other", "ls-files")
    with pytest.raises(Refused):
        found_workspace(root, None)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan/measures.yaml", b"schema: 1\n"),
        ("plan/notes.txt", b""),
        ("records/2024/closed.yaml", b""),
        ("records/.gitkeep", b"x"),
        (".0123456789ab.tmpx", b""),
        ("records", b""),
        ("x/.0123456789ab.tmp", b""),
    ],
)
def test_a_folder_with_something_that_init_does_not_make_is_somebody_s(tmp_path, name, data):
    path = tmp_path / "town" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    with pytest.raises(Refused):
        found_workspace(tmp_path / "town", None)
    assert path.read_bytes() == data


def test_a_link_in_the_place_of_a_folder_is_not_what_init_makes(tmp_path):
    (tmp_path / "town").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "town" / "records").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused):
        found_workspace(tmp_path / "town", None)
    assert names(tmp_path / "elsewhere") == []
