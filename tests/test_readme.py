import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from mizuho_pdca.app.input.days import typed_day, typed_period
from mizuho_pdca.app.input.names import find_place
from scripts.check import MADE
from scripts.readme_help import ROOT, Shell, help_pages
from scripts.typeset import anchor

pytestmark = pytest.mark.slow

NAMES = [
    "README",
    *("docs/adopting", "docs/clerk-card", "docs/commands", "docs/first-hour", "docs/forms", "docs/installation"),
    *("docs/manual", "docs/questions", "docs/recording", "docs/words", "docs/year"),
]
PAGES = [(language, f"{name}{end}") for name in NAMES for language, end in (("en", ".md"), ("ja", ".ja.md"))]
"""What clerks and coordinators read, each page once in every language."""

DOCUMENTS = [
    "README.md",
    "README.ja.md",
    "CONTRIBUTING.md",
    *(str(path.relative_to(ROOT)) for path in ROOT.glob("docs/**/*.md")),
]

TODAY = "2025-10-06T09:30"

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(
    r"(?<![\w/.-])(?:scripts|docs|tests|benchmarks|plan|mizuho_pdca|core|cli|app|storage|render)/[\w./-]*\w"
)
ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}[,;:]? ){3,}[A-Za-z]{2,}|^ *[A-Z][a-z]+(?: [a-z]+)*:", re.MULTILINE)
NOT_PROSE = re.compile(
    r"<!--.*?-->|^```(?:ba)?sh\n.*?^```|^```powershell\n.*?^```|^\$ .*?$|`[^`\n]*`", re.DOTALL | re.MULTILINE
)
PLACEHOLDERS = {"COMMAND", "コマンド名"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(language: str, text: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def command(name: str, text: str) -> str:
    found: str
    (found,) = re.findall(rf"<!-- {name} -->\n```sh\n(.*?)```\n<!-- end -->", text, re.DOTALL)
    return found


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    return set(map(anchor, headings))


def outline(text: str) -> list[str]:
    """Return the depths of the headings and the programs of the sessions, in their order."""
    return re.findall(r"^#+(?= )|^\$ \w+(?: [a-z]+(?= ))?", text, re.MULTILINE)


def of_bullet(title: str, text: str) -> list[str]:
    line: str
    (line,) = re.findall(rf"^- \*\*{title}:?\*\*(.*)$", text, re.MULTILINE)
    return re.findall(r"`([^`]+)`", line)


def lines_to_copy(page: str) -> list[str]:
    return [line for block in blocks("sh", read(page)) for line in block.splitlines() if ".venv" not in line]


# -- what .ci/run takes out of them -----------------------------------------------------------


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_two_commands_are_one_line_each_and_the_same_in_both_languages(name):
    english, japanese = (command(name, read(readme)) for readme in ("README.md", "README.ja.md"))
    assert english == japanese
    assert english.count("\n") == 1


def test_the_commands_run_what_the_tests_can_not():
    assert command("run", read("README.md")).endswith(".venv/bin/pdca review 2024\n")
    assert command("test", read("README.md")).endswith(".venv/bin/python scripts/check.py\n")


# -- how the pages hang together --------------------------------------------------------------


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_a_readme_is_short(readme):
    assert len(read(readme).splitlines()) <= 130


def test_every_page_stands_in_both_languages_and_no_translation_was_forgotten():
    translated = {str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.ja.md"), *ROOT.glob("docs/**/*.ja.md")]}
    assert translated == {page for language, page in PAGES if language == "ja"}


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_sections_and_sessions_and_lead_to_each_other(name):
    english, japanese = read(f"{name}.md"), read(f"{name}.ja.md")
    assert outline(english) == outline(japanese)
    assert f"]({Path(name).name}.ja.md)" in english
    assert f"]({Path(name).name}.md)" in japanese


def test_the_help_of_every_command_is_printed():
    commands = re.findall(r"^### pdca (.*)$", help_pages("en"), re.MULTILINE)
    assert {"log", "status", "review", "validate", "init"} < set(commands)
    assert re.findall(r"^Usage: pdca ([a-z]+(?: [a-z]+)?) ", read("docs/commands.md"), re.MULTILINE) == commands


# -- what they name ---------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document):
    text = read(document)
    for target in LINK.findall(text):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        path = (ROOT / document).parent / file if file else ROOT / document
        assert path.exists(), target
        assert not anchor or anchor in anchors(path.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document):
    named = set(NAMED.findall(read(document)))
    places = (ROOT, ROOT / "mizuho_pdca")
    lost = {
        name for name in named if not any((place / f"{name}{end}").exists() for place in places for end in ("", ".py"))
    }
    assert lost == set()


# -- what they show ---------------------------------------------------------------------------


def test_what_the_program_wrote_is_what_it_writes_now():
    cog = [sys.executable, "-m", "cogapp", "--check", "--diff", *MADE]
    result = subprocess.run(cog, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert result.returncode == 0, f"write them anew: python -m cogapp -r {' '.join(MADE)}\n{result.stdout}"


def test_every_document_with_such_a_block_is_checked():
    assert {document for document in DOCUMENTS if "[[[cog" in read(document)} == set(MADE)


@pytest.mark.parametrize(("language", "page"), [page for page in PAGES if lines_to_copy(page[1])])
def test_every_line_to_copy_runs(language, page, tmp_path, home, monkeypatch):
    own = tmp_path / "home"  # what a page says to git goes no further
    shutil.copytree(home, own)
    monkeypatch.setenv("HOME", str(own))
    shell = Shell(language, TODAY, tmp_path)
    shell.run("pdca init work")
    shell.run("cd work")
    shutil.copytree(ROOT / "records", shell.folder / "records", dirs_exist_ok=True)
    for line in lines_to_copy(page):
        if line.startswith("git "):
            subprocess.run(shlex.split(line, comments=True), cwd=shell.folder, check=True, capture_output=True)
        else:
            printed = shell.run(line)
            # the session lies long before its commits, as the audit must say
            assert shell.code == ("--check" in line or line.startswith("pdca audit")), printed


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_coordinators_year_is_ten_lines_to_copy(readme):
    assert len(lines_to_copy(readme)) == 10


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_every_command_in_a_sentence_is_one(language, page, tmp_path):
    shell = Shell(language, TODAY, tmp_path)
    for found in re.findall(r"`pdca ([^`]+)`", read(page)):
        words = shlex.split(found.removesuffix("…"))
        if words[0] in PLACEHOLDERS:
            continue
        first = 0 if words[0].startswith("-") else 1
        printed = shell.run(shlex.join(["pdca", *words[:first], "--help", *words[first:]]))
        assert shell.code == 0, printed


@pytest.mark.parametrize(("page", "title"), [("docs/recording.md", "Number"), ("docs/recording.ja.md", "番号")])
def test_every_way_to_write_a_number_is_understood(page, title, adopted_plan):
    ways = [way for way in of_bullet(title, read(page)) if not way.startswith("pdca")]
    assert {find_place(adopted_plan, way).id for way in ways} == {"1-1-2-1"}


@pytest.mark.parametrize(("page", "title"), [("docs/recording.md", "Date"), ("docs/recording.ja.md", "日付")])
def test_every_way_to_write_a_date_is_understood(page, title):
    *ways, period = [way for way in of_bullet(title, read(page)) if not way.startswith("-")]
    days = {"金曜": date(2024, 6, 14), "3日前": date(2024, 6, 12)}
    today = date(2024, 6, 15)  # a Saturday
    assert {way: typed_day(way, today) for way in ways} == {way: days.get(way, date(2024, 6, 12)) for way in ways}
    assert typed_period(period, today) == (date(2024, 6, 10), date(2024, 6, 12))


@pytest.mark.parametrize("page", [page for language, page in PAGES if language == "ja"])
def test_nothing_in_a_japanese_page_was_left_in_english(page):
    assert ENGLISH.findall(NOT_PROSE.sub("", read(page))) == []


# -- how the shell shows it -------------------------------------------------------------------


def test_a_shell_that_moves_on_holds_the_sample_entries_recorded_by_then(tmp_path):
    shell = Shell("en", "2022-04-01T09:00", tmp_path)
    shell.move_on("2025-06-05T09:47:41")
    held = {path.name for path in tmp_path.glob("records/2024/1-2-2-1/2025-06-05-*.yaml")}
    assert held == {"2025-06-05-88g5xe.yaml"}  # 2025-06-05-0vf6db was recorded three hours later
    assert shell.now.isoformat() == "2025-06-05T09:47:42+09:00"  # the commit took a second


def test_a_session_is_replayed_with_its_outputs_cut_where_they_were(tmp_path):
    (tmp_path / "note.txt").write_text("one  \ntwo\nthree\n", encoding="utf-8")
    shown = "```console\n$ cat note.txt\n?\n…\n$ cat note.txt   # whole\nold\n```\nbelow\n"
    replayed = "```console\n$ cat note.txt\none\n…\n$ cat note.txt   # whole\none\ntwo\nthree\n```\nbelow\n"
    assert Shell("en", TODAY, tmp_path).replay(shown) == replayed


def test_an_output_that_became_short_is_shown_whole(tmp_path):
    (tmp_path / "note.txt").write_text("one\n", encoding="utf-8")
    assert Shell("en", TODAY, tmp_path).replay("$ cat note.txt\n1\n2\n…\n") == "$ cat note.txt\none\n"


def test_a_shell_knows_no_other_programs(tmp_path):
    with pytest.raises(ValueError, match="rm -r"):
        Shell("en", TODAY, tmp_path).run("rm -r .")


def test_a_shell_of_its_own_folder_begins_empty():
    assert list(Path(Shell("en", TODAY).folder).iterdir()) == []
