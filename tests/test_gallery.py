"""The error gallery: broken workspaces, and the whole text that a person reads about each.

A case is a folder ``tests/gallery/<CODE>-<name>`` with the broken files laid out as in a
workspace; what it does not hold comes from ``tests/gallery/base``. Files that git or an editor
would mangle are made by the functions below, each named like its case. ``MANY-…`` cases hold many
faults at once. The text stands in ``expected.ja.txt``; after a change that is meant, write it anew
with ``PDCA_UPDATE_GALLERY=1 python -m pytest tests/test_gallery.py`` and read the difference.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.desk import Desk
from mizuho_pdca.cli.main import main
from mizuho_pdca.domain.closing.facts import RULES
from mizuho_pdca.domain.schema.catalogue import CATALOGUE
from mizuho_pdca.language import translator
from mizuho_pdca.render.text.problems import problems
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load
from mizuho_pdca.storage.yaml.reading import SIZE_LIMIT

pytestmark = pytest.mark.slow

GALLERY = Path(__file__).parent / "gallery"
EXPECTED = "expected.ja.txt"
CASES = sorted(folder.name for folder in GALLERY.iterdir() if folder.name != "base")
UPDATE = "PDCA_UPDATE_GALLERY" in os.environ  # read here: no test sees a variable of pdca's own
NOW = datetime.fromisoformat("2025-02-10T09:00:00+09:00")

PLAN = "plan/measures.yaml"
BASE = "records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml"
ENTRY = "records/2024/1-1-1-1/2024-07-03-m4t8zc.yaml"
HEAD = "schema: 1\nid: 2024-07-03-m4t8zc\nkind: activity\ntarget: 1-1-1-1\ndate: 2024-07-03\n"
TAIL = "by: 産業課\nrecorded: 2024-07-03T09:30:00+09:00\n"


# -- files that can't lie in git as they are ------------------------------------------------------

MADE: dict[str, Callable[..., None]] = {}


def made(function: Callable[..., None]) -> Callable[..., None]:
    MADE[function.__name__.replace("_", "-")] = function
    return function


def entry(body: str) -> str:
    return f"{HEAD}{body}{TAIL}"


def write(root: Path, data: str | bytes, path: str = ENTRY) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())


@made
def E001_shift_jis(root: Path) -> None:  # noqa: N802 (the name of a case)
    write(root, entry("status: 実施中\nsummary: 町内の会社を訪問した。\n").encode("cp932"))


@made
def E001_euc_jp(root: Path) -> None:  # noqa: N802
    write(root, entry("status: 実施中\nsummary: 町内の会社を訪問した。\n").encode("euc_jp"))


@made
def E001_utf_16(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 町内の会社を訪問した。\n").encode("utf-16"))


@made
def E001_utf_16_without_mark(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: visit\n").replace("産業課", "K").encode("utf-16-le"))


@made
def E001_plan_of_another_encoding(root: Path) -> None:  # noqa: N802
    write(root, (root / PLAN).read_text(encoding="utf-8").encode("cp932"), PLAN)


@made
def E001_cut_within_a_character(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 町内の会社を訪問した。\n").encode()[:120])


@made
def E001_no_encoding_fits(root: Path) -> None:  # noqa: N802
    write(root, HEAD.encode() + b"summary: \xff\xff\xff\n" + b"by: x\n")


@made
def E002_merge(root: Path) -> None:  # noqa: N802
    ours, theirs = "summary: 町内の3社を訪問した。\n", "summary: 町内の4社を訪問した。\n"
    write(root, entry(f"status: 実施中\n<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> office\n"))


@made
def E002_merge_in_a_file_from_windows(root: Path) -> None:  # noqa: N802
    text = entry("<<<<<<< HEAD\nsummary: 訪問\n||||||| base\n=======\nsummary: 電話\n>>>>>>> office\n")
    write(root, text.replace("\n", "\r\n"))


@made
def E003_pasted(root: Path) -> None:  # noqa: N802
    write(root, entry("status: 実施中\nsummary: |\n  町内の会社を\x0b訪問した。\n  人手が足りない\x07とのこと。\n"))


@made
def E003_line_separator(root: Path) -> None:  # noqa: N802
    write(root, entry("status: 実施中\nsummary: 町内の会社を訪問した。\u2028人手が足りないとのこと。\n"))


@made
def E004_tab(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 町内の会社を訪問した。\nvalues:\n\tcompany-visits: 3\n\thelp-desk: yes\n"))


@made
def E004_tab_behind_spaces(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 町内の会社を訪問した。\nvalues:\n  \tcompany-visits: 3\n"))


@made
def E004_tab_in_a_text(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: |\n  町内の会社を訪問した。\n\t人手が足りないとのこと。\n"))


@made
def E008_empty(root: Path) -> None:  # noqa: N802
    write(root, b"")


@made
def E008_blank_plan(root: Path) -> None:  # noqa: N802
    write(root, b"\xef\xbb\xbf \r\n\r\n", PLAN)


@made
def E008_zeros_after_a_crash(root: Path) -> None:  # noqa: N802
    write(root, b"\0" * 400)


@made
def E009_too_large(root: Path) -> None:  # noqa: N802
    write(root, b"#" * SIZE_LIMIT + b"\n")


@made
def E012_many_faults(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 訪問\n" + "".join(f"k{number}: 1\n" for number in range(101))))


@made
def E010_link_out(root: Path) -> None:  # noqa: N802
    outside = root.parent / "outside.yaml"
    outside.write_text("schema: 1\n", encoding="utf-8")
    link(root / ENTRY, outside)


@made
def E010_records_elsewhere(root: Path) -> None:  # noqa: N802
    (root / "records").rename(root.parent / "elsewhere")
    link(root / "records", root.parent / "elsewhere")


@made
def E011_no_right(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 町内の会社を訪問した。\n"))


@made
def E204_file_from_windows(root: Path) -> None:  # noqa: N802
    write(root, b"\xef\xbb\xbf" + entry("summary: 訪問した。\nstatus: 実施\n").replace("\n", "\r\n").encode())


@made
def E204_tab_behind_the_colon(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 訪問した。\nstatus:\t実施\n"))


@made
def E207_signs_of_no_width(root: Path) -> None:  # noqa: N802
    write(root, entry("summary: 訪問した。\nvalues: {help-desk: 'は\u3099い', 葛\U000e0100飾: 3}\n"))


def close(root: Path) -> Path:
    """Seal FY2024 as of a day after its end; return the path of the seal."""
    desk = Desk(root, clock=lambda: datetime.fromisoformat("2025-07-01T10:00:00+09:00"))
    close_year(desk, 2024, meeting="2025-06-27", allow_incomplete=True, by="産業課")
    return root / "records" / "2024" / "closed.yaml"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


@made
def E501_changed_after_closing(root: Path) -> None:  # noqa: N802
    close(root)
    replace(root / BASE, "町内の3社", "町内の4社")


@made
def E502_entry_gone(root: Path) -> None:  # noqa: N802
    close(root)
    (root / BASE).unlink()


@made
def E503_came_later(root: Path) -> None:  # noqa: N802
    close(root)
    write(root, entry("summary: 町内の会社を訪問した。\n"))


@made
def E504_plan_changed(root: Path) -> None:  # noqa: N802
    close(root)
    replace(root / PLAN, "targets: {2024: 60, 2031: 120}", "targets: {2024: 70, 2025: 80, 2031: 120}")
    replace(root / PLAN, "name: おおむね順調, at_least: 80", "name: おおむね順調, at_least: 75")


@made
def E504_first_form(root: Path, first_form: Callable[[Path, int], None]) -> None:  # noqa: N802
    close(root)
    first_form(root, 2024)
    replace(root / PLAN, "targets: {2024: 60, 2031: 120}", "targets: {2024: 70, 2031: 120}")


@made
def N501_first_form(root: Path, first_form: Callable[[Path, int], None]) -> None:  # noqa: N802
    close(root)
    first_form(root, 2024)


@made
def N502_other_rules(root: Path) -> None:  # noqa: N802
    replace(close(root), f"rules: {RULES}\n", f"rules: {RULES + 1}\n")


@made
def N503_came_without_from(root: Path) -> None:  # noqa: N802
    close(root)
    replace(root / PLAN, "      - {id: 1-1-1-2,", "      - {id: 1-1-1-9, title: 相談会の開催}\n      - {id: 1-1-1-2,")


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target)
    except OSError as exc:
        pytest.skip(f"links can't be made here: {exc}")


@pytest.fixture
def laid_out(tmp_path, monkeypatch, first_form):
    """Lay out the workspace of a case."""

    def lay_out(case):
        root = tmp_path / "workspace"
        shutil.copytree(GALLERY / "base", root)
        if case is not None:
            shutil.copytree(GALLERY / case, root, dirs_exist_ok=True)
            (root / EXPECTED).unlink(missing_ok=True)
        if case in MADE:
            MADE[case](root, *([first_form] if case.endswith("-first-form") else []))
        if case == "E011-no-right":
            monkeypatch.setattr(Folder, "read", refusing(Folder.read))
        return root

    return lay_out


def refusing(read: Callable[[Folder, str], bytes]) -> Callable[[Folder, str], bytes]:
    def refuse(folder: Folder, path: str) -> bytes:
        if path == ENTRY:
            raise PermissionError(13, "Permission denied", path)
        return read(folder, path)

    return refuse


def digest(root: Path) -> list[tuple[str, int, str]]:
    """Return what a command must leave alone: names, contents, times."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return [(str(path), path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


def validate(root: Path, language: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return exit code and output of ``pdca validate``."""
    arguments = ["--lang", language, "-C", str(root), "validate"]
    code = main(arguments, make_desk=lambda _: Desk(root, clock=lambda: NOW))
    captured = capsys.readouterr()
    assert captured.err == ""
    return code, captured.out


def codes(text: str) -> list[str]:
    return re.findall(r"^\S.* \[([ENW]\d+)\] ", text, re.MULTILINE)


# -- the tests ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_a_person_reads(case, laid_out):
    workspace = load(Folder(laid_out(case)), NOW.date())
    text = problems([*workspace.problems, *workspace.notes], translator("ja")) + "\n"
    expected = GALLERY / case / EXPECTED
    if UPDATE:
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_validate_names_it_and_writes_nothing(case, laid_out, capsys):
    root = laid_out(case)
    before = digest(root)
    code, out = validate(root, "ja", capsys)
    assert digest(root) == before
    expected = (GALLERY / case / EXPECTED).read_text(encoding="utf-8")
    assert out.startswith(expected)
    assert code == (1 if any(code.startswith("E") for code in codes(expected)) else 0)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_the_english_text_names_the_same_faults(case, laid_out, capsys):
    _, out = validate(laid_out(case), "en", capsys)
    expected = (GALLERY / case / EXPECTED).read_text(encoding="utf-8")
    assert codes(out) == codes(expected)
    assert "Remedy: " in out
    remedies = [line for line in out.splitlines() if line.startswith("  Remedy: ")]
    assert not [line for line in remedies if re.search(r"(?<!\{)\{[a-z_]+\}", line)]


@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith("MANY-")])
def test_a_case_shows_its_code(case):
    assert case[:4] in codes((GALLERY / case / EXPECTED).read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("MANY-")])
def test_many_faults_come_in_order_of_place(case):
    text = (GALLERY / case / EXPECTED).read_text(encoding="utf-8")
    places = re.findall(r"^(\S+?)(?::(\d+):(\d+))? \[", text, re.MULTILINE)
    assert len(places) > 2
    assert places == sorted(places, key=lambda place: (place[0], int(place[1] or 0), int(place[2] or 0)))


COMMAND = re.compile(r"対処: .*?pdca ((?:withdraw \S+|reopen \S+) --reason|close \d+)")
TOLD = {path.parent.name: path.read_text(encoding="utf-8") for path in GALLERY.glob(f"*/{EXPECTED}")}
TO_RUN = sorted(case for case, text in TOLD.items() if COMMAND.search(text))
TO_RUN.remove("N502-other-rules")  # of a newer program
TO_RUN.remove("E504-first-form")  # there the command comes after another remedy


@pytest.mark.parametrize("case", TO_RUN)
def test_the_command_that_a_remedy_names_mends_it(case, laid_out):
    root = laid_out(case)
    code, found = case[:4], COMMAND.search(TOLD[case][TOLD[case].index(f"[{case[:4]}]") :])
    assert found is not None
    command = [*found[1].split(), *(["誤記"] if found[1].endswith("--reason") else []), "--by", "産業課"]
    assert (
        main(
            command, make_desk=lambda _: Desk(root, clock=lambda: NOW.replace(year=2026) if "close" in command else NOW)
        )
        == 0
    )
    workspace = load(Folder(root), NOW.date())
    assert code not in [one.fault.code for one in (*workspace.problems, *workspace.notes)]


def test_every_code_has_a_case_and_no_case_an_unknown_code():
    assert {case[:4] for case in CASES if not case.startswith("MANY-")} == set(CATALOGUE)


def test_every_made_case_has_its_folder():
    assert set(MADE) <= set(CASES)


def test_the_base_is_fine(laid_out, capsys):
    code, out = validate(laid_out(None), "ja", capsys)
    assert (code, codes(out)) == (0, [])


@pytest.mark.parametrize("case", CASES)
def test_a_place_is_where_an_editor_finds_it(case, laid_out):
    root = laid_out(case)
    workspace = load(Folder(root), NOW.date())
    for problem in (*workspace.problems, *workspace.notes):
        if problem.excerpt and problem.fault.code != "E001":
            lines = re.split(r"\r\n?|\n", (root / problem.file).read_bytes().decode("utf-8-sig"))
            assert problem.excerpt == lines[problem.line - 1]
            assert 1 <= problem.column <= len(problem.excerpt)
            assert problem.column - 1 + problem.width <= len(problem.excerpt)


def test_the_manual_of_errors_is_up_to_date():
    script = Path(__file__).parents[1] / "scripts" / "error_docs.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
