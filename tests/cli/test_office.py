# mypy: allow-untyped-calls
"""What offices do to files and machines: full and read-only disks, copies and litter, odd clocks, narrow windows."""

import errno
import json
import os
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mizuho_pdca.cli.main import main
from mizuho_pdca.domain.records.paths import ALPHABET, entries_folder, entry_id
from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage import files
from scripts.kills import WRITING

LOG = ("log", "1-1②-1", "-m", "訪問", "--by", "産業課")
REASONS = {errno.ENOSPC: "the disk is full", errno.EROFS: "the disk is read-only", errno.EACCES: "no permission"}
RECORDING = ("log", "actual", "evaluate", "improve", "opinion", "close", "reopen")

REPLACING = ("close", "reopen")
"""A seal takes the place of the one before: where only its folder can't be flushed, it stands there, whole."""


@pytest.fixture
def pdca(workspace, make_desk, capsys, monkeypatch):
    """Run ``pdca`` in English; return exit code, output and errors."""
    monkeypatch.setenv("PDCA_LANG", "en")

    def run(*arguments, **more):
        capsys.readouterr()
        code = main(arguments, lambda _: make_desk(workspace, **more))
        return (code, *capsys.readouterr())

    return run


class Refusing:
    """The system's functions, of which the n-th that would change the disk is refused, and all after it."""

    STEPS = ("open", "write", "fsync", "link", "replace", "rename", "mkdir")

    def __init__(self, number, steps):
        self.number = number
        self.left = steps

    def __getattr__(self, name):
        real = getattr(os, name)
        return self.step(name, real) if name in self.STEPS else real

    def step(self, name, real):
        def run(*words):
            if name == "open" and not words[1] & os.O_CREAT:
                return real(*words)
            if self.left <= 0:
                raise OSError(self.number, os.strerror(self.number))
            self.left -= 1
            return real(*words)

        return run


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows flushes folders by itself")
@pytest.mark.parametrize("number", REASONS, ids=errno.errorcode.get)
@pytest.mark.parametrize("command", RECORDING)
def test_a_disk_that_refuses_at_any_step_is_told_and_keeps_what_it_had(pdca, workspace, monkeypatch, command, number):
    if command == "reopen":
        assert pdca("close", "2023", "--allow-incomplete", "--by", "産業課")[0] == 0
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    steps, told = 0, None
    while told is None or told[0] == 4:
        with monkeypatch.context() as patched:
            patched.setattr(files, "os", Refusing(number, steps))
            told = pdca(command, *WRITING[command])
        steps += 1
        after = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
        if told[0] == 4:
            assert REASONS[number] in told[2]
            assert after == before or command in REPLACING
            assert pdca("validate")[0] == 0
    assert told[0] == 0 or (told[0] == 3 and command in REPLACING)
    assert after != before
    assert steps > 3


# -- what lies about ------------------------------------------------------------------------------


def entry_of(workspace):
    (path,) = workspace.glob("records/*/*/*.yaml")
    return path


@pytest.mark.parametrize(
    "name", ["~$entry.docx", "~WRL0003.tmp", ".~lock.entry#", "Thumbs.db", "desktop.ini", ".DS_Store"]
)
def test_what_office_programs_leave_is_no_data(pdca, workspace, name):
    assert pdca(*LOG)[0] == 0
    (entry_of(workspace).parent / name).write_bytes(b"\0")
    assert pdca("validate")[::2] == (0, "")


@pytest.mark.parametrize("name", ["{} - コピー.yaml", "{} (1).yaml", "コピー ～ {}.yaml", "{}.yaml.bak"])
def test_a_copy_is_named_and_never_counted_twice(pdca, workspace, name):
    assert pdca(*LOG)[0] == 0
    path = entry_of(workspace)
    (path.parent / name.format(path.stem)).write_bytes(path.read_bytes())
    code, out, err = pdca("validate")
    assert path.stem in out + err
    assert code == 1 or "W402" in out + err
    assert len(json.loads(pdca("list", "-f", "json")[1])["entries"]) == 1


def test_a_checkout_with_crlf_says_the_same(pdca, workspace):
    assert pdca("log", "1-1②-1", "-m", "一行目\n二行目", "--by", "産業課")[0] == 0
    before = pdca("review", "2025", "-f", "json")
    for path in (*workspace.rglob("*.yaml"),):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert pdca("validate")[::2] == (0, "")
    assert pdca("review", "2025", "-f", "json") == before


# -- clocks ---------------------------------------------------------------------------------------


def days(workspace):
    return sorted((path.stem[:10], path.parts[-3]) for path in workspace.glob("records/*/*/*.yaml"))


def test_the_year_turns_at_midnight_of_the_plans_zone_wherever_the_machine_is(pdca, workspace):
    assert pdca(*LOG, now=datetime(2025, 3, 31, 14, 59, 59, tzinfo=UTC))[0] == 0
    assert pdca(*LOG, now=datetime(2025, 3, 31, 15, 0, 0, tzinfo=UTC))[0] == 0
    assert pdca(*LOG, now=datetime(2025, 3, 31, 23, 59, tzinfo=timezone(timedelta(hours=-10))))[0] == 0
    assert days(workspace) == [("2025-03-31", "2024"), ("2025-04-01", "2025"), ("2025-04-01", "2025")]


@pytest.mark.parametrize("day", ["2024-02-29", "R6.2.29", "令和6年2月29日"])
def test_a_leap_day_is_one_and_only_in_leap_years(pdca, workspace, day):
    assert pdca(*LOG, "-d", day)[0] == 0
    assert days(workspace) == [("2024-02-29", "2023")]
    assert pdca("validate")[0] == 0
    code, _, err = pdca(*LOG, "-d", "2025-02-29")
    assert (code, "2025-02-29" in err) == (2, True)


def test_a_clock_that_was_set_back_loses_nothing(pdca, workspace):
    tokyo = timezone(timedelta(hours=9))
    assert pdca(*LOG, now=datetime(2025, 6, 15, 10, 30, tzinfo=tokyo))[0] == 0
    assert pdca(*LOG, now=datetime(2025, 6, 14, 10, 30, tzinfo=tokyo))[0] == 0
    assert [day for day, _ in days(workspace)] == ["2025-06-14", "2025-06-15"]
    assert pdca("validate", now=datetime(2025, 6, 15, 10, 31, tzinfo=tokyo))[0] == 0


# -- windows, locales -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("command", [(), ("status",), ("list",), ("plan",), ("validate",), ("review", "2025")])
def test_twenty_columns_are_enough_to_end_well(pdca, monkeypatch, command):
    assert pdca(*LOG)[0] == 0
    monkeypatch.setenv("COLUMNS", "20")
    assert pdca(*command)[::2] == (0, "")


# -- what a terminal would obey -------------------------------------------------------------------


@pytest.mark.parametrize("command", [("history",), ("list",), ("status",)])
def test_no_csv_holds_a_sign_that_a_terminal_obeys(workspace, git, make_desk, capsysbinary, command):
    git(workspace, "init", "--quiet")
    assert main([*LOG[:3], "a\x1b[2Jb\x9b2Jc\x07", "--by", "産業\x1b]0;x\x07課"], lambda _: make_desk(workspace)) in (
        0,
        2,
    )
    assert main(LOG, lambda _: make_desk(workspace)) == 0
    git(workspace, "-c", "user.name=evil\x1b[31m", "add", ".")
    git(workspace, "-c", "user.name=evil\x1b[31m\x9b", "commit", "--quiet", "-m", "x\x1b[2J\x07\n\ny\x9b")
    capsysbinary.readouterr()
    assert main([*command, "-f", "csv"], lambda _: make_desk(workspace)) == 0
    text = capsysbinary.readouterr().out.decode("utf-8-sig")
    assert "1-1①-1" in text or "訪問" in text
    assert [sign for sign in text if (sign < " " and sign not in "\r\n") or "\x7f" <= sign < "\xa0"] == []


# -- Windows' rules -------------------------------------------------------------------------------


class Windows:
    """The system's functions as Windows has them, where a program holds a file open for a while."""

    name = "nt"

    def __init__(self, refusals):
        self.refusals = refusals

    def __getattr__(self, name):
        return getattr(os, name)

    def replace(self, *words):
        self.refusals -= 1
        if self.refusals >= 0:
            raise PermissionError(errno.EACCES, "Access is denied")
        os.replace(*words)  # noqa: PTH105 (the step itself)


@pytest.mark.parametrize("refusals", [1, 3])
def test_a_file_that_a_scanner_has_open_is_replaced_once_it_lets_go(tmp_path, monkeypatch, refusals):
    monkeypatch.setattr(files, "os", Windows(refusals))
    monkeypatch.setattr(files, "_WHILE_OPEN", (0, 0, 0))
    (tmp_path / "review.csv").write_bytes(b"old")
    files.create(tmp_path / "review.csv", b"new", replace=True)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_a_file_that_excel_has_open_stays_and_the_message_says_what_to_close(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "os", Windows(9))
    monkeypatch.setattr(files, "_WHILE_OPEN", (0, 0, 0))
    (tmp_path / "review.csv").write_bytes(b"old")
    with pytest.raises(EnvironmentFault) as caught:
        files.create(tmp_path / "review.csv", b"new", replace=True)
    assert "Close it in the program" in caught.value.text(str)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@pytest.mark.parametrize("level", ["1", "1-1", "1-1-2", "1-1-2-1", "plan"])
def test_no_name_that_is_made_up_is_reserved_or_differs_from_another_by_case_alone(level):
    path = f"{entries_folder(2024, level)}/{entry_id(date(2024, 6, 12), ALPHABET[-6:])}.yaml"
    assert path == path.lower()
    assert not any(part.partition(".")[0] in RESERVED or part[-1] in ". " for part in path.split("/"))
    assert len(set(ALPHABET.lower())) == len(ALPHABET)


def test_what_is_written_beside_an_entry_is_no_longer_than_its_name(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(files, "_publish", lambda temporary, path: seen.append((temporary, path)))
    files.create(tmp_path / f"{entry_id(date(2024, 6, 12), 'k7x3q9')}.yaml", b"")
    ((temporary, path),) = seen
    assert len(temporary.name) <= len(path.name)
