# mypy: allow-untyped-calls
"""What surrounds the program is not as it should be: each gets its message, or the right output all the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="streams are closed as Unix does it")]

ROOT = Path(__file__).parents[2]
LOG = ("log", "1-1②-1", "-m", "3〜4社を訪問", "--by", "産業課")


@pytest.fixture
def run(workspace):
    """Run ``pdca`` with some streams closed or full; return exit code, output and errors."""

    def run(*arguments, closed=(), full=False, folder=workspace, encoding="utf-8", **variables):
        given = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, **variables}
        environment = {name: value for name, value in {**os.environ, **given}.items() if value is not None}

        def begin():
            for number in closed:
                os.close(number)
            if full:
                os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

        done = subprocess.run(
            [sys.executable, "-m", "mizuho_pdca", *arguments],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
            preexec_fn=begin, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)

    return run


def subject(git, folder):
    return git(folder, "log", "-1", "--format=%s").strip()


# -- streams --------------------------------------------------------------------------------------


def test_without_standard_input_what_is_missing_is_named(run):
    code, _, err = run("log", closed=[0])
    assert (code, "is missing" in err) == (2, True)
    code, _, err = run("log", "1-1②-1", "-m", "-", closed=[0])
    assert (code, "the text for -m is empty" in err) == (2, True)


@pytest.mark.parametrize("closed", [[1], [2], [1, 2], [0, 1, 2]])
def test_what_was_recorded_is_committed_though_nobody_can_be_told(run, repository, git, closed):
    assert run(*LOG, "--commit", closed=closed)[0] == 0
    assert "企業訪問活動" in subject(git, repository)
    assert git(repository, "status", "--porcelain") == ""


def test_what_was_recorded_is_committed_and_told_elsewhere_where_the_output_is_full(run, repository, git):
    code, _, err = run(*LOG, "--commit", full=True)
    assert (code, "Recorded: 1-1②-1" in err) == (0, True)
    assert git(repository, "status", "--porcelain") == ""


@pytest.mark.parametrize("arguments", [("commit",), ("close", "2024", "--allow-incomplete"), ("init", "new")])
def test_what_was_done_is_no_failure_where_the_output_is_full(run, repository, tmp_path, arguments):
    run(*LOG)
    code, _, err = run(*arguments, full=True, folder=tmp_path if arguments[0] == "init" else repository)
    assert (code, "the disk is full" in err) == (0, False), err


@pytest.mark.parametrize("arguments", [("review", "2025", "-o", "a.csv"), ("config", "name", "産業課")])
def test_a_file_that_was_made_is_no_failure_where_the_output_is_full(run, tmp_path, arguments):
    code, _, err = run(*arguments, full=True, PDCA_CONFIG=str(tmp_path / "a.toml"))
    assert (code, "the disk is full" in err) == (0, False), err
    assert err.startswith(("a.csv was made", "Set: name = 産業課"))


def test_what_is_asked_for_is_a_failure_where_the_output_is_full(run):
    code, _, err = run("status", full=True)
    assert (code, "the disk is full" in err) == (4, True)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp932"])
def test_a_console_that_lacks_signs_stops_nothing(run, encoding):
    code, out, err = run(*LOG, encoding=encoding)
    assert (code, err) == (0, "")
    assert "3～4" in out if encoding == "cp932" else "3~4" in out


@pytest.mark.parametrize("arguments", [("validate",), ("review", "2024"), ("review", "2024", "-f", "json")])
def test_a_reader_that_is_gone_changes_no_exit_code(workspace, arguments):
    faulty = workspace / "records" / "2024" / "1-1-2-1" / "2024-06-12-k7x3q9.yaml"
    faulty.parent.mkdir(parents=True)
    faulty.write_text("schema: 1\n", encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "mizuho_pdca", *arguments],
        cwd=workspace, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=write, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(write)
    assert done.returncode == 1
    assert b"Broken pipe" not in done.stderr


# -- folder, clock, git ---------------------------------------------------------------------------


def test_a_folder_that_has_vanished_is_named_unless_the_workspace_is(run, workspace, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    here = os.open(gone, os.O_RDONLY)
    gone.rmdir()
    code, out, err = run("-C", str(workspace), "status", folder=f"/proc/self/fd/{here}")
    assert (code, err) == (0, "")
    assert "FY" in out
    code, _, err = run("status", folder=f"/proc/self/fd/{here}")
    assert (code, "no longer there" in err) == (4, True)
    os.close(here)


@pytest.mark.parametrize("zone", ["UTC-25", "UTC+25:30", "Nowhere/Never", ""])
def test_a_zone_that_is_none_stops_nothing(run, zone):
    assert run(*LOG, TZ=zone)[0] == 0
    assert run("validate", TZ=zone)[0] == 0


def test_settings_that_git_can_not_read_are_named(run, repository):
    with (repository / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write("[user\n")
    lines = len((repository / ".git" / "config").read_text(encoding="utf-8").splitlines())
    for command in ("commit", "history", "audit"):
        code, _, err = run(command)
        assert (code, f"bad config line {lines} in file .git/config" in err) == (4, True)
        assert "not under git" not in err


@pytest.mark.parametrize("command", ["review 2024", "explain 1-1 2024", "trend"])
def test_papers_that_can_name_no_commit_say_why(run, repository, command):
    assert "no commit is named" not in run(*command.split())[2]
    with (repository / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write("[user\n")
    code, out, err = run(*command.split())
    assert (code, out != "") == (0, True)
    assert "no commit is named: git can't read its settings: bad config line" in err


@pytest.mark.parametrize("command", ["", "status", "list", "validate"])
def test_what_can_not_be_told_of_the_history_is_said_with_the_reason(run, repository, command):
    assert "what is committed can't be told" not in run(*command.split())[2]
    with (repository / ".git" / "config").open("a", encoding="utf-8") as stream:
        stream.write("[user\n")
    code, out, err = run(*command.split())
    assert (code, out != "") == (0, True)
    assert "what is committed can't be told: git can't read its settings: bad config line" in err


@pytest.mark.parametrize("command", ["", "status", "list", "validate"])
def test_without_git_nothing_is_said_of_a_history(run, command):
    assert run(*command.split())[2] == ""


def test_without_a_home_and_without_git_the_rest_works(run, tmp_path):
    alone = {"HOME": None, "XDG_CONFIG_HOME": None, "USERPROFILE": None, "PATH": str(tmp_path)}
    assert run(*LOG, **alone)[0] == 0
    assert run("validate", **alone)[0] == 0
    code, _, err = run("commit", **alone)
    assert (code, "Install git" in err) == (4, True)


@pytest.mark.parametrize("name", ["進捗 管理", "進捗 ", " 進捗", 'it\'s "quoted"', "a;b$(c)&d", "-rf", "x" * 250])
def test_a_workspace_of_any_name_is_one(run, tmp_path, git, name):
    town = tmp_path / name
    code, _, err = run("init", str(town), folder=tmp_path)
    assert (code, err) == (0, "")
    assert run(*LOG, "--commit", folder=town)[0] == 0
    assert git(town, "status", "--porcelain") == ""
    assert run("-C", str(town), "validate", folder=tmp_path)[0] == 0


def test_a_path_of_many_long_folders_is_worked_in(run, tmp_path, git):
    town = tmp_path.joinpath(*["進捗管理" * 10] * 3, "x" * 250)
    code, _, err = run("init", str(town), folder=tmp_path)
    assert (code, err) == (0, "")
    assert run(*LOG, "--commit", folder=town)[0] == 0
    assert run("review", "2025", "-o", "x" * 246 + ".csv", folder=town)[0] == 0
    assert git(town, "ls-files", "records").count("records/") == 2


def test_a_name_of_more_signs_than_the_disk_takes_is_refused_with_its_reason(run, workspace, tmp_path):
    code, _, err = run("init", str(tmp_path / ("x" * 256)), folder=tmp_path)
    assert (code, "the name is too long" in err) == (4, True), err
    code, _, err = run("review", "2025", "-o", "x" * 252 + ".csv")
    assert (code, "the name is too long" in err) == (4, True), err
    assert [path.name for path in workspace.iterdir()] == ["plan"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "ja_JP.eucJP"])
def test_a_locale_without_japanese_loses_no_word(run, workspace, locale):
    plain = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": None, "PYTHONIOENCODING": None}
    assert run(*LOG, **plain)[0] == 0
    (entry,) = workspace.glob("records/*/*/*.yaml")
    assert "3〜4社を訪問" in entry.read_text(encoding="utf-8")
    assert run("validate", **plain)[0] == 0
    assert run("list", "-f", "json", **plain)[0] == 0


def test_without_a_home_everything_works(run, repository, git):
    alone = {"HOME": None, "XDG_CONFIG_HOME": None, "USERPROFILE": None, "PDCA_CONFIG": None, "PDCA_STATE": None}
    git(repository, "config", "user.name", "産業課")
    git(repository, "config", "user.email", "sangyo@town.example")
    assert run(*LOG, "--commit", **alone)[0] == 0
    assert git(repository, "status", "--porcelain") == ""
    assert run("config", "--show", **alone)[0] == 0


@pytest.mark.skipif(sys.platform == "darwin", reason="names are Unicode there")
def test_a_file_name_that_is_no_text_stops_no_command(run, repository, git):
    assert run(*LOG)[0] == 0
    (entry,) = repository.glob("records/*/*/*.yaml")
    twin = os.path.join(os.fsencode(entry.parent), b"\xff\x83\x65.yaml")  # noqa: PTH118 (a name that is no text)
    with open(twin, "wb") as stream:  # noqa: PTH123 (the same)
        stream.write(entry.read_bytes())
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "x")
    codes = {
        command: run(*command.split())[0] for command in ("validate", "commit", "status", "review 2025", "history")
    }
    assert set(codes.values()) <= {0, 1}
    assert codes["validate"] == 1
    os.unlink(twin)  # noqa: PTH108 (the same)
    assert run("commit")[0] == 3
    assert run("commit", "--force")[0] == 0
    assert [run(*command.split())[0] for command in ("history -f csv", "history -f json", "audit")] == [0, 0, 1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "1-1②-1", "-m", "\udc93\udc8d訪問", "--by", "産業課"),
        ("log", "1-1②-1", "-m", "訪問", "--by", "産業\udc89"),
        ("log", "1-1②-1", "-m", "訪問", "--by", "産業課", "--link", "a", "--link", "資料\udcff.pdf"),
        ("log", "1-1②-1", "訪問\udcff", "--by", "産業課"),
        ("close", "2024", "--allow-incomplete", "--by", "\udcffa"),
        ("config", "name", "産業\udcff"),
        ("commit", "-m", "a\udcff"),
    ],
)
def test_what_is_no_text_is_refused_and_nothing_of_it_is_left_out(run, repository, git, tmp_path, arguments):
    code, _, err = run(*arguments, PDCA_CONFIG=str(tmp_path / "a.toml"))
    assert (code, "is no text in the encoding of this system" in err) == (2, True), err
    assert git(repository, "status", "--porcelain") == ""
    assert not (tmp_path / "a.toml").exists()


def test_a_text_that_shows_the_code_of_a_sign_is_one(run):
    assert run("log", "1-1②-1", "-m", "\\ud83d と書いてあった", "--by", "産業課")[0] == 0


def test_a_name_that_the_system_can_not_write_is_named(run, workspace):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-8"}
    code, _, err = run("packet", "2025", "-o", "papers", **plain)
    assert (code, "it writes names in ascii" in err) == (4, True), err
    assert [path.name for path in workspace.iterdir()] == ["plan"]
    assert run("packet", "2025", "-o", "papers", **{**plain, "LC_ALL": "C.UTF-8"})[0] == 0


@pytest.mark.parametrize("command", ["status", "validate", "doctor", "review 2025", "list"])
def test_a_git_that_the_system_does_not_let_run_stops_nothing_but_the_history(run, repository, tmp_path, command):
    program = tmp_path / "programs" / "git"
    program.parent.mkdir()
    program.write_bytes(b"no program")
    program.chmod(0o755)
    assert run(*LOG, PATH=str(program.parent))[0] == 0
    assert run(*command.split(), PATH=str(program.parent))[0] == 0
    for needs in ("history", "commit"):
        code, _, err = run(needs, PATH=str(program.parent))
        assert (code, "git could not be run" in err) == (4, True), err
    assert len([*repository.glob("records/*/*/*.yaml")]) == 1
