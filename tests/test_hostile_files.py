"""Files that want to break the program: every one is named, none is obeyed, nothing hangs.

``pdca validate`` must say which file is bad, end with 1, show no traceback and take seconds.
"""

import os
import subprocess
import sys
import time
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli.main import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
NOW = datetime.fromisoformat("2025-02-10T09:00:00+09:00")
SECONDS = 15
PLAN = "plan/measures.yaml"
FOLDER = "records/2024/1-1-2-1"
NAME = "2024-06-12-k7x3q9"
ENTRY = f"{FOLDER}/{NAME}.yaml"
TEXT = f"""\
schema: 1
id: {NAME}
kind: activity
target: 1-1-2-1
date: 2024-06-12
summary: 訪問した。
values: {{company-visits: 3}}
by: 産業課
recorded: 2024-06-12T10:22:33+09:00
"""


def with_line(line: str, instead_of: str | None = None) -> str:
    """Return an entry with another line, in the place of the one that begins so."""
    lines = TEXT.splitlines()
    if instead_of is None:
        lines.append(line)
    else:
        lines[[line.startswith(instead_of) for line in lines].index(True)] = line
    return "\n".join(lines) + "\n"


def bomb() -> str:
    lines = ["a: &a [文, 文, 文, 文, 文, 文, 文, 文, 文]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise("abcdefghij")]
    return "\n".join(lines)


TEXTS = {
    "alias bomb": bomb(),
    "alias to itself": "a: &a [*a]\n",
    "alias to nothing": with_line("summary: *訪問", "summary"),
    "nested lists": "[" * 10_000,
    "nested and closed lists": "[" * 10_000 + "]" * 10_000,
    "nested mappings": "{a: " * 10_000,
    "very many nested mappings": "{a: " * 250_000,
    "nested block lists": "- " * 10_000,
    "nested questions": "? " * 10_000,
    "nested within the reader's limit": with_line("links: " + "[" * 120 + "]" * 120),
    "nested mappings within the reader's limit": with_line("links: " + "{a: " * 120 + "}" * 120),
    "long key": "a" * 500_000 + ": 1\n",
    "many keys": "".join(f"key{number}: 1\n" for number in range(1_000)),
    "many keys twice": "a: 1\n" * 2_000,
    "huge integer": with_line("values: {company-visits: " + "9" * 5_000 + "}", "values"),
    "huge exponent": with_line("values: {company-visits: 1e999999999}", "values"),
    "hexadecimal": with_line("values: {company-visits: 0xFFFFFFFFFFFFFFFFFFFF}", "values"),
    "no number": with_line("values: {company-visits: .nan}", "values"),
    "infinity": with_line("values: {company-visits: -.inf}", "values"),
    "integer for a date": with_line("date: 20240612", "date"),
    "python object": with_line("summary: !!python/object/apply:os.system [echo]", "summary"),
    "python name": with_line("summary: !!python/name:os.system x", "summary"),
    "tag of one's own": with_line("summary: !important 訪問した。", "summary"),
    "tag at a key": with_line("!x summary: 訪問した。", "summary"),
    "merge key": with_line("<<: {by: 産業課}", "by"),
    "merge key among values": with_line("values: {<<: {company-visits: 3}}", "values"),
    "integer key": with_line("1: a"),
    "integer key among values": with_line("values: {1: 3}", "values"),
    "list key": with_line("[a]: b"),
    "mapping key": with_line("? {a: b}\n: c"),
    "null key": with_line("null: a"),
    "empty key": with_line(": a"),
    "boolean key": with_line("true: a"),
    "float key": with_line("1.5: a"),
    "escaped key": with_line('"a\\x07": 1'),
    "list": "- a\n- b\n",
    "text": "訪問した。\n",
    "number": "42\n",
    "null": "null\n",
    "tilde": "~\n",
    "mapping without keys": "{}\n",
    "list without items": "[]\n",
    "empty": "",
    "blank": " \n\n",
    "byte order mark alone": "\ufeff",
    "byte order mark and a fault": "\ufeff" + with_line("status: 会議"),
    "line ends of Windows and a fault": with_line("status: 会議").replace("\n", "\r\n"),
    "line ends of an old Mac and a fault": with_line("status: 会議").replace("\n", "\r"),
    "line ends of Unicode and a fault": with_line("status: 会議").replace("by:", "\u2028by:"),
    "directive": "%YAML 9.9\n---\n" + TEXT,
    "unknown directive": "%訪問\n" + TEXT,
    "second document": TEXT + "---\n" + TEXT,
    "anchor twice and a fault": with_line("status: &a 会議\nlinks: [&a x]"),
    "invisible signs": with_line("summary: 訪\u202e問\u200bした。\nstatus: 会\u202e議", "summary"),
    "signs of no width": with_line("status: " + "\u3099" * 500),
    "control character in an escape": with_line('summary: "\\x1b[2J"', "summary"),
    "lone surrogate in an escape": with_line('summary: "\\ud800"', "summary"),
    "braces for the message": with_line("status: '{0} {value} {choices.__class__}'"),
    "target that leads out": with_line("target: ../../etc", "target"),
    "target of the root": with_line("target: /etc/passwd", "target"),
    "target with a line break": with_line('target: "1-1\\n-2-1"', "target"),
    "id that leads out": with_line("id: ../../../2024-06-12-k7x3q9", "id"),
    "supersedes a path": with_line("supersedes: ../../plan/measures\nreason: 誤記"),
    "year of the future": with_line("date: 9999-12-31", "date"),
    "year before the calendar": with_line("date: 0000-00-00", "date"),
    "zone of another world": with_line("recorded: 2024-06-12T10:22:33+99:99", "recorded"),
    "only zeros": "\0" * 5_000,
    "zeros within": TEXT + "\0" * 5_000,
    "a million control characters": "\x01" * 1_000_000,
    "control characters in every line": "a: \x07\n" * 100_000,
    "tabs in every line": "a:\n" + "\tb: 1\n" * 2_000,
    "one long line and a fault": with_line("status: " + "会" * 300_000),
    "many colons": ": " * 200_000,
    "many dashes": "-" * 500_000,
    "many keys that nobody knows": TEXT + "".join(f"k{number}: 1\n" for number in range(60_000)),
    "many figures of nothing": with_line(f"values: {{{', '.join(f'v{n}: 1' for n in range(60_000))}}}", "values"),
    "many reasons that are none": with_line("links:\n" + "- [1]\n" * 60_000),
    "one key over and over": TEXT + "k: 1\n" * 60_000,
    "many quotes": '"' * 500_001,
    "many brackets and quotes": "['" * 100_000,
}

VAST = ("many keys that nobody knows", "many figures of nothing", "many reasons that are none")
"""Texts with more parts than places are looked for."""

BYTES = {
    "5 MB": b"a: " + b"x" * 5_000_000,
    "5 MB of line feeds": b"\n" * 5_000_000,
    "random": bytes((n * n * 7 + n // 3) % 256 for n in range(50_000)),
    "Shift_JIS": TEXT.encode("cp932"),
    "EUC-JP": TEXT.encode("euc_jp"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16 big": TEXT.encode("utf-16-be"),
    "UTF-32": TEXT.encode("utf-32"),
    "UTF-7": TEXT.encode("utf-7"),
    "an Excel file": b"PK\x03\x04" + bytes(range(256)) * 40,
    "overlong": b"summary: \xc0\xaf\n",
    "surrogate": b"summary: \xed\xa0\x80\n",
    "cut within a character": TEXT.encode()[:-6] + "課".encode()[:2],
}


@pytest.fixture
def write(workspace):
    def write(path, data):
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / path).write_bytes(data if isinstance(data, bytes) else data.encode())

    return write


@pytest.fixture
def validated(workspace, capsys):
    """Run validate, with the checks that hold for every hostile file; return what it printed."""

    def validated(named, code=1, folder=workspace):
        start = time.monotonic()
        arguments = ["--lang", "en", "-C", str(folder), "validate"]
        done = main(arguments, make_desk=lambda _: Desk(folder, clock=lambda: NOW))
        assert time.monotonic() - start < SECONDS
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert (done, captured.err) == (code, "")
        assert named in captured.out
        assert captured.out.encode()  # nothing that UTF-8 can't hold
        assert not {sign for sign in captured.out if ord(sign) < 32} - {"\n"}
        return captured.out

    return validated


@pytest.mark.parametrize("case", TEXTS)
def test_a_hostile_entry_is_named(case, write, validated):
    write(ENTRY, TEXTS[case])
    assert f"{ENTRY} [E012] there are" in validated(ENTRY) if case in VAST else f"{ENTRY}:" in validated(ENTRY)


@pytest.mark.parametrize("case", BYTES)
def test_bytes_that_are_no_text_are_named(case, write, validated):
    write(ENTRY, BYTES[case])
    validated(ENTRY)


@pytest.mark.parametrize("case", [case for case in TEXTS if not case.startswith("very many")])
def test_a_hostile_plan_is_named(case, write, validated):
    write(PLAN, TEXTS[case])
    validated(PLAN)


@pytest.mark.parametrize("case", BYTES)
def test_a_plan_of_bytes_that_are_no_text_is_named(case, write, validated):
    write(PLAN, BYTES[case])
    validated(PLAN)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        TEXT.replace("by: ", "by:\t"),
        "---\n" + TEXT + "...\n",
        with_line("summary: いいね! よし!", "summary"),
        with_line("summary: |\n  見出し\n  !重要\n  {未完\n  @産業課", "summary"),
        with_line('summary: "A !x"', "summary"),
        with_line("links: [&a https://example.jp/, *a]"),
        with_line("recorded: 0001-01-01T00:00:00+23:59", "recorded"),
        with_line("recorded: 9999-12-31T23:59:59-23:59", "recorded"),
    ],
)
def test_what_only_looks_hostile_is_fine(text, write, validated):
    write(ENTRY, text)
    validated("No problems", code=0)


# -- folders, links and things that are no files --------------------------------------------------


def link(path: Path, target: Path | str, *, is_folder: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target, target_is_directory=is_folder)
    except OSError as exc:
        pytest.skip(f"links can't be made here: {exc}")


def test_a_link_to_nothing(workspace, validated):
    link(workspace / ENTRY, "nothing.yaml")
    assert "[E010]" in validated(ENTRY)


def test_a_link_to_nothing_outside(workspace, validated):
    link(workspace / ENTRY, workspace.parent / "nothing.yaml")
    assert "[E010]" in validated(ENTRY)


def test_a_link_to_itself(workspace, validated):
    link(workspace / ENTRY, f"{NAME}.yaml")
    assert "[E010]" in validated(ENTRY)


def test_two_links_to_each_other(workspace, validated):
    link(workspace / FOLDER / "2024-06-12-aaaaaa.yaml", "2024-06-12-bbbbbb.yaml")
    link(workspace / FOLDER / "2024-06-12-bbbbbb.yaml", "2024-06-12-aaaaaa.yaml")
    assert "2024-06-12-bbbbbb.yaml [E010]" in validated(f"{FOLDER}/2024-06-12-aaaaaa.yaml [E010]")


def test_a_link_to_a_secret(workspace, validated, tmp_path):
    (tmp_path / "secret.yaml").write_text("password: x\n", encoding="utf-8")
    link(workspace / ENTRY, tmp_path / "secret.yaml")
    assert "password" not in validated(f"{ENTRY} [E010]")


def test_a_folder_that_leads_out(workspace, write, validated, tmp_path):
    write(f"{FOLDER}/2024-06-12-aaaaaa.yaml", TEXT.replace(NAME, "2024-06-12-aaaaaa"))
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / f"{NAME}.yaml").write_text("password: x\n", encoding="utf-8")
    link(workspace / "records/2024/1-1-1-1", tmp_path / "outside", is_folder=True)
    assert "password" not in validated("records/2024/1-1-1-1 [E010]")


def test_a_folder_that_leads_to_the_folder_above(workspace, write, validated):
    write(ENTRY, TEXT)
    link(workspace / FOLDER / "2024-06-12-bbbbbb.yaml", "..", is_folder=True)
    assert "[E010]" in validated("2024-06-12-bbbbbb.yaml")


def test_a_folder_of_links_that_never_ends(workspace, write, validated):
    write(ENTRY, TEXT)
    link(workspace / "records" / "2024" / "more", "..", is_folder=True)
    validated("records/2024/more [E010]")


def test_a_folder_with_the_name_of_an_entry(workspace, write, validated):
    write(f"{ENTRY}/{NAME}.yaml", TEXT)
    validated(f"{ENTRY}/{NAME}.yaml [W402]", code=0)
    (workspace / ENTRY / f"{NAME}.yaml").unlink()
    validated("", code=0)  # git keeps no empty folder, so it is nobody's record


def test_a_file_where_the_records_should_be(workspace, validated):
    (workspace / "records").write_text(TEXT, encoding="utf-8")
    validated("records", code=0)


def test_a_file_where_a_year_should_be(write, validated):
    write("records/2024", TEXT)
    validated("records/2024 [W402]", code=0)


def test_a_plan_that_is_a_folder(workspace, capsys):
    (workspace / PLAN).unlink()
    (workspace / PLAN).mkdir()
    assert main(["-C", str(workspace), "validate"]) == 2
    assert PLAN in capsys.readouterr().err


def test_a_plan_that_is_a_link_to_nothing(workspace, capsys):
    (workspace / PLAN).unlink()
    link(workspace / PLAN, "nothing.yaml")
    assert main(["-C", str(workspace), "validate"]) == 2
    assert PLAN in capsys.readouterr().err


def test_a_plan_that_is_a_link_to_itself(workspace, capsys):
    (workspace / PLAN).unlink()
    link(workspace / PLAN, "measures.yaml")
    assert main(["-C", str(workspace), "validate"]) == 2
    assert PLAN in capsys.readouterr().err


def test_a_plan_that_leads_out(workspace, validated, tmp_path):
    (workspace / PLAN).rename(tmp_path / "plan.yaml")
    link(workspace / PLAN, tmp_path / "plan.yaml")
    validated(f"{PLAN} [E010]")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes in folders")
@pytest.mark.parametrize("path", [ENTRY, f"{FOLDER}/pipe"])
def test_a_pipe_does_not_make_it_wait(path, workspace):
    (workspace / path).parent.mkdir(parents=True)
    os.mkfifo(workspace / path)
    assert path in in_another_process(workspace)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes in folders")
def test_a_link_to_a_pipe_does_not_make_it_wait(workspace):
    os.mkfifo(workspace / "pipe")
    link(workspace / ENTRY, workspace / "pipe")
    assert ENTRY in in_another_process(workspace)


RECORDING = (
    ["log", "1-1-2-1", "-m", "訪問"],
    ["actual", "company-visits", "3", "--year", "2024"],
    ["evaluate", "1-1-2-1", "--year", "2024", "--rating", "A"],
    ["improve", "1-1-2-1", "--year", "2024", "--direction", "継続", "--next", "続ける"],
)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes and devices in folders")
@pytest.mark.parametrize("command", RECORDING, ids=lambda command: command[0])
def test_what_lies_beside_a_new_record_neither_stops_it_nor_is_read_without_end(command, workspace, write):
    for folder in (FOLDER, "records/2023/1-1-2-1"):
        write(f"{folder}/a.yaml", "x" * 3_000_000)
        link(workspace / folder / "zero.yaml", Path("/dev/zero"))
        link(workspace / folder / "loop.yaml", workspace / folder / "loop.yaml")
        os.mkfifo(workspace / folder / "pipe.yaml")
    start = time.monotonic()
    arguments = ["--lang", "en", "-C", str(workspace), *command, "--by", "産業課", "-d", "2025-02-01"]
    assert main(arguments, make_desk=lambda _: Desk(workspace, clock=lambda: NOW)) == 0
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize(
    ("command", "path"),
    [
        pytest.param(command, path, id=f"{command[0]}-{path}")
        for command in RECORDING
        for path in (FOLDER, "records/2024", "records")
        if (command[0], path) != ("actual", FOLDER)  # its entries lie elsewhere
    ],
)
def test_nothing_is_recorded_through_a_link(command, path, workspace, tmp_path, capsys):
    (tmp_path / "elsewhere").mkdir()
    link(workspace / path, tmp_path / "elsewhere")
    arguments = ["--lang", "en", "-C", str(workspace), *command, "--by", "産業課", "-d", "2025-02-01"]
    assert main(arguments, make_desk=lambda _: Desk(workspace, clock=lambda: NOW)) == 4
    assert f"{path.removesuffix('/1-1-2-1')}" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").rglob("*")) == []


def in_another_process(folder: Path) -> str:
    """Return what validate prints, in a process that can be stopped should it wait for ever."""
    command = [sys.executable, "-m", "mizuho_pdca", "--lang", "en", "-C", str(folder), "validate"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False
    )
    assert done.stderr == ""
    return done.stdout


# -- names ----------------------------------------------------------------------------------------

NAMES: dict[str, str | bytes] = {
    "line break": "2024-06-12\nk7x3q9.yaml",
    "tab": "2024-06-12\tk7x3q9.yaml",
    "escape": "2024-06-12-\x1b[31m.yaml",
    "not UTF-8": b"2024-06-12-\xff\xfe.yaml",
    "Shift_JIS": "訪問記録.yaml".encode("cp932"),
    "right to left": "2024-06-12-\u202elmay.yaml",
    "decomposed": "2024-06-12-か\u3099.yaml",
    "braces": "2024-06-12-{0}{value}.yaml",
    "capitals": "2024-06-12-K7X3Q9.yaml",
    "very long": "2024-06-12-" + "k" * 200 + ".yaml",
    "nothing but the ending": "x.yaml",
}


@pytest.mark.parametrize("case", NAMES)
def test_a_hostile_file_name_is_shown_harmlessly(case, workspace, validated):
    folder = os.fsencode(workspace / FOLDER)
    os.makedirs(folder)  # noqa: PTH103 (names that are no text)
    name = os.fsencode(NAMES[case])
    try:
        with open(folder + b"/" + name, "wb") as stream:  # noqa: PTH123 (the same)
            stream.write(TEXT.encode())
    except (OSError, ValueError) as exc:
        pytest.skip(f"the file system refuses the name: {exc}")
    out = validated(f"{FOLDER}/")
    assert out.count("[E209]") == 1
    assert len([line for line in out.splitlines() if line.startswith("records/")]) == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("records/2024/1-1①-2/2024-06-12-k7x3q9.yaml", 1),
        ("records/２０２４/1-1-2-1/2024-06-12-k7x3q9.yaml", 1),
        ("records/99999999999999999999/1-1-2-1/2024-06-12-k7x3q9.yaml", 1),
        ("records/0/1-1-2-1/2024-06-12-k7x3q9.yaml", 1),
        ("records/2024/ /2024-06-12-k7x3q9.yaml", 1),
        ("records/2024/{target}/2024-06-12-k7x3q9.yaml", 1),
        ("records/CON/1-1-2-1/2024-06-12-k7x3q9.yaml", 0),
        ("records/2024-06-12-k7x3q9.yaml", 0),
        ("records/2024/1-1-2-1/deeper/2024-06-12-k7x3q9.yaml", 0),
        ("records/2024/1-1-2-1/2024-06-12-k7x3q9.YAML", 0),
    ],
)
def test_an_entry_in_a_folder_of_another_name_is_named(path, code, workspace, write, validated):
    try:
        write(path, TEXT)
    except OSError as exc:
        pytest.skip(f"the file system refuses the name: {exc}")
    validated(path, code=code)
    assert not list(workspace.glob("*.log"))


def test_a_path_through_the_folder_above_is_the_workspace_itself(workspace, write, validated):
    write(ENTRY, with_line("status: 会議"))
    validated(f"{ENTRY}:10:9 [E204]", folder=workspace / "records" / "2024" / ".." / "..")
