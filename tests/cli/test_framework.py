"""Help pages, and commands that load on use."""

import subprocess
import sys
from pathlib import Path

import pytest

from mizuho_pdca.cli.framework import Session, text_or_stdin
from mizuho_pdca.cli.main import Root
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.language import translator

COMMANDS = tuple(Root.listed)
ROOT = Path(__file__).parents[2]


def test_the_help_page_lists_every_command_under_its_heading(pdca, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = pdca("--help")
    assert result.code == 0
    assert result.out.startswith("Usage: pdca [OPTIONS] COMMAND …\n")
    assert "Usage: pdca log [ID] [TEXT] [OPTIONS]" in pdca("log", "--help").out
    for command in COMMANDS:
        assert f"\n  {command} " in result.out
    assert result.out.index("Record:") < result.out.index("Read:") < result.out.index("Look after the workspace:")


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("width", ["60", "80", "300"])
def test_every_command_has_a_help_page_within_the_terminal(pdca, monkeypatch, columns, command, width):
    monkeypatch.setenv("COLUMNS", width)
    for language in ("ja", "en"):
        result = pdca("--lang", language, command, "--help")
        assert result.code == 0
        lines = result.out.split("\n")
        assert f"pdca {command}" in lines[0]
        assert "--help" in result.out
        assert max(columns(line) for line in lines[1:]) <= min(100, int(width))


def test_a_help_page_names_the_arguments_and_options(pdca):
    out = pdca("review", "--help").out
    assert out.startswith("Usage: pdca review [YEAR] [OPTIONS]\n")
    for option in ("-f, --format", "-o, --output FILE", "--policy ID", "--force"):
        assert f"\n  {option}" in out
    assert "Usage: pdca plan [ID] [YEAR] [OPTIONS]" in pdca("plan", "--help").out


def test_a_long_option_stands_on_a_line_of_its_own(pdca):
    lines = pdca("log", "--help").out.split("\n")
    position = lines.index("  -k, --value INDICATOR=VALUE")
    assert lines[position + 1].startswith(" " * 30)


def test_the_shell_for_completion_can_be_named(pdca, monkeypatch):
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    assert "--install-completion" in pdca("--help").out


def test_the_version_comes_before_anything_heavy_is_loaded():
    code = (
        "import sys\n"
        "from mizuho_pdca.cli.main import main\n"
        "main(['--version'])\n"
        "print(sorted({'pydantic', 'rich.table', 'ruamel.yaml', 'prompt_toolkit', 'tabulate'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[1] == "[]"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "unused"),
    [
        ("list", "mizuho_pdca.domain.review.review"),
        ("show last", "mizuho_pdca.domain.review.review"),
        ("status --year 2024", "mizuho_pdca.storage.seals"),
        ("status --year 2024", "ruamel.yaml"),
        ("status --year 2024", "mizuho_pdca.domain.review.years"),
        ("log 1-1-2-1 -m 訪問 --by 産業課", "mizuho_pdca.app.totals"),
    ],
)
def test_a_command_loads_nothing_that_it_does_not_use(program, line, unused):
    assert program("log", "1-1-2-1", "-m", "相談", "--by", "産業課").code == 0
    result = program(*line.split(), PYTHONPROFILEIMPORTTIME="1")
    loaded = {told.split()[-1] for told in result.err.splitlines() if told.startswith("import time:")}
    assert result.code == 0
    assert "mizuho_pdca.storage.loading" in loaded
    assert unused not in loaded


def test_a_text_is_taken_as_it_is():
    assert text_or_stdin("- 3社", "-m") == "- 3社"


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_text_is_refused_with_its_option(text):
    with pytest.raises(UsageFault) as caught:
        text_or_stdin(text, "--issues")
    assert "--issues" in caught.value.text(str)


def test_papers_are_in_the_plan_s_language_unless_told_otherwise(make_desk):
    english = translator("en")
    assert Session(english, language_told=False, make_desk=make_desk).paper_language("ja") is translator("ja")
    assert Session(english, language_told=True, make_desk=make_desk).paper_language("ja") is english


def test_the_desk_is_made_once_and_only_when_it_is_needed(make_desk):
    made = []

    def make(name):
        made.append(name)
        return make_desk()

    here = Session(str, language_told=False, make_desk=make, workspace="town")
    assert made == []
    assert here.desk is here.desk
    assert made == ["town"]


# -- commands by other names ------------------------------------------------------------------


def test_every_command_has_a_japanese_name_of_its_own():
    assert set(Root.listed) <= set(Root.japanese.values())
    assert set(Root.japanese.values()) == set(Root.listed)
    assert set(Root.japanese).isdisjoint(Root.listed)


def test_the_japanese_help_page_shows_the_japanese_names(pdca):
    out = pdca("--lang", "ja", "-h").out
    assert "\n  log 記録 " in out
    assert "\n  fix 修正 " in out  # the first of two names
    assert "記録" not in pdca("-h").out


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("log", "log"),
        ("ＬＯＧ", "log"),
        ("取り消し", "withdraw"),
        ("締める", "close"),
        ("資料一式", "packet"),
        ("する", None),
    ],
)
def test_a_command_goes_by_its_name_in_any_width_or_in_japanese(typed, name):
    assert Root().name_of(typed) == name


@pytest.mark.parametrize(
    "typed", [("help", "log"), ("ヘルプ", "記録"), ("help　log",), ("log", "-h"), ("記録", "－－ｈｅｌｐ")]
)
def test_a_page_of_a_command_can_be_asked_for_in_many_ways(pdca, typed):
    assert pdca(*typed).out.startswith("Usage: pdca log ")


@pytest.mark.parametrize("typed", [("help",), ("-h",), ("ＨＥＬＰ",)])
def test_the_page_of_all_commands_can_be_asked_for_in_many_ways(pdca, typed):
    assert pdca(*typed).out.startswith("Usage: pdca [OPTIONS]")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("lgo", "pdca log"),
        ("lag", "pdca log"),
        ("lo", "pdca log"),
        ("logg", "pdca log"),
        ("statsu", "pdca status"),
        ("ｓｔａｔｕ", "pdca status"),
        ("gol", None),
        ("stats", "pdca status"),
        ("revision", None),
        ("資科", None),
        ("x", None),
    ],
)
def test_a_guess_is_made_for_one_slip_only(pdca, typed, near):
    result = pdca(typed)
    assert result.code == 2
    assert (f"Did you mean {near}?" in result.err) if near else "pdca --help lists the commands." in result.err
